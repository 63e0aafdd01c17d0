"""Reads config/*.toml and the environment into frozen Settings, and reports every mistake at once by file, key and line."""

from monitor.settings.shapes import (
    AdapterLike,
    Approver,
    ConfigError,
    KeyPath,
    Kinds,
    Mistake,
    NetworkSettings,
    OptionLike,
    ReplyTemplates,
    Settings,
    SourceSettings,
)

__all__ = [
    "AdapterLike",
    "Approver",
    "ConfigError",
    "KeyPath",
    "Kinds",
    "Mistake",
    "NetworkSettings",
    "OptionLike",
    "ReplyTemplates",
    "Settings",
    "SourceSettings",
]
