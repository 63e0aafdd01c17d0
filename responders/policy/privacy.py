"""Judges personal data in a reply (N6): of the author or of anyone; what our own facts give as ours is none."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from monitor.domain import Objection
from responders.policy.confided import find_confided
from responders.policy.context import Context
from responders.policy.identifiers import (
    Found,
    find_accounts,
    find_addresses,
    find_emails,
    find_marks,
    find_numbers,
    ours_to_give,
)
from responders.policy.requests import asked_in_public
from responders.policy.strangers import find_names


@lru_cache(maxsize=4)
def find_personal(context: Context) -> tuple[Found, ...]:
    """Return every piece of personal data in the reply, in order."""
    plain = context.reply.plain
    ours = ours_to_give(context)
    found: list[Found] = []
    for places in (
        find_accounts(plain),
        find_emails(context, ours),
        find_numbers(context, ours),
        find_addresses(context, ours),
        find_marks(context),
        find_names(context, ours),
    ):
        for one in places:
            if not any(one.start < other.end and other.start < one.end for other in found):
                found.append(one)
    return tuple(sorted(found, key=lambda one: one.start))


def personal_data(context: Context) -> Iterator[Objection]:
    """N6: no personal data of anyone, and no request to post such data in public."""
    marked = find_personal(context)
    confided = [one for one in find_confided(context) if not any(one.start < other.end and other.start < one.end for other in marked)]
    for one in (*marked, *confided):
        yield context.objection(
            "N6",
            one.start,
            one.end,
            nl=f"Hier staat {one.nl}. Dat hoort niet in een openbaar antwoord; laat het weg.",
            en=f"This is {one.en}. It does not belong in a public reply; leave it out.",
        )
    for start, end in asked_in_public(context):
        yield context.objection(
            "N6",
            start,
            end,
            nl="Dit vraagt om persoonlijke gegevens onder een openbaar bericht. Vraag ze niet, of alleen in een privébericht.",
            en="This asks for personal data under a public post. Do not ask for them, or only in a private message.",
        )
