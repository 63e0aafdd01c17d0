"""Proves that bad input (exports, posts, dates) is told by line and reason, that the good of it goes in, and that it steers nothing."""

from __future__ import annotations

import json

import pytest

from tests.steps import ask, import_posts, post, write
from tests.terminal import Process, Terminal

# Exports


GOOD = "1,Waalfiets lock does not open,2024-11-20T09:00:00+00:00,@a,x"
COLUMNS = "id,text,posted_at,author,network"


def _texts(terminal: Terminal) -> list[str]:
    return [str(text) for (text,) in ask(terminal, "SELECT text FROM mentions ORDER BY id")]


@pytest.mark.parametrize(
    ("content", "texts"),
    [
        (f"\ufeff{COLUMNS}\n{GOOD}\n", ["Waalfiets lock does not open"]),
        (f"{COLUMNS}\n{GOOD}\n".replace(",", ";"), ["Waalfiets lock does not open"]),
        (f"sep=;\r\n{COLUMNS}\r\n{GOOD}\r\n".replace(",", ";"), ["Waalfiets lock does not open"]),
        (f"{COLUMNS}\n{GOOD.replace('Waalfiets', '=cmd|calc Waalfiets')}\n", ["=cmd|calc Waalfiets lock does not open"]),
        (f"{COLUMNS}\n{GOOD.replace('Waalfiets lock', chr(34) + 'Waalfiets' + chr(10) + 'lock' + chr(34))}\n", None),
        (
            f'{COLUMNS}\n1,"Waalfiets: ""dicht"",\nal een uur; écht",2024-11-20T09:00:00+00:00,@a,x\n',
            ['Waalfiets: "dicht",\nal een uur; écht'],
        ),
        (f"{COLUMNS}\n{GOOD.replace('open', 'opén')}\n".encode("utf-16"), ["Waalfiets lock does not opén"]),
        (f"{COLUMNS}\n{GOOD.replace('open', 'opén')}\n".encode("cp1252"), ["Waalfiets lock does not opén"]),
    ],
    ids=["BOM", "semicolons", "Excel", "formula", "stray quotes", "quoted newlines", "UTF-16", "windows-1252"],
)
def test_an_export_is_read_as_its_program_wrote_it(content: str | bytes, texts: list[str] | None, terminal: Terminal) -> None:
    write(terminal, "export.csv", content)
    done = terminal.type("monitor", "import", "export.csv", "--brand", "waalfiets")

    if texts is None:
        # A quote in the middle of a field is no quoting; what it cuts apart is told, and kept.
        kept = [json.loads(line) for line in (terminal.folder / "rejected.jsonl").read_text("utf-8").splitlines()]

        assert 3 == done.code
        assert [2, 3] == [row["line"] for row in kept]
    else:
        assert (0, "export.csv: 1 row read, 1 new, 0 known already, 0 not about a brand of yours.\n") == (done.code, done.out)
        assert texts == _texts(terminal)


@pytest.mark.parametrize(
    ("name", "content", "code", "sentences"),
    [
        ("empty.csv", "", 2, ["empty.csv: it is empty; the first line must name the columns", "Nothing was imported"]),
        (
            "wrong.csv",
            "naam,leeftijd\nEls,40\n",
            2,
            ["no column for text", "the columns are “naam”, “leeftijd”", "--map", "Nothing was imported"],
        ),
        ("list.jsonl", "[{}]", 2, ["it is one JSON array; write one object on each line", "Nothing was imported"]),
        ("report.pdf", "%PDF", 2, ["its name must end in one of .jsonl", "Nothing was imported"]),
        ("not-there.csv", None, 2, ["not-there.csv does not exist. Check the name and try again; nothing was changed"]),
        ("config", None, 2, ["config is a folder, and a file is needed. Nothing was changed"]),
    ],
)
def test_an_export_that_is_none_is_told_and_nothing_is_imported(
    name: str, content: str | None, code: int, sentences: list[str], terminal: Terminal
) -> None:
    if content is not None:
        write(terminal, name, content)
    done = terminal.type("monitor", "import", name)

    assert (code, "") == (done.code, done.out)
    assert [] == [sentence for sentence in sentences if sentence not in done.err]
    assert [] == _texts(terminal)


DATES = {
    "0000-01-01T00:00:00Z": "is no date we can read",
    "9999-12-31T23:59:59Z": "lies in the future",
    "9999-12-31T23:59:59-12:00": "lies outside the calendar",
    "0001-01-01T00:00:00+14:00": "lies outside the calendar",
    "2126-01-01T00:00:00Z": "lies in the future",
    "01/02/2026": "say which with a date format",
    "yesterday": "is no date we can read",
    "1e400": "is no date we can read",
    "99999999999999999999": "is no date we can read",
    "": "",
}


def test_rows_that_cannot_be_dated_are_kept_with_their_line_and_reason_and_each_only_once(terminal: Terminal) -> None:
    rows = [f"{number},Waalfiets {number},{date},@a,x" for number, date in enumerate(DATES)]
    write(terminal, "dates.csv", "\n".join([COLUMNS, *rows, GOOD, "2,Waalfiets zonder zone,2024-11-20 09:00,@a,x"]) + "\n")
    done = terminal.type("monitor", "import", "dates.csv", "--brand", "waalfiets")
    kept = (terminal.folder / "rejected.jsonl").read_text("utf-8")
    again = terminal.type("monitor", "import", "dates.csv", "--brand", "waalfiets")
    told = [json.loads(line) for line in kept.splitlines()]

    assert (3, 3) == (done.code, again.code)
    assert f"{len(DATES) + 2} rows read, 2 new, 0 known already" in done.out
    assert f"{len(DATES)} rows could not be taken in; see rejected.jsonl for the reason of each. The first: line 2:" in done.out
    assert "0 new, 2 known already" in again.out
    assert list(range(2, len(DATES) + 2)) == [row["line"] for row in told]
    assert rows == [row["raw"] for row in told]
    assert [] == [(row["reason"], words) for row, words in zip(told, DATES.values(), strict=True) if words not in row["reason"]]
    assert kept == (terminal.folder / "rejected.jsonl").read_text("utf-8")
    assert ["2024-11-20T08:00:00+00:00"] == [
        row["mention"]["posted_at"] for row in terminal.type("monitor", "mentions", "--json").json if "zone" in row["mention"]["text"]
    ]


def test_rows_that_cannot_be_kept_stop_the_import_and_it_goes_on_later(terminal: Terminal) -> None:
    rows = "".join(f"{number},Waalfiets {number},2024-11-20T09:00:00+00:00,@a,x\n" for number in range(2_500))
    write(terminal, "long.csv", f"{COLUMNS}\n{rows}9,Waalfiets,never,@a,x\n")
    done = terminal.type("monitor", "import", "long.csv", "--rejected", "nowhere/rejected.jsonl")
    again = terminal.type("monitor", "import", "long.csv")

    assert (4, "") == (done.code, done.out)
    assert "nowhere/rejected.jsonl cannot be written (No such file or directory)" in done.err
    assert "The 2000 good rows before that are in." in done.err
    assert "run it again: nothing goes in twice" in done.err
    assert (3, True) == (again.code, "2501 rows read, 500 new, 2000 known already" in again.out)


def test_what_was_rejected_is_not_read_while_it_is_written(terminal: Terminal) -> None:
    write(terminal, "rejected.jsonl", '{"place": "a.csv", "line": 2, "reason": "…", "raw": ""}\n')
    done = terminal.type("monitor", "import", "rejected.jsonl")

    assert (2, "") == (done.code, done.out)
    assert "Rename it first, or name another file with --rejected. Nothing was imported." in done.err


def test_the_same_post_twice_in_a_file_and_from_another_source_is_one_mention(terminal: Terminal) -> None:
    done = import_posts(terminal, post("1"), post("2"), post("1", text="@waalfiets changed meanwhile"))
    write(terminal, "config/posts.jsonl", "".join(json.dumps(post(number)) + "\n" for number in ("2", "3", "3")))
    polled = terminal.type("monitor", "poll", "--once")

    assert "posts.jsonl: 3 rows read, 2 new, 1 known already" in done.out
    assert (0, "sample for Waalfiets: 3 read, 3 about the brand, 1 new\n") == (polled.code, polled.out)
    assert ["1", "2", "3"] == sorted(str(number) for (number,) in ask(terminal, "SELECT external_id FROM mentions"))


# Posts


HOSTILE = {
    "a megabyte": "@waalfiets my lock does not open " + "x y" * 350_000,
    "NUL": "@waalfiets my\0 lock does not\0 open",
    "half characters": "@waalfiets my lock \ud800 does not open \udfff",
    "right to left": "@waalfiets \u202emy lock does not open\u202c שלום",
    "zalgo": "@waalfiets my lock does not open " + "e\u0301\u0302\u0303" * 5_000,
    "emoji": "@waalfiets my lock does not open " + "\U0001f621" * 10_000,
    "escapes": "@waalfiets my lock does not open \x1b[31m\x1b]0;you\x07",
    "page": "@waalfiets my lock does not open <script>alert(1)</script>",
}
STEERING = ("\0", "\x1b", "\x07", "\u202e", "\ud800", "\udfff")


def test_hostile_posts_go_through_the_whole_chain_and_steer_no_terminal_and_no_page(terminal: Terminal, running: list[Process]) -> None:
    imported = import_posts(terminal, *(post(name, text) for name, text in HOSTILE.items()))
    responders = terminal.start("responders", "run")
    running.append(responders)
    responders.await_words("Next, in another terminal:  responders review")
    responders.stop()
    replies = terminal.type("responders", "list", "--json").json
    shown = [terminal.type("responders", "list"), terminal.type("monitor", "mentions"), terminal.type("monitor", "digest")]
    written = terminal.type("monitor", "digest", "--html", "digest.html")
    page = (terminal.folder / "digest.html").read_text("utf-8")

    assert (0, True) == (imported.code, "8 rows read, 8 new" in imported.out)
    assert sorted(HOSTILE) == sorted(reply["mention"]["mention"]["external_id"] for reply in replies)
    assert {"awaiting"} == {reply["status"] for reply in replies}
    assert [0, 0, 0, 0] == [done.code for done in (*shown, written)]
    assert [] == [sign for sign in STEERING for text in (*(done.out for done in shown), page) if sign in text]
    assert "<script" not in page.lower()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert max(len(text) for text in _texts(terminal)) <= 40_000
