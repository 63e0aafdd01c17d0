"""Finds the checkable statements of a reply (N4), each bound by its words to the fact that carries it, or to nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from responders.policy.admissions import owning_places
from responders.policy.assertions import stated
from responders.policy.blame import advises
from responders.policy.context import Context, fact_texts
from responders.policy.corrections import denials
from responders.policy.dated import figures_in
from responders.policy.declarations import declared
from responders.policy.deeds import NO_PROMISE, check_carried, deed_carried, promise_in
from responders.policy.echoes import echoed
from responders.policy.grammar import INVESTIGATION, NEGATION, comes_back, hangs_on_verb, has, is_conditional, is_unknown, pattern
from responders.policy.parts import Part
from responders.policy.pressure import pressing
from responders.policy.privacy import find_personal
from responders.policy.quantities import figures
from responders.policy.reading import Sentence, read
from responders.policy.remaining import left_over, tells_on
from responders.policy.statements import ABSOLUTE, ASKED, CAUSE, CHECKED, DONE, EVERY, OFFICIAL, TOLD
from responders.policy.stems import REMEDIES, common, key, keys_of_text
from responders.policy.tone import boasts_or_jests
from responders.policy.vanishing import has_vanished
from responders.policy.wordings import APOLOGY, REGRET


@dataclass(frozen=True, slots=True)
class Claim:
    """One checkable statement: `span` in characters of the reply, and the id of the fact that carries it, or None."""

    kind: str
    """figure, day, link, checked, done, promise, cause, assurance or statement."""
    span: tuple[int, int]
    text: str
    fact_id: str | None


@lru_cache(maxsize=4)
def by_rules(context: Context) -> tuple[Claim, ...]:
    """Return the claim ledger as the words alone tell."""
    found: list[tuple[str, int, int, str | None]] = []
    personal = [(one.start, one.end) for one in find_personal(context)]  # N6 objects to these; they need no second objection.
    denied = [(one.clause_start, one.clause_end) for one in denials(context)]  # N3 and R7 judge these, but not the figures in them.
    pressed = pressing(context)  # N10 objects to these.
    owned = owning_places(context.reply)
    for sentence in context.reply.sentences:
        for clause in sentence.clauses:
            part = Part(sentence, clause, context.keys_in(clause.start, clause.end))
            claims = list(_claims_in(context, part, owned))
            for kind, start, end, fact in claims:
                if kind == "statement" and len(claims) > 1:
                    continue  # What is said of it more narrowly is told, and no more.
                silent = (
                    personal
                    if kind in {"figure", "day", "link"}
                    else [*personal, *denied, *(pressed if kind in {"assurance", "statement"} else ())]
                )
                if kind in {"assurance", "statement"} and fact is None and _judged_elsewhere(context, sentence):
                    continue
                if not _inside(tuple(silent), start, end) and not context.reply.is_quoted(start, end):
                    again = echoed(context, part, done=kind == "done") if fact is None and kind in _SAID_AGAIN else None
                    found.append((kind, start, end, fact or again))
    ledger: list[Claim] = []
    for kind, start, end, fact in sorted(set(found), key=lambda one: (one[1], one[2], one[0])):
        span = context.reply.span(start, end)
        ledger.append(Claim(kind, span, context.text[span[0] : span[1]], fact))
    return tuple(ledger)


_SAID_AGAIN = frozenset({"assurance", "statement", "done", "cause"})


def _judged_elsewhere(context: Context, sentence: Sentence) -> bool:
    """Say whether a slogan, a joke, advice after the fact or a post that vanished only looks like a statement: N8, N9, N2, N14 object."""
    return has_vanished(sentence.text) or advises(sentence.text) or boasts_or_jests(context, sentence)


def _claims_in(context: Context, part: Part, owned: tuple[tuple[int, int], ...]) -> Iterator[tuple[str, int, int, str | None]]:
    text = part.text
    lead = part.sentence.text[: max(0, part.clause.start - part.sentence.start)]
    unpromised = has(NO_PROMISE, text) or (has(NO_PROMISE, lead) and has(r"^\W*(?:that|dat|because|omdat)\b", text))
    yield from (one for one in figures_in(context, part) if not (unpromised and one[0] in {"day", "figure"} and one[3] is None))
    if context.usable and not context.speaks_facts_language:
        return  # Words cannot be compared over languages that the facts do not speak; R11 objects, and figures are still held.
    if part.is_question or (part.sentence.asks and has(_ASKING, text)) or is_unknown(text) or _is_subclause_of_unknown(part):
        return
    if is_conditional(text) or _hangs(part):
        if given := _given_on_condition(part):
            yield "promise", part.clause.start + given[0], part.clause.start + given[1], deed_carried(context, part, past=False)
        return
    if unpromised:
        return
    yield from _deeds_in(context, part, owned)
    here = part.clause.start
    cause = pattern(CAUSE).search(text)
    if cause is None and part.clause.start > part.sentence.start:
        lead = part.sentence.text[: part.clause.start - part.sentence.start]
        cause = (
            pattern(rf"^(?:because|omdat|doordat{'|want' if context.language == 'nl' else ''})\b").search(text.lstrip()) if lead else None
        )
    if cause:
        yield from _cause_in(context, part, cause.end(), owned)
    for regex in (ABSOLUTE, OFFICIAL):
        found = pattern(regex).search(text)
        if (
            found
            and not has(r"\b(?:neem|neemt|take)\W+$", text[: found.start()])
            and not has(REGRET, text)
            and not _is_apology_of_ours(text)
            and not has(_WISHED_FIRST, text)
        ):
            carried = _assured(context, part)
            yield "assurance", here + found.start(), here + len(text.rstrip()), carried
            break


def _hangs(part: Part) -> bool:
    """Say whether a clause is a Dutch condition with its verb first, or the second of two: "Heb je gegeten en krijg je klachten, bel"."""
    whole = part.sentence.text
    place = max(0, part.clause.start - part.sentence.start)
    return hangs_on_verb(whole) and (place == 0 or (has(r"^\W*en\b", part.text) and hangs_on_verb(whole[place:])))


def _is_retold(context: Context, part: Part) -> bool:
    """Say whether a clause gives back what the post tells, in its words: "I read that your card was blocked"."""
    lead = part.sentence.text[: max(0, part.clause.start - part.sentence.start)]
    return has(_RETELLING, f"{lead}{part.text}") and bool(part.keys) and part.keys <= context.post_keys


_RETELLING = r"\b(?:that|dat)\W+(?:your|you|je|jouw|jij|u|uw)\b"


def _deeds_in(context: Context, part: Part, owned: tuple[tuple[int, int], ...]) -> Iterator[tuple[str, int, int, str | None]]:
    """Yield what a clause says was done, looked into, or will be done, and what it plainly states of a thing."""
    text = part.text
    here = part.clause.start
    done = next((m for m in pattern(DONE).finditer(text)), None)
    checked = pattern(CHECKED).search(text)
    if checked and has(r"\b(?:what|wat|whatever)\W+$", text[: checked.start()]) and comes_back(part.sentence):
        checked = None  # "Tomorrow I write here what I found out": it is still to be found.
    if checked and not has(NEGATION, text[: checked.end()]):
        yield "checked", here + checked.start(), here + len(text.rstrip()), check_carried(context, part, checked.group())
    elif (
        done
        and not (has(INVESTIGATION, text) and not part.keys & REMEDIES)
        and (not has(NEGATION, text[: done.end()]) or has(r"\bniet\ meer\ bij\b|\bno\ longer\b", done.group()))
        and not _inside(owned, here + done.start(), here + done.end())
        and not _is_retold(context, part)
        and not has(rf"{APOLOGY}[^.;:!?]*\b(?:die|dat|that|for|how|hoe)\b", text[: done.start()])
    ):
        past = not has(r"\b(?:by|before|within|uiterlijk|binnen|until)\b|\bvoor\ (?:\w+dag|\d)", text) and not (
            has(r"^(?:is|are)\b", done.group())
            and (has(_PRESENT, done.group()) or any(figure.kind in {"day", "date"} for figure in figures(text)))
        )
        yield "done", here + done.start(), here + len(text.rstrip()), deed_carried(context, part, past=past)
    else:
        promise = promise_in(part)
        if (
            promise
            and not _is_free_of(context, text, promise[0])
            and not (has(r"^(?:cadeau|gratis)", text[promise[0] :]) and text[promise[0] :].split()[0].strip(".,!") in context.post.plain)
        ):
            yield "promise", here + promise[0], here + promise[1], deed_carried(context, part, past=False)
    where = None if done or checked else _told_where(context, part)
    if where:
        yield "statement", here, here + len(text.rstrip()), where
    elif (
        not done
        and not checked
        and not _inside(owned, here, part.clause.end)
        and not tells_on(part)
        and (plain := stated(context, part) or declared(context, part))
    ):
        yield "assurance", here + plain[0], here + plain[1], None
    elif (
        not done and not checked and not tells_on(part) and not _inside(owned, here, part.clause.end) and (left := left_over(context, part))
    ):
        yield "statement", here + left[0], here + left[1], None
    told = pattern(TOLD).search(text)
    if (
        told
        and not done
        and not checked
        and not has(ASKED, told["verb"])
        and not has(r"\b(?:should|ought|could|would)\b|^\W*(?:you (?:write|say|tell)|(?:je|u) (?:schrijft|zegt|vertelt))\b", text)
        and not has(NEGATION, text)
        and not _inside(owned, here + told.start(), here + told.end())
        and not has(REGRET, text)
    ):
        verb = key(told["verb"])
        if verb and not common({verb}, context.post_keys | context.all_fact_keys):
            yield "done", here + told.start(), here + len(text.rstrip()), None


def _is_free_of(context: Context, text: str, place: int) -> bool:
    """Say whether "free" says there what a thing is without, as the post does ("nut free"), and gives nothing away."""
    found = re.search(r"(\w+)[ -]$", text[:place]) if text[place:].startswith("free") else None
    return found is not None and re.search(rf"\b{re.escape(found[1])}[ -]?free\b", context.post.plain) is not None


_WISHED_FIRST = (
    r"\b(?:first|main|only|most\ important|eerste|belangrijkste)\b[^.;!?]{0,24}\b(?:is|that|dat)\W+(?:that\W+|dat\W+)?"
    r"(?:you|you're|your\W+\w+|je|jij|u|jullie|everybody|everyone|iedereen)\b"
)
"""What we wish for before all else claims nothing: "the first thing is that you're safe"."""
_STANDS = (
    r"^\W*(?:and\W+|en\W+|though\W+)?(?:(?:it|that|this|they)(?:'s|'re|\W+(?:is|are|stands?))|(?:the|our)\W+\w+\W+(?:is|are))\W+"
    r"(?:also\W+|all\W+)?(?:on|in)\W+(?:the|our)\W+(?:[\w'-]+\W+){0,3}[\w-]+\W*$"
)


def _told_where(context: Context, part: Part) -> str | None:
    """Return the fact of which a clause only says where it is to be read, as its source or itself tells: "the report is on our site"."""
    if context.language != "en" or not has(_STANDS, part.text):
        return None
    keys = {fact.id: context.fact_keys[fact.id] | keys_of_text(fact.source) for fact in context.usable}
    return next((fact for fact, told in keys.items() if not part.keys - common(part.keys, told) - _OUR_PLACE), None)


_OUR_PLACE = keys_of_text("website site page webpage")
_ASKING = r"^\W*(?:how|what|when|where|which|who|why|hoe|wat|wanneer|waar|welke|wie|waarom)\b"
_PRESENT = (
    r"^(?:is|are)\ (?:refunded|reimbursed|credited|paid|repaid|delivered|collected|replaced|compensated|shipped|dispatched|"
    r"waived|repaired)\b"
)
"""What is said of a plan as well as of a deed: "the charge is refunded"."""
_GIVES = (
    r"\b(?:we|i)(?:'ll|\W+will)\W+(?:\w+\W+)?(?:refund|reimburse|credit|pay|send|replace|compensate)\b|"
    r"\b(?:krijg|krijgt)\W+(?:je|u)\b|\byou(?:'ll)?\W+get\b|\b(?:vergoeden|betalen|sturen)\W+(?:we|wij)\b"
)


def _given_on_condition(part: Part) -> tuple[int, int] | None:
    """Find what we promise to pay or send if something is so: a remedy is promised also where it hangs on a condition."""
    found = pattern(_GIVES).search(part.text)
    return (found.start(), len(part.text.rstrip())) if found and part.keys & REMEDIES else None


def _inside(places: tuple[tuple[int, int], ...], start: int, end: int) -> bool:
    return any(begin < end and start < stop for begin, stop in places)


def _is_apology_of_ours(text: str) -> bool:
    return not has(r"\b(?:wettelijk\w*|wet|law|legally)\b", text) and has(r"\b(?:should|must|moeten|mogen|mag|hoort|hadden)\b", text)


def _is_subclause_of_unknown(part: Part) -> bool:
    """Say whether the clause only names what is unknown or being found out ("whether a crew was sent")."""
    before = part.sentence.text[: max(0, part.clause.start - part.sentence.start)]
    after = part.sentence.text[max(0, part.clause.start - part.sentence.start) + len(part.text) :]
    return has(r"^\W*(?:yet\W+|nog\W+)?(?:of|whether|waarom|why|hoe|how|what|wat)\b", part.text) and (
        is_unknown(before)
        or has(INVESTIGATION, before)
        or (not before.strip() and is_unknown(after))  # "Of we dat vergoeden, weet ik niet."
    )


_BY_WHOM = r"\b(?:wordt|worden|werd|werden|is|zijn)\b[^.;!?]*\bdoor\b[^.;!?]{1,40}\b(?:ge|be|ver|op|aan|af|terug|onder)\w+(?:d|t|en)\W*$"


def _cause_in(context: Context, part: Part, place: int, owned: tuple[tuple[int, int], ...]) -> Iterator[tuple[str, int, int, str | None]]:
    """Yield the cause that a clause states; "by our mistake" is ownership, and what the post says is no claim."""
    begin = part.clause.start + place
    end = part.sentence.end
    rest = context.reply.plain[begin:end]
    stop = re.search(r"[;:.!?]|,\s(?=(?:and|en|but|maar|so|dus|dat|dit|ik|we|wij|je|u|het|that|this|it|i|you)\b)", rest)
    if stop:
        end = begin + stop.start()
        rest = rest[: stop.start()]
    keys = context.keys_in(begin, end)
    if context.reply.plain[part.clause.start : begin].rstrip().endswith((" ons", " us")):
        return  # "door ons was je te laat": that owns it.
    if keys and part.clause.start > part.sentence.start and keys <= context.keys_in(part.sentence.start, part.clause.start):
        return  # "You felt that nobody listened, because nobody did."
    if has(r"\bdoor\b[^.;!?]{0,8}$", context.reply.plain[part.clause.start : begin]) and has(_BY_WHOM, part.text.rstrip(" .!")):
        return  # "door een koerier gebracht": who does it, and not why.
    if has(r"\b(?:moet|moeten|wil|willen|need|have\ to|want\ to)\W+(?:ik|we|wij|to|i)?\b", rest) and has(r"\b(?:ik|we|wij|i)\b", rest):
        return  # Why we must look first is no cause of anything.
    if part.text.lstrip().startswith("want") and len(keys - common(keys, context.post_keys)) <= 1:
        return
    if (
        not keys
        or is_unknown(rest)
        or has(INVESTIGATION, rest)
        or (has(r"^\W*(?:je|u|you|jouw|your|uw)\b", rest) and not keys - context.post_keys)
    ):
        return
    carried = _carried(context, keys, 1)
    if carried is None:
        carried = next((fact.id for fact in context.usable if common(keys, keys_of_text(fact.source))), None)
    told = common(
        keys, context.post_keys | context.all_fact_keys | frozenset().union(*(keys_of_text(fact.source) for fact in context.usable))
    )
    if carried and len(told) * 10 < len(keys) * 6 and not _inside(owned, part.clause.start, end):
        carried = None
    if carried is None:
        if not keys - common(keys, context.post_keys) or (_inside(owned, part.clause.start, end) and len(keys) <= 1):
            return
        if has(r"^\W*(?:ons|us|onze\ fout|our\ (?:mistake|error|fault)|mij|me)\b", rest):
            return
    yield "cause", begin, end, carried


def _carried(context: Context, keys: frozenset[str], least: int) -> str | None:
    """Return the fact with which these keys share most, if at least `least`."""
    best, most = None, least - 1
    for fact in context.usable:
        shared = common(keys, context.fact_keys[fact.id])
        own = len(shared) + len(shared - context.post_keys)
        if len(shared) >= least and own > most:
            best, most = fact.id, own
    return best


def _assured(context: Context, part: Part) -> str | None:
    """Return the fact that carries an assurance; "always" or "every" must stand in the fact too."""
    every = has(EVERY, part.text)
    for fact in context.usable:
        shared = common(part.keys, context.fact_keys[fact.id] | keys_of_text(fact.source))
        if (
            len(shared) >= min(2, len(part.keys))
            and shared
            and (not every or any(has(EVERY, read(text).plain) for text in fact_texts(fact)))
        ):
            return fact.id
    return None
