"""A person in Slack who approves what she is asked, while the line to Slack and the calls to it fail."""

from __future__ import annotations

import contextlib
import random
import threading
from collections import Counter
from collections.abc import Iterable
from typing import Self

import sqlalchemy as sa

from monitor.domain import ReplyStatus
from monitor.tables import replies
from tests.fakes.slack import FakeSlack, Fault
from tests.fakes.slackweb import Posted

FAULTS = (
    Fault("chat.postMessage", "drop_after"),
    Fault("chat.postMessage", "drop_before"),
    Fault("chat.postMessage", "status", status=503),
    Fault("chat.update", "drop_after"),
    Fault("*", "status", status=429),
)
OPEN = frozenset({ReplyStatus.AWAITING.value, ReplyStatus.SNOOZED.value})


class Approving:
    """Clicks Approve on the cards of some replies, and again where nothing came of it; a context manager."""

    def __init__(self, wanted: Iterable[int], chance: random.Random) -> None:
        self._wanted = {f"card/{reply_id}" for reply_id in wanted}
        self._ids = sorted(int(key.partition("/")[2]) for key in self._wanted)
        self._chance = chance
        self._slack = FakeSlack()
        self._slack.patience = 3.0
        self._faulty = True
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name="person", daemon=True)
        self.cuts = 0

    def __enter__(self) -> Self:
        self._slack.__enter__()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._thread.join()
        self._slack.__exit__()

    @property
    def url(self) -> str:
        """Where the workers find this Slack."""
        return self._slack.api_url

    def calm_down(self) -> None:
        """Let nothing fail any more."""
        self._faulty = False
        self._slack.faults.clear()

    def undecided(self, database: sa.Engine) -> int:
        """Count what she was asked for and is not decided yet."""
        query = sa.select(sa.func.count()).select_from(replies).where(replies.c.id.in_(self._ids), replies.c.status.in_(OPEN))
        with database.connect().execution_options(grapevine_reading=True) as connection:
            return connection.scalars(query).one()

    def double_cards(self) -> int:
        """Count the cards that stand there more than once."""
        keys = Counter(_key(message) for message in self._slack.shown() if _key(message).startswith("card/"))
        return sum(number - 1 for number in keys.values())

    def _work(self) -> None:
        while not self._stopping.wait(self._chance.uniform(0.3, 1.0)):
            if self._faulty and self._chance.random() < 0.25:
                self._fail()
            cards = [message for message in self._slack.shown() if _key(message) in self._wanted]
            for card in self._chance.sample(cards, min(2, len(cards))):
                # No button means that it is decided; no line, or no answer in three seconds, that Slack shows an error to who clicked.
                with contextlib.suppress(LookupError, IndexError, TimeoutError, ConnectionError):
                    self._slack.click(card, "approve")

    def _fail(self) -> None:
        self.cuts += 1
        if self._chance.random() < 0.4 and self._slack.connected:
            with contextlib.suppress(AssertionError):
                self._slack.drop_sockets()
        else:
            fault = self._chance.choice(FAULTS)
            self._slack.faults.append(Fault(fault.method, fault.kind, 1, fault.status))


def _key(message: Posted) -> str:
    return str((message.metadata.get("event_payload") or {}).get("key", ""))
