"""Draws Block Kit as HTML, near enough to Slack to see what a person sees; it knows no card of ours and loads nothing from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

Block = Mapping[str, Any]

STYLE = """
* { box-sizing: border-box }
body {
  margin: 0; padding: 20px; background: #fff; color: #1d1c1d;
  font: 15px/1.46 Lato, "Helvetica Neue", "DejaVu Sans", sans-serif; }
.message, .modal, .home { max-width: 720px } .message { display: grid; grid-template-columns: 44px 1fr }
.icon {
  width: 36px; height: 36px; border-radius: 6px; background: #5b3a8c; color: #fff; text-align: center;
  font: bold 20px/36px serif; }
.who { font-weight: 900 } .app { background: #e8e8e8; border-radius: 2px; font-size: 10px; padding: 1px 3px; color: #616061 }
.when, .context { color: #616061; font-size: 12.5px } h2 { font-size: 18px; margin: 8px 0 4px }
p, .part { margin: 4px 0; white-space: pre-wrap }
blockquote { margin: 4px 0; padding-left: 12px; border-left: 4px solid #ddd; white-space: pre-wrap; overflow-wrap: anywhere }
pre {
  margin: 4px 0; padding: 8px; background: #f8f8f8; border: 1px solid #ddd; border-radius: 4px;
  font: 13px/1.5 "DejaVu Sans Mono", monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
ul { margin: 4px 0; padding-left: 22px } li { white-space: pre-wrap; overflow-wrap: anywhere }
hr { border: 0; border-top: 1px solid #ddd; margin: 12px 0 }
.actions { display: flex; flex-wrap: wrap; gap: 8px; margin: 8px 0 }
.button {
  border: 1px solid #bbb; border-radius: 4px; padding: 4px 12px; font-weight: 700; font-size: 14px; background: #fff;
  white-space: nowrap; }
.primary { background: #007a5a; border-color: #007a5a; color: #fff }
.danger { background: #e01e5a; border-color: #e01e5a; color: #fff } a { color: #1264a3; text-decoration: none }
.row { display: flex; justify-content: space-between; gap: 16px; align-items: flex-start; margin: 4px 0 }
.ping { background: #e8f5fa; color: #1264a3; border-radius: 3px; padding: 0 2px }
.modal, .home { border: 1px solid #ddd; border-radius: 8px; overflow: hidden }
.modal > .title {
  display: flex; justify-content: space-between; padding: 12px 20px; font-weight: 900; font-size: 18px;
  border-bottom: 1px solid #ddd; }
.body { padding: 8px 20px }
.foot { display: flex; justify-content: flex-end; gap: 8px; padding: 12px 20px; border-top: 1px solid #ddd }
label { display: block; font-weight: 900; margin-top: 10px }
.input {
  border: 1px solid #999; border-radius: 4px; padding: 8px; white-space: pre-wrap; min-height: 36px;
  overflow-wrap: anywhere; }
.tall { min-height: 84px } .hint { color: #616061; font-size: 13px }
.error { color: #c01343; font-size: 13px; margin-top: 4px }
.tab { padding: 10px 20px; border-bottom: 1px solid #ddd; font-weight: 900 }
"""


def page(*bodies: str) -> str:
    """Return a whole page that loads nothing."""
    return f"<!doctype html><meta charset=utf-8><title>Slack</title><style>{STYLE}</style>{''.join(bodies)}"


def message(blocks: Sequence[Block], *, name: str = "Grapevine", at: str = "10:02") -> str:
    """Return a message as it stands in a channel."""
    head = f"<span class=who>{escape(name)}</span> <span class=app>APP</span> <span class=when>{escape(at)}</span>"
    return f"<div class=message><div class=icon>G</div><div>{head}{draw(blocks)}</div></div>"


def view(shown: Block, errors: Mapping[str, str] | None = None) -> str:
    """Return a modal or a Home; `errors` stand under their fields, as after a submission."""
    body = f"<div class=body>{draw(shown['blocks'], errors or {})}</div>"
    if shown["type"] == "home":
        return f"<div class=home><div class=tab>Home</div>{body}</div>"
    submit = f'<span class="button primary">{_plain(shown["submit"])}</span>' if "submit" in shown else ""
    foot = f"<div class=foot><span class=button>{_plain(shown['close'])}</span>{submit}</div>"
    return f"<div class=modal><div class=title><span>{_plain(shown['title'])}</span><span>✕</span></div>{body}{foot}</div>"


def draw(blocks: Sequence[Block], errors: Mapping[str, str] | None = None) -> str:
    """Return blocks one under the other; raises KeyError for a kind that is not drawn here."""
    return "".join(_KINDS[block["type"]](block) if block["type"] != "input" else _input(block, errors or {}) for block in blocks)


def _plain(text: Mapping[str, Any]) -> str:
    return escape(text["text"])


def _markup(text: Mapping[str, Any]) -> str:
    """Draw what Slack parses in mrkdwn: calls and links; the rest is shown as it is."""
    if text["type"] == "plain_text":
        return _plain(text)
    pieces = re.split(r"(<[^>]*>)", text["text"])
    return "".join(_tag(piece) if piece.startswith("<") else escape(_unescape(piece)) for piece in pieces)


def _tag(piece: str) -> str:
    inner, _, label = piece[1:-1].partition("|")
    if inner.startswith(("@", "!", "#")):
        return f"<span class=ping>{escape(label or inner)}</span>"
    return f"<a>{escape(_unescape(label or inner))}</a>"


def _unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _section(block: Block) -> str:
    text = f"<p>{_markup(block['text'])}</p>"
    return f"<div class=row>{text}<div>{_element(block['accessory'])}</div></div>" if "accessory" in block else text


def _context(block: Block) -> str:
    return f"<p class=context>{' '.join(_markup(part) for part in block['elements'])}</p>"


def _rich(block: Block) -> str:
    return "".join(_part(part) for part in block["elements"])


def _part(part: Mapping[str, Any]) -> str:
    inner = "".join(_part(piece) if piece["type"].startswith("rich_text") else _piece(piece) for piece in part["elements"])
    if part["type"] == "rich_text_list":
        rows = "".join(f"<li>{''.join(_piece(piece) for piece in row['elements'])}</li>" for row in part["elements"])
        return f"<ul>{rows}</ul>"
    tag = {"rich_text_quote": "blockquote", "rich_text_preformatted": "pre"}.get(part["type"])
    return f"<{tag}>{inner}</{tag}>" if tag else f"<div class=part>{inner}</div>"


def _piece(piece: Mapping[str, Any]) -> str:
    if piece["type"] == "link":
        return f"<a>{escape(piece.get('text') or piece['url'])}</a>"
    if piece["type"] == "date":
        local = datetime.fromtimestamp(piece["timestamp"], UTC).astimezone(ZoneInfo("Europe/Amsterdam"))
        return f"<span class=when>{local:%d-%m-%Y %H:%M}</span>"
    drawn = escape(piece["text"])
    for style, tag in (("bold", "b"), ("italic", "i"), ("strike", "s"), ("code", "code")):
        drawn = f"<{tag}>{drawn}</{tag}>" if piece.get("style", {}).get(style) else drawn
    return drawn


def _element(element: Mapping[str, Any]) -> str:
    if element["type"] == "overflow":
        return "<span class=button>…</span>"
    return f'<span class="button {element.get("style", "")}">{_plain(element["text"])}</span>'


def _input(block: Block, errors: Mapping[str, str]) -> str:
    element = block["element"]
    kind = element["type"]
    shown = element.get("initial_value", "")
    if kind == "static_select":
        shown = f"{(element.get('initial_option') or element['options'][0])['text']['text']}   ▾"
    if kind == "users_select":
        shown = "▾"
    body = f'<div class="input{" tall" if element.get("multiline") else ""}">{escape(shown)}</div>'
    if kind == "checkboxes":
        body = "".join(f"<div>☐ {_plain(option['text'])}</div>" for option in element["options"])
    hint = f"<div class=hint>{_plain(block['hint'])}</div>" if "hint" in block else ""
    error = f"<div class=error>⚠ {escape(errors[block['block_id']])}</div>" if block["block_id"] in errors else ""
    return f"<label>{_plain(block['label'])}</label>{body}{error}{hint}"


_KINDS: Mapping[str, Callable[[Block], str]] = {
    "header": lambda block: f"<h2>{_plain(block['text'])}</h2>",
    "section": _section,
    "context": _context,
    "divider": lambda _block: "<hr>",
    "rich_text": _rich,
    "actions": lambda block: f"<div class=actions>{''.join(_element(one) for one in block['elements'])}</div>",
}
