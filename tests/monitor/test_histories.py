"""On X one person may be known by number and by handle; what happened before belongs to both, once the name was read."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from monitor.domain import Author
from monitor.histories import read_histories
from monitor.remains import Remains
from monitor.store import MonitorStore
from tests.builders import a_mention
from tests.chain import save_mentions, save_waiting_reply

NUMBER, NAMED, HANDLE = Author("7"), Author("7", "Jo de Vries (@jo)"), Author("jo", "Jo de Vries")


@pytest.mark.parametrize(
    ("network", "before", "now", "known"),
    [
        ("x", NAMED, HANDLE, True),
        ("x", HANDLE, NAMED, True),
        ("x", NAMED, NUMBER, True),
        ("x", HANDLE, NUMBER, False),
        ("x", Author("8", "Jo (@another)"), HANDLE, False),
        ("x", Author("eve", "Jo (@jo)"), HANDLE, False),
        ("mastodon", NAMED, HANDLE, False),
    ],
)
def test_a_number_and_the_handle_that_its_name_tells_are_one_person(
    database: sa.Engine, network: str, before: Author, now: Author, known: bool
) -> None:
    save_waiting_reply(database, network=network, author=before, external_id="before")
    [stored] = save_mentions(database, a_mention(network=network, author=now, external_id="now"))

    assert known is MonitorStore(database).histories([stored])[stored.id].open_reply_to_author


def test_who_asks_to_be_forgotten_by_handle_is_forgotten_by_number_too(database: sa.Engine) -> None:
    authors = [NAMED, HANDLE, Author("8", "Jo (@joan)"), Author("eve", "Jo (@jo)"), NUMBER]
    save_mentions(database, *[a_mention(network="x", author=author, external_id=str(n)) for n, author in enumerate(authors)])

    assert [1, 2] == list(Remains(database).by_author("@Jo").mentions)


def test_what_happened_before_is_found_by_the_replies_and_not_by_reading_every_mention(sqlite_database: sa.Engine) -> None:
    [stored] = save_mentions(sqlite_database, a_mention(network="x", author=HANDLE))
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, query: str, values: Any, *_more: Any) -> None:
        if "replies" in query:
            asked.append((query, values))

    with sqlite_database.connect() as connection:
        sa.event.listen(connection, "before_cursor_execute", note)
        read_histories(connection, [stored])
        plans = [connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", values).all() for query, values in list(asked)]

    assert 2 == len(plans)
    for plan in plans:
        assert plan[0].detail.startswith("SCAN replies")
        assert plan[1].detail.startswith("SEARCH mentions USING INTEGER PRIMARY KEY")
