"""Reads what a post is about: the complaint, the thing, the circumstances, the tone; by rules, and it writes no reply."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from monitor.domain import Label, Sentiment
from responders.drafters.circumstances import Circumstances, circumstances
from responders.drafters.subjects import Subject, find_subject, name_anything
from responders.drafters.vocabulary import SURE, Cues, Reading, Vocabulary

KIN = frozenset(
    frozenset(pair)
    for pair in (
        ("refused", "outage"), ("phone", "outage"), ("unreachable", "outage"), ("phone", "unreachable"), ("late", "cancelled"),
        ("late", "outage"), ("refund", "double_charge"), ("refund", "billing"), ("billing", "double_charge"), ("too_high", "price"),
        ("too_high", "billing"), ("wrong_item", "quality"), ("awaited", "late"), ("awaited", "lost"), ("queue", "late"),
        ("lost", "late"), ("broken", "outage"), ("broken", "damaged"), ("phone", "no_answer"), ("promise", "late"),
        ("not_called_back", "no_answer"), ("not_called_back", "phone"), ("overflowing", "not_collected"), ("fined", "billing"),
        ("after_cancelling", "billing"), ("renewed", "billing"), ("doubted_bill", "billing"), ("doubted_bill", "too_high"),
        ("left_elsewhere", "lost"), ("rescheduled", "cancelled"), ("passed_by", "late"), ("passed_by", "cancelled"),
        ("not_come", "late"), ("no_show", "late"), ("no_show", "promise"), ("not_come", "cancelled"), ("not_come", "promise"),
        ("slow", "outage"), ("blocked", "refused"),
    )
)  # fmt: skip
"""Pairs of complaints of which one is told as the other: a card is refused because something is out of order."""

FAMILIES = (
    frozenset({"double_charge", "refund", "billing", "price"}),
    frozenset({"double_charge", "refund", "billing", "price", "too_high", "doubted_bill", "fined", "after_cancelling", "renewed"}),
    frozenset({"late", "cancelled", "closed", "unavailable", "queue", "awaited", "passed_by", "rescheduled", "not_come", "slow"}),
    frozenset({"lost", "late", "promise", "awaited", "no_answer", "left_elsewhere"}),
    frozenset({"phone", "no_answer", "promise", "unreachable"}),
    frozenset({"billing", "price", "awaited", "return_costs", "refused"}),
    frozenset({"quality", "wrong_item", "wrong_info", "damaged"}),
    frozenset({"outage", "broken", "damaged", "slow", "blocked"}),
    frozenset({"blocked", "refused"}),
    frozenset({"left_elsewhere", "wrong_info"}),
    frozenset({"promise", "not_come", "no_show", "lost", "late", "awaited", "no_answer"}),
    frozenset({"broken", "quality", "damaged"}),
    frozenset({"mess", "not_collected", "overflowing", "nuisance", "works", "upkeep", "fallen", "slippery"}),
    frozenset({"felled", "works"}),
    frozenset({"staff", "quality", "wrong_info"}),
)
"""Situations that are two sides of one complaint, so that a reply names only one of them."""

_OF_THINGS = frozenset({"lost", "broken", "damaged", "not_come"})
"""Complaints that say nothing where nobody knows what they are about."""

ASKABLE = frozenset(
    {
        "closed",
        "unavailable",
        "price",
        "works",
        "billing",
        "refund",
        "late",
        "cancelled",
        "wrong_info",
        "phone",
        "no_answer",
        "outage",
        "awaited",
    }
)
"""Situations whose words also stand in a plain question, such as "until when is the road closed?"."""


@dataclass(frozen=True, slots=True)
class KeyFacts:
    """What a reply needs to know of a post to answer that post and no other."""

    language: str
    situation: str
    """The complaint by its name in words/<language>.toml, or "question", "praise", "general", or empty: nothing recognised."""
    weight: int = 0
    second: str = ""
    """A second complaint, where the post makes two."""
    subject: Subject | None = None
    second_subject: Subject | None = None
    matter: Subject | None = None
    """The plainest noun of the whole post, for a complaint whose own words name no thing."""
    circumstances: Circumstances = field(default_factory=Circumstances)
    harm: str = ""
    """What happened to somebody, as a clause after "that"."""
    serious: str = ""
    """Which kind of T12 the words point to; triage decides whether it is one."""
    still: bool = False
    """The post says that it still goes on."""
    asks: bool = False
    praises: bool = False
    """It praises at least as much as it complains, without anger and without a question."""


def read_keyfacts(
    reading: Reading, known: Vocabulary, names: Iterable[str] = (), sentiment: Sentiment | None = None, prefer: frozenset[str] = frozenset()
) -> KeyFacts:
    """Return the key facts of a post, as `known` reads it; `names` are the brand's own, never what it is about.

    `prefer` are situations that our facts speak of: where the post makes several complaints, it is about one of those first.
    Only the first MAX_READ characters are read; linear in their number.
    """
    language = known.language
    barred = _own_words(known, names)
    late = _OWN_LATENESS[language].search(reading.raw) is not None
    complaints = [one for one in known.complaints(reading) if not (late and one[0] == "late")]
    if len(complaints) > 1 and _WANTS_BACK[language].search(reading.raw):  # That is what they want, and not what went wrong.
        complaints = [one for one in complaints if one[0] != "refund"]
    found = _ranked(_placed(known, reading, complaints, barred), prefer)
    anger, _ = known.feelings["anger"].weigh(reading)
    told = found
    asks = _asks(known, reading, found, anger)
    harm = next((clause for cue, clause in known.harm if cue.place(reading.line) >= 0), "")
    serious = next((name for name, cues in known.serious.items() if cues.weigh(reading)[0] >= SURE), "")
    around = circumstances(reading, language, names)
    barred |= set(Reading(around.where).words[1:])
    still = _STILL[language].search(reading.raw) is not None
    praise = _praises(known, reading)
    praises = not anger and not asks and praise >= max(SURE, found[0][1] if found else 0)
    common = {"language": language, "circumstances": around, "harm": harm, "serious": serious, "still": still, "praises": praises}
    goes_on = still or around.duration
    polite = known.feelings["polite"].weigh(reading)[0] > 0
    if asks and not (found and (found[0][0] not in (ASKABLE | {"lost"} if polite else ASKABLE) or goes_on)):
        return KeyFacts(situation="question", subject=find_subject(known, reading, -1, barred), asks=True, **common)  # type: ignore[arg-type]
    negative = sentiment is not None and sentiment.label is Label.NEGATIVE and sentiment.confidence > 0
    if found and not anger and not negative and not still and praise >= 2 * found[0][1]:
        found = []  # "Helped with my flat tyre within the hour, thanks!" names a complaint that is over.
    if not found and not anger and not negative and praise:
        return KeyFacts(situation="praise", subject=find_subject(known, reading, -1, barred), **common)  # type: ignore[arg-type]
    found = [
        one for one in found if one[0] not in _OF_THINGS or _names(find_subject(known, reading, reading.index(one[2]), barred, one[0]))
    ]
    if not found:
        subject = find_subject(known, reading, -1, barred)
        complains = bool(anger) or negative or bool(told)
        if complains and (subject is None or subject.dull):
            subject = name_anything(known, reading, barred) or subject
        situation = "general" if complains and subject and not subject.dull else ""
        return KeyFacts(situation=situation, subject=subject or name_anything(known, reading, barred), asks=asks, **common)  # type: ignore[arg-type]
    situation, weight, place = found[0]
    second = next((other for other in found[1:] if other[1] >= SURE and other[0] != "awaited" and _apart(situation, other[0])), None)
    return KeyFacts(
        situation=situation,
        weight=weight,
        second=second[0] if second else "",
        subject=find_subject(known, reading, reading.index(place), barred, situation),
        second_subject=find_subject(known, reading, reading.index(second[2]), barred, second[0]) if second else None,
        matter=_matter(known, reading, barred),
        asks=asks,
        **common,  # type: ignore[arg-type]
    )


def _names(subject: Subject | None) -> bool:
    return subject is not None and not subject.dull


def _own_words(known: Vocabulary, names: Iterable[str]) -> set[str]:
    """Return the words of the brand's names, which are never what a post is about; the "bus" of City Bus may be."""
    read = [Reading(name).words for name in names]
    return {word for words in read for word in words if len(words) == 1 or known.noun(word) is None}


def _matter(known: Vocabulary, reading: Reading, barred: set[str]) -> Subject | None:
    subject = find_subject(known, reading, -1, barred)
    if subject is None or subject.dull:
        subject = name_anything(known, reading, barred) or subject
    return subject


def _ranked(found: Sequence[tuple[str, int, int]], prefer: frozenset[str]) -> list[tuple[str, int, int]]:
    """Put what our facts speak of first, and waiting, and then how hard it was to reach us, after what it was about."""
    if prefer & {"refund", "billing"} and any(name == "double_charge" for name, _, _ in found):
        prefer = prefer | {"double_charge"}
    waiting = _WAITING - {"awaited"} if any(name == "billing" for name, _, _ in found) else _WAITING  # A bill that has not come.
    first = {"double_charge": -1}  # Who is charged twice wants the money back: that is one complaint, and this is its cause.
    return sorted(
        found,
        key=lambda one: (one[0] not in prefer, first.get(one[0], 0), 2 * (one[0] in REACHING) + (one[0] in waiting), -one[1]),
    )


def _placed(known: Vocabulary, reading: Reading, found: Sequence[tuple[str, int, int]], barred: set[str]) -> list[tuple[str, int, int]]:
    """Leave out what nothing in the post can have suffered, where another complaint tells what it is about.

    "My order should have come on Monday and tracking doesn't work" is about the order.
    """
    about = {name for name, _, place in found if find_subject(known, reading, reading.index(place), barred, name)}
    return [one for one in found if one[0] in about or one[0] not in _SUFFERED or not about]


_SUFFERED = _OF_THINGS | {"outage"}


_WAITING = frozenset({"late", "promise", "queue", "awaited", "not_come", "no_show"})
REACHING = frozenset({"phone", "no_answer", "wrong_info", "unreachable"})
"""Complaints about how hard it was to reach us or to hear from us: rarely what it was about."""


def _apart(first: str, second: str) -> bool:
    return not any(first in family and second in family for family in FAMILIES)


def _asks(known: Vocabulary, reading: Reading, found: Sequence[tuple[str, int, int]], anger: int) -> bool:
    """Say whether the post asks something it wants to know, and is no complaint in the shape of a question."""
    if anger:
        return False
    if "?" not in reading.raw:
        return not (found and found[0][0] not in ASKABLE) and known.feelings["question_anywhere"].weigh(reading)[0] > 0
    sentences = re.split(r"(?<=[.!?])\s", reading.raw)
    asked = " ".join(sentence for sentence in sentences if "?" in sentence)
    told = Reading(" ".join(sentence for sentence in sentences if "?" not in sentence))
    question = Reading(asked)
    if not (found and found[0][0] not in ASKABLE | {"lost"}) and known.feelings["polite"].weigh(question)[0]:
        return True
    if known.feelings["why"].weigh(question)[0] or (found and known.complaints(told)):
        return False
    if known.feelings["question_anywhere"].weigh(question)[0]:
        return True
    return any(_opens_with(known.feelings["question"], Reading(sentence)) for sentence in sentences if "?" in sentence)


def _opens_with(cues: Cues, reading: Reading) -> bool:
    return cues.weigh(Reading(" ".join(reading.words[:5])))[0] > 0


def _praises(known: Vocabulary, reading: Reading) -> int:
    """Return how much the post praises; 0 where it does so with bitterness."""
    if known.feelings["thanks_for_nothing"].weigh(reading)[0]:
        return 0
    weight = known.feelings["praise"].weigh(reading)[0]
    return weight if weight >= SURE else 0


_OWN_LATENESS = {
    "nl": re.compile(r"\b(?:omdat|doordat|dat|was) (?:ik|we) (?:\w+ ){0,3}te laat\b|\bik was (?:\w+ ){0,3}te laat\b", re.IGNORECASE),
    "en": re.compile(r"\b(?:i|we) (?:was|were|came|arrived) (?:\w+ ){0,2}late\b", re.IGNORECASE),
}
"""Says that the author was late, and not we."""

_WANTS_BACK = {
    "nl": re.compile(
        r"\b(?:wil|willen|wou|graag|eis|eisen)\b[^.!?]{0,30}\bgeld terug\b|\bgeld terug(?: graag|,? a\.?u\.?b)", re.IGNORECASE
    ),
    "en": re.compile(r"\b(?:want|need|demand|expect|give me|like)\b[^.!?]{0,30}\b(?:money back|refund)\b", re.IGNORECASE),
}
"""Says that the author wants their money back; not that it should be there already."""

_STILL = {
    "nl": re.compile(
        r"\b(?:nog steeds|nog altijd|al (?:\w+ ){0,2}(?:uur|uren|minuten|kwartier|dagen|weken|maanden)|sinds|nu al)\b", re.IGNORECASE
    ),
    "en": re.compile(
        r"\b(?:still|since|has been|have been|been (?:waiting|on hold|sitting|stuck|down)|currently|right now|is not|isn't)\b",
        re.IGNORECASE,
    ),
}
