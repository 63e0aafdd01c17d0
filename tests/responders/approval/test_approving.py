from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa

from monitor.domain import Approval, ReplyStatus
from monitor.settings import Approver, SlackApprover
from responders.approval.clicks import Click, Submission, read_click, read_submission
from tests.builders import an_objection
from tests.fakes.blockkit import elements_of, words_of
from tests.fakes.slack import Fault
from tests.responders.approval.stage import ALICE, CRISIS, Stage, on_stage


@pytest.fixture
def stage(sqlite_database: sa.Engine) -> Iterator[Stage]:
    with on_stage(sqlite_database) as built:
        yield built


def test_a_waiting_reply_gets_one_card_and_is_approved_by_a_click(stage: Stage) -> None:
    reply, card = stage.shown()

    stage.slack.click(card, "approve")
    whispered = stage.whispered()
    stage.look()

    assert 1 == len(stage.slack.shown())
    assert ["Goedgekeurd. Het wordt nu geplaatst."] == whispered
    assert ReplyStatus.APPROVED == stage.reply(reply).status
    assert [("Alice", reply.version.sha256)] == [(a.name, a.sha256) for a in stage.reply(reply).approvals]
    assert "Approved by Alice" in words_of(card.blocks)
    assert [] == list(elements_of(card.blocks))


def test_of_two_people_who_approve_at_once_one_decides_and_the_other_hears_who_did(stage: Stage) -> None:
    reply, card = stage.shown()
    clicks = [stage.slack.click_payload(card, "approve", user) for user in ("U0ALICE", "U0BOB")]

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda click: stage.slack.deliver("interactive", click), clicks))
    told = [*stage.whispered("U0ALICE"), *stage.whispered("U0BOB")]

    assert 1 == len(stage.reply(reply).approvals)
    winner = stage.reply(reply).approvals[0].name
    assert 1 == sum(f"by {winner} at " in text or f"door {winner} om " in text for text in told)


def test_the_same_click_delivered_twice_decides_once(stage: Stage) -> None:
    reply, card = stage.shown()
    click = stage.slack.click_payload(card, "approve", "U0BOB")

    for _ in range(2):
        stage.slack.deliver("interactive", click)
    told = stage.whispered("U0BOB", 2)

    assert 1 == len(stage.reply(reply).approvals)
    assert "This was decided before you: approved by Bob at" in " ".join(told)


def test_a_click_on_a_stale_card_approves_nothing_and_says_who_changed_the_text(stage: Stage) -> None:
    reply, card = stage.shown()
    stage.responders.store.edit(reply.id, "Other words. ^EK", "Jan", (), stage.clock())
    stage.look()

    stage.slack.click(card, "approve", "U0BOB", version=0)

    assert ["The text was changed by Jan after your card was drawn. Nothing was decided; read the new text first."] == stage.whispered(
        "U0BOB"
    )
    assert ReplyStatus.AWAITING == stage.reply(reply).status


def test_a_late_click_on_a_decided_card_changes_nothing_and_says_by_whom(stage: Stage) -> None:
    reply, card = stage.shown()
    stage.responders.store.reject(reply.id, "Els Kamps", "T3 a joke", stage.clock(), rule="T3")
    stage.look()

    stage.slack.click(card, "approve", "U0BOB", version=0)

    assert "This was decided before you: not answered by Els Kamps at" in stage.whispered("U0BOB")[0]
    assert ReplyStatus.REJECTED == stage.reply(reply).status


@pytest.mark.parametrize("forged", ["999:" + "a" * 64, "1:" + "a" * 64, "1", "x" * 1_900, "1; DROP TABLE replies", "-1:" + "b" * 64])
def test_a_forged_button_decides_nothing(stage: Stage, forged: str) -> None:
    reply, card = stage.shown()

    stage.slack.click(card, "approve", "U0BOB", value=forged)

    assert 1 == len(stage.whispered("U0BOB"))
    assert (ReplyStatus.AWAITING, ()) == (stage.reply(reply).status, stage.reply(reply).approvals)


def test_who_is_not_on_the_list_is_told_who_is_and_decides_nothing(stage: Stage) -> None:
    reply, card = stage.shown()

    for action in ("approve", "edit", "reject", "snooze", "assign"):
        stage.slack.click(card, action, "U0EVE")
    told = stage.whispered("U0EVE", 5)

    assert {"You may not decide on this reply. These may: Alice, Bob, the web team."} == set(told)
    assert {} == stage.slack.views
    assert ReplyStatus.AWAITING == stage.reply(reply).status


def test_a_member_of_a_group_approves_in_a_name_that_holds_their_id(stage: Stage) -> None:
    reply, card = stage.shown()

    stage.slack.click(card, "approve", "U0CAROL")
    stage.whispered("U0CAROL")

    assert ["Carol (U0CAROL)"] == [approval.name for approval in stage.reply(reply).approvals]


def test_a_display_name_like_an_approvers_gives_no_right(stage: Stage) -> None:
    reply, card = stage.shown()
    stage.slack.names["U0EVE"] = "Alice"

    stage.slack.click(card, "approve", "U0EVE")

    assert "You may not decide" in stage.whispered("U0EVE")[0]
    assert () == stage.reply(reply).approvals


def test_where_the_group_cannot_be_read_nobody_is_taken_for_a_member(stage: Stage) -> None:
    reply, card = stage.shown()
    stage.slack.faults.append(Fault("usergroups.users.list", "error"))

    stage.slack.click(card, "approve", "U0CAROL")

    assert ["That did not work just now. Nothing was changed; please try again."] == stage.whispered("U0CAROL")
    assert () == stage.reply(reply).approvals


def test_the_names_in_the_common_list_and_slacks_own_hold_together(sqlite_database: sa.Engine) -> None:
    with on_stage(sqlite_database, approvers=(Approver("Alice"), Approver("Els"))) as stage:
        reply, card = stage.shown()
        stage.slack.click(card, "approve", "U0CAROL")
        stage.whispered("U0CAROL")

        assert ["Carol (U0CAROL)"] == [approval.name for approval in stage.reply(reply).approvals]


def test_the_list_holds_for_each_rule(sqlite_database: sa.Engine) -> None:
    only = SlackApprover("Bob", user="U0BOB", rules=("T12",))
    with on_stage(sqlite_database, approvers=(), listen=True) as stage:
        object.__setattr__(stage.side.desk.slack, "approvers", (ALICE, only))
        reply, card = stage.shown()

        stage.slack.click(card, "approve", "U0BOB")

        assert ["You may not decide on this reply. These may: Alice."] == stage.whispered("U0BOB")
        assert () == stage.reply(reply).approvals


def test_danger_needs_two_different_people(stage: Stage) -> None:
    reply, card = stage.shown(approvals_needed=2, triage=CRISIS)

    stage.slack.click(card, "approve", "U0ALICE")
    assert ["Jouw akkoord is vastgelegd; een tweede moet ook akkoord zijn."] == stage.whispered("U0ALICE", 1)
    stage.look()
    stage.slack.click(card, "approve", "U0ALICE")
    assert "Jij keurde deze tekst al goed; er is nog iemand anders nodig." == stage.whispered("U0ALICE", 2)[1]
    assert ReplyStatus.AWAITING == stage.reply(reply).status
    assert "✓ Alice said yes" in words_of(card.blocks)
    stage.slack.click(card, "approve", "U0BOB")
    stage.whispered("U0BOB")

    assert ReplyStatus.APPROVED == stage.reply(reply).status
    assert ["Alice", "Bob"] == [approval.name for approval in stage.reply(reply).approvals]


def test_one_person_at_two_doors_is_one_person(stage: Stage) -> None:
    reply, card = stage.shown(approvals_needed=2, triage=CRISIS)
    stage.responders.store.approve(reply.id, Approval("carol", reply.version.sha256, stage.clock()), ())
    stage.look()

    stage.slack.click(card, "approve", "U0CAROL")

    assert ["You approved this text already; it still needs somebody else."] == stage.whispered("U0CAROL")
    assert ReplyStatus.AWAITING == stage.reply(reply).status


def test_who_said_yes_or_wrote_the_text_in_slack_is_the_same_person_at_the_terminal(stage: Stage) -> None:
    reply, card = stage.shown(approvals_needed=2, triage=CRISIS)
    stage.slack.click(card, "approve", "U0CAROL")

    again = stage.responders.store.approve(reply.id, Approval("Carol", reply.version.sha256, stage.clock()), ())
    stage.responders.store.edit(reply.id, "My own words. ^EK", "Carol (U0CAROL)", (), stage.clock())
    own = stage.responders.store.approve(reply.id, Approval("carol", stage.reply(reply).version.sha256, stage.clock()), ())

    assert (False, False) == (again.ok, own.ok)
    assert "has approved this text already" in again.sentence
    assert "wrote this text" in own.sentence
    assert ReplyStatus.AWAITING == stage.reply(reply).status


def test_who_wrote_the_text_is_not_one_of_the_two(stage: Stage) -> None:
    reply, card = stage.shown(approvals_needed=2, triage=CRISIS)
    stage.responders.store.edit(reply.id, "My own words. ^EK", "Bob", (), stage.clock())
    stage.look()

    stage.slack.click(card, "approve", "U0BOB")

    assert ["You wrote this text, and here others must agree to it."] == stage.whispered("U0BOB")


def test_a_red_objection_stands_in_the_way_until_two_agree_with_a_reason(stage: Stage) -> None:
    reply, card = stage.shown(objections=[an_objection("N1", sentence="No excuse.")])

    stage.slack.click(card, "approve", "U0ALICE")
    modal = stage.opened()
    assert "N1: No excuse." in words_of(modal["blocks"])
    answer = stage.slack.submit({"reason": ""}, "U0ALICE")
    assert {"reason"} == set(answer["errors"])
    assert () == stage.reply(reply).approvals
    answer = stage.slack.submit({"reason": "The author asked for exactly this."}, "U0ALICE")
    assert "een tweede moet ook akkoord zijn" in words_of(answer["view"]["blocks"])
    assert ReplyStatus.AWAITING == stage.reply(reply).status
    stage.look()
    assert "overriding N1: The author asked for exactly this." in words_of(card.blocks)
    stage.slack.click(card, "approve", "U0BOB")
    assert "Alice wants to override N1" in words_of(stage.opened()["blocks"])
    stage.slack.submit({"reason": ""}, "U0BOB")

    assert ReplyStatus.APPROVED == stage.reply(reply).status
    assert ["The author asked for exactly this.", ""] == [approval.override_reason for approval in stage.reply(reply).approvals]


def test_a_text_too_long_for_the_card_is_read_whole_before_it_is_approved(stage: Stage) -> None:
    text = "Sorry. " * 900 + "The end. ^EK"
    reply, card = stage.shown(text)

    stage.slack.click(card, "approve", "U0BOB")
    modal = stage.opened()
    shown = "".join(part["elements"][0]["text"] for block in modal["blocks"] if block["type"] == "rich_text" for part in block["elements"])
    assert text in shown
    assert () == stage.reply(reply).approvals
    stage.slack.submit({}, "U0BOB")

    assert ["Bob"] == [approval.name for approval in stage.reply(reply).approvals]


def test_while_publishing_is_paused_an_approval_counts_and_says_that_it_waits(stage: Stage) -> None:
    _reply, card = stage.shown()
    stage.responders.store.turn("Els", "storing", stage.clock(), on=False)

    stage.slack.click(card, "approve", "U0BOB")
    told = stage.whispered("U0BOB")
    stage.look()

    assert ["Approved. Publishing is paused, so it goes out after that."] == told
    assert "publishing is paused, so it waits" in words_of(card.blocks)


@pytest.mark.parametrize(
    "broken",
    [
        {"actions": []},
        {"actions": [7]},
        {"actions": None},
        {"user": None},
        {"user": {"id": 7}},
        {"container": None},
        {"container": {"channel_id": 7}},
    ],
)
def test_a_click_of_any_other_shape_is_no_click(broken: dict[str, object]) -> None:
    action = {"action_id": "approve", "value": "1:x"}
    sound = {"user": {"id": "U0BOB"}, "container": {"channel_id": "C0CARDS", "message_ts": "1.1"}, "actions": [action]}

    assert Click("U0BOB", "approve", "1:x", "C0CARDS", "1.1") == read_click(sound)
    assert read_click({**sound, **broken}) is None


@pytest.mark.parametrize(
    "broken", [{"user": None}, {"user": {}}, {"view": None}, {"view": {"callback_id": 7}}, {"view": {"callback_id": "edit"}}]
)
def test_a_modal_of_any_other_shape_is_none_of_ours(broken: dict[str, object]) -> None:
    sound = {"user": {"id": "U0BOB"}, "view": {"callback_id": "edit", "private_metadata": "{}"}}

    assert Submission("U0BOB", "edit", "{}") == read_submission(sound)
    assert read_submission({**sound, **broken}) is None


def test_ten_thousand_bytes_of_reason_are_kept_and_clipped_only_on_the_card(stage: Stage) -> None:
    reply, card = stage.shown(objections=[an_objection("N1")])
    stage.slack.click(card, "approve", "U0ALICE")
    stage.opened()
    stage.slack.submit({"reason": "because " * 370}, "U0ALICE")
    stage.look()

    assert 2_900 < len(stage.reply(reply).approvals[0].override_reason)
    assert len(words_of(card.blocks)) < 3_000


def test_nobody_waits_for_slack_longer_than_its_three_seconds(stage: Stage) -> None:
    _, card = stage.shown()
    payload = stage.slack.click_payload(card, "approve", "U0BOB")
    begin = stage.clock()

    stage.slack.deliver("interactive", payload)

    assert stage.clock() - begin < timedelta(seconds=3)
