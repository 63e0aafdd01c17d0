"""The methods of Slack's Web API that a test's workspace answers; the wire itself and the people are in `slack.py`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.blockkit import check_blocks, check_view, find_pings

BOT = "U0BOT"


@dataclass
class Posted:
    """One message as Slack has it."""

    channel: str
    ts: str
    text: str
    blocks: list[Any]
    metadata: dict[str, Any] = field(default_factory=dict)
    thread_ts: str = ""
    only_for: str = ""
    deleted: bool = False
    pings: list[str] = field(default_factory=list)
    versions: list[list[Any]] = field(default_factory=list)
    at: float = 0.0
    broadcast: bool = False
    """A reply in a thread that the channel shows as well."""
    files: list[dict[str, Any]] = field(default_factory=list)


class Refused(Exception):
    """Slack says no, in its own word."""


class WebApi:
    """What the methods see and change."""

    messages: list[Posted]
    files: dict[str, dict[str, Any]]
    """By id, with what was uploaded."""
    scopes: str
    clock: Callable[[], float]
    """Its own clock, in seconds since 1970, after which its messages are numbered."""
    views: dict[str, dict[str, Any]]
    homes: dict[str, dict[str, Any]]
    channels: dict[str, bool]
    groups: dict[str, list[str]]
    locales: dict[str, str]
    names: dict[str, str]
    on_post: Callable[[Posted], None]
    port: int
    _numbers: Iterator[int]
    _triggers: dict[str, str]

    def _auth_test(self, _: dict[str, Any]) -> dict[str, Any]:
        return {
            "user_id": BOT,
            "bot_id": "B0BOT",
            "user": "grapevine",
            "team": "Fakeworld",
            "team_id": "T0FAKE",
            "url": "https://x.slack.com/",
        }

    def _apps_connections_open(self, _: dict[str, Any]) -> dict[str, Any]:
        return {"url": f"ws://127.0.0.1:{self.port}/link/"}

    def _post(self, arguments: dict[str, Any], only_for: str = "") -> Posted:
        channel = arguments["channel"]
        if channel not in self.channels:
            raise Refused("channel_not_found")
        if not self.channels[channel]:
            raise Refused("not_in_channel")
        blocks, text = arguments.get("blocks") or [], arguments.get("text", "")
        if blocks and check_blocks(blocks):
            raise Refused("invalid_blocks")
        if not text:
            raise Refused("no_text")
        posted = Posted(
            channel, f"{self.clock():.3f}{next(self._numbers):03d}", text, blocks, arguments.get("metadata") or {},
            arguments.get("thread_ts", ""), only_for, False, find_pings(text, blocks), [blocks], self.clock(),
            bool(arguments.get("reply_broadcast")),
        )  # fmt: skip
        self.messages.append(posted)
        self.on_post(posted)
        return posted

    def _chat_postMessage(self, arguments: dict[str, Any]) -> dict[str, Any]:
        return {"channel": arguments["channel"], "ts": self._post(arguments).ts}

    def _chat_postEphemeral(self, arguments: dict[str, Any]) -> dict[str, Any]:
        return {"message_ts": self._post(arguments, arguments["user"]).ts}

    def _message(self, arguments: dict[str, Any]) -> Posted:
        ts = arguments.get("ts") or arguments.get("message_ts")
        found = [m for m in self.messages if (m.channel, m.ts) == (arguments["channel"], ts) and not m.deleted and not m.only_for]
        if not found:
            raise Refused("message_not_found")
        return found[0]

    def _chat_update(self, arguments: dict[str, Any]) -> dict[str, Any]:
        message = self._message(arguments)
        if check_blocks(arguments["blocks"]):
            raise Refused("invalid_blocks")
        message.text, message.blocks = arguments["text"], arguments["blocks"]
        message.metadata = arguments.get("metadata") or message.metadata
        message.pings += find_pings(message.text, message.blocks)
        message.versions.append(message.blocks)
        return {"ts": message.ts}

    def _chat_delete(self, arguments: dict[str, Any]) -> dict[str, Any]:
        self._message(arguments).deleted = True
        return {}

    def _chat_getPermalink(self, arguments: dict[str, Any]) -> dict[str, Any]:
        message = self._message(arguments)
        return {"permalink": f"https://x.slack.com/archives/{message.channel}/p{message.ts.replace('.', '')}"}

    def _need(self, scope: str) -> None:
        if scope not in self.scopes.split(","):
            raise Refused("missing_scope")

    def _files_getUploadURLExternal(self, arguments: dict[str, Any]) -> dict[str, Any]:
        self._need("files:write")
        number = f"F{next(self._numbers)}"
        self.files[number] = {"id": number, "name": arguments["filename"], "length": int(arguments["length"])}
        self.files[number] |= {"alt_txt": arguments.get("alt_txt", "")}
        return {"upload_url": f"http://127.0.0.1:{self.port}/upload/{number}", "file_id": number}

    def _files_completeUploadExternal(self, arguments: dict[str, Any]) -> dict[str, Any]:
        self._need("files:write")
        given = arguments["files"]
        wanted = json.loads(given) if isinstance(given, str) else given
        for one in wanted:
            if len(self.files[one["id"]].get("content", b"")) != self.files[one["id"]]["length"]:
                raise Refused("file_not_found")
            self.files[one["id"]]["title"] = one.get("title", "")
        posted = self._post({"channel": arguments["channel_id"], "thread_ts": arguments.get("thread_ts", ""), "text": "shared a file"})
        posted.files = [self.files[one["id"]] for one in wanted]
        return {"files": [{"id": one["id"], "title": one.get("title", "")} for one in wanted]}

    def _conversations_info(self, arguments: dict[str, Any]) -> dict[str, Any]:
        if arguments["channel"] not in self.channels:
            raise Refused("channel_not_found")
        return {"channel": {"name": arguments["channel"].lower(), "is_member": self.channels[arguments["channel"]]}}

    def _conversations_open(self, arguments: dict[str, Any]) -> dict[str, Any]:
        channel = "D" + arguments["users"][1:]
        self.channels[channel] = True
        return {"channel": {"id": channel}}

    def _history(self, arguments: dict[str, Any], thread: str = "") -> dict[str, Any]:
        if arguments["channel"] not in self.channels:
            raise Refused("channel_not_found")
        told = str(arguments.get("include_all_metadata", "")).lower() in {"1", "true"}
        rows = [
            {"ts": m.ts, "text": m.text, "blocks": m.blocks} | ({"metadata": m.metadata} if told and m.metadata else {})
            | ({"files": [{name: one[name] for name in ("id", "name", "title")} for one in m.files]} if m.files else {})
            for m in reversed(self.messages)
            if m.channel == arguments["channel"] and not m.deleted and not m.only_for and m.thread_ts == thread
            and float(arguments.get("oldest") or 0) < float(m.ts) <= float(arguments.get("latest") or "inf")
        ]  # fmt: skip
        start, limit = int(arguments.get("cursor") or 0), int(arguments.get("limit") or 100)
        following = str(start + limit) if len(rows) > start + limit else ""
        return {"messages": rows[start : start + limit], "response_metadata": {"next_cursor": following}}

    def _conversations_history(self, arguments: dict[str, Any]) -> dict[str, Any]:
        return self._history(arguments)

    def _conversations_replies(self, arguments: dict[str, Any]) -> dict[str, Any]:
        return self._history(arguments, arguments["ts"])

    def _users_info(self, arguments: dict[str, Any]) -> dict[str, Any]:
        user = arguments["user"]
        if user not in self.names:
            raise Refused("user_not_found")
        return {"user": {"id": user, "name": user.lower(), "real_name": self.names[user], "locale": self.locales.get(user, "en-US")}}

    def _usergroups_users_list(self, arguments: dict[str, Any]) -> dict[str, Any]:
        if arguments["usergroup"] not in self.groups:
            raise Refused("no_such_subteam")
        return {"users": self.groups[arguments["usergroup"]]}

    def _views_open(self, arguments: dict[str, Any]) -> dict[str, Any]:
        user = self._triggers.pop(arguments["trigger_id"], "")
        if not user:
            raise Refused("expired_trigger_id")
        if check_view(arguments["view"]):
            raise Refused("invalid_arguments")
        view = {**arguments["view"], "id": f"V{next(self._numbers)}", "user": user, "open": True}
        self.views[view["id"]] = view
        return {"view": view}

    def _views_update(self, arguments: dict[str, Any]) -> dict[str, Any]:
        if arguments["view_id"] not in self.views:
            raise Refused("not_found")
        if check_view(arguments["view"]):
            raise Refused("invalid_arguments")
        self.views[arguments["view_id"]].update(arguments["view"])
        return {}

    def _views_publish(self, arguments: dict[str, Any]) -> dict[str, Any]:
        if check_view(arguments["view"]):
            raise Refused("invalid_arguments")
        self.homes[arguments["user_id"]] = {**arguments["view"], "id": f"H{arguments['user_id']}"}
        return {}
