"""Holds a reply against the written rules of honesty; what each rule says stands in the catalogue, how it is judged in the family files."""

from __future__ import annotations

from responders.policy.catalogue import RULES, Rule
from responders.policy.claims import Claim
from responders.policy.reviewing import FULL_LANGUAGES, ledger, review

__all__ = ["FULL_LANGUAGES", "RULES", "Claim", "Rule", "ledger", "review"]
