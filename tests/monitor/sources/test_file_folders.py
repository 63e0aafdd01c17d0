"""Folders of files: read in order, each where it was left, and one that is bad holds up none of the others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from monitor.contracts import Rejected, Unavailable
from monitor.sources.file import MAX_FILES, MAX_ROWS, FileSource
from tests.builders import NOW
from tests.monitor.sources.test_file import BRAND, line, put, read_all


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "exports"
    path.mkdir()
    return path


@pytest.fixture
def folder_source(folder: Path) -> FileSource:
    return FileSource("exports", folder, lambda: NOW, network="x")


def test_a_folder_is_read_in_the_order_of_its_names(folder: Path, folder_source: FileSource) -> None:
    put(folder / "2.csv", "text,date\nc,2026-03-02\n")
    put(folder / "1.jsonl", line("a") + line("b"))
    put(folder / "notes.md", "no rows")
    put(folder / ".hidden.jsonl", line("hidden"))
    (folder / "~lock.csv").write_text("x")
    (folder / "below.jsonl").mkdir()
    (folder / "link.jsonl").symlink_to(folder / "1.jsonl")

    first, rejected, cursor = read_all(folder_source)
    put(folder / "3.tsv", "text\tdate\nd\t2026-03-02\n")
    second, _, _ = read_all(folder_source, cursor)

    assert (["a", "b", "c"], [], ["d"]) == (first, rejected, second)


def test_a_file_that_is_no_file_of_rows_does_not_hold_up_the_others_and_is_told_once(folder: Path, folder_source: FileSource) -> None:
    put(folder / "1.csv", "a,b\n1,2\n")
    put(folder / "2.jsonl", line("a"))

    found, first, cursor = read_all(folder_source)
    _, second, cursor = read_all(folder_source, cursor)
    put(folder / "1.csv", "text,date\nb,2026-03-02\n")
    third, _, _ = read_all(folder_source, cursor)

    assert ["a"] == found
    assert [("1.csv", 0, True)] == [(row.place, row.line, "no column for text" in row.reason) for row in first]
    assert ([], ["b"]) == (second, third)


def test_bounds_hold_over_several_files(folder: Path, folder_source: FileSource) -> None:
    for number in range(4):
        put(folder / f"{number}.jsonl", line(str(number)) * 300)

    batch = folder_source.fetch(BRAND, "")
    found, _, _ = read_all(folder_source)

    assert (MAX_ROWS, True) == (len(batch.mentions), batch.more)
    assert [str(number) for number in range(4) for _ in range(300)] == found


def test_a_file_that_is_gone_is_forgotten(folder: Path, folder_source: FileSource) -> None:
    put(folder / "1.jsonl", line("a"))
    _, _, cursor = read_all(folder_source)
    (folder / "1.jsonl").unlink()

    assert {"files": {}} == json.loads(folder_source.fetch(BRAND, cursor).cursor)


def test_a_folder_with_too_many_files_is_refused(folder: Path, folder_source: FileSource) -> None:
    for number in range(MAX_FILES + 1):
        (folder / f"{number}.jsonl").touch()

    with pytest.raises(Rejected, match=r"^exports: .* holds more than 1,000 files; move those"):
        folder_source.fetch(BRAND, "")


def test_a_file_that_may_not_be_opened_is_unavailable_alone_and_told_in_a_folder(
    folder: Path, folder_source: FileSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = folder / "1.jsonl"
    put(locked, line("a"))
    put(folder / "2.jsonl", line("b"))
    opened = Path.open

    def refuse(path: Path, *args: Any, **more: Any) -> Any:  # Root may open everything, so that a real lock would not do.
        if path == locked:
            raise PermissionError(13, "Permission denied")
        return opened(path, *args, **more)

    monkeypatch.setattr(Path, "open", refuse)

    with pytest.raises(Unavailable, match=r"^export: .*1\.jsonl cannot be read \(Permission denied\)"):
        FileSource("export", locked, lambda: NOW).fetch(BRAND, "")
    found, rejected, _ = read_all(folder_source)
    assert (["b"], [("1.jsonl", "the file cannot be read (Permission denied)")]) == (found, [(row.place, row.reason) for row in rejected])
