from __future__ import annotations

import gc

import pytest

from monitor.command import CommandError
from monitor.importing import SELDOM, Importing, seldom_collecting
from monitor.wiring import Monitor, read_settings
from tests.steps import import_posts, post
from tests.terminal import Terminal


def test_garbage_is_looked_for_seldom_during_an_import_and_as_before_after_it() -> None:
    before = gc.get_threshold()

    with seldom_collecting():
        during = gc.get_threshold()

    assert (SELDOM, *before[1:]) == during
    assert before == gc.get_threshold()
    assert SELDOM > before[0]


def test_garbage_is_looked_for_as_before_after_an_import_that_could_not_be_done(terminal: Terminal) -> None:
    before = gc.get_threshold()
    wrong = terminal.folder / "export.pdf"
    wrong.write_bytes(b"%PDF-1.7")
    monitor = Monitor(read_settings(terminal.folder / "config", f"sqlite:///{terminal.folder}/grapevine.db"))
    importing = Importing(monitor, wrong, [], "", "", "", terminal.folder / "rejected.jsonl")

    with pytest.raises(CommandError, match="its name must end in"):
        importing.run(dry_run=True, show_progress=False)

    assert before == gc.get_threshold()


def test_a_row_that_names_no_brand_and_was_written_to_one_is_that_one_s_alone(terminal: Terminal) -> None:
    with (terminal.folder / "config" / "brands.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[brand]]\nid = "bank"\nname = "Tyne Bank"\nterms = ["Tyne Bank"]\n')
    import_posts(terminal, post("1", mentions_us=True), post("2", "hello you", mentions_us=True))
    kept = terminal.type("monitor", "mentions", "--json").json

    assert [("1", "waalfiets"), ("2", "bank"), ("2", "waalfiets")] == sorted(
        (one["mention"]["external_id"], one["mention"]["brand"]) for one in kept
    )
