"""Plays a network in an append-only JSONL file, with locks and fsync, so that publishing can be tried for real; it uses no network.

A person or a test plays the author by adding a line, and the last line about a thing holds:
`{"network": "x", "mention": "1123", "deleted": true}`, `{…, "edited": "the new text"}` or `{…, "answered_by": "waalfiets"}`.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path
from typing import Any, NoReturn, cast

from monitor.contracts import Rejected, Unavailable
from monitor.domain import Mention, Posted, Reply
from monitor.settings import NetworkSettings, Settings
from monitor.text import MAX_TEXT
from responders.contracts import TOO_LATE, NotSent, Standing, seconds_to_send
from responders.limits import Limit, limit_for

PATH = "grapevine-console.jsonl"

LOCK_WAIT = 10.0
"""Seconds to wait for another process that holds the file; well within the half minute a send may take."""

_OURS = b'{"id":'
"""How every line written here begins; a line that begins so and ends too early is what a crash left."""

_CONTROLS = frozenset({"deleted", "edited", "answered_by"})

_PASSING = frozenset({errno.ENOSPC, errno.EMFILE, errno.ENFILE})
"""Reasons not to open the file that go away by themselves: a full disk, too many open files."""


@dataclass(frozen=True, slots=True)
class _Thread:
    """What the file says about one mention: our answer under it, and what became of it."""

    reply: dict[str, Any] | None
    standing: Standing
    replies_in_file: int
    by: frozenset[str]
    """Every account that answered."""


class ConsolePoster:
    """Publishes to a file on this machine as `account`, under the limits of the network it plays."""

    name = "console"

    def __init__(
        self,
        path: Path,
        limit: Limit,
        account: str = "",
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        lock_wait: float = LOCK_WAIT,
    ) -> None:
        self.limit = limit.characters or MAX_TEXT
        self.length = limit.count
        self._path = path.absolute()
        self._account = _handle(account)
        self._clock = clock
        self._lock_wait = lock_wait

    @classmethod
    def from_settings(cls, network: NetworkSettings, settings: Settings) -> ConsolePoster:  # noqa: ARG003 - every poster is built with both
        """Build the poster that plays `network`; two networks may share one file."""
        return cls(Path(network.options.get("path") or PATH), limit_for(network.name), network.account)

    def post(self, reply: Reply) -> Posted:
        """Append exactly `reply.version.text` under the reply's mention, and wait until the disk holds it."""
        text = reply.version.text
        mention = reply.mention.mention
        counted = self.length(text)
        if counted > self.limit:
            raise Rejected(f"console: {mention.network} takes at most {self.limit} characters, and the reply has {counted}")
        with self._locked("ab+") as file:
            content = _read(file)
            thread = self._thread(mention, content)
            if thread.standing is Standing.GONE:
                raise Rejected(f"console: the mention {mention.external_id} on {mention.network} is gone")
            line = {
                "id": f"console-{thread.replies_in_file + 1}",
                "network": mention.network,
                "mention": mention.external_id,
                "account": self._account,
                "at": self._clock().isoformat(),
                "text": text,
            }
            if seconds_to_send() <= 0:
                raise NotSent(f"console: {TOO_LATE}")
            _append(file, content, line)
        return self._posted(line)

    def find(self, reply: Reply) -> Posted | None:
        """Return our first answer under the reply's mention, or None."""
        thread = self._look(reply)
        return None if thread.reply is None else self._posted(thread.reply)

    def standing(self, reply: Reply) -> Standing:
        """Say what became of the mention: gone, answered by our account (here or by hand), edited, or unchanged."""
        return self._look(reply).standing

    def answered_by(self, reply: Reply, handles: Sequence[str]) -> str:
        """Return which of the handles answered, here or by hand."""
        by = self._look(reply).by
        return next((bare for handle in handles if (bare := _handle(handle)) != self._account and bare in by), "")

    def _look(self, reply: Reply) -> _Thread:
        mention = reply.mention.mention
        if not self._path.exists():
            return self._thread(mention, b"")
        with self._locked("rb") as file:
            return self._thread(mention, _read(file))

    def _thread(self, mention: Mention, content: bytes) -> _Thread:
        """Read every line and keep what is about `mention`; the last word about each thing holds."""
        reply: dict[str, Any] | None = None
        said: dict[str, Any] = {}
        accounts = set()
        count = 0
        for line in _lines(content, self._path):
            count += "id" in line
            if line.get("network") != mention.network or str(line.get("mention")) != mention.external_id:
                continue
            if "id" not in line:
                said.update(line)
                continue
            accounts.add(_handle(line.get("account")))
            if reply is None and _handle(line.get("account")) == self._account:
                reply = line
        by = said.get("answered_by")
        if said.get("deleted"):
            standing = Standing.GONE
        elif reply is not None or (by and self._account in {"", _handle(by)}):
            standing = Standing.ANSWERED
        elif "edited" in said and said["edited"] != mention.text:
            standing = Standing.EDITED
        else:
            standing = Standing.UNCHANGED
        return _Thread(reply, standing, count, frozenset({*accounts, _handle(by)} - {""}))

    def _posted(self, line: dict[str, Any]) -> Posted:
        return Posted(line["id"], f"{self._path.as_uri()}#{line['id']}", line["text"], datetime.fromisoformat(line["at"]))

    @contextmanager
    def _locked(self, mode: str) -> Iterator[FileIO]:
        """Open the file under a lock, shared for reading and exclusive for writing; nothing was written where this fails."""
        if self._path.exists() and not self._path.is_file():  # A pipe would hang, a device has no end.
            raise Rejected(f"console: {self._path.name} is no ordinary file")
        try:
            file = cast("FileIO", self._path.open(mode, buffering=0))
        except OSError as error:
            kind = NotSent if error.errno in _PASSING else Rejected
            raise kind(f"console: {self._path.name} cannot be opened: {error.strerror}") from error
        with file:
            self._lock(file, fcntl.LOCK_SH if mode == "rb" else fcntl.LOCK_EX)
            yield file

    def _lock(self, file: FileIO, kind: int) -> None:
        give_up_at = time.monotonic() + self._lock_wait
        while True:
            try:
                return fcntl.flock(file, kind | fcntl.LOCK_NB)
            except BlockingIOError as error:
                if time.monotonic() >= give_up_at:
                    raise NotSent(f"console: another process holds {self._path.name}; nothing was written") from error
                time.sleep(0.02)


def _handle(account: object) -> str:
    """Return an account's name for comparison: without @, in one case."""
    return str(account or "").removeprefix("@").casefold()


def _lines(content: bytes, path: Path) -> Iterator[dict[str, Any]]:
    """Yield each whole line; what a crash left half-written is skipped, what a person mistyped is told."""
    for number, raw in enumerate(content.split(b"\n"), start=1):
        if not raw.strip():
            continue
        try:
            line = json.loads(raw)
        except (ValueError, RecursionError) as error:
            if raw.startswith(_OURS) or _OURS.startswith(raw):
                continue
            raise Rejected(f"console: line {number} of {path.name} is no JSON; mend or remove it") from error
        if not isinstance(line, dict) or not (_is_reply(line) if "id" in line else _CONTROLS & line.keys()):
            raise Rejected(f"console: line {number} of {path.name} is neither a reply nor says deleted, edited or answered_by")
        yield line


def _is_reply(line: dict[str, Any]) -> bool:
    if not all(isinstance(line.get(key), str) for key in ("id", "network", "mention", "account", "at", "text")):
        return False
    with suppress(ValueError):
        return datetime.fromisoformat(line["at"]).tzinfo is not None
    return False


def _read(file: FileIO) -> bytes:
    try:
        file.seek(0)
        return file.readall()
    except OSError as error:
        raise NotSent(f"console: the file cannot be read, and nothing was written: {error.strerror}") from error


def _append(file: FileIO, content: bytes, line: dict[str, Any]) -> None:
    """Write one line and wait for the disk; a write that fails half-way is taken back."""
    try:
        encoded = json.dumps(line, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise Rejected("console: the reply holds half a character (a lone surrogate), which no network takes") from error
    # A half-written line of a crash stays what it is: append-only means that ours begins on a line of its own.
    left = (b"" if not content or content.endswith(b"\n") else b"\n") + encoded + b"\n"
    try:
        while left:
            left = left[file.write(left) :]
    except OSError as error:
        _take_back(file, len(content), error)
    try:
        os.fsync(file.fileno())
    except OSError as error:
        raise Unavailable(f"console: nobody knows whether the disk holds the reply: {error.strerror}") from error


def _take_back(file: FileIO, length: int, cause: OSError) -> NoReturn:
    try:
        file.truncate(length)
    except OSError as error:
        raise Unavailable(f"console: the reply may be half-written: {error.strerror}") from cause
    raise NotSent(f"console: nothing was written: {cause.strerror}") from cause
