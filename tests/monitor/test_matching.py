from __future__ import annotations

import sys
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.domain import Term
from monitor.matching import Match, compile_brand
from tests.builders import a_brand
from tests.strategies import hostile_pieces, hostile_texts


def found(text: str, *terms: str | Term, **changes: Any) -> str | None:
    """Return the words of `text` that a brand with these terms finds, without handles and hashtags of its own."""
    matcher = compile_brand(a_brand(terms=terms, **{"handles": (), "hashtags": (), **changes}))
    match = matcher.match(text)
    return None if match is None else text[match.span[0] : match.span[1]]


class TestWordsAndTheirEdges:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Mijn Waalfiets is stuk", "Waalfiets"),
            ("WAALFIETS!", "WAALFIETS"),
            ("Waalfietsen langs het water", None),
            ("een stadswaalfiets", None),
            ("Waalfiets' app", "Waalfiets"),
            ("Waalfiets’s app", "Waalfiets"),
            ("de Waalfiets-app", "Waalfiets"),
            ("_Waalfiets_ en **Waalfiets**", "Waalfiets"),
            ("___Waalfiets___", "Waalfiets"),
            ("waalfiets_app", None),
            ("mijn_waalfiets", None),
            ("mijn____waalfiets", "waalfiets"),
            ("#Waalfiets", "Waalfiets"),
            ("#waalfietsstoring", None),
            ("https://waalfiets.nl/help", "waalfiets"),
            ("info@waalfiets.nl", "waalfiets"),
            ("🚲Waalfiets🚲", "Waalfiets"),
            ("👩🏽\u200d🔧Waalfiets👍🏽", "Waalfiets"),
            ("私のWaalfietsは", "Waalfiets"),
            ("ฉันWaalfietsที่", "Waalfiets"),
            ("Waalfiets가", "Waalfiets"),
            ("हिWaalfiets", None),
            ("Wáalfiets", "Wáalfiets"),
            ("Wa\u0301alfiets\u0301!", "Wa\u0301alfiets\u0301"),
            ("Waalfiets\u0301", "Waalfiets\u0301"),
            ("Ｗａａｌｆｉｅｔｓ", "Ｗａａｌｆｉｅｔｓ"),
            ("Waal\u200bfi\xadets", "Waal\u200bfi\xadets"),
            ("bij\u200bWaalfiets", "Waalfiets"),
            ("éWaalfiets", None),
            ("Waalfietsé", None),
            ("", None),
        ],
    )
    def test_a_term_stands_for_a_whole_word(self, text: str, expected: str | None) -> None:
        actual = found(text, "Waalfiets")

        assert expected == actual

    @pytest.mark.parametrize(
        ("term", "text", "expected"),
        [
            ("Waalfiets*", "een Waalfietsabonnement.", "Waalfietsabonnement"),
            ("Waalfiets*", "Waalfiets", "Waalfiets"),
            ("Waalfiets*", "stadswaalfietsen", None),
            ("*fiets", "mijn stadsfiets", "stadsfiets"),
            ("*fiets", "fietsen", None),
            ("*fiets*", "een elektrischefietsenstalling!", "elektrischefietsenstalling"),
            ("w*fiets", "waalfiets en wegfietsen", "waalfiets"),
            ("w*fiets", "wegfietsen", None),
            ("w*fiets", "een woonwerkfietsfiets", "woonwerkfietsfiets"),
            ("w*fiets*", "wegfietsen", "wegfietsen"),
            ("waal* app", "de waalfietsen  app", "waalfietsen  app"),
            ("de *fiets", "de stadsfiets", "de stadsfiets"),
            ("a*b*c", "axbxc", "axbxc"),
            ("Waal  fiets", "waal\n\tfiets", "waal\n\tfiets"),
            ("Waal fiets", "waal\xa0fiets", "waal\xa0fiets"),
            ("Waal fiets", "waal, fiets", None),
            ("Waal fiets", "waalfiets", None),
            ("AT&T", "bij AT&T.", "AT&T"),
            ("C++", "c++17", "c++"),
            ("café", "CAFE", "CAFE"),
            ("cafe", "café's", "café"),
            ("Straße", "STRASSE", "STRASSE"),
            ("自転車", "私の自転車は", "自転車"),
            ("か", "が", None),
            ("か", "か\u3099", None),
            ("か", "いか。", "か"),
            ("สระ", "น้ำสระว่า", "สระ"),
            ("กา", "กา\u0e48", None),
            ("가", "각", None),
            ("가", "나가다", "가"),
            ("🚲", "ik🚲jij", "🚲"),
            ("#fiets", "#fiets_app #Fiets", "#Fiets"),
            ("@fiets", "@fietser @fiets", "@fiets"),
        ],
    )
    def test_a_phrase_says_itself_how_loosely_it_is_meant(self, term: str, text: str, expected: str | None) -> None:
        actual = found(text, term)

        assert expected == actual

    @pytest.mark.parametrize(
        ("term", "text", "expected"),
        [
            ("NS", "de NS rijdt", "NS"),
            ("NS", "ns", None),
            ("NS", "ÑS NŚ", None),
            ("Café", "Café", "Café"),
            ("Café", "Cafe\u0301", "Cafe\u0301"),
            ("Café", "Cafe", None),
            ("NS", "é ＮS's", "ＮS"),
            ("Waal Fiets", "é Waal  Fiets", "Waal  Fiets"),
        ],
    )
    def test_a_case_sensitive_term_is_taken_letter_for_letter(self, term: str, text: str, expected: str | None) -> None:
        actual = found(text, Term(term, case_sensitive=True))

        assert expected == actual

    def test_the_first_configured_term_that_stands_in_the_text_is_named(self) -> None:
        matcher = compile_brand(a_brand(terms=("Waal fiets", "Waalfiets"), handles=(), hashtags=()))

        actual = matcher.match("Waalfiets, vroeger Waal fiets")

        assert Match("Waal fiets", (19, 29)) == actual

    @given(hostile_texts())
    def test_a_term_is_found_between_any_two_spaces(self, text: str) -> None:
        whole = f"{text} Waalfiets {text}"
        matcher = compile_brand(a_brand(handles=(), hashtags=()))
        match = matcher.match(whole)

        assert match is not None
        assert "waalfiets" in whole[slice(*match.span)].casefold() or not whole[slice(*match.span)].isascii()

    @given(hostile_texts(), st.sampled_from(["Waalfiets", "Wáálfiets", "自転車", "🚲", "*fiets*", "NS", "Waal fiets"]), st.booleans())
    def test_the_span_holds_just_what_was_found(self, text: str, term: str, sharp: bool) -> None:
        matcher = compile_brand(a_brand(terms=(Term(term, case_sensitive=sharp),), handles=(), hashtags=()))
        match = matcher.match(text)
        if match is not None:
            inside = text[slice(*match.span)]
            again = matcher.match(inside)

            assert again is not None
            assert (0, len(inside)) == again.span


class TestHandlesAndHashtags:
    @pytest.mark.parametrize(
        ("handle", "text", "expected"),
        [
            ("@waalfiets", "@Waalfiets help!", True),
            ("waalfiets", "Hé @waalfiets, help", True),
            ("waalfiets", "@waalfietsfan", False),
            ("waalfiets", "@waalfiets_nl", False),
            ("waalfiets", "@waalfiets.", True),
            ("waalfiets", "@waalfiets-app", True),
            ("waalfiets", "はい@waalfietsは", True),
            ("waalfiets", "info@waalfiets.nl", False),
            ("waalfiets", "_@waalfiets", False),
            ("waalfiets", "Waalfiets zelf", False),
            ("waalfiets", "@waalfiets@elsewhere.social", False),
            ("waalfiets", "@waalfiets.example", False),
            ("waalfiets", "u/waalfiets en /u/Waalfiets", True),
            ("waalfiets", "menu/waalfiets", False),
            ("u/waalfiets", "@waalfiets", True),
            ("/u/waalfiets", "/u/waalfiets", True),
            ("waalfiets@mastodon.nl", "@waalfiets@mastodon.nl", True),
            ("@waalfiets@mastodon.nl", "waalfiets@mastodon.nl!", True),
            ("@waalfiets@mastodon.nl", "https://mastodon.nl/@waalfiets", True),
            ("@waalfiets@mastodon.nl", "@waalfiets@mastodon.nl.example", False),
            ("@waalfiets@mastodon.nl", "info.waalfiets@mastodon.nl", False),
            ("@waalfiets@mastodon.nl", "@waalfiets", False),
            ("waalfiets.bsky.social", "@waalfiets.bsky.social hoi", True),
            ("waalfiets.bsky.social", "https://bsky.app/profile/waalfiets.bsky.social", True),
            ("waalfiets.nl", "zie waalfiets.nl", False),
        ],
    )
    def test_naming_a_handle_of_ours_whole_is_addressing_us(self, handle: str, text: str, expected: bool) -> None:
        matcher = compile_brand(a_brand(handles=(handle,)))

        actual = matcher.addresses_us(text)

        assert expected == actual

    @pytest.mark.parametrize(
        ("hashtag", "text", "expected"),
        [
            ("waalfiets", "#Waalfiets!", "#Waalfiets"),
            ("#waalfiets", "＃waalfiets", "＃waalfiets"),
            ("#waalfiets", "#waalfietsstoring", None),
            ("#waalfiets", "#waalfiets_storing", None),
            ("#waalfiets", "#waalfietsの", None),
            ("#waalfiets", "waalfiets", None),
            ("#waalfiets", "x#waalfiets &#waalfiets https://x.nl/#waalfiets", None),
            ("#自転車", "#自転車 です", "#自転車"),
            ("#自転車", "#自転車店", None),
        ],
    )
    def test_a_hashtag_is_compared_whole(self, hashtag: str, text: str, expected: str | None) -> None:
        actual = found(text, "Anders", hashtags=(hashtag,))

        assert expected == actual

    def test_a_handle_comes_before_a_term(self) -> None:
        matcher = compile_brand(a_brand())

        actual = matcher.match("Waalfiets? Nee: @waalfiets")

        assert Match("@waalfiets", (16, 26)) == actual

    def test_who_addresses_us_is_heard_whatever_is_excluded_or_required(self) -> None:
        matcher = compile_brand(a_brand(exclude=("route",), require=("storing",)))

        assert matcher.match("@waalfiets is de route open?") is not None
        assert matcher.match("Waalfiets: is de route open?") is None


class TestContext:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("waalfiets langs de Waal, mooie route", None),
            ("waalfiets, wat een Fietsroute", None),
            ("waalfiets is stuk", "waalfiets"),
        ],
    )
    def test_an_exclusion_makes_the_whole_text_somebody_elses(self, text: str, expected: str | None) -> None:
        actual = found(text, "Waalfiets", exclude=("route", "*route", "langs de waal"))

        assert expected == actual

    @pytest.mark.parametrize(("text", "expected"), [("Delta stuurt mijn vlucht om", "Delta"), ("Delta is een rivier", None)])
    def test_a_required_word_must_stand_somewhere(self, text: str, expected: str | None) -> None:
        actual = found(text, "Delta", require=("vlucht*", "flight*"))

        assert expected == actual

    @pytest.mark.parametrize(
        ("text", "within", "expected"),
        [
            ("slot van de app", 3, "slot"),
            ("slot van de app", 2, None),
            ("app en dan slot", 3, "slot"),
            ("app. Een twee drie vier slot. Een twee drie vier. slot app", 1, "slot"),
            ("slot 自転車 app", 4, "slot"),
            ("slot 自転車 app", 3, None),
            ("slót (é) — apps", 3, None),
            ("slót (é) — app", 2, "slót"),
            ("slot zonder iets", 5, None),
            ("appslot", 5, None),
        ],
    )
    def test_near_words_are_counted_in_words_to_either_side(self, text: str, within: int, expected: str | None) -> None:
        actual = found(text, Term("slot", near=("app", "fiets"), within=within))

        assert expected == actual

    def test_the_term_itself_is_not_near_itself(self) -> None:
        term = Term("slot app", near=("app",), within=5)

        assert found("slot app", term) is None
        assert found("slot app en app", term) == "slot app"

    def test_an_emoji_has_words_near_it_too(self) -> None:
        term = Term("🔒", near=("fiets",), within=1)

        assert found("fiets 🔒", term) == "🔒"
        assert found("🔒 fiets", term) == "🔒"
        assert found("🔒 de fiets", term) is None

    def test_a_case_sensitive_term_has_near_words_in_any_case(self) -> None:
        term = Term("NS", near=("trein",), within=2)

        assert found("é Mijn NS TREIN", Term(term.text, term.near, term.within, case_sensitive=True)) == "NS"

    def test_a_later_term_still_counts_where_an_earlier_one_stands_alone(self) -> None:
        actual = found("het slot van Waalfiets", Term("slot", near=("app",)), "Waalfiets")

        assert "Waalfiets" == actual


class TestExplain:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Mijn Waalfiets!", 'About Waalfiets: "Waalfiets" (characters 5 to 14) matches "Waalfiets".'),
            ("Hé @waalfiets", 'About Waalfiets: "@waalfiets" (characters 3 to 13) matches "@waalfiets".'),
            ("Fietsen", "Not about Waalfiets: none of its terms, handles and hashtags stands in the text."),
            ("Waalfiets route", 'Not about Waalfiets: "Waalfiets" is there, but so is "route", which is excluded.'),
            ("het slot is stuk", 'Not about Waalfiets: "slot" is there, but within 2 words of it none of "app", "fiets".'),
        ],
    )
    def test_it_says_why_in_one_sentence(self, text: str, expected: str) -> None:
        matcher = compile_brand(a_brand(terms=("Waalfiets", Term("slot", ("app", "fiets"), 2)), exclude=("route",)))

        actual = matcher.explain(text)

        assert expected == actual

    def test_it_names_what_is_required(self) -> None:
        actual = compile_brand(a_brand(require=("app", "slot"))).explain("Waalfiets")

        assert 'Not about Waalfiets: "Waalfiets" is there, but none of "app", "slot", one of which is required.' == actual


class TestCompileBrand:
    @pytest.mark.parametrize(
        ("changes", "named"),
        [
            ({"terms": ("  ",)}, '"  "'),
            ({"terms": ("**",)}, '"**"'),
            ({"terms": ("\u200b",)}, '"\u200b"'),
            ({"exclude": ("",)}, '""'),
            ({"require": ("*",)}, '"*"'),
            ({"terms": (Term("slot", near=("",)),)}, '""'),
            ({"handles": ("@",)}, '"@"'),
            ({"hashtags": ("#",)}, '"#"'),
        ],
    )
    def test_a_phrase_with_nothing_to_look_for_is_refused_by_name(self, changes: dict[str, Any], named: str) -> None:
        with pytest.raises(ValueError, match="brand waalfiets: ") as error:
            compile_brand(a_brand(**changes))

        assert named in str(error.value)

    @given(hostile_texts(4))
    def test_any_other_phrase_is_taken_literally_and_finds_itself(self, phrase: str) -> None:
        try:
            matcher = compile_brand(a_brand(terms=(phrase.replace("*", ""),), handles=(), hashtags=()))
        except ValueError:
            return

        assert matcher.match(phrase.replace("*", "")) is not None


def steps(matcher: Any, text: str) -> int:
    """Count the calls, also into C, that matching takes."""
    count = 0

    def tally(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(tally)
    try:
        matcher.match(text)
    finally:
        sys.setprofile(before)
    return count


HOSTILE = a_brand(
    terms=("Waal fiets", "*fiets", "*fiets*", "w*f*s", "waal* app", "de *fiets stuk", Term("slot", ("app*", "*fiets"), 2)),
    exclude=("*route", "langs de waal"),
    require=("storing",),
    handles=("waalfiets", "waalfiets@mastodon.nl"),
)

NEAR_MISSES = [
    "waalfiet", "waal ", "waal  fiet ", "fiets", "fiets_", "_fiets", "wafiets", "w", "wf", "waal", "de fiets", "slot ",
    "slot een twee drie fiets ", "@waalfiets_", "waalfiets@mastodon", "fiets\u200b", "waal\u200b", "é\u0301fiets", "自fiets転",
    "langs de ", "fietsroute ",
]  # fmt: skip


@pytest.mark.parametrize("piece", NEAR_MISSES)
def test_the_work_grows_no_faster_than_the_text(piece: str) -> None:
    matcher = compile_brand(HOSTILE)
    matcher.match(piece)
    short, long = (steps(matcher, piece * times) for times in (500, 2_000))

    assert long <= 5 * short + 100


@pytest.mark.parametrize("piece", NEAR_MISSES)
def test_a_million_characters_of_near_misses_are_searched_to_the_end(piece: str) -> None:
    # What happens inside one regular expression is no step that could be counted; quadratic work would take hours here.
    matcher = compile_brand(HOSTILE)
    text = piece * (1_000_000 // len(piece))

    assert isinstance(matcher.explain(text), str)
    assert matcher.addresses_us(text) is False


@settings(max_examples=25)
@given(hostile_pieces())
def test_any_long_hostile_text_is_searched_to_the_end(piece: str) -> None:
    matcher = compile_brand(HOSTILE)

    assert isinstance(matcher.explain(piece * (200_000 // len(piece))), str)
