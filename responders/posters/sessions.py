"""Lets client libraries that speak through `requests` speak through our wire; nothing is decided here."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict

from responders.posters.wire import Wire


class WireAdapter(BaseAdapter):
    """Sends each request once over the wire; the timeouts and retries that the library asks for are not needed and not made."""

    def __init__(self, wire: Wire) -> None:
        super().__init__()
        self._wire = wire

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,  # noqa: ARG002 - the signature is fixed
        timeout: Any = None,  # noqa: ARG002
        verify: Any = True,  # noqa: ARG002
        cert: Any = None,  # noqa: ARG002
        proxies: Mapping[str, str] | None = None,  # noqa: ARG002
    ) -> requests.Response:
        """Return the answer as the library expects it, with no header that would make it wait or follow."""
        content = request.body or b""
        assert isinstance(content, str | bytes), "no network of ours takes a stream"
        headers = [(_text(name), _text(value)) for name, value in request.headers.items()]
        answer = self._wire.fetch(str(request.method), str(request.url), headers, content.encode() if isinstance(content, str) else content)
        response = requests.Response()
        response.status_code = answer.status
        response.reason = ""
        response.headers = CaseInsensitiveDict({"Content-Type": answer.headers.get("content-type", "")})
        response.raw = io.BytesIO(answer.body)
        response.url = str(request.url)
        response.encoding = "utf-8"
        response.request = request
        _ = response.content
        return response

    def close(self) -> None:
        """Close nothing: every request has a connection of its own."""


class WireSession(requests.Session):
    """A session whose every request goes over the wire; `fixed_host` is replaced by the wire's address before anything is signed."""

    def __init__(self, wire: Wire, fixed_host: str = "") -> None:
        super().__init__()
        self._fixed_host = fixed_host
        self._home = wire.url
        self.trust_env = False
        self.max_redirects = 0
        self.adapters.clear()
        self.mount("https://", WireAdapter(wire))
        self.mount("http://", WireAdapter(wire))

    def request(self, method: str, url: str | bytes, *args: Any, **kwargs: Any) -> requests.Response:
        """Ask as a session does, of the host that the configuration names."""
        text = _text(url)
        if self._fixed_host and text.startswith(self._fixed_host):
            text = self._home + text.removeprefix(self._fixed_host)
        return super().request(method, text, *args, **kwargs)


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value
