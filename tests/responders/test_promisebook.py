"""Promises are made with the reply that makes them, recalled once, and closed once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from monitor.domain import Delivery, Posted, PromiseState, Reply, ReplyStatus
from monitor.promised import promises_of
from monitor.store import MonitorStore
from monitor.tables import promises
from responders.attempts import AttemptStore
from responders.promisebook import GRACE, PromiseBook
from responders.store import ReplyStore
from tests.builders import NOW
from tests.chain import approve, save_waiting_reply, words_to

TEXT = "Sorry, dat is onze fout. We bellen je morgen voor 12 uur en zoeken dit uit. ^EK"
ZONES = {"waalfiets": "Europe/Amsterdam"}
DUE = datetime(2026, 3, 3, 11, 0, tzinfo=UTC)


def publish(database: sa.Engine, text: str = TEXT, *, posted_at: datetime | None = None, **of_mention: Any) -> Reply:
    """Take a reply through approval and a send, and return it."""
    reply = approve(database, save_waiting_reply(database, text, **of_mention))
    store = AttemptStore(database, ZONES)
    claim = store.claim(reply.id, "w", NOW)
    assert claim is not None
    assert store.posted(claim, Posted("9", "https://social.example.org/9", text, posted_at), NOW)
    return reply


def test_what_a_published_reply_promises_is_kept_with_its_moment(database: sa.Engine) -> None:
    reply = publish(database)

    [promise] = PromiseBook(database).of_state()

    assert (reply.id, "waalfiets", DUE, True, PromiseState.OPEN) == (
        promise.reply_id,
        promise.brand,
        promise.due_at,
        promise.is_dated,
        promise.state,
    )
    assert "We bellen je morgen voor 12 uur en zoeken dit uit." == promise.text
    assert "https://social.example.org/9" == promise.reply_url


def test_what_is_posted_by_hand_promises_what_stands_there(database: sa.Engine) -> None:
    reply = approve(database, save_waiting_reply(database, TEXT, delivery=Delivery.ASSISTED))

    AttemptStore(database, ZONES).posted_by_hand(reply.id, Posted("9", "https://x.example/9", "We zoeken dit uit. ^EK"), "Els", NOW)
    [promise] = PromiseBook(database).of_state()

    assert ("We zoeken dit uit.", False) == (promise.text, promise.is_dated)
    assert datetime(2026, 3, 5, 22, 59, tzinfo=UTC) == promise.due_at


def test_no_reply_is_recorded_without_its_promises(database: sa.Engine) -> None:
    reply = approve(database, save_waiting_reply(database, TEXT))
    store = AttemptStore(database, {"waalfiets": "Nowhere/Land"})
    claim = store.claim(reply.id, "w", NOW)
    assert claim is not None

    with pytest.raises(Exception, match="Nowhere"):
        store.posted(claim, Posted("9", "", TEXT), NOW)

    assert [] == PromiseBook(database).of_state()
    assert [ReplyStatus.POSTING] == [one.status for one in ReplyStore(database).replies()]


@pytest.mark.parametrize("posted_at", [datetime(9999, 12, 31, tzinfo=UTC), datetime(1, 1, 2, tzinfo=UTC)])
def test_a_networks_clock_that_cannot_be_right_is_not_believed(database: sa.Engine, posted_at: datetime) -> None:
    publish(database, posted_at=posted_at)

    assert [DUE] == [promise.due_at for promise in PromiseBook(database).of_state()]


def test_a_promise_is_closed_once_and_stands_in_the_audit(database: sa.Engine) -> None:
    reply, book = publish(database), PromiseBook(database)

    kept = book.close(1, PromiseState.KEPT, "Els", NOW, url="https://waalfiets.example/status")
    again = book.close(1, PromiseState.BROKEN, "Jan", NOW, reason="no")
    event = MonitorStore(database).audit(mention_id=reply.mention.id)[-1]

    assert (True, "kept, see https://waalfiets.example/status") == (kept.ok, kept.sentence)
    assert (False, "promise 1 is kept already by Els; nothing was changed") == (again.ok, again.sentence)
    assert ("Els", "open", "kept", reply.id) == (event.actor, event.old_status, event.new_status, event.reply_id)
    assert "promise 1: https://waalfiets.example/status" == event.reason
    assert not book.close(7, PromiseState.KEPT, "Els", NOW).ok


def test_of_many_who_close_it_at_once_one_does(database: sa.Engine) -> None:
    publish(database)

    with ThreadPoolExecutor(6) as pool:
        states = [PromiseState.KEPT, PromiseState.BROKEN, PromiseState.WITHDRAWN] * 2
        closings = list(pool.map(lambda state: PromiseBook(database).close(1, state, state.value, NOW), states))

    after = PromiseBook(database).promise(1)
    assert after is not None
    # What one called broken, another may then say to be kept; nothing else follows.
    assert sum(one.ok for one in closings) in {1, 2}
    assert after.closed_by == after.state.value


def test_it_is_recalled_once_before_and_once_after_its_moment(database: sa.Engine) -> None:
    publish(database)
    one, two = PromiseBook(database), PromiseBook(database)

    def told(at: datetime) -> list[tuple[int, bool]]:
        soon, late = one.to_recall(at)
        return [(p.id, late_) for p, late_ in [*((p, False) for p in soon), *((p, True) for p in late)]]

    promise = one.promise(1)
    assert promise is not None
    assert [[], [(1, False)], [(1, True)]] == [told(at) for at in (DUE - timedelta(days=2), DUE - timedelta(hours=1), DUE)]
    assert [True, False, True, False] == [
        one.recalled(promise, DUE, late=False),
        two.recalled(promise, DUE, late=False),
        one.recalled(promise, DUE, late=True),
        two.recalled(promise, DUE, late=True),
    ]
    assert [] == told(DUE - timedelta(hours=1)) + told(DUE)


def test_what_nobody_speaks_of_counts_as_broken_and_may_still_be_said_to_be_kept(database: sa.Engine) -> None:
    publish(database)
    book = PromiseBook(database)

    early, late, again = book.give_up(DUE + GRACE - timedelta(seconds=1)), book.give_up(DUE + GRACE), book.give_up(DUE + GRACE)
    after = book.close(1, PromiseState.KEPT, "Els", DUE + GRACE, url="https://waalfiets.example")

    assert [[], [1], []] == [list(early), list(late), list(again)]
    assert (True, "kept after all, see https://waalfiets.example") == (after.ok, after.sentence)


def test_the_digest_can_ask_what_is_due_overdue_and_broken(database: sa.Engine) -> None:
    for number in range(4):
        publish(database, f"{words_to(number)} We bellen je morgen voor 12 uur. ^EK", external_id=str(number))
    book = PromiseBook(database)
    book.close(2, PromiseState.BROKEN, "Els", NOW, reason="we forgot")
    book.close(3, PromiseState.KEPT, "Els", NOW, url="https://x.example")

    before = promises_of(database, DUE - timedelta(hours=2), since=NOW)
    after = promises_of(database, DUE, since=NOW + timedelta(seconds=1), brand="waalfiets")

    assert ([1, 4], [], [2], 2, 1) == (
        [p.id for p in before.due],
        [p.id for p in before.overdue],
        [p.id for p in before.broken],
        before.open,
        before.kept,
    )
    assert ([], [1, 4], [], 0) == ([p.id for p in after.due], [p.id for p in after.overdue], [*after.broken], after.kept)
    assert 0 == promises_of(database, DUE, brand="another").open


def test_a_reply_promises_each_thing_once(database: sa.Engine) -> None:
    publish(database)

    with pytest.raises(sa.exc.IntegrityError), database.begin() as connection:
        connection.execute(
            promises.insert().values(
                reply_id=1, number=1, brand="waalfiets", text="x", due_at=NOW, is_dated=True, state="open", made_at=NOW
            )
        )
