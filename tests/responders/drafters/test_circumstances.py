from __future__ import annotations

import pytest

from responders.drafters.circumstances import Circumstances, circumstances
from responders.drafters.vocabulary import Reading


def found(text: str, language: str, *names: str) -> Circumstances:
    return circumstances(Reading(text), language, names)


@pytest.mark.parametrize(
    ("text", "when", "since"),
    [
        ("De bus kwam gisteren niet", "gisteren", ""),
        ("Vanmorgen om 8.15 uur stond ik er weer", "vanmorgen om 8.15 uur", ""),
        ("Sinds maandag ligt alles plat", "", "sinds maandag"),
        ("op 12 mei gebeld", "op 12 mei", ""),
        ("Drie dagen geleden besteld", "drie dagen geleden", ""),
        ("De trein van om 7.40 uur", "om 7.40 uur", ""),
        ("afgelopen zaterdag was het dicht", "afgelopen zaterdag", ""),
        ("elke nacht hetzelfde", "elke nacht", ""),
        ("Morgen ga ik naar de winkel", "", ""),
    ],
)
def test_dutch_says_when(text: str, when: str, since: str) -> None:
    around = found(text, "nl")

    assert (when, since) == (around.when, around.since)


@pytest.mark.parametrize(
    ("text", "when", "since"),
    [
        ("my flight yesterday morning", "yesterday morning", ""),
        ("our journey on 2/21 was awful", "on 2/21", ""),
        ("been calling since Monday!", "", "since Monday"),
        ("Monday night was bad", "on Monday night", ""),
        ("it broke on March 3rd at 10am", "on March 3rd at 10am", ""),
        ("ordered 3 weeks ago", "3 weeks ago", ""),
        ("last night", "last night", ""),
        ("down all day", "all day", ""),
        ("no water since 5am", "", "since 5am"),
        ("I need a flight tomorrow", "", ""),
        ("it may rain", "", ""),
    ],
)
def test_english_says_when(text: str, when: str, since: str) -> None:
    around = found(text, "en")

    assert (when, since) == (around.when, around.since)


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("al 3 weken niets", "3 weken"),
        ("Sta hier al 20 min", "20 minuten"),
        ("anderhalf uur gewacht", "anderhalf uur"),
        ("een kwartier te laat", "een kwartier"),
        ("Half uur vertraging", "een half uur"),
        ("ruim twee uur", "ruim twee uur"),
        ("45+ minuten", "ruim 45 minuten"),
        ("2 uur en 10 min in de rij", "2 uur en 10 minuten"),
        ("uur in de rij gestaan", "een uur"),
        ("ik slaap al weken niet", "weken"),
        ("al de hele dag geen internet", "de hele dag"),
        ("om 8 uur stond ik er", ""),
        ("over 2 uur vertrek ik", ""),
        ("2 dagen geleden", ""),
    ],
)
def test_dutch_says_how_long(text: str, duration: str) -> None:
    assert duration == found(text, "nl").duration


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("on hold for 2hrs", "2 hours"),
        ("30+ minutes in line", "more than 30 minutes"),
        ("over an hour", "more than an hour"),
        ("an hour and a half", "an hour and a half"),
        ("2 hours and 30 minutes", "2 hours and 30 minutes"),
        ("a hour", "an hour"),
        ("out for weeks", "weeks"),
        ("a 4 hr delay", "4 hours"),
        ("wait a minute", ""),
        ("leaving in 2 hours", ""),
        ("two days ago", ""),
        ("within 24 hours", ""),
    ],
)
def test_english_says_how_long(text: str, duration: str) -> None:
    assert duration == found(text, "en").duration


@pytest.mark.parametrize(
    ("text", "where", "route"),
    [
        ("grofvuil in de Lindestraat", "in de Lindestraat", ""),
        ("grofvuil in de lindestraat", "in de Lindestraat", ""),
        ("sta op station Nijmegen", "op station Nijmegen", ""),
        ("bij het loket in het stadhuis", "bij het loket", ""),
        ("in jullie winkel", "in de winkel", ""),
        ("geen fiets op station", "op station", ""),
        ("de trein van Nijmegen naar Den Bosch", "", "van Nijmegen naar Den Bosch"),
        ("bij Petra geweest", "", ""),
        ("op Twitter gezet", "", ""),
        ("in Klootzakstad", "", ""),
        ("in Januari", "", ""),
        ("IN DE LINDESTRAAT", "in de Lindestraat", ""),
        ("op weg naar huis", "", ""),
        ("bij Waalfiets gehuurd, in Waalfiets", "", ""),
    ],
)
def test_dutch_says_where(text: str, where: str, route: str) -> None:
    around = found(text, "nl", "Waalfiets")

    assert (where, route) == (around.where, around.route)


@pytest.mark.parametrize(
    ("text", "where", "route"),
    [
        ("stuck in Houston", "in Houston", ""),
        ("In ORD, waited", "at ORD", ""),
        ("street lights on Mill Road", "on Mill Road", ""),
        ("from LA to RDU", "", "from LA to RDU"),
        ("awful journey EWR to BOS", "", "from EWR to BOS"),
        ("your agent at gate b91 said no", "at gate B91", ""),
        ("sitting at the airport", "at the airport", ""),
        ("yelled at Maria", "", ""),
        ("In Hell", "", ""),
        ("on March", "", ""),
        ("nothing here", "", ""),
    ],
)
def test_english_says_where(text: str, where: str, route: str) -> None:
    around = found(text, "en", "United")

    assert (where, route) == (around.where, around.route)


@pytest.mark.parametrize(
    ("text", "language", "amount", "times", "reported"),
    [
        ("€ 49,95 afgeschreven", "nl", "€ 49,95", "", ""),
        ("89 euro, 3x gebeld", "nl", "89 euro", "3 keer", "3 keer gebeld"),
        ("al voor de derde keer", "nl", "", "voor de derde keer", ""),
        ("meerdere keren gemeld", "nl", "", "meerdere keren", "meerdere keren een melding gedaan"),
        ("$1,200 and called twice", "en", "$1,200", "twice", "called twice"),
        ("reported 4 times", "en", "", "4 times", "reported it 4 times"),
        ("for the third time", "en", "", "for the third time", ""),
        ("nothing", "en", "", "", ""),
    ],
)
def test_amounts_and_repetitions_are_found(text: str, language: str, amount: str, times: str, reported: str) -> None:
    around = found(text, language)

    assert (amount, times, reported) == (around.amount, around.times, around.reported)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    "hostile", ["in de ", "van A naar ", "2 uur en ", "at the ", "from LA to ", "on Monday ", "€ 1", "A" * 40 + " ", "twee keer "]
)
def test_a_megabyte_of_anything_says_little_and_comes_to_an_end(language: str, hostile: str) -> None:
    around = found(hostile * (1_000_000 // len(hostile)), language)

    assert all(len(getattr(around, name)) < 200 for name in ("when", "since", "duration", "where", "route", "amount", "times", "reported"))
