"""Judges one reply in a test, with as little said as the rule under test needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from responders.policy.lines import review_line

POSTS = {
    "nl": "Het slot van mijn fiets ging vanochtend niet open bij station Lent en ik kwam te laat. Wat doen jullie daaraan?",
    "en": "The lock of my bike did not open this morning at Lent station and I was late. What are you doing about it?",
}


def objections(reply: str, lang: str = "nl", **line: Any) -> list[dict[str, Any]]:
    """Return the objections to a reply on a line with these keys."""
    facts = [{"id": f"f{number}", "text": text, "source": source} for number, (text, source) in enumerate(line.pop("facts", ()), start=1)]
    whole = {
        "id": "x",
        "lang": lang,
        "network": "reddit",
        "brand": "Waalfiets",
        "post": POSTS.get(lang, ""),
        "author": "Noor",
        "responsible": None,
        **line,
        "facts": facts,
        "reply": reply,
    }
    answer = review_line(whole)

    assert "error" not in answer, answer

    return list(answer["objections"])


def rules(reply: str, lang: str = "nl", **line: Any) -> set[str]:
    """Return the ids of the rules that a reply breaks."""
    return {str(objection["rule"]) for objection in objections(reply, lang, **line)}


def quoted(rule: str, reply: str, lang: str = "nl", **line: Any) -> list[str]:
    """Return the parts of the reply to which a rule objects."""
    return [reply[slice(*objection["span"])] for objection in objections(reply, lang, **line) if objection["rule"] == rule]


def both(sentences: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """Return (language, sentence) pairs for parametrising."""
    return [(lang, sentence) for lang, several in sentences.items() for sentence in several]
