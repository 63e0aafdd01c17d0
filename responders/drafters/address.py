"""Finds the form of address of a Dutch post (je or u) and puts a fact's sentence into it (R11); other languages here have none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from responders.drafters.vocabulary import Reading, vocabulary

FORMS: Mapping[str, tuple[str, str]] = {"nl": ("je", "u")}
"""The familiar and the formal form, by language."""

_FAMILIAR = frozenset({"je", "jij", "jou", "jouw", "jezelf", "jullie"})
_FORMAL = frozenset({"u", "uw", "uzelf"})


def shown_form(text: str, language: str) -> str:
    """Return the form of address a text shows, "" where it shows none; "u" where it shows both, which offends nobody."""
    if language not in FORMS:
        return ""
    words = frozenset(Reading(text).words)
    return "u" if words & _FORMAL else "je" if words & _FAMILIAR else ""


def form_for(text: str, language: str, formality: Mapping[str, str]) -> str:
    """Return the form a reply to `text` takes: the author's, else the brand's, else the familiar one; "" where there is none."""
    if language not in FORMS:
        return ""
    familiar, formal = FORMS[language]
    return shown_form(text, language) or (formal if formality.get(language) == formal else familiar)


def in_form(text: str, language: str, form: str) -> str:
    """Return `text` with its reader addressed as `form`; "" where rules cannot say it surely in that form."""
    if language not in FORMS or not form or shown_form(text, language) in {"", form}:
        return text
    return _verbs().to_familiar(text) if form == FORMS[language][0] else _verbs().to_formal(text)


@cache
def _verbs() -> _Verbs:
    known = vocabulary("nl")
    return _Verbs(known.verbs_with_t, known.verbs_alike)


_IRREGULAR = {"hebt": "heb", "heeft": "heb", "bent": "ben", "kunt": "kun", "wilt": "wil", "zult": "zul"}
_CONJUNCTIONS = "als|dat|omdat|wanneer|waar|hoe|of|totdat|zodat|nadat|voordat|indien|wat|die|waarmee"
_LITTLE = "de|het|een|hier|daar|dan|dit|deze|niet|geen|gratis|ook|nog|er|maar"


class _Verbs:
    """Turns one form of address into the other, by the verbs beside it."""

    def __init__(self, with_t: frozenset[str], alike: frozenset[str]) -> None:
        self._stems = {**{verb: verb.removesuffix("t") for verb in sorted(with_t)}, **_IRREGULAR}
        self._formal = {stem: verb for verb, stem in self._stems.items() if verb != "heeft"}
        alike_words = "|".join(sorted(alike))
        finite = "|".join([*self._stems, *sorted(alike)])
        self._u_after_verb = re.compile(rf"\b({'|'.join(self._stems)}) u\b", re.IGNORECASE)
        self._je_after_verb = re.compile(rf"\b({'|'.join(self._formal)}) (?:je|jij)\b", re.IGNORECASE)
        self._je = re.compile(
            rf"""\b(?P<before>(?:{_CONJUNCTIONS}|{alike_words})[ ])?(?P<je>jezelf|jouw|jou|jij|je)\b
            (?P<after>(?=[ ](?:{finite}|{_LITTLE}|je|jouw)\b|[ ]?[.,;:!?)]|$))?""",
            re.IGNORECASE | re.VERBOSE,
        )

    def to_familiar(self, text: str) -> str:
        """Return the text with "je" for "u"."""
        text = re.sub(r"\bu heeft\b", lambda match: _cased(match[0], "je hebt"), text, flags=re.IGNORECASE)
        text = self._u_after_verb.sub(lambda match: f"{_cased(match[1], self._stems[match[1].lower()])} je", text)
        plain = {"u": "je", "uw": "je", "uzelf": "jezelf"}
        return re.sub(r"\b(uzelf|uw|u)\b", lambda match: _cased(match[0], plain[match[0].lower()]), text, flags=re.IGNORECASE)

    def to_formal(self, text: str) -> str:
        """Return the text with "u" for "je"; "" where too many stand in it to tell "your" from "you" surely."""
        if len(re.findall(r"\bje\b", text, re.IGNORECASE)) > 3:
            return ""
        text = self._je_after_verb.sub(lambda match: f"{_cased(match[1], self._formal[match[1].lower()])} u", text)
        return self._je.sub(_one_to_u, text)


def _one_to_u(match: re.Match[str]) -> str:
    before, je, after = match["before"], match["je"], match["after"]
    word = je.lower()
    if word == "jezelf":
        formal = "uzelf"
    elif word == "jouw":
        formal = "uw"
    elif word in {"jou", "jij"} or after is not None:
        formal = "u"
    else:
        formal = "uw"
    return f"{before or ''}{_cased(je, formal)}"


def _cased(like: str, text: str) -> str:
    return text[:1].upper() + text[1:] if like[:1].isupper() else text
