"""Asks a person at a terminal: one card at a time, one key for each decision. No rules and no SQL live here.

It draws with rich, so import it only in the command that uses it.
"""

from responders.review.card import Card, Earlier, card_svg, render_card
from responders.review.desk import Desk, Outcome, run_desk, split_reason
from responders.review.editor import NotEdited, edit_text
from responders.review.keyboard import Keyboard, open_keyboard

__all__ = [
    "Card",
    "Desk",
    "Earlier",
    "Keyboard",
    "NotEdited",
    "Outcome",
    "card_svg",
    "edit_text",
    "open_keyboard",
    "render_card",
    "run_desk",
    "split_reason",
]
