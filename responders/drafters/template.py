"""Composes replies from phrase parts, key facts and sourced facts; it knows no phrase of its own, sends nothing and asks nobody.

Situations it tells apart, each in Dutch and English (words/<language>.toml recognises them, config/replies/<language>.toml words them):
an outage · late or waiting · cancelled · broken · damaged · lost or not delivered · a bill · charged twice · a refund · the phone ·
no answer · how staff behaved · the price · closed · not available · not collected · dirty · nuisance · road works · upkeep · too full ·
wrong information · a broken promise · quality · a queue · a bill too high · the wrong thing delivered · the cost of a return ·
something that has not come · a refusal · nobody to be reached · driven past · an appointment moved · not called back · overflowing ·
trees cut down · something fallen · a fine · charged after cancelling · renewed unasked · delivered elsewhere · a bill that seems wrong ·
somebody who did not come, or not as agreed · slow · blocked · slippery · any other complaint; a wrong fact (T4) · a question (T7) ·
praise (T1); and for T12 only a holding text: safety · personal data · self-harm · a claim · the press · a crime.

Order of a complaint's parts: who we are, concern (R8), the complaint and our regret, whose fault it is, what went wrong, what we do about
it or when we come back, an invitation, the source, the signature. Where the network is short of room, what goes first is the wording that
the seed asks for (the shortest is taken), then the optional parts as fitting.RANKS says, then the complaint's circumstances, then the
complaint itself where a fact names it, then a fact's last sentences, then the facts that the plan can do without. If that is still too
long there is no draft.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from monitor.domain import Brand, Draft, Fact, StoredMention
from monitor.settings import ReplyTemplates, Settings
from responders.drafters.composer import PROMISES, Composer, Nothing, promise_of
from responders.drafters.fitting import fit
from responders.drafters.naming import brand_values
from responders.drafters.phrases import Phrases
from responders.drafters.vocabulary import languages
from responders.limits import limit_for

VERSION = "2"
"""Raised whenever the composing changes, so that a draft says which rules wrote it."""


class TemplateDrafter:
    """Proposes replies composed of the phrase parts that people wrote."""

    name = "template"

    def __init__(self, templates: Mapping[str, ReplyTemplates]) -> None:
        """Take one file of phrase parts for each language; they must pass `phrases.check_templates`."""
        known = languages()
        self._phrases = {language: Phrases(one) for language, one in templates.items() if language in known}

    @classmethod
    def from_settings(cls, settings: Settings) -> TemplateDrafter:
        """Build it from the phrase files of the configuration."""
        return cls(settings.templates)

    def draft(self, mention: StoredMention, brand: Brand, facts: Sequence[Fact], *, longest: int | None = None) -> Draft | None:
        """Return a proposal, or None where there is nothing honest to say; the same mention, facts and length give the same draft."""
        composed = self.compose(mention, brand, facts, longest=longest)
        return composed if isinstance(composed, Draft) else None

    def why_none(self, mention: StoredMention, brand: Brand, facts: Sequence[Fact], *, longest: int | None = None) -> str:
        """Return why there is no draft, in one sentence with a rule's id where a rule says so; empty where there is one."""
        composed = self.compose(mention, brand, facts, longest=longest)
        return composed.why if isinstance(composed, Nothing) else ""

    def voiced(self, brand: Brand, language: str) -> Brand:
        """Return the brand with who speaks and the signature as replies in this language have them."""
        phrases = self._phrases.get(language)
        values = brand_values(phrases, brand) if phrases else {}
        return replace(brand, speaks_as=values.get("who", brand.speaks_as), signature=values.get("signature", brand.signature))

    def promises(self, brand_id: str) -> tuple[Fact, ...]:
        """Return what the phrase files themselves promise, each with its file as the source."""
        return tuple(promise_of(phrases, brand_id, key) for phrases in self._phrases.values() for key in PROMISES)

    def alternatives(self, mention: StoredMention, brand: Brand, facts: Sequence[Fact], *, longest: int | None = None) -> tuple[Draft, ...]:
        """Return a shorter and a fuller draft, as far as they differ from `draft` and fit the network."""
        first = self.draft(mention, brand, facts, longest=longest)
        if first is None:
            return ()
        found = {first.text: first}
        for fullness in ("shorter", "fuller"):
            other = self.compose(mention, brand, facts, fullness=fullness, longest=longest)
            if isinstance(other, Draft):
                found.setdefault(other.text, other)
        return tuple(found.values())[1:]

    def offers(self, mention: StoredMention, brand: Brand, facts: Sequence[Fact], *, longest: int | None = None) -> tuple[Draft, ...]:
        """Return every text that could be proposed now, for a person who wants another: as drafted, shorter and fuller."""
        first = self.draft(mention, brand, facts, longest=longest)
        return (first, *self.alternatives(mention, brand, facts, longest=longest)) if first else ()

    def compose(
        self,
        stored: StoredMention,
        brand: Brand,
        facts: Sequence[Fact],
        *,
        responsible: bool | None = None,
        fullness: str = "",
        longest: int | None = None,
    ) -> Draft | Nothing:
        """Return a draft, or why there is none.

        `responsible` says whose fault it was where no fact does; `fullness` is "shorter", "" or "fuller";
        `longest` is how long it may be, None: as on the network.
        """
        language = stored.language or stored.mention.language_hint
        phrases = self._phrases.get(language)
        if phrases is None:
            return Nothing(
                f'There are no phrases for the language "{language}" (R11).' if language else "The post's language is not known (R11)."
            )
        rules = stored.triage.rules if stored.triage else ()
        for rule, why in _FOR_PEOPLE.items():
            if rule in rules:
                return Nothing(why)
        composer = Composer(phrases, stored, brand, facts, responsible=responsible)
        plans = composer.plans(fullness)
        if isinstance(plans, Nothing):
            return plans
        limit = limit_for(stored.mention.network, longest)
        for plan in plans:
            fitted = fit(plan.steps, composer.wording, limit, shortest=fullness == "shorter")
            if fitted is not None:
                return Draft(fitted.text, f"{self.name} {VERSION}", fitted.facts, language, plan.situation)
        return Nothing(f"What must be said does not fit {stored.mention.network} (R12).")


_FOR_PEOPLE: Mapping[str, str] = {
    "T10": "They complained before and we failed: a person writes this one, without a template (T10).",
    "T11": "This belongs to the complaints procedure of the place where it was said, not to a template (T11).",
}
"""Rules that leave the answer to a person, with the sentence that says so."""
