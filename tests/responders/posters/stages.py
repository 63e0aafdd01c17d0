"""Sets a stage for each network: a played world, the real client against it, mentions to answer and what a reader then sees."""

from __future__ import annotations

import itertools
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from monitor.domain import Mention, Reply
from responders.contracts import Poster
from responders.posters.bluesky import BlueskyPoster
from responders.posters.mastodon import MastodonPoster
from responders.posters.reddit import RedditPoster
from responders.posters.x import XPoster
from tests.builders import a_mention, a_reply, a_stored_mention
from tests.fakes.worlds import World, shown

SECRETS: Mapping[str, tuple[str, ...]] = {
    "x": ("consumer-key-1", "consumer-secret-2", "access-token-3", "access-token-secret-4"),
    "reddit": ("client-id-1", "client-secret-2", "acme_support", "reddit-password-4"),
    "mastodon": ("mastodon-token-1",),
    "bluesky": ("acme.test", "bluesky-app-password-2"),
}
"""What each poster is given; `bad` in one of them is refused by the worlds."""
PUBLIC = {"acme_support", "acme.test"}
NETWORKS = tuple(SECRETS)
READS = {
    "x": ("/2/users/me", "/2/tweets/[0-9]", "/2/users/.*/tweets"),
    "reddit": ("/api/v1/access_token", "/api/v1/me", "/api/info", "/user/"),
    "mastodon": ("/verify_credentials", "/api/v1/statuses/[0-9]+$", "/api/v1/statuses/[0-9]+/context"),
    "bluesky": ("createSession", "getSession", "getPosts", "getRecord"),
}
WRITE = {"x": "/2/tweets$", "reddit": "/api/comment", "mastodon": "/api/v1/statuses$", "bluesky": "createRecord"}


def build(network: str, url: str, secrets: tuple[str, ...] | None = None, account: str = "", **timing: Any) -> Any:
    """Build the poster of a network with its real client."""
    given = secrets or SECRETS[network]
    match network:
        case "x":
            return XPoster.over(url, list(given), account, **timing)
        case "reddit":
            names = ("REDDIT_CLIENT_ID", "REDDIT_CLIENT_SECRET", "REDDIT_USERNAME", "REDDIT_PASSWORD")
            return RedditPoster.over(url, dict(zip(names, given, strict=True)), account, ("nijmegen",), **timing)
        case "mastodon":
            # It asks authors' own servers too, and those are nowhere in a test.
            timing.setdefault("resolver", at_home)
            return MastodonPoster.over(url, given[0], account, **timing)
    return BlueskyPoster.over(url, (given[0], given[1]), account, **timing)


def at_home(host: str, port: int) -> list[str]:
    """Find this machine, and no other host."""
    if host != "127.0.0.1":
        raise OSError("it is nowhere")
    return [host]


@dataclass
class Stage:
    """One network in one world, with its poster."""

    network: str
    world: World
    secrets: tuple[str, ...] = ()
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def poster(self) -> Any:
        if not hasattr(self, "_poster"):
            self._poster: Poster = self.build()
        return self._poster

    def build(self, **more: Any) -> Any:
        return build(self.network, more.pop("url", self.world.url), self.secrets or None, **more)

    def mention(self, text: str = "@acme my lock did not open", **more: Any) -> Mention:
        """Put a post into the world and return it as a source would have read it."""
        number = next(self.numbers)
        post_id = {
            "x": str(1_900_000_000_000_000_000 + number),
            "reddit": f"p{number:06d}",
            "mastodon": str(113_000_000_000_000_000 + number),
            "bluesky": f"3kaaaaaaa{number:04d}",
        }[self.network]
        given = {"subreddit": "nijmegen", "author": "jo", "created_at": "2026-02-02T09:00:00Z"}
        self.world.control("post", platform=self.network, id=post_id, text=text, **(given | more))
        external_id = {
            "reddit": f"t3_{post_id}",
            "mastodon": f"{self.world.url}/users/jo/statuses/{post_id}",
            "bluesky": f"at://did:plc:jo/app.bsky.feed.post/{post_id}",
        }.get(self.network, post_id)
        url = f"https://place.example/{post_id}"
        return a_mention(text, network=self.network, external_id=external_id, community="r/nijmegen", url=url, mentions_us=True)

    def reply(self, text: str = "Sorry: that is our mistake. ^EK", *, post: str = "@acme my lock did not open", **more: Any) -> Reply:
        """Return an approved reply under a new mention that says `post`."""
        return a_reply(text, mention=a_stored_mention(mention=self.mention(post, **more)))

    def post_id(self, reply: Reply) -> str:
        return reply.mention.mention.external_id.rpartition("/")[2].removeprefix("t3_")

    def stands(self, reply: Reply) -> list[str]:
        return [shown(self.network, text) for text in self.world.replies(self.network, self.post_id(reply))]

    def fault(self, kind: str, path: str, **more: Any) -> None:
        self.world.control("fault", platform=self.network, kind=kind, path=path, **({"times": 1} | more))

    def change(self, what: str, reply: Reply, **more: Any) -> None:
        self.world.control(what, platform=self.network, id=self.post_id(reply), **more)


def caught(act: Callable[[], object]) -> Exception:
    """Return what an act raises; it must raise something."""
    try:
        act()
    except Exception as error:
        return error
    raise AssertionError("nothing was raised")


def leaks(error: BaseException, secrets: tuple[str, ...]) -> list[str]:
    """Return the secrets that an error tells, in its words or behind its back."""
    seen: list[BaseException] = []
    waiting: list[BaseException | None] = [error]
    while waiting:
        one = waiting.pop()
        if one is not None and one not in seen:
            seen.append(one)
            waiting += [one.__cause__, one.__context__]
    told = "".join("".join(traceback.format_exception(one)) + repr(one) + repr(one.args) + repr(vars(one)) for one in seen)
    return [secret for secret in secrets if secret in told and secret not in PUBLIC]
