"""Every adapter is held against its contract, and so is a set of broken ones, to show that the check can fail."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import sleep as rest
from typing import Any, ClassVar

import pytest

from monitor.contracts import Batch, RateLimited, Rejected, RejectedRow, Source, Unavailable
from monitor.domain import Author, Brand, Mention
from monitor.settings import Settings, SourceSettings
from monitor.sources import SOURCES
from tests.builders import NOW, a_brand
from tests.contracts import SourceProof, verify_source
from tests.fakes import web
from tests.fakes.web import WebSite

BRAND = a_brand()
SECRET = "hidden-in-the-address"
SECRETS = (SECRET, "hidden-password")


@pytest.fixture
def site() -> Iterator[WebSite]:
    with WebSite() as site:
        yield site


# Sources.


def build_source(kind: str, **options: Any) -> Source:
    """Build a source as the monitor does, from its line in SOURCES and its settings."""
    described = SourceSettings(name=f"our {kind}", kind=kind, brands=(), every=timedelta(minutes=5), options=options)
    settings = Settings(
        config_dir=Path(), database_url="", brands=(BRAND,), sources=(described,), scorers=(), networks={}, facts=(), templates={}
    )
    source: Source = SOURCES[kind].load().from_settings(described, settings)
    return source


def over_http(site: WebSite, good: web.Play, build: Callable[[], Source]) -> SourceProof:
    """Prove a source that reads a site: every status from 400 to 599, and all that a hostile site may play."""

    def plays(play: web.Play) -> Callable[[], None]:
        def put() -> None:
            site.everywhere = play

        return put

    return SourceProof(
        build=build,
        calm=plays(good),
        refusals={f"status {status}": plays(web.answer(b"no", status)) for status in range(400, 600)},
        troubles={name: plays(play) for name, play in web.HOSTILE.items()},
        secrets=SECRETS,
    )


def prove_rss(site: WebSite, folder: Path) -> SourceProof:
    entries = "".join(f"<item><guid>urn:{n}</guid><title>{n}</title></item>" for n in range(3))
    feed = web.answer(f"<rss version='2.0'><channel>{entries}</channel></rss>", etag='"1"')
    return over_http(site, feed, lambda: build_source("rss", urls=(site.url(f"/feed?token={SECRET}"),), allow_private=("127.0.0.1",)))


def prove_hackernews(site: WebSite, folder: Path) -> SourceProof:
    moment = int(NOW.timestamp())
    hits = [{"objectID": str(n), "created_at_i": moment - n, "author": "jo", "comment_text": f"text {n}"} for n in range(3)]
    found = web.answer_json({"hits": hits, "nbHits": 3})
    return over_http(site, found, lambda: build_source("hackernews", api_url=site.url("/api/v1"), allow_private=("127.0.0.1",)))


def prove_file(site: WebSite, folder: Path) -> SourceProof:
    path = folder / "posts.jsonl"
    rows = "".join(json.dumps({"text": f"text {n}", "date": "2025-01-01", "network": "forum"}) + "\n" for n in range(1_200))

    def put(content: bytes) -> Callable[[], None]:
        def write() -> None:
            take_away()
            path.write_bytes(content)

        return write

    def put_folder() -> None:
        take_away()
        path.mkdir()

    def take_away() -> None:
        if path.is_dir():
            path.rmdir()
        path.unlink(missing_ok=True)

    return SourceProof(
        build=lambda: build_source("file", path=path),
        calm=put(rows.encode()),
        refusals={"no file": take_away, "one JSON array": put(b"[\n{}\n]\n")},
        troubles={
            "an empty file": put(b""),
            "zero bytes": put(bytes(9_999)),
            "garbage": put(bytes(range(256)) * 40),
            "deep nesting": put(b'{"a":' * 50_000),
            "half a line": put(rows.encode()[:50]),
            "an empty folder": put_folder,
        },
    )


SOURCE_PROOFS: dict[str, Callable[[WebSite, Path], SourceProof]] = {
    "file": prove_file,
    "rss": prove_rss,
    "hackernews": prove_hackernews,
}


def test_every_source_has_a_proof() -> None:
    assert set(SOURCE_PROOFS) == set(SOURCES)


@pytest.mark.parametrize("kind", SOURCES)
def test_a_source_keeps_its_contract(kind: str, site: WebSite, tmp_path: Path) -> None:
    verify_source(SOURCE_PROOFS[kind](site, tmp_path), BRAND)


@pytest.mark.parametrize("kind", SOURCES)
def test_a_source_says_what_it_is_and_what_its_options_are(kind: str) -> None:
    adapter = SOURCES[kind]

    assert adapter.about.endswith(".")
    assert all(option.help.endswith(".") for option in adapter.options.values())


class SoundSource:
    """Keeps every promise; each of those below breaks one."""

    name = "sound"
    troubled: ClassVar[bool] = False

    @classmethod
    def from_settings(cls, source: SourceSettings, settings: Settings) -> SoundSource:
        return cls()

    def fetch(self, brand: Brand, cursor: str) -> Batch:
        if self.troubled:
            raise Unavailable(f"{self.name}: not now")
        number = int(cursor) if cursor.isdecimal() else 0
        return Batch((self.mention(brand, number),), str(number + 1), more=number < 2)

    def mention(self, brand: Brand, number: int) -> Mention:
        return Mention("forum", str(number), brand.id, Author("jo"), "hallo", "https://forum.example/1", NOW, source=self.name)


class WithoutName(SoundSource):
    name = ""


class WithoutSettings:
    name = "unset"

    def fetch(self, brand: Brand, cursor: str) -> Batch:
        return Batch((), "")


class TakesMore(SoundSource):
    def fetch(self, brand: Brand, cursor: str, since: str = "") -> Batch:
        return Batch((), "")


class DeclaresNothing(SoundSource):
    def fetch(self, brand, cursor):  # type: ignore[no-untyped-def]
        return Batch((), "")


class GivesAList(SoundSource):
    def fetch(self, brand: Brand, cursor: str) -> Batch:
        return [self.mention(brand, 0)]  # type: ignore[return-value]


class FindsNothing(SoundSource):
    def fetch(self, brand: Brand, cursor: str) -> Batch:
        return Batch((), "")


class CountsTheCursor(SoundSource):
    def fetch(self, brand: Brand, cursor: str) -> Batch:
        return replace(super().fetch(brand, cursor), cursor=7)  # type: ignore[arg-type]


class NeverEnds(SoundSource):
    def fetch(self, brand: Brand, cursor: str) -> Batch:
        return replace(super().fetch(brand, cursor), more=True)


class RemembersInItself(SoundSource):
    def __init__(self) -> None:
        self.number = 0

    def fetch(self, brand: Brand, cursor: str) -> Batch:
        self.number += 1
        return Batch((self.mention(brand, self.number),), f"{cursor}x", more=len(cursor) < 2)


class Repeats(SoundSource):
    def fetch(self, brand: Brand, cursor: str) -> Batch:
        return Batch((self.mention(brand, 1), self.mention(brand, 1)), "")


class ForgetsTheBrand(SoundSource):
    def mention(self, brand: Brand, number: int) -> Mention:
        return replace(super().mention(brand, number), brand="other")


class ForgetsTheSource(SoundSource):
    def mention(self, brand: Brand, number: int) -> Mention:
        return replace(super().mention(brand, number), source="")


class HasNoZone(SoundSource):
    def mention(self, brand: Brand, number: int) -> Mention:
        return replace(super().mention(brand, number), posted_at=NOW.replace(tzinfo=None))


class LinksToAScript(SoundSource):
    def mention(self, brand: Brand, number: int) -> Mention:
        return replace(super().mention(brand, number), url="javascript:alert(1)")


class RejectsWithoutReason(SoundSource):
    def fetch(self, brand: Brand, cursor: str) -> Batch:
        return replace(super().fetch(brand, cursor), rejected=[RejectedRow("x", 1, "")])


class Sleeps(SoundSource):
    def fetch(self, brand: Brand, cursor: str) -> Batch:
        time.sleep(0)
        return super().fetch(brand, cursor)


class SleepsUnderAnotherName(SoundSource):
    def fetch(self, brand: Brand, cursor: str) -> Batch:
        rest(0)
        return super().fetch(brand, cursor)


class LooksAtTheClock(SoundSource):
    def fetch(self, brand: Brand, cursor: str) -> Batch:
        return replace(super().fetch(brand, cursor), cursor=str(time.time()))


class AsksWhatDayItIs(SoundSource):
    def mention(self, brand: Brand, number: int) -> Mention:
        return replace(super().mention(brand, number), posted_at=datetime.now(UTC))


class AsksAnotherWay(SoundSource):
    def mention(self, brand: Brand, number: int) -> Mention:
        return replace(super().mention(brand, number), posted_at=dt.datetime.now(dt.UTC))


class OpensADatabase(SoundSource):
    def fetch(self, brand: Brand, cursor: str) -> Batch:
        with contextlib.closing(sqlite3.connect(":memory:")):
            return super().fetch(brand, cursor)


class StartsAThread(SoundSource):
    def fetch(self, brand: Brand, cursor: str) -> Batch:
        threading.Thread(target=print).start()
        return super().fetch(brand, cursor)


class ChokesOnStrangeCursors(SoundSource):
    def fetch(self, brand: Brand, cursor: str) -> Batch:
        return super().fetch(brand, str(int(cursor or "0")))


class Troubled(SoundSource):
    error: ClassVar[Exception]

    def fetch(self, brand: Brand, cursor: str) -> Batch:
        if SoundSource.troubled:
            raise self.error
        return super().fetch(brand, cursor)


class LetsAnErrorOut(Troubled):
    error = KeyError("hits")


class LeavesItsNameOut(Troubled):
    error = Unavailable("not now")


class TellsASecret(Troubled):
    error = Rejected(f"sound: no such page: https://forum.example/?token={SECRET}")


class TellsASecretBehindItsBack(SoundSource):
    def fetch(self, brand: Brand, cursor: str) -> Batch:
        if self.troubled:
            try:
                raise ValueError(SECRET)
            except ValueError as error:
                raise Unavailable("sound: not now") from error
        return super().fetch(brand, cursor)


class TalksTooMuch(Troubled):
    error = Unavailable("sound: " + "x" * 5_000)


class WaitsInNoZone(Troubled):
    error = RateLimited("sound: later", NOW.replace(tzinfo=None))


class TakesARefusalForAnAnswer(SoundSource):
    def fetch(self, brand: Brand, cursor: str) -> Batch:
        return Batch((), cursor) if self.troubled else super().fetch(brand, cursor)


class LosesSomethingAfterTrouble(SoundSource):
    was_troubled: ClassVar[bool] = False

    def fetch(self, brand: Brand, cursor: str) -> Batch:
        if SoundSource.troubled:
            type(self).was_troubled = True
        return Batch((), "") if self.was_troubled and not SoundSource.troubled else super().fetch(brand, cursor)


def prove_played(adapter: Any) -> SourceProof:
    def trouble(troubled: bool) -> Callable[[], None]:
        return lambda: setattr(SoundSource, "troubled", troubled)

    return SourceProof(build=adapter, calm=trouble(False), refusals={"trouble": trouble(True)}, secrets=SECRETS)


def test_a_sound_source_passes() -> None:
    verify_source(prove_played(SoundSource), BRAND)


@pytest.mark.parametrize(
    ("broken", "promise"),
    [
        (object, "it lacks a name or fetch"),
        (WithoutName, "it has no name"),
        (WithoutSettings, "it has no from_settings"),
        (TakesMore, "fetch does not take brand and cursor"),
        (DeclaresNothing, "fetch is not declared to return a Batch"),
        (GivesAList, "fetch does not return a Batch"),
        (FindsNothing, "it finds nothing where something is to be read"),
        (CountsTheCursor, "its cursor is no text"),
        (NeverEnds, "more never ends"),
        (RemembersInItself, "it remembers in itself what only the cursor may remember"),
        (Repeats, "one text is in a batch twice"),
        (ForgetsTheBrand, "a mention is not of the brand it was fetched for"),
        (ForgetsTheSource, "a mention does not name its source"),
        (HasNoZone, "a mention's time is not in UTC"),
        (LinksToAScript, "a mention's address is no web address"),
        (RejectsWithoutReason, "a rejected row has no reason"),
        (Sleeps, "it sleeps"),
        (SleepsUnderAnotherName, "it sleeps"),
        (OpensADatabase, "it opens a database"),
        (AsksAnotherWay, "it looks at the clock"),
        (LooksAtTheClock, "it looks at the clock"),
        (AsksWhatDayItIs, "it looks at the clock"),
        (StartsAThread, "it starts a thread"),
        (LetsAnErrorOut, "trouble: KeyError leaves it, which is none of the three errors"),
        (LeavesItsNameOut, "trouble: the message does not begin with its name"),
        (TellsASecret, "trouble: a secret stands in the message"),
        (TellsASecretBehindItsBack, "trouble: a secret stands in the message"),
        (TalksTooMuch, "trouble: the message is too long to read"),
        (WaitsInNoZone, "trouble: retry_at is not in UTC"),
        (TakesARefusalForAnAnswer, "trouble: it takes a refusal for an answer"),
        (LosesSomethingAfterTrouble, "trouble: something is lost afterwards"),
    ],
)
def test_a_broken_source_is_found_out(broken: Any, promise: str) -> None:
    with pytest.raises(AssertionError, match=promise):
        verify_source(prove_played(broken), BRAND)


def test_a_source_that_chokes_on_a_strange_cursor_is_found_out() -> None:
    with pytest.raises(ValueError, match="not ours"):
        verify_source(prove_played(ChokesOnStrangeCursors), BRAND)
