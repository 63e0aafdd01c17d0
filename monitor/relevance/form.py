"""How a term stands in a text: as names are written, or as the ordinary word is. Whether that is enough is not decided here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from monitor.text import fold

MAX_TOKENS = 20_000
"""Words of a text that are looked at, so that hostile texts stay cheap."""
MAX_TOKEN = 200
"""Characters of a word that are looked at."""
MAX_PLACES = 8
"""Occurrences of the terms that are looked at."""
AROUND = 45
"""Words to each side of a term that say what it is about; of a long text the rest is not looked at."""

_TOKEN = re.compile(r"https?://\S+|[@#]?\w+(?:['’\-.]\w+)*|[.!?…]+|[^\w\s]")
_LETTER = re.compile(r"\w")


def _set(words: str) -> frozenset[str]:
    return frozenset(fold(words).split())


_A = _set("a an een one 'n n één another any every each elke ieder iedere geen no some twee two three drie")
_THE = _set("the de het 't t this that these those deze dit die dat which welke what wat")
_OWN = _set("my mijn m'n mn his her their our your its zijn z'n haar hun ons onze je jouw uw jullie mijne whose moms grandma's grandpa's")
_WHERE = _set("bij via with from naar by against tegen aan van to at for voor door than dan met of in on op over about richting")
_PLACE = _set("bij via with from naar van at tegen against met door by aan to")
_TOLD = _set(
    """
    hey hi hello hoi hallo hé he he, dear beste dag thanks thank thankyou thx cheers bedankt dank dankjewel dankje please ok okay oke
    sorry shame schande congrats gefeliciteerd dus lekker goed fijn mooi done nice lol bravo kudos hulde chapeau pls yo so toch klopt
    want come
    """
)
_AND = _set("and en or of &")
_ACTS = _set(
    """
    accepts adds admits allows announced announces answered answers apologised apologises apparently asks blames blocked bought buys
    calls cancelled cancels charged charges claims closed closes cut cuts cutting deleted delivered delivers denied denies does
    doesn't doesnt expects finally fixed forgot froze gave gets got had has hasn't hasnt have hiked hung ignores insists introduces is
    isn't just keeps kept launched launches leaked let lets loses lost made makes messed moved moves needs never now offered offers
    only opened opens overbooked overcharged paid pays promised promises put puts quietly raised raises really refused refuses
    refunded rejected replaced replied replies reports responded said says scrapped sells sent seriously should sends shipped shut
    sold still stopped stops sucks takes tells took told tripled tries wants was wasn't went will won't wont works would wrote you
    your can can't cannot could did didn't are please owes apologized stole uses plans sacked fired doubled belde belooft beloofde
    beweert biedt bezorgt belt betaalt blijft brengt denkt deed doet doen draait eist gaat ga gaf geeft gaan ging haalt heb hebben
    heeft hielp houdt introduceert kan kun kunnen kwam komt krijgt laat levert liet maakt maar meldt mag moet neemt negeert noemt
    ontslaat opent overweegt plaatst regelt reageert rekent rekende schrapt sluit snapt sloot staat stelt stopt stuurde stuurt toont
    trekt valt verbiedt vergeet vergoedt verhoogt verhoogde verkoopt verlaagt verliest vernieuwt verplicht verwijdert verzet vraagt
    vroeg wacht weet weigert werkt wijzigt wil willen wordt zal ze zegt zei zet ziet zoekt zorgt zou zouden zullen bood je jullie heel
    weer nog steeds toch ook nu wanneer waarom hoe als dat zo niet terug zonder leugen
    """
)
_NOUNS = _set(
    """
    account accounts app apps abonnement bezorger bezorging branch broadband card cards chat chatbot chauffeur client clients credit
    customer customers delivery driver drivers employee employees engineer flight flights gift helpdesk hotel hotels klant klanten
    klantenservice klantenkaart kaart koerier login manager medewerker medewerkers member membership monteur online order orders pas
    parcel pay personeel plus premium rekening rides router scooter scooters shop shops site sim staff stock store stores support team
    terminal ticket tickets vestiging vlucht vluchten website webshop winkel winkels app- service subscription voucher points refund
    bestelling factuur hoofdkantoor ceo directeur fiets fietsen product products monteurs shares
    """
)
_OF = _set("van of to that voor")
_SUBJECT = _set("i you we they he she it who let's ik je jij u we wij ze zij hij men wie")
_HELPS = _set(
    """
    can can't cannot could couldn't will won't would wouldn't should shouldn't must may might let lets don't dont doesn't didn't just
    always never please gonna gotta to and or kan kun kunnen zal zullen mag moet moeten ga gaan wil willen even altijd nooit zelf niet
    """
)
_SHORT = re.compile(r"(?:i|you|we|they|he|she|it|who|that)['’](?:ll|d|ve)")
"""A subject and what helps its verb in one word."""
_OBJECT = _set(
    """
    a an the my your his her our their its it me him us them this that these those some any one's yourself myself de het een 't mijn
    je jouw zijn haar ons onze hun uw jullie hem dit dat deze die ze elke nooit never er eens zelf
    """
)
_DEGREE = _set(
    """
    so very too how quite really rather more most less pretty bit as zo heel erg te best hele echt wat wel niet meer meest minder super
    beetje zeer even altijd lekker best hoe even steeds redelijk vrij
    """
)
_HIS = _set("he she his her hij")
_TITLE = _set(
    """
    mr mrs ms miss mx dr prof professor sir lady lord reverend rev father sister coach captain sergeant councillor judge doctor nurse
    mate friend brother cousin boss neighbour neighbor colleague dentist gp vriend vriendin broer zus buurman buurvrouw collega baas
    meneer mevrouw mijnheer dhr mevr mw hr drs ir ing juf meester dokter familie fam dominee pastoor oom tante zuster rechter
    """
)
_SITE = re.compile(r"\.(?:nl|com|be|co|org|eu|de|net|io|app)\b")
_ENDS = frozenset(".!?…\n")


@dataclass(frozen=True, slots=True)
class Token:
    """One word or sign of a text, as it stands, folded, and where."""

    shown: str
    plain: str
    begin: int = 0
    """Where it stands in the text, in characters."""

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.begin + len(self.shown)


def read(text: str) -> list[Token]:
    """Return the words and signs of a text, at most MAX_TOKENS of them."""
    found = []
    for match in _TOKEN.finditer(text):
        shown = match[0][:MAX_TOKEN]
        found.append(Token(shown, fold(shown), match.start()))
        if len(found) >= MAX_TOKENS:
            break
    return found


def places(tokens: Sequence[Token], terms: Sequence[tuple[str, ...]]) -> list[tuple[int, int]]:
    """Return where one of the terms (each as its folded words) stands, as [from, to) in tokens; also within handles, tags and compounds."""
    whole, inside = [], []
    for place, token in enumerate(tokens):
        for words in terms:
            if _is(token.plain, words[0]) and all(
                place + more < len(tokens) and _is(tokens[place + more].plain, word) for more, word in enumerate(words[1:], 1)
            ):
                whole.append((place, place + len(words)))
                break
            if len(words) == 1 and len(words[0]) >= 4 and words[0] in token.plain and token.plain[:1] in "@#h":
                inside.append((place, place + 1))
                break
        if len(whole) >= MAX_PLACES:
            break
    return (whole or inside)[:MAX_PLACES]


def without(text: str, tokens: Sequence[Token], stands: Sequence[tuple[int, int]]) -> str:
    """Return the passages around the terms, with the terms themselves left out."""
    pieces: list[str] = []
    at = 0
    for place, (start, stop) in enumerate(stands):
        begin = tokens[start - AROUND].begin if start > AROUND else 0
        following = stands[place + 1][0] if place + 1 < len(stands) else len(tokens)
        end = min(stop + AROUND, following)
        pieces.append(text[max(at, begin) : tokens[start].begin])
        at = tokens[stop - 1].end
        pieces.append(text[at : tokens[end].begin if end < len(tokens) else len(text)])
        at = tokens[end].begin if end < len(tokens) else len(text)
    return " ".join(" ".join(pieces).split())


def _is(plain: str, word: str) -> bool:
    """Tell whether a word of a text is this word: itself, with @ or #, its possessive, or the first part of a compound with a hyphen."""
    bare = plain.lstrip("@#_").rstrip("_")
    if word.endswith("*"):
        return bare.startswith(word.rstrip("*"))
    return bare == word or (bare.startswith(word) and bare[len(word)] in "'-.") or (bare.endswith(word) and bare[-len(word) - 1] == "-")


def describe(tokens: Sequence[Token], place: tuple[int, int], *, named: bool) -> Mapping[str, float]:
    """Return how a term stands at a place, feature by feature; `named` says that the term is configured with a capital."""
    start, stop = place
    first = _starts(tokens, start)
    before = Token("", "") if first else tokens[start - 1]
    after = tokens[stop] if stop < len(tokens) else Token("", "")
    determined = before.plain in _A | _THE | _OWN
    found = {_before(tokens, start, before, after), *_written(tokens, start, first=first, named=named)}
    found |= {*_names(tokens, start, before, after), *_worded(tokens, start, before, after, first=first, named=named)}
    if before.plain in _PLACE and found.isdisjoint({"name before", "name after"}):
        found.add("place")
    if stop - start > 1:
        found.add("whole name")
    if not _HIS.isdisjoint(token.plain for token in tokens[stop : stop + 4]):
        found.add("his")
    if after.plain in _ACTS and not determined:
        found |= {"acts", "acts first"} if first else {"acts"}
    if after.plain in _NOUNS or "-" in tokens[start].plain:
        found |= {"noun", "determined noun"} if determined else {"noun"}
    if after.plain in _OF and determined:
        found.add("of")
    if before.plain in _AND or after.plain in _AND:
        found.add("and")
    return dict.fromkeys(sorted(found - {""}), 1.0)


def _written(tokens: Sequence[Token], start: int, *, first: bool, named: bool) -> Iterator[str]:
    """Yield how the term itself is written."""
    plain, bare = tokens[start].plain, tokens[start].shown.lstrip("@#_")
    if plain[0] in "@#" or plain.startswith("http") or _SITE.search(plain):
        yield "sign"
    if plain.endswith("'s"):
        yield "possessive"
    if named and bare[:1].isupper():
        yield "capital first" if first else "capital"
    elif named:
        yield "small in tidy text" if _is_tidy(tokens) else "small"
    if bare.isupper() and len(bare) > 3 and not all(token.shown.isupper() for token in tokens if len(token.shown) > 3):
        yield "shouted"


def _before(tokens: Sequence[Token], start: int, before: Token, after: Token) -> str:
    """Return what goes before the term: an article, a word such as "bij", or somebody addressing it."""
    word = before.plain
    for name, words in (("a", _A), ("the", _THE), ("own", _OWN), ("where", _WHERE)):
        if word in words:
            return name
    for back in (2, 3):
        if not word or start < back or not _LETTER.match(word := tokens[start - back + 1].plain) or word in _TOLD | _AND | _WHERE | _ACTS:
            break
        if tokens[start - back].plain in _A | _THE | _OWN:
            return "adjective"
    word = before.plain
    return "told" if word in _TOLD or (word == "," and (not after.plain or bool(set(after.shown) & _ENDS))) else ""


def _worded(tokens: Sequence[Token], start: int, before: Token, after: Token, *, first: bool, named: bool) -> Iterator[str]:
    """Yield whether the term is used as a verb or as a word that tells how; a name in the middle of a text has its capital."""
    if tokens[start].plain[0] in "@#" or (named and not first and tokens[start].shown[:1].isupper()):
        return
    if after.plain in _OBJECT:
        yield "object first" if first else "object"
    if first:
        return
    further = tokens[start - 2] if start > 1 else Token("", "")
    if before.plain in _SUBJECT or _SHORT.fullmatch(before.plain) or (before.plain in _HELPS and further.plain in _SUBJECT):
        yield "does"
    elif before.plain in _HELPS:
        yield "helped"
    if before.plain in _DEGREE:
        yield "degree"


def _names(tokens: Sequence[Token], start: int, before: Token, after: Token) -> Iterator[str]:
    """Yield whether another name stands beside the term, which makes one name of both."""
    capital = tokens[start].shown.lstrip("@#_")[:1].isupper()
    title = start - 2 if start > 1 and tokens[start - 1].plain == "." else start - 1
    if title >= 0 and tokens[title].plain in _TITLE:
        yield "titled"
    if before.shown[:1].isupper() and len(before.shown) > 1 and before.plain not in _WHERE | _TOLD | _AND:
        if not before.shown.isupper() and not _starts(tokens, start - 1):
            yield "name before"
        elif capital and before.plain not in _A | _THE | _OWN | _ACTS:
            yield "capital before"
    if capital and after.shown[:1].isupper() and len(after.shown) > 1 and after.plain not in _NOUNS | _ACTS:
        yield "name after"


def _starts(tokens: Sequence[Token], place: int) -> bool:
    return place == 0 or bool(set(tokens[place - 1].shown) & _ENDS)


def _is_tidy(tokens: Sequence[Token]) -> bool:
    """Tell whether a text begins with a capital, as the texts of people do who write them."""
    for token in tokens:
        if _LETTER.match(token.shown):
            return token.shown[0].isupper() or token.shown[0].isdigit()
    return False
