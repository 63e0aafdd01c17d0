"""Keeps in mind what a network charged until somebody writes it into the ledger; a poster knows no database."""

from __future__ import annotations

from collections import deque

from monitor.contracts import Cost


class Bill:
    """What was charged and is not in the ledger yet; any thread may add to it or take from it."""

    def __init__(self) -> None:
        self._open: deque[tuple[str, Cost]] = deque()

    def add(self, brand: str, cost: Cost) -> None:
        """Put a cost of a brand on it."""
        self._open.append((brand, cost))

    def take(self) -> list[tuple[str, Cost]]:
        """Return what stands on it, each once."""
        found = []
        while self._open:
            try:
                found.append(self._open.popleft())
            except IndexError:  # Another thread was quicker.
                break
        return found
