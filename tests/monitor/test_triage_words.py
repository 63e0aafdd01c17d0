"""The words and phrases that triage reads: written down once, used, and such as can be found in a text."""

from __future__ import annotations

from collections import Counter

import pytest

from monitor.text import fold
from monitor.triage import (
    bodies,
    claim,
    common,
    complaint,
    crime,
    dangers,
    despair,
    forum,
    leak,
    legal,
    minors,
    opinion,
    press,
    threat,
    tone,
)
from monitor.triage.idioms import IDIOMS
from monitor.triage.kinds import GRAVE, OTHER, WORDS, reader
from monitor.triage.reading import tokens
from monitor.triage.table import Table

MODULES = (bodies, claim, common, complaint, crime, dangers, despair, forum, leak, legal, minors, opinion, press, threat, tone)


def test_no_meaning_is_written_down_twice() -> None:
    names = Counter(name for module in MODULES for name in module.WORDS)

    assert {} == {name: count for name, count in names.items() if count > 1}
    assert set(names) == set(WORDS)


def test_every_meaning_is_used() -> None:
    written = " ".join(f"{family.english} {family.dutch}" for family in GRAVE + OTHER)
    used = {name for family in GRAVE + OTHER for clue in family.together for name in clue.needs + clue.unless}

    assert set() == {name for name in WORDS if name not in used and f"<{name}>" not in written} - {"handle"}


@pytest.mark.parametrize("language", ["en", "nl"])
def test_every_word_and_phrase_can_be_found_in_a_text(language: str) -> None:
    # A word with a hyphen, for instance, would never be: a text is read as "x ray".
    words = {word for meaning in WORDS.values() for word in (*meaning.both, *getattr(meaning, language))}
    phrases = " ".join(family.english if language == "en" else family.dutch for family in GRAVE + OTHER) + IDIOMS[language]
    words |= {
        word.removesuffix("?") or "?" for element in phrases.split() if element[:2] != ".." for word in element.split("|") if word[0] != "<"
    }

    lost = {word for word in words - {"+", "-"} if [bare := word.strip("*")] != tokens(fold(bare), frozenset())}

    assert set() == lost


@pytest.mark.parametrize("language", ["en", "nl", ""])
def test_every_phrase_is_found_in_the_text_it_describes(language: str) -> None:
    book = reader(language)
    silent = []
    for phrase in book._phrases:
        if phrase.family is None:
            continue
        words = [
            next(iter(book._choices(part.removesuffix("?") or "?"))).strip("*") for part in phrase.elements if not part.startswith("..")
        ]
        clues = book.clues(" ".join("7" if word == "0" else word for word in words))
        if phrase.family.name not in clues:
            silent.append(" ".join(phrase.elements))

    # An idiom may take a phrase's likeliest words away, but no more than a few.
    assert len(silent) <= 0.03 * len(book._phrases), silent


def test_a_word_is_found_by_its_beginning_its_end_and_its_middle() -> None:
    table = Table()
    for bit, glob in enumerate(("rem", "remm*", "*hek", "*vergiftig*")):
        table.add(glob, 1 << bit)

    assert [1, 2, 4, 8, 0] == [table.find(word)[0] for word in ("rem", "remmen", "tuinhek", "voedselvergiftiging", "re")]


@pytest.mark.parametrize("glob", ["*", "a*", "*ab", "*ab*"])
def test_a_glob_that_would_match_too_much_is_refused(glob: str) -> None:
    with pytest.raises(ValueError, match="too much"):
        Table().add(glob, 1)
