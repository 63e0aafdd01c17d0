"""Judges what is repaired where we were wrong (R4): what we did or will do for those whom we failed, in a way that can be checked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from monitor.domain import Fact, Objection
from responders.policy.acts import performs
from responders.policy.admissions import owning_places
from responders.policy.context import Context, fact_texts
from responders.policy.dated import figure_carried
from responders.policy.grammar import NEGATION, TIME, comes_back, hangs_on_verb, has, is_conditional, pattern
from responders.policy.quantities import figures, values
from responders.policy.reading import Sentence, read
from responders.policy.statements import PROMISE
from responders.policy.stems import REMEDIES, common, keys_of_text

_REPAIR = r"""
    \b(?: refund\w* | reimburs\w* | repa(?:y|id)\w* | replac\w+ | (?:pay|paid|give|get|have|gets?)\W+(?:\w+\W+){0,6}?back |
        money\ back | credit(?:ed|ing)? | voucher | compensat\w+ | declar(?:eren|eer|eert) | claim\ back |
        courier | new\ one | another\ one | (?:send|sending|sent|ship|bring|
        deliver|collect|pick|rebook|repair|fix|correct|cancel|waive|install|remove|add|extend|switch|restored?|transfer|return|reopen|
        reset|arrives?|leaves?|goes\ out|empty|clean|call|ring|phone|visit|come\ (?:by|and)|reinstate|deduct|redeliver|swap|
        exchange)(?:s|es|ed|ing)?\b |
    comes?\ to\ your | sorted | (?:is|are|was|were|been|be)\ put\ right | (?:there's|there\ is|here's|for)\ (?:an?\ )?free |
        vrijkaart\w* | (?:comes?|paid|is|are)\W+(?:\w+\W+)?back\b | is\ yours | (?:get|gets|receive|receives|
        have)\W+(?:\w+\W+){0,3}?(?:new|another|replacement|free|refund)\b | bij(?:schrijven|geschreven|gevuld) | (?:schrijf|
        schrijven)\b[^.;:!?]{0,40}\bbij\b | terug(?:gezet|geplaatst|gedraaid|zetten|plaatsen) | at\ home\ on | (?:will|
        'll)\ be\ (?:there|with\ you|back) | free\ of\ charge | (?:krijg|krijgt|krijgen|ontvang|ontvangt|hebt|
        heb)\W+(?:\w+\W+){0,8}?(?:terug|vergoed|gratis|nieuwe?|vervangend\w*|thuis|korting) | (?:betaal|betalen|betaald|stort|storten|
        gestort|boek|boeken|geven|geef|krijg|krijgt)\W+(?:[\w€.,]+\W+){0,8}?terug | terug(?:betal\w+|gestort|storten|storting|betaald|
        boeken|geboekt|krijg\w*|gebracht|op\ (?:je|uw)) |
    vergoed\w* | vervang\w* | maken?\W+(?:\w+\W+){0,6}?over | over(?:gemaakt|maken|geboekt) | (?:stuur|sturen|breng|brengen|haal|halen|
        lever|leveren|bezorg\w*|repareer|repareren|herstel\w*|corrigeren|ruil|ruilen|plaatsen|verwijder\w*|annuleer\w*|verleng\w*|regel|
        regelen|opgehaald|gebracht|geleverd|verstuurd|komt|komen|gaat\ het\ geld|gaat\ naar|bel|bellen|reset\w*|ruimen|legen|maken\ we|
        zetten|kwijt(?:gescholden|schelden)|teruggedraaid|draaien|rechtzetten|zetten\ we)\b |
    (?:scheld|schelden)\b[^.;:!?]{0,60}\bkwijt | (?:zetten|zet|draaien|draai|geven|geef|halen|haal|nemen|maken|
        maak)\b[^.;:!?]{0,60}\b(?:terug|recht|goed|op|over|af)\b |
    weer\ op\ (?:je|uw)\ rekening | staat\W+(?:\w+\W+){0,8}?op\ (?:je|uw)\ rekening | nieuw\ exemplaar )
"""
_SETTLES = r"""
    \b(?: (?:how|what)\ (?:we|i)\b | put\ (?:it|this|things)\ right | make\ (?:it|this|up)\b | (?:hoe|wat)\ (?:we|wij|ik)\b | goedmaken |
        rechtzetten | oplossen )\b
"""
"""What is being found out is how we mend it: with the day on which we tell, that is a step that can be checked."""
_VAGUE = r"""
    \b(?: do\ better | try\ (?:to\ )?(?:\w+\ )?better | try\ harder | learn\ from | pass(?:ing)?\ (?:this|it|that|your)\b |
        share\ (?:your|this|it) | take\ (?:this|your|it)\ on\ board | work(?:ing)?\ hard | feedback | improve | meenemen |
        nemen\ (?:dit|dat|je|uw|het)\b[^.;!?]{0,40}\bmee | mee\ naar | beter\ ons\ best | op\ letten | beter\ opletten | lering |
        leren\ (?:hier|ervan) | ons\ best | verbeteren | doorgeven | door\ aan |
    hop(?:e|en|ing) | look\ forward | always\ welcome | (?:always|altijd|van\ harte)\ (?:welcome|welkom) | talk(?:ed|ing)?\ about |
        discuss\w* | (?:spoken|spoke|talked)\ (?:to|with) | raised?\ (?:this|it|that)?\ ?with | aware\ of | agenda | \w*overleg |
        bespr[eo]k\w* | besproken | what\ we\ can | wat\ we\ kunnen | op\ de\ hoogte | denken\b[^.;!?]{0,40}\bna | over\ gehad |
        kennen\ (?:je|uw|deze|de) )\b
"""
"""What means well, or is talked about, and mends nothing."""
_FAULT = r"""
    \b(?: errors? | mistakes? | mistaken\w* | faults? | wrong\w* | forgot\w* | failed | misse[ds] | late | not | never | without | lost |
        broke\w* | skipped | overlooked | left\ (?:out|off|loose|unread) | lacked | by\ accident | twice | instead\ of | correct |
        cause\w* | unknown |
    \w*fout\w* | vergat\w* | vergeten | verkeerde? | niet | nooit | geen | zonder | te\ (?:laat|vroeg|dun|veel|weinig|hoog) |
        kwijt(?!gesch) |
        overgeslagen | dubbel | oorzaak | doordat | onbekend | gemist | uitgesteld )\b
"""
"""How a fact tells what went wrong: to tell that again mends nothing."""
_FORWARD = r"""
    \b(?: ready | available | returned | paid | cancelled | credited | new | free | since | from | within | will | can | daily | extra |
        put\ back |
    terug\w* | sinds | vanaf | binnen | wordt | worden | krijgt | krijgen | kan | kunnen | klaar | nieuwe? | gratis | betaald | vergoed\w* |
        hersteld | vervallen | staat | staan | thuisgebracht | ruilen | uiterlijk )\b
"""
"""How a fact tells what was or will be done about it."""
_DONE = r"""
    (?: (?:€|£|\$|\beuro\b|\bpounds?\b|\b(?:fine|fee|fare|charge|ticket|deposit|refund|money|amount|sum|costs?|boete|entree|bedrag|geld|
        kosten|
        rekening|toeslag|borg|premie)\b)
        [^.;!?]{0,50}?\b(?:went|goes|is|are|was|were|has|have|gaat|ging|staat|komt|kwam|is|zijn|werd|came|comes)\W+(?:[\w'-]+\W+){0,4}?
        (?:back|terug\w*|returned|repaid|refunded|paid|lifted|cancelled|waived|dropped|overgemaakt|betaald|gestort|vervallen|geschrapt|
        ingetrokken|kwijtgescholden|geboekt|put\ (?:back|on)|with\ you|vergoed) |
    \b(?:gestort|overgemaakt|betaald|vergoed|teruggegeven|repaid|paid\ back|paid\ in|credited|refunded)\b[^.;!?]{0,30}(?:€|£|\$) |
    (?:€|£|\$)\ ?\d[\d.,]*\W+(?:\w+\W+){0,6}?(?:overgemaakt|gestort|betaald|vergoed|repaid|credited|teruggestort) |
    \b(?:een|a|an)\ (?:nieuwe?|new|fresh|corrected|spare|verse|ander|andere)\b[^.;!?]{0,30}\b(?:gezet|geplaatst|gelegd|gehangen|klaar\w*|
        fitted|
        installed|ready|waiting|opgehangen|onderweg|on\ (?:its|the)\ way) |
    \b(?:ligt|liggen|staat|staan|hangt)\b[^.;!?]{0,50}\b(?:klaar|weer|sinds|opnieuw|terug) | \bklaargelegd\b |
    \b(?:gaat|gaan|goes)\b[^.;!?]{0,50}\b(?:naar\ (?:je|u)\b|terug\b|back\ to\ you\b|to\ your\ account\b|over\W*$) |
    \bsinds\b[^.;!?]{0,30}\b(?:ligt|liggen|staat|staan|hangt|rijdt|rijden|doen|checken|controleren|kloppen|klopt|werkt|hebben)\b |
    \b(?:kan|kunt|can)\b[^.;!?]{0,40}\bterecht\b | \b(?:with|bij)\ (?:you|je|u)\ (?:by|on|before|at|om|voor|binnen)\b |
    \b(?:from|vanaf|as\ of)\b[^.;!?]{4,30}\b(?:we|wij)\b | \b(?:back|up)\ (?:and\ running|up\ since) | \b(?:is|are|was|were|zijn|
        has\ been|have\ been)\W+(?:\w+\W+){0,3}?(?:cancelled|lifted|
        waived|scrapped|reinstated|put\ back|taken\ (?:off|down|out)|struck\ off|kwijtgescholden|geschrapt|ingetrokken|van\ de\ vloer|
        rechtgezet|verholpen|gecorrigeerd|vernietigd|vervangen|hersteld) )
"""
"""What was mended, in whatever tense it is told."""


def repair(context: Context) -> Iterator[Objection]:
    """R4: where we were wrong, the reply names the repair and a next step that can be checked."""
    if context.responsibility is not True or context.is_praise or context.is_holding:
        return
    sentences = context.reply.sentences
    if _tells_repair(context) or any(_puts_right(context, sentence) for sentence in sentences):
        return
    if any(_mends(context, sentence) for sentence in sentences) or performs(context, "step", _is_meant):
        return  # What takes longer to see is looked for last.
    yield context.whole(
        "R4",
        nl=(
            "Wij zaten fout, en het antwoord noemt geen herstel en geen stap die na te gaan is. Zeg wat we doen "
            "en, als het bekend is, wanneer."
        ),
        en="We were wrong, and the reply names no repair and no step that can be checked. Say what we do and, where known, when.",
    )


def _is_meant(text: str) -> bool:
    """Say whether a sentence that sounds like a step does not only say what may be."""
    return not has(r"\b(?:misschien|wie\ weet|perhaps|maybe|might)\b", text)


def _puts_right(context: Context, sentence: Sentence) -> bool:
    """Say whether a sentence names a repair as done or to come."""
    if not sentence.asks and comes_back(sentence) and has(_SETTLES, sentence.text):
        return True
    return any(_promises(context, sentence, part) for part in _parts_of(context, sentence))


def _mends(context: Context, sentence: Sentence) -> bool:
    """Say whether a sentence tells what was put right, as the facts tell it or in other words of what is done."""
    for part in _parts_of(context, sentence):
        for piece in re.split(r"\s(?:and|en|but|maar)\s", part):
            if has(_DONE, piece) and not _is_vague(piece):
                return True
            if _CROSSED not in piece and _tells_of_repair(context, sentence, piece):
                return True
    return False


@lru_cache(maxsize=32)
def _parts_of(context: Context, sentence: Sentence) -> tuple[str, ...]:
    """Cut a sentence at its inner signs; what is asked, or hangs on what may go wrong again, is left out."""
    if hangs_on_verb(sentence.text):
        return ()
    text = _without_fault(context, sentence)
    if sentence.asks and not has(r"\b(?:kom|komen|come|bring|swap|refund)\b", text):
        text = text[: max(0, sentence.clauses[-1].start - sentence.start)]
    return tuple(pattern(r"[;:](?=\s)|,\s").split(text))


def _without_fault(context: Context, sentence: Sentence) -> str:
    """Return a sentence in which the words that own what went wrong are crossed out; a remedy among them stays."""
    text = sentence.text
    for place, stop in owning_places(context.reply):
        if sentence.start <= place < sentence.end:
            begin, end = place - sentence.start, min(stop, sentence.end) - sentence.start
            omitted = has(_OMITTED, text[begin:end])
            if omitted and (rest := pattern(_OBJECT).match(text, end)):
                end = rest.end()
            if omitted or not has(_STRONG, text[max(0, begin - 14) : end]):
                text = text[:begin] + _CROSSED * (end - begin) + text[end:]
    return text


_OBJECT = r"(?!\W+(?:and|en)\b)(?:\W+(?!and\b|en\b|but\b|maar\b)[\w'-]+){0,8}(?=[^\w]|$)"
_CROSSED = "~"
_OMITTED = r"\b(?:vergeten|vergat\w*|forgot\w*|overlooked|missed|failed|nagelaten|verzuimd)\b"
"""To have left a remedy undone is a fault too."""
_STRONG = r"""
    \b(?: refund\w* | reimburs\w* | repa(?:y|id)\w* | compensat\w+ | credited | replac\w+ | reinstated | restored | free\ of | new |
    (?:scheld\w*)\b[^.;!?]{0,60}\bkwijt | kwijtgescholden | vergoed\w* | terug\w* | krijg\w* | betaalt | betalen | vervang\w* | hersteld |
        herstel | gratis | nieuwe? )\b
"""
"""What is a remedy in whatever fact it stands."""


def _promises(context: Context, sentence: Sentence, part: str) -> bool:
    """Say whether a part names a repair, or what the facts tell of one, as done or to come."""
    names = has(_REPAIR, part) or (has(PROMISE, part) and keys_of_text(part) & REMEDIES) or _dated_from_facts(context, sentence, part)
    return (
        bool(names)
        and not _is_vague(part)
        and (not has(_ADVISES, part) or has(_STRONG, part))
        and not has(_UNTIL, part)
        and not (has(_RETELLS, part) and not has(TIME, part))
        and not _was_our_deed(part)
        and (_is_future_or_done(part) or (has(TIME, part) and not has(_LOOKS_BACK, part)))
    )


_ADVISES = (
    r"^\W*(?:(?:please|en|and|also|ook)\W+)?(?:spoel|bel|ring|call|see|go\ to|visit|rinse|drink|eet|neem\ contact|vraag|ask|tell)\b"
    r"(?!\W+(?:ik|we|wij)\b)"
)
"""What they are told to do themselves mends nothing."""
_UNTIL = r"\b(?:before|until|voordat|totdat)\b[^.;!?]{0,50}\b(?:was|were|had|werd|waren)\b"
"""What had not been done when it went wrong."""
_RETELLS = r"^\W*(?:dat|that)\b"


def _was_our_deed(part: str) -> bool:
    """Say whether a part tells what we did on a day gone by, as one tells what went wrong, and no remedy for it."""
    return has(
        r"\b(?:we|i)\W+(?:\w+ly\W+)?(?:sent|put|took|brought|delivered|packed|gave|fitted|moved|handed|sold|served|repaired|fixed)\b|"
        r"\b(?:wij|we|ik)\W+(?:brachten|gaven|stuurden|leverden|haalden|zetten)\b",
        part,
    ) and not has(
        r"\b(?:yesterday|today|this\ (?:morning|afternoon)|just|already|since|again|refund\w*|replacement|new|gisteren|vandaag|alsnog|"
        r"opnieuw)\b",
        part,
    )


@lru_cache(maxsize=4)
def _told_repairs(context: Context) -> tuple[tuple[str, frozenset[str]], ...]:
    """Return each part of a fact that tells no fault, but something done or due, by the fact's id."""
    return tuple(
        (fact.id, keys_of_text(part) - context.brand_stems)
        for fact, part in _parts_of_facts(context)
        if _is_remedy(part) and (has(_REPAIR, part) or has(_FORWARD, part) or has(TIME, part))
    )


@lru_cache(maxsize=4)
def _known_figures(context: Context) -> frozenset[str]:
    """Return the figures that the post tells, or a fact of what went wrong: to say them again tells of no remedy."""
    told = [values(part) for _, part in _parts_of_facts(context) if not _is_remedy(part)]
    return frozenset(values(context.post.plain)).union(*told)


def _parts_of_facts(context: Context) -> Iterator[tuple[Fact, str]]:
    for fact in context.usable:
        for text in fact_texts(fact):
            for part in re.split(r";\s|\.\s|,\s(?:so|dus)\s", read(text).plain):
                yield fact, part


def _is_remedy(part: str) -> bool:
    return (has(_STRONG, part) and not has(_OMITTED, part)) or not has(_FAULT, part)


def _tells_of_repair(context: Context, sentence: Sentence, piece: str) -> bool:
    """Say whether a piece of a sentence tells the remedy that a fact gives, in whatever words: a sum, an hour, or the things of it."""
    remedies = _told_repairs(context)
    if (
        not remedies
        or (has(_ADVISES, piece) and not has(_STRONG, piece))
        or _was_our_deed(piece)
        or has(_VAGUE, piece)
        or not _is_remedy(piece)
    ):
        return False
    own = keys_of_text(piece)
    new = [figure for figure in figures(piece) if figure.value not in _known_figures(context)]
    carried = [(figure, fact_id) for figure in new if (fact_id := figure_carried(context, figure))]
    around = context.keys_in(sentence.start, sentence.end) if carried else frozenset()
    for fact_id, wanted in remedies:
        same = [figure for figure, carrying in carried if carrying == fact_id]
        if any(figure.kind not in _DAYS for figure in same) or len(same) >= 2 or (same and common(around, wanted)):
            return True
        shared = common(own, wanted)
        if not is_conditional(piece) and len(shared) >= 2 and len(shared - context.post_keys) >= min(2, len(wanted) - 1):
            return True
    return False


_DAYS = frozenset({"day", "date", "month", "number"})
"""Figures that may be of anything: they count beside a word of the remedy."""


def _is_vague(part: str) -> bool:
    """Say whether a part only means well, depends on something, or denies the repair."""
    return (
        has(_VAGUE, part)
        or has(r"^\W*(?:if|als|mocht|should|indien)\b", part)
        or has(rf"{NEGATION}\W+(?:\w+\W+){{0,2}}(?:refund|replace|pay|vergoed|terugbeta)", part)
    )


def _tells_repair(context: Context) -> bool:
    """Say whether the reply tells the repair that one of the facts gives: half of its words, and at least two."""
    for fact in context.usable:
        for text in fact.repair.values():
            wanted = keys_of_text(text) - context.brand_stems
            shared = common(wanted, context.reply_keys)
            if len(shared) >= min(2, len(wanted)) and len(shared) * 2 >= len(wanted):
                return bool(wanted)
    return False


def _is_future_or_done(part: str) -> bool:
    """Say whether a part speaks of what is or will be done, and not of what went wrong ("we packed", "wij vergaten")."""
    return has(
        (
            r"\b(?:krijgen|will|'ll|we're|i'm|is|are|gets?|get|receive|arrives?|leaves?|goes|comes|by|on|today|"
            r"tomorrow|refund|reimburse|replace|please|can|krijg\w*|ontvang\w*|wordt|worden|zal|zullen|gaan|gaat|"
            r"uiterlijk|voor|storten|stort|betalen|betaal|maken|staat|komt|kunt|kun|sturen|stuur|brengen|halen|"
            r"vandaag|morgen|hebt|terug|kwijt|recht|geven|vanaf|per\ \d|from|starting|as\ of|we\ (?:exchange|swap|plaatsen)|wij\ plaatsen|"
            r"plaatsen\ (?:we|wij)|"
            r"free\ of\ charge|gratis|kosteloos|declareren|claim\ back|"
            r"(?:was|were)\ (?:\w+\ )?(?:restored|refunded|replaced|repaired|"
            r"fixed|credited)|(?:werkt|werken|doet|doen|rijdt|rijden|stopt|stoppen|is|zijn)\b.*\bweer|works?\ again|now|already|have|"
            r"has|been|vergoeden|regelen)\b"
        ),
        part,
    ) and not has(
        (
            r"\b(?:vergaten|vergeten|forgot|stayed|failed\ to|bleef|misten|missed|waited|wachten\ op|"
            r"waiting\ for)\b(?!.*\b(?:will|'ll|krijg|storten|refund\ by)\b)"
        ),
        part,
    )


def _dated_from_facts(context: Context, sentence: Sentence, part: str) -> bool:
    """Say whether a part tells for when something is due, and the facts carry what it is."""
    return (
        has(TIME, part)
        and has(r"\b(?:will|'ll|wordt|worden|zal|zullen|krijg\w*|ontvang\w*|gets?|receive)\b", part)
        and (
            bool(context.keys_in(sentence.start, sentence.end) & context.all_fact_keys)
            or any(figure_carried(context, figure) for figure in figures(part))
        )
    )


_LOOKS_BACK = (
    r"\b(?:sinds(?![^.;!?]*\bweer\b)|since(?![^.;!?]*\bagain\b)|failed|broke|went|was|were|caused|happened|viel(?:en)?|ging(?:en)?|"
    r"werkten?|brak(?:en)?|kwam(?:en)?|liep(?:en)?)\b"
)
"""What went wrong on a day is no step that is due on it."""
