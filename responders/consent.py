"""Who may approve which text: the rules of a named person's consent, pure; nothing here knows Slack, the terminal or the database."""

from __future__ import annotations

import re
from collections.abc import Sequence

from monitor.domain import Approval, Reply, ReplyStatus, Severity
from monitor.settings import Approver

OPEN_TO_DECISION = frozenset({ReplyStatus.AWAITING, ReplyStatus.SNOOZED})
"""A person may decide while a reply stands here; elsewhere the decision was already taken."""

NAME_LIMIT = 100

_ID = re.compile(r" \(([UW][A-Z0-9]+)\)\Z")
"""The member's id that stands behind the name of one who was not listed by name, but as a member of a group."""


def bare_name(name: str) -> str:
    """Return a name of the audit without the member's id behind it."""
    return _ID.sub("", name)


def same_person(one: str, other: str) -> bool:
    """Say whether two names of the audit mean one person, whichever door they came through; where both have an id, that decides."""
    ids = [found[1] for name in (one, other) if (found := _ID.search(name))]
    if len(ids) == 2:
        return ids[0] == ids[1]
    return bare_name(one).casefold() == bare_name(other).casefold()


def refuse_decider(name: str, brand: str, approvers: Sequence[Approver]) -> str:
    """Return why this person may not decide for this brand, "" where they may.

    With no approvers configured anybody at the terminal may, by giving a name.
    """
    if not name.strip():
        return "a decision needs a name: say who you are (--as NAME)"
    if len(name) > NAME_LIMIT or not name.isprintable():
        return f"a name has at most {NAME_LIMIT} printable characters"
    if not approvers:
        return ""
    may = [approver.name for approver in approvers if not approver.brands or brand in approver.brands]
    if name in may:
        return ""
    return f"{name} may not decide for {brand}; " + (f"these may: {', '.join(may)}" if may else "nobody is named for it in responders.toml")


def refuse_restart(name: str, approvers: Sequence[Approver]) -> str:
    """Return why this person may not restart publishing, "" where they may; to stop it everybody may, for a stop must never wait."""
    if sentence := refuse_decider(name, "", ()):
        return sentence
    listed = [approver.name for approver in approvers]
    return "" if name in listed or not listed else f"{name} may not restart publishing; these may: {', '.join(listed)}"


def red_rules(reply: Reply) -> list[str]:
    """Return the ids of the red objections against the reply's current version, each once, in order."""
    return list(dict.fromkeys(o.rule for o in reply.version.objections if o.severity is Severity.RED))


def refuse_approval(reply: Reply, approval: Approval, approvers: Sequence[Approver]) -> str:
    """Return why this approval does not count, in a sentence for the person; "" where it does.

    What counts is a named person's yes to exactly the current text. Where two must agree (T12, an override) they are two people, and
    neither is the one who wrote the current text by hand.
    """
    if sentence := refuse_decider(approval.name, reply.mention.mention.brand, approvers):
        return sentence
    if reply.status not in OPEN_TO_DECISION:
        return f"reply {reply.id} is {reply.status.value} already{decided_by(reply)}; nothing was changed"
    if approval.sha256 != reply.version.sha256:
        return (
            f"you saw version {approval.sha256[:8] or '(none)'}, and reply {reply.id} now has version {reply.version.sha256[:8]} "
            f"by {reply.version.written_by}; nothing was approved. Read the new text and decide again"
        )
    if any(same_person(given.name, approval.name) for given in reply.approvals):
        return f"{approval.name} has approved this text already; it still needs somebody else"
    red = red_rules(reply)
    reasons = (approval.override_reason, *(given.override_reason for given in reply.approvals))
    if red and not any(reason.strip() for reason in reasons):
        return f"rule {', '.join(red)} stands against this text. Edit it, or give a written reason; then a second person must agree"
    if needed(reply, approval) > 1 and same_person(approval.name, reply.version.written_by):
        return f"{approval.name} wrote this text, and here two others must agree to it"
    return ""


def refuse_account(reply: Reply, account: str) -> str:
    """Return why a second yes does not count where the first was to a text that another account would say."""
    agreed, now = reply.account or "the common account", account or "the common account"
    who = " and ".join(given.name for given in reply.approvals)
    then = f"{who} approved this text to go out from {agreed}, and this brand answers from {now} now"
    return f"{then}; nothing was approved. Edit the text first"


def needed(reply: Reply, approval: Approval | None = None) -> int:
    """Return how many people must approve the current text: two for T12 and for an override, else one."""
    overridden = bool(red_rules(reply)) or bool(approval and approval.override_reason) or any(a.override_reason for a in reply.approvals)
    return max(reply.approvals_needed, 2 if overridden else 1)


def decided_by(reply: Reply) -> str:
    """Return ", approved by … at …" where somebody approved the current text, else why it stands as it does."""
    if reply.approvals and reply.status is not ReplyStatus.REJECTED:
        given = ", ".join(f"{approval.name} at {approval.decided_at:%H:%M UTC on %d-%m}" for approval in reply.approvals)
        return f", approved by {given}"
    return f" ({reply.reason})" if reply.reason else ""
