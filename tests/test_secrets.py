"""No error of any adapter, and nothing that is logged on the way, holds a credential: each is refused, cut, kept waiting and mocked."""

from __future__ import annotations

import base64
import json
import logging
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

pytest.importorskip("mastodon", reason="the extra mastodon is not installed")
pytest.importorskip("atproto", reason="the extra bluesky is not installed")

from monitor import notifiers, sources
from monitor.contracts import AdapterError, Notice
from monitor.domain import Author
from monitor.settings import NotifierSettings, Settings, SourceSettings
from monitor.wiring import bare_settings
from responders import posters
from responders.approval.cards import Message
from responders.approval.slack import Slack
from responders.posters.bluesky import BlueskyPoster
from responders.posters.mastodon import MastodonPoster
from responders.posters.reddit import RedditPoster
from responders.posters.x import XPoster
from tests.builders import a_brand, a_mention, a_reply
from tests.fakes.web import Play, Stage, WebSite, answer, answer_json, cut, raw, silent

SECRET = "xoxb-do-not-say-{}-4q7x9z"
"""What each credential is here; no word of it stands anywhere else."""
MARK = "4q7x9z"

PAGE = Notice("incident/7/1", "[high] Waalfiets", "It began.", brand="waalfiets", thread="incident/7", state="open", gravity=3)


def mocking(status: int, *, within: bool = False) -> Play:
    """Answer with the credentials that were sent, wherever a network puts what it says of an error; `within` an object of its own."""

    def play(stage: Stage) -> None:
        sent = [stage.request.target, *stage.request.headers.values()]
        quoted = " ".join(one[-150:] for one in sent if any(mark in one for mark in marks())) or "no"
        words = dict.fromkeys(("error", "error_message", "error_description", "message", "detail", "title", "description"), quoted)
        said = {"error": words | {"errors": [words]}, "errors": [words], "json": {"errors": [[quoted, quoted, ""]]}} if within else words
        answer_json({"ok": False, **said}, status, www_authenticate=quoted)(stage)

    return play


TROUBLES: Mapping[str, Play] = {
    **{f"{status}, mocking": mocking(status) for status in (200, 400, 401, 403, 404, 429, 500)},
    **{f"{status}, mocking within": mocking(status, within=True) for status in (200, 400, 403)},
    "503": answer("busy", 503),
    "cut": cut(b'{"data": [', 100),
    "hung up": raw(b""),
    "no HTTP": raw(b"\x00\xff\r\n\r\n"),
    "junk": answer("<html>" + "[" * 2_000, content_type="application/json"),
    "silence": silent(),
}

NO_ERROR_FOR_ALL = frozenset({"200, mocking", "200, mocking within", "404, mocking", "cut", "junk"})
"""What some take for a yes, who only need to know that it was taken in, or for no finds."""


def _jwt() -> str:
    """Return what a server gives out for a login; it opens as much as the password does."""
    parts = ({"alg": "none"}, {"exp": int((datetime.now(UTC) + timedelta(hours=1)).timestamp()), "sub": "did:plc:us", "jti": MARK})
    return ".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in parts) + "." + MARK


LOGINS: Mapping[str, Play] = {
    "/api/v1/access_token": answer_json({"access_token": f"lent-{MARK}", "token_type": "bearer", "expires_in": 3600, "scope": "*"}),
    "/xrpc/com.atproto.server.createSession": answer_json(
        {"did": "did:plc:us", "handle": "us.example", "accessJwt": _jwt(), "refreshJwt": _jwt(), "active": True}
    ),
}
"""Logins that succeed, so that what comes after them fails too."""


def environment() -> dict[str, str]:
    """Return a value for each credential that any adapter knows."""
    kinds = (*sources.SOURCES.values(), *notifiers.NOTIFIERS.values(), *posters.POSTERS.values())
    return {name: SECRET.format(name.lower()) for kind in kinds for name in kind.secrets} | {"BLUESKY_HANDLE": "us.example"}


def settings() -> Settings:
    return replace(bare_settings(), brands=(a_brand(),), environment=environment())


@dataclass(frozen=True)
class Tried:
    """An adapter, and what is asked of it in turn."""

    asks: tuple[Callable[[], object], ...]


Build = Callable[[WebSite, float], Tried]
"""Builds an adapter whose world is a site, and that waits so many seconds for it."""


def a_source(kind: str) -> Build:
    def build(site: WebSite, _patience: float) -> Tried:
        adapter = sources.SOURCES[kind]
        options = {name: option.default for name, option in adapter.options.items()}
        options |= {"api_url": site.url("").rstrip("/"), "allow_private": ("127.0.0.1",)}
        options |= {name: ("ours",) for name in ("subreddits", "channels", "videos", "tags", "apps") if name in options}
        made = adapter.load().from_settings(SourceSettings("read", kind, (), timedelta(hours=1), options), settings())
        brand, old = a_brand(handles=("@waalfiets",), hashtags=("#waalfiets",)), a_mention(source="read", network=kind, external_id="1")
        asks: list[Callable[[], object]] = [lambda: made.fetch(brand, "")]
        if hasattr(made, "recheck"):
            asks.append(lambda: made.recheck(brand, [old]))
        return Tried(tuple(asks))

    return build


def a_notifier(kind: str) -> Build:
    def build(site: WebSite, _patience: float) -> Tried:
        adapter = notifiers.NOTIFIERS[kind]
        if kind == "apprise":
            pytest.importorskip("apprise", reason="the extra apprise is not installed")
        url = site.url("").rstrip("/")
        options = {name: option.default for name, option in adapter.options.items()}
        options |= {"url": url, "api_url": url, "events_url": url, "channel": "C0CARDS"}
        given = settings()
        given = replace(given, environment={**given.environment, "APPRISE_URLS": f"json://{site.host}/{SECRET.format('path')}"})
        made = adapter.load().from_settings(NotifierSettings("told", kind, options), given)
        asks: list[Callable[[], object]] = [lambda: made.send(PAGE)]
        if kind == "apprise":
            asks = [lambda: made.only_to("1 json").send(PAGE)]
        if hasattr(made, "answer"):
            asks.append(lambda: made.answer(("incident/7",)))
        return Tried(tuple(asks))

    return build


def a_poster(kind: str) -> Build:
    def build(site: WebSite, patience: float) -> Tried:
        url, secrets = site.url("").rstrip("/"), {name: environment()[name] for name in posters.POSTERS[kind].secrets}
        by_kind: dict[str, Callable[[], Any]] = {
            "x": lambda: XPoster.over(url, list(secrets.values()), seconds=patience),
            "reddit": lambda: RedditPoster.over(url, secrets, subreddits=("ours",), site=url, seconds=patience),
            "mastodon": lambda: MastodonPoster.over(url, secrets["MASTODON_ACCESS_TOKEN"], seconds=patience),
            "bluesky": lambda: BlueskyPoster.over(url, ("us.example", secrets["BLUESKY_APP_PASSWORD"]), seconds=patience),
        }
        made = by_kind[kind]()
        at = {"bluesky": "at://did:plc:them/app.bsky.feed.post/1", "reddit": "t3_abc"}.get(kind, "1")
        mention = a_mention(network=kind, external_id=at, author=Author("@them", "1"), url="https://social.example/1", community="ours")
        reply = a_reply(mention=mention)
        return Tried((made.whoami, lambda: made.standing(reply), lambda: made.post(reply), lambda: made.find(reply)))

    return build


def the_approval_side(site: WebSite, _patience: float) -> Tried:
    slack = Slack.connect(SECRET.format("xoxb"), site.url("/api/"))
    at, message = datetime.now(UTC), Message("a card", ())
    return Tried(
        (
            lambda: slack.post("C0CARDS", message, "card/1"),
            lambda: slack.find("C0CARDS", "card/1", at),
            lambda: slack.update("C0CARDS", "1.1", message),
            lambda: slack.open_view("1.1", {"type": "modal"}),
            lambda: slack.user("U0ALICE"),
            lambda: slack.members_of("S0TEAM"),
        )
    )


def a_drafter(site: WebSite, patience: float) -> Tried:
    pytest.importorskip("pydantic_ai", reason="the extra llm is not installed")
    from responders.drafters.model import Model
    from responders.drafters.prompt import Prompt

    model = Model("tiny:1b", SECRET.format("llm"), site.url("/v1"))
    return Tried((lambda: model.ask(Prompt("Answer.", "A post."), patience),))


ADAPTERS: Mapping[str, Build] = {
    **{f"source {kind}": a_source(kind) for kind, adapter in sources.SOURCES.items() if adapter.secrets and "api_url" in adapter.options},
    **{f"notifier {kind}": a_notifier(kind) for kind in ("webhook", "pagerduty", "slack", "apprise")},
    **{f"poster {kind}": a_poster(kind) for kind, adapter in posters.POSTERS.items() if adapter.secrets},
    "approval in Slack": the_approval_side,
    "drafter llm": a_drafter,
}


SECONDS = (
    "monitor.sources.web._SILENCE_SECONDS",
    "monitor.notifiers.webhook.SECONDS",
    "monitor.notifiers.pagerduty.SECONDS",
    "monitor.notifiers.slack.SECONDS",
    "responders.approval.slack.TIMEOUT",
)
"""How long each waits where nobody answers; the numbers only are changed, nothing is put in another's place."""


def chain_of(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and all that it would be printed with."""
    while error is not None:
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def marks() -> tuple[str, ...]:
    """Return how the mark reads as it is, and inside any base64."""
    encoded = (base64.b64encode(b"x" * shift + MARK.encode()).decode()[4:-4] for shift in range(3))
    return (MARK, *(part for part in encoded if len(part) >= 4))


@pytest.mark.parametrize("trouble", TROUBLES)
@pytest.mark.parametrize("adapter", ADAPTERS)
def test_no_error_and_no_log_of_an_adapter_holds_a_credential(
    adapter: str, trouble: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    if trouble == "silence" and adapter == "notifier apprise":
        pytest.skip("Apprise waits as long as it likes")
    patience = 0.3 if trouble == "silence" else 10.0
    for name in SECONDS:
        monkeypatch.setattr(name, patience)
    caplog.set_level(logging.INFO)
    caplog.set_level(logging.DEBUG, "monitor")
    caplog.set_level(logging.DEBUG, "responders")
    errors: list[AdapterError] = []
    for logins in ({}, LOGINS):
        with WebSite(dict(logins), everywhere=TROUBLES[trouble]) as site:
            for ask in ADAPTERS[adapter](site, patience).asks:
                # Whatever is raised is scanned; that it is one of the three errors is proved by each adapter's own contract.
                try:
                    ask()
                except AdapterError as error:
                    errors.append(error)
            asked = site.requests
    said = [text for error in errors for one in chain_of(error) for text in (str(one), repr(one), repr(vars(one)))]
    said += ["".join(traceback.format_exception(error)) for error in errors]
    said += [record.getMessage() for record in caplog.records] + [caplog.text]

    assert asked, "nothing was sent, so that nothing is proved"
    assert errors or trouble in NO_ERROR_FOR_ALL, "nothing went wrong, so that nothing is proved"
    assert [] == [text for text in said if any(mark in text for mark in marks())]


def test_every_adapter_that_speaks_over_http_with_a_credential_is_held_to_it() -> None:
    """Mail speaks SMTP, and the webhook source listens; both are proved where their own tests are."""
    with_secrets = {
        *(f"source {kind}" for kind, adapter in sources.SOURCES.items() if adapter.secrets),
        *(f"notifier {kind}" for kind, adapter in notifiers.NOTIFIERS.items() if adapter.secrets),
        *(f"poster {kind}" for kind, adapter in posters.POSTERS.items() if adapter.secrets),
    }

    assert {"source webhook", "notifier email"} == with_secrets - set(ADAPTERS)
