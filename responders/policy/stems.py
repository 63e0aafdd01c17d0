"""Brings words of one meaning together: stems, concepts shared by Dutch and English, numbers written as words. No rule lives here."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

from responders.policy.concepts import CONCEPTS
from responders.policy.patterns import Pattern
from responders.policy.reading import listed, read

_STOP_DUTCH = listed(
    """
    januari februari maart april mei juni juli augustus september oktober november december january february march may june july
    august october maandag dinsdag woensdag donderdag vrijdag zaterdag zondag monday tuesday wednesday thursday friday saturday sunday
    aan al alle alleen alles als altijd anders andere ben bent beide bij bijna binnen blijft boven buiten daar daarom daardoor daarna
    dan dat de deze die dit doe doen doet door dus echt een eens eerst eerste elk elke en enkele er erg ergens even ga gaan gaat
    gedaan geen geweest ging gingen goed graag had hadden heb hebben hebt heeft heel hem hen het hier hij hoe hun iemand iets ik in is
    ja jij jou jouw je jullie kan komen komt kon konden kunnen kunt laat laten later maar maken maakt man meer mee men met mij mijn
    minder moest moet moeten mogen na naar nee neem nemen net niet niets niks nog nogal nooit nu of ook om omdat onder ons onze ooit
    op opeens over pas per sinds sommige soms staan staat te tegen ten ter terwijl toch toe toen tot tussen u uit uw uur van vanaf
    vandaag veel verder vinden vindt vol volgens voor vooral waar waardoor waarom wanneer want was waren wat we weer weg weet weten
    wel welke werd werden wie wij wil willen wilt word worden wordt zag zal ze zeer zeg zeggen zegt zelf zelfs zich zie zien zij zijn
    zo zoals zodat zonder zou zouden zoveel hoor hoort morgen gisteren week weken dag dagen maand maanden jaar jaren keer keren uren
    minuut minuten
    """
)
_STOP_ENGLISH = listed(
    """
    january february march may june july august october monday tuesday wednesday thursday friday saturday sunday a about after again
    all almost already also am an and another any anyone anything are as at be been before being both but by can cannot could couldn't
    did didn't do does doesn't doing done don't down each even ever every everyone everything few for from get gets getting go goes
    going gone got had has hasn't have haven't having he her here hers him his how i i'd i'll i'm i've if in into is isn't it its itself
    it's just keep know last least let like little look made make makes making many may me might mine more most much must my need never new
    next no nobody none nor not nothing now of off on once one only onto or other our out over own per please put quite rather really
    said same say says see seen shall she should since so some someone something still such take taken than thank thanks that that's
    the their them then there these they thing things think this those though through till to today tomorrow too under until up upon
    us use used very want wants was wasn't way we we'd we'll we're we've well went were what when where which while who why will wish
    with without won't would wouldn't yes yesterday yet you your you're yours week weeks day days month months year years time times
    hour hours minute minutes
    """
)
_STOP_WORDS = _STOP_DUTCH | _STOP_ENGLISH

_GENERAL = listed(
    """
    back terug ervaring ervaringen klacht klachten bericht berichten vraag vragen probleem problemen ongemak dienst dienstverlening service
    klant klanten contact team bedrijf situatie zaak ding dingen melding meldingen reactie reacties feedback hulp helpen begrip
    begrijpen begrijp snap snappen moment manier geld bedrag money amount sum side pages page kant pagina experience experiences
    complaint complaints message messages question questions problem problems issue issues inconvenience customer customers
    company situation matter thing feedback help understand sorry spijt excuses excuus jammer vervelend fout mistake error wrong
    fault sorry apologies apologise regret mensen people person persoon hoi hallo hi hello hey beste dear geachte groet groeten
    regards tweet post posts echt serieus really seriously gewoon schandalig belachelijk ridiculous disgrace disgusting shame
    terrible awful slecht bad worst slechte nice leuk fijn great good mooi lekker vriendelijke kind webteam webcare namens
    behalf horen lezen hear read letten gaat vertel vertellen tell nodig dank bedankt danke happened gebeurd gebeurde gebeurt
    lang long weken kort kwam kwamen ligt lag stond stonden
    """
)
"""Words that name no complaint: they stand in every reply."""

_COUNTS = listed(
    """
    two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty
    thirty forty fifty sixty seventy eighty ninety hundred twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien
    vijftien zestien zeventien achttien negentien twintig dertig veertig vijftig zestig zeventig tachtig negentig honderd past half
    halve kwart quarter fortnight euro euros pound pounds pond dollar dollars cent cents pence
    """
)
"""Words of figures, which are held against figures and not as words."""

CATEGORIES = listed(
    """
    site website bestelling order orders winkel shop store product products
    """
)
"""What a company is about at large: naming only that names no particular complaint."""

NUMBER_WORDS = {
    "een": 1,
    "eerste": 1,
    "first": 1,
    "one": 1,
    "twee": 2,
    "tweede": 2,
    "two": 2,
    "second": 2,
    "twice": 2,
    "tweemaal": 2,
    "drie": 3,
    "derde": 3,
    "three": 3,
    "third": 3,
    "vier": 4,
    "vierde": 4,
    "four": 4,
    "fourth": 4,
    "vijf": 5,
    "vijfde": 5,
    "five": 5,
    "fifth": 5,
    "zes": 6,
    "six": 6,
    "zesde": 6,
    "zeven": 7,
    "seven": 7,
    "acht": 8,
    "eight": 8,
    "negen": 9,
    "nine": 9,
    "tien": 10,
    "ten": 10,
    "elf": 11,
    "eleven": 11,
    "twaalf": 12,
    "twelve": 12,
    "dertien": 13,
    "thirteen": 13,
    "veertien": 14,
    "fourteen": 14,
    "vijftien": 15,
    "fifteen": 15,
    "zestien": 16,
    "sixteen": 16,
    "zeventien": 17,
    "seventeen": 17,
    "achttien": 18,
    "eighteen": 18,
    "negentien": 19,
    "nineteen": 19,
    "twintig": 20,
    "twenty": 20,
    "dertig": 30,
    "thirty": 30,
    "veertig": 40,
    "forty": 40,
    "vijftig": 50,
    "fifty": 50,
    "zestig": 60,
    "sixty": 60,
    "zeventig": 70,
    "seventy": 70,
    "tachtig": 80,
    "eighty": 80,
    "negentig": 90,
    "ninety": 90,
    "honderd": 100,
    "hundred": 100,
}

_SUFFIXES = (
    "ingen",
    "ende",
    "ings",
    "tjes",
    "ing",
    "eden",
    "tje",
    "jes",
    "den",
    "ten",
    "ies",
    "ied",
    "ed",
    "en",
    "es",
    "er",
    "je",
    "ly",
    "de",
    "te",
    "e",
    "s",
    "d",
    "t",
)


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """Return the stem of a folded word: endings, participle prefix and doubled letters off; equal for most forms of a word."""
    text = word.removesuffix("'s").replace("'", "").replace("-", "")
    if len(text) > 5 and text.startswith("ge") and text[-1] in "dtn":
        text = text[2:]
    for suffix in _SUFFIXES:
        if len(text) - len(suffix) >= (4 if len(suffix) == 1 else 3) and text.endswith(suffix) and not text.endswith("us"):
            text = text[: -len(suffix)]
            break
    pieces = [char for place, char in enumerate(text) if place == 0 or char != text[place - 1]]
    text = "".join(pieces)
    if len(text) > 2 and text[-1] in "vz":
        text = text[:-1] + {"v": "f", "z": "s"}[text[-1]]
    if len(text) > 3 and text[-1] in "ey":
        text = text[:-1]
    return text


@cache
def _tables() -> tuple[dict[str, str], frozenset[str], frozenset[str]]:
    """Return stem → concept, the stems that name nothing, and the stems of categories."""
    concepts: dict[str, str] = {}
    for concept, members in CONCEPTS.items():
        for member in members.split():
            concepts.setdefault(member, concept)
            concepts.setdefault(stem(member), concept)
    return concepts, frozenset(stem(word) for word in _GENERAL), frozenset(key_of(word, concepts) for word in CATEGORIES)


def key_of(word: str, concepts: dict[str, str]) -> str:
    """Return the concept of a word, or else its stem."""
    found = concepts.get(word) or concepts.get(stem(word))
    if found:
        return found
    for size in (8, 7, 6, 5, 4):
        # A Dutch compound means what its last part means: "achterrem", "fietsslot".
        if len(word) > size + 2 and word[-size:] in concepts:
            return concepts[word[-size:]]
    return stem(word)


@lru_cache(maxsize=8192)
def key(word: str) -> str:
    """Return what a folded word counts as when texts are compared; empty for words that name nothing."""
    if word in _STOP_WORDS or word in _COUNTS or len(word) < 2 or word[0].isdigit():
        return ""
    concepts, general, _ = _tables()
    found = key_of(word, concepts)
    if word in _GENERAL or (found in general and not found.isupper()):
        return ""
    return found


def meanings(words: Iterable[str], language: str) -> frozenset[str]:
    """Return the keys of folded words, those too that name no complaint but say something of a thing ("fine", "weg")."""
    return frozenset(found for word in words if (found := _meaning(word, language)))


@lru_cache(maxsize=8192)
def _meaning(word: str, language: str) -> str:
    if word in (_STOP_DUTCH if language == "nl" else _STOP_ENGLISH) or word in _COUNTS or len(word) < 2 or word[0].isdigit():
        return ""
    return key_of(word, _tables()[0])


@lru_cache(maxsize=1024)
def meanings_of_text(text: str, language: str) -> frozenset[str]:
    """Return what all words of a text mean."""
    return meanings((word.text for word in read(text).words), language)


def is_category(found: str) -> bool:
    """Say whether a key names only what a company is about at large."""
    return found in _tables()[2]


def is_remedy(found: str) -> bool:
    """Say whether a key names something that a company gives or does to put things right."""
    return found in REMEDIES


REMEDIES = frozenset({"REFUND", "COMPENSATE", "FREE", "VOUCHER", "REPLACE", "REPAIR", "SEND", "DELIVER", "COLLECT", "TRANSFER", "CANCEL"})


def keys(words: Iterable[str]) -> frozenset[str]:
    """Return the keys of folded words."""
    return frozenset(found for word in words if (found := key(word)))


_BACK = Pattern(
    r"\b(?:gets?|getting|got|have|pays?|paid|gives?|given|receives?|money|sum|amount|put)\b(?! (?:back|"
    r"in touch))(?:[^.;:!?]|\.(?=\d)){1,60}?\bback\b(?! (?:to you|here|with))|\bmoney back\b|\bback (?:on|"
    r"in|into) your\b"
    r"|\b(?:krijg\w*|betaal\w*|betalen|stort\w*|gee?f\w*|geven|ontvang\w*|boek\w*|maken|hebt|heeft|"
    r"heb)\b(?:[^.;:!?]|\.(?=\d)){1,70}?\bterug\b(?! (?:op (?!(?:je|uw|de|hun|het|jouw)\b)|te|bij|naar|"
    r"van)\b)|\bgeld terug\b|\bterug\b[^.;:!?]{0,30}?\b(?:krijg\w*|betaald?|betalen|gestort|ontvang\w*)\b|"
    r"\bweer op (?:je|uw) rekening\b|"
    r"\b(?:bedrag|verschil|geld|som|borg|inleg|difference|amount|deposit|euro)"
    r"(?: (?!niet|geen|not|no\b|never|nooit)\w+){0,2} (?:terug|retour|back)\b(?! (?:naar|van|bij|in|uit|te|tot|to|from|at|by)\b)"
    r"(?!(?: \w+){0,2} (?:niet|geen|not|nil|only|alleen)\b)|"
    r"(?:€ ?\d[\d.,]*|\b100 ?%)(?: (?:gaat|komt|wordt|volledig|geheel))? (?:terug|retour)\b(?! (?:naar|van|bij|in|uit|te|tot)\b)|"
    r"\bterug als tegoed\b"
)


_LET_OFF = Pattern(
    r"\bscheld(?:t|en)?\b[^.;:!?]{1,40}?\bkwijt\b|\b\w*(?:kosten|boetes?|rente|tarief|premie|nota|huur|contributie|factuur)"
    r"(?: \w+){0,2}? (?:vervalt|vervallen)\b(?! (?:niet|nooit|op|na|per|\d))"
)


_TRANSFERS = Pattern(r"\b(?:maken|maak|maakt|boek\w*)\b[^.;:!?]{1,50}?\bover\b(?! (?:de|het|je|uw|dit|een)\b)")


_TWICE = Pattern(r"\b(?:twee keer|twee maal|two times|2x|2 keer)\b")


def phrases(plain: str) -> frozenset[str]:
    """Return the concepts that stand in two words apart: "get it back", "krijg je terug"."""
    found = {"LATE"} if "te laat" in plain else set()
    if ("2" in plain or "twee " in plain or "two times" in plain) and _TWICE.search(plain):
        found.add("TWICE")
    if "over" in plain and _TRANSFERS.search(plain):
        found.add("TRANSFER")
    if ("kwijt" in plain or "verval" in plain) and _LET_OFF.search(plain):
        found.add("FREE")
    if ("back" in plain or "terug" in plain or "rekening" in plain or "retour" in plain) and _BACK.search(plain):
        found.add("REFUND")
    return frozenset(found)


@lru_cache(maxsize=2048)
def keys_of_text(text: str) -> frozenset[str]:
    """Return the keys of a whole text."""
    reading = read(text)
    return keys(word.text for word in reading.words) | phrases(reading.plain)


_SHORT_ENDS = frozenset({"bus", "app", "bon", "pas", "bak", "box"})
"""Short nouns on which Dutch compounds end ("pendelbus")."""


def common(left: Iterable[str], right: frozenset[str]) -> frozenset[str]:
    """Return the keys of `left` that `right` has too: equal, or one word grown from the other ("delay", "delayed")."""
    found: set[str] = set()
    for one in left:
        if one in right or (one in _SHORT_ENDS and any(other.endswith(one) for other in right)):
            found.add(one)
        elif len(one) >= 5 and not one.isupper():
            head = one[:5]
            for other in right:
                if other.startswith(head) and not other.isupper():
                    shared = _shared(one, other)
                    if shared >= 5 and shared * 10 >= 6 * max(len(one), len(other)):
                        found.add(one)
                        break
                elif (
                    (len(other) >= 4 or other in _SHORT_ENDS)
                    and not other.isupper()
                    and (one.endswith(other) or (len(one) >= 4 and other.endswith(one)))
                ):
                    found.add(one)
                    break
    return frozenset(found)


def _shared(one: str, other: str) -> int:
    """Count the letters with which both begin."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count
