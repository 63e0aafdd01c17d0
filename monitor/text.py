"""Makes hostile text harmless and comparable: cleaning, clipping, folding, words. No rules about brands or replies live here."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import regex

MAX_TEXT = 40_000
"""Characters of a mention that are kept; Reddit's own limit for a post. A longer text is cut with a visible mark."""

CUT_MARK = " […]"
"""What stands at the end of a text that was longer than MAX_TEXT."""

_MAX_RAW = 4 * MAX_TEXT  # Enough to fill MAX_TEXT after composing: no four code points become fewer than one.
_MAX_MARKS = 30  # Combining marks in a row, as Unicode's Stream-Safe Text Format has it (UAX #15, section 13).
_MAX_SMALL = 1_000  # Up to here a quadratic worst case inside unicodedata.normalize costs less than a millisecond.

_NEWLINES = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_DROPPED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_SURROGATES = re.compile("[\ud800-\udfff]")
# Anything that can combine is neither a word character nor a space; emoji are caught too, and then looked at more closely.
_MAYBE_MARKS = re.compile(r"[^\x00-\u02ff\w\s]{12}")

_IGNORABLE = (
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""What has no shape of its own (Unicode's Default_Ignorable_Code_Point): soft hyphens, joiners, bidi marks, variation selectors."""

# Accents and vowel points that a reader may leave out. Marks of other scripts (kana voicing, Indic and Thai vowels) make another
# word of it and stay.
_ACCENTS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)

_TWINS = {
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ŧ": "t",
    "‘": "'", "’": "'", "‛": "'", "ʼ": "'", "ʹ": "'", "‐": "-", "−": "-",
}  # fmt: skip
"""Letters and signs that Unicode does not decompose and that people write either way."""

_FOLDED_AWAY = re.compile(f"[{_IGNORABLE}{_ACCENTS}{''.join(_TWINS)}]")


def clean(text: str) -> str:
    """Return `text` in NFC without NUL, lone surrogates and control characters (newline and tab stay), at most MAX_TEXT long.

    Every kind of line break becomes a newline, a lone surrogate U+FFFD. More than 30 combining marks in a row are broken up with
    U+034F. Cleaning twice gives the same as cleaning once.
    """
    cut = len(text) > _MAX_RAW
    if cut:
        text = text[:_MAX_RAW]
    if _CONTROLS.search(text):
        text = _DROPPED.sub("", _NEWLINES.sub("\n", text))
        if _SURROGATES.search(text):
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if not text.isascii():
        text = unicodedata.normalize("NFC", _stream_safe(text))
    if cut or len(text) > MAX_TEXT:
        text = text[: MAX_TEXT - len(CUT_MARK)] + CUT_MARK
    return text


def _stream_safe(text: str) -> str:
    """Break up long runs of combining marks, which cost normalisation quadratic time and a reader the whole screen."""
    if not _MAYBE_MARKS.search(text):
        return text
    pieces = []
    run = 0
    for character in text:
        marks = [unicodedata.combining(part) != 0 for part in unicodedata.normalize("NFKD", character)]
        if marks[0]:
            if run + len(marks) > _MAX_MARKS:
                pieces.append("\u034f")
                run = 0
            run += len(marks)
        else:
            run = sum(marks)
        pieces.append(character)
    return "".join(pieces)


def fold(text: str) -> str:
    """Return `text` for comparison: NFKC, casefolded, accents removed.

    Characters without a shape (zero-width, soft hyphen, variation selectors) go; apostrophes and hyphens become the plain ones;
    letters such as ø, ł, æ and ß become o, l, ae and ss. Line breaks stay.
    """
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", loosen(_stream_safe(text)))


def loosen(text: str) -> str:
    """Return `fold(text)` decomposed, so that each character's share can be counted with `shares`; linear in time."""
    if text.isascii():
        return text.lower()
    if len(text) > _MAX_SMALL:
        return text.translate(_LOOSE)
    return _FOLDED_AWAY.sub(_twin, unicodedata.normalize("NFKD", text).casefold())


def sharpen(text: str) -> str:
    """Return `text` with case and accents kept, yet written one way: NFKD, no shapeless characters, plain apostrophes."""
    return text if text.isascii() else text.translate(_SHARP)


def shares(text: str, *, sharp: bool = False) -> list[int]:
    """Return for each character of `text` how many characters it has in `loosen(text)`, or in `sharpen(text)`."""
    table = _SHARP if sharp else _LOOSE
    return [len(table[ord(character)]) for character in text]


def _twin(match: re.Match[str]) -> str:
    return _TWINS.get(match[0], "")


class _Folding(dict[int, str]):
    """A table for str.translate that fills itself, and stops growing before hostile text can make it large."""

    def __init__(self, *, sharp: bool) -> None:
        super().__init__()
        self.sharp = sharp

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKD", chr(code))
        folded = _SHARP_AWAY.sub(_twin, plain) if self.sharp else _FOLDED_AWAY.sub(_twin, plain.casefold())
        if len(self) < 20_000:
            self[code] = folded
        return folded


_SHARP_AWAY = re.compile(f"[{_IGNORABLE}‘’‛ʼʹ‐−]")
_LOOSE = _Folding(sharp=False)
_SHARP = _Folding(sharp=True)


def words(text: str) -> tuple[str, ...]:
    """Return the words of `text`, folded, in order; a CJK character is a word of its own.

    A Dutch compound is one word, and so are "auto's", "e-mail", "12,50", an emoji with all its parts, and a URL (without its
    scheme). Hashtags and handles count without their sign: "#Waalfiets" is "waalfiets".
    """
    if "://" in text:
        text = _SCHEME.sub(_URL_SIGN, text)
    if text.isascii():
        return tuple(_ASCII_WORDS.findall(text.lower()))
    return tuple(fold("\n".join(_word_pattern().findall(text))).split())


_URL_SIGN = "\x02"  # Stands for a scheme, so that one look behind tells a URL from a word.
_SCHEME = re.compile("https?://", re.IGNORECASE | re.ASCII)
_URL = f"(?<={_URL_SIGN})" + r"""[^\s\x1c-\x1f<>"“”]*[^\s\x1c-\x1f<>"“”'’.,;:!?)]"""
_ASCII_WORDS = re.compile(_URL + r"|[a-z0-9]++(?:['_-][a-z0-9]++|(?<=[0-9])[.,:](?=[0-9])[a-z0-9]++)*+")


@cache
def _word_pattern() -> regex.Pattern[str]:
    """Compile the words of every script; only where a text is not plain ASCII, because the library takes 40 ms to import."""
    import regex  # noqa: PLC0415

    cjk = r"[\p{Han}\p{Hiragana}\p{Katakana}]"
    first = rf"[[\p{{L}}\p{{N}}]--{cjk}]"
    rest = rf"[[\p{{L}}\p{{N}}\p{{M}}\u00ad\u200b-\u200d\u2060\ufeff]--{cjk}]"
    word = rf"{first}{rest}*+(?:['’ʼ_‐‑-]{first}{rest}*+|(?<=\p{{Nd}})[.,:](?=\p{{Nd}}){rest}++)*+"
    emoji = r"(?:(?=[\p{Extended_Pictographic}\p{Regional_Indicator}])|(?=[0-9#*]\ufe0f?\u20e3))\X"
    return regex.compile(rf"{_URL}|{cjk}\p{{M}}*+|{emoji}|{word}", regex.VERSION1)


def clip(text: str, limit: int) -> str:
    """Return `text` on one line, cut at a word end to at most `limit` characters with an ellipsis; never cuts inside a grapheme."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    if limit < 1:
        return ""
    room = _grapheme_floor(line, limit - 1)
    head = line[:room]
    space = head.rfind(" ")
    if room < len(line) and line[room] != " " and space > room // 2:
        head = head[:space]
    return head.rstrip(" ,;:–-") + "…"


def _grapheme_floor(line: str, room: int) -> int:
    """Return the largest grapheme boundary of `line` at or before `room`."""
    if line[: room + 1].isascii():
        return room
    import regex  # noqa: PLC0415

    # One character past the cut is enough to see whether a grapheme goes on there.
    end = 0
    for grapheme in regex.finditer(r"\X", line, endpos=room + 1):
        if grapheme.end() > room:
            break
        end = grapheme.end()
    return end


_UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\U000e0001]")


def for_terminal(text: str) -> str:
    """Return `text` safe to print: escape sequences, control and bidi override characters shown as visible marks; newlines stay."""
    return _UNSAFE.sub(_visible, text.replace("\r\n", "\n"))


def _visible(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code == 0x09:
        return "    "
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    return f"<U+{code:04X}>"


def html_to_text(html: str) -> str:
    """Return what a reader of this HTML fragment would see, cleaned; scripts and styles are dropped; linear in time.

    Links shortened for the eye (Mastodon's `invisible` spans) come out whole; images give their alternative text; `<br>` is a
    newline and a paragraph an empty line. Broken HTML loses no words: what is no tag is text.
    """
    page = _Page()
    position = 0
    while page.size <= _MAX_RAW:
        opening = html.find("<", position)
        page.add_text(_unescape(html[position : opening if opening >= 0 else len(html)]))
        if opening < 0:
            break
        tag, position = _read_markup(html, opening)
        if not tag:
            page.add_text(_unescape(html[opening:position]))
        elif tag == "img":
            page.add_text(_alternative(html[opening:position]))
        else:
            page.add_tag(tag)
        if tag in _UNREAD:
            ending = re.compile(f"</{tag}(?![a-z0-9])", re.IGNORECASE | re.ASCII).search(html, position)
            if not ending:
                break
            position = ending.start()
    return _TRAILING.sub("\n", clean("".join(page.pieces).replace("\xa0", " "))).strip()


_BLANKS = re.compile(r"[ \t\r\n\f]+")
_TRAILING = re.compile(r"(?<! ) ++\n")
_TAG = re.compile(r"<(/?[a-zA-Z][a-zA-Z0-9:-]*+)((?:[^\"'>]++|\"[^\"]*+\"|'[^']*+')*+)")
_ALT = re.compile(r"""[\s"']alt\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))""", re.IGNORECASE)
_HUGE_NUMBER = re.compile(r"&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{7,});?")
_UNREAD = frozenset({"script", "style", "template", "title", "iframe", "object", "svg", "math", "noembed", "noframes"})
_NEWLINES_AROUND = {
    **dict.fromkeys(("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "ul", "ol", "dl", "table"), 2),
    **dict.fromkeys(("div", "hr", "li", "dt", "dd", "tr", "section", "article", "header", "footer", "figure", "figcaption"), 1),
}


class _Page:
    """What a reader sees so far, with white space and empty lines as a browser would have them."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.size = 0
        self._newlines = 2
        self._spaced = True
        self._preformatted = False

    def add_text(self, text: str) -> None:
        if not self._preformatted:
            text = _BLANKS.sub(" ", text)
            text = text.lstrip(" ") if self._spaced else text
        if text:
            self._add(text)
            self._newlines = 0
            self._spaced = text[-1] in " \n"

    def add_tag(self, tag: str) -> None:
        name = tag.removeprefix("/")
        if name == "br":
            self._add_newlines(self._newlines + 1)
        elif name in ("td", "th"):
            self.add_text(" ")
        else:
            self._add_newlines(_NEWLINES_AROUND.get(name, 0))
        if name == "pre":
            self._preformatted = tag == "pre"

    def _add_newlines(self, wanted: int) -> None:
        """See to it that the page ends in `wanted` newlines, of which it never has more than two in a row."""
        missing = min(wanted, 2) - self._newlines
        if missing > 0:
            self._add("\n" * missing)
            self._newlines += missing
            self._spaced = True

    def _add(self, text: str) -> None:
        self.pieces.append(text)
        self.size += len(text)


def _read_markup(html: str, opening: int) -> tuple[str, int]:
    """Return the lower-case name of the tag that opens here ("!" for a comment, "" for plain text) and where the text goes on."""
    if html.startswith("<!--", opening):
        closing = html.find("-->", opening + 2)
        return "!", closing + 3 if closing >= 0 else len(html)
    if html.startswith("<![CDATA[", opening):
        return "!", opening + 9
    if html[opening + 1 : opening + 2] in ("!", "?"):
        closing = html.find(">", opening)
        return "!", closing + 1 if closing >= 0 else len(html)
    tag = _TAG.match(html, opening)
    if not tag:
        return "", opening + 1
    # A quote that is never closed stops the pattern early; the tag then ends at the next bracket behind it.
    closing = html.find(">", tag.end())
    if closing < 0:
        return "", len(html)
    return tag[1].lower(), closing + 1


def _alternative(tag: str) -> str:
    alt = _ALT.search(tag)
    return _unescape(alt[1] or alt[2] or alt[3] or "") if alt else ""


def _unescape(text: str) -> str:
    """Replace character references; a number too long to be a character would stop Python's own function with an error."""
    return unescape(_HUGE_NUMBER.sub("\ufffd", text)) if "&" in text else text
