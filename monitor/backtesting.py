"""Shows on stored mentions what other terms or exclusions would let in and keep out, and how right each term is; changes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from monitor import aside
from monitor.command import USAGE, CommandError
from monitor.domain import Brand, Given, Question, StoredMention, Term, may_be_shown
from monitor.learning import about_of, wilson
from monitor.matching import Matcher, compile_brand
from monitor.text import fold
from monitor.wiring import Monitor, now

MOST = 20_000
"""The newest stored mentions that are looked at."""
EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be tried: terms and exclusions that come and that go; `query` takes the place of all terms."""

    query: Sequence[str] = ()
    terms: Sequence[str] = ()
    without_terms: Sequence[str] = ()
    exclude: Sequence[str] = ()
    without_exclude: Sequence[str] = ()

    @property
    def is_none(self) -> bool:
        """Say whether nothing is to be changed."""
        return not (self.query or self.terms or self.without_terms or self.exclude or self.without_exclude)


@dataclass(frozen=True, slots=True)
class Example:
    """A stored mention that a change would let in or keep out."""

    mention_id: int
    brand: str
    """Whose mention it is stored as."""
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Moved:
    """What a change would do to some mentions, and what people said of those."""

    count: int = 0
    about_us: int = 0
    not_about_us: int = 0
    examples: Sequence[Example] = ()


@dataclass(frozen=True, slots=True)
class TermFigures:
    """How often a term is right, by what people said of mentions that hold it."""

    term: str
    about_us: int
    not_about_us: int
    precision: tuple[float, float, float] | None
    """With its 95 % interval; None where nobody has spoken."""


@dataclass(frozen=True, slots=True)
class Backtest:
    """What came of it."""

    looked_at: int
    before: int
    """Mentions that are about the brand by the configuration as it is."""
    after: int
    let_in: Moved
    keep_out: Moved
    terms: Sequence[TermFigures] = field(default=())


def changed(brand: Brand, change: Change) -> Brand:
    """Return the brand as it would be; raises CommandError where a change names what is not there or leaves no term."""
    known = {fold(term.text) for term in brand.terms}
    for text in change.without_terms:
        if fold(text) not in known:
            names = ", ".join(term.text for term in brand.terms)
            raise CommandError(f"{brand.name} has no term {text}; it has: {names}. Nothing was tried.", USAGE)
    excluded = {fold(text) for text in brand.exclude}
    for text in change.without_exclude:
        if fold(text) not in excluded:
            raise CommandError(f"{brand.name} excludes no {text}; it excludes: {', '.join(brand.exclude) or 'nothing'}.", USAGE)
    gone, back = set(map(fold, change.without_terms)), set(map(fold, change.without_exclude))
    terms = tuple(Term(text) for text in change.query) or tuple(term for term in brand.terms if fold(term.text) not in gone)
    terms += tuple(Term(text) for text in change.terms)
    exclude = tuple(text for text in brand.exclude if fold(text) not in back) + tuple(change.exclude)
    if not terms:
        raise CommandError("A brand needs at least one term. Nothing was tried.", USAGE)
    return replace(brand, terms=terms, exclude=exclude)


def backtest(monitor: Monitor, brand: Brand, change: Change, *, most: int = MOST) -> Backtest:
    """Judge the newest stored mentions, ignored ones and those of other brands too, by the brand as it is and as it would be."""
    stored = [one for one in monitor.store.mentions(limit=most) if one.mention.text]
    other = changed(brand, change)
    given = monitor.labels.given(brand.id)
    about = about_of(given)
    before = _judge(monitor, brand, brand, stored)
    after = before if change.is_none else _judge(monitor, brand, other, stored)
    triples = list(zip(stored, before, after, strict=True))
    return Backtest(
        len(stored),
        before.count(""),
        after.count(""),
        _moved([(one, old) for one, old, new in triples if old and not new], about),
        _moved([(one, new) for one, old, new in triples if new and not old], about),
        term_figures(monitor, brand, given),
    )


def _judge(monitor: Monitor, brand: Brand, judged: Brand, stored: Sequence[StoredMention]) -> list[str]:
    """Say of each mention why it is not about the brand, "" where it is; as polling and triage would."""
    try:
        matcher = compile_brand(judged)
    except ValueError as error:
        raise CommandError(f"{error}. Nothing was tried.", USAGE) from error
    found = [_match(matcher, brand, one) for one in stored]
    lesson = monitor.labels.lessons(Question.ABOUT).get(brand.id)
    if not aside.looks(judged, lesson):
        return found
    doubtful = [place for place, one in enumerate(stored) if not found[place] and not _addressed(matcher, brand, one)]
    weighed = aside.weigh(judged, [stored[place].mention.text for place in doubtful], monitor.encode, lesson)
    for place, one in zip(doubtful, weighed, strict=True):
        if not one.about and one.rule != "A5":
            found[place] = f"{one.rule}: {one.why}"
    return found


def _match(matcher: Matcher, brand: Brand, one: StoredMention) -> str:
    if _addressed(matcher, brand, one) or matcher.match(one.mention.text):
        return ""
    return matcher.explain(one.mention.text)


def _addressed(matcher: Matcher, brand: Brand, one: StoredMention) -> bool:
    ours = one.mention.brand == brand.id and (one.mention.mentions_us or one.mention.own_channel)
    return ours or matcher.addresses_us(one.mention.text)


def _moved(those: Sequence[tuple[StoredMention, str]], about: Mapping[int, bool]) -> Moved:
    at = now()
    said = [about[one.id] for one, _why in those if one.id in about]
    shown = [Example(one.id, one.mention.brand, one.mention.text, why) for one, why in those if may_be_shown(one, at)]
    return Moved(len(those), sum(said), len(said) - sum(said), tuple(shown[:EXAMPLES]))


def term_figures(monitor: Monitor, brand: Brand, given: Sequence[Given] | None = None) -> list[TermFigures]:
    """Return how often each term is right, by what people said of mentions that are still held."""
    about = about_of(monitor.labels.given(brand.id) if given is None else given)
    texts = monitor.labels.texts(sorted(about), frozenset())
    found = []
    for term in brand.terms:
        matcher = compile_brand(replace(brand, terms=(term,), handles=(), hashtags=()))
        said = [about[mention_id] for mention_id, text in texts.items() if matcher.match(text)]
        interval = wilson(sum(said), len(said))
        precision = (sum(said) / len(said), *interval) if interval else None
        found.append(TermFigures(term.text, sum(said), len(said) - sum(said), precision))
    return found


def in_words(figures: TermFigures) -> str:
    """Say how right a term is."""
    if figures.precision is None:
        return f"“{figures.term}”: nobody said yet whether what it finds is about us"
    share, low, high = figures.precision
    of = figures.about_us + figures.not_about_us
    return f"“{figures.term}”: {share:.0%} about us, between {low:.0%} and {high:.0%} ({figures.about_us} of {of} that somebody judged)"
