"""What the drafter's tests share: the packaged phrases, and mentions in Dutch and English."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from monitor.domain import Brand, Draft, Fact, StoredMention
from responders.drafters.composer import Nothing
from responders.drafters.lines import packaged_drafter
from responders.drafters.phrases import packaged_templates
from tests.builders import a_brand, a_fact, a_stored_mention, a_triage

__all__ = ["a_dutch_fact", "a_dutch_mention", "an_english_mention", "drafted", "packaged_drafter", "packaged_templates", "why"]


def a_dutch_mention(text: str, *rules: str, **changes: Any) -> StoredMention:
    changes.setdefault("language", "nl")
    changes.setdefault("sentiment", None)
    return a_stored_mention(text, triage=a_triage(rules=rules or ("T5",)), **changes)


def an_english_mention(text: str, *rules: str, **changes: Any) -> StoredMention:
    changes.setdefault("sentiment", None)
    return a_stored_mention(text, triage=a_triage(rules=rules or ("T5",)), **changes)


def a_dutch_fact(text: str, **changes: Any) -> Fact:
    if isinstance(changes.get("repair"), str):
        changes["repair"] = {"nl": changes["repair"]}
    return replace(a_fact(**{"topics": (), **changes}), text={"nl": text})


def drafted(mention: StoredMention, *facts: Fact, brand: Brand | None = None, **how: Any) -> Draft:
    composed = packaged_drafter().compose(mention, brand or a_brand(), facts, **how)
    assert isinstance(composed, Draft), composed
    return composed


def why(mention: StoredMention, *facts: Fact, brand: Brand | None = None) -> str:
    composed = packaged_drafter().compose(mention, brand or a_brand(), facts)
    assert isinstance(composed, Nothing), composed
    return composed.why
