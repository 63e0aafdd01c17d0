"""Lists, by subject, the words in which files and people speak of what only the one concerned may tell (N6). No rule lives here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Subject:
    """What is private in one respect: how it is told, and how plainly where no file is needed."""

    told: str
    plainly: str


_THEIR = r"(?:your|uw|je|jouw|his|her|their|zijn|haar|hun)"
_STAFF = r"""(?: meneer | mevrouw | he | she | they | him | hij | zij | ze | hem | haar | his |
    (?:the|our|that|this|your|her|his|de|onze|die|deze|het|uw|je|een|an?)\ (?:\w+\ ){0,2}?(?:driver|engineer|nurse|waiter|waitress|
    steward(?:ess)?|teller|
    conductor|guard|teacher|valet|trainee|colleague|employee|(?:staff|team)\ member|member\ of\ staff|cook|chef|agent|advis[eo]r|
    instructor|courier|cleaner|carer|receptionist|lad|technician|fitter|cashier|clerk|officer|coach|tutor|porter|handler|crew\ member|
    collega|chauffeur|monteur|bezorger|\w*medewerk(?:er|ster)|stagiaire?|beveiliger|instructeur|docente?|leraar|lerares|juf|meester|kok|
    verpleegkundige|verzorgende|verzorger|conducteur|trainer|schoonmaker|planner|badmeester|bestuurder|koerier|ober|begeleider|consulent|
    verkoper|verkoopster|portier|toezichthouder|ambtenaar|kassier|pakketbezorger) )"""
"""One of ours, whom anybody who was there knows by it."""
_MEASURES = r"""(?: suspended | suspension | dismiss(?:ed|al) | sacked | (?<!cease-)fired | let\ go\b(?!\ of) | demoted | laid\ off |
    disciplin(?:e|ed|ary)\b | (?:written|final|formal|official|verbal|first|last)\ warning | warned\ before | on\ probation |
    her\ probation |
    (?:sick|gardening|administrative|unpaid|compassionate)\ leave |
    (?:put|placed|sent)\ on\ leave\b | on\ leave\ (?:since|ever|after|pending|while\ (?:we|it|this)|during\ the) |
    signed\ off\ (?:sick|with|by) | off\ with\ stress |
    struggl\w+\ with\ (?:depression|addiction|drink) | depression | (?:doesn't|don't|does\ not)\ work\ (?:here|for\ us|with\ us) |
    licen[cs]e\b[^.;!?]{0,20}\b(?:revoked|taken|withdrawn) | let\ go | integriteitsonderzoek | laatste\ kans |
    last\ chance | integriteit | onderzoek\ tegen | ontslag\ genomen | ontslag\ ingediend | resigned | no\ longer\ (?:works?|working|
    employed|with\ us|part) |
    contract\b[^.;!?]{0,20}\b(?:ended|end(?:s|ing)|terminated|renewed|extended) | taken\ off\ (?:cars|duty|shifts?|the\ (?:rota|job|desk)) |
    lost\ (?:his|her|their)\ job | (?:docked|taken|held\ back)\b[^.;!?]{0,20}\b(?:pay|wages|salary) | out\ of\ (?:his|her)\ (?:pay|wages) |
    had\ complaints | (?:second|third|fourth|earlier|previous|another)\ complaint |
    geschorst | schorsing | non-?actief | ontslagen | ontslag | op\ straat\ gezet | (?:schriftelijke|officiele|laatste|
    formele)\ waarschuwing |
    berispt | berisping | proeftijd | uit\ dienst | verbetertraject | disciplinair\w* | overgeplaatst | op\ staande\ voet | ziek\ ?gemeld |
    ziekmelding | burn-?out | overspannen | depressi\w* | (?:werkt|werken|werkzaam)\b[^.;!?]{0,20}\bniet\ (?:meer|langer) |
    (?:niet|nooit)\ meer\ (?:bij|voor)\ ons\ (?:werkzaam|in\ dienst) | contract\b[^.;!?]{0,30}\b(?:verlengd|opgezegd|ontbonden|beeindigd) |
    (?:inhouden|ingehouden|inhoud|houden|gekort|korten)\b[^.;!?]{0,30}\b(?:loon|salaris) |
    (?:loon|salaris)\b[^.;!?]{0,40}\b(?:ingehouden|gekort|inhouden) |
    (?:eerder|al\ eens|al\ eerder|vaker)\ (?:een\ )?klacht\w* | eerdere\ klacht\w* | tweede\ klacht )"""
_REPORTERS = r"""(?: (?:your|my|uw|mijn|je|the|de|een|an?)\ (?:\w+\ )?(?:(?:onder|boven|over|achter)?bu(?:urman|urvrouw|ren|ur)|
    neighbou?rs?|
    (?:family|couple|man|woman|lady|tenant|resident)\ (?:in\ the\ \w+\ )?(?:above|below|next\ door|upstairs|downstairs|opposite|
    across) | landlord|
    verhuurder|huisbaas|ex(?:-\w+)?|(?:parents?|mother|father|ouders?|moeder|vader)\ (?:van|of)\ \w+ | (?:somebody|someone|
    iemand)\ (?:at|from|op|van)\ (?:number|nummer|no\.?|nr\.?)\ \d+\w? |
    (?:de|the)\ (?:bewoner|huurder|resident|tenant)s?\ (?:van|op|on|of|at|in)\ (?:\w+\ ){1,3}(?:verdieping|etage|floor|flat) |
    huisgenoot|flatmate|werkgever|
    employer|boss|baas) | (?:ouders?|parents?|moeder|vader)\ (?:van|of)\ \w+ | (?:mrs?|ms|mevrouw|meneer)\ \w+ | downstairs | upstairs )"""
_REPORTING = r"""(?: reported | reporting | complain(?:ed|t) | tipped | told\ us\ about | tipped\ us | (?:wrote|written|geschreven|
    schreef)\b[^.;!?]{0,20}\babout\ you | over\ (?:u|je)\ geschreven | (?:rang|wrote\ to|phoned|called|contacted)\ us\ about |
    klaagde | geklaagd | gemeld | meldde | getipt | tipte | (?:ons\ )?gebeld\ over | hadden\ ons\ gebeld | aangegeven | verklikt )"""

MONEY = Subject(
    told=r"""
        \b(?: arrears | debts? | bailiffs? | collections | collection\ agenc\w+ | (?:payment|repayment)\ (?:plan|history|arrangement|
        holiday) |
        (?:fell|fallen|fall|falling|running|got|get)\ (?:\w+\ )?behind\b | (?<!left\ )behind\ (?:on|with|in\ (?:the|your)\ (?:rent|
        pay\w*)) | overdraft | overdrawn |
        bankrupt\w* | insolven\w+ | defaulted | (?:your|a|the)\ default\b(?!\ (?:setting|option|value)) | default\ on |
        credit\ (?:check|score|rating|limit|history|record|file) | insufficient\ funds |
        (?:n't|not|nothing|too\ little)\ (?:enough\ )?(?:money\ |funds\ )?(?:in|left\ in)\ (?:the|your|that)\ account |
        (?:wasn't|not)\ enough\ (?:in|on|money|funds) | maxed | (?:reached|at|over)\ (?:its|your|the)\ limit | bounced | returned\ unpaid |
        hardship | owed? | owes | owing | outstanding | unpaid | overdue | missed\b[^.;!?]{0,20}\b(?:payments?|instalments?) |
        stopped\ paying | paused\ (?:your\ )?payments | payments?\ (?:failed|late|missed) | repossess\w+ | foreclos\w+ | declined |
        loan(?!\ (?:chairs?|mobiles?|phones?|cars?|bikes?|laptops?|devices?|units?|sets?|vans?|machines?|items?|wheelchairs?)\b) |
        mortgage | late\ (?:with|in)\ (?:the|your|paying) |
        (?:rent|bills?|invoices?|instalments?|premiums?|fees?|payments?|subscription|contribution|debits?)\b[^.;!?]{0,40}
        \b(?:(?:weeks?|days?|months?)\ late|late\ (?:in|with|for|every|each|twice|again)|failed|not\ (?:been\ )?paid) |
        (?:paid|pays?|paying)\b[^.;!?]{0,24}\blate\b | (?:huur|rekening(?:en)?|facturen|factuur|premie|contributie|termijn(?:en)?|aanslag|
        betaling(?:en)?|lesgeld|schoolgeld)\b[^.;!?]{0,40}\b(?:te\ laat|achter|onbetaald|ontvangen|niet\ betaald) |
        \w*achterstand\w* | achterlo\w+ | achterliep\w* | (?:liep|lag|loopt|liepen)\b
        [^.;!?]{0,30}\bachter | achter\ (?:met|in|op)\ (?:de|het|uw|je) | (?:maanden|weken)\ achter\b | in\ de\ knel |
        (?:het\ (?:\w+\ )?krap) | krap\ (?:bij\ kas|zit\w*|zat\w*) | (?:zit|zat|zitten|zaten|financieel)\ (?:\w+\ )?krap |
        schuld(?:en|hulp\w*|sanering\w*|eiser\w*) | aanmaning(?:en)? | deurwaarder\w* | \w*incasso\w* | \w*regeling | bkr(?:-\w+)? |
        rood\ (?:staa\w+|stond\w*|gestaan) | (?:staat|stond|staan)\ (?:\w+\ ){0,3}rood | limiet | saldo | \w*storn\w+ |
        niet\ (?:afgeschreven|geincasseerd|betaald|voldaan|overgemaakt|ontvangen) | nooit\ (?:ontvangen|betaald|voldaan) |
        (?:staat|stond|staan)\b[^.;!?]{0,40}\bopen\b | openst\w+ | lening(?:en)? | krediet\w* | failliet | faillissement | beslag |
        loonbeslag | niet\ afgelost | aflos\w+ | afloste\w* | hypotheek | wanbetal\w+ | te\ laat\ (?:betaald|voldaan|overgemaakt) )\b""",
    plainly=rf"""
        \b(?: {_THEIR}\ (?:\w+\ )?(?:bankruptcy|insolvency|overdraft|arrears|debts|betalingsachterstand|huurachterstand|faillissement|
        schulden|schuldsanering|schuldhulpverlening|bkr-\w+) | in\ de\ schuldsanering | you\ (?:fell|had\ fallen|were|are|
        got)\ behind\ (?:on|with)\b |
        u\ rood\ sta\w+ | (?:your|the)\ credit\ (?:check|score)\ (?:came|was|is|failed) | enough\ in\ (?:the|your)\ account )\b""",
)
MEANS = Subject(
    told=r"""
        \b(?: \w+\ benefits? | benefits?\ (?:claim|payments?|office) | on\ benefits | claimant | universal\ credit | means[- ]test\w* |
        income | salary | wages | pension | free\ school\ meals? | food\ ?bank | unemploy\w+ | out\ of\ work | lost\ (?:your|his|her)\ job |
        redundan\w+ | hardship | bijstand\w* | \w*uitkering(?:en)? | \w+toeslag | inkomens?\w* | salaris | pensioen | vermogen |
        minima\w* | kwijtschelding | job\ ?seeker\w* | allowance | tax\ reduction | stadspas | \w*voedselbank\w* | werkloos\w* | ww |
        (?:baan|werk)\ kwijt | euro\ (?:in|per)\ (?:de\ )?maand )\b""",
    plainly=rf"""
        \b(?: (?:on|in\ de|met\ een|van\ een)\ (?:universal\ credit|benefits|bijstand|bijstandsuitkering|ww|wajong|wia)\b |
        {_THEIR}\ (?:\w+\ )?(?:uitkering|bijstand\w*|huurtoeslag|zorgtoeslag|disability\ benefit|housing\ benefit|unemployment) |
        {_THEIR}\ free\ school\ meals |
        (?:u|uw|je|jouw|your|jij|jullie|you|he|she|they|hij|zij|ze)\b[^.;:!?]{{0,30}}\b(?:bij|naar|to|from)\ (?:de\ |the\ )?
        (?:voedselbank|food\ ?bank) )\b""",
)
WORK = Subject(
    told=_MEASURES,
    plainly=rf"""
        \b{_STAFF}(?:'s|'d|'ve)?\b[^.;:!?]{{0,50}}?\b{_MEASURES}\b
        | \b{_MEASURES}\b[^.;:!?]{{0,50}}\b{_STAFF}\b""",
)
FAMILY = Subject(
    told=r"""
        \b(?: divorc\w+ | separat(?:ed|ion) | custody | foster\w* | adopt(?:ed|ion) | (?:court|restraining|non-molestation|
        protection)\ order |
        widow\w* | bereave\w* | (?:losing|lost|death\ of|passing\ of)\b[^.;!?]{0,16}\b(?:husband|wife|partner|mother|father|son|daughter) |
        (?:husband|wife|partner)\b[^.;!?]{0,12}\b(?:died|passed) | refuge |
        (?:in|into|to)\ (?:a|the|our|your)\ (?:\w+'?s?\ )?shelter | (?:your|his|her)\ ex\b | ex-\w+ | guardian\w* |
        social\ worker |
        lives?\ with | living\ with | are\ both\ (?:down|registered) | gescheiden | scheiding | co-ouderschap | voogdij | pleeg\w+ |
        geadopteerd |
        adoptie | contactverbod | straatverbod | overleden | overlijden | weduw\w+ | (?:in|uit)\ (?:de\ )?(?:vrouwen)?opvang | ex(?:-\w+)? |
        jeugdzorg | gezinsvoogd | uithuis\w+ | (?:woont|wonen)\b[^.;!?]{0,20}\b(?:met|samen|bij) )\b""",
    plainly=rf"""
        \b(?: {_REPORTERS}\b[^.;:!?]{{0,50}}?\b{_REPORTING}
        | (?:melding|klacht|tip|report|complaint)\b[^.;:!?]{{0,30}}\b(?:van|from|by|door)\ {_REPORTERS}
        | (?:reported|gemeld|aangegeven)\ (?:\w+\ )?(?:by|door)\ {_REPORTERS}
        | {_REPORTERS}\ who\ {_REPORTING} | {_THEIR}\ (?:divorce|scheiding|adoption|adoptie)
        | (?:in|midden\ in|middle\ of)\ (?:een|a|the|uw|your)\ (?:scheiding|divorce) )\b""",
)
RESULTS = Subject(
    told=r"""
        \b(?: failed\b[^.;!?]{0,24}\b(?:tests?|exams?|assessment|course|year|theory|module|interview|attempts?|twice|again) | resat |
        (?:test|exam|assessment|theory|candidate|pupil|student)\b[^.;!?]{0,40}\b(?:failed|fail|went\ wrong|did\ not\ pass|didn't\ pass) |
        (?:examen|toets|tentamen|theorie|proeve)\b[^.;!?]{0,40}\b(?:mis|misging|fout\ ging|gezakt) | resit(?:ting)? | repeat(?:ed|
        ing)\ (?:the\ |a\ )?year | excluded | exclusion | expelled | truan\w+ |
        predicted\ \w+ | attendance | detention | (?:reading|maths|level|grades?|marks?)\b[^.;!?]{0,24}\b(?:behind|below|low|poor) |
        poor\ (?:grades?|marks?) | gezakt | zakte | \w*onvoldoendes? | blij\w+\ zitten | (?:klas|jaar)\ over | \w+-advies |
        advies\ (?:vmbo|havo|vwo|praktijk)\S* | bsa |
        studieadvies | geschorst | spijbel\w* | cijferlijst | (?:keer|maal|\d+x)\ te\ laat )\b""",
    plainly=rf"""
        \b(?: {_THEIR}\ (?:\w+\ )?(?:onvoldoendes?|negatieve?\ (?:bsa|studieadvies)|truancy|exclusion) | (?:he|she)(?:'d|\ had|\ has|
        \ was)?\
        (?:been\ )?(?:excluded|expelled) | (?:hij|zij|ze)\ (?:doet|deed|blijft)\b[^.;!?]{{0,20}}\b(?:over|zitten) )\b""",
)
PAST = Subject(
    told=r"""
        \b(?: barred | banned | (?:the|your|a)\ ban\b | warnings? | warned\ (?:twice|before|earlier) | penalty\ (?:fares?|notices?) |
        convict\w+ |
        criminal\ record | arrest(?:ed)? |
        police(?!\ (?:ref|reference|report\ number|number)\b) | asylum | residence\ permit | visa | curfew | on\ (?:a\ )?tag |
        probation | disruptive |
        (?:wegens|for|voor)\ (?:misbruik|misuse|abuse) | you\ claimed | previous\ claims? | schades | schadeclaims? | geroyeerd |
        flag(?:ged)?\b[^.;!?]{0,20}\b(?:name|account|record|file) | blacklist\w* |
        (?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:nd|rd|th))\ complaint | complaints\ (?:in|this|last|before) |
        winkelverbod | stadionverbod | toegangsverbod | aangifte(?=\W+(?:\w+\W+){0,3}?(?:tegen|wegens)\b) | aanhouding | aangehouden |
        strafblad | veroordeel\w+ | politie |
        boetes? |
        zonder\ (?:kaartje|geldig|te\ betalen) | zwart\ ?(?:ge)?re(?:ed|den|ist\w*) | zwartrijd\w* | verblijfs\w+ | asiel\w* |
        reclassering\w* |
        (?:tweede|derde|vierde|vijfde|zesde|zevende|achtste|negende|tiende|\d+e)\ klacht | eerdere?\b[^.;!?]{0,20}\b(?:klachten|meldingen|
        boetes?|waarschuwing\w*) | (?:meldingen|klachten)\b[^.;!?]{0,20}\bover\ (?:u|je|jou) | overlast | \d+\ klachten )\b""",
    plainly=rf"""
        \b(?: {_THEIR}\ (?:\w+\ )?(?:criminal\ record|conviction|arrest|curfew|asylum\ (?:claim|status|case)|winkelverbod|stadionverbod|
        aanhouding|strafblad|veroordeling|verblijfsvergunning|asielaanvraag|reclasserings\w+|probation\ officer) |
        aangifte\ tegen\ (?:u|je|jou)\b | you\ (?:were|had\ been)\ (?:barred|arrested|banned) )\b""",
)
BELIEF = Subject(
    told=r"""
        \b(?: ramadan | hoofddoek | headscar\w+ | hijab | religi\w+ | muslims? | jewish | jew | christian | catholic | hindu | sikh |
        buddhist | jehovah\w* | religio\w+ | faith | union\ (?:rep|member)\w* |
        nationalit(?:y|eit|ies) | same-sex | gay | lesbian | transgender | (?:green|labour|conservative|socialist)\ party | party\ member |
        born\ in | moslim(?:s|a)? | joods\w* | christe(?:n|lijk)\w* | katholiek\w* | hindoe\w* | jehova\w* | geloof | gelovig\w* |
        vakbond\w* |
        homo\w* | lesbisch\w* | transgender | partijlid | lid\ van\b[^.;!?]{0,12}\bpartij | geboren\ in | geboorteplaats | afkomst )\b""",
    plainly=rf"""
        \b(?: {_THEIR}\ (?:\w+\ )?(?:nationalit(?:y|eit)|religion|faith|geloof|vakbond|union\ membership|afkomst|geboorteplaats|ethnicity) |
        de\ (?:\w+\ )?nationaliteit | your\ transition | (?:as|als|being)\ (?:an?\ )?(?:\w+\ )?(?:muslim|jew|jewish|christian|
        catholic|hindu|sikh|moslim|jood|joodse?|
        christen|katholiek|hindoe|gay|homo)\b | (?:jullie|you)\ (?:two\ )?(?:are|zijn)\ (?:muslims?|jewish|moslims?|gay) |
        (?:jullie|u|je|you)\ (?:are\ )?jehova\w*(?:\ \w+)?\ (?:zijn|bent|witness\w*) | you\ were\ born\ in\ \w+ |
        (?:the|our)\ union\ rep | same-sex\ couples?\ like | couples\ like\ you )\b""",
)
SUBJECTS = {
    "money": MONEY,
    "means": MEANS,
    "work": WORK,
    "family": FAMILY,
    "results": RESULTS,
    "past": PAST,
    "belief": BELIEF,
}

CARE = r"""
    \b(?: gyn\w?ecolog\w+ | urolog\w+ | fertility | ivf | oncolog\w+ | cancer | chemo\w* | radiotherap\w+ | cardiolog\w+ | psychiatr\w+ |
    psycholog\w+ | counsell(?:ing|or) | therap(?:y|ist) | mental\ health | depress\w+ | anxiety | antidepress\w+ | sertraline |
    fluoxetine | diazepam |
    lithium | methadon\w* | insulin\w* | inhalers? | diabet\w+ | epilep\w+ | autis\w+ | adhd | dyslexi\w+ | dementia | alzheimer\w* |
    parkinson\w* |
    hiv | sti | std | hepatitis | smear | mammogra\w+ | colonoscop\w+ | biops\w+ | prostat\w+ | (?:mri|ct|mri-|ct-)\ ?scans? | mri |
    miscarriage |
    pregnan\w+ | abortion | ultrasound | maternity | midwi\w+ | oxygen | dialys\w+ | stoma\w* | incontinen\w+ | catheter\w* | rehab |
    addict\w+ |
    alcohol\w* | overdose | self-harm | eating\ disorder | anorexi\w+ | wheelchair\ user | registered\ (?:deaf|blind|disabled) |
    deaf | stroke |
    gynaecoloog | colposcop\w+ | endoscop\w+ | hysterectom\w+ | vasectom\w+ | hearing\ (?:loss|aids?) | bsl | sign\ language |
    smok(?:ing|er) |
    nicotine | dying | palliative | hospice | baby\ due | expecting\ a | viagra | lingerie | condooms? | condoms? | vibrator | hartaanval |
    heart\ attack | dyslexie | roken | gebarentaal | palliati\w+ | uitgerekend | soa(?:-\w+)? | ggz | verslav\w+ |
    zwanger\w* | verloskund\w+ | (?:\w+-)?(?:\w+)?echo | miskraam | abortus | kanker | kruisband |
    suikerziekte | dement\w+ | dementie | wlz(?:-\w+)? | wmo(?:-\w+)? | hartfalen | vruchtbaarheid\w* | borstonderzoek | uitstrijkje |
    darmonderzoek |
    stomazakje\w* | zuurstof | hersenbloeding | beroerte | doof | slechthorend\w* | blind | depressi\w* | burn-?out | angststoornis |
    therapeut |
    medicatie | medication | diagnos\w+ )\b"""
"""Kinds of care, illness and remedy: told even where the author spoke of "results" or "a letter" only."""

GUESSED = r"""
    \b(?: (?:on|with)\ your\ (?:income|budget|salary|wages?|pension|benefits|condition|disability|background|
    diagnosis|illness) |
    (?:given|considering|because\ of|knowing)\ your\ (?:background|condition|health|income|faith|religion|disability|illness|
    origins?|politics|
    financial\ \w+|finances|family\ situation|home\ situation) | money\ (?:is|must\ be|may\ be|being|isn't\ easy|
    was)\ (?:\w+\ )?(?:tight|short) |
    (?:short|strapped)\ (?:of|for)\ (?:money|cash) | as\ an?\ (?:single\ (?:mum|mother|parent|dad|father)|pensioner|widow|widower|
    refugee|migrant|
    disabled\ \w+|student\ on\ \w+) | (?:tight|small|modest)\ budget\ like\ yours | people\ (?:of|with)\ your\ (?:background|
    income|faith|
    condition) | your\ (?:depression|anxiety|stress\ levels|addiction|drinking|finances|financial\ (?:situation|position|worries|trouble)) |
    (?:op|met|bij)\ (?:uw|je|jouw)\ (?:inkomen|achtergrond|aandoening|beperking|ziekte|pensioen|uitkering|salaris|budget|geloof) |
    (?:gezien|gelet\ op|vanwege|wetende\ van)\ (?:uw|je|jouw)\ (?:achtergrond|inkomen|gezondheid|geloof|afkomst|beperking|
    ziekte|aandoening|
    (?:financiele|persoonlijke|thuis)\ ?situatie|financien|thuissituatie|gezinssituatie|politieke\ \w+) | krap\ bij\ kas |
    het\ (?:\w+\ )?niet\ breed |
    financieel\ (?:krap|zwaar|lastig|moeilijk) | als\ (?:alleenstaande\ (?:moeder|vader|ouder)|gepensioneerde|weduwe|weduwnaar|
    vluchteling|migrant|
    nieuwkomer|oudere) | (?:uw|je|jouw)\ (?:depressie|verslaving|drankgebruik|financiele\ (?:situatie|zorgen|problemen)|geldzorgen|
    geldproblemen) |
    mensen\ (?:met|van)\ (?:uw|je|jouw)\ (?:achtergrond|inkomen|geloof|aandoening) )\b"""
"""What nobody told: a purse, a health, a home or an origin read into a post."""
