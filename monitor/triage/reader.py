"""Reads texts of one language: compiles the families' words and phrases, and says which families show in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from monitor.text import fold
from monitor.triage import common
from monitor.triage.clues import Clue, Family, Near, Words
from monitor.triage.reading import MAX_WORD, Reading, shown, tokens
from monitor.triage.table import Table

CACHED_WORDS = 30_000

_FALSE_FRIENDS = frozenset(common.FALSE_FRIENDS.both)

_BREAKS = frozenset(".\n…;")
_DURATION = re.compile(r"\d+(?:min|mins|m|hr|hrs|h|u|uur|d|wk|wks|yr)")
_VERBS_WITH_NT = frozenset(["do", "does", "did", "ca", "wo", "is", "are", "was", "were", "have", "has", "had", "could", "should", "would"])
_COMMON = frozenset({"not", "i", "you", "number", "unit", "person", "good", "works", "service", "wait", "must", "ask"})
_EVERYDAY = frozenset(common.EVERYDAY.both)

_DIGITS = "0*"
"""Stands for any word that begins with a digit."""

_CompiledNear = tuple[int, tuple[int, ...], int, int, float, Family]
"""All needed bits, each needed bit, the reach, the banned bits, the strength and the family of a `Near`."""


@dataclass(slots=True)
class _Phrase:
    """A phrase, compiled when it is first needed."""

    elements: tuple[str, ...]
    family: Family | None
    """None: an idiom."""
    mood: int
    """The meaning that an idiom leaves behind."""
    pattern: re.Pattern[str] | None = None


class Reader:
    """Reads texts of one language with one set of meanings, families and idioms."""

    def __init__(self, language: str, words: Words, families: Iterable[Family], idioms: Mapping[str, str]) -> None:
        """Compile everything for `language`: "en", "nl", or anything else for both at once without the false friends."""
        self._languages = (language,) if language in {"en", "nl"} else ("en", "nl")
        self._words = words
        self._bits = {name: 1 << place for place, name in enumerate(words)}
        self._table = Table()
        for name, bit in self._bits.items():
            for glob in self._globs(name):
                self._table.add(glob, bit)
        self._phrases: list[_Phrase] = []
        nears: dict[int, list[_CompiledNear]] = {}
        for family in families:
            for own, text in (("en", family.english), ("nl", family.dutch)):
                self._add_phrases(own, text, family)
            for clue in family.together:
                rarest = min(clue.needs, key=lambda name: (name in _COMMON, len(self._globs(name))))
                nears.setdefault(self._bits[rarest], []).append(self._compile_near(clue, family))
        self._nears = tuple(nears.items())
        for own, text in idioms.items():
            self._add_phrases(own, text, None)
        self._known = lru_cache(maxsize=CACHED_WORDS)(self._find)

    def _globs(self, name: str) -> list[str]:
        words = self._words[name]
        globs = [*words.both, *(words.en if "en" in self._languages else ()), *(words.nl if "nl" in self._languages else ())]
        return globs if len(self._languages) == 1 else [glob for glob in globs if glob not in _FALSE_FRIENDS]

    def _compile_near(self, clue: Near, family: Family) -> _CompiledNear:
        needs = tuple(self._bits[name] for name in clue.needs)
        banned = sum(self._bits[name] for name in clue.unless)
        return sum(set(needs)), needs, clue.within, banned, clue.strength or family.strength, family

    def _add_phrases(self, language: str, text: str, family: Family | None) -> None:
        """Add a family's phrases, or idioms where there is no family."""
        if language not in self._languages:
            return
        for line in filter(None, map(str.strip, text.splitlines())):
            mood = {"+": self._bits["good"], "-": self._bits["awful"]}.get(line.split()[0], 0)
            elements = line.split()[1 if mood else 0 :]
            number = len(self._phrases)
            self._phrases.append(_Phrase(tuple(elements), family, mood))
            first, second = self._anchors(elements)
            for glob in first:
                self._table.add(glob, 0, number)
            for glob in second:
                self._table.add(glob, 0, ~number)

    def _anchors(self, elements: Sequence[str]) -> tuple[list[str], list[str]]:
        """Choose the two elements whose words a text must hold for the phrase to be tried: the least everyday ones."""
        needed = [element for element in elements if not element.startswith("..") and (element == "?" or not element.endswith("?"))]
        choices = [globs for globs in map(self._choices, needed) if _DIGITS not in globs]
        choices.sort(key=lambda globs: sum(50 if glob in _EVERYDAY else 1 for glob in globs))
        return choices[0], choices[min(1, len(choices) - 1)]

    def _choices(self, element: str) -> list[str]:
        """Return the words of a phrase's element, `<meaning>` replaced by the words of that meaning."""
        globs: list[str] = []
        for choice in element.split("|"):
            globs.extend(self._globs(choice[1:-1]) if choice.startswith("<") else [choice])
            if choice == "<number>":
                globs.append(_DIGITS)
        return globs

    def _pattern(self, phrase: _Phrase) -> re.Pattern[str]:
        if phrase.pattern is None:
            phrase.pattern = re.compile("".join(map(self._source, phrase.elements)))
        return phrase.pattern

    def _source(self, element: str) -> str:
        if element.startswith(".."):
            return rf"(?: [^ .?!][^ ]*){{0,{int(element[2:])}}}?"
        optional = element.endswith("?") and element != "?"
        globs = self._choices(element.removesuffix("?") if optional else element)
        either = "|".join(r"\d[^ ]*" if glob == _DIGITS else re.escape(glob).replace(r"\*", "[^ ]*") for glob in globs)
        return f"(?: (?:{either})(?= )){'?' if optional else ''}"

    def _find(self, token: str) -> tuple[str, int, tuple[int, ...]]:
        """Return a token as a word, the meanings it may have and the phrases it may belong to."""
        if token[0] == "@":
            return "@", self._bits["handle"], ()
        if token[0] in _BREAKS or "://" in token:
            return ".", 0, self._table.find(".")[1]
        word = token.lstrip("#")
        mask, phrases = self._table.find(word)
        if word.endswith("'s"):
            bits, more = self._table.find(word[:-2])
            mask, phrases = mask | bits, phrases + more
        if word[0].isdigit():
            mask |= self._bits["number"]
            if _DURATION.fullmatch(word):
                mask |= self._bits["unit"]
        elif "*" in word:
            mask |= self._bits["curse"]
        elif word.endswith("n't") or (word.endswith("nt") and word[:-2] in _VERBS_WITH_NT):
            mask |= self._bits["not"]
        return word, mask, phrases

    def clues(self, text: str, about: frozenset[str] = frozenset()) -> dict[str, Clue]:
        """Return the strongest clue of every family that shows in `text`, by the family's name.

        Of a long text only the passages around the words in `about` (folded) are judged, where any of them stands in it.
        """
        reading = self._read(text, about)
        best: dict[str, Clue] = {}
        seen = reading.seen
        for bit, nears in self._nears:
            if not seen & bit:
                continue
            for total, needs, within, banned, strength, family in nears:
                if seen & total != total or (family.name in best and best[family.name].strength >= strength):
                    continue
                span = reading.stretch(needs, within, banned)
                if span is not None:
                    best[family.name] = Clue(family, strength, shown(reading.words[span[0] : span[1] + 1]))
        for number in sorted(reading.phrases):
            phrase = self._phrases[number]
            owner = phrase.family
            if owner is None or (owner.name in best and best[owner.name].strength >= owner.strength):
                continue
            match = (phrase.pattern or self._pattern(phrase)).search(reading.line)
            if match is not None:
                best[owner.name] = Clue(owner, owner.strength, shown(match.group().split()))
        return best

    def _read(self, text: str, about: frozenset[str]) -> Reading:
        known = self._known
        words: list[str] = []
        masks: list[int] = []
        seen = 0
        halves: set[int] = set()
        for token in tokens(fold(text), about):
            word, mask, phrases = known(token[:MAX_WORD])
            words.append(word)
            masks.append(mask)
            seen |= mask
            if phrases:
                halves.update(phrases)
        reading = Reading(words, masks, seen, {number for number in halves if number >= 0 and ~number in halves})
        if reading.phrases:
            self._erase_idioms(reading)
        return reading

    def _erase_idioms(self, reading: Reading) -> None:
        """Take the meaning from words that only stand in a figure of speech ("killing me", "dodelijk saai")."""
        for phrase in [self._phrases[number] for number in sorted(reading.phrases) if self._phrases[number].family is None]:
            erased = False
            index = place = 0
            for match in self._pattern(phrase).finditer(reading.line):
                index += reading.line.count(" ", place, match.start())
                place = match.start()
                for offset in range(index, index + match.group().count(" ")):
                    reading.words[offset], reading.masks[offset] = "_", phrase.mood
                erased = True
            if erased:
                reading.refresh()
