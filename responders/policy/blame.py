"""Judges blame of the customer and of scapegoats (N2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.domain import Objection
from responders.policy.context import Context
from responders.policy.grammar import INVESTIGATION, NEGATION, has, is_unknown, pattern
from responders.policy.hindsight import turns
from responders.policy.reading import Sentence
from responders.policy.stems import common, keys_of_text

_BLAME = r"""
    \b(?: (?:new|young|single|nieuwe|jonge|tijdelijke)\W+(?:\w+\W+)?(?:employee|colleague|driver|worker|mechanic|member\ of\ staff|
        agent|person|courier|trainer|conductor|technician|medewerk\w*|collega|chauffeur|monteur|bezorger|badmeester|conducteur|kracht|
        werknemer)\b[^.;!?]{0,30}\b(?:handled|made|forgot|did|failed|mixed|sent|caused|was|deed|maakte|vergat|heeft|had|stuurde) |
        (?:even\ if|even\ though)\W+you\b(?![^.!?]{0,30}\b(?:told|asked|called|wrote|reported|booked|paid|warned)\b) | (?:ook\ al|al|
        zelfs\ als)\W+(?:was|kwam|bent|hebt|heb|had)\W+(?:je|u)\W+(?:zelf|ook) | you(?:'d)?\W+(?:\w+\W+){0,2}?(?:should|could|ought\ to|
        might|must|may)\W+(?:\w+\W+){0,2}?(?:have|be)\W+(?!(?:had|been|
        received|got|gotten|heard|to|experienced|felt|noticed|seen|suffered|missed)\b)(?:\w+\W+)?\w+ | if\ you(?:'d|\ had)\W+(?:only\W+|
        just\W+|simply\W+|first\W+)?(?:\w+ed|read|known|kept|come|taken|gone|left|told|been|paid|held|put|brought|done|seen|set)\b |
        had\ you\W+\w+ | (?:your|user|rider|customer|passenger|driver|operator)(?:\W+own)?\W+(?:own\ )?(?:fault|error|mistake|
        responsibility|doing|misuse|choice|carelessness|negligence|misunderstanding|impatience|haste) | (?:is|was|that's|it's|be|
        would\ be|down|up)\W+(?:(?:all|also|down|up|partly|entirely|mostly|largely|really|then|just)\W+)?(?:on|to)\ you\b
        (?!\W+(?:by|on|for|within|at|soon|when|here|tomorrow|today)) |
        you\W+(?:\w+\W+){0,2}?(?:failed|forgot|neglected|misread|misunderstood|misused|overlooked|ignored|mishandled|overreact\w*) |
        you\W+(?:clearly\W+|apparently\W+|probably\W+|simply\W+|obviously\W+|must\W+have\W+|may\W+have\W+|might\W+have\W+)?(?:did\ not|
        didn't|haven't|hadn't)\W+(?:\w+ly\W+|even\W+|bother\ to\W+)?(?:read|follow|check|lock|charge|mention|tell|report|listen|look|
        use|install|pay|ask(?!\W+(?:for|to)\b)|give|provide|enter|fill|close|turn|keep|notice|respect|show|arrive|wait|understand) |
            you\W+(?:must|may|
        might|could|probably|clearly|obviously|apparently|perhaps)\W+(?:\w+\W+){0,2}?(?:have\W+)?(?:entered|used|misread|forgotten|
        misunderstood|ridden|pressed|typed|left|parked|overloaded|dropped|mixed|chosen|confused|damaged) | (?:you|he|she|they)\W+(?:are|
        were|may\ be|might\ be|'re)\W+(?:\w+\W+){0,3}?(?:too\ (?:sensitive|impatient|demanding|emotional|picky)|overreacting|sensitive|
        exaggerating|responsible\ for|to\ blame|at\ fault|careless|mistaken) | oversensitive | overreact\w* |
    (?:he|she|they)\W+(?:may|might|must|could)\W+(?:well\W+)?have\b(?!\W+been\W+(?:hurt|scared|frightened)) | (?:misschien|wellicht|
        waarschijnlijk|mogelijk)\W+(?:heeft|had|is|was)\W+(?:hij|ze|zij|je|u|uw|de\ man|de\ vrouw)\b | you\W+(?:\w+\W+)?(?:are|
        were)\W+(?:yourself\W+)?(?:responsible|to\ blame) | as\ (?:clearly\ )?(?:stated|explained|mentioned)\W+(?:\w+\W+){0,3}?(?:terms|
        conditions|manual|confirmation|website|email|instructions) | you(?:\W+were|\W+had\ been|'d\ been)\W+(?:\w+\W+)?(?:warned|told|
            informed|
        asked\ to)\b(?!\W+(?:wrong|otherwise|that\W+(?:it|there)|nothing|twice|by\ us)) | (?:wrong|incorrectly|improperly|
            carelessly)\W+(?:\w+\W+){0,3}?(?:by\ you|on\ your\ part|used) |
        people\W+(?:\w+\W+){0,3}?(?:use|misuse|forget|ignore|often)\W+(?:\w+\W+){0,2}?(?:wrong|charger|incorrect\w*|manual|
        instructions) |
    (?:supplier|provider|contractor|subcontractor|partner|driver|employee|colleague|intern|trainee|temp|temporary\ worker|weather|
        third\ party|courier|manufacturer|agency|carrier|vendor|mechanic|post\ office|government|council|bank|airport|previous\ \w+|
        software|hackers?|rail\w*)\b[^.!?,;]{0,40}\b(?:to\ blame|at\ fault|responsible\ for\ (?:this|it|that)|let\ us\ down|messed|
        screwed\ up|is\ the\ culprit|own\ fault|'s\ fault) | blame\W+(?:\w+\W+){0,4}?(?:supplier|provider|contractor|partner|driver|
        employee|colleague|intern|trainee|weather|courier|on\ you) | (?:blame|fault)\W+(?:lies|is|
        rests)\W+(?:\w+\W+){0,2}?with\ (?!us\b) | (?:an?|one|the|our|some)\W+(?:\w+\W+)?(?:inexperienced|individual|rogue|careless|
        temporary|lazy|incompetent|clumsy|sloppy|junior|overworked)\W+(?:\w+\W+)?(?:employee|colleague|driver|worker|
        intern|trainee|mechanic|member\ of\ staff|staff\ member|agent|person|temp|courier|trainer|lifeguard|conductor|technician) |
        (?:intern|trainee|temp)\b[^.;!?]{0,40}\b(?:made|forgot|did|sent|pressed|mixed|caused|wasn't|didn't|weren't|failed|misread|
        was\ not|did\ not) | (?:perhaps|maybe|possibly|probably|misschien|wellicht|waarschijnlijk|mogelijk)\W+(?:hebt\W+|heb\W+|bent\W+|
        ben\W+|had\W+|was\W+)?(?:you|he|she|they|je|u|jij|hij)\W+(?!can|could|would|want|know|have|might|will|kunt|kan|wilt|wil|weet|
        zou|remember|like|prefer|saw|zag|are|bent)\w+ |
    (?:je|jij|u)\W+(?:had|hadt|hebt|heeft|heb)\W+(?:[\w-]+\W+){0,7}?(?:moeten|kunnen|behoren)\b | had(?:t)?\W+(?:je|jij|u|ze|hij|
        zij)\W+(?:[\w-]+\W+){0,7}?(?:moeten|kunnen|maar)\b | had(?:t)?\W+(?:je|jij|u)\W+maar | als\W+(?:je|jij|u|ze|
        hij)\W+(?:[\w-]+\W+){0,6}?(?:ge\w+\W+(?:had|hadt|was)|(?:had|hadt|was)\W+ge\w+)\b(?!\W+gekregen) | niet\ (?:zo\ |erg\ |
        heel\ )?(?:slim|verstandig|handig)\ (?:om|van\ (?:je|u)) | not\ (?:very\ |so\ |too\ )?(?:smart|wise|clever)\ (?:to|of\ you) |
        eigen\W+(?:schuld|fout|verantwoordelijkheid|risico|onoplettendheid|toedoen) | (?:zelf|
        zelve)\W+(?:\w+\W+){0,3}?(?:verantwoordelijk|schuldig|verkeerd|vergeten|veroorzaakt|fout|voor\ gekozen|aan\ te\ danken) |
        verantwoordelijk\W+(?:\w+\W+){0,3}?zelf | aan\W+(?:jezelf|uzelf|jou|u)\ (?:zelf\ )?(?:te\ (?:wijten|danken)) | (?:(?:ligt|
            lag)\W+(?:\w+\W+){0,3}?(?:aan|
        bij|door)|(?:komt|kwam)\W+(?:\w+\W+){0,3}?door)\W+(?:jou|u|jezelf|uzelf|uw|je|jouw)\b | (?:je|jij|u)\W+(?:hebt|heb|heeft|bent|
            ben|was|
        waart)\W+(?:[\w-]+\W+){0,5}?(?:vergeten|niet\ goed|verkeerd|nagelaten|verzuimd|niet\ gelezen|over\ het\ hoofd|onvoldoende|
        onzorgvuldig|te\ (?:laat\ (?:gemeld|gereageerd|gekomen)|gevoelig|ongeduldig|snel)) | te\ (?:gevoelig|ongeduldig)\b |
        (?:je|jij|u)\W+zelf\W+(?:[\w-]+\W+){0,4}?(?:verkeerd\w*|fout\w*)\W+(?:[\w-]+\W+){0,3}?(?:koos|kiest|bestelde|bestelt|invulde|
        invult|opgaf|aanklikte) | (?:fout|vergissing|slordigheid)\W+(?:van|bij)\W+(?:onze|de|een)\W+(?:vervoerder|leverancier|bezorger|
        koerier|aannemer|monteur|chauffeur|fabrikant|stagiair\w*|uitzendkracht) | (?:mistake|error|slip)\W+(?:of|by|at)\W+(?:our|the|
        a)\W+(?:carrier|courier|supplier|contractor|driver|manufacturer|intern|trainee|temp)\b |
        overdrijf\w* | overdreven | overgevoelig\w* | verkeerd\ begrepen\ door\ (?:je|u) | (?:je|u)\W+(?:\w+\W+)?(?:bent|
        was)\W+(?:\w+\W+)?gewaarschuwd | zoals\W+(?:\w+\W+){0,3}?(?:duidelijk|gewoon)\W+(?:staat|stond|vermeld|aangegeven) |
    (?:leverancier|vervoerder|aannemer|onderaannemer|chauffeur|medewerker|collega|stagiair\w*|uitzendkracht|weer|koerier|fabrikant|
        bezorger|partner|provider|monteur|bank|postnl|prorail|gemeente|hacker\w*|softwarebedrijf|badmeester|
        conducteur)\b[^.!?,;]{0,50}\b(?:de\ schuld|schuldig|is\ verantwoordelijk|verantwoordelijk\ voor|(?:is|was|zijn|
        waren)\W+(?:\w+\W+)?de\ oorzaak|de\ boosdoener|steken\ laten\ vallen|de\ fout\ in\ gegaan|zat\ fout|
        beter\ (?:moeten\ )?oplet\w*|moeten\ opletten|liet\ ons\ in\ de\ steek) | schuld\W+(?:\w+\W+){0,4}?(?:leverancier|vervoerder|
        aannemer|chauffeur|medewerker|collega|stagiair\w*|weer|koerier|fabrikant) | (?:onervaren|individuele|onoplettende|
        onhandige|slordige|luie|overwerkte|beginnende)\W+(?:\w+\W+)?(?:medewerk\w*|collega|chauffeur|monteur|uitzendkracht|
        bezorger|badmeester|conducteur|trainer|kracht|werknemer|stagiair\w*) | (?:is|was)\W+(?:zijn|haar|hun|his|her|
        their)\W+(?:eigen\W+|own\W+)?(?:fout|schuld|mistake|fault)\b | (?:drivers|motorists|residents|owners|bestuurders|automobilisten|
        bewoners|parents|users|riders|customers|passengers|guests|ouders|gebruikers|klanten|reizigers|bezoekers)\W+(?:are|
        zijn)\W+(?:\w+\W+)?(?:responsible|verantwoordelijk) | you\W+(?:\w+\W+){0,2}?(?:not|n't)\W+(?:\w+\W+){0,2}?(?:watching|
        supervising|paying\ attention|careful|looking) | (?:stagiair\w*|uitzendkracht|vakantiekracht)\W+(?:\w+\W+){0,6}?niet\W+ |
        (?:stagiair\w*|uitzendkracht|vakantiekracht)\W+(?:\w+\W+){0,6}?(?:gemaakt|vergeten|vergat|fout|gedrukt|verstuurd|gedaan) |
    next\ time\W+(?:please\W+)?(?:keep|check|make|try|book|read|bring|call|use|leave|come|plan|allow|have)\b |
    (?:de\ )?volgende\ keer\W+(?:kunt|kun|moet|kan|beter|liever|even|graag)\b |
    most\W+(?:\w+\W+)?(?:families|people|customers|guests|visitors|passengers|members|riders|patients)\W+(?:do\W+|just\W+|will\W+)?
        (?:check|read|book|know|look|call|plan|allow|bring|keep|understand)\b |
    de\ meeste\W+\w+\W+(?:kijken|lezen|weten|bellen|boeken|controleren|checken|begrijpen|snappen)\b |
    zou(?:den)?\W+(?:ik|wij|we)\W+(?:zelf\W+)?(?:[\w-]+\W+){0,6}?(?:eerder|eerdere|vroeger|vroegere|controleren|nalezen|thuisblijven)\b |
    had\W+(?:je|u)\W+(?:[\w-]+\W+){0,7}?(?:ge|in|be|op|aan)\w+(?:d|t|en)\b[^.;!?]{0,40}?\bdan\b |
    so\ (?:that\ )?you\ (?:aren't|don't\ get|won't\ be)\ (?:caught|stuck|surprised|left) )\b
"""
_ADVICE = r"""
    \b(?: (?:would|could|zou|zouden|had)\b[^.;!?]{0,30}\b(?:helped|saved|spared|bespaard|gescheeld|geholpen) | (?:does|do|doet)\ help\ to |
        scheelt\b | (?:is|it's|blijft)\W+(?:\w+\W+){0,2}?(?:sensible|wise|advisable|handig|verstandig|wijs|slim|raadzaam)\b |
        (?:had|hadt)\W+(?:je|u)\b[^.;!?]{0,40}?\b(?:kunnen|moeten) | you\ could\ have | (?:fallen|fell)\ for | getrapt |
        (?:stond|staat)\W+(?:\w+\W+)?gewoon\W+(?:op|in) )\b
"""
"""What would have been wiser: advice after the fact, though nobody asked."""
_OTHERS = (
    r"(?<!our )(?<!onze )\b(?:drivers?|couriers?|(?:sub)?contractors?|suppliers?|agency|crew|temps?|landlords?|residents|passengers|"
    r"customers|people|users|"
    r"chauffeurs?|koeriers?|bezorgers?|(?:onder)?aannemers?|leveranciers?|monteurs?|uitzendkracht\w*|bewoners|reizigers|klanten|"
    r"huurders|prorail|police|politie)\b"
)
_AMISS = (
    rf"{NEGATION}|\b(?:wrong\w*|forgot|forget|vergat\w*|vergeten|misread|mess\w*|badly|slecht|sloppy|careless|new|nieuw|to blame|doing|"
    r"makkelijk\w*|nu eenmaal)\b"
)
"""What is amiss with somebody else."""
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
            if (
                reply.is_quoted(start, end)
                or has(_NOT_BLAME, before)
                or (words.startswith(("eigen", "own")) and has(r"\b(?:onze|ons|our)\b", before))
            ):
                continue
            if has(r"\b(?:not|n't|niet|nooit|never|geen|no)\b", words) and not has(
                (
                    r"\b(?:did\ not|didn't|haven't|hadn't|niet\ (?:goed|gelezen|slim|verstandig|handig|zo|erg|heel)|"
                    r"not\ (?:very|so|too|smart|wise|clever)|intern|trainee|temp|watching|careful|attention|supervising|"
                    r"stagiair\w*|uitzendkracht|vakantiekracht)\b"
                ),
                words,
            ):
                continue
            if has(r"\b(?:he|she|they)\W+(?:may|might|could)\b", words) and has(r"\b(?:if|whether)\W+$", sentence.text[: match.start()]):
                continue  # "If she may have swallowed it" is care.
            if has(
                (
                    r"\b(?:wachten|wait\w*|meemaken|krijgen|gekregen|horen|heard|received|verwacht\w*|expect\w*|hoeven|"
                    r"thuis|gewoon\ (?:op|naar)|ontvangen|rekenen)\b"
                ),
                words + sentence.text[match.end() : match.end() + 18],
            ) and not has(r"\b(?:lezen|read|check)", words):
                continue
            yield _blamed(context, start, end)
            return
        if found := _shifts(context, sentence) or turns(context, sentence):
            yield _blamed(context, *found)
            return


_OF_US = r"\b(?:we|wij|i|ik|us)\b"
_OWED = r"\b(?:should|shouldn't|ought|mogen|mag|hoort|horen|deserve\w*|verdien\w*|if|als)\b"


def advises(text: str) -> bool:
    """Say whether a text gives advice after the fact."""
    return has(_ADVICE, text)


_RELATIVE = re.compile(r"\b(?:that|which|die|dat)\b")


def _shifts(context: Context, sentence: Sentence) -> tuple[int, int] | None:
    """Return where a sentence gives advice after the fact, or tells what is amiss with somebody whom neither post nor fact names."""
    if sentence.asks or not context.is_complaint:
        return None
    for clause in sentence.clauses:
        text = clause.text
        if has(_OF_US, text) or is_unknown(text) or has(INVESTIGATION, text):
            continue
        if advice := pattern(_ADVICE).search(text):
            return clause.start + advice.start(), clause.end
        other = pattern(_OTHERS).search(text)
        # In "people stood beside a bike that did not open" nothing is amiss with the people.
        if other and not has(_OWED, text) and has(_AMISS, _RELATIVE.split(text[other.end() :])[0]):
            named = keys_of_text(other.group())
            if not common(named, context.all_fact_keys | context.post_keys) or not named:
                return clause.start + other.start(), clause.end
    return None


def _blamed(context: Context, start: int, end: int) -> Objection:
    return context.objection(
        "N2",
        start,
        end,
        nl="Dit legt de schuld bij de klant of bij een zondebok. Zeg wat wij doen; wie er fout zat is voor ons om op te lossen.",
        en="This blames the customer or a scapegoat. Say what we do; who slipped is ours to sort out.",
    )
