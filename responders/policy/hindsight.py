"""Finds turns that shift what went wrong (N2): somebody pushed forward, wisdom after the fact, habits of people, a cause untold."""

from __future__ import annotations

import re

from responders.policy.context import Context
from responders.policy.grammar import has, is_unknown, pattern
from responders.policy.reading import Sentence
from responders.policy.stems import common, keys_of_text

_ROLE = (
    r"(?:drivers?|couriers?|(?:sub)?contractors?|suppliers?|carriers?|crew|temps?|interns?|trainees?|lads?|girls?|boys?|guys?|apprentices?|"
    r"technicians?|engineers?|mechanics?|conductors?|guards?|waiters?|waitress|receptionists?|assistants?|cleaners?|students?|starters?|"
    r"agency|colleagues?|employees?|department|post\ room|security|restaurants?|chauffeurs?|koeriers?|bezorgers?|(?:onder)?aannemers?|"
    r"leveranciers?|vervoerders?|monteurs?|uitzendkracht\w*|vakantiekracht\w*|stagiair\w*|invaller\w*|leerling\w*|conducteurs?|suppoost\w*|"
    r"baliemedewerk\w*|medewerk\w+|collega|starter|jongens?|meisje|student\w*|schoonmaker\w*|ober|serveerster|afdeling|beveiliging)"
)
_GREEN = (
    r"(?:(?:brand[- ])?new|inexperienced|in\ training|still\ learning|only\ a|just\ (?:started|joined|begun)|(?:first|second|"
    r"third)\ (?:day|week|"
    r"shift)|from\ an\ agency|agency|overworked|in\ a\ (?:hurry|rush)|having\ a\ (?:bad|rough|off)|not\ one\ of\ ours|nieuw(?:e|eling)?|"
    r"(?:pas|net|nog\ maar)\b[^.;!?]{0,20}\b(?:begonnen|in\ dienst|bij\ ons|gestart)|onervaren|inwerken|ingewerkt|eerste\ (?:dag|week|"
    r"dienst|"
    r"rit)|ingehuurd\w*|haast|niet\ (?:van\ )?(?:onszelf|een\ van\ (?:ons|onze)))"
)
_ABOUT_THEM = rf"(?=[^.;!?]*\b(?:you|your|je|jij|u|uw|{_ROLE})\b)"
_SINGLED = rf"""
    \b(?: {_ROLE}\b[^.;!?]{{0,40}}?\b(?:is|was|were|are|had|has|comes|came|komt|kwam|zijn|waren|heeft|zat|werkt|werkte|wasn't|isn't)\b
        [^.;!?]{{0,40}}?\b{_GREEN}\b |
    (?:it|that|het|dat)\W+(?:was|were|is)\W+(?:\w+\W+){{0,3}}?{_ROLE}\W+(?:who|that|die)\b |
    {_ROLE}\W+(?:\w+\W+){{0,3}}?(?:should|could|ought\ to|might)\W+(?:\w+\W+){{0,2}}?have\b |
    {_ROLE}\W+(?:had|hadden)\b[^.;!?]{{0,50}}?\b(?:kunnen|moeten|mogen)\b |
    {_ROLE}\b[^.;!?]{{0,30}}?\b(?:vaker|wel\ vaker|more\ often|doing\b) |
    (?:take\ (?:it|that|this)\ up|complain|address|direct|aim)\b[^.;!?]{{0,40}}\b(?:to|at|with)\ (?:him|her|them|(?:the|our)\W+{_ROLE})\b |
    richt\w*\b[^.;!?]{{0,30}}\b(?:boosheid|klacht|pijlen|woede)\b |
    (?:in\ (?:all\ )?fairness|to\ be\ fair|mind\ you|in\ (?:his|her|their)\ defen[cs]e|eerlijk\ is\ eerlijk)\b(?!\W+(?:to\W+)?(?:us|me|
        we|our)\b) |
    (?:i|we)\W+(?:do\W+)?(?:have\ to|must|should)\W+(?:\w+\W+)?(?:add|point\ out|note|stress|remark)\b{_ABOUT_THEM} |
    (?:ik|wij|we)\W+(?:moet|moeten|wil|willen)\W+(?:\w+\W+){{0,3}}?(?:bij\ zeggen|opmerken|aantekenen|bij\ vermelden)\b{_ABOUT_THEM} |
    (?:moet|wil)\W+(?:ik|me|mij|we|wij)\W+(?:\w+\W+){{0,3}}?(?:bij\ zeggen|opmerken|aantekenen|bij\ vermelden)\b{_ABOUT_THEM} )
"""
"""Somebody of ours or a partner pushed forward: new, hired, hurried, or the one "who did it"; and how such a turn begins."""
_PEOPLE = (
    r"(?:people|customers|passengers|guests|residents|users|visitors|members|owners|tenants|families|shoppers|parents|neighbours|"
    r"children|kids|"
    r"travellers|mensen|klanten|reizigers|gasten|bewoners|gebruikers|bezoekers|leden|baasjes|huurders|ouders|buren|kinderen|anderen|others)"
)
_HINDSIGHT = rf"""
    \b(?: (?:if|als)\W+(?:everyone|everybody|more\ people|iedereen|meer\ mensen|men|{_PEOPLE})\b[^.;!?]{{0,80}}\b
            (?:would|wouldn't|could|should|zou|zouden|had|hadden|scheelt)\b |
        (?:other|andere|de\ meeste|most|many|veel)\W+{_PEOPLE}\W+(?:had|hadden|did|deden|manage|managed|redden)\b |
        {_PEOPLE}\b[^.;!?]{{0,40}}\b(?:tend\ to|often|easily|usually|do\ well|underestimate|overlook|vaak|weleens|doorgaans|onderschatten|
            aren't\ (?:meant|supposed|allowed)|horen\b[^.;!?]{{0,20}}\bniet|not\ make\ it\ easy|maken\ het\b[^.;!?]{{0,20}}\bniet)\b |
        (?:is|are|gets?)\ (?:often|easily|usually|always)\ (?:forgotten|overlooked) |
        (?:wordt|worden)\W+(?:\w+\W+){{0,5}}?(?:vaak|weleens|snel|makkelijk)\ (?:vergeten|over\ het\ hoofd) |
        ^\W*(?:wie|whoever|anyone\ who|those\ who)\W+\w+\b[^.;!?]{{8,70}},?\W+(?:knows|sees|notices|merkt|weet|ziet|neemt|doet|does|
            should|needs)\b |
        never\ (?:hurts|a\ bad\ idea) | (?:doesn't|can't)\ hurt\ to | pays\ to | worth\ (?:checking|reading|bringing|booking|allowing)\b |
        no\ luxury | best\ to\ (?:check|book|read|allow|bring) | nooit\ kwaad\ om | geen\ kwaad\ om | overbodige\ luxe | loont\ het |
        (?:helps|helpt)\W+(?:wel\W+)?(?:if|als|when|wanneer)\W+(?:you|je|u|men|people|mensen)\b |
        (?:the\ least|het\ minste)\b(?!\W+(?:we|wij|i|ik)\b) | for\ a\ reason\b | niet\ voor\ niks\b | small\ print | kleine\ lettertjes |
        (?:at|op)\ (?:your|uw|je)\ (?:age|leeftijd) | (?:always|altijd|blijft)\W+(?:\w+\W+)?(?:a\ gamble|gok|risico|risk)\b |
        (?:we|i)(?:'d)?\W+(?:\w+\W+)?(?:recommend|advise)\W+(?:to\ )?(?:everyone|all|always|customers|people|booking|reading)\b |
        (?:raden|adviseren)\W+(?:(?:we|wij|ik)\W+)?(?:\w+\W+){{0,2}}?(?:iedereen|altijd|klanten|mensen)\b |
        (?:je|u|jij|jullie)\W+(?:kunt|kan|kun|doet|doe)\b[^.;!?]{{0,30}}\b(?:beter|voortaan|liever)\b(?!\W+(?:niet|geen|weg\w*)) |
        (?:kun|kunt|doe|doet|bestel|neemt?|boek|boekt|kom|komt)\W+(?:je|u|jullie)\b[^.;!?]{{0,60}}\b(?:beter|voortaan|liever)\b
            (?!\W+(?:uit|schikt|past|niet|geen|weg\w*)) |
        are\ (?:\w+\ )?better\ (?:ordered|booked|brought|sent|bought|made|taken|left)\b |
        voortaan\W+(?:\w+\W+){{0,2}}?(?:even|eerst|graag|beter|zelf|iets|wat|op\ tijd)\b |
        (?:of|whether|that|dat)\W+(?:je|u|you)\b[^.;!?]{{0,40}}\b(?:gemist|verkeerd|overzien|missed|forgot|forgotten|misread|overlooked)\b
            (?!\W+(?:your|je|uw|work|the\ (?:train|bus|start)|out)) |
        (?:do|please)\W+(?:\w+\W+)?(?:aim|allow|have|keep|make\ sure|leave|arrive|consider|remember|bear|put|check|bring|read|come|plan|
            try)\b
            [^.;!?]{{0,70}}\b(?:next\ time|this\ time|in\ (?:the\ )?future|from\ now\ on|more\ carefully|your\ own)\b |
        so\ (?:please\ )?do\ (?:aim|allow|keep|leave|arrive|consider|remember|check|bring|read|plan|try)\b |
        (?:slice|handle|read|look|drive|pack|treat|choose|listen)\w*\W+(?:\w+\W+){{0,4}}?more\ (?:carefully|closely|gently|slowly)\b |
        (?:would|could)\W+(?:not\W+|never\W+)?have\W+(?:done\b|brought\W+(?:it|this)|come\ to\ light|avoided|prevented|caught|
            been\ (?:avoided|
            enough)|shown\ up) | wouldn't\ (?:come|have\ come)\ up | would\ have\ brought\b | was\ genoeg\ geweest |
        had\b[^.;!?]{{0,60}}\b(?:voorkomen|gescheeld|uitgemaakt)\b )
"""
"""What would have been wiser for them, or what people in general do and should: said after the fact."""
_CAUSED = r"""
    \b(?: (?:due|owing|thanks)\ to | because\ of | given | caused\ by | with | door | vanwege | wegens | gezien | dankzij |
        als\ gevolg\ van | met )\W+(?:(?:all|the|this|that|such|our|al|het|de|deze|dit|dat|zo'n|onze|slechte?|bad|heavy|zware|sheer|extreme|
        enorme)\W+){0,3}
    (?:weather|rain|snow|storms?|wind|heat|heatwave|traffic|season|rush|crowds?|holidays?|pandemic|shortage\w*|demand|strike\w*|
        weersomstandigheden|regen|sneeuw|hitte|kou|drukte|feestdagen|personeelstekort|krapte|files?|verkeer|seizoen|\w*staking\w*)\b
"""
"""What nobody can help, given as the cause."""
_ITS_OWN = (
    r"\b(?:our\ own\ (?:mistake|fault|error|doing)|onze\ eigen\ (?:fout|schuld)|you\ did\ nothing\ wrong|you(?:\ were|\ are|'re)\ right|"
    r"(?:u|je)\ hebt\ gelijk|(?:we|wij)\ hadden|we\ (?:should|could)\ have|not\ (?:your|his|her|their)\ (?:fault|mistake)|no\ excuse|"
    r"geen\ excuus)\b"
)
"""What takes the blame upon us in the same breath."""
_NOT_BLAME = r"\b(?:not|n't|didn't|never|nothing|no|niet|nooit|niets|geen|wasn't|isn't|nobody|right|gelijk|terecht)\b"
_OF_US = r"\b(?:we|wij|i|ik|us)\b"
_MUST = r"\b(?:have to|must|should|moet|moeten|wil)\b"
_PRIVATE = r"\b(?:naam|namen|names?|adres\w*|address\w*|\w*nummers?|numbers?|gegevens|details)\b"
"""What is better left out in public: advice that shields them."""
_FEELS = r"\b(?:hope|hoop|hopen|enjoy|geniet|sorry|spijt|apolog\w+|vervelend|naar|rot)\b"


def turns(context: Context, sentence: Sentence) -> tuple[int, int] | None:
    """Return where a sentence pushes somebody forward, is wise after the fact, or gives as the cause what no fact tells."""
    text = sentence.text
    if not context.is_complaint or (sentence.asks and len(sentence.clauses) == 1):
        return None
    found = _turned(context, sentence)
    return None if found is None or is_unknown(text) or has(_ITS_OWN, text) else found


def _turned(context: Context, sentence: Sentence) -> tuple[int, int] | None:
    text = sentence.text
    for regex in (_SINGLED, _HINDSIGHT):
        for found in pattern(regex).finditer(text):
            before = re.split(r"[;:.]", text[: found.start()])[-1][-40:]
            own = has(_OF_US, text) and not has(_MUST, text) if regex is _SINGLED else has(_PRIVATE, text)
            if not own and not has(_NOT_BLAME, before) and not context.reply.is_quoted(sentence.start + found.start(), sentence.end):
                return sentence.start + found.start(), sentence.start + found.end()
    cause = pattern(_CAUSED).search(text)
    if cause and not has(_NOT_BLAME, text[: cause.end()]) and not has(_FEELS, text):
        named = keys_of_text(cause.group())
        if named and not common(named, context.all_fact_keys | context.post_keys):
            return sentence.start + cause.start(), sentence.start + cause.end()
    return None
