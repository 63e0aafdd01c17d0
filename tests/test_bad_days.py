"""Proves that bad input and bad days end in a clear sentence and the right exit code, and that nothing is lost by them.

A full disk is a tmpfs of one megabyte in a mount namespace of its own, and a limit on the size of files where that is not allowed; files
that may not be read or written are made so by their mode, for a process that lacks root's right to read them all the same.
"""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.steps import HONEST, ask, database, import_posts, one_that_waits, post, published, write
from tests.terminal import Process, Terminal


def _put_the_log_away(database: Path) -> None:
    """Write what stands in SQLite's log into the file itself, so that the file alone is the whole database."""
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


# Configuration


def _without_folder(config: Path) -> None:
    shutil.rmtree(config)


def _empty_brands(config: Path) -> None:
    (config / "brands.toml").write_bytes(b"")


def _no_toml(config: Path) -> None:
    (config / "brands.toml").write_text('[[brand]]\nid = "a\n', encoding="utf-8")


def _no_utf8(config: Path) -> None:
    (config / "brands.toml").write_bytes(b"# \x80\x81\n")


def _a_folder(config: Path) -> None:
    (config / "brands.toml").unlink()
    (config / "brands.toml").mkdir()


def _two_of_one_name(config: Path) -> None:
    text = (config / "brands.toml").read_text("utf-8")
    (config / "brands.toml").write_text(text + text.replace('id = "waalfiets"', 'id = "waalfiets2"'), encoding="utf-8")


def _no_such_zone(config: Path) -> None:
    text = (config / "brands.toml").read_text("utf-8")
    (config / "brands.toml").write_text(text.replace('"Europe/Amsterdam"', '"Europe/Nijmegen"'), encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "sentences"),
    [
        (_without_folder, ["config: there is no such folder", "monitor init"]),
        (_empty_brands, ["config/brands.toml: is empty", "at least one [[brand]]"]),
        (_no_toml, ["config/brands.toml:2:"]),
        (_no_utf8, ["config/brands.toml:1: holds a sign that is not UTF-8", "choose UTF-8 when saving"]),
        (_a_folder, ["config/brands.toml: is a folder, and should be a file"]),
        (_two_of_one_name, ['"Waalfiets" is already the name of another brand, on line', "give each its own"]),
        (_no_such_zone, ['"Europe/Nijmegen" is not a time zone']),
    ],
)
def test_a_configuration_that_is_wrong_is_told_with_file_and_line_and_nothing_is_started(
    spoil: Callable[[Path], None], sentences: list[str], terminal: Terminal
) -> None:
    spoil(terminal.folder / "config")
    before = database(terminal).read_bytes()
    for command in (("monitor", "run"), ("monitor", "import", "posts.jsonl"), ("responders", "run"), ("responders", "list")):
        done = terminal.type(*command)

        assert (2, "") == (done.code, done.out)
        assert "nothing was started or changed" in done.err
        assert [] == [sentence for sentence in sentences if sentence not in done.err]
    checked = terminal.type("monitor", "check")

    assert 1 == checked.code
    assert "FAIL  configuration: " in checked.out
    assert before == database(terminal).read_bytes()


def test_a_template_with_an_unknown_blank_is_told_before_a_reply_could_hold_it(terminal: Terminal) -> None:
    template = (terminal.folder / "config" / "replies" / "en.toml").read_text("utf-8")
    line = next(number for number, text in enumerate(template.splitlines(), 1) if "{subject}" in text and not text.startswith("#"))
    lines = template.splitlines(keepends=True)
    lines[line - 1] = lines[line - 1].replace("{subject}", "{subjekt}", 1)
    write(terminal, "config/replies/en.toml", "".join(lines))
    for command in (("responders", "run"), ("responders", "draft", "--text", "my lock is broken")):
        done = terminal.type(*command)

        assert (2, "") == (done.code, done.out)
        assert "nothing was started or changed" in done.err
        assert f"config/replies/en.toml:{line}:" in done.err
        assert "{subjekt}" in done.err
        assert "{subject}" in done.err


def _mortal() -> list[str]:
    """Return what must stand before a command so that the mode of a file holds for it too; root may otherwise do everything."""
    if os.geteuid() != 0:
        return []
    setpriv = shutil.which("setpriv")
    rights = "-dac_override,-dac_read_search"
    drop = [setpriv or "", f"--bounding-set={rights}", f"--inh-caps={rights}"]
    if setpriv is None or subprocess.run([*drop, "true"], capture_output=True).returncode:
        pytest.skip("run by root, and without a setpriv that gives up root's right to read and write everything")
    return drop


def test_a_configuration_that_may_not_be_read_is_told(terminal: Terminal) -> None:
    (terminal.folder / "config" / "brands.toml").chmod(0)
    done = terminal.run("monitor", "status", before=_mortal())

    assert (2, "") == (done.code, done.out)
    assert "config/brands.toml" in done.err
    assert "nothing was started or changed" in done.err


# The database


def _newer(file: Path) -> None:
    connection = sqlite3.connect(file)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    _put_the_log_away(file)


def _damaged(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[4096:] = bytes(index * 7 & 255 for index in range(4096, len(content)))
    file.write_bytes(content)


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:50_000])


def _something_else(file: Path) -> None:
    file.write_bytes(b"Dear diary, this is no database at all. " * 200)


@pytest.mark.parametrize(
    ("spoil", "sentences"),
    [
        (_newer, ["migrated by a newer version", "9999", "nothing was changed", "Install that newer version, or restore the backup"]),
        (_damaged, ["The database file is damaged", "Nothing was written to it", "keep a copy", "restore your last backup"]),
        (_cut, ["The database file is damaged", "Nothing was written to it", "keep a copy", "restore your last backup"]),
        (_something_else, ["is not a SQLite database", "Nothing was written to it", "Check the --database option"]),
    ],
)
def test_a_database_that_cannot_be_used_is_left_as_it_is(spoil: Callable[[Path], None], sentences: list[str], terminal: Terminal) -> None:
    spoil(database(terminal))
    before = database(terminal).read_bytes()
    for command in (
        ("monitor", "run"), ("monitor", "migrate"), ("monitor", "poll", "--once"), ("monitor", "status"), ("responders", "run"),
        ("responders", "approve", "1", "--version", "12345678", "--as", "Els Kamps"),
    ):  # fmt: skip
        done = terminal.type(*command)

        assert (4, "") == (done.code, done.out)
        assert [] == [sentence for sentence in sentences if sentence not in done.err]
    checked = terminal.type("monitor", "check", "--offline")

    assert 1 == checked.code
    assert f"FAIL  database: {done.err.strip()}" in checked.out
    assert before == database(terminal).read_bytes()


def test_a_database_that_is_not_there_yet_is_told_with_the_command_that_makes_it(terminal: Terminal) -> None:
    database(terminal).unlink()
    done = terminal.type("responders", "list")

    assert (4, "There is no database at grapevine.db yet. Run: monitor migrate\n") == (done.code, done.err)
    assert not database(terminal).exists()


@pytest.mark.parametrize(
    ("url", "code", "sentence"),
    [
        ("sqlite:///nowhere/grapevine.db", 4, "cannot be opened. Check that its folder exists"),
        ("mysql://root@localhost/x", 2, "not the address of an SQLite or PostgreSQL database"),
        ("postgresql://els:geheim@127.0.0.1:1/x", 4, "The database server refuses the connection. Check that it runs"),
    ],
)
def test_an_address_that_leads_to_no_database_is_told_without_its_password(url: str, code: int, sentence: str, terminal: Terminal) -> None:
    done = terminal.type("monitor", "migrate", "--database", url)

    assert (code, "") == (done.code, done.out)
    assert sentence in done.err
    assert "geheim" not in done.err


def test_a_database_that_may_only_be_read_keeps_all_it_has(terminal: Terminal) -> None:
    import_posts(terminal, post("1"))
    _put_the_log_away(database(terminal))
    before, drop = ask(terminal, "SELECT * FROM mentions"), _mortal()
    database(terminal).chmod(0o444)
    done = terminal.run("responders", "pause", "--as", "Els Kamps", before=drop)

    assert (4, "") == (done.code, done.out)
    assert "may only be read. Give this user the right to write the file and its folder. What was stored before is kept." in done.err
    assert before == ask(terminal, "SELECT * FROM mentions")


@pytest.mark.slow
def test_a_database_in_use_by_another_program_is_waited_for_and_then_told(terminal: Terminal) -> None:
    import_posts(terminal, post("1"))
    write(terminal, "more.jsonl", json.dumps(post("2")) + "\n")
    other = sqlite3.connect(database(terminal), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    # Reading goes on meanwhile: a look at the queue must not wait for a writer.
    waiting = terminal.start("monitor", "import", "more.jsonl")
    read = terminal.type("monitor", "status", "--json")
    done = waiting.end()
    other.rollback()
    other.close()

    assert 0 == read.code
    assert {"queued": 1} == read.json["mentions"]
    assert (4, "") == (done.code, done.out)
    assert "in use by another program for more than 30 seconds. Stop that program, or wait, and try again. What was stored" in done.err
    assert "more.jsonl: 1 row read, 1 new, 0 known already" in terminal.type("monitor", "import", "more.jsonl").out


MANY = 6_000


def _many_rows(terminal: Terminal) -> int:
    write(terminal, "many.jsonl", "".join(json.dumps(post(str(n), f"Waalfiets {n} " + "x" * 400)) + "\n" for n in range(MANY)))
    return MANY


def test_a_disk_that_fills_up_keeps_what_was_stored_and_the_same_command_goes_on_later(terminal: Terminal) -> None:
    rows = _many_rows(terminal)
    limit = 3 * 2**20
    done = terminal.run("monitor", "import", "many.jsonl", preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))

    [[kept]] = ask(terminal, "SELECT count(*) FROM mentions")

    assert (4, "") == (done.code, done.out)
    assert "The disk gave an error or is full. Check it, make room, and run the same command again" in done.err
    assert "What was stored before is kept." in done.err
    assert isinstance(kept, int)
    assert 0 < kept < rows
    assert [("ok",)] == ask(terminal, "PRAGMA integrity_check")

    again = terminal.run("monitor", "import", "many.jsonl")

    assert (0, f"many.jsonl: {rows} rows read, {rows - kept} new, {kept} known already, 0 not about a brand of yours.\n") == (
        again.code,
        again.out,
    )


def test_a_disk_that_is_really_full_is_named(terminal: Terminal, tmp_path: Path) -> None:
    apart = ["unshare", "--mount", "--map-root-user"]
    if shutil.which("unshare") is None or subprocess.run([*apart, "true"], capture_output=True).returncode:
        pytest.skip("this machine lets nobody mount a small disk of their own")
    _many_rows(terminal)
    small = tmp_path / "small"
    small.mkdir()
    script = 'mount -t tmpfs -o size=1m tmpfs "$0" && cp grapevine.db "$0" && shift 0 && "$@"; code=$?; cp "$0"/grapevine.db* .; exit $code'
    shell = [*apart, "sh", "-c", script, str(small)]
    done = terminal.run("monitor", "import", "many.jsonl", "--database", f"sqlite:///{small}/grapevine.db", before=shell)

    assert (4, "") == (done.code, done.out)
    assert "The disk is full. Make room and run the same command again; it goes on where it was." in done.err
    assert [("ok",)] == ask(terminal, "PRAGMA integrity_check")


# Decisions


@pytest.mark.parametrize(
    ("control", "status"),
    [
        ({"deleted": True}, "deleted"),
        ({"edited": "@waalfiets it opened after all"}, "closed"),
        ({"answered_by": "waalfiets@social.example"}, "closed"),
        # The brand's handle, on this network somebody else than the account we answer from: a colleague.
        ({"answered_by": "@Waalfiets"}, "closed"),
    ],
)
def test_a_post_that_changed_after_the_draft_is_not_answered_and_the_reason_is_kept(
    control: dict[str, object], status: str, terminal: Terminal, running: list[Process]
) -> None:
    responders, sha256 = one_that_waits(terminal, running)
    write(terminal, "grapevine-console.jsonl", json.dumps({"network": "mastodon", "mention": "1"} | control) + "\n")
    approved = terminal.type("responders", "approve", "1", "--version", sha256, "--as", "Els Kamps")
    responders.await_words("reply 1 was not published: T1")
    [reply] = terminal.type("responders", "list", "--all", "--json").json

    assert 0 == approved.code
    assert [] == published(terminal)
    assert ("rejected", status) == (reply["status"], reply["mention"]["status"])
    assert reply["reason"].startswith("T14:" if "answered_by" in control else "T15:")
    # What its author took back is gone from our own files too.
    assert ("" if status == "deleted" else "@waalfiets my lock does not open") == reply["mention"]["mention"]["text"]


def test_two_terminals_that_approve_one_reply_at_once_publish_it_once(terminal: Terminal, running: list[Process]) -> None:
    responders, sha256 = one_that_waits(terminal, running)
    names = ("Els Kamps", "Joris van Beek")
    both = [terminal.start("responders", "approve", "1", "--version", sha256, "--as", name) for name in names]
    running.extend(both)
    done = [process.end() for process in both]
    responders.await_words("reply 1 is published")
    first = next(name for name, one in zip(names, done, strict=True) if one.code == 0)
    refused = "".join(one.err for one in done)

    assert [0, 1] == sorted(one.code for one in done)
    assert re.search(f"reply 1 is (approved|posting|posted) already, approved by {first} at", refused)
    assert [HONEST] == published(terminal)
    assert [(first,)] == ask(terminal, "SELECT name FROM approvals")


# The clock


AHEAD = """
import sys
from datetime import UTC, datetime, timedelta
import monitor.wiring
monitor.wiring.now = lambda: datetime.now(UTC) + timedelta(days=400)
from monitor.__main__ import main
sys.argv[1:] = ["poll", "--once"]
main()
"""
"""Polls on a machine whose clock runs more than a year ahead."""


def test_a_clock_that_ran_ahead_and_was_put_right_silences_no_source_and_expires_nothing(
    terminal: Terminal, running: list[Process]
) -> None:
    write(terminal, "config/posts.jsonl", json.dumps(post("1")) + "\n")
    ahead = Process(terminal, [sys.executable, "-c", AHEAD], "ahead", {})
    code = ahead.end().code
    write(terminal, "config/posts.jsonl", "".join(json.dumps(post(number)) + "\n" for number in ("1", "2")))
    both = terminal.start("monitor", "run"), terminal.start("responders", "run")
    running.extend(both)
    both[0].await_words("Waalfiets: ")
    both[1].await_words("2 replies wait for approval.")
    [source] = terminal.type("monitor", "status", "--json").json["sources"]

    assert 0 == code
    assert datetime.fromisoformat(source["last_success_at"]) < datetime.now(UTC) + timedelta(days=1)
    assert {"awaiting"} == {reply["status"] for reply in terminal.type("responders", "list", "--all", "--json").json}
