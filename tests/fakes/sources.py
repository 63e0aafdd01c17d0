"""A source that keeps every promise of its contract, and many of which each breaks one; played, nothing is read."""

from __future__ import annotations

import contextlib
import datetime as dt
import sqlite3
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime
from time import sleep as rest
from typing import ClassVar

from monitor.contracts import Batch, RateLimited, Rejected, RejectedRow, Unavailable
from monitor.domain import Author, Brand, Mention
from monitor.settings import Settings, SourceSettings
from tests.builders import NOW

SECRET = "hidden-in-the-address"


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
