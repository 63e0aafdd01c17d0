"""Running the spike detector over a file of counts."""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor import spiking
from monitor.command import USAGE, CommandError
from monitor.spiking import COLUMNS, parse_width, read_rows, run_spikes

ROOT = Path(__file__).resolve().parents[2]
START = datetime(2026, 11, 2, tzinfo=UTC)
WEEK = 7 * 288


def lines(burst: int = 60, bins: int = WEEK) -> list[str]:
    times = [START + timedelta(minutes=5 * index) for index in range(bins)]
    return ["ts,count", *(f"{time:%Y-%m-%d %H:%M:%S},{burst if index >= bins - 3 else index % 3}" for index, time in enumerate(times))]


def write(path: Path, rows: list[str]) -> Path:
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def refusal(text: str) -> str:
    with pytest.raises(CommandError) as caught:
        list(spiking.judge(read_rows(io.StringIO(text, newline=""), "counts.csv"), timedelta(minutes=5), "counts.csv"))

    assert caught.value.code == USAGE
    return str(caught.value)


def test_a_line_is_written_for_each_row_with_the_time_as_it_stood(tmp_path: Path) -> None:
    file, out = write(tmp_path / "counts.csv", lines()), tmp_path / "scores.csv"
    scored = run_spikes(file, out=out)
    found = read(out)

    assert list(COLUMNS) == list(found[0])
    assert (WEEK, 1) == (scored.rows, scored.alarms)
    assert [row.split(",")[0] for row in lines()[1:]] == [row["ts"] for row in found]
    assert ["1", "0", "0"] == [row["alarm"] for row in found[-3:]]
    assert float(found[-3]["score"]) > 1
    assert float(found[-3]["low"]) <= float(found[-3]["expected"]) <= float(found[-3]["high"]) < 60
    assert not list(tmp_path.glob("*.part"))


def test_what_comes_later_changes_no_line_that_was_written(tmp_path: Path) -> None:
    whole, half = tmp_path / "whole.csv", tmp_path / "half.csv"
    run_spikes(write(tmp_path / "a.csv", lines()), out=whole)
    run_spikes(write(tmp_path / "b.csv", lines()[:1000]), out=half)

    assert half.read_text() == "".join(whole.read_text().splitlines(keepends=True)[:1000])


def test_it_reads_standard_input_and_writes_standard_output(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("timestamp,value\n2026-11-02T00:00:00Z,3\n2026-11-02T00:05:00+00:00,4.5\n"))
    scored = run_spikes()
    written = capsys.readouterr().out.splitlines()

    assert scored.rows == 2
    assert ["ts,score,alarm,expected,low,high", "2026-11-02T00:00:00Z,0.000000,0,0.000,0.000,0.000"] == written[:2]


def test_columns_may_stand_in_any_order_beside_others_and_after_a_byte_order_mark() -> None:
    text = "\ufeffCount, TS ,note,authors,reposts,caught_up\n,2026-11-02,x,,,\n\n5,2026-11-03,y,3,1,yes\n"
    first, second = read_rows(io.StringIO(text), "counts.csv")

    assert (None, None, 0.0, False, 2) == (first.count, first.authors, first.reposts, first.caught_up, first.line)
    assert (5.0, 3, 1.0, True, 4) == (second.count, second.authors, second.reposts, second.caught_up, second.line)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "counts.csv is empty"),
        ("a,b\n1,2\n", "line 1: there must be one column ts"),
        ("ts,count,count\n", "line 1: there must be one column count"),
        ("ts,count\n2026-11-02,1\n2026-11-02 00:05:00\n", "line 3: 1 fields where the first line has 2"),
        ("ts,count\nyesterday,1\n", "line 2: ts is 'yesterday' and must be a time"),
        ("ts,count\n0001-01-01T00:00:00+14:00,1\n", "line 2: ts is"),
        ("ts,count\n2026-11-02,many\n", "line 2: count is 'many' and must be a number"),
        ("ts,count\n2026-11-02,-1\n", "line 2: count must be a number from 0"),
        ("ts,count\n2026-11-02,nan\n", "line 2: count must be a number from 0"),
        ("ts,count\n2026-11-02,1e999\n", "line 2: count must be a number from 0"),
        ("ts,count,authors\n2026-11-02,1,0.5\n", "line 2: authors is '0.5' and must be a whole number"),
        ("ts,count,authors\n2026-11-02,1,inf\n", "line 2: authors is 'inf' and must be a whole number"),
        ("ts,count,authors\n2026-11-02,1,-3\n", "line 2: authors must be a number from 0"),
        ("ts,count,reposts\n2026-11-02,1,2\n", "line 2: reposts are part of the count"),
        ("ts,count,caught_up\n2026-11-02,1,perhaps\n", "line 2: caught_up is 'perhaps' and must be 1 or 0"),
        ("ts,count\n2026-11-02,1\n2026-11-02,1\n", "line 3: a bin must be later"),
        ("ts,count\n2026-11-02,1\n2026-11-01,1\n", "line 3: a bin must be later"),
        ('ts,count\n"2026-11-02"x,1\n', "line 2: this is no CSV"),
        ("ts,count\n" + "x" * 200_000 + ",1\n", "line 2: this is no CSV"),
    ],
)
def test_a_row_that_cannot_be_read_is_named_by_its_line(text: str, said: str) -> None:
    assert said in refusal(text)


def test_a_file_that_is_no_text_is_refused_in_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "counts.csv"
    file.write_bytes(b"ts,count\n2026-11-02,1\n\xff\xfe,1\n")
    with pytest.raises(CommandError, match="not UTF-8"):
        run_spikes(file, out=tmp_path / "scores.csv")

    assert [file] == list(tmp_path.iterdir())


@given(st.text(max_size=300))
def test_whatever_stands_in_the_file_it_is_read_or_refused_in_a_sentence(text: str) -> None:
    rows = spiking.judge(read_rows(io.StringIO("ts,count\n" + text, newline=""), "x"), timedelta(minutes=5), "x")
    said = "x, "
    try:
        list(rows)
    except CommandError as error:
        said = str(error)

    assert said.startswith("x, ")


def test_a_refused_row_leaves_an_earlier_result_as_it_was(tmp_path: Path) -> None:
    out = tmp_path / "scores.csv"
    out.write_text("earlier")
    with pytest.raises(CommandError):
        run_spikes(write(tmp_path / "counts.csv", ["ts,count", "x,1"]), out=out)

    assert out.read_text() == "earlier"


def test_the_file_that_is_read_is_not_written_over(tmp_path: Path) -> None:
    file = write(tmp_path / "counts.csv", lines(bins=5))
    with pytest.raises(CommandError, match="give another"):
        run_spikes(file, out=file)


@pytest.mark.parametrize(
    ("text", "width"),
    [("5m", timedelta(minutes=5)), ("90s", timedelta(seconds=90)), (" 1h", timedelta(hours=1)), ("1d", timedelta(days=1))],
)
def test_the_width_of_a_bin_is_read(text: str, width: timedelta) -> None:
    assert width == parse_width(text)


@pytest.mark.parametrize("text", ["", "5", "m", "0m", "2d", "-5m", "5 m", "5.5m", "٥m", "999999999m"])
def test_a_width_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(CommandError, match="no length of a bin"):
        parse_width(text)


@pytest.mark.parametrize("bins", [3, WEEK])
def test_a_picture_shows_counts_band_and_alarms(tmp_path: Path, bins: int, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("matplotlib", reason="matplotlib is not installed")
    monkeypatch.setattr(spiking, "MAX_POINTS", 1000)
    plot = tmp_path / "spikes.svg"
    run_spikes(write(tmp_path / "counts.csv", lines(bins=bins)), out=tmp_path / "scores.csv", plot=plot)
    drawn = plot.read_text(encoding="utf-8")

    assert all(f"<!-- {word} -->" in drawn for word in ("counts", "counted", "expected", "usual at this hour"))
    assert ("<!-- alarm -->" in drawn) == (bins == WEEK)


def test_a_picture_names_an_alarm_that_is_about_a_doubling(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="matplotlib is not installed")
    more = [f"{START + timedelta(minutes=5 * (WEEK + index)):%Y-%m-%d %H:%M:%S},{200 * (1 + index)}" for index in range(12)]
    plot = tmp_path / "spikes.svg"
    run_spikes(write(tmp_path / "counts.csv", [*lines(), *more]), out=tmp_path / "scores.csv", plot=plot)
    drawn = plot.read_text(encoding="utf-8")

    assert ["<!-- alarm -->", "<!-- alarm: it has doubled -->"] == [*dict.fromkeys(re.findall("<!-- alarm.*?-->", drawn))]


def test_a_picture_of_nothing_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="matplotlib is not installed")
    with pytest.raises(CommandError, match="no rows to draw"):
        run_spikes(write(tmp_path / "counts.csv", ["ts,count"]), out=tmp_path / "scores.csv", plot=tmp_path / "spikes.png")


def test_a_picture_of_another_kind_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="ends in"):
        run_spikes(tmp_path / "nothing.csv", plot=tmp_path / "spikes.exe")


def test_without_matplotlib_a_picture_is_refused_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spiking, "find_spec", lambda name: None)
    with pytest.raises(CommandError, match="pip install matplotlib"):
        run_spikes(tmp_path / "nothing.csv", plot=tmp_path / "spikes.png")


def test_a_long_run_says_how_far_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(spiking, "PROGRESS_EVERY", 1000)
    run_spikes(write(tmp_path / "counts.csv", lines()), out=tmp_path / "scores.csv", show_progress=True)

    assert ["1,000 rows, 0 alarms", "2,000 rows, 0 alarms"] == capsys.readouterr().err.splitlines()


def test_a_reader_that_has_read_enough_is_no_error(tmp_path: Path) -> None:
    file = write(tmp_path / "counts.csv", lines(bins=5 * WEEK))
    code = "import sys; from pathlib import Path; from monitor.spiking import run_spikes; run_spikes(Path(sys.argv[1]))"
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(file)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ
    )
    assert process.stdout is not None
    assert process.stderr is not None
    first = process.stdout.readline()
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()

    assert (b"ts,score,alarm,expected,low,high\n", b"", 0) == (first, said, process.wait())
