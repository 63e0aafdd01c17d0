"""What stood in a database before accounts had names stands there after `monitor migrate`, and after it is taken back."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from alembic import command

from monitor.migrations import _config, upgrade
from responders.attempts import AttemptStore
from tests.builders import NOW
from tests.chain import approve, save_waiting_reply

FIELDS = "network, reason"


def migrate_to(database: sa.Engine, revision: str) -> None:
    with database.begin() as connection:
        command.downgrade(_config(connection), revision)


def test_a_network_that_asked_us_to_wait_is_left_alone_through_an_upgrade_and_back(database: sa.Engine) -> None:
    reply = approve(database, save_waiting_reply(database))
    store = AttemptStore(database)
    store.hold("mastodon", NOW + timedelta(hours=1), "429", NOW)
    store.hold("mastodon", NOW + timedelta(hours=2), "429 of another", NOW, "waallease")
    migrate_to(database, "0018")
    with database.connect() as connection:
        before = [tuple(row) for row in connection.execute(sa.text(f"SELECT {FIELDS} FROM holds"))]
    upgrade(database)
    with database.connect() as connection:
        after = [tuple(row) for row in connection.execute(sa.text(f"SELECT {FIELDS}, account FROM holds"))]

    assert ([("mastodon", "429")], [("mastodon", "429", "")]) == (before, after)
    assert ([], None, [reply.id]) == (store.due(NOW), store.claim(reply.id, "one", NOW), store.due(NOW + timedelta(hours=1)))
