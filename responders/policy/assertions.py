"""Finds what a clause plainly states of the world (N4): nobody's deed, no date, and yet for anybody to check."""

from __future__ import annotations

from responders.policy.context import Context
from responders.policy.grammar import INVESTIGATION, NEGATION, has, pattern
from responders.policy.parts import Part
from responders.policy.reading import read
from responders.policy.stems import common, keys_of_text
from responders.policy.wordings import REGRET

_LEAD = r"^\W*(?:(?:and|but|so|also|besides|what's more|and also|en|maar|dus|ook|daarnaast|bovendien|verder|overigens)\W+)*"
_OF_A_THING = (
    r"(?:the|all|every|each|most|some|many|de|het|alle|elke|iedere|sommige|veel|our|onze)\W+"
    r"(?!(?:rest|fact|one|ene|other|andere|reason|reden|oorzaak|cause|apologies|excuses|way|answer|antwoord|question|vraag)\b)\w+"
)
"""How a clause begins that tells of a thing."""
_OF_WHAT_IS = (
    r"(?:there(?:'s|\W+(?:is|are|was|were|has\W+been|have\W+been))|er\W+(?:is|zijn|was|waren|staat|staan|ligt|liggen|kwam|kwamen|rijdt|"
    r"reed|"
    r"reden|zat|zaten)|it\W+(?:was|is)\W+an?|het\W+(?:was|is|ging\W+om|betreft)\W+een)\b"
)
"""How a clause begins that says what there is."""
_NAMED = (
    r"[a-z][a-z'-]{2,}\W+(?:[a-z'-]+\W+){0,5}?(?:is|are|was|were|has|have|had|broke|caused|made|blocked|zijn|waren|"
    r"heeft|hebben|brak|blokkeerde|zorgde)\b"
)
"""How a clause begins that tells of a thing without an article: "traffic on the ring road was"."""
_NO_THING = (
    r"^\W*(?:i|we|you|they|he|she|it|this|that|these|those|there|what|who|how|why|when|where|which|if|nobody|noone|nothing|everyone|"
    r"everything|anyone|anything|one|two|three|being|having|missing|waiting|paying|getting|standing|losing|hearing|reading|seeing|not|"
    r"no|yes|"
    r"please|thank|thanks|sorry|hi|hello|hey|dear|my|your|his|her|their|for|to|in|on|at|by|with|from|of|as|until|because|since|although|"
    r"while|"
    r"than|then|just|only|still|once|ik|wij|je|jij|u|hij|zij|ze|het|dit|dat|deze|die|er|wat|wie|hoe|waarom|wanneer|waar|als|niemand|niets|"
    r"iedereen|alles|iemand|iets|wachten|betalen|missen|staan|niet|geen|ja|nee|graag|bedankt|dank|hoi|hallo|beste|dag|geachte|mijn|uw|jouw|"
    r"zijn|haar|hun|voor|aan|op|bij|van|met|uit|om|tot|omdat|want|sinds|hoewel|terwijl|dan|nog|alleen|zo|heb|hebt|kun|kunt|mag|was|is|"
    r"vragen|stel|zeg|laat|mis|weet|dus|en|maar|ook|toch)\b"
)
_TELLS = (
    r"\b(?:is|are|was|were|has|have|had|does|did|will|zijn|waren|heeft|hebben|had|wordt|worden|werd|werden|zal|zullen|gaat|gaan|komt|"
    r"komen|staat|staan|rijdt|rijden|vertrekt|begint|sluit|geldt|kost|[a-z]{4,}(?:ed|es|s))\b"
)
_TO_PEOPLE = r"\b(?:i|we|you|us|me|my|your|ik|wij|je|jij|jou|jouw|u|uw|mij|mijn|jullie|i'm|we're|you're|i'll|we'll)\b"
_MEASURED = (
    r"\b(?:should|must|moet|moeten|mag|mogen|hoort|hoor|can|could|kan|kunnen|would|zou|blijven\ liggen|misgegaan|gone\ wrong|"
    r"too|te|worse|better|erger|beter|enough|genoeg|unacceptable|onacceptabel|rude|onbeleefd|horrible|awful|terrible|vreselijk|"
    r"verschrikkelijk|fair|eerlijk|right|wrong|fout|terecht|lot\ of|veel|clear|duidelijk|welcome|welkom|hard|annoying|"
    r"frustrating|important|belangrijk|worth|waard|shame|pity|jammer|good\ question|goede\ vraag|mood|passion|passie|family|familie|"
    r"proud|trots|happy|blij|consequences|gevolgen|strafbaar|mistakes?|errors?|"
    r"fouten|fout|misgelopen|nothing\ more|understandable|begrijpelijk)\b"
)
"""Words that weigh instead of telling what is."""


def stated(context: Context, part: Part) -> tuple[int, int] | None:
    """Find a plain statement about a thing that neither the post nor any fact tells: most of its words are in neither."""
    text = part.text
    lead = pattern(_LEAD).match(text)
    start = lead.end() if lead else 0
    rest = text[start:]
    of_what_is = pattern(_OF_WHAT_IS).match(rest) is not None
    named = not of_what_is and pattern(_OF_A_THING).match(rest) is None
    if named and (has(_NO_THING, rest) or not pattern(_NAMED).match(rest) or part.clause.start != part.sentence.start):
        return None
    if has(_TO_PEOPLE, rest) or has(REGRET, text) or has(INVESTIGATION, text) or has(NEGATION, text) or not has(_TELLS, text):
        return None
    if has(_MEASURED, text):
        return None
    sources = frozenset().union(*(keys_of_text(fact.source) for fact in context.usable)) if context.usable else frozenset()
    told = common(part.keys, context.post_keys | context.all_fact_keys | sources | _said_by_us(context))
    new = part.keys - told
    least = 1 if of_what_is and not told else 2
    return (0, len(text.rstrip())) if len(new) >= least and len(new) > len(told) else None


def _said_by_us(context: Context) -> frozenset[str]:
    """Return the words of our name and of how the writer signs: they state nothing."""
    return frozenset(keys_of_text(context.brand.name)) | keys_of_text(read(context.brand.speaks_as).plain)
