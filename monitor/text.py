"""Makes hostile text harmless and comparable: cleaning, clipping, folding, words. No rules about brands or replies live here."""

from __future__ import annotations

MAX_TEXT = 40_000
"""Characters of a mention that are kept; Reddit's own limit for a post. A longer text is cut with a visible mark."""


def clean(text: str) -> str:
    """Return `text` in NFC without NUL, lone surrogates and control characters (newline and tab stay), at most MAX_TEXT long."""
    raise NotImplementedError


def html_to_text(html: str) -> str:
    """Return what a reader of this HTML fragment would see, cleaned; scripts and styles are dropped; linear in time."""
    raise NotImplementedError


def fold(text: str) -> str:
    """Return `text` for comparison: NFKC, casefolded, accents removed."""
    raise NotImplementedError


def words(text: str) -> tuple[str, ...]:
    """Return the words of `text`, folded, in order; a CJK character is a word of its own."""
    raise NotImplementedError


def clip(text: str, limit: int) -> str:
    """Return `text` on one line, cut at a word end to at most `limit` characters with an ellipsis; never cuts inside a grapheme."""
    raise NotImplementedError


def for_terminal(text: str) -> str:
    """Return `text` safe to print: escape sequences, control and bidi override characters shown as visible marks; newlines stay."""
    raise NotImplementedError
