"""What can be plugged into the responders, on one page: who drafts and who posts."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from typing import Protocol, runtime_checkable

from monitor.contracts import Unavailable
from monitor.domain import Brand, Draft, Fact, Posted, Reply, StoredMention


class Standing(StrEnum):
    """What has become of a mention."""

    UNCHANGED = "unchanged"
    EDITED = "edited"
    GONE = "gone"
    ANSWERED = "answered"
    UNKNOWN = "unknown"


class NotSent(Unavailable):
    """Nothing left this machine: the connection was refused before a byte was sent, so trying again is safe."""


_SEND_UNTIL: ContextVar[float] = ContextVar("send_until", default=math.inf)


def passing_seconds() -> float:
    """Return seconds on a clock that nobody sets, and that goes on while a process is stopped or the machine sleeps."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


@contextmanager
def send_until(moment: float) -> Iterator[None]:
    """Let no poster in this thread send after a moment of `passing_seconds`: by then another worker may have the reply."""
    token = _SEND_UNTIL.set(moment)
    try:
        yield
    finally:
        _SEND_UNTIL.reset(token)


def seconds_to_send() -> float:
    """Return how long a send in this thread may still take; what began when there were some must end within them."""
    return _SEND_UNTIL.get() - passing_seconds()


TOO_LATE = "this process stood still and came to life too late to send; nothing was sent"


@runtime_checkable
class Drafter(Protocol):
    """Proposes a reply."""

    name: str

    def draft(self, mention: StoredMention, brand: Brand, facts: Sequence[Fact], *, longest: int | None = None) -> Draft | None:
        """Return a proposal, or None where there is nothing honest to say; never posts.

        `facts` are those of the brand that are valid and public now; `longest` is how long it may be, None: as on the network. The same
        mention, facts and length give the same draft.
        """
        ...


@runtime_checkable
class Poster(Protocol):
    """Publishes on one network."""

    name: str
    limit: int
    """The longest reply the network takes, as `length` counts."""

    def length(self, text: str) -> int:
        """Count `text` as the network counts it."""
        ...

    def post(self, reply: Reply) -> Posted:
        """Publish exactly `reply.version.text` under exactly `reply.mention`; one send, no retry, at most 30 s.

        Raises:
            RateLimited: certainly not posted; try at `retry_at`.
            Rejected: certainly not posted; a person must look.
            NotSent: certainly not posted (connection refused); may be tried again.
            Unavailable: nobody knows whether it was posted; read back before anything else.
        """
        ...

    def find(self, reply: Reply) -> Posted | None:
        """Return our answer under that mention if it already stands there: what heals a crash."""
        ...

    def standing(self, reply: Reply) -> Standing:
        """Say what has become of the mention since it was read (T14, T15): the last look before a send."""
        ...

    def answered_by(self, reply: Reply, handles: Sequence[str]) -> str:
        """Return which of the brand's other `handles` has answered the mention already (T14), "" where none is seen.

        Handles of other networks may be among them, and our own account's, which `standing` looks after.
        """
        ...
