"""The terminal desk: what a card shows, what each key does, and what happens when things go wrong."""

from __future__ import annotations

import io
import os
import select
import shutil
import stat
import sys
import termios
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from monitor.domain import Approval, Author, Delivery, Reply, ReplyStatus, Severity, Verdict
from monitor.text import MAX_TEXT
from responders import consent
from responders.review import Card, Earlier, NotEdited, card_svg, edit_text, open_keyboard, render_card, run_desk, split_reason
from responders.review.card import span
from responders.review.desk import LONGEST_SNOOZE, REASONS, parse_duration
from tests.builders import NOW, a_fact, a_reply, a_sentiment, a_stored_mention, a_triage, a_version, an_objection

RED = an_objection("N4", Severity.RED, span=(0, 5), sentence="No source says so.")
AMBER = an_objection("R2", Severity.AMBER, span=(7, 10), sentence="The post names a place.")


def a_console(width: int = 80, *, colour: bool = False) -> Console:
    return Console(
        file=io.StringIO(), width=width, force_terminal=colour, color_system="truecolor" if colour else None, legacy_windows=False
    )


def printed(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)

    return without_blanks(console.file.getvalue())


def without_blanks(screen: str) -> str:
    return "\n".join(line.rstrip() for line in screen.split("\n"))


def shown(card: Card, width: int = 80, *, colour: bool = False, whole_post: bool = False) -> str:
    console = a_console(width, colour=colour)
    console.print(render_card(card, NOW, whole_post=whole_post))
    return printed(console)


@dataclass
class Result:
    ok: bool
    sentence: str
    reply: Reply | None = None


@dataclass
class Drawer:
    """A desk's other side in memory, with the product's own rules of consent."""

    replies: dict[int, Reply]
    log: list[tuple[object, ...]] = field(default_factory=list)
    others: list[str] = field(default_factory=list)

    def next_reply(self, after_id: int) -> Card | None:
        waiting = [one for key, one in sorted(self.replies.items()) if key > after_id and one.status is ReplyStatus.AWAITING]
        return Card(waiting[0], waiting=len(waiting)) if waiting else None

    def approve(self, reply_id: int, sha256: str, name: str, override_reason: str) -> Result:
        reply = self.replies[reply_id]
        approval = Approval(name, sha256, NOW, override_reason)
        if sentence := consent.refuse_approval(reply, approval, ()):
            return Result(False, sentence, reply)
        needed = consent.needed(reply, approval)
        reply = replace(reply, approvals=(*reply.approvals, approval))
        if len(reply.approvals) < needed:
            return self._keep(reply, f"approved by {name}; a second person must agree")
        sent = ReplyStatus.HANDED_OVER if reply.delivery is Delivery.ASSISTED else ReplyStatus.APPROVED
        return self._keep(replace(reply, status=sent), "approved; it is being published")

    def offers(self, reply: Reply) -> list[str]:
        return self.others

    def edit(self, reply_id: int, text: str, name: str, seen: str) -> Result:
        reply = self.replies[reply_id]
        if seen != reply.version.sha256:
            return Result(False, f"reply {reply_id} was changed meanwhile by {reply.version.written_by}; yours was not saved", reply)
        objections = (RED,) if "4,50" in text else ()
        version = a_version(text, number=reply.version.number + 1, written_by=name, objections=objections)
        return self._keep(replace(reply, version=version, approvals=()), f"saved as version {version.number}")

    def reject(self, reply_id: int, name: str, reason: str, rule: str) -> Result:
        self.log.append((reply_id, name, reason, rule))
        return self._keep(replace(self.replies[reply_id], status=ReplyStatus.REJECTED), f"rejected by {name}: {reason}")

    def label(self, reply_id: int, verdict: Verdict, name: str) -> Result:
        self.log.append((reply_id, verdict, name))
        return Result(True, "noted", self.replies[reply_id])

    def snooze(self, reply_id: int, name: str, until: datetime) -> Result:
        self.log.append((reply_id, name, until))
        return self._keep(replace(self.replies[reply_id], status=ReplyStatus.SNOOZED, snoozed_until=until), "snoozed")

    def _keep(self, reply: Reply, sentence: str) -> Result:
        self.replies[reply.id] = reply
        return Result(True, sentence, reply)


def a_drawer(*replies: Reply) -> Drawer:
    return Drawer({reply.id: reply for reply in replies})


def sit(drawer: Drawer, typed: str, *, name: str = "Els Kamps", edit: Callable[[str], str] = lambda text: text) -> tuple[Counter[str], str]:
    """Run the desk with piped lines, as a script would, and return what was decided and what stood on the screen."""
    console = a_console()
    with open_keyboard(io.StringIO(typed), console) as keyboard:
        done = run_desk(drawer, console, name, read_key=keyboard.read_key, read_line=keyboard.read_line, edit_text=edit, now=lambda: NOW)
    return done, printed(console)


# The card


def test_a_card_says_who_where_when_and_links_to_it() -> None:
    mention = a_stored_mention(
        author=Author("@sanne", "Sanne de Boer"), community="r/nijmegen", network="reddit", url="https://r.example/1"
    )

    screen = shown(Card(a_reply(mention=mention), waiting=3, timezone="Europe/Amsterdam"))

    assert screen.startswith("── Reply 1 ──")
    assert "── 3 waiting ──\n" in screen
    assert "Sanne de Boer  @sanne  on reddit, r/nijmegen\n  Mon 2 Mar 2026 09:50, 10 min ago\n  https://r.example/1" in screen


def test_an_author_without_a_name_and_a_post_without_a_link_are_said_so() -> None:
    screen = shown(Card(a_reply(mention=a_stored_mention(author=Author("sanne"), url="", posted_at=NOW))))

    assert "sanne  on mastodon\n  Mon 2 Mar 2026 09:00, just now\n  no link" in screen


def test_a_card_says_why_it_was_flagged_in_plain_words() -> None:
    mention = a_stored_mention(sentiment=a_sentiment(), triage=a_triage(rules=("T5", "T10"), why="The second time it goes wrong."))

    screen = shown(Card(a_reply(mention=mention)))

    assert "negative, 80% sure (vader 3.3.2, score -0.60)" in screen
    assert "Flagged   The second time it goes wrong." in screen
    assert "T5  an unhappy customer" in screen
    assert "T10 they complained before, and we failed them" in screen


def test_not_knowing_how_a_text_feels_is_not_called_neutral() -> None:
    unknown = a_sentiment(confidence=0.0, language="nl")

    screen = shown(Card(a_reply(mention=a_stored_mention(sentiment=unknown))))
    nothing = shown(Card(a_reply(mention=a_stored_mention(sentiment=None, triage=None))))

    assert "not known (vader cannot judge nl)" in screen
    assert "not scored" in nothing
    assert "Flagged" not in nothing


def test_a_card_shows_earlier_contact_delivery_and_expiry() -> None:
    reply = a_reply(delivery=Delivery.ASSISTED, delivery_reason="L1: X lets no API answer this.", expires_at=NOW + timedelta(hours=27))
    earlier = (Earlier(NOW - timedelta(days=9), "we said sorry", "https://social.example/9"), Earlier(NOW, "they thanked us"))

    screen = shown(Card(reply, earlier=earlier))

    assert (
        "Earlier   Sat 21 Feb 2026 09:00: we said sorry\n            https://social.example/9\n            Mon 2 Mar 2026 09:00: they"
        in screen
    )
    assert "assisted: a person posts it by hand, once approved\n            L1: X lets no API answer this." in screen
    assert "Expires   in 1 d 3 h" in screen
    assert "no contact before, as far as we know" in shown(Card(a_reply()))
    assert "Expires   now" in shown(Card(a_reply(expires_at=NOW)))


def test_the_draft_stands_there_to_the_letter_with_the_platforms_count() -> None:
    text = "Sorry:  twee spaties,\n\n:smile: [red]geen kleur[/red] en 👩🏽‍🔧. ^EK"

    screen = shown(Card(a_reply(text, mention=a_stored_mention(network="mastodon"))))

    assert "  ▌ Sorry:  twee spaties,\n  ▌\n  ▌ :smile: [red]geen kleur[/red] en 👩🏽‍🔧. ^EK\n" in screen
    assert "of 500 ──" in screen
    assert "501 of 500, too long ──" in shown(Card(a_reply("a" * 501)))


def test_a_network_without_a_known_limit_is_said_to_have_none() -> None:
    screen = shown(Card(a_reply("Sorry. ^EK", mention=a_stored_mention(network="dorpsplein"))))

    assert " 10 characters ──" in screen
    assert 'Length    How long a text may be on "dorpsplein" is not known here' in screen


def test_every_fact_stands_with_its_source_in_the_authors_language() -> None:
    fact = replace(a_fact(), text={"en": "The locks failed.", "nl": "De sloten gingen niet open."})
    person = replace(a_fact(), text={"en": "Bikes are checked yearly."}, source="Els Kamps, owner")

    screen = shown(Card(a_reply(mention=a_stored_mention(language="nl")), facts=(fact, person)))

    assert (
        "Facts     De sloten gingen niet open.\n            https://waalfiets.example/status\n            Bikes are checked yearly."
        in screen
    )
    assert "Els Kamps, owner" in screen
    assert "Facts     none used" in shown(Card(a_reply()))


def test_red_stands_above_amber_and_neither_speaks_by_colour_alone() -> None:
    hint = an_objection("N13", Severity.HINT, sentence="Asks for forgiveness.")

    screen = shown(Card(a_reply(objections=(hint, AMBER, RED))))

    assert "■ red   N4  No source says so.\n            ▲ amber R2  The post names a place.\n            · hint  N13 Asks" in screen
    assert "✓ no rule objects" in shown(Card(a_reply()))


def test_the_words_that_a_rule_objects_to_are_marked_where_they_stand() -> None:
    screen = shown(Card(a_reply("Sorry, en bel ons. ^EK", objections=(RED, AMBER, an_objection(span=(90, 99))))), colour=True)

    assert "\x1b[4;31mSorry\x1b[0m, \x1b[4;33men \x1b[0mbel ons. ^EK" in screen


def test_who_agreed_already_and_why_they_overrode_is_shown() -> None:
    given = (Approval("Anne", "x", NOW - timedelta(minutes=5), "het bedrag klopt"), Approval("Bo", "x", NOW))

    screen = shown(Card(a_reply(objections=(RED,), approvals=given)))

    assert "two people must agree\n            ✓ Anne said yes, 5 min ago\n              overriding N4: het bedrag klopt" in screen
    assert "✓ Bo said yes, just now" in screen
    assert "Approval  two people must agree" in shown(Card(a_reply(approvals_needed=2)))


HOSTILE = "[red]rood[/red] [link=https://evil.example]x[/link] \x1b[31mrood\x1b[0m \x1b]0;title\x07 \u202eomgekeerd \x9b2J"


def test_nothing_a_stranger_wrote_can_style_the_card_or_move_the_cursor() -> None:
    mention = a_stored_mention(
        HOSTILE, author=Author(HOSTILE, HOSTILE), url=HOSTILE, community=HOSTILE, triage=a_triage(why=HOSTILE), network="reddit"
    )
    hostile = Card(
        a_reply(HOSTILE, mention=mention, delivery_reason=HOSTILE, written_by=HOSTILE), earlier=(Earlier(NOW, HOSTILE, HOSTILE),)
    )

    plain = shown(hostile, 400)
    colour = shown(hostile, 400, colour=True)

    assert not set("\x1b\x07\x9b\u202e") & set(plain)
    assert "[red]rood[/red] [link=https://evil.example]x[/link] ␛[31mrood␛[0m ␛]0;title␇ <U+202E>omgekeerd <U+009B>2J" in plain
    assert "\x1b]" not in colour
    assert "\x1b[31mrood" not in colour


def test_a_long_post_is_cut_on_the_card_and_whole_on_wish() -> None:
    card = Card(a_reply(mention=a_stored_mention("woord " * 5_000 + "einde")))

    assert "more characters; press v to read it all" in shown(card)
    assert "einde" not in shown(card)
    assert "einde" in shown(card, whole_post=True)


def test_a_post_of_nothing_but_newlines_does_not_push_the_draft_off_the_screen() -> None:
    assert len(shown(Card(a_reply(mention=a_stored_mention("\n" * 5_000)))).splitlines()) < 60


@pytest.mark.parametrize("width", [80, 120])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    mention = a_stored_mention("日本語" * 100 + "w" * 300, author=Author("h" * 200, "n" * 200), url="https://example/" + "u" * 300)
    card = Card(a_reply("👩🏽‍🔧" * 60, mention=mention, objections=(RED,)), facts=(a_fact(),), waiting=1_000)

    console = a_console(width)
    lines = console.render_lines(render_card(card, NOW), pad=False)

    assert max(sum(segment.cell_length for segment in line) for line in lines) <= width


@given(text=st.text(max_size=80), start=st.integers(-5, 90), end=st.integers(-5, 90))
def test_marking_words_never_changes_the_draft(text: str, start: int, end: int) -> None:
    marked = shown(Card(a_reply(text, sha256="x", objections=(replace(RED, span=(start, end)),))), 300)

    plain = shown(Card(a_reply(text, sha256="x", objections=(replace(RED, span=(0, 0)),))), 300)
    assert marked == plain


def test_a_picture_of_the_card_loads_nothing_and_is_always_the_same() -> None:
    card = Card(a_reply(objections=(RED,)), facts=(a_fact(),))

    picture = card_svg(card, NOW, width=80)

    assert picture == card_svg(card, NOW, width=80)
    assert picture.startswith("<svg")
    assert not any(word in picture for word in ("@import", "font-face", "<script", "href", "url(http"))
    assert "responders&#160;review" in picture or "responders review" in picture


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(seconds=59), "less than a minute"),
        (timedelta(minutes=59), "59 min"),
        (timedelta(hours=2), "2 h"),
        (timedelta(hours=2, minutes=5), "2 h 5 min"),
        (timedelta(days=1), "1 d"),
        (timedelta(days=6, hours=23), "6 d 23 h"),
        (timedelta(days=30, hours=3), "30 d"),
        (-timedelta(days=1), "less than a minute"),
    ],
)
def test_a_span_is_said_in_at_most_two_units(passed: timedelta, words: str) -> None:
    assert span(NOW, NOW + passed) == words


# The desk


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
        ("t3", "a rant, joke or satire", "T3"),
        ("T3: hij maakt een grap", "hij maakt een grap", "T3"),
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
    assert split_reason(" T16. Zij wacht op ons ") == ("T16", "Zij wacht op ons")
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


# The keyboard


@pytest.fixture
def terminal() -> Iterator[tuple[int, io.TextIOWrapper]]:
    ours, theirs = os.openpty()
    with os.fdopen(theirs, "r", encoding="utf-8", closefd=True) as stdin:
        yield ours, stdin
    os.close(ours)


def press(ours: int, stdin: io.TextIOWrapper, *keys: bytes) -> list[str | None]:
    """Press keys as a person does: each only when the program waits for one; None stands for the end of the input."""

    def type_it(key: bytes) -> None:
        while termios.tcgetattr(stdin.fileno())[3] & termios.ICANON:
            pass
        os.write(ours, key)

    pressed: list[str | None] = []
    with open_keyboard(stdin, a_console()) as keyboard:
        for key in keys:
            hand = threading.Thread(target=type_it, args=(key,))
            hand.start()
            try:
                pressed.append(keyboard.read_key())
            except EOFError:
                pressed.append(None)
            hand.join()
    return pressed


def test_at_a_terminal_one_key_is_enough(terminal: tuple[int, io.TextIOWrapper]) -> None:
    assert press(*terminal, b"a", "é".encode()) == ["a", "é"]


def test_an_arrow_key_or_a_paste_is_no_decision(terminal: tuple[int, io.TextIOWrapper]) -> None:
    assert press(*terminal, b"\x1b[A", b"aaaa") == ["", ""]


def test_ctrl_d_ends_the_desk(terminal: tuple[int, io.TextIOWrapper]) -> None:
    assert press(*terminal, b"\x04") == [None]


def test_what_was_typed_before_the_card_stood_there_decides_nothing(terminal: tuple[int, io.TextIOWrapper]) -> None:
    ours, stdin = terminal
    os.write(ours, b"a\n")
    # The terminal hands it over in its own time; what has not arrived yet was not typed before.
    select.select([stdin], [], [])

    assert press(ours, stdin, b"k") == ["k"]


def test_at_a_terminal_a_line_is_read_after_its_question(terminal: tuple[int, io.TextIOWrapper], monkeypatch: pytest.MonkeyPatch) -> None:
    ours, stdin = terminal
    monkeypatch.setattr(sys, "stdin", stdin)
    console = a_console()
    os.write(ours, b"T3 een grap\n")

    with open_keyboard(stdin, console) as keyboard:
        answer = keyboard.read_line("  Why [red]not[/red]? :smile: ")

    assert answer == "T3 een grap"
    assert "Why [red]not[/red]? :smile:" in printed(console)


def test_the_terminal_is_left_as_it_was(terminal: tuple[int, io.TextIOWrapper]) -> None:
    ours, stdin = terminal
    before = termios.tcgetattr(stdin.fileno())

    press(ours, stdin, b"a")

    assert termios.tcgetattr(stdin.fileno()) == before


# The editor


@pytest.fixture
def editor(tmp_path: Path) -> Callable[[str], dict[str, str]]:
    def write(body: str, name: str = "editor") -> dict[str, str]:
        script = tmp_path / name
        script.write_text(f"#!{sys.executable}\nimport sys, pathlib\nfile = pathlib.Path(sys.argv[-1])\n{body}\n")
        script.chmod(0o755)
        return {"EDITOR": str(script), "PATH": "/nonexistent"}

    return write


def test_the_editors_text_comes_back_to_the_letter(editor: Callable[[str], dict[str, str]]) -> None:
    environment = editor("file.write_bytes(file.read_bytes().replace(b'Sorry', 'Excuses, écht 👩🏽‍🔧'.encode()) + b'\\n')")

    assert edit_text("Sorry.\n\n^EK", environment) == "Excuses, écht 👩🏽‍🔧.\n\n^EK"


def test_a_text_that_ended_its_last_line_still_does(editor: Callable[[str], dict[str, str]]) -> None:
    assert edit_text("a\n", editor("file.write_text('b\\n')")) == "b\n"


def test_windows_line_ends_and_control_characters_do_not_get_in(editor: Callable[[str], dict[str, str]]) -> None:
    assert edit_text("x", editor("file.write_bytes(b'a\\r\\nb\\x00\\x1b[31m')")) == "a\nb[31m"


def test_the_file_is_private_and_gone_afterwards(editor: Callable[[str], dict[str, str]], tmp_path: Path) -> None:
    note = tmp_path / "where"
    body = f"pathlib.Path({str(note)!r}).write_text(f'{{file}} {{file.parent.stat().st_mode}}'); file.write_text('anders')"

    edit_text("Sorry", editor(body))

    where, mode = note.read_text().split()
    assert not Path(where).parent.exists()
    assert stat.S_IMODE(int(mode)) == 0o700


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("pass", "the text is as it was"),
        ("file.write_text(' \\n\\n')", "the text is empty"),
        ("file.write_text('Sorry\\n')", "the text is as it was"),
        ("file.write_bytes(b'\\xff\\xfe')", "something else than UTF-8"),
        (f"file.write_text('a' * {MAX_TEXT + 1})", f"longer than {MAX_TEXT} characters"),
        (f"file.write_text('a' * {MAX_TEXT} * 5)", f"longer than {MAX_TEXT} characters"),
        ("file.unlink()", "left no text behind"),
        ("file.write_text('half'); sys.exit(3)", "ended with code 3"),
    ],
)
def test_no_new_text_is_said_in_a_sentence(editor: Callable[[str], dict[str, str]], body: str, sentence: str) -> None:
    with pytest.raises(NotEdited, match=sentence):
        edit_text("Sorry", editor(body))


def test_an_editor_may_have_arguments_and_visual_comes_first(editor: Callable[[str], dict[str, str]]) -> None:
    wish = editor("file.write_text(' '.join(sys.argv[1:-1]))")["EDITOR"]

    assert edit_text("x", {"VISUAL": f"'{wish}' --wait 'two words'", "EDITOR": "nothing", "PATH": ""}) == "--wait two words"


def test_without_a_wish_the_first_editor_that_is_installed_is_taken(editor: Callable[..., dict[str, str]], tmp_path: Path) -> None:
    editor("file.write_text('van nano')", name="nano")
    editor("file.write_text('van vi')", name="vi")

    assert edit_text("x", {"EDITOR": " ", "PATH": str(tmp_path)}) == "van nano"


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"PATH": "/nonexistent"}, "there is no editor here; set EDITOR, or install one of nano"),
        ({"EDITOR": "no-such-editor -w", "PATH": "/nonexistent"}, "EDITOR names no-such-editor, which is not installed"),
        ({"VISUAL": "vi 'half", "PATH": "/nonexistent"}, "VISUAL cannot be read as a command"),
    ],
)
def test_without_an_editor_the_person_is_told_what_to_do(environment: dict[str, str], sentence: str) -> None:
    with pytest.raises(NotEdited, match=sentence):
        edit_text("x", environment)


def test_an_editor_that_does_not_start_is_told(tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.write_bytes(b"\x7fELF nonsense")
    broken.chmod(0o755)

    with pytest.raises(NotEdited, match="did not start"):
        edit_text("x", {"EDITOR": str(broken)})


def test_no_shell_sees_the_editors_name(tmp_path: Path) -> None:
    victim = tmp_path / "victim"

    with pytest.raises(NotEdited):
        edit_text("x", {"EDITOR": f"{shutil.which('true')}; touch {victim}", "PATH": os.environ["PATH"]})
    assert not victim.exists()
