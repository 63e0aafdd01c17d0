"""Builds the responders' parts from the configuration. The only place where they are put together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.command import USAGE, CommandError
from monitor.domain import Brand, Delivery, Fact, Mention, Reply
from monitor.scorers import SCORERS
from monitor.settings import Kinds, NetworkSettings, Settings
from monitor.sources import SOURCES
from monitor.text import fold, words
from monitor.wiring import build, connect, read_settings
from responders.accounts import account_for, identity
from responders.contracts import Drafter, Poster
from responders.drafters import DRAFTERS
from responders.posters import POSTERS

if TYPE_CHECKING:
    import sqlalchemy as sa

    from monitor.jobs import Outbox
    from responders.attempts import AttemptStore
    from responders.expenses import Expenses
    from responders.limitbook import LimitBook
    from responders.promisebook import PromiseBook
    from responders.releasebook import ReleaseBook
    from responders.store import ReplyStore

PROCESS = "responders"
DRAFTING = "drafts"
PUBLISHING = "publishing"
"""Names of the process and its queues; the queues' limits stand where they are run."""


def read_responder_settings(config: Path | None, database: str | None) -> Settings:
    """Return the checked settings, this time with the drafters' templates and the posters; raises ConfigError with every mistake."""
    from responders.drafters.phrases import check_templates

    kinds = Kinds(sources=SOURCES, scorers=SCORERS, drafters=DRAFTERS, posters=POSTERS, templates_check=check_templates)
    return read_settings(config, database, kinds)


@dataclass
class Responders:
    """The responders' parts, each built when it is first used."""

    settings: Settings
    drafted_by: str = ""
    """The drafter to use instead of the one that is configured."""
    _outbox: Outbox | None = None

    @cached_property
    def database(self) -> sa.Engine:
        """The database, with this code's schema."""
        return connect(self.settings.database_url)

    @cached_property
    def store(self) -> ReplyStore:
        """The memory of drafts and decisions; what is approved goes to the engine in the same transaction."""
        from responders.store import ReplyStore

        return ReplyStore(self.database, self._enqueue, lambda mention: identity(account_for(self.settings.networks, mention)))

    def _enqueue(self, connection: sa.Connection, reply_id: int) -> None:
        # The engine is slow to import; only an approval needs it.
        from monitor.jobs import Outbox

        if self._outbox is None:
            self._outbox = Outbox(self.database, PROCESS)
        self.enqueue(self._outbox, connection, reply_id)

    def enqueue(self, outbox: Outbox, connection: sa.Connection, reply_id: int) -> None:
        """Let a reply be published, in the queue of the account from which its brand answers there."""
        from responders.rows import place_of

        network, brand = place_of(connection, reply_id)
        settings = self.settings.networks.get(network)
        queue = self.queue(settings.account_of(brand).key if settings else network)
        # The queue is part of the key: what waits in that of a network which was taken out of the configuration must hold nothing up.
        outbox.enqueue(connection, "publish", queue, reply_id, key=f"{queue}/{reply_id}")

    @cached_property
    def queues(self) -> list[str]:
        """The queues of all accounts, and the one for what belongs to none of them."""
        return [PUBLISHING, *(self.queue(account) for account in sorted(self.published))]

    def queue(self, account: str) -> str:
        """Return the queue of an account by its key: each has its own, so that what its network allows it holds up no other."""
        return f"{PUBLISHING}/{account}" if account in self.published else PUBLISHING

    @cached_property
    def published(self) -> frozenset[str]:
        """The keys of the accounts from which we publish ourselves."""
        return frozenset(self.accounts)

    @cached_property
    def accounts(self) -> Mapping[str, NetworkSettings]:
        """The accounts from which a brand of ours answers through an API; the common one only where some brand has no other."""
        networks = [one for one in self.settings.networks.values() if one.poster and one.delivery is Delivery.API]
        return {one.key: one for network in networks for one in map(network.account_of, self.brands)}

    @cached_property
    def attempts(self) -> AttemptStore:
        """The memory of sending."""
        from responders.attempts import AttemptStore

        return AttemptStore(self.database, {brand.id: brand.timezone for brand in self.settings.brands})

    @cached_property
    def limits(self) -> LimitBook:
        """The memory of how long a reply may be where our accounts are."""
        from responders.limitbook import LimitBook

        return LimitBook(self.database)

    @cached_property
    def expenses(self) -> Expenses:
        """The memory of what publishing cost."""
        from responders.expenses import Expenses

        return Expenses(self.database)

    def longest(self, mention: Mention) -> int | None:
        """Return how long a reply to a mention may be, as the server of our account told; None where it never did."""
        account = account_for(self.settings.networks, mention)
        return self.limits.told(account.key) if account else None

    @cached_property
    def promises(self) -> PromiseBook:
        """The memory of what we promised."""
        from responders.promisebook import PromiseBook

        return PromiseBook(self.database)

    @cached_property
    def releases(self) -> ReleaseBook:
        """The memory of our own statements."""
        from responders.releasebook import ReleaseBook

        return ReleaseBook(self.database)

    def facts(self) -> tuple[Fact, ...]:
        """Return what we know to be true: what people wrote down, and what our published releases say."""
        return (*self.settings.facts, *self.releases.facts())

    @cached_property
    def brands(self) -> Mapping[str, Brand]:
        """The brands by id."""
        return {brand.id: brand for brand in self.settings.brands}

    @cached_property
    def drafters(self) -> list[Drafter]:
        """The drafters in the order in which they are asked."""
        return [self.drafter(self.drafted_by or self.settings.drafter)]

    def drafter(self, kind: str) -> Drafter:
        """Return one drafter; what it costs is charged to the ledger. Raises CommandError."""
        if kind == "llm" and self.settings.llm is None:
            raise CommandError("responders.toml has no table [llm]: say there which model drafts, as docs/drafting.md shows.", USAGE)
        built: Drafter = build(DRAFTERS, kind, self.settings)
        charge_to = getattr(built, "charge_to", None)
        if charge_to is not None and self.settings.llm is not None:
            from responders.allowance import Allowance

            charge_to(Allowance(lambda: self.database, self.settings.llm.cap_per_day))
        return built

    def known_facts(self, brand: str, reply: Reply) -> list[Fact]:
        """Return the facts that bear on a reply: those its text rests on, and those about what the post names.

        Another fact of the brand says nothing about whose fault this is, so it is left out.
        """
        post = set(words(reply.mention.mention.text))
        promised = [fact for drafter in self.drafters for fact in getattr(drafter, "promises", lambda _brand: ())(brand)]
        return [
            fact
            for fact in [*self.facts(), *promised]
            if fact.brand == brand and (fact.id in reply.version.fact_ids or not post.isdisjoint(map(fold, fact.topics)))
        ]

    @cached_property
    def posters(self) -> Mapping[str, Poster]:
        """The poster of each account from which we may publish, by the account's key."""
        return {key: build(POSTERS, account.poster, account, self.settings) for key, account in self.accounts.items()}
