"""Files that grow, are replaced, cut, locked and hostile: every row once, none lost, nothing read twice without need."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.contracts import Batch, Rejected, RejectedRow, Unavailable
from monitor.domain import Brand
from monitor.settings import Settings, SourceSettings
from monitor.sources.file import MAX_ROWS, FileSource, _close_cursor, _open_cursor
from tests.builders import NOW, a_brand

BRAND = a_brand()
MakeSource = Callable[..., FileSource]


def line(text: str, **changes: Any) -> str:
    return json.dumps({"text": text, "created_at": "2026-03-02T08:00:00", "author": "jo"} | changes) + "\n"


def put(path: Path, content: str | bytes, *, add: bool = False, age: timedelta = timedelta(0)) -> None:
    """Write a file, or add to it, as if that had happened `age` before now."""
    with path.open("ab" if add else "wb") as stream:
        stream.write(content.encode() if isinstance(content, str) else content)
    moment = (NOW - age).timestamp()
    os.utime(path, (moment, moment))


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    return tmp_path / "posts.jsonl"


@pytest.fixture
def source(posts: Path) -> FileSource:
    return FileSource("export", posts, lambda: NOW, network="x")


def texts(batch: Batch) -> list[str]:
    return [mention.text for mention in batch.mentions]


def read_all(source: FileSource, cursor: str = "") -> tuple[list[str], list[RejectedRow], str]:
    found: list[str] = []
    rejected: list[RejectedRow] = []
    for _ in range(100):
        batch = source.fetch(BRAND, cursor)
        found += texts(batch)
        rejected += batch.rejected
        cursor = batch.cursor
        if not batch.more:
            return found, rejected, cursor
    raise AssertionError("it never ends")


def test_a_row_becomes_a_mention_of_the_brand_it_was_fetched_for(posts: Path, source: FileSource) -> None:
    put(posts, line("hallo", brand="other"))

    (mention,) = source.fetch(BRAND, "").mentions

    assert ("waalfiets", "export", "x") == (mention.brand, mention.source, mention.network)
    assert "2026-03-02T07:00:00+00:00" == mention.posted_at.isoformat()  # The brand's zone, where none is given.


@pytest.mark.parametrize(("named", "told"), [("waalfiets", True), ("", True), ("Waalfiets BV", True), ("Tynebank", False), ("TYNE", False)])
def test_what_a_row_says_was_written_to_another_brand_of_ours_was_not_written_to_this_one(posts: Path, named: str, told: bool) -> None:
    source = FileSource("export", posts, lambda: NOW, network="x", brands=(BRAND, Brand("tyne", "Tynebank", ())))
    put(posts, line("hallo", brand=named, mentions_us=True, own_channel=True))

    (mention,) = source.fetch(BRAND, "").mentions

    assert (told, told) == (mention.mentions_us, mention.own_channel)


def test_only_what_was_added_comes_the_next_time(posts: Path, source: FileSource) -> None:
    put(posts, line("a") + line("b"))
    first, _, cursor = read_all(source)
    unchanged = source.fetch(BRAND, cursor)
    put(posts, line("c"), add=True)

    second, _, _ = read_all(source, cursor)

    assert (["a", "b"], ["c"]) == (first, second)
    assert ([], cursor) == (texts(unchanged), unchanged.cursor)


def test_half_a_line_is_left_for_the_next_time(posts: Path, source: FileSource) -> None:
    whole = line("b")
    put(posts, line("a") + whole[:20])
    first, rejected, cursor = read_all(source)
    put(posts, line("a") + whole)

    second, _, _ = read_all(source, cursor)

    assert (["a"], [], ["b"]) == (first, rejected, second)


def test_half_a_line_that_nobody_completes_is_told_once_and_still_waits(posts: Path, source: FileSource) -> None:
    put(posts, line("a") + line("b")[:20], age=timedelta(minutes=11))

    _, first, cursor = read_all(source)
    _, second, cursor = read_all(source, cursor)
    put(posts, line("a") + line("b"))
    third, _, _ = read_all(source, cursor)

    assert [RejectedRow("posts.jsonl", 2, "the last line is half a row; it waits for the rest")] == first
    assert ([], ["b"]) == (second, third)


@pytest.mark.parametrize("age", [timedelta(minutes=11), timedelta(days=-400)])
def test_a_last_line_of_a_csv_file_is_read_once_the_file_is_left_alone(tmp_path: Path, age: timedelta) -> None:
    path = tmp_path / "posts.csv"
    put(path, "text,date\na,2026-03-02\nb,2026-03-02", age=timedelta(minutes=9))
    source = FileSource("export", path, lambda: NOW, network="x")
    first, _, cursor = read_all(source)
    put(path, "", add=True, age=age)

    second, _, cursor = read_all(source, cursor)
    put(path, "\nc,2026-03-02\n", add=True)
    third, rejected, _ = read_all(source, cursor)

    assert (["a"], ["b"], ["c"], []) == (first, second, third, rejected)


@pytest.mark.parametrize(
    "after",
    [line("new"), line("x") * 30 + line("new"), line("n" * 10) + line("b") * 3],
    ids=["shorter", "longer", "first-line-changed"],
)
def test_a_replaced_file_is_read_from_its_beginning(posts: Path, source: FileSource, after: str) -> None:
    put(posts, line("a") + line("b") * 3)
    _, _, cursor = read_all(source)
    put(posts, after)

    found, _, _ = read_all(source, cursor)

    assert len(after.splitlines()) == len(found)


def test_a_change_just_before_where_we_were_is_seen(posts: Path, source: FileSource) -> None:
    put(posts, line("x") * 300 + line("old"))
    _, _, cursor = read_all(source)
    put(posts, line("x") * 300 + line("new") + line("more"))

    found, _, _ = read_all(source, cursor)

    assert 302 == len(found)


def test_one_fetch_is_bounded_and_says_that_there_is_more(posts: Path, source: FileSource) -> None:
    put(posts, "".join(line(str(number)) for number in range(1_200)))

    batches = [source.fetch(BRAND, "")]
    while batches[-1].more:
        batches.append(source.fetch(BRAND, batches[-1].cursor))

    assert [MAX_ROWS, MAX_ROWS, 200] == [len(batch.mentions) for batch in batches]
    assert [str(number) for number in range(1_200)] == [text for batch in batches for text in texts(batch)]


def test_large_rows_are_bounded_by_their_bytes(posts: Path, source: FileSource) -> None:
    put(posts, line("x" * 1_000_000) * 9)

    batch = source.fetch(BRAND, "")

    assert (5, True) == (len(batch.mentions), batch.more)


def test_bad_rows_come_back_with_their_lines_also_later_in_the_file(posts: Path, source: FileSource) -> None:
    put(posts, line("a") + "{broken\n")
    _, first, cursor = read_all(source)
    put(posts, line("b") + line("c", created_at="05-04-2026"), add=True)

    _, second, _ = read_all(source, cursor)

    assert [("posts.jsonl", 2, "{broken")] == [(row.place, row.line, row.raw) for row in first]
    assert [(4, True)] == [(row.line, "day-month" in row.reason) for row in second]


# Bad days.


def test_a_missing_file_is_looked_for_again(source: FileSource) -> None:
    with pytest.raises(Unavailable, match=r"^export: there is no file or folder .*posts\.jsonl; it is looked for again"):
        source.fetch(BRAND, "")


def test_what_is_neither_file_nor_folder_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(Rejected, match=r"^export: .*pipe is neither a file nor a folder"):
        FileSource("export", tmp_path / "pipe", lambda: NOW).fetch(BRAND, "")


def test_a_path_that_cannot_be_looked_at_is_unavailable(tmp_path: Path) -> None:
    for path in (tmp_path / ("x" * 300), Path("\0"), tmp_path / "a.jsonl" / "b"):
        (tmp_path / "a.jsonl").touch()
        with pytest.raises((Unavailable, Rejected), match=r"^export: "):
            FileSource("export", path, lambda: NOW).fetch(BRAND, "")


def test_a_single_file_that_is_no_file_of_rows_needs_a_person(tmp_path: Path) -> None:
    for name, content, words in (
        ("a.csv", "a,b\n", "no column for text"),
        ("a.xlsx", "PK", "must end in"),
        ("a.json", "[{}]", "JSON array"),
    ):
        put(tmp_path / name, content, age=timedelta(hours=1))
        with pytest.raises(Rejected, match=rf"^export: {name}: .*{words}"):
            FileSource("export", tmp_path / name, lambda: NOW, network="x").fetch(BRAND, "")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"timezone": "Europe/Nijmegen"}, "there is no time zone “Europe/Nijmegen”"),
        ({"timezone": "../../etc/passwd"}, "there is no time zone"),
        ({"timezone": "Europe"}, "there is no time zone"),
        ({"columns": ("x",)}, "columns: “x” says no column"),
        ({"date_format": "dd"}, "“dd” is no format for a date"),
    ],
)
def test_an_option_that_cannot_be_used_needs_a_person(posts: Path, wrong: dict[str, Any], words: str) -> None:
    put(posts, line("a"))

    with pytest.raises(Rejected, match=rf"^export: .*{words}"):
        FileSource("export", posts, lambda: NOW, **wrong).fetch(BRAND, "")


def test_the_source_is_built_from_settings(tmp_path: Path) -> None:
    put(tmp_path / "posts.csv", "Wat,Wanneer\na,05-03-2026 10:00\n")
    described = SourceSettings(
        name="our export",
        kind="file",
        brands=(),
        every=timedelta(minutes=1),
        options={
            "path": Path("posts.csv"),
            "network": "forum",
            "timezone": "Europe/London",
            "date_format": "%m-%d-%Y %H:%M",
            "columns": ("Wat=text", "Wanneer=posted_at"),
        },
    )
    configured = Settings(
        config_dir=tmp_path, database_url="", brands=(BRAND,), sources=(described,), scorers=(), networks={}, facts=(), templates={}
    )

    source = FileSource.from_settings(described, configured)
    refused = source.fetch(BRAND, "").rejected
    put(tmp_path / "posts.csv", "Wat,Wanneer\na,02-03-2026 10:00\n")
    (mention,) = source.fetch(BRAND, "").mentions

    assert "our export" == source.name
    assert ["05-03" in row.raw for row in refused] in ([], [True])  # The third of May, which lies ahead until it has come.
    assert ("forum", "2026-02-03T10:00:00+00:00") == (mention.network, mention.posted_at.isoformat())


# The cursor.


@pytest.mark.parametrize(
    "cursor", ["x", "7", "[]", "null", "{}", '{"files": 1}', '{"files": {"posts.jsonl": 1}}', '{"files": {"posts.jsonl": {"offset": "x"}}}',
               '{"files": {"posts.jsonl": {"offset": -5, "line": -5}}}', '{"files": {"posts.jsonl": {"offset": 5, "mark": 7}}}',
               '{"files": {"posts.jsonl": {"offset": 1e999}}}', "[" * 100_000],
)  # fmt: skip
def test_a_cursor_that_is_not_ours_is_as_good_as_none(posts: Path, source: FileSource, cursor: str) -> None:
    put(posts, line("a"))

    assert ["a"] == texts(source.fetch(BRAND, cursor))


@given(st.text())
def test_any_text_at_all_may_be_opened_as_a_cursor(text: str) -> None:
    opened = _open_cursor(text)

    assert opened == _open_cursor(_close_cursor(opened))


@given(pieces=st.lists(st.integers(1, 200), min_size=1, max_size=12))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_file_written_in_pieces_of_any_size_gives_every_row_once(posts: Path, source: FileSource, pieces: list[int]) -> None:
    whole = "".join(line(f"é{number}") for number in range(6)).encode()
    found: list[str] = []
    cursor = ""
    put(posts, b"")
    at = 0
    for size in [*pieces, len(whole)]:
        put(posts, whole[at : at + size], add=True)
        at += size
        more, rejected, cursor = read_all(source, cursor)
        found += more
        assert [] == rejected

    assert [f"é{number}" for number in range(6)] == found


def test_a_brand_has_its_own_zone(posts: Path, source: FileSource) -> None:
    put(posts, line("a"))

    (mention,) = source.fetch(replace(BRAND, timezone="UTC"), "").mentions

    assert 8 == mention.posted_at.hour
