"""Bluesky: recorded answers through the real client, sessions kept in memory, facets, quotes and opt-outs."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from monitor.contracts import Unavailable
from monitor.domain import Author, Mention
from monitor.sources.bluesky import _text
from tests.builders import a_brand
from tests.fakes import web
from tests.fakes.replay import WRONG, load, places, spoiled
from tests.fakes.web import WebSite
from tests.monitor.sources.proving import BRAND, build, hold_against_hostile_sites, read_round
from tests.monitor.sources.recorded import recorded

US = "did:plc:waalfiets"
SECRETS = {"BLUESKY_HANDLE": "waalfiets.example", "BLUESKY_APP_PASSWORD": "hidden-password"}
START = datetime(2026, 3, 1, tzinfo=UTC)


def a_token(number: int = 1, ends: int = 2**33) -> str:
    def packed(value: Any) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")

    return f"{packed({'alg': 'HS256', 'typ': 'at+jwt'})}.{packed({'sub': US, 'iat': number, 'exp': ends, 'aud': 'did:web:x'})}.c2ln"


def a_post(second: int = 0, text: str = "Mijn Waalfiets staat stil", **changes: Any) -> dict[str, Any]:
    at = (START + timedelta(seconds=second)).isoformat().replace("+00:00", "Z")
    post = {
        "uri": f"at://did:plc:jo/app.bsky.feed.post/{second}",
        "cid": "bafy",
        "author": {"did": "did:plc:jo", "handle": "jo.example", "displayName": "Jo", "labels": []},
        "record": {"$type": "app.bsky.feed.post", "text": text, "createdAt": at, "langs": ["nl-NL"], **changes.pop("record", {})},
        "indexedAt": at,
        "labels": [],
    }
    return post | changes


class Server:
    """Plays a server of Bluesky over lists of posts and notifications, with since, order, limit and a numeric cursor."""

    def __init__(
        self, posts: Sequence[dict[str, Any]], notifications: Sequence[dict[str, Any]] = (), most: int = 100, ends: int = 2**33
    ) -> None:
        self.ends = ends
        self.posts = list(posts)
        self.notifications = list(notifications)
        self.most = most
        self.asked: list[tuple[str, dict[str, list[str]]]] = []

    def __call__(self, stage: web.Stage) -> None:
        place = urlsplit(stage.request.target)
        name, query = place.path.removeprefix("/xrpc/"), parse_qs(place.query)
        self.asked.append((name, query))
        if name in ("com.atproto.server.createSession", "com.atproto.server.refreshSession"):
            token = a_token(sum("Session" in name for name in self.names()), self.ends)
            web.answer_json({"accessJwt": token, "refreshJwt": token, "handle": "waalfiets.example", "did": US, "active": True})(stage)
            return
        if name == "com.atproto.server.getSession":
            web.answer_json({"handle": "waalfiets.example", "did": US})(stage)
            return
        listed = "posts" if name.endswith("searchPosts") else "notifications"
        found = [one for one in getattr(self, listed) if one["indexedAt"] >= query.get("since", [""])[0]]
        found.sort(key=lambda one: one["indexedAt"], reverse=True)
        at = int(query.get("cursor", ["0"])[0])
        end = at + min(self.most, int(query["limit"][0]))
        web.answer_json({listed: found[at:end], **({"cursor": str(end)} if end < len(found) else {})})(stage)

    def names(self) -> list[str]:
        return [name.rpartition(".")[2] for name, _ in self.asked]


def a_source(site: WebSite, **more: Any) -> Any:
    return build("bluesky", SECRETS, api_url=site.url(), allow_private=("127.0.0.1",), **more)


def found(site: WebSite, *posts: dict[str, Any], brand: Any = BRAND) -> list[Mention]:
    site.everywhere = Server(posts)
    return read_round(a_source(site), brand=brand)[0]


def test_a_post_becomes_a_mention(site: WebSite) -> None:
    (mention,) = found(site, a_post(5, record={"reply": {"parent": {"uri": "at://did:plc:an/app.bsky.feed.post/1"}}}))

    assert mention == Mention(
        network="bluesky",
        external_id="at://did:plc:jo/app.bsky.feed.post/5",
        brand="waalfiets",
        author=Author("jo.example", "Jo"),
        text="Mijn Waalfiets staat stil",
        url="https://bsky.app/profile/jo.example/post/5",
        posted_at=START + timedelta(seconds=5),
        source="ours",
        language_hint="nl",
        parent_id="at://did:plc:an/app.bsky.feed.post/1",
    )


def test_it_signs_in_once_and_asks_for_notifications_and_each_term(site: WebSite) -> None:
    site.everywhere = server = Server([a_post()])
    source = a_source(site)
    _, cursor, _ = read_round(source)
    read_round(source, cursor)

    assert ["createSession", "listNotifications", "searchPosts", "listNotifications", "searchPosts"] == server.names()
    assert {"q": ['"waalfiets"'], "sort": ["latest"], "limit": ["100"]} == server.asked[2][1]
    assert ["2026-02-28T23:00:00Z"] == server.asked[4][1]["since"]
    assert "hidden" not in cursor
    assert a_token() not in cursor
    assert site.requests[2].headers["authorization"] == f"Bearer {a_token()}"


def test_what_was_told_to_us_is_seen(site: WebSite) -> None:
    reasons = ("mention", "reply", "quote", "like")
    told = [{**a_post(n), "reason": reason} for n, reason in enumerate(reasons)]
    told[1]["record"]["reply"] = {"parent": {"uri": f"at://{US}/app.bsky.feed.post/1"}}
    site.everywhere = Server([], told)

    mentions = a_source(site).fetch(BRAND, "").mentions

    assert [(True, False), (True, True), (True, False)] == [(mention.mentions_us, mention.own_channel) for mention in mentions]
    assert ["quote", "reply", "mention"] == [reasons[int(mention.external_id[-1])] for mention in mentions]


def a_facet(start: int, end: int, **feature: Any) -> dict[str, Any]:
    return {"index": {"byteStart": start, "byteEnd": end}, "features": [feature]}


def test_who_names_or_quotes_us_in_a_post_is_seen(site: WebSite) -> None:
    named = {"facets": [a_facet(0, 4, did=US)]}
    quoted = {"embed": {"record": {"uri": f"at://{US}/app.bsky.feed.post/1"}}}
    with_picture = {"embed": {"record": {"record": {"uri": f"at://{US}/app.bsky.feed.post/1"}}}}

    mentions = found(site, *(a_post(n, record=record) for n, record in enumerate((named, quoted, with_picture, {}))))

    assert [False, True, True, True] == [mention.mentions_us for mention in mentions]


def test_an_account_of_several_brands_is_nobodys(site: WebSite) -> None:
    site.everywhere = Server([], [{**a_post(), "reason": "mention"}])
    source = build("bluesky", SECRETS, (BRAND, a_brand(id="other")), api_url=site.url(), allow_private=("127.0.0.1",))

    assert [False] == [mention.mentions_us for mention in source.fetch(BRAND, "").mentions]


def test_who_asks_not_to_be_shown_outside_leaves_no_trace_unless_they_speak_to_us(site: WebSite) -> None:
    private = {"did": "did:plc:jo", "handle": "jo.example", "labels": [{"val": "!no-unauthenticated"}]}
    again = {**private, "labels": [{"val": "!no-unauthenticated", "neg": True}]}
    posts = [a_post(1, author=private), a_post(2, author=again), a_post(3, author=private, record={"facets": [a_facet(0, 4, did=US)]})]

    assert ["3", "2"] == [mention.external_id[-1] for mention in found(site, *posts)]


def test_our_own_post_tells_that_its_parent_was_answered(site: WebSite) -> None:
    ours = a_post(2, author={"did": US, "handle": "waalfiets.example"}, record={"reply": {"parent": {"uri": a_post(1)["uri"]}}})

    (mention,) = found(site, a_post(1), ours)

    assert mention.answered_by_us


@pytest.mark.parametrize(
    ("text", "facets", "whole"),
    [
        ("é waalfiets.nl/sto...", [a_facet(3, 22, uri="https://waalfiets.nl/storing")], "é https://waalfiets.nl/storing"),
        ("lees hier, nu", [a_facet(5, 9, uri="https://waalfiets.nl")], "lees hier (https://waalfiets.nl), nu"),
        ("abc", [a_facet(0, 99, uri="https://x.nl")], "abc"),
        ("abc", [a_facet(0, 3, uri="javascript:alert(1)")], "abc"),
        ("abc", [a_facet(0, 3, tag="abc")], "abc"),
        ("abcdef", [a_facet(0, 3, uri="https://x.nl/abc"), a_facet(2, 4, uri="https://y.nl")], "https://x.nl/abcdef"),
        ("abc", [None, 7, {"index": [], "features": {}}, a_facet(2, 1, uri="https://x.nl")], "abc"),
    ],
)
def test_links_come_out_whole(text: str, facets: list[Any], whole: str) -> None:
    assert whole == _text({"text": text, "facets": facets})


def test_a_post_counts_from_when_it_was_written_unless_that_cannot_be(site: WebSite) -> None:
    posts = [
        a_post(1, record={"createdAt": "2026-02-01T00:00:00Z"}),
        a_post(2, record={"createdAt": "9999-01-01T00:00:00Z"}),
        a_post(3, record={"createdAt": "0001-01-01T00:00:00Z"}),
    ]

    assert [3, 2, -2_419_200] == [(mention.posted_at - START).total_seconds() for mention in found(site, *posts)]


def test_later_readings_go_back_to_where_it_was_without_a_gap(site: WebSite) -> None:
    site.everywhere = server = Server([a_post(0)], [{**a_post(0), "reason": "reply"}], most=20)
    source = a_source(site)
    _, cursor, _ = read_round(source)
    server.posts += [a_post(n * 60) for n in range(1, 150)]
    server.notifications += [{**a_post(n * 60 + 1), "reason": "reply"} for n in range(150)]

    mentions, cursor, reasons = read_round(source, cursor)

    assert [] == reasons
    assert 300 == len({mention.external_id for mention in mentions})


def test_a_flood_ends_and_is_told(site: WebSite) -> None:
    site.everywhere = server = Server([a_post(0)], most=10)
    source = a_source(site)
    _, cursor, _ = read_round(source)
    server.posts += [a_post(n) for n in range(1, 500)]

    assert ["more than 20 pages came since the last reading, and the older ones are not read: search:waalfiets"] == read_round(
        source, cursor
    )[2]


@pytest.mark.parametrize("body", ["", "null", "[]", "{}", '{"posts": {}}', "<html>", "[" * 100_000, '{"error": "x", "message": "y"}'])
def test_an_answer_that_is_no_list_of_posts_may_pass(site: WebSite, body: str) -> None:
    site.everywhere = Server([])
    site.pages["/xrpc/app.bsky.notification.listNotifications"] = web.answer(body, content_type="application/json")

    with pytest.raises(Unavailable, match=r"^ours: http://127"):
        a_source(site).fetch(BRAND, "")


def test_hostile_sites_are_answered_by_the_three_errors(site: WebSite) -> None:
    hold_against_hostile_sites(site, a_source(site))


def recorded_answer(name: str) -> Any:
    (exchange,) = load(recorded("recorded/bluesky/bskyr") / name)
    return exchange.json


def test_recorded_notifications_are_read(site: WebSite) -> None:
    answer = recorded_answer("n_notifications.yml")
    site.everywhere = Server([], answer["notifications"])
    told = [one for one in answer["notifications"] if one["reason"] in ("mention", "reply", "quote")]

    batch = a_source(site).fetch(BRAND, "")

    assert ([one["uri"] for one in told], []) == ([mention.external_id for mention in batch.mentions], list(batch.rejected))
    assert all(mention.text for mention in batch.mentions)


def test_recorded_posts_are_read(site: WebSite) -> None:
    posts = [one["post"] for one in recorded_answer("f_autfeed.yml")["feed"]]

    mentions = found(site, *posts)

    texts = {post["uri"] for post in posts if post["record"]["text"].strip()}
    assert texts == {mention.external_id for mention in mentions}


def test_a_recorded_post_cut_or_spoiled_anywhere_is_an_error_or_a_batch(site: WebSite) -> None:
    post = recorded_answer("f_autfeed.yml")["feed"][0]["post"]
    source = a_source(site)
    site.everywhere = Server([])
    whole = json.dumps({"notifications": [], "posts": [post]})
    for part in range(20):
        site.pages["/xrpc/app.bsky.notification.listNotifications"] = web.answer(
            whole[: len(whole) * part // 20], content_type="application/json"
        )
        with pytest.raises(Unavailable, match=r"^ours: "):
            source.fetch(BRAND, "")
    notification = {"notifications": [{**post, "reason": "reply"}, {**a_post(2), "reason": "reply"}]}
    for place, broken in spoiled(notification, WRONG[::3]):
        site.pages["/xrpc/app.bsky.notification.listNotifications"] = web.answer_json(broken)
        try:
            batch = source.fetch(BRAND, "")
        except Unavailable:
            assert place.startswith("notifications=")
        else:
            assert a_post(2)["uri"] in [mention.external_id for mention in batch.mentions] or not place.startswith("notifications.0."), (
                place
            )
    assert len(list(places(notification))) > 40


def test_a_brand_without_terms_still_hears_what_it_is_told(site: WebSite) -> None:
    site.everywhere = Server([], [{**a_post(), "reason": "mention"}])

    assert 1 == len(read_round(a_source(site), brand=replace(BRAND, terms=()))[0])
