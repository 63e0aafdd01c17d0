"""Builds digests for the tests of what they say, each part with something to say."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from monitor.digest import AnsweredReply, Digest, Figures, Mistakes, Quote, Unanswered, WaitingReply, write
from monitor.domain import ReplyStatus, SourceHealth
from tests.builders import NOW

DAY = Figures("Waalfiets", datetime(2026, 2, 28, 23, tzinfo=UTC), datetime(2026, 3, 1, 23, tzinfo=UTC))
TEMPLATES = Path(__file__).parents[3] / "monitor" / "templates" / "digest"


def a_source(name: str = "blog", **changes: Any) -> SourceHealth:
    return replace(SourceHealth(name, "waalfiets", "", NOW - timedelta(minutes=4), None, 0, "", 3), **changes)


def waiting(number: int = 41, *, hours: int = 5, text: str = "Mijn slot gaat niet open", **changes: Any) -> WaitingReply:
    at = NOW - timedelta(hours=hours)
    return replace(WaitingReply(number, ReplyStatus.AWAITING, at, "mastodon", "Sanne", text, f"https://social.example/{number}"), **changes)


def answered(number: int = 12, *, minutes: int = 38, **changes: Any) -> AnsweredReply:
    asked = NOW - timedelta(days=1)
    reply = AnsweredReply(
        number, asked, asked + timedelta(minutes=minutes), "x", "Jo", "Dat is onze fout. ^EK", "https://x.example/1", ("Els",)
    )
    return replace(reply, **changes)


def digest(language: str = "nl", **changes: Any) -> Digest:
    return write([replace(DAY, **changes)], language, NOW)


def flat(text: str) -> str:
    return " ".join(text.split())


FULL: dict[str, Any] = {
    "received": 1_234,
    "negative": 12,
    "unjudged": 6,
    "by_network": {"x": 12, "mastodon": 1_222},
    "said": [Quote("reddit", "u/fietsert", "Derde keer deze maand", "https://reddit.example/1")],
    "escalated": [Quote("mastodon", "Karin", "De rem weigerde", "https://social.example/3", "Iemand is gewond.")],
    "answered": [answered()],
    "waiting": [waiting()],
    "unanswered": [Unanswered("T3", 4), Unanswered("T8", 14)],
    "sources": [a_source(), a_source("hn", failures=2, last_error="hn: 503")],
    "mistakes": Mistakes(1, 2, 3, 4, overflagged=5, missed=7, misplaced=8, unreadable=6, down=("hn", "reddit")),
}
