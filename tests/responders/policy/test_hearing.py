"""A breach in words that no list holds is heard; honest sentences of the same sound are not; without the encoder nobody hears."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from responders.policy import hearing, tenor
from tests.responders.policy.judging import objections, rules


@pytest.mark.parametrize(
    ("language", "rule", "sentence"),
    [
        ("en", "N9", "Our lift clearly prefers the ground floor."),
        ("en", "N2", "Other travellers managed to find the platform."),
        ("nl", "N8", "Bij ons draait alles om u."),
        ("en", "N8", "Smiles are what we deliver."),
        ("en", "N10", "It would be a shame if this stayed online."),
    ],
)
def test_a_breach_in_words_of_its_own_is_heard(language: str, rule: str, sentence: str) -> None:
    assert rule in rules(sentence, language)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "We won't take legal action."),
        ("en", "You can take this to the ombudsman or to court."),
        ("nl", "Wij zijn verantwoordelijk, niet de leverancier."),
        ("en", "Yes, we took that comment down, and we should not have."),
        ("nl", "Ik zoek het voor je uit en kom er hier op terug."),
    ],
)
def test_what_only_sounds_like_a_breach_is_none(language: str, sentence: str) -> None:
    assert rules(sentence, language).isdisjoint(tenor.KINDS)


def test_what_is_heard_says_its_rule_and_asks_a_person_to_read_it_again() -> None:
    heard = [one for one in objections("Our lift clearly prefers the ground floor.", "en") if one["rule"] == "N9"]

    assert len(heard) == 1
    assert heard[0]["severity"] == "amber"
    assert "N9" in heard[0]["sentence"]


def test_without_the_encoder_nobody_hears(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(*_given: Any) -> None:
        return None

    monkeypatch.setattr(hearing, "load_tenor", absent)

    assert "N9" not in rules("Our lift clearly prefers the ground floor.", "en")


def test_a_sentence_is_read_once() -> None:
    read: list[list[str]] = []

    def work_out(texts: Sequence[str]) -> tenor.Floats:
        read.append(list(texts))
        return np.array([[float(len(text))] for text in texts], dtype=np.float32)

    kept = tenor.Kept()

    assert [[3.0], [2.0], [3.0]] == kept.of(["een", "en", "een"], work_out).tolist()
    assert [[2.0]] == kept.of(["en"], work_out).tolist()
    assert [["een", "en"]] == read


def test_what_is_remembered_has_an_end_and_holds_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tenor, "REMEMBERED", 3)
    kept = tenor.Kept()

    for number in range(5):
        kept.of([f"Zin nummer {number} van vijf."], lambda texts: np.zeros((len(texts), 1), dtype=np.float32))

    assert 3 == len(kept)
    assert "Zin nummer" not in repr(vars(kept))


@pytest.mark.parametrize("text", ["", " ", "😅" * 900, "a" * 5000, "\u202e\u0000", "﷽" * 50])
def test_any_text_can_be_read(text: str) -> None:
    reader = tenor.load_tenor()
    assert reader is not None

    chances = reader.chances([text])[0]

    assert len(tenor.KINDS) == len(chances)
    assert all(0 <= chance <= 1 for chance in chances)
