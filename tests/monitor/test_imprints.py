from __future__ import annotations

import json
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

import pytest

from monitor import imprints as module
from monitor.imprints import AT_ONCE, BANDS, ROWS, Imprints, imprint, imprints, known_stems

TEXTS = [
    json.loads(line)[side]["text"]
    for line in (Path(__file__).parent / "story_pairs.jsonl").read_text("utf-8").splitlines()
    for side in "ab"
]
PRIME = (1 << 61) - 1


def number_of(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")


def test_many_texts_at_once_have_the_imprints_that_they_have_one_by_one() -> None:
    known = known_stems(["Veervaart"])
    texts = [*TEXTS, "", "👍", "\ud800 half a character", "two words", " ".join(map(str, range(AT_ONCE)))]

    assert [imprint(text, known) for text in texts] == imprints(texts, known)


def test_the_keys_of_bands_are_those_of_minhash_reckoned_by_hand() -> None:
    # What is remembered of yesterday's mentions must be found by today's: these numbers never change without a migration.
    mine = imprint("the ferry hit a jetty in kampen today")
    seeds = [(number_of(f"a{place}") % (PRIME - 1) + 1, number_of(f"b{place}") % PRIME) for place in range(BANDS * ROWS)]
    pairs = [number_of(f"{one} {two}") % PRIME for one, two in mine.pairs]
    least = [min((a * pair + b) % PRIME for pair in pairs) for a, b in seeds]
    bands = {number_of(f"{band}:{least[band * ROWS : (band + 1) * ROWS]}") - (1 << 63) for band in range(BANDS)}

    assert bands < set(mine.keys)
    assert number_of("the ferry hit a jetty in kampen today") - (1 << 63) in mine.keys


def test_a_hash_is_right_at_the_ends_of_its_range() -> None:
    pairs = [0, 1, PRIME - 1, PRIME // 2, (1 << 31) - 1, 1 << 31]
    seeds = [(number_of(f"a{place}") % (PRIME - 1) + 1, number_of(f"b{place}") % PRIME) for place in range(BANDS * ROWS)]

    assert [[(a * pair + b) % PRIME for a, b in seeds] for pair in pairs] == module._least([[pair] for pair in pairs])


def test_numbers_names_and_days_are_facts_each_written_one_way() -> None:
    text = "Left at 8:15 on Monday with three people, at 8.15 op maandag met drie. The skipper of Kampen paid 12,50 to Jan-Willem."

    assert {"8.15", "12.50", "day 0", "3", "kamp", "jan-willem", "monday"} == set(imprint(text).facts)
    assert {"8.15", "12.50", "day 0", "3", "kamp", "jan-willem", "monday"} == set(imprint(f"{text} ü").facts)


def test_the_imprints_that_were_asked_for_last_are_kept_and_no_more_than_so_many() -> None:
    kept = Imprints(2)
    first, second, again = kept.of(["one fine day", "two fine days", "one fine day"], frozenset())
    [third] = kept.of(["three fine days"], frozenset())

    assert first is again
    assert [first, second] == imprints(["one fine day", "two fine days"])
    assert [second, third] == kept.of(["two fine days", "three fine days"], frozenset())
    assert second is kept.of(["two fine days"], frozenset())[0]
    assert third is kept.of(["three fine days"], frozenset())[0]
    assert 2 == len(kept._kept)
    assert [] == kept.of([], frozenset())


def test_what_was_made_for_comparing_only_is_made_anew_where_keys_are_needed() -> None:
    kept = Imprints(10)
    [compared] = kept.of(["one fine day in spring"], frozenset(), keyed=False)
    [keyed] = kept.of(["one fine day in spring"], frozenset())

    assert ((), imprint("one fine day in spring")) == (compared.keys, keyed)
    assert replace(keyed, keys=()) == compared
    assert keyed is kept.of(["one fine day in spring"], frozenset(), keyed=False)[0]


def test_a_text_has_another_imprint_for_a_brand_whose_name_is_in_it() -> None:
    kept = Imprints(10)

    assert kept.of(["the Veervaart ferry"], frozenset()) != kept.of(["the Veervaart ferry"], known_stems(["Veervaart"]))


@pytest.mark.parametrize(
    "text", ["@veervaart Thanks a lot, all of you", "Well I'm late and That's it", "we know Veervaart's people", "Great boat"]
)
def test_what_opens_a_post_or_is_short_for_more_words_is_no_name(text: str) -> None:
    assert frozenset() == imprint(text, known_stems(["Veervaart"])).facts
