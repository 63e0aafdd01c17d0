"""Triage as a whole, its table line by line, and its figures on posts of our own.

`triage_posts.jsonl` holds invented posts, labelled by hand before the rules saw them, in seven batches: 1 was written to tune on, 2 as
the part held out, 3 to 7 later, to see what the rules had not learnt. What the rules of the day said at first sight of a batch, as
recall of T12 and false alarms: .96 and 6 % (2, plain wording); .17 and 9 %, .38 and 8 %, .20 and 3 % (3, 4 and 5, indirect wording
only); .74 and 3 %, .85 and none of 16 (6 and 7, plain wording). Words and phrases that were missing were then added for their meaning:
what is asserted below says that nothing learnt is lost again, and not how often the rules are wrong on posts they never saw.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.domain import Action, History, Label, Sentiment
from monitor.triage import RULES, decide, kinds
from tests.builders import a_brand, a_mention, a_sentiment
from tests.strategies import hostile_pieces, hostile_texts

POSTS = [json.loads(line) for line in (Path(__file__).parent / "triage_posts.jsonl").read_text("utf-8").splitlines()]
TWEETS = Path(os.environ.get("GRAPEVINE_SHARED", Path(__file__).parents[3] / "shared")) / "data/mentions/airlines.jsonl"

UNKNOWN = Sentiment(Label.NEUTRAL, 0.0, 0.0, "none", "", "nl")
COMPLAINT = "Al drie weken geen reactie op mijn mail over Waalfiets."
DANGER = "De remmen van mijn Waalfiets weigerden, ik lig in het ziekenhuis."
PRAISE = "Wat een fijne monteur bij Waalfiets, snel geholpen!"
FACT = "Waalfiets plaatst twintig fietsen op station Lent."
RANT = "KUT KUT KUT WAALFIETS"
CLAIM = "Wist je dat Waalfiets je locatie aan adverteerders verkoopt?"


def kind(post: dict[str, Any]) -> tuple[str, ...]:
    addressed = post.get("mentions_us", False) or post.get("own_channel", False)
    return tuple(hit.rule for hit in kinds(post["text"], post["lang"], addressed=addressed, community=post.get("community", ""))) or ("T1",)


def told(
    text: str = COMPLAINT, *, history: History | None = None, sentiment: Sentiment | None = UNKNOWN, language: str = "nl", **mention: Any
) -> Any:
    return decide(a_mention(text, **{"mentions_us": False, **mention}), language, sentiment, a_brand(), history or History())


def first_rule(text: str, **details: Any) -> tuple[Action, str]:
    decided = told(text, **details)
    return decided.action, decided.rules[0]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_is_dangerous_is_seen_and_what_only_sounds_so_is_not(language: str) -> None:
    grave = [post for post in POSTS if post["lang"] == language and post["rule"] == "T12"]
    harmless = [post for post in POSTS if post["lang"] == language and post["rule"] != "T12"]

    missed = [post["text"] for post in grave if kind(post)[0] != "T12"]
    alarms = [post["text"] for post in harmless if "T12" in kind(post)]

    assert len(grave) >= 200
    assert len(harmless) >= 150
    assert len(missed) <= 0.02 * len(grave), missed
    assert len(alarms) <= 0.05 * len(harmless), alarms


@pytest.mark.parametrize("family", sorted({post["family"] for post in POSTS if "family" in post}))
def test_no_family_of_dangers_is_left_out(family: str) -> None:
    posts = [post for post in POSTS if post.get("family") == family]

    missed = [post["text"] for post in posts if "T12" not in kind(post)]

    assert len(posts) >= 20
    assert len(missed) <= 0.08 * len(posts), missed


def test_the_other_kinds_are_told_apart() -> None:
    right, said, meant = Counter[str](), Counter[str](), Counter[str]()
    for post in POSTS:
        found = kind(post)[0]
        said[found] += 1
        meant[post["rule"]] += 1
        right[post["rule"]] += found == post["rule"]

    scores = {rule: 2 * right[rule] / (said[rule] + meant[rule]) for rule in meant if rule != "T12"}

    assert {"T1", "T2", "T3", "T4", "T5", "T6", "T9", "T11", "T13"} == set(scores)
    assert sum(scores.values()) / len(scores) >= 0.9, scores
    assert min(scores.values()) >= 0.75, scores


@pytest.mark.skipif(not TWEETS.exists(), reason="the shared data is not here")
def test_real_complaints_are_found_and_real_tweets_raise_few_alarms() -> None:
    tweets = [json.loads(line) for line in TWEETS.read_text("utf-8").splitlines()]
    found = [(tweet["label"], {hit.rule for hit in kinds(tweet["text"], "en", addressed=True)}) for tweet in tweets]

    critical = [label for label, rules in found if rules & {"T2", "T3", "T4", "T5", "T6", "T11", "T12"}]

    assert sum("T12" in rules for _label, rules in found) <= 0.015 * len(tweets)
    assert critical.count("negative") >= 0.85 * len(critical)
    assert critical.count("negative") >= 0.7 * sum(label == "negative" for label, _rules in found)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "three hours on the tarmac, no update"),
        ("en", "Lock won't open and the app spins forever"),
        ("en", "You billed me twice for July"),
        ("nl", "al drie weken geen reactie"),
        ("nl", "sloten gaan niet open"),
        ("nl", "Reparatie zou dinsdag klaar zijn, het is nu zaterdag"),
    ],
)
@pytest.mark.parametrize("sentiment", [None, UNKNOWN, a_sentiment(Label.NEUTRAL, score=0.0, confidence=0.2)])
def test_a_complaint_told_as_a_plain_fact_needs_no_feeling_to_be_seen(language: str, text: str, sentiment: Sentiment | None) -> None:
    decided = told(text, language=language, sentiment=sentiment, mentions_us=True)

    assert (Action.RESPOND, ("T5", "T7")) == (decided.action, decided.rules)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "this app is killing me, the page loads so slowly"),
        ("en", "I am sick of your brand new menu"),
        ("en", "That brownie is the bomb and the soup is to die for"),
        ("en", "my phone died on the train"),
        ("en", "He killed it on stage, on fire tonight"),
        ("en", "Is it legal to ride without a helmet?"),
        ("nl", "ik schaam me dood, dodelijk saai die rij"),
        ("nl", "ik word ziek van jullie wachtmuziek"),
        ("nl", "per ongeluk twee keer betaald"),
        ("nl", "Vanavond advocaat met slagroom"),
        ("nl", "Mag ik mijn EpiPen meenemen?"),
        ("nl", "dank aan de conducteur die mijn moeder hielp toen ze flauwviel, heel lief"),
    ],
)
def test_figures_of_speech_questions_and_thanks_are_no_danger(language: str, text: str) -> None:
    assert "T12" not in [hit.rule for hit in kinds(text, language, addressed=True)]


OURS: dict[str, Any] = {"mentions_us": True}
TABLE: list[tuple[str, dict[str, Any], Action, str]] = [
    (DANGER, {}, Action.ESCALATE, "T12"),
    (DANGER, {"community": "rouwenverlies"}, Action.ESCALATE, "T12"),
    (DANGER, {"answered_by_us": True}, Action.ESCALATE, "T12"),
    (COMPLAINT, {**OURS, "answered_by_us": True}, Action.IGNORE, "T14"),
    (COMPLAINT, {"author": "@Waalfiets"}, Action.IGNORE, "T14"),
    (COMPLAINT, {"history": History(answered_url="https://x.example/1")}, Action.IGNORE, "T14"),
    (COMPLAINT, {**OURS, "community": "r/GriefSupport"}, Action.IGNORE, "T13"),
    (COMPLAINT, {**OURS, "community": "#EigenLijst"}, Action.IGNORE, "T13"),
    (COMPLAINT, {**OURS, "author": "Trol_Bakfiets"}, Action.WATCH, "T2"),
    ("Iedereen die bij Waalfiets werkt is een mongool", OURS, Action.WATCH, "T2"),
    (FACT, {"community": "r/waalfietssucks"}, Action.WATCH, "T2"),
    (COMPLAINT, {**OURS, "history": History(failed_before=True)}, Action.ESCALATE, "T10"),
    (COMPLAINT, {**OURS, "history": History(failed_before=True, open_reply_to_author=True)}, Action.ESCALATE, "T10"),
    (PRAISE, {**OURS, "history": History(failed_before=True)}, Action.RESPOND, "T1"),
    (COMPLAINT, {**OURS, "history": History(open_reply_to_author=True)}, Action.IGNORE, "T16"),
    ("Mijn klacht over Waalfiets ligt nu bij Radar.", OURS, Action.ESCALATE, "T11"),
    ("Consumentenbond noemt Waalfiets in een overzicht.", {}, Action.WATCH, "T11"),
    (RANT, OURS, Action.WATCH, "T3"),
    (PRAISE, {}, Action.IGNORE, "T9"),
    (CLAIM, {}, Action.WATCH, "T8"),
    (COMPLAINT, {}, Action.WATCH, "T8"),
    ("Rijdt Waalfiets ook in Lent?", {}, Action.WATCH, "T8"),
    (FACT, {}, Action.IGNORE, "T1"),
    (CLAIM, OURS, Action.RESPOND, "T4"),
    (COMPLAINT, OURS, Action.RESPOND, "T5"),
    ("Ik vind jullie nieuwe logo spuuglelijk", OURS, Action.RESPOND, "T6"),
    (PRAISE, OURS, Action.RESPOND, "T1"),
    ("Rijden jullie ook in Lent?", OURS, Action.RESPOND, "T7"),
    ("Op de fiets naar het werk vandaag", OURS, Action.RESPOND, "T7"),
    ("Op de fiets naar het werk vandaag", {**OURS, "sentiment": a_sentiment(Label.NEUTRAL, score=0.0, confidence=0.5)}, Action.WATCH, "T1"),
]


@pytest.mark.parametrize(("text", "details", "action", "rule"), TABLE)
def test_the_table_of_precedence_holds_line_by_line(text: str, details: dict[str, Any], action: Action, rule: str) -> None:
    brand = a_brand(blocked_communities=("rouwenverlies", "eigenlijst"), blocked_authors=("@trol_bakfiets",))
    history, sentiment = details.get("history", History()), details.get("sentiment", UNKNOWN)
    mention = a_mention(
        text, **{"mentions_us": False, **{key: value for key, value in details.items() if key not in {"history", "sentiment"}}}
    )

    decided = decide(mention, "nl", sentiment, brand, history)

    assert (action, rule) == (decided.action, decided.rules[0])


def test_a_page_from_a_blocked_place_still_tells_that_nothing_may_be_drafted_there() -> None:
    decided = told(DANGER, community="r/widowers", answered_by_us=True)

    assert ("T12", "T13", "T14", "T8") == tuple(rule for rule in decided.rules if rule != "T5")


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ("@waalfiets doet het slot het?", True),
        ("hoi @Waalfiets!", True),
        ("vraag aan u/waalfiets over het slot", True),
        ("mail naar hulp@waalfiets.example over het slot", False),
        ("@waalfietsfan heeft een storing bij Waalfiets", False),
        ("Waalfiets heeft een storing", False),
    ],
)
def test_naming_a_handle_of_ours_is_addressing_us(text: str, ours: bool) -> None:
    assert ours == ("T7" in told(text).rules)


def test_our_own_channel_and_our_own_community_are_ours() -> None:
    brand = a_brand(own_communities=("r/Waalfiets",))

    assert "T7" in told(COMPLAINT, own_channel=True).rules
    assert "T7" in decide(a_mention(COMPLAINT, mentions_us=False, community="waalfiets"), "nl", UNKNOWN, brand, History()).rules


def test_a_brand_without_handles_or_lists_is_judged_by_the_general_rules() -> None:
    decided = decide(a_mention("@iemand, het slot werkt niet", mentions_us=False), "nl", None, a_brand(handles=(), terms=()), History())

    assert ("T8", "T5") == decided.rules


@pytest.mark.parametrize(
    ("text", "score", "addressed", "rule"),
    [
        ("Waalfiets, meh beyond words", -0.5, True, "T6"),
        ("Waalfiets, meh beyond words", -0.5, False, "T8"),
        ("Waalfiets all the way", 0.7, True, "T1"),
        ("Waalfiets all the way", 0.7, False, "T9"),
        ("Waalfiets all the way", 0.2, False, "T1"),
        ("nice one from Waalfiets today", -0.8, True, "T6"),
        ("nice one from Waalfiets today", -0.4, True, "T1"),
        ("Waalfiets lock won't open", 0.9, True, "T5"),
        ("Waalfiets made a bad pun, my day is saved", 0.9, True, "T1"),
    ],
)
def test_a_scorer_speaks_where_the_rules_see_nothing_or_only_weak_words(text: str, score: float, addressed: bool, rule: str) -> None:
    label = Label.NEGATIVE if score < 0 else Label.POSITIVE
    felt = a_sentiment(label, score=score, confidence=abs(score), scorer="vader")

    assert rule == told(text, sentiment=felt, language="en", mentions_us=addressed).rules[0]


def test_the_sentence_names_what_was_seen_and_where_it_was_answered() -> None:
    assert "“geen reactie”" in told(COMPLAINT).why
    assert "https://x.example/9" in told(COMPLAINT, history=History(answered_url="https://x.example/9")).why
    assert "page the owner" in told(DANGER).why


def test_of_a_long_text_only_the_passages_about_us_are_judged() -> None:
    filler = "wij lopen verder langs het water en kijken naar de schepen die voorbij komen " * 40
    far = filler + "Daar lag iemand bloedend met een gebroken been op de eerste hulp. " + filler + "Ook stond er een fiets van Waalfiets."
    near = filler + "Daar lag iemand bloedend met een gebroken been door een fiets van Waalfiets. " + filler
    unnamed = filler + "Daar lag iemand bloedend met een gebroken been. " + filler

    assert ["ignore", "escalate", "escalate"] == [told(text).action.value for text in (far, near, unnamed)]


@pytest.mark.parametrize(
    ("language", "text", "grave"),
    [
        ("", "Die Bremsen: remmen weigerden, ziekenhuis", True),
        ("", "brakes failed, I am in hospital with a broken wrist", True),
        ("de", "Ich die van door as brand und gut", False),
        ("fr", "Le vélo ne marche pas", False),
    ],
)
def test_where_the_language_is_not_known_both_are_read_without_false_friends(language: str, text: str, grave: bool) -> None:
    assert grave == ("T12" in [hit.rule for hit in kinds(text, language)])


texts = hostile_texts() | st.sampled_from([post["text"] for post in POSTS])
histories = st.builds(
    History, failed_before=st.booleans(), answered_url=st.sampled_from(("", "https://x.example/1")), open_reply_to_author=st.booleans()
)
feelings = st.none() | st.builds(
    lambda label, size: a_sentiment(label, score=-size if label is Label.NEGATIVE else size, confidence=size),
    st.sampled_from(Label),
    st.floats(0, 1),
)


@given(texts, texts, st.sampled_from(("nl", "en", "de", "")), feelings, histories, st.booleans(), st.booleans())
def test_whatever_comes_there_is_one_decision_with_its_reason_first(
    text: str, community: str, language: str, sentiment: Sentiment | None, history: History, ours: bool, answered: bool
) -> None:
    mention = a_mention(text, community=community, mentions_us=ours, answered_by_us=answered)

    decided = decide(mention, language, sentiment, a_brand(), history)

    assert decided == decide(mention, language, sentiment, a_brand(), history)
    assert decided.rules
    assert len(set(decided.rules)) == len(decided.rules)
    assert set(decided.rules) <= RULES.keys()
    assert ("T7" in decided.rules) != ("T8" in decided.rules)
    assert decided.why.endswith(".")
    assert decided.why.isprintable()
    assert len(decided.why) < 300
    if decided.action in {Action.IGNORE, Action.WATCH}:
        assert decided.rules[0] in {"T1", "T2", "T3", "T8", "T9", "T11", "T13", "T14", "T16"}
    if "T12" in decided.rules:
        assert (Action.ESCALATE, "T12") == (decided.action, decided.rules[0])


@settings(max_examples=25)
@given(hostile_pieces(), st.sampled_from(("nl", "en", "")))
def test_a_megabyte_of_anything_is_decided_in_one_pass(piece: str, language: str) -> None:
    # Quadratic work would make this test hang.
    decided = told((piece + " remmen weigeren not want to ") * (1_000_000 // (29 + len(piece))), language=language)

    assert decided.rules


def test_the_clock_does_not_matter() -> None:
    mention = a_mention(COMPLAINT)
    later = a_mention(COMPLAINT, posted_at=mention.posted_at + timedelta(days=400))

    assert decide(mention, "nl", None, a_brand(), History()) == decide(later, "nl", None, a_brand(), History())


def test_every_rule_of_triage_and_crisis_has_words_in_both_languages() -> None:
    expected = [f"T{number}" for number in range(1, 18)] + [f"K{number}" for number in range(1, 7)]

    assert expected == list(RULES)
    for rule_id, rule in RULES.items():
        assert rule_id == rule.id
        assert {"nl", "en"} == set(rule.words) == set(rule.todo)
        assert all(rule.words.values())
        assert all(rule.todo.values())


@pytest.mark.parametrize(
    ("language", "thing", "person"),
    [
        ("nl", "De kast kwam aan met een gebroken deur.", "Mijn moeder ligt met een gebroken heup op bed na die val."),
        ("nl", "De arm van mijn stoel is gebroken.", "Mijn arm is gebroken door jullie stoel."),
        ("nl", "Bus 14 was te laat en overvol, ik kon er niet in.", "Het perron is overvol, mensen vallen bijna op het spoor."),
        ("en", "My chair arrived with a broken arm.", "I have a broken arm since your chair gave way."),
        ("en", "The leg of the table broke.", "My leg broke when the table fell on it."),
        ("en", "The train is overcrowded again, standing all the way.", "Overcrowded platform, people nearly fell on the tracks."),
        ("en", "Friendly tweets do not drive accountability.", "Anyone can open my account through a link on your drive."),
    ],
)
def test_a_broken_thing_or_a_full_bus_is_no_danger_and_a_broken_bone_or_a_crush_is(language: str, thing: str, person: str) -> None:
    assert (False, True) == tuple("T12" in {hit.rule for hit in kinds(text, language, addressed=True)} for text in (thing, person))


@pytest.mark.parametrize(
    ("community", "rule"),
    [
        ("r/BabyLoss", "T13"),
        ("Crohn's peer support", "T13"),
        ("Ouders van overleden kinderen", "T13"),
        ("r/WaalfietsCringe", "T2"),
        ("Clowns of Waalfiets", "T2"),
        ("Trustpilot", "T11"),
        ("HotelOordeel.nl", "T11"),
    ],
)
def test_a_places_name_says_what_a_post_there_is(community: str, rule: str) -> None:
    assert rule in [hit.rule for hit in kinds(FACT, "nl", community=community)]


@pytest.mark.parametrize("community", ["weightloss support", "PanicAtTheDisco", "r/stofzuigtips", "ConsumerElectronics", "vooroordelen"])
def test_a_place_that_only_sounds_so_says_nothing(community: str) -> None:
    assert () == kinds(FACT, "nl", community=community)


def test_praise_at_a_place_for_complaints_is_none() -> None:
    assert "T11" not in [hit.rule for hit in kinds(PRAISE, "nl", community="Trustpilot")]
