"""How something is said, which turns other clues round: praise meant as blame, and a mere question."""

from __future__ import annotations

from monitor.triage.clues import Family

SARCASM = Family(
    "sarcasm",
    "",
    "praise that is meant as blame",
    0.7,
    english="""
        thanks|thank ..2 for ..3 <awful>|<broken>|sending|making|losing|missing
        worst|miserable|horrible ..3 thanks
        killed my
        <good> ..1 not
        need|needs|should|must|could ..2 better|improve|improvement
        better ..2 than ..1 this
        experienced|had|got better ..4 from|with|at
        thanks|thank|cheers ..2 for ..1 nothing|ruining|wasting|lying|losing|ignoring|cancelling|breaking|making|the delay|another
        well done for|on losing|breaking|ruining
        great job|start|stuff|work losing|to
        classy
        nice one .|lumo
        good luck ..2 getting
        just great|brilliant|perfect|wonderful|lovely|fantastic
        love how|when|that ..2 you|they|it
        how lovely|kind|generous
        oh great|good|joy
        slow clap
        congratulations|congrats on|for ..3 worst|losing|breaking
        not ..2 great|good|happy|impressed|helpful|fun|nice|recommend|perfect
        would be nice|good|great
        wouldn't|won't|never|cannot|can't|don't ..2 recommend
        best ..2 of luck
    """,
    dutch="""
        helaas niet|geen
        niets|weinig|nauwelijks ..2 vriendelijk|hartelijk|lekker|goed
        echt ..1 geen ..1 aanrader
        kan|kon|mag|zou ..2 beter
        verdient|verdienen ..2 geen
        bedankt|dank ..3 voor niks|niets|nop
        fraai|lekker|mooi|fijn|leuk|knap|netjes|goed|handig|top hoor|dan|is|weer|zo|begin
        lekker bezig|dan|man
        wat|hoe fijn|leuk|mooi dat|om
        weer|weer fijn|lekker|leuk
        chapeau hoor
        goeiemorgen|goedemorgen|gefeliciteerd ..2 hoor|ermee
        fijne service|klantenservice|wedstrijd
        niet ..2 fijn|goed|leuk|blij|snel|netjes|mooi|handig|vriendelijk|tevreden|prettig|aanrader
        geen ..2 aanrader|fijne|goede|leuke
        was|waren ..2 beter|leuk geweest
        zou ..3 fijn|leuk|mooi|handig|netjes|goed zijn|wezen
        veel succes
    """,
)

ASKING = Family(
    "asking",
    "",
    "a question about what is offered or allowed",
    0.6,
    english="""
        do|does|did|can|could|would|will|are|is ..1 you|your|i|we|there|the ..4 have|sell|offer|stock|bring|take|use|ride ..16 ?
        do|does|did|can|could|would|will|are|is ..1 you|your|i|we|there|the ..4 carry|allowed|suitable|safe ..16 ?
        do|does|did|can|could|would|will|are|is ..1 you|your|i|we|there|the ..4 cover|include|accept|fall|provide ..16 ?
        am|are i|we allowed
        how|where|when|what ..1 do|does|can|is|are|should i|we|you|the ..16 ?
        is|are there ..12 ?
        anyone|anybody know
    """,
    dutch="""
        hebben|heeft|verkopen|verkoopt|hebt|bieden|biedt jullie|u|je|waalfiets ..16 ?
        kan|mag|kunnen|mogen|zou ik|we|je|mijn|een ..16 ?
        is|zijn ..1 er|het|de|dit|jullie ..16 ?
        hoe|waar|wanneer|wat ..1 kan|moet|kost|is|zijn|zet|zit|lang|laat|vraag ..16 ?
        iemand ..2 tip|tips|weet
    """,
)
