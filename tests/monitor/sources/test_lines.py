"""Lines out of bytes: every encoding, every ending, every length, and the offset behind each."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.sources import lines
from monitor.sources.lines import HEAD, MAX_LINE, Lines

CODECS = {
    "utf-8": b"", "utf-8-sig": b"", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff", "utf-32-le": b"\xff\xfe\0\0",
    "utf-32-be": b"\0\0\xfe\xff",
}  # fmt: skip


def texts(raw: bytes) -> list[str]:
    return [line.text for line in Lines(io.BytesIO(raw))]


@given(
    st.lists(st.text(st.characters(exclude_characters="\n\r", exclude_categories=["Cs"]), max_size=9), min_size=1, max_size=9),
    st.sampled_from(sorted(CODECS)),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
    st.integers(1, 64),
)
def test_lines_come_back_whatever_the_encoding_and_the_chunk(written: list[str], codec: str, ending: str, ended: bool, chunk: int) -> None:
    whole = ending.join(written) + (ending if ended else "")
    raw = CODECS[codec] + whole.encode(codec)
    if codec == "utf-8" and raw[:4].count(0):
        return  # Zero bytes at the start look like UTF-16, and exports do not begin so.
    expected = [line + ending for line in written]
    expected = expected if ended else [*expected[:-1], *written[-1:]]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "_CHUNK", chunk)
        patch.setattr(lines, "HEAD", 4)
        found = list(Lines(io.BytesIO(raw)))

    assert [line.text for line in found] == [line for line in expected if line]
    if found:
        assert (found[-1].end, found[-1].number) == (len(raw), len(found))


@given(st.sampled_from(sorted(CODECS)), st.data())
def test_reading_goes_on_behind_any_line(codec: str, data: st.DataObject) -> None:
    written = [f"line {number} é\n" for number in range(20)]
    raw = CODECS[codec] + "".join(written).encode(codec)
    before = list(Lines(io.BytesIO(raw)))[data.draw(st.integers(0, 19))]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "HEAD", data.draw(st.sampled_from([8, 64, HEAD])))
        after = list(Lines(io.BytesIO(raw), offset=before.end, read=before.number))

    assert [line.text for line in after] == written[before.number :]
    assert [line.number for line in after] == list(range(before.number + 1, 21))


def test_a_last_line_that_does_not_end_is_not_whole() -> None:
    assert [line.whole for line in Lines(io.BytesIO(b"a\nb"))] == [True, False]


def test_utf_16_is_known_without_a_mark() -> None:
    assert texts("tekst;naam\n".encode("utf-16-le")) == ["tekst;naam\n"]
    assert texts("tekst;naam\n".encode("utf-16-be")) == ["tekst;naam\n"]


def test_a_line_that_is_not_utf_8_is_read_as_windows_1252_and_counted() -> None:
    found = Lines(io.BytesIO("café €\n".encode() + "café €\n".encode("windows-1252") + b"\x81\n"))

    assert [line.text for line in found] == ["café €\n", "café €\n", "\ufffd\n"]
    assert (found.encoding, found.guessed) == ("utf-8", 2)


def test_two_characters_of_utf_16_that_hold_the_bytes_of_a_line_ending_between_them_are_no_line_ending() -> None:
    assert texts(b"\xff\xfe" + "\u0a00\u4100\n".encode("utf-16-le")) == ["\u0a00\u4100\n"]


def test_half_a_character_of_utf_16_does_no_harm() -> None:
    assert texts(b"\xff\xfe" + "a\nb".encode("utf-16-le") + b"\x00") == ["a\n", "b\ufffd"]


def test_lines_of_an_old_macintosh_end_too() -> None:
    assert texts(b"a\rb\rc") == ["a\n", "b\n", "c"]


@pytest.mark.parametrize("codec", ["utf-8", "utf-16-le"])
def test_a_line_longer_than_any_post_is_passed_over_and_told(codec: str) -> None:
    raw = CODECS[codec] + ("first\n" + "x" * (MAX_LINE + 300_001) + "\nlast\n").encode(codec)

    found = list(Lines(io.BytesIO(raw)))

    assert [(line.number, line.too_long, line.text[:5]) for line in found] == [
        (1, False, "first"),
        (2, True, "xxxxx"),
        (3, False, "last\n"),
    ]
    assert len(found[1].text) <= 1_000
    assert found[2].end == len(raw)


def test_a_line_too_long_at_the_very_end_is_told_and_not_whole() -> None:
    (line,) = Lines(io.BytesIO(b"x" * (2 * MAX_LINE)))

    assert (line.too_long, line.whole, line.end) == (True, False, 2 * MAX_LINE)


def test_nothing_has_no_lines() -> None:
    assert texts(b"") == []
    assert texts(b"\xef\xbb\xbf") == []
