"""The questions to the database about how long a reply may be where our accounts are, as their servers told; each is asked at the start."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from monitor.tables import READING, limits


class LimitBook:
    """The memory of what the servers of our accounts told, for every process: cards are also made where no server can be asked."""

    def __init__(self, database: sa.Engine) -> None:
        self.database = database

    def told(self, account: str) -> int | None:
        """Return how many characters the server of an account takes; None where it never told."""
        with self.database.connect().execution_options(**READING) as connection:
            found: int | None = connection.scalar(sa.select(limits.c.characters).where(limits.c.account == account))
            return found

    def tell(self, account: str, characters: int, at: datetime) -> None:
        """Write down what a server told; the last word holds."""
        if self.told(account) == characters:
            return
        values = {"characters": characters, "told_at": at}
        insert = sqlite_insert if self.database.dialect.name == "sqlite" else postgres_insert
        statement = insert(limits).values(account=account, **values)
        with self.database.begin() as connection:
            connection.execute(statement.on_conflict_do_update(index_elements=["account"], set_=values))
