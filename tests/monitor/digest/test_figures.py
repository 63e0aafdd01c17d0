"""The figures of a day: what needs somebody, what is usual, what was turned down and by whom, and what it cost."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from monitor import figures as figures_module
from monitor import standing
from monitor.contracts import Cost
from monitor.digest import DayCount, Override, SourceSpent, Usual, Voice, write
from monitor.domain import Action, Label
from monitor.erasure import Why, erase
from monitor.figures import read_figures, voices
from monitor.figures.days import days_until
from monitor.settings import SourceSettings
from monitor.standing import figures_of
from monitor.store import MonitorStore
from monitor.tables import mentions, notices, promises, replies, sendings
from monitor.wiring import Monitor, bare_settings
from responders.store import ReplyStore
from tests.builders import NOW, a_brand, a_mention, a_sentiment, a_triage
from tests.chain import approve, save_mentions, save_queued, save_waiting_reply

DAY = (NOW - timedelta(hours=12), NOW + timedelta(hours=12))
HOUR = timedelta(hours=1)


def heard(database: sa.Engine, label: Label, number: str, at: datetime = NOW, **changes: Any) -> None:
    of_mention = {"external_id": number, "url": f"https://social.example/{number}", **changes}
    saved = [one for one in save_mentions(database, a_mention(**of_mention), at=at) if one.mention.external_id == number]
    MonitorStore(database).record_scores([(saved[0].id, "en", a_sentiment(label))], at)


def a_monitor(database: sa.Engine, *sources: SourceSettings) -> Monitor:
    monitor = Monitor(replace(bare_settings(), brands=(a_brand(),), sources=sources))
    vars(monitor)["database"] = database
    return monitor


def test_what_is_serious_waits_before_what_is_older(database: sa.Engine) -> None:
    old = save_waiting_reply(database, external_id="1", author="@a", posted_at=NOW - 9 * HOUR)
    grave = save_waiting_reply(database, external_id="2", author="@b", approvals_needed=2, text="Two people look at this. ^EK")
    figures = read_figures(database, a_brand(), *DAY)
    text = write([figures], "en", NOW).text

    assert [(old.id, False), (grave.id, True)] == [(one.reply_id, one.serious) for one in figures.waiting]
    assert text.index(f"Reply {grave.id}: waits for a decision. Serious: needs two") < text.index(f"Reply {old.id}:")


def test_what_its_author_took_back_waits_no_more(database: sa.Engine) -> None:
    save_waiting_reply(database)
    with database.begin() as connection:
        connection.execute(mentions.update().values(status="deleted"))

    assert [] == read_figures(database, a_brand(), *DAY).waiting


def test_a_serious_mention_is_told_of_until_it_is_handled(database: sa.Engine) -> None:
    [stored] = save_queued(database, a_mention(), triage=a_triage(Action.ESCALATE, rules=("T12",)))
    before = read_figures(database, a_brand(), *DAY)
    with database.begin() as connection:
        connection.execute(mentions.update().values(status="closed"))

    assert [stored.id] == [quote.mention_id for quote in before.escalated]
    assert "Serious: needs a person" in write([before], "en", NOW).html
    assert [] == read_figures(database, a_brand(), *DAY).escalated


def test_a_day_is_held_against_the_same_day_of_the_weeks_before(database: sa.Engine) -> None:
    for weeks, count in ((0, 9), (1, 2), (2, 4), (3, 3)):
        for number in range(count):
            label = Label.NEGATIVE if number == 0 else Label.NEUTRAL
            heard(database, label, f"{weeks}/{number}", at=NOW - timedelta(weeks=weeks))
    # Somebody was heard just before that, or the third week would be one in which nobody listened all day.
    heard(database, Label.NEUTRAL, "first", at=NOW - timedelta(weeks=3, hours=20))
    figures = read_figures(database, a_brand(), *DAY)

    assert Usual(3, 1, 3) == figures.usual
    assert "That is more than usual: the same day of the last 3 weeks brought 3 mentions, 1 negative." in " ".join(
        write([figures], "en", NOW).text.split()
    )


def test_after_a_first_week_nobody_says_what_is_usual(database: sa.Engine) -> None:
    heard(database, Label.NEUTRAL, "1")
    figures = read_figures(database, a_brand(), *DAY)

    assert figures.usual is None
    assert "after a few weeks of listening" in write([figures], "en", NOW).text


@pytest.mark.parametrize(("received", "words"), [(10, "about"), (12, "more than usual"), (8, "less than usual")])
def test_what_is_near_the_usual_is_called_so(received: int, words: str, database: sa.Engine) -> None:
    figures = replace(read_figures(database, a_brand(), *DAY), received=received, usual=Usual(10, 1, 4))

    assert words in write([figures], "en", NOW).text
    assert f"{words}{'' if words != 'about' else ' what the 4 weeks'}" in write([replace(figures, weekly=True)], "en", NOW).text


def test_fourteen_days_are_counted_on_a_clock_that_changes(database: sa.Engine) -> None:
    midnight = datetime(2026, 3, 30, 22, tzinfo=UTC)
    days = days_until(midnight, 3, "Europe/Amsterdam")

    assert [(24, 23), (23, 22), (24, 22)] == [((end - start) // HOUR, end.hour) for start, end in days]
    assert days[1][0] == datetime(2026, 3, 28, 23, tzinfo=UTC)


def test_the_chart_is_drawn_and_said_in_words(database: sa.Engine) -> None:
    for number in range(3):
        heard(database, Label.NEGATIVE if number else Label.NEUTRAL, str(number), at=NOW - timedelta(days=2))
    heard(database, Label.NEUTRAL, "today")
    figures = read_figures(database, a_brand(), *DAY)
    spiked = [replace(day, spikes=int(day.received == 3)) for day in figures.days]
    digest = write([replace(figures, days=spiked)], "en", NOW)

    assert [0] * 11 + [3, 0, 1] == [day.received for day in figures.days]
    assert DayCount(DAY[0] - timedelta(days=2), 3, 2) == figures.days[11]
    assert 'aria-label="From 0 to 3 a day; most on Saturday 28 February 2026, of which 2 negative."' in digest.html
    assert "From 0 to 3 a day; most on Saturday 28 February 2026, of which 2 negative." in " ".join(digest.text.split())
    assert "Sa 28  " + "█" * 28 + "        3  2 negative, 1 alarm\n" in digest.text
    assert "▲" in digest.html


def test_bars_that_hold_parts_of_two_dates_say_when_the_last_begins(database: sa.Engine) -> None:
    heard(database, Label.NEUTRAL, "today", at=NOW - timedelta(hours=12))
    midnight = NOW.replace(hour=23) - timedelta(days=1)
    until_now, of_a_day = (
        write([read_figures(database, a_brand(), until - timedelta(days=1), until)], "nl", NOW) for until in (NOW, midnight)
    )
    told = "Elke staaf is 24 uur; de laatste begint op zondag 1 maart 2026 om 10:00 uur."

    assert told in " ".join(until_now.text.split())
    assert told in until_now.html
    assert "█" in of_a_day.text
    assert "Elke staaf is 24 uur" not in of_a_day.text + of_a_day.html


def test_praise_is_shown_the_warmest_first_and_nothing_that_was_taken_back(database: sa.Engine) -> None:
    for number, score in (("1", 0.5), ("2", 0.9), ("3", 0.7)):
        heard(database, Label.POSITIVE, number, text=f"Great Waalfiets {number}")
        with database.begin() as connection:
            changes = {"score": score} | ({"status": "deleted"} if number == "3" else {})
            connection.execute(mentions.update().where(mentions.c.external_id == number).values(changes))
    figures = read_figures(database, a_brand(), *DAY)

    assert ["Great Waalfiets 2", "Great Waalfiets 1"] == [quote.text for quote in figures.praise]
    assert "Worth sharing with colleagues" in write([figures], "en", NOW).html


def test_what_only_sounds_glad_is_nothing_to_share(database: sa.Engine) -> None:
    for number, rules in (("1", ["T3", "T8"]), ("2", ["T8", "T4"]), ("3", ["T1", "T7"]), ("4", None)):
        heard(database, Label.POSITIVE, number, text=f"Great Waalfiets {number}")
        with database.begin() as connection:
            connection.execute(mentions.update().where(mentions.c.external_id == number).values(rules=rules, score=0.5))
    figures = read_figures(database, a_brand(), *DAY)

    assert ["Great Waalfiets 3", "Great Waalfiets 4"] == [quote.text for quote in figures.praise]


def test_sqlite_keeps_what_it_read_only_while_a_digest_is_counted(sqlite_database: sa.Engine) -> None:
    with sqlite_database.connect() as connection:
        before = connection.exec_driver_sql("PRAGMA cache_size").scalar_one()
    read_figures(sqlite_database, a_brand(), *DAY)
    with sqlite_database.connect() as connection:
        after = connection.exec_driver_sql("PRAGMA cache_size").scalar_one()

    assert before == after


def test_what_is_serious_and_what_has_a_reply_is_found_without_reading_everything(sqlite_database: sa.Engine) -> None:
    plans: dict[str, list[str]] = {}

    def explain(connection: sa.Connection, _cursor: Any, statement: str, words: Any, _context: Any, _many: bool) -> None:
        if statement.startswith("SELECT"):
            rows = connection.connection.execute(f"EXPLAIN QUERY PLAN {statement}", words)
            plans[statement] = [row[-1] for row in rows]

    save_waiting_reply(sqlite_database)
    with sqlite_database.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")
    sa.event.listen(sqlite_database, "before_cursor_execute", explain)
    read_figures(sqlite_database, a_brand(), *DAY)

    [serious] = [
        plan for statement, plan in plans.items() if "action = 'escalate'" in statement and "ORDER BY mentions.posted_at" in statement
    ]
    assert "ix_mentions_escalated" in serious[0]
    [replied] = [plan for statement, plan in plans.items() if "replies.status AS reply" in statement]
    assert replied[0].startswith("SCAN replies")
    assert replied[1].startswith("SEARCH mentions USING INTEGER PRIMARY KEY")


def test_where_the_blogs_that_came_last_are_gone_those_before_are_told(database: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voices, "CANDIDATES", 2)
    for number in range(5):
        heard(database, Label.NEUTRAL, f"{number}", NOW + timedelta(minutes=number), author=f"blog{number}", network="blog")
    with database.begin() as connection:
        # As a text that is kept no longer: it counts, and its words are gone.
        connection.execute(mentions.update().where(mentions.c.external_id.in_(["3", "4"])).values(erased_at=NOW))
    figures = read_figures(database, a_brand(), *DAY)

    assert ["blog0", "blog1", "blog2"] == [quote.author for quote in figures.blogs]


def test_where_the_first_to_be_looked_at_are_all_gone_the_next_are_quoted(database: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures_module, "CANDIDATES", 2)
    for number, score in (("1", -0.9), ("2", -0.8), ("3", -0.7)):
        heard(database, Label.NEGATIVE, number, text=f"Bad Waalfiets {number}")
        with database.begin() as connection:
            changes = {"score": score} | ({} if number == "3" else {"erased_at": NOW})
            connection.execute(mentions.update().where(mentions.c.external_id == number).values(changes))

    assert ["Bad Waalfiets 3"] == [quote.text for quote in read_figures(database, a_brand(), *DAY).said]


def test_our_own_mistakes_are_named_with_reason_and_name(database: sa.Engine) -> None:
    store = ReplyStore(database)
    for number in ("1", "2", "3"):
        reply = save_waiting_reply(database, f"Sorry {number}. ^EK", external_id=number, author=f"@{number}")
        if number == "3":
            approve(database, reply, override="The rule does not fit: it is our own town.")
        else:
            store.reject(reply.id, "Els", "the tone is cold", NOW)
    with database.begin() as connection:
        connection.execute(notices.insert().values(key="n", brand="", title="", text="", html="", created_at=NOW - 3 * HOUR))
        row = {"notice_key": "n", "notifier": "mail", "next_at": NOW, "tries": 1}
        connection.execute(sendings.insert().values(recipient="a", state="failed", **row))
        connection.execute(sendings.insert().values(recipient="b", state="sent", sent_at=NOW, **row))
        connection.execute(sendings.insert().values(recipient="c", state="sent", sent_at=NOW - 3 * HOUR, **row))
    figures = read_figures(database, a_brand(), *DAY)
    found = figures.mistakes
    text = " ".join(write([figures], "en", NOW).text.split())

    assert (2, 1, 1, 1) == (found.rejected, found.overridden, found.unsent, found.late)
    assert (("the tone is cold",), (Override(3, "Els Kamps", "The rule does not fit: it is our own town."),)) == (
        found.rejections,
        found.overrides,
    )
    assert "2 drafts of ours were turned down by a person." in text
    assert "Why: the tone is cold" in text
    assert "Reply 3, Els Kamps: The rule does not fit: it is our own town." in text


@pytest.mark.parametrize("why", list(Why))
def test_a_draft_whose_author_took_the_text_back_was_turned_down_by_nobody(database: sa.Engine, why: Why) -> None:
    reply = save_waiting_reply(database, "Sorry. ^EK", external_id="1", author="@1")
    with database.begin() as connection:
        assert {reply.mention.id} == erase(connection, [reply.mention.id], why, actor="recheck", at=NOW).ids
    found = read_figures(database, a_brand(), *DAY).mistakes

    assert (0, ()) == (found.rejected, found.rejections)


def test_who_writes_about_us_is_told_by_what_they_wrote_in_public(database: sa.Engine) -> None:
    for number, author, network in (("1", "@a", "x"), ("2", "@a", "x"), ("3", "@b", "x"), ("4", "Fietsblog", "blog")):
        heard(database, Label.NEUTRAL, number, at=NOW - timedelta(days=3), author=author, network=network)
    heard(database, Label.NEUTRAL, "5", at=NOW - timedelta(days=8), author="@b", network="x")
    figures = read_figures(database, a_brand(), *DAY)
    html = write([figures], "nl", NOW).html

    assert [Voice("x", "@a", 2, "https://social.example/2")] == figures.voices
    assert ["Fietsblog"] == [quote.author for quote in figures.blogs]
    assert "@a op X: 2 berichten" in html


def test_promises_that_are_due_or_past_due_need_somebody_and_broken_ones_are_our_mistakes(
    database: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standing, "now", lambda: NOW)
    reply = save_waiting_reply(database)
    with database.begin() as connection:
        connection.execute(replies.update().values(status="posted", posted_url="https://social.example/r", posted_at=NOW - 9 * HOUR))
        connection.execute(mentions.update().values(status="answered"))
        row = {"reply_id": reply.id, "brand": "waalfiets", "is_dated": True, "made_at": NOW - 9 * HOUR}
        for number, (text, due, state) in enumerate(
            [("We call you.", -2, "open"), ("We look at it.", 5, "open"), ("We mend it.", -30, "broken"), ("Some day.", 90, "open")]
        ):
            closed = {"closed_at": NOW} if state == "broken" else {}
            connection.execute(promises.insert().values(number=number, text=text, due_at=NOW + due * HOUR, state=state, **closed, **row))
    [figures] = figures_of(a_monitor(database), NOW.date())
    text = " ".join(write([figures], "en", NOW).text.split())

    assert "! Promised, and 2 hours past due: We call you. https://social.example/r" in text
    assert "- Promised, due in 5 hours: We look at it." in text
    assert text.index("What went wrong on our side") < text.index("Promised, and not kept: We mend it.")
    assert "Some day." not in text
    assert not figures.empty


def test_what_sources_cost_and_what_a_cap_kept_from_us_is_told(database: sa.Engine) -> None:
    store = MonitorStore(database)
    store.save_cost("x", "waalfiets", Cost("usd", {"post": Decimal("1.255")}), NOW)
    store.save_cost("reddit", "waalfiets", Cost("units", {}, Decimal(3)), NOW)
    store.save_cost("reddit", "waalfiets", Cost("units", {}, Decimal(9)), NOW - timedelta(days=1))
    source = SourceSettings("x", "x", ("waalfiets",), timedelta(minutes=10), {}, Decimal(1), None)
    [figures] = figures_of(a_monitor(database, source), date(2026, 3, 2))
    text = " ".join(write([figures], "nl", NOW).text.split())

    assert [SourceSpent("reddit", "units", Decimal(3)), SourceSpent("x", "usd", Decimal("1.255"))] == figures.spent
    assert "- reddit: 3,00 eenheden in deze periode." in text
    assert "x bereikte de grens voor kosten" in text


def test_a_week_is_seven_days_on_the_brands_own_clock(database: sa.Engine) -> None:
    [figures] = figures_of(a_monitor(database), date(2026, 3, 23), weekly=True)
    digest = write([figures], "en", NOW)

    assert (datetime(2026, 3, 22, 23, tzinfo=UTC), datetime(2026, 3, 29, 22, tzinfo=UTC)) == (figures.since, figures.until)
    assert "Monday 23 March 2026 to Sunday 29 March 2026" in digest.subject
    assert figures.empty


def test_a_hostile_day_still_fits_into_a_mail(database: sa.Engine) -> None:
    for number in range(30):
        words = f"<b>&\"'{number}</b>" * 200
        url = f"https://social.example/{'%41' * 90}{number}"
        heard(database, Label.NEGATIVE, f"n{number}", text=words, author="<&>" * 100 + str(number), url=url)
        heard(database, Label.POSITIVE, f"p{number}", text=words, author="<&>" * 100 + str(number), url=url, network="blog")
    figures = read_figures(database, a_brand(), *DAY)
    many = [replace(figures, brand=f"Brand {number}") for number in range(8)]

    assert 20_000 < len(write(many[:1], "en", NOW).html.encode()) < 100_000
    assert len(write(many, "en", NOW).html.encode()) < 100_000
