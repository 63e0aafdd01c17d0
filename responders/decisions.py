"""A person's decisions, whatever door they come through: finds the card, holds the person's text to the rules, and records the outcome."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial

from monitor import storybook
from monitor.command import age
from monitor.domain import Approval, Brand, History, Objection, Posted, Reply, ReplyStatus, Severity, StoredMention, Verdict
from monitor.labelbook import LabelBook
from monitor.settings import Approver
from monitor.text import MAX_TEXT, clean, clip, for_terminal
from monitor.wiring import now
from responders import pipeline
from responders.accounts import account_shown
from responders.approval.reasons import spell_reason
from responders.approval.refusals import spell_refusal
from responders.consent import refuse_decider, refuse_restart
from responders.policy.commitments import find_commitments
from responders.review import AT_ONCE, Card, Earlier
from responders.rows import Outcome
from responders.speech import say
from responders.store import TERMINAL
from responders.wiring import Responders

WAITS = (ReplyStatus.AWAITING,)
SHOWN = 6
"""So many who tell the same story are read for a card."""


class Decisions:
    """What stands behind the terminal desk and the commands; the same for each."""

    door = TERMINAL
    """Which door a decision came through, as it stands with the labels."""

    def __init__(self, responders: Responders) -> None:
        self.responders = responders
        self._order: list[int] = []

    @property
    def approvers(self) -> tuple[Approver, ...]:
        """Who may decide; empty means whoever gives a name."""
        return self.responders.settings.approvers

    @property
    def language(self) -> str:
        """In which language the terminal answers."""
        return self.responders.settings.desk_language

    def next_reply(self, after_id: int) -> Card | None:
        """Return the next card: what needs two people first, then what was asked longest ago."""
        waiting = {reply.id: reply for reply in self.responders.store.replies(*WAITS, limit=1000)}
        if after_id == 0:
            urgent_first = sorted(waiting.values(), key=lambda r: (r.approvals_needed < 2, r.mention.mention.posted_at, r.id))
            self._order = [reply.id for reply in urgent_first]
        else:
            # Each reply is shown once in a sitting; what came in meanwhile follows at the end.
            seen = self._order[: self._order.index(after_id) + 1] if after_id in self._order else []
            rest = [reply_id for reply_id in self._order if reply_id not in seen]
            self._order = seen + rest + [reply_id for reply_id in waiting if reply_id not in self._order]
        start = self._order.index(after_id) + 1 if after_id in self._order else 0
        for reply_id in self._order[start:]:
            if reply_id in waiting:
                return self.card(waiting[reply_id], len(waiting))
        return None

    def card(self, reply: Reply, waiting: int = 0, at: datetime | None = None) -> Card:
        """Return a reply with everything a person needs to decide on it, as of `at`, else of now."""
        brand = self._brand(reply)
        facts = [fact for fact in self.responders.facts() if fact.id in reply.version.fact_ids and fact.brand == brand.id]
        history = self.responders.store.history(reply.mention)
        promised = find_commitments(reply.version.text, at or now(), brand.timezone)
        story = storybook.story_of(self.responders.database, reply.mention.id)
        tellers = storybook.tellers(self.responders.database, story.id, SHOWN) if story else ()
        why = spell_reason(self.language, reply.delivery_reason)
        if account := account_shown(self.responders.settings.networks, reply):
            why += f" {say(self.language, 'The account is {account}.', account=account)}"
        earlier = tuple(_earlier(history, reply))
        longest = self.responders.longest(reply.mention.mention)
        return Card(reply, tuple(facts), earlier, waiting, brand.timezone, promised, story, tuple(tellers), self.language, why, longest)

    def objections(self, reply: Reply, text: str) -> tuple[Objection, ...]:
        """Hold a text for this reply against the rules."""
        store, brand = self.responders.store, self._brand(reply)
        earlier = store.earlier_texts(brand.id, except_mention=reply.mention.id)
        known, history = self.responders.known_facts(brand.id, reply), store.history(reply.mention)
        longest = self.responders.longest(reply.mention.mention)
        return pipeline.object_to(text, reply.mention, brand, known, history, now(), earlier, longest)

    def offers(self, reply: Reply) -> list[str]:
        """Return other texts for a reply that can be proposed at once, the shorter ones first."""
        brand = self._brand(reply)
        known = pipeline.usable_facts(self.responders.facts(), brand.id, now().date())
        longest = self.responders.longest(reply.mention.mention)
        texts = {draft.text for draft in pipeline.offers(self.responders.drafters, reply.mention, brand, known, longest)}
        return sorted(texts - {reply.version.text}, key=len)

    def approve(self, reply_id: int, sha256: str, name: str, override_reason: str = "") -> Outcome:
        """Record a yes to exactly one text."""
        approval = Approval(name.strip(), sha256, now(), override_reason.strip())
        return self.responders.store.approve(reply_id, approval, self.approvers, door=self.door)

    def edit(self, reply_id: int, text: str, name: str, seen: str = "") -> Outcome:
        """Write a new version with the rules' objections to it; a text that no network could take is refused."""
        store = self.responders.store
        reply = store.reply(reply_id)
        if reply is None:
            return Outcome(False, f"there is no reply {reply_id}; responders list shows those that wait")
        if refusal := refuse_decider(name, "", ()) or _refuse_text(text):
            return Outcome(False, refusal, reply)
        text = clean(text)
        outcome = store.edit(reply_id, text, name.strip(), self.objections(reply, text), now(), seen=seen, approvers=self.approvers)
        if outcome.ok and outcome.reply is not None:
            red = sorted({o.rule for o in outcome.reply.version.objections if o.severity is Severity.RED}, key=_by_number)
            if red:
                against = f"{', '.join(red)} {'stands' if len(red) == 1 else 'stand'} against it"
                return Outcome(True, f"{outcome.sentence}. {against}", outcome.reply)
        return outcome

    def reject(self, reply_id: int, name: str, reason: str, rule: str = "") -> Outcome:
        """Record that this is not answered, and why."""
        store = self.responders.store
        return store.reject(reply_id, name.strip(), reason.strip(), now(), rule=rule, approvers=self.approvers, door=self.door)

    def label(self, reply_id: int, verdict: Verdict, name: str) -> Outcome:
        """Record what a person says of the mention, whatever becomes of the reply."""
        return self.responders.store.label(reply_id, verdict, name.strip(), now(), approvers=self.approvers, door=self.door)

    def samples(self, name: str) -> list[StoredMention]:
        """Return a few mentions that were not flagged and that this person may say something of."""
        found = LabelBook(self.responders.database).samples(limit=AT_ONCE * 4)
        return [one for one in found if not refuse_decider(name, one.mention.brand, self.approvers)][:AT_ONCE]

    def say_of(self, mention_id: int, verdict: Verdict, name: str) -> bool:
        """Record what a person says of a mention that was not flagged; False where it is gone."""
        return LabelBook(self.responders.database).label(mention_id, verdict, by=name.strip(), at=now(), door=self.door)

    def snooze(self, reply_id: int, name: str, until: datetime) -> Outcome:
        """Put it aside for a while."""
        return self.responders.store.snooze(reply_id, name.strip(), until, now(), self.approvers)

    def posted(self, reply_id: int, name: str, url: str) -> Outcome:
        """Record where a person posted an approved text by hand; who may not decide on it may not close it either."""
        reply = self.responders.store.reply(reply_id)
        if refusal := refuse_decider(name, reply.mention.mention.brand if reply else "", self.approvers if reply else ()):
            return Outcome(False, refusal, reply)
        text = reply.version.text if reply else ""
        return self.responders.attempts.posted_by_hand(reply_id, Posted("", url, text, now()), name.strip(), now())

    def retry(self, reply_id: int, name: str) -> Outcome:
        """Let a reply be tried again, on a person's word that it does not stand there."""
        reply = self.responders.store.reply(reply_id)
        if refusal := refuse_decider(name, reply.mention.mention.brand if reply else "", self.approvers if reply else ()):
            return Outcome(False, refusal, reply)
        return self.responders.attempts.retry(reply_id, name.strip(), now())

    def turn(self, name: str, reason: str, *, on: bool) -> Outcome:
        """Stop all publishing, which anybody with a name may, for a stop must never wait; or restart it, which those listed may."""
        if refusal := refuse_restart(name, self.approvers if on else ()):
            return Outcome(False, refusal)
        store = self.responders.store
        before = store.switch()
        if before.on is on:
            since = f" since {before.changed_at:%d-%m %H:%M} UTC by {before.changed_by}" if before.changed_at else ""
            return Outcome(True, f"Publishing is {'on' if on else 'paused'} already{since}. Nothing was changed")
        store.turn(name.strip(), clean(reason).strip(), now(), on=on)
        if on:
            return Outcome(True, "Publishing is on again; what was approved meanwhile goes out now")
        return Outcome(
            True, "Publishing is paused in every process; decisions can still be taken. Restart it with: responders resume --as NAME"
        )

    def _brand(self, reply: Reply) -> Brand:
        brand_id = reply.mention.mention.brand
        return self.responders.brands.get(brand_id) or Brand(brand_id, brand_id, ())


def table_rows(found: Sequence[Reply], at: datetime, language: str = "en") -> list[list[str]]:
    """Return replies as rows for a person: number, status, version, age, who, what they said, and what to know before deciding."""
    rows = []
    for reply in found:
        mention = reply.mention.mention
        red = sorted({o.rule for o in reply.version.objections if o.severity is Severity.RED}, key=_by_number)
        remark = spell_refusal(language, reply.reason) if reply.status in {ReplyStatus.NEEDS_REVIEW, ReplyStatus.REJECTED} else ""
        remark = remark or (say(language, "red: {rules}", rules=" ".join(red)) if red else "")
        remark = remark or (say(language, "two people") if reply.approvals_needed > 1 else "")
        rows.append(
            [
                str(reply.id),
                reply.status.value,
                reply.version.sha256[:8],
                age(mention.posted_at, at),
                f"{for_terminal(mention.network)} {for_terminal(mention.author.handle)}",
                clip(for_terminal(mention.text), 60),
                clip(for_terminal(remark), 100),
            ]
        )
    return rows


def _by_number(rule: str) -> tuple[str, int]:
    return rule[:1], int(rule[1:]) if rule[1:].isdecimal() else 0


def _refuse_text(text: str) -> str:
    if not text.strip():
        return "an empty text is no reply, so nothing was changed; not to answer is a decision too: responders reject"
    if len(text) > MAX_TEXT:
        return f"the text is longer than {MAX_TEXT} characters, so nothing was changed"
    if any("\ud800" <= character <= "\udfff" for character in text):
        return "the text holds half a character, which no network takes, so nothing was changed; type it again"
    return ""


def _earlier(history: History, reply: Reply) -> Iterator[Earlier]:
    if history.failed_before:
        yield Earlier(reply.created_at, "they complained before, we answered, and they are unhappy again (T10)")
    if history.answered_url:
        yield Earlier(reply.created_at, "this text has an answer of ours", history.answered_url)
    if history.open_reply_to_author:
        yield Earlier(reply.created_at, "another reply to this person is on its way, or went out since (T16)")


def sit_down(responders: Responders, name: str) -> None:
    """Open the terminal desk for a person and leave it when they do."""
    from rich.console import Console  # noqa: PLC0415 - only a desk draws

    from responders.review import check_samples, edit_text, open_keyboard, run_desk  # noqa: PLC0415

    console, decisions = Console(highlight=False), Decisions(responders)
    language = responders.settings.desk_language
    with open_keyboard(sys.stdin, console) as keyboard:
        run_desk(
            decisions,
            console,
            name,
            read_key=keyboard.read_key,
            read_line=keyboard.read_line,
            edit_text=lambda text: edit_text(text, os.environ),
            now=now,
            language=language,
            spell=partial(spell_refusal, language),
        )
        if not responders.store.replies(*WAITS, limit=1) and (samples := decisions.samples(name)):
            check_samples(samples, lambda number, verdict: decisions.say_of(number, verdict, name), console, keyboard.read_key, language)
