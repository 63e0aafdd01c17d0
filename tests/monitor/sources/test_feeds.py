"""Feeds as they come: sound, broken, in every encoding, hostile, and no feeds at all."""

from __future__ import annotations

import contextlib
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.sources import feedxml
from monitor.sources.feeds import CutShort, Entry, Feed, NotAFeed, decode, read_feed
from monitor.sources.feedxml import SMALL, Unreadable, read_xml
from tests.fakes.web import XML_BOMB

URL = "https://blog.example.org/feed"

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Fietsblog</title><link>https://blog.example.org/</link><language>nl-NL</language>
<item><title>Slot weer kapot</title><link>/2026/slot</link><guid isPermaLink="false">77</guid><dc:creator>Jo</dc:creator>
<pubDate>Mon, 02 Mar 2026 08:00:00 +0100</pubDate><description>Kort.</description>
<content:encoded><![CDATA[<p>Mijn <b>Waalfiets</b> ging niet open.</p><script>x()</script>]]></content:encoded></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0" xml:lang="en">
<title>Comments</title><entry><id>tag:blog.example.org,2026:2</id><title type="text">1 &lt; 2</title>
<link rel="alternate" href="https://blog.example.org/1#c2"/><thr:in-reply-to ref="tag:blog.example.org,2026:1"/>
<author><name>Kim</name><email>kim@example.org</email></author><updated>2026-03-02T07:00:00Z</updated>
<content type="html">&lt;p&gt;I agree &amp;amp; how&lt;/p&gt;</content><content type="image/png">aGk=</content></entry></feed>"""


def rss(entry: str, before: str = "") -> bytes:
    return f"{before}<rss version='2.0'><channel><title>t</title><item>{entry}</item></channel></rss>".encode()


def only(feed: Feed) -> Entry:
    (entry,) = feed.entries
    return entry


def test_an_rss_entry_is_read() -> None:
    feed = read_feed(RSS.encode(), "application/rss+xml", URL)

    assert feed.title == "Fietsblog"
    assert only(feed) == Entry(
        id="77",
        link="https://blog.example.org/2026/slot",
        text="Slot weer kapot\n\nMijn Waalfiets ging niet open.",
        author="Jo",
        moment=datetime(2026, 3, 2, 7, 0, tzinfo=UTC),
        parent="",
        language="nl-NL",
    )


def test_an_atom_comment_is_read_with_what_it_answers() -> None:
    assert only(read_feed(ATOM.encode(), "application/atom+xml", URL)) == Entry(
        id="tag:blog.example.org,2026:2",
        link="https://blog.example.org/1#c2",
        text="1 < 2\n\nI agree & how",
        author="Kim",
        moment=datetime(2026, 3, 2, 7, 0, tzinfo=UTC),
        parent="tag:blog.example.org,2026:1",
        language="en",
    )


def test_a_json_feed_is_read() -> None:
    body = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Blog",
        "language": "en",
        "authors": [{"name": "House"}],
        "items": [
            {"id": 1, "url": "/1", "content_html": "<p>Hi &amp; bye</p>", "date_published": "2026-03-02T08:00:00+01:00"},
            {"id": "b", "external_url": "javascript:x", "title": "T", "content_text": "a < b", "author": {"name": "Kim"}, "language": "nl"},
            {"url": "http://[", "summary": "short", "date_modified": "2026-03-02T08:00:00", "authors": "nobody"},
            {"date_published": "never", "authors": [7, {"name": 7}, {"name": "Jo"}]},
        ],
    }

    feed = read_feed(b"\xef\xbb\xbf" + json.dumps(body).encode(), "application/feed+json", URL)

    assert feed.entries == (
        Entry("1", "https://blog.example.org/1", "Hi & bye", "House", datetime(2026, 3, 2, 7, tzinfo=UTC), "", "en"),
        Entry("b", "", "T\n\na < b", "Kim", None, "", "nl"),
        Entry("", "", "short", "House", datetime(2026, 3, 2, 8, tzinfo=UTC), "", "en"),
        Entry("", "", "", "Jo", None, "", "en"),
    )


def test_when_an_entry_was_changed_is_read_as_the_feed_writes_it() -> None:
    item = {"id": "1", "content_text": "x", "date_published": "2026-03-02T08:00:00Z", "date_modified": "2026-03-03T08:00:00Z"}
    body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [item]}).encode()

    assert ["2026-03-03T08:00:00Z"] == [entry.updated for entry in read_feed(body, "application/feed+json", URL).entries]
    assert "" == only(read_feed(rss("<guid>1</guid><title>x</title><pubDate>Sun, 01 Mar 2026 08:00:00 GMT</pubDate>"), "", URL)).updated


@pytest.mark.parametrize(
    "body",
    [b"[1]", b'{"items": 1}', b'{"version": "https://jsonfeed.org/version/1"}', b"[" * 100_000, b"{}"],
)
def test_json_that_is_no_json_feed_is_refused(body: bytes) -> None:
    with pytest.raises((NotAFeed, CutShort)):
        read_feed(body, "application/json", URL)


def test_entries_of_a_json_feed_that_are_no_objects_are_counted() -> None:
    feed = read_feed(b'{"items": [1, {"id": "a"}, null]}', "", URL)

    assert (len(feed.entries), feed.count) == (1, 3)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "id", "x"]), inner, max_size=2),
        max_leaves=5,
    ),
    st.sampled_from(
        ["id", "url", "external_url", "title", "content_text", "content_html", "summary", "date_published", "authors", "author", "language"]
    ),
)  # fmt: skip
def test_a_wrong_type_anywhere_in_a_json_feed_does_no_harm(value: Any, key: str) -> None:
    entry = {"id": "1", "url": "https://blog.example.org/1", "title": "t", "content_text": "x", key: value}

    for body in ({"items": [entry]}, {"items": [entry], "authors": value, "language": value, "title": value}):
        assert read_feed(json.dumps(body).encode(), "", URL).count == 1


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "empty page"),
        (b" \n\xef\xbb\xbf", "empty page"),
        (b"<!doctype html><html><head></head>", "is a web page, not a feed$"),
        (
            b'<html><link rel="stylesheet" href="x"><link rel="alternate" type="application/rss+xml" href="/rss?all=1">',
            r"its feed may be https://blog\.example\.org/rss\?all=1",
        ),
        (b"<html><link rel=alternate type=application/atom+xml href=atom.xml>", r"its feed may be https://blog\.example\.org/atom\.xml"),
        (b"<html><link type='application/rss+xml' href='javascript:x'>", "is a web page, not a feed$"),
        (b"hello", "is no feed"),
        (b"<", "is no feed"),
        (b"<" * 100_000, "is no feed"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "is no feed"),
        (b"<!-- never closed <rss>", "is no feed"),
        (b"<?xml never closed <rss>", "is no feed"),
        (b"<!DOCTYPE never closed <rss", "is no feed"),
        (b"<!DOCTYPE rss [ never closed <rss><x>", "is no feed"),
        (bytes(range(256)) * 100, "is no feed"),
        (XML_BOMB, "entities made of entities"),
        (
            rss("<title>&a;</title>", "<!DOCTYPE rss [" + "".join(f"<!ENTITY e{n} 'x'>" for n in range(30)) + "]>"),
            "entities made of entities",
        ),
        (XML_BOMB.decode().encode("utf-16"), "entities made of entities"),
    ],
)
def test_what_is_no_feed_is_named(body: bytes, words: str) -> None:
    with pytest.raises(NotAFeed, match=words):
        read_feed(body, "", URL)


@pytest.mark.parametrize(
    ("doctype", "title"),
    [
        ("<!DOCTYPE rss PUBLIC '-//Netscape//DTD RSS 0.91//EN' 'http://my.netscape.com/publish/formats/rss-0.91.dtd'>", "caf&amp;eacute;"),
        ("<!DOCTYPE rss [<!ENTITY % lat PUBLIC '-//W3C//x' 'file:///etc/passwd'> %lat;]>", "caf&amp;eacute;"),
        ("<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>", "caf&amp;eacute;"),
        ("<!-- <rss> --><?php x ?>Notice: broken\n", "café"),
    ],
)
def test_whatever_stands_before_the_feed_is_left_out(doctype: str, title: str) -> None:
    assert only(read_feed(rss(f"<title>{title}</title>", doctype), "", URL)).text == "café"


def test_an_outside_entity_is_never_fetched_and_shows_as_it_stands() -> None:
    body = rss("<title>&x;</title>", "<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>")

    assert only(read_feed(body, "", URL)).text == "&x;"


@pytest.mark.parametrize("kept", range(1, 20))
def test_a_feed_that_is_cut_anywhere_is_not_taken_for_whole(kept: int) -> None:
    body = RSS.encode()

    with pytest.raises((CutShort, NotAFeed)):
        read_feed(body[: len(body) * kept // 20], "", URL)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
def test_unicode_is_found_out_by_itself_whatever_is_declared(codec: str) -> None:
    body = "<rss version='2.0'><channel><item><title>Café €</title></item></channel></rss>".encode(codec)

    assert only(read_feed(body, "text/xml; charset=iso-8859-1", URL)).text == "Café €"


@pytest.mark.parametrize(
    ("text", "codec", "content_type", "declaration"),
    [
        ("Café", "iso-8859-1", "text/xml; charset=iso-8859-1", ""),
        ("Привет", "koi8-r", "", "<?xml version='1.0' encoding='KOI8-R'?>"),
        ("日本語", "shift_jis", "text/xml; charset=Shift_JIS", ""),
        ("日本語", "iso-2022-jp", "", "<?xml version='1.0' encoding='iso-2022-jp'?>"),
        ("Café €", "windows-1252", "", "<?xml version='1.0' encoding='utf-8'?>"),
        ("Café", "windows-1252", "text/xml; charset=zip_codec", "<?xml version='1.0' encoding='punycode'?>"),
        ("Café", "windows-1252", "text/xml; charset=utf-99", ""),
    ],
)
def test_a_declared_encoding_is_used_where_it_makes_sense(text: str, codec: str, content_type: str, declaration: str) -> None:
    assert decode((declaration + text).encode(codec), content_type).removeprefix(declaration) == text


def test_bytes_of_no_encoding_still_come_out() -> None:
    assert decode(b"a\x81b", "") == "a\ufffdb"


@pytest.mark.parametrize("date", ["Thu, 01 Jan 0000 00:00:00 GMT", "0000-01-01", "gisteren", ""])
def test_a_date_that_does_not_exist_is_none(date: str) -> None:
    assert only(read_feed(rss(f"<title>x</title><pubDate>{date}</pubDate>"), "", URL)).moment is None


def test_a_year_far_ahead_is_read_as_it_stands() -> None:
    moment = only(read_feed(rss("<title>x</title><pubDate>9999-12-31T23:59:59Z</pubDate>"), "", URL)).moment

    assert moment == datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "http://[", "mailto:a@example.org", "http://a/" + "b" * 3000])
def test_only_web_addresses_become_links(link: str) -> None:
    assert only(read_feed(rss(f"<title>x</title><link>{link}</link>"), "", URL)).link == ""


def test_a_title_that_repeats_how_the_text_begins_is_left_out() -> None:
    body = rss("<title>Een heel kort …</title><description>Een heel kort bericht.</description>")

    assert only(read_feed(body, "", URL)).text == "Een heel kort bericht."


def test_an_entry_without_anything_is_an_entry_without_text() -> None:
    assert only(read_feed(rss(""), "", URL)) == Entry("", "", "", "", None, "", "")


@pytest.mark.parametrize(
    "key", ["author_detail", "title_detail", "summary_detail", "published_parsed", "content_detail", "thr_in-reply-to", "links", "tags"]
)  # fmt: skip
def test_an_element_named_like_the_parsers_own_keys_does_no_harm(key: str) -> None:
    for element in (f"<{key}>x</{key}>", f"<{key} value='7' name='8'/>", f"<{key}><y/></{key}>"):
        assert only(read_feed(rss(f"<title>hello</title>{element}<description>x</description>"), "", URL)).text


def test_characters_that_xml_forbids_do_not_break_a_feed() -> None:
    assert only(read_feed(rss("<title>a\x00\x0bb\ufffe</title>"), "", URL)).text == "ab"


def test_a_feed_that_would_hold_up_the_parser_for_hours_is_given_up() -> None:
    body = rss("<author>" + "a" * 1_000_000 + "</author><title>hello</title>")

    with pytest.raises(Unreadable, match="too long"):
        read_xml(body, seconds=0.5)


def test_a_large_feed_is_read_by_a_process_of_its_own_and_comes_out_the_same() -> None:
    entries = "".join(f"<item><title>n{n}</title><guid>urn:{n}</guid><description>Café €</description></item>" for n in range(400))
    body = f"<rss version='2.0'><channel>{entries}</channel></rss>".encode()

    assert len(body) > SMALL
    assert read_xml(body) == feedxml.parse(body)
    assert [entry.text for entry in read_feed(body, "", URL).entries][:2] == ["n0\n\nCafé €", "n1\n\nCafé €"]


def test_a_feed_with_more_entries_than_are_read_says_how_many_there_are() -> None:
    body = f"<rss version='2.0'><channel>{'<item/>' * 5_100}</channel></rss>".encode()

    feed = read_feed(body, "", URL)

    assert (len(feed.entries), feed.count) == (5_000, 5_100)


def test_the_process_answers_in_json_whatever_comes_in() -> None:
    sound = json.loads(feedxml.main(io.BytesIO(rss("<title>x</title>"))))

    assert sound["entries"][0]["title"] == "x"


LARGE = rss("<title>x</title>" * 2_000)


def a_program(folder: Path, script: str) -> str:
    program = folder / "python"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return str(program)


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("echo 'Traceback' >&2; echo 'ImportError: no parser' >&2; exit 1", r"the program that reads it failed \(ImportError: no parser\)"),
        ("kill -9 $$", "too much time or memory"),
        ('echo \'{"unreadable": "it breaks the parser"}\'', "^it breaks the parser$"),
    ],
)
def test_a_process_that_fails_is_told_in_words(script: str, words: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.executable", a_program(tmp_path, script))

    with pytest.raises(Unreadable, match=words):
        read_xml(LARGE)


def test_a_process_that_cannot_be_started_is_the_machines_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/no/such/program")

    with pytest.raises(OSError, match="No such file"):
        read_feed(LARGE, "", URL)


def test_what_breaks_the_parser_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **more: object) -> None:
        raise AssertionError("deep inside")

    monkeypatch.setattr("feedparser.parse", broken)

    assert json.loads(feedxml.main(io.BytesIO(b"<rss/>"))) == {"unreadable": "it breaks the parser (AssertionError)"}
    with pytest.raises(NotAFeed, match=r"is not read: it breaks the parser \(AssertionError\)"):
        read_feed(b"<rss/>", "", URL)


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"<rss>", b"<feed xmlns='http://www.w3.org/2005/Atom'><entry>", b'{"items": [', b"\xff\xfe"]),
)
def test_no_bytes_at_all_get_anything_but_a_feed_or_a_reason(noise: bytes, before: bytes) -> None:
    with contextlib.suppress(NotAFeed, CutShort):
        assert read_feed(before + noise, "text/xml", URL).count >= 0
