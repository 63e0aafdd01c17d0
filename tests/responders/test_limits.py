from __future__ import annotations

import unicodedata

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from responders.limits import (
    _SIMPLE,
    BLUESKY_BYTES,
    BLUESKY_GRAPHEMES,
    LIMITS,
    X_LINK,
    count_bluesky,
    count_graphemes,
    count_mastodon,
    count_x,
    fits,
    limit_for,
)
from tests.strategies import hostile_pieces, hostile_texts

NEAR_MISSES = ["a.", "x.nl/", "x.nl/(", "x.nl/(a ", "x.nl/?", "http://", "@a", "@a.", "@a@", "🏴\U000e0067", "👩\u200d"]

FAMILY = "👨\u200d👩\u200d👧\u200d👦"


class TestX:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("", 0),
            ("a" * 280, 280),
            ("Sorry, dat had niet mogen gebeuren. ^EK", 39),
            ("café", 4),
            ("cafe\u0301", 4),
            ("Ω Ж א ع", 7),
            ("日本語", 6),
            ("한국어", 6),
            ("ไทย", 3),
            ("€", 2),
            ("…", 2),
            ("“kort”", 6),
            ("— –", 3),
            ("😡", 2),
            (FAMILY, 2),
            ("👍🏽👍", 4),
            ("👩🏽\u200d🔧!", 3),
            ("🇳🇱🇧🇪", 4),
            ("1️⃣#️⃣", 4),
            ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", 2),
            ("©", 1),
            ("©️", 2),
            ("☺", 2),
            ("☺️", 2),
            ("☺\ufe0e", 4),
            ("\u200d", 1),
            ("\ud800", 2),
        ],
    )
    def test_letters_and_emoji_weigh_what_the_configuration_of_x_says(self, text: str, expected: int) -> None:
        actual = count_x(text)

        assert expected == actual

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("https://waalfiets.nl", X_LINK),
            ("HTTP://WAALFIETS.NL", X_LINK),
            ("https://www.waalfiets.nl/een/heel/lang/pad/naar/de/storing?dag=vandaag&uur=9#nu", X_LINK),
            ("Zie https://waalfiets.nl/hulp.", 4 + X_LINK + 1),
            ("(https://waalfiets.nl/hulp)", 1 + X_LINK + 1),
            ("https://waalfiets.nl/hulp_(app)", X_LINK),
            ("https://waalfiets.nl:8080/", X_LINK),
            ("https://waalfiets.nl?x=1", X_LINK),
            ("https://münchen.example.de/straße", X_LINK),
            ("waalfiets.nl", X_LINK),
            ("waalfiets.nl/hulp, en nos.nl!", X_LINK + 5 + X_LINK + 1),
            ("日本waalfiets.nl", 4 + X_LINK),
            ("waalfiets.nl.", X_LINK + 1),
            ("waalfiets.nl.12", X_LINK + 3),
            ("info@waalfiets.nl", 17),
            ("jan.de@waalfiets.nl", 19),
            ("@waalfiets.nl", 13),
            ("#waalfiets.nl", 13),
            ("/waalfiets.nl", 13),
            ("d.w.z. 2.0 o.a.", 15),
            ("http://localhost", 16),
            ("https://", 8),
        ],
    )
    def test_a_link_weighs_23_however_long_it_is(self, text: str, expected: int) -> None:
        actual = count_x(text)

        assert expected == actual

    def test_where_only_x_knows_whether_it_is_a_link_the_longer_count_holds(self) -> None:
        assert X_LINK == count_x("gaat.Maar")
        assert 33 == count_x("een-heel-lange-naam-van-een.gratis"[:33])

    @given(hostile_texts())
    def test_composed_and_decomposed_weigh_the_same(self, text: str) -> None:
        assert count_x(unicodedata.normalize("NFC", text)) == count_x(unicodedata.normalize("NFD", text))

    @given(st.text(st.characters(max_codepoint=0x10FF, exclude_characters=".©®", exclude_categories=["Cs"])))
    def test_texts_of_light_letters_weigh_their_length(self, text: str) -> None:
        assert len(unicodedata.normalize("NFC", text)) == count_x(text) or "\u20e3" in text

    @given(hostile_texts(), hostile_texts())
    def test_two_paragraphs_weigh_their_sum(self, one: str, other: str) -> None:
        assert count_x(one) + 1 + count_x(other) == count_x(f"{one}\n{other}")


class TestBluesky:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [("", 0), ("a" * 300, 300), ("é" * 300, 300), ("👍" * 300, 300), (FAMILY, 3), (FAMILY * 121, 303), ("\r\n", 1), ("\ud800", 1)],
    )
    def test_it_counts_graphemes_or_tenths_of_bytes(self, text: str, expected: int) -> None:
        actual = count_bluesky(text)

        assert expected == actual

    @given(hostile_texts(), st.integers(1, 60))
    def test_a_text_fits_just_where_both_limits_are_kept(self, piece: str, times: int) -> None:
        text = (piece * times).encode("utf-8", "replace").decode()
        both = len(regex.findall(r"\X", text)) <= BLUESKY_GRAPHEMES and len(text.encode()) <= BLUESKY_BYTES

        assert both == (count_bluesky(text) <= BLUESKY_GRAPHEMES)


class TestMastodon:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("", 0),
            ("Dank je, @anna@mastodon.example!", 15),
            ("@a.b-c@d.example.", 7),
            ("info@waalfiets.nl", 17),
            ("https://x.example/@anna@y.example", 23),
            ("https://waalfiets.nl/een/heel/lang/pad/voorbij/drieentwintig tekens", 30),
            ("waalfiets.nl", 12),
            ("https://kort.nl.", 24),
            (FAMILY * 3, 3),
            ("cafe\u0301", 4),
        ],
    )
    def test_links_weigh_23_and_handles_only_their_name(self, text: str, expected: int) -> None:
        actual = count_mastodon(text)

        assert expected == actual


class TestLimits:
    def test_the_networks_of_the_product_are_known(self) -> None:
        actual = {name: limit.characters for name, limit in LIMITS.items()}

        assert {"x": 280, "bluesky": 300, "mastodon": 500, "reddit": 10_000, "hackernews": None, "blog": None} == actual
        assert all(name == limit.network for name, limit in LIMITS.items())

    def test_no_limit_is_always_explained(self) -> None:
        unexplained = [name for name, limit in LIMITS.items() if limit.characters is None and not limit.note]

        assert [] == unexplained

    def test_a_network_that_nobody_knows_lets_all_pass_and_says_so(self) -> None:
        limit = limit_for("guestbook")

        assert limit.characters is None
        assert 'How long a text may be on "guestbook" is not known here; look there.' == limit.note
        assert (3, None) == fits("guestbook", "abc")

    @pytest.mark.parametrize(
        ("network", "text", "expected"),
        [
            ("x", "日本", (4, 280)),
            ("bluesky", "日本", (2, 300)),
            ("reddit", "👍🏽", (2, 10_000)),
            ("reddit", "*a_b*\nc", (12, 10_000)),
            ("hackernews", "👍🏽", (1, None)),
        ],
    )
    def test_each_network_counts_in_its_own_way(self, network: str, text: str, expected: tuple[int, int | None]) -> None:
        actual = fits(network, text)

        assert expected == actual

    @given(hostile_texts())
    def test_a_grapheme_is_one_whatever_it_is_made_of(self, text: str) -> None:
        assert len(regex.findall(r"\X", text)) == count_graphemes(text)

    def test_whatever_is_counted_by_its_length_is_a_grapheme_beside_any_other_such(self) -> None:
        simple = [one for one in map(chr, range(0xD800)) if _SIMPLE.fullmatch(one)]
        beside = ["".join(one + two for two in simple) for one in simple]

        assert 700 < len(simple)
        assert [len(text) for text in beside] == [len(regex.findall(r"\X", text)) for text in beside]

    @settings(max_examples=25)
    @given(hostile_pieces())
    def test_long_hostile_texts_are_counted_to_the_end(self, piece: str) -> None:
        text = piece * (100_000 // len(piece))

        assert all(limit.count(text) > 0 for limit in LIMITS.values())

    @pytest.mark.parametrize(
        "piece", ["a.", "x.nl/", "x.nl/(", "x.nl/(a ", "x.nl/?", "http://", "@a", "@a.", "@a@", "🏴\U000e0067", "👩\u200d"]
    )
    @pytest.mark.parametrize("start", ["", "https://x.nl/", "🏴"])
    def test_near_misses_of_links_and_emoji_are_counted_to_the_end(self, start: str, piece: str) -> None:
        # Quadratic work would take hours here; that the test ends is what it shows.
        text = start + piece * (300_000 // len(piece))

        assert all(limit.count(text) > 0 for limit in LIMITS.values())
