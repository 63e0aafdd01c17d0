"""Judges the tone: slogans and sameness (N8), humour (N9). Pressure and blame stand in files of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from monitor.domain import Objection
from responders.policy.asides import finds_joke, finds_motto
from responders.policy.context import Context
from responders.policy.grammar import NEGATION, has, pattern
from responders.policy.reading import Sentence
from responders.policy.sameness import find_same

_SLOGANS = r"""
    \b(?: (?:take|takes|taking|taken|took)\W+(?:\w+\W+){0,8}?(?:very\ |extremely\ |really\ |so\ |incredibly\ |most\ )?serious(?:ly)? |
        (?:top|highest|number\ one|first|absolute|main|greatest|biggest|our)\ (?:\w+\ )?priorit(?:y|ies) | (?:is|are|
        remains?)\ (?:of\ )?(?:the\ )?(?:utmost|paramount|great)\ (?:importance|concern)? | paramount | utmost\ importance | (?:your|
        customer)\ (?:satisfaction|feedback|opinion|loyalty|business|experience|trust|comfort)\W+(?:is|are|matters|
        means)\W+(?:\w+\W+){0,3}?(?:important|valuable|everything|priority|us|key|lot|paramount) | value[sd]?\ (?:your|our|you|every|
        all)\W+(?:\w+\W+)?(?:feedback|customers?|opinion|business|loyalty|patience|input|privacy|custom|riders?|guests?|members?) |
        valued\ (?:customer|guest|member|client|passenger)s? |
    (?:strive|strives|striving|aim|aims|endeavou?r\w*|committed|dedicated|commitment|passionate|pride\ ourselves|
        proud)\W+(?:\w+\W+){0,3}?(?:to|for|in|on|about)\W+(?:\w+\W+){0,3}?(?:provid\w+|deliver\w*|offer\w*|giv\w+|ensur\w*|excellen\w+|
        quality|best|highest|service|experience|serving|perfect\w*|exceed\w*|be\ the|transparen\w+|safety|customers?) | (?:is|
        are)\ our\ passion | part\ of\ (?:the|our)\ family | onze\ passie | deel\ van\ (?:de|onze)\ familie | world-class |
        best-in-class | state-of-the-art | award-winning | industry-leading | market\ leader | cutting-edge | second\ to\ none |
        unparalleled | customer[- ](?:first|centric|focused|obsess\w*) | at\ the\ heart\ of | go(?:ing)?\ the\ extra\ mile |
        rest\ assured | we\ care\ (?:deeply\ )?about\ (?:our|every|all|each) | high(?:est)?\ (?:quality\ )?standards |
        exceed\W+(?:\w+\W+)?expectations |
    pride\ ourselves\ on | every\ (?:guest|customer|member|visitor|passenger|patient|single\ \w+|one\ of\ you)\ (?:matters|counts|
        is\ special) |
    have\ you\ (?:seen|tried|heard\ (?:of|about))\ our | (?:heb|hebt|ken|kent)\ (?:je|u)\ (?:ons|onze)\b[^.?!]{0,40}\bal\b |
    (?:check|checking)\ out\ (?:our|the|this) | (?:discover|explore|browse|download|join|follow|(?:try|visit|book|order|enjoy)\ (?:our|
        the))\W+(?:\w+\W+){0,3}?(?:new|latest|spring|summer|winter|autumn|special|exclusive|great|amazing|collection|range|offers?|
        deals?|sale|promo\w*|newsletter|webshop|now\ and|our\ app\ for)\b(?=[^.?]{0,40}(?:!|\.|$|offer|deal|sale|now|today|\d+\s?%|
        collection|range|app|subscription|bike|plan|discount)) | (?:now|today)\ (?:only|with\ \d+\ ?%) | \d+\ ?%\ (?:off|discount|
        korting)\ (?:on|your|op|bij|met) | special\ offer | limited\ (?:time|offer) | use\ (?:the\ )?code\ [a-z\d]+ | don't\ miss |
        sign\ up\ (?:for|to|now) | subscribe\ to | did\ you\ know\ (?:that\ )?(?:we|our) | we\ look\ forward\ to\ (?:welcoming|serving|
        seeing\ you|your\ next) | thank\ you\ for\ (?:choosing|your\ (?:understanding|patience|loyalty|continued)) |
    (?:neem|nemen|neemt|namen)\W+(?:\w+\W+){0,8}?(?:zeer\ |heel\ |uiterst\ |erg\ |bijzonder\ |uitermate\ |hoogst\ )?serieus | (?:zeer|
        heel|uiterst|bijzonder)\ serieus\W+(?:genomen|neem\w*) | hoog\ in\ (?:het|ons|hun)\ vaandel | staat\W+(?:\w+\W+){0,4}?(?:voorop|
        centraal|op\ (?:nummer\ )?(?:een|1|de\ eerste\ plaats)|hoog\ in) | staan\W+(?:\w+\W+){0,4}?(?:voorop|centraal|
        op\ (?:nummer\ )?(?:een|1)) | (?:onze|de)\ (?:hoogste|grootste|absolute|eerste)\ prioriteit | (?:heeft|
        hebben)\W+(?:\w+\W+){0,3}?(?:hoogste|absolute|grote)\ prioriteit | streven\W+(?:\w+\W+){0,6}?(?:er)?(?:naar|om) | streeft |
        klanttevredenheid | klantgerichtheid | van\ het\ grootste\ belang | (?:uw|je|jouw)\ (?:mening|feedback|tevredenheid|ervaring|
        vertrouwen|veiligheid|comfort)\W+(?:is|zijn|telt)\W+(?:\w+\W+){0,4}?(?:belangrijk|waardevol|alles|voor\ ons|ons) |
        waarderen\W+(?:uw|je|jouw)\ (?:feedback|mening|geduld|begrip|trouw) |
    (?:kwaliteit|service|klanten|gastvrijheid|veiligheid|privacy|duurzaamheid)\W+(?:is|zijn)\W+(?:\w+\W+){0,2}?(?:ons|onze|alles|
        belangrijkste|kernwaarde|topprioriteit|het\ allerbelangrijkste) | (?:is|zijn)\W+(?:\w+\W+){0,4}?(?:veiligheid|kwaliteit|
        klanttevredenheid)\W+(?:het|de|ons)\ (?:aller)?belangrijkste | veiligheid\ (?:is\ |bij\ ons\ )?(?:het|
        de)\ (?:aller)?belangrijkste | (?:is|bij)\W+(?:\w+\W+){0,2}?veiligheid\ (?:het\ )?belangrijkste | (?:ontdek|probeer|bekijk|
        bezoek|download|bestel|boek|profiteer|shop|volg|maak\ kennis|meld\ je\ aan|schrijf\ je\ in|
        neem\ een\ kijkje)\W+(?:\w+\W+){0,5}?(?:nieuwe?|actie|zomeractie|aanbieding\w*|korting|collectie|assortiment|webshop|app|
        nieuwsbrief|abonnement|arrangement|deals?|van|voordeel|aanbod|zomer\w*|winter\w*|lente\w*|voorjaars\w*)\b | nu\ (?:met|
        tijdelijk|extra)\W+(?:\w+\W+)?(?:korting|voordeel|voordelig|\d+) | tijdelijke?\ (?:actie|aanbieding) |
        wist\ je\ (?:trouwens\ )?dat\ (?:we|wij|onze) | (?:de\ )?beste\ (?:service|kwaliteit|klantervaring|ervaring|van\ nederland) |
        hoogste\ (?:kwaliteit|niveau|standaard) | marktleider | toonaangevend\w* | trots\ op | passie\ voor | met\ (?:hart|passie) |
        optimale\ (?:service|klantbeleving|dienstverlening) | klantbeleving | klantervaring | dank(?:en)?\W+(?:\w+\W+){0,2}?voor\ (?:uw|
        je|jullie|het)\ (?:begrip|geduld|vertrouwen) | bedankt\ voor\ (?:uw|je|jullie|het)\ (?:begrip|geduld|vertrouwen) |
        wij\ kijken\ ernaar\ uit\ (?:u|je) | tot\ snel\ bij | de\ klant\ is\ koning |
        doen\W+(?:\w+\W+)?er\ alles\ aan\W+om\W+(?:\w+\W+){0,5}?(?:tevreden|beste|service|optimaal) )\b
"""
_NOT_SLOGAN = (
    r"\b(?:won't|will\ not|not\ (?:going\ to\ )?(?:say|tell|hide)|no\ (?:slogan|talk|empty)|instead\ of|"
    r"rather\ than|easy\ to\ say|niet\ (?:zeggen|roepen|schuilen)|zonder|in\ plaats\ van|"
    r"makkelijk\ gezegd|serieus\ genoeg|not\ seriously\ enough|niet\ serieus)\b"
)


def slogans(context: Context) -> Iterator[Objection]:
    """N8: no marketing, no boilerplate, and never the same text to several people."""
    reply = context.reply
    for sentence in reply.sentences:
        if (motto := finds_motto(context, sentence)) and not reply.is_quoted(sentence.start + motto[0], sentence.start + motto[1]):
            yield _slogan(context, sentence.start + motto[0], sentence.start + motto[1])
            return
        for match in pattern(_SLOGANS).finditer(sentence.text):
            start, end = sentence.start + match.start(), sentence.start + match.end()
            if (
                reply.is_quoted(start, end)
                or has(_NOT_SLOGAN, sentence.text[max(0, match.start() - 50) : match.end() + 15])
                or has(NEGATION, sentence.text[max(0, match.start() - 14) : match.end()])
                or _is_advice(context, match.group())
            ):
                continue
            yield _slogan(context, start, end)
            return
    if find_same(context.text, context.earlier) is not None:
        yield context.whole(
            "N8",
            nl="Bijna dezelfde tekst ging al naar iemand anders. Schrijf aan deze persoon, over wat die meemaakte.",
            en="Nearly the same text already went to somebody else. Write to this person, about what happened to them.",
        )


def boasts_or_jests(context: Context, sentence: Sentence) -> bool:
    """Say whether a sentence is a slogan or a joke: nobody checks those, and they have rules of their own."""
    return (
        has(_SLOGANS, sentence.text)
        or finds_motto(context, sentence) is not None
        or (context.is_complaint and finds_joke(context, sentence) is not None)
    )


def _slogan(context: Context, start: int, end: int) -> Objection:
    return context.objection(
        "N8",
        start,
        end,
        nl="Dit is een standaardzin of reclame, en zegt deze persoon niets. Laat hem weg, of zeg wat we concreet doen.",
        en="This is boilerplate or advertising and tells this person nothing. Leave it out, or say what we do in fact.",
    )


def _is_advice(context: Context, words: str) -> bool:
    """Say whether what looks like advertising answers a question about just that thing."""
    return context.is_question and has(
        (
            r"^(?:discover|explore|try|visit|see|download|book|order|get|use|join|bekijk|bestel|boek|download|"
            r"probeer)"
        ),
        words,
    )


_SMILES = r"""
    [\U0001F600-\U0001F606\U0001F609\U0001F60B\U0001F60E\U0001F60F\U0001F61B-\U0001F61D\U0001F643\U0001F644] |
    [\U0001F911\U0001F913\U0001F917\U0001F921\U0001F923\U0001F92A\U0001F929\U0001F92D\U0001F973\U0001F388\U0001F389] |
    [\U0001F37B\U0001F48A\U0001F937\U0001F926]
"""
_JESTS = r"""
    (?<!\w)[;:]-?[)pd](?!\w) | (?<!\w)xd(?!\w) |
    \b(?: (?:ha){2,}h? | (?:he){2,} | hihi | lol | lmao | rofl | grapje(?:s)? | geintje | knipoog | just\ kidding | only\ joking |
        kidding | oeps(?:ie)? | oops(?:ie)? | whoops(?:ie)? | woops | d'oh | yikes | surprise,?\ surprise | tja | ach\ ja |
        c'est\ la\ vie | that's\ life | shit\ happens | these\ things\ happen | kan\ de\ beste\ overkomen | happens\ to\ the\ best |
        oh\ (?:well|dear) | murphy | (?:look|kijk|zie)\W+(?:\w+\W+){0,3}?(?:bright\ side|zonnige\ kant|positieve\ kant) | every\ cloud |
        bright\ side | elk\ nadeel | zonnige\ kant | silver\ lining | no\ pain,?\ no\ gain |
    (?:gelukkig|at\ least|luckily|tenminste|in\ elk\ geval|goed\ nieuws|good\ news|on\ the\ plus\ side|positief\ puntje|
        lucky)\b[^.!?]{0,60}\b(?:gezond|exercise|steps|stappen|fresh\ air|frisse\ lucht|workout|diet|dieet|gespaard|wandelen|walk|legs|
        benen|calories|calorieen|sportief|fit|spieren|muscles|story\ to\ tell|verhaal|practice|oefening|holiday|vakantie) | (?:wandelen|
        lopen|walking)\W+(?:\w+\W+){0,3}?(?:gezond|healthy|good\ for) | (?:wanted|had(?=\ a\ (?:lie-in|day\ off|nap|holiday))|felt\ like|
            decided|fancied|had\ zin\ in|
        wilde\ (?:even|vast|liever|nog)|nam|took|needed)\W+(?:\w+\W+){0,3}?(?:longer\ holiday|holiday|break|vakantie|day\ off|
        vrije\ dag|rondje|nap|dutje|adventure|avontuur|vrijaf|snipperdag|uitstapje|trip|lie-in|own\ trip) |
    (?:best|wel|heel|toch)\ (?:gezellig|romantisch|knus|avontuurlijk|idyllisch) | (?:rather|quite|very)\ (?:romantic|cosy|adventurous) |
        koude\ douche | ouch | auw | au\b | keep\ (?:calm|smiling) | kop\ op | niet\ getreurd | hakuna | first\ world | drama\ queen |
        plot\ twist | mercury | retrograde | maandag(?:ochtend)?\ (?:he|toch) | monday,?\ (?:right|am\ i) | (?:who|
        wie)\W+(?:\w+\W+){0,2}?(?:needs|heeft)\W+(?:\w+\W+){0,3}?(?:anyway|nodig)\W*\? | am\ i\ right | wink | gremlins? |
        kaboutertjes? | kabouters | lazy | luie\ (?:bui|dag) | geheimpje | chill | kopje\ koffie\ erbij | joke'?s\ on | fun\ fact |
        pun\ intended | woordgrap | sorry\ not\ sorry | party | feestje | magic | toverstaf | magic\ wand | glazen\ bol |
        crystal\ ball | superhero\w* | ninja\w* | yay | hoera | joepie | tadaa | ta-da )\b(?!\W+(?:no\ joke))
"""
"""In plain letters; a text without other signs needs to be searched for nothing else."""
_HUMOUR = rf"""
    (?:(?<![a-z])|(?=[^a-z]))(?: # Within a word nothing begins: most places are passed over at once.
    {_SMILES} | {_JESTS} )
"""


def humour(context: Context) -> Iterator[Objection]:
    """N9: no humour, irony or asides where somebody complains."""
    if not context.is_complaint:
        return
    # What folding takes away, such as a smile, is looked for in the text as it stands; plain letters lose nothing.
    shown = () if context.text.isascii() else ((re.sub(r"\s", " ", context.text[:4000].lower()), True),)
    for source, on_original in ((context.reply.plain, False), *shown):
        for match in pattern(_JESTS if source.isascii() else _HUMOUR).finditer(source):
            if on_original and match.group().isascii():
                continue
            if not on_original and (
                context.reply.is_quoted(*match.span())
                or has(r"\b(?:no|not|geen|niet|never|nooit|a)\W+(?:\w+\W+)?$", source[max(0, match.start() - 14) : match.start()])
                or (match.group() in context.post.plain and match.group().isalpha())
            ):
                continue
            objection = _jest(context, *(match.span() if not on_original else (0, 0)))
            yield replace(objection, span=match.span()) if on_original else objection
            return
    for sentence in context.reply.sentences:
        if (joke := finds_joke(context, sentence)) and not context.reply.is_quoted(sentence.start + joke[0], sentence.start + joke[1]):
            yield _jest(context, sentence.start + joke[0], sentence.start + joke[1])
            return


def _jest(context: Context, start: int, end: int) -> Objection:
    return context.objection(
        "N9",
        start,
        end,
        nl="Een grap, knipoog of terzijde valt verkeerd bij iemand die klaagt. Laat hem weg.",
        en="A joke, a wink or an aside lands badly with somebody who complains. Leave it out.",
    )
