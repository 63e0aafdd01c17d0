"""Pressure by its frame (N10): what would become of the author's words, and what hangs on it."""

from __future__ import annotations

import pytest

from responders.policy.leverage import leans
from responders.policy.reading import read
from tests.responders.policy.judging import rules


def leaning(text: str) -> bool:
    return any(leans(sentence) for sentence in read(text).sentences)


@pytest.mark.parametrize(
    "text",
    [
        "Het zou ons helpen als dit niet langer online stond.",
        "Een wat vriendelijker versie van uw bericht zouden we op prijs stellen.",
        "Voor een positief bericht hierover hebben we een cadeaubon klaarliggen.",
        "Dit hoort niet op sociale media.",
        "Graag verwijderen.",
        "Zolang dit online staat, kunnen we over een vergoeding niet praten.",
        "Wie onze medewerkers zo beschuldigt, hoort van onze jurist.",
        "Let een beetje op wat je over ons rondstrooit.",
        "Als de sterren omhoog gaan, krijg je iets extra's.",
        "Could this come off your feed in the meantime?",
        "Once it's deleted we can arrange a meeting.",
        "Perhaps you could rephrase the bit about the driver?",
        "Such claims can have consequences.",
        "Provided this stays between us, we can look at a bursary.",
        "Tread carefully.",
        "It would be in your interest to let this go quiet.",
        "Could you take 'nice one' out?",
        "We'd be far more comfortable if the post were hidden first.",
        "A gentler wording is something we'd appreciate.",
        "Warmer words would be welcome.",
    ],
)
def test_what_leans_on_the_author_is_found(text: str) -> None:
    assert leaning(text)


@pytest.mark.parametrize(
    "text",
    [
        "Je bericht mag van mij gewoon blijven staan.",
        "Wij vragen je niet om dit bericht weg te halen.",
        "Zet je adres niet onder dit bericht.",
        "Kun je me hier vertellen welke tram het was?",
        "Een positief bericht hoeft echt niet.",
        "De lijn was down en nu niet meer.",
        "We vonden dat onze toon vriendelijker moest.",
        "Your post can stay exactly as it is.",
        "Please reply under this post.",
        "Could you tell me which line it was?",
        "Keep your order number out of this thread, please.",
        "Your post is accurate, so thank you.",
        "We should not have shared this.",
        "The chat was down that day.",
        "You can take this to the ombudsman.",
        "From Monday a softer hinge can be fitted at home.",
        "Warmer rooms are ready for you from Friday.",
    ],
)
def test_what_leaves_their_words_to_them_is_not(text: str) -> None:
    assert not leaning(text)


@pytest.mark.parametrize(
    "text",
    [
        "Please keep the little ones off for now: the swing itself came down on Tuesday and the new chain is going on this Friday.",
        "The thread has been open again since the 26th, so please do repeat there what you'd said.",
    ],
)
def test_a_day_and_a_reopened_thread_ask_for_nothing_to_go(text: str) -> None:
    assert all(leans(sentence) is None for sentence in read(text).sentences)


@pytest.mark.parametrize("text", ["We'd like this post to be gone by Friday.", "We'd like your story to be gone this week."])
def test_a_post_that_is_to_go_by_a_day_is_asked_away(text: str) -> None:
    assert any(leans(sentence) for sentence in read(text).sentences)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Maandag haalt de ploeg hem weg.", False),
        ("Vrijdag haalt onze aannemer die borden weg.", False),
        ("Wij zien graag dat u dit weghaalt.", True),
        ("Haalt u dat bericht alstublieft weg.", True),
        ("Haal die recensie even weg.", True),
    ],
)
def test_who_takes_what_away_tells_whether_the_author_is_asked_to(text: str, asked: bool) -> None:
    assert asked == ("N10" in rules(text, "nl"))


@pytest.mark.parametrize(("text", "heard"), [("The rest I don't know yet.", False), ("Could you leave out the rest, 'cowboys'?", True)])
def test_an_apostrophe_quotes_nothing(text: str, heard: bool) -> None:
    assert heard == ("N10" in rules(text, "en"))
