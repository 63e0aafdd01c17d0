"""How the accounts that brands have to themselves are read, and what is told of what is wrong in them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from monitor.registry import Adapter, Option
from monitor.settings import Kinds
from tests.monitor.settings.configurations import BRANDS, KINDS, RESPONDERS, mistakes, read, write

LEASE = '[[brand]]\nid = "lease"\nname = "Waallease"\nterms = ["Waallease"]\n'
OTHER = '[[brand]]\nid = "other"\nname = "Overwaal"\nterms = ["Overwaal"]\n'
NETWORK = """\
[network.x]
delivery = "api"
poster = "console"
account = "@waalfiets"
path = "all.jsonl"
x_ai_reply_approval = "mail of 2 March"
"""
OWN = '[network.x.accounts.lease]\naccount = "@waallease"\nbrands = ["lease"]\n'


def told(folder: Path, text: str, kinds: Kinds = KINDS) -> str:
    return "\n".join(mistakes(write(folder, brands=BRANDS + LEASE + OTHER, responders=text), kinds))


def test_a_brand_without_an_account_of_its_own_answers_from_the_common_one(tmp_path: Path) -> None:
    network = read(write(tmp_path, brands=BRANDS + LEASE, responders=NETWORK + OWN)).networks["x"]
    common, own = network.account_of("waalfiets"), network.account_of("lease")

    assert (network, "x", "network.x", "") == (common, common.key, common.table, common.suffix)
    assert ("@waallease", ("lease",), "x/lease", "network.x.accounts.lease", "_LEASE") == (
        own.account,
        own.brands,
        own.key,
        own.table,
        own.suffix,
    )


def test_without_accounts_of_their_own_all_brands_have_the_common_one(tmp_path: Path) -> None:
    network = read(write(tmp_path, brands=BRANDS + LEASE, responders=RESPONDERS)).networks["x"]

    assert ((), network, network) == (network.accounts, network.account_of("waalfiets"), network.account_of("lease"))


def test_an_account_has_the_options_of_its_network_but_not_what_the_network_allowed_another(tmp_path: Path) -> None:
    mine = (
        '[network.x.accounts.other]\naccount = "@overwaal"\nbrands = ["other"]\npath = "own.jsonl"\nx_ai_reply_approval = "mail of 3 May"\n'
    )
    lease, other = read(write(tmp_path, brands=BRANDS + LEASE + OTHER, responders=NETWORK + OWN + mine)).networks["x"].accounts

    assert {"path": tmp_path / "all.jsonl"} == lease.options
    assert {"path": tmp_path / "own.jsonl", "x_ai_reply_approval": "mail of 3 May"} == other.options


def test_options_of_a_poster_that_is_not_known_here_are_taken_as_they_are(tmp_path: Path) -> None:
    folder = write(tmp_path, brands=BRANDS + LEASE, responders=NETWORK + OWN + "anything = [1]\n")

    assert {"path": "all.jsonl", "anything": [1]} == read(folder, Kinds()).networks["x"].accounts[0].options


def test_the_common_account_needs_no_name_where_no_brand_answers_from_it(tmp_path: Path) -> None:
    network = NETWORK.replace('account = "@waalfiets"\n', "")
    everybody = OWN.replace('["lease"]', '["lease", "other", "waalfiets"]')

    assert "" == told(tmp_path, network + everybody)
    assert (
        "network.x.account: is missing: some brands have accounts of their own there, so name that of the others (other, waalfiets)"
        in told(tmp_path, network + OWN)
    )


def test_on_two_servers_one_handle_is_two_accounts(tmp_path: Path) -> None:
    poster = Adapter("nowhere:Toots", "Toots.", {"api_url": Option("url", "The server.", required=True)})
    kinds = replace(KINDS, posters={"toots": poster})
    network = '[network.mastodon]\ndelivery = "api"\nposter = "toots"\naccount = "@waal"\napi_url = "https://one.example"\n'
    own = '[network.mastodon.accounts.lease]\naccount = "@waal"\nbrands = ["lease"]\n'

    assert "is already the account of [network.mastodon]" in told(tmp_path, network + own, kinds)
    assert "" == told(tmp_path, network + own + 'api_url = "https://two.example"\n', kinds)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("accounts = 3\n", "network.x.accounts: needs a table for each account: write [network.x.accounts.x]"),
        ("accounts.lease = 3\n", "network.x.accounts: needs a table for each account"),
        (OWN.replace('account = "@waallease"\n', ""), "network.x.accounts.lease.account: is missing: the account's handle there"),
        (OWN.replace('brands = ["lease"]\n', ""), "network.x.accounts.lease.brands: is missing"),
        (OWN.replace('["lease"]', "[]"), "network.x.accounts.lease.brands: is an empty list"),
        (OWN.replace('["lease"]', '["laese"]'), 'did you mean "lease"?'),
        (OWN + 'delivery = "none"\n', "network.x.accounts.lease.delivery: is not a key here"),
        (OWN.replace("accounts.lease", 'accounts."De Lease"'), "may hold only a-z"),
        (OWN.replace("@waallease", "WAALFIETS"), 'accounts.lease.account: "WAALFIETS" is already the account of [network.x]'),
        (
            OWN + OWN.replace("accounts.lease", "accounts.b").replace("@waallease", "@b"),
            'accounts.b.brands: "lease" answers from [network.x.accounts.lease] already',
        ),
        (
            OWN.replace(".lease", ".a-b") + OWN.replace(".lease", ".a_b").replace("@waallease", "@b").replace('["lease"]', '["other"]'),
            "the same names in the environment as those of [network.x.accounts.a-b]",
        ),
    ],
)
def test_what_is_wrong_is_told_by_line_and_key(tmp_path: Path, text: str, problem: str) -> None:
    assert problem in told(tmp_path, NETWORK + text)
