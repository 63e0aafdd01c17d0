"""Reads config/*.toml and the environment into frozen Settings, and reports every mistake at once by file, line and key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from pathlib import Path
from typing import Any

from monitor.domain import Brand, Delivery, Fact


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """One `[[source]]` of monitor.toml."""

    name: str
    """The user's own name for it, unique; the cursor is kept under it."""
    kind: str
    """Which adapter in monitor/sources reads it."""
    brands: tuple[str, ...]
    """Brand ids it reads for; all brands where the file names none."""
    every: timedelta
    options: Mapping[str, Any] = field(default_factory=dict)
    """The adapter's own keys, checked against its OPTIONS."""


@dataclass(frozen=True, slots=True)
class NetworkSettings:
    """One `[network.<name>]` of responders.toml: how we may answer there."""

    name: str
    delivery: Delivery
    poster: str = ""
    """Which adapter in responders/posters publishes; needed where delivery is api."""
    account: str = ""
    """Our handle there."""
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Approver:
    """A person who may approve; `brands` empty means all."""

    name: str
    brands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReplyTemplates:
    """The file config/replies/<language>.toml, as read; the drafter knows its keys."""

    language: str
    path: Path
    sections: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything people configured, checked; nothing in it is a secret except `environment`."""

    config_dir: Path
    database_url: str
    brands: tuple[Brand, ...]
    sources: tuple[SourceSettings, ...]
    scorers: tuple[str, ...]
    """Names from monitor/scorers, asked in order; the first that knows the language answers."""
    networks: Mapping[str, NetworkSettings]
    facts: tuple[Fact, ...]
    templates: Mapping[str, ReplyTemplates]
    approvers: tuple[Approver, ...] = ()
    """Empty: anybody at the terminal may approve by giving their name."""
    digest_at: time = time(8, 0)
    digest_timezone: str = "Europe/Amsterdam"
    reply_expires_after: timedelta = timedelta(days=3)
    retain_for: timedelta = timedelta(days=365)
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    """The process's environment and `.env`; adapters take their secrets from here by name."""

    def brand(self, brand_id: str) -> Brand:
        """Return the brand with this id; raises KeyError."""
        return next(brand for brand in self.brands if brand.id == brand_id)


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that is wrong in the configuration."""

    file: str
    line: int | None
    key: str
    problem: str
    """What is wrong and what would be right, in one sentence."""

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.key}: {self.problem}" if self.key else f"{place}: {self.problem}"


class ConfigError(Exception):
    """The configuration cannot be used; holds every mistake found, in file and line order."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__("\n".join(str(mistake) for mistake in mistakes))
        self.mistakes = mistakes
