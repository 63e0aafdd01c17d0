"""Puts a day's figures into words for the people who run a brand's communication; it counts, fetches and sends nothing itself."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from monitor.digest.account import PENDING, Account, Counted, Fate, Share, account, fate_of
from monitor.digest.counted import (
    QUOTE,
    Alarm,
    AnsweredReply,
    DayCount,
    Figures,
    Mistakes,
    Override,
    Quote,
    SourceSpent,
    ToldStory,
    Unanswered,
    Usual,
    Voice,
    WaitingReply,
)
from monitor.digest.speech import LANGUAGES, Speech
from monitor.text import clip, for_terminal

if TYPE_CHECKING:
    import jinja2
    from markupsafe import Markup

__all__ = [
    "LANGUAGES",
    "MOST",
    "PENDING",
    "Account",
    "Alarm",
    "AnsweredReply",
    "Counted",
    "DayCount",
    "Digest",
    "Fate",
    "Figures",
    "Mistakes",
    "Override",
    "Quote",
    "Share",
    "SourceSpent",
    "Speech",
    "ToldStory",
    "Unanswered",
    "Usual",
    "Voice",
    "WaitingReply",
    "account",
    "fate_of",
    "write",
]

MOST = 8
"""So many of a kind are shown one by one; of the others only the number is said."""
FEW = 5
"""So many quotes stand for all that was said, of praise and of criticism."""
MOST_BYTES = 95_000
"""Mail clients cut what is longer than about 100 kB."""
HEIGHT, BLOCKS = 80, 28
"""The highest bar of the chart, in pixels and in signs."""
MOST_REASON = 240
"""Characters of why something stands there: our own words, which may be longer than a stranger's that are quoted."""
MOST_ADDRESS = 300
"""A longer address is not linked."""


@dataclass(frozen=True, slots=True)
class Digest:
    """What is sent: a subject on one line, plain text, and HTML that loads nothing."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One day of the chart."""

    day: DayCount
    plain: int
    """How high what is not negative stands, in pixels."""
    negative: int
    blocks: int
    """How long it is in plain text, in signs."""
    tall: bool
    """It is the highest."""


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
    # What strangers wrote may be long however short it is quoted, and brands many: rather fewer of a kind than a mail that is cut.
    for most in (MOST, 4, 2, 0):
        ordered = [_ordered(one if most else replace(one, days=())) for one in figures]
        parts = {
            "figures": ordered,
            "speech": speech,
            "subject": subject,
            "now": now,
            "late": late,
            "MOST": most,
            "FEW": min(FEW, most),
            "style": _style(),
        }
        text, html = (templates.get_template(f"digest.{kind}").render(parts) for kind in ("txt", "html"))
        html = _inline(html)
        if len(html.encode("utf-8", "replace")) <= MOST_BYTES:
            break
    return Digest(subject, re.sub(r"\n{3,}", "\n\n", text).strip() + "\n", html)


def _ordered(figures: Figures) -> dict[str, Any]:
    """Put what waits longest and what weighs most first."""
    waiting = sorted(figures.waiting, key=lambda one: (not one.serious, one.asked_at, one.reply_id))
    waits = {one.mention_id for one in waiting}
    promised = figures.promises.overdue or figures.promises.due
    escalated = [quote for quote in figures.escalated if not quote.mention_id or quote.mention_id not in waits]
    return {
        **{name: getattr(figures, name) for name in Figures.__slots__},
        "whole": figures,
        "by_network": sorted(figures.by_network.items(), key=lambda pair: (-pair[1], pair[0])),
        "waiting": waiting,
        "escalated": escalated,
        "said": _different(figures.said),
        "praise": _different(figures.praise),
        "needs_you": bool(waiting or escalated or promised),
        "answered": sorted(figures.answered, key=lambda one: (one.answered_at, one.reply_id)),
        "unanswered": sorted(figures.unanswered, key=lambda one: (-one.count, one.rule)),
        "failing": [health for health in figures.sources if health.failures],
        "chart": _chart(figures.days),
    }


def _different(quotes: Sequence[Quote]) -> list[Quote]:
    """Leave out what says word for word what stands there already."""
    return list({" ".join(quote.text.casefold().split()): quote for quote in reversed(quotes)}.values())[::-1]


def _chart(days: Sequence[DayCount]) -> list[Bar]:
    """Return a bar for each day, scaled to the highest; nothing where there is nothing to draw."""
    top = max((day.received for day in days), default=0)
    if not top:
        return []
    bars = []
    for day in days:
        whole, bad = (-(-HEIGHT * number // top) for number in (day.received, day.negative))
        bars.append(Bar(day, max(whole - bad, 1), bad, -(-BLOCKS * day.received // top), tall=day.received == top))
    return bars


def _subject(figures: Sequence[Figures], speech: Speech) -> str:
    """Say the most important on one line; no brand's name can break a mail's header."""
    serious, waiting = sum(len(one.escalated) for one in figures), sum(len(one.waiting) for one in figures)
    # That nothing waits for a decision would say that nothing is amiss.
    needed = [("subject_serious", serious)] * (serious > 0) + [("waiting", waiting)] * (waiting > 0 or not serious)
    return clip(
        speech.say(
            "subject",
            brands=speech.join([clip(for_terminal(one.brand), 40) for one in figures]),
            period=speech.period(figures[0]),
            mentions=speech.say("mentions", sum(one.received for one in figures)),
            negative=speech.say("negative", sum(one.negative for one in figures)),
            waiting=", ".join(speech.say(*part) for part in needed),
        ),
        200,
    )


def _reason(text: str) -> str:
    return clip(for_terminal(text), MOST_REASON)


def _quote(text: str) -> str:
    return clip(for_terminal(text), QUOTE)


def _link(url: str) -> str:
    """Return an address that may be followed, "" for any other (javascript:, data:, a broken one)."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    # What is printable holds one kind of space, and no address holds that.
    sound = parts.scheme in {"http", "https"} and parts.netloc and url.isprintable() and " " not in url and len(url) <= MOST_ADDRESS
    return url if sound else ""


def _fill(text: str, indent: int = 0, first: str = "") -> str:
    """Break a line at 76 characters, as a plain mail does; an address is never broken."""
    start = " " * (indent - len(first)) + first
    lines = textwrap.wrap(text, 76, initial_indent=start, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False)
    return "\n".join(lines)


def _inline(html: str) -> str:
    """Write the style of each element beside it, where all mail clients look; what is for dark screens stays at the head."""
    import css_inline  # noqa: PLC0415 - only a digest needs it

    inliner = css_inline.CSSInliner(load_remote_stylesheets=False, keep_at_rules=True, minify_css=True)
    return str(inliner.inline(html.encode("utf-8", "replace").decode()))


@cache
def _style() -> Markup:
    from markupsafe import Markup  # noqa: PLC0415 - comes with jinja2

    return Markup((files("monitor") / "templates" / "digest" / "digest.css").read_text("utf-8"))  # noqa: S704 - our own file


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
    environment.filters.update(quote=_quote, reason=_reason, link=_link, fill=_fill)
    return environment
