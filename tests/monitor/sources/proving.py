"""What the tests of sources that ask in turns share: settings, whole rounds, and fuzzing by answers that are cut or spoiled."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor.contracts import AdapterError, Batch, Source, Unavailable
from monitor.domain import Brand, Mention
from monitor.settings import Settings, SourceSettings
from monitor.sources import SOURCES
from tests.builders import a_brand
from tests.fakes import replay, web
from tests.fakes.web import WebSite

BRAND = a_brand()


def build(kind: str, environment: Mapping[str, str] | None = None, brands: tuple[Brand, ...] = (BRAND,), **options: Any) -> Any:
    """Build a source as the monitor does, from its line in SOURCES and its settings."""
    usual = {name: option.default for name, option in SOURCES[kind].options.items() if option.default is not None}
    described = SourceSettings(name="ours", kind=kind, brands=(), every=timedelta(minutes=5), options=usual | options)
    settings = Settings(
        config_dir=Path(),
        database_url="",
        brands=brands,
        sources=(described,),
        scorers=(),
        networks={},
        facts=(),
        templates={},
        environment=environment or {},
    )
    return SOURCES[kind].load().from_settings(described, settings)


def read_round(source: Source, cursor: str = "", brand: Brand = BRAND) -> tuple[list[Mention], str, list[str]]:
    """Read until there is no more: the mentions, the cursor and the reasons of what was rejected."""
    mentions: list[Mention] = []
    reasons: list[str] = []
    for _ in range(200):
        batch = source.fetch(brand, cursor)
        mentions += batch.mentions
        reasons += [row.reason for row in batch.rejected]
        cursor = batch.cursor
        if not batch.more:
            return mentions, cursor, reasons
    raise AssertionError("it never ends")


def hold_against_wrong_answers(site: WebSite, source: Source, answer: Any, wrong: Sequence[Any] = replay.WRONG) -> int:
    """Cut the answer at 20 places and spoil every place in it: one of the three errors, or a batch. Returns how many were played."""
    played = 0
    for body in replay.cuts(json.dumps(answer)):
        site.everywhere = web.answer(body, content_type="application/json")
        with pytest.raises(Unavailable, match=r"^ours: "):
            source.fetch(BRAND, "")
        played += 1
    for place, broken in replay.spoiled(answer, wrong):
        site.everywhere = web.answer_json(broken)
        batch = fetch(source)
        assert batch is None or all(mention.text and mention.author.handle and mention.external_id for mention in batch.mentions), place
        played += 1
    return played


def hold_against_hostile_sites(site: WebSite, source: Source) -> None:
    """Play every status from 400 to 599 and all that a hostile site may play."""
    for status in range(400, 600):
        site.everywhere = web.answer(b"no", status)
        with pytest.raises(AdapterError, match=r"^ours: "):
            source.fetch(BRAND, "")
    for play in web.HOSTILE.values():
        site.everywhere = play
        fetch(source)


def fetch(source: Source) -> Batch | None:
    """Return the batch, or nothing where one of the three errors was raised, by the source's name."""
    try:
        return source.fetch(BRAND, "")
    except AdapterError as error:
        if not str(error).startswith("ours: "):
            raise AssertionError(f"{error} does not begin with the source's name") from error
        return None
