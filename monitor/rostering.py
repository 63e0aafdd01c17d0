"""Reads the calendar of the rota, from a file or over the network, so that whoever swaps a shift there changes who is woken."""

from __future__ import annotations

import logging
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from monitor.calendars import MAX_BYTES, NoCalendar, Rota, read_rota
from monitor.contracts import AdapterError, Notice
from monitor.noticebook import NoticeBook
from monitor.oncall import calendar_of, people_of
from monitor.rotabook import AHEAD, BACK, Read, RotaBook
from monitor.settings import Settings
from monitor.standing import Proof, reader_language
from monitor.telling import ways
from monitor.text import for_terminal
from monitor.wiring import Monitor, now, read_settings

ROTA = "rota/"
"""With the day on which it was last read after it, the key of the notice that it cannot be read."""
TOLD_AFTER = timedelta(days=1)
"""What it said holds on until then without a word: a calendar may be away for an hour."""
NAME = "the rota's calendar"
WORDS: Mapping[str, tuple[str, str, str, str]] = {
    "en": (
        "The calendar of the rota cannot be read",
        "Who is on call is taken from what it said on {since} UTC; later changes in it are not known.",
        "It was never read; who is on call is taken from the shifts in monitor.toml, and where there are none everybody is told.",
        "See it with: monitor oncall",
    ),
    "nl": (
        "De kalender van het rooster kan niet worden gelezen",
        "Wie dienst heeft volgt uit wat er op {since} UTC in stond; latere wijzigingen zijn niet bekend.",
        "Hij is nog nooit gelezen; wie dienst heeft volgt uit monitor.toml, en staan daar geen diensten in, dan krijgt iedereen bericht.",
        "Bekijk het met: monitor oncall",
    ),
}

logger = logging.getLogger(__name__)
_ADDRESS = re.compile(r"(https?://[^/?#\s]*)[/?#][^\s;,()]*")


@dataclass
class Rostering:
    """What keeps the rota as its calendar has it."""

    monitor: Monitor

    def look(self) -> None:
        """Read the calendar, where there is one, and tell of one that could not be read for a day."""
        read = self.read()
        if read is None or not read.trouble:
            return
        logger.warning("%s: %s", NAME, read.trouble)
        if read.read_at is None or read.tried_at - read.read_at > TOLD_AFTER:
            NoticeBook(self.monitor.database).write(self._notice(read), ways(self.monitor, "digest"), now())

    def read(self) -> Read | None:
        """Read the calendar and remember what it says; where it cannot be read what it said before holds. None where there is none."""
        settings, book, at = self.monitor.settings, RotaBook(self.monitor.database), now()
        if not calendar_of(settings):
            return None
        try:
            rota = rota_of(settings, at)
        except (AdapterError, NoCalendar) as error:
            book.record_trouble(without_paths(str(error)), at)
        else:
            book.record(rota, at)
        return book.last()

    def _notice(self, read: Read) -> Notice:
        title, known, never, see = WORDS[reader_language(self.monitor.settings)]
        since = f"{read.read_at:%Y-%m-%d}" if read.read_at else "never"
        how = known.format(since=f"{read.read_at:%Y-%m-%d %H:%M}") if read.read_at else never
        return Notice(f"{ROTA}{since}", title, f"{how}\n\n{read.trouble}\n\n{see}")


def rota_of(settings: Settings, at: datetime) -> Rota:
    """Return what the calendar says now; raises NoCalendar or one of the three errors of a reading."""
    body, oncall = _fetch(calendar_of(settings), settings), settings.oncall
    return read_rota(body, people_of(oncall), oncall.timezone, at - BACK, at + AHEAD, oncall.calendar_words)


def check_rota(config: Path | None, database: str | None, *, offline: bool) -> Iterator[Proof]:
    """Prove that the calendar can be read, where there is one; nothing is kept of it. What else is wrong others say."""
    try:
        settings = read_settings(config, database)
    except Exception:  # noqa: BLE001 the check of the configuration has said it
        return
    address = calendar_of(settings)
    if not address or (offline and "://" in address):
        return
    try:
        rota = rota_of(settings, now())
    except (AdapterError, NoCalendar) as error:
        yield Proof("calendar", False, without_paths(str(error)))
        return
    unknown = ", ".join(f"“{title}”" for title in rota.unknown)
    more = f"; nobody of [oncall] is named by {unknown}" if unknown else ""
    named = {one.person for one in rota.duties}
    # A calendar that names nobody is as good as none, and who set it up means something else.
    yield Proof("calendar", bool(named), f"it is read, and names {len(named)} of those in [oncall]{more}")


def without_paths(text: str) -> str:
    """Return a message in which addresses are shown up to their host: the rest of a calendar's address opens it."""
    return _ADDRESS.sub(r"\1/…", text)


def _fetch(address: str, settings: Settings) -> bytes:
    if "://" not in address:
        return _read_file(settings.config_dir / address)
    from monitor.sources.web import Reader, utc_now  # noqa: PLC0415  Only where a calendar is on the network.

    parts = urlsplit(address)
    if parts.scheme != "https" and parts.hostname not in settings.oncall.allow_private:
        raise NoCalendar("has an address that does not begin with https://: who listens on the line could change who is woken")
    reader = Reader(NAME, now=utc_now, allow_private=settings.oncall.allow_private, max_bytes=MAX_BYTES)
    return reader.get(address, {"Accept": "text/calendar, */*;q=0.1"}).body


def _read_file(path: Path) -> bytes:
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # Opening a pipe would wait for ever.
            raise NoCalendar(f"is no file: {path}")
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise NoCalendar(f"cannot be read from {path}: {(error.strerror or str(error)).lower()}") from error


def calendar_lines(read: Read | None, timezone: str) -> list[str]:
    """Say how reading the calendar went, and what in it is of no use."""
    if read is None:
        return []
    since = f"{read.read_at.astimezone(ZoneInfo(timezone)):%a %Y-%m-%d %H:%M}" if read.read_at else ""
    if read.trouble:
        holds = f"What it said on {since} holds on." if since else "The shifts of monitor.toml hold, and without any everybody is told."
        return [f"The calendar could not be read: {for_terminal(read.trouble)}. {holds}"]
    lines = [f"The calendar was read on {since} ({timezone})."]
    if read.unknown:
        titles = ", ".join(f"“{title}”" for title in read.unknown)
        lines.append(f"These of its events name nobody of [oncall], and wake nobody: {titles}.")
        lines.append("Is that one of you? Write what stands there into known_as of their [[oncall.person]].")
    if read.floating:
        lines.append(f"Some of its times have no time zone; they are taken for those of {timezone}.")
    return lines
