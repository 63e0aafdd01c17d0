"""Shows a person a few mentions that were not flagged and asks what they are, so that what is missed can be measured."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from monitor.domain import StoredMention, Verdict, network_name
from monitor.text import clip, for_terminal
from responders.review.keyboard import ReadKey
from responders.speech import say as word

AT_ONCE = 5
"""So few of them that nobody minds; the rest waits for the next sitting, or for `monitor sample`."""
SHOWN = 600
ANSWERS = {
    "n": (Verdict.NEGATIVE, "negative"),
    "o": (Verdict.NOT_NEGATIVE, "not negative"),
    "u": (Verdict.NOT_ABOUT_US, "not about us"),
}

Say = Callable[[int, Verdict], bool]
"""Writes down what a mention is; False where it is gone."""


def check_samples(samples: Sequence[StoredMention], say: Say, console: Console, read_key: ReadKey, language: str = "en") -> int:
    """Show one after the other and write down each answer; returns how many were answered."""
    done = 0
    many = word(
        language, "Nobody was told of these {count}. Is one of them negative all the same? It shows what we miss.", count=len(samples)
    )
    one = word(language, "Nobody was told of this one. Is it negative all the same? It shows what we miss.")
    _print(console, one if len(samples) == 1 else many, "bold")
    try:
        for stored in samples:
            who = for_terminal(f"{stored.mention.author.handle} {word(language, 'on {place}', place=network_name(stored.mention.network))}")
            _print(console, f"\n{who}: {clip(for_terminal(stored.mention.text), SHOWN)}")
            _print(console, word(language, "n negative  o not negative  u not about us  k skip  q quit"), "dim")
            answer = _answer(read_key)
            if answer == "q":
                break
            if answer != "k":
                done += say(stored.id, ANSWERS[answer][0])
                _print(console, f"✓ {word(language, ANSWERS[answer][1])}", "green")
    except (EOFError, KeyboardInterrupt):
        console.print()
    _print(console, word(language, "Kept: {count} checked.", count=done) if done else word(language, "Nothing was checked."))
    return done


def _answer(read_key: ReadKey) -> str:
    while (key := read_key().lower()) not in {*ANSWERS, "k", "q"}:
        pass
    return key


def _print(console: Console, sentence: str, style: str = "") -> None:
    console.print(Padding(Text(sentence, style=style), (0, 2), expand=False))
