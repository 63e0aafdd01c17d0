"""The words of bodies, harm, illness and care, which injury.py puts together."""

from __future__ import annotations

from monitor.triage.clues import meaning

WORDS = {
    "since": meaning(
        en="since after",
        nl="sinds na nadat door dankzij",
    ),
    "dead": meaning(
        en="dead death deaths die died dies drown drowned drowning dying fatal* kill killed killing kills lifeless",
        nl="""
            dode dodelijk* doden dood doodgaan doodgegaan fataal gestorven levenloos omgekomen omkomt overleden overleed stierf
            verdrinken verdrinkt verdronken
        """,
    ),
    "harm": meaning(
        both="trauma*",
        en="""
            aches aching bite bites bitten bled bleed* bleeding blinded blood bloody blurred blurry boils breaking broke bruis*
            bumped bumps burn burned burning burns burnt caught clawed collapsed concuss* contracted crush* cut cuts cutting deaf
            deafened disabled disfigured dislocat* egg fainted fainting faints fractur* gash gashed gashes grazed grazes hurt
            hurting hurts infected inflamed injur* knocked lacerat* lesion* limp limping limps lump mangled mauled numb pain pains
            paralys* paralyz* peeling pierced pinched punctured purple pus raw ripped scald* scar scars scorched severed shattered
            sliced snapped sore sores splinter splinters sprain* stabbed stabbing stiff stinging stings stitched stung swelled
            swelling swollen throbbing tinnitus torn trapped twisted ulcer* unconscious welt welts whiplash wound wounded wounds
        """,
        nl="""
            afgerukt beet beklemd bekneld beten bewusteloos bezeerd bezeerde blessure* blind bloed bloedde bloedend bloedend*
            bloedt bonkt brak brandde brandende branderig breuk buil bult bulten doof doorboord eraf flauwgevallen flauwviel
            gebeten gebrand gebroken gehoorschade gekneusd gekneusde geplet geschaafd gescheurd gesneden gestoken gevoel
            gevoelloos gewond* hoofdwond* invalide jaap klem kneuz* kneuzing* kreupel letsel* litteken* mank ontstoken ontwricht
            opengehaald opengereten opgezet opgezwollen pijn pus rood schaafwond* schrammen snee sneed snijwond* splinter stekende
            stijf striem* striemen tinnitus tintelt verbrand* verdoofd verdraaid verlamd verminkt verrekt verrekte verstuikt
            vervelt verwond* verwonding* wazig whiplash wond wonden zenuwpijn zweer zwelling zweren
        """,
    ),
    "body": meaning(
        en="""
            airway* ankle* arm arms belly bone bones brain breast calf cheek* chest chin collarbone ear ears elbow* eye eyebrow
            eyelid* eyelids eyes face feet finger fingers fingertip* foot forehead groin gums hamstring hand hands head heart hip
            hips jaw jawbone knee knees leg legs lip lips lungs mouth nail nails neck nose pelvis rib ribs scalp shin shins
            shoulder* skin skull spine stomach tailbone teeth temple thigh* throat thumb toe toes tongue tooth tummy vertebra*
            wrist*
        """,
        nl="""
            achterhoofd arm armen armpje been beentje bekken benen borst botten bovenarm bovenbeen bovenlip buik dij dijen duim*
            elleboog enkel* gezicht hand handen handje hart heup* hoofd hoofdhuid hoofdje huid kaak keel kies kin knie *knie
            knieen kruin kuit lies linkerhand linkeroog lip lippen longen luchtweg* maag mond nek neus ogen onderarm onderbeen
            onderlip oog oogleden ooglid oor oren pols rechterhand rechteroog rib ribben rug ruggengraat ruggenwervel* schedel
            scheenbeen schouder* slaap sleutelbeen staartbeen stuit stuitje tand tanden tandvlees teen tenen tong vinger* *vinger
            *vingers vingertje voet voeten voetje voorhoofd wang wangen wenkbrauw
        """,
    ),
    "care": meaning(
        both="ambulance* ehbo epipen* icu seh",
        en="""
            antibiotic* concussion cpr crutches defibrillator gp hospital* operated painkiller* paramedic* resuscitat* steroids
            stitches stretcher surgeon surgery tetanus xray
        """,
        nl="""
            antibiotica brancard gehecht geopereerd gereanimeerd gips hechting* hersenschudding* huisarts* infuus intensive
            krukken mitella operatie operatiekamer prednison reanimatie rontgen* spoed spoedeisende spoedpost* tetanus*
            traumaheli* umc ziekenhuis*
        """,
    ),
    "treatment": meaning(
        both="ambulance* defibrillator* ehbo epipen* seh",
        en="antibiotic* concussion cpr crutches paramedic* resuscitat* stitches stretcher",
        nl="""
            antibiotica brancard gehecht gereanimeerd gips hechting* hersenschudding* infuus krukken mitella reanimatie
            spoedeisende spoedpost* traumaheli*
        """,
    ),
    "taken": meaning(
        en="admitted been carried ended hooked landed lying overnight rushed spent taken took treated went woke",
        nl="""
            afgevoerd behandeld beland* gebeld gebracht gereden gezeten lag lig liggen ligt meegenomen moest moeten naar nacht
            nodig opgenomen zat zitten
        """,
    ),
    "mundane": meaning(
        en="""
            appointment charity class course courses discount docking donat* drill event free job jobs love nurses opposite park
            parking route shift sponsor* station training visit visited visiting volunteer* volunteering work working works
            workshop
        """,
        nl="""
            afspraak artikel baan bezocht bezoek bezoekuur collecte cursus cursussen dienst donatie gratis halte korting lessen
            lijn oefen* parkeer* route sponsor* stage station tegenover training vrijwillig* werk werken werkt workshop
        """,
    ),
    "ill": meaning(
        both="anafyla* anaphyla* diarree diarrhea ecoli listeria norovirus salmonella",
        en="""
            allergic asthma backache bedbug* bedridden blister* breathe breathing chok* choke collapsed concussed convuls* cramp
            cramps dehydrated dermatitis diarrhea diarrhoea dizzy doubled earache eczema faint fainted fainting fever* feverish
            fitting frostbite gasping gastric headache* heatstroke heaving hives hospitalised hypotherm* ill insomnia itch*
            jaundice lice lungs migraine migraine* nausea nauseous nosebleed* palpitations panic poison* puke* puking queasy rash
            rashes retching rushed scabies seizure* shaking shivering shivers sick sickened sickness spasm* sunstroke sweating
            swelled swelling swollen throwing unresponsive unwell vertigo vomit* wheez* woozy
        """,
        nl="""
            adem ademen ademnood allergisch badkamer* bedlegerig bedwants* benauwd* benauwdheid beroerd bloedneus* braakt braken
            buikgriep buikkramp* buikpijn bulten diarree doodziek duizelig eczeem flauwgevallen flauwte galbulten gebraakt gekotst
            gespuugd gestikt gordelroos hartkloppingen hoest hoesten hoofdpijn hyperventil* ijlen jeuk* klachten koorts* kots*
            kotsen kotsend kotsmisselijk krampen luizen migraine misselijk* nekklachten onderkoeld* ontsteking* onwel oorpijn
            opgezet opgezwollen overgegeven overgeven oververhit paniekaanval* pleepot racekak rilde rillen rillingen rugklachten
            rugpijn schurft spugen spuug* spuugde stikken stikte stuiptrek* uitdroging uitgedroogd uitslag *vergiftig* verlamd*
            verslikt verslikte ziek zonnesteek zweette zwelling zweten
        """,
    ),
    "ingest": meaning(
        both="""
            buffet* burger* cocktail* curry* falafel* kebab* lunch* menu's pasta* pizza* restaurant* risotto* sashimi shoarma*
            smoothie* sushi* tiramisu* tonijn* vitamin* wraps*
        """,
        en="""
            ate bacon bar barbecue bbq beef beer bite bread breakfast* brunch burrito* cake* calamari canteen carpaccio catering
            cereal cheese chicken chocolate* clams coffee cola crab curry custard dessert* dined dinner* dish dishes drank drink
            drinking duck eat eaten eating eats egg eggs fish food formula gravy ham hummus juice* kitchen lamb lasagna lasagne
            leftovers lemonade lobster mayo* meal* medication medicine milk mince mushroom* mussel* mussels noodles nuggets nuts
            oyster* oysters pastries pastry pate peanut* pie pies pill pills platter pork porridge prawn* pudding ramen ribs rice
            roast salad* salad salami salmon sandwich* sauce sausage* seafood shrimp* smoothie* snack* soup* soup spareribs squid
            starter steak* stew stuffing supplement* swallow* tablet tablets taco tacos takeaway* tartare tasting tea tuna turkey
            water wrap wraps yoghurt* yogurt*
        """,
        nl="""
            afhaal* at aten babyvoeding bami barbecue bbq biefstuk* bier bitterbal* borrelhap* brood broodje* brunch carpaccio
            catering champignon* chocola* dessert* diner* drinken dronk eend eet ei eieren eten filet flesvoeding friet frikandel*
            frisdrank garnal* gebak gebakje gedronken gegeten gehakt* geslikt hachee ham hap hapje hapjes kaas kalkoen kantine
            kapsalon* keuken kip* kip koffie krab kreeft kroket* lam limonade maaltijd* mayo* medicijn* melk melk* *menu mossel*
            nasi noedels noten oester* ontbijt* paddenstoel* pannenkoek* pap patat pate pil pillen pinda* poffertjes portie potje
            pudding quiche reep restjes rijst* *risotto *salade salade* sandwich* sap sappen sate satesaus saus *saus sausje
            *schotel slagroom slik* snack* *soep soep* spek stoof* supplement* *taart taart* tablet* tartaar thee toetje* *vis vis
            visje vla vlees vleeswaren wok wokgerecht worst worst* *worst wrap* zalm
        """,
    ),
    "on_skin": meaning(
        both="deodorant* gel lotion* mascara* serum shampoo* sunscreen*",
        en="""
            balm bleach boots bra brace buds chlorine cleaner clinic collagen concert contact contacts cream* crown dentist
            detergent dye* earbuds filler* filling foundation glasses glue headphones helmet implant implants injection insoles
            jab jacket laser lashes lenses lipstick mask mattress mouthwash nappies nappy oil operation pad patch peel pellets
            perfume pesticide piercing pillow plaster plugs polish pool powder pump remover repellent shoes sling slug soap*
            tampons tattoo* thermometer toner toothpaste treatment vaccine* wash wax weedkiller wimpers wipes
        """,
        nl="""
            behandeling* bestrijdings* bh bijvulling bleek bril chloor concert contactlenzen *creme creme* crememasker doekjes
            filler* haarverf* implantaat* injectie* inlegzool* kies kliniek koptelefoon kroon kussen laarzen laser lenzen lijm
            lippenstift* luier luiers masker* matras* mondwater nagellak* oksels *olie olie onkruid* ooglaser* oordopjes oortjes
            parfum* peeling pleister* poeder prik remover schoenen slakkenkorrels tampon* tandarts tandpasta tatoeage* vaccin*
            verdelger verf vulling wasmiddel* wax wimper* wimperlijm zalf zeep* zonnebrand* zwembad
        """,
    ),
    "grave": meaning(
        both="anafyla* anaphyla* asbest* legionella* listeria* salmonella*",
        en="""
            amputat* asbestos asphyxiat* botulism carcinogen* decapitat* disfigured dismember* drowned electrocut* miscarr*
            overdosed paralysed paralyzed poisoned scalded sepsis stillb* stillbirth suffocat*
        """,
        nl="""
            bloedvergiftiging brandblar* brandwond* dwarslaesie *elektrocutie* *explosie* gaslek* gaslucht* geamputeerd*
            geelektrocuteerd geelektrokuteerd gestikt hersenbloeding* hersenletsel* kankerverwekkend* koolmonoxide*
            levensbedreigend* levensgevaar* miskraam miskramen pfas schedelbreuk* sepsis stroomschok* stroomstoot* verdrinking
            verdronken vergiftigd vergiftigde *vergiftiging* verstikking* verstikt vuurbal
        """,
    ),
    "allergy": meaning(
        both="allerg*",
        en="celiac coeliac intoleran*",
        nl="*allergie notenallergie* ",
    ),
    "despite": meaning(
        en="anyway asked badly but despite flagged informed said severe severely still though told warned yet",
        nl="aangegeven doorgegeven ernstig gemeld gewaarschuwd gezegd maar nadrukkelijk ondanks toch vermeld zwaar",
    ),
    "accident": meaning(
        en="accident accidents collided collision crash derail* injury wreck",
        nl="aangereden aanrijding* botsing* botste gebotst ongeluk ongelukken ongeval* ontspoor* valpartij* verongelukt",
    ),
    "falling": meaning(
        en="collapse collapsed collapses crashed fall falling fell knocked slip slipped thrown tripped tumbled",
        nl="""
            gecrasht gelanceerd geslipt gestruikeld getuimeld gevallen gleed ingestort instort* instorting neergestort onderuit
            onderuitgegaan smakte struikelde uitgegleden valpartij viel
        """,
    ),
    "ground": meaning(
        en="""
            asphalt balcony bike bridge ceiling escalator floor gap ice ladder platform puddle ramp roof scaffolding shelf
            staircase stairs steps tile tiles wet
        """,
        nl="""
            asfalt balkon bocht brug dak deelfiets drempel* fiets glad gladde hellingbaan hoofd ijs kruising muur nat natte perron
            plafond plank rolband* roltrap* rotonde steiger* stoep* tegel* trap trappen trede vloer waalbrug
        """,
    ),
    "gives_way": meaning(
        en="""
            buckled burst caved collapse collapsed collapses cracked crumbled detached exploded flew gave overturned popped
            shattered snapped splintered threw thrown tipped toppled unscrewed
        """,
        nl="""
            afgebroken afgegooid begaf brak breekt doorgezakt gegrepen gekanteld gelanceerd gesprongen gevallen gezakt ingezakt
            kantelde klapte knapt knapte losgeraakt losgeschoten omgevallen omviel ontplofte spatte sprong uiteen versplinterde
            viel zakte
        """,
    ),
    "thing": meaning(
        both="step toy trampoline*",
        en="""
            bar bed bench bottle bracket buggy bunk cabinet carseat chair cot crib desk door dresser escalator flask gate glass
            handle harness helmet hook horse jar kettle ladder lamp mirror parasol platform pony pram pushchair rack
            railing ride rope rung scooter seat shelf slide sling stairs stool stroller swing table tent thermos treadmill vase
            wardrobe window windowpane
        """,
        nl="""
            attractie bank bankje bed boxspring buggy deur draaideur fles glas glijbaan haak handvat harnas *hek *hekje helm *kast
            kast kinderwagen kruk ladder lamp ledikant* leuning loopband ovendeur ovenruit paard parasol plank platform pony pot
            raam rek roltrap ruit schommel spiegel spijl sport stapelbed stoel *stoel *stoeltje stoeltje tafel tent thermoskan
            touw trap tuigje vaas wandelwagen wandrek
        """,
    ),
}
