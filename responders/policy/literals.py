"""Reads off a pattern which pieces of words a text must hold for it to be found there. Knows nothing of replies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib import import_module
from itertools import product
from typing import Any

EDGE = "|"
"""Where a word begins or ends."""
_GAP, _SIGN = "\0", " "
"""Anything or nothing; a sign that is no letter."""
_MOST = 24
"""Spellings of one stretch that are told apart."""
_SMALL = 6
"""A set of so many letters is taken letter by letter."""
_WORD, _OTHER = re.compile(r"[a-z_0]+"), re.compile(rf"[^a-z_0{EDGE}{_GAP}{_SIGN}]")

Needs = tuple[frozenset[str], ...]
"""Of each set a text must hold one piece: "|sorry|" is a word, "|apolog" how one begins, "0" a digit, "@" a sign."""
_Read = tuple[frozenset[str], list[frozenset[str]]]
"""How all that a stretch of a pattern finds is spelled, and the needs that stand before the last gap."""
_NOTHING: frozenset[str] = frozenset({""})
_ANYTHING: frozenset[str] = frozenset({_GAP})


def needs_of(regex: str, flags: int = 0) -> Needs:
    """Return what a text must hold for a pattern to be found in it; nothing where that cannot be told."""
    if flags & re.IGNORECASE or "(?i" in regex:
        return ()
    parser: Any = import_module("re._parser")
    spelled, needs = _sequence(parser.parse(regex, flags))
    return tuple(dict.fromkeys([*needs, *_need(spelled)]))


def folded(text: str) -> str:
    """Return a text as needs are spelled: small, each digit a nought."""
    return _DIGIT.sub("0", text.lower())


_DIGIT = re.compile(r"\d")


def _sequence(nodes: Iterable[tuple[Any, Any]]) -> _Read:
    needs: list[frozenset[str]] = []
    spelled = _NOTHING
    for kind, given in nodes:
        if kind.name == "LITERAL":  # As most nodes are, and it neither adds a spelling nor a need.
            letter = _letter(given)
            spelled = frozenset(one + letter for one in spelled)
            continue
        tails, inner = _node(kind.name, given)
        needs += inner
        if len(spelled) * len(tails) > _MOST and min(len(spelled), len(tails)) > 2:
            needs += _need(spelled)
            spelled = _ANYTHING
        spelled = frozenset(one + tail for one, tail in product(spelled, tails))
        if len(spelled) > 10 * _MOST:
            needs += _need(spelled)
            spelled = _ANYTHING
    return spelled, needs


def _node(kind: str, given: Any) -> _Read:
    match kind:
        case "IN":
            return _one_of(given), []
        case "AT":
            return (_NOTHING if given.name == "AT_NON_BOUNDARY" else frozenset({EDGE})), []
        case "ASSERT" | "ASSERT_NOT":
            return _NOTHING, []
        case "SUBPATTERN":
            _group, added, removed, inner = given
            return _sequence(inner) if not added and not removed else (_ANYTHING, [])
        case "ATOMIC_GROUP":
            return _sequence(given)
        case "BRANCH":
            return _branch([_sequence(one) for one in given[1]])
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            return _repeat(*given)
    return _ANYTHING, []


def _branch(read: Sequence[_Read]) -> _Read:
    spelled = frozenset().union(*(one for one, _needs in read))
    if not any(needs for _one, needs in read):
        return spelled, []
    best = [_best([*needs, *_need(one)]) for one, needs in read]
    return spelled, ([frozenset().union(*best)] if all(best) else [])


def _repeat(least: int, most: Any, inner: Any) -> _Read:
    spelled, needs = _sequence(inner)
    if spelled == {_SIGN} and least:
        return spelled, []
    if not least:
        return (_NOTHING | spelled if most == 1 and not needs else _ANYTHING), []
    return (spelled if most == 1 else frozenset(one + _GAP for one in spelled)), needs


@lru_cache(maxsize=1024)
def _letter(code: int) -> str:
    letter = chr(code)
    if letter.isdecimal():
        return "0"
    if letter == "_" or letter.isalnum():
        return letter.lower() if letter.isascii() else _GAP
    return _SIGN if letter.isspace() or letter in {EDGE, _GAP} else letter


def _one_of(members: Sequence[tuple[Any, Any]]) -> frozenset[str]:
    kinds = {kind.name for kind, _given in members}
    if kinds == {"LITERAL"} and len(members) <= _SMALL:
        return frozenset(_letter(given) for _kind, given in members)
    names = {given.name for kind, given in members if kind.name == "CATEGORY"}
    letters = {_letter(given) for kind, given in members if kind.name == "LITERAL"}
    if kinds <= {"CATEGORY", "LITERAL"} and names <= {"CATEGORY_NOT_WORD", "CATEGORY_SPACE"} and not any(map(_is_of_word, letters)):
        return frozenset({_SIGN})
    return frozenset({"0"}) if all(_is_digits(kind.name, given) for kind, given in members) else _ANYTHING


def _is_of_word(letter: str) -> bool:
    return letter in {_GAP, "_"} or letter.isalnum()


def _is_digits(kind: str, given: Any) -> bool:
    if kind == "CATEGORY":
        return bool(given.name == "CATEGORY_DIGIT")
    return kind in {"LITERAL", "RANGE"} and all(code in range(48, 58) for code in (given if isinstance(given, tuple) else (given,)))


def _need(spelled: frozenset[str]) -> list[frozenset[str]]:
    """Return the best piece of each spelling as a need; none where a spelling has no piece."""
    pieces = frozenset(map(_piece, spelled))
    return [pieces] if "" not in pieces else []


@lru_cache(maxsize=4096)
def _piece(spelling: str) -> str:
    """Return the piece of a spelling that is likely the rarest."""
    found = [_with_edges(spelling, match.start(), match.end()) for match in _WORD.finditer(spelling)]
    return max([*found, *_OTHER.findall(spelling)], key=rareness, default="")


def _with_edges(spelling: str, begin: int, end: int) -> str:
    before, after = spelling[begin - 1 : begin], spelling[end : end + 1]
    return f"{EDGE if before and before != _GAP else ''}{spelling[begin:end]}{EDGE if after and after != _GAP else ''}"


def rareness(piece: str) -> float:
    """Say how rare a piece of a word may be: a long one, a whole word."""
    return len(piece) + (0.5 if piece.endswith(EDGE) else 0)


def _best(needs: Sequence[frozenset[str]]) -> frozenset[str]:
    return max(needs, key=lambda one: min(map(rareness, one)), default=frozenset())
