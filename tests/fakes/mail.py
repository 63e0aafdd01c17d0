"""A real mail server on loopback, with TLS and log-in, that refuses whom a test says; what it was sent can be read."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, Self

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

USER, PASSWORD = "grapevine", "hidden-password-of-mail"


@dataclass
class MailServer:
    """The server; `security` as our settings name it."""

    security: str = "none"
    refusals: dict[str, str] = field(default_factory=dict)
    """What a recipient's address is answered, such as "550 5.1.1 no such user"."""
    on_data: str = "250 OK"
    """What a whole mail is answered."""
    mails: list[tuple[str, EmailMessage]] = field(default_factory=list)
    """Each mail that was taken, with its recipient."""
    logins: list[str] = field(default_factory=list)

    def __enter__(self) -> Self:
        authority = trustme.CA()
        certificate = authority.issue_cert("localhost")
        ours = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        certificate.configure_cert(ours)
        self._authority = authority
        private: dict[str, dict[str, Any]] = {
            "starttls": {"tls_context": ours, "require_starttls": True},
            "tls": {"ssl_context": ours},
            "none": {},
        }
        more: dict[str, Any] = {"authenticator": self._log_in, "auth_require_tls": self.security == "starttls"}
        self._controller = _Controller(self, hostname="127.0.0.1", port=0, **private[self.security], **more)
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._controller.port)

    def trust(self) -> ssl.SSLContext:
        """Return a context that trusts this server."""
        context = ssl.create_default_context()
        self._authority.configure_trust(context)
        return context

    def sent_to(self) -> list[str]:
        """Return the recipients in the order in which they were sent to."""
        return [recipient for recipient, _ in self.mails]

    def _log_in(self, _server: Any, _session: Any, _envelope: Any, mechanism: str, data: Any) -> AuthResult:
        self.logins.append(mechanism)
        return AuthResult(success=(data.login, data.password) == (USER.encode(), PASSWORD.encode()), handled=False)

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        if address in self.refusals:
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        if self.on_data.startswith("250"):
            message = message_from_bytes(envelope.content.replace(b"\r\n", b"\n"), policy=default)
            self.mails += [(recipient, message) for recipient in envelope.rcpt_tos]
        return self.on_data


def plain(message: EmailMessage) -> str:
    """Return what a mail says to whoever reads plain text."""
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


class _Controller(Controller):
    """A controller on a free port, which it looks up before it proves that it answers."""

    def _trigger_server(self) -> None:
        server: Any = self.server
        self.port = server.sockets[0].getsockname()[1]
        trigger: Callable[[], None] = super()._trigger_server
        trigger()
