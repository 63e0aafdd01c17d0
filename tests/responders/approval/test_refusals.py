from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.contracts import Rejected
from monitor.domain import ReplyStatus
from responders import pipeline, posters
from responders.approval.cards import render_card
from responders.approval.refusals import DUTCH_FRAMES, DUTCH_REFUSALS, LONGEST, spell_refusal
from responders.posters import bluesky, mastodon, reddit, x
from responders.posters.calls import Calls
from responders.posters.wire import Wire
from tests.responders.approval.test_cards import a_sheet

NETWORKS = {"x": x.REFUSALS, "reddit": reddit.REFUSALS, "mastodon": mastodon.REFUSALS, "bluesky": bluesky.REFUSALS}
SENTENCES = [(network, words, sentence) for network, refusals in NETWORKS.items() for words, sentence in refusals]
RAISED = {"Rejected", "Unavailable", "NotSent", "RateLimited", "unclear", "_stop"}
AT_THE_START = re.compile("missing in the environment|api_url must begin")
"""What is said when the program starts, at the terminal, and never comes near a card."""


def templates(node: ast.expr) -> Iterator[str]:
    """Yield the texts that an expression can be, with {} for what they name; what a network says is put behind them by others."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from templates(node.body)
        yield from templates(node.orelse)
    elif isinstance(node, ast.JoinedStr):
        yield "".join(
            str(part.value) if isinstance(part, ast.Constant) else "" if "_quoted" in ast.unparse(part) else "{}" for part in node.values
        )


def raised_by_posters() -> set[str]:
    """Return every sentence that the posters raise, read off their code, without the network's name before it."""
    found = set()
    for path in Path(str(posters.__file__)).parent.glob("*.py"):
        if path.name == "console.py":
            continue  # It plays a network for trials; its troubles are those of a file.
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in RAISED:
                found |= {re.sub(r"^(\{\}|[a-z]+): ", "", text) for argument in node.args for text in templates(argument)}
    return {text for text in found if text.strip("{}") and not AT_THE_START.search(text)}


@pytest.mark.parametrize(("network", "words", "sentence"), SENTENCES)
def test_each_refusal_of_a_network_is_told_in_dutch_with_its_own_words(network: str, words: str, sentence: str) -> None:
    refusal = Calls(network, Wire("https://a.example", "/"), NETWORKS[network], keys="KEY").reject(words)
    dutch = spell_refusal("nl", str(refusal))

    assert f'{network}: {sentence} ({network} says: "{words}")' == str(refusal)
    assert f'{network}: {DUTCH_REFUSALS[sentence]} ({network} zegt: "{words}")' == dutch


def test_each_sentence_that_the_posters_raise_has_dutch_words() -> None:
    raised = raised_by_posters()

    assert len(raised) > 25
    assert set() == raised - DUTCH_REFUSALS.keys()


def test_each_sentence_of_the_pipeline_has_dutch_words() -> None:
    stale = {reason for _, reason in pipeline.STALE.values()}
    written = {
        text
        for node in ast.walk(ast.parse(Path(pipeline.__file__).read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in {"needs_review", "ambiguous", "not_sent", "release"}
        for argument in node.args
        for text in templates(argument)
    }

    assert set() == (stale | written) - DUTCH_REFUSALS.keys() - DUTCH_FRAMES.keys()
    assert len(written) > 4


@pytest.mark.parametrize(("english", "dutch"), [*DUTCH_REFUSALS.items(), *DUTCH_FRAMES.items()])
def test_the_dutch_names_what_the_english_names(english: str, dutch: str) -> None:
    names = r"\{\}|\b[TL]\d+\b|\[[^]]+]|\b[A-Z]+_[A-Z_]+\b"

    assert english != dutch
    assert sorted(re.findall(names, english)) == sorted(re.findall(names, dutch))


@pytest.mark.parametrize(
    ("english", "dutch"),
    [
        ("reddit: the network refused the reply (status 418)", "reddit: het netwerk weigerde het antwoord (status 418)"),
        (
            'nobody can tell whether it was posted: x: it answered 503 (x says: "Over capacity (status 503)")',
            'niemand kan zeggen of het geplaatst is: x: het antwoordde 503 (x zegt: "Over capacity (status 503)")',
        ),
        (
            "could not look at the mention before sending: mastodon: no connection (8 attempts)",
            "vóór het verzenden was niet naar de vermelding te kijken: mastodon: geen verbinding (8 pogingen)",
        ),
        (
            "no poster is configured for x any more: add [network.x]",
            "voor x is geen poster meer ingesteld: voeg [network.x] toe",
        ),
        ("reading back failed: something new", "teruglezen mislukte: something new"),
        ("Els Kamps looked: it does not stand there", "Els Kamps heeft gekeken: het staat er niet"),
        ("approval 2 of 2; override: the lock {} is open", "akkoord 2 van 2; ondanks de regel: the lock {} is open"),
    ],
)
def test_what_stands_round_a_reason_is_told_in_dutch_too(english: str, dutch: str) -> None:
    assert dutch == spell_refusal("nl", english)
    assert english == spell_refusal("en", english)


@pytest.mark.parametrize(
    "reason",
    [
        "",
        "Els: not about us",
        "x: ",
        "x: something new",
        'x: something new (x says: "no")',
        "x: something new (status 400)",
        "something (3 attempts)",
        "{} {0} %s",
        "approval " * LONGEST,
    ],
)
def test_what_is_none_of_ours_stays_as_it_is(reason: str) -> None:
    assert reason == spell_refusal("nl", reason)


def test_the_card_tells_a_refusal_in_the_language_of_its_channel_and_the_reply_keeps_it_as_it_was_stored() -> None:
    reason = str(Rejected("reddit: the thread is locked: nobody can answer there any more"))
    sheets = {language: a_sheet(status=ReplyStatus.NEEDS_REVIEW, reason=reason, language=language) for language in ("nl", "en")}
    dutch, english = (str(render_card(sheets[language]).blocks) for language in ("nl", "en"))

    assert "reddit: het gesprek is gesloten: niemand kan daar nog antwoorden" in dutch
    assert reason not in dutch
    assert reason in english
    assert reason == sheets["nl"].reply.reason
