from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from monitor.domain import Delivery, Objection, ReplyStatus, Severity
from responders.attempts import AttemptStore
from responders.decisions import Decisions
from responders.store import ReplyStore
from responders.wiring import Responders
from tests.chain import approve
from tests.responders.steps import ELS, JORIS, RED, a_waiting_reply, status_of
from tests.steps import HONEST, write
from tests.terminal import Terminal

# Looking


def test_the_list_says_that_nothing_waits_and_that_there_is_none(terminal: Terminal) -> None:
    waiting, rejected = (terminal.type("responders", "list"), terminal.type("responders", "list", "--status", "rejected"))

    assert ("Nothing waits.\n", "There is none.\n") == (waiting.out, rejected.out)


def test_the_list_remarks_what_to_know_before_deciding(terminal: Terminal, folder_database: sa.Engine) -> None:
    objections = [Objection(rule, Severity.RED, (0, 0), "No.") for rule in ("R10", "R2", "unchecked")]
    a_waiting_reply(folder_database, external_id="1", objections=objections)
    a_waiting_reply(folder_database, external_id="2", approvals_needed=2)
    a_waiting_reply(folder_database, external_id="3")
    ReplyStore(folder_database).reject(3, ELS, "a joke", datetime.now(UTC))
    rows = terminal.type("responders", "list", "--all").out.splitlines()[1:]

    assert ["red: R2 R10 unchecked", "two people", "Els Kamps: a joke"] == [
        row[row.rindex("  ") :].strip() for row in map(str.rstrip, rows)
    ]


def in_dutch(terminal: Terminal) -> None:
    config = terminal.folder / "config" / "responders.toml"
    config.write_text(config.read_text("utf-8").replace('language = "en"', 'language = "nl"'), encoding="utf-8")


def test_what_is_answered_at_the_terminal_is_dutch_where_the_configuration_says_so(terminal: Terminal, folder_database: sa.Engine) -> None:
    in_dutch(terminal)
    nothing = terminal.type("responders", "list").out
    reply = a_waiting_reply(folder_database, approvals_needed=2)
    sha256 = reply.version.sha256
    stranger = terminal.type("responders", "approve", "1", "--version", sha256, "--as", "Jan").err
    unknown = terminal.type("responders", "approve", "7", "--version", sha256, "--as", ELS).err
    first = terminal.type("responders", "approve", "1", "--version", sha256, "--as", ELS).out
    done = terminal.type("responders", "reject", "1", "--as", ELS, "--reason", "grapje").out
    late = terminal.type("responders", "approve", "1", "--version", sha256, "--as", JORIS).err
    paused = terminal.type("responders", "pause", "--as", ELS).out

    assert "Er wacht niets.\n" == nothing
    assert "Niet gedaan: Jan mag over waalfiets niet beslissen; zij wel: Els Kamps, Joris van Beek.\n" == stranger
    assert "Niet gedaan: antwoord 7 bestaat niet; responders list toont wat er wacht.\n" == unknown
    assert "Antwoord 1: goedgekeurd door Els Kamps; een tweede moet ook akkoord zijn.\n" == first
    assert "Antwoord 1: afgewezen door Els Kamps: grapje.\n" == done
    assert "Niet gedaan: antwoord 1 is al afgewezen (Els Kamps: grapje); er is niets veranderd.\n" == late
    assert "Plaatsen staat overal op pauze; beslissen kan nog wel. Hervatten kan met: responders resume --as NAAM.\n" == paused


def test_the_list_says_what_to_do_with_what_needs_review(terminal: Terminal, folder_database: sa.Engine) -> None:
    approve(folder_database, a_waiting_reply(folder_database))
    attempts = AttemptStore(folder_database)
    claim = attempts.claim(1, "one", datetime.now(UTC))
    assert claim is not None
    attempts.needs_review(claim, "nobody can tell whether it was posted: x: no connection", datetime.now(UTC), refused=False)
    english = terminal.type("responders", "list").out
    in_dutch(terminal)
    dutch = terminal.type("responders", "list").out

    assert english.endswith(
        "it stands there:      responders posted ID --url URL --as NAME\n  it does not:          responders retry ID --as NAME\n"
    )
    assert "niemand kan zeggen of het geplaatst is: x: geen verbinding" in dutch
    assert "het staat er niet:    responders retry ID --as NAAM\n" in dutch


# Deciding


def test_an_approval_names_the_text_by_enough_of_its_hash(terminal: Terminal, folder_database: sa.Engine) -> None:
    reply = a_waiting_reply(folder_database)
    short = terminal.type("responders", "approve", "1", "--version", reply.version.sha256[:7], "--as", ELS)
    upper = terminal.type("responders", "approve", "1", "--version", reply.version.sha256[:12].upper(), "--as", ELS, "--json")

    assert (2, "Name the text by 8 digits of its hash or more, as responders list shows them. Nothing was approved.\n") == (
        short.code,
        short.err,
    )
    assert (0, True, "approved; it is being published") == (upper.code, upper.json["ok"], upper.json["sentence"])
    assert ReplyStatus.APPROVED == status_of(folder_database)


def test_an_approval_that_does_not_count_says_why(terminal: Terminal, folder_database: sa.Engine) -> None:
    reply = a_waiting_reply(folder_database, objections=[RED])
    sha256 = reply.version.sha256
    refused = {
        name: terminal.type("responders", "approve", *words).err
        for name, words in {
            "nobody": ("1", "--version", sha256, "--as", " "),
            "stranger": ("1", "--version", sha256, "--as", "Jan"),
            "red": ("1", "--version", sha256, "--as", ELS),
            "unknown": ("7", "--version", sha256, "--as", ELS),
        }.items()
    }
    first = terminal.type("responders", "approve", "1", "--version", sha256, "--as", ELS, "--override", "the lawyer agrees")
    same = terminal.type("responders", "approve", "1", "--version", sha256, "--as", ELS)
    second = terminal.type("responders", "approve", "1", "--version", sha256, "--as", JORIS)

    assert "say who you are" in refused["nobody"]
    assert "Jan may not decide for waalfiets; these may: Els Kamps, Joris van Beek" in refused["stranger"]
    assert "rule N1 stands against this text" in refused["red"]
    assert "there is no reply 7" in refused["unknown"]
    assert "Reply 1: approved by Els Kamps; a second person must agree.\n" == first.out
    assert "it still needs somebody else" in same.err
    assert (0, ReplyStatus.APPROVED) == (second.code, status_of(folder_database))


def test_a_rejection_needs_a_reason_and_keeps_its_rule(terminal: Terminal, folder_database: sa.Engine) -> None:
    a_waiting_reply(folder_database)
    none = terminal.type("responders", "reject", "1", "--as", ELS, "--reason", " ")
    done = terminal.type("responders", "reject", "1", "--as", ELS, "--reason", "T3 a joke")
    again = terminal.type("responders", "reject", "1", "--as", ELS, "--reason", "T3 a joke")
    with folder_database.connect() as connection:
        [rule] = connection.execute(sa.text("SELECT no_answer_rule FROM mentions")).scalars()
    recorded = terminal.type("monitor", "audit", "--mention", "1").out

    assert "Reply 1: rejected by Els Kamps: T3 a joke.\n" == done.out
    assert 2 == recorded.count("Els Kamps: T3 a joke")
    assert (2, True) == (none.code, none.err.startswith("A rejection needs a reason"))
    assert (0, "T3") == (done.code, rule)
    assert (1, True) == (again.code, "reply 1 is rejected already" in again.err)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--text", " "], "an empty text is no reply, so nothing was changed; not to answer is a decision too: responders reject"),
        (["--text", "x" * 40_001], "the text is longer than 40000 characters, so nothing was changed"),
        (["--text", "half a \ud83d character"], "the text holds half a character, which no network takes, so nothing was changed"),
        (["--text", HONEST, "--as", ""], "a decision needs a name"),
    ],
)
def test_a_text_that_no_network_takes_is_no_new_version(
    words: list[str], sentence: str, terminal: Terminal, folder_database: sa.Engine
) -> None:
    a_waiting_reply(folder_database, "Something else.")
    done = terminal.type("responders", "edit", "1", *([] if "--as" in words else ["--as", ELS]), *words)
    reply = ReplyStore(folder_database).reply(1)

    assert (1, "") == (done.code, done.out)
    assert f"Not done: {sentence}" in done.err
    assert reply is not None
    assert (1, "Something else.") == (reply.version.number, reply.version.text)


def test_an_edit_tells_at_once_what_the_rules_say_of_it(terminal: Terminal, folder_database: sa.Engine) -> None:
    a_waiting_reply(folder_database, "Something else.", about="@waalfiets my lock does not open")
    bad = terminal.type("responders", "edit", "1", "--as", ELS, "--text", "Please DM us.")
    good = terminal.type("responders", "edit", "1", "--as", ELS, "--text", HONEST)
    same = terminal.type("responders", "edit", "1", "--as", ELS, "--text", HONEST, "--json")
    gone = terminal.type("responders", "edit", "9", "--as", ELS, "--text", HONEST)

    assert "  red   N7 " in bad.out
    assert bad.out.rstrip().endswith("stand against it.")
    assert good.out.startswith("No rule speaks against it.\nReply 1: saved as version 3 (")
    assert "the text is as it was; no new version" == same.json["sentence"]
    assert (1, "There is no reply 9; responders list shows those that wait.\n") == (gone.code, gone.err)


def test_an_edit_that_breaks_one_rule_says_so_in_the_singular(responders: Responders) -> None:
    a_waiting_reply(responders.database, "Something else.", about="@waalfiets my lock does not open")
    outcome = Decisions(responders).edit(1, HONEST + " We will give you € 40 back.", ELS)

    assert outcome.ok
    assert outcome.sentence.endswith("it needs approval anew. N4 stands against it")
    assert not Decisions(responders).edit(9, HONEST, ELS).ok


def test_an_editor_that_fails_changes_nothing(terminal: Terminal, folder_database: sa.Engine) -> None:
    a_waiting_reply(folder_database)
    terminal.environment["EDITOR"] = "false"
    done = terminal.type("responders", "edit", "1", "--as", ELS)

    assert (1, "Not edited: the editor false ended with code 1, so nothing was changed.\n") == (done.code, done.err)


def test_an_editor_that_works_makes_a_new_version(terminal: Terminal, folder_database: sa.Engine) -> None:
    a_waiting_reply(folder_database)
    write(terminal, "editor", '#!/bin/sh\nprintf "%s" "Something else." > "$1"\n')
    (terminal.folder / "editor").chmod(0o700)
    terminal.environment["EDITOR"] = str(terminal.folder / "editor")
    done = terminal.type("responders", "edit", "1", "--as", ELS)

    assert 0 == done.code
    assert "saved as version 2" in done.out


def test_what_was_posted_by_hand_is_recorded_with_its_address(terminal: Terminal, folder_database: sa.Engine) -> None:
    reply = a_waiting_reply(folder_database, delivery=Delivery.ASSISTED)
    early = terminal.type("responders", "posted", "1", "--url", "https://x.example/1", "--as", ELS)
    approved = terminal.type("responders", "approve", "1", "--version", reply.version.sha256, "--as", ELS)
    wrong = [
        terminal.type("responders", "posted", "1", "--url", url, "--as", ELS)
        for url in ("javascript:alert(1)", "https://x.example/a b", "https://" + "x" * 2000)
    ]
    nameless = terminal.type("responders", "posted", "1", "--url", "https://x.example/1", "--as", " ")
    done = terminal.type("responders", "posted", "1", "--url", "https://x.example/1", "--as", ELS)

    assert (1, "Not done: reply 1 is awaiting; nothing was recorded.\n") == (early.code, early.err)
    assert "Post exactly this text by hand" in approved.out
    assert [2, 2, 2] == [one.code for one in wrong]
    assert "a decision needs a name" in nameless.err
    assert "Reply 1: recorded: reply 1 stands at https://x.example/1.\n" == done.out
    assert ReplyStatus.POSTED == status_of(folder_database)


def test_a_reply_that_needed_review_is_tried_again_on_a_person_s_word(terminal: Terminal, folder_database: sa.Engine) -> None:
    approve(folder_database, a_waiting_reply(folder_database), at=datetime.now(UTC))
    store = AttemptStore(folder_database)
    claim = store.claim(1, "worker", datetime.now(UTC))
    assert claim is not None
    store.needs_review(claim, "nobody can tell", datetime.now(UTC), refused=False)
    listed = terminal.type("responders", "list")
    nameless, done, again = (terminal.type("responders", "retry", "1", "--as", name) for name in (" ", ELS, ELS))

    assert "nobody can tell" in listed.out
    assert "a decision needs a name" in nameless.err
    assert "Reply 1: it is tried again.\n" == done.out
    assert (1, "Not done: reply 1 does not need review.\n") == (again.code, again.err)


def test_the_switch_is_turned_by_name_and_turning_it_twice_changes_nothing(terminal: Terminal) -> None:
    said = [terminal.type("responders", *words) for words in (
        ("resume", "--as", ELS), ("pause", "--as", " "), ("pause", "--as", ELS, "--reason", "storing\x1b[31m"), ("pause", "--as", JORIS),
        ("resume", "--as", ELS),
    )]  # fmt: skip

    assert [0, 1, 0, 0, 0] == [one.code for one in said]
    assert "Publishing is on already. Nothing was changed.\n" == said[0].out
    assert "a decision needs a name" in said[1].err
    assert said[2].out.startswith("Publishing is paused in every process; decisions can still be taken.")
    assert "UTC by Els Kamps. Nothing was changed.\n" in said[3].out
    assert said[4].out.startswith("Publishing is on again")
    assert ["storing[31m", ""] == [event["reason"] for event in terminal.type("monitor", "audit", "--json").json]


# Trying


def test_a_draft_is_shown_with_its_triage_delivery_and_objections(terminal: Terminal) -> None:
    words = ("draft", "--text", "@waalfiets my lock does not open", "--brand", "Waalfiets")
    shown, counted = (terminal.type("responders", *words), terminal.type("responders", *words, "--json"))

    assert 0 == shown.code
    assert shown.out.startswith("Language: en. Triage: respond (T5 T7")
    assert "Delivery: api: " in shown.out
    assert counted.json["draft"]["text"] in shown.out
    assert [] == terminal.type("responders", "list", "--all", "--json").json


def test_what_gets_no_answer_gets_no_draft_with_the_reason(terminal: Terminal) -> None:
    shown = terminal.type("responders", "draft", "--text", "Waalfiets is fantastic, thank you!", "--network", "nowhere")

    assert 0 == shown.code
    assert shown.out.rstrip().splitlines()[-1].startswith("No draft: ") or "No rule speaks" in shown.out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["draft"], "Give the post: responders draft --text TEXT (or --jsonl FILE)."),
        (["draft", "--text", "x", "--brand", "nobody"], "There is no brand nobody; there is: waalfiets."),
        (["lint"], "Give a file, - for standard input, or --jsonl FILE."),
        (["lint", "-"], "Say for whom the text speaks: responders lint FILE --brand NAME"),
        (
            ["lint", "not-there.txt", "--brand", "Waalfiets"],
            "not-there.txt does not exist. Check the name and try again; nothing was changed.",
        ),
    ],
)
def test_words_that_are_missing_are_asked_for(words: list[str], sentence: str, terminal: Terminal) -> None:
    done = terminal.type("responders", *words)

    assert (2, f"{sentence}\n") == (done.code, done.err)


def test_with_two_brands_a_draft_asks_for_which(terminal: Terminal) -> None:
    brands = terminal.folder / "config" / "brands.toml"
    text = brands.read_text("utf-8")
    second = text.replace('id = "waalfiets"', 'id = "maas"').replace('name = "Waalfiets"', 'name = "Maasfiets"')
    brands.write_text(text + second, encoding="utf-8")
    done = terminal.type("responders", "draft", "--text", "x")

    assert (2, "Which brand? --brand is one of: waalfiets, maas.\n") == (done.code, done.err)


def test_a_text_is_held_against_the_rules_with_the_place_of_each_objection(terminal: Terminal) -> None:
    write(terminal, "reply.txt", "\ufeffHello.\nWe are sorry if you feel that way.")
    said = terminal.type("responders", "lint", "reply.txt", "--brand", "Waalfiets", "--lang", "en")
    piped = terminal.type("responders", "lint", "-", "--brand", "Waalfiets", "--json", typed=b"We are sorry if you feel that way.")
    of_others = HONEST.replace("Waalfiets", "Maasfiets").encode()
    clean = terminal.type("responders", "lint", "-", "--brand", "Maasfiets", "--post", "my lock does not open", typed=of_others)

    assert 1 == said.code
    assert "reply.txt:2: red N1: " in said.out
    assert "N1" in [objection["rule"] for objection in piped.json["objections"]]
    assert (0, "Clean: no rule speaks against it.\n") == (clean.code, clean.out)


def test_rules_speak_at_the_terminal_in_the_language_of_the_configuration(terminal: Terminal) -> None:
    write(terminal, "reply.txt", "We are sorry if you feel that way.")
    command = ("responders", "lint", "reply.txt", "--brand", "Waalfiets", "--lang", "en")
    english = terminal.type(*command)
    in_dutch(terminal)
    dutch, sarif = terminal.type(*command), terminal.type(*command, "--format", "sarif")

    told = [[line.split(": ", 2)[2] for line in said.out.splitlines() if " red N1: " in line] for said in (english, dutch)]
    assert ["This is", "Dit is"] == [" ".join(sentence.split()[:2]) for [sentence] in told]
    assert told[1][0] in [result["message"]["text"] for result in sarif.json["runs"][0]["results"]]


def test_an_edit_at_the_terminal_is_objected_to_in_its_language(terminal: Terminal, folder_database: sa.Engine) -> None:
    in_dutch(terminal)
    a_waiting_reply(folder_database)
    done = terminal.type("responders", "edit", "1", "--text", "Sorry that it broke. Dear [NAME]", "--as", ELS)

    assert "Hier staat nog een open plek: [NAME]." in done.out


def test_lines_are_drafted_and_linted_without_any_configuration(tmp_path: Path) -> None:
    here = Terminal(tmp_path)
    line = {"id": 1, "lang": "en", "network": "x", "brand": "Waalfiets", "author": "@a", "facts": [], "responsible": None}
    write(here, "drafts.jsonl", json.dumps(line | {"text": "@waalfiets my lock does not open"}) + "\nno JSON\n")
    write(here, "replies.jsonl", json.dumps(line | {"post": "my lock does not open", "reply": "Sorry if you feel that way."}) + "\n{}\n")
    write(here, "clean.jsonl", json.dumps(line | {"post": "my lock does not open", "reply": HONEST}) + "\n")
    drafted, linted = (
        here.type("responders", "draft", "--jsonl", "drafts.jsonl"),
        here.type("responders", "lint", "--jsonl", "replies.jsonl"),
    )
    clean = here.type("responders", "lint", "--jsonl", "clean.jsonl")
    first, second = map(json.loads, drafted.out.splitlines())
    red, bad = map(json.loads, linted.out.splitlines())

    assert [0, 1, 0] == [drafted.code, linted.code, clean.code]
    assert "lock" in first["draft"]
    assert [] == [claim for claim in first["claims"] if claim["fact"] is None]
    assert {"id": None, "line": 2} == {key: second[key] for key in ("id", "line")}
    assert "N1" in [objection["rule"] for objection in red["objections"]]
    assert "error" in bad
