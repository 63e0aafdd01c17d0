"""What is left to check when all that cannot be is taken away (N4), and what falls away: weighing, wishing, advice, our own name."""

from __future__ import annotations

import pytest

from responders.policy.lines import review_line

CASES = {
    "nl": {
        "lang": "nl",
        "network": "mastodon",
        "brand": "Polderbank",
        "post": "Mijn pas van Polderbank doet niks meer, en de helpdesk neemt niet op.",
        "author": "Ilona",
        "facts": [{"id": "f1", "text": "Door een storing bij Polderbank werkten passen dinsdag niet.", "source": "Storingslog"}],
        "responsible": True,
    },
    "en": {
        "lang": "en",
        "network": "mastodon",
        "brand": "Bluewick",
        "post": "My Bluewick card does nothing any more and the helpdesk does not pick up.",
        "author": "Marcus",
        "facts": [{"id": "f1", "text": "A fault at Bluewick stopped cards on Tuesday.", "source": "Fault log"}],
        "responsible": True,
    },
}


def rules(language: str, sentence: str) -> set[str]:
    return {one["rule"] for one in review_line({**CASES[language], "id": "1", "reply": sentence})["objections"]}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nl", "Uw geld is veilig."),
        ("nl", "Het is geen hack."),
        ("nl", "Creditcards doen het wel gewoon."),
        ("nl", "De lampen op het kantoor zijn stuk."),
        ("nl", "Straks kunt u weer pinnen."),
        ("nl", "Er loopt elk uur iemand langs."),
        ("en", "The phone lines are fine now."),
        ("en", "It's not a cyber attack."),
        ("en", "Your landlord will have a letter from us in the post."),
        ("en", "In the other towns all shops are open."),
        ("en", "You can pay with it again."),
        ("en", "The library gets a new roof."),
    ],
)
def test_what_is_said_of_a_thing_and_told_by_nobody_is_a_claim(language: str, sentence: str) -> None:
    assert "N4" in rules(language, sentence)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nl", "Je schrijft dat je pas niks meer doet."),
        ("nl", "Dat zou niet zo mogen zijn."),
        ("nl", "Uw gegevens hoeft u hier niet te delen."),
        ("nl", "De pas werkte dinsdag niet."),
        ("nl", "Reageren kan gewoon hier."),
        ("nl", "Ik lees dat je pas niets meer doet en de telefoon stil blijft."),
        ("en", "It's Tom."),
        ("en", "Your post can stay where it is."),
        ("en", "The card should have worked."),
        ("en", "I'm sorry that you rang twice and nothing has happened."),
        ("en", "Your card number is something for the form."),
        ("en", "The reasons are at https://bluewick.example/cards."),
    ],
)
def test_what_weighs_wishes_or_only_tells_again_is_none(language: str, sentence: str) -> None:
    assert "N4" not in rules(language, sentence)


def test_a_language_that_is_not_known_has_no_clauses_to_read() -> None:
    line = {**CASES["en"], "lang": "de", "post": "Meine Karte geht nicht.", "id": "1", "reply": "Die Leitungen sind wieder in Ordnung."}

    assert "N4" not in {one["rule"] for one in review_line(line)["objections"]}
