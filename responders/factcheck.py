"""Finds what is wrong with facts before a reply rests on them: dead dates, contradictions, missing languages. Pure; it changes none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import combinations

from monitor.domain import Brand, Fact, Severity
from monitor.text import fold, words

RUN = 4
"""So many words in a row, the same as in a confidential fact, are no accident."""
STEM = 5
"""From so many letters on, a confidential word is also seen with an ending: "remkabel", "remkabels"."""
PAIRS_KEPT = 20_000
"""Pairs of a confidential and a public fact that were compared last: they are held against each other for every post."""
LONG = 7
"""From so many letters on, also inside another word, with one letter wrong, and torn apart: "Volt-hart", "Volthardmotor"."""
_NUMBER = re.compile(r"(?<![\w.,:])(?!(?:19|20)\d\d(?![\d.,])|\d{1,2}[.:]\d\d(?: uur|[ap]m| [ap]m)\b)\d[\d.,]{1,20}\d(?![\w])")
"""A number of three digits or more, or an amount: it is hardly ever in two facts by chance. A year or a time of day may well be."""
_NAME = re.compile(r"(?<=[\w,;] )[A-ZÀ-Þ][\w'’-]{2,40}")
"""A word with a capital inside a sentence."""
_ADDRESS = re.compile(r"https?://[\w.-]+\.\w+(?:[/?#]\S*)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a fact, and what would mend it; red where a reply could say something wrong or secret by it."""

    fact: str
    kind: str
    severity: Severity
    sentence: str


def check(facts: Sequence[Fact], brands: Mapping[str, Brand], today: date) -> tuple[Finding, ...]:
    """Return what is wrong with the facts of all brands, in the order of the facts."""
    found = [finding for fact in facts for finding in (*_dates(fact, today), *_source(fact), *_languages(fact, brands.get(fact.brand)))]
    for one, other in combinations(facts, 2):
        if one.brand == other.brand and _meet(one, other):
            found += [*_contradiction(one, other), *_opposed(one, other), *_leak(one, other, brands), *_leak(other, one, brands)]
    order = {fact.id: place for place, fact in enumerate(facts)}
    return tuple(sorted(found, key=lambda finding: order[finding.fact]))


def standing(fact: Fact, today: date) -> str:
    """Return whether a fact holds today: "valid", "not yet", "ended" or "never"."""
    if fact.valid_from and fact.valid_until and fact.valid_until < fact.valid_from:
        return "never"
    if fact.valid_until and fact.valid_until < today:
        return "ended"
    return "not yet" if fact.valid_from and today < fact.valid_from else "valid"


def _dates(fact: Fact, today: date) -> Iterator[Finding]:
    state = standing(fact, today)
    if state == "never":
        sentence = f"valid_until {fact.valid_until} is before valid_from {fact.valid_from}, so it never holds: swap or mend them"
        yield Finding(fact.id, "dates", Severity.RED, sentence)
    elif state == "ended":
        sentence = f"it ended on {fact.valid_until}, so no reply uses it: look whether it still holds, or take it out"
        yield Finding(fact.id, "dates", Severity.AMBER, sentence)
    elif state == "not yet":
        yield Finding(fact.id, "dates", Severity.HINT, f"it is not used before {fact.valid_from}")


def _source(fact: Fact) -> Iterator[Finding]:
    source = fact.source.strip()
    if not source:
        yield Finding(fact.id, "source", Severity.RED, "it has no source: give an address, or the name and role of a person")
    elif not _ADDRESS.fullmatch(source) and len(words(source)) < 2:
        sentence = f"the source {source[:60]!r} is neither an address nor somebody's name and role: nobody can check it"
        yield Finding(fact.id, "source", Severity.AMBER, sentence)
    if not fact.approved_by.strip():
        yield Finding(fact.id, "source", Severity.HINT, "it does not say who approved it: fill in approved_by")
    if fact.responsible and not any(text.strip() for text in fact.repair.values()):
        sentence = "it was our fault and no repair stands here, so that a reply cannot say what we do about it (R4): fill in repair"
        yield Finding(fact.id, "repair", Severity.AMBER, sentence)


def _languages(fact: Fact, brand: Brand | None) -> Iterator[Finding]:
    wanted = brand.languages if brand else ()
    if fact.confidential:
        return  # It stands in no reply, so in no language either.
    for key, texts in (("text", fact.text), ("repair", fact.repair)):
        if not texts:
            continue
        missing = [language for language in wanted if not texts.get(language, "").strip()]
        if missing:
            sentence = f"{key} is not there in {', '.join(missing)}: posts in that language get no answer from it"
            yield Finding(fact.id, "translation", Severity.AMBER, sentence)


def _meet(one: Fact, other: Fact) -> bool:
    """Say whether there is a day on which both hold."""
    begin = max((day for day in (one.valid_from, other.valid_from) if day), default=date.min)
    end = min((day for day in (one.valid_until, other.valid_until) if day), default=date.max)
    return begin <= end


def _contradiction(one: Fact, other: Fact) -> Iterator[Finding]:
    if one.responsible is None or other.responsible is None or one.responsible is other.responsible:
        return
    mine, theirs = ({fold(topic).strip() for topic in fact.topics} for fact in (one, other))
    shared = sorted(mine & theirs)
    if not shared:
        return
    most = 2 * len(shared) >= min(len(mine), len(theirs))
    ours, not_ours = (one, other) if one.responsible else (other, one)
    sentence = (
        f"on {', '.join(map(repr, shared[:5]))} {ours.id} says that it was our fault and {not_ours.id} that it was not: "
        f"{'settle which holds' if most else 'make the topics differ, or a post about it meets both'}"
    )
    yield Finding(one.id, "contradiction", Severity.RED if most else Severity.AMBER, sentence)


def _opposed(one: Fact, other: Fact) -> Iterator[Finding]:
    """Yield what two public facts tell in the same words with another figure or "not"."""
    if one.confidential or other.confidential:
        return
    for key, mine, theirs in (("text", one.text, other.text), ("repair", one.repair, other.repair)):
        for language in sorted(mine.keys() & theirs.keys()):
            here, there = (_telling(told[language]) for told in (mine, theirs))
            if here[0] == there[0] and len(here[0]) >= ALIKE and here[1] != there[1]:
                apart = dict.fromkeys([*here[1], *there[1]])
                differ = (
                    ", ".join(repr(word) for word in apart if here[1].count(word) != there[1].count(word)) or "the order of its figures"
                )
                sure = {*here[1]} & _OPPOSITE != {*there[1]} & _OPPOSITE
                mend = "settle which holds" if sure else "settle which holds, or say what sets them apart"
                sentence = f"its {key} in {language} tells the same as {other.id} but for {differ}: {mend}"
                yield Finding(one.id, "contradiction", Severity.RED if sure else Severity.AMBER, sentence)
                return


ALIKE = 3
"""So many words besides figures, the same in two facts, tell of one thing."""
_OPPOSITE = frozenset(["niet", "geen", "nooit", "wel", "not", "no", "never"])
_AROUND = frozenset(["een", "de", "het", "a", "an", "the", "is", "are", "do", "does"])
"""Words by which the same sentence differs where it says "not"."""


def _telling(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words of a text, and apart from them what may not differ: figures and "not"."""
    every = [word for word in words(fold(text)) if word not in _AROUND]
    apart = [word for word in every if any(sign.isdigit() for sign in word) or word in _OPPOSITE]
    return tuple(word for word in every if word not in apart), tuple(apart)


def withheld(fact: Fact, secrets: Sequence[Fact]) -> bool:
    """Say whether a public fact tells a topic, a number or words in a row that a confidential one of its brand keeps.

    A name alone, of a town perhaps, is only told by `check`.
    """
    told, free = tuple(_texts(fact)), frozenset(fact.topics)
    return any(_reveals(tuple(_texts(secret)), secret.topics, told, free) for secret in secrets)


@lru_cache(PAIRS_KEPT)
def _reveals(hidden: tuple[str, ...], topics: tuple[str, ...], told: tuple[str, ...], free: frozenset[str]) -> bool:
    return bool(_found(hidden, topics, told, {word for topic in free for word in words(fold(topic))}))


def _leak(secret: Fact, public: Fact, brands: Mapping[str, Brand]) -> Iterator[Finding]:
    """Yield what of a confidential fact stands in a public one of the same time: its topics, numbers, names, or words in a row."""
    if not secret.confidential or public.confidential:
        return
    told = [*public.text.values(), *public.repair.values()]
    brand = brands.get(secret.brand)
    found = _kept(secret, told, _open_words((public,), brand))
    if found:
        listed = ", ".join(map(repr, dict.fromkeys(found)))
        sentence = f"it is public and says {listed}, which the confidential fact {secret.id} keeps: take it out, or make that one public"
        if withheld(public, [secret]):
            sentence = f"{sentence}; until then no reply uses it"
        yield Finding(public.id, "confidential", Severity.RED, sentence)


def kept_words(text: str, secrets: Sequence[Fact], public: Sequence[Fact], brand: Brand, heard: str = "") -> tuple[str, ...]:
    """Return what of the confidential facts among `secrets` a text says that our public facts do not.

    A word that the author used first, in `heard`, may be named again; a number, a name or words in a row may not: that would confirm them.
    """
    open_words = _open_words(public, brand) | {word for fact in public for said in _texts(fact) for word in words(fold(said))}
    found = [
        one
        for secret in secrets
        if secret.confidential and secret.brand == brand.id
        for one in _kept(secret, [text], open_words, spoken=set(words(fold(heard))))
    ]
    return tuple(dict.fromkeys(found))


def _open_words(public: Sequence[Fact], brand: Brand | None) -> set[str]:
    """Return the words that give nothing away: the topics of public facts, and our own name."""
    topics = {word for fact in public for topic in fact.topics for word in words(fold(topic))}
    return topics | {word for name in ((brand.name, *brand.languages) if brand else ()) for word in words(fold(name))}


def _texts(fact: Fact) -> list[str]:
    return [*fact.text.values(), *fact.repair.values()]


def _kept(secret: Fact, told: Sequence[str], open_words: set[str], spoken: set[str] | frozenset[str] = frozenset()) -> list[str]:
    """Return the topics, names, numbers and words in a row of a confidential fact that stand in `told`."""
    hidden = _texts(secret)
    topics = [topic for topic in secret.topics if not spoken.issuperset(words(fold(topic)))]
    names = [name for text in hidden for name in _NAME.findall(text)]
    return _found(hidden, [*topics, *names], told, open_words)


def _found(hidden: Sequence[str], terms: Sequence[str], told: Sequence[str], open_words: set[str]) -> list[str]:
    """Return which of these terms, and which numbers and words in a row of `hidden`, stand in `told`."""
    read = [words(fold(term)) for term in terms]
    found = [" ".join(term) for term in read if term and not open_words.issuperset(term) and _says(told, term)]
    numbers = {number for text in hidden for number in _NUMBER.findall(text)}
    there = {_plain_number(number) for text in told for number in _NUMBER.findall(text)}
    found += [number for number in sorted(numbers) if _plain_number(number) in there]
    found += [run for one in hidden for other in told if (run := _shared_run(words(fold(one)), words(fold(other))))]
    return found


def _plain_number(number: str) -> str:
    """Return a number without its dots and commas, and without cents that are none: "45.000,00" is "45000"."""
    return re.sub(r"[.,]", "", re.sub(r"[.,]00$", "", number))


def _says(texts: Sequence[str], term: Sequence[str]) -> bool:
    whole = "".join(term)
    return any(_stands(words(fold(text)), term) or (len(whole) >= LONG and _hidden(fold(text), whole)) for text in texts)


def _stands(spoken: Sequence[str], term: Sequence[str]) -> bool:
    *first, last = term
    for start in range(len(spoken) - len(term) + 1):
        ending = spoken[start + len(first)]
        if [*spoken[start : start + len(first)]] == first and (ending == last or (len(last) >= STEM and ending.startswith(last))):
            return True
    return False


def _hidden(text: str, whole: str) -> bool:
    """Say whether a long word stands in a text inside another, with one letter wrong, or torn apart by signs between its letters."""
    pieces = re.findall(r"[^\W_]+", text)
    if any(whole in piece or _one_off(piece, whole) for piece in pieces):
        return True
    for start in range(len(pieces)):
        joined = pieces[start]
        for piece in pieces[start + 1 : start + len(whole)]:
            if not whole.startswith(joined):
                break
            joined += piece
            if joined.startswith(whole):
                return True
    return False


def _one_off(word: str, whole: str) -> bool:
    """Say whether a word is `whole` with one letter more, less or another, its first letter being right."""
    if word == whole or abs(len(word) - len(whole)) > 1 or word[0] != whole[0]:
        return word == whole
    same = next((place for place, (one, other) in enumerate(zip(word, whole, strict=False)) if one != other), min(len(word), len(whole)))
    return word[same + 1 :] == whole[same + 1 :] or word[same + 1 :] == whole[same:] or word[same:] == whole[same + 1 :]


def _shared_run(one: Sequence[str], other: Sequence[str]) -> str:
    """Return the first RUN words in a row that both hold, "" where there are none."""
    runs = {tuple(other[start : start + RUN]) for start in range(len(other) - RUN + 1)}
    return next((" ".join(one[start : start + RUN]) for start in range(len(one) - RUN + 1) if tuple(one[start : start + RUN]) in runs), "")
