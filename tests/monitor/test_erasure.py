"""What somebody took back leaves every place where we keep it, and the files too."""

from __future__ import annotations

import random
import threading
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from monitor.contracts import Notice, RejectedRow
from monitor.domain import Author, Delivery, Draft, MentionStatus, Objection, Posted, Reply, ReplyStatus
from monitor.erasure import Erased, Why, erase
from monitor.noticebook import NoticeBook
from monitor.store import MonitorStore
from monitor.tables import audit, erasures, mentions, metadata, notices, open_database, rejected_rows, replies, slack_messages
from monitor.traces import wipe
from responders.attempts import AttemptStore
from responders.slackbook import SlackBook
from responders.store import ReplyStore
from tests.builders import NOW, a_mention, a_triage, an_objection
from tests.chain import LATER, approve, save_mentions, save_queued

NEEDLE = "zilvernaald"
HANDLE = "@kwetsbaar@elders.example"
SECRETS = (NEEDLE, "kwetsbaar", "Kees Kwetsbaar", "elders.example")


def theirs(**changes: Any) -> dict[str, Any]:
    """Return what says who wrote what, with a needle in each part."""
    return {
        "text": f"My {NEEDLE} broke at the Burchtstraat, and nobody of Waalfiets answers me about the {NEEDLE}.",
        "author": Author(HANDLE, "Kees Kwetsbaar"),
        "external_id": "https://elders.example/users/kwetsbaar/statuses/1",
        "url": "https://elders.example/@kwetsbaar/1",
        "community": f"#{NEEDLE}",
    } | changes


def run(database: sa.Engine, ids: list[int], why: Why = Why.GONE) -> Erased:
    with database.begin() as connection:
        return erase(connection, ids, why, actor="recheck", at=NOW)


def content(database: sa.Engine) -> str:
    """Return everything that every table of ours holds."""
    with database.connect() as connection:
        return "\n".join(repr(tuple(row)) for table in metadata.sorted_tables for row in connection.execute(sa.select(table)))


def held(database: sa.Engine) -> bytes:
    """Return every byte of a SQLite database's files."""
    path = Path(str(database.url.database))
    return b"".join(file.read_bytes() for file in sorted(path.parent.glob(f"{path.name}*")))


def waiting(database: sa.Engine, said: str = "Sorry: our mistake. ^EK", objections: Sequence[Objection] = ()) -> Reply:
    """Store their text and an answer that awaits a person."""
    [stored] = save_queued(database, a_mention(**theirs()))
    store, draft = ReplyStore(database), Draft(said, "template", (), "en")
    kept = {"approvals_needed": 1, "at": NOW, "expires_at": NOW + LATER}
    reply_id = store.save_draft(stored, draft, Delivery.API, f"we may answer {HANDLE}", objections, **kept)  # type: ignore[arg-type]
    assert reply_id is not None
    return current(database, reply_id)


def current(database: sa.Engine, reply_id: int) -> Reply:
    reply = ReplyStore(database).reply(reply_id)
    assert reply is not None
    return reply


def walk(database: sa.Engine, *, posted: bool) -> int:
    """Take a text through draft, card, decision and digest; returns its reply."""
    said = f"Waalfiets web team here. Sorry that your {NEEDLE} broke, {HANDLE}. ^EK"
    objection = an_objection(sentence=f"You repeat {NEEDLE}.")
    reply = waiting(database, said, [objection])
    save_mentions(database, a_mention("I agree with you.", external_id="2", parent_id=theirs()["external_id"]))
    store = ReplyStore(database)
    store.edit(reply.id, f"{said} We call you about the {NEEDLE}.", "Els Kamps", [], NOW)
    book = SlackBook(database)
    card = book.expect(f"card/{reply.id}", "card", "C1", NOW, reply_id=reply.id)
    claimed = book.claim(card, "w", NOW)
    assert claimed is not None
    book.sent(claimed, "1.1", NOW, next_at=None)
    book.expect("news/1", "line", "C1", NOW, reply_id=reply.id, thread_ts="1.1", text=f"{HANDLE} waits for news on the {NEEDLE}")
    raw = f'{{"account": "{HANDLE}", "content": "My {NEEDLE} broke at the"'
    MonitorStore(database).save_batch("sample", "waalfiets", [], cursor="c", at=NOW, rejected=[RejectedRow("p", 1, f"no {NEEDLE}", raw)])
    notes = NoticeBook(database)
    notes.write(
        Notice("digest/2026-03-01", "Digest", f"{HANDLE}: My {NEEDLE} broke", f"<p>{NEEDLE}</p>"), [("mail", "els@example.org")], NOW
    )
    notes.write(Notice("weekly/2026-02-23", "Week", f"{HANDLE}: My {NEEDLE} broke", f"<p>{NEEDLE}</p>"), [("mail", "els@example.org")], NOW)
    told = f"It is serious: My {NEEDLE} broke at the Burchtstraat ({HANDLE})"
    notes.write(Notice("alert/1", "Serious", told, f"<p>{NEEDLE}</p>"), [("mail", "els@example.org")], NOW)
    if posted:
        for name in ("An Bos", "Bo Smit"):
            approve(database, current(database, reply.id), name, override=f"needed, he wrote: My {NEEDLE} broke at the Burchtstraat")
        claim = AttemptStore(database).claim(reply.id, "w", NOW)
        assert claim is not None
        AttemptStore(database).posted(claim, Posted("9", f"https://reddit.example/r/x/comments/1/my_{NEEDLE}_broke/9", said), NOW)
    else:
        store.reject(reply.id, "Els Kamps", f"not for us: {HANDLE} says My {NEEDLE} broke at the Burchtstraat", NOW)
    return reply.id


@pytest.mark.parametrize("posted", [True, False], ids=["posted", "never sent"])
def test_nothing_of_a_text_or_its_author_is_left_in_any_table(database: sa.Engine, posted: bool) -> None:
    reply_id = walk(database, posted=posted)
    before = content(database)
    done = run(database, [1])
    after = content(database)

    assert [True] * len(SECRETS) == [secret in before for secret in SECRETS]
    assert [False] * len(SECRETS) == [secret in after for secret in SECRETS]
    assert ({1}, set(), 1, 1) == (done.ids, done.waiting, done.replies, done.rejected)
    reply = ReplyStore(database).reply(reply_id)
    assert reply is not None
    assert (MentionStatus.DELETED, NOW - timedelta(minutes=10)) == (reply.mention.status, reply.mention.mention.posted_at)
    assert (ReplyStatus.POSTED if posted else ReplyStatus.REJECTED) == reply.status


def test_nothing_is_left_in_any_byte_of_the_files_of_sqlite(sqlite_database: sa.Engine) -> None:
    walk(sqlite_database, posted=True)
    before = held(sqlite_database)
    run(sqlite_database, [1])
    wiped = wipe(sqlite_database)
    after = held(sqlite_database)

    assert [True] * len(SECRETS) == [secret.encode() in before for secret in SECRETS]
    assert [False] * len(SECRETS) == [secret.encode() in after for secret in SECRETS]
    assert wiped.whole


def test_nothing_is_left_between_the_pages_where_thousands_of_rows_were_moved_about(sqlite_database: sa.Engine) -> None:
    order = random.Random(7)
    found = [
        a_mention(f"{'word ' * order.randint(1, order.choice([10, 100, 900]))}needle{number:05d}x", external_id=f"id-{number:05d}x")
        for number in range(2_000)
    ]
    store = MonitorStore(sqlite_database)
    for start in range(0, len(found), 100):
        store.save_batch("sample", "waalfiets", found[start : start + 100], cursor="c", at=NOW)
        store.record_triage([], NOW)
    gone = order.sample(range(1, 2_001), 1_000)
    run(sqlite_database, gone)
    wipe(sqlite_database)
    bytes_left = held(sqlite_database)

    assert [] == [number for number in gone if f"needle{number - 1:05d}x".encode() in bytes_left]
    assert [] == [number for number in gone if f"id-{number - 1:05d}x".encode() in bytes_left]
    assert f"needle{next(n for n in range(1, 2_001) if n not in set(gone)) - 1:05d}x".encode() in bytes_left


def test_a_reader_who_is_busy_leaves_the_log_for_the_next_time(sqlite_database: sa.Engine) -> None:
    save_mentions(sqlite_database, a_mention(**theirs()))
    reader = open_database(str(sqlite_database.url))
    impatient = open_database(str(sqlite_database.url))
    event.listen(impatient, "connect", lambda connection, _record: connection.execute("PRAGMA busy_timeout = 1"))
    with reader.connect().execution_options(grapevine_reading=True) as reading:
        reading.execute(sa.select(mentions)).first()
        run(sqlite_database, [1])
        small = wipe(impatient, biggest=0)
    again = wipe(sqlite_database)
    reader.dispose()
    impatient.dispose()

    assert (False, True) == (small.whole, again.whole)
    assert NEEDLE.encode() not in held(sqlite_database)


def test_a_file_that_is_too_large_is_not_written_anew_and_that_is_said(sqlite_database: sa.Engine) -> None:
    wiped = wipe(sqlite_database, biggest=1)

    assert (False, True) == (wiped.whole, "run VACUUM" in wiped.why_not)


def test_postgres_and_a_database_in_memory_are_wiped_without_a_word(postgres_database: sa.Engine) -> None:
    memory = open_database("sqlite://")

    assert [(True, ""), (True, "")] == [(wiped.whole, wiped.why_not) for wiped in (wipe(postgres_database), wipe(memory))]
    memory.dispose()


def test_a_second_time_does_nothing(database: sa.Engine) -> None:
    walk(database, posted=False)
    run(database, [1])
    once = content(database)
    again = run(database, [1])

    assert (set(), 0) == (again.ids, again.replies)
    assert once == content(database)


def test_what_was_erased_does_not_come_back_by_a_poll_or_an_import(database: sa.Engine) -> None:
    mention = a_mention(**theirs())
    save_mentions(database, mention, a_mention(**theirs(brand="other")))
    run(database, [1])
    store = MonitorStore(database)
    polled = store.save_batch("sample", "waalfiets", [mention, a_mention(external_id="3")], cursor="c", at=NOW)
    imported = store.save_import([mention, a_mention(**theirs(brand="third"))], NOW)

    assert (1, 0) == (polled.new, imported.new)
    # It went for every brand that had it.
    assert ["deleted", "deleted", "new"] == [stored.status.value for stored in sorted(store.mentions(), key=lambda one: one.id)]
    assert NEEDLE not in content(database)


def test_what_was_kept_long_enough_goes_for_its_own_brand_and_keeps_its_place_in_the_figures(database: sa.Engine) -> None:
    ours = save_queued(database, a_mention(**theirs()), triage=a_triage())
    ReplyStore(database).leave_unanswered(ours[0], "T8", "they talk to others", NOW)
    save_mentions(database, a_mention(**theirs(brand="other")))
    run(database, [1], Why.KEPT)
    found = sorted(MonitorStore(database).mentions(), key=lambda one: one.id)

    assert [("watched", ""), ("new", theirs()["text"])] == [(one.status.value, one.mention.text) for one in found]
    with database.connect() as connection:
        assert [("waalfiets", "kept")] == [tuple(row) for row in connection.execute(sa.select(erasures.c.brand, erasures.c.why))]
        events = connection.scalars(sa.select(audit.c.reason).where(audit.c.new_status == "erased")).all()
    assert ["1 texts of sample for waalfiets erased: L5: it was kept as long as it may be"] == events


@pytest.mark.parametrize("decide", ["awaiting", "snoozed", "approved", "handed_over", "needs_review"])
def test_an_answer_under_way_ends_and_is_never_published(database: sa.Engine, decide: str) -> None:
    reply = waiting(database)
    with database.begin() as connection:
        connection.execute(sa.update(replies).values(status=decide, next_attempt_at=NOW, posted_text=NEEDLE, snoozed_until=NOW))
    run(database, [1])
    stored = ReplyStore(database).reply(reply.id)

    assert stored is not None
    assert (ReplyStatus.REJECTED, "", Why.GONE.words) == (stored.status, stored.version.text, stored.reason)
    assert ([], None) == (AttemptStore(database).due(NOW), AttemptStore(database).claim(reply.id, "w", NOW))


def test_an_answer_that_is_being_published_is_waited_for_until_nobody_works_on_it(database: sa.Engine) -> None:
    reply = waiting(database)
    approve(database, reply)
    claim = AttemptStore(database).claim(reply.id, "w", NOW)
    assert claim is not None
    first = run(database, [1])
    between = MonitorStore(database).mention(1)
    with database.begin() as connection:
        later = erase(connection, [1], Why.GONE, actor="recheck", at=claim.until + timedelta(hours=1, seconds=1))

    assert ({1}, set()) == (first.waiting, first.ids)
    assert between is not None
    assert NEEDLE in between.mention.text
    assert {1} == later.ids
    stored = ReplyStore(database).reply(reply.id)
    assert stored is not None
    assert ReplyStatus.REJECTED == stored.status
    assert not AttemptStore(database).still_ours(claim, NOW)


def test_two_at_once_erase_it_once(database: sa.Engine) -> None:
    walk(database, posted=False)
    done: list[Erased] = []
    threads = [threading.Thread(target=lambda: done.append(run(database, [1]))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [1, 0, 0, 0] == sorted((len(one.ids) for one in done), reverse=True)
    with database.connect() as connection:
        deleted = sa.select(sa.func.count()).where(audit.c.mention_id == 1, audit.c.new_status == "deleted")
        assert 1 == connection.scalar(deleted)


def test_an_earlier_kind_of_erasure_is_completed_by_a_new_one(database: sa.Engine) -> None:
    save_mentions(database, a_mention(**theirs()))
    with database.begin() as connection:
        connection.execute(sa.update(mentions).values(status="deleted", text="", author_handle="", author_name="", url=""))
    run(database, [1])

    assert [] == [secret for secret in SECRETS if secret in content(database)]


def test_a_line_in_slack_that_is_sent_is_forgotten_and_one_that_waits_keeps_its_sense(database: sa.Engine) -> None:
    walk(database, posted=False)
    with database.begin() as connection:
        line = {"key": "news/2", "kind": "line", "reply_id": 1, "channel": "C1", "ts": "2.2", "state": "sent", "created_at": NOW}
        connection.execute(slack_messages.insert().values(**line, text=f"the {NEEDLE}"))
    run(database, [1])
    with database.connect() as connection:
        texts = connection.scalars(sa.select(slack_messages.c.text).order_by(slack_messages.c.id)).all()

    assert ["", "@…@….… waits for news on the …", ""] == texts


def test_a_digest_that_waits_is_emptied_and_another_notice_loses_its_quotes(database: sa.Engine) -> None:
    walk(database, posted=False)
    run(database, [1])
    with database.connect() as connection:
        found = {row.key: row for row in connection.execute(sa.select(notices))}

    for key in ("digest/2026-03-01", "weekly/2026-02-23"):
        assert ("", "", "") == (found[key].title, found[key].text, found[key].html)
    assert ("Serious", "") == (found["alert/1"].title, found["alert/1"].html)
    assert found["alert/1"].text.startswith("It is serious: ")


def test_a_row_that_quotes_nobody_stays(database: sa.Engine) -> None:
    save_mentions(database, a_mention(**theirs()))
    other = RejectedRow("p", 2, "no date", '{"text": "about the bridge"}')
    MonitorStore(database).save_batch("sample", "waalfiets", [], cursor="c", at=NOW, rejected=[other])
    done = run(database, [1])

    assert 0 == done.rejected
    with database.connect() as connection:
        assert [other.raw] == connection.scalars(sa.select(rejected_rows.c.raw)).all()
