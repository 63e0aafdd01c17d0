"""Judges whether each fact that corrects the author comes with its source, in the reply itself (R7)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.domain import Fact, Objection
from responders.policy.acts import performs
from responders.policy.context import Context, fact_texts
from responders.policy.corrections import CORRECTING, denials, supporting_facts
from responders.policy.grammar import NEGATION, has, pattern
from responders.policy.quantities import values
from responders.policy.reading import read
from responders.policy.stems import REMEDIES, common, keys_of_text

_SOURCE = r"""
    https?:(?=//) | \bwww\. | (?<![@\w.-])[\w-]{1,60}\.(?:example|com|nl|org|net|be|de|fr|uk|eu)\b | \b(?: zie(?!\ (?:je|ik|u|we|wij)\b) |
        (?<!and\ )(?<!you\ )(?<!i\ )(?<!to\ )see(?!\ (?:how|you|us|what|if|whether|that|why)\b) |
        volgens | according\ to | source | bron | lees | read\ (?:it|more|the|all|about) |
        nalezen | na\ te\ lezen | terug\ te\ (?:lezen|vinden) | (?:staat|staan|vind|vindt|te\ vinden|vinden|
        stond)\W+(?:\w+\W+){0,4}?(?:in|op)\ (?:artikel|onze|de|het|ons) | published | gepubliceerd | (?:stands|set\ out|listed|found|
        written|explained)\ (?:in|at|on) | as\ (?:confirmed|reported|stated)\ (?:by|in) | bevestigd\ door | blijkt\ uit |
        confirmed\ by | (?:told|assured)\ (?:me|us)\ (?:so|that)\b | (?:vertelde|zei|verzekerde)\W+(?:\w+\W+){0,3}?(?:me|mij|ons)\b |
    (?:in|on|from|per|by|at)\ (?:the|our|its|a|that|this)\ (?:[\w'-]+\ ){0,4}?(?:report|minutes|register|certificate|extract|notice|ruling|
        audit|survey|gazette|ledger)\b | (?:report|minutes|register|certificate|audit|survey|inspectors?|regulator|laboratory|
        lab)\b[^.;!?]{0,40}
        \b(?:says?|shows?|found|gives?|states?|lists?|confirms?|measured) |
    (?:in|op|uit|van)\ (?:het|de|ons|onze|dat|die|haar|zijn|een)\ (?:[\w'-]+\ ){0,3}?\w*(?:rapport|uittreksel|besluit|verslag|register|bon|
        notulen|keuringsbewijs|certificaat|uitspraak|staatscourant|verordening|overdrachtslijst)\b |
    \w*(?:rapport|uittreksel|besluit|notulen|register|inspectie|toezichthouder|laboratorium)\b[^.;!?]{0,40}\b(?:staat|zegt|toont|vond|geeft|
        noemt|blijkt|meldt) | (?:look\ at|kijk\ (?:maar\ )?(?:in|op))\b[^.;!?]{0,30}\b(?:table|page|tabel|bladzijde|pagina) )(?![a-z])
"""


def sources(context: Context) -> Iterator[Objection]:
    """R7: each fact that corrects the author comes with its source, in the reply itself."""
    found = denials(context)
    plain = context.reply.plain
    correcting = pattern(CORRECTING).search(plain) if context.responsibility is False else None
    told = _tells_fact(context)
    if not found and not correcting and not told:
        return
    if _gives_source(context):
        return
    if not any(supporting_facts(context, one.clause_start, one.clause_end) for one in found) and not correcting and not told:
        return  # Nothing of ours carries the denial: N3 objects, and there is no source to ask for.
    start, end = (found[0].start, found[0].end) if found else correcting.span() if correcting else (0, len(plain))
    yield context.objection(
        "R7",
        start,
        end,
        nl="Dit verbetert de schrijver zonder bron. Zet erbij waar het staat: een link, een document, of wie het heeft nagegaan.",
        en="This corrects the author without a source. Add where it stands: a link, a document, or who checked it.",
    )


_UNTRUE = r"\b(?:untrue|false|incorrect|unfounded|onjuist|onwaar|ongegrond)\b"
_REMAINS = r"\b(?:(?<!stand\ )(?<!stands\ )still|remains?|stays?|nog\ steeds|blijft|blijven|only|alleen|slechts)\b"
"""How a fact says that what is told is not so, or goes on."""


def _denies(context: Context, fact: Fact) -> bool:
    """Say whether a fact says in so many words that what the post tells is not so."""
    plain = [read(text).plain for text in fact_texts(fact)]
    return any(has(_UNTRUE, text) or (has(NEGATION, text) and common(keys_of_text(text), context.post_keys)) for text in plain)


def _refutes(context: Context, fact: Fact) -> bool:
    """Say whether a fact says that what the post tells is not so, or affirms what the post says is not."""
    if _denies(context, fact) or any(has(_REMAINS, read(text).plain) for text in fact_texts(fact)):
        return True
    told = context.fact_keys[fact.id]
    return any(
        not sentence.asks and has(NEGATION, sentence.text) and common(keys_of_text(sentence.text) - context.brand_stems, told)
        for sentence in context.post.sentences
    )


def _tells_fact(context: Context) -> bool:
    """Say whether the author was mistaken and the reply tells of a fact what the post does not: that corrects them, however kindly."""
    return (
        context.responsibility is False
        and any(_refutes(context, fact) for fact in context.usable)
        and bool(common(context.reply_keys, context.all_fact_keys) - context.post_keys - REMEDIES)
    )


def _gives_source(context: Context) -> bool:
    """Say whether the reply says where it stands; the source of another fact than the one that corrects is none."""
    refuting = [fact for fact in context.usable if _denies(context, fact)]
    named = [fact for fact in context.usable if _names_source(context, fact)]
    if any(fact in refuting for fact in named) or (named and not refuting):
        return True
    told = [sentence.text for sentence in context.reply.sentences if not sentence.asks and has(_SOURCE, sentence.text)]
    if not named or not refuting:
        return bool(told) or performs(context, "source", _is_told_apart)
    others = frozenset().union(*(keys_of_text(fact.source) for fact in named))
    return any(not common(keys_of_text(text), others) for text in told)


def _is_told_apart(text: str) -> bool:
    """Say whether a sentence that sounds like naming a source says more than that it stands somewhere: whose, or which."""
    return has(r"\d|\b(?:our|onze|ons|its|their|under|onder)\b|'s\b", text) and not has(
        r"\b(?:(?:your|je|uw)\ (?:own|eigen)|nergens|nowhere)\b", text
    )


_DOCUMENT = re.compile(r"[A-Z][\w-]*(?: [\w-]+){1,5}(?=,|$)")
"""A document by its name, two words or more, before its page."""


def _names_source(context: Context, fact: Fact) -> bool:
    """Say whether the reply names the source of a fact in its own words: a document, a number or a date of it."""
    document = _DOCUMENT.match(fact.source)
    if document and read(document.group()).plain.strip() in context.reply.plain:
        return True
    told = frozenset().union(*(values(read(text).plain) for text in fact_texts(fact)))
    numbers = values(read(fact.source).plain) & values(context.reply.plain) - told - values(context.post.plain)
    if any(not re.fullmatch(r"(?:19|20)\d\d", number) for number in numbers):
        return True  # A year alone is of many documents.
    own = keys_of_text(fact.source) - context.fact_keys[fact.id] - context.brand_stems - context.post_keys
    # Names of our own people are in signatures too: a document has a word that is no name, or a number.
    words = {match.group().lower() for match in re.finditer(r"\b[A-Z][a-z]+\b", fact.source)} if "," in fact.source else set()
    names = {key for word in words for key in keys_of_text(word)}
    return bool((own & context.reply_keys) - names)
