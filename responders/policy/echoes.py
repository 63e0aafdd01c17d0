"""Finds the fact that a clause only says again (N4): all its words stand there, or stand for what does; both deny it, or neither."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from responders.policy.acronyms import spelled_out
from responders.policy.context import Context, fact_texts
from responders.policy.dated import figure_carried
from responders.policy.grammar import NEGATION, has
from responders.policy.parts import Part
from responders.policy.quantities import Figure, figures, values
from responders.policy.reading import listed, read
from responders.policy.reckoned import reckoned
from responders.policy.statements import EVERY
from responders.policy.stems import common, keys, keys_of_text

_LEFT_UNDONE = (
    r"\b(?:vergat\w*|vergeten|gemist|miste[n]?|nagelaten|verzuimd|over het hoofd gezien|blijven liggen|forgot\w*|missed|failed to|"
    r"omitted|overlooked|neglected|lacked|lacking|absent|ontbrak\w*|ontbrok\w*|ontbreekt|ontbreken|uitgebleven|bleef uit)\b"
)
"""Words that deny without a "not"."""
_TELLING = listed(
    "say said says zeggen zei zeiden gezegd tell told vertellen verteld word words woord woorden mention mentioned melden meldde meldden "
    "gemeld melding vermelden vermeldde vermeldden vermeld notice warning warned warn waarschuwing waarschuwen gewaarschuwd bericht "
    "inform informed laten weten"
)
"""Words by which something is told or not; one stands for another where it is denied."""
_LIGHT = keys(
    listed(
        "simply plainly completely complete full fully whole entire entirely wholly own ourselves herself himself volledig volledige "
        "helemaal gehele hele totale compleet complete eigen onszelf netjes meteen gelijk within between "
        "otherwise binnen tussen achter elkaar row running "
        "percent procent euro meter metres meters centimeter vierkante square kubieke graden degrees decibel omhoog omlaag hoger lager "
        "straight later earlier"
    )
)
_STANDS_FOR = r"\b(?:that|it|this|them|those|he|she|they|dat|dit|het|die|hem|haar|ze|zij|hij)\b"
_NEVER_DONE = r"\b(?:never|nooit)\b"
_EACH_TIME = r"\b(?:is|are|wordt|worden|zal|zullen|will|'ll)\b"
_SAME_STEM = re.compile(r"^(?:ver|ge|be|her)(?=[a-z]{4})")


@dataclass(frozen=True, slots=True)
class _Segment:
    """What a fact says between two signs: its keys, and whether it denies it."""

    keys: frozenset[str]
    denies: bool
    tells: bool


@lru_cache(maxsize=4)
def _told(context: Context) -> tuple[tuple[str, str, tuple[_Segment, ...]], ...]:
    """Return each statement of each fact, cut at its commas."""
    found: list[tuple[str, str, tuple[_Segment, ...]]] = []
    for fact in context.usable:
        for text in fact_texts(fact):
            pieces = read(text).plain.split(";")
            found += [(fact.id, piece, tuple(_segment(part) for part in re.split(r",\s|:\s|\s-\s", piece))) for piece in pieces]
    return tuple(found)


def _segment(plain: str) -> _Segment:
    said = keys_of_text(plain)
    return _Segment(
        said | {_SAME_STEM.sub("", one) for one in said if not one.isupper()},
        denies(plain),
        any(word.text in _TELLING for word in read(plain).words),
    )


def denies(plain: str) -> bool:
    """Say whether a text denies what it says, or says that it was left undone."""
    return has(NEGATION, plain) or has(_LEFT_UNDONE, plain)


def echoed(context: Context, part: Part, *, done: bool = False) -> str | None:
    """Return the fact that says all that a clause says, by one word only with its day, time or sum; what is `done` only where it denies."""
    text = part.text
    if done and not denies(text):
        return None
    said = figures(text)
    if len(part.keys) > 12 or any(
        not figure_carried(context, one, text) and one.value not in values(context.post.plain) and reckoned(context, part, one) is None
        for one in said
        if one.kind not in {"word", "link"}
    ):
        return None
    words = {word.text for word in read(text).words}
    denied = denies(text)
    told_as = words & _TELLING if denied else frozenset[str]()
    wanted = part.keys & keys_of_text(_FIGURED.sub(" ", _without(text, said))) - _LIGHT - keys(told_as) - keys(
        word for word in words if has(_LEFT_UNDONE, word)
    ) - {"STAFF"}
    wanted = frozenset(_SAME_STEM.sub("", one) if not one.isupper() else one for one in wanted)
    absolute = has(EVERY, text) and not (denied and has(_NEVER_DONE, text) and not has(_EACH_TIME, text))
    dated = {carrier for one in said if (one.kind in _EXACT or one.is_ordinal) and (carrier := figure_carried(context, one, text))}
    specific = [one for one in said if _is_specific(one)]
    measured = {carrier for one in specific if one.kind not in {"date", "time"} and (carrier := figure_carried(context, one, text))}
    for fact, piece, segments in _told(context):
        if absolute and not has(EVERY, piece):
            continue
        spelled = spelled_out(context.reply, tuple(text for one in context.usable if one.id == fact for text in fact_texts(one)))
        matched = _matched(wanted, segments, spelled, denied=denied)
        if matched is None or (told_as and not any(one.tells and one.denies for one in segments)):
            continue
        missing = len(wanted) - len(matched)
        enough = 0 if told_as else 1 if denied or specific or has(_STANDS_FOR, text) else 2
        if not missing and len(matched) >= enough:
            return fact
        if matched and ((fact in dated and not missing) or (fact in measured and missing <= len(matched))):
            return fact
    return None


_EXACT = frozenset({"date", "time", "amount", "length"})
_FIGURED = re.compile(r"\b(?:mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun|ma|di|wo|do|vr|za|zo|am|pm)\b")


def _is_specific(figure: Figure) -> bool:
    """Say whether a figure is one that few statements share: a share, a sum, a number of two digits or more."""
    if figure.kind in {"percent", "amount", "date", "time"}:
        return True
    return figure.kind in {"number", "length"} and re.match(r"\d\d|\d\.\d", figure.value) is not None


def _without(text: str, said: tuple[Figure, ...]) -> str:
    """Return a text without its figures."""
    for one in reversed(said):
        text = f"{text[: one.start]} {text[one.end :]}"
    return text


def _matched(wanted: frozenset[str], segments: tuple[_Segment, ...], spelled: frozenset[str], *, denied: bool) -> frozenset[str] | None:
    """Return which keys a statement tells, or None where it denies them and the clause does not, or the other way round."""
    everywhere = frozenset().union(*(one.keys for one in segments)) | spelled
    matched = common(wanted, everywhere)
    if denied:
        return matched if any(one.denies and (not wanted or common(wanted, one.keys)) for one in segments) else None
    plainly = frozenset().union(*(one.keys for one in segments if not one.denies), spelled)
    return matched if matched == common(wanted, plainly) else None
