"""A relative day is carried where it is, or may be, the day that a fact dates, in both languages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitor.domain import Author, Brand, Fact, History, Mention, MentionStatus, StoredMention
from responders.policy.context import Context
from tests.responders.policy.test_reckoned import POSTS, loose, unbound

NOW = datetime(2025, 3, 5, 23, 30, tzinfo=UTC)
"""In Amsterdam it is the sixth, a Thursday."""


def at(lang: str, fact: str, reply: str) -> list[str]:
    """Return the unbound figures of a reply that is judged at NOW."""
    mention = Mention("mastodon", "1", "velt", Author("@x"), POSTS[lang], "", NOW, lang)
    stored = StoredMention(1, mention, MentionStatus.DRAFTED, lang, NOW)
    brand = Brand(id="velt", name="Velt", terms=(), timezone="Europe/Amsterdam")
    return unbound(Context(reply, stored, brand, (Fact("f1", "velt", {lang: fact}, "log"),), History(), NOW))


@pytest.mark.parametrize(
    ("lang", "fact", "reply"),
    [
        ("en", "The lift is repaired on 12 March.", "The lift is repaired next week."),
        ("en", "The lift is repaired on 8 March.", "The lift is repaired this weekend."),
        ("nl", "De lift viel uit op 26 februari.", "De lift viel vorige week uit."),
        ("nl", "De lift viel uit op 26 februari.", "De lift viel vorige maand uit."),
        ("nl", "De lift viel uit op 6 maart.", "De lift viel vandaag uit."),
        ("nl", "De lift viel uit op 27 februari.", "De lift viel een week geleden uit en ligt er dus al 7 dagen uit."),
        ("en", "The lift stopped on 28 December.", "The lift has been out for almost ten weeks now."),
        ("nl", "De lift viel uit op 5 maart.", "De lift viel gisteren uit."),
        ("en", "The lift stopped on 4 March.", "The lift stopped this week."),
        ("en", "The lift stopped on 4 January 2025.", "The lift stopped this year."),
    ],
)
def test_a_relative_day_is_reckoned_by_the_clock_of_the_brand(lang: str, fact: str, reply: str) -> None:
    assert [] == at(lang, fact, reply)


@pytest.mark.parametrize(
    ("lang", "fact", "reply"),
    [
        ("en", "The lift is repaired on 20 March.", "The lift is repaired next week."),
        ("nl", "De lift viel uit op 26 februari.", "De lift viel deze week uit."),
        ("en", "The lift stopped on 4 January 2024.", "The lift stopped this year."),
        ("nl", "De lift viel uit op 27 februari.", "De lift ligt er al 9 dagen uit."),
        ("en", "The lift stopped on 28 December.", "The lift will be out for ten weeks."),
        ("en", "The lift stopped on 30 February.", "The lift stopped last month."),
        ("en", "The lift stopped in the end.", "The lift stopped this week."),
        ("en", "The door jammed on 4 March.", "The lift stopped this week."),
        ("en", "The lift stopped on 4 March.", "The lift gets a new motor next year."),
    ],
)
def test_a_day_of_another_week_is_not(lang: str, fact: str, reply: str) -> None:
    assert at(lang, fact, reply)


def test_tomorrow_may_be_the_dated_day_of_a_fact_that_names_its_weekday_and_another_weekday_may_not() -> None:
    fact = "A crew empties the bins on Tuesday 24 February."

    assert [] == loose("en", fact, "Tomorrow a crew empties the bins.")
    assert loose("en", fact, "On Friday a crew empties the bins.")
