from __future__ import annotations

import pytest

from monitor.domain import ReplyStatus, Severity
from monitor.settings import Approver
from responders.consent import needed, refuse_approval, refuse_decider, refuse_restart
from tests.builders import a_reply, a_version, an_approval, an_objection


def test_a_named_person_may_approve_the_current_text() -> None:
    reply = a_reply()

    assert refuse_approval(reply, an_approval(reply.version), ()) == ""
    assert needed(reply) == 1


@pytest.mark.parametrize("name", ["", "   ", "x" * 101, "Els\nKamps", "\x1b[31mEls"])
def test_a_decision_needs_a_decent_name(name: str) -> None:
    assert refuse_decider(name, "waalfiets", ())


def test_only_the_approvers_of_a_brand_may_decide_for_it() -> None:
    approvers = (Approver("Els Kamps", ("waalfiets",)), Approver("Jan", ()), Approver("Piet", ("other",)))

    assert [refuse_decider(name, "waalfiets", approvers) for name in ("Els Kamps", "Jan", "Piet")] == [
        "",
        "",
        "Piet may not decide for waalfiets; these may: Els Kamps, Jan",
    ]


def test_only_who_is_listed_may_restart_publishing_and_where_nobody_is_whoever_gives_a_name() -> None:
    listed = (Approver("Els", ("waalfiets",)), Approver("Jan"))

    said = [refuse_restart(name, listed) for name in ("Els", "Jan", "Piet")]

    assert ["", "", "Piet may not restart publishing; these may: Els, Jan"] == said
    assert ("", True) == (refuse_restart("Piet", ()), bool(refuse_restart(" ", ())))


def test_where_nobody_is_named_for_a_brand_the_refusal_says_so() -> None:
    assert "nobody is named" in refuse_decider("Piet", "waalfiets", (Approver("Jan", ("other",)),))


def test_an_approval_of_other_words_does_not_count() -> None:
    reply = a_reply(number=2, written_by="Jan")

    sentence = refuse_approval(reply, an_approval(sha256="0" * 64), ())

    assert "now has version" in sentence
    assert "by Jan" in sentence


@pytest.mark.parametrize("status", sorted(set(ReplyStatus) - {ReplyStatus.AWAITING, ReplyStatus.SNOOZED}))
def test_a_decided_reply_is_not_decided_again(status: ReplyStatus) -> None:
    reply = a_reply(status=status, approvals=(an_approval(),))

    assert f"is {status.value} already" in refuse_approval(reply, an_approval(name="Jan"), ())


def test_a_red_objection_blocks_and_a_written_reason_calls_for_a_second_person() -> None:
    reply = a_reply(objections=(an_objection("N4"), an_objection("N9", Severity.AMBER)))
    reasoned = an_approval(reply.version, override_reason="The fact stands on our site.")

    assert "rule N4 stands" in refuse_approval(reply, an_approval(reply.version), ())
    assert (refuse_approval(reply, reasoned, ()), needed(reply, reasoned)) == ("", 2)
    blank = an_approval(reply.version, override_reason="  ")
    assert refuse_approval(reply, blank, ())


def test_the_same_person_never_counts_twice() -> None:
    version = a_version()
    reply = a_reply(version=version, approvals_needed=2, approvals=(an_approval(version),))

    assert "has approved this text already" in refuse_approval(reply, an_approval(version, name="els kamps"), ())
    assert refuse_approval(reply, an_approval(version, name="Jan"), ()) == ""


def test_where_two_must_agree_neither_wrote_the_text() -> None:
    reply = a_reply(written_by="Els Kamps", approvals_needed=2)

    assert "two others must agree" in refuse_approval(reply, an_approval(reply.version), ())
    assert "two others must agree" in refuse_approval(reply, an_approval(reply.version, name="ELS KAMPS"), ())
    assert refuse_approval(a_reply(written_by="Els Kamps"), an_approval(reply.version), ()) == ""
