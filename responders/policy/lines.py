"""Judges replies given as lines of JSON, with no database: what must be known stands in the line, or in the brand it names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from monitor.domain import Author, Brand, Fact, History, Mention, MentionStatus, StoredMention
from responders.policy.context import MAX_POST, Context
from responders.policy.reading import MAX_READ, read
from responders.policy.relevance import responsibility_of
from responders.policy.reviewing import judge

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # A line tells no times; nothing is judged by the clock.


class BadLine(ValueError):
    """A line cannot be judged; the message names the key and what would be right."""


def context_of_line(line: Mapping[str, Any]) -> Context:
    """Read one line into what the rules look at; raises BadLine."""
    if not isinstance(line, Mapping):
        raise BadLine("the line must be an object with the keys lang, network, brand, post, author, facts, responsible, reply")
    for key in ("brand", "post", "reply"):
        if not isinstance(line.get(key), str):
            raise BadLine(f'"{key}" must be a text')
    for key in ("lang", "network", "author"):
        if not isinstance(line.get(key, ""), str):
            raise BadLine(f'"{key}" must be a text')
    responsible = line.get("responsible")
    if responsible is not None and not isinstance(responsible, bool):
        raise BadLine('"responsible" must be true, false or null')
    language = str(line.get("lang", ""))[:2].lower()
    brand_name = str(line["brand"]).strip()
    if not brand_name:
        raise BadLine('"brand" must not be empty')
    facts = tuple(_facts(line.get("facts", ()), brand_name, language, responsible))
    mention = Mention(
        network=str(line.get("network", "")).strip().lower(),
        external_id=str(line.get("id", "")),
        brand=brand_name,
        author=Author(str(line.get("author", ""))),
        text=line["post"],
        url="",
        posted_at=_NEVER,
        language_hint=language,
    )
    stored = StoredMention(0, mention, MentionStatus.DRAFTED, language, _NEVER)
    earlier = line.get("earlier", ())
    if not isinstance(earlier, Sequence) or isinstance(earlier, str) or not all(isinstance(text, str) for text in earlier):
        raise BadLine('"earlier" must be a list of texts')
    return Context(
        line["reply"], stored, Brand(id=brand_name, name=brand_name, terms=()), facts, History(), None, tuple(earlier), responsible
    )


def _facts(given: object, brand: str, language: str, responsible: bool | None) -> list[Fact]:
    if given is None:
        return []
    if not isinstance(given, Sequence) or isinstance(given, str):
        raise BadLine('"facts" must be a list of objects with id, text and source')
    facts: list[Fact] = []
    for number, fact in enumerate(given, start=1):
        if not isinstance(fact, Mapping) or not isinstance(fact.get("text"), str):
            raise BadLine(f'fact {number} of "facts" must be an object with a text "text"')
        facts.append(
            Fact(
                id=str(fact.get("id", number)),
                brand=brand,
                text={language: fact["text"]},
                source=str(fact.get("source", "")),
                responsible=responsible,
            )
        )
    return facts


def of_brand(context: Context, brand: Brand, facts: Sequence[Fact], at: datetime) -> Context:
    """Return what the rules look at where the line's brand is one we know: its own names, facts and clock, as at the desk."""
    stored = replace(context.stored, mention=replace(context.stored.mention, brand=brand.id, posted_at=at))
    responsible = responsibility_of(facts, read(stored.mention.text[:MAX_POST]), context.text[:MAX_READ])
    return replace(context, stored=stored, brand=brand, facts=tuple(facts), now=at, responsibility=responsible)


def review_line(line: Mapping[str, Any], known: Callable[[Context], Context] | None = None, *, reader: str = "") -> dict[str, Any]:
    """Return `{"id", "objections": [{"rule", "severity", "span", "sentence"}]}` for one line.

    `known` adds what we know of the brand besides the line; `reader` is the language of whoever reads the sentences, else they are in that
    of the text. A line that cannot be judged gives `{"id", "error"}` and no objections:
    nobody may take it for a clean one.
    """
    identifier = line.get("id") if isinstance(line, Mapping) else None
    try:
        context = context_of_line(line)
        context = known(context) if known else context
    except BadLine as mistake:
        return {"id": identifier, "error": str(mistake)}
    return {
        "id": identifier,
        "objections": [
            {
                "rule": one.rule,
                "severity": one.severity.value,
                "span": list(one.span),
                "sentence": one.said(reader) if reader else one.sentence,
            }
            for one in judge(context)
        ],
    }
