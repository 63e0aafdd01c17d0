"""Finds what is said of the author's words (N10) that no honest answer says: all but thanks, that they may stay, and where to write."""

from __future__ import annotations

from responders.policy.grammar import has, pattern
from responders.policy.reading import Sentence

_SAID = (
    r"(?:posts?|tweets?|toots?|skeets?|reviews?|comments?|messages?|words?|wording|statements?|accusations?|allegations?|ratings?|stars?|"
    r"tone|language|panic|outrage|bericht(?:je|en|jes)?|recensies?|reacties?|beoordeling(?:en)?|woord(?:en)?|uitlating(?:en)?|"
    r"uitspra(?:ak|ken)|beschuldiging(?:en)?|bewering(?:en)?|toon|taal|onrust|ophef)"
)
_THEIRS = rf"""
    \b(?: (?:your|je|jouw|uw|this|that|these|those|such|dit|dat|deze|die|zulke|dergelijke)\ (?:(?!(?:onze|ons|our|we|wij|i|
        ik|de|het|een|the|an?|via|je|u)\b)[\w-]+\ ){{0,2}}?{_SAID} |
        (?:posts?|statements?|words|claims|accusations|beschuldigingen|berichten|uitlatingen|woorden)\W+(?:like|that|such|zoals|als|die|
        in)\b |
        (?:the\ word|het\ woord|the\ rest|de\ rest)\b
            (?=[^.!?]*(?:(?<!\w)['\"]|\boff\b|\beraf\b|\blose\b)) | (?:calling|naming|noem(?:t|
        en)?)\W+(?:us|ons|our|onze)\b |
        (?:positieve|positive|nicer|kinder|aardige\w*|vriendelijke\w*|five[- ]star)\ {_SAID} |
        (?:our|onze|the|de)\ (?:good|goede)\ (?:name|naam) | (?:the|het)\ internet | your\ (?:followers|timeline)|(?:je|uw)\ (?:volgers|
        tijdlijn) )\b
"""
"""What they wrote, or that others can read it."""
_HONEST = r"""
    \b(?: thank\w* | read | reached | saw | seen | stays? | staying | leave | left | keep | kept | stand(?:s|ing)? | hang\ on | right |
        fair | accurate | true | help(?:s|ed)? | answer\w* | unanswered | repl(?:y|ies|ied|ying) | respond\w* | private\w* | free\ to |
        need |
        needn't | have\ to | welcome | yours | up\ to\ you | sorry | regret | removed | hid | restored | issue | took | shar(?:e|ing) |
        pass(?:ing|ed)? | forward\w* | waiting |
    (?:ran|fell|went|got|sat|lay)\W+(?:(?!us\b)\w+\W+){0,3}?(?:full(?!\ of)|lost|astray|missing|nowhere|spam) |
    (?:lag|lagen|bleef|bleven|raakte\w*)\W+(?:(?:\w+\W+){0,3}?(?:liggen|zoek|kwijt|spam)|(?:(?!ons\b|onwaar\b)\w+\W+){0,3}?hangen) |
    dank\w* | bedankt | lazen | las | lees | gelezen | kwam | komt | binnen | schrik\w* | blijf\w* | blijven | laat\b[^.!?]*\bstaan |
        staan |
        laat | bewaar | terecht | gelijk | klopt | helpt | helpen | beantwoord\w* | antwoord | gereageerd | prive\w* | deel | delen |
        geef | geven | gerust | hoef\w* |
        bepaal | spijt\w* |
        wacht(?:en)? | verwijderd | teruggezet | stuur\w* | sturen | (?:under|below|in|onder|op|bij)\W+(?:your|this|je|uw|dit|
        deze)\b )\b
"""
"""What an honest answer says of them: thanks, that it was read or is true, that it may stay, what we did with it, where to write."""
_OF_DATA = (
    r"\b(?:\w*numbers?|\w*nummers?|details|gegevens|account|card|kaart|address|adres|birth|geboorte\w*|names?|naam|namen|e-?mail\w*|phone|"
    r"telefoon\w*|reference|postcode|wachtwoord|password|pin\w*|code|bsn|id)\b"
)
"""What belongs to nobody's eyes: to ask for it, or to keep it out, is another matter than what they think."""
_GOOD_NAME = r"\b(?:good|goede)\ (?:name|naam)\b|\b(?:het|the|hun|your|je|uw)\ (?:woord|word)\b"
_GONE = (
    r"\b(?:no\ longer|any\ (?:more|longer)|anymore|gone|lost|missing|vanish\w*|disappear\w*|visible|showing|show|shows|appears?|there|"
    r"niet\ (?:meer|langer)|nergens|weg\ is|verdwenen|verloren|kwijt|zichtbaar|teruggevonden)\b"
)
"""That it has vanished is for another rule (N14), unless we wish for it."""
_WISHED = (
    r"\b(?:would|could|hope|like|please|wish|expect|trust|once|then|if|zou\w*|hopen|hoop|graag|wil\w*|verwacht\w*|kun\w*|dan|als|zodra)\b"
)


_WE_DO_NOT = r"\b(?:i|we|i'm|we're|ik|wij)\b[^.;!?]*\b(?:not|won't|don't|never|niet|nooit)\b|\b(?:geen|no)\W+(?:reactie|reply|answer)\b"


_WE_ACT = (
    r"\b(?:i|we|ik|wij)(?:'ll|'m|'re|\ will|\ am|\ are)?\W+(?!(?:ask|want|like|expect|request|prefer|trust|hope|wish|must|need|vraag|"
    r"vragen|"
    r"verzoek\w*|verwacht\w*|wil|willen|moet\w*|eis\w*|hoop|hopen)\b)[\w-]+\W+$"
)
"""What we do ourselves with what they wrote: "I'm taking your message to the crew"."""


_TOLD_OPENLY = (
    r"\b(?:iemand van (?:ons|onze)|een (?:collega|moderator|redacteur)|(?:some)?one of (?:us|ours|our)|a (?:colleague|"
    r"moderator) of ours)\b|\b(?:schrok\w*|"
    r"schrikken|geschrokken|startled|shaken|shocked)\b|\b(?:beschuldiging|bewering|accusation|claim|allegation)\W+(?:is|"
    r"klopt)\W+(?:\w+\W+)?(?:onjuist|onwaar|"
    r"niet|untrue|wrong|not true)\W*$"
)
"""We did something with it, it went to our heart, or we deny what it says, of which N3 judges."""


def misspeaks(sentence: Sentence) -> tuple[int, int] | None:
    """Return where a sentence speaks of the author's words as no honest answer does, or None."""
    text = sentence.text
    theirs = pattern(_THEIRS).search(text)
    if (
        theirs is None
        or has(_WE_ACT, text[: theirs.start()])
        or has(_WE_DO_NOT, text[: theirs.end()])
        or has(_HONEST, text)
        or (has(_OF_DATA, text) and not has(_GOOD_NAME, text))
    ):
        return None
    if (has(_GONE, text) and not has(_WISHED, text)) or has(_TOLD_OPENLY, text):
        return None
    return theirs.start(), len(text.rstrip())
