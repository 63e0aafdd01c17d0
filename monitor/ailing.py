"""Says which configured sources are not well now, or fell silent, out of what the database knows; in what words is told elsewhere."""

from __future__ import annotations

from datetime import UTC, datetime

from monitor.ailments import Ailment, Trouble, find_ailments, is_quiet
from monitor.arrivals import Arrivals
from monitor.wiring import Monitor

LONG_AGO = datetime.min.replace(tzinfo=UTC)


def ailments_of(monitor: Monitor, at: datetime, asking_since: datetime = LONG_AGO, arrivals: Arrivals | None = None) -> list[Ailment]:
    """Return the configured sources that are not well at a moment, or that fell silent though they answer."""
    arrivals = arrivals or Arrivals(monitor.database)
    states = monitor.store.sources()
    found = find_ailments(states, {one.name: one.every for one in monitor.settings.sources}, at, asking_since)
    ill = {one.source for one in found}
    for source in monitor.settings.sources:
        mine = [state for state in states if state.source == source.name]
        # Only who was asked of late, and answered, can be silent.
        answers = bool(mine) and not find_ailments(mine, {source.name: source.every}, at, LONG_AGO)
        if source.name in ill or not answers or (silent := arrivals.silent(source.name, at)) is None:
            continue
        last, usual = silent
        if is_quiet(last, usual, at):
            found.append(Ailment(source.name, Trouble.QUIET, tuple(state.brand for state in mine), last, ""))
    return found


def quiet_for(monitor: Monitor, at: datetime) -> dict[str, list[str]]:
    """Return the sources that fell silent, by the brand for which they are read."""
    quiet: dict[str, list[str]] = {}
    for one in ailments_of(monitor, at):
        for brand in one.brands if one.trouble is Trouble.QUIET else ():
            quiet.setdefault(brand, []).append(one.source)
    return quiet
