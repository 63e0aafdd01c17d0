"""X, as tweepy speaks to it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from monitor.contracts import RateLimited, Rejected, Unavailable
from monitor.domain import Delivery
from monitor.settings import NetworkSettings, Settings
from responders.contracts import NotSent, Standing
from responders.posters import POSTERS
from responders.posters.x import REFUSALS, XPoster
from tests.builders import a_reply, a_stored_mention
from tests.fakes.worlds import World
from tests.responders.posters.settings import settings_with
from tests.responders.posters.stages import Stage, caught

KEYS = {"X_CONSUMER_KEY": "ck-1", "X_CONSUMER_SECRET": "cs-2", "X_ACCESS_TOKEN": "at-3", "X_ACCESS_TOKEN_SECRET": "as-4"}


@pytest.fixture
def stage(own_world: World) -> Stage:
    return Stage("x", own_world)


def settings(environment: dict[str, str]) -> Settings:
    return settings_with(environment)


def test_it_is_built_from_the_configuration_and_the_environment_alone(own_world: World) -> None:
    network = NetworkSettings("x", Delivery.API, "x", "@acme", {"api_url": own_world.url})

    poster = POSTERS["x"].load().from_settings(network, settings(KEYS))

    assert "acme" == poster.whoami()
    authorization = own_world.control("requests")["requests"][0]["headers"]["Authorization"]
    assert ('oauth_consumer_key="ck-1"' in authorization, "cs-2" in authorization) == (True, False)


def test_missing_keys_are_named() -> None:
    network = NetworkSettings("x", Delivery.API, "x")

    error = caught(lambda: XPoster.from_settings(network, settings({"X_ACCESS_TOKEN": "at-3"})))

    assert "x: X_CONSUMER_KEY and X_CONSUMER_SECRET and X_ACCESS_TOKEN_SECRET are missing in the environment or in .env" == str(error)


@pytest.mark.parametrize("url", ["http://x.example", "ftp://x.example", "https://", "x.example"])
def test_keys_never_go_over_an_open_line(url: str) -> None:
    error = caught(lambda: XPoster.from_settings(NetworkSettings("x", Delivery.API, "x", "", {"api_url": url}), settings(KEYS)))

    assert isinstance(error, Rejected)
    assert "api_url must begin with https://" in str(error)


REFUSED = [
    (403, "You are not allowed to create a Tweet with duplicate content.", "second copy"),
    (403, "Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by the author", "(L1)"),
    (403, "Reply to this conversation is not allowed.", "does not let us reply"),
    (400, "You attempted to reply to a Tweet that is deleted or not visible to you.", "was deleted"),
    (403, "Your Tweet text is too long. For more information see https://developer.x.com.", "too long"),
    (403, "You have been blocked from replying", "has blocked"),
    (403, "Posts created via the API are limited to one cashtag.", "$cashtag"),
    (403, "Your account is suspended and is not permitted to access this feature.", "suspended"),
    (403, "To protect our users, your account is temporarily locked.", "log in there"),
    (403, "Your client app is not configured with the appropriate oauth1 app permissions for this endpoint.", "write permission"),
    (403, "Usage cap exceeded: Monthly product cap", "used up"),
    (402, "Your account has no credits", "no credits"),
    (403, "Something nobody has ever read", "the network refused the reply"),
]


@pytest.mark.parametrize(("status", "words", "sentence"), REFUSED)
def test_what_x_refuses_becomes_a_sentence_for_the_card(stage: Stage, status: int, words: str, sentence: str) -> None:
    reply = stage.reply()
    stage.fault("status", "/2/tweets$", status=status, body={"title": "Forbidden", "detail": words, "status": status})

    error = caught(lambda: stage.poster.post(reply))

    assert isinstance(error, Rejected)
    assert sentence in str(error)
    assert words[:60] in str(error)


def test_the_larger_world_refuses_as_x_does_and_is_understood(large_world: World) -> None:
    large_world.control("reset", again=True)
    stage = Stage("x", large_world)
    uninvited, cashtags = stage.reply(post="nobody asked you"), stage.reply("$AA and $BB ^EK")

    errors = [caught(lambda reply=reply: stage.poster.post(reply)) for reply in (uninvited, cashtags)]  # type: ignore[misc]

    assert ["(L1)" in str(errors[0]), "$cashtag" in str(errors[1])] == [True, True]
    assert [Rejected, Rejected] == [type(error) for error in errors]


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"x-rate-limit-reset": "{60}"}, 60),
        ({"x-rate-limit-reset": "{60}", "x-user-limit-24hour-remaining": "0", "x-user-limit-24hour-reset": "{7200}"}, 7200),
        ({"x-rate-limit-reset": "{60}", "x-user-limit-24hour-remaining": "9", "x-user-limit-24hour-reset": "{7200}"}, 60),
        ({"x-rate-limit-reset": "{9999999}"}, 86_400),
        ({"x-rate-limit-reset": "soon"}, 900),
        ({}, 900),
    ],
)
def test_x_is_asked_again_when_its_headers_say(stage: Stage, headers: dict[str, str], wait: int) -> None:
    now = datetime.now(UTC)
    given = {name: str(int(now.timestamp()) + int(text.strip("{}"))) if "{" in text else text for name, text in headers.items()}
    reply = stage.reply()
    stage.fault("status", "/2/tweets$", status=429, headers=given)

    error = caught(lambda: stage.poster.post(reply))

    assert isinstance(error, RateLimited)
    assert abs((error.retry_at - now).total_seconds() - wait) < 30


def test_what_x_does_to_a_text_is_seen_through(stage: Stage) -> None:
    reply = stage.reply("Tom & Jan <3: see https://waalfiets.example/storing?a=1&b=2 ^EK")

    posted = stage.poster.post(reply)

    assert [posted.text, posted.external_id] == [reply.version.text, stage.poster.find(reply).external_id]
    assert reply.version.text == stage.poster.find(reply).text
    assert posted.url == f"https://x.com/acme/status/{posted.external_id}"
    assert abs(posted.posted_at - datetime.now(UTC)) < timedelta(minutes=1)


def test_an_edit_on_x_is_a_new_post_in_the_old_ones_place(stage: Stage) -> None:
    reply = stage.reply(more={"edit_history_tweet_ids": ["1900000000000000001", "1900000000000000099"]})

    assert Standing.EDITED == stage.poster.standing(reply)


def test_a_long_post_is_compared_whole(stage: Stage) -> None:
    text = "@acme " + "my lock did not open " * 20
    reply = stage.reply(post=text, more={"text": text[:270], "note_tweet": {"text": text}})

    assert Standing.UNCHANGED == stage.poster.standing(reply)


def test_links_that_x_shortened_are_no_edit(stage: Stage) -> None:
    reply = stage.reply(post="@acme look: https://example.org/a/photo?x=1&y=2 broken & closed")

    assert Standing.UNCHANGED == stage.poster.standing(reply)


@pytest.mark.parametrize(
    ("kind", "standing"),
    [("not-authorized-for-resource", Standing.GONE), ("resource-not-found", Standing.GONE), ("something-new", Standing.UNKNOWN)],
)
def test_a_post_that_cannot_be_shown_is_gone_or_unknown(stage: Stage, kind: str, standing: Standing) -> None:
    reply = stage.reply()
    stage.fault("json", "/2/tweets/", body={"errors": [{"type": f"https://api.twitter.com/2/problems/{kind}"}]})

    assert standing == stage.poster.standing(reply)


def test_reading_back_turns_every_page(stage: Stage) -> None:
    first, rest = stage.reply(), [stage.reply(f"number {number}") for number in range(101)]
    posted = stage.poster.post(first)
    for reply in rest:
        stage.poster.post(reply)

    assert posted.external_id == stage.poster.find(first).external_id


def test_more_posts_than_can_be_looked_through_are_no_proof_of_absence(stage: Stage) -> None:
    reply = stage.reply()
    body = {"data": [{"id": "7", "text": "x"}], "meta": {"next_token": "on"}}
    stage.fault("json", "/2/users/.*/tweets", times=10, body=body)

    error = caught(lambda: stage.poster.find(reply))

    assert Unavailable is type(error)
    assert "too many to look through" in str(error)


@pytest.mark.parametrize(
    "body", [{}, {"data": {}}, {"data": [], "meta": 1}, {"data": ["x"], "meta": {}}, {"data": "no", "meta": {}}, [], 7]
)
def test_a_list_of_ours_that_is_none_is_no_proof_of_absence(stage: Stage, body: object) -> None:
    reply = stage.reply()
    stage.poster.whoami()
    stage.fault("json", "/2/users/.*/tweets", body=body)

    assert Unavailable is type(caught(lambda: stage.poster.find(reply)))


@pytest.mark.parametrize("body", [{"data": {"id": "no number"}}, {"data": []}, {}])
def test_a_send_that_x_answers_strangely_is_unclear(stage: Stage, body: object) -> None:
    reply = stage.reply()
    stage.fault("json", "/2/tweets$", body=body)

    assert Unavailable is type(caught(lambda: stage.poster.post(reply)))


def test_an_answer_without_our_name_is_no_identity(stage: Stage) -> None:
    stage.fault("json", "/2/users/me", body={"data": {"id": "7"}})
    reply = stage.reply()

    assert NotSent is type(caught(lambda: stage.poster.post(reply)))


@pytest.mark.parametrize("external_id", ["", "abc", "12 3", "１２", "../users"])
def test_a_mention_without_an_id_of_x_is_never_answered(stage: Stage, external_id: str) -> None:
    reply = a_reply("Sorry ^EK", mention=a_stored_mention(network="x", external_id=external_id))

    for act in (stage.poster.post, stage.poster.find, stage.poster.standing):
        assert isinstance(caught(lambda act=act: act(reply)), Rejected)  # type: ignore[misc]
    assert [] == stage.world.control("requests")["requests"]


def test_every_refusal_is_looked_for_in_lower_case() -> None:
    assert [] == [part for part, _ in REFUSALS if part != part.lower()]
