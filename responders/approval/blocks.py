"""The pieces of Block Kit that we use, each within Slack's limits; what they say is put together elsewhere.

What strangers wrote goes into rich text or plain text alone: there nothing is parsed, so that it can neither call anybody nor draw.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from monitor.text import clip, for_terminal

Block = dict[str, Any]
Element = dict[str, Any]

# https://docs.slack.dev/reference/block-kit/blocks
HEADER = 150
SECTION = 3_000
CONTEXT_PARTS = 10
BUTTON = 75
OPTION = 75
MODAL_TITLE = 24
MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
LONGEST_LINK = 500
"""A longer address would fill the card; it is read at the network."""
INPUT = 3_000
"""The longest text that a field of a modal takes."""


def escape(text: str) -> str:
    """Return a text that Slack's own markup shows as it is: no mention, no link, no call to a channel."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def foreign(text: str) -> str:
    """Return a stranger's text without what could turn or hide the words after it."""
    return for_terminal(text)


def cut(text: str, limit: int) -> str:
    """Return the beginning of a text, its lines kept, with an ellipsis where something is left out."""
    return text if len(text) <= limit else text[: limit - 2].rstrip() + " …"


def plain(text: str, limit: int) -> Element:
    """Return a text in which nothing is parsed, on one line where it is short."""
    short = clip(text, limit) if limit < SECTION else cut(text, limit)
    return {"type": "plain_text", "text": short.strip() or "–", "emoji": False}


def header(text: str) -> Block:
    """Return a heading."""
    return {"type": "header", "text": plain(text, HEADER)}


def section(markup: str, accessory: Element | None = None, block_id: str = "") -> Block:
    """Return a paragraph of our own markup; whatever it quotes must be escaped."""
    block: Block = {"type": "section", "text": {"type": "mrkdwn", "text": cut(markup, SECTION), "verbatim": True}}
    block |= {"accessory": accessory} if accessory else {}
    return block | ({"block_id": block_id} if block_id else {})


def paragraph(text: str) -> Block:
    """Return a paragraph in which nothing is parsed."""
    return {"type": "section", "text": plain(text, SECTION)}


def context(*texts: str) -> Block:
    """Return small print in which nothing is parsed."""
    return {"type": "context", "elements": [plain(text, SECTION) for text in texts[:CONTEXT_PARTS]]}


def divider() -> Block:
    """Return a line."""
    return {"type": "divider"}


def words(text: str, **style: bool) -> Element:
    """Return words of rich text; style is bold, italic, strike or code."""
    return {"type": "text", "text": text or "–"} | ({"style": style} if style else {})


def link(url: str, text: str) -> Element:
    """Return a link, or the bare words where the address is none of the web."""
    if not url.startswith(("https://", "http://")) or len(url) > LONGEST_LINK:
        return words(text)
    return {"type": "link", "url": url, "text": text}


def moment(at: datetime) -> Element:
    """Return a moment, which Slack shows on each reader's own clock."""
    fallback = f"{at:%Y-%m-%d %H:%M} UTC"
    return {"type": "date", "timestamp": int(at.timestamp()), "format": "{date_short_pretty} {time}", "fallback": fallback}


def clock(at: datetime, timezone: str, *, day: bool = False) -> str:
    """Return a moment on the clock of a place, for texts in which Slack does not put each reader's own."""
    return f"{at.astimezone(ZoneInfo(timezone)):{'%d-%m %H:%M' if day else '%H:%M'}}"


def person(user: str) -> str:
    """Return markup that names and calls a member; only for whom we mean to call."""
    return f"<@{user}>"


def address(url: str) -> str:
    """Return markup of a link that shows its address; nothing in it can end it early."""
    safe = escape(url).replace("|", "%7C").replace(" ", "%20")
    return f"<{safe}>" if url.startswith(("https://", "http://")) else safe


def line(*elements: Element) -> Element:
    """Return a line of rich text."""
    return {"type": "rich_text_section", "elements": list(elements)}


def quote(*elements: Element) -> Element:
    """Return quoted rich text."""
    return {"type": "rich_text_quote", "elements": list(elements)}


def verbatim(text: str) -> Element:
    """Return a text exactly as it is, to be read and copied sign by sign."""
    return {"type": "rich_text_preformatted", "border": 0, "elements": [{"type": "text", "text": text or "–"}]}


def bullets(lines: Iterable[Element]) -> Element:
    """Return a list of lines."""
    return {"type": "rich_text_list", "style": "bullet", "elements": list(lines)}


def rich(*parts: Element, block_id: str = "") -> Block:
    """Return a block of rich text."""
    return {"type": "rich_text", "elements": list(parts)} | ({"block_id": block_id} if block_id else {})


def button(text: str, action: str, value: str, *, style: str = "", label: str = "", confirm: Element | None = None) -> Element:
    """Return a button; `label` is what a screen reader says."""
    element: Element = {"type": "button", "text": plain(text, BUTTON), "action_id": action, "value": value}
    element |= {"style": style} if style else {}
    element |= {"accessibility_label": clip(label, 75)} if label else {}
    return element | ({"confirm": confirm} if confirm else {})


def confirm(title: str, text: str, yes: str, no: str) -> Element:
    """Return the question that is asked before a button acts."""
    return {"title": plain(title, 100), "text": plain(text, 300), "confirm": plain(yes, 30), "deny": plain(no, 30)}


def option(text: str, value: str, url: str = "") -> Element:
    """Return a choice."""
    return {"text": plain(text, OPTION), "value": value} | ({"url": url} if url.startswith(("https://", "http://")) else {})


def overflow(action: str, options: Sequence[Element]) -> Element:
    """Return the menu of three dots; it takes at most five choices."""
    return {"type": "overflow", "action_id": action, "options": list(options[:5])}


def select(action: str, options: Sequence[Element], *, initial: Element | None = None, hint: str = "") -> Element:
    """Return a menu of choices."""
    element: Element = {"type": "static_select", "action_id": action, "options": list(options[:100])}
    element |= {"placeholder": plain(hint, 150)} if hint else {}
    return element | ({"initial_option": initial} if initial else {})


def actions(*elements: Element, block_id: str = "") -> Block:
    """Return a row of buttons."""
    return {"type": "actions", "elements": list(elements)} | ({"block_id": block_id} if block_id else {})


def field(block_id: str, label: str, element: Element, *, optional: bool = False, hint: str = "") -> Block:
    """Return a field of a modal."""
    block: Block = {"type": "input", "block_id": block_id, "label": plain(label, 2_000), "element": element, "optional": optional}
    return block | ({"hint": plain(hint, 2_000)} if hint else {})


def text_input(action: str, *, initial: str = "", multiline: bool = False, least: int = 0, hint: str = "") -> Element:
    """Return a field for a text."""
    element: Element = {"type": "plain_text_input", "action_id": action, "multiline": multiline, "max_length": INPUT}
    element |= {"initial_value": initial} if initial else {}
    element |= {"min_length": least} if least else {}
    return element | ({"placeholder": plain(hint, 150)} if hint else {})


def modal(callback: str, title: str, blocks: Sequence[Block], *, close: str, metadata: str, submit: str = "") -> Block:
    """Return a modal; `metadata` comes back with what is submitted."""
    view: Block = {"type": "modal", "callback_id": callback, "title": plain(title, MODAL_TITLE), "close": plain(close, MODAL_TITLE)}
    view |= {"submit": plain(submit, MODAL_TITLE)} if submit else {}
    return view | {"private_metadata": metadata, "blocks": list(blocks[:VIEW_BLOCKS])}


def weigh(blocks: Sequence[Block]) -> int:
    """Return how many bytes blocks take on the wire."""
    return len(json.dumps(list(blocks)))
