"""What likeness to our labelled posts adds to the rules, on posts that neither has seen, and how the two are weighed.

`triage_unseen.jsonl` holds three batches of invented posts, half of them grave and told without naming the danger, half harmless, many of
those in the words of danger ("your update killed my printer"). None was trained on. The first batch was looked at while choosing, the
others when everything was chosen: docs/decisions/0019-likeness.md. What is asserted below is what is reached, not what is wished for.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from monitor import likening
from monitor.domain import Action, History
from monitor.likening import find_likeness
from monitor.scorers import likeness
from monitor.scorers.e5 import EARLY, LAYERS
from monitor.scorers.likeness import Likeness, load_likeness, load_seer
from monitor.triage import RuleHit, decide, kinds, understanding
from monitor.triage.form import MOST, form
from monitor.triage.kinds import ABOUT
from monitor.triage.understanding import KINDS, by_kind, head, is_free, likeliest, peaks, understand
from tests.builders import a_brand, a_mention

POSTS = [json.loads(line) for line in (Path(__file__).parent / "triage_unseen.jsonl").read_text("utf-8").splitlines()]
WEIGHTS = Path(understanding.__file__).parent / "weights" / "head.json"
LIKENESS = Path(understanding.__file__).parents[1] / "scorers" / "weights" / "likeness.npz"
TURNED = LIKENESS.with_name("turned.npz")


PLAIN = form("a word about you")
PARTS = ("into", "out", "wide", "thin")


def towards(name: str) -> list[float]:
    """Return the answers of a text that is like one class and unlike the others, and of which net and turned layers say the same."""
    classes = head().classes
    told = [1.2 if one == name or (one == "T12" and not name.startswith("T")) else -1.0 for one in classes]
    return [*told, *[-0.1 if one == name else -5.0 for one in classes[:-1]] * 2]


def said(post: dict[str, Any], likeness: Any) -> str:
    return next((hit.rule for hit in kinds(post["text"], post["lang"], addressed=post["mentions_us"], likeness=likeness)), "T1")


def test_what_is_told_without_naming_it_is_found_where_there_are_encoders() -> None:
    liken = find_likeness() or pytest.skip("an encoder is not installed")
    answers = liken([post["text"] for post in POSTS])
    grave = [said(post, answer) == "T12" for post, answer in zip(POSTS, answers, strict=True) if post["rule"] == "T12"]
    alarms = [said(post, answer) == "T12" for post, answer in zip(POSTS, answers, strict=True) if post["rule"] != "T12"]
    by_rules = [said(post, None) == "T12" for post in POSTS if post["rule"] == "T12"]

    assert sum(grave) >= 0.8 * len(grave)
    assert sum(grave) >= 2 * sum(by_rules)
    assert sum(alarms) <= 0.05 * len(alarms)


def test_figures_of_speech_page_nobody_where_there_are_encoders() -> None:
    liken = find_likeness() or pytest.skip("an encoder is not installed")
    texts = [
        ("en", "dying to fly again with you"),
        ("en", "I am going to kill this app, it logs me out all day"),
        ("en", "had a heart attack when I saw the bill, forty euros more"),
        ("en", "these queues are killing me"),
        ("nl", "ik schrik me dood van de prijs"),
        ("nl", "ik ga dood van de honger, waar blijft mijn pizza"),
        ("nl", "die wachtmuziek is een marteling"),
    ]
    answers = liken([text for _language, text in texts])

    alarms = [
        text
        for (language, text), answer in zip(texts, answers, strict=True)
        if "T12" in [hit.rule for hit in kinds(text, language, addressed=True, likeness=answer)]
    ]

    assert [] == alarms


def test_the_weights_are_small_and_of_one_shape() -> None:
    model = head()
    with np.load(LIKENESS, allow_pickle=False) as stored:
        shapes = {name: stored[name].shape for name in stored.files}
    with np.load(TURNED, allow_pickle=False) as stored:
        turned = {name: stored[name] for name in stored.files}

    assert WEIGHTS.stat().st_size + LIKENESS.stat().st_size <= 4_000_000
    assert {len(model.classes) + len(peaks([0.0] * len(model.classes), model.classes)) + 2 * len(KINDS) + len(PLAIN) + 2} == {
        len(row) for row in model.weights
    }
    assert len(KINDS) == len(model.favours)
    assert set(model.classes) <= ABOUT.keys() | {"T12"}
    assert (len(model.classes),) == shapes["offsets"]
    assert (shapes["points"][0], len(model.classes)) == shapes["says"]
    assert (*shapes["middle"], shapes["points"][1]) == shapes["axes"]
    assert shapes["points"][1] + len(PLAIN) == shapes["inner"][0]
    assert (*shapes["inner_bias"], len(model.classes) - 1) == shapes["outer"]
    assert TURNED.stat().st_size <= 500_000
    assert model.classes[:-1] == tuple(turned["classes"].tolist())
    assert {f"{layer}.{part}.{side}" for layer in range(EARLY, LAYERS) for part in PARTS for side in ("thin", "wide")} == {
        name for name, one in turned.items() if one.dtype == np.int8
    }


def test_no_post_that_is_measured_on_is_learned_from() -> None:
    known = [Path(__file__).parents[2] / "training" / f"triage_{name}.jsonl" for name in ("posts", "later")]
    learned = {json.loads(line)["text"].casefold() for file in known for line in file.read_text("utf-8").splitlines()}

    assert [] == [post["id"] for post in POSTS if post["text"].casefold() in learned]


def test_the_likest_danger_and_the_likest_other_kind_are_weighed_by_themselves() -> None:
    assert [0.5, -0.5, 0.25, 0.25] == peaks([-0.5, 0.5, -1.0, 0.9], ["T1", "leak", "press", "T12"])


def test_the_net_knows_each_kind_and_takes_any_family_for_a_danger() -> None:
    nets = [math.log(0.25) if one in {"leak", "press", "T5", "T6"} else -20.0 for one in head().classes[:-1]]

    assert pytest.approx(math.log(0.5)) == by_kind(nets, head().classes)[KINDS.index("T12")]
    assert math.log(0.25) == by_kind(nets, head().classes)[KINDS.index("T5")]


@pytest.mark.parametrize("name", ["leak", "T5"])
def test_the_turned_layers_are_heard_and_do_not_decide_alone(name: str) -> None:
    count, other = len(head().classes), "T5" if name == "leak" else "leak"
    alone, agreed = towards(other), towards(name)
    beside = [*alone[: 2 * count - 1], *agreed[2 * count - 1 :]]
    low, mid, high = (head().chances(answers, (), PLAIN)["T12" if name == "leak" else "T5"] for answers in (alone, beside, agreed))

    assert low < mid < high


def test_a_danger_told_in_plain_words_is_seen_by_the_turned_layers_and_a_figure_of_speech_is_none() -> None:
    seer = load_seer() or pytest.skip("an encoder is not installed")
    texts = ["my boy lost a finger in your gate and is in surgery now", "dying to fly again with you"]
    grave, harmless = np.exp(seer.see_and_read(texts)[1])[:, [name not in KINDS for name in head().classes[:-1]]].sum(axis=1)

    assert grave > 0.9
    assert harmless < 0.1


@pytest.mark.parametrize(
    ("text", "addressed", "free"),
    [("you lost my bag", True, False), ("they lost my bag", False, True), ("you lost my bag " * 6, True, True)],
)
def test_a_post_that_is_long_or_told_to_others_has_its_own_threshold(text: str, *, addressed: bool, free: bool) -> None:
    assert free is is_free(form(text), addressed=addressed)


def test_the_form_of_a_text_is_a_few_numbers_within_bounds() -> None:
    assert [0.0] * len(PLAIN) == form("")
    assert form("you 😂") != form("you")
    assert len(PLAIN) == len(form('Is 12 EUR @fair #now? "My" word!\nHaha.'))
    assert max(form("?! 1 ABC @a #b I you lol\n" * 500)) <= MOST


def test_the_place_where_nobody_is_answered_goes_before_what_likeness_says() -> None:
    place = RuleHit("T2", 0.8, "a place devoted to degrading others")

    assert ["T2", "T5"] == [hit.rule for hit in understand((place, RuleHit("T5", 0.6, "a complaint", "late")), towards("T5"), ABOUT, PLAIN)]
    assert "T12" == understand((place,), towards("leak"), ABOUT, PLAIN)[0].rule


def test_a_complaint_at_a_place_for_complaints_is_told_to_a_third_party_and_praise_is_not() -> None:
    place = RuleHit("T11", 0.6, "a complaint at a place where others read it")

    assert ["T11"] == [hit.rule for hit in understand((place,), towards("T5"), ABOUT, PLAIN)]
    assert ["T9"] == [hit.rule for hit in understand((place,), towards("T9"), ABOUT, PLAIN)]


def test_what_lies_far_from_every_post_is_taken_to_be_harmless() -> None:
    known = Likeness.read(LIKENESS)
    [far] = known.answers(known.middle[None] + 100 * known.axes[:, :1].T / np.linalg.norm(known.axes[:, 0]) ** 2)

    assert far[head().classes.index("T12")] == -1.0


def test_answers_do_not_hang_on_what_else_is_asked() -> None:
    liken = find_likeness() or pytest.skip("an encoder is not installed")
    texts = ["the ride threw my son out", "wat een heerlijke taart, dank", "x" * 3000, "", "\ufdfa" * 60]

    together = np.array(liken(texts))

    assert np.allclose(together, [liken([text])[0] for text in texts], atol=1e-2)
    assert [] == list(liken([]))


def test_whom_a_tweet_is_sent_to_changes_nothing() -> None:
    seer = load_seer() or pytest.skip("an encoder is not installed")

    plain, aimed = seer.see(["the ride threw my son out", "@united the ride threw my son out https://t.co/abc"])

    assert np.allclose(plain, aimed, atol=1e-4)


def test_without_an_encoder_the_rules_are_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(likening, "find_spec", lambda _name: None)
    find_likeness.cache_clear()

    assert find_likeness() is None

    find_likeness.cache_clear()


def test_without_the_second_encoder_nothing_is_likened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(likeness, "load_second", lambda: None)
    load_seer.cache_clear()
    load_likeness.cache_clear()

    assert load_likeness() is None

    load_seer.cache_clear()
    load_likeness.cache_clear()


@pytest.mark.parametrize("family", ["injury", "threat", "despair", "leak", "press"])
def test_a_danger_that_only_likeness_shows_names_its_family(family: str) -> None:
    first, *_others = understand((), towards(family), ABOUT, PLAIN)

    assert ("T12", ABOUT[family]) == (first.rule, first.about)
    assert first.strength >= round(head().thresholds[0], 2)


def test_a_word_of_danger_alone_does_not_outweigh_likeness_to_what_is_harmless() -> None:
    found = understand((RuleHit("T12", 0.6, "a threat"),), towards("T1"), ABOUT, PLAIN)

    assert "T12" not in [hit.rule for hit in found]


def test_what_the_rules_saw_stays_where_likeness_sees_more() -> None:
    found = understand((RuleHit("T5", 0.6, "a complaint"),), towards("despair"), ABOUT, PLAIN)

    assert ["T12", "T5"] == [hit.rule for hit in found]


def test_in_a_long_post_told_to_us_a_rule_that_sees_a_danger_clearly_is_believed_unless_another_kind_is_clearly_likelier() -> None:
    clear, unlike = RuleHit("T12", 0.9, "an injury"), [-1.0] * len(head().classes) + towards("T3")[len(head().classes) :]
    long = form("they took her away " * 8)

    assert "T12" == understand((clear,), unlike, ABOUT, long, addressed=True)[0].rule
    assert "T12" not in [hit.rule for hit in understand((clear,), towards("T3"), ABOUT, long, addressed=True)]
    assert "T12" not in [hit.rule for hit in understand((clear, RuleHit("T13", 0.9, "a place")), unlike, ABOUT, long, addressed=True)]
    assert "T12" not in [hit.rule for hit in understand((clear,), unlike, ABOUT, long)]


def test_a_place_that_decides_alone_goes_first_whatever_likeness_says() -> None:
    assert "T13" == understand((RuleHit("T13", 1.0, "a place"),), towards("T1"), ABOUT, PLAIN)[0].rule


def test_a_plain_fact_stays_one() -> None:
    assert () == understand((), towards("T1"), ABOUT, PLAIN)


@pytest.mark.parametrize(("addressed", "rule"), [(True, "T1"), (False, "T9")])
def test_praise_is_told_to_us_or_to_others_and_likeness_need_not_guess_which(addressed: bool, rule: str) -> None:
    [hit] = understand((), towards("T9"), ABOUT, PLAIN, addressed=addressed)

    assert (rule, ABOUT[rule]) == (hit.rule, hit.about)


def test_a_fact_and_praise_told_to_us_are_one_kind() -> None:
    favours = [1.0] * len(KINDS)
    chances = {**dict.fromkeys(KINDS, 0.0), "T1": 0.3, "T9": 0.25, "T5": 0.45}

    assert "T1" == likeliest(chances, favours, addressed=True)
    assert "T5" == likeliest(chances, favours, addressed=False)


def test_a_rare_kind_is_not_crowded_out_and_a_danger_is_not_among_the_others() -> None:
    chances = {**dict.fromkeys(KINDS, 0.0), "T4": 0.3, "T5": 0.4, "T12": 0.3}
    favours = [2.0 if kind == "T4" else 1.0 for kind in KINDS]

    assert "T4" == likeliest(chances, favours, addressed=True)


def test_a_fact_told_to_others_may_stand_though_a_word_sounds_like_a_complaint() -> None:
    mention = a_mention("the bridge is closed until Friday", mentions_us=False)
    decided = decide(mention, "en", None, a_brand(handles=()), History(), towards("T1"))

    assert (Action.IGNORE, "T1") == (decided.action, decided.rules[0])


def test_a_decision_hears_likeness() -> None:
    mention = a_mention("nice salad", mentions_us=True)
    decided = decide(mention, "en", None, a_brand(), History(), towards("injury"))

    assert (Action.ESCALATE, "T12") == (decided.action, decided.rules[0])
    assert decide(mention, "en", None, a_brand(), History()).rules[0] != "T12"
