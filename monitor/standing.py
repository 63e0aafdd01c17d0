"""Says how it stands: the first summary, the status, the digest, and the proof that everything is set up.

It changes nothing but the ledger: a proof costs what a reading costs.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from monitor.ailing import ailments_of, quiet_for
from monitor.ailments import Ailment, advise
from monitor.command import age, count, explain, print_table, say, warn
from monitor.contracts import RejectedRow
from monitor.digest import Digest, Figures, Quote, SourceSpent, write
from monitor.digest.counted import Learned
from monitor.domain import SEEN_WITHIN, AuditEvent, Brand, SourceHealth, StoredMention, Story, network_name
from monitor.figures import count_replies, count_statuses, read_figures, read_publishing
from monitor.learning import measure
from monitor.ledger import read_ledger
from monitor.noticebook import NoticeBook, Sending, struck
from monitor.pipeline import Caps, share_used
from monitor.promised import promises_of
from monitor.recheckbook import RecheckBook
from monitor.relevance import BY_CLICKS
from monitor.relevance import RULES as ABOUT
from monitor.settings import Settings
from monitor.stories import RULES as OF_STORIES
from monitor.storybook import stopped
from monitor.tables import READING
from monitor.text import clip, for_terminal
from monitor.triage import RULES
from monitor.wiring import Monitor, now, read_settings
from monitor.workers import DeadLetter, dead_letters, live_executors, queue_depths

SUMMARY_PERIOD = timedelta(days=7)
logger = logging.getLogger(__name__)
ALIVE = timedelta(minutes=2)
UNTOLD_PERIOD = timedelta(days=7)
UNSEEN_AFTER = timedelta(hours=30)
"""A text is looked at again every day; so long after that it is late."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How everything stands now."""

    sources: Sequence[SourceHealth]
    mentions: Mapping[str, int]
    replies: Mapping[str, int]
    queues: Mapping[str, int]
    workers: Sequence[str]
    dead_letters: Sequence[DeadLetter]
    publishing: bool
    paused_by: str
    paused_at: datetime | None
    rejected: Sequence[RejectedRow]
    unseen: Mapping[str, int]
    """Texts, by source, of which nobody has asked for too long whether they still stand there."""
    stopped: Sequence[tuple[Story, int]]
    """The stories whose drafts wait for one statement (K4), each with how many of its mentions wait."""
    untold: Sequence[Sending]
    """What our own people were to be told and do not have, or a quote that still stands: tried in vain, or failed for good in a week."""
    ailments: Sequence[Ailment] = ()
    """Sources that were not read well, or brought nothing, for longer than two of their usual periods."""


@dataclass(frozen=True, slots=True)
class Proof:
    """One thing that was proved or not."""

    what: str
    ok: bool
    sentence: str
    """How it is, and what to do where it is not well."""


def standing(monitor: Monitor) -> Standing:
    """Return how everything stands."""
    database = monitor.database
    publishing, paused_by, paused_at = read_publishing(database)
    return Standing(
        sources=health_of_sources(monitor),
        mentions=count_statuses(database),
        replies=count_replies(database),
        queues=queue_depths(database),
        workers=live_executors(database),
        dead_letters=dead_letters(database),
        publishing=publishing,
        paused_by=paused_by,
        paused_at=paused_at,
        rejected=monitor.store.rejected(),
        unseen=_unseen(monitor),
        stopped=stopped(database),
        untold=NoticeBook(database).troubled(now() - UNTOLD_PERIOD),
        ailments=ailments_of(monitor, now()),
    )


def _unseen(monitor: Monitor) -> dict[str, int]:
    """Return how many texts of each source wait too long to be looked at again; a source that cannot be asked has none."""
    book, before = RecheckBook(monitor.database), now() - UNSEEN_AFTER
    asked = {name for name, state in book.states().items() if state.next_at is not None and not state.mute}
    counts = {name: book.overdue(name, before) for name in sorted(asked)}
    return {name: number for name, number in counts.items() if number}


def health_of_sources(monitor: Monitor) -> list[SourceHealth]:
    """Return how each source fares for each brand, also those that are configured and were never read."""
    known = {(health.source, health.brand): health for health in monitor.store.sources()}
    pairs = [(source.name, brand.id) for source in monitor.settings.sources for brand in monitor.brands_of(source)]
    empty = [SourceHealth(source, brand, "", None, None, 0, "", 0) for source, brand in pairs if (source, brand) not in known]
    return [*known.values(), *empty]


def show(shown: Standing, *, with_rejected: bool) -> None:
    """Print how everything stands, as tables."""
    at = now()
    print_table(
        ["source", "brand", "last success", "next", "mentions", "health"],
        [
            [
                health.source,
                health.brand,
                f"{age(health.last_success_at, at)} ago" if health.last_success_at else "never",
                f"in {age(at, health.next_poll_at)}" if health.next_poll_at and health.next_poll_at > at else "now",
                str(health.mentions),
                f"failed {health.failures}×: {health.last_error}"
                if health.failures
                else "well"
                if health.last_success_at
                else "not read yet",
            ]
            for health in shown.sources
        ],
    )
    say()
    print_table(["mentions", "count"], [[name, str(count)] for name, count in shown.mentions.items()])
    say()
    print_table(["replies", "count"], [[name, str(count)] for name, count in shown.replies.items()] or [["none yet", "0"]])
    say()
    say("Publishing is " + ("on." if shown.publishing else f"PAUSED since {shown.paused_at:%d-%m %H:%M} UTC by {shown.paused_by}."))
    queues = ", ".join(f"{name} {count}" for name, count in shown.queues.items()) or "empty"
    say(f"Queues: {queues}. Workers seen in the last 2 minutes: {', '.join(shown.workers) or 'none'}.")
    for source, number in shown.unseen.items():
        texts, whose = count(number, "text"), for_terminal(source)
        warn(f"NOT LOOKED AT AGAIN: {texts} of {whose}, last seen over a day ago on the network; what was deleted there may still be here.")
    for ailment in shown.ailments:
        warn(f"NOT WELL: {for_terminal(ailment.source)}: {ailment.todo('en')}")
    for story, waiting in shown.stopped:
        who = f"{story.authors} people tell it; {count(waiting, 'mention')} waiting"
        warn(
            f"Drafts of story {story.id} are STOPPED by {for_terminal(story.drafts_by)} (K4): {who}. Next: responders stories go {story.id}"
        )
    for letter in shown.dead_letters:
        warn(f"Failed for good at {letter.failed_at:%d-%m %H:%M} UTC: {letter.key}: {letter.error}")
    for sending in shown.untold:
        whom = for_terminal(f"{sending.notifier} {sending.recipient}".strip())
        what = f"by {whom}, tried {count(sending.tries, 'time')}: {for_terminal(sending.error)}"
        if where := struck(sending.key):
            shown_in = for_terminal(where[0].replace("/", " "))
            said = f"what the author of mention {where[1]} took back may still be quoted in the message of {shown_in} {what}"
        warn(f"NOT TAKEN OUT: {said}. Delete that message by hand." if where else f"NOT TOLD: {for_terminal(sending.key)} {what}")
    if with_rejected:
        for row in shown.rejected:
            say(f"{row.place}:{row.line}: {row.reason}")
    elif shown.rejected:
        say(f"{count(len(shown.rejected), 'row')} could not be read: monitor status --rejected")


def show_mentions(found: Sequence[StoredMention], told: Mapping[int, tuple[int, int | None]]) -> None:
    """Print mentions as a table, each with its story ("=" where it tells nothing new); what strangers wrote cannot steer the terminal."""
    at = now()
    rows = []
    for stored in found:
        m, feeling, triage = stored.mention, stored.sentiment, stored.triage
        words = "" if feeling is None else "not known" if feeling.confidence == 0 else f"{feeling.label.value} {feeling.score:+.2f}"
        rules = " ".join(triage.rules) if triage else ""
        who = f"{for_terminal(m.network)} {for_terminal(m.author.handle)}"
        rows.append(
            [
                str(stored.id),
                age(m.posted_at, at),
                stored.status.value,
                words,
                rules,
                _story(told, stored.id),
                who,
                clip(for_terminal(m.text), 80),
            ]
        )
    print_table(["ID", "age", "status", "feeling", "rules", "story", "who", "text"], rows)


def _story(told: Mapping[int, tuple[int, int | None]], mention_id: int) -> str:
    story, repeats = told.get(mention_id, ("", None))
    return f"{story}{'' if repeats is None else ' ='}"


def show_audit(events: Sequence[AuditEvent]) -> None:
    """Print the record as a table."""
    rows = [
        [
            f"{event.at:%Y-%m-%d %H:%M:%S}",
            for_terminal(event.actor),
            str(event.mention_id or ""),
            str(event.reply_id or ""),
            f"{event.old_status or '·'} → {event.new_status}" if event.old_status != event.new_status else event.new_status,
            event.version_sha256[:8],
            for_terminal(event.reason),
        ]
        for event in events
    ]
    print_table(["time (UTC)", "who", "mention", "reply", "what", "version", "why"], rows)


def summary(monitor: Monitor) -> Iterator[str]:
    """Yield the lines that a person reads first: what was heard, and what is not answered and why."""
    until = now()
    for brand in monitor.settings.brands:
        figures = read_figures(monitor.database, brand, until - SUMMARY_PERIOD, until + timedelta(seconds=1))
        networks = ", ".join(f"{network_name(network)} {count}" for network, count in figures.by_network.items())
        yield f"{brand.name}: {count(figures.received, 'mention')} read in the last 7 days" + (f" ({networks})." if networks else ".")
        unknown = f" {_are(figures.unjudged)} in a language that no scorer knows yet; the rules judge those." if figures.unjudged else ""
        yield f"  {_are(figures.negative)} negative.{unknown}"
        if figures.escalated:
            need = "needs" if len(figures.escalated) == 1 else "need"
            yield f"  {len(figures.escalated)} {need} the owner and two people ({brand.owner or 'name an owner in brands.toml'})."
        silent = [unanswered for unanswered in figures.unanswered if unanswered.count]
        if silent:
            number = sum(unanswered.count for unanswered in silent)
            yield f"  {number} {'gets' if number == 1 else 'get'} no answer from us, because:"
        for unanswered in silent:
            yield f"    {unanswered.count:>4}  {unanswered.rule or '–':<4} {in_words(unanswered.rule)}"
    failing = [health for health in monitor.store.sources() if health.failures]
    for health in failing:
        yield f"  Source {health.source} fails: {health.last_error}"


def _are(number: int) -> str:
    return f"{number} {'is' if number == 1 else 'are'}"


def in_words(rule: str, language: str = "en") -> str:
    """Return a rule's plain words."""
    for words in (ABOUT, OF_STORIES):
        if rule in words:
            return words[rule][language]
    found = RULES.get(rule)
    if found is None:
        return "a person's or the chain's own words; see monitor audit" if not rule else ""
    return str(found.words[language])


def figures_of(monitor: Monitor, day: date | None, *, weekly: bool = False, brands: Sequence[Brand] | None = None) -> list[Figures]:
    """Return brands' figures of a day in its own time zone, or of the week that begins on it; of the last 24 hours without one."""
    sources = health_of_sources(monitor)
    seen = {source.name: now() - SEEN_WITHIN for source in monitor.settings.sources if source.kind == "x"}
    quiet = quiet_for(monitor, now())
    found = []
    for brand in monitor.settings.brands if brands is None else brands:
        if day is None:
            until = now()
            since = until - timedelta(days=7 if weekly else 1)
        else:
            zone = ZoneInfo(brand.timezone)
            since = datetime.combine(day, time(), zone).astimezone(UTC)
            until = datetime.combine(day + timedelta(days=7 if weekly else 1), time(), zone).astimezone(UTC)
        mine = [health for health in sources if health.brand == brand.id]
        figures = read_figures(monitor.database, brand, since, until, mine, seen_since=seen, weekly=weekly)
        promises = promises_of(monitor.database, now(), since=since, brand=brand.id)
        capped, spent = _capped(monitor, brand, since, until), _spent(monitor, brand, since, until)
        found.append(
            replace(
                figures,
                promises=promises,
                quiet=quiet.get(brand.id, []),
                capped=capped,
                spent=spent,
                learned=_learned(monitor, brand, since, until),
            )
        )
        if (summed := figures.account) is not None and not summed.holds:
            logger.error("%s: %d mentions of %s to %s are NOT ACCOUNTED FOR in the digest", brand.id, summed.missing, since, until)
    return found


def _learned(monitor: Monitor, brand: Brand, since: datetime, until: datetime) -> Learned:
    """Return what the brand's corrections did in a period, and how right its flags are over all that people ever looked at."""
    book = monitor.labels
    given = book.given(brand.id)
    if not given:
        # Where nobody ever said anything there is nothing to count, among however many mentions.
        return Learned(to_check=book.count_samples(brand.id))
    period, ever = book.seen(brand.id, since, until), book.seen(brand.id)
    flagged = book.flagged(sorted({one.mention_id for one in given if one.mention_id is not None}))
    measured = measure(given, ever.flagged, ever.unflagged, flagged)
    put_aside = book.put_aside(brand.id, (BY_CLICKS,), since, until)[0]
    return Learned(period.fewer, measured.precision, measured.recall, book.count_samples(brand.id), put_aside)


def _capped(monitor: Monitor, brand: Brand, since: datetime, until: datetime) -> list[str]:
    """Return the sources of a brand that came to their cap in this period, so that not everything was read."""
    caps = {one.name: Caps(one.cap_per_day, one.cap_per_month) for one in monitor.settings.sources if brand in monitor.brands_of(one)}
    moments = (since, until - timedelta(seconds=1))
    return [name for name, cap in caps.items() if any(share_used(monitor.store, name, cap, moment) >= 1 for moment in moments)]


def reader_language(settings: Settings, brands: Sequence[Brand] = ()) -> str:
    """Return the language in which our own people are told: the first of the first brand that we know how to write."""
    return next((code for brand in brands or settings.brands for code in brand.languages if code in {"nl", "en"}), "en")


def _spent(monitor: Monitor, brand: Brand, since: datetime, until: datetime) -> list[SourceSpent]:
    """Return what a brand's sources cost on the days (UTC) of a period."""
    # The ledger's days are those of UTC: the ones of the same dates, so that no day is told twice.
    zone = ZoneInfo(brand.timezone)
    first, last = since.astimezone(zone).date(), (until - timedelta(seconds=1)).astimezone(zone).date()
    with monitor.database.connect().execution_options(**READING) as connection:
        ledger = read_ledger(connection, first)
    found: dict[tuple[str, str], Decimal] = {}
    for line in ledger:
        if line.brand == brand.id and first <= line.day <= last:
            found[line.source, line.unit] = found.get((line.source, line.unit), Decimal(0)) + line.amount
    return [SourceSpent(name, unit, amount) for (name, unit), amount in sorted(found.items())]


def put_into_words(monitor: Monitor, figures: Sequence[Figures], language: str = "", *, late: bool = False) -> Digest:
    """Write the digest of these figures in nl or en; else in the first language of the first brand that it knows."""
    language = language or reader_language(monitor.settings)
    return write([_with_reasons(one, language) for one in figures], language, now(), late=late)


def _with_reasons(figures: Figures, language: str) -> Figures:
    """Return the figures with what each quote's first rule asks of us, and what a source that fails does, in the reader's language."""

    def told(quote: Quote) -> Quote:
        rule = RULES.get(quote.rules[0]) if quote.rules else None
        return (
            replace(quote, why=f"{rule.id}: {rule.words[language]}; {rule.todo[language]}.") if rule and language in rule.words else quote
        )

    todo = {one.source: advise(one.last_error, language) for one in figures.sources if one.failures}
    return replace(figures, said=[told(one) for one in figures.said], escalated=[told(one) for one in figures.escalated], todo=todo)


def checks(config: Path | None, database: str | None, *, offline: bool) -> Iterator[Proof]:
    """Prove one thing after another, each with what to do where it fails; later ones need the earlier."""
    try:
        settings = read_settings(config, database)
    except Exception as error:  # noqa: BLE001 whatever is wrong is what this command is to say
        yield Proof("configuration", False, explain(error)[0])
        return
    sizes = f"{count(len(settings.brands), 'brand')}, {count(len(settings.sources), 'source')}"
    nothing = "" if settings.sources else "; nothing is read yet: monitor sources lists the kinds, monitor add KIND adds one"
    other = "; phrases, drafter and networks to answer on are proved by: responders facts check"
    yield Proof("configuration", True, f"{sizes} in {settings.config_dir}{nothing}{other}")
    monitor = Monitor(settings)
    try:
        monitor.store.sources()
        yield Proof("database", True, "it answers, and its schema is this version's")
    except Exception as error:  # noqa: BLE001 see above
        yield Proof("database", False, explain(error)[0])
    for name in settings.scorers:
        try:
            loaded = next(scorer for scorer in monitor.scorers if scorer.name == name)
            yield Proof(f"scorer {name}", True, f"version {loaded.version}, knows {', '.join(sorted(filter(None, loaded.languages)))}")
        except Exception as error:  # noqa: BLE001 see above
            yield Proof(f"scorer {name}", False, explain(error)[0])
    try:
        for name in monitor.notifiers if settings.notifiers else ():
            yield Proof(f"notifier {name}", True, 'it is set up; see it work: monitor rehearse --as "Your name"')
    except Exception as error:  # noqa: BLE001 see above
        yield Proof("notifiers", False, explain(error)[0])
    for source in settings.sources:
        yield from _check_source(monitor, source.name, offline=offline)


def _check_source(monitor: Monitor, name: str, *, offline: bool) -> Iterator[Proof]:
    try:
        settings, source = monitor.sources[name]
        if offline:
            yield Proof(f"source {name}", True, "it can be built; not asked (--offline)")
            return
        for brand in monitor.brands_of(settings):
            batch = source.fetch(brand, "")
            if batch.cost is not None:  # A proof costs what a reading costs.
                monitor.store.save_cost(name, brand.id, batch.cost, now())
            found = sum(monitor.matchers[brand.id].match(mention.text) is not None for mention in batch.mentions)
            more = " and has more" if batch.more else ""
            bad = f", {count(len(batch.rejected), 'row')} cannot be read: {batch.rejected[0].reason}" if batch.rejected else ""
            sentence = f"it answers: {len(batch.mentions)} read{more}, {found} name {brand.name}{bad}"
            yield Proof(f"source {name}", True, sentence)
    except Exception as error:  # noqa: BLE001 see above
        yield Proof(f"source {name}", False, explain(error)[0])
