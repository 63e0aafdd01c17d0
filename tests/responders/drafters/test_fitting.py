from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from monitor.settings import ReplyTemplates
from responders.drafters.fitting import BARE, FULL, LEAST, NAMED, RANKS, Step, Wording, fit
from responders.drafters.phrases import Phrases
from responders.limits import Limit
from tests.builders import a_fact

SECTIONS = {
    "opening": {"any": ["Hello, {who} here.", "{who}."]},
    "regret": {"any": ["We are sorry that {complaint}.", "Sorry: {complaint}."], "brief": ["Sorry."]},
    "cause": {"any": ["{fact}", "What went wrong: {fact}"]},
    "ownership": {"any": ["Ours."], "late": ["That was our fault, entirely."]},
    "source": {"any": ["Source: {source}"]},
    "ask": {"when": ["When was it?"]},
    "closing": {"any": ["{signature}"]},
}
COMPLAINT = {FULL: "it was late in Lent and dear", NAMED: "it was late in Lent", BARE: "the bus was late", LEAST: "late"}
BASE = {"who": "The team", "signature": "^EK"}
FACT = a_fact("The bus broke down. It was towed. Nobody was hurt.")


def a_wording(seed: str = "1") -> Wording:
    return Wording(Phrases(ReplyTemplates("en", Path("en.toml"), SECTIONS)), BASE, seed, formal=False, plural=False)


def room(characters: int | None) -> Limit:
    return Limit("test", characters, len)


STEPS = (
    Step("opening"),
    Step("regret", values=COMPLAINT),
    Step("ownership", "late"),
    Step("cause", values={"fact": FACT.text["en"]}, facts=(FACT,)),
    Step("ask", "when", rank=RANKS["ask"]),
    Step("source", values={"source": "https://waalfiets.example"}, rank=RANKS["extra source"], only_with=FACT.id),
    Step("closing"),
)


def texts(characters: int | None, seed: str = "1", **how: bool) -> str:
    fitted = fit(STEPS, a_wording(seed), room(characters), **how)
    return fitted.text if fitted else ""


def test_with_room_everything_is_said() -> None:
    text = texts(None)

    assert all(part in text for part in ("team", COMPLAINT[FULL], "entirely", "hurt", "When was it?", "Source:", "^EK"))


def test_the_shortest_says_what_must_be_said_and_no_more() -> None:
    assert (
        "The team. Sorry: it was late in Lent. That was our fault, entirely. The bus broke down. It was towed. Nobody was hurt. ^EK"
        == texts(None, shortest=True)
    )


def test_what_there_is_room_for_comes_in_the_promised_order() -> None:
    parts = ["Source:", COMPLAINT[NAMED], "entirely", "Nobody was hurt", "It was towed"]
    needed = [min(size for size in range(400) if part in texts(size)) for part in parts]

    assert sorted(needed, reverse=True) == needed


def test_what_cannot_fit_is_no_reply() -> None:
    assert "" == texts(20)


def test_a_source_never_stands_without_its_fact() -> None:
    steps = (Step("opening"), STEPS[5], Step("closing"))
    fitted = fit(steps, a_wording(), room(None))

    assert fitted is not None
    assert "Source" not in fitted.text


def test_only_facts_that_stand_in_the_text_are_reported() -> None:
    optional = (Step("opening"), Step("cause", values={"fact": "X" * 60}, facts=(FACT,), rank=RANKS["cause"]), Step("closing"))

    assert [(), (FACT.id,)] == [
        tuple(fact.id for fact in fitted.facts) for size in (40, 400) if (fitted := fit(optional, a_wording(), room(size))) is not None
    ]


def test_a_part_that_nobody_worded_is_left_out() -> None:
    fitted = fit((Step("opening"), Step("repeat"), Step("closing")), a_wording(), room(None), shortest=True)

    assert fitted is not None
    assert "The team. ^EK" == fitted.text


def test_a_fact_after_a_colon_begins_small_unless_with_a_name() -> None:
    wording = a_wording()
    shown = [wording.variants(Step("cause", values={"fact": text})) for text in ("The bus broke.", "Nijmegen is closed.")]

    assert [{"The bus broke.", "What went wrong: the bus broke."}, {"Nijmegen is closed.", "What went wrong: Nijmegen is closed."}] == [
        set(texts) for texts in shown
    ]


@given(st.integers(min_value=0, max_value=400), st.text(max_size=12))
def test_no_text_is_ever_longer_than_the_limit(size: int, seed: str) -> None:
    assert len(texts(size, seed)) <= size
