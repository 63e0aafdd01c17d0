"""A forum that runs Discourse: everything new on it, page by page by number, hidden posts left out, and all that may be wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from monitor.contracts import AdapterError, Batch, Recheck, Rechecking, Unavailable
from monitor.domain import Author
from tests.builders import a_mention
from tests.fakes import web
from tests.fakes.replay import spoiled
from tests.fakes.web import WebSite
from tests.monitor.sources.proving import BRAND, build, hold_against_hostile_sites, hold_against_wrong_answers, read_round

START = datetime(2026, 3, 1, tzinfo=UTC)


def a_post(number: int, **changes: Any) -> dict[str, Any]:
    """Return a post in the form that docs.discourse.org gives."""
    post = {
        "id": number,
        "name": "Jo",
        "username": "jo",
        "created_at": (START + timedelta(minutes=number)).isoformat().replace("+00:00", "Z"),
        "raw": f"Mijn Waalfiets {number}",
        "cooked": f"<p>Mijn <b>Waalfiets</b> {number}</p>",
        "post_number": 2,
        "post_type": 1,
        "reply_to_post_number": None,
        "topic_id": 9,
        "topic_slug": "sloten",
        "topic_title": "Sloten &amp; zo",
        "hidden": False,
        "user_deleted": False,
        "deleted_at": None,
    }
    return post | changes


class Forum:
    """Plays a forum: the newest 50, or those of the 50 numbers up to one."""

    def __init__(self, posts: Sequence[dict[str, Any]]) -> None:
        self.posts = list(posts)
        self.asked: list[int] = []

    def __call__(self, stage: web.Stage) -> None:
        place = urlsplit(stage.request.target)
        if place.path.startswith("/posts/"):
            number = place.path.removeprefix("/posts/").removesuffix(".json")
            found = [post for post in self.posts if str(post["id"]) == number]
            return (web.answer_json(found[0]) if found else web.answer_json({"errors": ["not there"]}, 404))(stage)
        before = int(parse_qs(place.query).get("before", ["0"])[0])
        self.asked.append(before)
        newest = sorted(self.posts, key=lambda post: -int(post["id"]))
        return web.answer_json(
            {"latest_posts": [post for post in newest if not before or before - 50 < post["id"] <= before][:50]}
        )(stage)  # fmt: skip


def a_source(site: WebSite) -> Any:
    return build("discourse", api_url=site.url(), allow_private=("127.0.0.1",))


def test_a_post_becomes_a_mention(site: WebSite) -> None:
    first = a_post(1, post_number=1, topic_title="Waalfiets?", cooked="<p>Slot dicht</p>")
    site.everywhere = Forum([first, a_post(2, reply_to_post_number=1)])
    brand = replace(BRAND, own_communities=(site.host,))
    [reply, topic] = a_source(site).fetch(brand, "").mentions

    assert ("Mijn Waalfiets 2", "Waalfiets?\n\nSlot dicht") == (reply.text, topic.text)
    assert Author(f"@jo@{site.host}", "Jo") == reply.author
    assert (site.url("/p/2"), site.url("/t/9/2"), site.url("/p/1")) == (reply.external_id, reply.url, reply.parent_id)
    assert ("discourse", site.host, True, START + timedelta(minutes=2)) == (
        reply.network, reply.community, reply.own_channel, reply.posted_at
    )  # fmt: skip


@pytest.mark.parametrize(
    "hidden", [{"hidden": True}, {"user_deleted": True}, {"deleted_at": "2026-03-01T00:00:00Z"}, {"post_type": 3}, {"post_type": 4}]
)
def test_what_is_hidden_or_nobodys_leaves_no_trace(site: WebSite, hidden: dict[str, Any]) -> None:
    site.everywhere = Forum([a_post(1, **hidden)])

    assert ([], []) == (read_round(a_source(site))[0], read_round(a_source(site))[2])


def test_our_own_post_only_says_what_it_answers(site: WebSite) -> None:
    site.everywhere = Forum([a_post(1, post_number=1), a_post(2, reply_to_post_number=1, username=BRAND.handles[0].lstrip("@"))])
    [mention] = a_source(site).fetch(BRAND, "").mentions

    assert (site.url("/p/1"), True) == (mention.external_id, mention.answered_by_us)


def test_reading_goes_back_to_where_it_was_also_over_numbers_that_strangers_do_not_see(site: WebSite) -> None:
    forum = Forum([a_post(n) for n in range(1, 101)])
    site.everywhere = forum
    first, cursor, _ = read_round(a_source(site))
    # From 110 to 300 all was said where strangers may not read.
    forum.posts += [a_post(n) for n in [*range(101, 110), *range(300, 400)]]
    second, cursor, reasons = read_round(a_source(site), cursor)
    forum.asked.clear()
    third, _, _ = read_round(a_source(site), cursor)

    assert 50 == len(first)
    assert {f"/p/{n}" for n in [*range(101, 110), *range(300, 400)]} <= {f"/p/{one.external_id.rpartition('/')[2]}" for one in second}
    assert [] == reasons
    assert [0] == forum.asked
    assert {one.external_id for one in third} <= {one.external_id for one in second}


def test_more_than_can_be_read_is_told(site: WebSite) -> None:
    forum = Forum([a_post(1)])
    site.everywhere = forum
    cursor = read_round(a_source(site))[1]
    forum.posts += [a_post(n) for n in range(2, 2_000)]

    assert ["more than 20 pages came since the last reading, and the older ones are not read"] == read_round(a_source(site), cursor)[2]


@pytest.mark.parametrize("cursor", ["x", "[]", '{"since": {"a": "x"}}', '{"turn": "a", "page": "x"}', '{"page": 7}'])
def test_a_cursor_that_is_not_ours_is_as_good_as_none(site: WebSite, cursor: str) -> None:
    site.everywhere = Forum([a_post(1)])

    assert 1 == len(a_source(site).fetch(BRAND, cursor).mentions)


def test_what_became_of_posts_is_asked_one_by_one(site: WebSite) -> None:
    forum = Forum([a_post(1), a_post(2, cooked="<p>Waalfiets rijdt weer</p>"), a_post(3, hidden=True)])
    site.everywhere = forum
    site.pages["/posts/5.json"] = web.answer_json(a_post(6))
    source = a_source(site)
    names = [site.url(f"/p/{n}") for n in range(1, 6)]
    found = source.recheck(BRAND, [a_mention(external_id=name) for name in [*names, "https://elsewhere.example/p/1"]])

    assert isinstance(source, Rechecking)
    assert {names[0]: "Mijn Waalfiets 1", names[1]: "Waalfiets rijdt weer"} == found.there
    assert {names[2], names[3]} == found.gone


def test_a_forum_in_trouble_takes_nothing_away(site: WebSite) -> None:
    source, asked = a_source(site), [a_mention(external_id=site.url("/p/1")), a_mention(external_id=site.url("/p/2"))]
    for status in (400, 401, 403, 404, 410, 429, 500, 503):
        site.everywhere = web.answer(b"no", status)
        with pytest.raises(AdapterError, match=r"^ours: "):
            source.recheck(BRAND, asked)
    site.everywhere = Forum([a_post(1)])
    site.pages["/posts/2.json"] = web.answer(b"no", 500)

    assert Recheck({site.url("/p/1"): "Mijn Waalfiets 1"}) == source.recheck(BRAND, asked)
    with pytest.raises(Unavailable, match=r"^ours: .*answered 500"):
        source.recheck(BRAND, asked[1:])


def test_a_cut_or_spoiled_answer_is_an_error_or_a_batch(site: WebSite) -> None:
    assert hold_against_wrong_answers(site, a_source(site), {"latest_posts": [a_post(1), a_post(2)]}) > 150


def test_one_spoiled_post_loses_no_other(site: WebSite) -> None:
    for place, broken in spoiled(a_post(1)):
        site.everywhere = web.answer_json({"latest_posts": [broken, a_post(2)]})
        batch = a_source(site).fetch(BRAND, "")

        assert isinstance(batch, Batch)
        assert site.url("/p/2") in [mention.external_id for mention in batch.mentions], place


def test_a_hostile_forum_is_met_by_one_of_the_three_errors(site: WebSite) -> None:
    hold_against_hostile_sites(site, a_source(site))
