"""Counts are drawn to the highest of them, in signs and as bars."""

from __future__ import annotations

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.curves import BLOCKS, HEIGHT, MARGIN, TALL, WIDE, page_html, picture, spark

COUNTS = st.lists(st.integers(min_value=0, max_value=10**9), max_size=60)


@pytest.mark.parametrize(("counts", "drawn"), [([], ""), ([0, 0], "▁▁"), ([1, 1], "██"), ([0, 1, 4, 8], "▁▂▅█"), ([1, 10**6], "▂█")])
def test_a_curve_is_scaled_to_its_highest_and_only_nothing_is_drawn_as_nothing(counts: list[int], drawn: str) -> None:
    assert drawn == spark(counts)


@given(COUNTS)
def test_more_is_never_drawn_lower(counts: list[int]) -> None:
    heights = [BLOCKS.index(sign) for sign in spark(sorted(counts))]

    assert sorted(heights) == heights
    assert len(counts) == len(heights)


def test_the_last_bar_is_marked_and_none_is_higher_than_the_chart() -> None:
    html = page_html("Title", "Text", [0, 5, 10], "what it shows", "en")

    assert [1, 32, 64] == [int(part.split("px")[0]) for part in html.split("width:9px;height:")[1:]]
    assert 1 == html.count("#c4314b") == html.count("#e3e8ec")
    assert f"height:{HEIGHT}px" in html


def test_nothing_that_a_stranger_wrote_becomes_markup_and_nothing_is_loaded() -> None:
    html = page_html('<b>"x"', "<script>alert(1)</script>", [1], '"><img src=x>', "en")

    assert "<script" not in html
    assert "<img" not in html
    assert "<b>" not in html
    assert [] == [word for word in ("src=", "url(", "http:", "https:") if word in html.replace("src=x", "")]


def rows_of(png: bytes) -> list[bytes]:
    """Return the colours of each row of a picture, as their places in its palette, and hold its parts against their sums."""
    assert b"\x89PNG\r\n\x1a\n" == png[:8]
    parts, place = {}, 8
    while place < len(png):
        [size] = struct.unpack(">I", png[place : place + 4])
        name, content = png[place + 4 : place + 8], png[place + 8 : place + 8 + size]
        [proof] = struct.unpack(">I", png[place + 8 + size : place + 12 + size])
        assert zlib.crc32(name + content) == proof
        parts[name], place = content, place + 12 + size
    assert [b"IHDR", b"PLTE", b"IDAT", b"IEND"] == list(parts)
    pixels = zlib.decompress(parts[b"IDAT"])
    return [pixels[start + 1 : start + 1 + WIDE] for start in range(0, len(pixels), WIDE + 1)]


def test_a_picture_has_a_bar_for_each_count_the_last_of_them_marked() -> None:
    rows = rows_of(picture([0, 3, 6, 12]))
    heights = [sum(row[MARGIN + place * 152 + 50] in {1, 2, 3} for row in rows) for place in range(4)]

    assert (TALL, WIDE) == (len(rows), len(rows[0]))
    assert [2, 42, 84, 168] == heights
    assert [False, True] == [any(2 in row[: MARGIN + 456] for row in rows), any(2 in row for row in rows)]


@given(COUNTS)
def test_any_counts_make_a_sound_picture(counts: list[int]) -> None:
    assert {WIDE} == {len(row) for row in rows_of(picture(counts))}
