"""Reads the bytes of a feed, RSS, Atom or JSON Feed, into entries; nothing is fetched and nothing is remembered here."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any
from urllib.parse import urljoin

from monitor.sources.feedxml import MAX_ENTRIES, Unreadable, read_xml
from monitor.text import MAX_TEXT, clean, html_to_text

MAX_ENTITIES = 20
"""More entities than this in a DOCTYPE, or one made of others, is no feed but an attack (a "billion laughs")."""
MAX_URL = 2_000
LONGEST_KEPT = timedelta(days=1)
"""Longer no feed's own `ttl` keeps us away: many stand there since the site was made, and nobody knows of them."""
_MAX_PROLOGUE = 64 * 1024

_WEB_PAGE = frozenset({"html", "head", "body"})
_FEED_LINK = re.compile(r"<link\b[^<>]{0,2000}", re.IGNORECASE)
_FEED_TYPE = re.compile(r"""type\s*=\s*["']?application/(?:rss\+xml|atom\+xml|feed\+json)""", re.IGNORECASE)
_HREF = re.compile(r"""href\s*=\s*["']?([^"'\s<>]{1,1000})""", re.IGNORECASE)
_ROOT = re.compile(r"<([A-Za-z_][\w.-]{0,100}:)?([A-Za-z_][\w.-]{0,100})")
_ENTITY = re.compile(r"<!ENTITY\s[^<>]*>", re.IGNORECASE)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}encoding\s*=\s*["']([A-Za-z0-9_.:-]{1,40})["']""")
_CHARSET = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9_.:-]{1,40})""", re.IGNORECASE)
_KNOWN_CODECS = re.compile(
    r"(?:utf|iso|windows|cp|koi8|euc|shift|sjis|s_jis|gb|big5|latin|mac|us-ascii|ascii|tis|hz|ibm|x-)", re.IGNORECASE
)
_SEVEN_BITS = ("iso2022", "hz")
_MARKS = (  # UTF-32 first: its mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\x00\x00\x00", "utf-32-le"), (b"\x00\x00\x00<", "utf-32-be"), (b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be"),
)  # fmt: skip


class NotAFeed(Exception):
    """The body is no feed we can read; the message says what it is, and goes after "the address … "."""


class CutShort(Exception):
    """The feed ends in the middle; the rest may come next time."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed, its texts made plain."""

    id: str
    """As the feed gives it; empty where it gives none."""
    link: str
    """Absolute http or https address, or empty."""
    text: str
    """Title and body, cleaned."""
    author: str
    moment: datetime | None
    """UTC; None where the feed gives no date that exists."""
    parent: str
    language: str
    updated: str = field(default="", compare=False)
    """When it was last changed, as the feed writes it; empty where it does not say so."""


@dataclass(frozen=True, slots=True)
class Feed:
    """What stands in a feed now."""

    title: str
    entries: tuple[Entry, ...]
    count: int
    """Entries in the feed; more than there are in `entries` where it is too long."""
    keeps: timedelta = timedelta()
    """So long the feed asks not to be read again (RSS 2.0, `ttl`, in minutes); at most LONGEST_KEPT."""


def read_feed(body: bytes, content_type: str, url: str) -> Feed:
    """Return the feed in `body`, which was found at `url`.

    Raises:
        NotAFeed: it is something else, or an attack.
        CutShort: it is half a feed.
        OSError: this machine cannot start the process that reads a large feed.
    """
    text = decode(body, content_type)
    start = text.lstrip("\ufeff \t\r\n")[:1]
    if not start:
        raise NotAFeed("answers with an empty page")
    if start in "{[":
        return _read_json(text, url)
    root, rest = _find_root(text)
    if root in _WEB_PAGE:
        raise NotAFeed(f"is a web page, not a feed{_suggest(text, url)}")
    try:
        found = read_xml(_NOT_XML.sub("", rest).encode("utf-8"))
    except Unreadable as error:
        raise NotAFeed(f"is not read: {error}") from error
    if not found["version"] and not found["entries"]:
        raise NotAFeed(f"is no feed{_suggest(text, url)}")
    if found["broken"] and not re.search(rf"</(?:[\w.-]{{1,100}}:)?{re.escape(root)}", rest[-2_000:], re.IGNORECASE):
        raise CutShort
    language = found["language"]
    entries = tuple(_entry_from_xml(entry, url, language) for entry in found["entries"])
    return Feed(html_to_text(found["title"]), entries, found["count"], _keeps(found["ttl"].strip()))


def _keeps(minutes: str) -> timedelta:
    """Return for how long a feed may be kept; what is no number of minutes says nothing."""
    if not (minutes.isascii() and minutes.isdigit()):
        return timedelta()
    return min(timedelta(minutes=int(minutes[:6])), LONGEST_KEPT)


def decode(body: bytes, content_type: str) -> str:
    """Return the text of `body`: by its byte order mark, else as UTF-8 if it is that, else as declared, else as Windows-1252.

    UTF-8 goes before what is declared, because servers declare wrongly and a text in another encoding is hardly ever valid UTF-8;
    encodings in seven bits are the exception.
    """
    for mark, codec in _MARKS:
        if body.startswith(mark):
            return body.decode(codec, "replace")
    http = _CHARSET.search(content_type)
    xml = _DECLARED.search(body[:400])
    declared = [name for name in (http[1] if http else "", xml[1].decode() if xml else "") if _is_codec(name)]
    first = [name for name in declared if codecs.lookup(name).name.startswith(_SEVEN_BITS)]
    for codec in (*first, "utf-8", *declared):
        try:
            return body.decode(codec)
        except UnicodeError:
            continue
    return body.decode("windows-1252", "replace")


def _is_codec(name: str) -> bool:
    """Say whether `name` is an encoding of texts; Python's list also holds slow and strange things that are not."""
    if not _KNOWN_CODECS.match(name):
        return False
    try:
        b"x".decode(name, "replace")
    except LookupError:
        return False
    return True


def _find_root(text: str) -> tuple[str, str]:
    """Return the lower-case local name of the first element, and the text from there on: without declarations and their entities."""
    position = text.find("<")
    while 0 <= position < _MAX_PROLOGUE:
        if text.startswith("<!--", position):
            end = text.find("-->", position + 4)
        elif text.startswith("<?", position):
            end = text.find("?>", position + 2)
        elif text.startswith("<!", position):
            end = _end_of_doctype(text, position)
        elif match := _ROOT.match(text, position):
            return match[2].lower(), text[position:]
        else:
            end = position + 1
        position = text.find("<", end) if end >= 0 else -1
    raise NotAFeed("is no feed")


def _end_of_doctype(text: str, position: int) -> int:
    closing = text.find(">", position)
    inner = text.find("[", position, closing) if closing >= 0 else -1
    if inner < 0:
        return closing
    end = text.find("]", inner, inner + _MAX_PROLOGUE)
    entities = _ENTITY.findall(text, inner, end if end >= 0 else inner + _MAX_PROLOGUE)
    if len(entities) > MAX_ENTITIES or any("&" in entity for entity in entities):
        raise NotAFeed("declares entities made of entities, as attacks do; it is not read")
    return text.find(">", end) if end >= 0 else -1


def _suggest(text: str, url: str) -> str:
    """Return a half sentence with the address of the feed that a web page names, or nothing."""
    found = _linked(text, url)
    return f"; its feed may be {found[0]}" if found else ""


def find_feeds(body: bytes, content_type: str, url: str) -> Sequence[str]:
    """Return the addresses of the feeds that a web page names, in its own order, each once."""
    return _linked(decode(body, content_type), url)


def _linked(text: str, url: str) -> Sequence[str]:
    found: dict[str, None] = {}
    for link in _FEED_LINK.findall(text[:200_000]):
        href = _HREF.search(link)
        address = _absolute(unescape(href[1]), url) if href and _FEED_TYPE.search(link) else ""
        if address:
            found[address] = None
    return tuple(found)


def _entry_from_xml(raw: Mapping[str, Any], url: str, language: str) -> Entry:
    try:
        year, month, day, hour, minute, second = raw["moment"]
        moment = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
    except ValueError:  # No date, or one that the calendar does not have.
        moment = None
    return Entry(
        id=clean(raw["id"]).strip(),
        link=_absolute(raw["link"], url),
        text=_join(_plain(raw["title"], raw["title_type"]), _plain(raw["body"], raw["body_type"])),
        author=html_to_text(raw["author"]),
        moment=moment,
        parent=clean(raw["parent"]).strip(),
        language=raw["language"] or language,
        updated=raw["updated"],
    )


def _plain(text: str, kind: str) -> str:
    return clean(text).strip() if kind == "text/plain" else html_to_text(text)


def _join(title: str, body: str) -> str:
    """Return title and body as one text; a title that only repeats how the body begins (short posts) is left out."""
    if not title or body.startswith(title.rstrip("…. ")):
        return body
    return clean(f"{title}\n\n{body}"[: 2 * MAX_TEXT]) if body else title


def _absolute(link: str, url: str) -> str:
    """Return `link` as an absolute web address without spaces and control characters, or an empty text."""
    try:
        whole = urljoin(url, "".join(link.split())) if link else ""
    except ValueError:
        return ""
    return whole if whole.lower().startswith(("http://", "https://")) and len(whole) <= MAX_URL and whole.isprintable() else ""


def _read_json(text: str, url: str) -> Feed:
    """Read JSON Feed 1 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""
    try:
        found = json.loads(text.lstrip("\ufeff"))
    except RecursionError:
        raise NotAFeed("is nested too deeply; it is not read") from None
    except ValueError as error:
        raise CutShort from error
    entries = found.get("items") if isinstance(found, dict) else None
    if not isinstance(entries, list):
        raise NotAFeed("is JSON, but no JSON Feed")
    language = _text(found, "language")
    author = next(_names(found), "")
    raws = [raw for raw in entries if isinstance(raw, dict)]
    return Feed(
        title=clean(_text(found, "title")),
        entries=tuple(_entry_from_json(raw, url, language, author) for raw in raws[:MAX_ENTRIES]),
        count=len(entries),
    )


def _entry_from_json(raw: Mapping[str, Any], url: str, language: str, author: str) -> Entry:
    body = html_to_text(_text(raw, "content_html")) or clean(_text(raw, "content_text") or _text(raw, "summary")).strip()
    number = raw.get("id")
    return Entry(
        id=clean(str(number) if isinstance(number, int) else _text(raw, "id")).strip(),
        link=_absolute(_text(raw, "url") or _text(raw, "external_url"), url),
        text=_join(clean(_text(raw, "title")).strip(), body),
        author=clean(next(_names(raw), author)).strip(),
        moment=_moment(_text(raw, "date_published") or _text(raw, "date_modified")),
        parent="",
        language=_text(raw, "language") or language,
        updated=_text(raw, "date_modified").strip(),
    )


def _names(raw: Mapping[str, Any]) -> Iterator[str]:
    authors = raw.get("authors")
    for author in (*(authors if isinstance(authors, list) else ()), raw.get("author")):
        if isinstance(author, dict) and _text(author, "name"):
            yield _text(author, "name")


def _text(raw: Mapping[str, Any], key: str) -> str:
    value = raw.get(key)
    return value if isinstance(value, str) else ""


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text[:40])
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
