from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
import sqlalchemy as sa

from monitor.domain import Author, Mention
from monitor.rows import columns_of
from monitor.tables import audit, insert_many, mentions, update_many

AT = datetime(2026, 7, 1, 9, 30, 0, 250_000, tzinfo=UTC)


def row(name: str, **columns: Any) -> dict[str, Any]:
    mention = Mention("x", name, "waalfiets", Author(f"@{name}"), "Mijn slot gaat 'niet' open; é 🚲 %s :x", "", AT)
    return columns_of(mention, AT) | {"score_reasons": None, "rules": None} | columns


ROWS = [
    row("a", label="negative", score=-0.1 - 0.2, score_reasons=["te laat -2.0", "é"], rules=["T5"], label_before=None),
    row("b", label=None, score=None, score_reasons=[], rules=None, label_before="neutral", posted_at=AT - timedelta(days=400)),
    row("c", label="neutral", score=1.0, score_reasons=None, rules=[], label_before=None, mentions_us=True),
]
for one in ROWS:
    one["posted_at"] = one["posted_at"].astimezone(timezone(timedelta(hours=5, minutes=30)))


def stored(connection: sa.Connection) -> list[dict[str, Any]]:
    """Every row as the database itself holds it, past our own types."""
    found = connection.exec_driver_sql("SELECT * FROM mentions ORDER BY external_id").mappings()
    return [{name: value for name, value in one.items() if name != "id"} for one in found]


def test_many_rows_are_stored_as_if_each_was_stored_by_itself(database: sa.Engine) -> None:
    with database.connect() as connection:
        connection.execute(mentions.insert(), ROWS)
        expected = stored(connection)
        connection.rollback()
        insert_many(connection, mentions, ROWS)
        found = stored(connection)
        connection.rollback()
        insert_many(connection, mentions, [{name: one[name] for name in one if name != "read_at"} for one in ROWS], read_at=AT)
        with_the_same = stored(connection)

    assert len(ROWS) == len(expected)
    assert expected == found == with_the_same


def test_many_rows_are_changed_as_if_each_was_changed_by_itself(database: sa.Engine) -> None:
    with database.connect() as connection:
        insert_many(connection, mentions, ROWS)
        ids = list(connection.scalars(sa.select(mentions.c.id).order_by(mentions.c.external_id)))
        changes = [
            {"id": ids[0], "score": 0.1, "rules": ["T1", "T7"], "checked_at": AT + timedelta(microseconds=1)},
            {"id": ids[2], "score": None, "rules": None, "checked_at": None},
        ]
        nested = connection.begin_nested()
        for change in changes:
            values = {name: value for name, value in change.items() if name != "id"}
            connection.execute(mentions.update().where(mentions.c.id == change["id"]).values(**values, status="scored"))
        expected = stored(connection)
        nested.rollback()
        update_many(connection, mentions, changes, status="scored")
        found = stored(connection)

    assert ["scored", "new", "scored"] == [one["status"] for one in found]
    assert expected == found


def test_where_a_column_is_left_out_the_database_says_what_it_holds_and_rows_come_in_order(database: sa.Engine) -> None:
    with database.begin() as connection:
        events = [{"mention_id": number} for number in (3, 1, 2)]
        insert_many(connection, audit, events, at=AT, actor="score", old_status="new", new_status="scored")
        found = connection.execute(sa.select(audit).order_by(audit.c.id)).all()

    assert [3, 1, 2] == [one.mention_id for one in found]
    assert {(AT, "score", None, "new", "scored", "", "")} == {tuple(one)[1:3] + tuple(one)[4:] for one in found}


def test_no_rows_are_no_statement(database: sa.Engine) -> None:
    with database.begin() as connection:
        insert_many(connection, mentions, [], status="new")
        update_many(connection, mentions, [], status="new")

        assert [] == stored(connection)


def test_a_time_without_a_zone_is_refused_and_an_error_tells_nothing_of_what_was_written(database: sa.Engine) -> None:
    with database.connect() as connection, pytest.raises(ValueError, match="without a zone"):
        insert_many(connection, mentions, [ROWS[0] | {"read_at": AT.replace(tzinfo=None)}])
    with database.connect() as connection, pytest.raises(sa.exc.IntegrityError) as refused:
        insert_many(connection, mentions, [ROWS[0], ROWS[0]])

    assert "slot" not in str(refused.value).partition("DETAIL")[0]
