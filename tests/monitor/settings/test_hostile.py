from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomlkit
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.settings import keys as keys_of
from tests.monitor.settings.configurations import BRANDS, KINDS, MONITOR, RESPONDERS, mistakes, write

FILES: Mapping[str, Mapping[str, keys_of.Key]] = {
    "brands.toml": keys_of.BRANDS_FILE,
    "monitor.toml": keys_of.MONITOR_FILE,
    "responders.toml": keys_of.RESPONDERS_FILE,
    "facts/waalfiets.toml": keys_of.FACTS_FILE,
}
SOUND = {"brands.toml": BRANDS, "monitor.toml": MONITOR, "responders.toml": RESPONDERS, "facts/waalfiets.toml": "# Nothing yet."}

_NAMES = sorted(
    {name for tables in keys_of.KEYS.values() for table in tables.values() for name in table} | {"path", "urls", "x", "nl", "text"}
)
_TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12) | st.sampled_from(
    ["waalfiets", "file", "rss", "10m", "nl", "api", "console"]
)
_SCALARS = _TEXTS | st.booleans() | st.integers(-(2**60), 2**60) | st.floats(allow_nan=True) | st.dates() | st.times() | st.datetimes()
_KEYS = st.sampled_from(_NAMES) | _TEXTS.filter(bool)
_VALUES = st.recursive(_SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=4), max_leaves=12)
_TABLES = st.dictionaries(_KEYS, _VALUES, max_size=6)


@st.composite
def _contents(draw: Any, tables: Mapping[str, keys_of.Key]) -> dict[str, Any]:
    content: dict[str, Any] = draw(st.dictionaries(_KEYS, _VALUES, max_size=2))
    for name in draw(st.lists(st.sampled_from(sorted(tables)), unique=True)):
        content[name] = draw(st.lists(_TABLES, max_size=3) | _TABLES | st.dictionaries(_KEYS, _TABLES, max_size=2) | _VALUES)
    return content


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), st.sampled_from(sorted(FILES)))
def test_whatever_a_file_holds_is_either_taken_or_told(data: st.DataObject, name: str) -> None:
    text = tomlkit.dumps(data.draw(_contents(FILES[name])))
    with tempfile.TemporaryDirectory() as folder:
        found = mistakes(write(Path(folder), {**SOUND, name: text}), KINDS)

    assert all(told.startswith(name) for told in found)


@given(st.sampled_from(sorted(FILES)), st.binary(max_size=200))
def test_whatever_bytes_a_file_holds_they_are_either_taken_or_told(name: str, raw: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = mistakes(write(Path(folder), {**SOUND, name: raw}))

    assert all(told.startswith(name) for told in found)
