"""Judges silence about what we removed (N14): what we took down we say that we took down, and never let it have vanished."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.domain import Objection
from responders.policy.context import Context
from responders.policy.corrections import denials, supporting_facts
from responders.policy.grammar import has, pattern

_REMOVING_POST = r"""
    \b(?: (?:delet|remov|censor|suppress)\w* | hid | hide | hides | hidden | hiding | block(?:ed|s|ing)? | ban(?:ned|s|ning)? |
        wip(?:ed|es|ing) | taken\ down | took\ down | take\ down | gone\ from\ your | disappear\w* | verwijder\w* | (?:weg|
        offline)\ ?gehaald | weghalen | gewist | wissen | gecensureerd | censuur | censureren | geblokkeerd | blokkeert | blokkeren |
        verborgen | verdwenen | verdwijnen )\b
"""
_OUR_TEXT = (
    r"\b(?:comments?|posts?|reviews?|reactions?|tweets?|replies|questions?|messages?|reacties?|berichten|"
    r"bericht|beoordelingen?|recensies?|vragen|tweet|topic|draadje|thread|photos?|foto's?|video's?|"
    r"videos?|page|pagina)\b"
)
_REMOVED_BY_US = (
    r"\b(?:wisten|wiste|wissen|wiped)\b(?!\W+(?:niet|dat|wel|van|of|al)\b)[^.;!?]{0,40}?\b(?:reactie|bericht|kritiek|comment|repl|vraag|post)\w*|"
    r"\b(?:we|wij|ik|i|ons|our|us)\b[^.;!?]{0,70}?\b(?:remov\w+|delet\w+|took|(?:take|"
    r"taken)\b[^.;!?]{0,30}\bdown|haal\w*\b[^.;!?]{0,60}\bweg|hid(?:den)?|"
    r"blocked|verwijder\w*|weggehaald|offline|verborgen|gewist|geblokkeerd)\b|\b(?:verwijderd(?:en)?|"
    r"weggehaald|geblokkeerd|verborgen|removed|deleted|hidden|blocked|taken\ down|"
    r"haalden)\b[^.;!?]{0,40}?\b(?:we|wij|ik|i|by\ us|door\ ons)\b|\b(?:was|were|is|zijn|werd|werden|"
    r"has\ been|have\ been|one|two)\W+(?:\w+\W+){0,3}?(?:removed|deleted|verwijderd|"
    r"weggehaald)\b[^.;!?]{0,20}\b(?:because|omdat|as\ it|since|want|doordat)\b"
)
_VANISHED = r"""
    \b(?: (?:comments?|posts?|reviews?|reactions?|tweets?|replies|reply|messages?|notes?|reacties?|bericht(?:en)?|berichtje|beoordeling|
        recensies?|video|foto|page|pagina|photos?|topic|draadje|thread|toots?)\b[^.;!?]{0,60}?(?<!hoeft )(?:no\ longer|any\ ?(?:more|
        longer)|
        (?:not|n't)\ (?:be\ )?(?:visible|there|available|online|up|showing|show|to\ be)|vanish\w*|disappear\w*|gone|lost|missing|
        drop(?:ped|s)\ (?:off|out)|niet\ (?:meer|langer)|niet\ (?:zichtbaar|te\ (?:zien|vinden)|beschikbaar|online)|nergens|
        verdwenen|verdwijn\w*|verloren|kwijt|weg\b(?!\ (?:te\ )?hal|gehaald)|offline(?!\ (?:te\ )?hal)|
        (?:is|are|was|were)\ (?:removed|deleted|hidden)|(?:is|zijn|werd)\ (?:verwijderd|weggehaald)) |
    (?:no\ longer|not\ (?:visible|available))\W+(?:\w+\W+){0,3}?(?:show\w*|visible|available|online) |
    (?:zie|ziet|vind|vindt|staat|see|find)\W+(?:\w+\W+){0,2}?(?:je|uw|your)\W+(?:\w+\W+){0,2}?(?:reactie|bericht|recensie|vraag|comment|
        review|post|question)\W+(?:\w+\W+){0,3}?(?:niet\ meer|nergens|no\ longer|any\ ?more) |
    (?:missing|gone|missen|ontbre\w+)\ (?:from|uit|in)\ (?:the|this|het|dit)\ (?:thread|draadje|gesprek) |
    (?:what|wat|where|
        waar)\b[^.;!?]{0,40}?\b(?:(?:happened\ to|gebeurd\ is\ met)\W+(?:\w+\W+){0,3}?(?:comments?|posts?|reviews?|replies|reacties?|
        berichten|bericht|recensies?)|comments?\ went|reacties\ is\ gebeurd|reacties\ zijn\ gebleven) | things\ vanish |
        soms\ verdwijnt | quietly\ (?:remov\w+|delet\w+|took|correct\w+|chang\w+) | stilletjes | (?:nothing|niets|
        geen\ enkele?\ \w+)\W+(?:\w+\W+){0,2}?(?:was|were|has\ been|is|zijn|hebben)\W+(?:\w+\W+){0,3}?(?:removed|deleted|verwijderd) )
"""


_BLOCKED_THING = (
    r"\b(?:\w*pas|passen|\w*kaart|cards?|\w*rekening|bank\ account|betaling|payments?|sim|simkaart|telefoon|phone|number|nummer|weg|"
    r"road|\w*pad|path|"
    r"stoep|pavement|uitgang|exit|ingang|entrance|deur|door|oprit|driveway|toilet|afvoer|drain|wheel|wiel|lane|track|spoor)\b[^.!?]{0,50}?"
    r"\b(?:block(?:ed|s|ing)?|geblokkeerd|blokkeert|blokkeren)\b|\b(?:block(?:ed|s|ing)?|geblokkeerd|blokkeert|"
    r"blokkeren)\W+(?:\w+\W+){0,2}?"
    r"(?:pas|kaart|card|rekening|payments?|sim|road|path|exit|entrance|door|driveway|drain|lane|track)\b"
)
"""What is blocked and is nobody's word: a card, a road."""


def has_vanished(text: str) -> bool:
    """Say whether a text tells that something is gone, as if by itself."""
    return has(_VANISHED, text)


def hidden_removal(context: Context) -> Iterator[Objection]:
    """N14: what we removed, we say that we removed it, and why; we never let it have vanished."""
    post, reply = context.post, context.reply
    accused = any(
        has(_REMOVING_POST, sentence.text)
        and not has(_BLOCKED_THING, sentence.text)
        and (has(_OUR_TEXT, sentence.text) or has(r"\b(?:blocked|banned|geblokkeerd|blokkeren)\b", sentence.text))
        for sentence in post.sentences
    )
    told = any(
        has(_REMOVED_BY_US, sentence.text)
        and not has(r"\b(?:nothing|niets|not|niet|never|nooit|geen)\b[^,;:.]*(?:remov|delet|verwijder)", sentence.text)
        for sentence in reply.sentences
    )
    if told:
        return
    vanished = next(
        (
            m
            for m in pattern(_VANISHED).finditer(reply.plain)
            if not reply.is_quoted(*m.span())
            and not has(r"\bhoef\w*|\bneed\b|\bif\b|\bals\b|\bonce\b|\bzodra\b", reply.plain[max(0, m.start() - 16) : m.end()])
        ),
        None,
    )
    if vanished:
        start, end = vanished.span()
    elif accused and not _denied_removal(context):
        start, end = 0, len(reply.plain)
    else:
        return
    yield context.objection(
        "N14",
        start,
        end,
        nl="Als wij iets hebben weggehaald, zeg dan wat, dat wij het waren en waarom. ‘Verdwenen’ of zwijgen verbergt het.",
        en="If we removed something, say what, that it was us, and why. 'Gone' or silence hides it.",
    )


def _denied_removal(context: Context) -> bool:
    """Say whether the reply says, with a fact behind it, that we removed nothing."""
    return any(
        has(_REMOVING_POST, context.reply.plain[one.clause_start : one.clause_end])
        and supporting_facts(context, one.clause_start, one.clause_end)
        for one in denials(context)
    )
