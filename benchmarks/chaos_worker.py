"""One worker of the chaos: the real responders and posters, whose networks drop, refuse and dawdle; killed from outside without a word.

Usage: python -m benchmarks.chaos_worker DATABASE_URL FOLDER [WORLD_URL SLACK_URL]
Without a world the networks are played in files, without a fault, and time goes at its own pace.
"""

from __future__ import annotations

import faulthandler
import signal
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from benchmarks import chaos_networks
from benchmarks.chaos_networks import NETWORKS
from monitor import looking, watch
from monitor.settings import Kinds, SlackApprover, SlackSettings, load
from responders import attempts, pipeline, running, slackbook
from responders.approval import keeper, listening, sending, slack
from responders.limits import limit_for
from responders.posters.console import ConsolePoster
from responders.wiring import Responders

# Time runs about fifteen times as fast as in earnest: a send may last half a minute there, and a lease two.
LEASE = timedelta(seconds=8)
SEND_LIMIT = timedelta(seconds=3)
READ_BACK_AFTER = timedelta(seconds=1)
BACK_OFF = timedelta(seconds=0.5)
PULSE = timedelta(seconds=2)
PACE = (150, timedelta(seconds=10))
"""How fast a network lets our account be: each has its own way to count, and this is one that they never complain of."""


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
        (running, "READ_BACK_EVERY", timedelta(seconds=20)),
        (attempts, "ASK_AFTER", timedelta(seconds=20)),
        (pipeline, "READ_BACK_WITHIN", timedelta(seconds=4)),
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
    # Asked so, it says at what step each of its threads is.
    faulthandler.register(signal.SIGUSR1)
    url, folder = sys.argv[1], Path(sys.argv[2])
    sample = Path(__file__).resolve().parent.parent / "config" / "sample"
    settings = load(sample, database_url=url, environment={}, kinds=Kinds())
    if len(sys.argv) > 3:
        world, slack_url = sys.argv[3:]
        hurry()
        settings = replace(
            settings,
            networks=chaos_networks.settings(world),
            slack=slack_settings(slack_url),
            environment={**TOKENS, **chaos_networks.KEYS},
        )
    responders = Responders(settings)
    responders.drafters = []
    if len(sys.argv) == 3:
        responders.posters = {name: ConsolePoster(folder / f"{name}.jsonl", limit_for(name), "waalfiets") for name in NETWORKS}
        responders.published = frozenset(NETWORKS)
    for poster in responders.posters.values():
        if hasattr(poster, "pace"):
            poster.pace = PACE
    running.run(responders)


TOKENS = {"SLACK_BOT_TOKEN": "xoxb-not-a-real-one", "SLACK_APP_TOKEN": "xapp-not-a-real-one"}


def slack_settings(url: str) -> SlackSettings:
    """Return what a worker is told of the Slack at `url`."""
    return SlackSettings("C0CARDS", "C0CRISIS", api_url=url, approvers=(SlackApprover("Els Kamps", user="U0ALICE"),))


if __name__ == "__main__":
    main()
