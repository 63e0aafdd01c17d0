"""What the commands of both packages share: their common options, their exit codes, and how an error is said to a person."""

from __future__ import annotations

import errno
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, is_dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from itertools import islice
from pathlib import Path
from typing import Annotated, Any, NoReturn, TypeVar

import typer

OK = 0
REFUSED = 1
"""Asked and answered no: an objection stands, an approval did not count, a check failed."""
USAGE = 2
"""The command's words or the configuration are wrong; nothing was done."""
SOME_REJECTED = 3
"""Done, but some rows could not be taken in; they are kept in rejected.jsonl."""
UNAVAILABLE = 4
"""The database or a source cannot be used now; what was stored before is kept."""
INTERRUPTED = 130

EXIT_CODES = (
    "Exit codes: 0 done; 1 refused or a check failed; 2 wrong words or configuration; "
    "3 some rows rejected; 4 database or source unavailable."
)

BIGGEST_ID = 2**63 - 1
"""No row of a database has a higher number."""

ConfigOption = Annotated[Path | None, typer.Option("--config", help="Folder of the configuration; else GRAPEVINE_CONFIG, else ./config.")]
DatabaseOption = Annotated[
    str | None, typer.Option("--database", help="Database URL; else GRAPEVINE_DATABASE_URL, else sqlite:///grapevine.db.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]


_Row = TypeVar("_Row")


class CommandError(Exception):
    """Ends a command with a sentence for the person and an exit code."""

    def __init__(self, sentence: str, code: int = REFUSED) -> None:
        super().__init__(sentence)
        self.code = code


def new_app(about: str) -> typer.Typer:
    """Return an empty set of commands, quick to start and without decoration that would break in a log."""
    return typer.Typer(
        help=about,
        epilog=EXIT_CODES,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        add_completion=False,
        no_args_is_help=True,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    )


def help_text(sentence: str, example: str, more: str = "") -> str:
    """Return a command's help: a sentence, an example and its exit codes."""
    return f"{sentence}\n\n{more + chr(10) * 2 if more else ''}Example: {example}\n\n{EXIT_CODES}"


def count(number: int, noun: str) -> str:
    """Return a number with its noun, which takes an s where it is not one: "1 row", "2 rows"."""
    return f"{number} {noun}{'s' * (number != 1)}"


def run(app: typer.Typer) -> NoReturn:
    """Run the commands; whatever goes wrong is said in a sentence, never as a traceback (unless GRAPEVINE_DEBUG is set)."""
    # Post texts hold every character there is; a terminal that lacks one gets a mark instead of an error.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except Exception as error:
        if os.environ.get("GRAPEVINE_DEBUG"):
            raise
        sentence, code = explain(error)
        print(sentence, file=sys.stderr)
        sys.exit(code)
    sys.exit(OK)


def explain(error: Exception) -> tuple[str, int]:
    """Return what happened, what was kept and what to do, and the exit code."""
    if isinstance(error, CommandError):
        return str(error), error.code
    kind = type(error).__name__
    if kind == "ConfigError":
        mistakes = error.mistakes  # type: ignore[attr-defined] # known by name, so that this module stays quick to import
        return f"The configuration has {count(len(mistakes), 'mistake')}; nothing was started or changed.\n{error}", USAGE
    if kind == "WrongSchema":
        return f"{str(error)[:1].upper()}{str(error)[1:]}.", UNAVAILABLE
    if is_of_database(error):
        return explain_database(str(getattr(error, "orig", None) or error)), UNAVAILABLE
    if kind in {"Unavailable", "RateLimited", "Rejected", "NotSent"}:
        return f"{error}. What was stored before is kept.", UNAVAILABLE
    if isinstance(error, OSError):
        return _explain_os(error), USAGE if error.errno in _WRONG_NAME else UNAVAILABLE
    return (
        f"Something went wrong that we did not foresee: {kind}: {str(error)[:300]}. What was stored before is kept. "
        "Set GRAPEVINE_DEBUG=1 and run it again to see where; please report it."
    ), UNAVAILABLE


def is_of_database(error: Exception) -> bool:
    """Say whether the database is what went wrong; known by name, so that this module stays quick to import."""
    return type(error).__module__.startswith(("sqlalchemy", "sqlite3", "psycopg"))


_DATABASE_SENTENCES: tuple[tuple[str, str], ...] = (
    (
        "database is locked",
        "The database is in use by another program for more than 30 seconds. Stop that program, or wait, and try again.",
    ),
    ("readonly database", "The database file may only be read. Give this user the right to write the file and its folder."),
    ("disk is full", "The disk is full. Make room and run the same command again; it goes on where it was."),
    ("disk I/O error", "The disk gave an error or is full. Check it, make room, and run the same command again; it goes on where it was."),
    (
        "malformed",
        "The database file is damaged. Nothing was written to it. Stop Grapevine, keep a copy, and restore your last backup.",
    ),
    ("not a database", "The database file is not a SQLite database. Nothing was written to it. Check the --database option."),
    ("unable to open", "The database file cannot be opened. Check that its folder exists and that this user may write there."),
    ("no such table", "The database is not set up yet. Run: monitor migrate"),
    ("does not exist", "The database or its tables do not exist. Create the database, then run: monitor migrate"),
    ("refused", "The database server refuses the connection. Check that it runs, and the address in GRAPEVINE_DATABASE_URL."),
    ("authentication failed", "The database server does not accept this user or password. Check GRAPEVINE_DATABASE_URL."),
    ("could not translate host", "The database server's name is not known. Check GRAPEVINE_DATABASE_URL."),
    ("Name or service not known", "The database server's name is not known. Check GRAPEVINE_DATABASE_URL."),
    ("terminating connection", "The database server was stopped. What was committed is kept; try again when it runs."),
)


def explain_database(message: str) -> str:
    """Return a database's own message in a sentence that says what to do; it never holds the URL, which may hold a password."""
    for mark, sentence in _DATABASE_SENTENCES:
        if mark.casefold() in message.casefold():
            # Of a damaged file nobody can promise what is kept.
            return sentence if "Nothing was written" in sentence else f"{sentence} What was stored before is kept."
    first = message.strip().splitlines()[0] if message.strip() else "no message"
    return f"The database answered with an error: {first[:300]}. What was stored before is kept."


_WRONG_NAME = frozenset({errno.ENOENT, errno.EISDIR, errno.ENOTDIR, errno.ENAMETOOLONG, errno.ELOOP})
"""What is wrong with the words of a command, and not with the machine."""


def _explain_os(error: OSError) -> str:
    name = error.filename or "a file"
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return f"The disk is full while writing {name}. Make room and run the same command again; what was stored before is kept."
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return f"{name} may not be read or written by this user. Change its rights and try again; what was stored before is kept."
    if error.errno == errno.ENOENT:
        return f"{name} does not exist. Check the name and try again; nothing was changed."
    if error.errno == errno.EISDIR:
        return f"{name} is a folder, and a file is needed. Nothing was changed."
    return f"{name}: {error.strerror or error}. What was stored before is kept."


def write_whole(path: Path, text: str) -> None:
    """Write a file whole or not at all: on a full disk, the file that stood there is still there.

    Raises:
        CommandError: its folder does not exist.
    """
    if not path.parent.is_dir():
        raise CommandError(f"There is no folder {path.parent} to write {path.name} in. Nothing was written.", USAGE)
    if path.exists() and not path.is_file():
        # A pipe or a device is written to; only a file can be replaced.
        path.write_text(text, encoding="utf-8")
        return
    real = path.resolve()
    beside = real.with_name(f".{real.name}.{os.getpid()}")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(real)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        beside.unlink(missing_ok=True)


def say(text: str = "") -> None:
    """Print a line for the person."""
    typer.echo(text)


def warn(text: str) -> None:
    """Print a line on standard error."""
    typer.echo(text, err=True)


def print_json(value: Any) -> None:
    """Print a value as one JSON document; dataclasses, times and enums as what they stand for."""
    typer.echo(json.dumps(value, default=plain, ensure_ascii=False, indent=2))


def json_line(value: Any) -> str:
    """Return a value as one line of JSON."""
    return json.dumps(value, default=plain, ensure_ascii=False)


def plain(value: Any) -> Any:
    """Return what JSON can hold for a value of ours; raises TypeError for one that is not."""
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, set | frozenset | tuple):
        return list(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")


def print_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows under headings, as wide as the terminal; what strangers wrote cannot style it. Cells must be safe for a terminal."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold", collapse_padding=True, padding=(0, 2, 0, 0))
    for heading in headings:
        table.add_column(Text(heading), overflow="ellipsis", no_wrap=True)
    for row in rows:
        table.add_row(*[Text(cell) for cell in row])
    # Into a file or a pipe nothing is cut.
    console = Console() if sys.stdout.isatty() else Console(width=400)
    console.print(table)


def batches(rows: Iterable[_Row], size: int) -> Iterator[list[_Row]]:
    """Part rows into lists of `size`, the last one shorter; none is read before the list before it is used."""
    source = iter(rows)
    while batch := list(islice(source, size)):
        yield batch


def each_json_line(path: Path, answer: Callable[[dict[str, Any]], dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Answer each line of a JSONL file ("-" is standard input), in order and number.

    A line that cannot be read, or on which the answer fails, is answered by {"id", "line", "error"}.
    """
    stream = sys.stdin.buffer if str(path) == "-" else path.open("rb")
    with stream:
        for number, raw in enumerate(stream, 1):
            if not raw.strip():
                continue
            found: Any = None
            try:
                found = json.loads(raw.decode("utf-8-sig"))
                if not isinstance(found, dict):
                    raise TypeError("a line must be one JSON object")
                answered = answer(found)
            except Exception as error:  # noqa: BLE001 one bad line must not end the others, and it is answered
                name = found.get("id") if isinstance(found, dict) else None
                answered = {"id": name, "line": number, "error": f"{type(error).__name__}: {str(error)[:300]}"}
            yield answered


def age(since: datetime, now: datetime) -> str:
    """Return how long ago something was: "3 min", "2 h", "4 d"."""
    seconds = max(0, int((now - since).total_seconds()))
    if seconds < 60:
        return f"{seconds} s"
    if seconds < 3600:
        return f"{seconds // 60} min"
    if seconds < 172_800:
        return f"{seconds // 3600} h"
    return f"{seconds // 86_400} d"


def in_utc(since: datetime | None) -> datetime | None:
    """Return a moment that a person gave by their own clock in UTC; at the calendar's edges, where no clock can say, as it stands."""
    if since is None:
        return None
    try:
        return since.astimezone(UTC)
    except (OverflowError, ValueError, OSError):
        return since.replace(tzinfo=UTC)


def until_stopped() -> Callable[[float], bool]:
    """Listen to Ctrl-C and to a stop by the system; the function returned waits so many seconds and says whether to stop."""
    stop = threading.Event()

    def on_stop(_number: int, _frame: object) -> None:
        stop.set()

    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, on_stop)
    return stop.wait
