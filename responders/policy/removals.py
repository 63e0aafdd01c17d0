"""Finds requests to take down, hide or brighten what the author wrote (N10): a thing of theirs, a way to make it go, and no leave."""

from __future__ import annotations

import re

from responders.policy.grammar import NEGATION, has, pattern
from responders.policy.reading import Sentence

_OUR_NAME = r"\b(?:our\ name|onze\ naam|(?:de\ )?naam\ van\ (?:onze|ons)\ \w+)\b"
_THEIRS = (
    r"(?:posts?|tweets?|toots?|reviews?|comments?|messages?|videos?|threads?|stor(?:y|ies)|photos?|pictures?|blogs?|rating|stars?|score|"
    r"wording|words|statements?|claims?|allegations?|accusations?|timeline|bericht(?:en|je|jes)?|recensies?|beoordeling(?:en)?|reacties?|"
    r"filmpje|foto's?|draadje|tekst|zin|zinnen|our\ name|onze\ naam|naam\ van\ onze(?:\ \w+)?|naam\ van\ ons\ \w+|artikel|sterren|"
    r"uitlating(?:en)?|uitspra(?:ak|ken)|bewering(?:en)?|beschuldiging(?:en)?|woorden|tijdlijn|"
    r"beitrag|kommentar|bewertung|commentaire|avis)"
)
"""What an author has online."""
_IT = r"(?:it|this|that|them|this\ one|that\ one|het|dit|dat|deze|die|hem|'m)"
_GO_EN = (
    r"(?:delet\w+|remov\w+|eras\w+|drop(?:ping|ped)?(?!\W+(?:me|us|by|in|a\ line)\b)|"
    r"pull(?:ing|ed)?|bin(?:ning|ned)?|hid(?:e|ing|den)|scrap(?:ping|ped)?|los(?:e|ing)|"
    r"withdr\w+|retract\w*|rectif\w+|correct(?:ion|ing|ed)?|edit(?:ing|ed)?|chang(?:e|ing|ed)|amend\w*|updat(?:e|ing|ed)|rephras\w+|"
    r"reconsider\w*|unpublish\w*|archiv\w+|tak(?:e|ing|en)|tone|soften\w*|revis\w+|rewrit\w+|improv\w+|rais\w+|nuke|kill(?:ing)?|"
    r"clear(?:ing)?|bump(?:ing)?|upgrad\w+|swap(?:ping)?)"
)
_GO_NL = (
    r"(?:schrap\w*|verwijder\w*|wis|wissen|wist|gewist|weghaal\w*|weghal\w+|wegdoe\w*|weggooi\w*|haal|haalt|halen|gooi|gooit|trek|trekt|"
    r"intrek\w*|"
    r"ingetrokken|rectific\w+|herzie\w*|aanpas\w*|aan\ te\ passen|"
    r"past?(?=\b[^.;:!?]{0,40}\b(?:aan|bij)\b)|wijzig\w*|verberg\w*|terugnem\w*|terugneemt|bijstel\w*|"
    r"corrige\w+|herschrij\w+|nuanceer\w*|nuanceren|verander\w*|offline|eraf|eruit|weg|losch\w*|entfern\w*|supprim\w*|retir\w*)"
)
_GO = rf"\b(?:{_GO_EN}|{_GO_NL})\b"
_STRONG_GO = (
    r"\b(?:delet\w+|remov\w+|eras\w+|withdr\w+|retract\w*|unpublish\w*|(?:tak|pull|bring)\w*\W+(?:\w+\W+){0,4}?(?:down|offline)|"
    r"take\W+(?:\w+\W+){0,3}?off|hid(?:e|ing)|verwijder\w*|wissen|weghaal\w*|weghal\w+|(?:haal|haalt|halen|gooi|gooit|doe|"
    r"doet)\W+(?:\w+\W+){0,6}?"
    r"(?:weg|eraf|offline|af)|intrek\w*|offline\ (?:te\ )?hal\w+|eraf\ (?:te\ )?(?:willen\ )?hal\w+|rectific\w+)\b"
)
"""Of which "it" alone can be the object."""
_REQUEST = r"""
    \b(?: please | pls | plz | kindly | could\ (?:you|u) | can\ (?:you|u) | would\ (?:you|u) | will\ you | (?:any|what)\ chance | mind |
            maybe |
        perhaps | ask(?:ing)? | request(?:ing)? | urge | appreciate | want\ you | like\ you | like\ it | expect | insist | demand | must |
        have\ to | should | better | prefer | grateful | hope | consider | invite | suggest | advise | happy\ if | glad\ if | so\ that |
    alsjeblieft | alstublieft | a\.u\.b | aub | svp | kun(?:t|\ je|\ u|nen)? | kan\ (?:je|u) | wil(?:t|\ je|\ u|len)? | zou(?:\ je|\ u|
            den)? |
        graag | verzoek\w* | vragen | vraag | eis\w* | verwacht\w* | ervan\ uit | in\ overweging | misschien | liever | beter |
            stel(?:len)?\ |
        even | ff | moet(?:en)? | dien(?:t|en)? | raden | hopen | bitte | bitten | s'il | veuillez | merci )\b
"""
_IMPERATIVE = rf"^\W*(?:(?:so|and|now|just|then|dus|en|nu|dan|rob|pls|please|maybe|perhaps|oh)\W+){{0,2}}{_GO}"
_BRIGHTEN = (
    r"\bander\w*\W+(?:bericht\w*|review|recensie)\W+van\W+maken\b|"
    r"\b(?:give|giving|gives|make|change|raise|bump|geef|geeft|maak|maakt|verander|wijzig)\W+(?:[\w']+\W+){0,4}?(?:stars?|sterren|"
    r"rating|score|"
    r"positive\ review|positieve\ (?:review|recensie)|vriendelijkers?|aardigers?|positievers?)\b"
)
_GIFT = (
    r"\b(?:free|on\ us|voucher|refund\w*|money\ back|discount|credit|waive\w*|throw\ in|gb\b|£|€|\$|gratis|korting|vergoed\w*|cadeau|"
    r"coulance\w*|"
    r"tegoed|bon|"
    r"iets\ leuks|fixen|regelen|sort\ it|deal|make\ it\ worth|goodwill|extra)"
)
_ONCE_GONE = (
    rf"\b(?:if|when|once|unless|as\ soon\ as|until|als|zodra|wanneer|tenzij|mits|totdat)\b[^.!?]{{0,60}}?\b(?:{_THEIRS}|"
    rf"{_IT})\b[^.!?]{{0,24}}?\b"
    r"(?:goes|verdwijnt|down|gone|off|offline|deleted|removed|withdrawn|hidden|weg|eraf|verwijderd|gewist|ingetrokken|aangepast)\b"
)
_LEAVE = r"""
    \b(?: feel\ free | free\ to | welcome\ to | if\ you(?:'d|\ would)?\ (?:like|want|wish|prefer) | when(?:ever)?\ you(?:'re|
            \ are)?\ (?:like|
        ready) | no\ need | needn't | don't\ (?:have|need)\ to | up\ to\ you | your\ (?:choice|call) | rather\ (?:you\ )?(?:kept|left|
            keep) |
    gerust | hoeft?\b | hoeven | mag\ (?:wat\ ons|je|u|gewoon|blijven) | staat\ (?:het\ )?(?:je|u)\ vrij | als\ (?:je|u)\ (?:wilt|wil|dat) |
        aan\ (?:jou|u)\b | eigen\ keus | nergens\ voor\ nodig | niet\ nodig | blijven?\ staan | laat\b[^.!?]{0,30}\bstaan | keep\ (?:it|
            this|the|
        your)\b[^.!?]{0,20}\bup )
"""
"""What leaves it to the author, or wants it kept."""
_OURS_TO_DO = (
    r"\b(?:we|wij|ik|i|they|ze|moderator\w*|our|onze|wir|nous)(?:'ve|'ll|'d|'re|'m)?\W+(?:have\W+|hebben\W+|heb\W+|had\W+|will\W+|"
    r"zullen\W+|gaan\W+|"
    r"ga\W+|are\W+|am\W+|also\W+|ook\W+|then\W+|dan\W+|now\W+|nu\W+|just\W+)*(?:[\w'-]+\W+){0,3}?$"
)
_ASKED_OF_THEM = (
    r"\b(?:ask|request|urge|vragen|vraag|verzoek\w*|like|willen|wil|advise|raden|adviseren|want\ (?:you|to\ see)|expect|verwacht\w*|"
    r"demand|eis\w*|"
    r"appreciate|suggest|kindly|invite|must|insist|bid|hope|hopen|zien\ graag|zouden|zou|prefer|geven\ u|gaan\ ervan|bitten|prions)\b"
)
_NOT_THE_POST = (
    r"\b(?:phone|telefoon\w*|adres|address|order|\w*numbers?|\w*nummers?|gegevens|details|data|account|app|card|e-?mail\w*|kenteken|bsn|"
    r"geboortedatum|"
    r"naam|name|cookies|bike|fiets|bestelling|lock|slot|battery|accu|cache|saddle|wheel|box|cover|label|filter|password|wachtwoord|stop|"
    r"timetable|dienstregeling|halte|sign|bord|booking|boeking|subscription|abonnement|seat|stekker|plug|old|oude|fee|les|lesson)\b"
)


_CAN_BE_DONE = (
    r"\b(?:you|je|jij|u)\W+(?:can|may|kunt|kan)\W+(?:\w+\W+)?(?:remov\w+|delet\w+|take|hide|drop)\W+(?:it|this|that|"
    r"them)\b[^.;!?]{0,12}\b(?:in|via|on|"
    r"at|through|until|yourself|under)\b|\b(?:you|je|jij|u)\W+(?:can|may|kunt|kan)\W+(?:het|dit|dat|deze|die|"
    r"ze)\W+(?:[\w-]+\W+){0,6}?(?:verwijderen|"
    r"wissen|weghalen|uitzetten|schrappen)\b"
)
"""What is theirs to take off a bill or a page of ours, and where: no word of theirs."""
_IF_THEY = r"\b(?:if|once|when|as\ soon\ as|als|zodra|wanneer)\W+(?:you|je|jij|u)\b"


_RELATIVE_GO = (
    r"\b(?:that|which|die|dat)\W+(?:was|were|had\ been|werd|werden)\W+(?:\w+\W+)?(?:withdrawn|removed|deleted|recalled|"
    r"ingetrokken|verwijderd)\b"
)
"""A thing that was withdrawn from sale, and no word of theirs."""


_THIRD = r"(?<!\bals\ )(?<!\bzodra\ )\b(?:dat|dit|het|die|hij|zij)\W+<(?:haalt|gooit|trekt|past)>$"
"""What something does, and nobody is asked for: "dat haalt er iets van af"."""
_SAFE = r"""
    \b(?: (?:don't|do\ not|never|stop|niet|nooit)\W+(?:\w+\W+){0,3}?(?:drive|driving|wear|wearing|us(?:e|ing)|eat|eating|drink|
        drinking|tap|click|open|touch|charge|plug|rijd\w*|draag|dragen|gebruik\w*|eet|eten|drink\w*|tik\w*|klik\w*|open\w*) |
    (?:rijd|draag|gebruik|eet|drink|tik|klik|open)\W+(?:\w+\W+){0,4}?(?:niet|nooit) |
    forward\W+(?:it|this|that|them) | stuur\W+(?:het|hem|die|deze|dit|dat)\W+(?:\w+\W+){0,4}?door )\b
"""
"""How to stay safe with a thing or a false message that they hold."""
_RECEIVED = r"""
    \b(?: what(?:ever)? | everything | anything | all | wat | alles(?:\W+wat)? | the\ (?:mail|quote|letter|file|data) |
        (?:de|het)\ (?:mail|offerte|brief|bestand|gegevens) )\W+(?:that\W+|die\W+|dat\W+)?(?:you|u|je|jij|we|wij)(?:'ve)?\W+(?:\w+\W+){0,2}?
    (?:got|received|were\ sent|sent\ you|ontv\w+|kreeg|kregen|gekregen|stuurden|toegestuurd)\b
"""
"""What came to them, and what they did not write."""


_TAKEN_OFF = (
    r"\b(?:down|offline|haal\w*|(?:wegh|weg\ te\ h)\w+)\b|\b(?:to|from|with)\ us\b|\b(?:naar|van|aan)\ ons\b|"
    r"\b(?:would\ you|zou\ (?:je|u))\b"
)
"""What nobody says of a message that reached them, but of a post that is to go."""


def keeps_safe(text: str) -> bool:
    """Say whether a sentence is about a thing or a message that reached them: "forward it to 7726 and delete it"."""
    return not has(rf"\b{_THEIRS}\b|{_TAKEN_OFF}", text) and (has(_SAFE, text) or has(_RECEIVED, text))


def says_what_can_go(text: str) -> bool:
    """Say whether a sentence tells where they can take something off a page of ours: "you can remove it in the portal"."""
    return has(_CAN_BE_DONE, text) and not has(_IF_THEY, text)


def asks_away(sentence: Sentence) -> tuple[int, int] | None:
    """Return where a sentence asks for the author's words to go or change, or rewards it; None where it leaves that to them."""
    text = sentence.text
    found = _asked(text)
    return None if found is None or has(_LEAVE, text) else found


def _asked(text: str) -> tuple[int, int] | None:
    gone = pattern(_ONCE_GONE).search(text)
    if gone and not has(NEGATION, text[: gone.start()]) and (has(_GIFT, text) or has(r"\b(?:escalat|further|stappen|verder)", text)):
        return gone.span()
    brighter = pattern(_BRIGHTEN).search(text)
    if brighter and not has(NEGATION, text[: brighter.end()]) and not has(_OURS_TO_DO, text[: brighter.start()]):
        return brighter.span()
    go = next((m for m in pattern(_GO).finditer(text) if not has(_THIRD, f"{text[: m.start()]}<{m.group()}>")), None)
    if go is None or _denied(text[max(0, go.start() - 45) : go.end()] + re.split(r"[,;:]", text[go.end() : go.end() + 25])[0]):
        return None
    before = text[: go.start()]
    if has(_OURS_TO_DO, before) and not has(_ASKED_OF_THEM, before):
        return None
    asked = has(_REQUEST, text) or has(_IMPERATIVE, text) or _rewarded(text)
    theirs = pattern(rf"\b{_THEIRS}\b").search(text)
    if theirs and asked and not has(_NOT_THE_POST, pattern(_OUR_NAME).sub("", text)) and _near(go.span(), theirs.span()):
        return min(go.start(), theirs.start()), max(go.end(), theirs.end())
    if has(_RELATIVE_GO, text):
        return None
    if theirs and _rewarded(text) and has(r"\b(?:weg|gone|off|down)\b", text):
        return theirs.span()
    if says_what_can_go(text):
        return None
    if keeps_safe(text):
        return None
    strong = pattern(_STRONG_GO).search(text)
    it = pattern(rf"\b{_IT}\b").search(text)
    if strong and it and asked and not has(_NOT_THE_POST, text):
        return min(strong.start(), it.start()), max(strong.end(), it.end())
    return None


def _denied(text: str) -> bool:
    """Say whether what is asked is denied: "we won't ask", "don't delete", "wij vragen u niet"."""
    return has(NEGATION, text) or has(
        r"\b(?:nobody|niemand|kein\w*|nicht|ne|jamais|instead\ of|rather\ than|in\ plaats\ van|sooner)\b", text
    )


def _rewarded(text: str) -> bool:
    return has(_GIFT, text)


def _near(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return max(one[0], other[0]) - min(one[1], other[1]) <= 45
