from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa

from monitor.tables import metadata
from responders.rehearsal import POSTS, rehearse
from responders.wiring import Responders
from tests.builders import NOW


def counts(database: sa.Engine) -> dict[str, int]:
    with database.connect() as connection:
        return {table.name: connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0 for table in metadata.sorted_tables}


def test_a_rehearsal_answers_in_each_language_and_leaves_nothing_behind(responders: Responders) -> None:
    before = counts(responders.database)

    assert len(POSTS) <= rehearse(responders, NOW)
    assert before == counts(responders.database)


def test_nobody_to_answer_for_is_no_reason_to_stop(responders: Responders) -> None:
    nobody = Responders(replace(responders.settings, brands=()))

    assert 0 == rehearse(nobody, NOW)
