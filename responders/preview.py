"""Shows what the chain would do with one text, without storing anything: language, feeling, triage, delivery, draft, objections."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from monitor import pipeline as listening
from monitor.command import USAGE, CommandError, count, each_json_line, json_line, say
from monitor.domain import (
    Action,
    Author,
    Brand,
    Delivery,
    Draft,
    Fact,
    History,
    Mention,
    MentionStatus,
    Objection,
    Reply,
    ReplyStatus,
    Sentiment,
    Severity,
    StoredMention,
    Triage,
    Version,
    text_hash,
)
from monitor.text import clean, for_terminal
from monitor.triage import decide
from monitor.wiring import Monitor, now
from responders import delivery, pipeline, policy
from responders.accounts import account_for
from responders.contracts import Drafter
from responders.drafters.lines import draft_line as answer_line
from responders.wiring import Responders

if TYPE_CHECKING:
    from monitor.settings import Settings
    from responders.approval.cards import Message


@dataclass(frozen=True, slots=True)
class Preview:
    """What the chain would do with a text."""

    language: str
    sentiment: Sentiment
    triage: Triage
    delivery: Delivery
    delivery_reason: str
    draft: Draft | None
    why_none: str
    objections: tuple[Objection, ...]


def preview(responders: Responders, text: str, brand_id: str, network: str, author: str) -> Preview:
    """Take a text through the chain as if its author had addressed us; raises CommandError for a brand that is not there."""
    return preview_of(responders, text, brand_id, network, author)[0]


def preview_again(responders: Responders, known: Mention) -> Preview:
    """Take a mention that was read before through the chain, for its own brand, else the first; nothing is stored."""
    brand = known.brand if known.brand in responders.brands else responders.settings.brands[0].id
    return preview_of(responders, known.text, brand, known.network, known.author.handle, known)[0]


def preview_of(
    responders: Responders, text: str, brand_id: str, network: str, author: str, known: Mention | None = None
) -> tuple[Preview, StoredMention]:
    """Return a preview together with the mention that the text would be, or is; raises CommandError for a brand that is not there."""
    settings = responders.settings
    brand = _brand(settings.brands, brand_id)
    monitor = Monitor(settings)
    at = now()
    mention = Mention(network, "preview", brand.id, Author(author), clean(text), "", at, source="preview", mentions_us=True)
    mention = replace(known, brand=brand.id) if known else mention
    language = monitor.detector.detect(mention.text)
    [sentiment] = listening.feel([(mention.text, language)], monitor.scorers)
    scored = StoredMention(0, mention, MentionStatus.SCORED, language, at, sentiment)
    likeness = listening.likeness_of([scored], monitor.liken).get(scored.id)
    triage = decide(mention, language, sentiment, brand, History(), likeness)
    stored = replace(scored, status=MentionStatus.QUEUED, triage=triage)
    mode, reason = delivery.decide(stored, brand, account_for(settings.networks, mention), History())
    if mode is Delivery.NONE:
        return Preview(language, sentiment, triage, mode, reason, None, "it gets no answer from us", ()), stored
    facts = pipeline.usable_facts(settings.facts, brand.id, at.date())
    room = pipeline.room_for(mention, None)
    draft = next((proposal for drafter in responders.drafters if (proposal := drafter.draft(stored, brand, facts, longest=room))), None)
    draft = pipeline.addressed(draft, mention) if draft else None
    if draft is None:
        return Preview(language, sentiment, triage, mode, reason, None, "no fact and no template gives an honest answer", ()), stored
    objections = policy.review(draft.text, stored, brand, draft.facts, History(), at)
    return Preview(language, sentiment, triage, mode, reason, draft, "", objections), stored


def card_of(responders: Responders, shown: Preview, stored: StoredMention) -> Message | None:
    """Return the card that Slack would show for a preview; None where it gets no answer, and so no card."""
    if shown.delivery is Delivery.NONE or shown.triage.action in {Action.IGNORE, Action.WATCH}:
        return None
    # Slack's blocks are of no use to who only reads a preview in words.
    from responders.approval.cards import render_card
    from responders.approval.parts import Sheet

    settings = responders.settings
    brand = settings.brand(stored.mention.brand)
    text = shown.draft.text if shown.draft else pipeline.BLANK.get(shown.language, pipeline.BLANK["en"])
    written_by = shown.draft.drafter if shown.draft else "nobody"
    facts = shown.draft.facts if shown.draft else ()
    at = stored.mention.posted_at
    objections = shown.objections if shown.draft else policy.review(text, stored, brand, (), History(), at)
    version = Version(1, text, text_hash(text), written_by, at, objections, tuple(fact.id for fact in facts))
    reply = Reply(
        id=0,
        mention=stored,
        status=ReplyStatus.AWAITING,
        delivery=shown.delivery,
        delivery_reason=shown.delivery_reason,
        version=version,
        approvals_needed=2 if shown.triage.action is Action.ESCALATE else 1,
        created_at=at,
        expires_at=at + settings.reply_expires_after,
    )
    owner = settings.slack.brand(brand.id).owner if settings.slack else ""
    return render_card(Sheet(reply, brand, settings.slack.language if settings.slack else "en", facts, owner=owner))


def _known(brands: Sequence[Brand], called: str) -> list[Brand]:
    return [brand for brand in brands if called.strip().casefold() in {brand.id.casefold(), brand.name.casefold()}]


def _brand(brands: tuple[Brand, ...], brand_id: str) -> Brand:
    found = _known(brands, brand_id) if brand_id else list(brands)
    if len(found) == 1:
        return found[0]
    names = ", ".join(brand.id for brand in brands)
    raise CommandError(
        f"Which brand? --brand is one of: {names}." if not brand_id else f"There is no brand {brand_id}; there is: {names}.", USAGE
    )


def draft_line(line: Mapping[str, Any], asks: Drafter | None = None) -> dict[str, Any]:
    """Answer one line of `draft --jsonl`, by the templates or first by `asks`; needs no database and no configured brand."""
    return answer_line(line, review=_judge, asks=asks)


def _judge(draft: Draft, stored: StoredMention, brand: Brand, facts: Sequence[Fact]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return a draft's claims, each with its source, and the objections to it, as JSON holds them."""
    known = [*facts, *(fact for fact in draft.facts if fact not in facts)]
    sources = {fact.id: fact.source for fact in known}
    claims = [
        {
            "kind": claim.kind,
            "text": claim.text,
            "span": list(claim.span),
            "fact": claim.fact_id,
            "source": sources.get(claim.fact_id or ""),
        }
        for claim in policy.ledger(draft.text, stored, brand, known, stored.mention.posted_at)
    ]
    objections = [
        {"rule": o.rule, "severity": o.severity.value, "span": list(o.span), "sentence": o.sentence}
        for o in policy.review(draft.text, stored, brand, known, History(), stored.mention.posted_at)
    ]
    return claims, objections


def lint(name: str, text: str, *, post: str, brand: str, network: str, language: str, settings: Settings | None = None) -> dict[str, Any]:
    """Hold a text against the rules as `lint --jsonl` holds a line; raises CommandError where it cannot be judged.

    Where `settings` know the brand, its facts count as they do at the desk; with settings the sentences are in the desk's language.
    """
    from responders.policy.lines import of_brand, review_line

    line: dict[str, Any] = {"id": name, "network": network, "brand": brand, "post": post, "author": "", "facts": []}
    line |= {"responsible": None, "reply": text} | ({"lang": language} if language else {})
    known = _known(settings.brands, brand) if settings else []
    add = None
    if settings and len(known) == 1:
        at = now()
        facts = pipeline.usable_facts(settings.facts, known[0].id, at.date())
        add = partial(of_brand, brand=known[0], facts=facts, at=at)
    answer = review_line(line, add, reader=settings.desk_language if settings else "")
    if "error" in answer:
        raise CommandError(f"The text cannot be judged: {answer['error']}.", USAGE)
    return answer


def lint_in_words(name: str, text: str, objections: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield the objections to a text in lines for a person, each with its place as compilers give it."""
    for objection in objections:
        start, stop = objection["span"]
        yield f"{name}:{text.count(chr(10), 0, start) + 1}: {objection['severity']} {objection['rule']}: {objection['sentence']}"
        if stop > start:
            yield f"    {text[start:stop][:100]!r}"
    yield "Clean: no rule speaks against it." if not objections else f"{count(len(objections), 'objection')}."


def in_words(shown: Preview, language: str) -> Iterator[str]:
    """Yield a preview in lines for a person, who reads the rules in this language; what strangers wrote cannot steer the terminal."""
    rules = " ".join(shown.triage.rules)
    yield f"Language: {shown.language or 'unknown'}. Triage: {shown.triage.action.value} ({rules}): {for_terminal(shown.triage.why)}"
    yield f"Delivery: {shown.delivery.value}: {shown.delivery_reason}"
    if shown.draft is None:
        yield f"No draft: {shown.why_none}."
        return
    yield from ("", for_terminal(shown.draft.text), "")
    yield from objections_in_words(shown.objections, language)


def objections_in_words(objections: Sequence[Objection], language: str) -> Iterator[str]:
    """Yield objections in lines for a person, in this language."""
    if not objections:
        yield "No rule speaks against it."
    for objection in objections:
        yield f"  {objection.severity.value:5} {objection.rule:4} {objection.said(language)}"


def answer_lines(path: Path, answer: Callable[[dict[str, Any]], dict[str, Any]]) -> bool:
    """Print an answer to each line of a JSONL file, in order, a bad one by an error line; returns whether one holds a red objection."""
    red = False
    for found in each_json_line(path, answer):
        red = red or any(objection.get("severity") == Severity.RED for objection in found.get("objections") or [])
        say(json_line(found))
    return red
