"""What became of mentions on their networks: there, gone, changed, or nothing known; by the real clients over HTTP."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from monitor.contracts import AdapterError, RateLimited, Recheck, Rechecking, Rejected
from monitor.sources import SOURCES
from tests.fakes import web
from tests.fakes.web import WebSite
from tests.monitor.sources import (
    test_bluesky,
    test_discourse,
    test_forgejo,
    test_github,
    test_lemmy,
    test_mastodon,
    test_reddit,
    test_stackexchange,
    test_x,
)
from tests.monitor.sources.looking import LOOKS, mention
from tests.monitor.sources.proving import BRAND, build, read_round

Source = Any


def looked(source: Source, *external_ids: str, **more: Any) -> Recheck:
    found = source.recheck(BRAND, [mention(external_id, **more) for external_id in external_ids])
    assert isinstance(found, Recheck)
    return found


# Reddit


@pytest.fixture
def reddit(site: WebSite) -> Source:
    site.pages[test_reddit.TOKEN] = web.answer_json({"access_token": "t", "token_type": "bearer", "expires_in": 3600, "scope": "*"})
    return test_reddit.make(site)


def test_reddit_tells_of_a_hundred_by_name_at_once(site: WebSite, reddit: Source) -> None:
    deleted = test_reddit.post("t3_gone", author=None, selftext="[deleted]")
    removed = test_reddit.comment("t1_removed", body="[removed]")
    changed = test_reddit.comment("t1_changed", body="acme bikes are fine now", edited=1_772_440_000.0)
    site.everywhere = web.answer_json(test_reddit.listing(test_reddit.post("t3_there"), deleted, removed, changed))
    found = looked(reddit, "t3_there", "t3_gone", "t1_removed", "t1_changed", "t3_shut")

    assert {"t3_there": "", "t1_changed": "acme bikes are fine now"} == found.there
    assert {"t3_gone", "t1_removed", "t3_shut"} == found.gone
    assert {"t3_there,t3_gone,t1_removed,t1_changed,t3_shut"} == {one["id"] for path, one in test_reddit.asked(site) if "info" in path}
    assert (100, True) == (reddit.recheck_most, isinstance(reddit, Rechecking))


def test_an_empty_answer_of_reddit_says_nothing(site: WebSite, reddit: Source) -> None:
    site.everywhere = web.answer_json(test_reddit.listing())

    assert Recheck() == looked(reddit, "t3_a", "t3_b")


# X


def test_x_tells_of_a_hundred_by_id_and_what_it_cost(site: WebSite) -> None:
    problem = "https://api.twitter.com/2/problems/"
    errors = [
        {"resource_id": test_x.at(hours=2), "type": f"{problem}resource-not-found"},
        {"value": test_x.at(hours=3), "type": f"{problem}not-authorized-for-resource"},
        {"resource_id": test_x.at(hours=4), "type": "about:blank"},
    ]
    site.everywhere = web.answer_json({"data": [test_x.post(test_x.at(hours=1), "it &amp; they")], "errors": errors})
    found = looked(test_x.make(site), *(test_x.at(hours=hours) for hours in (1, 2, 3, 4)), "not x's")

    assert {test_x.at(hours=1): "it & they"} == found.there
    assert {test_x.at(hours=2), test_x.at(hours=3)} == found.gone
    assert found.cost is not None
    assert {f"x/post/{test_x.at(hours=1)}": Decimal("0.005")} == found.cost.charged
    assert [",".join(test_x.at(hours=hours) for hours in (1, 2, 3, 4))] == [one["ids"] for one in test_x.asked(site)]


def test_x_is_asked_nothing_without_a_key_or_an_id(site: WebSite) -> None:
    source = test_x.make(site)
    assert Recheck() == looked(source, "no id")
    source._client.bearer_token = ""
    with pytest.raises(Rejected, match="X_BEARER_TOKEN"):
        looked(source, "1")

    assert [] == site.requests


# Bluesky


def test_bluesky_tells_of_twenty_five_by_address(site: WebSite) -> None:
    posts = [
        test_bluesky.a_post(1),
        test_bluesky.a_post(2, author={"did": "did:plc:jo", "handle": "jo.example", "labels": [{"val": "!no-unauthenticated"}]}),
    ]

    def play(stage: web.Stage) -> None:
        if "getPosts" in stage.request.target:
            return web.answer_json({"posts": posts})(stage)
        return test_bluesky.Server([])(stage)

    site.everywhere = play
    names = [f"at://did:plc:jo/app.bsky.feed.post/{number}" for number in (1, 2, 3)]
    found = looked(test_bluesky.a_source(site), *names)

    assert {names[0]: "Mijn Waalfiets staat stil"} == found.there
    # Who asks since then not to be shown outside is left alone.
    assert {names[1], names[2]} == found.gone


# Mastodon


class Statuses:
    """Plays a server of Mastodon that is asked for statuses by number, many or one."""

    def __init__(self, statuses: dict[str, dict[str, Any]], trouble: dict[str, int] | None = None) -> None:
        self.statuses, self.trouble = statuses, trouble or {}

    def __call__(self, stage: web.Stage) -> None:
        place = urlsplit(stage.request.target)
        number = place.path.rpartition("/")[2]
        if place.path == "/api/v1/statuses":
            asked = parse_qs(place.query).get("id[]", [])
            return web.answer_json([self.statuses[one] for one in asked if one in self.statuses])(stage)
        if number in self.statuses:
            return web.answer_json(self.statuses[number])(stage)
        return web.answer_json({"error": "Record not found"}, self.trouble.get(number, 404))(stage)


def test_mastodon_asks_our_server_for_its_own_and_other_servers_for_theirs(site: WebSite) -> None:
    ours = site.url().rstrip("/")
    # The same machine by its other name: another server, as far as addresses tell.
    theirs = ours.replace("127.0.0.1", "localhost")
    uri = {number: f"{ours if number < 5 else theirs}/users/jo/statuses/{number}" for number in range(1, 10)}

    def status(number: int, **more: Any) -> dict[str, Any]:
        return test_mastodon.a_status(number, uri=uri[number], id=str(number)) | more

    there = {str(n): status(n) for n in (1, 5)}
    there["2"] = status(2, edited_at="2026-03-02T08:00:00Z", content="<p>Mijn waalfiets rijdt weer</p>")
    there["6"] = status(6, visibility="private")
    there["9"] = status(9, uri="https://another.example/users/eve/statuses/9")
    site.everywhere = Statuses(there, {"8": 401})
    source = build("mastodon", api_url=site.url(), allow_private=("127.0.0.1", "localhost"))
    found = looked(source, *uri.values(), f"{theirs}/objects/7", "tag:elsewhere,2026:1")

    assert {uri[1]: "", uri[2]: "Mijn waalfiets rijdt weer", uri[5]: ""} == found.there
    assert {uri[3], uri[4], uri[6], uri[7], f"{theirs}/objects/7"} == found.gone


def test_an_older_server_of_mastodon_is_asked_one_by_one_once_it_says_that_it_is_one(site: WebSite) -> None:
    uri = [f"{site.url()}users/jo/statuses/{number}" for number in (1, 2)]
    asked: list[str] = []

    def status(stage: web.Stage) -> None:
        asked.append(stage.request.headers.get("authorization", ""))
        web.answer_json(test_mastodon.a_status(1, uri=uri[0], id="1"))(stage)

    site.pages["/api/v1/statuses/1"] = status
    source = build("mastodon", {"MASTODON_READ_TOKEN": "m"}, api_url=site.url(), allow_private=("127.0.0.1",))
    for no_server in (web.answer(b"", 404), web.answer_json({"title": "a page"})):
        site.pages["/api/v1/instance"] = no_server
        with pytest.raises(Rejected, match="answered 404"):
            looked(source, *uri)
    site.pages["/api/v1/instance"] = web.answer_json({"version": "4.2.0"})
    found = looked(source, *uri)

    site.pages["/api/v1/statuses/2"] = web.answer(b"", 401)

    assert Recheck({uri[0]: ""}, frozenset({uri[1]})) == found
    assert Recheck({uri[0]: ""}) == looked(source, *uri)
    assert ["Bearer m"] * 2 == asked


RESET = "2199-12-31T23:59:59Z"
NEVER = datetime.min.replace(tzinfo=UTC)


def test_a_server_of_mastodon_with_few_requests_left_is_asked_no_more_in_this_look(site: WebSite) -> None:
    ours = site.url().rstrip("/")
    theirs = ours.replace("127.0.0.1", "localhost")
    uris = [f"{host}/users/jo/statuses/{number}" for host in (ours, theirs) for number in (1, 2, 3)]
    asked: list[str] = []

    def status(stage: web.Stage) -> None:
        host, number = stage.request.headers["host"].partition(":")[0], stage.request.target.rpartition("/")[2]
        asked.append(host)
        if host == "localhost":
            return web.answer(b"", 429)(stage)
        found = test_mastodon.a_status(1, uri=f"{ours}/users/jo/statuses/{number}", id=number)
        return web.answer_json(found, x_ratelimit_limit="300", x_ratelimit_remaining=str(101 - len(asked)), x_ratelimit_reset=RESET)(stage)

    site.pages |= {"/api/v1/statuses": web.answer(b"", 404), "/api/v1/instance": web.answer_json({"version": "4.2.0"})}
    site.everywhere = status
    found = looked(build("mastodon", api_url=site.url(), allow_private=("127.0.0.1", "localhost")), *uris)

    assert ({uris[0]: "", uris[1]: ""}, frozenset()) == (found.there, found.gone)
    assert ["127.0.0.1", "127.0.0.1", "localhost"] == asked
    assert datetime(2200, 1, 1, tzinfo=UTC) > (found.again_at or NEVER) > datetime.now(UTC) + timedelta(hours=23)


def test_another_server_of_mastodon_with_few_requests_left_does_not_hold_up_ours(site: WebSite) -> None:
    theirs = site.url().rstrip("/").replace("127.0.0.1", "localhost")
    site.everywhere = web.answer(b"", 429)

    found = looked(build("mastodon", api_url=site.url(), allow_private=("127.0.0.1", "localhost")), f"{theirs}/users/jo/statuses/1")

    assert Recheck() == found


# Hacker News


def test_hacker_news_is_asked_for_each(site: WebSite) -> None:
    known: dict[str, Any] = {
        "1": {"id": 1, "text": "x"},
        "2": {"id": 2, "deleted": True},
        "3": {"id": 3, "dead": True},
        "4": None,
        "5": {"id": 9},
    }
    for number, value in known.items():
        site.pages[f"/v0/item/{number}.json"] = web.answer_json(value)
    source = build("hackernews", items_url=site.url("/v0"), allow_private=("127.0.0.1",))
    found = looked(source, *known)

    assert Recheck({"1": ""}, frozenset({"2", "3"})) == found


def test_hacker_news_shows_an_edit_by_other_words_and_not_by_another_form(site: WebSite) -> None:
    link = '<a href="https:&#x2F;&#x2F;a.example&#x2F;long" rel="nofollow">https:&#x2F;&#x2F;a.example&#x2F;lo...</a>'
    now: dict[str, Any] = {
        "1": {"id": 1, "text": f"The&#x27;lock&#x27; <i>sticks</i>{link}"},
        "2": {"id": 2, "title": "Ask HN: locks", "text": "They stick.<p>Edit: solved."},
        "3": {"id": 3, "text": "Fixed it."},
        "4": {"id": 4, "type": "story", "title": None, "text": "They stick."},
    }
    for number, value in now.items():
        site.pages[f"/v0/item/{number}.json"] = web.answer_json(value)
    source = build("hackernews", items_url=site.url("/v0"), allow_private=("127.0.0.1",))
    read = {
        "1": "The'lock' sticks https://a.example/long",
        "2": "Ask HN: locks\n\nThey stick.",
        "3": "The lock sticks.",
        "4": "Locks\n\nThey stick.",
    }
    found = source.recheck(BRAND, [mention(number, text=text) for number, text in read.items()])

    assert {"1": "", "2": "Ask HN: locks\n\nThey stick.\n\nEdit: solved.", "3": "Fixed it.", "4": ""} == found.there


def test_what_hacker_news_said_before_it_stumbled_is_kept(site: WebSite) -> None:
    site.pages["/v0/item/1.json"] = web.answer_json({"id": 1, "deleted": True})
    site.pages["/v0/item/2.json"] = web.answer(b"", 500)
    site.pages["/v0/item/3.json"] = web.answer_json({"id": 3})
    site.pages["/v0/item/4.json"] = web.answer(b"", 429)
    source = build("hackernews", items_url=site.url("/v0"), allow_private=("127.0.0.1",))

    assert Recheck({"3": ""}, frozenset({"1"})) == looked(source, "1", "2", "3")
    assert Recheck({}, frozenset({"1"})) == looked(source, "1", "4", "3") == looked(source, "1", "2", "2", "2", "3")
    with pytest.raises(AdapterError, match=r"^ours: .*answered 500"):
        looked(source, "2", "1")


# All of them


def test_every_source_that_can_say_what_became_of_a_text_is_held_against_its_promise() -> None:
    assert {kind for kind, adapter in SOURCES.items() if hasattr(adapter.load(), "recheck")} == {name.partition(" ")[0] for name in LOOKS}


@pytest.mark.parametrize("name", LOOKS)
def test_what_stands_there_is_there(name: str, site: WebSite) -> None:
    look = LOOKS[name](site)
    site.everywhere = look.good
    found = look.recheck()

    assert isinstance(look.source, Rechecking)
    assert ({one.external_id for one in look.mentions}, frozenset()) == (set(found.there), found.gone)


def read_first(name: str, site: WebSite) -> web.Play:
    """Return what a network plays where the two texts of its look are read for the first time, as edited already where it says so."""
    edited = {"last_edit_date": test_stackexchange.EDITED}
    plays: dict[str, web.Play] = {
        "discourse": test_discourse.Forum([test_discourse.a_post(1), test_discourse.a_post(2)]),
        "lemmy": test_lemmy.Server(
            [test_lemmy.a_post(0, ap_id=site.url("/post/1"))], [test_lemmy.a_comment(1, ap_id=site.url("/comment/2"))]
        ),
        "stackexchange": test_stackexchange.Service(
            [test_stackexchange.a_question(1, **edited), test_stackexchange.an_answer(2, **edited)], has_more=False
        ),
        "github": test_github.Service([test_github.an_issue(1), test_github.an_issue(2)]),
        "github without a token": test_github.Service([test_github.an_issue(1), test_github.an_issue(2)]),
        "forgejo": test_forgejo.Forge([test_forgejo.an_issue(1), test_forgejo.an_issue(2)]),
    }
    return plays[name]


@pytest.mark.parametrize("name", ["discourse", "lemmy", "stackexchange", "github", "github without a token", "forgejo"])
def test_what_was_read_and_did_not_change_is_never_taken_for_changed(name: str, site: WebSite) -> None:
    look = LOOKS[name](site)
    site.everywhere = read_first(name, site)
    mentions = read_round(look.source)[0]
    if name == "github":
        nodes = [test_github.a_node(number, lastEditedAt=test_github.at(9)) for number in (1, 2)]
        look.good = web.answer_json({"data": {"nodes": nodes}})
        mentions.sort(key=lambda one: one.external_id)
    site.everywhere = site.everywhere if name == "stackexchange" else look.good
    found = look.source.recheck(BRAND, mentions)

    assert 2 == len(mentions)
    assert {one.external_id: one.text for one in mentions} == {
        one.external_id: found.there[one.external_id] or one.text for one in mentions
    }


@pytest.mark.parametrize("name", LOOKS)
def test_a_server_in_trouble_takes_nothing_away(name: str, site: WebSite) -> None:
    look = LOOKS[name](site)
    for status in (400, 401, 403, 404, 410, 429, 500, 502, 503):
        site.everywhere = web.answer(b"no", status)
        with pytest.raises(AdapterError, match=r"^ours: "):
            look.recheck()
    for play in web.HOSTILE.values():
        site.everywhere = play

        assert frozenset() == look.or_an_error().gone


@pytest.mark.parametrize("name", LOOKS)
def test_a_wish_to_wait_is_told(name: str, site: WebSite) -> None:
    look = LOOKS[name](site)
    site.everywhere = web.answer(b"no", 429, retry_after="60")
    with pytest.raises(RateLimited):
        look.recheck()


def test_a_mention_that_spoke_to_us_is_looked_at_as_one(site: WebSite) -> None:
    uri = f"{site.url()}users/jo/statuses/1"
    account = test_mastodon.an_account(noindex=True)
    site.everywhere = Statuses({"1": test_mastodon.a_status(1, uri=uri, id="1", account=account)})
    source = build("mastodon", api_url=site.url(), allow_private=("127.0.0.1",))
    to_us = source.recheck(BRAND, [replace(mention(uri), mentions_us=True)])

    assert [Recheck({uri: ""}), Recheck({}, frozenset({uri}))] == [to_us, looked(source, uri)]
