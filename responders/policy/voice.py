"""Judges whether a person is heard in a reply (R10): a name, the first person, an invitation. Whom it speaks for is identity's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.domain import Objection
from responders.policy.acts import performs
from responders.policy.context import Context
from responders.policy.grammar import FIRST_PERSON, has
from responders.policy.identity import NOT_A_PERSON, named_speaker, opening
from responders.policy.introductions import introductions, named_with_post, undersigned
from responders.policy.ournames import OUR_NAME
from responders.policy.reading import read

_INVITES = r"""
    \b(?: (?:laat|laten|let|tell|vertel|zeg|meld|reageer|reply|write|message|dm|contact|schrijf|stuur|roep|bel|mail|call|ask|vraag|
        stel|app|correct|ping|leave|shout|holler|reach|share|drop|send|spreek|geef|kom)\b[^.!?]{0,60}?\b(?:me|mij|us|ons|here|hier|
            gerust|
        know|weten|maar|op|away|any\s?time|back|het|it|ask|vragen|question|questions|even|direct|bericht|dan|out|hieronder|below|aan|by|
        terug) |
    (?:reageer|reply|message\ me|dm\ me|ask\ away|ask\ me|vraag\ door|
        just\ reply|vraag\ maar|kom\ maar\ op) | (?:hoor|horen|lees|lezen|hear|
        love\ to\ hear|like\ to\ hear|happy\ to|glad\ to|here\ (?:to|for\ you)|welcome\ to|welkom|bereikbaar|
        bereiken)\b[^.!?]{0,50}\b(?:graag|from\ you|it|van\ je|van\ u|me|ons|het|help|answer|explain|listen|hear|here|hier|if|them|ze) |
        (?:hoor|horen|lees)\W+(?:ik|wij|we)\b[^.!?]{0,30}\b(?:graag|het) | (?:graag|gerust)\b |
    zeg(?:t)?\ (?:u|je|jij|jullie)\W+(?:het|dat)\W+(?:me|mij|ons)\b |
    geef\b[^.!?]{0,20}\b(?:gil|seintje|belletje|bericht|brul|kik) | trek\b[^.!?]{0,12}\bbel |
    (?:(?:please|do|just)\ (?:\w+\ )?)(?:answer|respond|write|ask|tell|say|come|get\ in\ touch)\b |
    (?:(?<=[.!?,;:]\ )|(?<=please\ )|(?<=just\ )|(?<=\bor\ ))(?:answer|respond|get\ in\ touch)\b[^.!?]{0,30}\b(?:any\ ?time|whenever|here|
        to\ me|me) | i(?:'m|\ am)\ (?:listening|reading\ along) |
    antwoordt?\b[^.!?]{0,30}\b(?:me|mij|ons|maar|gerust|dan)\b | ik\ (?:luister|lees\ mee) | (?:luister|lees)\ ik\b |
    (?:praten|bellen|mailen|schrijven|antwoorden|langskomen)\ (?:kan|mag)\b | kan\ (?:ook|altijd)\b |
    just\ ask | come\ and\ (?:see|talk) | shout | say\ so | ben\ ik\ er | ik\ ben\ er | hier\ ben\ ik | i'm\ here | (?:vragen|
        questions)\W+(?:zijn\ |are\ |
        altijd\ )?(?:welkom|welcome) | tag\ m[ei]j? | spreek\ m[ei]j?\ aan | reageren\ kan | schrijf\ m[ei]j? | speak\ up |
        aan\ de\ bel | any\ (?:other\ )?questions | vragen\ (?:kun|kunt|mag|stel)\w* | (?:kunt|kun|kan|mag|mogen)\W+(?:je|u|
            jullie)\W+(?:\w+\W+){0,5}?(?:antwoorden|schrijven|stellen|vragen|bereiken|reageren|bellen|mailen|vertellen|terecht) |
        (?:je|u|you)\W+(?:kunt|
        kan|mag|can|may|could|are\ welcome)\W+(?:\w+\W+){0,5}?(?:antwoorden|stellen|vragen|bereiken|reageren|terecht|bellen|mailen|sturen|
        vertellen|tell|ask|reply|reach|call|write|send|message|terugkomen|laten\ weten|indienen|contact) | kan\ dat\ (?:natuurlijk|in|
        ook|via) | (?:mogen|mag)\W+(?:jullie|je|u)\b |
    (?:(?<=[.!?,;:]\ )|^)(?:(?:please|do|just)\ )?(?:put|add|raise|pose|bring|keep|post|leave|pop|throw|fire|zet|plaats|leg|deel|noem|
        gooi)\b(?!\W+(?:ik|we|wij)\b)[^.!?]{0,60}?\b(?:me|us|here|below|hier|hieronder|mij|ons)\b |
    (?:you|je|u|jullie)\W+(?:can|may|could|kunt|kan|mag|kun)\b[^.!?]{0,120}\b(?:to|with|aan|bij|via)\W+(?:me|us|mij|ons)\b )
"""


_SPEAKS = (
    FIRST_PERSON + r"|(?:^|[.!?]\s)\W*(?:happy|glad|keen|will|looking|checking|can't|cannot|won't|ben|zal|kan|heb)\s"
    r"(?!(?:you|u|je|jij|it|het)\b)"
)
"""The first person, or a sentence that leaves it out: "Happy to check"."""


def _asks_for_theirs(text: str) -> bool:
    """Say whether a sentence that sounds like an invitation is not of what we do, or of what they will hear of us."""
    told = r"^\W*(?:je|u|jullie|you|you'll|then|dan)\W+(?:\w+\W+){0,2}?(?:hoort|hoor|hear|read|leest|lees|krijgt|get)\b"
    return not has(rf"\b(?:elsewhere|ergens\ anders)\b|{told}|^\W*(?:we|wij|i|ik)\b", text)


def human_voice(context: Context) -> Iterator[Objection]:
    """R10: a name or initials, the first person, and an invitation to answer."""
    missing: list[tuple[str, str]] = []
    plain = context.reply.plain
    if not has_name(context):
        missing.append(("een naam of initialen", "a name or initials"))
    if context.is_complaint and not has(_SPEAKS, plain) and not introductions(context) and not named_speaker(context):
        missing.append(("de eerste persoon (wij, ik)", "the first person (we, I)"))
    if context.is_complaint and "?" not in plain and not has(_INVITES, plain) and not performs(context, "invite", _asks_for_theirs):
        missing.append(("een uitnodiging om te antwoorden", "an invitation to answer"))
    if missing:
        yield context.whole(
            "R10",
            nl=f"Er ontbreekt een mens in dit antwoord. Zet erbij: {', '.join(nl for nl, _ in missing)}.",
            en=f"No person is heard in this reply. Add: {', '.join(en for _, en in missing)}.",
        )


_NAME = r"[A-Z][a-z'-]+(?:\ (?:van|de|der|den|ten|ter|el|al|di|O')){0,2}(?:\ [A-Z](?:[a-z'-]+|\.)?)?"
_SIGNED_NAME = re.compile(
    rf"""(?: [\^~/]\ ?[A-Z][A-Za-z]{{0,12}}\b | (?:^|\s)[–-]\ ?[A-Z][A-Za-z]{{1,14}}\b(?=[^.!?]{{0,40}}$) |
    \b(?:[Gg]roet(?:en|jes)?|[Rr]egards|[Cc]heers|[Bb]est(?:\ wishes)?|[Tt]hanks|[Ll]iefs|[Ss]incerely|[Yy]ours|[Gg]r\.?|
        [Mm]vg)[^\w]{{1,4}}(?:van\ |from\ )?(?P<greeted>{_NAME}) |
    \b(?:[Mm]ijn\ naam\ is|[Ii]k\ heet|(?<=\ en\ )heet|
        [Mm]y\ name\ is|[Ii]k\ ben|I'm|I\ am|[Tt]his\ is|[Ii]t's|[Dd]it\ is|[Dd]it\ spreekt|(?:[Jj]e|[Uu]|
        [Jj]ullie)\ spre(?:ekt|ken)\ met|[Hh]ier|[Mm]et)\ (?:is\ )?(?P<introduced>{_NAME}) |
    (?P<here>{_NAME})(?:,?\ (?:hier|here|speaking|writing|aan\ het\ woord)\b|\ \([A-Z][^)]{{2,40}}\)\W*$|
        ,\ (?:[a-z][\w'-]*\ ){{1,4}}(?:of|at|for|van|bij|voor)\ |,?\ (?:van|from|of|at|bij|namens|
        for|with|on\ behalf)\ ) |
    {OUR_NAME},\ (?P<beside>{_NAME})(?:\ \([^)]{{2,40}}\))?\W*$ |
    (?:^|[.!?)…\n"]\s*|[.!?]\s–\s?)(?P<last>(?!(?:Groet\w*|Regards|Cheers|Best|Thanks|Liefs|Sincerely|Yours|Met|Kind|Warm|Vriendelijke|
        Gr|Mvg)\b){_NAME}|[A-Z]{{2,3}}|[A-Z]\.(?:\ ?[A-Z]\.?)?)(?P<tail>\ ?[,|/]?\ (?:[A-Z@(][\w' -]{{1,40}}|(?:web|team|klantenservice|
        namens|van|from|for|at|bij|gemeente|the|de|het|on)[\w' -]{{1,40}})\)?|,\ [\w' -]{{2,40}})?\s*\.?$ )""",
    re.VERBOSE,
)
_AFTER = re.compile(r"[ \t]{0,9}[.)]?[ \t]{0,9}(?:$|\n|(?:https?://\S{1,300}|[@#]\w{1,60}|\(?\d{1,2}/\d{1,2}\)?)(?:\s|$))")
"""What may follow a signature: the end, a new line, a link, a handle or hashtag, the number of a part."""


def _is_placed(text: str, match: re.Match[str]) -> bool:
    """Say whether it stands where a signature stands: at the end of the reply or of a line, or between two sentences."""
    if _AFTER.match(text, match.end()):
        return True
    before = text[: match.start()].rstrip()
    return before[-1:] in {"", ".", "!", "?", "…", ")"} and re.match(r"\W{1,3}[A-Z]", text[match.end() :]) is not None


def _goes_on_with_us(text: str, match: re.Match[str]) -> bool:
    """Say whether only for whom they write stands behind initials, at the end: "^HA, on behalf of X"."""
    rest = text[match.end() : match.end() + 80]
    return len(text) - match.end() < 80 and re.fullmatch(rf"\W{{1,3}}(?:[\w&'-]+ ){{0,5}}@?{OUR_NAME}\W*", rest) is not None


def has_name(context: Context) -> bool:
    """Say whether a person's name or initials stand in the reply as its writer."""
    cased = context.reply_marked.rstrip()
    signature = context.brand.signature
    if signature and any(_is_placed(context.text, match) for match in re.finditer(rf"(?<!\w){re.escape(signature)}(?!\w)", context.text)):
        return True
    if opening(context) or any(one.name for one in introductions(context)) or named_with_post(context) or undersigned(context):
        return True
    brand_words = {word.text for word in read(context.brand.name).words} | {OUR_NAME.lower()}
    author = read(context.stored.mention.author.handle + " " + context.stored.mention.author.name).plain
    for match in _SIGNED_NAME.finditer(cased):
        if match["tail"] and has(r"\b(?:je|u|uw|you|your|we|wij|me|us|ons|it|het|dan|please|just)\b", match["tail"].lower()):
            continue
        name = next((match[group] for group in ("greeted", "introduced", "here", "beside", "last") if match[group]), None)
        if name is None:
            if match.group()[0] in "^~/" and not _is_placed(cased, match) and not _goes_on_with_us(cased, match):
                continue  # "^WT" in the middle of a sentence is a sign of something else.
            initials = re.sub(r"[^A-Za-z]", "", match.group())
            if initials and initials.lower() not in brand_words and (match.group()[0] == "^" or initials.lower() not in NOT_A_PERSON):
                return True
            continue
        first = name.lower().split()[0].strip(".'")
        if first in NOT_A_PERSON or first in brand_words:
            continue
        if match.group("here") is not None and first in author.split() and match.start() < 12:
            continue
        return True
    return False
