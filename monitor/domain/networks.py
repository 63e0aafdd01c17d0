"""What networks call themselves."""

from __future__ import annotations

from collections.abc import Mapping

NETWORKS: Mapping[str, str] = {
    "appstore": "App Store",
    "bluesky": "Bluesky",
    "discourse": "Discourse",
    "forgejo": "Forgejo",
    "github": "GitHub",
    "hackernews": "Hacker News",
    "lemmy": "Lemmy",
    "mastodon": "Mastodon",
    "reddit": "Reddit",
    "stackexchange": "Stack Exchange",
    "x": "X",
    "youtube": "YouTube",
}
"""By the name that a mention has it under."""


def network_name(network: str) -> str:
    """Return how a network writes its name; of one that is not known here, what an import or a sender called it."""
    return NETWORKS.get(network, network)
