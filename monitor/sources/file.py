"""Reads posts from a file or a folder of files, and goes on where it was; what a row looks like is the business of `rows`."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import BinaryIO, Self
from zoneinfo import ZoneInfo

from monitor.contracts import Batch, Rejected, RejectedRow, Unavailable
from monitor.domain import Brand, Mention
from monitor.settings import Settings, SourceSettings
from monitor.sources.columns import WrongColumns, read_map
from monitor.sources.rows import CSV_ENDINGS, JSONL_ENDINGS, ReadOptions, RowMention, UnreadableFile, read_rows
from monitor.text import clean

MAX_ROWS = 500
MAX_BYTES = 4 * 1024 * 1024
"""One fetch reads no more rows and hardly more bytes than this."""
MAX_FILES = 1_000
SETTLED = timedelta(minutes=10)
"""A file that nobody has written to for so long is taken for finished, even where its last line does not end."""

_MARKED = 4 * 1024  # Bytes at the beginning, and before where we were, by which a file is known again.


@dataclass(frozen=True, slots=True)
class _Memory:
    """What the cursor keeps of one file."""

    offset: int = 0
    line: int = 0
    mark: str = ""
    """A hash of the file's first bytes and of those before `offset`: where it differs, the file is another one."""
    size: int = -1
    time: int = 0
    """Size and time of change at the last look; the same again means that nothing is new."""
    told: int = -1
    """The offset of half a line that was told to a person."""
    bad: bool = False
    """It could not be read as rows, and is not tried again until it changes."""


class FileSource:
    """Reads JSONL and CSV files: each row once, a growing file's new rows the next time, a replaced file from its beginning.

    The last line of a JSONL file is left alone while it is half an object. In a CSV file nobody can tell half a line from a whole
    one, so a last line that does not end waits until the file has not changed for ten minutes. In a folder, files are read in the
    order of their names; hidden ones and links are left out, and one that cannot be read does not hold up the others.
    """

    def __init__(
        self,
        name: str,
        path: Path,
        now: Callable[[], datetime],
        *,
        network: str = "",
        timezone: str = "",
        date_format: str = "",
        columns: Sequence[str] = (),
        brands: Sequence[Brand] = (),
    ) -> None:
        self.name = name
        self._path = path
        self._now = now
        self._network = network
        self._timezone = timezone
        self._date_format = date_format
        self._columns = columns
        self._brands = brands

    @classmethod
    def from_settings(cls, source: SourceSettings, settings: Settings) -> Self:
        """Build the adapter that a `[[source]]` of kind file describes; a relative path begins at the configuration's folder."""
        options = source.options
        return cls(
            source.name,
            settings.config_dir / Path(options["path"]),
            partial(datetime.now, UTC),
            network=options.get("network") or "",
            timezone=options.get("timezone") or "",
            date_format=options.get("date_format") or "",
            columns=tuple(options.get("columns") or ()),
            brands=settings.brands,
        )

    def fetch(self, brand: Brand, cursor: str) -> Batch:
        """Read up to 500 rows from where it was; rows that are no mention come back as `rejected`."""
        known = _open_cursor(cursor)
        paths, alone = self._list_files()
        reading = _Reading(self._options(brand), alone=alone)
        memories: dict[str, _Memory] = {}
        for path in paths:
            memory = known.get(path.name, _Memory())
            if not reading.is_full:
                try:
                    memory = reading.read(path, memory)
                except UnreadableFile as error:
                    raise Rejected(f"{self.name}: {error}") from error
                except OSError as error:
                    if alone:
                        raise Unavailable(f"{self.name}: {path} cannot be read ({error.strerror or error})") from error
                    reading.rejected.append(RejectedRow(clean(path.name), 0, f"the file cannot be read ({error.strerror or error})"))
            memories[path.name] = memory
        return Batch(reading.mentions, _close_cursor(memories), more=reading.is_full, rejected=reading.rejected)

    def _options(self, brand: Brand) -> ReadOptions:
        try:
            zone = ZoneInfo(self._timezone or brand.timezone)
        except (ValueError, OSError, KeyError) as error:
            raise Rejected(f"{self.name}: there is no time zone “{(self._timezone or brand.timezone)[:60]}”") from error
        try:
            columns = read_map(self._columns)
        except WrongColumns as error:
            raise Rejected(f"{self.name}: columns: {error}") from error
        return ReadOptions(
            place="",
            now=self._now(),
            zone=zone,
            brand=brand.id,
            brand_in_rows=False,
            other_brands=frozenset(name.casefold() for other in self._brands if other.id != brand.id for name in (other.id, other.name)),
            network=self._network,
            source=self.name,
            date_format=self._date_format,
            columns=columns,
        )

    def _list_files(self) -> tuple[Sequence[Path], bool]:
        """Return the files in order, and whether it is one file and no folder."""
        try:
            mode = self._path.stat().st_mode
            if stat.S_ISREG(mode):
                return [self._path], True
            if not stat.S_ISDIR(mode):
                raise Rejected(f"{self.name}: {self._path} is neither a file nor a folder")
            with os.scandir(self._path) as entries:
                names = sorted(entry.name for entry in entries if _is_wanted(entry))
        except FileNotFoundError as error:
            raise Unavailable(f"{self.name}: there is no file or folder {self._path}; it is looked for again the next time") from error
        except ValueError as error:
            raise Rejected(f"{self.name}: {str(self._path)!r} is no path ({error})") from error
        except OSError as error:
            raise Unavailable(f"{self.name}: {self._path} cannot be read ({error.strerror or error})") from error
        if len(names) > MAX_FILES:
            raise Rejected(f"{self.name}: {self._path} holds more than {MAX_FILES:,} files; move those that were read elsewhere")
        return [self._path / name for name in names], False


class _Reading:
    """One fetch: what it has found so far, within its bounds."""

    def __init__(self, options: ReadOptions, *, alone: bool) -> None:
        self.mentions: list[Mention] = []
        self.rejected: list[RejectedRow] = []
        self._options = options
        self._alone = alone
        self._bytes = 0

    @property
    def is_full(self) -> bool:
        return len(self.mentions) + len(self.rejected) >= MAX_ROWS or self._bytes >= MAX_BYTES

    def read(self, path: Path, memory: _Memory) -> _Memory:
        """Read what is new in a file.

        Raises:
            UnreadableFile: it is no file of rows, and the only one.
            OSError: it cannot be read at all.
        """
        with path.open("rb") as stream:
            about = os.fstat(stream.fileno())
            seen = _Memory(size=about.st_size, time=about.st_mtime_ns)
            unchanged = (seen.size, seen.time) == (memory.size, memory.time)
            if unchanged and (memory.bad or memory.offset == seen.size):
                return memory
            if memory.bad or memory.offset > seen.size or _mark(stream, memory.offset) != memory.mark:
                memory = _Memory()
            settled = abs(self._options.now - datetime.fromtimestamp(about.st_mtime, UTC)) >= SETTLED
            growing = path.suffix.lower() in JSONL_ENDINGS or not settled
            options = replace(self._options, place=clean(path.name), growing=growing)
            stream.seek(0)
            try:
                rows = read_rows(stream, options, offset=memory.offset, line=memory.line)
                for row in rows:
                    self._take(row, rows.offset - memory.offset)
                    memory = replace(memory, offset=rows.offset, line=rows.line)
                    if self.is_full:
                        break
            except UnreadableFile as error:
                if self._alone:
                    raise
                self.rejected.append(RejectedRow(options.place, 0, str(error)))
                return replace(seen, bad=True)
            memory = replace(memory, offset=rows.offset, line=rows.line, mark=_mark(stream, rows.offset), size=seen.size, time=seen.time)
            if settled and memory.offset < seen.size and memory.told != memory.offset and not self.is_full:
                self.rejected.append(RejectedRow(options.place, rows.line + 1, "the last line is half a row; it waits for the rest"))
                memory = replace(memory, told=memory.offset)
            return memory

    def _take(self, row: RowMention | RejectedRow, size: int) -> None:
        if isinstance(row, RowMention):
            self.mentions.append(row.mention)
        else:
            self.rejected.append(row)
        self._bytes += size


def _is_wanted(entry: os.DirEntry[str]) -> bool:
    wanted = entry.name.lower().endswith((*JSONL_ENDINGS, *CSV_ENDINGS))
    return wanted and not entry.name.startswith((".", "~")) and entry.is_file(follow_symlinks=False)


def _mark(stream: BinaryIO, offset: int) -> str:
    """Return a hash of the file's first bytes and of those just before `offset`; empty at the beginning."""
    if not offset:
        return ""
    stream.seek(0)
    head = stream.read(min(_MARKED, offset))
    stream.seek(max(0, offset - _MARKED))
    return hashlib.sha256(head + stream.read(min(_MARKED, offset))).hexdigest()[:16]


def _open_cursor(text: str) -> Mapping[str, _Memory]:
    """Read a cursor; one that is not ours is as good as none, and everything is read again."""
    try:
        files = json.loads(text)["files"] if text else {}
        return {
            str(name): _Memory(
                offset=max(0, int(raw.get("offset", 0))),
                line=max(0, int(raw.get("line", 0))),
                mark=str(raw.get("mark", "")),
                size=int(raw.get("size", -1)),
                time=int(raw.get("time", 0)),
                told=int(raw.get("told", -1)),
                bad=bool(raw.get("bad")),
            )
            for name, raw in files.items()
        }
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        return {}


def _close_cursor(memories: Mapping[str, _Memory]) -> str:
    empty = asdict(_Memory())
    files = {name: {key: value for key, value in asdict(memory).items() if value != empty[key]} for name, memory in memories.items()}
    return json.dumps({"files": files}, separators=(",", ":"))
