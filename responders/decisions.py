"""A person's decisions, whatever door they come through: finds the card, holds the person's text to the rules, and records the outcome."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from monitor.domain import Approval, Brand, Objection, Posted, Reply, ReplyStatus, Severity
from monitor.settings import Approver
from monitor.wiring import now
from responders import pipeline
from responders.review import Card, Earlier
from responders.rows import Outcome
from responders.wiring import Responders

WAITS = (ReplyStatus.AWAITING,)


class Decisions:
    """What stands behind the terminal desk and the commands; the same for each."""

    def __init__(self, responders: Responders) -> None:
        self.responders = responders
        self._order: list[int] = []

    @property
    def approvers(self) -> tuple[Approver, ...]:
        """Who may decide; empty means whoever gives a name."""
        return self.responders.settings.approvers

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

    def card(self, reply: Reply, waiting: int = 0) -> Card:
        """Return a reply with everything a person needs to decide on it."""
        brand = self._brand(reply)
        facts = [fact for fact in self.responders.settings.facts if fact.id in reply.version.fact_ids and fact.brand == brand.id]
        history = self.responders.store.history(reply.mention)
        return Card(reply, tuple(facts), tuple(_earlier(history, reply)), waiting, brand.timezone)

    def objections(self, reply: Reply, text: str) -> tuple[Objection, ...]:
        """Hold a text for this reply against the rules."""
        store, brand = self.responders.store, self._brand(reply)
        earlier = store.earlier_texts(brand.id, except_mention=reply.mention.id)
        return pipeline.object_to(
            text, reply.mention, brand, self.responders.known_facts(brand.id, reply), store.history(reply.mention), now(), earlier
        )

    def approve(self, reply_id: int, sha256: str, name: str, override_reason: str = "") -> Outcome:
        """Record a yes to exactly one text."""
        approval = Approval(name.strip(), sha256, now(), override_reason.strip())
        return self.responders.store.approve(reply_id, approval, self.approvers)

    def edit(self, reply_id: int, text: str, name: str, seen: str = "") -> Outcome:
        """Write a new version with the rules' objections to it."""
        store = self.responders.store
        reply = store.reply(reply_id)
        if reply is None:
            return Outcome(False, f"there is no reply {reply_id}; responders list shows those that wait")
        outcome = store.edit(reply_id, text, name.strip(), self.objections(reply, text), now(), seen=seen)
        if outcome.ok and outcome.reply is not None:
            red = sorted({o.rule for o in outcome.reply.version.objections if o.severity is Severity.RED})
            if red:
                return Outcome(True, f"{outcome.sentence}. {', '.join(red)} stands against it", outcome.reply)
        return outcome

    def reject(self, reply_id: int, name: str, reason: str, rule: str = "") -> Outcome:
        """Record that this is not answered, and why."""
        return self.responders.store.reject(reply_id, name.strip(), reason.strip(), now(), rule=rule, approvers=self.approvers)

    def snooze(self, reply_id: int, name: str, until: datetime) -> Outcome:
        """Put it aside for a while."""
        return self.responders.store.snooze(reply_id, name.strip(), until, now(), self.approvers)

    def posted(self, reply_id: int, name: str, url: str) -> Outcome:
        """Record where a person posted an approved text by hand."""
        reply = self.responders.store.reply(reply_id)
        text = reply.version.text if reply else ""
        return self.responders.attempts.posted_by_hand(reply_id, Posted("", url, text, now()), name.strip(), now())

    def _brand(self, reply: Reply) -> Brand:
        brand_id = reply.mention.mention.brand
        return self.responders.brands.get(brand_id) or Brand(brand_id, brand_id, ())


def _earlier(history: object, reply: Reply) -> Iterator[Earlier]:
    if getattr(history, "failed_before", False):
        yield Earlier(reply.created_at, "they complained before, we answered, and they are unhappy again (T10)")
    if getattr(history, "answered_url", ""):
        yield Earlier(reply.created_at, "this text has an answer of ours", history.answered_url)  # type: ignore[attr-defined]
    if getattr(history, "open_reply_to_author", False):
        yield Earlier(reply.created_at, "another reply to this person is on its way, or went out since (T16)")
