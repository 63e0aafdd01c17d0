"""Says what kind of post a text is: every rule that its words and its place show, the main one first. What to do stands in decide()."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from monitor.text import fold
from monitor.triage import (
    bodies,
    claim,
    common,
    complaint,
    crime,
    dangers,
    despair,
    forum,
    hazard,
    injury,
    leak,
    legal,
    manner,
    minors,
    opinion,
    press,
    threat,
    tone,
)
from monitor.triage.clues import Clue, RuleHit, Words
from monitor.triage.form import form
from monitor.triage.idioms import IDIOMS
from monitor.triage.reader import Reader
from monitor.triage.understanding import understand

GRAVE = (
    injury.INJURY, hazard.HAZARD, threat.THREAT, despair.DESPAIR, minors.MINORS, leak.LEAK, legal.LEGAL, press.PRESS, crime.CRIME,
)  # fmt: skip
"""The families of T12."""
OTHER = (
    complaint.COMPLAINT, complaint.FAILED_AGAIN, claim.CLAIM, opinion.OPINION, forum.FORUM,
    tone.PRAISE, tone.PEERS, tone.RANT, tone.CONTEMPT, manner.SARCASM, manner.ASKING,
)  # fmt: skip

WORDS: Words = {
    name: words
    for module in (common, bodies, dangers, threat, despair, minors, leak, legal, press, crime, complaint, opinion, claim, forum, tone)
    for name, words in module.WORDS.items()
}

ABOUT: Mapping[str, str] = {
    **{family.name: family.about for family in GRAVE},
    "T1": "thanks, praise or a plain fact",
    "T2": tone.CONTEMPT.about,
    "T3": tone.RANT.about,
    "T4": claim.CLAIM.about,
    "T5": complaint.COMPLAINT.about,
    "T6": opinion.OPINION.about,
    "T9": tone.PEERS.about,
    "T11": forum.FORUM.about,
}
"""How a kind or a family of T12 is told to a person, ending the sentence "it looks like …"."""

SEEN = 0.5
"""From this strength on a rule is taken to apply."""


@cache
def reader(language: str) -> Reader:
    """Return the reader of a language, compiled at its first use."""
    return Reader(language, WORDS, GRAVE + OTHER, IDIOMS)


_CARE_PLACES = re.compile(
    r"grie[fv]|bereave|widow|mourn|cancer|chemo|tumou?r|illness|chronic|depress|suicid|anxiety|ptsd|dementia|alzheimer|parkinson|miscarriage|stillb|infertil|"
    r"fibromyalg|endometrio|autis|addict|recovery|alcoholics|sober|abuse|survivor|caregiver|hospice|palliat|selfharm|mentalhealth|disab|diabet|epilep|stroke|"
    r"support ?group|supportgroup|peer ?support|crohn|colitis|sclerosis|lupus|arthrit|leuk[ae]|lymphoma|dialys|transplant|long ?covid|"
    r"bipolar|schizo|borderline|anorexi|bulimi|eating ?disorder|panic ?(?:disorder|attack)|post ?(?:natal|partum)|trauma|carers?(?![a-z])|"
    r"(?:baby|child|infant|pregnancy|pet|partner|spous[a-z]*|parent) ?loss|loss of an? |"
    r"rouw|nabestaand|lotgenot|weduw|kanker|hersen|ziekte|chronisch|depressie|zelfmoord|zelfhulp|angst|verslav|dementie|miskraam|vruchtbaar|mantelzorg|"
    r"reuma|burn-?out|patient|patiënt|beroerte|verlies ?(?:verwerk|van ?een)|overlijden|overleden|afasie|eetstoornis|steungroep|"
    r"paniek(?:aanval|stoornis)|sterrenkind|doodgeboren|stervens|astma|copd|dwarslaesie"
)
"""Names of places for mourning, illness or support, in folded text."""

_HATE_PLACES = re.compile(
    r"hat(?:e|ers?)\b|_hate|haters|haat|sucks?\b|sux|circlejerk|snark|\banti[_ -]?|f\W?ck|roast|shame|boycot|_?is_?(?:trash|kut|garbage)|"
    r"troll|cringe|bashen|bashing|uitlach|afzeik|afkraak|zuigt\b|laughing ?at|(?:pigs|clowns|idiots|morons|losers) of|idioten|"
    r"kneuzen|sukkels"
)
"""Names of places devoted to degrading others."""

_COMPLAINT_PLACES = re.compile(
    r"trustpilot|tripadvisor|\byelp\b|zoover|kiyoh|feefo|sitejabber|google ?reviews?|product ?reviews?|review ?sites?\b|beoordelingen|"
    r"klacht|complaint|consumer ?(?:column|rights|affairs|advice|champion|watchdog|reports)|consumentenbond|ombuds|kifid|geschillen|"
    r"tros ?radar|(?:hotel|reis|zorg|shop|winkel|klant|school|vakantie)oordeel"
)
"""Names of places where one complains to a third party."""

_ASKED = frozenset({"injury", "legal"})
"""Grave families that a mere question about them does not make true ("may I bring my EpiPen?")."""
_HELPED = frozenset({"injury", "hazard"})
"""Grave families that thanks for our help does not make true."""


def kinds(
    text: str,
    language: str,
    *,
    addressed: bool = False,
    community: str = "",
    about: frozenset[str] = frozenset(),
    likeness: Sequence[float] | None = None,
) -> tuple[RuleHit, ...]:
    """Return every rule that shows in a text and its place, the one that says what kind of post it is first.

    `about` are the brand's words, folded; of a long text only the passages around them are judged. Empty means: nothing was seen, so
    it is factual as far as rules can tell (T1). T10 means that the text itself says so; only our history knows. Where its `likeness` is
    given, an answer for each class of our labelled posts, it is heard too.
    """
    clues = reader(language if language in {"en", "nl"} else "").clues(text, about)
    hits = [*_grave(clues), *_placed(clues, community), *_critical(clues, addressed)]
    praise = clues.get("praise")
    if praise is not None and not {"T2", "T3", "T5", "T6", "T11"} & {hit.rule for hit in hits}:
        hits.append(_hit(praise) if addressed else RuleHit("T9", praise.strength, clues.get("peers", praise).family.about, praise.words))
    first: dict[str, RuleHit] = {}
    for hit in hits:
        first.setdefault(hit.rule, hit)
    found = tuple(first.values())
    return found if likeness is None else understand(found, likeness, ABOUT, form(text), addressed=addressed)


def _grave(clues: Mapping[str, Clue]) -> list[RuleHit]:
    """Return T12 where one of its families shows and the rest of the text does not take it back."""
    thanked = _strength(clues, "praise") >= 0.7 and not clues.keys() & {"complaint", "opinion", "sarcasm"}
    standing = []
    for family in GRAVE:
        clue = clues.get(family.name)
        if clue is None or clue.strength < SEEN or (thanked and family.name in _HELPED):
            continue
        if "asking" in clues and family.name in _ASKED and clue.strength <= 0.75:
            continue
        standing.append(clue)
    return [_hit(max(standing, key=lambda clue: clue.strength))] if standing else []


def _placed(clues: Mapping[str, Clue], community: str) -> list[RuleHit]:
    """Return what the place says, and contempt, which makes any place such a one."""
    place = fold(community) if community else ""
    hits = []
    if place and _CARE_PLACES.search(place):
        hits.append(RuleHit("T13", 0.9, "a community for mourning, health or support"))
    if "contempt" in clues:
        hits.append(_hit(clues["contempt"]))
    elif place and _HATE_PLACES.search(place) and "complaint" not in clues:
        hits.append(RuleHit("T2", 0.8, "a place devoted to degrading others"))
    if "forum" in clues:
        hits.append(_hit(clues["forum"]))
    elif place and _COMPLAINT_PLACES.search(place) and "praise" not in clues:
        hits.append(RuleHit("T11", 0.6, "a complaint at a place where others read it"))
    return hits


def _critical(clues: Mapping[str, Clue], addressed: bool) -> list[RuleHit]:
    """Return what is held against us, the main point first: a rant, a wrong claim, an opinion or a bad experience."""
    bad, disliked = _balance(clues, addressed)
    again, rant, claimed = clues.get("failed again"), clues.get("rant"), clues.get("claim")
    liked = _strength(clues, "praise")
    grumble = max(bad.strength if bad else 0.0, again.strength if again else 0.0)
    hits = []
    if rant is not None and rant.strength >= SEEN and grumble < 0.6:
        hits.append(_hit(rant))
    if claimed is not None and claimed.strength >= max(SEEN, grumble):
        hits.append(_hit(claimed))
    critical = disliked is not None and disliked.strength >= max(0.4, liked)
    if critical and disliked is not None and disliked.strength >= 0.6 and grumble <= 0.7 and again is None:
        hits.append(_hit(disliked))
    if bad is not None and (bad.strength > liked or disliked is not None or "sarcasm" in clues):
        hits.append(_hit(bad))
    if again is not None:
        hits.append(_hit(again) if bad is not None else RuleHit("T5", again.strength, again.family.about, again.words))
    if critical and disliked is not None:
        hits.append(_hit(disliked))
    if claimed is not None and claimed.strength >= SEEN:
        hits.append(_hit(claimed))
    return hits if hits or rant is None else [_hit(rant)]


def _balance(clues: Mapping[str, Clue], addressed: bool) -> tuple[Clue | None, Clue | None]:
    """Return the bad experience and the opinion that remain when a mere question, irony and single weak words are weighed."""
    bad, disliked = clues.get("complaint"), clues.get("opinion")
    if "asking" in clues:
        bad = bad if bad is not None and (bad.strength >= 0.7 or "failed again" in clues) else None
        disliked = disliked if disliked is not None and disliked.strength >= SEEN else None
    if bad is None and disliked is not None and disliked.strength < 0.3:
        bad, disliked = (Clue(complaint.COMPLAINT, SEEN, disliked.words) if addressed else None), None
    if bad is None and "sarcasm" in clues and (disliked is None or disliked.strength < 0.6):
        bad = Clue(complaint.COMPLAINT, 0.55, clues["sarcasm"].words)
    return bad, disliked


def _strength(clues: Mapping[str, Clue], name: str) -> float:
    return clues[name].strength if name in clues else 0.0


def _hit(clue: Clue) -> RuleHit:
    return RuleHit(clue.family.rule, clue.strength, clue.family.about, clue.words)
