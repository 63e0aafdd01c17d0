"""Finds what a post is about: the noun nearest to its complaint, whose it is, and the next best word where no noun is known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from responders.drafters.places import FOUL
from responders.drafters.vocabulary import Noun, Reading, Vocabulary


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


_ORDERED = frozenset({"lost", "damaged", "wrong_item"})
"""Complaints about what somebody says to have ordered, where they do not name it."""
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
    "id": "ID",
    "id-kaart": "ID-kaart",
    "sim": "SIM",
    "luggages": "luggage",
    "baggages": "baggage",
    "kliko's": "kliko's",
}


_MEASURES = frozenset({"meter", "meters", "hours"})
_COUNT = re.compile(r"\d+|two|three|four|five|six|seven|eight|nine|ten|twee|drie|vier|vijf|zes|zeven|acht|negen|tien")
"""Before a measure these make it one: "800 meter" is no meter, "three hours" are no opening hours."""

_BESIDE = {
    "nl": frozenset({"voor", "achter", "naast", "onder", "tegen", "langs", "tussen"}),
    "en": frozenset({"outside", "behind", "beside", "under", "against", "opposite"}),
}
"""Words before a thing that only says where something else is."""

_DUTCH_NOUNS = frozenset({"weg", "pas"})  # "Away" and "not until" too.
_DUTCH_BEFORE = frozenset({"de", "deze", "die", "onze", "mijn", "m'n", "jullie", "een", "hele", "drukke", "dezelfde", "nieuwe"})
_ENGLISH_NOUNS = frozenset({"book", "order", "park", "check", "light", "charge", "cross"})  # "To book" too.
_ENGLISH_BEFORE = frozenset(
    {"to", "can", "can't", "cannot", "could", "couldn't", "i", "you", "we", "they", "will", "won't", "did", "didn't", "don't", "please"}
)


def _is_no_noun(language: str, words: str, before: str) -> bool:
    """Say whether a noun that is as often another word is that other word here."""
    if language == "nl":
        return words in _DUTCH_NOUNS and before not in _DUTCH_BEFORE
    return words in _ENGLISH_NOUNS and before in _ENGLISH_BEFORE


def main_subject(known: Vocabulary, reading: Reading, barred: set[str]) -> Subject | None:
    """Return what a post as a whole is about, whatever it says of it; `barred` are words that are never it."""
    return find_subject(known, reading, -1, barred)


def find_subject(known: Vocabulary, reading: Reading, cue: int, barred: set[str], situation: str = "") -> Subject | None:
    """Return the thing the post is about: the noun nearest to the cue, with the nouns that own or number it counting for more."""
    best: tuple[float, int, str, Noun] | None = None
    tokens, things = reading.words, known.things(reading)
    position = 0
    while position < len(tokens):
        words, noun = things[position]
        if noun is None or words in barred or not known.fits(words, situation):
            position += 1
            continue
        measured = words in _MEASURES and position > 0 and _COUNT.fullmatch(tokens[position - 1]) is not None
        measured = measured or (cue < 0 and _before(tokens, position, _BESIDE[known.language], 2))  # "A wreck before my door."
        if measured or _is_no_noun(known.language, words, tokens[position - 1] if position else ""):
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
        if situation in _ORDERED and any(word in {"besteld", "bestelde", "ordered"} for word in tokens):
            return Subject("bestelling", "de", "you") if known.language == "nl" else Subject("order", "the", "you")
        return _lifted(known, tokens, barred) if situation in _LIFTED else None
    _, position, words, noun = best
    if noun.dull and situation in _LIFTED:
        lifted = _lifted(known, tokens, barred)
        if lifted is not None:
            return lifted
    return _as_subject(known, reading, position, words, noun)


def _as_subject(known: Vocabulary, reading: Reading, position: int, words: str, noun: Noun) -> Subject:
    tokens = reading.words
    owner = _owner(known, tokens, position)
    after = position + len(words.split())
    others = (
        tokens[after : after + 1] in (("van",), ("of",)) and tokens[after + 1 : after + 2] != () and known.owners.get(tokens[after + 1])
    )
    if others == "you":  # "The appointment of my father" is not the author's own.
        return Subject(words, noun.article, "", noun.plural, noun.dull, noun.kind)
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
            if back == 2 and tokens[position - 2] in {"jullie", "je"} and tokens[position - 1].endswith(("en", "t")):
                return ""  # "Jullie stuurden maat 38": who does it, and not whose it is.
            return owners[tokens[position - back]]
    return ""


def _before(tokens: Sequence[str], position: int, wanted: frozenset[str], reach: int) -> bool:
    return any(token in wanted for token in tokens[max(0, position - reach) : position])


def _lifted(known: Vocabulary, tokens: Sequence[str], barred: set[str]) -> Subject | None:
    """Return the unknown noun after "mijn" or "my", only where the word after it shows that it is the noun."""
    owners, ends = known.owners, known.after_noun
    for position in range(len(tokens) - 1):
        if owners.get(tokens[position]) != "you" or tokens[position] == "ons" or _before(tokens, position, _BESIDE[known.language], 1):
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


def name_anything(known: Vocabulary, reading: Reading, barred: set[str]) -> Subject | None:
    """Return the word that most plainly names something: after "my", "your", "the" and the like and before a verb or a sentence's end.

    For complaints that no cue knows: a reply that names even this answers this post and no other.
    """
    tokens = reading.words
    best: tuple[int, Subject] | None = None
    for position in range(len(tokens) - 1):
        owner = known.owners.get(tokens[position], "") or ("the" if tokens[position] in _POINTING[known.language] else "")
        if not owner:
            continue
        word = tokens[position + 1]
        following = tokens[position + 2] if position + 2 < len(tokens) else "."
        noun = known.noun(word)
        if position and tokens[position - 1] in known.prepositions | _BESIDE[known.language]:
            continue
        if noun is None and not (following == "." or following in known.after_noun):
            continue
        if (
            not word.isalpha()
            or not 4 <= len(word) <= 24
            or word in known.personal | known.empty | known.after_noun | barred
            or FOUL.search(word)
            or known.feelings["anger"].weigh(Reading(word))[0]
        ):
            continue
        if noun is None and owner == "the" and (known.language == "nl" and word.endswith("t")):
            continue  # "Het regent" names nothing.
        if noun is None and owner == "the" and known.language == "nl" and tokens[position] not in {"de", "het"}:
            continue
        plural = (
            noun.plural if noun else (word.endswith("en") if known.language == "nl" else word.endswith("s") and not word.endswith("ss"))
        )
        article = noun.article if noun and noun.article else tokens[position] if tokens[position] in {"de", "het"} else "the"
        if known.language == "nl" and owner != "you" and article == "the":
            continue
        rank = {"you": 0, "us": 1, "the": 2}[owner]
        subject = Subject(word, article, "" if owner == "the" else owner, plural)
        if best is None or rank < best[0]:
            best = (rank, subject)
    return best[1] if best else None


_POINTING = {"nl": frozenset({"de", "het", "die", "dat", "deze", "dit"}), "en": frozenset({"the", "this", "these", "those"})}
