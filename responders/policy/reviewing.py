"""Runs the rules over one reply, in order, and keeps the claim ledger. What a rule means stands in the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from monitor.domain import Brand, Fact, History, Objection, Severity, StoredMention
from responders.policy.binding import find_claims
from responders.policy.catalogue import RULES
from responders.policy.claims import Claim
from responders.policy.context import MAX_POST, Context
from responders.policy.hearing import hear
from responders.policy.patterns import forget
from responders.policy.reading import MAX_READ, read
from responders.policy.relevance import responsibility_of

FULL_LANGUAGES = frozenset({"nl", "en"})
UNCHECKED = "unchecked"
"""The id of the objection that lists which rules nobody checked, for want of the language."""

_NOT_CHECKED = {
    "nl": "Niet nagekeken, want deze taal is hier niet helemaal bekend: {rules}. Wie haar leest, houdt het antwoord tegen deze regels.",
    "en": "Not checked, for this language is not fully known here: {rules}. A person who reads it must hold the reply against these rules.",
}
_ORDER = {Severity.RED: 0, Severity.AMBER: 1, Severity.HINT: 2}


def review(
    text: str,
    stored: StoredMention,
    brand: Brand,
    facts: Sequence[Fact],
    history: History,
    now: datetime,
    earlier: Sequence[str] = (),
    *,
    hears: bool = True,
    longest: int | None = None,
) -> tuple[Objection, ...]:
    """Return every objection to publishing `text` as our reply: red first, then by place, then by rule.

    `facts` are the only ones the reply may state; `earlier` are texts that we already published or queued (N8). `hears` says whether
    sentences are told that only sound like a breach, which was learned from replies; `longest` is what the server of our account told of
    its limit (R12). Pure: the same arguments give the same objections.
    """
    return judge(
        Context(
            text,
            stored,
            brand,
            tuple(facts),
            history,
            now,
            earlier,
            responsibility_of(facts, read(stored.mention.text[:MAX_POST]), text[:MAX_READ]),
            longest,
        ),
        hears=hears,
    )


def ledger(text: str, stored: StoredMention, brand: Brand, facts: Sequence[Fact], now: datetime) -> tuple[Claim, ...]:
    """Return each checkable statement of `text` with the id of the fact that carries it, or None (N4)."""
    return find_claims(
        Context(
            text,
            stored,
            brand,
            tuple(facts),
            History(),
            now,
            (),
            responsibility_of(facts, read(stored.mention.text[:MAX_POST]), text[:MAX_READ]),
        )
    )


def judge(context: Context, *, hears: bool = True) -> tuple[Objection, ...]:
    """Run every rule that knows the reply's language, in a fixed order, and listen for what none of them foresaw."""
    try:
        return _judge(context, hears=hears)
    finally:
        forget()


def _judge(context: Context, *, hears: bool) -> tuple[Objection, ...]:
    found: list[Objection] = []
    skipped: list[str] = []
    for rule in RULES.values():
        if rule.any_language or context.language in FULL_LANGUAGES or not context.language:
            found.extend(rule.check(context))
        else:
            skipped.append(rule.id)
    if hears:
        found.extend(hear(context, found))
    if skipped:
        nl, en = (_NOT_CHECKED[language].format(rules=", ".join(skipped)) for language in ("nl", "en"))
        found.append(Objection(UNCHECKED, Severity.AMBER, (0, len(context.text)), en, nl, en))
    return tuple(sorted(set(found), key=lambda one: (_ORDER[one.severity], one.span, one.rule, one.sentence)))
