"""What a release is: everything that is approved, in one text with one hash, and the facts that it gives to replies."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from monitor.domain import Fact

Texts = Mapping[str, str]
"""The same in each language."""


@dataclass(frozen=True, slots=True)
class Said:
    """One fact of a release."""

    id: str
    text: Texts
    source: str
    """A URL, or the name and role of a person."""


@dataclass(frozen=True, slots=True)
class Quote:
    """What a named person says."""

    name: str
    role: Texts
    text: Texts


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, whole, so that the page loads nothing."""

    kind: str
    """Its media type, as its own first bytes say."""
    base64: str
    alt: Texts
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask; one of our own people or a desk of ours."""

    name: str
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Release:
    """One statement, in one or more languages."""

    id: str
    brand: str
    languages: tuple[str, ...]
    day: date
    url: Texts
    """Where the page of each language will stand."""
    headline: Texts
    happened: Texts
    next: Texts
    """What we do next."""
    facts: tuple[Said, ...]
    contact: Contact
    quotes: tuple[Quote, ...] = ()
    pictures: tuple[Picture, ...] = ()
    topics: tuple[str, ...] = ()
    """Words of posts that the release is about."""
    story: str = ""
    """The story that it answers."""
    responsible: bool | None = None


def to_text(release: Release) -> str:
    """Return all of a release as the one text that people approve by its hash; equal releases give equal texts."""
    return json.dumps(asdict(release) | {"day": release.day.isoformat()}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_text(text: str) -> Release:
    """Return the release that `to_text` wrote down."""
    found: dict[str, Any] = json.loads(text)
    found["day"] = date.fromisoformat(found["day"])
    found["contact"] = Contact(**found["contact"])
    for name, kind in (("facts", Said), ("quotes", Quote), ("pictures", Picture)):
        found[name] = tuple(kind(**one) for one in found[name])
    for name in ("languages", "topics"):
        found[name] = tuple(found[name])
    return Release(**found)


def to_facts(release: Release, approved_by: str) -> tuple[Fact, ...]:
    """Return what replies may state once it is published: each fact in each language, with that language's page as its source (K4)."""
    return tuple(
        Fact(
            id=f"{release.id}-{said.id}-{language}",
            brand=release.brand,
            text={language: said.text[language]},
            source=release.url[language],
            topics=release.topics,
            responsible=release.responsible,
            valid_from=release.day,
            approved_by=approved_by,
        )
        for said in release.facts
        for language in release.languages
    )
