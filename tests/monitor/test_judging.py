from __future__ import annotations

from monitor.domain import Label, Sentiment
from monitor.judging import TOGETHER, Judge, explained, in_words

JUDGE = Judge()


def test_lines_are_answered_in_order_and_number_and_a_bad_one_by_its_error() -> None:
    lines = [JUDGE.read_line({"id": number, "text": "What a mess", "lang": "en"}) for number in range(TOGETHER + 3)]
    lines[5] = {"id": None, "line": 6, "error": "ValueError: not JSON"}
    answered = list(JUDGE.score_lines(lines))

    assert [None if number == 5 else number for number in range(TOGETHER + 3)] == [line["id"] for line in answered]
    assert lines[5] == answered[5]
    assert {"negative"} == {line["label"] for line in answered if "error" not in line}


def test_the_language_of_a_line_is_believed_where_a_scorer_reads_it() -> None:
    stated, found = (JUDGE.score_line({"text": "Best wel prima geregeld hoor", "lang": lang}) for lang in ("nl-NL", "xx"))

    assert ("nl", "nl") == (stated["language"], found["language"])


def test_a_scorer_that_knows_no_chances_ranks_by_its_score() -> None:
    judge = Judge()
    judge.scorers = [scorer for scorer in JUDGE.scorers if scorer.name == "vader"]
    [known] = judge.score_lines([judge.read_line({"text": "This is awful", "lang": "en"})])
    [unknown] = judge.score_lines([judge.read_line({"text": "Het regent vandaag wel erg hard", "lang": "nl"})])

    assert round((1 - known["score"]) / 2, 4) == known["p_negative"]
    assert None is unknown["p_negative"]
    assert [] == judge.explain("This is awful")


def test_an_explanation_names_words_and_cannot_steer_the_terminal() -> None:
    lines = explained([("awful\x1b[2J", 1.5), ("fine", -0.25), ("the", 0.0)])

    assert 2 == len(lines)
    assert lines[0].startswith("  +1.50  awful")
    assert not any("\x1b" in line for line in lines)


def test_what_is_not_known_is_said_so() -> None:
    assert in_words(Sentiment(Label.NEUTRAL, 0.0, 0.0, "model", "1", "", ("nothing",))).startswith("not known (language unknown)")
