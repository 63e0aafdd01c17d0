"""Turns what came of a call into the contract's errors, with a sentence for a person and without a secret; each poster brings its words."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from monitor.contracts import AdapterError, RateLimited, Rejected, Unavailable
from monitor.settings import NetworkSettings, Settings
from monitor.sources.statuses import LONGEST_WAIT, WAIT, read_retry_after
from monitor.text import clip, for_terminal
from responders.contracts import NotSent
from responders.posters.wire import Answer, Call, Wire

T = TypeVar("T")
Refusals = Sequence[tuple[str, str]]
"""What a network says (in lower case, a part of it), and what that means in a sentence for the card; the first that fits holds."""

_MAY_BE_REPEATED = frozenset({408, 425})
_RESETS = ("x-rate-limit-reset", "ratelimit-reset", "x-ratelimit-reset")
_DAILY_RESETS = ("x-user-limit-24hour", "x-app-limit-24hour")
"""X's limits for a day; their reset counts only where nothing remains."""


class NotUnderstood(ValueError):
    """A good answer that does not hold what it should."""


_LOGIN = re.compile(r"\b(basic|bearer|oauth)\s\S+", re.IGNORECASE)
_LONG = re.compile(r"(?<!\S)(?!https?://)\S{32,}")
"""Hardly a word of a person is so long; most credentials are."""


class Calls:
    """Asks and sends over a wire in the name of one network.

    `ask` reads and may be repeated; `send` publishes, once. Both run what the client library does and tell what came of it by what went
    over the wire, not by the library's errors, which differ from version to version and carry our tokens.
    """

    def __init__(
        self,
        name: str,
        wire: Wire,
        refusals: Refusals,
        *,
        keys: str,
        secrets: Sequence[str] = (),
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.name = name
        self.wire = wire
        self.now = now
        self._refusals = refusals
        self._keys = keys
        self._secrets = tuple(secret for secret in secrets if len(secret) > 3)

    @contextmanager
    def whole(self) -> Iterator[Call]:
        """Hold everything within to one deadline."""
        with self.wire.call() as call:
            yield call

    @contextmanager
    def before_sending(self) -> Iterator[None]:
        """Tell that what fails within failed before anything was sent."""
        trouble = ""
        try:
            yield
        except NotSent:
            raise
        except Unavailable as error:
            trouble = str(error)
        if trouble:
            raise NotSent(trouble)

    def ask(self, act: Callable[[], T], *, absent: Callable[[Answer], bool] = lambda _: False) -> T | None:
        """Return what `act` reads, or None where the network's answer says that there is no such thing.

        Raises:
            Unavailable, RateLimited, Rejected: and nothing else.
        """
        with self.wire.call() as call:
            call.begin()
            failed = False
            result = None
            try:
                result = act()
            except Exception:  # noqa: BLE001 - what a library raises on a strange answer is beyond counting, and holds our tokens
                failed = True
            if not failed:
                return result
            if not call.trouble and call.answer and absent(call.answer):
                return None
            # Outside of the except block, so that nothing of the library's error, with its tokens, hangs on ours.
            raise self._trouble(call, Unavailable)

    def send(self, act: Callable[[], T], *, taken: Callable[[Answer], bool] = lambda _: False) -> T | None:
        """Let `act` publish, once, and return what it gives; None where the network says that this very reply stands there already.

        Raises:
            NotSent, RateLimited, Rejected: certainly nothing was published.
            Unavailable: nobody knows.
        """
        with self.wire.call() as call:
            call.begin(may_write=True)
            failed = False
            result = None
            try:
                result = act()
            except Exception:  # noqa: BLE001 - see above
                failed = True
            finally:
                call.may_write = False
            if not failed:
                return result
            if call.sent and not call.trouble and call.answer and taken(call.answer):
                return None
            raise self._trouble(call, Unavailable if call.sent else NotSent)

    def answered(self) -> Any:
        """Return the JSON of the last answer as it came, where a library would make something of nothing."""
        with self.wire.call() as call:
            return json.loads(call.answer.body) if call.answer else None

    def reject(self, words: str, status: int = 0) -> Rejected:
        """Return the refusal that a network's words mean, or its status where it says nothing."""
        sentence = self._sentence(words or f"status {status}") or "the network refused the reply"
        return Rejected(f"{self.name}: {sentence}{self._quoted(words) or (f' (status {status})' if status else '')}")

    def _sentence(self, words: str) -> str:
        low = words.lower()
        return next((sentence for part, sentence in self._refusals if part in low), "")

    def limited(self, wait: timedelta, words: str = "") -> RateLimited:
        """Return the error that asks to wait this long."""
        retry_at = self.now() + min(max(wait, timedelta(0)), LONGEST_WAIT)
        return RateLimited(f"{self.name}: we are asked to wait until {retry_at:%Y-%m-%d %H:%M:%S} UTC{self._quoted(words)}", retry_at)

    def refuse_too_long(self, length: int, limit: int) -> None:
        """Refuse a reply that the network would not take; raises Rejected."""
        if length > limit:
            raise Rejected(f"{self.name}: a reply may have at most {limit} characters as {self.name} counts, and this one has {length}")

    def check_account(self, ours: str, wanted: str, same: bool) -> str:
        """Return our account's name; raises Rejected where the keys belong to another account than the configuration names."""
        if not same:
            raise Rejected(
                f"{self.name}: the keys are those of {self._safe(ours)}, and responders.toml names {self._safe(wanted)} as the account; "
                "nothing was posted"
            )
        return ours

    def _trouble(self, call: Call, unclear: type[Unavailable]) -> AdapterError:
        answer = call.answer
        if call.trouble:
            return unclear(f"{self.name}: {call.trouble}")
        words = words_in(answer) if answer else ""
        if answer is None or answer.good:
            if not call.sent and self._sentence(words):  # Some refuse a login with an answer of the 2xx kind.
                return self.reject(words)
            return unclear(f"{self.name}: it gave an answer that cannot be understood")
        if answer.status == 429:
            return self.limited(_wait(answer.headers, self.now()), words)
        if answer.status >= 500 or answer.status in _MAY_BE_REPEATED or answer.status < 400:
            return unclear(f"{self.name}: it answered {answer.status}{self._quoted(words)}")
        if answer.status == 401:
            return Rejected(f"{self.name}: our keys are not accepted; check {self._keys}{self._quoted(words)}")
        return self.reject(words, answer.status)

    def _quoted(self, words: str) -> str:
        return f' ({self.name} says: "{clip(self._safe(words), 200)}")' if words.strip() else ""

    def _safe(self, words: str) -> str:
        for secret in self._secrets:
            words = words.replace(secret, "…")
        # What a network lent us for an hour opens as much: it may quote our whole request.
        words = _LONG.sub("…", _LOGIN.sub(r"\1 …", words))
        return for_terminal(words)


def words_in(answer: Answer) -> str:
    """Return what a network says in the JSON of an answer, wherever these networks put it; "" where it says nothing."""
    try:
        found = json.loads(answer.body)
    except (ValueError, RecursionError):
        return ""
    texts = list(_texts(found))
    return "; ".join(dict.fromkeys(texts))[:1000]


def _texts(value: Any) -> Iterator[str]:
    if not isinstance(value, Mapping):
        return
    for key in ("error", "title", "message", "detail", "reason", "explanation", "error_description"):
        if isinstance(value.get(key), str) and value[key]:
            yield value[key]
    inner = value.get("json")
    errors = inner.get("errors") if isinstance(inner, Mapping) else value.get("errors")
    for error in errors if isinstance(errors, list) else ():
        if isinstance(error, list):
            yield ": ".join(part for part in error[:2] if isinstance(part, str))
        else:
            yield from _texts(error)


def _wait(headers: Mapping[str, str], now: datetime) -> timedelta:
    """Return how long a 429 asks us to wait: the longest of what its headers say."""
    waits = []
    retry_at = read_retry_after(headers, now)
    if retry_at is not None:
        waits.append(retry_at - now)
    names = [*_RESETS, *(f"{name}-reset" for name in _DAILY_RESETS if headers.get(f"{name}-remaining", "").strip() == "0")]
    waits += [wait for name in names if (wait := _reset(headers.get(name, ""), now)) is not None]
    return max(waits, default=WAIT)


def _reset(text: str, now: datetime) -> timedelta | None:
    """Return how far off a reset is, given as seconds from now, as a time of Unix, or in ISO 8601; None where it is none of these."""
    text = text.strip()[:40]
    try:
        number = float(text)
    except ValueError:
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            return None
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now
    if not 0 <= number < 1e11:
        return None
    return timedelta(seconds=number) if number < 1e9 else datetime.fromtimestamp(number, UTC) - now


def names_of(account: NetworkSettings, settings: Settings, names: Sequence[str], of_app: Collection[str] = ()) -> list[str]:
    """Return under which names an account's secrets stand in the environment.

    An account that some brands have to themselves has its own, such as X_ACCESS_TOKEN_ACME; those of the app it may share with the others.
    """
    if not account.own:
        return list(names)
    own = {name: f"{name}{account.suffix}" for name in names}
    return [name if name in of_app and not settings.environment.get(own[name]) else own[name] for name in names]


def read_secrets(name: str, settings: Settings, names: Sequence[str]) -> list[str]:
    """Return the secrets that a poster needs, from the environment alone; raises Rejected with the names of those that are missing."""
    missing = [key for key in names if not settings.environment.get(key)]
    if missing:
        raise Rejected(f"{name}: {' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing in the environment or in .env")
    return [settings.environment[key] for key in names]
