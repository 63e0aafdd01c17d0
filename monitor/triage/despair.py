"""T12: what shows that the writer, or somebody near, may harm themselves."""

from __future__ import annotations

from monitor.triage.clues import Family, meaning, near

WORDS = {
    "selfharm": meaning(
        both="automutila* suicid* zelfmoord*",
        nl="afscheidsbrie* doodswens* levensmoe* zelfdoding*",
    ),
}

DESPAIR = Family(
    "despair",
    "T12",
    "the writer or somebody near may harm themselves",
    0.9,
    together=(near("selfharm", 0),),
    english="""
        want|wish|wanting|hoping ..2 it|this|everything|life ..2 to end|stop|finish ..1 .|now|soon|tonight|forever
        want it all to
        make it|this stop|end
        can't|cannot do this anymore|alone|any
        i'm|im|i so|too|very? ..2 tired of ..1 living|life|being|fighting
        end it
        put|got|set ..2 everything|affairs|things ..2 in order
        found|find ..2 home ..2 for ..3 cat|cats|dog|dogs|pets|kids
        said my|our|goodbye goodbyes
        turn*|open*|leave* ..2 gas ..1 on ..4 if|when|tonight|and
        gas ..1 on ..8 cut|evict*|debt
        stopped|stopping eating|taking
        written|wrote|made my ..1 will|last
        nothing ..2 left|more|else ..1 to|for live|living|me
        reason|reasons to ..2 live|keep|carry|stay
        going|go|jumping|jump ..1 over|off the|that|a|my ..1 balcony|bridge|edge|railing|roof|cliff
        see ..2 no|any other|way ..1 way? out
        dark|darkest thoughts|place
        can't|cannot ..2 live ..1 like|with|anymore
        don't|dont|not|can't|cannot|never ..3 want|wanna ..1 to? ..1 live|wake|exist|alive
        no|any|see|point|reason ..2 reason|point ..3 live|living|alive|wake|exist
        don't|dont|not|doesn't want ..1 to be here|alive|around
        to|wanna|gonna|could|might|going ..1 end my|his|her|it|their ..1 life|all
        want|wanna|wants|wanted to die
        end it all
        ending|end|take|took|taking|taken my|his|her|own|their ..1 life
        kill*|hang*|harm*|hurting|cutting myself|himself|herself|themselves
        better off|of dead|without
        beter|better ..2 off ..3 without me
        rather ..1 be dead
        wish|wished ..1 i|she|he ..1 was|were ..1 dead
        wish ..4 never ..2 born|wake|woken
        can't|cannot|cant ..2 go|carry on anymore|longer|like
        can't|cannot|cant ..3 take|do|cope|anymore ..3 anymore|longer
        no way out
        nothing left|more ..2 live|for|to
        no ..2 hope ..1 left
        i|i'm|im ..2 standing|sitting ..3 bridge|roof|cliff|tracks|ledge|platform
        jump|jumping|throw|throwing|walk|step ..5 bridge|train|roof|window|cliff|tracks|traffic
        letters|note|notes|goodbye* ..4 kids|family|children|behind|everyone|wife|husband|mum|mother
        written|wrote ..3 letters|note|goodbye
        goodbye all|forever|everyone|world
        overdose|pills|tablets ..5 lined|swallow*|ready|counted|stash*|beside|table
        lined|counted|saved|enough|stash* ..4 pills|tablets
        i'm|im done .
        i'm|im|i ..1 done|finished ..2 with everything|life|living|it ..1 all?
        giving|give|given up on ..1 life|living|everything
        sleep ..3 never|forever|not ..2 wake
        not|don't|won't|rather|never ..3 wake ..1 up
        won't|wont|not ..1 be ..1 here|there|around|alive ..1 tomorrow|anymore|much|longer|next|monday|friday|by
        won't|wont be here
        don't|not|won't|if|whether ..3 i'll|i|will|to ..2 make|survive|last ..2 through|the|until|till|this|it ..2 weekend|night|week
        don't|not|won't|if|whether ..3 i'll|i|will|to ..2 make|survive|last ..2 through|the|until|till|this|it ..2 christmas|month|year
        make it through|to|past ..2 weekend|night|week|christmas|month|tomorrow
        tried|attempted|trying ..3 own life|suicide
        tried|attempted|trying to end|kill|hang|take ..1 it|his|her|myself|own|himself|herself
        no ..2 will ..1 to live
        leave|leaving this|the world
        everyone|everybody|family|they|kids|you'd|you'll ..4 be ..1 better ..1 off ..1 without
        it's|its|it'll be ..1 over for me
        life ..2 isn't|not|no ..1 longer? ..1 worth
        won't|wont|not ..2 be around|here ..3 much|longer|tomorrow|anymore|see
        end of|my ..1 my rope|tether
        last|final message|post ..2 from|i|you
        what's|whats|is ..2 the point ..2 anymore|living|life|going
    """,
    dutch="""
        wil|wou ..3 dat ..3 het|alles ..2 stopt|ophoudt|voorbij|over
        er ..2 een|n eind|einde ..1 aan ..3 maken|maak|wil
        zit ..2 er ..2 doorheen
        kan ..2 het|dit ..2 niet ..1 meer ..1 aan
        moe van ..2 leven|vechten
        alles op ..2 rijtje ..1 gezet
        katten|kat|hond|honden|kinderen ..3 ondergebracht
        afscheid genomen
        gas ..2 open* ..4 als|wanneer|vanavond
        gas openzet|opendraait|opendraai|openzetten|opendraaien
        testament ..4 geschreven|gemaakt|klaar
        stop|stopt ..1 met ..1 eten|leven|medicijnen
        afscheid ..2 genomen|brief ..4 kinderen|familie|iedereen|van
        einde|eind aan ..2 zijn|haar|mijn|hun|m'n leven
        er een einde|eind aan ..2 maak*|maken|gemaakt
        maak*|zou|wil ..3 er ..2 einde|eind ..1 aan
        einde|eind aan ..1 maak*|maken|zou
        niks|niets|geen ..3 om|voor ..2 voor|te leven
        reden ..3 om ..2 te leven
        spring*|sprong ..2 van|over|vanaf ..2 balkon|dak|brug|flat|reling
        geen andere uitweg|oplossing
        zwarte|donkere gedachten
        kan ..2 zo ..1 niet ..1 leven|verder
        wil*|wilde|hoef*|hoeft|durf ..5 niet meer|langer ..3 leven|verder|wakker|zijn|bestaan|hier
        niet|niets meer ..2 leven|bestaan
        hoeft ..3 mij ..2 niet meer
        zie*|ziet ..6 niet|niet|geen ..2 zitten
        zie*|ziet ..5 uitweg
        er niet meer ben|is|zijn|was|wil
        beter af|zonder ..5 ben|mij|is|was|me|dood
        van|vanaf ..3 dak|brug|flat|balkon ..2 spring*|af
        spring*|sprong|gooi* ..4 trein|brug|dak|flat|raam|spoor|metro
        voor|onder ..2 trein|metro ..2 spring*|lopen|gooi*|stap*|te|ga
        pillen ..4 liggen|klaar|slikken|genomen|gekocht|ingenomen|gespaard
        geen uitweg
        geen hoop|zin|reden ..2 meer ..3 leven|verder|om
        allemaal|leven|alles ..4 geen zin
        stop ..2 mee ..2 alles|leven
        stop ..2 met|mee ..1 alles|leven
        met alles|leven klaar|gestopt|stoppen
        mezelf|zichzelf ..3 kant|ophang*|snij*|verhang*|doen|aandoen|maken
        van kant
        zelf iets aan|aandoe*
        liever dood
        dood wil*|zijn
        wil* ..3 dood
        weet het ..2 niet ..1 meer
        aan het eind|einde ..2 mijn|latijn
        laatste bericht|berichtje ..2 van|ik
        slapen ..3 niet|nooit ..2 wakker
        niet|nooit ..2 wakker ..1 word*|worden
        morgen|straks|binnenkort|volgende ..4 ben|is|bestaat ..2 er ..3 niet
        ben|is ik|ze|hij er ..3 niet meer
        ben er ..2 morgen ..2 niet
        niet ..2 weet|of ..4 weekend|nacht|kerst|week|maand ..2 haal|red|overleef|doorkom
        weekend|nacht|kerst|morgen ..3 haal|halen|redt|red|overleef
        geprobeerd ..5 eind|einde|leven|zelfmoord
        leven ..3 waard|genomen|benomen|beroofd|benemen
        er ..1 zelf ..2 uitstap*|uitstappen
        liefst ..6 dood|wakker|weg|verdwijnen
        niemand ..3 missen|mist
        iedereen|kinderen|ze ..4 beter af|zonder
        het ..3 hoeft ..2 niet meer
    """,
)
