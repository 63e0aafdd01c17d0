"""Proofs that an adapter keeps its contract, one `verify_<role>` for each; an AssertionError names the promise that is broken."""

from __future__ import annotations

import contextlib
import datetime as dt
import inspect
import sqlite3
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import BuiltinFunctionType, ModuleType, SimpleNamespace
from typing import Any, NoReturn, get_type_hints

import pytest

from monitor.contracts import AdapterError, Batch, Notice, Notifier, RateLimited, Rejected, RejectedRow, Source, Unavailable
from monitor.domain import Brand, Mention

THREE_ERRORS = (Unavailable, RateLimited, Rejected)
MAX_FETCHES = 50
STRANGE_CURSORS = ("not ours", "{}", "[]", "null", '{"next": "x"}', "[" * 50_000)


@dataclass(frozen=True)
class SourceProof:
    """A source and the world it reads, which can be made calm or troubled."""

    build: Callable[[], Source]
    """Makes the source anew, as another process would."""
    calm: Callable[[], None]
    """Makes the world answer with something to read, the same each time."""
    refusals: Mapping[str, Callable[[], None]] = field(default_factory=dict)
    """What the source must answer with one of the three errors."""
    troubles: Mapping[str, Callable[[], None]] = field(default_factory=dict)
    """What it may answer with one of the three errors, or with a batch."""
    secrets: tuple[str, ...] = ()
    """What no message may hold."""


def verify_source(proof: SourceProof, brand: Brand) -> None:
    """Hold a source against `contracts.Source`."""
    source = proof.build()
    _verify_shape(source)
    proof.calm()
    first = _fetch_watched(source, brand, "")
    _verify_batch(first, source, brand)
    assert first.mentions, "it finds nothing where something is to be read, so that nothing is proved"
    read = _read_all(proof, brand)
    assert _identities(first.mentions) <= read, "what it found once is not found again from the same cursor"
    for cursor in STRANGE_CURSORS:
        with contextlib.suppress(*THREE_ERRORS):
            _verify_batch(proof.build().fetch(brand, cursor), source, brand)
    for must_raise, troubles in ((True, proof.refusals), (False, proof.troubles)):
        for name, trouble in troubles.items():
            trouble()
            _verify_trouble(proof, brand, name, must_raise=must_raise)
            proof.calm()
            assert _identities(proof.build().fetch(brand, "").mentions) == _identities(first.mentions), (
                f"{name}: something is lost afterwards"
            )


def _verify_shape(source: Source) -> None:
    assert isinstance(source, Source), "it lacks a name or fetch"
    assert isinstance(source.name, str), "its name is no text"
    assert source.name, "it has no name"
    assert list(inspect.signature(source.fetch).parameters) == ["brand", "cursor"], "fetch does not take brand and cursor"
    assert get_type_hints(type(source).fetch).get("return") is Batch, "fetch is not declared to return a Batch"
    made = getattr(type(source), "from_settings", None)
    assert made is not None, "it has no from_settings"
    assert list(inspect.signature(made).parameters) == ["source", "settings"], "from_settings does not take source and settings"


def _verify_batch(batch: Batch, source: Source, brand: Brand) -> None:
    assert isinstance(batch, Batch), "fetch does not return a Batch"
    assert isinstance(batch.cursor, str), "its cursor is no text"
    assert isinstance(batch.more, bool), "more is neither true nor false"
    for mention in batch.mentions:
        assert isinstance(mention, Mention), "a mention is no Mention"
        assert mention.brand == brand.id, "a mention is not of the brand it was fetched for"
        assert mention.source == source.name, "a mention does not name its source"
        assert mention.network, "a mention has no network"
        assert 0 < len(mention.external_id) <= 200, "a mention's external id is empty or too long"
        assert mention.text.strip(), "a mention has no text"
        assert mention.author.handle, "a mention has no author"
        assert mention.posted_at.utcoffset() == timedelta(0), "a mention's time is not in UTC"
        assert mention.url == "" or mention.url.startswith(("http://", "https://")), "a mention's address is no web address"
    assert len(_identities(batch.mentions)) == len(batch.mentions), "one text is in a batch twice"
    assert all(isinstance(row, RejectedRow) and row.reason for row in batch.rejected), "a rejected row has no reason"


def _read_all(proof: SourceProof, brand: Brand) -> set[tuple[str, str]]:
    """Read until there is no more, by one instance and by a new one at each step: both must find the same."""
    found: list[set[tuple[str, str]]] = []
    for anew in (False, True):
        source = proof.build()
        cursor = ""
        read: set[tuple[str, str]] = set()
        for _ in range(MAX_FETCHES):
            source = proof.build() if anew else source
            batch = source.fetch(brand, cursor)
            read |= _identities(batch.mentions)
            cursor = batch.cursor
            if not batch.more:
                break
        else:
            raise AssertionError("more never ends")
        found.append(read)
    assert found[0] == found[1], "it remembers in itself what only the cursor may remember"
    return found[0]


def _verify_trouble(proof: SourceProof, brand: Brand, name: str, *, must_raise: bool) -> None:
    source = proof.build()
    try:
        batch = source.fetch(brand, "")
    except THREE_ERRORS as error:
        _verify_error(error, source.name, name, proof.secrets)
    except Exception as error:
        raise AssertionError(f"{name}: {type(error).__name__} leaves it, which is none of the three errors") from error
    else:
        assert not must_raise, f"{name}: it takes a refusal for an answer"
        _verify_batch(batch, source, brand)


def _verify_error(error: AdapterError, name: str, trouble: str, secrets: tuple[str, ...]) -> None:
    assert str(error).startswith(f"{name}: "), f"{trouble}: the message does not begin with its name"
    assert len(str(error)) < 1_000, f"{trouble}: the message is too long to read"
    told: BaseException | None = error
    while told is not None:  # Logs show what is behind an error too.
        for secret in secrets:
            assert secret not in str(told), f"{trouble}: a secret stands in the message"
        told = told.__cause__ or (None if told.__suppress_context__ else told.__context__)
    if isinstance(error, RateLimited):
        assert error.retry_at.utcoffset() == timedelta(0), f"{trouble}: retry_at is not in UTC"


def _identities(mentions: Any) -> set[tuple[str, str]]:
    return {(mention.network, mention.external_id) for mention in mentions}


# Notifiers.


@dataclass(frozen=True)
class NotifierProof:
    """A notifier and the world it tells, which can be made calm or troubled."""

    build: Callable[[], Notifier]
    calm: Callable[[], None]
    """Makes the world take what it is told."""
    sent: Callable[[], Sequence[str]]
    """Gives by what the receiver knows each notice that it has taken so far."""
    later: Mapping[str, Callable[[], None]] = field(default_factory=dict)
    """What the notifier must answer with Unavailable or RateLimited."""
    refusals: Mapping[str, Callable[[], None]] = field(default_factory=dict)
    """What it must answer with Rejected."""
    secrets: tuple[str, ...] = ()


HOSTILE_NOTICES = (
    Notice("k\r\nX: y", "Hi\r\nBcc: eve@evil.example\x00\x1b[2J", "\r\n.\r\nQUIT\r\n\x1b]0;x\x07 \ud800", "<p>\ud800</p>"),
    Notice("", "", ""),
    Notice("é" * 300, "x" * 100_000, "y" * 1_000_000, "z" * 1_000_000),
)


def verify_notifier(proof: NotifierProof) -> None:
    """Hold a notifier against `contracts.Notifier`."""
    notifier = proof.build()
    assert isinstance(notifier, Notifier), "it lacks a name or send"
    assert list(inspect.signature(notifier.send).parameters) == ["notice"], "send does not take a notice"
    made = getattr(type(notifier), "from_settings", None)
    assert made is not None, "it has no from_settings"
    assert list(inspect.signature(made).parameters) == ["notifier", "settings"], "from_settings does not take notifier and settings"
    proof.calm()
    plain = Notice("digest/2026-03-01", "Waalfiets", "Twelve mentions.", "<p>Twelve mentions.</p>", "waalfiets")
    for _ in range(2):
        _send_watched(proof.build(), plain)
    _send_watched(proof.build(), Notice("digest/2026-03-02", "Waalfiets", "Nine mentions."))
    first, again, other = proof.sent()
    assert first == again, "the receiver cannot know a notice again that it had already"
    assert first != other, "the receiver takes two notices for one"
    for number, notice in enumerate(HOSTILE_NOTICES, 4):
        _send_watched(proof.build(), notice)
        assert len(proof.sent()) == number, "a strange notice is lost, or is more than one"
    for errors, troubles in (((Unavailable, RateLimited), proof.later), ((Rejected,), proof.refusals)):
        for name, trouble in troubles.items():
            before = len(proof.sent())
            trouble()
            try:
                proof.build().send(plain)
            except errors as error:
                _verify_error(error, notifier.name, name, proof.secrets)
            except Exception as error:
                raise AssertionError(f"{name}: {type(error).__name__} leaves it, which means something else") from error
            else:
                raise AssertionError(f"{name}: it takes a refusal for an answer")
            assert len(proof.sent()) == before, f"{name}: it sends, and says that it did not"
            proof.calm()


def _send_watched(notifier: Notifier, notice: Notice) -> None:
    try:
        with watched(type(notifier).__module__):
            notifier.send(notice)
    except _Caught as error:
        raise AssertionError(str(error)) from error


# What may not happen inside an adapter.


class _Caught(BaseException):
    """Something forbidden happened; no `except Exception` may hide it."""


def _fetch_watched(source: Source, brand: Brand, cursor: str) -> Batch:
    try:
        with watched(type(source).__module__):
            return source.fetch(brand, cursor)
    except _Caught as error:
        raise AssertionError(str(error)) from error


@contextlib.contextmanager
def watched(*modules: str) -> Iterator[None]:
    """Stop with an error where `modules` or our own packages sleep or look at the clock, or anything starts a thread or a database.

    A clock that was handed over may be asked: `datetime.now` bound before, or a function of the tests.
    """
    ours = {name: module for name, module in sys.modules.items() if name in modules or name.startswith(("monitor.", "responders."))}
    deeds: dict[Any, str] = {time.sleep: "it sleeps", time.time: "it looks at the clock", time.time_ns: "it looks at the clock"}
    with pytest.MonkeyPatch.context() as patch:
        for module in ours.values():
            _hide_clock(module, deeds, patch)
        for real, deed in deeds.items():
            patch.setattr(time, real.__name__, _guard(real, deed, frozenset(ours)))
        patch.setattr(threading.Thread, "start", _guard(threading.Thread.start, "it starts a thread", None))
        patch.setattr(sqlite3, "connect", _guard(sqlite3.connect, "it opens a database", None))
        yield


def _guard(real: Callable[..., Any], deed: str, callers: frozenset[str] | None) -> Callable[..., Any]:
    """Wrap `real` so that it stops where a module in `callers` calls it (None: anybody) in this very thread."""
    watched_thread = threading.get_ident()

    def guarded(*args: Any, **more: Any) -> Any:
        caller = sys._getframe(1).f_globals.get("__name__")
        if threading.get_ident() == watched_thread and (callers is None or caller in callers):
            raise _Caught(deed)
        return real(*args, **more)

    return guarded


class _AnyDatetime(type):
    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, datetime)


class _NoClock(datetime, metaclass=_AnyDatetime):
    """A datetime that does everything but say what time it is."""

    @classmethod
    def now(cls, tz: Any = None) -> NoReturn:
        raise _Caught("it looks at the clock")

    @classmethod
    def utcnow(cls) -> NoReturn:
        raise _Caught("it looks at the clock")

    @classmethod
    def today(cls) -> NoReturn:
        raise _Caught("it looks at the clock")


def _hide_clock(module: ModuleType, deeds: Mapping[Any, str], patch: pytest.MonkeyPatch) -> None:
    """Replace what `module` imported of the clock by name."""
    for name, value in list(vars(module).items()):
        if value is datetime:
            patch.setattr(module, name, _NoClock)
        elif value is dt:
            names = {each: getattr(dt, each) for each in dir(dt)} | {"datetime": _NoClock}
            patch.setattr(module, name, SimpleNamespace(**names))
        elif isinstance(value, BuiltinFunctionType) and value in deeds:
            patch.setattr(module, name, _guard(value, deeds[value], None))
