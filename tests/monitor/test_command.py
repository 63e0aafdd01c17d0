from __future__ import annotations

import errno
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.command import CommandError, age, count, explain, explain_database, plain, until_stopped, write_whole
from monitor.contracts import Unavailable
from monitor.domain import MentionStatus
from monitor.wiring import bare_settings
from tests.terminal import Terminal

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (CommandError("No.", 3), 3, "No."),
        (Unavailable("x: down"), 4, "x: down. What was stored before is kept."),
        (OSError(errno.ENOSPC, "No space", "a.html"), 4, "The disk is full while writing a.html. Make room"),
        (OSError(errno.EACCES, "Denied", "a.html"), 4, "a.html may not be read or written by this user"),
        (OSError(errno.ENOENT, "No such file", "a.csv"), 2, "a.csv does not exist"),
        (OSError(errno.EISDIR, "Is a directory", "a"), 2, "a is a folder"),
        (OSError(errno.EIO, "Input/output error"), 4, "a file: Input/output error. What was stored"),
        (ZeroDivisionError("by zero"), 4, "did not foresee: ZeroDivisionError: by zero. What was stored before is kept."),
    ],
)
def test_an_error_is_said_with_what_was_kept_and_what_to_do(error: Exception, code: int, words: str) -> None:
    sentence, got = explain(error)

    assert code == got
    assert words in sentence


def test_a_database_s_unknown_words_are_passed_on_in_one_line() -> None:
    assert "The database answered with an error: odd. What was stored before is kept." == explain_database("odd\nSELECT secret")
    assert "no message" in explain_database("  ")


def test_a_traceback_is_shown_where_it_is_asked_for(terminal: Terminal) -> None:
    terminal.environment["GRAPEVINE_DEBUG"] = "1"

    with pytest.raises(FileNotFoundError):
        terminal.type("monitor", "import", "not-there.csv")


def test_ages_and_counts_are_said_shortly() -> None:
    ages = [age(NOW - timedelta(seconds=seconds), NOW) for seconds in (-5, 59, 60, 3_600, 172_799, 172_800)]

    assert ["0 s", "59 s", "1 min", "1 h", "47 h", "2 d"] == ages
    assert ["0 rows", "1 row", "2 rows"] == [count(number, "row") for number in range(3)]


def test_values_are_printed_as_what_they_stand_for() -> None:
    values = (MentionStatus.NEW, NOW, timedelta(minutes=1), Path("a"), (1,), bare_settings().networks)

    assert ["new", "2026-03-02T09:00:00+00:00", 60.0, "a", [1], {}] == [plain(value) for value in values]
    with pytest.raises(TypeError, match="object has no JSON form"):
        plain(object())


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "page.html"
    page.write_text("old", encoding="utf-8")
    with pytest.raises(UnicodeEncodeError):
        write_whole(page, "new \ud800")
    kept = page.read_text("utf-8")
    write_whole(page, "new")
    write_whole(Path("/dev/null"), "nothing")

    assert ("old", "new") == (kept, page.read_text("utf-8"))
    assert ["page.html"] == [path.name for path in tmp_path.iterdir()]
    with pytest.raises(IsADirectoryError):
        write_whole(tmp_path, "text")


def test_a_stop_by_the_system_is_heard_by_the_next_wait() -> None:
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        wait = until_stopped()
        first = wait(0)
        signal.raise_signal(signal.SIGTERM)

        assert (False, True) == (first, wait(5))
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
