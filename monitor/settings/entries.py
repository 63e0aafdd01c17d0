"""Turns the tables of each file into brands, facts, sources, networks and approvers, and holds them against one another; reads no file."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from monitor.domain import Brand, Delivery, Fact
from monitor.settings import keys
from monitor.settings.accounts import ACCOUNTS, read_accounts
from monitor.settings.digests import read_digests
from monitor.settings.files import Document, Place
from monitor.settings.keys import Key
from monitor.settings.leaks import show, show_key
from monitor.settings.networks import NetworkSettings
from monitor.settings.oncall import read_oncall
from monitor.settings.sections import check_name, check_names, check_tables, find_named_tables, find_tables, read_single, read_table
from monitor.settings.shapes import AdapterLike, Approver, Kinds, LlmSettings, NotifierSettings, OptionLike, SourceSettings
from monitor.settings.slack import read_slack
from monitor.settings.values import READERS, Wrong, listed, suggest

EVERY = timedelta(minutes=10)
"""How often a source is read that does not say so."""

Named = tuple[Place, str | None]
"""A name and the place where it was given."""

BrandIds = tuple[str, ...] | None
"""The ids of all brands, also of those with a mistake; None where brands.toml could not be read, so that nothing can be held against it."""


def read_brands(document: Document) -> tuple[list[Brand], BrandIds]:
    """Return the brands of brands.toml, and all their ids."""
    check_tables(document, keys.BRANDS_FILE)
    tables = find_tables(document.root, "brand")
    brands = [read_table(place, table, keys.BRAND, "a [[brand]]") for place, table in tables]
    given = _named(tables, "id")
    tell_doubles(given, "the id of another brand")
    tell_doubles(_named(tables, "name"), "the name of another brand")
    ids = tuple(name for _, name in given if name)
    all_known = bool(tables) and len(ids) == len(tables)
    return [Brand(**values) for values in brands if _is_complete(values, keys.BRAND)], ids if all_known else None


def read_facts(document: Document, brands: BrandIds) -> tuple[list[Fact], list[Named]]:
    """Return the facts of one file, and the ids in it; a fact that names no brand is about the one that the file is named after."""
    check_tables(document, keys.FACTS_FILE)
    tables = find_tables(document.root, "fact")
    facts: list[Fact] = []
    for place, table in tables:
        values = read_table(place, table, keys.FACT, "a [[fact]]")
        if values.get("brand"):
            check_name(place / "brand", values["brand"], brands, "brand with the id")
        elif not (place / "brand").refused:
            values["brand"] = stem = document.path.stem
            if brands is not None and stem not in brands:
                proposal = suggest(stem, brands) or f"; write {listed(brands)}"
                (place / "brand").mistake(f"is missing, and the file's own name, {show(stem)}, is not the id of a brand{proposal}")
        begin, end = values.get("valid_from"), values.get("valid_until")
        if begin and end and end < begin:
            (place / "valid_until").mistake(f"{end} is before valid_from, {begin}, so that the fact would never hold: change one of them")
        if _is_complete(values, keys.FACT) and "brand" in values:
            facts.append(Fact(**values))
    return facts, _named(tables, "id")


def read_monitoring(document: Document, brands: BrandIds, kinds: Kinds) -> dict[str, Any]:
    """Return what monitor.toml says, by the names that Settings has for it."""
    check_tables(document, keys.MONITOR_FILE)
    root = document.root
    monitor = read_single(root, "monitor", keys.MONITOR) if "monitor" in document.content else {}
    if isinstance(table := document.content.get("monitor"), dict):
        check_names(root / "monitor" / "scorers", table.get("scorers"), kinds.scorers, "scorer")
    values: dict[str, Any] = {"scorers": monitor.get("scorers", ()), "notifiers": _read_notifiers(root, kinds.notifiers)}
    values |= read_digests(root, brands, values["notifiers"])
    ways = [name for _, name in _named(find_tables(root, "notifier"), "name") if name]
    values["oncall"] = read_oncall(document, ways, values["notifiers"])
    if "retain_days" in monitor:
        values["retain_for"] = timedelta(days=monitor["retain_days"])
    tables = find_tables(root, "source")
    tell_doubles(_named(tables, "name"), "the name of another source")
    rows = [_read_source(place, table, brands, kinds.sources) for place, table in tables]
    values["sources"] = tuple(
        SourceSettings(
            row["name"],
            row["kind"],
            row.get("brands") or brands or (),
            row.get("every", EVERY),
            options,
            row.get("cap_per_day"),
            row.get("cap_per_month"),
            row.get("retain_days"),
            row.get("recheck_every"),
        )
        for row, options in rows
        if _is_complete(row, keys.SOURCE)
    )
    return values


def read_responding(document: Document, brands: BrandIds, kinds: Kinds) -> dict[str, Any]:
    """Return what responders.toml says, by the names that Settings has for it."""
    check_tables(document, keys.RESPONDERS_FILE)
    root = document.root
    replies = read_single(root, "replies", keys.REPLIES)
    check_name(root / "replies" / "drafter", replies.get("drafter"), kinds.drafters, "drafter")
    values: dict[str, Any] = {"drafter": replies["drafter"]} if replies.get("drafter") else {}
    if "expires_after" in replies:
        values["reply_expires_after"] = replies["expires_after"]
    if "language" in replies:
        values["desk_language"] = replies["language"]
    # The monitor never drafts, and does not stop at what only the responders need.
    values["llm"] = _read_llm(root, asked=bool(kinds.drafters) and values.get("drafter") == "llm")
    tables = find_tables(root, "approver")
    tell_doubles(_named(tables, "name"), "the name of another approver")
    approvers = [read_table(place, table, keys.APPROVER, "an [[approver]]") for place, table in tables]
    for place, table in tables:
        check_names(place / "brands", table.get("brands"), brands, "brand with the id")
    values["approvers"] = tuple(Approver(**approver) for approver in approvers if _is_complete(approver, keys.APPROVER))
    networks = [_read_network(place, table, brands, kinds.posters) for place, table in find_named_tables(root, "network")]
    values["networks"] = {network.name: network for network in networks if network}
    values["slack"] = read_slack(document, brands, [approver.name for approver in values["approvers"]])
    return values


def _read_llm(root: Place, *, asked: bool) -> LlmSettings | None:
    """Return what `[llm]` says, None where there is none; what would carry posts and keys over an open line is a mistake."""
    if "llm" not in root.document.content:
        if asked and not root.document.broken:
            (root / "replies" / "drafter").mistake('"llm" needs the table [llm] with at least a model, such as model = "openai:gpt-5-mini"')
        return None
    place, values = root / "llm", read_single(root, "llm", keys.LLM)
    parts = urlsplit(values.get("api_url") or "https://x")
    if parts.scheme == "http" and parts.hostname not in {"localhost", "127.0.0.1", "::1"}:
        (place / "api_url").mistake(
            "posts and our key would go over an open line: begin it with https://, or name a service on this machine"
        )
    if not values.get("api_url") and ":" not in values.get("model", ":"):
        (place / "model").mistake('must begin with its provider, as in "openai:gpt-5-mini"; or give the api_url of a service')
    return LlmSettings(**values) if _is_complete(values, keys.LLM) else None


def tell_doubles(rows: Iterable[Named], what: str) -> None:
    """Tell every name that was given before; capitals and compatible signs make no difference."""
    seen: dict[str, Place] = {}
    for place, name in rows:
        if not name:
            continue
        first = seen.setdefault(unicodedata.normalize("NFKC", name).casefold(), place)
        if first is not place:
            elsewhere = "" if first.document is place.document else f" of {first.document.name}"
            place.mistake(
                f"{show(name)} is already {what}, on line {first.line}{elsewhere}: give each its own; capitals make no difference"
            )


def _read_notifiers(root: Place, notifiers: Mapping[str, AdapterLike] | None) -> tuple[NotifierSettings, ...]:
    tables = find_tables(root, "notifier")
    tell_doubles(_named(tables, "name"), "the name of another notifier")
    found = []
    for place, table in tables:
        kind = table.get("kind")
        check_name(place / "kind", kind, notifiers, "kind of notifier")
        adapter = notifiers.get(kind) if notifiers and isinstance(kind, str) else None
        known = adapter.options if adapter else None
        values, options = _read_with_options(place, table, keys.NOTIFIER, known, f"a [[notifier]] of kind {show(kind)}")
        check_names(place / "gets", table.get("gets"), ("digest", "pages"), "kind of notice")
        others = [name for _, name in _named(tables, "name") if name and name != values.get("name")]
        check_name(place / "instead_of", values.get("instead_of"), others, "other notifier")
        if _is_complete(values, keys.NOTIFIER):
            ours = {name: values[name] for name in ("gets", "least", "instead_of") if name in values}
            found.append(NotifierSettings(values["name"], values["kind"], options, **ours))
    return tuple(found)


def _read_source(
    place: Place, table: Mapping[str, Any], brands: BrandIds, sources: Mapping[str, AdapterLike] | None
) -> tuple[dict[str, Any], dict[str, Any]]:
    kind = table.get("kind")
    check_name(place / "kind", kind, sources, "kind of source")
    adapter = sources.get(kind) if sources and isinstance(kind, str) else None
    values, options = _read_with_options(
        place, table, keys.SOURCE, adapter.options if adapter else None, f"a [[source]] of kind {show(kind)}"
    )
    check_names(place / "brands", table.get("brands"), brands, "brand with the id")
    return values, options


def _read_network(
    place: Place, given: Mapping[str, Any], brands: BrandIds, posters: Mapping[str, AdapterLike] | None
) -> NetworkSettings | None:
    name, poster = str(place.path[-1]), given.get("poster")
    table = {key: value for key, value in given.items() if key != ACCOUNTS}
    try:
        READERS["slug"](name, Key("slug", "its name", required=True))
    except Wrong as wrong:
        place.mistake(str(wrong))
    check_name(place / "poster", poster or None, posters, "poster")
    adapter = posters.get(poster) if posters and isinstance(poster, str) else None
    known = adapter.options if adapter else None if poster else {}
    consents = keys.CONSENTS.get(name, {})
    values, options = _read_with_options(place, table, {**keys.NETWORK, **consents}, known, f"[network.{show_key(name)}]")
    options |= {consent: values.pop(consent) for consent in consents if consent in values}
    if values.get("delivery") == Delivery.API and not poster:
        proposal = f"write {listed(posters)}" if posters else 'write one, such as "console"'
        (place / "poster").mistake(f'is missing: delivery "api" needs what publishes; {proposal}, or choose delivery "assisted"')
    if not _is_complete(values, keys.NETWORK):
        return None
    common = NetworkSettings(name, Delivery(values["delivery"]), values.get("poster", ""), values.get("account", ""), options)
    return replace(common, accounts=read_accounts(place, given.get(ACCOUNTS), common, brands, known))


def _read_with_options(
    place: Place, table: Mapping[str, Any], base: Mapping[str, Key], options: Mapping[str, OptionLike] | None, title: str
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the values of our own keys, and those of the adapter's: as they are where the adapter is not known here."""
    if options is None:
        ours = {name: value for name, value in table.items() if name in base}
        theirs = {name: value for name, value in table.items() if name not in base and not (place / name).refused}
        return read_table(place, ours, base, title), theirs
    extra = {name: Key(option.kind, _as_clause(option.help), option.required) for name, option in options.items() if name not in base}
    values = read_table(place, table, {**base, **extra}, title)
    filled = {name: values.get(name, options[name].default) for name in extra}
    return {name: value for name, value in values.items() if name in base}, {
        name: value for name, value in filled.items() if value is not None
    }


def _as_clause(sentence: str) -> str:
    """Return a sentence as it stands after "is missing:"."""
    begin = sentence[:1].lower() if sentence[1:2].islower() or sentence[1:2] == " " else sentence[:1]
    return begin + sentence[1:].rstrip(".")


def _named(tables: Iterable[tuple[Place, Mapping[str, Any]]], key: str) -> list[Named]:
    """Return what each table gives for `key`, also where it is wrong in itself: it can be double or meant elsewhere all the same."""
    given = [(place / key, table.get(key)) for place, table in tables]
    return [(place, name.strip() if isinstance(name, str) and not place.refused else None) for place, name in given]


def _is_complete(values: Mapping[str, Any], expected: Mapping[str, Key]) -> bool:
    return all(name in values for name, key in expected.items() if key.required)
