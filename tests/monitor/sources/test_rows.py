"""Exports as people have them: JSONL and CSV of every make, good rows in, bad ones told with their line."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.contracts import RejectedRow
from monitor.domain import Mention
from monitor.sources.lines import MAX_LINE
from monitor.sources.rows import ReadOptions, RowMention, Rows, UnreadableFile, read_csv, read_jsonl, read_rows
from tests.builders import NOW
from tests.monitor.sources.recorded import recorded

JSONL = ReadOptions(place="posts.jsonl", now=NOW, network="x")
CSV = ReadOptions(place="posts.csv", now=NOW, network="x")
HEADER = "text,posted_at,author\n"


def jsonl(*lines: Any, **changes: Any) -> Rows:
    raw = b"".join((line if isinstance(line, bytes) else json.dumps(line).encode()) + b"\n" for line in lines)
    return read_jsonl(io.BytesIO(raw), replace(JSONL, **changes))


def read_text(text: str | bytes, **changes: Any) -> Rows:
    return read_csv(io.BytesIO(text.encode() if isinstance(text, str) else text), replace(CSV, **changes))


def mentions(rows: Rows) -> list[Mention]:
    return [row.mention for row in rows if isinstance(row, RowMention)]


def reasons(rows: Rows) -> list[tuple[int, str]]:
    return [(row.line, row.reason) for row in rows if isinstance(row, RejectedRow)]


def a_row(text: str = "hallo", **changes: Any) -> dict[str, Any]:
    return {"text": text, "created_at": "2026-03-02T08:00:00Z", "author": "jo"} | changes


# JSONL.


def test_rows_of_a_jsonl_file_are_mentions_with_their_lines() -> None:
    rows = jsonl(a_row("a"), b"", a_row("b"))

    assert [(row.mention.text, row.line) for row in rows if isinstance(row, RowMention)] == [("a", 1), ("b", 3)]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"{", "the line is no JSON object"), (b'{"text": "a"', "the line is no JSON object"), (b"7", "the line is no JSON object"),
        (b"null", "the line is no JSON object"), (b"\x00", "the line is no JSON object"), (b'{"a":' * 50_000, "the line is no JSON object"),
        (b'{"text": ' + b"9" * 5_000 + b"}", "the line is no JSON object"), (b"{}", "there is no text"),
        (b'{"text": "a"}', "neither a text nor a number"), (b'{"text": "a", "Text": "b"}', "two columns are called"),
        (b'{"text": "a", "date": NaN}', "is no date"), (b"x" * (2 * MAX_LINE), "longer than any post"),
    ],
)  # fmt: skip
def test_a_bad_line_is_told_and_the_good_ones_go_in(line: bytes, words: str) -> None:
    rows = list(jsonl(a_row("a"), line, a_row("b")))

    assert [row.mention.text for row in rows if isinstance(row, RowMention)] == ["a", "b"]
    (told,) = [row for row in rows if isinstance(row, RejectedRow)]
    assert ("posts.jsonl", 2) == (told.place, told.line)
    assert words in told.reason
    assert len(told.raw) <= 1_000
    assert "\x00" not in told.raw


def test_a_json_array_is_one_clear_error() -> None:
    with pytest.raises(UnreadableFile, match=r"^posts\.jsonl: it is one JSON array; write one object on each line"):
        list(jsonl(b"[", a_row()))


def test_fields_that_stand_deeper_are_found_by_their_path() -> None:
    row = {"full_text": "a", "created_at": "Mon Mar 02 08:00:00 +0000 2026", "user": {"screen_name": "jo"}, "a.b": "c"}

    (mention,) = mentions(jsonl(row, columns={"user.screen_name": "author", "a.b": "community", "user.x.y": "url"}))

    assert ("a", "jo", "c", "") == (mention.text, mention.author.handle, mention.community, mention.url)


def test_half_an_object_at_the_end_of_a_growing_file_waits() -> None:
    half = json.dumps(a_row("a")).encode() + b'\n{"text": "b'

    rows = read_jsonl(io.BytesIO(half), replace(JSONL, growing=True))

    assert ["a"] == [mention.text for mention in mentions(rows)]
    assert (rows.line, rows.offset) == (1, half.index(b"\n") + 1)
    assert [(2, "the line is no JSON object")] == reasons(read_jsonl(io.BytesIO(half), JSONL))


def test_a_whole_object_at_the_end_needs_no_line_ending() -> None:
    rows = read_jsonl(io.BytesIO(json.dumps(a_row("a")).encode()), replace(JSONL, growing=True))

    assert ["a"] == [mention.text for mention in mentions(rows)]


def test_many_kinds_of_rows_do_not_fill_the_memory() -> None:
    rows = jsonl(*({**a_row(), f"key{number}": 1} for number in range(1_100)))

    assert 1_100 == len(mentions(rows))
    assert 1_000 == len(rows._plans)  # type: ignore[attr-defined]


# CSV.


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "windows-1252"])
def test_a_csv_file_is_read_whatever_its_delimiter_and_encoding(delimiter: str, codec: str) -> None:
    stream = io.StringIO()
    written = csv.writer(stream, delimiter=delimiter)
    written.writerow(["Bericht", "Datum", "Auteur", "Kanaal"])
    written.writerow(['Café; "één", of\ntwee\t|', "2-3-2026 14:03".replace("2-3", "25-2"), "Zoë", "Reddit"])

    rows = read_text(stream.getvalue().encode(codec), network="", zone=ZoneInfo("Europe/Amsterdam"))
    (mention,) = mentions(rows)

    assert ('Café; "één", of\ntwee\t|', "Zoë", "reddit") == (mention.text, mention.author.handle, mention.network)
    assert "2026-02-25T13:03:00+00:00" == mention.posted_at.isoformat()
    assert delimiter == rows.delimiter  # type: ignore[attr-defined]


def test_a_guessed_encoding_is_said() -> None:
    rows = read_text(HEADER.encode() + "café,2026-03-02,jo\n".encode("windows-1252"))

    assert ["café"] == [mention.text for mention in mentions(rows)]
    assert "utf-8, 1 lines read as windows-1252" == rows.encoding
    assert "utf-8" == read_text(HEADER).encoding


def test_excels_own_line_with_the_delimiter_is_obeyed() -> None:
    assert ["a,b"] == [mention.text for mention in mentions(read_text("sep=;\ntext;posted_at\na,b;2026-03-02\n"))]
    assert ["a"] == [mention.text for mention in mentions(read_text("sep=\ntext,posted_at\na,2026-03-02\n"))]


def test_formulas_quoted_newlines_and_zero_bytes_stay_text() -> None:
    rows = read_text(HEADER + '=cmd|x,2026-03-02,jo\n"a\n\nb",2026-03-02,jo\nc\x00d,2026-03-02,jo\n')

    assert ["=cmd|x", "a\n\nb", "cd"] == [mention.text for mention in mentions(rows)]


def test_bad_rows_are_told_with_the_line_on_which_they_begin() -> None:
    text = HEADER + '"a\nb",2026-03-02,jo\nc,05-04-2026,jo\nd,2026-03-02\n\ne,2026-03-02,jo,,\nf,2026-03-02,jo,x\n,2026-03-02,jo\n'

    rows = list(read_text(text))

    assert ["a\nb", "e"] == [row.mention.text for row in rows if isinstance(row, RowMention)]
    assert [
        (4, "“05-04-2026” can be read as day-month or as month-day; say which with a date format, %d/%m/%Y or %m/%d/%Y"),
        (5, "it has 2 values, and there are 3 columns"),
        (8, "it has 4 values, and there are 3 columns"),
        (9, "there is no text"),
    ] == [(row.line, row.reason) for row in rows if isinstance(row, RejectedRow)]
    assert "d,2026-03-02" in [row.raw for row in rows if isinstance(row, RejectedRow)]


def test_a_date_format_settles_dates_that_can_be_read_two_ways() -> None:
    rows = read_text(HEADER + "a,05-02-2026,jo\n", date_format="%d-%m-%Y")

    assert ["2026-02-05"] == [mention.posted_at.date().isoformat() for mention in mentions(rows)]


def test_columns_with_names_of_their_own_are_mapped() -> None:
    rows = read_text("Wat;Wanneer\na;2026-03-02\n", columns={"Wat": "text", "wanneer": "posted_at"})

    assert ["a"] == [mention.text for mention in mentions(rows)]


@pytest.mark.parametrize(
    ("text", "changes", "words"),
    [
        ("", {}, "it is empty; the first line must name the columns"),
        ("\n \n", {}, "it is empty"),
        ("a,b\n1,2\n", {}, r"no column for text and posted_at; the columns are “a”, “b”\. Say which one it is, such as --map"),
        (HEADER, {"network": ""}, "no column for network.*, or give one for all rows: --network NAME"),
        ("text,text,date\n", {}, "two columns are called “text”"),
        (HEADER, {"columns": {"Wat": "url"}}, "there is no column “Wat”"),
        (HEADER, {"date_format": "dd-mm"}, "“dd-mm” is no format for a date"),
        ('"text,posted_at\n', {}, "the first line does not name the columns: a quote in it never closes"),
        ("sep=;\n", {}, "the first line does not name the columns: it is the only one"),
    ],
)
def test_a_file_that_cannot_be_used_is_one_error_for_the_whole(text: str, changes: dict[str, Any], words: str) -> None:
    with pytest.raises(UnreadableFile, match=words) as caught:
        read_text(text, **changes)

    assert str(caught.value).startswith("posts.csv: ")


@pytest.mark.parametrize("text", ["", "text,pos", "sep=;\n", '"text\n'])
def test_a_growing_file_without_a_whole_first_line_has_no_rows_yet(text: str) -> None:
    rows = read_text(text, growing=True)

    assert ([], 0) == (list(rows), rows.offset)


def test_a_last_row_that_does_not_end_waits_only_in_a_growing_file() -> None:
    assert [] == mentions(read_text(HEADER + "a,2026-03-02,jo", growing=True))
    assert ["a"] == [mention.text for mention in mentions(read_text(HEADER + "a,2026-03-02,jo"))]


# Both.


def rows_of(kind: str, raw: bytes, offset: int = 0, line: int = 0) -> Rows:
    return read_rows(io.BytesIO(raw), replace(JSONL, place=f"posts{kind}"), offset=offset, line=line)


@pytest.mark.parametrize("kind", [".jsonl", ".csv"])
@given(
    texts=st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=9), min_size=1, max_size=9),
    stop=st.integers(0, 9),
)
def test_reading_may_stop_behind_any_row_and_go_on_another_time(kind: str, texts: list[str], stop: int) -> None:
    stream = io.StringIO()
    if kind == ".csv":
        csv.writer(stream).writerows([["text", "date"], *([text, "2026-03-02"] for text in texts)])
    else:
        stream.writelines(json.dumps(a_row(text)) + "\n" for text in texts)
    raw = stream.getvalue().encode()
    whole = list(rows_of(kind, raw))

    first = rows_of(kind, raw)
    before = list(islice(first, stop))
    second = rows_of(kind, raw, first.offset, first.line)

    assert whole == before + list(second)


@pytest.mark.parametrize(
    ("place", "kind"),
    [("a.JSONL", "JsonlRows"), ("a.ndjson", "JsonlRows"), ("a.json", "JsonlRows"), ("a.tsv", "CsvRows"), ("a.txt", "CsvRows")],
)
def test_the_ending_of_the_name_says_what_it_is(place: str, kind: str) -> None:
    assert type(read_rows(io.BytesIO(HEADER.encode()), replace(CSV, place=place))).__name__ == kind


def test_another_ending_is_refused() -> None:
    with pytest.raises(UnreadableFile, match=r"^posts\.xlsx: its name must end in one of \.jsonl, \.ndjson, \.csv, \.tsv$"):
        read_rows(io.BytesIO(b""), replace(CSV, place="posts.xlsx"))


@given(
    st.binary(max_size=200),
    st.sampled_from([b"", HEADER.encode(), b'{"text": "', b"\xff\xfe"]),
    st.sampled_from([".jsonl", ".csv"]),
    st.booleans(),
)
def test_any_bytes_at_all_are_rows_or_reasons(noise: bytes, before: bytes, kind: str, growing: bool) -> None:
    raw = before + noise
    try:
        rows = read_rows(io.BytesIO(raw), replace(JSONL, place=f"posts{kind}", growing=growing))
        found = list(rows)
    except UnreadableFile:
        return

    assert all(isinstance(row, RowMention | RejectedRow) for row in found)
    assert rows.offset <= len(raw)


def test_the_recorded_mentions_are_all_read() -> None:
    with recorded("mentions/airlines.jsonl").open("rb") as stream:
        rows = list(read_jsonl(stream, replace(JSONL, network="")))

    found = [row.mention for row in rows if isinstance(row, RowMention)]
    assert len(rows) == len(found) == 8_572
    assert {"United", "Delta"} < {mention.brand for mention in found}
    assert {"x"} == {mention.network for mention in found}
    assert 8_572 == len({mention.external_id for mention in found})
