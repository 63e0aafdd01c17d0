"""Shows an incident in a Slack channel: one message that follows it from open to resolved, its course in the thread, and buttons.

What the buttons do is not known here: whoever listens to Slack acts on them, or writes down that they were pressed. Where nobody
listens there are none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, Self

import httpx

from monitor.contracts import Notice, RateLimited, Rejected, Unavailable
from monitor.notifiers.webhook import LOOPBACK, open_client, read_retry_after
from monitor.settings import NotifierSettings, Settings
from monitor.text import clip

SECONDS = 15.0
EVENT_TYPE = "grapevine_incident"
"""The name of our metadata: by it and the thread we find our message again, also after a crash between sending and recording."""
LOOK_BACK = timedelta(days=14)
PAGES = 10
MOST_HEADER, MOST_SECTION, MOST_REPLY = 150, 3_000, 3_000
"""https://docs.slack.dev/reference/block-kit/blocks"""
MARKS = {"open": "🔴", "acknowledged": "🟡", "resolved": "🟢"}
BUTTONS: Mapping[str, tuple[str, ...]] = {
    "open": ("acknowledge", "silence", "resolve", "hold", "pause"),
    "acknowledged": ("resolve", "hold", "pause"),
}
"""What may be done about an incident in each state; the last two are K4 and K5."""
LISTENS = "SLACK_BOT_TOKEN"
"""Buttons act where `responders run` listens, and that is with this token."""
WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "acknowledge": "Acknowledge",
        "silence": "Silence 4 h",
        "resolve": "Resolve",
        "hold": "Stop drafts for this story (K4)",
        "pause": "Pause publishing (K5)",
        "sure": "Stop all publishing at once, everywhere? Decisions can still be made.",
        "no": "Cancel",
    },
    "nl": {
        "acknowledge": "Ik neem het op me",
        "silence": "4 uur stil",
        "resolve": "Afsluiten",
        "hold": "Stop concepten voor dit verhaal (K4)",
        "pause": "Plaatsen pauzeren (K5)",
        "sure": "Al het plaatsen meteen stoppen, overal? Beslissen kan dan nog wel.",
        "no": "Annuleren",
    },
}
_WORD = re.compile(r"[a-z_]{1,60}")
_LATER = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})


class SlackNotifier:
    """Speaks to Slack's Web API, once for each call, with a token that may write in one channel and read what it wrote there."""

    def __init__(
        self,
        name: str,
        token: str,
        channel: str,
        client: httpx.Client,
        *,
        api_url: str,
        now: Callable[[], datetime],
        buttons: bool = True,
        languages: Mapping[str, str] | None = None,
    ) -> None:
        """Raise Rejected where the token or the address cannot be right.

        With `buttons` somebody listens to them; `languages` names the one of each brand, and under "" that of all.
        """
        self.name = name
        self._buttons, self._languages = buttons, languages or {}
        if not token.startswith("xox"):
            raise Rejected(f"{name}: the token is missing, or is none of Slack's: it begins with xoxb-")
        where = httpx.URL(api_url)
        if where.scheme != "https" and where.host not in LOOPBACK:
            raise Rejected(f"{name}: the address must begin with https://, so that nobody reads along")
        self._url, self._channel, self._client, self._now = api_url.rstrip("/") + "/", channel, client, now
        self._headers = {"Authorization": f"Bearer {token}"}

    @classmethod
    def from_settings(cls, notifier: NotifierSettings, settings: Settings) -> Self:
        """Return the notifier for a `[[notifier]]` table."""
        options = notifier.options
        client = open_client(SECONDS)
        token = settings.environment.get(options["token_name"], "")
        spoken = {brand.id: next((one for one in brand.languages if one in WORDS), "en") for brand in settings.brands}
        return cls(
            notifier.name,
            token,
            options["channel"],
            client,
            api_url=options["api_url"],
            now=partial(datetime.now, UTC),
            buttons=settings.slack is not None and options["token_name"] == LISTENS,
            languages={**spoken, "": settings.oncall.language},
        )

    def send(self, notice: Notice) -> None:
        """Post the message of an incident, or change it and write in its thread what happened; sent twice, it stands there once."""
        thread = notice.thread or notice.key
        there = self._find("conversations.history", thread, "thread")
        body = {"text": clip(notice.title, MOST_REPLY), "blocks": self._blocks(notice)}
        if not there:
            self._call("chat.postMessage", self._message(body, {"thread": thread, "key": notice.key}))
            return
        if notice.key in {there["key"], thread}:
            return  # It stands there already; only the record of it was lost.
        if not self._find("conversations.replies", notice.key, "key", ts=there["ts"]):
            # An edit and a reply notify nobody: what is to wake somebody is shown in the channel too.
            said = {"text": _said(notice), "thread_ts": there["ts"], **({"reply_broadcast": True} if notice.wakes else {})}
            self._call("chat.postMessage", self._message(said, {"thread": f"in {thread}", "key": notice.key}))
        self._call("chat.update", {"channel": self._channel, "ts": there["ts"], **body})

    def _blocks(self, notice: Notice) -> list[dict[str, Any]]:
        title = f"{MARKS.get(notice.state, '🔴')} {notice.title}"
        # Plain text throughout: what strangers wrote is no markup, and calls nobody.
        blocks: list[dict[str, Any]] = [{"type": "header", "text": _plain(clip(title, MOST_HEADER))}]
        if notice.text.strip():
            blocks.append({"type": "section", "text": _plain(_cut(notice.text))})
        number = notice.thread.rpartition("/")[2]
        actions = BUTTONS.get(notice.state, ()) if self._buttons and number.isdigit() else ()
        if actions:
            words = WORDS[self._languages.get("") or self._languages.get(notice.brand, "en")]
            blocks.append({"type": "actions", "elements": [_button(action, number, words) for action in actions]})
        return blocks

    def _message(self, body: Mapping[str, Any], named: Mapping[str, str]) -> dict[str, Any]:
        metadata = {"event_type": EVENT_TYPE, "event_payload": dict(named)}
        return {"channel": self._channel, "metadata": metadata, "unfurl_links": False, "unfurl_media": False, **body}

    def _find(self, method: str, wanted: str, name: str, *, ts: str = "") -> dict[str, str]:
        """Return ts and key of our message whose metadata holds `wanted` under `name`; empty where it does not stand there."""
        oldest = f"{(self._now() - LOOK_BACK).timestamp():.6f}"
        asked: dict[str, Any] = {"channel": self._channel, "limit": 200, "include_all_metadata": "true", "oldest": oldest}
        asked |= {"ts": ts} if ts else {}
        for _ in range(PAGES):
            answer = self._call(method, asked, as_json=False)
            for message in answer.get("messages") or ():
                metadata = message.get("metadata") or {}
                payload = metadata.get("event_payload") or {}
                if metadata.get("event_type") == EVENT_TYPE and payload.get(name) == wanted:
                    return {"ts": str(message["ts"]), "key": str(payload.get("key", ""))}
            cursor = (answer.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                break
            asked["cursor"] = cursor
        return {}

    def _call(self, method: str, asked: Mapping[str, Any], *, as_json: bool = True) -> dict[str, Any]:
        sent: dict[str, Any] = {"json": asked} if as_json else {"data": asked}
        try:
            response = self._client.post(self._url + method, headers=self._headers, **sent)
            answer = response.json() if response.status_code < 500 and response.status_code != 429 else {}
        except (httpx.HTTPError, ValueError) as error:
            raise Unavailable(f"{self.name}: {method}: Slack did not answer as it should ({type(error).__name__})") from None
        word = str(answer.get("error", "")) if isinstance(answer, dict) else "no_json"
        # Only a word of Slack's own is told on: whatever stands between us may quote our request, token and all.
        word = word if _WORD.fullmatch(word) else ""
        if response.status_code == 429 or word in {"ratelimited", "rate_limited"}:
            wait = read_retry_after(response.headers.get("retry-after", ""), self._now())
            raise RateLimited(f"{self.name}: {method}: Slack asks us to wait", wait)
        if response.status_code >= 500 or word in _LATER:
            raise Unavailable(f"{self.name}: {method}: Slack answered {response.status_code} {word}".rstrip())
        if not isinstance(answer, dict) or answer.get("ok") is not True:
            raise Rejected(f"{self.name}: {method}: Slack refuses: {word or 'no reason'}; check token, scopes and channel")
        return answer


def _button(action: str, number: str, words: Mapping[str, str]) -> dict[str, Any]:
    button = {"type": "button", "action_id": f"incident_{action}", "value": number, "text": _plain(words[action])}
    if action == "pause":
        asked = {
            "title": _plain(words["pause"]),
            "text": _plain(words["sure"]),
            "confirm": _plain(words["pause"]),
            "deny": _plain(words["no"]),
        }
        button["confirm"] = asked
    return button


def _said(notice: Notice) -> str:
    """Return what the thread is told: the first line says what happened, and in the channel it must speak for itself."""
    first = clip(notice.text.partition("\n")[0] or notice.title, MOST_REPLY // 2)
    text = f"{clip(notice.title, MOST_HEADER)}\n{first}" if notice.wakes and first != notice.title else first
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text, "emoji": False}


def _cut(text: str) -> str:
    return text if len(text) <= MOST_SECTION else text[: MOST_SECTION - 1] + "…"
