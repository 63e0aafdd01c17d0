"""Speaks to Slack's Web API, once for each call: no retries, a time limit, and only our errors; what is said stands elsewhere."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from typing import Any
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from monitor.contracts import RateLimited, Rejected, Unavailable
from responders.approval.cards import Message
from responders.contracts import NotSent

EVENT_TYPE = "grapevine_message"
"""The name of our metadata: by it and the message's key we find again what we sent."""

TIMEOUT = 20
"""Seconds for one call. Slack's own answer mostly takes a tenth of one."""

READ_BACK_PAGES = 10
WHISPERS = 4
"""How often something is said to one person while Slack asks us to wait: two people who click at once share a channel's one message
a second."""
_READ_BACK_MARGIN = timedelta(minutes=2)
"""How far the clocks of Slack and this machine may lie apart."""

_WORD = re.compile(r"[a-z_]{1,60}")
_LATER = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"})
"""Answers that mean: Slack itself failed, and may or may not have done it."""


class Slack:
    """One workspace, seen through our bot."""

    name = "slack"

    def __init__(
        self,
        client: WebClient,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.client = client
        self._clock = clock
        self._sleep = sleep

    @classmethod
    def connect(cls, token: str, api_url: str) -> Slack:
        """Return the workspace that this token opens; nothing is asked of it yet."""
        # The library would repeat a message when a connection drops (retry_handlers), and may log what it sends at debug.
        quiet = logging.getLogger("slack_sdk.grapevine")
        quiet.setLevel(logging.CRITICAL)
        return cls(WebClient(token=token, base_url=api_url.rstrip("/") + "/", timeout=TIMEOUT, retry_handlers=[], logger=quiet))

    def post(self, channel: str, message: Message, key: str, *, thread_ts: str = "") -> str:
        """Send a message with its key in the metadata, and return its ts."""
        body = self._body(message) | ({"thread_ts": thread_ts} if thread_ts else {})
        metadata = {"event_type": EVENT_TYPE, "event_payload": {"key": key}}
        answer = self.call("chat.postMessage", channel=channel, metadata=metadata, unfurl_links=False, unfurl_media=False, **body)
        return str(answer["ts"])

    def find(self, channel: str, key: str, since: datetime, *, thread_ts: str = "") -> str:
        """Return the ts of our message with this key, "" where it does not stand there; looks back to a little before `since`."""
        oldest = f"{(since - _READ_BACK_MARGIN).timestamp():.6f}"
        asked: dict[str, Any] = {"channel": channel, "oldest": oldest, "limit": 200, "include_all_metadata": True}
        method = "conversations.history"
        if thread_ts:
            method, asked = "conversations.replies", asked | {"ts": thread_ts}
        for _ in range(READ_BACK_PAGES):
            answer = self.call(method, **asked)
            for message in answer.get("messages") or ():
                metadata = message.get("metadata") or {}
                if metadata.get("event_type") == EVENT_TYPE and (metadata.get("event_payload") or {}).get("key") == key:
                    return str(message["ts"])
            cursor = (answer.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return ""
            asked["cursor"] = cursor
        raise Unavailable("slack: too much was written meanwhile to find our message again; it is looked for later")

    def update(self, channel: str, ts: str, message: Message) -> None:
        """Make a message of ours say something else."""
        self.call("chat.update", channel=channel, ts=ts, **self._body(message))

    def delete(self, channel: str, ts: str) -> None:
        """Take a message of ours away."""
        self.call("chat.delete", channel=channel, ts=ts)

    def whisper(self, channel: str, user: str, text: str) -> None:
        """Say something in a channel that one person alone sees; where Slack asks us to wait, we wait: they look at the screen."""
        for _ in range(WHISPERS):
            try:
                self.call("chat.postEphemeral", channel=channel, user=user, text=text)
            except RateLimited as error:
                self._sleep(max((error.retry_at - self._clock()).total_seconds(), 0.0))
            else:
                return
        raise Unavailable("slack: chat.postEphemeral: asked to wait too often")

    def permalink(self, channel: str, ts: str) -> str:
        """Return the address of a message."""
        return str(self.call("chat.getPermalink", channel=channel, message_ts=ts)["permalink"])

    def direct(self, user: str) -> str:
        """Return the channel of our talk with one member."""
        channel: Mapping[str, Any] = self.call("conversations.open", users=user)["channel"]
        return str(channel["id"])

    def open_view(self, trigger: str, view: Mapping[str, Any]) -> None:
        """Open a modal; a trigger lasts three seconds and once."""
        self.call("views.open", trigger_id=trigger, view=dict(view))

    def update_view(self, view_id: str, view: Mapping[str, Any]) -> None:
        """Make an open modal say something else."""
        self.call("views.update", view_id=view_id, view=dict(view))

    def publish_home(self, user: str, view: Mapping[str, Any]) -> None:
        """Show a person their Home."""
        self.call("views.publish", user_id=user, view=dict(view))

    def user(self, user: str) -> Mapping[str, Any]:
        """Return what Slack knows of a member."""
        found: Mapping[str, Any] = self.call("users.info", user=user, include_locale=True)["user"]
        return found

    def members_of(self, group: str) -> frozenset[str]:
        """Return the members of a user group."""
        return frozenset(self.call("usergroups.users.list", usergroup=group).get("users") or ())

    def call(self, method: str, **arguments: Any) -> Mapping[str, Any]:
        """Call a method once.

        Raises:
            RateLimited, Rejected, NotSent, Unavailable: see the contracts; the message holds Slack's own word and no token.
        """
        try:
            answer = self.client.api_call(method, json=arguments) if method in _AS_JSON else self.client.api_call(method, params=arguments)
        except SlackApiError as error:
            raise self._refusal(method, error) from None
        except URLError as error:
            if isinstance(error.reason, ConnectionRefusedError):
                raise NotSent(f"slack: {method}: the connection was refused") from None
            raise Unavailable(f"slack: {method}: {type(error.reason).__name__}") from None
        except (OSError, HTTPException, SlackClientError, ValueError) as error:
            raise Unavailable(f"slack: {method}: {type(error).__name__}") from None
        data = answer.data
        if not isinstance(data, dict):
            raise Unavailable(f"slack: {method}: the answer is no JSON")
        return data

    def scopes(self) -> frozenset[str]:
        """Return what our token may do."""
        answer = self.client.api_call("auth.test")
        given = {name.lower(): value for name, value in answer.headers.items()}.get("x-oauth-scopes", "")
        return frozenset(part.strip() for part in str(given).split(",") if part.strip())

    @staticmethod
    def _body(message: Message) -> dict[str, Any]:
        return {"text": message.text, "blocks": list(message.blocks)}

    def _refusal(self, method: str, error: SlackApiError) -> Exception:
        answer = error.response
        status, data = getattr(answer, "status_code", 0), getattr(answer, "data", {})
        told = str(data.get("error", "")) if isinstance(data, dict) else ""
        # Only a word of Slack's own is told on: whatever stands between us may quote our request, token and all.
        word = told if _WORD.fullmatch(told) else ""
        if status == 429 or word in {"ratelimited", "rate_limited"}:
            headers = {str(name).lower(): value for name, value in (getattr(answer, "headers", {}) or {}).items()}
            wait = str(headers.get("retry-after", "1"))
            seconds = min(int(wait), 3_600) if wait.isdigit() else 1
            return RateLimited(f"slack: {method}: asked to wait {seconds} s", self._clock() + timedelta(seconds=seconds))
        if status >= 500 or word in _LATER or not word:
            return Unavailable(f"slack: {method}: {word or f'status {status}'}")
        return Rejected(f"slack: {method}: {word}")


_AS_JSON = frozenset(
    {"chat.postMessage", "chat.update", "chat.postEphemeral", "chat.delete", "views.open", "views.update", "views.publish"}
)
"""The methods that take JSON; the others take forms."""
