"""Charges what a language model costs to the ledger, in transactions of its own, before it is asked."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

import sqlalchemy as sa

from monitor import ledger

SOURCE = "drafter llm"
"""Under this name `monitor cost` shows it."""
UNIT = "tokens"

logger = logging.getLogger(__name__)


class Allowance:
    """The tokens of a day, shared by all processes on one database."""

    def __init__(self, database: Callable[[], sa.Engine], cap_per_day: int) -> None:
        """Take the database as a function: whoever asks no model needs none."""
        self._database = database
        self._cap = cap_per_day

    def take(self, tokens: int, at: datetime) -> bool:
        """Charge so many tokens, committed before anything is asked; False where the day's cap or the ledger does not allow it."""
        try:
            with self._database().begin() as connection:
                return ledger.take(connection, SOURCE, UNIT, tokens, self._cap, at)
        except sa.exc.SQLAlchemyError as error:
            logger.warning("the ledger cannot be written (%s), so that no model is asked", type(error).__name__)
            return False

    def settle(self, taken: int, used: int, at: datetime) -> None:
        """Put right what was taken; where that fails, the estimate stays."""
        try:
            with self._database().begin() as connection:
                ledger.settle(connection, SOURCE, UNIT, used - taken, at)
        except sa.exc.SQLAlchemyError as error:
            logger.warning("the ledger keeps an estimate of what the model cost (%s)", type(error).__name__)
