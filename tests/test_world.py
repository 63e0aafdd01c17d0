"""The count that the made-up world ends in finds what is lost, doubled, foreign or miscounted; and a small world comes out right."""

from __future__ import annotations

import random
from typing import Any

import pytest

from benchmarks import world
from benchmarks.table import Figure
from benchmarks.world import Stored, judge, missing, posts

BEGAN = 1_000.0
PAST = 60
"""Everything that is deleted on the way is by then."""


def the_posts(count: int = 60) -> list[dict[str, Any]]:
    return posts(count, 10, random.Random(3))


def all_stored(made: list[dict[str, Any]]) -> list[Stored]:
    ours = [one for one in made if "Waalfiets" in one["text"] and one.get("delete_after_s", 99) > PAST]
    return [Stored(one["platform"], world.token_of(one), one["text"], BEGAN + one["after_s"] + 2) for one in ours]


def verdicts(stored: list[Stored], made: list[dict[str, Any]], bill: float = 0.5, ledger: float = 0.5) -> list[str]:
    """Return what does not hold."""
    figures: list[Figure] = judge(made, stored, PAST, 1, bill, ledger, {"": 9, "429": 1}, BEGAN)
    return [figure.what for figure in figures if figure.holds is False]


def test_what_came_out_right_holds() -> None:
    made = the_posts()

    assert [] == verdicts(all_stored(made), made)


def test_every_way_to_go_wrong_is_found() -> None:
    made = the_posts()
    stored = all_stored(made)
    alive = {world.token_of(one) for one in made if "delete_after_s" not in one}
    foreign = next(world.token_of(one) for one in made if "Waalfiets" not in one["text"])

    assert ["about us and still there, stored"] == verdicts(
        [one for one in stored if one.token != min(alive & {s.token for s in stored})], made
    )
    assert ["stored twice"] == verdicts([*stored, stored[0]], made)
    assert ["stored that is not about us"] == verdicts([*stored, Stored("x", foreign, "", BEGAN)], made)
    for network in ("x", "rss"):
        deleted = next(one for one in made if "delete_after_s" in one and one["platform"] == network and "Waalfiets" in one["text"])
        left = Stored(network, world.token_of(deleted), "", BEGAN)

        assert ["deleted there, still stored here"] == verdicts([*stored, left], made)
    assert ["our ledger"] == verdicts(stored, made, ledger=0.505)


def test_what_was_deleted_is_not_missed() -> None:
    made = the_posts(300)
    gone = [one for one in made if one.get("delete_after_s", 99) < 19 and "Waalfiets" in one["text"]]
    lost = missing(made, [], 19)

    assert gone
    assert not {world.token_of(one) for one in gone} & set(lost)
    assert len({one["id"] for one in made if "id" in one}) == sum("id" in one for one in made)


def test_without_the_world_it_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setattr(world, "WORLD", tmp_path / "missing.py")

    assert "is not here" in world.measure(10, 1, 0, 1, 8_990).skipped
