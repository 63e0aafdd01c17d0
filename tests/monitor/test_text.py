from __future__ import annotations

import unicodedata

import pytest
import regex
from hypothesis import given, settings

from monitor.text import CUT_MARK, MAX_TEXT, clean, clip, fold, for_terminal, html_to_text, loosen, shares, sharpen, words
from tests.strategies import FRAGMENTS, hostile_pieces, hostile_texts

GRAPHEMES = regex.compile(r"\X")


class TestClean:
    def test_plain_text_comes_back_as_it_is(self) -> None:
        text = "Slot gaat niet open,\n\twel betaald."

        assert text == clean(text)

    @pytest.mark.parametrize(
        ("hostile", "expected"),
        [
            ("a\x00b\x07c\x7fd\x9be", "abcde"),
            ("one\r\ntwo\rthree\u2028four\x85five\x0csix", "one\ntwo\nthree\nfour\nfive\nsix"),
            ("lone \ud83d end", "lone \ufffd end"),
            ("pair \ud83d\ude21", "pair 😡"),
            ("cafe\u0301", "café"),
            ("\x1b[31mred", "[31mred"),
        ],
    )
    def test_what_is_dangerous_goes_and_what_is_written_two_ways_becomes_one(self, hostile: str, expected: str) -> None:
        actual = clean(hostile)

        assert expected == actual

    def test_bidi_and_emoji_stay_because_they_carry_meaning(self) -> None:
        text = "\u2067שלום\u2069 👩🏽\u200d🔧"

        assert text == clean(text)

    @given(hostile_texts())
    def test_a_cleaned_text_can_be_stored_and_cleaned_again(self, text: str) -> None:
        actual = clean(text)
        forbidden = {
            c for c in actual if (unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t") or unicodedata.category(c) in ("Zl", "Zp")
        }

        assert set() == forbidden
        assert unicodedata.is_normalized("NFC", actual)
        assert actual == actual.encode().decode()
        assert actual == clean(actual)

    @pytest.mark.parametrize("piece", ["x", "e\u0301", "\x00", "\ud800", "👩🏽\u200d🔧"])
    def test_a_text_that_is_too_long_is_cut_with_a_mark(self, piece: str) -> None:
        actual = clean(piece * (1_000_000 // len(piece)))

        assert actual.endswith(CUT_MARK)
        assert len(actual) <= MAX_TEXT
        assert actual == clean(actual)

    def test_a_text_of_just_the_limit_is_whole(self) -> None:
        text = "é" * MAX_TEXT

        assert text == clean(text)

    def test_marks_without_end_are_broken_up_as_unicode_says(self) -> None:
        actual = clean("e" + "\u0316\u0301" * 1000)

        assert max(map(len, regex.findall(r"[^\P{M}\u034f]+", actual))) <= 30

    def test_no_character_hides_from_the_search_for_marks(self) -> None:
        # The fast look leaves out word characters, spaces and everything below U+0300; none of those may combine.
        combining = [chr(code) for code in range(0x110000) if unicodedata.combining(chr(code))]
        hidden = [c for c in combining if c < "\u0300" or c.isalnum() or c.isspace()]
        wide = [c for c in combining if len(unicodedata.normalize("NFKD", c)) > 2]

        assert [] == hidden
        assert [] == wide


class TestFold:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Café", "cafe"),
            ("CAFE\u0301", "cafe"),
            ("ＷＡＡＬ", "waal"),
            ("Straße", "strasse"),
            ("Ångström Søren Łódź œuvre", "angstrom soren lodz oeuvre"),
            ("Ĳsselmeer", "ijsselmeer"),
            ("auto’s e‑mail", "auto's e-mail"),
            ("Waal\u200bfiets\xad", "waalfiets"),
            ("İstanbul ı", "istanbul i"),
            ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
            ("한국어", "한국어"),
            ("がか", "がか"),
            ("Йё", "ие"),
        ],
    )
    def test_what_a_reader_takes_for_the_same_is_the_same(self, text: str, expected: str) -> None:
        actual = fold(text)

        assert expected == actual

    @given(hostile_texts())
    def test_folding_again_changes_nothing(self, text: str) -> None:
        once = fold(text)

        assert once == fold(once)

    @given(hostile_texts())
    def test_folding_knows_no_difference_between_composed_and_decomposed(self, text: str) -> None:
        assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))

    @given(hostile_texts(40))
    def test_every_character_has_its_share_of_the_folded_text(self, text: str) -> None:
        assert len(loosen(text)) == sum(shares(text))
        assert len(sharpen(text)) == sum(shares(text, sharp=True))

    @pytest.mark.parametrize("fragment", FRAGMENTS)
    def test_long_and_short_texts_are_folded_alike(self, fragment: str) -> None:
        text = f"é{fragment} "
        times = 2_000 // len(text) + 1

        assert unicodedata.normalize("NFC", loosen(text)) * times == unicodedata.normalize("NFC", loosen(text * times))

    def test_a_sharpened_text_keeps_case_and_accents(self) -> None:
        assert sharpen("café") == sharpen("cafe\u0301") != sharpen("cafe")
        assert sharpen("NS") != sharpen("ns")
        assert "d'NS" == sharpen("d’N\u200bS")

    def test_a_hostile_alphabet_does_not_fill_the_memory(self) -> None:
        every_character = "".join(map(chr, range(0x300, 0x30000)))

        assert len(shares(every_character)) == len(every_character)
        assert sum(shares(every_character)) == len(loosen(every_character))


class TestWords:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("De fietssleutelkast is stuk!", ("de", "fietssleutelkast", "is", "stuk")),
            ("Auto's en auto’s, 's avonds", ("auto's", "en", "auto's", "s", "avonds")),
            ("e-mail - dubbel--streepje", ("e-mail", "dubbel", "streepje")),
            ("12,50 euro om 9:30, punt.", ("12,50", "euro", "om", "9:30", "punt")),
            ("#Waalfiets @waalfiets_nl _nadruk_", ("waalfiets", "waalfiets_nl", "nadruk")),
            ("zie https://Waalfiets.nl/Help?x=1.", ("zie", "waalfiets.nl/help?x=1")),
            ("日本語 が", ("日", "本", "語", "が")),
            ("stuk😡😡 👩🏽\u200d🔧1️⃣", ("stuk", "😡", "😡", "👩🏽🔧", "1")),
            ("🇳🇱🇧🇪", ("🇳🇱", "🇧🇪")),
            ("हिन्दी 한국어", ("हिन्दी", "한국어")),
            ("Waal\u200bfiets café", ("waalfiets", "cafe")),
            ("... !?", ()),
            ("", ()),
        ],
    )
    def test_a_text_falls_into_the_words_a_person_sees(self, text: str, expected: tuple[str, ...]) -> None:
        actual = words(text)

        assert expected == actual

    @given(hostile_texts())
    def test_plain_words_are_the_same_beside_any_other_script(self, text: str) -> None:
        plain = text.encode("ascii", "ignore").decode()

        assert (*words(plain), "e") == words(f"{plain} é")

    @given(hostile_texts())
    def test_no_word_is_empty_or_has_a_space_in_it(self, text: str) -> None:
        assert all(word and not any(map(str.isspace, word)) for word in words(text))

    @given(hostile_texts())
    def test_words_are_folded(self, text: str) -> None:
        assert all(fold(word) == word for word in words(text))


class TestClip:
    @pytest.mark.parametrize(
        ("text", "limit", "expected"),
        [
            ("kort", 10, "kort"),
            ("twee\n  regels", 20, "twee regels"),
            ("een hele lange zin", 9, "een hele…"),
            ("een hele, lange zin", 11, "een hele…"),
            ("een hele lange zin", 13, "een hele…"),
            ("Donaudampfschiff", 6, "Donau…"),
            ("a Donaudampfschiff", 12, "a Donaudamp…"),
            ("👩🏽\u200d🔧👩🏽\u200d🔧👩🏽\u200d🔧", 7, "👩🏽\u200d🔧…"),
            ("e\u0301" * 5, 4, "e\u0301…"),
            ("lang", 1, "…"),
            ("lang", 0, ""),
            ("lang", -3, ""),
        ],
    )
    def test_it_cuts_where_a_person_would(self, text: str, limit: int, expected: str) -> None:
        actual = clip(text, limit)

        assert expected == actual

    @given(hostile_texts())
    def test_it_is_never_too_long_and_never_cuts_a_grapheme(self, text: str) -> None:
        line = " ".join(text.split())
        ends = {0} | {match.end() for match in GRAPHEMES.finditer(line)}
        for limit in (1, 2, 5, 9, 20):
            actual = clip(text, limit)
            head = actual.removesuffix("…")

            assert len(actual) <= limit
            assert line.startswith(head) or actual == line
            assert actual == line or len(head) in ends


class TestForTerminal:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("twee\nregels", "twee\nregels"),
            ("a\r\nb\rc", "a\nb␍c"),
            ("\x1b[2Jweg", "␛[2Jweg"),
            ("\x9b2J\x7f\x00", "<U+009B>2J␡␀"),
            ("kolom\ttwee", "kolom    twee"),
            ("abc\u202etxt.exe", "abc<U+202E>txt.exe"),
            ("\ud800", "<U+D800>"),
            ("😡 café 👩🏽\u200d🔧", "😡 café 👩🏽\u200d🔧"),
        ],
    )
    def test_what_could_deceive_is_shown(self, text: str, expected: str) -> None:
        actual = for_terminal(text)

        assert expected == actual

    @given(hostile_texts())
    def test_nothing_that_moves_the_cursor_or_the_reader_gets_through(self, text: str) -> None:
        actual = for_terminal(text)
        dangerous = {
            c
            for c in actual
            if (unicodedata.category(c) in ("Cc", "Cs") and c != "\n") or unicodedata.bidirectional(c) in ("RLO", "LRO", "RLI")
        }

        assert set() == dangerous
        assert actual == actual.encode().decode()


class TestHtmlToText:
    @pytest.mark.parametrize(
        ("html", "expected"),
        [
            ("gewone tekst", "gewone tekst"),
            ("  a &amp; b &lt;3 &eacute; &#128545; &#x1F6B2; ", "a & b <3 é 😡 🚲"),
            ("<p>Een</p><p>Twee<br>Drie<br />Vier</p>", "Een\n\nTwee\nDrie\nVier"),
            ("<ul><li>a</li><li>b</li></ul>na", "a\nb\n\nna"),
            ("a<script>if (x<y) alert('</p>')</script>b<STYLE>p{}</style>c", "abc"),
            ("weg<script>nooit gesloten <p>tekst", "weg"),
            ("<scripted>blijft</scripted>", "blijft"),
            ("a<!-- weg > -->b<!DOCTYPE html><?php weg ?>c", "abc"),
            ("a<!-- nooit gesloten", "a"),
            ("a<!bogus", "a"),
            ("<![CDATA[tekst]]", "tekst]]"),
            ("I <3 you, 1 < 2 > 0", "I <3 you, 1 < 2 > 0"),
            ("einde <b", "einde <b"),
            ("&nbsp;x&nbsp;y", "x y"),
            ("veel   wit\n\n\nop   het web", "veel wit op het web"),
            ("<pre>def f():\n    pas()</pre>klaar", "def f():\n    pas()\n\nklaar"),
            ("<img src=x alt=\":fiets:\"> <img alt='&lt;b'> <IMG ALT=los /> <img src=y>", ":fiets: <b los"),
            ("<a href=\"x>y\" title='a>b'>link</a>", "link"),
            ('<a href="nooit gesloten>link</a> na', "link na"),
            ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
            ("&#0;&#xD800;&#99999999999;x&bogus;", "\ufffd\ufffd\ufffdx&bogus;"),
            ("", ""),
        ],
    )
    def test_it_reads_what_a_reader_sees(self, html: str, expected: str) -> None:
        actual = html_to_text(html)

        assert expected == actual

    def test_a_link_that_mastodon_shortens_comes_out_whole(self) -> None:
        html = (
            '<p><span class="h-card" translate="no"><a href="https://mastodon.example/@waalfiets" class="u-url mention">@<span>waalfiets'
            '</span></a></span> zie <a href="https://waalfiets.nl/storing/vandaag" rel="nofollow"><span class="invisible">https://</span>'
            '<span class="ellipsis">waalfiets.nl/storing</span><span class="invisible">/vandaag</span></a></p>'
        )

        actual = html_to_text(html)

        assert "@waalfiets zie https://waalfiets.nl/storing/vandaag" == actual

    @given(hostile_texts())
    def test_whatever_comes_in_something_clean_comes_out(self, html: str) -> None:
        actual = html_to_text(html)

        assert actual == clean(actual)

    @given(hostile_texts())
    def test_text_that_was_escaped_comes_back(self, text: str) -> None:
        sound = " ".join(clean(text).split())
        escaped = sound.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

        assert sound == html_to_text(escaped)


HOSTILE_HTML = [
    "<", "<a ", '<a "', '<a ">', "<a '>", "<!--", "<![CDATA[", "&", "&amp", "&#1", "<script>", "<img alt", "<p> ", "</", "<b>", " \n",
    "-->", "e\u0301\u0316",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE_HTML)
def test_a_million_hostile_characters_are_read_to_the_end(piece: str) -> None:
    # Quadratic work would take hours here; that the test ends is what it shows.
    for ending in ("", "'", '"', ">"):
        text = piece * (1_000_000 // len(piece)) + ending

        assert len(html_to_text(text)) <= MAX_TEXT
        assert len(words(text)) <= len(text)
        assert len(clip(text, 80)) <= 80


def test_a_number_too_large_for_a_character_is_no_error() -> None:
    actual = html_to_text("a&#" + "1" * 1_000_000 + ";b &#x" + "f" * 100_000 + ";")

    assert "a\ufffdb \ufffd" == actual


@settings(max_examples=25)
@given(hostile_pieces())
def test_every_function_takes_long_hostile_texts(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    for function in (clean, fold, html_to_text, for_terminal, loosen, sharpen):
        assert isinstance(function(text), str)
    assert isinstance(words(text), tuple)
