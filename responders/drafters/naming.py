"""Puts a post's key facts into the words of a reply: the complaint as a clause, the thing, the topic; grammar only, no judgement."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from monitor.domain import Author, Brand
from monitor.text import fold
from responders.drafters.fitting import BARE, FULL, LEAST, NAMED, Step
from responders.drafters.keyfacts import REACHING, KeyFacts
from responders.drafters.phrases import BLANK, COMPLAINTS, Phrases
from responders.drafters.places import FOUL
from responders.drafters.subjects import Subject
from responders.drafters.vocabulary import KINDS, vocabulary

if TYPE_CHECKING:
    from responders.drafters.fitting import Wording

_THINGS = frozenset({"subject", "harm", *KINDS.values()})
"""Blanks that say what a complaint is about; the others say under which circumstances."""


_KEPT = {
    "late": ("duration",),
    "phone": ("duration",),
    "no_answer": ("duration",),
    "billing": ("amount",),
    "refund": ("amount",),
    "double_charge": ("amount",),
}
"""Circumstances that a second complaint takes where the first left them."""


def brand_values(phrases: Phrases, brand: Brand) -> dict[str, str]:
    """Return the values that are the same in every reply of a brand."""
    scalars = {key: text.replace("{brand}", brand.name) for key, text in phrases.scalars.items()}
    who = brand.speaks_as if _is_language(brand.speaks_as, phrases.language) else ""
    values = {
        "brand": brand.name,
        "who": who or scalars.get("speaks_as", ""),
        "come_back": scalars.get("come_back_within", ""),
        "come_back_serious": scalars.get("come_back_within_serious", ""),
        "colleagues": scalars.get("colleagues", ""),
        "channel": scalars.get("channel", ""),
        "signature": brand.signature or scalars.get("without_signature", ""),
    }
    return {name: value for name, value in values.items() if value}


def first_name(author: Author, language: str) -> str:
    """Return the name to greet an author by, or an empty text where it is not plainly a first name that they go by.

    Plainly: it begins their display name, it stands in their handle too, and it is no word of the language.
    """
    name = author.name.split()[0] if author.name.split() else ""
    word = fold(name)
    known = vocabulary(language)
    telling = re.fullmatch(r"[A-ZÀ-Þ][a-zß-ÿ]{1,14}(?:-[A-ZÀ-Þ][a-zß-ÿ]{1,14})?", name) and word in fold(author.handle)
    return name if telling and not FOUL.search(word) and known.noun(word) is None and word not in known.no_names | known.empty else ""


def post_values(key: KeyFacts, situation: str, topic: str, wording: Wording) -> dict[str, str]:
    """Return the values of everything the post says, with the complaint of this situation worded from them."""
    around = key.circumstances
    in_vehicle = around.where.rpartition(" ")[2] in vocabulary(key.language).vehicles
    values = {
        "when": around.when,
        "since": around.since,
        "duration": "" if situation in _TAKES_DAYS and _HOURS.search(around.duration) else around.duration,
        "where": "" if in_vehicle and situation in _ON_THE_WAY - {"crowded"} else around.where,
        "amount": around.amount,
        "times": around.times,
        "reported": around.reported,
        "harm": key.harm,
        "still": wording.phrases.scalars.get("still", "") if key.still and not (around.duration or around.since) else "",
        "topic": _topic(topic, key.language),
    }
    if situation != "safety":
        values |= _subject_values(key.subject, key.language, wording, situation)
        if around.route and situation in _ON_THE_WAY:
            values["subject"] = f"{values.get('subject') or _TRIP[key.language][wording.formal]} {around.route}"
    values = {name: value for name, value in values.items() if value}
    variants = wording.phrases.variants("complaint", situation)
    if variants:
        named, bare, least = _clause(situation, values, wording)
        if situation == "safety":
            values |= _subject_values(key.subject, key.language, wording, "general")
        values |= {FULL: named + _second(key, values, situation, named, wording), NAMED: named, BARE: bare, LEAST: least}
    return values


_TAKES_DAYS = frozenset({"refund", "works", "upkeep", "not_collected"})
"""Complaints that nobody makes after hours, so that hours in the post belong to something else."""
_HOURS = re.compile(r"\b(?:uur|uren|minuten|kwartier|hours?|minutes?)\b")
_ON_THE_WAY = frozenset({"late", "cancelled", "crowded", "wrong_info", "quality"})
_TRIP = {"nl": ("je reis", "uw reis"), "en": ("your trip", "your trip")}


def _clause(situation: str, values: Mapping[str, str], wording: Wording) -> tuple[str, str, str]:
    """Return the clause that says most of the complaint, the shortest that says what it is about, and the shortest of all."""
    known = {**wording.base, **values}
    variants = [phrase for phrase in wording.phrases.variants("complaint", situation) if phrase.needed <= known.keys()]
    if not variants:
        return BLANK, BLANK, BLANK
    said = [(len(phrase.needed), len((phrase.needed | phrase.offered) & values.keys())) for phrase in variants]
    fullest = [phrase for phrase, much in zip(variants, said, strict=True) if much == max(said)]
    how = {"formal": wording.formal, "plural": wording.plural}
    named = fullest[wording.pick(f"complaint {situation}", len(fullest))].fill(known, **how)
    plain = [(phrase.needed, phrase.fill(known, optional=False, **how)) for phrase in variants if not phrase.needed - _THINGS]
    bare = min([named, *(text for needed, text in plain if needed)], key=len)
    return named, bare, min([bare, *(text for _, text in plain)], key=len)


def _second(key: KeyFacts, values: Mapping[str, str], situation: str, named: str, wording: Wording) -> str:
    """Return how a second complaint is added, or an empty text where the post makes none."""
    if not key.second or key.second == "price" or situation not in COMPLAINTS or situation != key.situation:
        return ""
    others = {name: values[name] for name in _KEPT.get(key.second, ()) if name in values and values[name] not in named}
    if key.second not in REACHING and key.second_subject != key.subject:
        others |= _subject_values(key.second_subject, key.language, wording, key.second)
    plural = wording.plural
    wording.plural = bool(key.second_subject and key.second_subject.plural)
    clause, _, _ = _clause(key.second, others, wording)
    wording.plural = plural
    joined = [*wording.variants(Step("and"))]
    return joined[0] + clause if joined and clause != BLANK else ""


_SAID_OF: Mapping[str, frozenset[str]] = {
    "bill": frozenset({"billing", "doubted_bill"}),
    "rate": frozenset({"billing", "price"}),
    "utility": frozenset({"outage"}),
    "waste": frozenset({"mess", "not_collected"}),
    "nuisance": frozenset({"nuisance"}),
    "person": frozenset({"staff", "not_come", "no_show"}),
}
"""Kind of noun → complaints that have words of their own for it; in all others it is a thing like any other."""


def _subject_values(subject: Subject | None, language: str, wording: Wording, situation: str) -> dict[str, str]:
    if subject is None or subject.dull or (subject.kind == "person" and situation == "promise"):  # Promised by them, not about them.
        return {}
    named = {"subject": subject_words(subject, language, formal=wording.formal)}
    if situation in _SAID_OF.get(subject.kind, ()):
        return {subject.kind: subject.words if subject.kind == "utility" else named["subject"]}
    return named if subject.owner == "you" else {**named, "thing": subject.words}


def names_thing(values: Mapping[str, str]) -> bool:
    """Say whether the complaint as worded names a thing, a place or a sum that the post names."""
    clause = values[FULL]
    return any(values.get(name, "") and values[name] in clause for name in (*_THINGS, "where", "amount", "reported"))


def subject_words(subject: Subject, language: str, *, formal: bool) -> str:
    """Return what a post is about with its article or owner: "your parcel", "onze app"."""
    if subject.kind == "person":
        ours = subject.plural or subject.words in {"staff", "crew"}
        owner = {"nl": "" if subject.plural else "een", "en": "our" if ours else "the"}[language]
    elif subject.owner == "you":
        owner = {"nl": "uw" if formal else "je", "en": "your"}[language]
    elif subject.owner == "us":
        owner = {"nl": "ons" if subject.article == "het" and not subject.plural else "onze", "en": "our"}[language]
    else:
        owner = subject.article
    return f"{owner} {subject.words}" if owner else subject.words


def _topic(word: str, language: str) -> str:
    """Return what post and fact share as it can follow "about": with its article, or a word that needs none; else ""."""
    noun = vocabulary(language).noun(word)
    if noun is not None:
        return f"{noun.article} {word}" if noun.article else word
    endings = {"nl": ("heid", "teit", "isme"), "en": ("tion", "data", "ity", "ment")}[language]
    return word if word.endswith(endings) else ""


def _is_language(text: str, language: str) -> bool:
    """Say whether how we name ourselves is in `language`, as far as its little words tell."""
    words = set(text.lower().split())
    dutch, english = bool(words & {"het", "de", "van", "gemeente"}), bool(words & {"the", "of", "at"})
    return bool(text) and (not (dutch or english) or (dutch if language == "nl" else english))
