"""T12: what shows that somebody is hurt or ill."""

from __future__ import annotations

from monitor.triage.clues import Family, near

INJURY = Family(
    "injury",
    "T12",
    "somebody is hurt or ill",
    0.9,
    together=(
        near("body harm since", 12),
        near("harm since you", 8, strength=0.75),
        near("ill since you", 10, strength=0.8),
        near("harm body", 6),
        near("care taken", 6, unless="mundane", strength=0.85),
        near("care harm", 12),
        near("treatment", 0, unless="mundane good", strength=0.7),
        near("care ill", 14),
        near("care ingest", 14),
        near("care falling", 14),
        near("care fails brake", 20),
        near("ill ingest", 12, strength=0.85),
        near("ill on_skin", 12, strength=0.85),
        near("harm on_skin", 10, strength=0.8),
        near("harm minor", 12, strength=0.8),
        near("body on_skin ill", 12),
        near("allergy ill", 14),
        near("gives_way thing minor", 10, strength=0.8),
        near("gives_way thing body", 12),
        near("thing minor body", 10, strength=0.7),
        near("allergy care", 16),
        near("allergy harm", 14),
        near("allergy despite", 12, strength=0.75),
        near("falling body", 8, strength=0.8),
        near("falling harm", 8, strength=0.8),
        near("falling ground person", 12, strength=0.8),
        near("dead person falling", 14, strength=0.8),
        near("grave", 0, strength=0.95),
        near("accident harm", 12),
        near("accident person", 8, strength=0.75),
        near("accident care", 14),
        near("accident vehicle", 8, strength=0.75),
    ),
    english="""
        toe|toes|finger|fingers|arm|leg|wrist|ankle|rib|ribs|hip|nose|jaw ..4 broken|fractured|shattered
        broken ..1 <body>|rib|ribs|bone|bones
        burned|burnt|scalded ..4 in|by|with|on|from ..4 shower|tea|coffee|water|soup|oil|oven|iron|stove|heater|radiator|tray
        can't|cannot|couldn't|cant walk|swallow|stand|hear|sleep|move|breathe ..2 since|after|properly
        can't|cannot|couldn't|cant feel ..2 my|his|her ..1 <body>
        can't|cannot|couldn't see ..3 left|right|one ..1 eye
        been|was ..1 on ..1 the toilet|loo
        the|had runs
        freed|rescued|cut ..2 by|out ..3 fire*|brigade|firefighters|of
        lost the|our|her|my baby|twins
        off work ..3 since|because|with|after
        doctor|gp|surgeon|dentist|physio ..2 says|said|thinks|reckons|confirmed|told
        open sores|wounds|sore|wound
        blood all|pouring|running|dripping|everywhere
        go|went|gone down hard|like
        eyes|skin|throat|mouth|lips|face ..2 burning|burned|burns|stinging|itching|on fire
        left|lying|lay ..3 on|floor ..2 the? ..1 floor ..4 hours|for|all|since|after
        ears|ear ..2 ringing|rang
        tooth|teeth ..3 knocked|chipped|broke|cracked|out
        wrong tooth|leg|eye|kidney|knee
        bitten|bit by|me|my|him|her
        hospitalised|hospitalized
        food poisoning
        had|has|having|suffered|suffering ..2 heart|stroke|seizure ..1 attack|.|in|on|and|after|at
        stomach ..1 pumped
        intensive care
        she|he|woman|man|child|baby ..1 wasn't|isn't|not ..1 moving|breathing|responsive|responding
        in a coma
        blood ..2 everywhere
        bent double
        in|to bed ..3 with cramps|fever|runs
        been|was ..4 toilet|loo|bathroom all|since|for
        all|whole night ..5 toilet|loo|bathroom|bucket
        head ..2 through|stuck|caught|trapped
        <body> ..5 trapped|caught|stuck|closed ..3 in|on|between|by|under
        closed|shut|slammed ..2 on ..2 <body>|<minor>
        threw|thrown|flung ..1 a|me|him|her|my|us ..2 off|over|from
        egg|bump|lump|gash ..2 on|in ..3 <body>
        went under
        run|ran over
        knocked ..2 down|over|off|unconscious
        gave way
        on|to a|an drip|iv
        called|call|rang|dialled 911|999|112|ambulance
        couldn't|can't|cannot|could|cant|unable ..2 breathe
        stopped breathing
        passed out
        knocked out|unconscious
        broken|fractured|broke|cracked|shattered ..3 <body>
        lost|losing ..2 finger*|tooth|teeth|toe*|sight|eyesight|vision|hearing|consciousness|leg|arm
        no|lost feeling in
        allerg* ..2 reaction|shock
        emergency room|department|surgery|services|doctor|ward|landing
        urgent care
        a e
        in|to|at the er|icu
        came|fell|falls|dropped|landed|collapsed ..3 on|onto ..4 <body>
        screws|plate|pins|rod ..4 in ..1 my|his|her|the ..1 <body>
        loss of blood|consciousness|sight
        on oxygen
        into intensive
        face|lips|throat|tongue|eyes ..3 swollen|swelling|swelled|blew ..1 up|shut
        took the skin off
        ended up in ..2 <care>
        came down with
        <person>|my|our|i|we ..4 came|come|went|been ..2 ill|sick after
        <person> ..6 is|are|was|were|been|got|fell|all|violently|so|very|really ill|sick
        made|making ..2 ill|sick
        i've|i|we|he|she got|have a concussion
        could|would|might|nearly|almost ..2 have|be ..3 killed|died|dead|blinded|drowned|lost|seriously
        died|dead|killed|drowned ..5 in|on|at|after|because|by ..2 your|cargo|hold|pool|ride|the
        <person> ..4 died|drowned|killed ..6 your|cargo|hold|pool|because|after
        someone|somebody|people|anyone|child|kid ..6 get|gets|be|going ..2 killed|hurt|injured
        rash all over
        bleed*|blood ..3 everywhere|badly|out|all|on
        burned|burnt|scalded|burns ..3 my|his|her|our|their
    """,
    dutch="""
        blauwe plek|plekken
        gebrand|verbrand|verbrandde|brandde ..4 aan|door|met|onder ..4 douche|thee|koffie|water|soep|olie|oven|kachel|radiator|bord
        op|naar|bij de|het ic|seh|spoed
        eerste hulp
        dood ..2 geweest|kunnen zijn
        was|waren|zou|had ..2 dood gegaan|geweest
        geen gevoel ..1 meer? ..1 in ..3 <body>
        <body> ..3 dik|blauw|open|dicht|opgezet
        brandweer ..5 bevrijd*|losknippen|eruit|helpen
        open plekken|wonden|wond|plek|zweren
        bloedde|bloedt|bloed ..2 flink|hard|hevig|erg|overal|als|langs
        huisarts|dokter|tandarts|chirurg|fysio ..2 zegt|zei|denkt|bevestigt|stuurde|vermoedt
        sinds|na die|de|dat|mijn val|klap|behandeling|ingreep|operatie|prik ..10 <ill>|<harm>|niet|werken
        thuis ..3 sinds|na de|die|het val|ongeluk
        mijn|onze ..1 hond|kat|poes|konijn ..4 doodziek|ziek|vergiftigd|dood|overleden ..4 na|door|sinds
        ogen|keel|huid|mond|lippen ..2 branden|prikken|brandden|jeuken
        verkeerde tand|kies|been|oog|knie
        gebeten door
        uren ..3 op ..1 grond|vloer
        met ..2 gebroken|gescheurde|gekneusde ..2 <body>|bot|botten
        eerste hulp|hart
        hartinfarct|hartstilstand|hartaanval|beroerte|herseninfarct ..6 in|bij|op|tijdens|door|na|kreeg|gekregen
        kreeg|gekregen|had ..6 hartinfarct|hartstilstand|hartaanval|beroerte|toeval
        maag ..2 leegpompen|leeggepompt|laten
        intensive care
        bewoog|beweegt|reageerde|ademde ..2 niet
        in coma
        boven ..3 wc|toilet|emmer
        op|boven de|het wc|toilet|plee ..4 gezeten|doorgebracht|gehangen|nacht
        nacht ..5 wc|toilet|emmer
        in elkaar gezakt|gestort
        uit elkaar gespat|toen|spatte
        spatte uit ..1 elkaar
        hoofd|hoofdje|arm|vinger*|hand ..3 klem|vast|tussen|erdoor
        tussen de|het ..1 deur|deuren|spijlen|hek|poort
        bult|buil|jaap|snee|gat ..2 op|in|aan ..2 <body>
        <body> ..3 ligt|lag ..1 open
        zie|zien|ziet ..5 wazig|dubbel|nauwelijks
        onder water
        aangereden|overreden|omvergereden|geschept
        door ..4 gegrepen|meegesleurd|geplet|bekneld
        door ..2 paard|pony|hond ..1 afgegooid|gebeten|geschopt
        in ..3 elkaar met|terwijl|toen
        geen lucht|adem meer?
        kreeg|krijg|kon|kan ..3 geen ..1 lucht|adem
        buiten bewustzijn|westen
        112|ambulance|ambu ..2 gebeld|bellen|gekomen|erbij
        gebroken|brak|breekt|gekneusd|gescheurd|gesneden ..4 <body>
        <body> ..3 gebroken|gekneusd|gescheurd|opgezet|opgezwollen|verbrand|kapot|eraf|open|dik
        ziek ..1 geworden|na|van|sinds ..5 <ingest>
        <person>|collega's|wij|ik ..4 ziek|beroerd na|sinds|door
        uitslag ..3 op|over|in
        zes|vijf|vier|drie|twee|acht|tien hechtingen
        niet meer|goed ..1 lopen|bewegen|slikken|ademen
        kan|kunnen ..2 niet meer lopen|slikken
        zie|ziet ..1 niks|niets|dubbel ..1 meer? ..2 oog
        allergisch* ..3 reactie|reageer*|reactie
        reageer* ..2 allergisch
        ogen ..3 niet ..2 open
        had|hadden|kon|bijna ..5 dood|slechter|erger|fataal ..3 kunnen|afgelopen|zijn|geweest
        anders kunnen|had aflopen|gelopen
        er|straks|hier ..4 vallen|gebeuren|gebeurt ..4 doden|gewonden|slachtoffers|ongelukken
        <person>|ze|hij ..6 overleden|doodgegaan|gestorven|verdronken|omgekomen ..6 jullie|in|bij|door|vrachtruim
        doodgegaan|overleden|gestorven ..5 vrachtruim|zwembad|ruim
        met ..2 neus|hoofd|gezicht|kin ..2 op|tegen
        pijn ..5 sinds|na ..4 jullie|behandeling
    """,
)
