"""The digest is mailed once a day to each recipient, whatever restarts, and says so where it is late."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

import pytest
import sqlalchemy as sa

from monitor import running, standing, telling
from monitor.command import REFUSED, UNAVAILABLE, USAGE, CommandError
from monitor.digest import Digest
from monitor.domain import MentionStatus
from monitor.erasure import Why, erase
from monitor.notifiers import NOTIFIERS
from monitor.settings import DigestSettings, NotifierSettings
from monitor.store import MonitorStore
from monitor.tables import notices
from monitor.telling import Telling, send_test
from monitor.wiring import Monitor, bare_settings
from tests.builders import a_brand, a_mention, a_sentiment
from tests.fakes.mail import MailServer

ELS, JAN, KIM = "els@waalfiets.example", "jan@waalfiets.example", "kim@waalfiets.example"
EIGHT = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
"""08:00 in Nijmegen, when the digest of 1 March is due."""
A_DIGEST = Digest("Waalfiets: nothing was said", "Nothing was said.\n", "<p>Nothing was said.</p>")
OPTIONS = {"host": "localhost", "security": "none", "from": ELS, "to": (ELS, JAN, KIM), "user": "", "password_name": "P", "unsubscribe": ""}


class Clock:
    """The clock of both modules, which a test sets."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock(EIGHT)
    for module in (telling, standing):
        monkeypatch.setattr(module, "now", clock)
    return clock


def a_telling(database: sa.Engine, *notifiers: NotifierSettings, **changes: Any) -> Telling:
    """Return what another process, or the same after a restart, would build."""
    given: dict[str, Any] = {"brands": (a_brand(),), "notifiers": notifiers, "digest_weekly": False}
    monitor = Monitor(replace(bare_settings(), **given | changes))
    vars(monitor)["database"] = database
    return Telling(monitor)


def mail(server: MailServer, **options: Any) -> NotifierSettings:
    return NotifierSettings("mail", "email", {**OPTIONS, "port": server.port, **options})


def deliver(telling: Telling, clock: Clock) -> None:
    for sending in telling.due(clock.at):
        telling.tell(sending.key, sending.notifier, sending.recipient, sending.tries)


def test_the_digest_is_mailed_once_whatever_restarts(database: sa.Engine, server: MailServer, clock: Clock) -> None:
    for _ in range(3):
        again = a_telling(database, mail(server))
        again.write_digests()
        deliver(again, clock)
        clock.at += timedelta(minutes=20)
    subjects = {str(sent["Subject"]) for _, sent in server.mails}

    assert [ELS, JAN, KIM] == sorted(server.sent_to())
    assert 1 == len(subjects)
    assert "1 maart 2026" in subjects.pop()
    assert "later dan afgesproken" not in server.mails[0][1].as_string()


def test_one_of_three_who_is_refused_for_now_is_tried_again_alone(database: sa.Engine, server: MailServer, clock: Clock) -> None:
    server.refusals[JAN] = "452 4.2.2 full"
    found = a_telling(database, mail(server))
    found.write_digests()
    deliver(found, clock)
    first = sorted(server.sent_to())
    server.refusals.clear()
    clock.at += timedelta(minutes=1)
    deliver(a_telling(database, mail(server)), clock)

    assert ([ELS, KIM], [JAN]) == (first, server.sent_to()[2:])
    assert [] == found.book.troubled(EIGHT)


def test_one_who_is_refused_for_good_is_told_of_and_the_others_have_it(database: sa.Engine, server: MailServer, clock: Clock) -> None:
    server.refusals[JAN] = "550 5.1.1 no such user"
    found = a_telling(database, mail(server))
    found.write_digests()
    deliver(found, clock)
    clock.at += timedelta(days=1)
    deliver(found, clock)
    untold = standing.standing(found.monitor).untold

    assert [ELS, KIM] == sorted(server.sent_to())
    assert [(JAN, 1)] == [(sending.recipient, sending.tries) for sending in untold]
    assert "no such user" in untold[0].error


def test_a_server_that_stays_away_is_asked_ever_less_often_and_given_up_after_two_days(
    database: sa.Engine, server: MailServer, clock: Clock
) -> None:
    server.on_data = "451 later"
    found = a_telling(database, mail(server, to=(ELS,)))
    found.write_digests()
    tries = 0
    while found.due(clock.at) or clock.at < EIGHT + timedelta(days=3):
        tries += len(found.due(clock.at))
        deliver(found, clock)
        clock.at += timedelta(minutes=1)

    assert 40 < tries < 70
    assert [] == server.mails
    assert 1 == len(found.book.troubled(EIGHT))


def test_days_that_were_missed_are_made_up_for_and_say_so(database: sa.Engine, server: MailServer, clock: Clock) -> None:
    found = a_telling(database, mail(server, to=(ELS,)))
    found.write_digests()
    clock.at = EIGHT + timedelta(days=3)
    found.write_digests()
    deliver(found, clock)
    bodies = {str(sent["Subject"]).split(":")[0]: str(sent) for _, sent in server.mails}

    assert 4 == len(bodies)
    assert [False, True, True, False] == [
        "later dan" in next(body for name, body in bodies.items() if f" {day} maart" in name) for day in (1, 2, 3, 4)
    ]


def test_after_a_long_standstill_a_week_is_made_up_for(database: sa.Engine, server: MailServer, clock: Clock) -> None:
    found = a_telling(database, mail(server, to=(ELS,)))
    found.write_digests()
    clock.at = EIGHT + timedelta(days=60)
    found.write_digests()

    assert 8 == len(found.due(clock.at))


@pytest.mark.parametrize(
    ("at", "day"),
    [("2026-03-02T08:00", date(2026, 3, 1)), ("2026-03-02T07:59", date(2026, 2, 28)), ("2026-03-29T09:00", date(2026, 3, 28))],
)
def test_a_digest_is_of_the_day_before_the_one_on_which_it_is_due(at: str, day: date) -> None:
    settings = DigestSettings(at=time(8))

    assert [day] == telling._days_due(datetime.fromisoformat(at), settings, None)
    assert [] == telling._days_due(datetime.fromisoformat(at), settings, day)


@pytest.mark.parametrize("began", [datetime(2026, 3, 27, 12, tzinfo=UTC), datetime(2026, 10, 23, 12, tzinfo=UTC)])
@pytest.mark.parametrize("at", [time(2, 30), time(0)])
def test_an_hour_that_the_clock_leaves_out_or_strikes_twice_brings_one_digest(
    database: sa.Engine, server: MailServer, clock: Clock, began: datetime, at: time
) -> None:
    found = a_telling(database, mail(server, to=(ELS,)), digest_at=at)
    days = []
    for half_hour in range(2 * 24 * 3):
        clock.at = began + timedelta(minutes=30 * half_hour)
        found.write_digests()
        days.append(len(found.due(clock.at)))

    assert [0, 1] == sorted({after - before for before, after in pairwise(days)})
    assert 4 == days[-1]


def test_on_mondays_the_week_is_told_as_well_once_whatever_restarts(database: sa.Engine, server: MailServer, clock: Clock) -> None:
    for _ in range(3):
        again = a_telling(database, mail(server, to=(ELS,)), digest_weekly=True)
        again.write_digests()
        deliver(again, clock)
    subjects = sorted(str(sent["Subject"]).split(":")[0].strip() for _, sent in server.mails)

    assert ["Waalfiets, maandag 23 februari 2026 tot en met zondag 1 maart 2026", "Waalfiets, zondag 1 maart 2026"] == subjects


def test_a_week_that_was_missed_is_told_late_and_says_so(database: sa.Engine, server: MailServer, clock: Clock) -> None:
    found = a_telling(database, mail(server, to=(ELS,)), digest_weekly=True)
    found.write_digests()
    clock.at = EIGHT + timedelta(days=9)
    found.write_digests()
    deliver(found, clock)
    weeks = {str(sent["Subject"]): str(sent) for _, sent in server.mails if "tot en met" in str(sent["Subject"])}

    assert [False, True] == ["later dan" in flat for flat in (" ".join(body.split()) for body in weeks.values())]


@pytest.mark.parametrize(
    ("at", "newest", "began", "weeks"),
    [
        ("2026-03-02T08:00", None, "2026-03-01", ["2026-02-23"]),
        ("2026-03-02T07:59", None, "2026-02-01", ["2026-02-16"]),
        # Who began on a Monday is told of the week at its end; who was away then, when they are back.
        ("2026-03-03T08:00", None, "2026-03-02", []),
        ("2026-03-10T08:00", None, "2026-03-02", ["2026-03-02"]),
        ("2026-03-10T08:00", None, None, []),
        ("2026-03-30T08:00", "2026-02-23", "2026-02-01", ["2026-03-16", "2026-03-23"]),
        ("2026-03-02T08:00", "2026-02-23", "2026-02-01", []),
    ],
)
def test_a_week_is_due_on_the_monday_after_it(at: str, newest: str | None, began: str | None, weeks: list[str]) -> None:
    settings = DigestSettings(at=time(8))
    days = [date.fromisoformat(day) if day else None for day in (newest, began)]

    assert weeks == [str(day) for day in telling._weeks_due(datetime.fromisoformat(at), settings, *days)]


def test_an_empty_day_gets_its_short_digest_unless_nobody_wants_it(database: sa.Engine, server: MailServer, clock: Clock) -> None:
    silent = a_telling(database, mail(server, to=(ELS,)), digest_when_empty=False)
    silent.write_digests()
    before = (server.sent_to(), list(silent.due(clock.at)), silent.book.ends("digest/"))
    clock.at += timedelta(days=1)
    talking = a_telling(database, mail(server, to=(ELS,)))
    talking.write_digests()
    deliver(talking, clock)

    assert ([], [], {"": ("digest/2026-03-01",) * 2, "waalfiets": ("digest/waalfiets/2026-03-01",) * 2}) == before
    assert [ELS] == server.sent_to()
    assert "niets over Waalfiets gezegd" in server.mails[0][1].as_string()


def test_without_a_notifier_the_digest_is_printed_once(database: sa.Engine, clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        again = a_telling(database)
        again.write_digests()
        deliver(again, clock)

    assert 1 == capsys.readouterr().out.count("Waalfiets, zondag 1 maart 2026")


def test_whom_the_configuration_no_longer_names_is_not_told(database: sa.Engine, server: MailServer, clock: Clock) -> None:
    hook = NotifierSettings("screen", "console")
    a_telling(database, mail(server, to=(ELS, JAN)), hook).write_digests()
    now_only_els = a_telling(database, mail(server, to=(ELS,)))
    deliver(now_only_els, clock)
    errors = sorted(sending.error for sending in now_only_els.book.troubled(EIGHT))

    assert [ELS] == server.sent_to()
    assert [f"mail: monitor.toml names {JAN} no more", "screen: monitor.toml names no such notifier any more"] == errors


def test_a_sending_that_another_took_is_left_alone(database: sa.Engine, server: MailServer, clock: Clock) -> None:
    found = a_telling(database, mail(server, to=(ELS,)))
    found.write_digests()
    sending = found.due(clock.at)[0]
    for _ in range(2):
        found.tell(sending.key, sending.notifier, sending.recipient, sending.tries)

    assert [ELS] == server.sent_to()


def test_a_test_goes_to_one_address_and_no_record_keeps_it(database: sa.Engine, server: MailServer, clock: Clock) -> None:
    found = a_telling(database, mail(server))
    name = send_test(found.monitor, "me@waalfiets.example", A_DIGEST)

    assert ("mail", ["me@waalfiets.example"]) == (name, server.sent_to())
    assert {} == found.book.ends("")


def test_a_test_mail_is_sent_though_a_pager_lacks_its_key(database: sa.Engine, server: MailServer, clock: Clock) -> None:
    options = {name: option.default for name, option in NOTIFIERS["pagerduty"].options.items()}
    found = a_telling(database, NotifierSettings("pager", "pagerduty", options), mail(server))

    with pytest.raises(CommandError, match=r"notifier pager: the integration key \(PAGERDUTY_ROUTING_KEY in \.env\) is missing"):
        _ = found.monitor.notifiers
    assert "mail" == send_test(found.monitor, "me@waalfiets.example", A_DIGEST)


@pytest.mark.parametrize(
    ("to", "answer", "code"),
    [("me", "250 OK", USAGE), ("me@w.example", "554 spam", REFUSED), ("me@w.example", "451 later", UNAVAILABLE)],
)
def test_a_test_that_does_not_get_there_says_why(
    database: sa.Engine, server: MailServer, clock: Clock, to: str, answer: str, code: int
) -> None:
    server.on_data = answer
    with pytest.raises(CommandError) as told:
        send_test(a_telling(database, mail(server)).monitor, to, A_DIGEST)

    assert code == told.value.code


def test_a_test_needs_a_notifier_that_sends_mail(database: sa.Engine, clock: Clock) -> None:
    with pytest.raises(CommandError, match="that sends mail"):
        send_test(a_telling(database).monitor, ELS, A_DIGEST)


def test_monitor_run_mails_what_waits(sqlite_database: sa.Engine, server: MailServer) -> None:
    found = a_telling(sqlite_database, mail(server), scorers=("vader",))
    found.write_digests()
    pause = threading.Event()
    running.run(found.monitor, lambda _seconds: pause.wait(0.05) or len(server.mails) == 3)

    assert [ELS, JAN, KIM] == sorted(server.sent_to())
    assert [] == [sending for sending in found.due(datetime.now(UTC) + timedelta(days=1)) if sending.tries == 0]


def test_a_notifier_that_cannot_be_right_is_told_at_the_start(database: sa.Engine, server: MailServer) -> None:
    with pytest.raises(CommandError, match=r"^monitor\.toml: notifier mail: 'nobody' is no mail address"):
        _ = a_telling(database, mail(server, to=("nobody",))).monitor.notifiers


def test_a_digest_that_waits_is_written_anew_without_what_was_taken_back_meanwhile(
    database: sa.Engine, server: MailServer, clock: Clock
) -> None:
    store = MonitorStore(database)
    found = [a_mention("my zilvernaald broke", external_id="1"), a_mention("my bridge broke", external_id="2")]
    store.save_batch("sample", "waalfiets", found, cursor="c", at=EIGHT - timedelta(hours=10))
    store.record_scores([(one.id, "en", a_sentiment()) for one in store.waiting(MentionStatus.NEW, 9)], EIGHT)
    telling = a_telling(database, mail(server, to=(ELS,)))
    telling.write_digests()
    [before] = texts(database)
    with database.begin() as connection:
        erase(connection, [1], Why.GONE, actor="recheck", at=EIGHT)
    [between] = texts(database)
    deliver(telling, clock)
    [(_, sent)] = server.mails
    body = sent.get_body(("plain",))
    assert body is not None

    assert ("zilvernaald" in before, between) == (True, "")
    assert "zilvernaald" not in sent.as_string()
    assert "my bridge broke" in body.get_content()


def texts(database: sa.Engine) -> list[str]:
    with database.connect() as connection:
        return list(connection.scalars(sa.select(notices.c.text).where(notices.c.brand == "")))
