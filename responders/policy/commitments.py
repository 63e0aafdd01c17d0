"""Finds what a reply would commit us to, sentence by sentence, and by when. Whether it may be promised is for the claim ledger (N4)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from monitor.domain import Commitment
from responders.policy.deadlines import find_deadline
from responders.policy.deeds import promise_in
from responders.policy.grammar import COMEBACK, NEGATION, has, is_conditional, pattern
from responders.policy.parts import Part
from responders.policy.reading import MAX_READ, Clause, Reading, Sentence
from responders.policy.stems import REMEDIES, keys_of_text

REVIEW_AFTER = timedelta(days=3)
"""A promise that names no moment is looked at again after so long, and said to be of our own choosing."""

MOST = 20
"""Of one reply; no network takes a text that holds more."""

_WE = r"(?:we|wij|ik)"
_VERB = (
    r"(?:bel|bellen|mail|mailen|stuur|sturen|meld|melden|reageer|reageren|antwoord|antwoorden|betaal|betalen|stort|storten|vergoed|"
    r"vergoeden|vervang|vervangen|repareer|repareren|herstel|herstellen|haal|halen|breng|brengen|lever|leveren|bezorg|bezorgen|"
    r"plaats|plaatsen|vertel|vertellen|controleer|controleren|onderzoek|onderzoeken|regel|regelen|schrijf|schrijven|leeg|legen)"
)
_PAIRED = (
    r"(?:(?:laat|laten)\b[^.;:!?]{0,60}\b(?:weten|horen)|(?:kom|komen)\b[^.;:!?]{0,50}\b(?:terug|langs|hierop|erop)|"
    r"(?:zoek|zoeken)\b[^.;:!?]{0,60}\buit|(?:neem|nemen)\b[^.;:!?]{0,50}\bcontact|(?:geef|geven)\b[^.;:!?]{0,50}\b(?:door|terug|update|"
    r"bericht|antwoord)|(?:maak|maken)\b[^.;:!?]{0,60}\b(?:over|schoon|in\ orde)|(?:vraag|vragen|kijk|kijken)\b[^.;:!?]{0,60}\bna|"
    r"(?:los|lossen)\b[^.;:!?]{0,50}\bop|(?:ga|gaan)\b[^.;:!?]{0,60}\bna|(?:ga|gaan|zal|zullen)\b[^.;:!?]{0,60}\b(?:"
    r"bellen|mailen|sturen|melden|reageren|antwoorden|betalen|storten|vergoeden|vervangen|repareren|herstellen|halen|ophalen|brengen|"
    r"leveren|bezorgen|plaatsen|vertellen|controleren|onderzoeken|regelen|schrijven|legen|uitzoeken|oplossen|terugkomen|weten|navragen|"
    r"nakijken|overmaken|terugbetalen|terugbellen|opnemen))"
)
_DUTCH = (
    rf"\b{_WE}\W+(?:[\w'-]+\W+){{0,2}}?(?:{_VERB}\b|{_PAIRED}\b)|\b{_VERB}\W+{_WE}\b|"
    rf"\b(?:laat|laten|kom|komen|zoek|zoeken|neem|nemen|geef|geven|maak|maken|vraag|vragen|kijk|kijken|los|lossen|ga|gaan|zal|zullen)\W+"
    rf"{_WE}\b[^.;:!?]{{0,80}}\b(?:weten|horen|terug|langs|hierop|erop|uit|contact|door|update|bericht|antwoord|over|na|op|bellen|mailen|"
    rf"sturen|uitzoeken|oplossen|terugkomen|vergoeden|vervangen|repareren|terugbetalen|overmaken|nagaan)\b|"
    rf"\b(?:hoort|hoor|krijgt|krijg|ontvangt|ontvang)\W+(?:je|jij|u|jullie)\b[^.;:!?]{{0,60}}\bvan\W+(?:ons|mij|me)\b|"
    rf"\b(?:je|u|jullie)\W+(?:hoort|hoor|krijgt|krijg|ontvangt|ontvang)\b[^.;:!?]{{0,60}}\bvan\W+(?:ons|mij|me)\b"
)
_ACT = (
    r"(?:call|ring|phone|email|mail|write|message|contact|let|get\W+back|get\W+in\W+touch|come\W+back|be\W+back|be\W+in\W+touch|report|"
    r"update|post|answer|reply|respond|send|refund|reimburse|replace|repair|fix|restore|pay|deliver|collect|bring|check|find\W+out|"
    r"look\W+into|investigate|ask|tell|arrange|empty|credit|share|publish|keep\W+you|follow\W+up|sort|book|confirm|give)"
)
_ENGLISH = (
    rf"\b(?:we|i)(?:'ll|\W+will|\W+shall|(?:'re|'m|\W+are|\W+am)\W+going\W+to)\W+(?:[\w'-]+\W+){{0,2}}?{_ACT}\b|"
    r"\b(?:we|i)(?:'re|'m|\W+are|\W+am)\W+(?:[\w'-]+\W+)?(?:calling|sending|refunding|replacing|repairing|paying|finding\W+out|"
    r"looking\W+into|investigating|getting\W+back|coming\W+back)\b|"
    r"\b(?:you'll|you\W+will)\W+(?:hear|get|receive|have)\b[^.;:!?]{0,60}\bfrom\W+(?:us|me)\b"
)
_INTRODUCES = (
    rf"\b(?:{_WE}\W+(?:[\w'-]+\W+){{0,2}}?(?:schrijf|schrijven|antwoord|antwoorden|reageer|reageren|mail|mailen|meld|melden)|"
    rf"(?:schrijf|schrijven|antwoord|antwoorden|reageer|reageren)\W+{_WE})\W+(?:[\w'-]+\W+){{0,3}}?namens\b|"
    rf"\bnamens\W+(?:[\w'-]+\W+){{1,5}}?(?:schrijf|schrijven|antwoord|antwoorden|reageer|reageren)\W+{_WE}\b"
)
"""Says who writes here and now; only beside a moment is it something still to be done."""

_GOES_ON = rf"^\W*(?:en|and|of|or|dan|then)\W+(?:[\w'-]+\W+){{0,2}}?(?:{_VERB}\b|{_PAIRED}\b|{_ACT}\b)"
"""A clause that leaves out who does it: "and pay the refund by Friday"."""

_DATED = (
    r"\b(?:weet|know)\ (?:je|u|jullie|more)\b|\b(?:we|i)(?:'ll|\W+will|\W+shall|(?:'re|'m|\W+are|\W+am)\W+(?:going\W+to|back))\b|"
    r"\b(?:will|'ll|wordt|worden|zal|zullen|krijgt|krijg|krijgen|ontvangt|ontvang|hoort|hoor|volgt|komt|komen|belt|haalt|brengt|neemt|"
    r"repareert|vervangt|stuurt|get|gets|receive|follows|comes|arrives)\b|\b(?:we|wij|ik)\W+(?:[\w'-]+\W+){0,2}?(?:terug|hier|weer)\b"
)
"""Said of us or of what we do, these promise something only where a moment stands beside them."""

_NOT = r"\b(?:no|not|niet)\ later\b|\bnot\ yet\b|\bnog\ (?:niet|geen)\b|\bnot\ only\b|\bniet\ alleen\b"
_ASKS_THEM = r"^\W*(?:please\b|graag\b|stuur\ (?:ons|me|mij)|send\ (?:us|me)|let\ us\ know|laat\ (?:ons|het\ ons))"
_CUT = (
    r"\b(?:why|waarom|what|wat|how|hoe|whether|because|omdat|doordat|want|since|nadat|after\ (?:you|your|we)|so\ that|zodat|who|wie|"
    r"sinds|where|waar)\b"
)
_FIRM = r"\b(?:by|before|within|no\ later\ than|voor|uiterlijk|binnen)\ "


def find_commitments(text: str, at: datetime, timezone: str) -> tuple[Commitment, ...]:
    """Return what `text`, published at `at`, commits us to, in order; `timezone` is the brand's clock, on which days end."""
    reading = Reading(_without_quotes(text[:MAX_READ]))
    found: list[Commitment] = []
    for sentence in reading.sentences:
        if sentence.asks:
            continue
        found.extend(
            Commitment(text[span[0] : span[1]].strip(), span, due)
            for start, end, due in _in_sentence(sentence, at, timezone)
            for span in [reading.span(start, end)]
        )
    return tuple(found[:MOST])


def _without_quotes(text: str) -> str:
    """Blank out what only repeats somebody's words, so that every other word keeps its place."""
    reading = Reading(text)
    for start, end in reading.quoted:
        begin, stop = reading.span(start, end)
        text = text[:begin] + " " * (stop - begin) + text[stop:]
    return text


def review_at(at: datetime, timezone: str) -> datetime:
    """Return when we look again at a promise without a moment: the end of the third day."""
    local = at.astimezone(ZoneInfo(timezone))
    return datetime.combine(local.date() + REVIEW_AFTER, time(23, 59), local.tzinfo)


def _in_sentence(sentence: Sentence, at: datetime, timezone: str) -> Iterator[tuple[int, int, datetime | None]]:
    clauses = [clause for clause in sentence.clauses if clause.text.strip()]
    kinds: list[str] = []
    for clause in clauses:
        kinds.append(_commits(sentence, clause, goes_on=not {"firm", "introduces"}.isdisjoint(kinds)))
    firm = [number for number, kind in enumerate(kinds) if kind]
    places = [(number, _region(sentence, clauses, firm, number)) for number in firm]
    dated = [(number, due) for number, region in places if (due := _due(region, at, timezone))]
    if len({due for _, due in dated}) > 1:
        for place, (number, due) in enumerate(dated):
            end = clauses[dated[place + 1][0]].start if place + 1 < len(dated) else sentence.end
            yield clauses[number].start, end, due
    elif dated:
        yield sentence.start, sentence.end, dated[0][1]
    elif any(kinds[number] == "firm" for number in firm) and not is_conditional(sentence.text):
        yield sentence.start, sentence.end, None


def _region(sentence: Sentence, clauses: list[Clause], firm: list[int], number: int) -> str:
    """Return the words that may say when: from a clause that commits us to the next one that does."""
    following = next((clauses[other].start for other in firm if other > number), sentence.end)
    start = clauses[number].start - sentence.start
    return sentence.text[start : following - sentence.start]


def _due(region: str, at: datetime, timezone: str) -> datetime | None:
    """Return the moment a region names; what happened, or why, names a day of its own, which is none of ours."""
    cut = pattern(_CUT).search(region)
    head = region[: cut.start()] if cut else region
    if found := find_deadline(head, at, timezone):
        return found
    rest = region[cut.start() :] if cut else ""
    by = pattern(_FIRM).search(rest)
    return find_deadline(rest[by.start() :], at, timezone) if by else None


def _commits(sentence: Sentence, clause: Clause, *, goes_on: bool) -> str:
    """Say how a clause commits us: "firm" by itself, "dated" and "introduces" only where a moment stands beside it, "" not at all."""
    cut = pattern(_CUT).search(clause.text)
    # What is to be found out may well hold a "not": only what we say we do counts.
    text = clause.text[: cut.start()] if cut and cut.start() > 8 else clause.text
    if has(_ASKS_THEM, text) or (has(NEGATION, text) and not has(_NOT, text)):
        return ""
    bare = pattern(_INTRODUCES).sub(" ", text)
    if bare != text and not has(_DUTCH, bare):
        return "introduces"
    if has(_DUTCH, text) or has(_ENGLISH, text) or (goes_on and has(_GOES_ON, text)):
        return "firm"
    keys = keys_of_text(text)
    if keys & REMEDIES and promise_in(Part(sentence, clause, keys)):
        return "firm"
    if has(_DATED, text) or (has(COMEBACK, text) and has(r"\b(?:we|wij|ik|i|us|ons)\b", text)):
        return "dated"
    return ""
