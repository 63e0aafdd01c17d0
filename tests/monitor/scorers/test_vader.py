from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from vaderSentiment.vaderSentiment import BOOSTER_DICT, NEGATE, SPECIAL_CASES, SentimentIntensityAnalyzer

from monitor.contracts import Scorer
from monitor.domain import Label
from monitor.scorers import SCORERS
from monitor.scorers.vader import MIXED_CONFIDENCE, NO_WORDS_CONFIDENCE, VaderScorer
from tests.strategies import hostile_pieces, hostile_texts

SHARED = Path(os.environ.get("GRAPEVINE_SHARED", Path(__file__).parents[4] / "shared")) / "data"

REFERENCE = SentimentIntensityAnalyzer()
SCORER = VaderScorer(REFERENCE)

LEXICON = sorted(REFERENCE.lexicon)
RULE_WORDS = sorted(
    {word for phrase in (*BOOSTER_DICT, *SPECIAL_CASES, *NEGATE) for word in phrase.split()}
    | {
        "but",
        "no",
        "nor",
        "or",
        "never",
        "so",
        "this",
        "without",
        "doubt",
        "least",
        "at",
        "very",
        "kind",
        "of",
        "the",
        "bus",
        "'",
        "x😡",
        "😀",
        "İ",
    }
)
SHAPES: dict[str, Callable[[str], str]] = {"-": str, "U": str.upper, "T": str.title}


def felt_texts() -> st.SearchStrategy[str]:
    """Draw texts made of words that the rules look at, in any case and with any punctuation round them."""
    word = st.sampled_from(LEXICON) | st.sampled_from(RULE_WORDS) | st.sampled_from(RULE_WORDS)
    shaped = st.tuples(word, st.sampled_from("---UT")).map(lambda pair: SHAPES[pair[1]](pair[0]))
    ends = st.sampled_from(("", "", ".", "!", "!!!", "!!!!!!", "?", "??", "????", ","))
    return st.tuples(st.lists(st.tuples(shaped, ends).map("".join), max_size=14), st.sampled_from((" ", "  ", "\n", "\xa0"))).map(
        lambda pair: pair[1].join(pair[0])
    )


def figures(text: str) -> dict[str, float]:
    polarity = SCORER.polarity(text)
    return {"neg": polarity.neg, "neu": polarity.neu, "pos": polarity.pos, "compound": polarity.compound}


@given(felt_texts())
@example("hasnt REVENGEFULNESS DOUBT perverted!")
@example("never so good but good but bad, without doubt at least kind of nice")
@example("no good, no or good, not the bomb, yeah right, so so sort of good")
@example("good but good good bad good")
def test_every_rule_of_the_library_gives_the_same_last_digit(text: str) -> None:
    expected = REFERENCE.polarity_scores(text)

    assert expected == figures(text)


@given(hostile_texts())
@example("")
@example(" \n ")
@example("😡")
@example("a😡b 😀\t😀")
def test_hostile_texts_give_the_same_last_digit(text: str) -> None:
    expected = REFERENCE.polarity_scores(text)

    assert expected == figures(text)


def test_real_tweets_give_the_same_last_digit() -> None:
    files = [SHARED / "mentions" / "airlines.jsonl", SHARED / "sentiment" / "tweeteval_sentiment.jsonl"]
    if not all(file.exists() for file in files):
        pytest.skip(f"the shared data is not at {SHARED}")
    texts = [json.loads(line)["text"] for file in files for line in file.read_text("utf-8").split("\n")[:4_000] if line]

    differing = [text for text in texts if REFERENCE.polarity_scores(text) != figures(text)]

    assert [] == differing


@settings(max_examples=25)
@given(hostile_pieces())
def test_a_text_of_a_megabyte_is_scored_in_one_pass(piece: str) -> None:
    # The library needs minutes for the same: quadratic work would make this test hang.
    [sentiment] = SCORER.score([(("good but bad " + piece) * (1_000_000 // (13 + len(piece))), "en")])

    assert -1 <= sentiment.score <= 1


@pytest.mark.parametrize(
    ("text", "label", "reasons"),
    [
        ("I love this great bike", Label.POSITIVE, ("love +3.2", "great +3.9")),
        ("Terrible, I hate this app", Label.NEGATIVE, ("hate -2.7", "terrible -2.1")),
        ("The app is not good", Label.NEGATIVE, ("good -1.4",)),
        ("The bike stands at the station", Label.NEUTRAL, ("no word of the text is in the list",)),
    ],
)
def test_a_label_comes_with_the_words_that_weighed_most(text: str, label: Label, reasons: tuple[str, ...]) -> None:
    [sentiment] = SCORER.score([(text, "en")])

    assert (label, set(reasons)) == (sentiment.label, set(sentiment.reasons))


def test_the_heaviest_words_come_first_and_there_are_three_at_most() -> None:
    [sentiment] = SCORER.score([("nice good great love horrible", "en")])

    assert ("love", "great") == tuple(reason.split()[0] for reason in sentiment.reasons[:2])
    assert 3 == len(sentiment.reasons)


def test_confidence_is_the_compound_and_low_where_the_words_say_nothing_or_cancel_out() -> None:
    felt, silent, mixed = SCORER.score(
        [("I hate it", "en"), ("The bike is at the station", "en"), ("Some good and some bad: bad, no, good", "en")]
    )

    assert abs(felt.score) == felt.confidence
    assert (Label.NEUTRAL, NO_WORDS_CONFIDENCE) == (silent.label, silent.confidence)
    assert Label.NEUTRAL != mixed.label or MIXED_CONFIDENCE == mixed.confidence


@pytest.mark.parametrize(
    ("language", "reason"), [("nl", "no scorer here knows the language nl"), ("", "the language of the text is not known")]
)
def test_of_another_language_it_says_that_it_does_not_know(language: str, reason: str) -> None:
    [sentiment] = SCORER.score([("Wat een drama, I hate it", language)])

    assert (Label.NEUTRAL, 0.0, 0.0, (reason,)) == (sentiment.label, sentiment.score, sentiment.confidence, sentiment.reasons)


def test_answers_keep_order_and_number_and_name_their_maker() -> None:
    sentiments = SCORER.score([("bad", "en"), ("slecht", "nl"), ("good", "en")])

    assert [Label.NEGATIVE, Label.NEUTRAL, Label.POSITIVE] == [sentiment.label for sentiment in sentiments]
    assert {("vader", version("vaderSentiment"))} == {(sentiment.scorer, sentiment.version) for sentiment in sentiments}
    assert ["en", "nl", "en"] == [sentiment.language for sentiment in sentiments]


def test_it_is_a_scorer_and_is_found_by_its_name() -> None:
    loaded = SCORERS["vader"].load().from_settings(None)

    assert isinstance(loaded, Scorer)
    assert frozenset({"en"}) == loaded.languages


def test_the_library_is_not_imported_before_it_is_used() -> None:
    code = "import sys, monitor.scorers, monitor.scorers.vader; print([m for m in sys.modules if m.startswith('vaderSentiment')])"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "[]" == printed.stdout.strip()
