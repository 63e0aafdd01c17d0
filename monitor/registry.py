"""Names adapters before they are imported: where each lives, which keys it takes, which secrets it needs. None is loaded by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, Literal

OptionKind = Literal["text", "texts", "number", "flag", "duration", "path", "url", "urls", "amount"]


@dataclass(frozen=True, slots=True)
class Option:
    """One key that an adapter takes in the configuration."""

    kind: OptionKind
    help: str
    """One sentence for docs and error messages."""
    required: bool = False
    default: Any = None
    ask: bool = False
    """Whether somebody who adds it is asked for it, though it may be left out: without it little is read."""


@dataclass(frozen=True, slots=True)
class Adapter:
    """Where an adapter lives and what it takes; its client library is imported only by `load`."""

    target: str
    """module:Class."""
    about: str
    """What it does, in one sentence."""
    options: Mapping[str, Option] = field(default_factory=dict)
    secrets: tuple[str, ...] = ()
    """Names of the environment variables it needs."""
    extra: str = ""
    """The extra of pyproject that installs its client library; empty where it comes with the product."""
    comes_by_itself: bool = False
    """Whether others send to us, so that there is nothing to ask."""

    def load(self) -> Any:
        """Import the adapter's module and return its class."""
        module, _, name = self.target.partition(":")
        return getattr(import_module(module), name)
