"""Judges the order of things where somebody was hurt or is in danger: concern before defence (R8), safety first (R9)."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.domain import Objection
from responders.policy.claims import find_claims
from responders.policy.context import Context, fact_texts
from responders.policy.corrections import denials
from responders.policy.grammar import FIRST_PERSON, has, pattern
from responders.policy.reading import Sentence, read
from responders.policy.stems import common
from responders.policy.wordings import REGRET

_CONCERN = r"""
    \b(?: hop(?:e|ing)\b.{0,60}\b(?:ok|okay|alright|all\ right|well|heals?|recovers?|recovery|better|safe|fine|unhurt|improv\w+|mends?|
        soon|not\ too|wasn't|isn't|feel\w*) | how(?:'s|\ is|\ are)\b.{0,40}\b(?:he|she|they|you|your|them|her|him|his|their)\b | (?:is|
        are)\ (?:he|she|they|you|everyone|your\ \w+)\W+(?:\w+\W+)?(?:ok|okay|alright|all\ right|safe|better|recovering) |
    (?:sorry|sad|shocked|upset|horrified|dismayed|worried|concerned|distressed|alarmed|saddened|appalled)\b.{0,90}\b(?:hurt|injur\w*|
        burn\w*|fell|fall|fallen|accident|pain|suffer\w*|daughter|son|flatmate|mother|father|mum|mom|dad|gran\w*|kids?|baby|wife|
        husband|child|friend|partner|crash\w*|
        ill|sick|hospital|happened\ to|scare\w*|frighten\w*|tears|ordeal|went\ through) |
    frightening | terrifying | terrible | awful | horrible | horrific | dreadful | scary | shocking | heartbreaking | nasty |
        (?:thoughts|hearts?)\ (?:are|is|go|goes) | (?:thinking|think)\ of\ (?:you|her|him|them) | glad\ (?:you|that|to|she|he|they|
        everyone|nobody) | relieved | wish(?:es|ing)?\b.{0,40}\b(?:recovery|well|better|strength|speedy) | get\ well |
        speedy\ recovery | recover(?:s|y)?\ (?:soon|quickly|fully|well) | first\ and\ foremost | we\ feel\ for | matters\ to\ (?:me|
        us) | nobody\ should | no\ one\ should | never\ leave\ a |
    (?:wat|hoe|zo|heel|echt|ontzettend|vreselijk)\ (?:een\ )?(?:erg|verschrikkelijk|vreselijk|naar|nare|afschuwelijk\w*|heftig\w*|
        ellende|schrik|pijnlijk|verdrietig|akelig|akelige|afgrijselijk|ellendig|sneu|erge|vreselijke|verschrikkelijke|rot|vervelend) |
        hoop(?:t)?\b.{0,70}\b(?:goed|beter|snel|opknap\w*|opgeknapt|hersteld|mee\w*|herstel\w*|niets|ongedeerd|oke) |
            hopen\b.{0,70}\b(?:goed|beter|snel|
        opknap\w*|mee\w*|herstel\w*|niets|ongedeerd|oke) |
    gaat\ het\b.{0,20}\b(?:goed|met|weer) | hoe\ (?:gaat|is|maakt|voelt)\b.{0,40}\b(?:het|hij|ze|zij|je|u|haar|hem|pols|dochter|
        zoon)\b | best\ wishes | dat\ is\ (?:verschrikkelijk|vreselijk|heel\ erg|heftig) | sterkte | beterschap | schrik\w* |
            geschrokken | leven\b.{0,40}\bmee | leef\b.{0,40}\bmee |
        wens(?:en)?\b.{0,50}\b(?:herstel|beter|sterkte|toe|beterschap) | (?:spijt|sorry|erg|naar|vervelend)\b.{0,70}\b(?:gevallen|
        gewond|pijn|dochter|zoon|zoontje|letsel|ongeluk|ziek|val|geraakt|schrok|overkomen|huilen\w*|bezeerd|verbrand|kind) |
        raakt\ (?:me|mij|ons) | gedachten\ (?:zijn|gaan) | verdrietig | meeleven | medeleven | (?:fijn|gelukkig|blij)\b.{0,40}\b(?:gaat|
        ongedeerd|leven|goed) )
"""
_DEFENCE = r"""
    \b(?: (?:our|all|we|the|every)\b.{0,60}\b(?:tested|inspected|maintained|checked|certified|standards?|approved|quality|thoroughly|
        regularly|comply|complies|meets?|safest|never|always|very\ safe|perfectly\ safe|rigorous\w*|serviced|trained|procedures?|
        protocols?|rules|strict) |
    (?:onze|ons|al\ onze|alle|we|wij|de|elke|iedere)\b.{0,60}\b(?:onderhouden|nagekeken|gecontroleerd|gekeurd|getest|keuring\w*|voldoen|
        voldoet|normen|eisen|gecertificeerd|regelmatig|altijd|nooit|veilig|veiligste|zorgvuldig|getraind|opgeleid|protocol\w*|regels|
        streng\w*|kwaliteit) |
    not\ our\ (?:fault|responsibility|doing) | niet\ onze\ (?:schuld|fout|verantwoordelijkheid) | not\ (?:liable|responsible|
        to\ blame) | niet\ (?:aansprakelijk|verantwoordelijk) | first\ time | eerste\ keer | (?:extremely|very|zeer|uiterst)\ (?:rare|
        zeldzaam) | zelden | rarely | isolated | incident\ is | uitzondering | according\ to\ (?:our|the)\ (?:records|logs?|system|
        mechanic|driver) | volgens\ (?:onze|ons)\ (?:administratie|systeem|gegevens) |
    in\ (?:all\ )?fairness | in\ our\ (?:own\ )?defen[cs]e | to\ be\ fair | in\ (?:proportion|perspective) |
    (?:nobody|no\ one)\ can\b.{0,12}\b(?:say|blame|fault|accuse) | before\ anyone\ (?:blames|points) | (?:just|only)\ (?:the\ )?one\ other |
    (?:acted|reacted|responded)\ (?:\w+\ )?(?:fast|quickly|correctly|promptly|at\ once|immediately|well) |
    vooropstaan | voorop\ (?:staat|stellen) | (?:valt|viel|is)\b.{0,20}\b(?:niets|weinig)\b.{0,20}\b(?:verwijten|merken) |
    ter\ verdediging |
    (?:mag|moet)\ (?:ook\ |wel\ |toch\ ){0,2}gezegd | (?:snel|meteen|direct|goed)\ (?:gehandeld|ingegrepen|gereageerd|rechtgezet|opgelost) |
    in\ (?:de\ juiste\ )?(?:verhouding|proporties|perspectief) | niemand\ kan\b.{0,20}\b(?:zeggen|verwijten|beschuldigen) |
    (?:je|u|jij|you|your|she|he|ze|hij)\W+(?:\w+\W+){0,3}?(?:had\ moeten|should\ have|had\ kunnen|could\ have|zelf) )
"""


def concern_before_defence(context: Context) -> Iterator[Objection]:
    """R8: where somebody was hurt, concern for them comes before anything in our own defence."""
    if not context.is_harm or context.language not in {"nl", "en"}:
        return
    sentences = context.reply.sentences
    denied = {one.clause_start for one in denials(context)}
    bold = [claim.span[0] for claim in find_claims(context) if claim.fact_id is None and claim.kind in {"assurance", "statement"}]
    for sentence in sentences:
        if has(_CONCERN, sentence.text) and not has(_DEFENCE, sentence.text[: pattern(_CONCERN).search(sentence.text).start()]):  # type: ignore[union-attr]
            return
        begin, end = context.reply.span(sentence.start, sentence.end)
        if (
            sentence.start in denied
            or any(begin <= place < end for place in bold)
            or (has(_DEFENCE, sentence.text) and not _instructs(sentence))
        ):
            yield context.objection(
                "R8",
                sentence.start,
                sentence.end,
                nl="Er is iemand gewond of geraakt, en hier verdedigen we ons voordat we vragen hoe het gaat. Begin met medeleven.",
                en="Somebody was hurt, and here we defend ourselves before asking how they are. Begin with concern for them.",
            )
            return
    yield context.whole(
        "R8",
        nl="Er is iemand gewond of geraakt, en het antwoord toont geen medeleven. Begin daarmee: vraag hoe het gaat.",
        en="Somebody was hurt, and the reply shows no concern for them. Begin with that: ask how they are.",
    )


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
_INSTRUCTION = r"""
    \b(?: pull\ the\ plug | leave\b.{0,40}\balone | stop(?:pen)?\ (?:using|riding|charging|drinking|eating|cycling|driving|met|\w+ing|
        it|the|your)? | (?:do\ not|don't|
        never)\ (?:\w+\ )?(?:use|ride|charge|touch|drink|eat|drive|cycle|plug|open|switch|enter|go\ near|try|store|keep|leave|wear|
        give) | (?:keep|leave|take|put|move|store|place)\b.{0,40}\b(?:away|outside|outdoors|out|off|where|aside|unplugged|locked|
        standing|there|open|clear|back) | unplug | (?:switch|turn)\b.{0,25}\boff | (?:call|ring|dial)\b.{0,20}\b(?:999|112|911|\d{3,}) |
        evacuat\w+ | get\ (?:off|out) | stay\ (?:away|out|off|back|clear) | lock\ it | park\ it | see\ a\ (?:doctor|gp) |
        seek\ medical | return\ it | throw\b.{0,20}\baway | (?:open|close)\ (?:the|all|your)\ (?:windows?|valve|tap) | boil | avoid |
    niet\ (?:\w+\ )?(?:verder|meer|opladen|gebruiken|rijden|fietsen|drinken|eten|aanraken) | (?:rijd|fiets|gebruik|laad|drink|eet|raak|
        open|steek|geef|draag)\b.{0,40}\b(?:niet|geen|nooit)\b | (?:laat|zet|leg|haal|breng|gooi|doe|draai|sluit|trek|
        parkeer)\b.{0,50}\b(?:staan|slot|buiten|uit|weg|stil|neer|aan\ de\ kant|dicht|af|los|apart|terug) | stap\ (?:er\ )?af |
        stapt\ (?:u\ )?(?:er\ )?af | bel(?:t|len)?\b.{0,20}\b(?:met\ )?(?:112|\d{3}) | blijf\b.{0,20}\b(?:uit|weg|buiten) | verlaat |
        ga\ naar\ (?:buiten|de\ (?:dokter|huisarts)) | waarschuw | vermijd | kook\b )
"""


_ADVICE = r"\b(?:should|must|wie|anyone|everybody|iedereen|who|asks|vraagt|please|do\ not|don't|niet)\b"


def _instructs(sentence: Sentence) -> bool:
    return has(_INSTRUCTION, sentence.text) and not has(
        r"\b(?:we|wij|i|ik)\W+(?:\w+\W+)?(?:stop|stopten|stopped|zetten|haalden|will\ take|took)\b", sentence.text
    )


def _tells_what_to_do(context: Context, sentence: Sentence) -> bool:
    """Say whether a sentence, without a word of us, tells what one of the facts tells people to do."""
    own = context.keys_in(sentence.start, sentence.end)
    return (
        not sentence.asks
        and not has(FIRST_PERSON, sentence.text)
        and any(
            len(common(own, context.fact_keys[fact.id])) >= 2
            for fact in context.usable
            if any(has(_ADVICE, text.lower()) for text in fact_texts(fact))
        )
    )


def _may_come_before(sentence: Sentence) -> bool:
    """Say whether a sentence may stand before the safety advice: a greeting, who we are, concern, regret."""
    text = sentence.text
    if has(_DEFENCE, text):
        return False
    return (
        len(text.split()) <= (10 if sentence.number == 0 else 7)
        or has(_CONCERN, text)
        or has(REGRET, text)
        or (has(r"\b(?:here|hier|namens|behalf|this\ is|dit\ is|ik\ ben|i'm)\b", text) and len(text.split()) <= 10)
    )


_WARNS = (
    r"\b(?:asks?|vraagt|vragen|moet\w*|must|should)\b[^.;!?]{0,40}\b(?:niet|not|stay|keep|stop|off|away|weg|blijven)\b|"
    r"\b(?:do not|don't|never|niet verder)\b"
)
"""A fact that tells people what to keep from: what happened to one may happen to others."""


def safety_first(context: Context) -> Iterator[Objection]:
    """R9: where there is danger, what people must do to stay safe comes before explanation and repair."""
    danger = next((sentence for sentence in context.post.sentences if has(_DANGER, sentence.text)), None)
    if danger is None and context.is_harm and any(has(_WARNS, text.lower()) for fact in context.usable for text in fact_texts(fact)):
        danger = context.post.sentences[0] if context.post.sentences else None
    if danger is None or context.language not in {"nl", "en"} or context.is_praise:
        return
    if context.responsibility is False and not any(
        has(_INSTRUCTION, read(text).plain) for fact in context.usable for text in fact_texts(fact)
    ):
        return  # The facts refute it, and tell nobody to do anything: there is no danger to be safe from.
    for sentence in context.reply.sentences:
        if _instructs(sentence) or _tells_what_to_do(context, sentence):
            return
        if not _may_come_before(sentence) or (
            has(r"\b(?:onderzoek|oorzaak|investigat|cause|why|waarom|uitzoek)\w*", sentence.text) and has(FIRST_PERSON, sentence.text)
        ):
            break
    yield context.whole(
        "R9",
        nl=(
            "Dit gaat over gevaar. Zeg eerst wat mensen moeten doen om veilig te zijn (niet verder gebruiken, "
            "uitzetten, wie te bellen), daarna de rest."
        ),
        en="This is about danger. Say first what people must do to stay safe (stop using it, switch it off, whom to call), then the rest.",
    )
