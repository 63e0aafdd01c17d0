"""Finds what is wrong with facts before a reply rests on them: dead dates, contradictions, missing languages. Pure; it changes none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from monitor.domain import Brand, Fact, Severity
from monitor.text import fold, words

RUN = 4
"""So many words in a row, the same as in a confidential fact, are no accident."""
STEM = 5
"""From so many letters on, a confidential word is also seen with an ending: "remkabel", "remkabels"."""
_NUMBER = re.compile(r"(?<![\w.,])\d[\d.,]{1,20}\d(?![\w])")
"""A number of three digits or more, or an amount: it is hardly ever in two facts by chance."""
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
            found += [*_contradiction(one, other), *_leak(one, other, brands), *_leak(other, one, brands)]
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
    topics = [words(fold(topic)) for topic in secret.topics]
    terms = [term for term in topics if not spoken.issuperset(term)] + [
        words(fold(name)) for text in hidden for name in _NAME.findall(text)
    ]
    numbers = {number for text in hidden for number in _NUMBER.findall(text)}
    found = [" ".join(term) for term in terms if term and not open_words.issuperset(term) and _says(told, term)]
    found += [number for number in sorted(numbers) if any(number in _NUMBER.findall(text) for text in told)]
    found += [run for one in hidden for other in told if (run := _shared_run(words(fold(one)), words(fold(other))))]
    return found


def _says(texts: Sequence[str], term: Sequence[str]) -> bool:
    *first, last = term
    for spoken in (words(fold(text)) for text in texts):
        for start in range(len(spoken) - len(term) + 1):
            ending = spoken[start + len(first)]
            if [*spoken[start : start + len(first)]] == first and (ending == last or (len(last) >= STEM and ending.startswith(last))):
                return True
    return False


def _shared_run(one: Sequence[str], other: Sequence[str]) -> str:
    """Return the first RUN words in a row that both hold, "" where there are none."""
    runs = {tuple(other[start : start + RUN]) for start in range(len(other) - RUN + 1)}
    return next((" ".join(one[start : start + RUN]) for start in range(len(one) - RUN + 1) if tuple(one[start : start + RUN]) in runs), "")
