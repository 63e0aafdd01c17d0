"""What authors take back or change is seen in time, believed with care, and costs what it costs."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from monitor import pipeline
from monitor.contracts import Batch, Cost, RateLimited, Recheck, Unavailable
from monitor.domain import Brand, Mention, MentionStatus, Posted, ReplyStatus, may_be_shown
from monitor.figures import read_figures
from monitor.pipeline import BETWEEN_LOOKS, LOOK_AGAIN, Caps
from monitor.recheckbook import MANY, RecheckBook, Rechecked
from monitor.store import MonitorStore
from responders.attempts import AttemptStore
from responders.store import ReplyStore
from tests.builders import NOW, a_brand, a_mention, a_stored_mention
from tests.chain import approve, save_mentions, save_waiting_reply

DAY = timedelta(days=1)


class Network:
    """A source that says of each text what a test wants: the new text, None for gone, nothing where it is not named."""

    name = "sample"
    recheck_most = 100
    recheck_every = DAY

    def __init__(self, now: dict[str, str | None], *, cost: Cost | None = None, error: Exception | None = None) -> None:
        self.now, self.cost, self.error = now, cost, error
        self.again_at: datetime | None = None
        self.asked: list[list[str]] = []

    def fetch(self, brand: Brand, cursor: str) -> Batch:
        return Batch((), cursor)

    def recheck(self, brand: Brand, found: Sequence[Mention]) -> Recheck:
        self.asked.append([mention.external_id for mention in found])
        if self.error:
            raise self.error
        known = {one.external_id: self.now[one.external_id] for one in found if one.external_id in self.now}
        gone = frozenset(name for name, text in known.items() if text is None)
        return Recheck({name: text for name, text in known.items() if text is not None}, gone, self.cost, self.again_at)


def recheck(database: sa.Engine, network: Network, at: datetime = NOW + DAY, **more: Any) -> Rechecked:
    return pipeline.recheck(RecheckBook(database), MonitorStore(database), network, {"waalfiets": a_brand()}, lambda: at, **more)


def texts(database: sa.Engine) -> list[tuple[str, str]]:
    found = sorted(MonitorStore(database).mentions(limit=1_000), key=lambda one: one.id)
    return [(one.status.value, one.mention.text) for one in found]


def test_what_is_gone_is_erased_what_changed_comes_anew_and_the_rest_is_seen(database: sa.Engine) -> None:
    save_mentions(database, *[a_mention(f"text {n}", external_id=f"{n}") for n in range(4)])
    network = Network({"0": "text 0", "1": None, "2": "other words", "3": ""})
    done = recheck(database, network)

    assert (4, 2, 1, 1, "") == (done.asked, done.there, done.gone, done.edited, done.error)
    assert [("new", "text 0"), ("deleted", ""), ("deleted", ""), ("new", "text 3"), ("new", "other words")] == texts(database)
    anew = MonitorStore(database).mention(5)
    assert anew is not None
    assert ("2", NOW + DAY, False) == (anew.mention.external_id, anew.read_at, anew.mention.answered_by_us)
    assert (NOW + DAY, NOW + DAY) == tuple(one.checked_at for one in MonitorStore(database).mentions() if one.mention.text[:4] == "text")


def test_nothing_is_asked_before_its_time_and_what_waits_longest_comes_first(database: sa.Engine) -> None:
    save_mentions(database, a_mention(external_id="late"), at=NOW + timedelta(hours=1))
    save_mentions(database, a_mention(external_id="early"), at=NOW)
    network = Network({"early": "", "late": ""})
    recheck(database, network, NOW + timedelta(hours=23))
    before = RecheckBook(database).state("sample").next_at
    recheck(database, network, NOW + timedelta(hours=26))

    assert [["early", "late"]] == network.asked
    assert NOW + timedelta(hours=23) + LOOK_AGAIN == before
    assert NOW + timedelta(hours=26) + BETWEEN_LOOKS == RecheckBook(database).state("sample").next_at


@pytest.mark.parametrize(
    ("wish", "next_look"), [(timedelta(minutes=5), timedelta(minutes=5)), (timedelta(seconds=1), BETWEEN_LOOKS), (timedelta(days=9), DAY)]
)
def test_a_network_with_few_requests_left_is_looked_at_when_it_has_more(database: sa.Engine, wish: timedelta, next_look: timedelta) -> None:
    save_mentions(database, a_mention(external_id="1"))
    network = Network({"1": ""})
    network.again_at = NOW + DAY + wish
    recheck(database, network)

    assert NOW + DAY + next_look == RecheckBook(database).state("sample").next_at


def test_one_look_takes_along_what_would_be_due_within_half_an_hour(database: sa.Engine) -> None:
    for minutes in (0, 10, 29, 31):
        save_mentions(database, a_mention(external_id=str(minutes)), at=NOW + timedelta(minutes=minutes))
    network = Network(dict.fromkeys(("0", "10", "29", "31"), ""))
    for minutes in (-1, 0, 30):
        recheck(database, network, NOW + DAY + timedelta(minutes=minutes))

    assert [["0", "10", "29"]] == network.asked
    recheck(database, network, NOW + DAY + timedelta(minutes=31))

    assert ["31"] == network.asked[-1]


def test_who_wants_to_know_sooner_is_told_sooner_and_nobody_later_than_the_terms_want(database: sa.Engine) -> None:
    network = Network({"1": ""})
    often = timedelta(seconds=30)
    book, store, at = RecheckBook(database), MonitorStore(database), NOW + timedelta(minutes=1)
    pipeline.recheck(book, store, network, {}, lambda: NOW, every=often)
    nothing_kept = book.state("sample").next_at
    save_mentions(database, a_mention(external_id="1"), a_mention(external_id="2"))
    pipeline.recheck(book, store, network, {}, lambda: at, every=often)
    pipeline.recheck(book, store, network, {}, lambda: at + often - timedelta(seconds=1), every=often)
    pipeline.recheck(book, store, network, {}, lambda: at + often, every=often)
    pipeline.recheck(book, store, network, {}, lambda: at + often + DAY, every=DAY * 9)

    assert NOW + often == nothing_kept
    assert 3 == len(network.asked)
    assert [{"1", "2"}] * 3 == [set(asked) for asked in network.asked]


def test_where_nothing_is_kept_and_where_a_source_cannot_tell_nobody_asks_for_a_while(database: sa.Engine) -> None:
    class Mute:
        name = "mute"

        def fetch(self, brand: Brand, cursor: str) -> Batch:
            return Batch((), cursor)

    recheck(database, Network({}))
    pipeline.recheck(RecheckBook(database), MonitorStore(database), Mute(), {}, lambda: NOW)

    assert NOW + DAY + LOOK_AGAIN == RecheckBook(database).state("sample").next_at
    assert NOW + DAY == RecheckBook(database).state("mute").next_at


def test_what_the_network_does_not_speak_of_is_asked_again_and_lets_the_others_pass(database: sa.Engine) -> None:
    save_mentions(database, *[a_mention(external_id=f"{n}") for n in range(3)])
    network = Network({"2": ""})
    network.recheck_most = 2
    first = recheck(database, network)
    recheck(database, network)
    recheck(database, network, NOW + DAY + timedelta(hours=1))

    assert (2, 0) == (first.unknown, first.there)
    assert [["0", "1"], ["2"], ["0", "1"]] == network.asked


def test_a_batch_is_of_one_brand(database: sa.Engine) -> None:
    save_mentions(database, a_mention(external_id="1"), a_mention(external_id="2", brand="other"), a_mention(external_id="3"))
    network = Network({"1": "", "2": "", "3": ""})
    recheck(database, network)
    recheck(database, network)

    assert [["1", "3"], ["2"]] == network.asked


def test_a_draft_for_words_that_changed_is_closed_and_the_new_words_get_their_own(database: sa.Engine) -> None:
    reply = save_waiting_reply(database)
    recheck(database, Network({"1001": "It opens again, thank you Waalfiets"}))
    old = ReplyStore(database).reply(reply.id)

    assert old is not None
    assert (ReplyStatus.REJECTED, MentionStatus.DELETED) == (old.status, old.mention.status)
    assert "T15: its author changed it" in old.reason
    assert [("deleted", ""), ("new", "It opens again, thank you Waalfiets")] == texts(database)


def test_changed_words_under_which_our_answer_stands_are_marked_as_answered(database: sa.Engine) -> None:
    reply = save_waiting_reply(database)
    approve(database, reply)
    claim = AttemptStore(database).claim(reply.id, "w", NOW)
    assert claim is not None
    AttemptStore(database).posted(claim, Posted("9", "https://x.example/9", "Sorry"), NOW)
    recheck(database, Network({"1001": "other words"}))
    anew = MonitorStore(database).mention(2)

    assert anew is not None
    assert anew.mention.answered_by_us


def test_changed_words_come_anew_for_every_brand_that_had_the_old_ones(database: sa.Engine) -> None:
    save_mentions(database, a_mention(external_id="1"), a_mention(external_id="1", brand="other"))
    done = recheck(database, Network({"1": "changed"}))

    assert 1 == done.edited
    assert ["deleted", "deleted", "new", "new"] == [status for status, _ in texts(database)]


def test_what_is_being_published_is_looked_at_again_soon(database: sa.Engine) -> None:
    reply = save_waiting_reply(database)
    approve(database, reply, at=NOW + DAY)
    AttemptStore(database).claim(reply.id, "w", NOW + DAY)
    gone = recheck(database, Network({"1001": None}))
    changed = recheck(database, Network({"1001": "changed"}))

    assert (1, 1, 0, 0) == (gone.waiting, changed.waiting, gone.gone, changed.edited)
    assert 1 == RecheckBook(database).overdue("sample", NOW)


def test_that_nearly_everything_is_gone_is_believed_only_after_an_hour(database: sa.Engine) -> None:
    save_mentions(database, *[a_mention(external_id=f"{n}") for n in range(MANY)])
    network = Network({f"{n}": None for n in range(MANY)})
    first = recheck(database, network)
    too_soon = recheck(database, network, NOW + DAY + timedelta(minutes=59))
    kept = [status for status, _ in texts(database)]
    later = recheck(database, network, NOW + DAY + timedelta(hours=1))

    assert (True, True, False) == (first.doubted, too_soon.doubted, later.doubted)
    assert (["new"] * MANY, MANY) == (kept, later.gone)


def test_a_doubt_ends_when_the_network_comes_to_its_senses(database: sa.Engine) -> None:
    save_mentions(database, *[a_mention(external_id=f"{n}") for n in range(MANY)])
    recheck(database, Network({f"{n}": None for n in range(MANY)}))
    recheck(database, Network({f"{n}": "" for n in range(MANY)}), NOW + DAY + timedelta(hours=1))

    assert RecheckBook(database).state("sample").doubted_at is None
    assert ["new"] * MANY == [status for status, _ in texts(database)]


def test_a_look_is_charged_in_the_ledger_and_at_the_cap_nobody_looks(database: sa.Engine) -> None:
    save_mentions(database, a_mention())
    network = Network({"1001": ""}, cost=Cost("usd", {"x/post/1001": Decimal("0.005")}))
    caps = Caps(per_day=Decimal("0.005"))
    recheck(database, network, caps=caps)
    spent = MonitorStore(database).spent("sample", NOW + DAY)
    save_mentions(database, a_mention(external_id="2"), at=NOW)
    capped = recheck(database, network, NOW + DAY + timedelta(minutes=1), caps=caps)

    assert Decimal("0.005") == spent.day
    assert 1 == len(network.asked)
    assert "sample: its cap is reached, so nobody looks whether what was read still stands there" == capped.error


@pytest.mark.parametrize(
    ("error", "least"),
    [
        (RateLimited("sample: wait", datetime(2026, 3, 4, tzinfo=UTC)), datetime(2026, 3, 4, tzinfo=UTC)),
        (Unavailable("sample: away"), NOW + DAY),
    ],
)
def test_an_error_is_remembered_and_the_next_look_put_off(database: sa.Engine, error: Exception, least: datetime) -> None:
    save_mentions(database, a_mention())
    done = recheck(database, Network({}, error=error))
    state = RecheckBook(database).state("sample")

    assert (str(error), str(error), 1) == (done.error, state.last_error, state.failures)
    assert state.next_at is not None
    assert state.next_at >= least
    recheck(database, Network({"1001": ""}))
    assert ("", 0) == (RecheckBook(database).state("sample").last_error, RecheckBook(database).state("sample").failures)


def test_two_looks_at_once_erase_once_and_take_the_new_words_in_once(database: sa.Engine) -> None:
    save_mentions(database, a_mention(external_id="1"), a_mention(external_id="2"))
    network = Network({"1": None, "2": "changed"})
    asked = RecheckBook(database).due("sample", NOW, 10)
    found = network.recheck(a_brand(), [one.mention for one in asked])
    threads = [threading.Thread(target=lambda: RecheckBook(database).record("sample", asked, found, NOW, DAY, NOW)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [("deleted", ""), ("deleted", ""), ("new", "changed")] == texts(database)


KILLED = """
import os, sys
from datetime import timedelta
from monitor import pipeline
from monitor.recheckbook import RecheckBook
from monitor.store import MonitorStore
from monitor.tables import open_database
from tests.builders import NOW, a_brand
from tests.monitor.test_rechecking import DAY, Network
database, at = open_database(sys.argv[1]), sys.argv[2]
network = Network({"0": None, "1": "changed"})
def step(name):
    if name == at:
        os._exit(9)
pipeline.recheck(RecheckBook(database), MonitorStore(database), network, {}, lambda: NOW + DAY, step=step)
"""


@pytest.mark.parametrize("step", ["looked", "recorded"])
def test_a_look_that_is_killed_is_made_again_and_does_its_work_once(database: sa.Engine, step: str) -> None:
    save_mentions(database, *[a_mention(external_id=f"{n}") for n in range(2)])
    url = database.url.render_as_string(hide_password=False).replace("+psycopg", "")
    done = subprocess.run([sys.executable, "-c", KILLED, url, step], env=dict(os.environ), cwd=Path(__file__).parents[2])
    recheck(database, Network({"0": None, "1": "changed"}))

    assert 9 == done.returncode
    assert [("deleted", ""), ("deleted", ""), ("new", "changed")] == texts(database)


def test_each_text_is_looked_at_again_without_end_and_none_is_left_out(database: sa.Engine) -> None:
    save_mentions(database, *[a_mention(external_id=f"{n}") for n in range(25)])
    network = Network({f"{n}": "" for n in range(25)})
    network.recheck_most = 10
    for day in (1, 2):
        for _ in range(4):
            recheck(database, network, NOW + day * DAY)

    assert [10, 10, 5, 10, 10, 5] == [len(asked) for asked in network.asked]


def test_what_x_did_not_confirm_lately_is_counted_and_not_quoted(database: sa.Engine) -> None:
    save_waiting_reply(database, network="x")
    late = {"sample": NOW + timedelta(minutes=1)}
    shown = read_figures(database, a_brand(), NOW - DAY, NOW + DAY)
    hidden = read_figures(database, a_brand(), NOW - DAY, NOW + DAY, seen_since=late)

    assert (1, 1, 1) == (len(shown.said), len(shown.waiting), shown.received)
    assert (0, 1, 1) == (len(hidden.said), len(hidden.waiting), hidden.received)
    assert ("", "…", "") == (hidden.waiting[0].author, hidden.waiting[0].text, hidden.waiting[0].url)


@pytest.mark.parametrize(("network", "hours", "may"), [("x", 23, True), ("x", 25, False), ("mastodon", 25, True)])
def test_a_post_of_x_is_shown_where_it_stood_there_within_a_day(network: str, hours: int, may: bool) -> None:
    stored = a_stored_mention(network=network, checked_at=NOW - timedelta(hours=hours))

    assert may is may_be_shown(stored, NOW)
