"""Says who is on call at a moment and who comes next, and when quiet hours end; on the clock on their wall, whatever it does in spring."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from monitor.settings import OnCallSettings, Person, Settings, Shift

CALENDAR = "ONCALL_CALENDAR_URL"
"""The environment variable with the address of the rota's calendar, where that address opens it to whoever knows it."""

LOOK_AHEAD = timedelta(days=21)
"""So far ahead the next change is looked for; three weeks hold every rota of even and odd weeks."""


@dataclass(frozen=True, slots=True)
class Change:
    """When others are on call, and who."""

    at: datetime
    shifts: Sequence[Shift]


def on_call(oncall: OnCallSettings, at: datetime) -> list[Shift]:
    """Return who can be woken at a moment, in the order in which they are asked; each person once.

    Where the calendar names somebody whom we know that holds, else the shifts do.
    """
    if named := _named(oncall, at):
        return named
    local = at.astimezone(ZoneInfo(oncall.timezone))
    found: dict[str, Shift] = {}
    for shift in oncall.shifts:
        if _is_on(shift, local):
            found.setdefault(shift.person, shift)
    return list(found.values())


def calendar_of(settings: Settings) -> str:
    """Return where the calendar of the rota is: what .env says, else monitor.toml; empty where there is none."""
    return (settings.environment.get(CALENDAR, "").strip() or settings.oncall.calendar).replace("webcal://", "https://", 1)


def people_of(oncall: OnCallSettings) -> list[Person]:
    """Return whom the calendar may name: the people, and whoever has a shift."""
    known = {person.name: person for person in oncall.people}
    for shift in oncall.shifts:
        known.setdefault(shift.person, Person(shift.person, shift.ways))
    return list(known.values())


def _named(oncall: OnCallSettings, at: datetime) -> list[Shift]:
    """Return whom the calendar names at a moment: as one event has them, and of several events in the order of the people."""
    holding = [one for one in oncall.duties if one.begins_at <= at < one.ends_at]
    if not holding:
        return []
    people = people_of(oncall)
    first = {one.person: min(duty.place for duty in holding if duty.person == one.person) for one in holding}
    named = [(first[person.name], number, person) for number, person in enumerate(people) if person.name in first]
    return [Shift(person.name, person.ways) for _, _, person in sorted(named, key=lambda one: one[:2])]


def next_change(oncall: OnCallSettings, at: datetime) -> Change | None:
    """Return when others are on call next, and who; None where nothing changes within three weeks."""
    now = [shift.person for shift in on_call(oncall, at)]
    for moment in sorted({moment for moment in _edges(oncall, at) if moment > at}):
        then = on_call(oncall, moment)
        if [shift.person for shift in then] != now:
            return Change(moment, then)
    return None


def is_quiet(oncall: OnCallSettings, at: datetime) -> bool:
    """Say whether it is quiet hours."""
    return oncall.quiet_hours is not None and _within(oncall.quiet_hours, at.astimezone(ZoneInfo(oncall.timezone)).time())


def quiet_until(oncall: OnCallSettings, at: datetime) -> datetime:
    """Return when the quiet hours of a moment end; the moment itself where it is in none."""
    if oncall.quiet_hours is None or not is_quiet(oncall, at):
        return at
    zone = ZoneInfo(oncall.timezone)
    day = at.astimezone(zone).date()
    ends = [datetime.combine(day + timedelta(days=more), oncall.quiet_hours[1], zone).astimezone(UTC) for more in (0, 1)]
    return next(end for end in ends if end > at)


def _is_on(shift: Shift, local: datetime) -> bool:
    today, yesterday = local.date(), local.date() - timedelta(days=1)
    if shift.hours is None:
        return _begins_on(shift, today.weekday(), today.isocalendar().week)
    begin, end = shift.hours
    if begin < end:
        return begin <= local.time() < end and _begins_on(shift, today.weekday(), today.isocalendar().week)
    # It passes midnight: the morning belongs to the day before.
    evening = local.time() >= begin and _begins_on(shift, today.weekday(), today.isocalendar().week)
    return evening or (local.time() < end and _begins_on(shift, yesterday.weekday(), yesterday.isocalendar().week))


def _begins_on(shift: Shift, weekday: int, week: int) -> bool:
    return weekday in shift.days and (shift.weeks == "all" or (shift.weeks == "even") == (week % 2 == 0))


def _within(hours: tuple[time, time], at: time) -> bool:
    begin, end = hours
    return begin <= at < end if begin < end else at >= begin or at < end


def _edges(oncall: OnCallSettings, at: datetime) -> Iterator[datetime]:
    """Yield every moment at which a shift may begin or end."""
    zone = ZoneInfo(oncall.timezone)
    first = at.astimezone(zone).date()
    times = {edge for shift in oncall.shifts for edge in (shift.hours or (time(),))} | {time()}
    for duty in oncall.duties:
        yield from (edge for edge in (duty.begins_at, duty.ends_at) if at < edge <= at + LOOK_AHEAD)
    for day in range(LOOK_AHEAD.days + 1):
        for edge in times:
            yield datetime.combine(first + timedelta(days=day), edge, zone).astimezone(UTC)
