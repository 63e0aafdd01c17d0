"""What the desk says in Dutch."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import responders
from monitor.domain import Label
from responders import limits
from responders.dutch import DUTCH
from responders.review import card, desk, sampling
from responders.speech import ago, moment, say, span

HERE = Path(responders.__file__).parent
SPOKEN = [HERE / "review" / name for name in ("card.py", "desk.py", "sampling.py")] + [
    HERE / name for name in ("speech.py", "running.py", "__main__.py", "decisions.py")
]
SAYS = {"say": 1, "say_in": 1, "word": 0}
NOT_OURS = {"{name}"}


def sentences() -> Iterator[str]:
    """Return every literal that is said in the person's language."""
    for path in SPOKEN:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            place = 1 if path.name == "sampling.py" and name == "word" else SAYS.get(name)
            if place is not None and len(node.args) > place:
                for part in ast.walk(node.args[place]):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str):
                        yield part.value


BY_NAME = {
    *card.TRIAGE_WORDS.values(),
    *card.DELIVERY_WORDS.values(),
    *(mark for mark, _ in card._MARKS.values()),
    *(word for pair in desk.KEYS.values() for word in pair),
    *(word for _, word in sampling.ANSWERS.values()),
    *(label.value for label in Label),
    *(limit.note for limit in limits.LIMITS.values() if limit.note),
    *("approved", "agreed", "rejected", "snoozed", "edited", "labelled", "stopped", "go"),
}
"""What is said by way of a name."""


def test_every_sentence_of_the_desk_has_its_dutch() -> None:
    said = {one for one in sentences() if " " in one.strip() or one in DUTCH}
    missing = (said | BY_NAME) - DUTCH.keys()

    assert set() == {one for one in missing if not one.endswith(("\n",))}
    assert len(said) > 60


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize(("english", "dutch"), DUTCH.items())
def test_the_dutch_has_the_same_blanks_and_is_another_sentence_or_the_same_word(english: str, dutch: str) -> None:
    assert blanks(english) == blanks(dutch)
    assert dutch != english or " " not in english or english == "on {place}"


def test_lengths_of_time_and_days_are_said_in_both_languages() -> None:
    at = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    assert ["1 d 2 h ago", "1 d 2 u geleden"] == [ago(at, at + timedelta(hours=26), one) for one in ("en", "nl")]
    assert ["just now", "zojuist"] == [ago(at, at, one) for one in ("en", "nl")]
    assert ["3 h 5 min", "3 u 5 min", "less than a minute", "minder dan een minuut"] == [
        span(at, at + length, one) for length in (timedelta(minutes=185), timedelta()) for one in ("en", "nl")
    ]
    assert ["Mon 2 Mar 2026 10:00", "ma 2 mrt 2026 10:00"] == [moment(at, "Europe/Amsterdam", one) for one in ("en", "nl")]


def test_what_has_no_dutch_is_said_as_it_is() -> None:
    assert ("Nothing new", "Nothing new", "Er wacht niets.") == (
        say("nl", "Nothing new"),
        say("en", "Nothing new"),
        say("nl", "Nothing waits."),
    )
