"""Steps that tests take with the commands in a folder of their own: posts go in, an answer waits, the database is asked."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from tests.terminal import Done, Process, Terminal

HONEST = (
    "Waalfiets web team here. I am sorry that your lock does not open. I do not know yet why; I come back here at 17:00. Where are you? ^EK"
)
"""An answer to `post` that no rule speaks against."""


def database(terminal: Terminal) -> Path:
    return terminal.folder / "grapevine.db"


def ask(terminal: Terminal, question: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(database(terminal))
    try:
        return connection.execute(question).fetchall()
    finally:
        connection.close()


def write(terminal: Terminal, name: str, text: str | bytes) -> None:
    (terminal.folder / name).write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))


def post(number: str, text: str = "@waalfiets my lock does not open", **more: object) -> dict[str, object]:
    return {"network": "mastodon", "id": number, "author": f"@{number}", "text": text, "posted_at": "2024-11-20T09:00:00+00:00"} | more


def import_posts(terminal: Terminal, *posts: dict[str, object]) -> Done:
    write(terminal, "posts.jsonl", "".join(json.dumps(one) + "\n" for one in posts))
    return terminal.type("monitor", "import", "posts.jsonl")


def one_that_waits(terminal: Terminal, running: list[Process]) -> tuple[Process, str]:
    """Take a post in, let the responders draft, and write an answer of our own; returns them and the text's hash."""
    import_posts(terminal, post("1"))
    responders = terminal.start("responders", "run")
    running.append(responders)
    responders.await_words("Next, in another terminal:  responders review")
    terminal.type("responders", "edit", "1", "--as", "Els Kamps", "--text", HONEST)
    [reply] = terminal.type("responders", "list", "--json").json
    assert (HONEST, []) == (reply["version"]["text"], [o for o in reply["version"]["objections"] if o["severity"] == "red"])
    return responders, reply["version"]["sha256"]


def published(terminal: Terminal) -> list[str]:
    file = terminal.folder / "grapevine-console.jsonl"
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()] if file.exists() else []
    return [line["text"] for line in lines if "id" in line]
