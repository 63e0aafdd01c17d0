"""Draws counts as a curve: in signs, for where only text is shown, and in HTML of table cells, which loads nothing and holds in mail."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

BLOCKS = "▁▂▃▄▅▆▇█"
HEIGHT = 64
"""The highest bar, in pixels."""
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
        f'<title>{escape(title)}</title></head><body style="margin:0;padding:16px;font:15px/1.5 sans-serif">'
        f'<div style="font-size:18px;font-weight:bold">{escape(title)}</div>{chart}'
        f'<div style="white-space:pre-wrap;margin-top:12px">{escape(text)}</div></body></html>'
    )


def _bar(count: int, top: int, *, last: bool) -> str:
    height = max(1, -(-HEIGHT * count // top)) if top and count else 1
    colour = _PALE if not count else _LAST if last else _BAR
    return (
        f'<td style="padding:0 1px;height:{HEIGHT}px"><div style="width:9px;height:{height}px;font-size:0;line-height:0;'
        f'background:{colour}">&nbsp;</div></td>'
    )
