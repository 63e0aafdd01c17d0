from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from monitor.settings import ReplyTemplates
from monitor.settings.lines import find_lines
from responders.drafters.phrases import BLANK, COMPLAINTS, PhraseError, Phrases, check_templates, parse
from tests.responders.drafters.shared import packaged_templates

ROOT = Path(__file__).parents[3]


def filled(text: str, *, formal: bool = False, plural: bool = False, optional: bool = True, **values: str) -> str:
    return parse(text).fill(values, formal=formal, plural=plural, optional=optional)


def mistakes(language: str = "nl", **changes: Any) -> list[str]:
    """Return the mistakes in the packaged file after these changes; a value of None takes a key away."""
    sections = {**packaged_templates()[language].sections, **changes}
    kept = {key: value for key, value in sections.items() if value is not None}
    return [f"{one.key}: {one.problem}" for one in check_templates(ReplyTemplates(language, Path(f"{language}.toml"), kept))]


def with_phrase(part: str, text: str, key: str = "any", language: str = "nl") -> list[str]:
    section = packaged_templates()[language].sections[part]
    return mistakes(language, **{part: {**section, key: [text]}})


def test_a_blank_takes_its_value_and_a_capital_begins_it_large() -> None:
    assert "De bus: de bus" == filled("{Subject}: {subject}", subject="de bus")


def test_a_blank_without_a_value_stays_a_visible_blank() -> None:
    assert f"Hallo {BLANK}" == filled("Hallo {name}")


def test_an_optional_stretch_goes_with_its_blank() -> None:
    assert ["op de bus", "op de bus in Lent", "op de bus"] == [
        filled("op {subject}[ {where}]", subject="de bus"),
        filled("op {subject}[ {where}]", subject="de bus", where="in Lent"),
        filled("op {subject}[ {where}]", subject="de bus", where="in Lent", optional=False),
    ]


def test_choices_follow_the_form_of_address_and_the_number() -> None:
    text = "{je|u} ziet dat {subject} kapot {is/zijn}[{ {je|u}}]"[:40]

    assert ["je ziet dat het kapot is", "u ziet dat ze kapot zijn"] == [
        filled("{je|u} ziet dat {subject} kapot {is/zijn}", subject="het"),
        filled("{je|u} ziet dat {subject} kapot {is/zijn}", formal=True, plural=True, subject="ze"),
    ]
    assert text.startswith("{je|u}")


def test_a_value_is_never_read_as_a_phrase() -> None:
    assert "op {who} [x] {je|u}" == filled("op {subject}", subject="{who} [x] {je|u}")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{subjct} kapot", "did you mean {subject}?"),
        ("{qqqqqq}", "blanks are"),
        ("{}", "blanks are"),
        ("{a|b|c}", "two wordings"),
        ("{subject", "without its partner"),
        ("subject}", "without its partner"),
        ("[ {where}", "without its ]"),
        ("a ] b", "without its partner"),
        ("[ [ {where}] ]", "without its partner"),
        ("[ nothing]", "holds no blank"),
    ],
)
def test_a_phrase_that_cannot_be_used_says_what_would_be_right(text: str, problem: str) -> None:
    with pytest.raises(PhraseError) as raised:
        parse(text)

    assert problem in str(raised.value)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_packaged_phrases_hold_no_mistake(language: str) -> None:
    assert [] == mistakes(language)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_sample_configuration_holds_the_packaged_phrases(language: str) -> None:
    packaged = ROOT / "responders" / "drafters" / "replies" / f"{language}.toml"
    sample = ROOT / "config" / "sample" / "replies" / f"{language}.toml"

    assert packaged.read_bytes() == sample.read_bytes()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_complaint_can_be_said_without_any_circumstance(language: str) -> None:
    phrases = Phrases(packaged_templates()[language])
    silent = [name for name in COMPLAINTS if not any(not phrase.needed for phrase in phrases.variants("complaint", name))]

    assert ["general"] == silent


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_packaged_phrase_about_a_complaint_cheers(language: str) -> None:
    cheering = [
        text
        for part, section in packaged_templates()[language].sections.items()
        if isinstance(section, dict)
        for texts in section.values()
        for text in texts
        if "!" in text or "serieus" in text or "seriously" in text or "ongemak" in text or "inconvenience" in text
    ]

    assert [] == cheering


def test_a_part_serves_a_situation_or_any() -> None:
    phrases = Phrases(packaged_templates()["nl"])

    assert phrases.variants("unknown", "outage") == phrases.variants("unknown", "any") != phrases.variants("unknown", "lost")
    assert () == phrases.variants("private", "late")


def test_a_mistake_names_file_line_and_key() -> None:
    text = 'still = "nog"\n\n[opening]\nany = [\n  "Hallo, {who}.",\n  "Hallo, {wie}.",\n]\n'
    templates = ReplyTemplates("nl", Path("config/replies/nl.toml"), tomllib.loads(text), find_lines(text))
    found = next(one for one in check_templates(templates) if one.key.startswith("opening"))

    assert ("config/replies/nl.toml", 6, "opening.any[2]") == (found.file, found.line, found.key)
    assert "{wie}" in found.problem


def test_the_source_of_a_promise_is_the_users_own_file() -> None:
    assert "config/replies/nl.toml" == Phrases(packaged_templates()["nl"]).source


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (lambda: mistakes(greeting={"any": ["Hoi"]}), "greeting: is unknown"),
        (lambda: mistakes(openning={"any": ["Hoi"]}), "openning: is unknown; did you mean opening?"),
        (lambda: mistakes(opening=None), "opening: is missing; add [opening]"),
        (lambda: mistakes(come_back_within=None), "come_back_within: is missing"),
        (lambda: mistakes(come_back_within=3), "come_back_within: must be a text"),
        (lambda: mistakes(come_back_within=" "), "come_back_within: must be a text"),
        (lambda: mistakes(speaks_as="het team van {complaint}"), "speaks_as: the blank {complaint} has no value here"),
        (lambda: mistakes(opening="Hoi"), "opening: must be a section [opening]"),
        (lambda: mistakes(opening={"lost": ["Hoi, {who}."]}), 'opening: needs any = ["…"]'),
        (lambda: mistakes(opening={"any": []}), "opening.any: must be a list"),
        (lambda: mistakes(opening={"any": "Hoi"}), "opening.any: must be a list"),
        (lambda: mistakes(opening={"any": [""]}), "opening.any[1]: must be a text"),
        (lambda: mistakes(opening={"any": [7]}), "opening.any[1]: must be a text"),
        (lambda: with_phrase("regret", "Sorry", key="losst"), "regret.losst: is no situation; did you mean lost?"),
        (lambda: with_phrase("ask", "Hoe laat?", key="lost"), "ask.lost: is no situation"),
        (lambda: with_phrase("complaint", "dat {complaint}", key="late"), "complaint.late[1]: the blank {complaint} has no value here"),
        (lambda: with_phrase("regret", "Sorry dat je wachtte"), 'regret.any[1]: "je" stands outside a choice'),
        (lambda: with_phrase("regret", "Sorry[ voor uw {subject}]"), 'regret.any[1]: "uw" stands outside a choice'),
        (lambda: with_phrase("regret", "Sorry {"), "regret.any[1]: a { without its partner"),
    ],
)
def test_each_mistake_in_a_file_is_told(found: Any, expected: str) -> None:
    told = found()

    assert [expected] == [one[: len(expected)] for one in told]


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("Sorry voor {subjekt} en {wie}", ["the blank {subjekt} is unknown", "the blank {wie} is unknown"]),
        ("Sorry[ voor {subjekt}], {a|b|c}", ["the blank {subjekt} is unknown", "{a|b|c} must hold two wordings"]),
        ("Sorry {wie}, je kunt ] {", ["the blank {wie} is unknown", "a ] without", "a { without", '"je" stands outside']),
        ("Sorry dat je en uw en je wachtte", ['"je" stands outside', '"uw" stands outside']),
        ("Sorry {wie} en {wie}", ["the blank {wie} is unknown"]),
    ],
)
def test_all_that_is_wrong_in_one_phrase_is_told_at_once(phrase: str, expected: list[str]) -> None:
    told = [one.removeprefix("regret.any[1]: ") for one in with_phrase("regret", phrase)]

    assert expected == [one[: len(start)] for one, start in zip(told, expected, strict=True)]


def test_each_blank_without_a_value_at_its_place_is_told() -> None:
    told = mistakes(speaks_as="het team van {complaint} en {source}")

    assert ["speaks_as: the blank {complaint} has no value here", "speaks_as: the blank {source} has no value here"] == told


def test_english_may_write_u_as_it_likes() -> None:
    assert [] == with_phrase("regret", "Sorry, u know", language="en")


def test_a_file_older_than_a_kind_of_complaint_words_it_as_the_package_does() -> None:
    section = dict(packaged_templates()["nl"].sections["complaint"])
    del section["passed_by"]
    older = ReplyTemplates("nl", Path("nl.toml"), {**packaged_templates()["nl"].sections, "complaint": section})

    assert () == check_templates(older)
    assert Phrases(packaged_templates()["nl"]).variants("complaint", "passed_by") == Phrases(older).variants("complaint", "passed_by")


def test_in_a_language_that_the_package_does_not_word_every_complaint_is_needed() -> None:
    sections = packaged_templates()["en"].sections
    section = {key: texts for key, texts in sections["complaint"].items() if key != "passed_by"}
    found = check_templates(ReplyTemplates("fy", Path("fy.toml"), {**sections, "complaint": section}))

    assert ['needs passed_by = ["…"]'] == [one.problem for one in found]
