"""Turns rows of `mentions` into the domain's values and back; asks the database nothing."""

from __future__ import annotations

from datetime import datetime
from operator import itemgetter
from typing import Any

import sqlalchemy as sa

from monitor.domain import Action, Author, Label, Mention, MentionStatus, Sentiment, StoredMention, Triage
from monitor.tables import mentions

_COLUMNS = (
    *("id", "network", "external_id", "brand", "author_handle", "author_name", "text", "url", "posted_at", "source", "language_hint"),
    *("mentions_us", "own_channel", "community", "parent_id", "answered_by_us", "status", "language", "read_at", "checked_at"),
    *("label", "score", "confidence", "scorer", "scorer_version", "score_reasons", "p_negative", "label_before", "action", "rules", "why"),
)
_in_order = itemgetter(*map(mentions.c.keys().index, _COLUMNS))
"""By their places: asking a row for each column by its name takes longer than all else that is done with it."""


def stored_mention(row: sa.Row[Any]) -> StoredMention:
    """Return the domain's value of a full row of `mentions`."""
    mention_id, network, external_id, brand, handle, name, text, url, posted_at, source, hint, *more = _in_order(row)
    mentions_us, own_channel, community, parent_id, answered_by_us, status, language, read_at, checked_at, *judged = more
    label, score, confidence, scorer, version, reasons, p_negative, before, action, rules, why = judged
    sentiment = triage = None
    if label is not None:
        felt_before = Label(before) if before else None
        sentiment = Sentiment(Label(label), score, confidence, scorer, version, language, tuple(reasons or ()), p_negative, felt_before)
    if action is not None:
        triage = Triage(Action(action), tuple(rules or ()), why or "")
    mention = Mention(
        network=network,
        external_id=external_id,
        brand=brand,
        author=Author(handle, name),
        text=text,
        url=url,
        posted_at=posted_at,
        source=source,
        language_hint=hint,
        mentions_us=mentions_us,
        own_channel=own_channel,
        community=community,
        parent_id=parent_id,
        answered_by_us=answered_by_us,
    )
    return StoredMention(mention_id, mention, MentionStatus(status), language, read_at, sentiment, triage, checked_at)


def columns_of(mention: Mention, at: datetime) -> dict[str, Any]:
    """Return a new mention as a row."""
    return {
        "brand": mention.brand,
        "network": mention.network,
        "external_id": mention.external_id,
        "author_handle": mention.author.handle,
        "author_name": mention.author.name,
        "text": mention.text,
        "url": mention.url,
        "posted_at": mention.posted_at,
        "source": mention.source,
        "language_hint": mention.language_hint,
        "mentions_us": mention.mentions_us,
        "own_channel": mention.own_channel,
        "community": mention.community,
        "parent_id": mention.parent_id,
        "answered_by_us": mention.answered_by_us,
        "read_at": at,
        "checked_at": at,
        "status": MentionStatus.NEW.value,
    }


def columns_of_score(mention_id: int, language: str, sentiment: Sentiment) -> dict[str, Any]:
    """Return what is written down of how a mention feels."""
    return {
        "id": mention_id,
        "language": language,
        "label": sentiment.label.value,
        "score": sentiment.score,
        "confidence": sentiment.confidence,
        "p_negative": sentiment.p_negative,
        "label_before": sentiment.label_before.value if sentiment.label_before else None,
        "scorer": sentiment.scorer,
        "scorer_version": sentiment.version,
        "score_reasons": list(sentiment.reasons),
    }


def of_brand(brand: str) -> sa.ColumnElement[bool]:
    """Say whether a mention that is found otherwise is a brand's; written so that no database begins with all mentions of the brand."""
    return sa.func.coalesce(mentions.c.brand, "") == brand
