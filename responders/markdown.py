"""Writes plain text as Reddit's Markdown, so that it appears as it was approved, and reads it back; pure."""

from __future__ import annotations

import re

# https://support.reddithelp.com/hc/en-us/articles/360043033952 (formatting guide). Old and new Reddit read a backslash before these alike.
_ANYWHERE = re.compile(r"[\\`*_\[\]<>&^~|]")
_LINK = re.compile(r"https?://[^\s<>\"`\\]+", re.IGNORECASE)
_IN_LINKS = re.compile(r"[*~^|\[\]]")
"""Signs that would set off formatting even within a link; a link that has one is put between < and >."""
_LINE_BEGINS = re.compile(r"(?P<sign>[#+-])|(?P<number>[0-9]{1,9})(?P<after>[.)])|(?P<equal>=)|(?P<blank>[ \t])")
_ESCAPED = re.compile(r"\\([\\`*_\[\]<>&^~|#+.)-])|&#(61|32|9);|<(https?://[^\s<>]+)>|(?<! )  \n|  (?=\n)", re.IGNORECASE)


def to_markdown(text: str) -> str:
    """Return the Markdown that Reddit shows as `text`: no emphasis, list, heading, quote, table or code that nobody wrote; lines stay."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    written = [_write_line(line) for line in lines]
    pieces = []
    for index, line in enumerate(written):
        pieces.append(line)
        if index + 1 < len(written):
            # Two spaces make a line break that stays; before or after an empty line a new paragraph begins by itself.
            pieces.append("  \n" if line and written[index + 1] else "\n")
    return "".join(pieces)


def from_markdown(text: str) -> str:
    """Return the text that this Markdown, written by `to_markdown`, shows; what a person wrote comes out as a reader would read it."""
    return _ESCAPED.sub(_read, text)


def _write_line(line: str) -> str:
    pieces = []
    position = 0
    for link in _LINK.finditer(line):
        pieces.append(_ANYWHERE.sub(r"\\\g<0>", line[position : link.start()]))
        pieces.append(f"<{link[0]}>" if _IN_LINKS.search(link[0]) else link[0])
        position = link.end()
    pieces.append(_ANYWHERE.sub(r"\\\g<0>", line[position:]))
    return _LINE_BEGINS.sub(_begin, "".join(pieces), count=1) if _LINE_BEGINS.match(line) else "".join(pieces)


def _begin(match: re.Match[str]) -> str:
    if match["sign"]:
        return "\\" + match["sign"]
    if match["number"]:
        return f"{match['number']}\\{match['after']}"
    return "&#61;" if match["equal"] else f"&#{ord(match['blank'])};"


def _read(match: re.Match[str]) -> str:
    if match[1]:
        return match[1]
    if match[2]:
        return chr(int(match[2]))
    return match[3] or ("\n" if match[0].endswith("\n") else "")
