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
}
"""Every kind of source by the name that monitor.toml uses."""
