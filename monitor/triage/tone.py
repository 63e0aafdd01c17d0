"""T1, T2, T3 and T9: what shows praise, praise told to others, a rant or joke, and contempt for people."""

from __future__ import annotations

from monitor.triage.clues import Family, meaning, near

WORDS = {
    "good": meaning(
        both="blij fantasti* geniaal happy love nice perfect* super top",
        en="""
            amazing appreciate* awesome beautiful best better brilliant charming cheers class comfy delicious delighted
            enjoy enjoyed enjoying excellent exceptional fab fabulous fast favorite favourite fine friendly fun glad good gorgeous
            grateful great handy helpful heroes honest honestly impressed impressive incredible kudos loved lovely loves neat
            outstanding pleased props recommend recommended shout smooth sorted spotless stunning superb tasty terrific thank
            thanks thx ty win wonderful yummy
        """,
        nl="""
            aangenaam* aanrader attent* bedankt behulpzaam beste blije chapeau compliment* complimenten dank dankbaar dankje
            dankjewel dol eerlijk fantastisch* fijn fijne fijnste gastvrij* genieten genot genoten geweldig* gezellig* goed goede
            handig* hartelijk* heerlijk* hulde ideaal jammie keurig klasse lekker* lekkerste leuk leuke licht lof mooi mooie
            mooiste netjes perfect prachtig* prettig prima proficiat schitterend* schoon smaakvol smakelijk snel snelle superblij
            superfijn tevreden topapparaat topper* toppers topservice uitstekend* verfijnd* verrukkelijk* vlekkeloos* vriendelijk*
            zalig* zonnetje
        """,
    ),
    "thanks": meaning(
        en="appreciate* cheers grateful kudos props thank thanks thx ty",
        nl="bedankt chapeau compliment* complimenten dank dankje dankjewel hulde thanks",
    ),
    "smile": meaning(
        both="❤ 🎉 👍 👏 💙 💚 💛 💜 😀 😁 😃 😄 😊 😍 🙌 🤩 🥰 🧡",
    ),
    "recommend": meaning(
        en="""
            anyone bro check dude everybody everyone folks friend friends go gotta guys ladies lads mate nearby one
            recommend recommended try visit
        """,
        nl="""
            aanraden aanrader allemaal dames doen ga gasten iedereen jongens kijk maat mensen moet moeten probeer proberen tippen
            vrienden
        """,
    ),
    "laughter": meaning(
        both="haha* hehe* hihi* lmao lmfao lol rofl 😂 😆 😹 🤡 🤣",
        en="imagine jk lolz parody satire",
        nl="geintje grapje gvd lachen",
    ),
    "slur": meaning(
        en="""
             braindead cockroaches cretin* degenerate* filth idiots imbecile* inbred lowlife* mongrel* moron* parasites
            retard* scum subhuman vermin
        """,
        nl="""
            achterlijk* apen *apen debiel* hersenloz* idioten imbeciel* inteelt* kankerlijer* kansloze kutvolk mongolen mongool
            ongedierte parasieten randdebiel* teringlijer* tuig tyfuslijer* uitschot
        """,
    ),
    "everyone": meaning(
        en="""
            all another any anybody customers daily employee employees every everyone proof reminder riders they users working
            works
        """,
        nl="alle allemaal die elke gebruikers iedereen klanten medewerkers stelletje werken werknemers werkt",
    ),
}

PRAISE = Family(
    "praise",
    "T1",
    "thanks or praise",
    0.6,
    together=(
        near("good", 0),
        near("thanks", 0, strength=0.7),
        near("smile", 0, strength=0.5),
        near("good service", 6, strength=0.65),
        near("good staff", 6, strength=0.7),
        near("good good", 10, strength=0.7),
    ),
    english="""
        strongly|highly recommend|recommended
        shout out
        unsung
        hats off
        keep it up
        couldn't|can't|cannot ..2 fault|better|happier|recommend
        hats off
        can recommend
        worth every|it|a
        landed|sorted ..4 cheers|thanks
    """,
    dutch="""
        sterk|zeer aanbevolen
        kom*|gaan|keer* ..3 zeker|graag|vast ..3 terug
        tot de|een volgende|gauw
        zijn|haar|het geld waard
        smaakt naar meer
        niks op aan|dan lof
        petje af
        ga zo door
        echt doen|top|aanrader
        gaan ..2 terug
    """,
)

PEERS = Family(
    "peers",
    "T9",
    "praise told to others",
    0.65,
    together=(near("good recommend", 14),),
    english="""
        strongly|highly recommended
        for those|anyone who|that|looking
        you|u have|need|should|must|gotta|got ..1 to ..1 try|get|go|visit|see|one|taste
        go to
        if you're|you|youre ..2 ever|nearby|near|in|around
        tip ..2 if|for
        try|visit|get yours|one|yourself|it|them
    """,
    dutch="""
        sterk|zeer|hartelijk aanbevolen|aanrader
        voor de|wie liefhebbers|zoekt
        tip ..2 voor
        ga|gaan|moet|moeten|kom ..3 kijken|eens|proberen|naar|gasten|doen
        echt doen
        kan hem|haar|het aanraden
        echt een|n aanrader|topapparaat|topper
    """,
)

RANT = Family(
    "rant",
    "T3",
    "a rant, a joke or satire",
    0.6,
    together=(
        near("laughter", 0, strength=0.55),
        near("curse curse", 3, strength=0.7),
        near("curse", 0, strength=0.4),
    ),
    english="""
        new feature ..8 it|works|finally
        escape room
        if ..4 was|were a|an ..2 football|band|song|person|car|dog|movie|animal|planet|drink
        nice try
        like my ex
        is|are like ..1 my
        breaking ..3 unveils|announces|introduces|launches|reveals|confirms|scientists|area|local
        imagine ..1 a|an|if|being
        more like
        roses are red
        unicorn*
        plot twist
        pov|spoiler
        designed|invented|written|built by someone|people|somebody|a who|with
        of the year ..4 goes
        asking for a friend
        clown*|circus
        in other news
        more ..2 than ..6 my ex
        knock knock
        aaa*|argh*|grr*|ugh*
        love is
        told my therapist|gran|dog
        unveils|announces|introduces|launches ..3 new ..6 where|class|standing|called
        if ..6 were|was a ..3 person|movie|food|disease
        anyway .|unicorns
    """,
    dutch="""
        nieuwe functie ..8 hij|het|werkt
        escape room
        als ..5 een voetbalclub|dier|liedje|auto|mens|drankje|film ..2 was|waren
        leuk geprobeerd
        als mijn ex
        is als mijn|een
        stel je voor
        eenhoorn*
        liefde is
        baard ..6 knieen|grijs
        kleinkinderen|pensioen ..4 kreeg|inmiddels|gekregen
        zo traag|langzaam|oud|druk dat
        clown*|circus|poppenkast
        introduceert|lanceert|presenteert|onthult ..2 nieuwe|nieuw ..6 staand|klasse|zonder
        breaking ..3 introduceert|lanceert|presenteert|onthult|ontdekt|bevestigt
        meer iets|een van
        als ..4 een ..3 was|waren|ziekte|film
        mop|moppen
        tja|argh*|pff*|aaah*
        gefeliciteerd met
        vraag ..2 vriend
        rozen zijn rood
        more like
    """,
)

CONTEMPT = Family(
    "contempt",
    "T2",
    "contempt for people, with nothing to put right",
    0.75,
    together=(
        near("slur everyone", 8),
        near("slur staff", 6, strength=0.65),
    ),
    english="""
        how|so dumb|stupid|retarded are|they ..4 today|again|they|people
        weekly|daily thread
        daily reminder|reminder
        put down
        another day ..2 another proof|day|reason
    """,
    dutch="""
        hoe dom|achterlijk zijn|kun
        wekelijkse|dagelijkse draad|topic
        stelletje <slur>|kansloze
        elke dag ..3 lachen
        weer een dag
        opruimen ..2 tuig
    """,
)
