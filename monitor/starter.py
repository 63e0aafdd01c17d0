"""Writes configuration: the sample for a first run, a start for one's own brand, a further table; it overwrites nothing that is there."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import tempfile
import tomllib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from string import Template
from typing import Any

from monitor.settings import ConfigError, Kinds, load
from monitor.settings.values import UNPRINTABLE, slug

FRESH = timedelta(minutes=3)
"""How long ago the newest post of the sample was written when it is copied."""

REPLIES: tuple[Traversable, ...] = (
    files("monitor") / "templates" / "config" / "replies",
    files("monitor") / ".." / "config" / "sample" / "replies",
)
"""Where the reply templates that come with the product are: in the package, or in a checkout with the sample, where people look."""

_MOMENTS = ("posted_at", "created_at")
"""Keys of a post that hold a time."""


class StarterError(Exception):
    """Says what could not be written and why; nothing that was there has changed."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What people say of their own brand when they start; what is left out can be filled in later, in the files."""

    name: str
    terms: tuple[str, ...] = ()
    """The brand's name where empty."""
    handles: tuple[str, ...] = ()
    hashtags: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("nl", "en")
    timezone: str = "Europe/Amsterdam"
    speaks_as: str = ""
    signature: str = ""
    formality: Mapping[str, str] = field(default_factory=dict)
    owner: str = ""
    approvers: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    """Addresses of feeds to read."""


def copy_sample(sample: Path, config: Path, now: datetime) -> list[Path]:
    """Copy the sample where there is no configuration yet, and return the files made.

    Where the user has brands of their own, nothing is copied, so that the two never mix. All times in posts.jsonl move by one and the
    same span, so that the newest post is FRESH old. brands.toml comes last: a copy that was cut short is finished by the next one.
    """
    if os.path.lexists(config / "brands.toml"):
        return []
    names = sorted(path.relative_to(sample) for path in sample.rglob("*") if path.suffix in {".toml", ".jsonl"} and path.is_file())
    if Path("brands.toml") not in names:
        raise StarterError(f"{sample}: there is no sample here, for it has no brands.toml")
    names.sort(key=lambda name: name == Path("brands.toml"))
    made: list[Path] = []
    for name in names:
        text = _read(sample / name)
        if name == Path("posts.jsonl"):
            text = _move_times(text, now, sample / name)
        if _create(config / name, text):
            made.append(config / name)
    return made


def write_starter(config: Path, answers: Answers, kinds: Kinds | None = None) -> list[Path]:
    """Write a commented configuration for the user's own brand, and return the files made.

    Raises StarterError naming every file that is already there, and ConfigError where an answer cannot be right, such as an unknown
    time zone; nothing is written then. Reply templates that are there already stay as they are.
    """
    texts = _fill_templates(answers)
    if there := [str(config / name) for name in texts if os.path.lexists(config / name)]:
        raise StarterError(f"{', '.join(there)}: already there, and nothing is overwritten; move it away, or edit it instead")
    texts |= {f"replies/{name}": text for name, text in _reply_templates(answers.languages)}
    _check(config, texts, kinds or Kinds())
    return [config / name for name, text in texts.items() if _create(config / name, text)]


def add_table(path: Path, name: str, values: Mapping[str, Any]) -> None:
    """Add a `[[name]]` at the end of a TOML file; everything that stands there, comments too, stays as it is.

    Raises StarterError where the file is not sound, or holds something else under that name.
    """
    try:
        text = _append(_read(path), name, values)
    except (TypeError, ValueError):
        raise StarterError(f'{path}: cannot take another [[{name}]]: mend first what "monitor check" tells') from None
    _replace(path, text)


def _append(text: str, name: str, values: Mapping[str, Any]) -> str:
    """Return a TOML text with one more `[[name]]`; raises ValueError or TypeError where that would not do just this."""
    import tomlkit  # noqa: PLC0415  Slow, and only needed for an edit.

    table = tomlkit.table()
    for key, value in values.items():
        table.add(key, list(value) if isinstance(value, tuple) else value)
    tables = tomlkit.aot()
    tables.append(table)
    added = tomlkit.dumps({name: tables}).strip() + "\n"
    there = tomllib.loads(text.removeprefix("\ufeff"))
    newline = "\r\n" if "\r\n" in text else "\n"
    after = "".join([text.rstrip(), newline * 2 if text.strip() else "", added.replace("\n", newline)])
    expected = there | {name: there.get(name, []) + tomllib.loads(added)[name]}
    if tomllib.loads(after.removeprefix("\ufeff")) != expected:
        raise ValueError(f"{name} cannot be added at the end")
    return after


def _fill_templates(answers: Answers) -> dict[str, str]:
    """Return the text of each file by its name; every answer goes in as an escaped TOML value, never as bare text."""
    name = _one_line(answers.name)
    brand = slug(name) or "brand"
    blanks = {
        "id": _toml(brand),
        "name": _toml(name),
        "terms": _toml(answers.terms or (name,)),
        "handles": _toml(answers.handles),
        "hashtags": _toml(answers.hashtags),
        "languages": _toml(answers.languages),
        "desk_language": _toml("nl" if answers.languages[:1] == ("nl",) else "en"),
        "timezone": _toml(answers.timezone),
        "speaks_as": _toml(answers.speaks_as),
        "signature": _toml(answers.signature),
        "formality": "{ "
        + ", ".join(
            f"{language if language.isalpha() and language.isascii() else _toml(language)} = {_toml(form)}"
            for language, form in answers.formality.items()
        )
        + " }",
        "owner": _toml(answers.owner),
    }
    templates = files("monitor") / "templates" / "config"
    texts = {
        target: Template((templates / f"{template}.toml").read_text("utf-8")).substitute(blanks)
        for template, target in {
            "facts": f"facts/{brand}.toml",
            "monitor": "monitor.toml",
            "responders": "responders.toml",
            "brands": "brands.toml",
        }.items()
    }
    if answers.feeds:
        texts["monitor.toml"] = _append(
            texts["monitor.toml"], "source", {"name": "feeds", "kind": "rss", "urls": [_one_line(feed) for feed in answers.feeds]}
        )
    for approver in answers.approvers:
        texts["responders.toml"] = _append(texts["responders.toml"], "approver", {"name": _one_line(approver)})
    return texts


def _reply_templates(languages: Iterable[str]) -> Iterable[tuple[str, str]]:
    """Give the name and text of the reply templates that come with the product in these languages."""
    for name in (f"{language}.toml" for language in languages if re.fullmatch("[a-z]{2}", language)):
        if found := next((place / name for place in REPLIES if (place / name).is_file()), None):
            yield name, found.read_text("utf-8")


def _check(config: Path, texts: Mapping[str, str], kinds: Kinds) -> None:
    """Load the texts as a configuration of their own before any of them is written; raises ConfigError with the names they would get."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in texts.items():
            _create(Path(folder) / name, text)
        try:
            load(Path(folder), database_url="sqlite://", environment={}, kinds=kinds)
        except ConfigError as error:
            renamed = (replace(mistake, file=str(config / Path(mistake.file).relative_to(folder))) for mistake in error.mistakes)
            raise ConfigError(tuple(renamed)) from None


def _one_line(text: str) -> str:
    """Return an answer without what cannot be seen or cannot be written to a file."""
    seen = UNPRINTABLE.sub(" ", text).encode("utf-8", "ignore").decode("utf-8")
    return " ".join(seen.split())


def _toml(value: str | Iterable[str]) -> str:
    """Return an answer, or a list of them, as a TOML value; JSON's escapes are TOML's too."""
    if isinstance(value, str):
        return json.dumps(_one_line(value), ensure_ascii=False)
    return "[" + ", ".join(_toml(entry) for entry in value) + "]"


def _move_times(text: str, now: datetime, path: Path) -> str:
    """Move every time in lines of JSON by the span that makes the newest FRESH old."""
    posts: list[tuple[dict[str, Any], dict[str, datetime]]] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            post = dict(json.loads(line))
            moments = {key: datetime.fromisoformat(post[key]) for key in _MOMENTS if key in post}
        except (ValueError, TypeError) as error:
            raise StarterError(f"{path}:{number}: this line is no post with a time in it: {error}") from None
        posts.append((post, {key: moment if moment.tzinfo else moment.replace(tzinfo=UTC) for key, moment in moments.items()}))
    newest = max((moment for _, moments in posts for moment in moments.values()), default=now)
    span = now - FRESH - newest
    try:
        rows = [post | {key: (moment + span).isoformat(timespec="seconds") for key, moment in moments.items()} for post, moments in posts]
    except OverflowError:
        raise StarterError(f"{path}: its times lie so far apart that they cannot be moved") from None
    return "".join(_json_line(row) for row in rows)


def _json_line(row: Mapping[str, Any]) -> str:
    line = json.dumps(row, ensure_ascii=False)
    # Half a pair of surrogates, which some networks do send, exists as an escape only.
    return f"{line if line.isprintable() else json.dumps(row)}\n"


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise StarterError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise StarterError(f"{path}: is not UTF-8; save it as UTF-8 first") from None


def _create(path: Path, text: str) -> bool:
    """Write a new file, whole or not at all; return False where there is one already, also if it appears in between."""
    beside = _write_beside(path, text)
    try:
        os.link(beside, path)  # Unlike a rename, this fails where the name is taken.
    except FileExistsError:
        return False
    except OSError:  # A file system without hard links.
        if os.path.lexists(path):
            return False
        beside.rename(path)
    finally:
        beside.unlink(missing_ok=True)
    return True


def _replace(path: Path, text: str) -> None:
    """Write a file anew, whole or not at all, with the rights it had; a link keeps leading to it."""
    real = path.resolve()
    beside = _write_beside(real, text)
    try:
        shutil.copymode(real, beside)
        beside.replace(real)
    finally:
        beside.unlink(missing_ok=True)


def _write_beside(path: Path, text: str) -> Path:
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("xb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise StarterError(f"{path}: cannot be written: {error.strerror}") from None
    return beside
