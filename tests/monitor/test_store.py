from __future__ import annotations

from dataclasses import fields
from datetime import timedelta

import pytest
import sqlalchemy as sa

from monitor import tables
from monitor.contracts import RejectedRow
from monitor.domain import Action, IllegalMove, Label, MentionStatus, Posted
from monitor.store import MonitorStore, Saved, advance
from responders.attempts import AttemptStore
from tests.builders import NOW, a_mention, a_sentiment, a_triage
from tests.chain import approve, save_mentions, save_queued, save_waiting_reply


def test_a_mention_comes_back_as_it_was_read(database: sa.Engine) -> None:
    mention = a_mention(
        "De sloten gaan niet open 🚲\u202e",
        language_hint="nl",
        mentions_us=True,
        own_channel=True,
        community="r/nijmegen",
        parent_id="9",
        answered_by_us=True,
    )

    [stored] = save_mentions(database, mention)

    assert (mention, MentionStatus.NEW, NOW) == (stored.mention, stored.status, stored.read_at)


def test_the_same_mention_twice_in_a_batch_and_again_later_is_stored_once(database: sa.Engine) -> None:
    store = MonitorStore(database)

    first = store.save_batch("a", "waalfiets", [a_mention(), a_mention("changed later")], cursor="1", at=NOW)
    second = store.save_batch("b", "waalfiets", [a_mention()], cursor="1", at=NOW)

    assert (Saved(new=1, known=1), Saved(new=0, known=1)) == (first, second)
    assert [a_mention().text] == [stored.mention.text for stored in store.mentions()]


def test_the_cursor_is_saved_with_the_mentions_or_not_at_all(database: sa.Engine) -> None:
    store = MonitorStore(database)
    store.save_batch("a", "waalfiets", [a_mention()], cursor="1", at=NOW)
    bad = a_mention("no time", external_id="2", posted_at=NOW.replace(tzinfo=None))

    with pytest.raises(sa.exc.StatementError):
        store.save_batch("a", "waalfiets", [a_mention(external_id="3"), bad], cursor="2", at=NOW)

    assert (store.source_state("a", "waalfiets").cursor, len(store.mentions())) == ("1", 1)


def test_a_failed_poll_keeps_the_cursor_and_counts_until_one_succeeds(database: sa.Engine) -> None:
    store = MonitorStore(database)
    store.save_batch("a", "waalfiets", [], cursor="1", at=NOW)

    failures = [store.record_failure("a", "waalfiets", "feed: timed out", NOW + timedelta(minutes=n)) for n in (1, 2)]
    failing = store.source_state("a", "waalfiets")
    store.save_batch("a", "waalfiets", [], cursor="2", at=NOW)

    assert (failures, failing.cursor, failing.last_error) == ([1, 2], "1", "feed: timed out")
    healthy = store.source_state("a", "waalfiets")
    assert (0, "", "2") == (healthy.failures, healthy.last_error, healthy.cursor)


def test_rows_that_could_not_be_read_are_kept_once_with_their_reason(database: sa.Engine) -> None:
    store, row = MonitorStore(database), RejectedRow("posts.csv", 7, "no date", "x,y")

    store.save_batch("a", "waalfiets", [], cursor="1", at=NOW, rejected=[row, row])
    store.save_batch("a", "waalfiets", [], cursor="1", at=NOW, rejected=[row])

    assert [row] == store.rejected()


def test_a_mention_moves_only_as_the_table_of_moves_allows(database: sa.Engine) -> None:
    [stored] = save_mentions(database, a_mention())

    with pytest.raises(IllegalMove), database.begin() as connection:
        advance(connection, tables.mentions, [{"id": stored.id}], MentionStatus.NEW, MentionStatus.ANSWERED, actor="x", at=NOW)


def test_scoring_what_was_scored_already_changes_nothing(database: sa.Engine) -> None:
    store = MonitorStore(database)
    [stored] = save_mentions(database, a_mention())

    first = store.record_scores([(stored.id, "en", a_sentiment(Label.NEGATIVE))], NOW)
    second = store.record_scores([(stored.id, "nl", a_sentiment(Label.POSITIVE))], NOW)

    assert ({stored.id}, set()) == (first, second)
    assert store.mentions()[0].sentiment.label == Label.NEGATIVE  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("action", "status"),
    [
        (Action.IGNORE, MentionStatus.IGNORED),
        (Action.WATCH, MentionStatus.WATCHED),
        (Action.RESPOND, MentionStatus.QUEUED),
        (Action.ESCALATE, MentionStatus.ESCALATED),
    ],
)
def test_triage_sends_a_mention_where_its_action_says(database: sa.Engine, action: Action, status: MentionStatus) -> None:
    triage = a_triage(action, rules=("T8", "T5"), why="They talk among themselves.")

    save_queued(database, a_mention(), triage=triage)

    [stored] = MonitorStore(database).mentions()
    assert (status, triage) == (stored.status, stored.triage)


def test_every_status_change_stands_in_the_audit_with_who_and_when(database: sa.Engine) -> None:
    [stored] = save_queued(database, a_mention())

    events = MonitorStore(database).audit(mention_id=stored.id)

    expected = [("poll", "", "new"), ("score", "new", "scored"), ("triage", "scored", "queued")]
    assert expected == [(event.actor, event.old_status, event.new_status) for event in events]
    assert [event.at for event in events] == [NOW] * 3


@pytest.mark.parametrize("statement", ["UPDATE audit SET actor = 'nobody'", "DELETE FROM audit"])
def test_the_database_itself_refuses_to_change_the_audit(database: sa.Engine, statement: str) -> None:
    save_mentions(database, a_mention())

    with pytest.raises(sa.exc.DBAPIError, match="the audit cannot be changed"), database.begin() as connection:
        connection.execute(sa.text(statement))


def test_mentions_are_found_by_status_brand_time_and_feeling(database: sa.Engine) -> None:
    store = MonitorStore(database)
    old = a_mention(external_id="old", posted_at=NOW - timedelta(days=9))
    saved = save_mentions(database, old, a_mention(external_id="new"))
    store.record_scores([(saved[0].id, "en", a_sentiment(Label.POSITIVE))], NOW)

    assert [stored.mention.external_id for stored in store.mentions(since=NOW - timedelta(days=1))] == ["new"]
    assert [stored.mention.external_id for stored in store.mentions(status=MentionStatus.SCORED)] == ["old"]
    assert store.mentions(negative=True) == []
    assert store.mentions(brand="other") == []


def test_an_author_whom_we_answered_and_who_is_unhappy_again_was_failed_before(database: sa.Engine) -> None:
    reply = approve(database, save_waiting_reply(database, posted_at=NOW - timedelta(days=2)))
    attempts = AttemptStore(database)
    claim = attempts.claim(reply.id, "w", NOW)
    assert claim is not None
    attempts.posted(claim, Posted("r1", "https://x.example/r1", reply.version.text, NOW - timedelta(days=1)), NOW)
    before, again = save_queued(
        database, a_mention(external_id="2", posted_at=NOW), a_mention(external_id="3", posted_at=NOW - timedelta(days=2))
    )

    histories = MonitorStore(database).histories([again, before])

    assert (histories[again.id].failed_before, histories[again.id].open_reply_to_author) == (True, False)
    assert (histories[before.id].failed_before, histories[before.id].open_reply_to_author) == (False, True)


def test_an_author_with_an_answer_on_its_way_gets_no_second(database: sa.Engine) -> None:
    save_waiting_reply(database)
    [other] = save_mentions(database, a_mention(external_id="2"))

    assert MonitorStore(database).histories([other])[other.id].open_reply_to_author


def test_what_waits_is_found_by_the_small_index(database: sa.Engine) -> None:
    if database.dialect.name != "sqlite":
        pytest.skip("Postgres chooses by the size of the table")
    query = f"EXPLAIN QUERY PLAN SELECT * FROM mentions WHERE {tables.WAITING} AND status = ? ORDER BY id LIMIT 5"

    with database.connect() as connection:
        plan = str(connection.exec_driver_sql(query, ("new",)).all())

    assert "ix_mentions_waiting" in plan


def test_nothing_but_handle_and_name_is_kept_of_an_author() -> None:
    allowed = {"author_handle", "author_name"}
    told = {column.name for table in tables.metadata.tables.values() for column in table.c if "author" in column.name}

    assert allowed == told
    forbidden = {"followers", "gender", "politics", "religion", "health", "ethnicity", "income", "age", "location", "profile"}
    assert not forbidden & {column.name for table in tables.metadata.tables.values() for column in table.c}
    assert {"handle", "name"} == {field.name for field in fields(type(a_mention().author))}
