"""Turns the `[slack]` table of responders.toml into its settings, held against the rest of the file; tokens never stand there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import time
from typing import Any

from monitor.settings import keys
from monitor.settings.files import Document, Place
from monitor.settings.keys import Key
from monitor.settings.leaks import show
from monitor.settings.sections import check_name, read_table
from monitor.settings.shapes import SlackApprover, SlackBrand, SlackRoute, SlackSettings
from monitor.settings.values import Wrong, read_time

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SEVERITIES = ("crisis", "high", "normal")

_IDS: Mapping[str, tuple[str, str]] = {
    "channel": (r"[CG][A-Z0-9]{2,20}", "a channel's id, such as \"C0123456789\": it stands at the end of the channel's details in Slack"),
    "crisis_channel": (r"[CG][A-Z0-9]{2,20}", 'a channel\'s id, such as "C0123456789"'),
    "user": (r"[UW][A-Z0-9]{2,20}", 'a member\'s id, such as "U0123456789": it is copied from the three dots of a profile in Slack'),
    "owner": (r"[UW][A-Z0-9]{2,20}", 'a member\'s id, such as "U0123456789"'),
    "group": (r"S[A-Z0-9]{2,20}", 'a user group\'s id, such as "S0123456789"'),
}
_RULE = re.compile(r"[TRNKL][0-9]{1,2}")
_HOURS = re.compile(r"([0-9]{1,2}:[0-9]{2})\s?[-–]\s?([0-9]{1,2}:[0-9]{2})")


def read_slack(document: Document, brands: Sequence[str] | None, approvers: Sequence[str]) -> SlackSettings | None:
    """Return what `[slack]` says, None where there is none or where it cannot be used.

    `approvers` are the names in `[[approver]]`; where there are any, who decides in Slack by member id must be one of them.
    """
    found, place = document.content.get("slack"), document.root / "slack"
    if found is None or place.refused:
        return None
    if not isinstance(found, dict):
        place.mistake("must be one table between single brackets: write [slack] once, above its keys")
        return None
    nested = {"approver", "route", "brand"}
    values = read_table(place, {name: value for name, value in found.items() if name not in nested}, keys.SLACK, "[slack]")
    _check_ids(place, values)
    people = [_read_approver(where, table, brands, approvers) for where, table in _tables(place, found, "approver")]
    routes = [_read_route(where, table, brands) for where, table in _tables(place, found, "route")]
    hours = [_read_brand(where, table, brands) for where, table in _tables(place, found, "brand")]
    if not found.get("approver"):
        (place / "approver").mistake("is missing: name in at least one [[slack.approver]] who may decide in Slack; nobody may otherwise")
    if "channel" not in values:
        return None
    return SlackSettings(
        **values,
        approvers=tuple(person for person in people if person),
        routes=tuple(route for route in routes if route),
        brands=tuple(brand for brand in hours if brand),
    )


def _tables(place: Place, found: Mapping[str, Any], name: str) -> list[tuple[Place, dict[str, Any]]]:
    rows, where = found.get(name, []), place / name
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        where.mistake(f"stands here once, and there may be several: write [[slack.{name}]] with double brackets above its keys")
        return []
    return [(where / index, row) for index, row in enumerate(rows) if not (where / index).refused]


def _read_approver(place: Place, table: dict[str, Any], brands: Sequence[str] | None, approvers: Sequence[str]) -> SlackApprover | None:
    values = read_table(place, table, keys.SLACK_APPROVER, "a [[slack.approver]]")
    _check_ids(place, values)
    _check_names(place, values, "brands", brands, "brand with the id")
    _check_rules(place, values)
    if bool(values.get("user")) == bool(values.get("group")):
        (place / "user").mistake("give either user or group: a person's member id, or the id of a user group")
    elif values.get("user") and approvers:
        check_name(place / "name", values.get("name"), approvers, "[[approver]] with the name")
    return SlackApprover(**values) if "name" in values else None


def _read_route(place: Place, table: dict[str, Any], brands: Sequence[str] | None) -> SlackRoute | None:
    values = read_table(place, table, keys.SLACK_ROUTE, "a [[slack.route]]")
    _check_ids(place, values)
    _check_names(place, values, "brands", brands, "brand with the id")
    _check_names(place, values, "severities", SEVERITIES, "severity")
    _check_rules(place, values)
    return SlackRoute(**values) if "channel" in values else None


def _read_brand(place: Place, table: dict[str, Any], brands: Sequence[str] | None) -> SlackBrand | None:
    values = read_table(place, table, keys.SLACK_BRAND, "a [[slack.brand]]")
    _check_ids(place, values)
    check_name(place / "brand", values.get("brand"), brands, "brand with the id")
    _check_names(place, values, "working_days", DAYS, "day")
    if "working_days" in values:
        values["working_days"] = tuple(DAYS.index(day) for day in values["working_days"] if day in DAYS)
    for name in ("working_hours", "quiet_hours"):
        if values.pop(name, None) and (hours := _hours(place / name, table[name], overnight=name == "quiet_hours")):
            values[name] = hours
    return SlackBrand(**values) if "brand" in values else None


def _hours(place: Place, value: str, *, overnight: bool) -> tuple[time, time] | None:
    match = _HOURS.fullmatch(value.strip())
    try:
        begin, end = (read_time(part, Key("time", "a time")) for part in match.groups()) if match else (time(), time())
    except Wrong as wrong:
        place.mistake(str(wrong))
        return None
    if begin == end or (end < begin and not overnight):
        place.mistake(f'{show(value)} is no span of hours: write when it begins and ends, such as "09:00-17:30"')
        return None
    return begin, end


def _check_ids(place: Place, values: dict[str, Any]) -> None:
    for name, (pattern, right) in _IDS.items():
        if values.get(name) and not re.fullmatch(pattern, values[name]):
            (place / name).mistake(f"{show(values.pop(name))} is not {right}")


def _check_names(place: Place, values: Mapping[str, Any], key: str, known: Sequence[str] | None, what: str) -> None:
    for index, name in enumerate(values.get(key, ())):
        check_name(place / key / index, name, known, what)


def _check_rules(place: Place, values: Mapping[str, Any]) -> None:
    for index, rule in enumerate(values.get("rules", ())):
        if not _RULE.fullmatch(rule):
            (place / "rules" / index).mistake(f'{show(rule)} is not a rule\'s id: write one such as "T12"')
