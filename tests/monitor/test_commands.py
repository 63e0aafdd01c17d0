from __future__ import annotations

import json
import signal
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest
import sqlalchemy as sa
import typer

from monitor import running as listening
from monitor.domain import Label
from monitor.standing import in_words, standing
from monitor.wiring import Monitor, read_settings
from tests.builders import a_mention
from tests.steps import import_posts, post, write
from tests.terminal import Terminal

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def _commands() -> list[tuple[str, str, click.Command]]:
    from monitor.__main__ import app as monitor
    from responders.__main__ import app as responders

    groups = {"monitor": typer.main.get_command(monitor), "responders": typer.main.get_command(responders)}
    return [(program, name, command) for program, group in groups.items() for name, command in group.commands.items()]  # type: ignore[attr-defined]


@pytest.mark.parametrize("program", ["monitor", "responders"])
def test_the_list_of_commands_fits_a_terminal_of_eighty_columns_uncut(program: str, terminal: Terminal) -> None:
    terminal.environment["COLUMNS"] = "80"
    shown = terminal.type(program, "--help")
    listed = shown.out.partition("Commands:")[2].partition("Exit codes:")[0]

    assert 0 == shown.code
    assert "..." not in listed
    assert [] == [line for line in shown.out.splitlines() if len(line) > 80]
    assert sum(one == program for one, _name, _command in _commands()) == len(listed.strip().splitlines())


@pytest.mark.parametrize(("program", "name"), [(program, name) for program, name, _command in _commands()])
def test_every_command_says_what_it_does_with_an_example_and_its_exit_codes(program: str, name: str, terminal: Terminal) -> None:
    shown = terminal.type(program, name, "--help")
    text = " ".join(shown.out.split())

    assert 0 == shown.code
    assert f"Example: {program} {name}" in text
    assert "Exit codes: 0 done; 1 refused or a check failed; 2 wrong words or configuration" in text


# Set-up


def test_init_asks_a_person_at_a_terminal_for_what_it_was_not_given(tmp_path: Path) -> None:
    done = Terminal(tmp_path).type("monitor", "init", typed=b"Gemeente Maasdrecht\n@maasdrecht\nnl\n^EK\nEls Kamps\n", by_hand=True)
    brands = (tmp_path / "config" / "brands.toml").read_text("utf-8")

    assert 0 == done.code
    assert "Your brand's name" in done.out
    assert "wrote config/brands.toml" in done.out
    assert [True] * 4 == [words in brands for words in ('"Gemeente Maasdrecht"', '"@maasdrecht"', '"^EK"', '"Els Kamps"')]


def test_init_asks_nobody_where_nobody_sits(tmp_path: Path) -> None:
    done = Terminal(tmp_path).type("monitor", "init")

    assert (2, "", "Give the brand's name: monitor init --name NAME\n") == (done.code, done.out, done.err)


def test_init_overwrites_nothing_and_says_so(terminal: Terminal) -> None:
    before = (terminal.folder / "config" / "brands.toml").read_text("utf-8")
    done = terminal.type("monitor", "init", "--name", "Another", "--term", "another", "--handle", "@another", "--language", "en")
    again = terminal.type("monitor", "init", "--sample")

    assert (2, "") == (done.code, done.out)
    assert "brands.toml" in done.err
    assert (0, "") == (again.code, again.out)
    assert before == (terminal.folder / "config" / "brands.toml").read_text("utf-8")


def test_migrate_says_from_where_to_where_it_went(terminal: Terminal) -> None:
    again = terminal.type("monitor", "migrate")
    first = terminal.type("monitor", "migrate", "--database", "sqlite:///new.db")

    assert [0, 0] == [again.code, first.code]
    assert again.out.startswith("The database is up to date (schema ")
    assert first.out.startswith("The database is set up (schema ")


def test_check_proves_each_part_in_a_line(terminal: Terminal) -> None:
    write(terminal, "config/posts.jsonl", json.dumps(post("1")) + "\n" + "no JSON\n")
    scorers = [f"scorer {name}" for name in _monitor(terminal).settings.scorers]
    online, offline = terminal.type("monitor", "check"), terminal.type("monitor", "check", "--offline", "--json")

    assert 0 == online.code
    assert [f"ok    {part}" for part in ("configuration", "database", *scorers, "source sample")] == [
        line.partition(":")[0] for line in online.out.splitlines()
    ]
    assert "it answers: 1 read, 1 name Waalfiets, 1 row cannot be read: the line is no JSON object" in online.out
    assert {True} == {proof["ok"] for proof in offline.json}
    assert "not asked (--offline)" in offline.out


def test_check_names_who_proves_what_only_answering_knows(terminal: Terminal) -> None:
    phrases = terminal.folder / "config" / "replies" / "nl.toml"
    phrases.write_text(phrases.read_text("utf-8").replace("hier {who}.", "hier {whoo}.", 1), encoding="utf-8")
    listening = terminal.type("monitor", "check", "--offline")
    configured = listening.out.splitlines()[0]
    named = configured.rpartition(": ")[2].split()
    answering = terminal.type(*named)

    assert (0, True) == (listening.code, configured.startswith("ok    configuration: "))
    assert "phrases, drafter and networks to answer on are proved by: " in configured
    assert (2, True) == (answering.code, "replies/nl.toml:34: opening.any[1]: the blank {whoo} is unknown" in answering.err)


def test_check_says_what_to_do_about_a_source_that_fails(terminal: Terminal) -> None:
    (terminal.folder / "config" / "posts.jsonl").unlink()
    done = terminal.type("monitor", "check")

    assert 1 == done.code
    assert "FAIL  source sample: " in done.out
    assert "posts.jsonl; it is looked for again the next time. What was stored before is kept." in done.out


# Listening by hand


def test_poll_tells_what_it_read_and_names_the_sources_where_one_is_not_there(terminal: Terminal) -> None:
    write(terminal, "config/posts.jsonl", json.dumps(post("1")) + "\n" + "no JSON\n")
    wrong = terminal.type("monitor", "poll", "--once", "--source", "x")
    read = terminal.type("monitor", "poll", "--once", "--source", "sample")
    shown = terminal.type("monitor", "status", "--rejected")

    assert (2, "There is no source x; monitor.toml names: sample. Nothing was read.\n") == (wrong.code, wrong.err)
    assert (3, "sample for Waalfiets: 1 read, 1 about the brand, 1 new\n") == (read.code, read.out)
    assert "1 row could not be read; monitor status --rejected shows why" in read.err
    assert "posts.jsonl:2: the line is no JSON object" in shown.out


def test_what_asking_again_will_not_mend_is_told_to_somebody(terminal: Terminal) -> None:
    settings = (terminal.folder / "config" / "monitor.toml").read_text("utf-8")
    feed = '\n[[source]]\nname = "blogs"\nkind = "rss"\nurls = ["http://127.0.0.1:9/feed"]\n'
    (terminal.folder / "config" / "monitor.toml").write_text(settings + feed, encoding="utf-8")
    done = terminal.type("monitor", "poll", "--once", "--source", "blogs")

    assert "blogs for waalfiets: http://127.0.0.1:9/feed lies at a private network address" in done.err
    assert done.err.endswith("if you mean it. Somebody must look; see monitor status.\n")


def test_a_poll_that_fails_is_told_and_put_off(terminal: Terminal) -> None:
    (terminal.folder / "config" / "posts.jsonl").unlink()
    done = terminal.type("monitor", "poll", "--once")
    shown = terminal.type("monitor", "status")

    assert (4, "sample for Waalfiets: 0 read, 0 about the brand, 0 new\n") == (done.code, done.out)
    assert "It is tried again later." in done.err
    assert "failed 1×: sample: " in shown.out


def test_poll_reads_on_and_on_until_it_is_stopped(terminal: Terminal) -> None:
    pauses: list[float] = []

    def stop_after_two(seconds: float) -> bool:
        pauses.append(seconds)
        return len(pauses) == 2

    code = listening.poll_now(_monitor(terminal), "", once=False, wait=stop_after_two)

    assert (0, [60.0, 60.0]) == (code, pauses)


def test_ctrl_c_in_the_middle_of_a_poll_ends_it_at_once(terminal: Terminal) -> None:
    process = terminal.start("monitor", "poll")
    process.await_words("0 new")
    process.stop(signal.SIGINT)
    done = process.end()

    assert 130 == done.code
    assert "Traceback" not in done.err


# Looking


def test_mentions_are_listed_narrowed_and_given_to_scripts(terminal: Terminal) -> None:
    import_posts(
        terminal,
        post("1"),
        post("2", "@waalfiets I hate this, it is a terrible and horrible service, the worst ever!", posted_at="2024-01-02T09:00:00Z"),
    )
    table, negative = terminal.type("monitor", "mentions", "--brand", "waalfiets"), terminal.type("monitor", "mentions", "--negative")
    since = terminal.type("monitor", "mentions", "--since", "2024-06-01", "--status", "queued", "--json")
    nobody = terminal.type("monitor", "mentions", "--brand", "nobody")
    edges = [terminal.type("monitor", "mentions", "--since", day).code for day in ("0001-01-01", "9999-12-31")]

    assert ["ID", "1", "2"] == [line.split()[0] for line in table.out.splitlines()]
    assert "2" in [line.split()[0] for line in negative.out.splitlines()]
    assert ["1"] == [found["mention"]["external_id"] for found in since.json]
    assert (2, "There is no brand nobody; brands.toml names: waalfiets.\n") == (nobody.code, nobody.err)
    assert [0, 0] == edges


def test_a_mention_that_is_not_judged_yet_is_listed_without_a_feeling(terminal: Terminal) -> None:
    _monitor(terminal).store.save_import([a_mention(brand="waalfiets")], NOW)
    done = terminal.type("monitor", "mentions", "--status", "new")

    assert 0 == done.code
    assert ["1"] == [line.split()[0] for line in done.out.splitlines()[1:]]


def test_the_digest_is_refused_for_a_language_or_a_day_that_it_does_not_know(terminal: Terminal) -> None:
    french, never = terminal.type("monitor", "digest", "--lang", "fr"), terminal.type("monitor", "digest", "--date", "9999-12-31")
    nowhere = terminal.type("monitor", "digest", "--html", "nowhere/digest.html")

    assert (2, "The digest knows no language fr; it knows en, nl.\n") == (french.code, french.err)
    assert (2, True) == (never.code, never.err.startswith("Nothing was said on 9999-12-31"))
    assert (2, "There is no folder nowhere to write digest.html in. Nothing was written.\n") == (nowhere.code, nowhere.err)


def test_the_digest_of_a_day_is_that_of_the_brand_s_own_zone(terminal: Terminal) -> None:
    [figures] = terminal.type("monitor", "digest", "--date", "2024-11-20", "--json").json
    said = terminal.type("monitor", "digest", "--lang", "nl")

    assert ("2024-11-19T23:00:00+00:00", "2024-11-20T23:00:00+00:00") == (figures["since"], figures["until"])
    assert ["sample"] == [health["source"] for health in figures["sources"]]
    assert "geen bron ingesteld" not in said.out


def test_the_digest_of_one_brand_is_in_the_language_of_its_own(terminal: Terminal) -> None:
    with (terminal.folder / "config" / "brands.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[brand]]\nid = "bank"\nname = "Tyne Bank"\nterms = ["Tyne Bank"]\n')
    with (terminal.folder / "config" / "monitor.toml").open("a", encoding="utf-8") as file:
        file.write('\n[digest.bank]\nlanguage = "en"\n')
    own, all_of_them = terminal.type("monitor", "digest", "--brand", "bank"), terminal.type("monitor", "digest", "--json")
    nobody = terminal.type("monitor", "digest", "--brand", "bnak")

    assert own.out.startswith("Tyne Bank, ")
    assert "no mentions" in own.out.splitlines()[0]
    assert 2 == len(all_of_them.json)
    assert (2, "There is no brand bnak; there is waalfiets, bank.\n") == (nobody.code, nobody.err)


def test_the_record_of_a_mention_that_is_not_there_is_told(terminal: Terminal) -> None:
    done, too_big = terminal.type("monitor", "audit", "--mention", "7"), terminal.type("monitor", "audit", "--mention", "9" * 30)

    assert (1, "There is no mention 7; monitor mentions shows their numbers.\n") == (done.code, done.err)
    assert 2 == too_big.code


def test_the_record_is_printed_and_given_to_scripts(terminal: Terminal) -> None:
    import_posts(terminal, post("1"))

    assert "· → new" in terminal.type("monitor", "audit").out
    assert ["new", "scored", "queued"] == [event["new_status"] for event in terminal.type("monitor", "audit", "--json").json]


def test_status_tells_of_a_pause_and_of_jobs_that_failed_for_good(terminal: Terminal) -> None:
    terminal.type("responders", "pause", "--as", "Els Kamps")
    monitor = _monitor(terminal)
    with monitor.database.begin() as connection:
        job = {
            "workflow_uuid": "monitor/poll/sample",
            "status": "ERROR",
            "name": "poll",
            "completed_at": 0,
            "created_at": 0,
            "updated_at": 0,
        }
        names = ", ".join(job)
        connection.execute(sa.text(f"INSERT INTO workflow_status ({names}) VALUES ({', '.join(f':{name}' for name in job)})"), job)
    monitor.database.dispose()
    done = terminal.type("monitor", "status")

    assert 0 == done.code
    assert "PAUSED since" in done.out
    assert "by Els Kamps." in done.out
    assert "Failed for good at 01-01 00:00 UTC: monitor/poll/sample: its process died of it" in done.err
    assert not standing(_monitor(terminal)).publishing


def test_the_words_of_a_rule_are_its_own_and_of_no_rule_a_hint_where_to_look() -> None:
    assert "the author talks to others" == in_words("T8")
    assert "see monitor audit" in in_words("")
    assert "" == in_words("T99")


# Taking in and judging


def test_an_export_is_tried_without_storing_anything(terminal: Terminal) -> None:
    import_posts(terminal, post("1"))
    write(terminal, "more.jsonl", "".join(json.dumps(post(number)) + "\n" for number in "1223") + "no JSON\n")
    done = terminal.type("monitor", "import", "more.jsonl", "--dry-run")
    counted = terminal.type("monitor", "import", "more.jsonl", "--dry-run", "--json")

    assert 3 == done.code
    assert (
        "more.jsonl: 5 rows read, 2 would be new, 2 known already, 0 not about a brand of yours.\n1 row could not be taken in. " in done.out
    )
    counts = {"read": 5, "new": 2, "known": 2, "others": 0, "rejected": 1}
    assert counts | {"columns": {}, "unused": []} == {k: v for k, v in counted.json.items() if k != "first_rejected"}
    assert not (terminal.folder / "rejected.jsonl").exists()
    assert 1 == len(terminal.type("monitor", "mentions", "--json").json)


def test_a_row_belongs_to_the_brand_it_names_or_to_those_its_words_name(terminal: Terminal) -> None:
    done = import_posts(
        terminal,
        post("1", "about something else", brand="Waalfiets"),
        post("2", "about something else"),
        post("3", "Waalfiets!", brand="nobody"),
    )

    assert "3 rows read, 1 new, 0 known already, 2 not about a brand of yours" in done.out


def test_an_import_says_which_columns_it_did_not_use_and_before_it_which_is_which(terminal: Terminal) -> None:
    rows = "Datum;Afzender;Bericht;Kanaal;Bereik;=cmd\n2026-03-02 09:00;jo;De Waalfiets rammelt;x;12;!\n"
    write(terminal, "export.csv", rows)
    before = terminal.type("monitor", "import", "export.csv", "--dry-run").out
    done = terminal.type("monitor", "import", "export.csv").out

    assert "Read as: Bericht = text, Datum = posted_at, Kanaal = network, Afzender = author.\n" in before
    assert "Not used: “Bereik”, “=cmd”. To use one, name it (--map COLUMN=author); --dry-run shows it first.\n" in done
    assert "Read as" not in done


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--brand", "nobody"], "There is no brand nobody; brands.toml names: waalfiets. Nothing was imported."),
        (["--map", "Bericht"], "“Bericht” says no column; write COLUMN=FIELD"),
    ],
)
def test_an_import_with_wrong_words_is_refused(words: list[str], sentence: str, terminal: Terminal) -> None:
    write(terminal, "posts.jsonl", json.dumps(post("1")) + "\n")
    done = terminal.type("monitor", "import", "posts.jsonl", *words)

    assert (2, "") == (done.code, done.out)
    assert sentence in done.err


def test_a_bar_shows_a_person_how_far_an_import_is(terminal: Terminal) -> None:
    write(terminal, "posts.jsonl", json.dumps(post("1")) + "\n")
    done = terminal.type("monitor", "import", "posts.jsonl", by_hand=True)

    assert 0 == done.code
    assert "Importing posts.jsonl" in done.err


def test_half_a_line_that_a_full_disk_left_is_not_joined_to_the_next(terminal: Terminal) -> None:
    write(terminal, "rejected.jsonl", '{"place": "posts.js')
    write(terminal, "posts.jsonl", "no JSON\n")
    terminal.type("monitor", "import", "posts.jsonl")
    half, whole = (terminal.folder / "rejected.jsonl").read_text("utf-8").splitlines()

    assert '{"place": "posts.js' == half
    assert "the line is no JSON object" == json.loads(whole)["reason"]


def test_texts_are_scored_from_words_lines_and_files(tmp_path: Path) -> None:
    here = Terminal(tmp_path)
    write(here, "texts.jsonl", '{"id": 7, "text": "This is terrible, I hate it."}\n\nno JSON\n[]\n{"id": 8, "text": 5}\n')
    spoken, piped = here.type("monitor", "score", "I hate it"), here.type("monitor", "score", "--json", typed=b"I love it\nI hate it\n")
    lines = [json.loads(line) for line in here.type("monitor", "score", "--jsonl", "texts.jsonl").out.splitlines()]
    unknown = here.type("monitor", "score", "")

    assert spoken.out.startswith("negative -")
    assert [Label.POSITIVE.value, Label.NEGATIVE.value] == [json.loads(line)["label"] for line in piped.out.splitlines()]
    assert [(7, None), (None, 3), (None, 4), (8, 5)] == [(line["id"], line.get("line")) for line in lines]
    assert unknown.out.startswith("not known (language ")


def test_counts_are_judged_from_standard_input(tmp_path: Path) -> None:
    rows = "".join(f"2026-03-02T{hour:02}:00:00Z,3\n" for hour in range(24))
    done = Terminal(tmp_path).type("monitor", "spikes", "--bins", "1h", typed=f"ts,count\n{rows}".encode())

    assert 0 == done.code
    assert 25 == len(done.out.splitlines())


def _monitor(terminal: Terminal) -> Monitor:
    """Return the monitor's parts in the terminal's folder."""
    return Monitor(read_settings(terminal.folder / "config", f"sqlite:///{terminal.folder}/grapevine.db"))
