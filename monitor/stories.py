"""Says whether two texts tell the same, and whether the second says anything new. It compares texts; what is remembered lives elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from hashlib import blake2b
from itertools import pairwise
from math import exp

from monitor.text import words

REMEMBERED = timedelta(days=7)
"""What is written so long after, or before, is another story."""

BANDS, ROWS = 8, 3
"""MinHash (Broder 1997) in bands (Leskovec, Rajaraman & Ullman, Mining of Massive Datasets, 3.4).

Two texts that share 6 of 10 word pairs meet in at least one band in 86 of 100 cases, two that share a twentieth in 1 of 1,000. What they
miss, the keys of whole sentences, links, names, numbers and long words find.
"""
LONGEST = 4_000
"""Characters of a text that are looked at."""
SENTENCE = 5
"""A sentence of so many words is also looked up whole: so a long comment on a quote still finds what it quotes."""
MOST_SENTENCES = 8
LONG = 6
"""A word of so many letters is seldom about something else."""
MOST_WORDS = 8
"""So many names and numbers, and so many long words, are keys."""
SAME = 0.7
"""From this chance on two texts tell the same story; chosen by cross-validation (docs/accuracy-stories.md)."""
RETOLD = 0.35
"""A text that holds at least this share of another's word pairs is made of it."""
SAID = 0.6
"""So is one of whose words this share was said before: a headline puts the same words in another order."""
LEAST, LEAST_RETOLD = 4, 5
"""Texts of fewer telling words are too short to tell the same story, or to repeat it: two people may well say "it does not open"."""
MOST_NEW = 8
"""So many words of comment may stand beside what is retold; who says more has something to say of their own."""

_PRIME = (1 << 61) - 1
_RETOLD = re.compile(r"^\s*(?:rt|mt|qt|via|repost|cc|re)\b[\s:]*(?:@[\w.@-]+[\s:]*)?", re.IGNORECASE)
_HANDLE = re.compile(r"(?<![\w@])@[\w.-]+(?:@[\w.-]+)?")
_LINK = re.compile(r"https?://\S+|\bwww\.\S+", re.IGNORECASE)
_END = re.compile(r"[.!?…\n:;|\"“”«»]+\s*|\s[–—-]\s")

_EMPTY = """
    de het een en of maar want dus dat die dit deze wat wie waar hoe als dan toen nu nog al ook wel niet geen er hier daar ik je jij u we
    wij ze zij hij hun haar zijn mijn jouw onze ons me mij hem jullie ben bent is was waren wordt worden werd heb hebt heeft had hebben zal
    zullen zou kan kunnen kon moet moeten mag wil gaat ging gaan komt kwam te om van voor met op in aan bij uit naar over door tot na
    tegen tussen onder zonder sinds per tijdens zo meer heel erg even maar weer toch gewoon echt zelf elke alle iets niets niks iemand
    niemand veel pas the a an and or but so that this these those what who where how if then when now still already also not no nor there
    here i you he she it we they my your our their his her its me him us them am is are was were be been has have had do does did will
    would can could must may should to of for with on in at by from out off up down over about into after before between under without
    since per during more very just again too as than all any some every each said says zegt zei meldt aldus via rt cc lol omg haha
"""
EMPTY = frozenset(_EMPTY.split())
"""Words that say nothing by themselves."""


def _number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big")


def _seeds(count: int) -> list[tuple[int, int]]:
    return [(_number(f"a{place}") % (_PRIME - 1) + 1, _number(f"b{place}") % _PRIME) for place in range(count)]


_SEEDS = _seeds(BANDS * ROWS)


@dataclass(frozen=True, slots=True)
class Imprint:
    """What is compared of a text."""

    stems: frozenset[str]
    """Its words without endings and without those that say nothing by themselves."""
    pairs: frozenset[int]
    """Its pairs of neighbouring words."""
    facts: frozenset[str]
    """Numbers, times and names."""
    keys: tuple[int, ...]
    """By these a like text finds it."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How a text relates to an earlier one."""

    same: bool
    """Both tell the same story."""
    repeats: bool
    """And the later one tells nothing that the earlier did not."""
    p: float
    """The chance that they tell the same."""


def imprint(text: str, known: frozenset[str] = frozenset()) -> Imprint:
    """Return what is compared of a text; `known` are stems that every text about this brand has, such as its name."""
    text = text[:LONGEST]
    links = {_plain_link(found[0]) for found in _LINK.finditer(text)}
    bare = _HANDLE.sub(" ", _LINK.sub(" ", _RETOLD.sub("", text)))
    sentences = [found for part in _END.split(bare) if (found := words(part))]
    said = [word for sentence in sentences for word in sentence]
    stems = frozenset(stem for word in said if word not in EMPTY and (stem := stem_of(word)) not in known)
    pairs = frozenset(_number(f"{one} {two}") % _PRIME for one, two in pairwise(map(stem_of, said)))
    whole = [_number(" ".join(sentence)) for sentence in sentences if len(sentence) >= SENTENCE][:MOST_SENTENCES]
    facts = _facts(bare, known)
    telling = sorted((stem for stem in stems if len(stem) >= LONG), key=lambda stem: (-len(stem), stem))[:MOST_WORDS]
    keys = {*_bands(pairs), *whole, *map(_number, [*links, *telling, *sorted(facts)[:MOST_WORDS]])}
    return Imprint(stems, pairs, facts, tuple(sorted(_signed(key) for key in keys)))


def known_stems(names: Iterable[str]) -> frozenset[str]:
    """Return the stems of a brand's names, which say nothing about what a text tells."""
    return frozenset(stem_of(word) for name in names for word in words(name))


def _plain_link(link: str) -> str:
    return re.sub(r"^https?://(?:www\.)?", "", link.casefold()).split("?")[0].rstrip("/.,)")


def _signed(key: int) -> int:
    """Return a number that a database's column of eight bytes holds."""
    return key % (1 << 64) - (1 << 63)


def _bands(pairs: Iterable[int]) -> list[int]:
    found = list(pairs)
    if len(found) < 3:
        return []
    least = [min((a * pair + b) % _PRIME for pair in found) for a, b in _SEEDS]
    return [_number(f"{band}:{least[band * ROWS : (band + 1) * ROWS]}") for band in range(BANDS)]


def stem_of(word: str) -> str:
    """Return a word without the endings that Dutch and English put behind it, written one way: "sloten" and "slot" are one."""
    for ending in ("ingen", "ing", "ed", "en", "es", "s", "e", "t"):
        if word.endswith(ending) and len(word) - len(ending) >= (4 if ending == "t" else 3) and word.isalpha():
            word = word[: -len(ending)]
            break
    return re.sub(r"(.)\1+", r"\1", word) if word.isalpha() else word


_NUMBERS = (
    "een twee drie vier vijf zes zeven acht negen tien elf twaalf",
    "one two three four five six seven eight nine ten eleven twelve",
)
_WORDS_OF_NUMBERS = {word: str(number) for language in _NUMBERS for number, word in enumerate(language.split(), 1)}
_WEEKS = (
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "monday tuesday wednesday thursday friday saturday sunday",
)
_DAYS = {word: f"day {number}" for language in _WEEKS for number, word in enumerate(language.split())}
_ONES = frozenset({"een", "one"})
_NAME = re.compile(r"(?<![.!?…:\"“(] )(?<![.!?…:\"“(\w\n])(?<!^)\b[A-Z][\w'-]{2,}")


def _facts(bare: str, known: frozenset[str]) -> frozenset[str]:
    """Return the numbers, days and names of a text, each written one way; a name at a sentence's beginning is not seen."""
    found = set()
    for word in words(bare):
        if word[0].isdigit():
            found.add(word.replace(":", ".").replace(",", "."))
        elif word in _DAYS:
            found.add(_DAYS[word])
        elif word in _WORDS_OF_NUMBERS and word not in _ONES:
            found.add(_WORDS_OF_NUMBERS[word])
    names = {stem for match in _NAME.finditer(bare) for word in words(match[0]) if (stem := stem_of(word)) not in known}
    return frozenset(found | {name for name in names if name not in EMPTY})


_BIAS = -2.18
_WEIGHTS = (6.67, 2.78, -5.89, 3.66, 2.31, -1.69, -0.65, 0.83, 0.0, 2.26)
"""What each of `measures` counts for. Many shared word pairs with other names and numbers in them are a form that was filled in twice."""


def compare(earlier: Imprint, later: Imprint) -> Likeness:
    """Say how a text relates to an earlier one about the same brand, written within REMEMBERED of it."""
    p = 1 / (1 + exp(-(_BIAS + sum(weight * value for weight, value in zip(_WEIGHTS, measures(earlier, later), strict=True)))))
    same = p >= SAME and min(len(earlier.stems), len(later.stems)) >= LEAST
    return Likeness(same, same and _tells_nothing(earlier, later), p)


def measures(earlier: Imprint, later: Imprint) -> tuple[float, ...]:
    """Return what the chance is made of: shares of words and word pairs, shared names, numbers and long words, and their conflicts."""
    shared = earlier.stems & later.stems
    fewest = min(len(earlier.stems), len(later.stems)) or 1
    both, first, second = earlier.facts & later.facts, earlier.facts - later.facts, later.facts - earlier.facts
    other_names = float(_names(first) > 0 and _names(second) > 0)
    other_numbers = float(any(fact[0].isdigit() for fact in first) and any(fact[0].isdigit() for fact in second))
    return (
        len(shared) / fewest,
        len(shared) / (len(earlier.stems | later.stems) or 1),
        len(earlier.pairs & later.pairs) / (min(len(earlier.pairs), len(later.pairs)) or 1),
        min(_names(both), 2),
        min(len(both) - _names(both), 2),
        other_names,
        other_numbers,
        min(sum(len(stem) >= 6 for stem in shared), 3),
        other_names * other_numbers,
        other_names * (_names(both) > 0),
    )


def _names(facts: frozenset[str]) -> int:
    return sum(not fact[0].isdigit() and not fact.startswith("day ") for fact in facts)


def _tells_nothing(earlier: Imprint, later: Imprint) -> bool:
    """Say whether the later text is made of the earlier one, with no name, number, cause or outcome that was not told yet."""
    new = later.stems - earlier.stems
    held = len(earlier.pairs & later.pairs) / (min(len(earlier.pairs), len(later.pairs)) or 1)
    same_words = len(earlier.stems & later.stems)
    if len(earlier.stems) < LEAST_RETOLD:
        return False
    retold = held >= RETOLD or (same_words >= 4 and same_words >= SAID * len(later.stems))
    return retold and not later.facts - earlier.facts and len(new) <= MOST_NEW and not new & NEWS


_NEWS = """
    omdat doordat vanwege oorzaak blijkt bleek bevestigt bevestigd ontkent opgelost hersteld verholpen excuses vergoedt vergoeding
    terugbetaald ontslagen aangehouden aangifte rechter boete schikking overleden gewond update inmiddels
    because cause caused due confirms confirmed denies solved fixed restored apologises apologizes apology refund refunded repaid fired
    arrested court fine fined settlement died injured hurt resigned cancelled
"""
NEWS = frozenset(map(stem_of, _NEWS.split()))
"""Words that bring a cause or an outcome: beside a text that is retold they are news."""


RULES: Mapping[str, Mapping[str, str]] = {
    "N8": {
        "nl": "dezelfde woorden als een ander, die het antwoord krijgt",
        "en": "the same words as another's, who gets the answer",
    },
    "K4": {
        "nl": "één oorzaak: één verklaring in plaats van losse antwoorden",
        "en": "one cause: one statement instead of answers one by one",
    },
}
"""Why a mention of a story gets no answer of its own, in plain words; the ids are those of docs/conduct.md."""
