"""Who is on call, as a calendar says it: by the clock on the wall, whatever repeats, moved or left out; and what is no rota is told."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.calendars import MAX_BYTES, MOST_DUTIES, NoCalendar, Rota, read_rota
from monitor.settings import Duty, Person

SINCE, UNTIL = datetime(2026, 3, 16, tzinfo=UTC), datetime(2026, 4, 27, tzinfo=UTC)
ELS, JAN = Person("Els Kamps", ("els",), ("Els", "e.kamps@gemeente.example")), Person("Jan Peters", ("jan",))
PEOPLE = (ELS, JAN, Person("Els van Dam", ("dam",)))
ZONE = "TZID=Europe/Amsterdam"


def an_event(
    *lines: str, begin: str = f"DTSTART;{ZONE}:20260323T090000", end: str = f"DTEND;{ZONE}:20260330T090000", uid: str = "1"
) -> str:
    return "\r\n".join(line for line in ("BEGIN:VEVENT", f"UID:{uid}", begin, end, *lines, "END:VEVENT") if line)


def a_calendar(*parts: str) -> bytes:
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//rota//EN", *parts, "END:VCALENDAR", ""]).encode()


def read(*parts: str, people: tuple[Person, ...] = PEOPLE, words: tuple[str, ...] = ()) -> Rota:
    return read_rota(a_calendar(*parts), people, "Europe/Amsterdam", SINCE, UNTIL, words)


def spans(rota: Rota) -> list[tuple[str, str, str]]:
    return [(f"{one.begins_at:%m-%d %H:%M}", f"{one.ends_at:%m-%d %H:%M}", one.person) for one in rota.duties]


def refusal(body: bytes) -> str:
    with pytest.raises(NoCalendar) as refused:
        read_rota(body, PEOPLE, "Europe/Amsterdam", SINCE, UNTIL)
    return str(refused.value)


# When


def test_a_week_ends_at_the_same_hour_on_the_wall_though_the_clocks_change_in_it() -> None:
    # In the night to 29 March the clocks go forward: 9:00 is 8:00 UTC before it, and 7:00 after.
    assert [("03-23 08:00", "03-30 07:00", "Els Kamps")] == spans(read(an_event("SUMMARY:Els Kamps")))


def test_weeks_take_turns_without_a_gap_over_the_change_of_clocks() -> None:
    every = "RRULE:FREQ=WEEKLY;INTERVAL=2"
    jan = {"begin": f"DTSTART;{ZONE}:20260302T090000", "end": f"DTEND;{ZONE}:20260309T090000"}
    rota = read(an_event("SUMMARY:Els Kamps", every), an_event("SUMMARY:Jan Peters", every, uid="2", **jan))

    assert [
        ("03-16 08:00", "03-23 08:00", "Jan Peters"),
        ("03-23 08:00", "03-30 07:00", "Els Kamps"),
        ("03-30 07:00", "04-06 07:00", "Jan Peters"),
        ("04-06 07:00", "04-13 07:00", "Els Kamps"),
        ("04-13 07:00", "04-20 07:00", "Jan Peters"),
        ("04-20 07:00", "04-27 07:00", "Els Kamps"),
    ] == spans(rota)


def test_a_night_shift_in_the_hour_that_comes_twice_or_not_at_all_leaves_no_gap() -> None:
    first = an_event("SUMMARY:Els Kamps", begin=f"DTSTART;{ZONE}:20260328T220000", end=f"DTEND;{ZONE}:20260329T023000")
    second = an_event("SUMMARY:Jan Peters", begin=f"DTSTART;{ZONE}:20260329T023000", end=f"DTEND;{ZONE}:20260329T070000", uid="2")

    assert [("03-28 21:00", "03-29 01:30", "Els Kamps"), ("03-29 01:30", "03-29 05:00", "Jan Peters")] == spans(read(first, second))


def test_whole_days_are_those_of_the_rotas_own_clock() -> None:
    days = an_event("SUMMARY:Els Kamps", begin="DTSTART;VALUE=DATE:20260328", end="DTEND;VALUE=DATE:20260330")
    one = an_event("SUMMARY:Jan Peters", begin="DTSTART;VALUE=DATE:20260401", end="", uid="2")

    assert [("03-27 23:00", "03-29 22:00", "Els Kamps"), ("03-31 22:00", "04-01 22:00", "Jan Peters")] == spans(read(days, one))


def test_a_swap_moves_one_week_and_what_was_called_off_or_left_out_is_gone() -> None:
    every = an_event(
        "SUMMARY:Els Kamps",
        "RRULE:FREQ=DAILY;COUNT=5",
        f"EXDATE;{ZONE}:20260325T090000",
        "EXDATE;VALUE=DATE:20260326",
        end=f"DTEND;{ZONE}:20260323T170000",
    )
    swapped = an_event(
        "SUMMARY:Jan Peters",
        f"RECURRENCE-ID;{ZONE}:20260324T090000",
        begin=f"DTSTART;{ZONE}:20260324T100000",
        end=f"DTEND;{ZONE}:20260324T170000",
    )
    off = an_event("SUMMARY:Els Kamps", "STATUS:CANCELLED", f"RECURRENCE-ID;{ZONE}:20260327T090000")

    assert [("03-23 08:00", "03-23 16:00", "Els Kamps"), ("03-24 09:00", "03-24 16:00", "Jan Peters")] == spans(read(every, swapped, off))


def test_days_that_are_added_count_too_and_a_length_may_stand_in_place_of_the_end() -> None:
    event = an_event("SUMMARY:Els Kamps", "DURATION:PT8H", f"RDATE;{ZONE}:20260402T090000", end="")

    assert [("03-23 08:00", "03-23 16:00", "Els Kamps"), ("04-02 07:00", "04-02 15:00", "Els Kamps")] == spans(read(event))


@pytest.mark.parametrize(
    ("until", "count"), [("20260325T080000Z", 3), ("20260324", 2), ("20260324T090000", 2), ("20200101T000000Z", 0), ("20990101", 34)]
)
def test_what_repeats_ends_when_it_says_and_never_beyond_what_is_looked_at(until: str, count: int) -> None:
    event = an_event("SUMMARY:Els Kamps", f"RRULE:FREQ=DAILY;UNTIL={until}", end=f"DTEND;{ZONE}:20260323T170000")

    assert count in {len(read(event).duties), len(read(event).duties) - 1}


@pytest.mark.parametrize(
    "begin",
    [
        "DTSTART:20260323T080000Z",
        "DTSTART;TZID=W. Europe Standard Time:20260323T090000",
        'DTSTART;TZID="/program.example/Europe/Amsterdam":20260323T090000',
        "DTSTART;TZID=Ours:20260323T090000",
        "DTSTART;TZID=Europe/London:20260323T080000",
    ],
)
def test_time_zones_are_known_by_the_names_that_programs_give_them(begin: str) -> None:
    # What a calendar says itself about a zone is left out, but for where it lies.
    zone = ("BEGIN:VTIMEZONE", "TZID:Ours", "X-LIC-LOCATION:Europe/Amsterdam", "RRULE:FREQ=SECONDLY", "END:VTIMEZONE")

    assert [("03-23 08:00", "03-30 07:00", "Els Kamps")] == spans(read(*zone, an_event("SUMMARY:Els", begin=begin)))


def test_a_time_without_a_zone_is_taken_for_the_rotas_own_and_that_is_said() -> None:
    rota = read(an_event("SUMMARY:Els", begin="DTSTART:20260323T090000", end="DTEND:20260330T090000"))

    assert (True, [("03-23 08:00", "03-30 07:00", "Els Kamps")]) == (rota.floating, spans(rota))
    assert not read(an_event("SUMMARY:Els")).floating


# Who


@pytest.mark.parametrize(
    ("title", "who"),
    [
        ("Piket: Els Kamps", ["Els Kamps"]),
        ("ELS  kamps (1e)\\, Jan Peters (2e)", ["Els Kamps", "Jan Peters"]),
        ("Jan Peters / Els", ["Jan Peters", "Els Kamps"]),
        # Of two names of which one lies within the other the longer counts.
        ("Els van Dam", ["Els van Dam"]),
        ("Elsbeth", []),
        ("dienst e.kamps@gemeente.example", ["Els Kamps"]),
        ("", []),
    ],
)
def test_people_are_known_by_their_names_in_the_title_in_its_order(title: str, who: list[str]) -> None:
    rota = read(an_event(f"SUMMARY:{title}"))

    assert who == [one.person for one in rota.duties]
    assert list(range(len(who))) == [one.place for one in rota.duties]


def test_who_is_invited_counts_where_the_title_names_nobody() -> None:
    invited = 'ATTENDEE;CN="Jan Peters":mailto:jp@gemeente.example', "ATTENDEE:MAILTO:e.kamps@gemeente.example"

    assert ["Jan Peters", "Els Kamps"] == [one.person for one in read(an_event("SUMMARY:Piket", *invited)).duties]
    assert ["Els Kamps"] == [one.person for one in read(an_event("SUMMARY:Piket Els", invited[0])).duties]


def test_whom_nobody_knows_is_said_once_and_wakes_nobody() -> None:
    rota = read(an_event("SUMMARY:Kees", "RRULE:FREQ=DAILY"), an_event("SUMMARY:Kees", uid="2"), an_event(uid="3"))

    assert ((), ("Kees", "(no title)")) == (rota.duties, rota.unknown)
    # What is over, or lies far ahead, is nobody's concern.
    past = {"begin": "DTSTART;VALUE=DATE:20250101", "end": "DTEND;VALUE=DATE:20250102"}
    assert () == read(an_event("SUMMARY:Kees", **past)).unknown


def test_only_events_with_a_word_count_where_words_are_given() -> None:
    rota = read(an_event("SUMMARY:Vakantie Els"), an_event("SUMMARY:PIKET Jan Peters", uid="2"), words=("piket",))

    assert (["Jan Peters"], ()) == ([one.person for one in rota.duties], rota.unknown)


def test_what_does_not_count_need_not_be_right() -> None:
    strange = an_event("SUMMARY:Meeting", "RECURRENCE-ID;TZID=Nowhere:20260323T090000", "RRULE:FREQ=HOURLY", uid="2")

    assert ["Els Kamps"] == [one.person for one in read(an_event("SUMMARY:Piket Els"), strange, words=("piket",)).duties]


def test_overlapping_events_are_all_kept_and_the_same_twice_is_one() -> None:
    rota = read(an_event("SUMMARY:Els"), an_event("SUMMARY:Els", uid="2"), an_event("SUMMARY:Jan Peters", uid="3"))

    assert [Duty(rota.duties[0].begins_at, rota.duties[0].ends_at, name) for name in ("Els Kamps", "Jan Peters")] == list(rota.duties)


# What is no rota


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"<!doctype html><html><body>Sign in</body></html>", "is a web page"),
        (b"name;from;until\r\n", "is no calendar in iCal format"),
        (b"", "is no calendar in iCal format"),
        (b"\xff\xfeB\x00", "no text in UTF-8"),
        (a_calendar(an_event("SUMMARY:Els"))[:-40], "breaks off"),
        (b"BEGIN:VCALENDAR\r\n" + b"a" * MAX_BYTES + b"\r\nEND:VCALENDAR", "is larger than 2,097,152 bytes"),
        (a_calendar("BEGIN:VEVENT", "END:VCALENDAR"), "an event without a title has no begin"),
        (a_calendar("END:VEVENT", "END:VEVENT"), "cannot be read"),
        (a_calendar(an_event("SUMMARY:Els", begin='DTSTART;TZID="/x.example/Nowhere":20260323T090000')), "nobody knows, x.example Nowhere"),
        (a_calendar("no colon here"), "cannot be read"),
        (a_calendar(an_event("SUMMARY:Els", begin="")), "the event “Els” has no begin"),
        (a_calendar(an_event("SUMMARY:Els", begin="DTSTART:2026032")), "has a DTSTART that cannot be read"),
        (a_calendar(an_event("SUMMARY:Els", begin="DTSTART:20260323T090000\r\nDTSTART:20260323T090000")), "has DTSTART twice"),
        (a_calendar(an_event("SUMMARY:Els", begin="DTSTART:00010101T000000Z")), "no day and no time between 1600 and 9000"),
        (a_calendar(an_event("SUMMARY:Els", "DURATION:P4000000D", end="")), "lasts beyond the year"),
        (a_calendar(an_event("SUMMARY:Els", end=f"DTEND;{ZONE}:20260322T090000")), "ends before it begins"),
        (
            a_calendar(an_event("SUMMARY:Els", begin="DTSTART;TZID=Mars/Olympus:20260323T090000")),
            "time zone that nobody knows, Mars/Olympus",
        ),
        # The name of a folder of zones.
        (a_calendar(an_event("SUMMARY:Els", begin="DTSTART;TZID=Europe:20260323T090000")), "cannot be read: "),
        (a_calendar(an_event("SUMMARY:Els", "RRULE:FREQ=SECONDLY")), "repeats more often than daily"),
        (a_calendar(an_event("SUMMARY:Els", "RRULE:FREQ=DAILY;BYHOUR=1,2,3")), "repeats by BYHOUR"),
        (a_calendar(an_event("SUMMARY:Els", "RRULE:FREQ=DAILY;INTERVAL=0")), "interval that is not between 1 and 1,000"),
        (a_calendar(an_event("SUMMARY:Els", "RRULE:FREQ=WEEKLY;BYDAY=" + "MO," * 200 + "TU")), "a rule that is too long"),
        (a_calendar(an_event("SUMMARY:Els", "RRULE:FREQ=DAILY", "RRULE:FREQ=WEEKLY")), "repeats by two rules"),
        (a_calendar(an_event("SUMMARY:Els", "RRULE:FREQ=MONTHLY;BYDAY=0MO")), "repeats by a rule that cannot be read"),
        (a_calendar(an_event("SUMMARY:Els", f"RECURRENCE-ID;RANGE=THISANDFUTURE;{ZONE}:20260323T090000")), "changed for all that follow"),
    ],
)
def test_what_cannot_be_a_rota_is_told_with_its_event(body: bytes, told: str) -> None:
    assert told in refusal(body)


def test_so_many_shifts_that_nobody_can_have_them_are_refused() -> None:
    added = ",".join(f"202603{20 + number // 1440:02}T{number // 60 % 24:02}{number % 60:02}00Z" for number in range(MOST_DUTIES + 2))

    assert "holds more than 2,000 shifts" in refusal(a_calendar(an_event("SUMMARY:Els", "DURATION:PT1M", f"RDATE:{added}", end="")))


def test_rules_that_walk_through_too_many_days_are_refused_before_they_do() -> None:
    old = {"begin": "DTSTART:16000101T000000Z", "end": "DTEND:16000101T010000Z"}
    many = [an_event("SUMMARY:Els", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", uid=str(number), **old) for number in range(40)]

    assert "takes too long" in refusal(a_calendar(*many))
    # One that never comes true ends with what is looked at.
    assert () == read(an_event("SUMMARY:Els", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=3")).duties


@given(
    st.integers(0, 40), st.integers(0, 2_000), st.sampled_from([b"", b"\r\n", b":", b";", b"99", b"\xff", b"TZID=", b"BEGIN:VEVENT\r\n"])
)
def test_a_spoiled_calendar_is_read_or_refused_in_words(length: int, place: int, instead: bytes) -> None:
    swapped = an_event("SUMMARY:Jan Peters", f"RECURRENCE-ID;{ZONE}:20260324T090000")
    whole = a_calendar(an_event("SUMMARY:Els", "RRULE:FREQ=DAILY;COUNT=5", f"EXDATE;{ZONE}:20260325T090000"), swapped)
    place %= len(whole)
    try:
        rota = read_rota(whole[:place] + instead + whole[place + length :], PEOPLE, "Europe/Amsterdam", SINCE, UNTIL)
    except NoCalendar as refused:
        told = str(refused)
        assert told
        assert "Traceback" not in told
    else:
        assert all(one.begins_at < one.ends_at for one in rota.duties)


def test_a_calendar_of_ten_thousand_nested_parts_is_read_or_refused_and_ends_nothing() -> None:
    nested = "BEGIN:VEVENT\r\n" * 10_000 + "END:VEVENT\r\n" * 9_999 + "END:VEVENT"

    assert "has no begin" in refusal(a_calendar(nested))
