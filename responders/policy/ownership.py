"""Judges who owns the mistake (R3), what is repaired (R4), and what is said where nobody knows yet (R6)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.domain import Objection
from responders.policy.admissions import owns
from responders.policy.context import Context
from responders.policy.corrections import corrects
from responders.policy.dated import figure_carried
from responders.policy.grammar import INVESTIGATION, NEGATION, TIME, comes_back, hangs_on_verb, has, is_unknown, pattern
from responders.policy.quantities import figures
from responders.policy.reading import Sentence
from responders.policy.statements import PROMISE
from responders.policy.stems import REMEDIES, common, keys_of_text


def first_person_ownership(context: Context) -> Iterator[Objection]:
    """R3: where the facts say that we were wrong, the reply says so in the first person."""
    if (
        context.responsibility is True
        and not context.is_praise
        and not context.is_holding
        and not owns(context.reply)
        and not _tells_our_deed(context)
    ):
        yield context.whole(
            "R3",
            nl=(
                "De feiten zeggen dat het aan ons lag, en het antwoord zegt dat niet in de eerste persoon. Schrijf: "
                "‘Dat is onze fout’ of ‘Wij hebben …’."
            ),
            en=(
                "The facts say that it was our doing, and the reply does not say so in the first person. Write: "
                "'That was our mistake' or 'We …'."
            ),
        )


_OUR_DEED = r"""
    \b(?:kreeg|kregen|krijgt)\W+(?:je\W+|u\W+|jij\W+)?van\W+ons\b(?:[^.;:!?]|\.(?=\d)){0,90} | \byou\W+(?:got|
        received)\b[^.;:!?]{0,40}\bfrom\W+us\b |
    \b(?:we|i)(?:'ve|'d|\ have|\ had)?\W+(?:\w+ly\W+|then\W+|also\W+|only\W+)?(?!(?:noted|received|asked|started|understood|refunded|
        replaced|fixed|repaired|read|heard|checked|looked|contacted|informed|learned|wanted|shared|passed|discussed|promised|needed|
        tried|worked)\b)(?:\w+ed|sold|sent|left|lost|broke|gave|made|put|took|let|kept|told|went|ran|held|built|chose|wrote|cut|set|had|
        were)\b(?:[^.;:!?]|\.(?=\d)){0,90} |
    \b(?:wij|we)\W+(?:hebben|hadden|\w{3,}(?:te|de|ten|den)|lieten|gaven|deden|namen|stuurden|reden|sloten|lazen)\b(?!\W+(?:gelezen|
        gehoord|ontvangen))(?:[^.;:!?]|\.(?=\d)){0,90} | \b(?:hebben|hadden|lieten|gaven)\W+(?:wij|we)\b(?:[^.;:!?]|\.(?=\d)){0,90}
"""


def _tells_our_deed(context: Context) -> bool:
    """Say whether the reply tells in the first person what we did, as a fact that lays it on us tells it."""
    plain = context.reply.plain
    for match in pattern(_OUR_DEED).finditer(plain):
        if has(r"\b(?:understand|begrijpen|snappen|weten|zouden|willen|worden|vinden|houden|bieden)\b", match.group()):
            continue
        same_figure = any(figure_carried(context, figure) for figure in figures(match.group()) if figure.kind != "day")
        if same_figure or common(context.keys_in(*match.span()) - REMEDIES, context.all_fact_keys):
            return True
    return False


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
        leren\ (?:hier|ervan) | ons\ best | verbeteren | doorgeven | door\ aan )\b
"""


def repair(context: Context) -> Iterator[Objection]:
    """R4: where we were wrong, the reply names the repair and a next step that can be checked."""
    if context.responsibility is not True or context.is_praise or context.is_holding:
        return
    if _tells_repair(context):
        return
    for sentence in context.reply.sentences:
        text = sentence.text
        if not sentence.asks and comes_back(sentence) and has(_SETTLES, text):
            return
        if hangs_on_verb(text):
            continue  # What they may tell us if it goes wrong again.
        if sentence.asks and not has(r"\b(?:kom|komen|come|bring|swap|refund)\b", text):
            text = ";".join(clause.text for clause in sentence.clauses[:-1])
        for part in re.split(r"[;:]|,\ ", text):
            names = (
                has(_REPAIR, part) or (has(PROMISE, part) and keys_of_text(part) & REMEDIES) or _dated_from_facts(context, sentence, part)
            )
            if names and not _is_vague(part) and (_is_future_or_done(part) or (has(TIME, part) and not has(_LOOKS_BACK, part))):
                return
    yield context.whole(
        "R4",
        nl=(
            "Wij zaten fout, en het antwoord noemt geen herstel en geen stap die na te gaan is. Zeg wat we doen "
            "en, als het bekend is, wanneer."
        ),
        en="We were wrong, and the reply names no repair and no step that can be checked. Say what we do and, where known, when.",
    )


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
        and (has(r"\b(?:will|'ll|wordt|worden|zal|zullen)\b", part) or not has(_LOOKS_BACK, part))
        and _tells_of_facts(context, sentence, part)
    )


_LOOKS_BACK = (
    r"\b(?:sinds(?![^.;!?]*\bweer\b)|since(?![^.;!?]*\bagain\b)|failed|broke|went|was|were|caused|happened|viel(?:en)?|ging(?:en)?|"
    r"werkten?|brak(?:en)?|kwam(?:en)?|liep(?:en)?)\b"
)
"""What went wrong on a day is no step that is due on it."""


def _tells_of_facts(context: Context, sentence: Sentence, part: str) -> bool:
    return bool(context.keys_in(sentence.start, sentence.end) & context.all_fact_keys) or any(
        figure_carried(context, figure) for figure in figures(part)
    )


def says_unknown(context: Context) -> Iterator[Objection]:
    """R6: where nobody knows yet, the reply says so, what is being found out, and when we come back."""
    if context.responsibility is not None or not context.is_complaint or corrects(context):
        return
    sentences = context.reply.sentences
    unknown = any(is_unknown(sentence.text) or has(INVESTIGATION, sentence.text) for sentence in sentences if not sentence.asks)
    back = any(comes_back(sentence) for sentence in sentences)
    if unknown and back:
        return
    if unknown:
        nl = "Het antwoord zegt niet wanneer we terugkomen met meer. Noem een dag of een uur waarop we hier weer iets laten weten."
        en = "The reply does not say when we come back with more. Name a day or an hour by which we answer here again."
    elif back:
        nl = "Niemand weet nog wat er gebeurde, en het antwoord zegt dat niet. Zeg wat we nog niet weten en wat we uitzoeken."
        en = "Nobody knows yet what happened, and the reply does not say so. Say what we do not know yet and what we are finding out."
    else:
        nl = "Niemand weet nog wat er gebeurde. Zeg dat, zeg wat we uitzoeken, en wanneer we hier terugkomen."
        en = "Nobody knows yet what happened. Say so, say what we are finding out, and when we come back here."
    yield context.whole("R6", nl=nl, en=en)
