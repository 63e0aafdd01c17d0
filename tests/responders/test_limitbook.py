"""A server of Mastodon has its own limit: what it told holds on every card and for every text, in each process."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from monitor.domain import Delivery, Draft
from monitor.settings import NetworkSettings, SlackSettings
from monitor.tables import limits
from responders import pipeline
from responders.approval.cards import render_card
from responders.approval.modals import edit_modal
from responders.approval.parts import Sheet
from responders.approval.words import say
from responders.asking import SlackDesk
from responders.decisions import Decisions
from responders.limitbook import LimitBook
from responders.limits import fits, limit_for
from responders.running import Answering
from responders.slackbook import SlackBook
from responders.store import ReplyStore
from responders.wiring import Responders
from tests.builders import NOW, a_brand, a_fact, a_mention, a_reply, a_stored_mention
from tests.chain import save_queued
from tests.fakes.worlds import our_own
from tests.responders.drafters.shared import packaged_drafter
from tests.responders.posters.stages import build
from tests.responders.steps import a_waiting_reply

LONG = "Sorry. " * 78 + "^EK"
"""549 characters: too long for most servers, and for the one played here, which takes 600, not."""


def test_the_last_word_of_a_server_holds_for_its_account(database: sa.Engine) -> None:
    book = LimitBook(database)
    before = book.told("mastodon")
    for characters, later in ((5_000, 0), (5_000, 1), (600, 2)):
        book.tell("mastodon", characters, NOW + timedelta(hours=later))
    book.tell("mastodon/lease", 11_000, NOW)
    with database.connect() as connection:
        told_at = connection.scalar(sa.select(limits.c.told_at).where(limits.c.account == "mastodon"))

    assert (None, 600, 11_000, NOW + timedelta(hours=2)) == (before, book.told("mastodon"), book.told("mastodon/lease"), told_at)


def test_what_a_server_told_takes_the_place_of_what_most_servers_take_and_needs_no_note() -> None:
    known, told = limit_for("mastodon"), limit_for("mastodon", 600)

    assert (500, True, 600, "") == (known.characters, bool(known.note), told.characters, told.note)
    assert ((549, 500), (549, 600)) == (fits("mastodon", LONG), fits("mastodon", LONG, 600))


def test_a_server_is_asked_and_what_it_told_stands_on_the_card_and_in_the_rules(responders: Responders) -> None:
    reply = a_waiting_reply(responders.database, LONG, network="mastodon")
    decisions, running = Decisions(responders), Answering(responders, lambda: "one")

    def look() -> tuple[int | None, list[str]]:
        running.keep_limits()
        return decisions.card(reply).longest, [one.sentence for one in decisions.objections(reply, LONG + LONG) if one.rule == "R12"]

    with our_own() as world:
        poster = build("mastodon", world.url)
        vars(responders)["posters"] = {"mastodon": poster}
        before = look()
        poster.whoami()
        after = look()

    assert [(None, True), (600, True)] == [(longest, f" {longest or 500}" in sentence) for longest, [sentence] in (before, after)]


def test_the_card_and_the_window_in_slack_count_to_what_the_server_takes(responders: Responders) -> None:
    reply = a_waiting_reply(responders.database, LONG, network="mastodon")
    LimitBook(responders.database).tell("mastodon", 600, NOW)
    desk = SlackDesk(responders, SlackBook(responders.database), SlackSettings("C1"))
    sheet = desk.sheet(reply.id)
    assert sheet is not None
    shown, unknown = (str([*render_card(one).blocks, edit_modal(one, "C1")]) for one in (sheet, replace(sheet, longest=None)))

    assert 600 == sheet.longest
    assert (2, 0, False) == (shown.count("549 of 600"), shown.count("549 of 500"), "own limit" in shown)
    assert (0, 2) == (unknown.count("549 of 600"), unknown.count("549 of 500"))


class Wordy:
    """A drafter that says much."""

    name = "wordy"

    def draft(self, *_: object, **__: object) -> Draft:
        return Draft(LONG, "wordy 1", (), "en")


@pytest.mark.parametrize(("told", "objected"), [(None, True), (600, False)])
def test_a_draft_is_held_to_what_the_server_of_the_account_takes(responders: Responders, told: int | None, objected: bool) -> None:
    save_queued(responders.database, a_mention(network="mastodon", mentions_us=True), at=datetime.now(UTC))
    if told:
        responders.limits.tell("mastodon", told, NOW)
    responders.drafters[:] = [Wordy()]
    Answering(responders, lambda: "one").draft()
    [reply] = responders.store.replies()

    assert objected == ("R12" in {one.rule for one in reply.version.objections})


def test_a_card_without_what_a_server_told_warns_that_it_may_have_its_own_limit() -> None:
    sheet = Sheet(a_reply("a" * 450, mention=a_stored_mention(network="mastodon")), a_brand())
    warning = say("en", "limit_note")

    bluesky = Sheet(a_reply("a" * 290, mention=a_stored_mention(network="bluesky")), a_brand())

    assert [True, False, False] == [warning in str(render_card(one).blocks) for one in (sheet, replace(sheet, longest=500), bluesky)]


MUCH = " ".join(f"Between 07:{minute} and 08:{minute} the lock at station Lent {minute} did not open." for minute in range(10, 25))


@pytest.mark.parametrize("told", [None, 300, 1_000])
def test_a_draft_fills_what_the_server_of_our_account_takes_with_the_handle_before_it(sqlite_database: sa.Engine, told: int | None) -> None:
    author = f"@{'jo' * 15}@social.example"
    [stored] = save_queued(sqlite_database, a_mention("@waalfiets my lock did not open at Lent.", network="mastodon", author=author))
    store, brand, facts = ReplyStore(sqlite_database), a_brand(), [a_fact(MUCH, repair={}, topics=("lock",))]

    brands, networks = {brand.id: brand}, {"mastodon": NetworkSettings("mastodon", Delivery.API, "console", "waalfiets")}
    pipeline.draft(store, [packaged_drafter()], brands, facts, networks, timedelta(days=3), lambda: NOW, longest=lambda _: told)
    [reply] = store.replies()
    other = [draft.text for draft in pipeline.offers([packaged_drafter()], stored, brand, facts, told)]
    counted = [limit_for("mastodon").count(text) for text in (reply.version.text, *other)]

    assert reply.version.text.startswith(author)
    assert max(counted) <= (told or 500)
    assert counted[0] > 0.8 * (told or 500)
    assert "R12" not in {one.rule for one in reply.version.objections}
