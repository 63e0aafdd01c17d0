from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest
import sqlalchemy as sa

from monitor.tables import metadata
from responders import running
from responders.rehearsal import POSTS, rehearse
from responders.wiring import Responders
from tests.builders import NOW


def counts(database: sa.Engine) -> dict[str, int]:
    with database.connect() as connection:
        return {table.name: connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0 for table in metadata.sorted_tables}


def test_a_rehearsal_answers_in_each_language_and_leaves_nothing_behind(responders: Responders) -> None:
    before = counts(responders.database)

    assert len(POSTS) <= len(list(rehearse(responders, NOW)))
    assert before == counts(responders.database)


def test_nobody_to_answer_for_is_no_reason_to_stop(responders: Responders) -> None:
    nobody = Responders(replace(responders.settings, brands=()))

    assert [] == list(rehearse(nobody, NOW))


def test_what_goes_wrong_in_a_rehearsal_stops_nothing(
    responders: Responders, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def gone_wrong(_responders: Responders, _at: datetime) -> Iterator[str]:
        yield "one"
        raise ValueError("no such phrase")

    looks = iter(range(12))
    monkeypatch.setattr(running, "rehearse", gone_wrong)
    running.run(responders, lambda _seconds: next(looks) == 11)

    assert ["rehearsing answers failed; the first drafts take longer"] == [one for one in caplog.messages if "rehears" in one]


def test_a_rehearsal_goes_on_look_by_look(responders: Responders, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[int] = []
    looks: list[int] = []

    def counted(_responders: Responders, _at: datetime) -> Iterator[str]:
        for step in range(3):
            steps.append(len(looks))
            yield str(step)

    def wait(_seconds: float) -> bool:
        looks.append(1)
        return len(looks) == 10

    monkeypatch.setattr(running, "rehearse", counted)
    running.run(responders, wait)

    assert 3 == len(set(steps))
