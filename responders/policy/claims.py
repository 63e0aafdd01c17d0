"""Keeps the claim ledger (N4): each checkable statement of a reply, bound to the fact that carries it, or to nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from monitor.domain import Fact, Objection
from responders.policy.context import Context, fact_texts
from responders.policy.corrections import denials
from responders.policy.grammar import COMEBACK, INVESTIGATION, NEGATION, has, is_conditional, is_unknown, pattern
from responders.policy.admissions import owning_places
from responders.policy.privacy import find_personal
from responders.policy.quantities import Figure, figures, values
from responders.policy.reading import Clause, Sentence, read
from responders.policy.wordings import APOLOGY, REGRET
from responders.policy.statements import ABSOLUTE, CAUSE, CHECKED, DONE, HARMLESS, OFFICIAL, PROMISE, REMEDY_WORDS
from responders.policy.stems import REMEDIES, common, key, keys_of_text


@dataclass(frozen=True, slots=True)
class Claim:
    """One checkable statement: `span` in characters of the reply, and the id of the fact that carries it, or None."""

    kind: str
    """figure, day, link, checked, done, promise, cause or assurance."""
    span: tuple[int, int]
    text: str
    fact_id: str | None


@dataclass(frozen=True, slots=True)
class _Part:
    """A clause under scrutiny, with the sentence it stands in."""

    sentence: Sentence
    clause: Clause
    keys: frozenset[str]

    @property
    def text(self) -> str:
        return self.clause.text


def find_claims(context: Context) -> tuple[Claim, ...]:
    """Return the claim ledger of a reply, in order; what only repeats the post is no claim."""
    found: list[tuple[str, int, int, str | None]] = []
    silent = [(one.start, one.end) for one in find_personal(context)]
    silent += [(one.clause_start, one.clause_end) for one in denials(context)]
    owned = owning_places(context.reply)
    for sentence in context.reply.sentences:
        for clause in sentence.clauses:
            part = _Part(sentence, clause, context.keys_in(clause.start, clause.end))
            for kind, start, end, fact in _claims_in(context, part, owned):
                if not any(start < stop and begin < end for begin, stop in silent[: len(silent)]) and not context.reply.is_quoted(start, end):
                    found.append((kind, start, end, fact))
    ledger: list[Claim] = []
    for kind, start, end, fact in sorted(set(found), key=lambda one: (one[1], one[2], one[0])):
        span = context.reply.span(start, end)
        ledger.append(Claim(kind, span, context.text[span[0] : span[1]], fact))
    return tuple(ledger)


def _claims_in(context: Context, part: _Part, owned: tuple[tuple[int, int], ...]) -> Iterator[tuple[str, int, int, str | None]]:
    text = part.text
    yield from _figures_in(context, part)
    if context.usable and not context.speaks_facts_language:
        return  # Words cannot be compared over languages that the facts do not speak; R11 objects, and figures are still held.
    if (part.sentence.asks and part.clause is part.sentence.clauses[-1]) or is_unknown(text) or is_conditional(text) or _is_subclause_of_unknown(part):
        return
    here = part.clause.start
    done = next((m for m in pattern(DONE).finditer(text)), None)
    checked = pattern(CHECKED).search(text)
    if checked and not has(NEGATION, text[: checked.end()]):
        yield "checked", here + checked.start(), here + len(text.rstrip()), _check_carried(context, part, checked.group())
    elif done and not has(NEGATION, text[: done.end()]) and not _inside(owned, here + done.start(), here + done.end()):
        past = not has(r"\b(?:by|before|within|uiterlijk|binnen|until)\b|\bvoor\ (?:\w+dag|\d)", text)
        yield "done", here + done.start(), here + len(text.rstrip()), _deed_carried(context, part, past=past)
    else:
        promise = _promise_in(part)
        if promise:
            yield "promise", here + promise[0], here + promise[1], _deed_carried(context, part, past=False)
    cause = pattern(CAUSE).search(text)
    if cause is None and part.clause.start > part.sentence.start:
        lead = part.sentence.text[: part.clause.start - part.sentence.start]
        cause = pattern(CAUSE).search(text) or (pattern(r"^(?:because|omdat|doordat|want)\b").search(text.lstrip()) if lead else None)
    if cause:
        yield from _cause_in(context, part, cause.end(), owned)
    for regex in (ABSOLUTE, OFFICIAL):
        found = pattern(regex).search(text)
        if found and not has(REGRET, text) and not _is_apology_of_ours(text):
            carried = _assured(context, part)
            yield "assurance", here + found.start(), here + len(text.rstrip()), carried
            break


def _inside(places: tuple[tuple[int, int], ...], start: int, end: int) -> bool:
    return any(begin < end and start < stop for begin, stop in places)


def _is_apology_of_ours(text: str) -> bool:
    return has(r"\b(?:should|moeten|mogen|hoort|hadden)\b", text)


def _is_subclause_of_unknown(part: _Part) -> bool:
    """Say whether the clause only names what is unknown or being found out ("whether a crew was sent")."""
    before = part.sentence.text[: max(0, part.clause.start - part.sentence.start)]
    return has(r"^\W*(?:of|whether|waarom|why|hoe|how|what|wat)\b", part.text) and (is_unknown(before) or has(INVESTIGATION, before))


# Figures ------------------------------------------------------------------------------------------------------------


def _figures_in(context: Context, part: _Part) -> Iterator[tuple[str, int, int, str | None]]:
    for figure in figures(part.text):
        start, end = part.clause.start + figure.start, part.clause.start + figure.end
        if figure.kind == "link":
            yield "link", start, end, _link_carried(context, part.text[figure.start : figure.end])
            continue
        if _is_ours(context, start, end) or (figure.kind == "code" and (re.search(r"[/@#_]$", part.text[: figure.start]) or _of_post(context, figure))):
            continue
        carried = _figure_carried(context, figure)
        if carried:
            yield ("day" if figure.kind == "day" else "figure"), start, end, carried
        elif _of_post(context, figure) or _needs_none(context, part, figure):
            continue
        else:
            yield ("day" if figure.kind == "day" else "figure"), start, end, None


def _is_ours(context: Context, start: int, end: int) -> bool:
    """Say whether the figure is part of our name, a handle, or the author's name."""
    plain = context.reply.plain
    names = [read(context.brand.name).plain, *(read(handle).plain for handle in context.brand.handles), read(context.stored.mention.author.handle).plain, context.stored.mention.network]
    around = plain[max(0, start - 30) : end + 30]
    return any(plain[start:end] in name and name in around for name in names if name)


def _of_post(context: Context, figure: Figure) -> bool:
    own = values(context.post.plain)
    if figure.value in own or (figure.kind == "length" and figure.value.split(" ")[0] in own):
        return True
    if figure.kind == "code":
        return figure.value in context.post.plain
    return figure.kind == "amount" and any(figure.value == value for value in own)


def _figure_carried(context: Context, figure: Figure) -> str | None:
    """Return the fact that holds the same figure; a relative day counts where the fact holds its date."""
    same = {figure.value}
    if figure.kind == "length":
        count, unit = figure.value.split(" ", 1)
        same |= {"24 hour"} if (count, unit) == ("1", "day") else {"1 day"} if (count, unit) == ("24", "hour") else set()
    if figure.kind == "percent":
        same.add(figure.value)
    if figure.kind == "day" and context.now:
        offset = {"today": 0, "tomorrow": 1, "overmorrow": 2, "yesterday": -1}.get(figure.value)
        days = [offset] if offset is not None else [n for n in range(-1, 8) if (context.now + timedelta(days=n)).strftime("%a").lower() == figure.value]
        for n in days:
            day = context.now + timedelta(days=n)
            same |= {f"{day.day}/{day.month}", day.strftime("%a").lower()} | ({"today"} if n == 0 else {"tomorrow"} if n == 1 else set())
    for fact in context.usable:
        for text in (*fact_texts(fact), fact.source):
            plain = read(text).plain
            if same & values(plain) or (figure.kind == "code" and figure.value in plain):
                return fact.id
    return None


def _link_carried(context: Context, link: str) -> str | None:
    """Return the fact that gives this link, or whose source is on the same host; our own site needs none."""
    host = re.sub(r"^(?:https?://)?(?:www\.)?", "", link).split("/")[0].rstrip(".,;:!?)")
    for fact in context.usable:
        if any(host in read(text).plain for text in (*fact_texts(fact), fact.source)):
            return fact.id
    brand = re.sub(r"\W", "", read(context.brand.name).plain)
    return "our own site" if brand and brand in re.sub(r"\W", "", host) else None


_TALK = r"\b(?:thank\w*|thanks|bedankt|dank|read|lees|las|gelezen|heard|hoorde|goede(?:morgen|middag|navond)?|good|goedemorgen|goedemiddag|have\ a|fijne|prettige|nice)\b"


def _needs_none(context: Context, part: _Part, figure: Figure) -> bool:
    """Say whether a figure states nothing checkable: manners, a step of finding out, a condition, when we come back."""
    text, sentence = part.text, part.sentence.text
    if figure.kind == "word" or (figure.kind == "number" and figure.value == "1"):
        # "we two", "one of these": a number word alone counts only before a thing of the world, and not among people.
        after = text[figure.end : figure.end + 30]
        if has(r"^\W+(?:ogen|eyes)\b", after):
            return True
        return not re.match(r"\W+(?:of\W+)?(?:our|onze|other|andere|more|new|nieuwe|extra|van)?\W*(?:free|gratis|[a-z]{4,})", after) or has(r"\b(?:both|allebei|jullie|you)\b", text[max(0, figure.start - 12) : figure.end]) or has(REGRET, text) and figure.value in values(context.post.plain)
    if figure.kind in {"day", "time", "length", "date"}:
        if is_conditional(text) or has(_TALK, text) or (part.clause.start == part.sentence.start and is_conditional(sentence)):
            return True
        if figure.value.startswith("1 ") and not has(REMEDY_WORDS, text) and not has(PROMISE, text) and not has(DONE, text):
            return True
        if part.sentence.asks and part.clause is part.sentence.clauses[-1]:
            return True
        if has(INVESTIGATION, text):
            return True
        if figure.kind == "length" and has(r"\b(?:wait\w*|wacht\w*|long|lang|late|laat|ago|geleden|after|na)\b", text) and has(rf"{REGRET}|\b(?:je|u|you|no|geen)\b", text) and not has(REMEDY_WORDS, text):
            return figure.value.split(" ")[0] == "1"
        comeback = has(COMEBACK, sentence if not has(REMEDY_WORDS, text) else text)
        if comeback and not has(REMEDY_WORDS, text) and (context.responsibility is None or is_unknown(context.reply.plain) or has(r"\b(?:pass|geef|geven|vertel|tell|deel|share)\b", text)):
            return True
    return False


# Deeds and promises ---------------------------------------------------------------------------------------------------


_GUARANTEE = r"\b(?:guarantee\w*|garande\w*|garantie|promise|beloven|beloof|never\W+(?:\w+\W+){0,2}again|not\ happen\ again|won't\ happen|nooit\ meer|niet\ (?:meer|opnieuw|nog\ eens)\W+(?:\w+\W+)?(?:gebeur\w*|voorkom\w*)|(?:gebeur\w*|voorkomt|voorkomen)\W+(?:\w+\W+){0,3}?niet\ (?:meer|nog)|last\ time|laatste\ keer)\b"


def _promise_in(part: _Part) -> tuple[int, int] | None:
    """Find what a clause commits us to, besides helping, finding out and coming back."""
    text = part.text
    found = pattern(PROMISE).search(text)
    if not found or part.sentence.asks and part.clause is part.sentence.clauses[-1]:
        return None
    rest = text[found.start() :]
    if has(NEGATION, text) and not has(_GUARANTEE, text) and not has(r"\b(?:again|meer|nooit|never)\b", text):
        return None
    if has(r"\b(?:hope|hopes|wish|wishes|thoughts|hoop|hopen|wens|wensen)\b", text):
        return None
    if has(APOLOGY, text) and not part.keys & REMEDIES:
        return None
    remedies = part.keys & REMEDIES
    guarantee = has(_GUARANTEE, text)
    if not remedies and not guarantee and (has(HARMLESS, rest) or has(INVESTIGATION, text)):
        return None
    return found.start(), len(text.rstrip())


def _deed_carried(context: Context, part: _Part, *, past: bool) -> str | None:
    """Return the fact that carries a deed or promise: each remedy named in it must stand in that fact too."""
    if has(_GUARANTEE, part.text):
        return next((fact.id for fact in context.usable if any(has(_GUARANTEE, read(text).plain) for text in fact_texts(fact)) and common(part.keys, context.fact_keys[fact.id])), None)
    wanted = part.keys & REMEDIES
    sentence_keys = context.keys_in(part.sentence.start, part.sentence.end)
    if not wanted and not has(_EVERY, part.text):
        dated = next((fact for figure in figures(part.text) if (fact := _figure_carried(context, figure))), None)
        if dated:
            return dated  # "You'll have it on Wednesday": the day is the fact's, and nothing more is promised.
    best: str | None = None
    covered: frozenset[str] = frozenset()
    for fact in context.usable:
        given = _given(fact)
        shared = common(part.keys or sentence_keys, given)
        if wanted:
            if wanted & _widen(given):
                covered |= wanted & _widen(given)
                best = best or fact.id
        elif shared and (not past or any(has(DONE, read(text).plain) for text in fact_texts(fact))):
            best = best or fact.id
    things = part.keys - REMEDIES
    if wanted & {"REFUND", "REPLACE", "COMPENSATE", "FREE"} and things and not common(things, context.all_fact_keys | context.post_keys):
        return None  # "We pay for your taxi": the remedy is known, the thing is not.
    if wanted and not wanted <= covered | ({"TRANSFER"} if "REFUND" in covered else set()):
        return None
    if best and past and _is_only_planned(context, wanted) and not has(r"\b(?:vergeten|forgot\w*)\b", part.text):
        return None
    return best


def _given(fact: Fact) -> frozenset[str]:
    """Return the keys of a fact that may carry a promise: not those it denies or asks about ("why it was not collected")."""
    found: frozenset[str] = frozenset()
    for text in fact_texts(fact):
        for sentence in read(text).sentences:
            for clause in sentence.clauses:
                keys = keys_of_text(clause.text)
                if has(r"\b(?:why|waarom|whether|vergeten|forgotten|forgot|failed)\b", clause.text):
                    keys -= REMEDIES
                found |= keys - _denied_remedies(clause.text)
    return found


def _denied_remedies(text: str) -> frozenset[str]:
    """Return the remedies that a clause denies: a negation stands within three words before them."""
    words = [word.text for word in read(text).words]
    return frozenset(found for place, word in enumerate(words) if (found := key(word)) in REMEDIES and any(has(NEGATION, before) for before in words[max(0, place - 3) : place]))


_WIDER = {"REFUND": {"TRANSFER"}, "TRANSFER": {"REFUND"}, "SEND": {"DELIVER", "REPLACE"}, "DELIVER": {"SEND"}, "REPLACE": {"SEND"}}


def _widen(keys: frozenset[str]) -> frozenset[str]:
    """Add the remedies that mean nearly the same as those given."""
    return keys | frozenset(near for key in keys for near in _WIDER.get(key, ()))


def _is_only_planned(context: Context, wanted: frozenset[str]) -> bool:
    """Say whether the facts only plan the deed that the reply tells as done."""
    if not wanted:
        return False
    planned = False
    for fact in context.usable:
        for text in fact_texts(fact):
            for sentence in read(text).sentences:
                if wanted & _widen(keys_of_text(sentence.text)):
                    if has(r"\b(?:has|have|had|heeft|hebben|was|were|zijn\ (?:\w+\ )?(?:al|teruggestort)|is\ (?:op|al|teruggestort|vervangen|gerepareerd|opgelost|verholpen|hersteld)|al\b|already)\b", sentence.text) and not has(r"\b(?:by\ \d|uiterlijk|will|wordt|worden)\b", sentence.text):
                        return False
                    planned = planned or has(r"\b(?:will|by\ (?:\d|mon|tue|wed|thu|fri|sat|sun|noon|the\ end|next|tomorrow)|wordt|worden|zal|zullen|krijgt|krijgen|uiterlijk|gaat|gaan|goes|gets|get|arrive|on\ (?:mon|tues|wednes|thurs|fri|satur|sun)day)\b", sentence.text)
    return planned


_ONGOING = r"\b(?:is|are|was)\W+(?:\w+\W+)?(?:being|\w+ing)\b|\b(?:wordt|worden|vraagt|vragen|zoekt|zoeken|gaat|gaan|onderzoekt|onderzoeken|spreekt|spreken|will)\b"


def _check_carried(context: Context, part: _Part, words: str) -> str | None:
    """Return the fact that shows that somebody checked this; a check that still runs carries only that we asked."""
    asked = has(r"\b(?:asked|gevraagd|nagevraagd)\b", words)
    for fact in context.usable:
        if asked and common(part.keys, context.fact_keys[fact.id]):
            return fact.id
        if any(has(_ONGOING, read(text).plain) for text in fact_texts(fact)):
            continue
        texts = (*fact_texts(fact), fact.source)
        texts = (*fact_texts(fact), fact.source)
        shared = common(part.keys - {"CHECK"}, frozenset().union(*(keys_of_text(text) for text in texts)))
        told = common(context.keys_in(part.sentence.start, part.sentence.end) - {"CHECK"}, context.fact_keys[fact.id])
        if shared - context.post_keys or (shared and told - context.post_keys and "CHECK" in frozenset().union(*(keys_of_text(text) for text in texts))):
            return fact.id
    return None


# Causes and assurances ------------------------------------------------------------------------------------------------


def _cause_in(context: Context, part: _Part, place: int, owned: tuple[tuple[int, int], ...]) -> Iterator[tuple[str, int, int, str | None]]:
    """Yield the cause that a clause states; "by our mistake" is ownership, and what the post says is no claim."""
    begin = part.clause.start + place
    end = part.sentence.end
    rest = context.reply.plain[begin:end]
    stop = re.search(r"[;:.!?]|,\s(?=(?:and|en|but|maar|so|dus)\s)", rest)
    if stop:
        end = begin + stop.start()
        rest = rest[: stop.start()]
    keys = context.keys_in(begin, end)
    if part.text.lstrip().startswith("want") and len(keys - common(keys, context.post_keys)) <= 1:
        return
    if not keys or is_unknown(rest) or has(INVESTIGATION, rest) or has(r"^\W*(?:je|u|you|jouw|your|uw)\b", rest) and not keys - context.post_keys:
        return
    carried = _carried(context, keys, 1)
    told = common(keys, context.post_keys | context.all_fact_keys)
    if carried and len(told) * 10 < len(keys) * 6 and not _inside(owned, part.clause.start, end):
        carried = None
    if carried is None:
        if not keys - common(keys, context.post_keys) or _inside(owned, part.clause.start, end) and len(keys) <= 1:
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


_EVERY = r"\b(?:always|never|every|all|safest|best|nobody|only|first|altijd|nooit|elke|iedere|alle|veiligste|beste|niemand|eerste|100|fully|perfectly|completely|volledig|helemaal|risk|danger|risico|gevaar)\b"


def _assured(context: Context, part: _Part) -> str | None:
    """Return the fact that carries an assurance; "always" or "every" must stand in the fact too."""
    every = has(_EVERY, part.text)
    for fact in context.usable:
        shared = common(part.keys, context.fact_keys[fact.id] | keys_of_text(fact.source))
        if len(shared) >= min(2, len(part.keys)) and shared and (not every or any(has(_EVERY, read(text).plain) for text in fact_texts(fact))):
            return fact.id
    return None


_KINDS = {
    "figure": ("Dit getal, bedrag of deze datum", "This number, amount or date"),
    "day": ("Deze dag of toezegging", "This day or commitment"),
    "link": ("Deze link", "This link"),
    "checked": ("Dat we dit hebben nagekeken", "That we checked this"),
    "done": ("Dat dit gedaan is", "That this was done"),
    "promise": ("Deze toezegging", "This promise"),
    "cause": ("Deze oorzaak", "This cause"),
    "assurance": ("Deze verzekering", "This assurance"),
}


def unsourced(context: Context) -> Iterator[Objection]:
    """N4: each checkable statement is bound to a fact with a source; what is bound to nothing may not go out."""
    reply_places: set[tuple[int, int]] = set()
    for claim in find_claims(context):
        if claim.fact_id is not None or any(begin <= claim.span[0] and claim.span[1] <= end for begin, end in reply_places):
            continue
        reply_places.add(claim.span)
        nl, en = _KINDS[claim.kind]
        objection = context.objection(
            "N4",
            0,
            0,
            nl=f"{nl} staat in geen enkel feit met bron: ‘{claim.text[:80]}’. Leg het feit vast met bron, of laat het weg.",
            en=f"{en} stands in no fact with a source: '{claim.text[:80]}'. Record the fact with its source, or leave it out.",
        )
        yield Objection(objection.rule, objection.severity, claim.span, objection.sentence)
