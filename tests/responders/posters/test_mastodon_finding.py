"""Our answer on Mastodon is found again, or it is said that nobody can tell; what cannot be looked through is no proof of absence."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from monitor.contracts import Unavailable
from monitor.domain import Reply
from responders.contracts import Standing
from tests.responders.posters.stages import Stage, caught
from tests.responders.posters.test_mastodon import stage

__all__ = ["stage"]  # Fixtures, which tests name.


def test_our_reply_is_found_also_where_the_mention_was_deleted_since(stage: Stage) -> None:
    reply, other = stage.reply(), stage.reply("Another text ^EK")
    posted = stage.poster.post(reply)
    stage.change("delete", reply)
    stage.change("delete", other)

    assert posted.external_id == stage.poster.find(reply).external_id
    assert stage.poster.find(other) is None


def asked(stage: Stage) -> list[str]:
    """Return what was asked of the server since it was last said whose token this is."""
    return [
        row["path"] for row in stage.world.control("requests")["requests"] if "/statuses/" in row["path"] or "/accounts/" in row["path"]
    ]


def talk_below(stage: Stage, reply: Reply, people: int) -> None:
    """Let so many others answer the mention."""
    for number in range(people):
        stage.world.control(
            "post", platform="mastodon", id=str(114_000_000_000_000_000 + number), text="Me too", parent_id=stage.post_id(reply)
        )


@pytest.mark.parametrize("people", [0, 9])
def test_one_look_at_the_thread_tells_whether_our_answer_stands_there(stage: Stage, people: int) -> None:
    reply, path = stage.reply(), "/api/v1/statuses/"
    talk_below(stage, reply, people)
    stage.poster.whoami()
    before = asked(stage)

    absent, looked = stage.poster.find(reply), asked(stage)[len(before) :]
    posted = stage.poster.post(reply)

    assert (None, [f"{path}{stage.post_id(reply)}", f"{path}{stage.post_id(reply)}/context"]) == (absent, looked)
    assert (posted.external_id, Standing.ANSWERED) == (stage.poster.find(reply).external_id, stage.poster.standing(reply))


def test_a_long_thread_is_no_proof_so_every_page_of_ours_is_turned_back_to_the_mention(stage: Stage) -> None:
    first = stage.reply(created_at="2026-02-02T09:00:00Z")
    talk_below(stage, first, 10)
    for number in range(45):
        stage.poster.post(stage.reply(f"number {number}"))

    late = replace(
        first, mention=replace(first.mention, mention=replace(first.mention.mention, posted_at=datetime(2200, 1, 1, tzinfo=UTC)))
    )
    absent = stage.poster.find(first)
    posted = stage.poster.post(first)
    pages = [path for path in asked(stage) if "/accounts/" in path and not path.endswith("/verify_credentials")]
    looked = len(pages)

    assert (None, 3) == (absent, looked)
    assert posted.external_id == stage.poster.find(first).external_id == stage.poster.find(late).external_id


def test_an_answer_of_somebody_else_or_elsewhere_in_the_thread_is_not_ours(stage: Stage) -> None:
    reply, below = stage.reply(), {"id": "9", "in_reply_to_id": "8", "content": "", "account": {"id": "900001"}}
    others = [below | {"in_reply_to_id": stage.post_id(reply), "account": account} for account in ({"id": "7"}, None)]
    stage.fault("json", "/context$", body={"ancestors": [], "descendants": [below, *others]})

    assert stage.poster.find(reply) is None


def test_a_mention_that_goes_between_two_looks_leaves_our_answer_findable(stage: Stage) -> None:
    reply, other = stage.reply(), stage.reply("Another text ^EK")
    posted = stage.poster.post(reply)
    stage.fault("status", "/context$", status=404, times=2)
    stage.world.control("post", platform="mastodon", id=posted.external_id, text=reply.version.text, ours=True)

    assert (posted.external_id, None) == (stage.poster.find(reply).external_id, stage.poster.find(other))


def test_what_is_older_than_the_draft_is_no_answer_that_lost_its_mention(stage: Stage) -> None:
    reply = stage.reply()
    posted = stage.poster.post(reply)
    stage.change("delete", reply)
    later = replace(reply, created_at=datetime(2200, 1, 1, tzinfo=UTC))

    assert (posted.external_id, None) == (stage.poster.find(reply).external_id, stage.poster.find(later))


def test_more_statuses_than_can_be_looked_through_are_no_proof_of_absence(stage: Stage) -> None:
    reply = stage.reply()
    talk_below(stage, reply, 10)
    status = {"id": "9", "in_reply_to_id": None, "content": "", "created_at": "2100-01-01T00:00:00Z"}
    stage.fault("json", "/api/v1/accounts/.*/statuses", times=25, body=[status])

    assert "too many" in str(caught(lambda: stage.poster.find(reply)))


@pytest.mark.parametrize("body", [{}, [1], [{"id": "1"}], [{"created_at": "2026-01-01"}], "no"])
def test_a_list_of_ours_that_is_none_is_no_proof_of_absence(stage: Stage, body: object) -> None:
    reply = stage.reply()
    talk_below(stage, reply, 10)
    stage.fault("json", "/api/v1/accounts/.*/statuses", body=body)

    assert Unavailable is type(caught(lambda: stage.poster.find(reply)))


@pytest.mark.parametrize("body", [{}, [], {"ancestors": []}, {"descendants": None}, {"descendants": [1]}, {"descendants": {}}, "no"])
def test_a_thread_that_is_none_is_no_proof_of_absence(stage: Stage, body: object) -> None:
    reply = stage.reply()
    stage.fault("json", "/context$", body=body)

    assert Unavailable is type(caught(lambda: stage.poster.find(reply)))
