"""Finds the looser ways in which a reply says for whom it speaks: "Sam (NorthJet)", "Sam w/ NorthJet", "the team at North"."""

from __future__ import annotations

import re
from functools import lru_cache

from responders.policy.context import Context
from responders.policy.reading import listed, read

_COMMON = listed(
    """
    gemeente stichting city town royal national united first general house group hotel bank water energy energie post radio online
    green groen great north south east west noord zuid oost nieuw nieuwe new grand media digital public open direct central
    centraal union world euro europe holland dutch nederland nederlandse british american school the het
    """
)
"""First words of names that many share: said alone they name nobody."""
_DOES = (
    r"(?:drive|run|plan|handle|answer|manage|lead|cover|sell|repair|clean|organi[sz]e|arrange|do|deal|look after|reply|respond|write|"
    r"speak|help|rijd|plan|verzorg|beantwoord|beheer|leid|verkoop|repareer|regel|organiseer|doe|maak|reageer|spreek|schrijf|help)"
)

_GROUP = r"(?:team|crew|depot|people|folks|desk|mensen|collega's|ploeg|klantenservice|webcare|office|kantoor)"


def _short(name: str) -> str:
    """Return the first word of a longer name where it stands out enough to be said alone, or nothing."""
    first, _, rest = name.partition(" ")
    return first if rest and len(first) >= 5 and first.lower() not in _COMMON else ""


@lru_cache(maxsize=64)
def _introductions(name: str, handles: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    plain = read(name).cased.strip()
    words = r"[\W_]{1,3}".join(re.escape(word) for word in plain.split())
    compact = re.escape("".join(plain.split()))
    known = "|".join([words, compact, *(re.escape(handle.lstrip("@")) for handle in handles if handle.strip("@ "))])
    full = rf"(?i:@?(?:{known}))(?:'s|')?(?!\w)"
    person = r"\b(?!(?:Hi|Hello|Hey|Hoi|Dear|Beste|Dag|Hallo|Thanks|Sorry)\b)[A-Z][\w'-]+(?: (?:(?:van|de|der|den) )*[A-Z][\w'-]+)?"
    sources = [
        rf"{person} ?\({full}(?: [\w ]{{1,20}})?\)",
        rf"{person},? ?(?:w/|v\.|vd|o/b/o|c/o|\||·|–|-|/|@)[ ]?{full}",
        rf"{person}, (?=@){full}",
        rf"{full}'? {person} (?:here|hier)\b",
        rf"(?i:\b(?:you've|you have|je hebt|u hebt|u heeft)[ ](?:now[ ])?(?:reached|contacted|bereikt)[ ](?:the[ ]|de[ ])?){full}",
        rf"(?i:\b(?:uit|in)[ ]naam[ ]van[ ](?:de[ ]|het[ ])?|\bin[ ]the[ ]name[ ]of[ ](?:the[ ])?){full}",
        rf"(?i:\b(?:bij ons|wij|we|us)[ ](?:hier[ ]|here[ ])?(?:op|in|at)[ ](?:de[ ]|het[ ]|the[ ])?){full}",
        rf"(?i:\b(?:i|ik)[ ](?:also[ ]|ook[ ])?{_DOES}\b[^.!?:;]{{0,40}}?\b(?:for|voor|at|bij)[ ](?:de[ ]|het[ ]|the[ ])?){full}",
    ]
    short = _short(plain)
    if short:
        part = rf"(?:{re.escape(short)})(?!\w)"
        sources += [
            rf"(?i:\b{_GROUP}[ ](?:at|of|from|van|bij|voor|for)[ ](?:the[ ]|de[ ]|het[ ])?){part}",
            rf"(?:^|[.!?,:][ ]){person},? (?:from|at|of|with|van|bij|for|voor|namens) {part}(?=\W*(?:here|hier|[.,:;!)]|$))",
        ]
    return tuple(re.compile(source) for source in sources)


def introduces(context: Context) -> bool:
    """Say whether a person or a team is introduced as ours in one of the looser ways."""
    text = context.reply.cased
    author = read(f"{context.stored.mention.author.handle} {context.stored.mention.author.name}").plain.split()
    for regex in _introductions(context.brand.name, tuple(context.brand.handles)):
        for match in regex.finditer(text):
            first = re.match(r"[A-Z][\w'-]+", match.group())
            if not (first and first.group().lower() in author):
                return True
    return False
