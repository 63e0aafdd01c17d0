"""Puts a day's figures into words for the people who run a brand's communication; it counts, fetches and sends nothing itself."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from monitor.digest.account import PENDING, Account, Counted, Fate, Share, account, fate_of
from monitor.digest.counted import QUOTE, AnsweredReply, Figures, Mistakes, Quote, Unanswered, WaitingReply
from monitor.digest.speech import LANGUAGES, Speech
from monitor.text import clip, for_terminal

if TYPE_CHECKING:
    import jinja2

__all__ = [
    "LANGUAGES",
    "MOST",
    "PENDING",
    "Account",
    "AnsweredReply",
    "Counted",
    "Digest",
    "Fate",
    "Figures",
    "Mistakes",
    "Quote",
    "Share",
    "Speech",
    "Unanswered",
    "WaitingReply",
    "account",
    "fate_of",
    "write",
]

MOST = 8
"""So many of a kind are shown one by one; of the others only the number is said."""


@dataclass(frozen=True, slots=True)
class Digest:
    """What is sent: a subject on one line, plain text, and HTML that loads nothing."""

    subject: str
    text: str
    html: str


def write(figures: Sequence[Figures], language: str, now: datetime, *, late: bool = False) -> Digest:
    """Write one digest about these brands in a language of LANGUAGES; it says of itself that it is late.

    Raises ValueError for another language, or without figures.
    """
    if language not in LANGUAGES:
        raise ValueError(f"the digest knows no language {language!r}; choose one of {', '.join(LANGUAGES)}")
    if not figures:
        raise ValueError("a digest needs the figures of at least one brand")
    speech = Speech(language)
    templates = _templates()
    subject = _subject(figures, speech)
    parts = {"figures": [_ordered(one) for one in figures], "speech": speech, "subject": subject, "now": now, "late": late, "MOST": MOST}
    text, html = (templates.get_template(f"digest.{kind}").render(parts) for kind in ("txt", "html"))
    return Digest(subject, re.sub(r"\n{3,}", "\n\n", text).strip() + "\n", html)


def _ordered(figures: Figures) -> dict[str, Any]:
    """Put what waits longest and what weighs most first."""
    return {
        **{name: getattr(figures, name) for name in Figures.__slots__},
        "whole": figures,
        "by_network": sorted(figures.by_network.items(), key=lambda pair: (-pair[1], pair[0])),
        "waiting": sorted(figures.waiting, key=lambda one: (one.asked_at, one.reply_id)),
        "answered": sorted(figures.answered, key=lambda one: (one.answered_at, one.reply_id)),
        "unanswered": sorted(figures.unanswered, key=lambda one: (-one.count, one.rule)),
        "failing": [health for health in figures.sources if health.failures],
    }


def _subject(figures: Sequence[Figures], speech: Speech) -> str:
    """Say the most important on one line; no brand's name can break a mail's header."""
    return clip(
        speech.say(
            "subject",
            brands=speech.join([clip(for_terminal(one.brand), 40) for one in figures]),
            period=speech.period(figures[0]),
            mentions=speech.say("mentions", sum(one.received for one in figures)),
            negative=speech.say("negative", sum(one.negative for one in figures)),
            waiting=speech.say("waiting", sum(len(one.waiting) for one in figures)),
        ),
        200,
    )


def _quote(text: str) -> str:
    return clip(for_terminal(text), QUOTE)


def _link(url: str) -> str:
    """Return an address that may be followed, "" for any other (javascript:, data:, a broken one)."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    sound = parts.scheme in {"http", "https"} and parts.netloc and url.isprintable() and not any(c.isspace() for c in url)
    return url if sound else ""


def _fill(text: str, indent: int = 0, first: str = "") -> str:
    """Break a line at 76 characters, as a plain mail does; an address is never broken."""
    start = " " * (indent - len(first)) + first
    lines = textwrap.wrap(text, 76, initial_indent=start, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False)
    return "\n".join(lines)


@cache
def _templates() -> jinja2.Environment:
    import jinja2  # noqa: PLC0415 - 50 ms, and only a digest needs it

    folder = files("monitor") / "templates" / "digest"
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(lambda name: (folder / name).read_text("utf-8")),
        autoescape=jinja2.select_autoescape(["html"], default=False),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(quote=_quote, link=_link, fill=_fill)
    return environment
