"""In a world of networks that delete and change: what is gone there is gone here, to the byte, and the ledger equals the bill."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from monitor import pipeline
from monitor.domain import Term
from monitor.matching import compile_brand
from monitor.recheckbook import RecheckBook
from monitor.store import MonitorStore
from monitor.tables import costs, mentions
from monitor.traces import wipe
from tests.builders import a_brand
from tests.fakes.worlds import STAND_IN, stand_in
from tests.monitor.sources.proving import build

ACME = a_brand(id="acme", name="Acme", terms=(Term("acme bikes"),), handles=("@nobody",))
SECRETS = {
    "x": {"X_BEARER_TOKEN": "app-token"},
    "reddit": {"REDDIT_CLIENT_ID": "a", "REDDIT_CLIENT_SECRET": "b"},
    "bluesky": {"BLUESKY_HANDLE": "acme.bsky.social", "BLUESKY_APP_PASSWORD": "x"},
}


@pytest.mark.skipif(not STAND_IN.is_file(), reason="the shared stand-in is not at hand")
def test_what_is_deleted_or_changed_in_the_world_is_so_here_and_the_ledger_equals_the_bill(sqlite_database: sa.Engine) -> None:
    store, book = MonitorStore(sqlite_database), RecheckBook(sqlite_database)
    with stand_in() as world:
        for network in SECRETS:
            for number in range(20):
                text = f"acme bikes {network}needle{number:02d} are late"
                world.control("post", platform=network, author=f"person{number}", text=text)
        sources = {network: a_source(network, world.url) for network in SECRETS}
        for source in sources.values():
            pipeline.poll(store, source, ACME, compile_brand(ACME), timedelta(minutes=5), now)
        posts = world.control("posts")["posts"]
        for post in posts[::4]:
            world.control("delete", platform=post["platform"], id=post["id"])
        for post in posts[1::4]:
            world.control("edit", platform=post["platform"], id=post["id"], text=post["text"].replace("late", "fine"))
        with sqlite_database.begin() as connection:
            connection.execute(sa.update(mentions).values(checked_at=now() - timedelta(hours=25)))
        for source in sources.values():
            while pipeline.recheck(book, store, source, {"acme": ACME}, now).asked:
                pass
        bill = Decimal(str(world.control("bill")["usd"]))
    wipe(sqlite_database)
    path = Path(str(sqlite_database.url.database))
    held = b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
    needles = {post["text"].split()[2]: number % 4 for number, post in enumerate(posts)}
    kept = {needle for needle in needles if needle.encode() in held}

    assert {needle for needle, fate in needles.items() if fate != 0} == kept
    texts = {stored.mention.text.split()[2]: stored.mention.text for stored in store.mentions(limit=1_000) if stored.mention.text}
    assert {needle for needle, fate in needles.items() if fate == 1} == {needle for needle, text in texts.items() if "fine" in text}
    with sqlite_database.connect() as connection:
        assert bill == Decimal(int(connection.scalar(sa.select(sa.func.sum(costs.c.amount))) or 0)) / 1_000_000


def a_source(network: str, url: str) -> Any:
    source = build(network, SECRETS[network], (ACME,), api_url=url, allow_private=("127.0.0.1",))
    source.name = network
    return source


def now() -> datetime:
    return datetime.now(UTC)
