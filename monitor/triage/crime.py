"""T12: what shows that somebody is accused of a crime or of discrimination."""

from __future__ import annotations

from monitor.triage.clues import Family, meaning, near

WORDS = {
    "slurred": meaning(
        en="chink* coon dyke fag faggot* gook gypsy kike nigger* paki* pikey raghead slag spic tranny towelhead* whore wog",
        nl="""
            hoer kankermarokkaan* kankerturk* kutbuitenlander* kutmarokkaan* kutmoslim* kutturk* mietje mocro mokro neger nikker rotjood
            slet spleetoog zandneger flikker
        """,
    ),
    "theft": meaning(
        en="""
            embezzl* funnel* mugged nicked pickpocket* pocketed robbed robs siphon* siphoned skimmed skimming steal stealing
            steals stole swiped theft thief thieves vanish* withdrawn withdrew
        """,
        nl="""
            achterover afgetroggeld afhandig beroofd berooft bestolen dief diefstal* dieven doorgesluisd doorsluis* gejat gepikt
            gepind geplunderd jat jatten leeggeroofd ontvreemd* pikte pinde roofde rooft sluist sluizen stal stalen steelt
            *verduister* wegsluis*
        """,
    ),
    "assault": meaning(
        both="intimidat*",
        en="""
            arab assault* beaten bullied catcall* chink choked* coerced dragged drugged dyke elbowed fag faggot filmed fondled
            fondling grabbed grope* groped groping harass* headbutted hit homophobic kicked kissed leered leering manhandled
            molest* nigger paki perv pervert* pinned predator pressured pressuring punched pushed queer rape raped restrained
            sexist shoved slag slapped spanked spat spiked stalk* strangled terrorist thigh threatened touched tranny transphobic
            upskirt* verbally whistled whore
        """,
        nl="""
            aangerand* aanraakte aanrand* bedreigd* bespuugd bespuugde betast* duwde flikker gebeten gedrogeerd geduwd gedwongen
            gefilmd gefloten geknepen geloerd geschopt geslagen gesleurd gespuugd gezoend gluren grensoverschrijdend*
            handtastelijk* hoer homo homofo* intimida* *intimidatie klap knie kutmarokkaan* kutturk* mep mishandel* mokro
            nafluiten neger nikker ongewenst* opgesloten raakte scheldt schold schopte seksis* slet sleurde sloeg smerige spuugde
            stalk* teringhomo terrorist uitgescholden vastgegrepen vastgehouden vastgepakt verkracht* vernederd vuile zoende
        """,
    ),
    "fraud": meaning(
        both="corrupt* discriminat* fraud* omkoping racis* smeergeld* witwas*",
        en="""
            backdat* backhander* blackmail* bogus brib* bung cartel clocked cooked cooking counterfeit discriminated discriminates
            discriminating embezzl* evad* evasion exploit* extort* falsif* fiddles fiddling forged forgery forging ghost insider
            kickback* kickbacks launder* odometer racially relabel* relabelled rigged rigging slavery swindle* swindling tampered
            tampering trafficked trafficking underpaid unpaid withheld withholding
        """,
        nl="""
            afpers* belastingfraude belastingontduik* belastingontwijk* belazer* chantage doofpot flest *fraude gechanteerd
            geflest geknoeid gerommel* gesjoemel* gesjoemeld herstickeren kartel* knoeien knoeit malversatie* malverseren
            mensenhandel nagemaakt nagemaakte nepfactu* omgekocht omgestickerd omkopen onderbetaald* onderbetal* ontdook ontduik*
            oplicht* prijsafspra* profilering sjoemel* sjoemelt spookfactu* steekpenning* teruggedraaid uitbuit* uitgebuit
            valsheid vervals* witgewassen zwartgeld zwartwerk* zwendel*
        """,
    ),
    "minority": meaning(
        both="homo* joods* lgbt* lhbt* moslim* roma trans",
        en="""
            accent african arab arabs asian asians autistic black blacks blind brown bulgarians deaf disabled ethnic* foreign
            foreigner foreigners gay headscarf hijab hispanic immigrant* indian jewish latino lesbian muslim* muslims pensioner
            poles polish pregnant queer refugees romanian romanians sikh surname surnames turban
        """,
        nl="""
            accent achternaam achternamen afkomst allochtoon* antilliaan* arabisch* blinde buitenlander* buitenlandse bulgaren
            donkere dove gehandicapt* geleidehond* getint* homo hoofddoek* huidskleur keppel* lesbisch* lesbo marokkaan* moslims
            roemen* roemenen surina* turk* vluchteling* vluchtelingen zwanger* zwart*
        """,
    ),
    "turned_away": meaning(
        en="""
            automatic declined denied ejected evicted fired followed ignored kicked laughed mocked only picked refuse refused
            reject rejected removed sacked searched singled stopped threw turned unlike waved
        """,
        nl="""
            afgeketst afgewezen apart bespot gecontroleerd gefouilleerd genegeerd gevolgd geweigerd nageroepen nee
            ontslagen standaard uitgelachen uitgemaakt uitgepikt uitgezet weggestuurd weiger* zette
        """,
    ),
    "taken_away": meaning(
        en="disappeared emptied gone lifted missing rifled taken taking took vanished vanishes",
        nl="doorzocht gepakt leeg leeggehaald meegenomen meegepakt meenam nam verdwenen weg weggehaald weggenomen",
    ),
    "goods": meaning(
        both="camera* ipad* laptop* sieraden",
        en="""
            airpods belongings bike bracelet cash earring earrings headphones jewel* luggage money necklace package* parcel*
            passport pension perfume purse ring savings stuff suitcase things valuables wallet watch
        """,
        nl="""
            armband bagage contant fiets geld horloge* ketting knuffel koffer* oordopjes pakket* parfum paspoort pensioen
            portemonnee ring sieraad spaargeld spullen spulletjes tas waardevolle
        """,
    ),
    "offense": meaning(
        en="arrested caught commit commits committed committing evidence guilty",
        nl="betrapt bewijs bewijzen gepleegd pleegt plegen schuldig strafbaar stukken",
    ),
    "keyholder": meaning(
        en="cleaner cleaners cleaning housekeeping key keys maid",
        nl="kamermeisje schoonmaak schoonmaakster schoonmaker sleutel sleutels",
    ),
    "body_touch": meaning(
        en="breasts bum buttocks crotch groped thigh",
        nl="bil billen borsten dij kont kruis",
    ),
}

CRIME = Family(
    "crime",
    "T12",
    "somebody is accused of a crime or of discrimination",
    0.85,
    together=(
        near("slurred person", 8, strength=0.75),
        near("slurred staff", 12, strength=0.8),
        near("taken_away goods keyholder", 16, strength=0.75),
        near("body_touch staff", 10, strength=0.8),
        near("theft staff", 8),
        near("assault staff", 8),
        near("fraud staff", 10),
        near("fraud offense", 8),
        near("theft offense", 8),
        near("taken_away goods staff", 14, strength=0.75),
        near("turned_away minority", 10, strength=0.7),
        near("assault minority", 10, strength=0.8),
        near("fraud minority", 12),
        near("fraud you", 4, strength=0.65),
        near("assault you person", 10, strength=0.7),
    ),
    english="""
        cook|cooks|cooking|cooked|fiddl* the|their books|accounts|figures
        stole|nicked|pinched|took|swiped ..3 from ..1 my|our|his|her ..1 coat|bag|room|locker|jacket|purse|wallet|drawer|desk|car
        asked|wanted|noted|wrote ..3 my pin|code|password|cvv ..10 gone|missing|withdrawn|taken|from
        pin ..10 gone|missing|withdrawn|taken
        <number> ..2 gone|missing|vanished ..2 from ..1 my account|card|wallet|till
        male|man|men|female|women|woman ..6 paid|gets|get|earn*|earns|pay ..4 more|less
        same job|work ..8 more|less ..6 paid|man|male|month|year|than
        touched|touches|touching ..1 me|her|him|my ..4 where|without|inappropriately|down|private
        fiddl*|fake*|falsif*|tamper* ..2 tachograph|meter|logbook|hours|timesheets|books
        called|calls|calling ..1 me|him|her|us|my ..3 dirty|fucking|black|queer|faggot|whore|slag|terrorist|nigger|tranny|retard
        followed me|her ..2 home|around|into
        no|don't|doesn't|refuse*|won't ..2 serve|rent|hire|employ ..2 to? ..1 <minority>
        hand|hands ..1 on|up|down my|her|his|their|the ..1 thigh|leg|knee|bum|bottom|waist|breast*|chest|back|skirt|arse|ass|shoulder
        into|in his|her|their|its own ..2 company|account|pocket|pockets|firm|business
        funnel*|siphon*|divert* ..6 money|funds|grant|subsid*|donations
        pressured|forced|tricked|bullied ..6 sign*|signed|signature|pay|buy
        dementia|alzheimer* ..10 sign*|sold|pressured|contract
        sign*|sold|contract|pressured ..10 dementia|alzheimer*
        only ..3 had|has|have ..2 a|the? ..1 key|access
        vanish*|disappear*|missing|gone ..4 from ..2 my|our ..2 room|bag|locker|car|house|suitcase|flat
        camera|cameras ..6 toilet|toilets|bathroom|shower|changing|bedroom
        called ..3 wife|husband|son|daughter|mother|father|friend|sister|brother ..1 a ..3 <minority>|dirty|terrorist|whore|bitch
        told ..3 go back|home to
        guide|assistance dog ..8 refused|not|no|turned|left|denied
        child labour|labor
        taximeter|meter ..4 tampered|rigged|fiddled
        dealing|sells|selling|deals drugs|coke|weed
        fake|paid|bought reviews|review
        cooking|fiddling|cooked|fiddled the books|numbers|figures|meter
        ghost employees|patients|workers
        committing|commit|commits|committed fraud|crime*|theft|perjury
        is|are|was|this ..1 fraud|fraudulent|theft|racist|racists|corrupt
        money ..1 laundering
        laundering ..2 money|cash
        took|take|takes|taking|pay|paid|accept*|offered ..2 bribe*|kickback*
        tax evasion|fraud
        racial|racially ..1 profil*|abus*|discriminat*|motivated
        discriminat* against|on
        forged|faked|forging|fake ..3 signature|document*|record*|certificate*|log|logs|invoices
        not|isn't ..2 my signature
        signed ..4 for me
        your|their|the <staff> ..4 hit|punched|slapped|pushed|kicked|grabbed|assaulted ..2 me|my|him|her|us|a|our|from|someone
        your|their|the <staff> ..4 groped|touched|followed|threatened|spat|stole|robbed|shoved ..2 me|my|him|her|us|a|our|from|someone
        one|two ..1 your|their ..3 hit|punched|slapped|pushed|kicked ..1 me|him|her|us|my|on
        one|two ..1 your|their ..3 grabbed|assaulted|groped|followed|threatened|spat ..1 me|him|her|us|my|on
        driver|guard|bouncer|staff|conductor|employee|manager ..4 hit|punched|slapped|pushed|kicked ..2 me|my|him|her|us|a
        driver|guard|bouncer|staff|conductor|employee|manager ..4 grabbed|assaulted|groped|touched|shoved ..2 me|my|him|her|us|a
        keeps|kept|been|started ..2 touching|groping|stalking ..1 me|the|her|my|girls|women
        came into my ..8 leave|uninvited|room
        uninvited
        two|second|double sets|set ..2 books|invoices
        money ..5 taken ..8 employee*|staff|branch|manager
        only ..6 black|asian|brown|muslim|foreign
        because ..5 black|asian|brown|muslim|gay|trans|disabled|jewish
        because ..5 hijab|accent|wheelchair|indian|pregnant|turban|skin|african|polish
        went through my|our|her|his ..4 suitcase|bag|luggage|purse|drawers
        stole|stolen|stealing|steals ..3 by ..3 staff|employee*|driver*|courier*|workers|handlers
        you|they ..2 stole|steal|stealing|robbed ..2 my|from|our
        stolen by your|staff|an
        shell accounts|companies|company
        modern slavery
        below|under ..1 minimum wage
        sexual* ..1 harass*|assault*|abuse*|misconduct|comments
        with ..1 my|the|an english|white|husband's|dutch|western ..1 name
        cover|covered|covering ..1 up ..6 accident|spill|death|leak|defect|report
        dump*|dumping ..4 waste|chemicals|oil|sewage ..4 river|sea|canal|field
        whistleblower
        card|account|pin ..10 withdrawn|withdrew
        withdrawn ..6 after*|without|with
        new|different|fresh|later ..1 sticker|label|date|dates ..6 date|every|expired|older|meat
        change*|changing|alter*|relabel* ..4 labels|stickers|mileage|odometer|expiry
        pay|paying ..3 other|another way|manner
        in return|exchange for ..3 sex|favour*|favor*|photos
        sexual|special favours|favors|favour|favor
        foreign|muslim|black|turkish|moroccan|polish names|name|surname|surnames
        holds|hold|holding|kept|keeps|keep|took|confiscat* ..4 passports|passport ..6 pays|pay|hour|workers|them|staff
        pays|paid|paying ..4 <number> ..1 euros|euro|pounds|dollars|quid an|per|a hour
        off ..1 the ..1 books
        covering|covered|cover|hush* ..1 up
        offered ..3 to ..2 keep quiet|silent
        assaulted|groped|raped|molested ..4 on|at|in|by your|one|the|a
    """,
    dutch="""
        jaarcijfers|boekhouding|boeken|cijfers ..5 sjoemel*|vervals*|geknoei*|kloppen|geknoeid|opgepoetst
        sjoemel*|knoei* ..4 met
        uit ..1 mijn|onze|haar|zijn ..1 jas|tas|kamer|kluis|portemonnee|la|auto|kast ..2 gestolen|gepikt|gejat|gehaald|verdwenen
        pincode|pin|wachtwoord ..12 weg|verdwenen|rekening|opgenomen
        hij|man|mannen|collega ..3 krijgt|verdient|betaald ..4 meer
        zelfde|hetzelfde werk ..10 meer|minder
        raakte|raakt|aanraakte ..2 me|mij|haar|hem ..6 waar|plekken|plaatsen|zonder
        tachograaf|rijtijden ..4 aan|gefraudeerd|gesjoemeld|vals|past|mee
        uur achter elkaar ..3 rijden|werken
        op ..1 een ..1 andere manier ..3 betalen|betaal|vergoeden|terugbetalen|goedmaken
        betalen|betaal ..3 andere manier
        onder druk ..2 gezet ..6 teken*|tekende|kopen|contract|om
        hand ..1 op|onder|in mijn|haar|m'n|zijn ..1 been|bil|billen|borst|dij|knie|rok|kont|schouder|broek
        hand|handen ..2 niet thuis
        eigen ..1 bv|zak|rekening|bedrijf|portemonnee
        sluist|sluizen|doorgesluisd|doorsluizen|gesluisd
        dement|dementie|alzheimer ..10 teken*|verkocht|contract|gezet
        teken*|verkocht|contract|druk ..10 dement|dementie|alzheimer
        alleen|enige ..4 had|hadden|heeft|hebben ..2 sleutel|toegang
        verdwenen|weg|gestolen ..8 schoonmaak*|sleutel
        uit ..1 mijn|onze ..1 hotelkamer|kamer|tas|koffer|kluisje|auto|huis ..2 verdwenen|gestolen|weg|gehaald
        noemde|noemt|riep|roept ..4 een|vuile|vieze ..1 kut*|hoer|homo|neger|aap|terrorist|flikker|mongool|jood|kanker*
        liep|loopt|volgde ..3 achter ..1 mij|me|haar|ons ..4 aan|naar
        camera|camera's|cameraatje ..6 wc|toilet*|douche|kleedkamer|slaapkamer|badkamer
        ga ..2 terug naar ..1 je
        geen|niet ..3 verhuren|verhuurt|bedienen|aannemen|aan ..3 <minority>
        geleidehond|hulphond ..8 niet|geweigerd|geen|weg
        kinderarbeid
        dealt|dealen|verkoopt ..1 drugs|coke|pillen|wiet
        nep|valse|gekochte recensies|facturen|reviews|diploma*
        pleeg*|gepleegd|plegen ..4 fraude|misdrijf|oplichting|diefstal|overtreding
        <staff>|portier ..10 klap|sloeg|geslagen|duwde|betast*|vastgepakt|greep
        <staff>|portier ..10 schopte|spuugde|steelt|stal|bedreig*|uitgescholden|aangerand
        gaf|kreeg|geven ..5 klap|mep|stomp|trap|duw ..4 van|gezicht|hoofd|maag|door|in
        gaf mijn|me|mij|hem|haar
        valt|vallen|viel ..4 lastig
        handtekening ..4 nagemaakt|vervalst|niet|zonder
        nooit ..3 getekend|ondertekend
        zwart ..2 uitbetaald|betaald|werken|geld|gewerkt|contant
        contant ..5 gevraagd
        laten|liet|betaalt|betalen ..8 aannemer|ontwikkelaar
        omdat ..3 ik|hij|zij|ze|we ..3 <minority>
        etnisch profiler*
        uitgepikt|discriminatie|gediscrimineerd|discrimineert|discrimineren
        seksueel|seksuele ..1 intimida*|misbruik|getinte|opmerkingen|grensoverschrijdend*
        steekpenningen|omkoping|omgekocht|smeergeld|omgekocht
        monteur*|bezorger*|schoonma*|medewerker*|koerier* ..14 weg|verdwenen|gejat|meegenomen|gestolen
        klokkenluider*|doofpot
        structureel ..4 vervals*|overtred*|ontdoken|gelogen
        jullie|ze hebben|heeft ..4 gestolen|gejat|verduisterd
        gestolen door ..3 <staff>
        loost|lozen|dumpt|dumpen ..6 sloot|rivier|chemisch*|afval|water|gif
        wordt|worden|zijn|is ..3 gefraudeerd|gesjoemeld|gesjoemel|vervalst|witgewassen
        onder ..2 minimumloon
        mee gepind|betaald
        pas|pinpas ..10 gepind|opgenomen|gehouden
        nieuwe|andere|latere sticker|datum|etiket|houdbaarheid* ..6 datum|week|vlees|oud
        datum|data|houdbaarheid*|stickers|etiketten ..4 aangepast|aanpassen|veranderd|verander*|overgeplakt|geplakt
        in natura
        in ruil voor ..4 seks|foto*
        buitenlandse|marokkaanse|turkse|poolse achternaam|achternamen|naam|namen
        paspoorten|paspoort|id ..6 achter|ingenomen|afgepakt|houdt|houden
        <number> euro per uur
        schold|scheldt|scholden|uitgescholden|noemde|noemden ..4 voor|uit|me|mij|hem|haar ..4 homo|flikker|neger|hoer|kanker*|terrorist
        schold|scheldt|scholden|uitgescholden|noemde|noemden ..4 voor|uit|me|mij|hem|haar ..4 mokro|mongool|vuile|vieze|nikker|slet|jood
        houdt|hielden|houden ..4 paspoorten|lonen|loon ..3 achter|in
        zwijggeld
    """,
)
