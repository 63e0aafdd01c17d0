"""Turns `[digest]` of monitor.toml, and the tables under it, into their settings: who gets a digest of which brand, when and how."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from monitor.domain import Brand
from monitor.settings import keys
from monitor.settings.files import Place
from monitor.settings.leaks import show
from monitor.settings.sections import check_name, check_names, read_single, read_table
from monitor.settings.shapes import DigestSettings, NotifierSettings

MAIL = "email"
"""The kind of notifier that can send to any address."""
_ADDRESS = re.compile(r"[^@\s]{1,64}@[^@\s.]{1,63}(?:\.[^@\s.]{1,63}){0,8}")


def read_digests(root: Place, brands: Collection[str] | None, notifiers: Sequence[NotifierSettings]) -> dict[str, Any]:
    """Return what `[digest]` says, by the names that Settings has for it; a table in it is a brand's own."""
    found = root.document.content.get("digest", {})
    own = {name: table for name, table in found.items() if isinstance(table, dict)} if isinstance(found, dict) else {}
    common = {name: value for name, value in found.items() if name not in own} if own else found
    place = root / "digest"
    mine = own and not place.refused
    values = read_table(place, common, keys.DIGEST, "[digest]") if mine else read_single(root, "digest", keys.DIGEST)
    told = {f"digest_{name}": value for name, value in values.items()}
    tables = {} if place.refused else {name: table for name, table in own.items() if not (place / name).refused}
    given = [_read_own(place / name, name, table, values, brands, notifiers) for name, table in tables.items()]
    return told | {"own_digests": tuple(given)}


def _read_own(
    place: Place,
    name: str,
    table: Mapping[str, Any],
    common: Mapping[str, Any],
    brands: Collection[str] | None,
    notifiers: Sequence[NotifierSettings],
) -> DigestSettings:
    check_name(place, name, brands, "brand with the id")
    values = read_table(place, table, keys.BRAND_DIGEST, f"[digest.{name}]")
    check_names(place / "by", table.get("by"), [one.name for one in notifiers], "[[notifier]] with the name")
    for number, address in enumerate(values.get("to", ())):
        if not _ADDRESS.fullmatch(address):
            (place / "to" / number).mistake(f"{show(address)} is no mail address; write one such as team@example.org")
    if values.get("to") and not any(_can_mail(one, values.get("by", ())) for one in notifiers):
        (place / "to").mistake('needs what sends mail: write a [[notifier]] of kind "email" that gets the digest, or name one in `by`')
    shared = {key: common[key] for key in ("at", "weekly", "when_empty") if key in common}
    # Without a time zone of its own it follows the brand's clock, which is known once brands and digests are put together.
    return DigestSettings(name, **{"timezone": "", **shared, **values})


def _can_mail(notifier: NotifierSettings, by: Collection[str]) -> bool:
    if notifier.kind != MAIL:
        return False
    return notifier.name in by if by else not notifier.instead_of and (not notifier.gets or "digest" in notifier.gets)


def on_their_clocks(digests: Sequence[DigestSettings], brands: Sequence[Brand]) -> tuple[DigestSettings, ...]:
    """Return the digests of brands, each without a time zone of its own on the brand's clock."""
    zones = {one.id: one.timezone for one in brands}
    return tuple(one if one.timezone else replace(one, timezone=zones.get(one.brand, "UTC")) for one in digests)
