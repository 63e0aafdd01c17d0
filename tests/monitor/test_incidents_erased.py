"""What somebody took back leaves incidents too: the pages that wait, and why people closed or silenced them, to the last byte."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from monitor.domain import Author, Silence
from monitor.erasure import Why, erase
from monitor.store import MonitorStore
from monitor.tables import happenings, mentions, notices, silences
from monitor.traces import wipe
from tests.builders import a_mention
from tests.fakes.mail import MailServer
from tests.monitor.test_alerting import NOON, Clock, a_burst, a_quiet_past, an_alerting, clock, mail, save
from tests.monitor.test_erasure import HANDLE, NEEDLE, SECRETS, content, held

__all__ = ["clock"]  # Fixtures, which tests name.

SAID = f"My {NEEDLE} broke at the Burchtstraat, and nobody of Waalfiets answers me about it."


def a_page_that_quotes(database: sa.Engine, server: MailServer, clock: Clock) -> int:
    """Let a burst page, with one text in it that its author takes back, and let people say in their own words why it is over."""
    a_quiet_past(database)
    save(database, a_burst(NOON), kind="burst")
    clock.at += timedelta(minutes=50)
    theirs = a_mention(SAID, author=Author(HANDLE, "Kees Kwetsbaar"), url="https://elders.example/@kwetsbaar/1", posted_at=clock.at)
    MonitorStore(database).save_batch("sample", "waalfiets", [theirs], cursor="c", at=clock.at)
    with database.begin() as connection:
        # The one that a page quotes first: it is a danger, and the newest.
        found = connection.scalars(sa.select(mentions.c.id).where(mentions.c.text == SAID)).one()
        values = {"status": "escalated", "label": "negative", "action": "escalate", "posted_at": clock.at - timedelta(minutes=1)}
        connection.execute(sa.update(mentions).where(mentions.c.id == found).values(**values))
    alert = an_alerting(database, mail(server))
    alert.count()
    why = f"it was only {HANDLE}: My {NEEDLE} broke at the Burchtstraat, and nobody"
    alert.book.silence(Silence(0, "waalfiets", "", "Els Kamps", why, clock.at, clock.at + timedelta(hours=1)))
    alert.book.resolve(1, "Els Kamps", clock.at, why, false=True)
    return int(found)


def page(database: sa.Engine) -> str:
    with database.connect() as connection:
        return str(connection.scalars(sa.select(notices.c.text).where(notices.c.key == "incident/1/1")).one())


def test_nothing_of_it_is_left_in_any_row_of_incidents_or_pages(database: sa.Engine, server: MailServer, clock: Clock) -> None:
    theirs = a_page_that_quotes(database, server, clock)
    before, page_before = content(database), page(database)
    with database.begin() as connection:
        erase(connection, [theirs], Why.GONE, actor="recheck", at=clock.at)
    after = content(database)
    with database.connect() as connection:
        reasons = [*connection.scalars(sa.select(happenings.c.reason)), *connection.scalars(sa.select(silences.c.reason))]

    assert NEEDLE in page_before
    assert [True] * len(SECRETS) == [secret in before for secret in SECRETS]
    assert [False] * len(SECRETS) == [secret in after for secret in SECRETS]
    assert {"", "it was only @…@….…: My … … at the …, and …"} == {*reasons}
    assert "What changed" in page(database)


def test_nothing_of_it_is_left_in_any_byte_of_the_file(sqlite_database: sa.Engine, server: MailServer, clock: Clock) -> None:
    theirs = a_page_that_quotes(sqlite_database, server, clock)
    before = held(sqlite_database)
    with sqlite_database.begin() as connection:
        erase(connection, [theirs], Why.ASKED, actor="Els Kamps", at=clock.at)
    wipe(sqlite_database)
    after = held(sqlite_database)

    assert [True] * len(SECRETS) == [secret.encode() in before for secret in SECRETS]
    assert [False] * len(SECRETS) == [secret.encode() in after for secret in SECRETS]
