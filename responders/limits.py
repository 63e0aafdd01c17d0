"""How long a reply may be on each network, counted as that network counts (R12); which network is used is decided elsewhere."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from responders.markdown import to_markdown

if TYPE_CHECKING:
    import regex

# https://docs.x.com/fundamentals/counting-characters, and configuration v3 of twitter-text.
X_CHARACTERS = 280
X_LINK = 23
"""What t.co makes of every link, however long."""
X_SINGLE = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
"""Code points that count once; all others, and every emoji as a whole, count twice."""
_X_DOUBLE = re.compile("[^" + "".join(f"{chr(first)}-{chr(last)}" for first, last in X_SINGLE) + "]")

# https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/feed/post.json
BLUESKY_GRAPHEMES = 300
BLUESKY_BYTES = 3000

# https://docs.joinmastodon.org/user/posting/#text; a server may set its own, which its poster then knows.
MASTODON_CHARACTERS = 500
MASTODON_LINK = 23

# https://www.reddit.com/dev/api/#POST_api_comment; a longer comment is answered by TOO_LONG.
REDDIT_CHARACTERS = 10_000

_ALWAYS_LINKS = frozenset((
    "com", "org", "net", "info", "biz", "app", "dev", "shop", "io", "co", "me", "tv", "ai", "eu", "nl", "be", "de", "fr", "lu", "uk",
    "ie", "es", "it", "pt", "pl", "at", "ch", "dk", "se", "no", "fi",
))  # fmt: skip
"""Endings of host names that are certainly links on X; of any other, the longer way of counting is taken."""

_SIMPLE = re.compile(r"[\x00-\x0c\x0e-\u02ff\u2010-\u2027\u20ac]*")
"""Letters, signs, dashes and quotes that are each a character of their own beside each other: no carriage return, mark or joiner."""

_MAX_COMPOSED = 5_000  # No text this long fits after composing, and composing costs quadratic time on marks without end.


@dataclass(frozen=True, slots=True)
class Limit:
    """How long a text may be on one network, and how to count it."""

    network: str
    characters: int | None
    """None where the network has no limit, or none is known; `note` says which."""
    count: Callable[[str], int]
    note: str = ""
    """What a person should know of it, in one sentence; empty where there is nothing to say."""
    by_server: bool = False
    """Whether each server of the network may set its own."""


UNKNOWN_LIMIT = 'How long a text may be on "{network}" is not known here; look there.'


def limit_for(network: str, told: int | None = None) -> Limit:
    """Return the limit of `network`, or what the server of our account there `told`.

    Of a network nobody here knows it is one that lets everything pass and says so.
    """
    known = LIMITS.get(network) or Limit(network, None, count_graphemes, UNKNOWN_LIMIT.format(network=network))
    # Once the server itself has told, there is nothing left to warn of.
    return replace(known, characters=told, note="", by_server=False) if told is not None else known


def fits(network: str, text: str, told: int | None = None) -> tuple[int, int | None]:
    """Return how long `text` is as `network` counts it, and how long it may be (None: no limit known)."""
    limit = limit_for(network, told)
    return limit.count(text), limit.characters


def count_graphemes(text: str) -> int:
    """Count what a reader sees as characters: an emoji with all its parts, or a letter with its accents, is one."""
    if _SIMPLE.fullmatch(text):
        return len(text)
    return len(_patterns()["grapheme"].findall(text))


def count_x(text: str) -> int:
    """Count as X does: in NFC, links as 23, emoji and most letters outside Latin, Greek, Cyrillic, Arabic and Hebrew as 2.

    Where only X's own list of host names could say whether something like "waalfiets.gratis" is a link, the longer count holds.
    """
    if len(text) <= _MAX_COMPOSED:
        text = unicodedata.normalize("NFC", text)
    count = position = 0
    for start, end, weight in _x_links(text):
        count += _weigh(text[position:start]) + weight
        position = end
    return count + _weigh(text[position:])


def has_link(text: str) -> bool:
    """Say whether X makes a link of anything in a text."""
    return any(True for _link in _x_links(text))


def count_bluesky(text: str) -> int:
    """Count graphemes, or tenths of bytes where those are more: 300 is then the limit of both rules (300 and 3000 bytes)."""
    size = len(text.encode("utf-8", "surrogatepass"))
    return max(count_graphemes(text), -(-size * BLUESKY_GRAPHEMES // BLUESKY_BYTES))


def count_mastodon(text: str) -> int:
    """Count graphemes, with links as 23 and a handle of another server without that server."""
    if "://" in text:
        text = _patterns()["mastodon link"].sub("x" * MASTODON_LINK, text)
    if "@" in text:
        text = _patterns()["mastodon handle"].sub(r"\1", text)
    return count_graphemes(text)


def count_reddit(text: str) -> int:
    """Count the Markdown that Reddit gets: each sign with a meaning takes a backslash besides."""
    return len(to_markdown(text))


def _weigh(text: str) -> int:
    if text.isascii():
        return len(text)
    rest, emoji = _patterns()["emoji"].subn("", text)
    return 2 * emoji + len(rest) + len(_X_DOUBLE.findall(rest))


def _x_links(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield (start, end, weight) of what X makes a link, with a scheme or without."""
    if "." not in text:
        return
    for match in _patterns()["x link"].finditer(text):
        scheme, host = match["scheme"], match["host"]
        labels = host.split(".")
        while len(labels) > 1 and not (labels[-1].isalpha() and len(labels[-1]) > 1):
            labels.pop()
        if len(labels) < 2:
            continue
        length = sum(map(len, labels)) + len(labels) - 1
        end = match.end() if length == len(host) else match.start("host") + length
        if not scheme and text[end : end + 1] in ("@", "+", "-"):
            continue
        sure = labels[-1].lower() in _ALWAYS_LINKS
        yield match.start(), end, X_LINK if sure else max(X_LINK, _weigh(text[match.start() : end]))


@cache
def _patterns() -> Mapping[str, regex.Pattern[str]]:
    """Compile the patterns on first use; the library takes 40 ms to import. Possessive, so that each is linear in time."""
    import regex  # noqa: PLC0415

    # Path and query as far as X takes them: not a full stop or bracket at the end of a sentence, but a bracket that is closed.
    path = r"(?:[/?](?:(?:[\w!*';:=+,.$/%#\[\]–~@|&?-]|\([^\s()]*+\))*(?:[\w=#/+&-]|\([^\s()]*+\)))?)?"
    port = r"(?::[0-9]{1,5}(?![0-9]))?"
    pictograph = r"(?:[©®™♟]\ufe0f|(?![©®™♟])\p{Extended_Pictographic}(?!\ufe0e)(?:\ufe0f|\p{Emoji_Modifier})?)"
    sources = {
        "grapheme": r"\X",
        "emoji": rf"{pictograph}(?:\u200d{pictograph})*+(?:[\U000e0020-\U000e007e]++\U000e007f)?"
        r"|\p{Regional_Indicator}{2}|[0-9#*]\ufe0f?\u20e3",
        "x link": r"(?i)(?<![a-z0-9@＠$#＃])(?:(?P<scheme>https?://)(?P<host>[\w-]++(?:\.[\w-]++)++)"
        rf"|(?<![\u00c0-\u024f_./-])(?P<host>[a-z0-9_\u00c0-\u024f-]++(?:\.[a-z0-9_\u00c0-\u024f-]++)++)){port}{path}",
        "mastodon link": rf"(?i)(?<![a-z0-9@＠$#＃])https?://[\w-]++(?:\.[\w-]++)++{port}{path}",
        "mastodon handle": r"(?i)(?<![=/\w])(@[a-z0-9_]++(?:[.-]++[a-z0-9_]++)*+)@[\w-]++(?:\.[\w-]++)*+",
    }
    return MappingProxyType({name: regex.compile(source) for name, source in sources.items()})


LIMITS: Mapping[str, Limit] = MappingProxyType(
    {
        limit.network: limit
        for limit in (
            Limit("x", X_CHARACTERS, count_x),
            Limit("bluesky", BLUESKY_GRAPHEMES, count_bluesky, "A text of many emoji may reach the 3000 bytes before the 300 characters."),
            Limit("mastodon", MASTODON_CHARACTERS, count_mastodon, "500 on most servers; a server may set its own.", by_server=True),
            Limit("reddit", REDDIT_CHARACTERS, count_reddit),
            Limit("hackernews", None, count_graphemes, "Hacker News documents no limit."),
            Limit("blog", None, count_graphemes, "Each blog has its own limit, or none."),
        )
    }
)
"""What is known, by the network's name as in Mention.network."""
