"""`monitor cost`: the ledger as people read it, the forecast, and the caps."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from shutil import copytree

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from monitor import costs
from monitor.__main__ import app
from monitor.contracts import Cost
from monitor.ledger import DayCost
from monitor.settings import SourceSettings
from monitor.store import MonitorStore
from monitor.wiring import Monitor, bare_settings, now
from tests.builders import NOW
from tests.fakes import web
from tests.fakes.web import WebSite

NOON = NOW.replace(month=6, day=15)


@pytest.fixture
def site() -> Iterator[WebSite]:
    with WebSite() as site:
        yield site


def spend(database: sa.Engine, dollars: str, at: datetime, source: str = "x") -> None:
    MonitorStore(database).save_cost(source, "acme", Cost("usd", flat=Decimal(dollars)), at)


def monitor_with(url: str, *sources: SourceSettings) -> Monitor:
    from dataclasses import replace

    return Monitor(replace(bare_settings(), database_url=url, sources=sources))


def line(day: int, dollars: str) -> DayCost:
    return DayCost("x", "acme", date(2026, 6, day), "usd", Decimal(dollars), 1)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], "0"),
        ([line(15, "2")], "32"),  # 2 today, and 15 days left like it.
        ([line(15, "1"), line(14, "2")], "33"),
        ([line(15, "1"), line(14, "2"), line(13, "0.5"), line(11, "1.5")], "20"),  # 4 over 4 days.
        ([line(2, "40"), line(15, "0")], "40"),
    ],
)
def test_the_forecast_goes_by_the_last_whole_days(lines: list[DayCost], expected: str) -> None:
    assert Decimal(expected) == costs.forecast(lines, date(2026, 6, 15))


def test_each_source_is_shown_with_its_month_and_its_caps(
    sqlite_database: sa.Engine, sqlite_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    spend(sqlite_database, "0.005", NOON)
    spend(sqlite_database, "9", NOON, "capped")
    spend(sqlite_database, "4", NOON - timedelta(days=2), "capped")
    spend(sqlite_database, "70", NOON - timedelta(days=40), "capped")
    MonitorStore(sqlite_database).save_cost("tube", "acme", Cost("units", flat=Decimal(1_200)), NOON)
    capped = SourceSettings("capped", "x", (), timedelta(minutes=5), {}, Decimal(10), None)
    spent = SourceSettings("tube", "x", (), timedelta(minutes=5), {}, None, Decimal(1_000))
    unused = SourceSettings("unused", "x", (), timedelta(minutes=5), {}, Decimal(1), None)

    found = costs.costs_of(monitor_with(sqlite_url, capped, spent, unused), 31, NOON)
    costs.show_costs(found)

    by_name = {one.source: one for one in found.sources}
    assert ["capped", "tube", "unused", "x"] == list(by_name)
    assert (Decimal(9), Decimal(13), 0.9) == (by_name["capped"].today, by_name["capped"].month, by_name["capped"].used)
    assert 4 == len(found.ledger)
    shown = capsys.readouterr().out
    for words in ("$0.005", "$9.00", "1,200 units", "90% used: read less often", "cap reached", "no cap", "0% used"):
        assert words in shown


def test_a_proof_costs_what_a_reading_costs(sqlite_database: sa.Engine, sqlite_url: str, tmp_path: Path, site: WebSite) -> None:
    """`monitor check` asks a source for real, so what it cost stands in the ledger."""
    site.everywhere = web.answer_json({"data": [{"id": "5"}], "meta": {}})
    copytree(Path(__file__).parents[2] / "config" / "sample", tmp_path / "config")
    source = f'[[source]]\nname = "paid"\nkind = "x"\napi_url = "{site.url()}"\nallow_private = ["127.0.0.1"]\ncap_per_day = 2.5\n'
    path = tmp_path / "config" / "monitor.toml"
    path.write_text(path.read_text(encoding="utf-8") + source, encoding="utf-8")
    words = ["--config", str(tmp_path / "config"), "--database", sqlite_url]

    CliRunner().invoke(app, ["check", *words], env={"X_BEARER_TOKEN": "token"})

    [told] = json.loads(CliRunner().invoke(app, ["cost", *words, "--json"]).output)["sources"]
    assert ("paid", 0.005, 2.5) == (told["source"], told["month"], told["cap_per_day"])


def test_a_ledger_without_a_line_says_so(sqlite_database: sa.Engine, sqlite_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    costs.show_costs(costs.costs_of(monitor_with(sqlite_url), 7, NOON))

    assert "No source has cost anything yet." in capsys.readouterr().out


def test_the_command_prints_tables_or_json(sqlite_database: sa.Engine, sqlite_url: str) -> None:
    spend(sqlite_database, "0.015", now())
    config = str(Path(__file__).parents[2] / "config" / "sample")
    words = ["cost", "--config", config, "--database", sqlite_url]

    shown, told = CliRunner().invoke(app, words), CliRunner().invoke(app, [*words, "--json"])

    assert (0, 0) == (shown.exit_code, told.exit_code), shown.output
    assert "$0.015" in shown.output
    assert 1 == json.loads(told.output)["ledger"][0]["reads"]
