"""Writes into the ledger what publishing cost, in transactions of its own: a ledger that cannot be written stops no approved reply."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa

from monitor import ledger
from responders.contracts import Poster

logger = logging.getLogger(__name__)


class Expenses:
    """What the networks charged for looking, publishing and reading back, as `monitor cost` shows it (L2)."""

    def __init__(self, database: sa.Engine) -> None:
        self._database = database

    def settle(self, posters: Mapping[str, Poster], at: datetime) -> None:
        """Write down what stands on the posters' bills, each bill as a whole; what cannot be written is told in the log with its sum."""
        for account, poster in posters.items():
            bill = poster.owed() if hasattr(poster, "owed") else []
            if not bill:
                continue
            try:
                with self._database.begin() as connection:
                    for brand, cost in bill:
                        ledger.write_cost(connection, f"{account} publishing", brand, cost, at)
            except sa.exc.SQLAlchemyError as error:
                most = sum(cost.flat + sum(cost.charged.values()) for _brand, cost in bill)
                logger.warning(
                    "the ledger cannot be written (%s): %s publishing may have cost $%s more", type(error).__name__, account, most
                )
