"""`python -m benchmarks` runs what was named, or nothing."""

from __future__ import annotations

import pytest

from benchmarks import __main__ as benchmarks


def test_an_unknown_name_is_told_before_anything_is_run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.argv", ["benchmarks", "starting", "--posts", "nothing"])

    assert 2 == benchmarks.main()
    told = capsys.readouterr().err
    assert told.startswith("no such benchmark: --posts, nothing; there are importing, ")
    assert "starting …" not in told
