"""Finds what is left to check (N4) when all that cannot be is taken away: a thing, and something said of it that nobody told us."""

from __future__ import annotations

import re
from functools import cache

from responders.policy.context import Context
from responders.policy.dated import figure_carried
from responders.policy.declarations import looks, weighs
from responders.policy.grammar import INVESTIGATION, has, pattern
from responders.policy.parts import Part
from responders.policy.quantities import figures
from responders.policy.stems import common, meanings
from responders.policy.wordings import REGRET

_LEAD = (
    r"^\W*(?:(?:and|but|so|also|besides|plus|then|now|well|oh|by the way|anyway|meanwhile|currently|luckily|fortunately|probably|in fact|"
    r"for now|and yes|i think|en|maar|dus|daarnaast|bovendien|verder|overigens|trouwens|want|oh|gelukkig|ook)\b\W*)*"
)
_FRONT = {
    "en": r"""
        (?: (?:from|in|on|at|since|until|after|before|over|during|within|outside|across|under|as\ of)\W+(?:[\w'-]+\W+){1,5}?
            (?=(?:he|she|they|it|there|the|our|your|all|every|no|nobody|everyone|everything)\b) )?
    """,
    "nl": "",
}
"""When or where, said before the subject."""
_HELPERS = {
    "en": r"""
        (?: (?:\b(?:\w+ly|also|just|never|always|now|already|still|only|all|both|even|once|since)\W+){0,2}
            (?:\b(?:is|are|was|were|has|have|had|will|does|do|did|can|cannot|isn't|aren't|wasn't|weren't|hasn't|haven't|hadn't|won't|
                doesn't|don't|didn't|can't)\b) | '(?:s|re|ve|ll)\b )
    """,
    "nl": r"""
        \b(?:is|zijn|was|waren|heeft|hebben|wordt|worden|werd|werden|zal|zullen|kan|kunnen|kunt|kon|konden|gaat|gaan|ging|gingen|komt|komen|
            kwam|kwamen|staat|staan|stond|stonden|ligt|liggen|lag|lagen|zit|zitten|zat|zaten|doet|doen|deed|deden|krijgt|krijgen|kreeg|
            kregen|blijft|blijven|bleef|bleven|loopt|lopen|liep|liepen|ziet|zien|vindt|heb)\b
    """,
}
_VERBS = {
    "en": r"""
        (?:\b(?:\w+ly|also|just|never|always|now|already|still|only|even|once|since)\W+){0,2}\b(?: [a-z]{3,}ed | went | got | came | took |
            made | gave | kept | left | sent | put | cut | let | set | hit | shut | lost | found | told | said | paid | held | led | fed |
            met | built | bought | brought | caught | thought | heard | stood | won | ran | began | rang | sat | wrote | drove | broke |
            spoke | stole | chose | froze | wore | tore | forgot | knew | grew | threw | flew | blew | drew | saw | ate | fell | shook |
            hid | hung | stuck | struck | (?:mis)?read | sold | became | understood | [a-z]{2,}[a-rt-z]s )\b
    """,
    "nl": r"""
        \b(?!(?:met|niet|het|dat|wat|uit|tot|vast|laat|best|recht|rest|nacht|klacht|dienst|krant|straat|kaart|plaats|direct|juist|eerste|
            laatste|beste|moment)\b)(?:[a-z]{2,}(?:[bcdfghjklmnpqrstvwxz]t|[aeiou]{2}t)|[a-z]{3,}(?:te|de|ten|den)|las|sprak|brak|trok|
            sloot|verloor|vergat|
            hield|liet|schreef|bleek|reed|gaf|nam|riep|viel|hing|zag|koos|vroeg|had|moet)\b
    """,
}
_THING = {
    "en": r"(?:the|our|your|his|her|its|their|that(?=\ [a-z]+\ (?:no|was|is|has|had|will|never|did))|all|every|each|both|most|many|few|"
    r"some|other|another|none\ of)\W+(?:[\w-]+\W*){1,6}?",
    "nl": (
        r"(?:de|het|onze|ons|uw|(?:je|jouw)(?!\W+(?:kunt|kan|hoeft?|hebt|heb|bent|mag|krijgt|wilt|staat|zit|leest|hoort|ziet|had|was|"
        r"moet|schrijft|zegt|vertelt|meldt|vraagt|noemt|wacht|betaalt|werkt|woont|kwam|ging|stond|zat|kon|moest|werd|kreeg|wilde|bleef|"
        r"liep)\b)|"
        r"zijn|haar|hun|jullie|alle|elke|iedere|beide|veel|weinig|sommige|andere)\W+(?:[\w'-]+\W+){1,6}?"
    ),
}
_PRONOUN = {
    "en": r"(?:it|he|she|they|everything|nothing|nobody|no\ one|everyone|everybody)\W*",
    "nl": r"(?:het|hij|ze|zij|alles|niets|niks|niemand|iedereen|die(?!\W+(?:kans|keer|dag|tijd)\b))\W+",
}
_PLACE_NL = r"(?:buiten|in|op|bij|vanaf|na|onder|tijdens|sinds|met|voor)\W+(?:[\w'-]+\W+){1,4}?"
"""Where or when, said first in Dutch, with the verb behind it."""
_BARE = r"(?:[a-z][a-z'-]{2,}\W+){1,3}?"
_NO_SUBJECT = r"""
    ^(?: please|don't|do|does|did|is|are|can|could|sorry|thanks?|thank|let|tell|if|when|what|how|why|who|where|which|that|this|as|than|
        to|not|
        or|i|we|you|i'm|we're|you're|we've|i've|i'll|we'll|you'll|my|a|an|dear|hi|hey|hello|good|being|having|whether|because|until|after|
        before|while|with|for|from|in|on|at|by|of|here|there|only|just|even|still|once|anyone|anybody|unpaid|
    ik|wij|je|jij|u|jullie|dat|die|dit|deze|wat|wie|hoe|waarom|wanneer|waar|of|als|omdat|terwijl|niet|geen|een|zijn|was|heeft|hebt|heb|kun|
        kunt|mag|wil|stel|zeg|laat|bel|geef|hoi|dag|beste|geachte|dank|bedankt|hier|er|toch|vragen|graag|mijn|met|van|uit|aan|om|bij|dan|
        daar|over|ook|op|voor|[a-z]+en )\b
"""
"""How a clause begins that names no thing: what we or they do, a wish, a question word, a Dutch infinitive ("reageren kan hier")."""
_OF_US = r"^\W*(?:i|you)\b|\b(?:we|wij|ik)\b"
_TO_THEM = r"\b(?:you|je|jij|u|your|uw|jouw)\b"
_WHO_WE_ARE = r"\b(?:team|desk|office|webcare|service|support)\W+(?:here|hier)\b"
_LINK = r"https?:|\bwww\.|\w\.(?:nl|com|org|net|example)\b"
_POSTED = (
    r"^(?:your|uw|je|jouw)\W+(?:\w+\W+)?(?:posts?|tweets?|messages?|comments?|reviews?|questions?|anger|berichten|bericht|berichtje|vragen|"
    r"vraag|reactie|recensie|adres|address|gegevens|details|\w*nummers?|\w*numbers?|name|naam)\b"
)
"""What they wrote, or what is theirs to keep to themselves: what we say of that is advice."""
_MIGHT = (
    r"\b(?:should|ought|must|may|might|could|would|hope|wish|can(?!')|moet|moeten|zou|zouden|hoort|horen|mogen|mag|hoop|wens|hoeft|"
    r"hoeven)\b"
)
_GOES_ON = r"^\W*(?:and|en|that|dat|who|die|which|while|terwijl)\b"
_RETOLD = (
    r"\b(?:(?:you|je|u)\W+(?:write|say|tell|schrijft|zegt|vertelt|meldt)|(?:i|ik|we|wij)\W+(?:see|read|understand|hear|zie|lees|begrijp|"
    r"snap|hoor)|"
    r"(?:that|dat)\W+(?:you|je|u))\b"
)
_LIGHT = {
    "en": meanings(
        ["come", "comes", "go", "work", "works", "stay", "leave", "left", "reach", "hold", "start", "get", "told", "meanwhile"], "en"
    ),
    "nl": meanings(["gan", "gaan", "komen", "natuurlijk", "intussen"], "nl"),
}
"""Words that say little by themselves."""
_UNIVERSAL = r"\b(?:niemand|iedereen|alle|nergens|nobody|no one|everyone|everybody|nowhere|all (?:the |our |other )?\w+s)\b"
_NEWS = r"\b(?:nieuwe?|extra|new|additional)\b"
_OFTEN = (
    r"\b(?:(?:elke?|iedere?|every|each|(?:once|twice) an?|(?:een|twee) keer per) (?:uur|dag|nacht|ochtend|avond|week|maand|kwartaal|"
    r"jaar|hour|"
    r"day|night|morning|evening|week|month|quarter|year)|dagelijks|wekelijks|maandelijks|jaarlijks|daily|weekly|monthly|yearly|hourly)\b"
)
_AGAIN = r"\b(?:kunt|kun|kan)\W+(?:u|je)\W+(?:[\w'-]+\W+){0,3}?weer\b|^\W*(?:you|u|je)\W+(?:can|kunt|kan)\b[^.;!?]*\b(?:again|weer)\b"
"""What works again for them."""


_TOWARDS = r"\bnaar\b(?!\W+(?:dat|voor|om|als)\b)"
"""The Dutch "naar" is a word of regret, but more often only says where to."""


def tells_on(part: Part) -> bool:
    """Say whether a clause goes on with what was regretted or retold: "I'm sorry that you rang twice and nothing has happened"."""
    before = part.sentence.text[: max(0, part.clause.start - part.sentence.start)]
    return bool(before) and has(_GOES_ON, part.text) and (has(REGRET, before) or has(_RETOLD, before))


def left_over(context: Context, part: Part) -> tuple[int, int] | None:
    """Find a clause that says something of a thing or of others, where what it says stands neither in the post nor in a fact."""
    text = part.text
    whole = (0, len(text.rstrip()))
    if context.language not in _THING or context.is_praise or has(REGRET, pattern(_TOWARDS).sub("", text)):
        return None
    told = f"{context.post.plain} {context.told_plain}"
    if has(_AGAIN, text) and not has(r"\b(?:again|weer)\b", context.told_plain):
        return whole
    if has(_WHO_WE_ARE, text) or has(_MIGHT, text) or (has(INVESTIGATION, text) and looks(text)) or has(_LINK, text):
        return None
    lead = pattern(_LEAD).match(text)
    begin = lead.end() if lead else 0
    often = pattern(_OFTEN).search(text)
    if often and often.group() not in told and not has(_TO_THEM, text) and not weighs(text):
        return whole
    place = _said_from(context.language, text[begin:])
    if place is None or has(_POSTED, text[begin:]):
        return None
    said = text[begin + place :]
    if has(_OF_US, said) or weighs(text[begin:]) or any(figure_carried(context, figure, text) for figure in figures(text)):
        return None
    if (news := pattern(_NEWS).search(said)) and news.group() not in told:
        return whole
    if (everyone := pattern(_UNIVERSAL).search(text)) and everyone.group() not in told and not has(_TO_THEM, text):
        return whole
    words = context.reply.words_in(part.clause.start + begin + place, part.clause.end)
    of_it = (
        meanings((word.text for word in words if context.reply.cased[word.start].islower()), context.language) - _LIGHT[context.language]
    )
    known = common(of_it, context.told_meanings)
    return whole if len(of_it) > 2 * len(known) else None


def _said_from(language: str, rest: str) -> int | None:
    """Return where a clause begins to say something of its subject, or None where it has none that is a thing or others."""
    front = pattern(_FRONT[language]).match(rest) if _FRONT[language] else None
    begin = front.end() if front else 0
    rest = rest[begin:]
    told, bare = _ways_to_tell(language)
    for way in told:
        if found := way.match(rest):
            return begin + found.end()
    found = None if has(_NO_SUBJECT, rest) else bare.match(rest)
    return begin + found.end() if found else None


@cache
def _ways_to_tell(language: str) -> tuple[tuple[re.Pattern[str], ...], re.Pattern[str]]:
    """Return how a clause joins a thing or others to a verb, and how it joins a bare noun to one."""
    thing, others, helpers, verbs = _THING[language], _PRONOUN[language], _HELPERS[language], _VERBS[language]
    ways = [f"(?:{who})(?:{verb})" for who in (thing, others) for verb in (helpers, verbs)]
    if language == "nl":
        ways.append(f"(?:{_PLACE_NL})(?:{helpers}|moet\\b)")
    return (
        tuple(re.compile(way, re.VERBOSE) for way in ways),
        re.compile(f"{_BARE}(?:{helpers})", re.VERBOSE),
    )
