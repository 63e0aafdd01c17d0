"""T12: what shows that a child is unsafe or not protected."""

from __future__ import annotations

from monitor.triage.clues import Family, meaning, near

WORDS = {
    "unsafe": meaning(
        both="alcohol* cannabis casino* drugs nude* porn* sex* vape* vodka wodka",
        en="""
            abandoned airgun bare beer betting bullied bullying changing cider cigarettes creep creepy cyberbull* dating ecstasy
            escort explicit exposed fireworks gamble gambled gambling gin gory groom* groomer grooming grope* hash hometown
            inappropriate* joints ketamine knife knives laughing leer leering lighters location lollipop mdma molest* naked
            nitrous nonce nsfw paedo paedophile pedo pedophile poppers porno selfharm sexting shower showers skimpy snus spirits
            stranger strangers strip stripped swearing tobacco toilets topless unattended undress* undressed unsupervised upskirt
            vaping violence violent webcam weed whereabouts whisky wildly xtc
        """,
        nl="""
            aangeraakt aangerand aanranding achtergelaten betast bier datingapp douche douches drank dronken energiedrank enge
            engerd flirt* gepest gepest* geweldd* gok* gokken gokt gokte griezel groomen groomt hasj joints ketamine kleedkamer
            kleedkamers kraslot* lachgas legitimatie locatie lokken lokt lokte mes messen mixdrank naakt* omkleed* onbeheerd
            onbekende* ongepast* pedo pedofiel* pesten poppers seks* seksueel* sexting sigaretten snus sterke stomdronken
            uitkleed* vergokken vergokt verkleed* vreemde* vreemden vuurwerk webcam wiet wijn wildvreemde* woonplaats xtc zoenen
        """,
    ),
    "maybe_unsafe": meaning(
        en="""
            adult adults alone asking basement bath bitten bruise bruised bruises burn burned burnt chat check checks choked
            cupboard dark detained dm dms filmed filming films followed forgotten frisked grabbed hit hurt id kept kissing left
            lifeguard locked lost messaging missing photographed photographs photos pictures pockets predator* private privately
            restrained roadside room safeguarding school screamed searched shouted slapped slipped smacked strange tied touched
            touching track trapped undressing unsupervised video videos wrong
        """,
        nl="""
            alleen appen appjes appt bekneld blote checkt controle donker doorzocht filmde filmt foto's fotografeer* fotos gebeten
            gefilmd gefouilleerd gegrepen geknepen gemept gepakt geslagen gevolgd gil gluurt hartjes hok huilend kamertje
            kantoortje kwijt kwijtgeraakt lastig* leeftijd* mannen meegegeven mep opgehaald opgesloten prive provinciale school
            sloeg stikte toezicht uitgezet vast vastgebonden vastgehouden vergeten verkeerde verslikte volwassen* vreemd zakken
        """,
    ),
    "given": meaning(
        en="""
            access ad ads advert allows asked asks buy collected collects contact* dropped drove following given invited let lets
            message messaged messages offered offers picked played refused sell sells serve served show showed showing shows sold
            takes taking texting texts walked walks
        """,
        nl="""
            aangeboden achter advertentie* afgezet bestelt bood gegeven geweigerd kocht koopt kreeg krijgt laat liep liet loopt
            maakt maakte mee meegenomen meekrijgt neemt nodigde reclame* schenkt sturen stuurde stuurt toont uitgenodigd uitgezet
            verkocht verkoop* volgt vraagt vroeg zien
        """,
    ),
}

MINORS = Family(
    "minors",
    "T12",
    "a child is unsafe or not protected",
    0.85,
    together=(
        near("minor unsafe", 9, strength=0.75),
        near("minor maybe_unsafe given", 12, strength=0.75),
        near("minor maybe_unsafe staff", 12, strength=0.75),
    ),
    english="""
        took|takes|taken|brought|locked|kept ..6 <minor>|old ..4 room|basement|cupboard|office|car|van|toilet*
        stranger*|anyone|everyone|anybody ..6 see|sees|find|track|follow|contact ..8 <minor>
        <minor> ..8 location|route|school ..6 see|visible|stranger*|anyone|everyone
        takes|took|taking ..2 children|kids|boys|girls|pupils|child ..3 home|alone|his|camping
        shows|showing|shared|shares|posted|sell* ..8 <number> year|yr ..1 old|olds ..4 photo|picture|town|address|location|name|data
        photo|picture|location|name|address ..4 of|from ..2 my|our ..2 <minor> ..6 everyone|online|public|strangers|without
        my|our ..4 <minor> ..2 photo|picture|town|location|address ..6 everyone|online|public|strangers|without|visible
        <number> year|years|yr|yrs|yo ..1 old|olds ..14 <unsafe>|alone|stranger*|wrong|photos
        <number> year|years|yr|yrs|yo ..1 old|olds ..14 pictures|dark|forgotten|missing|roadside|adult*
        <unsafe>|alone|stranger*|photos|wrong|adult*|text*|missing|private* ..10 <number> year|years|yr|yo ..1 old|olds
        <unsafe>|text*|messag* ..8 under|below 12|13|14|15|16|18|12s|13s|16s|18s
        under|below 12s|13s|16s|18s ..8 <unsafe>|privately|text*|<given>
        <minor> ..4 left|dropped|alone ..3 stranded|unattended|by|at|off ..6 station|road|gate|hour*|night|outside
        <minor> ..4 stranded|abandoned|put ..3 stranded|unattended|by|at|off ..6 station|road|gate|hour*|night|outside
        left|dropped|abandoned ..2 my|our|a ..4 <minor> ..4 alone|outside|behind|roadside|dark|stranded
        unaccompanied ..6 wrong|lost|alone|missing|forgot*|left
        wrong|lost|forgot ..5 unaccompanied
        child|kid|kids|children ..3 protection|safeguarding|abuse|abused|groomed|grooming
        safeguarding
        underage
        she|he is|was|only ..1 eleven|nine|ten|twelve|eight|seven|six|five|thirteen
        left ..6 baby|toddler|child ..3 car|van|bus|alone
        films|filmed|pictures|photos ..6 kids|children|girls|boys ..6 shower*|changing|bath*|toilet*|undress*|locker
        films|filmed|pictures|photos ..6 youth|youngsters|pupils|juniors ..6 shower*|changing|bath*|toilet*|undress*|locker
        strange|strange|creepy|weird man|guy|bloke ..8 girls|boys|kids|children|child|toilets
        youth|kids|girls|boys|children|team ..4 shower*|changing|naked|undress*
        lost track of
        lad|boy|girl|son|daughter|kid|child 9|8|10|11|12|13|14|15|16|7|6 ..8 <unsafe>|gambl*|bought|spent|alone|sold
        casino|gambling|betting|porn ..6 kids|children|child
        <minor> ..4 left|dropped|alone|stranded|abandoned|put ..3 alone|behind|outside|roadside|wrong ..6 alone|dark|flight|plane|stop
        <minor> ..4 left|dropped|alone|stranded|abandoned|put ..3 stranded|unattended|by|at|off ..6 alone|dark|flight|plane|stop
        <minor> ..4 left|dropped|alone ..3 alone|behind|outside|roadside|wrong ..6 station|road|gate|hour*|night|outside
        <minor> ..4 stranded|abandoned|put ..3 alone|behind|outside|roadside|wrong ..6 station|road|gate|hour*|night|outside
        staring|filming|photograph* ..6 kids|children|girls|boys ..6 shower*|changing|bath*|toilet*|undress*|locker
        staring|filming|photograph* ..6 youth|youngsters|pupils|juniors ..6 shower*|changing|bath*|toilet*|undress*|locker
    """,
    dutch="""
        nam|meegenomen|neemt|opgesloten ..8 <minor> ..8 kamertje|hok|kantoor|auto|toilet|kelder
        <minor> ..8 meegenomen|opgesloten|vastgehouden ..4 kamertje|hok|kantoor*|auto|toilet|kelder|in|naar
        vreemde*|wildvreemde*|iedereen|onbekende* ..6 zien|volgen|vinden|benaderen ..8 <minor>
        neemt|nam|nemen ..2 kinderen|kind|jongens|meisjes|leerlingen ..4 huis|alleen|naar|auto
        foto|woonplaats|locatie|naam|adres ..3 van ..2 mijn|onze ..1 <minor> ..10 iedereen|online|openbaar|vreemden|zonder|internet
        kind|jongen|meisje|dochter ..1 van <number>|9|8|10|11|12|13|14|15|16 ..14 <unsafe>|<maybe_unsafe>|seks*
        zoon|zoontje|dochtertje|kinderen ..1 van <number>|9|8|10|11|12|13|14|15|16 ..14 <unsafe>|<maybe_unsafe>|seks*
        <unsafe>|alleen|controle ..8 onder ..1 18|16|12
        *kinderen|kinderen|meisjes|jongens ..4 lastig
        achter ..1 kinderen|meisjes|jongens ..1 aan
        <minor> ..8 vergeten|achtergelaten|uitgezet|afgezet|kwijt|opgesloten ..3 in|op|bij|langs|door|te
        vergeten|achtergelaten|uitgezet ..6 <minor>
        kindermishandeling|kinderporno*|kindermisbruik
        kind|kinderen|baby|peuter|kleuter|dochter|zoon ..8 alleen|achtergelaten|vergeten ..4 auto|bus|buiten|weg
        kind|kinderen|baby|peuter|kleuter|dochter|zoon ..8 alleen|achtergelaten|vergeten ..4 straat|opvang|gelaten|uitgezet
        filmt|filmde|fotografeert|fotografeerde|foto's|filmpjes ..8 kinderen|meisjes|jeugd|jongens|leerlingen|pupillen
        vreemde|enge|rare man|kerel|vent ..8 meisjes|kinderen|kleedkamer|jongens|kind
        zoon|dochter|zoontje 9|8|10|11|12|13|14|15|16|7|6 ..8 <unsafe>|vergok*|gok*|kocht|kopen|alleen|besteld
        dochtertje|kind|jongen|meisje 9|8|10|11|12|13|14|15|16|7|6 ..8 <unsafe>|vergok*|gok*|kocht|kopen|alleen|besteld
        <minor> ..8 kwijt
        zonder ..3 legitimatie|leeftijdscontrole|leeftijdscheck|id
    """,
)
