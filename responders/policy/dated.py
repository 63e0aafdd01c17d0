"""Binds figures to facts for the claim ledger: numbers, amounts, dates, days, links (N4). Other claims stand in claims and deeds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from functools import lru_cache

from responders.policy.asked import BY_POST
from responders.policy.context import Context, fact_texts
from responders.policy.equalfigures import counts_things, forms, held, held_money, held_numbers, minutes
from responders.policy.grammar import COMEBACK, INVESTIGATION, hangs_on_verb, has, is_conditional, is_unknown
from responders.policy.jottings import written_out
from responders.policy.measures import WEEK
from responders.policy.parts import Part
from responders.policy.quantities import Figure, day_before, figures, values
from responders.policy.reading import read
from responders.policy.recent import names_month
from responders.policy.reckoned import reckoned
from responders.policy.spokentimes import compounds, later
from responders.policy.statements import DONE, PROMISE, REMEDY_WORDS
from responders.policy.stems import NUMBER_WORDS
from responders.policy.weekdays import beside, contradicts, date_beside
from responders.policy.wordings import REGRET


def figures_in(context: Context, part: Part) -> Iterator[tuple[str, int, int, str | None]]:
    """Yield each figure of a clause that states something: kind, place, and the fact that holds it, or None."""
    for figure in _figures_of(part):
        start, end = part.clause.start + figure.start, part.clause.start + figure.end
        if figure.kind == "link":
            yield "link", start, end, _link_carried(context, part.text[figure.start : figure.end])
            continue
        if _is_ours(context, start, end) or (
            figure.kind == "code" and (re.search(r"[/@#_]$", part.text[: figure.start]) or _of_post(context, figure, part.sentence.text))
        ):
            continue
        shift = part.clause.start - part.sentence.start
        moment = date_beside(part.sentence, shift, figure) if figure.kind == "day" else None
        if moment and contradicts(context, figure.value, moment):
            yield "day", start, end, None
            continue
        carried = figure_carried(context, figure, part.sentence.text, shift) or (moment and _by_date(context, part, figure, moment))
        if carried is None and figure.value in _SAID_OF_TODAY and context.today is None:
            carried = _by_weekday(context, part, figure)
        if carried == BY_POST:
            continue
        if carried:
            yield ("day" if figure.kind == "day" else "figure"), start, end, carried
        elif _of_post(context, figure, part.sentence.text) or _needs_none(context, part, figure):
            continue
        else:
            carried = reckoned(context, part, figure)
            if carried != BY_POST:
                yield ("day" if figure.kind == "day" else "figure"), start, end, carried


def _by_date(context: Context, part: Part, figure: Figure, moment: Figure) -> str | None:
    """Return the fact that tells the date beside a day: the day says again which one it is, for all that is known here."""
    if context.today and figure.value not in WEEK:
        return None  # What "today" is is known.
    if carried := figure_carried(context, moment, part.sentence.text):
        return carried
    return BY_POST if _of_post(context, moment, part.sentence.text) else None


_SAID_OF_TODAY = frozenset({"today", "tonight", "tomorrow", "overmorrow", "yesterday"})


def _by_weekday(context: Context, part: Part, figure: Figure) -> str | None:
    """Return the fact that tells the day of the week beside "tomorrow", which says it again: "morgen, woensdag"."""
    shift = part.clause.start - part.sentence.start
    whole = figures(part.sentence.text)
    own = next((one for one in whole if one.start == shift + figure.start), None)
    day = own and next((one for one in whole if one.value in WEEK and beside(part.sentence.text, own, one)), None)
    return figure_carried(context, day, part.sentence.text) if day else None


MAX_CUT = 20
"""A sentence with more lengths that its clauses cut in two is read clause by clause."""


def _figures_of(part: Part) -> tuple[Figure, ...]:
    """Return the figures of a clause; "two and a half hours" is one, though a clause begins at its "and"."""
    whole = compounds(part.sentence.text)
    if not whole or len(whole) > MAX_CUT:
        return figures(part.text)
    shift = part.clause.start - part.sentence.start
    places = [(one.start - shift, one.end - shift) for one in whole]
    found = [one for one in figures(part.text) if not any(begin < one.end and one.start < end for begin, end in places)]
    found += [Figure(one.kind, one.value, one.start - shift, one.end - shift) for one in whole if 0 <= one.start - shift < len(part.text)]
    return tuple(sorted(found, key=lambda one: one.start))


def _is_ours(context: Context, start: int, end: int) -> bool:
    """Say whether the figure is part of our name, a handle, or the author's name."""
    plain = context.reply.plain
    names = [
        read(context.brand.name).plain,
        *(read(handle).plain for handle in context.brand.handles),
        read(context.stored.mention.author.handle).plain,
        context.stored.mention.network,
    ]
    around = plain[max(0, start - 30) : end + 30]
    return any(plain[start:end] in name and name in around for name in names if name)


def _of_post(context: Context, figure: Figure, sentence: str) -> bool:
    """Say whether the post tells the figure, in whatever form; a month also where the sentence names the post's own month beside it."""
    own = held_money(context.post.plain, loosely=True) if figure.kind == "amount" else _held_by_post(context)
    if (
        figure.value in own
        or figure.also & own
        or (figure.kind == "length" and figure.value.split(" ")[0] in own & held_numbers(context.post.plain))
    ):
        return True
    if figure.kind == "length" and (hours := re.match(r"(\d{1,2}) hour", figure.value)) and f"{int(hours[1]):02}:00" in own:
        return True  # "4 uur in de rij" reads like a time of day.
    if figure.kind == "length" and (wanted := minutes(figure.value)) and any(minutes(value) == wanted for value in own):
        return True
    if figure.kind == "month":
        return any(value.endswith(figure.value) for value in own) or any(
            names_month(context.post.plain, month) and names_month(sentence, month) for month in range(1, 13)
        )
    if figure.kind == "code":
        return figure.value in context.post.plain
    if figure.kind == "amount":
        return any(figure.value == value for value in own) or figure.value in _differences(context.post.plain)
    return False


def _held_by_post(context: Context) -> frozenset[str]:
    """Return every form of every figure of the post, as it stands and written out."""
    written = read(written_out(context.post.text)).plain
    own = held(context.post.plain)
    return own if written == context.post.plain else own | held(written)


def _differences(plain: str) -> frozenset[str]:
    """Return by how much the amounts of a post differ: "from 90 to 160" is "70 more", which anybody can reckon."""
    amounts = [float(one.value) for one in figures(plain) if one.kind in {"amount", "number"} and re.fullmatch(r"[\d.]+", one.value)][:6]
    return frozenset(f"{abs(one - other):g}" for place, one in enumerate(amounts) for other in amounts[place + 1 :])


def figure_carried(context: Context, figure: Figure, plain: str = "", shift: int = 0) -> str | None:
    """Return the fact that holds the same figure, in whatever form; a relative day counts where the fact holds its date."""
    same = set(forms(figure, plain, shift))
    if figure.value == "tonight":
        same.add("today")
    if figure.value == "now" and has(_WITHIN_HOUR, plain[max(0, figure.start + shift) : figure.end + shift]):
        same.add("60 minutes long")
    if figure.kind == "day" and (today := context.today):
        offset = {"today": 0, "tomorrow": 1, "overmorrow": 2, "yesterday": -1}.get(figure.value)
        days = (
            [offset]
            if offset is not None
            else [n for n in range(-1, 8) if (today + timedelta(days=n)).strftime("%a").lower() == figure.value]
        )
        for n in days:
            day = today + timedelta(days=n)
            same |= {f"{day.day}/{day.month}", day.strftime("%a").lower()} | ({"today"} if n == 0 else {"tomorrow"} if n == 1 else set())
    if figure.kind == "time" and context.language == "en" and figure.value[:2] in {"10", "11", "12"}:
        same.add(later(figure.value))  # English says "11.08" of the evening too.
    end = figure.end + shift
    if figure.kind == "number" and (dated := day_before(figure.value, plain[end : end + 60])):
        same.add(dated)  # "24 and 25 November", which clauses cut in two.
    counted = (
        figure.kind in {"number", "word"}
        and not figure.is_ordinal
        and (counts_things(plain, end) or has(_OF_LENGTH, plain[end : end + 12]))
        and not _has_cents(figure, plain, shift)
    )
    holds = held_money if figure.kind == "amount" else held_numbers if counted else held
    for fact in context.usable:
        # In a source a day is when somebody wrote or meets; written out it would be a promise.
        for text in (*fact_texts(fact), fact.source if figure.kind == "day" else written_out(fact.source)):
            told = read(text).plain
            if figure.is_ordinal and any(value.split("/")[0] == figure.value.split("/")[0] for value in values(told) if "/" in value):
                return fact.id  # "the 20th", where the fact says "20 May".
            if figure.value == "today" and has(_AT_ONCE, told):
                return fact.id  # "See a doctor today", where the fact says "the same day".
            if figure.kind == "month" and any(value.endswith(figure.value) for value in values(told)):
                return fact.id
            if same & holds(told) or (figure.kind == "code" and _names_code(told, figure.value)):
                return fact.id
            if figure.kind == "number" and len(figure.value) >= 6 and figure.value.lstrip("0") in re.sub(r"\D", "", told):
                return fact.id  # A number to ring, with its spaces elsewhere.
    return None


def _names_code(told: str, code: str) -> bool:
    """Say whether a text tells a code, or that of which the reply speaks as several: "the M4s", "the Year 7s"."""
    if any(read(one).plain in told for one in (code, written_out(code), written_out(code.upper()))):
        return True
    one = re.fullmatch(r"([a-z]{0,3}\d{1,4})s", code)
    return one is not None and re.search(rf"(?<![\w.,]){one[1]}(?![\w]|[.,]\d)", told) is not None


_OF_LENGTH = r"^ ?(?:[mck]m|met(?:er|re)s?|kg|kilo|gram|lit(?:er|re)s?)\b"
"""A unit behind a number, which no number of days or people has."""


def _has_cents(figure: Figure, plain: str, shift: int) -> bool:
    """Say whether a bare number is written as an amount, which counts no things: "57,40"."""
    return re.search(r"\d[.,]\d\d$", plain[figure.start + shift : figure.end + shift]) is not None


_WITHIN_HOUR = r"\b(?:hour|uur)$"
_AT_ONCE = r"\b(?:the\ same\ day|dezelfde\ dag|diezelfde\ dag|at\ once|immediately|meteen|direct|onmiddellijk)\b"


def _link_carried(context: Context, link: str) -> str | None:
    """Return the fact that gives this link, or whose source is on the same host; our own site needs none."""
    host = re.sub(r"^(?:https?://)?(?:www\.)?", "", link).split("/")[0].rstrip(".,;:!?)")
    for fact in context.usable:
        if any(host in read(text).plain for text in (*fact_texts(fact), fact.source)):
            return fact.id
    brand = re.sub(r"\W", "", read(context.brand.name).plain)
    return "our own site" if brand and brand in re.sub(r"\W", "", host) else None


_ORDERS = (
    r"^\W+(?:\w+\W+)?(?:things?|dingen|zaken|points?|punten|questions?|vragen|apologies|excuses|mistakes?|fouten|words|woorden|reasons|"
    r"redenen)\b"
)
"""What a reply counts to order what it says: "two things went wrong" tells no number of the world."""
_OF_SO_MANY = rf"^\W+(?:of|van)\W+(?:\w+\W+)?(?:\d|(?:{'|'.join(NUMBER_WORDS)})\b)"
"""Before it stands how many: "ten of the 24"."""
_WHICH_OF = r"\b(?:welke?|which)\W+(?:van|of)\W+(?:de|die|deze|the|those|these)\W+$"
"""Before what was named just now: "which of the two do you have?"."""
_WEIGHED = r"\b(?:should|ought|have\ to|must|moet|moeten|hoort|hoef|hoeft|hoeven|mag|mogen|niemand|nobody|no\ one)\b"
_EMERGENCY = frozenset({"112", "113", "911", "999", "988", "116", "111", "101"})
_TALK = (
    r"\b(?:thank\w*|thanks|bedankt|dank|read|lees|las|gelezen|heard|hoorde|goede(?:morgen|middag|navond)?|"
    r"good|goedemorgen|goedemiddag|have\ a|fijne|prettige|nice)\b"
)


@lru_cache(maxsize=256)
def _says(regex: str, text: str) -> bool:
    """Say whether a pattern is found in a text, which is asked again for each of its figures."""
    return has(regex, text)


def _needs_none(context: Context, part: Part, figure: Figure) -> bool:
    """Say whether a figure states nothing checkable: manners, a step of finding out, a condition, when we come back."""
    text, sentence = part.text, part.sentence.text
    if has(r"\b(?:i'd|we'd|would|zou|zouden)\b", text[: figure.start]) and not _says(REMEDY_WORDS, text):
        return True  # "I'd want an answer today too."
    rung = has(r"\b(?:call|ring|dial|phone|bel|belt|bellen)\W+(?:\w+\W+){0,2}$", text[: figure.start])
    if figure.kind == "number" and figure.value in _EMERGENCY and (rung or not counts_things(text, figure.end)):
        return True
    if figure.kind == "word" and has(r"(?:de|th|ste|ird|rst|ond)$", text[figure.start : figure.end]):
        return True
    hangs = part.clause.start == part.sentence.start and is_conditional(sentence)
    if figure.is_ordinal and (is_conditional(text) or (hangs and hangs_on_verb(sentence))):
        return True  # "If the money isn't there on the 21st": the day after the one that a fact names.
    if figure.kind == "word" or (figure.kind == "number" and figure.value == "1"):
        return _counts_nothing(context, text, figure)
    if figure.kind in {"day", "time", "length", "date"} or (
        figure.kind == "number" and has(r"\b(?:at|om|by|before|tegen)\W*$", text[max(0, figure.start - 8) : figure.start])
    ):
        if is_conditional(text) or _says(_TALK, text) or hangs:
            return True
        within = has(r"\b(?:binnen|within)\W+$", text[: figure.start])
        if figure.value.startswith("1 ") and not within and not any(_says(one, text) for one in (REMEDY_WORDS, PROMISE, DONE)):
            return True
        if part.is_question:
            return True
        if _says(INVESTIGATION, text):
            return True
        if (
            figure.kind == "length"
            and has(r"\b(?:wait\w*|wacht\w*|long|lang|late|laat|ago|geleden|after|na)\b", text)
            and has(rf"{REGRET}|\b(?:je|u|you|no|geen)\b", text)
            and not _says(REMEDY_WORDS, text)
        ):
            return figure.value.split(" ")[0] == "1"
        comeback = _says(COMEBACK, sentence if not _says(REMEDY_WORDS, text) else text)
        if (
            comeback
            and not _says(REMEDY_WORDS, text)
            and (
                context.responsibility is None
                or is_unknown(context.reply.plain)
                or has(r"\b(?:what|how|wat|hoe)\ (?:we|wij|ik|i)\b", sentence)
                or _says(INVESTIGATION, sentence)  # What is being found out, and when we tell: a step of our own.
                or has(r"\b(?:pass|geef|geven|vertel|tell|deel|share)\b", text)
            )
        ):
            return True
    return False


def _counts_nothing(context: Context, text: str, figure: Figure) -> bool:
    """Say whether a number word counts no things of the world: "we two", "one of these"; and not among people."""
    after = text[figure.end : figure.end + 30]
    if has(r"^\W+(?:ogen|eyes)\b", after) or has(_ORDERS, after):
        return True
    if has(r"^\W+(?:keer|maal|times)(?!\W+(?:per|a|each|every|elke|iedere)\W+\w+)\b", after):
        return figure.value in {"1", "2"} or has(_WEIGHED, text)  # "Nobody should have to ring three times."
    if figure.value.isdigit() and int(figure.value) > 4 and has(r"^\W+(?:of|van)\W+(?:you|them|us|jullie|hen|ons)\b", after):
        return False  # "Sixty of you were affected."
    if has(_OF_SO_MANY, after):
        return False
    if has(_WHICH_OF, text[: figure.start]) and int(figure.value) <= 3:
        return True
    return (
        not re.match(
            r"\W+(?:of\W+)?(?:our|onze|other|andere|more|new|nieuwe|extra|van)?\W*(?:de|het|the|die|deze|those|these)?\W*(?:free|"
            r"gratis|[a-z]{4,})",
            after,
        )
        or has(r"\b(?:both|allebei|jullie|you)\b", text[max(0, figure.start - 12) : figure.end])
        or (has(REGRET, text) and figure.value in values(context.post.plain))
    )
