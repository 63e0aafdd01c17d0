"""Draws counts as a curve: in signs where only text is shown, in HTML of table cells, which loads nothing, and as a picture."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from html import escape

BLOCKS = "▁▂▃▄▅▆▇█"
HEIGHT = 64
"""The highest bar, in pixels."""
PARTED = "\n\n"
"""What stands between two parts of a page."""
_BAR, _LAST, _PALE = "#8da2b5", "#c4314b", "#e3e8ec"


def spark(counts: Sequence[int]) -> str:
    """Return a sign for each count; the lowest sign is nothing at all, and the highest the most."""
    top = max(counts, default=0)
    return "".join(BLOCKS[0 if not count else max(1, -(-count * (len(BLOCKS) - 1) // top))] for count in counts)


def page_html(title: str, text: str, counts: Sequence[int], said: str, language: str) -> str:
    """Return a page as a mail shows it: its text as it is, with a bar for each count, the last of them marked; `said` is its words."""
    bars = "".join(_bar(count, max(counts), last=place == len(counts) - 1) for place, count in enumerate(counts))
    chart = (
        f'<table role="img" aria-label="{escape(said)}" cellpadding="0" cellspacing="0" border="0" style="margin:12px 0 4px">'
        f'<tr valign="bottom">{bars}</tr></table><div style="font-size:13px;opacity:.75">{escape(said)}</div>'
    )
    return (
        f'<!doctype html><html lang="{escape(language)}"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title></head>'
        f'<body style="margin:0;padding:16px;font:15px/1.5 sans-serif"><div style="max-width:640px">'
        f'<div style="font-size:18px;font-weight:bold">{escape(title)}</div>{chart}{"".join(_part(part) for part in text.split(PARTED))}'
        f"</div></body></html>"
    )


def _part(part: str) -> str:
    """Return a part of a page: its first line is its heading, where what follows stands deeper."""
    first, *rest = part.splitlines() or [""]
    headed = bool(rest) and all(line.startswith("  ") for line in rest)
    style = "font-weight:bold;" if headed else ""
    # What is drawn in signs stands above as bars.
    lines = "".join(_line(line) for line in rest if not line.strip().startswith(tuple(BLOCKS)))
    return f'<div style="{style}margin-top:16px">{_words(first)}</div>{lines}'


def _line(line: str) -> str:
    if line.startswith("  “"):
        return f'<div style="margin-top:8px;border-left:3px solid {_BAR};padding-left:10px">{escape(line.strip())}</div>'
    if line.startswith("    "):
        return f'<div style="border-left:3px solid {_BAR};padding-left:10px;font-size:13px">{_words(line.strip())}</div>'
    return f'<div style="margin-top:2px">{_words(line.strip())}</div>'


def _words(line: str) -> str:
    """Return a line as HTML; an address that ends it can be followed."""
    before, _, last = line.rpartition(" ")
    if not last.startswith(("https://", "http://")):
        return escape(line)
    link = f'<a href="{escape(last)}" style="color:#2f7dc4;word-break:break-all">{escape(last)}</a>'
    return f"{escape(before)} {link}" if before else link


def _bar(count: int, top: int, *, last: bool) -> str:
    height = max(1, -(-HEIGHT * count // top)) if top and count else 1
    colour = _PALE if not count else _LAST if last else _BAR
    return (
        f'<td style="padding:0 1px;height:{HEIGHT}px"><div style="width:9px;height:{height}px;font-size:0;line-height:0;'
        f'background:{colour}">&nbsp;</div></td>'
    )


WIDE, TALL, MARGIN = 640, 200, 16
"""The picture, in pixels."""
HOURS = 6
"""Between two marks below the bars."""


def picture(counts: Sequence[int]) -> bytes:
    """Return a PNG of bars, the last of them marked, with a line each six hours back; what they say stands beside it, in words."""
    top, step = max(counts, default=0) or 1, (WIDE - 2 * MARGIN) // max(len(counts), 1)
    colours = ["#ffffff", _BAR, _LAST, _PALE, "#5b6b78"]
    rows = [bytearray(WIDE) for _ in range(TALL)]
    ground = TALL - MARGIN
    for place, count in enumerate(counts):
        left, last = MARGIN + place * step, place == len(counts) - 1
        high = max(2, -(-(ground - MARGIN) * count // top)) if count else 2
        colour = 3 if not count else 2 if last else 1
        for row in rows[ground - high : ground]:
            row[left + 2 : left + step - 2] = bytes([colour]) * (step - 4)
        if (len(counts) - 1 - place) % HOURS == 0:
            for row in rows[ground + 3 : ground + 9]:
                row[left + step // 2 - 1 : left + step // 2 + 1] = bytes([4, 4])
    palette = b"".join(bytes.fromhex(colour[1:]) for colour in colours)
    pixels = zlib.compress(b"".join(b"\0" + bytes(row) for row in rows), 9)
    header = struct.pack(">IIBBBBB", WIDE, TALL, 8, 3, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        for name, content in ((b"IHDR", header), (b"PLTE", palette), (b"IDAT", pixels), (b"IEND", b""))
    )
