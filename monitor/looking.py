"""Looks again and again at what the tables say is due, as often as there is something to see, until it is time to stop."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

import sqlalchemy as sa

from monitor.command import explain, is_of_database
from monitor.watch import Changes

LOOK_ANYWAY = 10.0
"""Seconds after which we look though nothing was written: by time alone something may have fallen due."""
LOOK_LOST = 10.0
"""Seconds between two looks while the database does not answer."""

Wait = Callable[[float], bool]
"""Waits so many seconds and says whether it is time to stop."""

logger = logging.getLogger(__name__)


def keep_looking(
    look: Callable[[], bool],
    wait: Wait,
    every: Callable[[], float],
    database: sa.Engine,
    monotonic: Callable[[], float] = time.monotonic,
) -> None:
    """Look every so many seconds until it is time to stop; a database that does not answer is told once, and asked again less often.

    `look` says whether it is to be called again the next time whatever happens. Where it is not, and nothing was written since by anybody
    (SQLite knows that for next to nothing), it is left out for up to LOOK_ANYWAY. What is due stands in the tables, so a look that failed
    is made up for by the next. Any error but the database's ends it.
    """
    changes = Changes(database)
    lost, anyway_at = False, float("-inf")
    try:
        while True:
            try:
                if changes.any() or monotonic() >= anyway_at:
                    anyway_at = monotonic() + LOOK_ANYWAY
                    if look():
                        anyway_at = float("-inf")
                if lost:
                    logger.warning("The database answers again; going on where it was.")
                lost = False
            except Exception as error:
                if not is_of_database(error):
                    raise
                changes.forget()
                if not lost:
                    logger.warning("%s It is tried again every %d seconds.", explain(error)[0], LOOK_LOST)
                lost = True
            if wait(LOOK_LOST if lost else every()):
                return
    finally:
        changes.forget()
