"""The list of what was erased, in the caller's own transaction: who is on it does not come back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from monitor.domain import Mention
from monitor.tables import erasures

EVERY_BRAND = ""
_MOST = 500
"""Marks asked for in one question."""


def mark_of(network: str, external_id: str) -> str:
    """Return the mark by which an erased mention is known again; nobody's handle can be read from it."""
    return hashlib.sha256(f"{network}\n{external_id}".encode()).hexdigest()


def note_erased(connection: sa.Connection, marks: Iterable[tuple[str, str]], why: str, at: datetime) -> None:
    """Put (mark, brand) on the list; what is there stays as it is."""
    rows = [{"mark": mark, "brand": brand, "why": why, "at": at} for mark, brand in sorted(set(marks))]
    if rows:
        insert: Any = sqlite_insert if connection.dialect.name == "sqlite" else postgres_insert
        connection.execute(insert(erasures).on_conflict_do_nothing(index_elements=["mark", "brand"]), rows)


def leave_out_erased(connection: sa.Connection, found: Sequence[Mention]) -> list[Mention]:
    """Return the mentions that are not on the list."""
    marks = {mark_of(mention.network, mention.external_id) for mention in found}
    listed: set[tuple[str, str]] = set()
    ordered = sorted(marks)
    for start in range(0, len(ordered), _MOST):
        query = sa.select(erasures.c.mark, erasures.c.brand).where(erasures.c.mark.in_(ordered[start : start + _MOST]))
        listed |= {(row.mark, row.brand) for row in connection.execute(query)}
    if not listed:
        return list(found)
    return [
        mention
        for mention in found
        if listed.isdisjoint({(mark_of(mention.network, mention.external_id), brand) for brand in (EVERY_BRAND, mention.brand)})
    ]
