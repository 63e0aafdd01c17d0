"""What facts jot down in short carries a reply that writes it out, and no more than that."""

from __future__ import annotations

import pytest

from responders.policy.jottings import written_out
from tests.responders.policy.judging import quoted

WRITTEN = [
    ("Flush Tue 24/11 09-12, texts go out Mon 23/11", "Flush Tuesday 24/11 9:00-12:00, texts go out Monday 23/11"),
    ("heaters at the office 9-17", "heaters at the office 9:00-17:00"),
    ("molen 's nachts uit 23-7 tot uitslag", "molen 's nachts uit 23:00-7:00 tot uitslag"),
    ("verlengd tot 4-12, vanaf 23-11", "verlengd tot 4-12, vanaf 23-11"),
    ("boot los nacht 21-11", "boot los nacht 21-11"),
    ("brief 5 dgn, saves >12 mnd", "brief 5 dagen, saves >12 maanden"),
    ("back in 3d", "back in 3 days"),
    ("huisjes 40-52 huisdiervrij", "huisjes 40 - 52 huisdiervrij"),
    ("arrive 2-4 days", "arrive 2 - 4 days"),
    ("drove 21-23/11, shut 23-27 Nov", "drove 21/11 - 23/11, shut 23 Nov - 27 Nov"),
    ("part fitted Wed 25/11 am", "part fitted Wednesday 25/11, in the morning"),
    ("monteur vr 20-11 19:40, elke za 07:30", "monteur vrijdag 20-11 19:40, elke zaterdag 07:30"),
    ("tot 75,- op bon; 147 terug wo 2-12", "tot €75 op bon; terugbetaling €147 woensdag 2-12"),
    ("rekening soep terug 9,50", "rekening soep terugbetaling €9,50"),
    ("plek terug 28-11, bus terug naar depot", "plek terug 28-11, bus terug naar depot"),
    ("customers w/ gap emailed", "customers with gap emailed"),
    ("bezwaar 40-18, bel 0800-1212, versie 3.2.1", "bezwaar 40-18, bel 0800-1212, versie 3.2.1"),
    ("We do 12 rounds, di Caprio, zo 22 mensen", "We do 12 rounds, di Caprio, zo 22 mensen"),
]
RIGHT = [
    ("en", "Portable heaters available today at office 9-17", "Heaters are at the office today till 5."),
    ("en", "Library 8-23 all exam period, desk closes at 18:00", "The library runs until eleven at night through the exam period."),
    ("en", "Refund of £24 arrives in 2-4 days", "The refund of £24 takes two to four days."),
    ("en", "Lodges 40-52 are free of pets", "Lodges 40 to 52 are free of pets."),
    ("en", "The pool is shut 23-27 Nov", "The pool is shut from 23 to 27 November."),
    ("en", "Flush of the street Tue 24/11 09-12", "We flush the street on Tuesday 24 November between nine and noon."),
    ("en", "Head phones family Wed 25/11 by 10:00", "The head will phone you by ten on Wednesday."),
    ("nl", "De molen staat 's nachts uit 23-7", "De molen staat van elf uur 's avonds tot zeven uur uit."),
    ("nl", "De ketel wordt elke za 07:30 gecontroleerd", "De ketel wordt elke zaterdag om half acht gecontroleerd."),
    ("nl", "De beheerder voelt elke za 07:30 of de hal warm is", "De beheerder voelt elke zaterdag om half acht of het warm is in de hal."),
    ("nl", "Brief volgt binnen 5 dgn", "De brief volgt binnen vijf dagen."),
    ("nl", "Klant krijgt 147 terug wo 2-12", "Woensdag 2 december krijg je €147 terug."),
    ("nl", "Rekening soep terug 9,50", "De €9,50 voor de soep krijg je terug."),
    ("nl", "Boring begint vanaf 23-11 om 07:00", "De boring begint niet voor zevenen."),
]
WRONG = [
    ("en", "Portable heaters available today at office 9-17", "Heaters are at the office today till 6."),
    ("en", "Library 8-23 all exam period, desk closes at 18:00", "The library runs until ten at night through the exam period."),
    ("en", "Refund of £24 arrives in 2-4 days", "The refund of £24 takes two to three days."),
    ("en", "Lodges 40-52 are free of pets", "Lodges 40 to 53 are free of pets."),
    ("en", "The pool is shut 23-27 Nov", "The pool is shut from 23 to 28 November."),
    ("en", "Flush of the street Tue 24/11 09-12", "We flush the street on Tuesday 24 November until 13:00."),
    ("en", "Head phones family Wed 25/11 by 10:00", "The head is in his office by 9:00 on Wednesday."),
    ("nl", "De molen staat 's nachts uit 23-7", "De molen staat van elf uur 's avonds tot zes uur uit."),
    ("nl", "De ketel wordt elke za 07:30 gecontroleerd", "De ketel wordt elke zaterdag om half negen gecontroleerd."),
    ("nl", "Brief volgt binnen 5 dgn", "De brief komt over zes weken."),
    ("nl", "Klant krijgt 147 terug wo 2-12", "Woensdag 2 december krijg je €174 terug."),
    ("nl", "Rekening soep 9,50", "De €9,50 voor de soep krijg je terug."),
    ("nl", "Boring begint vanaf 23-11 om 07:00", "De boring begint niet voor achten."),
]


@pytest.mark.parametrize(("short", "long"), WRITTEN)
def test_what_is_jotted_down_is_written_out(short: str, long: str) -> None:
    assert written_out(short) == long


@pytest.mark.parametrize("text", ["", "Wat een dag.", "Tram 5 rijdt maandag 24 november om 9:00 weer.", "ring 0800 111 999", "23-11-2026"])
def test_what_is_written_out_stays_as_it_is(text: str) -> None:
    assert written_out(text) == text


@pytest.mark.parametrize(("lang", "fact", "reply"), RIGHT)
def test_a_reply_may_write_out_what_a_fact_jots_down(lang: str, fact: str, reply: str) -> None:
    assert quoted("N4", reply, lang, facts=[(fact, "log")]) == []


@pytest.mark.parametrize(("lang", "fact", "reply"), WRONG)
def test_another_figure_than_is_jotted_down_is_objected_to(lang: str, fact: str, reply: str) -> None:
    assert quoted("N4", reply, lang, facts=[(fact, "log")]) != []
