"""Reddit, as praw speaks to it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from monitor.contracts import RateLimited, Rejected, Unavailable
from monitor.domain import Delivery
from monitor.settings import NetworkSettings
from responders.contracts import Standing
from responders.posters import POSTERS
from responders.posters.reddit import RedditPoster
from tests.builders import NOW, a_mention, a_reply, a_stored_mention
from tests.fakes.worlds import STAND_IN, World
from tests.responders.posters.settings import settings_with
from tests.responders.posters.stages import Stage, build, caught

APP = {"REDDIT_CLIENT_ID": "ci-1", "REDDIT_CLIENT_SECRET": "cs-2"}
PASSWORD = {"REDDIT_USERNAME": "acme_support", "REDDIT_PASSWORD": "pw-4"}
TOKEN = {"REDDIT_REFRESH_TOKEN": "rt-5"}
RECORDED = STAND_IN.parents[1] / "data" / "recorded" / "reddit"


@pytest.fixture
def stage(own_world: World) -> Stage:
    return Stage("reddit", own_world)


@pytest.mark.parametrize("login", [PASSWORD, TOKEN, PASSWORD | TOKEN])
def test_it_logs_in_with_what_the_environment_has(own_world: World, login: dict[str, str]) -> None:
    network = NetworkSettings("reddit", Delivery.API, "reddit", "u/Acme_Support", {"api_url": own_world.url, "subreddits": ()})

    poster = POSTERS["reddit"].load().from_settings(network, settings_with(APP | login))

    assert "acme_support" == poster.whoami()
    grant = own_world.control("requests")["requests"][0]["body"]["grant_type"]
    assert ("refresh_token" if "REDDIT_REFRESH_TOKEN" in login else "password") == grant


def test_missing_keys_are_named() -> None:
    error = caught(lambda: RedditPoster.from_settings(NetworkSettings("reddit", Delivery.API, "reddit"), settings_with(APP)))

    assert "reddit: REDDIT_USERNAME and REDDIT_PASSWORD are missing in the environment or in .env" == str(error)


def test_by_itself_it_speaks_to_reddit_over_tls() -> None:
    poster = RedditPoster.from_settings(NetworkSettings("reddit", Delivery.API, "reddit"), settings_with(APP | PASSWORD))

    config = poster._client.config
    assert ("https://oauth.reddit.com", "https://www.reddit.com") == (config.oauth_url, config.reddit_url)


def test_a_subreddit_that_is_not_listed_gets_no_reply(stage: Stage) -> None:
    reply = stage.reply()
    elsewhere = replace(reply, mention=replace(reply.mention, mention=replace(reply.mention.mention, community="r/fietsen")))

    error = caught(lambda: stage.poster.post(elsewhere))

    assert isinstance(error, Rejected)
    assert ("r/fietsen" in str(error), "(L3)" in str(error)) == (True, True)
    assert 0 == stage.world.writes("reddit")


REFUSED = [
    (["THREAD_LOCKED", "Comments are locked.", "parent"], "locked"),
    (["TOO_OLD", "that's a piece of history now; it's too late to reply to it", "parent"], "too old"),
    (["DELETED_COMMENT", "that comment has been deleted", "parent"], "the comment was deleted"),
    (["DELETED_LINK", "the link you are commenting on has been deleted", "parent"], "the post was deleted"),
    (["TOO_LONG", "this is too long (max: 10000)", "text"], "too long"),
    (["NO_TEXT", "we need something here", "text"], "no text"),
    (["USER_BLOCKED", "you can't reply to this user", "parent"], "has blocked"),
    (["SUBREDDIT_NOTALLOWED", "you aren't allowed to post there", "sr"], "moderators"),
    (["SOMETHING_NEW", "that nobody has read", ""], "the network refused the reply"),
]


@pytest.mark.parametrize(("refusal", "sentence"), REFUSED)
def test_what_reddit_refuses_becomes_a_sentence_for_the_card(stage: Stage, refusal: list[str], sentence: str) -> None:
    reply = stage.reply()
    stage.fault("json", "/api/comment", body={"json": {"errors": [refusal]}})

    error = caught(lambda: stage.poster.post(reply))

    assert isinstance(error, Rejected)
    assert (sentence in str(error), refusal[1] in str(error)) == (True, True)
    assert 1 == stage.world.writes("reddit")


@pytest.mark.parametrize(("subreddit", "locked", "sentence"), [("banned_here", False, "banned, restricted"), ("nijmegen", True, "locked")])
def test_the_larger_world_refuses_as_reddit_does_and_is_understood(large_world: World, subreddit: str, locked: bool, sentence: str) -> None:
    large_world.control("reset", again=True)
    stage = Stage("reddit", large_world)
    reply = stage.reply(subreddit=subreddit, locked=locked)

    error = caught(lambda: stage.poster.post(reply))

    assert isinstance(error, Rejected)
    assert sentence in str(error)


@pytest.mark.parametrize(
    ("words", "wait"),
    [
        ("Take a break for 3 minutes before trying again.", 180),
        ("Take a break for 45 seconds before trying again.", 45),
        ("Take a break for 500 milliseconds before trying again.", 1),
        ("Looks like you've been doing that a lot.", 600),
    ],
)
def test_a_pause_that_reddit_asks_for_is_kept_by_waiting_outside(stage: Stage, words: str, wait: int) -> None:
    now, reply = datetime.now(UTC), stage.reply()
    stage.fault("json", "/api/comment", times=5, body={"json": {"errors": [["RATELIMIT", words, "ratelimit"]]}})

    error = caught(lambda: stage.poster.post(reply))

    assert isinstance(error, RateLimited)
    assert abs((error.retry_at - now).total_seconds() - wait) < 20
    assert 1 == stage.world.writes("reddit")


def test_what_looks_like_markdown_arrives_escaped_and_is_read_back_plain(stage: Stage) -> None:
    text = "*Sorry*: #1 is fixed.\nSee https://example.org/a_b_c\n\n> not a quote\n1. not a list ^EK"
    reply = stage.reply(text)

    posted = stage.poster.post(reply)

    assert [text] == stage.stands(reply)
    assert [text, text] == [posted.text, stage.poster.find(reply).text]
    (sent,) = stage.world.replies("reddit", stage.post_id(reply))
    assert (len(sent), True) == (stage.poster.length(text), r"\^EK" in sent)


@pytest.mark.parametrize(
    ("external_id", "url", "thing"),
    [
        ("t1_d1616q2", "", "t1_d1616q2"),
        ("t3_4b1tfm", "", "t3_4b1tfm"),
        ("4b1tfm", "https://www.reddit.com/r/a/comments/4b1tfm/a_title/", "t3_4b1tfm"),
        ("4b1tfm", "https://www.reddit.com/comments/4b1tfm", "t3_4b1tfm"),
        ("d1616q2", "https://www.reddit.com/r/a/comments/4b1tfm/a_title/d1616q2/?context=3", "t1_d1616q2"),
    ],
)
def test_it_knows_a_post_from_a_comment(stage: Stage, external_id: str, url: str, thing: str) -> None:
    reply = a_reply("Sorry ^EK", mention=a_stored_mention(network="reddit", external_id=external_id, url=url, community="r/nijmegen"))

    caught(lambda: stage.poster.post(reply))

    assert thing == stage.world.control("requests")["requests"][-1]["body"]["thing_id"]


@pytest.mark.parametrize(
    ("external_id", "url"), [("4b1tfm", ""), ("d1616q2", "https://www.reddit.com/r/a/comments/4b1tfm/t/"), ("t9_x", ""), ("t3_../x", "")]
)
def test_what_cannot_be_told_apart_is_never_answered(stage: Stage, external_id: str, url: str) -> None:
    reply = a_reply("Sorry ^EK", mention=a_stored_mention(network="reddit", external_id=external_id, url=url, community="r/nijmegen"))

    for act in (stage.poster.post, stage.poster.find, stage.poster.standing):
        assert isinstance(caught(lambda act=act: act(reply)), Rejected)  # type: ignore[misc]
    assert 0 == stage.world.writes("reddit")


@pytest.mark.parametrize(
    ("more", "standing"),
    [
        ({"removed_by_category": "moderator"}, Standing.GONE),
        ({"author": None}, Standing.GONE),
        ({"selftext": "[removed]"}, Standing.GONE),
        ({"edited": NOW.timestamp() - 60}, Standing.UNCHANGED),
        ({"edited": NOW.timestamp() + 60}, Standing.EDITED),
        ({"edited": True}, Standing.UNCHANGED),
    ],
)
def test_what_reddit_notes_of_a_post_is_seen(stage: Stage, more: dict[str, object], standing: Standing) -> None:
    data = {"id": "x", "author": "jo", "selftext": "my lock", "edited": False} | more
    reply = stage.reply()
    stage.fault("json", "/api/info", body={"data": {"children": [{"kind": "t3", "data": data}]}})

    assert standing == stage.poster.standing(reply)


def test_reading_back_turns_every_page_and_stops_where_the_mention_was_made(stage: Stage) -> None:
    first = stage.reply()
    posted = stage.poster.post(first)
    for number in range(100):
        stage.poster.post(stage.reply(f"number {number}"))
    asked = len(stage.world.control("requests")["requests"])

    found = stage.poster.find(first)
    late = replace(
        first, mention=replace(first.mention, mention=replace(first.mention.mention, posted_at=datetime.now(UTC).replace(year=2200)))
    )

    assert posted.external_id == found.external_id
    assert 2 == len(stage.world.control("requests")["requests"]) - asked
    assert stage.poster.find(late) is None
    assert 3 == len(stage.world.control("requests")["requests"]) - asked


def test_more_comments_than_reddit_lists_are_no_proof_of_absence(stage: Stage) -> None:
    comment = {"kind": "t1", "data": {"id": "c", "parent_id": "t3_other", "created_utc": 2e9}}
    reply = stage.reply()
    stage.fault("json", "/user/", times=10, body={"data": {"children": [comment], "after": "t1_c"}})

    assert Unavailable is type(caught(lambda: stage.poster.find(reply)))


@pytest.mark.parametrize("body", [{"data": {"children": [{"data": {"id": "c"}}]}}, {"data": {}}, {"data": None}, [], {"error": "x"}])
def test_a_list_of_ours_that_is_none_is_no_proof_of_absence(stage: Stage, body: object) -> None:
    reply = stage.reply()
    stage.fault("json", "/user/", body=body)

    assert Unavailable is type(caught(lambda: stage.poster.find(reply)))


@pytest.mark.parametrize(
    "body", [{}, {"json": {}}, {"json": {"errors": [], "data": {"things": []}}}, {"json": {"data": {"things": [{}]}}}, []]
)
def test_a_send_that_reddit_answers_strangely_is_unclear(stage: Stage, body: object) -> None:
    reply = stage.reply()
    stage.fault("json", "/api/comment", body=body)

    assert Unavailable is type(caught(lambda: stage.poster.post(reply)))


def test_a_suspended_account_is_told_before_anything_is_sent(stage: Stage) -> None:
    stage.fault("json", "/api/v1/me", body={"name": "acme_support", "is_suspended": True})
    reply = stage.reply()

    error = caught(lambda: stage.poster.post(reply))

    assert (Rejected, True, 0) == (type(error), "suspended" in str(error), stage.world.writes("reddit"))


def test_a_wrong_password_is_told(own_world: World) -> None:
    poster = build("reddit", own_world.url, ("client-id-1", "client-secret-2", "acme_support", "bad-password"))

    error = caught(poster.whoami)

    assert isinstance(error, Rejected)
    assert ("REDDIT_PASSWORD" in str(error), "bad-password" in str(error)) == (True, False)


@pytest.mark.skipif(not RECORDED.exists(), reason=f"the recorded answers are not here: {RECORDED}")
def test_a_real_answer_to_a_comment_is_understood(stage: Stage) -> None:
    recorded = json.loads((RECORDED / "TestComment.test_reply.json").read_text())["interactions"]
    body = json.loads(recorded[-1]["response"]["body"]["string"])
    reply = stage.reply("Comment reply")
    stage.fault("json", "/api/comment", body=body)

    posted = stage.poster.post(reply)

    assert ("t1_d1680wu", "Comment reply", 2016) == (posted.external_id, posted.text, posted.posted_at.year)


def test_no_file_of_praw_and_no_other_account_of_this_machine_is_read(own_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("praw_username", "somebody_else")
    monkeypatch.setenv("praw_password", "of-another")

    build("reddit", own_world.url).whoami()

    assert not re.search("somebody_else|of-another", json.dumps(own_world.control("requests")))


def test_under_a_comment_the_answer_of_another_account_of_the_brand_is_seen(own_world: World) -> None:
    comment = {"id": "c1", "parent_id": "p1", "text": "my lock did not open", "more": {"link_id": "t3_p1"}}
    for one in ({"id": "p1", "text": "Bikes"}, comment, {"id": "c2", "parent_id": "c1", "author": "acme_care", "text": "Which?"}):
        own_world.control("post", **({"platform": "reddit", "author": "jo"} | one))
    mention = a_mention("my lock did not open", network="reddit", external_id="t1_c1", community="r/nijmegen")
    poster = build("reddit", own_world.url)

    assert "acme_care" == poster.answered_by(a_reply(mention=a_stored_mention(mention=mention)), ["@acme_care"])
    own_world.control("delete", platform="reddit", id="c2")
    assert "" == poster.answered_by(a_reply(mention=a_stored_mention(mention=mention)), ["@acme_care"])
