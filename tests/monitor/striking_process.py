"""A process that takes a quote out of what Slack shows, and ends itself by kill -9 at one step; run by tests as a process of its own."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from monitor import telling
from monitor.noticebook import NoticeBook
from monitor.notifiers.slack import SlackNotifier
from monitor.settings import NotifierSettings
from monitor.tables import open_database
from monitor.telling import Telling
from monitor.wiring import Monitor, bare_settings
from tests.builders import a_brand
from tests.monitor.paging_process import after


def main(url: str, step: str, at: str, slack: str) -> None:
    """Do everything once, up to the step."""
    moment = datetime.fromisoformat(at)
    pytest.MonkeyPatch().setattr(telling, "now", lambda: moment)
    chat = NotifierSettings("chat", "slack", {"channel": "C0CRISIS", "token_name": "SLACK_BOT_TOKEN", "api_url": slack})
    secrets = {"SLACK_BOT_TOKEN": "xoxb-hidden"}
    monitor = Monitor(replace(bare_settings(), brands=(a_brand(),), notifiers=(chat,), environment=secrets))
    vars(monitor)["database"] = open_database(url)
    vars(monitor.notifiers["chat"])["_now"] = lambda: moment
    mouth = Telling(monitor)
    steps: dict[str, Callable[[], None]] = {
        "taken": lambda: after(NoticeBook, "take"),
        "struck": lambda: after(SlackNotifier, "strike"),
        "sent": lambda: after(NoticeBook, "record_sent", before=True),
        "told": lambda: after(NoticeBook, "record_sent"),
    }
    steps[step]()
    for sending in mouth.due(moment):
        mouth.tell(sending.key, sending.notifier, sending.recipient, sending.tries)


if __name__ == "__main__":
    main(*sys.argv[1:])
