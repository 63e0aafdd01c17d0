"""Puts one reply on a Slack card: who said what, why we heard it, what we would say, what stands against it. Pure; it decides nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from monitor.domain import Delivery, MentionStatus, Reply, ReplyStatus, Severity, network_name
from monitor.text import clip
from responders import consent
from responders.approval import blocks as b
from responders.approval.blocks import Block, Element
from responders.approval.differences import mark_changes
from responders.approval.parts import Sheet
from responders.approval.reasons import spell_reason
from responders.approval.refusals import spell_refusal
from responders.approval.routing import severity_of
from responders.approval.words import say, spell_choice, spell_rule, spell_status
from responders.limits import fits, limit_for

HEAVIEST = 9_500
"""Bytes of a card's blocks as JSON: under 10 kB, whatever the post is made of."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much of each part a card shows."""

    post: int
    draft: int
    lines: int
    """Of the lists of facts and objections."""
    width: int
    """Characters of such a line."""


SIZES = (
    Size(1_500, 2_600, 8, 240),
    Size(900, 2_600, 6, 200),
    Size(500, 2_000, 5, 160),
    Size(250, 1_400, 4, 120),
    Size(120, 900, 3, 90),
    Size(60, 500, 2, 60),
    Size(40, 300, 1, 40),
)
"""Tried in turn until the card is light enough."""

OPEN = frozenset({ReplyStatus.AWAITING, ReplyStatus.SNOOZED})
UNDECIDED = OPEN | {ReplyStatus.HANDED_OVER, ReplyStatus.NEEDS_REVIEW}
"""Where a person still has something to do."""


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent: blocks, and the same in a sentence for screen readers and notifications."""

    text: str
    blocks: tuple[Block, ...]

    @property
    def hash(self) -> str:
        """Return what differs whenever the message does."""
        return hashlib.sha256(json.dumps([self.text, self.blocks], sort_keys=True).encode()).hexdigest()


def value_of(reply: Reply) -> str:
    """Return all that a button holds: which reply, and the hash of exactly the text that was shown."""
    return f"{reply.id}:{reply.version.sha256}"


def read_value(value: object) -> tuple[int, str] | None:
    """Return the reply's number and hash that a button holds, None where it holds anything else."""
    head, _, sha256 = value.partition(":") if isinstance(value, str) and len(value) < 120 else ("", "", "")
    if not (head.isascii() and head.isdigit() and len(head) <= 18 and len(sha256) == 64 and set(sha256) <= set("0123456789abcdef")):
        return None
    return int(head), sha256


def mark_of(reply: Reply) -> str:
    """Return a sign for how serious an undecided reply is, "" for most."""
    return {"crisis": "🔴 ", "high": "🟠 "}.get(severity_of(reply), "") if reply.status in UNDECIDED else ""


def is_whole(sheet: Sheet) -> bool:
    """Say whether the card shows every word of the draft; where it does not, it is read whole before it is approved."""
    return _draft(sheet.reply, _fitting(sheet).draft) == sheet.reply.version.text


def render_card(sheet: Sheet) -> Message:
    """Return the card of a reply as it stands; of an erased mention nothing is shown but that it is erased."""
    if not sheet.reply.mention.mention.text:
        return _tombstone(sheet)
    return Message(_sentence(sheet), tuple(_blocks(sheet, _fitting(sheet))))


def _tombstone(sheet: Sheet) -> Message:
    reply, language = sheet.reply, sheet.language
    mention = reply.mention.mention
    gone = reply.mention.status is MentionStatus.DELETED
    said = say(language, "tombstone_gone" if gone else "tombstone_kept", network=network_name(mention.network))
    parts = [
        b.line(b.words(said, italic=True)),
        b.line(b.words(f"{say(language, 'on', place=network_name(mention.network))}  "), b.moment(mention.posted_at)),
    ]
    if reply.posted_url:
        parts.append(b.line(b.link(reply.posted_url, say(language, "tombstone_answer"))))
    return Message(b.escape(f"{_title(sheet)}: {said}"), (b.header(_title(sheet)), b.rich(*parts, block_id="erased")))


def render_compact(sheet: Sheet) -> list[Block]:
    """Return a reply in a few lines with the same buttons, for lists."""
    reply, language = sheet.reply, sheet.language
    mention = reply.mention.mention
    red = consent.red_rules(reply)
    title = b.line(
        b.words(mark_of(reply) + _title(sheet), bold=True),
        b.words(f"  {clip(b.foreign(mention.author.handle), 60)}  "),
        b.moment(mention.posted_at),
    )
    notes = [_rule_words(language, reply), say(language, "red_short", rules=", ".join(red)) if red else "", *_approval_lines(sheet)]
    parts = [title, b.quote(b.words(clip(b.foreign(mention.text), 220))), b.line(b.words(clip(b.foreign(reply.version.text), 300)))]
    found = [b.rich(*parts), b.context(" · ".join(note for note in notes if note))]
    row = _buttons(sheet) if reply.status in OPEN else None
    if row is None:
        return [*found, _show_button(sheet)]
    if not red and len(reply.version.text) > 300:
        # What is not whole here is read whole first; a red text is, where it is asked why it may go out.
        row["elements"][0] = _show_button(sheet)["elements"][0]
    return [*found, row]


def _fitting(sheet: Sheet) -> Size:
    for size in SIZES:
        if b.weigh(list(_blocks(sheet, size))) <= HEAVIEST:
            return size
    return SIZES[-1]


def _sentence(sheet: Sheet) -> str:
    mention = sheet.reply.mention.mention
    who = clip(b.foreign(mention.author.handle), 60)
    text = clip(b.foreign(mention.text), 140)
    said = say(sheet.language, "text_card", title=_title(sheet), who=who, network=network_name(mention.network), text=text)
    return b.escape(said) + (f" {b.person(sheet.owner)}" if _calls_owner(sheet) else "")


def _title(sheet: Sheet) -> str:
    status = spell_status(sheet.language, sheet.reply.status)
    return say(sheet.language, "title", number=sheet.reply.id, brand=sheet.brand.name, status=status)


def _calls_owner(sheet: Sheet) -> bool:
    return bool(sheet.owner) and severity_of(sheet.reply) == "crisis" and sheet.reply.status is ReplyStatus.AWAITING


def _blocks(sheet: Sheet, size: Size) -> Iterator[Block]:
    reply, language = sheet.reply, sheet.language
    yield b.header(mark_of(reply) + _title(sheet))
    if _calls_owner(sheet):
        yield b.section(f"{b.person(sheet.owner)} {b.escape(say(language, 'call_owner'))}")
    if outcome := list(_outcome(sheet)):
        yield b.rich(*outcome, block_id="outcome")
    yield b.rich(*_who(sheet, size.post), block_id="post")
    if reply.status in UNDECIDED:
        yield b.rich(b.bullets(list(_why(sheet, size.width))), block_id="why")
    yield from _our_reply(sheet, size)
    if row := _buttons(sheet):
        yield row
    yield b.context(_footer(sheet))


def _who(sheet: Sheet, limit: int) -> Iterator[Element]:
    mention, language = sheet.reply.mention.mention, sheet.language
    name, handle = (clip(b.foreign(part), 60) for part in (mention.author.name, mention.author.handle))
    place = network_name(mention.network) + (f", {clip(b.foreign(mention.community), 60)}" if mention.community else "")
    elements = [b.words(name or handle or say(language, "somebody"), bold=True), b.words(f"  {handle}" if name else " ")]
    elements += [b.words(f"  {say(language, 'on', place=b.foreign(place))}  "), b.moment(mention.posted_at)]
    if mention.url:
        elements += [b.words("  "), b.link(mention.url, say(language, "open_post"))]
    yield b.line(*elements)
    shown = b.cut(b.foreign(mention.text), limit)
    yield b.quote(b.words(shown))
    if len(shown) < len(b.foreign(mention.text)):
        yield b.line(b.words(say(language, "more_characters", count=len(mention.text) - limit + 2), italic=True))


def _why(sheet: Sheet, width: int) -> Iterator[Element]:
    reply, language = sheet.reply, sheet.language
    sentiment, triage = reply.mention.sentiment, reply.mention.triage
    if sentiment is None or sentiment.confidence == 0:
        feeling = say(language, "feeling_unknown")
    else:
        label = say(language, f"label_{sentiment.label.value}")
        feeling = say(language, "feeling", label=label, sure=f"{sentiment.confidence:.0%}", scorer=sentiment.scorer)
    yield b.line(b.words(f"{say(language, 'why_feeling')}: ", bold=True), b.words(feeling))
    if triage is not None:
        yield b.line(b.words(f"{say(language, 'why_flagged')}: ", bold=True), b.words(clip(_rule_words(language, reply), 3 * width)))
    history = sheet.history
    earlier = [say(language, "earlier_failed")] if history.failed_before else []
    earlier += [say(language, "earlier_open")] if history.open_reply_to_author else []
    elements = [b.words(f"{say(language, 'why_earlier')}: ", bold=True)]
    if history.answered_url:
        elements += [b.link(history.answered_url, say(language, "earlier_answered")), b.words(" ")]
    elif not earlier:
        earlier = [say(language, "earlier_none")]
    yield b.line(*elements, *([b.words("; ".join(earlier))] if earlier else []))
    delivery = say(language, f"delivery_{reply.delivery.value}")
    delivery += f" {say(language, 'delivery_from', account=sheet.account)}" if sheet.account else ""
    why = spell_reason(language, reply.delivery_reason)
    reason = f" {clip(b.foreign(why), width)}" if why else ""
    yield b.line(b.words(f"{say(language, 'why_delivery')}: ", bold=True), b.words(delivery), b.words(f"{reason} ", italic=True))
    if sheet.assigned_to:
        yield b.line(b.words(f"{say(language, 'assigned')}: ", bold=True), b.words(sheet.assigned_to))


def _rule_words(language: str, reply: Reply) -> str:
    triage = reply.mention.triage
    rules = triage.rules if triage else ()
    return "; ".join(spell_rule(language, rule) for rule in rules) or "–"


def _draft(reply: Reply, limit: int) -> str:
    return b.cut(reply.version.text, limit)


def _our_reply(sheet: Sheet, size: Size) -> Iterator[Block]:
    reply, language, limit = sheet.reply, sheet.language, size.draft
    network = reply.mention.mention.network
    counted, most = fits(network, reply.version.text, sheet.longest)
    length = say(language, "size_of", counted=counted, most=most) if most is not None else say(language, "size", counted=counted)
    title = say(language, "our_reply_now" if reply.status in OPEN else "our_reply")
    parts: list[Element] = [
        b.line(b.words(title, bold=True), b.words(f"  {length}, {network_name(network)}")),
        b.verbatim(_draft(reply, limit)),
    ]
    if len(reply.version.text) > limit:
        parts.append(b.line(b.words(say(language, "draft_cut"), bold=True)))
    elif most is not None and limit_for(network, sheet.longest).by_server and reply.status in OPEN and counted > 0.8 * most:
        parts.append(b.line(b.words(say(language, "limit_note"), italic=True)))
    yield b.rich(*parts, block_id="draft")
    if reply.posted_url and sheet.posted_text and sheet.posted_text != reply.version.text:
        changes = mark_changes(reply.version.text, sheet.posted_text, limit // 2)
        yield b.rich(b.line(b.words(say(language, "posted_differs"), bold=True)), b.quote(*changes), block_id="difference")
    if reply.status not in OPEN:
        return
    if sheet.before:
        changed = say(language, "changed", who=reply.version.written_by)
        yield b.rich(
            b.line(b.words(changed, bold=True)), b.quote(*mark_changes(sheet.before, reply.version.text, limit)), block_id="changes"
        )
    yield b.rich(*_facts(sheet, size), block_id="facts")
    if sheet.promises:
        yield b.rich(*_promises(sheet, size), block_id="promises")
    yield b.rich(*_objections(reply, language, size), block_id="rules")
    if approvals := _approval_lines(sheet, size.width):
        yield b.rich(b.bullets(b.line(b.words(text)) for text in approvals), block_id="approvals")


def _facts(sheet: Sheet, size: Size) -> Iterator[Element]:
    language = sheet.language
    if not sheet.facts:
        yield b.line(b.words(f"{say(language, 'facts')}: ", bold=True), b.words(say(language, "facts_none")))
        return
    yield b.line(b.words(say(language, "facts"), bold=True))
    found = []
    for fact in sheet.facts[: size.lines]:
        statement = fact.text.get(sheet.reply.mention.language) or next(iter(fact.text.values()), "")
        source = clip(b.foreign(fact.source), size.width)
        found.append(b.line(b.words(f"{clip(b.foreign(statement), size.width)}  "), b.link(fact.source, source)))
    yield b.bullets([*found, *_rest(language, len(sheet.facts) - size.lines)])


def _promises(sheet: Sheet, size: Size) -> Iterator[Element]:
    language = sheet.language
    yield b.line(b.words(say(language, "promises"), bold=True))
    found = []
    for one in sheet.promises[: size.lines]:
        by = (
            say(language, "promise_by", at=b.clock(one.due, sheet.brand.timezone, day=True))
            if one.due
            else say(language, "promise_undated")
        )
        found.append(b.line(b.words(f"{clip(b.foreign(one.text), size.width)}  "), b.words(by, italic=True)))
    yield b.bullets([*found, *_rest(language, len(sheet.promises) - size.lines)])


def _objections(reply: Reply, language: str, size: Size) -> Iterator[Element]:
    order = list(Severity)
    objections = sorted(reply.version.objections, key=lambda one: order.index(one.severity))
    if not objections:
        yield b.line(b.words(f"✓ {say(language, 'rules_clean')}"))
        return
    red = any(one.severity is Severity.RED for one in objections)
    yield b.line(b.words(say(language, "rules_red" if red else "rules_amber"), bold=True))
    found = []
    for one in objections[: size.lines]:
        where = clip(b.foreign(reply.version.text[slice(*one.span)]), 60)
        mark = say(language, f"severity_{one.severity.value}")
        elements = [
            b.words(f"{mark} {one.rule} ", bold=one.severity is Severity.RED),
            b.words(clip(b.foreign(one.said(language)), size.width)),
        ]
        found.append(b.line(*elements, *([b.words(f" “{where}”", italic=True)] if where else [])))
    yield b.bullets([*found, *_rest(language, len(objections) - size.lines)])


def _rest(language: str, count: int) -> Iterable[Element]:
    return [b.line(b.words(say(language, "and_more", count=count), italic=True))] if count > 0 else []


def _approval_lines(sheet: Sheet, width: int = 120) -> list[str]:
    reply, language = sheet.reply, sheet.language
    lines = [say(language, "two_needed")] if consent.needed(reply) > 1 else []
    for given in reply.approvals:
        at = b.clock(given.decided_at, sheet.brand.timezone)
        lines.append(f"✓ {say(language, 'said_yes', who=given.name, at=at)}")
        if given.override_reason:
            overridden = clip(", ".join(consent.red_rules(reply)), width)
            lines.append(say(language, "overrides", rules=overridden, reason=clip(b.foreign(given.override_reason), width)))
    return lines


def _outcome(sheet: Sheet) -> Iterator[Element]:
    """Say who decided what, and what came of it; empty while it simply waits."""
    reply, language, decided = sheet.reply, sheet.language, sheet.decided
    who, at = (decided.actor, decided.at) if decided else ("", None)
    if reply.status is ReplyStatus.AWAITING:
        return
    key = f"outcome_{reply.status.value}"
    if reply.status is ReplyStatus.APPROVED and sheet.paused:
        key = "outcome_paused"
    if reply.status is ReplyStatus.REJECTED and decided and not decided.actor:
        key = "outcome_cancelled"
    names = ", ".join(given.name for given in reply.approvals) or who
    elements = [
        b.words(say(language, key, who=clip(b.foreign(names if reply.status is not ReplyStatus.REJECTED else who), 120)), bold=True)
    ]
    elements += [b.words("  "), b.moment(at)] if at else []
    if reply.status is ReplyStatus.SNOOZED and reply.snoozed_until:
        elements += [b.words(f"  {say(language, 'until')} "), b.moment(reply.snoozed_until)]
    if reply.posted_url:
        elements += [b.words("  "), b.link(reply.posted_url, say(language, "open_reply"))]
    yield b.line(*elements)
    if reply.reason and reply.status in {ReplyStatus.REJECTED, ReplyStatus.NEEDS_REVIEW, ReplyStatus.EXPIRED, ReplyStatus.APPROVED}:
        yield b.line(b.words(clip(b.foreign(spell_choice(language, spell_refusal(language, reply.reason))), 400), italic=True))
    if reply.status is ReplyStatus.HANDED_OVER:
        yield b.line(b.words(say(language, "how_by_hand")))


def _buttons(sheet: Sheet) -> Block | None:
    reply, language, value = sheet.reply, sheet.language, value_of(sheet.reply)
    about = say(language, "about", number=reply.id)

    def push(action: str, style: str = "") -> Element:
        return b.button(say(language, f"do_{action}"), action, value, style=style, label=f"{say(language, f'do_{action}')} {about}")

    if reply.status in OPEN:
        red = bool(consent.red_rules(reply))
        first = push("override") | {"action_id": "approve"} if red else push("approve", "primary")
        if not red and consent.needed(reply) > 1:
            # Never a quick approval (T12).
            first = push("approve") | {"confirm": _sure(language)}
        rest = [push("snooze"), push("assign")] if reply.status is ReplyStatus.AWAITING else []
        return b.actions(first, push("edit"), push("reject"), *rest, _more(sheet), block_id=f"decide-{reply.id}")
    if reply.status is ReplyStatus.HANDED_OVER:
        return b.actions(push("posted", "primary"), push("reject"), block_id=f"decide-{reply.id}")
    if reply.status is ReplyStatus.NEEDS_REVIEW:
        return b.actions(push("posted", "primary"), push("retry"), push("reject"), block_id=f"decide-{reply.id}")
    return None


def _sure(language: str) -> Element:
    yes = say(language, "do_approve")
    return b.confirm(yes, say(language, "approve_sure"), yes, say(language, "do_cancel"))


def _more(sheet: Sheet) -> Element:
    reply, language, value = sheet.reply, sheet.language, value_of(sheet.reply)
    choices = [b.option(say(language, f"more_{what}"), f"{what}:{value}") for what in ("all", "alternatives", "silent", "audit")]
    if 0 < len(reply.mention.mention.url) <= b.LONGEST_LINK:
        choices.append(b.option(say(language, "more_open"), f"open:{value}", reply.mention.mention.url))
    return b.overflow("more", choices)


def _show_button(sheet: Sheet) -> Block:
    label = say(sheet.language, "do_show")
    return b.actions(b.button(label, "show", value_of(sheet.reply), label=f"{label} {sheet.reply.id}"))


def _footer(sheet: Sheet) -> str:
    reply, language = sheet.reply, sheet.language
    by = reply.version.written_by
    writer = say(language, "nobody") if by == "nobody" else clip(b.foreign(by), 80)
    said = [say(language, "version", number=reply.version.number, hash=reply.version.sha256[:8], who=writer)]
    if reply.status in UNDECIDED and reply.delivery is not Delivery.NONE and reply.expires_at:
        said.append(say(language, "expires", at=b.clock(reply.expires_at, sheet.brand.timezone, day=True)))
    return " · ".join(said)
