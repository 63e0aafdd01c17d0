"""Stack Exchange: questions and answers with their authors, wishes to wait obeyed, and everything that may be wrong with an answer."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from monitor.contracts import RateLimited, Rejected, Unavailable
from monitor.domain import Author, Mention
from monitor.sources.stackexchange import StackExchangeSource
from monitor.sources.web import Reader
from tests.builders import NOW
from tests.fakes import web
from tests.fakes.replay import spoiled
from tests.fakes.web import WebSite
from tests.monitor.sources.proving import BRAND, build, hold_against_hostile_sites, hold_against_wrong_answers, read_round

START = int(datetime(2026, 3, 1, tzinfo=UTC).timestamp())
KEY = "hidden-key"


def a_question(number: int = 1, moment: int = START, **changes: Any) -> dict[str, Any]:
    question = {
        "question_id": number,
        "post_id": number,
        "post_type": "question",
        "title": "Slot &quot;dicht&quot;",
        "creation_date": moment,
    }
    question |= {"owner": {"user_id": 9, "display_name": "J&#246;", "user_type": "registered"}, "body": "<p>Mijn <code>waalfiets</code>"}
    return question | {"link": f"https://stackoverflow.com/questions/{number}/slot"} | changes


class Service:
    """Plays the search, the posts and the questions of the API over a list of questions; answers are packed, as the real ones are."""

    def __init__(self, posts: Sequence[dict[str, Any]], **wrapper: Any) -> None:
        self.posts = list(posts)
        self.wrapper = wrapper
        self.asked: list[tuple[str, dict[str, str]]] = []

    def __call__(self, stage: web.Stage) -> None:
        place = urlsplit(stage.request.target)
        asked = {name: values[0] for name, values in parse_qs(place.query).items()}
        path = place.path.removeprefix("/2.3/")
        self.asked.append((path, asked))
        if path.startswith("posts/"):
            wanted = path.removeprefix("posts/").split(";")
            page, more = [{k: v for k, v in one.items() if k != "title"} for one in self.posts if str(one["post_id"]) in wanted], False
        else:
            found = [one for one in self.posts if one["creation_date"] >= int(asked.get("fromdate", 0))]
            found.sort(key=lambda one: -int(one["creation_date"]))
            size, number = int(asked["pagesize"]), int(asked["page"])
            page, more = found[(number - 1) * size : number * size], len(found) > number * size
            if path == "search/excerpts":
                page = [{k: v for k, v in one.items() if k not in ("owner", "link", "post_id")} for one in page]
        body = json.dumps({"items": page, "has_more": more, "quota_max": 300, "quota_remaining": 299} | self.wrapper)
        web.answer(gzip.compress(body.encode()), content_encoding="gzip")(stage)


def a_source(site: WebSite, **options: Any) -> Any:
    return build(
        "stackexchange", {"STACKEXCHANGE_KEY": KEY}, **{"api_url": site.url("/2.3"), "allow_private": ("127.0.0.1",)} | options
    )  # fmt: skip


def test_a_question_becomes_a_mention(site: WebSite) -> None:
    site.everywhere = service = Service([a_question(7)])

    (mention,) = a_source(site).fetch(BRAND, "").mentions

    assert mention == Mention(
        network="stackexchange",
        external_id="stackoverflow/7",
        brand="waalfiets",
        author=Author("stackoverflow/9", "Jö"),
        text='Slot "dicht"\n\nMijn waalfiets',
        url="https://stackoverflow.com/questions/7/slot",
        posted_at=datetime(2026, 3, 1, tzinfo=UTC),
        source="ours",
        community="stackoverflow",
    )
    assert ["search/excerpts", "posts/7"] == [path for path, _ in service.asked]
    assert ('"waalfiets"', KEY) == (service.asked[0][1]["q"], service.asked[0][1]["key"])


def test_an_answer_is_its_own_text_alone(site: WebSite) -> None:
    site.everywhere = Service([a_question(1, answer_id=8, post_id=8, post_type="answer")])

    (mention,) = a_source(site).fetch(BRAND, "").mentions

    assert ("stackoverflow/8", "Mijn waalfiets") == (mention.external_id, mention.text)


def test_tags_are_read_whole_in_one_request(site: WebSite) -> None:
    site.everywhere = service = Service([a_question(7)])

    mentions, _, _ = read_round(a_source(site, tags=("waalfiets-api",), sites=("superuser",)), brand=replace(BRAND, terms=()))

    assert [("questions", "waalfiets-api", "superuser")] == [(path, asked["tagged"], asked["site"]) for path, asked in service.asked]
    assert ["superuser/7"] == [mention.external_id for mention in mentions]


def test_a_deleted_user_and_nobody_at_all_are_told_apart(site: WebSite) -> None:
    site.everywhere = Service([a_question(1, owner={"display_name": "user1", "user_type": "does_not_exist"}), a_question(2, owner=None)])

    batch = a_source(site).fetch(BRAND, "")

    assert (["user1"], ["it has no author"]) == ([one.author.handle for one in batch.mentions], [row.reason for row in batch.rejected])


def test_nothing_found_takes_one_request(site: WebSite) -> None:
    site.everywhere = service = Service([])

    assert ([], 1) == (read_round(a_source(site))[0], len(service.asked))


def test_later_readings_go_back_to_where_it_was(site: WebSite) -> None:
    site.everywhere = service = Service([a_question(n, START + n * 60) for n in range(1, 61)])
    source = a_source(site)
    first, cursor, _ = read_round(source)
    service.posts += [a_question(n, START + n * 60) for n in range(61, 261)]

    mentions, _, reasons = read_round(source, cursor)

    assert (50, []) == (len(first), reasons)
    assert {f"stackoverflow/{n}" for n in range(61, 261)} <= {mention.external_id for mention in mentions}


def test_a_flood_ends_and_is_told(site: WebSite) -> None:
    site.everywhere = service = Service([a_question(1)])
    source = a_source(site)
    _, cursor, _ = read_round(source)
    service.posts += [a_question(n, START + n) for n in range(2, 1_200)]

    assert ["more than 20 pages came since the last reading, and the older ones are not read: waalfiets"] == read_round(source, cursor)[2]


def a_timed_source(site: WebSite, *moments: datetime) -> StackExchangeSource:
    shown = list(moments)
    reader = Reader("ours", now=lambda: NOW, allow_private=("127.0.0.1",), accept=(400,))
    return StackExchangeSource("ours", reader, site.url("/2.3"), now=lambda: shown.pop(0) if len(shown) > 1 else shown[0])


def test_a_wish_to_wait_is_kept_and_obeyed_without_asking(site: WebSite) -> None:
    site.everywhere = service = Service([a_question(1)], backoff=30)
    source = a_timed_source(site, NOW, NOW + timedelta(seconds=20), NOW + timedelta(seconds=40))
    batch = source.fetch(BRAND, "")

    with pytest.raises(RateLimited, match=r"^ours: it asks us to wait until 2026-03-02 09:00:31 UTC$"):
        source.fetch(BRAND, batch.cursor)
    assert 2 == len(service.asked)
    assert ["stackoverflow/1"] == [mention.external_id for mention in source.fetch(BRAND, batch.cursor).mentions]


def test_a_quota_used_up_is_waited_for_until_midnight(site: WebSite) -> None:
    site.everywhere = Service([a_question(1)], quota_remaining=0)
    source = a_timed_source(site, NOW)

    batch = source.fetch(BRAND, "")

    assert ["stackoverflow/1"] == [mention.external_id for mention in batch.mentions]
    with pytest.raises(RateLimited) as caught:
        source.fetch(BRAND, batch.cursor)
    assert datetime(2026, 3, 3, 0, 0, 1, tzinfo=UTC) == caught.value.retry_at


@pytest.mark.parametrize(
    ("words", "wait"),
    [
        ("too many requests from this IP, more requests available in 43200 seconds", timedelta(hours=12)),
        ("slow down", timedelta(minutes=15)),
    ],
)
def test_too_much_says_when_to_come_back(site: WebSite, words: str, wait: timedelta) -> None:
    site.everywhere = web.answer_json({"error_id": 502, "error_name": "throttle_violation", "error_message": words}, 400)

    with pytest.raises(RateLimited, match=rf"^ours: .*{words}") as caught:
        a_timed_source(site, NOW).fetch(BRAND, "")

    assert NOW + wait == caught.value.retry_at


def test_a_wrong_site_is_told(site: WebSite) -> None:
    site.everywhere = web.answer_json({"error_id": 400, "error_name": "bad_parameter", "error_message": "No site found for name `x`"}, 400)

    with pytest.raises(Rejected, match=r"^ours: http://127.*No site found for name `x`$") as caught:
        a_source(site).fetch(BRAND, "")

    assert KEY not in str(caught.value)


@pytest.mark.parametrize("body", ["", "null", "[]", "{}", '{"items": {}}', "<html>"])
def test_an_answer_that_is_no_list_may_pass(site: WebSite, body: str) -> None:
    site.everywhere = web.answer(body)

    with pytest.raises(Unavailable, match=r"^ours: http://127"):
        a_source(site).fetch(BRAND, "")


def test_an_answer_cut_or_spoiled_anywhere_is_an_error_or_a_batch(site: WebSite) -> None:
    answer = {"items": [a_question(1), a_question(2)], "has_more": True, "quota_remaining": 9, "backoff": 3}

    assert hold_against_wrong_answers(site, a_source(site), answer) > 150


def test_a_wrong_type_loses_no_other_question(site: WebSite) -> None:
    source = a_source(site, tags=("x",))
    brand = replace(BRAND, terms=())
    for place, broken in spoiled(a_question(1)):
        site.everywhere = web.answer_json({"items": [broken, a_question(2)]})

        assert "stackoverflow/2" in [mention.external_id for mention in source.fetch(brand, "").mentions], place


def test_without_terms_and_tags_nothing_is_asked(site: WebSite) -> None:
    assert ([], []) == (list(a_source(site).fetch(replace(BRAND, terms=()), "").mentions), site.requests)


def test_hostile_sites_are_answered_by_the_three_errors(site: WebSite) -> None:
    hold_against_hostile_sites(site, a_source(site))
