"""Feeds over real HTTP: what is new is read once, and the server's wishes are obeyed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.contracts import Batch, RateLimited, Rejected, RejectedRow, Unavailable
from monitor.domain import Author
from monitor.settings import Settings, SourceSettings
from monitor.sources.rss import RssSource, _Cursor
from monitor.sources.web import Reader
from tests.builders import NOW, a_brand
from tests.fakes import web
from tests.fakes.web import WebSite
from tests.monitor.sources.recorded import recorded

MakeReader = Callable[..., Reader]
BRAND = a_brand()


def feed(*names: str, head: str = "") -> web.Play:
    """Play a feed with an entry for each name."""
    return web.answer(document(*names, head=head), content_type="application/rss+xml")


def document(*names: str, head: str = "") -> str:
    entries = "".join(f"<item><title>{name}</title><guid>urn:{name}</guid></item>" for name in names)
    return f"<rss version='2.0'><channel>{head}{entries}</channel></rss>"


@pytest.fixture
def source(site: WebSite, make_reader: MakeReader) -> RssSource:
    return RssSource("blogs", [site.url("/feed?token=hidden")], make_reader(), lambda: NOW)


def texts(batch: Batch) -> list[str]:
    return [mention.text for mention in batch.mentions]


def test_an_entry_becomes_a_mention(site: WebSite, source: RssSource) -> None:
    entry = (
        "<item><title>Slot kapot</title><link>https://jo.example.org/slot</link><guid>https://jo.example.org/?p=7</guid>"
        "<author>jo@example.org (Jo)</author><pubDate>Mon, 02 Mar 2026 08:00:00 +0100</pubDate>"
        "<description>Mijn Waalfiets.</description></item>"
    )
    site.everywhere = web.answer(f"<rss version='2.0'><channel><title>Blog</title><language>nl-nl</language>{entry}</channel></rss>")

    (mention,) = source.fetch(BRAND, "").mentions

    assert ("blog", "https://jo.example.org/?p=7", "waalfiets", "blogs") == (
        mention.network,
        mention.external_id,
        mention.brand,
        mention.source,
    )
    assert mention.author == Author("Jo (jo.example.org)", "Jo")
    assert ("Slot kapot\n\nMijn Waalfiets.", "https://jo.example.org/slot") == (mention.text, mention.url)
    assert mention.posted_at == datetime(2026, 3, 2, 7, tzinfo=UTC)
    assert ("nl", "jo.example.org") == (mention.language_hint, mention.community)


def test_an_address_of_mail_is_never_kept_as_an_author(site: WebSite, source: RssSource) -> None:
    site.everywhere = web.answer(document().replace("</channel>", "<item><title>x</title><author>jo@example.org</author></item></channel>"))

    (mention,) = source.fetch(BRAND, "").mentions

    assert mention.author == Author("127.0.0.1", "")


@pytest.mark.parametrize("date", ["", "0000-00-00", "Thu, 01 Jan 1970 00:00:00 GMT", "9999-12-31T23:59:59Z", "2026-03-03T09:00:01Z"])
def test_an_entry_without_a_possible_date_gets_the_time_it_was_read(site: WebSite, source: RssSource, date: str) -> None:
    site.everywhere = feed("a")
    site.everywhere = web.answer(document("a").replace("</item>", f"<pubDate>{date}</pubDate></item>"))

    assert [NOW] == [mention.posted_at for mention in source.fetch(BRAND, "").mentions]


def test_only_what_is_new_comes_the_second_time(site: WebSite, source: RssSource) -> None:
    site.everywhere = web.in_turn(feed("a", "b"), feed("c", "a", "b"))

    first = source.fetch(BRAND, "")
    second = source.fetch(BRAND, first.cursor)

    assert (["a", "b"], ["c"]) == (texts(first), texts(second))
    assert (False, ()) == (second.more, tuple(second.rejected))


def test_the_server_is_asked_only_for_what_has_changed(site: WebSite, source: RssSource) -> None:
    site.everywhere = web.in_turn(
        web.answer(document("a"), etag='W/"1"', last_modified="Mon, 02 Mar 2026 08:00:00 GMT"), web.answer("", 304)
    )

    first = source.fetch(BRAND, "")
    second = source.fetch(BRAND, first.cursor)

    sent = site.requests[1].headers
    assert ('W/"1"', "Mon, 02 Mar 2026 08:00:00 GMT") == (sent["if-none-match"], sent["if-modified-since"])
    assert ([], first.cursor) == (texts(second), second.cursor)


def test_an_unchanged_body_is_not_read_again(site: WebSite, source: RssSource) -> None:
    site.everywhere = feed("a")

    first = source.fetch(BRAND, "")
    second = source.fetch(BRAND, first.cursor)

    assert ([], first.cursor) == (texts(second), second.cursor)


def test_a_tag_that_could_split_a_request_is_not_sent_back(site: WebSite, source: RssSource) -> None:
    site.everywhere = web.answer(document("a"), etag='"\x80é"', last_modified="x" * 600)

    source.fetch(BRAND, source.fetch(BRAND, "").cursor)

    assert {"if-none-match", "if-modified-since"}.isdisjoint(site.requests[1].headers)


def test_not_modified_without_being_asked_is_no_answer(site: WebSite, source: RssSource) -> None:
    site.everywhere = web.answer("", 304)

    with pytest.raises(Unavailable, match="was never asked"):
        source.fetch(BRAND, "")


def test_a_feed_that_moved_for_good_is_read_at_its_new_address(site: WebSite, source: RssSource) -> None:
    site.pages |= {"/feed": web.redirect("/new", 301), "/new": web.in_turn(feed("a"), feed("b", "a"), feed("b", "a"))}

    cursor = source.fetch(BRAND, "").cursor
    second = source.fetch(BRAND, cursor)
    third = source.fetch(BRAND, second.cursor)

    assert ["/feed?token=hidden", "/new", "/new", "/new"] == [request.target for request in site.requests]
    assert (["b"], []) == (texts(second), texts(third))


def test_a_move_that_is_told_with_not_modified_is_remembered_too(site: WebSite, source: RssSource) -> None:
    site.pages |= {
        "/feed": web.in_turn(web.answer(document("a"), etag='"1"'), web.redirect("/new", 308)),
        "/new": web.answer("", 304),
    }

    cursor = source.fetch(BRAND, source.fetch(BRAND, "").cursor).cursor
    source.fetch(BRAND, cursor)

    assert "/new" == site.requests[-1].target
    assert 4 == len(site.requests)


def test_a_new_address_that_fails_later_gives_way_to_the_configured_one(site: WebSite, source: RssSource) -> None:
    site.pages |= {"/feed": web.in_turn(web.redirect("/new", 301), feed("b", "a")), "/new": web.in_turn(feed("a"), web.answer("", 404))}

    cursor = source.fetch(BRAND, "").cursor
    second = source.fetch(BRAND, cursor)

    assert ["b"] == texts(second)
    assert site.url("/new") not in second.cursor


def test_a_feed_that_is_gone_says_so(site: WebSite, source: RssSource) -> None:
    site.everywhere = web.answer("", 410)

    with pytest.raises(Rejected, match=r"^blogs: .*/feed\?… answered 410: it is gone for good; remove it from monitor.toml"):
        source.fetch(BRAND, "")


def test_a_feed_that_is_gone_is_told_again_and_not_asked_again(site: WebSite, source: RssSource) -> None:
    site.everywhere = web.answer("", 410)
    for _ in range(3):
        with pytest.raises(Rejected, match="it is gone for good"):
            source.fetch(BRAND, "")

    assert 1 == len(site.requests)


def test_a_web_page_instead_of_a_feed_needs_a_person(site: WebSite, source: RssSource) -> None:
    site.everywhere = web.answer('<html><link rel="alternate" type="application/rss+xml" href="/rss">', content_type="text/html")

    with pytest.raises(Rejected, match=r"^blogs: .* is a web page, not a feed; its feed may be http://127.0.0.1:\d+/rss$"):
        source.fetch(BRAND, "")


def test_a_web_page_where_a_feed_was_before_may_pass(site: WebSite, source: RssSource) -> None:
    site.everywhere = web.in_turn(feed(), web.answer("<html>We are working on it</html>"))

    with pytest.raises(Unavailable, match="it was a feed before"):
        source.fetch(BRAND, source.fetch(BRAND, "").cursor)


def test_half_a_feed_is_not_read(site: WebSite, source: RssSource) -> None:
    site.everywhere = web.answer(document("a", "b")[:-40])

    with pytest.raises(Unavailable, match="ends in the middle"):
        source.fetch(BRAND, "")


@pytest.mark.parametrize(
    "play",
    [
        web.gzip_bomb(30),
        web.endless(),
        web.answer(web.XML_BOMB),
        web.redirect("/feed"),
        web.redirect("http://10.0.0.1/"),
        web.raw(b"\x00" * 99),
    ],
)
def test_an_attack_is_one_of_the_three_errors(site: WebSite, source: RssSource, play: web.Play) -> None:
    site.everywhere = play

    with pytest.raises((Unavailable, Rejected), match=r"^blogs: ") as caught:
        source.fetch(BRAND, "")

    assert "hidden" not in str(caught.value)


def test_a_large_feed_on_a_machine_that_starts_no_process_may_be_read_later(
    site: WebSite, source: RssSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.everywhere = feed(*(f"entry {number}" for number in range(900)))
    monkeypatch.setattr("sys.executable", "/no/such/program")

    with pytest.raises(Unavailable, match=r"^blogs: .* cannot be read for want of a process \(No such file or directory\)"):
        source.fetch(BRAND, "")


def test_a_gap_between_two_readings_is_told(site: WebSite, source: RssSource) -> None:
    site.everywhere = web.in_turn(feed("a", "b"), feed("y", "z"))

    batch = source.fetch(BRAND, source.fetch(BRAND, "").cursor)

    assert ["y", "z"] == texts(batch)
    assert ["entries in between may be missed" in row.reason for row in batch.rejected] == [True]
    assert "hidden" not in batch.rejected[0].place


def test_an_entry_that_left_and_came_back_is_not_new(site: WebSite, source: RssSource) -> None:
    site.everywhere = web.in_turn(feed("a", "b"), feed("b"), feed("a", "b"))

    cursor = source.fetch(BRAND, source.fetch(BRAND, "").cursor).cursor

    assert [] == texts(source.fetch(BRAND, cursor))


def test_entries_without_text_are_told_and_not_lost(site: WebSite, source: RssSource) -> None:
    site.everywhere = web.answer("<rss version='2.0'><channel><item><link>https://x.example/1</link></item></channel></rss>")

    batch = source.fetch(BRAND, "")

    place = f"http://{site.host}/feed?…"
    assert batch.rejected == [RejectedRow(place, 0, "the entry https://x.example/1 has neither title nor text")]
    assert () == source.fetch(BRAND, batch.cursor).rejected


def test_a_feed_longer_than_we_read_is_told(site: WebSite, source: RssSource) -> None:
    site.everywhere = web.answer('{"items": [' + ",".join(f'{{"id": "urn:{n}", "title": "{n}"}}' for n in range(5_002)) + "]}")

    first = source.fetch(BRAND, "")

    assert 5_000 == len(first.mentions)
    assert ["the feed has 5,002 entries, of which only 5,000 could be read"] == [row.reason for row in first.rejected]
    assert len(first.cursor) < 20_000


def test_entries_that_share_an_id_are_told_apart_by_what_they_say(site: WebSite, source: RssSource) -> None:
    entries = "".join(f"<item><guid>same</guid><title>{text}</title></item>" for text in ("a", "b", "a"))
    site.everywhere = web.answer(f"<rss version='2.0'><channel>{entries}</channel></rss>")

    batch = source.fetch(BRAND, "")

    assert ["a", "b"] == texts(batch)
    assert 2 == len({mention.external_id for mention in batch.mentions})


@pytest.mark.parametrize("guid", ["", "7", "x" * 500, "https://e.example/" + "x" * 500])
def test_an_external_id_is_short_stable_and_not_shared_with_another_feed(site: WebSite, make_reader: MakeReader, guid: str) -> None:
    site.everywhere = web.answer(f"<rss version='2.0'><channel><item><guid>{guid}</guid><title>t</title></item></channel></rss>")

    def read(target: str) -> str:
        (mention,) = RssSource("blogs", [site.url(target)], make_reader(), lambda: NOW).fetch(BRAND, "").mentions
        return mention.external_id

    assert read("/a") == read("/a")
    assert guid.startswith("https:") == (read("/a") == read("/b"))
    assert len(read("/a")) <= 200


# The cursor.


@pytest.mark.parametrize(
    "cursor",
    ["x", "7", "[]", "null", '"a"', "{}", '{"next": 1}', '{"next": "x", "feeds": {}}', '{"next": -7, "feeds": {}}',
     '{"next": 99, "feeds": {}}',
     '{"next": 0, "feeds": {"a": 1}}', '{"next": 0, "feeds": []}', '{"next": 0, "feeds": {"a": {"seen": 1}}}', "[" * 100_000],
)  # fmt: skip
def test_a_cursor_that_is_not_ours_is_as_good_as_none(site: WebSite, source: RssSource, cursor: str) -> None:
    site.everywhere = feed("a")

    assert ["a"] == texts(source.fetch(BRAND, cursor))


@given(st.text())
def test_any_text_at_all_may_be_opened_as_a_cursor(text: str) -> None:
    opened = _Cursor.open(text)

    assert opened == _Cursor.open(opened.close())


# Settings, and the recorded feeds.


def test_the_source_is_built_from_settings(site: WebSite) -> None:
    site.everywhere = feed("a")
    options = {"urls": (site.url("/1"),), "allow_private": ("127.0.0.1",)}
    described = SourceSettings(name="our blogs", kind="rss", brands=("waalfiets",), every=timedelta(minutes=15), options=options)
    settings = Settings(
        config_dir=Path(), database_url="", brands=(BRAND,), sources=(described,), scorers=(), networks={}, facts=(), templates={}
    )

    source = RssSource.from_settings(described, settings)

    assert "our blogs" == source.name
    assert ["our blogs"] == [mention.source for mention in source.fetch(BRAND, "").mentions]
    with pytest.raises(Rejected, match=r"^our blogs: .* allow_private"):
        RssSource.from_settings(replace(described, options={"urls": options["urls"]}), settings).fetch(BRAND, "")


def test_every_recorded_feed_is_a_batch_or_one_of_the_three_errors(site: WebSite, make_reader: MakeReader) -> None:
    paths = sorted(path for path in recorded("recorded/feeds").rglob("*") if path.is_file())
    reader = make_reader()
    outcomes: Counter[str] = Counter()
    for number, path in enumerate(paths):
        kind = "application/json" if path.suffix == ".json" else "application/xml"
        site.pages[f"/{number}"] = web.answer(path.read_bytes(), content_type=kind)
        source = RssSource("blogs", [site.url(f"/{number}")], reader, lambda: NOW)
        try:
            batch = source.fetch(BRAND, "")
        except (Unavailable, RateLimited, Rejected) as error:
            outcomes[str(error).partition("http")[0]] += 1
        else:
            assert all(mention.text and mention.external_id for mention in batch.mentions)
            assert len(batch.cursor) < 2_000
            outcomes["read"] += 1

    assert outcomes.total() == len(paths) >= 1_073
    assert set(outcomes) <= {"read", "blogs: "}
    assert outcomes["read"] >= 1_060
