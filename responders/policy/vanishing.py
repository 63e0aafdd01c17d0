"""Judges silence about what we removed (N14): what we took down we say that we took down, and never let it have vanished."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import zip_longest

from monitor.domain import Objection
from responders.policy.context import Context
from responders.policy.corrections import denials, supporting_facts
from responders.policy.grammar import has, negated_before, pattern
from responders.policy.reading import read
from responders.policy.stems import common, keys_of_text

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
_TAKEN = r"""
    \b(?: delet(?:e|ed|es|ing) | remov(?:e|ed|es|ing|al) | (?:took|take[ns]?|taking|pull(?:ed|s)?|
        brought)\b[^.;!?]{0,50}?\b(?:down|off|offline) |
        (?:came|come|went|gone)\W+(?:down|offline)\b(?!\W+the) | hid | hidden | unpublish\w+ | withdr[ae]w\w* | wip(?:ed|ing) | scrapped |
        cut\W+out | struck | verwijder\w* | weg\ ?(?:te\ )?(?:gehaald|halen|haalden?) | gewist |
        wist(?:en?)?\b(?!\W+(?:niet|dat|wel|van|of|al|we|wij|het|er|hier|ons)\b) | verborg\w* |
        geschrapt | schrapten? | (?:haal(?:t|de|den)?|halen|gehaald|zett?en|gezet|ging(?:en)?|gaan?|gegaan|moest(?:en)?)\b[^.;!?]{0,90}?
            \b(?:weg|eraf|eruit|offline|er\ (?:[\w-]+\ ){0,6}?(?:af|uit)|van\ (?:de|onze|het|ons)\ (?:\w*site|
            \w*pagina|\w*tijdlijn|forum|account)) |
        (?:offline|eraf|eruit|van\ (?:de|onze|het|ons)\ (?:\w*site|\w*pagina|forum))\W+(?:gehaald|gezet|haalden?) )\b
"""
"""How something is taken away, in a fact or in a reply that tells it."""
_CHANGED = (
    r"\b(?:aangepast|paste\w*|gewijzigd|wijzig\w*|verander\w*|herschre\w+|vervang\w*|verving\w*|verbeterd\w*|gecorrigeerd|chang\w+|edit\w+|alter\w*|"
    r"rewr\w+|correct(?:ed|s)|replac\w+|reword\w*|swap\w*|updated)\b"
)
_QUIETLY = (
    r"\b(?:zonder\b[^.;!?]{0,40}\b(?:zeggen|meld\w*|vermeld\w*|aan te geven|uitleg|bericht)|stil(?:letjes|zwijgend)?|ongemerkt|"
    r"without\b[^.;!?]{0,40}\b(?:say\w*|tell\w*|not(?:e|ice|ing)|mention\w*|announc\w+|word|flag\w*)|quietly|silently|unannounced)\b"
)
_WRITTEN = (
    r"\b(?:comments?|\w*posts?|reviews?|reactions?|tweets?|toots?|replies|reply|questions?|messages?|answers?|threads?|topics?|\w*pages?|pledges?|"
    r"tables?|lines?|sentences?|texts?|articles?|notices?|promises?|statements?|photos?|videos?|polls?|entr(?:y|ies)|\w*reacties?|\w*bericht(?:en|je)?|"
    r"\w*beoordeling(?:en)?|recensies?|\w*vra(?:ag|gen)|\w*antwoord(?:en)?|draadje|\w*pagina\w*|toezegging(?:en)?|belofte[ns]?|\w*tabel\w*|regels?|"
    r"zin(?:nen)?|\w*tekst(?:en)?|artikel\w*|foto's?|video's?|filmpjes?|passages?|alinea\w*|\w*overzicht\w*|mededeling\w*|peiling)\b"
)
"""What is published and can be taken away."""
_ELSEWHO = (
    r"\b(?:author|customer|poster|writer|platform|reddit|facebook|instagram|google|youtube|trustpilot|"
    r"tiktok|auteur|schrijver|klant|plaatser|zelf)\b"
)
"""Others who may have taken it away themselves."""
_US = (
    r"\b(?:we|wij|ik|i|us|ons|ours?|onze|i'm|we've|we'd|my|mijn|by\ the\ (?:team|editors?|moderators?)|"
    r"door\ de\ (?:redactie|webredactie|moderator\w*|beheerder))\b"
)
_REASON = r"\b(?:because|since|as it|as they|due to|omdat|want|doordat|wegens|vanwege)\b"
_IT_WAS_US = (
    r"\b(?:we|i)\ (?:did\ (?:it|that|so)|are\ the\ ones)|(?:that|it)\ was\ (?:us|me|our\ (?:doing|decision|moderator\w*|editor\w*|team))|"
    r"(?:dat|dit)\ (?:deden|hebben|waren|was)\ (?:wij|we|ons|onze)\b|dat\ (?:is|was)\ (?:door\ ons|ons\ werk)"
)
_NOBODY_KNOWS = r"\b(?:not|\w+n't|nog niet|niet)\W+(?:\w+\W+){0,2}?(?:know|known|weten|bekend)\b|\b(?:weten|weet)\b[^.;!?]{0,20}\bniet\b"
_TAKES_NOTHING = (
    r"\b(?:nothing|niets|not|niet|never|nooit|geen|n't)\b[^,;:.]*(?:remov|delet|verwijder|taken|weggehaald)|n't\W+(?:remov|delet|tak)"
)
_VANISHED = r"""
    \b(?: (?:comments?|posts?|reviews?|reactions?|tweets?|replies|reply|messages?|notes?|reacties?|bericht(?:en)?|berichtje|beoordeling|
        recensies?|video|foto|page|pagina|photos?|topic|draadje|thread|toots?)\b[^.;!?]{0,60}?(?<!hoeft )(?:no\ longer|any\ ?(?:more|
        longer)|
        (?:not|n't)\ (?:be\ )?(?:visible|there|available|online|up|showing|show|to\ be)|vanish\w*|disappear\w*|gone|lost|missing|
        drop(?:ped|s)\ (?:off|out)|niet\ (?:meer|langer)|niet\ (?:zichtbaar|te\ (?:zien|vinden)|beschikbaar|online)|nergens|
        verdwenen|verdwijn\w*|verloren|kwijt|weg\b(?!\ (?:te\ )?hal|gehaald)|offline(?!\ (?:\w+\ )?(?:te\ )?hal)|
        (?:is|are|was|were)\ (?:removed|deleted|hidden)|(?:is|zijn|werd)\ (?:verwijderd|weggehaald)) |
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
_MISSED = (
    r"\b(?:gone|missing|vanish\w*|disappear\w*|remov\w+|delet\w+|scrapp\w+|hid(?:e|den|ing)?|404|nowhere|"
    r"(?:isn't|is not|not|no longer)\b[^.;!?]{0,30}?\b(?:there|anywhere|on your|online|up|any ?more|visible|show\w*)|"
    r"took\b[^.;!?]{0,30}\bdown|weg|verdwenen|verdwijn\w*|verwijder\w*|weggehaald|gewist|"
    r"nergens|geschrapt|offline|niet meer|nu (?:staat|staan)|now (?:says|it says)|of (?:the|de) site|van (?:de|jullie) (?:site|pagina)|"
    r"waar (?:is|zijn|bleef|blijft)|where (?:is|are|did))\b"
)
"""How a post misses what stood there."""


def has_vanished(text: str) -> bool:
    """Say whether a text tells that something is gone, as if by itself."""
    return has(_VANISHED, text)


def hidden_removal(context: Context) -> Iterator[Objection]:
    """N14: what we removed, we say that we removed it, and why; we never let it have vanished."""
    removed, changed = _removals(context)
    reply = context.reply
    vanished = next((m for m in pattern(_VANISHED).finditer(reply.plain) if not _is_no_loss(context, m.start(), m.end(), removed)), None)
    if not (vanished or removed or changed or (_accused(context) and not _denied_removal(context))) or _tells(context, changed=changed):
        return
    start, end = vanished.span() if vanished else (0, len(reply.plain))
    yield context.objection(
        "N14",
        start,
        end,
        nl="Als wij iets hebben weggehaald, zeg dan wat, dat wij het waren en waarom. ‘Verdwenen’ of zwijgen verbergt het.",
        en="If we removed something, say what, that it was us, and why. 'Gone' or silence hides it.",
    )


def _removals(context: Context) -> tuple[bool, bool]:
    """Say whether a fact tells that we took something away that the post asks after, and whether we changed it and said nothing."""
    removed = changed = False
    for fact in context.usable:
        for told in fact.text.values():
            for text, takes_at, changes in _takings(told):
                changed = changed or changes
                if takes_at < 0 or removed or _taken_by_others(context, text[:takes_at]):
                    continue
                own = keys_of_text(text) - context.brand_stems
                missed = [sentence.text for sentence in context.post.sentences if has(_MISSED, sentence.text)]
                removed = (has(_WRITTEN, text) and bool(missed or common(own, context.post_keys))) or any(
                    common(own, keys_of_text(one) - context.brand_stems) for one in missed
                )
    return removed, changed


@lru_cache(maxsize=512)
def _takings(told: str) -> tuple[tuple[str, int, bool], ...]:
    """Return the sentences of a fact that tell of something taken away (and where) or changed without a word."""
    found: list[tuple[str, int, bool]] = []
    for sentence in read(told).sentences:
        text = sentence.text
        taken = pattern(_TAKEN).search(text)
        changes = has(_CHANGED, text) and has(_QUIETLY, text)
        takes_at = taken.start() if taken and not negated_before(text, taken.start(), 25) else -1
        if takes_at >= 0 or changes:
            found.append((text, takes_at, changes))
    return tuple(found)


def _taken_by_others(context: Context, before: str) -> bool:
    return has(_ELSEWHO, before) and not any(word in before for word in context.brand_words if len(word) > 3)


def _accused(context: Context) -> bool:
    """Say whether the post asks after words that were taken away, or says that it was shut out."""
    return any(
        has(_REMOVING_POST, sentence.text)
        and not has(_BLOCKED_THING, sentence.text)
        and (has(_OUR_TEXT, sentence.text) or has(r"\b(?:blocked|banned|geblokkeerd|blokkeren)\b", sentence.text))
        for sentence in context.post.sentences
    )


def _tells(context: Context, *, changed: bool) -> bool:
    """Say whether the reply tells that we took it away, or changed it: with us as who did it, or with the reason."""
    sentences = context.reply.sentences
    for sentence, after in zip_longest(sentences, sentences[1:]):
        text = sentence.text
        did = pattern(_TAKEN).search(text) or (pattern(_CHANGED).search(text) if changed else None)
        blocked = has(r"\b(?:blocked|geblokkeerd|blokkeerden?)\b", text)
        if not (did or blocked or has(_VANISHED, text)) or has(_TAKES_NOTHING, text) or sentence.asks:
            continue
        if has(_IT_WAS_US, text) or (after and has(_IT_WAS_US, after.text)):
            return True
        named = has(_US, text) or any(word in text for word in context.brand_words if len(word) > 3)
        if (did or blocked) and (named or has(_REASON, text)):
            return True
    return False


def _is_no_loss(context: Context, start: int, end: int, removed: bool) -> bool:
    """Say whether words of vanishing stand in a quotation or a condition, or tell what nobody knows yet."""
    plain = context.reply.plain
    sentence = next((one for one in context.reply.sentences if one.start <= start < one.end), None)
    return (
        context.reply.is_quoted(start, end)
        or has(r"\bhoef\w*|\bneed\b|\bif\b|\bals\b|\bonce\b|\bzodra\b", plain[max(0, start - 16) : end])
        or (sentence is not None and context.responsibility is None and has(_NOBODY_KNOWS, sentence.text) and not removed)
    )


def _denied_removal(context: Context) -> bool:
    """Say whether the reply says, with a fact behind it, that we removed nothing."""
    return any(
        has(_REMOVING_POST, context.reply.plain[one.clause_start : one.clause_end])
        and supporting_facts(context, one.clause_start, one.clause_end)
        for one in denials(context)
    )
