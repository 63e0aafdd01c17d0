"""Opens the files of one configuration and brings together what they say, or every mistake in them; what keys mean is known elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from monitor.domain import Fact
from monitor.settings.digests import on_their_clocks
from monitor.settings.entries import Named, read_brands, read_facts, read_monitoring, read_responding, tell_doubles
from monitor.settings.environment import find_database_url
from monitor.settings.files import Document, explain, read_document
from monitor.settings.keys import Key
from monitor.settings.refusals import refuse_secrets
from monitor.settings.shapes import ConfigError, KeyPath, Kinds, Mistake, ReplyTemplates, Settings
from monitor.settings.values import Wrong, nearest, read_language

FILES: Mapping[str, str] = {
    "brands.toml": "for whom we listen, in at least one [[brand]]",
    "monitor.toml": "where and how we listen, in [monitor] and any number of [[source]]",
    "responders.toml": "where and how we answer, in one [network.<name>] for each network",
}
"""The files that must be there, and what they say."""


def load(config_dir: Path, *, database_url: str | None, environment: Mapping[str, str], kinds: Kinds) -> Settings:
    """Read the whole configuration; raises ConfigError with every mistake in every file."""
    folder = _Folder(config_dir, kinds)
    brands_file, monitor_file, responders_file = (folder.open_required(name) for name in FILES)
    brands, brand_ids = read_brands(brands_file)
    monitoring = read_monitoring(monitor_file, brand_ids, kinds)
    responding = read_responding(responders_file, brand_ids, kinds)
    facts: list[Fact] = []
    fact_ids: list[Named] = []
    for document in folder.open_all("facts"):
        found, ids = read_facts(document, brand_ids)
        facts += found
        fact_ids += ids
    tell_doubles(fact_ids, "the id of another fact")
    templates = dict(_read_templates(folder.open_all("replies", prose=True), kinds))
    try:
        url = find_database_url(database_url, environment)
    except ConfigError as error:
        folder.mistakes += error.mistakes
    if mistakes := tuple(folder.report()):
        raise ConfigError(mistakes)
    return Settings(
        config_dir=folder.path,
        database_url=url,
        brands=tuple(brands),
        facts=tuple(facts),
        templates=templates,
        environment=environment,
        **monitoring | {"own_digests": on_their_clocks(monitoring["own_digests"], brands)},
        **responding,
    )


class _Folder:
    """The folder of the configuration, the files opened in it, and what is wrong with the folders themselves."""

    def __init__(self, given: Path, kinds: Kinds) -> None:
        self.given = given
        self.path = given.absolute()
        self.kinds = kinds
        self.documents: list[Document] = []
        self.mistakes: list[Mistake] = []
        self._names = self._list(self.path, str(given))
        if self._names is None:
            raise ConfigError(tuple(self.mistakes))

    def open_required(self, name: str) -> Document:
        """Open one of FILES; that it is missing or empty is a mistake."""
        document = self._open(self.path / name, name)
        if document.missing:
            others = [Path(other).stem for other in self._names or () if other.endswith(".toml") and other not in FILES]
            near = nearest(Path(name).stem, others)
            proposal = f'; is it what is now called "{near}.toml"?' if near else '; "monitor init" writes one'
            document.add(Mistake(document.name, None, "", f"is missing: it says {FILES[name]}{proposal}"))
        elif not document.broken and not document.content:
            document.broken = True
            document.add(Mistake(document.name, None, "", f"is empty: it should say {FILES[name]}"))
        return document

    def open_all(self, folder: str, *, prose: bool = False) -> list[Document]:
        """Open every TOML file of a folder that need not be there."""
        if folder not in (self._names or ()):
            return []
        names = self._list(self.path / folder, str(self.given / folder)) or []
        documents = [
            self._open(self.path / folder / name, f"{folder}/{name}", prose=prose)
            for name in names
            if name.endswith(".toml") and not name.startswith(".")
        ]
        for document in documents:
            if document.missing:
                document.add(Mistake(document.name, None, "", "is a link to a file that is not there: mend or delete the link"))
            elif document.blank:
                document.add(Mistake(document.name, None, "", "is empty: fill it or delete it"))
        return documents

    def report(self) -> Iterable[Mistake]:
        """Give every mistake in the order of files and lines."""
        for document in self.documents:
            yield from document.report()
        yield from self.mistakes

    def _open(self, path: Path, name: str, *, prose: bool = False) -> Document:
        document = read_document(path, str(self.given / name))
        refuse_secrets(document.root, self.kinds, prose=prose)
        self.documents.append(document)
        return document

    def _list(self, path: Path, name: str) -> list[str] | None:
        try:
            return sorted(entry.name for entry in path.iterdir())
        except FileNotFoundError:
            problem = 'there is no such folder: name the folder of the configuration with --config, or let "monitor init" make one'
        except NotADirectoryError:
            problem = "is a file, and should be a folder"
        except OSError as error:
            problem = explain(error)
        self.mistakes.append(Mistake(name, None, "", problem))
        return None


def _read_templates(documents: Iterable[Document], kinds: Kinds) -> Iterable[tuple[str, ReplyTemplates]]:
    for document in documents:
        language = document.path.stem
        try:
            read_language(language, Key("language", "a code", required=True))
        except Wrong as wrong:
            document.add(Mistake(document.name, None, "", f"the file must be named after a language, as in nl.toml: {wrong}"))
        templates = ReplyTemplates(language, document.path, document.content, document.lines)
        if kinds.templates_check and not document.broken:
            for mistake in kinds.templates_check(templates):
                line = document.line(_path_of(mistake.key)) if mistake.line is None else mistake.line
                document.add(replace(mistake, file=document.name, line=line))
        yield language, templates


def _path_of(key: str) -> KeyPath:
    """Return the way that a key means as people read it: `reply[2].text` is ("reply", 1, "text")."""
    return tuple(int(number) - 1 if number else name for name, number in re.findall(r"([^.\[\]]+)|\[([0-9]{1,6})\]", key))
