"""Binds deeds, promises and checks to facts for the claim ledger (N4): what was done, will be done, was looked into."""

from __future__ import annotations

import re

from monitor.domain import Fact
from responders.policy.context import Context, fact_texts
from responders.policy.dated import figure_carried
from responders.policy.grammar import INVESTIGATION, NEGATION, has, pattern
from responders.policy.parts import Part
from responders.policy.quantities import figures
from responders.policy.reading import read
from responders.policy.statements import DONE, EVERY, HARMLESS, PROMISE
from responders.policy.stems import REMEDIES, common, key, keys, keys_of_text
from responders.policy.wordings import APOLOGY

_GUARANTEE = (
    r"\b(?:guarantee\w*|garande\w*|garantie|promise|beloven|beloof|never\W+(?:\w+\W+){0,2}again|"
    r"geen\ (?:tweede|volgende)\ (?:keer|maal)|(?:not|won't)\W+(?:\w+\W+){0,3}?(?:a\ second\ time|twice)|once\ and\ for\ all|voorgoed|"
    r"not\ happen\ again|won't\ happen|nooit\ meer|niet\ (?:meer|opnieuw|"
    r"nog\ eens)\W+(?:\w+\W+)?(?:gebeur\w*|voorkom\w*)|(?:gebeur\w*|voorkomt|"
    r"voorkomen)\W+(?:\w+\W+){0,3}?niet\ (?:meer|nog)|last\ time|laatste\ keer)\b"
)


NO_PROMISE = (
    r"\b(?:can't|cannot|can\ not|won't|don't|do\ not|couldn't|not)\W+(?:\w+\W+){0,2}?(?:promise|guarantee|say\W+(?:whether|if))\b|"
    r"\b(?:niet|nog\ niet|niets|geen)\W+(?:\w+\W+){0,2}?(?:beloven|garanderen|toezeggen)\b|\b(?:beloven|beloof|"
    r"garanderen)\W+(?:\w+\W+){0,2}?"
    r"(?:niet|niets|nog\ niets|geen)\b|\b(?:kan|kunnen)\W+(?:\w+\W+){0,5}?niet\W+(?:beloven|garanderen|toezeggen)\b"
)
"""Says what we do not promise: the opposite of a commitment, whatever it names."""


_TO_OTHERS = (
    r"\b(?:to|with|bij|aan|met)\W+(?:your|uw|je|jouw|the|de|het)\W+(?:employer|boss|landlord|insurer|bank|school|doctor|gp|neighbou?rs?|"
    r"manufacturer|supplier|police|council|ministry|regulator|inspectorate|werkgever|baas|verhuurder|verzekeraar|huisarts|buren|fabrikant|"
    r"leverancier|politie|gemeente|inspectie|toezichthouder)\b|\b(?:call|ring|phone|contact|bel|bellen)\W+(?:your|uw|jouw)\W+\w+"
)
"""A word to somebody outside is a deed of its own, and not a way to find out or to come back."""


def promise_in(part: Part) -> tuple[int, int] | None:
    """Find what a clause commits us to, besides helping, finding out and coming back."""
    text = part.text
    found = pattern(PROMISE).search(text)
    if not found or part.is_question:
        return None
    rest = text[found.start() :]
    if has(r"^\W*ga\W+(?!ik\b)", text):
        return None  # "Ga naar buiten": what they are to do.
    if has(NO_PROMISE, text) or has(NO_PROMISE, part.sentence.text[: max(0, part.clause.start - part.sentence.start)]):
        return None
    if has(NEGATION, text) and not has(_GUARANTEE, text) and not has(r"\b(?:again|meer|nooit|never)\b", text):
        return None
    if has(r"\b(?:hope|hopes|wish|wishes|thoughts|hoop|hopen|wens|wensen)\b", text):
        return None
    if has(APOLOGY, text) and not part.keys & REMEDIES:
        return None
    remedies = part.keys & REMEDIES
    guarantee = has(_GUARANTEE, text)
    if not remedies and not guarantee and not has(_TO_OTHERS, text) and (has(HARMLESS, rest) or has(INVESTIGATION, text)):
        return None
    return found.start(), len(text.rstrip())


def deed_carried(context: Context, part: Part, *, past: bool) -> str | None:
    """Return the fact that carries a deed or promise: each remedy named in it must stand in that fact too."""
    if has(_GUARANTEE, part.text):
        return next(
            (
                fact.id
                for fact in context.usable
                if any(has(_GUARANTEE, read(text).plain) for text in fact_texts(fact)) and common(part.keys, context.fact_keys[fact.id])
            ),
            None,
        )
    wanted = part.keys & REMEDIES
    sentence_keys = context.keys_in(part.sentence.start, part.sentence.end)
    if not wanted and not has(EVERY, part.text):
        dated = next((carrier for figure in figures(part.text) if (carrier := figure_carried(context, figure, part.text))), None)
        if dated:
            return dated  # "You'll have it on Wednesday": the day is the fact's, and nothing more is promised.
    best: str | None = None
    covered: frozenset[str] = frozenset()
    for fact in context.usable:
        given = _given(fact)
        shared = common(part.keys or sentence_keys, given)
        if wanted:
            if wanted & _widen(given):
                covered |= wanted & _widen(given)
                best = best or fact.id
        elif shared and (not past or any(_tells_done(read(text).plain, shared) for text in fact_texts(fact))):
            best = best or fact.id
    things = part.keys - REMEDIES - _GETTING
    if wanted & {"REFUND", "REPLACE", "COMPENSATE", "FREE"} and things and not common(things, context.all_fact_keys | context.post_keys):
        return None  # "We pay for your taxi": the remedy is known, the thing is not.
    if wanted and not wanted <= covered | ({"TRANSFER"} if "REFUND" in covered else set()):
        return None
    if best and wanted and has(_STILL, part.text) and not figures(part.text) and _ends_by_then(context, wanted):
        return None
    if best and past and _is_only_planned(context, wanted) and not has(r"\b(?:vergeten|forgot\w*)\b", part.text):
        return None
    return best


_STILL = r"\b(?:ook\ nu\ nog|nu\ nog|nog\ steeds|nog\ altijd|alsnog|even\ now|still)\b"
_UNTIL = r"\b(?:tot(?:\ en\ met)?|t/m|until|till|up\ to|before)\W+(?:\w+\W+)?\d{1,2}(?:\W+[a-z]{3,}|[/-]\d)"


def _ends_by_then(context: Context, wanted: frozenset[str]) -> bool:
    """Say whether every fact that gives a remedy gives it until a day only: "free until 28 Feb" carries no "even now"."""
    given = [text for fact in context.usable for text in fact_texts(fact) if wanted & keys_of_text(text)]
    return bool(given) and all(has(_UNTIL, read(text).plain) for text in given)


_NOTED_DONE = re.compile(
    r"\b(?:\w{3,}ed|sent|paid|put|taken|given|lost|left|shut|told|held|kept|built|cut|withdrawn|(?:\w+)?ge\w{3,}(?:d|t|en)|"
    r"(?:ver|be|her|ont)\w{3,}(?:d|t))\b"
)
_TO_COME = r"\b(?:will|shall|to be|being|planned|due|wordt|worden|zal|zullen|gaat|gaan|gepland|uiterlijk|by \d|(?:from|vanaf) \d)\b"

_IN_WHOLE_WORDS = (
    r"\b(?:is|are|was|were|has|have|had|did|can|we|they|he|she|it|zijn|waren|werd|werden|heeft|hebben|hadden|kan|kunnen|er|we|wij|ze|hij|"
    r"de|het|een|the|an?)\b"
)
"""What stands in whole sentences, and in no note."""


def _tells_done(plain: str, shared: frozenset[str]) -> bool:
    """Say whether a fact tells a deed as done: in whole words, or in a note that says no more than what was done ("driver suspended")."""
    if has(DONE, plain):
        return True
    if has(_TO_COME, plain) or has(NEGATION, plain) or has(_IN_WHOLE_WORDS, plain):
        return False
    return bool(shared & keys(_NOTED_DONE.findall(plain)))


_GETTING = keys(
    read(
        "krijg krijgen krijgt ontvangt ontvangen receive receives you'll hebt betalen betaal storten boeken zetten maken pay paying "
        "within binnen helemaal volledig volledige geheel gehele fully completely full complete whole"
    ).plain.split()
)
"""Words by which somebody gets a thing, and no things."""
_COSTS_NOTHING = (
    r"\b(?:reken\w*|kost\w*|betaal\w*|betalen|charg\w*|costs?|pays?)\b[^.;!?]{0,30}\b(?:niets|niks|geen|nothing|no)\b|\bwithout charge\b"
)


def _given(fact: Fact) -> frozenset[str]:
    """Return the keys of a fact that may carry a promise: not those it denies or asks about ("why it was not collected")."""
    found: frozenset[str] = frozenset()
    for text in fact_texts(fact):
        for sentence in read(text).sentences:
            for clause in sentence.clauses:
                keys = keys_of_text(clause.text)
                if has(r"\b(?:why|waarom|whether|vergeten|forgotten|forgot|failed)\b", clause.text):
                    keys -= REMEDIES
                found |= keys - _denied_remedies(clause.text)
                if has(_COSTS_NOTHING, clause.text):
                    found |= {"FREE"}
    return found


def _denied_remedies(text: str) -> frozenset[str]:
    """Return the remedies that a clause denies: a negation stands within three words before them."""
    words = [word.text for word in read(text).words]
    return frozenset(
        found
        for place, word in enumerate(words)
        if (found := key(word)) in REMEDIES and any(has(NEGATION, before) for before in words[max(0, place - 3) : place])
    )


_WIDER = {"REFUND": {"TRANSFER"}, "TRANSFER": {"REFUND"}, "SEND": {"DELIVER", "REPLACE"}, "DELIVER": {"SEND"}, "REPLACE": {"SEND"}}


def _widen(keys: frozenset[str]) -> frozenset[str]:
    """Add the remedies that mean nearly the same as those given."""
    return keys | frozenset(near for key in keys for near in _WIDER.get(key, ()))


def _is_only_planned(context: Context, wanted: frozenset[str]) -> bool:
    """Say whether the facts only plan the deed that the reply tells as done."""
    if not wanted:
        return False
    planned = False
    for fact in context.usable:
        for text in fact_texts(fact):
            for sentence in (clause for whole in read(text).sentences for clause in whole.clauses):
                if wanted & _widen(keys_of_text(sentence.text)):
                    if has(
                        (
                            r"\b(?:has|have|had|heeft|hebben|was|were|zijn\ (?:\w+\ )?(?:al|teruggestort)|is\ (?:op|al|"
                            r"teruggestort|vervangen|gerepareerd|opgelost|verholpen|hersteld)|al\b|already)\b"
                        ),
                        sentence.text,
                    ) and not has(r"\b(?:by\ \d|uiterlijk|will|wordt|worden)\b", sentence.text):
                        return False
                    planned = planned or has(
                        (
                            r"\b(?:will|by\ (?:\d|mon|tue|wed|thu|fri|sat|sun|noon|the\ end|next|tomorrow)|wordt|worden|zal|"
                            r"zullen|krijgt|krijgen|uiterlijk|gaat|gaan|goes|gets|get|arrive|on\ (?:mon|tues|wednes|thurs|fri|"
                            r"satur|sun)day)\b"
                        ),
                        sentence.text,
                    )
    return planned


_ONGOING = (
    r"\b(?:is|are|was)\W+(?:\w+\W+)?(?:being|\w+ing)\b|\b(?:wordt|worden|vraagt|vragen|zoekt|zoeken|gaat|"
    r"gaan|onderzoekt|onderzoeken|spreekt|spreken|will)\b"
)


_SPOKE = r"\b(?:sp[eo]k\w*|speak\w*|talk\w*|call\w*|rang|gespr\w+|spr[ae]\w*k\w*|bel\w*|gebeld|ask\w*|vra\w*|gevraagd)\b"
"""Words of a fact by which somebody was spoken to."""


def check_carried(context: Context, part: Part, words: str) -> str | None:
    """Return the fact that shows that somebody checked this; a check that still runs carries only that we asked."""
    asked = has(r"\b(?:asked|gevraagd|nagevraagd)\b", words)
    spoken = has(r"\b(?:spoken?|talked|called|rang|gesproken|gebeld|sprak|spraken)\b", words)
    after = context.reply.plain[part.clause.end : part.clause.end + 1]
    for fact in context.usable:
        if after == ":" and _shown_by(context, part, fact):
            return fact.id
        if spoken and not any(has(_SPOKE, read(text).plain) for text in fact_texts(fact)):
            continue
        if asked and common(part.keys, context.fact_keys[fact.id]):
            return fact.id
        if any(has(_ONGOING, read(text).plain) for text in fact_texts(fact)):
            continue
        texts = (*fact_texts(fact), fact.source)
        shared = common(part.keys - {"CHECK"}, frozenset().union(*(keys_of_text(text) for text in texts)))
        told = common(context.keys_in(part.sentence.start, part.sentence.end) - {"CHECK"}, context.fact_keys[fact.id])
        if shared - context.post_keys or (
            shared and told - context.post_keys and "CHECK" in frozenset().union(*(keys_of_text(text) for text in texts))
        ):
            return fact.id
    return None


def _shown_by(context: Context, part: Part, fact: Fact) -> bool:
    """Say whether a sentence gives behind its colon what a fact from a record tells: "The log does show it: row 7 lost power at 3:11"."""
    told = frozenset().union(*(keys_of_text(text) for text in (*fact_texts(fact), fact.source)))
    rest = part.sentence.text[part.clause.end - part.sentence.start :]
    said = context.keys_in(part.clause.end, part.sentence.end) - {"CHECK"}
    return (
        "CHECK" in told
        and bool(common(said, context.fact_keys[fact.id]) - context.post_keys)
        and any(figure_carried(context, figure, rest) == fact.id for figure in figures(rest))
    )
