"""A PagerDuty on loopback: it takes events as the Events API v2 does, keeps incidents by dedup_key, and fails when told to.

As there, what is triggered under the key of an incident that is not resolved only adds to its log: it wakes nobody, and what somebody
acknowledged stays so. After a resolve the same key opens another incident.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
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
    """The newest of each key."""
    woken: list[str] = field(default_factory=list)
    """The keys under which people were woken, in order."""
    _seconds: Iterator[int] = field(default_factory=count)

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
        known = self.incidents.get(key)
        if action == "trigger" and (known is None or known["status"] == "resolved"):
            self.woken.append(key)
            at = self._moment()
            opened = {"incident_key": key, "status": "triggered", "acknowledgements": []}
            self.incidents[key] = opened | {"created_at": at, "last_status_change_at": at}
        elif action != "trigger" and known is not None and STATUSES[action] != known["status"] != "resolved":
            known |= {"status": STATUSES[action], "last_status_change_at": self._moment()}
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
        at = self._moment()
        taken = {"acknowledger": {"summary": who}, "at": at}
        self.incidents[key] |= {"status": "acknowledged", "acknowledgements": [taken], "last_status_change_at": at}

    def resolve(self, key: str, who: str) -> None:
        """Play a person who closes an incident."""
        self.incidents[key] |= {
            "status": "resolved", "last_status_change_by": {"summary": who}, "last_status_change_at": self._moment()
        }  # fmt: skip

    def _moment(self) -> str:
        """Return a moment of its own clock, later than every one before."""
        return f"{datetime(2026, 3, 2, tzinfo=UTC) + timedelta(seconds=next(self._seconds)):%Y-%m-%dT%H:%M:%SZ}"

    def actions(self) -> list[str]:
        """Return what was asked, in order."""
        return [event["event_action"] for event in self.events]
