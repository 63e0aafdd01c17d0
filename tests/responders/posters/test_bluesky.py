"""Bluesky, as atproto speaks to it."""

from __future__ import annotations

import re
import stat
import traceback
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor.contracts import RateLimited, Rejected, Unavailable
from monitor.domain import Delivery, Posted, Reply
from monitor.settings import NetworkSettings
from monitor.signins import Session, SessionFile
from responders.contracts import Standing
from responders.posters import POSTERS
from responders.posters.bluesky import BlueskyPoster, record_key
from tests.builders import NOW, a_reply, a_stored_mention
from tests.fakes.world import DID
from tests.fakes.worlds import STAND_IN, World
from tests.responders.posters.settings import settings_with
from tests.responders.posters.stages import Stage, caught

RECORDED = STAND_IN.parents[1] / "data" / "recorded" / "bluesky"
LOGIN = {"BLUESKY_HANDLE": "acme.test", "BLUESKY_APP_PASSWORD": "ap-1"}


@pytest.fixture
def stage(own_world: World) -> Stage:
    return Stage("bluesky", own_world)


def test_it_is_built_from_the_configuration_and_the_environment_alone(own_world: World) -> None:
    network = NetworkSettings("bluesky", Delivery.API, "bluesky", DID, {"api_url": own_world.url})

    assert "acme.test" == POSTERS["bluesky"].load().from_settings(network, settings_with(LOGIN)).whoami()


def test_a_missing_password_is_named() -> None:
    environment = {"BLUESKY_HANDLE": "acme.test"}
    error = caught(lambda: BlueskyPoster.from_settings(NetworkSettings("bluesky", Delivery.API), settings_with(environment)))

    assert "bluesky: BLUESKY_APP_PASSWORD is missing in the environment or in .env" == str(error)


def sessions(world: World) -> list[str]:
    """Return how it was asked for sessions, in order."""
    paths = [row["path"].rpartition(".")[2] for row in world.control("requests")["requests"]]
    return [path for path in paths if path.endswith("Session")]


def test_it_signs_in_once_and_renews_its_session_each_hour(own_world: World) -> None:
    stage, now = Stage("bluesky", own_world), [NOW]
    stage.poster._calls.now = lambda: now[0]
    for minutes in (0, 10, 50, 61):
        now[0] = NOW + timedelta(minutes=minutes)
        stage.poster.whoami()

    assert ["createSession", "getSession", "refreshSession", "getSession"] == sessions(own_world)


def restarted(world: World, file: SessionFile | None) -> BlueskyPoster:
    """Return the poster as a process has it that has just started."""
    return BlueskyPoster.over(world.url, ("acme.test", "ap-1"), file=file)


def test_a_restart_signs_in_nowhere_anew(own_world: World, tmp_path: Path) -> None:
    network = NetworkSettings("bluesky", Delivery.API, "bluesky", DID, {"api_url": own_world.url})
    settings = replace(settings_with(LOGIN), database_url=f"sqlite:///{tmp_path / 'grapevine.db'}")
    for _ in range(3):
        assert "acme.test" == POSTERS["bluesky"].load().from_settings(network, settings).whoami()

    (kept,) = tmp_path.iterdir()
    assert ["createSession", *["getSession"] * 3] == sessions(own_world)
    assert (True, 0o600) == (kept.name.startswith("bluesky-post-"), stat.S_IMODE(kept.stat().st_mode))


def test_a_kept_session_that_is_refused_is_renewed_and_else_signed_in_for(own_world: World, tmp_path: Path) -> None:
    file = SessionFile(tmp_path / "post.session", "acme.test")
    restarted(own_world, file).whoami()
    for refusals, asked in ((1, ["getSession", "refreshSession", "getSession"]), (2, ["getSession", "refreshSession", "getSession"])):
        own_world.control("reset")
        own_world.control("fault", path="getSession", kind="status", status=401, times=refusals)
        told = caught(restarted(own_world, file).whoami) if refusals == 2 else restarted(own_world, file).whoami()

        assert asked == sessions(own_world)
    assert Rejected is type(told)
    own_world.control("reset")
    own_world.control("fault", path="getSession", kind="status", status=401, times=1)
    own_world.control("fault", path="refreshSession", kind="status", status=400, body={"error": "ExpiredToken"})
    restarted(own_world, file).whoami()

    assert ["getSession", "refreshSession", "createSession", "getSession"] == sessions(own_world)


def test_a_session_that_another_process_kept_meanwhile_and_that_is_refused_too_is_tried_later(own_world: World, tmp_path: Path) -> None:
    class Overtaken(SessionFile):
        def read(self) -> Session | None:
            kept = super().read()
            if kept:
                parts = kept.text.split(":::")
                self.write(replace(kept, text=":::".join([f"{parts[0]}x", *parts[1:]])))
            return kept

    file = Overtaken(tmp_path / "post.session", "acme.test")
    restarted(own_world, file).whoami()
    own_world.control("reset")
    own_world.control("fault", path="getSession", kind="status", status=401, times=9)
    error = caught(restarted(own_world, file).whoami)

    assert "bluesky: our session is not accepted any more; it is renewed the next time" == str(error)
    assert ["getSession", "getSession"] == sessions(own_world)


def test_no_session_stands_in_an_error(own_world: World, tmp_path: Path) -> None:
    file = SessionFile(tmp_path / "post.session", "acme.test")
    restarted(own_world, file).whoami()
    kept = file.read()
    assert kept is not None
    tokens = kept.text.split(":::")[2:4]
    own_world.control("fault", path="Session", kind="status", status=400, times=9, body={"error": "InvalidToken", "message": f"{tokens}"})
    error = caught(restarted(own_world, file).whoami)

    assert not [token for token in tokens if token in "".join(traceback.format_exception(error))]


# The record key.


def test_a_reply_has_one_key_for_ever_and_another_version_another() -> None:
    reply = a_reply("Sorry ^EK", mention=a_stored_mention(external_id="at://did:plc:jo/app.bsky.feed.post/3k"))
    others = [
        replace(reply, id=2),
        replace(reply, version=replace(reply.version, sha256="0" * 64)),
        replace(reply, mention=a_stored_mention(external_id="at://did:plc:jo/app.bsky.feed.post/4k")),
    ]

    assert record_key(reply) == record_key(a_reply("Sorry ^EK", mention=reply.mention))
    assert 4 == len({record_key(one) for one in (reply, *others)})
    assert re.fullmatch("[234567a-j][234567a-z]{12}", record_key(reply))


def test_a_second_send_finds_the_place_taken_and_is_the_first(stage: Stage) -> None:
    reply = stage.reply()
    first = stage.poster.post(reply)

    second = stage.poster.post(reply)

    assert (first.external_id, [reply.version.text]) == (second.external_id, stage.stands(reply))
    assert isinstance(second, Posted)


@pytest.mark.parametrize("reading", [{"kind": "429"}, {"kind": "status", "status": 500}, {"kind": "garbage", "times": 0}])
def test_a_taken_place_where_nothing_can_be_read_is_unclear(stage: Stage, reading: dict[str, Any]) -> None:
    reply = stage.reply()
    stage.fault(path="getRecord", **reading)
    stage.fault("status", "createRecord", status=400, body={"error": "InvalidRequest", "message": "Record already exists: 3k"})

    assert Unavailable is type(caught(lambda: stage.poster.post(reply)))


def test_another_post_of_ours_in_that_place_is_for_a_person(stage: Stage) -> None:
    reply, other = stage.reply(), stage.reply()
    key = record_key(reply)
    stage.world.control("post", platform="bluesky", id=key, ours=True, parent_id=stage.post_id(other), text="x")

    for act in (stage.poster.find, stage.poster.standing, stage.poster.post):
        assert isinstance(caught(lambda act=act: act(reply)), Rejected)  # type: ignore[misc]


# What is sent.


def sent(stage: Stage) -> dict[str, object]:
    record: dict[str, object] = stage.world.control("requests")["requests"][-1]["body"]["record"]
    return record


def test_links_tags_and_handles_can_be_clicked(stage: Stage) -> None:
    text = "Sorry 🚲 @jo.test en @nobody.test: zie https://example.org/a #storing ^EK"
    reply = stage.reply(text)

    stage.poster.post(reply)

    raw = text.encode()
    found = [
        (raw[facet["index"]["byteStart"] : facet["index"]["byteEnd"]].decode(), facet["features"][0])
        for facet in sent(stage)["facets"]  # type: ignore[attr-defined]
    ]
    assert ["@jo.test", "https://example.org/a", "#storing"] == [part for part, _ in found]
    assert ["did:plc:jo", "https://example.org/a", "storing"] == [
        feature.get("did") or feature.get("uri") or feature.get("tag") for _, feature in found
    ]
    assert {"app.bsky.richtext.facet#mention", "app.bsky.richtext.facet#link", "app.bsky.richtext.facet#tag"} == {
        feature["$type"] for _, feature in found
    }


def test_a_reply_stands_in_the_thread_of_its_mention(stage: Stage) -> None:
    root = {"uri": "at://did:plc:ann/app.bsky.feed.post/3root", "cid": "root-cid"}
    reply = stage.reply(parent_id="3kparent", root=root)

    stage.poster.post(reply)

    record = sent(stage)
    place = {"uri": reply.mention.mention.external_id, "cid": f"cid-{stage.post_id(reply)}"}
    assert ({"root": root, "parent": place}, ["en"], reply.version.text) == (record["reply"], record["langs"], record["text"])
    assert "facets" not in record


def test_three_hundred_characters_are_what_a_reader_counts(stage: Stage) -> None:
    assert [1, 300] == [stage.poster.length("🚲🏽"), stage.poster.limit]


def test_a_mention_is_known_by_its_address_too(stage: Stage) -> None:
    reply = stage.reply()
    number = stage.post_id(reply)
    given = replace(reply.mention.mention, external_id=number, url=f"https://bsky.app/profile/jo.test/post/{number}")
    other = replace(reply, mention=replace(reply.mention, mention=given))

    stage.poster.post(other)

    assert [reply.version.text] == stage.stands(reply)


@pytest.mark.parametrize(("external_id", "url"), [("3kabc", ""), ("", "https://bsky.app/profile/jo.test"), ("x", "https://[")])
def test_a_mention_that_cannot_be_told_is_never_answered(stage: Stage, external_id: str, url: str) -> None:
    reply = a_reply("Sorry ^EK", mention=a_stored_mention(network="bluesky", external_id=external_id, url=url))

    for act in (stage.poster.post, stage.poster.find, stage.poster.standing):
        assert isinstance(caught(lambda act=act: act(reply)), Rejected)  # type: ignore[misc]


# What is refused.


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"viewer": {"replyDisabled": True}}, "does not let us reply"),
        ({"author": {"viewer": {"blockedBy": True}}}, "blocked"),
        ({"author": {"viewer": {"blocking": "at://x"}}}, "blocked"),
    ],
)
def test_an_author_who_wants_no_reply_gets_none(stage: Stage, more: dict[str, object], sentence: str) -> None:
    reply = stage.reply(more=more)

    error = caught(lambda: stage.poster.post(reply))

    assert (Rejected, True, 0) == (type(error), sentence in str(error), stage.world.writes("bluesky"))


@pytest.mark.parametrize(
    ("status", "name", "words", "sentence"),
    [
        (400, "InvalidRequest", "Record/text must not be longer than 300 graphemes", "too long"),
        (400, "AccountTakedown", "Account has been taken down", "taken down"),
        (400, "AccountDeactivated", "Account is deactivated", "deactivated"),
        (400, "InvalidRequest", "Nobody has read this", "the network refused the reply"),
        (401, "AuthMissing", "Authentication Required", "BLUESKY_APP_PASSWORD"),
    ],
)
def test_what_bluesky_refuses_becomes_a_sentence_for_the_card(stage: Stage, status: int, name: str, words: str, sentence: str) -> None:
    reply = stage.reply()
    stage.fault("status", "createRecord", status=status, body={"error": name, "message": words})

    error = caught(lambda: stage.poster.post(reply))

    assert (Rejected, True) == (type(error), sentence in str(error))


@pytest.mark.skipif(not RECORDED.exists(), reason=f"the recorded answers are not here: {RECORDED}")
def test_the_words_of_the_real_bluesky_are_known(stage: Stage) -> None:
    recorded = (RECORDED / "bskyr" / "r_post_errors.yml").read_text()
    words = " ".join(re.findall(r'"message":"([^"]+)"', recorded)[0].split())
    reply = stage.reply()
    stage.fault("status", "createRecord", status=400, body={"error": "InvalidRequest", "message": words})

    assert "Bluesky finds the reply too long" in str(caught(lambda: stage.poster.post(reply)))


def test_bluesky_is_asked_again_when_it_says(stage: Stage) -> None:
    until = datetime.now(UTC) + timedelta(minutes=4)
    reply = stage.reply()
    stage.fault("status", "createRecord", status=429, headers={"RateLimit-Reset": str(int(until.timestamp()))})

    error = caught(lambda: stage.poster.post(reply))

    assert isinstance(error, RateLimited)
    assert abs(error.retry_at - until) < timedelta(seconds=20)


@pytest.mark.parametrize("body", [{}, [], {"uri": None, "x": 1}])
def test_a_send_that_bluesky_answers_strangely_is_unclear_or_stands(stage: Stage, body: object) -> None:
    reply = stage.reply()
    stage.fault("json", "createRecord", body=body)

    assert Unavailable is type(caught(lambda: stage.poster.post(reply)))


# What is read back.


def late(reply: Reply) -> Reply:
    mention = replace(reply.mention.mention, posted_at=datetime(2190, 1, 1, tzinfo=UTC))
    return replace(reply, mention=replace(reply.mention, mention=mention))


def test_looking_for_a_colleagues_answer_turns_every_page_and_stops_where_the_mention_was_made(stage: Stage) -> None:
    reply = stage.reply()
    given = {"platform": "bluesky", "ours": True}
    stage.world.control("post", id="3mzzzzzzzzz22", parent_id=stage.post_id(reply), text="By hand", **given)
    for number in range(101):
        stage.world.control("post", id=f"3mzzzzzz{number:05d}".translate(str.maketrans("01890", "abcda")), text="other", **given)

    assert "By hand" == stage.poster.find(reply).text
    assert stage.poster.find(late(reply)) is None


def test_more_posts_than_can_be_looked_through_are_no_proof_of_absence(stage: Stage) -> None:
    reply = stage.reply()
    record = {"uri": f"at://{DID}/app.bsky.feed.post/self", "value": {"text": "x"}}
    stage.fault("json", "listRecords", times=10, body={"records": [record], "cursor": "on"})

    assert "too many" in str(caught(lambda: stage.poster.find(reply)))


@pytest.mark.parametrize("body", [{}, {"records": {}}, []])
def test_a_list_of_ours_that_is_none_is_no_proof_of_absence(stage: Stage, body: object) -> None:
    reply = stage.reply()
    stage.fault("json", "listRecords", body=body)

    assert Unavailable is type(caught(lambda: stage.poster.find(reply)))


@pytest.mark.parametrize(("count", "known"), [(0, True), (3, False)])
def test_where_a_server_lists_nothing_only_a_post_without_any_answer_has_none_of_ours(stage: Stage, count: int, known: bool) -> None:
    reply = stage.reply(more={"replyCount": count})
    stage.fault("status", "listRecords", times=2, status=501, body={"error": "MethodNotImplemented"})

    if known:
        assert (None, Standing.UNCHANGED) == (stage.poster.find(reply), stage.poster.standing(reply))
    else:
        assert Unavailable is type(caught(lambda: stage.poster.find(reply)))


@pytest.mark.parametrize("body", [{"did": "did:plc:x"}, {"handle": "acme.test"}, {"did": "no", "handle": "acme.test"}])
def test_a_session_without_a_name_is_no_identity(stage: Stage, body: object) -> None:
    stage.fault("json", "getSession", body=body)

    assert Unavailable is type(caught(stage.poster.whoami))


def test_a_strange_post_is_not_taken_for_the_mention(stage: Stage) -> None:
    reply = stage.reply()
    stage.fault("json", "getPosts", body={"posts": [{"uri": "x"}]})

    assert Unavailable is type(caught(lambda: stage.poster.standing(reply)))
