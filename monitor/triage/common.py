"""Words that several families share: people, numbers, denial, devices and vehicles."""

from __future__ import annotations

from monitor.triage.clues import meaning

WORDS = {
    "handle": meaning(),
    "number": meaning(
        en="""
            couple dozen eight eleven fifteen fifty five forty four fourth half hundred* nine seven several six ten third thirty
            three twelve twenty two
        """,
        nl="""
            acht anderhalf dertig drie duizend* elf half halve honderd* negen paar tien tig twaalf twee twintig veertig vier vijf
            vijftien vijftig zes zeven
        """,
    ),
    "unit": meaning(
        en="day days fortnight hour hours hr hrs min mins minute minutes month months week weeks year years",
        nl="dag dagen jaar kwartier maand maanden min minuten minuut u uren uur week weken",
    ),
    "not": meaning(
        en="cannot neither never no nobody none noone nope nor not nothing nowhere unable without",
        nl="geen nergens nie niemand niet niets niks noch nooit zonder",
    ),
    "curse": meaning(
        both="fuck* kanker* shit* wtf",
        en="arsehole* asshole* bastard* bloody bollocks bullshit crap cunt* damn dickhead* effing twat* wanker*",
        nl="eikel* godver* hufter* klere* klojo* klote* kut* lul lullen schijt* stront* sukkel* tering* tyfus* verdomme",
    ),
    "i": meaning(
        en="i i'd i'll i'm i've im ive me mine my myself our ours us we we'd we're we've",
        nl="ik ikzelf m'n me mij mijn mn ons onze we wij",
    ),
    "you": meaning(
        both="u",
        en="ur y'all ya you you'll you're you've your yours yourselves",
        nl="je jij jou jouw jullie uw uzelf",
    ),
    "person": meaning(
        both="baby* passagier*",
        en="""
            aunt bloke boy boyfriend brother cat child children colleague cousin customer* cyclist* dad daughter dog everyone
            father fiance fiancee flatmate friend girl girlfriend girlfriend's gran grandad grandma grandpa granny guest* guy
            horse husband kid kids kitten lad lads lady mam man mate men mom mother mum mum's nan nana neighbor* neighbour* nephew
            nephew's niece partner passenger* patient* pedestrian* pensioner pensioner* people person pet pets pupil pupils puppy
            rabbit resident* rider roommate sister somebody someone son stepdaughter stepson student students teenager teenagers
            tenant tenants toddler twins uncle wife woman woman's women
        """,
        nl="""
            bejaard* bewoner* broer broertje buurman buurvrouw collega* dame dames dochter dochtertje fietser* gast gasten gozer
            hond honden hondje huisgenoot huurder huurders iedereen iemand jongen kat katten kind kinderen klant klanten kleuter*
            konijn leerling leerlingen mama man meisje meisjes meneer mensen mevr mevrouw moeder neef nicht oma oom opa oude
            oudere ouderen paard papa partner patient* peuter* poes puber pubers puppy reiziger* schoonmoeder schoonvader
            stiefdochter stiefzoon student studenten tante tweeling vader vent verloofde voetganger* vriend vriendin vrouw zoon
            zoontje zus zusje
        """,
    ),
    "minor": meaning(
        both="baby* minor minors",
        en="""
            boy boys child children daughter girl girls grandchild* granddaughter grandson infant* kid kids nephew newborn niece
            preschool* pupil* schoolchild* schoolkid* son teen teenage* teens toddler* unaccompanied underage
        """,
        nl="""
            basisschool* brugklas* dochter dochtertje *jarige jongetje kind kinderen kindje kindjes kleindochter kleinkind*
            kleinzoon kleuter* leerling* meisje meisjes minderjarig* neefje nichtje peuter* puber* schoolkind* tiener* zoon
            zoontje
        """,
    ),
    "staff": meaning(
        both="agent agents board ceo coach* crew manager* steward* supervisor* team* therapist*",
        en="""
            assistant* attendant* babysitter* bailiff* barista* boss* bouncer* carer* caretaker* cashier* cfo chairman chef*
            cleaner* clerk* conductor* conductor's contractor* cop cops councillor* councillors courier courier* deliveryman
            dentist* director* doctor* doorman driver* employee* engineer* executive* fitter* founder groomer guard* hairdresser*
            handler* host hostess inspector* installer* instructor* janitor* landlady landlord* lifeguard* masseur masseuse mayor
            mechanic* midwife nurse* officer* official* owner* paramedic pilot* plumber* policeman porter* priest* ranger
            receptionist* recruiter* referee* rep reps salesman salesmen saleswoman security staff surgeon teacher* technician*
            trainer* treasurer tutor* usher* vet vets waiter* waitress* warden* worker*
        """,
        nl="""
            aannemer* agent agenten ambtena* arts artsen baas badmeester* balieman baliemed* bazen begeleider* begeleidster
            bestuur* bestuurder* beveilig* *bezorger bezorger* boa boa's broeder burgemeester* buschauffeur* chauffeur* *chauffeur
            chirurg coach concierge* conciergre conducteur* deurwaarder* dierenarts* directeur* directie docent* eigenaar
            filiaalleider* gastheer gastvrouw huisbaas huismeester* incassobureau* inspecteur* installateur* juf kapper
            kassajuffrouw kassamedewerk* kassiere koerier* kok leidinggevende* leidster leraar* loodgieter* machinist* masseur
            medewerk* *medewerker *medewerkster meester monteur* *monteur ober obers oppas* oprichter pastoor pedagogisch
            penningmeester personeel* piloot piloten portier* receptionist* recruiter scheidsrechter* schoonmaakbedrijf
            schoonmaakster* schoonmaker* stagiair* stewardess* tandarts* taxichauffeur* teamleider* trainer* uitsmijter*
            uitzendbureau* vakkenvuller* verhuurder verkoopster verkoper* verkoper verloskundige verpleeg* vet voorzitter
            wethouder* wijkagent zuster
        """,
    ),
    "device": meaning(
        both="airfryer* batter* generator* laptop* magnetron* modem* oven* powerbank* router* scooter* stekker*",
        en="""
            appliance* bbq bike bikes bin blanket blind boiler* bulb bus cabin cable* candle* car carpet carriage cars charger*
            charging console cooker curtain curtains dishwasher* dryer* duvet ebike engine extension fairy freezer* fridge* fryer
            fuse fusebox fuses grill hairdryer heater* hob hoover iron kettle* lamp lamps light lights mattress meter monitor
            motor multiplug outlet* pan panel* phone phones plane plug plugged plugs pram socket* socket sofa straightener*
            toaster* towel train tumble tv vacuum van vape vapes wall wallpaper washing wire* wiring
        """,
        nl="""
            *accu accu accu's adapter* auto bank bedrading beeldscherm behang broodrooster* bus cabine cv *deken deken
            droger* fiets fietsen fohn fornuis frituur* gordijn* grill groep haardroger handdoek kaars kaarsen kabel* kachel*
            *kachel ketel* kinderwagen koelkast* kookplaat laadkabel* laadpaal* laden lader *lader lamp* *lamp *lampen matras
            meterkast* motor muur opladen pan prullenbak snoer* stekkerdoos stijltang stofzuiger* stopcontact* stoppenkast
            strijkijzer tapijt telefoon toestel trein tv vaatwasser* verlengsnoer *verlichting vliegtuig vriezer* wagon wasdroger*
            wasmachine* waterkoker* zekering* zonnepane*
        """,
    ),
    "vehicle": meaning(
        both="bus taxi* tram",
        en="""
            ambulance* boat car carriage coach coaster courier crane digger driver drivers escooter ferry forklift
            lifeguard* lorries lorry metro minibus pilot pilots rider scooter scooters shuttle supervisor* tractor train truck
            underground van
        """,
        nl="""
            ambulance* auto badmeester* bestelbus* bestuurder bezorger* boot buschauffeur* buschauffeuse busje bussen chauffeur*
            chauffeuse heftruck koerier* kraan leerlingenvervoer maaltijdbezorger* machinist* metro pendelbus piloot pont
            scooter step steps taxichauffeur* toezichthouder tractor trein vrachtwagen
        """,
    ),
}

FALSE_FRIENDS = meaning(
    """
    arts as at bad band been boom boot bot brand brief die door ei fall fork gift glad kind kip list los lot mate mist pap pond
    put rook sap slang stal steel step stop trap val van want wet
    """
)
"""Words that mean one thing in English and another in Dutch, left out where the language is not known."""

EVERYDAY = meaning(
    """
    ! . ? a aan about after again al all alle alles als altijd am an and andere another any are as at back be bedankt been being
    ben best bij but by can can't cannot could couldn't customer daar dagen dan dank dat day days de deze did didn't die dit do
    doe doen does doesn't don't done door down dus een eerste en er even every first for from ga gaan gaat geen get gisteren go
    goed goede going gone good got great had has have haven't he heb hebben heeft help hem her here het hier hij him his hoe hold
    hour hours how i i'll i'm i've iemand if ik im in into is isn't it its je jij jullie just kan keer know kom komt kunnen kunt
    kwam laatste last left leuk like maar made mag make me meer mensen met mij mijn moest moet mooi more morgen must my na naar
    need needs never new next niemand niet niets nieuwe niks no nog nooit not now nu of off om on one ons ook op or other our out
    over phone say see sent service she should so some sta staan staat still take te than thank thanks that the their them then
    there they think this time times to today tomorrow tonight took tot try twee two u uit until up us uur uw van vandaag vast
    vier volgende voor waar want was wasn't wat we week weer weet weken wel were what when where which who why wie wil wilde will
    with without won't wordt would you you're your ze zei zelf zich zien zij zijn zit zitten zo zoek zonder zou zouden
    """
)
"""Words of so many texts that a phrase is better looked for by its other words."""
