"""YouTube: comments with their replies, searches within the daily units, and everything that may be wrong with an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from monitor.contracts import Cost, RateLimited, Recheck, Rejected, Thrifty, Unavailable
from monitor.domain import Author, Mention
from monitor.sources.web import Reader
from monitor.sources.youtube import YouTubeSource
from tests.builders import a_mention
from tests.fakes import web
from tests.fakes.web import WebSite
from tests.monitor.sources.proving import BRAND, build, hold_against_hostile_sites, hold_against_wrong_answers, read_round

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
KEY = "hidden-key"


def a_comment(number: str = "c1", moment: datetime = NOW, **changes: Any) -> dict[str, Any]:
    about = {"authorDisplayName": "@jo", "authorChannelId": {"value": "UCjo"}, "textOriginal": "Mijn waalfiets", "videoId": "v1"}
    return {"id": number, "snippet": about | {"publishedAt": moment.isoformat().replace("+00:00", "Z")} | changes}


def a_thread(comment: Mapping[str, Any], *replies: Mapping[str, Any], total: int | None = None) -> dict[str, Any]:
    about = {"videoId": "v1", "channelId": "UCour", "topLevelComment": comment, "totalReplyCount": len(replies) if total is None else total}
    return {"id": comment["id"], "snippet": about} | ({"replies": {"comments": list(replies)}} if replies else {})


def a_video(number: str = "v9") -> dict[str, Any]:
    about = {"title": "Waalfiets &amp; ik", "description": "Een test", "channelId": "UCjo", "channelTitle": "J&#246;"}
    return {"id": {"videoId": number}, "snippet": about | {"publishedAt": "2026-03-01T00:00:00Z"}}


class Service:
    """Answers each method with its pages, and keeps what was asked."""

    def __init__(self, **pages: Any) -> None:
        self.pages = pages
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.keys: set[str] = set()

    def __call__(self, stage: web.Stage) -> None:
        place = urlsplit(stage.request.target)
        asked = {name: values[0] for name, values in parse_qs(place.query).items()}
        method = place.path.rpartition("/")[2]
        self.asked.append((method, asked))
        self.keys.add(stage.request.headers["x-goog-api-key"])
        found = self.pages[method](asked) if callable(self.pages[method]) else self.pages[method]
        web.answer_json({"items": found} if isinstance(found, list) else found, 403 if "error" in found else 200)(stage)


def a_source(site: WebSite, now: datetime = NOW, **options: Any) -> Any:
    reader = Reader("ours", now=lambda: now, allow_private=("127.0.0.1",), accept=(400, 403, 404))
    return YouTubeSource("ours", reader, KEY, site.url(), now=lambda: now, **options)


def refused(reason: str, words: str = "no") -> dict[str, Any]:
    return {"error": {"code": 403, "message": words, "errors": [{"reason": reason, "domain": "youtube", "message": words}]}}


def test_a_comment_and_its_replies_become_mentions_and_what_it_cost_is_told(site: WebSite) -> None:
    reply = a_comment("c1.r1", parentId="c1", textOriginal="Die van mij ook")
    site.everywhere = service = Service(commentThreads=[a_thread(a_comment(), reply)])

    batch = a_source(site, videos=["v1"]).fetch(BRAND, "")

    assert batch.mentions == (
        Mention(
            network="youtube",
            external_id="c1",
            brand="waalfiets",
            author=Author("@jo"),
            text="Mijn waalfiets",
            url="https://www.youtube.com/watch?v=v1&lc=c1",
            posted_at=NOW,
            source="ours",
            community="UCour",
            parent_id="v1",
        ),
        replace(
            batch.mentions[0],
            external_id="c1.r1",
            text="Die van mij ook",
            url="https://www.youtube.com/watch?v=v1&lc=c1.r1",
            parent_id="c1",
        ),
    )
    assert batch.cost is not None
    assert ("units", Decimal(1), {KEY}) == (batch.cost.unit, batch.cost.flat, service.keys)
    assert ("v1", "time", "plainText") == tuple(service.asked[0][1][name] for name in ("videoId", "order", "textFormat"))


def test_an_answer_of_ours_and_our_own_channel_are_known(site: WebSite) -> None:
    brand = replace(BRAND, own_communities=("UCour",))
    ours = a_comment("c1.r1", parentId="c1", authorChannelId={"value": "UCour"})
    site.everywhere = Service(commentThreads=[a_thread(a_comment(), ours)])

    (mention,) = a_source(site, channels=["UCour"]).fetch(brand, "").mentions

    assert (True, True) == (mention.own_channel, mention.answered_by_us)


def test_further_replies_of_a_lively_thread_are_looked_up_and_of_many_threads_some_are_told(site: WebSite) -> None:
    old = a_thread(a_comment("old", NOW - timedelta(days=4)), total=9)
    threads = [a_thread(a_comment(f"c{n}"), total=7) for n in range(5)]
    replies = partial(lambda asked: [a_comment(f"{asked['parentId']}.r", parentId=asked["parentId"])])
    site.everywhere = service = Service(commentThreads=[*threads, old], comments=replies)

    batch = a_source(site, videos=["v1"]).fetch(BRAND, "")

    assert ["c0", "c1", "c2"] == [asked["parentId"] for method, asked in service.asked if method == "comments"]
    assert 9 == len(batch.mentions)
    assert ["more than 3 threads of v1 have many replies at once; the further ones are not all read"] == [r.reason for r in batch.rejected]
    assert batch.cost is not None
    assert 4 == batch.cost.flat


def test_a_thread_that_is_deleted_meanwhile_leaves_the_others(site: WebSite) -> None:
    site.everywhere = Service(commentThreads=[a_thread(a_comment(), total=7)], comments=refused("parentCommentNotFound"))

    assert ["c1"] == [mention.external_id for mention in a_source(site, videos=["v1"]).fetch(BRAND, "").mentions]


def test_it_goes_back_page_by_page_to_where_it_was(site: WebSite) -> None:
    comments = [a_thread(a_comment(f"c{n}", NOW - timedelta(hours=n))) for n in range(6)]

    def page(asked: Mapping[str, str]) -> dict[str, Any]:
        start = int(asked.get("pageToken", "0"))
        return {"items": comments[start : start + 2], "nextPageToken": str(start + 2)}

    site.everywhere = service = Service(commentThreads=page)
    source = a_source(site, videos=["v1"])
    _, cursor, _ = read_round(source)
    comments[:0] = [a_thread(a_comment(f"new{n}", NOW)) for n in range(3)]
    service.asked.clear()
    mentions, _, _ = read_round(source, cursor)

    assert {"new0", "new1", "new2", "c0", "c1"} <= {mention.external_id for mention in mentions}
    assert [None, "2", "4"] == [asked.get("pageToken") for _, asked in service.asked]


def test_what_is_switched_off_or_gone_is_told_and_the_rest_is_read(site: WebSite) -> None:
    def threads(asked: Mapping[str, str]) -> Any:
        reasons = {"off": "commentsDisabled", "gone": "videoNotFound"}
        return refused(reasons[asked["videoId"]]) if asked["videoId"] in reasons else [a_thread(a_comment())]

    site.everywhere = Service(commentThreads=threads)
    mentions, _, told = read_round(a_source(site, videos=["off", "gone", "v1"]))

    assert ["c1"] == [mention.external_id for mention in mentions]
    assert [
        "video off: comments are switched off there",
        "video gone: it was deleted, made private, or never was; take it out of monitor.toml",
    ] == told


def test_a_quota_that_is_used_up_begins_anew_at_midnight_in_california(site: WebSite) -> None:
    site.everywhere = Service(commentThreads=refused("quotaExceeded"))
    with pytest.raises(RateLimited, match=r"^ours: .*today's units are used up") as caught:
        a_source(site, videos=["v1"]).fetch(BRAND, "")

    assert datetime(2026, 3, 3, 8, tzinfo=UTC) == caught.value.retry_at


@pytest.mark.parametrize(
    ("reason", "error"),
    [("rateLimitExceeded", RateLimited), ("processingFailure", Unavailable), ("keyInvalid", Rejected), ("accessNotConfigured", Rejected)],
)
def test_each_refusal_is_the_error_that_says_what_to_do(site: WebSite, reason: str, error: type[Exception]) -> None:
    site.everywhere = Service(commentThreads=refused(reason, f"the key {'x' * 9} is wrong"))
    with pytest.raises(error, match=r"^ours: ") as caught:
        a_source(site, videos=["v1"]).fetch(BRAND, "")

    assert KEY not in str(caught.value)


def test_a_search_finds_videos_and_is_made_some_times_a_day_only(site: WebSite) -> None:
    site.everywhere = service = Service(search=[a_video()])
    (mention,), cursor, _ = read_round(a_source(site, searches=4))

    assert ("v9", "UCjo", "Jö", "Waalfiets & ik\n\nEen test", "https://www.youtube.com/watch?v=v9") == (
        mention.external_id,
        mention.author.handle,
        mention.author.name,
        mention.text,
        mention.url,
    )
    times = len(service.asked)
    quiet = a_source(site, NOW + timedelta(minutes=10), searches=4).fetch(BRAND, cursor)

    assert ((), times) == (tuple(quiet.mentions), len(service.asked))
    read_round(a_source(site, NOW + timedelta(days=1), searches=4), cursor)

    assert "2026-03-02T03:00:00Z" == service.asked[-1][1]["publishedAfter"]


def test_what_we_publish_ourselves_is_no_mention(site: WebSite) -> None:
    site.everywhere = Service(search=[a_video()])

    assert [] == read_round(a_source(site, searches=4), brand=replace(BRAND, own_communities=("UCjo",)))[0]


def test_at_the_cap_only_our_own_channels_are_read(site: WebSite) -> None:
    site.everywhere = service = Service(commentThreads=[a_thread(a_comment())], search=[])
    source = a_source(site, videos=["v1"], channels=["UCother", "UCour"], searches=4)
    assert isinstance(source, Thrifty)
    read_round(source.only_to_us(), brand=replace(BRAND, own_communities=("UCour",)))

    assert ["UCour"] == [asked.get("allThreadsRelatedToChannelId") for _, asked in service.asked]


def test_a_wish_in_the_cursor_is_obeyed_and_nothing_to_ask_asks_nothing(site: WebSite) -> None:
    with pytest.raises(RateLimited, match="used up"):
        a_source(site).fetch(BRAND, f'{{"wait_until": {int(NOW.timestamp()) + 60}}}')

    assert ((), []) == (a_source(site).fetch(BRAND, "").mentions, site.requests)


def test_without_a_key_it_says_where_to_get_one(site: WebSite) -> None:
    with pytest.raises(Rejected, match=r"^ours: YouTube is read with a key only; make one at .* YOUTUBE_KEY"):
        build("youtube", videos=("v1",)).fetch(BRAND, "")


def test_a_key_goes_over_no_open_line() -> None:
    with pytest.raises(Rejected, match="https"):
        build("youtube", api_url="http://a.example")


def test_answers_cut_or_with_something_wrong_at_any_place_are_one_of_three_errors_or_a_batch(site: WebSite) -> None:
    threads = {"items": [a_thread(a_comment(), a_comment("c1.r1", parentId="c1"))], "nextPageToken": "p"}
    played = hold_against_wrong_answers(site, a_source(site, videos=["v1"]), threads)
    played += hold_against_wrong_answers(site, a_source(site, searches=9), {"items": [a_video()], "nextPageToken": "p"})

    assert played > 300


def test_hostile_sites_are_one_of_three_errors_or_a_batch(site: WebSite) -> None:
    hold_against_hostile_sites(site, a_source(site, videos=["v1"]))


def looked(source: Any, *names: str) -> Recheck:
    """Ask about comments, and about videos by ids that begin with v."""
    urls = {name: f"https://www.youtube.com/watch?v={name}" if name[0] == "v" else "" for name in names}
    found = source.recheck(BRAND, [a_mention(external_id=name, url=url) for name, url in urls.items()])
    assert isinstance(found, Recheck)
    return found


def list_of(method: str, *items: Any) -> dict[str, Any]:
    return {"kind": f"youtube#{method}ListResponse", "items": list(items)}


def test_what_became_of_comments_and_videos_is_asked_at_a_unit_a_call(site: WebSite) -> None:
    comments = list_of("comment", a_comment("c1"), a_comment("c2", textOriginal=None, textDisplay="Hij rijdt weer"))
    site.everywhere = service = Service(comments=comments, videos=list_of("video", {"id": "v1"}))
    source = a_source(site)
    found = looked(source, "c1", "v1", "c2", "c3", "v2")

    assert {"c1": "Mijn waalfiets", "c2": "Hij rijdt weer", "v1": ""} == found.there
    assert {"c3", "v2"} == found.gone
    assert Cost("units", flat=Decimal(2)) == found.cost
    assert ["c1,c2,c3", "v1,v2"] == [asked["id"] for _, asked in service.asked]
    assert ({KEY}, "plainText", 50) == (service.keys, service.asked[0][1]["textFormat"], source.recheck_most)


def test_a_video_whose_title_or_description_was_changed_is_seen(site: WebSite) -> None:
    def video(name: str, title: str, description: str) -> dict[str, Any]:
        return {"id": name, "snippet": {"title": title, "description": description}}

    read = {
        "v1": "Waalfiets & ik\n\nEen test van de nieuwe fie...",
        "v2": "Waalfiets & ik\n\n... nieuwe fiets, met het slot ...",
        "v3": "Waalfiets & ik",
        "v4": "Waalfiets & ik\n\nEen test",
        "v5": "Waalfiets & ik\n\nEen test",
        "v6": "Waalfiets & ik",
    }
    whole = "Een test van de nieuwe fiets, met het slot van https://a.example/slot dat opengaat"
    now = [video(name, "Waalfiets & ik", whole) for name in ("v1", "v2", "v3")]
    now += [video("v4", "Nooit meer Waalfiets", "Een test"), video("v5", "Waalfiets & ik", "Een proef"), {"id": "v6"}]
    site.everywhere = service = Service(videos=list_of("video", *now))
    mentions = [a_mention(text, external_id=name, url=f"https://www.youtube.com/watch?v={name}") for name, text in read.items()]
    found = a_source(site).recheck(BRAND, mentions)

    changed = {"v4": "Nooit meer Waalfiets\n\nEen test", "v5": "Waalfiets & ik\n\nEen proef"}
    assert {"v1": "", "v2": "", "v3": "", "v6": ""} | changed == found.there
    assert ["snippet"] == [asked["part"] for _, asked in service.asked]


def test_where_it_says_only_that_some_are_gone_they_are_asked_about_in_halves(site: WebSite) -> None:
    def comments(asked: Mapping[str, str]) -> dict[str, Any]:
        names = asked["id"].split(",")
        return refused("commentNotFound") if "c3" in names else list_of("comment", *map(a_comment, names))

    site.everywhere = service = Service(comments=comments)
    found = looked(a_source(site), "c1", "c2", "c3", "c4")

    assert ({"c1", "c2", "c4"}, {"c3"}) == (set(found.there), set(found.gone))
    assert Cost("units", flat=Decimal(5)) == found.cost
    assert ["c1,c2,c3,c4", "c1,c2", "c3,c4", "c3", "c4"] == [asked["id"] for _, asked in service.asked]


def test_a_look_ends_where_very_many_are_gone(site: WebSite) -> None:
    site.everywhere = service = Service(comments=refused("commentNotFound"))
    found = looked(a_source(site), *(f"c{number}" for number in range(50)))

    assert (12, {}) == (len(service.asked), found.there)
    assert found.gone < {f"c{number}" for number in range(50)}


@pytest.mark.parametrize("answer", [{"items": []}, refused("forbidden"), list_of("comment", {}), list_of("video"), list_of("comment", 7)])
def test_an_answer_that_does_not_say_plainly_what_is_there_takes_nothing_away(site: WebSite, answer: Any) -> None:
    site.everywhere = Service(comments=answer)
    with pytest.raises(Unavailable, match=r"^ours: YouTube does not"):
        looked(a_source(site), "c1")


def test_what_was_said_before_the_units_were_used_up_is_kept_with_its_cost(site: WebSite) -> None:
    site.everywhere = Service(comments=list_of("comment"), videos=refused("quotaExceeded"))

    assert Recheck({}, frozenset({"c1"}), Cost("units", flat=Decimal(2))) == looked(a_source(site), "c1", "v1")
    with pytest.raises(RateLimited, match=r"^ours: .*used up"):
        looked(a_source(site), "v1")


def test_without_a_key_nobody_is_asked_what_became_of_anything(site: WebSite) -> None:
    source = build("youtube", api_url=site.url(), allow_private=("127.0.0.1",))
    with pytest.raises(Rejected, match="YOUTUBE_KEY"):
        looked(source, "c1")

    assert [] == site.requests
