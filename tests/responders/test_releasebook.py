"""Two people approve exactly one version of a release, and its facts are used only once it stands in public."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from monitor.domain import Approval
from monitor.settings import Approver
from monitor.store import MonitorStore
from responders.release import Release, read_release
from responders.releasebook import ReleaseBook
from tests.builders import NOW, an_objection
from tests.responders.release.shared import write_release

NAME = "slotstoring"


@pytest.fixture
def sound(tmp_path: Path) -> Release:
    return read_release(write_release(tmp_path / "release"), ["waalfiets"])


def approve(book: ReleaseBook, name: str, sha256: str = "", override: str = "") -> str:
    kept = book.release(NAME)
    assert kept is not None
    return book.approve(NAME, Approval(name, sha256 or kept.sha256, NOW, override), ()).sentence


def test_two_people_make_it_approved_and_never_the_same_twice(database: sa.Engine, sound: Release) -> None:
    book = ReleaseBook(database)
    book.save(sound, (), "Els", NOW)

    said = [
        approve(book, "Els"),
        approve(book, "els"),
        book.publish(NAME, "Els", NOW).sentence,
        approve(book, "Jan"),
        approve(book, "Joris"),
    ]

    assert "approved by Els; a second person must agree" == said[0]
    assert "els has approved it already; it still needs somebody else" == said[1]
    assert said[2].startswith("1 more must approve version")
    assert said[3].startswith("approved by Jan; responders release pages")
    assert "it is approved already; nothing was changed" == said[4]


def test_a_change_makes_a_version_that_nobody_approved(database: sa.Engine, sound: Release) -> None:
    book = ReleaseBook(database)
    first = book.save(sound, (), "Els", NOW).kept
    assert first is not None
    approve(book, "Els")
    same = book.save(sound, (), "Jan", NOW)
    book.save(replace(sound, headline={"nl": "Anders", "en": "Otherwise"}), (), "Jan", NOW)

    stale = approve(book, "Jan", first.sha256)
    now = book.release(NAME)

    assert "nothing was saved" in same.sentence
    assert now is not None
    assert (2, (), "waiting") == (now.number, now.approvals, now.status)
    assert f"you named version {first.sha256[:8]}" in stale


def test_its_facts_are_used_once_it_is_published_and_while_a_later_version_waits(database: sa.Engine, sound: Release) -> None:
    book = ReleaseBook(database)
    book.save(sound, (), "Els", NOW)
    approve(book, "Els")
    before = book.facts()
    approve(book, "Jan")
    between = book.facts()
    published = book.publish(NAME, "Els", NOW)
    again = book.publish(NAME, "Els", NOW)
    book.save(replace(sound, facts=()), (), "Jan", NOW)

    assert (True, True, "it was published already; nothing was changed") == (published.ok, again.ok, again.sentence)
    assert [[], [], 4] == [before, between, len(book.facts())]
    assert {"Els, Jan"} == {fact.approved_by for fact in book.facts()}


def test_what_a_rule_objects_to_goes_out_only_with_a_written_reason(database: sa.Engine, sound: Release) -> None:
    book = ReleaseBook(database)
    book.save(sound, (("nl", an_objection("N4")),), "Els", NOW)

    said = [approve(book, "Els"), approve(book, "Els", override="It stands in the report."), approve(book, "Jan")]

    assert said[0].startswith("rule N4 stands against it")
    assert said[2].startswith("approved by Jan; responders")
    assert 1 == sum("It stands in the report." in event.reason for event in MonitorStore(database).audit())


def test_of_many_who_approve_at_once_two_count(database: sa.Engine, sound: Release) -> None:
    ReleaseBook(database).save(sound, (), "Els", NOW)
    with ThreadPoolExecutor(4) as pool:
        said = list(pool.map(lambda name: approve(ReleaseBook(database), name), ["Els", "Els", "Jan", "Joris"]))

    kept = ReleaseBook(database).release(NAME)
    assert kept is not None
    assert ("approved", 2) == (kept.status, len(kept.approvals))
    assert 2 == len({one.name for one in kept.approvals})
    assert 2 == sum(sentence.startswith("approved by") for sentence in said)


def test_only_approvers_may_and_each_step_stands_in_the_audit(database: sa.Engine, sound: Release) -> None:
    book = ReleaseBook(database)
    kept = book.save(sound, (), "Els", NOW).kept
    assert kept is not None

    refused = book.approve(NAME, Approval("Jan", kept.sha256, NOW), (Approver("Els"),))
    unknown = [book.approve("none", Approval("Els", "", NOW), ()).ok, book.publish("none", "Els", NOW).ok]
    other = book.save(replace(sound, brand="another"), (), "Els", NOW)
    approve(book, "Els")

    assert [False, False, False, False] == [refused.ok, *unknown, other.ok]
    assert "is of the brand waalfiets" in other.sentence
    assert [("", "waiting"), ("waiting", "waiting")] == [(event.old_status, event.new_status) for event in MonitorStore(database).audit()]
    assert [f"release {NAME}: version 1", f"release {NAME}: approval 1 of 2"] == [event.reason for event in MonitorStore(database).audit()]
