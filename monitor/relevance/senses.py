"""What people talk of when a brand's name is an ordinary word, another name or another thing: fields of life, Dutch and English.

A word ending in * stands for every word that begins so. A word that belongs to the brand's own kind of company never counts here.
"""

from __future__ import annotations

OTHER = """
    acorn adelaar animal* appel* arend attic baby badger bark beak bees beer berk berg* berries bird* birds bloem* bloemen blossom boom
    bomen branch* breeding burrow bush butterfl* cat chick* chicks claws deer dieren dier duck* duif duiven eagle* egel egg eggs eikel*
    eend* feather* feeder fledg* flower* forest fox frog garden* gras hawk* hedge* hert hill* hond* honden horse* insect* jungle kat
    katjes katten kikker* kip klauw* konijn* kraai* krijs* leaves lion meeuw* merel* mier mountain* mouse muis mus natuur* nature nest*
    ooievaar* olifant* oak otter owl* paard* park* peck* pigeon* plant* planten pup* puppy* pinda* reiger ree roos rose* shed snake*
    snavel* sparrow* species spider* spin squirrel* stok swallow* swan tak takken tail tiger tree* tuin* uil veren veer* vogel* vogels
    vos vlinder* wasp* wesp* wespen wild* wildlife wings wolf zaad zwalu* zwaan zwaluw* aardbeving astronom* cloud* comet*
    constellation* eclips* frost hagel hail horizon komeet* lightning maan mist moon neerslag onweer planet* planeet rain* regen*
    rainbow sky sneeuw snow* ster* sterren* sterrenbeeld* sterrenkund* star stars sun sunrise sunset supernova* telescoop telescope
    temperatu* wind* windkracht zon* zonsondergang zonsopkomst weather weer* galaxy anchor* baai bay beach boat* boats boot boten
    bridge* canal cape coast* current dive* divers duiker* eiland* ferry fisher* harbour* harbor island* kapitein kust* lake* marsh meer
    oever ocean* oceaan rivier* river* sail* sailing schip schepen schipper sea seas ship ships strand steiger tanker* tide* vaar* varen
    vissen visser* wad wadden water* wave* waves yacht zee zeil* zeilen zeilboot zwemmen geul gebaggerd bak* bake* bakken boter braised
    chili chop* dough fry garlic kaneel knoflook koken* kook* ingredient* lemon olie oven* pan pepper recept* recipe* roast* roer* saus
    simmer* slow-cooked soep spice* stew* stoof* suiker taart ui uien zout onions dish aunt broer* brother*
    surname achternaam voornaam maiden rip retired pensioen mate
    buurjongen cousin* dad
    daughter* dochter* geboren* girlfriend* godson grandad* grandfather* grandma* husband* kleinzoon mama marry married mum nan* neef
    nephew* nicht* niece* oma oom opa papa sister* son tante trouwen vriendin wedding wife zoon* zus* zusje baasje birth* birthday*
    jarig verjaardag geboorte klas classmate crush date dating fiance* kiss* hug* wed actrice acteur actor actress album* artist* band
    bassist batman biograph* blues book* boek boeken chapter character* choir comic* concert* dans* dance* drum* episode* fan fans film*
    game* gedicht* gitaar* guitar* jazz kunst* liedje* lyrics movie* museum* muziek* music nummer-een novel* opera orkest* overture*
    painting* paint* piano plaat plaatje playlist* poem* poet* poetry podium roman satire* schilder* schreef sing* singer* song*
    soundtrack theater* theatre trailer tune* wembley zang* ajax athlete* atlete* bal ball basketball bench champion* coach* competitie
    cup doelpunt* eredivisie feyenoord football* goal* halve* keeper league marathon* match* medal* medaille olympi* opstelling penalty
    play* player* race* relay scoor* scored scores scoort season* speler* spits sprint* tennis* titel tournament* training trainer*
    tackle* referee* scheids* hamstring* substitut* blessure* aanvaller* middenveld* hattrick* hat-trick striker* midfield* defender*
    squad* trick
    ultra* voetbal* wedstrijd* wielren* win wins wimbledon wk worldcup final fifth quarterback inning* playoff* algebra bereken* bewijs*
    calculat* class* code coding column* columns compiler* compute concurrency data* dataset* diagram* div electron* equation* flex
    function* getallen gradient graph grafiek* hypothes* integral iterator kolom* java* kotlin linear loop* loops math* matrix meting*
    metingen molecul* natuurkunde neutron noun objective-c optie* option* options parameter* physics plural programm* proof python regex
    rust scala scheikunde scripting spark* swiftui syntax tag theorem theor* variab* variant* vector* vocabulary werkwoord wiskunde*
    wortel* xcode formula formule* angle circle ruler meetkunde bible* bijbel* christ* church geloof god goden gods hemel hope* hoop
    kerk* klooster kruis* mosque myth* pray* prayer* psalm* religi* saint* soul ziel zonde tempel* temple duisternis* donkere emotion*
    gevoel* hart heart huwelijk* joy* liefde* love-life leven life loneli* luck* ongeluk* geluk moral* moreel mental metaphor* mood
    mourn* peace rust* sorrow* verdriet* vertrouwen* vriendschap* wijsheid wisdom zielig droom dream* dreams ancient archief archeolog*
    army battle* bomb* century dynast* eeuw* emperor empire* explosi* fire* fort* geschiedenis* history* keizer* king* koning* koningin*
    leger* middeleeuw* militair* military oorlog* president* prins* queen* revolutie* revolution* romein* roman* slag soldaat soldat*
    soldier* war wars warrior* wereldoorlog* zwaard sword verkiezing* election* minister* parliament* partij party politic* politiek*
    democra* beton bolt* bolts boor* bougie* chain drill* gat grinder* hamer hammer* hout hoek* iron kabel ketting* keilbout* lassen
    metaal metal moer nail* plasterboard plug* rope* roest saw* schroe* schuur* screw* smee* soldeer* steel steen stone* tatoe* tattoo*
    touw* torque* wood* workshop bone* brain* gebroken lichaam muscle* slaap* sleep* spier* tand* tooth skin* huid haar hair eye* ogen
    oog neus arm armen antiek* antique* brass brons* bronze* ceramic* coin* goud* gold* juwe* jewel* koper* koperen sieraden* silver
    zilver* ring vondst glimt verzamel* collect* shiny cinnamon tropical volcano* vulkaan* woestijn* desert* vallei* valley* woods bos
    bossen duin* heide heuvel* hike* hiking wandel* wandeling* trail* scout* fell map kaart north south zuiden noorden needle bearing
"""
"""Fields: animals and plants, sky and weather, sea, kitchen, family, arts, sport, mathematics and programming, faith, feelings,
history and war, tools, body, treasures, landscape."""
