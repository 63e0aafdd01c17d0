"""Says in Dutch why a reply is delivered as it is; the decision itself, and its English, stand in `responders.delivery`. Pure."""

from __future__ import annotations

import re

DUTCH_REASONS: dict[str, str] = {
    "We may answer on {} through its API (T7).": "We mogen op {} via de API antwoorden (T7).",
    "responders.toml has no [network.{}], so a person answers by hand (T7).": (
        "responders.toml heeft geen [network.{}], dus een mens antwoordt met de hand (T7)."
    ),
    "responders.toml says that a person answers by hand on {} (T7).": "Op {} antwoordt een mens met de hand, zegt responders.toml (T7).",
    "[network.{}] names no poster, so a person answers by hand (T7).": (
        "[network.{}] noemt geen poster, dus een mens antwoordt met de hand (T7)."
    ),
    "Hacker News has no API that writes, so a person answers by hand (T7).": (
        "Hacker News heeft geen API om te schrijven, dus een mens antwoordt met de hand (T7)."
    ),
    "A blog has no API that takes our answer, so a person answers by hand (T7).": (
        "Een blog heeft geen API die ons antwoord aanneemt, dus een mens antwoordt met de hand (T7)."
    ),
    "X takes a reply through its API only where the author mentioned or quoted our account; answer by hand (L1).": (
        "X neemt via de API alleen een antwoord aan als de schrijver ons account noemde of citeerde; antwoord met de hand (L1)."
    ),
    "X must approve drafted replies first, and [{}] gives no reference of that as {}; answer by hand (L1).": (
        "X moet voorgestelde antwoorden eerst goedkeuren, en [{}] geeft daar geen verwijzing naar als {}; antwoord met de hand (L1)."
    ),
    'The author mentioned us, and X approved our replies (L1): "{}". X charges $0.015, $0.200 with a link (L2).': (
        'De schrijver noemde ons, en X keurde onze antwoorden goed (L1): "{}". X rekent $0,015, met een link $0,200 (L2).'
    ),
    "Reddit must approve the app first, and [{}] does not say {}; answer by hand (L3).": (
        "Reddit moet de app eerst goedkeuren, en in [{}] staat geen {}; antwoord met de hand (L3)."
    ),
    "The author is there to degrade others; we do not answer and keep watching (T2).": (
        "De schrijver is er om anderen omlaag te halen; we antwoorden niet en blijven kijken (T2)."
    ),
    "A rant, joke or satire without a complaint underneath is not answered (T3).": (
        "Een tirade, grap of satire zonder klacht eronder krijgt geen antwoord (T3)."
    ),
    "Praise between others is theirs; a company that joins in intrudes (T9).": (
        "Lof onder elkaar is van hen; een bedrijf dat zich erin mengt, dringt zich op (T9)."
    ),
    "The author talks to others, not to us, and no person asked for an answer (T8).": (
        "De schrijver praat met anderen, niet met ons, en niemand vroeg om een antwoord (T8)."
    ),
    "The mention was deleted, edited or made private, so there is nothing to answer (T15).": (
        "Het bericht is gewist, gewijzigd of afgeschermd, dus er is niets te beantwoorden (T15)."
    ),
    "We already answered this: {} (T14).": "We antwoordden hier al op: {} (T14).",
    "An answer of ours already stands under this (T14).": "Hieronder staat al een antwoord van ons (T14).",
    "We already answered, or are answering, this person in this thread; a second reply needs a person's decision (T16).": (
        "We antwoordden deze persoon in dit gesprek al, of zijn daarmee bezig; over een tweede antwoord beslist een mens (T16)."
    ),
    "{} is a place where we never answer: mourning, health or support (T13).": (
        "{} is een plek waar we nooit antwoorden: rouw, gezondheid of lotgenoten (T13)."
    ),
    "{} is a place where we never answer (T13), also not about a serious matter (T12); the owner is told instead.": (
        "{} is een plek waar we nooit antwoorden (T13), ook niet over iets ernstigs (T12); de eigenaar hoort het in plaats daarvan."
    ),
    "responders.toml says that we do not answer on {} (T8).": "Op {} antwoorden we niet, zegt responders.toml (T8).",
    "{} is not in the list {} of [{}]; answer by hand (L3).": ("{} staat niet in de lijst {} van [{}]; antwoord met de hand (L3)."),
}
"""Why it is answered so, or by nobody, where a person may read it; by the English sentence. A pair of braces stands for what it names."""

DUTCH_NOTHING: dict[str, str] = {
    "Praise among peers needs no answer of ours (T9).": "Lof onder elkaar heeft geen antwoord van ons nodig (T9).",
    "The post names no complaint, question or praise that a template could answer honestly; a person may still write.": (
        "Het bericht noemt geen klacht, vraag of lof waarop een sjabloon eerlijk kan antwoorden; een mens kan dat nog wel."
    ),
    "It looks like praise, and a template did not understand it: nobody apologises for that; a person may thank (T1).": (
        "Het lijkt lof, en een sjabloon begreep die niet: daarvoor maakt niemand excuses; een mens kan bedanken (T1)."
    ),
    "The post's language is not known (R11).": "De taal van het bericht is niet bekend (R11).",
    'There are no phrases for the language "{}" (R11).': 'Er zijn geen zinnen voor de taal "{}" (R11).',
    "What must be said does not fit {} (R12).": "Wat gezegd moet worden, past niet op {} (R12).",
    "They complained before and we failed: a person writes this one, without a template (T10).": (
        "Klaagde eerder, en we stelden teleur: dit schrijft een mens, zonder sjabloon (T10)."
    ),
    "This belongs to the complaints procedure of the place where it was said, not to a template (T11).": (
        "Dit hoort in de klachtenprocedure van de plek waar het gezegd is, niet in een sjabloon (T11)."
    ),
    "there is no fact and no phrase that fits; a person writes this one.": ("er is geen feit en geen zin die past; dit schrijft een mens."),
}
"""Why there is no draft, where a person writes the reply; by the English sentence."""

_KNOWN = tuple(
    (re.compile("(.{1,300})".join(map(re.escape, english.split("{}"))), re.DOTALL), dutch)
    for english, dutch in (DUTCH_REASONS | DUTCH_NOTHING).items()
)


NO_DRAFT = " No draft: "


def spell_reason(language: str, reason: str) -> str:
    """Return a reason in this language; as it is where it is none of ours, such as what a person wrote."""
    if language != "nl" or len(reason) > 1_000:
        return reason
    before, said, why = reason.partition(NO_DRAFT)
    if said:
        return f"{spell_reason(language, before)} Geen concept: {spell_reason(language, why)}"
    for english, dutch in _KNOWN:
        if match := english.fullmatch(reason):
            return dutch.format(*match.groups())
    return reason


_NOTES = tuple(
    (re.compile(english), dutch)
    for english, dutch in {
        "draft by nobody": "geen concept",
        r"draft by (.{1,80})": "concept van {}",
        r"version (\d{1,9})": "versie {}",
        r"attempt (\d{1,9})": "poging {}",
        r"until (\d{4}-\d{2}-\d{2} \d{2}:\d{2} UTC)": "tot {}",
        "decided early": "eerder besloten",
        "the snooze is over": "de wachttijd is om",
        r"assigned to (.{1,90})": "toegewezen aan {}",
        "a person posts it by hand": "iemand plaatst het met de hand",
        "found standing there": "het stond er al",
        "posted by hand": "met de hand geplaatst",
        "posted by hand; the text differs from the approved one": "met de hand geplaatst; de tekst wijkt af van wat is goedgekeurd",
    }.items()
)
"""What we ourselves note in the record; a person's words always stand behind their name there, so these are never theirs."""


def spell_note(language: str, note: str) -> str:
    """Return what the record notes in this language; as it is where it is none of these."""
    if language == "nl":
        for english, dutch in _NOTES:
            if match := english.fullmatch(note):
                return dutch.format(*match.groups())
    return note
