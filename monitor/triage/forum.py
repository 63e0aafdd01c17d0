"""T11: what shows that a complaint is carried at a third party."""

from __future__ import annotations

from monitor.triage.clues import Family, meaning, near

WORDS = {
    "forums": meaning(
        both="klachtenforum* opgelicht tripadvisor* trustpilot*",
        en="""
            adr arbitration bbb cfpb consumerist feefo glassdoor moneysavingexpert ombudsman*
            ombudsperson reevoo resolver tripadvisor watchdog yelp
        """,
        nl="""
            consumentenbond* consuwijzer geschillencommissaris geschillencommissie* huurcommissie kieskeurig kifid
            klachtencommissie* klachtenkompas* meldpunt ombudsman* opgelicht opgelicht radar rambam skgz tros zoover*
        """,
    ),
    "review": meaning(
        en="rating review reviews star stars",
        nl="beoordeling* recensie* review* ster sterren",
    ),
    "posted": meaning(
        en="leave left post posted up written wrote",
        nl="achtergelaten geplaatst geschreven plaats schrijf staat",
    ),
}

FORUM = Family(
    "forum",
    "T11",
    "the complaint is carried at a third party",
    0.8,
    together=(
        near("forums", 0),
        near("review posted", 8, strength=0.7),
    ),
    english="""
        which ? is|says|report*|magazine|warn*|investigat*|test*|to|should|consumer
        better business bureau
        consumer ..1 protection|champion|programme|program|affairs|reports|rights|association|council|watchdog
        one|1|zero|two star|stars review|rating
        one|1 star review
        chargeback
        citizens advice
        taken|take|taking|going|gone|went|escalated ..3 to ..2 ombudsman|bbb|arbitration|watchdog|press_forum
        review is|are up|live|posted
        dispute|disputes resolution|committee|body|panel
        rip off britain
    """,
    dutch="""
        bij|naar|via|aan|door kassa|radar|max|rambam|meldpunt
        kassa|radar|rambam zou*|moet|uitzending|programma|besteed*|bericht*|waarschuw*|onderzoek*|heeft|gaat
        max meldpunt
        meldpunt
        <number> ster|sterren
        recensie ..5 staat|online|trustpilot|google
        consumentenprogramma|consumentenorganisatie|consumentenbond
        geschillen*
        nationale|gemeentelijke ombudsman
    """,
)
