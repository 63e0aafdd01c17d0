"""Other terms and exclusions are tried on what is stored, and nothing is changed by it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from monitor.backtesting import Change, Moved, backtest, changed, in_words, term_figures
from monitor.command import USAGE, CommandError
from monitor.domain import Brand, Verdict
from monitor.wiring import Monitor, bare_settings
from tests.builders import NOW, a_brand, a_mention
from tests.chain import save_mentions
from tests.steps import import_posts, post
from tests.terminal import Terminal

BRAND = a_brand(terms=("Waalfiets",), exclude=("legpuzzel",))


@pytest.fixture
def monitor(database: sa.Engine) -> Iterator[Monitor]:
    url = database.url.render_as_string(hide_password=False)
    monitor = Monitor(replace(bare_settings(), database_url=url, brands=(BRAND,), scorers=("vader",)))
    yield monitor
    monitor.database.dispose()


def keep(monitor: Monitor, *texts: str, **more: str) -> list[int]:
    kept = [a_mention(text, external_id=f"{number}-{text[:20]}", **more) for number, text in enumerate(texts)]
    return [one.id for one in save_mentions(monitor.database, *kept)]


def test_a_term_more_lets_in_what_other_brands_found(monitor: Monitor) -> None:
    keep(monitor, "De Waalfiets is stuk")
    other = keep(monitor, "De stadsfiets is stuk", brand="stad")[-1]
    found = backtest(monitor, BRAND, Change(terms=["stadsfiets"]))

    assert (2, 1, 2) == (found.looked_at, found.before, found.after)
    assert [(other, "stad", "De stadsfiets is stuk")] == [(one.mention_id, one.brand, one.text) for one in found.let_in.examples]
    assert Moved() == found.keep_out


def test_an_exclusion_keeps_out_and_says_what_people_said_of_it(monitor: Monitor) -> None:
    ids = keep(monitor, "Waalfiets te koop", "Mijn Waalfiets te koop", "Waalfiets rijdt")
    for mention_id, verdict in zip(ids[:2], (Verdict.NOT_ABOUT_US, Verdict.NEGATIVE), strict=True):
        monitor.labels.label(mention_id, verdict, by="Els", at=NOW, door="label")
    found = backtest(monitor, BRAND, Change(exclude=["te koop"])).keep_out

    assert (2, 1, 1) == (found.count, found.about_us, found.not_about_us)
    assert all("te koop" in one.why for one in found.examples)


def test_who_speaks_to_us_stays_in_whatever_the_terms_are(monitor: Monitor) -> None:
    keep(monitor, "@waalfiets hallo", "Waalfiets")

    assert 1 == backtest(monitor, BRAND, Change(query=["iets anders"])).after


def test_what_relevance_puts_aside_is_out_by_its_rule(monitor: Monitor) -> None:
    gull = Brand("meeuw", "Meeuw", a_brand(terms=("Meeuw",)).terms, description="Meeuw is een Nederlandse bank.")
    keep(monitor, "De meeuw vloog over het strand en stal mijn patat", brand="meeuw")
    found = backtest(monitor, gull, Change(query=["strand"]))

    assert 0 == found.before
    assert all(one.why.startswith("A") for one in found.let_in.examples)


def test_without_a_change_nothing_moves(monitor: Monitor) -> None:
    keep(monitor, "Waalfiets")
    found = backtest(monitor, BRAND, Change())

    assert (1, 1, Moved(), Moved()) == (found.before, found.after, found.let_in, found.keep_out)


def test_a_post_on_x_that_nobody_saw_today_is_counted_and_not_shown(monitor: Monitor) -> None:
    keep(monitor, "Waalfiets te koop", network="x")
    found = backtest(monitor, BRAND, Change(exclude=["te koop"])).keep_out

    assert (1, ()) == (found.count, found.examples)


def test_a_change_of_what_is_not_there_is_refused() -> None:
    for change in (Change(without_terms=["x"]), Change(without_exclude=["x"]), Change(without_terms=["waalfiets"])):
        with pytest.raises(CommandError) as refused:
            changed(BRAND, change)

        assert USAGE == refused.value.code
    assert () == changed(BRAND, Change(without_exclude=["LEGPUZZEL"])).exclude


def test_a_term_that_cannot_be_looked_for_is_refused(monitor: Monitor) -> None:
    with pytest.raises(CommandError, match="Nothing was tried"):
        backtest(monitor, BRAND, Change(terms=["*"]))


def test_a_term_is_as_right_as_people_said_last(monitor: Monitor) -> None:
    ids = keep(monitor, "Waalfiets een", "Waalfiets twee", "iets anders")
    for minutes, (mention_id, verdict) in enumerate(
        [(ids[0], Verdict.NOT_ABOUT_US), (ids[0], Verdict.NEUTRAL), (ids[1], Verdict.NOT_ABOUT_US), (ids[2], Verdict.NEUTRAL)]
    ):
        monitor.labels.label(mention_id, verdict, by="Els", at=NOW + timedelta(minutes=minutes), door="label")
    [figures] = term_figures(monitor, BRAND)

    assert (1, 1) == (figures.about_us, figures.not_about_us)
    assert in_words(figures).startswith("“Waalfiets”: 50% about us, between 9% and 91% (1 of 2")


def test_a_change_is_tried_at_the_terminal_and_nothing_is_saved(terminal: Terminal) -> None:
    before = (terminal.folder / "config" / "brands.toml").read_text("utf-8")
    import_posts(terminal, post("1", "Waalfiets te koop \x1b[31m"), post("2", "Waalfiets rijdt"))
    terminal.type("monitor", "label", "1", "not_about_us", "--as", "Els")
    shown = terminal.type("monitor", "backtest", "waalfiets", "--exclude", "te koop")
    as_json = terminal.type("monitor", "backtest", "waalfiets", "--exclude", "te koop", "--json").json
    standing = terminal.type("monitor", "backtest", "waalfiets")
    asked = terminal.type("monitor", "query", "waalfiets")

    assert "1 mention would be kept out; people said of 0 that it is about us, of 1 that it is not" in shown.out
    assert "\x1b" not in shown.out
    assert 1 == as_json["keep_out"]["count"]
    assert "would" not in standing.out.partition("\n")[2]
    assert "“Waalfiets”: 0% about us" in asked.out
    assert before == (terminal.folder / "config" / "brands.toml").read_text("utf-8")
    assert USAGE == terminal.type("monitor", "backtest", "nobody").code
