"""Takes the few facts we need out of a feed's XML with feedparser, in this process or in one of its own; nothing is fetched here.

Some of feedparser's patterns need time that grows with the square of a hostile text's length (32 KB of one letter in <author> take
seconds, a megabyte takes an hour), and they hold the whole process up meanwhile. So only a small feed is read here; a larger one is
read by a process of its own with a limit on time and memory: this file, run as a program. It imports nothing of ours.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
from typing import Any, BinaryIO

SMALL = 16 * 1024
"""Bytes up to which the worst feed we could make takes less than a second."""
SECONDS = 20
MAX_MEMORY = 1024 * 1024 * 1024
MAX_ENTRIES = 5_000
_MAX_VALUE = 400_000  # Characters of one text; far more than a mention keeps.
_KEPT_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT")


class Unreadable(Exception):
    """The feed broke the parser, or took more time or memory than it may."""


def read_xml(body: bytes, seconds: float = SECONDS) -> dict[str, Any]:
    """Return what stands in the feed, as plain values; `body` is UTF-8 that starts at the root element.

    Keys: version, ttl (as it stands there), broken (not well-formed), title, language, count, entries (at most MAX_ENTRIES). Relative
    addresses stay relative: a numbered guid would look like a link otherwise.

    Raises:
        Unreadable: with the reason.
        OSError: no process can be started.
    """
    if len(body) <= SMALL:
        return parse(body)
    # The modules of this process are those of that one, wherever they were installed; -P keeps this folder's own names out of the way.
    kept = {name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ} | {"PYTHONPATH": os.pathsep.join(sys.path)}
    program = [sys.executable, "-P", __file__]
    try:
        # Our own interpreter and our own file; what is hostile comes in by the standard input only.
        # A session of its own: Ctrl-C at our terminal must not look like a fault of the feed.
        done = subprocess.run(  # noqa: S603
            program, input=body, capture_output=True, timeout=seconds, env=kept, check=False, start_new_session=True
        )
    except subprocess.TimeoutExpired:
        raise Unreadable("it takes too long to read") from None
    if done.returncode < 0:
        raise Unreadable("it takes too much time or memory to read")
    try:
        found: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        last = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise Unreadable(f"the program that reads it failed ({last[:200]})") from None
    if "unreadable" in found:
        raise Unreadable(found["unreadable"])
    return found


def parse(body: bytes) -> dict[str, Any]:
    """Return what `read_xml` promises, by feedparser in this process."""
    import feedparser  # noqa: PLC0415

    try:
        found = feedparser.parse(
            io.BytesIO(b'<?xml version="1.0" encoding="utf-8"?>\n' + body),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    except Exception as error:
        raise Unreadable(f"it breaks the parser ({type(error).__name__})") from error
    entries = found.entries
    return {
        "version": found.get("version") or "",
        "ttl": _value(found.feed.get("ttl")),
        "broken": bool(found.get("bozo")),
        "title": _value(found.feed.get("title")),
        "language": _value(found.feed.get("language")),
        "count": len(entries),
        "entries": [_entry(entry) for entry in entries[:MAX_ENTRIES]],
    }


def _entry(entry: Any) -> dict[str, Any]:
    # An element named like one of feedparser's own keys (<author_detail>) puts a string where a dictionary is expected.
    bodies = [part for part in _parts(entry.get("content")) if _is_text(part)]
    summary = _part(entry.get("summary_detail")) or {"value": entry.get("summary"), "type": "text/html"}
    body = max([*bodies, summary], key=lambda part: len(_value(part.get("value"))))
    title = _part(entry.get("title_detail")) or {"value": entry.get("title"), "type": "text/html"}
    moment = entry.get("published_parsed") or entry.get("created_parsed") or entry.get("updated_parsed")
    return {
        "id": _value(entry.get("id")),
        "link": _value(entry.get("link")),
        "title": _value(title.get("value")),
        "title_type": _value(title.get("type")),
        "body": _value(body.get("value")),
        "body_type": _value(body.get("type")),
        "author": _value(_part(entry.get("author_detail")).get("name")),
        "moment": list(moment[:6]) if isinstance(moment, time.struct_time) else [],
        # Asked of the dictionary itself: feedparser gives the day of publishing where there is none of a change.
        "updated": _value(dict.get(entry, "updated")).strip(),
        "parent": _value(_part(entry.get("thr_in-reply-to")).get("ref")),
        "language": _value(body.get("language")) or _value(title.get("language")),
    }


def _is_text(part: dict[str, Any]) -> bool:
    """Say whether this part of a content is to be read: pictures and other files may stand in a feed too."""
    kind = _value(part.get("type"))
    return kind.startswith("text/") or kind == "application/xhtml+xml"


def _parts(value: Any) -> list[dict[str, Any]]:
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []


def _part(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _value(value: Any) -> str:
    return value[:_MAX_VALUE] if isinstance(value, str) else ""


def main(stream: BinaryIO) -> str:
    """Return the answer of the process of its own: what `parse` found in the body that `stream` holds, as JSON."""
    try:
        return json.dumps(parse(stream.read()))
    except Unreadable as error:
        return json.dumps({"unreadable": str(error)})


def _limit() -> None:  # pragma: no cover - it would hold the tests' own process to it
    """Hold this process to its share of time and memory, where the system can."""
    try:
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    except (ImportError, ValueError, OSError):
        return  # The parent's limit of time holds everywhere.


if __name__ == "__main__":  # pragma: no cover - the tests run it as the program it is
    _limit()
    sys.stdout.write(main(sys.stdin.buffer))
