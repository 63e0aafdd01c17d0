"""Sets up logging: one readable line for each event, or JSON; what is logged is decided where it happens.

Nothing that leaves here holds a secret, and from INFO up nobody's name and nobody's text: a mention or reply is logged by its id.
"""

from __future__ import annotations

import json
import logging
import os
import re
import sys
import traceback
from collections.abc import Iterable, Mapping
from dataclasses import is_dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from monitor.domain import Author, Draft, Mention, Reply, StoredMention, Version

HIDDEN = "[secret]"

MAX_LINE = 4_000
"""Characters of one message that are kept; a hostile error text may be a megabyte."""
MAX_TRACE = 100
"""Lines of a traceback that are kept; a hostile error text may have a thousand."""

_SECRET_NAME = re.compile(
    r"(?:TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|API_?KEY|ACCESS_KEY|PRIVATE_KEY|ROUTING_KEY|WEBHOOK|CREDENTIAL)S?(?:_URL)?$", re.IGNORECASE
)
_SECRET_OF_AN_ACCOUNT = re.compile(_SECRET_NAME.pattern.removesuffix("$") + "(?:_[A-Z0-9_]{1,40})?$")
"""In the environment the name of an account may follow, as in X_ACCESS_TOKEN_ACME."""
_SHORTEST_SECRET = 6
"""A shorter value would blank out ordinary words wherever they stand."""

# Each has a fixed beginning and one run of one class of characters, so that a search stays linear on hostile text.
_TOKEN_SHAPES = (
    re.compile(r"\bxox[a-z]-[\w-]{8,}|\bxapp-[\w-]{8,}"),
    re.compile(r"\bgh[a-z]_\w{16,}|\bgithub_pat_\w{16,}"),
    re.compile(r"\bsk-[\w-]{16,}"),
    re.compile(r"\beyJ[\w-]{8,}\.[\w.-]+"),
    re.compile(r"\bhooks\.slack\.com/[\w/]+"),
)
_AFTER_NAME = re.compile(
    r"(?i)((?:bearer|basic)\s|\b(?:access_token|refresh_token|client_secret|api_?key|password|secret|token|signature)[\"']?\s?[=:]\s?[\"']?)"
    r"([^\s\"'&,;]{4,})"
)
_IN_URL = re.compile(r"(\w://[^\s/:@]{0,256}:)[^\s/@]{1,256}(?=@)")
_LONG_RUN = re.compile(r"(?<![\w%+-])[\w%+-]{32,}")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_PERSONAL = frozenset({"author", "handle", "text", "mention", "reply", "draft", "version"})
_TALKATIVE = (
    "alembic",
    "apscheduler",
    "asyncio",
    "dbos",
    "httpcore",
    "httpx",
    "httpx2",
    "prawcore",
    "slack_bolt",
    "slack_sdk",
    "sqlalchemy",
    "tweepy",
    "urllib3",
)
"""Libraries that log each request, some with its headers; only their warnings are of use to our readers."""


def configure(
    level: int | str,
    process: str,
    stream: TextIO | None = None,
    *,
    environment: Mapping[str, str] | None = None,
    secrets: Iterable[str] = (),
) -> None:
    """Send every log line of this process to `stream` (stderr where None); calling it again replaces the earlier set-up.

    A line is for people; it is JSON where GRAPEVINE_LOG=json and `stream` is no terminal. `secrets` names further environment variables
    whose values never appear; those whose name ends like a secret's (…_TOKEN, …_PASSWORD, …) are hidden anyway.
    Raises ValueError for an unknown level.
    """
    number = logging.getLevelNamesMapping().get(level.upper()) if isinstance(level, str) else level
    if number is None:
        raise ValueError(f"the log level {level!r} is unknown; choose debug, info, warning or error")
    environment = os.environ if environment is None else environment
    stream = sys.stderr if stream is None else stream
    redactor = Redactor.from_environment(environment, secrets)
    handler = _Handler(stream)
    handler.addFilter(without_people)
    terminal = stream.isatty()
    if environment.get("GRAPEVINE_LOG", "").casefold() == "json" and not terminal:
        handler.setFormatter(_JsonLine(redactor, process))
    else:
        # Honcho writes the time and the process before each line; saying both twice is noise.
        prefix = "" if "HONCHO_PROCESS_NAME" in environment else process
        handler.setFormatter(_PlainLine(redactor, prefix, colour=terminal and not environment.get("NO_COLOR")))
    root = logging.getLogger()
    for old in [one for one in root.handlers if isinstance(one, _Handler)]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(number)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    # DBOS adds a handler of its own, past our filters, unless its logger has one already.
    dbos = logging.getLogger("dbos")
    if not dbos.handlers:
        dbos.addHandler(logging.NullHandler())


class Redactor:
    """Blanks out known secrets and whatever is shaped like one; linear in the length of the text."""

    def __init__(self, values: Iterable[str] = ()) -> None:
        longest_first = sorted({value for value in values if len(value) >= _SHORTEST_SECRET}, key=len, reverse=True)
        self._values = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str], names: Iterable[str] = ()) -> Redactor:
        """Take the values of the variables that are named, or whose name ends as a secret's does, or as one of an account."""
        known = set(names)
        return cls(value.strip() for name, value in environment.items() if name in known or _SECRET_OF_AN_ACCOUNT.search(name))

    def __call__(self, text: str) -> str:
        """Return `text` with every secret replaced by a visible mark."""
        if self._values is not None:
            text = self._values.sub(HIDDEN, text)
        for shape in _TOKEN_SHAPES:
            text = shape.sub(HIDDEN, text)
        text = _AFTER_NAME.sub(rf"\1{HIDDEN}", text)
        text = _IN_URL.sub(rf"\1{HIDDEN}", text)
        return _LONG_RUN.sub(lambda run: HIDDEN if _looks_random(run.group()) else run.group(), text)


def _looks_random(run: str) -> bool:
    """Tell a token from a long word, a file's name or a hash: a token mixes lower case, upper case and digits."""
    return any(c.islower() for c in run) and any(c.isupper() for c in run) and any(c.isdigit() for c in run)


def without_people(record: logging.LogRecord) -> bool:
    """Replace people's names and texts by ids in every record from INFO up; a filter that never drops a line."""
    if record.levelno < logging.INFO:
        return True
    if isinstance(record.args, Mapping):
        record.args = {key: _by_id(value) for key, value in record.args.items()}
    elif record.args:
        record.args = tuple(_by_id(value) for value in record.args)
    if not isinstance(record.msg, str):
        record.msg = _by_id(record.msg)
    for key in _PERSONAL & vars(record).keys():
        value = getattr(record, key)
        short = _by_id(value)
        setattr(record, key, short if short is not value or isinstance(value, int) else "[not logged]")
    return True


def _by_id(value: Any) -> Any:
    """Name a noun of ours by its id and any other dataclass by its kind, since its repr holds texts; other values stay what they are."""
    match value:
        case Reply():
            return f"reply {value.id}"
        case StoredMention():
            return f"mention {value.id}"
        case Mention():
            return f"mention {value.network}/{value.external_id}"
        case Version():
            return f"version {value.sha256[:12]}"
        case Author():
            return "an author"
        case Draft():
            return "a draft"
        case list() | tuple() | set() | frozenset():
            return [_by_id(one) for one in value]
        case dict():
            return {key: _by_id(one) for key, one in value.items()}
        case _ if is_dataclass(value) and not isinstance(value, type):
            return type(value).__name__
        case _:
            return value


class _Handler(logging.StreamHandler[TextIO]):
    """Our one handler; a reader that went away (a closed pipe) is no reason to fail."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name is logging's
        if not self.stream.closed and not isinstance(sys.exc_info()[1], OSError):
            super().handleError(record)


class _Line(logging.Formatter):
    """What both kinds of line share: one line, safe to print, without secrets, at most MAX_LINE long."""

    def __init__(self, redactor: Redactor, process: str) -> None:
        super().__init__()
        self._redactor = redactor
        self._process = process

    def _safe(self, text: str) -> str:
        # Cut twice: after the first, wide cut half a token may stand at the end, which the second one takes off.
        text = self._redactor(text[: 2 * MAX_LINE])
        text = _UNPRINTABLE.sub(lambda sign: " ⏎ " if sign.group() == "\n" else f"\\u{ord(sign.group()):04x}", text.strip())
        return text if len(text) <= MAX_LINE else text[: MAX_LINE - 1] + "…"


class _PlainLine(_Line):
    """`08:15:02 monitor  read 12 mentions`, with the level where it is a warning or worse."""

    _COLOURS: Mapping[int, str] = {logging.WARNING: "\x1b[33m", logging.ERROR: "\x1b[31m", logging.CRITICAL: "\x1b[1;31m"}

    def __init__(self, redactor: Redactor, process: str, *, colour: bool) -> None:
        super().__init__(redactor, process)
        self._colour = colour

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, without its newline."""
        message = record.getMessage()
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            message = f"{message}: {_in_one_line(error)}"
        level = f"{record.levelname.lower()}: " if record.levelno >= logging.WARNING or record.levelno < logging.INFO else ""
        line = level + self._safe(message)
        start = self._COLOURS.get(record.levelno, "") if self._colour else ""
        if start:
            line = f"{start}{line}\x1b[0m"
        if not self._process:
            return line
        return f"{datetime.fromtimestamp(record.created).astimezone():%H:%M:%S} {self._process}  {line}"


class _JsonLine(_Line):
    """One JSON object: at, level, process, logger, message; error and traceback where there is one; `extra` fields as given."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, without its newline."""
        fields: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "process": self._process,
            "logger": record.name,
            "message": self._safe(record.getMessage()),
        }
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            fields["error"] = self._safe(f"{type(error).__name__}: {error}")
            trace = "".join(traceback.format_exception(error)).splitlines()
            fields["traceback"] = [self._safe(line) for line in trace[:MAX_TRACE]]
        for key, value in vars(record).items():
            if key not in _STANDARD and key not in fields:
                plain = value is None or isinstance(value, (bool, int, float))
                fields[key] = HIDDEN if _SECRET_NAME.search(key) else value if plain else self._safe(str(value))
        return json.dumps(fields, ensure_ascii=False)


def _in_one_line(error: BaseException) -> str:
    """Say what went wrong and where, innermost frame first: `ValueError: no cursor (store.py:88 < pipeline.py:41)`."""
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    where = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
    said = f"{type(error).__name__}: {error}".removesuffix(": ")
    return f"{said} ({where})" if where else said
