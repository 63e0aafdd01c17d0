"""Puts an incident into words for whoever is on call: what changed, why, what waits, what to do; it asks and sends nothing itself."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache, cached_property
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from monitor.contracts import Curve, Notice
from monitor.curves import page_html, spark
from monitor.domain import Cause, Gravity, Happening, Incident, IncidentStatus, network_name
from monitor.terms import Terms, find_terms
from monitor.text import clip, for_terminal

LANGUAGES = ("en", "nl")
QUOTES, DANGERS = 3, 6
"""So many posts are quoted, and so many dangers: whoever is woken by one must see it, and those that are not are counted."""
QUOTE = 160
MARK = "  “"
"""How a line begins that quotes somebody; what stands deeper below belongs to it."""
MOST_TITLE = 180
FEW_AUTHORS = 0.4
"""Below this share of authors in the posts somebody writes much."""
ONE_CAUSE = 0.5
"""From this share of the posts on that share a new word, it looks like one cause (K4)."""


@dataclass(frozen=True, slots=True)
class Said:
    """One mention, as far as a page tells of it."""

    id: int
    network: str
    author: str
    text: str
    url: str
    language: str
    negative: bool
    danger: bool
    posted_at: datetime


@dataclass(frozen=True, slots=True)
class Waits:
    """What waits for a person."""

    count: int = 0
    dangers: int = 0
    oldest_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Along:
    """Dangers of another brand that are told within this page."""

    brand: str
    incident_id: int
    count: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that a page is written from."""

    brand: str
    """Its name."""
    timezone: str
    now: datetime
    said: Sequence[Said] = ()
    """What was posted in this hour."""
    before: Sequence[str] = ()
    """Texts of the week before, to hold it against."""
    known: Sequence[str] = ()
    """The brand's own terms and handles, which are no news."""
    waits: Waits = field(default_factory=Waits)
    link: str = ""
    """Where our own people read on, such as their run book."""
    along: Sequence[Along] = ()
    curve: Sequence[int] = ()
    """How much was posted in each of the last hours, the latest last: what was negative, where that is what spiked."""


def write_page(
    incident: Incident,
    number: int,
    what: Happening,
    evidence: Evidence,
    language: str,
    *,
    by: str = "",
    reason: str = "",
    until: datetime | None = None,
    wakes: bool = False,
    rings: Sequence[int] = (),
) -> Notice:
    """Write the notice of one thing that happened to an incident; its key is that of the incident and the number."""
    words = _Words(language)
    page = _Page(incident, evidence, words)
    rehearsed = incident.cause == Cause.REHEARSAL
    if rehearsed and what is Happening.REOPENED:
        # That an earlier test is resolved is no news to anybody.
        incident, what = replace(incident, opened_at=evidence.now), Happening.OPENED
    at = incident.opened_at if what is Happening.OPENED else evidence.now
    ends = words.moment(until or at, evidence.timezone)
    how = words.happening(what, by, reason, words.moment(at, evidence.timezone), ends)
    how_grave = words.status(incident.status) if incident.status is IncidentStatus.RESOLVED else words.gravity(incident.gravity)
    title = words.say("title", gravity=how_grave, brand=evidence.brand, what=page.what())
    title = f"{words.say('test')}: {title}" if rehearsed else title
    parts = [[how], *(page.parts() if what in _FULL else []), page.foot()]
    title, text = clip(for_terminal(title), MOST_TITLE), "\n\n".join("\n".join(part) for part in parts if part)
    full = what in _FULL and not rehearsed
    curve = Curve(tuple(evidence.curve), page.curve()) if full and any(evidence.curve) else None
    return Notice(
        key=f"incident/{incident.id}/{number}",
        title=title,
        text=text,
        html=page_html(title, text, curve.counts, curve.said, words.language) if curve else "",
        brand=incident.brand,
        thread=f"incident/{incident.id}",
        state=incident.status.value,
        gravity=int(incident.gravity),
        wakes=wakes,
        rings=tuple(rings),
        curve=curve,
        quoted=tuple(group[0].id for group in page.groups) if full else (),
    )


def quotes_of(text: str, quoted: Sequence[int]) -> list[tuple[int, str]]:
    """Return a page's text in parts: each quote with the id of its mention, and what stands between them with 0."""
    parts: list[tuple[int, list[str]]] = [(0, [])]
    ids = list(quoted)
    for line in text.splitlines():
        if line.startswith(MARK) and ids:
            parts.append((ids.pop(0), [line]))
        elif parts[-1][0] and not line.startswith(" " * 4):
            parts.append((0, [line]))
        else:
            parts[-1][1].append(line)
    return [(number, "\n".join(lines)) for number, lines in parts if lines]


def without(notice: Notice, gone: Collection[int]) -> Notice:
    """Return a notice without the quotes of these mentions, whose authors took them back since it was written."""
    if not any(number in gone for number in notice.quoted):
        return notice
    kept = [f"{MARK}…”" if number in gone else part for number, part in quotes_of(notice.text, notice.quoted)]
    return replace(notice, text="\n".join(kept), html="")


def write_summary(held: Sequence[tuple[Incident, str]], at: datetime, timezone: str, most: int, language: str) -> Notice:
    """Write what stands in place of pages that are too many in an hour: `held` are incidents with their brands' names.

    There is one for each `at`.
    """
    words = _Words(language)
    lines = [
        words.say(
            "summary_line",
            id=incident.id,
            brand=brand,
            cause=words.cause(incident.cause),
            gravity=words.gravity(incident.gravity),
            status=words.status(incident.status),
            at=words.moment(incident.opened_at, timezone),
        )
        for incident, brand in held
    ]
    text = "\n".join([words.say("summary_text", most=most), "", *(for_terminal(line) for line in lines)])
    gravity = max((int(incident.gravity) for incident, _ in held), default=1)
    return Notice(f"pages/{at:%Y-%m-%dT%H:%M}", words.say("summary_title", len(held)), text, gravity=gravity, wakes=True)


_CLOSED = frozenset({Happening.RESOLVED, Happening.FALSE})
_FULL = frozenset({Happening.OPENED, Happening.ROSE, Happening.REPEATED, Happening.ESCALATED, Happening.REOPENED})


class _Page:
    """What a page says, part by part."""

    def __init__(self, incident: Incident, evidence: Evidence, words: _Words) -> None:
        self.incident, self.evidence, self.words = incident, evidence, words
        self.facts: Mapping[str, Any] = incident.facts or {}
        loud = [one for one in evidence.said if one.negative or one.danger]
        self.said = loud if incident.cause == Cause.DANGER or self.facts.get("series") != "all" else list(evidence.said)
        self.terms: Terms = find_terms([(one.author, one.text) for one in self.said], evidence.before, evidence.known)

    def what(self) -> str:
        """Say on one line what it is."""
        say, facts = self.words.say, self.facts
        if self.incident.cause == Cause.DANGER:
            more = say("danger_along", len(self.evidence.along)) if self.evidence.along else ""
            return say("danger", int(facts.get("count", 0))) + more
        if self.incident.cause == Cause.PRESSURE:
            return say(
                "pressure" if float(facts.get("usual", 0)) else "pressure_nobody",
                weight=self._number("weight"),
                usual=self._number("usual"),
            )
        if self.incident.cause == Cause.REHEARSAL:
            return say("rehearsal")
        usual = self.words.number(round(float(facts.get("expected", 0))))
        return f"{self._counted()}, {say('usual', usual=usual)}"

    def parts(self) -> list[list[str]]:
        """Return what changed, why, what waits and what to do, each under its heading."""
        if self.incident.cause == Cause.REHEARSAL:
            return [self._changed()]
        return [self._changed(), self._why(), self._quotes(), self._waits(), self._along(), self._todo()]

    def foot(self) -> list[str]:
        """Return where one goes on."""
        status, lines = self.incident.status, [self.words.say("number", id=self.incident.id)]
        lines += [self.words.say("commands", id=self.incident.id)] if status is IncidentStatus.OPEN else []
        lines += [self.words.say("commands_over", id=self.incident.id)] if status is not IncidentStatus.RESOLVED else []
        return [*lines, *([self.evidence.link] if self.evidence.link else [])]

    def _number(self, name: str) -> str:
        return self.words.number(round(float(self.facts.get(name, 0))))

    def _counted(self) -> str:
        return self.words.series(str(self.facts.get("series", "all")), round(float(self.facts.get("now", 0))))

    def _changed(self) -> list[str]:
        say, cause = self.words.say, self.incident.cause
        if cause == Cause.DANGER:
            line = say(
                "changed_danger",
                int(self.facts.get("count", 0)),
                after=self.words.length(timedelta(minutes=int(self.facts.get("minutes", 15)))),
            )
        elif cause == Cause.PRESSURE:
            line = say(
                "changed_pressure" if float(self.facts.get("usual", 0)) else "changed_pressure_nobody",
                weight=self._number("weight"),
                usual=self._number("usual"),
            )
        elif cause == Cause.REHEARSAL:
            line = say("changed_rehearsal", by=self.facts.get("by", ""))
        else:
            changed = "changed_weighed" if self.facts.get("series") == "weighed" else "changed_spike"
            line = say(changed, what=self._counted(), usual=self._number("expected"))
        shown = any(self.evidence.curve) and cause != Cause.REHEARSAL
        drawn = [f"  {spark(self.evidence.curve)}  {self.curve()}"] if shown else []
        return [say("changed"), f"  {line}", *drawn]

    def curve(self) -> str:
        """Say what the curve shows."""
        curve = self.evidence.curve
        what = "curve_negative" if self.facts.get("series") in {"negative", "weighed"} else "curve_all"
        return self.words.say(what, hours=len(curve), most=self.words.number(max(curve)), last=self.words.number(curve[-1]))

    def _why(self) -> list[str]:
        if not self.said:
            return []
        say, total = self.words.say, len(self.said)
        lines = []
        if self.terms.new:
            # Dangers may have been posted hours ago.
            phrase = "terms_danger" if self.incident.cause == Cause.DANGER else "terms"
            lines.append(say(phrase, terms=", ".join(f"“{_term(term)}” ({count})" for term, count in self.terms.new)))
        if total >= 5:
            share = round(100 * self.terms.share)
            one = self.has_one_cause()
            lines.append(say("one_cause", share=share, term=_term(self.terms.new[0][0])) if one else say("many_causes"))
        lines.append(say("networks", list=_counts(self.words.network(one.network) for one in self.said)))
        lines.append(say("languages", list=_counts(one.language or "?" for one in self.said)))
        authors = len({(one.network, one.author) for one in self.said})
        if total > 1:
            lines.append(say("authors", authors, total=self.words.number(total), share=round(100 * authors / total)))
        if total >= 5 and authors < FEW_AUTHORS * total:
            lines.append(say("few_authors"))
        return [say("why"), *(f"  {line}" for line in lines)]

    def has_one_cause(self) -> bool:
        """Say whether one new word or phrase stands in half of the posts (K4)."""
        return self.terms.share >= ONE_CAUSE

    @cached_property
    def groups(self) -> list[list[Said]]:
        """What is quoted: each time those who say the same, the one that stands for them first."""
        same: dict[str, list[Said]] = {}
        for one in self.said:
            same.setdefault(" ".join(one.text.casefold().split())[:QUOTE], []).append(one)
        # The same words said by most, then dangers, then the newest.
        few = self.incident.cause == Cause.DANGER
        order = sorted(same.values(), key=lambda group: (few or -len(group), not group[0].danger, -group[0].posted_at.timestamp()))
        return order[: DANGERS if few else QUOTES]

    def _quotes(self) -> list[str]:
        if not self.groups:
            return []
        danger, lines = self.incident.cause == Cause.DANGER, []
        for group in self.groups:
            one = group[0]
            often = f" ({self.words.say('times', often=self.words.number(len(group)))})" if len(group) > 1 else ""
            lines.append(f"  “{clip(for_terminal(one.text), QUOTE)}”{often}")
            lines.append(f"    {self.words.network(one.network)} {_address(one.url)}".rstrip())
        if danger and (more := sum(one.danger for one in self.said) - sum(one.danger for group in self.groups for one in group)) > 0:
            lines.append(f"  {self.words.say('more_danger', more)}")
        return [self.words.say("said_danger" if danger else "said"), *lines]

    def _waits(self) -> list[str]:
        say, waits = self.words.say, self.evidence.waits
        if not waits.count or waits.oldest_at is None:
            return [say("waits"), f"  {say('waiting_none')}"]
        line = say("waiting", waits.count, oldest=self.words.length(self.evidence.now - waits.oldest_at))
        more = f" {say('waiting_danger', waits.dangers)}" if waits.dangers else ""
        return [say("waits"), f"  {line}{more}"]

    def _along(self) -> list[str]:
        lines = [self.words.say("along", one.count, brand=for_terminal(one.brand), id=one.incident_id) for one in self.evidence.along]
        return [self.words.say("also"), *(f"  {line}" for line in lines)] if lines else []

    def _todo(self) -> list[str]:
        return [self.words.say("todo"), *(f"  {self.words.say(rule)}" for rule in self.rules())]

    def rules(self) -> list[str]:
        """Return the ids of the rules that fit, the most urgent first."""
        dangers = any(one.danger for one in self.said) or self.incident.cause == Cause.DANGER
        if self.incident.cause == Cause.PRESSURE:
            return ["K6", *(["T12"] if self.evidence.waits.dangers else [])]
        if self.incident.cause == Cause.DANGER:
            return ["T12", "K1", "K5"]
        if self.incident.gravity is Gravity.LOW:
            return ["K6"] if self.evidence.waits.count else ["K1"]
        one = ["K4"] if self.has_one_cause() else []
        return [*(["T12"] if dangers else []), "K5", *one, "K1", "K2", "K3", *(["K6"] if self.evidence.waits.count else [])]


class _Words:
    """One language."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else "en"
        self._read = _read(self.language)

    def say(self, phrase: str, n: int | None = None, **values: object) -> str:
        form = self._read["phrases"][phrase]
        if n is not None:
            form, values["n"] = form["one" if n == 1 else "many"], self.number(n)
        return str(form.format_map({name: clip(str(value), 200) if name != "list" else value for name, value in values.items()}))

    def number(self, n: int) -> str:
        return f"{n:,}".replace(",", self._read["thousands"])

    def cause(self, cause: str) -> str:
        return str(self._read["cause"].get(cause, cause))

    def status(self, status: IncidentStatus) -> str:
        return str(self._read["status"][status.value])

    def gravity(self, gravity: Gravity) -> str:
        return str(self._read["gravity"][str(int(gravity))])

    def series(self, series: str, n: int) -> str:
        form = self._read["series"].get(series) or self._read["series"]["all"]
        return str(form["one" if n == 1 else "many"].format(n=self.number(n)))

    def moment(self, at: datetime, timezone: str) -> str:
        local = at.astimezone(ZoneInfo(timezone))
        return str(self._read["moment"].format(day=local.day, month=self._read["months"][local.month - 1], time=f"{local:%H:%M}"))

    def network(self, network: str) -> str:
        return str(self._read["networks"].get(network, clip(for_terminal(network_name(network)), 30)))

    def length(self, length: timedelta) -> str:
        minutes = max(length, timedelta()) // timedelta(minutes=1)
        if minutes < 60:
            return self.say("minutes", minutes)
        return self.say("hours", minutes // 60) if minutes < 48 * 60 else self.say("days", minutes // (24 * 60))

    def happening(self, what: Happening, by: str, reason: str, at: str, until: str) -> str:
        phrase = "resolved_itself" if what is Happening.RESOLVED and by in {"", "monitor"} else what.value
        who, why = clip(for_terminal(by), 80), clip(for_terminal(reason), 200)
        said = self.say(phrase, at=at, until=until, by=who, reason=why)
        return f"{said.removesuffix('.')}: {why}" if why and what in _CLOSED else said


def _term(term: str) -> str:
    return clip(for_terminal(term), 40)


def _counts(names: Any) -> str:
    return ", ".join(f"{clip(for_terminal(name), 30)} {count}" for name, count in Counter(names).most_common(5))


def _address(url: str) -> str:
    sound = url.startswith(("https://", "http://")) and url.isprintable() and not any(sign.isspace() for sign in url) and len(url) <= 500
    return url if sound else ""


@cache
def _read(language: str) -> Mapping[str, Any]:
    return tomllib.loads((files("monitor") / "templates" / "pages" / f"{language}.toml").read_text("utf-8"))
