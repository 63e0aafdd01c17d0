"""Types `responders facts` in a folder with the sample's configuration."""

from __future__ import annotations

import tomllib

import pytest

from tests.terminal import Terminal

ADD = (
    "facts",
    "add",
    "--id",
    "helm",
    "--source",
    "Joris van Beek, jurist",
    "--text",
    "nl=Een helm hoeft niet.",
    "--text",
    "en=No helmet needed.",
)


def facts_file(terminal: Terminal) -> str:
    return (terminal.folder / "config" / "facts" / "waalfiets.toml").read_text("utf-8")


def test_the_facts_are_listed_with_days_source_topics_and_whom_they_are_for(terminal: Terminal) -> None:
    listed = terminal.type("responders", "facts")
    [line] = [line for line in listed.out.splitlines() if line.startswith("remleverancier")]

    assert 0 == listed.code
    for words in ("valid", "2026-01-01 to 2036-01-01", "confidential", "not known", "Marit Hoekstra", "leverancier"):
        assert words in line
    assert listed.out == terminal.type("responders", "facts", "list", "--brand", "waalfiets").out


def test_as_json_every_fact_is_whole(terminal: Terminal) -> None:
    told = terminal.type("responders", "facts", "list", "--json").json

    assert len(tomllib.loads(facts_file(terminal))["fact"]) == len(told)
    assert {"valid"} == {fact["standing"] for fact in told}
    assert {"nl", "en"} == set(told[0]["text"])


def test_the_facts_of_the_sample_are_found_sound(terminal: Terminal) -> None:
    checked = terminal.type("responders", "facts", "check")

    assert (0, "10 facts: 0 findings, 0 of them red.\n") == (checked.code, checked.out)


def test_a_confidential_word_in_a_public_fact_ends_the_check_with_1(terminal: Terminal) -> None:
    added = terminal.type("responders", *ADD, "--text", "de=Die remkabel ist von Rijnstaal.", "--approved-by", "Els Kamps")
    checked = terminal.type("responders", "facts", "check")

    assert "'remkabel'" in added.out
    assert 1 == checked.code
    assert "red   helm: it is public and says 'remkabel', which the confidential fact remleverancier keeps" in checked.out
    [finding] = terminal.type("responders", "facts", "check", "--json").json
    assert ("helm", "confidential", "red") == (finding["fact"], finding["kind"], finding["severity"])


def test_a_fact_is_added_at_the_end_and_every_comment_stays(terminal: Terminal) -> None:
    before = facts_file(terminal)
    added = terminal.type(
        "responders", *ADD, "--topic", "helm", "--topic", "kop", "--not-ours", "--from", "2026-01-01", "--until", "2036-01-01", "--json"
    )
    after = facts_file(terminal)

    assert 0 == added.code, added.err
    assert after.startswith(before.rstrip())
    assert 'text = {nl = "Een helm hoeft niet.", en = "No helmet needed."}' in after
    assert ("helm", False, ["helm", "kop"]) == tuple(added.json["fact"][key] for key in ("id", "responsible", "topics"))
    assert ["helm"] == [fact["id"] for fact in terminal.type("responders", "facts", "--json").json if fact["id"] == "helm"]


def test_a_fact_that_is_our_fault_tells_its_repair_and_stays_confidential(terminal: Terminal) -> None:
    words = ("--ours", "--repair", "nl=Geld terug.", "--repair", "en=Money back.", "--confidential")
    fact = terminal.type("responders", *ADD, *words, "--json").json["fact"]

    assert (True, True, {"nl": "Geld terug.", "en": "Money back."}) == (fact["responsible"], fact["confidential"], fact["repair"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--id", "eigenaar"), "already the id of another fact"),
        (("--from", "2026-03-02", "--until", "2026-03-01"), "before valid_from"),
        (("--topic", "x" * 5000), "characters long"),
        (("--approved-by", "Els\x1b[31m"), "control character"),
        (("--brand", "elders"), "no brand elders"),
        (("--text", "Een helm"), "begin with the language"),
        (("--text", "nl=Nog eens."), "has nl twice"),
        (("--id", ""), "A fact needs --id"),
        (("--from", "gisteren"), "gisteren"),
    ],
)
def test_what_would_not_load_is_refused_and_nothing_is_written(terminal: Terminal, words: tuple[str, ...], said: str) -> None:
    before = facts_file(terminal)
    refused = terminal.type("responders", *ADD, *words)

    assert 2 == refused.code
    assert said in refused.err
    assert "Temp" not in refused.err
    assert "/tmp/tmp" not in refused.err
    assert before == facts_file(terminal)


def test_where_the_configuration_is_broken_already_nothing_is_added(terminal: Terminal) -> None:
    file = terminal.folder / "config" / "facts" / "waalfiets.toml"
    file.write_text(facts_file(terminal) + "\n[[fact]]\nid = 7\n", encoding="utf-8")
    before = facts_file(terminal)
    refused = terminal.type("responders", *ADD)

    assert 2 == refused.code
    assert "config/facts/waalfiets.toml" in refused.err
    assert before == facts_file(terminal)


def test_a_brand_without_a_file_of_facts_gets_one(terminal: Terminal) -> None:
    (terminal.folder / "config" / "facts" / "waalfiets.toml").unlink()

    assert "no fact yet" in terminal.type("responders", "facts").out
    assert 0 == terminal.type("responders", *ADD).code
    assert facts_file(terminal).startswith("# What we know to be true")


def test_words_for_adding_without_adding_are_refused(terminal: Terminal) -> None:
    refused = terminal.type("responders", "facts", "check", "--id", "helm", "--ours")

    assert 2 == refused.code
    assert "--id, --ours: only for responders facts add" in refused.err
