"""Sends a notice as mail over SMTP, to each recipient by itself; what was sent to whom is remembered elsewhere."""

from __future__ import annotations

import hashlib
import re
import smtplib
import ssl
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from functools import partial
from typing import Self

from monitor.contracts import Notice, Rejected, Unavailable
from monitor.settings import NotifierSettings, Settings
from monitor.text import clip

SECONDS = 20.0
"""So long the server may take for each step."""
PORTS = {"starttls": 587, "tls": 465, "none": 25}
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
MOST_BYTES = 100_000
"""Mail clients cut HTML that is longer; it is then left out, and the text speaks for itself."""
MOST_TITLE = 200

_WHOLE_HEADERS = SMTP.clone(max_line_length=500)
"""A subject that just does not fit beside its name would else begin on a line of its own, and be read with a space before it."""

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?P<domain>[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,8})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Server:
    """The mail server, and how we speak with it."""

    host: str
    port: int
    security: str
    """One of PORTS."""
    user: str = ""
    password: str = ""

    def __repr__(self) -> str:
        return f"Server({self.host!r}, {self.port})"


class EmailNotifier:
    """Sends mail; the Message-ID comes of the notice's key, so that mail sent twice is one for a receiver who looks."""

    def __init__(
        self,
        name: str,
        server: Server,
        sender: str,
        recipients: Sequence[str],
        *,
        now: Callable[[], datetime],
        unsubscribe: str = "",
        context: Callable[[], ssl.SSLContext] = ssl.create_default_context,
    ) -> None:
        """Raise Rejected where server or addresses cannot be right; `context` tells whose certificates count."""
        self.name = name
        self.recipients = tuple(dict.fromkeys(recipients))
        for address in (sender, *self.recipients):
            if not _ADDRESS.fullmatch(address):
                raise Rejected(f"{name}: {clip(ascii(address), 80)} is no mail address; write one such as team@example.org")
        if server.security not in PORTS:
            raise Rejected(f'{name}: security must be "starttls", "tls" or "none"')
        if server.security == "none" and server.host not in LOOPBACK:
            raise Rejected(f'{name}: security "none" is for a server on this machine; write "starttls" or "tls"')
        if server.user and not server.password:
            raise Rejected(f"{name}: there is a user and no password in the environment")
        self._server = server
        self._sender = sender
        self._unsubscribe = _unsubscribe(unsubscribe or sender, name)
        self._now = now
        self._context = context

    @classmethod
    def from_settings(cls, notifier: NotifierSettings, settings: Settings) -> Self:
        """Return the notifier for a `[[notifier]]` table."""
        options = notifier.options
        security = options["security"]
        password = settings.environment.get(options["password_name"], "") if options["user"] else ""
        port = int(options["port"]) or PORTS.get(security, 0)
        server = Server(options["host"], port, security, options["user"], password)
        now = partial(datetime.now, UTC)
        return cls(notifier.name, server, options["from"], options["to"], now=now, unsubscribe=options["unsubscribe"])

    def only_to(self, recipient: str) -> EmailNotifier:
        """Return the notifier that sends to this address alone; raises Rejected where it is none."""
        link = self._unsubscribe.removeprefix("<").removesuffix(">")
        return EmailNotifier(self.name, self._server, self._sender, [recipient], now=self._now, unsubscribe=link, context=self._context)

    def send(self, notice: Notice) -> None:
        """Send to every recipient, one after the other; the first refusal ends it.

        Whoever must know who got it sends by `only_to`, once for each of `recipients`.
        """
        try:
            with self._connected() as server:
                for recipient in self.recipients:
                    server.sendmail(self._sender, [recipient], self._write(notice, recipient))
        except smtplib.SMTPRecipientsRefused as error:
            code, said = next(iter(error.recipients.values()))
            raise self._refused(code, said, "the address") from error
        except smtplib.SMTPAuthenticationError as error:
            # What the server said could repeat what we told it.
            raise self._refused(error.smtp_code, b"", "our login") from None
        except smtplib.SMTPResponseException as error:
            raise self._refused(error.smtp_code, error.smtp_error, "the mail") from error
        except smtplib.SMTPNotSupportedError as error:
            raise Rejected(f"{self.name}: {self._server.host} does not offer what we need: {clip(str(error), 200)}") from error
        except ssl.SSLCertVerificationError as error:
            raise Rejected(f"{self.name}: the certificate of {self._server.host} cannot be trusted: {error.verify_message}") from error
        except (smtplib.SMTPException, OSError) as error:
            raise Unavailable(f"{self.name}: {self._server.host} did not answer as it should ({type(error).__name__})") from error

    def _connected(self) -> _Line:
        return _Line(self._server, self._context, self._sender.rpartition("@")[2])

    def _refused(self, code: int, said: bytes | str, what: str) -> Unavailable | Rejected:
        words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
        told = f": {clip(ascii(' '.join(words.split())), 200)}" if words.strip() else ""
        if 500 <= code < 600:
            return Rejected(f"{self.name}: {self._server.host} refuses {what} ({code}){told}")
        return Unavailable(f"{self.name}: {self._server.host} does not take {what} now ({code}){told}")

    def _write(self, notice: Notice, recipient: str) -> bytes:
        message = EmailMessage(policy=SMTP)
        message["From"] = self._sender
        message["To"] = recipient
        message["Subject"] = clip(" ".join("".join(sign if sign.isprintable() else " " for sign in notice.title).split()), MOST_TITLE)
        message["Date"] = self._now()
        message["Message-ID"] = message_id(notice.key, self._sender)
        message["Auto-Submitted"] = "auto-generated"
        message["List-Unsubscribe"] = self._unsubscribe
        message.set_content(_whole(notice.text), cte="quoted-printable")
        html = _whole(notice.html)
        if html and len(html.encode()) <= MOST_BYTES:
            message.add_alternative(html, subtype="html", cte="quoted-printable")
        for filename, content in notice.attachments:
            message.add_attachment(content, maintype="application", subtype="octet-stream", filename=filename)
        return message.as_bytes(policy=_WHOLE_HEADERS)


class _Line:
    """An open, private, logged-in line to the server; that it closes badly takes nothing back."""

    def __init__(self, server: Server, context: Callable[[], ssl.SSLContext], greeting: str) -> None:
        if server.security == "tls":
            self._smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, local_hostname=greeting, timeout=SECONDS, context=context()
            )
        else:
            self._smtp = smtplib.SMTP(server.host, server.port, local_hostname=greeting, timeout=SECONDS)
        try:
            if server.security == "starttls":
                self._smtp.starttls(context=context())
            if server.user:
                self._smtp.login(server.user, server.password)
        except BaseException:
            self._smtp.close()
            raise

    def __enter__(self) -> smtplib.SMTP:
        return self._smtp

    def __exit__(self, *_: object) -> None:
        with suppress(smtplib.SMTPException, OSError):
            self._smtp.quit()
        self._smtp.close()


def message_id(key: str, sender: str) -> str:
    """Return the Message-ID that a notice has for ever."""
    return f"<{hashlib.sha256(key.encode('utf-8', 'replace')).hexdigest()[:32]}@{sender.rpartition('@')[2]}>"


def _unsubscribe(given: str, name: str) -> str:
    """Return the header List-Unsubscribe for an address of mail or of the web."""
    if _ADDRESS.fullmatch(given):
        return f"<mailto:{given}?subject=unsubscribe>"
    if re.fullmatch(r"(?:https://|mailto:)[!-;=?-~]{1,500}", given):
        return f"<{given}>"
    raise Rejected(f"{name}: unsubscribe must be a mail address, or an address that begins with https://")


def _whole(text: str) -> str:
    """Return a text that can be sent: what is half a sign becomes a question mark."""
    return text.encode("utf-8", "replace").decode()
