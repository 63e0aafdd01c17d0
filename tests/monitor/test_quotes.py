"""Our own words lose what they quote of others, and keep the rest."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from monitor.quotes import MARK, Quoted, strike, without_quotes

POST = "My red bicycle broke at the Burchtstraat on line 12b"


def test_every_word_of_theirs_is_struck_and_ours_stay() -> None:
    ours = "We are sorry that your bicycle broke, @jo, on line 12b at the BURCHTSTRAAT."

    assert f"We are sorry that your {MARK} {MARK}, @{MARK}, on {MARK} {MARK} at the {MARK}." == strike(ours, POST, ["@jo"])


def test_nothing_is_struck_from_nothing() -> None:
    assert "" == strike("", POST, ["jo"])


def test_where_words_have_no_spaces_all_of_it_goes() -> None:
    assert MARK == strike("申し訳ありません", "自転車が壊れた", [])


def test_a_reason_keeps_words_that_both_use_and_loses_a_sentence_of_theirs() -> None:
    said = "the bicycle is known; she wrote: broke at the Burchtstraat on line 12b, says Jo"

    assert f"the bicycle is known; she wrote: {MARK} {MARK} {MARK} {MARK} {MARK} {MARK} {MARK}, says {MARK}" == without_quotes(
        said, POST, ["@Jo"]
    )


def test_a_quote_is_five_words_in_a_row_or_a_name_or_all_of_a_short_text() -> None:
    quoted = Quoted([(POST, ["@jo_an"]), ("Broken again", [])])

    assert [True, True, True, False, False] == [
        quoted.held_in(words)
        for words in ("he said: red bicycle broke at the", "by JO_AN", "it is broken again", "a red bicycle broke", "broken")
    ]
    assert not Quoted([]).held_in("anything")


@given(st.text(max_size=60), st.text(max_size=60), st.lists(st.text(max_size=10), max_size=3))
def test_no_text_is_too_strange(ours: str, text: str, names: list[str]) -> None:
    struck = strike(ours, text, names)

    assert struck == strike(struck, text, names)
    assert isinstance(without_quotes(ours, text, names), str)
