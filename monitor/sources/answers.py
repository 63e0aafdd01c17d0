"""What a network answered, opened with care: JSON, its fields, and texts that become mentions or tell why not; no network by name."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from monitor.contracts import Rejected, RejectedRow, Unavailable
from monitor.domain import Brand, Mention
from monitor.sources.dates import WrongDate, check_moment, read_moment
from monitor.sources.fields import ReadOptions, WrongRow, make_mention
from monitor.sources.web import shown
from monitor.text import clean, clip

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class LeftOut(Exception):
    """A text that is not ours to read: its author does not want it, or took it back. It leaves no trace."""


@dataclass
class Page:
    """Collects what one page of answers becomes: mentions once each, and reasons for what could not become one."""

    place: str
    """The address it was read from, without secrets."""
    network: str
    brand: Brand
    source: str
    now: datetime
    mentions: dict[str, Mention] = field(default_factory=dict)
    rejected: list[RejectedRow] = field(default_factory=list)
    answered: set[str] = field(default_factory=set)
    """External ids of texts under which an answer of ours was seen."""

    def add(self, found: Any, read: Callable[[Mapping[str, Any]], Mapping[str, Any]]) -> None:
        """Add the mention that `found` is by what `read` makes of it: the fields of `fields.make_mention`.

        A text without id, author or moment is none; one with `ours` is our own, and says only that its parent was answered.
        """
        try:
            if not isinstance(found, Mapping):
                raise WrongRow("it is no object")
            values = dict(read(found))
            if isinstance(values.get("posted_at"), datetime):
                values["posted_at"] = values["posted_at"].isoformat()
            if missing := [name for name in ("external_id", "author", "posted_at") if not values.get(name)]:
                raise WrongRow(f"it has no {' and no '.join(missing)}")
            mention = make_mention(values, self._options())
        except LeftOut:
            return
        except WrongRow as wrong:
            self.tell(str(wrong), found)
            return
        if values.get("ours"):
            self.answered.add(mention.parent_id)
            return
        known = self.mentions.get(mention.external_id)
        self.mentions[mention.external_id] = mention if known is None else _joined(known, mention)

    def tell(self, reason: str, found: Any = None) -> None:
        """Note what could not be read."""
        raw = "" if found is None else clip(json.dumps(found, ensure_ascii=True, default=str), 500)
        self.rejected.append(RejectedRow(self.place, 0, reason, raw))

    def all(self) -> tuple[Mention, ...]:
        """Return the mentions, with those marked under which an answer of ours was seen on the same page (T14)."""
        return tuple(
            replace(mention, answered_by_us=True) if mention.external_id in self.answered else mention for mention in self.mentions.values()
        )

    def _options(self) -> ReadOptions:
        return ReadOptions(
            place=self.place, now=self.now, brand=self.brand.id, brand_in_rows=False, network=self.network, source=self.source
        )


def _joined(known: Mention, again: Mention) -> Mention:
    return replace(known, mentions_us=known.mentions_us or again.mentions_us, own_channel=known.own_channel or again.own_channel)


def open_object(name: str, url: str, body: bytes, listed: str = "") -> Mapping[str, Any]:
    """Return the JSON object that `url` answered; with `listed`, the key that must hold a list.

    Raises:
        Unavailable: it is something else; what it says of an error is told.
    """
    found = _open(name, url, body)
    if not isinstance(found, Mapping) or (listed and not isinstance(found.get(listed), list)):
        raise _not_asked_for(name, url, found)
    return found


def open_list(name: str, url: str, body: bytes) -> list[Any]:
    """Return the JSON list that `url` answered; raises as `open_object`."""
    found = _open(name, url, body)
    if not isinstance(found, list):
        raise _not_asked_for(name, url, found)
    return found


def _open(name: str, url: str, body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Unavailable(f"{name}: {shown(url)} answered something that is not JSON, or half of it") from error


def _not_asked_for(name: str, url: str, found: Any) -> Unavailable:
    told = error_words(found)
    return Unavailable(f"{name}: {shown(url)} answered something else than was asked for{f': {told}' if told else ''}")


def error_words(found: Any) -> str:
    """Return what an answer says of an error, wherever these networks put it; "" where it says nothing."""
    if not isinstance(found, Mapping):
        return ""
    errors = found.get("errors")
    places = [found, *(errors if isinstance(errors, list) else [])][:6]
    texts = [place.get(key) for place in places if isinstance(place, Mapping) for key in ("error_message", "message", "error")]
    return clip(clean("; ".join(dict.fromkeys(text for text in texts if isinstance(text, str) and text))), 200)


def mapping_at(found: Any, *path: str) -> Mapping[str, Any]:
    """Return the object at the end of `path`, or an empty one."""
    for key in path:
        found = found.get(key) if isinstance(found, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def text_at(found: Any, *path: str) -> str:
    """Return the text at the end of `path`, or ""."""
    value = mapping_at(found, *path[:-1]).get(path[-1])
    return value if isinstance(value, str) else ""


def list_at(found: Any, *path: str) -> list[Any]:
    """Return the list at the end of `path`, or an empty one."""
    value = mapping_at(found, *path[:-1]).get(path[-1])
    return value if isinstance(value, list) else []


def number_at(found: Any, *path: str) -> int:
    """Return the whole number above 0 at the end of `path`, or 0."""
    value = mapping_at(found, *path[:-1]).get(path[-1])
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10**18 else 0


def moment_of(value: Any, now: datetime) -> datetime | None:
    """Return the moment (UTC) that a network's time means, never after `now`; None where it is no time at which a text can be posted."""
    try:
        moment = value.astimezone(UTC) if isinstance(value, datetime) else read_moment(value, UTC)
        return min(check_moment(moment, now), now)
    except (WrongDate, OverflowError, ValueError):
        return None


def mark_of(moment: datetime) -> str:
    """Return a moment as a mark: whole seconds since 1970."""
    return str(int(moment.timestamp()))


def moment_from(mark: str) -> datetime | None:
    """Return the moment that a mark of whole seconds means; None where it is not one."""
    return datetime.fromtimestamp(int(mark), UTC) if mark.isascii() and mark.isdecimal() and len(mark) < 11 else None


def is_ours(handle: str, brand: Brand, *others: str) -> bool:
    """Say whether `handle`, or another way of writing it, is an account of ours; with and without @ are one."""
    ours = {name.strip().lstrip("@").casefold() for name in brand.handles} - {""}
    return any(name.strip().lstrip("@").casefold() in ours for name in (handle, *others))


def check_keeps_secrets(name: str, url: str) -> str:
    """Return an `api_url` to which a secret may be sent: over TLS, or on this machine; raises Rejected."""
    scheme, _, rest = url.strip().partition("://")
    host = rest.partition("/")[0].rpartition("@")[2].rpartition(":")[0] or rest.partition("/")[0]
    if scheme.lower() == "https" or (scheme.lower() == "http" and host.strip("[]").lower() in _LOOPBACK):
        return url.strip().rstrip("/")
    raise Rejected(f"{name}: api_url must begin with https://, or our key would go over an open line")
