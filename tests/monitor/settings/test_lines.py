from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitor.settings.lines import MAX_DEPTH, MAX_PLACES, TooDeep, find_lines
from monitor.settings.shapes import KeyPath
from tests.monitor.settings.documents import documents


def _places(path: KeyPath, value: Any) -> Iterator[tuple[KeyPath, Any]]:
    entries: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, entry in entries:
        yield (*path, key), entry
        yield from _places((*path, key), entry)


def _token(value: object) -> str:
    found = re.match(r"\s*'?([kv][0-9]+)", str(value))
    return found[1] if found else ""


@given(documents())
def test_every_key_stands_on_the_line_that_is_told(text: str) -> None:
    rows = text.split("\n")

    lines = find_lines(text)

    places = dict(_places((), tomllib.loads(text)))
    assert places.keys() == lines.keys()
    for path, value in places.items():
        key, row = path[-1], rows[lines[path] - 1]
        if isinstance(key, str):
            assert re.search(rf"{_token(key)}(?![0-9])", row), (path, row)
        elif isinstance(value, str) and "\n" not in value:
            begins = "\n".join(rows[lines[path] - 1 : lines[path] + 1])
            assert re.search(rf"{_token(value)}(?![0-9])", begins), (path, begins)


def test_lines_are_told_for_every_way_of_writing() -> None:
    text = """\
# A comment.
[[brand]]
id = "a"
terms = [
  "x", # y
  { text = "q", near = ["a",
    "b"] },
]
[brand.formality]
nl = "je"
[[brand]]
id = \"\"\"
[[brand]]
id = 3\"\"\"
'quoted key'."a\\u0062".c = 1
"""

    lines = find_lines(text)

    assert {
        ("brand",): 2,
        ("brand", 0): 2,
        ("brand", 0, "id"): 3,
        ("brand", 0, "terms"): 4,
        ("brand", 0, "terms", 0): 5,
        ("brand", 0, "terms", 1): 6,
        ("brand", 0, "terms", 1, "text"): 6,
        ("brand", 0, "terms", 1, "near"): 6,
        ("brand", 0, "terms", 1, "near", 0): 6,
        ("brand", 0, "terms", 1, "near", 1): 7,
        ("brand", 0, "formality"): 9,
        ("brand", 0, "formality", "nl"): 10,
        ("brand", 1): 11,
        ("brand", 1, "id"): 12,
        ("brand", 1, "quoted key"): 15,
        ("brand", 1, "quoted key", "ab"): 15,
        ("brand", 1, "quoted key", "ab", "c"): 15,
    } == lines


@given(st.text(alphabet="ab=.[]{}\"'\\#,\n 1\t", max_size=60))
@example("a.")
@example("a = {b")
@example("[[a")
@example('"\\x" = 1')
@example("a = ")
def test_a_broken_text_gives_the_lines_up_to_where_it_breaks(text: str) -> None:
    lines = find_lines(text)

    assert all(1 <= line <= text.count("\n") + 1 for line in lines.values())


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * (MAX_DEPTH + 1),
        "x = 1\na = " + "{b = " * (MAX_DEPTH + 1),
        ".".join("a" * (MAX_DEPTH + 1)) + " = 1",
        "[" + ".".join("a" * (MAX_DEPTH + 1)) + "]",
    ],
)
def test_a_text_nested_beyond_all_sense_is_refused_with_its_line(text: str) -> None:
    with pytest.raises(TooDeep) as raised:
        find_lines(text)

    assert text.count("\n") + 1 == raised.value.line


def test_as_many_places_are_kept_as_memory_allows_and_no_more() -> None:
    lines = find_lines("a = [" + "1," * (MAX_PLACES + 10) + "]\nb = 1")

    assert len(lines) == MAX_PLACES


@pytest.mark.parametrize(
    "text",
    [
        'a = "' + '\\"' * 300_000,
        'a = """' + '"" ' * 300_000,
        "a = '''" + "''b" * 300_000,
        "#" * 1_000_000,
        "a = 1 1" * 100_000,
        '"' * 1_000_000,
        " \n\t" * 300_000,
        "[[a]]\n" * 100_000,
    ],
    ids=lambda text: text[:8],
)
def test_a_hostile_text_of_a_megabyte_is_walked_once(text: str) -> None:
    assert len(find_lines(text)) <= MAX_PLACES
