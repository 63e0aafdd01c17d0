"""Honest answers in other words: invitations, when we come back, what we admit to have removed; and the breaches next to them."""

from __future__ import annotations

import pytest

from tests.responders.policy.judging import quoted, rules

INVITING = [
    ("en", "We are finding out why the lock jammed. Write back whenever you like. Kit"),
    ("en", "We are finding out why the lock jammed. Do answer if it jams again. Kit"),
    ("en", "We are finding out why the lock jammed. Respond any time. Kit"),
    ("en", "We are finding out why the lock jammed. I'm listening. Kit"),
    ("nl", "We zoeken uit waarom het slot vastzat. Antwoord mij dan. Eva"),
    ("nl", "We zoeken uit waarom het slot vastzat. U kunt mij hier altijd antwoorden. Eva"),
    ("nl", "We zoeken uit waarom het slot vastzat. Eerder praten kan: bel de balie. Eva"),
    ("nl", "We zoeken uit waarom het slot vastzat. Als je erover wilt praten: ik luister. Eva"),
]
NOT_INVITING = [
    ("en", "We are finding out why the lock jammed. The answer took us far too long. Kit"),
    ("en", "We are finding out why the lock jammed. Nobody listened, and that is on us. Kit"),
    ("nl", "We zoeken uit waarom het slot vastzat. Ons antwoord liet te lang op zich wachten. Eva"),
    ("nl", "We zoeken uit waarom het slot vastzat. Niemand luisterde en dat spijt ons. Eva"),
]


@pytest.mark.parametrize(("lang", "reply"), INVITING)
def test_an_invitation_in_other_words_is_one(lang: str, reply: str) -> None:
    assert "R10" not in rules(reply, lang)


@pytest.mark.parametrize(("lang", "reply"), NOT_INVITING)
def test_words_of_answering_invite_nobody_by_themselves(lang: str, reply: str) -> None:
    assert "R10" in rules(reply, lang)


BACK = [
    ("nl", "Waarom het slot vastzat weten we nog niet. Uiterlijk 15 april ontvangt u onze uitleg op papier.", True),
    ("nl", "Waarom het slot vastzat weten we nog niet. De uitkomst krijg je schriftelijk, op zijn laatst op 15 april.", True),
    ("nl", "Waarom het slot vastzat weten we nog niet. Een uitleg is er nog niet.", False),
    ("nl", "Waarom het slot vastzat op 15 april weten we nog niet.", False),
    ("en", "Why the lock jammed we do not know yet. You will have our explanation by 15 April.", True),
    ("en", "Why the lock jammed we do not know yet. The outcome reaches you on 15 April.", True),
    ("en", "Why the lock jammed we do not know yet. An explanation takes time.", False),
]


@pytest.mark.parametrize(("lang", "reply", "told"), BACK)
def test_that_they_get_our_explanation_by_a_day_is_when_we_come_back(lang: str, reply: str, told: bool) -> None:
    assert ("R6" not in rules(reply, lang)) is told


def test_where_something_of_theirs_can_be_taken_off_a_bill_is_no_pressure() -> None:
    post = "There is a £45 fee on my bill that nobody told me about."

    assert "N10" not in rules("The £45 is optional, and you can remove it in the portal until 1 June.", "en", post=post)
    assert "N10" in rules("We will give you £45 back if you remove it.", "en", post=post)
    assert "N10" in rules("Please remove it and you get a free month.", "en", post=post)


def test_to_write_to_an_address_of_ours_asks_for_no_data() -> None:
    facts = [("The desk is at finance@waalfiets.example.", "site")]

    assert "N6" not in rules("If your page says otherwise, email finance@waalfiets.example or tell me here.", "en", facts=facts)
    assert "N6" in rules("If your page says otherwise, reply with your email here.", "en", facts=facts)


def test_our_own_deed_is_admitted_in_any_word_for_removing() -> None:
    post = "Jullie hebben kritische reacties onder de foto gewoon gewist. Bah."

    assert "N14" not in rules("Ons team wiste zaterdag de reacties onder de foto. Dat was fout.", post=post)
    assert "N14" in rules("Wij wisten niet dat er reacties waren.", post=post)


HURT = {"nl": "Mijn zoontje is gevallen en ligt in het ziekenhuis.", "en": "My son fell and is in hospital."}


@pytest.mark.parametrize(
    ("lang", "defence", "concern"),
    [
        ("en", "To be fair to our crew, they came at once.", "I am so sorry your son was hurt."),
        ("en", "Let's keep this in perspective.", "How is your son?"),
        ("en", "Nobody can blame us for the stairs.", "I hope your son recovers soon."),
        ("nl", "Ons valt niets te verwijten.", "Hoe gaat het met je zoontje?"),
        ("nl", "Onze mensen hebben snel gehandeld, dat mag gezegd worden.", "Wat erg van je zoontje."),
        ("nl", "Laten we het in verhouding zien.", "Beterschap voor je zoontje."),
    ],
)
def test_our_defence_comes_after_concern_in_whatever_words(lang: str, defence: str, concern: str) -> None:
    assert "R8" in rules(f"{defence} {concern}", lang, post=HURT[lang])
    assert "R8" not in rules(concern, lang, post=HURT[lang])


def test_a_document_named_with_its_page_is_a_source() -> None:
    facts = [("There is no exam fee; the £45 is gown hire.", "Fees Schedule 2026, p. 3")]
    post = "Now there is a £45 exam fee!"

    assert "R7" not in rules(
        "There is no exam fee, see for yourself: Fees Schedule 2026, p. 3.", "en", post=post, facts=facts, responsible=False
    )
    assert "R7" in rules("There is no exam fee, that is gown hire.", "en", post=post, facts=facts, responsible=False)


def test_words_of_the_post_promise_nothing() -> None:
    post = "Your card said nut free and it had almond in it."
    facts = [("The card was wrong.", "report")]

    assert [] == quoted("N4", "The nut free card was wrong.", "en", post=post, facts=facts)
    assert quoted("N4", "You get a free card from us.", "en", post=post, facts=facts)


@pytest.mark.parametrize(
    ("lang", "reply"),
    [
        ("nl", "Ik ben Eva van Waalfiets. Ik heb vanaf mijn eigen account ook als gast iets positiefs gezet."),
        ("en", "I'm Eva from Waalfiets. I also posted something nice from my own account, as a guest."),
    ],
)
def test_a_second_voice_is_a_mask_though_the_first_is_open(lang: str, reply: str) -> None:
    assert "N12" in rules(reply, lang)
