"""The pictures of docs/digest.md are of the sample's real digest, load nothing, and are there."""

from __future__ import annotations

import re

from tests.papers import ROOT
from tools import digest_pictures


def test_the_page_is_the_samples_own_digest_with_answers_and_an_alarm_and_loads_nothing() -> None:
    page = digest_pictures.page()

    assert [] == re.findall(r"<(?:img|script|link|iframe)\b", page)
    assert "Waalfiets" in page
    assert "Goedgekeurd door Els Kamps." in page
    assert "▲" in page


def test_both_pictures_are_in_the_paper_and_small() -> None:
    paper = (ROOT / "docs" / "digest.md").read_text(encoding="utf-8")
    drawn = {f"{name}.png" for name in digest_pictures.PICTURES}

    assert drawn == set(re.findall(r"\]\((digest[\w-]*\.png)\)", paper))
    assert all((ROOT / "docs" / name).read_bytes().startswith(b"\x89PNG") for name in drawn)
    assert sum((ROOT / "docs" / name).stat().st_size for name in drawn) < 200_000
