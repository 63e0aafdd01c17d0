from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import pytest

from monitor.domain import Delivery
from monitor.matching import compile_brand
from monitor.settings import Kinds, Settings, load
from monitor.sources import SOURCES
from responders.posters import POSTERS

ROOT = Path(__file__).parents[3]
SAMPLE, AIRLINES = ROOT / "config/sample", ROOT / "config/examples/airlines"
EXAMPLE = re.compile(r"# (\[|\w+ = )")
TWEETS = Path(os.environ.get("GRAPEVINE_SHARED", ROOT.parent / "shared")) / "data/mentions/airlines.jsonl"


def _read(folder: Path) -> Settings:
    return load(folder, database_url=None, environment={}, kinds=Kinds(sources=SOURCES, posters=POSTERS))


def test_the_sample_is_sound_and_publishes_nowhere_but_in_a_file() -> None:
    settings = _read(SAMPLE)

    assert {"x": "", "mastodon": "console", "bluesky": "console", "reddit": "console", "hackernews": "", "blog": ""} == {
        name: network.poster for name, network in settings.networks.items()
    }
    assert {"x", "hackernews", "blog"} == {name for name, network in settings.networks.items() if network.delivery is Delivery.ASSISTED}
    assert [("file", SAMPLE / "posts.jsonl")] == [(source.kind, source.options["path"]) for source in settings.sources]
    assert (("nl", "en"), ("model", "dutch", "vader")) == (settings.brand("waalfiets").languages, settings.scorers)


def test_the_examples_in_the_sample_are_sound_once_they_are_switched_on(tmp_path: Path) -> None:
    shutil.copytree(SAMPLE, tmp_path, dirs_exist_ok=True)
    rows = (SAMPLE / "monitor.toml").read_text("utf-8").splitlines()
    begin = rows.index("# [[source]]")
    # A commented line that is TOML is switched on; one that is a sentence stays.
    on = [row.removeprefix("# ") if EXAMPLE.match(row) else row for row in rows[begin:]]
    (tmp_path / "monitor.toml").write_text("\n".join([*rows[:begin], *on]), "utf-8")

    assert ["sample", "news", "hackernews"] == [source.name for source in _read(tmp_path).sources]


@pytest.mark.parametrize(
    "text",
    [
        "Het slot van mijn waalfiets gaat niet open, en de app zegt niets.",
        "Waalfiets heeft mijn fiets na drie weken nog niet gerepareerd.",
        "@waalfiets hoe zeg ik mijn abonnement op?",
        "The locks of Waalfiets do not open this morning.",
        "waalfiets support answered within the hour, thank you!",
        "WAALFIETS WAAROM",
        "Morgen open dag #waalfiets",
    ],
)
def test_what_is_said_of_the_company_is_a_mention_in_the_sample(text: str) -> None:
    assert compile_brand(_read(SAMPLE).brand("waalfiets")).match(text)


@pytest.mark.parametrize(
    "text",
    [
        "Lekker weer voor een ritje op mijn waalfiets langs de dijk.",
        "Zondag een rondje waalfietsen met de kinderen.",
        "Oude Waalfiets te koop, ophalen in Lent.",
        "Got myself a real waalfiets: rusty, loud and perfect for the river path.",
        "De Waalfietsroute is afgesloten bij hoog water.",
    ],
)
def test_what_is_said_of_any_bicycle_by_the_river_is_no_mention_in_the_sample(text: str) -> None:
    assert compile_brand(_read(SAMPLE).brand("waalfiets")).match(text) is None


def test_the_airlines_are_sound() -> None:
    assert ["Virgin America", "United", "Southwest", "Delta", "US Airways", "American"] == [brand.name for brand in _read(AIRLINES).brands]


@pytest.mark.skipif(not TWEETS.exists(), reason="the shared data is not here")
def test_the_airlines_find_the_posts_that_name_them() -> None:
    matchers = {brand.name: compile_brand(brand) for brand in _read(AIRLINES).brands}
    posts = [json.loads(line) for line in TWEETS.read_text("utf-8").splitlines()]

    missed = [post["text"] for post in posts if not matchers[post["brand"]].match(post["text"])]

    assert len(missed) <= 2  # Two that the airline itself wrote, without a name in them.
