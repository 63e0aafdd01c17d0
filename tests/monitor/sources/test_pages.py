"""Whether the page of a feed's text still stands: asked seldom and kindly, and "not found" believed with care."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from monitor.contracts import RateLimited, Recheck, Rejected, Unavailable, short_mark
from monitor.domain import Mention
from monitor.sources.rss import BETWEEN_PAGES, RssSource
from monitor.sources.web import Reader
from tests.builders import NOW, a_brand, a_mention
from tests.fakes import web
from tests.fakes.web import WebSite

MakeReader = Callable[..., Reader]
BRAND = a_brand()
HERE = web.answer("<p>here</p>")


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def source(site: WebSite, clock: Clock) -> RssSource:
    site.pages["/feed"] = a_feed(site, "a", "b")
    site.pages["/robots.txt"] = web.answer("User-agent: *\nDisallow: /secret")
    return RssSource("blogs", [site.url("/feed")], Reader("blogs", now=clock, allow_private=("127.0.0.1",)), clock)


def a_feed(site: WebSite, *names: str) -> web.Play:
    entries = "".join(
        f"<item><title>{name}</title><guid isPermaLink='false'>urn:{name}</guid><link>{site.url(f'/{name}')}</link></item>"
        for name in names
    )
    return web.answer(f"<rss version='2.0'><channel>{entries}</channel></rss>", content_type="application/rss+xml")


def a_text(site: WebSite, name: str, page: str = "") -> Mention:
    return a_mention("x", external_id=f"urn:{name}", url=site.url(f"/{page or name}"))


def look(source: RssSource, *mentions: Mention) -> Recheck:
    found = source.recheck(BRAND, mentions)

    assert NOW + BETWEEN_PAGES <= (found.again_at or NOW)
    return found


def told(found: Recheck) -> dict[str, set[str]]:
    by_kind = {"there": set(found.there), "gone": set(found.gone), "missing": set(found.missing), "unsaid": set(found.unsaid)}
    return {kind: names for kind, names in by_kind.items() if names}


def asked(site: WebSite) -> list[str]:
    return [request.target for request in site.requests]


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_not_found_is_missing_where_its_site_shows_another(site: WebSite, source: RssSource, status: int) -> None:
    site.pages |= {"/a": HERE, "/gone": web.answer(b"not here", status)}
    found = look(source, a_text(site, "a"), a_text(site, "gone"))

    assert {"there": {"urn:a"}, "missing": {"urn:gone"}} == told(found)
    assert ["/robots.txt", "/a", "/gone", "/feed"] == asked(site)
    assert "Sun, 01 Mar 2026" in site.requests[1].headers["if-modified-since"]
    assert re.match("Grapevine", site.requests[1].headers["user-agent"])


def test_a_page_that_was_not_changed_need_not_be_sent(site: WebSite, source: RssSource) -> None:
    site.pages["/a"] = web.answer(b"", 304)

    assert {"there": {"urn:a"}} == told(look(source, a_text(site, "a")))


def test_a_site_that_finds_nothing_says_nothing(site: WebSite, source: RssSource) -> None:
    found = look(source, a_text(site, "gone"))

    assert {"unsaid": {"urn:gone"}} == told(found)
    assert "/a" == asked(site)[-1]


def test_what_its_feed_still_shows_is_there_whatever_its_page_says(site: WebSite, source: RssSource) -> None:
    site.pages["/b"] = HERE

    assert {"there": {"urn:a"}} == told(look(source, a_text(site, "a", "other-address")))


def test_a_site_whose_feed_is_not_ours_must_show_its_front(site: WebSite, make_reader: MakeReader) -> None:
    source = RssSource("blogs", ["http://feeds.example.org/all"], make_reader(), lambda: NOW)
    gone = a_text(site, "gone")

    assert {"unsaid": {"urn:gone"}} == told(look(source, gone))
    site.pages["/"] = HERE
    assert {"missing": {"urn:gone"}} == told(look(source, gone))


def test_a_feed_that_is_none_now_takes_nothing_away(site: WebSite, source: RssSource) -> None:
    site.pages |= {"/feed": web.answer("<html><body>Sign in</body></html>"), "/": HERE, "/a": HERE}

    assert {"unsaid": {"urn:gone"}} == told(look(source, a_text(site, "gone")))


def test_an_empty_feed_says_nothing_and_the_front_does(site: WebSite, source: RssSource) -> None:
    site.pages |= {"/feed": a_feed(site), "/": HERE}

    assert {"missing": {"urn:gone"}} == told(look(source, a_text(site, "gone")))


def test_a_way_to_the_front_or_to_a_page_that_says_sorry_takes_nothing_away(site: WebSite, source: RssSource) -> None:
    site.pages |= {"/": HERE, "/a": web.redirect("/"), "/b": web.answer("<h1>404: we are sorry</h1>")}

    assert {"there": {"urn:a", "urn:b"}} == told(look(source, a_text(site, "a"), a_text(site, "b")))


def test_not_found_at_another_sites_end_of_a_way_says_nothing(site: WebSite, source: RssSource) -> None:
    site.pages |= {"/a": HERE, "/moved": web.redirect(f"http://localhost:{site.port}/new", 301)}
    source._pages._reader._allowed = frozenset({"127.0.0.1", "localhost"})

    assert {"unsaid": {"urn:moved"}} == told(look(source, a_text(site, "moved")))
    assert "/new" == asked(site)[-1]


def test_a_page_that_programs_may_not_read_is_not_asked(site: WebSite, source: RssSource) -> None:
    assert {"unsaid": {"urn:s"}} == told(look(source, a_text(site, "s", "secret/1")))
    assert ["/robots.txt"] == asked(site)


def test_who_does_not_say_what_programs_may_read_is_not_asked(site: WebSite, source: RssSource) -> None:
    for status in (401, 403):
        site.pages["/robots.txt"] = web.answer(b"no", status)
        with pytest.raises(Rejected, match="robots"):
            look(source, a_text(site, "a"))

    assert {"/robots.txt"} == set(asked(site))


def test_what_programs_may_read_is_remembered_for_a_day(site: WebSite, source: RssSource, clock: Clock) -> None:
    site.pages["/a"] = HERE
    for hours in (0, 23, 25):
        clock.now = NOW + timedelta(hours=hours)
        look(source, a_text(site, "a"))

    assert 2 == asked(site).count("/robots.txt")


def test_comments_on_one_page_are_one_question_and_stand_with_it(site: WebSite, source: RssSource) -> None:
    site.pages |= {"/a": HERE}
    on_a = [a_text(site, f"c{n}", f"a#comment-{n}") for n in range(3)]
    on_gone = [a_text(site, f"d{n}", f"gone#comment-{n}") for n in range(3)]
    found = look(source, *on_a, *on_gone)

    assert {"there": {"urn:c0", "urn:c1", "urn:c2"}, "missing": {"urn:d0", "urn:d1", "urn:d2"}} == told(found)
    assert (1, 1) == (asked(site).count("/a"), asked(site).count("/gone"))


@pytest.mark.parametrize("url", ["", "mailto:jo@example.org", "http://10.0.0.1/x", "http://me:pw@127.0.0.1/x", "http://[broken/x"])
def test_an_address_that_is_not_to_be_asked_is_not(site: WebSite, source: RssSource, url: str) -> None:
    found = look(source, a_mention("x", external_id="urn:x", url=url), a_mention("y", external_id="urn:y", url="https://[::1]/"))

    assert {"unsaid": {"urn:x", "urn:y"}} == told(found)
    assert [] == asked(site)


def test_a_site_that_asks_us_to_wait_is_left_alone_so_long(site: WebSite, source: RssSource, clock: Clock) -> None:
    site.pages["/a"] = web.answer(b"", 429, retry_after="3600")
    for minutes in (0, 30):
        clock.now = NOW + timedelta(minutes=minutes)
        with pytest.raises(RateLimited) as wish:
            look(source, a_text(site, "a"), a_text(site, "b"))
        assert NOW + timedelta(hours=1) == wish.value.retry_at
    assert ["/robots.txt", "/a"] == asked(site)
    clock.now, site.pages["/a"], site.pages["/b"] = NOW + timedelta(minutes=61), HERE, HERE

    assert {"there": {"urn:a", "urn:b"}} == told(look(source, a_text(site, "a"), a_text(site, "b")))


def test_one_sites_trouble_does_not_hold_up_the_others(site: WebSite, clock: Clock) -> None:
    with WebSite() as dead:
        dead.everywhere = web.answer(b"", 503)
        feeds = [site.url("/feed"), f"http://localhost:{dead.port}/feed"]
        source = RssSource("blogs", feeds, Reader("blogs", now=clock, allow_private=("127.0.0.1", "localhost")), clock)
        site.pages["/a"] = HERE
        bad = [a_mention("x", external_id=f"urn:{n}", url=f"http://localhost:{dead.port}/{n}") for n in range(5)]

        assert {"there": {"urn:a"}} == told(look(source, *bad, a_text(site, "a")))
        assert {} == told(look(source, *bad))
        assert 4 * ["/robots.txt"] == asked(dead)


def test_the_only_sites_trouble_is_told(site: WebSite, source: RssSource) -> None:
    site.pages["/robots.txt"] = web.answer(b"", 500)
    with pytest.raises(Unavailable, match=r"^blogs: "):
        look(source, a_text(site, "a"))


def test_a_page_with_a_fault_for_ever_does_not_hold_up_the_others(site: WebSite, source: RssSource) -> None:
    site.pages |= {"/b": HERE, "/c": HERE, "/broken": web.answer(b"", 500), "/too": web.answer(b"", 500)}

    assert {"there": {"urn:b"}} == told(look(source, a_text(site, "broken"), a_text(site, "b")))
    assert {} == told(look(source, a_text(site, "broken"), a_text(site, "too"), a_text(site, "c")))
    assert "/c" not in asked(site)


def test_a_slow_look_leaves_the_rest_for_the_next(site: WebSite, source: RssSource, clock: Clock) -> None:
    def slow(stage: web.Stage) -> None:
        clock.now += timedelta(seconds=50)
        HERE(stage)

    site.everywhere = slow
    found = look(source, *[a_text(site, f"p{n}") for n in range(5)])

    assert {"there": {"urn:p0", "urn:p1"}} == told(found)


def test_the_page_itself_is_left_unread(site: WebSite, source: RssSource) -> None:
    site.pages["/a"] = web.endless()

    assert {"there": {"urn:a"}} == told(look(source, a_text(site, "a")))


# What a feed leaves out while it shows older ones.


def left(site: WebSite, source: RssSource, before: str, now: str) -> set[str]:
    site.pages["/feed"] = a_feed(site, *before)
    cursor = source.fetch(BRAND, "").cursor
    site.pages["/feed"] = a_feed(site, *now)
    return set(source.fetch(BRAND, cursor).left)


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ("cba", "ca", "b"),
        ("cba", "dcb", ""),
        ("cba", "edc", ""),
        ("cba", "fed", ""),
        ("cba", "a", "cb"),
        ("cba", "db", "c"),
        ("cba", "", ""),
        ("cba", "cba", ""),
    ],
)
def test_what_a_feed_leaves_out_while_it_shows_older_ones_is_told(
    site: WebSite, source: RssSource, before: str, now: str, expected: str
) -> None:
    assert {short_mark(f"urn:{name}") for name in expected} == left(site, source, before, now)


def test_what_left_before_is_not_told_again(site: WebSite, source: RssSource) -> None:
    site.pages["/feed"] = a_feed(site, *"cba")
    cursor = source.fetch(BRAND, "").cursor
    told_each_time = []
    for names in ("ca", "dca", "edca"):
        site.pages["/feed"] = a_feed(site, *names)
        batch = source.fetch(BRAND, cursor)
        cursor = batch.cursor
        told_each_time.append(list(batch.left))

    assert [[short_mark("urn:b")], [], []] == told_each_time
