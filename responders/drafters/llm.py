"""Drafts with a language model that is told little and believed nothing: two tries against our own rules, then the template drafter.

What it may never do: read a post of a network that is not allowed, answer to danger (T12) or to whom we failed before (T10, T11), ask
without a charge in the ledger, hold up the other drafts, or lose a mention. Whatever goes wrong, the template drafts and the log says why.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from monitor.contracts import AdapterError, RateLimited, Rejected, Unavailable
from monitor.domain import Brand, Draft, Fact, StoredMention
from monitor.settings import LlmSettings, NetworkSettings, Settings
from responders.drafters.address import form_for
from responders.drafters.model import MAX_TOKENS, Answered, Model, Muddled
from responders.drafters.prompt import VERSION, Prompt, Refusal, holds_on, word_prompt
from responders.drafters.relevance import choose
from responders.drafters.template import TemplateDrafter
from responders.drafters.verdict import Refused, judge
from responders.drafters.vocabulary import vocabulary
from responders.policy import FULL_LANGUAGES

TRIES = 2
MOST_FACTS = 6
"""The closest ones; the model is told no more of us than one answer needs."""
SHORTEST_TRY = 1.0
"""Seconds below which a second try is not begun."""
REST = 60.0
"""Seconds for which nothing is asked after the first trouble; twice as long after each further one."""
LONGEST_REST = 900.0

FOR_THE_TEMPLATE = {
    "T10": "they complained before and we failed: a person writes this one",
    "T11": "this belongs to a complaints procedure",
    "T12": "danger gets a holding text only",
}
SERIOUS = frozenset({"safety", "privacy", "self_harm", "claim", "press", "crime", "serious"})
"""Situations in which the template drafter sees danger although triage let it pass."""

logger = logging.getLogger(__name__)


class Asks(Protocol):
    """What is asked of a model here."""

    name: str

    def ask(self, prompt: Prompt, seconds: float) -> Answered:
        """Return an answer within `seconds`; raises Unavailable, RateLimited, Rejected or Muddled."""
        ...


class Purse(Protocol):
    """Who pays: the ledger of tokens."""

    def take(self, tokens: int, at: datetime) -> bool:
        """Charge so many tokens to the day, or say no where that passes its cap."""
        ...

    def settle(self, taken: int, used: int, at: datetime) -> None:
        """Put right what was taken once it is known what was used."""
        ...


@dataclass(frozen=True, slots=True)
class Consents:
    """Which posts may be read by a model."""

    networks: tuple[str, ...] = ()
    """Empty: all but X."""
    x_approval: str = ""
    """Where X's written approval of drafted replies is found (L1)."""
    own_x_approvals: Mapping[str, str] = field(default_factory=dict)
    """The same of each brand that has an account of its own there; the common one is not theirs."""

    def refuse(self, network: str, brand: str = "") -> str:
        """Return why posts of this network about a brand go to no model, "" where they may."""
        if network == "x" and not (self.own_x_approvals.get(brand, self.x_approval) and "x" in self.networks):
            return 'posts of X go to no model unless [llm] networks names "x" and [network.x] says where X approved it (L1)'
        if self.networks and network not in self.networks:
            return f"[llm] networks does not name {network}"
        return ""


def _approval(account: NetworkSettings) -> str:
    return str(account.options.get("x_ai_reply_approval") or "")


class LlmDrafter:
    """Proposes what a language model words, where that holds against the rules; else what the templates do."""

    name = "llm"

    def __init__(
        self,
        model: Asks,
        template: TemplateDrafter,
        *,
        secret_facts: Sequence[Fact] = (),
        consents: Consents | None = None,
        seconds: float = 20.0,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.model = model
        self.template = template
        self.drafter = f"llm {model.name[:80]}, prompt {VERSION}"
        self._secrets = tuple(fact for fact in secret_facts if fact.confidential)
        self._consents = consents or Consents()
        self._seconds = seconds
        self._now = now
        self._monotonic = monotonic
        self._purse: Purse | None = None
        self._rest_until = float("-inf")
        self._rest = REST

    @classmethod
    def from_settings(cls, settings: Settings) -> LlmDrafter:
        """Build it from `[llm]`; the key stands in the environment alone."""
        llm = settings.llm or LlmSettings("")
        x = settings.networks.get("x")
        own = {brand: _approval(account) for account in (x.accounts if x else ()) for brand in account.brands}
        return cls(
            Model(llm.model, settings.environment.get("LLM_API_KEY", ""), llm.api_url),
            TemplateDrafter.from_settings(settings),
            secret_facts=settings.facts,
            consents=Consents(llm.networks, _approval(x) if x else "", own),
            seconds=llm.timeout.total_seconds(),
        )

    def charge_to(self, purse: Purse) -> None:
        """Say who pays; without it nothing is asked."""
        self._purse = purse

    def draft(self, mention: StoredMention, brand: Brand, facts: Sequence[Fact], *, longest: int | None = None) -> Draft | None:
        """Return a proposal, the model's or the template's, or None where there is nothing honest to say.

        Unlike a template a model does not answer the same each time; each draft says who wrote it.
        """
        plain = self.template.draft(mention, brand, facts, longest=longest)
        why = self._refuse_to_ask(mention, plain)
        if not why:
            try:
                asked = self._ask(mention, self.template.voiced(brand, mention.language), facts, longest)
            except AdapterError as error:
                self._rest_after(error)
                why = str(error)
            else:
                if isinstance(asked, Draft):
                    return asked
                why = "; ".join(asked.reasons)
        logger.info("mention %d: the template drafts, for: %s", mention.id, why)
        return plain

    def why_none(self, mention: StoredMention, brand: Brand, facts: Sequence[Fact], *, longest: int | None = None) -> str:
        """Return why there is no draft; empty where the templates have one."""
        return self.template.why_none(mention, brand, facts, longest=longest)

    def promises(self, brand_id: str) -> tuple[Fact, ...]:
        """Return what we promise of ourselves, each with its source."""
        return self.template.promises(brand_id)

    def offers(self, mention: StoredMention, brand: Brand, facts: Sequence[Fact], *, longest: int | None = None) -> tuple[Draft, ...]:
        """Return what the templates would say instead: at once, and at no cost; a person who waits does not wait for a model."""
        return self.template.offers(mention, brand, facts, longest=longest)

    def _refuse_to_ask(self, mention: StoredMention, plain: Draft | None) -> str:
        """Return why the model is not asked about this mention, "" where it may be."""
        rules = mention.triage.rules if mention.triage else ()
        if why := next((why for rule, why in FOR_THE_TEMPLATE.items() if rule in rules), ""):
            return why
        if plain is not None and plain.situation in SERIOUS:
            return FOR_THE_TEMPLATE["T12"]
        if mention.language not in FULL_LANGUAGES:
            return f'the rules are not wholly known in the language "{mention.language}"'
        if why := self._consents.refuse(mention.mention.network, mention.mention.brand):
            return why
        if (left := self._rest_until - self._monotonic()) > 0:
            return f"the model failed before; it is asked again in {left:.0f} s"
        return "" if self._purse is not None else "there is no ledger to charge"

    def _ask(self, mention: StoredMention, brand: Brand, facts: Sequence[Fact], longest: int | None) -> Draft | Refused:
        """Ask up to twice, the second time with what was wrong; raises what asking raises."""
        at = self._now()
        told = self._facts_for(mention, brand, facts, at)
        known = [*told, *(fact for fact in facts if fact not in told)]
        until = self._monotonic() + self._seconds
        refused: Refused | None = None
        for _ in range(TRIES):
            left = until - self._monotonic()
            if refused is not None and (refused.final or left < SHORTEST_TRY):
                break
            again = Refusal(refused.text, refused.reasons) if refused else None
            prompt = word_prompt(mention, brand, told, secrets.token_hex(8), again, longest)
            try:
                answered = self._paid(prompt, left, at)
            except Muddled as error:
                refused = Refused((str(error),))
                continue
            if answered is None:
                return Refused(("today's tokens are used up: [llm] cap_per_day",))
            self._rest = REST
            verdict = judge(answered.answer, mention, brand, known, self._secrets, self.drafter, at, longest)
            if isinstance(verdict, Draft):
                return verdict
            refused = verdict
        return refused or Refused(("nothing was asked",))

    def _paid(self, prompt: Prompt, seconds: float, at: datetime) -> Answered | None:
        """Ask once, charged beforehand with the most it can cost; None where the day's tokens do not reach."""
        assert self._purse is not None
        # No tokenizer makes more tokens than bytes, and few more than a third of them; the answer's have a limit.
        most = prompt.bytes // 2 + MAX_TOKENS
        if not self._purse.take(most, at):
            return None
        answered = self.model.ask(prompt, seconds)
        # Who tells no count, or none that can be, keeps the estimate; after an error it stays charged too, for nobody knows.
        if 0 < answered.tokens <= 10 * most:
            self._purse.settle(most, answered.tokens, at)
        return answered

    def _facts_for(self, mention: StoredMention, brand: Brand, facts: Sequence[Fact], at: datetime) -> list[Fact]:
        """Return the public facts that bear on the post, and what the phrase files promise; nothing else of ours is told."""
        language = mention.language
        names = (brand.name, brand.id, *brand.handles, *brand.hashtags)
        form = form_for(mention.mention.text, language, brand.formality)
        usable = [fact for fact in facts if fact.brand == brand.id and holds_on(fact, at)]
        known = vocabulary(language)
        near = [one.fact for one in choose(usable, known.read(mention.mention.text), known, form, names)][:MOST_FACTS]
        return near + [fact for fact in self.template.promises(brand.id) if language in fact.text][:1]

    def _rest_after(self, error: AdapterError) -> None:
        """Leave a model in peace that failed, so that no queue of mentions waits for it one by one."""
        seconds = self._rest
        if isinstance(error, RateLimited):
            seconds = max(1.0, (error.retry_at - self._now()).total_seconds())
        elif isinstance(error, Rejected):
            seconds = LONGEST_REST
        elif isinstance(error, Unavailable):
            self._rest = min(2 * self._rest, LONGEST_REST)
        self._rest_until = self._monotonic() + seconds
        logger.warning("%s; the templates draft alone for %.0f s", error, seconds)
