"""Compares what stands on a network with what was approved or read: networks write one text in several ways. Pure."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime

from monitor.text import MAX_TEXT, words

_LINK = re.compile(r"(?:https?://|www\.)\S+|\b(?:t\.co|pic\.(?:twitter|x)\.com)/\S+", re.IGNORECASE)
_ADDRESSED = re.compile(r"(?:@\w{1,50} +)+")
MOST_PLACES = 100


def as_approved(candidates: Iterable[str], approved: str) -> str:
    """Return the approved text where one way of reading what stands there gives it; else what stands there, read in the last way.

    Networks compose letters and accents (NFC), so that is no difference.
    """
    wanted = unicodedata.normalize("NFC", approved)
    last = ""
    for last in candidates:
        if unicodedata.normalize("NFC", last) == wanted:
            return approved
    return last


def without_handles(text: str) -> str:
    """Return a reply without the handles that a network put before it."""
    return text[match.end() :] if (match := _ADDRESSED.match(text)) else text


def is_edited(read: str, stands: Iterable[str]) -> bool:
    """Say whether an author changed the text that we read; `stands` are the ways in which the network gives it now.

    Links are left out, since networks rewrite them, and so is what a source may have put round the text (a title, a warning) or cut off.
    """
    before = _bare(read)
    return not any(_holds(before, now) or (len(read) >= MAX_TEXT // 2 and _holds(now, before[:-1])) for now in map(_bare, stands))


def is_since(edited_at: datetime | None, read_at: datetime) -> bool:
    """Say whether an edit came after we read the text."""
    return edited_at is not None and edited_at > read_at


def same_handle(one: str, other: str) -> bool:
    """Say whether two ways of writing a handle name one account."""
    return plain_handle(one) == plain_handle(other)


def other_handles(handles: Iterable[str], ours: str, form: re.Pattern[str]) -> list[str]:
    """Return those of a brand's handles, bare, that can be an account of a network by their form, and are not the one we answer from."""
    bare = dict.fromkeys(map(plain_handle, handles))
    return [handle for handle in bare if form.fullmatch(handle) and handle != plain_handle(ours)]


def plain_handle(handle: str) -> str:
    """Return a handle without the sign before it, in one case."""
    return re.sub(r"^/?u/|^@", "", handle.strip(), flags=re.IGNORECASE).casefold()


def _bare(text: str) -> tuple[str, ...]:
    return words(html.unescape(_LINK.sub(" ", text)))


def _holds(whole: tuple[str, ...], part: tuple[str, ...]) -> bool:
    """Say whether `part` stands in `whole` as one piece; an empty one stands only in an empty one."""
    if not part:
        return not whole
    starts = [at for at, word in enumerate(whole) if word == part[0]][:MOST_PLACES]
    return any(whole[at : at + len(part)] == part for at in starts)
