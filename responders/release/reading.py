"""Reads a release from its file, and tells every mistake in it by file, line and key; it judges no words."""

from __future__ import annotations

import base64
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from monitor.settings.files import Document, Place, read_document
from monitor.settings.keys import Key
from monitor.settings.leaks import text_looks_secret
from monitor.settings.sections import check_name, find_tables, read_single, read_table
from monitor.settings.shapes import ConfigError, Mistake
from responders.release.statement import Contact, Picture, Quote, Release, Said

LARGEST = 600_000
"""Bytes of one picture; a photograph for a page of 700 points takes a quarter of it."""
LARGEST_TOGETHER = 2_000_000
MOST_PICTURES = 12

KINDS: Mapping[bytes, str] = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif"}
"""By their first bytes. No SVG: it may hold scripts."""

RELEASE: Mapping[str, Key] = {
    "id": Key("slug", "a short name for this release", required=True),
    "brand": Key("text", "the id of the brand that speaks", required=True),
    "languages": Key("languages", "the languages in which it is published, the first one first", required=True),
    "day": Key("date", "the day on which it is published", required=True),
    "url": Key("translations", "where the page of each language will stand", required=True),
    "headline": Key("translations", "what happened, in one line", required=True),
    "happened": Key("translations", "what happened, in a few paragraphs", required=True),
    "next": Key("translations", "what we do next, and by when", required=True),
    "topics": Key("texts", "words of posts that it is about; replies to those may use its facts", required=True),
    "story": Key("text", "the story that it answers"),
    "responsible": Key("flag", "true: it was our fault; false: it was not; left out while nobody knows"),
}
FACT: Mapping[str, Key] = {
    "id": Key("slug", "a short name for the fact", required=True),
    "text": Key("translations", "the fact", required=True),
    "source": Key("text", "an address, or the name and role of a person", required=True),
}
QUOTE: Mapping[str, Key] = {
    "name": Key("text", "who says it", required=True),
    "role": Key("translations", "what they are", required=True),
    "text": Key("translations", "what they say, in their own words", required=True),
}
PICTURE: Mapping[str, Key] = {
    "file": Key("path", "a PNG, JPEG or GIF beside this file", required=True),
    "alt": Key("translations", "what is to be seen, for who cannot see it", required=True),
    "credit": Key("text", "who made it"),
}
CONTACT: Mapping[str, Key] = {
    "name": Key("text", "whom to ask", required=True),
    "email": Key("text", "an address of ours"),
    "phone": Key("text", "a number of ours"),
}
TABLES = {"fact": FACT, "quote": QUOTE, "picture": PICTURE}


def read_release(path: Path, brands: Collection[str]) -> Release:
    """Return the release that a file holds.

    Raises:
        ConfigError: with every mistake in it.
    """
    document = read_document(path, str(path))
    if document.missing:
        raise ConfigError((Mistake(str(path), None, "", "there is no such file"),))
    release = None if document.broken else _read(document, brands)
    if mistakes := tuple(document.report()):
        raise ConfigError(mistakes)
    assert release is not None, "what could not be read is among the mistakes"
    return release


def _read(document: Document, brands: Collection[str]) -> Release | None:
    root = document.root
    own = {name: value for name, value in document.content.items() if name not in {*TABLES, "contact"}}
    values = read_table(root, own, RELEASE, "a release")
    check_name(root / "brand", values.get("brand"), brands, "brand with the id")
    languages = values.get("languages", ())
    for name in ("url", "headline", "happened", "next"):
        _whole(root / name, values.get(name), languages)
    for language, url in values.get("url", {}).items():
        if not url.startswith(("https://", "http://")) or any(sign.isspace() or sign in "<>\"'" for sign in url):
            (root / "url" / language).mistake("is not an address: it begins with https:// and has no blanks or quotes")
    for language, headline in values.get("headline", {}).items():
        if "\n" in headline or len(headline) > 160:
            (root / "headline" / language).mistake("runs over several lines or 160 characters: a headline is one short line")
    rows = {name: _rows(root, name, keys, languages) for name, keys in TABLES.items()}
    if not rows["fact"] and not document.mistakes:
        (root / "fact").mistake("is missing: write [[fact]], what we know to be true, each with its source")
    contact = read_single(root, "contact", CONTACT) if "contact" in document.content else {}
    if not contact.get("email") and not contact.get("phone"):
        (root / "contact").mistake("is missing: write [contact] with a name, and an email or phone of ours")
    pictures = _pictures(root, rows["picture"])
    seen: set[str] = set()
    for place, row in rows["fact"]:
        if row.get("id") in seen:
            (place / "id").mistake("is the id of another fact here")
        seen.add(row.get("id", ""))
    _refuse_secrets(root, document.content)
    if document.mistakes:
        return None
    facts = tuple(Said(**row) for _, row in rows["fact"])
    return Release(
        **values, facts=facts, quotes=tuple(Quote(**row) for _, row in rows["quote"]), pictures=pictures, contact=Contact(**contact)
    )


def _rows(root: Place, name: str, keys: Mapping[str, Key], languages: Collection[str]) -> list[tuple[Place, dict[str, Any]]]:
    rows = [(place, read_table(place, table, keys, f"a [[{name}]]")) for place, table in find_tables(root, name)]
    for place, row in rows:
        for key, kind in keys.items():
            if kind.kind == "translations":
                _whole(place / key, row.get(key), languages)
    return rows


def _whole(place: Place, texts: Mapping[str, str] | None, languages: Collection[str]) -> None:
    """Tell which languages are missing, empty, or not published."""
    if texts is None:
        return
    for language in languages:
        if not texts.get(language, "").strip():
            (place / language).mistake(f"is missing: the release is published in {', '.join(languages)}")
    for language in texts:
        if languages and language not in languages:
            (place / language).mistake("is not among the languages of this release: add it there, or take this out")


def _pictures(root: Place, rows: list[tuple[Place, dict[str, Any]]]) -> tuple[Picture, ...]:
    found: list[Picture] = []
    left = LARGEST_TOGETHER
    for place, row in rows[: MOST_PICTURES + 1]:
        if not {"file", "alt"} <= row.keys():
            continue
        if len(found) == MOST_PICTURES:
            (root / "picture").mistake(f"there are more than {MOST_PICTURES} pictures")
            break
        try:
            with row["file"].open("rb") as stream:
                read = stream.read(LARGEST + 1)
        except (OSError, ValueError) as error:
            (place / "file").mistake(f"cannot be read: {getattr(error, 'strerror', None) or error}")
            continue
        kind = next((kind for begins, kind in KINDS.items() if read.startswith(begins)), "")
        left -= len(read)
        if not kind:
            (place / "file").mistake("is no PNG, JPEG or GIF; other kinds may hold scripts or are not shown everywhere")
        elif len(read) > LARGEST:
            (place / "file").mistake(f"is larger than {LARGEST // 1000} kB: make it smaller, for the page holds it whole")
        elif left < 0:
            (place / "file").mistake(f"makes the pictures together larger than {LARGEST_TOGETHER // 1_000_000} MB")
        else:
            found.append(Picture(kind, base64.b64encode(read).decode(), row["alt"], row.get("credit", "")))
    return tuple(found)


def _refuse_secrets(place: Place, value: object) -> None:
    entries: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, entry in entries:
        if isinstance(entry, str) and text_looks_secret(entry):
            (place / key).mistake("looks like a secret, and a release is for everybody: take it out")
        else:
            _refuse_secrets(place / key, entry)
