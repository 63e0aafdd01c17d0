"""The command `responders draft`: the card as Slack would show it, and a language model as the drafter, over real HTTP."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.fakes.blockkit import check_blocks, find_pings
from tests.fakes.openai import FakeOpenAI, Play, obeying_the_attacker, saying
from tests.steps import write
from tests.terminal import Terminal

KEY = "sk-of-our-own-0123456789"
POST = "@waalfiets the lock of my bike does not open"
WORDS = (
    ("The web team of Waalfiets here.", None),
    ("How annoying that the lock of your bike does not open.", None),
    ("I do not know yet why.", None),
    ("I am finding it out, and you hear from us here within a working day.", "replies-en-come_back_within"),
    ("Where did this happen?", None),
)


def allow(terminal: Terminal, url: str) -> None:
    """Let the model at `url` draft in this folder."""
    path = terminal.folder / "config" / "responders.toml"
    path.write_text(path.read_text("utf-8") + f'\n[llm]\nmodel = "tiny"\ntimeout = "2m"\napi_url = "{url}"\n', encoding="utf-8")
    terminal.environment["LLM_API_KEY"] = KEY


def test_a_card_is_printed_as_the_block_kit_builder_takes_it(terminal: Terminal) -> None:
    shown = terminal.type("responders", "draft", "--card", "--text", POST)
    blocks = shown.json["blocks"]

    assert 0 == shown.code
    assert [] == check_blocks(blocks)
    assert [] == find_pings("", blocks)
    assert {"blocks"} == set(shown.json)
    assert "the lock of my bike does not open" in shown.out
    assert "template 2" in shown.out


def test_a_card_of_danger_asks_for_two_people_and_one_without_a_draft_shows_its_blank(terminal: Terminal) -> None:
    danger = terminal.type("responders", "draft", "--card", "--text", "@waalfiets my bike caught fire, my daughter is hurt")
    blank = terminal.type("responders", "draft", "--card", "--text", "@waalfiets pffff bah")

    assert [] == check_blocks(danger.json["blocks"])
    assert "T12" in danger.out
    assert blank.code or "Write the answer yourself" in blank.out or "Schrijf hier zelf" in blank.out


def test_what_gets_no_answer_has_no_card(terminal: Terminal) -> None:
    config = terminal.folder / "config" / "responders.toml"
    config.write_text(config.read_text("utf-8") + '\n[network.lemmy]\ndelivery = "none"\n', encoding="utf-8")
    shown = terminal.type("responders", "draft", "--card", "--text", POST, "--network", "lemmy")

    assert (1, "") == (shown.code, shown.out)
    assert "There is no card: " in shown.err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--card", "--jsonl", "-"], "--card shows one text: responders draft --card --text TEXT."),
        (["--drafter", "llm", "--text", POST], "responders.toml has no table [llm]"),
    ],
)
def test_what_cannot_be_asked_is_told(words: list[str], sentence: str, terminal: Terminal) -> None:
    done = terminal.type("responders", "draft", *words)

    assert 2 == done.code
    assert done.err.startswith(sentence)


def test_a_model_drafts_one_text_and_its_tokens_stand_in_the_ledger(terminal: Terminal) -> None:
    pytest.importorskip("pydantic_ai", reason="the extra llm is not installed")
    with FakeOpenAI([Play(saying(*WORDS))]) as fake:
        allow(terminal, fake.url)
        shown = terminal.type("responders", "draft", "--drafter", "llm", "--text", POST, "--json")
        x = terminal.type("responders", "draft", "--drafter", "llm", "--text", POST, "--network", "x", "--json")
        costs = terminal.type("monitor", "cost", "--json").json
        said = terminal.type("monitor", "cost")

    assert "llm tiny, prompt 1" == shown.json["draft"]["drafter"]
    assert [] == [one for one in shown.json["objections"] if one["severity"] == "red"]
    assert "template 2" == x.json["draft"]["drafter"]
    assert 1 == len(fake.requests)
    assert [("drafter llm", "tokens", 1)] == [(line["source"], line["unit"], line["reads"]) for line in costs["ledger"]]
    assert "800 tokens" in said.out


def test_a_model_drafts_lines_and_where_it_fails_the_phrases_do(terminal: Terminal) -> None:
    pytest.importorskip("pydantic_ai", reason="the extra llm is not installed")
    line = {"id": 1, "lang": "en", "network": "mastodon", "brand": "Waalfiets", "author": "@a", "text": POST, "facts": []}
    write(terminal, "lines.jsonl", "".join(json.dumps(line | {"id": number, "responsible": None}) + "\n" for number in (1, 2)))
    with FakeOpenAI([Play(saying(*WORDS)), Play(obeying_the_attacker)]) as fake:
        allow(terminal, fake.url)
        done = terminal.type("responders", "draft", "--drafter", "llm", "--jsonl", "lines.jsonl")
    first, second = map(json.loads, done.out.splitlines())

    assert 0 == done.code
    assert ["llm tiny, prompt 1", "template 2"] == [first["drafter"], second["drafter"]]
    assert first["draft"].startswith("The web team of Waalfiets here.")
    assert [] == [one for one in (*first["objections"], *second["objections"]) if one["severity"] == "red"]
    assert 3 == len(fake.requests)


def test_lines_by_a_model_need_its_configuration(tmp_path: Path) -> None:
    here = Terminal(tmp_path)
    write(here, "lines.jsonl", "{}\n")
    done = here.type("responders", "draft", "--drafter", "llm", "--jsonl", "lines.jsonl")

    assert 2 == done.code
