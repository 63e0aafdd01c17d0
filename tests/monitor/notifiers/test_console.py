"""What is printed for a notice."""

from __future__ import annotations

import io

import pytest

from monitor.contracts import Notice, Unavailable
from monitor.notifiers.console import ConsoleNotifier
from monitor.settings import NotifierSettings
from monitor.wiring import bare_settings


def test_a_notice_is_printed_and_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    notifier = ConsoleNotifier.from_settings(NotifierSettings("screen", "console"), bare_settings())
    notifier.send(Notice("k", "Waalfiets", "één\n\x1b[2Jtwee"))
    printed = capsys.readouterr().out

    assert "\x1b" not in printed
    assert printed.startswith("Waalfiets\néén\n")
    assert "twee" in printed


def test_where_nothing_can_be_printed_it_is_tried_again() -> None:
    closed = io.StringIO()
    closed.close()
    with pytest.raises(Unavailable, match=r"^screen: nothing can be printed"):
        ConsoleNotifier("screen", closed).send(Notice("k", "t", "x"))
