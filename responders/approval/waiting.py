"""Recalls what waits too long: a word in the card's thread, then one approver after the other, directly; nobody in a channel is called."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from monitor.contracts import AdapterError
from monitor.domain import ReplyStatus
from responders.approval import routing
from responders.approval.blocks import address, escape
from responders.approval.parts import Desk, Person, Sheet
from responders.approval.people import People
from responders.approval.sending import ASK_AGAIN_AFTER
from responders.approval.words import say

logger = logging.getLogger(__name__)


class Talks(Protocol):
    """What is asked of Slack here."""

    def permalink(self, channel: str, ts: str) -> str:
        """Return the address of a message."""
        ...

    def direct(self, user: str) -> str:
        """Return the channel of our talk with one member."""
        ...


class Reminders:
    """What is said of a card that waits; each line is written down once and sent like everything else."""

    def __init__(self, desk: Desk, book: Any, slack: Talks, people: People, clock: Callable[[], datetime]) -> None:
        self.desk = desk
        self.book = book
        self.slack = slack
        self.people = people
        self.clock = clock

    def said(self, card: Any) -> int:
        """Return how often a card was recalled: since it was sent, or since it came back after it was put aside."""
        back = self.book.came_back(card.reply_id)
        return 0 if back is not None and back.id > card.shown_event else int(card.reminders)

    def next_at(self, card: Any, sheet: Sheet, reminders: int) -> datetime | None:
        """Return when a card is recalled next; None while it does not wait, or when nobody is left to ask.

        Who put it aside knew of it until then: the time in which it was away does not count, and it is recalled as if it were new.
        """
        if sheet.reply.status is not ReplyStatus.AWAITING:
            return None
        steps = len(self.people.next_approvers(sheet.reply))
        since = card.sent_at or self.clock()
        if back := self.book.came_back(sheet.reply.id):
            since = max(since, back.at)
        return routing.next_reminder(since, reminders, sheet.reply, self.desk.slack, sheet.brand.timezone, steps)

    def remind(self, card: Any, sheet: Sheet) -> None:
        """Recall a card whose time has come; where it has not, as nobody saw yet that it was put aside, only write down when it does."""
        reply, number = sheet.reply, self.said(card)
        due = self.next_at(card, sheet, number)
        if due is None or due > self.clock():
            self.book.set(card, next_at=due)
            return
        back = self.book.came_back(reply.id)
        # Each line is said once, and once more each time that it came back.
        which = f"{reply.id}/{number}" + (f"/{back.id}" if back else "")
        following = self.people.next_approvers(reply)[number - 1 : number] if number else []
        try:
            if number == 0:
                self.line(f"remind/{which}", card, say(sheet.language, "remind"))
                if card.assigned_to:
                    self._ask(f"ask/{which}", card.assigned_to, card, sheet)
            for approver in following:
                self._ask(f"ask/{which}", approver.user, card, sheet)
                self.line(f"remind/{which}", card, say(sheet.language, "escalate", who=escape(approver.name)))
        except AdapterError as error:
            logger.warning("a reminder of %s waits: %s", card.key, error)
            self.book.set(card, next_at=self.clock() + ASK_AGAIN_AFTER)
            return
        self.book.set(card, reminders=number + 1, next_at=self.next_at(card, sheet, number + 1))

    def assign(self, sheet: Sheet, user: str, by: Person) -> None:
        """Give a reply to a member, and tell them."""
        self.book.assign(sheet.reply, user, self.people.name(user), by.name, self.clock())
        card = self.book.message(f"card/{sheet.reply.id}")
        if card is not None and card.ts and user != by.user:
            url = address(self.slack.permalink(card.channel, card.ts))
            said = say(self.people.language(user), "assigned_to_you", who=escape(by.name), number=sheet.reply.id, url=url)
            self._direct(f"assigned/{sheet.reply.id}/{user}/{self.book.last_event(sheet.reply)}", user, said)

    def line(self, key: str, card: Any, text: str) -> None:
        """Write down that a line is to stand in a card's thread."""
        self.book.expect(key, "line", card.channel, self.clock(), reply_id=card.reply_id, thread_ts=card.ts, text=text)

    def _ask(self, key: str, user: str, card: Any, sheet: Sheet) -> None:
        url, brand = address(self.slack.permalink(card.channel, card.ts)), escape(sheet.brand.name)
        said = say(self.people.language(user), "escalate_direct", number=sheet.reply.id, brand=brand, url=url)
        self._direct(key, user, said)

    def _direct(self, key: str, user: str, text: str) -> None:
        self.book.expect(key, "line", self.slack.direct(user), self.clock(), text=text)
