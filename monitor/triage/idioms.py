"""Figures of speech and other harmless uses, whose words are taken out of a text before it is judged.

A line that begins with "+" is praise as a whole, one that begins with "-" is blame.
"""

from __future__ import annotations

IDIOMS = {
    "en": """
        fall guy|out
        arm|arms|leg|legs|back|foot|feet|nose of ..2 chair|sofa|table|desk|bed|couch|bench|armchair|stool|cabinet|glasses|plane|doll
        chair|sofa|table|desk|bed|couch|bench|armchair|stool|cabinet|doll ..2 with ..1 broken|cracked|snapped|bent arm|leg|back|foot
        no problem|problems|worries
        can't wait
        file|filed|filing a|the? claim
        runs|ran out
        glass top|bottle*|doors|frame|lens*
        blood ..1 boiling|boils
        killed|kills my|the|our ..1 chance*|mood|vibe|battery|plan*|trip
        tonight on tv|television|bbc
        murderous heat
        drove ..2 past ..2 stop
        killing|kills|kill me
        kill|murder for
        kill|murder a burger|pizza|beer|pint|coffee|curry|kebab|sandwich
        i'd kill|murder
        - sick of
        sick beat*
        sick and tired
        + to die for
        dying to|for
        nearly|almost died laughing
        nearly|almost died of embarrassment|shame|boredom|laughter
        die|died|dying|dead laughing|laugh*|inside
        die|died|dying of boredom|laughter|embarrassment|shame|cringe|hunger|thirst|curiosity
        so|embarrassed i ..2 could die
        i'm|im|i|am dead
        phone|battery|app|site|line|laptop|chat|screen|tablet|link|account ..2 died|dead|dies|dying
        dead slow|serious|easy|simple|end|line|good|quiet|tired|on|weight|cheap|zone
        drop dead
        whoever killed
        gave|give|gives|giving|nearly|almost ..4 heart attack
        heart broken|breaks|breaking|broke
        broke|breaks|broken|breaking my|our heart
        break a|the leg|bank|ice
        costs|cost an arm
        he's|she's|they're|you're|he|she|team|band|chef|kitchen ..2 on fire
        fire tonight|lately|🔥
        fired up
        fire sale|away|drill|stick
        fire brigade|department|service ..6 drill|exercise|open|visit|training
        + the bomb
        + is|was|were|are ..1 killer
        + died|dead of excitement|joy|happiness
        bath|photo|sex|f bomb
        shoot|shot me|an|us|over|you ..1 an|a|email|message|dm|text|line
        photo|video|film shoot|shoots
        screen shot
        killed it on|tonight|today|last|out|again
        - crime against
        it's|its|is|be criminal how|that
        - daylight|highway robbery
        brand new
        by accident
        happy accident
        blood pressure|orange|type
        bloody hell|hopeless|brilliant|awful|good|great|useless|joke|phone|app
        pain in the|a ..2 ass|arse|neck|butt|backside|bum
        pain point|points
        head over|office|start|quarters
        headed
        tennis|food|squash|badminton|basketball court
        court side|yard|date
        is|are ..1 it legal
        legal ..1 clinic|tender|age
        ask a solicitor
        reporter of
        track record
        deadline is|was ..3 monday|friday|today|tomorrow|for
        hands down
        on the|one other|one hand
        on one hand
        hand luggage
        foot print
        face value|mask
        hurt my|your brain|wallet|eyes
        eyes on
        cold food|coffee|fries|burger|pizza
        hot mess
        baby shower
        sex appeal
        burning question
        burn through
        smoke screen
        train wreck
        car crash tv|of
        app|site|website|server|browser|page|computer|laptop ..2 crash*
        crash* ..3 app|site|website|server|browser|checkout|basket
        shock horror
        not your fault
        nobody|noone|no one? ..1 ..1 hurt|injured
        minus points
        like cattle
        breaking news
        scream* children
        jump through|on|the|ship hoops|queue|ship|line
        so ..2 could|i cry
        sue from|and
        kick|kicks|kicked|kicking butt|ass
        fingers crossed
        got|get|gets|was|were|been|being|line|call|then cut off
        cutting it
        broken|broke|split up
        in danger of
        reporter|lawyer|nurse|journalist|doctor|solicitor by day
        within ..3 feet of the
        threw|throwing|throw ..3 out the window
        media team
        illegal activity|immigrant*
        heads up
    """,
    "nl": """
        arm|armen|been|benen|rug|voet|oor|neus van ..2 stoel|tafel|bank|bed|bril|kast|lamp|fauteuil|bureau|pop|vliegtuig
        stoel|tafel|bank|bed|bril|kast|lamp|fauteuil|bureau|pop ..2 met ..1 gebroken|kapotte|afgebroken arm|been|rug|voet|oor
        geen probleem|enkel|punt
        absoluut geen probleem
        op het eerste|tweede verdiep|gezicht|oog
        pijn in het hart
        hart ..1 zeer|sneller
        met ..1 oog op
        oog voor|op|voor
        in ..1 gevaar brengt|brengen
        afscheid van
        mijn|m'n bloed kookt
        glas plaat
        moordhitte
        vanavond op tv|televisie|npo
        - reed ..3 voorbij
        om zeep
        dodelijk saai|vermoeiend|traag|irritant
        schaam|lach|schrik|lachen|schrok|erger|verveel|verveelde|lachte ..3 dood|rot|kapot|ziek
        dood|dode hoek|moe|simpel|gewoon|spoor|leuk
        + om ..1 te sterven zo|van
        + moordend lekker|goed|mooi
        + ziek|zieke lekker*|goed*|mooi*|vet
        sterf|sterven|doodgaan van|zo ..1 de? ..1 honger|kou|lachen|dorst|verveling|nieuwsgierigheid
        telefoon|accu|batterij|app|lijn|laptop|verbinding ..2 dood
        bloedmooi|bloedheet|bloedserieus
        ziek|zieke veel|hard
        - ziek|doodziek van ..3 wachtmuziek|wachten|reclame*|gezeur|gedoe|app|storing*|smoesjes|muziek|bandje|systeem|vertraging*|wachtrij
        breekt mijn hart
        mijn|m'n hart breekt|brak
        hartaanval van ..3 prijs|prijzen|rekening|bedrag|schrik
        per ongeluk
        gelukkig ongeluk
        gewoon|pure diefstal
        is ..1 diefstal
        - misdaad tegen
        brand los
        brandweer oefen*
        brandweer ..4 open|oefening|bezoek|dag
        + een|n bom van
        niemand|geen gewond*|letsel
        advocaat met|slagroom|likeur|ijs
        rook worst
        rookworst
        het hoofd|in|boven
        hoofd koel|office|letter
        koppie koffie
        aan de hand
        uit de hand lopen|gelopen|loopt
        met open|beide armen|benen
        handen ..2 vol
        op eigen benen
        onder de arm
        in het oog springend*|lopend*
        gevaarlijk lekker|goed|verslavend
        schiet ..1 nou|eens op
        opschieten
        zo trots|blij
        schok* ..1 schattig
        kapot ..1 van
        schieten ..3 foto*
        snij* ..1 mes
        koude rilling*
        als een tierelier
        harde klap
        zich rot
        goed|beter|lekker in ..1 vel
        zo ..1 ziek
        is ..1 het legaal
        hoogspanning staan
        dodenherdenking
    """,
}
