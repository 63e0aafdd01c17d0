"""Reddit: what is asked, what becomes of the answers, and that what was taken back, is private or is secret stays out."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from monitor.contracts import RateLimited, Rejected, Unavailable
from monitor.domain import Term
from monitor.sources.reddit import RedditSource
from tests.builders import NOW, a_brand
from tests.fakes import web
from tests.fakes.web import WebSite
from tests.fakes.worlds import STAND_IN, stand_in
from tests.monitor.sources.proving import BRAND, build, hold_against_hostile_sites, hold_against_wrong_answers, read_round
from tests.monitor.sources.recorded import recorded

SECRET = "client-secret"
KEYS = {"REDDIT_CLIENT_ID": "app", "REDDIT_CLIENT_SECRET": SECRET}
WITH_USER = KEYS | {"REDDIT_READ_REFRESH_TOKEN": "refresh-secret"}
TOKEN = "/api/v1/access_token"
ACME = a_brand(id="acme", name="Acme", terms=(Term("acme bikes"),), handles=("u/acme_support",))


@pytest.fixture(autouse=True)
def logged_in(site: WebSite) -> None:
    given = {"access_token": "r-token", "token_type": "bearer", "expires_in": 3600, "scope": "*"}
    site.pages[TOKEN] = web.answer_json(given)


def make(site: WebSite, environment: dict[str, str] = KEYS, **options: Any) -> RedditSource:
    source: RedditSource = build("reddit", environment, (ACME,), api_url=site.url().rstrip("/"), allow_private=("127.0.0.1",), **options)
    source._now = lambda: NOW
    return source


def post(name: str = "t3_a1", **more: Any) -> dict[str, Any]:
    given = {"name": name, "author": "jo", "title": "Acme bikes", "selftext": "Mine broke.", "subreddit": "Fietsen"}
    return {"kind": name[:2], "data": given | {"created_utc": ago(hours=1), "permalink": "/r/Fietsen/comments/a1/_/"} | more}


def comment(name: str = "t1_c1", **more: Any) -> dict[str, Any]:
    given = {"name": name, "author": "jo", "body": "acme bikes!", "subreddit": "Fietsen", "parent_id": "t3_a1", "replies": ""}
    return {"kind": "t1", "data": given | {"created_utc": ago(hours=1), "permalink": f"/r/Fietsen/comments/a1/_/{name[3:]}/"} | more}


def listing(*things: Any, after: str | None = None) -> dict[str, Any]:
    return {"kind": "Listing", "data": {"children": list(things), "after": after}}


def ago(**time: float) -> float:
    return (NOW - timedelta(**time)).timestamp()


def asked(site: WebSite) -> list[tuple[str, dict[str, str]]]:
    places = [urlsplit(one.target) for one in site.requests]
    return [(place.path, {name: values[0] for name, values in parse_qs(place.query).items()}) for place in places if place.path != TOKEN]


def test_a_post_becomes_a_mention(site: WebSite) -> None:
    site.everywhere = web.answer_json(listing(post()))

    [mention] = make(site).fetch(ACME, "").mentions

    assert ("reddit", "t3_a1", "jo", "Acme bikes\n\nMine broke.") == (
        mention.network,
        mention.external_id,
        mention.author.handle,
        mention.text,
    )
    assert ("https://www.reddit.com/r/Fietsen/comments/a1/_/", "r/Fietsen") == (mention.url, mention.community)
    assert ("/search", '"acme bikes"', "new") == (asked(site)[0][0], asked(site)[0][1]["q"], asked(site)[0][1]["sort"])


def test_listed_subreddits_are_searched_and_their_comments_read_with_those_nested_below(site: WebSite) -> None:
    deep = comment("t1_c3", parent_id="t1_c2")
    site.pages["/r/fietsen/search"] = web.answer_json(listing(post()))
    nested = comment("t1_c1", replies=listing(comment("t1_c2", replies=listing(deep)), {"kind": "more", "data": {"count": 3}}))
    site.pages["/r/fietsen/comments"] = web.answer_json(listing(nested))
    site.pages["/r/shut/search"] = web.answer_json({"reason": "private"}, 403)
    site.pages["/r/shut/comments"] = web.answer_json({}, 404)

    mentions, _, reasons = read_round(make(site, subreddits=("r/Fietsen", "shut", "no/such name")), brand=ACME)

    assert ["t3_a1", "t1_c1", "t1_c2", "t1_c3"] == [mention.external_id for mention in mentions]
    assert "t1_c2" == mentions[-1].parent_id
    assert ["r/shut is left out", "r/shut is left out"] == [reason.partition(":")[0] for reason in reasons]


def test_mentions_of_our_account_come_first_and_private_messages_never(site: WebSite) -> None:
    private = {"kind": "t4", "data": {"name": "t4_1", "author": "jo", "body": "between us", "created_utc": ago(hours=1)}}
    told = comment("t1_m1", permalink="", context="/r/Fietsen/comments/a1/_/m1/?context=3", body="u/acme_support help")
    site.pages["/message/mentions"] = web.answer_json(listing(told, private))
    site.everywhere = web.answer_json(listing())

    mentions, _, _ = read_round(make(site, WITH_USER), brand=ACME)

    assert [("t1_m1", True, "https://www.reddit.com/r/Fietsen/comments/a1/_/m1/")] == [
        (mention.external_id, mention.mentions_us, mention.url) for mention in mentions
    ]


@pytest.mark.parametrize(
    "more",
    [
        {"author": "[deleted]"},
        {"author": None},
        {"selftext": "[removed]"},
        {"selftext": "[deleted]"},
        {"title": "[ Removed by Reddit ]"},
        {"removed_by_category": "moderator"},
        {"banned_by": "AutoModerator"},
        {"subreddit_type": "private"},
        {"quarantine": True},
    ],
)
def test_what_was_taken_back_or_is_not_public_leaves_no_trace(site: WebSite, more: dict[str, Any]) -> None:
    site.everywhere = web.answer_json(listing(post(**more), comment(body="[deleted]"), post("t3_b2")))

    batch = make(site).fetch(ACME, "")

    assert (["t3_b2"], ()) == ([mention.external_id for mention in batch.mentions], tuple(batch.rejected))


def test_an_edited_post_is_read_as_it_stands(site: WebSite) -> None:
    site.everywhere = web.answer_json(listing(post(edited=ago(minutes=1), selftext="Edited.")))

    assert "Acme bikes\n\nEdited." == make(site).fetch(ACME, "").mentions[0].text


def test_our_own_answer_is_no_mention_and_marks_what_it_answers(site: WebSite) -> None:
    site.pages["/r/fietsen/comments"] = web.answer_json(
        listing(comment("t1_o1", author="acme_support", parent_id="t1_c1"), comment("t1_c1", link_author="acme_support"))
    )
    site.everywhere = web.answer_json(listing())

    [mention], _, _ = read_round(make(site, subreddits=("fietsen",)), brand=replace(ACME, handles=("@acme_support",)))

    assert (True, True) == (mention.answered_by_us, mention.own_channel)


def test_reading_goes_back_to_where_it_was_with_an_overlap(site: WebSite) -> None:
    source = make(site)
    site.everywhere = web.answer_json(listing(post(created_utc=ago(hours=10)), after="t3_a1"))
    first = source.fetch(ACME, "")
    site.everywhere = web.answer_json(listing(post("t3_b"), after="t3_b"))
    second = source.fetch(ACME, first.cursor)
    site.everywhere = web.answer_json(listing(post("t3_c", created_utc=ago(hours=12)), after="t3_c"))
    third = source.fetch(ACME, second.cursor)

    assert (False, True, False) == (first.more, second.more, third.more)
    assert [None, None, "t3_b"] == [query.get("after") for _, query in asked(site)]


def test_a_page_after_a_deleted_post_is_begun_anew_and_that_ends(site: WebSite) -> None:
    source = make(site)
    site.everywhere = web.answer_json(listing(post(created_utc=ago(hours=10))))
    cursor = source.fetch(ACME, "").cursor
    site.everywhere = web.answer_json(listing(post("t3_b"), after="t3_b"))
    cursor = source.fetch(ACME, cursor).cursor
    site.everywhere = web.answer_json(listing())
    batch = source.fetch(ACME, cursor)

    assert batch.more
    assert "page" not in json.loads(batch.cursor)
    for _ in range(30):
        site.everywhere = web.answer_json(listing(post("t3_b"), after="t3_b"))
        batch = source.fetch(ACME, batch.cursor)
        site.everywhere = web.answer_json(listing())
        batch = source.fetch(ACME, batch.cursor) if batch.more else batch
        if not batch.more:
            break
    assert not batch.more


def test_when_no_request_is_left_reading_goes_on_later(site: WebSite) -> None:
    limits = {"x_ratelimit_remaining": "0.0", "x_ratelimit_used": "100", "x_ratelimit_reset": "60"}
    site.everywhere = web.answer_json(listing(post()), 200, **limits)
    source = make(site)
    batch = source.fetch(ACME, "")

    with pytest.raises(RateLimited, match="asks us to wait"):
        source.fetch(ACME, batch.cursor)
    site.everywhere = web.answer_json({}, 429, **limits)
    with pytest.raises(RateLimited, match="429"):
        source.fetch(ACME, "")


def test_a_refusal_says_that_reddit_must_approve_the_app(site: WebSite) -> None:
    with pytest.raises(Rejected, match=r"REDDIT_CLIENT_ID and REDDIT_CLIENT_SECRET.*approved"):
        build("reddit").fetch(ACME, "")
    for status in (401, 403):
        site.everywhere = web.answer_json({}, status)
        with pytest.raises(Rejected, match=r"apps that Reddit approved \(L3\)"):
            make(site).fetch(ACME, "")
        site.pages[TOKEN] = web.answer_json({}, status)
        with pytest.raises(Rejected, match=r"apps that Reddit approved \(L3\)") as told:
            make(site, subreddits=("fietsen",)).fetch(ACME, "")
        assert SECRET not in str(told.value)
    site.pages[TOKEN] = web.answer_json({"error": "invalid_grant"})
    with pytest.raises(Rejected, match="does not accept our login"):
        make(site, WITH_USER).fetch(ACME, "")
    with pytest.raises(Rejected, match="https"):
        build("reddit", KEYS, api_url="http://reddit.example")


@pytest.mark.parametrize(
    "token", [{}, [], {"access_token": 5, "expires_in": "x", "scope": 1}, {"access_token": "a\nb", "expires_in": 1, "scope": ""}]
)
def test_a_login_that_answers_nonsense_is_tried_again(site: WebSite, token: Any) -> None:
    site.pages[TOKEN] = web.answer_json(token)
    with pytest.raises(Unavailable, match=r"^ours: "):
        make(site).fetch(ACME, "")


def test_terms_that_cannot_be_asked_for_are_told(site: WebSite) -> None:
    batch = make(site).fetch(replace(ACME, terms=(Term("x" * 600), Term("!!"))), "")

    assert "too long for Reddit's search" in batch.rejected[0].reason


def test_wrong_answers_end_in_one_of_the_three_errors(site: WebSite) -> None:
    source = make(site, subreddits=("fietsen",))
    answer = listing(comment(replies=listing(comment("t1_c2"))), post(link_author="x", removed_by_category=None), after="t3_a1")

    assert 200 < hold_against_wrong_answers(site, source, answer)


def test_hostile_sites_end_in_one_of_the_three_errors(site: WebSite) -> None:
    hold_against_hostile_sites(site, make(site))


@pytest.mark.parametrize(
    ("name", "path", "options"),
    [
        ("TestInbox.test_mention__refresh", "/message/mentions", {}),
        ("TestInbox.test_all", "/message/inbox/", {}),
        ("TestSubredditStreams.test_submissions", "/r/all/new", {}),
        ("TestFront.test_new", "/new", {}),
        ("TestComment.test_parent__chain", "/comments/6otocc/_/dkk4pqs", {}),
    ],
)
def test_recorded_answers_are_read_whole_cut_and_spoiled(site: WebSite, name: str, path: str, options: dict[str, Any]) -> None:
    exchanges = json.loads(recorded(f"recorded/reddit/{name}.json").read_text(encoding="utf-8"))["interactions"]
    bodies = [one["response"]["body"]["string"] for one in exchanges if urlsplit(one["request"]["uri"]).path == path]
    answer = json.loads(bodies[0])
    answer = answer[-1] if isinstance(answer, list) else answer
    children = answer["data"]["children"]
    public = [child for child in children if child["kind"] in ("t1", "t3")]
    site.everywhere = web.answer_json(answer)

    batch = make(site).fetch(BRAND, "")

    assert {mention.external_id for mention in batch.mentions} >= {
        child["data"]["name"]
        for child in public
        if "[" not in str(child["data"]["author"])
        and "[" not in child["data"].get("body", "")
        and child["data"].get("selftext", "")[:1] != "["
        and not child["data"].get("quarantine")
        and not child["data"].get("banned_by")
    }
    assert () == tuple(batch.rejected)
    answer["data"]["children"] = public[:1]
    assert 100 < hold_against_wrong_answers(site, make(site), answer)


def test_the_stand_in_is_read_with_its_pages_and_faults() -> None:
    if not STAND_IN.exists():
        pytest.skip(f"the stand-in for Reddit is not here: {STAND_IN} (set GRAPEVINE_SHARED)")
    with stand_in() as world:
        for n in range(230):
            written = (datetime.now(UTC) - timedelta(minutes=500 - n)).isoformat()
            kind = (
                {"kind": "comment", "parent_id": "zz9", "root_id": "zz9"} if n % 2 else {"kind": "post", "title": f"About acme bikes {n}"}
            )
            text = f"acme bikes {n}"
            world.control("post", platform="reddit", id=f"n{n}", subreddit="fietsen", author="jo", text=text, created_at=written, **kind)
        source: RedditSource = build("reddit", KEYS, (ACME,), api_url=world.url, allow_private=("127.0.0.1",), subreddits=("fietsen",))
        first, cursor, _ = read_round(source, brand=ACME)
        for n in range(230, 480):
            more = {"subreddit": "fietsen", "author": "jo", "kind": "comment", "parent_id": "zz9"}
            world.control("post", platform="reddit", id=f"n{n}", text=f"acme bikes {n}", **more)
        second, _, reasons = read_round(source, cursor, brand=ACME)

    assert (200, []) == (len(first), reasons)
    assert 250 <= len({mention.external_id for mention in second} - {mention.external_id for mention in first})
