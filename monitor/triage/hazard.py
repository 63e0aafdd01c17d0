"""T12: what shows that something dangerous is going on."""

from __future__ import annotations

from monitor.triage.clues import Family, near

HAZARD = Family(
    "hazard",
    "T12",
    "something dangerous is going on",
    0.85,
    together=(
        near("sharp playground", 10, strength=0.7),
        near("vehicle door unshut not", 10, strength=0.7),
        near("device hot", 8, strength=0.7),
        near("sharp minor", 14, strength=0.75),
        near("vehicle by_itself", 9, strength=0.7),
        near("device by_itself", 9, strength=0.65),
        near("expired minor", 8, strength=0.75),
        near("expired vital", 8, strength=0.75),
        near("brake fails", 7),
        near("fire device", 9),
        near("debris dropping", 5, strength=0.7),
        near("pit guard not", 12, strength=0.7),
        near("current touch", 9, strength=0.7),
        near("current device touch", 9, strength=0.8),
        near("gas smell", 5),
        near("foreign ingest", 8),
        near("foreign pack", 6, strength=0.75),
        near("allergen label", 12, strength=0.8),
        near("allergen ill", 14),
        near("allergen allergy label", 16),
        near("vital lacking", 8, strength=0.75),
        near("vital mixup", 9),
        near("trapped cage", 6, strength=0.75),
        near("danger", 0, strength=0.75),
        near("vehicle reckless road", 18, strength=0.8),
        near("vehicle reckless", 6, strength=0.65),
        near("water dirty", 6, strength=0.75),
        near("exit blocked", 8, strength=0.75),
        near("cold minor", 14, strength=0.75),
        near("accident ground", 8, strength=0.6),
    ),
    english="""
        loose|bare|exposed|dangling|hanging wire|wires|cable|cables|socket
        driver|van|bus|taxi|cab|coach ..3 did|doing|hit|going <number>|ninety|hundred ..8 zone|shoulder|limit|mph|kmh|km|school|street|us
        over|above|twice ..1 the ..1 speed? ..1 limit
        hard shoulder
        switches|switched|turns|turned|comes|came itself|on ..2 on|itself|own
        bare|live wires|wire
        no ..1 lifeguard|handrail|railing|smoke|fire|seatbelts|airbags
        doesn't|didn't|don't|didn't ..1 stop|brake ..6 crossing|red|pram|lights|zebra
        brakes|brake ..4 squeal*|grind*|soft|spongy|bite|pump*|slip*|weak
        recalled|recall|recalls
        chicken|meat|fish|mince|pork|turkey|ham|salmon ..4 green|grey|gray|slimy|sour|rotten|rancid|off .|and|when|inside
        gas ..1 valve|tap|hob|stove|cooker|pipe ..3 open|on|loose|leaking
        left|leaves|turn* ..2 gas ..2 on|open
        battery|powerbank|phone|laptop|bank ..4 swollen|swelled|bulging|bloated|swelling
        cut|cuts|died|stalled|stopped ..1 out? ..4 middle ..2 of ..1 the? ..1 road|motorway|crossing|junction|tracks
        middle of the road|motorway|crossing|junction|tracks
        cars ..4 swerve|brake|dodge
        near ..1 miss
        sharp edge|edges|seam|corner|corners
        driver|drivers ..6 hours straight|nonstop|shift*
        tyre|tire|wheel burst|blew|exploded ..4 motorway|speed|driving|road|corner
        took|takes|set|drove|started|starts|moved ..3 by itself
        on its own ..4 moved|started|accelerated|rolled|drove
        by itself ..6 when|while|and|in
        safety|product|urgent|there a recall
        is there a recall
        recall ..6 <device>|<brake>|<thing>|burn*|smoke*
        held|fixed|attached|tied ..2 together|on|up|with ..2 tape|string|zip|rope|wire
        size of ..2 football|fist|brick
        ceiling|roof|wall|balcony|tree ..3 coming|falling|came|fell|leaning|cracking ..1 down|off|apart|over
        past|passed|beyond its|their ..1 date|sell|expiry|best
        ambulance|firefighters|fire|paramedics ..4 couldn't|can't|cannot|not|unable ..3 get|pass|reach|through|past
        alarm|call|panic button ..6 <not>|dead|work*|answer*
        no|nobody|noone ..2 seatbelt*|harness*|helmets
        jar|bottle|lid|seal|pack ..3 seal|tampered|open|opened|broken ..3 already|when|broken|before
        traffic|crossing light|lights ..3 out|green|both|dead|broken
        level crossing
        let|left|leaves|leave ..3 door|doors|gate unlocked|open ..6 child*|kids|resident*|patients
        tastes|smells|smelled|tasted ..2 of|like ..1 bleach|chemicals|petrol|chlorine|detergent|paint
        someone|somebody|stranger ..5 in|into|outside ..2 my ..2 room|house|flat
        door|lock ..4 won't|doesn't|didn't ..1 lock ..6 hotel|room|night|alone|apartment
        crush|crushed
        overcrowd* ..10 platform|platforms|crush*|squeezed|faint*|stairs|edge|fell|falling|exit|exits|escalator|panic*|trampled|tracks
        platform|platforms|crush*|squeezed|faint*|stairs|edge|fell|falling|exit|exits|escalator|panic*|trampled|tracks ..6 overcrowd*
        falling|fell|fall asleep ..4 driving|wheel
        flames ..3 from|out|engine|under
        caught|catch|catching|on|set|went|sets fire|flames
        burst|up|went into|in|to flames|flame|smoke
        smell of|like burning|gas|smoke|burnt
        burning|burnt|gas|electrical smell|smells
        electric|electrical shock|shocks
        got|gave|gives|get|getting ..3 shock|shocked from|off
        carbon monoxide
        fuse|fuses|breaker ..3 trip*|blow*|blew
        went|goes|go|gone|turned|gets|got|getting|became ..4 brown|black|hot ..6 <device>|wall|hot
        <device>|wall ..5 so|too|very|brown|red|burning ..2 hot
        <device> ..6 brown|scorched|glowing|red ..2 hot|.
        exploded when|in|while|on|as
        <thing>|oven|phone|battery|glass|bottle ..2 exploded|shattered|burst|imploded
        <thing> ..4 under me|her|him|us
        keep|keeps|kept ..1 accelerating|speeding|going|rolling ..6 let|brake|stop|off|release*
        train|bus|tram|metro ..6 with ..2 doors|door ..1 open
        train|bus|tram ..2 pulled|set|took|moved|drove ..3 off|away ..6 doors|door|open
        another|other|wrong|different ..2 child's|person's|patient's ..2 drops|pills|medicine|prescription|dose|tablets
        another|other|wrong|different ..2 man's|woman's|people's ..2 drops|pills|medicine|prescription|dose|tablets
        times ..2 the ..1 strength|dose
        swallow* ..4 it|them|glass|metal|plastic|battery|magnet*|piece|flakes|bits
        flakes|bits|pieces|shards ..3 come|came|coming|peel* ..2 off
        floating|crawling|moving|fizz* ..4 in ..2 <ingest>|<pack>
        something ..3 in ..3 <ingest>|<pack> ..4 moving|alive|floating|crawling|fizzing
        lifeguard*|supervisor|carer*|nanny ..4 watching|scrolling|looking|asleep|phone
        opened ..3 up? ..1 my|his|her ..1 <body>|back
        back ..3 opened|ripped|bleeding|scraped
        no|without ..2 lifeguard|railing|barrier|guard|fence|lighting
        trip hazard
        nearly|almost|just ..2 missed|under|hit ..5 class|child*|kids|head|me|us
        expired|mouldy|moldy ..3 baby|formula|medicine|vaccine*
        live|exposed|bare wires|wire|cables|wiring
        came|come|fell|falls|fall ..2 off ..5 ride|riding|motorway|driving|bike|rental|speed|street|hill
        flew|snapped|sheared|broke|breaks ..2 off ..5 ride|riding|motorway|driving|bike|rental|speed|street|hill
        <brake> ..3 came|come|fell|falls|flew|snapped|sheared|broke ..1 off
        <brake>|wheels ..2 locked|locks|locking|jammed|seized
        <brake> ..4 do|does|did|don't|doesn't|didn't|won't|not ..2 lock|work|brake|stop|hold|respond|fasten
        no brakes
        accident waiting to happen
        death trap
        missed|hit ..3 by ..2 inches
        door|doors ..4 open|opened|opening ..6 moving|speed|wrong|motion
        nothing ..2 but ..1 track|tracks|drop|air
        asleep|nodding|dozing ..2 wheel|off|driving
        smelled|smelt|reeked|stank|stinking ..2 alcohol|booze|drink|weed
        on|using|looking ..3 phone ..4 driving|wheel
        driver|van|bus|rider|courier|lorry|coach ..5 ran|jumped|blew|drove|went|shot|sped ..4 red|crossing|zebra|pavement
        driver|rider|pilot|courier ..6 on|at|his|her|their phone
        within ..4 feet|inches|metres|meters|colli*
        near miss
        collid*|colliding|collision
        could|might ..2 have been ..3 worse|killed|fatal|serious
        nearly|almost ran|hit|knocked|run|killed|crushed|drowned
        someone|somebody ..4 will|could|gets|get|is ..3 hurt|killed|injured|die
        wrong dose|medication|medicine|pills|tablets|prescription|blood|drug|drugs
        pills|tablets|medication|thinners ..2 instead
        smoke|fire|co detector|alarm
        fire exit|exits|door|escape
        without|no ..2 heating|heat|water|power|electricity ..8 baby|newborn|elderly|disabled|asthma|oxygen|weeks|pregnant
        glass|metal|needle|plastic|maggot*|mouse|rat|screw|blade ..4 in|inside ..5 <ingest>|<pack>|bag|box|cup
        mould|stone|tooth|plaster|wire|nail|bandage|rubber|insect|cockroach ..4 in|inside ..5 <ingest>|<pack>|bag|box|cup
        <ingest>|<pack> ..3 with|had|containing|full ..4 glass|metal|needle*|plastic|maggot*|mouse|screw|blade|mould|worms|wire|nail
        swallow* ..3 glass|metal|plastic|battery|magnet*|piece
        choking hazard
        choked|choking|choke
        packed in|like ..6 <number>|degrees|heat
        collapsed|fainted|fainting
        raw|undercooked|pink ..2 chicken|burger|pork|mince|inside
        <vital> ..8 power|lost|left|suitcase|hold|tonight|refused|confiscated
    """,
    dutch="""
        *deur|deur|deuren ..6 open ..6 rijden|reden|rijdend|vaart|snelheid
        vliegt|vloog|staat|stond|gevlogen in|vlam brand|vlam|fik
        in de fik|hens
        losse|blote|kale|hangende draad|draden|kabel|kabels|stopcontact
        reed|rijdt|scheurde ..1 <number>|honderd|negentig ..8 vluchtstrook|zone|straat|bebouwde|wijk|dorp|woonwijk|ons|regen|schoolzone
        vluchtstrook
        te hard ..3 door|langs|reed|rijden
        gaat|ging|springt|sprong|slaat ..3 vanzelf|uit ..1 aan|zichzelf
        geen|zonder ..2 badmeester|reling|rookmelder*|gordels|brandblusser|zijwieltjes|licht*
        rem|remmen ..5 piep*|pomp*|grijp*|slip*|zacht|zwak|door
        stopte ..1 niet ..4 zebra*|rood|kinderwagen|overweg
        terugroep*|teruggeroepen
        geen ..1 badmeester|ehbo|bhv*|aed
        kip|vlees|vis|gehakt|zalm|ham|kipfilet|worst ..6 groen|grijs|slijmerig|zuur|bedorven|rot|bleek|blauw
        gaskraan|gasfles|gasslang|gaspit ..4 open|aan|los|lek|laten
        accu|powerbank|telefoon|batterij ..5 bol|opgezwollen|bolt|opgebold|heet
        midden op ..2 weg|kruising|snelweg|rotonde|spoor|spoorwegovergang
        viel|valt|sloeg ..6 uit ..4 weg|snelweg|kruising|kruispunt
        auto's|autos ..4 uitwijken|remmen|sturen
        hing|hingen|hangen ..2 uit|buiten
        scherpe rand|randen|naad|hoek|hoeken|punt|punten
        chauffeur* ..8 uur ..2 achter ..1 elkaar
        stekende|uitstekende spijker*|schroef|schroeven
        band klapte|klapt ..4 snelweg|rijden|bocht|weg
        kunnen|kan|mogen|mag ..1 we|wij|ik|je|men ..2 dit|het ..1 drinken|eten|gebruiken
        veilig te|om drinken
        snoer|stekker|lader|kabel|plastic|behuizing|stopcontact ..4 gesmolten|smolt|geschroeid
        schroeien|geschroeid|smeulen
        uit zichzelf
        vanzelf ..6 rijden|reed|aan|starten|open|gas
        terugroep*|terugroepactie
        met tape|touw|ijzerdraad|tiewraps|ducttape ..3 vast|bij|aan
        tape vast
        vast ..3 met ..1 tape|touw
        plafond|dak|gevel|balkon|boom|muur ..5 laat|komt|valt|viel|hangt|scheef|los ..1 los|naar|omlaag|beneden|op
        brok|brokken|stuk|stukken ..4 beton|plafond|steen|kilo
        verlopen ..4 melk|babymelk|medicijn*|flesvoeding|vaccin*
        babymelk|flesvoeding|medicijn*|babyvoeding ..6 verlopen|beschimmeld|jaar|datum
        ambulance|brandweer|hulpdiensten ..6 niet ..3 door|langs|erdoor|komen|bij
        alarmknop|alarmbel|noodknop|noodnummer|112 ..5 niet|doet|niks|geen|onbereikbaar|reageert|werkt
        smaakt|ruikt|smaakte|rook naar ..1 chloor|bleek*|benzine|chemisch*|afwasmiddel|verf
        stoplicht*|verkeerslicht*|spoorboom|spoorbomen|overweg ..6 kapot|open|niet|groen|uit
        putdeksel
        deur ..5 niet ..1 op slot
        onbekende|vreemde ..6 in|voor ..2 mijn ..1 kamer|huis|deur
        gedrang|verdrukking
        overvol* ..10 perron|tribune|trap|trappen|rand|spoor|platgedrukt|flauw*|nooduitgang*|vielen|viel|paniek|verdrukking|vertrapt
        perron|tribune|trap|trappen|rand|spoor|platgedrukt|flauw*|nooduitgang*|vielen|viel|paniek|verdrukking|vertrapt ..6 overvol*
        gladheid|spekglad|ijzel ..8 gestrooid|niet|strooi*
        losse|los ..1 <brake>|stoeptegel*|dakpan*|tegels
        te heet|warm om
        zekering*|stop|stoppen|groep ..3 slaat|sloeg|springt|door|eruit
        <device>|muur ..6 heet|bruin|gloeiend|warm ..2 en|geworden|dat|van|.
        zo|te|gloeiend heet|warm ..8 <device>|schroeien|smelten|gordijn
        uit elkaar ..1 toen|terwijl|tijdens|gespat|geklapt
        <thing> ..4 spatte|ontplofte|explodeerde|klapte|sprong ..2 uit|uiteen|in|kapot|toen
        met open deur*
        deuren ..2 open ..4 reed|rijden|weg|vertrok
        gas ..2 loslaat|loslaten|los
        blijft|rijden|rijdt|reed ..4 door als|terwijl|ondanks
        andere|ander|iemand ..2 kind|patient|anders ..3 mee|druppels|medicijn*|pillen|recept
        druppels|pillen|medicijn*|recept ..5 ander|andere|iemand
        keer zo sterk|hoog|veel
        ingeslikt|doorgeslikt|inslikken
        schilfers|deeltjes|stukjes|splinters ..3 los|in|af
        drijft|kruipt|beweegt|bruist ..6 <ingest>|<pack>|fles
        <ingest>|<pack>|fles ..6 bruist|drijft|kruipt|schimmelt|leeft
        hoofdje|hoofd ..3 tussen
        geen|zonder ..4 hek|afzetting|badmeester|toezicht|leuning|verlichting|lamp ..6 <pit>|trap|steiger|bij
        opengebroken ..10 geen|zonder
        spijl ..3 los
        liep ..3 net|bijna ..2 klas|kind*|iemand
        brand uit|breekt|uitbreekt|uitgebroken|gevlogen|vloog|ontstaan|geweest|in
        in brand|fik|vlammen
        rook uit|in|vanuit|komt|kwam
        ruikt|ruik|stinkt|rook ..5 gas|brand|verbrand|rook|schroei*
        stroom op|onder|staan|staat
        onder stroom|spanning
        kreeg|krijg|krijgen|gaf ..5 schok|schokken|opdonder
        kortsluiting
        vonken uit|uit
        bijna aangereden|verdronken|gestikt|geraakt|overreden|dood|onder
        bijna ..5 aangereden|sokken|overreden|geraakt|eronder
        van ..2 sokken|sokken
        door rood|oranje
        wachten ..4 ongeluk*|ongeval|doden
        wat als|gebeurt er|als
        verkeerde ..1 medicijn*|medicatie|dosis|dosering|pillen|recept
        meegekregen ..3 plaats van ..3 <vital>
        <ingest>|<vital> ..6 plaats van
        <brake> ..5 brak|breekt|schoot|vloog|liep|klapte|weigerde*|weigert|begaf|begaven|faalde*|knapte|sloot|loskwam|afbrak|losschoot
        <brake> ..5 er ..1 af
        remt|remde|remden|remmen ..3 niet|nauwelijks|slecht|meer
        springt|sprong|schiet|schoot|gaat|ging|klapt ..2 open|los ..4 rijden|rit|bocht
        glas|metaal|naald|plastic|maden|muis|rat|schroef ..4 in ..6 <ingest>|<pack>|doos|zak
        mesje|schimmel|spijker|tand|pleister|rubber|ijzerdraad|kakkerlak ..4 in ..6 <ingest>|<pack>|doos|zak
        <ingest>|<pack> ..3 met|zat|zit|zaten|vol ..4 glas|metaal|naald*|plastic|maden|muis|rat|schroef|mesje
        vast|opgesloten ..4 lift|trein|wagon ..8 graden|hitte|lucht|benauwd|flauw*|uur|noodknop
        chauffeur|bestuurder|bezorger|machinist ..8 telefoon|telefoon|slaap|drank|door|rood
        bijna ..3 botsing|botste|geraakt
        verslikt|stikte|gestikt|stikken
        zonder|geen ..2 verwarming|water|stroom ..8 baby|bejaarde*|oma|zuurstof|kinderen
        levensgevaarlijk*|gevaarlijk*
        van de|een|het trap|ladder|steiger|balkon gevallen|gedonderd
        rauwe|rauw ..2 kip|kippen*|hamburger|vlees|gehakt
        telefoon ..8 rijden|reed|stuur|chauffeur
        bocht|kruising|snelweg|helling ..6 <fails>
        vast|opgesloten ..3 in ..3 lift|trein|toilet|wagon|kelder
        ging|gaat ..2 af ..6 melder|alarm
        *melder ging|gaat|piept|slaat
    """,
)
