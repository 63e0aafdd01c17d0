"""Each day of a brand is told once, whatever becomes of its hour, its clock and whose digest it stands in."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

import pytest
import sqlalchemy as sa

from monitor import standing, telling
from monitor.contracts import Notice
from monitor.noticebook import NoticeBook
from monitor.settings import DigestSettings
from monitor.telling import Telling
from monitor.wiring import Monitor, bare_settings
from tests.builders import a_brand
from tests.fakes.mail import MailServer
from tests.monitor.test_telling import ELS, KIM, Clock, deliver, mail

FIETS = a_brand(languages=("en",))
BANK = a_brand(id="bank", name="Tyne Bank", languages=("en",), timezone="Europe/London")
MIDNIGHT = datetime(2026, 3, 2, 0, 0, tzinfo=UTC)
OWN = DigestSettings("bank", at=time(8), timezone="Europe/Amsterdam", to=(KIM,))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock(MIDNIGHT)
    for module in (telling, standing):
        monkeypatch.setattr(module, "now", clock)
    return clock


@dataclass
class Life:
    """A database, a mail server and a clock, through which settings change."""

    database: sa.Engine
    server: MailServer
    clock: Clock

    def telling(self, *, at: time = time(8), own: Sequence[DigestSettings] = (), weekly: bool = False) -> Telling:
        """Return what a process that starts with these settings would build."""
        given = replace(bare_settings(), brands=(FIETS, BANK), notifiers=(mail(self.server, to=(ELS,)),), own_digests=tuple(own))
        monitor = Monitor(replace(given, digest_at=at, digest_weekly=weekly))
        vars(monitor)["database"] = self.database
        return Telling(monitor)

    def until(self, day: int, hour: int, *, at: time = time(8), own: Sequence[DigestSettings] = (), weekly: bool = False) -> None:
        """Let time pass with these settings up to an hour of a day of March 2026, UTC, with a restart each hour."""
        while self.clock.at < datetime(2026, 3, day, hour, tzinfo=UTC):
            found = self.telling(at=at, own=own, weekly=weekly)
            found.write_digests()
            deliver(found, self.clock)
            self.clock.at += timedelta(hours=1)

    def told(self, brand: str, *, weeks: bool = False) -> list[str]:
        """Return the days, or the first days of weeks, of which anybody was told about a brand, each as often as that was so."""
        subjects = [str(sent["Subject"]).partition(":")[0].partition(", ") for _, sent in self.server.mails]
        periods = [period.split(" to ") for brands, _, period in subjects if brand in brands]
        first = [datetime.strptime(period[0], "%A %d %B %Y").date() for period in periods if (len(period) == 2) == weeks]  # noqa: DTZ007 - a day
        return sorted(day.isoformat() for day in first)


@pytest.fixture
def life(sqlite_database: sa.Engine, server: MailServer, clock: Clock) -> Life:
    """Everybody's digest since the second of March."""
    return begun(sqlite_database, server, clock)


def begun(database: sa.Engine, server: MailServer, clock: Clock) -> Life:
    life = Life(database, server, clock)
    life.until(3, 12)
    return life


def days(last: int) -> list[str]:
    """Return every day from the first that was told, the last of February."""
    return ["2026-02-28", *(f"2026-03-{day:02}" for day in range(1, last + 1))]


def test_each_day_is_told_of_each_brand(life: Life) -> None:
    assert [days(2), days(2)] == [life.told("Waalfiets"), life.told("Tyne Bank")]


@pytest.mark.parametrize("hour", [5, 20])
@pytest.mark.parametrize("changed_at", [3, 9, 22])
def test_another_hour_leaves_no_day_out_and_tells_none_twice(life: Life, hour: int, changed_at: int) -> None:
    life.until(4, changed_at, own=[OWN])
    life.until(6, 23, own=[replace(OWN, at=time(hour))])

    assert [days(5), days(5)] == [life.told("Waalfiets"), life.told("Tyne Bank")]


@pytest.mark.parametrize(("own", "common"), [(6, 8), (8, 6), (20, 8)])
@pytest.mark.parametrize("changed_at", [3, 7, 12])
def test_a_brand_that_leaves_its_own_digest_is_told_of_the_days_between_once(life: Life, own: int, common: int, changed_at: int) -> None:
    life.until(4, changed_at, own=[replace(OWN, at=time(own))], at=time(common))
    life.until(5, changed_at, at=time(common))
    life.until(6, changed_at, own=[replace(OWN, at=time(own))], at=time(common))
    life.until(8, 23, at=time(common))

    assert [days(7), days(7)] == [life.told("Waalfiets"), life.told("Tyne Bank")]


def test_who_comes_back_to_a_digest_of_their_own_is_not_told_again_of_what_the_common_one_told(life: Life) -> None:
    life.until(5, 12, own=[OWN])
    life.until(8, 12)
    life.until(10, 12, own=[OWN])

    assert days(9) == life.told("Tyne Bank")


def test_what_the_common_digest_told_the_others_before_is_told_of_that_brand_alone(life: Life) -> None:
    life.until(4, 9, own=[replace(OWN, at=time(20))])
    before = len(life.server.mails)
    life.until(4, 11)

    assert ["Tyne Bank, Tuesday 3 March 2026"] == [str(sent["Subject"]).partition(":")[0] for _, sent in life.server.mails[before:]]
    assert ELS == life.server.mails[-1][0]


def test_weeks_too_are_told_once_wherever_a_brand_stands(life: Life) -> None:
    life.until(9, 7, own=[replace(OWN, at=time(20))], weekly=True)
    life.until(9, 12, weekly=True)
    life.until(16, 12, own=[OWN], weekly=True)
    life.until(24, 12, weekly=True)

    assert ["2026-02-23", "2026-03-02", "2026-03-09", "2026-03-16"] == life.told("Waalfiets", weeks=True)
    assert life.told("Waalfiets", weeks=True) == life.told("Tyne Bank", weeks=True)


@pytest.mark.parametrize("seed", range(3))
def test_any_course_of_changes_tells_each_day_once(database: sa.Engine, server: MailServer, clock: Clock, seed: int) -> None:
    life, chance = begun(database, server, clock), random.Random(seed)
    for day in range(4, 14):
        own = [replace(OWN, at=time(chance.randrange(24)), timezone=chance.choice(["Europe/London", "Asia/Tokyo"]))]
        life.until(day, chance.randrange(24), own=own if chance.random() < 0.6 else [], at=time(chance.randrange(24)))
    life.until(16, 23)

    assert [days(15), days(15)] == [life.told("Waalfiets"), life.told("Tyne Bank")]


def test_where_another_process_told_of_a_brand_meanwhile_the_common_digest_is_written_without_it(
    database: sa.Engine, server: MailServer, clock: Clock
) -> None:
    life = begun(database, server, clock)
    found, book = life.telling(), NoticeBook(life.database)
    mine, theirs = Notice("digest/2026-03-03", "t", "x"), Notice("digest/bank/2026-03-03", "", "", brand="bank")
    others = Notice("digest/waalfiets/2026-03-03", "", "", brand="waalfiets")
    book.write(theirs, (), life.clock.at)

    assert not book.write(mine, (), life.clock.at, [others, theirs])
    assert "digest/2026-03-02" == book.ends("digest/")[""][1]

    life.clock.at += timedelta(days=1)
    found.write_digests()
    deliver(found, life.clock)

    assert [days(3), days(2)] == [life.told("Waalfiets"), life.told("Tyne Bank")]
