"""Turns the `[oncall]` table of monitor.toml into its settings: who is woken, when, and by which of the notifiers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import time
from typing import Any

from monitor.settings import keys
from monitor.settings.files import Document, Place
from monitor.settings.keys import Key
from monitor.settings.leaks import address_looks_secret, show
from monitor.settings.sections import check_names, read_table
from monitor.settings.shapes import NotifierSettings, OnCallSettings, Person, Shift
from monitor.settings.values import Wrong, read_time

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HOURS = re.compile(r"([0-9]{1,2}:[0-9]{2})\s?[-–]\s?([0-9]{1,2}:[0-9]{2})")


def read_oncall(document: Document, ways: Sequence[str], notifiers: Sequence[NotifierSettings]) -> OnCallSettings:
    """Return what `[oncall]` says, the defaults where there is none; `ways` are the names of all notifiers, sound or not."""
    found, place = document.content.get("oncall", {}), document.root / "oncall"
    if place.refused:
        return OnCallSettings()
    if not isinstance(found, dict):
        place.mistake("must be one table between single brackets: write [oncall] once, above its keys")
        return OnCallSettings()
    own = {name: value for name, value in found.items() if name not in {"shift", "person"}}
    values = read_table(place, own, keys.ONCALL, "[oncall]")
    _read_hours(place, values, "quiet_hours")
    shifts = [_read_shift(where, table, ways, notifiers) for where, table in _tables(place, found, "shift")]
    people = [_read_person(where, table, ways, notifiers) for where, table in _tables(place, found, "person")]
    values |= {"shifts": tuple(shift for shift in shifts if shift), "people": tuple(person for person in people if person)}
    names = [person.name for person in values["people"]]
    for number, name in enumerate(names):
        if name in names[:number]:
            (place / "person" / number / "name").mistake(f"{show(name)} stands here twice: keep one of the two")
    _check_calendar(place / "calendar", values)
    return OnCallSettings(**values)


def _check_calendar(place: Place, values: dict[str, Any]) -> None:
    """Tell of an address that lets in whoever knows it, and of a calendar that could name nobody."""
    calendar = values.get("calendar", "")
    if calendar.startswith("webcal://"):
        calendar = values["calendar"] = "https://" + calendar.removeprefix("webcal://")
    scheme = calendar.partition("://")[0] if "://" in calendar else ""
    if scheme not in {"", "https", "http"}:
        place.mistake(f"{show(calendar)} is no address of a calendar: it begins with https://")
    elif scheme and (address_looks_secret(calendar) or "/private-" in calendar):
        place.mistake("holds what lets in whoever knows it: write the address into .env, as ONCALL_CALENDAR_URL=…, and take it out here")
    if calendar and not (values["people"] or values["shifts"]):
        place.mistake("can name nobody: write an [[oncall.person]] for each who stands in it")


def _read_person(place: Place, table: dict[str, Any], ways: Sequence[str], notifiers: Sequence[NotifierSettings]) -> Person | None:
    values = read_table(place, table, keys.PERSON, "an [[oncall.person]]")
    _check_ways(place / "ways", table.get("ways"), ways, notifiers)
    return Person(**values) if values.get("name") and values.get("ways") else None


def _tables(place: Place, found: dict[str, Any], name: str) -> list[tuple[Place, dict[str, Any]]]:
    rows, where = found.get(name, []), place / name
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        where.mistake(f"stands here once, and there may be several: write [[oncall.{name}]] with double brackets above its keys")
        return []
    return [(where / index, row) for index, row in enumerate(rows) if not (where / index).refused]


def _read_shift(place: Place, table: dict[str, Any], ways: Sequence[str], notifiers: Sequence[NotifierSettings]) -> Shift | None:
    values = read_table(place, table, keys.SHIFT, "an [[oncall.shift]]")
    _check_ways(place / "ways", table.get("ways"), ways, notifiers)
    check_names(place / "days", table.get("days"), DAYS, "day")
    if "days" in values:
        values["days"] = tuple(DAYS.index(day) for day in values["days"] if day in DAYS)
    _read_hours(place, values, "hours")
    return Shift(**values) if values.get("person") and values.get("ways") else None


def _check_ways(place: Place, named: Any, ways: Sequence[str], notifiers: Sequence[NotifierSettings]) -> None:
    """Tell of ways that are not there, and of those by which no page would ever come: nobody would notice before a night."""
    check_names(place, named, ways, "[[notifier]] with the name")
    for number, one in enumerate(named if isinstance(named, list) else ()):
        found = next((notifier for notifier in notifiers if notifier.name == one), None)
        if found is not None and found.instead_of:
            (place / number).mistake(f"{show(one)} wakes nobody by itself: it is told only what {show(found.instead_of)} could not bring")
        elif found is not None and found.gets and "pages" not in found.gets:
            (place / number).mistake(
                f'{show(one)} gets no pages: write gets = ["digest", "pages"] at that [[notifier]], or name another way'
            )


def _read_hours(place: Place, values: dict[str, Any], name: str) -> None:
    """Put a span of hours in the place of its text, or tell what is wrong with it."""
    text = values.pop(name, "")
    if not text:
        return
    match = _HOURS.fullmatch(text.strip())
    try:
        begin, end = (read_time(part, Key("time", "a time")) for part in match.groups()) if match else (time(), time())
    except Wrong as wrong:
        (place / name).mistake(str(wrong))
        return
    if begin == end:
        (place / name).mistake(f'{show(text)} is no span of hours: write when it begins and ends, such as "22:00-07:00"')
        return
    values[name] = begin, end
