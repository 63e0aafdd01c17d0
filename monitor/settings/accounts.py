"""Turns the tables under a network into the accounts that brands have to themselves there, and tells where two would be one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from monitor.domain import Delivery
from monitor.settings import keys
from monitor.settings.files import Place
from monitor.settings.keys import Key
from monitor.settings.leaks import show, show_key
from monitor.settings.networks import NetworkSettings
from monitor.settings.sections import check_names, read_table
from monitor.settings.shapes import OptionLike
from monitor.settings.values import READERS, Wrong

ACCOUNTS = "accounts"
"""The key under a network that holds a table for each account of its own."""

_OF_ONE_ACCOUNT = frozenset({"x_ai_reply_approval"})
"""Consents that a network gives to one account, so that no other has them too."""


def read_accounts(
    network: Place,
    found: object,
    common: NetworkSettings,
    brands: Collection[str] | None,
    options: Mapping[str, OptionLike] | None,
) -> tuple[NetworkSettings, ...]:
    """Return every `[network.<name>.accounts.<own name>]`; what it does not say holds as the network says it.

    No brand may have two accounts there, and no two tables may name the same: each would keep to the network's limits by itself.
    """
    place = network / ACCOUNTS
    if found is None or place.refused:
        return ()
    if not isinstance(found, dict) or not all(isinstance(table, dict) for table in found.values()):
        place.mistake(f"needs a table for each account: write [network.{show_key(common.name)}.accounts.x], where x is your name for it")
        return ()
    tables = {name: table for name, table in found.items() if not (place / name).refused}
    read = [_read_account(place / name, name, table, common, brands, options) for name, table in tables.items()]
    accounts = [account for account in read if account]
    others = set(brands or ()) - {brand for account in accounts for brand in account.brands}
    if accounts and others and common.delivery is Delivery.API and not common.account:
        (network / "account").mistake(
            f"is missing: some brands have accounts of their own there, so name that of the others ({', '.join(sorted(others))})"
        )
    _tell_same(network, common, accounts)
    return tuple(accounts)


def _read_account(
    place: Place,
    name: str,
    table: Mapping[str, Any],
    common: NetworkSettings,
    brands: Collection[str] | None,
    options: Mapping[str, OptionLike] | None,
) -> NetworkSettings | None:
    try:
        READERS["slug"](name, Key("slug", "its name", required=True))
    except Wrong as wrong:
        place.mistake(str(wrong))
        return None
    ours = {**keys.ACCOUNT, **keys.CONSENTS.get(common.name, {})}
    # Of a poster that is not known here, options are taken as they are.
    unread = {} if options is not None else {key: value for key, value in table.items() if key not in ours and not (place / key).refused}
    known = {key: Key(option.kind, option.help) for key, option in (options or {}).items()}
    stated = {key: value for key, value in table.items() if key not in unread}
    values = read_table(place, stated, {**known, **ours}, f"[{common.table}.accounts.{name}]")
    check_names(place / "brands", table.get("brands"), brands, "brand with the id")
    if any(key not in values for key in keys.ACCOUNT):
        return None
    own = {key: value for key, value in values.items() if key not in keys.ACCOUNT}
    inherited = {key: value for key, value in common.options.items() if key not in _OF_ONE_ACCOUNT}
    return replace(common, account=values["account"], own=name, brands=values["brands"], options=inherited | unread | own)


def _tell_same(network: Place, common: NetworkSettings, accounts: Collection[NetworkSettings]) -> None:
    """Tell two tables for one account, two names for one set of variables in the environment, and a brand with two accounts."""
    speakers = {_speaker(common): f"[{common.table}]"} if common.account else {}
    variables: dict[str, str] = {}
    owners: dict[str, str] = {}
    for account in accounts:
        place, title = network / ACCOUNTS / account.own, f"[{account.table}]"
        if (other := speakers.setdefault(_speaker(account), title)) != title:
            (place / "account").mistake(f"{show(account.account)} is already the account of {other}: give its brands to that one")
        if (other := variables.setdefault(account.suffix, title)) != title:
            place.mistake(f"its keys would have the same names in the environment as those of {other}: give it another name")
        for brand in account.brands:
            if (other := owners.setdefault(brand, title)) != title:
                (place / "brands").mistake(f"{show(brand)} answers from {other} already: a brand has one account on a network")


def _speaker(account: NetworkSettings) -> tuple[str, Any]:
    return account.account.strip().lstrip("@").casefold().removeprefix("/").removeprefix("u/"), account.options.get("api_url")
