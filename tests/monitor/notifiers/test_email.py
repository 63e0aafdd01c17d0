"""Mail as a real mail server gets it, over each kind of line, and each way in which it does not get there."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from monitor.contracts import Addressed, Notice, Rejected, Unavailable
from monitor.notifiers import NOTIFIERS
from monitor.notifiers.email import EmailNotifier, Server, message_id
from monitor.settings import NotifierSettings
from monitor.wiring import bare_settings
from tests.builders import NOW
from tests.contracts import NotifierProof, verify_notifier
from tests.fakes.mail import PASSWORD, USER, MailServer

FROM, ELS, JAN, KIM = "grapevine@waalfiets.example", "els@waalfiets.example", "jan@waalfiets.example", "kim@waalfiets.example"
NOTICE = Notice("digest/2026-03-01", "Waalfiets: café", "Eén regel\n.\nen nog een", "<p>Eén</p>")


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer() as server:
        yield server


def notifier(server: MailServer, *to: str, **changes: Any) -> EmailNotifier:
    security = changes.pop("security", server.security)
    line = Server("localhost", server.port, security, changes.pop("user", ""), changes.pop("password", ""))
    return EmailNotifier("our mail", line, FROM, to or (ELS,), now=lambda: NOW, **{"context": server.trust, **changes})


def test_email_keeps_the_contract_of_a_notifier(server: MailServer) -> None:
    def refuse(reply: str) -> Any:
        return lambda: server.refusals.update({ELS: reply})

    def calm() -> None:
        server.refusals.clear()
        server.on_data = "250 OK"

    proof = NotifierProof(
        build=lambda: notifier(server),
        calm=calm,
        sent=lambda: [str(mail["Message-ID"]) for _, mail in server.mails],
        later={"a full mailbox": refuse("452 4.2.2 full"), "a busy server": lambda: setattr(server, "on_data", "451 later")},
        refusals={"an unknown address": refuse("550 5.1.1 no such user"), "unwanted": lambda: setattr(server, "on_data", "554 spam")},
        secrets=(PASSWORD,),
    )

    verify_notifier(proof)


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_mail_goes_over_a_private_line_with_our_login(security: str) -> None:
    with MailServer(security) as server:
        notifier(server, user=USER, password=PASSWORD).send(NOTICE)

        assert [ELS] == server.sent_to()
        assert server.logins


def test_a_mail_says_what_it_is(server: MailServer) -> None:
    notifier(server).send(NOTICE)
    _, mail = server.mails[0]
    text, html = (mail.get_body((kind,)) for kind in ("plain", "html"))

    assert ("Waalfiets: café", ELS, FROM) == (mail["Subject"], mail["To"], mail["From"])
    assert ("auto-generated", f"<mailto:{FROM}?subject=unsubscribe>") == (mail["Auto-Submitted"], mail["List-Unsubscribe"])
    assert message_id(NOTICE.key, FROM) == mail["Message-ID"]
    assert NOW == mail["Date"].datetime
    assert text is not None
    assert html is not None
    assert ("Eén regel\n.\nen nog een\n", "<p>Eén</p>\n") == (text.get_content(), html.get_content())


@pytest.mark.parametrize("long", [60, 69, 70, 71, 80, 150])
def test_a_subject_begins_beside_its_name_however_long_it_is(server: MailServer, long: int) -> None:
    title = ("Tyne Bank, Monday 2 March 2026: no mentions, " + "0 negative, " * 12)[:long].rstrip(" ,") + "."
    notifier(server, "els@waalfiets.example").send(Notice("digest/2026-03-01", title, "x"))
    [(_, sent)] = server.mails

    assert title == str(sent["Subject"])


def test_a_message_id_is_of_the_key_alone() -> None:
    assert message_id("digest/2026-03-01", FROM) == message_id("digest/2026-03-01", FROM)
    assert message_id("digest/2026-03-01", FROM) != message_id("digest/2026-03-02", FROM)


def test_each_recipient_gets_a_mail_that_names_nobody_else(server: MailServer) -> None:
    notifier(server, ELS, JAN, ELS).send(NOTICE)

    assert [ELS, JAN] == server.sent_to()
    assert [ELS, JAN] == [mail["To"] for _, mail in server.mails]


def test_one_recipient_can_be_sent_to_alone(server: MailServer) -> None:
    all_three = notifier(server, ELS, JAN, KIM)
    all_three.only_to(KIM).send(NOTICE)

    assert isinstance(all_three, Addressed)
    assert [KIM] == server.sent_to()


def test_html_that_mail_clients_would_cut_is_left_out(server: MailServer) -> None:
    notifier(server).send(Notice("k", "t", "text", "<p>" + "é" * 50_000))

    assert "text/plain" == server.mails[0][1].get_content_type()


def test_attachments_go_along(server: MailServer) -> None:
    notifier(server).send(Notice("k", "t", "text", attachments=(("curve.png", b"\x89PNG"),)))
    attached = next(server.mails[0][1].iter_attachments())

    assert ("curve.png", b"\x89PNG") == (attached.get_filename(), attached.get_content())


@pytest.mark.parametrize("title", ["Hi\r\nBcc: eve@evil.example", "a\x00b\u2028c\x1b[2J", "", "x" * 5_000, "\ud800"])
def test_no_title_adds_a_header(server: MailServer, title: str) -> None:
    notifier(server).send(Notice("k\r\nX: y", title, "text \ud800"))

    assert [None, [ELS]] == [server.mails[0][1]["Bcc"], server.sent_to()]


def test_a_wrong_password_is_refused_and_not_told(server: MailServer) -> None:
    with MailServer("starttls") as private, pytest.raises(Rejected, match=r"^our mail: localhost refuses our login \(535\)$"):
        notifier(private, user=USER, password="another-password").send(NOTICE)


def test_a_certificate_nobody_vouches_for_is_refused() -> None:
    with MailServer("starttls") as private, pytest.raises(Rejected, match="certificate of localhost cannot be trusted"):
        notifier(private, context=ssl.create_default_context).send(NOTICE)


def test_a_server_without_starttls_is_refused(server: MailServer) -> None:
    with pytest.raises(Rejected, match="does not offer what we need"):
        notifier(server, security="starttls").send(NOTICE)


def test_a_server_that_is_not_there_is_asked_again_later() -> None:
    with MailServer() as gone:
        mail = notifier(gone)
    with pytest.raises(Unavailable, match=r"^our mail: localhost did not answer as it should"):
        mail.send(NOTICE)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"sender": "nobody"}, "'nobody' is no mail address"),
        ({"recipients": ["els@waalfiets.example\r\nRCPT TO:<x@y.z>"]}, "is no mail address"),
        ({"recipients": ["els@waalfiets.example\n"]}, "is no mail address"),
        ({"unsubscribe": "http://x"}, "unsubscribe must be"),
        ({"server": Server("mail.example", 25, "none")}, "for a server on this machine"),
        ({"server": Server("mail.example", 25, "ssl")}, "security must be"),
        ({"server": Server("mail.example", 587, "starttls", "els")}, "no password in the environment"),
    ],
)
def test_what_cannot_be_right_is_told_before_anything_is_sent(changes: dict[str, Any], words: str) -> None:
    sound = {"server": Server("mail.example", 587, "starttls"), "sender": FROM, "recipients": [ELS]}
    with pytest.raises(Rejected, match=words):
        EmailNotifier("our mail", now=lambda: NOW, **{**sound, **changes})


def test_it_is_built_from_settings(tmp_path: Path) -> None:
    options = {name: option.default for name, option in NOTIFIERS["email"].options.items()}
    options |= {"host": "mail.example", "from": FROM, "to": (ELS,), "unsubscribe": "https://waalfiets.example/stop"}
    built = EmailNotifier.from_settings(NotifierSettings("our mail", "email", options), bare_settings())

    assert ("our mail", (ELS,)) == (built.name, built.recipients)
    assert 587 == built._server.port
    assert "https://waalfiets.example/stop" in built.only_to(JAN)._unsubscribe
    assert "password" not in repr(Server("h", 1, "tls", "u", "password"))
