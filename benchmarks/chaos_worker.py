"""One worker of the chaos: the real responders, whose networks drop, refuse and dawdle; killed from outside without a word.

Usage: python -m benchmarks.chaos_worker DATABASE_URL FOLDER SEED [SLACK_URL]
A seed "calm" means networks without a fault and time at its own pace.
"""

from __future__ import annotations

import random
import sys
import time
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from monitor import looking, watch
from monitor.contracts import RateLimited, Unavailable
from monitor.domain import Posted, Reply
from monitor.settings import Kinds, SlackApprover, SlackSettings, load
from monitor.wiring import now
from responders import attempts, pipeline, running, slackbook
from responders.approval import keeper, listening, sending, slack
from responders.contracts import Standing
from responders.limits import limit_for
from responders.posters.console import ConsolePoster
from responders.wiring import Responders

NETWORKS = ("x", "reddit", "mastodon", "bluesky")
DROPPED_AFTER_ACCEPT, SERVER_ERROR, TOO_MANY, SLOW = 0.10, 0.05, 0.03, 0.05
"""How often a send meets each; of the server's errors one half is taken all the same, and nobody can tell which."""
SLOWEST = 1.0

# Time runs about fifteen times as fast as in earnest: a send may last half a minute there, and a lease two.
LEASE = timedelta(seconds=8)
SEND_LIMIT = timedelta(seconds=3)
READ_BACK_AFTER = timedelta(seconds=1)
BACK_OFF = timedelta(seconds=0.5)
PULSE = timedelta(seconds=2)


@dataclass
class FaultyNetwork:
    """A console poster behind a network as networks are."""

    inner: ConsolePoster
    chance: random.Random
    name: str = "faulty"

    def __post_init__(self) -> None:
        self.limit = self.inner.limit

    def length(self, text: str) -> int:
        """As the network counts."""
        return self.inner.length(text)

    def post(self, reply: Reply) -> Posted:
        """Send it, with luck."""
        luck = self.chance.random()
        if luck < TOO_MANY:
            raise RateLimited("faulty: 429", now() + timedelta(seconds=1))
        luck -= TOO_MANY
        if luck < SERVER_ERROR:
            if self.chance.random() < 0.5:
                self.inner.post(reply)
            raise Unavailable("faulty: 503")
        luck -= SERVER_ERROR
        if luck < SLOW:
            time.sleep(self.chance.uniform(0.2, SLOWEST))
            return self.inner.post(reply)
        posted = self.inner.post(reply)
        if luck - SLOW < DROPPED_AFTER_ACCEPT:
            raise Unavailable("faulty: the connection was dropped after the reply was taken")
        return posted

    def find(self, reply: Reply) -> Posted | None:
        """Read back, which fails as well."""
        self._maybe_fail()
        return self.inner.find(reply)

    def standing(self, reply: Reply) -> Standing:
        """Look, which fails as well."""
        self._maybe_fail()
        return self.inner.standing(reply)

    def _maybe_fail(self) -> None:
        if self.chance.random() < SERVER_ERROR:
            raise Unavailable("faulty: 502")


def hurry() -> None:
    """Let leases, waits and heartbeats of this process run faster, each in proportion to the others."""
    calmly = attempts.back_off

    def back_off(number: int) -> timedelta:
        return calmly(number, BACK_OFF, timedelta(seconds=5))

    for module, name, value in (
        (attempts, "LEASE", LEASE),
        (attempts, "SEND_LIMIT", SEND_LIMIT),
        (pipeline, "READ_BACK_AFTER", READ_BACK_AFTER),
        (pipeline, "back_off", back_off),
        (watch, "PULSE", PULSE),
        (running, "SWEEP_EVERY", 0.5),
        (looking, "LOOK_ANYWAY", 0.5),
        (slack, "TIMEOUT", 2),
        (sending, "PACE", timedelta(seconds=0.3)),
        (keeper, "PACE", timedelta(seconds=0.3)),
        (sending, "TURN", timedelta(seconds=3)),
        (sending, "LOOK_AFTER", timedelta(seconds=1)),
        (sending, "AGAIN_AFTER", timedelta(seconds=1)),
        (slackbook, "CLAIM", timedelta(seconds=4)),
        (keeper, "CATCH_UP_EVERY", timedelta(seconds=4)),
        (listening, "PING_EVERY", 0.3),
    ):
        assert hasattr(module, name), f"{module.__name__} has no {name} any more"
        setattr(module, name, value)


def main() -> None:
    """Work until killed."""
    url, folder, seed = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    sample = Path(__file__).resolve().parent.parent / "config" / "sample"
    settings = load(sample, database_url=url, environment={}, kinds=Kinds())
    if len(sys.argv) > 4:
        settings = replace(settings, slack=slack_settings(sys.argv[4]), environment=TOKENS)
    responders = Responders(settings)
    chance = random.Random(seed)
    responders.drafters = []
    consoles = {name: ConsolePoster(folder / f"{name}.jsonl", limit_for(name), "waalfiets") for name in NETWORKS}
    responders.published = frozenset(NETWORKS)
    if seed == "calm":
        responders.posters = dict(consoles)
    else:
        hurry()
        responders.posters = {name: FaultyNetwork(console, chance) for name, console in consoles.items()}
    running.run(responders)


TOKENS = {"SLACK_BOT_TOKEN": "xoxb-not-a-real-one", "SLACK_APP_TOKEN": "xapp-not-a-real-one"}


def slack_settings(url: str) -> SlackSettings:
    """Return what a worker is told of the Slack at `url`."""
    return SlackSettings("C0CARDS", "C0CRISIS", api_url=url, approvers=(SlackApprover("Els Kamps", user="U0ALICE"),))


if __name__ == "__main__":
    main()
