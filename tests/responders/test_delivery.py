from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from monitor.domain import Action, Delivery, History, MentionStatus, StoredMention
from monitor.settings import NetworkSettings
from responders.delivery import decide
from tests.builders import a_brand, a_stored_mention, a_triage

APPROVAL = "mail from X of 2 March 2026, no. 12"
QUIET = History()


def a_network(name: str = "mastodon", delivery: Delivery = Delivery.API, poster: str = "console", **options: Any) -> NetworkSettings:
    return NetworkSettings(name=name, delivery=delivery, poster=poster, options=options)


def stored_with(*rules: str, action: Action = Action.WATCH, **changes: Any) -> StoredMention:
    return a_stored_mention(triage=a_triage(action, rules=rules), status=MentionStatus.WATCHED, **changes)


def test_a_complaint_to_us_on_a_configured_network_goes_through_the_api() -> None:
    mode, reason = decide(a_stored_mention(), a_brand(), a_network(), QUIET)

    assert (Delivery.API, "We may answer on mastodon through its API (T7).") == (mode, reason)


@pytest.mark.parametrize("rule", ["T2", "T3", "T8", "T9", "T13", "T14", "T15", "T16"])
def test_a_rule_of_silence_that_triage_stored_leaves_no_way_to_answer(rule: str) -> None:
    mode, reason = decide(stored_with(rule), a_brand(), a_network(), QUIET)

    assert (Delivery.NONE, rule) == (mode, re.findall(r"[TL]\d+", reason)[-1])


@pytest.mark.parametrize("rule", ["T2", "T3", "T8", "T9"])
def test_a_serious_matter_is_answered_in_spite_of_that_rule(rule: str) -> None:
    mode, _ = decide(stored_with("T12", rule, action=Action.ESCALATE), a_brand(), a_network(), QUIET)

    assert mode is Delivery.API


@pytest.mark.parametrize("rule", ["T3", "T8", "T9"])
def test_what_triage_wants_answered_is_answered_although_the_rule_was_noted(rule: str) -> None:
    mode, _ = decide(stored_with("T5", rule, action=Action.RESPOND), a_brand(), a_network(), QUIET)

    assert mode is Delivery.API


def test_a_person_may_put_a_conversation_of_others_in_the_queue_but_no_rant() -> None:
    talk = replace(stored_with("T8"), status=MentionStatus.QUEUED)
    rant = replace(stored_with("T3"), status=MentionStatus.QUEUED)

    assert [Delivery.API, Delivery.NONE] == [decide(one, a_brand(), a_network(), QUIET)[0] for one in (talk, rant)]


def test_a_deleted_mention_is_not_answered() -> None:
    mode, reason = decide(a_stored_mention(status=MentionStatus.DELETED), a_brand(), a_network(), QUIET)

    assert (Delivery.NONE, True) == (mode, "(T15)" in reason)


def test_our_earlier_answer_is_shown_in_the_reason() -> None:
    mode, reason = decide(a_stored_mention(), a_brand(), a_network(), History(answered_url="https://social.example/1"))

    assert (Delivery.NONE, "We already answered this: https://social.example/1 (T14).") == (mode, reason)


def test_an_answer_of_ours_that_the_source_saw_is_enough() -> None:
    mode, reason = decide(a_stored_mention(answered_by_us=True), a_brand(), a_network(), QUIET)

    assert (Delivery.NONE, True) == (mode, "(T14)" in reason)


def test_one_person_gets_one_public_reply_in_a_thread() -> None:
    mode, reason = decide(a_stored_mention(), a_brand(), a_network(), History(open_reply_to_author=True))

    assert (Delivery.NONE, True) == (mode, "(T16)" in reason)


@pytest.mark.parametrize("community", ["rouwenverlies", "r/RouwEnVerlies", "#rouwenverlies"])
def test_a_blocked_community_is_known_however_it_is_written(community: str) -> None:
    brand = a_brand(blocked_communities=("rouwenverlies",))

    mode, reason = decide(a_stored_mention(community=community), brand, a_network(), QUIET)

    assert (Delivery.NONE, True) == (mode, "(T13)" in reason)


def test_even_a_serious_matter_is_not_answered_in_a_blocked_community() -> None:
    brand = a_brand(blocked_communities=("rouwenverlies",))

    mode, reason = decide(stored_with("T12", action=Action.ESCALATE, community="rouwenverlies"), brand, a_network(), QUIET)

    assert (Delivery.NONE, ["T13", "T12"]) == (mode, re.findall(r"T\d+", reason))


def test_a_blocked_author_gets_no_answer() -> None:
    mode, reason = decide(a_stored_mention(author="@TrolBakfiets"), a_brand(blocked_authors=("trolbakfiets",)), a_network(), QUIET)

    assert (Delivery.NONE, True) == (mode, "(T2)" in reason)


def test_a_network_that_is_not_configured_is_answered_by_hand() -> None:
    mode, reason = decide(a_stored_mention(), a_brand(), None, QUIET)

    assert (Delivery.ASSISTED, "responders.toml has no [network.mastodon], so a person answers by hand (T7).") == (mode, reason)


def test_a_network_that_we_chose_to_leave_alone_is_left_alone() -> None:
    mode, reason = decide(a_stored_mention(), a_brand(), a_network(delivery=Delivery.NONE), QUIET)

    assert (Delivery.NONE, True) == (mode, "mastodon" in reason)


@pytest.mark.parametrize("network", ["hackernews", "blog", "rss"])
def test_where_no_api_writes_a_person_answers_whatever_the_configuration_says(network: str) -> None:
    mode, _ = decide(a_stored_mention(network=network), a_brand(), a_network(network), QUIET)

    assert mode is Delivery.ASSISTED


def test_api_without_a_poster_is_by_hand_and_says_what_is_missing() -> None:
    mode, reason = decide(a_stored_mention(), a_brand(), a_network(poster=""), QUIET)

    assert (Delivery.ASSISTED, True) == (mode, "names no poster" in reason)


def test_a_network_configured_for_hands_stays_with_hands() -> None:
    mode, reason = decide(a_stored_mention(), a_brand(), a_network(delivery=Delivery.ASSISTED), QUIET)

    assert (Delivery.ASSISTED, True) == (mode, "by hand on mastodon" in reason)


@pytest.mark.parametrize(
    ("mentions_us", "network", "mode", "rule"),
    [
        (True, a_network("x", x_ai_reply_approval=APPROVAL), Delivery.API, "L1"),
        (False, a_network("x", x_ai_reply_approval=APPROVAL), Delivery.ASSISTED, "L1"),
        (True, a_network("x"), Delivery.ASSISTED, "L1"),
        (True, a_network("x", x_ai_reply_approval=True), Delivery.ASSISTED, "L1"),
        (True, a_network("x", x_ai_reply_approval="yes"), Delivery.ASSISTED, "L1"),
        (True, a_network("x", x_ai_reply_approval=" " * 20), Delivery.ASSISTED, "L1"),
        (True, a_network("x", poster="", x_ai_reply_approval=APPROVAL), Delivery.ASSISTED, "T7"),
        (True, a_network("x", Delivery.ASSISTED, x_ai_reply_approval=APPROVAL), Delivery.ASSISTED, "T7"),
        (True, None, Delivery.ASSISTED, "L1"),
    ],
)
def test_x_is_answered_through_its_api_only_with_a_mention_and_an_approval_and_a_poster(
    mentions_us: bool, network: NetworkSettings | None, mode: Delivery, rule: str
) -> None:
    found, reason = decide(a_stored_mention(network="x", mentions_us=mentions_us), a_brand(), network, QUIET)

    assert (mode, rule) == (found, re.findall(r"[TL]\d+", reason)[0])


def test_the_reason_for_answering_on_x_tells_where_its_approval_is_found_and_what_it_costs() -> None:
    _, reason = decide(a_stored_mention(network="x", mentions_us=True), a_brand(), a_network("x", x_ai_reply_approval=APPROVAL), QUIET)

    assert APPROVAL in reason
    assert ["$0.015", "$0.200", "(L2)"] == re.findall(r"\$\d\.\d+|\(L2\)", reason)


@pytest.mark.parametrize(("options", "mode"), [({}, Delivery.ASSISTED), ({"reddit_app_approval": True}, Delivery.API)])
def test_reddit_is_answered_through_its_api_once_it_approved_the_app(options: dict[str, Any], mode: Delivery) -> None:
    found, reason = decide(a_stored_mention(network="reddit"), a_brand(), a_network("reddit", **options), QUIET)

    assert (mode, mode is Delivery.ASSISTED) == (found, "(L3)" in reason)


@pytest.mark.parametrize(
    ("community", "subreddits", "mode"),
    [
        ("r/Nijmegen", ("nijmegen", "fietsen"), Delivery.API),
        ("Fietsen", ("/r/nijmegen", "r/fietsen"), Delivery.API),
        ("r/thenetherlands", ("nijmegen",), Delivery.ASSISTED),
        ("r/nijmegen", (), Delivery.ASSISTED),
        ("", ("nijmegen",), Delivery.ASSISTED),
        ("", ("",), Delivery.ASSISTED),
    ],
)
def test_reddit_is_answered_through_its_api_only_in_the_subreddits_listed(
    community: str, subreddits: tuple[str, ...], mode: Delivery
) -> None:
    network = a_network("reddit", reddit_app_approval=True, subreddits=subreddits)
    found, reason = decide(a_stored_mention(network="reddit", community=community), a_brand(), network, QUIET)

    assert (mode, mode is Delivery.ASSISTED) == (found, "(L3)" in reason)


def test_a_mention_without_a_triage_is_judged_by_what_else_is_known() -> None:
    mode, _ = decide(replace(a_stored_mention(), triage=None), a_brand(), a_network(), QUIET)

    assert mode is Delivery.API


def test_every_reason_is_a_sentence_with_a_rule_in_it() -> None:
    looks = [
        decide(stored_with(rule, network=network), a_brand(), setting, QUIET)
        for rule in ("T1", "T2", "T3", "T5", "T7", "T8", "T9", "T12", "T13", "T14", "T15", "T16")
        for network in ("x", "reddit", "hackernews", "blog", "mastodon", "unheard-of")
        for setting in (None, a_network(network), a_network(network, Delivery.NONE), a_network(network, Delivery.ASSISTED))
    ]

    assert [] == [reason for _, reason in looks if not re.fullmatch(r"\S.*\([TL]\d+\).*\.", reason)]
