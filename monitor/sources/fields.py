"""Makes a mention of the fields of one row, whatever it came from; every value is taken for hostile."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import Any

from monitor.domain import Author, Mention
from monitor.sources.dates import WrongDate, check_moment, read_moment
from monitor.text import clean

MAX_SHORT = 200
"""Characters of a name, a handle, an id; a longer name is cut, a longer id becomes its hash."""
MAX_URL = 2_000

_NETWORK = re.compile(r"[a-z0-9][a-z0-9 ._-]{0,39}")
_NETWORKS = {"twitter": "x", "x (twitter)": "x", "x/twitter": "x", "hn": "hackernews", "hacker news": "hackernews", "rss": "blog"}
_YES = frozenset({"true", "yes", "ja", "1", "y", "j", "x", "waar"})
_NO = frozenset({"", "false", "no", "nee", "0", "n", "onwaar"})


class WrongRow(ValueError):
    """The row is no mention; the message says why, for a person."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What to assume where a row does not say."""

    place: str
    """The file's name, for messages."""
    now: datetime
    """A date more than a day after this is refused."""
    zone: tzinfo = UTC
    """The time zone of times without one."""
    brand: str = ""
    """The brand of rows that name none; of all rows where `brand_in_rows` is off."""
    brand_in_rows: bool = True
    other_brands: frozenset[str] = frozenset()
    """Ids and names, folded, of our other brands: what a row says was written to one of them was not written to this one."""
    network: str = ""
    """The network of rows that name none."""
    source: str = ""
    date_format: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Column → field, where a column has a name of its own (`columns.read_map`)."""
    growing: bool = False
    """Whether somebody may still be writing the last line."""


def make_mention(values: Mapping[str, Any], options: ReadOptions) -> Mention:
    """Return the mention that these fields are; its brand is what the row says, which may be a name or an id, or nothing.

    Formulas and the like stay what they are: text. Whoever writes a spreadsheet from it must make them harmless there.

    Raises:
        WrongRow: with the reason.
    """
    get = values.get
    text = get("text")
    if not isinstance(text, str):
        text = _short(text, "text")
    text = clean(text).strip()
    if not text:
        raise WrongRow("there is no text")
    try:
        moment = check_moment(read_moment(get("posted_at"), options.zone, options.date_format), options.now)
    except WrongDate as error:
        raise WrongRow(str(error)) from None
    network = _network(_short(get("network"), "network") or options.network)
    url = _url(_short(get("url"), "url", MAX_URL + 1))
    handle = _short(get("author"), "author")
    name = _short(get("author_name"), "author_name")
    given = get("external_id")
    identity = _identify(given, "external_id") if given or given == 0 else ""
    if not identity:
        # The address alone would not do: in many exports it is that of the page, and all of its texts would become one.
        told = "\n".join((network, url, handle or name, text, moment.isoformat()))
        identity = "row:" + _digest(told)[:32]
    if not handle:
        # No two people without a name are taken for one and the same.
        handle = name or f"unknown-{_digest(identity)[:8]}"
    brand = _short(get("brand"), "brand")
    theirs = brand.casefold() in options.other_brands
    return Mention(
        network=network,
        external_id=identity,
        brand=(options.brand_in_rows and brand) or options.brand,
        author=Author(handle, name),
        text=text,
        url=url,
        posted_at=moment,
        source=options.source,
        language_hint=_language(_short(get("language"), "language")),
        mentions_us=_flag(get("mentions_us"), "mentions_us") and not theirs,
        own_channel=_flag(get("own_channel"), "own_channel") and not theirs,
        community=_short(get("community"), "community"),
        parent_id=_identify(get("parent_id"), "parent_id"),
        answered_by_us=_flag(get("answered_by_us"), "answered_by_us"),
    )


def _short(value: Any, name: str, limit: int = MAX_SHORT) -> str:
    """Return a value as text on one line, cut to `limit` characters."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        value = int(value)  # Spreadsheets make floats of whole numbers; beyond 2**53 digits are lost, and 1e18 is no id.
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str):
        raise WrongRow(f"{name} is neither a text nor a whole number; if it stands deeper, say where, such as --map “user.name={name}”")
    if not (text.isascii() and text.isprintable()):
        text = " ".join(clean(text).split())
    text = text.strip()
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _identify(value: Any, name: str) -> str:
    """Return an id as it is, or its hash where it is longer than an id may be."""
    text = _short(value, name, 100_000)
    return text if len(text) <= MAX_SHORT else f"sha256:{_digest(text)}"


def _network(name: str) -> str:
    folded = name.lower()
    folded = _NETWORKS.get(folded, folded)
    if not folded:
        raise WrongRow("there is no network; name one with --network (in monitor.toml: network = …)")
    if not _NETWORK.fullmatch(folded):
        raise WrongRow(f"“{name[:60]}” is no name of a network")
    return folded


def _url(address: str) -> str:
    """Return a web address, or nothing: a link that opens something else would be shown to people to click on."""
    is_web = address[:8].lower().startswith(("http://", "https://")) and " " not in address and len(address) <= MAX_URL
    return address if is_web else ""


def _language(tag: str) -> str:
    first = tag[:2].lower()
    return first if len(first) == 2 and first.isascii() and first.isalpha() and not tag[2:3].isalpha() else ""


def _flag(value: Any, name: str) -> bool:
    if value is None or isinstance(value, bool):
        return bool(value)
    folded = _short(value, name).lower()
    if folded in _YES or folded in _NO:
        return folded in _YES
    raise WrongRow(f"{name} is “{folded[:40]}”; write yes or no")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
