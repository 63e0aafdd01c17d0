"""What facts say in other words is carried by them; what weighs is carried by their words only; without facts nothing is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from responders.policy import carrying
from responders.policy.aligning import Pieces
from responders.policy.binding import find_claims
from responders.policy.claims import by_rules
from responders.policy.lines import context_of_line

FACTS = [
    {"id": "cause", "text": "The 14:20 sailing was cancelled; staff forgot to send the passenger alert.", "source": "Port desk"},
    {"id": "offer", "text": "Passengers can take any sailing this week at no charge.", "source": "Port desk"},
]


def line(reply: str, facts: list[dict[str, str]] | None = None) -> dict[str, Any]:
    return {
        "lang": "en",
        "network": "mastodon",
        "brand": "Norrick",
        "post": "Drove three hours for the 14:20. Cancelled. No text, nothing.",
        "author": "Gil",
        "facts": FACTS if facts is None else facts,
        "responsible": True,
        "reply": reply,
    }


def loose(reply: str, facts: list[dict[str, str]] | None = None) -> list[str]:
    """Return what the ledger binds to nothing."""
    return [claim.text for claim in find_claims(context_of_line(line(reply, facts))) if claim.fact_id is None]


def test_what_a_fact_says_in_other_words_is_bound_to_it() -> None:
    facts = [
        {"id": "sale", "text": "All brownies have been taken off sale in every shop since 11 May.", "source": "Kitchen"},
        {"id": "call", "text": "Our head of food safety will phone the family today.", "source": "Kitchen"},
    ]
    context = context_of_line(line("All the brownies are off the shelves of our shops.", facts))

    assert [None] == [claim.fact_id for claim in by_rules(context)]
    assert ["sale"] == [claim.fact_id for claim in find_claims(context)]


@pytest.mark.parametrize(
    "reply",
    ["This will never happen again.", "The crossing was perfectly safe.", "You get a voucher for dinner too.", "It was not our engine."],
)
def test_never_safe_remedies_and_denials_need_the_words_of_a_fact(reply: str) -> None:
    assert loose(reply)


def test_without_a_fact_nothing_is_carried() -> None:
    assert loose("The captain had already left the harbour.", [])


def test_without_the_encoder_the_words_alone_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    facts = [{"id": "sale", "text": "All brownies have been taken off sale in every shop since 11 May.", "source": "Kitchen"}]
    monkeypatch.setattr(carrying, "load_carrying", lambda: None)

    assert loose("All the brownies are off the shelves of our shops.", facts)


def held(number: float) -> carrying.Held:
    return carrying.Held(np.array([number], dtype=np.float32), Pieces(np.empty(0, dtype=np.int64), np.empty((0, 1), dtype=np.float32)))


def test_a_text_is_read_once_and_together_with_others() -> None:
    read: list[list[str]] = []

    def work_out(texts: Sequence[str]) -> list[carrying.Held]:
        read.append(list(texts))
        return [held(len(text)) for text in texts]

    kept = carrying.Kept(work_out)

    assert [3.0, 2.0, 3.0] == [float(one.vector[0]) for one in kept.of(["een", "en", "een"])]
    assert [2.0] == [float(one.vector[0]) for one in kept.of(["en"])]
    assert [["een", "en"]] == read


def test_what_is_kept_has_an_end_and_holds_no_text() -> None:
    kept = carrying.Kept(lambda texts: [held(0) for _ in texts], 3)

    for number in range(5):
        kept.of([f"Zin nummer {number} van vijf."])

    assert 3 == len(kept)
    assert "Zin nummer" not in repr(vars(kept))


@pytest.mark.parametrize("reply", ["😅" * 400, "a" * 3000, "The lift \u202e\x00 was mended yesterday.", "﷽ " * 40])
def test_any_reply_can_be_held_against_facts(reply: str) -> None:
    assert all(claim.fact_id is None or claim.fact_id in {"cause", "offer"} for claim in find_claims(context_of_line(line(reply))))
