"""Holds one clause of a reply under scrutiny, for the files that bind claims to facts. No rule lives here."""

from __future__ import annotations

from dataclasses import dataclass

from responders.policy.reading import Clause, Sentence


@dataclass(frozen=True, slots=True)
class Part:
    """A clause under scrutiny, with the sentence it stands in."""

    sentence: Sentence
    clause: Clause
    keys: frozenset[str]

    @property
    def text(self) -> str:
        """The words of the clause, folded."""
        return self.clause.text

    @property
    def is_question(self) -> bool:
        """Whether it is the asking part of a question."""
        return self.sentence.asks and self.clause is self.sentence.clauses[-1]
