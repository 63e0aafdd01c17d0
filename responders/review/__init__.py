"""Asks a person at a terminal: one card at a time, one key for each decision. No rules and no SQL live here.

It draws with rich, so import it only in the command that uses it.
"""

from responders.review.card import Card, Earlier, card_svg, render_card
from responders.review.desk import Desk, Outcome, run_desk, split_reason
from responders.review.editor import NotEdited, edit_text
from responders.review.keyboard import Keyboard, open_keyboard
from responders.review.sampling import AT_ONCE, check_samples

__all__ = [
    "AT_ONCE",
    "Card",
    "Desk",
    "Earlier",
    "Keyboard",
    "NotEdited",
    "Outcome",
    "card_svg",
    "check_samples",
    "edit_text",
    "open_keyboard",
    "render_card",
    "run_desk",
    "split_reason",
]
