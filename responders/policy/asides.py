"""Finds by their frame what no list of phrases foresees: a motto or praise of ourselves (N8), and a joke or a comfort amiss (N9)."""

from __future__ import annotations

import re
from functools import lru_cache

from responders.policy.context import Context
from responders.policy.grammar import FIRST_PERSON, NEGATION, has, is_conditional, is_unknown, pattern
from responders.policy.names import FIRST_NAMES
from responders.policy.reading import Sentence, read
from responders.policy.stems import common, meanings
from responders.policy.wordings import APOLOGY

_AUDIENCE = (
    r"(?:(?:de|onze|our|the|every|iedere|elke) )?(?:klant(?:en)?|reizigers?|bewoners?|inwoners?|huurders?|patienten|gasten|leden|lezers|"
    r"customers?|passengers?|residents?|tenants?|patients?|guests?|members?|readers)|"
    r"(?:(?:uw|jouw|je|your|customer) )(?:\w+ )?(?:tevredenheid|mening|vertrouwen|geluk|woongeluk|gemak|veiligheid|gezondheid|satisfaction|"
    r"opinion|trust|happiness|comfort|safety|health|feedback)|(?:klant\w*|reizigers\w*)tevredenheid|\w*veiligheid|(?:\w+ )?safety|"
    r"kwaliteit|quality|service|privacy"
)
_ESTEEM = (
    r"\b(?:first|priority|passion|heart|everything|the world|number one|important|live for|what (?:we|drives)|voorop|centraal|op (?:een|1)|"
    r"op nummer|uitgangspunt|passie|prioriteit|belangrijk\w*|alles|koning|hart|vaandel|topprioriteit)\b"
)
_OF_OURS = r"\b(?:we|wij|ons|onze|our|us)\b"
_SELLS = (
    r"\b(?:save up to|bespaar\w*(?= (?:tot|nu|\d))|tot \d+ ?% (?:bespaart|korting)|sale starts|our (?:\w+ ){0,2}(?:sale|collection|"
    r"offers?)\b|"
    r"onze (?:\w+ ){0,2}(?:collectie|uitverkoop|aanbieding\w*|actie)\b|(?:now|nu) (?:only|for only|voor maar|al vanaf)|for only|voor maar|"
    r"(?:download|install|installeer) (?:the|our|de|onze) (?:\w+ ){0,2}app|why not (?:fix|switch|try|join|upgrade))\b"
)
_THANKS_FOR = (
    r"\b(?:appreciate|waarderen|waardeer|thank you for|dank\w* (?:\w+ )?voor|bedankt voor)\W+(?:\w+\W+){0,2}?(?:patience|understanding|"
    r"feedback|loyalty|geduld|begrip|vertrouwen|trouw)\b|\bvalued?\b[^.;!?]{0,20}\b(?:customer|feedback)|waardevolle\W+feedback\b"
)
_NO_MOTTO = r",\W*met\b|\b(?:hier|here|this is|team|speaking|webcare|answers|antwoordt)\b"


def finds_motto(context: Context, sentence: Sentence) -> tuple[int, int] | None:
    """Return where a sentence says nothing but that we are good, or sells something; None where it says anything of this matter."""
    text = sentence.text
    whole = (0, len(text))
    for regex in (_SELLS, _THANKS_FOR):
        if (found := pattern(regex).search(text)) and not (context.is_question and regex is _SELLS):
            return found.span()
    esteemed = has(_ESTEEM, text)
    audience = pattern(rf"(?:^|\W)(?:{_AUDIENCE})\b").search(text) if esteemed else None
    if audience and not sentence.asks and not has(NEGATION, text):
        esteem = pattern(_ESTEEM).search(text, audience.end())
        if esteem and (has(_OF_OURS, text) or esteem.end() >= len(text) - 14):
            return audience.start(), esteem.end()
    ours = _our_names(context.brand.name)
    if text.startswith(ours) and sentence.number > 0 and not has(FIRST_PERSON, text) and not has(_NO_MOTTO, text) and not sentence.asks:
        motto = any(_AFTER_NAME.match(text, len(name)) for name in ours if text.startswith(name))
        if motto and not _is_signature(context, sentence) and not _tells_of_this(context, sentence):
            return whole
    at_ours = sentence.number > 0 and (at := _AT.match(text)) and _begins_with_word(text, at.end(), ours)
    if at_ours and not has(_PAST, text) and not _tells_of_this(context, sentence):
        return whole
    if text.endswith("!") and re.match(r"(?:samen|together)\b", text) and not _tells_of_this(context, sentence):
        return whole
    return None


def _is_signature(context: Context, sentence: Sentence) -> bool:
    """Say whether a reply ends with our name and who of us writes: "Gemeente Klinkerdam, Joost", "Gemeente Maasoever, Riolering"."""
    signed = re.search(r",\s+((?:[A-Z][\w'-]*\s?){1,3})\W*$", sentence.cased)
    if signed is None or "!" in sentence.cased or sentence.number != len(context.reply.sentences) - 1:
        return False
    who = signed[1].split()
    return len(who) == 1 or who[0].lower() in _UNITS or who[0].lower() in FIRST_NAMES


_UNITS = frozenset({"team", "afdeling", "klantenservice", "customer", "webcare"})
"""How a part of us begins that signs with two or three words: "Team Riolering"."""


_PAST = r"\b(?:ging|gingen|was|were|went|had|heeft|hebben|have|has|\w+ed|werd|werden|kwam|liep|onderzo\w+|weten|know)\b"


@lru_cache(maxsize=64)
def _our_names(name: str) -> tuple[str, ...]:
    """Return our name as it may be said, whole or by its first or last word where that stands out."""
    plain = read(name).plain.strip()
    words = plain.split()
    shorter = [" ".join(words[1:]), " ".join(words[:-1])] if len(words) > 1 else []
    parts = [
        plain,
        *(part for part in shorter if len(part) >= 5),
        *(word for word in plain.split() if len(word) >= 5 and word not in {"gemeente", "council", "ziekenhuis", "hospital"}),
    ]
    return tuple(part for part in parts if part)


_AFTER_NAME = re.compile(r"\W*[,:–-]\s*(?=\w)")
_AT = re.compile(r"(?:here at|hier bij|at|bij|wij van) ")
_EDGE = re.compile(r"\b")


def _begins_with_word(text: str, place: int, names: tuple[str, ...]) -> bool:
    """Say whether one of our names stands at a place, and no longer word."""
    return any(text.startswith(name, place) and _EDGE.match(text, place + len(name)) for name in names)


def _tells_of_this(context: Context, sentence: Sentence) -> bool:
    """Say whether a sentence shares a word with the post or a fact, our name aside."""
    return bool(common(context.keys_in(sentence.start, sentence.end), (context.post_keys | context.all_fact_keys) - context.brand_stems))


_COMFORT = (
    r"^\W*(?:(?:well|oh|nou|maar|but|and|en),?\W+)*(?:(?:at least|luckily|on the bright side|look on the bright side|look at it this way|"
    r"gelukkig(?=\W+(?:had|heb|hebt|kon|kun|kunt|was|is)\W+(?:je|u|het|dat|wandelen))|tenminste|op z'n minst)\b(?!\W+(?:is|was|zijn|"
    r"raakte|nobody|no one|niemand|we|wij))|(?:je|u|you)\b\W+(?:had|hadden|hebt|heb|bent|woont|have)\b[^.;!?]{0,30}\b(?:in elk geval|"
    r"in ieder geval|at least)\b|wel (?:lekker|fijn|handig|gezellig)\b|met (?:wat|een beetje) geluk\b(?!\W+(?:is|kan|kunnen|we))|"
    r"noem het\b|call it\b)"
)
_WIT = r"""
    \b(?: zullen\ we\ maar\ zeggen | zegt\ men | zeggen\ ze | zoals\ ze\ zeggen | as\ they\ say | they\ do\ say | as\ the\ saying\ goes |
        (?:it|that|the|die|dat)\W+(?:\w+\W+)?had\W+one\W+job ) |
    ,\W+(?: hè | he | eh | huh | am\ i\ right | (?:have|did|do|are|were)\ we | zeg | mind )\W*[?!]
"""
_FANCY = r"\b(?:probably|vast|zal wel|zullen wel|no doubt|ongetwijfeld)\b"
WISHES = (
    r"\b(?:thank\w*|thanks|dank\w*|bedankt|welcome|welkom|sterkte|beterschap|succes|good luck|wish\w*|wens\w*|hope|hoop|hopen|cheers|"
    r"groet\w*|"
    r"fijne?|nice|great|goed|leuk|please|hopelijk|vergeef\w*|alsjeblieft|alstublieft|sorry|hi|hee|hey|hello|hallo|hoi|dag|beste|dear|"
    r"here|hier|laat|let|tell|zeg|"
    r"reply|stel|vraag|ask|shout|yell|gerust|proficiat|gefeliciteerd|congratulations|stop|call|bel)\b"
)


def finds_joke(context: Context, sentence: Sentence) -> tuple[int, int] | None:
    """Return where a sentence under a complaint jests, comforts beside the point, or exclaims about something of its own."""
    text = sentence.text
    for regex in (_COMFORT, _WIT):
        if (found := pattern(regex).search(text)) and not has(APOLOGY, text):
            return found.span()
    fancy = has(_FANCY, text) and (text.endswith("!") or has(r"\b(?:your|je|uw|dief|thief|driver|chauffeur)\b", text))
    exclaims = text.endswith("!") and not has(FIRST_PERSON, text)
    muses = sentence.asks and has(r"^\W*(?:maybe|misschien|voorlopig|perhaps)\b|\b(?:dan|toch) maar\W*\?$", text)
    if not (fancy or exclaims or muses) or has(APOLOGY, text) or is_unknown(text) or has(WISHES, text) or is_conditional(text):
        return None
    words = meanings((word.text for word in context.reply.words_in(sentence.start, sentence.end)), context.language)
    return (0, len(text)) if words - common(words, context.told_meanings) else None
