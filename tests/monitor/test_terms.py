"""Which words and phrases are new in what is said now."""

from __future__ import annotations

from monitor.terms import LONGEST, find_terms

KNOWN = ("Waalfiets", "@waalfiets")
USUAL = ["The lock of my Waalfiets is fine.", "A ride along the river.", "The bridge was open again."] * 20


def said(*texts: str) -> list[tuple[str, str]]:
    """Return texts, each by an author of its own."""
    return [(f"@{number}", text) for number, text in enumerate(texts)]


def test_a_phrase_that_many_say_and_nobody_said_before_is_named_first_with_how_many_say_it() -> None:
    found = find_terms(said(*["The server outage at Waalfiets again"] * 6, "The lock is fine", "The river"), USUAL, KNOWN)

    assert [("server outage", 6)] == [*found.new]
    assert 0.75 == found.share


def test_what_was_said_as_often_before_is_no_news() -> None:
    assert [] == [*find_terms(said(*["The lock of my Waalfiets"] * 9), USUAL, KNOWN).new]


def test_what_few_authors_say_is_no_news_however_often_they_say_it() -> None:
    flood = [("@bot", "Buy cheap scooters")] * 50 + [("@two", "Buy cheap scooters")]

    assert [] == [*find_terms(flood, USUAL, KNOWN).new]


def test_our_own_names_empty_words_numbers_and_addresses_are_no_terms() -> None:
    found = find_terms(said(*["@waalfiets Waalfiets the 2026 https://x.example/a"] * 5), [], KNOWN)

    assert "waalfiets" not in " ".join(term for term, _ in found.new)
    assert {"2026", "the"}.isdisjoint({term for term, _ in found.new})


def test_without_a_past_what_most_say_is_named() -> None:
    assert "locks jammed" == find_terms(said(*["locks jammed"] * 4, "something else"), [], KNOWN).new[0][0]


def test_no_word_is_named_twice_alone_and_within_a_phrase() -> None:
    found = find_terms(said(*["server outage tonight"] * 6), USUAL, KNOWN)
    parts = [part for term, _ in found.new for part in term.split()]

    assert len(parts) == len(set(parts))


def test_nothing_said_has_no_terms() -> None:
    found = find_terms([], USUAL, KNOWN)

    assert ([], 0.0) == ([*found.new], found.share)


def test_only_the_beginning_of_a_long_text_is_looked_at() -> None:
    long = " ".join(f"word{number}a" for number in range(LONGEST)) + " needle"

    assert "needle" not in " ".join(term for term, _ in find_terms(said(*[long] * 5), USUAL, KNOWN).new)
