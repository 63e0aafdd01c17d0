"""Several feeds in one source: each in its turn, and one feed's trouble does not hold up the others."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta

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


ENTRIES = {
    "/atom": """<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>tag:a</id><title>{text}</title>
        <published>2026-03-01T08:00:00Z</published>{updated}</entry></feed>""",
    "/rss": """<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>B</title><item><guid>urn:a</guid>
        <title>{text}</title><pubDate>Sun, 01 Mar 2026 08:00:00 GMT</pubDate>{updated}</item></channel></rss>""",
}
UPDATED = {"/atom": "<updated>{at}</updated>", "/rss": "<atom:updated>{at}</atom:updated>"}


@pytest.mark.parametrize("kind", ["/atom", "/rss"])
def test_an_entry_that_says_it_was_changed_is_given_as_it_stands_now_and_once(site: WebSite, make_reader: MakeReader, kind: str) -> None:
    def show(text: str, at: str) -> None:
        site.pages[kind] = web.answer(ENTRIES[kind].format(text=text, updated=UPDATED[kind].format(at=at) if at else ""), 200)

    source, cursor, told = RssSource("blogs", [site.url(kind)], make_reader(), lambda: NOW), "", []
    for text, at in (
        ("It broke", "2026-03-01T08:00:00Z"),
        ("It broke!", "2026-03-01T08:00:00Z"),
        ("It works", "2026-03-02T08:00:00Z"),
        ("It works now", "2026-03-02T08:00:00Z"),
    ):
        show(text, at)
        batch = source.fetch(BRAND, cursor)
        cursor = batch.cursor
        told.append(([one.text for one in batch.mentions], [one.text for one in batch.restated]))

    assert [(["It broke"], []), ([], []), ([], ["It works"]), ([], [])] == told


def test_an_entry_that_does_not_say_when_it_was_changed_is_no_edit(site: WebSite, make_reader: MakeReader) -> None:
    source, cursor = RssSource("blogs", [site.url("/rss")], make_reader(), lambda: NOW), ""
    for text in ("It broke, 3 minutes ago", "It broke, 4 minutes ago"):
        site.pages["/rss"] = web.answer(ENTRIES["/rss"].format(text=text, updated=""), 200)
        batch = source.fetch(BRAND, cursor)
        cursor = batch.cursor

    assert ((), []) == (tuple(batch.mentions), list(batch.restated))


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


@pytest.mark.parametrize(
    ("ttl", "minutes"),
    [("90", 90), (" 60 ", 60), ("0", 0), ("-5", 0), ("soon", 0), ("1.5", 0), ("<b>7</b>", 0), ("9" * 20, 24 * 60)],
)
def test_a_feed_is_left_alone_for_as_long_as_it_says_it_may_be_kept(site: WebSite, make_reader: MakeReader, ttl: str, minutes: int) -> None:
    site.pages["/1"] = feed("a", head=f"<ttl>{ttl}</ttl>")

    def read_at(moment: datetime, cursor: str = "") -> tuple[int, str]:
        source = RssSource("blogs", [site.url("/1")], make_reader(now=lambda: moment), lambda: moment)
        return len(site.requests), source.fetch(BRAND, cursor).cursor

    _, cursor = read_at(NOW)
    _, cursor = read_at(NOW + timedelta(minutes=max(0, minutes - 1)), cursor)
    assert (1 if minutes else 2) == len(site.requests)
    _, cursor = read_at(NOW + timedelta(minutes=minutes), cursor)
    before, _ = read_at(NOW + timedelta(minutes=2 * minutes - 1), cursor)

    assert before == len(site.requests) - (0 if minutes else 1), "nothing had changed, and the wish still stands"
