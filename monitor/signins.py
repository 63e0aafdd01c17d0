"""Keeps the session that a network gave us at signing in, in a file that we alone may read: a restart then signs in nowhere anew.

A session opens our account, so it stands in no database, where it would lie beside content, come into backups and be moved; and in no log.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import stat
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock

from monitor.contracts import Rejected

logger = logging.getLogger(__name__)

USED_FOR = timedelta(hours=1)
"""So long a session is used before it is renewed, or for half of its life where that is shorter: it never ends in the midst of a send."""
LONGEST = 64_000
"""A longer file is none of ours."""
_ABANDONED = 60.0
"""Seconds after which a file that is half written belongs to a process that was killed."""


@dataclass(frozen=True, slots=True)
class Session:
    """What a network gave us at signing in; whoever has it can act as us."""

    text: str = field(repr=False)
    since: datetime
    until: datetime

    def holds(self, now: datetime) -> bool:
        """Say whether it may be used without asking for a new one."""
        return self.since <= now < self.since + min(USED_FOR, (self.until - self.since) / 2)


class SessionFile:
    """One session in one file of mode 600; what is damaged, or anybody else may read or has written, is as good as none."""

    def __init__(self, path: Path, login: str) -> None:
        self._path = path
        self._login = hashlib.sha256(login.encode()).hexdigest()

    def read(self) -> Session | None:
        """Return the session of this login; None where there is none that we could trust."""
        try:
            handle = os.open(self._path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
            with os.fdopen(handle, "rb") as file:
                known = os.fstat(handle)
                if not stat.S_ISREG(known.st_mode) or known.st_mode & 0o077 or known.st_uid != os.geteuid():
                    return None
                kept = json.loads(file.read(LONGEST))
            if kept["login"] != self._login:
                return None
            since, until = (datetime.fromtimestamp(int(kept[name]), UTC) for name in ("since", "until"))
            return Session(kept["session"], since, until) if isinstance(kept["session"], str) else None
        except (OSError, ValueError, TypeError, KeyError, OverflowError, RecursionError):
            return None

    def write(self, session: Session) -> None:
        """Put a session into the file, whole or not at all; where that cannot be, it is told, and lives in memory alone."""
        kept = {"login": self._login, "since": int(session.since.timestamp()), "until": int(session.until.timestamp())}
        beside = ""
        try:
            self._clear_up(session.since)
            # Mode 600 from the first byte on.
            handle, beside = tempfile.mkstemp(dir=self._path.parent, prefix=f".{self._path.name}.")
            with os.fdopen(handle, "w", encoding="ascii") as file:
                json.dump(kept | {"session": session.text}, file)
                file.flush()
                os.fsync(handle)
            Path(beside).replace(self._path)
        except OSError as error:
            if beside:
                with suppress(OSError):
                    Path(beside).unlink()
            where = "%s cannot be written (%s), so a restart signs in anew; some networks allow few sign-ins a day"
            logger.warning(where, self._path, error.strerror)

    def _clear_up(self, now: datetime) -> None:
        """Delete what a process left that was killed while it wrote."""
        for left in self._path.parent.glob(f".{self._path.name}.*"):
            with suppress(OSError):
                if now.timestamp() - left.stat().st_mtime > _ABANDONED:
                    left.unlink()


class SignIn:
    """Gives the session to use: from memory, from the file, renewed, or by signing in, in this order."""

    def __init__(
        self,
        file: SessionFile | None,
        *,
        renew: Callable[[str], Session],
        sign_in: Callable[[], Session],
        is_sound: Callable[[str], bool] = bool,
    ) -> None:
        self._file = file
        self._is_sound = is_sound
        self._renew = renew
        self._sign_in = sign_in
        self._session: Session | None = None
        self._refused = ""
        # Two brands may be read at once: one signs in, the other waits for it.
        self._lock = Lock()

    def session(self, now: datetime) -> tuple[Session, bool]:
        """Return the session to use, and whether the network gave it to us just now; raises what renewing and signing in raise."""
        with self._lock:
            return self._find(now)

    def refuse(self, session: Session) -> None:
        """Note that a session was not accepted: the next one is renewed, or signed in for."""
        if self._session is not None and self._session.text == session.text:
            self._refused = session.text
            self._session = Session(session.text, session.since, session.since)

    def take(self, session: Session) -> Session:
        """Use and keep a session that the network gave us."""
        self._session, self._refused = session, ""
        if self._file:
            self._file.write(session)
        return session

    def _find(self, now: datetime) -> tuple[Session, bool]:
        if self._session is not None and self._session.holds(now):
            return self._session, False
        kept = self._kept(now)
        if kept is not None and kept.text != self._refused and kept.holds(now):
            self._session = kept
            return kept, False
        old = kept or self._session
        if old is not None:
            try:
                return self.take(self._renew(old.text)), True
            except Rejected:
                # Another process may have renewed it meanwhile, and what we had is worth nothing then.
                again = self._kept(now)
                if again is not None and again.text not in (old.text, self._refused) and again.holds(now):
                    self._session = again
                    return again, False
        return self.take(self._sign_in()), True

    def _kept(self, now: datetime) -> Session | None:
        kept = self._file.read() if self._file else None
        return kept if kept is not None and kept.since <= now and self._is_sound(kept.text) else None


def session_file(database_url: str, network: str, use: str, place: str, login: tuple[str, str]) -> SessionFile | None:
    """Return the file for a login, beside the database where that is a file, else in the working folder; None where there is neither.

    `use` keeps apart what reads and what posts: neither process has the other's session. Another password needs another session.
    """
    if not database_url:
        return None
    scheme, _, rest = database_url.partition(":///")
    file = rest.partition("?")[0]
    folder = Path(file).parent if scheme.startswith("sqlite") and file and ":memory:" not in file else Path()
    mark = hashlib.sha256("\n".join((place, login[0])).encode()).hexdigest()[:12]
    return SessionFile(folder / f"{network}-{use}-{mark}.session", "\n".join((place, *login)))
