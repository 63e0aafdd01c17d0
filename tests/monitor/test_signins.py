"""A session is kept over a restart in a file of our own, and what is damaged, foreign or refused is as good as none."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from monitor.contracts import Rejected, Unavailable
from monitor.signins import Session, SessionFile, SignIn, session_file
from tests.builders import NOW
from tests.papers import ROOT

HOUR = timedelta(hours=1)


class Network:
    """Gives sessions that are numbered, two hours each, and takes back the one before."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.now = NOW
        self.refusing: set[str] = set()
        self.trouble: Exception | None = None

    def give(self, how: str) -> Session:
        if self.trouble:
            raise self.trouble
        self.asked.append(how)
        return Session(f"session {len(self.asked)}", self.now, self.now + 2 * HOUR)

    def renew(self, old: str) -> Session:
        if old in self.refusing:
            raise Rejected("it does not know this session")
        return self.give(f"renew {old}")

    def process(self, path: Path | None, login: str = "jo\nhidden") -> SignIn:
        """Return what one process has; a restart makes a new one."""
        file = SessionFile(path, login) if path else None
        return SignIn(file, renew=self.renew, sign_in=lambda: self.give("sign in"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "network-read.session"


@pytest.fixture
def network() -> Network:
    return Network()


def used(sign_in: SignIn, now: datetime = NOW) -> tuple[str, bool]:
    session, fresh = sign_in.session(now)
    return session.text, fresh


def test_a_restart_uses_what_was_kept(network: Network, path: Path) -> None:
    first = used(network.process(path))

    assert ("session 1", True) == first
    assert [("session 1", False)] * 2 == [used(network.process(path), NOW + timedelta(minutes=minutes)) for minutes in (1, 59)]
    assert ["sign in"] == network.asked


def test_an_old_session_is_renewed_and_only_one_that_is_refused_is_signed_in_for_anew(network: Network, path: Path) -> None:
    process = network.process(path)
    used(process)
    network.now = NOW + HOUR
    renewed = used(process, network.now)
    network.now = NOW + timedelta(days=90)
    network.refusing = {"session 2"}

    assert ("session 2", True) == renewed
    assert ("session 3", True) == used(network.process(path), network.now)
    assert ["sign in", "renew session 1", "sign in"] == network.asked


def test_a_session_that_was_not_accepted_is_renewed(network: Network, path: Path) -> None:
    process = network.process(path)
    first, _ = process.session(NOW)
    process.refuse(first)

    assert ("session 2", True) == used(process)
    process.refuse(first)
    assert ("session 2", False) == used(process)
    assert ["sign in", "renew session 1"] == network.asked


def test_of_two_brands_that_are_read_at_once_one_signs_in(network: Network, path: Path) -> None:
    process, found = network.process(path), []
    threads = [threading.Thread(target=lambda: found.append(used(process)[0])) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (["session 1"] * 8, ["sign in"]) == (found, network.asked)


def test_trouble_with_renewing_costs_no_sign_in(network: Network, path: Path) -> None:
    process = network.process(path)
    used(process)
    network.trouble = Unavailable("not now")
    with pytest.raises(Unavailable):
        used(process, NOW + HOUR)
    network.trouble, network.now = None, NOW + HOUR

    assert ("session 2", True) == used(process, NOW + HOUR)


def test_of_two_processes_one_takes_what_the_other_renewed(network: Network, path: Path) -> None:
    one, other = network.process(path), network.process(path)
    used(one), used(other)
    network.now = NOW + HOUR
    used(one, network.now)

    assert ("session 2", False) == used(other, network.now)
    assert ["sign in", "renew session 1"] == network.asked


def test_where_two_renew_at_once_the_slower_takes_what_the_faster_got(network: Network, path: Path) -> None:
    slow = network.process(path)
    used(slow)
    network.now = NOW + HOUR

    def overtaken(old: str) -> Session:
        used(network.process(path), network.now)
        network.refusing = {old}
        return network.renew(old)

    slow._renew = overtaken

    assert ("session 2", False) == used(slow, network.now)
    assert ["sign in", "renew session 1"] == network.asked


WRITER = """
import sys
import threading
from datetime import timedelta
from pathlib import Path
from monitor.signins import Session, SessionFile
from tests.builders import NOW
from tests.papers import ROOT
for number in range(300):
    text = sys.argv[2] * (1 + number * 50)
    SessionFile(Path(sys.argv[1]), "jo").write(Session(text, NOW, NOW + timedelta(hours=2)))
"""


def test_two_processes_that_write_at_once_leave_one_whole_session(path: Path) -> None:
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(path), letter], cwd=ROOT) for letter in "ab"]
    seen = []
    while any(writer.poll() is None for writer in writers):
        if path.exists():
            seen.append(SessionFile(path, "jo").read())

    assert [0, 0] == [writer.returncode for writer in writers]
    assert seen
    assert all(session is not None and len(set(session.text)) == 1 for session in seen)
    assert [path] == list(path.parent.iterdir())


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"login": 1}',
        b"\xff" * 99,
        b"[" * 100_000,
        b"x" * 100_000,
        b'{"login": "LOGIN", "since": 1e99, "until": 1, "session": "a"}',
        b'{"login": "LOGIN", "since": 1, "until": 2, "session": ["a"]}',
        b'{"login": "LOGIN", "since": 1, "until": 2}',
        b'{"login": "LOGIN", "since": 9999999999, "until": 99999999999, "session": "from the future"}',
    ],
)
def test_a_damaged_file_is_as_good_as_none_and_is_mended(network: Network, path: Path, damage: bytes) -> None:
    path.write_bytes(damage.replace(b"LOGIN", SessionFile(path, "jo\nhidden")._login.encode()))
    path.chmod(0o600)

    assert ("session 1", True) == used(network.process(path))
    assert ("session 1", False) == used(network.process(path))


def test_a_file_that_others_may_read_or_that_is_a_link_is_not_trusted(network: Network, path: Path, tmp_path: Path) -> None:
    used(network.process(path))
    path.chmod(0o640)
    again = used(network.process(path))
    kept = path.rename(tmp_path / "elsewhere")
    path.symlink_to(kept)

    assert ("session 2", True) == again
    assert ("session 3", True) == used(network.process(path))
    assert (False, 0o600) == (path.is_symlink(), stat.S_IMODE(path.stat().st_mode))


def test_another_password_has_another_session(network: Network, path: Path) -> None:
    used(network.process(path))

    assert ("session 2", True) == used(network.process(path, "jo\nchanged"))


def test_the_file_is_ours_alone_from_its_first_byte_and_names_no_secret(network: Network, path: Path) -> None:
    before = os.umask(0)
    try:
        used(network.process(path))
    finally:
        os.umask(before)

    assert 0o600 == stat.S_IMODE(path.stat().st_mode)
    assert [path] == list(path.parent.iterdir())
    assert b"hidden" not in path.read_bytes()
    assert "session 1" not in repr(SessionFile(path, "jo\nhidden").read())


def test_what_a_killed_process_left_half_written_is_cleared_up(network: Network, path: Path) -> None:
    old, new = (path.parent / f".{path.name}.{name}" for name in ("old", "new"))
    for left, age in ((old, 61), (new, 59)):
        left.write_text("half")
        os.utime(left, (NOW.timestamp() - age,) * 2)
    used(network.process(path))

    assert {path, new} == set(path.parent.iterdir())


def test_where_nothing_can_be_written_the_session_lives_in_memory_and_that_is_told(
    network: Network, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    process = network.process(path / "no folder" / "x.session")
    told = (used(process), used(process), caplog.text)
    path.mkdir()
    (path / "in the way").touch()
    used(network.process(path))

    assert (("session 1", True), ("session 1", False)) == told[:2]
    assert "a restart signs in anew" in told[2]
    assert [path] == list(path.parent.iterdir())
    assert "session 1" not in caplog.text


def test_without_a_file_a_session_lives_in_memory(network: Network) -> None:
    process = network.process(None)

    assert [("session 1", True), ("session 1", False)] == [used(process), used(process)]
    network.now = NOW + HOUR
    assert ("session 2", True) == used(process, network.now)


def test_a_short_life_is_used_up_by_half() -> None:
    session = Session("x", NOW, NOW + timedelta(minutes=10))

    assert [True, False] == [session.holds(NOW + timedelta(minutes=minutes)) for minutes in (4, 5)]


@pytest.mark.parametrize(
    ("url", "folder"),
    [
        ("sqlite:///grapevine.db", "."),
        ("sqlite:////srv/there/grapevine.db?timeout=3", "/srv/there"),
        ("sqlite:///:memory:", "."),
        ("sqlite://", "."),
        ("postgresql+psycopg://jo:hidden@db/grapevine", "."),
    ],
)
def test_the_file_lies_beside_the_database_or_in_the_working_folder(url: str, folder: str) -> None:
    reading, posting = (session_file(url, "network", use, "https://a.example", ("jo", "hidden")) for use in ("read", "post"))

    assert reading is not None
    assert posting is not None
    assert {Path(folder)} == {file._path.parent for file in (reading, posting)}
    assert reading._path.name.startswith("network-read-")
    assert reading._path != posting._path


def test_without_a_database_nothing_is_kept() -> None:
    assert session_file("", "network", "read", "https://a.example", ("jo", "hidden")) is None
