"""A brand as relevance sees it, and what is seen at one place of one of its terms. How that is weighed is not decided here."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from monitor.relevance import sectors, senses
from monitor.relevance.form import AROUND, Token, describe, read
from monitor.text import fold

_STOP = frozenset(
    fold(
        """
        a an and at by en for from in is its of on or the to with een de het van voor met bij aan die dat zijn als op door naar
        uit over ook om te nederlandse dutch company bedrijf merk brand keten chain provides biedt levert sells verkoopt offers
        through across
        """
    ).split()
)
_ANYBODYS = frozenset({"app", "apps", "website", "site", "online", "service", "delivers", "levert"})
"""Words of a description that say nothing of the kind of company where it says anything else."""
_LONGEST = 30
"""Characters of a word within which the last part of a compound is looked for."""


class Globs:
    """A set of words, some of them beginnings; a word is looked up in constant time."""

    def __init__(self, words: Iterable[str]) -> None:
        """Take folded words; `ban*` stands for every word that begins so."""
        self._whole: set[str] = set()
        self._begin: set[str] = set()
        for word in words:
            (self._begin if word.endswith("*") else self._whole).add(word.rstrip("*"))
        self._lengths = sorted({len(word) for word in self._begin})

    def __contains__(self, word: str) -> bool:
        if word in self._whole or any(word[:length] in self._begin for length in self._lengths if length <= len(word)):
            return True
        return any(self._ends_with(word[start:]) for start in range(3, min(len(word) - 5, _LONGEST)))

    def _ends_with(self, last: str) -> bool:
        """Tell whether the last part of a compound (reisverzekering) is one of the words."""
        return last in self._whole or any(last[:length] in self._begin for length in self._lengths if 5 <= length <= len(last))


SERVICE = Globs(fold(sectors.SERVICE).split())
OTHER = Globs(fold(senses.OTHER).split())
SECTORS: Mapping[str, Globs] = {name: Globs(fold(words).split()) for name, words in sectors.SECTORS.items()}


WORDED = frozenset({"does", "helped", "degree", "titled", "object", "his"})
"""Features of a term that stands as the ordinary word or as a person's name does; there talk of the brand's kind of company says less."""
ANY_SECTOR = Globs(word for words in sectors.SECTORS.values() for word in fold(words).split())


@dataclass(frozen=True, slots=True)
class Subject:
    """A brand as relevance sees it; made by `prepare`."""

    terms: tuple[tuple[str, ...], ...]
    named: bool
    exclude: tuple[re.Pattern[str], ...]
    kinds: tuple[str, ...]
    """The kinds of company that the description speaks of."""
    described: frozenset[str]
    """The beginnings of the description's own words."""
    description: str


@lru_cache(maxsize=256)
def prepare(terms: tuple[str, ...], exclude: tuple[str, ...] = (), description: str = "") -> Subject:
    """Read a brand's terms, exclusions and description."""
    read_terms = (tuple(fold(term).replace("@", "").replace("#", "").split()) for term in terms)
    split = tuple(sorted(filter(None, read_terms), key=len, reverse=True))
    own = {word for words in split for word in words}
    told = [token.plain for token in read(description) if token.plain not in _STOP and token.plain not in own and len(token.plain) > 2]
    telling = [word for word in told if word not in _ANYBODYS] or told
    hits = {name: sum(word in globs for word in telling) for name, globs in SECTORS.items()}
    most = max(hits.values(), default=0)
    return Subject(
        split,
        any(term[:1].isupper() for term in terms),
        tuple(re.compile(rf"(?<!\w){re.escape(fold(phrase).strip())}(?!\w)") for phrase in exclude if phrase.strip()),
        tuple(name for name, count in hits.items() if count and count >= most / 2),
        frozenset(word[:6] for word in told if len(word) > 3),
        description.strip(),
    )


def features(subject: Subject, tokens: Sequence[Token], stand: tuple[int, int]) -> Mapping[str, float]:
    """Return everything that is seen at one place of a term."""
    start, stop = stand
    found = dict(describe(tokens, stand, named=subject.named))
    around = [token.plain.lstrip("#") for token in (*tokens[max(0, start - AROUND) : start], *tokens[stop : stop + AROUND])]
    kinds = [SECTORS[name] for name in subject.kinds]
    ours = theirs = served = 0
    own = 0
    for word in dict.fromkeys(around):
        if len(word) < 2:
            continue
        if word[:6] in subject.described:
            own += 1
        if any(word in globs for globs in kinds) or (not kinds and word in ANY_SECTOR):
            ours += 1
        elif word in SERVICE:
            served += 1
        elif word in OTHER:
            theirs += 1
    found["ours though a word" if WORDED & found.keys() else "ours"] = math.log1p(ours)
    found["own words"] = math.log1p(own)
    found["served"] = math.log1p(served)
    found["theirs"] = math.log1p(theirs)
    found["theirs only"] = float(theirs > 0 and not ours and not served)
    found["nothing"] = float(not (ours or served or theirs or own))
    return found
