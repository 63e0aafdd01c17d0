"""Wakes people through PagerDuty: its Events API v2 takes each state of an incident once, and its REST API says who took it on.

What somebody acknowledged there notifies nobody again, whatever is triggered under its key; so what rises has a key of its own, and
what is acknowledged or resolved here is so under every key: https://developer.pagerduty.com/docs/events-api-v2-overview
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any, Self

import httpx

from monitor.contracts import Answer, Notice, RateLimited, Rejected, Unavailable
from monitor.notifiers.webhook import LOOPBACK, open_client, read_retry_after
from monitor.settings import NotifierSettings, Settings
from monitor.text import clip

SECONDS = 10.0
"""So long the other side may take for each step."""
EVENTS, API = "https://events.pagerduty.com", "https://api.pagerduty.com"
MOST_SUMMARY = 1_024
"""https://developer.pagerduty.com/docs/events-api-v2/trigger-events/"""
MOST_DETAILS = 20_000
"""The whole event may have 512 kB; nobody reads so much at night."""
ACTIONS = {"open": "trigger", "acknowledged": "acknowledge", "resolved": "resolve"}
SEVERITIES = {0: "info", 1: "warning", 2: "error", 3: "critical"}


@dataclass(frozen=True, slots=True)
class _Shown:
    """An incident as it stands there, by that clock."""

    state: str
    by: str
    """Who changed it last."""
    created_at: datetime
    changed_at: datetime


class PagerDutyNotifier:
    """Sends events; the thread of a notice is their dedup_key, and that of what asks anew the key of its own page."""

    def __init__(
        self,
        name: str,
        routing_key: str,
        client: httpx.Client,
        *,
        api_key: str = "",
        events_url: str = EVENTS,
        api_url: str = API,
        variable: str = "PAGERDUTY_ROUTING_KEY",
        now: Callable[[], datetime],
    ) -> None:
        """Raise Rejected where the key or an address cannot be right."""
        self.name = name
        if len(routing_key) < 16:
            raise Rejected(
                f"{name}: the integration key ({variable} in .env) is missing or too short: "
                "it has 32 signs, and stands with the service's integrations"
            )
        for url in (events_url, api_url):
            where = httpx.URL(url)
            if where.scheme != "https" and where.host not in LOOPBACK:
                raise Rejected(f"{name}: the address must begin with https://, so that nobody reads along")
        self._routing_key, self._api_key = routing_key, api_key
        self._events, self._api = httpx.URL(events_url.rstrip("/") + "/v2/enqueue"), httpx.URL(api_url.rstrip("/") + "/incidents")
        self._client = client
        self._now = now

    @classmethod
    def from_settings(cls, notifier: NotifierSettings, settings: Settings) -> Self:
        """Return the notifier for a `[[notifier]]` table."""
        options, environment = notifier.options, settings.environment
        client = open_client(SECONDS)
        return cls(
            notifier.name,
            environment.get(options["routing_key_name"], ""),
            client,
            api_key=environment.get(options["api_key_name"], ""),
            events_url=options["events_url"],
            api_url=options["api_url"],
            variable=options["routing_key_name"],
            now=partial(datetime.now, UTC),
        )

    def send(self, notice: Notice) -> None:
        """Trigger under the newest key, or acknowledge or resolve under each; the library of PagerDuty would repeat a 429 without end.

        Sent again after it failed half-way, what was acknowledged or resolved already stays so, and notifies nobody.
        """
        action, keys = ACTIONS.get(notice.state, "trigger"), notice.keys
        if action == "trigger":
            details = {"text": notice.text[:MOST_DETAILS], "key": notice.key}
            payload = {
                "summary": clip(notice.title, MOST_SUMMARY),
                "source": clip(notice.brand or "grapevine", 200),
                "severity": SEVERITIES.get(notice.gravity, "critical"),
                # What was shown before under another key, so that whoever is woken finds it.
                "custom_details": details | ({"rose_from": keys[-2]} if len(keys) > 1 else {}),
            }
            self._send(action, keys[-1], client="Grapevine", payload=payload)
            return
        for key in keys:
            self._send(action, key)

    def _send(self, action: str, key: str, **more: Any) -> None:
        event = {"routing_key": self._routing_key, "event_action": action, "dedup_key": key[:255], **more}
        self._judge(self._ask("POST", self._events, json=event))

    def answer(self, keys: Sequence[str]) -> Answer | None:
        """Return who took an incident on there, or closed it; None where nobody did, or where no API key lets us look.

        Who takes on or closes an earlier one once the newest rang is at it; that the newest may be closed too is not said by that.
        """
        newest = self._look(keys[-1]) if self._api_key else None
        if newest is None or newest.state in {"acknowledged", "resolved"}:
            # Where the newest is not there yet, nobody can have answered it.
            return Answer(newest.state, newest.by) if newest else None
        for key in reversed(keys[:-1]):
            earlier = self._look(key)
            if earlier is not None and earlier.state in {"acknowledged", "resolved"} and earlier.changed_at > newest.created_at:
                return Answer("acknowledged", earlier.by)
        return None

    def _look(self, key: str) -> _Shown | None:
        """Return the newest that stands there under a key."""
        headers = {"Authorization": f"Token token={self._api_key}", "Accept": "application/vnd.pagerduty+json;version=2"}
        asked = {"incident_key": key[:255], "sort_by": "created_at:desc", "date_range": "all", "limit": 1}
        response = self._ask("GET", self._api, params=asked, headers=headers)
        self._judge(response)
        try:
            return _read(response.json()["incidents"])
        except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
            raise Unavailable(f"{self.name}: {self._api.host} answered something that is no list of incidents") from error

    def _ask(self, method: str, url: httpx.URL, **asked: Any) -> httpx.Response:
        try:
            return self._client.request(method, url, **asked)
        except httpx.HTTPError as error:
            raise Unavailable(f"{self.name}: {url.host} did not answer as it should ({type(error).__name__})") from None

    def _judge(self, response: httpx.Response) -> None:
        status = response.status_code
        if 200 <= status < 300:
            return
        sentence = f"{self.name}: {response.url.host} answered {status}"
        if status == 429:
            raise RateLimited(f"{sentence}: it asks us to wait", read_retry_after(response.headers.get("retry-after", ""), self._now()))
        if status == 408 or status >= 500:
            raise Unavailable(f"{sentence}; it is tried again later")
        raise Rejected(f"{sentence}: it will not take this; check the keys in the environment")


def _read(found: list[Any]) -> _Shown | None:
    if not found:
        return None
    one = found[0]
    state, taken = str(one["status"]), one.get("acknowledgements") or ()
    last = taken[-1] if taken and state == "acknowledged" else {}
    who = (last.get("acknowledger") or one.get("last_status_change_by") or {}).get("summary")
    created_at = datetime.fromisoformat(one["created_at"])
    changed_at = last.get("at") or one.get("last_status_change_at")
    return _Shown(state, clip(str(who or "somebody"), 80), created_at, datetime.fromisoformat(changed_at) if changed_at else created_at)
