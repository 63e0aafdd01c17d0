"""Finds names of people who are not ours in a reply (N6): with a title, in full, or greeted by one that they do not show."""

from __future__ import annotations

import re
from collections.abc import Iterator

from responders.policy.context import Context
from responders.policy.identifiers import Found
from responders.policy.names import FIRST_NAMES, NOT_SURNAMES
from responders.policy.ournames import OUR_NAME
from responders.policy.patterns import Pattern
from responders.policy.reading import read

_TITLE = Pattern(
    r"\b(?:(?:[Mm]r|[Mm]rs|[Mm]s|[Dd]hr|[Mm]evr|[Mm]w)\.?|[Mm]iss|[Mm]eneer|[Mm]evrouw|[Hh]eer|[Ff]amilie|"
    r"[Dd]oktor|[Hh]err|[Ff]rau|[Mm]adame|[Mm]onsieur) (?P<name>(?:(?:[Vv]an|[Dd]e|[Dd]er|[Dd]en|[Tt]en|"
    r"[Tt]er|[Tt]e) ){0,2}[A-Z][\w'-]+(?: [A-Z][\w'-]+)?)"
)
_PAIR = Pattern(r"\b([A-Z][a-z'-]{1,20}) ((?:(?:van|de|der|den|ten|ter|el|al|di|von|da)\b ?){0,2}[A-Z][a-z'-]{2,20})\b")
_GREETED = Pattern(
    r"^\W*(?:Hi|Hello|Hey|Dear|Hoi|Hallo|Beste|Dag|Geachte|Goedemorgen|Goedemiddag|Goedenavond|Ha|"
    r"Hej)\s+(?:heer |mevrouw |meneer |Mr\.? |Mrs\.? |Ms\.? )?((?:(?:van|de|der|den) ){0,2}[A-Z][\w'-]+)"
)
_RELATION = Pattern(
    r"\b(?:zoon(?:tje)?|dochter(?:tje)?|man|vrouw|moeder|vader|buurman|buurvrouw|vriend(?:in)?|"
    r"kind(?:je)?|partner|broer|zus|son|daughter|husband|wife|mother|father|mum|dad|neighbour|friend|"
    r"child|boy|girl|brother|sister|flatmate|colleague|girlfriend|boyfriend),? ([A-Z][a-z'-]{2,20})\b"
)


_ROLE = Pattern(
    r"\b(?:[Ii]nstruct(?:eur|or)|[Cc]hauffeur|[Dd]river|[Mm]onteur|[Bb]ezorger|[Cc]ourier|[Kk]oerier|[Cc]onduct(?:eur|or)|"
    r"[Mm]edewerk(?:er|ster)|"
    r"[Cc]ollega|[Cc]olleague|[Dd]ocent|[Tt]eacher|[Aa]rts|[Nn]urse|[Tt]eller|[Ww]aiter|[Ww]aitress|[Hh]ostess|[Oo]fficer|[Ee]ngineer|"
    r"[Tt]rainer|[Vv]erpleegkundige|[Zz]orgverlener|[Kk]lant|[Cc]ustomer),? ([A-Z][a-z'-]{1,20} (?:(?:van|de|der|den|ten|ter|"
    r"el) ){0,2}[A-Z][a-z'-]{2,20})\b"
)


def find_names(context: Context, ours: str) -> Iterator[Found]:
    """Find names of people who are not ours: with a title, in full, or greeted by a name that the author does not show."""
    cased = context.reply.cased
    author = context.stored.mention.author
    shown = read(f"{author.handle} {author.name}").plain
    shown_compact = re.sub(r"[\W_\d]", "", shown)
    brand = read(context.brand.name + " " + context.brand.speaks_as + " " + context.brand.owner).plain

    def known(name: str) -> bool:
        folded = name.lower()
        return (
            folded in shown
            or re.sub(r"\W", "", folded) in shown_compact
            or folded in ours
            or folded in brand
            or any(part and part == shown_compact[: len(part)] and len(part) > 3 for part in [re.sub(r"\W", "", folded)[:6]])
        )

    nl_en = ("een naam van iemand die niet van ons is", "the name of somebody who is not ours")
    for match in _TITLE.finditer(cased):
        if not known(match["name"]) and not _introduces_itself(context, match.start(), match.end()):
            yield Found(match.start(), match.end(), *nl_en)
    greeted = _GREETED.search(cased)
    if greeted and not known(greeted[1]) and greeted[1].lower() not in NOT_SURNAMES and greeted[1].lower() in FIRST_NAMES and shown_compact:
        yield Found(greeted.start(1), greeted.end(1), *nl_en)
    for match in _RELATION.finditer(cased):
        if (
            match[1].lower() not in NOT_SURNAMES
            and not known(match[1])
            and match[1].lower() not in context.post.plain
            and match[1].lower() in FIRST_NAMES
        ):
            yield Found(match.start(1), match.end(1), *nl_en)
    for match in _ROLE.finditer(cased):
        if not known(match[1]) and not _is_signature(context, match.start(1), match.end(1)):
            yield Found(match.start(1), match.end(1), *nl_en)
    for match in _PAIR.finditer(cased):
        first, last = match[1].lower(), match[2].lower()
        if first not in FIRST_NAMES or last.split()[-1] in NOT_SURNAMES or known(match.group()) or last.split()[-1] in brand.split():
            continue
        if first in ours and last in ours:
            continue
        if _is_signature(context, match.start(), match.end()):
            continue
        yield Found(match.start(), match.end(), *nl_en)


_I_AM = r"\b(?:ik ben|i'm|i am|my name is|mijn naam is|this is|dit is|je spreekt met|u spreekt met)\W+$"


def _introduces_itself(context: Context, start: int, end: int) -> bool:
    """Say whether a titled name is our writer's own: "I'm Mrs Pell", "Ms Danso here", "Mr Fielding from Oakrise Primary"."""
    before, after = context.reply.plain[max(0, start - 24) : start], context.reply.plain[end : end + 12]
    begins = re.search(r"(?:^|[.!?])\W*(?:\w+,\W*)?$", before) is not None
    if re.search(rf"(?:^|[.!?]\W*|\b(?:en|and)\W+)(?:{_I_AM})", before) or (begins and re.match(r",? (?:here|hier)\b", after)):
        return True
    return begins and (
        re.match(rf",? (?:van|from|of|at|bij|for|voor|namens) @?{OUR_NAME}", context.marked(context.reply.cased[end : end + 60]))
        is not None
    )


def _is_signature(context: Context, start: int, end: int) -> bool:
    """Say whether a full name is our own writer's: at the end, or where the reply introduces itself."""
    plain = context.reply.plain
    after, before = plain[end:], plain[max(0, start - 30) : start]
    if re.match(rf",? (?:(?:van|from|of|at|bij|for|voor) )?@?{OUR_NAME}", context.marked(context.reply.cased[end : end + 60])):
        return True  # "Rianne Mol, Zekerhof" is ours, wherever it stands.
    if len(re.findall(r"\w+", after)) <= 6 and not re.search(r"\b(?:je|u|you|your|uw)\b", after):
        return True
    introduced = re.search(
        (
            r"\b(?:ik ben|i'm|i am|my name is|mijn naam is|this is|dit is|met|groet\w*|regards|it's|here is|"
            r"hier is|hier)\W+$"
        ),
        before,
    )
    if introduced or re.match(r"\W{1,2}(?:hier|here|van|from|of|at|bij|namens|for|on behalf|,)\b", after):
        return True
    # "Kirsten Bale, I lead customer success at Trellis": who begins with a name and goes on in the first person is who writes.
    begins = re.search(r"(?:^\W*(?:\w+,\W*)?|[.!?]\W*)$", before) is not None
    return begins and re.match(r", (?:i'm|i am|i|ik)\b", after) is not None
