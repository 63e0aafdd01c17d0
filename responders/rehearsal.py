"""Answers made-up posts for nobody: what is read and built at first use is there before somebody waits for an answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from monitor.domain import Author, Brand, History, Mention, MentionStatus, StoredMention
from responders import pipeline, policy
from responders.policy.carrying import encode, load_carrying
from responders.wiring import Responders

POSTS = {
    "nl": (
        "De app van {brand} doet het al drie dagen niet en niemand neemt de telefoon op!",
        "Weer geen bericht van {brand}. Gisteren beloofd.",
    ),
    "en": (
        "The app of {brand} has been down for three days and nobody answers the phone!",
        "No word from {brand} again. Promised for today.",
    ),
}
"""Two by language: another matter each, so that most phrases and most rules are met."""


def rehearse(responders: Responders, at: datetime) -> Iterator[str]:
    """Propose and review answers for the first brand, which nobody sees and nothing keeps; yields each text when it is there, and reviewed.

    First it reads what judges by meaning, and yields an empty text. Whoever wants to stop waits for no more than one of these steps.
    No model is asked and nothing is paid: only what a drafter can offer at once is taken. Whoever rehearses goes on when there is time.
    """
    for brand in list(responders.brands.values())[:1]:
        if load_carrying() is not None:
            encode([brand.name])
        yield ""
        known = pipeline.usable_facts(responders.facts(), brand.id, at.date())
        for language, posts in POSTS.items():
            for post in posts:
                stored = _stored(post.format(brand=brand.name), language, brand, at)
                for draft in pipeline.offers(responders.drafters, stored, brand, known):
                    yield draft.text
                    policy.review(draft.text, stored, brand, known, History(), at)
                    yield draft.text


def _stored(text: str, language: str, brand: Brand, at: datetime) -> StoredMention:
    mention = Mention("mastodon", "", brand.id, Author("somebody", ""), text, "", at)
    return StoredMention(0, mention, MentionStatus.QUEUED, language, at)
