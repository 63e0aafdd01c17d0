"""Machines that watch us get the truth: well, or not well and why."""

from __future__ import annotations

import socket

import httpx
import pytest
import sqlalchemy as sa

from monitor import health
from monitor.command import CommandError
from monitor.health import answering, metrics
from monitor.tables import executors
from monitor.workers import Executor, heartbeat
from tests.builders import NOW
from tests.chain import save_waiting_reply
from tests.terminal import Process, Terminal, until


def ask(port: int | None, path: str) -> httpx.Response:
    with httpx.Client(trust_env=False) as client:
        return client.get(f"http://127.0.0.1:{port}{path}")


def test_a_process_that_showed_of_late_that_it_lives_is_well(database: sa.Engine) -> None:
    with database.begin() as connection:
        heartbeat(connection, Executor.here("monitor", "1"))
    with answering(0, database, "monitor") as port:
        answer = ask(port, "/health")

    assert (200, True, "monitor") == (answer.status_code, answer.json()["ok"], answer.json()["process"])
    assert "application/json" == answer.headers["content-type"]


def test_a_process_that_went_silent_or_another_one_is_not(database: sa.Engine) -> None:
    with database.begin() as connection:
        heartbeat(connection, Executor.here("responders", "1"))
        heartbeat(connection, Executor.here("monitor", "1"))
        connection.execute(executors.update().where(executors.c.process == "monitor").values(seen_at=NOW))
    with answering(0, database, "monitor") as port:
        answer = ask(port, "/health")

    assert (503, False) == (answer.status_code, answer.json()["ok"])
    assert "two minutes" in answer.json()["reason"]


def test_a_database_that_is_gone_is_said_without_its_address(database: sa.Engine) -> None:
    with database.begin() as connection:
        connection.exec_driver_sql("DROP TABLE executors")
    with answering(0, database, "monitor") as port:
        answers = [ask(port, "/health"), ask(port, "/metrics")]

    assert [503, 503] == [answer.status_code for answer in answers]
    assert all("not set up" in answer.text or "do not exist" in answer.text for answer in answers)


def test_another_path_and_another_method_are_refused(database: sa.Engine) -> None:
    with answering(0, database, "monitor") as port:
        codes = [ask(port, "/").status_code, httpx.post(f"http://127.0.0.1:{port}/health", trust_env=False).status_code]

    assert [404, 501] == codes


def test_metrics_are_lines_that_prometheus_reads(database: sa.Engine) -> None:
    save_waiting_reply(database)
    with database.begin() as connection:
        heartbeat(connection, Executor('a"b\\c\nd', "monitor", "host", 1, "1"))
    lines = metrics(database).splitlines()

    assert 'grapevine_mentions{status="drafted"} 1' in lines
    assert 'grapevine_replies{status="awaiting"} 1' in lines
    assert "grapevine_publishing_on 1" in lines
    assert r'grapevine_worker_up{process="monitor",worker="a\"b\\c\nd"} 1' in lines
    names = [line.split()[2] for line in lines if line.startswith("# TYPE")]
    assert len(names) == len(set(names))
    assert {line.partition("{")[0].split()[0] for line in lines if not line.startswith("#")} <= set(names)


def test_a_port_that_another_has_is_said(database: sa.Engine) -> None:
    with socket.socket() as taken:
        taken.bind((health.LOOPBACK, 0))
        taken.listen()

        with pytest.raises(CommandError, match=r"Port \d+ cannot be had"), answering(taken.getsockname()[1], database, "monitor"):
            pass


def test_without_a_port_nobody_listens(database: sa.Engine) -> None:
    with answering(None, database, "monitor") as port:
        pass

    assert port is None


def test_status_lists_every_worker_when_asked(terminal: Terminal) -> None:
    plain, without = terminal.type("monitor", "status"), terminal.type("monitor", "status", "--all")
    database = sa.create_engine(f"sqlite:///{terminal.folder / 'grapevine.db'}")
    with database.begin() as connection:
        heartbeat(connection, Executor.here("monitor", "9.9"))
    database.dispose()
    shown, told = terminal.type("monitor", "status", "--all"), terminal.type("monitor", "status", "--all", "--json")

    assert "heartbeat" not in plain.out
    assert "none runs" in without.out
    assert "9.9" in shown.out
    assert ["monitor"] == [one["process"] for one in told.json["executors"]]
    assert 0 <= told.json["executors"][0]["silent_for"] < 60


@pytest.mark.slow
@pytest.mark.parametrize("program", ["monitor", "responders"])
def test_both_processes_answer_while_they_run(terminal: Terminal, running: list[Process], program: str) -> None:
    with socket.socket() as free:
        free.bind((health.LOOPBACK, 0))
        port = free.getsockname()[1]
    process = terminal.start(program, "run", "--port", str(port))
    running.append(process)

    def answers() -> bool:
        try:
            return ask(port, "/health").status_code == 200
        except httpx.HTTPError:
            return False

    until(answers, f"{program} is well: {process.said}")

    assert "grapevine_worker_up{" in ask(port, "/metrics").text
    assert process.stop() < 10
    assert 0 == process.end().code
