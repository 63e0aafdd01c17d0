"""Whom we speak for, and what we know to be true."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Term:
    """A phrase that makes a text a mention, with the words that must stand near it."""

    text: str
    near: tuple[str, ...] = ()
    """If given, at least one of these must stand within `within` words of the term."""
    within: int = 12
    case_sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Brand:
    """Whom we speak for, and how the world names them."""

    id: str
    name: str
    terms: tuple[Term, ...]
    languages: tuple[str, ...] = ("nl", "en")
    timezone: str = "Europe/Amsterdam"
    exclude: tuple[str, ...] = ()
    """A text with one of these is not about us."""
    require: tuple[str, ...] = ()
    """If given, a text must hold at least one of these besides a term."""
    handles: tuple[str, ...] = ()
    """Our public handles on any network, with or without @; naming one is addressing us (T7)."""
    hashtags: tuple[str, ...] = ()
    own_communities: tuple[str, ...] = ()
    blocked_communities: tuple[str, ...] = ()
    """Mourning, health and support communities where we never answer (T13)."""
    blocked_authors: tuple[str, ...] = ()
    """Accounts devoted to degrading others, which we do not answer (T2)."""
    signature: str = ""
    """A name or initials that end a reply, such as ^EK (R10)."""
    speaks_as: str = ""
    """How a reply says who speaks, such as "het webteam van Waalfiets" (R1); the brand's name where empty."""
    formality: Mapping[str, str] = field(default_factory=dict)
    """Form of address by language where the post shows none: {"nl": "je"} or {"nl": "u"} (R11)."""
    owner: str = ""
    """Who is told of a T12 case."""
    description: str = ""
    """What we are, in a sentence; where the name is an ordinary word, it helps to tell who is meant."""
    retain_days: int | None = None
    """After how many days what was said about it is erased; None where nobody said so for this brand."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A sourced statement that a reply may use."""

    id: str
    brand: str
    text: Mapping[str, str]
    """The statement by language."""
    source: str
    """A URL, or the name and role of a person."""
    topics: tuple[str, ...] = ()
    """Words of a post, in any language, that make this fact about it."""
    responsible: bool | None = None
    """True: it was our fault; False: it was not; None: not known yet (R3, R6)."""
    repair: Mapping[str, str] = field(default_factory=dict)
    """What we do to put it right, by language, with a checkable next step (R4)."""
    valid_from: date | None = None
    valid_until: date | None = None
    confidential: bool = False
    approved_by: str = ""
