"""The pictures of docs/slack.md are of the real cards, load nothing, and are there."""

from __future__ import annotations

import re

import pytest

from tests.fakes.blockkit import check_blocks
from tests.papers import ROOT
from tools import blockkit, slack_pictures


def test_every_picture_can_be_drawn_and_loads_nothing() -> None:
    for name, body in slack_pictures.pages().items():
        page = blockkit.page(body)

        assert re.findall(r"(?:src|href|url|@import)[=(\s]", page.split("</style>")[1]) == [], name
        assert "waalfiets" in page.casefold()


def test_every_picture_is_in_the_paper_and_together_they_stay_small() -> None:
    paper = (ROOT / "docs" / "slack.md").read_text(encoding="utf-8")
    drawn = {f"slack-{name}.png" for name in slack_pictures.pages()}

    assert drawn == set(re.findall(r"\]\((slack-\w+\.png)\)", paper))
    assert sum((ROOT / "docs" / name).stat().st_size for name in drawn) < 1_000_000
    assert all((ROOT / "docs" / name).read_bytes().startswith(b"\x89PNG") for name in drawn)


def test_what_a_stranger_wrote_stays_text_in_a_picture() -> None:
    hostile = "<script>alert(1)</script>"
    rich = {"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": [{"type": "text", "text": hostile}]}]}
    markup = {"type": "section", "text": {"type": "mrkdwn", "text": "&lt;b&gt; <!channel> <https://x.example|<b>>"}}

    drawn = blockkit.message([rich, markup], name=hostile)

    assert [] == check_blocks([rich, markup])
    assert "<script>" not in drawn
    assert "<b>" not in drawn
    assert "<span class=ping>!channel</span>" in drawn


def test_a_block_that_nobody_drew_before_is_no_silent_gap() -> None:
    with pytest.raises(KeyError):
        blockkit.draw([{"type": "video"}])
