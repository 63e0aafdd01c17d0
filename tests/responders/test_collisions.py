"""What two people approve in the same moment: the same text for two people (N8), or two replies to one person (T16)."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import sqlalchemy as sa

from monitor.domain import Approval, Posted, Reply, ReplyStatus
from monitor.store import MonitorStore
from monitor.tables import approvals, replies
from responders.approval.outcomes import explain_refusal
from responders.approval.parts import Person, Sheet
from responders.attempts import AttemptStore
from responders.rows import Outcome
from responders.store import ReplyStore
from tests.builders import NOW, a_brand, an_objection
from tests.chain import approve, save_waiting_reply

TEXT = "Sorry: our locks at Lent did not open on Monday morning. That is our mistake. ^EK"
OTHER = "We are sorry that bus 5 drove past you at the station yesterday. Why, we are finding out. ^EK"


def a_reply(database: sa.Engine, number: int, text: str = TEXT, author: str = "") -> Reply:
    return save_waiting_reply(database, text, external_id=str(number), author=author or f"@rider{number}@example.org")


def yes(database: sa.Engine, reply: Reply, name: str, override: str = "") -> Outcome:
    return ReplyStore(database).approve(reply.id, Approval(name, reply.version.sha256, NOW, override), ())


def standing(database: sa.Engine, reply: Reply) -> Reply:
    found = ReplyStore(database).reply(reply.id)
    assert found is not None
    return found


def test_the_second_of_two_alike_is_told_by_whom_the_first_was_approved_and_what_to_do(database: sa.Engine) -> None:
    first, second = a_reply(database, 1), a_reply(database, 2)
    approve(database, first, "Els Kamps")

    outcome = yes(database, second, "Jan")

    assert (False, "N8") == (outcome.ok, outcome.rule)
    assert f"Els Kamps approved nearly the same text for reply {first.id} at 09:00 UTC on 02-03 (N8)" in outcome.sentence
    assert "write to this person" in outcome.sentence
    assert (ReplyStatus.AWAITING, ()) == (standing(database, second).status, standing(database, second).approvals)


def test_a_second_reply_to_one_person_is_not_approved_either(database: sa.Engine) -> None:
    first, second = a_reply(database, 1, author="@jo@example.org"), a_reply(database, 2, OTHER, author="@jo@example.org")
    approve(database, first, "Els Kamps")

    outcome = yes(database, second, "Jan")

    assert (False, "T16") == (outcome.ok, outcome.rule)
    assert f"Els Kamps approved reply {first.id} to the same person" in outcome.sentence


def test_what_they_wrote_after_our_answer_may_be_answered(database: sa.Engine) -> None:
    first = a_reply(database, 1, author="@jo@example.org")
    store, approved = AttemptStore(database), approve(database, first)
    claim = store.claim(approved.id, "worker", NOW)
    assert claim is not None
    store.posted(claim, Posted("1", "https://x.example/1", TEXT, NOW - timedelta(hours=1)), NOW)

    again = a_reply(database, 2, OTHER, author="@jo@example.org")

    assert yes(database, again, "Jan").ok


def test_what_others_only_have_before_them_is_in_nobodys_way(database: sa.Engine) -> None:
    first, second = a_reply(database, 1), a_reply(database, 2)
    ReplyStore(database).reject(first.id, "Els", "not ours", NOW)
    a_reply(database, 3)

    assert yes(database, second, "Jan").ok


def test_another_text_for_another_person_is_approved(database: sa.Engine) -> None:
    approve(database, a_reply(database, 1))

    assert yes(database, a_reply(database, 2, OTHER), "Jan").ok


def test_it_is_a_red_objection_from_then_on_that_a_reason_and_a_second_person_override(database: sa.Engine) -> None:
    approve(database, a_reply(database, 1))
    second = a_reply(database, 2)
    # A reason that was written before anybody knew of it is no reason for this.
    early = yes(database, second, "Jan", "It fits.")
    bare = yes(database, second, "Jan")
    first = yes(database, second, "Jan", "Both stood in the same queue and asked the same.")

    last = yes(database, second, "Joris")

    assert [False, False, True, True] == [early.ok, bare.ok, first.ok, last.ok]
    assert bare.sentence.startswith("rule N8 stands against this text")
    assert ReplyStatus.APPROVED == standing(database, second).status


def test_whoever_agreed_before_it_came_up_has_not_agreed_to_it(database: sa.Engine) -> None:
    first = a_reply(database, 1)
    second = save_waiting_reply(database, TEXT, approvals_needed=2, external_id="2", author="@rider2@example.org")
    half = yes(database, second, "Jan")
    approve(database, first)

    told = [yes(database, second, "Joris"), yes(database, second, "Joris"), yes(database, second, "Joris", "They asked the same.")]

    assert half.ok
    assert [False, False, True] == [outcome.ok for outcome in told]


def test_a_slogan_that_was_objected_to_before_says_nothing_of_sameness(database: sa.Engine) -> None:
    approve(database, a_reply(database, 1))
    slogan = an_objection("N8", span=(0, 5))
    second = save_waiting_reply(database, TEXT, objections=[slogan], external_id="2", author="@rider2@example.org")

    outcome = yes(database, second, "Jan", "They like it.")

    assert ("N8", 2) == (outcome.rule, len(standing(database, second).version.objections))


def test_it_stands_in_the_audit_and_on_the_card_in_the_language_of_the_post(database: sa.Engine) -> None:
    approve(database, a_reply(database, 1), "Els Kamps")
    second = a_reply(database, 2)
    with database.begin() as connection:
        connection.execute(sa.text("UPDATE mentions SET language = 'nl' WHERE id = :id"), {"id": second.mention.id})

    yes(database, second, "Jan")

    [objection] = standing(database, second).version.objections
    assert "Els Kamps keurde om 09:00 UTC op 02-03 bijna dezelfde tekst goed" in objection.sentence
    assert [objection.sentence, True] == [objection.said("nl"), "Els Kamps approved nearly" in objection.said("en")]
    assert "N8: Els Kamps approved" in MonitorStore(database).audit(mention_id=second.mention.id)[-1].reason


@pytest.mark.parametrize(
    ("author", "text", "dutch"), [("", TEXT, "bijna dezelfde tekst"), ("@rider1@example.org", OTHER, "aan dezelfde persoon")]
)
def test_slack_says_it_in_dutch_too(sqlite_database: sa.Engine, author: str, text: str, dutch: str) -> None:
    approve(sqlite_database, a_reply(sqlite_database, 1), "Els Kamps")
    outcome = yes(sqlite_database, a_reply(sqlite_database, 2, text, author), "Jan")

    assert outcome.reply is not None
    people = [Person("U1", "Jan", language, ()) for language in ("nl", "en")]
    told = [explain_refusal(outcome, Sheet(outcome.reply, a_brand()), outcome.reply.version.sha256, one, approving=True) for one in people]

    assert outcome.sentence == told[1]
    assert dutch in told[0]
    assert "tweede" in told[0]


def test_whoever_comes_second_waits_until_the_first_is_through(database: sa.Engine) -> None:
    first, second = a_reply(database, 1), a_reply(database, 2)
    with ThreadPoolExecutor(1) as pool:
        waiting: list[Future[Outcome]] = []

        def enqueue(_connection: sa.Connection, _reply_id: int) -> None:
            # The first has said yes and has not committed; the second must not come past it.
            waiting.append(pool.submit(yes, database, second, "Jan"))
            with pytest.raises(TimeoutError):
                waiting[0].result(timeout=0.3)

        won = ReplyStore(database, enqueue).approve(first.id, Approval("Els", first.version.sha256, NOW), ())
        lost = waiting[0].result()

    assert (True, False) == (won.ok, lost.ok)
    assert "Els approved nearly the same text" in lost.sentence


def test_of_many_who_approve_one_text_for_many_people_at_once_one_is_first(database: sa.Engine) -> None:
    waiting = [a_reply(database, number) for number in range(6)]
    gate = Barrier(len(waiting))

    def decide(reply: Reply) -> Outcome:
        gate.wait()
        return yes(database, reply, f"Person {reply.id}")

    with ThreadPoolExecutor(len(waiting)) as pool:
        outcomes = list(pool.map(decide, waiting))

    assert [True] == [outcome.ok for outcome in outcomes if outcome.ok]
    assert {"N8"} == {outcome.rule for outcome in outcomes if not outcome.ok}


PAIRS = 12


@pytest.fixture
def pairs(database: sa.Engine) -> list[tuple[Reply, Reply]]:
    """Pairs of replies with one text for two people, or with two texts for one person, by turns."""
    made = []
    for number in range(PAIRS):
        words = f"{chr(97 + number)}straat"
        text = f"Sorry: the lock at {words} did not open, and {words} is where you needed it. At {words} we erred. ^EK"
        same = number % 2 == 0
        other = text if same else f"In {words} bus {words} drove past, and that {words} is ours. Sorry, says {words}. ^EK"
        people = (f"@a{number}@example.org", f"@b{number}@example.org" if same else f"@a{number}@example.org")
        made.append((a_reply(database, 2 * number, text, people[0]), a_reply(database, 2 * number + 1, other, people[1])))
    return made


def test_two_processes_at_once_approve_one_of_each_pair(database: sa.Engine, pairs: list[tuple[Reply, Reply]]) -> None:
    url = database.url.render_as_string(hide_password=False)
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.approving_process", url, name, *(str(pair[side].id) for pair in pairs)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for side, name in enumerate(("Els", "Jan"))
    ]
    for process in started:
        assert process.stdout is not None
        assert "ready\n" == process.stdout.readline()
    # Both are up and wait: now they run through the pairs side by side.
    for process in started:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    said = [process.communicate(timeout=120)[0].split() for process in started]

    with database.connect() as connection:
        agreed = set(connection.scalars(sa.select(replies.c.id).where(replies.c.status == ReplyStatus.APPROVED.value)))
        given = connection.scalar(sa.select(sa.func.count()).select_from(approvals))
    assert [1] * PAIRS == [len(agreed & {one.id, other.id}) for one, other in pairs]
    assert PAIRS == given
    assert sorted(["yes", "N8" if number % 2 == 0 else "T16"] for number in range(PAIRS)) == sorted(
        sorted(both, reverse=True) for both in zip(*said, strict=True)
    )
