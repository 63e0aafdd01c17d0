"""Hours, days, units and versions that notes give in short are carried however a reply says them; other ones are objected to."""

from __future__ import annotations

import pytest

from tests.responders.policy.judging import quoted

FOLLOWS = [
    ("en", ["desk staffed Tue-Sat 9–16"], "The desk is staffed on Saturday from 9 to 4."),
    ("en", ["hut open sat 10-11"], "The hut is open on Saturday between ten and eleven."),
    ("en", ["planned outage 21 May 09:00–16:00"], "The planned outage is 9 to 4."),
    ("en", ["wardens ride the trams 17:00–18:30"], "Two wardens ride the trams from 5 to 6.30."),
    ("en", ["phones dropped calls 11:30–11:50"], "The phones dropped calls between half eleven and ten to twelve."),
    ("nl", ["telefoon viel uit om 10:30"], "De telefoon viel uit om half elf."),
    ("en", ["rehearsal Fri 13 Nov 4.30"], "The rehearsal is on Friday 13 November at half four."),
    ("en", ["autofocus left on by us 21.05-21.46"], "We left the autofocus on from five past nine."),
    ("en", ["gates unlocked 23:08"], "The gates were unlocked at 11.08."),
    ("en", ["shows Sat 5 Dec 10.30, Sun 13 Dec 10.30"], "The shows are on Saturday 5 and Sunday 13 December."),
    ("en", ["guests may come free 26/11, all who were there 12/11"], "All who were there on the 12th may bring guests."),
    ("en", ["articles counted Nov 1–24"], "We counted the articles from 1 to 24 November."),
    ("en", ["any weekday until the eleventh of December"], "That can be any weekday until 11 December."),
    ("en", ["discount valid until 30 June 2027"], "The discount is valid until the end of June 2027."),
    ("nl", ["korting geldig tot 30 juni 2027"], "De korting is geldig tot eind juni 2027."),
    ("en", ["heat over 30C in the hall"], "It was over thirty degrees in the hall."),
    ("en", ["ride down to -15 °C"], "You can ride down to 15 degrees below zero."),
    ("en", ["hump measured 112mm"], "The hump measured 112 mm."),
    ("nl", ["drempel gemeten 112mm"], "De drempel is 112 mm gemeten."),
    ("en", ["salt spray test 500 h passed"], "It passed 500 hours of salt spray."),
    ("en", ["sensor fault, pods 2,3,6"], "The sensors in pods 2, 3 and 6 have a fault."),
    ("en", ["use M4 for wall strap"], "The M4s are for the wall strap."),
    ("en", ["terms v14: no training on documents"], "Version 14 of our terms says: no training on documents."),
    ("en", ["guests are 16+, handbook s.3"], "Guests are 16 and over, as section 3 of the handbook says."),
    ("en", ["vote 31-6 for roof"], "We voted 31 to 6 for the roof."),
    ("en", ["4-6 plots free up a year"], "Four to six plots free up a year."),
    ("en", ["pacing along fence since sat."], "It has been pacing along the fence since Saturday."),
    ("en", ["sandwich £6.95, tea £3.20"], "A sandwich and a tea are £10.15 the pair."),
    ("en", ["name chosen by vote: 14,208 votes, 2nd 11,960"], "The vote was won by a clear 2,248."),
    ("nl", ["stand 3 aug 214, 14 sept 287"], "De meter zegt 73 tussen 3 augustus en 14 september."),
    ("en", ["14 courses run, 5 withdrawn"], "Of nineteen courses, fourteen run this term."),
    ("en", ["difference refunded within 7 days of 18 Aug"], "The difference is refunded by 25 August."),
    ("nl", ["verschil terugbetaald binnen 7 dagen na 18 aug"], "Het verschil is uiterlijk 25 augustus terugbetaald."),
    ("en", ["transfer sent 12 Nov, provider has 5 working days"], "The transfer was sent on 12 November. The provider has until the 19th."),
    ("en", ["customer gets 240 back"], "You get £240 back."),
    ("en", ["report on site"], "The report is on our website."),
]
DOES_NOT = [
    ("en", ["desk staffed Tue-Sat 9–16"], "The desk is staffed on Saturday from 9 to 6."),
    ("en", ["hut open sat 10-11"], "The hut is open on Saturday between 10 and 12."),
    ("en", ["planned outage 21 May 09:00–16:00"], "The planned outage is 9 to 5."),
    ("en", ["wardens ride the trams 17:00–18:30"], "Two wardens ride the trams from 5 to 7.30."),
    ("en", ["phones dropped calls 11:30–11:50"], "The phones dropped calls from half ten."),
    ("nl", ["telefoon viel uit om 10:30"], "De telefoon viel uit om half twaalf."),
    ("en", ["rehearsal Fri 13 Nov 4.30"], "The rehearsal is on Friday 13 November at half three."),
    ("en", ["gates unlocked 23:08"], "The gates were unlocked at 11.18."),
    ("en", ["shows Sat 5 Dec 10.30, Sun 13 Dec 10.30"], "The shows are on Saturday 12 and Sunday 13 December."),
    ("en", ["guests may come free 26/11, all who were there 12/11"], "All who were there on the 14th may bring guests."),
    ("en", ["articles counted Nov 1–24"], "We counted the articles from 1 to 26 November."),
    ("en", ["any weekday until the eleventh of December"], "That can be any weekday until 13 December."),
    ("en", ["discount valid until 30 June 2027"], "The discount is valid until the end of June 2028."),
    ("nl", ["korting geldig tot 30 juni 2027"], "De korting is geldig tot eind juni 2028."),
    ("en", ["heat over 30C in the hall"], "It was over forty degrees in the hall."),
    ("en", ["ride down to -15 °C"], "You can ride down to 25 degrees below zero."),
    ("en", ["hump measured 112mm"], "The hump measured 122 mm."),
    ("nl", ["drempel gemeten 112mm"], "De drempel is 122 mm gemeten."),
    ("en", ["salt spray test 500 h passed"], "It passed 700 hours of salt spray."),
    ("en", ["sensor fault, pods 2,3,6"], "The sensors in pods 2, 3 and 8 have a fault."),
    ("en", ["use M4 for wall strap"], "The M6s are for the wall strap."),
    ("en", ["terms v14: no training on documents"], "Version 15 of our terms says: no training on documents."),
    ("en", ["guests are 16+, handbook s.3"], "Guests are 16 and over, as section 7 of the handbook says."),
    ("en", ["vote 31-6 for roof"], "We voted 31 to 9 for the roof."),
    ("en", ["4-6 plots free up a year"], "Four to seven plots free up a year."),
    ("en", ["pacing along fence since sat."], "It has been pacing along the fence since Friday."),
    ("en", ["sandwich £6.95, tea £3.20"], "A sandwich and a tea are £11.15 the pair."),
    ("en", ["name chosen by vote: 14,208 votes, 2nd 11,960"], "The vote was won by a clear 2,348."),
    ("en", ["reads 3 Aug 214, 14 Sept 287"], "The meter does say 83 between 3 August and 14 September."),
    ("nl", ["stand 3 aug 214, 14 sept 287"], "De meter zegt 83 tussen 3 augustus en 14 september."),
    ("en", ["14 courses run, 5 withdrawn"], "Of twenty courses, fourteen run this term."),
    ("en", ["difference refunded within 7 days of 18 Aug"], "The difference is refunded by 22 August."),
    ("nl", ["verschil terugbetaald binnen 7 dagen na 18 aug"], "Het verschil is uiterlijk 22 augustus terugbetaald."),
    ("en", ["transfer sent 12 Nov, provider has 5 working days"], "The transfer was sent on 12 November. The provider has until the 16th."),
    ("en", ["customer gets 240 back"], "You get £260 back."),
]


@pytest.mark.parametrize(("lang", "facts", "reply"), FOLLOWS)
def test_what_notes_say_in_short_is_carried(lang: str, facts: list[str], reply: str) -> None:
    assert quoted("N4", reply, lang, facts=[(fact, "log") for fact in facts], responsible=True) == []


@pytest.mark.parametrize(("lang", "facts", "reply"), DOES_NOT)
def test_what_notes_do_not_say_is_objected_to(lang: str, facts: list[str], reply: str) -> None:
    assert quoted("N4", reply, lang, facts=[(fact, "log") for fact in facts], responsible=True) != []


def test_a_number_for_an_emergency_needs_no_fact() -> None:
    assert quoted("N4", "If it gets worse, ring 111 or your doctor.", "en", facts=[("bun mix-up Saturday", "log")]) == []


def test_what_they_are_asked_to_do_states_nothing() -> None:
    facts = [("fix merged 10 Nov", "tracker")]

    assert quoted("N4", "Paste the query. A private message will do.", "en", facts=facts) == []
    assert quoted("N4", "The team wasted the query.", "en", facts=facts) != []


def test_what_we_told_somebody_else_is_a_deed_and_what_they_were_told_is_none() -> None:
    facts = [("head count was wrong, 29 Aug", "incident note")]

    assert quoted("N4", "We've also told the harbour authority.", "en", facts=facts, responsible=True) != []
    assert quoted("N4", "We told you nothing of it.", "en", facts=facts, responsible=True) == []
