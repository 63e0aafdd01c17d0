"""What is approved is what Reddit's readers see, to the last sign."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responders.markdown import from_markdown, to_markdown
from tests.fakes.worlds import shown

MARKS = [
    "*a* **b** _c_ __d__ `e` ~~f~~ >!g!< ^h ^(i) \\j \\* \\\\",
    "# no heading",
    "## none either",
    "- no list",
    "+ none",
    "* none",
    "1. no number",
    "12) none",
    "> no quote",
    "a\n===",
    "a\n---",
    "***",
    "```\ncode\n```",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "[no link](https://example.org) ![no picture](https://example.org/x.png)",
    "[no]: https://example.org",
    "<b>&amp;</b> &copy; &#42; <!-- none -->",
    "^EK",
    "first\nsecond\n\nthird",
    "https://example.org/a_b_c?d=e_f&g=h*i*j see (https://example.org/x_y), r/nijmegen and u/jo",
    "https://example.org/a~b~~c [x](y)",
]


@pytest.mark.parametrize("text", MARKS)
def test_a_text_that_looks_like_markdown_appears_as_it_was_approved(text: str) -> None:
    assert text == shown("reddit", to_markdown(text))
    assert text == from_markdown(to_markdown(text))


def test_indented_lines_are_no_code() -> None:
    written = to_markdown("    four blanks\n\tand a tab")

    assert ["four blanks", "and a tab"] == [line.strip() for line in shown("reddit", written).split("\n")]
    assert "    four blanks\n\tand a tab" == from_markdown(written)


def test_plain_words_and_links_stay_as_they_are() -> None:
    text = "Sorry, that is our mistake: see https://waalfiets.example/storing_2026 (in 10 minutes). It's fixed!"

    assert text == to_markdown(text)


lines = st.text(st.sampled_from(list("ab1 .)*_`~^#>+-=|[]()<>&;\\!:/\"'é🚲")), max_size=30)


@given(st.lists(lines, min_size=1, max_size=6).map("\n".join))
def test_whatever_is_written_is_read_back(text: str) -> None:
    assert text == from_markdown(to_markdown(text)) or "  \n" in text or re.search(r"  $", text, re.MULTILINE)


@given(st.lists(lines.map(str.strip).filter(bool), min_size=1, max_size=4).map("\n".join))
def test_whatever_is_written_is_seen_by_a_reader_of_markdown(text: str) -> None:
    seen = shown("reddit", to_markdown(text))

    assert re.sub(r" +", " ", text) == re.sub(r" +", " ", html.unescape(seen) if "&" not in text else seen)


@pytest.mark.parametrize("sign", ["\\", "*", "https://", "  \n", "1.", "<http://a"])
def test_a_very_long_text_takes_no_long_time(sign: str) -> None:
    text = sign * 200_000

    assert len(from_markdown(to_markdown(text))) > 0
