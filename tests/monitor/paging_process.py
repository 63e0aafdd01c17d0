"""A process that counts, pages and tells, and ends itself by kill -9 at one step; run by tests as a process of its own."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from monitor import alerting, telling
from monitor.alerting import Alerting
from monitor.incidentbook import IncidentBook
from monitor.noticebook import NoticeBook
from monitor.settings import NotifierSettings, OnCallSettings
from monitor.tables import open_database
from monitor.telling import Telling
from monitor.wiring import Monitor, bare_settings
from tests.builders import a_brand
from tests.fakes.pager import API_KEY, ROUTING_KEY


def die() -> None:
    """End as a pulled plug does."""
    os.kill(os.getpid(), signal.SIGKILL)


def after(place: Any, name: str, *, before: bool = False) -> None:
    """End right after a method, or right before it."""
    real: Callable[..., Any] = getattr(place, name)

    def run(*words: Any, **more: Any) -> Any:
        if before:
            die()
        found = real(*words, **more)
        die()
        return found

    setattr(place, name, run)


def main(url: str, step: str, at: str, pager: str, slack: str, port: str) -> None:
    """Do everything once, up to the step."""
    moment = datetime.fromisoformat(at)
    for module in (telling, alerting):
        pytest.MonkeyPatch().setattr(module, "now", lambda: moment)
    people = tuple(f"{name}@waalfiets.example" for name in ("els", "jan", "kim"))
    names = {"routing_key_name": "PAGERDUTY_ROUTING_KEY", "api_key_name": "PAGERDUTY_API_KEY"}
    post = {"host": "localhost", "security": "none", "from": people[0], "to": people, "user": "", "password_name": "P", "unsubscribe": ""}
    notifiers = (
        NotifierSettings("pager", "pagerduty", {**names, "events_url": pager, "api_url": pager}),
        NotifierSettings("chat", "slack", {"channel": "C0CRISIS", "token_name": "SLACK_BOT_TOKEN", "api_url": slack}),
        NotifierSettings("mail", "email", {**post, "port": int(port)}),
    )
    secrets = {"PAGERDUTY_ROUTING_KEY": ROUTING_KEY, "PAGERDUTY_API_KEY": API_KEY, "SLACK_BOT_TOKEN": "xoxb-hidden"}
    oncall = OnCallSettings(language="nl")
    settings = replace(bare_settings(), brands=(a_brand(),), notifiers=notifiers, environment=secrets, oncall=oncall)
    monitor = Monitor(settings)
    vars(monitor)["database"] = open_database(url)
    vars(monitor.notifiers["pager"])["_now"] = lambda: moment
    alert, mouth = Alerting(monitor), Telling(monitor)
    steps: dict[str, Callable[[], None]] = {
        "judged": lambda: after(IncidentBook, "raise_"),
        "counted": lambda: after(alerting, "count_brand"),
        "written": lambda: after(NoticeBook, "write"),
        "recorded": lambda: after(IncidentBook, "record_told"),
        "taken": lambda: after(NoticeBook, "take"),
        "sent": lambda: after(NoticeBook, "record_sent", before=True),
        "told": lambda: after(NoticeBook, "record_sent"),
        "put_off": lambda: after(NoticeBook, "record_later"),
        "all": lambda: None,
    }
    steps[step]()
    alert.count()
    alert.look()
    for sending in mouth.due(moment):
        mouth.tell(sending.key, sending.notifier, sending.recipient, sending.tries)


if __name__ == "__main__":
    main(*sys.argv[1:])
