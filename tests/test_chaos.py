"""Workers killed at random on networks that fail: everything approved is published once, and nothing else; a short run of the chaos."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest
import sqlalchemy as sa

from benchmarks import chaos, chaos_standing
from monitor.domain import ReplyStatus
from monitor.jobs import Outbox
from monitor.tables import replies
from monitor.wiring import now
from responders.attempts import AttemptStore
from responders.store import ReplyStore

SECONDS = 30.0
"""On each of two databases: a minute of killing in all."""
APPROVED = 40


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "workers"), [("sqlite", 1), ("postgres", 3)])
def test_killed_at_random_on_failing_networks_everything_is_published_once(
    kind: str, workers: int, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    database: sa.Engine = request.getfixturevalue(f"{kind}_database")
    seed = random.SystemRandom().randrange(10**6)
    url = database.url.render_as_string(hide_password=False)
    outcome = chaos.run(url, tmp_path, seed=seed, workers=workers, approved=APPROVED, seconds=SECONDS)

    assert outcome.clean, f"python -m benchmarks.chaos --seed {seed}: {outcome}"
    assert APPROVED == outcome.approved == outcome.published + outcome.needs_review.total()
    assert 2 < outcome.kills


def test_the_count_finds_what_is_doubled_lost_unfinished_and_never_approved(database: sa.Engine) -> None:
    chaos.prepare(database, 10)
    store = ReplyStore(database)
    approved = store.replies(ReplyStatus.APPROVED)
    [unapproved] = store.replies(ReplyStatus.AWAITING)
    lines = [*((reply, "") for reply in approved[5:]), (approved[0], ""), (approved[0], ""), (approved[1], " changed"), (unapproved, "")]
    mentions = [reply.mention.mention for reply, _ in lines]
    public = [
        (mention.network, mention.external_id, reply.version.text + more) for mention, (reply, more) in zip(mentions, lines, strict=True)
    ]
    # The other five are well.
    statuses = {approved[2].id: "posted", approved[3].id: "needs_review", approved[4].id: "approved", approved[1].id: "posted"}
    with database.begin() as connection:
        for reply_id, status in (statuses | {reply.id: "posted" for reply in [approved[0], *approved[5:]]}).items():
            connection.execute(replies.update().where(replies.c.id == reply_id).values(status=status, reason="look"))
    outcome = chaos.judge(database, public, 1, 7, 0, 0, 1.0)

    assert (10, 6, 2, 1, 2, 1) == (
        outcome.approved,
        outcome.published,
        outcome.lost,
        outcome.duplicate,
        outcome.unapproved,
        outcome.unfinished,
    )
    assert {"look": 1} == outcome.needs_review
    assert not outcome.clean
    assert "1 × look" in chaos.as_table([outcome])


def test_reasons_are_told_by_kind_and_network_without_the_time_of_day() -> None:
    unsure = "nobody can tell whether it was posted: "
    asked = Counter(
        {
            f'{unsure}x: we are asked to wait until 2026-11-26 16:26:23 UTC (x says: "Too Many Requests")': 5,
            f'{unsure}x: we are asked to wait until 2026-11-26 16:26:29 UTC (x says: "Too Many Requests")': 3,
            f'{unsure}bluesky: we are asked to wait until 2026-11-26 16:26:33 UTC (bluesky says: "Too Many Requests")': 2,
            f'{unsure}reading back failed: reddit: it answered 502 (reddit says: "fault")': 1,
            "look": 1,
        }
    )

    assert (
        "10 × we are asked to wait (bluesky 2, x 8); 1 × look; 1 × reading back failed: it answered 502 (reddit 1)"
        == chaos.tell_reasons(asked)
    )


def test_of_what_stands_still_it_tells_the_job_and_every_attempt(database: sa.Engine) -> None:
    before = list(chaos_standing.tell(database))
    chaos.prepare(database, 1)
    [reply] = ReplyStore(database).replies(ReplyStatus.APPROVED)
    store = AttemptStore(database)
    claim = store.claim(reply.id, "a-worker", now())
    assert claim is not None
    store.ambiguous(claim, "the line was cut", now(), now())
    with database.begin() as connection:
        Outbox(database, "responders").enqueue(connection, "publish", "publishing", reply.id, key=f"x/{reply.id}")
    first, standing, job, attempt, *told = chaos_standing.tell(database)

    assert [] == before
    assert first.startswith("1 unfinished at ")
    assert standing.startswith(f"  reply {reply.id}: posting, lease of a-worker until ")
    assert job.startswith(f"    job responders/x/{reply.id}: status ENQUEUED, queue_name responders/publishing")
    assert attempt.startswith("    attempt 1: ambiguous ")
    assert attempt.endswith("by a-worker the line was cut")
    assert any("approved → posting attempt 1" in line for line in told)


def test_of_a_crowd_that_stands_still_it_tells_of_the_first(sqlite_database: sa.Engine) -> None:
    chaos.prepare(sqlite_database, 22)
    first, *told = chaos_standing.tell(sqlite_database)

    assert first.startswith("22 unfinished at ")
    assert 20 == sum(line.startswith("  reply ") for line in told)
