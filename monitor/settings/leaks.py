"""Says what looks like a secret, and shows keys and values without giving one away; nothing is read here."""

from __future__ import annotations

import re
from itertools import pairwise
from urllib.parse import parse_qsl, urlsplit

SHOWN = 60
"""Characters of a key or value that an error message repeats."""

_KEY_WORDS = re.compile(r"[A-Z]?[a-z0-9]++|[A-Z]++")
_SECRET_WORDS = frozenset(
    {"token", "tokens", "secret", "secrets", "password", "passwords", "passwd", "passphrase", "pwd", "apikey", "bearer"}
    | {"credential", "credentials", "webhook", "wachtwoord", "geheim"}
)
_SECRET_PAIRS = frozenset(
    {("api", "key"), ("access", "key"), ("private", "key"), ("signing", "key"), ("client", "key"), ("consumer", "key")}
)

_KNOWN_SHAPES = re.compile(
    r"""
      xox[a-z]-[0-9A-Za-z-]{6,}                      # Slack: https://docs.slack.dev/authentication/tokens
    | xapp-[0-9A-Za-z-]{6,}
    | hooks\.slack\.com/(?:services|workflows|triggers)/
    | \b[Bb]earer[ ]+[0-9A-Za-z._~+/-]{16,}
    | \bgh[oprsu]_[0-9A-Za-z]{20,}                   # GitHub
    | \bgithub_pat_[0-9A-Za-z_]{20,}
    | \bsk-[0-9A-Za-z_-]{20,}                        # several providers of language models
    | \bA(?:KIA|SIA)[0-9A-Z]{16}\b                   # Amazon
    | \bAIza[0-9A-Za-z_-]{30,}                       # Google
    | (?<![\w-])eyJ[\w-]{10,}\.[\w-]{10,}\.          # a signed web token
    | -----BEGIN[ ][A-Z ]{0,40}PRIVATE[ ]KEY-----
    """,
    re.VERBOSE,
)
_LONG_RUN = re.compile(r"[0-9A-Za-z_+=-]{20,}+")
_PUBLIC_BY_DESIGN = re.compile(r"did:|(?:[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12})\Z")
"""A decentralized identifier, and a plain UUID."""
_LONGEST_SECRET = 1_000


def key_looks_secret(key: str) -> bool:
    """Return whether a key of this name would hold a secret: `api_key`, `slackToken`, `wachtwoord`."""
    words = [word.lower() for word in _KEY_WORDS.findall(key[:200])]
    return not _SECRET_WORDS.isdisjoint(words) or any(pair in _SECRET_PAIRS for pair in pairwise(words))


def text_looks_secret(text: str) -> bool:
    """Return whether somewhere in a text stands what only a secret looks like, such as a Slack token."""
    return _KNOWN_SHAPES.search(text) is not None


def value_looks_secret(text: str) -> bool:
    """Return whether a short value, such as a name, looks like a secret: also where it is long and random."""
    return text_looks_secret(text) or _looks_random(text.strip())


def address_looks_secret(url: str) -> bool:
    """Return whether an address carries a password, or a parameter that gives entrance."""
    try:
        parts = urlsplit(url)
        asked = parse_qsl(parts.query, max_num_fields=100)
    except ValueError:
        return False
    return "@" in parts.netloc or text_looks_secret(url) or any(key_looks_secret(name) or _looks_random(value) for name, value in asked)


def show(value: object) -> str:
    """Return a value for an error message: on one line, short, quoted, and hidden where it looks like a secret."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list"
    text = str(value) if not isinstance(value, int) or abs(value) < 10**SHOWN else "a very long number"
    if value_looks_secret(text) or address_looks_secret(text):
        return "what stands there"
    shown = "".join(sign if sign.isprintable() else "�" for sign in text[:SHOWN])
    shown += "…" if len(text) > SHOWN else ""
    return f'"{shown}"' if isinstance(value, str) else shown


def show_key(key: str) -> str:
    """Return a key for an error message; a secret can stand on the wrong side of the = sign too."""
    return "(hidden)" if value_looks_secret(key) else show(key)[1:-1]


def _looks_random(text: str) -> bool:
    """Tell `9f8Kq…` from `export20260301`: a long run of signs that keeps jumping between digits, capitals and small letters."""
    if len(text) > _LONGEST_SECRET or _PUBLIC_BY_DESIGN.match(text):
        return False
    return any(_jumps(run) >= 6 and sum(sign.isdigit() for sign in run) >= 2 for run in _LONG_RUN.findall(text))


def _jumps(run: str) -> int:
    kinds = ["digit" if sign.isdigit() else "capital" if sign.isupper() else "small" for sign in run if sign.isalnum()]
    return sum(kind != following for kind, following in pairwise(kinds))
