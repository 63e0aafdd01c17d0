"""Mastodon, as Mastodon.py speaks to it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpcore
import pytest

from monitor.contracts import RateLimited, Rejected, Unavailable
from monitor.domain import Delivery, Reply
from monitor.settings import NetworkSettings
from responders.contracts import NotSent, Standing
from responders.posters import POSTERS
from responders.posters.mastodon import MastodonPoster
from tests.builders import NOW, a_reply, a_stored_mention
from tests.fakes.worlds import STAND_IN, World
from tests.responders.posters.settings import settings_with
from tests.responders.posters.stages import Stage, build, caught

RECORDED = STAND_IN.parents[1] / "data" / "recorded" / "mastodon"
TOKEN = {"MASTODON_ACCESS_TOKEN": "mt-1"}


@pytest.fixture
def stage(own_world: World) -> Stage:
    return Stage("mastodon", own_world)


def network(url: str = "https://fake.social", account: str = "") -> NetworkSettings:
    return NetworkSettings("mastodon", Delivery.API, "mastodon", account, {"api_url": url})


def known_as(reply: Reply, external_id: str, url: str) -> Reply:
    """Return the reply as if its mention had been read with this id and address."""
    given = replace(reply.mention.mention, external_id=external_id, url=url)
    return replace(reply, mention=replace(reply.mention, mention=given))


def test_it_is_built_from_the_configuration_and_the_environment_alone(own_world: World) -> None:
    poster = POSTERS["mastodon"].load().from_settings(network(own_world.url), settings_with(TOKEN))

    assert ("acme", 600) == (poster.whoami(), poster.limit)


def test_a_missing_token_and_a_missing_server_are_told() -> None:
    errors = [
        caught(lambda: MastodonPoster.from_settings(network(), settings_with({}))),
        caught(lambda: MastodonPoster.from_settings(network(""), settings_with(TOKEN))),
    ]

    assert "mastodon: MASTODON_ACCESS_TOKEN is missing in the environment or in .env" == str(errors[0])
    assert "api_url must begin with https://" in str(errors[1])


@pytest.mark.parametrize(
    ("account", "ours"),
    [("acme", True), ("@Acme", True), ("@acme@fake.social", True), ("@acme@other.social", False), ("@waalfiets@fake.social", False)],
)
def test_an_account_is_its_name_and_its_server(stage: Stage, account: str, ours: bool) -> None:
    poster = stage.build(account=account)

    assert ours == (poster.whoami() == "acme" if ours else not isinstance(caught(poster.whoami), Rejected))


@pytest.mark.parametrize(
    ("server", "limit"),
    [
        ({"domain": "fake.social", "configuration": {"statuses": {"max_characters": 1000}}}, 1000),
        ({"domain": "fake.social", "configuration": {"statuses": {"max_characters": "many"}}}, 500),
        ({"domain": "fake.social"}, 500),
    ],
)
def test_the_limit_is_the_servers_own(stage: Stage, server: dict[str, object], limit: int) -> None:
    stage.fault("json", "/api/v2/instance", body=server)

    stage.poster.whoami()

    assert limit == stage.poster.limit


def test_an_older_server_is_asked_in_the_older_way(stage: Stage) -> None:
    stage.fault("status", "/api/v2/instance", status=404)
    stage.fault("json", "/api/v1/instance", body={"uri": "fake.social", "max_toot_chars": 5000, "version": "3.5.0"})

    stage.poster.whoami()

    assert 5000 == stage.poster.limit


def test_a_server_that_cannot_say_its_limit_now_is_asked_again_later(stage: Stage) -> None:
    """Mastodon.py itself calls the same question without end when it fails."""
    stage.fault("status", "/api/v./instance", times=2, status=503)
    reply = stage.reply()

    assert NotSent is type(caught(lambda: stage.poster.post(reply)))
    assert NotSent is type(caught(lambda: stage.poster.post(reply)))
    assert reply.version.text == stage.poster.post(reply).text


def test_a_reply_longer_than_usual_goes_out_where_the_server_takes_it(stage: Stage) -> None:
    fits, too_long = stage.reply("a" * 600), stage.reply("a" * 601)

    assert "a" * 600 == stage.poster.post(fits).text
    assert isinstance(caught(lambda: stage.poster.post(too_long)), Rejected)


REFUSED = [
    (422, "Validation failed: Text character limit of 500 exceeded", "too long"),
    (422, "Validation failed: Text can't be blank", "no text"),
    (404, "Record not found", "was deleted"),
    (403, "This action is outside the authorized scopes", "write:statuses"),
    (403, "Your login is currently disabled", "disabled"),
    (403, "Your account is suspended", "suspended"),
    (403, "Your login is missing a confirmed e-mail address", "not confirmed"),
    (403, "You are blocked by this account", "has blocked"),
    (403, "This action is not allowed", "does not let our account"),
    (401, "The access token is invalid", "MASTODON_ACCESS_TOKEN"),
]


@pytest.mark.parametrize(("status", "words", "sentence"), REFUSED)
def test_what_a_server_refuses_becomes_a_sentence_for_the_card(stage: Stage, status: int, words: str, sentence: str) -> None:
    reply = stage.reply()
    stage.fault("status", "/api/v1/statuses$", status=status, body={"error": words})

    error = caught(lambda: stage.poster.post(reply))

    assert isinstance(error, Rejected)
    assert (sentence in str(error), words in str(error)) == (True, True)


def test_a_refusal_without_words_is_known_by_its_status(stage: Stage) -> None:
    """A real server answers so for a status that is missing: the recorded answer has no body."""
    reply = stage.reply()
    stage.fault("status", "/api/v1/statuses$", status=404, body="")

    assert "mastodon: the post was deleted, or is not visible to our account (status 404)" == str(caught(lambda: stage.poster.post(reply)))


@pytest.mark.skipif(not RECORDED.exists(), reason=f"the recorded answers are not here: {RECORDED}")
def test_a_real_status_is_understood(stage: Stage) -> None:
    recorded = (RECORDED / "cassettes" / "test_status_reply.yaml").read_text()
    status = json.loads(" ".join(re.findall(r"string: '(\{.*?\})'\n", recorded, re.DOTALL)[0].split()))
    reply = stage.reply("Toot, finally!")
    stage.fault("json", "/api/v1/statuses$", body=status | {"in_reply_to_id": stage.post_id(reply)})

    posted = stage.poster.post(reply)

    assert ("117020583245459824", "Toot, finally!", 2026) == (posted.external_id, posted.text, posted.posted_at.year)


def test_a_server_is_asked_again_when_it_says(stage: Stage) -> None:
    until = datetime.now(UTC) + timedelta(minutes=4)
    reply = stage.reply()
    stage.fault("status", "/api/v1/statuses$", status=429, headers={"X-RateLimit-Reset": until.isoformat(), "X-RateLimit-Remaining": "0"})

    error = caught(lambda: stage.poster.post(reply))

    assert isinstance(error, RateLimited)
    assert abs(error.retry_at - until) < timedelta(seconds=20)


def test_the_same_reply_sent_twice_is_one_status_to_the_server(stage: Stage) -> None:
    reply = stage.reply()
    stage.fault("drop_after", "/api/v1/statuses$")
    caught(lambda: stage.poster.post(reply))

    posted = stage.poster.post(reply)

    assert ([reply.version.text], posted.external_id) == (stage.stands(reply), stage.poster.find(reply).external_id)


def test_an_answer_from_another_place_is_unclear(stage: Stage) -> None:
    reply = stage.reply()
    stage.fault("json", "/api/v1/statuses$", body={"id": "9", "in_reply_to_id": "8", "content": "", "created_at": NOW.isoformat()})

    assert Unavailable is type(caught(lambda: stage.poster.post(reply)))


def test_a_handle_of_another_server_is_read_back_as_it_was_written(stage: Stage) -> None:
    reply = stage.reply("@jo@other.example Sorry, that is  our mistake.\n\n\nSee https://example.org ^EK")

    posted = stage.poster.post(reply)

    assert [reply.version.text] * 2 == [posted.text, stage.poster.find(reply).text]


def test_a_reply_stands_also_where_its_source_cannot_be_read(stage: Stage) -> None:
    reply = stage.reply("@jo@other.example Sorry ^EK")
    stage.fault("status", "/source", status=500)

    posted = stage.poster.post(reply)

    assert "@jo Sorry ^EK" == posted.text


@pytest.mark.parametrize(
    ("visibility", "standing"),
    [("public", Standing.UNCHANGED), ("unlisted", Standing.UNCHANGED), ("private", Standing.GONE), ("direct", Standing.GONE)],
)
def test_what_was_made_private_is_gone_and_what_is_quiet_gets_a_quiet_answer(stage: Stage, visibility: str, standing: Standing) -> None:
    reply = stage.reply(visibility=visibility)

    assert standing == stage.poster.standing(reply)
    if standing is Standing.UNCHANGED:
        stage.poster.post(reply)
        assert visibility == stage.world.control("requests")["requests"][-1]["body"]["visibility"]


def test_an_edit_after_reading_is_seen_even_where_the_words_are_the_same(stage: Stage) -> None:
    reply = stage.reply()
    stage.change("edit", reply, text=reply.mention.mention.text)

    assert Standing.EDITED == stage.poster.standing(reply)
    assert Standing.UNCHANGED == stage.poster.standing(
        replace(reply, mention=replace(reply.mention, read_at=datetime.now(UTC) + timedelta(hours=1)))
    )


AWAY = "https://other.example/@jo/1"


def test_an_id_of_another_server_is_never_taken_for_ours(stage: Stage) -> None:
    ours = stage.reply()
    other = known_as(ours, stage.post_id(ours), AWAY)

    assert Standing.UNKNOWN == stage.poster.standing(other)
    assert isinstance(caught(lambda: stage.poster.post(other)), Rejected)
    assert Unavailable is type(caught(lambda: stage.poster.find(other)))
    assert [] == stage.stands(ours)


@pytest.mark.parametrize(
    ("external_id", "url"), [("https://other.example/users/jo/1", AWAY), ("4711", AWAY), ("https://other.example/users/jo/1", "")]
)
def test_a_mention_of_another_server_is_found_by_its_address(stage: Stage, external_id: str, url: str) -> None:
    reply = stage.reply(away=AWAY)
    other = known_as(reply, external_id, url)

    posted = stage.poster.post(other)

    assert ([reply.version.text], posted.external_id) == (stage.stands(reply), stage.poster.find(other).external_id)
    assert Standing.ANSWERED == stage.poster.standing(other)


def test_a_mention_of_another_server_that_is_not_found_is_for_a_person_and_our_answer_is_still_found(stage: Stage) -> None:
    reply = stage.reply(away=AWAY)
    other = known_as(reply, "https://other.example/users/jo/1", AWAY)
    posted = stage.poster.post(other)
    stage.change("delete", reply)

    assert posted.external_id == stage.poster.find(other).external_id
    assert Standing.UNKNOWN == stage.poster.standing(other)


class Elsewhere(httpcore.NetworkBackend):
    """Carries what is for this machine there, and answers for every other server with one status."""

    def __init__(self, status: int) -> None:
        self.status = status
        self.reached: list[str] = []

    def connect_tcp(self, host: str, port: int, *more: Any, **also: Any) -> httpcore.NetworkStream:
        if host == "127.0.0.1":
            return httpcore.SyncBackend().connect_tcp(host, port, *more, **also)
        self.reached.append(host)
        return httpcore.MockStream([f"HTTP/1.1 {self.status} Played\r\nContent-Length: 0\r\n\r\n".encode()])


@pytest.mark.parametrize(
    ("status", "standing"),
    [(404, Standing.GONE), (410, Standing.GONE), (200, Standing.UNKNOWN), (401, Standing.UNKNOWN), (503, Standing.UNKNOWN)],
)
def test_where_our_server_finds_nothing_only_the_authors_own_server_can_say_that_it_is_gone(
    own_world: World, status: int, standing: Standing
) -> None:
    """A source reads the address of a post as its id; a post that was deleted elsewhere is found nowhere on our server."""
    stage, elsewhere = Stage("mastodon", own_world), Elsewhere(status)
    other = known_as(stage.reply(), "https://other.example/users/jo/statuses/1", AWAY)
    found = {"127.0.0.1": ["127.0.0.1"], "other.example": ["93.184.216.34"]}
    poster = MastodonPoster.over(own_world.url, "mt-1", network=elsewhere, resolver=lambda host, _: found[host])

    assert standing is poster.standing(other)
    assert {"93.184.216.34"} == set(elsewhere.reached)


@pytest.mark.parametrize("way", ["{id}", "https://fake.social/users/jo/statuses/{id}", ""])
def test_a_mention_of_our_own_server_is_known_by_its_number_or_its_address(stage: Stage, way: str) -> None:
    reply = stage.reply()
    other = known_as(reply, way.format(id=stage.post_id(reply)), f"{stage.world.url}/@jo/{stage.post_id(reply)}")

    before = stage.poster.standing(other)
    stage.change("delete", reply)

    assert (Standing.UNCHANGED, Standing.GONE) == (before, stage.poster.standing(other))


@pytest.mark.parametrize("external_id", ["tag:x", "https://[", ""])
def test_a_mention_without_id_and_address_is_never_answered(stage: Stage, external_id: str) -> None:
    reply = a_reply("Sorry ^EK", mention=a_stored_mention(network="mastodon", external_id=external_id, url=""))

    assert Standing.UNKNOWN == stage.poster.standing(reply)
    assert isinstance(caught(lambda: stage.poster.post(reply)), Rejected)


def test_a_token_without_a_name_is_no_identity(stage: Stage) -> None:
    stage.fault("json", "/verify_credentials", body={"id": "1"})

    assert Unavailable is type(caught(stage.poster.whoami))


def test_the_token_goes_to_our_server_alone(own_world: World) -> None:
    poster = build("mastodon", own_world.url)
    poster._client.api_base_url = "http://10.0.0.1"

    error = caught(poster.whoami)

    assert Unavailable is type(error)
    assert re.search("open line", str(error))


def test_a_handle_without_a_server_is_one_on_ours_and_one_with_a_server_is_there_alone(stage: Stage) -> None:
    reply = stage.reply()
    for number, author in enumerate(["care@evil.example", "shop@shops.example"]):
        given = {"id": str(114_000_000_000_000_000 + number), "author": author, "text": "Hi"}
        stage.world.control("post", platform="mastodon", parent_id=stage.post_id(reply), **given)

    assert "" == stage.poster.answered_by(reply, ["@care", "@shop", "@care@fake.social"])
    assert "shop@shops.example" == stage.poster.answered_by(reply, ["@care", "@Shop@shops.example"])
