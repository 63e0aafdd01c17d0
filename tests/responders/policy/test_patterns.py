"""A pattern finds what it would have found, though it is not run over texts that lack what it needs."""

from __future__ import annotations

import json
import re
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

import responders.policy
from responders.policy import patterns
from responders.policy.lines import review_line
from responders.policy.literals import needs_of
from responders.policy.patterns import Pattern
from responders.policy.reading import read

REPLIES = Path(__file__).parents[1] / "policy_fresh.jsonl"


def often(text: str) -> Pattern:
    """Return a pattern whose needs are known, as of one that was asked often."""
    found = Pattern(text, re.VERBOSE if "\n" in text else 0)
    found.learn()
    return found


def look(text: str) -> str:
    """Return a text that was asked about so often that it is known what it lacks."""
    for _ in range(2):
        often(r"\bquaggamires?\b").search(text)
    return text


def rules_out(pattern: Pattern, text: str) -> bool:
    """Say whether a text lacks what a pattern needs, so that it is not run."""
    return bool((pattern._needs or 0) & patterns._REGISTER.unmet[look(text)])


def wordings() -> set[str]:
    """Return every pattern that stands as a text in a module of the rules."""
    modules = [import_module(f"responders.policy.{one.name}") for one in iter_modules(responders.policy.__path__)]
    return {one for module in modules for one in vars(module).values() if isinstance(one, str) and one.count("|") > 4 and "\\b" in one}


@pytest.mark.parametrize(
    ("regex", "needs"),
    [
        (r"\b(?:sorry|apolog\w*)\b", [{"|sorry|", "|apolog"}]),
        (r"\bwe\b[^.]{0,40}\b(?:refund|pay) you", [{"|refund|", "|pay|"}]),
        (r"\b[Kk]lant(?:en)?\b", [{"|klant|", "|klanten|"}]),
        (r"\d\d uur", [{"|uur"}]),
        (r"\w*service\W+team", [{"service|"}]),
        (r"(?<!our )driver(?!s)", [{"driver"}]),
        (r"@", [{"@"}]),
        (r"(?:sorry)?", []),
        (r"(?:sorry|\w+)", []),
        (r"[^a]", []),
        (r"(?i:sorry)", []),
    ],
)
def test_what_a_pattern_needs_is_read_off_it(regex: str, needs: list[set[str]]) -> None:
    assert [set(need) for need in needs_of(regex)] == needs


def test_a_pattern_that_minds_no_capitals_needs_nothing() -> None:
    assert needs_of("sorry", re.IGNORECASE) == ()


@pytest.mark.parametrize(
    ("regex", "text"),
    [
        (r"\bcan't\b", "We can't."),
        (r"\b\d{2}:\d{2}\b", "Om 09:30."),
        (r"\b\d{2} uur\b", "Om ٠٩ uur."),
        (r"\bik\b", "İk? Ik? ik"),
        (r"klachten", "x" * 70 + "klachten"),
        (r"[Ss]orry[!?]", "Sorry!"),
        (r"€\ ?\d", "€5"),
        (r"a|", ""),
    ],
)
def test_what_is_there_is_found(regex: str, text: str) -> None:
    found = often(regex)
    look(text)

    assert [match.span() for match in found.finditer(text)] == [match.span() for match in re.finditer(regex, text)]
    assert (found.search(text) is None) == (re.search(regex, text) is None)


def test_a_text_that_was_looked_at_before_a_pattern_was_known_is_looked_at_again() -> None:
    text = "The quaggamire was closed, and so was the pool."
    look(text)

    assert often(r"\bpools?\b").search(text) is not None


def test_a_pattern_is_not_run_over_a_text_that_lacks_what_it_needs() -> None:
    text = "We are sorry for the quagga at the station."

    assert rules_out(often(r"\bzebras?\b"), text)
    assert not rules_out(often(r"\bquaggas?\b"), text)


def test_what_patterns_need_is_read_once_enough_of_them_were_asked_often() -> None:
    found = [Pattern(rf"\bzebra{number}\b") for number in range(2 * patterns._TOGETHER)]
    for pattern in found:
        for _ in range(patterns._OFTEN):
            assert pattern.search("no such animal") is None

    assert sum(pattern._needs is not None for pattern in found) >= patterns._TOGETHER
    assert found[0].search("a zebra0 here") is not None


def test_no_text_is_kept_beyond_its_review() -> None:
    review_line(json.loads(REPLIES.read_text("utf-8").split("\n")[0]))

    assert patterns._REGISTER.unmet == {}


def test_every_wording_finds_in_replies_what_it_would_have_found() -> None:
    replies = [json.loads(line)["reply"] for line in REPLIES.read_text("utf-8").split("\n")[:200:8] if line]
    texts = [read(reply).plain for reply in replies] + [one.text for reply in replies for one in read(reply).sentences[:2]]
    found = {wording: often(wording) for wording in sorted(wordings())}
    texts = [look(text) for text in texts]

    assert len(found) > 300
    for wording, pattern in found.items():
        regex = re.compile(wording, re.VERBOSE if "\n" in wording else 0)
        assert [text for text in texts if pattern.search(text) is None] == [text for text in texts if regex.search(text) is None]
