"""Finds what a reply tells the world of somebody that only our files told us (N6): debts, results, care, names, where they live.

A fact may lie in our files and be true, and still not be ours to give: that the rent came late, that a pupil failed, that the request was
made from number 18, who the neighbour was. What the author told in the post himself is no secret.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from responders.policy.context import Context, fact_texts
from responders.policy.grammar import CONDITION, NEGATION, hangs_on_verb, has, is_conditional, pattern
from responders.policy.identifiers import Found
from responders.policy.names import FIRST_NAMES
from responders.policy.reading import Sentence, read
from responders.policy.records import PERSON, Piece, pieces_of, statements
from responders.policy.stems import common, keys_of_text
from responders.policy.subjects import CARE, GUESSED, SUBJECTS

_OF_THEM = r"\b(?:your|you|you've|you're|you'd|her|his|their|she|he|uw|u|je|jouw|jullie|jij|haar|zijn|hij|zij|ze|him|hem)\b"
_SICK = (
    r"\b(?:off\ (?:sick|ill)|(?:on\ )?sick\ leave|sick\ at\ home|long-term\ sick|ziek\ (?:thuis|gemeld)|ziekgemeld|met\ ziekteverlof|"
    r"overspannen|burn-?out|is\ (?:ill|ziek)|was\ (?:ill|ziek)|zwangerschapsverlof|maternity\ leave)\b"
)
_NEXT_DOOR = (
    r"\b(?:neighbours?|buurman|buurvrouw|buren|resident|bewoner|tenant|huurder|family|familie|owner|eigenaar|lady|woman|man|couple|"
    r"household|"
    r"gezin)\W+(?:(?:at|from|of|in|on|van|op|uit|the|de|het)\W+){0,2}(?:number|no\.?|nummer|nr\.?|flat|unit|apartment|huisnummer)"
    r"\W{0,2}\d{1,4}[a-z]?\b"
)
"""Another one, told so that anybody next door knows who it was."""
_OF_SOMEBODY = (
    r"\b(?:op\ naam|in\ the\ name\ of|account\ holder|aanvrager|applicant|klant|customer|tenant|huurder|resident|bewoner|patient|leerling|"
    r"pupil|neighbours?|buurman|buurvrouw|buren|melder|klager|complainant|guest|gast|order|bestelling|fam|mr|mrs|ms|mevrouw|meneer|dhr|"
    r"mevr|mw)\b"
)
"""Of whom a fact tells, where it names somebody."""
_LIVES = (
    r"\b(?:op\ naam|in\ the\ name\ of|registered\ (?:to|at|in)|woont|wonen|woonachtig|lives?|living|home\ address|huisadres|adres\ van|"
    r"address\ of)\b"
)
"""That a fact tells where somebody lives."""
_HOUSE = re.compile(r"\b[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,2} \d{1,4}[a-z]?\b")
_FULL_NAME = re.compile(
    r"\b(?:(?P<initials>(?:[A-Z]\.\s?){1,3})|(?P<first>[A-Z][a-z'-]{1,20}) )"
    r"(?P<last>(?:(?:van|de|der|den|ten|ter|el|al|di|von|da) ){0,2}[A-Z][a-z'-]{2,20})\b"
)
_TITLED = re.compile(
    r"\b(?:(?:[Mm]rs?|[Mm]s|[Mm]w|[Mm]evr|[Dd]hr|[Ff]am)\.?|[Mm]evrouw|[Mm]eneer|[Ff]amilie) (?P<last>[A-Z][a-z'-]{2,20})\b"
)
_SIGNED_FOR = re.compile(
    r"\b(?:signed for|taken in|accepted|received|getekend|aangenomen|ontvangen) (?:by|door) (?:[Mm]rs?\.? |[Mm]evrouw |[Mm]eneer )?"
    r"(?!Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)([A-Z][a-z'-]{2,20})\b"
)
_TITLES = r"(?:mr|mrs|ms|miss|mevrouw|meneer|de heer|mevr|mw|dhr|familie|fam)\.? "
_A_HOME = ("een adres", "an address")
_A_NAME = ("een naam van iemand die niet van ons is", "the name of somebody who is not ours")
_A_SECRET = ("iets over de schrijver dat alleen uit ons dossier komt", "what only our files tell of the author")
_OF_STAFF = ("iets over een medewerker dat niet openbaar is", "what is not public of somebody who works here")
_NO_HOUSE = (
    r"^(?:\w+ )*(?:week|maart|april|mei|juni|juli|augustus|january|february|march|may|june|july|august|monday|tuesday|wednesday|thursday|"
    r"friday|round|line|gate|platform|room|route|version|flat|unit|lijn|hal|artikel|batch|spoor)\b"
)


def find_confided(context: Context) -> Iterator[Found]:
    """Yield what the reply tells of its author, or of somebody else, that the post does not and only our files do."""
    yield from _named(context)
    if context.language not in {"nl", "en"}:
        return
    pieces = pieces_of(context)
    reply, post = context.reply.plain, context.post.plain
    filed = frozenset().union(*(piece.subjects for piece in pieces))
    subjects = [name for name, subject in SUBJECTS.items() if name in filed or (name != "work" and has(subject.plainly, reply))]
    said = {name for name in subjects if has(SUBJECTS[name].told, post) or has(SUBJECTS[name].plainly, post)}
    unsaid = [name for name in subjects if name not in said]
    cares = has(CARE, reply)
    records = [piece for piece in pieces if piece.is_filed and not piece.subjects & said]
    for sentence in context.reply.sentences:
        found = (
            _of_another(context, sentence)
            or _guessed(context, sentence)
            or next((one for name in unsaid if (one := _of_a_subject(context, sentence, name))), None)
            or (_of_care(context, sentence) if cares else None)
            or (_of_a_record(context, sentence, records) if records else None)
        )
        if found:
            yield found


def _of_another(context: Context, sentence: Sentence) -> Found | None:
    """Return who else is told of so that people know him, and which colleague by name is said to be ill."""
    text, post = sentence.text, context.post.plain
    if sentence.asks or is_conditional(text):
        return None
    if (other := pattern(_NEXT_DOOR).search(text)) and other.group() not in post:
        return _found(sentence.start, other, "iemand die anderen zo herkennen", "somebody whom others know by this")
    if (sick := pattern(_SICK).search(text)) and _is_named(sentence.cased[: sick.start()]) and not has(_SICK, post):
        return _found(sentence.start, sick, "de gezondheid van een collega met naam", "the health of a colleague by name")
    return None


def _guessed(context: Context, sentence: Sentence) -> Found | None:
    """Return what is guessed of the author's means, health, home or origin, which the post does not say."""
    match = pattern(GUESSED).search(sentence.text)
    if match is None or has(GUESSED, context.post.plain) or common(keys_of_text(match.group()), context.post_keys):
        return None
    return _found(sentence.start, match, "wat u over de schrijver vermoedt", "what is only guessed of the author")


def _of_a_subject(context: Context, sentence: Sentence, name: str) -> Found | None:
    """Return what is told of somebody's money, means, work, family, results, past or belief."""
    text, subject = sentence.text, SUBJECTS[name]
    filed = [piece for piece in pieces_of(context) if name in piece.subjects]
    plainly = pattern(subject.plainly).search(text)
    if plainly and not sentence.asks and _is_told(text, plainly) and (filed or name != "work"):
        return _found(sentence.start, plainly, *(_OF_STAFF if name == "work" else _A_SECRET))
    match = pattern(subject.told).search(text) if filed else None
    if match and match.group().isalpha() and common(keys_of_text(match.group()), context.post_keys):
        return None  # The author told it in other words.
    if match is None or not (has(_OF_THEM, text) or any(piece.is_record for piece in filed)):
        return None
    return _found(sentence.start, match, *_A_SECRET) if _is_told(text, match) and not _is_ours(sentence, match) else None


def _of_care(context: Context, sentence: Sentence) -> Found | None:
    """Return the kind of care, illness or remedy that the post leaves unsaid and a record tells, or that is called theirs."""
    for match in pattern(CARE).finditer(sentence.text):
        word = keys_of_text(match.group()) or frozenset({match.group()})
        if common(word, context.post_keys) or match.group() in context.post.plain:
            continue
        theirs = has(r"\b(?:your|you're|uw|u|je|jouw|his|her|zijn|haar)\W+(?:\w+\W+){0,3}?$", sentence.text[: match.start()])
        filed = any(
            piece.cares and (match.group()[:5] in piece.plain or common(word, keys_of_text(piece.text))) for piece in pieces_of(context)
        )
        if (filed or theirs) and _is_told(sentence.text, match, also_after=not filed):
            return _found(sentence.start, match, *_A_SECRET)
    return None


def _of_a_record(context: Context, sentence: Sentence, records: list[Piece]) -> Found | None:
    """Return the word or figure of one person's record that stands nowhere else."""
    if not has(_OF_THEM, sentence.text):
        records = [piece for piece in records if piece.names_one]
    known = f"{context.post.plain} {' '.join(piece.plain for piece in pieces_of(context) if not piece.is_record)}"
    told = frozenset().union(*(keys_of_text(piece.text) for piece in records))
    told -= frozenset().union(*(keys_of_text(piece.text) for piece in pieces_of(context) if not piece.is_record))
    for figure in pattern(r"\d[\d.,]*\d").finditer(sentence.text):
        same = rf"(?<![\d.,/-]){re.escape(figure.group())}(?![\d/-])"
        if figure.group() not in known and any(re.search(same, piece.plain) for piece in records):
            return _found(sentence.start, figure, *_A_SECRET)
    for word in context.reply.words_in(sentence.start, sentence.end):
        if len(word.text) < 5 or word.text in known or has(rf"^{PERSON}\b", word.text):
            continue
        key = frozenset(one for one in keys_of_text(word.text) - context.post_keys - context.brand_stems if not one.isupper())
        if common(key, told):
            return Found(word.start, word.end, *_A_SECRET)
    return None


_NAME_BEFORE = re.compile(r"\b([A-Z][a-z]{2,20})(?: [A-Z][a-z]{2,20})?(?:,[^,]{2,30},)? (?=[\w' ]{0,24}$)")


def _is_named(before: str) -> bool:
    """Say whether somebody is named shortly before what is told of him."""
    return any(match[1].lower() in FIRST_NAMES for match in _NAME_BEFORE.finditer(before))


def _found(start: int, match: re.Match[str], nl: str, en: str) -> Found:
    return Found(start + match.start(), start + match.end(), nl, en)


def _is_none(text: str, match: re.Match[str], *, also_after: bool = True) -> bool:
    """Say whether it is denied or offered, and told of nobody: "your credit score will not suffer", "you can ask for a payment plan"."""
    before, after = text[max(0, match.start() - 24) : match.start()], text[match.end() :]
    denied = has(NEGATION, pattern(r"\b(?:without|zonder)\b").sub(" ", before)) or (
        also_after and has(rf"^\W*(?:\w+\W+){{0,2}}{NEGATION}", pattern(r"[,;:]|\b(?:en|and)\b").split(after)[0])
    )
    return (denied and not has(_LEFT_ASIDE, text)) or has(_OFFERS, text[: match.start()])


def _is_told(text: str, match: re.Match[str], *, also_after: bool = True) -> bool:
    """Say whether it is told as it is: not denied, not offered, and not of what might be ("if you fall behind, tell us")."""
    return not _is_none(text, match, also_after=also_after) and not has(CONDITION, text[: match.start()]) and not hangs_on_verb(text)


_LEFT_ASIDE = (
    r"\b(?:rusten|buiten\ beschouwing|terzijde|los\ van|losstaat|telt|meetellen|over\ hebben|ophalen|noemen|mention|bring\ up|hold|"
    r"go\ into|aside|"
    r"nothing\ to\ do|plays?|played|raise)\b"
)
"""What is said not to matter is told all the same."""
_OFFERS = r"\b(?:can(?!\W+see)|may|could|would|like\ to|kunt|kun|kan|kunnen|mag|mogen|wilt?|zou)\b"
_OUR_DOING = (
    r"\b(?:ten\ onrechte|onterecht|wrongly|in\ error|by\ mistake|our\ (?:own\ )?(?:error|mistake|fault|bug|side)|bug\ of\ ours|"
    r"fout\ van\ ons|"
    r"onze\ (?:eigen\ )?(?:fout|rekenfout)|door\ een\ \w*fout)\b"
)
_WE_DID = (
    r"\b(?:we|wij|our|ons|onze)\W+(?!(?:see|saw|know|knew|understand|zien|zagen|weten|wisten|begrijpen|snappen|nooit|"
    r"never)\b)(?:\w+\W+){0,3}$"
)


def _is_ours(sentence: Sentence, match: re.Match[str]) -> bool:
    """Say whether the clause tells what we did: "that letter was sent in error", "we paid you late"."""
    place = sentence.start + match.start()
    clause = next((one for one in sentence.clauses if one.start <= place < one.end), None)
    text, begin = (clause.text, clause.start) if clause else (sentence.text, sentence.start)
    return has(_OUR_DOING, text) or has(_WE_DID, text[: place - begin])


def _named(context: Context) -> Iterator[Found]:
    """Yield the house and the name of somebody of whom a fact tells, where neither the post nor the author shows them."""
    author = context.stored.mention.author
    shown = f"{context.post.plain} {read(f'{author.handle} {author.name}').plain}"
    told: dict[str, tuple[str, str]] = {}
    for statement in (one for fact in context.usable for text in fact_texts(fact) for one in statements(text)):
        told |= _names_in(statement)
    signed = _SIGNED_FOR.search(context.reply.cased) if any(word in context.reply.plain for word in (" by ", " door ")) else None
    if signed and signed[1].lower() not in shown:
        yield Found(*signed.span(1), *_A_NAME)
    for name, words in told.items():
        spelled = name if name.startswith(_TITLES) else re.escape(name)
        last = name.removeprefix(_TITLES).replace("\\", "")
        place = re.search(rf"(?<!\w){spelled}(?!\w)", context.reply.plain)
        if place and last not in shown and re.sub(r"\W", "", last) not in re.sub(r"\W", "", shown) and not has(_NO_HOUSE, name):
            yield Found(*place.span(), *words)


@lru_cache(maxsize=512)
def _names_in(text: str) -> dict[str, tuple[str, str]]:
    """Return the names and houses of people that one statement tells, spelled as a pattern of the reply."""
    told: dict[str, tuple[str, str]] = {}
    plain = read(text).plain
    people = [one for one in _FULL_NAME.finditer(text) if one["initials"] or one["first"].lower() in FIRST_NAMES]
    if has(_OF_SOMEBODY, plain):
        named = [one for one in people if not _is_staff(text, one.start())]
        named += [one for one in _TITLED.finditer(text) if has(_THEIR_NAME, plain[: one.start("last")])]
        told |= {one.group().lower(): _A_NAME for one in named}
        told |= {_TITLES + re.escape(one["last"].lower()): _A_NAME for one in named}
    if has(_LIVES, plain) or (people and has(_OF_SOMEBODY, plain)):
        told |= {one.group().lower(): _A_HOME for one in _HOUSE.finditer(text)}
    return told


_THEIR_NAME = rf"\b(?:{PERSON}|order|bestelling|buren|fam|familie|ontvanger|recipient|addressee|pakket|parcel)\b\W*(?:\w+\W+){{0,3}}$"
"""What stands before a name that is not of ours."""


def _is_staff(piece: str, place: int) -> bool:
    """Say whether a name in a fact is of one of ours, whom people may ask for."""
    return has(
        r"\b(?:call|ring|phone|ask|contact|reach|email|with(?!\W+name)|bel|bellen|vraag|bereik\w*|mail|met(?!\W+naam)|bij|manager|"
        r"colleague|collega|adviser|advisor|"
        r"coach|planner|officer|medewerk\w+|adviseur|beheerder|leider|teacher|docent|engineer|monteur)\W+(?:(?!(?:buren|buur\w*|"
        r"neighbou?rs?|klant|customer)\b)\w+\W+)?$",
        piece[:place].lower(),
    )
