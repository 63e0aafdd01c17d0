from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from monitor.domain import Action, Approval, Delivery, Draft, MentionStatus, Posted, ReplyStatus, text_hash
from monitor.settings import Approver
from monitor.store import MonitorStore
from monitor.tables import versions
from responders.attempts import AttemptStore
from responders.store import ReplyStore
from tests.builders import NOW, a_mention, a_triage, an_objection
from tests.chain import LATER, approve, save_queued, save_waiting_reply


def test_a_draft_awaits_a_person_with_its_objections_and_hash(database: sa.Engine) -> None:
    objection = an_objection("N4", span=(3, 9))

    reply = save_waiting_reply(database, "We refund you. ^EK", objections=[objection])

    assert (ReplyStatus.AWAITING, (objection,)) == (reply.status, reply.version.objections)
    assert text_hash("We refund you. ^EK") == reply.version.sha256
    assert MentionStatus.DRAFTED == reply.mention.status


def test_what_a_rule_says_is_kept_for_readers_of_both_languages_and_what_was_kept_before_is_read_as_it_is(database: sa.Engine) -> None:
    reply = save_waiting_reply(database, objections=[an_objection(nl="Zet je naam erbij.", en="Sign with a name or initials.")])
    kept = ReplyStore(database).reply(reply.id)
    with database.begin() as connection:
        connection.execute(versions.update().values(objections=[["R10", "red", 0, 0, "Sign it."]]))
    before = ReplyStore(database).reply(reply.id)
    assert kept is not None
    assert before is not None

    assert ["Zet je naam erbij.", "Sign with a name or initials."] == [kept.version.objections[0].said(reader) for reader in ("nl", "en")]
    assert ["Sign it.", "Sign it."] == [before.version.objections[0].said(reader) for reader in ("nl", "en")]


def test_two_who_draft_for_one_mention_make_one_reply(database: sa.Engine) -> None:
    [stored] = save_queued(database, a_mention())
    store = ReplyStore(database)

    kinds = {"approvals_needed": 1, "at": NOW, "expires_at": NOW + LATER}
    saved = [store.save_draft(stored, Draft(text, "template"), Delivery.API, "", (), **kinds) for text in ("a", "b")]  # type: ignore[arg-type]

    assert [1, None] == saved
    assert ["a"] == [reply.version.text for reply in store.replies()]


def test_escalated_mentions_are_drafted_first(database: sa.Engine) -> None:

    save_queued(database, a_mention(external_id="calm"))
    save_queued(database, a_mention(external_id="danger"), triage=a_triage(Action.ESCALATE, rules=("T12",)))

    assert ["danger", "calm"] == [stored.mention.external_id for stored in ReplyStore(database).queued(10)]


def test_what_is_not_answered_says_by_which_rule(database: sa.Engine) -> None:
    [stored] = save_queued(database, a_mention())

    left = ReplyStore(database).leave_unanswered(stored, "T8", "T8: they talk among themselves", NOW)

    assert left
    assert MentionStatus.WATCHED == MonitorStore(database).mentions()[0].status
    assert "T8: they talk among themselves" == MonitorStore(database).audit(mention_id=stored.id)[-1].reason
    assert not ReplyStore(database).leave_unanswered(stored, "T8", "again", NOW)


def test_an_approved_reply_goes_to_the_engine_in_the_same_transaction(database: sa.Engine) -> None:
    reply = save_waiting_reply(database)
    told: list[int] = []

    def enqueue(_connection: sa.Connection, reply_id: int) -> None:
        told.append(reply_id)
        raise RuntimeError("the engine cannot take it")

    with pytest.raises(RuntimeError):
        ReplyStore(database, enqueue).approve(reply.id, Approval("Els", reply.version.sha256, NOW), ())

    assert [reply.id] == told
    assert ReplyStatus.AWAITING == ReplyStore(database).reply(reply.id).status  # type: ignore[union-attr]


def test_approving_an_old_version_is_refused_and_shows_the_new_one(database: sa.Engine) -> None:
    reply = save_waiting_reply(database)
    store = ReplyStore(database)
    store.edit(reply.id, "Other words. ^JV", "Jan", (), NOW)

    outcome = store.approve(reply.id, Approval("Els", reply.version.sha256, NOW), ())

    assert not outcome.ok
    assert "by Jan" in outcome.sentence
    assert "Other words. ^JV" == outcome.reply.version.text  # type: ignore[union-attr]


def test_of_two_people_at_once_one_decides_and_the_other_is_told_by_whom(database: sa.Engine) -> None:
    reply = save_waiting_reply(database)
    approve(database, reply, "Els Kamps")

    late = ReplyStore(database).reject(reply.id, "Jan", "not ours", NOW)
    second = ReplyStore(database).approve(reply.id, Approval("Jan", reply.version.sha256, NOW), ())

    # Jan may still call it back before it is sent; a second approval changes nothing.
    assert late.ok
    assert not second.ok
    assert "rejected already (Jan: not ours)" in second.sentence


def test_an_edit_after_approval_takes_the_approval_away(database: sa.Engine) -> None:
    reply = approve(database, save_waiting_reply(database))
    store = ReplyStore(database)

    edited = store.edit(reply.id, "Better words. ^EK", "Jan", (), NOW).reply
    back = store.edit(reply.id, reply.version.text, "Jan", (), NOW).reply

    assert (ReplyStatus.AWAITING, ()) == (edited.status, edited.approvals)  # type: ignore[union-attr]
    # The same words again are a new version, and nobody approved that one.
    assert (3, ()) == (back.version.number, back.approvals)  # type: ignore[union-attr]


def test_an_edit_of_a_version_that_was_replaced_meanwhile_is_not_saved_over_it(database: sa.Engine) -> None:
    reply = save_waiting_reply(database)
    store = ReplyStore(database)
    store.edit(reply.id, "Jan's words", "Jan", (), NOW, seen=reply.version.sha256)

    outcome = store.edit(reply.id, "Els's words", "Els", (), NOW, seen=reply.version.sha256)

    assert not outcome.ok
    assert "Jan's words" == outcome.reply.version.text  # type: ignore[union-attr]


def test_an_edit_that_changes_nothing_makes_no_version(database: sa.Engine) -> None:
    reply = save_waiting_reply(database)

    outcome = ReplyStore(database).edit(reply.id, reply.version.text, "Els", (), NOW)

    assert (True, 1) == (outcome.ok, outcome.reply.version.number)  # type: ignore[union-attr]


def test_two_people_must_agree_where_two_are_needed(database: sa.Engine) -> None:
    reply = save_waiting_reply(database, approvals_needed=2)

    first = approve(database, reply, "Els Kamps")
    second = approve(database, first, "Jan")

    assert (ReplyStatus.AWAITING, ReplyStatus.APPROVED) == (first.status, second.status)


def test_a_red_objection_is_overridden_by_two_people_and_a_written_reason(database: sa.Engine) -> None:
    reply = save_waiting_reply(database, objections=[an_objection("N4")])
    store = ReplyStore(database)

    bare = store.approve(reply.id, Approval("Els", reply.version.sha256, NOW), ())
    first = approve(database, reply, "Els", override="It stands on our site since Monday.")
    second = approve(database, first, "Jan")

    assert [False, ReplyStatus.AWAITING, ReplyStatus.APPROVED] == [bare.ok, first.status, second.status]
    assert "It stands on our site" in MonitorStore(database).audit(mention_id=reply.mention.id)[-2].reason


def test_an_assisted_reply_is_handed_to_a_person_and_recorded_when_posted(database: sa.Engine) -> None:
    reply = approve(database, save_waiting_reply(database, delivery=Delivery.ASSISTED))

    outcome = AttemptStore(database).posted_by_hand(reply.id, Posted("9", "https://x.example/9", "Other words"), "Els", NOW)

    assert ReplyStatus.HANDED_OVER == reply.status
    assert "its text differs" in outcome.sentence
    assert (ReplyStatus.POSTED, MentionStatus.ANSWERED) == (outcome.reply.status, outcome.reply.mention.status)  # type: ignore[union-attr]


def test_only_approvers_may_decide(database: sa.Engine) -> None:
    reply = save_waiting_reply(database)
    store, approvers = ReplyStore(database), (Approver("Els Kamps"),)

    refused = [
        store.approve(reply.id, Approval("Jan", reply.version.sha256, NOW), approvers),
        store.reject(reply.id, "Jan", "no", NOW, approvers=approvers),
        store.snooze(reply.id, "Jan", NOW + timedelta(hours=1), NOW, approvers),
    ]

    assert [False] * 3 == [outcome.ok for outcome in refused]
    assert ReplyStatus.AWAITING == store.reply(reply.id).status  # type: ignore[union-attr]


def test_a_snoozed_reply_wakes_and_one_that_waited_too_long_expires(database: sa.Engine) -> None:
    first, second = save_waiting_reply(database, external_id="1"), save_waiting_reply(database, external_id="2", at=NOW)
    store = ReplyStore(database)
    snoozed = store.snooze(first.id, "Els", NOW + timedelta(hours=2), NOW)

    nothing = store.wake_and_expire(NOW + timedelta(hours=1))
    woken = store.wake_and_expire(NOW + timedelta(hours=2))
    expired = store.wake_and_expire(NOW + LATER)

    assert snoozed.ok
    assert [([], []), ([first.id], []), ([], [first.id, second.id])] == [nothing, woken, expired]
    assert MentionStatus.CLOSED == store.reply(second.id).mention.status  # type: ignore[union-attr]


def test_a_snooze_ends_before_the_reply_expires(database: sa.Engine) -> None:
    reply = save_waiting_reply(database)
    store = ReplyStore(database)

    refused = [store.snooze(reply.id, "Els", until, NOW).ok for until in (NOW, NOW + LATER, NOW + 2 * LATER)]

    assert [False] * 3 == refused


def test_what_does_not_exist_is_said_so(database: sa.Engine) -> None:
    store = ReplyStore(database)

    outcomes = [
        store.approve(7, Approval("Els", "", NOW), ()),
        store.edit(7, "x", "Els", (), NOW),
        store.reject(7, "Els", "no", NOW),
        store.snooze(7, "Els", NOW, NOW),
    ]

    assert {"there is no reply 7; responders list shows those that wait"} == {outcome.sentence for outcome in outcomes}


def test_a_pause_says_who_and_why_and_stands_in_the_audit(database: sa.Engine) -> None:
    store = ReplyStore(database)
    reply = save_waiting_reply(database)

    store.turn("Els", "crisis", NOW, on=False)
    approved = store.approve(reply.id, Approval("Els", reply.version.sha256, NOW), ())

    assert (False, "Els", "crisis") == (lambda s: (s.on, s.changed_by, s.reason))(store.switch())  # noqa: PLC3002
    assert "publishing is paused" in approved.sentence
    assert [] == AttemptStore(database).due(NOW)
    store.turn("Jan", "", NOW, on=True)
    assert [reply.id] == AttemptStore(database).due(NOW)
    assert [("on", "paused"), ("paused", "on")] == [
        (event.old_status, event.new_status)
        for event in MonitorStore(database).audit()
        if event.reply_id is None and event.mention_id is None
    ]


def test_nobody_gets_a_copy_of_the_answer_to_another(database: sa.Engine) -> None:
    first = save_waiting_reply(database, "One", external_id="1")
    save_waiting_reply(database, "Two", external_id="2")
    ReplyStore(database).reject(first.id, "Els", "no", NOW)

    assert ["Two"] == ReplyStore(database).earlier_texts("waalfiets")
    assert [] == ReplyStore(database).earlier_texts("waalfiets", except_mention=2)


def test_replies_are_counted_by_status(database: sa.Engine) -> None:
    save_waiting_reply(database, external_id="1")
    approve(database, save_waiting_reply(database, external_id="2"))

    assert {ReplyStatus.AWAITING: 1, ReplyStatus.APPROVED: 1} == ReplyStore(database).counts()
