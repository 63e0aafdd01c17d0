"""Objects to a sentence that sounds like a breach though no rule foresaw its words; whoever reads it decides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from monitor.domain import Objection, Severity
from responders.policy.asides import WISHES
from responders.policy.catalogue import RULES
from responders.policy.context import Context
from responders.policy.grammar import FIRST_PERSON, NEGATION, has, is_conditional, is_unknown
from responders.policy.introductions import introductions
from responders.policy.reading import Sentence
from responders.policy.stems import common, meanings
from responders.policy.tenor import KINDS, load_tenor, sounds_like
from responders.policy.wordings import APOLOGY

SPOKEN = frozenset({"nl", "en"})
"""The languages of the sentences that were learned from."""
TOLD = frozenset(KINDS) - {"N10"}
"""What is told. That a sentence presses (N10) its own rules hear; it is learned, so that pressure is not taken for something else."""
_SOUNDS = {
    "nl": "Deze zin klinkt als een breuk van {rule} ({says}). Niemand voorzag deze woorden: lees hem na, en laat hem weg als het zo is.",
    "en": "This sentence sounds like a breach of {rule} ({says}). Nobody foresaw these words: read it again, and leave it out if so.",
}


def _denied_of_us(text: str) -> bool:
    return has(FIRST_PERSON, text) and has(NEGATION, text)


def _takes_it(text: str) -> bool:
    return has(_OURS, text)


_OURS = r"\b(?:we|wij)\W+(?:\w+\W+)?(?:are|zijn|were|waren)\W+(?:\w+\W+)?(?:responsible|verantwoordelijk|to blame|at fault)\b"
_OTHERWISE = {"N2": _takes_it, "N8": _denied_of_us}
"""What sounds like a breach of a rule and is none: we take it upon us, or say what we did not do."""


_APART = tuple({"N2": 1.0, "N9": 0.3}.get(kind, 0.0) for kind in KINDS)
_AT_HOME = tuple({"N8": -0.6, "N9": -0.6, "N12": -0.6}.get(kind, 0.0) for kind in KINDS)
_NEITHER = tuple(0.0 for _ in KINDS)
_SUBJECT = r"\b(?:we|wij|ik|i|i'm|i'll|i've|we've|we're|we'll)\b"
_GIVEN = re.compile(r"\d|http|\.example|www\.")


def _leeway(context: Context, sentence: Sentence) -> tuple[float, ...]:
    """Return how much sooner a sentence is told of that has no part in an answer to a complaint, and how much later one of known words.

    An answer says who speaks, what happened, what we do, and asks. What says none of these, in words that neither post nor fact nor any
    honest answer uses, is about somebody else, or an aside.
    """
    words = meanings((word.text for word in context.reply.words_in(sentence.start, sentence.end)), context.language)
    new = words - common(words, context.told_meanings)
    if not any(map(load_tenor().is_strange, new)):
        return _AT_HOME
    text = sentence.text
    if not context.is_complaint or sentence.number == 0 or sentence.asks or has(_SUBJECT, text) or has(APOLOGY, text):
        return _NEITHER
    apart = not (_GIVEN.search(text) or has(WISHES, text) or is_conditional(text) or is_unknown(text))
    return _APART if apart else _NEITHER


def hear(context: Context, found: Sequence[Objection]) -> Iterator[Objection]:
    """Yield an objection to each sentence that sounds like a breach and to which none of these rules objects yet."""
    if context.language not in SPOKEN or context.is_praise:
        return
    told = [one.span for one in found if one.rule in KINDS]
    signed = {one.number for one in introductions(context)}
    for sentence in context.reply.sentences:
        span = context.reply.span(sentence.start, sentence.end)
        if sentence.number in signed:
            continue  # A name and ours, in words that no honest sentence uses: it says who writes, and nothing else.
        if any(begin < span[1] and span[0] < end for begin, end in told) or context.reply.is_quoted(sentence.start + 1, sentence.end - 1):
            continue
        if sounds_like(sentence.cased, _APART) is None:
            continue  # With the most leeway it sounds like nothing; how much it has is seldom asked.
        rule = sounds_like(sentence.cased, _leeway(context, sentence))
        if rule in TOLD and not (rule in _OTHERWISE and _OTHERWISE[rule](sentence.text)):
            nl, en = (_SOUNDS[language].format(rule=rule, says=RULES[rule].says[language]) for language in ("nl", "en"))
            yield Objection(rule, Severity.AMBER, span, nl if context.language == "nl" else en, nl, en)
