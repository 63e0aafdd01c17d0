"""Objects to a sentence that sounds like a breach though no rule foresaw its words; whoever reads it decides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitor.domain import Objection, Severity
from responders.policy.catalogue import RULES
from responders.policy.context import Context
from responders.policy.grammar import FIRST_PERSON, NEGATION, has
from responders.policy.tenor import KINDS, sounds_like

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


def hear(context: Context, found: Sequence[Objection]) -> Iterator[Objection]:
    """Yield an objection to each sentence that sounds like a breach and to which none of these rules objects yet."""
    if context.language not in SPOKEN or context.is_praise:
        return
    told = [one.span for one in found if one.rule in KINDS]
    for sentence in context.reply.sentences:
        span = context.reply.span(sentence.start, sentence.end)
        if any(begin < span[1] and span[0] < end for begin, end in told) or context.reply.is_quoted(sentence.start + 1, sentence.end - 1):
            continue
        rule = sounds_like(sentence.cased)
        if rule in TOLD and not (rule in _OTHERWISE and _OTHERWISE[rule](sentence.text)):
            says = _SOUNDS[context.language].format(rule=rule, says=RULES[rule].says[context.language])
            yield Objection(rule, Severity.AMBER, span, says)
