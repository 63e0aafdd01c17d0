"""What each key of the terminal desk does, and what happens when things go wrong."""

from __future__ import annotations

import io
from collections import Counter
from datetime import timedelta
from functools import partial

import pytest

from monitor.domain import Approval, Delivery, ReplyStatus, Verdict
from responders.approval.refusals import spell_refusal
from responders.review import NotEdited, open_keyboard, run_desk, split_reason
from responders.review.desk import LONGEST_SNOOZE, REASONS, parse_duration
from responders.review.editor import NoEditor
from tests.builders import NOW, a_reply, a_stored_mention, a_version
from tests.responders.review.desks import AMBER, RED, Drawer, Result, a_console, a_drawer, printed, sit


def test_approving_says_yes_to_the_text_on_the_card_and_goes_on() -> None:
    drawer = a_drawer(a_reply(id=1), a_reply(id=2))

    done, screen = sit(drawer, "a\na\n")

    assert done == Counter(approved=2)
    assert drawer.replies[1].approvals == (Approval("Els Kamps", a_version().sha256, NOW),)
    assert drawer.replies[2].status is ReplyStatus.APPROVED
    assert "  ✓ Approved; it is being published." in screen
    assert screen.endswith("  Nothing more waits for you.\n  Kept: 2 approved.\n")


def test_an_empty_desk_says_so() -> None:
    done, screen = sit(a_drawer(), "")

    assert done == Counter()
    assert screen == "  Nothing waits for you.\n  Nothing was decided, and nothing changed.\n"


def test_red_blocks_approval_until_somebody_writes_why() -> None:
    drawer = a_drawer(a_reply(objections=(RED, AMBER)))

    done, screen = sit(drawer, "a\n\nq\n")

    assert drawer.replies[1].approvals == ()
    assert "a approve (red stands)" in screen
    assert "✗ N4 stands against this text, so it cannot be approved as it is" in screen
    assert "Nothing was changed." in screen
    assert done == Counter()


def test_an_override_needs_a_reason_and_a_second_person() -> None:
    drawer = a_drawer(a_reply(objections=(RED,)))

    first, screen = sit(drawer, "a\nhet bedrag staat in de mail\n", name="Anne")
    alone, again = sit(drawer, "a\nyes\nq\n", name="anne")
    hesitant, _ = sit(drawer, "a\nmwah\nq\n", name="Bo")
    second, last = sit(drawer, "a\nja\n", name="Bo")

    assert first == Counter(agreed=1)
    assert "✓ Approved by Anne; a second person must agree." in screen
    assert (alone, hesitant) == (Counter(), Counter())
    assert "✗ Anne has approved this text already; it still needs somebody else." in again
    assert "N4 stands against this text. Anne overrides it: het bedrag staat in de mail" in last
    assert second == Counter(approved=1)
    assert [one.name for one in drawer.replies[1].approvals] == ["Anne", "Bo"]


def test_two_people_agree_to_a_serious_one_without_giving_reasons() -> None:
    drawer = a_drawer(a_reply(approvals_needed=2))

    assert sit(drawer, "a\n", name="Anne")[0] == Counter(agreed=1)
    assert sit(drawer, "a\n", name="Bo")[0] == Counter(approved=1)


def test_an_edit_makes_a_new_version_that_is_shown_before_anything_else() -> None:
    drawer = a_drawer(a_reply("Sorry. ^EK"))

    done, screen = sit(drawer, "e\na\n", edit=lambda text: text.replace("Sorry", "Excuses"))

    assert done == Counter(edited=1, approved=1)
    assert screen.index("✓ Saved as version 2.") < screen.index("▌ Excuses. ^EK") < screen.index("✓ Approved")
    assert drawer.replies[1].version.written_by == "Els Kamps"


def test_an_edit_that_breaks_a_rule_is_red_at_once() -> None:
    _, screen = sit(a_drawer(a_reply("Sorry. ^EK")), "e\na\n\nq\n", edit=lambda text: text + " € 4,50")

    assert "■ red   N4 No source says so." in screen
    assert "N4 stands against this text" in screen


def test_nothing_changes_where_the_editor_gives_no_new_text() -> None:
    def give_up(text: str) -> str:
        raise NotEdited("the text is as it was, so there is no new version")

    drawer = a_drawer(a_reply())
    done, screen = sit(drawer, "e\nq\n", edit=give_up)

    assert done == Counter()
    assert drawer.replies[1].version.number == 1
    assert "✗ Not edited: the text is as it was, so there is no new version." in screen


def test_words_that_could_not_be_saved_are_given_back() -> None:
    drawer = a_drawer(a_reply("Sorry. ^EK"))

    def while_another_edits(text: str) -> str:
        drawer.edit(1, "Van een ander. ^AB", "Anne", drawer.replies[1].version.sha256)
        return "Mijn eigen woorden. ^EK"

    done, screen = sit(drawer, "e\nq\n", edit=while_another_edits)

    assert done == Counter()
    assert "Your text, which was not saved:\n  Mijn eigen woorden. ^EK" in screen
    assert "was changed meanwhile by Anne" in screen
    assert "▌ Van een ander. ^AB" in screen


def test_an_approval_of_an_old_text_is_refused_and_the_new_text_shown() -> None:
    drawer = a_drawer(a_reply("Sorry. ^EK"))
    keys = iter("aq")

    def key() -> str:
        pressed = next(keys)
        if pressed == "a":
            drawer.edit(1, "Van een ander. ^AB", "Anne", drawer.replies[1].version.sha256)
        return pressed

    console = a_console()
    done = run_desk(drawer, console, "Els", read_key=key, read_line=lambda _: "", edit_text=str, now=lambda: NOW)

    assert done == Counter()
    assert drawer.replies[1].approvals == ()
    assert printed(console).index("nothing was approved") < printed(console).index("▌ Van een ander. ^AB")


def test_two_terminals_that_approve_one_reply_publish_it_once() -> None:
    drawer = a_drawer(a_reply(), a_reply(id=2))
    keys = iter("aq")

    def key() -> str:
        pressed = next(keys)
        if pressed == "a":
            drawer.approve(1, drawer.replies[1].version.sha256, "Anne", "")
        return pressed

    console = a_console()
    done = run_desk(drawer, console, "Els", read_key=key, read_line=lambda _: "", edit_text=str, now=lambda: NOW)

    assert done == Counter()
    assert [one.name for one in drawer.replies[1].approvals] == ["Anne"]
    assert "✗ Reply 1 is approved already, approved by Anne" in printed(console)
    assert "Reply 2 ──" in printed(console)


@pytest.mark.parametrize(
    ("typed", "reason", "rule"),
    [
        ("t3", "T3 a rant, joke or satire", "T3"),
        ("T3: hij maakt een grap", "T3 hij maakt een grap", "T3"),
        ("we bellen hem liever", "we bellen hem liever", ""),
        ("t-shirt actie", "t-shirt actie", ""),
    ],
)
def test_a_rejection_keeps_its_reason(typed: str, reason: str, rule: str) -> None:
    drawer = a_drawer(a_reply())

    done, screen = sit(drawer, f"r\n{typed}\n")

    assert done == Counter(rejected=1)
    assert drawer.log == [(1, "Els Kamps", reason, rule)]
    assert all(f"  {known}" in screen for known in REASONS)


def test_a_reason_given_on_the_command_line_is_taken_apart_alike() -> None:
    assert split_reason(" T16. Zij wacht op ons ") == ("T16", "T16 Zij wacht op ons")
    assert split_reason("T5 ontevreden") == ("", "T5 ontevreden")


def test_a_rule_that_calls_for_an_answer_is_no_reason_for_none() -> None:
    drawer = a_drawer(a_reply())

    done, screen = sit(drawer, "r\nT5\nT99\n\nq\n")

    assert done == Counter()
    assert drawer.log == []
    assert "✗ T5 is no reason for no answer" in screen
    assert "✗ T99 is no reason for no answer" in screen


def test_a_snooze_lasts_as_long_as_the_person_says() -> None:
    drawer = a_drawer(a_reply())

    done, screen = sit(drawer, "s\nmorgen\n2h\n")

    assert done == Counter(snoozed=1)
    assert drawer.log == [(1, "Els Kamps", NOW + timedelta(hours=2))]
    assert "✗ Give minutes, hours or days" in screen


def test_a_post_that_is_not_negative_is_noted_and_still_waits() -> None:
    drawer = a_drawer(a_reply())

    done, screen = sit(drawer, "n\nk\n")

    assert done == Counter(labelled=1, skipped=1)
    assert drawer.log == [(1, Verdict.NOT_NEGATIVE, "Els Kamps")]
    assert "✓ Noted." in screen


def test_a_post_that_is_not_about_us_is_refused_in_those_words() -> None:
    drawer = a_drawer(a_reply())

    assert sit(drawer, "u\n")[0] == Counter(rejected=1)
    assert drawer.log == [(1, "Els Kamps", "not about us", "")]


def test_a_snooze_may_be_thought_better_of() -> None:
    assert sit(a_drawer(a_reply()), "s\n\nq\n")[0] == Counter()


@pytest.mark.parametrize(
    ("answer", "duration"),
    [
        ("30m", timedelta(minutes=30)),
        ("45 min", timedelta(minutes=45)),
        ("2H", timedelta(hours=2)),
        ("2 uur", timedelta(hours=2)),
        ("1 hour", timedelta(hours=1)),
        ("3 dagen", timedelta(days=3)),
        ("30d", LONGEST_SNOOZE),
        ("31d", None),
        ("0h", None),
        ("-1h", None),
        ("1.5h", None),
        ("2 weeks", None),
        ("99999d", None),
        ("٣d", None),
    ],
)
def test_a_duration_is_minutes_hours_or_days(answer: str, duration: timedelta | None) -> None:
    assert parse_duration(answer) == duration


def test_another_text_is_taken_by_its_number_and_shown_before_anything_else() -> None:
    drawer = a_drawer(a_reply(id=1))
    drawer.others = ["Shorter. ^EK", "Fuller, and longer. ^EK"]
    done, screen = sit(drawer, "o\n9\n2\nk\n")

    assert Counter(edited=1, skipped=1) == done
    assert "Fuller, and longer. ^EK" == drawer.replies[1].version.text
    assert "Els Kamps" == drawer.replies[1].version.written_by
    assert "1  Shorter. ^EK" in screen
    assert "Give a number from 1 to 2." in screen


def test_where_there_is_no_other_text_or_none_is_chosen_nothing_changes() -> None:
    none, chosen = a_drawer(a_reply(id=1)), a_drawer(a_reply(id=1))
    chosen.others = ["Shorter. ^EK"]

    assert "There is no other text." in sit(none, "o\nk\n")[1]
    assert "Nothing was changed." in sit(chosen, "o\n\nk\n")[1]
    assert 1 == none.replies[1].version.number == chosen.replies[1].version.number


def test_skipping_leaves_a_reply_as_it_is() -> None:
    drawer = a_drawer(a_reply(), a_reply(id=2))
    before = dict(drawer.replies)

    done, screen = sit(drawer, "k\nk\n")

    assert drawer.replies == before
    assert done == Counter(skipped=2)
    assert screen.endswith("  Nothing was decided, and nothing changed.\n")


def test_an_assisted_reply_is_shown_ready_to_copy() -> None:
    mention = a_stored_mention(network="hackernews", url="https://news.example/item?id=1")

    _, screen = sit(a_drawer(a_reply("Sorry.\n\n^EK", mention=mention, delivery=Delivery.ASSISTED)), "a\n")

    assert "Copy this text and post it there by hand:\nhttps://news.example/item?id=1\n\nSorry.\n\n^EK\n" in screen


def test_help_tells_every_key_and_an_unknown_key_is_said_so() -> None:
    _, screen = sit(a_drawer(a_reply()), "?\nx\n\nq\n")

    assert all(f"  {key}  {word}" in screen for key, word in {"a": "approve", "v": "view", "q": "quit", "?": "help"}.items())
    assert screen.count("is no key here; press ? for help.") == 1


def test_a_long_post_can_be_read_whole() -> None:
    _, screen = sit(a_drawer(a_reply(mention=a_stored_mention("woord " * 500 + "einde"))), "v\nq\n")

    assert "einde" in screen


def test_the_end_of_the_input_ends_the_desk_and_says_what_was_kept() -> None:
    done, screen = sit(a_drawer(a_reply(), a_reply(id=2)), "r\nT3\n")

    assert done == Counter(rejected=1)
    assert screen.endswith("\n  Kept: 1 rejected.\n")


@pytest.mark.parametrize("where", ["key", "line", "editor"])
def test_ctrl_c_anywhere_ends_the_desk_without_a_traceback(where: str) -> None:
    def interrupt(_: str = "") -> str:
        raise KeyboardInterrupt

    drawer = a_drawer(a_reply())
    console = a_console()
    keys = {"key": interrupt, "line": lambda: "r", "editor": lambda: "e"}

    done = run_desk(drawer, console, "Els", read_key=keys[where], read_line=interrupt, edit_text=interrupt, now=lambda: NOW)

    assert done == Counter()
    assert drawer.replies[1].status is ReplyStatus.AWAITING
    assert printed(console).endswith("Nothing was decided, and nothing changed.\n")


def test_a_reply_that_is_gone_is_said_so_and_left() -> None:
    class Empty(Drawer):
        def reject(self, reply_id: int, name: str, reason: str, rule: str) -> Result:
            return Result(False, "there is no reply 1")

    drawer = Empty({1: a_reply()})
    done, screen = sit(drawer, "r\nT3\nq\n")

    assert done == Counter()
    assert "✗ There is no reply 1." in screen


def test_without_an_editor_the_new_text_is_typed_on_one_line() -> None:
    def no_editor(_text: str) -> str:
        raise NoEditor("there is no editor here; set EDITOR, or install one of nano")

    drawer = a_drawer(a_reply(id=1), a_reply(id=2))
    done, screen = sit(drawer, "e\nOur mistake. ^EK\na\ne\n\nq\n", edit=no_editor)

    assert Counter(edited=1, approved=1) == done
    assert ("Our mistake. ^EK", 1) == (drawer.replies[1].version.text, drawer.replies[2].version.number)
    assert "✗ Not edited: there is no editor here; set EDITOR, or install one of nano." in screen
    assert "Or type the new text here, on one line (Enter = back): Our mistake. ^EK" in screen


def test_a_sitting_in_dutch_says_nothing_in_english() -> None:
    drawer = a_drawer(*(a_reply(id=number, objections=(RED,) if number == 2 else ()) for number in range(1, 7)))
    console = a_console()
    typed = "?\nx\na\na\n\ne\nk\no\n\nr\nT5\nT3 grapje\ns\nlang\n2 uur\na\n"
    with open_keyboard(io.StringIO(typed), console) as keyboard:
        run_desk(
            drawer,
            console,
            "Els",
            read_key=keyboard.read_key,
            read_line=keyboard.read_line,
            edit_text=str,
            now=lambda: NOW,
            language="nl",
            spell=partial(spell_refusal, "nl"),
        )
    screen = " ".join(printed(console).split())

    assert "Nothing" not in screen
    for sentence in (
        "a goedkeuren e bewerken",
        "'x' doet hier niets; druk op ? voor hulp.",
        "ja zeggen tegen precies deze tekst, op jouw naam",
        "✓ Goedgekeurd; het wordt geplaatst.",
        "a goedkeuren (rood staat in de weg)",
        "N4 staat deze tekst in de weg, dus zo kan hij niet worden goedgekeurd: bewerk hem met e.",
        "Waarom (Enter = terug):",
        "Er is niets veranderd.",
        "T5 is geen reden om niet te antwoorden",
        "✓ Afgewezen door Els: T3 grapje.",
        "Geef minuten, uren of dagen",
        "Bewaard: 2 goedgekeurd, 1 gewijzigd, 1 afgewezen, 1 weggelegd.",
    ):
        assert sentence in screen


def test_a_long_text_to_be_copied_is_broken_by_the_terminal_alone() -> None:
    text = "We are sorry that the lock of your bike did not open. " * 5 + "^EK"
    _, screen = sit(a_drawer(a_reply(text, delivery=Delivery.ASSISTED)), "a\n")

    assert f"\n{text}\n" in screen
