"""Finds the looser ways in which a reply says for whom it speaks: "Sam (NorthJet)", "Sam w/ NorthJet", "the team at North"."""

from __future__ import annotations

import re

from responders.policy.context import Context
from responders.policy.ournames import OUR_NAME
from responders.policy.reading import read

_DOES = (
    r"(?:drive|run|plan|handle|answer|manage|lead|cover|sell|repair|clean|organi[sz]e|arrange|do|deal|look after|reply|respond|write|"
    r"speak|help|rijd|plan|verzorg|beantwoord|beheer|leid|verkoop|repareer|regel|organiseer|doe|maak|reageer|spreek|schrijf|help)"
)
_GROUP = r"(?:team|crew|depot|people|folks|desk|mensen|collega's|ploeg|klantenservice|webcare|office|kantoor)"
NO_OUTSIDER = r"(?!(?:klant|customer|user|gebruiker|fan|vriend|friend|buren|buur|neighbour|lezer|people))"
"""No word for whom we serve or know: "the customers of X" are not us."""
_FULL = rf"(?i:@?{OUR_NAME})"
_PERSON = r"\b(?!(?:Hi|Hello|Hey|Hoi|Dear|Beste|Dag|Hallo|Thanks|Sorry)\b)[A-Z][\w'-]+(?: (?:(?:van|de|der|den) )*[A-Z][\w'-]+)?"
_INTRODUCTIONS = tuple(
    re.compile(source)
    for source in (
        rf"{_PERSON} ?\({_FULL}(?: [\w ]{{1,20}})?\)",
        rf"{_PERSON},? ?(?:w/|v\.|vd|o/b/o|c/o|\||·|–|-|/|@)[ ]?{_FULL}",
        rf"{_PERSON}, (?=@){_FULL}",
        (
            rf"{_PERSON} (?:writing|replying|answering|speaking|schrijft|antwoordt),? (?:for|from|at|namens|voor|van) "
            rf"(?:(?:the|de|het) )?(?:{NO_OUTSIDER}[\w'-]+ ){{0,3}}?(?:(?:of|at|van|bij) )?"
            rf"(?:(?:the|de|het) )?{_FULL}"
        ),
        # "The reminders come from a national service and not from us, says our leaflet": who has that leaflet is who is named.
        (
            rf"(?i:\b(?:en|and|maar|but)[ ](?:niet|not)[ ](?:(?:van|door|by|from|of|voor|for)[ ])?(?:de[ ]|het[ ]|the[ ])?){_FULL}"
            rf"(?i:[^.!?]{{1,40}}\b(?:ons|onze|our)\b)"
        ),
        rf"{_FULL}'? {_PERSON} (?:here|hier)\b",
        rf"(?i:\b(?:you've|you have|je hebt|u hebt|u heeft)[ ](?:now[ ])?(?:reached|contacted|bereikt)[ ](?:the[ ]|de[ ])?){_FULL}",
        rf"(?i:\b(?:uit|in)[ ]naam[ ]van[ ](?:de[ ]|het[ ])?|\bin[ ]the[ ]name[ ]of[ ](?:the[ ])?){_FULL}",
        rf"(?i:\b(?:bij ons|wij|we|us)[ ](?:hier[ ]|here[ ])?(?:op|in|at)[ ](?:de[ ]|het[ ]|the[ ])?){_FULL}",
        rf"(?i:\b(?:i|ik)[ ](?:also[ ]|ook[ ])?{_DOES}\b[^.!?:;]{{0,40}}?\b(?:for|voor|at|bij)[ ](?:de[ ]|het[ ]|the[ ])?){_FULL}",
        rf"(?i:\b{_GROUP}[ ](?:at|of|from|van|bij|voor|for)[ ](?:the[ ]|de[ ]|het[ ])?){_FULL}",
    )
)


def introduces(context: Context) -> bool:
    """Say whether a person or a team is introduced as ours in one of the looser ways."""
    text = context.reply_marked
    if OUR_NAME not in text:
        return False
    author = read(f"{context.stored.mention.author.handle} {context.stored.mention.author.name}").plain.split()
    for regex in _INTRODUCTIONS:
        for match in regex.finditer(text):
            first = re.match(r"[A-Z][\w'-]+", match.group())
            if not (first and first.group().lower() in author):
                return True
    return False
