"""Reads what a site asks of programs (robots.txt) and says whether we may look at a page; nothing is fetched here."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

MAX_BYTES = 512_000
"""So much of the file counts. https://www.rfc-editor.org/rfc/rfc9309#section-2.5"""
OUR_NAME = "grapevine"
"""By this name a site speaks to us in particular."""

_MOST_RULES = 1_000
_LONGEST_RULE = 500
_SIGNS = "/%*$?=&+;:@!,'()[]~"
"""What stands in an address as it is; all else is compared as it is sent."""


def may_read(text: str, target: str) -> bool:
    """Say whether a site that asks this lets us read a path with its query.

    The rules for our own name, or those for everybody where there are none; the longest that fits decides, and of two as long the one
    that allows. https://www.rfc-editor.org/rfc/rfc9309#section-2.2.2
    """
    target = quote(target, safe=_SIGNS)
    spoken: dict[str, list[tuple[str, bool]]] = {"*": [], OUR_NAME: []}
    named = False
    for agents, allowed, rule in _rules(text[:MAX_BYTES]):
        for name in agents & spoken.keys():
            named = named or name == OUR_NAME
            if rule and len(spoken[name]) < _MOST_RULES:
                spoken[name].append((rule, allowed))
    fitting = [(len(rule), allowed) for rule, allowed in spoken[OUR_NAME if named else "*"] if _fits(rule, target)]
    return max(fitting)[1] if fitting else True


def _rules(text: str) -> Iterator[tuple[frozenset[str], bool, str]]:
    """Give each rule with those to whom it is said; a group that says nothing gives one empty rule."""
    agents: set[str] = set()
    begun = False
    for line in text.splitlines():
        key, _, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if key == "user-agent":
            if begun:
                agents, begun = set(), False
            agents.add(value.lower())
            yield frozenset(agents), True, ""
        elif key in ("allow", "disallow") and agents:
            begun = True
            yield frozenset(agents), key == "allow", quote(value[:_LONGEST_RULE], safe=_SIGNS)


def _fits(rule: str, target: str) -> bool:
    """Say whether a rule fits a path: from its beginning on, `*` for anything, `$` at the end for the path's end."""
    to_the_end = rule.endswith("$")
    first, *pieces = rule.removesuffix("$").split("*")
    if not target.startswith(first):
        return False
    at = len(first)
    last = pieces.pop() if pieces and to_the_end else ""
    for piece in pieces:
        found = target.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    if not to_the_end:
        return True
    return target.endswith(last) and at <= len(target) - len(last) if "*" in rule else at == len(target)
