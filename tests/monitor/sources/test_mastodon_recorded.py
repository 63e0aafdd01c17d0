"""What real Mastodon servers answered once is read, and whatever is wrong with it is an error or a batch."""

from __future__ import annotations

from typing import Any

from tests.builders import a_brand
from tests.fakes import web
from tests.fakes.replay import Exchange, Replay, load, spoiled
from tests.fakes.web import WebSite
from tests.monitor.sources.proving import BRAND, hold_against_hostile_sites, hold_against_wrong_answers, read_round
from tests.monitor.sources.recorded import recorded
from tests.monitor.sources.test_mastodon import TOKEN, a_source, a_status


def a_cassette(name: str) -> Any:
    return recorded("recorded/mastodon") / name


def test_a_recorded_hashtag_timeline_is_read(site: WebSite) -> None:
    site.everywhere = replay = Replay(load(a_cassette("cassettes/test_hashtag_tl.yaml")))

    (mention,) = a_source(site).fetch(a_brand(hashtags=("#hoot",), terms=[]), "").mentions

    assert ["/api/v1/timelines/tag/hoot"] == [path for path, _ in replay.asked]
    assert ("#hoot (hashtag toot)", "@mastodonpy_test_2@localhost:3000", "ja", "#hoot") == (
        mention.text,
        mention.author.handle,
        mention.language_hint,
        mention.community,
    )


def test_recorded_notifications_are_read(site: WebSite) -> None:
    cassettes = [path for path in sorted(a_cassette(".").rglob("*.yaml")) if any(one.path == "/api/v1/notifications" for one in load(path))]

    assert cassettes
    for path in cassettes:
        site.everywhere = Replay(load(path))

        batch = a_source(site, TOKEN).fetch(BRAND, "")

        assert all(mention.text and mention.mentions_us for mention in batch.mentions), path


def test_a_recorded_search_is_read(site: WebSite) -> None:
    site.everywhere = Replay([*load(a_cassette("cassettes/test_search.yaml")), *empty("notifications"), *empty("timelines/tag/waalfiets")])

    mentions, _, reasons = read_round(a_source(site, TOKEN))

    assert [] == reasons
    assert all(mention.text for mention in mentions)


def empty(path: str) -> list[Any]:
    return [Exchange("GET", f"/api/v1/{path}", {}, 200, "[]")]


def test_a_recorded_answer_cut_or_spoiled_anywhere_is_an_error_or_a_batch(site: WebSite) -> None:
    answer = next(one.json for one in load(a_cassette("cassettes/test_hashtag_tl.yaml")) if "tag/hoot" in one.path)

    assert hold_against_wrong_answers(site, a_source(site), answer) > 500


def test_a_recorded_notification_cut_or_spoiled_anywhere_is_an_error_or_a_batch(site: WebSite) -> None:
    exchanges = load(a_cassette("cassettes/test_notifications_types.yaml"))
    answer = next(one.json for one in exchanges if one.path == "/api/v1/notifications" and len(one.body) > 10)

    assert hold_against_wrong_answers(site, a_source(site, TOKEN), answer, (None, 2**70, [1])) > 200


def test_hostile_sites_are_answered_by_the_three_errors(site: WebSite) -> None:
    hold_against_hostile_sites(site, a_source(site, TOKEN))


def test_a_wrong_type_loses_no_other_status(site: WebSite) -> None:
    for place, broken in spoiled(a_status(1)):
        site.everywhere = web.answer_json([broken, a_status(2)])

        batch = a_source(site).fetch(BRAND, "")

        assert "https://elsewhere.example/users/jo/statuses/2" in [mention.external_id for mention in batch.mentions], place


def test_an_id_that_is_no_number_among_numbers_breaks_nothing(site: WebSite) -> None:
    site.everywhere = web.answer_json([a_status(1, id="xxx"), a_status(2, id="123"), a_status(3, id="12a")])

    assert 3 == len(a_source(site).fetch(BRAND, "").mentions)
