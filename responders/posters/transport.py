"""Lets client libraries that speak through `httpx` speak through our wire; nothing is decided here."""

from __future__ import annotations

import httpx

from responders.posters.wire import Wire


class WireTransport(httpx.BaseTransport):
    """Sends each request once over the wire."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Return the answer, with no header that would make the library wait or follow."""
        answer = self._wire.fetch(request.method, str(request.url), list(request.headers.items()), request.read())
        return httpx.Response(answer.status, headers={"content-type": answer.headers.get("content-type", "")}, content=answer.body)
