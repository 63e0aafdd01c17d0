"""Names the ways in which our own people can be told something, one line each; an adapter's module is imported only when it is used."""

from __future__ import annotations

from collections.abc import Mapping

from monitor.registry import Adapter, Option

NOTIFIERS: Mapping[str, Adapter] = {
    "email": Adapter(
        target="monitor.notifiers.email:EmailNotifier",
        about="Sends mail over SMTP: to each recipient a mail of their own, so that one who is refused does not keep it from the others.",
        options={
            "host": Option("text", "The name of the mail server.", required=True),
            "port": Option("number", "Its port; 587 for STARTTLS and 465 for TLS where nothing is given.", default=0),
            "security": Option(
                "text", 'How the line is kept private: "starttls", "tls", or "none" for this very machine.', default="starttls"
            ),
            "from": Option("text", "The address from which it is sent.", required=True),
            "to": Option("texts", "The addresses to which it is sent.", required=True),
            "user": Option("text", "The name with which we log in; nothing where the server asks none.", default=""),
            "password_name": Option("text", "The environment variable with the password.", default="SMTP_PASSWORD"),
            "unsubscribe": Option("text", "Where one asks for no more mail: an address or https://…; `from` where not given.", default=""),
        },
        secrets=("SMTP_PASSWORD",),
    ),
    "webhook": Adapter(
        target="monitor.notifiers.webhook:WebhookNotifier",
        about="Posts JSON to an address of yours, signed with HMAC-SHA256: key, title, text, html, brand, thread, state, gravity, wakes.",
        options={
            "url": Option("url", "The address, with https unless it is on this very machine.", required=True),
            "secret_name": Option("text", "The environment variable with the secret by which it is signed.", default="WEBHOOK_SECRET"),
        },
        secrets=("WEBHOOK_SECRET",),
    ),
    "pagerduty": Adapter(
        target="monitor.notifiers.pagerduty:PagerDutyNotifier",
        about="Wakes people through PagerDuty (Events API v2): triggers, acknowledges and resolves; reads back who took it on.",
        options={
            "routing_key_name": Option(
                "text", "The environment variable with the integration key of your service.", default="PAGERDUTY_ROUTING_KEY"
            ),
            "api_key_name": Option(
                "text", "The one with a read-only API key, with which we see who took an incident on.", default="PAGERDUTY_API_KEY"
            ),
            "events_url": Option(
                "url", "Where events go; https://events.eu.pagerduty.com in Europe.", default="https://events.pagerduty.com"
            ),
            "api_url": Option("url", "Where the API is; https://api.eu.pagerduty.com in Europe.", default="https://api.pagerduty.com"),
        },
        secrets=("PAGERDUTY_ROUTING_KEY", "PAGERDUTY_API_KEY"),
    ),
    "slack": Adapter(
        target="monitor.notifiers.slack:SlackNotifier",
        about="Shows each incident in a channel: one message that follows it, its course and its curve in the thread, and buttons.",
        options={
            "channel": Option("text", "The id of the channel, such as C0123456789.", required=True),
            "token_name": Option("text", "The environment variable with the bot's token.", default="SLACK_BOT_TOKEN"),
            "api_url": Option("url", "Where Slack's API is, if not at slack.com.", default="https://slack.com/api/"),
        },
        secrets=("SLACK_BOT_TOKEN",),
    ),
    "apprise": Adapter(
        target="monitor.notifiers.apprise:AppriseNotifier",
        about="Tells by any of the services that Apprise knows (SMS, Signal, Teams, ntfy and a hundred more), each by itself.",
        options={
            "urls_name": Option(
                "text",
                "The environment variable with the services' addresses, with spaces between; they hold tokens.",
                default="APPRISE_URLS",
            ),
        },
        secrets=("APPRISE_URLS",),
        extra="apprise",
    ),
    "console": Adapter(
        target="monitor.notifiers.console:ConsoleNotifier",
        about="Prints it where `monitor run` runs.",
    ),
}
"""By kind: what `kind = "…"` in [[notifier]] may say."""

PAGES_ONLY = frozenset({"apprise", "pagerduty", "slack"})
"""Kinds that get no digest unless they are asked to: it is a letter, and they are for what cannot wait."""


def usual_gets(kind: str) -> tuple[str, ...]:
    """Return what goes by a kind of notifier where nobody said."""
    return ("pages",) if kind in PAGES_ONLY else ("digest", "pages")


FOLLOWS = frozenset({"console", "pagerduty", "slack", "webhook"})
"""Kinds that are also told how an incident goes on; by mail or on a telephone that would only be one message more."""
