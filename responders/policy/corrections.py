"""Judges what contradicts the author (N3). Whether a correction comes with its source stands in sources (R7)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from monitor.domain import Objection
from responders.policy.admissions import owning_places, owns
from responders.policy.context import Context
from responders.policy.grammar import INVESTIGATION, NEGATION, has, is_conditional, is_unknown, negated_before, pattern
from responders.policy.introductions import introductions
from responders.policy.reading import Clause, Sentence, read
from responders.policy.records import statements
from responders.policy.stems import common, keys_of_text
from responders.policy.wordings import REGRET

_DENIAL = r"""
    \b(?: (?:is|was|are|were|'s|isn't|wasn't|aren't|weren't)\W+(?:\w+\W+){0,2}?(?:not|n't)\W+(?:\w+\W+){0,2}?(?:true|correct|
        right\b(?!\ (?:of|to|that))|the\ case|accurate|what\ happened|factual) | (?:isn't|wasn't|aren't|
        weren't)\W+(?:\w+\W+){0,2}?(?:true|correct|the\ case|accurate|what\ happened|so\b) |
    (?:is|was|are|were|'s)\W+(?:\w+\W+){0,2}?(?:untrue|false|incorrect|inaccurate|nonsense|a\ lie|lies|fabricat\w+|a\ myth|unfounded|
        baseless|a\ rumou?r|fiction|misinformation|made\ up) |
    (?:did\ not|didn't|does\ not|doesn't|never|not)\W+(?:\w+\W+)?(?:happen(?:ed)?|occur(?:red)?|take\ place|took\ place)\b(?!\W+again) |
        never\ happened | (?:we|i)\W+(?:\w+ly\W+)?(?:deny|dispute|reject|refute|contest) | no\ (?:truth|question\ of) | there\ (?:is|
        was|were|are|has\ been)\ no\ (?:such|truth|question|evidence|basis) | contrary\ to |
    klopt\w?\W+(?!er\ iets\b|iets\b)(?:\w+\W+){0,3}?niet | kloppen\W+(?:\w+\W+)?niet |
        (?:is|was|zijn|waren)\W+(?:\w+\W+){0,4}?(?:niet\ (?:waar(?!\W+(?:je|u|
            jij|we|wij|ik|jullie|men|het|dit|iemand|klanten|mensen|onze)\b)|juist|
        correct|zo(?=\W*(?:$|[.,;!?:]))|gebeurd|het\ geval|feitelijk)|onjuist|onwaar|onzin|gelogen|ongegrond|uit\ de\ lucht\ gegrepen|
        verzonnen|een\ fabel|een\ gerucht|nepnieuws) | (?:absoluut|helemaal|echt|totaal|simpelweg|gewoon|pertinent)\ (?:niet\ waar|
        onjuist|onwaar|onzin) |
    geen\ sprake | (?:don't|doesn't|never|do\ not|does\ not)\W+do\ (?:that|this|such)\b |
        (?:doen|doet)\W+(?:dat|dit|zoiets)\W+(?:\w+\W+)?(?:niet|nooit)\b | (?:ontkennen|ontken|betwisten|betwist|weerspreken|
        weerspreek) | (?:dat|dit|zoiets|het)\W+(?:gebeurt|gebeurde|
        deden\ (?:we|wij)|doen\ (?:we|wij))\W+(?:\w+\W+){0,2}?(?:niet|nooit)(?:\W+gebeurd)?\b(?!\W+(?:goed|netjes|de\ bedoeling|zoals|
        best|hoe|leuk|fijn|prettig|acceptabel|duidelijk|bekend|in\ orde|op\ tijd|nodig|gelukt|zeker|helder|genoeg|wat|meer|
        correct\ gegaan|zo\ gegaan|zichtbaar|beschikbaar|aan\ jou|aan\ u|nog\ (?:eens|een)|opnieuw|weer)) | (?:nooit|
        niet)\W+(?:echt\W+)?gebeurd | (?:niets|niks)\ (?:van\ )?waar | verre\ van\ (?:ons|me|mij) | (?:wat\ een\ |^\W*)onzin\b |
        nothing\ of\ the\ (?:sort|kind) | (?:^\W*|that's\ |what\ |,\ )(?:utter\ |complete\ )?(?:rubbish|nonsense)\b |
        in\ strijd\ met\ de\ waarheid |
    (?:claim|accusation|suggestion|allegation|assertion|bewering|beschuldiging|suggestie|aantijging)\W+(?:\w+\W+){0,3}?
        (?:wrong\b(?!\ (?!in\b|about\b|and\b|as\b|on\b|or\b)[a-z])|mistaken|
        onjuist|onwaar|klopt\ niet|misplaatst) | (?:have\ to|must|can\ only)\W+(?:deny|reject|dispute|refute) | is\ uitgesloten |
        out\ of\ the\ question | (?:there's|there\ is|in)\ no\ way |
        (?:^\W*|[,:]\W*)(?:nobody|no\ one|niemand)\W+(?:did|deed)\b(?=\W*$|\W*[:.,;]|\W+(?:that|dat)) |
        nooit\W+(?:\w+\W+){0,2}?iets\W+(?:\w+\W+){0,2}?(?:mis|aan\ de\ hand|gebleken) | never\ (?:been|had)\ (?:a|any)\ (?:problem|fault|
        issue|complaint) | did\ not\ do\ (?:this|that) )(?![a-z])
"""
_CATEGORICAL = r"""
    \b(?: (?:our|onze|ons)\W+(?:[\w-]+\W+){1,2}?(?:do|does|did|are|is|was|were|has|have|doen|doet|zijn|heeft|hebben|worden|wordt)\W+
            (?:\w+\W+){0,4}?(?:not|never|niet|nooit)\b |
        (?:our|onze|ons)\W+(?:[\w-]+\W+){1,2}?(?:don't|doesn't|didn't|aren't|isn't|wasn't|weren't|hasn't|haven't|never|nooit)\b |
        (?:dat|dit|zoiets|daar)\W+\w+\W+(?:our|onze|ons)\W+(?:[\w-]+\W+){1,3}?(?:niet|nooit)\b |
        door\W+(?:our|onze|ons)\W+[\w-]+\W+(?:\w+\W+){0,2}?(?:niet|nooit)\b |
        (?:there\ is|there\ are|there's|er\ is|er\ zijn|er\ zitten|er\ zit)\W+(?:\w+\W+)?(?:no|geen|niets|nothing)\b
            (?=[^.;!?]{1,40}\b(?:our|onze|ons|with\ the|met\ de|in\ the|in\ de)\b) )
"""
"""What is said flatly of us and ours, while nobody knows yet what happened."""
_HEARSAY = (
    r"\b(?:says?|said|claims?|thinks?|believes?|(?:does|did)\ not\ think|(?:has|have)\ not\ seen|saw\ no|"
    r"told\ us|remembers?|recalls?|zegt|zeggen|zei|"
    r"beweert|denkt|meent|gelooft|herinnert|vermoedt|niet\ gezien|niets\ gezien)\b"
)
"""What a fact only reports somebody to have said or thought: it was not checked."""
_NOT_RIGHT = (
    r"\b(?:that|this|it|which|what)(?:'s|\W+is|\W+was)\W+(?:\w+\W+)?not\W+(?:\w+\W+)?right\b(?!\ (?:of|to|that))|"
    r"\b(?:that|this|it)\W+(?:isn't|wasn't)\W+(?:\w+\W+)?right\b(?!\ (?:of|to|that))"
)
CORRECTING = (
    r"\b(?:actually|in\ (?:actual\ )?fact|in\ reality|the\ facts\ are|to\ be\ clear|to\ correct|"
    r"rather\ than|instead\ of|in\ werkelijkheid|feitelijk|de\ feiten\ zijn|ter\ correctie|"
    r"in\ tegenstelling\ tot|anders\ dan|zit\ (?:het\ )?anders|misverstand|misunderstanding|eigenlijk|"
    r"juist\ niet|om\ precies\ te\ zijn)\b"
)
_LITOTES = r"^\W*(?:\w+\W+){0,2}?(?:of\ niet|or\ not|niet\ niks|not\ nothing)\b"
_WE_ERRED = (
    r"\b(?:we|wij|ik|i)\b[^.;!?]{0,50}\b(?:verkeerd|fout|wrong|wrongly|by mistake|per ongeluk)\b|"
    r"\b(?:verkeerd|fout)\b[^.;!?]{0,30}\b(?:door ons|van ons)\b"
)
_WE_SAID = (
    r"\b(?:we|i|our\W+\w+)\W+(?:told|wrote|said|gave|promised|sold)\b[^.;!?]{0,30}\b(?:that|which|what)\b|"
    r"\b(?:we|wij|ik)\b[^.;!?]{0,30}\b(?:gezegd|verteld|geschreven|beloofd|zeiden|schreven|vertelden|beloofden)\b"
)
_OWNED = (
    r"\b(?:moet|moest|should|ought|shouldn't|must\ not|moeten|mogen|hoort|horen|hoeven?|hoeft|mag|mogelijk|want|wil|"
    r"willen|need|needn't|kunnen|kan|can't|cannot|unable|helaas)\b"
)
_APOLOGY = r"\b(?:sorry|apolog\w+|excuses|excuus|spijt\w*|verontschuldig\w*|betreur\w*|regret\w*)\b"


_REPORTED = (
    r"^\W*(?:you\ (?:write|say|tell\ us|told\ us)|i\ (?:read|understand|see|hear)\ (?:that|how)|(?:i'm|i\ am|we're|we\ are)?\W*sorry\ "
    r"to\ (?:hear|read)\ that|"
    r"(?:je|u)\ (?:schrijft|zegt|vertelt)|ik\ (?:lees|begrijp|zie)\ (?:dat|hoe)|(?:wat\ )?(?:vervelend|jammer|naar)\ dat)\b"
)
"""How a sentence begins that only repeats what the author told."""


@dataclass(frozen=True, slots=True)
class Denial:
    """A place where the reply says that something the author tells is not so."""

    start: int
    end: int
    clause_start: int
    clause_end: int
    in_words: bool = False
    """Whether it says "that is not true", so that the next sentence may tell what is."""


@lru_cache(maxsize=4)
def denials(context: Context) -> tuple[Denial, ...]:
    """Find what the reply denies: plain words of denial, or a negation of what the post affirms (and the other way round)."""
    found: list[Denial] = []
    for sentence in context.reply.sentences:
        parts = sentence.clauses[:-1] if sentence.asks else sentence.clauses
        for part in parts:
            place = _denial_in(context, sentence, part)
            if place:
                found.append(Denial(part.start + place[0], part.start + place[1], sentence.start, sentence.end, has(_DENIAL, part.text)))
                break
    return tuple(found)


def _denial_in(context: Context, sentence: Sentence, part: Clause) -> tuple[int, int] | None:
    text = part.text
    if _is_not_ours(context, sentence, part):
        return None
    explicit = pattern(_DENIAL).search(text) or (pattern(_NOT_RIGHT).search(text) if context.responsibility is False else None)
    ours = context.responsibility is True
    if explicit and (
        has(_LITOTES, text[explicit.start() :]) or (ours and (has(_WE_ERRED, sentence.text) or has(_WE_SAID, text[: explicit.start()])))
    ):
        return None  # "That is not nothing"; "what you read was not correct, we wrote it wrongly".
    if (
        explicit
        and context.responsibility is True
        and any(sentence.start <= begin < sentence.end for begin, _ in owning_places(context.reply))
        and has(r"\b(?:klopt|right|correct|goed|juist)\b", explicit.group())
    ):
        return None  # "That is not right, and it is our doing": the wrong is called wrong.
    if (
        explicit
        and not has(r"\b(?:if|whether|of|als|weten|know|zeker|sure)\b", text[: explicit.start()])
        and not has(r"\b(?:should|shouldn't|ought|mogen|moeten|hoort|horen|may|might)\b", text[: explicit.end() + 12])
    ):
        return explicit.span()
    if _is_flat(context, sentence, text):
        return (0, len(text))
    negation = next((m for m in pattern(NEGATION).finditer(text) if m.group() not in {"without", "zonder"}), None)
    if (
        not negation
        or _is_no_denial(context, text)
        or has(REGRET, text)
        or is_unknown(text)
        or has(INVESTIGATION, text)
        or has(_OWNED, text)
        or _is_remark(text, context_denies=context.responsibility is False)
    ):
        return None
    if (
        context.responsibility is True
        and owns(context.reply)
        and not has(r"\b(?:we|wij|our|onze|you|your|u|je|jij|nobody|no\ one|niemand)\b", text[: negation.start()] + " " + negation.group())
    ):
        return None
    if context.responsibility is not False and not has(r"\b(?:you|je|u|jij)\b", text) and _is_our_fact(context, part):
        return None
    for begin, end in owning_places(context.reply) if context.responsibility is True else ():
        if (begin < part.end and part.start < end) or (sentence.start <= begin < part.start and re.match(r"\W*(?:and|en)\b", text)):
            return None  # It tells what we did not do, or goes on telling it.
    # Each content word of the clause that the post affirms is denied here; one that the post negates itself is agreed with.
    shared = common(context.keys_in(part.start, part.end), context.post_keys)
    denied = shared if context.language == "nl" else common(context.keys_in(part.start + negation.start(), part.end), context.post_keys)
    if len(shared) < (
        1 if context.responsibility is False or (has(r"\b(?:we|wij|our|onze|you|u|je)\b", text) and has(_STRONG, text)) else 2
    ):
        return None
    if denied and _affirms(context, denied):
        return negation.start(), len(text)
    return None


def _is_no_denial(context: Context, text: str) -> bool:
    """Say whether there is nothing to deny: the post is praise or only asks, or the clause has no verb."""
    if has(r"^\W*(?:no|geen)\b", text) and not has(_VERB, text):
        return True
    return context.is_praise or (context.is_question and context.responsibility is None and not has(_STRONG_NEVER + _DID_NOT, text))


def _is_flat(context: Context, sentence: Sentence, text: str) -> bool:
    """Say whether a clause says flatly of us or ours what is not, though nobody knows."""
    if context.responsibility is not None or context.is_question:
        return False
    if is_unknown(sentence.text) or has(INVESTIGATION, text) or has(_OWNED, text) or has(REGRET, sentence.text) or has(_YET, text):
        return False
    return has(_CATEGORICAL, text) and not has(_PITY, sentence.text)


_DID_NOT = r"|\b(?:did\ not|didn't|has\ not|hasn't|have\ not|haven't|heeft|hebben|had|hadden)\b"
_STRONG_NEVER = r"\b(?:never|nooit|geen\ enkele|none\ of\ our|no\ one|nobody|niemand)\b"
"""What is flatly denied, even to one who only asks; to answer no to a question denies nothing."""
_PITY = r"""
    \b(?: nuisance | annoying | frustrating | upsetting | awful | rotten | hard | sad | pity | shame | vervelend | naar | rot | sneu |
        zuur | balen | jammer | irritant | hinderlijk )\b[^.;!?]{0,20}\b(?: that | when | dat | als | wanneer )\b
"""
"""Who pities that something did not work denies nothing."""


_YET = r"\b(?:yet|nog|still|until|tot|anymore|meer|enough|genoeg|good|goed|right)\b"
"""What goes on, or is called too little."""


def _is_not_ours(context: Context, sentence: Sentence, part: Clause) -> bool:
    """Say whether a clause denies nothing: a condition, a quotation, the author's word, or what we own to have left undone."""
    text, said = part.text, sentence.text[: part.end - sentence.start]
    if has(_REPORTED, said) and not has(r"\b(?:but|maar|however|echter|yet|toch|terwijl)\b", said):
        return True
    rest = sentence.text[part.end - sentence.start :]
    if has(r"^\W*(?:klopt|kloppen|is|zijn|was)\W+(?:hij|het|dat|dit|die|ze|zij|er)\b", text) and re.match(r"\W*dan\b", rest):
        return True  # "Klopt hij niet, dan krijgt u het verschil": if it is so.
    if is_conditional(text) or (part.start == sentence.start and is_conditional(sentence.text)):
        return True
    if context.reply.is_quoted(part.start, part.end) or has(r"^\W*(?:if|als|whether|of|mocht)\b", text):
        return True
    if context.responsibility is not True:
        return False
    if has(_APOLOGY, sentence.text) and has(r"\b(?:niet\ gebeurd|not\ happen)", text):
        return True  # "That did not happen, and I am sorry."
    owned = any(sentence.start <= begin < sentence.end for begin, _ in owning_places(context.reply))
    if has(_OMITTED, text) and (owned or has(_SHOULD_HAVE, _with_the_one_before(context, sentence)) or _owns_after(context, sentence)):
        return True
    goes_on = has(r"^\W*(?:and|en)\W", text) and has(r"^\W*(?:we|wij|i|ik)\b", sentence.text)
    # "We sent you a dented kettle, and then weren't there": it goes on telling what we did.
    return (owned or goes_on) and not has(_DENIAL, text)


_OMITTED = (
    r"\b(?:niet\ gebeurd|(?:did\ not|didn't|never)\ happen\w*|(?:deden|deed)\ (?:we|wij|ik|hij|ze|zij)\ (?:\w+\ )?niet|(?:we|i|it|they)\ "
    r"(?:didn't|did\ not)|neither\b[^.;!?]{1,60}\bnor)\b"
)
_SHOULD_HAVE = r"\b(?:should\ have|should've|ought\ to|meant\ to|had(?:den)?\b[^.;!?]{1,50}\b(?:moeten|gemoeten|horen)|hoorden?|moesten?)\b"
"""What was to be done: to say that it was not done owns up, and denies nothing."""


def _with_the_one_before(context: Context, sentence: Sentence) -> str:
    before = context.reply.sentences[sentence.number - 1].text if sentence.number else ""
    return f"{before} {sentence.text}"


def _owns_after(context: Context, sentence: Sentence) -> bool:
    """Say whether the next sentence owns up to it: "our office rang nobody. We failed at that"."""
    after = next((one for one in context.reply.sentences if one.number == sentence.number + 1), None)
    return after is not None and any(after.start <= begin < after.end for begin, _ in owning_places(context.reply))


def _is_our_fact(context: Context, part: Clause) -> bool:
    """Say whether a negated clause only tells what a fact of ours tells, negated as it is ("the locks did not open")."""
    own = context.keys_in(part.start, part.end)
    return any(
        len(common(own, context.fact_keys[fact.id])) >= 2 and any(has(NEGATION, read(text).plain) for text in fact.text.values())
        for fact in context.usable
    )


_VERB = r"\b(?:is|are|was|were|do|does|did|has|have|had|will|can|zijn|waren|heeft|hebben|wordt|worden|werd|kan|doen|doet|gaan|gaat)\b"
_STRONG = (
    r"\b(?:never|nooit|geen\ enkele|none\ of\ our|verkopen\ (?:we|wij)|(?:do|does|did|are|were|is|was|"
    r"have|has)\ not|(?:do|does|did|are|were|is|was|have|has)n't|gebeurt|nooit)\b"
)


_LEFT_UNDONE = r"""
    \b(?:we|wij|ik|i)\W+(?:\w+\W+){0,4}?(?:didn't|did\ not|haven't|failed|vergaten|lieten|hebben\ (?:u|je|
        jullie)\W+(?:\w+\W+){0,3}?niet)\b
"""
"""What we own to have left undone, unless the author is mistaken."""


def _is_remark(text: str, *, context_denies: bool) -> bool:
    """Say whether a negated clause asks, wishes, advises or promises instead of stating what is."""
    if not context_denies and has(_LEFT_UNDONE, text):
        return True
    return has(
        r"""^\W*(?:please|don't|do\ not|never|zet|stuur|deel|plaats|rijd|gebruik|laad|no\ need|you\ don't\ (?:have|need)|you\ did\ nothing|
        je\ hoeft|u\ hoeft)\b | \b(?:gelukkig|luckily|fortunately|thankfully|hope|hoop|hopen|again|no\ longer|not\ anymore|
            niet\ (?:meer|langer)|meer\ gebeur\w*|opnieuw|
        (?:is|was|zijn|are)\ (?:nooit|never|niet|not)\ (?:leuk|fijn|fun|nice|ideaal|handig|easy|what|wat|how|hoe|why) | not\ (?:good|
            acceptable|ok|okay|fair|nice|how|what\ we|enough|the\ service|up\ to)|niet\ (?:goed|netjes|fijn|leuk|acceptabel|
        hoe|wat\ we|genoeg|prettig|de\ bedoeling|eerlijk|verder|aan\ (?:jou|je|u))|no\ (?:fun|joke|way|one|excuse|gift|time|place|small)|
            nobody's\ idea|(?:niet|not)\ (?:niks|nothing|(?:zo\ |so\ )?(?:ver\ (?:er)?naast|far\ (?:off|wrong|out)))|
            of\ niet\b|geen\ (?:tijd|moment|plek|plaats|uur|kleinigheid)|geen\ (?:pretje|
        excuus|doen|manier)|nothing\ wrong|wrong)\b""",
        text,
    )


_LACKS = (
    r"\b(?:missed|gemist|miste|misten|without|zonder|(?:was|were|been|got)\ (?:cancelled|called\ off)|"
    r"afgelast|uitgevallen|vervallen)\b"
)
"""Words of a post that say what was not: to repeat that something did not come about denies nothing."""


def _affirms(context: Context, shared: frozenset[str]) -> bool:
    """Say whether the post affirms the shared keys: it holds them, and in no sentence that is negated itself."""
    holding = [half for sentence in context.post.sentences for half in _HALVES.split(sentence.text) if common(shared, keys_of_text(half))]
    lacks = "" if any(one.startswith("mis") for one in shared) else rf"|{_LACKS}"
    # What stands behind "without" is another thing: "you raise the price without a word" says that you raise it.
    return bool(holding) and not any(has(NEGATION + lacks, _WITHOUT.split(text)[0]) for text in holding)


_HALVES = re.compile(r"\b(?:and|while|but|en|terwijl|maar)\b")
_WITHOUT = re.compile(r"\b(?:zonder|without)\b")


def _is_known(statement: str) -> bool:
    """Say whether a statement of a fact was checked: another one beside it may be hearsay, or open ("no decision yet")."""
    plain = read(statement).plain
    return not (has(_HEARSAY, plain) or is_unknown(plain))


def supporting_facts(context: Context, start: int, end: int, *, and_next: bool = True) -> bool:
    """Say whether a sourced fact of ours carries what stands at this place: it was checked, and it is not so."""
    own = context.keys_in(start, end)
    signed = {one.number for one in introductions(context)} if and_next else set()
    after = next((one for one in context.reply.sentences if one.start >= end and one.number not in signed), None) if and_next else None
    goes_on = context.keys_in(after.start, after.end) if after else frozenset()
    for fact in context.usable:
        shared = common(own, context.fact_keys[fact.id])
        parts = [part for text in fact.text.values() for part in statements(text)]
        nearest = max(parts, key=lambda part: (len(common(own, keys_of_text(part))), not _is_known(part)), default="")
        if not fact.source or not _is_known(nearest):
            continue
        if context.responsibility is False and (shared or common(goes_on, context.fact_keys[fact.id] - context.post_keys)):
            return True
        if fact.responsible is not True and len(shared) >= 2 and any(has(NEGATION, read(text).plain) for text in fact.text.values()):
            return True
    return False


def corrects(context: Context) -> bool:
    """Say whether the reply answers by correcting the author with a sourced fact."""
    return any(supporting_facts(context, denial.clause_start, denial.clause_end) for denial in denials(context))


def denial(context: Context) -> Iterator[Objection]:
    """N3: nothing is denied that was not checked and found untrue with a source; never a denial and an apology in one reply."""
    found = denials(context)
    reply = context.reply
    apology = next(
        (
            m
            for m in pattern(_APOLOGY).finditer(reply.plain)
            if not reply.is_quoted(*m.span()) and not negated_before(reply.plain, m.start(), 12)
        ),
        None,
    )
    for one in found:
        if not supporting_facts(context, one.clause_start, one.clause_end, and_next=one.in_words or context.responsibility is False) or (
            context.responsibility is True
        ):
            yield context.objection(
                "N3",
                one.start,
                one.end,
                nl=(
                    "Hier ontkennen we iets zonder feit met bron dat het weerlegt. Laat de ontkenning weg, of leg eerst "
                    "vast dat het is nagegaan en niet waar is."
                ),
                en=(
                    "This denies something without a sourced fact that refutes it. Leave the denial out, or first record "
                    "that it was checked and is untrue."
                ),
            )
        elif apology:
            yield context.objection(
                "N3",
                one.start,
                one.end,
                nl="Ontkennen en excuses maken in één antwoord maakt beide ongeloofwaardig. Kies: corrigeer met een bron, of zeg sorry.",
                en="To deny and to apologise in one reply makes both hollow. Choose: correct with a source, or say sorry.",
            )
