"""What a reply commits us to, and by when."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responders.policy.commitments import find_commitments, review_at
from tests.builders import NOW

ZONE = "Europe/Amsterdam"


def promised(text: str, at: datetime = NOW) -> list[tuple[str, str | None]]:
    """Return each commitment with its moment on the clock of Nijmegen; NOW is Monday 2 March 2026, 10:00 there."""
    found = find_commitments(text, at, ZONE)
    assert all(text[one.span[0] : one.span[1]].strip() == one.text for one in found)
    return [(one.text, f"{one.due.astimezone(ZoneInfo(ZONE)):%a %d-%m-%Y %H:%M}" if one.due else None) for one in found]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("We bellen u morgen voor 12 uur.", "Tue 03-03-2026 12:00"),
        ("Ik schrijf u morgen namens de gemeente.", "Tue 03-03-2026 23:59"),
        ("We'll let you know by Friday.", "Fri 06-03-2026 23:59"),
        ("We storten het bedrag binnen twee werkdagen terug.", "Wed 04-03-2026 23:59"),
        ("We will refund you within 5 working days.", "Mon 09-03-2026 23:59"),
        ("We'll call you before Friday.", "Thu 05-03-2026 23:59"),
        ("We komen hier vrijdagmiddag op terug.", "Fri 06-03-2026 18:00"),
        ("Een monteur komt morgenochtend langs.", "Tue 03-03-2026 12:00"),
        ("We bellen u morgen tussen 10 en 12 uur.", "Tue 03-03-2026 12:00"),
        ("Uiterlijk 6 maart hoort u van ons.", "Fri 06-03-2026 23:59"),
        ("We will write to you by 15 January.", "Fri 15-01-2027 23:59"),
        ("We will write to you by 15 January 2028.", "Sat 15-01-2028 23:59"),
        ("We sturen je uiterlijk 2026-03-12 een nieuw slot.", "Thu 12-03-2026 23:59"),
        ("Within half an hour we'll post an update here.", "Mon 02-03-2026 10:30"),
        ("Binnen 24 uur laten we je weten hoe het zit.", "Tue 03-03-2026 10:00"),
        ("Within the hour we will post an update.", "Mon 02-03-2026 11:00"),
        ("We laten u aan het eind van de dag weten hoe het staat.", "Mon 02-03-2026 23:59"),
        ("We laten u voor het einde van de week weten hoe het staat.", "Sun 08-03-2026 23:59"),
        ("We'll answer you by the end of the month.", "Tue 31-03-2026 23:59"),
        ("We bellen u aan het eind van de middag.", "Mon 02-03-2026 18:00"),
        ("No later than next week Tuesday we will send you a new lock.", "Tue 10-03-2026 23:59"),
        ("We repareren het volgende maand.", "Thu 30-04-2026 23:59"),
        ("We'll be back here today at 3pm with an update.", "Mon 02-03-2026 15:00"),
        ("Om 9.30 uur melden we hier meer.", "Tue 03-03-2026 09:30"),
        ("We'll replace it within two weeks.", "Mon 16-03-2026 23:59"),
        ("Stuur ons een privébericht, dan bellen we je vandaag nog terug.", "Mon 02-03-2026 23:59"),
        ("We zoeken uit waarom de bus vrijdag niet kwam en laten het je woensdag weten.", "Wed 04-03-2026 23:59"),
        ("We'll let you know what we found by Friday.", "Fri 06-03-2026 23:59"),
        ("De container wordt donderdag geleegd.", "Thu 05-03-2026 23:59"),
        ("Binnen 24 uur weet je meer.", "Tue 03-03-2026 10:00"),
    ],
)
def test_a_moment_is_read_on_the_brands_clock(text: str, due: str) -> None:
    assert [(text, due)] == promised(text)


@pytest.mark.parametrize(
    "text",
    [
        "We zoeken dit uit en komen hier terug.",
        "We will look into this and get back to you soon.",
        "We'll let you know within a few days.",
        "We vergoeden de schade.",
        "We zoeken uit waarom je vrijdag moest wachten.",
        "We'll find out why you waited two hours on Friday.",
        "We bellen u uiterlijk 31 februari.",
        "Ik schrijf u hier namens de gemeente en bel u terug.",
        "Ik schrijf je namens het webteam en zoek uit wat er misging.",
        "Ik bel je namens de gemeente.",
    ],
)
def test_where_no_moment_stands_none_is_made_up(text: str) -> None:
    assert [(text, None)] == promised(text)


@pytest.mark.parametrize(
    "text",
    [
        "Sorry dat je vrijdag moest wachten. Dat is onze fout.",
        "I'm sorry you waited on Friday. Our driver was late.",
        "We hebben gisteren een monteur gestuurd.",
        "We vergoeden dat niet.",
        "Dat vergoeden we niet voor vrijdag.",
        "I will be honest: this should not have happened.",
        "We nemen dit serieus.",
        "Mogen we je morgen bellen?",
        "De storing is verholpen. Laat ons weten als het weer gebeurt.",
        "Please send us a message before Friday.",
        "We're open tomorrow at 9.",
        "@piet@x.example Hoi, ik schrijf je namens het webteam van Waalfiets.",
        "Dag, namens de gemeente antwoord ik u.",
        "Wij reageren hier graag namens de gemeente.",
        'You wrote "we will call you tomorrow". That did not happen.',
        "",
    ],
)
def test_what_commits_us_to_nothing_is_no_promise(text: str) -> None:
    assert [] == promised(text)


def test_two_moments_in_one_sentence_are_two_promises() -> None:
    assert [
        ("We'll call you before Friday", "Thu 05-03-2026 23:59"),
        ("and pay the refund by 12 March.", "Thu 12-03-2026 23:59"),
    ] == promised("We'll call you before Friday and pay the refund by 12 March.")


def test_a_day_ends_on_the_brands_clock_also_when_clocks_change() -> None:
    [saturday] = find_commitments("We bellen u vandaag.", datetime(2026, 3, 28, 23, 30, tzinfo=UTC), ZONE)

    # It is Sunday 29 March in Nijmegen by then, the day on which clocks go forward.
    assert datetime(2026, 3, 29, 21, 59, tzinfo=UTC) == saturday.due


def test_a_promise_without_a_moment_is_looked_at_after_three_days() -> None:
    assert datetime(2026, 3, 5, 22, 59, tzinfo=UTC) == review_at(NOW, ZONE)


@given(st.text(st.sampled_from(list("we'll bel 12.:-/ morgen vrijdag by within uur €\n99")), max_size=200))
def test_whatever_a_reply_holds_it_is_read_and_its_words_are_kept(text: str) -> None:
    for one in find_commitments(text, NOW, ZONE):
        assert one.text in text
        assert one.due is None or one.due.tzinfo is not None
