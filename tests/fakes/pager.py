"""A PagerDuty on loopback: it takes events as the Events API v2 does, keeps an incident for each dedup_key, and fails when told to."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

ROUTING_KEY, API_KEY = "R0UTINGKEYOFTHEFAKEPAGER00000000", "api-key-of-the-fake-pager"
STATUSES = {"trigger": "triggered", "acknowledge": "acknowledged", "resolve": "resolved"}


@dataclass
class Pager:
    """The service; a context manager."""

    faults: list[int] = field(default_factory=list)
    """HTTP statuses of the next answers, whatever is asked."""
    events: list[dict[str, Any]] = field(default_factory=list)
    incidents: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __enter__(self) -> Self:
        pager = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *args: Any) -> None:
                return None

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", "0"))))
                self._answer(*pager.take(self.path, body))

            def do_GET(self) -> None:
                self._answer(*pager.look(self.path, self.headers.get("Authorization", "")))

            def _answer(self, status: int, body: Any) -> None:
                content = json.dumps(body).encode()
                self.send_response(status)
                if status == 429:
                    self.send_header("Retry-After", "30")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        """Where both APIs are."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def take(self, path: str, event: dict[str, Any]) -> tuple[int, Any]:
        """Take one event."""
        if self.faults:
            return self.faults.pop(0), {"status": "fault"}
        if path != "/v2/enqueue" or event.get("routing_key") != ROUTING_KEY or event.get("event_action") not in STATUSES:
            return 400, {"status": "invalid event"}
        self.events.append(event)
        key, action = event["dedup_key"], event["event_action"]
        if action == "trigger" or key in self.incidents:
            known = self.incidents.setdefault(key, {"incident_key": key, "acknowledgements": []})
            known["status"] = STATUSES[action]
        return 202, {"status": "success", "dedup_key": key}

    def look(self, path: str, authorization: str) -> tuple[int, Any]:
        """Answer GET /incidents."""
        if self.faults:
            return self.faults.pop(0), {}
        if authorization != f"Token token={API_KEY}":
            return 401, {"error": "no"}
        key = parse_qs(urlsplit(path).query).get("incident_key", [""])[0]
        return 200, {"incidents": [self.incidents[key]] if key in self.incidents else []}

    def acknowledge(self, key: str, who: str) -> None:
        """Play a person who takes an incident on."""
        self.incidents[key] |= {"status": "acknowledged", "acknowledgements": [{"acknowledger": {"summary": who}}]}

    def actions(self) -> list[str]:
        """Return what was asked, in order."""
        return [event["event_action"] for event in self.events]
