"""What a digest says of one brand, as numbers and quotes; the store answers it and the digest puts it into words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from monitor.digest.account import Account
from monitor.domain import PromiseFigures, ReplyStatus, SourceHealth

QUOTE = 160
"""Characters of a public text that are quoted."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Something that somebody said in public."""

    network: str
    author: str
    text: str
    url: str = ""
    why: str = ""
    """Why it stands here, in the digest's language, where that needs saying."""
    rules: tuple[str, ...] = ()
    """The ids of the rules that led here, for whoever puts the reason into words."""
    mention_id: int = 0


@dataclass(frozen=True, slots=True)
class WaitingReply:
    """A reply that waits for a person, and the mention that waits for it."""

    reply_id: int
    status: ReplyStatus
    asked_at: datetime
    """When the mention was posted: so long its author has waited."""
    network: str
    author: str
    text: str
    """The mention's."""
    url: str = ""
    serious: bool = False
    """It needs two people, or the owner (T12)."""
    mention_id: int = 0


@dataclass(frozen=True, slots=True)
class AnsweredReply:
    """A reply of ours that stands in public."""

    reply_id: int
    asked_at: datetime
    answered_at: datetime
    network: str
    author: str
    text: str
    """Ours."""
    url: str = ""
    approved_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unanswered:
    """How many mentions one rule left without an answer."""

    rule: str
    """A rule's id, "" where none was written down."""
    count: int
    words: str = ""
    """What the rule says, for a rule that the digest has no words for in its language."""
    negative: int = 0
    """How many of them are negative."""


@dataclass(frozen=True, slots=True)
class Override:
    """An objection of a rule that a person overrode."""

    reply_id: int
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Mistakes:
    """What went wrong on our side, in numbers."""

    needs_review: int = 0
    """Nobody knows whether these replies stand in public."""
    expired: int = 0
    """Nobody decided on these in time."""
    refused: int = 0
    """Approved, and not taken by the network."""
    overridden: int = 0
    """Published although a rule objected."""
    overflagged: int = 0
    """Mentions that we called negative and a person did not."""
    missed: int = 0
    """Mentions that a person called negative and we did not."""
    misplaced: int = 0
    """Mentions that are not about this brand at all, as a person said."""
    unreadable: int = 0
    """Texts from sources that could not be taken in."""
    rejected: int = 0
    """Drafts of ours that a person turned down."""
    unsent: int = 0
    """Notices that never reached one of our own people."""
    untold: int = 0
    """Notices that were tried in vain, and wait to be tried again."""
    unstruck: int = 0
    """Quotes that their authors took back and that could not be taken out of what we showed."""
    late: int = 0
    """Notices that reached one of our own people an hour or more after they were written."""
    false: int = 0
    """Incidents that should have woken nobody, as a person said who closed them."""
    down: Sequence[str] = ()
    """Sources of which our own people were told that they were not well, or had fallen silent."""
    rejections: Sequence[str] = ()
    """Why drafts were turned down, the most usual reason first."""
    overrides: Sequence[Override] = ()


@dataclass(frozen=True, slots=True)
class DayCount:
    """How much was read on one day."""

    since: datetime
    received: int
    negative: int
    spikes: int = 0
    """How many incidents began on it."""


@dataclass(frozen=True, slots=True)
class Usual:
    """What the same time of the weeks before brought: the middle, and of how many weeks."""

    received: int
    negative: int
    weeks: int


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who wrote about us in public more than once in a week."""

    network: str
    author: str
    count: int
    url: str = ""
    """Where the newest of it stands."""


@dataclass(frozen=True, slots=True)
class SourceSpent:
    """What a source cost in the days of the period, for one brand."""

    source: str
    unit: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class ToldStory:
    """What several mentions told, as far as it was read in the period and still stands."""

    headline: Quote
    """Who told it first, or the first of those that may be quoted."""
    mentions: int
    negative: int
    people: int
    """How many different authors, by network and handle."""
    networks: Sequence[str]
    """Where, most of it first."""
    stopped: bool = False
    """Its drafts wait for one statement (K4)."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """An incident that woke somebody, or could have."""

    incident_id: int
    cause: str
    """spike, danger or pressure."""
    grave: bool
    opened_at: datetime
    series: str = "all"
    """Which counts spiked: all, negative or weighed."""
    now: int = 0
    """How many there were in that hour, or waited."""
    usual: int = 0
    acknowledged_by: str = ""
    resolved_at: datetime | None = None
    resolved_by: str = ""
    """"monitor" where it ended by itself."""
    false: bool = False
    """A person said that it should have woken nobody."""


@dataclass(frozen=True, slots=True)
class Learned:
    """What the brand's corrections do, and how often its flags are right as far as people looked."""

    fewer: float | None = None
    """By which share fewer were flagged in the period than without the corrections; below 0: more. None where nothing changed."""
    precision: tuple[float, float, float] | None = None
    recall: tuple[float, float, float] | None = None
    """Shares with their 95 % intervals; None where nobody looked."""
    to_check: int = 0
    """Unflagged mentions that wait to be checked."""
    put_aside: int = 0
    """Mentions of the period that were put aside because people said of such texts that they are not about us."""


@dataclass(frozen=True, slots=True)
class Figures:
    """All that a digest says of one brand; the store answers it for [since, until)."""

    brand: str
    """Its name."""
    since: datetime
    until: datetime
    received: int = 0
    negative: int = 0
    unjudged: int = 0
    """Scored with confidence 0, or not at all."""
    by_network: Mapping[str, int] = field(default_factory=dict)
    said: Sequence[Quote] = ()
    """What is most worth reading, the worst first."""
    escalated: Sequence[Quote] = ()
    answered: Sequence[AnsweredReply] = ()
    waiting: Sequence[WaitingReply] = ()
    unanswered: Sequence[Unanswered] = ()
    sources: Sequence[SourceHealth] = ()
    todo: Mapping[str, str] = field(default_factory=dict)
    """What to do about the sources that fail, in the reader's language."""
    capped: Sequence[str] = ()
    """Sources that came to their cap: from then on only what was written to us was read."""
    quiet: Sequence[str] = ()
    """Sources that answer, and bring nothing for much longer than they usually do."""
    mistakes: Mistakes = Mistakes()
    timezone: str = "Europe/Amsterdam"
    account: Account | None = None
    """What became of everything that was received in the period; None where nobody asked."""
    weekly: bool = False
    """It is of a week, not of a day."""
    days: Sequence[DayCount] = ()
    """The last days, the earliest first."""
    usual: Usual | None = None
    praise: Sequence[Quote] = ()
    """What is worth showing to colleagues, the warmest first."""
    promises: PromiseFigures = field(default_factory=PromiseFigures)
    stories: Sequence[ToldStory] = ()
    """What several people told, those that most people tell first."""
    incidents: Sequence[Alarm] = ()
    """What woke somebody in the period, the gravest first."""
    blogs: Sequence[Quote] = ()
    voices: Sequence[Voice] = ()
    spent: Sequence[SourceSpent] = ()
    learned: Learned = Learned()

    @property
    def empty(self) -> bool:
        """Say whether there is nothing to tell but that we listened."""
        promised = self.promises.due or self.promises.overdue or self.promises.broken
        amiss = self.mistakes != Mistakes() or any(health.failures for health in self.sources)
        return not (self.received or self.escalated or self.answered or self.waiting or promised or self.incidents or amiss)
