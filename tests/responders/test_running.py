from __future__ import annotations

import fcntl
import json
import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from monitor.domain import Delivery, ReplyStatus
from monitor.tables import replies
from monitor.triage import RULES
from responders import running as answering
from responders.decisions import Decisions
from responders.posters.reddit import RedditPoster
from responders.running import CALM, Answering, Steadiness, Told
from responders.wiring import Responders
from tests.builders import a_brand, a_mention
from tests.chain import approve, save_queued, save_waiting_reply
from tests.responders.steps import ELS, a_waiting_reply, status_of
from tests.steps import HONEST, import_posts, post, published, write
from tests.terminal import Terminal

# Answering


def _until(happened: Callable[[], bool]) -> Callable[[float], bool]:
    pause = threading.Event()
    looks = iter(range(2_000))

    def wait(_seconds: float) -> bool:
        pause.wait(0.02)
        return happened() or next(looks) == 1_999

    return wait


def test_run_drafts_publishes_and_says_what_waits(
    terminal: Terminal, responders: Responders, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    import_posts(terminal, post("1"), post("2"))
    said: list[str] = []

    def drafted_and_published() -> bool:
        said.append(capsys.readouterr().out)
        if "2 replies wait for approval." in "".join(said) and not published(terminal):
            reply = responders.store.reply(1)
            assert reply is not None
            if reply.status is ReplyStatus.AWAITING:
                Decisions(responders).edit(1, HONEST, ELS)
                edited = responders.store.reply(1)
                assert edited is not None
                assert Decisions(responders).approve(1, edited.version.sha256, ELS).ok
        return "1 reply waits for approval." in "".join(said) and bool(published(terminal))

    with caplog.at_level(logging.INFO):
        answering.run(responders, _until(drafted_and_published))
    said.append(capsys.readouterr().out)

    assert [HONEST] == published(terminal)
    assert "".join(said).endswith("responders: stopped; every draft and decision is kept.\n")
    assert [True] == [message.startswith("reply 1 is published: file:///") for message in caplog.messages if "published" in message]


def test_whoever_starts_it_is_told_sooner_and_nothing_is_waited_for_within_a_rehearsal(
    responders: Responders, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []

    def wait(seconds: float) -> bool:
        waits.append(seconds)
        return len(waits) % 2 == 0

    answering.run(responders, wait)
    monkeypatch.setattr(answering, "FIRST_MINUTE", 0.0)
    answering.run(responders, wait)

    assert [answering.FIRST_SWEEP_EVERY, answering.BETWEEN_STEPS, answering.SWEEP_EVERY, answering.BETWEEN_STEPS] == waits


@pytest.mark.parametrize(
    ("control", "words"),
    [
        ({"deleted": True}, "reply 1 was not published: T15"),
        ("no JSON", "reply 1 needs a person: console: line 1"),
        (None, "reply 1 is published: "),
    ],
)
def test_what_came_of_a_reply_is_told(
    control: object, words: str, terminal: Terminal, responders: Responders, caplog: pytest.LogCaptureFixture
) -> None:
    approve(responders.database, a_waiting_reply(responders.database), at=datetime.now(UTC))
    if control is not None:
        line = (
            json.dumps({"network": "mastodon", "mention": a_mention().external_id} | control) if isinstance(control, dict) else str(control)
        )
        write(terminal, "grapevine-console.jsonl", line + "\n")
    work = Answering(responders, lambda: "worker")
    with caplog.at_level(logging.INFO):
        work.publish(1)
        work.publish("1")

    assert [True] == [message.startswith(words) for message in caplog.messages]


def test_a_publication_that_is_put_off_is_told_too(terminal: Terminal, responders: Responders, caplog: pytest.LogCaptureFixture) -> None:
    approve(responders.database, a_waiting_reply(responders.database, HONEST), at=datetime.now(UTC))
    file = terminal.folder / "grapevine-console.jsonl"
    file.write_text("", encoding="utf-8")
    [poster] = [poster for network, poster in responders.posters.items() if network == "mastodon"]
    poster._lock_wait = 0.0  # type: ignore[attr-defined]
    with file.open("ab") as other, caplog.at_level(logging.INFO):
        fcntl.flock(other, fcntl.LOCK_EX)
        Answering(responders, lambda: "worker").publish(1)

    assert ["reply 1: put off"] == caplog.messages
    assert ReplyStatus.APPROVED == status_of(responders.database)


class Queued:
    """An outbox that notes what is put into it."""

    def __init__(self) -> None:
        self.keys: list[str] = []
        self.there: set[str] = set()

    def waiting(self, _connection: sa.Connection, queues: Sequence[str]) -> set[str]:
        assert ["publishing", "publishing/bluesky", "publishing/mastodon", "publishing/reddit"] == queues
        return self.there

    def enqueue(self, _connection: sa.Connection, _job: str, _queue: str, *_arguments: str | int, key: str) -> bool:
        self.keys.append(key)
        return True


def test_the_sweep_finds_what_is_due_and_lets_expire_what_nobody_decided(responders: Responders, caplog: pytest.LogCaptureFixture) -> None:
    database, at = responders.database, datetime.now(UTC)
    work, outbox = Answering(responders, lambda: "worker"), Queued()
    work.sweep(outbox)  # type: ignore[arg-type]
    nothing = list(outbox.keys)
    approve(database, a_waiting_reply(database, external_id="1"), at=at)
    save_waiting_reply(database, external_id="2", at=at - timedelta(days=4))
    work.sweep(outbox)  # type: ignore[arg-type]
    save_queued(database, a_mention(external_id="3"), at=at)
    work.sweep(outbox)  # type: ignore[arg-type]

    outbox.there = {"publishing/mastodon/1"}
    work.sweep(outbox)  # type: ignore[arg-type]

    assert [] == nothing
    assert ["publishing/mastodon/1", "draft", "publishing/mastodon/1", "draft"] == outbox.keys
    assert ["reply 2 expired: nobody decided in time"] == caplog.messages
    assert ReplyStatus.EXPIRED == status_of(database, 2)


def test_a_clock_that_jumps_ahead_expires_nothing_before_it_ran_evenly_again(caplog: pytest.LogCaptureFixture) -> None:
    elapsed = [0.0]
    steady, at = Steadiness(lambda: elapsed[0]), datetime(2026, 3, 2, tzinfo=UTC)
    seen = [steady.holds(at)]
    for passed, jump in ((2, 0), (2, 400 * 86_400), (2, 0), (CALM.total_seconds() - 4, 0), (10, 0), (2, -86_400)):
        elapsed[0] += passed
        at += timedelta(seconds=passed + jump)
        seen.append(steady.holds(at))

    assert [True, True, False, False, False, True, False] == seen
    assert [
        "the clock jumped by 400 days, 0:00:00; nothing expires in the next 10 minutes",
        "the clock jumped by -1 day, 0:00:00; nothing expires in the next 10 minutes",
    ] == caplog.messages


def test_nothing_expires_while_the_clock_is_not_to_be_trusted(responders: Responders) -> None:
    save_waiting_reply(responders.database, at=datetime.now(UTC) - timedelta(days=4))
    steps = iter([0.0, 1e6])
    jumped = Steadiness(lambda: next(steps))
    jumped.holds(datetime.now(UTC))
    Answering(responders, lambda: "worker", jumped).sweep(Queued())  # type: ignore[arg-type]

    assert ReplyStatus.AWAITING == status_of(responders.database)


def test_a_person_is_told_only_of_changes_and_only_once_they_have_settled(responders: Responders) -> None:
    told, database = Told(), responders.database
    lines = [told.changed(responders), told.changed(responders), told.changed(responders)]
    by_hand = a_waiting_reply(database, external_id="1", delivery=Delivery.ASSISTED)
    approve(database, by_hand, at=datetime.now(UTC))
    a_waiting_reply(database, external_id="2", approvals_needed=2)
    unclear = a_waiting_reply(database, external_id="3")
    approve(database, unclear, at=datetime.now(UTC))
    claim = responders.attempts.claim(unclear.id, "worker", datetime.now(UTC))
    assert claim is not None
    responders.attempts.needs_review(claim, "nobody can tell", datetime.now(UTC), refused=False)
    responders.store.turn(ELS, "", datetime.now(UTC), on=False)
    lines += [told.changed(responders), told.changed(responders)]

    assert [[], ["Nothing waits for approval."], [], []] == lines[:4]
    assert [
        "1 reply waits for approval, 1 of them by two people.",
        "1 reply waits to be posted by hand: responders list --status handed_over",
        "1 reply waits for a person to look what became of it: responders list --status needs_review",
        "Publishing is paused. Restart it with: responders resume --as NAME",
        "Next, in another terminal:  responders review",
    ] == lines[4]


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("en", ["2 get no answer after all, because:", "       1  –    in words of their own; see monitor audit"]),
        ("nl", ["2 krijgen toch geen antwoord, want:", "       1  –    in eigen woorden; zie monitor audit"]),
    ],
)
def test_what_gets_no_answer_only_when_it_is_to_be_drafted_is_told_once_with_its_rule(
    responders: Responders, language: str, lines: list[str]
) -> None:
    responders.settings = replace(responders.settings, desk_language=language)
    store, at = responders.store, datetime.now(UTC)
    told, nothing = Told(after=0), Told()
    for number in (1, 2):
        save_queued(responders.database, a_mention(external_id=str(number)))
    for stored, rule in zip(store.queued(2), ("T16", ""), strict=True):
        store.leave_unanswered(stored, rule, "no second reply" if rule else "the brand is gone", at)
    silent = [nothing.changed(responders), nothing.changed(responders)][1]
    first = [told.changed(responders), told.changed(responders)][1]
    store.turn(ELS, "", at, on=False)
    told.changed(responders)

    assert [lines[0], f"       1  T16  {RULES['T16'].words[language]}"] == [first[0], first[2]]
    assert lines[1] == first[1]
    assert [] == [line for line in told.changed(responders) if line in first[:3]]
    assert first[3:] == silent


def test_what_rests_in_the_outbox_is_published_by_the_process_and_each_network_has_its_poster(responders: Responders) -> None:
    reply = a_waiting_reply(responders.database)
    decided = Decisions(responders)
    first = decided.approve(reply.id, reply.version.sha256, ELS)
    second = a_waiting_reply(responders.database, "Another text. ^EK", external_id="2")
    again = decided.approve(second.id, second.version.sha256, ELS)
    with responders.database.connect() as connection:
        [jobs] = connection.execute(sa.text("SELECT count(*) FROM workflow_status WHERE name = 'publish'")).scalars()
        [attempts] = connection.execute(sa.select(sa.func.sum(replies.c.attempts))).scalars()

    assert (True, True, 2, 0) == (first.ok, again.ok, jobs, attempts)
    assert "mastodon" in responders.posters


def test_each_network_has_a_queue_of_its_own_no_faster_than_it_lets_one_account_be(responders: Responders) -> None:
    responders.posters["reddit"].pace = RedditPoster.pace  # type: ignore[attr-defined]
    queues = {queue.name: queue.rate for queue in answering.publishing_queues(responders)}

    assert {"publishing": None, "publishing/mastodon": None, "publishing/bluesky": None, "publishing/reddit": RedditPoster.pace} == queues
    assert ["publishing/reddit", "publishing"] == [responders.queue(network) for network in ("reddit", "x")]


def test_each_account_has_a_queue_and_those_of_one_app_share_what_it_allows(responders: Responders) -> None:
    reddit = replace(responders.settings.networks["reddit"], account="u/waalfiets")
    own = [replace(reddit, account=f"u/{name}", own=name, brands=(name,)) for name in ("one", "two")]
    networks = dict(responders.settings.networks) | {"reddit": replace(reddit, accounts=tuple(own))}
    brands = (*responders.settings.brands, *(a_brand(id=name, name=name) for name in ("one", "two")))
    parts = Responders(replace(responders.settings, networks=networks, brands=brands))
    for key in ("reddit", "reddit/one", "reddit/two"):
        parts.posters[key].pace = RedditPoster.pace  # type: ignore[attr-defined]
    parts.posters["reddit/one"].app = parts.posters["reddit/two"].app = "app"  # type: ignore[attr-defined]
    rates = {queue.name: queue.rate for queue in answering.publishing_queues(parts) if "reddit" in queue.name}
    most, span = RedditPoster.pace
    more = (*brands, a_brand(id="three", name="three"))
    said = list(answering.shared_accounts(Responders(replace(responders.settings, networks=networks, brands=more))))

    assert (
        "reddit: waalfiets and three answer from one account, u/waalfiets; [network.reddit.accounts.<name>] gives a brand one of its own"
        in said
    )
    assert ["bluesky", "mastodon", "reddit"] == sorted(line.partition(":")[0] for line in said)
    assert {
        "publishing/reddit": (most, span),
        "publishing/reddit/one": (most // 2, span),
        "publishing/reddit/two": (most // 2, span),
    } == rates


def test_what_runs_publishes_from_the_account_of_its_brand(
    terminal: Terminal, responders: Responders, caplog: pytest.LogCaptureFixture
) -> None:
    mastodon = responders.settings.networks["mastodon"]
    own = replace(mastodon, account="@own", own="own", brands=("waalfiets",))
    networks = dict(responders.settings.networks) | {"mastodon": replace(mastodon, account="@common", accounts=(own,))}
    parts = Responders(replace(responders.settings, networks=networks))
    reply = a_waiting_reply(parts.database)
    assert Decisions(parts).approve(reply.id, reply.version.sha256, ELS).ok
    with caplog.at_level(logging.INFO):
        answering.run(parts, _until(lambda: bool(published(terminal))))
    [line] = [json.loads(line) for line in (terminal.folder / "grapevine-console.jsonl").read_text("utf-8").splitlines()]

    assert ("own", HONEST) == (line["account"], line["text"])
    assert ["publishing/mastodon/own"] == [queue for queue in parts.queues if "mastodon" in queue]


def test_a_reply_goes_into_the_queue_of_its_brands_account_and_no_poster_is_made_for_an_account_of_nobody(responders: Responders) -> None:
    reply = a_waiting_reply(responders.database)
    brand = reply.mention.mention.brand
    mastodon = responders.settings.networks["mastodon"]
    own = replace(mastodon, account="@own", own="own", brands=(brand,))
    networks = dict(responders.settings.networks) | {"mastodon": replace(mastodon, accounts=(own,))}
    parts = Responders(replace(responders.settings, networks=networks))
    with parts.database.begin() as connection:
        for number in (reply.id, 99):
            parts.enqueue(outbox := Queued(), connection, number)  # type: ignore[arg-type]
            assert [f"{'publishing/mastodon/own' if number == reply.id else 'publishing'}/{number}"] == outbox.keys
    taken = Decisions(parts).approve(reply.id, reply.version.sha256, ELS)

    assert [] == list(answering.shared_accounts(parts))
    assert [True, False] == [key in parts.posters for key in ("mastodon/own", "mastodon")]
    assert (True, "own") == (taken.ok, taken.reply.account if taken.reply else None)
    assert Decisions(parts).card(reply).delivery_reason.endswith(" The account is own.")
    assert "account" not in Decisions(responders).card(reply).delivery_reason


def test_in_a_checkout_the_next_command_is_named_as_another_terminal_knows_it(
    terminal: Terminal, responders: Responders, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_waiting_reply(responders.database)
    monkeypatch.chdir(terminal.folder)
    (terminal.folder / ".venv" / "bin").mkdir(parents=True)
    write(terminal, ".venv/bin/responders", "")
    elsewhere = answering._typed_here()
    monkeypatch.setattr("sys.prefix", str(terminal.folder / ".venv"))
    told = answering.Told()
    said = [*told.changed(responders), *told.changed(responders)]

    assert "responders" == elsewhere
    assert "Next, in another terminal:  .venv/bin/responders review" == said[-1]
