"""Says which facts bear on a post, and so whose doing it was; binding claims to facts is the ledger's work."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.domain import Fact
from responders.policy.grammar import INVESTIGATION, has, is_unknown
from responders.policy.quantities import values
from responders.policy.reading import Reading, read
from responders.policy.stems import common, keys_of_text


def topics_held(fact: Fact, post: Reading) -> int:
    """Count the fact's topics that the post holds, as whole words; a longer one also as the beginning or end of a word."""
    line = f" {' '.join(word.text for word in post.words)} "
    count = 0
    for topic in fact.topics:
        phrase = " ".join(word.text for word in read(topic).words)
        if phrase and (f" {phrase} " in line or (len(phrase) >= 5 and (f" {phrase}" in line or f"{phrase} " in line))):
            count += 1
    return count


def responsibility_of(facts: Sequence[Fact], post: Reading, reply: str) -> bool | None:
    """Return whether it was our doing, as the facts about this post say: the closest fact weighs most; None where none says.

    A fact without topics bears on every post of its brand. One topic alone may be chance ("app"): such a fact counts where the
    reply draws on it too. So does any fact where the reply says that we do not know yet: it may be about something else.
    """
    open_end = is_unknown(read(reply).plain) or has(INVESTIGATION, read(reply).plain)
    best: tuple[int, bool] | None = None
    for fact in facts:
        if fact.responsible is None or fact.confidential:
            continue
        held = topics_held(fact, post) if fact.topics else 2
        if not fact.topics or (held >= 2 and not open_end) or (held and _draws_on(fact, post, reply)):
            best = (held, fact.responsible) if best is None else max(best, (held, fact.responsible))
    return best[1] if best else None


def _draws_on(fact: Fact, post: Reading, reply: str) -> bool:
    """Say whether the reply says something that stands in the fact and not in the post."""
    known, told = keys_of_text(post.plain), keys_of_text(reply)
    texts = (*fact.text.values(), *fact.repair.values())
    news = frozenset().union(*(keys_of_text(text) for text in texts)) - known
    figures = frozenset().union(*(values(read(text).plain) for text in texts)) - values(post.plain)
    shared = len(common(told, news))
    if shared >= 3 or (shared == 2 and len(news) <= 6):
        return True
    return bool(figures) and any(figure[0].isdigit() for figure in figures & values(read(reply).plain))
