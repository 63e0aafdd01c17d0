"""Finds what a word may mean by dictionary look-ups only: in time linear in the word, whatever the number of words known."""

from __future__ import annotations

Entry = tuple[int, tuple[int, ...]]
"""The meanings of a word as bits, and the numbers of the phrases it may belong to."""


class Table:
    """The words of one language, found by dictionary look-ups only."""

    def __init__(self) -> None:
        self.exact: dict[str, Entry] = {}
        self.starts: dict[str, Entry] = {}
        self.ends: dict[str, Entry] = {}
        self.middles: dict[str, Entry] = {}

    def add(self, glob: str, bit: int, phrase: int | None = None) -> None:
        """Add a word, or `beginning*`, `*end` or `*middle*`, each of at least three letters."""
        core = glob.strip("*")
        if len(core) < len(glob) and len(core) < 3:
            raise ValueError(f"{glob} would match too much")
        if glob.startswith("*"):
            table = self.middles if glob.endswith("*") else self.ends
        else:
            table = self.starts if glob.endswith("*") else self.exact
        mask, phrases = table.get(core, (0, ()))
        table[core] = (mask | bit, phrases if phrase is None or phrase in phrases else (*phrases, phrase))

    def find(self, word: str) -> Entry:
        """Return everything that is known of `word`."""
        mask, phrases = self.exact.get(word, (0, ()))
        found: list[Entry] = []
        for size in range(3, len(word) + 1):
            if (entry := self.starts.get(word[:size])) is not None:
                found.append(entry)
            if (entry := self.ends.get(word[-size:])) is not None:
                found.append(entry)
        found.extend(entry for core, entry in self.middles.items() if core in word)
        for bits, more in found:
            mask |= bits
            phrases += more
        return mask, phrases
