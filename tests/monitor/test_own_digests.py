"""A brand may have a digest of its own: to its own people, in its language, at its hour, once by brand and period."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from monitor import running, standing, telling
from monitor.erasure import Why, erase
from monitor.settings import DigestSettings, NotifierSettings
from monitor.store import MonitorStore
from monitor.tables import notices, sendings
from monitor.telling import Telling, digest_ways
from monitor.wiring import Monitor, bare_settings
from tests.builders import a_brand, a_mention
from tests.fakes.mail import MailServer
from tests.monitor.test_telling import ELS, JAN, KIM, OPTIONS, Clock, deliver, mail

SEVEN = datetime(2026, 3, 3, 6, 0, tzinfo=UTC)
"""07:00 in Nijmegen on a Tuesday, and 06:00 in London."""
FIETS = a_brand()
BANK = a_brand(id="bank", name="Tyne Bank", languages=("en",), timezone="Europe/London")
OWN = DigestSettings("bank", at=time(9), timezone="Europe/London", to=(KIM, JAN))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock(SEVEN)
    for module in (telling, standing):
        monkeypatch.setattr(module, "now", clock)
    return clock


def a_telling(database: sa.Engine, *notifiers: NotifierSettings, own: tuple[DigestSettings, ...] = (OWN,), **changes: Any) -> Telling:
    given = {"brands": (FIETS, BANK), "notifiers": notifiers, "own_digests": own} | changes
    monitor = Monitor(replace(bare_settings(), **given))
    vars(monitor)["database"] = database
    return Telling(monitor)


def pass_hours(database: sa.Engine, clock: Clock, hours: int, *notifiers: NotifierSettings, **changes: Any) -> None:
    """Let time pass, with a restart each half an hour."""
    for _ in range(2 * hours):
        again = a_telling(database, *notifiers, **changes)
        again.write_digests()
        deliver(again, clock)
        clock.at += timedelta(minutes=30)


def keys(database: sa.Engine) -> list[str]:
    with database.connect() as connection:
        return list(connection.scalars(sa.select(notices.c.key).order_by(notices.c.key)))


def got(server: MailServer) -> list[tuple[str, str]]:
    return sorted((whom, str(sent["Subject"]).split(":")[0]) for whom, sent in server.mails)


def test_each_brand_is_told_at_its_hour_in_its_language_to_its_people_once(database: sa.Engine, server: MailServer, clock: Clock) -> None:
    pass_hours(database, clock, 2, mail(server, to=(ELS,)))
    at_nine = got(server)
    pass_hours(database, clock, 24, mail(server, to=(ELS,)), digest_weekly=False)
    of_kim = [sent for whom, sent in server.mails if whom == KIM]

    # Nine in London is ten in Nijmegen.
    assert [(ELS, "Waalfiets, maandag 2 maart 2026")] == [one for one in at_nine if "2 maart" in one[1]]
    assert {"digest/2026-03-02", "digest/bank/2026-03-02", "digest/2026-03-03"} <= {*keys(database)}
    assert 1 == sum("Monday 2 March 2026" in str(sent["Subject"]) for sent in of_kim)
    assert len(set(got(server))) == len(server.mails)
    assert {"Tyne Bank"} == {subject.split(",")[0] for whom, subject in got(server) if whom in {KIM, JAN}}
    assert {"Waalfiets"} == {subject.split(",")[0] for whom, subject in got(server) if whom == ELS}


def test_what_the_common_digest_told_of_a_brand_is_not_told_again_when_it_gets_its_own(
    database: sa.Engine, server: MailServer, clock: Clock
) -> None:
    common = a_telling(database, mail(server, to=(ELS,)), own=(), digest_weekly=False)
    clock.at = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
    common.write_digests()
    pass_hours(database, clock, 26, mail(server, to=(ELS,)), own=(replace(OWN, weekly=False),), digest_weekly=False)
    told = [subject for whom, subject in got(server) if whom == KIM]

    assert ["Tyne Bank, Monday 2 March 2026"] == told
    assert [f"digest/{brand}2026-03-0{day}" for brand in ("", "bank/", "waalfiets/") for day in (1, 2)] == keys(database)


def test_where_every_brand_has_its_own_the_common_one_is_done_without_a_word(database: sa.Engine, server: MailServer, clock: Clock) -> None:
    both = (OWN, DigestSettings("waalfiets", at=time(7), weekly=False, language="en"))
    pass_hours(database, clock, 5, mail(server, to=(ELS,)), own=both, digest_weekly=False)
    own = [subject for whom, subject in got(server) if whom == ELS]
    clock.at += timedelta(days=1)
    pass_hours(database, clock, 1, mail(server, to=(ELS,)), own=(), digest_weekly=False)

    assert ["Waalfiets, Monday 2 March 2026"] == own
    # Back in the common one, no day is told twice.
    assert [(ELS, "Waalfiets and Tyne Bank"[:9])] == [(whom, subject[:9]) for whom, subject in got(server) if "3 maart" in subject]
    assert "digest/2026-03-02" in keys(database)


def test_an_empty_day_of_a_brand_that_wants_none_is_done_without_a_word(database: sa.Engine, server: MailServer, clock: Clock) -> None:
    quiet = replace(OWN, when_empty=False, weekly=False)
    pass_hours(database, clock, 5, mail(server, to=(ELS,)), own=(quiet,), digest_weekly=False)

    assert {ELS} == {whom for whom, _ in got(server)}
    assert "digest/bank/2026-03-02" in keys(database)


def test_mondays_bring_the_week_of_a_brand_to_its_people(database: sa.Engine, server: MailServer, clock: Clock) -> None:
    a_telling(database, mail(server, to=(ELS,))).write_digests()
    clock.at = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)
    pass_hours(database, clock, 3, mail(server, to=(ELS,)))
    weeks = {key for key in keys(database) if key.startswith("weekly/")}

    # That of the week before, in which nobody listened until its last day, is the first.
    assert {f"weekly/{brand}{monday}" for brand in ("", "bank/", "waalfiets/") for monday in ("2026-02-23", "2026-03-02")} == weeks


def test_one_that_cannot_be_written_keeps_no_other_from_being(
    database: sa.Engine, server: MailServer, clock: Clock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail_for_the_bank(*given: Any, brands: Any, **more: Any) -> Any:
        if BANK in brands:
            raise ValueError("its figures cannot be read")
        return standing.figures_of(*given, brands=brands, **more)

    monkeypatch.setattr(telling, "figures_of", fail_for_the_bank)
    with pytest.raises(ValueError, match="cannot be read"):
        a_telling(database, mail(server)).write_digests()

    assert [
        f"{kind}/{brand}{day}" for kind, day in (("digest", "2026-03-01"), ("weekly", "2026-02-23")) for brand in ("", "waalfiets/")
    ] == keys(database)
    assert "the digest of bank cannot be written" in caplog.text


def test_its_own_addresses_are_told_by_one_mailer_and_the_rest_as_it_was(database: sa.Engine, server: MailServer) -> None:
    hook = NotifierSettings("hook", "webhook", {"url": "https://hook.example/a", "secret_name": "S"})
    second = NotifierSettings("second", "email", {**OPTIONS, "port": server.port})
    monitor = a_telling(database, mail(server, to=(ELS,)), second, hook, environment={"S": "x" * 32}).monitor

    assert [("hook", ""), ("mail", KIM), ("mail", JAN)] == list(digest_ways(monitor, OWN))
    assert [("second", KIM), ("second", JAN)] == list(digest_ways(monitor, replace(OWN, by=("second",))))
    assert [("mail", ELS), ("hook", "")] == list(digest_ways(monitor, DigestSettings("bank", by=("mail", "hook"))))
    assert [("hook", ""), ("mail", ELS)] == sorted(set(digest_ways(monitor, DigestSettings())) - {("second", one) for one in OPTIONS["to"]})


def test_monitor_run_mails_what_waits_of_a_brands_own(sqlite_database: sa.Engine, server: MailServer) -> None:
    found = a_telling(sqlite_database, mail(server, to=(ELS,)), scorers=("vader",))
    found.write_digests()
    pause = threading.Event()
    running.run(found.monitor, lambda _seconds: pause.wait(0.05) or {ELS, KIM, JAN} == set(server.sent_to()))
    with sqlite_database.connect() as connection:
        names = set(connection.scalars(sa.text("SELECT schedule_name FROM workflow_schedules")))

    assert {"monitor/digest", "monitor/digest bank"} <= names


def test_who_is_named_no_more_is_not_written_to(database: sa.Engine, server: MailServer, clock: Clock) -> None:
    clock.at += timedelta(hours=4)
    a_telling(database, mail(server, to=(ELS,))).write_digests()
    deliver(a_telling(database, mail(server, to=(ELS,)), own=(replace(OWN, to=(JAN,)),)), clock)
    with database.connect() as connection:
        lost = connection.execute(sa.select(sendings.c.recipient).where(sendings.c.state == "failed")).scalars().all()

    assert {ELS, JAN} == {whom for whom, _ in got(server)}
    assert {KIM} == {*lost}


def test_what_was_taken_back_meanwhile_leaves_a_brands_own_digest(database: sa.Engine, server: MailServer, clock: Clock) -> None:
    clock.at += timedelta(hours=4)
    store = MonitorStore(database)
    found = [
        a_mention(f"my {word} broke", external_id=word, brand=brand) for brand in ("bank", "waalfiets") for word in ("zilvernaald", "lamp")
    ]
    for brand in ("bank", "waalfiets"):
        store.save_batch("sample", brand, [one for one in found if one.brand == brand], cursor="c", at=SEVEN - timedelta(hours=12))
    found_telling = a_telling(database, mail(server, to=(ELS,)), own=(replace(OWN, to=(KIM,), weekly=False),), digest_weekly=False)
    found_telling.write_digests()
    with database.begin() as connection:
        erase(connection, [1], Why.GONE, actor="recheck", at=clock.at)
    deliver(found_telling, clock)
    of_kim = next(sent for whom, sent in server.mails if whom == KIM)

    assert "zilvernaald" not in of_kim.as_string()
    assert "Tyne Bank, Monday 2 March 2026" == str(of_kim["Subject"]).split(":")[0]
    assert "Waalfiets" not in str(of_kim["Subject"])
