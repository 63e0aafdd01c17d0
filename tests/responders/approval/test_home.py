from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from monitor.domain import ReplyStatus
from monitor.store import MonitorStore
from responders.approval import keeper
from tests.builders import a_brand, a_mention, an_objection
from tests.chain import approve
from tests.fakes.blockkit import elements_of, words_of
from tests.fakes.slack import Fault
from tests.responders.approval.stage import BOB, CRISIS, TEXT, Stage, on_stage, wait_until


@pytest.fixture
def stage(sqlite_database: sa.Engine) -> Iterator[Stage]:
    with on_stage(sqlite_database) as built:
        yield built


def home_of(stage: Stage, user: str = "U0BOB") -> dict[str, Any]:
    """Let a person open their Home, and return it."""
    stage.slack.event({"type": "app_home_opened", "user": user, "channel": f"D{user[1:]}", "tab": "home"})
    wait_until(lambda: user in stage.side.keeper._open_homes)
    stage.look()
    return stage.slack.homes[user]


def actions_of(home: dict[str, Any]) -> list[str]:
    return [element["action_id"] for _, element in elements_of(home["blocks"])]


def test_a_home_shows_what_waits_for_this_person_the_serious_first(stage: Stage) -> None:
    stage.ask(author="@calm")
    stage.ask(author="@danger", triage=CRISIS, approvals_needed=2)

    words = words_of(home_of(stage)["blocks"])

    assert words.index("@danger") < words.index("@calm")
    assert "2 wait in all" in words
    assert "two people must agree" in words
    assert "Publishing is on." in words


def test_a_reply_is_approved_from_home_and_home_is_drawn_anew(stage: Stage) -> None:
    reply = stage.ask()
    home = home_of(stage)

    stage.slack.click_in_view(home, "approve", "U0BOB")
    assert "Approved. It is being published." in words_of(stage.opened()["blocks"])
    stage.look()

    assert ReplyStatus.APPROVED == stage.reply(reply).status
    assert "Nothing waits for you." in words_of(stage.slack.homes["U0BOB"]["blocks"])
    assert "1 approved" in words_of(stage.slack.homes["U0BOB"]["blocks"])


def test_a_long_or_red_reply_is_read_whole_from_home(stage: Stage) -> None:
    long = stage.ask("Sorry. " * 100)
    home = home_of(stage)
    assert "show" in actions_of(home)

    stage.slack.click_in_view(home, "show", "U0BOB")
    assert "Sorry. Sorry." in words_of(stage.opened()["blocks"])
    stage.slack.submit({}, "U0BOB")

    assert ["Bob"] == [approval.name for approval in stage.reply(long).approvals]


def test_a_long_or_red_reply_has_the_same_buttons_at_home_as_on_its_card(stage: Stage) -> None:
    others = ["edit", "reject", "snooze", "assign", "more"]
    stage.ask("Sorry. " * 100)
    long = actions_of(home_of(stage))
    reply = stage.ask("Sorry. " * 500, objections=[an_objection("N1")], triage=CRISIS)
    stage.side.keeper.refresh_home("U0BOB")
    stage.look()
    home = stage.slack.homes["U0BOB"]
    red = actions_of(home)

    stage.slack.click_in_view(home, "approve", "U0BOB")
    modal = stage.opened()
    without = stage.slack.submit({"reason": " "}, "U0BOB")
    stage.slack.submit({"reason": "They asked for exactly this."}, "U0BOB", modal)

    assert ["show", *others] == long[:6]
    assert ["approve", *others] == red[:6]
    assert reply.version.text == "".join(words_of([block]) for block in modal["blocks"] if "Sorry. Sorry." in words_of([block]))
    assert "reason" in without["errors"]
    assert ["Bob"] == [approval.name for approval in stage.reply(reply).approvals]


def test_who_decides_nothing_sees_that_and_no_switch(stage: Stage) -> None:
    stage.ask()

    home = home_of(stage, "U0EVE")

    assert "You are not among the approvers" in words_of(home["blocks"])
    assert [] == actions_of(home)


def test_publishing_is_paused_and_resumed_from_home_by_who_may_and_after_a_question(stage: Stage) -> None:
    home = home_of(stage, "U0ALICE")
    [(_, switch)] = [pair for pair in elements_of(home["blocks"]) if pair[1]["action_id"] == "pause"]
    assert "confirm" in switch

    stage.slack.click_in_view(home, "pause", "U0ALICE")
    assert "Plaatsen staat op pauze." in words_of(stage.opened()["blocks"])
    stage.look()
    assert not stage.responders.store.switch().on
    assert "Plaatsen staat op pauze sinds" in words_of(stage.slack.homes["U0ALICE"]["blocks"])
    stage.slack.click_in_view(stage.slack.homes["U0ALICE"], "resume", "U0ALICE")
    stage.opened()

    assert stage.responders.store.switch().on


def test_who_may_not_pause_cannot_with_a_button_of_another_either(stage: Stage) -> None:
    home = home_of(stage, "U0ALICE")

    stage.slack.click_in_view(home, "pause", "U0BOB")

    assert "You may not pause or resume publishing; these may: Alice." in words_of(stage.opened()["blocks"])
    assert stage.responders.store.switch().on


def test_a_crowd_fits_on_a_home_and_the_rest_is_counted(stage: Stage) -> None:
    for _ in range(20):
        stage.ask(objections=[an_objection("N1")])

    home = home_of(stage)

    assert "and 8 more" in words_of(home["blocks"])
    assert len(home["blocks"]) <= 100
    assert "■ red: N1".replace("■ ", "") in words_of(home["blocks"])


def test_what_waits_for_others_does_not_crowd_out_what_waits_for_this_person(
    sqlite_database: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "MOST_READ", 3)
    with on_stage(sqlite_database) as stage:
        object.__setattr__(stage.side.desk.slack, "approvers", (replace(BOB, brands=("waalfiets",)),))
        for _ in range(4):
            stage.ask(brand="other", author="@stranger")
        stage.ask(author="@ours")

        words = words_of(home_of(stage)["blocks"])

    assert "@ours" in words
    assert "@stranger" not in words


def test_a_home_that_slack_refuses_is_only_logged(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    stage.slack.faults.append(Fault("views.publish", "error"))
    stage.slack.event({"type": "app_home_opened", "user": "U0BOB", "channel": "D0BOB", "tab": "home"})
    wait_until(lambda: "U0BOB" in stage.side.keeper._open_homes)

    stage.look()

    assert "a Home could not be drawn" in caplog.text


# /grapevine


def test_status_tells_todays_figures_and_the_oldest(stage: Stage) -> None:
    approve(stage.responders.database, stage.ask(), at=stage.clock())
    stage.ask(at=stage.clock() - timedelta(hours=5))

    said = stage.slack.slash("status", "U0BOB")

    assert "ephemeral" == said["response_type"]
    assert "1 wait in all, the oldest since" in said["text"]
    assert "1 approved" in said["text"]


def test_pause_keeps_its_reason_and_resume_ends_it(stage: Stage) -> None:
    assert "/grapevine resume" in stage.slack.slash("pause storing, wij zoeken het uit", "U0ALICE")["text"]
    assert ("Alice", "storing, wij zoeken het uit") == (stage.responders.store.switch().changed_by, stage.responders.store.switch().reason)
    assert "Het stond al zo" in stage.slack.slash("pause", "U0ALICE")["text"]
    assert "weer aan" in stage.slack.slash("resume", "U0ALICE")["text"]
    assert "You may not" in stage.slack.slash("pause", "U0BOB")["text"]
    assert stage.responders.store.switch().on


def test_find_shows_posts_by_their_words_with_our_replys_status(stage: Stage) -> None:
    stage.ask()

    found = words_of(stage.slack.slash("find my waalfiets", "U0BOB")["blocks"])

    assert "The lock of my Waalfiets did not open this morning." in found
    assert "(waits for approval)" in found
    assert "Nothing found." == stage.slack.slash("find 100%_\\", "U0BOB")["text"]
    assert "find TEXT" in stage.slack.slash("find", "U0BOB")["text"]


def test_draft_of_an_address_shows_our_reply_to_it_and_stores_nothing(stage: Stage) -> None:
    stage.ask(objections=[an_objection("N1", sentence="No excuse.")])

    for asked in ("draft https://social.example.org/@jo/1001", "draft <https://social.example.org/@jo/1001|jo>"):
        stage.slack.responses.clear()
        stage.slack.slash(asked, "U0BOB")
        wait_until(lambda: bool(stage.slack.responses))
        assert TEXT in words_of(stage.slack.responses[0]["blocks"])
        assert "■ red N1: No excuse." in words_of(stage.slack.responses[0]["blocks"])

    stage.slack.responses.clear()
    stage.slack.slash("draft https://nowhere.example/1", "U0BOB")
    wait_until(lambda: bool(stage.slack.responses))
    assert "Nothing found." == stage.slack.responses[0]["text"]
    stage.slack.responses.clear()
    stage.slack.slash("draft", "U0BOB")
    wait_until(lambda: bool(stage.slack.responses))
    assert "Give a text" in stage.slack.responses[0]["text"]


def test_any_other_word_explains_the_command_in_the_persons_language(stage: Stage) -> None:
    for text in ("", "help", "x" * 3_000, "<!channel>"):
        assert "looks" not in stage.slack.slash(text, "U0BOB")["text"]
        assert "wat er wacht" in stage.slack.slash(text, "U0ALICE")["text"]
    assert [] == stage.slack.pings()


def test_draft_of_a_text_takes_it_through_the_chain_and_says_why_there_is_no_answer(stage: Stage) -> None:
    stage.responders.settings = replace(stage.responders.settings, scorers=("vader",))

    stage.slack.slash("draft Mijn slot van Waalfiets gaat niet open", "U0BOB")
    wait_until(lambda: bool(stage.slack.responses))

    said = words_of(stage.slack.responses[0]["blocks"])
    assert "What we would answer (nothing was stored):" in said
    assert "Flagged:  T5 an unhappy customer; T7 the author asked or tagged us" in said
    assert "There is no fact and no phrase that gives an honest answer here" in said
    assert {} == stage.responders.store.counts()


def test_draft_of_a_mention_that_has_no_reply_is_for_its_own_brand_and_from_where_it_stands(stage: Stage) -> None:
    second = a_brand(id="lease", name="Waallease")
    stage.responders.settings = replace(stage.responders.settings, scorers=("vader",), brands=(*stage.responders.settings.brands, second))
    mention = a_mention("My Waallease bike was stolen from your depot", network="x", mentions_us=False, brand="lease")
    MonitorStore(stage.responders.database).save_batch("sample", "lease", [mention], cursor="c", at=stage.clock())

    stage.slack.slash(f"draft {mention.url}", "U0BOB")
    wait_until(lambda: bool(stage.slack.responses))

    said = words_of(stage.slack.responses[0]["blocks"])
    assert "X takes a reply through its API only where the author mentioned or quoted our account" in said
    assert {} == stage.responders.store.counts()


def test_draft_answers_in_the_language_of_who_asks(stage: Stage) -> None:
    stage.ask(objections=[an_objection("N1")])

    stage.slack.slash("draft https://social.example.org/@jo/1001", "U0ALICE")
    wait_until(lambda: bool(stage.slack.responses))

    said = words_of(stage.slack.responses[0]["blocks"])
    assert "Waarom:  T5 een ontevreden klant" in said
    assert "Plaatsing:  wij plaatsen het, zodra het is goedgekeurd." in said
    assert "■ rood N1" in said


def test_where_slack_fails_us_a_command_says_so(stage: Stage) -> None:
    stage.slack.faults.append(Fault("usergroups.users.list", "error"))

    assert "That did not work just now." in stage.slack.slash("pause", "U0CAROL")["text"]
