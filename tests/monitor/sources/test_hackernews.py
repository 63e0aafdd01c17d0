"""Hacker News through its search service: recorded answers, half answers, wrong types, and reading back without a gap."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.contracts import Batch, Rejected, Unavailable
from monitor.domain import Author, Mention, Term
from monitor.settings import Settings, SourceSettings
from monitor.sources.hackernews import MAX_PAGES, OVERLAP, PAGE, HackerNewsSource, _Cursor, _mention
from monitor.sources.web import Reader
from tests.builders import NOW, a_brand
from tests.fakes import web
from tests.fakes.web import WebSite
from tests.monitor.sources.recorded import recorded

MakeReader = Callable[..., Reader]
BRAND = a_brand()
START = int(datetime(2026, 3, 1, tzinfo=UTC).timestamp())


def a_hit(number: int, moment: int = START, **changes: Any) -> dict[str, Any]:
    comment = {"title": None, "story_text": None, "comment_text": f"<p>text {number}", "parent_id": 1, "author": "pg"}
    return comment | {"objectID": str(number), "created_at_i": moment, "created_at": "unused"} | changes


class Service:
    """Plays the search service over a list of hits, with the real one's filters, order and page size."""

    def __init__(self, hits: Sequence[dict[str, Any]], most: int = 1_000) -> None:
        self.hits = list(hits)
        self.most = most
        self.asked: list[dict[str, str]] = []

    def __call__(self, stage: web.Stage) -> None:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(stage.request.target).query).items()}
        self.asked.append(asked)
        found = self.hits
        for wish in filter(None, asked.get("numericFilters", "").split(",")):
            name, sign, bound = wish.partition("<=" if "<=" in wish else ">")
            assert name == "created_at_i"
            found = [hit for hit in found if (hit["created_at_i"] <= int(bound) if sign == "<=" else hit["created_at_i"] > int(bound))]
        found = sorted(found, key=lambda hit: -int(hit["created_at_i"]))
        page = found[: min(self.most, int(asked["hitsPerPage"]))]
        web.answer_json({"hits": page, "nbHits": len(found), "page": 0})(stage)


@pytest.fixture
def source(site: WebSite, make_reader: MakeReader) -> HackerNewsSource:
    return HackerNewsSource("hn", make_reader(), site.url("/api/v1/"))


def read_round(source: HackerNewsSource, cursor: str = "", brand: Any = BRAND) -> tuple[list[Mention], str, list[str]]:
    mentions: list[Mention] = []
    reasons: list[str] = []
    for _ in range(100):
        batch = source.fetch(brand, cursor)
        mentions += batch.mentions
        reasons += [row.reason for row in batch.rejected]
        cursor = batch.cursor
        if not batch.more:
            return mentions, cursor, reasons
    raise AssertionError("it never ends")


def numbers(mentions: Sequence[Mention]) -> list[int]:
    return [int(mention.external_id) for mention in mentions]


def test_a_comment_becomes_a_mention(site: WebSite, source: HackerNewsSource) -> None:
    site.everywhere = web.answer_json(
        {"hits": [a_hit(7, comment_text='It isn&#x27;t <i>bad</i>.<p>At all: <a href="x">y</a>', parent_id=5)], "nbHits": 1}
    )

    (mention,) = source.fetch(BRAND, "").mentions

    assert mention == Mention(
        network="hackernews",
        external_id="7",
        brand="waalfiets",
        author=Author("pg"),
        text="It isn't bad.\n\nAt all: y",
        url="https://news.ycombinator.com/item?id=7",
        posted_at=datetime(2026, 3, 1, tzinfo=UTC),
        source="hn",
        language_hint="en",
        parent_id="5",
    )


def test_a_story_is_its_title_and_its_text(site: WebSite, source: HackerNewsSource) -> None:
    hits = [
        a_hit(1, title="Ask HN: a <b>?", story_text="Why<p>so", comment_text=None, parent_id=None),
        a_hit(2, title="A link", story_text="", comment_text=None, parent_id=None),
    ]
    site.everywhere = web.answer_json({"hits": hits, "nbHits": 2})

    mentions = source.fetch(BRAND, "").mentions

    assert [("Ask HN: a <b>?\n\nWhy\n\nso", ""), ("A link", "")] == [(mention.text, mention.parent_id) for mention in mentions]


def test_each_term_is_asked_for_as_a_phrase_once(site: WebSite, source: HackerNewsSource) -> None:
    site.everywhere = service = Service([])
    brand = replace(BRAND, terms=(Term("Waalfiets"), Term('WAALFIETS "app"'), Term("waalfiets"), Term('""')))

    read_round(source, brand=brand)

    assert ['"waalfiets"', '"waalfiets app"'] == [asked["query"] for asked in service.asked]
    assert {"query": '"waalfiets"', "tags": "(story,comment)", "hitsPerPage": str(PAGE)} == service.asked[0]
    assert site.requests[0].target.startswith("/api/v1/search_by_date?")


def test_a_brand_without_terms_asks_nothing(site: WebSite, source: HackerNewsSource) -> None:
    batch = source.fetch(replace(BRAND, terms=()), "")

    assert ([], False, []) == (list(batch.mentions), batch.more, site.requests)


def test_the_first_reading_takes_the_newest_page_only(site: WebSite, source: HackerNewsSource) -> None:
    site.everywhere = Service([a_hit(n, START + n) for n in range(250)])

    mentions, cursor, _ = read_round(source)

    assert list(range(249, 149, -1)) == numbers(mentions)
    assert START + 249 in json.loads(cursor)["since"].values()


def test_later_readings_go_back_to_where_it_was_without_a_gap(site: WebSite, source: HackerNewsSource) -> None:
    site.everywhere = service = Service([a_hit(n, START + n * 60) for n in range(3)])
    _, cursor, _ = read_round(source)
    service.hits += [a_hit(n, START + n * 60) for n in range(3, 350)]

    mentions, cursor, reasons = read_round(source, cursor)
    again, _, _ = read_round(source, cursor)

    assert set(range(350)) == set(numbers(mentions))
    assert set(range(350 - OVERLAP // 60, 350)) == set(numbers(again))
    assert [] == reasons


@given(data=st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_arrives_between_readings_is_read(site: WebSite, source: HackerNewsSource, data: st.DataObject) -> None:
    service = Service([], most=data.draw(st.integers(4, 30)))
    site.everywhere = service
    cursor = ""
    moment, number = START, 0
    expected: set[int] = set()
    read: set[int] = set()
    for _ in range(data.draw(st.integers(1, 4))):
        fresh = data.draw(st.integers(0, 20 if cursor else 3))
        for _ in range(fresh):
            moment += data.draw(st.integers(1, 5_000))
            number += 1
            service.hits.append(a_hit(number, moment))
            expected.add(number)
        mentions, cursor, reasons = read_round(source, cursor)
        read |= set(numbers(mentions))
        if not json.loads(cursor)["since"]:
            cursor = ""
        assert [] == reasons

    assert expected == read


def test_a_text_that_the_service_finds_late_is_still_read(site: WebSite, source: HackerNewsSource) -> None:
    site.everywhere = service = Service([a_hit(1, START)])
    _, cursor, _ = read_round(source)
    service.hits.append(a_hit(2, START - OVERLAP + 1))

    mentions, _, _ = read_round(source, cursor)

    assert {1, 2} == set(numbers(mentions))


def test_more_than_a_page_in_one_second_is_told(site: WebSite, source: HackerNewsSource) -> None:
    site.everywhere = service = Service([a_hit(1, START)])
    _, cursor, _ = read_round(source)
    service.hits += [a_hit(n, START + 9) for n in range(2, 2 + PAGE + 5)]

    mentions, _, reasons = read_round(source, cursor)

    assert ["more texts have one and the same second than a page holds, and some may be missed for 'waalfiets'"] == reasons
    assert 1 in numbers(mentions)


def test_a_flood_ends_and_is_told(site: WebSite, source: HackerNewsSource) -> None:
    site.everywhere = service = Service([a_hit(1, START)], most=10)
    _, cursor, _ = read_round(source)
    service.hits += [a_hit(n, START + n) for n in range(2, 1_000)]

    _, _, reasons = read_round(source, cursor)

    assert ["more than 2,000 texts came since the last reading, and the older ones are not read for 'waalfiets'"] == reasons
    assert MAX_PAGES + 1 == len(service.asked)


def test_terms_that_change_while_pages_are_read_back_do_not_mix(site: WebSite, source: HackerNewsSource) -> None:
    site.everywhere = service = Service([a_hit(1, START)])
    _, cursor, _ = read_round(source)
    service.hits += [a_hit(n, START + n) for n in range(2, 300)]
    halfway = source.fetch(BRAND, cursor).cursor

    other, _, _ = read_round(source, halfway, replace(BRAND, terms=(Term("Waaldeelfiets"),)))

    assert "until" in halfway
    assert "numericFilters" not in service.asked[-1]
    assert PAGE == len(other)


def test_a_time_ahead_of_ours_does_not_make_us_skip_what_comes_next(site: WebSite, source: HackerNewsSource) -> None:
    now = int(NOW.timestamp())
    site.everywhere = web.answer_json({"hits": [a_hit(1, now + 80_000), a_hit(2, now + 90_000)], "nbHits": 2})

    batch = source.fetch(BRAND, "")

    assert [1] == numbers(batch.mentions)
    assert [now] == list(json.loads(batch.cursor)["since"].values())
    assert ["number 2 has no time in created_at_i, or one that cannot be"] == [row.reason for row in batch.rejected]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b'{"hits": {}}',
        b'"x"',
        b"<html>",
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"hits": [' + b"9" * 10_000 + b"]}",
    ],
)
def test_an_answer_that_is_no_search_result_may_pass(site: WebSite, source: HackerNewsSource, body: bytes) -> None:
    site.everywhere = web.answer(body)

    with pytest.raises(Unavailable, match=r"^hn: http://127"):
        source.fetch(BRAND, "")


def test_an_error_inside_a_good_status_is_told(site: WebSite, source: HackerNewsSource) -> None:
    site.everywhere = web.answer_json({"message": "Invalid\nApplication-ID \x1b[31m", "status": 403})

    with pytest.raises(Unavailable, match=r"^hn: .*/search_by_date\?… answered no search result: Invalid Application-ID \[31m$"):
        source.fetch(BRAND, "")


def test_recorded_answers_are_read(site: WebSite, source: HackerNewsSource) -> None:
    for path in sorted(recorded("recorded/hn").glob("*.json")):
        site.everywhere = web.answer_json(json.loads(path.read_text())["reply"])

        batch = source.fetch(BRAND, "")

        assert (1, ()) == (len(batch.mentions), tuple(batch.rejected)), path
        assert batch.mentions[0].text
        assert "<p>" not in batch.mentions[0].text


def a_recorded_reply() -> dict[str, Any]:
    path = recorded("recorded/hn") / "17_api_v1_search_by_date_hitsPerPage_1_tags_comment_query_apple.json"
    reply: dict[str, Any] = json.loads(path.read_text())["reply"]
    return reply


@pytest.mark.parametrize("part", range(20))
def test_a_recorded_answer_that_is_cut_anywhere_may_pass(site: WebSite, source: HackerNewsSource, part: int) -> None:
    whole = json.dumps(a_recorded_reply()).encode()
    site.everywhere = web.answer(whole[: len(whole) * part // 20])

    with pytest.raises(Unavailable, match=r"^hn: "):
        source.fetch(BRAND, "")


WRONG: list[Any] = [None, True, -1, 2**70, 1.5, "", "x", [], [1], {}, {"a": 1}]


def spoiled(reply: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name in reply:
        for value in WRONG:
            yield f"{name}={value!r}", {**reply, name: value}
    for name in reply["hits"][0]:
        for value in WRONG:
            yield f"hit.{name}={value!r}", {**reply, "hits": [{**reply["hits"][0], name: value}, reply["hits"][0]]}


def test_a_wrong_type_at_any_place_loses_no_other_hit(site: WebSite, source: HackerNewsSource) -> None:
    for place, reply in spoiled(a_recorded_reply()):
        site.everywhere = web.answer_json(reply)
        try:
            batch = source.fetch(BRAND, "")
        except Unavailable:
            assert place.startswith("hits=")
        else:
            assert isinstance(batch, Batch)
            if place.startswith("hit."):
                assert 2 == len(batch.mentions) + len(batch.rejected), place
                assert "7919418" in [mention.external_id for mention in batch.mentions]


def test_what_was_rejected_in_the_overlap_is_not_told_again(site: WebSite, source: HackerNewsSource) -> None:
    site.everywhere = Service([a_hit(1, START), a_hit(2, START - 5, comment_text="")])

    _, cursor, first = read_round(source)
    _, _, second = read_round(source, cursor)

    assert (["number 2 has neither title nor text"], []) == (first, second)


@given(
    st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=9), lambda deep: st.dictionaries(st.text(max_size=3), deep)),
    st.integers(0, 2**33),
)  # fmt: skip
def test_any_hit_at_all_is_a_mention_or_a_reason(hit: Any, moment: int) -> None:
    assert isinstance(_mention(hit, moment, BRAND, "hn"), Mention | str)
    assert isinstance(_mention(a_hit(1, author=hit, comment_text=hit), moment, BRAND, "hn"), Mention | str)


@pytest.mark.parametrize(
    "cursor",
    ["x", "7", "[]", "null", "{}", '{"since": 1}', '{"since": {"a": "x"}}', '{"since": {"a": 1e999}}', '{"since": {}, "term": []}',
     '{"since": {}, "until": null}', "[" * 100_000],
)  # fmt: skip
def test_a_cursor_that_is_not_ours_is_as_good_as_none(site: WebSite, source: HackerNewsSource, cursor: str) -> None:
    site.everywhere = Service([a_hit(1)])

    assert [1] == numbers(source.fetch(BRAND, cursor).mentions)


@given(st.text())
def test_any_text_at_all_may_be_opened_as_a_cursor(text: str) -> None:
    opened = _Cursor.open(text)

    assert opened == _Cursor.open(opened.close())


def test_the_source_is_built_from_settings(site: WebSite) -> None:
    site.everywhere = Service([a_hit(1)])
    options = {"api_url": site.url("/api/v1"), "allow_private": ("127.0.0.1",)}
    described = SourceSettings(name="our hn", kind="hackernews", brands=(), every=timedelta(minutes=5), options=options)
    configured = Settings(
        config_dir=Path(), database_url="", brands=(BRAND,), sources=(described,), scorers=(), networks={}, facts=(), templates={}
    )

    source = HackerNewsSource.from_settings(described, configured)

    assert ("our hn", ["our hn"]) == (source.name, [mention.source for mention in source.fetch(BRAND, "").mentions])
    with pytest.raises(Rejected, match=r"^our hn: .* allow_private"):
        HackerNewsSource.from_settings(replace(described, options={"api_url": site.url("/")}), configured).fetch(BRAND, "")


def test_the_service_of_the_whole_world_is_the_default() -> None:
    described = SourceSettings(name="hn", kind="hackernews", brands=(), every=timedelta(minutes=5))
    configured = Settings(
        config_dir=Path(), database_url="", brands=(BRAND,), sources=(described,), scorers=(), networks={}, facts=(), templates={}
    )

    assert HackerNewsSource.from_settings(described, configured)._api_url == "https://hn.algolia.com/api/v1"
