"""Builds what the configuration asks for: settings, database, adapters. The only place where they are put together for the monitor."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from monitor.command import UNAVAILABLE, USAGE, CommandError
from monitor.contracts import Batch, Notifier, Rejected, Scorer, Source
from monitor.domain import Brand
from monitor.notifiers import NOTIFIERS
from monitor.scorers import SCORERS
from monitor.settings import Kinds, NotifierSettings, Settings, SourceSettings, find_config_dir, load, read_environment
from monitor.settings.environment import find_database_url
from monitor.sources import SOURCES

if TYPE_CHECKING:
    import sqlalchemy as sa

    from monitor.labelbook import LabelBook
    from monitor.language import Detector
    from monitor.matching import Matcher
    from monitor.relevance import Encode
    from monitor.store import MonitorStore
    from monitor.stories import Locate
    from monitor.triage import Liken


def now() -> datetime:
    """Return the moment, in UTC; the one clock of both processes, handed to everything that needs it."""
    return datetime.now(UTC)


def read_settings(config: Path | None, database: str | None, kinds: Kinds | None = None) -> Settings:
    """Return the checked settings for a command's options; raises ConfigError with every mistake."""
    environment = read_environment(os.environ, Path(".env"))
    kinds = kinds or own_kinds()
    return load(find_config_dir(config, environment), database_url=database, environment=environment, kinds=kinds)


def connect(url: str, *, migrated: bool = True) -> sa.Engine:
    """Return the database, refusing one whose schema is not this code's.

    Raises:
        CommandError: the URL cannot be right, or the database's driver is not installed.
        WrongSchema: `monitor migrate` must be run first, or the database is newer than the code.
    """
    from monitor import migrations, tables

    try:
        engine = tables.open_database(url)
    except ValueError as error:
        raise CommandError(f"{error}. Nothing was changed.", USAGE) from error
    except ModuleNotFoundError as error:
        raise CommandError("Postgres needs its driver: pip install 'grapevine-monitor[postgres]'. Nothing was changed.", USAGE) from error
    if migrated:
        path = engine.url.database if engine.dialect.name == "sqlite" else None
        if path and path != ":memory:" and not Path(path).exists():
            raise CommandError(f"There is no database at {path} yet. Run: monitor migrate", UNAVAILABLE)
        with engine.connect().execution_options(**tables.READING) as connection:
            migrations.require_newest(connection)
    return engine


class Unbuilt:
    """Stands where a source cannot be built, so that it fails by itself and the others are read."""

    def __init__(self, name: str, error: Exception) -> None:
        self.name = name
        self._sentence = str(error) if str(error).startswith(f"{name}: ") else f"{name}: {error}"

    def fetch(self, brand: Brand, cursor: str) -> Batch:
        """Say why it cannot be built."""
        _ = brand, cursor
        raise Rejected(self._sentence)


@dataclass
class Monitor:
    """The monitor's parts, each built when it is first used."""

    settings: Settings

    @cached_property
    def database(self) -> sa.Engine:
        """The database, with this code's schema."""
        return connect(self.settings.database_url)

    @cached_property
    def store(self) -> MonitorStore:
        """The monitor's memory."""
        from monitor.store import MonitorStore

        return MonitorStore(self.database)

    @cached_property
    def labels(self) -> LabelBook:
        """What people said of mentions, and what was learned from it."""
        from monitor.labelbook import LabelBook

        return LabelBook(self.database)

    @cached_property
    def brands(self) -> Mapping[str, Brand]:
        """The brands by id."""
        return {brand.id: brand for brand in self.settings.brands}

    def known_brand(self, brand_id: str) -> Brand:
        """Return the brand with this id; raises CommandError with the ids there are."""
        if brand_id not in self.brands:
            raise CommandError(f"There is no brand {brand_id or 'given'}; brands.toml names: {', '.join(self.brands)}.", USAGE)
        return self.brands[brand_id]

    @cached_property
    def matchers(self) -> Mapping[str, Matcher]:
        """Each brand's matcher by brand id."""
        from monitor.matching import compile_brand

        try:
            return {brand.id: compile_brand(brand) for brand in self.settings.brands}
        except ValueError as error:
            raise CommandError(f"brands.toml: {error}. Nothing was started.", USAGE) from error

    @cached_property
    def detector(self) -> Detector:
        """The language detector for all brands' languages."""
        from monitor.language import Detector

        return Detector(sorted({language for brand in self.settings.brands for language in brand.languages}))

    @cached_property
    def scorers(self) -> list[Scorer]:
        """The scorers in the order in which they are asked."""
        return [SCORERS[name].load().from_settings(self.settings) for name in self.settings.scorers]

    def judge(self, clock: Callable[[], datetime]) -> None:
        """Score and triage whatever waits, by what the brands learned from people too."""
        from monitor import pipeline
        from monitor.domain import Question

        learned, about = self.labels.lessons(), self.labels.lessons(Question.ABOUT)
        pipeline.judge(
            self.store,
            self.scorers,
            self.detector,
            self.brands,
            clock,
            encode=self.encode,
            liken=self.liken,
            locate=self.locate,
            lessons=learned,
            about=about,
        )

    @cached_property
    def encode(self) -> Encode | None:
        """What gives sentence vectors, where the scorer that needs the same encoder is in use; else None."""
        from monitor.encoding import find_encoder

        return find_encoder() if "model" in self.settings.scorers else None

    @cached_property
    def liken(self) -> Liken | None:
        """What tells how like our labelled posts a text is, where the scorer that needs the same encoders is in use; else None."""
        from monitor.likening import find_likeness

        return find_likeness() if "model" in self.settings.scorers else None

    @cached_property
    def locate(self) -> Locate | None:
        """What gives texts their places among what people write, where the same encoders are in use; else None."""
        from monitor.likening import find_places

        return find_places() if "model" in self.settings.scorers else None

    @cached_property
    def sources(self) -> Mapping[str, tuple[SourceSettings, Source]]:
        """Each source by its own name."""
        return {source.name: (source, self._build_source(source)) for source in self.settings.sources}

    def _build_source(self, source: SourceSettings) -> Source:
        try:
            built: Source = build(SOURCES, source.kind, source, self.settings)
        except (Rejected, CommandError) as error:
            return Unbuilt(source.name, error)
        return built

    @cached_property
    def notifiers(self) -> Mapping[str, Notifier]:
        """Each notifier by its own name; what is to be told is printed where none is configured."""
        return {one.name: self.notifier(one) for one in self.settings.notifiers or (NotifierSettings("console", "console"),)}

    def notifier(self, settings: NotifierSettings) -> Notifier:
        """Return one notifier, whether or not the others can be built."""
        try:
            built: Notifier = build(NOTIFIERS, settings.kind, settings, self.settings)
        except Rejected as error:
            raise CommandError(f"monitor.toml: notifier {error}. Nothing was sent.", USAGE) from error
        return built

    def brands_of(self, source: SourceSettings) -> list[Brand]:
        """Return the brands that a source reads for."""
        return [brand for brand in self.settings.brands if not source.brands or brand.id in source.brands]


def build(adapters: Mapping[str, Any], kind: str, *arguments: Any) -> Any:
    """Return an adapter built from settings, saying which extra is missing where its client is not installed."""
    adapter = adapters[kind]
    try:
        cls = adapter.load()
    except ModuleNotFoundError as error:
        how = f"pip install 'grapevine-monitor[{adapter.extra}]'" if adapter.extra else "install Grapevine again"
        raise CommandError(f"{kind} needs the package {error.name}, which is not installed: {how}", USAGE) from error
    return cls.from_settings(*arguments)


def own_kinds() -> Kinds:
    """Return the adapters that the monitor knows; what the responders add is checked by them."""
    return Kinds(sources=SOURCES, scorers=SCORERS, notifiers=NOTIFIERS)


def config_folder(config: Path | None) -> Path:
    """Return the folder of the configuration, whether it exists or not."""
    return find_config_dir(config, read_environment(os.environ, Path(".env")))


def find_database(config: Path | None, database: str | None) -> str:
    """Return the database's URL without reading the configuration: a database is migrated before anything else is right."""
    _ = config
    return find_database_url(database, read_environment(os.environ, Path(".env")))


def sample_folder() -> Path:
    """Return where the sample brand lives; raises CommandError where this is not a checkout."""
    folder = Path(__file__).resolve().parent.parent / "config" / "sample"
    if not folder.is_dir():
        raise CommandError("The sample brand comes with the source checkout, not with the installed package.", USAGE)
    return folder


def bare_settings() -> Settings:
    """Return settings without brands, sources or secrets, for what needs none."""
    nothing: Mapping[str, Any] = {}
    return Settings(Path(), "", (), (), tuple(SCORERS), nothing, (), nothing)


def open_monitor(config: Path | None, database: str | None) -> Monitor:
    """Return the monitor's parts for a command's options; raises ConfigError with every mistake."""
    return Monitor(read_settings(config, database))
