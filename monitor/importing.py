"""Takes an export of any platform into the database: what is good goes in and is judged, what is not is kept with its reason."""

from __future__ import annotations

import gc
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import BinaryIO
from zoneinfo import ZoneInfo

from monitor import pipeline
from monitor.command import UNAVAILABLE, USAGE, CommandError, batches, count, json_line
from monitor.contracts import RejectedRow
from monitor.domain import Brand, Mention
from monitor.sources.columns import WrongColumns, read_map
from monitor.sources.rows import CsvRows, ReadOptions, RowMention, UnreadableFile, read_rows
from monitor.wiring import Monitor, now

CHUNK = 2_000
"""Rows that are matched and stored together; long enough to be quick, short enough that Ctrl-C loses little work."""
SELDOM = 10_000
"""New objects between two looks for garbage."""


@dataclass
class Imported:
    """What became of an export's rows."""

    read: int = 0
    new: int = 0
    known: int = 0
    """In the database already, or twice in the export."""
    others: int = 0
    """Not about a brand of ours."""
    rejected: int = 0
    first_rejected: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    """Of a file of columns: which is which field."""
    unused: list[str] = field(default_factory=list)
    """The columns that are no field."""


class Importing:
    """One run of `monitor import`; the same file a second time adds nothing, and a run that was cut short is just run again."""

    def __init__(
        self, monitor: Monitor, file: Path, columns: Sequence[str], brand: str, network: str, date_format: str, rejects: Path
    ) -> None:
        self.monitor = monitor
        self.file = file
        self.rejects = rejects
        self.done = Imported()
        brands = monitor.settings.brands
        self.by_name = {name.casefold(): one for one in brands for name in (one.name, one.id)}
        self.chosen = self._choose(brand) if brand else None
        first = self.chosen or brands[0]
        if rejects.exists() and file.exists() and rejects.samefile(file):
            raise CommandError(
                f"{file} is where rows that cannot be read are put, so it cannot be read at the same time. "
                "Rename it first, or name another file with --rejected. Nothing was imported.",
                USAGE,
            )
        try:
            mapping = read_map(columns)
        except WrongColumns as error:
            raise CommandError(f"{error}. Nothing was imported.", USAGE) from error
        self.options = ReadOptions(
            place=file.name,
            now=now(),
            zone=ZoneInfo(first.timezone),
            network=network,
            source="import",
            date_format=date_format,
            columns=mapping,
        )

    def run(self, *, dry_run: bool, show_progress: bool) -> Imported:
        """Read the whole file; raises CommandError where it cannot be read as rows at all."""
        if not dry_run:
            # The database is opened first: nothing is read for nothing.
            _ = self.monitor.store
        seen: set[tuple[str, str, str]] = set()
        rejects = None if dry_run else _Rejects(self.rejects, self._so_far)
        with self.file.open("rb") as stream, rejects or nullcontext(), self._progress(show_progress) as advance, seldom_collecting():
            try:
                rows = read_rows(stream, self.options)
                if isinstance(rows, CsvRows):
                    self.done.columns = dict(rows.used)
                    self.done.unused = [name for column in rows.columns if (name := column.strip()) and name not in rows.used]
                for chunk in batches(rows, CHUNK):
                    good, bad = self._sort_out(chunk)
                    if rejects is None:
                        self._count(good, seen)
                    else:
                        # On disk before their neighbours are stored: whenever this ends, no row is in neither place.
                        rejects.keep(bad)
                        self._take_in(good)
                    advance(stream.tell())
            except UnreadableFile as error:
                raise CommandError(f"{error}. {self._so_far()}.", USAGE) from error
        return self.done

    def _so_far(self) -> str:
        stored = self.done.new + self.done.known + self.done.others
        return f"The {count(stored, 'good row')} before that are in" if stored else "Nothing was imported"

    def _sort_out(self, chunk: Sequence[RowMention | RejectedRow]) -> tuple[list[Mention], list[RejectedRow]]:
        good = [row.mention for row in chunk if isinstance(row, RowMention)]
        bad = [row for row in chunk if isinstance(row, RejectedRow)]
        self.done.read += len(chunk)
        self.done.rejected += len(bad)
        if bad and not self.done.first_rejected:
            self.done.first_rejected = f"{bad[0].line}: {bad[0].reason}"
        return good, bad

    def _brands_of(self, mention: Mention) -> Iterator[Brand]:
        """Yield whom a row is about: the brand it names or that was chosen, else every brand whose terms match."""
        if self.chosen is not None:
            yield self.chosen
            return
        named = self.by_name.get(mention.brand.casefold()) if mention.brand else None
        if named is not None:
            yield named
        elif not mention.brand:
            ours = pipeline.about(mention, self.monitor.matchers, "import")
            yield from (brand for brand in self.monitor.settings.brands if brand.id in ours)

    def _ours(self, found: Iterable[Mention]) -> Iterator[tuple[Brand, Mention]]:
        for mention in found:
            before = True
            for brand in self._brands_of(mention):
                addressed = mention.mentions_us or self.monitor.matchers[brand.id].addresses_us(mention.text)
                yield brand, replace(mention, brand=brand.id, mentions_us=addressed)
                before = False
            self.done.others += before

    def _take_in(self, found: Sequence[Mention]) -> None:
        ours = [mention for _brand, mention in self._ours(found)]
        saved = self.monitor.store.save_import(ours, now())
        self.done.new += saved.new
        self.done.known += saved.known
        self.monitor.judge(now)

    def _count(self, found: Sequence[Mention], seen: set[tuple[str, str, str]]) -> None:
        for brand, mention in self._ours(found):
            key = (brand.id, mention.network, mention.external_id)
            known = key in seen or self.monitor.store.has(*key)
            self.done.known += known
            self.done.new += not known
            seen.add(key)

    def _choose(self, name: str) -> Brand:
        brand = self.by_name.get(name.casefold())
        if brand is None:
            names = ", ".join(one.id for one in self.monitor.settings.brands)
            raise CommandError(f"There is no brand {name}; brands.toml names: {names}. Nothing was imported.", USAGE)
        return brand

    def _progress(self, show: bool) -> AbstractContextManager[Callable[[int], None]]:
        return _Bar(self.file) if show else nullcontext(lambda _position: None)


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """Look for garbage seldom: what was built until here stays, and of what an import makes hardly anything goes in circles.

    Looking through all of it after each 700 new objects, as Python does by itself, took an eighth of an import's time.
    """
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(SELDOM, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


class _Rejects:
    """Appends rejected rows to a file, each once however often the export is read; the file is made only when there is one."""

    def __init__(self, path: Path, so_far: Callable[[], str]) -> None:
        self.path = path
        self._so_far = so_far
        self._file: BinaryIO | None = None
        self._known: set[bytes] = set()

    def __enter__(self) -> None:
        return None

    def keep(self, rows: Sequence[RejectedRow]) -> None:
        """Write rows and wait until the disk holds them; raises CommandError where it cannot, for none may be lost."""
        if not rows:
            return
        try:
            file = self._file or self._open()
            for row in rows:
                line = json_line(row).encode("utf-8", "replace") + b"\n"
                if _mark(line) not in self._known:
                    self._known.add(_mark(line))
                    file.write(line)
            file.flush()
            os.fsync(file.fileno())
        except OSError as error:
            raise CommandError(
                f"{self.path} cannot be written ({error.strerror}), and the rows that cannot be read would be lost, so the import stopped. "
                f"{self._so_far()}. Mend that, or name another file with --rejected, and run it again: nothing goes in twice.",
                UNAVAILABLE,
            ) from error

    def _open(self) -> BinaryIO:
        self._file = self.path.open("a+b")
        self._file.seek(0)
        last = b"\n"
        for last in self._file:
            self._known.add(_mark(last))
        if not last.endswith(b"\n"):  # Half a line is what a full disk left.
            self._file.write(b"\n")
        return self._file

    def __exit__(self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        if self._file is not None:
            with suppress(OSError):  # What it was asked to keep is on the disk, or was told.
                self._file.close()


def _mark(line: bytes) -> bytes:
    return hashlib.blake2b(line, digest_size=12).digest()


class _Bar:
    """A progress bar over the bytes of a file."""

    def __init__(self, file: Path) -> None:
        self._size = file.stat().st_size
        self._name = file.name

    def __enter__(self) -> Callable[[int], None]:
        from rich.console import Console
        from rich.progress import Progress

        self._progress = Progress(console=Console(stderr=True), transient=True)
        self._progress.start()
        task = self._progress.add_task(f"Importing {self._name}", total=self._size)
        return lambda position: self._progress.update(task, completed=position)

    def __exit__(self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        self._progress.stop()
