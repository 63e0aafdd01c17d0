"""Names the sources that can be configured, one line each; an adapter's module is imported only when it is used."""

from __future__ import annotations

from collections.abc import Mapping

from monitor.registry import Adapter, Option

_ALLOW_PRIVATE = Option(
    "texts", "Names of hosts that may be read although they have a private address, such as a server in your own network.", default=()
)

SOURCES: Mapping[str, Adapter] = {
    "file": Adapter(
        target="monitor.sources.file:FileSource",
        about="Reads posts from a JSONL or CSV file, or from a folder of them, and goes on where it was when lines are added.",
        options={
            "path": Option("path", "The file (.jsonl, .ndjson, .csv, .tsv) or the folder with such files.", required=True),
            "network": Option("text", "The network of rows that do not name one.", default=""),
            "timezone": Option("text", "The time zone of times without one; the brand's where nothing is given.", default=""),
            "date_format": Option("text", "How dates are written where that can be read two ways, such as %d/%m/%Y %H:%M.", default=""),
            "columns": Option("texts", 'Columns with names of their own, each as "column=field".', default=()),
        },
    ),
    "rss": Adapter(
        target="monitor.sources.rss:RssSource",
        about="Reads blogs, news and comments from RSS, Atom and JSON Feed.",
        options={
            "urls": Option("urls", "The addresses of the feeds.", required=True),
            "allow_private": _ALLOW_PRIVATE,
        },
    ),
    "hackernews": Adapter(
        target="monitor.sources.hackernews:HackerNewsSource",
        about="Reads stories and comments on Hacker News that name one of the brand's terms.",
        options={
            "api_url": Option("url", "The address of the search service.", default="https://hn.algolia.com/api/v1"),
            "allow_private": _ALLOW_PRIVATE,
        },
    ),
    "mastodon": Adapter(
        target="monitor.sources.mastodon:MastodonSource",
        about="Reads hashtags on a Mastodon server; with a token also what our account was told, and search where there is one.",
        options={
            "api_url": Option("url", "The address of the server, such as https://mastodon.example.", required=True),
            "tags": Option("texts", "Hashtags to read besides the brand's own.", default=()),
            "token_name": Option(
                "text", "The environment variable with the token, where several servers need one.", default="MASTODON_READ_TOKEN"
            ),
            "allow_private": _ALLOW_PRIVATE,
        },
        secrets=("MASTODON_READ_TOKEN",),
        extra="mastodon",
    ),
    "x": Adapter(
        target="monitor.sources.x:XSource",
        about="Reads what is said on X to our account or with the brand's words; X charges for every post and author read.",
        options={
            "account": Option(
                "text", "Our handle on X; with it what is said to us is read too, and goes on when a cap is reached.", default=""
            ),
            "authors": Option(
                "flag",
                "Whether the names of all authors are read, at twice the price of a post; else they are known by number.",
                default=False,
            ),
            "api_url": Option("url", "Where X's API is, if not at api.twitter.com.", default="https://api.twitter.com"),
            "allow_private": _ALLOW_PRIVATE,
        },
        secrets=("X_BEARER_TOKEN",),
    ),
    "x": Adapter(
        target="monitor.sources.x:XSource",
        about="Reads what is said on X to our account or with the brand's words; X charges for every post and author read.",
        options={
            "account": Option(
                "text", "Our handle on X; with it what is said to us is read too, and goes on when a cap is reached.", default=""
            ),
            "authors": Option(
                "flag",
                "Whether the names of all authors are read, at twice the price of a post; else they are known by number.",
                default=False,
            ),
            "api_url": Option("url", "Where X's API is, if not at api.twitter.com.", default="https://api.twitter.com"),
            "allow_private": _ALLOW_PRIVATE,
        },
        secrets=("X_BEARER_TOKEN",),
    ),
}
"""Every kind of source by the name that monitor.toml uses."""
