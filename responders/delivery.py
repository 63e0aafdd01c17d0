"""Decides before a draft is written whether and how a mention may be answered: api, assisted or none. Nothing is sent or stored here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from monitor.domain import Action, Brand, Delivery, History, MentionStatus, StoredMention
from monitor.settings import NetworkSettings
from monitor.text import clip, fold

BY_HAND_ONLY: Mapping[str, str] = {
    "hackernews": "Hacker News has no API that writes, so a person answers by hand.",
    "rss": "A blog has no API that takes our answer, so a person answers by hand.",
    "blog": "A blog has no API that takes our answer, so a person answers by hand.",
}
"""Networks on which no API of ours can answer, whatever the configuration says, with the sentence that says so."""

X_APPROVAL = "x_ai_reply_approval"
"""The key of `[network.x]` that holds the reference of X's written approval of drafted replies by this account (L1)."""

SHORTEST_REFERENCE = 8
"""A shorter text, such as "yes" or "no", cannot say where an approval is to be found again."""

REDDIT_APPROVAL = "reddit_app_approval"
"""The key of `[network.reddit]` that says Reddit has approved this app (L3)."""

SUBREDDITS = "subreddits"
"""The key of `[network.reddit]` that lists the subreddits where the API may answer (L3)."""


@dataclass(frozen=True, slots=True)
class Look:
    """Everything one decision looks at; `rules` are those of the stored triage."""

    stored: StoredMention
    brand: Brand
    network: NetworkSettings | None
    """The account from which the brand answers there, with what holds for it."""
    history: History

    @property
    def rules(self) -> tuple[str, ...]:
        """Return the rule ids that triage stored."""
        return self.stored.triage.rules if self.stored.triage else ()

    def option(self, key: str) -> bool:
        """Say whether the network's configuration sets this flag."""
        return self.network is not None and self.network.options.get(key) is True


Row = Callable[[Look], tuple[Delivery, str] | None]


def decide(stored: StoredMention, brand: Brand, network: NetworkSettings | None, history: History) -> tuple[Delivery, str]:
    """Return how a reply to this mention may be delivered, and a sentence that says why with the rule's id in it.

    The first row of SILENCES that speaks decides; after those the first of WAYS.
    """
    look = Look(stored, brand, network, history)
    for row in (*SILENCES, *WAYS):
        found = row(look)
        if found is not None:
            return found
    return Delivery.API, f"We may answer on {stored.mention.network} through its API (T7)."


def _gone(look: Look) -> tuple[Delivery, str] | None:
    if look.stored.status is MentionStatus.DELETED or "T15" in look.rules:
        return Delivery.NONE, "The mention was deleted, edited or made private, so there is nothing to answer (T15)."
    return None


def _answered(look: Look) -> tuple[Delivery, str] | None:
    if look.history.answered_url:
        return Delivery.NONE, f"We already answered this: {look.history.answered_url} (T14)."
    if look.stored.mention.answered_by_us or "T14" in look.rules:
        return Delivery.NONE, "An answer of ours already stands under this (T14)."
    return None


def _second_reply(look: Look) -> tuple[Delivery, str] | None:
    if look.history.open_reply_to_author or "T16" in look.rules:
        return (
            Delivery.NONE,
            "We already answered, or are answering, this person in this thread; a second reply needs a person's decision (T16).",
        )
    return None


def _blocked_community(look: Look) -> tuple[Delivery, str] | None:
    community = _plain(look.stored.mention.community)
    blocked = bool(community) and community in {_plain(name) for name in look.brand.blocked_communities}
    if not blocked and "T13" not in look.rules:
        return None
    place = look.stored.mention.community or "this community"
    if "T12" in look.rules:
        return (
            Delivery.NONE,
            f"{place} is a place where we never answer (T13), also not about a serious matter (T12); the owner is told instead.",
        )
    return Delivery.NONE, f"{place} is a place where we never answer: mourning, health or support (T13)."


def _blocked_author(look: Look) -> tuple[Delivery, str] | None:
    author = _plain(look.stored.mention.author.handle)
    blocked = bool(author) and author in {_plain(name) for name in look.brand.blocked_authors}
    if _serious(look) or (not blocked and "T2" not in look.rules):
        return None
    return Delivery.NONE, "The author is there to degrade others; we do not answer and keep watching (T2)."


def _rant(look: Look) -> tuple[Delivery, str] | None:
    if "T3" in look.rules and not _serious(look) and not _wanted(look):
        return Delivery.NONE, "A rant, joke or satire without a complaint underneath is not answered (T3)."
    return None


def _praise_among_peers(look: Look) -> tuple[Delivery, str] | None:
    if "T9" in look.rules and not _serious(look) and not _wanted(look):
        return Delivery.NONE, "Praise between others is theirs; a company that joins in intrudes (T9)."
    return None


def _not_our_conversation(look: Look) -> tuple[Delivery, str] | None:
    # T8 alone lets a person decide otherwise: by putting a watched mention in the queue.
    queued_by_person = look.stored.status is MentionStatus.QUEUED
    if "T8" in look.rules and not (_serious(look) or _wanted(look) or queued_by_person):
        return Delivery.NONE, "The author talks to others, not to us, and no person asked for an answer (T8)."
    return None


def _network_says_none(look: Look) -> tuple[Delivery, str] | None:
    if look.network is not None and look.network.delivery is Delivery.NONE:
        return Delivery.NONE, f"responders.toml says that we do not answer on {look.network.name} (T8)."
    return None


def _not_configured(look: Look) -> tuple[Delivery, str] | None:
    network = look.stored.mention.network
    if look.network is None and network not in BY_HAND_ONLY and network != "x":
        return Delivery.ASSISTED, f"responders.toml has no [network.{network}], so a person answers by hand (T7)."
    return None


def _by_hand_only(look: Look) -> tuple[Delivery, str] | None:
    sentence = BY_HAND_ONLY.get(look.stored.mention.network)
    return None if sentence is None else (Delivery.ASSISTED, f"{sentence[:-1]} (T7).")


def _x(look: Look) -> tuple[Delivery, str] | None:
    mention = look.stored.mention
    if mention.network != "x":
        return None
    if not mention.mentions_us:
        return (
            Delivery.ASSISTED,
            "X takes a reply through its API only where the author mentioned or quoted our account; answer by hand (L1).",
        )
    approval = _x_approval(look)
    if not approval:
        return (
            Delivery.ASSISTED,
            f"X must approve drafted replies first, and [{_table(look)}] gives no reference of that as {X_APPROVAL}; answer by hand (L1).",
        )
    if _may_use_api(look):
        return (
            Delivery.API,
            f'The author mentioned us, and X approved our replies (L1): "{clip(approval, 80)}". X charges $0.015, $0.200 with a link (L2).',
        )
    return None


def _reddit(look: Look) -> tuple[Delivery, str] | None:
    if look.stored.mention.network != "reddit":
        return None
    if not look.option(REDDIT_APPROVAL):
        return (
            Delivery.ASSISTED,
            f"Reddit must approve the app first, and [{_table(look)}] does not say {REDDIT_APPROVAL} = true; answer by hand (L3).",
        )
    listed = look.network.options.get(SUBREDDITS) if look.network else None
    if listed is not None and not may_answer_in(look.stored.mention.community, listed):
        place = look.stored.mention.community or "This subreddit"
        return Delivery.ASSISTED, f"{place} is not in the list {SUBREDDITS} of [{_table(look)}]; answer by hand (L3)."
    return None


def may_answer_in(community: str, subreddits: Iterable[str]) -> bool:
    """Say whether the API may answer in this subreddit: whether it is in the list, with or without r/ and in any case."""
    return bool(community) and _plain(community) in {_plain(name) for name in subreddits}


def _table(look: Look) -> str:
    return look.network.table if look.network else f"network.{look.stored.mention.network}"


def _x_approval(look: Look) -> str:
    """Return the reference of X's written approval; a bare true, or a yes, says nothing that a person could look up."""
    approval = look.network.options.get(X_APPROVAL) if look.network else None
    text = approval.strip() if isinstance(approval, str) else ""
    return text if len(text) >= SHORTEST_REFERENCE else ""


def _by_hand(look: Look) -> tuple[Delivery, str] | None:
    name = look.stored.mention.network
    if look.network is None or look.network.delivery is Delivery.ASSISTED:
        return Delivery.ASSISTED, f"responders.toml says that a person answers by hand on {name} (T7)."
    if not look.network.poster:
        return Delivery.ASSISTED, f"[network.{name}] names no poster, so a person answers by hand (T7)."
    return None


def _may_use_api(look: Look) -> bool:
    return look.network is not None and look.network.delivery is Delivery.API and bool(look.network.poster)


def _serious(look: Look) -> bool:
    """Say whether somebody may be in danger or harmed: that is answered wherever it is said, by people, with a holding text."""
    return "T12" in look.rules


def _wanted(look: Look) -> bool:
    """Say whether triage wants an answer although it noted the rule, such as a complaint under the rude words of T3."""
    triage = look.stored.triage
    return triage is not None and triage.action in {Action.RESPOND, Action.ESCALATE}


def _plain(name: str) -> str:
    return fold(name).strip().removeprefix("/").removeprefix("@").removeprefix("#").removeprefix("r/")


SILENCES: tuple[Row, ...] = (
    _gone,
    _answered,
    _second_reply,
    _blocked_community,
    _blocked_author,
    _rant,
    _praise_among_peers,
    _not_our_conversation,
    _network_says_none,
)
"""Reasons not to answer at all, the strongest first."""

WAYS: tuple[Row, ...] = (_not_configured, _by_hand_only, _x, _reddit, _by_hand)
"""Reasons why a person must answer by hand, or the API may; where none speaks, the API may."""
