"""Judges the tone: slogans and sameness (N8), humour (N9), pressure (N10), blame of the other (N2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from monitor.domain import Objection
from responders.policy.context import Context
from responders.policy.grammar import NEGATION, has, negated_before, pattern
from responders.policy.reading import read

_SLOGANS = r"""
    \b(?: (?:take|takes|taking|taken|took)\W+(?:\w+\W+){0,8}?(?:very\ |extremely\ |really\ |so\ |incredibly\ |most\ )?serious(?:ly)? | (?:top|highest|number\ one|first|absolute|main|greatest|biggest|our)\ (?:\w+\ )?priorit(?:y|ies) | (?:is|are|remains?)\ (?:of\ )?(?:the\ )?(?:utmost|paramount|great)\ (?:importance|concern)? | paramount | utmost\ importance | (?:your|customer)\ (?:satisfaction|feedback|opinion|loyalty|business|experience|trust|comfort)\W+(?:is|are|matters|means)\W+(?:\w+\W+){0,3}?(?:important|valuable|everything|priority|us|key|lot|paramount) | value[sd]?\ (?:your|our|you|every|all)\W+(?:\w+\W+)?(?:feedback|customers?|opinion|business|loyalty|patience|input|privacy|custom|riders?|guests?|members?) | valued\ (?:customer|guest|member|client|passenger)s? |
    (?:strive|strives|striving|aim|aims|endeavou?r\w*|committed|dedicated|commitment|passionate|pride\ ourselves|proud)\W+(?:\w+\W+){0,3}?(?:to|for|in|on|about)\W+(?:\w+\W+){0,3}?(?:provid\w+|deliver\w*|offer\w*|giv\w+|ensur\w*|excellen\w+|quality|best|highest|service|experience|serving|perfect\w*|exceed\w*|be\ the|transparen\w+|safety|customers?) | world-class | best-in-class | state-of-the-art | award-winning | industry-leading | market\ leader | cutting-edge | second\ to\ none | unparalleled | customer[- ](?:first|centric|focused|obsess\w*) | at\ the\ heart\ of | go(?:ing)?\ the\ extra\ mile | rest\ assured | we\ care\ (?:deeply\ )?about\ (?:our|every|all|each) | high(?:est)?\ (?:quality\ )?standards | exceed\W+(?:\w+\W+)?expectations |
    (?:check|checking)\ out\ (?:our|the|this) | (?:discover|explore|browse|download|join|follow|(?:try|visit|book|order|enjoy)\ (?:our|the))\W+(?:\w+\W+){0,3}?(?:new|latest|spring|summer|winter|autumn|special|exclusive|great|amazing|collection|range|offers?|deals?|sale|promo\w*|newsletter|webshop|now\ and|our\ app\ for)\b(?=[^.?]{0,40}(?:!|\.|$|offer|deal|sale|now|today|\d+\s?%|collection|range|app|subscription|bike|plan|discount)) | (?:now|today)\ (?:only|with\ \d+\ ?%) | \d+\ ?%\ (?:off|discount|korting)\ (?:on|your|op|bij|met) | special\ offer | limited\ (?:time|offer) | use\ (?:the\ )?code\ [a-z\d]+ | don't\ miss | sign\ up\ (?:for|to|now) | subscribe\ to | did\ you\ know\ (?:that\ )?(?:we|our) | we\ look\ forward\ to\ (?:welcoming|serving|seeing\ you|your\ next) | thank\ you\ for\ (?:choosing|your\ (?:understanding|patience|loyalty|continued)) |
    (?:neem|nemen|neemt|namen)\W+(?:\w+\W+){0,8}?(?:zeer\ |heel\ |uiterst\ |erg\ |bijzonder\ |uitermate\ |hoogst\ )?serieus | (?:zeer|heel|uiterst|bijzonder)\ serieus\W+(?:genomen|neem\w*) | hoog\ in\ (?:het|ons|hun)\ vaandel | staat\W+(?:\w+\W+){0,4}?(?:voorop|centraal|op\ (?:nummer\ )?(?:een|1|de\ eerste\ plaats)|hoog\ in) | staan\W+(?:\w+\W+){0,4}?(?:voorop|centraal|op\ (?:nummer\ )?(?:een|1)) | (?:onze|de)\ (?:hoogste|grootste|absolute|eerste)\ prioriteit | (?:heeft|hebben)\W+(?:\w+\W+){0,3}?(?:hoogste|absolute|grote)\ prioriteit | streven\W+(?:\w+\W+){0,6}?(?:er)?(?:naar|om) | streeft | klanttevredenheid | klantgerichtheid | van\ het\ grootste\ belang | (?:uw|je|jouw)\ (?:mening|feedback|tevredenheid|ervaring|vertrouwen|veiligheid|comfort)\W+(?:is|zijn|telt)\W+(?:\w+\W+){0,4}?(?:belangrijk|waardevol|alles|voor\ ons|ons) | waarderen\W+(?:uw|je|jouw)\ (?:feedback|mening|geduld|begrip|trouw) |
    (?:kwaliteit|service|klanten|gastvrijheid|veiligheid|privacy|duurzaamheid)\W+(?:is|zijn)\W+(?:\w+\W+){0,2}?(?:ons|onze|alles|belangrijkste|kernwaarde|topprioriteit|het\ allerbelangrijkste) | (?:is|zijn)\W+(?:\w+\W+){0,4}?(?:veiligheid|kwaliteit|klanttevredenheid)\W+(?:het|de|ons)\ (?:aller)?belangrijkste | veiligheid\ (?:is\ |bij\ ons\ )?(?:het|de)\ (?:aller)?belangrijkste | (?:is|bij)\W+(?:\w+\W+){0,2}?veiligheid\ (?:het\ )?belangrijkste | (?:ontdek|probeer|bekijk|bezoek|download|bestel|boek|profiteer|shop|volg|maak\ kennis|meld\ je\ aan|schrijf\ je\ in|neem\ een\ kijkje)\W+(?:\w+\W+){0,5}?(?:nieuwe?|actie|zomeractie|aanbieding\w*|korting|collectie|assortiment|webshop|app|nieuwsbrief|abonnement|arrangement|deals?|van|voordeel|aanbod|zomer\w*|winter\w*|lente\w*|voorjaars\w*)\b | nu\ (?:met|tijdelijk|extra)\W+(?:\w+\W+)?(?:korting|voordeel|voordelig|\d+) | tijdelijke?\ (?:actie|aanbieding) | wist\ je\ (?:trouwens\ )?dat\ (?:we|wij|onze) | (?:de\ )?beste\ (?:service|kwaliteit|klantervaring|ervaring|van\ nederland) | hoogste\ (?:kwaliteit|niveau|standaard) | marktleider | toonaangevend\w* | trots\ op | passie\ voor | met\ (?:hart|passie) | optimale\ (?:service|klantbeleving|dienstverlening) | klantbeleving | klantervaring | dank(?:en)?\W+(?:\w+\W+){0,2}?voor\ (?:uw|je|jullie|het)\ (?:begrip|geduld|vertrouwen) | bedankt\ voor\ (?:uw|je|jullie|het)\ (?:begrip|geduld|vertrouwen) | wij\ kijken\ ernaar\ uit\ (?:u|je) | tot\ snel\ bij | de\ klant\ is\ koning | doen\W+(?:\w+\W+)?er\ alles\ aan\W+om\W+(?:\w+\W+){0,5}?(?:tevreden|beste|service|optimaal) )\b
"""
_NOT_SLOGAN = r"\b(?:won't|will\ not|not\ (?:going\ to\ )?(?:say|tell|hide)|no\ (?:slogan|talk|empty)|instead\ of|rather\ than|easy\ to\ say|niet\ (?:zeggen|roepen|schuilen)|zonder|in\ plaats\ van|makkelijk\ gezegd|serieus\ genoeg|not\ seriously\ enough|niet\ serieus)\b"


def slogans(context: Context) -> Iterator[Objection]:
    """N8: no marketing, no boilerplate, and never the same text to several people."""
    reply = context.reply
    for sentence in reply.sentences:
        for match in pattern(_SLOGANS).finditer(sentence.text):
            start, end = sentence.start + match.start(), sentence.start + match.end()
            if reply.is_quoted(start, end) or has(_NOT_SLOGAN, sentence.text[max(0, match.start() - 50) : match.end() + 15]) or has(NEGATION, sentence.text[max(0, match.start() - 14) : match.end()]) or _is_advice(context, match.group()):
                continue
            yield context.objection(
                "N8",
                start,
                end,
                nl="Dit is een standaardzin of reclame, en zegt deze persoon niets. Laat hem weg, of zeg wat we concreet doen.",
                en="This is boilerplate or advertising and tells this person nothing. Leave it out, or say what we do in fact.",
            )
            return
    alike = _sent_before(context)
    if alike:
        yield context.whole(
            "N8",
            nl="Bijna dezelfde tekst ging al naar iemand anders. Schrijf aan deze persoon, over wat die meemaakte.",
            en="Nearly the same text already went to somebody else. Write to this person, about what happened to them.",
        )


def _is_advice(context: Context, words: str) -> bool:
    """Say whether what looks like advertising answers a question about just that thing."""
    return context.is_question and has(r"^(?:discover|explore|try|visit|see|download|book|order|get|use|join|bekijk|bestel|boek|download|probeer)", words)


@lru_cache(maxsize=1024)
def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    """Return the runs of four words of a text; numbers and greetings do not make texts differ."""
    words = [word.text if not word.text.isdigit() else "0" for word in read(text).words][:600]
    return frozenset(tuple(words[place : place + 4]) for place in range(len(words) - 3))


def _sent_before(context: Context) -> bool:
    own = _shingles(context.text)
    if len(own) < 8:
        return any(read(text).plain.strip() == context.reply.plain.strip() and len(own) >= 3 for text in context.earlier)
    for text in context.earlier:
        if not len(context.text) * 0.5 <= len(text) <= len(context.text) * 2:
            continue
        other = _shingles(text)
        if len(own & other) >= 0.6 * min(len(own), len(other)):
            return True
    return False


_HUMOUR = r"""
    [\U0001F600-\U0001F606\U0001F609\U0001F60B\U0001F60E\U0001F60F\U0001F61B-\U0001F61D\U0001F643\U0001F644\U0001F911\U0001F913\U0001F917\U0001F921\U0001F923\U0001F92A\U0001F929\U0001F92D\U0001F973\U0001F388\U0001F389\U0001F37B\U0001F48A\U0001F937\U0001F926] | (?<!\w)[;:]-?[)pd](?!\w) | (?<!\w)xd(?!\w) |
    \b(?: (?:ha){2,}h? | (?:he){2,} | hihi | lol | lmao | rofl | grapje(?:s)? | geintje | knipoog | just\ kidding | only\ joking | kidding | oeps(?:ie)? | oops(?:ie)? | whoops(?:ie)? | woops | d'oh | yikes | surprise,?\ surprise | tja | ach\ ja | c'est\ la\ vie | that's\ life | shit\ happens | these\ things\ happen | kan\ gebeuren | kan\ de\ beste\ overkomen | happens\ to\ the\ best | oh\ (?:well|dear) | murphy | (?:look|kijk|zie)\W+(?:\w+\W+){0,3}?(?:bright\ side|zonnige\ kant|positieve\ kant) | every\ cloud | bright\ side | elk\ nadeel | zonnige\ kant | silver\ lining | no\ pain,?\ no\ gain |
    (?:gelukkig|at\ least|luckily|tenminste|in\ elk\ geval|goed\ nieuws|good\ news|on\ the\ plus\ side|positief\ puntje|lucky)\b[^.!?]{0,60}\b(?:gezond|exercise|steps|stappen|fresh\ air|frisse\ lucht|workout|diet|dieet|gespaard|wandelen|walk|legs|benen|calories|calorieen|sportief|fit|spieren|muscles|story\ to\ tell|verhaal|practice|oefening|holiday|vakantie) | (?:wandelen|lopen|walking)\W+(?:\w+\W+){0,3}?(?:gezond|healthy|good\ for) | (?:wanted|felt\ like|decided|fancied|had\ zin\ in|wilde\ (?:even|vast|liever|nog)|nam|took|needed)\W+(?:\w+\W+){0,3}?(?:longer\ holiday|holiday|break|vakantie|day\ off|vrije\ dag|rondje|nap|dutje|adventure|avontuur|vrijaf|snipperdag|uitstapje|trip|lie-in|own\ trip) |
    koude\ douche | ouch | auw | au\b | keep\ (?:calm|smiling) | kop\ op | niet\ getreurd | hakuna | first\ world | drama\ queen | plot\ twist | mercury | retrograde | maandag(?:ochtend)?\ (?:he|toch) | monday,?\ (?:right|am\ i) | (?:who|wie)\W+(?:\w+\W+){0,2}?(?:needs|heeft)\W+(?:\w+\W+){0,3}?(?:anyway|nodig)\W*\? | am\ i\ right | wink | gremlins? | kaboutertjes? | kabouters | lazy | luie\ (?:bui|dag) | geheimpje | chill | kopje\ koffie\ erbij | joke'?s\ on | fun\ fact | pun\ intended | woordgrap | sorry\ not\ sorry | party | feestje | magic | toverstaf | magic\ wand | glazen\ bol | crystal\ ball | superhero\w* | ninja\w* | yay | hoera | joepie | tadaa | ta-da )\b(?!\W+(?:no\ joke))
"""


def humour(context: Context) -> Iterator[Objection]:
    """N9: no humour, irony or asides where somebody complains."""
    if not context.is_complaint:
        return
    text = re.sub(r"\s", " ", context.text[:4000].lower())
    for source, on_original in ((context.reply.plain, False), (text, True)):
        for match in pattern(_HUMOUR).finditer(source):
            if on_original and match.group().isascii():
                continue
            if not on_original and (context.reply.is_quoted(*match.span()) or has(r"\b(?:no|not|geen|niet|never|nooit|a)\W+(?:\w+\W+)?$", source[max(0, match.start() - 14) : match.start()]) or match.group() in context.post.plain and match.group().isalpha()):
                continue
            objection = context.objection(
                "N9",
                match.start() if not on_original else 0,
                match.end() if not on_original else 0,
                nl="Een grap, knipoog of terzijde valt verkeerd bij iemand die klaagt. Laat hem weg.",
                en="A joke, a wink or an aside lands badly with somebody who complains. Leave it out.",
            )
            yield Objection(objection.rule, objection.severity, match.span(), objection.sentence) if on_original else objection
            return


_OUR_POST = r"(?:posts?|tweets?|reviews?|comments?|messages?|videos?|thread|story|photos?|pictures?|blogs?|article|it|this|that|them|bericht(?:en|je)?|berichtje|recensies?|beoordeling(?:en)?|reacties?|filmpje|video's?|foto's?|draadje|verhaal|artikel|post|dit|dat|deze|hem|beitrag|kommentar|bewertung|nachricht|publication|message|commentaire|avis)"
_DELETE = rf"""
    \b(?: (?:delete|remove|erase|retract|withdraw|unpublish|pull|edit|amend|reconsider|rescind|take\ back)\W+(?:\w+\W+){{0,3}}?(?:your|this|the|that|it|such)\W*(?:\w+\W+){{0,2}}?{_OUR_POST}? | (?:delete|remove|retract|withdraw)\W+(?:it|this|that|them)\b | (?:take|taking|took|bring|pull)\W+(?:\w+\W+){{0,4}}?(?:down|offline)\b | (?:deleting|removing|withdrawing|changing|editing|taking\ down|retracting|updating)\W+(?:your|this|the|it)\W*(?:\w+\W+)?(?:post|review|comment|tweet|rating|message|video|thread|down|it)? | (?:change|update|adjust|improve|raise|revise|reconsider)\W+(?:your|the)\W+(?:\w+\W+)?(?:review|rating|stars?|score|post|comment) |
    (?:verwijder|verwijdert|verwijderen|wis|wissen|wist)\W+(?:\w+\W+){{0,4}}?{_OUR_POST}\b | {_OUR_POST}\W+(?:\w+\W+){{0,7}}?(?:verwijder\w*|te\ verwijderen|weg\ ?(?:te\ )?hal\w+|weghaal\w*|weghalen|offline\ (?:te\ )?hal\w+|offline\ haal\w*|wissen|te\ wissen|aan\ te\ passen|aanpas\w*|wijzig\w*|in\ te\ trekken|intrek\w*|ingetrokken|eraf\ hal\w*|van\ internet|rectific\w*|herzien) | (?:haal|haalt|halen)\W+(?:\w+\W+){{0,6}}?(?:weg|offline|eraf|van\ (?:internet|twitter|x|facebook))\b | (?:pas|past)\W+(?:je|uw|deze)\W+(?:\w+\W+)?(?:review|recensie|beoordeling|bericht|reactie)\W+(?:\w+\W+){{0,2}}?aan | (?:trek|trekt)\W+(?:\w+\W+){{0,4}}?(?:in|terug)\b(?=\W|$) | rectificatie | rectificeer\w* |
    (?:losch|loesch|entfern)\w*\W+(?:\w+\W+){{0,4}}?(?:beitrag|kommentar|post|tweet|bewertung|nachricht|ihn|sie|es|das) | (?:beitrag|kommentar|post|tweet|bewertung|ihn|diesen|das)\W+(?:\w+\W+){{0,4}}?(?:(?:zu\ )?losch\w*|entfern\w*|zuruckzieh\w*|zuruckzunehmen) | nehmen\W+(?:\w+\W+){{0,4}}?(?:zuruck|offline|runter) | (?:supprim|retir|efface)\w*\W+(?:\w+\W+){{0,4}}?(?:publication|post|message|commentaire|avis|tweet|le|la|ce|cette|votre) )
"""
_LEGAL = r"""
    \b(?: (?:take|taking|pursue|consider\w*|start|initiate|face|begin|further|threaten\w*|explore)\W+(?:\w+\W+){0,3}?(?:legal\ (?:action|steps|measures|proceedings|options|remedies)|court) | legal\ (?:action|steps|measures|proceedings|consequences|department|recourse|team) | (?:our|the)\W+(?:\w+\W+){0,2}?(?:lawyers?|solicitors?|attorneys?|barristers?|counsel) | lawsuit | (?:we|i)\W+(?:\w+\W+){0,3}?sue\b | suing | sue\ you | (?:see|meet)\ you\ in\ court | reserve\W+(?:\w+\W+){0,4}?rights? | defam\w+ | libel\w* | slander\w* | cease\ and\ desist | press\ charges | hold\ you\ (?:legally\ )?(?:liable|responsible|accountable) | liable\ for\ (?:your|these|this) | (?:report|reported)\ (?:you|this|your\ \w+)\ to\ the\ police | consequences\ (?:for\ you|if\ you) | for\ damages |
    juridische\W+(?:\w+\W+)?(?:stappen|maatregelen|actie|procedure|gevolgen|afdeling|weg) | (?:onze|een|de)\W+(?:\w+\W+)?(?:advocaten|advocaat|juristen|jurist) | advocaat | (?:doen|deden|doe|gedaan|overwegen)\W+(?:\w+\W+){0,3}?aangifte | aangifte\W+(?:\w+\W+){0,4}?(?:doen|gedaan|tegen|van\ smaad|wegens) | smaad\w* | laster\w* | naar\ de\ rechter | voor\ de\ rechter | rechtszaak | dagvaard\w* | sommeren | sommatie | aansprakelijk\W+(?:te\ )?stel\w* | (?:stel|stellen|houden|houd)\W+(?:\w+\W+){0,4}?aansprakelijk | recht(?:en)?\W+(?:\w+\W+){0,2}?voor(?:behouden)?\b(?=[^.!?]{0,40}(?:stappen|juridisch|maatregel|actie|$|rechter|om)) | behouden\W+(?:\w+\W+){0,6}?recht(?:en)?\b | schadeclaim\ (?:indienen|tegen) | gerechtelijk\w* | strafbaar | onrechtmatig |
    anwalt\w* | anwalte | rechtliche\W+(?:\w+\W+)?(?:schritte|massnahmen|konsequenzen) | rechtsanwalt\w* | anzeige\ erstatten | strafanzeige | verleumdung | unterlassung\w* | klage\ (?:einreichen|erheben) | verklagen | avocats? | poursuites?\ (?:judiciaires?)? | action\ en\ justice | diffam\w* | porter\ plainte | en\ justice | tribunal | mise\ en\ demeure )\b
"""
_NOT_THREAT = r"\b(?:you\W+(?:can|may|could|have|are|might|would)|je\W+(?:kunt|mag|kan|hebt|bent)|u\W+(?:kunt|mag|kan|hebt|bent)|your\W+(?:own\W+)?(?:right|lawyer|solicitor|legal)|je\W+goed\W+recht|uw\W+goed\W+recht|uw\W+recht|you're\W+free|staat\W+(?:het\W+)?(?:je|u)\W+vrij|if\W+you\W+(?:want|wish|prefer)|als\W+(?:je|u)\W+(?:wilt|wil)|sie\W+konnen|vous\W+pouvez)\b"
_REWARD = r"""
    \b(?:if|when|once|in\ (?:exchange|return)\ for|als|zodra|wanneer|in\ ruil\ voor|wenn|falls|sobald|si|mits|provided|as\ soon\ as)\b[^.!?]{0,70}\b(?:delet\w*|remov\w*|take\w*\W+(?:\w+\W+){0,3}?down|withdraw\w*|chang\w*\W+your|edit\w*|verwijder\w*|weghaal\w*|weghal\w*|weg\ ?haalt|offline\ haal\w*|aanpas\w*|aanpassing|intrek\w*|losch\w*|entfern\w*|supprim\w*|retir\w*|positive\ review|positieve\ (?:review|recensie))\b
"""


def pressure(context: Context) -> Iterator[Objection]:
    """N10: no legal threat, no request to delete a post, no reward for deleting."""
    reply = context.reply
    for sentence in reply.sentences:
        text = sentence.text
        for kind, regex in (("reward", _REWARD), ("delete", _DELETE), ("legal", _LEGAL)):
            match = next((m for m in pattern(regex).finditer(text) if not _is_harmless(context, kind, sentence.start, text, m)), None)
            if match:
                yield context.objection(
                    "N10",
                    sentence.start + match.start(),
                    sentence.start + match.end(),
                    nl="Dit zet de schrijver onder druk: dreigen met juridische stappen, vragen om te verwijderen of daarvoor belonen. Laat het weg; wat waar is, kan blijven staan.",
                    en="This puts pressure on the author: a legal threat, a request to delete, or a reward for it. Leave it out; what is true may stand.",
                )
                break


def _is_harmless(context: Context, kind: str, start: int, text: str, match: re.Match[str]) -> bool:
    """Say whether the words ask nothing of the author and threaten nobody."""
    if context.reply.is_quoted(start + match.start(), start + match.end()):
        return True
    before = re.split(r"[;:.!?]|,\s(?=(?:but|maar|and|en)\s)", text[: match.start()])[-1]
    around = before[-60:] + match.group() + text[match.end() : match.end() + 25]
    if has(rf"{NEGATION}|\bhoe(?:f|ft|ven)\b|\bkein\w*\b|\bnicht\b|\bpas\b|\bwon't\b", before[-45:]) or has(r"\b(?:niet|geen|not|never|nicht|pas)\b", match.group()):
        return True
    if kind == "legal":
        if has(r"\b(?:aangifte|police|politie)\b", match.group()) and not has(r"\b(?:je|u|jou|you|your|uw|tegen|against|smaad|laster)\b", around):
            return True
        return has(_NOT_THREAT, around) or negated_before(text, match.start(), 25)
    if has(r"\b(?:phone|telefoon\w*|adres|address|order|number|nummer|gegevens|details|data|account|app|card|e-?mail\w*|photo\ of|kenteken|bsn|geboortedatum|naam|name|cookies|bike|fiets|bestelling|lock|slot|battery|accu|cache|saddle|wheel|box|cover|label|filter)\b", match.group() + text[match.end() : match.end() + 24]) and not has(r"\b(?:post|tweet|review|comment|recensie|beoordeling|beitrag)\b", match.group()):
        return True
    # What we did, do or ask of our own people is no request to the author.
    ours = rf"\b(?:we|wij|ik|i|they|ze|collega\w*|our|onze|moderator\w*|wir|nous)(?:'ve|'ll|'d|'re)?\W+(?:\w+\W+){{0,4}}?$"
    if has(ours, before) and not has(r"\b(?:ask|request|urge|vragen|vraag|verzoeken|verzoek|like|willen|advise|adviseren|want|expect|demand|eisen|bitten|prions|appreciate|suggest|kindly|invite|must|insist|bid|offer|hope|hopen|zien\ graag|zouden)\b", before):
        return True
    return has(r"\b(?:removed|deleted|was|were|verwijderd|verwijderden|weggehaald|haalden|is\ verwijderd|hebben|heb|took)\b", around) and not has(r"\b(?:please|kindly|alstublieft|alsjeblieft|a\.u\.b|if|als|would|could|kunt|kun|wilt|wil|zou|want|demand)\b", text)


_BLAME = r"""
    \b(?: you(?:'d)?\W+(?:\w+\W+){0,2}?(?:should|could|ought\ to|might|must|may)\W+(?:\w+\W+){0,2}?(?:have|be)\W+(?!(?:had|been|received|got|gotten|heard|to|experienced|felt|noticed|seen|suffered|missed)\b)(?:\w+\W+)?\w+ | if\ you(?:'d|\ had)\W+(?:only\W+|just\W+|simply\W+|first\W+)?(?:\w+ed|read|known|kept|come|taken|gone|left|told|been|paid|held|put|brought|done|seen|set)\b | had\ you\W+\w+ | (?:your|user|rider|customer|passenger|driver|operator)(?:\W+own)?\W+(?:own\ )?(?:fault|error|mistake|responsibility|doing|misuse|choice|carelessness|negligence|misunderstanding|impatience|haste) | (?:is|was|that's|it's|be|would\ be|down|up)\W+(?:\w+\W+)?(?:on|to)\ you\b(?!\W+(?:by|on|for|within|at|soon|when|here|tomorrow|today)) | you\W+(?:\w+\W+){0,2}?(?:failed|forgot|neglected|misread|misunderstood|misused|overlooked|ignored|mishandled|overreact\w*) | you\W+(?:clearly\W+|apparently\W+|probably\W+|simply\W+|obviously\W+|must\W+have\W+|may\W+have\W+|might\W+have\W+)?(?:did\ not|didn't|haven't|hadn't)\W+(?:\w+ly\W+|even\W+|bother\ to\W+)?(?:read|follow|check|lock|charge|mention|tell|report|listen|look|use|install|pay|ask|give|provide|enter|fill|close|turn|keep|notice|respect|show|arrive|wait|understand) | you\W+(?:must|may|might|could|probably|clearly|obviously|apparently|perhaps)\W+(?:\w+\W+){0,2}?(?:have\W+)?(?:entered|used|misread|forgotten|misunderstood|ridden|pressed|typed|left|parked|overloaded|dropped|mixed|chosen|confused|damaged) | (?:you|he|she|they)\W+(?:are|were|may\ be|might\ be|'re)\W+(?:\w+\W+){0,3}?(?:too\ (?:sensitive|impatient|demanding|emotional|picky)|overreacting|sensitive|exaggerating|responsible\ for|to\ blame|at\ fault|careless|mistaken) | oversensitive | overreact\w* |
    (?:he|she|they)\W+(?:may|might|must|could)\W+(?:well\W+)?have\b(?!\W+been\W+(?:hurt|scared|frightened)) | (?:misschien|wellicht|waarschijnlijk|mogelijk)\W+(?:heeft|had|is|was)\W+(?:hij|ze|zij|je|u|uw|de\ man|de\ vrouw)\b | you\W+(?:\w+\W+)?(?:are|were)\W+(?:yourself\W+)?(?:responsible|to\ blame) | as\ (?:clearly\ )?(?:stated|explained|mentioned)\W+(?:\w+\W+){0,3}?(?:terms|conditions|manual|confirmation|website|email|instructions) | you\W+(?:were|had\ been)\W+(?:\w+\W+)?(?:warned|told|informed|asked\ to) | (?:wrong|incorrectly|improperly|carelessly)\W+(?:\w+\W+){0,3}?(?:by\ you|on\ your\ part|used) | people\W+(?:\w+\W+){0,3}?(?:use|misuse|forget|ignore|often)\W+(?:\w+\W+){0,2}?(?:wrong|charger|incorrect\w*|manual|instructions) |
    (?:supplier|provider|contractor|subcontractor|partner|driver|employee|colleague|intern|trainee|temp|temporary\ worker|weather|third\ party|courier|manufacturer|agency|carrier|vendor|mechanic|post\ office|government|council|bank|airport|previous\ \w+|software|hackers?|rail\w*)\b[^.!?,;]{0,40}\b(?:to\ blame|at\ fault|responsible\ for\ (?:this|it|that)|let\ us\ down|messed|screwed\ up|is\ the\ culprit|own\ fault|'s\ fault) | blame\W+(?:\w+\W+){0,4}?(?:supplier|provider|contractor|partner|driver|employee|colleague|intern|trainee|weather|courier|on\ you) | (?:blame|fault)\W+(?:lies|is|rests)\W+(?:\w+\W+){0,2}?with\ (?!us\b) | (?:an?|one|the|our|some)\W+(?:\w+\W+)?(?:inexperienced|individual|rogue|careless|temporary|lazy|incompetent|clumsy|sloppy|junior|new|young|single|overworked)\W+(?:\w+\W+)?(?:employee|colleague|driver|worker|intern|trainee|mechanic|member\ of\ staff|staff\ member|agent|person|temp|courier|trainer|lifeguard|conductor|technician) | (?:intern|trainee|temp)\W+(?:\w+\W+){0,3}?(?:made|forgot|did|sent|pressed|mixed|caused) |
    (?:je|jij|u)\W+(?:had|hadt|hebt|heeft|heb)\W+(?:[\w-]+\W+){0,7}?(?:moeten|kunnen|behoren)\b | had(?:t)?\W+(?:je|jij|u|ze|hij|zij)\W+(?:[\w-]+\W+){0,7}?(?:moeten|kunnen|maar)\b | had(?:t)?\W+(?:je|jij|u)\W+maar | als\W+(?:je|jij|u|ze|hij)\W+(?:[\w-]+\W+){0,6}?(?:had|hadt)\b(?!\W+gekregen) | eigen\W+(?:schuld|fout|verantwoordelijkheid|risico|onoplettendheid|toedoen) | (?:zelf|zelve)\W+(?:\w+\W+){0,3}?(?:verantwoordelijk|schuldig|verkeerd|vergeten|veroorzaakt|fout|voor\ gekozen|aan\ te\ danken) | verantwoordelijk\W+(?:\w+\W+){0,3}?zelf | aan\W+(?:jezelf|uzelf|jou|u)\ (?:zelf\ )?(?:te\ (?:wijten|danken)) | (?:ligt|lag|komt|kwam)\W+(?:\w+\W+){0,3}?(?:aan|bij|door)\W+(?:jou|u|jezelf|uzelf|uw|je|jouw)\b | (?:je|jij|u)\W+(?:hebt|heb|heeft|bent|ben|was|waart)\W+(?:[\w-]+\W+){0,5}?(?:vergeten|niet\ goed|verkeerd|nagelaten|verzuimd|niet\ gelezen|over\ het\ hoofd|onvoldoende|onzorgvuldig|te\ (?:laat\ (?:gemeld|gereageerd|gekomen)|gevoelig|ongeduldig|snel)) | te\ (?:gevoelig|ongeduldig)\b | overdrijf\w* | overdreven | overgevoelig\w* | verkeerd\ begrepen\ door\ (?:je|u) | (?:je|u)\W+(?:\w+\W+)?(?:bent|was)\W+(?:\w+\W+)?gewaarschuwd | zoals\W+(?:\w+\W+){0,3}?(?:duidelijk|gewoon)\W+(?:staat|stond|vermeld|aangegeven) |
    (?:leverancier|vervoerder|aannemer|onderaannemer|chauffeur|medewerker|collega|stagiair\w*|uitzendkracht|weer|koerier|fabrikant|bezorger|partner|provider|monteur|bank|postnl|prorail|gemeente|hacker\w*|softwarebedrijf|badmeester|conducteur)\b[^.!?,;]{0,50}\b(?:de\ schuld|schuldig|is\ verantwoordelijk|verantwoordelijk\ voor|de\ oorzaak|de\ boosdoener|steken\ laten\ vallen|de\ fout\ in\ gegaan|zat\ fout|beter\ (?:moeten\ )?oplet\w*|moeten\ opletten|liet\ ons\ in\ de\ steek) | schuld\W+(?:\w+\W+){0,4}?(?:leverancier|vervoerder|aannemer|chauffeur|medewerker|collega|stagiair\w*|weer|koerier|fabrikant) | (?:onervaren|individuele|onoplettende|nieuwe|jonge|onhandige|slordige|tijdelijke|luie|overwerkte|beginnende)\W+(?:\w+\W+)?(?:medewerk\w*|collega|chauffeur|monteur|uitzendkracht|bezorger|badmeester|conducteur|trainer|kracht|werknemer|stagiair\w*) | (?:is|was)\W+(?:zijn|haar|hun|his|her|their)\W+(?:eigen\W+|own\W+)?(?:fout|schuld|mistake|fault)\b | (?:parents|users|riders|customers|passengers|guests|ouders|gebruikers|klanten|reizigers|bezoekers)\W+(?:are|zijn)\W+(?:\w+\W+)?(?:responsible|verantwoordelijk) | you\W+(?:\w+\W+){0,2}?(?:not|n't)\W+(?:\w+\W+){0,2}?(?:watching|supervising|paying\ attention|careful|looking) | (?:stagiair\w*|uitzendkracht|vakantiekracht)\W+(?:\w+\W+){0,6}?niet\W+ | (?:stagiair\w*|uitzendkracht|vakantiekracht)\W+(?:\w+\W+){0,6}?(?:gemaakt|vergeten|vergat|fout|gedrukt|verstuurd|gedaan) )\b
"""
_NOT_BLAME = r"\b(?:not|n't|didn't|never|nothing|no|niet|nooit|niets|geen|wasn't|isn't|nobody|right|gelijk|terecht)\b"


def blame(context: Context) -> Iterator[Objection]:
    """N2: no blame of the customer, and no scapegoat; a person weighs it."""
    reply = context.reply
    for sentence in reply.sentences:
        if sentence.asks and len(sentence.clauses) == 1:
            continue
        for match in pattern(_BLAME).finditer(sentence.text):
            start, end = sentence.start + match.start(), sentence.start + match.end()
            before = re.split(r"[;:,.]", sentence.text[max(0, match.start() - 30) : match.start()])[-1]
            words = match.group()
            if reply.is_quoted(start, end) or has(_NOT_BLAME, before) or (words.startswith(("eigen", "own")) and has(r"\b(?:onze|ons|our)\b", before)):
                continue
            if has(r"\b(?:not|n't|niet|nooit|never|geen|no)\b", words) and not has(r"\b(?:did\ not|didn't|haven't|hadn't|niet\ (?:goed|gelezen)|watching|careful|attention|supervising|stagiair\w*|uitzendkracht|vakantiekracht)\b", words):
                continue
            if has(r"\b(?:wachten|wait\w*|meemaken|krijgen|gekregen|horen|heard|received|verwacht\w*|expect\w*|hoeven|thuis|gewoon\ (?:op|naar)|ontvangen|rekenen)\b", words + sentence.text[match.end() : match.end() + 18]) and not has(r"\b(?:lezen|read|check)", words):
                continue
            yield context.objection(
                "N2",
                start,
                end,
                nl="Dit legt de schuld bij de klant of bij een zondebok. Zeg wat wij doen; wie er fout zat is voor ons om op te lossen.",
                en="This blames the customer or a scapegoat. Say what we do; who slipped is ours to sort out.",
            )
            return
