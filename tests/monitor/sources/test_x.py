"""X: what is asked, what becomes of the answers, what they cost, and that nothing is skipped, paid twice or told that is secret."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from monitor.contracts import Batch, RateLimited, Rejected, Thrifty, Unavailable
from monitor.domain import Term
from monitor.sources.questions import split
from monitor.sources.tweets import number_at
from monitor.sources.web import Reader
from monitor.sources.x import LONGEST_QUERY, XSource, make_client
from tests.builders import NOW, a_brand
from tests.fakes import replay, web
from tests.fakes.web import WebSite
from tests.monitor.sources.proving import BRAND, build, hold_against_hostile_sites, hold_against_wrong_answers, read_round
from tests.monitor.sources.recorded import recorded

SECRET = "aaaa-bearer-token"
ACME = a_brand(id="acme", name="Acme", terms=(Term("acme bikes"),), handles=("@acme",), hashtags=("#acmebikes",))


def at(**ago: float) -> str:
    return str(number_at(NOW - timedelta(**ago)) + 7)


def post(number: str, text: str = "acme bikes are late", **more: Any) -> dict[str, Any]:
    return {"id": number, "text": text, "author_id": "77", "created_at": NOW.isoformat(), "lang": "en", **more}


def page(*posts: dict[str, Any], token: str = "", **includes: Any) -> dict[str, Any]:
    meta = {"result_count": len(posts)} | ({"next_token": token} if token else {})
    return ({"data": list(posts)} if posts else {}) | {"meta": meta} | ({"includes": includes} if includes else {})


def make(site: WebSite, *, now: datetime = NOW, **more: Any) -> XSource:
    reader = Reader("ours", now=lambda: now, allow_private=("127.0.0.1",))
    return XSource("ours", make_client(site.url().rstrip("/"), SECRET, reader), now=lambda: now, api_url=site.url().rstrip("/"), **more)


def asked(site: WebSite) -> list[dict[str, str]]:
    return [{name: values[0] for name, values in parse_qs(urlsplit(one.target).query).items()} for one in site.requests]


def test_a_search_becomes_mentions_with_their_price(site: WebSite) -> None:
    site.everywhere = web.answer_json(page(post(at(hours=1)), post(at(hours=2), "&lt;b&gt; acme bikes &amp;co")))

    batch = make(site).fetch(ACME, "")

    assert [("x", at(hours=1), "77", f"https://x.com/i/status/{at(hours=1)}")] == [
        (one.network, one.external_id, one.author.handle, one.url) for one in batch.mentions[:1]
    ]
    assert "<b> acme bikes &co" == batch.mentions[1].text
    assert batch.cost is not None
    assert ("usd", Decimal("0.010")) == (batch.cost.unit, sum(batch.cost.charged.values()))
    [query] = [one["query"] for one in asked(site)]
    assert "(@acme) -is:retweet -from:acme" == query


def test_our_account_is_looked_up_once_and_its_mentions_come_before_the_search(site: WebSite) -> None:
    site.pages["/2/users/by/username/acme"] = web.answer_json({"data": {"id": "1000001", "username": "acme"}})
    users = [{"id": "77", "username": "jo", "name": "Jo"}]
    site.pages["/2/users/1000001/mentions"] = web.answer_json(page(post(at(hours=1), "hi @acme"), users=users))
    site.pages["/2/tweets/search/recent"] = web.answer_json(page(post(at(hours=2))))
    source = make(site, account="@acme")

    mentions, cursor, reasons = read_round(source, brand=ACME)
    read_round(source, cursor, brand=ACME)

    assert [] == reasons
    assert [("jo", "Jo"), ("77", "")] == [(one.author.handle, one.author.name) for one in mentions]
    paths = [urlsplit(one.target).path for one in site.requests]
    assert 1 == paths.count("/2/users/by/username/acme")
    assert ["mentions", "recent", "mentions", "recent"] == [path.rsplit("/", 1)[1] for path in paths[1:]]


def test_an_account_that_x_does_not_know_is_told(site: WebSite) -> None:
    site.everywhere = web.answer_json({"errors": [{"title": "Not Found Error"}]})
    with pytest.raises(Rejected, match="ours: X knows no account @acme"):
        make(site, account="acme").fetch(ACME, "")
    site.everywhere = web.answer_json({"data": {"id": "me"}})
    with pytest.raises(Unavailable, match="which number"):
        make(site, account="acme").fetch(ACME, "")


@pytest.mark.parametrize(
    ("more", "beside"),
    [
        ({"entities": {"mentions": [{"username": "ACME", "id": "5"}]}}, []),
        ({"referenced_tweets": [{"type": "quoted", "id": "9"}]}, [{"id": "9", "author_id": "1000001"}]),
        (
            {"referenced_tweets": [{"type": "quoted", "id": "9"}], "entities": {"urls": [{"expanded_url": "https://x.com/Acme/status/9"}]}},
            [],
        ),
    ],
)
def test_who_mentions_or_quotes_us_is_seen(site: WebSite, more: dict[str, Any], beside: list[Any]) -> None:
    site.pages["/2/users/by/username/acme"] = web.answer_json({"data": {"id": "1000001"}})
    site.everywhere = web.answer_json(page(post(at(hours=1), **more), tweets=beside))
    source = make(site, account="acme")

    mentions, _, _ = read_round(source, brand=ACME)

    assert mentions[0].mentions_us


def test_an_answer_to_us_is_on_our_channel_and_one_to_others_names_its_parent(site: WebSite) -> None:
    site.pages["/2/users/by/username/acme"] = web.answer_json({"data": {"id": "1000001"}})
    told: dict[str, Any] = {"in_reply_to_user_id": "1000001", "referenced_tweets": [{"type": "replied_to", "id": "12"}], "lang": "in"}
    site.everywhere = web.answer_json(page(post(at(hours=1), **told)))

    [mention, *_], _, _ = read_round(make(site, account="acme"), brand=ACME)

    assert (True, False, "12", "id") == (mention.own_channel, mention.mentions_us, mention.parent_id, mention.language_hint)


def test_a_long_post_is_read_whole(site: WebSite) -> None:
    site.everywhere = web.answer_json(page(post(at(hours=1), note_tweet={"text": "acme bikes " + "long " * 100})))

    assert 500 < len(make(site).fetch(ACME, "").mentions[0].text)


def test_reading_goes_on_page_by_page_back_to_what_was_read(site: WebSite) -> None:
    brand = replace(ACME, handles=(), hashtags=())
    source = make(site)
    site.everywhere = web.answer_json(page(post(at(hours=5)), token="more"))
    first = source.fetch(brand, "")
    site.everywhere = web.answer_json(page(post(at(hours=1)), post(at(hours=2)), token="more"))
    second = source.fetch(brand, first.cursor)
    site.everywhere = web.answer_json(page(post(at(hours=3))))
    third = source.fetch(brand, second.cursor)

    assert (False, True, False) == (first.more, second.more, third.more)
    since = str(number_at(NOW - timedelta(hours=5, minutes=2)) + 7)
    assert [{}, {"since_id": since}, {"since_id": since, "until_id": at(hours=2)}] == [
        {name: one[name] for name in ("since_id", "until_id") if name in one} for one in asked(site)
    ]
    source.fetch(brand, third.cursor)
    assert str(number_at(NOW - timedelta(hours=1, minutes=2)) + 7) == asked(site)[-1]["since_id"]


def test_a_mark_older_than_seven_days_is_asked_from_the_edge_and_the_gap_is_told(site: WebSite) -> None:
    brand = replace(ACME, handles=(), hashtags=())
    site.everywhere = web.answer_json(page(post(str(number_at(NOW)))))
    cursor = make(site).fetch(brand, "").cursor

    batch = make(site, now=NOW + timedelta(days=9)).fetch(brand, cursor)

    assert str(number_at(NOW + timedelta(days=2, minutes=10))) == asked(site)[-1]["since_id"]
    assert "goes back 7 days" in batch.rejected[0].reason


def test_a_quiet_brand_never_falls_off_the_edge(site: WebSite) -> None:
    brand = replace(ACME, handles=(), hashtags=())
    site.everywhere = web.answer_json(page(post(str(number_at(NOW)))))
    cursor = make(site).fetch(brand, "").cursor
    site.everywhere = web.answer_json(page())
    for day in range(1, 20):
        batch = make(site, now=NOW + timedelta(days=day)).fetch(brand, cursor)
        cursor = batch.cursor

        assert () == tuple(batch.rejected)


def test_an_id_from_the_future_does_not_silence_the_source(site: WebSite) -> None:
    site.everywhere = web.answer_json(page(post(str(number_at(NOW + timedelta(days=900))))))

    cursor = make(site).fetch(ACME, "").cursor

    assert "since" not in json.loads(cursor)


def test_when_no_request_is_left_reading_goes_on_later(site: WebSite) -> None:
    reset = NOW + timedelta(minutes=10)
    limits = {"x_rate_limit_remaining": "0", "x_rate_limit_reset": str(int(reset.timestamp()))}
    site.everywhere = web.answer_json(page(post(at(hours=1))), 200, **limits)
    batch = make(site).fetch(ACME, "")

    assert (1, False) == (len(batch.mentions), batch.more)
    with pytest.raises(RateLimited) as told:
        make(site).fetch(ACME, batch.cursor)
    assert reset == told.value.retry_at
    site.everywhere = web.answer_json({"title": "Too Many Requests"}, 429, **limits)
    with pytest.raises(RateLimited) as told:
        make(site).fetch(ACME, "")
    assert reset == told.value.retry_at


def test_with_less_money_only_what_is_said_to_us_is_read_and_nothing_is_forgotten(site: WebSite) -> None:
    site.pages["/2/users/by/username/acme"] = web.answer_json({"data": {"id": "1000001"}})
    site.everywhere = web.answer_json(page(post(at(hours=1))))
    source = make(site, account="acme")
    _, cursor, _ = read_round(source, brand=ACME)
    thrifty = source.only_to_us()
    site.requests.clear()

    _, after, _ = read_round(thrifty, cursor, brand=ACME)

    assert isinstance(source, Thrifty)
    assert ["/2/users/1000001/mentions"] == [urlsplit(one.target).path for one in site.requests]
    assert json.loads(cursor)["since"] == json.loads(after)["since"]


def test_many_terms_are_asked_in_questions_that_x_takes(site: WebSite) -> None:
    terms = tuple(Term(f"acme product number {n}") for n in range(100))
    brand = replace(ACME, terms=(*terms, Term("x" * 600), Term("!!")))
    site.everywhere = web.answer_json(page())

    _, _, reasons = read_round(make(site), brand=brand)

    queries = [one["query"] for one in asked(site)]
    assert all(len(query) <= LONGEST_QUERY for query in queries)
    assert all(any(f'"acme product number {n}"' in query for query in queries) for n in range(100))
    assert all("too long for X's search" in reason for reason in reasons)
    assert reasons


def test_words_are_split_without_loss() -> None:
    assert (["(a OR b)", "(ccc)"], ["dddddddd"]) == split(["a", "b", "ccc", "dddddddd", "a"], 8)


def test_a_brand_that_cannot_be_asked_for_is_read_as_nothing(site: WebSite) -> None:
    batch = make(site).fetch(replace(ACME, terms=(Term("!!"),), handles=("@far@away.example",), hashtags=("#",)), "")

    assert ([], []) == (list(batch.mentions), site.requests)


def test_it_needs_a_key_and_keeps_it_safe(site: WebSite) -> None:
    with pytest.raises(Rejected, match="X_BEARER_TOKEN"):
        build("x", {}).fetch(ACME, "")
    with pytest.raises(Rejected, match="https"):
        build("x", {"X_BEARER_TOKEN": SECRET}, api_url="http://x.example")
    source = build("x", {"X_BEARER_TOKEN": SECRET}, api_url=site.url(), allow_private=("127.0.0.1",))
    for status, words in ((401, "X_BEARER_TOKEN"), (402, "credits"), (403, "project")):
        site.everywhere = web.answer_json({"title": "no"}, status)
        with pytest.raises(Rejected, match=words) as told:
            source.fetch(ACME, "")
        assert SECRET not in str(told.value)
    assert f"Bearer {SECRET}" == site.requests[-1].headers["authorization"]


@pytest.mark.parametrize(
    "answer",
    [{"title": "Error", "detail": "something broke"}, {"data": {"id": "1"}}, page(token="more"), page(post("x"), token="more")],
)
def test_an_answer_that_is_none_is_tried_again(site: WebSite, answer: Any) -> None:
    site.everywhere = web.answer_json(answer)
    with pytest.raises(Unavailable, match=r"^ours: "):
        make(site).fetch(ACME, "")


def test_wrong_answers_end_in_one_of_the_three_errors(site: WebSite) -> None:
    more: dict[str, Any] = {
        "entities": {"mentions": [{"username": "acme", "id": "1"}], "urls": [{"expanded_url": "https://x.com/acme/status/1"}]},
        "referenced_tweets": [{"type": "quoted", "id": "9"}],
        "note_tweet": {"text": "acme bikes"},
        "in_reply_to_user_id": "3",
    }
    answer = page(post(at(hours=1), **more), token="t", users=[{"id": "77", "username": "jo", "name": "Jo"}], tweets=[post(at(hours=9))])

    assert 300 < hold_against_wrong_answers(site, make(site, authors=True), answer)


def test_hostile_sites_end_in_one_of_the_three_errors(site: WebSite) -> None:
    hold_against_hostile_sites(site, make(site))


def test_a_recorded_search_is_read_and_spoiled_at_each_place(site: WebSite) -> None:
    [exchange] = replay.load(recorded("recorded/x/test_asyncclient_search_recent_tweets.yaml"))
    source = make(site)
    # It was recorded without a writer and a time; X gives them when they are asked for, which is all that is added here.
    answer = exchange.json
    bare = replay.Replay([exchange])
    site.everywhere = bare
    batch = source.fetch(BRAND, "")

    assert isinstance(batch, Batch)
    assert len(answer["data"]) == len(batch.rejected)
    answer["data"] = [entry | {"author_id": "77", "created_at": "2022-10-07T22:58:40.000Z"} for entry in answer["data"]]
    site.everywhere = web.answer_json(answer)
    mentions = make(site).fetch(BRAND, "").mentions
    assert {entry["id"] for entry in answer["data"]} == {mention.external_id for mention in mentions}
    assert 100 < hold_against_wrong_answers(site, source, answer)
