"""Holds the wordings by which a reply states something checkable. Binding them to facts is the work of claims, deeds and dated."""

from __future__ import annotations

_GAP = r"(?:[\w'-]+\W+)"

CHECKED = rf"""
    \b(?: (?:i|we)(?:'ve|\ have|\ did|'d)?\W+(?:just\ |now\ |already\ |also\ |personally\ |quickly\ |both\ |carefully\ |since\ |
        thoroughly\ |really\ )*(?:checked|looked\ (?:up|into|through|in\ (?:your|our|the))|looked\ at\ (?!your\ (?:post|message|tweet|
        photo|comment|question))|reviewed|verified|investigated|examined|inspected|confirmed|spoken?\ (?:to|with)|talked\ (?:to|with)|
        asked|traced|(?:looked|pulled|called)\W+(?:[\w'-]+\W+){{1,5}}?up\b|found\ (?:out|that|your|no|the)|discovered|consulted|
            gone\ through|went\ through|double-checked|pulled\ up|tested|
        can\ see\ (?:that|in|from|on)|see\ (?:in|from|on)\ (?:your|our|the)|could\ see) |
    (?:i|we)\W+(?:can\ )?(?:now\ )?see\ (?:in|from|on|that)\ (?:your|our|the)?\W*(?:account|system|records?|booking|file|data|order|
        logs?|screen) | (?:our|the)\W+{_GAP}?(?:records?|systems?|logs?|data|investigation|checks?|tests?|database|files?|figures|
        inspection|technicians?|engineers?|team)\W+(?:\w+\W+)?(?:show|shows|showed|indicates?|confirm(?:s|ed)?|says?|reveal(?:s|ed)?|
        suggests?|found|established|proves?) |
    [a-z]{{3,}}\W+(?:has\ |have\ )?(?:reviewed|inspected|examined|double-checked)\ (?:your|the|it|this) | according\ to\ (?:our|the|
            your)\ (?:records?|systems?|logs?|data|account|files?|driver|mechanic|investigation) | (?:in|from|
        on)\ your\ (?:account|booking|file|record)\W+(?:i|we)\W+see | your\ (?:account|booking|file|records?)\W+(?:shows?|says?|
        indicates?) | (?:after|upon|on)\ (?:checking|investigation|inspection|review|looking\ into)\b | (?:has|have)\ been\ (?:checked|
        investigated|inspected|verified|tested|examined) |
    (?:ik|we|wij)\W+(?:heb|hebben)\W+{_GAP}{{0,8}}?(?:gekeken|gecheckt|nagekeken|gecontroleerd|nagegaan|nagevraagd|opgezocht|uitgezocht|
        onderzocht|gesproken|bekeken|geverifieerd|gevraagd|ingezien|teruggezocht|bevestigd|nagezocht|opgevraagd|getest|nagezien|(?:in|
        uit|op)\ (?:het|ons|je|uw|de|jouw)\ \w+\ gezien|doorgenomen|teruggevonden|vastgesteld|geconstateerd) |
    (?:heb|hebben)\W+(?:ik|we|wij)\W+{_GAP}{{0,8}}?(?:gekeken|gecheckt|nagekeken|gecontroleerd|nagegaan|nagevraagd|opgezocht|uitgezocht|
        onderzocht|gesproken|bekeken|geverifieerd|gevraagd|ingezien|bevestigd|getest|vastgesteld|geconstateerd) |
    (?:ik|we|wij)\W+(?:zie|zien|zag|zagen)\W+{_GAP}{{0,4}}?(?:account|systeem|gegevens|dossier|administratie|bestelling|boeking|
        reservering|logboek) | (?:zie|zien)\W+(?:ik|we|wij)\W+{_GAP}{{0,5}}?(?:account|systeem|dat|gegevens|dossier|bestelling) |
        uit\ (?:onze|ons|de|het|je|uw)\W+{_GAP}?(?:administratie|systeem|gegevens|onderzoek|logboek|controle|logs?|dossier|
        test\w*)\W+(?:blijkt|blijken|bleek) |
    volgens\ (?:onze|ons|de|het|je|uw)\ (?:administratie|systeem|gegevens|logboek|monteur|chauffeur|dossier) | in\ (?:onze|ons|de|
        het)\ (?:\w+\ )?(?:gegevens|systeem|administratie|logboek|logs)\W+(?:zie|zien|zag|staat|stond) | in\ (?:je|uw|jouw)\ (?:account|
        dossier|bestelling)\W+(?:staat|zie|zien) | na\ (?:controle|onderzoek|navraag)\b | (?:onze|de)\W+{_GAP}?(?:monteur|monteurs|
        technici|collega|collega's|team)\W+(?:heeft|hebben)\W+{_GAP}{{0,6}}?(?:gekeken|nagekeken|gecontroleerd|onderzocht|vastgesteld|
        bevestigd|getest) |
    (?:ik|we|wij)\W+(?:heb|hebben)\W+{_GAP}{{0,3}}?(?:dossier|bestelling|account|gegevens|boeking|
        reservering)\W+(?:{_GAP}{{0,3}}?)(?:erbij|voor\W+me|bij\W+ge(?:pakt|nomen|haald)) |
    (?:an?|the|een|de|onze|our)\W+{_GAP}{{0,2}}?(?:\w*deskundige|experts?|inspect(?:eur|or)s?|specialist(?:en|s)?|surveyors?|
        keuringsdienst|adviseurs?|onderzoekers?)\W+(?:heeft|hebben|has|have)?\W*{_GAP}{{0,8}}?(?:gekeurd|bekeken|onderzocht|gecontroleerd|
        beoordeeld|vastgesteld|checked|inspected|examined|assessed|confirmed) |
    (?:is|zijn|werd|werden)\W+{_GAP}{{0,4}}?(?:nagekeken|gecontroleerd|onderzocht|getest|gekeurd|geverifieerd)\b )
"""

_DONE_EN = (
    r"(?:fixed|solved|resolved|repaired|sorted|restored|corrected|replaced|patched|cleared|rectified|"
    r"refunded|reimbursed|credited|paid|repaid|transferred|cancelled|canceled|blocked|suspended|dismissed|"
    r"fired|sacked|let\ go|stood\ down|disciplined|retrained|trained|instructed|reminded|warned|briefed|shipped|dispatched|booked\ in|"
    r"scheduled|"
    r"delivered|emptied|collected|cleaned|upgraded|improved|tightened|reset|rebooked|recalled|withdrawn|"
    r"waived|reopened|installed|reported\ (?:it|this)\ to\ the\ (?:police|authorities)|addressed|"
    r"dealt\ with|stepped\ up|increased|reviewed|deactivated|compensated|hired|doubled|extended|adjusted|"
    r"changed|updated)"
)
_DONE_NL = (
    r"(?:verholpen|opgelost|gerepareerd|hersteld|"
    r"(?<!fout\ )(?<!fouten\ )(?<!afspraak\ )gemaakt(?!\ (?:met|bij|in|door))|vervangen|geregeld|"
    r"rechtgezet|gecorrigeerd|aangepast|terugbetaald|teruggestort|teruggeboekt|overgemaakt|overgeboekt|"
    r"vergoed|verstuurd|verzonden|opgestuurd|opgehaald|bezorgd|geleverd|geblokkeerd|geschorst|ontslagen|"
    r"aangesproken|geinstrueerd|getraind|bijgeschoold|gewaarschuwd|geannuleerd|schoongemaakt|gereset|"
    r"teruggeroepen|kwijtgescholden|aangescherpt|verbeterd|gewijzigd|geplaatst|gestuurd|gecrediteerd|"
    r"afgehandeld|ingepland|ingeboekt|klaargezet|gereserveerd|"
    r"doorgevoerd|uitgevoerd|geinstalleerd|berispt|genomen|gemeld\ bij\ de\ (?:politie|"
    r"toezichthouder)|opgeschaald|uitgebreid|verdubbeld|betaald|bijgewerkt|geleegd)"
)

DONE = rf"""
    \b(?: (?:is|are|has\ been|have\ been|was|were|been|'s|got|gets)\W+(?:now\ |already\ |all\ |fully\ |since\ |completely\ |just\ |
        both\ |finally\ |been\ )*{_DONE_EN}\b | (?:is|are|'s)\W+(?:now\ |all\ |fully\ |already\ )*(?:back\ (?:online|up|to\ normal|
        in\ (?:service|order))|working(?:\ (?:again|properly|normally|as\ it\ should))?|up\ and\ running|in\ order|safe\ again|
        available\ again|on\ its\ way|on\ their\ way|under\ way|open\ again|done) | works?\ (?:again|now|fine)\b | (?:we|i)(?:'ve|
        \ have)?\W+(?:\w+ly\W+|now\W+|already\W+|since\W+|just\W+|immediately\W+|also\W+)*{_DONE_EN}\b |
    (?:we|i)(?:'ve|\ have)\W+(?:\w+\W+){{0,2}}?(?:sent|put|taken\ (?:measures|action|steps|the)|made\ (?:changes|sure|arrangements)|
        introduced|spoken\ to|arranged|ordered|booked|opened|filed|added|set\ up) | (?:measures|steps|
        action)\W+(?:\w+\W+){{0,2}}?(?:been|were|was)\W+taken | no\ longer\ (?:works|employed) |
    (?:has|have)\ been\W+(?:\w+ly\W+|now\W+|already\W+|since\W+)?(?:sent|posted|passed|forwarded|escalated|contacted|informed|notified|
        arranged|ordered|assigned|added|logged|raised|removed|given|told|spoken\ to|put\ (?:in|up|on)|taken\ (?:off|out|down)) |
    (?:we|i)(?:'ve|\ have)\W+(?:\w+\W+)?(?:passed|forwarded|escalated|raised|handed|reported|flagged|logged|notified|informed|
        alerted)\b(?!\W+by\b) |
    (?:heb|hebben)\W+(?:ik|we|wij)?\W*{_GAP}{{0,6}}?(?:doorgezet|doorgestuurd|doorgegeven|ingelicht|geinformeerd|geescaleerd|ingeschakeld|
        neergelegd|uitgezet) |
    (?:is|zijn)\W+{_GAP}{{0,4}}?(?:doorgezet|doorgestuurd|doorgegeven|ingelicht|geinformeerd|ingeschakeld|langsgeweest|langs\ geweest) |
    (?:is|zijn|werd|werden|was|waren|staat|staan)\W+{_GAP}{{0,6}}?{_DONE_NL}\b |
        (?:heb|hebben|heeft)\W+{_GAP}{{0,8}}?{_DONE_NL}\b | (?:werkt|
        werken|doet\ het|doen\ het|rijdt|rijden|functioneert|functioneren)\W+{_GAP}{{0,3}}?(?:weer|nu|inmiddels|zoals\ het\ hoort|
        naar\ behoren) | (?:is|zijn)\W+{_GAP}{{0,3}}?(?:weer\ (?:aan|warm|normaal|terug|open|online|in\ orde|veilig|beschikbaar|
        bereikbaar)|in\ orde|onderweg|achter\ de\ rug|voorbij|klaar) | maatregelen\W+{_GAP}{{0,3}}?(?:genomen|getroffen) |
        werkt\ niet\ meer\ bij )
"""

_MAY = r"(?:will|'ll|shall|going\ to|gonna)"
PROMISE = rf"""
    \b(?: (?:we|i|you|they|it|this|he|she|[\w-]+)\W?(?:{_MAY})\W+(?:\w+ly\W+|also\W+|now\W+|then\W+|be\W+|never\W+|not\W+|all\W+)*\w+ |
        (?:we|i)\W+(?:promise|guarantee|commit|pledge|assure|undertake)\b | won't\ happen | (?:we|wij)\W+(?:leggen|bouwen|openen|huren|
            starten|verhogen|verlagen|nemen\W+(?:\w+\W+){{0,4}}?aan)\b | (?:we're|we\ are|i'm|i\ am)\W+(?:building|opening|hiring|
            starting|raising|cutting|knocking)\b | (?:we're|we\ are|i'm|i\ am)\W+(?:now\W+|
        also\W+)?(?:sending|refunding|replacing|giving|adding|putting|bringing|installing|crediting|shipping|offering|paying|delivering|
        arranging|cancelling|repairing|extending|upgrading|hiring|collecting|waiving|doubling|compensating) |
    (?:we|i)\W+(?:\w+ly\W+|also\W+|gladly\W+)?(?:refund|replace|send|pay|give|offer|reimburse|credit|deliver|bring|repair|ship|collect|
        compensate|waive|deduct|add|extend)\b | you(?:'ll)?\W+(?:can\ |also\ |now\ )*(?:get|receive|keep|be\ (?:refunded|compensated|
        reimbursed|credited))\b | (?:is|are)\W+(?:being\W+)?(?:refunded|reimbursed|replaced|delivered|collected|repaired|emptied|
        brought|credited|compensated)\b | guarantee[sd]? | (?<!feel\ )(?<!come\ )(?<!comes\ )
        free\ (?!to\b|time\b|from\b)\w+ | free\ of\ charge | for\ free |
        on\ the\ house | \w+'s\ on\ us\b(?<!that's\ on\ us)(?<!it's\ on\ us)(?<!this's\ on\ us)(?<!one's\ on\ us) | (?:happy|
        glad)\W+to\W+(?:waive|refund|
            give|offer|send|pay|credit) |
        kennen\W+(?:wij|we)\b[^.;!?]{0, 40}\btoe\b | (?:dinner|lunch|drinks?|meal|coffee|ride|round|dessert|pudding|ticket|visit|
            next\ \w+)\ (?:is|are)\ on\ us |
        (?:van\ ons|op\ onze\ kosten|op\ onze\ rekening)\b(?=[^.!?]{0, 4}$) | as\ a\ (?:gesture|thank\ you|token) |
            (?:please\ )?accept\ (?:a|this|our)\ (?:voucher|gift|discount|credit) |
    (?:zullen|zal|gaan|ga|gaat)\W+{_GAP}{{1,10}} | (?:krijg|krijgt|krijgen|ontvang|ontvangt|ontvangen)\W+(?:je|jij|u|jullie|allemaal|
        van\ ons|iedereen)\b | (?:je|u|jullie|iedereen)\W+(?:krijgt|krijg|ontvangt|ontvang|krijgen)\b | (?:je|u)\W+(?:hebt|
            heb)\b[^.;!?]{{0,40}}\b(?:terug|recht\ op)\b | (?:we|wij|
        ik)\W+(?:\w+\W+){{0,2}}?(?:betalen|betaal|storten|stort|maken|sturen|stuur|brengen|breng|halen|haal|vergoeden|vergoed|geven|
        geef|regelen|regel|vervangen|vervang|repareren|repareer|leveren|lever|bezorgen|boeken|boek|bieden|bied|compenseren|annuleren|
        verlengen|ruilen|legen|ruimen|zetten|plaatsen|schelden|verdubbelen|controleren\ elke)\b |
    (?:betalen|betaal|storten|stort|maken|sturen|stuur|brengen|breng|halen|haal|vergoeden|vergoed|geven|geef|regelen|vervangen|
        repareren|leveren|bezorgen|boeken|bieden|annuleren|verlengen|ruilen|legen|ruimen|schelden|compenseren)\W+(?:we|wij|ik)\b |
    \w*(?:kosten|boetes?|rente|tarief|premie|nota|huur|contributie|factuur|bon)\W+(?:{_GAP}{{0,2}}?)(?:vervalt|vervallen)\b | (?:wordt|
        worden)\W+{_GAP}{{0,8}}?(?:opgehaald|teruggestort|terugbetaald|vervangen|gerepareerd|overgemaakt|gebracht|bezorgd|geleverd|
        vergoed|opgelost|hersteld|verholpen|geleegd|opgeruimd|verstuurd|gecompenseerd|teruggeboekt) |
    (?:gebeur\w*|overkom\w*|happens?)\W+{_GAP}{{0,4}}?(?:geen\ (?:tweede|volgende)|a\ second\ time|twice) | (?:staat|staan|
        komt)\W+{_GAP}{{0,2}}?(?:geld|bedrag)\W+{_GAP}{{0,4}}?(?:op|bij)\ (?:je|uw|jouw)\b |
        (?:we|wij|ik)\W+(?:melden?|
        rapporteren?)\W+{_GAP}{{0,4}}?(?:bij|aan)\ (?:de|het) | garande\w+ | garantie | (?:beloven|beloof|verzekeren|verzeker)\b |
            (?:gebeur\w*|voorkom\w*|komt|
        overkom\w*)\W+{_GAP}{{0,5}}?(?:niet\ (?:meer|nog\ eens|opnieuw|weer)|nooit\ (?:meer|weer)) | (?:niet\ (?:meer|nog\ eens|opnieuw|
        weer)|nooit\ (?:meer|weer))\W+{_GAP}{{0,3}}?(?:gebeur\w*|voorkom\w*|overkom\w*) | gratis | kostelo(?:os|ze) |
        cadeau | als\ (?:bedankje|dank|
        goedmakertje|tegemoetkoming|compensatie|pleister|geste)\b | goedmakertje )
"""

HARMLESS = r"""
    \b(?: stay | miss | do\b(?=\W*$) |
        blijf | be\ (?:chuffed|delighted|pleased|proud|thrilled|over\ the\ moon|touched) | blij | show | take\ it\ from |
        careful\w* | opletten | beter\ op | confirm\w* | bevestig\w* | evalu\w+ | evaluer\w+ | bekijk\w* | overwegen | consider |
        reflect | help | sort | assist | look | check | find | see | ask | investigate | examine | review | come | get\ (?:back|in|to|
        on) | be\ (?:back|in|here|there\ for|happy|glad|able|posted|sure|answered|told|looking|checking|asking|talking|speaking|posting|
        reporting|hearing|reading|found|published|shared|informed|kept) | let | tell | post | reply | write | report | update | keep |
        share | pass | forward | talk | speak | discuss | listen | say | try | do\ (?:better|our|my|all|everything|what) | learn | chase |
        answer | hear | continue | work | read | explain | walk | want | need | know | follow | publish | understand | take\ (?:this|it|
        your|that)\ (?:up|on|to|back|seriously|further|with) |
        take\ (?:them|each|both|these|those)\ (?:\w+\ )?(?:by|in|at) | love | appreciate | remember | notice | think | contact |
        call | ring | phone | raise | improve | make\ sure\b[^.!?]{0,40}\b(?:hears?|knows?|gets?\ (?:your|this)) |
    helpen | help | kijken | kijk | uitzoeken | zoeken | nagaan | na | vragen | vraag | weten | laten | melden | meld | terugkomen |
        komen\ (?:we|er|hier|daar) | vertellen | vertel | doorgeven | door | bespreken | praten | spreken | leren | delen | mee |
        meenemen | proberen | doen\ (?:er|ons) | best | opletten | letten | horen | hoort | volgen | blijven | reageren | schrijven |
        antwoorden | contact | bellen | uitleggen | lezen | leest | zorgen\ dat\ dit\ bij | aan\ de\ slag | achteraan | mee\ aan |
        ermee | gelijk | reactie | antwoord | bericht | update | plezier )\b
"""

REMEDY_WORDS = (
    r"\b(?:refund\w*|reimburs\w*|replac\w*|repair\w*|fix\w*|send|sent|deliver\w*|collect\w*|pay|paid|"
    r"credit\w*|voucher\w*|compensat\w*|empty|emptied|restor\w*|solv\w*|resolv\w*|install\w*|arrive\w*|"
    r"terug(?:betaal\w*|betal\w*|stort\w*|gestort)|vergoed\w*|vervang\w*|reparer\w*|gerepareerd|"
    r"herstel\w*|sturen|stuur|bezorg\w*|halen|haal|opgehaald|betalen|betaal\w*|storten|stort|maken|"
    r"overgemaakt|opgelost|oplossen|verholpen|leveren|geleverd|gratis|free|korting|brengen|legen|opruimen|"
    r"werkt|werken)\b"
)

CAUSE = r"""
    \b(?: because\ of | because | due\ to | caused\ by | the\ (?:cause|reason)\W+(?:\w+\W+){0,4}?(?:is|was) | as\ a\ result\ of |
        owing\ to | thanks\ to\ (?:a|an|the) | resulted\ from | came\ from | comes\ down\ to | stems?\ from | down\ to\ (?:a|an|the) |
        triggered\ by | (?:was|were|is|are)\ (?:also\ |partly\ |mostly\ )?to\ blame(?!\ for) | (?:played|plays)\ a\ (?:part|role) |
        (?:speelt|speelde|speelden)\W+(?:ook\W+|hierbij\W+|daarbij\W+)?(?:een\ rol|mee) | following\ (?:a|an)\ | after\ (?:a|
            an)\ (?:fault|failure|error|outage|mix-up|strike|technical|software|power|
        system|server|staff\w*)\b |
    omdat | doordat | door\ (?:een|de|het|onze|ons|problemen|drukte|ziekte|werkzaamheden|storing\w*|personeel\w*|een\ tekort) |
        vanwege | wegens | als\ gevolg\ van | te\ wijten\ aan | veroorzaakt\ door | (?:kwam|komt|ligt|lag)\W+(?:\w+\W+){0,3}?(?:door|
        aan|doordat|omdat) | de\ (?:oorzaak|reden)\W+(?:\w+\W+){0,4}?(?:is|was|ligt|lag) | dankzij | na\ een\ (?:storing|fout|
        fout\w*) )\b
"""

ABSOLUTE = r"""
    \b(?: (?:our|we|all\ our|every|onze|wij|we|al\ onze|elke|iedere|
        brand)\b[^.!?,;]{0,50}?(?<!work\ )(?<!work\ on\ )(?<!work\ hard\ )\b(?:always|never|every\ (?:day|week|month|year|single|one|
        standard|norm)|all\ of\ (?:them|our)|100\ ?%|fully\ (?:safe|tested|insured|compliant)|perfectly\ safe|completely\ safe|
        entirely\ safe|thoroughly\ (?:tested|checked|inspected)|regularly\ (?:tested|checked|inspected|maintained|serviced)|(?:is|
        are)\ (?:tested|checked|inspected|serviced|maintained)|safest|best\ in|cheapest|fastest|most\ reliable|cleanest|
    altijd|nooit|elke\ (?:dag|week|maand|rit)|iedere\ (?:dag|week|maand)|volledig\ veilig|helemaal\ veilig|volkomen\ veilig|
        regelmatig\ (?:onderhouden|gecontroleerd|gekeurd|nagekeken)|(?:wordt|worden)\ (?:\w+\ )?(?:onderhouden|gecontroleerd|gekeurd|
        getest|nagekeken)|veiligste|beste|goedkoopste|betrouwbaarste|snelste|schoonste) | (?:elke|iedere|alle|
        al\ onze)\W+(?:\w+\W+){0,2}(?:wordt|worden)\W+(?:\w+\W+){0,3}?(?:onderhouden|gecontroleerd|gekeurd|getest|nagekeken|
        geinspecteerd) |
    (?:is|was|are|were|been|werd|zijn)\W+(?:\w+\W+){0,3}?(?:calculated|charged|billed|measured|applied|processed|handled|
        estimated)\W+(?:correctly|properly|rightly|right|fairly|as\ agreed) | (?:correctly|rightly|properly)\W+(?:calculated|charged|billed|
        measured|applied|processed|handled) | (?:juist|correct|goed|terecht|netjes)\W+(?:berekend|verwerkt|in\ rekening|afgeschreven|
        afgehandeld|toegepast|gemeten) |
    (?:it|this|that|they|these|het|dit|dat|deze|die|(?:our|the|onze|de|all|alle)\ \w+)\W+(?:is|are|was|were|zijn|blijft|
        blijven)\W+(?:\w+\W+)?(?:harmless|safe|ongevaarlijk|onschadelijk|veilig)\b(?!\ (?:again|to\ say|to\ assume)) |
    (?:no|geen)\ (?:other|andere|verdere)\W+\w+ | (?:is|are|was|were|it's|zijn|blijft)\W+(?:\w+\W+){0,2}?(?:perfectly|completely|
        totally|entirely|absolutely|100%|volkomen|volledig|absoluut|helemaal|gewoon)\W+(?:safe|veilig|legal|legaal|harmless|
        ongevaarlijk) | (?:no|geen)\W+(?:\w+\W+)?(?:risk|danger|risico|gevaar)\b | (?:there\ is|there's)\ no\ (?:risk|danger|threat) |
        nobody\ (?:was|is)\ in\ danger | niemand\W+(?:\w+\W+){0,2}gevaar | nobody\ else | the\ only\ one | (?:is|are|was|were|
            zijn)\W+(?:\w+\W+)?(?:undamaged|intact|unharmed|unaffected|onbeschadigd|
        ongeschonden|compleet) | (?:bij\ ons|ons|onze|wij|
        we)\b[^.!?]{0,30}\bnog\ nooit | first\ time | eerste\ keer\ dat | never\ before | isolated\ incident | incidenteel |
        op\ zichzelf\ staand | (?:nobody|no\ one|niemand|none\ of\ our\ \w+|geen\ van\ onze\ \w+)\W+(?:\w+\W+){0,2}?(?:ever|ooit) |
        (?:not|niet)\W+(?:\w+\W+)?(?:unsafe|dangerous|harmful|onveilig|gevaarlijk|schadelijk) )\b
"""

OFFICIAL = r"""
    \b(?: approved | certified | accredited | licensed | complies | compliant | comply | meets?\ (?:all|every|
        the)\ (?:\w+\ )?(?:standards?|requirements?|rules|norms?|regulations?|criteria) | meet\ every\ standard |
        in\ (?:full\ )?(?:accordance|compliance)\ with | legally\ (?:required|allowed|entitled|obliged) | by\ law | under\ \w+\ law |
            (?:'re|are|is|be)\ owed | required\ by\ law |
        not\ liable | insured\ (?:for|against) | (?:are|is|'re|be)\ (?:\w+\ )?(?:entitled|eligible) | qualif(?:y|ies)\ for |
        (?:hebt|heeft|heb)\W+(?:\w+\W+){0,8}?recht\ op | in\ aanmerking | in\ overeenstemming\ met | (?:volgens|conform)\ (?:de|het|
            onze|ons)\ (?:\w*voorwaarden|regels|beleid|reglement|
        polis\w*) | (?:under|per|within|according\ to)\ (?:our|the)\ (?:terms|conditions|policy|rules|contract) | award | iso\ ?\d* |
            in\ line\ with\ (?:the\ law|regulations|
            european|national) |
        according\ to\ (?:the\ law|experts|research|science) | studies\ show | research\ shows | (?:strict|rigorous|
        robust)\ (?:\w+\ )?(?:procedures?|rules?|protocols?|standards?|checks?|controls?) | (?:is|are)\ (?:well\ |fully\ |
        always\ )?protected | the\ (?:police|ombudsman|regulator|inspectorate)\ (?:has|have)\ |
    (?:streng|strenge|strikt|strikte)\ (?:\w+\ )?(?:procedures?|regels|protocol(?:len)?|normen|eisen|controles?) | goedgekeurd |
        gecertificeerd | gekeurd | keurmerk | voldoe(?:n|t)\W+(?:\w+\W+){0,2}?aan | wettelijk\w* | volgens\ de\ wet | bij\ wet |
        niet\ aansprakelijk | aansprakelijk | verzekerd\ (?:tegen|voor) | conform\ | avg-proof | uit\ onderzoek\ blijkt |
        onderzoek\ toont | de\ (?:politie|toezichthouder|inspectie|ombudsman|rechter)\ (?:heeft|hebben)\ | prijswinnend\w* |
        bekroond )\b
"""

TOLD = r"""
    \b(?:the|our|his|her|de|het|onze|die|deze|zijn|haar)\W+(?:[\w'-]+\W+){1,3}?(?:has|have|heeft|hebben)\W+(?:(?:not|since|now|already|
        also|just|all|inmiddels|al|nu|ook|zelf|het|de|die|een|the|a|that|his|her|[\w-]+)\W+){0,5}?(?P<verb>\w{3,}(?:ed|en|wn|ne)|
        ge\w{2,}(?:d|t|en)|ver\w{2,}(?:d|t|en)|be\w{2,}(?:d|t|en))\b
"""
"""A third person's deed told as done ("the stranger has destroyed the letter")."""

ASKED = (
    r"\b(?:read|seen|received|heard|asked|been|passed|shared|noted|started|begun|given|written|taken|"
    r"spoken|talked|happened|known|gelezen|gezien|ontvangen|gehoord|gevraagd|geschrokken|gekregen|gegeven|"
    r"verteld|geschreven|begonnen|gemeld|gesproken|gebeurd|vernomen|kennisgenomen|bekend|begrepen|"
    r"verzocht|gebracht|beloofd)\b"
)

EVERY = (
    r"\b(?:always|never|every|all|safest|best|nobody|only|first|altijd|nooit|elke|iedere|alle|veiligste|"
    r"beste|niemand|eerste|100|fully|perfectly|completely|volledig|helemaal|risk|danger|risico|gevaar|"
    r"strict|rigorous|protected|streng|strenge|strikt|strikte|other|andere)\b"
)
"""Words that assure without exception."""
