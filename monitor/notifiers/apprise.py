"""Tells people by any service that Apprise knows, each by itself; their addresses hold tokens, and stand in the environment alone."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any, Self

from monitor.contracts import Notice, Rejected, Unavailable
from monitor.settings import NotifierSettings, Settings
from monitor.text import clip

MOST_TITLE, MOST_TEXT = 200, 4_000
"""A telephone shows less; the library cuts what a service does not take."""


class AppriseNotifier:
    """Sends by one or more services; each is a recipient named by its place and kind, such as "1 ntfy", for its address is a secret."""

    def __init__(self, name: str, services: Mapping[str, Any]) -> None:
        self.name = name
        self._services = services

    @classmethod
    def open(cls, name: str, addresses: Sequence[str], variable: str = "APPRISE_URLS") -> Self:
        """Return the notifier for these addresses; raises Rejected where one is none that Apprise knows."""
        import apprise  # noqa: PLC0415 it takes a third of a second, and only this needs it

        # It may log the addresses.
        logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)
        if not addresses:
            raise Rejected(f"{name}: there is no address in the environment; write one such as {variable}=ntfys://topic into .env")
        services: dict[str, Any] = {}
        asset = apprise.AppriseAsset(async_mode=False)
        for number, address in enumerate(addresses, 1):
            service = apprise.Apprise.instantiate(address, asset=asset)
            if service is None:
                raise Rejected(f"{name}: address {number} in the environment is none that Apprise knows")
            services[f"{number} {clip(address.partition('://')[0].casefold(), 30)}"] = service
        return cls(name, services)

    @classmethod
    def from_settings(cls, notifier: NotifierSettings, settings: Settings) -> Self:
        """Return the notifier for a `[[notifier]]` table."""
        variable = notifier.options["urls_name"]
        return cls.open(notifier.name, settings.environment.get(variable, "").split(), variable)

    @property
    def recipients(self) -> tuple[str, ...]:
        """Each service by its place and kind."""
        return tuple(self._services)

    def only_to(self, recipient: str) -> AppriseNotifier:
        """Return the notifier that tells by this service alone; raises Rejected where there is none such."""
        if recipient not in self._services:
            raise Rejected(f"{self.name}: there is no service {clip(recipient, 40)}")
        return AppriseNotifier(self.name, {recipient: self._services[recipient]})

    def send(self, notice: Notice) -> None:
        """Send by every service; whoever must know which failed sends by `only_to`, once for each of `recipients`."""
        title, text = clip(notice.title, MOST_TITLE), notice.text[:MOST_TEXT]
        for recipient, service in self._services.items():
            try:
                sent = service.notify(body=text, title=title, body_format="text")
            except Exception as error:  # noqa: BLE001 a hundred services raise what they like, and their words may hold a token
                raise Unavailable(f"{self.name}: service {recipient} failed ({type(error).__name__})") from None
            if not sent:
                raise Unavailable(f"{self.name}: service {recipient} did not take it")
