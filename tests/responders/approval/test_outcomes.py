from __future__ import annotations

from typing import Any

import pytest

from monitor.domain import ReplyStatus
from responders.approval.differences import MOST_WORDS, mark_changes
from responders.approval.outcomes import explain_approval, explain_late, explain_refusal, explain_stranger
from responders.approval.parts import Decided, Outcome, Person, Sheet
from responders.consent import same_person
from tests.builders import NOW, a_brand, a_reply, a_version, an_approval, an_objection

BOB = Person("U0BOB", "Bob", "en", ())


def refusal(person: Person = BOB, sha256: str = "", decided: Decided | None = None, **of_reply: Any) -> str:
    reply = a_reply(**of_reply)
    return explain_refusal(Outcome(False, "why not", reply), Sheet(reply, a_brand(), decided=decided), sha256, person, approving=True)


def test_what_is_gone_is_said_to_be_gone() -> None:
    assert "There is no such reply any more." == explain_refusal(Outcome(False, "x"), None, "", BOB)


def test_each_reason_of_the_desk_has_words_of_its_own() -> None:
    red = an_objection("N1")

    assert "changed by template" in refusal(sha256="f" * 64)
    assert "approved this text already" in refusal(approvals=(an_approval(name="Bob"),))
    assert "You wrote this text" in refusal(version=a_version(written_by="Bob"), approvals_needed=2)
    assert "N1 stands against this text" in refusal(objections=(red,))
    assert "why not" == refusal()


def test_what_stands_in_the_way_of_a_yes_is_no_reason_against_anything_else() -> None:
    reply = a_reply(objections=(an_objection("N1"),), approvals=(an_approval(name="Bob"),))
    late = Outcome(False, "snooze it until a moment between now and its expiry (03-03 10:00 UTC)", reply)
    piet = Person("U0PIET", "Bob", "nl", ())

    assert late.sentence == explain_refusal(late, Sheet(reply, a_brand()), "", BOB)
    assert "leg het weg tot een moment tussen nu en het verlopen (03-03 10:00 UTC)" == explain_refusal(
        late, Sheet(reply, a_brand()), "", piet
    )


def test_a_late_decision_names_the_person_or_only_the_hour_where_the_clock_decided() -> None:
    by_els = Decided(ReplyStatus.REJECTED, "Els", NOW)

    assert "not answered by Els at 02-03 10:00" in refusal(status=ReplyStatus.REJECTED, decided=by_els)
    assert "expired since 02-03 10:00" in refusal(status=ReplyStatus.EXPIRED, decided=Decided(ReplyStatus.EXPIRED, "", NOW))
    assert "published since ?" in refusal(status=ReplyStatus.POSTED)
    assert "" == explain_late(Sheet(a_reply(status=ReplyStatus.SNOOZED), a_brand()), "en")


def test_a_stranger_hears_who_may() -> None:
    assert "These may: Els, Bob." in explain_stranger("en", ["Els", "Bob"])
    assert "in responders.toml wordt er niemand" in explain_stranger("nl", [])


@pytest.mark.parametrize(
    ("status", "paused", "words"),
    [(ReplyStatus.AWAITING, False, "second person"), (ReplyStatus.HANDED_OVER, False, "by hand"), (ReplyStatus.APPROVED, False, "being"),
     (ReplyStatus.APPROVED, True, "paused")],
)  # fmt: skip
def test_an_approval_says_what_it_brought_about(status: ReplyStatus, paused: bool, words: str) -> None:
    assert words in explain_approval(a_reply(status=status), "en", paused=paused)


def test_one_person_has_one_name_at_every_door() -> None:
    assert same_person("Carol (U0CAROL)", "carol")
    assert same_person("Carol (U0CAROL)", "Carol (U0CAROL)")
    assert same_person("Carol (U0CAROL)", "Caroline (U0CAROL)")
    assert not same_person("Carol (U0CAROL)", "Carol (U0OTHER)")
    assert not same_person("Carol (U0CAROL)", "Eve")
    assert not same_person("Carol (the boss)", "Carol")


def test_texts_too_long_to_compare_are_shown_one_after_the_other() -> None:
    pieces = mark_changes("old " * MOST_WORDS, "new " * MOST_WORDS, 200)

    assert [{"strike": True}, None, {"bold": True}] == [piece.get("style") for piece in pieces]
    assert sum(len(piece["text"]) for piece in pieces) <= 201


def test_a_difference_is_cut_where_the_card_ends_and_nothing_is_still_something() -> None:
    assert "…" == mark_changes("a b c", "a x c y z " * 20, 5)[-1]["text"]
    assert ["–"] == [piece["text"] for piece in mark_changes("", "", 10)]
