from __future__ import annotations

from zlib import crc32

import pytest
from hypothesis import given

from monitor.scorers import grams
from monitor.scorers.wording import plain_wording, unaimed
from tests.strategies import hostile_texts


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("@jan_p see https://x.test/a?b=1", "@user see http"),
        ("#WorstAirlineEver", "Worst Airline Ever"),
        ("#so_bad", "so bad"),
        ("WORST service", "worst service"),
        ("sooooo goooood!!!!!", "soo good!!"),
        ("I love it 😂", "I love it laughing"),
        ("😡😭💔👍🏽❤️", "furious crying broken heart thumbs up love"),
        ("bedankt :) en niet :(", "bedankt happy en niet sad"),
        ("don’t &amp; won’t", "don't & won't"),
        ("mail jan@x.test", "mail jan@x.test"),
        ("first\\nsecond\nthird", "first second third"),
        ("Géén aanrader, écht níet, ZÓ jammer", "Geen aanrader, echt niet, zo jammer"),
        ("één café, hé, een résumé", "één café, hé, een résumé"),
        ("", ""),
    ],
)
def test_a_post_is_written_as_ordinary_language(written: str, plain: str) -> None:
    assert plain == plain_wording(written)


def test_whom_and_what_a_text_points_at_is_no_part_of_what_it_says() -> None:
    assert "is late, see" == unaimed(plain_wording("@ns_online: is late, see https://x.test"))
    assert "mail jan@x.test" == unaimed(plain_wording("mail jan@x.test"))


@given(hostile_texts())
def test_any_text_becomes_one_line(text: str) -> None:
    plain = plain_wording(text)

    assert plain == " ".join(plain.split())
    assert all(0 <= row < 2 ** grams.BITS["en"] for row in grams.rows(plain))
    assert all(0 <= row < 2 ** grams.BITS["nl"] for row in grams.rows(plain, "nl"))


@pytest.mark.parametrize("piece", [":", "A", "@a", "#", "-_", "<3", "www.", "😀", "!", ":-", "x D", "ä", "é", "é "])
def test_a_megabyte_of_anything_is_rewritten(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))

    assert isinstance(plain_wording(text), str)


def test_words_after_a_negation_count_apart() -> None:
    found = grams.runs("I can't say it is good. Fine")

    assert {"¬good", "can't", "is good", "it is good", "#_good"} <= found
    assert "¬fine" not in found


def test_in_dutch_the_words_shortly_after_a_negation_count_apart() -> None:
    found = grams.dutch_runs("Niet echt lekker gegeten daar. Wel gezellig 😀, nooit druk!")

    assert {"niet", "¬echt", "¬lekker", "¬gegeten", "gezellig", "😀", "¬druk", "!"} <= found
    assert found.isdisjoint({"¬daar", "¬wel", "¬gezellig", "¬niet", "niet echt"})


def test_the_rows_are_the_same_in_every_process_and_each_once() -> None:
    rows = grams.rows("never again, never again")

    assert rows == sorted(set(rows))
    assert rows == grams.rows("never again, never again")
    assert crc32(b"never") % 2 ** grams.BITS["en"] in rows
