"""What others send of themselves is stored before they are told so, once however often it comes, and nobody can keep us waiting."""

from __future__ import annotations

import json
import logging
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from monitor import receiving
from monitor.ailing import ailments_of
from monitor.ailments import Trouble
from monitor.receiving import Pace, Receiving
from monitor.running import Listening
from monitor.sources.webhook import MAX_BODY, sign
from monitor.wiring import Monitor, read_settings
from tests.steps import ask
from tests.terminal import ROOT, Terminal, until

SECRET = "a secret of the sender and us"
GOOD: dict[str, Any] = {
    "external_id": "1",
    "network": "facebook",
    "author": "jo",
    "text": "Waalfiets!",
    "posted_at": "2024-11-20T09:00:00Z",
}
OTHER = GOOD | {"external_id": "2", "text": "nothing of ours"}


def set_up(terminal: Terminal, **options: Any) -> None:
    written = "".join(f"{name} = {json.dumps(value)}\n" for name, value in ({"port": 0} | options).items())
    path = terminal.folder / "config" / "monitor.toml"
    path.write_text(f'{path.read_text("utf-8")}\n[[source]]\nname = "from outside"\nkind = "webhook"\n{written}', encoding="utf-8")
    terminal.environment["WEBHOOK_SOURCE_SECRET"] = SECRET


def open_monitor(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> Monitor:
    monkeypatch.setenv("WEBHOOK_SOURCE_SECRET", SECRET)
    return Monitor(read_settings(terminal.folder / "config", f"sqlite:///{terminal.folder}/grapevine.db"))


@pytest.fixture
def monitor(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> Iterator[Monitor]:
    set_up(terminal, per_minute=20)
    monitor = open_monitor(terminal, monkeypatch)
    yield monitor
    monitor.database.dispose()


@pytest.fixture
def port(monitor: Monitor) -> Iterator[int]:
    desk = Receiving(monitor)
    desk.look()
    yield desk.ports["from outside"]
    desk.close()


def send(port: int, mentions: Sequence[Any], secret: str = SECRET, path: str = "/mentions", **options: Any) -> httpx.Response:
    body = json.dumps({"mentions": mentions}).encode()
    headers = {"Grapevine-Signature": sign(secret.encode(), str(int(time.time())), body)}
    with httpx.Client(trust_env=False) as client:
        return client.post(f"http://127.0.0.1:{port}{path}", content=body, headers=headers, **options)


def told(monitor: Monitor) -> list[tuple[str, str, str, str]]:
    return [(one.mention.external_id, one.mention.brand, one.mention.source, one.status.value) for one in monitor.store.mentions()]


def test_what_is_good_is_stored_before_it_is_said_and_then_judged(monitor: Monitor, port: int) -> None:
    answer = send(port, [GOOD, OTHER, OTHER | {"external_id": "3", "brand": "waalfiets"}])

    assert (200, {"new": 2, "known": 0, "others": 1}) == (answer.status_code, answer.json())
    assert {("1", "waalfiets", "from outside", "new"), ("3", "waalfiets", "from outside", "new")} == set(told(monitor))
    state = monitor.store.source_state("from outside", "waalfiets")
    assert (2, state.last_success_at) == (state.mentions, state.next_poll_at)

    Listening(monitor).poll("from outside", "waalfiets")

    assert "new" not in {status for *_, status in told(monitor)}


def test_what_was_written_to_one_brand_is_not_taken_as_written_to_all(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    with (terminal.folder / "config" / "brands.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[brand]]\nid = "bank"\nname = "Tyne Bank"\nterms = ["Tyne Bank"]\n')
    set_up(terminal)
    monitor = open_monitor(terminal, monkeypatch)
    desk = Receiving(monitor)
    desk.look()
    answer = send(desk.ports["from outside"], [GOOD | {"mentions_us": True}, OTHER | {"mentions_us": True}])
    desk.close()
    kept = sorted(one[:2] for one in told(monitor))
    monitor.database.dispose()

    assert (200, {"new": 3, "known": 0, "others": 0}) == (answer.status_code, answer.json())
    assert [("1", "waalfiets"), ("2", "bank"), ("2", "waalfiets")] == kept


def test_sent_twice_it_is_stored_once(monitor: Monitor, port: int) -> None:
    answers = [send(port, [GOOD, GOOD]).json() for _ in range(2)]

    assert [{"new": 1, "known": 1, "others": 0}, {"new": 0, "known": 2, "others": 0}] == answers


def test_the_good_ones_are_stored_and_the_bad_ones_told_and_kept(monitor: Monitor, port: int) -> None:
    answer = send(port, [GOOD, GOOD | {"posted_at": "soon"}, 7])

    assert (422, 1) == (answer.status_code, answer.json()["new"])
    assert [2, 3] == [row["mention"] for row in answer.json()["rejected"]]
    assert ["it is no object"] == [row["reason"] for row in answer.json()["rejected"][1:]]
    assert {2, 3} == {row.line for row in monitor.store.rejected()}


def test_what_is_not_signed_leaves_nothing(monitor: Monitor, port: int) -> None:
    answer = send(port, [GOOD], secret="another secret")

    assert (401, []) == (answer.status_code, told(monitor))


def test_a_database_that_does_not_answer_is_told_as_such(monitor: Monitor, port: int) -> None:
    with monitor.database.begin() as connection:
        connection.execute(sa.text("ALTER TABLE mentions RENAME TO elsewhere"))
    answer = send(port, [GOOD])

    assert (503, "30") == (answer.status_code, answer.headers["retry-after"])


def test_a_fault_of_ours_is_never_told_as_success(
    monitor: Monitor, port: int, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(type(monitor.store), "save_received", lambda *_: 1 / 0)
    with pytest.raises(httpx.RemoteProtocolError):
        send(port, [GOOD])

    until(lambda: "broke off" in caplog.text, "the fault is noted")


def test_too_many_in_a_minute_are_asked_to_wait(port: int) -> None:
    answers = [send(port, [OTHER])]
    # On a slow machine some of the minute's share grows back meanwhile.
    while answers[-1].status_code == 200 and len(answers) < 100:
        answers.append(send(port, [OTHER]))

    assert ([200] * 20, 429) == ([answer.status_code for answer in answers[:20]], answers[-1].status_code)
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 4


def test_only_posts_to_its_one_path_are_taken(port: int) -> None:
    with httpx.Client(trust_env=False, base_url=f"http://127.0.0.1:{port}") as client:
        answers = [client.get("/mentions"), client.head("/"), client.put("/mentions"), client.post("/other", content=b"")]

    assert [405, 405, 405, 404] == [answer.status_code for answer in answers]
    assert "POST" == answers[0].headers["allow"]


def talk(port: int, words: bytes) -> bytes:
    """Say these bytes, and return the status line of the answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        line.sendall(words)
        answer = b""
        while piece := line.recv(4096):
            answer += piece
    return answer.split(b"\r\n")[0]


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        (b"", b"411"),
        (b"Content-Length: -1", b"411"),
        (b"Content-Length: two", b"411"),
        (b"Content-Length: 2\r\nTransfer-Encoding: chunked", b"411"),
        (b"Content-Length: %d" % (MAX_BODY + 1), b"413"),
        (b"Content-Length: 99999999999999999999", b"413"),
        (b"A: " + b"x" * 100_000, b"431"),
    ],
)
def test_a_body_without_a_bounded_length_is_not_read(port: int, headers: bytes, code: bytes) -> None:
    assert code in talk(port, b"POST /mentions HTTP/1.1\r\n" + headers + b"\r\n\r\n")


def test_half_a_body_is_told(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        line.sendall(b"POST /mentions HTTP/1.1\r\nContent-Length: 20\r\n\r\nhalf")
        line.shutdown(socket.SHUT_WR)

        assert b" 400 " in line.recv(4096)


def test_whoever_drips_is_hung_up_on_and_others_are_served_meanwhile(monitor: Monitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "PATIENCE", 0.3)
    desk = Receiving(monitor)
    desk.look()
    port = desk.ports["from outside"]
    slow = [b"POST /men", b"POST /mentions HTTP/1.1\r\nContent-Length: 20\r\n\r\nhalf"]
    lines = [socket.create_connection(("127.0.0.1", port), timeout=30) for _ in slow]
    for line, words in zip(lines, slow, strict=True):
        line.sendall(words)

    assert 200 == send(port, [GOOD]).status_code
    assert [b"", True] == [lines[0].recv(4096), b" 408 " in lines[1].recv(4096)]
    for line in lines:
        line.close()
    desk.close()


def test_more_at_once_than_there_is_room_for_are_asked_to_come_again(monitor: Monitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "AT_ONCE", 1)
    desk = Receiving(monitor)
    desk.look()
    port = desk.ports["from outside"]
    with socket.create_connection(("127.0.0.1", port), timeout=30) as first:
        first.sendall(b"POST /mentions HTTP/1.1\r\nContent-Length: 2\r\n\r\n")

        assert b"HTTP/1.0 503 Busy" == talk(port, b"")
    until(lambda: send(port, [OTHER]).status_code == 200, "there is room again")
    desk.close()


def test_a_port_that_another_has_is_told_once_and_taken_over_when_it_is_free(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        set_up(terminal, port=other.getsockname()[1])
        monitor = open_monitor(terminal, monkeypatch)
        desk = Receiving(monitor)
        with caplog.at_level(logging.WARNING):
            desk.look()
            desk.look()

        assert ({}, 1) == (desk.ports, caplog.text.count("cannot be had"))
    desk.look()

    assert 200 == send(desk.ports["from outside"], [GOOD]).status_code
    desk.close()
    monitor.database.dispose()


def test_status_says_that_a_port_is_taken_until_it_is_not(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        set_up(terminal, port=other.getsockname()[1])
        monitor = open_monitor(terminal, monkeypatch)
        desk, listening = Receiving(monitor), Listening(monitor)
        listening.shut = desk.troubles
        desk.look()
        listening.poll("from outside", "waalfiets")
        [ill] = [
            one for one in ailments_of(monitor, datetime.now(UTC) + timedelta(hours=1), datetime.now(UTC)) if one.source == "from outside"
        ]
        taken = terminal.type("monitor", "status").err
    desk.look()
    listening.poll("from outside", "waalfiets")
    well = [one for one in ailments_of(monitor, datetime.now(UTC)) if one.source == "from outside"]
    desk.close()
    monitor.database.dispose()

    assert (Trouble.SHUT, True, []) == (ill.trouble, "cannot be had" in ill.error, well)
    assert "NOT WELL: from outside: Its port belongs to another program" in taken


def test_without_a_secret_nothing_is_opened(terminal: Terminal, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    set_up(terminal)
    monkeypatch.delenv("WEBHOOK_SOURCE_SECRET", raising=False)
    monkeypatch.chdir(terminal.folder)
    desk = Receiving(Monitor(read_settings(Path("config"), "sqlite:///grapevine.db")))
    desk.look()

    assert {} == desk.ports
    assert "WEBHOOK_SOURCE_SECRET" in caplog.text


def test_the_examples_in_the_papers_work(monitor: Monitor, port: int) -> None:
    page = (ROOT / "docs" / "sources.md").read_text("utf-8")
    sh, python = (page.split(f"```{language}\n")[1].split("```")[0].replace("9110", str(port)) for language in ("sh", "python"))
    environment = {**os.environ, "WEBHOOK_SOURCE_SECRET": SECRET, "no_proxy": "*"}
    words = [[sys.executable, "-c", python], *([["bash", "-c", sh]] if all(map(shutil.which, ("bash", "curl", "openssl"))) else [])]
    said = [json.loads(subprocess.run(one, env=environment, capture_output=True, check=True).stdout) for one in words]

    assert [(1, 0), (0, 1)][: len(words)] == [(answer["new"], answer["known"]) for answer in said]


def test_a_pace_lets_pass_again_as_time_goes_by() -> None:
    at = [0.0]
    pace = Pace(2, clock=lambda: at[0])
    first = [pace.wait() for _ in range(3)]
    at[0] = 30.0

    assert [0.0, 0.0, 30.0] == first
    assert [0.0, 30.0] == [pace.wait(), pace.wait()]


def test_monitor_run_takes_in_what_is_sent_and_judges_it(terminal: Terminal, running: list[Any]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    set_up(terminal, port=port)
    running.append(terminal.start("monitor", "run"))
    running[0].await_words("read in the last 7 days")
    codes = [send(port, [GOOD]).status_code, terminal.run("monitor", "check", "--offline").code]
    until(lambda: ask(terminal, "SELECT count(*) FROM mentions WHERE status NOT IN ('new', 'scored')") == [(1,)], "it is judged")

    assert [200, 0] == codes
    assert running[0].stop() < 30
