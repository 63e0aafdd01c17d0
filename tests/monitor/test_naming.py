"""Who wrote what was judged negative is asked once it was, costs what it costs, and nobody else is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import sqlalchemy as sa

from monitor import pipeline
from monitor.contracts import Naming
from monitor.domain import Label, Sentiment
from monitor.ledger import Spent
from monitor.matching import compile_brand
from monitor.store import MonitorStore
from tests.builders import a_brand
from tests.fakes import web
from tests.fakes.web import WebSite
from tests.monitor.sources.proving import build

BRAND = a_brand()
AT = datetime.now(UTC)


@pytest.fixture
def site() -> Iterator[WebSite]:
    with WebSite() as site:
        yield site


class Network:
    """Plays X: three posts that name the brand, and the people who wrote them."""

    def __init__(self, people: dict[str, Any] | None = None) -> None:
        self.people = {"7": {"id": "7", "name": "Jo\0 de Vries", "username": "jo"}} if people is None else people
        self.asked: list[str] = []

    def __call__(self, stage: web.Stage) -> None:
        place = urlsplit(stage.request.target)
        if place.path.endswith("/users"):
            self.asked += parse_qs(place.query)["ids"]
            numbers = self.asked[-1].split(",")
            web.answer_json({"data": [self.people[number] for number in numbers if number in self.people], "errors": []})(stage)
            return
        posts = [{"id": str(n), "text": f"Waalfiets {n}", "author_id": str(6 + n), "created_at": AT.isoformat()} for n in range(1, 4)]
        web.answer_json({"data": posts, "meta": {"result_count": 3}})(stage)


def listened(database: sa.Engine, site: WebSite, network: Any, negative: tuple[str, ...] = ("1", "2")) -> tuple[MonitorStore, Any]:
    """Poll, and judge some posts negative; returns the store and the source."""
    site.everywhere = network
    source = build("x", {"X_BEARER_TOKEN": "hidden"}, (BRAND,), api_url=site.url(), allow_private=("127.0.0.1",))
    store = MonitorStore(database)
    polled = pipeline.poll(store, source, BRAND, compile_brand(BRAND), timedelta(minutes=5), lambda: AT)
    assert (3, "") == (polled.new, polled.error)
    scores = [
        (one.id, "nl", Sentiment(Label.NEGATIVE if one.mention.external_id in negative else Label.NEUTRAL, -0.5, 1, "test", "1"))
        for one in store.mentions()
    ]
    store.record_scores(scores, AT)
    return store, source


def names(store: MonitorStore) -> dict[str, tuple[str, str]]:
    return {one.mention.external_id: (one.mention.author.handle, one.mention.author.name) for one in store.mentions()}


def test_only_who_wrote_something_negative_is_asked_for_and_it_is_charged(database: sa.Engine, site: WebSite) -> None:
    network = Network()
    store, source = listened(database, site, network)

    assert ("", True) == (pipeline.name_authors(store, source, BRAND, lambda: AT), isinstance(source, Naming))
    assert ["7,8"] == network.asked
    assert {"1": ("7", "Jo de Vries (@jo)"), "2": ("8", ""), "3": ("9", "")} == names(store)
    assert Decimal("0.025") == store.spent("ours", AT).day


def test_whoever_has_a_name_or_wrote_long_ago_is_not_asked_for_again(database: sa.Engine, site: WebSite) -> None:
    network = Network()
    store, source = listened(database, site, network, negative=("1",))

    def ask(at: datetime) -> None:
        pipeline.name_authors(store, source, BRAND, lambda: at)

    ask(AT)
    ask(AT)
    ask(AT + timedelta(hours=3))

    assert ["7"] == network.asked


def test_at_the_cap_nobody_is_asked_for(database: sa.Engine, site: WebSite) -> None:
    network = Network()
    store, source = listened(database, site, network)
    caps = pipeline.Caps(per_day=Decimal("0.015"))

    assert ("", []) == (pipeline.name_authors(store, source, BRAND, lambda: AT, caps=caps), network.asked)
    assert Spent(Decimal("0.015"), Decimal("0.015")) == store.spent("ours", AT)


@pytest.mark.parametrize("play", [web.answer(b"no", 500), web.answer_json({}, 429), web.answer("<html>")])
def test_a_network_that_does_not_answer_is_told_and_nothing_is_charged(database: sa.Engine, site: WebSite, play: web.Play) -> None:
    store, source = listened(database, site, Network())
    site.everywhere = play

    assert pipeline.name_authors(store, source, BRAND, lambda: AT).startswith("ours: ")
    assert Decimal("0.015") == store.spent("ours", AT).day


@pytest.mark.parametrize("person", [{"id": "7"}, {"id": 7, "username": "jo"}, "7", None, {"id": "7", "username": "", "name": "x"}])
def test_an_answer_that_is_none_names_nobody(database: sa.Engine, site: WebSite, person: Any) -> None:
    store, source = listened(database, site, Network({"7": person}))

    assert "" == pipeline.name_authors(store, source, BRAND, lambda: AT)
    assert ("7", "") == names(store)["1"]


def test_a_source_that_reads_names_anyway_is_left_alone(database: sa.Engine, site: WebSite) -> None:
    source = build("hackernews", api_url=site.url(), allow_private=("127.0.0.1",))

    assert "" == pipeline.name_authors(MonitorStore(database), source, BRAND, lambda: AT)
