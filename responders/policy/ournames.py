"""Knows what we are called: our name, its everyday short forms, our handles, and what the post calls us. Judges nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from monitor.domain import Brand
from responders.policy.names import FIRST_NAMES
from responders.policy.reading import listed, read

OUR_NAME = "Qqbrandqq"
"""Stands for our name in a marked text, so that patterns are the same for every brand."""

_LEGAL = re.compile(r"\s+(?:b\.?v\.?|n\.?v\.?|inc\.?|ltd\.?|plc|gmbh|s\.?a\.?|llc|group|groep|airways|airlines|nederland|uk|nl)$")
_BODIES = listed(
    """
    gemeente de het the zwembad city stad stichting woonstichting woningcorporatie hotel restaurant eethuis cafe kliniek
    ziekenhuis bibliotheek museum vereniging school basisschool universiteit bank apotheek garage bakkerij theater festival
    camping provincie waterschap veiligheidsregio politie winkel dierentuin sportschool huisartsenpraktijk praktijk kinderopvang
    town county borough vakantiepark mondzorg brouwerij slagerij kaashandel tandartspraktijk
    """
)
"""Words before a name that say what kind of body it is; people leave them out."""
_TRADES = listed(
    """
    royal national united first general house group groep water energy energie post radio online green groen great north south east
    west noord zuid oost nieuw nieuwe new old oud oude grand media digital public open direct central centraal union world euro
    europe holland dutch nederland nederlandse british american and en of van der den voor for co bv nv inc ltd plc llc gmbh
    broadband internet telecom mobile mobiel insurance verzekeringen zorgverzekeringen verzekeraar homes housing wonen woningen
    association society trust council college university hogeschool academy hospital clinic health care zorg gym fitness sport
    sports club coffee tea koffie thee bakery kitchen brewery beer toys games books boeken shop store stores markt market foods food
    rail railways trains tram trams bus buses airways airlines air lines travel reizen tours taxi taxis bikes cycles fietsen
    power gas electric solar zon park parks camp hotels inn theatre cinema bioscoop library museums gallery swimming pool baths
    parcel parcels pakket pakketten courier delivery logistics services service solutions systems software apps app bank banking
    credit finance financial pensions pensioen kruidvat lane street road straat plein hall home tuin garden gardens plants planten
    meubel meubels furniture kitchens keukens clothing kleding mode fashion shoes schoenen optiek optics tandarts dental dentist vet
    vets dierenarts dierenpark wildlife zoo police fire ambulance safety veiligheid company bedrijf partners works werken wear
    """
)
"""Words of names that many share, or that say what is sold: alone they name nobody."""
_PLACED = frozenset({"council", "gemeente", "town", "city", "county", "borough", "provincie"})
"""Bodies named after a place: "Tom from Harrow" lives there, and speaks for nobody."""
_BEFORE_PLACE = frozenset({"gemeente", "provincie"})
"""Those that stand before their place; the others stand behind it."""
_THE = frozenset({"de", "het", "den"})
_AT = r"[\W_]{1,3}"


def _pattern(names: set[str]) -> str:
    parts = [_AT.join(re.escape(word) for word in name.split()) for name in sorted(names, key=len, reverse=True) if name]
    return "|".join(parts) or r"(?!)"


def _whole(name: str, spoken: tuple[str, ...]) -> set[str]:
    """Return our name and handles, folded, with and without what people leave out of a name."""
    names = {read(name).plain.strip()}
    names.update(_LEGAL.sub("", name) for name in tuple(names))
    for known in tuple(names):
        first, _, rest = known.partition(" ")
        if rest and first in _BODIES and not set(rest.removeprefix("of ").split()) <= _TRADES | _BODIES:
            names.add(rest.removeprefix("of "))
        if known.count(" ") >= 2:
            names.update((known.rpartition(" ")[0], f"{first} {known.rpartition(' ')[2]}"))
        if known.count(" ") >= 3:
            names.add(f"{first} {' '.join(known.split()[-2:])}")  # "Wychling Parish & District Council" in two words less.
    names.update(_of_places(name))
    names.update(read(one).plain.strip().lstrip("@#") for one in spoken)
    return names | {"".join(known.split()) for known in names}


def _parts(name: str) -> set[str]:
    """Return the parts of our name that stand out: runs of its words that hold one which few others bear."""
    words = [word.text for word in read(name).words]
    if len(words) < 2:
        return set()
    telling = {word for word in words if _tells(word)}
    if _PLACED & set(words):
        return set()
    found: set[str] = set()
    for begin in range(len(words)):
        for end in range(begin + 1, len(words) + 1):
            part = words[begin:end]
            if telling & set(part) and (len(part) > 1 or len(part[0]) >= 4 or end == len(words)):
                found.add(" ".join(part))
    return found


def _tells(word: str) -> bool:
    letters = word.removesuffix("'s").replace("-", "")
    return len(letters) >= 3 and not {word, letters} & (_TRADES | _BODIES | FIRST_NAMES) and letters.isalpha()


def _of_places(name: str) -> set[str]:
    """Return the parts of a name that hold a body with its place: "gemeente Veerstad" of "Evenementen Gemeente Veerstad"."""
    words = [word.text for word in read(name).words]
    telling = {word for word in words if _tells(word)}
    found: set[str] = set()
    for at, word in enumerate(words):
        if word in _BEFORE_PLACE:
            rest = words[at + 1 :]
            lead = 2 if rest and rest[0] in _THE else 1
            if len(rest) >= lead and rest[lead - 1] in telling:
                found.update(" ".join(words[at : at + 1 + end]) for end in range(lead, len(rest) + 1))
                if lead == 2 and at:
                    found.add(" ".join(rest))  # "Evangelische Gemeente De Olijftak" is no town.
        elif word in _PLACED and words[0] in telling:
            found.update((" ".join(words[: at + 1]), f"{words[0]} {word}"))
    return found


@lru_cache(maxsize=256)
def _finder_of(name: str, spoken: tuple[str, ...], small: bool) -> re.Pattern[str]:
    """Return what finds our name with its parts in capitals, or `small` in any letters."""
    whole, parts = _pattern(_whole(name, spoken)), _pattern(_parts(name))
    either = rf"{whole}|{parts}" if small else rf"(?:{whole})|(?-i:(?=[A-Z]))(?:{parts})"
    return re.compile(rf"(?<!\w)(?:{either})(?:'s|')?(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=256)
def _parts_finder(name: str) -> re.Pattern[str]:
    """Return what finds the parts of our name alone."""
    return re.compile(rf"(?<!\w)(?:{_pattern(_parts(name))})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=256)
def _begins(name: str, spoken: tuple[str, ...]) -> frozenset[str]:
    """Return how our name and its parts may begin, folded."""
    return frozenset(one.split()[0] for one in _whole(name, spoken) | _parts(name) if one.strip())


@lru_cache(maxsize=64)
def _finder(name: str, spoken: tuple[str, ...], post: str) -> re.Pattern[str]:
    """Return what finds our name in a reply to this post: who writes it small calls us so, and we may too."""
    return _finder_of(name, spoken, _is_written_small(name, read(post).cased))


def _is_written_small(name: str, post: str) -> bool:
    begins = {part.split()[0] for part in _parts(name)}
    if not begins or (post.isascii() and "".join(begins).isascii() and not _holds_any(post.lower(), begins)):
        return False  # As of most posts is told sooner than a pattern is made.
    return any(match.group()[0].islower() for match in _parts_finder(name).finditer(post))


def _holds_any(text: str, begins: Iterable[str]) -> bool:
    return any(begin in text for begin in begins)


def marked(text: str, brand: Brand, post: str) -> str:
    """Return a text in which our name, however written, is replaced by one word."""
    spoken = (*brand.handles, *(term.text for term in brand.terms if not term.near))
    if text.isascii() and not _holds_any(text.lower(), _begins(brand.name, spoken)):
        return text  # As most sentences, which name us nowhere.
    return _finder(brand.name, spoken, post).sub(OUR_NAME, text)
