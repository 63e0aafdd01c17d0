"""Puts the Slack side together: the desk behind its buttons, and the threads that run it beside the rest. No rules live here."""

from __future__ import annotations

import logging
import os
import socket
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4
from zoneinfo import ZoneInfo

from monitor import storybook
from monitor.domain import AuditEvent, Brand, Incident, Objection, Posted, Reply, ReplyStatus, StoredMention, Story, may_be_shown
from monitor.incidentbook import IncidentBook
from monitor.settings import Approver, SlackSettings
from monitor.wiring import now
from responders import pipeline
from responders import preview as previewing
from responders.accounts import account_shown
from responders.approval.parts import Decided, Figures, Person, Proposal, Sheet
from responders.consent import OPEN_TO_DECISION
from responders.decisions import Decisions
from responders.policy.commitments import find_commitments
from responders.rows import Outcome
from responders.slackbook import SlackBook
from responders.statements import Deed, turn
from responders.wiring import Responders

if TYPE_CHECKING:
    from responders.approval.clicks import Clicks
    from responders.approval.keeper import Keeper
    from responders.approval.listening import Listener
    from responders.approval.setup import Finding
    from responders.approval.slack import Slack

logger = logging.getLogger(__name__)

BEFORE = timedelta(hours=6)
"""What was told so long before an incident began may be what it is about."""
MOST_STORIES = 10

Clock = Callable[[], datetime]

BOT_TOKEN, APP_TOKEN, SIGNING_SECRET = "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"


class _As(Decisions):
    """The decisions of one person whom the Slack side knows: by the allow-list in `[slack]`, besides the names in `[[approver]]`."""

    door = "slack"

    def __init__(self, responders: Responders, person: Person) -> None:
        super().__init__(responders)
        self._person = person

    @property
    def approvers(self) -> tuple[Approver, ...]:
        """Who may decide: those named for all doors, and this person for the brands that Slack's list gives them."""
        named = self.responders.settings.approvers
        if not named or self._person.brands is None or any(approver.name == self._person.name for approver in named):
            return named
        return (*named, Approver(self._person.name, self._person.brands))


class SlackDesk:
    """What stands behind the buttons: the same decisions as at the terminal, and what a card shows besides."""

    def __init__(self, responders: Responders, book: SlackBook, settings: SlackSettings, clock: Clock = now) -> None:
        self.responders = responders
        self.book = book
        self.slack = settings
        self.clock = clock
        self.name_of: Callable[[str], str] = str
        """Says what a member is called; set once the workspace is known."""

    def reply(self, reply_id: int) -> Reply | None:
        """Return a reply as it stands."""
        return self.responders.store.reply(reply_id)

    def sheet(self, reply_id: int, language: str = "") -> Sheet | None:
        """Return everything a card shows, in this language; None where there is no such reply."""
        store = self.responders.store
        reply = store.reply(reply_id)
        if reply is None:
            return None
        brand = self._brand(reply)
        card = self.book.message(f"card/{reply_id}")
        event = self.book.decision(reply_id)
        return Sheet(
            reply,
            brand,
            language or self.slack.language,
            tuple(fact for fact in self.responders.known_facts(brand.id, reply) if fact.id in reply.version.fact_ids),
            store.history(reply.mention),
            self._before(reply),
            _decided(event) if event else None,
            self.book.posted_text(reply_id) if reply.posted_url else "",
            self.name_of(card.assigned_to) if card and card.assigned_to else "",
            self.slack.brand(brand.id).owner,
            not store.switch().on,
            find_commitments(reply.version.text, self.clock(), brand.timezone) if reply.status in OPEN_TO_DECISION else (),
            account_shown(self.responders.settings.networks, reply),
            self.responders.longest(reply.mention.mention),
        )

    def may_show(self, reply: Reply) -> bool:
        """Say whether the post may be shown now; one of a source that nobody looks at again is shown as it is."""
        sources = {source.name for source in self.responders.settings.sources if source.kind == "x"}
        return reply.mention.mention.source not in sources or may_be_shown(reply.mention, self.clock())

    def approve(self, reply_id: int, sha256: str, person: Person, override_reason: str = "") -> Outcome:
        """Record a yes to exactly one text."""
        return self._as(person).approve(reply_id, sha256, person.name, override_reason)

    def edit(self, reply_id: int, text: str, person: Person, seen: str) -> Outcome:
        """Write a new version."""
        return self._as(person).edit(reply_id, text, person.name, seen)

    def objections(self, reply: Reply, text: str) -> tuple[Objection, ...]:
        """Hold a text for this reply against the rules."""
        return Decisions(self.responders).objections(reply, text)

    def reject(self, reply_id: int, person: Person, reason: str, rule: str) -> Outcome:
        """Record that this is not answered, and why."""
        return self._as(person).reject(reply_id, person.name, reason, rule)

    def snooze(self, reply_id: int, person: Person, until: datetime) -> Outcome:
        """Put it aside for a while."""
        return self._as(person).snooze(reply_id, person.name, until)

    def posted(self, reply_id: int, person: Person, url: str, text: str) -> Outcome:
        """Record where a person posted it by hand, and what."""
        at = self.clock()
        return self.responders.attempts.posted_by_hand(reply_id, Posted("", url, text, at), person.name, at)

    def retry(self, reply_id: int, person: Person) -> Outcome:
        """Try to publish again, on a person's word that it does not stand there."""
        return self.responders.attempts.retry(reply_id, person.name, self.clock())

    def alternatives(self, reply: Reply) -> Sequence[tuple[str, str]]:
        """Return other texts for this reply, each with who wrote it: earlier versions, and what can be proposed at once."""
        found = {text: who for _, who, text in reversed(self.book.texts(reply.id))}
        brand = self._brand(reply)
        known = pipeline.usable_facts(self.responders.facts(), brand.id, self.clock().date())
        for proposal in pipeline.offers(
            self.responders.drafters, reply.mention, brand, known, self.responders.longest(reply.mention.mention)
        ):
            found.setdefault(proposal.text, proposal.drafter)
        found.pop(reply.version.text, None)
        return [(who, text) for text, who in found.items()]

    def waiting(self, limit: int, brands: Sequence[str] = ()) -> Sequence[Reply]:
        """Return the replies that wait for a person, of these brands or of all, what needs two people first, then the oldest."""
        return self.book.urgent_first([ReplyStatus.AWAITING], limit, brands)

    def figures(self) -> Figures:
        """Return what today, on the clock of the digest, came to."""
        zone = ZoneInfo(self.responders.settings.digest_timezone)
        midnight = self.clock().astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
        store = self.responders.store
        waiting = store.counts().get(ReplyStatus.AWAITING, 0)
        return Figures(waiting, self.book.oldest_waiting(), self.book.moves_since(midnight), store.switch(), zone.key)

    def turn(self, person: Person, reason: str, *, on: bool) -> bool:
        """Stop or restart all publishing; False where it stood so already."""
        store = self.responders.store
        if store.switch().on is on:
            return False
        store.turn(person.name, reason, self.clock(), on=on)
        return True

    def incident(self, incident_id: int) -> Incident | None:
        """Return an incident as it stands."""
        return IncidentBook(self.responders.database).incident(incident_id)

    def press(self, incident: Incident, action: str, person: Person) -> None:
        """Write down for the monitor that a person pressed a button."""
        IncidentBook(self.responders.database).press(incident.id, action, person.name, self.clock())

    def stories(self, incident: Incident) -> Sequence[Story]:
        """Return what is told about the brand while this lasts and may still be drafted for, what most people tell first."""
        found = storybook.stories_of(self.responders.database, brand=incident.brand, since=incident.opened_at - BEFORE)
        return sorted((one for one in found if one.drafts != "stopped"), key=lambda one: (-one.authors, one.id))[:MOST_STORIES]

    def stop(self, story_id: int, person: Person, reason: str) -> Outcome:
        """Stop a story's drafts."""
        return turn(self.responders, story_id, Deed.STOP, person.name, reason)[0]

    def find(self, text: str, limit: int) -> Sequence[tuple[StoredMention, Reply | None]]:
        """Return the newest mentions that hold a text, each with our reply to it."""
        return self.book.find(text, limit)

    def preview(self, text: str, known: StoredMention | None = None) -> Proposal:
        """Show what we would answer to a text, as the first brand, or to a mention, as its own; nothing is stored."""
        brand = self.responders.settings.brands[0].id
        if known is not None:
            shown = previewing.preview_again(self.responders, known.mention)
        else:
            shown = previewing.preview(self.responders, text, brand, "mastodon", "@someone")
        draft = shown.draft.text if shown.draft else ""
        return Proposal(shown.triage.rules, shown.delivery, shown.delivery_reason, draft, shown.objections)

    def _before(self, reply: Reply) -> str:
        if reply.version.number < 2:
            return ""
        return next((text for number, _, text in self.book.texts(reply.id) if number == reply.version.number - 1), "")

    def _brand(self, reply: Reply) -> Brand:
        brand_id = reply.mention.mention.brand
        return self.responders.brands.get(brand_id) or Brand(brand_id, brand_id, ())

    def _as(self, person: Person) -> Decisions:
        return _As(self.responders, person)


def _decided(event: AuditEvent) -> Decided:
    by_clock = event.new_status == ReplyStatus.EXPIRED or event.old_status == ReplyStatus.POSTING
    return Decided(ReplyStatus(event.new_status), "" if by_clock else event.actor, event.at, event.reason)


@dataclass(frozen=True, slots=True)
class Side:
    """The parts of the Slack side, put together and not yet at work."""

    slack: Slack
    desk: SlackDesk
    keeper: Keeper
    clicks: Clicks
    listener: Listener


class Handle:
    """The Slack side at work."""

    def __init__(self, side: Side) -> None:
        self.side = side
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=side.keeper.run, args=(self._stopping,), name="slack-keeper", daemon=True)
        side.listener.start()
        self._thread.start()

    def stop(self) -> None:
        """Stop listening and sending; what is half done is found again at the next start."""
        self._stopping.set()
        self.side.keeper.wake()
        self.side.listener.stop()
        self._thread.join()


def missing_tokens(settings: SlackSettings, environment: Mapping[str, str]) -> list[str]:
    """Return the names of the tokens that this configuration needs and the environment lacks."""
    return [name for name in (BOT_TOKEN, SIGNING_SECRET if settings.transport == "http" else APP_TOKEN) if not environment.get(name)]


def assemble(responders: Responders, settings: SlackSettings, clock: Clock = now, worker: str = "") -> Side:
    """Return the Slack side for these settings; nothing is asked of Slack yet."""
    # Slack's libraries take 0.3 s to import; a process without Slack never pays that.
    from responders.approval.clicks import Clicks  # noqa: PLC0415
    from responders.approval.keeper import Keeper  # noqa: PLC0415
    from responders.approval.listening import Listener, Tokens, build_app  # noqa: PLC0415
    from responders.approval.people import People  # noqa: PLC0415
    from responders.approval.sending import Sender  # noqa: PLC0415
    from responders.approval.slack import Slack  # noqa: PLC0415

    environment = responders.settings.environment
    tokens = Tokens(*(environment.get(name, "") for name in (BOT_TOKEN, APP_TOKEN, SIGNING_SECRET)))
    slack = Slack.connect(tokens.bot, settings.api_url)
    book = SlackBook(responders.database)
    desk = SlackDesk(responders, book, settings, clock)
    people = People(settings, slack, clock)
    desk.name_of = people.name
    sender = Sender(book, slack, worker or f"{socket.gethostname()}-{os.getpid()}-{uuid4().hex[:8]}", clock)
    keeper = Keeper(desk, book, slack, sender, people, clock)
    clicks = Clicks(desk, people, slack, keeper, clock)
    listener = Listener(lambda executor: build_app(slack, tokens, clicks, keeper, executor), tokens, settings.transport, settings.port)
    return Side(slack, desk, keeper, clicks, listener)


def start(responders: Responders, clock: Clock = now) -> Handle | None:
    """Begin to ask in Slack, in threads of its own; None where `[slack]` or its tokens are not there, and then the terminal asks.

    Returns at once, also where Slack cannot be reached: it is tried again, and nothing else waits for it.
    """
    settings = responders.settings.slack
    if settings is None:
        return None
    if missing := missing_tokens(settings, responders.settings.environment):
        logger.warning(
            "Slack is configured, and %s is not set: approval is at the terminal. See: responders slack-setup", ", ".join(missing)
        )
        return None
    return Handle(assemble(responders, settings, clock))


def prove(responders: Responders, clock: Clock = now) -> Iterator[Finding]:
    """Prove the Slack side as `responders slack-check` shows it, each finding as it is made."""
    from responders.approval.setup import Finding, check  # noqa: PLC0415 - see assemble

    settings = responders.settings.slack
    if settings is None:
        yield Finding(False, "responders.toml has no [slack] table; see: responders slack-setup")
        return
    yield from check(settings, assemble(responders, settings, clock).slack, responders.settings.environment, clock)
