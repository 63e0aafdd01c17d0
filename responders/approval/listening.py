"""Listens to Slack with Bolt, through Socket Mode or signed HTTP, and hands each event to who answers it; it decides nothing."""

from __future__ import annotations

import logging
import re
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from slack_bolt import App, BoltRequest
from slack_bolt.adapter.socket_mode.builtin import SocketModeHandler
from slack_bolt.error import BoltError
from slack_sdk.errors import SlackClientError

from monitor.text import clip
from responders.approval.clicks import Clicks, read_click, read_submission
from responders.approval.commands import COMMAND, Commands
from responders.approval.keeper import Keeper
from responders.approval.slack import Slack

MOST_BYTES = 1_000_000
"""A request of Slack's has a few ten thousand."""
PATH = "/slack/events"
PING_EVERY = 2.0
"""Seconds between two looks at the line. The library gives up a line that was cut after five failed looks, so that it is open again
within a dozen seconds; with its own ten seconds it takes a minute."""
LINES = 2
"""Lines that are held open at once: Slack sends a click by one of them, and by the other where one is cut or opened anew.
https://docs.slack.dev/apis/events-api/using-socket-mode"""
_ANYTHING = re.compile(r"(?s).*")
_WAIT = (1.0, 5.0, 15.0, 60.0)
"""Seconds between tries to reach Slack at the start; after that its own client reconnects."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Tokens:
    """What opens Slack; from the environment alone, and never shown."""

    bot: str
    app: str = ""
    signing: str = ""

    def __repr__(self) -> str:
        return "Tokens(…)"


def build_app(slack: Slack, tokens: Tokens, clicks: Clicks, keeper: Keeper, executor: ThreadPoolExecutor) -> App:
    """Return the Bolt app; raises BoltError where the token does not open anything."""
    quiet = logging.getLogger("slack_bolt.grapevine")
    quiet.setLevel(logging.CRITICAL)
    app = App(client=slack.client, signing_secret=tokens.signing or "unused", logger=quiet, listener_executor=executor)
    commands = Commands(clicks)

    @app.action(_ANYTHING)
    def press(ack: Any, body: dict[str, Any]) -> None:
        # Only what was acted on is acknowledged: where we die before, Slack shows an error beside the button, and nothing is lost unseen.
        click = read_click(body)
        if click is not None:
            clicks.press(replace(click, acknowledge=ack))
        ack()

    @app.view(_ANYTHING)
    def submit(ack: Any, body: dict[str, Any]) -> None:
        sent = read_submission(body)
        answer = clicks.submit(sent) if sent is not None else None
        ack(answer) if answer else ack()

    @app.command(COMMAND)
    def command(ack: Any, respond: Any, body: dict[str, Any]) -> None:
        user, text = str(body.get("user_id") or ""), str(body.get("text") or "")
        if commands.is_slow(text):
            ack()
            said = commands.answer(user, text)
            respond(text=said.text, blocks=list(said.blocks), response_type="ephemeral")
            return
        said = commands.answer(user, text)
        ack(text=said.text, blocks=list(said.blocks), response_type="ephemeral")

    @app.event("app_home_opened")
    def open_home(event: dict[str, Any]) -> None:
        keeper.refresh_home(str(event.get("user") or ""), opened=True)

    @app.event("message")
    def hear(event: dict[str, Any]) -> None:
        thread = event.get("thread_ts")
        if thread and thread != event.get("ts") and not event.get("bot_id") and not event.get("subtype"):
            keeper.warn_thread(str(event.get("channel") or ""), str(thread))

    @app.error
    def fail(error: Exception) -> None:
        _tell_failure(error)

    return app


def _tell_failure(error: Exception) -> None:
    # The message could repeat what a stranger or a person wrote; the kind and the place are enough to find it.
    place = traceback.extract_tb(error.__traceback__)[-1:]
    where = f"{Path(place[0].filename).name}:{place[0].lineno}" if place else "?"
    logger.error("an event from Slack could not be handled: %s at %s", type(error).__name__, where)


class Listener:
    """Holds the line to Slack until it is stopped; that Slack is away stops nothing else."""

    def __init__(self, build: Callable[[ThreadPoolExecutor], App], tokens: Tokens, transport: str, port: int) -> None:
        self._build = build
        self._tokens = tokens
        self._transport = transport
        self._port = port
        self._stopping = threading.Event()
        self._executor = ThreadPoolExecutor(max_workers=5, thread_name_prefix="slack-click")
        self._sockets: list[SocketModeHandler] = []
        self._server: ThreadingHTTPServer | None = None
        self._thread = threading.Thread(target=self._connect, name="slack-connect", daemon=True)
        self.connected = threading.Event()

    def start(self) -> None:
        """Begin to listen; returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """Hang up."""
        self._stopping.set()
        self._thread.join()
        for socket in self._sockets:
            socket.close()  # type: ignore[no-untyped-call]
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
        self._executor.shutdown()

    @property
    def port(self) -> int:
        """The port on which HTTP is listened to, 0 where it is not."""
        return int(self._server.server_address[1]) if self._server else 0

    def _connect(self) -> None:
        tries = 0
        while not self._stopping.is_set():
            try:
                self._begin()
            except (BoltError, SlackClientError, OSError) as error:
                wait = _WAIT[min(tries, len(_WAIT) - 1)]
                # A token that opens nothing today may be mended; the words of the library hold none.
                logger.warning("Slack cannot be reached (%s); the next try is in %d s", clip(_reason(error), 200), wait)
                tries += 1
                self._stopping.wait(wait)
            else:
                self.connected.set()
                return

    def _begin(self) -> None:
        app = self._build(self._executor)
        if self._transport == "http":
            self._server = _serve(app, self._port)
            threading.Thread(target=self._server.serve_forever, args=(0.1,), name="slack-http", daemon=True).start()
            return
        while len(self._sockets) < LINES:
            handler = SocketModeHandler(app, self._tokens.app, concurrency=4, ping_interval=PING_EVERY)
            try:
                handler.connect()  # type: ignore[no-untyped-call]
            except BaseException:
                handler.close()  # type: ignore[no-untyped-call]
                raise
            self._sockets.append(handler)


def _reason(error: Exception) -> str:
    answer = getattr(error, "response", None)
    data = getattr(answer, "data", None)
    return str(data.get("error")) if isinstance(data, dict) and data.get("error") else type(error).__name__


def _serve(app: App, port: int) -> ThreadingHTTPServer:
    """Return a server on loopback; the public address and its certificate are your own web server's affair."""

    class Handler(BaseHTTPRequestHandler):
        timeout = 10

        def do_POST(self) -> None:
            size = self.headers.get("Content-Length") or ""
            if self.path != PATH:
                self._answer(404, "")
            elif not size.isascii() or not size.isdigit():
                self._answer(411, "")
            elif int(size) > MOST_BYTES:
                self.close_connection = True
                self._answer(413, "")
            else:
                body = self.rfile.read(int(size)).decode("utf-8", "replace")
                headers: dict[str, Any] = {name: value for name, value in self.headers.items()}  # noqa: C416 - a Message is no dict
                try:
                    answer = app.dispatch(BoltRequest(body=body, headers=headers))
                except Exception as error:  # noqa: BLE001 - a payload that the library itself cannot read is no reason to hang up
                    _tell_failure(error)
                    self._answer(500, "")
                else:
                    self._answer(answer.status, answer.body, answer.first_headers_without_set_cookie())

        def _answer(self, status: int, body: str, headers: dict[str, str] | None = None) -> None:
            content = body.encode()
            self.send_response(status)
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class names it so
            _ = format, args

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    return server
