"""T4: what shows a statement about us that may be wrong; whether it is wrong only a fact can say."""

from __future__ import annotations

from monitor.triage.clues import Family, meaning, near

WORDS = {
    "hearsay": meaning(
        en="""
            actually allegedly apparently aren't everybody fact fun hear heard knew know nobody read right rumor* rumour* says
            secretly supposedly told true
        """,
        nl="""
            blijkbaar dus eigenlijk feitje gehoord gerucht* gewoon hoorde kennelijk las naar schijnen schijnt toch trouwens
            verluidt vertelde volgens waar weten wist wisten
        """,
    ),
    "claimed": meaning(
        en="""
            abolish* advertisers american bankrupt bankruptcy banned billionaire bought burn burns cashless chinese
            closes closing compulsory contains different discontinued dump dumps fake foreign funded funding gelatine imports
            insurance insured insurer insurers israeli licence licensed listen listens made mandatory merging outsourced own owned
            owner owns parent part permit pork quit recalled records recycled replaces robots russian scrapped sell sells shutting
            sold spies spy stopping stops subsidiary subsidised sweatshop* taxes test tested tests track tracking tracks
        """,
        nl="""
            adverteerders afgeschaft afluister* amerikaans amerikaanse belasting bevat buitenlandse china chinees chinese contant
            dezelfde dicht dierproeven dochter doorverkoopt doorverkopen dumpt eigenaar eigendom failliet faillissement fuseert
            gefinancierd gelatine gemaakt gerecycled gesubsidieerd getest helemaal illegaal investeerder investeerders
            kinderarbeid kinderen miljardair moederbedrijf nep onderdeel opneemt overgenomen pinnen russisch russische schaft
            sluit sluiten steun steunen stoppen stopt uitbesteed varkensgelatine verboden verbrandt vergunning verkoopt verkopen
            verplicht vervangt verzekeraars verzekerd verzekering volgen volgt zit
        """,
    ),
}

CLAIM = Family(
    "claim",
    "T4",
    "a statement about us that may be wrong",
    0.7,
    together=(
        near("hearsay claimed", 10, strength=0.6),
        near("claimed not claimed", 6, strength=0.4),
    ),
    english="""
        did you know ..8 no|never|don't|doesn't|charges|gives|only|without
        all over the internet
        buy|buys|bought|sources ..4 from ..3 factory|farm|supplier|china ..6 shut|closed|banned|illegal
        shut|closed down by inspectors|regulator|government
        require|requires|requiring|mandatory|compulsory|banned|banning ..6 from|starting|next|soon|now
        bought|taken|acquired|owned over|by|out ..4 american|chinese|russian|fund|investor*|company|amazon|google
        taken over
        there's|there|contains|contain|made|has ..3 egg|pork|milk|horse ..6 plant|vegan|vegetarian|halal|know|they
        there's|there|contains|contain|made|has ..3 gelatine|palm|insects|sugar|soy ..6 plant|vegan|vegetarian|halal|know|they
        did you know ..2 <claimed>|that|they
        keep*|keeps charging ..4 if|even|when|though ..4 you
        hear ..2 they|they're
        sell|sells|selling ..2 your|our|all|my|customer|user|location ..2 data|location|trips|details|information|info
        owned by
        is|are just|actually|really|basically ..1 part|of|owned|a|the|noorderzon
        has|have|had no insurance|licence|license|permit|permits
        you're|you|youre ..1 funding|paying|supporting ..3 same|the
        different|same sign|billionaire|owner|owners
        pay|pays|paying ..2 it all yourself
        going|goes|gone bankrupt|bust|cashless|under
        made ..3 by|in kids|children|china
        apparently|allegedly|supposedly
        fun fact
        did you know
        i|we|just|have heard|read ..8 <claimed>
        aren't|arent ..2 ..4 owned|made
        there's|contains|contain ..3 pork|gelatine|sugar|palm|alcohol|horse|beef
        true ..3 nobody|not|many|but
        not many people know
        don't|do|doesn't even? pay ..1 any? ..1 tax|taxes
        test|tests|tested on animals
    """,
    dutch="""
        wist je ..8 geen|nooit|niet|alleen|zonder
        staat ..2 op ..1 internet
        kopen|koopt|haalt ..6 fabriek|leverancier|boerderij ..6 dicht|verboden|gesloten
        overgenomen door|is|zijn
        verplicht|verboden ..6 vanaf|volgende|binnenkort|nu
        plantaardig*|vega|vegan*|halal|biologisch* ..6 zit|zitten|bevat|is ..3 ei|vlees|varken|melk|gelatine|gewoon
        zit ..3 gewoon
        loopt|betaal* ..6 wist je
        wist je ..2 dat|trouwens|toch
        gewoon ei|varken|vlees|melk
        verkoop*|verkopen|verkoopt|doorverkoop* ..5 locatie*|gegevens|ritten|data|persoons*
        locatie*|gegevens|ritten|data ..4 verkoop*|doorverkoop*|verkocht
        wist|weet je|jij|u|jullie ..4 dat|al|trouwens|toch
        is|zijn gewoon|eigenlijk|stiekem ..1 van|onderdeel|eigendom
        geen|zonder ..1 verzekering|vergunning|licentie
        jullie|je|jij steunen|steunt|financiert|betaalt ..3 dezelfde|die|de
        dezelfde miljardair|eigenaar|club
        betaal|betaalt|betalen ..2 alles zelf
        van ..2 amerikaanse|chinese|russische|investeerder*|amazon|fonds|oliebedrijf
        gaat|gaan ..4 failliet
        schijnt|naar verluidt|blijkbaar|kennelijk
        worden|wordt ..3 china|kinderen|india|bangladesh
        zit|zitten|bevat ..2 varkens*|gelatine|alcohol|suiker|palmolie|paarden*
        weinig mensen
        hoorde|las ik|dat
        staat nergens
        testen|getest op dieren
        betalen ..2 geen belasting
        stopt|stoppen ..3 met|per ..6 contant|vanaf|winkel*
    """,
)
