from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from monitor import pipeline
from monitor.domain import Mention, MentionStatus, Sentiment
from monitor.language import Detector
from monitor.store import MonitorStore
from monitor.storybook import places, stopped, stories_of, turn
from monitor.tables import stories
from responders.store import ReplyStore
from tests.builders import NOW
from tests.monitor.test_causes import a_place
from tests.monitor.test_pipeline import Feels
from tests.monitor.test_tellings import BRANDS, a_telling, erase, stored

TOPICS = ("lorem", "ipsum", "dolor", "sit", "amet", "elit", "sed", "tempor", "labore", "magna", "aliqua", "enim", "minim", "veniam", "quis")
WAYS = (
    "@waalfiets the lock will not open",
    "Stuck here, my @waalfiets stays shut",
    "@waalfiets app turns and turns, no ride",
    "Nothing unlocks. Walking home, thank you @waalfiets",
    "@waalfiets I am late because of you, it refuses",
    "Is @waalfiets down?! Four tries",
    "@waalfiets button pushed, bolt does not budge",
    "My @waalfiets keeps saying please wait",
    "Everybody at the rack shakes at a @waalfiets in vain",
    "@waalfiets paid and cannot leave",
)


def locate(texts: Sequence[str]) -> Sequence[Sequence[float]]:
    """Stand in for the encoders: ordinary talk lies each on an axis of its own, what has the cause near each other."""
    found = []
    for text in texts:
        topic = next((number for number, word in enumerate(TOPICS) if word in text), None)
        found.append(a_place(0, 2 + len(text) % 15, 0.9) if topic is None else a_place(20 + topic, 1))
    return found


class FeelsHowLikely(Feels):
    """A scorer that gives chances: what is about a topic is seldom negative."""

    def score(self, mentions: Sequence[tuple[str, str]]) -> Sequence[Sentiment]:
        felt = super().score(mentions)
        return [
            replace(one, p_negative=0.2 if any(word in text for word in TOPICS) else 0.6)
            for one, (text, _language) in zip(felt, mentions, strict=True)
        ]


def usual() -> list[Mention]:
    """Return what is said of the brand on any three days."""
    return [
        a_telling(100 + place, f"@waalfiets {word} at the station", posted_at=NOW - timedelta(hours=60 - 4 * place))
        for place, word in enumerate(TOPICS)
    ]


def outage(number: int = 10, begin: int = 0) -> list[Mention]:
    """Return complaints in words of their own, a minute apart; the numbers count on."""
    return [
        a_telling(one, WAYS[one % 10] + " again" * (one // 10), posted_at=NOW + timedelta(minutes=one))
        for one in range(begin, begin + number)
    ]


def judge(database: sa.Engine, *found: Mention, scorer: Feels | None = None, **more: Any) -> None:
    store = MonitorStore(database)
    store.save_batch("sample", "waalfiets", found, cursor="c", at=NOW)
    parts: dict[str, Any] = {"locate": locate} | more
    pipeline.judge(store, [scorer or FeelsHowLikely("en", "en")], Detector(["en"]), BRANDS, lambda: NOW, **parts)


def told_together(database: sa.Engine) -> list[set[int]]:
    """Return for each story the numbers of those who tell it."""
    named = {one.id: int(one.mention.external_id) for one in stored(database)}
    found: dict[int, set[int]] = {}
    for one, (story_id, _repeats) in places(database, list(named)).items():
        found.setdefault(story_id, set()).add(named[one])
    return list(found.values())


def test_an_outage_told_in_ten_ways_is_one_story_and_each_keeps_its_card(database: sa.Engine) -> None:
    judge(database, *usual(), *outage())
    [found] = stories_of(database)

    assert [set(range(10))] == told_together(database)
    assert (10, 10, 0) == (found.mentions, found.authors, found.repeats)
    assert (WAYS[0], NOW, NOW + timedelta(minutes=9)) == (found.headline, found.first_at, found.last_at)
    assert all(one.status is not MentionStatus.WATCHED for one in stored(database) if int(one.mention.external_id) < 10)


def test_who_tells_it_later_joins_the_story(database: sa.Engine) -> None:
    judge(database, *usual(), *outage(8))
    before = stories_of(database)
    judge(database, *outage(2, 8))
    after = stories_of(database)

    assert [8, 10] == [one.mentions for one in (*before, *after)]
    assert before[0].id == after[0].id


def test_looking_again_changes_nothing(sqlite_database: sa.Engine) -> None:
    judge(sqlite_database, *usual(), *outage())
    before = stories_of(sqlite_database)
    store = MonitorStore(sqlite_database)
    store.record_stories(stored(sqlite_database), {}, NOW, None, locate)

    assert before == stories_of(sqlite_database)


def test_where_nobody_can_say_what_texts_mean_only_their_words_count(sqlite_database: sa.Engine) -> None:
    judge(sqlite_database, *usual(), *outage(), locate=None)

    assert [] == stories_of(sqlite_database)


def test_no_text_is_read_by_the_encoders_while_others_wait_for_the_database(sqlite_database: sa.Engine) -> None:
    read: set[str] = set()

    def reads_each_once(texts: Sequence[str]) -> Sequence[Sequence[float]]:
        if not read.issuperset(texts):
            with sqlite_database.begin() as connection:  # It is refused where another transaction that writes is open.
                connection.execute(sa.text("SELECT 1"))
        read.update(texts)
        return locate(texts)

    judge(sqlite_database, *usual(), *outage(), locate=reads_each_once)

    assert [set(range(10))] == told_together(sqlite_database)
    assert {one.text for one in outage()} <= read


def test_where_the_scorer_gives_no_chance_its_label_is_taken(sqlite_database: sa.Engine) -> None:
    judge(sqlite_database, *usual(), *outage(), scorer=Feels("en", "en"))

    assert [set(range(10))] == told_together(sqlite_database)


def test_a_repost_of_one_who_tells_it_comes_along_as_a_repeat(database: sa.Engine) -> None:
    first, *others = outage()
    long = replace(first, text=f"{first.text}, not at the harbour and not near the church, said the girl beside me")
    repost = a_telling(50, f"RT @p0: {long.text}", posted_at=first.posted_at + timedelta(minutes=2))
    judge(database, *usual(), long, repost)
    [before] = stories_of(database)
    judge(database, *others)
    [after] = stories_of(database)

    assert (before.id, 2, 1) == (before.id, before.mentions, before.repeats)
    assert (11, 1) == (after.mentions, after.repeats)
    assert [{*range(10), 50}] == told_together(database)


def test_small_stories_of_it_are_put_into_one_unless_a_person_decided_about_their_drafts(database: sa.Engine) -> None:
    several = outage()
    for place in (0, 1, 2):
        several[place] = replace(several[place], text=f"{several[place].text}; {'so says the man of the ferry, number ' * 2}{place}")
    reposts = [a_telling(50 + place, f"RT @p{place}: {several[place].text}", posted_at=NOW + timedelta(minutes=20)) for place in (0, 1, 2)]
    for place in (0, 1, 2):
        several[place] = replace(several[place], posted_at=NOW + timedelta(minutes=place))
    judge(database, *usual(), *(one for pair in zip(several[:3], reposts, strict=True) for one in pair))
    before = stories_of(database)
    decided = before[-1]
    assert turn(database, decided.id, "go", "Els Kamps", "it is something else", NOW) is not None
    judge(database, *several[3:])
    after = {one.id: one for one in stories_of(database)}

    assert decided.id in after
    assert len(after) <= len(before)
    assert {*range(10), 50, 51, 52} == set().union(*told_together(database))
    with database.connect() as connection:
        counted = dict(connection.execute(sa.select(stories.c.id, stories.c.mentions)).all())
    assert 13 == sum(counted.values())


def test_what_many_tell_in_their_own_words_stops_no_draft_until_a_person_says_so(database: sa.Engine) -> None:
    judge(database, *usual(), *outage(25))
    [found] = stories_of(database)

    assert found.authors >= 20
    assert [] == stopped(database)
    assert turn(database, found.id, "stopped", "Els Kamps", "one statement", NOW) is not None
    assert all(int(one.mention.external_id) >= 100 for one in ReplyStore(database).queued(100))


def test_what_its_author_took_back_is_looked_at_no_more(database: sa.Engine) -> None:
    judge(database, *usual(), *outage(4))
    [gone] = [one.id for one in stored(database) if "3" == one.mention.external_id]
    erase(database, gone)
    judge(database, *outage(6, 4))
    [found] = stories_of(database)

    assert 9 == found.mentions


def talk(number: int, days: float) -> list[Mention]:
    """Return so much about all sorts of things, spread over these days."""
    return [
        a_telling(
            1000 + one, f"@waalfiets {TOPICS[one % 15]} wij{one} zien{one}", posted_at=NOW - timedelta(days=days * (1 - one / number))
        )
        for one in range(number)
    ]


@pytest.mark.parametrize(
    ("crowd", "days"),
    [
        pytest.param(140, 6.9, id="day after day"),
        pytest.param(700, 6.9, id="very much, day after day"),
        pytest.param(160, 0.9, id="since it was first listened to"),
    ],
)
def test_at_a_brand_that_is_always_busy_nothing_is_said(sqlite_database: sa.Engine, crowd: int, days: float) -> None:
    judge(sqlite_database, *([] if days < 1 else usual()), *talk(crowd, days), *outage())

    assert not any({0, 1, 2} <= told for told in told_together(sqlite_database))


def test_at_a_quiet_brand_an_outage_that_hundreds_tell_is_one_story(database: sa.Engine) -> None:
    crowd = [
        a_telling(3000 + one, f"{WAYS[one % 10]} lamp{one} stoel{one} kast{one}", posted_at=NOW + timedelta(minutes=one))
        for one in range(240)
    ]
    for hour in range(4):
        judge(database, *(usual() if not hour else ()), *crowd[60 * hour : 60 * hour + 60])

    largest = max(told_together(database), key=len)
    assert 230 <= len(largest)
    assert largest <= set(range(3000, 3240))


MARKET = "@waalfiets this evening the market at Kampen sells fresh herring, cheap apples."
FERRY = "@waalfiets your ferry hit the jetty in Kampen this afternoon, there is a terrible hole in the bow."


@pytest.mark.parametrize(
    ("others", "place", "told"),
    [
        pytest.param(0, None, [{1, 2}], id="where nothing else is written their words are believed"),
        pytest.param(30, None, [], id="among thirty posts a shared place says little"),
        pytest.param(30, (0, 9), [], id="nor where they lie apart in meaning"),
        pytest.param(30, (0, 0), [{1, 2}], id="but where they lie near each other"),
    ],
)
def test_at_a_small_brand_a_shared_place_makes_a_story_only_of_what_lies_near(
    sqlite_database: sa.Engine, others: int, place: tuple[int, int] | None, told: list[set[int]]
) -> None:
    def find(texts: Sequence[str]) -> Sequence[Sequence[float]]:
        assert place is not None
        return [a_place(axis := place[int(text == MARKET)], 20 + axis) for text in texts]

    said = [f"@waalfiets wij{number} zien{number} daar{number} staan{number}" for number in range(others)]
    crowd = [a_telling(number, text, posted_at=NOW - timedelta(days=5)) for number, text in enumerate(said, 10)]
    judge(sqlite_database, *crowd, a_telling(1, FERRY), a_telling(2, MARKET), locate=find if place else None)

    assert told == told_together(sqlite_database)
