"""Finds what a clause declares of the world (N4), by what it is not: no comment, regret or wish, nothing that post or facts tell."""

from __future__ import annotations

from responders.policy.context import Context
from responders.policy.dated import figure_carried
from responders.policy.grammar import INVESTIGATION, comes_back, has, pattern
from responders.policy.parts import Part
from responders.policy.quantities import figures
from responders.policy.stems import common
from responders.policy.wordings import REGRET

_LEAD = r"^\W*(?:(?:and|but|so|also|besides|then|en|maar|dus|ook|daarnaast|bovendien|verder|overigens|trouwens|want|because)\W+)*"
_FRONT = r"""
    ^(?: (?:at\ no\ (?:point|time|stage)|in\ (?:total|all|fact|the\ meantime)|since\ then|by\ now|so\ far|as\ of\ \w+(?:\ \w+)?|meanwhile|
            normally|usually|currently|overnight|every\ \w+|on\ average|so\ far|
        (?:from|since|until|during|in|at|on|over|under|with|for|after|before|across|between|within|outside|
            throughout)\W+(?:[\w'-]+\W+){1,5}?)
        (?=(?:the|an?|our|all|every|each|no|some|most|many|there|he|she|they|it|his|her|their|two|three|four|five|\d+|another|other)\b) |
    (?:in\ totaal|inmiddels|sindsdien|ondertussen|intussen|normaal(?:\ gesproken)?|meestal|gemiddeld|nergens|nooit|nu|toen|daardoor|
            (?:ook\ )?(?:vanaf|sinds|tijdens|in|op|bij|langs|na|voor|tussen|binnen|buiten|onder|boven|met|uit|van)\W+(?:[\w'-]+\W+){1,6}?)
        (?=(?:is|zijn|was|waren|heeft|hebben|had|hadden|wordt|worden|werd|werden|zal|zullen|gaat|gaan|ging|gingen|komt|komen|kwam|kwamen|
            staat|staan|stond|stonden|rijdt|rijden|reed|reden|loopt|liep|liepen|ligt|lag|lagen|geldt|gold|blijft|bleef|bleven|speelde|
            speelt|hangt|hing|werkt|werkte|werkten|krijgt|kreeg|kregen|viel|vielen)\b) )
"""
"""How a clause begins that first says when or where, with a verb (nl) or a subject (en) behind it."""
_NOBODY = (
    r"^(?:not\W+(?:an?|one|once|a\W+single)\W+\w+|nothing|nobody|no\ one|none|no\ \w+|niets|niks|niemand|geen\ \w+)\W+(?:[\w'-]+\W+){0,6}?"
)
_PERSON = (
    r"^(?:he|she|they|his|her|their|hij|zij|ze|hun|(?:my|our|a|one\ of\ (?:my|our)|mijn|onze|een|een\ van\ (?:mijn|"
    r"onze))\W+(?:colleagues?|team|"
    r"manager|boss|director|crew|driver|engineer|collega\w*|ploeg|chef|leidinggevende|directeur|chauffeur|monteur|teams?))\W+"
)
_NO_SUBJECT = r"""
    ^(?: people|mensen|don't|do|i|we|you|it|this|that|these|those|what|who|how|why|when|where|which|whether|if|everyone|everybody|
        everything|anyone|
        anything|
        anybody|not(?!\W+(?:an?|one|once)\W)|yes|no|please|thanks?|sorry|hi|hello|hey|dear|my|your|yours|mine|to|as|like|than|just|only|
            even|still|once|let|say|
        being|having|missing|waiting|paying|getting|standing|losing|hearing|reading|seeing|working|sitting|walking|being|going|such|any|
        guess|imagine|suppose|keep|leave|write|reply|tell|ask|send|call|give|take|go|come|see|look|check|try|feel|here|both|kindly|maybe|
        perhaps|stop|confirm|name|delete|for|to|in|on|at|by|with|from|of|until|after|before|about|because|while|although|
    ik|wij|je|jij|jou|jouw|u|uw|jullie|het|dit|dat|deze|die|er|wat|wie|hoe|waarom|wanneer|waar|of|als|iedereen|alles|iemand|iets|wachten|
        betalen|missen|staan|lopen|zitten|niet|ja|nee|graag|bedankt|dank|hoi|hallo|beste|dag|geachte|mijn|zo|heb|hebt|kun|kunt|mag|stel|
        zeg|laat|mis|weet|toch|schrijf|geef|neem|stuur|bel|kijk|reageer|vraag|zet|deel|houd|blijf|kom|hier|daar|zoals|dan|zulke|zoiets|
            noem|stop|bevestig|misschien|al|blijkbaar|verwijderen|voor|aan|
        op|bij|van|met|uit|om|tot|na|terwijl|omdat|hoewel )\b
"""
"""How a clause begins that tells of us, of the author, of this very thing, or of nothing at all."""
_FINITE = r"""
    \b(?: is|are|was|were|has|have|had|does|did|will|won't|isn't|aren't|wasn't|weren't|hasn't|haven't|didn't|doesn't|don't|couldn't|
        wouldn't|ran|runs?|went|goes|
        got|gets?|took|takes?|came|comes?|fell|falls?|broke|breaks?|left|kept|lost|sent|put|cut|saw|said|told|made|makes?|gave|gives?|
        found|froze|let|hit|costs?|rose|drove|threw|stood|stands?|sat|sits?|lay|lies|hung|wore|blew|shut|began|begins?|grew|knew|thought|
        brought|bought|caught|built|go|come|take|run|start|get|have|burst|split|read|rang|stole|struck|tore|wrote|works?|starts?|means?|
            meant|led|held|holds?|
        belongs?|applies|[a-z]{3,}ed |
    zijn|waren|heeft|hebben|hadden|wordt|worden|werd|werden|zal|zullen|gaat|gaan|ging|gingen|komt|komen|kwam|kwamen|staat|staan|stond|
        stonden|rijdt|rijden|reed|reden|loopt|liep|liepen|ligt|liggen|lag|lagen|geldt|gelden|gold|kost|kosten|kostte|krijgt|kreeg|kregen|
        volgt|volgen|duurt|duurde|werkt|werkte|werkten|blijft|blijven|bleef|bleven|zit|zat|zaten|hangt|hing|hingen|doet|deed|deden|neemt|
        nam|namen|geeft|gaf|gaven|hield|hielden|liet|lieten|sprak|spraken|brak|braken|sloot|sloten|verloor|verloren|begint|begon|begonnen|
        ontstond|ontstonden|trok|trokken|riep|riepen|vergat|vergaten|bracht|brachten|kocht|kochten|vond|vonden|moest|moesten|kon|konden|
        bestaat|bevat|betekent|zorgt|zorgde|zorgden|vertrekt|vertrok|vertrokken|verscheen|verdween|viel|vielen|raakte|raakten|
            [a-z]{3,}[dt]en? )\b
"""
_COMMENT = r"""
    \b(?: should\w*|ought|must|may|might|could|would|can|can't|cannot|moet(?:en)?|mag|mogen|(?:hoort|horen)\ (?:\w+\ ){0,3}?(?:niet|zo|te|
        wel|er)|hoor|hoef(?:t|en)?|kan|kunnen|zou|
            zouden|
        start|shocking|shameful|schandalig|what\ (?:you|one|anyone)|(?:doesn't|don't|won't|does\ not|aren't|isn't)\ (?:give|bring|undo|
            change|make|mend|fix|what)|too|worse|better|erger|beter|enough|genoeg|unacceptable|onacceptabel|awful|terrible|horrible|
                dreadful|vreselijk|
            verschrikkelijk|
        fair|unfair|eerlijk|oneerlijk|terecht|understandable|begrijpelijk|annoying|frustrating|hard|zwaar|lastig|vervelend|important|
        belangrijk|worth|waard|shame|pity|jammer|clear|duidelijk|welcome|welkom|thought|gedachte|happy|blij|proud|trots|joke|excuse|excuus|
        smoes|antwoord|answer|reply|reactie|bericht|tweet|question|vraag|point|punt|matters?|telt|hakt|feels?|felt|voelt|
        voelde|sounds?|klinkt|seems?|lijkt|leek|looks\ like|deserves?|verdient|verdien|hope|hoop|hopen|wish|like|want|expect|verwacht|
        (?:dingen|dit|dat|het|iets|veel|things?|something|much)\ (?:ging|gingen|went|liep|liepen)\ (?:\w+\ ){0,2}?(?:mis|fout|verkeerd)|
        undo|undoes|goedmaken|terugdraai\w*|fault|schuld|fout|fouten|mistakes?|errors?|wrong|right|acceptable|acceptabel|ridiculous|
        belachelijk|te\ (?:begrijpen|snappen)|(?:hangt?|hing)\b[^.;!?]{0,24}\baf|depends?|
            rude|onbeleefd|painful|pijnlijk|long|lang|plenty|never\ easy|ombudsman|pals|klachtencommissie|complain\w*|
        klacht|klagen|true|untrue|waar|onwaar|klopt|kloppen|agree|eens|nice|fijn|leuk|prettig|fun|grap|gift|cadeau|vanzelf|message|best|
            privately|private|privebericht|gek|rotten|rot|
            idea|netjes|beantwoord|unanswered|
        (?:is|are|was)\ different|anders|another\ reason|andere\ reden|poor|slecht|small\ thing|priority|passion|lot|(?:real|veel|
        zonde\ van\ (?:het|je|uw))\ (?:money|geld)|bedrag|alarming|nuisance|maddening|fear|place|plaats|need(?:s|ed|
            n't)?|nodig|owe|verschuldigd|blijven\ liggen|
        misgegaan|gone\ wrong|crime|misdrijf|upset|court|matter|
        loud|news|nieuws|idee|idea|rest|begin|bedoeling|service|no\ wonder|geen\ wonder|gevoel|feeling )\b
"""
"""Words that weigh, oblige, wish or speak of speaking: a clause with one of them tells nothing that anybody could check."""
_ATTRIBUTE = r"\b(?:the|an?|de|het|een)\W+(?:wrong|right|better|long|verkeerde|foute|lange|betere)\W+(?=\w)"
"""A word that weighs where it stands before its noun only says which one."""
_VERDICT = r"\b(?:is|are|was|were|zijn|waren)\W+(?:[\w'-]+\W+){0,2}?(?:no|not|geen|niet|nothing|niets)\W+(?:an?\W+|een\W+)?[\w-]+\W*$"
_LOOKING = (
    r"\b(?:i|we|i'm|we're|i'll|we'll|ik|wij|zoek|vraag|being|wordt|worden|gaat|gaan|zoekt|zoeken|vraagt|vragen|onderzoekt|onderzoeken|"
    r"is\W+\w+ing|"
    r"are\W+\w+ing)\b"
)
"""Who looks into something, or that it is being looked into: a "check" as a thing is neither."""
_HABIT = (
    r"^(?:we|wij|our\W+\w+|onze\W+\w+|i|ik)\b[^.;!?]*?\b(?:(?:elk|elke|ieder|iedere|every|each|once\W+an?|"
    r"twice\W+an?)\W+(?:\w+\W+)?(?:uur|dag|week|maand|"
    r"kwartaal|jaar|nacht|ochtend|hour|day|week|month|quarter|year|night|morning)|dagelijks|wekelijks|maandelijks|daily|weekly|monthly|"
    r"hourly|around\W+the\W+clock|"
    r"dag\W+en\W+nacht)\b"
)
"""What we say that we do time and again."""
_ILL = r"^[^,;]{3,50}?\b(?:word|wordt|worden|raak|raakt)\W+(?:je|u|men|niemand|mensen)\b[^.;!?]*?\b(?:ziek|gewond|zieker|misselijk)\b"
_LIES = (
    r"^(?:it|it's|he|she|hij|ze|zij|het)(?:'s)?\W+(?:(?:is|was|has\W+been|ligt|staat|zit|bevindt)\W+)?(?:\w+\W+){0,2}?(?:\w+ing\W+|"
    r"terecht\W+|found\W+|gevonden\W+|"
    r"veilig\W+|safe\W+|now\W+|nu\W+|zich\W+)?(?:in|at|on|op|bij)\W+(?:our|the|a|onze|ons|de|het|een)\W+(?:[\w'-]+\W+)?(?:depot|office|"
    r"store|warehouse|hub|stores?|"
    r"cupboard|locker|station|branch|counter|desk|kantoor|magazijn|depot|loods|kluis|balie|winkel|sorteercentrum|vestiging|garage|"
    r"werkplaats|workshop)\b"
)
"""Where a thing of theirs is."""
_NEVER_WAS = r"^(?:at\ no\ (?:point|time|stage)|never|not\ once|nowhere)\W+(?:was|were|is|are|did|has|have|had|does|do|will)\b"
_HAPPENS = (
    r"^(?:this|that|it|such\W+(?:\w+|a\W+thing)|zulke\W+\w+|dit\W+soort\W+\w+|dit|dat|het|zoiets)\W+(?:only\W+|just\W+|rarely\W+|never\W+|"
    r"hardly\W+ever\W+)?(?:happens?|"
    r"happened|occurs?|occurred|affects?|affected|hits?|concerns?|concerned|gebeurt|gebeurde|komt|kwam|overkomt|overkwam|komen|gebeuren|"
    r"trof|treft|speelt|"
    r"speelde|betreft|betrof|raakt|raakte)\b[^.!?]*?\b(?:only|just|rarely|never|seldom|nowhere|at\W+most|once|hooguit|eens|alleen|enkel|"
    r"uitsluitend|zelden|nooit|"
    r"nergens)\b|"
    r"^(?:this|that|it|dit|dat|het)\W+(?:only|rarely|never|hardly\W+ever)\W+(?:happens?|happened|occurs?|occurred|affects?|affected|"
    r"hits?)\b"
)
"""How rare it was, or how few it hit."""
_ELIDED = (
    r"^\W*(?:and|en|but|maar|then|toen)\W+(?:then\W+|toen\W+)?(?:will|would|was|were|is|are|has|have|had|did|left|went|sent|took|made|gave|"
    r"kept|let|put|weren't|wasn't|didn't|[a-z]{3,}ed|lieten|liet|gingen|ging|hebben|heeft|zijn|waren|werd|werden|zal|zullen|gaat|gaan|"
    r"nobody|no\ one|niemand)\b"
)
"""How a clause goes on that tells more of what was told just before."""
_INFINITIVE = r"(?:rijden|lopen|staan|liggen|wachten|zitten|reizen|betalen|bellen|houden)\W*$"
"""An infinitive at the end is no verb of its own: "three quarters of an hour in the car"."""
_THERE = r"^(?:there|er)\b|^[^,;]{3,40}\W(?:is|zijn|was|waren)\W+er\W+(?:niet|geen|nooit)\b"
_TO_US = r"\b(?:i|we|me|my|our|ours|ik|wij|mij|mijn|onze|i'm|i'll|i've|we're|we've|we'll)\b"
_SPARED = (
    r"^(?:you|je|jij|u)\W+(?:(?:won't|will|shall)\W+(?:not\W+)?(?:lose|pay|notice|be\W+(?:charged|billed|affected|out))|"
    r"(?:lose|pay|are\W+(?:covered|insured|safe))|"
    r"(?:won't|will\W+not|don't)\W+(?:get|fall|become|be)\W+(?:ill|sick|hurt)|(?:houdt?|verliest?|betaalt?|loopt?|mist?|merkt?|"
    r"bent)\W+(?:[\w'-]+\W+){0,3}?(?:niets|niks|geen|nooit|verzekerd|gedekt|veilig))\b"
)
"""What would come, or not come, of it for the author."""


_DONE_FIRST = r"^(?:\w+ed|broke|ran|took|had|got|hit|lost|sat|left|went|came|fell|was|were|cut|runs?|opens?)\b"
"""An English verb that tells what was done or is, and asks for nothing, though its subject is left out."""
_LET_OFF = (
    r"^(?:\w[\w'-]*[ ,]+){0,4}?(?:hoeft?|hoeven)\W+(?:je|u|jullie)\W+(?:\w[\w'-]*[ ,]+){0,4}?"
    r"(?:niet|geen|niets|niks)\b[^.;!?]{0,30}\bte\W+betalen\b|"
    r"^(?:de|het|je|uw|jouw)\W+(?:\w+\W+){1,2}?mag\W+(?:je|u|jullie)\W+(?:\w+\W+){0,2}?(?:houden|behouden|meenemen)\W*$|"
    r"^(?:de|het|je|uw|jouw)\W+(?:\w+\W+){1,2}?mogen\W+(?:je|u|jullie)\W+(?:houden|behouden)\W*$"
)
"""What they need not pay, or may keep."""
_OF_READING = r"\bi\W+(?:write|say|do|can)\b|\b(?:saw|read|got|received|gelezen|zag|zagen|las)\b[^.;!?]{0,12}\b(?:this|your|it|dit|je|uw)\b"
"""That what they wrote was read, or what I write myself."""


_ONE_OF_OURS = (
    r"^(?:the|de|onze|our)\W+(?:driver|conductor|adviser|agent|nurse|warden|chauffeur|conducteur|monteur|bezorger|medewerker|"
    r"verpleegkundige)\W+(?:couldn't|had|was|kon|had)\b"
)
"""What is told to explain what one of ours did: that they are known to the author makes it no less new."""
_FOUND = r"^(?:it|he|she|they)\W+(?:has|have|was|were)\W+(?:\w+\W+)?(?:turned\W+up|been\W+(?:found|located|spotted|seen|sent)|arrived)\b"
_PLURAL = r"^[a-z]{3,}(?:en|s)\W+(?:(?:now|always|usually|currently)\W+[a-z]{2,}|[a-z]{3,}en)\W+\w"
"""A clause of a bare plural and its verb: "bellers horen …", "signs now go up"."""
_NEVER = r"\b(?:no|nergens|nooit|never)\b"


def declared(context: Context, part: Part) -> tuple[int, int] | None:
    """Find what a clause declares of somebody or something else, most of which neither the post nor a fact tells."""
    text = part.text
    if not part.keys or context.is_praise:
        return None
    whole = (0, len(text.rstrip()))
    lead = pattern(_LEAD).match(text)
    rest = text[lead.end() if lead else 0 :]
    told = common(part.keys, context.told_keys) - ({"STAFF"} if has(_ONE_OF_OURS, rest) else set())
    new = part.keys - told - {"STAFF"}
    if not new and not has(_HABIT, rest):
        return None
    if has(_ELIDED, text) or comes_back(part.sentence):
        return None
    if has(_LET_OFF, rest) and not context.all_fact_keys & {"FREE", "REFUND", "CANCEL"}:
        return whole
    if has(_ILL, rest) or has(_SPARED, rest) or has(_NEVER_WAS, rest) or has(_HAPPENS, rest):
        return whole
    if has(_HABIT, rest) and not has(REGRET, text) and part.keys - common(part.keys, context.all_fact_keys):
        return whole
    if len(new) <= len(told):
        return None
    if has(_LIES, rest) or has(_FOUND, rest):
        return whole
    tells = _tells_of_others(context, rest)
    if tells is None or (len(new) < 2 and not tells) or _weighs(text, rest):
        return None
    if any(figure_carried(context, figure, text) for figure in figures(text)):
        return None  # It says in other words what a fact says.
    return whole


def _tells_of_others(context: Context, rest: str) -> bool | None:
    """Say whether a clause plainly has another subject than us and the author, or may have; None where it has not, or says nothing."""
    front = pattern(_FRONT).match(rest)
    subject = rest[front.end() if front else 0 :]
    plural = has(_PLURAL, subject) and (context.language == "nl" or not has(r"^\w+\W+[a-z]{3,}en\W", subject))
    tells = (
        plural
        or has(_ONE_OF_OURS, subject)
        or has(_NOBODY, subject)
        or has(_THERE, subject)
        or has(_PERSON, subject)
        or (front is not None and (context.language == "nl" or has(_NEVER, front.group())))
    )
    if not tells and (has(_NO_SUBJECT, subject) or has(_TO_US, rest)):
        return None
    asks = context.language == "en" and not has(_DONE_FIRST, subject)  # "Paste the query": an English verb that comes first asks.
    first = 1 if asks and subject[:1].isalpha() else 0
    if not plural and not pattern(_FINITE).search(pattern(_INFINITIVE).sub("", subject), first):
        return None
    return tells


def _weighs(text: str, rest: str) -> bool:
    """Say whether a clause regrets, looks into, reads or weighs something, and so tells nothing to check."""
    if (has(REGRET, text) and not has(_PERSON, rest)) or (has(INVESTIGATION, text) and looks(text)) or has(_OF_READING, text):
        return True
    if weighs(text):
        return True
    return has(_VERDICT, text) and not has(_NOBODY, rest) and not has(_THERE, rest)


def weighs(text: str) -> bool:
    """Say whether words weigh, oblige, wish or speak of speaking, instead of telling what is."""
    return has(_COMMENT, pattern(_ATTRIBUTE).sub("the ", text))


def looks(text: str) -> bool:
    """Say whether somebody looks into something here, or it is being looked into."""
    return has(_LOOKING, text)
