"""Bodies piece by piece: however they are cut and packed, they come out whole or not at all."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.sources.bodies import Damaged, TooLarge, read_body

LIMIT = 10_000


def in_pieces(whole: bytes, size: int) -> list[bytes]:
    return [whole[start : start + size] for start in range(0, len(whole), size)]


@given(
    parts=st.lists(st.binary(max_size=300), max_size=4), size=st.integers(1, 40), padding=st.sampled_from([b"", b"\0" * 9, b"\x1f", b"x"])
)
def test_gzip_comes_out_whole_however_it_is_cut_and_joined(parts: list[bytes], size: int, padding: bytes) -> None:
    packed = b"".join(gzip.compress(part) for part in parts)
    pieces = in_pieces(packed + (padding if parts else b""), size)

    assert b"".join(parts) == read_body(pieces, "GZIP", LIMIT)


@given(body=st.binary(min_size=1, max_size=300), data=st.data())
def test_a_cut_gzip_body_is_damaged(body: bytes, data: st.DataObject) -> None:
    packed = gzip.compress(body)
    cut = packed[: data.draw(st.integers(1, len(packed) - 1))]

    with pytest.raises(Damaged):
        read_body([cut], "gzip", LIMIT)


@pytest.mark.parametrize("encoding", ["", "identity", " Identity "])
def test_a_plain_body_may_be_as_long_as_the_limit_and_no_longer(encoding: str) -> None:
    assert b"x" * LIMIT == read_body([b"x" * LIMIT], encoding, LIMIT)

    with pytest.raises(TooLarge):
        read_body([b"x" * LIMIT, b"x"], encoding, LIMIT)


def test_a_packed_body_may_be_as_long_as_the_limit_and_no_longer() -> None:
    assert b"x" * LIMIT == read_body([gzip.compress(b"x" * LIMIT)], "gzip", LIMIT)

    with pytest.raises(TooLarge):
        read_body([gzip.compress(b"x" * (LIMIT + 1))], "gzip", LIMIT)


def test_a_stream_of_empty_gzip_members_ends() -> None:
    def endless() -> Iterator[bytes]:
        while True:
            yield gzip.compress(b"")

    with pytest.raises(TooLarge):
        read_body(endless(), "gzip", LIMIT)
