from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
import sqlalchemy as sa

from monitor import pipeline
from monitor.domain import Action, Mention, MentionStatus, StoredMention
from monitor.language import Detector
from monitor.store import MonitorStore, advance
from monitor.storybook import distinct, forget_keys, places, stopped, stories_of, story, story_of, tellers, turn
from monitor.tables import mentions, stories, story_keys, story_mentions
from monitor.tellings import STATEMENT_FROM
from responders.store import ReplyStore
from tests.builders import NOW, a_brand, a_mention
from tests.monitor.test_pipeline import Feels

BOAT = "@waalfiets your ferry hit the jetty in Kampen this afternoon, there is a terrible hole in the bow."
AGAIN = f"RT @jo: {BOAT}"
NEW = f"{BOAT} Two people were hurt."
BRANDS = {"waalfiets": a_brand(), "rijnrijder": a_brand(id="rijnrijder", name="Rijnrijder", terms=("Rijnrijder",))}


def a_telling(number: int, text: str = BOAT, **changes: Any) -> Mention:
    return a_mention(text, **{"external_id": str(number), "author": f"@p{number}", "posted_at": NOW + timedelta(minutes=number)} | changes)


def judge(database: sa.Engine, *found: Mention, **more: Any) -> None:
    store = MonitorStore(database)
    store.save_batch("sample", "waalfiets", found, cursor="c", at=NOW)
    pipeline.judge(store, [Feels("en", "en")], Detector(["en", "nl"]), BRANDS, lambda: NOW, **more)


def stored(database: sa.Engine) -> Sequence[StoredMention]:
    return sorted(MonitorStore(database).mentions(limit=1000), key=lambda one: one.id)


def erase(database: sa.Engine, mention_id: int) -> None:
    one = MonitorStore(database).mention(mention_id)
    assert one is not None
    with database.begin() as connection:
        row = {"id": mention_id, "text": "", "author_handle": "", "author_name": ""}
        assert advance(connection, mentions, [row], one.status, MentionStatus.DELETED, actor="erase", at=NOW)


def test_a_repost_joins_the_story_gets_no_card_and_says_why(database: sa.Engine) -> None:
    judge(database, a_telling(1), a_telling(2, AGAIN, network="bluesky"))
    first, second = stored(database)
    [found] = stories_of(database)

    assert (MentionStatus.QUEUED, MentionStatus.WATCHED) == (first.status, second.status)
    assert second.triage is not None
    assert (Action.WATCH, "N8") == (second.triage.action, second.triage.rules[0])
    assert f"It says again what mention {first.id} says: who said it first gets the answer." == second.triage.why
    assert (first.id, BOAT, 2, 2, 1) == (found.headline_id, found.headline, found.mentions, found.authors, found.repeats)
    assert ["bluesky", "mastodon"] == list(found.networks)
    assert [(first.id, False), (second.id, True)] == [(one.mention_id, one.repeats) for one in tellers(database, found.id)]
    assert {first.id: (found.id, None), second.id: (found.id, first.id)} == places(database, [first.id, second.id])
    assert found == story_of(database, second.id) == story(database, found.id)


def test_who_posts_the_same_on_the_same_network_again_has_a_card_already(sqlite_database: sa.Engine) -> None:
    judge(sqlite_database, a_telling(1))
    judge(sqlite_database, a_telling(2, author="@p1"))
    _first, second = stored(sqlite_database)

    assert second.triage is not None
    assert "T16" == second.triage.rules[0]
    assert MentionStatus.WATCHED is second.status


def test_a_new_fact_is_a_new_mention_of_the_story_with_a_card_of_its_own(database: sa.Engine) -> None:
    judge(database, a_telling(1))
    judge(database, a_telling(2, NEW))
    first, second = stored(database)
    [found] = stories_of(database)

    assert {MentionStatus.QUEUED} == {first.status} | {second.status} - {MentionStatus.ESCALATED}
    assert (2, 0) == (found.mentions, found.repeats)


def test_what_is_told_once_is_no_story(sqlite_database: sa.Engine) -> None:
    judge(sqlite_database, a_telling(1), a_telling(2, "The café at the harbour sells fine apple pie to sailors from Norway."))

    assert [] == stories_of(sqlite_database)
    assert story_of(sqlite_database, 1) is None
    assert story(sqlite_database, 1) is None


def test_another_brand_and_another_week_are_another_story(sqlite_database: sa.Engine) -> None:
    judge(sqlite_database, a_telling(1), a_telling(1, brand="rijnrijder"), a_telling(3, posted_at=NOW + timedelta(days=8)))

    assert [] == stories_of(sqlite_database)


def test_what_was_written_first_is_the_headline_though_it_is_read_last(sqlite_database: sa.Engine) -> None:
    judge(sqlite_database, a_telling(1))
    judge(sqlite_database, a_telling(2, AGAIN, posted_at=NOW - timedelta(days=1)))
    [found] = stories_of(sqlite_database)

    assert (2, NOW - timedelta(days=1), NOW + timedelta(minutes=1)) == (found.headline_id, found.first_at, found.last_at)


def test_a_repeat_of_what_gets_no_card_is_decided_for_itself(sqlite_database: sa.Engine) -> None:
    # The first talks to others, so nobody answers it; the second asks us.
    judge(sqlite_database, a_telling(1, BOAT.replace("@waalfiets", "Waalfiets:")))
    judge(sqlite_database, a_telling(2))
    first, second = stored(sqlite_database)

    assert (MentionStatus.WATCHED, MentionStatus.QUEUED) == (first.status, second.status)


@pytest.mark.parametrize("gone", [1, 2])
def test_when_a_mention_is_erased_the_next_that_says_the_same_takes_its_place(database: sa.Engine, gone: int) -> None:
    judge(database, a_telling(1), a_telling(2, AGAIN), a_telling(3, AGAIN))
    ids = [one.id for one in stored(database)]
    erase(database, ids[gone - 1])
    states = {one.id: one.status for one in stored(database)}
    left = [one for one in ids if one != ids[gone - 1]]
    [found] = stories_of(database)

    assert [MentionStatus.QUEUED, MentionStatus.WATCHED] == [states[one] for one in left]
    assert (left[0], 2) == (found.headline_id, found.mentions)
    with database.connect() as connection:
        keys = set(connection.scalars(sa.select(story_keys.c.mention_id)))
    assert ids[gone - 1] not in keys


def test_a_story_whose_mentions_are_all_erased_is_told_by_nobody(sqlite_database: sa.Engine) -> None:
    judge(sqlite_database, a_telling(1), a_telling(2, AGAIN))
    erase(sqlite_database, 1)
    erase(sqlite_database, 2)

    assert [] == stories_of(sqlite_database)


def test_judging_again_after_a_crash_between_two_steps_changes_nothing(database: sa.Engine) -> None:
    class Killed(Exception):
        pass

    def stop(name: str) -> None:
        if name == "told":
            raise Killed

    with pytest.raises(Killed):
        judge(database, a_telling(1), a_telling(2, AGAIN), step=stop)
    judge(database)
    judge(database)
    [found] = stories_of(database)

    assert (2, 1) == (found.mentions, found.repeats)
    assert [MentionStatus.QUEUED, MentionStatus.WATCHED] == [one.status for one in stored(database)]


def test_two_processes_at_once_make_one_story(database: sa.Engine) -> None:
    store = MonitorStore(database)
    store.save_batch("sample", "waalfiets", [a_telling(number, AGAIN) for number in range(40)], cursor="c", at=NOW)
    waiting = store.waiting(MentionStatus.NEW, 100)
    pipeline.score(store, waiting, [Feels("en", "en")], Detector(["en", "nl"]), lambda: NOW)
    together = threading.Barrier(2)

    def tell(mine: Sequence[StoredMention]) -> None:
        together.wait()
        for start in range(0, len(mine), 5):
            store.record_stories(mine[start : start + 5], {}, NOW)

    threads = [threading.Thread(target=tell, args=(mine,)) for mine in (waiting, waiting[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.connect() as connection:
        found = connection.execute(sa.select(stories.c.mentions)).scalars().all()
        links = connection.scalar(sa.select(sa.func.count()).select_from(story_mentions))

    assert ([40], 40) == (found, links)


def test_a_period_holds_the_stories_that_were_told_in_it(sqlite_database: sa.Engine) -> None:
    judge(sqlite_database, a_telling(1), a_telling(2, AGAIN))
    hour = timedelta(hours=1)

    def told(**period: Any) -> int:
        return len(stories_of(sqlite_database, **period))

    assert (1, 0, 1, 0) == (told(since=NOW), told(since=NOW + hour), told(until=NOW + hour), told(until=NOW))
    assert (1, 0) == (told(brand="waalfiets"), told(brand="rijnrijder"))


def test_reposts_count_as_mentions_and_not_as_things_told(sqlite_database: sa.Engine) -> None:
    reposts = [a_telling(number, AGAIN, author=f"@p{number % 3}") for number in range(10)]
    judge(sqlite_database, *reposts, a_telling(90, "The café at the harbour sells fine apple pie to sailors from Norway, @waalfiets."))
    width = timedelta(hours=1)

    assert [(10, 1, 3), (1, 1, 1), (0, 0, 0)] == distinct(sqlite_database, "waalfiets", NOW, NOW + timedelta(hours=2.5), width)


def test_when_twenty_people_tell_one_story_its_drafts_stop_until_a_person_says_otherwise(database: sa.Engine) -> None:
    replies = ReplyStore(database)
    judge(database, *(a_telling(number, f"{BOAT} Passenger {number} of {number * 7} said so.") for number in range(1, 20)))

    assert [] == stopped(database)
    assert 19 == len(replies.queued(100))

    judge(database, a_telling(20, f"{BOAT} Passenger 20 of 140 said so."))
    [(found, waiting)] = stopped(database)

    assert ([], 20) == (replies.queued(100), waiting)
    assert ("stopped", "stories", "20 people tell it: one statement instead of answers one by one (K4)") == (
        found.drafts,
        found.drafts_by,
        found.drafts_reason,
    )

    gone_on = turn(database, found.id, "go", "Els Kamps", "the statement is out", NOW)
    judge(database, a_telling(21, f"{BOAT} Passenger 21 of 147 said so."))
    told = MonitorStore(database).audit(mention_id=found.headline_id)[-1]

    assert gone_on is not None
    assert ("go", "Els Kamps") == (gone_on.drafts, gone_on.drafts_by)
    assert (21, []) == (len(replies.queued(100)), stopped(database))
    assert ("Els Kamps", f"drafts of story {found.id} go on: the statement is out") == (told.actor, told.reason)
    assert turn(database, 99, "go", "Els Kamps", "x", NOW) is None


def test_a_chain_that_leads_from_one_thing_to_another_stops_no_drafts(database: sa.Engine) -> None:
    # Each shares its two places with the one before and the one after it, and with no other.
    places = [f"{first}{last}" for first in ("Kamp", "Zwol", "Hatt", "Deve", "Zutp", "Does") for last in ("eren", "ooi", "burg", "wijk")]
    chained = [f"@waalfiets we waited ages between {one} and {other} again" for one, other in pairwise(places)]
    judge(database, *(a_telling(number, text) for number, text in enumerate(chained)))
    [found] = stories_of(database)

    assert len(chained) == found.authors
    assert len(chained) >= STATEMENT_FROM
    assert ("", []) == (found.drafts, stopped(database))


@pytest.mark.parametrize(("others", "told"), [(0, {1, 2, 3}), (700, {1, 2})])
def test_at_a_busy_brand_a_shared_place_alone_makes_no_story(sqlite_database: sa.Engine, others: int, told: set[int]) -> None:
    said = [f"@waalfiets wij{number} zien{number} daar{number} staan{number}" for number in range(others)]
    judge(sqlite_database, *(a_telling(number, text) for number, text in enumerate(said, 10)))
    market = "@waalfiets this evening the market at Kampen sells fresh herring, cheap apples."
    judge(sqlite_database, a_telling(1), a_telling(2, AGAIN), a_telling(3, market))
    known = {one.id: int(one.mention.external_id) for one in stored(sqlite_database)}

    assert told == {known[one] for one in places(sqlite_database, list(known))}


def test_keys_are_forgotten_after_a_week_and_only_then(sqlite_database: sa.Engine) -> None:
    judge(sqlite_database, a_telling(1))

    assert 0 == forget_keys(sqlite_database, NOW + timedelta(days=6))
    assert 0 < forget_keys(sqlite_database, NOW + timedelta(days=8))


def test_what_an_old_export_brings_tells_no_story_of_today(database: sa.Engine) -> None:
    long_ago = NOW - pipeline.NO_NEWS_AFTER - timedelta(days=1)
    judge(database, a_telling(1, posted_at=long_ago), a_telling(2, AGAIN, posted_at=long_ago))
    with database.connect() as connection:
        found = connection.execute(sa.select(stories)).all()

    assert [] == found


@pytest.mark.parametrize(("others", "alike", "told"), [(0, 0.0, {1, 2, 3}), (700, 1.0, {1, 2, 3}), (700, 0.0, {1, 2})])
def test_at_a_busy_brand_what_means_something_else_tells_another_story(
    sqlite_database: sa.Engine, others: int, alike: float, told: set[int]
) -> None:
    said = [f"@waalfiets wij{number} zien{number} daar{number} staan{number}" for number in range(others)]
    judge(sqlite_database, *(a_telling(number, text) for number, text in enumerate(said, 10)))

    def encode(texts: Sequence[str]) -> Sequence[Sequence[float]]:
        return [(1.0, 0.0) if "hurt" not in text else (alike, 1.0 - alike) for text in texts]

    judge(sqlite_database, a_telling(1), a_telling(2, AGAIN), a_telling(3, NEW), encode=encode)
    known = {one.id: int(one.mention.external_id) for one in stored(sqlite_database)}

    assert told == {known[one] for one in places(sqlite_database, list(known))}
