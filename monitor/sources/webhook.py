"""What others send us of themselves: how it is signed, and how it becomes mentions or tells why not; no server and no database here."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, Self

from monitor.contracts import Batch, Rejected, RejectedRow
from monitor.domain import Brand, Mention
from monitor.settings import Settings, SourceSettings
from monitor.sources.fields import ReadOptions, WrongRow, make_mention
from monitor.text import clean, clip

SECRET = "WEBHOOK_SOURCE_SECRET"  # noqa: S105 the name of the variable that holds it
SIGNATURE = "grapevine-signature"
"""The header of a request, in lower case: t=SECONDS,v1=HEX, as our own notices have it."""
_SIGNED = re.compile(r"t=([0-9]{1,11}),v1=([0-9a-f]{64})")
SHORTEST_SECRET = 16
WINDOW = timedelta(minutes=5)
"""A request signed longer ago, or so far ahead, is refused: whoever overheard it cannot send it again."""
MAX_BODY = 1024 * 1024
MOST = 500
"""Mentions in one request."""
PORT, PER_MINUTE = 9110, 120

FIELDS = (
    "external_id", "network", "author", "author_name", "text", "url", "posted_at", "brand", "language", "mentions_us", "own_channel",
    "community", "parent_id", "answered_by_us",
)  # fmt: skip
"""What a mention may hold; docs/sources.md explains each."""


class Unwelcome(Exception):
    """A request as a whole is refused: the status to answer with, and why, for whoever wrote the sender."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


class WebhookSource:
    """Is sent to, not asked: `fetch` finds nothing, and says only whether requests can be let in at all."""

    def __init__(self, name: str, secret: str, *, now: Callable[[], datetime], network: str = "", secret_name: str = SECRET) -> None:
        self.name = name
        self._secret = secret.encode()
        self._secret_name = secret_name
        self._now = now
        self._network = network

    @classmethod
    def from_settings(cls, source: SourceSettings, settings: Settings) -> Self:
        """Build the adapter that a `[[source]]` of kind webhook describes."""
        variable = source.options.get("secret_name") or SECRET
        now: Callable[[], datetime] = partial(datetime.now, UTC)
        secret = settings.environment.get(variable, "").strip()
        return cls(source.name, secret, now=now, network=source.options.get("network") or "", secret_name=variable)

    def fetch(self, brand: Brand, cursor: str) -> Batch:
        """Find nothing: what is sent is stored when it comes; raises Rejected where there is no secret to check it by."""
        _ = brand
        if len(self._secret) < SHORTEST_SECRET:
            raise Rejected(
                f"{self.name}: nothing is let in without a secret of at least {SHORTEST_SECRET} signs; put one into {self._secret_name}, "
                "such as what this prints: openssl rand -hex 32"
            )
        return Batch((), cursor)

    def check_signature(self, headers: Mapping[str, str], body: bytes) -> None:
        """Refuse a request that was not signed with our secret of late; `headers` have lower-case names."""
        given = headers.get(SIGNATURE, "")
        signed = _SIGNED.fullmatch(given.strip())
        if signed is None:
            wrong = "is not of the form" if given else "is missing; its form is"
            raise Unwelcome(401, f"the header {SIGNATURE.title()} {wrong} t=SECONDS,v1=HEX")
        stamp = signed[1]
        if not hmac.compare_digest(sign(self._secret, stamp, body), given.strip()):
            raise Unwelcome(401, "the signature is not that of these seconds, a full stop and this body by our secret")
        if abs(self._now().timestamp() - int(stamp)) > WINDOW.total_seconds():
            raise Unwelcome(
                401, f"it was signed more than {int(WINDOW.total_seconds())} seconds ago or ahead; set the clock, and sign anew"
            )

    def open_body(self, body: bytes, brands: Sequence[Brand]) -> tuple[list[tuple[int, Mention]], list[RejectedRow]]:
        """Return the mentions of a body, each with its place counted from 1, and those that are none, with the reason.

        A mention's brand is the id of one of `brands`, or "" where it names none. Raises Unwelcome where there is no list at all.
        """
        good, bad = [], []
        for number, found in enumerate(_open(body), 1):
            try:
                good.append((number, self._read(found, brands)))
            except WrongRow as wrong:
                raw = clip(json.dumps(found, ensure_ascii=True), 500)
                bad.append(RejectedRow(f"webhook {self.name}", number, str(wrong), raw))
        return good, bad

    def _read(self, found: Any, brands: Sequence[Brand]) -> Mention:
        if not isinstance(found, Mapping):
            raise WrongRow("it is no object")
        if strange := [name for name in found if name not in FIELDS]:
            raise WrongRow(f"there is no field “{clip(clean(strange[0]), 60)}”; there are {', '.join(FIELDS)}")
        options = ReadOptions(place=self.name, now=self._now(), network=self._network, source=self.name)
        mention = make_mention(found, options)
        if mention.brand and mention.brand not in {brand.id for brand in brands}:
            known = ", ".join(brand.id for brand in brands)
            raise WrongRow(
                f"brand is “{clip(mention.brand, 60)}”, which this source is not read for; leave it out, or write one of: {known}"
            )
        return mention


def sign(secret: bytes, timestamp: str, body: bytes) -> str:
    """Return the header that signs a body: HMAC-SHA256 over the seconds, a full stop and the body, in hex."""
    return f"t={timestamp},v1={hmac.new(secret, timestamp.encode() + b'.' + body, hashlib.sha256).hexdigest()}"


def _open(body: bytes) -> list[Any]:
    try:
        found = json.loads(body)
    except UnicodeDecodeError as error:
        raise Unwelcome(400, "the body is not UTF-8") from error
    except json.JSONDecodeError as error:
        raise Unwelcome(400, f"the body is not JSON: line {error.lineno}, column {error.colno}: {error.msg}") from error
    except (ValueError, RecursionError) as error:
        raise Unwelcome(400, "the body is JSON that nobody means: nested too deep, or a number too long") from error
    listed = found.get("mentions") if isinstance(found, Mapping) else None
    if not isinstance(listed, list) or len(found) != 1:
        raise Unwelcome(400, 'the body must be one object with one key: {"mentions": [ … ]}')
    if not 0 < len(listed) <= MOST:
        raise Unwelcome(400 if not listed else 413, f"mentions holds {len(listed):,}; from 1 to {MOST} fit into one request")
    return listed
