"""What a decision on a reply says of the mention itself: pure, and deliberately little, for most reasons say nothing of its tone."""

from __future__ import annotations

from collections.abc import Mapping

from monitor.domain import Verdict

APPROVED = (Verdict.NEEDS_ANSWER,)

OF_RULE: Mapping[str, tuple[Verdict, ...]] = {
    "T1": (Verdict.NOT_NEGATIVE, Verdict.NEEDS_NO_ANSWER),
    "T2": (Verdict.NEEDS_NO_ANSWER,),
    "T3": (Verdict.NEEDS_NO_ANSWER,),
    "T6": (Verdict.NEGATIVE, Verdict.NEEDS_NO_ANSWER),
    "T8": (Verdict.NEEDS_NO_ANSWER,),
    "T9": (Verdict.POSITIVE, Verdict.NEEDS_NO_ANSWER),
    # It does want an answer, elsewhere.
    "T11": (Verdict.NEGATIVE,),
    "T13": (Verdict.NEEDS_NO_ANSWER,),
}
"""What a reason for no answer (T17) implies; T14 to T16 speak of circumstances and say nothing of the mention."""

SAID = {
    "not about us": Verdict.NOT_ABOUT_US,
    "gaat niet over ons": Verdict.NOT_ABOUT_US,
    "niet over ons": Verdict.NOT_ABOUT_US,
    "not negative": Verdict.NOT_NEGATIVE,
    "niet negatief": Verdict.NOT_NEGATIVE,
}
"""A reason that begins with these words is that label."""


def verdicts_of(rule: str, words: str) -> tuple[Verdict, ...]:
    """Return what a rejection says of the mention; free words alone say only that no answer is needed."""
    if rule:
        return OF_RULE.get(rule, ())
    folded = " ".join(words.casefold().split())
    for beginning, verdict in SAID.items():
        rest = folded[len(beginning) :]
        if folded.startswith(beginning) and not rest[:1].isalnum():
            return (verdict,) if verdict is Verdict.NOT_ABOUT_US else (verdict, Verdict.NEEDS_NO_ANSWER)
    return (Verdict.NEEDS_NO_ANSWER,)
