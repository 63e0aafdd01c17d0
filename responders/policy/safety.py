"""Judges whether in danger the reply begins with what people must do to stay safe (R9); concern stands in harm, with what defends us."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from monitor.domain import Objection
from responders.policy.admissions import owning_places
from responders.policy.context import Context, fact_texts
from responders.policy.grammar import FIRST_PERSON, has, pattern
from responders.policy.harm import defends, instructs, keeps_safe, shows_concern
from responders.policy.introductions import introductions
from responders.policy.reading import Sentence, read
from responders.policy.stems import common, keys_of_text
from responders.policy.wordings import REGRET

_DANGER = r"""
    \b(?: (?:brakes?|braking)\b.{0,50}\b(?:fail\w*|broke\w*|gone|stopped|didn't|did\ not|don't|doesn't|not|no|loose|snapped|gave) |
        no\ brakes | (?:rem|remmen|voorrem|achterrem)\b.{0,50}\b(?:weiger\w*|niet|kapot|los|stuk|doet|deed|begaf\w*|begeven|brak|geen|
        afgebroken) | (?:weiger\w*|kapotte|losse)\b.{0,20}\b(?:rem|remmen|voorrem|achterrem) | (?:battery|batteries|accu|charger|lader|
        oplader|batterij|laptop|phone|scooter|kettle|heater|dryer|toaster|oven|wiring|plug|socket|powerbank)\b.{0,60}\b(?:fire|smok\w+|
        explod\w*|swollen|swell\w*|melt\w*|overheat\w*|burn\w*|hot|sparks?|flames?|brand|rook\w*|ontplof\w*|vlam\w*|heet|gesmolten|
        smolt|opgezwollen|vonken|bol) |
    (?:caught|catch|catching|on|set\ on)\ fire | (?:in\ brand|vlam\ (?:gevat|vatte)|vatte\ vlam|brandgevaar) | smoke | gas\ (?:leak|
        smell) | smell(?:s|ed|ing)?\ (?:of\ )?gas | gas(?:lucht|lek) | ruik\w*\b.{0,50}\bgas\b | carbon\ monoxide | koolmonoxide |
        electric(?:al)?\ shock | electrocut\w+ | shock\ from | short\ circuit | kortsluiting | stroomschok | onder\ stroom |
    (?:glass|metal|plastic|blade|needle|glas|metaal|mes|naald)\b.{0,20}\b(?:in)\b.{0,25}\b(?:my|the|his|her|mijn|de|het|salad\w*|soup|
        soep|food|eten|baby\w*|brood|bread|yoghurt|jar|pot(?:je)?) | salmonella | listeria | food\ poisoning | voedselvergiftiging |
        poison\w* | vergiftig\w* | allerg\w+ | undeclared | (?:wheel|handlebars?|pedal|seat\ ?post|frame|fork|steering|wiel|stuur|
        pedaal|zadelpen|voorvork|zadel)\b.{0,35}\b(?:came\ off|fell\ off|snapped|broke|loose|brak|afgebroken|los|liet\ los|eraf) |
    te\ roken | rookte | rookontwikkeling | brandweer | fire\ (?:brigade|department|service) | choking | chok(?:ed|es) | stikgevaar |
        verstikking\w* | collaps\w+ | instort\w* | ingestort | (?:door|doors|deur|deuren|lift|elevator|escalator|
        roltrap)\b.{0,40}\b(?:trapped|crushed|closed\ on|opened\ while|klem|dicht\ op|beklemd|stuck\ in) | do\ not\ drink |
        contaminated | besmet\w* | unsafe\ to | levensgevaarlijk | life-threatening | drown\w* | verdronk\w* )
"""


@lru_cache(maxsize=4)
def _advice(context: Context) -> tuple[frozenset[str], ...]:
    """Return what the facts tell people to do to stay safe, as keys, part by part."""
    return tuple(
        keys_of_text(part) - context.brand_stems
        for fact in context.usable
        for text in fact_texts(fact)
        for part in pattern(r"\.\s|;\s").split(read(text).plain)
        if keeps_safe(part)
    )


def _tells_what_to_do(context: Context, sentence: Sentence) -> bool:
    """Say whether a sentence tells people what to do, in its own words or in those of a fact."""
    if any(sentence.start <= begin < sentence.end for begin, _ in owning_places(context.reply)):
        return False
    if instructs(sentence):
        return True
    if sentence.asks or has(FIRST_PERSON, sentence.text):
        return False
    own = context.keys_in(sentence.start, sentence.end)
    return any(len(common(own, advice) - context.post_keys) >= 2 for advice in _advice(context))


def _may_come_before(context: Context, sentence: Sentence, introduced: frozenset[int]) -> bool:
    """Say whether a sentence may stand before the safety advice: a greeting, who we are, concern, regret."""
    text = sentence.text
    if sentence.number in introduced:
        return True
    if defends(context, sentence) or any(sentence.start <= begin < sentence.end for begin, _ in owning_places(context.reply)):
        return False
    if has(_EXPLAINS, text) and has(FIRST_PERSON, text):
        return False
    words = len(text.split())
    return (
        words <= (10 if sentence.number == 0 else 7)
        or shows_concern(context, sentence)
        or has(REGRET, text)
        or (has(_WHO, text) and words <= 10)
    )


_EXPLAINS = r"\b(?:onderzoek|oorzaak|investigat|cause|why|waarom|uitzoek)\w*"
_WHO = r"\b(?:here|hier|namens|behalf|this\ is|dit\ is|ik\ ben|i'm)\b"


def needs_advice(context: Context) -> bool:
    """Say whether the reply must tell how to stay safe: the facts do, or the post is of danger and no fact says otherwise."""
    if _advice(context):
        return True
    if context.responsibility is False or not any(has(_DANGER, sentence.text) for sentence in context.post.sentences):
        return False
    # Facts that advise nothing leave us nothing to advise; what is advised all the same comes first.
    return not context.usable or any(instructs(sentence) for sentence in context.reply.sentences)


def safety_first(context: Context) -> Iterator[Objection]:
    """R9: where there is danger, what people must do to stay safe comes before explanation and repair."""
    if context.language not in {"nl", "en"} or context.is_praise or not needs_advice(context):
        return
    introduced = frozenset(one.number for one in introductions(context))
    for sentence in context.reply.sentences:
        if _tells_what_to_do(context, sentence):
            return
        if not _may_come_before(context, sentence, introduced):
            break
    yield context.whole(
        "R9",
        nl=(
            "Dit gaat over gevaar. Zeg eerst wat mensen moeten doen om veilig te zijn (niet verder gebruiken, "
            "uitzetten, wie te bellen), daarna de rest."
        ),
        en="This is about danger. Say first what people must do to stay safe (stop using it, switch it off, whom to call), then the rest.",
    )
