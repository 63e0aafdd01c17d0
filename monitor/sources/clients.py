"""Lets a client library that speaks through requests use our own reader: bounded, guarded, once. No network by name lives here."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

import requests
from requests.adapters import BaseAdapter

from monitor.contracts import AdapterError
from monitor.sources.web import Answer, Reader


class ReaderAdapter(BaseAdapter):
    """Sends what a library asks through a reader, which refuses by the three errors; no header lets the library wait or look further.

    `instead` turns the addresses that a library has built in into ours; of the answer's headers only those in `keep` are shown to it;
    `hear` is told each whole answer.
    """

    def __init__(
        self,
        reader: Reader,
        *,
        instead: Mapping[str, str] | None = None,
        keep: Iterable[str] = (),
        hear: Callable[[Answer], None] = lambda _answer: None,
    ) -> None:
        super().__init__()
        self._reader = reader
        self._instead = dict(instead or {})
        self._keep = frozenset({"content-type", *keep})
        self._hear = hear

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        """Return the answer; raises the three errors."""
        url = str(request.url)
        for theirs, ours in self._instead.items():
            if url.startswith(theirs):
                url = ours + url.removeprefix(theirs)
        headers = {name: value.decode("latin-1") if isinstance(value, bytes) else str(value) for name, value in request.headers.items()}
        if request.method == "POST":
            body = request.body or b""
            answer = self._reader.post(url, body.encode() if isinstance(body, str) else cast("bytes", body), headers)
        else:
            answer = self._reader.get(url, headers)
        self._hear(answer)
        response = requests.Response()
        response.status_code, response.url, response.request, response.encoding = answer.status, url, request, "utf-8"
        response.headers.update({name: value for name, value in answer.headers.items() if name in self._keep})
        response.raw = io.BytesIO(answer.body)
        return response

    def close(self) -> None:
        """Close nothing: every request has a connection of its own."""


def make_session(adapter: ReaderAdapter) -> requests.Session:
    """Return a session that knows no other way than `adapter`, and nothing of the machine's own proxies and passwords."""
    session = requests.Session()
    session.trust_env = False
    session.adapters.clear()
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session


def own_error(error: BaseException | None) -> AdapterError | None:
    """Return our own error, which a library may have wrapped into one of its own; None where there is none."""
    for _ in range(6):
        if error is None or isinstance(error, AdapterError):
            return error
        error = getattr(error, "original_exception", None) or error.__cause__ or error.__context__
    return None
