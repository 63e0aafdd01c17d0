"""Says where praise may be meant as blame, in Dutch, English and German; a hint for a person, which changes no score.

Whether it is irony nobody can tell from the words alone: these are turns that are, more often than not.
"""

from __future__ import annotations

import re

_PRAISE = {
    "en": r"thanks|thank you|thx|cheers|well done|great(?: job| work)?|good job|nice(?: one)?|love(?:ly)?|bravo|congrat\w*|awesome",
    "nl": r"bedankt|dank(?:je(?:wel)?)?|top|super|lekker|fijn|mooi|knap|bravo|chapeau|gefeliciteerd|geweldig|fantastisch|goed bezig",
    "de": r"danke|dank|toll|super|klasse|bravo|prima|wunderbar|glückwunsch|herrlich|großartig",
}
_BLAME = {
    "en": r"nothing|delay\w*|cancel\w*|los(?:ing|t)|ruin\w*|broke\w*|ignor\w*|wast\w*|late|stuck|hung up|no (?:reply|answer)",
    "nl": r"niks|niets|nop|vertrag\w*|geannuleerd|kwijt\w*|verpest\w*|kapot\w*|wachten|te laat|alweer|weer een|uren|storing\w*",
    "de": r"nichts|verspät\w*|ausfall\w*|ausgefallen|verloren|kaputt|warten|zu spät|schon wieder|stunden|störung\w*",
}
_TURNS = {
    "en": (
        r"(?:gotta|got to|don't you just) love|love (?:how|when|it when)|slow clap|thanks for nothing|just (?:great|what i needed)"
        r"|good luck (?:getting|reaching|with)|oh (?:great|joy)|how (?:kind|generous)"
    ),
    "nl": (
        r"(?:lekker|fijn|mooi|leuk|top|knap|goed|gezellig|handig) (?:hoor|dan|is dat|man)|(?:dat is|wat) weer (?:lekker|fijn|mooi)"
        r"|weer (?:lekker|fijn|feest)|(?:bedankt|dank) (?:weer|hè)|lekker bezig|succes ermee|hulde hoor"
    ),
    "de": r"na (?:toll|super|prima|klasse|bravo|danke)|(?:vielen|schönen) dank auch|wieder (?:mal )?(?:toll|super|klasse)|super gemacht",
}
_WROTE = re.compile(r"(?<!\w)(?:/s|#(?:not|sarcasm|sarcasme|ironie|irony))(?!\w)|🙃", re.IGNORECASE)
_NEARBY = r"(?: [^ .!?]{1,30}){0,6} "
"""Up to six words of one sentence between praise and what is no reason for it."""
_FOUND = {
    language: re.compile(rf"(?<!\w)(?:{_TURNS[language]}|(?:{_PRAISE[language]}){_NEARBY}(?:{_BLAME[language]}))(?!\w)")
    for language in _PRAISE
}
_MOST = 2_000
"""Characters of a text that are looked at."""


def hint(text: str, language: str) -> str:
    """Return the words that may be meant ironically, or nothing."""
    text = text[:_MOST]
    said = _WROTE.search(text)
    found = _FOUND[language].search(" ".join(text.lower().replace("’", "'").replace(",", "").split())) if language in _FOUND else None
    return said.group() if said else found.group() if found else ""
