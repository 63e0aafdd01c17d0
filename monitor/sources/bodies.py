"""Takes the body of an answer piece by piece and unpacks it, never holding more than was allowed; gzip is the only packing it knows."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

_GZIP_MAGIC = b"\x1f\x8b"
_GZIP = zlib.MAX_WBITS | 16


class TooLarge(Exception):
    """The body is longer than allowed, as sent or unpacked."""


class Damaged(Exception):
    """The body cannot be unpacked, or ends in the middle."""


def read_body(pieces: Iterable[bytes], encoding: str, limit: int) -> bytes:
    """Return the unpacked body; stops reading as soon as it is longer than `limit` bytes.

    Raises:
        TooLarge, Damaged: and whatever `pieces` raises.
    """
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        return _read_plain(pieces, limit)
    if encoding in ("gzip", "x-gzip"):
        return _read_gzip(pieces, limit)
    raise Damaged("it is packed in a way that nobody asked for")


def _read_plain(pieces: Iterable[bytes], limit: int) -> bytes:
    body = bytearray()
    for piece in pieces:
        body += piece
        if len(body) > limit:
            raise TooLarge
    return bytes(body)


def _read_gzip(pieces: Iterable[bytes], limit: int) -> bytes:
    body = bytearray()
    received = 0
    kept = b""
    unpacker = zlib.decompressobj(_GZIP)
    for piece in pieces:
        received += len(piece)
        if received > limit:
            raise TooLarge
        rest, kept = kept + piece, b""
        while rest:
            if unpacker.eof:
                if rest == _GZIP_MAGIC[:1]:
                    kept = rest  # Perhaps the first half of another member's magic number.
                    break
                if not rest.startswith(_GZIP_MAGIC):
                    break  # Padding behind the last member.
                unpacker = zlib.decompressobj(_GZIP)
            try:
                body += unpacker.decompress(rest, limit - len(body) + 1)
            except zlib.error as error:
                raise Damaged("it cannot be unpacked") from error
            if len(body) > limit:
                raise TooLarge
            rest = unpacker.unused_data
    if received and not unpacker.eof:
        raise Damaged("it ends in the middle")
    return bytes(body)
