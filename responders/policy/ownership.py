"""Judges who owns the mistake (R3). What is repaired (R4) stands in repairs, what nobody knows yet (R6) in unknowns."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.domain import Objection
from responders.policy.acts import performs
from responders.policy.admissions import may_own, owns
from responders.policy.context import Context
from responders.policy.dated import figure_carried
from responders.policy.grammar import has, pattern
from responders.policy.quantities import figures
from responders.policy.stems import REMEDIES, common
from responders.policy.wordings import APOLOGY


def first_person_ownership(context: Context) -> Iterator[Objection]:
    """R3: where the facts say that we were wrong, the reply says so in the first person."""
    if (
        context.responsibility is True
        and not context.is_praise
        and not context.is_holding
        and not owns(context.reply)
        and not _tells_our_deed(context)
        and not performs(context, "admission", may_own)
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
_OUR_THING_DID = r"""
    \b(?:our|onze|ons)[^\w.;:!?]+(?:[\w-]+[^\w.;:!?]+){1,3}?(?:made|sent|left|lost|broke|gave|put|took|let|kept|told|ran|set|\w{3,}ed|maakte|
        stuurde|liet|gaf|zette|hield|sloot|telde|\w{3,}[dt]e)\b(?:[^.;:!?]|\.(?=\d)){0,90}
"""
"""What a thing of ours did, which owns it where the reply says sorry for it."""


def _tells_our_deed(context: Context) -> bool:
    """Say whether the reply tells in the first person what we did, as a fact that lays it on us tells it."""
    plain = context.reply.plain
    things = list(pattern(_OUR_THING_DID).finditer(plain)) if has(APOLOGY, plain) else []
    for match in (*pattern(_OUR_DEED).finditer(plain), *things):
        if has(r"\b(?:understand|begrijpen|snappen|weten|zouden|willen|worden|vinden|houden|bieden)\b", match.group()):
            continue
        same_figure = any(figure_carried(context, figure) for figure in figures(match.group()) if figure.kind != "day")
        if same_figure or common(context.keys_in(*match.span()) - REMEDIES, context.all_fact_keys):
            return True
    return False
