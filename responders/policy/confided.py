"""Finds what a reply tells the world of somebody that only our files told us (N6): debts, results, care, names, where they live.

A fact may lie in our files and be true, and still not be ours to give: that the rent came late, that a pupil failed, that the request was
made from number 18, who the neighbour was. What the author told in the post himself is no secret.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from responders.policy.context import Context, fact_texts
from responders.policy.grammar import NEGATION, has, is_conditional, pattern
from responders.policy.identifiers import Found
from responders.policy.names import FIRST_NAMES
from responders.policy.reading import read
from responders.policy.stems import common, keys_of_text

_OF_THEM = r"\b(?:your|you|you've|you're|you'd|her|his|their|she|he|uw|u|je|jouw|jij|haar|zijn|hij|zij|ze)\b"
_PRIVATE = {
    "money": r"""
        \b(?: arrears | in\ debt | your\ debts? | bailiffs? | (?:debt|collection)\ (?:agency|collectors?) |
        payment\ (?:plan|history|reminders?|arrangement) | your\ balance | credit\ (?:score|check|rating) | behind\ with |
        (?:rent|bills?|invoices?|instalments?|premiums?|fees?|payments?|subscription|contribution|mortgage|debits?)\b[^.;!?]{0,40}
        \b(?:(?:weeks?|days?|months?)\ late|late\ (?:in|with|for|every|each|twice|again)|behind|outstanding|missed|bounced|failed|
        overdue|unpaid|not\ (?:been\ )?paid) | (?:overdue|unpaid)\ (?:rent|bills?|invoices?|fees?|premiums?) |
        (?:paid|pay|paying)\b[^.;!?]{0,24}\b(?:late|behind)\b |
        missed\b[^.;!?]{0,20}\b(?:payments?|instalments?) | (?:betalings|huur)achterstand\w* | achterstand(?:en)?\ (?:in|met|op|van)\b |
        aanmaning(?:en)? | deurwaarder | incasso\w* | betalingsregeling | schuld(?:en|hulp\w*|sanering\w*|eiser\w*) | wanbetal\w+ |
        gestorneerd | loonbeslag | saldo | (?:te\ laat|niet)\ (?:betaald|voldaan) |
        (?:huur|rekening(?:en)?|facturen|factuur|premie|contributie|termijn(?:en)?|aanslag|betaling(?:en)?|lesgeld|hypotheek)\b
        [^.;!?]{0,40}\b(?:te\ laat|openst\w+|achter|onbetaald) )\b""",
    "means": r"""
        \b(?: benefits?\ (?:claim|payments?|office) | on\ benefits | universal\ credit | housing\ benefit | means[- ]test\w* |
        your\ (?:income|salary|wages?|pension) | bijstand(?:suitkering)? | uitkering | (?:huur|zorg|kinderopvang)toeslag |
        (?:uw|je|jouw)\ (?:inkomen|salaris|loon|pensioen|vermogen) | minima(?:regeling|pas) | stadspas )\b""",
    "health": r"""
        \b(?: diagnos\w+ | medication | prescriptions? | (?:test|blood|scan|biopsy)\ results? | counsell(?:ing|or) | psychiatr\w+ |
        your\ (?:treatment|therapy|condition|illness|pregnancy|allerg(?:y|ies)|disability) | psycholog\w+ | therap(?:y|ist) | pregnan\w+ |
        miscarriage | antidepressants? | insulin | chemo\w* | hiv | rehab | medicijn(?:en)? | medicatie | recept(?:en)?\ (?:voor|van) |
        bloeduitslag\w* | zwanger\w* | psycholoog | psychiat\w+ | therapeut | therapie | verslav\w+ | wlz | wmo-\w+ | burn-?out |
        (?:uw|je|jouw|haar|zijn)\ (?:behandeling|ziekte|aandoening|beperking|handicap|allergie|operatie|onderzoeksuitslag) )\b""",
    "results": r"""
        \b(?: failed\b[^.;!?]{0,24}\b(?:test|exam|assessment|course|year|theory|module|interview) | expelled | truan\w+ |
        (?:test|exam|assessment|theory)\b[^.;!?]{0,40}\b(?:failed|fail|went\ wrong|did\ not\ pass|didn't\ pass) | suspended\ from |
        (?:fail(?:ed)?|insufficient|poor)\ (?:grades?|marks?|scores?) | detention | gezakt | zakte | niet\ geslaagd | onvoldoendes? |
        (?:examen|toets|tentamen|theorie|proeve)\b[^.;!?]{0,40}\b(?:mis|misging|fout\ ging|gezakt) |
        blijven\ zitten | geschorst | spijbel\w* )\b""",
    "past": r"""
        \b(?: criminal\ record | conviction | convicted | arrested | (?:police|official)\ (?:caution|warning) |
        you\ were\ (?:warned|fined) |
        (?:previous|earlier|prior)\ (?:warnings?|fines?) | divorc\w+ | custody | asylum | residence\ permit | strafblad | veroordeel\w+ |
        aangehouden | (?:eerdere?|vorige)\ (?:waarschuwing(?:en)?|boetes?) | gescheiden | scheiding | voogdij | asiel\w* |
        verblijfsvergunning )\b""",
}
"""By subject, what only the one whom it concerns may tell, in the words in which files hold it."""
_SAID = {
    "money": r"\b(?:pa(?:y|id|ying|yments?)|debts?|arrears|late\ with|instalment|betaal\w*|betaling|achterstand|schuld\w*|aanmaning|"
    r"deurwaarder|incasso|huur|rent|saldo|balance|overdue|reminder|termijn|bills?|invoices?|factu\w+|rekening\w*|premi\w+|contributie|"
    r"subscription|mortgage|hypotheek|fees?|credit)\b",
    "means": r"\b(?:benefits?|credit|income|salary|wages|pension|bijstand|uitkering|\w*toeslag|inkomen|salaris|loon|pensioen|minima|"
    r"stadspas)\b",
    "health": r"\b(?:ill|sick|hospital|doctor|gp|surgery|clinic|medic\w*|diagnos\w*|treat\w*|therap\w*|pregnan\w*|baby|prescriptions?|"
    r"results?|allerg\w*|ziek\w*|arts|dokter|huisarts|kliniek|medicijn\w*|recept\w*|zwanger\w*|behandel\w*|operatie|uitslag|psych\w*|"
    r"apotheek|pharmacy|disab\w*|beperking|handicap|wheelchair|rolstoel|scan|wmo|wlz)\b",
    "results": r"\b(?:fail\w*|pass(?:ed)?|resit|results?|grades?|marks?|score|gezakt|zak\w*|geslaagd|onvoldoende|herkans\w*|uitslag|"
    r"cijfer\w*|geschorst|suspended)\b",
    "past": r"\b(?:warn\w*|fine[sd]?|ban(?:ned)?|police|convict\w*|divorc\w*|custody|asylum|permit|waarschuw\w*|boetes?|politie|scheiding|"
    r"gescheiden|asiel|verblijfs\w*)\b",
}
"""What a post says where its author speaks of the subject himself."""
_SICK = (
    r"\b(?:off\ (?:sick|ill)|(?:on\ )?sick\ leave|sick\ at\ home|long-term\ sick|ziek\ (?:thuis|gemeld)|ziekgemeld|met\ ziekteverlof|"
    r"overspannen|burn-?out|is\ (?:ill|ziek)|was\ (?:ill|ziek)|zwangerschapsverlof|maternity\ leave)\b"
)
_NEXT_DOOR = (
    r"\b(?:neighbours?|buurman|buurvrouw|buren|resident|bewoner|tenant|huurder|family|familie|owner|eigenaar|lady|woman|man|couple|household|"
    r"gezin)\W+(?:(?:at|from|of|in|on|van|op|uit|the|de|het)\W+){0,2}(?:number|no\.?|nummer|nr\.?|flat|unit|apartment|huisnummer)"
    r"\W{0,2}\d{1,4}[a-z]?\b"
)
"""Another one, told so that anybody next door knows who it was."""
_OF_SOMEBODY = (
    r"\b(?:op\ naam|in\ the\ name\ of|account\ holder|aanvrager|applicant|klant|customer|tenant|huurder|resident|bewoner|patient|leerling|"
    r"pupil|neighbours?|buurman|buurvrouw|buren|melder|klager|complainant|mr|mrs|ms|mevrouw|meneer|dhr|mevr)\b"
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
    r"(?:(?:van|de|der|den|ten|ter|el|al|di|von|da) ){0,2}[A-Z][a-z'-]{2,20}\b"
)
_A_HOME = ("een adres", "an address")
_A_NAME = ("een naam van iemand die niet van ons is", "the name of somebody who is not ours")
_NO_HOUSE = (
    r"^(?:\w+ )*(?:week|maart|april|mei|juni|juli|augustus|january|february|march|may|june|july|august|monday|tuesday|wednesday|thursday|"
    r"friday|round|line|gate|platform|room|route|version|flat|unit|lijn|hal|artikel|batch|spoor)\b"
)


def find_confided(context: Context) -> Iterator[Found]:
    """Yield what the reply tells of its author, or of somebody else, that the post does not and only our files do."""
    yield from _named(context)
    if context.language not in {"nl", "en"}:
        return
    post = context.post.plain
    for sentence in context.reply.sentences:
        text = sentence.text
        if sentence.asks or is_conditional(text):
            continue
        if (other := pattern(_NEXT_DOOR).search(text)) and other.group() not in post:
            yield _found(sentence.start, other, "iemand die anderen zo herkennen", "somebody whom others know by this")
        if (sick := pattern(_SICK).search(text)) and _is_named(sentence.cased[: sick.start()]) and not has(_SICK, post):
            yield _found(sentence.start, sick, "de gezondheid van een collega met naam", "the health of a colleague by name")
        if not has(_OF_THEM, text):
            continue
        for subject, words in _PRIVATE.items():
            match = pattern(words).search(text)
            if match is None or has(_SAID[subject], post) or _is_none(text, match):
                continue
            if _stands_in_files(context, match.group()):
                yield _found(
                    sentence.start,
                    match,
                    "iets over de schrijver dat alleen uit ons dossier komt",
                    "what only our files tell of the author",
                )
                break


_NAME_BEFORE = re.compile(r"\b([A-Z][a-z]{2,20})(?: [A-Z][a-z]{2,20})?(?:,[^,]{2,30},)? (?=[\w' ]{0,24}$)")


def _is_named(before: str) -> bool:
    """Say whether somebody is named shortly before what is told of him."""
    return any(match[1].lower() in FIRST_NAMES for match in _NAME_BEFORE.finditer(before))


def _found(start: int, match: re.Match[str], nl: str, en: str) -> Found:
    return Found(start + match.start(), start + match.end(), nl, en)


def _is_none(text: str, match: re.Match[str]) -> bool:
    """Say whether it is denied or offered, and told of nobody: "your credit score will not suffer", "you can ask for a payment plan"."""
    return has(NEGATION, text[max(0, match.start() - 24) : match.end() + 16]) or has(_OFFERS, text[: match.start()])


_OFFERS = r"\b(?:can|may|could|would|like\ to|kunt|kun|kan|kunnen|mag|mogen|wilt?|zou)\b"


def _stands_in_files(context: Context, said: str) -> bool:
    """Say whether a fact tells the same of somebody: what no fact tells is objected to as a claim without a source."""
    keys = keys_of_text(said)
    return any(not keys or common(keys, context.fact_keys[fact.id]) for fact in context.usable)


def _named(context: Context) -> Iterator[Found]:
    """Yield the house and the full name of somebody of whom a fact tells, where neither the post nor the author shows them."""
    author = context.stored.mention.author
    shown = f"{context.post.plain} {read(f'{author.handle} {author.name}').plain}"
    pieces = [piece for fact in context.usable for text in fact_texts(fact) for piece in re.split(r";\s|(?<![A-Z])\.\s", text)]
    told: dict[str, tuple[str, str]] = {}
    for piece in pieces:
        plain = read(piece).plain
        people = [one for one in _FULL_NAME.finditer(piece) if one["initials"] or one["first"].lower() in FIRST_NAMES]
        if has(_OF_SOMEBODY, plain):
            told |= {one.group().lower(): _A_NAME for one in people if not _is_staff(piece, one.start())}
        if has(_LIVES, plain) or (people and has(_OF_SOMEBODY, plain)):
            told |= {one.group().lower(): _A_HOME for one in _HOUSE.finditer(piece)}
    for name, words in told.items():
        place = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", context.reply.plain)
        if place and name not in shown and not has(_NO_HOUSE, name):
            yield Found(*place.span(), *words)


def _is_staff(piece: str, place: int) -> bool:
    """Say whether a name in a fact is of one of ours, whom people may ask for."""
    return has(
        r"\b(?:call|ring|phone|ask|contact|reach|email|with|bel|bellen|vraag|bereik\w*|mail|met|bij|manager|colleague|collega|adviser|advisor|"
        r"coach|planner|officer|medewerk\w+|adviseur|beheerder|leider|teacher|docent|engineer|monteur)\W+(?:\w+\W+)?$",
        piece[:place].lower(),
    )
