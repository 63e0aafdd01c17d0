"""Columns of exports: found by the names people give them, or by what a person says; anything unclear is one clear error."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.sources.columns import NAMES, WrongColumns, check_required, find_columns, read_map


def test_every_field_of_a_mention_has_names_and_no_name_means_two_fields() -> None:
    names = [name for each in NAMES.values() for name in each]

    assert len(names) == len(set(names))
    assert all(field == names[0] for field, names in NAMES.items())


def test_columns_are_found_whatever_their_case_and_spacing() -> None:
    found = find_columns([" Created At ", "SCREEN-NAME", "Full.Text", "Platform", "x"], {})

    assert found == {"posted_at": 0, "author": 1, "text": 2, "network": 3}


def test_dutch_names_are_known() -> None:
    assert find_columns(["Datum", "Auteur", "Bericht", "Kanaal", "Taal"], {}) == {
        "posted_at": 0,
        "author": 1,
        "text": 2,
        "network": 3,
        "language": 4,
    }


def test_the_likeliest_of_several_names_is_taken() -> None:
    assert find_columns(["date", "created_at", "id", "external_id"], {}) == {"posted_at": 1, "external_id": 3}


def test_what_a_person_says_goes_first() -> None:
    found = find_columns(["text", "translation", "when"], {"Translation": "text", "when": "posted_at"})

    assert found == {"text": 1, "posted_at": 2}


def test_a_column_serves_one_field_only() -> None:
    assert find_columns(["name", "message"], {"message": "author"}) == {"author": 1, "author_name": 0}


@pytest.mark.parametrize(
    ("present", "columns", "words"),
    [
        (["text", "Text", "date"], {}, "two columns are called “text”; rename one"),
        (["a", "A "], {"a": "text"}, "two columns are called “a”"),
        (["date"], {"when": "posted_at"}, "there is no column “when”; the columns are “date”"),
        ([], {"when": "posted_at"}, "the columns are none"),
    ],
)
def test_what_cannot_be_meant_is_refused(present: list[str], columns: dict[str, str], words: str) -> None:
    with pytest.raises(WrongColumns, match=words):
        find_columns(present, columns)


def test_two_columns_of_one_name_that_nobody_needs_do_no_harm() -> None:
    assert find_columns(["likes", "likes", "text"], {}) == {"text": 2}


def test_missing_columns_are_named_together_with_those_there_are_and_the_remedy() -> None:
    with pytest.raises(WrongColumns) as caught:
        check_required([f"c{number}" for number in range(25)], {"network": 0}, ("text", "posted_at", "network"))

    assert re.fullmatch(
        r"no column for text and posted_at; the columns are “c0”, .*“c19” and 5 more\. Say which one it is, such as "
        r'--map "COLUMN=text" \(in monitor\.toml: columns = \["COLUMN=text"\]\)',
        str(caught.value),
    )


def test_columns_that_hold_what_is_needed_pass() -> None:
    check_required(["a", "b"], {"text": 0, "posted_at": 1}, ("text", "posted_at"))


def test_a_map_is_read() -> None:
    assert read_map(["Bericht=text", " user.name = author ", "a=b=url"]) == {"Bericht": "text", "user.name": "author", "a=b": "url"}


def test_a_map_may_use_the_names_we_know() -> None:
    assert read_map(["When=Created at"]) == {"When": "posted_at"}


@pytest.mark.parametrize(
    ("pairs", "words"),
    [
        (["Bericht"], "says no column; write COLUMN=FIELD"),
        (["=text"], "says no column"),
        (["Bericht=tekstje"], "“tekstje” is no field; the fields are text, posted_at"),
        (["a=text", "b=message"], "two columns are said to be text"),
    ],
)
def test_a_map_that_says_nothing_is_refused(pairs: list[str], words: str) -> None:
    with pytest.raises(WrongColumns, match=words):
        read_map(pairs)


@given(st.lists(st.text(max_size=9) | st.sampled_from(sorted(NAMES)), max_size=9))
def test_any_columns_at_all_are_found_or_refused(present: list[str]) -> None:
    try:
        found = find_columns(present, {})
    except WrongColumns:
        return

    assert len(set(found.values())) == len(found)
    assert all(position < len(present) for position in found.values())
