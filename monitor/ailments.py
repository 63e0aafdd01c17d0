"""Says which sources are not well, why in a word, and what a person should do; no clock, no network and no table is known here."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from monitor.domain import SourceHealth

PERIODS = 2.2
"""A source that was not read for so many of its usual periods is not well: two, and the spread of the waits."""
LEAST = timedelta(minutes=15)
"""Shorter than this nobody is told: a network that stumbles is up again by then."""
MOST_ERROR = 300
SOURCE = "source/"
"""With the source's name and the day on which it was last well, the key of the notice that it is not."""

WEEK, WEEKS = timedelta(days=7), 4
HISTORY = WEEK * WEEKS
"""So far back goes what a source usually does."""
EACH_WEEK = 3
"""A source that did not bring so many times something in each of those weeks does not usually bring anything."""
LEAST_SILENCE = timedelta(hours=1)
"""Shorter than this no source is silent."""
SILENCES = 2
"""A source is silent that brought nothing for so many times its usual longest silence, which holds its nights and weekends."""


class Trouble(StrEnum):
    """Why a source is not well."""

    WAITS = "waits"
    CAPPED = "capped"
    NO_KEY = "no_key"
    LOGGED_OUT = "logged_out"
    ABSENT = "absent"
    CHANGED = "changed"
    FAILS = "fails"
    SILENT = "silent"
    QUIET = "quiet"
    SHUT = "shut"


_SIGNS: tuple[tuple[Trouble, re.Pattern[str]], ...] = (
    (Trouble.SHUT, re.compile(r"cannot be had \(")),
    (Trouble.CAPPED, re.compile(r"its cap is reached")),
    (Trouble.WAITS, re.compile(r"asks us to wait|is too much|used up|too many requests", re.IGNORECASE)),
    (Trouble.NO_KEY, re.compile(r"\bwith (?:a key|keys) only|\b(?:is|are) needed in the environment|\bwithout a secret of")),
    (Trouble.LOGGED_OUT, re.compile(r"answered 40[13]\b|asks for a login|does not accept our login")),
    (
        Trouble.ABSENT,
        re.compile(r"answered 4(?:04|10|51)\b|neither a file nor a folder|knows no account|redirects from https|redirects more than"),
    ),
    (Trouble.CHANGED, re.compile(r"something else than|is not JSON|cannot be understood|is no feed|not a feed|else than a listing")),
)
"""By what our own sentences say; the first that fits."""

_WORDS: Mapping[Trouble, Mapping[str, str]] = {
    Trouble.WAITS: {
        "en": "The network asks us to wait. Read it less often (every), for fewer terms, or with a key that allows more.",
        "nl": "Het netwerk vraagt ons te wachten. Lees minder vaak (every), voor minder termen, of met een sleutel die meer mag.",
    },
    Trouble.CAPPED: {
        "en": "Its cap is reached. It goes on when the day or month is over (UTC); a higher cap stands in monitor.toml.",
        "nl": "De grens voor kosten is bereikt. Het gaat verder als de dag of maand om is (UTC); verhoog anders de grens in monitor.toml.",
    },
    Trouble.NO_KEY: {
        "en": "Its key is missing. Put it into .env, as said below, start monitor run anew, and look with: monitor check",
        "nl": "De sleutel ontbreekt. Zet die in .env, zoals hieronder staat, start monitor run opnieuw en kijk met: monitor check",
    },
    Trouble.ABSENT: {
        "en": "Nothing is at its address any more. Look up the new address, put it into monitor.toml, and start monitor run anew; "
        "or take the source out.",
        "nl": "Op dit adres is niets meer te vinden. Zoek het nieuwe adres op, zet het in monitor.toml en start monitor run opnieuw; "
        "of haal de bron weg.",
    },
    Trouble.LOGGED_OUT: {
        "en": "We are not let in. Renew the key or password in .env, start monitor run anew, and look with: monitor check",
        "nl": "We worden niet binnengelaten. Vernieuw de sleutel in .env, start monitor run opnieuw en kijk met: monitor check",
    },
    Trouble.CHANGED: {
        "en": "It answers in a form that we do not know, so nothing is read. Check the address; is there a newer version?",
        "nl": "Het antwoordt in een vorm die we niet kennen, en dus is er niets te lezen. Klopt het adres, is er een nieuwere versie?",
    },
    Trouble.FAILS: {
        "en": "It does not answer as it should; it is tried again by itself. Look with: monitor check",
        "nl": "Het antwoordt niet zoals het hoort; we proberen het vanzelf opnieuw. Kijk met: monitor check",
    },
    Trouble.SILENT: {
        "en": "It was not even asked of late. See whether monitor run works on it: monitor status --all",
        "nl": "Het is de laatste tijd niet eens gevraagd. Kijk of monitor run ermee bezig is: monitor status --all",
    },
    Trouble.QUIET: {
        "en": "It answers, and has brought nothing for over twice its longest silence of four weeks. "
        "Look what it is asked, and whether the network shows something there: monitor query, monitor try",
        "nl": "Het antwoordt, maar bracht niets, al ruim twee keer zo lang als de langste stilte in vier weken. "
        "Kijk wat er gevraagd wordt, en of er op het netwerk wel iets te zien is: monitor query, monitor try",
    },
    Trouble.SHUT: {
        "en": "Its port belongs to another program, so that nobody can send us anything. Stop that one, or give `port` another number.",
        "nl": "De poort is van een ander programma, en dus kan niemand ons iets sturen. Stop dat, of geef `port` een ander nummer.",
    },
}


BY_HAND = frozenset({Trouble.NO_KEY, Trouble.LOGGED_OUT, Trouble.ABSENT, Trouble.SHUT})
"""What a person mends before a new start."""


@dataclass(frozen=True, slots=True)
class Ailment:
    """One source that is not well, with all brands for which it is not."""

    source: str
    trouble: Trouble
    brands: tuple[str, ...]
    since: datetime | None
    """When it was last read well, for whom that is longest ago; None where it never was."""
    error: str

    def todo(self, language: str) -> str:
        """Return what it is and what to do, in nl or en."""
        return _WORDS[self.trouble][language]


def advise(error: str, language: str) -> str:
    """Return what a source's error comes down to and what to do, in nl or en."""
    return _WORDS[classify(error)][language]


def longest_silence(moments: Iterable[datetime]) -> timedelta | None:
    """Return the longest time between two arrivals in the four weeks before the last; None where there was no usual in them."""
    found = sorted(moments)
    if not found:
        return None
    last = found[-1]
    recent = [moment for moment in found if moment > last - HISTORY]
    weeks = Counter((last - moment) // WEEK for moment in recent)
    if any(weeks[week] < EACH_WEEK for week in range(WEEKS)):
        return None
    return max(after - before for before, after in pairwise(recent))


def is_quiet(since: datetime, usual: timedelta, at: datetime) -> bool:
    """Say whether nothing came for so long since then that it is not the source's way."""
    return at - since > max(usual * SILENCES, LEAST_SILENCE)


def find_ailments(states: Iterable[SourceHealth], every: Mapping[str, timedelta], at: datetime, asking_since: datetime) -> list[Ailment]:
    """Return the sources that were not read well for longer than two of their usual periods, each once.

    `every` says how often each source is read; what it does not name is configured no more. Before `asking_since` nobody was there to
    ask, so that silence until then is no fault.
    """
    ill: dict[str, list[SourceHealth]] = {}
    for state in states:
        usual = every.get(state.source)
        if usual is None:
            continue
        patience = max(usual * PERIODS, LEAST)
        # A source near its cap is read less often, on purpose: then what was planned counts.
        planned = state.next_poll_at if state.next_poll_at is not None and not state.failures else None
        read = max(filter(None, (state.last_success_at, asking_since, planned)))
        if at - read > patience:
            ill.setdefault(state.source, []).append(state)
    return [_ailment(source, found) for source, found in sorted(ill.items())]


def _ailment(source: str, found: list[SourceHealth]) -> Ailment:
    failing = [state for state in found if state.failures]
    error = failing[0].last_error if failing else ""
    moments = [state.last_success_at for state in found]
    since = None if None in moments else min(moment for moment in moments if moment is not None)
    return Ailment(source, classify(error) if failing else Trouble.SILENT, tuple(state.brand for state in found), since, error[:MOST_ERROR])


def is_mended_by_hand(error: str) -> bool:
    """Say whether somebody mends that, in monitor.toml or .env, and starts anew: waiting longer is no use then."""
    return classify(error) in BY_HAND


def classify(error: str) -> Trouble:
    """Return what kind of trouble a source's error tells of."""
    return next((trouble for trouble, sign in _SIGNS if sign.search(error)), Trouble.FAILS)
