"""Incidents live any life that people and the chain can give them, and never two of one cause at once, nor a page without one."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from monitor import paging
from monitor.domain import PAGES, REOPENS_WITHIN, Gravity, Happening, IllegalMove, IncidentStatus, Silence, check_incident_move
from monitor.incidentbook import HELD, TOLD, WAITS, IncidentBook
from monitor.noticebook import NoticeBook
from monitor.notices import Evidence, write_page
from monitor.settings import OnCallSettings
from monitor.tables import happenings, incidents, notices, open_database
from tests.builders import NOW

CAUSES = st.sampled_from(["spike", "danger", "pressure"])
BRANDS = st.sampled_from(["waalfiets", "maasdrecht"])
GRAVITIES = st.sampled_from(list(Gravity))
TEMPLATE: list[Path] = []


class Life(RuleBasedStateMachine):
    """The chain and people, in any order; every sending of a page is counted by its key."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(mkdtemp(prefix="gv-"))
        shutil.copyfile(TEMPLATE[0], self.folder / "grapevine.db")
        self.database = open_database(f"sqlite:///{self.folder / 'grapevine.db'}")
        # Two processes: each has a book of its own, and any of them does the next thing.
        self.books = [IncidentBook(self.database), IncidentBook(self.database)]
        self.notices = NoticeBook(self.database)
        self.at = NOW
        self.sent: list[str] = []

    def teardown(self) -> None:
        self.database.dispose()
        shutil.rmtree(self.folder)

    @rule(brand=BRANDS, cause=CAUSES, gravity=GRAVITIES, anew=st.booleans(), which=st.integers(0, 1))
    def raise_(self, brand: str, cause: str, gravity: Gravity, anew: bool, which: int) -> None:
        with self.database.begin() as connection:
            number = self.books[which].raise_(connection, brand, cause, gravity, self.at, facts={"now": 3}, anew=anew)
        found = self.books[0].incident(number)

        assert found is not None
        assert (brand, cause) == (found.brand, found.cause)
        assert found.status is not IncidentStatus.RESOLVED
        assert found.gravity >= gravity

    @rule(number=st.integers(1, 6), which=st.integers(0, 1))
    def acknowledge(self, number: int, which: int) -> None:
        before = self.books[0].incident(number)
        moved = self.books[which].acknowledge(number, "Els", self.at)

        assert moved == (before is not None and before.status is IncidentStatus.OPEN)

    @rule(number=st.integers(1, 6), which=st.integers(0, 1))
    def resolve(self, number: int, which: int) -> None:
        before = self.books[0].incident(number)

        assert self.books[which].resolve(number, "Els", self.at) == (before is not None and before.status is not IncidentStatus.RESOLVED)

    @rule(brand=BRANDS, cause=st.sampled_from(["", "spike"]), hours=st.integers(1, 30))
    def silence(self, brand: str, cause: str, hours: int) -> None:
        self.books[0].silence(Silence(0, brand, cause, "Els", "fair", self.at, self.at + timedelta(hours=hours)))

    @rule(hours=st.sampled_from([0.1, 1, 5, 25]))
    def wait(self, hours: float) -> None:
        self.at += timedelta(hours=hours)
        for incident in self.books[0].unresolved():
            again = paging.due_again(incident, OnCallSettings(), self.at)
            if again is not None:
                # Two processes mean the same; one of them does it.
                assert [True, False] == [book.page_again(incident, again[0], self.at, again[1]) for book in self.books]

    @rule(crash=st.booleans())
    def tell(self, crash: bool) -> None:
        silences = self.books[0].silences(self.at)
        for happened in self.books[0].to_tell(self.at):
            decision = paging.decide(
                happened.what,
                happened.incident,
                silences=silences,
                oncall=OnCallSettings(most_pages=3),
                pages_this_hour=self.books[0].pages_told(self.at - timedelta(hours=1)),
                told_before=True,
                at=self.at,
            )
            if decision.how is paging.How.TELL:
                evidence = Evidence("Waalfiets", "Europe/Amsterdam", self.at)
                notice = write_page(happened.incident, happened.number, happened.what, evidence, "nl", wakes=happened.pages)
                if self.notices.write(notice, [("pager", "")], self.at):
                    self.sent.append(notice.key)
                if crash:
                    return  # Between the notice and its record: the next look does it again, under the same key.
                self.books[0].record_told(happened, TOLD, self.at)
            else:
                self.books[0].record_told(happened, HELD, self.at)

    def rows(self, table: sa.Table) -> list[Any]:
        with self.database.connect() as connection:
            return list(connection.execute(sa.select(table)))

    @invariant()
    def there_are_never_two_of_one_cause(self) -> None:
        if hasattr(self, "database"):
            alive = [(row.brand, row.cause) for row in self.rows(incidents) if row.status != "resolved"]

            assert len(alive) == len(set(alive))

    @invariant()
    def there_is_no_page_without_an_incident_and_each_goes_once(self) -> None:
        if hasattr(self, "database"):
            known = {f"incident/{row.incident_id}/{row.number}" for row in self.rows(happenings)}
            written = [row.key for row in self.rows(notices)]

            assert set(written) <= known
            assert sorted(self.sent) == sorted(written)
            assert len(self.sent) == len(set(self.sent))

    @invariant()
    def the_course_leads_to_where_it_stands(self) -> None:
        if not hasattr(self, "database"):
            return
        stands = {"acknowledged": Happening.ACKNOWLEDGED, "resolved": Happening.RESOLVED}
        for row in self.rows(incidents):
            moves = [one.what for one in self.books[0].course(row.id) if one.what not in {Happening.SILENCED, Happening.REPEATED}]
            last = moves[-1]

            assert last is stands.get(row.status, last)
            assert row.status != "open" or last in PAGES


@pytest.mark.slow
def test_incidents_live_any_life(migrated_file: Path) -> None:
    from hypothesis.stateful import run_state_machine_as_test

    TEMPLATE[:] = [migrated_file]
    run_state_machine_as_test(Life, settings=settings(max_examples=40, stateful_step_count=25, deadline=None))


def test_what_comes_back_within_a_day_is_the_same_incident(database: sa.Engine) -> None:
    book, numbers = IncidentBook(database), []
    for at in (NOW, NOW + timedelta(hours=20), NOW + timedelta(hours=20) + REOPENS_WITHIN):
        with database.begin() as connection:
            numbers.append(book.raise_(connection, "waalfiets", "spike", Gravity.HIGH, at, facts={}))
        book.resolve(numbers[-1], "Els", at)

    assert numbers[0] == numbers[1] != numbers[2]
    assert [Happening.OPENED, Happening.RESOLVED, Happening.REOPENED, Happening.RESOLVED] == [one.what for one in book.course(numbers[0])]


def test_a_silence_can_be_ended_once(database: sa.Engine) -> None:
    book = IncidentBook(database)
    number = book.silence(Silence(0, "waalfiets", "", "Els", "fair", NOW, NOW + timedelta(hours=2)))

    assert [number] == [one.id for one in book.silences(NOW)]
    assert [True, False] == [book.end_silence(number, NOW) for _ in range(2)]
    assert [] == book.silences(NOW)


def test_a_silence_of_another_cause_is_not_written_to_an_incident(database: sa.Engine) -> None:
    book = IncidentBook(database)
    with database.begin() as connection:
        number = book.raise_(connection, "waalfiets", "danger", Gravity.CRITICAL, NOW, facts={})
    book.silence(Silence(0, "waalfiets", "spike", "Els", "fair", NOW, NOW + timedelta(hours=2)))

    assert [Happening.OPENED] == [one.what for one in book.course(number)]


def test_an_incident_makes_no_move_that_is_not_in_the_table() -> None:
    with pytest.raises(IllegalMove, match="from resolved to acknowledged"):
        check_incident_move(IncidentStatus.RESOLVED, IncidentStatus.ACKNOWLEDGED)


def test_what_waits_to_be_told_can_be_put_off(database: sa.Engine) -> None:
    book = IncidentBook(database)
    with database.begin() as connection:
        book.raise_(connection, "waalfiets", "spike", Gravity.HIGH, NOW, facts={})
    [happened] = book.to_tell(NOW)
    book.put_off(happened, NOW + timedelta(hours=8))

    assert [] == book.to_tell(NOW + timedelta(hours=7))
    assert [WAITS] == [one.telling for one in book.to_tell(NOW + timedelta(hours=8))]
