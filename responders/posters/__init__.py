"""Names the posters; each lives in its own file and is imported only when it is used."""

from __future__ import annotations

from collections.abc import Mapping

from monitor.registry import Adapter, Option

POSTERS: Mapping[str, Adapter] = {
    "console": Adapter(
        target="responders.posters.console:ConsolePoster",
        about="Plays a network in a file on this machine, so that the whole chain can be tried without a key.",
        options={
            "path": Option("path", "The JSONL file that plays the network.", default="grapevine-console.jsonl"),
        },
    ),
    "x": Adapter(
        target="responders.posters.x:XPoster",
        about="Publishes on X, under posts that mention or quote us, once X approved that in writing.",
        options={"api_url": Option("url", "Where X's API is, if not at api.twitter.com.", default="https://api.twitter.com")},
        secrets=("X_CONSUMER_KEY", "X_CONSUMER_SECRET", "X_ACCESS_TOKEN", "X_ACCESS_TOKEN_SECRET"),
    ),
    "reddit": Adapter(
        target="responders.posters.reddit:RedditPoster",
        about="Publishes on Reddit, in the subreddits listed; its login is a password or REDDIT_REFRESH_TOKEN.",
        options={
            "subreddits": Option("texts", "The subreddits where the program may answer; in all others a person does.", default=()),
            "api_url": Option("url", "Where Reddit's API and logins are, if not at reddit.com."),
        },
        secrets=("REDDIT_CLIENT_ID", "REDDIT_CLIENT_SECRET", "REDDIT_USERNAME", "REDDIT_PASSWORD", "REDDIT_REFRESH_TOKEN"),
    ),
    "mastodon": Adapter(
        target="responders.posters.mastodon:MastodonPoster",
        about="Publishes on the Mastodon server where our account is.",
        options={"api_url": Option("url", "The address of the server, such as https://mastodon.example.", required=True)},
        secrets=("MASTODON_ACCESS_TOKEN",),
        extra="mastodon",
    ),
    "bluesky": Adapter(
        target="responders.posters.bluesky:BlueskyPoster",
        about="Publishes on Bluesky, or on any server of its network.",
        options={"api_url": Option("url", "The server (PDS) where our account is.", default="https://bsky.social")},
        secrets=("BLUESKY_HANDLE", "BLUESKY_APP_PASSWORD"),
        extra="bluesky",
    ),
}
