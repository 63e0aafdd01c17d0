"""How [[notifier]] of monitor.toml is read, and what is told of what is wrong in it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from monitor.notifiers import NOTIFIERS
from monitor.settings import NotifierSettings
from tests.monitor.settings.configurations import KINDS, MONITOR, mistakes, read, write

KNOWN = replace(KINDS, notifiers=NOTIFIERS)
SOUND = '[[notifier]]\nname = "team"\nkind = "email"\nhost = "mail.example"\nfrom = "a@b.example"\nto = ["els@b.example"]\n'


def test_a_notifier_is_read_with_its_options(tmp_path: Path) -> None:
    found = read(write(tmp_path, monitor=MONITOR + SOUND), KNOWN).notifiers
    expected = {"host": "mail.example", "from": "a@b.example", "to": ("els@b.example",), "port": 0, "security": "starttls", "user": ""}

    assert [NotifierSettings("team", "email", {**expected, "password_name": "SMTP_PASSWORD", "unsubscribe": ""})] == list(found)


def test_a_process_that_knows_no_notifiers_takes_their_options_as_they_stand(tmp_path: Path) -> None:
    assert ["team"] == [one.name for one in read(write(tmp_path, monitor=MONITOR + SOUND)).notifiers]


def test_what_is_wrong_in_a_notifier_is_told_by_line_and_key(tmp_path: Path) -> None:
    wrong = SOUND + '[[notifier]]\nname = "Team"\nkind = "emial"\n[[notifier]]\nname = "hook"\nkind = "webhook"\n'
    told = "\n".join(str(mistake) for mistake in mistakes(write(tmp_path, monitor=MONITOR + wrong), KNOWN))

    assert 'did you mean "email"?' in told
    assert "is already the name of another notifier" in told
    assert "notifier[3].url: is missing" in told


def test_a_password_in_the_file_is_refused(tmp_path: Path) -> None:
    told = mistakes(write(tmp_path, monitor=MONITOR + SOUND + 'password = "hunter2-of-the-team"\n'), KNOWN)

    assert any("looks like a secret" in str(mistake) for mistake in told)
