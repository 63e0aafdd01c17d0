"""Reads single values: one reader for each kind of key, which gives the value or says what would be right; no files, no tables."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from difflib import get_close_matches
from functools import lru_cache
from itertools import islice
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from monitor.settings.keys import LANGUAGE_NAMES, LANGUAGES, Key
from monitor.settings.leaks import show

LONGEST_LINE = 200
LONGEST_TEXT = 5_000
SHORTEST_REFERENCE = 8
MOST = 1_000_000_000
"""No amount is larger."""
LISTED = 20
"""Names that a message lists."""

UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufffe\uffff]")
"""Control characters, and the marks that turn the direction of what follows; the joiners within emoji are none of these."""

_SLUG = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_DURATION = re.compile(r"([0-9]{1,6})\s?([smhdw])")
_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})")
_UNITS: Mapping[str, timedelta] = {
    "w": timedelta(weeks=1),
    "d": timedelta(days=1),
    "h": timedelta(hours=1),
    "m": timedelta(minutes=1),
    "s": timedelta(seconds=1),
}


class Wrong(ValueError):
    """Says in one sentence what is wrong with a value and what would be right."""


def nearest(wrong: str, known: Iterable[str]) -> str:
    """Return the known name that is most like a wrong one, or "" where none is."""
    names = {name.casefold(): name for name in known}
    near = get_close_matches(wrong[:LONGEST_LINE].casefold(), names, n=1, cutoff=0.6)
    return names[near[0]] if near else ""


def suggest(wrong: str, known: Iterable[str]) -> str:
    """Return `; did you mean "…"?` where something known is near, or nothing."""
    near = nearest(wrong, known)
    return f"; did you mean {show(near)}?" if near else ""


def listed(names: Collection[str]) -> str:
    """Return names as a person lists them: `"a", "b" or "c"`; of very many only the first."""
    quoted = [show(name) for name in islice(names, LISTED)]
    if len(names) > LISTED:
        return f"{', '.join(quoted)} and {len(names) - LISTED} more"
    return " or ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)


def slug(text: str) -> str:
    """Return an id made from a name: `Café Zuid` gives `cafe-zuid`; "" where nothing is left."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:40].rstrip("-")


def read_text(value: object, key: Key, longest: int = LONGEST_LINE) -> str:
    """Return a text of one line without space round it; a longer one may have several lines."""
    if not isinstance(value, str):
        raise Wrong(f"{show(value)} is not a text: write it between quotes")
    text = value.strip()
    if key.required and not text:
        raise Wrong(f"is empty; write {key.help}")
    if len(text) > longest:
        raise Wrong(f"is {len(text):,} characters long; {longest:,} is the most")
    if UNPRINTABLE.search(text):
        raise Wrong("holds a control character, which cannot be seen: type the text again")
    if longest == LONGEST_LINE and "\n" in text:
        raise Wrong("runs over several lines: write it on one line")
    return text


def read_long_text(value: object, key: Key) -> str:
    """Return a text that may have several lines."""
    return read_text(value, key, LONGEST_TEXT)


def read_phrase(value: object, key: Key) -> str:
    """Return a phrase to look for in texts, where * stands for the rest of a word."""
    text = read_text(value, key)
    if text and not any(unicodedata.category(sign)[0] in "LNPS" and sign != "*" for sign in text):
        raise Wrong("has nothing in it to look for: write at least one letter, digit or sign besides *")
    return text


def read_handle(value: object, key: Key) -> str:
    """Return the name of an account or a hashtag, with or without the sign before it."""
    text = read_text(value, key)
    if text and (re.search(r"\s", text) or not any(sign.isalnum() for sign in text)):
        raise Wrong(f'{show(text)} is not one name: write it without spaces, such as "@waalfiets" or "#waalfiets"')
    return text


def read_reference(value: object, key: Key) -> str:
    """Return a text by which a person finds a document again; a mere yes or no is none."""
    text = read_text(value, key)
    if len(text) < SHORTEST_REFERENCE:
        raise Wrong(f'{show(text)} is no reference: write where the document is found, such as "mail of 2026-03-02 from X, no. 12"')
    return text


def read_slug(value: object, key: Key) -> str:
    """Return an id."""
    text = read_text(value, key)
    if not _SLUG.fullmatch(text):
        made = slug(text)
        proposal = f'; "{made}" would do' if made and show(text) == f'"{text}"' else ""
        raise Wrong(f"{show(text)} may hold only a-z, 0-9, - and _, begins with a letter or digit, and has at most 40 signs{proposal}")
    return text


def read_language(value: object, key: Key) -> str:
    """Return a two-letter code of ISO 639-1."""
    code = read_text(value, key)
    if code not in LANGUAGES:
        plain = code.casefold()
        first = re.split(r"[-_]", plain, maxsplit=1)[0]
        meant = LANGUAGE_NAMES.get(plain) or (first if first in LANGUAGES else "")
        proposal = f'; did you mean "{meant}"?' if meant else ', such as "nl" for Dutch'
        raise Wrong(f"{show(code)} is not a two-letter code of a language (ISO 639-1){proposal}")
    return code


def read_timezone(value: object, key: Key) -> str:
    """Return the name of a time zone that this machine knows."""
    name = read_text(value, key)
    try:
        ZoneInfo(name)
    except (LookupError, ValueError, OSError):  # Not there; leads out of the folder; a folder, or too long a name.
        known = _all_timezones()
        cities = {zone.rpartition("/")[2].casefold(): zone for zone in sorted(known)}
        city = cities.get(name.rpartition("/")[2].strip().casefold().replace(" ", "_"))
        proposal = f'; did you mean "{city}"?' if city else suggest(name, known) or '; write one such as "Europe/Amsterdam"'
        raise Wrong(f"{show(name)} is not a time zone{proposal}") from None
    return name


@lru_cache(maxsize=1)
def _all_timezones() -> frozenset[str]:
    return frozenset(available_timezones())  # Walks through hundreds of files.


def read_whole(value: object, key: Key) -> int:
    """Return a whole number within the key's bounds."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise Wrong(f"{show(value)} is not a whole number: write one without quotes, such as {key.default or 10}")
    if isinstance(key.least, int) and isinstance(key.most, int) and not key.least <= value <= key.most:
        raise Wrong(f"{show(value)} is out of bounds: write a number from {key.least} to {key.most}")
    return value


def read_number(value: object, key: Key) -> int | float:
    """Return a number, whole or not."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise Wrong(f"{show(value)} is not a number: write one without quotes, such as {key.default or 10}")
    return value


def read_amount(value: object, key: Key) -> Decimal:
    """Return an amount of money or units above 0."""
    number = read_number(value, key)
    if not 0 < number <= MOST:
        raise Wrong(f"{show(value)} is not possible here: write an amount above 0 and at most {MOST:,}, without quotes, such as 2.50")
    return Decimal(str(number))


def read_flag(value: object, _: Key) -> bool:
    """Return true or false."""
    if not isinstance(value, bool):
        raise Wrong(f"{show(value)} is neither true nor false: write one of these, without quotes")
    return value


def read_choice(value: object, key: Key) -> str:
    """Return one of the key's choices."""
    if not isinstance(value, str) or value not in key.choices:
        raise Wrong(f"{show(value)} is not possible here: write {listed(key.choices)}{suggest(str(value), key.choices)}")
    return value


def read_duration(value: object, key: Key) -> timedelta:
    """Return a length of time within the key's bounds."""
    match = _DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
    if not match:
        raise Wrong(f'{show(value)} is not a duration: write a number and s, m, h, d or w between quotes, such as "90s", "10m" or "3d"')
    length = int(match[1]) * _UNITS[match[2]]
    if isinstance(key.least, timedelta) and length < key.least:
        raise Wrong(f'{show(value)} is too short: "{spell(key.least)}" is the least')
    if isinstance(key.most, timedelta) and length > key.most:
        raise Wrong(f'{show(value)} is too long: "{spell(key.most)}" is the most')
    return length


def spell(length: timedelta) -> str:
    """Return a duration of whole seconds as it is written in the files, such as `90s`."""
    sign, unit = next((sign, unit) for sign, unit in _UNITS.items() if not length % unit)
    return f"{length // unit}{sign}"


def read_time(value: object, _: Key) -> time:
    """Return a time of the day."""
    if isinstance(value, time):
        return value.replace(microsecond=0)
    clock = _CLOCK.fullmatch(value.strip()) if isinstance(value, str) else None
    if not clock or int(clock[1]) > 23 or int(clock[2]) > 59:
        raise Wrong(f'{show(value)} is not a time of the day: write hours and minutes between quotes, such as "08:00"')
    return time(int(clock[1]), int(clock[2]))


def read_date(value: object, _: Key) -> date:
    """Return a day."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        with suppress(ValueError):
            return date.fromisoformat(value)
    raise Wrong(f"{show(value)} is not a date: write year, month and day without quotes, such as 2026-03-31")


def read_url(value: object, key: Key) -> str:
    """Return a web address."""
    text = read_text(value, key, LONGEST_TEXT)
    if text and not _is_web_address(text):
        raise Wrong(f"{show(text)} is not a web address: it begins with https:// and names a place, such as https://example.org/feed.xml")
    return text


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0 and not re.search(r"\s", text)
    except ValueError:
        return False


Reader = Callable[[Any, Key], Any]

READERS: Mapping[str, Reader] = {
    "amount": read_amount,
    "choice": read_choice,
    "date": read_date,
    "duration": read_duration,
    "flag": read_flag,
    "handle": read_handle,
    "language": read_language,
    "long text": read_long_text,
    "number": read_number,
    "phrase": read_phrase,
    "reference": read_reference,
    "slug": read_slug,
    "text": read_text,
    "time": read_time,
    "timezone": read_timezone,
    "url": read_url,
    "whole": read_whole,
}
