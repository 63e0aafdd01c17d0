"""Several feeds in one source: each in its turn, and one feed's trouble does not hold up the others."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest

from monitor.contracts import Batch, Rejected
from monitor.sources.rss import RssSource
from monitor.sources.web import Reader
from tests.builders import NOW, a_brand
from tests.fakes import web
from tests.fakes.web import WebSite
from tests.monitor.sources.test_rss import feed, texts

MakeReader = Callable[..., Reader]
BRAND = a_brand()


@pytest.fixture
def three(site: WebSite, make_reader: MakeReader) -> RssSource:
    return RssSource("blogs", [site.url("/1"), site.url("/2"), site.url("/3"), site.url("/1")], make_reader(), lambda: NOW)


def read_round(source: RssSource, cursor: str = "") -> tuple[list[Batch], str]:
    batches = []
    while True:
        batch = source.fetch(BRAND, cursor)
        batches.append(batch)
        cursor = batch.cursor
        if not batch.more:
            return batches, cursor


def test_several_feeds_are_read_one_at_each_fetch(site: WebSite, three: RssSource) -> None:
    site.pages |= {"/1": feed("a"), "/2": feed("b"), "/3": feed("c")}

    first, cursor = read_round(three)
    second, _ = read_round(three, cursor)

    assert ([["a"], ["b"], ["c"]], [[], [], []]) == ([texts(batch) for batch in first], [texts(batch) for batch in second])
    assert ["/1", "/2", "/3"] * 2 == [request.target for request in site.requests]


def test_one_feed_in_trouble_does_not_hold_up_the_others(site: WebSite, three: RssSource) -> None:
    site.pages |= {"/1": feed("a"), "/2": web.answer("", 500), "/3": feed("c")}

    batches, cursor = read_round(three)
    site.pages["/2"] = feed("b")
    again, _ = read_round(three, cursor)

    assert [["a"], [], ["c"]] == [texts(batch) for batch in batches]
    assert [f"blogs: http://{site.host}/2 answered 500: the server has a fault"] == [row.reason for row in batches[1].rejected]
    assert [[], ["b"], []] == [texts(batch) for batch in again]


def test_a_feed_that_asks_us_to_wait_is_left_alone_until_then(site: WebSite, make_reader: MakeReader) -> None:
    site.pages |= {"/1": web.in_turn(web.answer("", 429, retry_after="600"), feed("a")), "/2": feed("b")}
    now = NOW
    source = RssSource("blogs", [site.url("/1"), site.url("/2")], make_reader(), lambda: now)

    _, cursor = read_round(source)
    now += timedelta(minutes=9)
    _, cursor = read_round(source, cursor)
    now += timedelta(minutes=1)
    batches, cursor = read_round(source, cursor)
    _, cursor = read_round(source, cursor)

    assert ["/1", "/2", "/2", "/1", "/2", "/1", "/2"] == [request.target for request in site.requests]
    assert ["a"] == texts(batches[0])


def test_a_feed_that_is_gone_is_told_once_and_never_asked_again(site: WebSite, three: RssSource) -> None:
    site.pages |= {"/1": feed("a"), "/2": web.answer("", 410), "/3": feed("c")}

    first, cursor = read_round(three)
    second, _ = read_round(three, cursor)

    assert [[0, 1, 0], [0, 0, 0]] == [[len(batch.rejected) for batch in batches] for batches in (first, second)]
    assert 1 == [request.target for request in site.requests].count("/2")


def test_what_is_known_of_a_feed_that_was_taken_out_is_forgotten(site: WebSite, three: RssSource, make_reader: MakeReader) -> None:
    site.everywhere = feed("a")
    _, cursor = read_round(three)

    one = RssSource("blogs", [site.url("/2")], make_reader(), lambda: NOW)

    assert 3 == len(json.loads(cursor)["feeds"])
    assert 1 == len(json.loads(one.fetch(BRAND, cursor).cursor)["feeds"])


def test_a_source_without_feeds_says_what_is_missing(make_reader: MakeReader) -> None:
    with pytest.raises(Rejected, match=r"^blogs: no feed is named"):
        RssSource("blogs", [], make_reader(), lambda: NOW).fetch(BRAND, "")
