"""Loads the words by which the template drafter understands a post (words/<language>.toml); it draws no conclusion from them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache, partial
from html import unescape
from importlib.resources import files
from typing import Any

from monitor.text import words

MAX_READ = 4_000
"""Characters of a post that are looked at for its key facts; a complaint names itself long before that."""

LONGEST_NOUN = 40
"""Characters of a word that may be a compound, and of one that is remembered."""

MOST_KEPT = 20_000
"""Words of which is remembered what they name; people use few words often."""

SURE = 3
"""A complaint weighs at least this: one plain cue, or three weak ones."""

KEY = 3
"""Letters by which a cue's first word is looked up."""

GAP = 5
"""Words that ".." in a cue may stand for at most."""

KINDS: Mapping[str, str] = {
    "rates": "rate", "utilities": "utility", "bills": "bill", "people": "person", "waste": "waste", "nuisance": "nuisance",
}  # fmt: skip
"""Sorts of nouns with a blank of their own, because what goes wrong with them is said in other words; key of [nouns] → blank."""

_ADDRESSES = re.compile(r"https?://\S+|(?<![\w.])@\w[\w.]*+(?:@[\w.-]++)?")


_APOSTROPHES = {
    short: f"{short[:-1]}'t"
    for short in (
        "cant",
        "dont",
        "wont",
        "isnt",
        "arent",
        "wasnt",
        "werent",
        "didnt",
        "doesnt",
        "hasnt",
        "havent",
        "couldnt",
        "wouldnt",
        "shouldnt",
    )
}
"""What people write in haste, with its apostrophe; none of them is a Dutch word."""


class Reading:
    """A text as the cues see it: its folded words, without the handles and links in it."""

    __slots__ = ("begins", "complaints", "keys", "line", "nouns", "raw", "words")

    def __init__(self, text: str, idioms: Iterable[str] = ()) -> None:
        """Read the first MAX_READ characters; `idioms` are masked, because their words mean something else in them."""
        self.raw = " ".join(_ADDRESSES.sub(" ", unescape(text[:MAX_READ])).split())
        self.words: tuple[str, ...] = tuple(_APOSTROPHES.get(word, word) for word in words(self.raw))
        self.keys = tuple(dict.fromkeys(word[:KEY] for word in self.words))
        self.begins = frozenset(self.keys)
        self.line = f" {' '.join(self.words)} "
        self.complaints: tuple[tuple[str, int, int], ...] | None = None
        self.nouns: tuple[tuple[str, Noun | None], ...] | None = None
        for idiom in idioms:
            if idiom in self.line:
                self.line = self.line.replace(idiom, " ·" * (idiom.count(" ") - 1) + " ")

    def index(self, position: int) -> int:
        """Return which word stands at this position of the line."""
        return self.line.count(" ", 0, position + 1) - 1


Find = Callable[[str], int]
"""Where in a line something stands, or -1."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase that points somewhere; `weight` says how surely."""

    finds: tuple[Find, ...]
    weight: int
    key: str
    """How its first word begins, to find it without looking at every cue; empty where it may begin in any way."""

    def place(self, line: str) -> int:
        """Return where in `line` its first part stands, or -1 where not all of it is there."""
        first = self.finds[0](line)
        if first < 0 or any(find(line) < 0 for find in self.finds[1:]):
            return -1
        return first


class Cues:
    """Phrases that point the same way, found by how their first word begins."""

    __slots__ = ("_any", "_begins", "_by_key")

    def __init__(self, texts: Iterable[str]) -> None:
        """Compile phrases written as the head of words/<language>.toml explains."""
        every = tuple(map(_cue, texts))
        self._any = tuple(cue for cue in every if not cue.key)
        self._by_key: dict[str, list[Cue]] = {}
        for cue in every:
            if cue.key:
                self._by_key.setdefault(cue.key, []).append(cue)
        self._begins = frozenset(self._by_key)

    def weigh(self, reading: Reading) -> tuple[int, int]:
        """Return the weight of the cues that stand in `reading`, and where in its line the weightiest stands (-1: nowhere)."""
        total = best = 0
        where = -1
        # Most kinds of cues share no word with a text.
        keyed = () if self._begins.isdisjoint(reading.begins) else [self._by_key[key] for key in reading.keys if key in self._by_key]
        for cues in (self._any, *keyed):
            for cue in cues:
                place = cue.place(reading.line)
                if place >= 0:
                    total += cue.weight
                    if cue.weight > best:
                        best, where = cue.weight, place
        return total, where


class Situations:
    """Kinds of cues by name, all weighed in one look at a text: most of them share no word with it."""

    __slots__ = ("_any", "_by_key", "names")

    def __init__(self, texts: Mapping[str, Iterable[str]]) -> None:
        """Compile each kind's phrases, as Cues does."""
        self.names = {name: place for place, name in enumerate(texts)}
        every = [(name, _cue(text)) for name, kind in texts.items() for text in kind]
        self._any = tuple((name, cue) for name, cue in every if not cue.key)
        self._by_key: dict[str, list[tuple[str, Cue]]] = {}
        for name, cue in every:
            if cue.key:
                self._by_key.setdefault(cue.key, []).append((name, cue))

    def weigh(self, reading: Reading) -> tuple[tuple[str, int, int], ...]:
        """Return the kinds whose cues are SURE, with weight and place as Cues has them, the weightiest first."""
        line = reading.line
        found: dict[str, tuple[int, int, int]] = {}
        for cues in (self._any, *(self._by_key[key] for key in reading.keys if key in self._by_key)):
            for name, cue in cues:
                place = cue.place(line)
                if place >= 0:
                    total, best, where = found.get(name, (0, 0, -1))
                    found[name] = (total + cue.weight, *((cue.weight, place) if cue.weight > best else (best, where)))
        sure = [(name, total, where) for name, (total, _best, where) in found.items() if total >= SURE]
        return tuple(sorted(sure, key=lambda one: (-one[1], self.names[one[0]])))


@dataclass(frozen=True, slots=True)
class Noun:
    """A thing that a post may be about."""

    article: str
    """The word that stands before it where nobody owns it; empty where none does."""
    plural: bool = False
    yours: bool = False
    dull: bool = False
    kind: str = ""
    """One of KINDS' blanks, or empty."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything words/<language>.toml says."""

    language: str
    situations: Situations
    serious: Mapping[str, Cues]
    harm: tuple[tuple[Cue, str], ...]
    feelings: Mapping[str, Cues]
    idioms: tuple[str, ...]
    """Ways of speaking in which a cue means nothing or its opposite, with a space on both sides."""
    nouns: Mapping[str, Noun]
    pairs: Mapping[str, Noun]
    heads: Mapping[int, frozenset[str]]
    """Nouns by length, on which a compound may end; empty where the language writes compounds apart."""
    numbered: frozenset[str]
    fitting: Mapping[str, frozenset[str]]
    """Situation → the nouns it can be about; a situation that is not in it can be about any."""
    places: frozenset[str]
    place_endings: tuple[str, ...]
    vehicles: frozenset[str]
    owners: Mapping[str, str]
    """Possessive words → whose it is: "you" (the author's) or "us" (ours)."""
    prepositions: frozenset[str]
    after_noun: frozenset[str]
    sentence_starts: frozenset[str]
    verbs_with_t: frozenset[str]
    verbs_alike: frozenset[str]
    no_names: frozenset[str]
    personal: frozenset[str]
    empty: frozenset[str]
    causes: Mapping[str, str]
    """Word → the sort of cause it names: two texts that name different sorts do not tell of one event."""
    groups: Mapping[str, frozenset[str]]
    """Word → the groups of like words it belongs to, each with a ~ before it."""
    wide_groups: frozenset[str]
    """Groups so wide that one of them alone does not make two texts about the same thing."""

    def read(self, text: str) -> Reading:
        """Return a post as the cues see it."""
        return Reading(text, self.idioms)

    def complaints(self, reading: Reading) -> tuple[tuple[str, int, int], ...]:
        """Return the situations that a text's words point to surely: name, weight, place; the weightiest first. Looked for once."""
        if reading.complaints is None:
            reading.complaints = self.situations.weigh(reading)
        return reading.complaints

    def things(self, reading: Reading) -> tuple[tuple[str, Noun | None], ...]:
        """Return what the word at each place names, with the word after it where both are one name. Looked for once."""
        if reading.nouns is None:
            following = (*reading.words[1:], "")[: len(reading.words)]
            reading.nouns = tuple(self._thing(word, after) for word, after in zip(reading.words, following, strict=True))
        return reading.nouns

    def _thing(self, word: str, after: str) -> tuple[str, Noun | None]:
        pair = f"{word} {after}"
        return (pair, self.pairs[pair]) if pair in self.pairs else (word, self.noun(word))

    def noun(self, word: str) -> Noun | None:
        """Return what `word` names, itself or through the noun on which it ends ("huurfiets")."""
        return _noun(self.language, word) if len(word) <= LONGEST_NOUN else self.nouns.get(word)

    def fits(self, words: str, situation: str) -> bool:
        """Say whether a complaint of this kind can be about what `words` name: one waits for a train and not for a lock."""
        fitting = self.fitting.get(situation)
        return fitting is None or words in fitting or words.rpartition(" ")[2] in fitting or self.head(words) in fitting

    def head(self, word: str) -> str:
        """Return the noun on which a compound ends, or an empty text."""
        return _head(self.language, word) if len(word) <= LONGEST_NOUN else _find_head(self, word)


@lru_cache(MOST_KEPT)
def _noun(language: str, word: str) -> Noun | None:
    known = vocabulary(language)
    return known.nouns.get(word) or known.nouns.get(known.head(word))


@lru_cache(MOST_KEPT)
def _head(language: str, word: str) -> str:
    return _find_head(vocabulary(language), word)


def _find_head(known: Vocabulary, word: str) -> str:
    if word.endswith(known.place_endings):  # "Kerkstraat" is a name, not a kind of street.
        return ""
    for length in range(len(word) - 3, 2, -1):
        if word[-length:] in known.heads.get(length, ()):
            return word[-length:]
    return ""


def languages() -> tuple[str, ...]:
    """Return the languages whose posts the template drafter can understand."""
    return tuple(
        sorted(path.name.removesuffix(".toml") for path in (files(__package__) / "words").iterdir() if path.name.endswith(".toml"))
    )


@cache
def vocabulary(language: str) -> Vocabulary:
    """Return the vocabulary of one of `languages()`; read once."""
    read = tomllib.loads((files(__package__) / "words" / f"{language}.toml").read_text(encoding="utf-8"))
    nouns = _nouns(read["nouns"])
    heads: dict[int, set[str]] = {}
    if read["nouns"]["compounds"]:
        for word in nouns:
            if len(word) >= 5 or word in read["nouns"]["short_heads"].split():
                heads.setdefault(len(word), set()).add(word)
    return Vocabulary(
        language=language,
        situations=Situations(read["situations"]),
        serious={name: Cues(texts) for name, texts in read["serious"].items()},
        harm=tuple((_cue(text), clause) for text, clause in read["harm"].items()),
        feelings={name: Cues(texts) for name, texts in read["feelings"].items()},
        idioms=tuple(f" {idiom} " for idiom in read["idioms"]["masked"]),
        nouns=nouns,
        pairs=_pairs(read["nouns"].get("pairs", ""), nouns),
        heads={length: frozenset(found) for length, found in heads.items()},
        numbered=frozenset(read["nouns"]["numbered"].split()),
        fitting={name: frozenset(text.split()) for name, text in read["fits"].items()},
        places=frozenset(read["places"]["words"].split()),
        place_endings=tuple(read["places"]["endings"].split()),
        vehicles=frozenset(read["places"]["vehicles"].split()),
        owners={word: owner for key, owner in (("yours", "you"), ("ours", "us")) for word in read["grammar"][key].split()},
        prepositions=frozenset(read["grammar"]["prepositions"].split()),
        after_noun=frozenset(read["grammar"]["after_noun"].split()),
        sentence_starts=frozenset(read["grammar"]["sentence_starts"].split()),
        verbs_with_t=frozenset(read["grammar"]["verbs_with_t"].split()),
        verbs_alike=frozenset(read["grammar"]["verbs_alike"].split()),
        no_names=frozenset(read["grammar"]["no_names"].split()),
        personal=frozenset(read["grammar"]["personal"].split()),
        empty=frozenset(read["grammar"]["empty"].split()),
        causes={word: sort for sort, text in read["causes"].items() for word in text.split()},
        groups=_groups(read["groups"]),
        wide_groups=frozenset(f"~{group}" for group in read["grammar"]["wide_groups"].split()),
    )


def _groups(read: Mapping[str, str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for group, text in read.items():
        for word in text.split():
            found.setdefault(word, set()).add(f"~{group}")
    return {word: frozenset(groups) for word, groups in found.items()}


def _nouns(read: Mapping[str, Any]) -> dict[str, Noun]:
    yours, bare, dull = (frozenset(read[key].split()) for key in ("yours", "bare", "dull"))
    kinds = {word: blank for key, blank in KINDS.items() for word in read[key].split()}
    nouns = {}
    for article, text in read["articles"].items():
        for word in text.split():
            nouns[word] = Noun("" if word in bare else article, False, word in yours, word in dull, kinds.get(word, ""))
    for word in read["plural"].split():
        nouns[word] = Noun("" if word in bare else read["plural_article"], True, word in yours, word in dull, kinds.get(word, ""))
    return nouns


def _pairs(text: str, nouns: Mapping[str, Noun]) -> dict[str, Noun]:
    """Return nouns of two words; what the second word alone does not say is taken as one thing with the usual article."""
    pairs = {}
    for pair in (" ".join(part.split()) for part in text.split(",")):
        if pair:
            last = pair.rpartition(" ")[2]
            known = nouns.get(last, Noun("the", plural=last.endswith("s") and not last.endswith("ss")))
            pairs[pair] = replace(known, dull=False)
    return pairs


def _cue(text: str) -> Cue:
    weak = text.startswith("~")
    parts = text.removeprefix("~").split(" & ")
    weight = 1 if weak else 2 + sum(len(part.split()) for part in parts)
    first = parts[0].split()[0]
    begin = re.split(r"[*_]", first)[0][:KEY]
    return Cue(tuple(map(_finder, parts)), weight, begin if len(begin) == KEY or begin == first else "")


def _finder(part: str) -> Find:
    start = "" if part.startswith("*") else " "
    body = part.removeprefix("*").removesuffix("*")
    ending = "" if part.endswith("*") else " "
    if not re.search(r"[_*]| \.\. ", body):
        return partial(_find, f"{start}{body}{ending}")
    source = re.escape(body).replace(r"\*", r"\S*").replace("_", r"\S+").replace(r"\ \.\.\ ", rf"(?: \S+){{0,{GAP}}} ")
    pattern = re.compile(start + source + ending)
    return partial(_search, pattern)


def _find(phrase: str, line: str) -> int:
    return line.find(phrase)


def _search(pattern: re.Pattern[str], line: str) -> int:
    match = pattern.search(line)
    return match.start() if match else -1
