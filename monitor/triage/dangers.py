"""The words of what goes wrong dangerously, which hazard.py puts together."""

from __future__ import annotations

from monitor.triage.clues import meaning

WORDS = {
    "playground": meaning(
        both="school*",
        en="beach classroom nursery park playground* pool sandpit yard",
        nl="kinderopvang klaslokaal opvang speelplaats speeltuin* strand zandbak zwembad *plein",
    ),
    "sharp": meaning(
        both="spikes",
        en="barbed blade* glass nail nails needle* razor* rusty sharp shard* splinter* spike syringe* thorn* wire",
        nl="glas glasscherven injectienaald* naald* prikkeldraad roestig* scherf scherpe scherven spijker* spuit spuiten uitsteek*",
    ),
    "hot": meaning(
        en="bloated bulging burning hot scalding swollen swelled",
        nl="bloedheet bol gezwollen gloeiend heet kokend opgezwollen opgebold",
    ),
    "door": meaning(
        en="door doors hatch window",
        nl="*deur *deuren deur deuren luik raam",
    ),
    "unshut": meaning(
        en="close closed open opened opening opens shut",
        nl="dicht open opent",
    ),
    "brake": meaning(
        en="""
            accelerator airbag* axle balcony banister bannister barrier bolts brake brakes braking crossing footbrake fork
            guardrail handbrake handlebar* harness headlights ladder nuts pedal pedals railing saddle seatbelt* steering stem
            throttle wheel wheels windscreen
        """,
        nl="""
            achterrem achterwiel airbag* as autogordel* balkonhek balustrade bouten frame gaspedaal gordel* handrem harnas *hek
            kinderslot kinderzitje koplampen ladder leuning moeren pedaal pedalen reling rem remmen slagboom spoorbomen spoorboom
            *stoeltje stuur stuurpen terugtraprem trapas trapleuning voorrem voorruit voorvork voorwiel vork wiel wielen zadel
            zadelpen
        """,
    ),
    "fails": meaning(
        en="""
            bald broke broken buckled burst collapsed cracked cracks detach* fail failed failing fails failure flew gave jammed
            loose rotted rotten rusted rusty seized slipped snap snapped snaps spongy squeal* tape taped undone unlatch* wobbles
            wobbly worn
        """,
        nl="""
            afbrak afbreekt afgebroken afgelopen begaf begeven blokkeer* brak braken breekt doorgeroest doorgerot eraf faal*
            geblokkeerd gebroken gefaald geknapt kapot klapt klapte knapt knapte kromgetrokken losgekomen losgeraakt losgeschoten
            roest scheur scheurde scheuren schiet schoot springt sprong tape verroest verrot versleten vliegt vloog weiger*
            wiebel* wiebelt
        """,
    ),
    "fire": meaning(
        en="""
            ablaze blackened burned burning charred combust* crackling explode exploded explodes explosion fire flame flames fumes
            glowing hissing ignite ignited melt melted melting overheat* scorch* scorched scorching singe singed sizzle sizzling
            smoke smoked smoking smoulder* smouldered smouldering smoulders spark sparked sparking sparks
        """,
        nl="""
            brand brandje brandlucht dampen doorgebrand fik fikkie fikte geschroeid gloeide gloeien gloeiend knetterde knettert
            ontbrand* ontplof* oververhit* roken *rook rook rookontwikkeling rookt rookte schroei* schroeien schroeilucht
            schroeiplek* schroeit sissen siste smeul* smeulen vatte verbrand verkool* vlam vlamde vlammen vonk vonken vonkt
            zwartgeblakerd
        """,
    ),
    "current": meaning(
        en="electrified electrocuting jolt shock shocks static tingle tingling voltage zap zapped zaps",
        nl="hoogspanning opdonder oplazer optater schok schokje schokken stroomstoot tintelen tinteling tintelt",
    ),
    "touch": meaning(
        en="""
            cable charger door exposed fence fridge hand kettle metal off plug pole post shower socket tap touch touched touching
            wire wires
        """,
        nl="""
            aan aanraak* aanraakte bloot deur douche draad draden hand hek kabel kabels kraan lader metalen onder open paal raak
            raakte stekker stopcontact van
        """,
    ),
    "gas": meaning(
        both="gas",
        en="fumes leak methane",
        nl="gas gaslucht lek",
    ),
    "smell": meaning(
        en="leak leaking leaks smell smelled smelling smells smelt stench stink stinks whiff",
        nl="geur lek lekkage lekken lekt lucht rook ruik ruikt stank stinkt",
    ),
    "foreign": meaning(
        en="""
            beetle blade* bleach bug bugs caterpillar cigarette cockroach* crawling fingernail fizzing flakes floating fragment
            fragments glass insect* larva* maggot* mold moldy mould mouldy mouse nail needle needles rat razor* rubber shard* slug
            spider spiders splinter* staple* stone worm worms
        """,
        nl="""
            beschimmeld bleekmiddel bruist chloor deeltjes draadje drijft glas glasscherven glassplinter* ijzerdraad insect*
            kakkerlak* keutel* kever kruipen larven made maden mesje metaal muis muizen muizenkeutel* naald naalden nietje* peuk
            rat ratten rubber rups scheermes* scherf scherven schilfers schimmel schroef slak spijker spin spinnen splinter*
            steentje* stukjes worm wormen
        """,
    ),
    "pack": meaning(
        both="pot",
        en="batch bottle bread can jar nappies nappy pack packet tin toy wipes",
        nl="blik blikje doekjes fles flesje luiers pak pakje partij potje speelgoed* zak zakje",
    ),
    "allergen": meaning(
        en="dairy egg gluten lactose milk nut nuts peanut* sesame shellfish soy wheat",
        nl="ei gluten lactose melk noot noten pinda* schaaldieren sesam soja tarwe",
    ),
    "label": meaning(
        both="etiket* label*",
        en="declared ingredient* listed menu packaging undeclared warning wrapper",
        nl="aangegeven doorgegeven gemeld ingredient* vermeld verpakking waarschuwing",
    ),
    "lacking": meaning(
        en="""
            confiscat* cut delayed denied left locked lost missing no not off out ran refused run stopped stranded takes without
            won't wrong
        """,
        nl="""
            achtergebleven afgepakt afgesloten geen geweigerd kwijt meegekomen niet ontvangen uitgevallen verdwenen verkeerde weg
            zoek zonder
        """,
    ),
    "vital": meaning(
        both="dialys* epipen* insulin* pacemaker*",
        en="""
             antidote asthma diabetic homecare incubator inhaler* lifeline medication medicines meds
            nebuliser* oxygen painkillers pills prescription thinners ventilator
        """,
        nl="""
            alarmering alarmknop* astma beademing* bloeddrukmedicatie bloedverdunner* diabeet dosering hartmedicijn* hartpatient
            inhalator* medicatie medicijn* noodoproep pillen puffer sondevoeding suikerpatient thuiszorg zuurstof* zuurstoffles
        """,
    ),
    "mixup": meaning(
        en="double else's expired incorrect instead mixed other somebody someone wrong",
        nl="andere dubbel* foute iemand plaats verkeerd* verlopen verwissel*",
    ),
    "trapped": meaning(
        en="locked shut stranded stuck trapped",
        nl="gevangen ingesloten opgesloten vast vastgezeten vastzit vastzitten zit zitten",
    ),
    "cage": meaning(
        both="lift",
        en="basement elevator* gondola heat rollercoaster toilet trunk tunnel",
        nl="achtbaan attractie draaideur gondel hitte kelder liften toilet tunnel wc",
    ),
    "danger": meaning(
        en="danger dangerous* deathtrap hazard* lethal perilous perilously reckless* unsafe unsafely",
        nl="""
            brandgevaar* doodeng doodsgevaar* gevaarlijk* gevaarlijke gladheid levensgevaar levensgevaarlijk* levensgevaarlijke
            nalatig* onveilig* onverantwoord* roekeloos
        """,
    ),
    "reckless": meaning(
        both="alcohol* stoned",
        en="""
            asleep booze cocaine distracted dozing driving drove drunk facetime* intoxicated mounted nodding overtook reversed
            reversing scrolling sped speeding swerv* tailgat* texting
        """,
        nl="""
            achteruit afgeleid afgesneden appen appt appte dommelde drank dronken filmen filmpje gedronken indutte joint
            knikkebol* rood scheurde scheurt scrolde scrollen slaap slapen sliep slinger* slingerde spookrijden telefoon typen
            whatsapp* zatlap
        """,
    ),
    "road": meaning(
        en="""
            crossing cyclist* driving inches junction kids lane lights motorway pavement pedestrian* red road school street wheel
            zebra
        """,
        nl="""
            basisschool fietspad kruising oversteek* overstek* reed rijden rotonde schoolplein snelweg stoep stoplicht* straat
            stuur weg zebra*
        """,
    ),
    "debris": meaning(
        en="""
            beam branch branches brick bricks ceiling chimney chunks cladding concrete facade glass icicles lamppost masonry pane
            panel panels plaster rocks scaffolding sign slates tile tiles
        """,
        nl="""
            baksteen bakstenen balk beton brokken dakpan* gevel gevelplaat* glasplaat ijspegel* lantaarnpaal plafond puin
            reclamebord schoorsteen steiger stenen stucwerk tak takken
        """,
    ),
    "dropping": meaning(
        en="collapsed crashed crumbling drop dropped dropping drops fall falling falls fell hanging loose swinging",
        nl="brokkelt gevallen gewaaid ingestort loslaten omlaag vallen valt viel vielen waaien waait",
    ),
    "pit": meaning(
        en="canal cliff ditch drain drop edge excavation hole manhole pit pond pool pothole quay roadworks shaft trench works",
        nl="""
            afgrond bouwput gat greppel kade kanaal kuil opengebroken put putdeksel rand schacht sleuf sloot vijver water wegwerk*
            zwembad
        """,
    ),
    "guard": meaning(
        en="""
            barrier barriers cones cover covered fence fenced guard lamp lifeguard light lighted lighting lights lit railing sign
            signs warning
        """,
        nl="""
            afgezet afzetting badmeester bord borden bordje bordjes deksel hek hekken hekwerk lamp lampen leuning licht lint pion
            pionnen reling toezicht verlicht verlichting waarschuwing
        """,
    ),
    "water": meaning(
        en="tap taps water",
        nl="drinkwater kraan kraanwater leidingwater water",
    ),
    "dirty": meaning(
        en="bacteria brown chemical* cloudy contaminat* lead polluted rusty safe smells stinks unsafe yellow",
        nl="bacterie* besmet* bruin geel gelig lood* onveilig roest* stinkt troebel veilig verontreinigd* vervuild*",
    ),
    "exit": meaning(
        both="ambulance* nooduitgang*",
        en="alarm alarms detector* evacuation exit exits extinguisher* sirens sprinkler* stairwell",
        nl="""
            alarm brandalarm* brandblusser* brandmelder* hulpdiensten koolmonoxidemelder* nooddeur* noodknop noodrem rookmelder*
            trappenhuis vluchtroute* vluchtweg*
        """,
    ),
    "blocked": meaning(
        en="""
            access blocked boxes broken chained dead disabled expired goes going locked missing obstructed padlock* pallets parked
            past piled shut taped through triggered went
        """,
        nl="""
            af afgegaan afgeplakt afgesloten blokkeert dicht doorheen dozen erdoor gaat geblokkeerd geparkeerd ging kapot karren
            langs niemand niet pallets piept slot verlopen versperd versperren vol volgestapeld weg
        """,
    ),
    "by_itself": meaning(
        en="itself",
        nl="vanzelf zichzelf",
    ),
    "expired": meaning(
        en="expired expiry moldy mouldy past",
        nl="beschimmeld houdbaarheid* overdatum verlopen",
    ),
    "cold": meaning(
        en="electricity freezing heat heating minus power water",
        nl="elektriciteit kou stroom verwarming vriest warm",
    ),
}
