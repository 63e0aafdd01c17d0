"""The four networks of the chaos: a played world in a process of its own, whose faults come by chance, and the posters' way to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from monitor.domain import Delivery
from monitor.settings import NetworkSettings
from tests.fakes.world import OURS, WRITES
from tests.fakes.worlds import World, shown

NETWORKS = ("x", "reddit", "mastodon", "bluesky")
SUBREDDIT = "nijmegen"
KEYS: Mapping[str, str] = {
    "X_CONSUMER_KEY": "consumer-key-1",
    "X_CONSUMER_SECRET": "consumer-secret-2",
    "X_ACCESS_TOKEN": "access-token-3",
    "X_ACCESS_TOKEN_SECRET": "access-token-secret-4",
    "REDDIT_CLIENT_ID": "client-id-1",
    "REDDIT_CLIENT_SECRET": "client-secret-2",
    "REDDIT_USERNAME": OURS["reddit"],
    "REDDIT_PASSWORD": "reddit-password-4",
    "MASTODON_ACCESS_TOKEN": "mastodon-token-1",
    "BLUESKY_HANDLE": OURS["bluesky"],
    "BLUESKY_APP_PASSWORD": "bluesky-app-password-2",
}
"""What opens the played networks."""

DROPPED_AFTER_ACCEPT, SERVER_ERROR, TOO_MANY, SLOW = 0.10, 0.05, 0.03, 0.05
"""How often a send meets each; of the server's errors one half is taken all the same, and nobody can tell which."""
READ_ERROR, READ_DROPPED = 0.03, 0.02
"""How often a look at a mention, at our own posts or at whose keys these are meets each."""

_SEND = {"method": "POST", "path": "|".join(f"{path}$" for path in WRITES.values())}
_LOOK = {"method": "GET", "path": ""}
FAULTS: tuple[Mapping[str, Any], ...] = (
    {**_SEND, "kind": "drop_after", "rate": DROPPED_AFTER_ACCEPT},
    {**_SEND, "kind": "status", "status": 503, "rate": SERVER_ERROR / 2},
    {**_SEND, "kind": "status", "status": 503, "rate": SERVER_ERROR / 2, "after": True},
    {**_SEND, "kind": "429", "rate": TOO_MANY, "seconds": 1},
    {**_SEND, "kind": "slow", "rate": SLOW, "seconds": 0.7},
    {**_LOOK, "kind": "status", "status": 502, "rate": READ_ERROR},
    {**_LOOK, "kind": "drop_before", "rate": READ_DROPPED},
)

Public = tuple[str, str, str]
"""A network, the id of the mention there, and the text that its readers see under it."""


def begin(world: World, seed: int) -> None:
    """Let the networks fail from now on, by this chance."""
    world.control("seed", seed=seed)
    for fault in FAULTS:
        world.control("fault", **fault)


def mention(number: int, url: str) -> dict[str, Any]:
    """Return where the mention of this number stands, as a source reads it from the world at `url`."""
    network = NETWORKS[number % len(NETWORKS)]
    external_id = {
        "x": str(1_900_000_000_000_000_000 + number),
        "reddit": f"t3_p{number:06d}",
        "mastodon": f"{url}/users/jo/statuses/{113_000_000_000_000_000 + number}",
        "bluesky": f"at://did:plc:jo/app.bsky.feed.post/3kaaaa{number:07d}",
    }[network]
    return {"network": network, "external_id": external_id, "community": f"r/{SUBREDDIT}" if network == "reddit" else ""}


def put(world: World, mentions: Iterable[Any]) -> None:
    """Let the mentions stand in the world as they were read."""
    posts = [{"platform": one.network, "id": _post_id(one.external_id), "text": one.text} for one in mentions]
    world.control("post", posts=posts)


def read(world: World, external_ids: Iterable[tuple[str, str]]) -> list[Public]:
    """Return what stands in public, by the ids that the mentions have with us; what stands elsewhere keeps the world's own."""
    ours = {(network, _post_id(external_id)): external_id for network, external_id in external_ids}
    rows = [(row["platform"], str(row["parent_id"]), row["text"]) for row in world.control("replies")["replies"]]
    return [(network, ours.get((network, parent), parent), shown(network, text)) for network, parent, text in rows]


def met(world: World) -> Counter[str]:
    """Return how often each kind of fault was met."""
    return Counter(world.control("met")["met"])


def settings(url: str) -> dict[str, NetworkSettings]:
    """Return what a worker is told of the networks that stand at `url`."""
    options: Mapping[str, Mapping[str, Any]] = {"reddit": {"subreddits": (SUBREDDIT,)}}
    return {name: NetworkSettings(name, Delivery.API, name, OURS[name], {"api_url": url, **options.get(name, {})}) for name in NETWORKS}


def _post_id(external_id: str) -> str:
    return external_id.rpartition("/")[2].removeprefix("t3_")
