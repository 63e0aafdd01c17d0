"""Sources that are not well are found by what they say, told of once with what to do, and left alone while all is as planned."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from monitor.ailments import _WORDS, Ailment, Trouble, classify, find_ailments
from monitor.contracts import AdapterError, Cost
from monitor.domain import SourceHealth
from monitor.running import LOOK_AFTER, Listening
from monitor.sources.answers import open_object
from monitor.sources.statuses import refuse_status
from monitor.telling import in_words
from monitor.wiring import Monitor, read_settings
from tests.builders import NOW
from tests.steps import ask, post, write
from tests.terminal import Terminal

EVERY = {"news": timedelta(minutes=10), "fast": timedelta(seconds=10)}
LONG_AGO = NOW - timedelta(days=9)


def state(
    ago: timedelta | None, failures: int = 3, source: str = "news", brand: str = "a", error: str = "", **more: datetime
) -> SourceHealth:
    last = None if ago is None else NOW - ago
    return SourceHealth(source, brand, "", last, more.get("next_poll_at", NOW), failures, error, 0)


def found(*states: SourceHealth, asking_since: datetime = LONG_AGO) -> list[Ailment]:
    return find_ailments(states, EVERY, NOW, asking_since)


def test_two_periods_and_their_spread_are_waited_for() -> None:
    assert [] == found(state(timedelta(minutes=22)))
    assert ["news"] == [one.source for one in found(state(timedelta(minutes=23)))]


def test_a_quick_source_may_stumble_for_a_quarter_of_an_hour() -> None:
    assert [0, 1] == [len(found(state(timedelta(minutes=minutes), source="fast"))) for minutes in (15, 16)]


def test_a_source_that_is_configured_no_more_is_not_missed() -> None:
    assert [] == found(state(timedelta(days=3), source="gone"))


def test_silence_from_before_we_asked_is_no_fault_and_a_planned_wait_is_none() -> None:
    quiet = state(timedelta(hours=3), failures=0, next_poll_at=NOW - timedelta(hours=2))

    assert [] == found(quiet, asking_since=NOW - timedelta(minutes=5))
    assert [Trouble.SILENT] == [one.trouble for one in found(quiet)]
    assert [] == found(state(timedelta(hours=3), failures=0, next_poll_at=NOW + timedelta(hours=1)))


def test_all_brands_of_a_source_are_one_ailment_with_the_longest_time() -> None:
    [one] = found(state(timedelta(hours=1)), state(timedelta(hours=2), brand="b", error="news: it broke"), state(timedelta(0), brand="c"))

    assert (("a", "b"), NOW - timedelta(hours=2)) == (one.brands, one.since)
    assert found(state(timedelta(hours=1)), state(None, brand="b"))[0].since is None


def status_error(status: int, **headers: str) -> str:
    with pytest.raises(AdapterError) as raised:
        refuse_status("news: https://a.example", status, headers, NOW)
    return str(raised.value)


def shape_error(body: bytes) -> str:
    with pytest.raises(AdapterError) as raised:
        open_object("news", "https://a.example", body, "items")
    return str(raised.value)


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (status_error(429), Trouble.WAITS),
        (status_error(503, **{"retry-after": "9"}), Trouble.WAITS),
        (status_error(401), Trouble.LOGGED_OUT),
        (status_error(403), Trouble.LOGGED_OUT),
        ("x: X is read with a key only; put it into X_BEARER_TOKEN", Trouble.NO_KEY),
        ("reddit: Reddit is read with keys only; put them into REDDIT_CLIENT_ID", Trouble.NO_KEY),
        ("bluesky: BLUESKY_HANDLE and BLUESKY_APP_PASSWORD are needed in the environment or in .env", Trouble.NO_KEY),
        ("form: nothing is let in without a secret of at least 16 signs; put one into WEBHOOK_SOURCE_SECRET", Trouble.NO_KEY),
        ("reddit: Reddit does not accept our login; check REDDIT_CLIENT_ID", Trouble.LOGGED_OUT),
        (shape_error(b"<html>"), Trouble.CHANGED),
        (shape_error(b'{"items": 1}'), Trouble.CHANGED),
        (status_error(500), Trouble.FAILS),
        (status_error(404), Trouble.ABSENT),
        (status_error(410), Trouble.ABSENT),
        ("export: posts is neither a file nor a folder", Trouble.ABSENT),
        ("x: its cap is reached, so nothing is read", Trouble.CAPPED),
        ("", Trouble.FAILS),
    ],
)
def test_our_own_sentences_say_what_kind_of_trouble_it_is(error: str, trouble: Trouble) -> None:
    assert trouble is classify(error)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_trouble_has_words_in_both_languages_and_says_since_when(language: str) -> None:
    since = datetime(2026, 3, 1, 12, tzinfo=UTC)
    told = [in_words(Ailment("news", trouble, ("a", "b"), since, "news: no"), language) for trouble in Trouble]

    assert set(Trouble) == set(_WORDS)
    assert all("news" in title and "a, b" in text and "2026-03-01 12:00" in text and text.endswith("news: no") for title, text in told)
    assert len(Trouble) == len({text for _title, text in told})


def ill(terminal: Terminal) -> Monitor:
    monitor = Monitor(read_settings(terminal.folder / "config", f"sqlite:///{terminal.folder}/grapevine.db"))
    monitor.store.record_failure("sample", "waalfiets", "sample: https://a.example answered 401: it asks for a login", NOW)
    return monitor


def test_one_notice_is_written_however_often_it_is_looked_at(terminal: Terminal) -> None:
    monitor = ill(terminal)
    listening = Listening(monitor, _began=NOW)
    for _ in range(3):
        listening.look_after_sources()
        listening._looked = None
    notices = ask(terminal, "SELECT key, title, text FROM notices")
    monitor.database.dispose()

    [(key, title, text)] = notices
    assert ("source/sample/never", "Bron sample is niet in orde") == (key, title)
    assert "niet binnengelaten" in str(text)


def test_it_is_looked_at_each_minute_and_not_at_each_sweep(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[datetime] = []
    monitor = ill(terminal)
    listening = Listening(monitor)
    monkeypatch.setattr(type(listening.telling), "tell_of_sources", lambda _self, at, _since: looked.append(at))
    for moment in (NOW, NOW + LOOK_AFTER / 2, NOW + LOOK_AFTER):
        monkeypatch.setattr("monitor.running.now", lambda moment=moment: moment)
        listening.look_after_sources()
    monitor.database.dispose()

    assert [NOW, NOW + LOOK_AFTER] == looked


def test_a_process_that_only_just_began_blames_nobody(terminal: Terminal) -> None:
    monitor = ill(terminal)
    Listening(monitor).look_after_sources()
    monitor.database.dispose()

    assert [] == ask(terminal, "SELECT key FROM notices")


def test_status_says_what_is_not_well_and_what_to_do(terminal: Terminal) -> None:
    ill(terminal).database.dispose()
    done = terminal.type("monitor", "status")
    as_json = terminal.type("monitor", "status", "--json").json

    assert "NOT WELL: sample: We are not let in." in done.err
    assert ["logged_out"] == [one["trouble"] for one in as_json["ailments"]]


@pytest.mark.parametrize(
    ("language", "words"), [("en", "We are not let in. Renew the key"), ("nl", "We worden niet binnengelaten. Vernieuw")]
)
def test_the_digest_says_what_to_do_about_a_source_that_fails(terminal: Terminal, language: str, words: str) -> None:
    ill(terminal).database.dispose()
    terminal.type("monitor", "digest", "--lang", language, "--html", "digest.html")
    said = terminal.type("monitor", "digest", "--lang", language).out, (terminal.folder / "digest.html").read_text("utf-8")

    assert [True, True] == [words in " ".join(one.split()) for one in said]


@pytest.mark.parametrize(("language", "words"), [("en", "x came to its cap"), ("nl", "x bereikte de grens voor kosten")])
def test_the_digest_says_what_was_not_read_at_the_cap(terminal: Terminal, language: str, words: str) -> None:
    write(terminal, "config/posts.jsonl", json.dumps(post("1")) + "\n")
    settings = (terminal.folder / "config" / "monitor.toml").read_text("utf-8")
    write(terminal, "config/monitor.toml", f'{settings}\n[[source]]\nname = "x"\nkind = "x"\ncap_per_day = 1\n')
    monitor = Monitor(read_settings(terminal.folder / "config", f"sqlite:///{terminal.folder}/grapevine.db"))
    before = terminal.type("monitor", "digest", "--lang", language).out
    monitor.store.save_cost("x", "waalfiets", Cost("usd", flat=sa.Numeric().python_type(1)), datetime.now(UTC))
    monitor.database.dispose()
    after = terminal.type("monitor", "digest", "--lang", language).out

    assert (False, True) == (words in before, words in " ".join(after.split()))
