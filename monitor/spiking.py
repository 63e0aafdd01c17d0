"""Runs the spike detector over a file of counts: CSV in, CSV and a picture out; what a spike is stands in monitor/spikes."""

from __future__ import annotations

import csv
import os
import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TextIO

from monitor.command import USAGE, CommandError, warn
from monitor.spikes import Detector, Verdict

COLUMNS = ("ts", "score", "alarm", "expected", "low", "high")
"""What is written for each row."""

STANDARD = Path("-")
"""Standard input or output."""

MAX_FIELD = 1_000
"""No time or number is longer."""

PICTURES = (".png", ".svg", ".pdf")

PROGRESS_EVERY = 100_000
"""Rows between two words on how far it is."""

MAX_POINTS = 20_000
"""A picture shows no more points; above that the highest of neighbours stands for them."""

_NAMES = {"timestamp": "ts", "value": "count"}
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_YES, _NO = frozenset({"1", "true", "yes"}), frozenset({"", "0", "false", "no"})


@dataclass(frozen=True, slots=True)
class Row:
    """One bin as it stands in the file."""

    line: int
    written: str
    """The time as it was written."""
    at: datetime
    count: float | None
    """None where the source was down: an empty field."""
    authors: int | None = None
    reposts: float = 0.0
    caught_up: bool = False


@dataclass(slots=True)
class Scored:
    """What a run came to."""

    rows: int = 0
    alarms: int = 0


def parse_width(text: str) -> timedelta:
    """Return how long a bin is, from "5m", "90s", "1h" or "1d"; raises CommandError for anything else."""
    found = re.fullmatch(r"([0-9]{1,6})([smhd])", text.strip())
    width = timedelta(**{_UNITS[found[2]]: int(found[1])}) if found else timedelta(0)
    if not timedelta(seconds=1) <= width <= timedelta(days=1):
        raise CommandError(f"--bins {text} is no length of a bin: write a number and s, m, h or d, up to 1d, such as 5m.", USAGE)
    return width


def read_rows(stream: TextIO, name: str) -> Iterator[Row]:
    """Read `ts,count` and, where given, `authors,reposts,caught_up`; raises CommandError with the line of what cannot be read."""
    reader = csv.reader(stream, strict=True)
    try:
        header = next(reader, None)
        if header is None:
            raise CommandError(f"{name} is empty: a first line such as ts,count is needed.", USAGE)
        heads = [_NAMES.get(head, head) for head in (field.strip().lstrip("\ufeff").casefold() for field in header)]
        for needed in ("ts", "count"):
            if heads.count(needed) != 1:
                raise CommandError(f"{name}, line 1: there must be one column {needed}; found: {', '.join(heads)[:200]}.", USAGE)
        for fields in reader:
            if fields:
                yield _read_row(fields, heads, name, reader.line_num)
    except csv.Error as error:
        raise CommandError(f"{name}, line {reader.line_num}: this is no CSV ({error}).", USAGE) from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{name}, after line {reader.line_num}: the text is not UTF-8. Save the file as UTF-8.", USAGE) from error


def _read_row(fields: list[str], heads: list[str], name: str, line: int) -> Row:
    if len(fields) != len(heads):
        raise CommandError(f"{name}, line {line}: {len(fields)} fields where the first line has {len(heads)}.", USAGE)
    if any(len(field) > MAX_FIELD for field in fields):
        # The limit of csv itself is one for the whole process, and others raise it.
        raise CommandError(f"{name}, line {line}: this is no CSV of counts (a field has more than {MAX_FIELD} characters).", USAGE)
    found = {head: field.strip() for head, field in zip(heads, fields, strict=True)}

    def refuse(column: str, wish: str) -> CommandError:
        return CommandError(f"{name}, line {line}: {column} is {found[column][:60]!r} and must be {wish}.", USAGE)

    def number(column: str) -> float | None:
        try:
            return float(found[column]) if found.get(column) else None
        except ValueError as error:
            raise refuse(column, "a number from 0 on") from error

    try:
        at = datetime.fromisoformat(found["ts"])
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
        # The calendar's first and last days cannot be taken to UTC.
        at = at.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise refuse("ts", "a time such as 2026-11-24 09:05:00") from error
    authors = number("authors")
    if authors is not None and not authors.is_integer():
        raise refuse("authors", "a whole number from 0 on")
    caught_up = found.get("caught_up", "").casefold()
    if caught_up not in _YES | _NO:
        raise refuse("caught_up", "1 or 0")
    return Row(
        line,
        found["ts"],
        at,
        number("count"),
        None if authors is None else int(authors),
        number("reposts") or 0.0,
        caught_up in _YES,
    )


def judge(rows: Iterator[Row], width: timedelta, name: str) -> Iterator[tuple[Row, Verdict]]:
    """Judge each row as it comes; raises CommandError with the line of one that cannot be."""
    detector = Detector(width)
    for row in rows:
        try:
            verdict = detector.update(row.at, row.count, authors=row.authors, reposts=row.reposts, caught_up=row.caught_up)
        except ValueError as error:
            raise CommandError(f"{name}, line {row.line}: {error}. Bins are {width} long (--bins).", USAGE) from error
        yield row, verdict


def run_spikes(
    file: Path = STANDARD, *, bins: str = "5m", out: Path = STANDARD, plot: Path | None = None, show_progress: bool = False
) -> Scored:
    """Judge `file` and write a line for each row to `out` and, if asked, a picture.

    Lines to standard output come as the rows come in; a file appears only when all went well. Raises CommandError, OSError.
    """
    width = parse_width(bins)
    if plot is not None:
        _check_plot(plot)
    if out != STANDARD and out.resolve() == file.resolve():
        raise CommandError(f"--out {out} is the file that is read; give another.", USAGE)
    name = "standard input" if file == STANDARD else str(file)
    part = out.with_name(f"{out.name}.part")
    scored, shown = Scored(), []
    with ExitStack() as stack:
        source = sys.stdin if file == STANDARD else stack.enter_context(file.open(encoding="utf-8", newline=""))
        target = sys.stdout if out == STANDARD else stack.enter_context(part.open("w", encoding="utf-8", newline=""))
        if out != STANDARD:
            stack.callback(part.unlink, missing_ok=True)
        writer = csv.writer(target, lineterminator="\n")
        try:
            writer.writerow(COLUMNS)
            for row, verdict in judge(read_rows(source, name), width, name):
                band = (f"{figure:.3f}" for figure in (verdict.expected, verdict.low, verdict.high))
                writer.writerow((row.written, f"{verdict.score:.6f}", int(verdict.alarm), *band))
                scored.rows += 1
                scored.alarms += verdict.alarm
                if plot is not None:
                    shown.append((row, verdict))
                if show_progress and scored.rows % PROGRESS_EVERY == 0:
                    warn(f"{scored.rows:,} rows, {scored.alarms:,} alarms")
            target.flush()
        except BrokenPipeError:
            # Whoever reads has read enough, as `head` does; Python's own last flush must not complain either.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return scored
        if out != STANDARD:
            part.replace(out)
    if plot is not None:
        draw(shown, plot, "" if file == STANDARD else file.stem)
    return scored


def _check_plot(plot: Path) -> None:
    if plot.suffix.lower() not in PICTURES:
        raise CommandError(f"--plot {plot}: a picture's name ends in {', '.join(PICTURES)}.", USAGE)
    if find_spec("matplotlib") is None:
        raise CommandError("--plot needs matplotlib: pip install matplotlib. Without --plot nothing more is needed.", USAGE)


def draw(shown: list[tuple[Row, Verdict]], plot: Path, title: str) -> None:
    """Draw the counts, the expected band and the alarms; raises CommandError where there is nothing to draw."""
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter  # noqa: PLC0415 only a picture needs it, and it takes half a second
    from matplotlib.figure import Figure  # noqa: PLC0415 without pyplot there is no global state and no window
    from matplotlib.ticker import StrMethodFormatter  # noqa: PLC0415 the same

    if not shown:
        raise CommandError("There are no rows to draw.", USAGE)
    step = -(-len(shown) // MAX_POINTS)
    groups = [shown[begin : begin + step] for begin in range(0, len(shown), step)]
    # matplotlib's types know dates only as numbers.
    times: Any = [group[0][0].at for group in groups]
    counts = [max((row.count or 0.0) for row, _ in group) for group in groups]
    expected, low, high = ([getattr(group[0][1], side) for group in groups] for side in ("expected", "low", "high"))
    figure = Figure(figsize=(14, 5), layout="constrained")
    axes = figure.add_subplot()
    axes.plot(times, counts, color="#9a9a9a", linewidth=0.5, label="counted")
    axes.fill_between(times, low, high, color="#3182bd", alpha=0.3, linewidth=0, zorder=3, label="usual at this hour")
    axes.plot(times, expected, color="#08519c", linewidth=0.9, zorder=4, label="expected")
    named: set[str] = set()
    for row, verdict in (pair for pair in shown if pair[1].alarm):
        style, name = (":", "alarm: it has doubled") if verdict.escalation else ("-", "alarm")
        label = "" if name in named else name
        axes.axvline(row.at, color="#de2d26", linewidth=1.4, linestyle=style, zorder=5, label=label)  # type: ignore[arg-type]
        named.add(name)
    # Storms are a hundred times the usual: a plain scale would show the usual as a line at the bottom.
    axes.set_yscale("symlog", linthresh=max(1.0, 2 * max(expected)))
    axes.set_ylim(bottom=0)
    axes.margins(x=0)
    axes.yaxis.set_major_formatter(StrMethodFormatter("{x:g}"))
    axes.set_ylabel("mentions in a bin")
    axes.set_title(title, loc="left")
    locator = AutoDateLocator()  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]
    # Above the picture: within it an alarm may run through the words.
    axes.legend(loc="lower right", bbox_to_anchor=(1, 1), frameon=False, ncols=5, borderaxespad=0.2)
    figure.savefig(plot, dpi=110)
