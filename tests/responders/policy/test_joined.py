"""Words that hang together by hyphens and apostrophes: few are one word, many are read apart, and none is hidden."""

from __future__ import annotations

from time import process_time

import pytest

from responders.policy.lines import review_line
from responders.policy.reading import Reading
from tests.responders.policy.judging import POSTS, quoted

FACTS = [{"id": "f", "text": "Het slot van fiets 212 ging op 4 mei tussen 8:10 en 9:40 niet open; €3,50 terug.", "source": "rapport"}]
LONG = {
    "apostrophes": "a'" * 750,
    "hyphens": "a-" * 750,
    "after what we did": f"We hebben {'a-' * 750}",
    "an address": f"We hebben https://w.example/{'a-' * 750}",
    "fractions": "1/" * 1_500,
    "hours": "12:00 " * 500,
    "names": "van de " * 400,
}


@pytest.mark.parametrize("name", LONG)
def test_a_long_run_takes_no_longer_than_its_length(name: str) -> None:
    begun = process_time()
    for reply, post in ((LONG[name], POSTS["nl"]), (f"Eva van Waalfiets hier. {LONG[name]}", POSTS["nl"]), ("Eva hier.", LONG[name])):
        review_line({"lang": "nl", "brand": "Waalfiets", "post": post, "facts": FACTS, "responsible": True, "reply": reply})

    assert process_time() - begun < 20


@pytest.mark.parametrize(
    "text",
    [
        "06-12-34-56-78-90",
        "It's the so-called state-of-the-art lock, isn't it - we don't know, can't say, won't guess, shouldn't promise.",
        "https://waalfiets.example/nieuws/we-gaan-de-komende-tijd-aan-de-slag-met-het-slot-van-de-fiets",
    ],
)
def test_what_people_join_is_read_as_it_stands(text: str) -> None:
    assert Reading(text).cased == text


@pytest.mark.parametrize("joint", ["-", "'", "’"])
def test_many_joined_words_are_read_apart_and_stay_in_their_places(joint: str) -> None:
    text = f"Bel {joint.join(f'woord{number}' for number in range(40))} nu."
    reading = Reading(text)

    assert "woord39" in [word.text for word in reading.words]
    assert len(reading.cased) == len(text)
    assert [text[slice(*reading.span(word.start, word.end))] for word in reading.words[-3:]] == ["woord38", "woord39", "nu"]


def test_nothing_hides_in_joined_words() -> None:
    assert quoted("N6", f"Bel {'a-' * 30}b: 0612345678.") == ["0612345678"]
