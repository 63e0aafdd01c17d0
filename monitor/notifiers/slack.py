"""Shows an incident in a Slack channel: one message that follows it from open to resolved, its course in the thread, and buttons.

What the buttons do is not known here: whoever listens to Slack acts on them, or writes down that they were pressed. Where nobody
listens there are none.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, Self

import httpx

from monitor.contracts import AdapterError, Notice, RateLimited, Rejected, Unavailable
from monitor.curves import picture
from monitor.notices import quotes_of
from monitor.notifiers.webhook import LOOPBACK, open_client, read_retry_after
from monitor.settings import NotifierSettings, Settings
from monitor.text import clip

SECONDS = 15.0
EVENT_TYPE = "grapevine_incident"
"""The name of our metadata: by it and the thread we find our message again, also after a crash between sending and recording."""
SAID = "said_"
"""With the id of a mention after it, the name of the block that quotes it."""
LOOK_BACK = timedelta(days=14)
TOLD_WITHIN = timedelta(days=3)
"""Nothing is shown for the first time so long after it was written."""
PAGES = 10
MOST_HEADER, MOST_SECTION, MOST_REPLY, MOST_ALT = 150, 3_000, 3_000, 1_000
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
        "erased": "(taken back by its author)",
    },
    "nl": {
        "acknowledge": "Ik neem het op me",
        "silence": "4 uur stil",
        "resolve": "Afsluiten",
        "hold": "Stop concepten voor dit verhaal (K4)",
        "pause": "Plaatsen pauzeren (K5)",
        "sure": "Al het plaatsen meteen stoppen, overal? Beslissen kan dan nog wel.",
        "no": "Annuleren",
        "erased": "(teruggenomen door de schrijver)",
    },
}
logger = logging.getLogger(__name__)
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
        variable: str = "SLACK_BOT_TOKEN",
        buttons: bool = True,
        languages: Mapping[str, str] | None = None,
    ) -> None:
        """Raise Rejected where the token or the address cannot be right.

        With `buttons` somebody listens to them; `languages` names the one of each brand, and under "" that of all.
        """
        self.name = name
        self._buttons, self._languages = buttons, languages or {}
        if not token.startswith("xox"):
            raise Rejected(f"{name}: the token ({variable} in .env) is missing, or is none of Slack's: it begins with xoxb-")
        where = httpx.URL(api_url)
        if where.scheme != "https" and where.host not in LOOPBACK:
            raise Rejected(f"{name}: the address must begin with https://, so that nobody reads along")
        self._url, self._channel, self._client, self._now = api_url.rstrip("/") + "/", channel, client, now
        self._headers = {"Authorization": f"Bearer {token}"}
        self._token, self._draws = token, True

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
            variable=options["token_name"],
            buttons=settings.slack is not None and options["token_name"] == LISTENS,
            languages={**spoken, "": settings.oncall.language},
        )

    def send(self, notice: Notice) -> None:
        """Post the message of an incident, or change it and write in its thread what happened; sent twice, it stands there once."""
        thread = notice.thread or notice.key
        there = self._find("conversations.history", thread, "thread")
        body = {"text": clip(notice.title, MOST_REPLY), "blocks": self._blocks(notice)}
        if not there:
            posted = self._call("chat.postMessage", self._message(body, {"thread": thread, "key": notice.key}))
            self._show_curve(notice, str(posted.get("ts", "")))
            return
        if notice.key in {there["first"], there["key"], thread}:
            self._show_curve(notice, there["ts"])
            return  # It stands there already; only the record of it was lost.
        if not self._find("conversations.replies", notice.key, "key", ts=there["ts"]):
            # An edit and a reply notify nobody: what is to wake somebody is shown in the channel too.
            said = {"text": _said(notice), "thread_ts": there["ts"], **({"reply_broadcast": True} if notice.wakes else {})}
            self._call("chat.postMessage", self._message(said, {"thread": f"in {thread}", "key": notice.key}))
        # What comes late, because Slack was away, goes on in the thread and takes nothing of what the message says by now.
        if _number(there["key"]) < _number(notice.key):
            named = {"thread": thread, "key": notice.key, "first": there["first"]}
            self._call("chat.update", {"channel": self._channel, "ts": there["ts"], **_named(named), **body})
        self._show_curve(notice, there["ts"])

    def strike(self, thread: str, mention_id: int, brand: str, since: datetime) -> None:
        """Put a word in the place of a quote, where the message still shows it."""
        there = self._find("conversations.history", thread, "thread", since=since)
        blocks, own = list(there.get("blocks") or ()), f"{SAID}{mention_id}"
        if not any(block.get("block_id") == own for block in blocks):
            return
        word = {"type": "section", "text": _plain(self._words(brand)["erased"])}
        kept = [word if block.get("block_id") == own else block for block in blocks]
        self._call("chat.update", {"channel": self._channel, "ts": there["ts"], "text": there["text"], "blocks": kept})

    def _words(self, brand: str) -> Mapping[str, str]:
        return WORDS[self._languages.get("") or self._languages.get(brand, "en")]

    def _show_curve(self, notice: Notice, ts: str) -> None:
        """Put a picture of the curve into the thread, once; a page is whole without it, so nothing that goes wrong with it is told."""
        if notice.curve is None or not ts or not self._draws:
            return
        name = notice.key.replace("/", "-") + ".png"
        try:
            if not self._find("conversations.replies", name, "file", ts=ts):
                self._upload(name, picture(notice.curve.counts), notice.curve.said, ts)
        except AdapterError as error:
            logger.info("%s: the curve of %s is not shown: %s", self.name, notice.key, error)

    def _upload(self, name: str, content: bytes, said: str, ts: str) -> None:
        from slack_sdk import WebClient  # noqa: PLC0415 it takes a fifth of a second, and only a picture needs it
        from slack_sdk.errors import SlackApiError, SlackClientError  # noqa: PLC0415 the same

        quiet = logging.getLogger("slack_sdk.grapevine")
        quiet.setLevel(logging.CRITICAL + 1)  # It may log what it sends.
        client = WebClient(self._token, base_url=self._url, timeout=int(SECONDS), retry_handlers=[], logger=quiet)
        title = clip(said, MOST_ALT)
        try:
            client.files_upload_v2(filename=name, content=content, title=title, alt_txt=title, channel=self._channel, thread_ts=ts)
        except SlackApiError as error:
            word = str(error.response.get("error", ""))
            # Without the scope files:write there are no pictures, until we are started anew with it.
            self._draws = word not in {"missing_scope", "not_allowed_token_type"}
            raise Rejected(f"{self.name}: files.upload: Slack refuses: {word if _WORD.fullmatch(word) else 'no reason'}") from None
        except (SlackClientError, OSError, ValueError) as error:
            raise Unavailable(f"{self.name}: files.upload: Slack did not answer as it should ({type(error).__name__})") from None

    def _blocks(self, notice: Notice) -> list[dict[str, Any]]:
        title = f"{MARKS.get(notice.state, '🔴')} {notice.title}"
        # Plain text throughout: what strangers wrote is no markup, and calls nobody.
        blocks: list[dict[str, Any]] = [{"type": "header", "text": _plain(clip(title, MOST_HEADER))}]
        for mention_id, part in quotes_of(notice.text, notice.quoted):
            if part.strip():
                # A quote is a block by itself, so that it can be taken out when its author takes it back.
                named = {"block_id": f"{SAID}{mention_id}"} if mention_id else {}
                blocks.append({"type": "section", "text": _plain(_cut(part.strip("\n"))), **named})
        number = notice.thread.rpartition("/")[2]
        actions = BUTTONS.get(notice.state, ()) if self._buttons and number.isdigit() else ()
        if actions:
            words = self._words(notice.brand)
            blocks.append({"type": "actions", "elements": [_button(action, number, words) for action in actions]})
        return blocks

    def _message(self, body: Mapping[str, Any], named: Mapping[str, str]) -> dict[str, Any]:
        return {"channel": self._channel, **_named(named), "unfurl_links": False, "unfurl_media": False, **body}

    def _find(self, method: str, wanted: str, name: str, *, ts: str = "", since: datetime | None = None) -> dict[str, Any]:
        """Return our message whose metadata holds `wanted` under `name`, with its key, or that shows the file; empty where there is none.

        It is looked for in the last LOOK_BACK, or in the days in which what began at `since` was told.
        """
        oldest = since - timedelta(hours=1) if since else self._now() - LOOK_BACK
        asked: dict[str, Any] = {
            "channel": self._channel,
            "limit": 200,
            "include_all_metadata": "true",
            "oldest": f"{oldest.timestamp():.6f}",
        }
        asked |= {"ts": ts} if ts else {}
        asked |= {"latest": f"{(since + TOLD_WITHIN).timestamp():.6f}"} if since else {}
        for _ in range(PAGES):
            answer = self._call(method, asked, as_json=False)
            for message in answer.get("messages") or ():
                metadata = message.get("metadata") or {}
                payload = metadata.get("event_payload") or {}
                shown = [str(one.get("name", "")) for one in message.get("files") or ()] if name == "file" else ()
                if wanted in shown or (metadata.get("event_type") == EVENT_TYPE and payload.get(name) == wanted):
                    key = str(payload.get("key", ""))
                    # The newest notice that it shows, and that with which it began.
                    return {**message, "ts": str(message["ts"]), "key": key, "first": str(payload.get("first", key))}
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


def _named(named: Mapping[str, str]) -> dict[str, Any]:
    return {"metadata": {"event_type": EVENT_TYPE, "event_payload": dict(named)}}


def _number(key: str) -> int:
    """Return which of its thread's notices a key is of; 0 where it stands for itself."""
    number = key.rpartition("/")[2]
    return int(number) if number.isascii() and number.isdigit() else 0


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
