"""Lists every rule that judges a reply: what it says in both languages, its source, an example of each kind, and its function."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from monitor.domain import Objection, Severity
from responders.policy import claims, complaint, corrections, form, harm, identity, ownership, privacy, regret, tone
from responders.policy.context import Context


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of RULES.md; `good` and `bad` are examples by language, `source` says where the rule comes from."""

    id: str
    severity: Severity
    says: Mapping[str, str]
    source: str
    check: Callable[[Context], Iterable[Objection]]
    good: Mapping[str, str]
    bad: Mapping[str, str]
    any_language: bool = False
    """Whether it also judges German, French and languages nobody here knows."""


_RED, _AMBER, _HINT = Severity.RED, Severity.AMBER, Severity.HINT
_X: Mapping[str, str] = {"nl": "", "en": ""}

_RULES = (
    Rule("R1", _RED, _X, "", identity.identity, _X, _X),
    Rule("R2", _RED, _X, "", complaint.names_complaint, _X, _X),
    Rule("R3", _RED, _X, "", ownership.first_person_ownership, _X, _X),
    Rule("R4", _RED, _X, "", ownership.repair, _X, _X),
    Rule("R5", _RED, _X, "", regret.regrets, _X, _X),
    Rule("R6", _RED, _X, "", ownership.says_unknown, _X, _X),
    Rule("R7", _RED, _X, "", corrections.sources, _X, _X),
    Rule("R8", _RED, _X, "", harm.concern_before_defence, _X, _X),
    Rule("R9", _AMBER, _X, "", harm.safety_first, _X, _X),
    Rule("R10", _RED, _X, "", identity.human_voice, _X, _X),
    Rule("R11", _RED, _X, "", form.language_and_address, _X, _X, any_language=True),
    Rule("R12", _RED, _X, "", form.fits_platform, _X, _X, any_language=True),
    Rule("N1", _RED, _X, "", regret.non_apology, _X, _X),
    Rule("N2", _AMBER, _X, "", tone.blame, _X, _X),
    Rule("N3", _RED, _X, "", corrections.denial, _X, _X),
    Rule("N4", _RED, _X, "", claims.unsourced, _X, _X),
    Rule("N5", _RED, _X, "", form.blanks, _X, _X, any_language=True),
    Rule("N6", _RED, _X, "", privacy.personal_data, _X, _X, any_language=True),
    Rule("N7", _RED, _X, "", complaint.sent_elsewhere, _X, _X),
    Rule("N8", _RED, _X, "", tone.slogans, _X, _X),
    Rule("N9", _AMBER, _X, "", tone.humour, _X, _X),
    Rule("N10", _RED, _X, "", tone.pressure, _X, _X, any_language=True),
    Rule("N12", _RED, _X, "", identity.mask, _X, _X),
    Rule("N13", _HINT, _X, "", regret.forgiveness, _X, _X),
    Rule("N14", _AMBER, _X, "", corrections.hidden_removal, _X, _X),
)

RULES: Mapping[str, Rule] = MappingProxyType({rule.id: rule for rule in _RULES})
