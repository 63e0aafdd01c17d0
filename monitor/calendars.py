"""Reads from a calendar (iCalendar, RFC 5545) who is on call from when until when; no file, no network and no clock is touched here.

The calendar is people's own, and still hostile: it may be cut off, of another kind, or repeat something each second for ever. Its own
definitions of time zones are left out: what counts is the zone's name, and names of Windows are known too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from monitor.settings import Duty, Person
from monitor.text import clip, fold, for_terminal

MAX_BYTES = 2 * 1024 * 1024
"""A rota of ten years is a tenth of this."""
MOST_DUTIES = 2_000
"""So many in the time that is looked at; a rota that changes each hour for two months has fewer."""
MOST_STEPS = 100_000
"""So many times in which something could repeat are walked through, some seconds; two hundred that repeat weekly since 2016 are fewer."""
MOST_UNKNOWN = 20
LONGEST_RULE = 300
STEPS = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 15, "YEARLY": 30}
"""How often people change shifts, and after how many days each walks a step; in longer ones each day is looked at."""
PARTS = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"})
"""What a rule may be made of (RFC 5545, 3.3.10); the others repeat more often than people change shifts, or in ways no rota has."""
FIRST_YEAR, LAST_YEAR = 1600, 9000

_ZONE = re.compile(r'TZID=("?/[^:;"\r\n]*"?)')
_SIGNS = re.compile(r"\W+")


class NoCalendar(Exception):
    """It cannot be read as a rota; the message says why, and what would be right."""


@dataclass(frozen=True, slots=True)
class Rota:
    """What a calendar says about who is on call."""

    duties: tuple[Duty, ...] = ()
    unknown: tuple[str, ...] = ()
    """Titles of events of these weeks that name nobody whom we know."""
    floating: bool = False
    """Whether times stood there without a time zone; they are taken for those of the rota's own clock."""


@dataclass(frozen=True, slots=True)
class _Wall:
    """A moment as it stands on a clock on the wall."""

    at: datetime
    zone: ZoneInfo
    is_day: bool = False

    @property
    def moment(self) -> datetime:
        return self.at.replace(tzinfo=self.zone).astimezone(UTC)

    def on(self, zone: ZoneInfo) -> datetime:
        """Return what the clocks of another zone say then; a day is the same day everywhere."""
        return self.at if self.is_day else self.moment.astimezone(zone).replace(tzinfo=None)


def read_rota(body: bytes, people: Sequence[Person], timezone: str, since: datetime, until: datetime, words: Sequence[str] = ()) -> Rota:
    """Return who is on call between two moments; raises NoCalendar.

    Whoever an event's title names is on call while it lasts, in the order in which they stand there; else those who are invited. Where
    `words` are given only events count whose title holds one of them.
    """
    text, places = _without_zones(_text_of(body))
    return _Reading(people, ZoneInfo(timezone), since, until, words, places).read(_events_of(text))


def _text_of(body: bytes) -> str:
    if len(body) > MAX_BYTES:
        raise NoCalendar(f"is larger than {MAX_BYTES:,} bytes: keep a calendar for the rota alone")
    try:
        text = body.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        raise NoCalendar("is no text in UTF-8, and so no calendar in iCal format") from None
    if "<html" in text[:2_000].lower():
        raise NoCalendar("is a web page, and no calendar: take its address in iCal format, which often ends in .ics")
    if not text[:15].upper().startswith("BEGIN:VCALENDAR"):
        raise NoCalendar("is no calendar in iCal format: it should begin with BEGIN:VCALENDAR")
    if not text[-13:].upper().endswith("END:VCALENDAR"):
        raise NoCalendar("breaks off: its last line should be END:VCALENDAR")
    return text


def _without_zones(text: str) -> tuple[str, dict[str, str]]:
    """Return the text without its own definitions of time zones, and the place that each of these names."""
    kept: list[str] = []
    places: dict[str, str] = {}
    name, inside = "", False
    for line in text.splitlines():
        upper = line.upper().rstrip()
        if upper == "BEGIN:VTIMEZONE":
            name, inside = "", True
        elif upper == "END:VTIMEZONE":
            inside = False
        elif not inside:
            kept.append(line)
        elif upper.startswith("TZID:"):
            name = line[5:].strip()
        elif upper.startswith("X-LIC-LOCATION:"):
            places[name] = line[15:].strip()
    return _ZONE.sub(_own_name, "\r\n".join(kept)) + "\r\n", places


def _own_name(match: re.Match[str]) -> str:
    """Return the zone's name without that of the program which wrote it: /program.example/Europe/Amsterdam."""
    name = match[1].strip('"/').split("/")
    known = ("/".join(name[-count:]) for count in (3, 2, 1))
    return f"TZID={next((one for one in known if one in _zones()), clip(' '.join(name), 60))}"


def _events_of(text: str) -> list[Any]:
    from icalendar import Calendar  # noqa: PLC0415  It takes a tenth of a second, and only a rota from a calendar needs it.

    try:
        calendars = Calendar.from_ical(text, multiple=True)
    except (ValueError, IndexError, KeyError, AttributeError, TypeError, OSError, RecursionError) as error:
        raise NoCalendar(f"cannot be read: {clip(for_terminal(str(error)), 120)}") from error
    return [one for calendar in calendars for one in calendar.subcomponents if one.name == "VEVENT"]


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


@dataclass
class _Reading:
    people: Sequence[Person]
    own: ZoneInfo
    since: datetime
    until: datetime
    words: Sequence[str]
    places: Mapping[str, str]
    floating: bool = False
    steps: int = 0
    unknown: dict[str, None] = field(default_factory=dict)

    def read(self, events: Sequence[Any]) -> Rota:
        moved: dict[str, set[datetime]] = {}
        for event in events:
            try:
                instead = self._wall(event, "RECURRENCE-ID")
            except NoCalendar:
                if self._counts(str(event.get("SUMMARY", ""))):
                    raise
                continue  # What is no shift need not be right.
            if instead is not None:
                if event["RECURRENCE-ID"].params.get("RANGE"):
                    raise NoCalendar(f"{_titled(event)} is changed for all that follow at once: end the series there, and begin a new one")
                moved.setdefault(str(event.get("UID", "")), set()).add(instead.moment)
        duties: dict[Duty, None] = {}
        for event in events:
            for duty in self._duties(event, moved.get(str(event.get("UID", "")), set())):
                duties[duty] = None
                if len(duties) > MOST_DUTIES:
                    raise NoCalendar(f"holds more than {MOST_DUTIES:,} shifts within two months: keep a calendar for the rota alone")
        ordered = sorted(duties, key=lambda one: (one.begins_at, one.place, one.person))
        return Rota(tuple(ordered), tuple(self.unknown), self.floating)

    def _duties(self, event: Any, moved: set[datetime]) -> Iterator[Duty]:
        title = str(event.get("SUMMARY", ""))
        if str(event.get("STATUS", "")).upper() == "CANCELLED" or not self._counts(title):
            return
        begin = self._wall(event, "DTSTART")
        if begin is None:
            raise NoCalendar(f"{_titled(event)} has no begin (DTSTART)")
        try:
            length = self._length(event, begin)
            spans = [*self._spans(event, begin, length, moved)]
        except OverflowError:
            raise NoCalendar(f"{_titled(event)} lasts beyond the year {LAST_YEAR}") from None
        except (ValueError, AttributeError, TypeError, IndexError, KeyError) as error:
            raise NoCalendar(f"{_titled(event)} holds something that cannot be read: {clip(for_terminal(str(error)), 80)}") from error
        named = self._named(title) or [one for who in _invited(event) for one in self._named(who)]
        if spans and not named and len(self.unknown) < MOST_UNKNOWN:
            self.unknown[clip(for_terminal(title), 60) or "(no title)"] = None
        for begins_at, ends_at in spans:
            yield from (Duty(begins_at, ends_at, person, place) for place, person in enumerate(dict.fromkeys(named)))

    # When

    def _spans(self, event: Any, begin: _Wall, length: timedelta, moved: set[datetime]) -> Iterator[tuple[datetime, datetime]]:
        """Yield begin and end of each time that an event takes place and that is not over before we look."""
        repeats = event.get("RECURRENCE-ID") is None
        excepted = self._listed(event, "EXDATE") if repeats else []
        gone = {one.moment for one in excepted if not one.is_day} | (moved if repeats else set())
        gone_days = {one.at.date() for one in excepted if one.is_day}
        walls = {begin.at} if not (repeats and "RRULE" in event) else set(self._repeated(event, begin, length))
        walls |= {one.on(begin.zone) for one in self._listed(event, "RDATE")} if repeats else set()
        for wall in sorted(walls):
            begins_at = _Wall(wall, begin.zone).moment
            # By the clock on the wall, as a calendar shows it: a week from Monday at nine ends on Monday at nine in spring too.
            ends_at = _Wall(wall + length, begin.zone).moment
            left_out = begins_at in gone or wall.date() in gone_days
            if not left_out and begins_at < min(ends_at, self.until) and ends_at > self.since:
                yield begins_at, ends_at

    def _length(self, event: Any, begin: _Wall) -> timedelta:
        end = self._wall(event, "DTEND")
        if end is not None:
            length = end.on(begin.zone) - begin.at
        elif "DURATION" in event:
            length = _value(event, "DURATION", event["DURATION"])
        else:
            length = timedelta(days=1) if begin.is_day else timedelta()
        if not isinstance(length, timedelta) or length < timedelta():
            raise NoCalendar(f"{_titled(event)} ends before it begins")
        return length

    def _repeated(self, event: Any, begin: _Wall, length: timedelta) -> Iterator[datetime]:
        from dateutil.rrule import rrulestr  # noqa: PLC0415  As icalendar above.

        rule, title = event["RRULE"], _titled(event)
        if isinstance(rule, list):
            raise NoCalendar(f"{title} repeats by two rules: make two events of it")
        if others := sorted({str(part) for part in rule} - PARTS):
            raise NoCalendar(
                f"{title} repeats by {clip(for_terminal(others[0]), 30)}, which no rota needs: let it repeat by day, week or month"
            )
        last = self._last(event, begin, self.until.astimezone(begin.zone).replace(tzinfo=None))
        if last + length < self.since.astimezone(begin.zone).replace(tzinfo=None):
            return
        parts = {name: value for name, value in rule.items() if name not in {"UNTIL", "COUNT"}}
        written = type(rule)(parts).to_ical().decode()
        step = STEPS.get(str(rule.get("FREQ", [""])[0]).upper())
        if step is None:
            raise NoCalendar(f"{title} repeats more often than daily: make its shifts events of their own, or let it repeat by day or week")
        if len(written) > LONGEST_RULE or not all(0 < int(one) <= 1_000 for one in rule.get("INTERVAL", [1])):
            raise NoCalendar(f"{title} repeats by a rule that is too long, or by an interval that is not between 1 and 1,000")
        self.steps += max((last - begin.at).days, 0) // (step * int(rule.get("INTERVAL", [1])[0])) + 1
        if self.steps > MOST_STEPS:
            raise NoCalendar("repeats so much and since so long that reading it takes too long: keep a calendar for the rota alone")
        most = int(rule["COUNT"][0]) if rule.get("COUNT") else None
        try:
            every = rrulestr(f"{written};UNTIL={last:%Y%m%dT%H%M%S}", dtstart=begin.at)
            for number, wall in enumerate(every):
                if most is not None and number >= most:
                    return
                yield wall
        except (ValueError, TypeError, IndexError, KeyError) as error:
            raise NoCalendar(f"{title} repeats by a rule that cannot be read: {clip(for_terminal(written), 80)}") from error

    def _last(self, event: Any, begin: _Wall, stop: datetime) -> datetime:
        found = event["RRULE"].get("UNTIL")
        if not found:
            return stop
        until = found[0]
        if not isinstance(until, datetime):
            return min(datetime.combine(until, time.max).replace(microsecond=0), stop)
        return min(until.astimezone(begin.zone).replace(tzinfo=None) if until.tzinfo else until, stop)

    def _listed(self, event: Any, name: str) -> list[_Wall]:
        """Return the moments of EXDATE or RDATE, however many lines they take."""
        lines = event.get(name, [])
        found: list[_Wall] = []
        for line in lines if isinstance(lines, list) else [lines]:
            for one in getattr(line, "dts", ()):
                value = _value(event, name, one)
                found.append(self._on_wall(event, name, value[0] if isinstance(value, tuple) else value, line.params.get("TZID", "")))
        return found

    def _wall(self, event: Any, name: str) -> _Wall | None:
        prop = event.get(name)
        if prop is None:
            return None
        if isinstance(prop, list):
            raise NoCalendar(f"{_titled(event)} has {name} twice")
        return self._on_wall(event, name, _value(event, name, prop), prop.params.get("TZID", ""))

    def _on_wall(self, event: Any, name: str, value: Any, zone: str) -> _Wall:
        if not isinstance(value, date) or not FIRST_YEAR <= value.year <= LAST_YEAR:
            raise NoCalendar(f"{_titled(event)} has a {name} that is no day and no time between {FIRST_YEAR} and {LAST_YEAR}")
        if not isinstance(value, datetime):
            return _Wall(datetime.combine(value, time()), self.own, is_day=True)
        if value.tzinfo is not None and not zone:
            return _Wall(value.astimezone(UTC).replace(tzinfo=None), ZoneInfo("UTC"))
        self.floating = self.floating or not zone
        return _Wall(value.replace(tzinfo=None), self._zone(event, str(zone)) if zone else self.own)

    def _zone(self, event: Any, name: str) -> ZoneInfo:
        from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON  # noqa: PLC0415  As icalendar above.

        name = name.strip('"')
        for one in (self.places.get(name, ""), WINDOWS_TO_OLSON.get(name, ""), name):
            if one in _zones():
                return ZoneInfo(one)
        raise NoCalendar(
            f"{_titled(event)} is in a time zone that nobody knows, {clip(for_terminal(name), 60)}: choose one such as Europe/Amsterdam"
        )

    # Who

    def _counts(self, title: str) -> bool:
        plain = _plain(title)
        return not self.words or any(_plain(word) in plain for word in self.words)

    def _named(self, text: str) -> list[str]:
        """Return whom a text names, in its order; of two names of which one lies within the other the longer counts."""
        plain = _plain(text)
        names = [(_plain(name), person.name) for person in self.people for name in (person.name, *person.known_as)]
        places = [(plain.find(name), len(name), person) for name, person in names if name.strip()]
        found = [(at, at + length, person) for at, length, person in places if at >= 0]
        whole = [
            one for one in found if not any(a <= one[0] and one[1] <= b and b - a > one[1] - one[0] for a, b, who in found if who != one[2])
        ]
        return [person for _, _, person in sorted(whole)]


def _plain(text: str) -> str:
    """Return the words of a text with a space round each, so that a name is found as whole words alone."""
    return f" {_SIGNS.sub(' ', fold(text)).strip()} "


def _invited(event: Any) -> Iterator[str]:
    found = event.get("ATTENDEE", [])
    for one in found if isinstance(found, list) else [found]:
        yield f"{one.params.get('CN', '')} {str(one).removeprefix('mailto:').removeprefix('MAILTO:')}"


def _value(event: Any, name: str, prop: Any) -> Any:
    try:
        return prop.dt
    except (ValueError, AttributeError, TypeError) as error:
        raise NoCalendar(f"{_titled(event)} has a {name} that cannot be read") from error


def _titled(event: Any) -> str:
    title = clip(for_terminal(str(event.get("SUMMARY", ""))), 60)
    return f"the event “{title}”" if title else "an event without a title"
