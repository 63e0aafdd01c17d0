"""Gives docs/settings.md its tables: every key of every file, and every option of every adapter, as the code has them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from monitor.notifiers import NOTIFIERS
from monitor.registry import Adapter, Option
from monitor.scorers import SCORERS
from monitor.settings.keys import KEYS, Key
from monitor.sources import SOURCES
from responders.drafters import DRAFTERS
from responders.posters import POSTERS

ADAPTERS: Mapping[str, Mapping[str, Adapter]] = {
    "sources": SOURCES,
    "scorers": SCORERS,
    "notifiers": NOTIFIERS,
    "drafters": DRAFTERS,
    "posters": POSTERS,
}

WRITE: Mapping[str, str] = {
    "choice": "one of the words",
    "date": "a date: `2026-11-25`",
    "amount": "an amount above 0, such as `2.50`",
    "duration": 'a time: `"90s"`, `"10m"`, `"2h"`, `"3d"`, `"1w"`',
    "flag": "`true` or `false`",
    "formality": 'a table: `{ nl = "je" }`',
    "handles": 'a list of names: `["@brand"]`',
    "languages": 'a list of codes: `["nl", "en"]`',
    "named tables": "a table for each name",
    "names": 'a list of names: `["name"]`',
    "number": "a number",
    "path": 'a file or folder: `"posts.jsonl"`',
    "phrase": "a text",
    "phrases": 'a list of phrases: `["phrase"]`',
    "reference": "a text of at least 8 signs",
    "slug": "a short name: a–z, 0–9, `-` and `_`",
    "table": "a table",
    "tables": "tables",
    "terms": 'a list of texts and `{ text = "…" }` tables',
    "text": "a text",
    "texts": 'a list of texts: `["text"]`',
    "time": 'a time of day: `"08:00"`',
    "timezone": 'a time zone: `"Europe/Amsterdam"`',
    "translations": 'by language: `text.en = "…"`',
    "url": 'an address: `"https://…"`',
    "urls": 'a list of addresses: `["https://…"]`',
    "whole": "a whole number",
}
"""How each kind of value is written, for people."""


def parts() -> Mapping[str, str]:
    """Return the page's parts by name."""
    files = {file: "\n\n".join(_table(table, keys) for table, keys in tables.items()) for file, tables in KEYS.items()}
    return files | {name: "\n\n".join(_adapter(name, kind, one) for kind, one in kinds.items()) for name, kinds in ADAPTERS.items()}


def _table(name: str, keys: Mapping[str, Key]) -> str:
    rows = [
        _row(key, known.kind, known.help, required=known.required, default=known.default, more=_bounds(known))
        for key, known in keys.items()
    ]
    return "\n".join(
        [
            f"#### `{name}`" if name.startswith("[") else f"#### {name.capitalize()}",
            "",
            "| key | what it is for | how it is written | if left out |",
            "| --- | --- | --- | --- |",
            *rows,
        ]
    )


def _adapter(folder: str, kind: str, adapter: Adapter) -> str:
    lines = [f"#### `{kind}`", "", adapter.about]
    if adapter.extra:
        lines += ["", f"Installed with the extra `{adapter.extra}`."]
    if adapter.secrets:
        lines += ["", f"Needs in the environment or in `.env`: {', '.join(f'`{name}`' for name in adapter.secrets)}."]
    if adapter.options:
        lines += ["", "| option | what it is for | how it is written | if left out |", "| --- | --- | --- | --- |"]
        lines += [_option(name, option) for name, option in adapter.options.items()]
    else:
        lines += ["", f"Takes no options; its name is all that is asked of the {folder}."]
    return "\n".join(lines)


def _option(name: str, option: Option) -> str:
    return _row(name, option.kind, option.help, required=option.required, default=option.default)


def _row(name: str, kind: str, words: str, *, required: bool, default: Any, more: str = "") -> str:
    how = WRITE[kind] + more
    left_out = "**must be there**" if required else _shown(default)
    return f"| `{name}` | {_cell(words)} | {_cell(how)} | {_cell(left_out)} |"


def _bounds(key: Key) -> str:
    if key.choices:
        return ": " + ", ".join(f'`"{choice}"`' for choice in key.choices)
    if key.least is None or key.most is None:
        return ""
    return f"; from {_amount(key.least)} to {_amount(key.most)}"


def _amount(bound: timedelta | int) -> str:
    if isinstance(bound, int):
        return f"{bound}"
    seconds = int(bound.total_seconds())
    size, unit = next((size, unit) for size, unit in ((86_400, "d"), (3600, "h"), (60, "m"), (1, "s")) if seconds % size == 0)
    return f"{seconds // size}{unit}"


def _shown(default: Any) -> str:
    if default in (None, "", ()):
        return "nothing"
    if isinstance(default, bool):
        return f"`{str(default).lower()}`"
    if isinstance(default, list | tuple):
        return "`[" + ", ".join(f'"{one}"' for one in default) + "]`"
    return f"`{default}`" if isinstance(default, int | float) else f'`"{default}"`'


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
