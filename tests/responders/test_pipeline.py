from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from monitor.contracts import AdapterError, RateLimited, Rejected, Unavailable
from monitor.domain import Action, Brand, Delivery, Draft, Fact, History, MentionStatus, Posted, Reply, ReplyStatus, StoredMention
from monitor.settings import NetworkSettings
from monitor.store import MonitorStore
from responders import pipeline
from responders.approval.refusals import spell_refusal
from responders.attempts import MAX_ATTEMPTS, AttemptStore
from responders.contracts import NotSent, Standing
from responders.limits import limit_for
from responders.pipeline import usable_facts
from responders.posters.console import ConsolePoster
from responders.store import ReplyStore
from tests.builders import NOW, a_brand, a_fact, a_mention, a_stored_mention, a_triage
from tests.chain import approve, save_queued, save_waiting_reply

NETWORKS = {"mastodon": NetworkSettings("mastodon", Delivery.API, "console", "waalfiets")}


class Wire:
    """The console poster on a network that answers as a test says."""

    name = "console"

    def __init__(self, path: Path) -> None:
        self.path = path
        self.console = ConsolePoster(path, limit_for("mastodon"), "waalfiets")
        self.limit, self.length = self.console.limit, self.console.length
        self.on_post: Exception | None = None
        self.after_post: Exception | None = None
        self.on_find: Exception | None = None
        self.on_standing: Exception | None = None
        self.stands: Standing | None = None
        self.sends = 0

    def post(self, reply: Reply) -> Posted:
        self.sends += 1
        if self.on_post:
            raise self.on_post
        posted = self.console.post(reply)
        if self.after_post:
            raise self.after_post
        return posted

    def find(self, reply: Reply) -> Posted | None:
        if self.on_find:
            raise self.on_find
        return self.console.find(reply)

    def standing(self, reply: Reply) -> Standing:
        if self.on_standing:
            raise self.on_standing
        return self.stands or self.console.standing(reply)

    def answered_by(self, reply: Reply, handles: Sequence[str]) -> str:
        return self.console.answered_by(reply, handles)


@pytest.fixture
def wire(tmp_path: Path) -> Wire:
    return Wire(tmp_path / "console.jsonl")


class Sending:
    """One approved reply and everything needed to publish it."""

    def __init__(self, database: sa.Engine, wire: Wire) -> None:
        self.database, self.wire, self.now = database, wire, NOW
        self.attempts = AttemptStore(database)
        self.reply = approve(database, save_waiting_reply(database))

    def publish(self, *, step: Callable[[str], None] = lambda _name: None, posters: Any = None, **more: Any) -> str:
        posters = {"mastodon": self.wire} if posters is None else posters
        return pipeline.publish(self.attempts, posters, self.reply.id, "one", lambda: self.now, step=step, **more)

    @property
    def standing(self) -> Reply:
        reply = ReplyStore(self.database).reply(self.reply.id)
        assert reply is not None
        return reply


@pytest.fixture
def sending(sqlite_database: sa.Engine, wire: Wire) -> Sending:
    return Sending(sqlite_database, wire)


def test_an_approved_reply_is_published_once(sending: Sending) -> None:
    words = [sending.publish(), sending.publish()]

    assert ["posted", ""] == words
    assert (ReplyStatus.POSTED, 1) == (sending.standing.status, sending.wire.sends)


def test_a_reply_that_does_not_exist_is_nobodys_to_publish(sending: Sending) -> None:
    assert "" == pipeline.publish(sending.attempts, {}, 99, "one", lambda: NOW)


def test_where_no_poster_is_configured_any_more_a_person_is_asked(sending: Sending) -> None:
    assert "needs_review" == sending.publish(posters={})
    assert "add [network.mastodon]" in sending.standing.reason


@pytest.mark.parametrize(
    ("error", "word", "status"),
    [
        (RateLimited("console: too many requests", NOW + timedelta(minutes=5)), "put off", ReplyStatus.APPROVED),
        (NotSent("console: connection refused"), "put off", ReplyStatus.APPROVED),
        (Rejected("console: the account is suspended"), "needs_review", ReplyStatus.NEEDS_REVIEW),
        (Unavailable("console: connection reset"), "unclear", ReplyStatus.POSTING),
    ],
)
def test_what_the_network_answers_decides_what_comes_next(sending: Sending, error: AdapterError, word: str, status: ReplyStatus) -> None:
    sending.wire.on_post = error

    assert word == sending.publish()
    assert (status, 1) == (sending.standing.status, sending.wire.sends)


def test_an_answer_that_was_lost_is_found_by_reading_back_and_not_sent_again(sending: Sending) -> None:
    sending.wire.after_post = Unavailable("console: connection reset")
    first = sending.publish()
    sending.now += pipeline.READ_BACK_AFTER
    second = sending.publish()

    assert ("unclear", "posted", 1) == (first, second, sending.wire.sends)
    assert ReplyStatus.POSTED == sending.standing.status


def test_what_never_arrived_is_sent_once_more_after_reading_back(sending: Sending) -> None:
    sending.wire.on_post = Unavailable("console: connection reset")
    sending.publish()
    sending.wire.on_post = None
    sending.now += pipeline.READ_BACK_AFTER

    assert "posted" == sending.publish()
    assert 2 == sending.wire.sends


def test_where_reading_back_is_refused_a_person_is_asked(sending: Sending) -> None:
    sending.wire.after_post = Unavailable("console: connection reset")
    sending.publish()
    sending.wire.on_find = Rejected("console: may not read")
    sending.now += pipeline.READ_BACK_AFTER

    assert "needs_review" == sending.publish()
    assert 1 == sending.wire.sends


def test_while_reading_back_fails_nothing_is_sent_and_in_the_end_a_person_is_asked(sending: Sending) -> None:
    sending.wire.after_post = Unavailable("console: connection reset")
    words = [sending.publish()]
    sending.wire.on_find = Unavailable("console: the search is down")
    for _number in range(MAX_ATTEMPTS):
        sending.now += timedelta(hours=1)
        words.append(sending.publish())

    assert 1 == sending.wire.sends
    assert ReplyStatus.NEEDS_REVIEW == sending.standing.status
    assert {"unclear", ""} == set(words)


@pytest.mark.parametrize(("stands", "rule"), [(Standing.GONE, "T15"), (Standing.EDITED, "T15"), (Standing.ANSWERED, "T14")])
def test_a_mention_that_changed_under_us_gets_no_answer(sending: Sending, stands: Standing, rule: str) -> None:
    sending.wire.stands = stands

    assert "cancelled" == sending.publish()
    assert (ReplyStatus.REJECTED, 0) == (sending.standing.status, sending.wire.sends)
    assert sending.standing.reason.startswith(rule)


def test_where_a_colleague_answered_from_another_account_of_the_brand_nothing_is_sent(sending: Sending) -> None:
    mention = sending.reply.mention.mention
    line = {"network": mention.network, "mention": mention.external_id, "answered_by": "@Waalfiets_Help"}
    (sending.wire.path).write_text(json.dumps(line) + "\n", encoding="utf-8")
    handles = {mention.brand: ("@waalfiets", "@waalfiets_help")}

    assert "cancelled" == sending.publish(handles=handles)
    assert (ReplyStatus.REJECTED, 0) == (sending.standing.status, sending.wire.sends)
    assert sending.standing.reason.startswith("T14: waalfiets_help, another account of this brand, has answered")
    assert spell_refusal("nl", sending.standing.reason).startswith("T14: waalfiets_help, een ander account van dit merk, heeft de")


def test_a_colleague_of_another_brand_answers_for_that_brand(sending: Sending) -> None:
    mention = sending.reply.mention.mention
    line = {"network": mention.network, "mention": mention.external_id, "answered_by": "@waallease"}
    (sending.wire.path).write_text(json.dumps(line) + "\n", encoding="utf-8")

    assert "posted" == sending.publish(handles={mention.brand: ("@waalfiets",), "lease": ("@waallease",)})


def test_where_nobody_can_tell_what_became_of_the_mention_a_person_is_asked(sending: Sending) -> None:
    sending.wire.stands = Standing.UNKNOWN

    assert "needs_review" == sending.publish()
    assert 0 == sending.wire.sends


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (Rejected("console: logged out"), "needs_review"),
        (Unavailable("console: timed out"), "put off"),
        (RateLimited("console: slow down", NOW + timedelta(hours=1)), "put off"),
    ],
)
def test_without_a_last_look_nothing_is_sent(sending: Sending, error: AdapterError, word: str) -> None:
    sending.wire.on_standing = error

    assert word == sending.publish()
    assert 0 == sending.wire.sends


def test_a_pause_between_the_claim_and_the_send_stops_the_send(sending: Sending) -> None:
    def pause(step: str) -> None:
        if step == "looked again":
            ReplyStore(sending.database).turn("Els", "", NOW, on=False)

    assert "released" == sending.publish(step=pause)
    assert (ReplyStatus.APPROVED, 0) == (sending.standing.status, sending.wire.sends)
    ReplyStore(sending.database).turn("Els", "", NOW, on=True)
    assert ("posted", 1) == (sending.publish(), sending.wire.sends)


def test_a_claim_that_ran_out_before_the_send_is_taken_anew_after_a_wait(sending: Sending) -> None:
    def dawdle(step: str) -> None:
        if step == "looked again":
            sending.now += timedelta(minutes=2)

    assert "released" == sending.publish(step=dawdle)
    assert "" == sending.publish()
    sending.now += timedelta(seconds=10)
    assert ("posted", 1) == (sending.publish(), sending.wire.sends)


def test_a_worker_that_lost_its_claim_during_the_send_leaves_the_record_to_the_other(sending: Sending) -> None:
    def lose(step: str) -> None:
        if step == "sent":
            sending.now += timedelta(minutes=3)
            taken = sending.attempts.claim(sending.reply.id, "two", sending.now)
            assert taken is not None

    assert "recorded by another" == sending.publish(step=lose)
    sending.now += timedelta(minutes=3)
    assert "posted" == sending.publish()
    assert 1 == sending.wire.sends


def test_what_was_posted_by_hand_is_found(sqlite_database: sa.Engine, wire: Wire) -> None:
    reply = approve(sqlite_database, save_waiting_reply(sqlite_database, delivery=Delivery.ASSISTED))
    save = approve(sqlite_database, save_waiting_reply(sqlite_database, delivery=Delivery.ASSISTED, network="blog", external_id="b"))
    attempts, replies = AttemptStore(sqlite_database), ReplyStore(sqlite_database)
    posters: Any = {"mastodon": wire}

    before = pipeline.find_standing(attempts, replies, posters, lambda: NOW)
    wire.console.post(reply)
    wire.on_find = Unavailable("console: down")
    down = pipeline.find_standing(attempts, replies, posters, lambda: NOW)
    wire.on_find = None
    after = pipeline.find_standing(attempts, replies, posters, lambda: NOW)

    assert (0, 0, 1) == (before, down, after)
    assert ReplyStatus.POSTED == replies.reply(reply.id).status  # type: ignore[union-attr]
    assert ReplyStatus.HANDED_OVER == replies.reply(save.id).status  # type: ignore[union-attr]


def test_what_a_person_was_asked_about_is_found_and_told_by_itself(sending: Sending) -> None:
    sending.wire.after_post = Unavailable("console: connection reset")
    sending.publish()
    sending.wire.on_find = RateLimited("console: slow down", sending.now + timedelta(hours=1))
    sending.now += pipeline.READ_BACK_AFTER
    sending.publish()
    asked = sending.standing.status
    sending.wire.on_find = None

    def look(at: datetime) -> int:
        replies, posters = ReplyStore(sending.database), {"mastodon": sending.wire}
        return pipeline.find_standing(sending.attempts, replies, posters, lambda: at)

    late, soon = look(sending.now + pipeline.LOOK_ON + timedelta(seconds=1)), look(sending.now)

    assert (ReplyStatus.NEEDS_REVIEW, 0, 1) == (asked, late, soon)
    assert (ReplyStatus.POSTED, "found standing there", 1) == (sending.standing.status, sending.standing.reason, sending.wire.sends)


class SaysNothing:
    """A drafter with nothing honest to say."""

    name = "silent"

    def draft(self, mention: StoredMention, brand: Brand, facts: Sequence[Fact], *, longest: int | None = None) -> Draft | None:
        return None


class SaysSorry(SaysNothing):
    """A drafter that says the same to everyone, resting on every fact it is given."""

    def draft(self, mention: StoredMention, brand: Brand, facts: Sequence[Fact], *, longest: int | None = None) -> Draft | None:
        return Draft("Sorry, our lock did not open. That is our mistake. ^EK", "sorry 1", tuple(facts), "en")


def draft(database: sa.Engine, drafter: Any, brands: Any = None, facts: Sequence[Fact] = ()) -> int:
    brands = {"waalfiets": a_brand()} if brands is None else brands
    return pipeline.draft(ReplyStore(database), [drafter], brands, facts, NETWORKS, timedelta(days=3), lambda: NOW)


def test_a_draft_rests_on_valid_public_facts_and_awaits_a_person(sqlite_database: sa.Engine) -> None:
    save_queued(sqlite_database, a_mention(mentions_us=True))

    done = draft(sqlite_database, SaysSorry(), facts=[a_fact(), a_fact("The server is old.", id="secret", confidential=True)])

    [reply] = ReplyStore(sqlite_database).replies()
    assert (1, ReplyStatus.AWAITING, ("locks-down",)) == (done, reply.status, reply.version.fact_ids)
    assert NOW + timedelta(days=3) == reply.expires_at


def test_a_danger_needs_two_people(sqlite_database: sa.Engine) -> None:
    save_queued(sqlite_database, a_mention(mentions_us=True), triage=a_triage(Action.ESCALATE, rules=("T12",)))

    draft(sqlite_database, SaysSorry())

    assert [2] == [reply.approvals_needed for reply in ReplyStore(sqlite_database).replies()]


def test_where_no_drafter_can_be_honest_a_person_gets_an_empty_card(sqlite_database: sa.Engine) -> None:
    save_queued(sqlite_database, a_mention(mentions_us=True))

    draft(sqlite_database, SaysNothing())

    [reply] = ReplyStore(sqlite_database).replies()
    assert ("[Write the answer yourself]", "nobody") == (reply.version.text, reply.version.written_by)
    assert "N5" in {objection.rule for objection in reply.version.objections}
    assert "No draft:" in reply.delivery_reason


def test_a_mention_of_a_brand_that_is_gone_is_left_with_the_reason(sqlite_database: sa.Engine) -> None:
    [stored] = save_queued(sqlite_database, a_mention())

    assert 0 == draft(sqlite_database, SaysSorry(), brands={})
    assert "no longer in brands.toml" in MonitorStore(sqlite_database).audit(mention_id=stored.id)[-1].reason


def test_what_may_not_be_answered_is_left_with_its_rule(sqlite_database: sa.Engine) -> None:
    save_queued(sqlite_database, a_mention(community="rouw"), triage=a_triage(rules=("T13", "T5")))

    assert 0 == draft(sqlite_database, SaysSorry())
    assert [MentionStatus.WATCHED] == [stored.status for stored in MonitorStore(sqlite_database).mentions()]


def test_a_persons_own_text_is_held_against_the_rules() -> None:
    stored = a_stored_mention(mentions_us=True)
    objections = pipeline.object_to("Fill in [name].", stored, a_brand(), [a_fact()], History(), NOW, ())

    assert "N5" in {objection.rule for objection in objections}


def test_facts_are_usable_from_their_first_day_to_their_last() -> None:
    day = date(2026, 3, 2)
    fact = a_fact(valid_from=day, valid_until=day)

    assert [(fact,), (), ()] == [usable_facts([fact], "waalfiets", one) for one in (day, date(2026, 3, 1), date(2026, 3, 3))]
    assert () == usable_facts([replace(fact, confidential=True)], "waalfiets", day)
    secret = replace(fact, id="secret", text={"nl": "Kromhout levert de sloten."}, topics=("Kromhout",), confidential=True)
    assert (fact,) == usable_facts([fact, secret, replace(fact, id="leak", text={"nl": "Krom-houts sloten zijn stuk."})], "waalfiets", day)
    assert () == usable_facts([fact], "other", day)


def test_a_reply_on_mastodon_names_its_author_so_that_they_are_told() -> None:
    there = a_mention(network="mastodon", author="@jo@social.example")

    assert "@jo@social.example Sorry." == pipeline.addressed(Draft("Sorry.", "d"), there).text
    assert "Sorry, @jo@social.example." == pipeline.addressed(Draft("Sorry, @jo@social.example.", "d"), there).text
    assert "Sorry." == pipeline.addressed(Draft("Sorry.", "d"), a_mention(network="x", author="@jo")).text
