"""What a reply only says again in other words than a fact's note is carried; what the fact denies, or does not say, is not."""

from __future__ import annotations

import pytest

from tests.responders.policy.judging import quoted

RIGHT = [
    ("en", "repair order not placed by clerk", "We simply never placed the repair order."),
    ("en", "staff member suspended", "He's been suspended."),
    ("en", "letter typed by our desk, reported to DPO 24/11", "Our data protection officer has had the report since 24 November."),
    ("en", "room closed, full refund 24h", "The room is shut and your refund will be complete within a day."),
    ("en", "part fitted Wed 25/11 am", "The part goes in on Wed 25 Nov."),
    ("en", "escort absent, office did not call parents", "Our office forgot to call the parents."),
    ("nl", "patch notes vermeldden het niet", "Wij hebben dat fout gebouwd en vergeten te melden, sorry."),
    ("nl", "storing niet gezien door weekenddienst", "Onze weekenddienst heeft dat gemist."),
    ("nl", "brief niet verstuurd door balie", "De balie heeft de brief niet verstuurd."),
    ("nl", "melding gedaan bij AP 24-11", "De Autoriteit Persoonsgegevens heeft de melding sinds 24 november."),
    ("nl", "taxikosten vergoed op bon", "Uw taxikosten vergoeden we helemaal."),
]
WRONG = [
    ("en", "repair order placed by clerk", "We simply never placed the repair order."),
    ("en", "staff member not suspended", "He's been suspended."),
    ("en", "staff member to be suspended", "He's been suspended."),
    ("en", "letter typed by our desk, reported to DPO 24/11", "Our district police officer has had the letter opened since 24 November."),
    ("en", "room closed, full refund 24h", "The room is shut and your refund will be complete within an hour."),
    ("en", "part ordered Wed 25/11 am", "The whole boiler and its pipes go in on Thu 26 Nov."),
    ("nl", "melding niet gezien door weekenddienst", "Onze weekenddienst heeft de sleutels gestolen."),
    ("nl", "melding gedaan bij AP 24-11", "De Amsterdamse Politie heeft de daders sinds 24 november."),
    ("nl", "taxikosten vergoed op bon", "De schade aan uw auto vergoeden we helemaal."),
]


@pytest.mark.parametrize(("lang", "fact", "reply"), RIGHT)
def test_what_says_a_note_again_is_carried(lang: str, fact: str, reply: str) -> None:
    assert quoted("N4", reply, lang, facts=[(fact, "log")]) == []


@pytest.mark.parametrize(("lang", "fact", "reply"), WRONG)
def test_what_a_note_denies_or_does_not_say_is_objected_to(lang: str, fact: str, reply: str) -> None:
    assert quoted("N4", reply, lang, facts=[(fact, "log")]) != []


def test_a_record_shows_what_its_fact_tells_behind_a_colon() -> None:
    facts = [("alarm rack row 7 03:11-03:26", "BMS log")]

    assert quoted("N4", "The log does show it: row 7 lost power between 03:11 and 03:26.", "en", facts=facts) == []
    assert quoted("N4", "The log does show it: hall 9 was flooded.", "en", facts=facts) != []


def test_the_post_tells_that_nothing_was_said() -> None:
    post = "Patch 3.2 wist alle saves. 210 uur weg. Geen waarschuwing in de notes."

    assert (
        quoted("N4", "210 uur weg door een patch die er geen woord over zei.", facts=[("patch notes vermeldden het niet", "x")], post=post)
        == []
    )
