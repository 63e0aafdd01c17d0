"""Turns rows of `mentions` into the domain's values and back; asks the database nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from monitor.domain import Action, Author, Label, Mention, MentionStatus, Sentiment, StoredMention, Triage
from monitor.tables import mentions


def stored_mention(row: sa.Row[Any]) -> StoredMention:
    """Return the domain's value of a full row of `mentions`."""
    sentiment = triage = None
    if row.label is not None:
        sentiment = Sentiment(
            Label(row.label),
            row.score,
            row.confidence,
            row.scorer,
            row.scorer_version,
            row.language,
            tuple(row.score_reasons or ()),
            row.p_negative,
            Label(row.label_before) if row.label_before else None,
        )
    if row.action is not None:
        triage = Triage(Action(row.action), tuple(row.rules or ()), row.why or "")
    mention = Mention(
        network=row.network,
        external_id=row.external_id,
        brand=row.brand,
        author=Author(row.author_handle, row.author_name),
        text=row.text,
        url=row.url,
        posted_at=row.posted_at,
        source=row.source,
        language_hint=row.language_hint,
        mentions_us=row.mentions_us,
        own_channel=row.own_channel,
        community=row.community,
        parent_id=row.parent_id,
        answered_by_us=row.answered_by_us,
    )
    return StoredMention(row.id, mention, MentionStatus(row.status), row.language, row.read_at, sentiment, triage, row.checked_at)


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
