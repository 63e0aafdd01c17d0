"""Judges regret: whose regret for whose deed (N1, R5), filler forgiveness (N13). Who owns a mistake stands in ownership."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.domain import Objection
from responders.policy.admissions import owns
from responders.policy.context import Context, fact_texts
from responders.policy.grammar import NEGATION, has, negated_before, pattern
from responders.policy.halfhearted import takes_back
from responders.policy.quantities import values
from responders.policy.reading import Reading, Sentence, read
from responders.policy.stems import common
from responders.policy.wordings import APOLOGY, REGRET

# How regret may reach its object: "sorry", "sorry to hear that", "jammer om te lezen dat", "it is a shame".
_LINK_EN = (
    r"\W+(?:(?:to|very|so|really|truly|deeply|for|about|it|is|was|a|all|that|hear|read|learn|see|know|"
    r"hearing|reading|and|sad|sorry|how|the|way|fact|if|when|you|because|since|as)\W+){0,7}?"
)
_FEEL_EN = r"""
    you(?:\ (?:all|both))?(?:'re|'ve|'d)?\W+(?:(?:are|were|have|had|may|might|could|feel|felt|been|being|so|still|did|do|now|also|
        apparently|seem|to|a|this|that|it|clearly|personally|evidently|bit|left|quite|rather|very|such|become|have\ been|would|really|
        should|must|be|got|get)\W+){0,4}?
    (?: feel | felt | feeling | think | thought | believe | believed | perceive\w* | consider\w* | regard\w* | view(?:ed)? |
        interpret\w* | (?:lost|lose|losing)\ (?:your\ |all\ )?(?:confidence|trust|faith) | (?:took|take|taken)\ (?:it|this|that|
        offen[cs]e|our|issue) |
        (?:see|saw|seen|seeing)\W+(?:\w+\W+){0,6}?(?:as|that\ way|this\ way|like\ that|differently|it\ so) | see\ things | (?:find|
            found)\W+(?!(?:your|my|a|an)\b)(?:\w+\W+){0,6}?(?:rude|unhelpful|unacceptable|disappointing|confusing|frustrating|offensive|
            upsetting|annoying|lacking|slow|poor|unclear|unfair|unfriendly|dirty|difficult|unsatisfactory|unpleasant|inconvenient|
            insufficient|hurtful|unprofessional|wanting|insensitive|inappropriate|disrespectful|too\ \w+|so\ \w+|below\b) |
        (?:get|got|had|have|gained|under|with)\ (?:the|a|an)\ (?:\w+\ )?(?:impression|feeling|idea|sense|perception|view|opinion) |
            (?:different\ )?perception | impression | experienc\w+\W+(?:it|this|that|us|our|things|the\ \w+)\W+(?:\w+\W+){0,4}?(?:as|
            that\ way|this\ way|like|so|negatively|differently) |
        upset | offended | disappointed | unhappy | dissatisfied | unsatisfied | displeased | annoyed | frustrated | angry | irritated |
            insulted | unimpressed | let\ down | not\ (?:happy|satisfied|pleased|content|impressed) |
        (?:n't|not)\ (?:like|enjoy|appreciate|agree|feel|think) | weren't\ (?:happy|satisfied|pleased) | aren't\ (?:happy|satisfied|
            pleased) | didn't\ (?:like|enjoy|appreciate) | disagree )\b
"""
_SEEM_EN = r"""
    (?:this|that|it|things|what|[a-z]+(?:'s)?(?:\ [a-z]+){1,5}?)\W+(?:(?:has|have|had|may|might|could|was|were|been|is|not|n't|hasn't|
        also|perhaps|so|to)\W+){0,4}?
    (?: felt | feels? | seem(?:s|ed)? | left\ you\W+(?:with\W+)?(?:an?|the)\W+(?:\w+\W+)?(?:impression|feeling) | gave\ you\W+(?:an?|
        the)\W+(?:\w+\W+)?(?:impression|feeling) | (?:received|taken|understood)\W+(?:\w+\W+){0,2}?(?:as|the\ way)\W+(?:we|
        it\ was)\W+(?:\w+\W+)?(?:intended|meant) | c[ao]mes?\ (?:across|over) | sound(?:s|ed)? | perceived | interpreted |
        received\ as | taken\ (?:as|that|the\ wrong) | experienced\ as | viewed | seen\ as | read\ as | landed | (?:live[d]?\ up\ to|
        meet|met|what\ you\ expected|fall\ short\ of|fell\ short\ of|below)\W*(?:your\ expectations)? ) \b
"""
_FEELINGS_EN = (
    r"how\W+(?:upset|angry|disappointed|frustrated|unhappy|hurt|annoyed)\W+you\b|(?:how|"
    r"the\ way)\W+(?:you\W+(?:feel|felt|see|saw|perceive\w*|experienced|took)|(?:this|that|"
    r"it)\W+(?:\w+\W+)?(?:made|makes)\W+you\W+feel)\b|your\W+(?:feelings?|perception|disappointment|"
    r"frustration|impression|expectations?\W+(?:were|was|have))\b"
)

_LINK_NL = (
    r"\W+(?:(?:om|te|horen|lezen|vernemen|zien|voor|me|mij|je|jou|u|jullie|is|het|wij|we|ik|vinden|vind|"
    r"zeer|heel|dat|ons|oprecht|erg|dit|daarom|dan|ook|echt|ervoor|over|van|hoe|wat|ten|zeerste|aan|allen|"
    r"toe)\W+){0,8}?"
)
_FEEL_NL = r"""
    (?:dat|hoe|als|omdat|mocht|wanneer|indien|wat|doordat)\W+(?:je|jij|u|jullie|men|mensen|klanten|iemand|reizigers|bij\ (?:jou|je|u)|
        (?:dit|dat|het|deze|die|ons|onze|de)\W+(?:\w+\W+){0,3}?(?:door\ )?(?:je|jou|u|jullie)|uw|jouw)\b(?P<body>(?:(?!,\ (?:ik|we|wij|
        maar|en|want|het|dit|onze|hopelijk)\b)[^.;:!?]){0,140})
"""
_PERCEIVE_NL = r"""
    \b(?: (?:zo|als|anders|dit|dat|deze|die|dusdanig|onze|ons|niet\ als|minder\ \w+|op\ (?:deze|die)\ (?:manier|
        wijze))\b[^.;:!?,]{0,70}?\b(?:ervaar|ervaart|ervaren|ervoer|ervaarde|opvat\w*|opgevat|ziet|zag|gezien|beschouwt?|beschouwde|
        ondergaan|beleefd|beleeft|interpreteert?|geinterpreteerd|leest|bekijkt) |
    (?:voelt|voelde|voelen|voelden|gevoeld)\b | (?:vindt|vond|vinden|vonden|gevonden)\b(?<!terug) | denkt | dacht | meent | gelooft |
        aanneemt | (?:het|de)\ (?:idee|gedachte|vermoeden)\ (?:hebt|heeft|had|kreeg) | (?:het|een)\ (?:\w+\ )?gevoel\ (?:hebt|heeft|had|
        kreeg|krijgt|geeft|gaf|overhoudt|overhield|hield) | (?:de|een|het)\ (?:\w+\ )?(?:indruk|mening|opvatting|beeld)\b |
        vertrouwen\W+(?:\w+\W+){0,3}?(?:kwijt|verloren|verliest|geschaad) |
    teleurgesteld | ontevreden | boos | geschrokken | overvallen | verrast | ongerust | verward | in\ de\ war | ontdaan |
        van\ slag |
         kwaad | overdonderd | gefrustreerd | beledigd | gekwetst | geirriteerd | ongelukkig\ (?:bent|was|voelt) |
            gestoord |
        ontstemd | verontwaardigd | niet\ (?:zo\ )?(?:blij|tevreden|eens|prettig|gelukkig|leuk) | onvrede | (?:verkeerd|anders|
        onaangenaam|onvriendelijk|onprettig|vervelend|zo|negatief)\ (?:is\ |zijn\ )?(?:overkom\w*|overgekomen|overkwam) |
    verwachtingen | zo\ (?:lijkt|leek) | ervaren\ als )
"""
_SEEM_NL = r"""
    (?:dat|als|hoe|mocht|indien|omdat)\W+(?:dit|dat|het|deze|die|de|onze|ons|er|een)\b(?![^.;:!?]{0,60}\b(?:we|wij)\b)[^.;:!?]{0,80}?
    \b(?: overkom\w* | overgekomen | overkwam(?:en)? | (?:als\W+(?:\w+\W+){0,4}?|zo\W+(?:\w+\W+)?)(?:ervaren|voelt|voelde|opgevat|
        gezien|beschouwd|begrepen) | (?:wordt|werd|is|zijn|worden)\W+(?:\w+\W+){0,2}?(?:ervaren|opgevat) | de\ indruk |
        het\ gevoel\ (?:geeft|gaf|heeft\ gegeven) | verwachting(?:en)? | zo\ (?:lijkt|leek|voelt|voelde) ) \b
"""
_SUBJECT_US_NL = r"^\W*(?:je|jou|u|jullie|dit|dat|het)\b[^,]{0,30}\b(?:door\ ons|door\ onze|van\ ons)\b"

_HARMLESS_IF = r"""
    \b(?: euro | send | sends | dm | message | tell | want | like\ to | 'd\ like | prefer | need | reply | any\ questions | questions |
        let\ (?:us|me) | not\ (?:there|arrive\w*|back) | isn't\ (?:there|back) | doesn't\ (?:arrive|turn|work|come) | don't\ (?:see|
        hear|get|receive) | haven't\ (?:heard|received) | by\ then | turns?\ out | proves? | again | still | hear\ nothing |
        see\ nothing |
    stuurt? | (?<!te\ )laat | wilt? | wil | liever | nodig | vragen | reageer\w* | mist? | dan\ niet | niet\ (?:ziet|zie|hoort|ontvangt|
        lukt|werkt|krijgt|klopt) | niets\ (?:ziet|hoort|zie|hoor) | blijkt | nog\ (?:eens|een\ keer|niet|steeds) | weer\ gebeurt |
        opnieuw | bel(?:t|len)? | kunt | kun | appt? | mailt? )\b
"""
_CONDITION_EN = (
    r"\W+(?:(?:to|for|you|anyone|everyone|all|our|customers|passengers|and|very|so|sincerely|deeply|about|"
    r"that|this|it|in\ advance|the|any|inconvenience|upset|caused|\w+ly)\W+){0,7}?\b(?:if|in\ case|"
    r"to\ the\ extent|should\ (?:you|your|this|that|these|it|we|our|the|any|anyone|anything)|in\ so\ far|"
    r"insofar|wherever|whether)\b(?P<rest>[^.;:!?]{0,120})"
)
_CONDITION_NL = (
    r"\W+(?:(?:voor|aan|je|jou|u|jullie|ons|wij|we|ik|daarvoor|hiervoor|ervoor|het|alvast|oprecht|zeer|"
    r"dan|ook|onze|iedereen|allen|alle|klanten|reizigers|dit|dat|ongemak|aanbieden|aan|bied|bieden|zou|"
    r"ten\ zeerste)\W+){0,7}?\b(?:als\ (?:je|jij|u|jullie|we|wij|ik|dit|dat|het|er|iemand|iets|onze|ons|"
    r"de|een|deze|die|uw|jouw|mijn|mensen|klanten|zo|hier|hij|ze)|mocht(?:en)?|indien|voor\ zover|"
    r"voorzover|in\ het\ geval|ingeval|wanneer\ (?:je|u|dit|wij|we))\b(?P<rest>[^.;:!?]{0,140})"
)
_IF_FIRST = (
    r"^\W*(?:(?:en|and|but|maar|hoi|hi|hello|beste|dear|ook|zeker|natuurlijk)\W+(?:\w+\W+){0,2}?)?(?:if|"
    r"should\ (?:you|this|our|we|the|any\w*)|in\ case|to\ the\ extent|als|mocht|mochten|indien|"
    r"voor\ zover|voorzover|wanneer)\b(?P<rest>[^.;:!?]{3,180}?)(?:,|\bthen\b|\bdan\b|\bplease\b|\bwe\b|"
    r"\bour\b|\bi\b|\bbied)[^.;:!?]{0,50}?(?:\b(?:sorry|apolog\w+|excuses|excuus|spijt\w*|regret\w*|"
    r"betreur\w*|verontschuldig\w*)\b)"
)

_POSSIBLE = r"""
    \b(?: (?:any|whatever|eventuele|eventueel|mogelijke|possible|potential|enig|enige)\W+(?:(?:and|all|of|further|such|resulting|
        verdere|daaruit|en)\W+)?(?:\w+\W+){0,2}?
        (?:inconvenience|offen[cs]e|upset|distress|confusion|trouble|frustration|misunderstandings?|hurt|disruption|delays?|problems?|
            issues?|harm|disappointment|annoyance|discomfort|hardship|hassle|concern|worry|worries|stress|errors?|mistakes?|
         ongemak(?:ken)?|overlast|hinder|verwarring|problemen|misverstand(?:en)?|vertraging(?:en)?|schade|teleurstelling|irritatie|
             ergernis|frustratie|ontstane|leed|pijn|onduidelijkhe(?:id|den)|fouten|klachten) |
    (?:may|might|could)\W+(?:\w+\W+){0,2}?(?:have\W+(?:\w+\W+)?(?:caused|felt|experienced|been|given|led|come|suffered|created|had|
        upset|offended)|cause|feel) |
    (?:mogelijk|wellicht|misschien|eventueel|mogelijkerwijs)\W+(?:[\w'-]+\W+){0,6}?(?:veroorzaa\w+|ervar\w+|ondervond\w*|ondervind\w*|
        bezorgd\w*|gehad|opgeleverd|gegeven|geleden|heeft|hebt|hebben) |
    (?:zou(?:den)?)\W+(?:\w+\W+){0,5}?(?:hebben|kunnen\ hebben)\W+(?:veroorzaa\w+|ervar\w+|ondervonden|bezorgd|gehad) )\b
"""
_ANYONE = r"""
    \b(?:to|for|aan|voor|bij|with|jegens|tegenover)\W+(?:\w+\W+){0,2}?(?: (?:any(?:one|body)|those|everyone|every(?:body)|people|
        customers|all|riders|passengers|members)\b[^.;!?]{0,40}?\bwho\W+(?:\w+\W+){0,3}?(?:felt|feels?|offended|hurt|upset|
        affected\ by\ this\ perception|thinks?|found|took) |
    (?:[\w]+\W+){0,3}?(?:die|wie)\b[^.;!?]{0,60}?\b(?:voelt|voelen|voelde|voelden|gekwetst|beledigd|aanstoot|ervaren|ervaarden|ervoeren|
        vond|vonden)\b | (?:\w+\W+){0,3}?who\b[^.;!?]{0,40}?\b(?:felt|found|experienced\W+(?:it|this|that)|perceived)\b | (?:iedereen|
        wie|degenen|mensen|hen|klanten|reizigers|al\ wie|een\ ieder)\W+(?:[\w]+\W+){0,6}?(?:voelt|voelen|voelde|voelden|gekwetst|
        beledigd|aanstoot|geraakt|last|hinder|overlast) | (?:iedereen|wie|degenen|anyone|those\ of\ you)\W+(?:die\W+|who\W+)?(?:er\W+|
            hier\W+)?
        (?:\w+\W+){0,3}?(?:last|hinder|overlast|put\ out|troubled|inconvenienced|bothered) )\b
"""
_PASSIVE = r"""
    \b(?: (?:some\ |several\ |a\ few\ |certain\ )?mistakes?\W+(?:\w+\W+){0,2}?(?:was|were|(?:have|has|had)\ (?:\w+\W+)?been|got|
        been)\W+(?:\w+ly\W+|also\W+)?made | (?:an?\ |some\ )?(?:errors?|mistakes?)\W+(?:was|were|has|have|had|may|been|\W)*(?:made|
        occurred|happened|crept|slipped|arose|took\ place) |
    (?:er|hier|hierbij|daarbij|daar)\W+(?:is|zijn|werd|werden|worden|was|waren)\W+(?:[\w]+\W+){0,7}?fout(?:en|je|
        jes)?\W+(?:\w+\W+)?(?:gemaakt|begaan|opgetreden|geslopen|ontstaan|gebeurd) | (?:is|zijn|werd|
        werden)\W+(?:er\W+)?(?:\w+\W+){0,4}?fout(?:en|je|jes)?\W+(?:gemaakt|begaan|gebeurd|opgetreden) |
    (?:zijn|is)\W+(?:er\W+)?(?:\w+\W+){0,2}?(?:vergissing(?:en)?|fouten)\W+(?:gemaakt|begaan) | fouten\W+(?:zijn|werden|
        worden)\W+(?:\w+\W+)?gemaakt )\b
"""
_AGENT = (
    r"\b(?:by\ (?:us|our|me)|on\ our|of\ ours|at\ our|door\ (?:ons|onze|mij|mijn)|bij\ ons|van\ ons|"
    r"onzerzijds|aan\ onze|van\ onze|we|wij)\b"
)


def _sentences_of_regret(reading: Reading) -> Iterator[tuple[Sentence, re.Match[str]]]:
    for sentence in reading.sentences:
        for match in pattern(REGRET).finditer(sentence.text):
            yield sentence, match


def _tail(sentence: Sentence, place: int) -> str:
    """Return the rest of the sentence after a regret word, up to a strong sign or a contrast."""
    rest = sentence.text[place:]
    stop = re.search(r"[;:!?–]|(?:,\s*|\s)(?:but|maar|and\s+(?:we|i|it|that|our)|en\s+(?:we|wij|ik|dat|dit|het\s+is|onze))\b", rest)
    return rest[: stop.start()] if stop else rest


def _is_non_apology(context: Context, sentence: Sentence, match: re.Match[str]) -> tuple[int, int] | None:
    """Return the place of a regret whose object is how the other sees or feels it, or that is only made in case of."""
    tail = _tail(sentence, match.end())
    reply = context.reply
    begin = sentence.start + match.start()
    end = sentence.start + match.end() + len(tail.rstrip())
    is_english = context.language != "nl"
    is_apology = has(APOLOGY, match.group())
    if is_english:
        for object_ in (_FEEL_EN, _SEEM_EN):
            found = pattern(rf"^{_LINK_EN}{object_}").search(tail)
            if found and not has(r"\b(?:we|i)\b\W+(?:\w+\W+){0,3}?made\b|\bmade\W+to\W+feel\b", found.group()):
                return begin, end
        if pattern(rf"^{_LINK_EN}(?:{_FEELINGS_EN})").search(tail):
            return begin, end
    else:
        found = pattern(rf"^{_LINK_NL}{_FEEL_NL}").search(tail)
        if found and _perceives_nl(found["body"] + " "):
            return begin, end
        if pattern(rf"^{_LINK_NL}{_SEEM_NL}").search(tail):
            return begin, end
    if is_apology or context.language == "nl":
        for condition in (_CONDITION_EN, _CONDITION_NL):
            found = pattern(rf"^{condition}").search(tail if ":" not in tail else tail.split(":")[0])
            if found and not has(_HARMLESS_IF, found["rest"]):
                return begin, end
    if reply.is_quoted(begin, end):
        return None
    return None


def _perceives_nl(body: str) -> bool:
    """Say whether a Dutch clause about the other ends in how they feel or see it; "niet vond" alone is a search."""
    found = pattern(_PERCEIVE_NL).search(body)
    if not found:
        return False
    return not (
        found.group() in {"vindt", "vond", "gevonden", "vinden", "vonden"}
        and has(
            (
                r"\b(?:niet|nergens|terug|geen)\W+(?:(?:meer|hier|daar|snel|direct|makkelijk|"
                r"ergens)\W+){0,2}(?:terug)?(?:vindt|vond|gevonden|vinden|vonden|kon|kunt)\b"
            ),
            body,
        )
    )


def non_apology(context: Context) -> Iterator[Objection]:
    """N1: regret for how the other feels, in case of, for what may have been, or for mistakes that nobody made."""
    reply = context.reply
    seen: set[int] = set()
    for sentence, match in _sentences_of_regret(reply):
        place = sentence.start + match.start()
        if sentence.number in seen or reply.is_quoted(place, place + len(match.group())) or negated_before(reply.plain, place, 26):
            continue
        found = _is_non_apology(context, sentence, match)
        if found:
            seen.add(sentence.number)
            yield _objection(context, *found)
    for sentence in reply.sentences:
        if sentence.number in seen:
            continue
        span = _possible(sentence) or _condition_first(sentence) or _nobody(context, sentence) or takes_back(reply, sentence)
        if span and not reply.is_quoted(sentence.start + span[0], sentence.start + span[1]):
            yield _objection(context, sentence.start + span[0], sentence.start + span[1])


_FOR = r"(?:for|about|of|over|voor|van|regret|betreur\w*)\W*(?:\w+\W+){0,2}$"


def _possible(sentence: Sentence) -> tuple[int, int] | None:
    """Find regret for what "any" or "may have" been, in either order, and regret towards "anyone who felt"."""
    regrets = [match for match in pattern(APOLOGY).finditer(sentence.text) if not negated_before(sentence.text, match.start(), 14)]
    if not regrets:
        return None
    for regex in (_POSSIBLE, _ANYONE):
        for found in pattern(regex).finditer(sentence.text):
            for regret in regrets:
                first, last = sorted((regret.span(), found.span()))
                between = sentence.text[first[1] : last[0]]
                if len(between) > 100 or re.search(r"[;:!?]|\s–\s", between):
                    continue
                before = sentence.text[max(0, found.start() - 30) : found.start()]
                if found.group().startswith(("any ", "enig")) and regret.start() < found.start() and not has(_FOR, before):
                    continue
                return first[0], last[1]
    return None


def _condition_first(sentence: Sentence) -> tuple[int, int] | None:
    """Find "if …, we apologise": the apology hangs on what the reply will not say."""
    found = pattern(_IF_FIRST).search(sentence.text)
    if found and not has(_HARMLESS_IF, found["rest"]):
        return found.start(), found.end()
    return None


def _nobody(context: Context, sentence: Sentence) -> tuple[int, int] | None:
    """Find mistakes without anybody who made them; a reply that owns the mistake elsewhere may speak so."""
    found = pattern(_PASSIVE).search(sentence.text)
    if not found:
        return None
    around = sentence.text[max(0, found.start() - 30) : found.end() + 30]
    before = sentence.text[max(0, found.start() - 20) : found.start()]
    if (
        has(_AGENT, around)
        or has(r"\b(?:no|if|whether|geen|als|of|wat|what|where|waar)\b", before)
        or has(NEGATION, found.group())
        or owns(context.reply)
    ):
        return None
    return found.span()


def _objection(context: Context, start: int, end: int) -> Objection:
    return context.objection(
        "N1",
        start,
        end,
        nl=(
            "Dit is geen excuus: het gaat over hoe de ander het ziet, over wat misschien was, of over fouten "
            "zonder dader. Zeg in de eerste persoon wat wij deden, of laat het weg."
        ),
        en=(
            "This is no apology: it is about how they see it, about what may have been, or about mistakes nobody "
            "made. Say in the first person what we did, or leave it out."
        ),
    )


def regrets(context: Context) -> Iterator[Objection]:
    """R5: where we were wrong, the reply says that we regret it, and what went wrong where the facts tell."""
    if context.responsibility is not True or context.is_praise or context.is_holding:
        return
    reply = context.reply
    found = [
        m
        for m in pattern(REGRET).finditer(reply.plain)
        if not negated_before(reply.plain, m.start(), 14) and not reply.is_quoted(m.start(), m.end())
    ]
    found = [
        m
        for m in found
        if m.group() not in {"naar", "erg", "sad", "helaas", "rot"}
        or has(r"\b(?:wat|heel|erg|echt|zo|ik|wij|we)\ (?:naar|erg|rot)\b|sad\ that", reply.plain)
    ]
    if not found and not has(_REGRETS_OTHERWISE, reply.plain):
        yield context.whole(
            "R5",
            nl="Wij zaten fout, en het antwoord zegt niet dat het ons spijt. Zeg het: ‘Het spijt me dat …’.",
            en="We were wrong, and the reply does not say that we are sorry. Say so: 'I am sorry that …'.",
        )
    elif (
        owns(reply)
        and context.all_fact_keys
        and not common(context.reply_keys, context.all_fact_keys)
        and not _shared_figures(context)
        and context.language == context.post_language
    ):
        yield context.whole(
            "R5",
            nl="De feiten zeggen wat er misging, en het antwoord niet. Noem het in een paar woorden.",
            en="The facts say what went wrong, and the reply does not. Name it in a few words.",
        )


_REGRETS_OTHERWISE = r"""
    \b(?: (?:i|we)(?:'m|'re|\ am|\ are)\ (?:\w+\ )?ashamed | (?:i|we)\ (?:wish|hate)\b[^.;!?]{0,40}\b(?:otherwise|different\w*|we|had|
        hadn't) |
    nothing\ (?:i|we)\ regret\ more | (?:ik|wij|we)\ (?:schaam|schamen) | (?:schaam|schamen)\ (?:ik|wij|we) |
        niets\b[^.;!?]{0,20}\bmeer\ spijt )\b
"""
"""Regret without a word of it."""


def _shared_figures(context: Context) -> bool:
    told = values(context.reply.plain)
    return any(told & values(read(text).plain) for fact in context.usable for text in fact_texts(fact))


_FORGIVE = r"""
    \b(?: forgiv\w+ | pardon\ us | beg\ your\ pardon | vergeef\w* | vergeven | vergeving | vergiffenis | (?:neem|neemt|nemen)\W+(?:(?:u|
        je|jullie|het|dit|dat|ons|mij|alstublieft|alsjeblieft|a\.u\.b)\W+){1,5}?(?:niet\W+)?kwalijk | niet\ kwalijk\ (?:neemt|nemen) |
        kwalijk\W+(?:neemt|neem|nemen) | genade | hold\ it\ against\ us | door\ de\ vingers\ (?:zien|ziet) )\b
"""


def forgiveness(context: Context) -> Iterator[Objection]:
    """N13: asking for forgiveness asks something of the one we failed."""
    reply = context.reply
    for match in pattern(_FORGIVE).finditer(reply.plain):
        if reply.is_quoted(*match.span()) or has(r"unforgiv|onvergeeflijk", match.group()):
            continue
        before = reply.plain[max(0, match.start() - 45) : match.start()]
        if has(
            (
                r"\b(?:won't|will\ not|not|don't|never)\W+(?:\w+\W+){0,3}(?:ask\w*|expect\w*)\W+(?:\w+\W+){0,3}$|"
                r"\b(?:vragen|verwachten|hoeft|hoef)\W+(?:\w+\W+){0,2}(?:niet|geen)\W+(?:\w+\W+){0,4}$|"
                r"hoeft?\W+(?:\w+\W+){0,3}niet"
            ),
            before,
        ):
            continue
        yield context.objection(
            "N13",
            *match.span(),
            nl="Om vergeving vragen is vulling en legt iets neer bij de ander. Laat het weg; de reparatie zegt meer.",
            en="Asking for forgiveness is filler and puts a task on the other. Leave it out; the repair says more.",
        )
        return
