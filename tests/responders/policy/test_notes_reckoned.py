"""What follows from the dates, shares and sums of facts that are jotted down is carried; what does not follow is objected to."""

from __future__ import annotations

import pytest

from tests.responders.policy.judging import quoted

FOLLOWS = [
    ("en", ["12k customers without water 23/11"], "Twelve thousand customers had no water on the 23rd."),
    ("en", ["1.2m litres lost"], "We lost 1.2 million litres."),
    ("nl", ["1,2 mln liter weggelekt"], "Er lekte 1,2 miljoen liter weg."),
    ("en", ["46/58 lamps replaced, rest by 4/12"], "46 of the 58 lamps are new and the other twelve follow by 4 December."),
    ("en", ["1/3 of seats sold twice"], "A third of the seats was sold twice."),
    ("en", ["batch 17 and 18 recalled"], "Two batches have been recalled."),
    ("nl", ["lokaal 4, 7, 9 vocht gevonden"], "In drie lokalen is vocht gevonden."),
    ("en", ["Oct and Nov charged twice"], "Two months were charged twice."),
    ("nl", ["huur 650 -> 690 per 1-1"], "De huur gaat op 1 januari 40 euro omhoog."),
    ("nl", ["bezorging 4 dgn te laat, 2,50 per dag vergoed"], "Voor de vier dagen vertraging krijg je 10 euro vergoed."),
    ("en", ["credit 2 mths at 19.99"], "You get £39.98 back for two months."),
    ("en", ["open 24/7 by phone"], "You can ring us day and night, seven days a week."),
    ("nl", ["62% naar gezinnen, 30% hergebruik, 8% restafval"], "Van alles ging 92% naar gezinnen of hergebruik."),
    ("nl", ["aannemer begon 6:00 op 16, 17, 18, 19 nov"], "De aannemer begon vier ochtenden achter elkaar te vroeg."),
    ("en", ["swing reported 26/10", "swing taken down 24/11"], "It was reported on 26 October. The swing hung there for four weeks after."),
    ("en", ["collection missed 3/11, 10/11, 17/11"], "We missed your collection three weeks running."),
    ("en", ["desk shut 24/11-26/11"], "The desk was shut for three days."),
    ("nl", ["balie dicht 24-11 en 25-11"], "De balie was 24 en 25 november dicht."),
    ("nl", ["33% van de ritten te laat in okt"], "Een derde van de ritten was in oktober te laat."),
    ("en", ["48% of trips late"], "Nearly half of the trips were late."),
    ("nl", ["ritten 07:10, 07:40, 08:10 uitgevallen"], "Drie ritten vielen uit."),
    ("nl", ["bus vertrok 6:20"], "De bus vertrok om twintig over zes."),
    ("en", ["complaint logged March, answered June"], "Your complaint lay with us for three months."),
    ("nl", ["tram 6 rijdt elk kwartier"], "Tram 6 rijdt vier keer per uur."),
    ("nl", ["sporthal dicht vr 27-11 t/m zo 29-11"], "De sporthal is alleen dit weekend dicht."),
    ("nl", ["levering 48 u na bestelling"], "De levering is binnen twee dagen."),
    ("en", ["revisit Thu 26/11 within 1 h"], "Our own people are due within the hour."),
]
DOES_NOT = [
    ("en", ["12k customers without water 23/11"], "Twenty thousand customers had no water on the 23rd."),
    ("en", ["1.2m litres lost"], "We lost 1.4 million litres."),
    ("nl", ["1,2 mln liter weggelekt"], "Er lekte 2,1 miljoen liter weg."),
    ("en", ["46/58 lamps replaced, rest by 4/12"], "46 of the 58 lamps are new and the other eleven follow by 4 December."),
    ("en", ["1/3 of seats sold twice"], "A quarter of the seats was sold twice."),
    ("en", ["batch 17 and 18 recalled"], "Three batches have been recalled."),
    ("nl", ["lokaal 4, 7, 9 vocht gevonden"], "In vijf lokalen is vocht gevonden."),
    ("en", ["Oct and Nov charged twice"], "Three months were charged twice."),
    ("nl", ["huur 650 -> 690 per 1-1"], "De huur gaat op 1 januari 60 euro omhoog."),
    ("nl", ["bezorging 4 dgn te laat, 2,50 per dag vergoed"], "Voor de vier dagen vertraging krijg je 12 euro vergoed."),
    ("en", ["credit 2 mths at 19.99"], "You get £59.97 back for two months."),
    ("en", ["open 24/7 by phone"], "You can ring us six days a week."),
    ("nl", ["62% naar gezinnen, 30% hergebruik, 8% restafval"], "Van alles ging 95% naar gezinnen of hergebruik."),
    ("nl", ["62% naar gezinnen, 30% hergebruik, 8% restafval"], "Van alles ging 70% naar gezinnen of hergebruik."),
    ("nl", ["aannemer begon 6:00 op 16, 17, 18, 19 nov"], "De aannemer begon vijf ochtenden achter elkaar te vroeg."),
    ("en", ["swing reported 26/10", "swing taken down 24/11"], "It was reported on 26 October. The swing hung there for six weeks after."),
    ("en", ["collection missed 3/11, 10/11, 17/11"], "We missed your collection four weeks running."),
    ("en", ["desk shut 24/11-26/11"], "The desk was shut for five days."),
    ("nl", ["balie dicht 24-11 en 25-11"], "De balie was 23 en 25 november dicht."),
    ("nl", ["33% van de ritten te laat in okt"], "Een kwart van de ritten was in oktober te laat."),
    ("en", ["48% of trips late"], "More than half of the trips were late."),
    ("nl", ["ritten 07:10, 07:40, 08:10 uitgevallen"], "Vijf ritten vielen uit."),
    ("nl", ["bus vertrok 6:20"], "De bus vertrok om twintig voor zes."),
    ("en", ["complaint logged March, answered June"], "Your complaint lay with us for five months."),
    ("nl", ["tram 6 rijdt elk kwartier"], "Tram 6 rijdt vijf keer per uur."),
    ("nl", ["sporthal dicht ma 23-11 t/m wo 25-11"], "De sporthal is alleen dit weekend dicht."),
    ("nl", ["levering 48 u na bestelling"], "De levering is binnen drie dagen."),
    ("en", ["revisit Thu 26/11 within 3 h"], "Our own people are due within the hour."),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "facts", "reply"), FOLLOWS)
def test_what_follows_from_notes_is_carried(lang: str, facts: list[str], reply: str) -> None:
    assert quoted("N4", reply, lang, facts=[(text, "log") for text in facts]) == []


@pytest.mark.parametrize(("lang", "facts", "reply"), DOES_NOT)
def test_what_does_not_follow_from_notes_is_objected_to(lang: str, facts: list[str], reply: str) -> None:
    assert quoted("N4", reply, lang, facts=[(text, "log") for text in facts]) != []


def test_a_date_where_another_was_asked_for_lies_so_many_days_from_it() -> None:
    post, facts = "Rails boekte mijn trein voor 13 ipv 15 december.", [("omgeboekt naar 15-12 kosteloos", "inkoop")]

    assert quoted("N4", "Onze boeking lag twee dagen ernaast.", facts=facts, post=post) == []
    assert quoted("N4", "Onze boeking lag vier dagen ernaast.", facts=facts, post=post) != []


def test_a_share_is_carried_by_a_percentage_of_the_same_only() -> None:
    facts = [("55% van de bussen is elektrisch", "log")]

    assert quoted("N4", "Ruim de helft van de bussen is elektrisch.", facts=facts) == []
    assert quoted("N4", "Ruim de helft van de klachten kwam uit de stad.", facts=facts) != []
