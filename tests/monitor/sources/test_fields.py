"""One row becomes one mention, or says why not; nothing in a value can do harm."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain import Author, Mention
from monitor.sources.columns import NAMES
from monitor.sources.fields import ReadOptions, WrongRow, make_mention
from tests.builders import NOW

OPTIONS = ReadOptions(place="posts.csv", now=NOW, network="reddit", source="sample")


def a_row(**changes: Any) -> dict[str, Any]:
    return {"text": "Mijn Waalfiets is kapot", "posted_at": "2026-03-02T08:00:00Z", "author": "jo"} | changes


def test_a_full_row_is_a_full_mention() -> None:
    row = a_row(
        network="Twitter", external_id="17", author_name="Jo", url="https://x.com/jo/17", language="nl-NL", brand="Waalfiets",
        parent_id=16, community="r/fietsen", mentions_us="ja", own_channel=True, answered_by_us="no",
    )  # fmt: skip

    assert make_mention(row, OPTIONS) == Mention(
        network="x",
        external_id="17",
        brand="Waalfiets",
        author=Author("jo", "Jo"),
        text="Mijn Waalfiets is kapot",
        url="https://x.com/jo/17",
        posted_at=datetime(2026, 3, 2, 8, tzinfo=UTC),
        source="sample",
        language_hint="nl",
        mentions_us=True,
        own_channel=True,
        community="r/fietsen",
        parent_id="16",
        answered_by_us=False,
    )


def test_what_a_row_does_not_say_is_assumed() -> None:
    options = replace(OPTIONS, brand="waalfiets")

    assert ("reddit", "waalfiets") == ((mention := make_mention(a_row(), options)).network, mention.brand)
    assert "waalfiets" == make_mention(a_row(brand="other"), replace(options, brand_in_rows=False)).brand
    assert "other" == make_mention(a_row(brand="other"), options).brand


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"text": ""}, "there is no text"), ({"text": None}, "there is no text"), ({"text": " \x00\n"}, "there is no text"),
        ({"text": ["a"]}, "text is neither a text nor a whole number; if it stands deeper, say where"),
        ({"author": {"name": "jo"}}, "such as --map “user.name=author”"),
        ({"external_id": 1.5e18}, "external_id is neither"), ({"external_id": True}, "external_id is neither"),
        ({"posted_at": ""}, "there is no date"), ({"posted_at": "2026-03-04"}, "lies in the future"), ({"posted_at": 0}, "is no date"),
        ({"posted_at": "0001-01-01"}, "before 1990"), ({"posted_at": "9999-12-31T23:59:59Z"}, "in the future"),
        ({"network": "<script>"}, "“<script>” is no name of a network"), ({"network": "x" * 99}, "no name of a network"),
        ({"own_channel": "perhaps"}, "own_channel is “perhaps”; write yes or no"),
    ],
)  # fmt: skip
def test_a_row_that_is_no_mention_says_why(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(WrongRow, match=words):
        make_mention(a_row(**changes), OPTIONS)


def test_a_row_without_a_network_says_where_to_name_one() -> None:
    with pytest.raises(WrongRow, match="there is no network; name one with --network"):
        make_mention(a_row(), replace(OPTIONS, network=""))


def test_a_formula_stays_the_text_it_is() -> None:
    text = "=cmd|' /C calc'!A0 +1 -1 @SUM(1) \"quoted\""

    assert make_mention(a_row(text=text, author="=1+1"), OPTIONS).text == text
    assert make_mention(a_row(author="=1+1"), OPTIONS).author.handle == "=1+1"


def test_hostile_text_is_cleaned_and_bounded() -> None:
    mention = make_mention(
        a_row(text="a\x00\ud800b" + "x" * 1_000_000, author="jo\n\x1b[31m" + "y" * 999, community="\u202e" * 300), OPTIONS
    )

    assert mention.text.startswith("a\ufffdbxxx")
    assert len(mention.text) <= 40_000
    assert mention.author.handle.startswith("jo [31myyy")
    assert max(len(mention.author.handle), len(mention.community)) <= 200


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "x.com/1", "https://x.com/a b", "https://x.com/" + "a" * 2_000, "//x"]
)
def test_an_address_that_is_no_web_address_is_left_out(address: str) -> None:
    assert make_mention(a_row(url=address), OPTIONS).url == ""


@pytest.mark.parametrize(
    ("tag", "hint"), [("nl", "nl"), ("EN-us", "en"), ("en_GB", "en"), ("und", ""), ("nld", ""), ("", ""), ("1", ""), ("n", "")]
)
def test_a_language_is_two_letters_or_unknown(tag: str, hint: str) -> None:
    assert make_mention(a_row(language=tag), OPTIONS).language_hint == hint


def test_a_row_without_an_id_gets_one_that_stays_the_same() -> None:
    first = make_mention(a_row(), OPTIONS)

    assert first.external_id == make_mention(a_row(), replace(OPTIONS, source="other", brand="b", now=NOW + timedelta(days=9))).external_id
    assert first.external_id.startswith("row:")


@pytest.mark.parametrize(
    "changes", [{"text": "other"}, {"author": "kim"}, {"posted_at": "2026-03-02T08:00:01Z"}, {"network": "x"}, {"url": "https://x.com/1"}]
)
def test_rows_that_differ_get_different_ids_even_at_one_address(changes: dict[str, Any]) -> None:
    row = {"url": "https://forum.example/page", **changes}

    assert make_mention(a_row(url="https://forum.example/page"), OPTIONS).external_id != make_mention(a_row(**row), OPTIONS).external_id


def test_a_long_id_and_what_answers_it_stay_together() -> None:
    mention = make_mention(a_row(external_id="x" * 500, parent_id="x" * 500), OPTIONS)

    assert mention.external_id == mention.parent_id
    assert len(mention.external_id) <= 200


@pytest.mark.parametrize(("given", "expected"), [(17, "17"), (17.0, "17"), ("17", "17"), (0, "0"), (2**60, str(2**60)), ("  a\tb ", "a b")])
def test_an_id_is_kept_as_it_is(given: Any, expected: str) -> None:
    assert make_mention(a_row(external_id=given), OPTIONS).external_id == expected


def test_two_people_without_a_name_are_not_one() -> None:
    handles = {make_mention(a_row(author="", text=text), OPTIONS).author.handle for text in ("a", "b")}

    assert len(handles) == 2
    assert all(handle.startswith("unknown-") for handle in handles)


def test_a_name_stands_in_for_a_handle() -> None:
    assert make_mention(a_row(author=None, author_name="Jo Peters"), OPTIONS).author == Author("Jo Peters", "Jo Peters")


VALUES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30) | st.lists(st.integers(), max_size=2)


@given(st.dictionaries(st.sampled_from(sorted(NAMES)), VALUES))
def test_any_values_at_all_are_a_mention_or_a_reason(values: dict[str, Any]) -> None:
    for row in (values, {**a_row(), **values}):
        try:
            mention = make_mention(row, OPTIONS)
        except WrongRow:
            continue
        for text in (mention.external_id, mention.author.handle, mention.network, mention.text):
            assert text == text.strip()
            text.encode("utf-8")
