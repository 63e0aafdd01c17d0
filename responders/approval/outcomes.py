"""Puts what became of a decision into a sentence for the person who took it, in their language; pure."""

from __future__ import annotations

from monitor.domain import Reply, ReplyStatus
from responders import consent
from responders.approval.blocks import clock
from responders.approval.parts import Outcome, Person, Sheet
from responders.approval.refusals import spell_refusal
from responders.approval.words import say, spell_status


def explain_refusal(outcome: Outcome, sheet: Sheet | None, sha256: str, person: Person, *, approving: bool = False) -> str:
    """Return why a decision did not count, and by whom it was taken where somebody was first; only a yes meets the rules of consent."""
    language = person.language
    if outcome.reply is None or sheet is None:
        return say(language, "no_reply")
    reply = outcome.reply
    if late := explain_late(sheet, language):
        return late
    if sha256 and sha256 != reply.version.sha256:
        return say(language, "stale", who=reply.version.written_by)
    if not approving or outcome.rule:
        return spell_refusal(language, outcome.sentence)
    if any(consent.same_person(given.name, person.name) for given in reply.approvals):
        return say(language, "twice")
    if consent.needed(reply) > 1 and consent.same_person(reply.version.written_by, person.name):
        return say(language, "own_text")
    if red := consent.red_rules(reply):
        return say(language, "needs_reason", rules=", ".join(red))
    return spell_refusal(language, outcome.sentence)


def explain_late(sheet: Sheet, language: str) -> str:
    """Return by whom and when it was decided, "" while it is still open to a decision."""
    reply = sheet.reply
    if reply.status in consent.OPEN_TO_DECISION:
        return ""
    decided, status = sheet.decided, spell_status(language, reply.status)
    at = clock(decided.at, sheet.brand.timezone, day=True) if decided else "?"
    if decided is None or not decided.actor:
        return say(language, "too_late_clock", status=status, at=at)
    return say(language, "too_late", status=status, who=decided.actor, at=at)


def explain_stranger(language: str, who_may: list[str]) -> str:
    """Return that somebody may not decide, and who may."""
    return say(language, "not_allowed", who=", ".join(who_may)) if who_may else say(language, "not_allowed_none")


def explain_approval(reply: Reply, language: str, *, paused: bool) -> str:
    """Return what an approval that counted brought about."""
    if reply.status in consent.OPEN_TO_DECISION:
        return say(language, "did_approve_first")
    if reply.status is ReplyStatus.HANDED_OVER:
        return say(language, "did_hand_over")
    return say(language, "did_approve_paused" if paused else "did_approve")
