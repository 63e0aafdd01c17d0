"""Makes of a text what stories compare of it, and the keys by which a like text finds it; pure, and many texts at once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b
from itertools import islice, pairwise
from struct import unpack
from threading import Lock
from typing import TYPE_CHECKING, Any

from monitor.text import words

if TYPE_CHECKING:
    from numpy.typing import NDArray

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
CACHED_WORDS = 20_000
AT_ONCE = 1_024
"""Word pairs that are hashed in one go: few enough that what is worked on stays near the processor, however long the texts are."""

_PRIME = (1 << 61) - 1
_HALF = 1 << 63
"""Less this, a number of eight bytes fits a database's column of eight bytes."""
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


@dataclass(frozen=True, slots=True)
class Imprint:
    """What is compared of a text."""

    stems: frozenset[str]
    """Its words without endings and without those that say nothing by themselves."""
    long: frozenset[str]
    """Those of so many letters that they are seldom about something else."""
    pairs: frozenset[tuple[str, str]]
    """Its pairs of neighbouring words."""
    facts: frozenset[str]
    """Numbers, times and names."""
    keys: tuple[int, ...]
    """By these a like text finds it; none where nothing was to be found."""


def imprint(text: str, known: frozenset[str] = frozenset()) -> Imprint:
    """Return what is compared of a text; `known` are stems that every text about this brand has, such as its name."""
    return imprints([text], known)[0]


def imprints(texts: Iterable[str], known: frozenset[str] = frozenset(), *, keyed: bool = True) -> list[Imprint]:
    """Return what is compared of each of these texts, in order: many at once cost far less each than one by one.

    What was told earlier is compared and looks for nothing any more; without keys it costs half as much.
    """
    read = [_read(text[:LONGEST], known, keyed=keyed) for text in texts]
    bands = _bands([_numbers_of_pairs(one.pairs) for one in read]) if keyed else [[] for _ in read]
    return [
        Imprint(
            one.stems, one.long, frozenset(one.pairs), one.facts, tuple(sorted([number - _HALF for number in _numbers({*one.keys, *mine})]))
        )
        for one, mine in zip(read, bands, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Reading:
    """What is read of one text before the bands, which many texts get at once; digests are of 8 bytes."""

    stems: frozenset[str]
    long: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    facts: frozenset[str]
    keys: list[bytes]


def said_in(text: str) -> str:
    """Return what a text says itself: without "RT" before it, links and handles."""
    bare = _RETOLD.sub("", text)
    if _may_link(bare):
        bare = _LINK.sub(" ", bare)
    return _HANDLE.sub(" ", bare) if "@" in bare else bare


def _may_link(text: str) -> bool:
    return "://" in text or "www" in text.lower()


def _read(text: str, known: frozenset[str], *, keyed: bool) -> _Reading:
    links = {_plain_link(found[0]) for found in _LINK.finditer(text)} if _may_link(text) else ()
    bare = said_in(text)
    sentences = [found for part in _END.split(bare) if (found := words(part))]
    said = [word for sentence in sentences for word in sentence]
    stems_said = list(map(stem_of, said))
    stems = frozenset([stem for word, stem in zip(said, stems_said, strict=True) if word not in EMPTY]) - known
    pairs = frozenset(pairwise(stems_said))
    facts = _facts(bare.lstrip(), said, known)
    long = frozenset([stem for stem in stems if len(stem) >= LONG])
    if not keyed:
        return _Reading(stems, long, pairs, facts, [])
    telling = sorted(long, key=lambda stem: (-len(stem), stem))[:MOST_WORDS]
    keys = [_digest(" ".join(sentence)) for sentence in [one for one in sentences if len(one) >= SENTENCE][:MOST_SENTENCES]]
    keys += map(_digest, links)
    keys += map(_digest_of_word, telling)
    keys += map(_digest_of_word, sorted(facts)[:MOST_WORDS])
    return _Reading(stems, long, pairs, facts, keys)


class Imprints:
    """Keeps the imprints of the texts that were looked at last, at most so many; threads may share it."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: dict[tuple[frozenset[str], str], Imprint] = {}
        self._lock = Lock()

    def of(self, texts: Iterable[str], known: frozenset[str], *, keyed: bool = True) -> list[Imprint]:
        """Return what is compared of each of these texts, in order; where no key is needed some may come without."""
        asked = [(known, text[:LONGEST]) for text in texts]
        with self._lock:
            found = {key: mine for key in asked if (mine := self._kept.get(key)) is not None and (mine.keys or not keyed)}
        missing = list(dict.fromkeys(key for key in asked if key not in found))
        found.update(zip(missing, imprints([text for _known, text in missing], known, keyed=keyed), strict=True))
        with self._lock:
            for key in found:
                self._kept.pop(key, None)
            self._kept.update(found)
            for key in list(islice(self._kept, max(0, len(self._kept) - self._most))):
                del self._kept[key]
        return [found[key] for key in asked]


@lru_cache(maxsize=CACHED_WORDS)
def key_of(word: str) -> int:
    """Return the key of a name, a number or a long word."""
    return _numbers([_digest_of_word(word)])[0] - _HALF


def known_stems(names: Iterable[str]) -> frozenset[str]:
    """Return the stems of a brand's names, which say nothing about what a text tells."""
    return frozenset(stem_of(word) for name in names for word in words(name))


def _plain_link(link: str) -> str:
    return re.sub(r"^https?://(?:www\.)?", "", link.casefold()).split("?")[0].rstrip("/.,)")


def _digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()


_digest_of_word = lru_cache(maxsize=CACHED_WORDS)(_digest)


def _numbers(digests: Collection[bytes]) -> tuple[int, ...]:
    return unpack(f">{len(digests)}Q", b"".join(digests))


def _numbers_of_pairs(pairs: Iterable[tuple[str, str]]) -> list[int]:
    digests = {blake2b(f"{one} {two}".encode("utf-8", "replace"), digest_size=8).digest() for one, two in pairs}
    return list({number % _PRIME for number in _numbers(digests)})


def _bands(texts: Sequence[Sequence[int]]) -> list[list[bytes]]:
    """Return for each text's word pairs a key of each band; none where it has too few pairs."""
    found: list[list[bytes]] = [[] for _ in texts]
    waiting: list[int] = []
    size = 0
    for place, pairs in enumerate(texts):
        if len(pairs) >= ROWS:
            waiting.append(place)
            size += len(pairs)
        if waiting and (size >= AT_ONCE or place == len(texts) - 1):
            for one, least in zip(waiting, _least([texts[one] for one in waiting]), strict=True):
                rows = zip(range(BANDS), least[0::ROWS], least[1::ROWS], least[2::ROWS], strict=True)
                found[one] = [blake2b(b"%d:[%d, %d, %d]" % row, digest_size=8).digest() for row in rows]
            waiting, size = [], 0
    return found


def _least(texts: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return for each text the least of its pairs' numbers under each hash (a * pair + b) mod 2^61 - 1."""
    import numpy as np  # noqa: PLC0415 no command needs it to start

    (a_high, a_low), b = _seeds()
    half, prime = np.uint64(31), np.uint64(_PRIME)
    lengths = np.fromiter(map(len, texts), np.intp, len(texts))
    pairs = np.array([pair for text in texts for pair in text], np.uint64)[:, None]
    high, low = pairs >> half, pairs & np.uint64((1 << 31) - 1)
    # The product has 122 bits; modulo 2^61 - 1 its parts can be added: 2^61 counts as 1, so no sum here reaches 2^64.
    middle = a_high * low
    middle += a_low * high
    whole = a_high * high
    whole <<= np.uint64(1)
    whole += middle >> np.uint64(30)
    middle &= np.uint64((1 << 30) - 1)
    middle <<= half
    whole += middle
    whole += a_low * low
    whole += b
    rest = whole >> np.uint64(61)
    whole &= prime
    whole += rest
    # Where it is below the prime the difference wraps round to something huge.
    np.minimum(whole, whole - prime, out=whole)
    least: list[list[int]] = np.minimum.reduceat(whole, np.cumsum(lengths) - lengths, axis=0).tolist()
    return least


@cache
def _seeds() -> tuple[tuple[NDArray[Any], NDArray[Any]], NDArray[Any]]:
    """Return each hash's factor, cut in two, and its addend."""
    import numpy as np  # noqa: PLC0415

    places = range(BANDS * ROWS)
    a = np.array([number % (_PRIME - 1) + 1 for number in _numbers([_digest(f"a{place}") for place in places])], np.uint64)
    b = np.array([number % _PRIME for number in _numbers([_digest(f"b{place}") for place in places])], np.uint64)
    return (a >> np.uint64(31), a & np.uint64((1 << 31) - 1)), b


@lru_cache(maxsize=CACHED_WORDS)
def stem_of(word: str) -> str:
    """Return a word without the endings that Dutch and English put behind it, written one way: "sloten" and "slot" are one."""
    if not word.isalpha():
        return word
    for ending in ("ingen", "ing", "ed", "en", "es", "s", "e", "t"):
        if word.endswith(ending) and len(word) - len(ending) >= (4 if ending == "t" else 3):
            word = word[: -len(ending)]
            break
    return re.sub(r"(.)\1+", r"\1", word) if word.isalpha() else word


_NUMBERS = (
    "een twee drie vier vijf zes zeven acht negen tien elf twaalf",
    "one two three four five six seven eight nine ten eleven twelve",
)
_WEEKS = (
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "monday tuesday wednesday thursday friday saturday sunday",
)
_ONES = frozenset({"een", "one"})
_WRITTEN = {word: str(number) for language in _NUMBERS for number, word in enumerate(language.split(), 1) if word not in _ONES} | {
    word: f"day {number}" for language in _WEEKS for number, word in enumerate(language.split())
}
"""Words that are numbers and days, each written one way."""
_NAME = re.compile(r"[A-Z](?<![.!?…:\"“(] .)(?<![.!?…:\"“(\w\n].)(?<!^.)[\w'-]{2,}")
_JOINED = re.compile(r"[0-9][.:][0-9]")
"""A number that a sentence's end would cut in two."""


def _facts(bare: str, said: Sequence[str], known: frozenset[str]) -> frozenset[str]:
    """Return the numbers, days and names of a text, each written one way; a name at a sentence's beginning is not seen."""
    if "://" in bare or not bare.isascii() or _JOINED.search(bare):
        said = words(bare)
    numbers = {word.replace(":", ".").replace(",", ".") for word in said if word[0].isdigit()}
    written = {_WRITTEN[word] for word in said if word in _WRITTEN}
    names = {stem for name in _NAME.findall(bare) for stem, owner in _stems_of_name(name) if owner not in known}
    return frozenset(numbers | written | (names - known))


@lru_cache(maxsize=CACHED_WORDS)
def _stems_of_name(name: str) -> tuple[tuple[str, str], ...]:
    """Return the stems of a name's words, each with that of what stands before an apostrophe; "I'm" and "That's" are no names."""
    found = [(stem_of(word), word.partition("'")[0]) for word in words(name)]
    return tuple((stem, stem_of(owner)) for stem, owner in found if stem not in EMPTY and owner not in EMPTY)
