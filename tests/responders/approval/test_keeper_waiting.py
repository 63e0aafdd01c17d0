"""Where and when a card comes: by route, at night, in floods, and again where it waits."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import pytest
import sqlalchemy as sa

from monitor.domain import Reply
from monitor.settings import SlackBrand, SlackRoute
from responders.approval.keeper import AT_ONCE
from tests.chain import approve
from tests.fakes.blockkit import elements_of, find_pings, words_of
from tests.fakes.slack import Fault
from tests.responders.approval.stage import ALWAYS, CRISIS, Stage, on_stage, wait_until


@pytest.fixture
def stage(sqlite_database: sa.Engine) -> Iterator[Stage]:
    with on_stage(sqlite_database, listen=False, brands=(ALWAYS,)) as built:
        yield built


# Where and when


def test_cards_go_where_the_routes_say_in_that_channels_language(sqlite_database: sa.Engine) -> None:
    routes = (SlackRoute("C0ENGLISH", languages=("en",), shown_in="en"),)
    with on_stage(sqlite_database, listen=False, language="nl", routes=routes, brands=(ALWAYS,)) as stage:
        english = stage.ask()
        crisis = stage.ask(triage=CRISIS, approvals_needed=2)
        stage.look(2)

        assert ("C0ENGLISH", "C0CRISIS") == (stage.card(english).channel, stage.card(crisis).channel)
        assert "waits for approval" in words_of(stage.card(english).blocks)
        assert "wacht op akkoord" in words_of(stage.card(crisis).blocks)
        assert {"<@U0ALICE>"} == set(stage.slack.pings())


def test_a_post_that_shouts_calls_nobody(stage: Stage) -> None:
    shout = "<!channel> <!here> <!everyone> <@U0BOB> <!subteam^S0TEAM> @channel"
    reply = stage.ask("<!channel> Sorry. ^EK", author=shout)
    stage.look(2)

    assert [] == stage.slack.pings()
    assert shout.replace(" ", "")[:9] in str(stage.card(reply).blocks)


def test_at_night_only_a_crisis_is_shown_and_the_rest_in_the_morning(sqlite_database: sa.Engine) -> None:
    night = SlackBrand("waalfiets", quiet_hours=(time(22), time(7)))
    with on_stage(sqlite_database, listen=False, brands=(night,)) as stage:
        tonight = stage.clock().replace(hour=23, minute=0) + timedelta(days=1)
        stage.clock.ahead = tonight - datetime.now(UTC)
        calm = stage.ask()
        stage.ask(triage=CRISIS, approvals_needed=2)
        stage.look(4)
        assert ["C0CRISIS"] == [message.channel for message in stage.slack.shown()]

        stage.clock.ahead += timedelta(hours=8)
        stage.look(2)

        assert [stage.card(calm)] == stage.slack.shown("C0CARDS")


# Floods


def test_a_flood_is_twenty_cards_and_one_list_in_order(sqlite_database: sa.Engine) -> None:
    with on_stage(sqlite_database, listen=False, flood=5, brands=(ALWAYS,)) as stage:
        replies = [stage.ask() for _ in range(30)]
        for _ in range(12):
            stage.side.keeper.look()
            stage.clock.ahead += timedelta(seconds=2)
        stage.look(2)

        shown = stage.slack.shown("C0CARDS")
        cards = [m for m in shown if m.metadata["event_payload"]["key"].startswith("card/")]
        assert [f"card/{reply.id}" for reply in replies[:5]] == [m.metadata["event_payload"]["key"] for m in cards]
        [listed] = [m for m in shown if m not in cards]
        assert "25 more replies wait for approval" in listed.text
        numbers = [int(str(e["value"]).split(":")[0]) for _, e in elements_of(listed.blocks)]
        assert [reply.id for reply in replies[5 : 5 + len(numbers)]] == numbers
        assert [] == find_pings(listed.text, listed.blocks)


def test_the_list_comes_after_the_cards_that_had_room_whatever_went_wrong_meanwhile(sqlite_database: sa.Engine) -> None:
    with on_stage(sqlite_database, listen=False, flood=3, brands=(ALWAYS,)) as stage:
        stage.slack.faults += [Fault("chat.postMessage", "drop_after"), Fault("chat.postMessage", "status", status=429, retry_after=2)]
        for _ in range(4):
            stage.ask()
        stage.look()
        for _ in range(4):
            stage.ask()
        stage.look(12)

        keys = [m.metadata["event_payload"]["key"] for m in stage.slack.shown()]
        assert ["card/1", "card/2", "card/3"] == keys[:3]
        assert keys[3].startswith("list/")
        assert 4 == len(keys)


def test_a_listed_reply_gets_its_card_when_there_is_room_or_somebody_asks(sqlite_database: sa.Engine) -> None:
    with on_stage(sqlite_database, flood=2, brands=(ALWAYS,)) as stage:
        replies = [stage.ask() for _ in range(5)]
        stage.look(6)
        [listed] = [m for m in stage.slack.shown() if "card/" not in str(m.metadata)]
        assert "3 more" in listed.text

        stage.slack.click(listed, "show", "U0EVE")
        wait_until(lambda: stage.book.cards([replies[2].id])[replies[2].id].text == AT_ONCE)
        stage.look(2)
        assert stage.card(replies[2]) in stage.slack.shown()
        for reply in replies[:3]:
            stage.responders.store.reject(reply.id, "Els", "T3", stage.clock())
        stage.look(6)

        assert stage.card(replies[4]) in stage.slack.shown()
        assert "All of these have their card now." == listed.text
        assert stage.book.active_list("C0CARDS") is None


def test_a_crisis_has_its_card_in_any_flood(sqlite_database: sa.Engine) -> None:
    with on_stage(sqlite_database, listen=False, flood=1, crisis_channel="", brands=(ALWAYS,)) as stage:
        for _ in range(4):
            stage.ask()
        stage.look(4)
        crisis = stage.ask(triage=CRISIS, approvals_needed=2)
        stage.look(3)

        assert stage.card(crisis) in stage.slack.shown()


def test_a_channel_gets_at_most_one_message_a_second(stage: Stage) -> None:
    for _ in range(5):
        stage.ask()
    sent: list[datetime] = []
    stage.slack.on_post = lambda _posted: sent.append(stage.clock())

    for _ in range(60):
        stage.side.keeper.look()
        stage.clock.ahead += timedelta(seconds=0.2)

    assert 5 == len(sent)
    assert all(later - earlier >= timedelta(seconds=1) for earlier, later in itertools.pairwise(sent))


# Waiting


def test_a_waiting_card_is_recalled_in_its_thread_and_then_asks_one_after_the_other(stage: Stage) -> None:
    reply, card = stage.shown()

    for hours in (0.6, 1.5, 2.1, 5, 5, 5):
        stage.clock.ahead += timedelta(hours=hours)
        stage.look(4)

    thread = [m.text for m in stage.slack.shown("C0CARDS", thread=True)]
    assert [
        "This still waits for approval.",
        "This still waits, so Alice is asked now.",
        "This still waits, so Bob is asked now.",
    ] == thread
    [alice], [bob] = stage.slack.shown("D0ALICE"), stage.slack.shown("D0BOB")
    assert f"Antwoord {reply.id} voor Waalfiets wacht op akkoord, en jij bent aan de beurt: <https://" in alice.text
    assert f"Reply {reply.id} for Waalfiets waits for approval, and you are next" in bob.text
    assert [] == stage.slack.pings()
    assert card.ts == stage.slack.shown(thread=True)[0].thread_ts


def test_who_was_given_the_reply_is_asked_first(stage: Stage) -> None:
    reply, _ = stage.shown()
    stage.book.assign(reply, "U0CAROL", "Carol", "Alice", stage.clock())
    stage.look()

    stage.clock.ahead += timedelta(minutes=40)
    stage.look(3)

    assert 1 == len(stage.slack.shown("D0CAROL"))


def test_a_decided_card_is_no_longer_recalled(stage: Stage) -> None:
    reply, _ = stage.shown()
    approve(stage.responders.database, reply)
    stage.look()

    stage.clock.ahead += timedelta(days=1)
    stage.look(3)

    assert [] == stage.slack.shown(thread=True)


def test_a_reminder_that_slack_refuses_waits_and_loses_nothing(stage: Stage) -> None:
    stage.shown()
    stage.clock.ahead += timedelta(minutes=40)
    stage.look(2)
    stage.slack.faults.append(Fault("chat.getPermalink", "error"))
    stage.clock.ahead += timedelta(hours=2)
    stage.look(2)
    assert [] == stage.slack.shown("D0ALICE")

    stage.clock.ahead += timedelta(minutes=11)
    stage.look(3)

    assert 1 == len(stage.slack.shown("D0ALICE"))


def put_aside(stage: Stage, reply: Reply, hours: float) -> None:
    """Put a reply aside, and let it come back after so many hours."""
    until = stage.clock() + timedelta(hours=hours)
    assert stage.responders.store.snooze(reply.id, "Bob", until, stage.clock()).ok
    stage.look()
    stage.clock.ahead += timedelta(hours=hours)
    assert ([reply.id], []) == stage.responders.store.wake_and_expire(stage.clock())


def test_what_was_put_aside_is_recalled_from_when_it_came_back(database: sa.Engine) -> None:
    with on_stage(database, listen=False, brands=(ALWAYS,)) as stage:
        reply, _ = stage.shown()
        put_aside(stage, reply, 3)
        stage.look(4)
        stage.clock.ahead += timedelta(minutes=25)
        stage.look(4)
        said = [m.text for m in stage.slack.shown("C0CARDS", thread=True)]
        stage.clock.ahead += timedelta(minutes=5)
        stage.look(4)

        assert ["It waits for approval again."] == said
        assert [*said, "This still waits for approval."] == [m.text for m in stage.slack.shown("C0CARDS", thread=True)]
        assert [] == stage.slack.shown("D0ALICE")


def test_who_was_asked_before_it_was_put_aside_is_asked_anew_in_their_turn(database: sa.Engine) -> None:
    with on_stage(database, listen=False, brands=(ALWAYS,)) as stage:
        reply, _ = stage.shown()

        def pass_hours() -> list[str]:
            before = len(stage.slack.shown("C0CARDS", thread=True))
            for hours in (0.6, 1.5, 2.1, 5):
                stage.clock.ahead += timedelta(hours=hours)
                stage.look(4)
            return [m.text for m in stage.slack.shown("C0CARDS", thread=True)][before:]

        first = pass_hours()
        put_aside(stage, reply, 1)
        stage.look(3)
        second = pass_hours()

        assert 3 == len(first)
        assert first == second
        assert [2, 2] == [len(stage.slack.shown(talk)) for talk in ("D0ALICE", "D0BOB")]


def test_a_reminder_that_fell_due_while_nobody_looked_waits_where_the_reply_was_put_aside_meanwhile(database: sa.Engine) -> None:
    with on_stage(database, listen=False, brands=(ALWAYS,)) as stage:
        reply, _ = stage.shown()
        card, book = stage.book.message(f"card/{reply.id}"), stage.responders.store
        assert card is not None
        assert book.snooze(reply.id, "Bob", stage.clock() + timedelta(hours=2), stage.clock()).ok
        stage.clock.ahead += timedelta(hours=2)
        book.wake_and_expire(stage.clock())
        sheet = stage.side.desk.sheet(reply.id, "en")
        assert sheet is not None

        stage.side.keeper.reminders.remind(card, sheet)

        later = stage.book.message(card.key)
        assert later is not None
        assert (0, True) == (later.reminders, later.next_at is not None and later.next_at > stage.clock() + timedelta(minutes=29))
        assert [] == stage.slack.shown(thread=True)


def test_a_look_where_nothing_changed_asks_two_small_questions_however_much_waits(stage: Stage) -> None:
    for _ in range(3):
        stage.shown()
    stage.look()
    statements: list[str] = []
    sa.event.listen(stage.responders.database, "before_cursor_execute", lambda *event: statements.append(event[2]))

    stage.side.keeper.look()

    assert [] == [s for s in statements if s.startswith("SELECT")][2:]
