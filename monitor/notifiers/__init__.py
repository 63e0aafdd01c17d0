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
        about="Posts JSON to an address of yours, signed with HMAC-SHA256.",
        options={
            "url": Option("url", "The address, with https unless it is on this very machine.", required=True),
            "secret_name": Option("text", "The environment variable with the secret by which it is signed.", default="WEBHOOK_SECRET"),
        },
        secrets=("WEBHOOK_SECRET",),
    ),
    "console": Adapter(
        target="monitor.notifiers.console:ConsoleNotifier",
        about="Prints it where `monitor run` runs.",
    ),
}
"""By kind: what `kind = "…"` in [[notifier]] may say."""
