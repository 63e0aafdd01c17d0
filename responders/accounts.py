"""Which account a brand speaks from, and whether that is still the one a reply was approved for. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from monitor.domain import Mention, Reply
from monitor.settings import NetworkSettings

_OF_A_SERVER = frozenset({"mastodon"})
"""Posters whose accounts belong to one server: the same handle elsewhere is somebody else."""

_SIGN = re.compile(r"^(?:/?u/|@)", re.IGNORECASE)


def account_for(networks: Mapping[str, NetworkSettings], mention: Mention) -> NetworkSettings | None:
    """Return the account from which a mention's brand answers there, None where nobody answers on that network."""
    network = networks.get(mention.network)
    return network.account_of(mention.brand) if network else None


def identity(account: NetworkSettings | None) -> str:
    """Return who speaks, the same however the handle is written; "" where the configuration does not name the account."""
    if account is None:
        return ""
    bare = _SIGN.sub("", account.account.strip()).casefold()
    server = urlsplit(str(account.options.get("api_url") or "")).netloc.casefold() if account.poster in _OF_A_SERVER else ""
    return f"{bare}@{server}" if bare and server and "@" not in bare else bare


def speaks_as(account: NetworkSettings | None, approved: str) -> bool:
    """Say whether what was approved to go out from an account may go out from this one.

    Where none was named when it was approved, that was the network's common one, whatever its name.
    """
    return approved == identity(account) or (not approved and not (account and account.own))


def account_shown(networks: Mapping[str, NetworkSettings], reply: Reply) -> str:
    """Return from which account a reply goes out, or went; "" where all brands answer there from the same."""
    mention = reply.mention.mention
    network = networks.get(mention.network)
    if network is None or not network.accounts:
        return ""
    return reply.account or identity(network.account_of(mention.brand))
