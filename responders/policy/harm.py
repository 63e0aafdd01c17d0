"""Judges the order of things where somebody was hurt: concern before defence (R8). What keeps people safe stands in safety (R9)."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.domain import Objection
from responders.policy.admissions import owning_places
from responders.policy.binding import find_claims
from responders.policy.context import HARM, Context
from responders.policy.corrections import denials
from responders.policy.grammar import has, is_conditional, is_unknown, pattern
from responders.policy.reading import Sentence
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
        zoon)\b | best\ wishes | dat\ is\ (?:verschrikkelijk|vreselijk|heel\ erg|heftig) | sterkte | beterschap | schrik\w* | schrok\w* |
            geschrokken | leven\b.{0,40}\bmee | leef\b.{0,40}\bmee |
        wens(?:en)?\b.{0,50}\b(?:herstel|beter|sterkte|toe|beterschap) | (?:spijt|sorry|erg|naar|vervelend)\b.{0,70}\b(?:gevallen|
        gewond|pijn|dochter|zoon|zoontje|letsel|ongeluk|ziek|val|geraakt|schrok|overkomen|huilen\w*|bezeerd|verbrand|kind) |
        raakt\ (?:me|mij|ons) | gedachten\ (?:zijn|gaan) | verdrietig | meeleven | medeleven | denk(?:en)?\ aan\ (?:hem|haar|u|je|jou|
        jullie|hen|uw) | arme?\ (?:\w+) |
        poor\ (?!quality|service|show|of)\w+ | how(?:'s|\ is)\ \w+\ (?:doing|now|feeling|today|getting\ on) | (?:alweer|weer|
        al)\ wat?\ ?(?:opgeknapt|beter|bijgekomen) |
        ashamed\ that | feel\ for\ you | ouch | auw? | oef | hop(?:e|en)\b[^.!?]{0,60}\b(?:doctor|dentist|quickly|dokter|tandarts|gauw) |
        (?:fijn|gelukkig|blij)\b.{0,40}\b(?:gaat|
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
    (?:je|u|jij|you|your|she|he|ze|hij)\W+(?:\w+\W+){0,3}?(?:had\ moeten|should\ have|had\ kunnen|could\ have|zelf)(?!\ (?:had|been|
        received)\b) )
"""


_KEPT_UP = r"""
    \b(?: (?:every|each|once|twice|\w+\ times|always|never|yearly|annual\w*|monthly|weekly|daily|regularly|(?:\w+\ )?years|a\ year|all|
        elke?|
        iedere?|jaarlijks|maandelijks|wekelijks|dagelijks|altijd|nooit|regelmatig|\w+\ keer\ per|jaar|alle)\b[^.;!?]{0,70}?
        \b(?:serviced?|inspect\w*|check(?:s|ed)?|test(?:s|ed)?|measured?|cleaned|trained|maintained|examined|detector|overhaul\w*|course|
        certified|audit\w*|accident\w*|incident\w*|complaints?|nagelopen|nalopen|gecontroleerd|controle\w*|beurt|onderhoud\w*|keuring|
        gekeurd|gemeten|meten|
        metingen|nagekeken|inspecteren|temperaturen|opgeleid|getraind|getest|schoongemaakt|ongeluk\w*|ongeval\w*|incident\w*|klachten?|
        misgegaan) |
    (?:service[sd]?|inspect\w*|check(?:s|ed)?|test(?:s|ed)?|measure[sd]?|clean(?:s|ed)?|train(?:s|ed)?|maintain\w*|loop|lopen|controleren|
        inspecteren|meten|nagelopen|
        gecontroleerd|onderhouden|keuren|gekeurd|krijgen|krijgt|komt)\b[^.;!?]{0,50}?\b(?:every|each|once\ a|twice\ a|\w+\ times|yearly|
        annually|monthly|weekly|
        daily|a\ year|elke?|iedere?|jaarlijks|maandelijks|wekelijks|dagelijks|\w+\ keer\ per|altijd|always) |
    normal\ (?:values|levels|readings?) | normale\ (?:waarden|metingen) | (?:passed|passes|passing)\b[^.;!?]{0,20}\b(?:test|inspection|
        check|detector)\w* |
    goed\ door\ de | goedgekeurd | (?:in|binnen)\ (?:good\ order|de\ norm(?:en)?) | within\ (?:the\ )?(?:limits|norms?) )\b
"""
"""How well we keep things: routines, good results, years without an accident."""
_PRESSED = r"""
    \b(?: (?:busiest|highest|peak|rush|record)\b | (?:drukste|hoogste|spitsuur|topdrukte) | short[- ]staffed | short\ of\ (?:hands|staff|
        people) |
    off\ (?:ill|sick) | onderbezet | personeelstekort | te\ weinig\ (?:mensen|personeel) | without\ a\ break | zonder\ pauze | (?:worked|
        working)\ (?:through|hard|
        around) | doorgewerkt | (?:did|do|doing|doen|deden)\ (?:our|their|ons|hun|alles)\b[^.;!?]{0,20}\b(?:best|utmost|werk|job|konden|
        kunnen) |
    do\ our\ (?:job|work|best) | heel\ druk | erg\ druk | extreme\ (?:weather|heat) | uitzonderlijk\w* )\b
"""
"""Under what strain we stood, which is no concern of those who were hurt."""
_FRAMES = r"""
    \b(?: let\ me\ (?:first\ |just\ |also\ )?(?:say|point|stress|state|start\ by\ saying) | i\ (?:should|must|want\ to|have\ to|
        need\ to)\ (?:first\ |also\ )?(?:point\ out|
        stress|say\ first|make\ clear|say\ that) | stand\ behind | next\ to\ impossible | (?:practically|virtually|almost)\ impossible |
        staan\ achter |
    (?:wil|moet)\ (?:ik|ik\ wel|ik\ toch|ik\ even|ik\ eerst)\b[^.;!?]{0,12}\b(?:kwijt|zeggen|benadrukken|opmerken) | laat\ (?:ik|me|
        mij)\ (?:eerst|
        vooropstellen|benadrukken) | (?:vrijwel|bijna|nagenoeg)\ onmogelijk | dat\ het\ maar\b | (?:just|only)\ (?:one|a\ few|two|\d+)\b |
        slechts )\b
"""
"""How a sentence begins or weighs that puts us in a good light."""
_MENDED = (
    r"\b(?:now|from|since|as\ of|voortaan|vanaf|sinds|nu|skipped|missed|overgeslagen|vergeten|forgot\w*|will|'ll|zal|zullen|but|toch|"
    r"niet|not|yet)\b"
)
"""What follows from it, or that it was left undone: no defence."""


def instructs(sentence: Sentence) -> bool:
    """Say whether a sentence tells people what to do to stay safe."""
    return (has(_INSTRUCTION, sentence.text) or keeps_safe(sentence.text)) and not has(
        r"\b(?:we|wij|i|ik)\W+(?:\w+\W+)?(?:stop|stopten|stopped|zetten|haalden|will\ take|took)\b", sentence.text
    )


_HAZARD = r"""
    \b(?: (?:not|don't|never|stop|no\ longer|nobody\ should|mustn't|shouldn't)\b[^.;!?]{0,25}\b(?:us(?:e|ing)|rid(?:e|ing)|charg\w+|
        drink\w*|eat\w*|touch\w*|
        driv(?:e|ing)|wear\w*|open\w*|enter\w*|swim\w*|climb\w*|plug\w*|giv(?:e|ing)|inhal\w+|go\ near) |
    (?:keep|stay|take|move)\b[^.;!?]{0,60}\b(?:away|off|outside|outdoors|clear)\b | (?:switch|turn)(?:ed)?\b[^.;!?]{0,20}\boff\b |
        unplug\w* |
    (?:shut|close)\ (?:off\ )?the\ (?:gas|valve|water|windows?) | leave\ the\ (?:house|building|room|area) | evacuat\w+ |
        open\ (?:the\ )?windows |
    (?:see|to|call|ring|ask)\ (?:a|an|your|the)\ (?:doctor|gp|dentist|vet|pharmacist) | (?:doctor|burns\ clinic|
        vet)\b[^.;!?]{0,20}\b(?:same\ day|at\ once|today) |
    (?:to|at)\ a&e | (?:call|ring|dial)\ (?:999|112|911)\b | boil\b |
    (?:niet|nooit|geen|stop)\b[^.;!?]{0,50}\b(?:gebruik\w*|(?:op)?eten|drinken|opladen|rijden|fietsen|aanraken|dragen|openen|betreden|
        klimmen|zwemmen|aansteken|
        geven|inademen|innemen|aanzetten|verder) |
    (?:houd?|houden|blijf|blijven|haal|halen)\b[^.;!?]{0,50}\b(?:weg|af|buiten|vandaan|dicht|binnen|uit\ de\ (?:buurt|ruimte))\b |
        (?:ramen|deuren)\b[^.;!?]{0,20}\bdicht |
    van\b[^.;!?]{0,30}\b(?:weg)?houden\b | blijf\ uit\b | uitzetten | zet\ (?:hem|het|de\ \w+)\ uit | stekker |
    (?:naar|bel|bellen|raadpleeg)\b[^.;!?]{0,24}\b(?:huisarts|dokter|dierenarts|tandarts|112|spoed\w*) |
    (?:huisarts|dokter|dierenarts|tandarts)\ (?:bellen|raadplegen|waarschuwen) | 112\b | kook\w*\ (?:het\ )?water | ogen\ spoelen |
    naar\ buiten\ gaan )
"""
_PAST = r"\b(?:kon|konden|could|couldn't|did|didn't|was|were|werd|werden|had|hadden|ging|went)\b"


def keeps_safe(part: str) -> bool:
    """Say whether a part of a fact tells people what to do, or to keep from, to stay safe."""
    return has(_HAZARD, part) and not has(_PAST, part)


def shows_concern(context: Context, sentence: Sentence) -> bool:
    """Say whether a sentence asks how they are, wishes them well, or regrets what they went through."""
    text = sentence.text
    if has(_CONCERN, text):
        return True
    if not has(REGRET, text) or has(r"\b(?:inconvenience|ongemak|overlast|delay|vertraging)\b", text):
        return False
    return len(text.split()) <= 8 or has(HARM, text) or has(_SUFFERER, text) or bool(context.overlap(sentence))


_SUFFERER = r"""
    \b(?: (?:your|je|jouw|uw)\W+\w+ | you\ both | jullie | (?:for|voor|to|about|with|bij)\W+(?:you|je|u|him|her|them|hem|haar|hen) |
    he | she | they | hij | ze | zij )\b
"""
"""The one who suffered, in a sentence of regret."""


def _owns(context: Context, sentence: Sentence) -> bool:
    return any(sentence.start <= begin < sentence.end for begin, _ in owning_places(context.reply))


def defends(context: Context, sentence: Sentence) -> bool:
    """Say whether a sentence speaks for us: how well we keep things, under what strain we stood, how rare it is."""
    text = sentence.text
    if has(_FRAMES, text):
        return True
    if _owns(context, sentence):
        return False
    if any(has(_DEFENCE, clause.text) and not is_unknown(clause.text) for clause in sentence.clauses):
        return True
    if sentence.asks or is_conditional(text):
        return False
    return has(_PRESSED, text) or (has(_KEPT_UP, text) and not has(_MENDED, text) and not is_unknown(text))


def concern_before_defence(context: Context) -> Iterator[Objection]:
    """R8: where somebody was hurt, concern for them comes before anything in our own defence."""
    if not context.is_harm or context.language not in {"nl", "en"}:
        return
    sentences = context.reply.sentences
    denied = {one.clause_start for one in denials(context)}
    bold = [claim.span[0] for claim in find_claims(context) if claim.fact_id is None and claim.kind in {"assurance", "statement"}]
    for sentence in sentences:
        concern = pattern(_CONCERN).search(sentence.text)
        if concern and not has(_DEFENCE, sentence.text[: concern.start()]):
            return
        begin, end = context.reply.span(sentence.start, sentence.end)
        if (
            sentence.start in denied
            or (any(begin <= place < end for place in bold) and not _owns(context, sentence))
            or (defends(context, sentence) and not instructs(sentence))
        ):
            yield context.objection(
                "R8",
                sentence.start,
                sentence.end,
                nl="Er is iemand gewond of geraakt, en hier verdedigen we ons voordat we vragen hoe het gaat. Begin met medeleven.",
                en="Somebody was hurt, and here we defend ourselves before asking how they are. Begin with concern for them.",
            )
            return
        if shows_concern(context, sentence):
            return
    yield context.whole(
        "R8",
        nl="Er is iemand gewond of geraakt, en het antwoord toont geen medeleven. Begin daarmee: vraag hoe het gaat.",
        en="Somebody was hurt, and the reply shows no concern for them. Begin with that: ask how they are.",
    )


_INSTRUCTION = r"""
    \b(?: pull\ the\ plug | leave\b.{0,40}\balone | stop(?:pen)?\ (?:using|riding|charging|drinking|eating|cycling|driving|met|\w+ing|
        it|the|your)? | (?:do\ not|don't|
        never)\ (?:\w+\ )?(?:use|ride|charge|touch|drink|eat|drive|cycle|plug|open|switch|enter|go\ near|try|store|keep|leave|wear|
        give) | (?:keep|leave|take|put|move|store|place)\b.{0,40}\b(?:away|outside|outdoors|out|off|where|aside|unplugged|locked|
        standing|there|open|clear|back) | unplug | (?:switch|turn)\b.{0,25}\boff | (?:call|ring|dial)\b.{0,20}\b(?:999|112|911|\d{3,}) |
        evacuat\w+ | get\ (?:off|out) | stay\ (?:away|out|off|back|clear) | lock\ it | park\ it | see\ a\ (?:doctor|gp) |
        seek\ medical | return\ it | throw\b.{0,20}\baway | (?:open|close)\ (?:the|all|your)\ (?:windows?|valve|tap) | boil\b | avoid |
    niet\ (?:\w+\ )?(?:verder|meer|opladen|gebruiken|rijden|fietsen|drinken|eten|aanraken) | (?:rijd|fiets|gebruik|laad|drink|eet|raak|
        open|steek|geef|draag)\b.{0,40}\b(?:niet|geen|nooit|niets|niks)\b | (?:laat|zet|leg|haal|breng|gooi|doe|draai|sluit|trek|
        parkeer)\b.{0,50}\b(?:staan|slot|buiten|uit|weg|stil|neer|aan\ de\ kant|dicht|af|los|apart|terug) | stap\ (?:er\ )?af |
        stapt\ (?:u\ )?(?:er\ )?af | bel(?:t|len)?\b.{0,20}\b(?:met\ )?(?:112|\d{3}) | blijf\b.{0,20}\b(?:uit|weg|buiten) | verlaat |
        ga\ naar\ (?:buiten|de\ (?:dokter|huisarts)) | waarschuw | vermijd | kook\b |
    (?:get|keep|take|hold)\b[^.!?]{0,40}\b(?:out|outside|away|off|shut|upright)\b | shut\ (?:off\ )?(?:the|your) | (?:to|see)\ (?:a|your|
        the)\ (?:doctor|gp|vet|
        dentist|hospital|pharmacist|clinic) | (?:doctor|burns\ clinic|a&e|vet|dentist)\b[^.!?]{0,20}\b(?:today|now|at\ once|
        straight\ away|same\ day) |
        go\ (?:to|straight\ to)\ (?:a&e|hospital|the) | rinse | unplugged | out\ of\ use | (?:little|small|tiny)\b[^.!?]{0,20}\b(?:sips|
        amounts|water) |
    (?:hou|houd|hang|neem|meet|spoel|was|ruk|schakel)\b[^.!?]{0,50}\b(?:weg|af|dicht|uit|buiten|los|water|uur|vandaan|graden|binnen|
        apart) | (?:naar|bel)\ (?:de|je|uw|een|
        meteen\ de)?\ ?(?:dokter|huisarts|dierenarts|tandarts|arts|spoed\w*|eerste\ hulp) | (?:weg|af|uit\ de\ buurt)\ (?:te\ )?(?:houden|
        blijven) |
        niet\ (?:\w+\ )?(?:dragen|aanzetten|betreden|openen|zwemmen|inademen|innemen) )
"""
