"""Hypothesis strategies that tests share: texts as hostile as the networks deliver them."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st

# Time is no matter for a test: the machine may be busy.
settings.register_profile("grapevine", deadline=None)
if settings.get_current_profile_name() == "default":
    settings.load_profile("grapevine")

LONE_SURROGATES = ("\ud800", "\udbff", "\udc00", "\udfff")
CONTROLS = (
    "\x00",
    "\x01",
    "\x07",
    "\x08",
    "\x0b",
    "\x0c",
    "\x1b[31m",
    "\x1b]0;title\x07",
    "\x7f",
    "\x85",
    "\x9b2J",
    "\r",
    "\r\n",
    "\u2028",
)
BIDI = ("\u202e", "\u202d", "\u202a", "\u202c", "\u2066", "\u2067", "\u2068", "\u2069", "\u200e", "\u200f", "\u061c")
SHAPELESS = ("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\xad", "\ufe0f", "\ufe0e", "\u034f", "\u180e", "\U000e0067")
ZALGO = ("Z̷̛̤̎a̸̳͋l̴̙̈́g̵̗̽o̷̮͐", "e" + "\u0301\u0316" * 40, "\u0301" * 35, "\u0344" * 20, "ᾂ\u0345", "ก\u0e38\u0e48\u0e38\u0e48")
EMOJI = ("😡", "👍🏽", "👩🏽‍🔧", "👨‍👩‍👧‍👦", "🇳🇱", "🇳", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "1️⃣", "#️⃣", "☺", "☺️", "❤️‍🔥", "🚲", "©", "™")
CJK = ("自転車", "が", "か\u3099", "ﾊﾟ", "한국어", "각", "𠮷野家", "漢字。")
RTL = ("مرحبا", "שָׁלוֹם", "ﷺ")
FOLDING = ("Café", "cafe\u0301", "ＷＡＡＬ", "ĳ", "ß", "ẞ", "İ", "ı", "ﬁ", "Å", "Ångström", "½", "²", "ﬀ", "Σς", "ǆ", "’", "‘", "‑", "\xa0")
PLACES = ("https://waalfiets.nl/help?x=1", "waalfiets.nl", "info@waalfiets.nl", "@waalfiets", "#Waalfiets", "u/waalfiets", "http://", "://")
MARKUP = ("<", ">", "<b>", "</p>", "<br/>", "<!--", "-->", "&amp;", "&#0;", "&#xd800;", "&", "<script>", "</script>", '<a href="', "'", '"')
WORDS = ("Waalfiets", "de", "fietsen", "auto's", "e-mail", "12,50", "_nadruk_", "waalfiets_app", " ", "  ", "\n", "\t", ".", ",", "*", "!")

FRAGMENTS = LONE_SURROGATES + CONTROLS + BIDI + SHAPELESS + ZALGO + EMOJI + CJK + RTL + FOLDING + PLACES + MARKUP + WORDS


def hostile_texts(max_pieces: int = 12) -> st.SearchStrategy[str]:
    """Draw any code points at all, lone surrogates included, between fragments that have broken programs before."""
    anything = st.text(alphabet=st.characters(exclude_categories=()), max_size=8)
    return st.lists(st.sampled_from(FRAGMENTS) | anything, max_size=max_pieces).map("".join)


def sound_texts(max_pieces: int = 12) -> st.SearchStrategy[str]:
    """Draw hostile texts that at least can be written as UTF-8."""
    return hostile_texts(max_pieces).map(lambda text: text.encode("utf-8", "replace").decode("utf-8"))


def hostile_pieces() -> st.SearchStrategy[str]:
    """Draw something short and hostile, to be repeated until it is long: where quadratic work shows."""
    return hostile_texts(4).filter(bool)
