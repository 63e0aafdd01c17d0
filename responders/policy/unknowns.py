"""Judges what is said where nobody knows yet what happened (R6): that we do not know, what is being found out, when we come back."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.domain import Objection
from responders.policy.context import Context, fact_texts
from responders.policy.corrections import corrects
from responders.policy.grammar import INVESTIGATION, TIME, comes_back, hangs_on_verb, has, is_conditional, is_unknown, names_moment
from responders.policy.quantities import figures
from responders.policy.reading import Sentence, read
from responders.policy.safety import needs_advice
from responders.policy.stems import common, keys_of_text

_NOT_KNOWN = r"""
    \b(?: no\ idea | open\ question | (?:can't|cannot|can\ not|couldn't|unable\ to)\W+(?:\w+\W+){0,2}?(?:answer|explain|tell|say) |
    (?:no|without\ an?|haven't\ (?:got\ )?an?y?|don't\ have\ an?y?)\ (?:answer|explanation|reason|cause|clarity) | (?:a|
        still\ a)\ (?:mystery|puzzle|riddle)
        | in\ the\ dark | beyond\ (?:me|us) | remains?\ to\ be\ seen | owe\ you\ (?:an|the)\ (?:answer|explanation) |
    geen\ (?:idee|verklaring|antwoord|uitleg|zicht|beeld|duidelijkheid|uitsluitsel) | schuldig\ (?:blijven|moeten) |
        (?:nog\ )?een\ (?:raadsel|open\ vraag) |
    (?:weet|weten)\W+(?:\w+\W+){0,6}?(?:niet|nog\ niet|niemand) | niemand\W+(?:\w+\W+){0,5}?(?:weet|kan\ zeggen) | (?:nog\ )?(?:niet|
        geen)\W+(?:\w+\W+){0,4}?
        (?:achter|vertellen|uitleggen|verklaren|zeggen) | tasten | in\ het\ duister )\b
"""
"""How people say that they do not know, besides saying so."""
_TOLD_HERE = r"""
    \b(?: (?:staat|komt|verschijnt|zet|lees|leest|vind|vindt|hoor|hoort|krijg|krijgt|heb|hebt|volgt|meer|nieuws|uitsluitsel|uitkomst|
        uitslag|antwoord|resultaat|bericht)\b
        [^.;!?]{0,60}\b(?:hier|hieronder|onder\ dit|in\ (?:deze|dit)|van\ (?:mij|me|ons)) | (?:hier|onder\ dit\ bericht|
        in\ deze\ draad)\b[^.;!?]{0,40}\b(?:staat|meer|wat|lees|leest|
        nieuws|het) | (?:ben|zijn)\ (?:ik|we|wij)\ (?:er\ )?(?:terug|weer|rond|hier) |
    (?:here|below|under\ this|in\ this\ thread|on\ this\ thread)\b | (?:i'm|we're|i\ am|we\ are|i'll\ be|we'll\ be)\ back | know\ more |
        (?:word|news|an?swers?|
        findings|results?|outcome|more)\b[^.;!?]{0,40}\b(?:here|for\ you|from\ (?:me|us)) | (?:tell|told|inform)\ us\b | you(?:'ll|
        \ will)\b[^.;!?]{0,30}\b(?:read|find|see|hear|
        have|get|know) )
"""
"""How people say that there will be more to read, with the moment beside it."""
_THEIR_TURN = (
    r"^\W*(?:(?:please|en|of|or|and)\W+)?(?:call|ring|phone|mail|email|send|reply|write|ask|bel|mail|stuur|reageer|schrijf|vraag|app)\b"
    r"(?!\W+(?:ik|we|wij)\b)"
)
"""What they may do themselves."""


def says_unknown(context: Context) -> Iterator[Objection]:
    """R6: where nobody knows yet, the reply says so, what is being found out, and when we come back."""
    if context.responsibility is not None or not context.is_complaint or corrects(context):
        return
    ours = [sentence for sentence in context.reply.sentences if not sentence.asks and not _is_theirs(sentence)]
    unknown = any(_admits(sentence.text) for sentence in ours)
    if not unknown and _is_settled(context):
        return
    sought = any(has(INVESTIGATION, sentence.text) for sentence in ours)
    back = any(comes_back(sentence) or _tells_when(sentence) or _names_told_moment(context, sentence) for sentence in ours)
    if back and (sought or (unknown and _tells_inquiry(context))):
        return
    if not back and (unknown or sought):
        nl = "Het antwoord zegt niet wanneer we terugkomen met meer. Noem een dag of een uur waarop we hier weer iets laten weten."
        en = "The reply does not say when we come back with more. Name a day or an hour by which we answer here again."
    elif unknown:
        nl = "Het antwoord zegt niet wat er wordt uitgezocht. Zeg wie wat nagaat, zoals de feiten het vertellen."
        en = "The reply does not say what is being found out. Say who looks into what, as the facts tell it."
    elif back:
        nl = "Niemand weet nog wat er gebeurde, en het antwoord zegt dat niet. Zeg wat we nog niet weten en wat we uitzoeken."
        en = "Nobody knows yet what happened, and the reply does not say so. Say what we do not know yet and what we are finding out."
    else:
        nl = "Niemand weet nog wat er gebeurde. Zeg dat, zeg wat we uitzoeken, en wanneer we hier terugkomen."
        en = "Nobody knows yet what happened. Say so, say what we are finding out, and when we come back here."
    yield context.whole("R6", nl=nl, en=en)


def _is_settled(context: Context) -> bool:
    """Say whether the facts tell what happened, and of nothing that is still to be found out.

    In danger they tell what to do, and mostly not yet what happened.
    """
    if needs_advice(context):
        return False
    told = [read(text).plain for fact in context.usable for text in fact_texts(fact)]
    left_open = any(_admits(text) or has(INVESTIGATION, text) or has(_STILL_OPEN, text) or text.rstrip().endswith("?") for text in told)
    return bool(told) and not left_open


def _is_theirs(sentence: Sentence) -> bool:
    """Say whether a sentence tells what they may do, or what if: "Heb je vragen, bel dan van 8 tot 22 uur"."""
    text = sentence.text
    return hangs_on_verb(text) or has(_THEIR_TURN, text) or (is_conditional(text) and has(r"^\W*(?:if|als|mocht|should|indien)\b", text))


def _admits(text: str) -> bool:
    return is_unknown(text) or has(_NOT_KNOWN, text)


def _tells_when(sentence: Sentence) -> bool:
    """Say whether a sentence gives a moment at which there is more to read, in any order."""
    text = sentence.text
    if not has(_TOLD_HERE, text):
        return False
    return names_moment(text) or any(figure.kind in {"time", "date", "day"} or figure.is_ordinal for figure in figures(text))


_OUTCOME = r"""
    \b(?: answers?|repl(?:y|ies)|updates?|messages?|news|outcome|results?|decisions?|decides?|decided|verdict|report|e-?mails?|letter|
    calls?|known|antwoord|reactie|bericht|nieuws|uitkomst|uitslag|resultaat|besluit|besluiten|beslist|brief|mail|mailt|belt|bekend|
    uitsluitsel|duidelijkheid|terugkoppeling|verslag )\b
"""
"""What a fact tells to come at a moment, once something is found out."""


def _names_told_moment(context: Context, sentence: Sentence) -> bool:
    """Say whether a sentence names the moment for which a fact tells an answer, in whatever words."""
    told = [
        clause.text
        for clause in sentence.clauses
        if not any(has(other, clause.text) for other in (_BEFORE_NOW, INVESTIGATION, _BEING_DONE))
    ]
    named = {figure.value for text in told for figure in figures(text) if figure.kind in {"time", "date", "day"}}
    parts = [part for fact in context.usable for text in fact_texts(fact) for part in re.split(r"[;.]\s", read(text).plain)]
    return any(has(_OUTCOME, part) and named & {figure.value for figure in figures(part)} for part in parts)


_BEFORE_NOW = r"\b(?:was|were|had|did|since|sinds|geweest|stond|werd|werden|waren|hadden)\b"


def _inquiries(context: Context) -> list[frozenset[str]]:
    """Return what the facts tell is being found out, as keys that the post does not hold."""
    found: list[frozenset[str]] = []
    for fact in context.usable:
        for text in fact_texts(fact):
            parts = [part for part in re.split(r"[;.]\s", read(text).plain) if part]
            for part in parts:
                about = has(INVESTIGATION, part) or (
                    len(parts) > 1 and any(is_unknown(other) or has(r"\bunknown\b|\bonbekend\b", other) for other in parts)
                )
                if about and not is_unknown(part) and not has(TIME, part):
                    found.append(keys_of_text(part) - context.post_keys - context.brand_stems)
    return [keys for keys in found if len(keys) >= 2]


def _tells_inquiry(context: Context) -> bool:
    """Say whether the reply tells what is being done to find out, where the facts tell of it: in their words, or in its own."""
    if context.is_holding:
        return True  # A holding text passes it on to whoever finds out, and says no more.
    inquiries = _inquiries(context)
    if not inquiries or any(common(context.reply_keys, wanted) for wanted in inquiries):
        return True
    return any(has(_BEING_DONE, sentence.text) for sentence in context.reply.sentences if not _is_theirs(sentence))


_STILL_OPEN = r"""
    \b(?: unknown | unclear | unsure | still\ open | open\ question | pending | tbc | tbd | no\ cause | await\w* |
    (?:report|result|answer)\w*\ due | theor(?:y|ies) | volgt | verwacht\w* | wacht(?:en)? |
        not\ (?:yet\ )?(?:known|clear|found|established|confirmed|decided|traced) |
        onbekend | onduidelijk | nog\ (?:niet|geen|open) | open\ vraag | geen\ oorzaak |
        niet\ (?:bekend|duidelijk|gevonden|vastgesteld|achterhaald|besloten) |
        zoek(?:t|en)\ naar | (?:look|search)\w*\ (?:for|into) |
        (?:vraagt|vragen|navraag|asks?|asking|asked)\b[^.;]{0,60}?\b(?:waar|of|wat|hoe|wie|where|whether|what|how|who|if) )\b
"""
"""What a fact tells that is not found out."""
_BEING_DONE = r"""
    \b(?: (?:is|are|being)\ (?:now\ )?being\ \w+(?:ed|n|t)\b | (?:we're|i'm|we\ are|i\ am|team\ is|colleagues?\ (?:is|are)|lab\ is|
        staff\ are)\ (?:\w+ly\ |now\ |still\ |busy\ )?\w+ing\b |
    going\ over | combing | comparing | busy\ with | test(?:s|ing)?\b | (?:wordt|worden)\ (?:nu\ |vandaag\ |vannacht\ |alle\ |de\ |het\ |
        door\ |nog\ ){0,3}(?:\w+\ ){0,4}?
        (?:uit|na|door|op|be|ge|ver|onder|her)\w+(?:d|t|n)\b | (?:loopt|loop|lopen|legt|leggen|spit|spitten|leest|lezen|kijkt|bekijkt|
        bekijken|vergelijkt|
        vergelijken|gaat|ga|haalt|luistert|belt)\b[^.;!?]{0,60}\b(?:na|door|naast|langs|terug|uit|nu|vandaag)\b | bekijk\w* |
        vergelijk\w* | (?:we|wij|ik)\ (?:zoek|zoeken|pluizen|pluis|lezen|lees|vragen|vraag|spreken|horen) | inspect\w* |
    (?:komt|kijkt)\b[^.;!?]{0,40}\b(?:bestrijder|inspect\w*|monteur|deskundige|keurder|expert) | aan\ het\ (?:zoeken|uitzoeken|nakijken) )
"""
"""What somebody is doing about it at this moment."""
