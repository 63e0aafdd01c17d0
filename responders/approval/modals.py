"""The windows in which a person edits, refuses, snoozes, assigns or reads everything; pure, in the person's language."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from monitor.domain import AuditEvent, Objection, Reply, Severity, network_name, text_hash
from monitor.text import clip
from responders import consent
from responders.approval import blocks as b
from responders.approval.blocks import Block
from responders.approval.cards import read_value, value_of
from responders.approval.parts import Sheet
from responders.approval.reasons import spell_note, spell_reason
from responders.approval.refusals import spell_refusal
from responders.approval.words import say, spell_choice, spell_rule, spell_step
from responders.limits import fits

REASONS = ("T1", "T2", "T3", "T6", "T8", "T9", "T11", "T13", "T14", "T15", "T16")
"""The triage rules that can be the reason for no answer (T17), in RULES.md's order."""

OF_THE_MENTION = ("not_about_us", "not_negative")
"""Reasons that say what the mention is; they are kept as labels."""

OTHER = "other"

SNOOZES = {"30m": timedelta(minutes=30), "1h": timedelta(hours=1), "3h": timedelta(hours=3), "1d": timedelta(days=1)}

_PIECE = 2_900


def remember(reply: Reply, channel: str = "") -> str:
    """Return what a modal brings back: which reply and text were shown, and in which channel; no text of ours."""
    return json.dumps({"value": value_of(reply), "channel": channel})


def recall(metadata: object) -> tuple[int, str, str] | None:
    """Return the reply's number, the hash that was shown and the channel; None where the metadata is not ours."""
    try:
        found = json.loads(metadata) if isinstance(metadata, str) else None
    except ValueError:
        return None
    if not isinstance(found, dict):
        return None
    read, channel = read_value(found.get("value")), found.get("channel")
    return (*read, channel) if read and isinstance(channel, str) else None


def edit_modal(sheet: Sheet, channel: str, *, anyway: bool = False, text: str | None = None, problems: Sequence[Objection] = ()) -> Block:
    """Return the modal in which a text is changed; after red objections it offers to save it all the same."""
    reply, language = sheet.reply, sheet.language
    shown = reply.version.text if text is None else text
    close = say(language, "do_cancel")
    title = say(language, "edit_title", number=reply.id)
    if len(shown) > b.INPUT:
        blocks = [b.paragraph(say(language, "edit_too_long", number=reply.id))]
        return b.modal("edit_too_long", title, blocks, close=say(language, "do_close"), metadata=remember(reply, channel))
    network = reply.mention.mention.network
    counted, most = fits(network, shown, sheet.longest)
    size = say(language, "size", counted=counted) if most is None else say(language, "size_of", counted=counted, most=most)
    element = b.text_input("text", initial=shown, multiline=True, least=1)
    fields = [
        b.field("text", say(language, "edit_label"), element, hint=say(language, "edit_hint", size=f"({size}, {network_name(network)})"))
    ]
    if problems:
        fields.insert(0, b.rich(b.bullets(b.line(b.words(line)) for line in list_problems(problems, language))))
    if anyway:
        element = {"type": "checkboxes", "action_id": "anyway", "options": [b.option(say(language, "edit_anyway"), "anyway")]}
        fields.append(b.field("anyway", say(language, "edit_keep"), element, optional=True))
    return b.modal("edit", title, fields, close=close, metadata=remember(reply, channel), submit=say(language, "do_save"))


def list_problems(objections: Iterable[Objection], language: str) -> list[str]:
    """Return the red objections, a line for each, in this language."""
    return [f"{o.rule}: {clip(b.foreign(o.said(language)), 200)}" for o in objections if o.severity is Severity.RED]


def override_modal(sheet: Sheet, channel: str) -> Block:
    """Return the modal that asks why a text may go out though red rules object."""
    reply, language = sheet.reply, sheet.language
    rules = ", ".join(consent.red_rules(reply))
    blocks = [
        b.paragraph(say(language, "override_text")),
        b.rich(b.bullets(b.line(b.words(line)) for line in list_problems(reply.version.objections, language))),
        *_whole(reply.version.text),
    ]
    given = next((one for one in reply.approvals if one.override_reason), None)
    if given:
        who, reason = given.name, clip(given.override_reason, 500)
        blocks.insert(1, b.paragraph(say(language, "override_agree", who=who, rules=rules, reason=reason)))
    element = b.text_input("reason", multiline=True, least=0 if given else 10)
    blocks.append(b.field("reason", say(language, "override_label"), element, optional=bool(given)))
    submit = say(language, "override_submit")
    return b.modal(
        "override",
        say(language, "override_title"),
        blocks,
        close=say(language, "do_cancel"),
        metadata=remember(reply, channel),
        submit=submit,
    )


def whole_modal(sheet: Sheet, channel: str, *, approve: bool) -> Block:
    """Return the modal that shows every word of the post and of our reply; with `approve` it is approved there."""
    reply, language = sheet.reply, sheet.language
    blocks = [b.header(say(language, "our_reply_now")), *_whole(reply.version.text)]
    blocks += [b.header(say(language, "whole_post")), *_whole(b.foreign(reply.mention.mention.text))]
    return b.modal(
        "whole",
        say(language, "whole_title", number=reply.id),
        blocks,
        close=say(language, "do_close"),
        metadata=remember(reply, channel),
        submit=say(language, "do_approve") if approve else "",
    )


def reject_modal(sheet: Sheet, channel: str) -> Block:
    """Return the modal that asks why this is not answered."""
    language = sheet.language
    options = [b.option(say(language, f"reject_{what}"), what) for what in OF_THE_MENTION]
    options += [b.option(spell_rule(language, rule), rule) for rule in REASONS]
    options.append(b.option(say(language, "reject_other"), OTHER))
    words = b.text_input("words", multiline=True)
    fields = [
        b.field("rule", say(language, "reject_rule"), b.select("rule", options, initial=options[-1])),
        b.field("words", say(language, "reject_words"), words, optional=True, hint=say(language, "reject_hint")),
    ]
    return _form("reject", "reject_title", sheet, channel, fields)


def reason_of(chosen: str, words: str, language: str) -> tuple[str, str]:
    """Return the rule, or none, and the reason of a refusal; an empty reason where nothing was chosen and nothing was written."""
    if chosen in OF_THE_MENTION:
        return "", ": ".join(part for part in (say(language, f"reject_{chosen}"), words) if part)
    if chosen in REASONS:
        return chosen, f"{chosen} {words or say(language, f'rule_{chosen}')}"
    return "", words


def snooze_modal(sheet: Sheet, channel: str) -> Block:
    """Return the modal that asks for how long a reply is put aside."""
    language = sheet.language
    options = [b.option(say(language, f"snooze_{key}"), key) for key in SNOOZES]
    fields = [b.field("for", say(language, "snooze_label"), b.select("for", options, initial=options[1]))]
    return _form("snooze", "snooze_title", sheet, channel, fields)


def assign_modal(sheet: Sheet, channel: str) -> Block:
    """Return the modal that asks who looks at a reply."""
    element: Block = {"type": "users_select", "action_id": "user"}
    return _form("assign", "assign_title", sheet, channel, [b.field("user", say(sheet.language, "assign_label"), element)])


def posted_modal(sheet: Sheet, channel: str) -> Block:
    """Return the modal that asks where a text was posted by hand, and what stands there."""
    language, text = sheet.language, sheet.reply.version.text
    fields = [b.field("url", say(language, "posted_url"), {"type": "url_text_input", "action_id": "url"})]
    if len(text) <= b.INPUT:
        element = b.text_input("text", initial=text, multiline=True)
        fields.append(b.field("text", say(language, "posted_text"), element, hint=say(language, "posted_hint")))
    return _form("posted", "posted_title", sheet, channel, fields)


def alternatives_modal(sheet: Sheet, channel: str, texts: Sequence[tuple[str, str]]) -> Block:
    """Return the modal with other texts, each with a button; `texts` are pairs of who wrote it and the text.

    A button holds the hash of the text it stands under besides the reply: the text itself comes from us when it is pressed.
    """
    language = sheet.language
    blocks: list[Block] = []
    for index, (who, text) in enumerate(texts[:10]):
        blocks.append(b.rich(b.line(b.words(say(language, "alternatives_by", who=who), bold=True)), b.verbatim(b.cut(text, 2_000))))
        blocks.append(b.actions(b.button(say(language, "do_use"), "use", text_hash(text)), block_id=f"use-{index}"))
    blocks = blocks or [b.paragraph(say(language, "alternatives_none"))]
    return b.modal(
        "alternatives",
        say(language, "alternatives_title"),
        blocks,
        close=say(language, "do_close"),
        metadata=remember(sheet.reply, channel),
    )


def audit_modal(sheet: Sheet, channel: str, events: Sequence[AuditEvent]) -> Block:
    """Return the modal with what happened so far, newest last."""
    language = sheet.language
    lines = []
    for event in events[-40:]:
        move = spell_step(language, event.new_status) if event.old_status != event.new_status else ""
        reason = spell_choice(language, spell_refusal(language, spell_reason(language, spell_note(language, event.reason))))
        words = f"  {clip(b.foreign(event.actor), 60)}: {'. '.join(part for part in (move, clip(b.foreign(reason), 200)) if part)}"
        lines.append(b.line(b.moment(event.at), b.words(words)))
    blocks = [b.rich(b.bullets(lines))] if lines else [b.paragraph("–")]
    return b.modal("audit", say(language, "audit_title"), blocks, close=say(language, "do_close"), metadata=remember(sheet.reply, channel))


def note_modal(language: str, text: str) -> Block:
    """Return a modal that only says something, for places where nothing can be said to one person alone."""
    return b.modal("note", say(language, "note_title"), [b.paragraph(text)], close=say(language, "do_close"), metadata="{}")


def read_values(view: Any) -> dict[str, str]:
    """Return what a person filled in, by field; what is not there or of another shape is left out."""
    found: dict[str, str] = {}
    values = view.get("state", {}).get("values", {}) if isinstance(view, dict) else {}
    for block_id, elements in values.items() if isinstance(values, dict) else ():
        for element in elements.values() if isinstance(elements, dict) else ():
            value = _value(element) if isinstance(element, dict) else None
            if isinstance(value, str):
                found[block_id] = value
    return found


def _value(element: dict[str, Any]) -> object:
    kind = element.get("type")
    if kind == "static_select":
        return (element.get("selected_option") or {}).get("value")
    if kind == "checkboxes":
        return ",".join(str(one.get("value")) for one in element.get("selected_options") or [])
    return element.get("selected_user") if kind == "users_select" else element.get("value")


def _form(callback: str, title: str, sheet: Sheet, channel: str, fields: Sequence[Block]) -> Block:
    language = sheet.language
    return b.modal(
        callback,
        say(language, title),
        fields,
        close=say(language, "do_cancel"),
        metadata=remember(sheet.reply, channel),
        submit=say(language, "do_save"),
    )


def _whole(text: str) -> list[Block]:
    return [b.rich(b.verbatim(text[start : start + _PIECE])) for start in range(0, max(len(text), 1), _PIECE)]
