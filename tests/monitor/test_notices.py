"""A page says what changed, why, what waits and what to do, in nl and en, and nothing that a stranger wrote can break it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.contracts import Notice
from monitor.domain import Cause, Gravity, Happening, Incident, IncidentStatus
from monitor.notices import LANGUAGES, MOST_TITLE, Evidence, Said, Waits, write_page, write_summary

AT = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
SPIKE: dict[str, float | str | list[int]] = {"series": "negative", "now": 42, "expected": 3.0}
OPEN = Incident(7, "waalfiets", Cause.SPIKE, IncidentStatus.OPEN, Gravity.HIGH, AT, AT, facts=SPIKE)
HEADS = {
    "en": ("What changed", "Why", "Most said", "What waits", "What to do"),
    "nl": ("Wat er", "Waarom", "Het meest gezegd", "Wat er wacht", "Wat te doen"),
}


def said(number: int, text: str = "De sloten gaan niet open", **changes: Any) -> Said:
    one = Said(
        number, "mastodon", f"@{number}", text, f"https://social.example/{number}", "nl", True, False, AT - timedelta(minutes=number)
    )
    return replace(one, **changes)


def evidence(**changes: Any) -> Evidence:
    given: dict[str, Any] = {
        "said": [said(number) for number in range(8)],
        "before": ["Fijne rit langs de rivier"] * 30,
        "known": ("Waalfiets",),
        "waits": Waits(5, 1, AT - timedelta(hours=3)),
        "link": "https://runbook.example",
    }
    return Evidence("Waalfiets", "Europe/Amsterdam", AT, **given | changes)


def page(incident: Incident = OPEN, what: Happening = Happening.OPENED, language: str = "en", **changes: Any) -> Notice:
    return write_page(incident, 1, what, evidence(**changes), language, by="Els Kamps", reason="locks work")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_has_every_part_in_both_languages(language: str) -> None:
    written = page(language=language)
    lines = written.text.splitlines()

    assert ("incident/7/1", "incident/7", "open", 2) == (written.key, written.thread, written.state, written.gravity)
    assert "42" in written.title
    assert [] == [head for head in HEADS[language] if not any(line.startswith(head) for line in lines)]
    assert "“sloten gaan” (8)" in written.text
    assert "https://social.example/0" in written.text
    assert "monitor ack 7" in written.text
    assert written.text.endswith("https://runbook.example")
    assert "13:00" in written.text


def test_what_many_say_word_for_word_is_quoted_once_with_how_often() -> None:
    texts = [said(number) for number in range(5)] + [said(9, "Iets anders")]

    assert "“De sloten gaan niet open” (5×)" in page(said=texts).text


def test_one_cause_asks_for_one_statement_and_many_do_not() -> None:
    words = ("slot", "rem", "ketting", "zadel", "bel", "licht", "band", "stuur")
    many = page(said=[said(number, f"Mijn {word} is kapot {number}a") for number, word in enumerate(words)], before=["kapot"] * 30)

    assert "K4: it has one cause" in page().text
    assert "K4" not in many.text
    assert "more than one cause" in many.text


def test_few_authors_who_write_much_are_named_as_such() -> None:
    assert "it may be a campaign or a bot" in page(said=[said(number, author="@one") for number in range(9)]).text


def test_a_danger_names_the_rule_of_no_quick_approval_first() -> None:
    danger = replace(OPEN, cause=Cause.DANGER, gravity=Gravity.CRITICAL, facts={"count": 2, "minutes": 15})
    written = page(danger, said=[said(1, danger=True, negative=False)])
    todo = written.text.split("What to do\n")[1]

    assert "[CRITICAL] Waalfiets: 2 dangers wait for a person" == written.title
    assert todo.lstrip().startswith("T12")
    assert "wait longer than 15 minutes" in written.text
    # What is to be typed at night runs as it stands.
    assert "responders pause --as YOU" in written.text
    assert "New in this hour" not in written.text


@pytest.mark.parametrize(("usual", "words"), [(4, "this team usually clears 4"), (0, "nobody has decided on anything yet")])
def test_pressure_says_against_what_it_is_weighed(usual: int, words: str) -> None:
    heavy = replace(OPEN, cause=Cause.PRESSURE, facts={"weight": 31.0, "usual": usual, "count": 9})

    assert words in page(heavy).title
    assert "K6" in page(heavy).text


def test_a_spike_of_everything_tells_of_everything_and_a_light_one_asks_for_little() -> None:
    light = replace(OPEN, gravity=Gravity.LOW, facts={**SPIKE, "series": "all"})
    mild = [said(number, negative=False) for number in range(6)]

    assert "6 posts by 6 different authors (100%)." in page(light, said=mild).text
    assert ("K6" in page(light).text, "K1" in page(light, waits=Waits()).text) == (True, True)
    assert "K5" not in page(light).text


def test_a_rehearsal_says_that_nothing_is_wrong() -> None:
    test = replace(OPEN, cause=Cause.REHEARSAL, facts={"by": "Els Kamps"})

    assert page(test).title.startswith("TEST, nothing is wrong: ")
    assert "Els Kamps tries whether pages reach you" in page(test).text
    assert "Most said" not in page(test).text


def test_a_rehearsal_after_another_says_when_it_began_and_not_that_something_is_back() -> None:
    test = replace(OPEN, cause=Cause.REHEARSAL, facts={"by": "Els Kamps"}, opened_at=AT - timedelta(hours=3))

    assert page(test, Happening.REOPENED).text.startswith("It began on 2 March at 13:00.")


@pytest.mark.parametrize(
    ("what", "status", "words"),
    [
        (Happening.ACKNOWLEDGED, IncidentStatus.ACKNOWLEDGED, "Els Kamps acknowledged it on 2 March at 13:00."),
        (Happening.RESOLVED, IncidentStatus.RESOLVED, "Resolved by Els Kamps on 2 March at 13:00: locks work"),
        (Happening.FALSE, IncidentStatus.RESOLVED, "Els Kamps closed it on 2 March at 13:00 as a false alarm: locks work"),
        (Happening.SILENCED, IncidentStatus.OPEN, "Silenced by Els Kamps on 2 March at 13:00, until 2 March at 13:00: locks work"),
    ],
)
def test_how_it_goes_on_is_told_in_a_line_and_not_all_over_again(what: Happening, status: IncidentStatus, words: str) -> None:
    written = page(replace(OPEN, status=status), what)

    assert words == written.text.splitlines()[0]
    assert "What changed" not in written.text
    assert ("monitor resolve 7" in written.text) is (status is not IncidentStatus.RESOLVED)
    assert ("monitor ack 7" in written.text) is (status is IncidentStatus.OPEN)
    assert written.title.startswith("[over] Waalfiets" if status is IncidentStatus.RESOLVED else "[high] Waalfiets")


def test_what_ends_by_itself_says_so() -> None:
    over = replace(OPEN, status=IncidentStatus.RESOLVED)

    assert "resolved by itself" in write_page(over, 2, Happening.RESOLVED, evidence(), "en", by="monitor").text


def test_nothing_said_and_nothing_that_waits_is_no_fault() -> None:
    written = page(said=[], waits=Waits(), link="")

    assert "Nothing waits for a person." in written.text
    assert "Most said" not in written.text


@pytest.mark.parametrize(("ago", "words"), [(0, "0 minutes"), (1, "1 minute"), (119, "1 hour"), (2 * 24 * 60, "2 days"), (-5, "0 minutes")])
def test_how_long_it_waits_is_said_in_one_unit(ago: int, words: str) -> None:
    assert f"the oldest for {words}." in page(waits=Waits(2, 0, AT - timedelta(minutes=ago))).text


def test_an_address_that_is_none_is_not_shown() -> None:
    bad = ["javascript:alert(1)", "https://x.example/a b", "https://x.example/" + "a" * 600, "https://x.example/\u202e"]
    written = page(said=[said(number, url=url, text=f"Slot {number} kapot") for number, url in enumerate(bad)])

    assert [] == [url for url in bad if url in written.text]


def test_an_unknown_language_is_told_in_english() -> None:
    assert page(language="de") == page(language="en")


def test_a_summary_names_each_held_incident_and_is_one_for_each_moment() -> None:
    held = [(OPEN, "Waalfiets"), (replace(OPEN, id=8, gravity=Gravity.CRITICAL, cause=Cause.DANGER), "Other")]
    written = write_summary(held, AT, "Europe/Amsterdam", 6, "en")

    assert ("pages/2026-03-02T12:00", "2 more pages are held back: too many in this hour", 3) == (
        written.key,
        written.title,
        written.gravity,
    )
    assert "Incident 7, Waalfiets: a spike, high, open since 2 March at 13:00" in written.text
    assert "Incident 8, Other: dangers that wait, CRITICAL" in written.text
    assert "een piek, hoog, open sinds 2 maart om 13:00" in write_summary(held, AT, "Europe/Amsterdam", 6, "nl").text


def test_a_page_draws_the_last_hours_in_signs_and_where_html_is_shown_as_bars() -> None:
    curve = [0, 3, 1, 42]
    written = page(curve=curve)
    said = "The last 4 hours, negative mentions: 42 at most in an hour, 42 in the last."

    assert f"▁▂▂█  {said}" in written.text
    assert f'aria-label="{said}"' in written.html
    assert 4 == written.html.count("<td")
    assert "https://social.example/0" in written.html
    assert "all mentions" in page(replace(OPEN, cause=Cause.DANGER, facts={"count": 2}), curve=curve).text


def test_in_a_mail_only_the_address_of_a_post_and_our_own_can_be_followed() -> None:
    loud = [said(number, f"Slot {number} kapot, kijk op https://evil.example/{number}") for number in range(2)]
    html = page(said=loud, curve=[1, 9]).html

    assert {"https://social.example/0", "https://social.example/1", "https://runbook.example"} == set(re.findall(r'href="([^"]*)"', html))
    assert "https://evil.example/1" in html
    # What is drawn in signs is drawn as bars here.
    assert "█" not in html
    assert 'font-weight:bold;margin-top:16px">What changed</div>' in html


def test_a_page_about_dangers_shows_the_dangers_first_however_often_something_else_is_said() -> None:
    loud = [said(number, "Slot kapot", author=f"@{number}") for number in range(4)] + [said(9, "Ik ben gewond", danger=True)]
    written = page(replace(OPEN, cause=Cause.DANGER, facts={"count": 1}), said=loud)

    assert written.text.index("Ik ben gewond") < written.text.index("Slot kapot")
    assert "What was written" in written.text
    assert (9, 0) == written.quoted


@pytest.mark.parametrize(("found", "more"), [(6, ""), (7, "And 1 danger more: responders review"), (9, "And 3 dangers more:")])
def test_a_page_about_dangers_shows_six_and_counts_the_others(found: int, more: str) -> None:
    dangers = [said(number, f"Ik ben gewond, de {number}e keer", danger=True) for number in range(found)]
    written = page(replace(OPEN, cause=Cause.DANGER, facts={"count": found}), said=dangers)

    assert (0, 1, 2, 3, 4, 5) == written.quoted
    assert (more in written.text, " more: responders review" in written.text) == (True, bool(more))


@pytest.mark.parametrize(
    ("minutes", "words"), [(1, "longer than 1 minute."), (15, "longer than 15 minutes."), (120, "longer than 2 hours.")]
)
def test_how_long_a_danger_may_wait_is_said_as_people_say_it(minutes: int, words: str) -> None:
    assert words in page(replace(OPEN, cause=Cause.DANGER, facts={"count": 2, "minutes": minutes})).text


def test_networks_are_named_as_they_name_themselves() -> None:
    found = [said(1, network="x"), said(2, network="hackernews"), said(3, network="lemmy")]

    assert "Where: X 1, Hacker News 1, Lemmy 1." in page(said=found).text


@pytest.mark.parametrize("changes", [{"what": Happening.ACKNOWLEDGED, "curve": [1, 2]}, {"curve": [0, 0]}, {"curve": []}])
def test_where_there_is_nothing_to_draw_nothing_is_drawn(changes: dict[str, Any]) -> None:
    written = page(**changes)

    assert "" == written.html
    assert "█" not in written.text


@given(text=st.text(max_size=300), author=st.text(max_size=80), url=st.text(max_size=80), brand=st.text(max_size=300))
def test_whatever_strangers_write_a_page_is_one_of_plain_lines(text: str, author: str, url: str, brand: str) -> None:
    loud = [said(number, text, author=author, url=url) for number in range(6)]
    written = write_page(OPEN, 1, Happening.OPENED, replace(evidence(said=loud, curve=[1, 9]), brand=brand), "nl")
    tags = set(re.findall(r"<[!/]?([a-z]+)", written.html))

    assert {"doctype", "html", "head", "meta", "title", "body", "div", "table", "tr", "td", "a"} == tags
    assert len(written.title) <= MOST_TITLE
    assert [] == [sign for sign in written.title + written.text.replace("\n", "") if category(sign) in {"Cc", "Zl", "Zp"}]
