"""Keeps a flood from burying people: past so many open cards the rest of a channel waits in one list, in order, until there is room."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from monitor.contracts import AdapterError
from responders.approval import routing
from responders.approval.cards import Message
from responders.approval.home import LISTED, render_list
from responders.approval.parts import Desk
from responders.approval.sending import Sender

LIST_EVERY = timedelta(seconds=5)
"""How often a list is drawn anew at most."""

logger = logging.getLogger(__name__)


class Redraws(Protocol):
    """What is asked of Slack here."""

    def update(self, channel: str, ts: str, message: Message) -> None:
        """Make a message say something else."""
        ...


class Floods:
    """The lists of all channels."""

    def __init__(self, desk: Desk, book: Any, slack: Redraws, sender: Sender, clock: Callable[[], datetime]) -> None:
        self.desk = desk
        self.book = book
        self.slack = slack
        self.sender = sender
        self.clock = clock
        # After a start each channel is looked at once: there may be a list from before.
        self._drawn_at: dict[str, datetime] = dict.fromkeys(routing.channels(desk.slack), clock() - LIST_EVERY)

        self._shown: dict[str, tuple[int, tuple[int, ...], bool]] = {}
        self._full_until: dict[str, datetime] = {}

    def admit(self, channel: str, cards: Sequence[Any]) -> list[Any]:
        """Return the cards that the channel has room for, in their order; the others go to its list."""
        first = self.book.listed(channel, 1)
        ahead = sorted((card for card in cards if not first or card.id < first[0].id), key=lambda card: card.id)
        admitted = ahead[: self._room(channel)]
        if len(admitted) < len(cards):
            self.book.list_cards([card for card in cards if card not in admitted])
            self._drawn_at.setdefault(channel, self.clock() - LIST_EVERY)
        return admitted

    def channels(self) -> list[str]:
        """Return the channels that may have a list."""
        return list(self._drawn_at)

    def next_card(self, channel: str) -> Any:
        """Return the listed card whose turn it is, None where there is none or no room; a full channel is looked into every few seconds."""
        if self._full_until.get(channel, self.clock()) > self.clock():
            return None
        if self._room(channel) <= 0:
            self._full_until[channel] = self.clock() + LIST_EVERY
            return None
        waiting = self.book.listed(channel, 1)
        return waiting[0] if waiting else None

    def draw(self, channel: str, *, busy: bool = False) -> None:
        """Bring a channel's list up to date, at most so often; where nothing is listed any more it says so and is closed.

        While a channel is busy, cards that have room are still to be sent: the list of those that have none comes after them.
        """
        if self.clock() - self._drawn_at.get(channel, self.clock() - LIST_EVERY) < LIST_EVERY:
            return
        self._drawn_at[channel] = self.clock()
        standing, count = self.book.active_list(channel), self.book.count_listed(channel)
        if busy and (standing is None or standing.state != "sent"):
            return
        if not count and standing is None:
            self._drawn_at.pop(channel, None)
            return
        waiting = self.book.listed(channel, LISTED)
        shown = (count, tuple(card.id for card in waiting), standing is not None and standing.state == "sent")
        if shown == self._shown.get(channel):
            return
        self._shown[channel] = shown
        language = routing.language_in(channel, self.desk.slack)
        sheets = [sheet for card in waiting if (sheet := self.desk.sheet(card.reply_id, language))]
        message = render_list(sheets, count, language)
        if standing is None:
            standing = self.book.expect(f"list/{channel}/{waiting[0].id}", "list", channel, self.clock())
        if standing.state != "sent":
            if count:
                self.sender.send(standing, message)
                self._shown.pop(channel, None)
            else:
                self.book.forget(standing)
        elif self._redraw(standing, message) and not count:
            self.book.forget(standing)

    def _redraw(self, standing: Any, message: Message) -> bool:
        if message.hash != standing.last_hash:
            try:
                self.slack.update(standing.channel, standing.ts, message)
            except AdapterError as error:
                logger.warning("the list in %s could not be brought up to date: %s", standing.channel, error)
                self._shown.pop(standing.channel, None)
                return False
            self.book.set(standing, last_hash=message.hash, next_at=None)
        return True

    def _room(self, channel: str) -> int:
        opened = self.book.open_since(channel, self.clock() - routing.FLOOD_WINDOW)
        return max(self.desk.slack.flood - len(opened), 0)
