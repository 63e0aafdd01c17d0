"""Says in one line what became of a reply after its card was drawn, where the card alone would go unnoticed; pure."""

from __future__ import annotations

from monitor.domain import AuditEvent
from responders.approval.blocks import address, escape
from responders.approval.parts import Sheet
from responders.approval.refusals import spell_refusal
from responders.approval.words import say


def tell_news(event: AuditEvent, sheet: Sheet) -> str:
    """Return the line for what happened, "" where the card says enough."""
    reply, language = sheet.reply, sheet.language
    if event.old_status == event.new_status:
        return ""
    if event.new_status == "deleted":
        return say(language, "news_deleted")
    if event.reply_id is None:
        return ""
    if event.new_status == "posted":
        return say(language, "news_posted", url=address(reply.posted_url))
    reason = escape(spell_refusal(language, event.reason))
    if event.new_status in {"needs_review", "expired", "kept", "broken", "withdrawn"}:
        return say(language, f"news_{event.new_status}", reason=reason)
    if event.new_status == "rejected" and event.old_status == "posting":
        return say(language, "news_rejected", reason=reason)
    if event.new_status == "awaiting" and event.old_status == "snoozed" and event.actor == "sweep":
        return say(language, "news_awake")
    return ""
