"""Reads config/*.toml and the environment into frozen Settings, and reports every mistake at once by file, key and line."""

from monitor.settings.environment import find_config_dir, find_database_url, read_environment
from monitor.settings.keys import KEYS, Key
from monitor.settings.loading import load
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
    "KEYS",
    "AdapterLike",
    "Approver",
    "ConfigError",
    "Key",
    "KeyPath",
    "Kinds",
    "Mistake",
    "NetworkSettings",
    "OptionLike",
    "ReplyTemplates",
    "Settings",
    "SourceSettings",
    "find_config_dir",
    "find_database_url",
    "load",
    "read_environment",
]
