"""What the commands for whoever is on call show, and the rehearsal: a marked page along the whole path, with the time of each leg."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from monitor import heartbeat
from monitor.alerting import Alerting
from monitor.command import age, print_table, say
from monitor.domain import Cause, Gravity, Happening, Incident, Silence
from monitor.incidentbook import CHAIN, TOLD, Happened
from monitor.noticebook import Sending
from monitor.oncall import next_change, on_call
from monitor.settings import OnCallSettings
from monitor.telling import Telling
from monitor.text import for_terminal
from monitor.watchbook import Found
from monitor.wiring import Monitor, now


@dataclass(frozen=True, slots=True)
class Leg:
    """One leg of the way of a page."""

    what: str
    seconds: float
    ok: bool
    error: str = ""


def rehearse(monitor: Monitor, by: str) -> list[Leg]:
    """Open a marked incident, send its page by every way that may bring one, and close it there; returns what each leg took."""
    alerting, telling, legs = Alerting(monitor), Telling(monitor), []
    begun = time.monotonic()

    def leg(what: str, error: str = "") -> None:
        nonlocal begun
        legs.append(Leg(what, round(time.monotonic() - begun, 3), not error, error))
        begun = time.monotonic()

    brand = monitor.settings.brands[0]
    for earlier in alerting.book.unresolved(brand.id, Cause.REHEARSAL):
        alerting.book.resolve(earlier.id, CHAIN, now())
    with monitor.database.begin() as connection:
        facts = {"by": by, "at": now().isoformat()}
        number = alerting.book.raise_(connection, brand.id, Cause.REHEARSAL, Gravity.CRITICAL, now(), facts=facts, anew=True)
    leg("an incident is opened")
    happened = next(
        one for one in reversed(alerting.book.course(number)) if one.what in {Happening.OPENED, Happening.REOPENED, Happening.ROSE}
    )
    notice = alerting.compose(happened)
    alerting.notices.write(notice, alerting.all_ways(), now())
    alerting.book.record_told(happened, TOLD, now())
    leg("its page is written")
    for sending in [one for one in telling.due(now()) if one.key == notice.key]:
        telling.tell(sending.key, sending.notifier, sending.recipient, sending.tries)
        leg(f"{sending.notifier} {sending.recipient}".strip(), _error(alerting, sending))
    alerting.book.resolve(number, by, now())
    alerting.tell()
    leg("the incident is closed")
    # Told here too, so that nothing of a test stays open where monitor run does not work.
    for sending in [one for one in telling.due(now()) if one.key.startswith(f"{notice.thread}/") and one.key != notice.key]:
        telling.tell(sending.key, sending.notifier, sending.recipient, sending.tries)
        leg(f"{sending.notifier} {sending.recipient}".strip() + ": closed", _error(alerting, sending))
    if url := monitor.settings.environment.get(heartbeat.NAME):
        leg(heartbeat.NAME, "" if heartbeat.beat(url) else "nobody took it; the log says why")
    return legs


def _error(alerting: Alerting, sending: Sending) -> str:
    troubled = alerting.notices.troubled(now().replace(year=1970))
    same = (sending.key, sending.notifier, sending.recipient)
    return next((one.error for one in troubled if (one.key, one.notifier, one.recipient) == same), "")


def show_legs(legs: Sequence[Leg]) -> None:
    """Print what each leg of a rehearsal took."""
    print_table(["leg", "seconds", "went"], [[one.what, f"{one.seconds:.2f}", for_terminal(one.error) or "well"] for one in legs])
    say(f"In all {sum(one.seconds for one in legs):.2f} s.")


def show_incidents(found: Sequence[Incident], silences: Sequence[Silence], floods: Sequence[Found]) -> None:
    """Print incidents, silences that hold, and what was more than calm and woke nobody."""
    at = now()
    rows = [
        [
            str(one.id),
            one.gravity.name.lower(),
            one.status.value,
            for_terminal(one.brand),
            one.cause,
            f"{age(one.opened_at, at)} ago",
            for_terminal(one.resolved_by or one.acknowledged_by),
        ]
        for one in found
    ]
    if rows:
        print_table(["ID", "gravity", "status", "brand", "cause", "opened", "by"], rows)
    else:
        say("There are no incidents.")
    for silence in silences:
        what = f"{silence.cause or 'whatever comes'} of {silence.brand}, by {for_terminal(silence.by)}: {for_terminal(silence.reason)}"
        say(f"Silence {silence.id} until {silence.ends_at:%Y-%m-%d %H:%M} UTC: {what}")
    for one in floods:
        if one.finding.value == "flood":
            say(f"Flood by few authors or of reposts: {one.brand}, {one.series}, {one.at:%Y-%m-%d %H:%M} UTC; it woke nobody.")


def show_course(course: Sequence[Happened]) -> None:
    """Print everything that happened to an incident."""
    rows = [
        [f"{one.at:%Y-%m-%d %H:%M}", one.what.value, one.gravity.name.lower(), for_terminal(one.by), one.telling, for_terminal(one.reason)]
        for one in course
    ]
    print_table(["time (UTC)", "what", "gravity", "by", "told", "why"], rows)


def who_is_on_call(settings: OnCallSettings, at: datetime) -> Mapping[str, Any]:
    """Return who is on call now, in order, and when who is next."""
    change = next_change(settings, at)
    return {
        "now": [shift.person for shift in on_call(settings, at)],
        "next_at": change.at if change else None,
        "next": [shift.person for shift in change.shifts] if change else [],
    }


def oncall_lines(settings: OnCallSettings, at: datetime) -> list[str]:
    """Say who is on call now and next."""
    if not (settings.shifts or settings.people):
        return [
            "monitor.toml names no [[oncall.shift]] and no [[oncall.person]]: pages go by each notifier that gets them, whoever reads it."
        ]
    people, change, zone = on_call(settings, at), next_change(settings, at), ZoneInfo(settings.timezone)
    named = ", then ".join(f"{shift.person} (by {', '.join(shift.ways)})" for shift in people)
    lines = [f"Now: {named}." if people else "Now: nobody has a shift; pages go by every way, so that somebody sees them."]
    if change is not None:
        then = ", then ".join(shift.person for shift in change.shifts) or "nobody"
        lines.append(f"From {change.at.astimezone(zone):%a %Y-%m-%d %H:%M} ({settings.timezone}): {then}.")
    return lines
