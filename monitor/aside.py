"""Puts aside what holds a brand's term and is not about the brand, as its words and people's clicks say; pure, and nothing is lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from monitor import relevance
from monitor.domain import Action, Brand, Lesson, LessonState, StoredMention, Triage
from monitor.learning import chance_of, odds_of, pull_of
from monitor.relevance import BY_CLICKS, RULES, Encode, Relevance

PERHAPS = 0.1
"""From this chance on that it is about us, a danger is told all the same."""
LONGEST = 2_000
"""Characters of a mention that are turned into a vector."""
NO_LESSONS: Mapping[str, Lesson] = {}


def looks(brand: Brand, lesson: Lesson | None) -> bool:
    """Say whether there is anything to tell a brand from the ordinary word by: its description, or what people pressed."""
    return bool(brand.description) or (lesson is not None and lesson.state is LessonState.LEARNED)


def others_of(
    brands: Iterable[Brand], scored: Sequence[StoredMention], encode: Encode | None, lessons: Mapping[str, Lesson] = NO_LESSONS
) -> dict[int, Relevance]:
    """Return which mentions hold a term of their brand and are not about it, by their numbers; who addresses us is never among them."""
    found: dict[int, Relevance] = {}
    for brand in brands:
        lesson = lessons.get(brand.id)
        mine = [stored for stored in scored if stored.mention.brand == brand.id] if looks(brand, lesson) else []
        doubtful = [stored for stored in mine if not (stored.mention.mentions_us or stored.mention.own_channel)]
        weighed = weigh(brand, [stored.mention.text for stored in doubtful], encode, lesson)
        # A mention without a term was taken in for another reason, such as a hashtag; that is not for this step to judge.
        found |= {stored.id: one for stored, one in zip(doubtful, weighed, strict=True) if not one.about and one.rule != "A5"}
    return found


def weigh(brand: Brand, texts: Sequence[str], encode: Encode | None, lesson: Lesson | None = None) -> list[Relevance]:
    """Say of each text whether it is about the brand, by its words and by what the brand learned."""
    subject = relevance.prepare(tuple(term.text for term in brand.terms), brand.exclude, brand.description)
    found = relevance.weigh_many(subject, texts, encode)
    if not brand.description:
        # Without a description words alone put nothing aside; their chance is only what people's clicks are held against.
        found = [one if one.rule == "A5" else replace(one, about=True) for one in found]
    if lesson is None or lesson.state is not LessonState.LEARNED or lesson.threshold is None or (lesson.weights and encode is None):
        return found
    vectors: Sequence[Sequence[float]] = [()] * len(texts)
    if lesson.weights and encode is not None and texts:
        vectors = encode([text[:LONGEST] for text in texts])
    return [_corrected(one, vector, lesson, lesson.threshold) for one, vector in zip(found, vectors, strict=True)]


def _corrected(one: Relevance, vector: Sequence[float], lesson: Lesson, line: float) -> Relevance:
    if one.rule == "A5":
        return one
    p = chance_of(pull_of(odds_of(one.p), vector, lesson.weights)) if lesson.weights else one.p
    about = p >= line
    if about is one.about:
        return one
    return replace(one, about=about, p=round(p, 3), rule=BY_CLICKS, why=f"{RULES[BY_CLICKS]['en']} (lesson {lesson.number})")


def put_aside(found: Triage, other: Relevance, brand: Brand) -> Triage:
    """Return a decision to ignore what is not about the brand, with rule and chance; a danger that perhaps is about it stays one."""
    if found.rules[0] == "T12" and other.p >= PERHAPS:
        return found
    why = f"It is probably not about {brand.name}: {other.why} (the chance that it is: {other.p:.0%})."
    return Triage(Action.IGNORE, (other.rule, *found.rules), why)
