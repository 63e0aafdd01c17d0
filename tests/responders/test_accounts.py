"""A reply goes out from the account that it was approved for, whatever the configuration says by then, and from no other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from monitor.contracts import RateLimited, Unavailable
from monitor.domain import LEASE, Approval, Delivery, Posted, Reply, ReplyStatus
from monitor.settings import NetworkSettings
from monitor.tables import attempts as attempt_rows
from responders import pipeline
from responders.accounts import account_for, account_shown, identity, speaks_as
from responders.approval.refusals import spell_refusal
from responders.attempts import AttemptStore
from responders.contracts import Standing
from responders.limits import limit_for
from responders.posters.console import ConsolePoster
from responders.store import ReplyStore
from tests.builders import NOW, a_mention, a_reply
from tests.chain import save_waiting_reply, words_to

COMMON = NetworkSettings("mastodon", Delivery.API, "console", "@waalfiets")
OWN = replace(COMMON, account="@waallease", own="lease", brands=("lease",))
NETWORKS = {"mastodon": replace(COMMON, accounts=(OWN,))}
SWAPPED = {"mastodon": replace(COMMON, account="@waallease", accounts=(replace(OWN, account="@waalfiets"),))}


class Speaker:
    """The console poster of one account, on a network that answers as a test says."""

    def __init__(self, path: Path, account: str) -> None:
        self.console = ConsolePoster(path, limit_for("mastodon"), account)
        self.on_post: Exception | None = None
        self.after_post: Exception | None = None
        self.sent: list[int] = []

    name, limit = "console", 500

    def length(self, text: str) -> int:
        return len(text)

    def post(self, reply: Reply) -> Posted:
        self.sent.append(reply.id)
        if self.on_post:
            raise self.on_post
        posted = self.console.post(reply)
        if self.after_post:
            raise self.after_post
        return posted

    def find(self, reply: Reply) -> Posted | None:
        return self.console.find(reply)

    def standing(self, reply: Reply) -> Standing:
        return self.console.standing(reply)

    def answered_by(self, reply: Reply, handles: Sequence[str]) -> str:
        return self.console.answered_by(reply, handles)


class House:
    """Two brands, an account for each, and whatever is approved."""

    def __init__(self, database: sa.Engine, folder: Path) -> None:
        self.database, self.now = database, NOW
        self.attempts = AttemptStore(database)
        self.posters = {
            "mastodon": Speaker(folder / "net.jsonl", "@waalfiets"),
            "mastodon/lease": Speaker(folder / "net.jsonl", "@waallease"),
        }

    def store(self, networks: Mapping[str, NetworkSettings] = NETWORKS) -> ReplyStore:
        return ReplyStore(self.database, None, lambda mention: identity(account_for(networks, mention)))

    def waiting(self, number: str, brand: str, **how: Any) -> Reply:
        reply = save_waiting_reply(self.database, external_id=number, text=words_to(number), **how)
        with self.database.begin() as connection:
            connection.execute(sa.text("UPDATE mentions SET brand = :brand WHERE id = :id"), {"brand": brand, "id": reply.mention.id})
        return self.reply(reply.id)

    def approved(self, number: str, brand: str) -> Reply:
        reply = self.waiting(number, brand)
        assert self.store().approve(reply.id, Approval("Els", reply.version.sha256, NOW), ()).ok
        return self.reply(reply.id)

    def publish(self, reply: Reply, networks: Mapping[str, NetworkSettings] = NETWORKS) -> str:
        return pipeline.publish(self.attempts, self.posters, reply.id, "one", lambda: self.now, networks=networks)

    def reply(self, reply_id: int) -> Reply:
        found = ReplyStore(self.database).reply(reply_id)
        assert found is not None
        return found


@pytest.fixture
def house(database: sa.Engine, tmp_path: Path) -> House:
    return House(database, tmp_path)


def test_each_brand_answers_from_its_own_account_and_each_attempt_says_from_which(house: House) -> None:
    first, second = house.approved("1", "waalfiets"), house.approved("2", "lease")
    words = [house.publish(second), house.publish(first)]
    with house.database.connect() as connection:
        said = {row.reply_id: row.account for row in connection.execute(sa.select(attempt_rows))}

    assert (["posted", "posted"], [first.id], [second.id]) == (words, house.posters["mastodon"].sent, house.posters["mastodon/lease"].sent)
    assert ("waalfiets", "waallease") == (first.account, second.account)
    assert {first.id: "waalfiets", second.id: "waallease"} == said


@pytest.mark.parametrize(
    "networks",
    [
        SWAPPED,
        {"mastodon": COMMON},
        {"mastodon": replace(COMMON, account="")},
        {"mastodon": replace(COMMON, accounts=(replace(OWN, account="@new"),))},
        {"mastodon": replace(COMMON, accounts=(replace(OWN, brands=("waalfiets",)),))},
        {},
    ],
    ids=["swapped", "taken out", "without a name", "another handle", "given to another brand", "no network"],
)
def test_what_was_approved_for_one_account_is_sent_from_no_other(house: House, networks: Mapping[str, NetworkSettings]) -> None:
    reply = house.approved("1", "lease")
    word = house.publish(reply, networks)
    left = house.reply(reply.id)

    assert ("needs_review", ReplyStatus.NEEDS_REVIEW, []) == (word, left.status, [one.sent for one in house.posters.values() if one.sent])
    assert "it was approved to go out from waallease, and " in left.reason or "no poster is configured for mastodon" in left.reason
    assert left.reason != spell_refusal("nl", left.reason)


def test_put_back_it_goes_out_from_the_account_it_was_approved_for(house: House) -> None:
    reply = house.approved("1", "lease")
    first = house.publish(reply, SWAPPED)
    house.attempts.retry(reply.id, "Els", NOW)
    again = house.publish(reply, SWAPPED)
    house.attempts.retry(reply.id, "Els", NOW)
    last = house.publish(reply)

    assert ["needs_review", "needs_review", "posted"] == [first, again, last]
    assert ([], [reply.id]) == (house.posters["mastodon"].sent, house.posters["mastodon/lease"].sent)


def test_what_may_stand_there_from_one_account_is_never_sent_from_another(house: House) -> None:
    reply = house.approved("1", "lease")
    house.posters["mastodon/lease"].after_post = Unavailable("console: connection reset")
    first = house.publish(reply)
    house.now += pipeline.READ_BACK_AFTER
    second = house.publish(reply, SWAPPED)
    said = house.reply(reply.id).reason
    looked = [
        pipeline.find_standing(house.attempts, house.store(), house.posters, lambda: house.now, networks)
        for networks in (SWAPPED, NETWORKS)
    ]

    assert (["unclear", "needs_review"], [0, 1]) == ([first, second], looked)
    assert said.startswith("nobody can tell whether it was posted: it was approved to go out from waallease")
    assert ([], [reply.id], ReplyStatus.POSTED) == (
        house.posters["mastodon"].sent,
        house.posters["mastodon/lease"].sent,
        house.reply(reply.id).status,
    )


def test_a_worker_that_died_with_the_old_configuration_leaves_nothing_to_the_new_account(house: House) -> None:
    reply = house.approved("1", "lease")
    taken = house.attempts.claim(reply.id, "dead", NOW)
    house.now += LEASE
    word = house.publish(reply, SWAPPED)

    assert taken is not None
    assert ("waallease", "needs_review", []) == (taken.reply.account, word, [one.sent for one in house.posters.values() if one.sent])


def test_an_account_that_is_asked_to_wait_holds_up_no_other_and_waits_in_every_process(house: House) -> None:
    lease, other, ours = house.approved("1", "lease"), house.approved("2", "lease"), house.approved("3", "waalfiets")
    house.posters["mastodon/lease"].on_post = RateLimited("console: too many", NOW + timedelta(minutes=5))
    words = [house.publish(lease), house.publish(other), house.publish(ours)]
    due = house.attempts.due(NOW)
    later = house.attempts.due(NOW + timedelta(minutes=5))

    assert (["put off", "", "posted"], [], [lease.id, other.id]) == (words, due, later)


def test_while_one_account_waits_only_its_own_unclear_sends_are_asked_about(house: House) -> None:
    lease, ours = house.approved("1", "lease"), house.approved("2", "waalfiets")
    for reply in (lease, ours):
        assert house.attempts.claim(reply.id, "dead", NOW) is not None
    house.attempts.hold("mastodon", NOW + timedelta(hours=1), "we are asked to wait", NOW, "waallease")

    assert [lease.id] == house.attempts.ask_where_held(NOW + LEASE + timedelta(minutes=5))


def test_what_was_approved_before_accounts_had_names_goes_out_from_the_common_one_alone(house: House) -> None:
    first, second = house.waiting("1", "waalfiets"), house.waiting("2", "lease")
    for reply in (first, second):
        assert ReplyStore(house.database).approve(reply.id, Approval("Els", reply.version.sha256, NOW), ()).ok

    assert ["posted", "needs_review"] == [house.publish(first), house.publish(second)]
    assert "approved to go out from the common account" in house.reply(second.id).reason
    assert "goedgekeurd voor het gedeelde account" in spell_refusal("nl", house.reply(second.id).reason)


def test_two_who_must_agree_agree_to_the_same_account(house: House) -> None:
    reply = house.waiting("1", "lease", approvals_needed=2)
    approvals = [Approval(name, reply.version.sha256, NOW) for name in ("Els", "Joris")]
    first = house.store().approve(reply.id, approvals[0], ())
    other = house.store(SWAPPED).approve(reply.id, approvals[1], ())
    left = house.reply(reply.id)
    second = house.store().approve(reply.id, approvals[1], ())

    assert (True, False, ReplyStatus.AWAITING, 1) == (first.ok, other.ok, left.status, len(left.approvals))
    assert "Els approved this text to go out from waallease, and this brand answers from waalfiets now" in other.sentence
    assert "Els keurde deze tekst goed voor waallease" in spell_refusal("nl", other.sentence)
    assert (True, ReplyStatus.APPROVED) == (second.ok, house.reply(reply.id).status)


@pytest.mark.parametrize(
    ("account", "poster", "options", "expected"),
    [
        ("@Waalfiets", "x", {"api_url": "https://api.twitter.com"}, "waalfiets"),
        ("/u/waal_fiets", "reddit", {}, "waal_fiets"),
        ("@waalfiets", "mastodon", {"api_url": "https://Social.example/"}, "waalfiets@social.example"),
        ("waalfiets@example.org", "mastodon", {"api_url": "https://social.example"}, "waalfiets@example.org"),
        ("", "mastodon", {"api_url": "https://social.example"}, ""),
    ],
)
def test_an_account_is_known_however_its_handle_is_written(account: str, poster: str, options: dict[str, str], expected: str) -> None:
    assert expected == identity(NetworkSettings("n", Delivery.API, poster, account, options))


def test_only_the_common_account_may_say_what_was_approved_for_no_name() -> None:
    assert [True, True, False, False] == [
        speaks_as(None, ""),
        speaks_as(COMMON, ""),
        speaks_as(OWN, ""),
        speaks_as(replace(COMMON, account=""), "waalfiets"),
    ]


def test_a_card_names_the_account_only_where_brands_have_their_own() -> None:
    waiting = a_reply()
    lease = replace(waiting, mention=replace(waiting.mention, mention=a_mention(brand="lease")))
    shown = [account_shown(networks, reply) for networks in (NETWORKS, {"mastodon": COMMON}, {}) for reply in (waiting, lease)]

    assert ["waalfiets", "waallease", "", "", "", ""] == shown
    assert "waalold" == account_shown(NETWORKS, replace(lease, account="waalold"))
