"""Plays recorded answers of real services over HTTP, whole, cut or spoiled; which service it was makes no difference here."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.fakes import web

WRONG: tuple[Any, ...] = (None, True, -1, 2**70, 1.5, "", "x", [], [1], {}, {"a": 1})
"""What stands, in turn, where something else belongs."""


@dataclass(frozen=True)
class Exchange:
    """One question and its answer, as recorded."""

    method: str
    path: str
    query: dict[str, list[str]]
    status: int
    body: str | bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def load(path: Path) -> list[Exchange]:
    """Read a VCR cassette, as Python's or Ruby's and R's vcr write it."""
    import yaml

    with path.open(encoding="utf-8") as file:
        recorded = yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    found = []
    for one in recorded.get("interactions") or recorded.get("http_interactions"):
        asked, answered = one["request"], one["response"]
        place = urlsplit(asked["uri"])
        status = answered["status"]
        found.append(
            Exchange(
                asked["method"].upper(),
                place.path,
                parse_qs(place.query),
                status["code"] if isinstance(status, dict) else status,
                answered["body"].get("string") or "",
            )
        )
    return found


@dataclass
class Replay:
    """Answers a question by its method and path as it was answered once; the last answer to it stays, and 404 is said to others."""

    exchanges: Sequence[Exchange]
    asked: list[tuple[str, dict[str, list[str]]]] = field(default_factory=list)

    def __call__(self, stage: web.Stage) -> None:
        place = urlsplit(stage.request.target)
        self.asked.append((place.path, parse_qs(place.query)))
        path = place.path.rstrip("/")
        fitting = [one for one in self.exchanges if one.method == stage.request.method and one.path.rstrip("/") == path]
        if not fitting:
            web.answer_json({"error": "Record not found"}, 404)(stage)
            return
        times = sum(1 for asked, _ in self.asked if asked.rstrip("/") == path)
        one = fitting[min(times, len(fitting)) - 1]
        web.answer(one.body, one.status, content_type="application/json; charset=utf-8")(stage)


def cuts(body: str, parts: int = 20) -> Iterator[bytes]:
    """Yield the body cut off at `parts` places, the first of them at its very beginning."""
    whole = body.encode()
    yield from (whole[: len(whole) * part // parts] for part in range(parts))


def spoiled(answer: Any, wrong: Sequence[Any] = WRONG) -> Iterator[tuple[str, Any]]:
    """Yield the answer with something wrong at each of its places in turn, and the name of the place; of a list, its first entry."""
    for path in places(answer):
        for value in wrong:
            broken = copy.deepcopy(answer)
            holder = broken
            for key in path[:-1]:
                holder = holder[key]
            holder[path[-1]] = value
            yield ".".join(map(str, path)) + f"={value!r}", broken


def places(value: Any) -> Iterator[tuple[Any, ...]]:
    """Yield the path to every value within, objects and lists included."""
    entries = value.items() if isinstance(value, dict) else list(enumerate(value))[:1] if isinstance(value, list) else ()
    for key, inner in entries:
        yield (key,)
        yield from ((key, *rest) for rest in places(inner))
