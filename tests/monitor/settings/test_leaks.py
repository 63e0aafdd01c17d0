from __future__ import annotations

import random
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.registry import Adapter, Option
from monitor.settings import Kinds
from monitor.settings.leaks import address_looks_secret, key_looks_secret, show, show_key, text_looks_secret, value_looks_secret
from tests.monitor.settings.configurations import BRANDS, MONITOR, RESPONDERS, SOURCE, mistakes, write

# Put together from halves, so that no program that looks for leaked secrets takes this file for one.
SLACK_BOT = "xoxb" + "-1234567890-abcdefghij"
SLACK_APP = "xapp" + "-1-A0123456789-0123456789"
RANDOM = "9f8Kq2LmZ7" + "xW4tRb6Yc1Dv3Hn5Gj0Ps"

SECRETS = [
    SLACK_BOT,
    SLACK_APP,
    "https://hooks.slack.com" + "/services/T0/B0/abc",
    "Bearer " + "abcdefghijklmnop123",
    "ghp" + "_abcdefghijklmnopqrst0123456789",
    "github_pat" + "_abcdefghijklmnopqrstuvwx",
    "sk" + "-abcdefghijklmnopqrstuvwxyz",
    "AKIA" + "ABCDEFGHIJKLMNOP",
    "AIza" + "abcdefghijklmnopqrstuvwxyz-01234",
    "eyJ" + "hbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abc",
    "-----BEGIN RSA " + "PRIVATE KEY-----",
]
ORDINARY = [
    "@waalfiets@social.example.org",
    "gemeente-nijmegen-webcare-2026-03",
    "posts/2026/03/export-from-20260301-to-20260331.jsonl",
    "did:plc:z72i7hdynmk6r22z27h6tvur",
    "123e4567-e89b-12d3-a456-426614174000",
    "WaalfietsWebteamNijmegenOostVanBuiten",
    "Whoever is the bearer of this card rides free.",
    "https://example.org/feeds/2026/03/nieuws.xml?page=2&lang=nl",
]


@pytest.mark.parametrize("text", SECRETS, ids=lambda text: text[:6])
def test_what_has_the_shape_of_a_known_token_is_a_secret_anywhere_in_a_text(text: str) -> None:
    assert text_looks_secret(f"We use {text}, you know.")


@pytest.mark.parametrize("text", ORDINARY)
def test_names_addresses_and_sentences_are_no_secrets(text: str) -> None:
    assert not value_looks_secret(text)
    assert not address_looks_secret(text)


@given(st.randoms(use_true_random=False))
def test_long_random_values_are_secrets(chance: random.Random) -> None:
    value = "".join(chance.choice(string.digits) + chance.choice(string.ascii_letters) for _ in range(16))

    assert value_looks_secret(value)


@pytest.mark.parametrize(
    "key",
    ["token", "max_tokens", "SLACK_BOT_TOKEN", "apiKey", "api-key", "API_KEY", "passwordOfX", "wachtwoord", "client_secret", "webhook_url"],
)
def test_a_key_tells_that_it_holds_a_secret(key: str) -> None:
    assert key_looks_secret(key)


@pytest.mark.parametrize("key", ["key", "keys", "client_id", "brands", "signature", "secretary", "monkey", "tokenise"])
def test_a_key_that_only_sounds_like_it_holds_none(key: str) -> None:
    assert not key_looks_secret(key)


@pytest.mark.parametrize(
    "url", ["https://els:" + "pw@example.org/", "https://example.org/?a=1&api_key=x", f"https://example.org/?id={RANDOM}", "//x@y"]
)
def test_an_address_that_gives_entrance_is_a_secret(url: str) -> None:
    assert address_looks_secret(url)


@pytest.mark.parametrize("text", ["http://[", "?" + "&".join(f"a{n}=1" for n in range(200)), "a@b.example"])
def test_what_is_no_address_carries_no_secret(text: str) -> None:
    assert not address_looks_secret(text)


def test_values_are_shown_on_one_short_line() -> None:
    shown = [show(value) for value in ["a\nb", "x" * 100, True, 5, 10**5000, -(10**70), {}, [], 1.5, SLACK_BOT]]

    assert [
        '"a�b"',
        '"' + "x" * 60 + '…"',
        "true",
        "5",
        "a very long number",
        "a very long number",
        "a table",
        "a list",
        "1.5",
        "what stands there",
    ] == shown


def test_keys_are_shown_without_a_secret_in_them() -> None:
    assert ["name", "(hidden)"] == [show_key("name"), show_key(SLACK_BOT)]


@pytest.mark.parametrize(
    ("file", "text", "place", "variable"),
    [
        ("monitor.toml", MONITOR + f'slack_token = "{SLACK_BOT}"', "3: monitor.slack_token", "SLACK_BOT_TOKEN"),
        ("monitor.toml", MONITOR + f'name = "{SLACK_APP}"', "3: monitor.name", "SLACK_APP_TOKEN"),
        ("monitor.toml", "api_key = 1\n" + MONITOR, "1: api_key", "API_KEY"),
        ("monitor.toml", MONITOR + SOURCE + 'api_key = "x"', "8: source[1].api_key", "FILE_API_KEY"),
        ("monitor.toml", MONITOR + SOURCE + "[source.credentials]\na = 1", "8: source[1].credentials", "FILE_CREDENTIALS"),
        ("monitor.toml", MONITOR + f'[[source]]\nkind = "reddit"\nname = "{RANDOM}"', "5: source[1].name", "REDDIT_ID and REDDIT_SECRET"),
        ("monitor.toml", MONITOR + f'[[source]]\nname = "r"\nkind = "{RANDOM}"', "5: source[1].kind", "TOKEN"),
        ("responders.toml", RESPONDERS + 'access_token = "x"', "3: network.x.access_token", "X_ACCESS_TOKEN"),
        ("responders.toml", RESPONDERS + 'poster = "console"\nxToken = "x"', "4: network.x.xToken", "X_TOKEN"),
        ("responders.toml", RESPONDERS + f'account = "{RANDOM}"', "3: network.x.account", "X_TOKEN"),
        ("responders.toml", RESPONDERS + "[secrets]\na = 1\n", "3: secrets", "SECRETS"),
        ("responders.toml", RESPONDERS + "[network.token]\na = 1\n", "3: network.token", "TOKEN"),
        ("responders.toml", RESPONDERS + f'"{SLACK_BOT}" = 1', "3: network.x.(hidden)", "SLACK_BOT_TOKEN"),
        ("monitor.toml", f'source = "{SLACK_BOT}"\n' + MONITOR, "1: source", "SLACK_BOT_TOKEN"),
        ("monitor.toml", f'digest = "{SLACK_BOT}"\n' + MONITOR, "1: digest", "SLACK_BOT_TOKEN"),
        ("responders.toml", f'network = "{SLACK_BOT}"\n', "1: network", "SLACK_BOT_TOKEN"),
        ("brands.toml", f'brand = "{SLACK_BOT}"\n', "1: brand", "SLACK_BOT_TOKEN"),
        ("brands.toml", BRANDS.replace('"waalfiets"', f'"{RANDOM}"'), "2: brand[1].id", "TOKEN"),
        ("brands.toml", BRANDS + f'exclude = ["x", "{SLACK_BOT}"]\n', "5: brand[1].exclude[2]", "SLACK_BOT_TOKEN"),
        ("brands.toml", BRANDS + 'password = "x"', "5: brand[1].password", "PASSWORD"),
        (
            "facts/waalfiets.toml",
            f'[[fact]]\nid = "a"\nbrand = "{RANDOM}"\nsource = "Els"\ntext.nl = "x"',
            "3: fact[1].brand",
            "TOKEN",
        ),
        ("replies/nl.toml", f'[password-reset]\ntext = "{SLACK_BOT}"', "2: password-reset.text", "SLACK_BOT_TOKEN"),
    ],
)
def test_a_secret_in_a_file_is_refused_and_its_variable_named(tmp_path: Path, file: str, text: str, place: str, variable: str) -> None:
    found = mistakes(write(tmp_path, {file: text}))

    problem = f"looks like a secret, which may not stand in this file: put it into {variable}, in the environment or in .env"
    assert [f"{file}:{place}: {problem}"] == found


def test_an_address_with_a_password_is_refused_without_repeating_it(tmp_path: Path) -> None:
    source = '[[source]]\nname = "r"\nkind = "rss"\nurls = ["https://example.org/a", "https://els:' + 'hunter2@example.org/"]\n'

    found = mistakes(write(tmp_path, {"monitor.toml": MONITOR + source}))

    problem = "this address carries a password or a token, and what stands in this file is no secret: take it out"
    assert [f"monitor.toml:6: source[1].urls[2]: {problem}"] == found


def test_what_an_adapter_declares_is_no_secret_by_its_name(tmp_path: Path) -> None:
    kinds = Kinds(sources={"llm": Adapter("nowhere:Llm", "Reads.", {"max_tokens": Option("number", "How many.")})})
    source = '[[source]]\nname = "r"\nkind = "llm"\nmax_tokens = 5\n'

    assert [] == mistakes(write(tmp_path, {"monitor.toml": MONITOR + source}), kinds)


def test_a_brand_whose_id_is_a_secret_is_not_proposed_elsewhere(tmp_path: Path) -> None:
    source = SOURCE + 'brands = ["nobody"]'

    found = mistakes(write(tmp_path, {"brands.toml": BRANDS.replace('"waalfiets"', f'"{RANDOM}"'), "monitor.toml": MONITOR + source}))

    assert 1 == len(found)
    assert RANDOM not in found[0]
