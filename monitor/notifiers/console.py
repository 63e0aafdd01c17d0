"""Prints a notice on standard output; nothing is remembered here."""

from __future__ import annotations

import sys
from typing import Self, TextIO

from monitor.contracts import Notice, Unavailable
from monitor.settings import NotifierSettings, Settings
from monitor.text import for_terminal


class ConsoleNotifier:
    """Shows a notice to whoever watches the process."""

    def __init__(self, name: str, stream: TextIO | None = None) -> None:
        self.name = name
        self._stream = stream

    @classmethod
    def from_settings(cls, notifier: NotifierSettings, settings: Settings) -> Self:
        """Return the notifier for a `[[notifier]]` table."""
        _ = settings
        return cls(notifier.name)

    def send(self, notice: Notice) -> None:
        """Print title and text; what strangers wrote in it cannot steer the terminal."""
        stream = self._stream or sys.stdout
        lines = [notice.title, *notice.text.splitlines()]
        try:
            stream.write("".join(f"{for_terminal(line)}\n" for line in lines))
            stream.flush()
        except (OSError, ValueError) as error:  # ValueError: the stream was closed.
            raise Unavailable(f"{self.name}: nothing can be printed: {type(error).__name__}") from error
