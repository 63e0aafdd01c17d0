"""Apple's feed of reviews: stars in the text, pages back, countries in turn, and everything that may be wrong with it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from monitor.contracts import Unavailable
from monitor.domain import Author, Mention
from tests.builders import a_brand
from tests.fakes import web
from tests.fakes.web import WebSite
from tests.monitor.sources.proving import BRAND, build, hold_against_hostile_sites, hold_against_wrong_answers, read_round

START = datetime(2026, 3, 1, tzinfo=UTC)


def an_entry(number: int, days: float = 0, **changes: Any) -> dict[str, Any]:
    labels = {
        "id": str(number),
        "updated": (START + timedelta(days=days)).isoformat(),
        "title": "Slot",
        "content": "Gaat niet open",
        "im:rating": "1",
    }
    entry: dict[str, Any] = {name: {"label": value} for name, value in (labels | changes).items()}
    return entry | {"author": {"name": {"label": "jo"}, "uri": {"label": "https://itunes.apple.com/nl/reviews/id1"}}}


def a_feed(*entries: Any) -> dict[str, Any]:
    return {"feed": {"author": {}, "entry": list(entries), "updated": {"label": "x"}}}


def a_source(site: WebSite, **options: Any) -> Any:
    return build("appstore", **{"apps": ("id42",), "api_url": site.url(), "allow_private": ("127.0.0.1",)} | options)


class Store:
    """Plays the feed of one app in one country: ten pages of fifty."""

    def __init__(self, entries: list[dict[str, Any]]) -> None:
        self.entries = entries

    def __call__(self, stage: web.Stage) -> None:
        page = int(stage.request.target.partition("page=")[2].partition("/")[0])
        found = sorted(self.entries, key=lambda one: str(one["updated"]["label"]), reverse=True)[(page - 1) * 50 : page * 50]
        web.answer_json(a_feed(*found))(stage)


def test_a_review_becomes_a_mention_with_its_stars(site: WebSite) -> None:
    site.everywhere = web.answer_json(a_feed(an_entry(7, updated="2026-02-28T17:00:00-07:00")))

    (mention,) = a_source(site).fetch(BRAND, "").mentions

    assert mention == Mention(
        network="appstore",
        external_id="7",
        brand="waalfiets",
        author=Author("jo"),
        text="★☆☆☆☆ (1/5)\nSlot\nGaat niet open",
        url="https://apps.apple.com/nl/app/id42?see-all=reviews",
        posted_at=START,
        source="ours",
        own_channel=True,
        community="App Store NL",
    )


def test_each_app_is_asked_for_in_each_country(site: WebSite) -> None:
    site.everywhere = web.answer_json({"feed": {}})

    read_round(a_source(site, apps=("id42", "43", "no number"), countries=("NL", "gb", "everywhere")))

    places = [(country, app) for app in (42, 43) for country in ("nl", "gb")]
    assert [f"/{country}/rss/customerreviews/page=1/id={app}/sortby=mostrecent/json" for country, app in places] == [
        request.target for request in site.requests
    ]


def test_without_an_app_nothing_is_asked(site: WebSite) -> None:
    batch = a_source(site, apps=("none",)).fetch(BRAND, "")

    assert ([], False, []) == (list(batch.mentions), batch.more, site.requests)


def test_one_review_alone_and_the_app_itself_are_told_apart(site: WebSite) -> None:
    site.everywhere = web.answer_json({"feed": {"entry": an_entry(1)}})
    alone = a_source(site).fetch(BRAND, "")
    site.everywhere = web.answer_json(a_feed({"im:name": {"label": "Waalfiets"}, "id": {"label": "x"}}, an_entry(2)))
    with_app = a_source(site).fetch(BRAND, "")

    assert [["1"], ["2"]] == [[mention.external_id for mention in batch.mentions] for batch in (alone, with_app)]
    assert [] == list(with_app.rejected)


@pytest.mark.parametrize(("rating", "first"), [("5", "★★★★★ (5/5)"), ("0", "Slot"), ("many", "Slot")])
def test_a_rating_that_cannot_be_is_left_out(site: WebSite, rating: str, first: str) -> None:
    site.everywhere = web.answer_json(a_feed(an_entry(1, 0, **{"im:rating": rating})))

    assert first == a_source(site).fetch(BRAND, "").mentions[0].text.partition("\n")[0]


def test_stars_alone_are_no_text(site: WebSite) -> None:
    site.everywhere = web.answer_json(a_feed(an_entry(1, title="", content="")))

    batch = a_source(site).fetch(BRAND, "")

    assert ([], ["there is no text"]) == (list(batch.mentions), [row.reason for row in batch.rejected])


def test_of_several_brands_it_is_nobodys_app(site: WebSite) -> None:
    site.everywhere = web.answer_json(a_feed(an_entry(1)))
    source = build("appstore", None, (BRAND, a_brand(id="other")), apps=("42",), api_url=site.url(), allow_private=("127.0.0.1",))

    assert not source.fetch(BRAND, "").mentions[0].own_channel


def test_later_readings_go_back_to_where_it_was(site: WebSite) -> None:
    site.everywhere = store = Store([an_entry(n, -n) for n in range(60)])
    source = a_source(site)
    first, cursor, _ = read_round(source)
    store.entries += [an_entry(1_000 + n, n / 200) for n in range(1, 151)]

    mentions, _, reasons = read_round(source, cursor)

    assert (50, []) == (len(first), reasons)
    assert {str(1_000 + n) for n in range(1, 151)} <= {mention.external_id for mention in mentions}


def test_more_than_the_feed_holds_is_told(site: WebSite) -> None:
    site.everywhere = store = Store([an_entry(0, -9)])
    source = a_source(site)
    _, cursor, _ = read_round(source)
    store.entries += [an_entry(n, n / 2_000) for n in range(1, 700)]

    mentions, _, reasons = read_round(source, cursor)

    assert (500, ["more reviews of app 42 came in nl than the feed holds, and the older ones are not read"]) == (len(mentions), reasons)


@pytest.mark.parametrize("body", ["", "null", "[]", "{}", '{"feed": []}', "<html>", "[" * 100_000])
def test_an_answer_that_is_no_feed_may_pass(site: WebSite, body: str) -> None:
    site.everywhere = web.answer(body)

    with pytest.raises(Unavailable, match=r"^ours: http://127"):
        a_source(site).fetch(BRAND, "")


def test_an_answer_cut_or_spoiled_anywhere_is_an_error_or_a_batch(site: WebSite) -> None:
    assert hold_against_wrong_answers(site, a_source(site), a_feed(an_entry(1), an_entry(2))) > 150


def test_hostile_sites_are_answered_by_the_three_errors(site: WebSite) -> None:
    hold_against_hostile_sites(site, a_source(site))


def test_a_review_is_given_as_it_stands_now_each_time_it_comes(site: WebSite) -> None:
    site.everywhere = web.answer_json(a_feed(an_entry(1)))
    batch = a_source(site).fetch(BRAND, "")

    assert list(batch.mentions) == list(batch.restated)
    assert 1 == len(batch.mentions)
