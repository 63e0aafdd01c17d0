"""A Lemmy server: posts and comments, removed ones left out, pages back, and everything that may be wrong with an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from monitor.contracts import Recheck, Unavailable
from monitor.domain import Author, Mention
from tests.builders import a_mention
from tests.fakes import web
from tests.fakes.replay import spoiled
from tests.fakes.web import WebSite
from tests.monitor.sources.proving import BRAND, build, hold_against_hostile_sites, hold_against_wrong_answers, read_round

START = datetime(2026, 3, 1, tzinfo=UTC)
COMMUNITY = {"name": "fietsen", "title": "Fietsen", "actor_id": "https://feddit.example/c/fietsen"}


def a_creator(name: str = "jo") -> dict[str, Any]:
    return {"name": name, "display_name": "Jo", "actor_id": f"https://lemmy.example/u/{name}"}


def a_post(minute: int = 0, **changes: Any) -> dict[str, Any]:
    post = {"id": minute + 1, "ap_id": f"https://lemmy.example/post/{minute}", "name": "Waalfiets?", "body": "Slot **dicht**."}
    post |= {"published": at(minute), "removed": False, "deleted": False, "language_id": 37}
    return {"post": post | changes, "creator": a_creator(), "community": COMMUNITY}


def a_comment(minute: int = 0, **changes: Any) -> dict[str, Any]:
    comment = {
        "id": minute + 1,
        "ap_id": f"https://lemmy.example/comment/{minute}",
        "content": "Mijn waalfiets ook",
        "path": f"0.{minute + 1}",
    }
    comment |= {"published": at(minute), "removed": False, "deleted": False}
    return {"comment": comment | changes, "post": a_post()["post"], "creator": a_creator(), "community": COMMUNITY}


def at(minute: int) -> str:
    return (START + timedelta(minutes=minute)).isoformat().replace("+00:00", "Z")


class Server:
    """Plays the search of a Lemmy server, newest first, with its pages."""

    def __init__(self, posts: Sequence[dict[str, Any]] = (), comments: Sequence[dict[str, Any]] = ()) -> None:
        self.found = {"Posts": list(posts), "Comments": list(comments)}
        self.asked: list[dict[str, str]] = []

    def __call__(self, stage: web.Stage) -> None:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(stage.request.target).query).items()}
        self.asked.append(asked)
        kind, size, page = asked["type_"], int(asked["limit"]), int(asked["page"])
        found = sorted(self.found[kind], key=lambda one: str(one[kind[:-1].lower()]["published"]), reverse=True)
        web.answer_json({"posts": [], "comments": [], kind.lower(): found[(page - 1) * size : page * size]})(stage)


def a_source(site: WebSite) -> Any:
    return build("lemmy", api_url=site.url(), allow_private=("127.0.0.1",))


def test_a_post_and_a_comment_become_mentions(site: WebSite) -> None:
    site.everywhere = server = Server([a_post(5)], [a_comment(6)])

    post, comment = read_round(a_source(site))[0]

    assert post == Mention(
        network="lemmy",
        external_id="https://lemmy.example/post/5",
        brand="waalfiets",
        author=Author("@jo@lemmy.example", "Jo"),
        text="Waalfiets?\n\nSlot **dicht**.",
        url="https://lemmy.example/post/5",
        posted_at=START + timedelta(minutes=5),
        source="ours",
        community="!fietsen@feddit.example",
    )
    assert ("Mijn waalfiets ook", "https://lemmy.example/post/0") == (comment.text, comment.parent_id)
    assert {"q": "waalfiets", "type_": "Posts", "sort": "New", "listing_type": "All", "limit": "50", "page": "1"} == server.asked[0]


def test_a_comment_under_a_comment_names_it_where_it_is_known(site: WebSite) -> None:
    site.everywhere = Server([], [a_comment(0), a_comment(1, path="0.1.2"), a_comment(2, path="0.99.3")])

    parents = [mention.parent_id for mention in read_round(a_source(site))[0]]

    assert ["", "https://lemmy.example/comment/0", "https://lemmy.example/post/0"] == parents


def test_what_was_taken_back_leaves_no_trace(site: WebSite) -> None:
    site.everywhere = Server([a_post(1, deleted=True), a_post(2, removed=True), a_post(3)])

    mentions, _, reasons = read_round(a_source(site))

    assert (["https://lemmy.example/post/3"], []) == ([mention.external_id for mention in mentions], reasons)


def test_our_own_community_and_our_own_answers_are_known(site: WebSite) -> None:
    ours = a_comment(2, path="0.1.3") | {"creator": a_creator("waalfiets")}
    site.everywhere = Server([], [a_comment(0), ours])
    brand = replace(BRAND, own_communities=("!fietsen@feddit.example",), handles=("@waalfiets@lemmy.example",))

    (mention,) = read_round(a_source(site), brand=brand)[0]

    assert (True, True) == (mention.own_channel, mention.answered_by_us)


def test_a_name_without_a_server_stands_alone(site: WebSite) -> None:
    creators = [{"name": "jo", "actor_id": "https://[broken"}, {"name": "jo"}]
    site.everywhere = Server([a_post(n) | {"creator": creator} for n, creator in enumerate(creators)])

    assert ["jo", "jo"] == [mention.author.handle for mention in read_round(a_source(site))[0]]


def test_later_readings_go_back_to_where_it_was(site: WebSite) -> None:
    site.everywhere = server = Server([a_post(n) for n in range(60)])
    source = a_source(site)
    first, cursor, _ = read_round(source)
    server.found["Posts"] += [a_post(n) for n in range(60, 300)]

    mentions, _, reasons = read_round(source, cursor)

    assert (50, []) == (len(first), reasons)
    assert {f"https://lemmy.example/post/{n}" for n in range(60, 300)} <= {mention.external_id for mention in mentions}


def test_a_flood_ends_and_is_told(site: WebSite) -> None:
    site.everywhere = server = Server([a_post(0)])
    source = a_source(site)
    _, cursor, _ = read_round(source)
    server.found["Posts"] += [a_post(n) for n in range(1, 1_200)]

    assert ["more than 20 pages came since the last reading, and the older ones are not read: waalfiets"] == read_round(source, cursor)[2]


def test_a_brand_without_terms_asks_nothing(site: WebSite) -> None:
    assert ([], []) == (list(a_source(site).fetch(replace(BRAND, terms=()), "").mentions), site.requests)


@pytest.mark.parametrize("body", ["", "null", "[]", "{}", '{"posts": {}}', "<html>", '{"error": "rate_limit_error"}'])
def test_an_answer_that_is_no_search_result_may_pass(site: WebSite, body: str) -> None:
    site.everywhere = web.answer(body)

    with pytest.raises(Unavailable, match=r"^ours: http://127"):
        a_source(site).fetch(BRAND, "")


def test_an_answer_cut_or_spoiled_anywhere_is_an_error_or_a_batch(site: WebSite) -> None:
    assert hold_against_wrong_answers(site, a_source(site), {"posts": [a_post(1), a_post(2)], "comments": []}) > 200


def test_a_wrong_type_loses_no_other_comment(site: WebSite) -> None:
    source = a_source(site)
    site.everywhere = web.answer_json({"posts": [], "comments": []})
    cursor = source.fetch(BRAND, "").cursor
    for place, broken in spoiled(a_comment(1)):
        site.everywhere = web.answer_json({"posts": [], "comments": [broken, a_comment(2)]})

        assert a_comment(2)["comment"]["ap_id"] in [one.external_id for one in source.fetch(BRAND, cursor).mentions], place


def test_hostile_sites_are_answered_by_the_three_errors(site: WebSite) -> None:
    hold_against_hostile_sites(site, a_source(site))


class Lemmy:
    """Plays servers that are asked for one text by number or by address; what they do not have they say in Lemmy's words."""

    def __init__(self, texts: dict[str, Any]) -> None:
        self.texts = texts
        self.asked: list[str] = []

    def __call__(self, stage: web.Stage) -> None:
        target = unquote(stage.request.target)
        self.asked.append(target)
        found = self.texts.get(target, {"error": "couldnt_find_object"})
        web.answer_json(found, 404 if "error" in found else 200)(stage)


def looked(site: WebSite, *names: str) -> Recheck:
    source = build("lemmy", api_url=site.url(), allow_private=("127.0.0.1", "localhost"))
    found = source.recheck(BRAND, [a_mention(external_id=name) for name in names])
    assert isinstance(found, Recheck)
    return found


def test_a_text_is_asked_for_by_number_on_its_own_server(site: WebSite) -> None:
    ours = site.url().rstrip("/")
    # The same machine by its other name: another server, as far as addresses tell.
    theirs = ours.replace("127.0.0.1", "localhost")
    names = [f"{ours}/post/1", f"{theirs}/comment/2", f"{theirs}/post/3", f"{ours}/comment/4", f"{ours}/post/5", f"{ours}/post/6"]
    site.everywhere = server = Lemmy(
        {
            "/api/v3/post?id=1": {"post_view": a_post(ap_id=names[0], body="Slot gemaakt.")},
            "/api/v3/comment?id=2": {"comment_view": a_comment(ap_id=names[1])},
            "/api/v3/comment?id=4": {"comment_view": a_comment(ap_id=names[3], removed=True)},
            "/api/v3/post?id=5": {"post_view": a_post(ap_id=names[4]) | {"creator": a_creator() | {"deleted": True}}},
            "/api/v3/post?id=6": {"post_view": a_post(ap_id="https://another.example/post/6")},
            f"/api/v3/resolve_object?q={names[5]}": {"post": a_post(ap_id=names[5])},
        }
    )
    found = looked(site, *names)

    assert {
        names[0]: "Waalfiets?\n\nSlot gemaakt.",
        names[1]: "Mijn waalfiets ook",
        names[5]: "Waalfiets?\n\nSlot **dicht**.",
    } == found.there
    assert {names[2], names[3], names[4]} == found.gone
    assert 7 == len(server.asked)


def test_what_other_software_holds_is_asked_of_our_server_and_a_few_at_a_time(site: WebSite) -> None:
    names = [f"https://elsewhere.example/objects/{number}" for number in range(7)]
    site.everywhere = server = Lemmy({f"/api/v3/resolve_object?q={names[0]}": {"comment": a_comment(ap_id=names[0])}})
    found = looked(site, *names, "tag:elsewhere,2026:1")

    assert ({names[0]}, set(names[1:5])) == (set(found.there), set(found.gone))
    assert 5 == len(server.asked)


@pytest.mark.parametrize("error", ["instance_is_private", "rate_limit_error", ""])
def test_another_error_of_lemmy_takes_nothing_away(site: WebSite, error: str) -> None:
    site.everywhere = Lemmy({"/api/v3/post?id=1": {"error": error}, f"/api/v3/resolve_object?q={site.url('/post/1')}": {"error": error}})
    with pytest.raises(Unavailable, match=r"^ours: .*something else than a text, and not that it is gone"):
        looked(site, site.url("/post/1"))


def test_a_server_in_trouble_twice_is_left_alone_and_the_others_are_asked(site: WebSite) -> None:
    ours = site.url().rstrip("/")
    theirs = ours.replace("127.0.0.1", "localhost")
    answered: list[str] = []

    def play(stage: web.Stage) -> None:
        answered.append(stage.request.headers["host"].partition(":")[0] + unquote(stage.request.target))
        if answered[-1].startswith("localhost"):
            return web.answer(b"", 500)(stage)
        return web.answer_json({"error": "couldnt_find_post"}, 400)(stage) if "post?" in answered[-1] else web.answer(b"", 429)(stage)

    site.everywhere = play
    found = looked(site, f"{theirs}/post/1", f"{theirs}/post/2", f"{theirs}/post/3", f"{ours}/post/4")

    assert Recheck({}, frozenset({f"{ours}/post/4"})) == found
    assert ["localhost", "127.0.0.1", "localhost", "127.0.0.1"] == [one.partition("/")[0] for one in answered]
