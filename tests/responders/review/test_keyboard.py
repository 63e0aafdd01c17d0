"""How keys and lines are read, at a terminal and from a pipe."""

from __future__ import annotations

import io
import os
import select
import sys
import termios
import threading
from collections.abc import Iterator

import pytest

from responders.review import open_keyboard
from tests.responders.review.desks import a_console, printed


@pytest.fixture
def terminal() -> Iterator[tuple[int, io.TextIOWrapper]]:
    ours, theirs = os.openpty()
    with os.fdopen(theirs, "r", encoding="utf-8", closefd=True) as stdin:
        yield ours, stdin
    os.close(ours)


def press(ours: int, stdin: io.TextIOWrapper, *keys: bytes) -> list[str | None]:
    """Press keys as a person does: each only when the program waits for one; None stands for the end of the input."""

    def type_it(key: bytes) -> None:
        while termios.tcgetattr(stdin.fileno())[3] & termios.ICANON:
            pass
        os.write(ours, key)

    pressed: list[str | None] = []
    with open_keyboard(stdin, a_console()) as keyboard:
        for key in keys:
            hand = threading.Thread(target=type_it, args=(key,))
            hand.start()
            try:
                pressed.append(keyboard.read_key())
            except EOFError:
                pressed.append(None)
            hand.join()
    return pressed


def test_at_a_terminal_one_key_is_enough(terminal: tuple[int, io.TextIOWrapper]) -> None:
    assert press(*terminal, b"a", "é".encode()) == ["a", "é"]


def test_an_arrow_key_or_a_paste_is_no_decision(terminal: tuple[int, io.TextIOWrapper]) -> None:
    assert press(*terminal, b"\x1b[A", b"aaaa") == ["", ""]


def test_ctrl_d_ends_the_desk(terminal: tuple[int, io.TextIOWrapper]) -> None:
    assert press(*terminal, b"\x04") == [None]


def test_what_was_typed_before_the_card_stood_there_decides_nothing(terminal: tuple[int, io.TextIOWrapper]) -> None:
    ours, stdin = terminal
    os.write(ours, b"a\n")
    # The terminal hands it over in its own time; what has not arrived yet was not typed before.
    select.select([stdin], [], [])

    assert press(ours, stdin, b"k") == ["k"]


def test_at_a_terminal_a_line_is_read_after_its_question(terminal: tuple[int, io.TextIOWrapper], monkeypatch: pytest.MonkeyPatch) -> None:
    ours, stdin = terminal
    monkeypatch.setattr(sys, "stdin", stdin)
    console = a_console()
    os.write(ours, b"T3 een grap\n")

    with open_keyboard(stdin, console) as keyboard:
        answer = keyboard.read_line("  Why [red]not[/red]? :smile: ")

    assert answer == "T3 een grap"
    assert "Why [red]not[/red]? :smile:" in printed(console)


def test_the_terminal_is_left_as_it_was(terminal: tuple[int, io.TextIOWrapper]) -> None:
    ours, stdin = terminal
    before = termios.tcgetattr(stdin.fileno())

    press(ours, stdin, b"a")

    assert termios.tcgetattr(stdin.fileno()) == before
