"""Reads config/*.toml and the environment into frozen Settings, and reports every mistake at once by file, key and line.

What reads is imported on the first call, because `--help` needs only the names.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from monitor.settings.networks import NetworkSettings
from monitor.settings.shapes import (
    AdapterLike,
    Approver,
    ConfigError,
    DigestSettings,
    Duty,
    KeyPath,
    Kinds,
    LlmSettings,
    Mistake,
    NotifierSettings,
    OnCallSettings,
    OptionLike,
    Person,
    ReplyTemplates,
    Settings,
    Shift,
    SlackApprover,
    SlackBrand,
    SlackRoute,
    SlackSettings,
    SourceSettings,
)

__all__ = [
    "AdapterLike",
    "Approver",
    "ConfigError",
    "DigestSettings",
    "Duty",
    "KeyPath",
    "Kinds",
    "LlmSettings",
    "Mistake",
    "NetworkSettings",
    "NotifierSettings",
    "OnCallSettings",
    "OptionLike",
    "Person",
    "ReplyTemplates",
    "Settings",
    "Shift",
    "SlackApprover",
    "SlackBrand",
    "SlackRoute",
    "SlackSettings",
    "SourceSettings",
    "find_config_dir",
    "load",
    "read_environment",
]


def find_config_dir(option: Path | str | None, environment: Mapping[str, str]) -> Path:
    """Return the folder of the configuration: `--config`, else GRAPEVINE_CONFIG, else `config`."""
    return Path(option or environment.get("GRAPEVINE_CONFIG") or "config")


def load(config_dir: Path, *, database_url: str | None, environment: Mapping[str, str], kinds: Kinds) -> Settings:
    """Read the whole configuration.

    The database is `database_url`, else GRAPEVINE_DATABASE_URL, else a file in the working folder.
    Raises ConfigError with every mistake in every file; a broken file hides no mistake in another.
    """
    from monitor.settings import loading  # noqa: PLC0415

    return loading.load(config_dir, database_url=database_url, environment=environment, kinds=kinds)


def read_environment(environ: Mapping[str, str], dotenv: Path) -> dict[str, str]:
    r"""Return the process's environment together with what `.env` adds to it; the process's own wins.

    `.env` holds lines of `KEY=value`, `export KEY=value` and `# comment`. Between single quotes everything is taken as it stands,
    between double quotes \n, \t, \" and \\ are escapes, and quoted values may run over lines; `$` means nothing.
    Raises ConfigError that names every wrong line, and never what stands on it.
    """
    from monitor.settings import environment  # noqa: PLC0415

    return environment.read_environment(environ, dotenv)
