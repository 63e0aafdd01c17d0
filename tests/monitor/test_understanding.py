"""What a sentence vector adds to the rules, on posts that neither has seen, and how the two are weighed.

`triage_unseen.jsonl` holds 114 invented posts written before the head was first trained: half of them grave and told without naming the
danger, half harmless, many of those in the words of danger ("your update killed my printer"). The rules alone find 54 % of the grave
ones, with false alarms on 12 % of the harmless ones, which are chosen to be hard. What is asserted below is what is reached with both,
not what is wished for: seven of ten are found, and three are not. On everyday tweets to airlines three in a hundred are alarms.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from monitor.domain import Action, History
from monitor.encoding import find_encoder
from monitor.triage import RuleHit, decide, is_clear, kinds, understanding
from monitor.triage.kinds import ABOUT
from monitor.triage.understanding import KINDS, head, understand
from tests.builders import a_brand, a_mention

POSTS = [json.loads(line) for line in (Path(__file__).parent / "triage_unseen.jsonl").read_text("utf-8").splitlines()]
WEIGHTS = Path(understanding.__file__).parent / "weights" / "head.json"
NOTHING = [0.0] * 512


def towards(name: str) -> list[float]:
    """Return a vector that answers for one class far more than for the others."""
    model = head()
    row = model.rows[model.classes.index(name)]
    size = sum(one * one for one in row)
    return [20 * one / size for one in row]


def said(post: dict[str, Any], vector: Any) -> str:
    return next((hit.rule for hit in kinds(post["text"], post["lang"], addressed=post["mentions_us"], vector=vector)), "T1")


def test_what_is_told_without_naming_it_is_found_where_there_is_an_encoder() -> None:
    encode = find_encoder() or pytest.skip("the encoder is not installed")
    vectors = encode([post["text"] for post in POSTS])
    grave = [said(post, vector) == "T12" for post, vector in zip(POSTS, vectors, strict=True) if post["rule"] == "T12"]
    alarms = [said(post, vector) == "T12" for post, vector in zip(POSTS, vectors, strict=True) if post["rule"] != "T12"]
    by_rules = [said(post, None) == "T12" for post in POSTS if post["rule"] == "T12"]

    assert sum(grave) >= 0.7 * len(grave)
    assert sum(grave) >= 1.3 * sum(by_rules)
    assert sum(alarms) <= 0.15 * len(alarms)


def test_the_weights_are_small_and_of_one_shape() -> None:
    model = head()

    assert WEIGHTS.stat().st_size <= 300_000
    assert {512} == {len(row) for row in model.rows}
    assert len(model.rows) == len(model.offsets) == len(model.classes)
    assert {len(model.classes) + 2 * len(KINDS) + 2} == {len(row) for row in model.weights}
    assert set(model.classes) <= ABOUT.keys() | {"T12"}


@pytest.mark.parametrize("family", ["injury", "threat", "despair", "leak", "press"])
def test_a_danger_that_only_the_vector_shows_names_its_family(family: str) -> None:
    first, *_others = understand((), towards(family), ABOUT)

    assert ("T12", ABOUT[family]) == (first.rule, first.about)
    assert first.strength >= round(head().threshold, 2)


def test_a_danger_of_which_the_rules_are_sure_is_never_talked_away() -> None:
    sure, weak = RuleHit("T12", 0.9, "a threat"), RuleHit("T12", 0.5, "a threat")

    assert (True, False) == (is_clear([sure]), is_clear([weak]))
    assert "T12" in [hit.rule for hit in understand((sure,), towards("T1"), ABOUT)]
    assert "T12" not in [hit.rule for hit in understand((weak,), towards("T1"), ABOUT)]


def test_what_the_rules_saw_stays_where_the_vector_sees_more() -> None:
    found = understand((RuleHit("T5", 0.6, "a complaint"),), towards("despair"), ABOUT)

    assert ["T12", "T5"] == [hit.rule for hit in found]


def test_a_place_that_decides_alone_goes_first_whatever_the_vector_says() -> None:
    assert "T13" == understand((RuleHit("T13", 1.0, "a place"),), towards("T1"), ABOUT)[0].rule


def test_a_plain_fact_stays_one() -> None:
    assert () == understand((), towards("T1"), ABOUT)


def test_the_rules_are_heard_before_a_vector_is_needed() -> None:
    text = "De remmen van mijn Waalfiets weigerden, ik lig in het ziekenhuis."

    assert kinds(text, "nl") == kinds(text, "nl", vector=towards("T1")) or not is_clear(kinds(text, "nl"))


def test_a_decision_hears_the_vector() -> None:
    mention = a_mention("nice salad", mentions_us=True)
    decided = decide(mention, "en", None, a_brand(), History(), towards("injury"))

    assert (Action.ESCALATE, "T12") == (decided.action, decided.rules[0])
    assert decide(mention, "en", None, a_brand(), History()).rules[0] != "T12"
