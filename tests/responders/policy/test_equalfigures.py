"""The same time, day or amount in another form is the fact's own; another one is not, however near."""

from __future__ import annotations

import pytest

from tests.responders.policy.judging import quoted

POSTS = {"nl": "Wat een puinhoop bij het loket.", "en": "What a mess at your desk."}
SAME = [
    ("en", "A burn should be seen by a doctor the same day.", "Please let a doctor see that burn today."),
    ("nl", "Bel bij benauwdheid dezelfde dag de huisarts.", "Bent u benauwd, bel dan vandaag de huisarts."),
    ("en", "The desk opened at 09:05.", "The desk opened at five past nine."),
    ("en", "The desk opened at 09:15.", "The desk opened at quarter past nine."),
    ("en", "The desk opened at 8:30.", "The desk opened at half past eight."),
    ("en", "The desk opened at 09:40.", "The desk opened at twenty to ten."),
    ("en", "The train left at 14:00.", "The train left at 2pm."),
    ("en", "The train left at 14:00.", "The train left at two o'clock."),
    ("en", "The train left at 2.20pm.", "The train left at 14:20."),
    ("en", "The desk is open on 3 May from 18:00 until 23:00.", "The desk is open from 6 till 11 tonight."),
    ("en", "The desk is open from 9am to 5pm.", "The desk is open between 9 and 5."),
    ("en", "The desk is open Mon-Fri, 9:00-17:00.", "The desk is open Monday to Friday, 9 to 5."),
    ("en", "The line is open 24 hours.", "The line is open 24h."),
    ("en", "The line is open day and night.", "The line is open 24 hours a day."),
    ("en", "The desk reopens on Fri 6 June.", "The desk reopens on Friday 6 June."),
    ("en", "The line was down for 90 minutes.", "The line was down for an hour and a half."),
    ("en", "The line was down for 30 minutes.", "The line was down for half an hour."),
    ("en", "The desk is shut for 14 days.", "The desk is shut for two weeks."),
    ("en", "The desk is shut for two weeks.", "The desk is shut for a fortnight."),
    ("en", "We refund £117 (three payments).", "We refund £117 for all three months."),
    ("en", "We refund £20.", "We refund twenty pounds."),
    ("en", "We refund four months at £29.", "We refund £29 four times."),
    ("nl", "Het loket ging om 09:05 open.", "Het loket ging om vijf over negen open."),
    ("nl", "Het loket ging om 9.15 uur open.", "Het loket ging om kwart over negen open."),
    ("nl", "Het loket ging om 8.30 uur open.", "Het loket ging om half negen open."),
    ("nl", "Het loket ging om 8.30 uur open.", "Het loket ging vanaf 8.30 open."),
    ("nl", "Het loket ging om 8.40 uur open.", "Het loket ging om tien over half negen open."),
    ("nl", "Het loket ging om 14.45 uur open.", "Het loket ging om kwart voor drie open."),
    ("nl", "De trein vertrok om 14:00 uur.", "De trein vertrok om 2 uur 's middags."),
    ("nl", "De trein vertrok om 15:00 uur.", "De trein vertrok om drie uur."),
    ("nl", "Het loket is open van 9-21 uur.", "Het loket is open tussen 9 en 21 uur."),
    ("nl", "Het loket is open van 8.00 tot 22.00 uur.", "Het loket is open tussen 8 en 22 uur."),
    ("nl", "Het loket is zaterdag open van 18.00 tot 23.00 uur.", "Het loket is vanavond open van zes tot elf."),
    ("nl", "De lijn is 24 uur per dag open.", "De lijn is 24/7 open."),
    ("nl", "Het loket gaat ma 29 september open.", "Het loket gaat maandag 29 september open."),
    ("nl", "Het loket was anderhalf uur dicht.", "Het loket was 90 minuten dicht."),
    ("nl", "Het loket is twee weken dicht.", "Het loket is veertien dagen dicht."),
    ("nl", "Er kwamen in oktober 40 klachten.", "In oktober 40 klachten, dat zijn er te veel."),
]
OTHER = [
    ("en", "A burn should be seen by a doctor the same day.", "The desk reopens tomorrow."),
    ("en", "The desk opened at 09:05.", "The desk opened at five past ten."),
    ("en", "The desk opened at 09:15.", "The desk opened at quarter to nine."),
    ("en", "The desk opened at 8:30.", "The desk opened at half past nine."),
    ("en", "The train left at 14:00.", "The train left at 4pm."),
    ("en", "The train left at 2am.", "The train left at 2pm."),
    ("en", "The desk is open on 3 May from 18:00 until 23:00.", "The desk is open from 6 till 10 tonight."),
    ("en", "The desk is open from 9am to 5pm.", "The desk is open between 8 and 5."),
    ("en", "The desk is open Mon-Fri, 9:00-17:00.", "The desk is open Monday to Saturday, 9 to 5."),
    ("en", "The line is open 12 hours.", "The line is open 24h."),
    ("en", "The desk reopens on Fri 6 June.", "The desk reopens on Saturday 7 June."),
    ("en", "The line was down for 90 minutes.", "The line was down for half an hour."),
    ("en", "The desk is shut for 14 days.", "The desk is shut for three weeks."),
    ("en", "We refund £117 (three payments).", "We refund £117 for all four months."),
    ("en", "We refund £20.", "We refund thirty pounds."),
    ("en", "We refund six customers.", "We refund your ticket by 6pm."),
    ("en", "The train was 25 minutes late.", "On the late train 25 customers stood."),
    ("en", "The train was late for 25 customers.", "We refund £25 for the late train."),
    ("nl", "De trein was 25 minuten te laat.", "Wij storten 25 euro terug voor de trein."),
    ("nl", "De boete van 40 euro was fout.", "Er waren 40 boetes fout."),
    ("nl", "Het loket ging om 09:05 open.", "Het loket ging om kwart over negen open."),
    ("nl", "Het loket ging om 8.30 uur open.", "Het loket ging om half acht open."),
    ("nl", "De trein vertrok om 15:00 uur.", "De trein vertrok om vier uur."),
    ("nl", "De trein vertrok om 15:00 uur.", "De trein vertrok om 5 uur 's middags."),
    ("nl", "Het loket is open van 9-21 uur.", "Het loket is open tussen 9 en 22 uur."),
    ("nl", "Het loket is zaterdag open van 10.00 tot 16.00 uur.", "Het loket is vanavond open van zes tot elf."),
    ("nl", "Het loket gaat ma 29 september open.", "Het loket gaat dinsdag 30 september open."),
    ("nl", "Het loket was anderhalf uur dicht.", "Het loket was 45 minuten dicht."),
    ("nl", "Er kwamen in oktober 40 klachten.", "Er kwamen in oktober 30 klachten."),
]
COUNT_NOTHING = [
    ("nl", "Twee dingen gingen hier mis en dat spijt ons."),
    ("en", "Two things went wrong here and we are sorry."),
    ("en", "You raise three points and I will take them one by one."),
]


@pytest.mark.parametrize(("lang", "fact", "reply"), SAME)
def test_the_same_figure_in_another_form_is_the_facts_own(lang: str, fact: str, reply: str) -> None:
    assert [] == quoted("N4", reply, lang, post=POSTS[lang], facts=[(fact, "log")])


@pytest.mark.parametrize(("lang", "fact", "reply"), OTHER)
def test_another_figure_is_objected_to_however_near_it_is(lang: str, fact: str, reply: str) -> None:
    assert quoted("N4", reply, lang, post=POSTS[lang], facts=[(fact, "log")])


@pytest.mark.parametrize(("lang", "reply"), COUNT_NOTHING)
def test_what_only_orders_the_reply_counts_no_fact(lang: str, reply: str) -> None:
    assert [] == quoted("N4", reply, lang, post=POSTS[lang])
