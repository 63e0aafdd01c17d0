"""T12: what shows that somebody threatens people or buildings."""

from __future__ import annotations

from monitor.triage.clues import Family, meaning, near

WORDS = {
    "violence": meaning(
        both="bomb* handgranaat* jerrycan* machete* molotov*",
        en="""
            acid arson bash bat batter beat brick bricks bullets burn chainsaw clobber crowbar fists gasoline grenade gun hammer
            headbutt headlock kick kicking kill kneecap knife knives lighter lynch matches murder noose petrol punch punching
            shoot shot skin slap slit smack smash stab strangle thrash throttle thump torch wallop
        """,
        nl="""
            aansteker afbrand* afmaak afmaken afschieten baksteen bek benzine bijl bom brandstichten doodmaken doodschiet* doodsla
            doodslaan fik granaat hakken hamer honkbalknuppel* inrammen jerrycan* kapotmaak kapotmaken kapotslaan kettingzaag
            klappen knieschijven knuppel* koevoet kogel* kogels lekgestoken lekprikken lucifers messen molotov neerleggen
            neerschiet* neersteek neersteken nek opblaas opblazen opknopen opwachten pistool rammen ruiten schiet* schoppen sla
            slaan slopen steek* stenen strop strot tanden trap trappen vermoord* vuisten wapen wurg* zuur
        """,
    ),
    "target": meaning(
        both="ceo manager* personeel",
        en="""
            agent* bailiff* boss branch building clerk councillor* counter depot desk director* door driver* employee* guy
            headquarters home house hq kevin mayor office offices shop staff store street warehouse window windows you your yours
        """,
        nl="""
            baas balie balieman bezorger* burgemeester* chauffeur* deur deurwaarder* directeur* filiaal gebouw hoofdkantoor huis
            je jou jouw jullie kantoor magazijn medewerk* pand personeel ruit ruiten stadhuis straat u uw vestiging wethouder*
            winkel
        """,
    ),
    "will": meaning(
        en="""
            coming deserve deserves dropping gonna i'd i'll i'm ought should sure swear tomorrow tonight wanna we'll we're will
        """,
        nl="""
            beloof ga gaan ik kom komen langs moesten moet moeten morgen schiet sla steek straks vanavond verdienen verdient zal
            zorg zou
        """,
    ),
}

THREAT = Family(
    "threat",
    "T12",
    "somebody threatens people or buildings",
    0.85,
    together=(
        near("violence staff will", 9, strength=0.7),
        near("violence target will", 9, strength=0.75),
    ),
    english="""
        next time ..1 i|we see|meet|catch|run ..10 kick|hit|punch|regret|sorry|teeth|door|him|her|them
        kick|throw|knock ..3 him|her|them|you ..3 through|down|out ..2 door|window|stairs|teeth
        put|putting ..3 in ..2 hospital|ground|grave|wheelchair|coffin|morgue
        hunt|track ..1 you|him|her|them down
        slash*|slit ..3 tyres|tires|throat
        burn*|torch*|blow* ..3 shop|office|place|building|house|warehouse|store
        set ..4 fire to ..2 your
        you're|you|he's|she's|they're|youre dead
        ruin|destroy|wreck|finish ..2 yours|you|your|his|their ..1 life|career|company|family
        going|gonna to? ..1 ruin|destroy|end ..1 you|yours
        with|and|bringing ..1 a|my|some ..2 mates|lads|boys|brothers|cousins|friends ..4 be|there|come|coming|visit|outside|door
        be|come|coming|see ..4 there|round|over|you ..3 with ..3 mates|lads|boys|brothers|cousins
        you|they ..1 messed|picked ..3 wrong person|guy|man|family
        memorised|memorized ..3 face|faces|plate|number
        remember*|know ..1 his|her|your|their ..1 face|faces
        jerrycan|petrol|gasoline|matches|molotov ..6 nobody|night|office|door|burn*|fire|you|your
        make sure ..1 nobody|noone|everyone ..3 in|inside|out|home
        know|knows|remember* ..1 his|her|your|their|what ..1 face|car|name|address ..4 now|too
        next time ..3 see|find|catch ..2 you|him|her|them
        i|we know|knows|found where ..4 live*|work*|park|parks|kids|sleep
        know where|which|what ..3 you|he|she|they|branch|time ..2 live*|work*|park*|sleep*|leave*|finish*
        watch|watching your|his|her|their back
        look over your|his|her|their shoulder
        you'll|you|they|he'll|they'll ..1 regret this|it|that|ever
        i'm|i'll|i|we'll|we|we're ..3 coming|come ..2 for|after you|him|her|them
        burn|torch|blow ..4 down|up|ground|ashes
        smash|smashing ..3 your|the|every ..2 windows|window|face|shop|office
        put ..1 a|an ..1 bullet|brick|bomb|knife
        bomb|bullet ..2 in|under|for|through
        should|ought|deserves|deserve|needs|must|to ..1 be ..1 shot|hanged|stabbed|burned|burnt|killed|beaten|lynched
        someone|somebody ..4 shoot|stab|kill|burn|hang|beat ..3 <target>|him|her|them
        break|smash|kick|punch|rip|slit|wring ..2 your|his|her|their ..1 face|legs|neck|head|teeth|throat|skull
        i'll|i|we|we'll ..2 be waiting
        waiting outside|in ..2 you|him|her|them|your|car
        wait|see|watch until|till|what when|you|he|she|they ..3 outside|alone|leave*|finish*|happens
        with|bring|bringing|got a|my ..1 bat|gun|knife|axe|hammer|petrol|gasoline|shotgun|machete
        hope ..4 die|dies|burn|burns
        pile of bricks
        you|they|he|she ..1 won't|wont|will|not ..2 see ..2 tomorrow|coming|christmas
        pay you ..2 visit
        blood on your|their
        dead man|meat
        sleep with one
        find out what|who i
        what i|we ..1 am|are ..1 capable
        what ..2 capable of
        picking|pick|spitting ..2 up? ..2 teeth
        drive|drove|driving|ram|crash ..2 a|my|the ..1 car|van|truck|tractor ..2 through|into
        your|his|her kids|children|wife|family|daughter|son|mother ..3 go|goes|school|live*|walk*|safe|pretty|lovely|alone
        careful|watch ..6 your|his|her ..1 kids|children|family|wife
        be at your ..2 counter|door|desk|office|house|gate
        you|they|he|she ..1 have|has|will ..3 no idea ..4 coming|capable
        you ..1 have|haven't ..1 been warned
        this is ..1 a|my ..1 warning|threat|last
        make|making ..2 you|him|her|them ..1 pay|suffer|bleed
        settle|settling ..2 this ..3 myself|way|outside|man
        mess ..1 you|him|her|them up
        nobody ..3 safe
        accidents ..1 happen
    """,
    dutch="""
        nog ..1 een|1|n ..1 keer zie|tegenkom|zien ..8 sla|trap|schop|dan|tanden|spijt
        trap|schop|gooi|sla|ram ik ..2 hem|haar|jullie|je|u|ze
        in de|het fens|fik|hens|kist|graf|rolstoel
        hele toko|tent|zooi|boel|kantoor ..4 fens|fik|hens|brand|plat|slopen
        steek|stak|zet ..6 in de|den fens|fik|hens|brand
        leg|legt ik|hem|haar|jullie ..2 neer|om
        banden ..3 lek|steken|prikken
        wacht|wachten jullie|je|hem|haar ..2 op
        zoek|zoeken jullie|je|hem|haar ..2 op
        verpest|verpesten|verpestten|kapotmaken|kapot ..4 leven|jullie ..6 ga|zal|nu|ook
        ga|zal ik ..4 verpesten|kapotmaken|slopen|vernietigen
        met ..2 paar ..1 maten|vrienden|gasten|man|broers|neven|jongens
        met mijn maten|broers|neven|vrienden ..4 langs|komen|sta*
        verkeerde ..2 persoon|man|familie ..2 uitgekozen
        maak|maken ..1 je|jullie|hem|haar ..2 af|dood|koud
        een|n kogel|bom|baksteen|molotovcocktail
        tanden ..3 rapen|eruit
        een|n mes ..6 balie|tussen|in|op|mee|zak
        jerrycan|benzine|lucifers|aansteker ..8 niemand|vanavond|kantoor|binnen|deur|jullie|fik
        zorg ..2 dat er niemand
        gezicht ..2 onthouden|gezien|herken
        heb|hebben ..2 zijn|haar|jouw|je|jullie ..1 gezicht|kenteken|adres|naam
        volgende keer ..4 tegenkom|zie|vind
        weet|weten|ken ..3 te vinden
        weet|weten ..3 waar ..3 woon*|werk*|woning|parkeert|huis|fietst
        weet|weten ..3 hoe laat ..4 klaar|thuis|werk*|naar
        wacht|wachten ..2 tot|jullie ..3 buiten|alleen|klaar|thuis
        wacht|wachten ..2 jullie|je|u|hem|haar ..1 op ..2 buiten|parkeer*|straks
        kom*|langs ..6 knuppel*|honkbalknuppel*|ruit*|mes|bom|hamer|vrienden|benzine
        kom*|langs ..2 verhaal halen
        geen ruit ..2 heel
        blijft ..3 ruit|raam|heel ..1 heel
        kop|hoofd|nek|benen|knieen|tanden ..2 eraf|breken|inslaan|omdraaien
        *sla|slaan|trap|schop|rammen ..5 in elkaar
        sla|slaan|schop|ram ..8 ziekenhuis|dood|neer
        bom onder|op|in|bij|leggen
        steek|steken ..6 brand|fik
        in|de fik|brand steken|steek
        moet|moeten|mag|mogen|zal|zullen|zullen ..5 uitkijken|oppassen|boeten|hangen|branden|opgehangen|neergeschoten
        ga|gaat|gaan eraan|dood|boeten
        jullie|je|hij|ze zul*|zullen|gaat|gaan ..3 boeten|bloeden|eraan
        kijk|kijken ..2 achterom|schouder
        spijt ..2 krijgen|van ..4 jullie|je
        iemand ..5 kogel|neerschieten|doodschieten|ophangen|afmaken|steken
        loopt ..3 niet ..1 goed|best ..1 af
        adres ..4 gevonden|opgezocht
        wat meemaken|beleven
        dan ga|zul* ..3 meemaken|beleven|zien
        leer* ..3 kennen
        auto|bus|vrachtwagen|tractor|trekker ..4 door|in ..3 pui|gevel|deur|raam|winkel|hal|ramen|balie
        pas|passen ..2 op|maar ..4 op|met|jij|jullie
        gewaarschuwd ..2 mens|jullie|je|bent
        jouw|jullie|zijn|haar|uw|je ..1 kinderen|vrouw|gezin|dochter|zoon ..4 zitten|school|toch|woont|fiets*|op
        sta|staan ik ..4 bij|voor ..3 balie|deur|kantoor|huis
        ik|wij heb|hebben ..2 al ..1 een plan
        nog niet ..2 klaar ..1 met ..1 jullie|je|jou
        krijg* ..2 je|jullie|jou|hem ..1 nog|wel ..1 wel
        ik ..4 tegenkom|tegenkomen ..6 kan|dan|is|zal|tanden
        zelf ..2 het ..1 recht|heft
        niemand ..4 veilig
    """,
)
