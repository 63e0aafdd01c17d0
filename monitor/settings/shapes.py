"""Reads config/*.toml and the environment into frozen Settings, and reports every mistake at once by file, line and key."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

from monitor.domain import Brand, Fact
from monitor.settings.networks import NetworkSettings

X_DAYS = 30
"""After so many days a post of X is erased where nobody says otherwise (L1)."""

KeyPath = tuple[str | int, ...]
"""The way to a value in a file: ("brand", 0, "terms", 2); places in a list count from 0."""


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """One `[[source]]` of monitor.toml."""

    name: str
    """The user's own name for it, unique; the cursor is kept under it."""
    kind: str
    """Which adapter in monitor/sources reads it."""
    brands: tuple[str, ...]
    """Brand ids it reads for; all brands where the file names none."""
    every: timedelta
    options: Mapping[str, Any] = field(default_factory=dict)
    """The adapter's own keys, checked against its options and with their defaults filled in.

    A duration is a `timedelta`, a path an absolute `Path` (relative ones start at the folder of the configuration),
    "texts" and "urls" are tuples of strings, a number is an int or a float.
    """
    cap_per_day: Decimal | None = None
    """What it may cost in a day (UTC), over all brands, in its own unit."""
    cap_per_month: Decimal | None = None
    retain_days: int | None = None
    """After how many days what it read is erased; None where the file does not say so for this source."""
    recheck_every: timedelta | None = None
    """How often it is asked what became of what it found; None for as often as the adapter says, and never less often than that."""


@dataclass(frozen=True, slots=True)
class NotifierSettings:
    """One `[[notifier]]` of monitor.toml."""

    name: str
    """The user's own name for it, unique; what was sent is remembered under it."""
    kind: str
    """Which adapter in monitor/notifiers sends."""
    options: Mapping[str, Any] = field(default_factory=dict)
    """The adapter's own keys, as those of a source."""
    gets: tuple[str, ...] = ()
    """"digest", "pages" or both; empty: what goes with its kind."""
    least: str = "low"
    """Pages less grave than this do not go this way."""
    instead_of: str = ""
    """The name of another notifier: this one is told only what that one could not bring."""


@dataclass(frozen=True, slots=True)
class DigestSettings:
    """One digest: of a brand with a `[digest.<brand>]` of its own, or of all the others together."""

    brand: str = ""
    """Empty: of every brand that has none of its own."""
    at: time = time(8, 0)
    timezone: str = "Europe/Amsterdam"
    language: str = ""
    """nl or en; empty: the first language of its first brand."""
    weekly: bool = True
    when_empty: bool = True
    to: tuple[str, ...] = ()
    """Mail addresses; empty: those of the notifiers."""
    by: tuple[str, ...] = ()
    """Names of notifiers; empty: all that get the digest."""


@dataclass(frozen=True, slots=True)
class LlmSettings:
    """The `[llm]` table of responders.toml; its key stands in the environment alone."""

    model: str
    """provider:name; with an `api_url`, the model as the service there calls it."""
    api_url: str = ""
    """Where a service is that speaks as OpenAI's does; the provider's own where empty."""
    networks: tuple[str, ...] = ()
    """The networks whose posts it may read; empty: all but X."""
    timeout: timedelta = timedelta(seconds=20)
    cap_per_day: int = 200_000


@dataclass(frozen=True, slots=True)
class Approver:
    """A person who may approve; `brands` empty means all."""

    name: str
    brands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SlackApprover:
    """One `[[slack.approver]]`: a person, or everybody in a user group, who may decide in Slack."""

    name: str
    """How the audit names this person; of a group, what people call it."""
    user: str = ""
    group: str = ""
    brands: tuple[str, ...] = ()
    """Ids of the brands for which they may decide; empty means all."""
    rules: tuple[str, ...] = ()
    """They may decide on replies flagged with one of these rules; empty means on all."""
    may_pause: bool = False


@dataclass(frozen=True, slots=True)
class SlackRoute:
    """One `[[slack.route]]`: which cards go to this channel; what is empty takes everything."""

    channel: str
    brands: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    severities: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    shown_in: str = ""
    """The language of the cards there; that of `[slack]` where empty."""


@dataclass(frozen=True, slots=True)
class SlackBrand:
    """One `[[slack.brand]]`: who owns the brand's crises, and when people are at work, on the clock of the brand's time zone."""

    brand: str
    owner: str = ""
    working_days: tuple[int, ...] = (0, 1, 2, 3, 4)
    """Days of the week, Monday is 0."""
    working_hours: tuple[time, time] = (time(9, 0), time(17, 30))
    quiet_hours: tuple[time, time] | None = None


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """The `[slack]` table of responders.toml; its tokens stand in the environment alone."""

    channel: str
    crisis_channel: str = ""
    """Where danger goes (T12); the one channel where empty."""
    language: str = "en"
    transport: str = "socket"
    port: int = 3000
    api_url: str = "https://slack.com/api/"
    remind_after: timedelta = timedelta(minutes=30)
    escalate_after: timedelta = timedelta(hours=2)
    flood: int = 20
    approvers: tuple[SlackApprover, ...] = ()
    """In this order a waiting card is passed on."""
    routes: tuple[SlackRoute, ...] = ()
    brands: tuple[SlackBrand, ...] = ()

    def brand(self, brand_id: str) -> SlackBrand:
        """Return what holds for a brand, the defaults where nothing is said."""
        return next((brand for brand in self.brands if brand.brand == brand_id), SlackBrand(brand_id))


@dataclass(frozen=True, slots=True)
class Shift:
    """One `[[oncall.shift]]`: when a person can be woken, on the clock of `[oncall]`, and how."""

    person: str
    ways: tuple[str, ...]
    """Names of notifiers that reach this person alone."""
    days: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)
    """Days of the week on which the shift begins, Monday is 0."""
    hours: tuple[time, time] | None = None
    """From and until; past midnight where it ends before it begins. None: the whole day."""
    weeks: str = "all"
    """Or "even" or "odd": weeks by their number in the year (ISO 8601)."""


@dataclass(frozen=True, slots=True)
class Person:
    """One `[[oncall.person]]`: whom the calendar of the rota may name, and how they are reached."""

    name: str
    ways: tuple[str, ...]
    """Names of notifiers that reach this person alone."""
    known_as: tuple[str, ...] = ()
    """What else the calendar calls them."""


@dataclass(frozen=True, slots=True)
class Duty:
    """A time in which the calendar of the rota has somebody on call."""

    begins_at: datetime
    ends_at: datetime
    person: str
    place: int = 0
    """Who is asked first among those of one event."""


@dataclass(frozen=True, slots=True)
class OnCallSettings:
    """The `[oncall]` table of monitor.toml: who is woken, when, and how often."""

    timezone: str = "Europe/Amsterdam"
    language: str = ""
    """Of the pages; empty: the first of the brand's own that they know."""
    escalate_after: timedelta = timedelta(minutes=15)
    """A page that nobody acknowledged goes on to the next person."""
    repeat_every: timedelta = timedelta(hours=1)
    """So often it is repeated once everybody had it."""
    most_pages: int = 6
    """So many within an hour; the rest is told in one summary."""
    quiet_hours: tuple[time, time] | None = None
    wakes: str = "critical"
    """What is as grave as this is told in quiet hours too; the rest waits until they end."""
    danger_after: timedelta = timedelta(minutes=15)
    """A danger (T12) that waits so long pages by itself."""
    link: str = ""
    """An address that stands in every page."""
    shifts: tuple[Shift, ...] = ()
    """In this order people are asked."""
    people: tuple[Person, ...] = ()
    """Whom the calendar may name; in this order they are asked where several of its events are at once."""
    calendar: str = ""
    """The file or address of a calendar that says who is on call; where it names nobody the shifts hold."""
    calendar_words: tuple[str, ...] = ()
    """Only events whose title holds one of these count; empty: all."""
    allow_private: tuple[str, ...] = ()
    """Hosts of the calendar that may lie in a private network."""
    duties: tuple[Duty, ...] = ()
    """What the calendar said when it was last read."""


@dataclass(frozen=True, slots=True)
class ReplyTemplates:
    """The file config/replies/<language>.toml, as read; the drafter knows its keys."""

    language: str
    path: Path
    sections: Mapping[str, Any]
    lines: Mapping[KeyPath, int] = field(default_factory=dict, repr=False, compare=False)
    """The line of each key, for whoever checks the sections."""

    def line(self, *keys: str | int) -> int | None:
        """Return the line of the key that this way leads to, or of the nearest one above it that is known."""
        return next((self.lines[keys[:end]] for end in range(len(keys), 0, -1) if keys[:end] in self.lines), None)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything people configured, checked; nothing in it is a secret except `environment`."""

    config_dir: Path
    database_url: str
    brands: tuple[Brand, ...]
    sources: tuple[SourceSettings, ...]
    scorers: tuple[str, ...]
    """Names from monitor/scorers, asked in order; the first that knows the language answers."""
    networks: Mapping[str, NetworkSettings]
    facts: tuple[Fact, ...]
    templates: Mapping[str, ReplyTemplates]
    approvers: tuple[Approver, ...] = ()
    """Empty: anybody at the terminal may approve by giving their name."""
    notifiers: tuple[NotifierSettings, ...] = ()
    """How our own people are told; empty: the digest is printed."""
    oncall: OnCallSettings = OnCallSettings()
    digest_at: time = time(8, 0)
    digest_timezone: str = "Europe/Amsterdam"
    digest_language: str = ""
    digest_weekly: bool = True
    digest_when_empty: bool = True
    own_digests: tuple[DigestSettings, ...] = ()
    """Of brands that have one of their own."""
    reply_expires_after: timedelta = timedelta(days=3)
    desk_language: str = "en"
    """In which language the desk at the terminal speaks."""
    drafter: str = "template"
    """Which adapter in responders/drafters proposes replies."""
    llm: LlmSettings | None = None
    """None: no language model is asked."""
    retain_for: timedelta = timedelta(days=365)
    slack: SlackSettings | None = None
    """None: approval is at the terminal alone."""
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    """The process's environment and `.env`; adapters take their secrets from here by name."""

    def keep_for(self, source: str, brand: str, network: str) -> timedelta:
        """Return how long we keep what a source read: the shorter of what is said for it and for the brand; 30 days for X (L1)."""
        said = [one.retain_days for one in self.sources if one.name == source]
        of_source = said[0] if said and said[0] else X_DAYS if network == "x" else None
        of_brand = next((one.retain_days for one in self.brands if one.id == brand), None)
        given = [days for days in (of_source, of_brand) if days]
        return timedelta(days=min(given)) if given else self.retain_for

    @property
    def digests(self) -> tuple[DigestSettings, ...]:
        """Return every digest there is to be, the common one last, which may have no brand left."""
        common = (self.digest_at, self.digest_timezone, self.digest_language, self.digest_weekly, self.digest_when_empty)
        return (*self.own_digests, DigestSettings("", *common))

    def brands_of(self, digest: DigestSettings) -> tuple[Brand, ...]:
        """Return the brands of which a digest tells."""
        own = {one.brand for one in self.own_digests}
        return tuple(one for one in self.brands if (one.id == digest.brand if digest.brand else one.id not in own))

    def brand(self, brand_id: str) -> Brand:
        """Return the brand with this id; raises KeyError."""
        return next(brand for brand in self.brands if brand.id == brand_id)


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that is wrong in the configuration."""

    file: str
    line: int | None
    """Counted from 1; None where the whole file is meant."""
    key: str
    """The way to it as a person reads it, such as `brand[2].terms`; places in a list count from 1."""
    problem: str
    """What is wrong and what would be right, in one sentence."""

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.key}: {self.problem}" if self.key else f"{place}: {self.problem}"


class OptionLike(Protocol):
    """What is asked of `registry.Option` here: ground modules do not know one another."""

    @property
    def kind(self) -> str:
        """Return what the value must be, such as "text" or "duration"."""

    @property
    def help(self) -> str:
        """Return one sentence on what it is for."""

    @property
    def required(self) -> bool:
        """Return whether it must be there."""

    @property
    def default(self) -> Any:
        """Return what holds where it is not given."""


class AdapterLike(Protocol):
    """What is asked of `registry.Adapter` here."""

    @property
    def options(self) -> Mapping[str, OptionLike]:
        """Return the keys that the adapter takes."""

    @property
    def secrets(self) -> tuple[str, ...]:
        """Return the names of the environment variables that it needs."""


@dataclass(frozen=True, slots=True)
class Kinds:
    """Which adapters there are, by kind; None where this process does not know, and so does not check, them."""

    sources: Mapping[str, AdapterLike] | None = None
    scorers: Mapping[str, AdapterLike] | None = None
    notifiers: Mapping[str, AdapterLike] | None = None
    drafters: Mapping[str, AdapterLike] | None = None
    posters: Mapping[str, AdapterLike] | None = None
    templates_check: Callable[[ReplyTemplates], Sequence[Mistake]] | None = None
    """Finds the mistakes within one file of reply templates; the drafter, which knows the blanks, offers it.

    A mistake may leave its line out: it is found by the dotted key.
    """


class ConfigError(Exception):
    """The configuration cannot be used; holds every mistake found, in file and line order."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__("\n".join(str(mistake) for mistake in mistakes))
        self.mistakes = mistakes
