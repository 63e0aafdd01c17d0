"""What a log line shows, and what it never shows."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from monitor import logs
from monitor.domain import Author, Delivery, Draft, Mention, MentionStatus, Reply, ReplyStatus, StoredMention, Version, text_hash
from monitor.logs import HIDDEN, configure

NOW = datetime(2025, 10, 13, 8, 15, 2, tzinfo=UTC)
AUTHOR = Author("sanne_db", "Sanne de Boer")
MENTION = Mention("mastodon", "1123", "waalfiets", AUTHOR, "Mijn slot gaat niet open", "https://social.example/1123", NOW)
STORED = StoredMention(12, MENTION, MentionStatus.QUEUED, "nl", NOW)
VERSION = Version(1, "Hoi Sanne, dat is onze fout.", text_hash("Hoi Sanne, dat is onze fout."), "template", NOW)
REPLY = Reply(7, STORED, ReplyStatus.AWAITING, Delivery.API, "they tagged us", VERSION, NOW)
DRAFT = Draft("Hoi Sanne", "template")

PRIVATE = ("sanne_db", "Sanne", "Mijn slot", "onze fout")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def logging_as_before() -> Iterator[None]:
    loggers = [logging.getLogger(name) for name in (None, *logs._TALKATIVE)]
    levels = [logger.level for logger in loggers]
    yield
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)
        logger.handlers[:] = [one for one in logger.handlers if not isinstance(one, (logs._Handler, logging.NullHandler))]


@pytest.fixture
def log() -> logging.Logger:
    return logging.getLogger("grapevine")


def start(stream: io.StringIO | None = None, level: int | str = "info", **environment: str) -> io.StringIO:
    stream = stream or io.StringIO()
    configure(level, "monitor", stream, environment=environment)
    return stream


def silence_the_test_runner() -> None:
    """Leave our handler alone on the root: the runner's own raise on what ours must survive."""
    root = logging.getLogger()
    root.handlers[:] = [one for one in root.handlers if isinstance(one, logs._Handler)]


def test_a_line_for_people_has_the_time_the_process_and_the_words(log: logging.Logger) -> None:
    stream = start()

    log.info("read %d mentions", 12)

    time, _, rest = stream.getvalue().partition(" ")
    assert rest == "monitor  read 12 mentions\n"
    assert datetime.strptime(time, "%H:%M:%S")  # noqa: DTZ007 - a bare time of day


def test_under_honcho_the_time_and_the_process_are_not_said_twice(log: logging.Logger) -> None:
    stream = start(HONCHO_PROCESS_NAME="monitor.1")

    log.info("read 12 mentions")

    assert stream.getvalue() == "read 12 mentions\n"


def test_only_what_is_no_plain_news_names_its_level(log: logging.Logger) -> None:
    stream = start(level="debug", HONCHO_PROCESS_NAME="monitor.1")

    log.debug("a")
    log.info("b")
    log.warning("c")
    log.error("d")

    assert stream.getvalue().splitlines() == ["debug: a", "b", "warning: c", "error: d"]


def test_a_terminal_gets_colour_for_trouble_alone(log: logging.Logger) -> None:
    stream = start(Terminal(), HONCHO_PROCESS_NAME="x")

    log.info("fine")
    log.warning("not fine")

    assert stream.getvalue() == "fine\n\x1b[33mwarning: not fine\x1b[0m\n"


def test_no_color_is_obeyed(log: logging.Logger) -> None:
    stream = start(Terminal(), HONCHO_PROCESS_NAME="x", NO_COLOR="1")

    log.error("broken")

    assert stream.getvalue() == "error: broken\n"


def test_json_has_one_object_for_each_event(log: logging.Logger) -> None:
    stream = start(GRAPEVINE_LOG="json")

    log.warning("read %s", "twee\nregels", extra={"count": 3, "source": "blog"})

    line = json.loads(stream.getvalue())
    assert datetime.fromisoformat(line.pop("at")).tzinfo is not None
    assert line == {
        "level": "warning",
        "process": "monitor",
        "logger": "grapevine",
        "message": "read twee ⏎ regels",
        "count": 3,
        "source": "blog",
    }


def test_a_terminal_never_gets_json(log: logging.Logger) -> None:
    stream = start(Terminal(), GRAPEVINE_LOG="json", HONCHO_PROCESS_NAME="x")

    log.info("read")

    assert stream.getvalue() == "read\n"


def test_an_error_stands_on_one_line_with_where_it_happened(log: logging.Logger) -> None:
    stream = start(HONCHO_PROCESS_NAME="x")

    try:
        raise ValueError("no cursor\nhere")
    except ValueError:
        log.exception("poll failed")

    (line,) = stream.getvalue().splitlines()
    assert line.startswith("error: poll failed: ValueError: no cursor ⏎ here (test_logs.py:")


def test_an_error_without_words_or_place_is_named_by_its_kind(log: logging.Logger) -> None:
    stream = start(HONCHO_PROCESS_NAME="x")

    log.error("poll failed", exc_info=KeyError())

    assert stream.getvalue() == "error: poll failed: KeyError\n"


def test_json_keeps_the_whole_traceback_and_hides_secrets_in_it(log: logging.Logger) -> None:
    stream = start(GRAPEVINE_LOG="json", X_TOKEN="hunter2-and-more")

    try:
        raise ValueError("refused hunter2-and-more")
    except ValueError:
        log.exception("poll failed")

    line = json.loads(stream.getvalue())
    assert line["error"] == f"ValueError: refused {HIDDEN}"
    assert line["traceback"][0] == "Traceback (most recent call last):"
    assert "hunter2" not in stream.getvalue()


@pytest.mark.parametrize(
    ("noun", "short"),
    [
        (MENTION, "mention mastodon/1123"),
        (STORED, "mention 12"),
        (REPLY, "reply 7"),
        (VERSION, f"version {VERSION.sha256[:12]}"),
        (AUTHOR, "an author"),
        (DRAFT, "a draft"),
        ([STORED], "['mention 12']"),
        ({"a": (REPLY,)}, "{'a': ['reply 7']}"),
    ],
)
def test_people_and_their_texts_are_logged_by_id(log: logging.Logger, noun: object, short: str) -> None:
    stream = start(HONCHO_PROCESS_NAME="x")

    log.info("saw %s", noun)

    assert stream.getvalue() == f"saw {short}\n"


def test_a_record_of_an_unknown_kind_is_named_by_that_kind(log: logging.Logger) -> None:
    @dataclass
    class Card:
        text: str

    stream = start(HONCHO_PROCESS_NAME="x")

    log.info("saw %s of %s", Card("Sanne"), Card)

    assert stream.getvalue().startswith("saw Card of <class ")


def test_named_arguments_and_bare_objects_are_shortened_too(log: logging.Logger) -> None:
    stream = start(HONCHO_PROCESS_NAME="x")

    log.info("saw %(what)s", {"what": REPLY})
    log.info("saw %s and %s", {"a": DRAFT}, 2)
    log.info(STORED)

    assert stream.getvalue() == "saw reply 7\nsaw {'a': 'a draft'} and 2\nmention 12\n"


def test_extra_fields_with_people_in_them_are_not_logged(log: logging.Logger) -> None:
    stream = start(GRAPEVINE_LOG="json")

    log.info("saw", extra={"author": "sanne_db", "text": "Mijn slot", "mention": STORED, "reply": 7, "api_token": "abc"})

    line = json.loads(stream.getvalue())
    assert [line[key] for key in ("author", "text", "mention", "reply", "api_token")] == [
        "[not logged]",
        "[not logged]",
        "mention 12",
        7,
        HIDDEN,
    ]
    assert not any(word in stream.getvalue() for word in PRIVATE)


def test_a_message_that_is_an_object_of_another_kind_is_logged_as_its_text(log: logging.Logger) -> None:
    stream = start(HONCHO_PROCESS_NAME="x")

    log.info(NotImplementedError("not yet"))

    assert stream.getvalue() == "not yet\n"


def test_debug_may_show_a_text(log: logging.Logger) -> None:
    stream = start(level="debug", HONCHO_PROCESS_NAME="x")

    log.debug("matched %s", AUTHOR)

    assert "sanne_db" in stream.getvalue()


def test_configuring_twice_says_everything_once(log: logging.Logger) -> None:
    start()
    stream = start(HONCHO_PROCESS_NAME="x")

    log.info("once")

    assert stream.getvalue() == "once\n"


def test_talkative_libraries_are_heard_for_their_warnings_alone() -> None:
    stream = start(level="debug", HONCHO_PROCESS_NAME="x")

    logging.getLogger("httpx").info("HTTP Request: GET https://api.example/?q=sanne")
    logging.getLogger("dbos").warning("a queue is slow")

    assert stream.getvalue() == "warning: a queue is slow\n"


def test_a_second_configuration_leaves_the_engines_logger_as_it_is() -> None:
    start()
    handlers = list(logging.getLogger("dbos").handlers)

    start()

    assert logging.getLogger("dbos").handlers == handlers


def test_the_environment_and_stderr_are_the_defaults(
    log: logging.Logger, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HONCHO_PROCESS_NAME", "monitor.1")
    monkeypatch.setenv("GRAPEVINE_LOG", "")
    monkeypatch.setenv("MASTODON_ACCESS_TOKEN", "korenbloem")

    configure(logging.INFO, "monitor")
    log.info("korenbloem")

    assert capsys.readouterr().err == f"{HIDDEN}\n"


def test_an_unknown_level_is_refused_before_anything_changes() -> None:
    before = list(logging.getLogger().handlers)

    with pytest.raises(ValueError, match="'loud' is unknown; choose debug, info, warning or error"):
        configure("loud", "monitor", io.StringIO(), environment={})
    assert logging.getLogger().handlers == before


def test_a_reader_that_went_away_is_no_error(log: logging.Logger, capsys: pytest.CaptureFixture[str]) -> None:
    class Closed(io.StringIO):
        def write(self, text: str) -> int:
            raise BrokenPipeError

    gone = io.StringIO()
    start(gone)
    gone.close()
    log.info("to nobody")
    start(Closed())
    log.info("to nobody")

    assert capsys.readouterr().err == ""


def test_a_line_with_the_wrong_arguments_is_told_to_its_programmer(log: logging.Logger, capsys: pytest.CaptureFixture[str]) -> None:
    start()
    silence_the_test_runner()

    log.info("read %d", "twelve")

    assert "Logging error" in capsys.readouterr().err


def test_an_error_of_a_thousand_lines_does_not_make_a_line_of_them(log: logging.Logger) -> None:
    stream = start(GRAPEVINE_LOG="json")

    log.error("failed", exc_info=ValueError("\n" * 50_000))

    assert logs.MAX_TRACE == len(json.loads(stream.getvalue())["traceback"])
