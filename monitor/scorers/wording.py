"""Rewrites a post so that a reader of ordinary language can read it: emoji and faces become words, shouting and stress plain talking."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

URLS = re.compile(r"(?:https?://|www\.)\S+")
HANDLES = re.compile(r"(?<![\w.])@\w+")
HASHTAGS = re.compile(r"#(\w+)")
HUMPS = re.compile(r"(?<=[a-z])(?=[A-Z])")
STRETCHED = re.compile(r"([^\W\d_])\1\1+")
SHOUTED = re.compile(r"\b[A-Z][A-Z]+\b")
MARKS = re.compile(r"([!?.])\1+")
EMOJI = re.compile("[\u2600-\u27bf\u2b50\u2b55\U0001f000-\U0001faff\ufe0f\u200d]")
FACES = tuple(
    (re.compile(pattern), f" {word} ")
    for pattern, word in (
        (r"[:=;]['’]-?\(", "crying"),
        (r"(?<!\w)[:=]-?[)\]]+|\^_?\^", "happy"),
        (r"(?<!\w)(?:[:=;]-?D+|[xX]D+)\b", "laughing"),
        (r"(?<!\w);-?\)+", "winking"),
        (r"(?<!\w)[:=]-?[(\[]+", "sad"),
        (r"(?<!\w)[:=]-?[/\\|](?![/\w])", "annoyed"),
        (r"<3+", "love"),
        (r"-_+-", "annoyed"),
        (r"(?<!\w)[:;]-?[pP]\b", "playful"),
    )
)
WRITTEN_OUT = (("\\n", " "), ('\\"', '"'), ("\\u2019", "'"), ("\\u002c", ","), ("’", "'"), ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"))
"""What exports write for a newline, a quotation mark and the like."""
EMPTY = frozenset(("face", "with", "sign", "emoji", "symbol", "smiling", "and", "of", "the", "black", "white", "heavy", "hands", "hand"))
"""Words of an emoji's name that say nothing of its feeling."""
NAMES = {
    "FACE WITH TEARS OF JOY": "laughing",
    "LOUDLY CRYING FACE": "crying",
    "POUTING FACE": "furious",
    "ANGRY FACE": "angry",
    "FACE WITH ROLLING EYES": "annoyed",
    "PERSON WITH FOLDED HANDS": "please",
}
"""What people mean by an emoji, where its Unicode name says something else."""

AIMED = re.compile(r"(?<!\w)(?:@user\b[:,]?|http\b)")
"""Whom a text in plain wording is said to, and what it points at."""
STRESSED = re.compile(r"\b\w*[áéíóúÁÉÍÓÚ]\w*")
PLAIN = str.maketrans("áéíóúÁÉÍÓÚ", "aeiouAEIOU")
_STRESSABLE = """
    geen niet nooit niemand nergens niks niets nee wel echt echte echter heel hele helemaal zo nog ook veel te zeer erg alle alles altijd
    dat dit die deze daar hier nu toen moet moeten kan kunnen wil willen was waren is heb hebben voor na met zonder op over onder mijn
    jouw zijn haar onze hun ik jij jullie wij zij hij wie wat waar waarom hoe goed goede slecht slechte leuk mooi lang lange elke elk ieder
    juist
"""
STRESSABLE = frozenset(_STRESSABLE.split())
"""Dutch words that people stress by accents; "één", "café" and "hé" are written so."""


def unstressed(text: str) -> str:
    """Return `text` without the accents by which Dutch stresses a word: "géén" says what "geen" says."""
    return text if text.isascii() else STRESSED.sub(lambda found: _unstressed(found.group()), text)


def _unstressed(word: str) -> str:
    plain = word.translate(PLAIN)
    return plain if plain.lower() in STRESSABLE else word


def plain_wording(text: str) -> str:
    """Return `text` on one line, with addresses as "http", people as "@user", hashtags as words, emoji and faces named in English."""
    text = unstressed(text)
    for written, meant in WRITTEN_OUT:
        text = text.replace(written, meant)
    text = HANDLES.sub("@user", URLS.sub(" http ", text))
    for face, word in FACES:
        text = face.sub(word, text)
    if not text.isascii():
        text = EMOJI.sub(lambda found: _name(found.group()), text)
    text = HASHTAGS.sub(lambda found: HUMPS.sub(" ", found.group(1)).replace("_", " "), text)
    text = STRETCHED.sub(r"\1\1", text)
    text = SHOUTED.sub(lambda found: found.group().lower(), text)
    return " ".join(MARKS.sub(r"\1\1", text).split())


def unaimed(plain: str) -> str:
    """Return what is said in plain wording, without whom it is said to and what it points at, which only makes a text like others."""
    return " ".join(AIMED.sub(" ", plain).split())


@lru_cache(maxsize=4096)
def _name(sign: str) -> str:
    name = unicodedata.name(sign, "")
    if not name or name.startswith(("EMOJI MODIFIER", "VARIATION", "ZERO WIDTH", "REGIONAL")):
        return " "
    if name in NAMES:
        return f" {NAMES[name]} "
    if "HEART" in name:
        return " broken heart " if "BROKEN" in name else " love "
    words = [word for word in name.lower().replace("-", " ").split() if word not in EMPTY]
    return f" {' '.join(words[:3])} "
