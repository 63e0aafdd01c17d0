"""The triage and crisis rules in plain words, Dutch and English, for screens, cards and digests. What they do stands in decide()."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of conduct by its id."""

    id: str
    words: Mapping[str, str]
    """What the rule is about, by language, short enough for one line of a table."""
    todo: Mapping[str, str]
    """What to do, by language."""


def _rule(rule_id: str, nl: str, en: str, todo_nl: str, todo_en: str) -> tuple[str, Rule]:
    return rule_id, Rule(rule_id, MappingProxyType({"nl": nl, "en": en}), MappingProxyType({"nl": todo_nl, "en": todo_en}))


RULES: Mapping[str, Rule] = MappingProxyType(
    dict(
        (
            _rule(
                "T1",
                "positief, of feitelijk en in balans",
                "positive, or balanced and factual",
                "kan blijven staan; bedank of stem in, verbeter niets",
                "may stand; thank or agree, correct nothing",
            ),
            _rule(
                "T2",
                "trol: een plek of account die alleen afkraakt",
                "troll: a place or account devoted to degrading others",
                "niet antwoorden, volgen, de teamleider inlichten",
                "do not answer; watch; tell the lead",
            ),
            _rule(
                "T3",
                "tirade, grap of satire",
                "rant, joke or satire",
                "niet antwoorden, volgen; zoek eerst of er een klacht onder zit",
                "do not answer; watch; look for a complaint underneath first",
            ),
            _rule(
                "T4",
                "misverstand: feiten die niet kloppen",
                "misguided: wrong facts",
                "daar antwoorden, met feiten en hun bron",
                "answer there, with facts and their sources",
            ),
            _rule(
                "T5",
                "ontevreden klant: een slechte ervaring",
                "unhappy customer: a bad experience",
                "rechtzetten en een redelijke oplossing bieden",
                "put it right; offer a reasonable solution",
            ),
            _rule(
                "T6",
                "andere kritiek",
                "anything else negative",
                "beoordelen: alleen op de huidige situatie ingaan, of laten staan",
                "final evaluation: answer for the present circumstances only, or let stand",
            ),
            _rule("T7", "de schrijver spreekt ons aan", "the author addresses us", "antwoorden helpt", "answering helps"),
            _rule(
                "T8",
                "de schrijver praat met anderen",
                "the author talks to others",
                "geen openbaar antwoord, tenzij een mens anders besluit",
                "no public reply, unless a person decides otherwise",
            ),
            _rule(
                "T9", "lof aan anderen, niet aan ons", "praise addressed to peers, not to us", "geen openbaar antwoord", "no public answer"
            ),
            _rule(
                "T10",
                "tweede misser: eerder geklaagd en het ging weer mis",
                "second failure: they complained before and we failed",
                "hoogste voorrang voor een mens, geen sjabloon",
                "highest human priority, no template",
            ),
            _rule(
                "T11",
                "klacht bij een derde partij",
                "complaint at a third party",
                "naar klachten of juridische zaken; antwoorden volgens hun eigen procedure",
                "route to complaints or legal; answer in that forum's own procedure",
            ),
            _rule(
                "T12",
                "gevaar, dreiging, wanhoop, kinderen, datalek, claim, pers of misdrijf",
                "danger, threat, despair, minors, data leak, legal claim, press or crime",
                "nooit snel goedkeuren: de eigenaar oproepen, tweede goedkeurder, alleen een eerste bericht",
                "never a quick approval: page the owner, second approver, holding text only",
            ),
            _rule(
                "T13",
                "een plek voor rouw, gezondheid of steun",
                "a mourning, health or support community",
                "niet antwoorden",
                "do not answer",
            ),
            _rule(
                "T14",
                "al door ons beantwoord",
                "already answered by us",
                "niet nog eens antwoorden; toon het eerdere antwoord",
                "do not answer twice; show the earlier answer",
            ),
            _rule(
                "T15",
                "verwijderd, gewijzigd of besloten gemaakt",
                "deleted, edited since drafting, or made private",
                "concept intrekken en onze kopie wissen",
                "cancel the draft, erase our copy",
            ),
            _rule(
                "T16",
                "één openbaar antwoord per persoon en kwestie",
                "one public reply for each person and issue",
                "pas weer antwoorden als zij reageren en een mens het besluit",
                "a second only after they answer and a person decides",
            ),
            _rule(
                "T17",
                "elk 'geen antwoord' heeft een reden",
                'every "no answer" has a reason',
                "reden bewaren en tonen in het dagoverzicht",
                "store the reason and show it in the digest",
            ),
            _rule(
                "K1",
                "antwoord binnen een uur; eerst kloppend, dan volledig",
                "answer within an hour; accurate before complete",
                "veiligheid eerst, medeleven, alle kanalen, ook de eigen mensen",
                "safety first, sympathy, all channels, tell staff too",
            ),
            _rule(
                "K2",
                "het antwoord past bij onze verantwoordelijkheid",
                "match the answer to responsibility",
                "gerucht: rechtzetten; ongeluk: uitleggen; te voorkomen: excuses en herstel",
                "rumour: correct; accident: explain; preventable: apology and repair",
            ),
            _rule(
                "K3",
                "breng slecht nieuws zelf als eerste",
                "stealing thunder: tell our own failure first",
                "weten wij het en de buitenwereld niet: vertel het",
                "if we know and the outside does not, tell it first",
            ),
            _rule(
                "K4",
                "één oorzaak, één verklaring",
                "one cause, one statement",
                "stop losse concepten over deze zaak",
                "stop drafts one by one for that story",
            ),
            _rule("K5", "zet alles stil wat vanzelf plaatst", "pause everything that posts by itself", "pauzeren", "pause"),
            _rule(
                "K6",
                "waarschuw ook voor wat onbehandeld wacht",
                "alert on posts that wait unhandled",
                "niet alleen op aantallen letten",
                "not only on volume",
            ),
        )
    )
)
