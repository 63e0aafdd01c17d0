"""How likely a fact must carry a claim in other words: more where one word decides, and some things only a fact's own words carry."""

from __future__ import annotations

import pytest

from responders.policy.binding import COUNTED, LIKELY, SURELY, find_claims, needed
from responders.policy.claims import by_rules
from responders.policy.context import Context
from responders.policy.lines import context_of_line

FACTS = [
    {"id": "mast", "text": "The mast at Oldbridge was switched off by us by mistake on 3 March.", "source": "Network desk"},
    {"id": "back", "text": "Customers in Oldbridge get £5 back by 14 March.", "source": "Billing"},
]


def context_of(reply: str) -> Context:
    return context_of_line(
        {
            "lang": "en",
            "network": "mastodon",
            "brand": "Larkmobile",
            "post": "No signal in Oldbridge since Sunday, @Larkmobile. Nobody tells us anything.",
            "author": "Jools",
            "facts": FACTS,
            "responsible": True,
            "reply": reply,
        }
    )


def asked(reply: str) -> float:
    """Return the least chance that is asked for what the rules bind to nothing in a reply."""
    context = context_of(reply)

    return min(needed(context, claim) for claim in by_rules(context) if claim.fact_id is None and claim.kind not in COUNTED)


@pytest.mark.parametrize("reply", ["Our engineers pulled the wrong plug.", "The plug was pulled by our engineers."])
def test_a_statement_asks_for_a_chance(reply: str) -> None:
    assert asked(reply) == LIKELY


@pytest.mark.parametrize(
    "reply",
    [
        "We've checked every phone in your street.",
        "The mast at Oldbridge is always watched.",
        "There was no danger to anybody in Oldbridge.",
        "You get a voucher on top.",
    ],
)
def test_what_weighs_asks_for_more(reply: str) -> None:
    assert asked(reply) == SURELY


@pytest.mark.parametrize(
    "reply",
    [
        "I've looked your account up.",
        "This will never happen again.",
        "It came from our depot in Inverness.",
        "Take your post down and we'll waive your bill.",
    ],
)
def test_some_things_no_chance_carries(reply: str) -> None:
    assert asked(reply) > 1


def test_a_figure_that_stands_nowhere_is_carried_by_no_chance() -> None:
    found = find_claims(context_of("Everyone in Oldbridge gets £25 back."))

    assert ["£25"] == [claim.text for claim in found if claim.fact_id is None and claim.kind == "figure"]


def test_what_the_rules_bind_stays_as_it_is() -> None:
    context = context_of("We switched off the mast at Oldbridge by mistake on 3 March.")

    assert by_rules(context) == find_claims(context)
    assert {"mast"} == {claim.fact_id for claim in find_claims(context)}
