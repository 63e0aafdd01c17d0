"""Mottos and praise of ourselves (N8), jokes and comfort amiss (N9), advice and blame of others (N2): frames, not phrases."""

from __future__ import annotations

import pytest

from responders.policy.lines import review_line

CASES = {
    "nl": {
        "lang": "nl",
        "network": "mastodon",
        "brand": "gemeente Dorrevoort",
        "post": "De groene kliko in de Berkenlaan staat al sinds dinsdag vol, gemeente Dorrevoort!",
        "author": "Ria",
        "facts": [{"id": "f1", "text": "De gemeente heeft de Berkenlaan overgeslagen.", "source": "Wim Terpstra"}],
        "responsible": True,
    },
    "en": {
        "lang": "en",
        "network": "mastodon",
        "brand": "Fellside Buses",
        "post": "The number 12 of Fellside Buses drove straight past me at Kirkby this morning.",
        "author": "Naz",
        "facts": [{"id": "f1", "text": "Fellside Buses gave the driver the wrong list.", "source": "Ian Holt"}],
        "responsible": True,
    },
}
LEAD = {"nl": "Sanne van de gemeente Dorrevoort hier. ", "en": "Jo from Fellside Buses. "}


def rules(language: str, sentence: str) -> set[str]:
    return {one["rule"] for one in review_line({**CASES[language], "id": "1", "reply": LEAD[language] + sentence})["objections"]}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nl", "Dorrevoort: mooi, dichtbij en van iedereen."),
        ("nl", "Bij Dorrevoort geven we alles voor een schone wijk."),
        ("nl", "De inwoner staat bij ons op een."),
        ("nl", "Samen maken we er iets moois van!"),
        ("en", "Fellside: going your way, every day!"),
        ("en", "Our passengers mean the world to us."),
        ("en", "Why not join our club and save up to £200?"),
        ("en", "We appreciate your patience."),
    ],
)
def test_a_motto_or_praise_of_ourselves_is_boilerplate(language: str, sentence: str) -> None:
    assert "N8" in rules(language, sentence)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nl", "Gelukkig had je tijd genoeg."),
        ("nl", "Dat ruikt lekker, he?"),
        ("nl", "Misschien eet de kat hem leeg?"),
        ("nl", "Maden zijn ook huisdieren!"),
        ("en", "At least you had some time to yourself."),
        ("en", "Been waiting for a limousine, have we?"),
        ("en", "The pigeons probably enjoyed your company."),
        ("en", "Patience is a virtue, as they say."),
    ],
)
def test_a_jest_or_comfort_amiss_is_an_aside(language: str, sentence: str) -> None:
    assert "N9" in rules(language, sentence)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nl", "Een telefoontje had veel gedoe bespaard."),
        ("nl", "Het is altijd verstandig om vooraf te bellen."),
        ("nl", "Een uitzendkracht was het vergeten."),
        ("en", "It would have helped to wave."),
        ("en", "It does help to stick your arm out."),
        ("en", "Most customers do not wave in time."),
    ],
)
def test_advice_after_the_fact_and_others_at_fault_are_blame(language: str, sentence: str) -> None:
    assert "N2" in rules(language, sentence)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nl", "Wij hebben de Berkenlaan overgeslagen."),
        ("nl", "Dank dat je het meldt!"),
        ("nl", "Sterkte met de stank!"),
        ("nl", "Heb je er nog vragen over?"),
        ("nl", "Gelukkig is er niemand ziek geworden."),
        ("en", "We gave the driver the wrong list."),
        ("en", "Thanks for telling us!"),
        ("en", "That should not have happened."),
        ("en", "Shout if it drives past you again!"),
        ("en", "Nobody should be left at a stop."),
    ],
)
def test_plain_words_of_this_matter_are_none_of_these(language: str, sentence: str) -> None:
    assert not rules(language, sentence) & {"N2", "N8", "N9"}


@pytest.mark.parametrize(
    ("language", "signature", "motto"),
    [
        ("nl", "Gemeente Dorrevoort, Joost", False),
        ("nl", "Gemeente Dorrevoort, Riolering", False),
        ("nl", "Gemeente Dorrevoort, Team Riolering.", False),
        ("nl", "Gemeente Dorrevoort, Altijd Dichtbij!", True),
        ("nl", "Gemeente Dorrevoort, mooi en dichtbij.", True),
        ("en", "Fellside Buses, Mo", False),
        ("en", "Fellside Buses, going your way.", True),
    ],
)
def test_our_name_and_who_of_us_writes_at_the_end_is_a_signature(language: str, signature: str, motto: bool) -> None:
    assert motto is ("N8" in rules(language, f"We moeten het beter doen. {signature}"))
