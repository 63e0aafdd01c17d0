"""What the Slack side needs from the rest of the house, as small protocols, and the values that pass between; nothing is done here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from monitor.domain import Brand, Commitment, Delivery, Fact, History, Objection, Reply, ReplyStatus, StoredMention
from monitor.settings import SlackSettings
from responders.rows import Outcome, Switch


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who clicked, as we know them."""

    user: str
    """Their member id in Slack."""
    name: str
    """How the audit names them."""
    language: str = "en"
    brands: tuple[str, ...] | None = None
    """The brands for which they may decide; empty means all, None that they may decide nothing."""
    rules: tuple[str, ...] = ()
    may_pause: bool = False


@dataclass(frozen=True, slots=True)
class Decided:
    """The last thing that was decided on a reply, from the audit."""

    status: ReplyStatus
    actor: str
    """The person; empty where the clock or a change of the post decided."""
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything a card shows of one reply."""

    reply: Reply
    brand: Brand
    language: str = "en"
    facts: tuple[Fact, ...] = ()
    """The facts that the current version uses."""
    history: History = field(default_factory=History)
    before: str = ""
    """The text of the version before the current one; empty where there is none."""
    decided: Decided | None = None
    posted_text: str = ""
    """What really stands there, where it is known."""
    assigned_to: str = ""
    """A member id in Slack."""
    owner: str = ""
    """The member id of whoever is called to a crisis."""
    paused: bool = False
    promises: tuple[Commitment, ...] = ()
    """What the current version would commit us to if it were published now."""
    account: str = ""
    """The account of ours that it goes out from; empty where all brands have the same there."""
    longest: int | None = None
    """How long a reply may be where our account is, as its server told."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What one day came to, and what waits now."""

    waiting: int
    oldest_at: datetime | None
    by_status: dict[ReplyStatus, int]
    """How many replies reached each status today."""
    switch: Switch
    timezone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What we would answer to a text that is not stored; without a text there is no honest answer, or none at all."""

    rules: tuple[str, ...]
    delivery: Delivery
    delivery_reason: str
    text: str
    objections: tuple[Objection, ...]


class Desk(Protocol):
    """What stands behind the buttons; every decision counts or not by the rules in `responders.consent`."""

    @property
    def slack(self) -> SlackSettings:
        """The `[slack]` table."""
        ...

    def reply(self, reply_id: int) -> Reply | None:
        """Return a reply as it stands."""
        ...

    def sheet(self, reply_id: int, language: str = "") -> Sheet | None:
        """Return everything a card shows, in this language; None where there is no such reply."""
        ...

    def may_show(self, reply: Reply) -> bool:
        """Say whether the post may be shown now, or is first to be looked at again on its network (L1)."""
        ...

    def approve(self, reply_id: int, sha256: str, person: Person, override_reason: str = "") -> Outcome:
        """Record a yes to exactly one text."""
        ...

    def edit(self, reply_id: int, text: str, person: Person, seen: str) -> Outcome:
        """Write a new version."""
        ...

    def objections(self, reply: Reply, text: str) -> tuple[Objection, ...]:
        """Hold a text for this reply against the rules."""
        ...

    def reject(self, reply_id: int, person: Person, reason: str, rule: str) -> Outcome:
        """Record that this is not answered, and why."""
        ...

    def snooze(self, reply_id: int, person: Person, until: datetime) -> Outcome:
        """Put it aside for a while."""
        ...

    def posted(self, reply_id: int, person: Person, url: str, text: str) -> Outcome:
        """Record where a person posted it by hand, and what."""
        ...

    def retry(self, reply_id: int, person: Person) -> Outcome:
        """Try to publish again, on a person's word that it does not stand there."""
        ...

    def alternatives(self, reply: Reply) -> Sequence[tuple[str, str]]:
        """Return other texts for this reply, each with who wrote it."""
        ...

    def waiting(self, limit: int, brands: Sequence[str] = ()) -> Sequence[Reply]:
        """Return the replies that wait for a person, of these brands or of all, what needs two people first, then the oldest."""
        ...

    def figures(self) -> Figures:
        """Return what today came to."""
        ...

    def turn(self, person: Person, reason: str, *, on: bool) -> bool:
        """Stop or restart all publishing; False where it stood so already."""
        ...

    def find(self, text: str, limit: int) -> Sequence[tuple[StoredMention, Reply | None]]:
        """Return the newest mentions that hold a text, each with our reply to it."""
        ...

    def preview(self, text: str, known: StoredMention | None = None) -> Proposal:
        """Show what we would answer to a text, or to a mention that is known; nothing is stored."""
        ...


__all__ = ["Decided", "Desk", "Figures", "Outcome", "Person", "Proposal", "Sheet", "Switch"]
