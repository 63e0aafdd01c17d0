"""Reads whole tables and lists key by key, so that one wrong value hides no other; what the tables become is known elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

from monitor.domain import Term
from monitor.settings.files import Document, Place
from monitor.settings.keys import FORMS_OF_ADDRESS, TERM, Key
from monitor.settings.leaks import show
from monitor.settings.values import READERS, Wrong, listed, suggest

LONGEST_LIST = 2_000

_OR_OUT = "or take it out of the list"
_LISTS_OF: Mapping[str, Key] = {
    "handles": Key("handle", f"a name, {_OR_OUT}", required=True),
    "languages": Key("language", f"a two-letter code, {_OR_OUT}", required=True),
    "names": Key("text", f"a name, {_OR_OUT}", required=True),
    "phrases": Key("phrase", f"a word or phrase, {_OR_OUT}", required=True),
    "terms": Key("term", "a word or phrase"),
    "texts": Key("text", f"a text, {_OR_OUT}", required=True),
    "urls": Key("url", f"a web address, {_OR_OUT}", required=True),
}
"""What each entry of a list must be."""
_ONE_LANGUAGE = Key("long text", "a text, or leave this language out", required=True)


def read_table(place: Place, table: Mapping[str, Any], keys: Mapping[str, Key], title: str) -> dict[str, Any]:
    """Return the values of a table that are right; unknown keys, missing ones and wrong values are told.

    `title` says whose keys these are, as in "a [[brand]] takes: id, name, …".
    """
    for name in table:
        if name not in keys and not (place / name).refused:
            if place.document.is_full:
                place.document.more = True
                break
            proposal = suggest(name, keys) or f"; {title} takes: {', '.join(keys)}"
            (place / name).mistake(f"is not a key here{proposal}")
    values: dict[str, Any] = {}
    for name, key in keys.items():
        if name in table:
            value = read_value(place / name, table[name], key)
            values |= {} if value is None else {name: value}
        elif key.required:
            (place / name).mistake(f"is missing: {key.help}")
    return values


def read_value(place: Place, value: object, key: Key) -> Any:
    """Return a value as this kind of key means it, or None after telling what is wrong; no value of ours is None."""
    if place.refused:
        return None
    if place.document.is_full:
        place.document.more = True
        return None
    try:
        if reader := _COMPOUNDS.get(key.kind):
            return reader(place, value, key)
        return READERS[key.kind](value, key)
    except Wrong as wrong:
        place.mistake(str(wrong))
        return None


def find_tables(root: Place, name: str) -> list[tuple[Place, dict[str, Any]]]:
    """Return every `[[name]]`, each with its place."""
    found, place = root.document.content.get(name, []), root / name
    if place.refused:
        return []
    if not isinstance(found, list) or not all(isinstance(table, dict) for table in found):
        place.mistake(f"stands here once, and there may be several: write [[{name}]] with double brackets above its keys")
        return []
    return [(place / index, table) for index, table in enumerate(found) if not (place / index).refused]


def find_named_tables(root: Place, name: str) -> list[tuple[Place, dict[str, Any]]]:
    """Return every `[name.<its own name>]`, each with its place."""
    found, place = root.document.content.get(name, {}), root / name
    if place.refused:
        return []
    if not isinstance(found, dict):
        place.mistake(f"needs a name of its own: write [{name}.x] with single brackets, where x is the {name}")
        return []
    for key, table in found.items():
        if not isinstance(table, dict) and not (place / key).refused:
            (place / key).mistake(f"belongs under the name of a {name}: write a line such as [{name}.x] above it")
    return [(place / key, table) for key, table in found.items() if isinstance(table, dict) and not (place / key).refused]


def read_single(root: Place, name: str, keys: Mapping[str, Key]) -> dict[str, Any]:
    """Return the values of the one `[name]`."""
    found = root.document.content.get(name, {})
    if (root / name).refused:
        return {}
    if not isinstance(found, dict):
        (root / name).mistake(f"must be one table between single brackets: write [{name}] once, above its keys")
        return {}
    return read_table(root / name, found, keys, f"[{name}]")


def check_tables(document: Document, keys: Mapping[str, Key]) -> None:
    """Tell which tables of a file are unknown or missing."""
    if document.broken:
        return
    root, shapes = document.root, {"tables": "[[{}]]", "table": "[{}]", "named tables": "[{}.<name>]"}
    for name in document.content:
        if name not in keys and not (root / name).refused:
            known = ", ".join(shapes[key.kind].format(table) for table, key in keys.items())
            (root / name).mistake(f"does not belong in this file{suggest(name, keys) or f'; it takes: {known}'}")
    for name, key in keys.items():
        if key.required and name not in document.content:
            (root / name).mistake(f"is missing: write {shapes[key.kind].format(name)}, {key.help}")


def check_name(place: Place, name: object, known: Collection[str] | None, what: str) -> None:
    """Tell where a name stands for nothing that is known; `known` None means that it cannot be checked here."""
    if known is None or not isinstance(name, str) or not name.strip() or place.refused or place.document.is_full:
        return
    if name.strip() not in known:
        proposal = suggest(name, known) or (f"; there is {listed(known)}" if known else "; there is none yet")
        place.mistake(f"there is no {what} {show(name)}{proposal}")


def check_names(place: Place, names: object, known: Collection[str] | None, what: str) -> None:
    """Tell every name of a list that stands for nothing that is known."""
    for index, name in enumerate(names if isinstance(names, list) else ()):
        check_name(place / index, name, known, what)


def _entries(value: object, key: Key) -> list[Any]:
    if isinstance(value, str):
        raise Wrong(f"is one text and should be a list: [{show(value)}]")
    if not isinstance(value, list):
        raise Wrong(f'{show(value)} should be a list of texts, such as ["one", "two"]')
    if key.required and not value:
        raise Wrong(f"is an empty list; give {key.help}")
    if len(value) > LONGEST_LIST:
        raise Wrong(f"holds {len(value):,} entries; {LONGEST_LIST:,} is the most")
    return value


def _list(place: Place, value: object, key: Key) -> tuple[Any, ...]:
    read = [read_value(place / index, entry, _LISTS_OF[key.kind]) for index, entry in enumerate(_entries(value, key))]
    return tuple(entry for entry in read if entry is not None)


def _names(place: Place, value: object, key: Key) -> tuple[str, ...]:
    names = _list(place, value, key)
    for name, count in Counter(names).items():
        if count > 1:
            place.mistake(f"{show(name)} stands {count} times in the list: once is enough")
    return names


def _languages(place: Place, value: object, key: Key) -> tuple[str, ...]:
    if value == []:
        raise Wrong('is an empty list; name at least one language, such as ["nl", "en"]')
    return _names(place, value, key)


def _path(place: Place, value: object, key: Key) -> Path | None:
    text = READERS["long text"](value, key)
    return place.document.path.parent / text if text else None


def _terms(place: Place, value: object, key: Key) -> tuple[Term, ...]:
    if value == []:
        raise Wrong("is an empty list, so that nothing would ever be found: write at least the brand's name")
    return _list(place, value, key)


def _term(place: Place, value: object, _: Key) -> Term | None:
    if not isinstance(value, dict):
        text = read_value(place, value, TERM["text"])
        return Term(text) if text else None
    values = read_table(place, value, TERM, "a term")
    return Term(**values) if "text" in values else None


def _translations(place: Place, value: object, key: Key) -> dict[str, str]:
    if not isinstance(value, dict):
        name = place.path[-1]
        raise Wrong(f'{show(value)} should be given for each language, as in {name}.nl = "…" and {name}.en = "…"')
    if key.required and not value:
        raise Wrong(f"is empty; give {key.help}")
    languages = [code for code in value if read_value(place / code, code, Key("language", "a code")) is not None]
    texts = {code: read_value(place / code, value[code], _ONE_LANGUAGE) for code in languages}
    return {code: text for code, text in texts.items() if text is not None}


def _formality(place: Place, value: object, key: Key) -> dict[str, str]:
    forms = _translations(place, value, key)
    for language, form in forms.items():
        if form not in (right := FORMS_OF_ADDRESS.get(language, (form,))):
            (place / language).mistake(f"{show(form)} is not a form of address there: write {listed(right)}")
    return forms


_COMPOUNDS: Mapping[str, Callable[[Place, Any, Key], Any]] = {
    "formality": _formality,
    "handles": _list,
    "languages": _languages,
    "names": _names,
    "path": _path,
    "term": _term,
    "terms": _terms,
    "phrases": _list,
    "texts": _list,
    "translations": _translations,
    "urls": _list,
}
"""The readers of values that hold values: they tell mistakes at the place of each."""
