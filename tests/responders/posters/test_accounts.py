"""An account that some brands have to themselves: its own keys, over HTTP, and never the word of another's."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from monitor.contracts import Rejected
from monitor.domain import Delivery
from monitor.settings import NetworkSettings
from responders.posters import POSTERS
from tests.fakes.worlds import World
from tests.responders.posters.settings import settings_with
from tests.responders.posters.stages import NETWORKS, SECRETS, Stage, caught

NAMES = {
    "x": ("X_CONSUMER_KEY", "X_CONSUMER_SECRET", "X_ACCESS_TOKEN", "X_ACCESS_TOKEN_SECRET"),
    "reddit": ("REDDIT_CLIENT_ID", "REDDIT_CLIENT_SECRET", "REDDIT_USERNAME", "REDDIT_PASSWORD"),
    "mastodon": ("MASTODON_ACCESS_TOKEN",),
    "bluesky": ("BLUESKY_HANDLE", "BLUESKY_APP_PASSWORD"),
}
OF_APP = ("X_CONSUMER_KEY", "X_CONSUMER_SECRET", "REDDIT_CLIENT_ID", "REDDIT_CLIENT_SECRET")


def common_keys(network: str) -> dict[str, str]:
    return dict(zip(NAMES[network], SECRETS[network], strict=True))


def own_keys(network: str) -> dict[str, str]:
    """The common keys, all bad, and those of the account; what is the app's own may be shared."""
    return {name: value if name in OF_APP else "bad" for name, value in common_keys(network).items()} | {
        f"{name}_ACME": value for name, value in common_keys(network).items() if name not in OF_APP
    }


def poster(network: str, url: str, keys: dict[str, str], account: str = "") -> Any:
    common = NetworkSettings(network, Delivery.API, network, "", {"api_url": url, "subreddits": ("nijmegen",)})
    own = replace(common, account=account, own="acme", brands=("acme",))
    return POSTERS[network].load().from_settings(own, settings_with(keys))


@pytest.mark.parametrize("network", NETWORKS)
def test_an_account_of_its_own_posts_with_its_own_keys(network: str, own_world: World) -> None:
    stage = Stage(network, own_world)
    ours = stage.build().whoami()
    reply = stage.reply()
    poster(network, own_world.url, own_keys(network), ours).post(reply)

    assert [reply.version.text] == stage.stands(reply)


@pytest.mark.parametrize("network", NETWORKS)
def test_with_the_keys_of_another_account_nothing_is_posted(network: str, own_world: World) -> None:
    stage = Stage(network, own_world)
    reply = stage.reply()
    error = caught(lambda: poster(network, own_world.url, own_keys(network), "@lease").post(reply))

    assert isinstance(error, Rejected)
    assert "and responders.toml names @lease as the account; nothing was posted" in str(error)
    assert (0, []) == (own_world.writes(network), stage.stands(reply))


@pytest.mark.parametrize("network", NETWORKS)
def test_the_common_keys_are_never_taken_for_those_that_are_missing(network: str) -> None:
    error = caught(lambda: poster(network, "https://n.example", common_keys(network)))
    missing = [f"{name}_ACME" for name in NAMES[network] if name not in OF_APP]

    assert isinstance(error, Rejected)
    assert f"{network}: {' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing in the environment or in .env" == str(error)


@pytest.mark.parametrize("network", NETWORKS)
def test_a_refusal_names_the_keys_that_were_used(network: str, own_world: World) -> None:
    bad = {name: value if name in OF_APP else "bad" for name, value in own_keys(network).items()}
    if network == "bluesky":
        bad["BLUESKY_HANDLE_ACME"] = "acme.test"
    error = caught(poster(network, own_world.url, bad).whoami)

    assert isinstance(error, Rejected)
    assert network == "reddit" or [name for name in NAMES[network] if name not in OF_APP and f"{name}_ACME" not in str(error)] == []


def test_an_app_of_its_own_and_a_refresh_token_are_taken_where_they_are_there(own_world: World) -> None:
    keys = common_keys("reddit") | {"REDDIT_CLIENT_ID_ACME": "own-app", "REDDIT_REFRESH_TOKEN_ACME": "rt-5"}
    made = poster("reddit", own_world.url, keys)

    assert ("own-app", "acme_support") == (made.app, made.whoami())
    assert "refresh_token" == own_world.control("requests")["requests"][0]["body"]["grant_type"]


def test_where_a_subreddit_is_not_listed_the_table_of_the_account_is_named(own_world: World) -> None:
    made = poster("reddit", own_world.url, own_keys("reddit"))
    made._subreddits = ()

    assert "[network.reddit.accounts.acme]" in str(caught(lambda: made.post(Stage("reddit", own_world).reply())))
