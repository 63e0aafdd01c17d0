"""What can be plugged into the monitor, on one page: contracts of one verb each, and the three errors that are instructions."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Literal, Protocol, runtime_checkable

from monitor.domain import Brand, Mention, Sentiment


class AdapterError(Exception):
    """The ground of the three errors; its message begins with the adapter's name and never carries a secret."""


class Unavailable(AdapterError):
    """Try again later: the network, the server or the disk did not answer as it should."""


class RateLimited(AdapterError):
    """Try again at `retry_at` (UTC), not earlier: the other side asked us to wait."""

    def __init__(self, message: str, retry_at: datetime) -> None:
        super().__init__(message)
        self.retry_at = retry_at


class Rejected(AdapterError):
    """Do not retry; tell a person: the other side refused, and asking again will not help."""


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """Something a source saw and could not take in, with the reason, so that it is never lost silently."""

    place: str
    """The file's name or the address it was read from, without secrets."""
    line: int
    """Counted from 1; 0 where the place has no lines."""
    reason: str
    """What is wrong and what would be right, in one sentence for a person."""
    raw: str = ""
    """How it stood there, cut to a bounded length."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one bounded read cost, for the ledger that is kept beside the mentions (L2)."""

    unit: Literal["usd", "units"]
    """Dollars, or units of a vendor's quota."""
    charged: Mapping[str, Decimal] = field(default_factory=dict)
    """What is charged once a UTC day however often it is read: a name that all sources of one account share, and its price."""
    flat: Decimal = Decimal(0)
    """What the read cost besides, whatever it found."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What one bounded read found, and the cursor from which the next read goes on."""

    mentions: Sequence[Mention]
    cursor: str
    """Opaque to everyone but the source; saved in the same transaction as the mentions."""
    more: bool = False
    """True when the source knows that more waits right now."""
    rejected: Sequence[RejectedRow] = ()
    """What was read and could not become a mention."""
    cost: Cost | None = None
    """What the read cost, where it is not free."""
    restated: Sequence[Mention] = ()
    """Texts that may have been read before, as they stand now, of which the place itself says that they were changed: where one is
    stored with other words, it is taken in anew."""
    left: Sequence[str] = ()
    """Of texts that the place showed before and left out now, though it still shows older ones, the `short_mark` of their external ids:
    what became of them is looked at before the others."""


def short_mark(external_id: str) -> str:
    """Return by what a cursor remembers an external id in few signs."""
    return hashlib.sha256(external_id.encode("utf-8", "replace")).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Curve:
    """Counts that can be drawn, the latest last."""

    counts: tuple[int, ...]
    said: str
    """What it shows, in words: its title, and what is read out to whoever does not see it."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A message to our own people; `key` lets the receiver see that it had it already."""

    key: str
    title: str
    text: str
    html: str = ""
    brand: str = ""
    attachments: tuple[tuple[str, bytes], ...] = field(default=())
    thread: str = ""
    """What it goes on about, such as incident/12; who shows one message for it changes that one. Empty: it stands for itself."""
    state: str = ""
    """How that stands: open, acknowledged or resolved."""
    gravity: int = 0
    """How grave it is, 1 to 3; 0 for what wakes nobody."""
    wakes: bool = False
    """Whether somebody is to be woken by it, also where the thread stands there already: it opened, rose, or nobody took it on."""
    rings: tuple[int, ...] = ()
    """The numbers of those of its thread that asked people anew, the earliest first: each rings even where the one before is taken on."""

    curve: Curve | None = None
    """What a channel that shows pictures may draw."""
    quoted: tuple[int, ...] = ()
    """The ids of the mentions that its text quotes, in that order, so that each can be taken out of it again."""

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys under which its thread rang until now, the newest last, for who wakes nobody twice under one key."""
        return ring_keys(self.thread or self.key, self.rings)


def ring_keys(thread: str, rings: Sequence[int]) -> tuple[str, ...]:
    """Return the keys of a thread's first page and of each that asked anew; the latter are the keys of their notices."""
    return (thread, *(f"{thread}/{number}" for number in rings))


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person did about a page where it was shown: acknowledged or resolved."""

    state: str
    by: str


@runtime_checkable
class Source(Protocol):
    """Reads mentions of a brand from one place."""

    name: str

    def fetch(self, brand: Brand, cursor: str) -> Batch:
        """Do one bounded read from `cursor` ("" the first time) on.

        No sleep, retry, thread, database or clock inside. It may repeat a mention and must not skip one silently.
        The brand's terms are applied by matching afterwards; a source may read wider than the brand.

        Raises:
            Unavailable, RateLimited, Rejected: and nothing else.
        """
        ...


@runtime_checkable
class Inquiring(Protocol):
    """A source that can say what it asks its network for."""

    def questions(self, brand: Brand) -> Sequence[str]:
        """Return what is asked for a brand, in order, in the words that the network gets; each `kind:words` where there are kinds."""
        ...


@runtime_checkable
class Thrifty(Protocol):
    """A source that costs, and can do with less once its cap is reached."""

    def only_to_us(self) -> Source:
        """Return the source as it reads only what was written to us, from and to the same cursor; nothing else of it is forgotten."""
        ...


@dataclass(frozen=True, slots=True)
class Recheck:
    """What became of mentions on their network; of what is in none of these, the network did not speak."""

    there: Mapping[str, str] = field(default_factory=dict)
    """By external id: the text as it stands now, or "" where it stands as it was or the network does not say what it says."""
    gone: frozenset[str] = frozenset()
    """External ids of what was deleted, removed or made private."""
    cost: Cost | None = None
    """What the look cost, where it is not free."""
    again_at: datetime | None = None
    """Before then looking on would take requests that reading needs; None where nothing says so."""
    missing: frozenset[str] = frozenset()
    """External ids of what is not found where it stood, which may be a fault that passes: gone where it is still so at a later look."""
    unsaid: frozenset[str] = frozenset()
    """External ids of what was asked about and got no answer that says anything; asked about again as late as what stands there."""


@runtime_checkable
class Rechecking(Protocol):
    """A source that can say what became of what it found: whether it still stands there, and as it was read."""

    name: str
    recheck_most: int
    """So many mentions are asked about at once, at most."""
    recheck_every: timedelta
    """How often each mention is asked about: what the network's terms want, or less."""

    def recheck(self, brand: Brand, found: Sequence[Mention]) -> Recheck:
        """Look once, bounded as `fetch` is, what became of these mentions of a brand.

        Only what the network says is gone is gone: an answer that is empty, cut or strange says nothing. A text counts as changed
        only where the network itself says so, or where it is read in the very form in which `fetch` reads it.

        Raises:
            Unavailable, RateLimited, Rejected: and nothing else.
        """
        ...


@dataclass(frozen=True, slots=True)
class Named:
    """What a network says people are called, by the handle under which their mentions were stored, and what asking cost."""

    names: Mapping[str, str]
    cost: Cost | None = None


@runtime_checkable
class Naming(Protocol):
    """A source that leaves names unread because they cost, and can read those of a few people later."""

    def read_names(self, handles: Sequence[str]) -> Named:
        """Return what these people, at most 100, are called; who is gone is left out. Raises as `fetch` does."""
        ...


@runtime_checkable
class Scorer(Protocol):
    """Says how texts feel."""

    name: str
    version: str
    languages: frozenset[str]

    def score(self, mentions: Sequence[tuple[str, str]]) -> Sequence[Sentiment]:
        """Score `(text, language)` pairs, same length and order out; deterministic for one version.

        A language it does not know is answered by neutral with confidence 0, never by a guess.
        """
        ...


@runtime_checkable
class Notifier(Protocol):
    """Tells our own people something."""

    name: str

    def send(self, notice: Notice) -> None:
        """Send once; `notice.key` de-duplicates at the receiver.

        Raises:
            Unavailable, RateLimited, Rejected: and nothing else.
        """
        ...


@runtime_checkable
class Addressed(Protocol):
    """A notifier that reaches several people, each by a sending of their own: what one is refused does not touch the others."""

    @property
    def recipients(self) -> tuple[str, ...]:
        """Those it reaches, each by the name or address that `only_to` takes."""
        ...

    def only_to(self, recipient: str) -> Notifier:
        """Return the notifier that tells this one alone; raises Rejected where nobody can be reached so."""
        ...


@runtime_checkable
class Amending(Protocol):
    """A notifier that can change what it showed."""

    def strike(self, thread: str, mention_id: int, brand: str, since: datetime) -> None:
        """Take a quote out of what is shown of a thread that began at `since`; where it stands there no more, do nothing.

        Raises:
            Unavailable, RateLimited, Rejected: and nothing else.
        """
        ...


@runtime_checkable
class Answering(Protocol):
    """A notifier where people answer a page, so that it is asked what they did."""

    def answer(self, keys: Sequence[str]) -> Answer | None:
        """Return who took on or closed there what rang under these keys, the newest last; None where nobody did.

        Who answered an earlier one before the newest rang did not answer that. Raises the three errors.
        """
        ...
