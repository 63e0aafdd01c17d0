"""Judges what a language model answered: by its form, by what must stay secret, and by the rules that hold for every reply. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.domain import Brand, Draft, Fact, History, Severity, StoredMention
from monitor.text import clean
from responders import policy
from responders.factcheck import kept_words

MOST_SENTENCES = 14
LONGEST_SENTENCE = 600
LONGEST = 2_400
"""Characters of a whole answer; the rules are not asked about anything longer."""

_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_MARKUP = re.compile(r"[<>{}\[\]|`\\~#*_^=]")
_ADDRESS = re.compile(
    r"(?:https?://|www\.|\bjavascript:|\bmailto:)\S*|\b[\w-]{1,63}(?:\.[\w-]{1,63}){0,3}\.[a-z]{2,24}(?:/\S*)", re.IGNORECASE
)
_HANDLE = re.compile(r"(?<!\w)@[\w.-]+|(?<!\w)/?u/[\w-]+")


@dataclass(frozen=True)
class Sentence:
    """One sentence of the reply."""

    text: str
    """The sentence as it will stand in the reply."""
    fact: str | None = None
    """The id of the fact that it rests on; null where it states nothing that can be checked."""


@dataclass(frozen=True)
class Answer:
    """The reply, sentence by sentence; no sentences where nothing honest can be said."""

    sentences: list[Sentence]


@dataclass(frozen=True, slots=True)
class Refused:
    """Why an answer is not taken."""

    reasons: tuple[str, ...]
    """Each in a sentence; a model may be told them."""
    text: str = ""
    final: bool = False
    """Whether asking again would be wrong."""


def judge(
    answer: Answer,
    stored: StoredMention,
    brand: Brand,
    facts: Sequence[Fact],
    secrets: Sequence[Fact],
    drafter: str,
    at: datetime,
    longest: int | None = None,
) -> Draft | Refused:
    """Return an answer as a draft against which no red rule speaks, or why it cannot be one.

    `facts` are the public ones, of which the model was told the closest; `secrets` the confidential ones, of which it was told none.
    """
    sentences = answer.sentences
    if not sentences:
        return Refused(("The model found nothing honest to say.",), final=True)
    size = sum(len(sentence.text) for sentence in sentences)
    if len(sentences) > MOST_SENTENCES or size > LONGEST or max(len(sentence.text) for sentence in sentences) > LONGEST_SENTENCE:
        return Refused((f"It is far too long: {len(sentences)} sentences, {size} characters.",))
    said = [clean(sentence.text).strip() for sentence in sentences]
    body = " ".join(text for text in said if text)
    text = body if not brand.signature or body.endswith(brand.signature) else f"{body} {brand.signature}"
    if kept_words(text, secrets, facts, brand, heard=stored.mention.text):
        # Not which words: to say so would tell them.
        return Refused(("It says something that is not public.",), final=True)
    found = [*_form(body.removesuffix(brand.signature), facts), *_citations(sentences, facts)]
    ledger = policy.ledger(text, stored, brand, facts, at)
    objections = policy.review(text, stored, brand, facts, History(), at, longest=longest)
    found += [f"{one.rule}: {one.sentence}" for one in objections if one.severity is Severity.RED]
    if found:
        return Refused(tuple(dict.fromkeys(found)), text)
    used = {sentence.fact for sentence in sentences} | {claim.fact_id for claim in ledger}
    return Draft(text, drafter, tuple(fact for fact in facts if fact.id in used), stored.language, "llm")


def _form(text: str, facts: Sequence[Fact]) -> list[str]:
    found = []
    if _STEERING.search(text):
        found.append("It holds a control character.")
    if _HANDLE.search(text):
        found.append("It names an account: use no @handles.")
    ours = " ".join([fact.source for fact in facts] + [said for fact in facts for said in (*fact.text.values(), *fact.repair.values())])
    addresses = [match.group().rstrip(".,;:!?)") for match in _ADDRESS.finditer(text)]
    if any(address not in ours for address in addresses):
        found.append("It holds an address that stands in no fact.")
    for address in addresses:
        text = text.replace(address, "")
    if _MARKUP.search(text):
        found.append("It holds markup or a blank: write plain sentences.")
    return found


def _citations(sentences: Sequence[Sentence], facts: Sequence[Fact]) -> list[str]:
    known = {fact.id for fact in facts}
    unknown = [sentence.fact for sentence in sentences if sentence.fact is not None and sentence.fact not in known]
    return ["It names a fact that there is not: use the ids of the facts alone, or null."] if unknown else []
