"""A process that writes and mails the digest, and ends itself by kill -9 at one step; run by tests as a process of its own."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from monitor import standing, telling
from monitor.noticebook import NoticeBook
from monitor.notifiers.email import EmailNotifier
from monitor.settings import NotifierSettings
from monitor.tables import open_database
from monitor.telling import Telling
from monitor.wiring import Monitor, bare_settings
from tests.builders import a_brand
from tests.monitor.paging_process import after

TO = tuple(f"{name}@waalfiets.example" for name in ("els", "jan", "kim"))


def a_telling(url: str, port: int) -> Telling:
    """Return what this process, and the one after it, would build."""
    post = {"host": "localhost", "port": port, "security": "none", "from": TO[0], "to": TO, "user": "", "password_name": "P"}
    mail = NotifierSettings("mail", "email", {**post, "unsubscribe": ""})
    monitor = Monitor(replace(bare_settings(), brands=(a_brand(),), notifiers=(mail,), digest_weekly=False))
    vars(monitor)["database"] = open_database(url)
    return Telling(monitor)


def main(url: str, step: str, at: str, port: str) -> None:
    """Do everything once, up to the step."""
    moment = datetime.fromisoformat(at)
    for module in (telling, standing):
        pytest.MonkeyPatch().setattr(module, "now", lambda: moment)
    mouth = a_telling(url, int(port))
    steps: dict[str, Callable[[], None]] = {
        "figured": lambda: after(telling, "figures_of"),
        "worded": lambda: after(telling, "put_into_words"),
        "written": lambda: after(NoticeBook, "write"),
        "taken": lambda: after(NoticeBook, "take"),
        "mailed": lambda: after(EmailNotifier, "send"),
        "sent": lambda: after(NoticeBook, "record_sent", before=True),
        "told": lambda: after(NoticeBook, "record_sent"),
        "put_off": lambda: after(NoticeBook, "record_later"),
        "all": lambda: None,
    }
    steps[step]()
    mouth.write_digests()
    for sending in mouth.due(moment):
        mouth.tell(sending.key, sending.notifier, sending.recipient, sending.tries)


if __name__ == "__main__":
    main(*sys.argv[1:])
