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
    "youtube": Adapter(
        target="monitor.sources.youtube:YouTubeSource",
        about="Reads comments on listed videos and channels of YouTube, and new videos that name the brand, within the daily units.",
        options={
            "videos": Option(
                "texts", "The ids of videos whose comments are read, as behind watch?v= in their address.", default=(), ask=True
            ),
            "channels": Option("texts", "The ids of channels (UC…) on all of whose videos comments are read.", default=(), ask=True),
            "searches_per_day": Option(
                "number", "How often a day videos are searched for, over all terms of a brand; 0 for never.", default=20
            ),
            "api_url": Option("url", "Where the API is.", default="https://www.googleapis.com/youtube/v3"),
            "allow_private": _ALLOW_PRIVATE,
        },
        secrets=("YOUTUBE_KEY",),
    ),
    "webhook": Adapter(
        target="monitor.sources.webhook:WebhookSource",
        about="Takes in mentions that others send us, signed: from pages, forums and tools that nothing else here reads.",
        options={
            "port": Option("number", "The port on which monitor run listens for them.", default=9110),
            "host": Option("text", "The address on which it listens; by default only this machine reaches it.", default="127.0.0.1"),
            "network": Option("text", "The network of mentions that do not name one.", default=""),
            "per_minute": Option("number", "How many requests are let in in a minute.", default=120),
            "secret_name": Option(
                "text", "The environment variable with the secret, where several need one.", default="WEBHOOK_SOURCE_SECRET"
            ),
        },
        secrets=("WEBHOOK_SOURCE_SECRET",),
        comes_by_itself=True,
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
            "items_url": Option("url", "Where what became of a text is asked.", default="https://hacker-news.firebaseio.com/v0"),
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
                "text", "Our handle on X; with it what is said to us is read too, and goes on when a cap is reached.", default="", ask=True
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
    "bluesky": Adapter(
        target="monitor.sources.bluesky:BlueskySource",
        about="Reads posts on Bluesky that name one of the brand's terms, and what our account was told.",
        options={
            "api_url": Option("url", "The server (PDS) where our account is.", default="https://bsky.social"),
            "allow_private": _ALLOW_PRIVATE,
        },
        secrets=("BLUESKY_HANDLE", "BLUESKY_APP_PASSWORD"),
        extra="bluesky",
    ),
    "lemmy": Adapter(
        target="monitor.sources.lemmy:LemmySource",
        about="Reads posts and comments that a Lemmy server finds for the brand's terms.",
        options={
            "api_url": Option("url", "The address of the server, such as https://lemmy.example.", required=True),
            "allow_private": _ALLOW_PRIVATE,
        },
    ),
    "discourse": Adapter(
        target="monitor.sources.discourse:DiscourseSource",
        about="Reads everything new on a forum that runs Discourse, topics and replies.",
        options={
            "api_url": Option("url", "The address of the forum, such as https://forum.example.", required=True),
            "allow_private": _ALLOW_PRIVATE,
        },
    ),
    "forgejo": Adapter(
        target="monitor.sources.forgejo:ForgejoSource",
        about="Reads issues and pull requests that a server of Forgejo or Gitea, such as Codeberg, finds for the brand's terms.",
        options={
            "api_url": Option("url", "The address of the server, such as https://codeberg.org.", required=True),
            "allow_private": _ALLOW_PRIVATE,
        },
    ),
    "stackexchange": Adapter(
        target="monitor.sources.stackexchange:StackExchangeSource",
        about="Reads questions and answers on the sites of Stack Exchange, 300 requests a day without a key, 10,000 with one.",
        options={
            "sites": Option("texts", "The sites to read, as the API calls them.", default=("stackoverflow",), ask=True),
            "tags": Option("texts", "Tags whose new questions are read besides.", default=()),
            "api_url": Option("url", "The address of the API.", default="https://api.stackexchange.com/2.3"),
            "allow_private": _ALLOW_PRIVATE,
        },
        secrets=("STACKEXCHANGE_KEY",),
    ),
    "github": Adapter(
        target="monitor.sources.github:GitHubSource",
        about="Reads issues and pull requests on GitHub; with a token also comments and discussions.",
        options={
            "api_url": Option("url", "The address of the API; of a server of your own with /api/v3.", default="https://api.github.com"),
            "allow_private": _ALLOW_PRIVATE,
        },
        secrets=("GITHUB_READ_TOKEN",),
    ),
    "appstore": Adapter(
        target="monitor.sources.appstore:AppStoreSource",
        about="Reads the reviews of our own apps in Apple's App Store, with their stars.",
        options={
            "apps": Option("texts", "The numbers of the apps, as in the address of their page (id123456789).", required=True),
            "countries": Option("texts", "The countries whose reviews are read, by two letters.", default=("nl",), ask=True),
            "api_url": Option("url", "Where the feeds are.", default="https://itunes.apple.com"),
            "allow_private": _ALLOW_PRIVATE,
        },
    ),
    "reddit": Adapter(
        target="monitor.sources.reddit:RedditSource",
        about="Reads posts on Reddit, comments in listed subreddits and mentions of our account; Reddit must approve the app first (L3).",
        options={
            "subreddits": Option(
                "texts", "Subreddits to search, with all their comments; else posts of all are searched.", default=(), ask=True
            ),
            "api_url": Option("url", "Where Reddit's API and logins are, if not at reddit.com."),
            "allow_private": _ALLOW_PRIVATE,
        },
        secrets=("REDDIT_CLIENT_ID", "REDDIT_CLIENT_SECRET", "REDDIT_READ_REFRESH_TOKEN"),
    ),
}
"""Every kind of source by the name that monitor.toml uses."""
