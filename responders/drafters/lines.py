"""Drafts replies for JSON lines that hold all there is to know: no database, no brand configured, phrases from the package."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from monitor import triage
from monitor.domain import Author, Brand, Delivery, Draft, Fact, History, Mention, MentionStatus, StoredMention, Term
from monitor.text import clean, fold
from responders import delivery
from responders.contracts import Drafter
from responders.drafters.composer import Nothing
from responders.drafters.phrases import packaged_templates
from responders.drafters.template import TemplateDrafter

Review = Callable[[Draft, StoredMention, Brand, Sequence[Fact]], tuple[list[dict[str, Any]], list[dict[str, Any]]]]
"""Holds a draft against the rules: returns its claims, each with its source, and the objections."""

_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
"""When a post was written that does not say when; no rule for drafting looks at it."""


class LineError(ValueError):
    """A line that cannot be read; the message names the key and what would be right."""


def draft_line(line: Mapping[str, Any], review: Review | None = None, asks: Drafter | None = None) -> dict[str, Any]:
    """Return `{"id", "draft", "why_none", "claims", "objections", "drafter"}` for one line.

    The line holds `id`, `lang`, `network`, `brand`, `author`, `text`, `facts` (each `id`, `text`, `source`) and `responsible` (true, false
    or null); `signature`, `speaks_as`, `formality` and `community` may be given. `draft` is None where there is nothing honest to say, and
    `why_none` then says why. `asks` drafts first; where it words nothing itself, the phrases do. Raises LineError.
    """
    stored, brand, facts, responsible = read_line(line)
    answer: dict[str, Any] = {"id": line["id"], "draft": None, "why_none": None, "claims": [], "objections": [], "drafter": None}
    mode, reason = delivery.decide(stored, brand, None, History())
    if mode is Delivery.NONE:
        return {**answer, "why_none": reason}
    said = facts or _told(brand, stored.language, responsible=responsible)
    composed: Draft | Nothing = packaged_drafter().compose(stored, brand, facts, responsible=responsible)
    asked = asks.draft(stored, brand, said) if asks else None
    if asks is not None and asked is not None and asked.situation == asks.name:
        composed = asked
    if isinstance(composed, Nothing):
        return {**answer, "why_none": composed.why}
    if review is not None:
        answer["claims"], answer["objections"] = review(composed, stored, brand, said)
    return {**answer, "draft": composed.text, "drafter": composed.drafter}


def _told(brand: Brand, language: str, *, responsible: bool | None) -> tuple[Fact, ...]:
    """Return what a line without facts says of whose fault it was, so that the rules know it too."""
    if responsible is None:
        return ()
    return (Fact(id="responsible", brand=brand.id, text={language: ""}, source="the line itself", responsible=responsible),)


@cache
def packaged_drafter() -> TemplateDrafter:
    """Return a drafter with the phrases that come with the package."""
    return TemplateDrafter(packaged_templates())


def read_line(line: Mapping[str, Any]) -> tuple[StoredMention, Brand, tuple[Fact, ...], bool | None]:
    """Return the mention, brand, facts and responsibility that a line tells of; raises LineError."""
    if not isinstance(line, Mapping):
        raise LineError("a line must be an object with id, lang, network, brand, author, text, facts and responsible")
    name, language = _text(line, "brand"), _text(line, "lang").lower()[:2]
    handles = tuple({f"@{handle}" for handle in re.findall(r"@(\w{1,50})", _text(line, "text")[:2_000]) if _same(handle, name)})
    brand = Brand(
        id=re.sub(r"\W+", "-", fold(name)).strip("-") or "brand",
        name=name,
        terms=(Term(name),),
        handles=handles,
        languages=(language,),
        signature=_text(line, "signature", ""),
        speaks_as=_text(line, "speaks_as", ""),
        formality={language: _text(line, "formality", "")},
    )
    mention = Mention(
        network=_text(line, "network"),
        external_id=str(line.get("id", "")),
        brand=brand.id,
        author=Author(handle=_text(line, "author", "")),
        text=clean(_text(line, "text")),
        url="",
        posted_at=_LONG_AGO,
        mentions_us=True,
        community=_text(line, "community", ""),
    )
    if "id" not in line:
        raise LineError("id is missing: give each line one of its own")
    responsible = line.get("responsible")
    if responsible is not None and not isinstance(responsible, bool):
        raise LineError("responsible must be true, false or null")
    decided = triage.decide(mention, language, None, brand, History())
    stored = StoredMention(1, mention, MentionStatus.QUEUED, language, _LONG_AGO, None, decided)
    return stored, brand, _facts(line, brand.id, language, responsible=responsible), responsible


def _facts(line: Mapping[str, Any], brand: str, language: str, *, responsible: bool | None) -> tuple[Fact, ...]:
    given = line.get("facts") or []
    if not isinstance(given, Sequence) or isinstance(given, str) or not all(isinstance(fact, Mapping) for fact in given):
        raise LineError('facts must be a list of objects: [{"id": "…", "text": "…", "source": "…"}]')
    return tuple(
        Fact(
            id=str(fact.get("id", number)),
            brand=brand,
            text={language: clean(_text(fact, "text"))},
            source=_text(fact, "source", ""),
            responsible=responsible,
        )
        for number, fact in enumerate(given, 1)
    )


def _same(handle: str, name: str) -> bool:
    plain, other = (re.sub(r"[\W_]+", "", fold(text)) for text in (handle, name))
    return bool(plain) and (plain in other or other in plain)


def _text(line: Mapping[str, Any], key: str, default: str | None = None) -> str:
    value = line.get(key, default)
    if value is None and default is not None:
        return default
    if not isinstance(value, str):
        raise LineError(f"{key} is missing" if value is None else f"{key} must be a text")
    return value
