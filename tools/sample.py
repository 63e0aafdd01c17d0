"""Takes the sample brand through the real chain, in a folder of its own, for what the papers show of it: summary, desk, story."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from monitor import migrations, wiring
from monitor import pipeline as listening
from monitor.domain import Approval, AuditEvent, Severity
from monitor.jobs import migrate_engine
from monitor.standing import summary
from monitor.starter import copy_sample
from monitor.tables import open_database
from monitor.wiring import Monitor, sample_folder
from responders import pipeline as answering
from responders.decisions import Decisions
from responders.limits import limit_for
from responders.posters.console import ConsolePoster
from responders.review import Card, card_svg
from responders.running import Told
from responders.wiring import Responders, read_responder_settings

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""The moment of the picture and the story: always the same, so that only a change of the code changes them."""

PICTURE = "docs/review.svg"
APPROVER = "Els Kamps"


@dataclass(frozen=True, slots=True)
class Sample:
    """The sample brand, read, judged and drafted."""

    folder: Path
    monitor: Monitor
    responders: Responders
    at: datetime
    heard: Sequence[str]
    """What `monitor run` says at first, before anything is drafted."""

    def cards(self) -> Sequence[Card]:
        """Return every card that waits."""
        replies = self.responders.store.replies(limit=1000)
        return [Decisions(self.responders).card(reply, len(replies), self.at) for reply in replies]

    def card(self) -> Card:
        """Return the card that shows most: a complaint in English, facts, no red objection, one approver, not too long."""

        def worth(card: Card) -> tuple[bool, bool, bool, bool, int, int]:
            told = card.reply.mention
            shows = told.language == "en" and told.triage is not None and "T5" in told.triage.rules
            red = any(objection.severity is Severity.RED for objection in card.reply.version.objections)
            length = -abs(len(card.reply.version.text) - 300)
            return shows, bool(card.facts), not red, card.reply.approvals_needed == 1, length, -card.reply.id

        return max(self.cards(), key=worth)


@contextmanager
def taken_through(at: datetime) -> Iterator[Sample]:
    """Give the sample as it stands after the first minute, as if now were `at`."""
    with TemporaryDirectory(prefix="grapevine-") as name:
        folder = Path(name)
        url = f"sqlite:///{folder / 'grapevine.db'}"
        copy_sample(sample_folder(), folder / "config", at)
        database = open_database(url)
        migrations.upgrade(database)
        migrate_engine(database)
        settings = read_responder_settings(folder / "config", url)
        monitor, responders = Monitor(settings), Responders(settings)
        for source_settings, source in monitor.sources.values():
            for brand in monitor.brands_of(source_settings):
                listening.poll(monitor.store, source, brand, monitor.matchers[brand.id], source_settings.every, lambda: at)
        monitor.judge(lambda: at)
        heard = list(summary(monitor))
        answering.draft(
            responders.store,
            responders.drafters,
            responders.brands,
            settings.facts,
            settings.networks,
            settings.reply_expires_after,
            lambda: at,
        )
        try:
            yield Sample(folder, monitor, responders, at, heard)
        finally:
            for engine in (database, monitor.database, responders.database):
                engine.dispose()


def picture() -> str:
    """Return the picture of the desk."""
    with taken_through(NOW) as sample:
        return card_svg(sample.card(), NOW)


def parts() -> Mapping[str, str]:
    """Return what README shows of the sample, by name."""
    with taken_through(wiring.now()) as sample:
        told = Told(after=0)
        told.changed(sample.responders)  # The first look only sees whether things have settled.
        lines = [*sample.heard, *told.changed(sample.responders)]
    with taken_through(NOW) as sample:
        # As make run says it in a checkout, wherever this runs.
        lines = [line.replace("  responders review", "  .venv/bin/responders review") for line in lines]
        return {"make run": _indented(lines), **_story(sample)}


def _story(sample: Sample) -> Mapping[str, str]:
    card = sample.card()
    reply, stored = card.reply, card.reply.mention
    network = stored.mention.network
    poster = ConsolePoster(sample.folder / "console.jsonl", limit_for(network), "waalfiets")
    store, attempts = sample.responders.store, sample.responders.attempts
    outcome = store.approve(reply.id, Approval(APPROVER, reply.version.sha256, sample.at), sample.responders.settings.approvers)
    answering.publish(attempts, {network: poster}, reply.id, "responders", lambda: sample.at, networks=sample.responders.settings.networks)
    events = sample.monitor.store.audit(mention_id=stored.id)
    assert stored.triage is not None
    return {
        "the post": f"> {stored.mention.text}",
        "the triage": _indented([f"{' '.join(stored.triage.rules)}: {stored.triage.why}"]),
        "the approval": _indented(
            [
                f'responders approve {reply.id} --version {reply.version.sha256[:8]} --as "{APPROVER}"',
                f"Reply {reply.id}: {outcome.sentence}.",
            ]
        ),
        "the audit": _indented([f"monitor audit --mention {stored.id}", *map(_event, events)]),
    }


def _event(event: AuditEvent) -> str:
    move = f"{event.old_status or '·'} → {event.new_status}"
    return f"{event.actor:<11} {move:<22} {event.version_sha256[:8]:<9} {event.reason}".rstrip()


def _indented(lines: Sequence[str]) -> str:
    return "\n".join(f"    {line}" for line in lines)
