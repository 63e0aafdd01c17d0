"""No secret and no trick of a stranger gets into a log."""

from __future__ import annotations

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain import text_hash
from monitor.logs import HIDDEN, MAX_LINE, Redactor
from tests.monitor.test_logs import (
    log,
    logging_as_before,
    silence_the_test_runner,
    start,
)

__all__ = ["log", "logging_as_before"]  # Fixtures, which tests name.


@pytest.mark.parametrize(
    "secret",
    [
        "xoxb-123456789012-abcdefGHIJ",
        "xapp-1-A012-99-abcdef",
        "ghp_0123456789abcdefABCDEF01",
        "sk-proj-0123456789abcdef",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
        "hooks.slack.com/services/T000/B000/XXXXXXXX",
        "AAAAAAAAAAAAAAAAAAAAAMLheAAAAAAA0%2BuSeid%2BULvsea4",
    ],
)
def test_what_is_shaped_like_a_token_is_hidden(log: logging.Logger, secret: str) -> None:
    stream = start(HONCHO_PROCESS_NAME="x")

    log.error("refused: %s!", secret)

    assert stream.getvalue() == f"error: refused: {HIDDEN}!\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Authorization: Bearer abcd1234", f"Authorization: Bearer {HIDDEN}"),
        ("https://api.example/x?access_token=abcd&page=2", f"https://api.example/x?access_token={HIDDEN}&page=2"),
        ("postgresql://monitor:geheim@db/grapevine", f"postgresql://monitor:{HIDDEN}@db/grapevine"),
        ('{"password": "geheim"}', f'{{"password": "{HIDDEN}"}}'),
    ],
)
def test_what_follows_a_secrets_name_is_hidden(before: str, after: str) -> None:
    assert Redactor()(before) == after


@pytest.mark.parametrize(
    "plain",
    [
        text_hash("a version's hash is public"),
        "https://social.example/@sanne/115367216341276540",
        "monitor/sources/hackernews_with_a_really_long_name_for_a_file.py",
        "did the token expire? the password was wrong",
        "Ein Donaudampfschifffahrtsgesellschaftskapitaen",
    ],
)
def test_what_only_resembles_a_secret_stays_readable(plain: str) -> None:
    assert Redactor()(plain) == plain


def test_values_of_secret_variables_are_hidden_wherever_they_stand() -> None:
    environment = {
        "BLUESKY_PASSWORD": "korenbloem",
        "SLACK_WEBHOOK_URL": "https://example/korenbloem/x",
        "EXTRA": "vergeet-mij-nietje",
        "HOME": "/home/me",
    }
    redact = Redactor.from_environment(environment, ["EXTRA"])

    assert redact("https://example/korenbloem/x korenbloem vergeet-mij-nietje /home/me") == f"{HIDDEN} {HIDDEN} {HIDDEN} /home/me"


def test_the_keys_of_an_account_of_some_brands_are_hidden_too() -> None:
    environment = {"X_ACCESS_TOKEN_ACME": "korenbloem", "BLUESKY_APP_PASSWORD_DE_LEASE": "klaproos", "TOKENISER": "ordinary-word"}
    redact = Redactor.from_environment(environment)

    assert redact("korenbloem klaproos ordinary-word") == f"{HIDDEN} {HIDDEN} ordinary-word"


def test_a_secret_too_short_to_hide_does_not_blank_out_ordinary_words() -> None:
    redact = Redactor.from_environment({"DEMO_TOKEN": "read", "OTHER_TOKEN": ""})

    assert redact("read 12 mentions") == "read 12 mentions"


@given(
    before=st.text(max_size=40),
    secret=st.text(min_size=6, max_size=60).map(str.strip).filter(lambda s: len(s) >= 6),
    after=st.text(max_size=40),
)
def test_no_known_secret_survives_in_any_text(before: str, secret: str, after: str) -> None:
    redacted = Redactor([secret])(before + secret + after)

    assert secret not in redacted.replace(HIDDEN, "\0")


def test_a_message_of_a_megabyte_is_cut_and_no_half_secret_is_left_at_the_cut(log: logging.Logger) -> None:
    stream = start(HONCHO_PROCESS_NAME="x", X_TOKEN="hunter2-and-more")
    filler = "a" * (MAX_LINE - 8)

    log.info("%s", filler + "hunter2-and-more" + "a://:@=" * 150_000)

    assert len(stream.getvalue()) <= MAX_LINE + 1
    assert "hunter2" not in stream.getvalue()
    assert stream.getvalue().endswith("…\n")


def test_hostile_characters_cannot_move_the_cursor_or_forge_a_line(log: logging.Logger) -> None:
    stream = start(HONCHO_PROCESS_NAME="x")
    silence_the_test_runner()

    log.info("%s", "\x1b[2Jgone\r\nerror: forged\u202e\ud800\x00")

    assert stream.getvalue() == "\\u001b[2Jgone\\u000d ⏎ error: forged\\u202e\\ud800\\u0000\n"
