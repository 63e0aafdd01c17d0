"""A small sound configuration for tests to break, and the adapters that it may name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from monitor.registry import Adapter, Option
from monitor.settings import ConfigError, Kinds, Settings, load

BRANDS = """\
[[brand]]
id = "waalfiets"
name = "Waalfiets"
terms = ["Waalfiets"]
"""
MONITOR = """\
[monitor]
scorers = ["vader"]
"""
RESPONDERS = """\
[network.x]
delivery = "assisted"
"""

SOURCE = """
[[source]]
name = "posts"
kind = "file"
path = "posts.jsonl"
"""

FILE_SOURCE = Adapter(
    "nowhere:File",
    "Reads files.",
    {
        "path": Option("path", "The file or folder with posts.", required=True),
        "weight": Option("number", "How much it weighs.", default=1.5),
        "deep": Option("flag", "Whether folders in folders are read.", default=False),
        "patience": Option("duration", "How long it waits."),
        "columns": Option("texts", "Names of columns.", default=()),
    },
)
KINDS = Kinds(
    sources={
        "file": FILE_SOURCE,
        "rss": Adapter("nowhere:Rss", "Reads feeds.", {"urls": Option("urls", "The addresses of the feeds.", required=True)}),
        "reddit": Adapter(
            "nowhere:Reddit", "Reads Reddit.", {"api_url": Option("url", "RSS address.")}, secrets=("REDDIT_ID", "REDDIT_SECRET")
        ),
    },
    scorers={"vader": Adapter("nowhere:Vader", "Scores English.")},
    drafters={"template": Adapter("nowhere:Template", "Fills templates.")},
    posters={"console": Adapter("nowhere:Console", "Plays a network.", {"path": Option("path", "The file.", default="console.jsonl")})},
)


def write(folder: Path, files: Mapping[str, str | bytes] | None = None, **changed: str) -> Path:
    """Write a sound configuration with these files in place of its own; `brands`, `monitor` and `responders` name the usual ones."""
    texts: dict[str, str | bytes] = {
        "brands.toml": changed.get("brands", BRANDS),
        "monitor.toml": changed.get("monitor", MONITOR),
        "responders.toml": changed.get("responders", RESPONDERS),
        **(files or {}),
    }
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def read(folder: Path, kinds: Kinds = KINDS, **environment: str) -> Settings:
    """Load a configuration that should be sound."""
    return load(folder, database_url=None, environment=environment, kinds=kinds)


def mistakes(folder: Path, kinds: Kinds = KINDS) -> list[str]:
    """Return the mistakes of a configuration as people see them, without the folder's name."""
    try:
        read(folder, kinds)
    except ConfigError as error:
        return [str(mistake).removeprefix(f"{folder}/") for mistake in error.mistakes]
    return []
