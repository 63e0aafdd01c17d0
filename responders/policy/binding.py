"""Keeps the claim ledger (N4): each checkable statement of a reply, bound to the fact that carries it by its words or by what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from monitor.domain import Objection
from responders.policy.carrying import carried_by
from responders.policy.claims import Claim, by_rules
from responders.policy.context import Context
from responders.policy.grammar import NEGATION, has
from responders.policy.names import FIRST_NAMES, NOT_SURNAMES
from responders.policy.pressure import pressing
from responders.policy.reading import Sentence, read
from responders.policy.statements import ABSOLUTE
from responders.policy.stems import REMEDIES, common, keys_of_text, meanings_of_text

COUNTED = frozenset({"figure", "day", "link"})
"""What is said in figures: a number that stands in no fact is carried by none."""
LIKELY, SURELY = 0.73, 0.9
"""How likely facts must carry what the rules bound to nothing, and how likely where one word decides or we say that we looked."""


@lru_cache(maxsize=4)
def find_claims(context: Context) -> tuple[Claim, ...]:
    """Return the claim ledger of a reply, in order; what only repeats the post is no claim.

    What is said in words, and what the rules bind to nothing, is held against the facts once more by meaning.
    """
    claims = by_rules(context)
    if not context.usable:
        return claims
    held = [(sentence, _within(context, sentence, claims)) for sentence in context.reply.sentences]
    asked = [(sentence, those) for sentence, those in held if _is_worth_asking(context, those)]
    found = carried_by(context, [(sentence, [(claim.kind, claim.fact_id is not None) for claim in those]) for sentence, those in asked])
    facts = {
        claim: fact
        for (_sentence, those), (fact, chance) in zip(asked, found, strict=True)
        for claim in those
        if _may_be_carried(claim) and chance >= needed(context, claim)
    }
    return tuple(replace(claim, fact_id=facts[claim]) if claim in facts else claim for claim in claims)


def _within(context: Context, sentence: Sentence, claims: tuple[Claim, ...]) -> list[Claim]:
    begin, end = context.reply.span(sentence.start, sentence.end)
    return [claim for claim in claims if begin <= claim.span[0] < end]


def _may_be_carried(claim: Claim) -> bool:
    """Say whether the rules bound to nothing what is said in words."""
    return claim.fact_id is None and claim.kind not in COUNTED


def _is_worth_asking(context: Context, claims: list[Claim]) -> bool:
    """Say whether a sentence has a claim that facts may carry; with a figure that stands nowhere it is objected to all the same."""
    loose = [claim for claim in claims if claim.fact_id is None]
    return all(claim.kind not in COUNTED for claim in loose) and any(needed(context, claim) <= 1 for claim in loose)


def needed(context: Context, claim: Claim) -> float:
    """Return how likely facts must carry a claim in words of their own.

    What I did myself, what hangs on what the author is pressed to do, never or always of what no fact speaks of, and what names a place or
    a firm that stands nowhere: by nothing.
    """
    said = read(claim.text).plain
    pressed = any(begin < claim.span[1] and claim.span[0] < end for begin, end in (context.reply.span(*one) for one in pressing(context)))
    shared = common(meanings_of_text(said, context.language), context.told_meanings)
    absolute = has(ABSOLUTE, said) or has(_NEVER, said)
    if pressed or has(_MYSELF, said) or (absolute and not shared) or _names_a_stranger(context, claim):
        return 2.0
    remedy = claim.kind == "promise" and keys_of_text(said) & REMEDIES - context.all_fact_keys
    denied = has(NEGATION, said) and not (shared and has(NEGATION, context.told_plain))
    return SURELY if claim.kind == "checked" or absolute or remedy or denied else LIKELY


def _names_a_stranger(context: Context, claim: Claim) -> bool:
    """Say whether a claim names a place or a firm that stands in no fact, in the post or in our name; who writes is named twice."""
    brand = context.brand
    known = f"{context.told_plain} {context.post.plain} {read(f'{brand.name} {brand.speaks_as} {brand.owner}').plain}"
    names = {name.lower() for name in _NAME.findall(claim.text)} - NOT_SURNAMES - FIRST_NAMES
    return any(name not in known and context.reply.plain.count(name) == 1 for name in names)


_NAME = re.compile(r"(?<=[a-z] )[A-Z][a-z]{3,}\b")
_MYSELF = (
    r"^\W*(?:i've|i\ have|ik\ heb|heb\ ik)\b"
    r"(?![^.;!?]{0,20}\b(?:no|not|geen|niet|sorry|spijt|read|seen|gelezen|gezien|understood|begrepen)\b)"
)
_NEVER = (
    r"\b(?:nooit|never|altijd|always|gratis|guarantee\w*|garand?\w*|garantie|waive|danger\w*|gevaar\w*|safe\w*|veilig\w*|\w*risico\w*|"
    r"risks?|harmful|schadelijk)\b"
)


_KINDS = {
    "figure": ("Dit getal, bedrag of deze datum", "This number, amount or date"),
    "day": ("Deze dag of toezegging", "This day or commitment"),
    "link": ("Deze link", "This link"),
    "checked": ("Dat we dit hebben nagekeken", "That we checked this"),
    "done": ("Dat dit gedaan is", "That this was done"),
    "promise": ("Deze toezegging", "This promise"),
    "cause": ("Deze oorzaak", "This cause"),
    "assurance": ("Deze verzekering", "This assurance"),
    "statement": ("Deze mededeling", "This statement"),
}


def unsourced(context: Context) -> Iterator[Objection]:
    """N4: each checkable statement is bound to a fact with a source; what is bound to nothing may not go out."""
    reply_places: set[tuple[int, int]] = set()
    for claim in find_claims(context):
        if claim.fact_id is not None or any(begin <= claim.span[0] and claim.span[1] <= end for begin, end in reply_places):
            continue
        reply_places.add(claim.span)
        nl, en = _KINDS[claim.kind]
        objection = context.objection(
            "N4",
            0,
            0,
            nl=f"{nl} staat in geen enkel feit met bron: ‘{claim.text[:80]}’. Leg het feit vast met bron, of laat het weg.",
            en=f"{en} stands in no fact with a source: '{claim.text[:80]}'. Record the fact with its source, or leave it out.",
        )
        yield replace(objection, span=claim.span)
