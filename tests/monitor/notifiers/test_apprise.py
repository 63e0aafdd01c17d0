"""Apprise's services are told each by itself, and no error holds their address."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.contracts import Addressed, Notice, Rejected, Unavailable
from monitor.notifiers import NOTIFIERS
from monitor.notifiers.apprise import AppriseNotifier
from monitor.settings import NotifierSettings
from monitor.wiring import bare_settings
from tests.fakes.web import WebSite, answer

PAGE = Notice("incident/7/1", "[high] Waalfiets", "It began.", brand="waalfiets", thread="incident/7", state="open", gravity=3)
TOKEN = "hidden-token-of-a-service"


def address(site: WebSite, path: str) -> str:
    return f"json://{site.host}/{TOKEN}/{path}"


def test_each_service_is_a_recipient_of_its_own() -> None:
    with WebSite(everywhere=answer("ok")) as site:
        notifier = AppriseNotifier.open("phones", [address(site, "a"), address(site, "b")])
        notifier.only_to("2 json").send(PAGE)

        assert isinstance(notifier, Addressed)
        assert ("1 json", "2 json") == notifier.recipients
        assert [f"/{TOKEN}/b"] == [request.target.rstrip("/") for request in site.requests]


def test_a_service_that_fails_is_named_without_its_address() -> None:
    with WebSite(everywhere=answer("no", 500)) as site:
        notifier = AppriseNotifier.open("phones", [address(site, "a")])
        with pytest.raises(Unavailable, match=r"^phones: service 1 json did not take it$") as told:
            notifier.send(PAGE)

    assert TOKEN not in str(told.value)


def test_a_library_that_raises_is_unavailable_without_its_words() -> None:
    class Broken:
        def notify(self, **_: object) -> bool:
            raise ValueError(TOKEN)

    notifier = AppriseNotifier("phones", {"1 json": Broken()})
    with pytest.raises(Unavailable) as told:
        notifier.send(PAGE)

    assert TOKEN not in str(told.value)


@pytest.mark.parametrize(
    ("addresses", "why"), [([], r"no address .*APPRISE_URLS="), (["nonsense"], "address 1"), (["json://localhost", "x://y"], "address 2")]
)
def test_addresses_that_cannot_be_right_are_told_at_the_start(addresses: list[str], why: str) -> None:
    with pytest.raises(Rejected, match=why):
        AppriseNotifier.open("phones", addresses)


def test_a_service_that_is_not_there_is_refused() -> None:
    with pytest.raises(Rejected, match="no service 9"):
        AppriseNotifier.open("phones", ["json://localhost"]).only_to("9")


def test_it_is_built_from_the_environment() -> None:
    adapter = NOTIFIERS["apprise"]
    options = {name: option.default for name, option in adapter.options.items()}
    settings = replace(bare_settings(), environment={"APPRISE_URLS": "json://localhost/a jsons://localhost/b"})
    notifier = adapter.load().from_settings(NotifierSettings("phones", "apprise", options), settings)

    assert ("1 json", "2 jsons") == notifier.recipients
