"""Notices are written down once, taken by one, recorded per recipient, and forgotten when nobody waits."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from monitor.contracts import Notice
from monitor.noticebook import LEASE, NoticeBook, Sending
from monitor.tables import notices
from tests.builders import NOW

NOTICE = Notice("digest/2026-03-01", "Waalfiets", "Twaalf vermeldingen.", "<p>Twaalf</p>", "waalfiets")
WAYS = [("mail", "els@waalfiets.example"), ("mail", "jan@waalfiets.example"), ("hook", "")]
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def book(database: sa.Engine) -> NoticeBook:
    """A book with one notice for three."""
    book = NoticeBook(database)
    book.write(NOTICE, WAYS, NOW)
    return book


def words_of(database: sa.Engine) -> str:
    with database.connect() as connection:
        return "".join(connection.execute(sa.select(notices.c.title, notices.c.text, notices.c.html)).one())


def test_a_notice_is_written_once(book: NoticeBook) -> None:
    again = book.write(Notice(NOTICE.key, "other", "words"), [("mail", "eve@evil.example")], NOW)

    assert not again
    assert sorted(WAYS) == sorted((sending.notifier, sending.recipient) for sending in book.due(NOW))


def test_a_sending_is_taken_by_one_and_comes_back_after_its_lease(book: NoticeBook) -> None:
    sending = book.due(NOW)[0]
    taken, second = book.take(sending, NOW), book.take(sending, NOW)
    back = [found for found in book.due(NOW + LEASE) if found.tries == 1]

    assert ((NOTICE, NOW), None) == (taken, second)
    assert 2 == len(book.due(NOW))
    assert [(sending.notifier, sending.recipient)] == [(found.notifier, found.recipient) for found in back]


def test_what_one_is_refused_does_not_touch_the_others(book: NoticeBook) -> None:
    refused, sent, put_off = book.due(NOW)
    for sending in (refused, sent, put_off):
        book.take(sending, NOW)
    book.record_failed(refused, "mail: no such user", NOW)
    book.record_sent(sent, NOW)
    book.record_later(put_off, "mail: full", LATER)

    assert [] == book.due(LATER - timedelta(seconds=1))
    assert [(put_off.notifier, put_off.recipient, "mail: full")] == [(s.notifier, s.recipient, s.error) for s in book.due(LATER)]
    assert {"mail: no such user", "mail: full"} == {sending.error for sending in book.troubled(NOW)}
    assert {"mail: full"} == {sending.error for sending in book.troubled(LATER)}


def test_who_held_it_too_long_can_only_say_that_it_was_sent(book: NoticeBook) -> None:
    slow = book.due(NOW)[0]
    book.take(slow, NOW)
    quick = next(found for found in book.due(NOW + LEASE) if found.tries == 1)
    book.take(quick, NOW + LEASE)
    book.record_failed(slow, "too late", NOW + LEASE)
    book.record_later(slow, "too late", NOW)

    assert [] == book.troubled(NOW)
    book.record_sent(slow, NOW)
    book.record_failed(quick, "it was sent before", NOW)

    assert [] == book.troubled(NOW)


def test_its_words_are_forgotten_when_nobody_waits_any_more(book: NoticeBook, database: sa.Engine) -> None:
    for number, sending in enumerate(book.due(NOW)):
        book.take(sending, NOW)
        (book.record_failed(sending, "no", NOW) if number == 1 else book.record_sent(sending, NOW))

        assert (number == 2) == (words_of(database) == "")
    assert not book.write(NOTICE, WAYS, NOW)
    assert [] == book.due(LATER)


def test_a_notice_for_nobody_is_remembered_without_its_words(database: sa.Engine) -> None:
    book = NoticeBook(database)

    assert book.write(NOTICE, [], NOW)
    assert "" == words_of(database)
    assert not book.write(NOTICE, WAYS, NOW)


def test_the_newest_key_is_found_by_its_beginning(book: NoticeBook) -> None:
    book.write(Notice("digest/2026-02-28", "t", "x"), [], NOW)
    book.write(Notice("page/9", "t", "x"), [], NOW)

    assert [{"waalfiets": ("digest/2026-03-01",) * 2, "": ("digest/2026-02-28",) * 2}, {}, {}] == [
        *map(book.ends, ("digest/", "digest%", "x"))
    ]


def test_a_sending_nobody_knows_is_not_taken(book: NoticeBook) -> None:
    assert book.take(Sending("digest/1999-01-01", "mail", "els@waalfiets.example", 0), NOW) is None


def test_attachments_are_refused_for_they_would_be_lost(database: sa.Engine) -> None:
    with pytest.raises(ValueError, match="attachments"):
        NoticeBook(database).write(Notice("k", "t", "x", attachments=(("a", b""),)), [], NOW)
