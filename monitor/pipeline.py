"""Listening, in order: poll → match → score → stories → triage. The order is written here only; every step is safe to run twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from monitor import learning, schedule
from monitor.aside import LONGEST, NO_LESSONS, others_of, put_aside
from monitor.contracts import AdapterError, Naming, RateLimited, Rechecking, Rejected, Scorer, Source, Thrifty
from monitor.domain import Action, Brand, Label, Lesson, Mention, MentionStatus, Sentiment, SourceHealth, StoredMention, Triage
from monitor.encoding import meaning_of
from monitor.imprints import known_stems
from monitor.language import Detector
from monitor.matching import Matcher
from monitor.recheckbook import MUTE, RecheckBook, Rechecked
from monitor.relevance import Encode
from monitor.store import MonitorStore
from monitor.stories import Locate
from monitor.tellings import SAME_AUTHOR, SAME_WORDS, Telling
from monitor.triage import Liken, decide

Clock = Callable[[], datetime]
Step = Callable[[str], None]
"""Told the name of each step as it is done; by default nobody listens. Tests use it to stop a process at every point."""

BATCH = 500
"""Mentions handled in one transaction: large enough to be quick, small enough to lock briefly."""
BETWEEN_LOOKS = timedelta(seconds=10)
"""Between two looks at what became of a source's mentions: polls come first, and a network is not pressed."""
LOOK_AGAIN = timedelta(minutes=15)
"""So long nothing is looked at where nothing is due, or where looking failed."""
MAX_READS = 200
"""Bounded reads in one poll; what is left over is read at the next."""
NO_NEWS_AFTER = timedelta(days=30)
"""What was posted longer ago, as in an old export, is no news: nobody waits for a statement on it, and its keys would go tonight."""
NO_TELLINGS: Mapping[int, Telling] = {}


def _no_step(_name: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Caps:
    """What a source may cost, over all brands, in its own unit; None where nobody said so."""

    per_day: Decimal | None = None
    per_month: Decimal | None = None


NO_CAPS = Caps()


@dataclass(frozen=True, slots=True)
class Polled:
    """What one poll of one source for one brand brought."""

    found: int
    """Read, before matching."""
    matched: int
    new: int
    rejected: int
    error: str = ""
    """Why it stopped early, "" where it did not; the cursor is then where the last good read left it."""
    lasting: bool = False
    """Asking again will not mend that; somebody must."""


def poll(
    store: MonitorStore,
    source: Source,
    brand: Brand,
    matcher: Matcher,
    every: timedelta,
    clock: Clock,
    *,
    caps: Caps = NO_CAPS,
    step: Step = _no_step,
    progress: Callable[[int], None] = lambda _read: None,
) -> Polled:
    """Read a source for a brand until it has no more, storing each read with its cursor before the next.

    The three errors of the contract end the poll; they are remembered with the source, and the next poll is put off as they ask.
    A source near one of its `caps` is read less often; at its cap it reads only what was written to us, where it knows how.
    """
    state = store.source_state(source.name, brand.id)
    cursor, found, matched, new, rejected = state.cursor, 0, 0, 0, 0
    usual, used = every, share_used(store, source.name, caps, clock())
    every = schedule.thrifty(usual, used)
    at_cap = used >= 1
    if at_cap:
        if not isinstance(source, Thrifty):
            error = Rejected(f"{source.name}: its cap is reached, so nothing is read; it goes on when the day or month is over (UTC)")
            store.record_failure(source.name, brand.id, str(error), clock() + every)
            return Polled(0, 0, 0, 0, str(error))
        source = source.only_to_us()
    for _read in range(MAX_READS):
        try:
            batch = source.fetch(brand, cursor)
        except AdapterError as error:
            _put_off(store, source, brand, state, every, error, clock())
            return Polled(found, matched, new, rejected, str(error), lasting=isinstance(error, Rejected))
        step("fetched")
        ours = match(batch.mentions, matcher, source.name)
        at = clock()
        if batch.restated or batch.left:  # Before the cursor moves on: whoever dies in between does the same once more.
            RecheckBook(store.database).take_note(source.name, brand.id, batch, at)
        # Near its cap a source is not read sooner for being busy.
        busy = len(ours) if used < schedule.SAVE_FROM else 0
        next_poll_at = schedule.next_poll(at, every, found=busy, failures=0, retry_at=None, jitter_seed=f"{source.name}/{brand.id}")
        saved = store.save_batch(
            source.name, brand.id, ours, cursor=batch.cursor, at=at, next_poll_at=next_poll_at, rejected=batch.rejected, cost=batch.cost
        )
        step("saved")
        found, matched, new = found + len(batch.mentions), matched + len(ours), new + saved.new
        rejected += len(batch.rejected)
        progress(found)
        # A source that says "more" without moving on would be read for ever.
        if not batch.more or batch.cursor == cursor:
            break
        cursor = batch.cursor
        if batch.cost is not None:
            used = share_used(store, source.name, caps, at)
            every = schedule.thrifty(usual, used)
            if used >= 1 and not at_cap:
                break  # The rest waits for the next poll, which looks at the cap first.
    return Polled(found, matched, new, rejected)


def recheck(
    book: RecheckBook,
    store: MonitorStore,
    source: Source,
    brands: Mapping[str, Brand],
    clock: Clock,
    *,
    every: timedelta | None = None,
    caps: Caps = NO_CAPS,
    step: Step = _no_step,
) -> Rechecked:
    """Ask a source once what became of the mentions it found, the longest unseen first; erase what is gone, take in anew what changed.

    One bounded look: whoever calls does so again when the source's state says so. At a cap nothing is asked, and that is told. Each
    is asked about as often as the source says, or as `every` says where that is more often.
    """
    at = clock()
    if not isinstance(source, Rechecking):
        book.put_off(source.name, at + timedelta(days=1), MUTE)
        return Rechecked()
    every = min(every or source.recheck_every, source.recheck_every)
    again = min(LOOK_AGAIN, every)
    asked = book.due(source.name, at - every, source.recheck_most, along=every / 48)
    if not asked:
        oldest = book.oldest(source.name)
        due = oldest + every if oldest else at + again
        book.put_off(source.name, min(max(due, at + BETWEEN_LOOKS), at + again))
        return Rechecked()
    if share_used(store, source.name, caps, at) >= 1:
        error = f"{source.name}: its cap is reached, so nobody looks whether what was read still stands there"
        book.record_failure(source.name, error, at + again)
        return Rechecked(error=error)
    first = asked[0].mention.brand
    brand = brands.get(first) or Brand(first, first, ())
    try:
        found = source.recheck(brand, [stored.mention for stored in asked])
    except AdapterError as error:
        failures = book.state(source.name).failures + 1
        retry_at = error.retry_at if isinstance(error, RateLimited) else None
        seed = f"recheck/{source.name}"
        next_at = schedule.next_poll(at, again, found=0, failures=failures, retry_at=retry_at, jitter_seed=seed)
        book.record_failure(source.name, str(error), next_at)
        return Rechecked(error=str(error))
    step("looked")
    at = clock()
    done = book.record(source.name, asked, found, at, every, min(max(found.again_at or at, at + BETWEEN_LOOKS), at + every))
    step("recorded")
    return done


NAMES_SINCE = timedelta(hours=2)
"""Of what was read longer ago nobody is asked any more who wrote it."""


def name_authors(store: MonitorStore, source: Source, brand: Brand, clock: Clock, *, caps: Caps = NO_CAPS) -> str:
    """Read who wrote what was judged negative, where a source leaves names unread because they cost; returns why not, if so.

    Below a source's cap only, and never of anybody whose words do no harm.
    """
    at = clock()
    if not isinstance(source, Naming) or share_used(store, source.name, caps, at) >= 1:
        return ""
    handles = store.nameless(source.name, at - NAMES_SINCE)
    if not handles:
        return ""
    try:
        named = source.read_names(handles)
    except AdapterError as error:
        return str(error)
    store.save_names(source.name, brand.id, named, at)
    return ""


def share_used(store: MonitorStore, source: str, caps: Caps, at: datetime) -> float:
    """Return how much of its caps a source has used, the larger share of day and month; 0 where it has none."""
    if caps == NO_CAPS:
        return 0.0
    spent = store.spent(source, at)
    return schedule.share_used([(spent.day, caps.per_day), (spent.month, caps.per_month)])


def _put_off(
    store: MonitorStore, source: Source, brand: Brand, state: SourceHealth, every: timedelta, error: AdapterError, at: datetime
) -> None:
    retry_at = error.retry_at if isinstance(error, RateLimited) else None
    seed = f"{source.name}/{brand.id}"
    next_poll_at = schedule.next_poll(at, every, found=0, failures=state.failures + 1, retry_at=retry_at, jitter_seed=seed)
    store.record_failure(source.name, brand.id, str(error), next_poll_at)


def match(found: Sequence[Mention], matcher: Matcher, source: str) -> list[Mention]:
    """Keep what names the brand or was written to us, marked with who is addressed and where it came from."""
    ours = []
    for mention in found:
        addressed = mention.mentions_us or matcher.addresses_us(mention.text)
        if not (addressed or mention.own_channel or matcher.match(mention.text)):
            continue
        if addressed != mention.mentions_us or mention.source != source:
            mention = replace(mention, mentions_us=addressed, source=source)  # noqa: PLW2901 the same mention, completed
        ours.append(mention)
    return ours


def about(mention: Mention, matchers: Mapping[str, Matcher], source: str) -> list[str]:
    """Return the brands that a text which names none is about: those whose terms or handles stand in it.

    Where none does, all of them if it was written to us: nobody can tell to whom, and nothing is lost.
    """
    named = [brand for brand, matcher in matchers.items() if matcher.match(mention.text)]
    return named or [brand for brand, matcher in matchers.items() if match([mention], matcher, source)]


def judge(
    store: MonitorStore,
    scorers: Sequence[Scorer],
    detector: Detector,
    brands: Mapping[str, Brand],
    clock: Clock,
    *,
    encode: Encode | None = None,
    liken: Liken | None = None,
    locate: Locate | None = None,
    lessons: Mapping[str, Lesson] = NO_LESSONS,
    about: Mapping[str, Lesson] = NO_LESSONS,
    step: Step = _no_step,
) -> int:
    """Say of each new mention in which language it is and how it feels, then decide by the rules what it deserves; returns how many.

    `encode` gives sentence vectors and `liken` answers by class, where somebody has the encoders; triage then also sees what is told
    without naming it. `locate` gives texts their places, so that what has one cause is one story. `lessons` are what brands learned from
    what people said of how mentions feel, `about` of whether they are about us.
    """

    def settle(those: Sequence[StoredMention]) -> None:
        tellings = tell(store, those, brands, clock, encode=encode, locate=locate, step=step)
        triage(store, those, brands, clock, tellings, encode=encode, liken=liken, about=about, step=step)

    done = 0
    while waiting := store.waiting(MentionStatus.NEW, BATCH):
        scored = score(store, waiting, scorers, detector, clock, encode=encode, lessons=lessons, step=step)
        settle(scored)
        done += len(waiting)
    # What an earlier run scored and could not decide any more.
    while waiting := store.waiting(MentionStatus.SCORED, BATCH):
        settle(waiting)
        done += len(waiting)
    return done


def score(
    store: MonitorStore,
    waiting: Sequence[StoredMention],
    scorers: Sequence[Scorer],
    detector: Detector,
    clock: Clock,
    *,
    encode: Encode | None = None,
    lessons: Mapping[str, Lesson] = NO_LESSONS,
    step: Step = _no_step,
) -> list[StoredMention]:
    """Score new mentions and return those that nobody else scored meanwhile, as they stand then."""
    languages = detector.detect_many([(stored.mention.text, stored.mention.language_hint) for stored in waiting])
    texts = [(stored.mention.text, language) for stored, language in zip(waiting, languages, strict=True)]
    sentiments = corrected(waiting, feel(texts, scorers), lessons, encode)
    step("felt")
    ids = [stored.id for stored in waiting]
    moved = store.record_scores(zip(ids, languages, sentiments, strict=True), clock())
    step("scored")
    return [
        StoredMention(stored.id, stored.mention, MentionStatus.SCORED, language, stored.read_at, sentiment)
        for stored, language, sentiment in zip(waiting, languages, sentiments, strict=True)
        if stored.id in moved
    ]


def corrected(
    waiting: Sequence[StoredMention], sentiments: Sequence[Sentiment], lessons: Mapping[str, Lesson], encode: Encode | None
) -> list[Sentiment]:
    """Return the sentiments as each brand's lesson corrects them; only where a lesson weighs the text itself is it turned into a vector."""
    read = [stored for stored in waiting if encode and (lesson := lessons.get(stored.mention.brand)) and lesson.weights]
    vectors = encode([stored.mention.text[:LONGEST] for stored in read]) if encode and read else ()
    of = {stored.id: vector for stored, vector in zip(read, vectors, strict=True)}
    pairs = zip(waiting, sentiments, strict=True)
    return [learning.correct(felt, lessons.get(stored.mention.brand), of.get(stored.id, ())) for stored, felt in pairs]


def tell(
    store: MonitorStore,
    scored: Sequence[StoredMention],
    brands: Mapping[str, Brand],
    clock: Clock,
    *,
    encode: Encode | None = None,
    locate: Locate | None = None,
    step: Step = _no_step,
) -> Mapping[int, Telling]:
    """Put what tells again what was told before into its story; returns what those mentions are, by id."""
    known = {brand.id: known_stems((brand.name, *(term.text for term in brand.terms), *brand.handles)) for brand in brands.values()}
    news = [stored for stored in scored if stored.mention.posted_at >= clock() - NO_NEWS_AFTER]
    found = store.record_stories(news, known, clock(), meaning_of(encode) if encode else None, locate) if news else NO_TELLINGS
    step("told")
    return found


def triage(
    store: MonitorStore,
    scored: Sequence[StoredMention],
    brands: Mapping[str, Brand],
    clock: Clock,
    tellings: Mapping[int, Telling] = NO_TELLINGS,
    *,
    encode: Encode | None = None,
    liken: Liken | None = None,
    about: Mapping[str, Lesson] = NO_LESSONS,
    step: Step = _no_step,
) -> None:
    """Decide by the rules what each scored mention deserves; what only repeats a mention that has a card stands on that card."""
    histories = store.histories(scored)
    likeness = likeness_of(scored, liken)
    others = others_of(brands.values(), scored, encode, about)
    decided: dict[int, Triage] = {}
    for stored in sorted(scored, key=lambda stored: stored.id):
        # A brand that was taken out of the configuration still has mentions; they are judged by the general rules.
        brand = brands.get(stored.mention.brand) or Brand(stored.mention.brand, stored.mention.brand, ())
        found = decide(stored.mention, stored.language, stored.sentiment, brand, histories[stored.id], likeness.get(stored.id))
        if stored.id in others:
            found = put_aside(found, others[stored.id], brand)
        if (telling := tellings.get(stored.id)) is not None:
            first = decided.get(telling.repeats_id or 0)
            found = _stand_with(found, telling, first.action if first else telling.carried)
        decided[stored.id] = found
    store.record_triage(decided.items(), clock())
    step("triaged")


def likeness_of(scored: Sequence[StoredMention], liken: Liken | None) -> Mapping[int, Sequence[float]]:
    """Return how like our labelled posts each mention is, by id, all told at once."""
    if liken is None or not scored:
        return {}
    return dict(zip([stored.id for stored in scored], liken([stored.mention.text[:LONGEST] for stored in scored]), strict=True))


WEIGHT = {Action.RESPOND: 1, Action.ESCALATE: 2}
"""Which actions lead to a card, and which of them is the more serious."""


def _stand_with(found: Triage, telling: Telling, first: Action | None) -> Triage:
    """Return a decision to watch what only says again what another mention's card is about; what is more serious keeps its own."""
    mine = WEIGHT.get(found.action, 0)
    if telling.repeats_id is None or not mine or (first is None or WEIGHT.get(first, 0) < mine):
        return found
    rule = SAME_AUTHOR if telling.same_author else SAME_WORDS
    who = "its author has a card for it already" if telling.same_author else "who said it first gets the answer"
    return Triage(Action.WATCH, (rule, *found.rules), f"It says again what mention {telling.repeats_id} says: {who}.")


UNKNOWN = Sentiment(Label.NEUTRAL, 0.0, 0.0, "none", "", "", ("no scorer knows this language",))


def feel(texts: Sequence[tuple[str, str]], scorers: Sequence[Scorer]) -> list[Sentiment]:
    """Ask for each `(text, language)` the first scorer that knows the language; where none does the answer is "do not know"."""
    answers: dict[int, Sentiment] = {}
    left = set(range(len(texts)))
    for scorer in scorers:
        mine = sorted(index for index in left if texts[index][1] in scorer.languages)
        answers.update(zip(mine, scorer.score([texts[index] for index in mine]), strict=True))
        left.difference_update(mine)
    answers.update((index, replace(UNKNOWN, language=texts[index][1])) for index in left)
    return [answers[index] for index in range(len(texts))]
