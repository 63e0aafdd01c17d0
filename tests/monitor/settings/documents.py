"""TOML texts of every style for property tests: each key and each text in them is unique, so that a line can be recognized."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

from hypothesis import strategies as st

_KEY_STYLES = ["k{}", '"k{}"', "'k{}'", '"k{} .=#[x]"', "'k{}\"{{'", '"k{}\\u00e9\\"z"', "k{}-_9"]
_TEXT_STYLES = [
    '"v{}"',
    "'v{}'",
    '"v{} \\" # = [[x]]"',
    '"""v{} "" \\""" x"""',
    "'''v{} '' x'''",
    "''''v{}''''",
    '"""v{}"""""',
    '"v{}\\\\"',
]
_LONG_TEXT_STYLES = ['"""\nv{}\nk1 = 2\n[[k3]]\n"""', "'''v{}\n# k4 = 5\n\n'''", '"""\\\n  v{} \\\n  x"""']
_SCALARS = [
    "1",
    "-0.5e3",
    "true",
    "inf",
    "2026-03-01",
    "2026-03-01 10:00:00",
    "2026-03-01T10:00:00.5+01:00",
    "07:32:00",
    "0x_ff".replace("_", ""),
]
_SPACES = ["", " ", "\t", "  "]
_BREAKS = ["", "\n", " # a, ] comment\n", "\n\n  "]


class _Writer:
    """Writes one document; `draw` decides every choice."""

    def __init__(self, draw: Any) -> None:
        self.draw = draw
        self.numbers = count()

    def pick(self, choices: list[str]) -> str:
        return str(self.draw(st.sampled_from(choices)))

    def key(self) -> str:
        return self.pick(_KEY_STYLES).format(next(self.numbers))

    def dotted(self) -> str:
        space = self.pick(_SPACES)
        return f"{space}.{space}".join(self.key() for _ in range(self.draw(st.integers(1, 3))))

    def value(self, depth: int) -> str:
        kind = self.draw(st.integers(0, 9 if depth < 3 else 6))
        if kind <= 3:
            return self.pick(_TEXT_STYLES).format(next(self.numbers))
        if kind == 4:
            return self.pick(_LONG_TEXT_STYLES).format(next(self.numbers))
        if kind <= 6:
            return self.pick(_SCALARS)
        if kind == 7:
            pairs = ", ".join(self.pair(depth + 1) for _ in range(self.draw(st.integers(0, 3))))
            return f"{{{self.pick(_SPACES)}{pairs}{self.pick(_SPACES)}}}"
        entries = [f"{self.pick(_BREAKS)}{self.value(depth + 1)}{self.pick(_BREAKS)}" for _ in range(self.draw(st.integers(0, 4)))]
        return f"[{','.join(entries)}{self.pick(_BREAKS)}]"

    def pair(self, depth: int) -> str:
        return f"{self.dotted()}{self.pick(_SPACES)}={self.pick(_SPACES)}{self.value(depth)}"

    def pairs(self) -> Iterator[str]:
        for _ in range(self.draw(st.integers(0, 3))):
            yield f"{self.pick(_SPACES)}{self.pair(0)}{self.pick(['', ' # k0 = 1'])}"
            yield from self.draw(st.lists(st.sampled_from(["", "# k1 = 2", "   "]), max_size=2))

    def document(self) -> str:
        rows = [*self.pairs()]
        for _ in range(self.draw(st.integers(0, 4))):
            name = self.dotted()
            for _ in range(self.draw(st.integers(1, 3))):
                if double := self.draw(st.booleans()):
                    rows += [f"[[{name}]]", *self.pairs()]
                    if self.draw(st.booleans()):
                        rows += [f"[ {name}.{self.key()} ]", *self.pairs()]
                    if self.draw(st.booleans()):
                        inner = self.key()
                        rows += [f"[[{name} . {inner}]]", *self.pairs(), f"[[{name} . {inner}]]", *self.pairs()]
                if not double:
                    rows += [f"[{self.dotted()}]", *self.pairs()]
        return "\n".join(rows)


@st.composite
def documents(draw: Any) -> str:
    """Give sound TOML texts."""
    return _Writer(draw).document()
