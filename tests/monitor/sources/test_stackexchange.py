"""Stack Exchange: questions and answers with their authors, wishes to wait obeyed, and everything that may be wrong with an answer."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from monitor.contracts import RateLimited, Recheck, Rejected, Unavailable
from monitor.domain import Author, Mention
from monitor.sources.stackexchange import StackExchangeSource
from monitor.sources.web import Reader
from tests.builders import NOW, a_mention
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
        if "/" in path and not path.startswith("search/"):
            kind, _, wanted = path.partition("/")
            without = "title" if kind == "posts" else "post_id"
            found = [one for one in self.posts if str(one["post_id"]) in wanted.split(";")]
            page, more = [{k: v for k, v in one.items() if k != without} for one in found], False
        else:
            found = [one for one in self.posts if one["creation_date"] >= int(asked.get("fromdate", 0))]
            found.sort(key=lambda one: -int(one["creation_date"]))
            size, number = int(asked["pagesize"]), int(asked.get("page", 1))
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


@pytest.mark.parametrize(("found", "texts"), [([], 0), ([a_question(7)], 1)])
def test_what_search_gives_no_number_is_told_and_not_passed_over(site: WebSite, found: list[Any], texts: int) -> None:
    site.everywhere = Service([*found, a_question(0, title="Waalfiets", question_id=None, post_id=None)])

    batch = a_source(site).fetch(BRAND, "")

    assert (texts, True) == (len(batch.mentions), any("no external_id" in row.reason for row in batch.rejected))


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


EDITED = START + 86_400


def an_answer(number: int, **changes: Any) -> dict[str, Any]:
    return a_question(number, post_type="answer", answer_id=number) | changes


def test_what_became_of_posts_is_asked_a_hundred_at_once_for_each_site(site: WebSite) -> None:
    left = {"display_name": "user9", "user_type": "does_not_exist"}
    site.everywhere = service = Service(
        [
            a_question(1),
            a_question(2, body="<p>Mijn waalfiets rijdt weer</p>", last_edit_date=EDITED),
            an_answer(3, body="<p>Nu goed</p>", last_edit_date=EDITED),
            an_answer(4, owner=left),
            an_answer(5, owner=left),
        ]
    )
    asked = [a_mention(external_id=f"stackoverflow/{number}", author=Author("stackoverflow/9", "Jö")) for number in (1, 2, 3, 4, 6)]
    asked += [replace(asked[0], external_id="stackoverflow/5", author=Author("user9")), replace(asked[0], external_id="superuser/1")]
    source = a_source(site)
    found = source.recheck(BRAND, [*asked, a_mention(external_id="no post")])

    assert {
        "stackoverflow/1": "",
        "stackoverflow/2": 'Slot "dicht"\n\nMijn waalfiets rijdt weer',
        "stackoverflow/3": "Nu goed",
        # Who had no account when it was read has left nothing.
        "stackoverflow/5": "",
        "superuser/1": "",
    } == found.there
    assert {"stackoverflow/4", "stackoverflow/6"} == found.gone
    assert [("posts/1;2;3;4;6;5", "stackoverflow"), ("questions/2", "stackoverflow"), ("posts/1", "superuser")] == [
        (path, given["site"]) for path, given in service.asked
    ]
    assert (100, {"100"}) == (source.recheck_most, {given["pagesize"] for _, given in service.asked})


def test_a_question_whose_title_is_not_told_is_not_compared(site: WebSite) -> None:
    edited = a_question(1, last_edit_date=EDITED)
    site.everywhere = Service([edited])
    site.pages["/2.3/questions/1"] = web.answer_json({"items": [], "has_more": False})

    assert {"stackoverflow/1": ""} == a_source(site).recheck(BRAND, [a_mention(external_id="stackoverflow/1")]).there


def test_an_empty_answer_is_believed_where_the_site_shows_something_else(site: WebSite) -> None:
    asked = [a_mention(external_id="stackoverflow/1")]
    site.everywhere = Service([])
    with pytest.raises(Unavailable, match=r"^ours: .* shows nothing at all of stackoverflow"):
        a_source(site).recheck(BRAND, asked)
    site.everywhere = Service([a_question(2)])

    assert Recheck({}, frozenset({"stackoverflow/1"})) == a_source(site).recheck(BRAND, asked)


@pytest.mark.parametrize("answer", [{"items": []}, {"items": [{}], "has_more": False}, {"items": [7], "has_more": False}])
def test_an_answer_that_may_not_be_whole_says_nothing(site: WebSite, answer: Any) -> None:
    site.everywhere = web.answer_json(answer)
    with pytest.raises(Unavailable, match=r"^ours: .* does not say plainly"):
        a_source(site).recheck(BRAND, [a_mention(external_id="stackoverflow/1")])


def test_one_site_in_trouble_leaves_what_the_others_said(site: WebSite) -> None:
    site.everywhere = Service([a_question(1)])
    site.pages["/2.3/posts/2"] = web.answer(b"", 500)
    site.pages["/2.3/posts/3"] = web.answer(b"", 429)
    names = ("superuser/2", "stackoverflow/1", "serverfault/3", "askubuntu/1")

    assert Recheck({"stackoverflow/1": ""}) == a_source(site).recheck(BRAND, [a_mention(external_id=name) for name in names])
    with pytest.raises(Unavailable, match=r"^ours: .*answered 500"):
        a_source(site).recheck(BRAND, [a_mention(external_id=names[0])])


def test_a_wish_to_wait_that_came_with_a_look_is_obeyed_by_looks_and_readings(site: WebSite) -> None:
    site.everywhere = service = Service([a_question(1)], backoff=30)
    source = a_source(site)
    asked = [a_mention(external_id="stackoverflow/1")]
    assert {"stackoverflow/1": ""} == source.recheck(BRAND, asked).there
    ways: list[Callable[[], object]] = [lambda: source.recheck(BRAND, asked), lambda: source.fetch(BRAND, "")]
    for again in ways:
        with pytest.raises(RateLimited, match=r"^ours: it asks us to wait until"):
            again()

    assert 1 == len(service.asked)


def test_the_last_third_of_a_day_is_left_to_reading(site: WebSite) -> None:
    site.everywhere = service = Service([a_question(1)], quota_remaining=99)
    source = a_source(site)
    asked = [a_mention(external_id="stackoverflow/1")]
    source.recheck(BRAND, asked)
    with pytest.raises(RateLimited, match=r"^ours: it asks us to wait until .* 00:00:00 UTC"):
        source.recheck(BRAND, asked)

    assert 1 == len(source.fetch(BRAND, "").mentions)
    assert ["posts/1", "search/excerpts", "posts/1"] == [path for path, _ in service.asked]
