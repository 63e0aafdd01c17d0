"""Keeps Slack in step with the database: new cards, and later news on the same card. It decides nothing."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from monitor.contracts import AdapterError, RateLimited, Rejected
from monitor.domain import AuditEvent
from responders import consent
from responders.approval import routing
from responders.approval.cards import Message, render_card
from responders.approval.floods import Floods, Redraws
from responders.approval.home import SHOWN, render_home, render_line
from responders.approval.news import tell_news
from responders.approval.parts import Desk, Person, Sheet
from responders.approval.people import People
from responders.approval.sending import PACE, Sender
from responders.approval.waiting import Reminders, Talks
from responders.approval.words import say

EVERY = 1.0
"""Seconds between two looks; one look where nothing changed is two questions by an index."""
CATCH_UP_EVERY = timedelta(minutes=1)
"""How often we look for what no look saw: what other processes wrote late, or a crash left behind."""
LOOK_AGAIN = timedelta(minutes=1)
"""So long a card waits for the monitor to see whether its post still stands there."""
BATCH = 200
MOST_READ = 500
"""Replies that are read for a person's Home."""
AT_ONCE = "at once"
"""Marks a card that no flood and no night holds back: a crisis, or one that somebody asked for."""

logger = logging.getLogger(__name__)


class Board(Redraws, Talks, Protocol):
    """What is asked of Slack here, by the keeper and those who work for it."""

    def publish_home(self, user: str, view: Mapping[str, Any]) -> None:
        """Show a person their Home."""
        ...


class Keeper:
    """One worker's look at what Slack should show; several on one database do not get in one another's way."""

    def __init__(self, desk: Desk, book: Any, slack: Board, sender: Sender, people: People, clock: Callable[[], datetime]) -> None:
        self.desk = desk
        self.book = book
        self.slack = slack
        self.sender = sender
        self.people = people
        self.clock = clock
        self.reminders = Reminders(desk, book, slack, people, clock)
        self.floods = Floods(desk, book, slack, sender, clock)
        self._seen_event = -1
        self._todo: dict[int, None] = {}
        self._homes: set[str] = set()
        self._open_homes: set[str] = set()
        self._update_after: dict[str, datetime] = {}
        self._caught_up_at = clock() - CATCH_UP_EVERY
        self._lock = threading.Lock()
        self._wake = threading.Event()

    # Told by others

    def poke(self, reply_id: int) -> None:
        """Look at a reply's card at once."""
        self._later(reply_id)
        self._wake.set()

    def refresh_home(self, user: str, *, opened: bool = False) -> None:
        """Draw a person's Home anew, if they ever opened it."""
        with self._lock:
            if opened:
                self._open_homes.add(user)
            if user in self._open_homes:
                self._homes.add(user)
        self._wake.set()

    def assign(self, sheet: Sheet, user: str, by: Person) -> None:
        """Give a reply to a member, and tell them."""
        self.reminders.assign(sheet, user, by)
        self.poke(sheet.reply.id)

    def ask_for_card(self, reply_id: int) -> None:
        """Send a listed reply's card now, flood or not."""
        card = self.book.message(f"card/{reply_id}")
        if card is not None and not card.ts:
            self.book.set(card, text=AT_ONCE, next_at=self.clock())
            self._wake.set()

    def audit(self, sheet: Sheet) -> list[AuditEvent]:
        """Return what happened so far."""
        found: list[AuditEvent] = self.book.audit(sheet.reply)
        return found

    def warn_thread(self, channel: str, thread_ts: str) -> None:
        """Say once in a card's thread that what is written there is never published."""
        if self.book.warn_once(channel, thread_ts):
            card = self.book.standing_at(channel, thread_ts)
            self.reminders.line(f"warning/{card.id}", card, say(routing.language_in(channel, self.desk.slack), "thread_warning"))
            self._wake.set()

    # The loop

    def run(self, stopping: threading.Event) -> None:
        """Look until told to stop; an error is logged, and the next look tries again."""
        pause = EVERY
        while not stopping.is_set():
            self._wake.wait(pause)
            self._wake.clear()
            try:
                self.look()
                pause = EVERY
            except Exception:
                logger.exception("a look at Slack's cards failed")
                pause = min(pause * 2, 60.0)
            if pause > EVERY:
                stopping.wait(pause)

    def wake(self) -> None:
        """End the wait between two looks."""
        self._wake.set()

    def look(self) -> None:
        """Do what is to be done now."""
        self._notice()
        with self._lock:
            todo, self._todo = list(self._todo), {}
        self._keep_all(todo[:BATCH])
        for reply_id in todo[BATCH:]:
            # A crowd at the start is taken in batch by batch, so that what is urgent never waits for all of it.
            self.poke(reply_id)
        written: set[str] = set()
        busy = self._serve(written)
        for channel in self.floods.channels():
            card = self.floods.next_card(channel) if channel not in written else None
            if card is not None:
                self._send_card(card)
            self.floods.draw(channel, busy=channel in busy)
        with self._lock:
            homes, self._homes = list(self._homes), set()
        for user in homes:
            self._draw_home(user)

    def _later(self, reply_id: int) -> None:
        with self._lock:
            self._todo.setdefault(reply_id)

    def _notice(self) -> None:
        newest = self.book.newest_event()
        if self._seen_event >= 0 and newest > self._seen_event:
            for _, reply_id in self.book.events_after(self._seen_event):
                self._later(reply_id)
        self._seen_event = newest
        if self.clock() - self._caught_up_at >= CATCH_UP_EVERY:
            for reply_id in self.book.behind():
                self._later(reply_id)
            self._caught_up_at = self.clock()

    # Cards

    def _keep_all(self, reply_ids: Sequence[int]) -> None:
        cards = self.book.cards(reply_ids)
        new = []
        for reply_id in reply_ids:
            card = cards.get(reply_id)
            if card is None:
                reply = self.desk.reply(reply_id)
                if reply is not None and reply.status in consent.OPEN_TO_DECISION:
                    at_once = AT_ONCE if routing.severity_of(reply) == "crisis" else ""
                    new.append((reply_id, routing.place_for(reply, self.desk.slack).channel, at_once))
            elif card.state == "sent" and not self._keep(card):
                self._later(reply_id)
        self.book.expect_cards(new, self.clock())

    def _keep(self, card: Any) -> bool:
        """Bring a card that stands in Slack up to date; False where it must wait for its turn."""
        if self._update_after.get(card.channel, self.clock()) > self.clock():
            return False
        sheet = self.desk.sheet(card.reply_id, routing.language_in(card.channel, self.desk.slack))
        if sheet is None:
            return True
        newest = self.book.last_event(sheet.reply)
        for event in self.book.audit(sheet.reply, card.shown_event):
            if said := tell_news(event, sheet):
                self.reminders.line(f"news/{event.id}", card, said)
        message = render_card(sheet)
        if not sheet.reply.mention.mention.text:
            # A Home may show it still.
            with self._lock:
                self._homes |= self._open_homes
        if message.hash != card.last_hash and not self._update(card, message):
            return True
        times = self.reminders.said(card)
        next_at = self.reminders.next_at(card, sheet, times)
        self.book.set(card, shown_event=newest, last_hash=message.hash, reminders=times, next_at=next_at)
        return True

    def _update(self, card: Any, message: Message) -> bool:
        try:
            self.slack.update(card.channel, card.ts, message)
        except RateLimited as error:
            self._update_after[card.channel] = error.retry_at
            self._later(card.reply_id)
            return False
        except Rejected as error:
            if "message_not_found" in str(error):
                # Somebody threw our card away; while it waits for a decision it is sent anew.
                self.book.set(card, state="listed", ts="", claims=0, claimed_at=None, next_at=self.clock(), last_hash="")
            else:
                logger.error("%s cannot be brought up to date: %s", card.key, error)  # noqa: TRY400 - no trace helps here
            return False
        except AdapterError as error:
            # Said twice it would say the same, so it is simply said again.
            logger.warning("%s could not be brought up to date: %s", card.key, error)
            self._update_after[card.channel] = self.clock() + timedelta(seconds=5)
            self._later(card.reply_id)
            return False
        self._update_after[card.channel] = self.clock() + PACE
        return True

    # What is due

    def _serve(self, written: set[str]) -> set[str]:
        """Send the first message that is due in each channel, and return the channels in which cards wait for the next look.

        Slack takes one message a second in a channel, and their order is kept. `written` is told where something was sent.
        """
        waiting: dict[str, list[Any]] = {}
        for message in self.book.due(self.clock(), BATCH):
            if message.kind == "card" and message.state == "sent":
                sheet = self.desk.sheet(message.reply_id, routing.language_in(message.channel, self.desk.slack))
                if sheet is not None:
                    self.reminders.remind(message, sheet)
            elif message.kind == "card" and message.state != "claimed" and message.text != AT_ONCE:
                waiting.setdefault(message.channel, []).append(message)
            elif message.channel not in written:
                written.add(message.channel)
                self._send(message)
        busy = set()
        for channel, cards in waiting.items():
            admitted = self.floods.admit(channel, cards)
            for card in admitted:
                if channel not in written and self._send_card(card):
                    written.add(channel)
            if len(admitted) > 1:
                busy.add(channel)
        return busy

    def _send(self, message: Any) -> None:
        if message.kind == "card":
            self._send_card(message)
        elif message.kind == "line":
            self.sender.send(message, render_line(message.text))
        else:
            self.floods.draw(message.channel)

    def _send_card(self, card: Any) -> bool:
        """Send a card, unless it is night or it was decided meanwhile; True where the channel's turn is spent."""
        sheet = self.desk.sheet(card.reply_id, routing.language_in(card.channel, self.desk.slack))
        if sheet is None or (sheet.reply.status not in consent.OPEN_TO_DECISION and card.state != "claimed"):
            self.book.forget(card)
            return False
        if card.state != "claimed" and not self.desk.may_show(sheet.reply):
            # The monitor looks at it as soon as it may; nobody sees it before.
            self.book.set(card, next_at=self.clock() + LOOK_AGAIN)
            return False
        hours, timezone = self.desk.slack.brand(sheet.brand.id), sheet.brand.timezone
        if card.text != AT_ONCE and card.state != "claimed" and routing.is_quiet(self.clock(), hours, timezone):
            self.book.set(card, next_at=routing.quiet_until(self.clock(), hours, timezone))
            return False
        newest = self.book.last_event(sheet.reply)
        self.sender.send(card, render_card(sheet), next_at=self.reminders.next_at(card, sheet, 0), shown_event=newest)
        return True

    def _draw_home(self, user: str) -> None:
        try:
            person = self.people.person(user)
            # Their own brands alone are read: what waits for others must not crowd out what waits for them.
            waiting = [] if person.brands is None else self.desk.waiting(MOST_READ, person.brands)
            mine = [reply for reply in waiting if self.people.may_decide(user, reply)]
            order = {"crisis": 0, "high": 1, "normal": 2}
            mine.sort(key=lambda reply: (order[routing.severity_of(reply)], reply.created_at, reply.id))
            sheets = [sheet for reply in mine[:SHOWN] if (sheet := self.desk.sheet(reply.id, person.language))]
            self.slack.publish_home(user, render_home(person, sheets, len(mine) - len(sheets), self.desk.figures()))
        except AdapterError as error:
            logger.warning("a Home could not be drawn: %s", error)
