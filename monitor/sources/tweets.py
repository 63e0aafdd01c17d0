"""Turns what X answers into the fields of mentions and into its price, and X's ids into moments; nothing is asked here."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, Self

from monitor.contracts import Cost, Unavailable
from monitor.domain import Brand
from monitor.sources.answers import is_ours, list_at, mapping_at, moment_of, text_at
from monitor.sources.turns import Turn, key_of
from monitor.sources.web import shown

POST, USER = Decimal("0.005"), Decimal("0.010")
"""Dollars for a post and for an account read, each charged once a UTC day (L2). https://docs.x.com/x-api/getting-started/pricing"""

_EPOCH = 1_288_834_974_657
"""The moment from which X counts the milliseconds in its ids."""
SNOWFLAKES = 1 << 40
"""Ids above this hold a time."""
_POST_URL = re.compile(r"https?://(?:www\.|mobile\.)?(?:x|twitter)\.com/([A-Za-z0-9_]{1,15})/status/", re.IGNORECASE)
_LANGUAGES = {"in": "id", "iw": "he", "ji": "yi"}
"""Codes that X still writes in their old form."""


@dataclass(frozen=True, slots=True)
class Found:
    """One page of X's answer."""

    posts: Sequence[Any]
    authors: Mapping[str, Mapping[str, Any]]
    """By number; those alone that were asked for."""
    beside: Mapping[str, Mapping[str, Any]]
    """Posts by id that the found ones answer or quote."""
    more: bool

    @classmethod
    def of(cls, name: str, url: str, answer: Mapping[str, Any]) -> Self:
        """Open an answer; raises Unavailable where it holds no list of posts."""
        posts = answer.get("data", [])
        if not isinstance(posts, list):
            raise Unavailable(f"{name}: {shown(url)} answered something else than a list of posts")
        authors, beside = ({text_at(one, "id"): one for one in list_at(answer, "includes", key)} for key in ("users", "tweets"))
        return cls(posts, authors, beside, bool(text_at(answer, "meta", "next_token")))

    def cost(self) -> Cost:
        """Return what X charges for the answer: its posts, and the authors that it names."""
        posts = {f"x/post/{number}": POST for post in self.posts if is_id(number := text_at(post, "id"))}
        return Cost("usd", posts | {f"x/user/{number}": USER for number in self.authors if is_id(number)})


def read_post(post: Mapping[str, Any], *, brand: Brand, account: str, our_id: str, found: Found, now: datetime) -> Mapping[str, Any]:
    """Return X's post as the fields of a mention. https://docs.x.com/x-api/fundamentals/data-dictionary

    Who is mentioned stands in the entities, who is quoted in the post beside it or in the link to it, which X adds.
    """
    number, writer = text_at(post, "id"), text_at(post, "author_id")
    author = found.authors.get(writer, {})
    handle = text_at(author, "username") or writer
    references = {text_at(one, "type"): text_at(one, "id") for one in list_at(post, "referenced_tweets")}
    quoted = mapping_at(found.beside.get(references.get("quoted", ""), {}))
    named = [one for one in list_at(post, "entities", "mentions") if isinstance(one, Mapping)]
    links = [match[1] for one in list_at(post, "entities", "urls") if (match := _POST_URL.match(text_at(one, "expanded_url")[:300]))]

    def ours(name: str, its_id: str) -> bool:
        return bool(our_id and its_id == our_id) or (bool(name) and (name.casefold() == account.casefold() or is_ours(name, brand)))

    text = text_at(post, "note_tweet", "text") or text_at(post, "text")
    language = text_at(post, "lang")
    return {
        "external_id": number if is_id(number) else "",
        "author": handle,
        "author_name": text_at(author, "name"),
        # X escapes these three signs in its texts, and no others.
        "text": text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"),
        "url": f"https://x.com/{text_at(author, 'username') or 'i'}/status/{number}",
        "posted_at": moment_of(post.get("created_at"), now),
        "language": _LANGUAGES.get(language, language),
        "mentions_us": any(ours(text_at(one, "username"), text_at(one, "id")) for one in named)
        or ours("", text_at(quoted, "author_id"))
        or ("quoted" in references and any(ours(name, "") for name in links)),
        "own_channel": ours("", text_at(post, "in_reply_to_user_id")),
        "parent_id": references.get("replied_to", ""),
        "ours": ours(text_at(author, "username"), writer),
    }


def is_id(text: str) -> bool:
    """Say whether a text is one of X's ids."""
    return text.isascii() and text.isdecimal() and 0 < len(text) < 20


def moment_in(number: str) -> datetime | None:
    """Return when the post with this id was written; None where the id does not say."""
    value = int(number)
    return datetime.fromtimestamp(((value >> 22) + _EPOCH) / 1000, UTC) if value > SNOWFLAKES else None


def number_at(moment: datetime) -> int:
    """Return the lowest id of a post written at this moment."""
    return max(int(moment.timestamp() * 1000) - _EPOCH, 0) << 22


def earlier(number: int, by: timedelta) -> int:
    """Return the id as far back in time."""
    return max(number - (int(by / timedelta(milliseconds=1)) << 22), 1)


def id_of(state: Turn, account: str) -> str:
    """Return the number of our account, where the cursor knows it."""
    number = state.since.get(key_of(f"account:{account}"), "")
    return number if account and is_id(number) else ""
