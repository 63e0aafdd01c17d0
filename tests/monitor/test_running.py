from __future__ import annotations

import json
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from threading import BoundedSemaphore, Event
from typing import Any

import pytest
import sqlalchemy as sa

from monitor import running as listening
from monitor.domain import MentionStatus, SourceHealth
from monitor.looking import Wait
from monitor.scorers import SCORERS
from monitor.scorers.vader import VaderScorer
from monitor.wiring import Monitor, read_settings
from tests.steps import post, write
from tests.terminal import Terminal, until

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def _monitor(terminal: Terminal) -> Monitor:
    """Return the monitor's parts in the terminal's folder."""
    return Monitor(read_settings(terminal.folder / "config", f"sqlite:///{terminal.folder}/grapevine.db"))


class Stop:
    """A wait that says it is time to stop once something happened."""

    def __init__(self, happened: Any) -> None:
        self.happened = happened
        self.pauses: list[float] = []

    def __call__(self, seconds: float) -> bool:
        self.pauses.append(seconds)
        until(lambda: True, "")
        return bool(self.happened()) or len(self.pauses) > 1_000


def test_run_reads_judges_and_says_once_what_was_heard(terminal: Terminal, capsys: pytest.CaptureFixture[str]) -> None:
    write(terminal, "config/posts.jsonl", json.dumps(post("1")) + "\n" + json.dumps(post("2", "my dog died, said Waalfiets")) + "\n")
    monitor = _monitor(terminal)
    said: list[str] = []

    def happened() -> bool:
        said.append(capsys.readouterr().out)
        return "read in the last 7 days" in "".join(said)

    stop = Stop(happened)
    listening.run(monitor, _slowly(stop))
    said.append(capsys.readouterr().out)
    monitor.database.dispose()
    text = "".join(said)

    assert 1 == text.count("Waalfiets: 2 mentions read in the last 7 days")
    assert text.endswith("monitor: stopped; everything read so far is kept.\n")
    assert listening.SWEEP_EVERY == stop.pauses[-1]


def test_the_first_summary_is_shown_at_eight_seconds_with_what_is_known_and_again_once_settled() -> None:
    first, second = listening.FirstSummary(), timedelta(seconds=1)

    assert not first.is_due(2 * second, read=False, judged=lambda: True)
    assert not first.is_due(7 * second, read=True, judged=lambda: False)
    assert first.is_due(8 * second, read=True, judged=lambda: False)
    assert (True, False) == (first.told, first.whole)
    assert not first.is_due(12 * second, read=False, judged=lambda: True)
    assert not first.is_due(30 * second, read=False, judged=lambda: False)
    assert first.is_due(31 * second, read=False, judged=lambda: True)
    assert first.whole
    assert not first.is_due(60 * second, read=True, judged=lambda: True)


def test_what_is_settled_at_once_is_told_at_once_and_only_once() -> None:
    first = listening.FirstSummary()

    assert [True, False] == [first.is_due(timedelta(), read=True, judged=lambda: True) for _ in range(2)]


def _slowly(stop: Stop) -> Wait:
    import threading

    pause = threading.Event()
    return lambda seconds: bool(stop(seconds)) or pause.wait(0.05)


def test_what_a_person_mends_is_read_at_the_next_start_and_a_wish_to_wait_is_still_obeyed(terminal: Terminal) -> None:
    write(terminal, "config/posts.jsonl", json.dumps(post("1")) + "\n")
    monitor = _monitor(terminal)
    later = datetime.now(UTC) + timedelta(hours=1)
    monitor.store.record_failure("sample", "waalfiets", "sample: posts.jsonl is neither a file nor a folder", later)
    monitor.store.record_failure("other", "waalfiets", "other: https://a.example answered 429: it asks us to wait until tomorrow", later)
    listening.run(monitor, _slowly(Stop(lambda: monitor.store.source_state("sample", "waalfiets").failures == 0)))
    states = {one.source: one for one in monitor.store.sources()}
    monitor.database.dispose()

    assert (0, 1) == (states["sample"].failures, states["sample"].mentions)
    assert later == states["other"].next_poll_at


def test_a_source_that_left_the_configuration_is_not_polled_any_more(terminal: Terminal) -> None:
    listens = listening.Listening(_monitor(terminal))

    assert listens.poll("x", "waalfiets") is None
    assert listens.poll("sample", "nobody") is None


def test_the_jobs_of_the_engine_poll_and_prune(terminal: Terminal) -> None:
    write(terminal, "config/posts.jsonl", json.dumps(post("1")) + "\n")
    monitor = _monitor(terminal)
    work = listening.Listening(monitor)
    work.poll_job("sample", "waalfiets")
    work.prune()
    found = [stored.status for stored in monitor.store.mentions()]
    monitor.database.dispose()

    assert [MentionStatus.QUEUED] == found


@pytest.mark.parametrize(
    ("success", "next_poll", "due"),
    [
        (None, None, True),
        (NOW, NOW, True),
        (NOW, NOW + timedelta(minutes=1), False),
        (None, NOW + timedelta(days=2), False),
        (None, NOW + timedelta(days=400), True),
        (NOW + timedelta(hours=2), NOW + timedelta(hours=3), True),
        (NOW + timedelta(seconds=30), NOW + timedelta(minutes=1), False),
    ],
)
def test_a_source_is_due_by_its_time_or_where_a_clock_ran_ahead(success: datetime | None, next_poll: datetime | None, due: bool) -> None:
    assert due is listening.is_due(SourceHealth("s", "b", "", success, next_poll, 0, "", 0), NOW)


LEAVE = "from monitor.running import leave_at_once; print('kept', end=''); leave_at_once()"


class Torn:
    """A scorer whose weights cannot be read."""

    def load(self) -> type:
        raise ValueError("weights.npz is torn")


def test_what_cannot_judge_is_told_at_the_start_and_leaves_no_engine_behind(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal.type("monitor", "migrate")
    torn, sound = _monitor(terminal), _monitor(terminal)
    monkeypatch.setitem(SCORERS, "vader", Torn())
    with pytest.raises(ValueError, match="torn"):
        listening.run(torn, lambda seconds: seconds > 0)
    monkeypatch.undo()
    # One engine runs in a process at a time: the first has ended.
    listening.run(sound, lambda _seconds: True)

    torn.database.dispose()
    sound.database.dispose()


class Slow:
    """A scorer that is read as slowly as its test lets it."""

    def __init__(self) -> None:
        self.go_on = Event()

    def load(self) -> type[VaderScorer]:
        assert self.go_on.wait(20)
        return VaderScorer


def test_who_stops_while_what_judges_is_read_does_not_wait_for_it(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal.type("monitor", "migrate")
    monitor, slow = _monitor(terminal), Slow()
    monkeypatch.setitem(SCORERS, "vader", slow)
    waits: list[float] = []

    def wait(seconds: float) -> bool:
        waits.append(seconds)
        return len(waits) == 3

    listening.run(monitor, wait)
    slow.go_on.set()
    for thread in threading.enumerate():
        if thread.name.startswith("prepare"):
            thread.join(20)
    monitor.database.dispose()

    assert ([0, 0, 0], "monitor: stopped; everything read so far is kept.\n") == (waits, capsys.readouterr().out)


def test_leaving_at_once_says_what_was_still_to_be_said() -> None:
    done = subprocess.run([sys.executable, "-c", LEAVE], capture_output=True, text=True, check=True)

    assert "kept" == done.stdout


def test_a_source_that_cannot_be_built_fails_by_itself_and_the_others_are_read(terminal: Terminal) -> None:
    write(terminal, "config/posts.jsonl", json.dumps(post("1")) + "\n")
    settings = (terminal.folder / "config" / "monitor.toml").read_text("utf-8")
    write(terminal, "config/monitor.toml", f'{settings}\n[[source]]\nname = "blue"\nkind = "bluesky"\n')
    done = terminal.type("monitor", "poll", "--once")
    states = {one["source"]: one for one in terminal.type("monitor", "status", "--json").json["sources"]}

    assert (4, 1, 0) == (done.code, states["blue"]["failures"], states["sample"]["failures"])
    assert "blue: BLUESKY_HANDLE and BLUESKY_APP_PASSWORD are needed in the environment or in .env" == states["blue"]["last_error"]


def test_a_source_whose_seats_are_taken_stays_due_and_leaves_the_workers_to_others(terminal: Terminal) -> None:
    write(terminal, "config/posts.jsonl", json.dumps(post("1")) + "\n")
    monitor = _monitor(terminal)
    work = listening.Listening(monitor)
    seats = work._seats.setdefault("sample", BoundedSemaphore(listening.SEATS))
    for _ in range(listening.SEATS):
        seats.acquire()
    work.poll_job("sample", "waalfiets")
    before = monitor.store.sources()
    seats.release()
    work.poll_job("sample", "waalfiets")
    after = monitor.store.sources()
    monitor.database.dispose()

    assert ([], 1) == (before, after[0].mentions)
    assert seats.acquire(blocking=False)


def test_each_source_has_so_many_in_line_and_takes_turns_with_the_others(terminal: Terminal) -> None:
    brands = "".join(f'[[brand]]\nid = "b{n:02}"\nname = "Brand {n}"\nterms = ["brand {n}"]\n' for n in range(40))
    write(terminal, "config/brands.toml", brands)
    responders = (terminal.folder / "config" / "responders.toml").read_text("utf-8")
    write(terminal, "config/responders.toml", responders.replace('brands = ["waalfiets"]', ""))
    for fact in (terminal.folder / "config" / "facts").glob("*.toml"):
        fact.unlink()
    settings = (terminal.folder / "config" / "monitor.toml").read_text("utf-8")
    write(terminal, "config/monitor.toml", f'{settings}\n[[source]]\nname = "hn"\nkind = "hackernews"\n')
    monitor = _monitor(terminal)
    monitor.store.record_failure("hn", "b39", "no", datetime(2026, 1, 1, tzinfo=UTC))
    due = listening.Listening(monitor).sweep()
    with monitor.database.connect() as connection:
        found = list(connection.execute(sa.text("SELECT workflow_uuid FROM workflow_status ORDER BY created_at")).scalars())
    monitor.database.dispose()
    by_source = [sum(f"poll/{name}/" in key for key in found) for name in ("sample", "hn")]

    assert (80, [listening.IN_LINE] * 2) == (due, by_source)
    assert not any("b39" in key for key in found)
