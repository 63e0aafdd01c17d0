"""People are forgotten: by age, by request, whole, and however often we are interrupted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from monitor.contracts import RejectedRow
from monitor.domain import Author
from monitor.figures import read_figures
from monitor.forgetting import Forgetting, forget_old
from monitor.remains import Remains
from monitor.settings import Settings, SourceSettings
from monitor.store import MonitorStore
from monitor.tables import audit, mentions, metadata, rejected_rows
from monitor.wiring import Monitor, bare_settings
from tests.builders import NOW, a_brand, a_mention, a_sentiment, a_triage
from tests.chain import save_mentions, save_waiting_reply
from tests.steps import ask, import_posts, post
from tests.terminal import Terminal

DAY = timedelta(days=1)


def settings(database: sa.Engine, *, brand_days: int | None = None, source_days: int | None = None) -> Settings:
    source = SourceSettings("sample", "rss", ("waalfiets",), DAY, retain_days=source_days)
    brand = a_brand(retain_days=brand_days)
    url = database.url.render_as_string(hide_password=False)
    return replace(bare_settings(), database_url=url, brands=(brand,), sources=(source,))


@pytest.mark.parametrize(
    ("network", "source_days", "brand_days", "days"),
    [
        ("mastodon", None, None, 365),
        ("x", None, None, 30),
        ("x", 7, None, 7),
        ("x", 60, None, 60),
        ("x", None, 90, 30),
        ("mastodon", None, 900, 900),
        ("mastodon", 10, 900, 10),
        ("mastodon", 20, 5, 5),
    ],
)
def test_the_shorter_of_source_and_brand_holds_and_30_days_for_x(
    sqlite_database: sa.Engine, network: str, source_days: int | None, brand_days: int | None, days: int
) -> None:
    found = settings(sqlite_database, brand_days=brand_days, source_days=source_days)

    assert timedelta(days=days) == found.keep_for("sample", "waalfiets", network)


def test_what_is_too_old_goes_batch_by_batch_and_the_figures_of_old_digests_hold(database: sa.Engine) -> None:
    store = MonitorStore(database)
    old = [a_mention(f"Waalfiets {number} is slow", external_id=f"{number}") for number in range(7)]
    saved = save_mentions(database, *old, at=NOW)
    store.record_scores([(one.id, "en", a_sentiment()) for one in saved], NOW)
    store.record_triage([(one.id, a_triage(rules=("T6",), action=_watch())) for one in saved], NOW)
    save_mentions(database, a_mention("Waalfiets is new", external_id="new"), at=NOW + 20 * DAY)
    before = read_figures(database, a_brand(), NOW - DAY, NOW + DAY)
    count = forget_old(database, settings(database, source_days=14), NOW + 21 * DAY, batch=3)
    after = read_figures(database, a_brand(), NOW - DAY, NOW + DAY)

    assert 7 == count
    assert 7 == before.received
    assert (before.received, before.negative, before.by_network, before.unanswered, True) == (
        after.received, after.negative, after.by_network, after.unanswered, after.account == before.account,
    )  # fmt: skip
    assert (7, 0) == (len(before.said), len(after.said))
    with database.connect() as connection:
        events = connection.scalars(sa.select(audit.c.reason).where(audit.c.new_status == "erased").order_by(audit.c.id)).all()
        assert ["3 texts of", "3 texts of", "1 texts of"] == [event[:10] for event in events]
        assert ["Waalfiets is new"] == connection.scalars(sa.select(mentions.c.text).where(mentions.c.text != "")).all()
    assert 0 == forget_old(database, settings(database, source_days=14), NOW + 21 * DAY)


def _watch() -> Any:
    from monitor.domain import Action

    return Action.WATCH


def test_rows_that_could_not_be_read_go_by_age_too(database: sa.Engine) -> None:
    rows = [RejectedRow("p", number, "no date", f"secret {number}") for number in range(3)]
    MonitorStore(database).save_batch("sample", "waalfiets", [], cursor="c", at=NOW, rejected=rows)
    forget_old(database, settings(database, source_days=14), NOW + 15 * DAY, batch=2)
    with database.connect() as connection:
        found = connection.execute(sa.select(rejected_rows.c.raw, rejected_rows.c.reason)).all()

    assert [("", "erased with what it was about (row 1)")] == [tuple(row) for row in found][:1]
    assert {""} == {row.raw for row in found}


def test_what_an_earlier_version_erased_in_part_is_completed_at_night(database: sa.Engine) -> None:
    save_mentions(database, a_mention(external_id="https://x.example/users/kwetsbaar/1", community="#kwetsbaar"))
    with database.begin() as connection:
        connection.execute(sa.update(mentions).values(status="deleted", text="", author_handle="", author_name="", url=""))
    forget_old(database, settings(database), NOW)
    with database.connect() as connection:
        assert "kwetsbaar" not in repr(connection.execute(sa.select(mentions)).all())


def test_the_night_writes_the_files_anew_where_something_was_erased(sqlite_database: sa.Engine) -> None:
    save_mentions(sqlite_database, a_mention("an old zilvernaald"), at=NOW - 9_999 * DAY)
    Forgetting(Monitor(settings(sqlite_database))).nightly()
    path = Path(str(sqlite_database.url.database))

    assert b"zilvernaald" not in b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))


# Killed


KILLED = """
import os, sys
from datetime import timedelta
from monitor.forgetting import forget_old
from monitor.tables import open_database
from tests.builders import NOW
from tests.monitor.test_forgetting import settings
database, last = open_database(sys.argv[1]), int(sys.argv[2])
seen = 0
def step(name):
    global seen
    seen += 1
    if seen == last:
        os._exit(9)
forget_old(database, settings(database, source_days=14), NOW + timedelta(days=15), batch=2, step=step)
"""


@pytest.mark.parametrize("last", [1, 2, 3, 99])
def test_a_night_that_is_killed_between_two_steps_is_finished_by_the_next(database: sa.Engine, last: int) -> None:
    save_mentions(database, *[a_mention(f"zilvernaald {number}", external_id=f"{number}") for number in range(5)])
    url = database.url.render_as_string(hide_password=False).replace("+psycopg", "")
    # A process of its own dies as one does that is killed: nothing of it is tidied up.
    done = subprocess.run([sys.executable, "-c", KILLED, url, str(last)], env=dict(os.environ), cwd=Path(__file__).parents[2])
    left = forget_old(database, settings(database, source_days=14), NOW + 15 * DAY, batch=2)

    assert (9 if last < 99 else 0) == done.returncode
    assert max(5 - 2 * last, 0) == left
    with database.connect() as connection:
        assert "zilvernaald" not in repr([connection.execute(sa.select(table)).all() for table in metadata.sorted_tables])
        assert 3 == connection.scalar(sa.select(sa.func.count()).where(audit.c.new_status == "erased"))


# Asked


@pytest.fixture
def with_jo(terminal: Terminal) -> Terminal:
    mine = post("1", "@waalfiets my zilvernaald does not open", author="@Jo@elders.example")
    import_posts(terminal, mine, post("2", "@waalfiets I agree with @jo@elders.example"), post("3", "@waalfiets mine too", author="@bo"))
    return terminal


def texts(terminal: Terminal) -> list[object]:
    return [row[0] for row in ask(terminal, "SELECT text FROM mentions ORDER BY id")]


def test_forget_says_what_it_will_erase_asks_erases_and_says_what_remains(with_jo: Terminal) -> None:
    no = with_jo.type("monitor", "forget", "--author", "jo@ELDERS.example", typed=b"n\n", by_hand=True)
    kept = texts(with_jo)
    yes = with_jo.type("monitor", "forget", "--author", "jo@ELDERS.example", typed=b"y\n", by_hand=True)

    assert (1, "Of the author jo@ELDERS.example we hold 1 text with name and address." in no.out) == (no.code, True)
    assert "1 text of others that name the author stay" in no.out
    assert "@waalfiets my zilvernaald does not open" == kept[0]
    assert 0 == yes.code
    assert "Erased: 1 text, " in yes.out
    assert "What remains of each: network, time" in yes.out
    assert ["", "@waalfiets I agree with @jo@elders.example", "@waalfiets mine too"] == texts(with_jo)
    assert b"zilvernaald" not in b"".join(file.read_bytes() for file in with_jo.folder.glob("grapevine.db*"))


def test_forget_takes_one_mention_and_asks_nobody_where_told_so(with_jo: Terminal) -> None:
    done = with_jo.type("monitor", "forget", "--mention", "3", "--yes", "--json")
    again = with_jo.type("monitor", "forget", "--mention", "3", "--yes")

    assert ([3], []) == (done.json["erased"], done.json["being_published"])
    assert (1, "We hold nothing of mention 3 that can be erased. Nothing was changed.\n") == (again.code, again.err)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["forget"], "Say whom or what"),
        (["forget", "--author", "@"], "is no handle"),
        (["forget", "--author", "@jo", "--mention", "1"], "Say whom or what"),
        (["forget", "--mention", "1", "--network", "x"], "--network goes with --author"),
        (["forget", "--mention", "1"], "nobody to ask"),
        (["export"], "Say whom"),
    ],
)
def test_forget_and_export_refuse_what_cannot_be_meant(with_jo: Terminal, words: list[str], said: str) -> None:
    done = with_jo.type("monitor", *words)

    assert (2, True) == (done.code, said in done.err)
    assert 3 == len([text for text in texts(with_jo) if text])


def test_who_is_known_by_a_number_alone_is_not_said_to_be_unknown(with_jo: Terminal) -> None:
    import_posts(with_jo, post("4", "@waalfiets zilvernaald too", author="4711", network="x"), post("5", author="4712", network="x"))
    by_name = [with_jo.type("monitor", command, "--author", "jan") for command in ("forget", "export")]
    elsewhere = with_jo.type("monitor", "export", "--author", "jan", "--network", "mastodon")
    by_number = with_jo.type("monitor", "forget", "--author", "4711", "--yes")

    assert [True, True] == ["On X we know of 2 texts only the author's number" in done.err for done in by_name]
    assert [False, False] == ["On X we know" in done.err for done in (elsewhere, by_number)]
    assert "Erased: 1 text" in by_number.out


def test_who_stops_is_told_that_nothing_was_erased(with_jo: Terminal) -> None:
    done = with_jo.type("monitor", "forget", "--author", "@bo", typed=b"", by_hand=True)

    assert (130, True) == (done.code, "Stopped. Nothing was erased." in done.err)
    assert 3 == len([text for text in texts(with_jo) if text])


def test_forget_tells_of_an_answer_that_is_being_published(with_jo: Terminal) -> None:
    database = sa.create_engine(f"sqlite:///{with_jo.folder / 'grapevine.db'}")
    with database.begin() as connection:
        row = {"mention_id": 1, "status": "posting", "delivery": "api", "delivery_reason": "", "version": 1, "drafter": "d"}
        connection.execute(
            metadata.tables["replies"].insert().values(**row, approvals_needed=1, created_at=NOW, lease_until=NOW + 9_999 * DAY)
        )
    database.dispose()
    done = with_jo.type("monitor", "forget", "--mention", "1", "--yes")

    assert (1, True) == (done.code, "NOT erased: 1 mention whose answer is being published now" in done.err)


def test_export_writes_all_that_is_held_about_one_person_and_nobody_else(with_jo: Terminal) -> None:
    shown = with_jo.type("monitor", "export", "--author", "@jo@elders.example")
    written = with_jo.type("monitor", "export", "--author", "@jo@elders.example", "--out", "jo.json")
    held = json.loads((with_jo.folder / "jo.json").read_text("utf-8"))

    assert held == shown.json
    assert "wrote jo.json: 1 text of @jo@elders.example" in written.out
    [mention] = held["mentions"]
    assert ("@waalfiets my zilvernaald does not open", "@Jo@elders.example") == (mention["text"], mention["author_handle"])
    assert ("new", 1) == (mention["record"][0]["new_status"], held["texts_of_others_that_name_you"])
    assert "mine too" not in shown.out


def test_export_holds_our_answer_and_its_drafts_and_rows_that_could_not_be_read(database: sa.Engine) -> None:
    reply = save_waiting_reply(database, "Sorry, Jo. ^EK", author=Author("@jo"))
    row = RejectedRow("p", 1, "no date", '{"by": "@jo_", "text": "old"} and @jo wrote')
    MonitorStore(database).save_batch("sample", "waalfiets", [], cursor="c", at=NOW, rejected=[row])
    remains = Remains(database)
    held = remains.export(remains.by_author("jo"), "jo")

    assert ["Sorry, Jo. ^EK"] == [draft["text"] for draft in held["mentions"][0]["our_answer"]["drafts"]]
    assert (1, 1, 0) == (len(held["mentions"]), remains.by_author("jo").drafts, remains.by_author("jo").answers)
    assert reply.id
