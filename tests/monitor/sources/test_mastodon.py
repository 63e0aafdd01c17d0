"""A Mastodon server: recorded answers through the real client, opt-outs obeyed, and reading back without a gap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.contracts import RateLimited, Rejected, Unavailable
from monitor.domain import Author, Mention
from monitor.sources.turns import MAX_PAGES
from tests.builders import a_brand
from tests.fakes import web
from tests.fakes.web import WebSite
from tests.monitor.sources.proving import BRAND, build, read_round

TOKEN = "hidden-token"
START = int(datetime(2026, 3, 1, tzinfo=UTC).timestamp())


def an_id(second: int) -> str:
    return str((START + second) * 1_000 << 16)


def an_account(acct: str = "jo@elsewhere.example", **changes: Any) -> dict[str, Any]:
    server = acct.partition("@")[2] or "home.example"
    account = {"id": f"id of {acct}", "acct": acct, "username": acct.partition("@")[0], "display_name": "Jo", "note": ""}
    return account | {"url": f"https://{server}/@{acct.partition('@')[0]}", "noindex": False} | changes


def a_status(second: int = 0, content: str = "<p>Mijn waalfiets staat stil</p>", **changes: Any) -> dict[str, Any]:
    status = {
        "id": an_id(second),
        "uri": f"https://elsewhere.example/users/jo/statuses/{second}",
        "url": f"https://elsewhere.example/@jo/{second}",
        "created_at": datetime.fromtimestamp(START + second, UTC).isoformat(),
        "visibility": "public",
        "language": "nl",
        "spoiler_text": "",
        "content": content,
        "account": an_account(),
        "mentions": [],
        "tags": [{"name": "waalfiets", "url": ""}],
        "in_reply_to_id": None,
        "in_reply_to_account_id": None,
        "reblog": None,
    }
    return status | changes


class Server:
    """Plays a Mastodon server over a list of statuses, with the real one's order, page size and max_id."""

    def __init__(self, statuses: Sequence[dict[str, Any]], notifications: Sequence[dict[str, Any]] = (), most: int = 40) -> None:
        self.statuses = list(statuses)
        self.notifications = list(notifications)
        self.most = most
        self.asked: list[tuple[str, dict[str, list[str]]]] = []

    def __call__(self, stage: web.Stage) -> None:
        place = urlsplit(stage.request.target)
        query = parse_qs(place.query)
        self.asked.append((place.path, query))
        found = self.notifications if place.path.endswith("/notifications") else self.statuses
        before = int(query.get("max_id", ["9" * 30])[0])
        page = sorted((one for one in found if int(one["id"]) < before), key=lambda one: -int(one["id"]))[: self.most]
        web.answer_json({"statuses": page, "accounts": [], "hashtags": []} if place.path == "/api/v2/search" else page)(stage)


def a_source(site: WebSite, token: str = "", **options: Any) -> Any:
    environment = {"MASTODON_READ_TOKEN": token} if token else {}
    return build("mastodon", environment, api_url=site.url(), allow_private=("127.0.0.1",), **options)


def seconds(mentions: Sequence[Mention]) -> list[int]:
    return [int(mention.external_id.rpartition("/")[2]) for mention in mentions]


def test_a_status_becomes_a_mention(site: WebSite) -> None:
    content = '<p>Slot van <a href="https://home.example/tags/waalfiets">#<span>waalfiets</span></a> klemt.<br>Weer.</p><p>Hoe nu?</p>'
    site.everywhere = Server([a_status(5, content, spoiler_text="fiets")])

    (mention,) = a_source(site).fetch(BRAND, "").mentions

    assert mention == Mention(
        network="mastodon",
        external_id="https://elsewhere.example/users/jo/statuses/5",
        brand="waalfiets",
        author=Author("@jo@elsewhere.example", "Jo"),
        text="fiets\nSlot van #waalfiets klemt.\nWeer.\n\nHoe nu?",
        url="https://elsewhere.example/@jo/5",
        posted_at=datetime(2026, 3, 1, 0, 0, 5, tzinfo=UTC),
        source="ours",
        language_hint="nl",
        community="#waalfiets",
    )


def test_without_a_token_only_tags_are_read(site: WebSite) -> None:
    site.everywhere = server = Server([])
    brand = a_brand(terms=["Waalfiets*", "de Waal-fiets app", "2026"], hashtags=("#Waalfiets", "#HelpWaalfiets"))

    read_round(a_source(site, tags=("#nijmegen",)), brand=brand)

    names = ["waalfiets", "helpwaalfiets", "nijmegen", "dewaalfietsapp"]
    assert [f"/api/v1/timelines/tag/{name}" for name in names] == [path for path, _ in server.asked]
    assert all("authorization" not in request.headers for request in site.requests)


def test_with_a_token_notifications_come_first_and_search_last(site: WebSite) -> None:
    site.everywhere = server = Server([])

    read_round(a_source(site, TOKEN))

    assert ["/api/v1/notifications", "/api/v1/timelines/tag/waalfiets", "/api/v2/search"] == [path for path, _ in server.asked]
    assert {"types[]": ["mention", "quote"], "limit": ["40"]} == server.asked[0][1]
    assert {"q": ['"waalfiets"'], "type": ["statuses"], "limit": ["40"]} == server.asked[2][1]
    assert {f"Bearer {TOKEN}"} == {request.headers["authorization"] for request in site.requests}


def test_a_brand_without_a_name_asks_nothing(site: WebSite) -> None:
    batch = a_source(site).fetch(replace(BRAND, terms=(), hashtags=()), "")

    assert ([], False, []) == (list(batch.mentions), batch.more, site.requests)


def test_who_speaks_to_us_is_seen(site: WebSite) -> None:
    us = {"id": "1", "acct": "waalfiets", "username": "waalfiets", "url": "https://home.example/@waalfiets"}
    other = {"id": "2", "acct": "waalfiets@fans.example", "username": "waalfiets", "url": "https://fans.example/@waalfiets"}
    site.everywhere = Server(
        [
            a_status(1, mentions=[us]),
            a_status(2, mentions=[us], in_reply_to_id="77", in_reply_to_account_id="1"),
            a_status(3, mentions=[other], in_reply_to_id=an_id(1), in_reply_to_account_id="2"),
        ]
    )

    mentions = a_source(site).fetch(BRAND, "").mentions

    assert [(3, False, False), (2, True, True), (1, True, False)] == [
        (second, mention.mentions_us, mention.own_channel) for second, mention in zip(seconds(mentions), mentions, strict=True)
    ]
    assert ["https://elsewhere.example/users/jo/statuses/1", site.url("/api/v1/statuses/77"), ""] == [one.parent_id for one in mentions]


def test_a_notification_is_about_us_where_the_account_is_one_brands(site: WebSite) -> None:
    told = {"id": "9", "type": "quote", "created_at": "2026-03-01T00:00:00Z", "account": an_account(), "status": a_status(1, "<p>Kijk</p>")}
    site.everywhere = Server([], [told])
    shared = build(
        "mastodon",
        {"MASTODON_READ_TOKEN": TOKEN},
        (BRAND, a_brand(id="other")),
        api_url=site.url(),
        allow_private=("127.0.0.1",),
    )

    assert [True] == [mention.mentions_us for mention in a_source(site, TOKEN).fetch(BRAND, "").mentions]
    assert [False] == [mention.mentions_us for mention in shared.fetch(BRAND, "").mentions]


@pytest.mark.parametrize(
    "changes",
    [
        {"visibility": "private"},
        {"visibility": "direct"},
        {"visibility": None},
        {"account": an_account(noindex=True)},
        {"account": an_account(note="<p>Ik fiets. <a href='x'>#<span>nobot</span></a></p>")},
        {"account": an_account(note="#NoBots")},
        {"account": an_account(note="#noindex")},
    ],
)
def test_what_is_not_public_or_not_for_programs_leaves_no_trace(site: WebSite, changes: dict[str, Any]) -> None:
    site.everywhere = Server([a_status(1, **changes), a_status(2)])

    batch = a_source(site).fetch(BRAND, "")

    assert ([2], []) == (seconds(batch.mentions), list(batch.rejected))


def test_who_wants_no_programs_and_speaks_to_us_is_heard(site: WebSite) -> None:
    us = {"id": "1", "acct": "waalfiets", "username": "waalfiets", "url": "https://home.example/@waalfiets"}
    site.everywhere = Server([a_status(1, account=an_account(noindex=True), mentions=[us], visibility="unlisted")])

    assert [1] == seconds(a_source(site).fetch(BRAND, "").mentions)


def test_nobottle_is_no_wish(site: WebSite) -> None:
    site.everywhere = Server([a_status(1, account=an_account(note="#nobottle"))])

    assert [1] == seconds(a_source(site).fetch(BRAND, "").mentions)


def test_our_own_status_is_no_mention_and_tells_that_its_parent_was_answered(site: WebSite) -> None:
    ours = an_account("waalfiets", url="https://home.example/@waalfiets")
    site.everywhere = Server([a_status(1), a_status(2), a_status(3, account=ours, in_reply_to_id=an_id(1))])

    mentions = a_source(site).fetch(BRAND, "").mentions

    assert {2: False, 1: True} == dict(zip(seconds(mentions), [mention.answered_by_us for mention in mentions], strict=True))


def test_a_boost_is_what_it_boosts_once(site: WebSite) -> None:
    site.everywhere = Server([a_status(1), a_status(2, "", reblog=a_status(1))])

    assert [1] == seconds(a_source(site).fetch(BRAND, "").mentions)


def test_a_hashtag_under_which_we_never_answer_is_the_community(site: WebSite) -> None:
    site.everywhere = Server([a_status(1, tags=[{"name": "waalfiets"}, {"name": "Rouw"}])])

    (mention,) = a_source(site).fetch(replace(BRAND, blocked_communities=("#rouw",)), "").mentions

    assert "#rouw" == mention.community


def test_a_handle_has_its_server(site: WebSite) -> None:
    accounts = [
        an_account("jo", url="https://home.example/@jo"),
        an_account("jo", url=""),
        an_account("jo", url="https://[broken"),
        an_account("@jo@far.example"),
    ]
    site.everywhere = Server([a_status(n, account=account) for n, account in enumerate(accounts)])

    handles = [mention.author.handle for mention in a_source(site).fetch(BRAND, "").mentions]

    assert ["@jo@far.example", f"@jo@{site.host}", f"@jo@{site.host}", "@jo@home.example"] == handles


def test_the_first_reading_takes_the_newest_page_only(site: WebSite) -> None:
    site.everywhere = Server([a_status(n) for n in range(100)])

    assert list(range(99, 59, -1)) == seconds(read_round(a_source(site))[0])


@given(data=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_arrives_between_readings_is_read(site: WebSite, data: st.DataObject) -> None:
    site.everywhere = server = Server([a_status(0)], most=data.draw(st.integers(3, 30)))
    source = a_source(site)
    _, cursor, _ = read_round(source)
    second, read = 0, set()
    for _ in range(data.draw(st.integers(1, 3))):
        for _ in range(data.draw(st.integers(0, 25))):
            second += data.draw(st.integers(1, 5_000))
            server.statuses.append(a_status(second))
        mentions, cursor, reasons = read_round(source, cursor)
        read |= set(seconds(mentions))

        assert [] == reasons
    assert {int(status["uri"].rpartition("/")[2]) for status in server.statuses} == read | {0}


def test_notifications_and_search_go_back_to_where_they_were_too(site: WebSite) -> None:
    def told(n: int) -> dict[str, Any]:
        return {"id": str(n + 1), "type": "mention", "status": a_status(50_000 + n)}

    site.everywhere = server = Server([a_status(0)], [told(0)])
    source = a_source(site, TOKEN)
    brand = replace(BRAND, hashtags=())
    _, cursor, _ = read_round(source, brand=brand)
    server.notifications += [told(n) for n in range(1, 100)]
    server.statuses += [a_status(n) for n in range(1, 100)]
    site.pages["/api/v1/timelines/tag/waalfiets"] = web.answer_json([])

    mentions, _, reasons = read_round(source, cursor, brand)

    assert [] == reasons
    assert {*range(100), *range(50_001, 50_100)} <= set(seconds(mentions))
    assert 5 == [path for path, _ in server.asked].count("/api/v2/search")


def test_a_status_from_elsewhere_that_comes_late_is_still_read(site: WebSite) -> None:
    site.everywhere = server = Server([a_status(10_000)])
    source = a_source(site)
    _, cursor, _ = read_round(source)
    server.statuses.append(a_status(10_000 - 3_500))

    assert {10_000, 6_500} == set(seconds(read_round(source, cursor)[0]))


def test_a_flood_ends_and_is_told(site: WebSite) -> None:
    site.everywhere = server = Server([a_status(0)], most=10)
    source = a_source(site)
    _, cursor, _ = read_round(source)
    server.statuses += [a_status(n) for n in range(1, 1_000)]

    mentions, _, reasons = read_round(source, cursor)

    assert [f"more than {MAX_PAGES} pages came since the last reading, and the older ones are not read"] == reasons
    assert 10 * MAX_PAGES == len(mentions)


def test_a_server_that_says_the_same_page_for_ever_ends(site: WebSite) -> None:
    page = web.answer_json([a_status(9_000), a_status(8_000)])
    site.everywhere = web.in_turn(web.answer_json([a_status(1)]), page)
    source = a_source(site)
    _, cursor, _ = read_round(source)

    assert 4 == len(read_round(source, cursor)[0])


def test_a_server_without_search_is_read_without_it(site: WebSite) -> None:
    site.everywhere = Server([a_status(1)])
    site.pages["/api/v2/search"] = web.answer_json({"error": "no"}, 403)

    mentions, cursor, reasons = read_round(a_source(site, TOKEN))

    assert [1] == seconds(mentions)
    assert 1 == len(reasons)
    assert reasons[0].startswith("its search is not for us, and is left out: ours: ")
    assert TOKEN not in cursor


@pytest.mark.parametrize(("status", "told"), [(401, "MASTODON_READ_TOKEN"), (404, "no Mastodon server"), (422, "accounts of its own")])
def test_a_refusal_says_what_to_do(site: WebSite, status: int, told: str) -> None:
    site.everywhere = web.answer_json({"error": "no"}, status)

    with pytest.raises(Rejected, match=rf"^ours: .*{told}"):
        a_source(site).fetch(BRAND, "")


def test_the_servers_own_counter_says_when_to_come_back(site: WebSite) -> None:
    site.everywhere = web.answer_json({"error": "Throttled"}, 429, x_ratelimit_reset="2099-01-01T00:00:00.9Z", x_ratelimit_remaining="0")

    with pytest.raises(RateLimited, match=r"^ours: .* answered 429: it asks us to wait until 20"):
        a_source(site).fetch(BRAND, "")


@pytest.mark.parametrize("body", ["", "null", "{}", '"x"', "<html>", "[" * 100_000, '{"error": "nope"}'])
def test_an_answer_that_is_no_list_may_pass(site: WebSite, body: str) -> None:
    site.everywhere = web.answer(body)

    with pytest.raises(Unavailable, match=r"^ours: http://127"):
        a_source(site).fetch(BRAND, "")


def test_a_token_goes_over_no_open_line(site: WebSite) -> None:
    with pytest.raises(Rejected, match=r"^ours: api_url must begin with https://") as caught:
        build("mastodon", {"MASTODON_READ_TOKEN": TOKEN}, api_url="http://mastodon.example")

    assert TOKEN not in str(caught.value)


def test_a_token_of_another_name_is_taken(site: WebSite) -> None:
    site.everywhere = Server([])
    source = build("mastodon", {"OUR_OTHER_SERVER": TOKEN}, api_url=site.url(), token_name="OUR_OTHER_SERVER", allow_private=("127.0.0.1",))

    source.fetch(BRAND, "")

    assert f"Bearer {TOKEN}" == site.requests[0].headers["authorization"]
