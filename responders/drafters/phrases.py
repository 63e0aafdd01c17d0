"""Reads the phrase parts of config/replies/<language>.toml, checks them and fills their blanks; when to say which is not decided here."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from monitor.settings import Mistake, ReplyTemplates

STATEMENTS = ("fact", "repair")
"""Blanks that hold whole sentences; after a colon their first word is written small, as the value "fact after colon" has it."""

BLANK = "[…]"
"""What stands in a draft where a blank has no value: seen by the approver, and never approvable (N5)."""

ANY = "any"
"""The key of a part that serves every situation without a key of its own."""

ABOUT = "about"
"""The key of openings that say what the reply is about, for where the complaint's own wording cannot."""

BRIEF = "brief"
"""The key of parts that have a wording for where a fact says the rest already."""

COMPLAINTS = (
    "outage", "late", "cancelled", "broken", "damaged", "lost", "billing", "double_charge", "refund", "phone", "no_answer", "staff",
    "price", "closed", "unavailable", "not_collected", "mess", "nuisance", "works", "upkeep", "crowded", "wrong_info", "promise",
    "quality", "queue", "too_high", "wrong_item", "return_costs", "awaited", "refused", "unreachable", "passed_by", "rescheduled",
    "not_called_back", "overflowing", "felled", "fallen", "fined", "after_cancelling", "renewed", "left_elsewhere", "doubted_bill",
    "not_come", "no_show", "slow", "blocked", "slippery",
    "general",
)  # fmt: skip
"""Situations that are a complaint; each has its clauses in [complaint]."""

SERIOUS = ("safety", "privacy", "self_harm", "legal", "press", "crime")
"""Kinds of T12; each is answered by [holding] alone."""

SITUATIONS = (*COMPLAINTS, *SERIOUS, "question", "praise", "wrong_fact")
"""Every situation a part may have phrases for."""

VALUES = (
    "who", "brand", "name", "complaint", "subject", "topic", "thing", "rate", "bill", "person", "utility", "waste", "nuisance", "harm",
    "duration", "since", "where", "when", "still", "amount", "times", "reported", "fact", "repair", "source", "come_back",
    "come_back_serious", "colleagues", "channel", "signature",
)  # fmt: skip
"""Blanks that are filled with a value."""

SCALARS: Mapping[str, str] = {
    "speaks_as": 'who speaks where brands.toml says nothing, such as "the {brand} web team"',
    "come_back_within": 'when you promise to come back, such as "within a working day"',
    "come_back_within_serious": 'when you promise to come back on a serious matter, such as "today"',
    "promise": 'what you promise, as one sentence with {come_back} in it, such as "You hear from us {come_back} how we fix it."',
    "colleagues": 'who looks into it, such as "the colleagues who deal with this"',
    "still": 'how you say that something goes on, such as "still"',
    "channel": 'where people send you what is not for everyone, such as "a private message"',
    "without_signature": 'how a reply ends where brands.toml has no signature, such as "The {brand} web team"',
}
"""Keys that hold one text, with what each is."""

PARTS: Mapping[str, str] = {
    "opening": "who we are (R1)",
    "complaint": "what the author told us, as a clause (R2)",
    "and": "how two complaints are joined",
    "sympathy": "shows that we read it and that it is a nuisance, where we do not know yet whose fault it is (R2)",
    "noted": "shows that we read it, where it was not our doing or somebody asks (R2)",
    "regret": "regret, where we were at fault (R5)",
    "concern": "concern for anyone harmed, first of all (R8)",
    "ownership": "says that it is our fault (R3)",
    "repeat": "that they told us before",
    "cause": "what went wrong, by a fact",
    "repair": "what we do about it, by a fact (R4)",
    "next_step": "what happens next where no fact says so (R4)",
    "unknown": "that we do not know yet, what we find out, when we come back (R6)",
    "known": "what we do know, by a fact",
    "inform": "how it is, where it was not our doing, by a fact (R7)",
    "source": "where the fact comes from (R7)",
    "answer": "the answer to a question, by a fact",
    "no_answer_yet": "that we do not know the answer yet and when we come back (R6)",
    "thanks": "thanks for praise (T1)",
    "holding": "what we do now about a serious matter, without a cause and without blame (T12)",
    "ask": "asks for the time, the place or the matter where the post lacks it",
    "invitation": "an invitation to answer (R10)",
    "private": "where to send what is not for everyone (never the whole answer, N7)",
    "closing": "the name or initials at the end (R10)",
}
"""The sections of the file, with what each is for."""

_EXTRA_KEYS: Mapping[str, tuple[str, ...]] = {
    "ask": ("when", "where", "what"),
    "opening": (*SITUATIONS, ABOUT),
    "and": (),
    "regret": (*SITUATIONS, BRIEF),
    "noted": (*SITUATIONS, BRIEF),
    "sympathy": (*SITUATIONS, BRIEF),
    "unknown": (*SITUATIONS, BRIEF),
    "known": (*SITUATIONS, BRIEF),
    "inform": (*SITUATIONS, BRIEF),
    "answer": (*SITUATIONS, BRIEF),
    "source": (*SITUATIONS, BRIEF),
    "repair": (*SITUATIONS, BRIEF),
}
_WITHOUT_ANY = frozenset({"complaint", "ask", "private", "repeat"})
"""Sections that are optional for a situation they do not name."""

_TOKEN = re.compile(r"\{([^{}\[\]]*)\}|([\[\]{}])|([^{}\[\]]+)")
_FORM_WORDS = re.compile(r"\b(?:je|jij|jou|jouw|u|uw|jullie)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Blank:
    """A place for a value; `capital` where its name was written with one."""

    name: str
    capital: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """Two wordings: `familiar|formal`, or `singular/plural` where `by_number`."""

    first: str
    second: str
    by_number: bool = False


@dataclass(frozen=True, slots=True)
class Optional:
    """A stretch that is left out where one of its blanks has no value."""

    pieces: tuple[str | Blank | Choice, ...]


Piece = str | Blank | Choice | Optional


@dataclass(frozen=True, slots=True)
class Phrase:
    """One variant, parsed; `needed` are the blanks outside optional stretches, `offered` those inside."""

    pieces: tuple[Piece, ...]
    needed: frozenset[str]
    offered: frozenset[str]
    length: int
    """Roughly how long it is, to find the shorter of two."""

    def fill(self, values: Mapping[str, str], *, formal: bool, plural: bool, optional: bool = True) -> str:
        """Return the phrase with its blanks filled; a blank without a value stays visible, an optional stretch without one goes."""
        return "".join(_fill(self.pieces, values, formal=formal, plural=plural, optional=optional))


def _fill(pieces: Sequence[Piece], values: Mapping[str, str], *, formal: bool, plural: bool, optional: bool) -> Iterator[str]:
    before = ""
    for piece in pieces:
        if isinstance(piece, str):
            before = piece
            yield piece
        elif isinstance(piece, Blank):
            value = values.get(piece.name, "") or BLANK
            if before.endswith(": ") and piece.name in STATEMENTS:
                value = values.get(f"{piece.name} after colon", value)
            yield value[:1].upper() + value[1:] if piece.capital else value
        elif isinstance(piece, Choice):
            yield piece.second if (plural if piece.by_number else formal) else piece.first
        elif optional and all(values.get(inner.name) for inner in piece.pieces if isinstance(inner, Blank)):
            yield from _fill(piece.pieces, values, formal=formal, plural=plural, optional=optional)


class PhraseError(ValueError):
    """A phrase that cannot be used; the message says what would be right."""


def parse(text: str) -> Phrase:
    """Read one variant; raises PhraseError with all that is wrong in it."""
    phrase, problems = _read(text)
    if problems:
        raise PhraseError("; ".join(problems))
    return phrase


def _read(text: str) -> tuple[Phrase, Sequence[str]]:
    """Read one variant to its end, and return what is wrong in it, each once: a person mends all of it in one go."""
    problems: list[str] = []
    pieces: list[Piece] = []
    inner: list[str | Blank | Choice] | None = None
    needed: set[str] = set()
    offered: set[str] = set()
    for match in _TOKEN.finditer(text):
        blank, sign, plain = match.groups()
        if sign == "[" and inner is None:
            inner = []
        elif sign == "]" and inner is not None:
            if not any(isinstance(piece, Blank) for piece in inner):
                problems.append("[ ] marks a stretch that is left out where a blank in it has no value, and this one holds no blank")
            pieces.append(Optional(tuple(inner)))
            inner = None
        elif sign:
            problems.append(f"a {sign} without its partner; write {{blank}}, {{left|right}} or [ with a {{blank}} in it]")
        else:
            try:
                piece = _piece(blank) if plain is None else plain
            except PhraseError as error:
                problems.append(str(error))
                piece = Blank(blank, capital=False)  # keeps its place, so that its [ ] is not told to hold no blank
            if isinstance(piece, Blank) and piece.name in VALUES:
                (needed if inner is None else offered).add(piece.name)
            (pieces if inner is None else inner).append(piece)
    if inner is not None:
        problems.append("a [ without its ]")
    return Phrase(tuple(pieces), frozenset(needed), frozenset(offered), len(text)), tuple(dict.fromkeys(problems))


def _piece(body: str) -> Blank | Choice:
    for sign in "|/":
        if sign in body:
            parts = body.split(sign)
            if len(parts) != 2:
                raise PhraseError(f"{{{body}}} must hold two wordings, left{sign}right")
            return Choice(parts[0], parts[1], by_number=sign == "/")
    name = body[:1].lower() + body[1:]
    if name not in VALUES:
        near = get_close_matches(name, VALUES, 1)
        hint = f"did you mean {{{near[0]}}}?" if near else f"blanks are {', '.join(f'{{{value}}}' for value in VALUES)}"
        raise PhraseError(f"the blank {{{body}}} is unknown; {hint}")
    return Blank(name, capital=body[:1].isupper())


@cache
def packaged_templates() -> Mapping[str, ReplyTemplates]:
    """Return the phrase files that come with the package, by language; config/sample/replies holds the same ones."""
    found = {}
    for path in sorted((files(__package__) / "replies").iterdir(), key=lambda path: path.name):
        if path.name.endswith(".toml"):
            language = path.name.removesuffix(".toml")
            found[language] = ReplyTemplates(language, Path(path.name), tomllib.loads(path.read_text(encoding="utf-8")))
    return found


class Phrases:
    """The phrase parts of one language, parsed; a complaint that its file does not word yet is worded as the package words it."""

    def __init__(self, templates: ReplyTemplates) -> None:
        self.language = templates.language
        self.source = f"config/replies/{templates.path.name}"
        self.scalars: dict[str, str] = {key: str(templates.sections[key]) for key in SCALARS if key in templates.sections}
        self._parts: dict[str, dict[str, tuple[Phrase, ...]]] = {}
        for part in PARTS:
            section = templates.sections.get(part)
            if isinstance(section, Mapping):
                self._parts[part] = {key: tuple(map(parse, texts)) for key, texts in {**_given(part, self.language), **section}.items()}

    def variants(self, part: str, situation: str) -> tuple[Phrase, ...]:
        """Return the variants of a part for a situation, else those for any, else none."""
        section = self._parts.get(part, {})
        return section.get(situation) or section.get(ANY, ())


def _given(part: str, language: str) -> Mapping[str, Sequence[str]]:
    """Return how the package words the complaints: files that people made their own are older than the newest kinds of complaint."""
    templates = packaged_templates().get(language) if part == "complaint" else None
    found: Mapping[str, Sequence[str]] = templates.sections[part] if templates else {}
    return found


def check_templates(templates: ReplyTemplates) -> Sequence[Mistake]:
    """Return every mistake in a file of phrase parts, by file, line and key, with what would be right."""
    return tuple(_Check(templates).mistakes())


class _Check:
    def __init__(self, templates: ReplyTemplates) -> None:
        self.templates = templates
        self.file = str(templates.path)

    def mistakes(self) -> Iterator[Mistake]:
        sections = self.templates.sections
        for key, value in sections.items():
            if key in SCALARS:
                yield from self._scalar(key, value)
            elif key in PARTS:
                yield from self._section(key, value)
            else:
                yield self._mistake((key,), f"is unknown; {_nearest(key, (*SCALARS, *PARTS))}")
        for key, about in {**SCALARS, **PARTS}.items():
            if key not in sections:
                shape = f'{key} = "…"' if key in SCALARS else f"[{key}]"
                yield Mistake(self.file, None, key, f"is missing; add {shape}: {about}")

    def _scalar(self, key: str, value: Any) -> Iterator[Mistake]:
        if not isinstance(value, str) or not value.strip():
            yield self._mistake((key,), f"must be a text: {SCALARS[key]}")
        else:
            yield from self._phrase((key,), value, allowed=("come_back",) if key == "promise" else ("brand",))

    def _section(self, part: str, section: Any) -> Iterator[Mistake]:
        if not isinstance(section, Mapping):
            yield self._mistake((part,), f"must be a section [{part}]: {PARTS[part]}")
            return
        keys = (ANY, *_EXTRA_KEYS.get(part, SITUATIONS))
        required = COMPLAINTS if part == "complaint" else () if part in _WITHOUT_ANY else (ANY,)
        for key in required:
            if key not in section and key not in _given(part, self.templates.language):
                yield self._mistake((part,), f'needs {key} = ["…"]')
        for key, texts in section.items():
            path = (part, str(key))
            if key not in keys:
                yield self._mistake(path, f"is no situation; {_nearest(str(key), keys)}")
            elif not isinstance(texts, list) or not texts:
                yield self._mistake(path, 'must be a list of variants: ["…", "…"]')
            else:
                for number, text in enumerate(texts):
                    if not isinstance(text, str) or not text.strip():
                        yield self._mistake((*path, number), "must be a text")
                    else:
                        yield from self._phrase((*path, number), text, allowed=VALUES)

    def _phrase(self, path: tuple[str | int, ...], text: str, allowed: Sequence[str]) -> Iterator[Mistake]:
        phrase, problems = _read(text)
        for problem in problems:
            yield self._mistake(path, problem)
        wrong = sorted((phrase.needed | phrase.offered) - set(allowed))
        if path[0] == "complaint":
            wrong += sorted((phrase.needed | phrase.offered) & {"complaint", "who", "fact", "repair", "source"})
        for name in wrong:
            yield self._mistake(path, f"the blank {{{name}}} has no value here")
        if self.templates.language == "nl":
            yield from self._form(path, phrase)

    def _form(self, path: tuple[str | int, ...], phrase: Phrase) -> Iterator[Mistake]:
        """Refuse a bare "je" or "u": it would stand in every reply, also in one to a person who is addressed otherwise (R11)."""
        told: set[str] = set()
        for piece in phrase.pieces:
            plain = (
                [piece]
                if isinstance(piece, str)
                else [part for part in piece.pieces if isinstance(part, str)]
                if isinstance(piece, Optional)
                else []
            )
            for text in plain:
                for word in _FORM_WORDS.findall(text):
                    if word not in told:
                        told.add(word)
                        yield self._mistake(
                            path, f'"{word}" stands outside a choice; write {{je|u}}, {{jouw|uw}} or {{kun je|kunt u}} (R11)'
                        )

    def _mistake(self, path: tuple[str | int, ...], problem: str) -> Mistake:
        key = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")
        return Mistake(self.file, self.templates.line(*path), key, problem)


def _nearest(key: str, known: Sequence[str]) -> str:
    near = get_close_matches(key, known, 1)
    return f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}"
