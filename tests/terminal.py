"""Types commands as a person does: in this very process, which is quick, or as processes of their own, which is how they really run."""

from __future__ import annotations

import io
import json
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

ROOT = Path(__file__).parent.parent
OURS = ("GRAPEVINE_", "EDITOR", "VISUAL")
PATIENCE = 60.0
"""Seconds after which something that should happen is taken for never happening, however slow the machine is."""


@dataclass(frozen=True)
class Done:
    """What a command left: its exit code and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed, as JSON."""
        assert self.out, f"nothing was printed, and this was said: {self.err}"
        return json.loads(self.out)


class Terminal:
    """A folder in which commands are typed."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.environment = environment

    def environment_of_process(self) -> dict[str, str]:
        """Return an environment without anything of the machine's own that our commands would read."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        return kept | {"PYTHONPATH": str(ROOT), "COLUMNS": "200"} | self.environment

    def start(self, program: str, *words: str, before: Sequence[str] = (), **options: Any) -> Process:
        """Start a command as a process of its own; `before` is a command line that starts it, such as setpriv's."""
        return Process(self, [*before, sys.executable, "-m", program, *words], f"{program}-{time.monotonic_ns()}", options)

    def run(self, program: str, *words: str, before: Sequence[str] = (), **options: Any) -> Done:
        """Run a command as a process of its own, to its end."""
        return self.start(program, *words, before=before, **options).end()

    def type(self, program: str, *words: str, typed: bytes = b"", by_hand: bool = False) -> Done:
        """Run a command in this process, from its words to its exit code, as its console script does.

        `typed` is what it can read; with `by_hand` it takes its streams for a person's terminal.
        """
        main = import_module(f"{program}.__main__").main
        kind = _Screen if by_hand else io.TextIOWrapper
        kept = io.BytesIO(), io.BytesIO()
        out, err = (kind(stream, encoding="utf-8", write_through=True) for stream in kept)
        streams = {"stdin": kind(io.BytesIO(typed), encoding="utf-8"), "stdout": out, "stderr": err}
        with self._here(), _attributes(sys, argv=[program, *words], **streams), _logging(), _engines():
            try:
                main()
                code: object = None
            except SystemExit as ended:
                code = ended.code
        said = [stream.getvalue().decode("utf-8") for stream in kept]
        assert isinstance(code, int)
        return Done(code, *said)

    @contextmanager
    def _here(self) -> Iterator[None]:
        before, environment = Path.cwd(), dict(os.environ)
        os.chdir(self.folder)
        os.environ.clear()
        os.environ.update(self.environment_of_process())
        try:
            yield
        finally:
            os.environ.clear()
            os.environ.update(environment)
            os.chdir(before)


class _Screen(io.TextIOWrapper):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


class Process:
    """A command that runs; what it says goes to files, so that it never waits for a reader."""

    def __init__(self, terminal: Terminal, command: Sequence[str], name: str, options: dict[str, Any]) -> None:
        # Beside the folder: a test may make that one read-only or full.
        said = terminal.folder.parent / f"said-{terminal.folder.name}"
        said.mkdir(exist_ok=True)
        self.out, self.err = said / f"{name}.out", said / f"{name}.err"
        with self.out.open("wb") as out, self.err.open("wb") as err:
            self.process = subprocess.Popen(
                command,
                cwd=terminal.folder,
                env=terminal.environment_of_process(),
                stdin=options.pop("real_input", subprocess.DEVNULL),
                stdout=out,
                stderr=err,
                start_new_session=True,
                **options,
            )

    @property
    def said(self) -> str:
        """What it said until now, on both streams."""
        return self.out.read_text("utf-8") + self.err.read_text("utf-8")

    def await_words(self, words: str, times: int = 1) -> None:
        """Wait until it said these words."""
        until(lambda: self.said.count(words) >= times or self.process.poll() is not None, f"{words!r} in {self.said}")
        assert self.said.count(words) >= times, f"it ended with {self.process.poll()} and said: {self.said}"

    def stop(self, number: int = signal.SIGINT) -> float:
        """Type Ctrl-C, wait for the end, and return the seconds it took."""
        began = time.monotonic()
        self.process.send_signal(number)
        self.end()
        return time.monotonic() - began

    def end(self) -> Done:
        """Wait for the end and return what it left."""
        try:
            code = self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()
            raise
        return Done(code, self.out.read_text("utf-8"), self.err.read_text("utf-8"))

    def kill(self) -> None:
        """End it for good, whatever it does."""
        with suppress(ProcessLookupError):
            self.process.kill()
        self.process.wait(PATIENCE)


def until(happened: Callable[[], bool], what: str) -> None:
    """Wait until something happened; fails where it never does."""
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline, f"this never happened: {what}"
        threading.Event().wait(0.05)


@contextmanager
def _attributes(owner: Any, **values: Any) -> Iterator[None]:
    before = {name: getattr(owner, name) for name in values}
    for name, value in values.items():
        setattr(owner, name, value)
    try:
        yield
    finally:
        for name, value in before.items():
            setattr(owner, name, value)


@contextmanager
def _logging() -> Iterator[None]:
    """Give back the logging that a command sets up for a process of its own."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    try:
        yield
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)


@contextmanager
def _engines() -> Iterator[None]:
    """Close the databases that a command leaves to the end of its process."""
    seen: set[sa.Engine] = set()

    def remember(connection: sa.Connection) -> None:
        seen.add(connection.engine)

    event.listen(sa.Engine, "engine_connect", remember)
    try:
        yield
    finally:
        event.remove(sa.Engine, "engine_connect", remember)
        for engine in seen:
            engine.dispose()
