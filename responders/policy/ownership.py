"""Judges who owns the mistake (R3), and what is said where nobody knows yet (R6). What is repaired (R4) stands in repairs."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.domain import Objection
from responders.policy.admissions import owns
from responders.policy.context import Context
from responders.policy.corrections import corrects
from responders.policy.dated import figure_carried
from responders.policy.grammar import INVESTIGATION, comes_back, has, is_unknown, pattern
from responders.policy.quantities import figures
from responders.policy.stems import REMEDIES, common


def first_person_ownership(context: Context) -> Iterator[Objection]:
    """R3: where the facts say that we were wrong, the reply says so in the first person."""
    if (
        context.responsibility is True
        and not context.is_praise
        and not context.is_holding
        and not owns(context.reply)
        and not _tells_our_deed(context)
    ):
        yield context.whole(
            "R3",
            nl=(
                "De feiten zeggen dat het aan ons lag, en het antwoord zegt dat niet in de eerste persoon. Schrijf: "
                "‘Dat is onze fout’ of ‘Wij hebben …’."
            ),
            en=(
                "The facts say that it was our doing, and the reply does not say so in the first person. Write: "
                "'That was our mistake' or 'We …'."
            ),
        )


_OUR_DEED = r"""
    \b(?:kreeg|kregen|krijgt)\W+(?:je\W+|u\W+|jij\W+)?van\W+ons\b(?:[^.;:!?]|\.(?=\d)){0,90} | \byou\W+(?:got|
        received)\b[^.;:!?]{0,40}\bfrom\W+us\b |
    \b(?:we|i)(?:'ve|'d|\ have|\ had)?\W+(?:\w+ly\W+|then\W+|also\W+|only\W+)?(?!(?:noted|received|asked|started|understood|refunded|
        replaced|fixed|repaired|read|heard|checked|looked|contacted|informed|learned|wanted|shared|passed|discussed|promised|needed|
        tried|worked)\b)(?:\w+ed|sold|sent|left|lost|broke|gave|made|put|took|let|kept|told|went|ran|held|built|chose|wrote|cut|set|had|
        were)\b(?:[^.;:!?]|\.(?=\d)){0,90} |
    \b(?:wij|we)\W+(?:hebben|hadden|\w{3,}(?:te|de|ten|den)|lieten|gaven|deden|namen|stuurden|reden|sloten|lazen)\b(?!\W+(?:gelezen|
        gehoord|ontvangen))(?:[^.;:!?]|\.(?=\d)){0,90} | \b(?:hebben|hadden|lieten|gaven)\W+(?:wij|we)\b(?:[^.;:!?]|\.(?=\d)){0,90}
"""


def _tells_our_deed(context: Context) -> bool:
    """Say whether the reply tells in the first person what we did, as a fact that lays it on us tells it."""
    plain = context.reply.plain
    for match in pattern(_OUR_DEED).finditer(plain):
        if has(r"\b(?:understand|begrijpen|snappen|weten|zouden|willen|worden|vinden|houden|bieden)\b", match.group()):
            continue
        same_figure = any(figure_carried(context, figure) for figure in figures(match.group()) if figure.kind != "day")
        if same_figure or common(context.keys_in(*match.span()) - REMEDIES, context.all_fact_keys):
            return True
    return False


def says_unknown(context: Context) -> Iterator[Objection]:
    """R6: where nobody knows yet, the reply says so, what is being found out, and when we come back."""
    if context.responsibility is not None or not context.is_complaint or corrects(context):
        return
    sentences = context.reply.sentences
    unknown = any(is_unknown(sentence.text) or has(INVESTIGATION, sentence.text) for sentence in sentences if not sentence.asks)
    back = any(comes_back(sentence) for sentence in sentences)
    if unknown and back:
        return
    if unknown:
        nl = "Het antwoord zegt niet wanneer we terugkomen met meer. Noem een dag of een uur waarop we hier weer iets laten weten."
        en = "The reply does not say when we come back with more. Name a day or an hour by which we answer here again."
    elif back:
        nl = "Niemand weet nog wat er gebeurde, en het antwoord zegt dat niet. Zeg wat we nog niet weten en wat we uitzoeken."
        en = "Nobody knows yet what happened, and the reply does not say so. Say what we do not know yet and what we are finding out."
    else:
        nl = "Niemand weet nog wat er gebeurde. Zeg dat, zeg wat we uitzoeken, en wanneer we hier terugkomen."
        en = "Nobody knows yet what happened. Say so, say what we are finding out, and when we come back here."
    yield context.whole("R6", nl=nl, en=en)
