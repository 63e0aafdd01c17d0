"""A Slack on loopback that the real libraries talk to: Web API with state, Socket Mode, signed HTTP, people and faults.

It keeps the messages, refuses what breaks Block Kit's limits, and plays the people: `click`, `submit`, `slash`, `event`.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import hmac
import json
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from dataclasses import dataclass
from itertools import count
from typing import Any, Self
from urllib.parse import urlencode

from aiohttp import WSMsgType, web

from tests.fakes.blockkit import check_view, elements_of
from tests.fakes.slackweb import Posted, Refused, WebApi

SECRET = "not-a-real-signing-secret"
SCOPES = "chat:write,commands,users:read,users:read.email,usergroups:read,channels:read,groups:read,channels:history,groups:history"
SCOPES += ",im:write,im:history,metadata.message:read,files:write"


@dataclass
class Fault:
    """What goes wrong with the next calls of a method."""

    method: str
    kind: str
    """status, error, drop_before, drop_after."""
    times: int = 1
    status: int = 500
    error: str = "internal_error"
    retry_after: int = 1


class FakeSlack(WebApi):
    """One workspace; a context manager."""

    def __init__(self) -> None:
        self.messages: list[Posted] = []
        self.files: dict[str, dict[str, Any]] = {}
        self.clock = time.time
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.views: dict[str, dict[str, Any]] = {}
        self.homes: dict[str, dict[str, Any]] = {}
        self.responses: list[dict[str, Any]] = []
        self.faults: list[Fault] = []
        self.channels = {"C0CARDS": True, "C0CRISIS": True, "C0ENGLISH": True, "C0NOTIN": False}
        self.groups = {"S0TEAM": ["U0CAROL"]}
        self.locales = {"U0ALICE": "nl-NL", "U0BOB": "en-GB"}
        self.names = {"U0ALICE": "Alice", "U0BOB": "Bob", "U0CAROL": "Carol", "U0EVE": "Eve"}
        self.scopes = SCOPES
        self.request_url = ""
        self.on_post: Callable[[Posted], None] = lambda _posted: None
        self._numbers = count(1)
        self._triggers: dict[str, str] = {}
        self._sockets: list[web.WebSocketResponse] = []
        self._acks: dict[str, Future[Any]] = {}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._runner: web.AppRunner | None = None
        self.port = 0
        self.patience = 20.0
        """Seconds until a person gives up waiting for what they clicked; Slack itself waits three."""

    # Starting and stopping

    def __enter__(self) -> Self:
        self._thread.start()
        self._wait(self._start())
        return self

    def __exit__(self, *_: object) -> None:
        self._wait(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _wait(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    async def _start(self) -> None:
        app = web.Application(client_max_size=8 * 2**20)
        app.router.add_post("/api/{method}", self._api)
        app.router.add_get("/link/", self._link)
        app.router.add_post("/response/{number}", self._response)
        app.router.add_post("/upload/{number}", self._upload)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def _stop(self) -> None:
        for link in list(self._sockets):
            await link.close()
        assert self._runner is not None
        await self._runner.cleanup()

    @property
    def api_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/"

    # What stands there

    def shown(self, channel: str = "", *, thread: bool = False) -> list[Posted]:
        """Return the messages that everybody sees, of a channel or of all."""
        return [
            m for m in self.messages
            if not m.deleted and not m.only_for and bool(m.thread_ts) is thread and channel in {"", m.channel}
        ]  # fmt: skip

    def whispers(self, user: str) -> list[str]:
        """Return what one person alone was told."""
        return [m.text for m in self.messages if m.only_for == user]

    def pings(self) -> list[str]:
        return [ping for message in self.messages for ping in message.pings]

    def called(self, method: str) -> list[dict[str, Any]]:
        return [arguments for name, arguments in self.calls if name == method]

    def modal(self) -> dict[str, Any]:
        """Return the newest modal that was opened."""
        return list(self.views.values())[-1]

    # The Web API

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        arguments: dict[str, Any] = await request.json() if request.content_type == "application/json" else dict(await request.post())
        self.calls.append((method, arguments))
        fault = next((fault for fault in self.faults if fault.times > 0 and fault.method in {"*", method}), None)
        if fault:
            fault.times -= 1
            if fault.kind == "status":
                headers = {"Retry-After": str(fault.retry_after)} if fault.status == 429 else {}
                word = "ratelimited" if fault.status == 429 else "internal_error"
                return web.json_response({"ok": False, "error": word}, status=fault.status, headers=headers)
            if fault.kind == "error":
                return web.json_response({"ok": False, "error": fault.error})
            if fault.kind == "drop_before":
                return self._hang_up(request)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ") or str(arguments.get("token", ""))
        wanted = "xapp-" if method == "apps.connections.open" else "xoxb-"
        if not token.startswith(wanted) or token.endswith("-revoked"):
            return web.json_response({"ok": False, "error": "invalid_auth"})
        try:
            answer = getattr(self, "_" + method.replace(".", "_"))(arguments)
        except Refused as refused:
            answer = {"ok": False, "error": str(refused)}
        if fault and fault.kind == "drop_after":
            return self._hang_up(request)
        return web.json_response({"ok": True} | answer, headers={"x-oauth-scopes": self.scopes})

    def _hang_up(self, request: web.Request) -> web.Response:
        assert request.transport is not None
        request.transport.close()
        return web.Response()

    async def _upload(self, request: web.Request) -> web.Response:
        file = self.files[request.match_info["number"]]
        file["content"] = await request.read()
        return web.Response(text=f"OK - {len(file['content'])}")

    async def _response(self, request: web.Request) -> web.Response:
        self.responses.append(await request.json())
        return web.json_response({"ok": True})

    # Socket Mode and HTTP

    async def _link(self, request: web.Request) -> web.StreamResponse:
        link = web.WebSocketResponse()
        await link.prepare(request)
        self._sockets.append(link)
        await link.send_json({"type": "hello", "num_connections": len(self._sockets), "connection_info": {"app_id": "A0FAKE"}})
        try:
            with contextlib.suppress(ConnectionError):
                async for message in link:
                    if message.type == WSMsgType.TEXT and message.data.startswith("{"):
                        told = json.loads(message.data)
                        waiting = self._acks.pop(told.get("envelope_id", ""), None)
                        if waiting is not None:
                            waiting.set_result(told.get("payload"))
        finally:
            self._sockets.remove(link)
        return link

    @property
    def connected(self) -> bool:
        return bool(self._sockets)

    @property
    def lines(self) -> int:
        """How many lines are open."""
        return len(self._sockets)

    def drop_sockets(self, most: int = 100) -> None:
        """Pull the cable, or so many of them."""

        async def drop() -> None:
            for link in self._sockets[:most]:
                assert link._req is not None
                assert link._req.transport is not None
                link._req.transport.abort()

        self._wait(drop())

    def deliver(self, kind: str, payload: dict[str, Any]) -> Any:
        """Send an envelope, and return what it was acknowledged with."""
        if self.request_url:
            return json.loads(self.send(payload, kind)[1] or "null")
        number = f"E{next(self._numbers)}"
        acknowledged: Future[Any] = Future()
        self._acks[number] = acknowledged
        envelope = {"envelope_id": number, "type": kind, "payload": payload, "accepts_response_payload": kind != "events_api"}
        self._wait(self._sockets[0].send_json(envelope))
        return acknowledged.result(self.patience)

    def send(
        self, payload: dict[str, Any], kind: str = "interactive", *, secret: str = SECRET, age: int = 0, signed: bool = True
    ) -> tuple[int, str]:
        """Send a request by HTTP as Slack does, or as somebody who would like to be Slack."""
        body = (
            json.dumps(payload)
            if kind == "events_api"
            else urlencode(payload if kind == "slash_commands" else {"payload": json.dumps(payload)})
        )
        stamp = str(int(time.time()) - age)
        signature = "v0=" + hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
        content = "application/json" if kind == "events_api" else "application/x-www-form-urlencoded"
        headers = {"Content-Type": content} | ({"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature} if signed else {})
        asked = urllib.request.Request(self.request_url, body.encode(), headers)
        try:
            with urllib.request.urlopen(asked, timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()

    # The people

    def _base(self, kind: str, user: str) -> dict[str, Any]:
        trigger = f"trigger-{next(self._numbers)}"
        self._triggers[trigger] = user
        team = {"id": "T0FAKE", "domain": "fakeworld"}
        return {"type": kind, "user": {"id": user, "team_id": "T0FAKE"}, "api_app_id": "A0FAKE", "team": team, "trigger_id": trigger}

    def click_payload(
        self, message: Posted, action: str, user: str, *, option: str = "", version: int = -1, value: str = ""
    ) -> dict[str, Any]:
        """Return what Slack sends for a click; `version` is how the message looked on a stale screen, `value` a forgery."""
        found = [(block, element) for block, element in elements_of(message.versions[version]) if element["action_id"] == action]
        if not found:
            raise LookupError(f"no button {action!r} is shown")
        payload = self._base("block_actions", user)
        payload["container"] = {"type": "message", "message_ts": message.ts, "channel_id": message.channel}
        payload["channel"] = {"id": message.channel, "name": "x"}
        payload["response_url"] = f"http://127.0.0.1:{self.port}/response/1"
        payload["actions"] = [self._acted(found[0][1], option, value)]
        return payload

    def _acted(self, element: dict[str, Any], option: str, value: str) -> dict[str, Any]:
        acted = {"type": element["type"], "action_id": element["action_id"], "block_id": "b", "action_ts": "1"}
        if element["type"] == "overflow":
            acted["selected_option"] = next(o for o in element["options"] if o["value"].startswith(option + ":"))
            return acted
        return acted | {"value": value or element.get("value", "")}

    def click(self, message: Posted, action: str, user: str = "U0ALICE", **how: Any) -> None:
        self.deliver("interactive", self.click_payload(message, action, user, **how))

    def click_in_view(self, view: dict[str, Any], action: str, user: str = "U0ALICE", index: int = 0) -> None:
        """Press a button of a modal or a Home."""
        found = [element for _, element in elements_of(view["blocks"]) if element["action_id"] == action]
        payload = self._base("block_actions", user)
        payload["container"] = {"type": "view", "view_id": view["id"]}
        payload["view"] = {key: view.get(key, "") for key in ("id", "type", "callback_id", "private_metadata", "blocks")}
        payload["actions"] = [self._acted(found[index], "", "")]
        self.deliver("interactive", payload)

    def submit(self, values: dict[str, Any], user: str = "U0ALICE", view: dict[str, Any] | None = None) -> Any:
        """Send the newest modal with these values, the rest as the modal shows it; returns the answer."""
        view = view or self.modal()
        state: dict[str, Any] = {}
        for block in view["blocks"]:
            if block["type"] == "input":
                element = block["element"]
                state[block["block_id"]] = {element["action_id"]: _state(element, values.get(block["block_id"]))}
        payload = self._base("view_submission", user)
        payload["view"] = {key: view[key] for key in ("id", "type", "callback_id", "private_metadata", "blocks")} | {
            "state": {"values": state}
        }
        answer = self.deliver("interactive", payload)
        if answer and answer.get("response_action") == "update":
            assert check_view(answer["view"]) == []
        if answer and answer.get("response_action") == "errors":
            assert set(answer["errors"]) <= set(state)
        return answer

    def slash(self, text: str, user: str = "U0ALICE") -> Any:
        payload = {
            "command": "/grapevine", "text": text, "user_id": user, "channel_id": "C0CARDS", "team_id": "T0FAKE", "api_app_id": "A0FAKE",
            "response_url": f"http://127.0.0.1:{self.port}/response/1", "trigger_id": "t",
        }  # fmt: skip
        return self.deliver("slash_commands", payload)

    def event(self, event: dict[str, Any]) -> None:
        payload = {
            "type": "event_callback",
            "team_id": "T0FAKE",
            "api_app_id": "A0FAKE",
            "event_id": f"Ev{next(self._numbers)}",
            "event": event,
        }
        self.deliver("events_api", payload)


def _state(element: dict[str, Any], value: Any) -> dict[str, Any]:
    kind = element["type"]
    if kind == "static_select":
        chosen = next((o for o in element["options"] if o["value"] == value), element.get("initial_option"))
        return {"type": kind, "selected_option": chosen}
    if kind == "checkboxes":
        return {"type": kind, "selected_options": [o for o in element["options"] if o["value"] in (value or [])]}
    if kind == "users_select":
        return {"type": kind, "selected_user": value}
    return {"type": kind, "value": element.get("initial_value") if value is None else value}
