"""Reads keys and lines from a terminal, or lines alone from a pipe; what they mean is the desk's affair."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TextIO

from rich.console import Console

ReadKey = Callable[[], str]
"""Returns one key, "" for one that means nothing; raises EOFError at the end and KeyboardInterrupt on Ctrl-C."""

ReadLine = Callable[[str], str]
"""Shows a prompt and returns the line without its newline; raises as ReadKey does."""


@dataclass(frozen=True, slots=True)
class Keyboard:
    """How this run reads what a person types."""

    read_key: ReadKey
    read_line: ReadLine


@contextmanager
def open_keyboard(stdin: TextIO, console: Console) -> Iterator[Keyboard]:
    """Read single keys at a terminal and whole lines where `stdin` is piped; a terminal is left as it was found."""
    if not stdin.isatty():
        yield Keyboard(lambda: _echoed("", stdin, console.file)[:1], lambda prompt: _echoed(prompt, stdin, console.file))
        return
    import termios  # noqa: PLC0415 - Unix alone has it, and a pipe does not need it

    before = termios.tcgetattr(stdin.fileno())
    try:
        yield Keyboard(lambda: _one_key(stdin.fileno()), lambda prompt: console.input(prompt, markup=False, emoji=False))
    finally:
        termios.tcsetattr(stdin.fileno(), termios.TCSADRAIN, before)


def _echoed(prompt: str, stdin: TextIO, stdout: IO[str]) -> str:
    """Read a piped line and show it, so that the record of the run reads as if it had been typed."""
    stdout.write(prompt)
    stdout.flush()
    line = stdin.readline()
    if not line:
        raise EOFError
    line = line.rstrip("\r\n")
    stdout.write(line + "\n")
    return line.strip()


def _one_key(terminal: int) -> str:
    """Wait for one key press; whatever was typed before the card stood there is thrown away, so that no unseen card is decided."""
    import termios  # noqa: PLC0415
    import tty  # noqa: PLC0415

    before = termios.tcgetattr(terminal)
    try:
        tty.setcbreak(terminal, termios.TCSAFLUSH)
        pressed = os.read(terminal, 64)
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)
    if pressed in {b"", b"\x04"}:
        raise EOFError
    key = pressed.decode("utf-8", "replace")
    # An arrow key or a paste arrives as several characters at once: neither is a decision.
    return key if len(key) == 1 else ""
