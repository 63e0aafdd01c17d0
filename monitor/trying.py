"""Looks through a source without remembering anything, and adds one to monitor.toml once a person saw what it finds."""

from __future__ import annotations

import math
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from shutil import copytree
from typing import Any
from urllib.parse import urlsplit

from monitor import pipeline
from monitor.command import USAGE, CommandError
from monitor.contracts import AdapterError, Cost, RejectedRow, Source, Thrifty
from monitor.domain import Brand, Mention
from monitor.registry import Option
from monitor.settings import ConfigError, Mistake, Settings, SourceSettings, load
from monitor.sources import SOURCES
from monitor.sources.about import ABOUT
from monitor.sources.feeds import NotAFeed, find_feeds, read_feed
from monitor.sources.web import Reader
from monitor.starter import StarterError, add_table
from monitor.text import clip
from monitor.wiring import Monitor, build, now, own_kinds

COMMON = {
    "cap_per_day": Option("amount", ""),
    "cap_per_month": Option("amount", ""),
    "retain_days": Option("number", ""),
    "recheck_every": Option("text", ""),
}
"""What every kind takes besides its own options and can be given when it is added."""
MOST_READS = 5
"""Bounded reads of one look; a person waits for it, and some of them are paid for."""
PERIOD = timedelta(days=7)


@dataclass
class Look:
    """What a look at a source showed."""

    read: int = 0
    ours: list[Mention] = field(default_factory=list)
    """What would be kept, the newest first."""
    rejected: list[RejectedRow] = field(default_factory=list)
    more: bool = False
    cost: Decimal = Decimal(0)
    """What the ledger was charged."""
    unit: str = "usd"
    error: str = ""
    """Why it ended early, where it did."""


def look(monitor: Monitor, settings: SourceSettings, source: Source, brand: Brand) -> Look:
    """Read as a first poll would, and store nothing; a read that costs goes into the ledger.

    Raises:
        CommandError: the source's cap is reached, and nothing of it may be read.
    """
    caps = pipeline.Caps(settings.cap_per_day, settings.cap_per_month)
    if caps != pipeline.NO_CAPS and pipeline.share_used(monitor.store, source.name, caps, now()) >= 1:
        if not isinstance(source, Thrifty):
            raise CommandError(f"{source.name}: its cap is reached, so nothing is read until the day or month is over (UTC).")
        source = source.only_to_us()
    shown, cursor = Look(), ""
    for _ in range(MOST_READS):
        try:
            batch = source.fetch(brand, cursor)
        except AdapterError as error:
            shown.error = str(error)
            break
        if batch.cost is not None:
            _charge(monitor, source.name, brand, batch.cost, shown)
        shown.read += len(batch.mentions)
        shown.ours += pipeline.match(batch.mentions, monitor.matchers[brand.id], source.name)
        shown.rejected += batch.rejected
        shown.more = batch.more
        if not batch.more or batch.cursor == cursor:
            break
        cursor = batch.cursor
    unique = {(mention.network, mention.external_id): mention for mention in shown.ours}
    shown.ours = sorted(unique.values(), key=lambda mention: mention.posted_at, reverse=True)
    return shown


def _charge(monitor: Monitor, name: str, brand: Brand, cost: Cost, shown: Look) -> None:
    at = now()
    before = monitor.store.spent(name, at).day
    monitor.store.save_cost(name, brand.id, cost, at)
    shown.cost += monitor.store.spent(name, at).day - before
    shown.unit = cost.unit


# Adding


def find_feed(address: str, allow_private: Sequence[str] = ()) -> str:
    """Return the address of the feed that is at `address`, or that the page there names first.

    Raises:
        CommandError: there is neither.
    """
    url = address if "://" in address else f"https://{address}"
    reader = Reader("rss", now=partial(datetime.now, UTC), allow_private=allow_private)
    answer = reader.get(url)
    kind = answer.headers.get("content-type", "")
    try:
        read_feed(answer.body, kind, answer.url)
    except NotAFeed as error:
        found = find_feeds(answer.body, kind, answer.url)
        if not found:
            raise CommandError(f"{url} {error}, and names none. Nothing was added; look for a feed's own address there.") from error
        return found[0]
    return url


def read_value(name: str, option: Option, given: Sequence[str]) -> Any:
    """Return what a person wrote for an option as monitor.toml holds it.

    Raises:
        CommandError: it cannot be that.
    """
    if option.kind in ("texts", "urls"):
        return list(given)
    if len(given) > 1:
        raise CommandError(f"{name} is one value, and was given {len(given)} times. Nothing was added.", USAGE)
    word = given[0]
    if option.kind == "amount":
        try:
            amount = float(word.lstrip("$€ ").replace(",", "."))
        except ValueError:
            amount = 0.0
        if not 0 < amount < math.inf:
            raise CommandError(f"{name} must be an amount above 0, such as 20 or 2.50, not {word}. Nothing was added.", USAGE)
        return int(amount) if amount.is_integer() else amount
    if option.kind == "number":
        try:
            return int(word)
        except ValueError:
            raise CommandError(f"{name} must be a whole number, not {word}. Nothing was added.", USAGE) from None
    if option.kind == "flag":
        if word not in ("true", "false"):
            raise CommandError(f"{name} must be true or false, not {word}. Nothing was added.", USAGE)
        return word == "true"
    return word


def read_address(given: str) -> str:
    """Return a web address as monitor.toml holds it, with https:// where a person left that out.

    Raises:
        CommandError: it is none.
    """
    url = given if "://" in given else f"https://{given}"
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        host = ""
    if not url.startswith(("https://", "http://")) or re.search(r"\s", url) or not ("." in host or ":" in host or host == "localhost"):
        raise CommandError(f"“{clip(given, 80)}” is not a web address; write one such as https://example.org", USAGE)
    return url


def take_name(settings: Settings, wanted: str) -> str:
    """Return a name that no source has yet: the one wanted, or with a number behind it."""
    names = {source.name.casefold() for source in settings.sources}
    numbered = (wanted if number == 1 else f"{wanted} {number}" for number in range(1, len(names) + 2))
    return next(name for name in numbered if name.casefold() not in names)


@contextmanager
def proposed(monitor: Monitor, values: Mapping[str, Any]) -> Iterator[tuple[Monitor, SourceSettings]]:
    """Yield the monitor as it would be with a further source, from a copy of the configuration.

    Raises:
        CommandError: the configuration would be wrong; every mistake is told by file, line and key.
    """
    folder = monitor.settings.config_dir
    with tempfile.TemporaryDirectory() as beside:
        copy = Path(beside) / "config"
        copytree(folder, copy)
        there = (copy / "monitor.toml").read_bytes().splitlines()
        try:
            add_table(copy / "monitor.toml", "source", values)
            settings = load(copy, database_url=monitor.settings.database_url, environment=monitor.settings.environment, kinds=own_kinds())
        except StarterError as error:
            raise CommandError(f"{str(error).replace(str(copy), str(folder))}. Nothing was added.", USAGE) from error
        except ConfigError as error:
            mistakes = "\n".join(_told(one, copy, folder, len(there)) for one in error.mistakes)
            raise CommandError(f"That cannot be right, and nothing was added:\n{mistakes}", USAGE) from error
        # A path in it begins where the configuration really is.
        changed = Monitor(replace(settings, config_dir=folder))
        yield changed, next(source for source in settings.sources if source.name == values["name"])


def _told(mistake: Mistake, copy: Path, folder: Path, lines: int) -> str:
    """Return a mistake as it is in the file that a person has; what is in no file yet is told by its key alone."""
    if mistake.file.endswith("monitor.toml") and mistake.line is not None and mistake.line > lines:
        return f"{mistake.key.rpartition('.')[2]}: {mistake.problem}"
    return str(replace(mistake, file=mistake.file.replace(str(copy), str(folder))))


def build_source(monitor: Monitor, settings: SourceSettings) -> Source:
    """Return one source, whatever is wrong with the others."""
    source: Source = build(SOURCES, settings.kind, settings, monitor.settings)
    return source


def missing_secrets(monitor: Monitor, settings: SourceSettings) -> list[str]:
    """Return the names of environment variables that a kind can use and that are not set."""
    return [name for name in SOURCES[settings.kind].secrets if not monitor.settings.environment.get(name)]


def is_paid(kind: str) -> bool:
    """Say whether a read of this kind goes into the ledger."""
    return ABOUT[kind].price != "free"
