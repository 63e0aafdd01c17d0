"""A date told with its day of the week tells the day of every date near it, and a day that does not fit its date is objected to."""

from __future__ import annotations

import pytest

from responders.policy.lines import context_of_line
from responders.policy.weekdays import Days, known_days
from tests.responders.policy.judging import quoted

RIGHT = [
    ("en", ["Swing taken down 24/11; new chain fitted Fri 27/11"], "The swing came down on Tuesday and the chain follows this Friday."),
    ("en", ["Swing taken down 24/11", "New chain Fri 27/11"], "The swing has been off its frame since Tuesday, 24 November."),
    ("en", ["Rota restored 23/11", "Manager phones Thu 26/11"], "Our rota has been back to normal since Monday."),
    ("en", ["Valve replaced Fri 20/11, flush on 24/11"], "The flush of the valve is on Tuesday."),
    ("en", ["Mails go out 26/11"], "The mails go out today, the 26th."),
    ("en", ["Mails go out 26/11"], "The mails go out on Thursday, 26 November."),
    ("en", ["Tram 5 runs again from 1 March 2027"], "Tram 5 runs again on Monday."),
    ("nl", ["Ketel uit vr 20-11", "Monteur geweest 23-11"], "De monteur was er maandag."),
    ("nl", ["Ketel uit vr 20-11", "Monteur komt 25-11"], "De monteur komt aanstaande woensdag."),
    ("nl", ["Storing 30 december, hersteld op maandag 4 januari"], "De storing van woensdag is hersteld."),
    ("nl", ["Brief verstuurd 26-11"], "De brief ging donderdag 26 november de deur uit."),
    ("nl", ["Brief verstuurd 26-11"], "De brief is vandaag, de 26e, verstuurd."),
    ("nl", ["Rit gereden op 24 november 2026"], "De rit is dinsdag gereden."),
]  # fmt: skip
WRONG = [
    ("en", ["Swing taken down 24/11; new chain fitted Fri 27/11"], "The swing came down on Wednesday."),
    ("en", ["Swing taken down 24/11", "New chain Fri 27/11"], "The swing has been off its frame since Monday, 24 November."),
    ("en", ["Swing taken down 24/11", "New chain Fri 27/11"], "The new chain goes on this Saturday, 27 November."),
    ("en", ["Rota restored 23/11", "Manager phones Thu 26/11"], "Our rota has been back to normal since Sunday."),
    ("en", ["Mails go out 26/11"], "The mails go out today, the 27th."),
    ("en", ["Tram 5 runs again from 1 March 2027"], "Tram 5 runs again on Tuesday."),
    ("en", ["Mail to customers 26/11, flush Mon 23/11"], "You get your refund on Thursday."),
    ("nl", ["Ketel uit vr 20-11", "Monteur geweest 23-11"], "De monteur was er zondag."),
    ("nl", ["Ketel uit vr 20-11", "Monteur komt 25-11"], "De monteur komt dinsdag 25 november."),
    ("nl", ["Storing 30 december, hersteld op maandag 4 januari"], "De storing van dinsdag is hersteld."),
    ("nl", ["Brief verstuurd 26-11"], "De brief is vandaag, de 25e, verstuurd."),
    ("nl", ["Rit gereden op 24 november 2026"], "De rit is maandag gereden."),
]  # fmt: skip


def days_objected_to(lang: str, facts: list[str], reply: str, post: str = "") -> list[str]:
    return quoted("N4", reply, lang, facts=[(text, "log") for text in facts], **({"post": post} if post else {}))


@pytest.mark.parametrize(("lang", "facts", "reply"), RIGHT)
def test_a_day_that_a_date_of_the_facts_falls_on_is_carried(lang: str, facts: list[str], reply: str) -> None:
    assert days_objected_to(lang, facts, reply) == []


@pytest.mark.parametrize(("lang", "facts", "reply"), WRONG)
def test_a_day_on_which_no_date_falls_is_objected_to(lang: str, facts: list[str], reply: str) -> None:
    assert days_objected_to(lang, facts, reply) != []


def test_the_post_tells_days_as_well() -> None:
    post = "Sat 21/11 the hall was cold again."

    assert days_objected_to("en", ["Boiler of the hall repaired 24/11"], "The boiler was repaired on Tuesday.", post) == []
    assert days_objected_to("en", ["Boiler of the hall repaired 24/11"], "The boiler was repaired on Thursday.", post) == ["Thursday"]


def of_facts(*facts: str) -> Days:
    return known_days(
        context_of_line({"lang": "nl", "brand": "B", "post": "Wat nu?", "reply": "Goed.", "facts": [{"text": text} for text in facts]})
    )


def test_days_that_contradict_each_other_tell_nothing() -> None:
    assert of_facts("Brief ma 23-11, monteur vr 26-11").of("24/11") == frozenset()
    assert of_facts("Brief ma 23-11, monteur do 26-11").of("24/11") == {"tue"}


def test_what_tells_no_day_tells_no_calendar() -> None:
    assert of_facts("Brief 23-11").anchors == ()
    assert of_facts("Brief 31-2, ma 30-2").anchors == ()


def test_a_year_that_is_told_is_the_year() -> None:
    assert of_facts("Brief 23-11-2026").years == {2026}
    assert 2026 in of_facts("Brief ma 23-11").years
    assert 2025 not in of_facts("Brief ma 23-11").years
