"""Settings for a poster's tests: nothing but an environment, and sources where they matter."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from monitor.settings import Settings, SourceSettings


def settings_with(environment: Mapping[str, str], sources: tuple[SourceSettings, ...] = ()) -> Settings:
    """Return settings with this environment."""
    return Settings(
        config_dir=Path(),
        database_url="",
        brands=(),
        sources=sources,
        scorers=(),
        networks={},
        facts=(),
        templates={},
        environment=environment,
    )
