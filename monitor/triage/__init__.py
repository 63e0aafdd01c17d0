"""Decides by rules what a mention deserves. Pure: what kind of post it is stands in kinds.py, the rules' words in rules.py.

The first line that applies decides; `rules` then names every other rule that applies too, in the same order.

| order | the mention                                                       | action                             | decided by |
| ----- | ----------------------------------------------------------------- | ---------------------------------- | ---------- |
| 1     | danger, threat, despair, minors, leak, claim, press, crime        | escalate: page the owner           | T12        |
| 2     | is our own text, or we answered it already                        | ignore                             | T14        |
| 3     | stands in a mourning, health or support community                 | ignore                             | T13        |
| 4     | comes from a blocked account, a hate place, or is mere contempt   | watch: tell the lead               | T2         |
| 5     | comes from somebody whom we failed before, and is no praise       | escalate: a person, no template    | T10        |
| 6     | comes from somebody whom we answer already in this thread         | ignore                             | T16        |
| 7     | carries a complaint to a third party                              | escalate; watch if it is hearsay   | T11        |
| 8     | is a rant, a joke or satire with no complaint underneath          | watch                              | T3         |
| 9     | is not for us, and praises us                                     | ignore                             | T9         |
| 10    | is not for us, and criticises, misinforms or asks                 | watch: a person may still answer   | T8         |
| 11    | is not for us, and is nothing of the kind                         | ignore                             | T1         |
| 12    | is for us: wrong facts, a bad experience, other criticism         | respond                            | T4, T5, T6 |
| 13    | is for us: thanks or praise                                       | respond                            | T1         |
| 14    | is for us: a question, or nobody knows how it is meant            | respond                            | T7         |
| 15    | is for us, balanced and factual                                   | watch                              | T1         |

Safety goes first: T12 pages somebody even from a blocked place or under a text that we answered. The other rule (T13, T2, T14) then
stands in `rules` too, so that no draft is made there. T15 is decided when a draft is about to go out, not here. Every "ignore" and
"watch" has the reason (T17) as its first rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from monitor.domain import Action, Brand, History, Label, Mention, Sentiment, Term, Triage
from monitor.text import fold
from monitor.triage.clues import RuleHit
from monitor.triage.kinds import kinds
from monitor.triage.rules import RULES, Rule

__all__ = ["RULES", "Liken", "Rule", "RuleHit", "decide", "kinds"]

Liken = Callable[[Sequence[str]], Sequence[Sequence[float]]]
"""Gives each text an answer for each class of our labelled posts, in the order in which the classes stand with the weights here."""

SURE = 0.3
"""From this confidence of the scorer on, its label counts where the rules see nothing."""
VERY = 0.6
"""From this score on, a scorer outweighs weak words of the rules."""

_CRITICAL = frozenset({"T2", "T3", "T4", "T5", "T6", "T11"})
_NAMED = {
    "T4": "a statement about us may be wrong",
    "T5": "a customer had a bad experience",
    "T6": "the author is critical",
    "T1": "the author is friendly",
    "T9": "the author is friendly",
}


@dataclass(frozen=True, slots=True)
class _Place:
    """What a brand's configuration says about places and people, folded for comparison."""

    handles: re.Pattern[str] | None
    ours: frozenset[str]
    own: frozenset[str]
    blocked: frozenset[str]
    trolls: frozenset[str]
    about: frozenset[str]


def decide(
    mention: Mention,
    language: str,
    sentiment: Sentiment | None,
    brand: Brand,
    history: History,
    likeness: Sequence[float] | None = None,
) -> Triage:
    """Say what a mention deserves, by which rules, and why in one sentence; the same input gives the same answer.

    `likeness` says how like our labelled posts the text is, where the caller has encoders; it finds what is told without naming it.
    """
    place = _place(brand.handles, brand.own_communities, brand.blocked_communities, brand.blocked_authors, brand.terms)
    community = _name(mention.community)
    addressed = (
        mention.mentions_us
        or mention.own_channel
        or (bool(community) and community in place.own)
        or (place.handles is not None and place.handles.search(mention.text) is not None)
    )
    hits = kinds(mention.text, language, addressed=addressed, community=mention.community, about=place.about, likeness=likeness)
    hits = _weigh_feeling(tuple(hit for hit in hits if hit.rule != "T10"), sentiment, addressed)
    hits = _weigh_configuration(hits, mention, place, community)
    rules = [hit.rule for hit in hits]
    pleased = not _CRITICAL & set(rules) and (
        bool({"T1", "T9"} & set(rules)) or (sentiment is not None and sentiment.label is Label.POSITIVE)
    )
    own = _name(mention.author.handle) in place.ours
    if own or mention.answered_by_us or history.answered_url:
        rules.append("T14")
    if history.failed_before and not pleased:
        rules.append("T10")
    if history.open_reply_to_author:
        rules.append("T16")
    rules.append("T7" if addressed else "T8")
    action, first, why = _choose(hits, rules, mention, sentiment, history, own)
    return Triage(action, tuple(dict.fromkeys((first, *rules))), why)


def _choose(
    hits: Sequence[RuleHit], rules: Sequence[str], mention: Mention, sentiment: Sentiment | None, history: History, own: bool
) -> tuple[Action, str, str]:
    """Return the action, the rule that decided and the sentence, by the table above."""
    by_rule = {hit.rule: hit for hit in hits}
    if "T12" in by_rule:
        return Action.ESCALATE, "T12", f"It looks like {_seen(by_rule['T12'])}: page the owner; no quick approval, and a holding text only."
    if "T14" in rules:
        where = f" at {history.answered_url}" if history.answered_url else ""
        return Action.IGNORE, "T14", "We wrote this ourselves." if own else f"We already answered this{where}."
    if "T13" in by_rule:
        return Action.IGNORE, "T13", f"It stands in {by_rule['T13'].about}: we do not answer there."
    if "T2" in by_rule:
        return Action.WATCH, "T2", f"It looks like {_seen(by_rule['T2'])}: do not answer, tell the lead."
    if "T10" in rules:
        return Action.ESCALATE, "T10", "We failed this person before, and they are not happy now: a person answers, without a template."
    if "T16" in rules:
        return Action.IGNORE, "T16", "We already answer this person here: one public reply for each person and issue."
    if "T11" in by_rule:
        theirs = "T7" in rules or bool({"T5", "T6"} & by_rule.keys())
        what = "route it to complaints or legal" if theirs else "nobody asks us anything, keep an eye on it"
        return Action.ESCALATE if theirs else Action.WATCH, "T11", f"It looks like {_seen(by_rule['T11'])}: {what}."
    if "T3" in by_rule:
        return Action.WATCH, "T3", f"It looks like {_seen(by_rule['T3'])}, with no complaint underneath: do not answer."
    return _choose_for_us(hits, mention, sentiment) if "T7" in rules else _choose_for_others(hits, mention)


def _choose_for_us(hits: Sequence[RuleHit], mention: Mention, sentiment: Sentiment | None) -> tuple[Action, str, str]:
    first = next((hit for hit in hits if hit.rule in {"T4", "T5", "T6"}), None)
    if first is not None:
        return Action.RESPOND, first.rule, f"It looks like {_seen(first)}, and the author addresses us."
    if "?" in mention.text:
        return Action.RESPOND, "T7", "The author asks us something."
    if hits:
        return Action.RESPOND, "T1", f"It looks like {_seen(hits[0])}, told to us: thank them, correct nothing."
    if sentiment is None or sentiment.confidence == 0:
        return Action.RESPOND, "T7", "The author addresses us, and no rule or scorer can tell how it is meant: a person looks."
    return Action.WATCH, "T1", "It addresses us, balanced and factual, and asks nothing: it may stand."


def _choose_for_others(hits: Sequence[RuleHit], mention: Mention) -> tuple[Action, str, str]:
    first = hits[0] if hits else None
    others = "the author talks to others: no public reply, unless a person decides otherwise"
    if first is not None and first.rule == "T4":
        return Action.WATCH, "T8", f"It looks like {_seen(first)}, but {others} because it does harm."
    if first is not None and first.rule in {"T5", "T6"}:
        return Action.WATCH, "T8", f"It looks like {_seen(first)}, but {others}."
    if first is not None and first.rule != "T1":
        return Action.IGNORE, "T9", f"It looks like {_seen(first)}, not to us: no public answer."
    if "?" in mention.text:
        return Action.WATCH, "T8", f"It asks something, but {others} because only we can know."
    return Action.IGNORE, "T1", "It is balanced and factual, and not for us: it may stand."


def _weigh_feeling(hits: tuple[RuleHit, ...], sentiment: Sentiment | None, addressed: bool) -> tuple[RuleHit, ...]:
    """Let a scorer that knows the language speak where the rules saw nothing, or only weak words."""
    if sentiment is None or sentiment.confidence < SURE or sentiment.label is Label.NEUTRAL:
        return hits
    weak = all(hit.rule in {"T1", "T9"} for hit in hits) if sentiment.label is Label.NEGATIVE else _only_weak(hits)
    if hits and not (weak and abs(sentiment.score) >= VERY):
        return hits
    about = f"the author is {'critical' if sentiment.label is Label.NEGATIVE else 'friendly'}, as {sentiment.scorer} reads it"
    friendly = "T1" if addressed else "T9"
    return (RuleHit("T6" if sentiment.label is Label.NEGATIVE else friendly, round(sentiment.confidence, 2), about),)


def _only_weak(hits: Sequence[RuleHit]) -> bool:
    return all(hit.rule in {"T5", "T6"} and hit.strength < VERY for hit in hits)


def _weigh_configuration(hits: tuple[RuleHit, ...], mention: Mention, place: _Place, community: str) -> tuple[RuleHit, ...]:
    """Add what the brand's own lists of places and accounts say."""
    more: list[RuleHit] = []
    if community and community in place.blocked:
        more.append(RuleHit("T13", 1.0, "a community on our list of places where we do not answer"))
    if _name(mention.author.handle) in place.trolls:
        more.append(RuleHit("T2", 1.0, "an account on our list of accounts devoted to degrading others"))
    return (*more, *hits) if more else hits


def _seen(hit: RuleHit) -> str:
    return f"{hit.about} (“{hit.words}”)" if hit.words else hit.about


def _name(name: str) -> str:
    """Return a handle or community for comparison: folded, without @, # or r/."""
    return fold(name).strip().lstrip("@#/").removeprefix("r/").removeprefix("u/") if name else ""


@lru_cache(maxsize=64)
def _place(
    handles: tuple[str, ...], own: tuple[str, ...], blocked: tuple[str, ...], trolls: tuple[str, ...], terms: tuple[Term, ...]
) -> _Place:
    names = sorted(filter(None, map(_name, handles)), key=len, reverse=True)
    pattern = re.compile(rf"(?<![\w@/])(?:@|u/)(?:{'|'.join(map(re.escape, names))})(?![\w@])", re.IGNORECASE) if names else None
    about = frozenset(word for term in terms for word in fold(term.text).replace("*", "").split()) | frozenset(names)
    return _Place(
        pattern,
        frozenset(names),
        frozenset(map(_name, own)),
        frozenset(map(_name, blocked)),
        frozenset(map(_name, trolls)),
        about,
    )
