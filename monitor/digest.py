"""Puts a day's figures into words for the people who run a brand's communication; it counts, fetches and sends nothing itself."""

from __future__ import annotations

import re
import textwrap
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from monitor.domain import ReplyStatus, SourceHealth
from monitor.text import clip, for_terminal

if TYPE_CHECKING:
    import jinja2

LANGUAGES = ("en", "nl")

MOST = 8
"""So many of a kind are shown one by one; of the others only the number is said."""

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
    corrected: int = 0
    """Changed or taken back after they stood in public."""
    unreadable: int = 0
    """Texts from sources that could not be taken in."""


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
    mistakes: Mistakes = Mistakes()
    timezone: str = "Europe/Amsterdam"


@dataclass(frozen=True, slots=True)
class Digest:
    """What is sent: a subject on one line, plain text, and HTML that loads nothing."""

    subject: str
    text: str
    html: str


def write(figures: Sequence[Figures], language: str, now: datetime, *, late: bool = False) -> Digest:
    """Write one digest about these brands in a language of LANGUAGES; it says of itself that it is late.

    Raises ValueError for another language, or without figures.
    """
    if language not in LANGUAGES:
        raise ValueError(f"the digest knows no language {language!r}; choose one of {', '.join(LANGUAGES)}")
    if not figures:
        raise ValueError("a digest needs the figures of at least one brand")
    speech = Speech(language)
    templates = _templates()
    subject = _subject(figures, speech)
    parts = {"figures": [_ordered(one) for one in figures], "speech": speech, "subject": subject, "now": now, "late": late, "MOST": MOST}
    text, html = (templates.get_template(f"digest.{kind}").render(parts) for kind in ("txt", "html"))
    return Digest(subject, re.sub(r"\n{3,}", "\n\n", text).strip() + "\n", html)


class Speech:
    """One language: its phrases, plurals, numbers, days and lengths of time."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._words = _words(language)
        self._phrases: Mapping[str, Any] = self._words["phrases"]

    def say(self, phrase: str, n: int | None = None, **values: object) -> str:
        """Return a phrase with its values; `n` chooses between none, one and many, and is written as a number."""
        form = self._phrases[phrase]
        if n is not None:
            form = form["one"] if n == 1 else form.get("none", form["many"]) if n == 0 else form["many"]
            values["n"] = self.number(n)
        return str(form.format_map(values))

    def number(self, n: int) -> str:
        """Write a whole number with the language's own sign between thousands."""
        return f"{n:,}".replace(",", self._words["thousands"])

    def join(self, names: Sequence[str]) -> str:
        """List names as a sentence does: a, b and c."""
        return self.say("and").join(part for part in (", ".join(names[:-1]), names[-1]) if part)

    def moment(self, at: datetime, timezone: str) -> str:
        """Write a moment in the brand's own time."""
        return self._date("moment", at.astimezone(ZoneInfo(timezone)))

    def period(self, figures: Figures) -> str:
        """Write one whole day as that day, anything else as two moments."""
        zone = ZoneInfo(figures.timezone)
        since, until = figures.since.astimezone(zone), figures.until.astimezone(zone)
        next_day = (since.date() + timedelta(days=1), time())
        if since.time() == time() and (until.date(), until.time()) == next_day:
            return self._date("day", since)
        return self.say("period", since=self._date("moment", since), until=self._date("moment", until))

    def length(self, start: datetime, end: datetime) -> str:
        """Write the time between two moments in at most two units."""
        minutes = max(end - start, timedelta()) // timedelta(minutes=1)
        hours, days = minutes // 60, minutes // (24 * 60)
        if hours == 0:
            return self.say("minutes", minutes)
        large, small = (("days", days), ("hours", hours % 24)) if days else (("hours", hours), ("minutes", minutes % 60))
        return self.join([self.say(*part) for part in (large, small) if part[1]])

    def author(self, name: str) -> str:
        """Write an author's name on one line."""
        return clip(for_terminal(name), 60) or self.say("someone")

    def network(self, name: str) -> str:
        """Write a network's name as it writes itself."""
        return str(self._words["networks"].get(name, clip(for_terminal(name), 40)))

    def state(self, status: ReplyStatus) -> str:
        """Say what a reply waits for."""
        return str(self._words["states"].get(status.value, status.value))

    def rule(self, unanswered: Unanswered) -> str:
        """Say what a rule means, and name it."""
        rule = clip(for_terminal(unanswered.rule), 40)
        words = self._words["rules"].get(rule or "none") or clip(for_terminal(unanswered.words), QUOTE)
        return f"{words} ({rule})" if words and rule else words or rule

    def answer_time(self, answered: Sequence[AnsweredReply]) -> str:
        """Say how long authors waited: the middle one (the lower where there are two), and the one who waited longest."""
        waits = sorted(max(one.answered_at - one.asked_at, timedelta()) for one in answered)
        start = answered[0].asked_at
        half, slowest = start + waits[(len(waits) - 1) // 2], start + waits[-1]
        return self.say("answer_time", len(waits), half=self.length(start, half), slowest=self.length(start, slowest))

    def source(self, health: SourceHealth, now: datetime, timezone: str) -> str:
        """Say how a source fares."""
        name, success = clip(for_terminal(health.source), 60), health.last_success_at
        if health.failures and success is None:
            return self.say("source_never", health.failures, source=name)
        if health.failures and success is not None:
            return self.say("source_fails", health.failures, source=name, moment=self.moment(success, timezone))
        if success is None:
            return self.say("source_new", source=name)
        return self.say("source_well", source=name, length=self.length(success, now))

    def mistakes(self, mistakes: Mistakes) -> list[str]:
        """Say everything that went wrong, one sentence each."""
        counts = {name: getattr(mistakes, name) for name in Mistakes.__slots__}
        return [self.say(name, count) for name, count in counts.items() if count]

    def _date(self, phrase: str, local: datetime) -> str:
        weekday, month = self._words["weekdays"][local.weekday()], self._words["months"][local.month - 1]
        return self.say(phrase, weekday=weekday, day=local.day, month=month, year=local.year, time=f"{local:%H:%M}")


def _ordered(figures: Figures) -> dict[str, Any]:
    """Put what waits longest and what weighs most first."""
    return {
        **{name: getattr(figures, name) for name in Figures.__slots__},
        "whole": figures,
        "by_network": sorted(figures.by_network.items(), key=lambda pair: (-pair[1], pair[0])),
        "waiting": sorted(figures.waiting, key=lambda one: (one.asked_at, one.reply_id)),
        "answered": sorted(figures.answered, key=lambda one: (one.answered_at, one.reply_id)),
        "unanswered": sorted(figures.unanswered, key=lambda one: (-one.count, one.rule)),
        "failing": [health for health in figures.sources if health.failures],
    }


def _subject(figures: Sequence[Figures], speech: Speech) -> str:
    """Say the most important on one line; no brand's name can break a mail's header."""
    return clip(
        speech.say(
            "subject",
            brands=speech.join([clip(for_terminal(one.brand), 40) for one in figures]),
            period=speech.period(figures[0]),
            mentions=speech.say("mentions", sum(one.received for one in figures)),
            negative=speech.say("negative", sum(one.negative for one in figures)),
            waiting=speech.say("waiting", sum(len(one.waiting) for one in figures)),
        ),
        200,
    )


def _quote(text: str) -> str:
    return clip(for_terminal(text), QUOTE)


def _link(url: str) -> str:
    """Return an address that may be followed, "" for any other (javascript:, data:, a broken one)."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    sound = parts.scheme in {"http", "https"} and parts.netloc and url.isprintable() and not any(c.isspace() for c in url)
    return url if sound else ""


def _fill(text: str, indent: int = 0, first: str = "") -> str:
    """Break a line at 76 characters, as a plain mail does; an address is never broken."""
    start = " " * (indent - len(first)) + first
    lines = textwrap.wrap(text, 76, initial_indent=start, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False)
    return "\n".join(lines)


@cache
def _words(language: str) -> Mapping[str, Any]:
    return tomllib.loads((files("monitor") / "templates" / "digest" / f"{language}.toml").read_text("utf-8"))


@cache
def _templates() -> jinja2.Environment:
    import jinja2  # noqa: PLC0415 - 50 ms, and only a digest needs it

    folder = files("monitor") / "templates" / "digest"
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(lambda name: (folder / name).read_text("utf-8")),
        autoescape=jinja2.select_autoescape(["html"], default=False),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(quote=_quote, link=_link, fill=_fill)
    return environment
