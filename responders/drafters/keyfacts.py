"""Reads what a post is about: the complaint, the thing, the circumstances, the tone; by rules, and it writes no reply."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from monitor.domain import Label, Sentiment
from responders.drafters.circumstances import Circumstances, circumstances
from responders.drafters.places import FOUL
from responders.drafters.vocabulary import Cues, Noun, Reading, Vocabulary, vocabulary

SURE = 3
"""A complaint weighs at least this: one plain cue, or three weak ones."""

FAMILIES = (
    frozenset({"double_charge", "refund", "billing", "price"}),
    frozenset({"late", "cancelled", "crowded", "closed", "unavailable"}),
    frozenset({"lost", "late", "promise"}),
    frozenset({"phone", "no_answer", "promise"}),
    frozenset({"outage", "broken", "damaged"}),
    frozenset({"broken", "quality", "damaged"}),
    frozenset({"mess", "not_collected", "nuisance", "works", "upkeep"}),
    frozenset({"staff", "quality", "wrong_info"}),
)
"""Situations that are two sides of one complaint, so that a reply names only one of them."""

ASKABLE = frozenset(
    {"closed", "unavailable", "price", "works", "billing", "refund", "late", "cancelled", "wrong_info", "phone", "no_answer", "outage"}
)
"""Situations whose words also stand in a plain question, such as "until when is the road closed?"."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The thing a post is about; `owner` is "you", "us" or empty."""

    words: str
    article: str = ""
    owner: str = ""
    plural: bool = False
    dull: bool = False
    kind: str = ""
    """One of vocabulary.KINDS, or empty."""


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
    text: str, language: str, names: Iterable[str] = (), sentiment: Sentiment | None = None, prefer: frozenset[str] = frozenset()
) -> KeyFacts:
    """Return the key facts of a post in one of `vocabulary.languages()`; `names` are the brand's own, never what it is about.

    `prefer` are situations that our facts speak of: where the post makes several complaints, it is about one of those first.
    Only the first MAX_READ characters are read; linear in their number.
    """
    known = vocabulary(language)
    reading = Reading(text, known.idioms)
    barred = {word for name in names for word in Reading(name).words}
    found = _ranked(_complaints(known, reading), prefer)
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
    if asks and not (found and (found[0][0] not in ASKABLE or goes_on)):
        return KeyFacts(situation="question", subject=_subject(known, reading, -1, barred), asks=True, **common)  # type: ignore[arg-type]
    negative = sentiment is not None and sentiment.label is Label.NEGATIVE and sentiment.confidence > 0
    if found and not anger and not negative and not still and praise >= 2 * found[0][1]:
        found = []  # "Helped with my flat tyre within the hour, thanks!" names a complaint that is over.
    if not found and not anger and not negative and praise:
        return KeyFacts(situation="praise", subject=_subject(known, reading, -1, barred), **common)  # type: ignore[arg-type]
    found = [one for one in found if one[0] not in _OF_THINGS or _subject(known, reading, reading.index(one[2]), barred, one[0])]
    if not found:
        subject = _subject(known, reading, -1, barred)
        complains = bool(anger) or negative or bool(told)
        situation = "general" if complains and subject and not subject.dull else ""
        return KeyFacts(situation=situation, subject=subject, asks=asks, **common)  # type: ignore[arg-type]
    situation, weight, place = found[0]
    second = next((other for other in found[1:] if other[1] >= SURE and _apart(situation, other[0])), None)
    return KeyFacts(
        situation=situation,
        weight=weight,
        second=second[0] if second else "",
        subject=_subject(known, reading, reading.index(place), barred, situation),
        second_subject=_subject(known, reading, reading.index(second[2]), barred, second[0]) if second else None,
        asks=asks,
        **common,  # type: ignore[arg-type]
    )


def _complaints(known: Vocabulary, reading: Reading) -> list[tuple[str, int, int]]:
    """Return the situations that the post's words point to surely: name, weight, place; the weightiest first."""
    found = []
    for name, cues in known.situations.items():
        weight, place = cues.weigh(reading)
        if weight >= SURE:
            found.append((name, weight, place))
    return sorted(found, key=lambda situation: -situation[1])


def _ranked(found: Sequence[tuple[str, int, int]], prefer: frozenset[str]) -> list[tuple[str, int, int]]:
    """Put what our facts speak of first, and waiting, and then how hard it was to reach us, after what it was about."""
    return sorted(found, key=lambda one: (one[0] not in prefer, 2 * (one[0] in REACHING) + (one[0] in _WAITING), -one[1]))


_WAITING = frozenset({"late", "promise"})
REACHING = frozenset({"phone", "no_answer", "wrong_info"})
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
    if known.feelings["why"].weigh(question)[0] or (found and _complaints(known, told)):
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


# What a post is about ------------------------------------------------------------------------------------------------------------

_OF_THINGS = frozenset({"lost", "broken", "damaged"})
"""Complaints that say nothing where nobody knows what they are about."""
_LIFTED = frozenset({"", "lost", "broken", "damaged", "refund", "quality", "no_answer", "promise", "wrong_info", "billing"})
"""Complaints that nearly any thing can be about, also one that no vocabulary knows."""
_NEAR = 3
_CLOCK = re.compile(r"\d{1,2}[.:]\d\d")
_CODE = re.compile(r"(?:[a-z]{1,3} ?)?\d{1,4}")
_DISPLAY = {
    "tv": "tv",
    "ipad": "iPad",
    "iphone": "iPhone",
    "flt": "flight",
    "gft": "gft",
    "sim": "SIM",
    "luggages": "luggage",
    "baggages": "baggage",
    "kliko's": "kliko's",
}


def main_subject(known: Vocabulary, reading: Reading, barred: set[str]) -> Subject | None:
    """Return what a post as a whole is about, whatever it says of it; `barred` are words that are never it."""
    return _subject(known, reading, -1, barred)


def _subject(known: Vocabulary, reading: Reading, cue: int, barred: set[str], situation: str = "") -> Subject | None:
    """Return the thing the post is about: the noun nearest to the cue, with the nouns that own or number it counting for more."""
    best: tuple[float, int, str, Noun] | None = None
    tokens = reading.words
    position = 0
    while position < len(tokens):
        words, noun = _noun_at(known, tokens, position)
        if noun is None or words in barred or not known.fits(words, situation):
            position += 1
            continue
        cost = abs(position - cue) if cue >= 0 else position * 0.3
        cost += (
            8 * noun.dull
            + 5 * (_before(tokens, position, known.prepositions, 2) and words in known.places)
            + 2 * _before(tokens, position, known.prepositions, 2)
        )
        cost -= _NEAR * (_owner(known, tokens, position) == "you")
        if best is None or cost < best[0]:
            best = (cost, position, words, noun)
        position += len(words.split())
    if best is None:
        return _lifted(known, tokens, barred) if situation in _LIFTED else None
    _, position, words, noun = best
    if noun.dull and situation in _LIFTED:
        lifted = _lifted(known, tokens, barred)
        if lifted is not None:
            return lifted
    return _as_subject(known, reading, position, words, noun)


def _noun_at(known: Vocabulary, tokens: Sequence[str], position: int) -> tuple[str, Noun | None]:
    word = tokens[position]
    if position + 1 < len(tokens):
        pair = f"{word} {tokens[position + 1]}"
        if pair in known.pairs:
            return pair, known.pairs[pair]
    return word, known.noun(word)


def _as_subject(known: Vocabulary, reading: Reading, position: int, words: str, noun: Noun) -> Subject:
    tokens = reading.words
    owner = _owner(known, tokens, position)
    after = position + len(words.split())
    shown = " ".join(_DISPLAY.get(word, word) for word in words.split())
    numbered = words in known.numbered and after < len(tokens) and _CODE.fullmatch(tokens[after]) is not None
    numbered = numbered and (len(tokens[after]) > 1 or words not in {"flight", "flt", "vlucht"})  # "Flight 2 Boston" goes to Boston.
    numbered = numbered and not re.search(rf"[€$£] ?{tokens[after]}", reading.raw)  # "An earlier flight, $154" has no number.
    if numbered:
        shown = f"{shown} {tokens[after].upper()}"
    elif after + 1 < len(tokens) and tokens[after] == "van" and _CLOCK.fullmatch(tokens[after + 1]):
        shown = f"{shown} van {tokens[after + 1]} uur"
    if not owner and noun.yours and not numbered:
        owner = "you"
    return Subject(shown, "" if numbered else noun.article, owner, noun.plural, noun.dull, noun.kind)


def _owner(known: Vocabulary, tokens: Sequence[str], position: int) -> str:
    """Return whose it is by the word before it, or before the one adjective that stands between."""
    owners = known.owners
    for back in (1, 2):
        if position >= back and tokens[position - back] in owners:
            return owners[tokens[position - back]]
    return ""


def _before(tokens: Sequence[str], position: int, wanted: frozenset[str], reach: int) -> bool:
    return any(token in wanted for token in tokens[max(0, position - reach) : position])


def _lifted(known: Vocabulary, tokens: Sequence[str], barred: set[str]) -> Subject | None:
    """Return the unknown noun after "mijn" or "my", only where the word after it shows that it is the noun."""
    owners, ends = known.owners, known.after_noun
    for position in range(len(tokens) - 1):
        if owners.get(tokens[position]) != "you" or tokens[position] == "ons":
            continue
        word = tokens[position + 1]
        following = tokens[position + 2] if position + 2 < len(tokens) else "."
        last = following == "." or following in ends or (known.language == "en" and following.endswith("ed"))
        if (
            last
            and known.noun(word) is None
            and word.isalpha()
            and 3 <= len(word) <= 24
            and word not in ends
            and word not in known.personal
            and word not in barred
            and not FOUL.search(word)
        ):
            plural = word.endswith("en") if known.language == "nl" else word.endswith("s") and not word.endswith("ss")
            return Subject(word, "", "you", plural)
    return None


_STILL = {
    "nl": re.compile(
        r"\b(?:nog steeds|nog altijd|al (?:\w+ ){0,2}(?:uur|uren|minuten|kwartier|dagen|weken|maanden)|sinds|nu al)\b", re.IGNORECASE
    ),
    "en": re.compile(
        r"\b(?:still|since|has been|have been|been (?:waiting|on hold|sitting|stuck|down)|i'm|we're|currently|right now|is not|isn't)\b",
        re.IGNORECASE,
    ),
}
