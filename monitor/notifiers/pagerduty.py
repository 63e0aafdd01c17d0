"""Wakes people through PagerDuty: its Events API v2 takes each state of an incident once, and its REST API says who took it on."""

from __future__ import annotations

from collections.abc import Callable
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


class PagerDutyNotifier:
    """Sends events; the thread of a notice is their dedup_key, so that an incident here is one there."""

    def __init__(
        self,
        name: str,
        routing_key: str,
        client: httpx.Client,
        *,
        api_key: str = "",
        events_url: str = EVENTS,
        api_url: str = API,
        now: Callable[[], datetime],
    ) -> None:
        """Raise Rejected where the key or an address cannot be right."""
        self.name = name
        if len(routing_key) < 16:
            raise Rejected(
                f"{name}: the integration key is missing or too short: it has 32 signs, and stands with the service's integrations"
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
            now=partial(datetime.now, UTC),
        )

    def send(self, notice: Notice) -> None:
        """Trigger, acknowledge or resolve, once; the library of PagerDuty would repeat a 429 without end."""
        event: dict[str, Any] = {
            "routing_key": self._routing_key,
            "event_action": ACTIONS.get(notice.state, "trigger"),
            "dedup_key": (notice.thread or notice.key)[:255],
        }
        if event["event_action"] == "trigger":
            event |= {
                "client": "Grapevine",
                "payload": {
                    "summary": clip(notice.title, MOST_SUMMARY),
                    "source": clip(notice.brand or "grapevine", 200),
                    "severity": SEVERITIES.get(notice.gravity, "critical"),
                    "custom_details": {"text": notice.text[:MOST_DETAILS], "key": notice.key},
                },
            }
        self._judge(self._ask("POST", self._events, json=event))

    def answer(self, thread: str) -> Answer | None:
        """Return who took an incident on there, or closed it; None where nobody did, or where no API key lets us look."""
        if not self._api_key:
            return None
        headers = {"Authorization": f"Token token={self._api_key}", "Accept": "application/vnd.pagerduty+json;version=2"}
        response = self._ask("GET", self._api, params={"incident_key": thread[:255], "limit": 1}, headers=headers)
        self._judge(response)
        try:
            found = response.json()["incidents"]
            if not found:
                return None
            state, changed = str(found[0]["status"]), found[0].get("last_status_change_by") or {}
            taken = [one["acknowledger"] for one in found[0].get("acknowledgements") or ()]
            who = str(((taken[-1] if taken and state == "acknowledged" else changed) or {}).get("summary") or "somebody")
        except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
            raise Unavailable(f"{self.name}: {self._api.host} answered something that is no list of incidents") from error
        return Answer(state, clip(who, 80)) if state in {"acknowledged", "resolved"} else None

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
