"""Records of CSV: quotes that close, quotes that never do, and no way to make reading take for ever."""

from __future__ import annotations

import csv
import io
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.sources.lines import Lines
from monitor.sources.records import MAX_FIELD, MAX_LINES, Record, Records


def read(text: str, *, width: int = 0, growing: bool = False) -> list[Record]:
    return list(Records(Lines(io.BytesIO(text.encode())), ",", width=width, growing=growing))


def values(text: str, width: int = 0) -> list[list[str]]:
    return [record.values if not record.trouble else [] for record in read(text, width=width)]


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_characters="\r\0", exclude_categories=["Cs"]), max_size=9), min_size=2, max_size=2),
        max_size=9,
    )
)
def test_what_the_csv_module_writes_comes_back(rows: list[list[str]]) -> None:
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)

    assert values(stream.getvalue(), 2) == [row for row in rows if any(value.strip() for value in row)]


def test_a_record_knows_its_lines_and_its_end() -> None:
    text = 'a,"b\nc"\nd,é\n'

    assert [(record.number, record.last, record.end, record.raw) for record in read(text)] == [
        (1, 2, 8, 'a,"b\nc"\n'),
        (3, 3, len(text.encode()), "d,é\n"),
    ]


def test_blank_records_are_left_out() -> None:
    assert values("\n  \na,b\n,,\n\nc,d\n") == [["a", "b"], ["c", "d"]]


def test_a_wrong_number_of_values_is_told() -> None:
    assert [record.trouble for record in read("a,b\na\na,b,c\na,b,,\n", width=2)] == [
        "",
        "it has 1 values, and there are 2 columns",
        "it has 3 values, and there are 2 columns",
        "",
    ]


def test_a_quote_that_never_closes_costs_its_own_line_only() -> None:
    records = read('a,b\nc,"d\n' + "e,f\n" * 50, width=2)

    assert [record.values for record in records if not record.trouble] == [["a", "b"], *[["e", "f"]] * 50]
    assert [(record.number, record.trouble, record.raw) for record in records if record.trouble] == [
        (2, "a quote in it never closes", 'c,"d\n')
    ]


def test_a_stray_quote_that_another_one_closes_costs_two_lines_at_most() -> None:
    records = read('a,b\n"c,d\n' + "e,f\n" * 50 + '"g,h\n' + "i,j\n" * 9, width=2)

    assert [record.number for record in records if record.trouble] == [2, 53]
    assert sum(not record.trouble for record in records) == 60


def test_a_quote_that_does_not_close_within_a_thousand_lines_is_given_up() -> None:
    records = read('a,"b\n' + "c,d\n" * (MAX_LINES + 5), width=2)

    assert [record.trouble for record in records if record.trouble] == [f"a quote does not close within {MAX_LINES:,} lines"]
    assert sum(not record.trouble for record in records) == MAX_LINES + 5


def test_a_value_longer_than_any_post_is_given_up() -> None:
    records = read("a," + "b" * (MAX_FIELD + 1) + "\nc,d\n", width=2)

    assert [("field larger than field limit" in record.trouble, record.values) for record in records] == [(True, []), (False, ["c", "d"])]


def test_a_post_of_a_megabyte_is_read() -> None:
    assert len(values("a," + "b" * 1_000_000 + "\n", 2)[0][1]) == 1_000_000


def test_a_line_too_long_is_told_inside_a_record_and_outside() -> None:
    long = "x" * (5 * 1024 * 1024) + "\n"
    records = read(f'a,b\n{long}c,"d\n{long}e,f\n', width=2)

    assert [(record.number, bool(record.trouble)) for record in records] == [(1, False), (2, True), (3, True), (4, True), (5, False)]


def test_a_return_inside_a_line_is_told() -> None:
    records = read("a,b\nc\rd,e\nf,g\n", width=2)

    assert [record.number for record in records if record.trouble] == [2]
    assert [record.values for record in records if not record.trouble] == [["a", "b"], ["f", "g"]]


def test_zero_bytes_do_no_harm() -> None:
    assert values("a,b\x00c\n", 2) == [["a", "b\x00c"]]


def test_lines_that_each_close_and_open_a_quote_are_read_in_good_time() -> None:
    text = 'a","\n' * 40_000

    records = read(text, width=3)

    assert records[-1].end == len(text)
    assert sum(record.last - record.number + 1 for record in records) == 40_000


@pytest.mark.parametrize(("last", "kept"), [("e,f", 1), ('e,"f', 1), ('e,"f\n', 1), ('e,"f\ng', 1), ("e,f\n", 2), ('e,"f"\n', 2), ("", 1)])
def test_the_last_record_of_a_growing_file_waits_until_it_is_whole(last: str, kept: int) -> None:
    assert len(read("c,d\n" + last, width=2, growing=True)) == kept


@pytest.mark.parametrize(("last", "expected"), [("e,f", ["e", "f"]), ('e,"f', []), ('e,"f\n', []), ("e", [])])
def test_the_last_record_of_a_finished_file_is_read_or_told(last: str, expected: list[str]) -> None:
    assert values("c,d\n" + last, 2) == [["c", "d"], expected]


@given(st.text(st.sampled_from('a,"\n\r \0'), max_size=60), st.integers(0, 3), st.booleans())
def test_any_text_at_all_ends_and_no_line_is_lost(text: str, width: int, growing: bool) -> None:
    text = "aaaa" + text  # Zero bytes at the very start would look like UTF-16.
    records = read(text, width=width, growing=growing)

    assert all(before.end <= after.end and before.last < after.number for before, after in pairwise(records))
    if not growing:
        told = "".join(record.raw for record in records)
        assert told.count("a") == text.count("a")
