"""Answers /grapevine: what waits, the pause switch, looking posts up, drafting without storing. No rules live here."""

from __future__ import annotations

from monitor.contracts import AdapterError
from monitor.domain import Delivery
from monitor.text import clean, clip
from responders.approval import blocks as b
from responders.approval.cards import Message
from responders.approval.clicks import Clicks
from responders.approval.home import describe, describe_found
from responders.approval.parts import Proposal
from responders.approval.reasons import spell_reason
from responders.approval.words import say, spell_rule

COMMAND = "/grapevine"
FOUND = 5


class Commands:
    """The words after the slash command, answered to whoever typed them and to nobody else."""

    def __init__(self, clicks: Clicks) -> None:
        self.clicks = clicks

    def is_slow(self, text: str) -> bool:
        """Say whether the answer may take longer than the three seconds that Slack waits."""
        return text.strip().casefold().startswith("draft")

    def answer(self, user: str, text: str) -> Message:
        """Return what to tell a person who typed a command."""
        language = self.clicks.people.language(user)
        word, _, rest = clean(text).strip().partition(" ")
        rest = rest.strip()
        try:
            return self._answer(user, language, word.casefold(), rest)
        except AdapterError:
            return _said(say(language, "unavailable"))

    def _answer(self, user: str, language: str, word: str, rest: str) -> Message:
        desk = self.clicks.desk
        if word == "status":
            return _said("\n".join(describe(language, desk.figures())))
        if word in {"pause", "resume"}:
            return _said(self.clicks.turn(user, clip(rest, 200), on=word == "resume"))
        if word == "find":
            if not rest:
                return _said(say(language, "find_what"))
            found = desk.find(_address(rest), FOUND)
            return describe_found(
                language,
                [(stored.mention.text, stored.mention.url, reply.status.value if reply else "") for stored, reply in found],
            )
        if word == "draft":
            if not rest:
                return _said(say(language, "draft_what"))
            return self._draft(language, _address(rest))
        return _said(say(language, "help"))

    def _draft(self, language: str, text: str) -> Message:
        desk = self.clicks.desk
        if text.startswith(("https://", "http://")):
            found = desk.find(text, 1)
            if not found:
                return _said(say(language, "found_none"))
            stored, reply = found[0]
            if reply is not None:
                rules = stored.triage.rules if stored.triage else ()
                proposal = Proposal(rules, reply.delivery, reply.delivery_reason, reply.version.text, reply.version.objections)
            else:
                proposal = desk.preview(stored.mention.text, stored)
        else:
            proposal = desk.preview(text)
        return _show(language, proposal)


def _show(language: str, proposal: Proposal) -> Message:
    head = say(language, "draft_head")
    parts = [b.line(b.words(head, bold=True))]
    rules = "; ".join(spell_rule(language, rule) for rule in proposal.rules) or "–"
    reason = clip(b.foreign(spell_reason(language, proposal.delivery_reason)), 300)
    parts.append(b.line(b.words(f"{say(language, 'why_flagged')}: ", bold=True), b.words(rules)))
    parts.append(
        b.line(
            b.words(f"{say(language, 'why_delivery')}: ", bold=True),
            b.words(say(language, f"delivery_{proposal.delivery.value}")),
            b.words(f" {reason}", italic=True),
        )
    )
    if not proposal.text:
        if proposal.delivery is not Delivery.NONE:
            parts.append(b.line(b.words(say(language, "draft_none"), italic=True)))
        return Message(head, (b.rich(*parts),))
    parts.append(b.verbatim(b.cut(proposal.text, 2_500)))
    lines = [
        f"{say(language, f'severity_{one.severity.value}')} {one.rule}: {clip(b.foreign(one.said(language)), 200)}"
        for one in proposal.objections[:8]
    ]
    if not lines:
        lines = [say(language, "rules_clean")]
    return Message(head, (b.rich(*parts, b.bullets(b.line(b.words(line)) for line in lines)),))


def _said(text: str) -> Message:
    return Message(b.escape(text), (b.paragraph(text),))


def _address(text: str) -> str:
    """Return an address without what Slack puts round it: <https://…|…>."""
    if text.startswith("<http") and text.endswith(">"):
        text = text[1:-1].partition("|")[0]
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
