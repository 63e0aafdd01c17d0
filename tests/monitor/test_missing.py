"""A text whose page is not found leaves us when a second look some hours later finds the same, and a fault that passes takes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from monitor import pipeline
from monitor.contracts import Batch, Recheck, short_mark
from monitor.domain import Brand, Mention
from monitor.matching import compile_brand
from monitor.recheckbook import MISSED_FOR, SOON, UNKNOWN_AGAIN, RecheckBook, Rechecked
from monitor.sources.rss import RssSource
from monitor.sources.web import Reader
from monitor.store import MonitorStore
from monitor.tables import mentions, rechecks
from tests.builders import NOW, a_brand, a_mention
from tests.chain import save_mentions
from tests.fakes import web
from tests.fakes.web import WebSite

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
BRAND = a_brand()


class Place:
    """A source that finds a text, misses it or says nothing, as it is told; and leaves out what it is told to leave out."""

    name = "sample"
    recheck_most = 10
    recheck_every = DAY

    def __init__(self, says: str = "missing", left: Sequence[str] = ()) -> None:
        self.says, self.left = says, left

    def fetch(self, brand: Brand, cursor: str) -> Batch:
        return Batch((), "c2", left=self.left)

    def recheck(self, brand: Brand, found: Sequence[Mention]) -> Recheck:
        names = frozenset(one.external_id for one in found)
        nobody: frozenset[str] = frozenset()
        there = dict.fromkeys(names if self.says == "there" else nobody, "")
        return Recheck(there, missing=names if self.says == "missing" else nobody, unsaid=names if self.says == "unsaid" else nobody)


def look(database: sa.Engine, says: str, at: datetime, every: timedelta | None = None) -> Rechecked:
    return pipeline.recheck(RecheckBook(database), MonitorStore(database), Place(says), {"waalfiets": BRAND}, lambda: at, every=every)


def stands(database: sa.Engine) -> list[str]:
    return [one.status.value for one in MonitorStore(database).mentions()]


def test_what_is_missing_twice_some_hours_apart_is_gone(database: sa.Engine) -> None:
    save_mentions(database, a_mention(external_id="1"))
    first = look(database, "missing", NOW + DAY)
    too_soon = look(database, "missing", NOW + DAY + MISSED_FOR - HOUR)

    assert (1, 0, 0) == (first.missing, first.gone, too_soon.asked)
    assert ["new"] == stands(database)
    second = look(database, "missing", NOW + DAY + MISSED_FOR)

    assert (0, 1) == (second.missing, second.gone)
    assert ["deleted"] == stands(database)


def test_what_is_found_in_between_is_missed_anew(database: sa.Engine) -> None:
    save_mentions(database, a_mention(external_id="1"))
    at = NOW + DAY
    for says, wait in (("missing", MISSED_FOR), ("there", DAY), ("missing", MISSED_FOR - HOUR)):
        look(database, says, at)
        at += wait

    assert 0 == look(database, "missing", at).asked
    assert ["new"] == stands(database)
    assert 1 == look(database, "missing", at + HOUR).gone


@pytest.mark.parametrize(("says", "again"), [("unsaid", DAY), ("", UNKNOWN_AGAIN)])
def test_who_says_nothing_in_between_neither_takes_it_away_nor_brings_it_back(database: sa.Engine, says: str, again: timedelta) -> None:
    save_mentions(database, a_mention(external_id="1"))
    look(database, "missing", NOW + DAY)
    look(database, says, NOW + DAY + MISSED_FOR)

    assert ["new"] == stands(database)
    assert 0 == look(database, "missing", NOW + DAY + MISSED_FOR + again - HOUR).asked
    assert 1 == look(database, "missing", NOW + DAY + MISSED_FOR + again).gone


def test_what_a_place_leaves_out_is_looked_at_before_the_others(database: sa.Engine) -> None:
    for number in range(3):
        save_mentions(database, a_mention(external_id=f"{number}"), at=NOW + timedelta(hours=number))
    at, book = NOW + 3 * HOUR, RecheckBook(database)
    look(database, "there", at)
    pipeline.poll(MonitorStore(database), Place(left=[short_mark("1"), "no such"]), BRAND, compile_brand(BRAND), HOUR, lambda: at)

    assert at + SOON == book.state("sample").next_at
    assert ["1"] == [one.mention.external_id for one in book.due("sample", at + SOON - DAY, 10)]


@pytest.mark.parametrize("left", [["no such"], [short_mark("2")]])
def test_nothing_is_looked_at_sooner_for_what_is_not_stored_or_not_its_own(database: sa.Engine, left: list[str]) -> None:
    save_mentions(database, a_mention(external_id="1"))
    save_mentions(database, a_mention(external_id="2", brand="other", source="other"), source="other")
    look(database, "there", NOW + HOUR)
    before = RecheckBook(database).state("sample").next_at
    RecheckBook(database).take_note("sample", "waalfiets", Batch((), "c", left=left), NOW + HOUR)

    assert before == RecheckBook(database).state("sample").next_at
    assert [NOW, NOW] == [one.checked_at for one in MonitorStore(database).mentions()]


def test_a_source_in_trouble_is_not_hurried(database: sa.Engine) -> None:
    save_mentions(database, a_mention(external_id="1"))
    book = RecheckBook(database)
    book.record_failure("sample", "sample: it asks us to wait", NOW + 9 * HOUR)
    book.take_note("sample", "waalfiets", Batch((), "c", left=[short_mark("1")]), NOW + HOUR)

    assert NOW + 9 * HOUR == book.state("sample").next_at


def a_feed(site: WebSite, *names: str) -> web.Play:
    entries = "".join(f"<item><title>Waalfiets {one}</title><link>{site.url(f'/{one}')}</link></item>" for one in names)
    return web.answer(f"<rss version='2.0'><channel>{entries}</channel></rss>")


def test_a_blog_post_that_is_taken_back_leaves_us_the_same_day_and_a_bad_hour_takes_nothing(database: sa.Engine) -> None:
    at = NOW
    store, book = MonitorStore(database), RecheckBook(database)
    with WebSite() as site:
        names = ["kept", "back", "old"]
        site.pages = {f"/{name}": web.answer("<p>x</p>") for name in names} | {"/feed": a_feed(site, *names)}
        source = RssSource("blogs", [site.url("/feed")], Reader("blogs", now=lambda: at, allow_private=("127.0.0.1",)), lambda: at)

        def read() -> None:
            pipeline.poll(store, source, BRAND, compile_brand(BRAND), HOUR, lambda: at)

        def look_back() -> Rechecked:
            return pipeline.recheck(book, store, source, {"waalfiets": BRAND}, lambda: at)

        read()
        at = NOW + DAY
        pages, site.pages = site.pages, {"/feed": site.pages["/feed"]}
        bad_hour = look_back()
        site.pages = pages

        assert (3, 0, 0, 3) == (bad_hour.asked, bad_hour.missing, bad_hour.gone, bad_hour.there)
        at += 5 * HOUR
        del site.pages["/back"]
        site.pages["/feed"] = a_feed(site, "kept", "old")
        read()
        first = look_back()
        at += MISSED_FOR
        second = look_back()

    assert (1, 1, 0) == (first.asked, first.missing, first.gone)
    assert (1, 0, 1) == (second.asked, second.missing, second.gone)
    assert {"Waalfiets kept", "", "Waalfiets old"} == {one.mention.text for one in store.mentions()}


def test_the_time_of_missing_does_not_outlive_the_text(database: sa.Engine) -> None:
    save_mentions(database, a_mention(external_id="1"))
    look(database, "missing", NOW + DAY)
    look(database, "there", NOW + DAY + MISSED_FOR)
    with database.connect() as connection:
        assert [None] == list(connection.scalars(sa.select(mentions.c.missed_at)))
        assert ["sample"] == list(connection.scalars(sa.select(rechecks.c.source)))
