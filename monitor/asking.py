"""Says what each source is asked for a brand, what came of it of late, and what that costs a month; it asks nobody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from monitor.command import explain
from monitor.contracts import Inquiring
from monitor.costs import RECENT, forecast
from monitor.domain import Brand
from monitor.figures import count_received
from monitor.ledger import read_ledger
from monitor.settings import SourceSettings
from monitor.sources import SOURCES
from monitor.tables import READING
from monitor.trying import build_source
from monitor.wiring import Monitor, now


@dataclass(frozen=True, slots=True)
class Asked:
    """What one source is asked for a brand."""

    source: str
    kind: str
    every: str
    questions: Sequence[str]
    """In the words that the network gets."""
    note: str
    """What else is to be known of them; empty where they say all."""
    received: Mapping[str, int]
    """Mentions by network that this source brought of late."""
    month: Decimal
    """What this month comes to for this brand at the rate of the last days; 0 where it costs nothing."""
    unit: str


def asked_for(monitor: Monitor, brand: Brand, days: int) -> list[Asked]:
    """Return what each source is asked for a brand, with what it brought in the last `days`."""
    at = now()
    received = count_received(monitor.database, brand.id, at - timedelta(days=days))
    today = at.date()
    with monitor.database.connect().execution_options(**READING) as connection:
        ledger = read_ledger(connection, min(today.replace(day=1), today - timedelta(days=RECENT)))
    found = []
    for settings in monitor.settings.sources:
        if brand.id not in {one.id for one in monitor.brands_of(settings)}:
            continue
        lines = [line for line in ledger if (line.source, line.brand) == (settings.name, brand.id)]
        questions, note = _questions(monitor, settings, brand)
        mine = {network: number for (source, network), number in received.items() if source == settings.name}
        unit = lines[0].unit if lines else "usd"
        every = (
            f"{int(settings.every.total_seconds()) // 60} min" if settings.every >= timedelta(minutes=1) else f"{settings.every.seconds} s"
        )
        month = forecast(lines, today) if lines else Decimal(0)
        found.append(Asked(settings.name, settings.kind, every, questions, note, mine, month, unit))
    return found


def _questions(monitor: Monitor, settings: SourceSettings, brand: Brand) -> tuple[Sequence[str], str]:
    """Return a source's questions, and a note where there are none, or it cannot be built."""
    try:
        source = build_source(monitor, settings)
        if isinstance(source, Inquiring):
            return tuple(source.questions(brand)), ""
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one source, the others are told
        return (), explain(error)[0]
    return (), f"no question is put: {SOURCES[settings.kind].about}"
