from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa

from monitor.domain import Delivery, Posted, ReplyStatus, Verdict
from monitor.labelbook import LabelBook
from responders.approval.modals import audit_modal
from responders.attempts import AttemptStore
from tests.fakes.blockkit import words_of
from tests.fakes.slack import Fault
from tests.responders.approval.stage import TEXT, Stage, on_stage, wait_until

SOUND = (
    "Wat vervelend, Jo: onze sloten gingen vanochtend niet open. Dat is onze fout. Lukt het nu wel? Groet, het webteam van Waalfiets ^EK"
)


@pytest.fixture
def stage(sqlite_database: sa.Engine) -> Iterator[Stage]:
    with on_stage(sqlite_database) as built:
        yield built


# Editing


def test_an_edit_makes_a_new_version_and_the_card_shows_what_changed(stage: Stage) -> None:
    reply, card = stage.shown()

    stage.slack.click(card, "edit", "U0BOB")
    modal = stage.opened()
    assert TEXT == modal["blocks"][0]["element"]["initial_value"]
    answer = stage.slack.submit({"text": TEXT.replace("did not open", "failed"), "anyway": ["anyway"]}, "U0BOB")
    stage.look()

    assert answer is None
    edited = stage.reply(reply)
    assert (2, "Bob", TEXT.replace("did not open", "failed")) == (edited.version.number, edited.version.written_by, edited.version.text)
    assert "Changed by Bob:" in words_of(card.blocks)
    assert edited.version.sha256 in str(card.blocks)
    assert reply.version.sha256 not in str(card.blocks)


def test_rules_are_held_against_an_edit_beside_its_field_before_anything_is_saved(stage: Stage) -> None:
    reply, card = stage.shown()
    stage.slack.click(card, "edit", "U0BOB")
    stage.opened()

    answer = stage.slack.submit({"text": "Sorry if you felt that our locks were slow. [NAME]"}, "U0BOB")

    assert {"text"} == set(answer["errors"])
    assert re.match(r"[RN]\d+: ", answer["errors"]["text"])
    assert 1 == stage.reply(reply).version.number


def test_each_is_told_in_their_own_language_what_stands_against_an_edit(stage: Stage) -> None:
    _, card = stage.shown()
    told = []
    for user in ("U0ALICE", "U0BOB"):
        stage.slack.click(card, "edit", user)
        told.append(stage.slack.submit({"text": "Sorry that our locks did not open. Dear [NAME]"}, user, stage.opened())["errors"]["text"])

    assert "Hier staat nog een open plek: [NAME]." in told[0]
    assert "A blank is left open here: [NAME]." in told[1]


def test_an_edit_that_changes_nothing_says_so(stage: Stage) -> None:
    reply, card = stage.shown()
    stage.slack.click(card, "edit", "U0ALICE")
    stage.opened()

    for text in (TEXT, "   "):
        assert {"text": "De tekst is zoals hij was; er is niets veranderd."} == stage.slack.submit({"text": text})["errors"]
    assert 1 == stage.reply(reply).version.number


def test_of_two_edits_of_one_text_the_second_is_told_and_not_saved(stage: Stage) -> None:
    reply, card = stage.shown()
    stage.slack.click(card, "edit", "U0ALICE")
    alices = stage.opened()
    stage.slack.click(card, "edit", "U0BOB")
    bobs = stage.opened()

    stage.slack.submit({"text": "First. ^EK", "anyway": ["anyway"]}, "U0ALICE", alices)
    answer = stage.slack.submit({"text": "Second. ^EK", "anyway": ["anyway"]}, "U0BOB", bobs)

    assert "The text was changed by Alice" in words_of(answer["view"]["blocks"])
    assert "First. ^EK" == stage.reply(reply).version.text


def test_control_characters_never_come_in_through_a_modal(stage: Stage) -> None:
    reply, card = stage.shown()
    stage.slack.click(card, "edit", "U0BOB")
    stage.opened()

    stage.slack.submit({"text": "So\x00rry\x1b[2J. ^EK", "anyway": ["anyway"]}, "U0BOB")

    assert "Sorry[2J. ^EK" == stage.reply(reply).version.text


def test_a_text_longer_than_slacks_field_is_edited_at_the_terminal(stage: Stage) -> None:
    _, card = stage.shown("Sorry. " * 500)

    stage.slack.click(card, "edit", "U0BOB")

    modal = stage.opened()
    assert "edit it with: responders edit 1" in words_of(modal["blocks"])
    assert "submit" not in modal


# Refusing, snoozing, assigning


def test_a_rejection_keeps_its_rule_and_words(stage: Stage) -> None:
    reply, card = stage.shown()
    stage.slack.click(card, "reject", "U0BOB")
    stage.opened()

    assert {"words": "Choose a reason, or write one."} == stage.slack.submit({}, "U0BOB")["errors"]
    assert stage.slack.submit({"rule": "T3", "words": "it is a joke"}, "U0BOB") is None
    stage.look()

    assert (ReplyStatus.REJECTED, "Bob: T3 it is a joke") == (stage.reply(reply).status, stage.reply(reply).reason)
    assert "Not answered; decided by Bob" in words_of(card.blocks)


def test_a_post_that_is_not_about_us_is_refused_in_those_words_and_labelled(stage: Stage) -> None:
    reply, card = stage.shown()
    stage.slack.click(card, "reject", "U0BOB")
    stage.opened()

    stage.slack.submit({"rule": "not_about_us", "words": "the bird"}, "U0BOB")
    found = LabelBook(stage.responders.database).given(stage.reply(reply).mention.mention.brand)

    assert "Bob: Not about us: the bird" == stage.reply(reply).reason
    assert [(Verdict.NOT_ABOUT_US, "Bob", "slack")] == [(one.verdict, one.by, one.door) for one in found]


def test_not_answering_from_the_menu_is_the_same_decision(stage: Stage) -> None:
    reply, card = stage.shown()
    stage.slack.click(card, "more", "U0BOB", option="silent")
    stage.opened()

    stage.slack.submit({"rule": "T8"}, "U0BOB")

    assert "Bob: T8 the author talks to others, not to us" == stage.reply(reply).reason


def test_a_snoozed_card_says_until_when_and_comes_back_with_a_line_in_its_thread(stage: Stage) -> None:
    reply, card = stage.shown()
    stage.slack.click(card, "snooze", "U0BOB")
    stage.opened()
    stage.slack.submit({"for": "1h"}, "U0BOB")
    stage.look()
    assert ReplyStatus.SNOOZED == stage.reply(reply).status
    assert "Put aside by Bob" in words_of(card.blocks)

    stage.clock.ahead += timedelta(hours=1)
    stage.responders.store.wake_and_expire(stage.clock())
    stage.look(2)

    assert "Put aside" not in words_of(card.blocks)
    assert ["It waits for approval again."] == [m.text for m in stage.slack.shown("C0CARDS", thread=True)]


def test_a_snooze_beyond_the_expiry_is_refused_with_the_reason(stage: Stage) -> None:
    reply, card = stage.shown(expires_at=stage.clock() + timedelta(minutes=50))
    stage.slack.click(card, "snooze", "U0BOB")
    stage.opened()

    answer = stage.slack.submit({"for": "1h"}, "U0BOB")

    assert "its expiry" in words_of(answer["view"]["blocks"])
    assert ReplyStatus.AWAITING == stage.reply(reply).status


def test_who_is_given_a_reply_is_told_directly_and_stands_on_the_card(stage: Stage) -> None:
    reply, card = stage.shown()
    stage.slack.click(card, "assign", "U0ALICE")
    stage.opened()

    assert stage.slack.submit({"user": "U0BOB"}) is None
    stage.look(2)

    assert "Assigned to:  Bob" in words_of(card.blocks)
    [told] = stage.slack.shown("D0BOB")
    assert f"Alice asks you to look at reply {reply.id}: <https://x.slack.com/archives/C0CARDS/p" in told.text
    assert [] == stage.slack.pings()


# Reading


def test_everybody_may_read_the_whole_post_and_what_happened(stage: Stage) -> None:
    _, card = stage.shown(network="reddit")
    stage.slack.click(card, "more", "U0EVE", option="all")
    assert "The lock of my Waalfiets" in words_of(stage.opened()["blocks"])

    stage.slack.click(card, "more", "U0EVE", option="audit")

    assert "draft: waits for approval" in words_of(stage.opened()["blocks"])


def test_what_happened_is_told_in_the_language_of_whoever_asks(stage: Stage) -> None:
    reply, card = stage.shown()
    stage.slack.click(card, "reject", "U0BOB")
    stage.opened()
    stage.slack.submit({"rule": "T3"}, "U0BOB")
    sheets = [stage.side.clicks.desk.sheet(reply.id, language) for language in ("nl", "en")]
    dutch, english = (words_of(audit_modal(sheet, "C1", stage.book.audit(stage.reply(reply)))["blocks"]) for sheet in sheets if sheet)

    assert "Bob: niet beantwoord. Bob: T3 een tirade, grap of satire" in dutch
    assert "Bob: not answered. Bob: T3 a rant, joke or satire" in english
    assert ("concept gemaakt. concept van template" in dutch, "draft by" in dutch) == (True, False)


def test_opening_the_post_from_the_menu_is_slacks_own_doing(stage: Stage) -> None:
    _, card = stage.shown()

    stage.slack.click(card, "more", "U0EVE", option="open")

    assert [] == stage.slack.whispers("U0EVE")


def test_an_earlier_text_can_be_taken_back_and_comes_from_our_own_memory(stage: Stage) -> None:
    reply, card = stage.shown()
    stage.responders.store.edit(reply.id, "Worse words. ^EK", "Jan", (), stage.clock())
    stage.look()
    stage.slack.click(card, "more", "U0BOB", option="alternatives")
    modal = stage.opened()
    assert TEXT in words_of(modal["blocks"])
    modal["blocks"][0]["elements"][1]["elements"][0]["text"] = "forged"

    stage.slack.click_in_view(modal, "use", "U0BOB")
    wait_until(lambda: "Saved as a new version" in words_of(modal["blocks"]))

    assert (3, TEXT, "Bob") == (stage.reply(reply).version.number, stage.reply(reply).version.text, stage.reply(reply).version.written_by)


def test_without_another_text_the_menu_says_so(stage: Stage) -> None:
    _, card = stage.shown()

    stage.slack.click(card, "more", "U0BOB", option="alternatives")

    assert "There is no other text." in words_of(stage.opened()["blocks"])


# Posting by hand


def test_what_was_posted_by_hand_is_recorded_and_compared(stage: Stage) -> None:
    reply, card = stage.shown(delivery=Delivery.ASSISTED)
    stage.slack.click(card, "approve", "U0ALICE")
    assert ["Goedgekeurd. Plaats nu precies deze tekst met de hand, en druk op “Ik heb het geplaatst”."] == stage.whispered()
    stage.look()
    assert "Copy exactly this text" in words_of(card.blocks)
    stage.slack.click(card, "posted", "U0BOB")
    stage.opened()

    assert {"url"} == set(stage.slack.submit({"url": "javascript:alert(1)"}, "U0BOB")["errors"])
    assert stage.slack.submit({"url": "https://x.example/9", "text": TEXT.replace("Sorry", "So sorry")}, "U0BOB") is None
    stage.look(2)

    assert (ReplyStatus.POSTED, "https://x.example/9") == (stage.reply(reply).status, stage.reply(reply).posted_url)
    assert "What stands there differs from what was approved:" in words_of(card.blocks)
    assert ["Published: <https://x.example/9>"] == [m.text for m in stage.slack.shown("C0CARDS", thread=True)]


def test_what_reading_back_finds_closes_the_card_too(stage: Stage) -> None:
    reply, card = stage.shown(delivery=Delivery.ASSISTED)
    stage.slack.click(card, "approve", "U0BOB")
    stage.whispered("U0BOB")
    stage.responders.attempts.posted_by_hand(reply.id, Posted("9", "https://x.example/9", TEXT), "read-back", stage.clock())
    stage.look()

    assert "and published" in words_of(card.blocks)
    assert "differs" not in words_of(card.blocks)


def test_who_says_twice_that_it_is_posted_hears_that_it_is_recorded(stage: Stage) -> None:
    reply, card = stage.shown(delivery=Delivery.ASSISTED)
    stage.slack.click(card, "approve", "U0BOB")
    stage.whispered("U0BOB")
    stage.look()
    stage.slack.click(card, "posted", "U0BOB")
    modal = stage.opened()
    stage.slack.submit({"url": "https://x.example/9"}, "U0BOB", modal)

    answer = stage.slack.submit({"url": "https://x.example/10"}, "U0BOB", modal)

    assert "This was decided before you: published" in words_of(answer["view"]["blocks"])
    assert "https://x.example/9" == stage.reply(reply).posted_url


def test_what_needs_a_look_can_be_tried_again_on_a_persons_word(stage: Stage) -> None:
    reply, card = stage.shown()
    stage.slack.click(card, "approve", "U0BOB")
    stage.whispered("U0BOB")
    attempts = AttemptStore(stage.responders.database)
    claim = attempts.claim(reply.id, "w", stage.clock())
    assert claim is not None
    attempts.needs_review(claim, "mastodon: the post is <locked>", stage.clock(), refused=True)
    stage.look(2)
    assert "mastodon: the post is <locked>" in words_of(card.blocks)
    assert ["A person must look what became of it: mastodon: the post is &lt;locked&gt;"] == [
        m.text for m in stage.slack.shown("C0CARDS", thread=True)
    ]

    stage.slack.click(card, "retry", "U0BOB")

    assert "It is tried again." == stage.whispered("U0BOB", 2)[1]
    assert ReplyStatus.APPROVED == stage.reply(reply).status


# When things go wrong


def test_a_modal_of_a_reply_that_is_not_there_says_so(stage: Stage) -> None:
    _, card = stage.shown()
    stage.slack.click(card, "snooze", "U0BOB")
    modal = stage.opened()

    modal["private_metadata"] = modal["private_metadata"].replace("1:", "77:", 1)
    assert "no such reply" in words_of(stage.slack.submit({"for": "1h"}, "U0BOB", modal)["view"]["blocks"])
    modal["private_metadata"] = "{}"
    assert "not one of ours" in words_of(stage.slack.submit({"for": "1h"}, "U0BOB", modal)["view"]["blocks"])


def test_where_slack_opens_no_modal_the_person_is_told_and_nothing_changed(stage: Stage) -> None:
    reply, card = stage.shown()
    stage.slack.faults.append(Fault("views.open", "error", error="expired_trigger_id"))

    stage.slack.click(card, "edit", "U0BOB")

    assert ["That did not work just now. Nothing was changed; please try again."] == stage.whispered("U0BOB")
    assert 1 == stage.reply(reply).version.number


def test_a_modal_sent_by_somebody_who_may_not_decide_decides_nothing(stage: Stage) -> None:
    reply, card = stage.shown()
    stage.slack.click(card, "reject", "U0BOB")
    stage.opened()

    answer = stage.slack.submit({"rule": "T3"}, "U0EVE")

    assert "You may not decide on this reply" in words_of(answer["view"]["blocks"])
    assert ReplyStatus.AWAITING == stage.reply(reply).status
