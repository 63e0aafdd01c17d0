"""Prints drafts on real complaints about airlines, and on Dutch ones of four trades, for a person to read: would you sign them?

The facts are made up, and nothing is kept. The complaints about airlines are read from the shared folder, which is not part of the project.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

from benchmarks.table import SHARED
from responders.preview import draft_line

AIRLINES = SHARED / "data" / "mentions" / "airlines.jsonl"
COUNT = 20
EVERY = 97
"""Every so many-th complaint is taken, so that they are of many days and brands."""

AIRLINE_FACTS = [
    (
        "storm",
        "Snow closed runways at the airports in the north-east on 16 February, so that flights were late or cancelled.",
        "the operations desk",
    ),
    ("bags", "Bags that missed a flight are delivered to the address on the claim within two days.", "https://airline.example/bags"),
    (
        "rebooking",
        "Whoever missed a connection through our delay is booked on the next flight with a free seat at no cost.",
        "https://airline.example/rebooking",
    ),
    ("refund", "Refunds to a card take seven working days from the day they are granted.", "https://airline.example/refunds"),
    ("phone", "Waiting times on our phone line are above an hour this week.", "the head of the contact centre"),
]

DUTCH: list[tuple[str, str, list[tuple[str, str, str]], bool | None]] = [
    (
        "Gemeente Waaldam",
        "@waaldam De groene container in de Kastanjestraat is nu al twee weken niet geleegd, het stinkt enorm!",
        [("gft", "Door een kapotte wagen is het gft in de Kastanjestraat twee weken niet opgehaald.", "de teamleider inzameling")],
        True,
    ),
    (
        "Gemeente Waaldam",
        "@waaldam ik sta al een uur in de rij voor een paspoort terwijl ik een afspraak had om 10 uur. Belachelijk.",
        [],
        None,
    ),
    (
        "Gemeente Waaldam",
        "@waaldam kunt u mij zeggen waarom de brug bij de haven al sinds maandag dicht is?",
        [("brug", "De brug bij de haven is tot en met vrijdag dicht voor onderhoud.", "https://waaldam.example/brug")],
        None,
    ),
    (
        "Gemeente Waaldam",
        "@waaldam al drie keer een losliggende stoeptegel gemeld bij de school, er gebeurt niets. Moet er eerst een kind vallen?",
        [],
        None,
    ),
    (
        "Gemeente Waaldam",
        "@waaldam jullie hebben de parkeertarieven verdubbeld zonder iets te zeggen. Schandalig",
        [
            (
                "parkeren",
                "De parkeertarieven zijn sinds 1 januari met 40 cent per uur verhoogd, zoals de raad in november besloot.",
                "https://waaldam.example/parkeren",
            )
        ],
        False,
    ),
    ("Stroomwijzer", "@stroomwijzer mijn termijnbedrag is zomaar van 120 naar 210 euro gegaan, hoe kan dat??", [], None),
    (
        "Stroomwijzer",
        "@stroomwijzer 45 minuten in de wacht gehangen en toen werd de verbinding verbroken. Bedankt hoor.",
        [("telefoon", "Door een storing in onze telefooncentrale zijn dinsdag gesprekken weggevallen.", "het hoofd klantcontact")],
        True,
    ),
    (
        "Stroomwijzer",
        "@stroomwijzer u heeft twee keer dezelfde rekening afgeschreven deze maand. Ik wil mijn geld terug.",
        [
            (
                "dubbel",
                "Op 3 maart is bij een deel van de klanten te veel afgeschreven; het wordt binnen drie werkdagen teruggestort.",
                "de financiële administratie",
            )
        ],
        True,
    ),
    ("Stroomwijzer", "@stroomwijzer de monteur zou tussen 8 en 12 komen. Het is nu half 3 en nog steeds niemand gezien.", [], None),
    (
        "Stroomwijzer",
        "Wanneer krijg ik eindelijk mijn eindafrekening @stroomwijzer? Ik ben in december verhuisd.",
        [("eindafrekening", "Een eindafrekening komt binnen zes weken na de verhuisdatum.", "https://stroomwijzer.example/verhuizen")],
        None,
    ),
    (
        "Kastje & Co",
        "@kastjeenco mijn bestelling zou maandag komen, het is donderdag en ik heb nog niks. Track en trace doet het ook niet.",
        [],
        None,
    ),
    (
        "Kastje & Co",
        "@kastjeenco de kast kwam aan met een gebroken deur, en jullie klantenservice reageert niet op mijn mails.",
        [("mail", "Door drukte beantwoorden we mails nu na vijf werkdagen.", "het hoofd klantenservice")],
        True,
    ),
    (
        "Kastje & Co",
        "@kastjeenco ik wacht al 4 weken op mijn terugbetaling van een geretourneerde lamp. Hoe lang nog?",
        [
            (
                "retour",
                "Terugbetalingen van retouren zijn in februari door een fout in ons systeem blijven liggen.",
                "de financiële administratie",
            )
        ],
        True,
    ),
    ("Kastje & Co", "@kastjeenco verkeerde kleur ontvangen, en ik moet zelf de retourkosten betalen? Serieus?", [], None),
    (
        "Kastje & Co",
        "@kastjeenco de kortingscode uit jullie nieuwsbrief werkt niet, geeft steeds een foutmelding.",
        [("code", "De kortingscode van de nieuwsbrief van 1 maart werkte door een tikfout niet.", "de webredactie")],
        True,
    ),
    (
        "Rijnbus",
        "@rijnbus bus 14 vanochtend 25 minuten te laat en daarna nog overvol ook, ik kon er niet eens in.",
        [("bus14", "Bus 14 reed vanochtend later door een ongeval op de A12.", "de verkeersleiding")],
        False,
    ),
    ("Rijnbus", "@rijnbus de chauffeur van lijn 3 snauwde mijn moeder af omdat ze haar pas niet snel genoeg vond.", [], None),
    ("Rijnbus", "@rijnbus mijn OV-chipkaart is twee keer afgeboekt op lijn 7, hoe krijg ik dat terug?", [], None),
    (
        "Rijnbus",
        "@rijnbus lijn 9 viel gisteravond gewoon uit, een uur in de kou gestaan. Niemand die iets zei.",
        [("lijn9", "Lijn 9 viel gisteravond uit omdat er geen chauffeur was.", "de planning")],
        True,
    ),
    ("Rijnbus", "@rijnbus fijn dat de halte Stadspark weer open is, dank aan de chauffeur die zo goed hielp met mijn rolstoel!", [], None),
]
"""Who is written to, what they wrote, what we know of it, and whose fault it was."""


def airline_lines() -> Iterator[dict[str, Any]]:
    """Yield complaints about airlines, each with all facts."""
    facts = [{"id": name, "text": text, "source": source} for name, text, source in AIRLINE_FACTS]
    with AIRLINES.open(encoding="utf-8") as lines:
        complaints = [line for line in map(json.loads, lines) if line["label"] == "negative"]
    for number, one in enumerate(complaints[::EVERY][:COUNT]):
        line = {"id": one["external_id"], "lang": "en", "network": "mastodon", "brand": one["brand"], "author": one["author"]}
        yield line | {"text": one["text"], "facts": facts, "responsible": (None, True, None)[number % 3]}


def dutch_lines() -> Iterator[dict[str, Any]]:
    """Yield the Dutch complaints."""
    for number, (brand, text, facts, responsible) in enumerate(DUTCH):
        told = [{"id": name, "text": fact, "source": source} for name, fact, source in facts]
        line = {"id": str(number), "lang": "nl", "network": "mastodon", "brand": brand, "author": "@iemand"}
        yield line | {"text": text, "facts": told, "responsible": responsible}


def main() -> None:
    """Print every post with its draft and what the rules say of it."""
    given = [*(airline_lines() if AIRLINES.exists() else ()), *dutch_lines()]
    openings = set()
    for line in given:
        answer = draft_line(line)
        text = answer["draft"] or f"(none: {answer['why_none']})"
        openings.add(text[:40])
        print(f"{line['id']} {line['brand']}: {line['text']}\n  → {text}")
        print("".join(f"    {one['severity']} {one['rule']}: {one['sentence']}\n" for one in answer["objections"]))
    print(f"{len(given)} posts, {len(openings)} different beginnings of 40 characters.")
    if not AIRLINES.exists():
        print(f"The complaints about airlines are not there: {AIRLINES}", file=sys.stderr)


if __name__ == "__main__":
    main()
