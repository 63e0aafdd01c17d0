"""Draws a person's Home, and the list of what got no card of its own yet; pure."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.domain import ReplyStatus, network_name
from monitor.text import clip
from responders.approval import blocks as b
from responders.approval.blocks import Block
from responders.approval.cards import Message, mark_of, render_compact, value_of
from responders.approval.parts import Figures, Person, Sheet
from responders.approval.words import say, spell_status

SHOWN = 12
"""Replies on a Home; each takes three of Slack's hundred blocks."""
LISTED = 16
"""Lines of a list; a message stays under 10 kB."""


def render_home(person: Person, sheets: Sequence[Sheet], rest: int, figures: Figures) -> Block:
    """Return the Home of a person: what waits for them, today's figures, the switch for whoever may turn it."""
    language = person.language
    blocks = [b.header(say(language, "home_title"))]
    if person.brands is None:
        blocks.append(b.paragraph(say(language, "home_nobody")))
    elif not sheets:
        blocks.append(b.paragraph(say(language, "home_nothing")))
    for sheet in sheets[:SHOWN]:
        blocks += [b.divider(), *render_compact(sheet)]
    if rest > 0:
        blocks.append(b.context(say(language, "home_more", count=rest)))
    blocks += [b.divider(), b.paragraph("\n".join(describe(language, figures)))]
    if person.may_pause:
        blocks.append(_switch(language, on=figures.switch.on))
    return {"type": "home", "blocks": blocks[: b.VIEW_BLOCKS]}


def describe(language: str, figures: Figures) -> list[str]:
    """Return today's figures and the switch in sentences."""
    today = {status.value: figures.by_status.get(status, 0) for status in ReplyStatus}
    waiting = say(language, "home_waiting", count=figures.waiting)
    if figures.oldest_at:
        waiting += f", {say(language, 'home_oldest', at=b.clock(figures.oldest_at, figures.timezone, day=True))}"
    switch = figures.switch
    at = b.clock(switch.changed_at, figures.timezone, day=True) if switch.changed_at else "?"
    paused = say(language, "home_paused", at=at, who=switch.changed_by or "?", reason=clip(switch.reason, 200)).strip()
    said = say(language, "home_today", **{name: today[name] for name in ("posted", "approved", "rejected", "expired")})
    return [f"{waiting}.", said, say(language, "home_on") if switch.on else paused]


def _switch(language: str, *, on: bool) -> Block:
    act = "pause" if on else "resume"
    label = say(language, f"do_{act}")
    question = b.confirm(label, say(language, f"{act}_sure"), label, say(language, "do_cancel"))
    return b.actions(b.button(label, act, act, style="danger" if on else "primary", confirm=question), block_id="switch")


def render_list(sheets: Sequence[Sheet], count: int, language: str) -> Message:
    """Return the one message that lists what has no card of its own yet, in order; each line can ask for its card."""
    if not count:
        return Message(say(language, "list_done"), (b.paragraph(say(language, "list_done")),))
    title = say(language, "list_title", count=count)
    blocks = [b.header(title), b.context(say(language, "list_why"))]
    for sheet in sheets[:LISTED]:
        reply = sheet.reply
        mention = reply.mention.mention
        who, text = clip(b.foreign(mention.author.handle), 40), clip(b.foreign(mention.text), 90)
        line = b.paragraph(f"{mark_of(reply)}{reply.id} · {network_name(mention.network)} · {who}: {text}")
        line["accessory"] = b.button(say(language, "do_show"), "show", value_of(reply))
        blocks.append(line)
    if count > len(sheets[:LISTED]):
        blocks.append(b.context(say(language, "and_more", count=count - len(sheets[:LISTED]))))
    return Message(title, tuple(blocks))


def render_line(text: str) -> Message:
    """Return a line for a thread or a direct message; `text` is markup, what it quotes is escaped."""
    return Message(text, (b.section(text),))


def describe_found(language: str, sheets: Sequence[tuple[str, str, str]]) -> Message:
    """Return what a search found: (post's text, address, our reply's status or "") for each."""
    if not sheets:
        return Message(say(language, "found_none"), (b.paragraph(say(language, "found_none")),))
    lines = []
    for text, url, status in sheets:
        said = f" ({spell_status(language, ReplyStatus(status))})" if status else ""
        lines.append(b.line(b.link(url, clip(b.foreign(text), 140)), b.words(said or " ")))
    head = say(language, "found")
    return Message(head, (b.rich(b.line(b.words(head, bold=True)), b.bullets(lines)),))
