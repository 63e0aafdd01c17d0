"""The schema itself keeps nothing about a person but handle and display name (N11, L6)."""

from __future__ import annotations

import re

import sqlalchemy as sa

from monitor.erasure import Why, erase
from monitor.tables import metadata
from tests.builders import NOW, a_mention
from tests.chain import save_mentions

OF_PERSONS = {
    ("mentions", "author_handle"): "who wrote it, as shown in public",
    ("mentions", "author_name"): "the display name, as shown in public",
}
"""All that is kept about those who write about us."""
OF_OUR_OWN = {
    ("approvals", "name"),
    ("audit", "actor"),
    ("charged_reads", "name"),
    ("duties", "person"),
    ("promises", "closed_by"),
    ("release_approvals", "name"),
    ("release_versions", "written_by"),
    ("releases", "name"),
    ("executors", "host"),
    ("sendings", "recipient"),
    ("slack_messages", "assigned_to"),
    ("slack_messages", "claimed_by"),
    ("switches", "name"),
    ("switches", "changed_by"),
    ("versions", "written_by"),
}
"""Our own people and machines, and names of things."""

ABOUT_SOMEBODY = re.compile(
    "author|handle|name|user|person|people|profile|avatar|picture|photo|bio|follow|friend|verified|influen|reach|klout|karma|age$|birth|gender|sex|"
    "race|ethnic|religio|politic|union|health|locat|geo|city|country|address|mail|phone|device|ip$|trait|mood|emotion|persona|segment|interest|"
    "recipient|assigned|actor|host|written_by|changed_by|claimed_by|closed_by"
)


def test_there_is_no_column_about_a_person_but_handle_and_display_name() -> None:
    columns = {(table.name, column.name) for table in metadata.sorted_tables for column in table.columns}
    # The words before "age" keep "language" and "message" apart; what is named so and means something else is written down here.
    found = {(table, column) for table, column in columns if ABOUT_SOMEBODY.search(column) and not column.startswith("language")}

    assert set() == found - set(OF_PERSONS) - OF_OUR_OWN, "say in this list why it is kept, or keep it not"
    assert set(OF_PERSONS) <= columns


def test_what_is_kept_of_an_author_is_emptied_by_an_erasure(sqlite_database: sa.Engine) -> None:
    save_mentions(sqlite_database, a_mention())
    columns = [metadata.tables[table].c[column] for table, column in OF_PERSONS]
    with sqlite_database.begin() as connection:
        before = connection.execute(sa.select(*columns)).one()
        erase(connection, [1], Why.ASKED, actor="test", at=NOW)
        after = connection.execute(sa.select(*columns)).one()

    assert [True] * len(columns) == [bool(value) for value in before]
    assert [""] * len(columns) == list(after)
