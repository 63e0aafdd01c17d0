"""What Slack says of blocks and views that break its limits, and whom a message would call; nothing of ours is known here."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

PING = re.compile(r"<!(?:channel|here|everyone)(?:\|[^>]*)?>|<!subteam\^[A-Z0-9]+(?:\|[^>]*)?>|<@[UW][A-Z0-9]+(?:\|[^>]*)?>")
BLOCKS = {"section", "header", "context", "actions", "input", "divider", "rich_text"}
ELEMENTS = {"button", "static_select", "users_select", "overflow", "checkboxes", "plain_text_input", "url_text_input"}
RICH = {"rich_text_section", "rich_text_quote", "rich_text_preformatted", "rich_text_list"}


def check_blocks(blocks: list[Any], most: int = 50) -> list[str]:
    """Return Slack's complaints about blocks, none where they are sound."""
    return [] if (found := list(_blocks(blocks, most))) == [] else found


def check_view(view: dict[str, Any]) -> list[str]:
    """Return Slack's complaints about a modal or a Home."""
    found = list(_blocks(view.get("blocks"), 100))
    if view.get("type") not in {"modal", "home"}:
        found.append("type: must be modal or home")
    if view.get("type") == "modal":
        found += _text(view.get("title"), "title", 24, plain=True)
        for name in ("submit", "close"):
            found += _text(view[name], name, 24, plain=True) if name in view else []
        if any(block["type"] == "input" for block in view["blocks"]) and "submit" not in view:
            found.append("submit: required with an input block")
    if len(view.get("private_metadata", "")) > 3000 or len(view.get("callback_id", "")) > 255:
        found.append("private_metadata or callback_id: too long")
    return found


def find_pings(text: str, blocks: list[Any]) -> list[str]:
    """Return every mention in places where Slack would call somebody."""
    found = PING.findall(text)

    def walk(part: Any) -> None:
        if isinstance(part, dict):
            if part.get("type") in {"mrkdwn", "markdown"} and isinstance(part.get("text"), str):
                found.extend(PING.findall(part["text"]))
            if part.get("type") in {"user", "usergroup", "broadcast"}:
                found.append(json.dumps(part))
            for value in part.values():
                walk(value)
        elif isinstance(part, list):
            for value in part:
                walk(value)

    walk(blocks)
    return found


def elements_of(blocks: list[Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Give every interactive element with its block."""
    for block in blocks:
        inner = [*block.get("elements", []), block.get("accessory"), block.get("element")]
        yield from ((block, element) for element in inner if isinstance(element, dict) and element.get("type") in ELEMENTS)


def words_of(blocks: list[Any]) -> str:
    """Return everything a reader sees, with a space between the pieces."""
    found: list[str] = []

    def walk(part: Any) -> None:
        if isinstance(part, dict):
            found.extend(value for key, value in part.items() if key == "text" and isinstance(value, str))
            for key, value in part.items():
                if key not in {"text", "confirm"} or not isinstance(value, str):
                    walk(value)
        elif isinstance(part, list):
            for value in part:
                walk(value)

    walk(blocks)
    return " ".join(found)


def _blocks(blocks: Any, most: int) -> Iterator[str]:
    if not isinstance(blocks, list) or not blocks or len(blocks) > most:
        yield f"blocks: must be a list of 1 to {most}"
        return
    names: set[str] = set()
    for index, block in enumerate(blocks):
        where = f"blocks/{index}"
        if block.get("type") not in BLOCKS:
            yield f"{where}: unsupported type {block.get('type')!r}"
        if (name := block.get("block_id")) is not None:
            if not 1 <= len(name) <= 255 or name in names:
                yield f"{where}: block_id {name!r} is too long or stands twice"
            names.add(name)
        yield from _BLOCK_CHECKS.get(block.get("type"), lambda _block, _where: ())(block, where)
        actions = [element.get("action_id") for _, element in elements_of([block])]
        if len(actions) != len(set(actions)):
            yield f"{where}: an action_id stands twice"
        for _, element in elements_of([block]):
            yield from _element(element, where)


def _section(block: dict[str, Any], where: str) -> Iterator[str]:
    yield from _text(block.get("text"), where, 3000)


def _header(block: dict[str, Any], where: str) -> Iterator[str]:
    yield from _text(block.get("text"), where, 150, plain=True)


def _context(block: dict[str, Any], where: str) -> Iterator[str]:
    if not 1 <= len(block.get("elements", [])) <= 10:
        yield f"{where}: must have 1 to 10 elements"
    for element in block.get("elements", []):
        yield from _text(element, where, 3000)


def _actions(block: dict[str, Any], where: str) -> Iterator[str]:
    if not 1 <= len(block.get("elements", [])) <= 25:
        yield f"{where}: must have 1 to 25 elements"


def _input(block: dict[str, Any], where: str) -> Iterator[str]:
    yield from _text(block.get("label"), where, 2000, plain=True)
    if "hint" in block:
        yield from _text(block["hint"], where, 2000, plain=True)


def _rich(block: dict[str, Any], where: str) -> Iterator[str]:
    parts = block.get("elements", [])
    if not parts:
        yield f"{where}: rich text is empty"
    for part in parts:
        if part.get("type") not in RICH or not part.get("elements"):
            yield f"{where}: rich text part {part.get('type')!r} is unknown or empty"
        for piece in part.get("elements", []):
            if piece.get("type") == "text" and not piece.get("text"):
                yield f"{where}: an empty text"
            if piece.get("type") == "rich_text_section" and part["type"] == "rich_text_list":
                yield from (f"{where}: an empty text" for text in piece["elements"] if text.get("type") == "text" and not text.get("text"))


_BLOCK_CHECKS: dict[Any, Any] = {
    "section": _section, "header": _header, "context": _context, "actions": _actions, "input": _input, "rich_text": _rich,
}  # fmt: skip


def _element(element: dict[str, Any], where: str) -> Iterator[str]:
    where = f"{where}/{element.get('action_id')}"
    if not 1 <= len(element.get("action_id", "")) <= 255:
        yield f"{where}: action_id must be 1 to 255 characters"
    kind = element["type"]
    if kind == "button":
        yield from _text(element.get("text"), where, 75, plain=True)
        if len(element.get("value", "")) > 2000 or element.get("style") not in {None, "primary", "danger"}:
            yield f"{where}: value or style"
    if kind in {"overflow", "static_select", "checkboxes"}:
        most = {"overflow": 5, "static_select": 100, "checkboxes": 10}[kind]
        options = element.get("options", [])
        if not 1 <= len(options) <= most:
            yield f"{where}: must have 1 to {most} options"
        for option in options:
            yield from _text(option.get("text"), where, 75)
            if len(option.get("value", "")) > 150:
                yield f"{where}: an option's value must be at most 150 characters"
    if kind == "plain_text_input" and len(element.get("initial_value", "")) > element.get("max_length", 3000):
        yield f"{where}: initial_value is longer than max_length"
    if asked := element.get("confirm"):
        for name, limit in (("title", 100), ("text", 300), ("confirm", 30), ("deny", 30)):
            yield from _text(asked.get(name), f"{where}/{name}", limit)


def _text(value: Any, where: str, limit: int, *, plain: bool = False) -> list[str]:
    if not isinstance(value, dict) or value.get("type") not in ({"plain_text"} if plain else {"plain_text", "mrkdwn"}):
        return [f"{where}: must be a text object"]
    text = value.get("text")
    return [] if isinstance(text, str) and 1 <= len(text) <= limit else [f"{where}: must be 1 to {limit} characters"]
