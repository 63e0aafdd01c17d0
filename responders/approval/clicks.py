"""Turns what Slack sends into decisions on the desk, and tells the person what came of it. No rules live here."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from monitor.contracts import AdapterError
from monitor.domain import ReplyStatus, text_hash
from monitor.text import clean, clip
from responders import consent
from responders.approval import modals
from responders.approval.cards import is_whole, read_value
from responders.approval.outcomes import explain_approval, explain_late, explain_refusal, explain_stranger
from responders.approval.pages import HOLD, PREFIX, PageDesk, Pages
from responders.approval.parts import Desk, Outcome, Person, Sheet
from responders.approval.people import People
from responders.approval.words import say

logger = logging.getLogger(__name__)

Answer = dict[str, Any] | None
"""What a submitted modal is answered with; None closes it."""


@dataclass(frozen=True, slots=True)
class Click:
    """Somebody pressed something of ours."""

    user: str
    action: str
    value: str
    channel: str = ""
    ts: str = ""
    trigger: str = ""
    view_id: str = ""
    metadata: str = ""
    acknowledge: Callable[[], object] = field(default=lambda: None, compare=False)
    """Tells Slack that it was acted on; called before anything is said or opened, which may take longer than Slack waits."""


@dataclass(frozen=True, slots=True)
class Submission:
    """Somebody sent a modal of ours."""

    user: str
    callback: str
    metadata: str
    values: Mapping[str, str] = field(default_factory=dict)
    trigger: str = ""


class Windows(Protocol):
    """What is asked of Slack here."""

    def whisper(self, channel: str, user: str, text: str) -> None:
        """Say something that one person alone sees."""
        ...

    def open_view(self, trigger: str, view: Mapping[str, Any]) -> None:
        """Open a modal."""
        ...

    def update_view(self, view_id: str, view: Mapping[str, Any]) -> None:
        """Change an open modal."""
        ...


class Hands(Protocol):
    """What happens besides the decision itself: assigning, cards on demand, and a look at the cards right after."""

    def assign(self, sheet: Sheet, user: str, by: Person) -> None:
        """Give a reply to a member, and tell them."""
        ...

    def ask_for_card(self, reply_id: int) -> None:
        """Send a listed reply's card now."""
        ...

    def audit(self, sheet: Sheet) -> list[Any]:
        """Return what happened so far."""
        ...

    def poke(self, reply_id: int) -> None:
        """Look at a reply's card at once."""
        ...

    def refresh_home(self, user: str) -> None:
        """Draw a person's Home anew."""
        ...


def read_click(payload: Mapping[str, Any]) -> Click | None:
    """Return the click that a block_actions payload holds; None where it is of another shape."""
    actions = payload.get("actions")
    action = actions[0] if isinstance(actions, list) and actions else None
    user, container = payload.get("user"), payload.get("container")
    view = payload.get("view") if isinstance(payload.get("view"), dict) else {}
    if not isinstance(action, dict) or not isinstance(user, dict) or not isinstance(container, dict):
        return None
    chosen = action.get("selected_option")
    value = chosen.get("value") if isinstance(chosen, dict) else action.get("value")
    texts = (
        user.get("id"),
        action.get("action_id"),
        value or "",
        container.get("channel_id") or "",
        container.get("message_ts") or "",
        payload.get("trigger_id") or "",
        (view or {}).get("id") or "",
        (view or {}).get("private_metadata") or "",
    )
    names = ("user", "action", "value", "channel", "ts", "trigger", "view_id", "metadata")
    strings = {name: text for name, text in zip(names, texts, strict=True) if isinstance(text, str)}
    return Click(**strings) if len(strings) == len(texts) else None  # type: ignore[arg-type]


def read_submission(payload: Mapping[str, Any]) -> Submission | None:
    """Return what a view_submission payload holds; None where it is of another shape."""
    user, view = payload.get("user"), payload.get("view")
    if not isinstance(user, dict) or not isinstance(view, dict) or not isinstance(user.get("id"), str):
        return None
    callback, metadata = view.get("callback_id"), view.get("private_metadata")
    if not isinstance(callback, str) or not isinstance(metadata, str):
        return None
    return Submission(user["id"], callback, metadata, modals.read_values(view), str(payload.get("trigger_id") or ""))


class PagedDesk(Desk, PageDesk, Protocol):
    """What stands behind all buttons: those of cards and those of pages."""


class Clicks:
    """Everything that a press of a button or a modal leads to."""

    def __init__(self, desk: PagedDesk, people: People, windows: Windows, hands: Hands, clock: Callable[[], datetime]) -> None:
        self.desk = desk
        self.people = people
        self.windows = windows
        self.hands = hands
        self.clock = clock
        self.pages = Pages(desk, people, lambda user, reason: self.turn(user, reason, on=False))

    # Buttons

    def press(self, click: Click) -> None:
        """Act on a pressed button; whatever goes wrong, the person is told and nothing is half done."""
        try:
            self._press(click)
        except AdapterError as error:
            logger.warning("a click could not be answered: %s", error)
            self._tell(click, say(self.people.language(click.user), "unavailable"))

    def _press(self, click: Click) -> None:
        if click.action in {"pause", "resume"}:
            self._tell(click, self.turn(click.user, "", on=click.action == "resume"))
            self.hands.refresh_home(click.user)
            return
        if click.action.startswith(PREFIX):
            self._on_page(click)
            return
        action, value = click.action, click.value
        if action == "more":
            action, _, value = value.partition(":")
        if action == "open":
            return
        if action == "use":
            self._use(click)
            return
        read = read_value(value)
        language = self.people.language(click.user)
        if read is None:
            self._tell(click, say(language, "not_ours"))
            return
        sheet = self.desk.sheet(read[0], language)
        if sheet is None:
            self._tell(click, say(language, "no_reply"))
            return
        self._on_reply(click, action, sheet, read[1])

    def _on_page(self, click: Click) -> None:
        answer = self.pages.press(click.user, click.action, click.value)
        if isinstance(answer, str):
            self._tell(click, answer)
            self.hands.refresh_home(click.user)
        else:
            self.windows.open_view(click.trigger, answer)

    def _on_reply(self, click: Click, action: str, sheet: Sheet, sha256: str) -> None:
        reply, channel = sheet.reply, click.channel
        if action == "show" and click.ts:
            self.hands.ask_for_card(reply.id)
            return
        readings: dict[str, Callable[[], dict[str, Any]]] = {
            "show": lambda: modals.whole_modal(sheet, channel, approve=True),
            "all": lambda: modals.whole_modal(sheet, channel, approve=False),
            "audit": lambda: modals.audit_modal(sheet, channel, self.hands.audit(sheet)),
        }
        if action in readings:
            self.windows.open_view(click.trigger, readings[action]())
            return
        if refusal := self._refuse(click.user, sheet, sha256, action):
            self._tell(click, refusal)
            self.hands.poke(reply.id)
            return
        asks: dict[str, Callable[[], dict[str, Any]]] = {
            "edit": lambda: modals.edit_modal(sheet, channel, anyway=True),
            "reject": lambda: modals.reject_modal(sheet, channel),
            "silent": lambda: modals.reject_modal(sheet, channel),
            "snooze": lambda: modals.snooze_modal(sheet, channel),
            "assign": lambda: modals.assign_modal(sheet, channel),
            "posted": lambda: modals.posted_modal(sheet, channel),
            "alternatives": lambda: modals.alternatives_modal(sheet, channel, self.desk.alternatives(reply)),
        }
        if action == "approve":
            if consent.red_rules(reply):
                self.windows.open_view(click.trigger, modals.override_modal(sheet, channel))
            elif not is_whole(sheet):
                self.windows.open_view(click.trigger, modals.whole_modal(sheet, channel, approve=True))
            else:
                self._tell(click, self._approve(self.people.person(click.user), sheet, sha256, ""))
        elif action == "retry":
            person = self.people.person(click.user)
            self._tell(click, self._said(self.desk.retry(reply.id, person), sheet, "", person, "did_retry"))
        elif action in asks:
            self.windows.open_view(click.trigger, asks[action]())
        else:
            self._tell(click, say(sheet.language, "not_ours"))

    def _refuse(self, user: str, sheet: Sheet, sha256: str, action: str) -> str:
        """Return why this person may not do this now, before they type anything in vain; the desk decides again afterwards."""
        if not self.people.may_decide(user, sheet.reply):
            return explain_stranger(sheet.language, self.people.who_may(sheet.reply))
        status = sheet.reply.status
        after = {"posted", "retry", "reject"} if status in {ReplyStatus.HANDED_OVER, ReplyStatus.NEEDS_REVIEW} else frozenset()
        if action not in after and (late := explain_late(sheet, sheet.language)):
            return late
        if sha256 != sheet.reply.version.sha256:
            return say(sheet.language, "stale", who=sheet.reply.version.written_by)
        return ""

    def _approve(self, person: Person, sheet: Sheet, sha256: str, reason: str) -> str:
        reply = sheet.reply
        if consent.needed(reply) > 1 or reason:
            # The desk knows names; that two names are one person at two doors is known here.
            if any(consent.same_person(given.name, person.name) for given in reply.approvals):
                return say(person.language, "twice")
            if consent.same_person(reply.version.written_by, person.name):
                return say(person.language, "own_text")
        outcome = self.desk.approve(reply.id, sha256, person, reason)
        if not outcome.ok or outcome.reply is None:
            return self._said(outcome, sheet, sha256, person, "did_approve")
        self.hands.poke(reply.id)
        self.hands.refresh_home(person.user)
        return explain_approval(outcome.reply, person.language, paused=sheet.paused)

    def _use(self, click: Click) -> None:
        read, language = modals.recall(click.metadata), self.people.language(click.user)
        sheet = self.desk.sheet(read[0], language) if read else None
        if read is None or sheet is None:
            self._tell(click, say(language, "not_ours"))
            return
        refusal = self._refuse(click.user, sheet, read[1], "edit")
        text = next((text for _, text in self.desk.alternatives(sheet.reply) if text_hash(text) == click.value), None)
        if not refusal and text is not None:
            person = self.people.person(click.user)
            refusal = self._said(self.desk.edit(read[0], text, person, read[1]), sheet, read[1], person, "did_edit")
        self.windows.update_view(click.view_id, modals.note_modal(language, refusal or say(language, "not_ours")))

    def turn(self, user: str, reason: str, *, on: bool) -> str:
        """Stop or restart publishing for somebody who may, and return what to tell them."""
        person = self.people.person(user)
        if not person.may_pause:
            return say(person.language, "may_not_pause", who=", ".join(self.people.who_may_pause()) or "–")
        if not self.desk.turn(person, reason, on=on):
            return say(person.language, "switch_same")
        return say(person.language, "resumed_now" if on else "paused_now")

    # Modals

    def submit(self, sent: Submission) -> Answer:
        """Act on a submitted modal, and return what Slack shows: nothing (it closes), errors beside the fields, or a note."""
        language = self.people.language(sent.user)
        try:
            return self._submit(sent, language)
        except AdapterError as error:
            logger.warning("a modal could not be answered: %s", error)
            return _note(language, say(language, "unavailable"))

    def _submit(self, sent: Submission, language: str) -> Answer:
        if sent.callback == HOLD:
            said = self.pages.hold(sent.user, sent.metadata, sent.values.get("story", ""), sent.values.get("reason", ""))
            return _note(language, said)
        read = modals.recall(sent.metadata)
        handlers = {
            "edit": self._edited,
            "override": self._overridden,
            "whole": self._read_whole,
            "reject": self._rejected,
            "snooze": self._snoozed,
            "assign": self._assigned,
            "posted": self._posted,
        }
        handler = handlers.get(sent.callback)
        sheet = self.desk.sheet(read[0], language) if read else None
        if handler is None or read is None:
            return _note(language, say(language, "not_ours"))
        if sheet is None:
            return _note(language, say(language, "no_reply"))
        if refusal := self._refuse(sent.user, sheet, read[1], sent.callback):
            self.hands.poke(sheet.reply.id)
            return _note(language, refusal)
        return handler(sent, sheet, self.people.person(sent.user), read[1])

    def _edited(self, sent: Submission, sheet: Sheet, person: Person, seen: str) -> Answer:
        text = clean(sent.values.get("text", ""))
        if not text.strip() or text == sheet.reply.version.text:
            return _errors(text=say(person.language, "same_text"))
        red = modals.list_problems(self.desk.objections(sheet.reply, text), person.language)
        if red and sent.values.get("anyway") != "anyway":
            return _errors(text=clip(" ".join(red), 600))
        return self._closed(self.desk.edit(sheet.reply.id, text, person, seen), sheet, seen, person)

    def _overridden(self, sent: Submission, sheet: Sheet, person: Person, seen: str) -> Answer:
        reason = clean(sent.values.get("reason", "")).strip()
        if not reason and not any(given.override_reason for given in sheet.reply.approvals):
            return _errors(reason=say(person.language, "needs_reason", rules=", ".join(consent.red_rules(sheet.reply))))
        return _note(person.language, self._approve(person, sheet, seen, reason))

    def _read_whole(self, sent: Submission, sheet: Sheet, person: Person, seen: str) -> Answer:
        _ = sent
        return _note(person.language, self._approve(person, sheet, seen, ""))

    def _rejected(self, sent: Submission, sheet: Sheet, person: Person, seen: str) -> Answer:
        rule, words = sent.values.get("rule", ""), clean(sent.values.get("words", "")).strip()
        rule, reason = modals.reason_of(rule, words, person.language)
        if not reason:
            return _errors(words=say(person.language, "reject_needs"))
        return self._closed(self.desk.reject(sheet.reply.id, person, reason, rule), sheet, seen, person)

    def _snoozed(self, sent: Submission, sheet: Sheet, person: Person, seen: str) -> Answer:
        length = modals.SNOOZES.get(sent.values.get("for", ""))
        if length is None:
            return _note(person.language, say(person.language, "not_ours"))
        return self._closed(self.desk.snooze(sheet.reply.id, person, self.clock() + length), sheet, seen, person)

    def _assigned(self, sent: Submission, sheet: Sheet, person: Person, seen: str) -> Answer:
        _ = seen
        user = sent.values.get("user", "")
        if not user:
            return _note(person.language, say(person.language, "not_ours"))
        self.hands.assign(sheet, user, person)
        return None

    def _posted(self, sent: Submission, sheet: Sheet, person: Person, seen: str) -> Answer:
        url = sent.values.get("url", "").strip()
        if not url.startswith(("https://", "http://")) or any(sign.isspace() for sign in url) or len(url) > 2_000:
            return _errors(url=say(person.language, "posted_bad_url"))
        text = clean(sent.values.get("text", "") or sheet.reply.version.text)
        return self._closed(self.desk.posted(sheet.reply.id, person, url, text), sheet, seen, person)

    # What is said

    def _closed(self, outcome: Outcome, sheet: Sheet, sha256: str, person: Person) -> Answer:
        said = self._said(outcome, sheet, sha256, person, "")
        return None if outcome.ok else _note(person.language, said)

    def _said(self, outcome: Outcome, sheet: Sheet, sha256: str, person: Person, done: str) -> str:
        self.hands.poke(sheet.reply.id)
        self.hands.refresh_home(person.user)
        if outcome.ok:
            return say(person.language, done) if done else ""
        now = self.desk.sheet(sheet.reply.id, person.language)
        return explain_refusal(outcome, now, sha256, person, approving=done == "did_approve")

    def _tell(self, click: Click, text: str) -> None:
        """Tell one person something, in the channel where they clicked, else in a small modal; what they clicked is acted on by now."""
        click.acknowledge()
        try:
            if click.channel:
                self.windows.whisper(click.channel, click.user, text)
            elif click.view_id and click.metadata:
                self.windows.update_view(click.view_id, modals.note_modal(self.people.language(click.user), text))
            else:
                self.windows.open_view(click.trigger, modals.note_modal(self.people.language(click.user), text))
        except AdapterError as error:
            logger.warning("could not tell what became of a click: %s", error)


def _errors(**problems: str) -> Answer:
    return {"response_action": "errors", "errors": problems}


def _note(language: str, text: str) -> Answer:
    return {"response_action": "update", "view": modals.note_modal(language, text)}
