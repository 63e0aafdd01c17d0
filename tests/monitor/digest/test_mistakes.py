"""What the digest says of our own mistakes: labels that people corrected, and sources that were down."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from monitor.contracts import Notice
from monitor.digest import Mistakes, write
from monitor.domain import Label, SourceHealth, Verdict
from monitor.figures import read_figures
from monitor.labelbook import LabelBook
from monitor.labelled import unlink_labels
from monitor.noticebook import NoticeBook
from monitor.store import MonitorStore
from tests.builders import NOW, a_brand, a_sentiment
from tests.builders import a_mention as mention
from tests.chain import save_mentions

DAY = (NOW - timedelta(hours=12), NOW + timedelta(hours=12))


def judged(database: sa.Engine, label: Label, number: str) -> int:
    """Store a mention that we judged so, and return its id."""
    [stored] = [one for one in save_mentions(database, mention(external_id=number)) if one.mention.external_id == number]
    MonitorStore(database).record_scores([(stored.id, "en", a_sentiment(label))], NOW)
    return stored.id


def say(database: sa.Engine, mention_id: int, *verdicts: Verdict, by: str = "Els Kamps", after: timedelta = timedelta(0)) -> None:
    for number, verdict in enumerate(verdicts):
        assert LabelBook(database).label(mention_id, verdict, by=by, at=NOW + after + timedelta(seconds=number), door="label")


def mistakes(database: sa.Engine, *sources: str) -> Mistakes:
    health = [SourceHealth(name, "waalfiets", "", NOW, None, 0, "", 0) for name in sources]
    return read_figures(database, a_brand(), *DAY, health).mistakes


def test_labels_that_people_corrected_are_told_by_what_was_wrong_with_them(database: sa.Engine) -> None:
    said = {"1": Verdict.NOT_NEGATIVE, "2": Verdict.NEUTRAL, "3": Verdict.NEGATIVE, "4": Verdict.NOT_ABOUT_US, "5": Verdict.NEEDS_NO_ANSWER}
    for number, verdict in said.items():
        say(database, judged(database, Label.NEGATIVE, number), verdict)
    say(database, judged(database, Label.NEUTRAL, "6"), Verdict.NEGATIVE)
    say(database, judged(database, Label.NEUTRAL, "7"), Verdict.POSITIVE)
    found = mistakes(database)
    text = " ".join(write([read_figures(database, a_brand(), *DAY)], "en", NOW).text.split())

    assert (2, 1, 1) == (found.overflagged, found.missed, found.misplaced)
    assert "2 mentions that we called negative are not, said a person." in text
    assert "1 mention that we had not called negative is negative, said a person." in text
    assert "1 mention is not about us at all, said a person." in text


def test_the_newest_word_on_a_mention_counts_once_and_only_in_its_period(database: sa.Engine) -> None:
    changed_mind = judged(database, Label.NEGATIVE, "1")
    say(database, changed_mind, Verdict.NOT_NEGATIVE, Verdict.NEGATIVE)
    two_people = judged(database, Label.NEGATIVE, "2")
    say(database, two_people, Verdict.NOT_NEGATIVE)
    say(database, two_people, Verdict.NEUTRAL, by="Jan Smit")
    say(database, judged(database, Label.NEGATIVE, "3"), Verdict.NOT_NEGATIVE, after=timedelta(days=2))

    assert Mistakes(overflagged=1) == mistakes(database)


def test_what_was_erased_since_is_still_counted_by_what_the_scorer_said(database: sa.Engine) -> None:
    for number in ("1", "2"):
        say(database, judged(database, Label.NEGATIVE, number), Verdict.NOT_NEGATIVE)
    with database.begin() as connection:
        unlink_labels(connection, [1, 2])

    assert Mistakes(overflagged=2) == mistakes(database)


def test_what_nobody_had_judged_is_no_mistake_of_a_label(database: sa.Engine) -> None:
    [stored] = save_mentions(database, mention())
    say(database, stored.id, Verdict.NEGATIVE)

    assert Mistakes() == mistakes(database)


def test_sources_that_were_down_are_named_to_the_brand_they_are_read_for(database: sa.Engine) -> None:
    book = NoticeBook(database)
    for key, at in (
        ("hn/2026-03-01", NOW),
        ("hn/2026-02-27", NOW),
        ("its/blog/2026-03-01", NOW),
        ("old/2026-02-01", DAY[0] - timedelta(1)),
    ):
        book.write(Notice(f"source/{key}", "not well", "it is down"), [], at)
    book.write(Notice("source/other/2026-03-01", "not well", "it is down"), [], NOW)
    text = " ".join(
        write([read_figures(database, a_brand(), *DAY, [SourceHealth("hn", "b", "", NOW, None, 0, "", 0)])], "en", NOW).text.split()
    )

    assert ("hn", "its/blog") == mistakes(database, "hn", "its/blog", "old").down
    assert "hn was not well for a while, or fell silent" in text


def test_what_was_tried_in_vain_is_told_before_it_is_given_up(database: sa.Engine) -> None:
    book = NoticeBook(database)
    book.write(Notice("incident/1/1", "A page", "Locks."), [("pager", ""), ("mail", "els@waalfiets.example")], NOW)
    before = mistakes(database).untold
    [pager] = [one for one in book.due(NOW) if one.notifier == "pager"]
    assert book.take(pager, NOW) is not None
    book.record_later(pager, "pager: it did not answer", NOW + timedelta(minutes=5))
    found = read_figures(database, a_brand(), *DAY)

    assert (0, 1, 0) == (before, found.mistakes.untold, found.mistakes.unsent)
    assert not found.empty
    assert "1 notice to our own people has not arrived yet and is tried again" in " ".join(write([found], "en", NOW).text.split())
    assert "1 bericht aan onze eigen mensen is nog niet aangekomen" in " ".join(write([found], "nl", NOW).text.split())
