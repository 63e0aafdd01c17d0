"""Finds the wordings by which regret takes itself back (N1): what was only perceived, their reaction, mistakes without a maker."""

from __future__ import annotations

from responders.policy.admissions import owning_places
from responders.policy.grammar import NEGATION, has, negated_before, pattern
from responders.policy.reading import Reading, Sentence
from responders.policy.wordings import APOLOGY, REGRET

_SORRY_FOR = r"(?:sorry|apolog\w+|regret\w*|excuses|excuus|spijt\w*|betreur\w*|verontschuldig\w*|jammer|vervelend|naar|a\ shame|pity)"
_ALLEGED = rf"""
    \b{_SORRY_FOR}\b[^.;:!?]{{0,40}}?\b(?: (?:perceived|alleged|supposed|so-called|apparent|presumed|claimed|vermeende?|zogenaamde?|
        zogeheten|kennelijke?|ogenschijnlijke?|veronderstelde|beweerde|gevoelde|ervaren)\W+\w{{3,}} |
    (?:mogelijk|eventueel|enig|evt\.?|event\.)\W+(?:\w+\W+)?(?:ongemak|leed|nadeel|oponthoud|ongerief) )\b
"""
"""Regret for a thing that the reply does not grant to have been."""
_REACTION = rf"""
    \b{_SORRY_FOR}\b(?:\W+(?:to\ (?:hear|read|see|learn)|om\ te\ (?:horen|lezen|zien)|it\ is|is\ het|me|mij|ons|het|we|so|very|really|ook))
        {{0,3}}?\W+(?:that|dat|how|hoe|if|als)\W+(?:
    (?:this|that|it|things|the\W+\w+|any\ of\ this)\W+(?:\w+\W+)?(?:has\W+|have\W+|may\W+have\W+)?(?:so\W+)?(?:bother(?:ed|s)|upset(?:s)?|
        offend(?:ed|s)|annoy(?:ed|s)|irritat(?:ed|es)|displeas(?:ed|es)|disturb(?:ed|s)|rubb?e?d)\W+you |
    (?:this|that|it)(?:'s|\W+is|\W+was|\W+has\ been)\W+(?:how|the\ way|what|your|the\ (?:impression|feeling|view|image)) |
    (?:dit|dat|het)\W+(?:nu\W+|zo\W+)?(?:je|jouw|uw|de|het)\W+(?:\w+\W+)?(?:beeld|indruk|ervaring|mening|gevoel|conclusie|oordeel)\b |
    (?:je|jij|u|men|jullie)\W+(?:je|u|zich|jullie)\W+(?:\w+\W+){{0,5}}?(?:stoort|ergert|gestoord|geergerd|opwindt|aangesproken|aangevallen|
        benadeeld|tekortgedaan|genegeerd|gepasseerd|beledigd|gekwetst)\b |
    (?:je|jij|u|jullie|you)\W+(?:\w+\W+){{0,4}}?(?:moeite\ (?:mee\ )?(?:hebt|heeft|had)|aanstoot|zo\ (?:oordeelt|reageert|denkt|voelt)|
        bothered\ by|take\ issue|have\ (?:a\ )?(?:problem|trouble)\ with) )
"""
"""Regret whose object is what the other makes of it."""
_YOU_FELT = rf"""
    \b(?:{_SORRY_FOR}|gutted|bummed|shame|hate|balen|rot|naar|spijtig)\b(?:\W+(?:to\ (?:hear|read|see|learn)|te\ (?:horen|lezen|
            vernemen|zien)|om|it\ is|
        is\ het|me|mij|ons|het|we|so|very|really|ook|if|that|dat|als|how|hoe|because)){{0,5}}?\W+(?:
    (?:you|u|ya|y'all|you\ all|you\ guys)\W+(?:(?:had\ to|have\ to|still|do|did|may|might|must|really|clearly|now|so|all|also|
            just)\W+){{0,3}}?
        (?:feel|felt|(?:see|saw)\W+(?:it|this|that|us|things|our\W+\w+)\W+(?:as|like|differently|that\ way|this\ way|so)|(?:see|
            saw)\ us\b|think|thought|believe|perceive\w*|view|regard|consider|
        (?:found|find)\W+(?:it|this|that|us|him|her|them|(?:her|his|our|their|the)\W+(?:tone|reply|answer|response|service|attitude|
            manner|wait|
            price|message|staff|team|approach|communication|wording))\W+(?!(?:broken|empty|closed|shut|locked|damaged|missing|gone|open|
            dead|
            leaking|cold|wet|off\W|in|at|on|under)\b)[\w-]+|
        (?:didn't|did\ not|don't|do\ not)\W+(?:have|get|enjoy|receive|like|appreciate)\W+(?:the|a|an|your|our)\W+(?:\w+\W+)?(?:experience|
            service|time|visit|stay|outcome|result|answer)\b[^.;:!?]{{0,20}}?(?:hop|expect|want|wish|look|deserv|\W*$)) |
    (?:you're|you\W+are|u\W+r)\W+(?:\w+\W+)?finding\W+(?:it|this|that|us|things) | (?:\w+\W+){{1,2}}?(?:was|is|were)\W+(?:so\W+|too\W+)?
        (?:frustrating|annoying|upsetting|confusing|disappointing|irritating|unpleasant)\W+(?:for|to)\W+you |
    (?:it|this|that|things)\W+(?:\w+\W+)?(?:seems?|seemed|feels?|felt|looks?|looked|appears?|appeared|came\ (?:across|over|off)|landed) |
    (?:\w+\W+){{1,3}}?(?:came|comes|was|is)\W+(?:as\ )?(?:an?\ )?(?:unpleasant\ |nasty\ |bad\ )?(?:surprise|disappointment|shock|
            letdown)\W+(?:to|for)\W+you |
    (?:je|jij|u|jullie)\W+(?:[\w']+\W+){{0,6}}?(?:acht|waant|meent|vindt|vinden|vond|balen|baalt|baal|opvat\w*|voelt|voelen|voelde|ziet|
            beleeft|
        ontevreden|teleurgesteld|ontstemd|misnoegd|boos|gepikeerd|geirriteerd)\b(?!\W+(?:je|u|terug)) |
    (?:dit|dat|het|er|we|wij|de\ \w+|onze\ \w+)\W+(?:\w+\W+){{0,2}}?(?:bij|aan|door)\W+(?:je|jou|u|
            jullie)\W+(?:\w+\W+){{0,4}}?(?:opgeroepen|
        veroorzaakt|gewekt|geleid|opgewekt|rottig|naar|vervelend|overkw\w+|overkom\w*) )
"""
"""Regret that they feel, see or find it so, whatever it was."""
_BELIEVED = (
    r"\b(?:you|u|je)\W+(?:believe|think|feel|felt|thought|vindt|denkt|meent|gelooft|voelt)\b[^.;:!?]{3,60}?,?\W*(?:and|en)\W+"
    r"(?:(?:for\W+that\W+|daarvoor\W+|dat\W+)?(?:we're|we\W+are|i'm|i\W+am|that|we|dat)\W+(?:\w+\W+){0,2}?(?:sorry|apologi\w+|regret\w*|"
    r"spijt\w*))"
)
"""What they believe, and regret for that."""
_EXPECTED = rf"""
    \b{_SORRY_FOR}\b[^.;:!?]{{0,30}}?\b(?:that|dat|if|als|for|voor)\W+(?:your|uw|je|jouw|our|onze|the|de|het|this|
        dit)\W+(?:[\w-]+\W+){{0,4}}?
    (?: (?:didn't|did\ not|doesn't|hasn't|has\ not|haven't|not|failed\ to)\W+(?:\w+\W+){{0,3}}?(?:match|meet|live\ up|measure\ up|reach|
        reflect|
            fulfil\w*|satisfy|fit|suit)\W+(?:\w+\W+){{0,3}}?(?:expect\w*|hopes?|standards?|wishes|what\W+you) | (?:fell|falls)\W+short |
        (?:didn't|did\ not|doesn't|wasn't|not)\W+(?:been\W+|be\W+)?what\W+you(?:'d|'re)?\W+(?:\w+\W+){{0,2}}?(?:hop\w+|expect\w*|
            used\W+to) |
        niet\W+(?:\w+\W+){{0,4}}?(?:verwacht\w*|gehoopt|beviel|bevalt|in\ de\ smaak) )
"""
"""Regret that what they expected was more."""
_NOT_HOPED = (
    rf"\b{_SORRY_FOR}\b[^.;:!?]{{0,20}}?\b(?:this|that|it|our\W+\w+|dit|dat|het|onze\W+\w+)\W+(?:wasn't|was\W+not|isn't|niet|was\W+niet|"
    rf"is\W+niet)\W+"
    r"(?:\w+\W+){0,4}?(?:experience|service|ervaring|what|wat|stay|visit|journey|outcome|beleving)\b[^.;:!?]{0,30}?\b(?:hoped|expected|"
    r"wanted|wished|used|"
    r"deserve\w*|hoopte?|verwachtte?|gehoopt|verwacht|gewend)\b"
)
_OTHERWISE = (
    rf"\b(?:{_SORRY_FOR}|jammer|spijtig|pity|shame)\b[^.;:!?]{{3,60}}?\b(?:(?:as|than|dan)\W+(?:you(?:'d|\W+had)?\W+|je\W+|"
    rf"u\W+)?(?:hoped|expected|"
    r"wished|gehoopt|verwacht|hoopte|verwachtte))\b|"
    r"\b(?:seems?|feels?|felt|aanvoelt|voelt|overkomt)\b[^.;:!?]{0,30}\b(?:to|for|voor|op)\W+(?:you|je|jou|u)\b|"
    r"\bvoor\W+(?:jou|je|u)\W+(?:\w+\W+){0,2}?(?:zo\W+)?(?:aan)?voelt\b"
)
"""Regret that it went otherwise than hoped, or that it is so to them."""
_VIEW = (
    rf"\b(?:{_SORRY_FOR}|regrettable|unfortunate)\b[^.;:!?]{{0,24}}?\b(?:that|dat|if|als|how|hear|horen)\W+(?:[\w'-]+\W+){{0,3}}?"
    r"(?:(?:came|come|left|walked|went)\W+away\W+with\W+\w+\W+(?:\w+\W+)?(?:view|impression|feeling|idea|picture|opinion)|(?:found|"
    r"find)\W+(?:it|this|that)\W+"
    r"(?:so\W+|too\W+)?(?!(?:broken|empty|closed|shut|locked|damaged|missing|gone|open|dead)\b)\w+(?:ing|able|ful|ed|ant|ive)\b)"
)
_FRONTED = (
    r"^\W*dat\W+(?:je|jij|u|jullie|men)\b[^.;:!?]{3,90}?\b(?:beleefd|beleven|beleefde|ervaren|ervaart|ervoer|opgevat|opvat|voelt|voelde|"
    r"vindt|vond|gevonden|ziet|zag)\b"
    r"[^.;:!?]{0,30}?,?\W*(?:betreur\w*|spijt|vind\w*\W+(?:we|wij|ik)\W+(?:\w+\W+)?(?:jammer|vervelend|spijtig))\b"
)
_AS_IF = (
    rf"\b(?:{_SORRY_FOR}|balen|rot|zuur|spijtig|gutted|bummed)\b[^.;:!?]{{0,20}}?\b(?:that|dat|if|als)\W+(?:it|this|het|dit|"
    rf"dat)\W+(?:\w+\W+){{0,2}}?"
    r"(?:feels?|felt|looks?|looked|seems?|seemed|voelt|voelde|lijkt|leek|klinkt|oogt)\b"
)
"""Regret that it feels as if."""
_MOCHT = (
    rf"\b{_SORRY_FOR}\b[^.;:!?]{{0,24}}?,\W*(?:(?:for\W+anyone|voor\W+wie)\W+)?(?:mocht(?:en)?|indien|should|if|in\ case|als|wherever|"
    rf"voor\ ?zover)\W+"
    r"(?!(?:you|je|u)\W+(?:want|need|like|wilt|wil|nodig|have\W+(?:more|any)|nog)\b)(?:this|that|it|the|our|any\w*|you|your|dit|dat|het|"
    r"er|de|onze|iets|je|u|"
    r"uw|iemand)\b"
)
"""Regret, and only then in case of what."""
_VAGUE_FAILING = r"""
    \b(?: (?:(?:er|daar|hier)\W+(?:is|ging|liep|was)|(?:is|ging|liep|was)\W+er)\W+(?:\w+\W+){0,2}?(?:iets|wat|het\ een\ en\ ander|
            een\ en\ ander)\W+(?:[\w']+\W+){0,3}?(?:niet\W+
        (?:\w+\W+)?(?:goed|lekker|soepel|vlekkeloos)|mis|fout|verkeerd)(?:gelopen|gegaan)? | (?:something|things|
            a\ few\ things)\W+(?:\w+\W+){0,2}?
        (?:did\ not|didn't|has\ not|have\ not|haven't)\W+(?:quite\W+)?(?:go|gone)\W+(?:\w+\W+){0,2}?(?:plan|planned|smoothly|well|hoped) |
    (?:er|daar|hier)\W+(?:zijn|is|waren|was)\W+(?:\w+\W+){0,4}?(?:dingen|zaken|iets|wat|punten|stappen)\W+(?:\w+\W+){0,3}?(?:misgelopen|
        misgegaan|fout\W*gegaan|blijven\ liggen) |
    (?:things|matters|zaken|dingen|het|dit|it)\W+(?:\w+\W+){0,3}?(?:not|n't|didn't|haven't|hasn't|weren't|wasn't|niet)\W+(?:\w+\W+){0,3}?
        (?:gone|go|going|been|gegaan|verlopen|gelopen|handled|done)\W+(?:\w+\W+)?(?:as|how|the\ way|zoals|hoe)\W+(?:they|it|one|we|ze|het|
            dat|je|men)\b |
    (?:errors?|mistakes?)\W+(?:occurred|happened|crept|arose) )
"""
"""Something went somehow wrong, by nobody."""
_GIVEN_FEELING = (
    r"\b(?:for|about|voor|over)\W+(?:any|the|each|every|een|elk|enig|het|de|elke|enige)\W+(?:\w+\W+)?(?:feelings?|impressions?|ideas?|"
    r"gevoel(?:ens)?|"
    r"indruk|beeld|idee)\W+(?:that\W+|which\W+|dat\W+|die\W+)?(?!(?:that\W+|which\W+|dat\W+|die\W+)?(?:we|wij|ik|i)\b)(?:this|it|dit|"
    r"het|deze|er|may|"
    r"might|dat|die|you|je|u)\b"
)
_ONLY_IF = (
    rf"\b(?:say|zeggen|can\ only|only|kunnen\W+(?:we|wij)|kan\W+ik|alleen)\b[^.;:!?]{{0,20}}\b{_SORRY_FOR}\b[^.;:!?]{{0,20}}?\b"
    rf"(?:if|as\ far\ as|als|voor\ zover|indien|mocht)\W+(?:things|it|this|that|something|anything|het|dit|dat|er|iets|je|u|you)\b"
)
_SO_FAR = (
    r"^\W*(?:to\ the\ extent|in\ so\ far|insofar|voor\ zover|voorzover|indien|mocht(?:en)?|if|als|in\ case|should)\b[^.;!?]{3,140}?[:,–]\W*"
    r"(?:(?:then|dan|our|onze|my|mijn|sincere|oprechte|we|i|wij|are|am|bieden|daarvoor|do|very)\W+){0,4}?(?:sorry|apolog\w+|excuses|"
    r"excuus)\b"
)
_SO_FAR_FELT = (
    r"\b(?:voor\ ?zover|to\ the\ extent|insofar|in\ so\ far)\b|\b(?:you|je|u|anyone|iemand|team|staff|it|this|we|dit|dat|"
    r"het)\b[^.;!?]*?\b(?:felt|feel|"
    r"found|came\ across|come\ across|seemed|thought|voelde?|vond|vindt|overkwam\w*|ervoer|ervaren|opgevat|gevoel|indruk|impression)\b"
)
_MAYBE = r"""
    \b(?: (?:mistakes?|errors?|things|something)\W+(?:may|might|could)\W+(?:\w+\W+)?have\W+(?:been\W+(?:made|handled|done|missed)|happened|
        occurred|gone) | (?:er|daar|hier)\W+(?:zijn|is)\W+(?:mogelijk|wellicht|misschien|eventueel)\W+(?:\w+\W+){0,3}?(?:fout\w*|
        vergissing\w*|mis) | (?:mogelijk|wellicht|misschien)\W+(?:zijn|is)\W+(?:er\W+)?(?:\w+\W+){0,3}?(?:fout\w*|mis\b|vergissing\w*) )
"""
"""A mistake that only may have been."""
_PROVERB = r"""
    \b(?: (?:mistakes|errors|accidents|slips)\W+(?:do\W+|will\W+|can\W+|just\W+|always\W+|sometimes\W+)?(?:happen(?:ed|s)?|occur(?:red)?)\b
        (?!\W+(?:because|on\ our|at\ our|here|in\ our)) | (?:everyone|everybody|we\ all|anyone)\W+makes?\W+mistakes |
    nobody(?:'s|\ is)\W+perfect |
    to\ err\ is\ human | waar\W+(?:mensen\W+)?(?:gewerkt\W+wordt|werken)\b[^.;!?]{0,30}\b(?:fout(?:en)?|mis|spaanders) |
    fouten\W+maken\W+is\W+menselijk | (?:iedereen|we\W+allemaal)\W+(?:maakt|maken)\W+(?:wel\W+eens\W+)?(?:een\W+)?fout(?:en|je)? |
    niemand\W+is\W+(?:perfect|onfeilbaar) |
    [^.;!?]{0,60}\bnu\W+eenmaal\b | one\W+of\W+those\W+(?:things|days) | just\W+(?:how|the\W+way)\W+(?:it|things|these\W+things)\W+(?:go|
        goes|is|are|work) |
    (?:this|that|such\W+things?|things\W+like\W+(?:this|that)|(?:\w+\W+){1,2}?of\W+(?:this|that)\W+(?:kind|sort|nature|type)|these\W+things|
        (?:\w+\W+)?(?:waits|delays|
            errors|slips|mix-ups|mishaps|hiccups))\W+(?:can|may|might|could|do|does|will)\W+(?:\w+ly\W+|sometimes\W+|still\W+|
                well\W+)?(?:happen|
        occur|arise|slip\ through) |
    (?:\w+\W+){1,3}?(?:kan|kunnen)\W+(?:nu\W+eenmaal|soms|wel\W+eens|weleens)\W+(?:\w+\W+){0,7}?(?:vallen|gebeuren|voorkomen|misgaan|
        ontstaan|zoekraken|liggen|
        raken|lopen|duren) |
    (?:dit|dat|zoiets|dit\W+soort\W+\w+|zulke\W+\w+|dergelijke\W+\w+|zo'n\W+\w+)\W+(?:kan|kunnen|komt|komen|gebeurt|
        gebeuren)\W+(?:nu\W+eenmaal\W+|
        helaas\W+|soms\W+|wel\W+eens\W+|altijd\W+|een\W+keer\W+|weleens\W+){1,2}(?:gebeuren|voorkomen|voor|ontstaan|misgaan)? |
            fouten\W+(?:gebeuren|komen\W+voor|horen\W+erbij) )\b
"""
"""What makes a mistake everybody's and so nobody's."""
_MADE = r"""
    \b(?: (?:mistakes?|errors?)\W+(?:(?:was|were|have|has|had|been|also|clearly|certainly|regrettably|unfortunately|\w+ly)\W+){1,4}?made\b |
    (?:fout(?:en|je|jes)?|vergissing(?:en)?)\W+(?:(?:zijn|is|werden|werd|er)\W+){0,2}(?:gemaakt|begaan)\b )
"""
_FAILINGS = (
    "mistake",
    "error",
    "fout",
    "vergissing",
    "thing",
    "iets",
    "perfect",
    "err ",
    "feilbaar",
    "mis",
    "accident",
    "slips",
    "gewerkt",
    "werken",
    "happen",
    "occur",
    "arise",
    "gebeur",
    "voorkom",
    "komt",
    "komen",
    "zaken",
    "dingen",
    "matters",
    "niet",
    "mis",
    "eenmaal",
    "soms",
    "eens",
    "not",
    "n't",
)
"""One of these stands in each of the wordings below; most sentences hold none."""
_MAKER = (
    r"\b(?:by\ (?:us|our|me)|on\ our|of\ ours|at\ our|door\ (?:ons|onze|mij|mijn)|bij\ ons|van\ ons|onzerzijds|aan\ onze|van\ onze|we|wij|"
    r"ours|onze|ik|i|our|mine)\b"
)


_ASKED_HOW = r"\b(?:if|whether|of|als|how|why|hoe|waarom|what|wat|that|dat)\W+(?:\w+\W+)?$"


def takes_back(reading: Reading, sentence: Sentence) -> tuple[int, int] | None:
    """Return the place in the sentence where regret is taken back, or None."""
    text = sentence.text
    if has(APOLOGY, text) or has(REGRET, text) or has(r"\b(?:gutted|bummed)\b", text):
        for regex in (
            _ALLEGED,
            _REACTION,
            _YOU_FELT,
            _BELIEVED,
            _ONLY_IF,
            _EXPECTED,
            _NOT_HOPED,
            _AS_IF,
            _OTHERWISE,
            _VIEW,
            _FRONTED,
            _MOCHT,
        ):
            found = pattern(regex).search(text)
            if found and not negated_before(text, found.start(), 24) and not _is_ours(found.group()):
                return found.span()
        given = pattern(_GIVEN_FEELING).search(text)
        if given and has(APOLOGY, text[: given.start()]):
            return given.span()
        so_far = pattern(_SO_FAR).search(text)
        if so_far and has(_SO_FAR_FELT, so_far.group()):
            return so_far.span()
    if not any(word in text for word in _FAILINGS):
        return None
    for regex in (_MAYBE, _PROVERB):
        found = pattern(regex).search(text)
        if found and not has(NEGATION, found.group()) and not has(_ASKED_HOW, text[: found.start()]):
            return found.span()
    made = pattern(_MADE).search(text) or pattern(_VAGUE_FAILING).search(text)
    if made and not _has_maker(reading, sentence, made.start()):
        return made.span()
    return None


def _is_ours(text: str) -> bool:
    """Say whether the words name what we did: "sorry that we made you feel", "dat wij je het gevoel gaven"."""
    return has(r"\b(?:we|i)(?:'ve|'d)?\W+(?:\w+\W+){0,2}?(?:made|gave|left|let|treated)\b|\b(?:wij|we|ik)\W+(?:je|u|jou|jullie)\b", text)


def _has_maker(reading: Reading, sentence: Sentence, place: int) -> bool:
    """Say whether the mistakes have somebody who made them: in the sentence, or owned in the one before or after it."""
    text = sentence.text
    if has(_MAKER, text) or has(r"\b(?:no|if|whether|geen|als|of|wat|what|where|waar)\b[^,]{0,20}$", text[:place]) or has(NEGATION, text):
        return True
    near = [other for other in reading.sentences if abs(other.number - sentence.number) == 1]
    return any(other.start <= begin < other.end for other in near for begin, _ in owning_places(reading))
