"""Finds what looks like a secret in a file and tells in which environment variable it belongs; the secret itself is repeated nowhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from monitor.settings.files import Place
from monitor.settings.leaks import address_looks_secret, key_looks_secret, text_looks_secret, value_looks_secret
from monitor.settings.shapes import AdapterLike, KeyPath, Kinds


def refuse_secrets(root: Place, kinds: Kinds, *, prose: bool = False) -> None:
    """Tell every secret of a document and mark its key as refused.

    `prose` means that people write sentences there, under headings of their own: only what has the shape of a known token is
    refused then, for a fact may well be called "password-reset".
    """
    adapters = [adapter for named in (kinds.sources, kinds.notifiers, kinds.posters) if named for adapter in named.values()]
    declared = frozenset(name for adapter in adapters for name in adapter.options)

    def look(place: Place, value: object) -> None:
        entries: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for key, entry in entries:
            at = place / key
            if _key_is_secret(key, declared, prose=prose) or _value_is_secret(entry, prose=prose):
                _refuse(at, f"looks like a secret, which may not stand in this file: put it into {_variables(at, entry, kinds)}")
            elif isinstance(entry, str) and address_looks_secret(entry):
                _refuse(at, "this address carries a password or a token, and what stands in this file is no secret: take it out")
            else:
                look(at, entry)

    look(root, root.document.content)


def _refuse(place: Place, problem: str) -> None:
    place.document.refused.add(place.path)
    place.mistake(problem)


def _key_is_secret(key: str | int, declared: frozenset[str], *, prose: bool) -> bool:
    if isinstance(key, int):
        return False
    return text_looks_secret(key) or (not prose and key not in declared and key_looks_secret(key))


def _value_is_secret(value: object, *, prose: bool) -> bool:
    return isinstance(value, str) and (text_looks_secret(value) if prose else value_looks_secret(value))


def _variables(place: Place, value: object, kinds: Kinds) -> str:
    """Return the environment variable that the secret belongs in, as near as it can be known."""
    key = next(part for part in reversed(place.path) if isinstance(part, str))
    if slack := re.search(r"xox[a-z]-|xapp-", f"{key} {value}"):
        return _in_environment("SLACK_APP_TOKEN" if slack[0] == "xapp-" else "SLACK_BOT_TOKEN")
    owner, adapter = _owner(place.path, place.document.content, kinds)
    if adapter and adapter.secrets:
        return _in_environment(*adapter.secrets)
    words = re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+", key) if key_looks_secret(key) and not text_looks_secret(key) else ["token"]
    if owner and words[0].casefold() != owner.casefold():
        words.insert(0, owner)
    return _in_environment("_".join(words).upper())


def _in_environment(*names: str) -> str:
    return f"{' and '.join(names)}, in the environment or in .env"


def _owner(path: KeyPath, content: Mapping[str, Any], kinds: Kinds) -> tuple[str, AdapterLike | None]:
    """Return the kind of source or the network whose table this is, and the adapter where it is known."""
    table = content[str(path[0])]
    for part in path[1:2]:
        table = table[part]
    if len(path) <= 2 or not isinstance(table, dict) or path[0] not in {"source", "network"}:
        return "", None
    kind = str(table.get("kind" if path[0] == "source" else "poster", ""))
    owner = kind if path[0] == "source" else str(path[1])
    named = kinds.sources if path[0] == "source" else kinds.posters
    return owner if re.fullmatch(r"[a-z0-9]{1,20}", owner) else "", (named or {}).get(kind)
