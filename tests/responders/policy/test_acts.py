"""What a sentence of a reply does is told in words that no list foresees, and a near-miss is none of it."""

from __future__ import annotations

import pytest

pytest.importorskip("numpy")

from responders.policy.acts import ACTS, acts_of
from tests.responders.policy.judging import rules

SIGNED = {"nl": "Kim van Waalfiets.", "en": "Kim from Waalfiets."}
REPAIR = {"nl": "Maandag is het hersteld.", "en": "It was repaired on Monday."}
TOPIC = {"nl": "Het slot bij Lent bleef dicht, sorry.", "en": "The lock at Lent stayed shut, sorry."}


@pytest.mark.parametrize(
    ("lang", "admission", "owned"),
    [
        ("en", "We dropped the ball on this one.", True),
        ("en", "We let that pile up and I'm sorry.", True),
        ("en", "We dropped no ball: it was not our doing.", False),
        ("en", "If we let that pile up, tell us.", False),
        ("en", "They let that pile up.", False),
        ("nl", "Dat was slordig van ons.", True),
        ("nl", "Dat was niet slordig van ons, niet onze taak.", False),
        ("nl", "Mocht dat slordig van ons zijn, dan horen we het graag.", False),
        ("nl", "Dat was slordig van hen.", False),
    ],
)
def test_a_fault_is_owned_in_whatever_words_but_not_denied_or_only_supposed(lang: str, admission: str, owned: bool) -> None:
    reply = f"{TOPIC[lang]} {admission} {REPAIR[lang]} {SIGNED[lang]}"

    assert owned is ("R3" not in rules(reply, lang, responsible=True))


@pytest.mark.parametrize(
    ("lang", "sentence", "invites"),
    [
        ("en", "If it sticks again, sing out here.", True),
        ("en", "We tip everybody off here.", False),
        ("nl", "Klemt het weer, dan hier een gil graag aan ons.", True),
        ("nl", "Je hoort het hier.", False),
    ],
)
def test_an_invitation_is_heard_and_news_to_come_is_none(lang: str, sentence: str, invites: bool) -> None:
    reply = f"{SIGNED[lang]} {TOPIC[lang]} {REPAIR[lang]} {sentence}"

    assert invites is ("R10" not in rules(reply, lang))


@pytest.mark.parametrize("text", ["", "?", "\ud83d" * 3, "x" * 5_000, "0 " * 3_000])
def test_whatever_stands_in_a_sentence_something_is_answered(text: str) -> None:
    assert acts_of(text) <= set(ACTS)
