"""Sends each message once: written down, claimed, looked for if an earlier try may have reached Slack, sent, recorded."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Protocol

from monitor.contracts import AdapterError, RateLimited, Rejected
from responders.approval.cards import Message
from responders.contracts import NotSent

# https://docs.slack.dev/apis/web-api/rate-limits: one message a second in a channel.
PACE = timedelta(seconds=1.1)
TURN = timedelta(seconds=30)
"""How long a worker keeps a channel to itself; longer than one call to Slack takes."""
LOOK_AFTER = timedelta(seconds=5)
"""How long after an unclear send we look whether it stands there."""
AGAIN_AFTER = timedelta(seconds=10)
ASK_AGAIN_AFTER = timedelta(minutes=10)
"""How long after a refusal we try again: meanwhile somebody may have invited our bot to the channel."""

logger = logging.getLogger(__name__)


class Known(Protocol):
    """A message as the book has it."""

    @property
    def key(self) -> str:
        """What it is."""
        ...

    @property
    def channel(self) -> str:
        """Where it goes."""
        ...

    @property
    def thread_ts(self) -> str:
        """Under which message."""
        ...

    @property
    def claims(self) -> int:
        """How often somebody began to send it."""
        ...

    @property
    def claimed_at(self) -> datetime | None:
        """When somebody first began."""
        ...


class Ledger(Protocol):
    """What is asked of the book here."""

    def take_channel(self, channel: str, worker: str, at: datetime, lease: timedelta, pace: timedelta) -> bool:
        """Take the next turn to write in a channel."""
        ...

    def hold_channel(self, channel: str, until: datetime) -> None:
        """Write nothing there until a moment."""
        ...

    def claim(self, message: Any, worker: str, at: datetime) -> Any:
        """Take the right to send a message."""
        ...

    def sent(self, message: Any, ts: str, at: datetime, *, next_at: datetime | None, **shown: Any) -> bool:
        """Record where it stands."""
        ...

    def release(self, message: Any, retry_at: datetime, error: str, *, refused: bool = False) -> None:
        """Record that Slack certainly does not have it."""
        ...

    def set(self, message: Any, **values: Any) -> None:
        """Change what is remembered of it."""
        ...


class Wire(Protocol):
    """What is asked of Slack here."""

    def post(self, channel: str, message: Message, key: str, *, thread_ts: str = "") -> str:
        """Send once and return the ts."""
        ...

    def find(self, channel: str, key: str, since: datetime, *, thread_ts: str = "") -> str:
        """Return the ts of what was sent before, or ""."""
        ...


class Sender:
    """One worker's way to send."""

    def __init__(self, book: Ledger, slack: Wire, worker: str, clock: Callable[[], datetime]) -> None:
        self.book = book
        self.slack = slack
        self.worker = worker
        self.clock = clock

    def send(self, message: Known, content: Message, *, next_at: datetime | None = None, **shown: Any) -> str:
        """Send a message if it is our turn, and return its ts; "" where it was not sent now, for whatever reason."""
        if not self.book.take_channel(message.channel, self.worker, self.clock(), TURN, PACE):
            return ""
        claimed = self.book.claim(message, self.worker, self.clock())
        if claimed is None:
            return ""
        ts = self._read_back(claimed) if claimed.claims > 1 else ""
        if ts is None:
            return ""
        ts = ts or self._post(claimed, content)
        if ts:
            self.book.sent(claimed, ts, self.clock(), next_at=next_at, last_hash=content.hash, **shown)
        return ts

    def _read_back(self, message: Known) -> str | None:
        """Return where an earlier try stands, "" where it stands nowhere, None where that cannot be told now: then nothing is sent."""
        try:
            return self.slack.find(message.channel, message.key, message.claimed_at or self.clock(), thread_ts=message.thread_ts)
        except AdapterError as error:
            wait = error.retry_at if isinstance(error, RateLimited) else self.clock() + AGAIN_AFTER
            self.book.set(message, next_at=wait, error=f"reading back failed: {error}")
            logger.warning("could not look whether %s was sent, and does not send it again: %s", message.key, error)
            return None

    def _post(self, message: Known, content: Message) -> str:
        try:
            return self.slack.post(message.channel, content, message.key, thread_ts=message.thread_ts)
        except RateLimited as error:
            self.book.release(message, error.retry_at, str(error))
            self.book.hold_channel(message.channel, error.retry_at)
        except NotSent as error:
            self.book.release(message, self.clock() + AGAIN_AFTER, str(error))
        except Rejected as error:
            self.book.release(message, self.clock() + ASK_AGAIN_AFTER, str(error), refused=True)
            logger.error("%s cannot be shown in Slack: %s. Run: responders slack-check", message.key, error)  # noqa: TRY400 - no trace helps here
        except AdapterError as error:
            # Nobody knows whether it was sent: the claim stays, and the next look reads back first.
            self.book.set(message, next_at=self.clock() + LOOK_AFTER, error=str(error))
        return ""
