"""Where a hint of irony is given, and where not."""

from __future__ import annotations

import pytest

from monitor.scorers.irony import hint


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("en", "Thanks for losing my bag, really.", "thanks for losing"),
        ("en", "Gotta love a four hour wait", "gotta love"),
        ("en", "What a service /s", "/s"),
        ("nl", "Lekker dan, weer geen trein", "lekker dan"),
        ("nl", "Bedankt voor niks!", "bedankt voor niks"),
        ("nl", "Knap hoor, drie monteurs en nog geen licht", "knap hoor"),
        ("nl", "Fijn zo, alweer storing", "fijn zo alweer storing"),
        ("de", "Na toll, die Bahn kommt nicht", "na toll"),
        ("de", "Danke für zwei Stunden Verspätung", "danke für zwei stunden verspätung"),
        ("it", "Bravi #not", "#not"),
    ],
)
def test_praise_for_what_deserves_none_is_pointed_out(language: str, text: str, words: str) -> None:
    assert words == hint(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Thanks for the quick reply, all sorted"),
        ("en", "I love this airline"),
        ("en", "Finally rectified my flight. Thanks again"),
        ("nl", "Wat fijn te horen dat het goed gaat"),
        ("nl", "Dat is mooi, rustgevend en echt"),
        ("nl", "Bedankt voor de snelle hulp!"),
        ("nl", "Heerlijk gegeten, fijne bediening"),
        ("de", "Danke an den netten Schaffner"),
        ("it", "bedankt voor niks"),
        ("en", ""),
    ],
)
def test_plain_praise_is_left_alone(language: str, text: str) -> None:
    assert hint(text, language) == ""


@pytest.mark.parametrize("piece", ["thanks ", "bedankt a ", "love ", "x ", "danke danke"])
def test_a_long_text_of_anything_is_looked_at_in_one_pass(piece: str) -> None:
    for language in ("en", "nl", "de"):
        assert isinstance(hint(piece * 100_000, language), str)
