"""What `responders slack-setup` prints and `responders slack-check` proves; a person follows the one and reads the other."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from monitor.contracts import AdapterError
from monitor.settings import SlackSettings
from responders.approval import routing
from responders.approval.home import render_line

if TYPE_CHECKING:
    from responders.approval.slack import Slack

SCOPES: Mapping[str, str] = {
    "chat:write": "sends cards and brings them up to date",
    "commands": "answers /grapevine",
    "users:read": "shows names, and speaks each person's language",
    "users:read.email": "tells two people of one name apart",
    "usergroups:read": "knows who is in a group of approvers",
    "channels:read": "sees whether it is in a channel",
    "groups:read": "the same for private channels",
    "channels:history": "finds its own messages again after a crash, and hears that somebody writes in a card's thread",
    "groups:history": "the same for private channels",
    "im:write": "asks the next approver directly",
    "im:history": "finds its own direct messages again after a crash",
    "metadata.message:read": "knows its own messages by their metadata",
}
"""What our bot may do in Slack, and why; besides these only OPTIONAL is asked for."""

OPTIONAL: Mapping[str, str] = {
    "files:write": "shows the curve of an incident as a picture; without it a page comes without",
}

TOKENS: Mapping[str, str] = {
    "SLACK_BOT_TOKEN": "xoxb-…, from OAuth & Permissions, after Install to Workspace",
    "SLACK_APP_TOKEN": "xapp-…, from Basic Information, App-Level Tokens, with connections:write",
    "SLACK_SIGNING_SECRET": 'from Basic Information; only where [slack] says transport = "http"',
}


def manifest(*, http_url: str = "") -> dict[str, Any]:
    """Return the app's manifest; with `http_url`, where Slack sends events by HTTP, else for Socket Mode."""
    command = {"command": "/grapevine", "description": "What waits, pause, find, draft", "should_escape": False}
    command |= {"usage_hint": "[status|pause|resume|find TEXT|draft URL-or-text|help]"} | ({"url": http_url} if http_url else {})
    interactivity: dict[str, Any] = {"is_enabled": True} | ({"request_url": http_url} if http_url else {})
    events: dict[str, Any] = {"bot_events": ["app_home_opened", "message.channels", "message.groups"]}
    return {
        "display_information": {
            "name": "Grapevine",
            "description": "Shows what people say about us, and asks a person before anything is answered.",
        },
        "features": {
            "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": True},
            "bot_user": {"display_name": "grapevine", "always_online": True},
            "slash_commands": [command],
        },
        "oauth_config": {"scopes": {"bot": [*SCOPES, *OPTIONAL]}},
        "settings": {
            "event_subscriptions": events | ({"request_url": http_url} if http_url else {}),
            "interactivity": interactivity,
            "org_deploy_enabled": False,
            "socket_mode_enabled": not http_url,
            "token_rotation_enabled": False,
        },
    }


def describe_setup(*, http_url: str = "") -> str:
    """Return the manifest and the three steps, to be printed."""
    steps = [
        "1. Open https://api.slack.com/apps, choose Create New App, From a manifest, your workspace, JSON, and paste:",
        json.dumps(manifest(http_url=http_url), indent=2),
        "2. Install it to the workspace, and put what Slack then shows into the file .env (never into a .toml file):",
        "\n".join(f"   {name}=   ({where})" for name, where in TOKENS.items()),
        "3. Invite it to each channel with /invite @grapevine, name channels and approvers in responders.toml:",
        '   [slack]\n   channel = "C0123456789"\n\n   [[slack.approver]]\n   name = "Els Kamps"\n   user = "U0123456789"',
        "Then run: responders slack-check",
    ]
    return "\n\n".join(steps)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked."""

    ok: bool
    sentence: str


def check(settings: SlackSettings, slack: Slack, environment: Mapping[str, str], now: Callable[[], datetime]) -> Iterator[Finding]:
    """Prove tokens, scopes, channels and approvers, and post and remove a test card; gives each finding as it is made."""
    needed = "SLACK_SIGNING_SECRET" if settings.transport == "http" else "SLACK_APP_TOKEN"
    yield Finding(bool(environment.get(needed)), f"{needed} is {'there' if environment.get(needed) else f'missing: {TOKENS[needed]}'}")
    try:
        answer = slack.call("auth.test")
    except AdapterError as error:
        yield Finding(False, f"SLACK_BOT_TOKEN opens nothing: {error}")
        return
    yield Finding(True, f"we are {answer.get('user')} in {answer.get('team')}")
    yield from _check_scopes(slack)
    if settings.transport == "socket" and environment.get("SLACK_APP_TOKEN"):
        yield _check_socket(slack, environment["SLACK_APP_TOKEN"])
    for channel in routing.channels(settings):
        yield _check_channel(slack, channel)
    yield from _check_approvers(settings, slack)
    yield from _check_owners(settings, slack)
    yield _check_card(settings.channel, slack, now)


def _check_scopes(slack: Slack) -> Iterator[Finding]:
    given = slack.scopes()
    missing = [scope for scope in SCOPES if scope not in given]
    if given and missing:
        for scope in missing:
            yield Finding(False, f"the scope {scope} is missing ({SCOPES[scope]}): add it under OAuth & Permissions and install again")
    else:
        yield Finding(True, "all scopes are there" if given else "Slack does not say which scopes there are; the steps below show it")
    for scope, why in OPTIONAL.items():
        if given and scope not in given:
            yield Finding(True, f"the scope {scope} is not there, and need not be: {why}")


def _check_socket(slack: Slack, token: str) -> Finding:
    try:
        slack.client.apps_connections_open(app_token=token)
    except Exception as error:  # noqa: BLE001 - whatever the library raises, a person reads one sentence
        data = getattr(getattr(error, "response", None), "data", None)
        word = data.get("error") if isinstance(data, dict) else type(error).__name__
        return Finding(False, f"SLACK_APP_TOKEN opens no Socket Mode: {word}; it needs connections:write")
    return Finding(True, "Socket Mode opens")


def _check_channel(slack: Slack, channel: str) -> Finding:
    try:
        about = slack.call("conversations.info", channel=channel)["channel"]
    except AdapterError as error:
        return Finding(False, f"channel {channel}: {error}; is the id right, and is the bot invited?")
    name = f"#{about.get('name', channel)}"
    if about.get("is_archived"):
        return Finding(False, f"{name} is archived")
    if not about.get("is_member"):
        return Finding(False, f"the bot is not in {name}: type /invite @grapevine there")
    return Finding(True, f"the bot is in {name}")


def _check_approvers(settings: SlackSettings, slack: Slack) -> Iterator[Finding]:
    for approver in settings.approvers:
        try:
            if approver.user:
                about = slack.user(approver.user)
                gone = bool(about.get("deleted") or about.get("is_bot"))
                yield Finding(
                    not gone, f"{approver.name} is {about.get('real_name') or about.get('name')}" + (", who is gone" if gone else "")
                )
            else:
                count = len(slack.members_of(approver.group))
                yield Finding(count > 0, f"the group {approver.name} has {count} members")
        except AdapterError as error:
            yield Finding(False, f"approver {approver.name}: {error}")
    crisis = [approver for approver in settings.approvers if not approver.rules or "T12" in approver.rules]
    if len(crisis) < 2 and not any(approver.group for approver in crisis):
        yield Finding(False, "fewer than two people may decide on danger, press, law and leaks (T12), and two must agree there")


def _check_owners(settings: SlackSettings, slack: Slack) -> Iterator[Finding]:
    """Prove whoever a crisis calls: a mention of somebody who is not there calls nobody, and nothing else would show it."""
    for brand in settings.brands:
        if not brand.owner:
            continue
        try:
            about = slack.user(brand.owner)
        except AdapterError as error:
            yield Finding(False, f"owner of {brand.brand}: {error}; a crisis (T12) would call nobody")
            continue
        gone = bool(about.get("deleted") or about.get("is_bot"))
        name = about.get("real_name") or about.get("name")
        yield Finding(not gone, f"a crisis of {brand.brand} calls {name}" + (", who is gone, so nobody" if gone else ""))


def _check_card(channel: str, slack: Slack, now: Callable[[], datetime]) -> Finding:
    at = now()
    key = f"check/{at.timestamp():.3f}"
    try:
        ts = slack.post(channel, render_line("Grapevine: a test card, which is removed at once."), key)
        found = slack.find(channel, key, at)
        slack.delete(channel, ts)
    except AdapterError as error:
        return Finding(False, f"a test card: {error}")
    if found != ts:
        return Finding(
            False, "a test card was posted and removed, but not found again by its metadata: after a crash a card could stand twice"
        )
    return Finding(True, "a test card was posted, found again and removed")
