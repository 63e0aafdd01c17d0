"""T12: what shows that the press is asking."""

from __future__ import annotations

from monitor.triage.clues import Family, meaning, near

WORDS = {
    "media": meaning(
        both="documentaire* documentary journalist* redacteur* redactie*",
        en="""
            bbc broadcast* bulletin chronicle columnist columnists correspondent coverage editors gazette herald
            investigation journalism journo magazine news newsdesk newspaper newsroom radio reporter* reporters segment
            spokesman spokesperson supplement tribune tv weekend
        """,
        nl="""
            bode columnist courant dagblad* dossier eenvandaag gelderlander hoofdredact* journaal *krant krant nieuwsredactie*
            nieuwsuur nos nrc omroep* onderzoeksjournal* onderzoeksverhaal perscontact persdienst persvoorlicht* persvraag
            persvragen reportage* rtl talkshow telegraaf televisie tv uitzending* verslaggever* volkskrant voorpagina weekblad
            woordvoerd* zembla zender
        """,
    ),
    "asks": meaning(
        en="""
            allegations ask asking before call clarify comment confirm contact deadline deny explain include interview questions
            quote reach respond response speak spokesperson statement talk tonight verify
        """,
        nl="""
            bellen bevestigen bronnen commentaar contact deadline hoor horen interview* kant klopt ontkennen
             publiceren reactie reageert reageren spreken standpunt stellen terugbellen terugbelt tip tips
            toelichten toelichting verhaal verklaring vertellen vraag vragen waarom wederhoor woord woordvoerder*
        """,
    ),
}

PRESS = Family(
    "press",
    "T12",
    "the press is asking",
    0.85,
    together=(near("media asks", 10, unless="laughter", strength=0.7),),
    english="""
        piece|story|article|report|segment|it goes|going|is|will ..2 online|live|out|up ..2 at|tonight|tomorrow|today|on
        investigative|investigation ..3 platform|team|desk|journalist|reporter|site|unit
        seen|have|obtained|received ..2 internal|leaked ..1 emails|documents|memo|messages ..8 respond|comment|response|reaction|reply
        internal ..1 emails|documents|memo ..8 respond|comment|response|reaction|care
        care|like|want|wish to respond|comment
        from|at|with the ..2 courier|gazette|herald|tribune|chronicle ..8 ask|question*|call|speak|talk|about
        from|at|with the ..2 observer|echo|argus|bulletin|post|times ..8 ask|question*|call|speak|talk|about
        slot|segment|item|bulletin ..3 on|for ..3 radio|tv|news|show
        we|i need|would|like ..4 reaction|response|statement|comment ..4 from ..3 board|director|ceo|management|you|company|spokes*
        photographer|cameraman|crew ..4 from|for ..3 paper|news|tv|agency
        fact|checking check|checking ..6 story|article|claim|piece
        i'm|i am? a|an|with|from|the ..5 reporter|journalist|editor|correspondent|producer|columnist
        i'm|im|we're with|from|at the ..3 gazette|herald|courier|times|post|tribune|chronicle|news|observer
        i'm|im|we're with|from|at the ..3 telegraph|guardian|echo|mail|star|argus|standard|bbc|bureau
        reporter|journalist|editor|correspondent|producer ..2 here|with|at|from|for|working
        writing|working|covering|researching ..3 a|an|the|this|up|on ..3 documentary|report|episode|column|book|programme
        doing|running|preparing|filming|making ..3 a|an|the|this|up|on ..3 documentary|report|episode|column|book|programme
        story|piece|article|segment|feature|programme|show ..8 statement|side|respond|quote|interview|reach ..6 you|me|your|from
        story|piece|article ..8 statement|side|respond|quote|interview|reach ..6 someone|press|spokesperson|before|by
        segment|feature|programme|show ..8 statement|side|respond|quote|interview|reach ..6 someone|press|spokesperson|before|by
        for ..2 a|an|our|tomorrow's|tonight's|the ..3 story|article|segment|broadcast|programme|documentary|newspaper|feature|bulletin
        on ..1 deadline for|and|.|with|here
        press|media office|officer|team|enquir*|inquir*|questions|contact|desk ..6 call|comment|respond|handle*|reach|email|who|contact
        who|contact|email|your|handles ..4 press|media office|officer|team|enquir*|inquir*|questions|contact|desk
        request for comment
        right of reply
        confirm or deny
        go|going|goes to|on print|press|air
        on|off the record
        include|get|hear|want|like ..3 your ..1 side
        your side of
        spokesperson|spokesman|spokeswoman
        we publish|run|air|broadcast|print
        publish*|publishing ..5 tomorrow|tonight|today|monday|friday
        tomorrow's|sunday's|tonight's paper|edition|show|programme|bulletin|broadcast
        looking to|for speak|talk|hear ..6 passengers|customers|people|staff|anyone
        writing ..2 up for
        is it true ..14 live|air|publish|story|print|broadcast|readers|listeners|viewers
        tv|radio|gazette|herald|courier|tribune|fm here
        go|going|we're live at|in|on|tonight
        looking into ..6 for ..2 investigation|story|piece|article
        put ..2 questions|allegations to
        former|ex|current employees|staff|workers|drivers ..8 supplement|story|piece|article|hear|side|magazine|paper
        love|like|want|happy ..2 to hear your side
        statement ..3 before|by|from|on ..3 your|you|noon|publish|tonight|the
        writing|working|covering|researching ..3 a|an|the|this|up|on ..3 story|piece|article|segment|feature
        doing|running|preparing|filming|making ..3 a|an|the|this|up|on ..3 story|piece|article|segment|feature
        story|piece|article|segment|feature|programme|show ..8 call|comment|contact|speak|talk ..6 you|me|your|from
        story|piece|article|segment|feature|programme|show ..8 call|comment|contact|speak|talk ..6 someone|press|spokesperson|before|by
    """,
    dutch="""
        onderzoeksplatform|onderzoeksredactie|onderzoekscollectief
        stuk|artikel|verhaal|item ..3 gaat|komt|staat ..5 online|live|uit|krant
        interne mails|mail|stukken|documenten|memo ..8 reageren|reactie|reageer|commentaar
        onderzoeksverhaal|onderzoeksjournalist*
        bijlage ..8 spreek|reactie|kant|vragen|bellen|interview*
        van de|het|omroep ..2 bode|courant|krant|gelderlander|dagblad|omroep ..10 vragen|vraag|spreken|reactie|bellen
        item|*item ..3 van|voor|bij ..3 omroep|radio|tv|nieuws|programma|rijnzicht
        reactie ..3 van ..2 directie|bestuur|ceo|woordvoerder|college|wethouder|jullie
        zoeken|zoek we|wij|ik|nog ..3 reactie
        fotograaf|cameraploeg ..4 van|namens ..3 krant|anp|omroep
        ik|hier|wij ..3 journalist*|verslaggever*|redacteur*|programmamaker*|correspondent
        journalist*|verslaggever*|redacteur|redactie ..2 hier|van|voor|bij
        werk ..2 voor ..6 krant|omroep|bode|courant|blad|nos|rtl|programma|redactie|nieuws*|dagblad
        maak|maken|schrijf|schrijven|werk|werken|bezig|draaien ..7 artikel|stuk|reportage|item|uitzending
        maak|maken|schrijf|schrijven|werk|werken|bezig|draaien ..7 documentaire|verhaal|podcast|aflevering|programma|achtergrondverhaal
        voor ..3 artikel|uitzending|reportage|documentaire|programma|item
        voor ..2 krant ..6 zoek|reactie|vraag|contact|reageren|bellen
        woordvoerder|persvoorlicht*|persdienst|perscontact|woordvoering|persvragen
        wederhoor
        reactie ..5 voor ..3 uur|uitzending|artikel|krant
        besteden ..5 aandacht
        we|wij|ik publicer*|publiceer
        te woord staan|staat
        deadline ..3 <number>|uur|vanavond|vanmiddag
        redactie <media>|economie|binnenland|regio|sport
        kunnen|kan|kunt ..3 bevestigen ..3 dat
        bevestigen of ontkennen
        contact met ..2 pers*|woordvoer*
        vanavond|morgen|zondag in|bij ..2 uitzending|krant|journaal
        jullie|uw|je kant ..2 van|horen|.
        hoor|horen ..4 jullie|uw kant
        namens ..3 tv|radio|omroep|krant|fm|nieuws|dagblad|bode|courant
        klopt het dat ..12 live|uitzending|publiceren|krant|artikel|lezers|kijkers|luisteraars
        klopt het dat ..18 live
        gaan ..4 live
        on the record
        oud werknemers|medewerkers ..8 bijlage|artikel|verhaal|kant|hoor
        vragen stellen ..4 aan|over|record
    """,
)
