"""Turns that shift what went wrong (N2): somebody pushed forward, wisdom after the fact, what people do, a cause that no fact tells."""

from __future__ import annotations

import pytest

from tests.responders.policy.judging import quoted

LINES = {
    "nl": {
        "post": "Het slot van mijn fiets ging drie dagen niet open bij station Lent, met een baby in de kou.",
        "facts": [("Waalfiets sloot het slot verkeerd aan op 3 maart", "werkbon 88")],
    },
    "en": {
        "post": "The lock of my bike did not open for three days at Lent station, with a baby in the cold.",
        "facts": [("Waalfiets wired the lock wrongly on 3 March", "job sheet 88")],
    },
}
SHIFTS = [
    ("nl", "Onze monteur van die dag was pas net bij ons in dienst."),
    ("nl", "Het was de stagiair die de schroevendraaier vasthield."),
    ("nl", "Ik moet er wel bij zeggen dat u niet hebt gebeld."),
    ("nl", "Als iedereen het slot zou nakijken, hoefde dit niet."),
    ("nl", "Bij kou kun je beter een uur eerder gaan."),
    ("nl", "Buren vergeten zulke dingen vaak."),
    ("nl", "De fout kwam door de drukte van die week."),
    ("nl", "De bezorger had het best even kunnen nakijken."),
    ("en", "The lad on duty that night comes from an agency."),
    ("en", "I do have to add that we asked you to confirm."),
    ("en", "If everyone would try the lock first, this wouldn't come up."),
    ("en", "It helps if you check the app before you leave."),
    ("en", "Parents with little ones do tend to lose track of the hour."),
    ("en", "With the holiday rush these locks freeze."),
    ("en", "The small print is there for a reason."),
    ("en", "You'd been told to be there at eight."),
]
HONEST = [
    ("nl", "Wij sloten het slot verkeerd aan; jij deed niets fout."),
    ("nl", "Zet je naam hier beter niet bij."),
    ("nl", "Het roest kan geen kwaad."),
    ("nl", "Als je hem mist, meld het me hier."),
    ("nl", "Waardoor het kwam weten we nog niet; de monteur kijkt het na."),
    ("en", "We wired the lock wrongly; you did nothing wrong."),
    ("en", "£50 was paid to you yesterday."),
    ("en", "I know you didn't ask for this."),
    ("en", "Please call a doctor if she may have swallowed a part."),
    ("en", "Keep the bike inside until then."),
    ("en", "We left the lock unchecked, and the engineer comes on Friday."),
]


@pytest.mark.parametrize(("language", "sentence"), SHIFTS)
def test_a_turn_that_shifts_what_went_wrong_is_blame(language: str, sentence: str) -> None:
    name = {"nl": "Eva van Waalfiets. ", "en": "Eva from Waalfiets. "}[language]

    assert quoted("N2", name + sentence, language, responsible=True, **LINES[language])


@pytest.mark.parametrize(("language", "sentence"), HONEST)
def test_to_own_it_or_to_warn_is_no_blame(language: str, sentence: str) -> None:
    name = {"nl": "Eva van Waalfiets. ", "en": "Eva from Waalfiets. "}[language]

    assert [] == quoted("N2", name + sentence, language, responsible=True, **LINES[language])


@pytest.mark.parametrize(
    ("language", "fact", "sentence"),
    [
        ("nl", "De storm van 3 maart blies het slot open", "Het kwam door de storm van 3 maart."),
        ("en", "Snow blocked the lock on 3 March", "It was caused by snow on 3 March."),
    ],
)
def test_a_cause_that_a_fact_tells_is_no_excuse(language: str, fact: str, sentence: str) -> None:
    assert [] == quoted("N2", sentence, language, post=LINES[language]["post"], facts=[(fact, "log")], responsible=True)
