"""Sources are tried, added and looked through without anything being stored but what a read costs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from monitor.settings import Settings, SourceSettings
from monitor.sources import SOURCES
from monitor.sources.about import ABOUT
from monitor.trying import take_name
from monitor.wiring import bare_settings
from tests.fakes import web
from tests.fakes.web import WebSite
from tests.papers import papers, rows, sections
from tests.steps import ask, post, write
from tests.terminal import Done, Terminal

FEED = "<rss version='2.0'><channel>{}</channel></rss>"
ENTRY = "<item><guid>{0}</guid><title>{1}</title><pubDate>Mon, 02 Mar 2026 0{0}:00:00 GMT</pubDate></item>"
PAGE = "<!doctype html><head><link rel='alternate' type='application/rss+xml' href='/feed?a=1&amp;b=2'></head><body>news</body>"
ADD = ("monitor", "add")
PRIVATE = ("--set", "allow_private=127.0.0.1")


@pytest.fixture
def site() -> Iterator[WebSite]:
    with WebSite() as site:
        yield site


def entries(*titles: str) -> web.Play:
    return web.answer(FEED.format("".join(ENTRY.format(number, title) for number, title in enumerate(titles, 1))))


def monitoring(terminal: Terminal) -> str:
    return (terminal.folder / "config" / "monitor.toml").read_text("utf-8")


def test_every_kind_is_told_with_what_it_costs_and_needs_and_the_papers_agree() -> None:
    page = sections(papers()["docs/sources.md"], 2)
    words = {"verified": "verified", "documented": "documentation", "ours": "ours", "partly": "verified"}
    wrong = [
        kind
        for kind, about in ABOUT.items()
        if kind in page
        and words[about.status] not in rows(page[kind].split("\n\n`monitor run`")[0])["status"][0]
        and "form of the feed" not in page[kind]
    ]

    assert (set(SOURCES), []) == (set(ABOUT), wrong)


def test_sources_lists_all_kinds_and_ours_with_their_state(terminal: Terminal) -> None:
    write(terminal, "config/posts.jsonl", json.dumps(post("1")) + "\n")
    before, as_json = terminal.type("monitor", "sources"), terminal.type("monitor", "sources", "--json").json
    terminal.type("monitor", "poll", "--once")
    after = terminal.type("monitor", "sources")

    assert (0, True, True) == (before.code, "not read yet" in before.out, "webhook: Takes in" in before.out)
    assert (set(SOURCES), "sample") == ({one["kind"] for one in as_json["kinds"]}, as_json["configured"][0]["name"])
    assert "1 mention" in after.out


def test_sources_of_a_failing_one_and_without_a_database_or_a_configuration(terminal: Terminal) -> None:
    (terminal.folder / "config" / "posts.jsonl").unlink()
    terminal.type("monitor", "poll", "--once")
    failing = terminal.type("monitor", "sources")
    (terminal.folder / "grapevine.db").unlink()
    without = terminal.type("monitor", "sources")
    (terminal.folder / "config" / "monitor.toml").unlink()

    assert "failed 1×" in failing.out
    assert "There is no database" in without.out
    assert "monitor init" in terminal.type("monitor", "sources").out


def test_the_feed_of_a_site_is_found_tried_shown_and_added_with_comments_kept(terminal: Terminal, site: WebSite) -> None:
    site.pages["/"] = web.answer(PAGE, content_type="text/html")
    site.pages["/feed?a=1&b=2"] = entries("Waalfiets opens", "other news")
    before = monitoring(terminal)
    done = terminal.type(*ADD, "rss", site.url("/"), *PRIVATE, "--name", "news", "--yes")

    assert 0 == done.code, done.err
    assert [True] * 3 == [words in done.out for words in ("Its feed: ", "2 texts read, 1 about Waalfiets", "Waalfiets opens")]
    assert monitoring(terminal).startswith(before.rstrip())
    assert "/feed?a=1&b=2" in monitoring(terminal)
    assert [(0,)] == ask(terminal, "SELECT count(*) FROM mentions")
    assert 0 == terminal.type("monitor", "check", "--offline").code


def test_without_a_yes_nothing_is_added(terminal: Terminal, site: WebSite) -> None:
    site.pages["/feed"] = entries("Waalfiets")
    before = monitoring(terminal)
    done = terminal.type(*ADD, "rss", site.url("/feed"), *PRIVATE)
    asked = terminal.type(*ADD, "rss", site.url("/feed"), *PRIVATE, typed=b"n\n", by_hand=True)

    assert [(0, True)] * 2 == [(one.code, "Nothing was added" in one.out) for one in (done, asked)]
    assert before == monitoring(terminal)


def test_what_is_needed_is_asked_for_at_a_terminal(terminal: Terminal) -> None:
    write(terminal, "config/more.jsonl", json.dumps(post("9")) + "\n")
    done = terminal.type(*ADD, "file", typed=b"more.jsonl\ny\n", by_hand=True)

    assert 0 == done.code, done.err
    assert "Added to" in done.out
    assert 'path = "more.jsonl"' in monitoring(terminal)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("nonsense",), 2, "There is no kind nonsense"),
        (("file",), 2, "file needs path"),
        (("file", "https://a.example"), 2, "Only rss takes an address"),
        (("file", "--set", "paths=a"), 2, "write KEY=VALUE, with one of the keys of file: path"),
        (("file", "--set", "path"), 2, "write KEY=VALUE"),
        (("file", "--set", "path=a", "--set", "path=b"), 2, "path is one value"),
        (("file", "--set", "path=missing.jsonl"), 1, "missing.jsonl"),
        (("x", "--set", "authors=perhaps"), 2, "authors must be true or false"),
        (("webhook", "--set", "port=many"), 2, "port must be a whole number"),
        (("hackernews", "--every", "soon"), 2, "That cannot be right, and nothing was added:"),
        (("hackernews", "--brand", "nobody"), 2, "nobody"),
        (("lemmy", "--set", "api_url=nowhere"), 2, "api_url"),
        (("x", "--set", "authors=true"), 1, "X_BEARER_TOKEN is not set"),
        (("x", "--set", "cap_per_month=much"), 2, "cap_per_month must be an amount above 0"),
        (("facebook",), 2, "webhook (another program sends it)"),
        (("bluesky",), 1, "BLUESKY_HANDLE, BLUESKY_APP_PASSWORD are not set. Needed: a handle and an app password"),
        (("bluesky",), 1, "in .env. Nothing was added."),
        (("rss", "nowhere.invalid"), 1, "check name and network. Nothing was added."),
    ],
)
def test_what_cannot_be_right_is_refused_and_nothing_is_added(terminal: Terminal, words: tuple[str, ...], code: int, said: str) -> None:
    before = monitoring(terminal)
    done = terminal.type(*ADD, *words, "--yes")

    assert (code, True) == (done.code, said in done.err + done.out), done.err
    assert before == monitoring(terminal)


def test_a_mistake_is_told_without_a_line_that_nobody_has(terminal: Terminal) -> None:
    done = terminal.type(*ADD, "lemmy", "--set", "api_url=nowhere", "--yes")

    assert 'nothing was added:\napi_url: "nowhere" is not a web address' in done.err


def test_a_wrong_answer_is_asked_again_and_an_address_needs_no_https(terminal: Terminal) -> None:
    done = terminal.type(*ADD, "lemmy", typed=b"no idea\n\nlemmy.invalid\n", by_hand=True)

    assert (1, True) == (done.code, "“no idea” is not a web address; write one such as https://example.org. Try again" in done.out)
    assert "the host of https://lemmy.invalid/" in done.err
    assert done.err.strip().endswith("Nothing was added.")


def test_a_site_that_is_typed_gives_its_feed_and_one_without_is_asked_again(terminal: Terminal, site: WebSite) -> None:
    site.pages["/"] = web.answer(PAGE, content_type="text/html")
    site.pages["/none"] = web.answer("<html><body>no</body></html>", content_type="text/html")
    site.pages["/feed?a=1&b=2"] = entries("Waalfiets opens")
    typed = f"{site.url('/none')}\n{site.url('/')}\ny\n".encode()
    done = terminal.type(*ADD, "rss", *PRIVATE, typed=typed, by_hand=True)

    assert 0 == done.code, done.err
    assert ["names none", "Its feed: "] == sorted((one for one in ("Its feed: ", "names none") if one in done.out), key=done.out.index)
    assert "/feed?a=1&b=2" in monitoring(terminal)


def test_what_little_is_read_without_and_a_cap_are_asked_and_may_be_left_out(terminal: Terminal, site: WebSite) -> None:
    terminal.environment["X_BEARER_TOKEN"] = "token"
    site.everywhere = web.answer('{"meta": {"result_count": 0}}', content_type="application/json")
    words = (*ADD, "x", "--set", f"api_url={site.url('/')}", *PRIVATE)
    no_reading = terminal.type(*words, typed=b"\n\nn\n", by_hand=True)
    asked = len(site.requests)
    capped = terminal.type(*words, typed=b"\nveel\n$ 20,50\n\n\n", by_hand=True)

    assert (130, 0, True) == (no_reading.code, asked, "Nothing was added" in no_reading.err)
    assert 0 == capped.code, capped.err
    assert [True] * 3 == [words in capped.out for words in ("Our handle on X", "a month at most, in dollars?", "not veel. Try again")]
    assert "cap_per_month = 20.5" in monitoring(terminal)
    assert "account" not in monitoring(terminal)


def test_whoever_stops_half_way_is_told_that_nothing_was_added(terminal: Terminal) -> None:
    before = monitoring(terminal)
    done = terminal.type(*ADD, "lemmy", typed=b"", by_hand=True)

    assert (130, True) == (done.code, "Stopped. Nothing was added." in done.err)
    assert before == monitoring(terminal)


def test_a_page_that_names_no_feed_is_refused(terminal: Terminal, site: WebSite) -> None:
    site.everywhere = web.answer("<html><body>no</body></html>", content_type="text/html")
    done = terminal.type(*ADD, "rss", site.url("/"), *PRIVATE)

    assert (1, True) == (done.code, "names none" in done.err), done.err


def test_a_webhook_is_added_without_asking_anybody(terminal: Terminal) -> None:
    done = terminal.type(*ADD, "webhook", "--set", "port=9777", "--yes")

    assert (0, True) == (done.code, "others send to it" in done.out)
    assert "WEBHOOK_SOURCE_SECRET is not set. Needed: a secret of your own" in done.out
    assert "port = 9777" in monitoring(terminal)
    refused = terminal.type("monitor", "try", "webhook")

    assert (2, True) == (refused.code, "others send to it" in refused.err)


def test_a_name_that_is_taken_gets_a_number() -> None:
    taken = tuple(SourceSettings(name, "rss", (), bare_settings().reply_expires_after, {}) for name in ("rss", "RSS 2"))
    settings = Settings(**{name: getattr(bare_settings(), name) for name in Settings.__slots__} | {"sources": taken})

    assert ["rss 3", "news"] == [take_name(settings, "rss"), take_name(settings, "news")]


def test_trying_stores_nothing_and_moves_no_cursor(terminal: Terminal) -> None:
    write(terminal, "config/posts.jsonl", "".join(json.dumps(post(str(number))) + "\n" for number in range(3)) + "{}\n")
    shown = terminal.type("monitor", "try", "sample", "--brand", "waalfiets", "--limit", "2")
    as_json = terminal.type("monitor", "try", "sample", "--json").json

    assert (0, True) == (shown.code, "3 texts read, 3 about Waalfiets." in shown.out)
    assert [2, 3] == [shown.out.count("my lock does not open"), as_json["read"]]
    assert shown.out.endswith("Nothing was stored.\n")
    assert [(0, 0)] == ask(terminal, "SELECT (SELECT count(*) FROM mentions), (SELECT count(*) FROM source_states)")


def test_trying_what_is_not_there_is_refused_and_a_fault_is_told(terminal: Terminal) -> None:
    refused = [terminal.type("monitor", "try", *words) for words in (("nothing",), ("sample", "--brand", "nobody"))]
    (terminal.folder / "config" / "posts.jsonl").unlink()

    assert [2, 2, 4] == [one.code for one in [*refused, terminal.type("monitor", "try", "sample")]]


def paid(terminal: Terminal, site: WebSite, cap: str = "") -> None:
    threads = [{"id": "c1", "snippet": {"topLevelComment": {"id": "c1", "snippet": COMMENT}}}]
    site.everywhere = web.answer_json({"items": threads})
    terminal.environment["YOUTUBE_KEY"] = "hidden-key"
    options = f'api_url = "{site.url()}"\nallow_private = ["127.0.0.1"]\nvideos = ["v1"]\nsearches_per_day = 0\n{cap}'
    write(terminal, "config/monitor.toml", f'{monitoring(terminal)}\n[[source]]\nname = "tube"\nkind = "youtube"\n{options}')


COMMENT: dict[str, Any] = {"authorDisplayName": "@jo", "textOriginal": "Waalfiets!", "publishedAt": "2026-03-01T00:00:00Z"}


def tried(terminal: Terminal) -> Done:
    return terminal.type("monitor", "try", "tube")


def test_what_a_look_costs_is_in_the_ledger_and_told(terminal: Terminal, site: WebSite) -> None:
    paid(terminal, site)
    shown = tried(terminal)

    assert (0, True) == (shown.code, "It cost 1 units." in shown.out), shown.err
    assert shown.out.endswith("Nothing was stored, but what it cost is in the ledger.\n")
    assert [(1_000_000, 1)] == ask(terminal, "SELECT amount, reads FROM costs")


def test_at_its_cap_a_source_is_looked_at_as_sparingly_as_it_is_read(terminal: Terminal, site: WebSite) -> None:
    paid(terminal, site, "cap_per_day = 1\n")
    tried(terminal)

    assert "0 texts read" in tried(terminal).out
    assert [(1_000_000,)] == ask(terminal, "SELECT amount FROM costs")


def test_query_says_what_is_asked_what_came_and_what_it_costs(terminal: Terminal, site: WebSite) -> None:
    paid(terminal, site)
    write(terminal, "config/posts.jsonl", json.dumps(post("1")) + "\n")
    terminal.type("monitor", "poll", "--once")
    done = terminal.type("monitor", "query", "waalfiets")
    as_json = {one["source"]: one for one in terminal.type("monitor", "query", "waalfiets", "--json").json}

    assert [True] * 3 == [words in done.out for words in ("video:v1", "youtube 1 in 7 days, ", "units a month at this rate")], done.out
    assert ({"mastodon": 1}, []) == (as_json["sample"]["received"], as_json["sample"]["questions"])
    assert "no question is put" in done.out


def test_query_of_a_source_that_cannot_be_built_and_of_nobody(terminal: Terminal) -> None:
    options = 'api_url = "http://a.example"'
    write(terminal, "config/monitor.toml", f'{monitoring(terminal)}\n[[source]]\nname = "tube"\nkind = "youtube"\n{options}\n')
    done, nobody = terminal.type("monitor", "query", "waalfiets"), terminal.type("monitor", "query", "nobody")

    assert (0, True, 2) == (done.code, "https://" in done.out, nobody.code)


@pytest.mark.parametrize("kind", [kind for kind, adapter in SOURCES.items() if kind not in ("file", "webhook")])
def test_every_source_that_asks_says_what(kind: str) -> None:
    from tests.monitor.sources.proving import BRAND, build

    options: dict[str, dict[str, Any]] = {
        "rss": {"urls": ("https://a.example/feed?key=1",)},
        "appstore": {"apps": ("42",)},
        "youtube": {"videos": ("v1",)},
    }
    needed: dict[str, Any] = {
        name: "https://a.example" for name, option in SOURCES[kind].options.items() if option.required and name == "api_url"
    }
    asked = build(kind, {"BLUESKY_HANDLE": "we.example", "BLUESKY_APP_PASSWORD": "hidden"}, **needed, **options.get(kind, {})).questions(
        BRAND
    )

    assert asked
    assert all(isinstance(one, str) and one and "key=1" not in one for one in asked)
