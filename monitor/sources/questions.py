"""Puts the words that a brand is known by into as few search questions as a network's limit allows; no asking here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

JOINT = " OR "


def quoted(phrase: str) -> str:
    """Return a phrase as networks search for it word for word; "" where it holds no letter and no digit."""
    bare = " ".join(phrase.replace('"', " ").replace("\\", " ").split())
    return f'"{bare}"' if any(sign.isalnum() for sign in bare) else ""


def split(words: Iterable[str], longest: int, *, before: str = "(", after: str = ")") -> tuple[Sequence[str], Sequence[str]]:
    """Return questions of at most `longest` characters in which each word stands once, and the words that are too long for any.

    A question is `before`, words joined by OR, and `after`; each word goes into the first question that has room, so that a
    new word at the end changes as few of them as can be.
    """
    room = longest - len(before) - len(after)
    groups: list[list[str]] = []
    too_long = []
    for word in dict.fromkeys(words):
        if len(word) > room:
            too_long.append(word)
            continue
        fitting = next((group for group in groups if len(JOINT.join([*group, word])) <= room), None)
        if fitting is None:
            groups.append([word])
        else:
            fitting.append(word)
    return [f"{before}{JOINT.join(group)}{after}" for group in groups], too_long
