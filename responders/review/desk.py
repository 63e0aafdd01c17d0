"""Walks a person through the replies that wait, and passes each decision on; whether it counts is for those behind the Desk to say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from monitor.domain import Reply, ReplyStatus, Verdict
from monitor.text import for_terminal
from responders.review.card import TRIAGE_WORDS, Card, red_rules, render_card
from responders.review.editor import NoEditor, NotEdited
from responders.review.keyboard import ReadKey, ReadLine
from responders.speech import say

KEYS = {
    "a": ("approve", "say yes to exactly this text, in your name"),
    "e": ("edit", "change the text in your editor; the new version is checked and shown before anything else"),
    "r": ("reject", "do not answer, and say why; the reason is kept and shows in the digest"),
    "n": ("not negative", "note that the post is not negative; the reply still waits for your decision"),
    "u": ("not about us", "do not answer, for the post is not about us; both are kept"),
    "s": ("snooze", "put it aside for a while"),
    "o": ("other", "see other texts, shorter and fuller, and take one; it is checked and shown before anything else"),
    "v": ("view", "show the whole post, however long"),
    "k": ("skip", "leave it as it is and go on to the next"),
    "q": ("quit", "stop here; what you decided is kept"),
    "?": ("help", "show this"),
}
LEGEND = "aeorskq?"
"""The keys that are always shown; v is named where a post is cut."""

REASONS = ("T1", "T2", "T3", "T6", "T8", "T9", "T11", "T13", "T14", "T15", "T16")
"""The triage rules that can be the reason for no answer (T17), in RULES.md's order."""

LONGEST_SNOOZE = timedelta(days=30)

_DURATION = re.compile(r"(\d{1,4}) ?(m|min|h|hours?|u|uur|d|days?|dagen)", re.IGNORECASE | re.ASCII)
_RULE = re.compile(r"(t\d{1,2})\b[:,. ]*(.*)", re.IGNORECASE | re.ASCII | re.DOTALL)


class Outcome(Protocol):
    """What became of a decision: whether it counts, a sentence for the person, and how the reply stands now."""

    @property
    def ok(self) -> bool:
        """Whether the decision was taken."""
        ...

    @property
    def sentence(self) -> str:
        """What happened, or why nothing did."""
        ...

    @property
    def reply(self) -> Reply | None:
        """The reply as it stands now, None where it is not there."""
        ...


class Desk(Protocol):
    """What stands behind the desk: the store, the rules and the clock, behind six callables."""

    def next_reply(self, after_id: int) -> Card | None:
        """Return the card that comes after this reply in the desk's order, the first for 0, None after the last."""
        ...

    def approve(self, reply_id: int, sha256: str, name: str, override_reason: str) -> Outcome:
        """Record `name`'s yes to exactly the text with this hash.

        A reason overrides red objections, and then a second person must agree.
        """
        ...

    def offers(self, reply: Reply) -> list[str]:
        """Return other texts for a reply that can be proposed at once."""
        ...

    def edit(self, reply_id: int, text: str, name: str, seen: str) -> Outcome:
        """Write a new version and hold it against the rules; `seen` is the hash of the text that was edited."""
        ...

    def reject(self, reply_id: int, name: str, reason: str, rule: str) -> Outcome:
        """Record that this is not answered, and why; `rule` is a T id or ""."""
        ...

    def label(self, reply_id: int, verdict: Verdict, name: str) -> Outcome:
        """Record what `name` says of the mention, whatever becomes of the reply."""
        ...

    def snooze(self, reply_id: int, name: str, until: datetime) -> Outcome:
        """Put the reply aside until a moment."""
        ...


def run_desk(
    desk: Desk,
    console: Console,
    name: str,
    *,
    read_key: ReadKey,
    read_line: ReadLine,
    edit_text: Callable[[str], str],
    now: Callable[[], datetime],
    language: str = "en",
    spell: Callable[[str], str] = str,
) -> Counter[str]:
    """Show one card after another until none is left, the person quits, or the input ends; returns how many of each decision were taken.

    `language` is the person's; `spell` says in it what the desk answers.
    The decisions are counted as approved, agreed (a first yes that needs a second one), rejected, snoozed, edited, labelled and skipped.
    """
    session = _Session(desk, console, name, read_key, read_line, edit_text, now, language, spell)
    after_id = 0
    try:
        while (card := desk.next_reply(after_id)) is not None:
            if not session.decide(card):
                break
            after_id = card.reply.id
        else:
            session.say(session.word("Nothing more waits for you.") if after_id else session.word("Nothing waits for you."), "bold")
    except (EOFError, KeyboardInterrupt):
        console.print()
    session.say_goodbye()
    return session.done


def parse_duration(answer: str) -> timedelta | None:
    """Read "30m", "2h", "2 uur" or "1d"; None where it is nothing of the kind, zero, or more than a month."""
    match = _DURATION.fullmatch(answer.strip())
    if match is None:
        return None
    unit = {"m": "minutes", "h": "hours", "u": "hours", "d": "days"}[match[2][0].lower()]
    duration = timedelta(**{unit: int(match[1])})
    return duration if timedelta() < duration <= LONGEST_SNOOZE else None


def split_reason(answer: str) -> tuple[str, str]:
    """Take "T3", "T3: a joke" or "we phone them" apart: into a rule of REASONS, "" where it names none, and what stands in the record.

    The record names the rule too, as it does where a person decides in Slack (T17).
    """
    match = _RULE.fullmatch(answer.strip())
    if match is None or match[1].upper() not in REASONS:
        return "", answer.strip()
    rule = match[1].upper()
    return rule, f"{rule} {match[2].strip() or TRIAGE_WORDS[rule]}"


class _Session:
    """One person's sitting at the desk."""

    def __init__(
        self,
        desk: Desk,
        console: Console,
        name: str,
        read_key: ReadKey,
        read_line: ReadLine,
        edit_text: Callable[[str], str],
        now: Callable[[], datetime],
        language: str,
        spell: Callable[[str], str],
    ) -> None:
        self.language = language
        self.spell = spell
        self.desk = desk
        self.console = console
        self.name = name
        self.read_key = read_key
        self.read_line = read_line
        self.edit_text = edit_text
        self.now = now
        self.done: Counter[str] = Counter()

    def decide(self, card: Card) -> bool:
        """Show a card and ask until it is decided or skipped; False where the person quits."""
        acts = {"a": self._approve, "e": self._edit, "o": self._other, "r": self._reject, "s": self._snooze}
        acts |= {"n": self._not_negative, "u": self._not_about_us}
        self._print_card(card)
        while True:
            self._print_legend(card)
            key = self.read_key().lower()
            if key == "q":
                return False
            if key == "k":
                self.done["skipped"] += 1
                return True
            if key == "?":
                self._print_help()
            elif key == "v":
                self._print_card(card, whole_post=True)
            elif key in acts:
                before = card.reply
                card = acts[key](card)
                if card.reply.status is not before.status or card.reply.approvals != before.approvals:
                    return True
                if card.reply.version != before.version:
                    self._print_card(card)
            elif key.strip():
                self.refuse(self.word("{key} is no key here; press ? for help.", key=repr(key)))

    def _approve(self, card: Card) -> Card:
        reply = card.reply
        reason = ""
        red = ", ".join(red_rules(reply))
        if red and not reply.approvals:
            self.refuse(self.word("{rules} stands against this text, so it cannot be approved as it is: edit it with e.", rules=red))
            self.say(self.word("Or write why it may go out all the same; a second person must then agree to it."))
            reason = self.ask(self.word("Why (Enter = back): "))
            if not reason:
                return self._left(card)
        elif red:
            given = reply.approvals[0]
            why = given.override_reason or self.word("(no reason)")
            overridden = self.word("{rules} stands against this text. {who} overrides it: {why}", rules=red, who=given.name, why=why)
            self.say(overridden, "yellow")
            asked = self.word("Type yes to agree, as {who} (Enter = back): ", who=self.name)
            if self.ask(asked).casefold() not in {"yes", "ja"}:
                return self._left(card)
        outcome = self.desk.approve(reply.id, reply.version.sha256, self.name, reason)
        waits = outcome.reply is not None and outcome.reply.status is ReplyStatus.AWAITING
        card = self._report(card, outcome, "agreed" if waits else "approved")
        if outcome.ok and card.reply.status is ReplyStatus.HANDED_OVER:
            self._print_handover(card.reply)
        return card

    def _edit(self, card: Card) -> Card:
        reply = card.reply
        try:
            text = self.edit_text(reply.version.text)
        except NoEditor as error:
            self.refuse(self.word("Not edited: {why}.", why=self.spell(str(error))))
            text = self.ask(self.word("Or type the new text here, on one line (Enter = back): "))
            if not text:
                return self._left(card)
        except NotEdited as error:
            self.refuse(self.word("Not edited: {why}.", why=self.spell(str(error))))
            return card
        outcome = self.desk.edit(reply.id, text, self.name, reply.version.sha256)
        if not outcome.ok:
            self.say(self.word("Your text, which was not saved:"), "bold")
            self.say(text)
        return self._report(card, outcome, "edited")

    def _other(self, card: Card) -> Card:
        reply = card.reply
        texts = self.desk.offers(reply)
        if not texts:
            self.say(self.word("There is no other text."))
            return card
        for number, text in enumerate(texts, 1):
            self.say(f"{number}  {text}")
        while True:
            answer = self.ask(self.word("Which one? Its number (Enter = back): "))
            if not answer:
                return self._left(card)
            if answer.isascii() and answer.isdigit() and 1 <= int(answer[:4]) <= len(texts):
                break
            self.refuse(self.word("Give a number from 1 to {most}.", most=len(texts)))
        outcome = self.desk.edit(reply.id, texts[int(answer[:4]) - 1], self.name, reply.version.sha256)
        return self._report(card, outcome, "edited")

    def _reject(self, card: Card) -> Card:
        table = Table.grid(padding=(0, 2, 0, 0))
        for rule in REASONS:
            table.add_row(Text(f"  {rule}", style="bold"), Text(self.word(TRIAGE_WORDS[rule]), style="dim"))
        self.console.print(table)
        while True:
            answer = self.ask(self.word("Why no answer? A rule, your own words, or both (Enter = back): "))
            if not answer:
                return self._left(card)
            rule, words = split_reason(answer)
            named = _RULE.fullmatch(answer)
            if rule or named is None:
                break
            rule = named[1].upper()
            self.refuse(self.word("{rule} is no reason for no answer; choose one of the list, or use your own words.", rule=rule))
        return self._report(card, self.desk.reject(card.reply.id, self.name, words, rule), "rejected")

    def _not_negative(self, card: Card) -> Card:
        return self._report(card, self.desk.label(card.reply.id, Verdict.NOT_NEGATIVE, self.name), "labelled")

    def _not_about_us(self, card: Card) -> Card:
        return self._report(card, self.desk.reject(card.reply.id, self.name, "not about us", ""), "rejected")

    def _snooze(self, card: Card) -> Card:
        while True:
            answer = self.ask(self.word("For how long? 30m, 2h, 1d (Enter = back): "))
            if not answer:
                return self._left(card)
            duration = parse_duration(answer)
            if duration is not None:
                break
            self.refuse(self.word("Give minutes, hours or days, at most 30 days: 30m, 2h, 1d."))
        return self._report(card, self.desk.snooze(card.reply.id, self.name, self.now() + duration), "snoozed")

    def _report(self, card: Card, outcome: Outcome, decision: str) -> Card:
        """Say what became of a decision, and return the card as it stands now."""
        if outcome.ok:
            self.done[decision] += 1
            self.say(f"✓ {_sentence(self.spell(outcome.sentence))}", "green")
        else:
            self.refuse(_sentence(self.spell(outcome.sentence)))
        return card if outcome.reply is None else replace(card, reply=outcome.reply)

    def _left(self, card: Card) -> Card:
        self.say(self.word("Nothing was changed."), "dim")
        return card

    def word(self, english: str, **blanks: object) -> str:
        """Return a sentence in the person's language."""
        return say(self.language, english, **blanks)

    def ask(self, question: str) -> str:
        """Ask for a line and return it without blanks round it."""
        return self.read_line(f"  {for_terminal(question)}").strip()

    def say(self, sentence: str, style: str = "") -> None:
        """Print a sentence; whatever it quotes cannot style it."""
        self.console.print(Padding(Text(for_terminal(sentence), style=style), (0, 2), expand=False))

    def refuse(self, sentence: str) -> None:
        """Print why something was not done."""
        self.say(f"✗ {sentence}", "red")

    def say_goodbye(self) -> None:
        """Say what this sitting decided, and that it is kept."""
        kept = ", ".join(f"{count} {self.word(decision)}" for decision, count in self.done.items() if decision != "skipped")
        self.say(self.word("Kept: {what}.", what=kept) if kept else self.word("Nothing was decided, and nothing changed."))

    def _print_card(self, card: Card, *, whole_post: bool = False) -> None:
        self.console.print()
        self.console.print(render_card(card, self.now(), whole_post=whole_post))

    def _print_legend(self, card: Card) -> None:
        line = Text("  ")
        for key in LEGEND:
            blocked = key == "a" and red_rules(card.reply) and not card.reply.approvals
            line.append(key, style="dim" if blocked else "bold")
            word = self.word(KEYS[key][0])
            line.append(f" {self.word('{word} (red stands)', word=word) if blocked else word}  ", style="dim")
        line.rstrip()
        self.console.print(line)

    def _print_help(self) -> None:
        table = Table.grid(padding=(0, 2, 0, 0))
        for key, (word, meaning) in KEYS.items():
            table.add_row(Text(f"  {key}", style="bold"), self.word(word), Text(self.word(meaning), style="dim"))
        self.console.print(table)

    def _print_handover(self, reply: Reply) -> None:
        """Show an assisted reply without bars or indents, so that it can be copied as it is."""
        self.say(self.word("Copy this text and post it there by hand:"), "bold")
        # The terminal itself breaks the lines: a break of ours would be copied with the text.
        self.console.print(Text(for_terminal(reply.mention.mention.url), style="blue"), soft_wrap=True)
        self.console.print()
        self.console.print(Text(for_terminal(reply.version.text)), soft_wrap=True)
        self.console.print()


def _sentence(text: str) -> str:
    """Begin with a capital and end with a full stop, as a sentence does."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")
