"""Says what the desk says in the language of the person at it: the English is the key, the Dutch stands in `dutch.py`. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from responders.dutch import DAYS, DUTCH, MONTHS


def say(language: str, english: str, /, **blanks: object) -> str:
    """Return a sentence in this language, in English where it has no word of ours; its blanks stand between braces."""
    found = DUTCH.get(english, english) if language == "nl" else english
    return found.format(**blanks) if blanks else found


def span(start: datetime, end: datetime, language: str = "en") -> str:
    """Say how long it is from one moment to another, in at most two units."""
    minutes = max(end - start, timedelta()) // timedelta(minutes=1)
    hours, days = minutes // 60, minutes // (60 * 24)
    hour = "u" if language == "nl" else "h"
    if minutes < 1:
        return say(language, "less than a minute")
    if hours < 1:
        return f"{minutes} min"
    if days < 1:
        return f"{hours} {hour} {minutes % 60} min" if minutes % 60 else f"{hours} {hour}"
    return f"{days} d {hours % 24} {hour}" if hours % 24 and days < 7 else f"{days} d"


def ago(then: datetime, now: datetime, language: str = "en") -> str:
    """Say how long ago something was."""
    if now - then < timedelta(minutes=1):
        return say(language, "just now")
    return say(language, "{span} ago", span=span(then, now, language))


def moment(at: datetime, timezone: str, language: str = "en") -> str:
    """Return a day and a time on the brand's clock."""
    local = at.astimezone(ZoneInfo(timezone))
    day, month = (DAYS[local.weekday()], MONTHS[local.month - 1]) if language == "nl" else (f"{local:%a}", f"{local:%b}")
    return f"{day} {local.day} {month} {local.year} {local:%H:%M}"
