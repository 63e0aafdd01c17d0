"""How we may answer on one network, and from which account for which brand; nothing is read here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from monitor.domain import Delivery


@dataclass(frozen=True, slots=True)
class NetworkSettings:
    """One `[network.<name>]` of responders.toml: how we may answer there."""

    name: str
    delivery: Delivery
    poster: str = ""
    """Which adapter in responders/posters publishes; needed where delivery is api."""
    account: str = ""
    """Our handle there."""
    options: Mapping[str, Any] = field(default_factory=dict)
    own: str = ""
    """Our name for an account that some brands have to themselves; empty: the common one, of all other brands."""
    brands: tuple[str, ...] = ()
    """The brands that answer from it, where it is theirs."""
    accounts: tuple[NetworkSettings, ...] = ()
    """The accounts that brands have to themselves there, each with all that holds for it."""

    def account_of(self, brand: str) -> NetworkSettings:
        """Return the account from which a brand answers there: its own, else the common one."""
        return next((one for one in self.accounts if brand in one.brands), self)

    @property
    def key(self) -> str:
        """Return what tells this account from all others in this configuration, such as "x" or "x/acme"."""
        return f"{self.name}/{self.own}" if self.own else self.name

    @property
    def table(self) -> str:
        """Return the table of responders.toml where it stands."""
        return f"network.{self.name}.accounts.{self.own}" if self.own else f"network.{self.name}"

    @property
    def suffix(self) -> str:
        """Return what follows the names of its secrets in the environment, such as "_ACME"; nothing for the common account."""
        return f"_{self.own.upper().replace('-', '_')}" if self.own else ""
