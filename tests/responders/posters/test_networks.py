"""What holds for the poster of every network: its contract, each fault of the wire, and that nothing is ever published twice."""

from __future__ import annotations

import re
import socket
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from monitor.contracts import AdapterError, RateLimited, Rejected, Unavailable
from monitor.domain import Posted
from responders.contracts import NotSent, Standing
from tests.fakes import web
from tests.fakes.web import WebSite
from tests.fakes.worlds import World
from tests.responders.posters.contract import verify_poster
from tests.responders.posters.stages import NETWORKS, READS, SECRETS, WRITE, Stage, build, caught, leaks
from tests.terminal import until

EACH_READ = [(network, path) for network in NETWORKS for path in READS[network]]


@pytest.fixture(params=NETWORKS)
def stage(request: pytest.FixtureRequest, world: World) -> Stage:
    return Stage(request.param, world)


@pytest.fixture(params=NETWORKS)
def lean(request: pytest.FixtureRequest, own_world: World) -> Stage:
    return Stage(request.param, own_world)


def test_it_keeps_the_posters_contract(stage: Stage) -> None:
    verify_poster(stage.poster, stage.reply, stage.stands)


def test_it_says_whose_account_it_is(stage: Stage) -> None:
    name = stage.poster.whoami()

    assert name in {"acme", "acme_support", "acme.test"}
    assert name == stage.build(account=f"@{name.upper()}").whoami()


def test_keys_of_another_account_post_nothing_and_both_names_are_told(stage: Stage) -> None:
    poster, reply = stage.build(account="@waalfiets"), stage.reply()

    for act in (poster.whoami, lambda: poster.post(reply), lambda: poster.find(reply), lambda: poster.standing(reply)):
        error = caught(act)

        assert isinstance(error, Rejected)
        assert ("acme" in str(error), "@waalfiets" in str(error)) == (True, True)
    assert [] == stage.stands(reply)


def test_a_reply_that_was_taken_before_the_line_was_cut_is_unclear_and_then_found(stage: Stage) -> None:
    reply = stage.reply()
    stage.fault("drop_after", WRITE[stage.network])

    error = caught(lambda: stage.poster.post(reply))

    assert Unavailable is type(error)
    assert 1 == stage.world.writes(stage.network)
    assert isinstance(stage.build().find(reply), Posted)
    assert Standing.ANSWERED == stage.poster.standing(reply)
    assert [reply.version.text] == stage.stands(reply)


@pytest.mark.parametrize(
    ("kind", "more", "expected"),
    [
        ("drop_before", {}, Unavailable),
        ("status", {"status": 500}, Unavailable),
        ("status", {"status": 502}, Unavailable),
        ("status", {"status": 503}, Unavailable),
        ("status", {"status": 408}, Unavailable),
        ("status", {"status": 403}, Rejected),
        ("status", {"status": 401}, Rejected),
        ("429", {}, RateLimited),
        ("html", {}, Unavailable),
        ("garbage", {}, Unavailable),
    ],
)
def test_a_send_that_goes_wrong_is_told_apart_and_never_repeated(
    stage: Stage, kind: str, more: dict[str, int], expected: type[Exception]
) -> None:
    reply = stage.reply()
    stage.fault(kind, WRITE[stage.network], times=9, **more)

    error = caught(lambda: stage.poster.post(reply))

    assert expected is type(error)
    assert str(error).startswith(f"{stage.network}: ")
    assert 1 == stage.world.writes(stage.network)
    assert stage.poster.find(reply) is None
    assert not isinstance(error, RateLimited) or error.retry_at > datetime.now(UTC)


def test_where_nobody_listens_certainly_nothing_was_sent(lean: Stage) -> None:
    reply = lean.reply()
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        poster = lean.build(url=f"http://127.0.0.1:{closed.getsockname()[1]}")

        errors = [caught(act) for act in (lambda: poster.post(reply), lambda: poster.find(reply), lambda: poster.standing(reply))]

    assert [NotSent, Unavailable, Unavailable] == [type(error) for error in errors]


def test_a_line_that_breaks_just_before_the_send_sent_nothing(lean: Stage) -> None:
    """The second connection, that of the send itself, is refused."""
    reply, poster = lean.reply(), lean.build()
    poster.whoami()
    poster._calls.wire._resolver = _fails_for_good

    assert NotSent is type(caught(lambda: poster.post(reply)))
    assert 0 == lean.world.writes(lean.network)


def _fails_for_good(host: str, port: int) -> list[str]:
    raise OSError("no such host")


@pytest.mark.parametrize(("network", "path"), EACH_READ)
@pytest.mark.parametrize("kind", ["drop_before", "status", "429", "html", "garbage", "json"])
def test_a_read_that_goes_wrong_is_never_taken_for_an_answer(own_world: World, network: str, path: str, kind: str) -> None:
    stage = Stage(network, own_world)
    for act in ("post", "find", "standing", "whoami"):
        reply, poster = stage.reply(), stage.build()
        own_world.control("nofaults", again=True)
        stage.fault(
            kind, path, method="POST" if "ession" in path and "get" not in path else "*", times=99, status=503, body=[1, {"a": None}]
        )
        before = len(own_world.control("requests")["requests"])
        result: object = None
        try:
            result = poster.whoami() if act == "whoami" else getattr(poster, act)(reply)
        except AdapterError as error:
            result = error
        asked = own_world.control("requests")["requests"][before:]
        own_world.control("nofaults", again=True)
        if not any(re.search(path, row["path"]) for row in asked):
            continue  # This act does not need that read.
        assert isinstance(result, AdapterError), f"{act} went on after {kind} at {path}: {result}"
        assert isinstance(result.__context__, AdapterError | None), "the library's own error, with its request, hangs on ours"
        assert [] == stage.stands(reply)
        if act == "post":
            assert isinstance(result, RateLimited if kind == "429" else NotSent)


def test_no_error_tells_a_secret(lean: Stage) -> None:
    secrets = SECRETS[lean.network]
    paths = (*READS[lean.network], WRITE[lean.network])
    faults: list[tuple[str, dict[str, Any]]] = [("drop_before", {}), ("drop_after", {}), ("429", {}), ("html", {}), ("garbage", {})]
    faults += [("status", {"status": status, "body": {"error": f"no: {' '.join(secrets)}"}}) for status in (400, 401, 403, 404, 422, 500)]
    errors = []
    for kind, more in faults:
        for path in paths:
            reply, poster = lean.reply(), lean.build()
            lean.fault(kind, path, times=99, **more)
            for act in ("whoami", "post", "find", "standing"):
                try:
                    getattr(poster, act)(*(() if act == "whoami" else (reply,)))
                except AdapterError as error:
                    errors.append(error)
            lean.world.control("nofaults", again=True)

    assert [] == [(str(error), found) for error in errors if (found := leaks(error, secrets))]
    assert len(errors) > 20


@pytest.mark.parametrize("network", NETWORKS)
def test_refused_keys_are_named_and_not_shown(world: World, network: str) -> None:
    bad = tuple(secret if secret in {"acme_support", "acme.test"} else f"bad-{secret}" for secret in SECRETS[network])
    stage = Stage(network, world, bad)

    error = caught(stage.poster.whoami)

    assert isinstance(error, Rejected)
    assert network.upper() in str(error)
    assert [] == leaks(error, bad)


@pytest.mark.parametrize("play", ["silent", "dripping", "endless", "dripping head"])
@pytest.mark.parametrize("network", NETWORKS)
def test_no_call_outlasts_its_deadline_however_the_other_side_dawdles(network: str, play: str) -> None:
    plays = {
        "silent": web.silent(),
        "dripping": web.dripping(),
        "endless": web.endless(),
        "dripping head": web.dripping(b"HTTP/1.1 200 OK\r\nX-Long: "),
    }
    with WebSite(everywhere=plays[play]) as site:
        poster = build(network, site.url(""), seconds=0.3)
        begun = datetime.now(UTC)
        error = caught(poster.whoami)

    assert Unavailable is type(error)
    assert datetime.now(UTC) - begun < timedelta(seconds=20)


def test_a_slow_send_is_unclear_and_found_later(lean: Stage) -> None:
    reply, poster = lean.reply(), lean.build(seconds=1.0)
    lean.fault("slow", WRITE[lean.network], seconds=1.5)

    error = caught(lambda: poster.post(reply))
    written = lean.world.writes(lean.network)
    # The network takes it after we gave up: also before another test has the world to itself.
    until(lambda: bool(lean.stands(reply)), "the slow send stands")
    found = lean.build().find(reply)

    assert (Unavailable, 1) == (type(error), written)
    assert reply.version.text == (found.text if found else "")


@pytest.mark.parametrize(
    ("change", "more", "expected"),
    [("delete", {}, Standing.GONE), ("edit", {"text": "Never mind, it was my phone."}, Standing.EDITED)],
)
def test_what_became_of_the_mention_is_seen(stage: Stage, change: str, more: dict[str, str], expected: Standing) -> None:
    reply = stage.reply()

    before = stage.poster.standing(reply)
    stage.change(change, reply, **more)

    assert (Standing.UNCHANGED, expected) == (before, stage.poster.standing(reply))


def test_a_mention_that_is_gone_takes_no_reply(stage: Stage) -> None:
    reply = stage.reply()
    stage.change("delete", reply)

    error = caught(lambda: stage.poster.post(reply))

    assert isinstance(error, Rejected)
    assert "deleted" in str(error)
    assert [] == stage.stands(reply)


def test_an_answer_that_a_colleague_wrote_by_hand_is_seen(lean: Stage) -> None:
    reply, other = lean.reply(), lean.reply()
    given = {"ours": True, "parent_id": lean.post_id(reply), "text": "Hi, Els here. Which lock?"}
    lean.world.control("post", platform=lean.network, id=HAND_MADE[lean.network], **given)

    found = lean.poster.find(reply)

    assert "Hi, Els here. Which lock?" == found.text
    assert (Standing.ANSWERED, Standing.UNCHANGED) == (lean.poster.standing(reply), lean.poster.standing(other))
    assert lean.poster.find(other) is None


COLLEAGUES = {"x": "Acme_Care", "reddit": "Acme_Care", "mastodon": "acme_care", "bluesky": "care.acme.test"}


def test_an_answer_from_another_account_of_the_brand_is_seen(lean: Stage) -> None:
    reply, other = lean.reply(), lean.reply()
    colleague = COLLEAGUES[lean.network]
    handles = [f"@{handle}" for handle in ("acme", "acme_support", "acme.test", *COLLEAGUES.values())]
    before = lean.poster.answered_by(reply, handles)
    for number, (author, parent) in enumerate([("stranger", reply), (colleague, reply), ("stranger", other)]):
        given = {"id": HAND_MADE[lean.network][:-1] + str(number), "author": author, "text": "Which lock?"}
        lean.world.control("post", platform=lean.network, parent_id=lean.post_id(parent), **given)

    assert ("", colleague.lower(), "") == (
        before,
        lean.poster.answered_by(reply, handles).lower(),
        lean.poster.answered_by(other, handles),
    )
    assert Standing.UNCHANGED == lean.poster.standing(reply)


def test_where_the_brand_has_no_other_account_there_nothing_is_asked_for_it(lean: Stage) -> None:
    reply = lean.reply()
    ours = lean.poster.whoami()
    before = len(lean.world.control("requests")["requests"])

    answered = lean.poster.answered_by(reply, [f"@{ours.upper()}", "not a handle", "https://acme.example"])

    assert ("", 0) == (answered, len(lean.world.control("requests")["requests"]) - before)


def test_what_cannot_be_read_is_no_proof_that_no_colleague_answered(lean: Stage) -> None:
    reply = lean.reply()
    lean.poster.whoami()
    lean.fault("garbage", ASKED[lean.network])

    assert Unavailable is type(caught(lambda: lean.poster.answered_by(reply, list(COLLEAGUES.values()))))


ASKED = {"x": "/search/recent", "reddit": "/comments/", "mastodon": "/context", "bluesky": "getPostThread"}
HAND_MADE = {"x": "2000000000000000001", "reddit": "hand1", "mastodon": "117000000000000009", "bluesky": "3mzzzzzzzzz22"}


def test_the_same_words_under_two_mentions_are_two_replies(stage: Stage) -> None:
    first, second = stage.reply(), stage.reply()

    posted = [stage.poster.post(reply) for reply in (first, second)]

    assert 2 == len({one.external_id for one in posted})
    assert ([first.version.text], [second.version.text]) == (stage.stands(first), stage.stands(second))
