"""Objects to a sentence that sounds like a breach though no rule foresaw its words; whoever reads it decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from monitor.domain import Objection, Severity
from responders.policy.catalogue import RULES
from responders.policy.context import Context
from responders.policy.grammar import FIRST_PERSON, NEGATION, has
from responders.policy.tenor import KINDS, load_tenor

SPOKEN = frozenset({"nl", "en"})
"""The languages of the sentences that were learned from."""
_SOUNDS = {
    "nl": "Deze zin klinkt als een breuk van {rule} ({says}). Niemand voorzag deze woorden: lees hem na, en laat hem weg als het zo is.",
    "en": "This sentence sounds like a breach of {rule} ({says}). Nobody foresaw these words: read it again, and leave it out if so.",
}


def _threatens_nobody(text: str) -> bool:
    return has(_RIGHTS, text) or (has(FIRST_PERSON, text) and has(NEGATION, text))


def _takes_it(text: str) -> bool:
    return has(_OURS, text)


def _admits(text: str) -> bool:
    return has(FIRST_PERSON, text) and not has(NEGATION, text.split(",", maxsplit=1)[0])


_RIGHTS = (
    r"\b(?:ombudsman|geschillencommissie|klachtencommissie|disputes? committee|complaints? (?:board|committee)|"
    r"you (?:can|may) (?:\w+ ){0,4}(?:to|in) court)\b"
)
_OURS = r"\b(?:we|wij)\W+(?:\w+\W+)?(?:are|zijn|were|waren)\W+(?:\w+\W+)?(?:responsible|verantwoordelijk|to blame|at fault)\b"
_OTHERWISE = {"N2": _takes_it, "N10": _threatens_nobody, "N14": _admits}
"""What sounds like a breach of a rule and is none: we take it upon us, threaten nobody, tell of their rights, admit what we removed."""


def hear(context: Context, found: Sequence[Objection]) -> Iterator[Objection]:
    """Yield an objection to each sentence that sounds like a breach and to which none of these rules objects yet."""
    tenor = load_tenor()
    if tenor is None or context.language not in SPOKEN or context.is_praise:
        return
    told = [one.span for one in found if one.rule in KINDS]
    sentences = [sentence for sentence in context.reply.sentences if not context.reply.is_quoted(sentence.start + 1, sentence.end - 1)]
    for sentence, chances in zip(sentences, tenor.chances([sentence.cased for sentence in sentences]), strict=True):
        span = context.reply.span(sentence.start, sentence.end)
        if any(begin < span[1] and span[0] < end for begin, end in told):
            continue
        rule = _likeliest(dict(zip(KINDS, chances, strict=True)), tenor.bounds)
        if rule and not (rule in _OTHERWISE and _OTHERWISE[rule](sentence.text)):
            says = _SOUNDS[context.language].format(rule=rule, says=RULES[rule].says[context.language])
            yield Objection(rule, Severity.AMBER, span, says)


def _likeliest(chances: Mapping[str, float], bounds: Mapping[str, float]) -> str | None:
    """Return the rule whose bound is passed by most, as odds go, or None."""
    passed = {rule: chances[rule] / bounds[rule] for rule in KINDS if chances[rule] >= bounds[rule]}
    return max(sorted(passed), key=passed.__getitem__) if passed else None
