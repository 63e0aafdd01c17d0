"""Knows what the columns of exports are called, and finds which of them is which field of a mention; nothing is read here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "text": ("text", "message", "body", "content", "full_text", "post_text", "comment", "tekst", "bericht", "inhoud", "review"),
        "posted_at": (
            "posted_at", "created_at", "published_at", "created_utc", "timestamp", "date", "datetime", "time", "created", "published",
            "post_date", "datum", "datum_tijd", "geplaatst_op", "tijdstip",
        ),
        "network": ("network", "platform", "channel", "social_network", "netwerk", "kanaal"),
        "external_id": ("external_id", "id", "id_str", "post_id", "tweet_id", "message_id", "comment_id", "uri"),
        "author": (
            "author", "author_handle", "handle", "username", "user_name", "screen_name", "user", "from", "auteur", "gebruiker",
            "gebruikersnaam", "sender", "afzender", "schrijver", "account", "account_name", "van",
        ),
        "author_name": ("author_name", "display_name", "full_name", "name", "naam", "auteur_naam"),
        "url": ("url", "link", "permalink", "post_url", "permalink_url", "adres", "webadres"),
        "language": ("language", "lang", "language_code", "taal"),
        "brand": ("brand", "brand_id", "merk"),
        "parent_id": ("parent_id", "in_reply_to", "in_reply_to_id", "in_reply_to_status_id", "reply_to", "antwoord_op"),
        "community": ("community", "subreddit", "group", "forum", "groep"),
        "mentions_us": ("mentions_us", "noemt_ons"),
        "own_channel": ("own_channel", "eigen_kanaal"),
        "answered_by_us": ("answered_by_us", "beantwoord"),
    }
)  # fmt: skip
"""The fields of a mention, each with the names that exports give it, the likeliest first."""

REQUIRED = ("text", "posted_at")


class WrongColumns(ValueError):
    """The columns cannot be used; the message says which there are, which are missing, and what to write."""


def read_map(pairs: Iterable[str]) -> dict[str, str]:
    """Return column → field of texts such as "Bericht=text".

    Raises:
        WrongColumns: a text is no such pair, names no field, or names a field twice.
    """
    columns: dict[str, str] = {}
    for pair in pairs:
        column, sign, field = (part.strip() for part in pair.rpartition("="))
        if not sign or not column:
            raise WrongColumns(f"“{pair[:100]}” says no column; write COLUMN=FIELD, such as Bericht=text")
        known = next((name for name, names in NAMES.items() if _fold(field) in names), None)
        if known is None:
            raise WrongColumns(f"“{field[:100]}” is no field; the fields are {', '.join(NAMES)}")
        if known in columns.values():
            raise WrongColumns(f"two columns are said to be {known}; name one")
        columns[column] = known
    return columns


def find_columns(present: Sequence[str], columns: Mapping[str, str]) -> dict[str, int]:
    """Return field → position in `present` of each field that is there; what `columns` says goes before the names we know.

    Raises:
        WrongColumns: a column in `columns` is not there, or a column that is needed stands there twice.
    """
    folded = [_fold(name) for name in present]
    found: dict[str, int] = {}
    for column, field in columns.items():
        if _fold(column) not in folded:
            raise WrongColumns(f"there is no column “{column[:100]}”; the columns are {_list(present)}")
        found[field] = _only(folded, _fold(column), present)
    taken = set(found.values())
    there = set(folded)  # A hostile row may have half a million keys.
    for field, names in NAMES.items():
        if field not in found:
            name = next((name for name in names if name in there and folded.index(name) not in taken), None)
            if name is not None:
                found[field] = _only(folded, name, present)
                taken.add(found[field])
    return found


def check_required(present: Sequence[str], found: Iterable[str], needed: Iterable[str]) -> None:
    """Raise WrongColumns where a needed field has no column."""
    missing = [field for field in needed if field not in found]
    if missing:
        one_for_all = ", or give one for all rows: --network NAME" if "network" in missing else ""
        raise WrongColumns(
            f"no column for {' and '.join(missing)}; the columns are {_list(present)}. "
            f'Say which one it is, such as --map "COLUMN={missing[0]}" (in monitor.toml: columns = ["COLUMN={missing[0]}"])'
            f"{one_for_all}"
        )


def _only(folded: Sequence[str], name: str, present: Sequence[str]) -> int:
    position = folded.index(name)
    if folded.count(name) > 1:
        raise WrongColumns(f"two columns are called “{present[position].strip()[:100]}”; rename one")
    return position


def _fold(name: str) -> str:
    return re.sub(r"[\s_./-]+", "_", name.strip().casefold())


def _list(present: Sequence[str]) -> str:
    shown = [f"“{name.strip()[:40]}”" for name in present[:20]]
    return ", ".join(shown) + (f" and {len(present) - 20} more" if len(present) > 20 else "") if shown else "none"
