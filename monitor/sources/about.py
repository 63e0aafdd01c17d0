"""What a person should know of each kind of source before choosing it; docs/sources.md tells the same at length."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class About:
    """One kind of source, in short."""

    status: Literal["verified", "partly", "documented", "ours"]
    """Proved against the platform's real recorded answers, in part, or built from its documentation alone; or nobody else's at all."""
    price: str
    key: str
    """What is needed, and where to get it."""
    cannot: str
    """What it cannot read."""


ABOUT: Mapping[str, About] = {
    "file": About("ours", "free", "nothing", "anything that is not in the file"),
    "rss": About("verified", "free", "nothing; the address of a site is enough, its feed is found", "what a site leaves out of its feed"),
    "hackernews": About("verified", "free", "nothing", "what the search does not know yet, some minutes"),
    "mastodon": About(
        "verified",
        "free",
        "nothing for hashtags; else a token with the scope read (Preferences → Development)",
        "servers other than the one named",
    ),
    "x": About(
        "partly",
        "$0.005 a post read, $0.010 an author read",
        "the bearer token of an app with credits, from console.x.com",
        "what is older than 7 days, likes, reposts, private accounts",
    ),
    "bluesky": About(
        "partly", "free", "a handle and an app password, under Settings → Privacy and security", "who asks not to be shown outside"
    ),
    "lemmy": About("documented", "free", "nothing", "communities that the server's people do not follow"),
    "discourse": About("documented", "free", "nothing", "forums and categories that ask for a login"),
    "stackexchange": About("documented", "free", "nothing; a key from stackapps.com for 10,000 requests a day", "comments"),
    "github": About(
        "documented",
        "free",
        "nothing; a fine-grained read-only token for comments and discussions",
        "comments on pull requests and commits",
    ),
    "forgejo": About("documented", "free", "nothing", "comments on issues, and repositories that strangers may not see"),
    "appstore": About("documented", "free", "nothing", "ratings without words, and more than 500 reviews at once"),
    "youtube": About(
        "documented",
        "free: 10,000 units and 100 searches a day",
        "a key of the YouTube Data API v3, from console.cloud.google.com",
        "comments on videos and channels that are not listed",
    ),
    "webhook": About("ours", "free", "a secret of your own, which the sender has too", "anything that nobody sends"),
    "reddit": About(
        "partly",
        "free",
        "an app that Reddit approved (developer support), and its keys",
        "comments outside the listed subreddits, private ones",
    ),
}
"""Every kind of source, by the name that monitor.toml uses."""

CAPS: Mapping[str, Mapping[str, str]] = {
    "x": {
        "cap_per_month": "What may it cost in a month at most, in dollars? At the cap only what is written to us is read. (Enter: no cap)"
    },
    "youtube": {"cap_per_day": "How many of Google's 10,000 units a day may it use at most, such as 8000? (Enter: no cap)"},
}
"""Which cap somebody is asked for who adds a source that costs, by kind."""
