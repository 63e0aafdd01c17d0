"""Reckons an amount from those that a reply, a fact or the post tells beside it: what is left of one, what several come to (N4)."""

from __future__ import annotations

import re
from itertools import combinations

from responders.policy.asked import BY_POST, Asked
from responders.policy.grammar import has
from responders.policy.measures import PHYSICAL, Measure
from responders.policy.reading import read

_APART = (
    r"\b(?:meer|minder|verschil|scheelt|scheelde|rest(?:eert|erende|ant)?|te\ (?:veel|weinig)|teveel|extra|hoger|lager|duurder|goedkoper|"
    r"stijg\w*|steeg|gestegen|daal\w*|daling|gedaald|andere|overige|bespaar\w*|erbij|eraf|more|less|difference|left|remain(?:s|ing|der)?|"
    r"rest|too\ (?:much|little)|higher|lower|dearer|cheaper|r[io]se[ns]?|went\ up|gone\ up|(?:go|goes|going)\ (?:up|down)|increase[ds]?|"
    r"fell|falls?|dropped|drops?|saves?|saved|saving|other)\b"
)
"""By how much one amount differs from another, said beside it."""
_DIFFERENCE_BACK = r"\b(?:verschil|difference|te\ veel|teveel|too\ much|overcharge\w*)\b"
_BARE = r"^\W+(?:meer|minder|te veel|duurder|goedkoper|more|less|too much|dearer|cheaper|extra)\b"
_COMES_TO = (
    r"\b(?:kom(?:t|en)?\W+(?:je|u|het|dat|we|jullie)?\W*(?:(?:dan|zo|dus|samen)\W+)?(?:op|uit\ op|aan)|samen|bij\ elkaar|opgeteld|"
    r"in\ totaal|totaal|makes|comes?\ to|brings?\ (?:it|that|you|the\ total)\ to|adds?\ up\ to|together|in\ total|altogether)\W+"
    r"(?:\w+\W+){0,2}$"
)
MAX_TOLD, MAX_SUMMANDS = 14, 4


def differs_from_told(asked: Asked) -> str | None:
    """By how much two amounts differ that one sentence of a fact or the post tells, or of which the reply names one."""
    wanted = _amount(asked)
    if wanted is None:
        return None
    unit, size = wanted
    beside = has(_APART, asked.before) or has(_APART, asked.after)
    told = _told(asked, unit)
    if asked.keys & {"REFUND", "COMPENSATE", "FREE"} and has(r"\b(?:extra|meer|more)\b", asked.after):
        return None  # "And £20 extra" is given besides, and no difference.
    for (fact, text, one), (other_fact, other_text, other) in combinations(told, 2):
        if abs(abs(one.size - other.size) - size) > 1e-6:
            continue
        together = text is other_text and one.sentence == other.sentence
        named = unit == "money" and bool(asked.said & {one.size, other.size})
        if (together or named) and (beside or (named and _gives_difference(asked, fact, other_fact))):
            return fact or other_fact
    return None


def _amount(asked: Asked) -> tuple[str, float] | None:
    """Return what the figure amounts to: money, also without its sign beside another amount ("310 euro, 190 more"), or a length."""
    for unit, size in asked.sizes:
        if unit == "money" or unit in PHYSICAL:
            return unit, size
    for unit, size in asked.sizes:
        if unit == "count" and has(_BARE, asked.after) and (_is_in_cents(asked) or any(one.unit == "money" for one in asked.own)):
            return "money", size
    return None


def _is_in_cents(asked: Asked) -> bool:
    return re.search(r"[.,]\d\d$", asked.plain[asked.start : asked.end]) is not None


def _told(asked: Asked, unit: str) -> list[tuple[str, str, Measure]]:
    """Return the amounts that facts and post tell; a post leaves the sign out."""
    found = [
        (fact, text, one)
        for fact, text, measures in asked.told
        for one in measures
        if one.unit == unit or (unit == "money" and fact == BY_POST and one.unit == "count")
    ]
    return found[:MAX_TOLD]


def _gives_difference(asked: Asked, *facts: str) -> bool:
    """Say whether the facts themselves give back a difference, which they leave to be reckoned: "verschil terug"."""
    return any(has(_DIFFERENCE_BACK, read(text).plain) for fact, text, _ in asked.told if fact != BY_POST) and BY_POST in facts


def comes_to(asked: Asked) -> str | None:
    """What the amounts come to that the reply tells just before: "with solar panels (4,900) and transport (950) you come to 74,350"."""
    before = asked.plain[max(0, asked.start - 60) : asked.start]
    if not has(_COMES_TO, before):
        return None
    size = next((size for unit, size in asked.sizes if unit in {"money", "count"}), None)
    if size is None:
        return None
    terms = [one.size for one in (*asked.just_said, *asked.own) if one.unit in {"money", "count"} and one.size < size][:MAX_TOLD]
    for several in range(2, MAX_SUMMANDS + 1):
        for those in combinations(terms, several):
            if abs(sum(those) - size) < 1e-6:
                return next((fact for fact, _, measures in asked.told for one in measures if one.size in those), None)
    return None
