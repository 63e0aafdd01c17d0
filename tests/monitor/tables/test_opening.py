from __future__ import annotations

import time

import sqlalchemy as sa


def test_the_engine_gets_the_time_from_sqlite_whatever_its_version(sqlite_database: sa.Engine) -> None:
    before = time.time()
    with sqlite_database.connect() as connection:
        told = connection.exec_driver_sql("SELECT unixepoch('subsec')").scalar_one()
        connection.exec_driver_sql("CREATE TABLE stamps (name TEXT, at INTEGER NOT NULL DEFAULT (unixepoch('subsec') * 1000))")
        connection.exec_driver_sql("INSERT INTO stamps (name) VALUES ('a')")
        stamped = connection.exec_driver_sql("SELECT at FROM stamps").scalar_one()

    # It counts thousandths.
    assert before - 0.001 <= told <= stamped / 1000 <= time.time()


def test_the_time_of_a_text_that_is_none_is_unknown(sqlite_database: sa.Engine) -> None:
    with sqlite_database.connect() as connection:
        told = connection.exec_driver_sql("SELECT unixepoch('yesterday')").scalar_one()

    assert told is None
