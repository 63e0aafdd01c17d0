"""Keeps Slack in step with the database: new cards, later news on the same card, lists in a flood, reminders. It decides nothing."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol

from monitor.contracts import AdapterError, RateLimited, Rejected
from monitor.domain import AuditEvent, Reply, ReplyStatus
from responders import consent
from responders.approval import routing
from responders.approval.blocks import address, escape
from responders.approval.cards import render_card
from responders.approval.home import LISTED, render_home, render_line, render_list
from responders.approval.parts import Desk, Person, Sheet
from responders.approval.people import People
from responders.approval.sending import ASK_AGAIN_AFTER, PACE, Sender
from responders.approval.words import say

EVERY = 1.0
"""Seconds between two looks; one look where nothing changed is two questions by an index."""
CATCH_UP_EVERY = timedelta(minutes=1)
"""How often we look for what no look saw: what other processes wrote late, or a crash left behind."""
LIST_EVERY = timedelta(seconds=5)
"""How often a list is drawn anew at most."""
BATCH = 200

logger = logging.getLogger(__name__)


class Board(Protocol):
    """What is asked of Slack here."""

    def update(self, channel: str, ts: str, message: Any) -> None:
        """Make a message say something else."""
        ...

    def permalink(self, channel: str, ts: str) -> str:
        """Return the address of a message."""
        ...

    def direct(self, user: str) -> str:
        """Return the channel of our talk with one member."""
        ...

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
        self._seen_event = -1
        self._todo: dict[int, None] = {}
        self._homes: set[str] = set()
        self._open_homes: set[str] = set()
        self._lists: dict[str, datetime] = dict.fromkeys(routing.channels(desk.slack), clock() - LIST_EVERY)
        self._update_after: dict[str, datetime] = {}
        self._caught_up_at = clock() - CATCH_UP_EVERY
        self._lock = threading.Lock()
        self._wake = threading.Event()

    # Told by others

    def poke(self, reply_id: int) -> None:
        """Look at a reply's card at once."""
        with self._lock:
            self._todo[reply_id] = None
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
        self.book.assign(sheet.reply, user, self.people.name(user), by.name, self.clock())
        card = self.book.message(f"card/{sheet.reply.id}")
        if card is not None and card.ts and user != by.user:
            url = self.slack.permalink(card.channel, card.ts)
            said = say(self.people.language(user), "assigned_to_you", who=escape(by.name), number=sheet.reply.id, url=address(url))
            self._expect_direct(f"assigned/{sheet.reply.id}/{user}/{self.book.last_event(sheet.reply)}", user, said)
        self.poke(sheet.reply.id)

    def ask_for_card(self, reply_id: int) -> None:
        """Send a listed reply's card now, flood or not."""
        card = self.book.message(f"card/{reply_id}")
        if card is not None and not card.ts:
            self.book.set(card, text="now", next_at=self.clock())
            self._wake.set()

    def audit(self, sheet: Sheet) -> list[AuditEvent]:
        """Return what happened so far."""
        found: list[AuditEvent] = self.book.audit(sheet.reply)
        return found

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
        for position, reply_id in enumerate(todo):
            if position >= BATCH or not self._keep(reply_id):
                self._later(reply_id)
        self._serve()
        for channel in list(self._lists):
            self._keep_list(channel)
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
            behind = self.book.behind(10 * BATCH)
            for reply_id in behind:
                self._later(reply_id)
            # A crowd at the start is taken in batch by batch.
            self._caught_up_at = self.clock() if len(behind) < 10 * BATCH else self._caught_up_at

    # One card

    def _keep(self, reply_id: int) -> bool:
        """Bring a reply's card up to date; False where it must wait for its turn."""
        card = self.book.message(f"card/{reply_id}")
        if card is None:
            self._expect_card(reply_id)
            return True
        if card.state != "sent":
            return True
        if self._update_after.get(card.channel, self.clock()) > self.clock():
            return False
        sheet = self.desk.sheet(reply_id, routing.language_in(card.channel, self.desk.slack))
        if sheet is None:
            return True
        newest = self.book.last_event(sheet.reply)
        self._tell_news(card, sheet)
        message = render_card(sheet)
        if message.hash != card.last_hash and not self._update(card, message):
            return True
        waits = sheet.reply.status is ReplyStatus.AWAITING
        next_at = self._next_reminder(card, sheet, card.reminders) if waits else None
        self.book.set(card, shown_event=newest, last_hash=message.hash, next_at=next_at)
        return True

    def _expect_card(self, reply_id: int) -> None:
        sheet = self.desk.sheet(reply_id)
        if sheet is not None and sheet.reply.status in consent.OPEN_TO_DECISION:
            place = routing.place_for(sheet.reply, self.desk.slack)
            self.book.expect(f"card/{reply_id}", "card", place.channel, self.clock(), reply_id=reply_id)

    def _update(self, card: Any, message: Any) -> bool:
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

    def _tell_news(self, card: Any, sheet: Sheet) -> None:
        """Put a line in the card's thread for what people would otherwise not notice on the card."""
        for event in self.book.audit(sheet.reply, card.shown_event):
            if said := _news(event, sheet):
                self.book.expect(
                    f"news/{event.id}", "line", card.channel, self.clock(), reply_id=sheet.reply.id, thread_ts=card.ts, text=said
                )

    # What is due

    def _serve(self) -> None:
        room: dict[str, int] = {}
        for message in self.book.due(self.clock(), BATCH):
            if message.kind == "card":
                self._serve_card(message, room)
            elif message.kind == "line":
                if message.state != "sent":
                    self.sender.send(message, render_line(message.text))
                else:
                    self.book.set(message, next_at=None)
            elif message.kind == "list":
                self._keep_list(message.channel, forced=True)

    def _serve_card(self, card: Any, room: dict[str, int]) -> None:
        sheet = self.desk.sheet(card.reply_id, routing.language_in(card.channel, self.desk.slack))
        if sheet is None:
            self.book.forget(card)
        elif card.state == "sent":
            self._remind(card, sheet)
        elif sheet.reply.status not in consent.OPEN_TO_DECISION and card.state != "claimed":
            self.book.forget(card)
        elif self._may_send(card, sheet, room):
            self._send_card(card, sheet)

    def _may_send(self, card: Any, sheet: Sheet, room: dict[str, int]) -> bool:
        crisis = routing.severity_of(sheet.reply) == "crisis"
        if crisis or card.state == "claimed" or card.text == "now":
            return True
        hours, timezone = self.desk.slack.brand(sheet.brand.id), sheet.brand.timezone
        if routing.is_quiet(self.clock(), hours, timezone):
            self.book.set(card, next_at=routing.quiet_until(self.clock(), hours, timezone))
            return False
        if card.channel not in room:
            room[card.channel] = self._room(card.channel)
        room[card.channel] -= 1
        if room[card.channel] < 0:
            self.book.set(card, next_at=None)
            self._lists.setdefault(card.channel, self.clock() - LIST_EVERY)
            return False
        return True

    def _room(self, channel: str) -> int:
        """Return how many more cards a channel takes now; none while others wait in its list, so that the order is kept."""
        opened = self.book.open_since(channel, self.clock() - routing.FLOOD_WINDOW)
        room = max(self.desk.slack.flood - len(opened), 0)
        return 0 if any(card.next_at is None for card in self.book.listed(channel)[:1]) else room

    def _send_card(self, card: Any, sheet: Sheet) -> bool:
        newest = self.book.last_event(sheet.reply)
        next_at = self._next_reminder(card, sheet, 0) if sheet.reply.status is ReplyStatus.AWAITING else None
        return bool(self.sender.send(card, render_card(sheet), next_at=next_at, shown_event=newest))

    def _keep_list(self, channel: str, *, forced: bool = False) -> None:
        """Send the first listed card where there is room again, and say in one message what else waits."""
        waiting = [card for card in self.book.listed(channel) if card.next_at is None]
        standing = self.book.active_list(channel)
        if not waiting and standing is None:
            self._lists.pop(channel, None)
            return
        if waiting:
            self._lists.setdefault(channel, self.clock() - LIST_EVERY)
            opened = self.book.open_since(channel, self.clock() - routing.FLOOD_WINDOW)
            sheet = self.desk.sheet(waiting[0].reply_id, routing.language_in(channel, self.desk.slack))
            if sheet is not None and not routing.is_flooded(opened, self.clock(), self.desk.slack.flood):
                self._send_card(waiting[0], sheet)
        if forced or self.clock() - self._lists.get(channel, self.clock() - LIST_EVERY) >= LIST_EVERY:
            self._lists[channel] = self.clock()
            self._draw_list(channel, waiting, standing)

    def _draw_list(self, channel: str, waiting: list[Any], standing: Any) -> None:
        language = routing.language_in(channel, self.desk.slack)
        sheets = [sheet for card in waiting[:LISTED] if (sheet := self.desk.sheet(card.reply_id, language))]
        message = render_list(sheets, len(waiting), language)
        if standing is None:
            standing = self.book.expect(f"list/{channel}/{waiting[0].id}", "list", channel, self.clock())
        if standing.state != "sent":
            if waiting:
                self.sender.send(standing, message)
            else:
                self.book.forget(standing)
            return
        if message.hash != standing.last_hash:
            try:
                self.slack.update(channel, standing.ts, message)
            except AdapterError as error:
                logger.warning("the list in %s could not be brought up to date: %s", channel, error)
                return
            self.book.set(standing, last_hash=message.hash, next_at=None)
        if not waiting:
            self.book.forget(standing)

    # Waiting

    def _next_reminder(self, card: Any, sheet: Sheet, reminders: int) -> datetime | None:
        steps = len(self.people.next_approvers(sheet.reply))
        since = card.sent_at or self.clock()
        return routing.next_reminder(since, reminders, sheet.reply, self.desk.slack, sheet.brand.timezone, steps)

    def _remind(self, card: Any, sheet: Sheet) -> None:
        """Recall a waiting card in its thread, and later ask one approver after the other; nobody in the channel is called."""
        reply, number = sheet.reply, card.reminders
        if reply.status is not ReplyStatus.AWAITING:
            self.book.set(card, next_at=None)
            return
        try:
            if number == 0:
                self._expect_line(f"remind/{reply.id}/0", card, say(sheet.language, "remind"))
                if card.assigned_to:
                    self._ask(reply, sheet, card, card.assigned_to, number)
            else:
                approver = self.people.next_approvers(reply)[number - 1]
                self._ask(reply, sheet, card, approver.user, number)
                self._expect_line(f"remind/{reply.id}/{number}", card, say(sheet.language, "escalate", who=escape(approver.name)))
        except IndexError:
            pass
        except AdapterError as error:
            logger.warning("a reminder of %s waits: %s", card.key, error)
            self.book.set(card, next_at=self.clock() + ASK_AGAIN_AFTER)
            return
        self.book.set(card, reminders=number + 1, next_at=self._next_reminder(card, sheet, number + 1))

    def _ask(self, reply: Reply, sheet: Sheet, card: Any, user: str, number: int) -> None:
        url = self.slack.permalink(card.channel, card.ts)
        said = say(self.people.language(user), "escalate_direct", number=reply.id, brand=escape(sheet.brand.name), url=address(url))
        self._expect_direct(f"ask/{reply.id}/{number}", user, said)

    def _expect_line(self, key: str, card: Any, text: str) -> None:
        self.book.expect(key, "line", card.channel, self.clock(), reply_id=card.reply_id, thread_ts=card.ts, text=text)

    def _expect_direct(self, key: str, user: str, text: str) -> None:
        self.book.expect(key, "line", self.slack.direct(user), self.clock(), text=text)

    def warn_thread(self, channel: str, thread_ts: str) -> None:
        """Say once in a card's thread that what is written there is never published."""
        if self.book.warn_once(channel, thread_ts):
            card = self.book.standing_at(channel, thread_ts)
            self._expect_line(f"warning/{card.id}", card, say(routing.language_in(channel, self.desk.slack), "thread_warning"))
            self._wake.set()

    def _draw_home(self, user: str) -> None:
        try:
            person = self.people.person(user)
            mine = [reply for reply in self.desk.waiting(500) if self.people.may_decide(user, reply)]
            order = {"crisis": 0, "high": 1, "normal": 2}
            mine.sort(key=lambda reply: (order[routing.severity_of(reply)], reply.created_at, reply.id))
            sheets = [sheet for reply in mine[:12] if (sheet := self.desk.sheet(reply.id, person.language))]
            self.slack.publish_home(user, render_home(person, sheets, len(mine) - len(sheets), self.desk.figures()))
        except AdapterError as error:
            logger.warning("a Home could not be drawn: %s", error)


def _news(event: AuditEvent, sheet: Sheet) -> str:
    """Return the line for what happened, "" where the card says enough."""
    reply, language = sheet.reply, sheet.language
    if event.old_status == event.new_status:
        return ""
    if event.new_status == "deleted":
        return say(language, "news_deleted")
    if event.reply_id is None:
        return ""
    if event.new_status == "posted":
        return say(language, "news_posted", url=address(reply.posted_url))
    if event.new_status in {"needs_review", "expired"}:
        return say(language, f"news_{event.new_status}", reason=escape(event.reason))
    if event.new_status == "rejected" and event.old_status == "posting":
        return say(language, "news_rejected", reason=escape(event.reason))
    if event.new_status == "awaiting" and event.old_status == "snoozed" and event.actor == "sweep":
        return say(language, "news_awake")
    return ""
