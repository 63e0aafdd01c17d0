"""Finds sentences that do nothing but introduce who writes: a name, a post, our name, in whatever order. Judges nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from responders.policy.context import Context
from responders.policy.grammar import has
from responders.policy.ournames import OUR_NAME
from responders.policy.reading import listed, read

_MOST, _LONGEST = 16, 160
"""Words, and signs: a longer sentence says something besides who writes it."""

_GREETING = (
    r"(?:(?i:hi|hello|hey|hiya|hoi|hallo|dag|beste|dear|ha|geachte|good|goede|goeden|goedemorgen|goedemiddag|goedenavond|goeiedag|morning|"
    r"afternoon|evening|thanks|thank|bedankt|dank|sorry|au|ouch|oef|ai)\b[^,.!:–\n]{0,30}(?:[,.!:]| –) )?(?:@\w+[,:]? )?"
)
_LEAD = (
    r"(?i:this[ ]is|it's|it[ ]is|i'm|i[ ]am|my[ ]name[ ]is|my[ ]name's|name's|you[ ]have|you've[ ]got|you're[ ](?:talking|speaking)[ ]"
    r"(?:to|with)|here[ ]is|speaking|dit[ ]is|ik[ ]ben|met|hier[ ]is|hier[ ]schrijft|hier[ ]spreekt|hier|mijn[ ]naam[ ]is|"
    r"(?:je|u)[ ](?:spreekt|praat|hebt|heeft)[ ](?:met)?|with|from|van|namens|for|voor)"
)
_PERSON = (
    r"(?P<name>(?:(?:PC|Dr|Mr|Mrs|Ms|Ds|Drs|Ir)\.? )?[A-Z][\w'-]*(?: (?:van|de|der|den|ter|ten|el|al|di|da|du|von)(?= [a-zA-Z]))*"
    r"(?: (?!Qqbrandqq)[A-Z][\w'-]*\.?){0,2})"
)
_HERE = r"(?:,? (?i:here|hier|speaking|writing|replying|answering|responding|aan het woord|antwoordt|schrijft|reageert|spreekt))"
_OF = r"(?:van|from|of|at|in|bij|for|voor|with|namens|on|op|as|als|@|w/|c/o|–|-|/|\|)"
_BRAND = rf"@?{OUR_NAME}"
_BEGIN = rf"^\W*{_GREETING}"
_THE = r"(?i:the|de|het|a|an|een|your|je|uw)"
_FORMS = tuple(
    re.compile(_BEGIN + form)
    for form in (
        # "Prudence from bookings at X", "Dit is Berend, bedrijfsleider van X", "Dot here, X office".
        rf"(?:{_LEAD} )?{_PERSON}{_HERE}?(?:,| (?={_OF} )| \()(?P<as>[^.!?]*?)\W{_BRAND}(?P<rest>(?: [\w&'-]+)*){_HERE}?\W*$",
        # "X, met Fenna", "X: this is Ros, from repairs".
        (
            rf"(?:(?:{_LEAD}|{_THE}) )?{_BRAND}(?P<as>(?: [\w&'-]+){{0,3}}?){_HERE}?(?:[,:–-]| \()+ ?(?:{_LEAD} )?{_PERSON}{_HERE}?"
            rf"(?P<rest>(?:,| {_OF} )[^.!?]*?)?\W*$"
        ),
        # "X replying", "X here (name's Keiko)".
        rf"{_BRAND}(?P<as>(?: [\w&'-]+){{0,3}}?){_HERE}(?P<rest>)(?: \((?:{_LEAD} )?{_PERSON}\))?\W*$",
        # "You have the duty manager of X here, Ikram", "De beheerder van X hier".
        rf"{_LEAD} {_THE} (?P<as>[^.!?]*?)\W{_BRAND}{_HERE}?(?P<rest>(?:, ){_PERSON}{_HERE}?)?\W*$",
        rf"(?:{_THE} )?(?P<as>[^.!?,]*? {_OF} (?:{_THE} )?){_BRAND}(?P<rest>){_HERE}(?:, {_PERSON})?\W*$",
    )
)
_TOLD = (
    r"\b(?:you|your|yours|u|je|jij|jou|jouw|jullie|is|was|are|were|has|had|have|do|does|did|will|can|heeft|hebt|hebben|zijn|waren|wordt|"
    r"worden|werd|kan|kunt|gaat|ging|not|no|never|niet|geen|nooit|and|but|maar|sorry|i|we|wij|ik)\b"
)
"""What says more than who somebody is."""
OUTSIDE = (
    r"\b(?:klant\w*|customers?(?!\W+(?:services?|care|support|relations|team|contact))|gebruikers?|users?|members?|lid|leden|fans?|riders?|"
    r"passengers?|reizigers?|inwoners?|residents?|subscribers?|abonnees?|bezoekers?|visitors?|guests?(?!\W+(?:services?|relations))|"
    r"gasten|huurders?|tenants?|buur\w*|neighbours?|patients?(?!\W+(?:services?|care|relations|contact))|bestelling\w*|(?:orders?|products?)(?!\W+(?:at|team|desk|manager|owner|lead|design\w*)\b))\b"
)
_NO_PERSON = listed(
    """
    the de het een a an this that dit dat these those deze die our ons onze your je jouw uw my mijn what wat how hoe why waarom when where
    all alle every elke no geen not niet so zo very too also ook only thanks thank dank bedankt sorry excuses apologies regards groet
    groeten cheers best love kind warm warmly yours sincerely met vriendelijke hi hello hey hoi hallo dag beste dear good goede here hier
    we wij i ik you u it there er team webteam webcare customer klantenservice support service services namens behalf from van for voor
    at bij in on op as als to naar if of and en but maar news nieuws update updates statement today vandaag tomorrow morgen yesterday
    gisteren monday tuesday wednesday thursday friday saturday sunday maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
    customers klanten bikes fietsen bike fiets trains treinen bus buses apps app people mensen vroege late nothing niets something iets
    please graag feel reply reageer call bel see zie read lees free gratis open closed gesloten new nieuw nieuwe old yes ja nee well nou
    compliments complimenten greetings love trouble problems problemen delays vertraging help hulp just straight greetings speaking
    """
)
_PARTICLES = frozenset({"pc", "dr", "mr", "mrs", "ms", "ds", "drs", "ir"})


@dataclass(frozen=True, slots=True)
class Introduction:
    """A sentence that says who writes: for us, and by name where one is given."""

    number: int
    name: str | None


@lru_cache(maxsize=4)
def introductions(context: Context) -> tuple[Introduction, ...]:
    """Find the sentences that only say who writes and for whom: among the first ones, and the last."""
    sentences = context.reply.sentences
    near = [*sentences[:5], *sentences[5:][-3:]]
    return tuple(_introduced(context, [(sentence.number, context.marked(sentence.cased)) for sentence in near]))


def _introduced(context: Context, near: list[tuple[int, str]]) -> Iterator[Introduction]:
    author = context.stored.mention.author
    theirs = read(f"{author.handle} {author.name}").plain.split()
    for number, text in near:
        if OUR_NAME not in text or text.endswith("?") or text.count(" ") >= _MOST or len(text) > _LONGEST:
            continue
        for form in _FORMS:
            match = form.match(text)
            if match is None or has(_TOLD, said := f"{match['as']} , {match['rest'] or ''}".lower()) or has(OUTSIDE, said):
                continue
            name = match["name"]
            if name is not None and (not is_person(name) or name.lower() in theirs):
                continue
            yield Introduction(number, name)
            break


def is_person(name: str) -> bool:
    """Say whether a word in capitals may be somebody's name: it is none of the words that begin other sentences."""
    first = next((word for word in name.lower().split() if word.strip(".") not in _PARTICLES), "")
    return bool(first) and first.strip(".'") not in _NO_PERSON


_POST = re.compile(
    rf"^\W*{_GREETING}(?:{_LEAD} )?{_PERSON}{_HERE}?, (?P<post>(?:[\w'-]+ ){{0,4}}?(?:manager|leid(?:er|ster)|chef|head|director|"
    rf"directeur|eigenaar|eigenaresse|owner|secretary|secretaris|beheerder|medewerk(?:er|ster)|officer|engineer|monteur|coach|editor|"
    rf"redacteur|voorzitter|chair|planner|cook|kok|keeper|conservator|curator|arts|doctor|verpleegkundige|nurse|apotheker|pharmacist|"
    rf"lead|teamlead|coordinator|voorlichter|woordvoerder|spokesperson|desk|team|office|afdeling|dienst|[a-z]+(?:chef|manager|leider|"
    rf"beheerder)))(?: (?:van|of|for|bij|at|in) [\w ]+)?\W*$"
)


def named_with_post(context: Context) -> bool:
    """Say whether a sentence says by name and post who writes, though not for whom: "Berend, bedrijfsleider."."""
    for sentence in context.reply.sentences[:4]:
        if len(sentence.cased) > _LONGEST:
            continue
        match = _POST.match(sentence.cased)
        if match and is_person(match["name"]) and not has(_TOLD, match["post"].lower()):
            return True
    return False


def undersigned(context: Context) -> bool:
    """Say whether a name stands by itself among the last lines, with a post or our name beside it: "Dot Harker / Centre manager, X"."""
    author = context.stored.mention.author
    theirs = read(f"{author.handle} {author.name}").plain
    for part in reversed(context.reply_marked.rstrip()[-_LONGEST:].split("\n")[1:]):
        pieces = [piece.strip(" .–-") for piece in re.split(r",|/|\|", part)]
        if len(part.split()) > 8 or has(_TOLD, part.lower()):
            return False
        if any(_ALONE.fullmatch(piece) and is_person(piece) and piece.lower() not in theirs for piece in pieces):
            return True
    return False


_ALONE = re.compile(rf"(?!{OUR_NAME}){_PERSON}")
