"""Reckons a figure of a reply from two or more of the facts and the post: sums, differences, multiples, shares (N4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, product

from responders.policy.asked import BY_POST, LESS_THAN, MORE_THAN, Asked, is_near
from responders.policy.grammar import has
from responders.policy.measures import PHYSICAL, Measure
from responders.policy.reading import read
from responders.policy.stems import NUMBER_WORDS, REMEDIES, common, key, keys_of_text

_SUM = (
    r"\b(?:samen|bij elkaar|bijelkaar|opgeteld|tezamen|in totaal|totaal|totale|alles|allemaal|together|altogether|total(?:s|ling)?|in all|"
    r"all told|add(?:s|ed)? up|sum|combined|plus|both|beide|allebei)\b"
)
_DIFFERENCE = (
    r"\b(?:meer|minder|verschil|scheelt|scheelde|nog|rest(?:eert|erende|ant)?|open|teveel|te (?:veel|weinig|hoog|laag)|extra|hoger|lager|"
    r"duurder|goedkoper|steeg|stijging|stijgt|gestegen|verhoogd|verhoging|daalde|daling|gedaald|verlaagd|slechts|alleen|andere|overige|"
    r"more|less|fewer|difference|left|remain(?:s|ing|der)?|rest|owed?|outstanding|balance|"
    r"too (?:much|many|few|little|high|low)|gap|above that|higher|lower|dearer|"
    r"cheaper|rose|rise|risen|went up|gone up|increase[ds]?|raised|fell|dropped|drop|reduced|saves?|saved|only|other|others|"
    r"later|earlier|te laat|late|eerder|vroeger|omhoog|omlaag|erbij|eraf|bovenop|(?:go|goes|going|gone) (?:up|down)|on top)\b|\bmaar\W+$"
)
_TOO_MUCH = r"^\W+(?:\w+\W+)?(?:te|too)\W+(?:veel|weinig|hoog|laag|much|little|high|low)\b"
_GIVEN = REMEDIES | {key(word) for word in ("returned", "given", "waived", "back", "gestort", "overgemaakt", "gekregen", "krijgt")} - {""}
_OF_THE = r"^\W+(?:of|van)\W+(?:the|de|our|onze|all|alle|\d)"

MAX_TERMS, MAX_OWN = 12, 6


def _terms(asked: Asked, unit: str) -> list[tuple[str, Measure]]:
    """Return the measures of one unit that facts and post tell, those first of which the sentence speaks."""
    found = [(fact, one) for fact, _, measures in asked.told for one in measures if one.unit == unit and not one.is_bound]
    spoken = [(fact, one) for fact, one in found if asked.speaks_of(one.about)]
    return [*spoken, *(one for one in found if one not in spoken)][:MAX_TERMS]


def _belong_together(asked: Asked, those: tuple[tuple[str, Measure], ...]) -> bool:
    """Say whether the post tells all of them, or the sentence speaks of each: what is lost and what is paid back add up to nothing."""
    if asked.keys & REMEDIES and any(one.unit == "money" and fact != OWN and not one.about & _GIVEN for fact, one in those):
        return False  # What a ticket and the parking cost is not what is paid back for it.
    places = {(fact, one.start) for fact, one in those}
    if len(places) < len(those):
        return False
    return all(fact == BY_POST for fact, _ in those) or all(fact == OWN or asked.speaks_of(one.about) for fact, one in those)


OWN = "own"
"""What stands for the sentence itself among the facts that tell an amount."""


def summed(asked: Asked) -> str | None:
    """A sum of two or three amounts, counts or lengths of which the sentence speaks, where it says that it adds up."""
    for unit, size in asked.sizes:
        if unit not in {"money", "count", "minutes", "months"} | PHYSICAL or not has(_SUM, asked.plain):
            continue
        terms = [*_terms(asked, unit), *[(OWN, one) for one in asked.own if one.unit == unit][:MAX_OWN]]
        for several in (2, 3):
            for those in combinations(terms, several):
                if not is_near(asked, unit, size, sum(one.size for _, one in those)) or not _belong_together(asked, those):
                    continue
                if found := [fact for fact, _ in those if fact != OWN]:
                    return max(found)  # A fact's rather than the post's.
                return next((fact for fact, _, measures in asked.told if any(asked.speaks_of(one.about) for one in measures)), None)
    return None


def differs(asked: Asked) -> str | None:
    """By how much two amounts, counts, shares or lengths differ of which the sentence speaks, where it says that something is left."""
    for unit, size in asked.sizes:
        if unit not in {"money", "count", "percent", "minutes"} | PHYSICAL or not (
            has(_DIFFERENCE, asked.before) or has(_DIFFERENCE, asked.after) or has(_OF_THE, asked.after)
        ):
            continue
        for those in combinations(_terms(asked, unit), 2):
            (fact, one), (other_fact, other) = those
            if not is_near(asked, unit, size, abs(one.size - other.size)):
                continue
            # Two amounts of one sentence of a fact, and a reply that tells by how much one is too high, need no other word in common.
            of_the = not asked.nouns and has(_OF_THE, asked.after)
            plainly = fact == other_fact and one.sentence == other.sentence and (has(_TOO_MUCH, asked.after) or of_the)
            if not plainly and not _belong_together(asked, those):
                continue
            together = fact == other_fact and abs(one.sentence - other.sentence) <= 1
            changed = unit == "count" and together and has(_FEWER, asked.after) and _tells_change(asked, fact)
            rest = unit == "count" and together and has(_THE_OTHERS, asked.before) and _tells_rest(asked, fact)
            if unit == "count" and not rest and not changed and not (together and (of_the or common(asked.nouns, one.about | other.about))):
                continue  # What counts different things leaves nothing when it is taken from each other.
            if together or unit == "money":
                return max(fact, other_fact)
    return None


def tells_apart(asked: Asked) -> str | None:
    """What two figures of one sentence are together or apart, to the last of at least three digits: nobody hits on that by chance."""
    shown = re.sub(r"\D", "", asked.plain[asked.start : asked.end])
    for unit, size in asked.sizes:
        if unit not in {"money", "count"} | PHYSICAL or len(shown) < 2 or asked.keys & _GIVEN:
            continue
        for (fact, one), (other_fact, other) in combinations(_terms(asked, unit), 2):
            near = fact == other_fact and one.sentence == other.sentence and min(one.size, other.size) >= LARGE
            if not near and len(shown.strip("0")) < SURE_DIGITS:
                continue
            if one.nouns != other.nouns and not asked.speaks_of(one.about | other.about) and not has(_DIFFERENCE, asked.after):
                continue
            apart = abs(abs(one.size - other.size) - size) < 1e-6
            if apart or (unit == "money" and fact == other_fact and abs(one.size + other.size - size) < 1e-6):
                return max(fact, other_fact)
    return None


_GIVEN = frozenset({"REFUND", "COMPENSATE", "FREE", "VOUCHER"})
"""What is given is never reckoned from what something cost."""
LARGE, SURE_DIGITS = 100, 3
"""From how large two figures of one sentence are no coincidence, and how many digits make a figure none wherever they stand."""
_OF_SO_MANY = r"(?:^|\W)(?:of|van)\W+(?:the\W+|our\W+|de\W+|onze\W+)?$"


def made_up_of(asked: Asked) -> str | None:
    """How many there are of what one sentence of a fact counts in two parts: "of nineteen, fourteen are left" of 14 and 5."""
    if not has(_OF_SO_MANY, asked.before):
        return None
    own = {one.size for one in asked.own if one.unit == "count"}
    for unit, size in asked.sizes:
        for (fact, one), (other_fact, other) in combinations(_terms(asked, "count") if unit == "count" else (), 2):
            together = fact == other_fact and one.sentence == other.sentence
            alike = bool(common(one.nouns, other.nouns)) or asked.nouns <= one.about & other.about
            if together and alike and one.size + other.size == size and {one.size, other.size} & own:
                return fact
    return None


_THE_OTHERS = r"\b(?:other|remaining|last|andere|overige|resterende|laatste)\W+$"
_FEWER = r"^\W+(?:more|less|fewer|meer|minder|hoger|lager|higher|lower)\b"
_CHANGED = r"\b(?:was|were|waren|eerst|eerder|voorheen|previously|earlier|before|van \d[\d.]* naar|from \d[\d.]* to)\b"


def _tells_change(asked: Asked, fact: str) -> bool:
    """Say whether a fact tells what a count is and what it was: "14 staff, was 18"."""
    return any(has(_CHANGED, read(text).plain) for source, text, _ in asked.told if source == fact)


_REST = r"\b(?:rest|remaining|remainder|others?|overige[n]?|andere[n]?|resterende)\b"


def _tells_rest(asked: Asked, fact: str) -> bool:
    """Say whether a fact tells of those that are left: "46 of 58 replaced, rest by 4 December"."""
    return any(has(_REST, read(text).plain) for source, text, _ in asked.told if source == fact)


_EACH = (
    r"\b(?:each|every|per|apiece|elk|elke|ieder|iedere|telkens|keer|times|payments?|termijn(?:en)?|a (?:day|week|month|night|person|"
    r"piece|head)|an hour)\b|"
    r"/ ?(?:dag|week|maand|mnd|jaar|uur|nacht|rit|keer|stuk|persoon|day|month|year|hour|night|ride|person|piece)\b"
)
_ALL = r"\b(?:both|all|together|in total|beide|allebei|samen|in totaal)\b"
_BOTH = r"\b(?:both|beide|allebei)\b"
_BY_ITSELF = r"^\W+(?:for\W+|voor\W+)?(?:each|every|per|apiece|a|an|elk|elke|ieder|iedere|twice|tweemaal|\w+\W+(?:times|keer|maal))\b"
"""After an amount that is told for one, and is not taken as often as told yet: "9 pounds for every day"."""
MAX_COUNT, NEARBY = 36, 45


def _counts(asked: Asked, fact: str, one: Measure, measures: tuple[Measure, ...]) -> Iterator[float]:
    """Yield how many times an amount may be taken: as the sentence says, or else as its own fact or another one says."""
    told = [other for other in asked.own if other.unit == "count" and other.size <= MAX_COUNT and abs(other.start - asked.start) < NEARBY]
    if has(_BOTH, asked.plain):
        yield 2
    lengths = [other for other in asked.own if other.unit in {"minutes", "months"}]
    if not told and not lengths:
        told = [other for other in measures if other.unit == "count" and other.size <= MAX_COUNT]
        told += [
            other
            for source, _, others in asked.told
            for other in others
            if source != fact and other.unit == "count" and other.size <= MAX_COUNT and common(other.nouns, one.about | asked.keys)
        ]
        lengths = [other for other in measures if other.unit in {"minutes", "months"}]
    yield from (other.size for other in told)
    for other in lengths:
        parts = (1440, 10_080, 60) if other.unit == "minutes" else (1, 12)
        yield from (other.size / part for part in parts if other.size % part == 0 and other.size / part <= MAX_COUNT)
    for _, _, others in asked.told:
        days = {(other.unit, other.size) for other in others if other.unit in {"date", "weekday"} and asked.speaks_of(other.about)}
        for unit in ("date", "weekday"):
            if not asked.own and 2 <= (several := sum(one_unit == unit for one_unit, _ in days)) <= 4:
                yield several


def multiplied(asked: Asked) -> str | None:
    """An amount taken as often as sentence or facts tell, or shared out over that many; or a share of it."""
    for unit, size in asked.sizes:
        if unit != "money":
            continue
        by_itself = has(_BY_ITSELF, asked.after)
        for fact, text, measures in asked.told:
            plain = read(text).plain
            for one in measures:
                if one.unit != "money" or one.size <= 0 or one.is_bound:
                    continue
                shares = [other for other in (*measures, *asked.own) if other.unit == "percent"]
                if _is_share_of(asked, one, shares):
                    return fact
                said_again = any(other.unit == "money" and other.size == one.size for other in asked.own)
                if not asked.speaks_of(one.about) and fact != BY_POST and not said_again:
                    continue
                if has(_ALL, plain) and not has(_EACH, plain):
                    continue  # "Both tickets (£84)": that is for both.
                each = (
                    has(_EACH, plain)
                    or has(_EACH, asked.plain)
                    or any(other.unit == "count" for other in asked.own)
                    or _lasts(asked, plain, measures)
                )
                for count in _counts(asked, fact, one, measures):
                    if count > 1 and each and not by_itself and is_near(asked, unit, size, one.size * count):
                        return fact
                    if count > 1 and has(_EACH, asked.plain) and is_near(asked, unit, size, one.size / count):
                        return fact
    return None


_WITHIN = r"\b(?:within|in|after|until|binnen|na|over|tot|minstens|at least)\W+$"


def _lasts(asked: Asked, plain: str, measures: tuple[Measure, ...]) -> bool:
    """Say whether the sentence tells as long as the fact does, over which an amount adds up: "210 euro, three months long"."""
    own = {(other.unit, other.size) for other in asked.own if other.unit in {"minutes", "months"}}
    return any((one.unit, one.size) in own and not has(_WITHIN, plain[max(0, one.start - 12) : one.start]) for one in measures)


def _is_share_of(asked: Asked, one: Measure, shares: list[Measure]) -> bool:
    """Say whether the figure is a told share of an amount, or the amount without or with it, where the sentence speaks of either."""
    return any(
        is_near(asked, "money", size, part)
        for share in shares
        for part in (one.size * share.size / 100, one.size * (1 - share.size / 100), one.size * (1 + share.size / 100))
        for unit, size in asked.sizes
        if unit == "money" and (asked.speaks_of(one.about) or asked.speaks_of(share.about))
    )


def _share_of_so_many(asked: Asked, size: float) -> str | None:
    """Return the fact that tells a share of so many, which are this many: half of the 24 are twelve."""
    for fact, _, measures in asked.told:
        shares = [one for one in measures if one.unit == "percent"]
        wholes = [one for one in measures if one.unit == "count" and common(asked.nouns, one.about)]
        for share, one in product(shares, wholes):
            if one.sentence == share.sentence and is_near(asked, "count", size, one.size * share.size / 100):
                return fact
    return None


_SHARE_WORDS = {
    50: r"\b(?:half|halve|helft|halved|halveerd|halvering)\b",
    33: r"\b(?:third of|third off|een ?derde)\b",
    67: r"\b(?:two[ -]thirds|twee ?derde)\b",
    25: r"\b(?:quarter of|quarter off|een kwart)\b",
    75: r"\b(?:three[ -]quarters of|driekwart)\b",
}


_TAKEN = r"\b(?:gone|taken|sold|booked|weg|bezet|verkocht|vergeven|geboekt|gereserveerd)\b"
_LEFT = r"\b(?:left|free|available|vacant|remaining|vrij|beschikbaar)\b"


def _told_otherwise(asked: Asked, told: str) -> bool:
    """Say whether the sentence tells what is gone of what a fact tells only to be left, or the other way round."""
    said = has(_TAKEN, asked.plain), has(_LEFT, asked.plain)
    return said in {(True, False), (False, True)} and said == (has(_LEFT, told), has(_TAKEN, told))


def _beside_half(asked: Asked, size: float, part: float) -> bool:
    """Say whether a share lies on the side of a half that its words tell: "more than half" of eleven in twenty-one."""
    if size != 50:
        return False
    return (part > 50 and has(MORE_THAN, asked.before)) or (part < 50 and has(LESS_THAN, asked.before))


def _told_share(asked: Asked, size: float) -> str | None:
    """Return the fact that tells a share as a percentage beside it: "a third" of 33%, "nearly half" of 48%."""
    if f"{size:.4f}".endswith("0000") and size not in _WHOLE_SHARES:
        return None
    low, high = (0.0, 5.0) if has(MORE_THAN, asked.before) else (-5.0, 0.0) if has(LESS_THAN, asked.before) else (-0.7, 0.7)
    for fact, _, measures in asked.told:
        told = [one for one in measures if one.unit == "percent" and low <= one.size - size <= high]
        if any(asked.speaks_of(one.about) or common(asked.nouns, one.about) for one in told):
            return fact
    return None


_WHOLE_SHARES = frozenset({25.0, 50.0, 75.0})


def shared_out(asked: Asked) -> str | None:
    """A share of a whole, where one sentence of the facts tells both: 40 of 120 are a third."""
    for unit, size in asked.sizes:
        if unit == "count" and (found := _share_of_so_many(asked, size)):
            return found
        if unit != "percent":
            continue
        if told := _told_share(asked, size):
            return told
        for fact, text, measures in asked.told:
            if has(_SHARE_WORDS.get(round(size), r"\bno such share\b"), read(text).plain):
                return fact
            for one, other in combinations([one for one in measures if one.unit in {"count", "money"}][:MAX_TERMS], 2):
                small, whole = sorted((one.size, other.size))
                if one.unit != other.unit or one.sentence != other.sentence or whole <= 0:
                    continue
                if not asked.speaks_of(one.about) and not common(asked.nouns, one.about):
                    continue
                part = 100 * small / whole
                if _told_otherwise(asked, read(text).plain):
                    part = 100 - part
                if abs(part - size) < 0.6 or is_near(asked, unit, size, part) or _beside_half(asked, size, part):
                    return fact
    return None


def shared_added(asked: Asked) -> str | None:
    """The sum of two or three shares of one sentence of the facts, where the reply names what each is of: "92% is kept or used again"."""
    for unit, size in asked.sizes:
        if unit != "percent":
            continue
        for fact, text, measures in asked.told:
            plain = read(text).plain
            named = [
                one
                for one in measures
                if one.unit == "percent" and common(asked.keys, keys_of_text(re.split(r"[,;.:]\s|%", plain[one.end : one.end + 60])[0]))
            ][:MAX_TERMS]
            for several in (2, 3):
                for those in combinations(named, several):
                    if len({one.sentence for one in those}) == 1 and abs(sum(one.size for one in those) - size) < 0.6 and size <= 100:
                        return fact
    return None


_EVERY_SO_OFTEN = re.compile(
    r"\b(?:elke?|iedere?|every|each|om de|per)\W+(?P<count>\d{1,3}|two|three|twee|drie)?\W*"
    r"(?P<unit>min(?:ut\w+)?|kwartier|half ?uur|half an? hour|uur|hours?|dag(?:en)?|days?|we?ek(?:en|s)?|maand(?:en)?|"
    r"months?|kwartaal|quarter)\b"
)
_PER = re.compile(
    r"^\W+(?:keer|maal|times|x|trams|bussen|treinen|trains|buses|ritten)\W+"
    r"(?:per|an?|each|every|elk|in het)\W+(?P<unit>uur|hour|dag|day|week|jaar|year)\b"
)
_LASTS = {
    "min": 1,
    "kwa": 15,
    "hal": 30,
    "uur": 60,
    "hou": 60,
    "dag": 1440,
    "day": 1440,
    "wee": 10_080,
    "wek": 10_080,
    "maa": 43_800,
    "mon": 43_800,
}


def frequent(asked: Asked) -> str | None:
    """How often, where a fact tells every how many minutes or months: "every quarter of an hour" is four times an hour."""
    found = _PER.match(asked.after)
    if not found:
        return None
    whole = {"uur": 60, "hou": 60, "dag": 1440, "day": 1440, "wee": 10_080, "jaa": 525_600, "yea": 525_600}[found["unit"][:3]]
    for unit, size in asked.sizes:
        for fact, text, _ in asked.told:
            for match in _EVERY_SO_OFTEN.finditer(read(text).plain) if unit == "count" else ():
                count = match["count"] or "1"
                step = 131_400 if match["unit"] in {"kwartaal", "quarter"} else _LASTS[match["unit"][:3]]
                step *= int(count) if count.isdigit() else NUMBER_WORDS[count]
                if abs(whole / step - size) < 0.01 and common(asked.keys, keys_of_text(text)):
                    return fact
    return None
