from __future__ import annotations

import tomllib
from importlib.resources import files
from itertools import pairwise

import pytest

from responders.drafters.phrases import COMPLAINTS, SERIOUS
from responders.drafters.vocabulary import SURE, Cues, Reading, languages, vocabulary


def weight(text: str, *cues: str) -> int:
    return Cues(cues).weigh(Reading(text))[0]


def test_dutch_and_english_are_understood() -> None:
    assert ("en", "nl") == languages()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_words_and_phrases_know_the_same_situations(language: str) -> None:
    known = vocabulary(language)

    assert (set(COMPLAINTS) - {"general"}, set(SERIOUS)) == (set(known.situations.names), set(known.serious))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_a_complaint_can_be_about_is_a_situation_and_a_known_noun(language: str) -> None:
    known = vocabulary(language)
    strange = {word for words in known.fitting.values() for word in words if known.noun(word) is None}

    assert known.fitting.keys() <= known.situations.names.keys()
    assert set() == strange


@pytest.mark.parametrize(
    ("cue", "text", "there"),
    [
        ("storing*", "twee storingen vandaag", True),
        ("storing*", "een stroomstoring", False),
        ("*storing*", "een stroomstoring", True),
        ("te laat", "veel te laat hoor", True),
        ("te laat", "laat te", False),
        ("dubbel & betaald", "ik heb dubbel betaald", True),
        ("dubbel & betaald", "betaald, en dubbel", True),
        ("dubbel & betaald", "dubbel feest", False),
        ("tien _ betaald", "tien euro betaald", True),
        ("tien _ betaald", "tien betaald", False),
        ("smell* gas", "it smells gas here", True),
        ("ov*", "ovchipkaart", True),
    ],
)
def test_a_cue_finds_what_its_writing_says(cue: str, text: str, there: bool) -> None:
    assert there is (weight(text, cue) > 0)


def test_longer_cues_weigh_more_and_weak_ones_little() -> None:
    assert [3, 4, 1, 8] == [
        weight("te laat", "laat"),
        weight("te laat", "te laat"),
        weight("te laat", "~laat"),
        weight("te laat", "laat", "te laat", "~te"),
    ]


def test_handles_and_links_are_no_words_of_a_post() -> None:
    assert ("bus", "late") == Reading("@late_bus bus https://late.example/late late").words


def test_a_masked_way_of_speaking_keeps_the_words_in_their_places() -> None:
    reading = Reading("I can't wait for it", ("can't wait ",)[:0] or (" can't wait ",))

    assert " i · · for it " == reading.line
    assert 3 == reading.index(reading.line.index(" for"))


@pytest.mark.parametrize(
    ("word", "head"),
    [("huurfiets", "fiets"), ("restafvalcontainer", "container"), ("kerkstraat", ""), ("fiets", ""), ("x" * 100, "")],
)
def test_a_dutch_compound_takes_after_its_last_part(word: str, head: str) -> None:
    assert head == vocabulary("nl").head(word)


def test_english_has_no_heads() -> None:
    assert {} == vocabulary("en").heads


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("hostile", ["smell", "krijg x ", "doet het ", "a b c ", "@a@b", "http://", "x" * 999 + " "])
def test_a_megabyte_of_anything_is_weighed_and_comes_to_an_end(language: str, hostile: str) -> None:
    known = vocabulary(language)
    reading = Reading(hostile * (1_000_000 // len(hostile)), known.idioms)
    weights = [cues.weigh(reading)[0] for cues in (*known.serious.values(), *known.feelings.values())]
    weights += [weight for _name, weight, _place in known.complaints(reading)]

    assert max(weights) < 30


@pytest.mark.parametrize("language", ["nl", "en"])
def test_all_situations_in_one_look_weigh_what_each_weighs_by_itself(language: str) -> None:
    texts = tomllib.loads((files("responders.drafters") / "words" / f"{language}.toml").read_text("utf-8"))["situations"]
    alone = {name: Cues(phrases) for name, phrases in texts.items()}
    known = vocabulary(language)
    posts = [phrase.replace("_", "x").replace("*", "y").replace("..", "z")[:200] for phrases in texts.values() for phrase in phrases]
    for one, two in pairwise(posts):
        reading = known.read(f"{one} {two}. {one}")
        weighed = [(name, *cues.weigh(reading)) for name, cues in alone.items()]

        assert sorted((found for found in weighed if found[1] >= SURE), key=lambda found: -found[1]) == list(known.complaints(reading))


def test_a_text_without_words_names_nothing() -> None:
    assert () == vocabulary("nl").things(vocabulary("nl").read("?!"))
