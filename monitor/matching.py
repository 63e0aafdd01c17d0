"""Decides whether a text is about a brand, and says why; pure, and linear in the length of the text whatever it holds.

How a phrase is read (terms, exclusions, required and near words alike): case, accents, full-width forms, zero-width characters and
the kind of space or apostrophe make no difference; it stands for whole words, so "Waalfiets" is not found in "Waalfietsen", and is in
"Waalfiets’s", "Waalfiets-app", "_Waalfiets_", "#Waalfiets" and in the URL "waalfiets.nl/help", for a URL is read like any other text;
`*` stands for the rest of a word, at either end or inside it; scripts without spaces (Chinese, Japanese, Thai …) and Korean, where
endings are attached, know no word boundary. A term that is case-sensitive is taken letter for letter, accents included.

Handles and hashtags are compared whole: "@waalfietsfan", "@waalfiets@elsewhere.social" and "@waalfiets.example" are other accounts
than "@waalfiets". A text that names a handle of ours is about us whatever exclusions and required words say.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, islice

from monitor.domain import Brand
from monitor.text import loosen, shares, sharpen

_SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u318f\u31a0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uff9f\U0001b000-\U0001b16f\U00020000-\U000323af"
)
"""Thai, Lao, Myanmar, Khmer, kana, Han and Hangul: letters that stand beside a word without being part of it."""

_LETTER = rf"[^\W_{_SPACELESS}]"
_WORD = re.compile(rf"[{_SPACELESS}]|{_LETTER}++")
_GAP = rf"{_LETTER}{{0,60}}?"  # What a star inside a phrase stands for; bounded, so that hostile text costs no more.
_EMPHASIS = 3  # Underscores around a word that are Markdown, as in __Waalfiets__; between letters they join.


@dataclass(frozen=True, slots=True)
class Match:
    """Which term, handle or hashtag was found, as configured; `span` is [from, to) in characters of the text as it was given."""

    term: str
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Refusal:
    """Why a text is not about the brand; a sentence to be completed with the brand's name."""

    sentence: str
    absent: bool = False


@dataclass(frozen=True, slots=True)
class _Phrase:
    """One phrase ready to be looked for: a fixed head, what must follow it, and what must not stand beside it."""

    text: str
    head: str
    tail: re.Pattern[str] | None = None
    sign: str = ""
    """"@" for a handle, "#" for a hashtag: their names have their own edges."""
    open_left: bool = False
    open_right: bool = False

    def spans(self, folded: str) -> Iterator[tuple[int, int]]:
        """Yield where the phrase stands in a folded text, from left to right, without overlap."""
        opens, closes = _EDGES[self.sign]
        at = folded.find(self.head)
        while at >= 0:
            end = -1
            if self.open_left or opens(folded, at):
                end = at + len(self.head)
                if self.tail is not None:
                    rest = self.tail.match(folded, end)
                    end = rest.end() if rest else -1
            if end >= 0 and (self.open_right or closes(folded, end)):
                if self.open_right:
                    end = _word_end(folded, end)
                yield _word_start(folded, at) if self.open_left else at, end
                at = folded.find(self.head, end)
            else:
                at = folded.find(self.head, at + 1)

    def stands_in(self, folded: str) -> bool:
        """Tell whether the phrase stands anywhere in a folded text."""
        return self.head in folded and next(self.spans(folded), None) is not None


@dataclass(frozen=True, slots=True)
class _Rule:
    """A term or hashtag with the words that must stand near it."""

    phrase: _Phrase
    near: tuple[_Phrase, ...] = ()
    within: int = 0
    sharp: bool = False


@dataclass(frozen=True, slots=True)
class Matcher:
    """A brand's terms ready for use on many texts; made by `compile_brand`."""

    name: str
    handles: tuple[_Phrase, ...]
    rules: tuple[_Rule, ...]
    exclude: tuple[_Phrase, ...]
    require: tuple[_Phrase, ...]

    def match(self, text: str) -> Match | None:
        """Return the first handle, hashtag or term that makes `text` a mention of the brand, or None."""
        found = self._look(text)
        return found if isinstance(found, Match) else None

    def addresses_us(self, text: str) -> bool:
        """Tell whether `text` names a handle of ours (T7)."""
        folded = loosen(text)
        return any(handle.stands_in(folded) for handle in self.handles)

    def explain(self, text: str) -> str:
        """Say in one sentence why `text` is, or is not, about the brand."""
        found = self._look(text)
        if isinstance(found, Match):
            start, stop = found.span
            return f'About {self.name}: "{text[start:stop]}" (characters {start} to {stop}) matches "{found.term}".'
        return f"Not about {self.name}: {found.sentence}."

    def _look(self, text: str) -> Match | _Refusal:
        found = self._look_once(text)
        if isinstance(found, _Refusal) and found.absent and "\u200b" in text:
            # A zero-width space within a word is noise, which folding drops; here it may stand between two words.
            return self._look_once(text.replace("\u200b", " "))
        return found

    def _look_once(self, text: str) -> Match | _Refusal:
        folded = loosen(text)
        for handle in self.handles:
            if handle.head in folded:
                for span in handle.spans(folded):
                    return Match(handle.text, _Places(text).original(span))
        sharpened = ""
        refusal = _Refusal("none of its terms, handles and hashtags stands in the text", absent=True)
        for rule in self.rules:
            if rule.sharp and not sharpened:
                sharpened = sharpen(text)
            within = sharpened if rule.sharp else folded
            if rule.phrase.head not in within:
                continue
            spans = list(islice(rule.phrase.spans(within), None if rule.near else 1))
            if not spans:
                continue
            if refusal.absent and (other := self._refuse(rule.phrase.text, folded)):
                return other
            places = _Places(text)
            if not rule.near:
                return Match(rule.phrase.text, places.original(spans[0], sharp=rule.sharp))
            near = [places.original(span) for phrase in rule.near for span in phrase.spans(folded)]
            terms = [places.original(span, sharp=rule.sharp) for span in spans]
            if beside := _nearest(text, terms, near, rule.within):
                return Match(rule.phrase.text, beside)
            refusal = _Refusal(f'"{rule.phrase.text}" is there, but within {rule.within} words of it none of {_quoted(rule.near)}')
        return refusal

    def _refuse(self, term: str, folded: str) -> _Refusal | None:
        """Apply the exclusions and the required words, which weigh on the text as a whole."""
        for phrase in self.exclude:
            if phrase.stands_in(folded):
                return _Refusal(f'"{term}" is there, but so is "{phrase.text}", which is excluded')
        if self.require and not any(phrase.stands_in(folded) for phrase in self.require):
            return _Refusal(f'"{term}" is there, but none of {_quoted(self.require)}, one of which is required')
        return None


def compile_brand(brand: Brand) -> Matcher:
    """Prepare the terms of `brand`; raises ValueError, naming brand and phrase, where a phrase has nothing to look for."""
    try:
        return Matcher(
            name=brand.name,
            handles=tuple(phrase for handle in brand.handles for phrase in _handle_phrases(handle)),
            rules=tuple(_Rule(_name_phrase("#", hashtag)) for hashtag in brand.hashtags)
            + tuple(
                _Rule(_phrase(term.text, sharp=term.case_sensitive), tuple(map(_phrase, term.near)), term.within, term.case_sensitive)
                for term in brand.terms
            ),
            exclude=tuple(map(_phrase, brand.exclude)),
            require=tuple(map(_phrase, brand.require)),
        )
    except ValueError as error:
        raise ValueError(f"brand {brand.id}: {error}") from None


def _phrase(text: str, *, sharp: bool = False) -> _Phrase:
    """Prepare one phrase; one that begins with @ or # is a handle or hashtag."""
    written = (sharpen(text) if sharp else loosen(text)).strip()
    if re.fullmatch(r"[@#][^\s*]+", written):
        return _Phrase(text, written, sign=written[0])
    core = written.strip("* \t\n\r\f\v")
    if not core:
        raise ValueError(f'the phrase "{text}" has nothing to look for')
    first, *others = re.split(r"\*+", core)
    head = first.split()[0]
    # Atomic groups: each star takes the nearest fit and is never tried again, so that many stars do not multiply the work.
    ends = ["" for _ in others]
    if others and not written.endswith("*"):
        ends[-1] = f"(?!{_LETTER})"
    tail = _literal(first[len(head) :]) + "".join(f"(?>{_GAP}{_literal(other)}{end})" for other, end in zip(others, ends, strict=True))
    return _Phrase(text, head, re.compile(tail) if tail else None, open_left=written[0] == "*", open_right=written[-1] == "*")


def _literal(text: str) -> str:
    return "".join(r"\s++" if piece.isspace() else re.escape(piece) for piece in re.split(r"(\s+)", text))


def _name_phrase(sign: str, text: str) -> _Phrase:
    name = loosen(text).strip().removeprefix(sign)
    if not name:
        raise ValueError(f'"{text}" has no name in it')
    return _Phrase(text, sign + name, sign=sign)


def _handle_phrases(handle: str) -> Iterator[_Phrase]:
    """Yield the ways in which people write a handle: @name, u/name, @name@host and the address of its page."""
    name = re.sub(r"^(?:@|/?u/)", "", loosen(handle).strip())
    if not name:
        raise ValueError(f'the handle "{handle}" has no name in it')
    local, _, host = name.partition("@")
    if host:
        yield _Phrase(handle, name, sign="@")
        yield _Phrase(handle, f"{host}/@{local}", sign="@")
    else:
        yield _Phrase(handle, f"@{name}", sign="@")
        yield _Phrase(handle, f"bsky.app/profile/{name}" if "." in name else f"u/{name}", sign="@")


@lru_cache(maxsize=4096)
def _is_letter(character: str) -> bool:
    """Tell whether a character makes a word longer when it stands beside one."""
    return re.match(_LETTER, character) is not None or (_continues(character) and not re.match(f"[{_SPACELESS}]", character))


@lru_cache(maxsize=4096)
def _continues(character: str) -> bool:
    """Tell whether a character belongs to the one before it: a mark, or the second and third parts of a Korean syllable."""
    return unicodedata.category(character)[0] == "M" or "\u1160" <= character <= "\u11ff" or "\ud7b0" <= character <= "\ud7ff"


def _opens(folded: str, start: int) -> bool:
    """Tell whether a word may begin at `start`."""
    if start == 0 or not _is_letter(folded[start]):
        return True
    before = start - 1
    while before > 0 and folded[before] == "_" and start - before <= _EMPHASIS:
        before -= 1
    return not _is_letter(folded[before])


def _closes(folded: str, end: int) -> bool:
    """Tell whether a word may end before `end`."""
    if end == len(folded):
        return True
    if _continues(folded[end]):
        return False
    if not _is_letter(folded[end - 1]):
        return True
    after = end
    while after < len(folded) - 1 and folded[after] == "_" and after - end < _EMPHASIS:
        after += 1
    return not _is_letter(folded[after])


def _name_opens(folded: str, start: int) -> bool:
    """Tell whether a handle or hashtag may begin at `start`: not inside an address, an entity or a URL's fragment."""
    if start == 0:
        return True
    before = folded[start - 1]
    if before == "_" or _is_letter(before):
        return False
    return before not in {"@": "", "#": "&/"}.get(folded[start], ".-")


def _name_closes(folded: str, end: int) -> bool:
    """Tell whether a handle or hashtag ends before `end`, and not somebody else's longer name begins."""
    following = folded[end : end + 2]
    if not following:
        return True
    if following[0] == "_" or _is_letter(following[0]) or _continues(following[0]):
        return False
    return not (following[0] in ".@" and _is_letter(following[1:] or " "))


def _tag_closes(folded: str, end: int) -> bool:
    """Tell whether a hashtag ends before `end`; letters of any script make it longer."""
    return end == len(folded) or not (folded[end].isalnum() or folded[end] == "_" or _continues(folded[end]))


_EDGES: dict[str, tuple[Callable[[str, int], bool], Callable[[str, int], bool]]] = {
    "": (_opens, _closes),
    "@": (_name_opens, _name_closes),
    "#": (_name_opens, _tag_closes),
}


def _word_start(folded: str, start: int) -> int:
    while start > 0 and _is_letter(folded[start - 1]):
        start -= 1
    return start


def _word_end(folded: str, end: int) -> int:
    while end < len(folded) and _is_letter(folded[end]):
        end += 1
    return end


class _Places:
    """Finds places of a folded text again in the text as it was given."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._ends: dict[bool, list[int]] = {}

    def original(self, span: tuple[int, int], *, sharp: bool = False) -> tuple[int, int]:
        """Return where `span` of the loosened (or sharpened) text stands in the given one, marks of the last letter included."""
        text = self._text
        if text[: span[1]].isascii() and not _continues(text[span[1] : span[1] + 1] or " "):
            return span
        ends = self._ends.get(sharp)
        if ends is None:
            ends = self._ends[sharp] = list(accumulate(shares(text, sharp=sharp)))
        start, stop = bisect_right(ends, span[0]), bisect_left(ends, span[1]) + 1
        while stop < len(text) and ends[stop] == ends[stop - 1] and _continues(text[stop]):
            stop += 1
        return start, stop


def _nearest(text: str, terms: Sequence[tuple[int, int]], near: Sequence[tuple[int, int]], within: int) -> tuple[int, int] | None:
    """Return the first of `terms` that has one of `near` within so many words before or after it."""
    begins = [word.start() for word in _WORD.finditer(text)] if near else []
    firsts = sorted(bisect_left(begins, start) for start, _ in near)
    lasts = sorted(bisect_left(begins, stop) - 1 for _, stop in near)
    for start, stop in terms:
        first, last = bisect_left(begins, start), bisect_left(begins, stop) - 1
        after, before = bisect_right(firsts, last), bisect_left(lasts, first) - 1
        if (after < len(firsts) and firsts[after] - last <= within) or (before >= 0 and first - lasts[before] <= within):
            return start, stop
    return None


def _quoted(phrases: Sequence[_Phrase]) -> str:
    return ", ".join(f'"{phrase.text}"' for phrase in phrases)
