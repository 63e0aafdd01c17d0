"""What a clause declares that no fact tells (N4), and what looks like it and tells nothing."""

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
        ("nl", "Nergens is geld verdwenen."),
        ("nl", "Je gegevens zijn nooit in gevaar geweest."),
        ("nl", "Gezondheidsrisico's zijn er niet."),
        ("nl", "Dit overkwam alleen klanten in Zwolle."),
        ("nl", "Vanaf volgende maand staan er extra mensen klaar."),
        ("nl", "Onze directeur heeft de leverancier aangeschreven."),
        ("nl", "Ik heb uw dossier er net even bij gepakt."),
        ("nl", "Wij controleren de lijnen elk uur."),
        ("nl", "Bellers horen voortaan een bandje."),
        ("nl", "Je houdt er niets aan over."),
        ("en", "At no point was anybody in danger."),
        ("en", "Nothing on your account was affected."),
        ("en", "The contractor had the wrong drawings."),
        ("en", "My colleagues in Lisbon were shown the video."),
        ("en", "It's sitting in our Inverness depot."),
        ("en", "We test every line each night."),
        ("en", "This only happened in two streets."),
        ("en", "I'll write to your employer myself."),
        ("en", "I've just looked your order up."),
    ],
)
def test_a_plain_statement_that_no_fact_carries_is_objected_to(language: str, sentence: str) -> None:
    assert "N4" in rules(language, sentence)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nl", "Een pas die niks doet, daar wordt niemand vrolijk van."),
        ("nl", "Rijdt er weer een voorbij, laat het me hier weten."),
        ("nl", "Wat de helpdesk zei, weet ik niet."),
        ("nl", "Dat had niet mogen gebeuren."),
        ("nl", "Ik beloof geen snelle afloop."),
        ("nl", "Zulke dingen horen niet te gebeuren."),
        ("nl", "Door een storing bij ons werkte je pas dinsdag niet."),
        ("en", "A refund doesn't give you that morning back."),
        ("en", "Nobody should have to ring three times."),
        ("en", "What happened at the desk I don't know yet."),
        ("en", "'Try again tomorrow' is no answer."),
        ("en", "I can't promise it never happens again."),
        ("en", "A fault of ours stopped your card on Tuesday."),
    ],
)
def test_what_weighs_wishes_or_repeats_declares_nothing(language: str, sentence: str) -> None:
    assert "N4" not in rules(language, sentence)
