"""Says what reading costs, for `monitor cost`: by source and day, with a forecast of the month and the caps; it changes nothing."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.command import ConfigOption, DatabaseOption, JsonOption, help_text, print_json, print_table, say
from monitor.schedule import SAVE_FROM
from monitor.text import for_terminal

if TYPE_CHECKING:
    from monitor.ledger import DayCost
    from monitor.pipeline import Caps
    from monitor.wiring import Monitor

RECENT = 7
"""Whole days before today that a forecast goes by."""


@dataclass(frozen=True, slots=True)
class SourceCost:
    """What one source costs."""

    source: str
    unit: str
    today: Decimal
    month: Decimal
    """So far this month (UTC)."""
    forecast: Decimal
    """What the whole month comes to, if the days left cost what the last week's did; caps are not taken into account."""
    cap_per_day: Decimal | None
    cap_per_month: Decimal | None
    used: float
    """The larger share of the two caps; 0 where there is none."""


@dataclass(frozen=True, slots=True)
class Costs:
    """The ledger, and what it means."""

    sources: Sequence[SourceCost]
    ledger: Sequence[DayCost]


def add_commands(app: typer.Typer) -> None:
    """Add `monitor cost` to the commands of `monitor`."""
    app.command(
        short_help="Show what sources cost.",
        help=help_text("Show what sources cost by day, what the month will come to, and how far the caps are.", "monitor cost --days 7"),
    )(cost)


def cost(
    days: Annotated[int, typer.Option(min=1, max=366, help="So many days of the ledger.")] = 31,
    config: ConfigOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show costs."""
    from monitor.wiring import Monitor, now, read_settings

    found = costs_of(Monitor(read_settings(config, database)), days, now())
    if as_json:
        print_json(found)
    else:
        show_costs(found)


def costs_of(monitor: Monitor, days: int, at: datetime) -> Costs:
    """Return the ledger's last `days` days, and each source's cost with its forecast and caps."""
    from monitor.ledger import read_ledger
    from monitor.pipeline import Caps
    from monitor.tables import READING

    today = at.date()
    first = min(today.replace(day=1), today - timedelta(days=max(days - 1, RECENT)))
    with monitor.database.connect().execution_options(**READING) as connection:
        lines = read_ledger(connection, first)
    caps = {source.name: Caps(source.cap_per_day, source.cap_per_month) for source in monitor.settings.sources}
    capped = {name for name, cap in caps.items() if cap != Caps()}
    names = sorted({line.source for line in lines} | capped)
    sources = [_source_cost(monitor, name, [line for line in lines if line.source == name], caps.get(name, Caps()), at) for name in names]
    return Costs(sources, [line for line in lines if line.day > today - timedelta(days=days)])


def _source_cost(monitor: Monitor, name: str, lines: Sequence[DayCost], caps: Caps, at: datetime) -> SourceCost:
    from monitor.pipeline import share_used

    today = at.date()
    spent = _sum(line for line in lines if line.day == today)
    month = _sum(line for line in lines if line.day >= today.replace(day=1))
    unit = lines[0].unit if lines else "usd"
    used = share_used(monitor.store, name, caps, at)
    return SourceCost(name, unit, spent, month, forecast(lines, today), caps.per_day, caps.per_month, used)


def forecast(lines: Sequence[DayCost], today: date) -> Decimal:
    """Return what the month of `today` comes to: what it cost so far, and for the days after today what a recent day did.

    A recent day is the mean of the last whole days, a week of them at most, from the first that cost anything; today where there is none.
    """
    month = _sum(line for line in lines if today.replace(day=1) <= line.day <= today)
    recent = [line for line in lines if today - timedelta(days=RECENT) <= line.day < today]
    whole_days = (today - min(line.day for line in recent)).days if recent else 1
    daily = _sum(recent or [line for line in lines if line.day == today]) / whole_days
    left = monthrange(today.year, today.month)[1] - today.day
    return (month + daily * left).quantize(Decimal("0.000001"))


def show_costs(costs: Costs) -> None:
    """Print what reading costs, as tables."""
    if not costs.sources:
        say("No source has cost anything yet.")
        return
    rows = [
        [
            for_terminal(one.source),
            in_unit(one.today, one.unit),
            in_unit(one.month, one.unit),
            in_unit(one.forecast, one.unit),
            _cap(one.cap_per_day, one.unit),
            _cap(one.cap_per_month, one.unit),
            _state(one),
        ]
        for one in costs.sources
    ]
    print_table(["source", "today", "this month", "whole month", "cap a day", "cap a month", "state"], rows)
    say()
    lines = [
        [f"{line.day:%Y-%m-%d}", for_terminal(line.source), for_terminal(line.brand), in_unit(line.amount, line.unit), str(line.reads)]
        for line in costs.ledger
    ]
    print_table(["day (UTC)", "source", "brand", "cost", "reads"], lines or [["none in these days", "", "", "", ""]])


def in_unit(amount: Decimal, unit: str) -> str:
    """Return an amount as a person reads it: "$0.025", "340 units", "1,200 tokens"; a cent's parts only where there are any."""
    if unit != "usd":
        return f"{amount.normalize():,f} {unit}"
    return f"${amount:,.2f}" if amount == amount.quantize(Decimal("0.01")) else f"${amount:,.3f}"


def _cap(amount: Decimal | None, unit: str) -> str:
    return "none" if amount is None else in_unit(amount, unit)


def _state(one: SourceCost) -> str:
    if one.cap_per_day is None and one.cap_per_month is None:
        return "no cap"
    if one.used >= 1:
        return "cap reached: at most what is written to us is read"
    return f"{one.used:.0%} used" + (": read less often" if one.used >= SAVE_FROM else "")


def _sum(lines: Iterable[DayCost]) -> Decimal:
    return sum((line.amount for line in lines), Decimal(0))
