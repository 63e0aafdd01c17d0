"""Judges the form of a reply: language and address (R11), length (R12), unfilled blanks (N5)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.domain import Objection
from responders.limits import limit_for
from responders.policy import tongues
from responders.policy.context import Context
from responders.policy.grammar import FIRST_PERSON, has, pattern
from responders.policy.reading import MAX_READ


def language_and_address(context: Context) -> Iterator[Objection]:
    """R11: the author's language, and one form of address: the author's, or else the brand's own."""
    reply = context.reply
    seen, wanted = context.spoken, context.post_language
    if seen and wanted and seen != wanted and wanted in tongues.NAMES:
        nl_name, en_name = tongues.NAMES.get(wanted, (wanted, wanted))
        yield context.whole(
            "R11",
            nl=f"Het bericht is in het {nl_name} geschreven en het antwoord niet. Antwoord in de taal van de schrijver.",
            en=f"The post is in {en_name} and the reply is not. Answer in the author's language.",
        )
        return
    foreign = tongues.foreign_sentence(reply, seen or wanted)
    if foreign:
        start, end, _ = foreign
        yield context.objection(
            "R11",
            start,
            end,
            nl="Deze zin staat in een andere taal dan de rest. Schrijf het hele antwoord in de taal van de schrijver.",
            en="This sentence is in another language than the rest. Write the whole reply in the author's language.",
        )
    language = seen or wanted
    familiar, formal = tongues.address(reply, language)
    if familiar and formal and language == "nl":
        familiar = [place for place in familiar if not _means_anyone(context, place)]
    if familiar and formal:
        start, end = min(familiar, formal, key=len)[0]
        yield context.objection(
            "R11",
            start,
            end,
            nl="Het antwoord spreekt de schrijver op twee manieren aan. Kies één vorm, die van de schrijver, en houd die vol.",
            en="The reply addresses the author in two ways (familiar and formal). Choose one, the author's, and keep to it.",
        )
        return
    form = _wanted_form(context, language)
    wrong = formal if form == "familiar" else familiar if form == "formal" else []
    if wrong:
        yield context.objection(
            "R11",
            *wrong[0],
            nl="De schrijver gebruikt een andere aanspreekvorm dan dit antwoord (je of u). Neem die van de schrijver over.",
            en="The author uses another form of address than this reply (familiar or formal). Take over the author's.",
        )


_ANYONE = r"(?:en|n)\W+(?:terwijl|als|wanneer)\W+je\b(?!\W+(?:\w+\W+){0,3}?(?:hebt|wilt|stuurt|belt|vragen|haast))"


def _means_anyone(context: Context, place: tuple[int, int]) -> bool:
    """Say whether a "je" means anyone: "an hour is long to wait when you see others get up", of nobody in particular."""
    reply = context.reply
    sentence = next((one for one in reply.sentences if one.start <= place[0] < one.end), None)
    if sentence is None or reply.plain[slice(*place)] != "je" or sentence.asks or has(FIRST_PERSON, sentence.text):
        return False
    return pattern(rf"\w{_ANYONE}").search(sentence.text) is not None and not has(r"\bjouw?\b|\bjij\b", sentence.text)


def _wanted_form(context: Context, language: str) -> str:
    """Return "familiar", "formal" or "" (either): as the post addresses us, else as the brand's settings say."""
    familiar, formal = tongues.address(context.post, language)
    if formal:
        return "formal"
    plain = context.post.plain
    singular = [place for place in familiar if plain[slice(*place)] not in _SEVERAL]
    if singular and not (language == "nl" and _is_general(context, singular)):
        return "familiar"
    if len(singular) < len(familiar):
        return ""
    configured = context.brand.formality.get(language, "").casefold()
    if configured in {"je", "jij", "tu", "du"}:
        return "familiar"
    return "formal" if configured in {"u", "vous", "sie"} else ""


_SEVERAL = frozenset({"jullie"})
"""A company is many: who says "jullie" to it chose no form of address for one person."""


def _is_general(context: Context, places: list[tuple[int, int]]) -> bool:
    """Say whether every "je" of a Dutch post means "one" and addresses nobody ("dan sta je daar")."""
    plain = context.post.plain
    for start, end in places:
        if plain[start:end] != "je":
            return False
        around = plain[max(0, start - 14) : end + 14]
        sentence = next((one for one in context.post.sentences if one.start <= start < one.end), None)
        if sentence and not sentence.asks and _told_of_anyone(plain[sentence.start : start], plain[end : sentence.end]):
            continue
        if re.search(
            (
                r"\b(?:kun|kan|ben|heb|wil|weet|ga|hoor|zie|doe|krijg|laat|snap|vind|antwoord|lever)\W+je\b|"
                r"\bdank\W+je\b|\bje\W+(?:app|service|website|klantenservice|bedrijf|medewerkers|antwoord|collega)\b|@"
            ),
            around,
        ):
            return False
    return True


def _told_of_anyone(before: str, after: str) -> bool:
    """Say whether "je" stands behind its verb in a statement that says nothing of us: "dan zie je het"."""
    return has(r"\w+\W+(?:kun|kan|zie|ben|krijg|heb|hoor)\W+$", before) and not has(
        r"\b(?:me|mij|mijn|ons|onze|jullie|u|jouw?|je|jij|wij|we)\b", after
    )


_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""What turns or hides the words after it, so that people would read another text than the one approved."""


def fits_platform(context: Context) -> Iterator[Objection]:
    """R12: the text fits the network's limit as that network counts, and reads the same wherever it is shown."""
    if found := _STEERING.search(context.text.replace("\r\n", "\n")):
        sign = f"U+{ord(found[0]):04X}"
        yield context.whole(
            "R12",
            nl=f"In de tekst staat een onzichtbaar stuurteken ({sign}): niet iedereen leest dan hetzelfde. Typ de tekst opnieuw.",
            en=f"The text holds an invisible control character ({sign}): not everybody then reads the same. Type the text again.",
        )
    network = context.stored.mention.network
    limit = limit_for(network, context.longest)
    size, allowed = len(context.text), limit.characters
    if size > MAX_READ:
        yield context.objection(
            "R12",
            0,
            len(context.reply.plain),
            nl=f"De tekst telt {size} tekens; meer dan {MAX_READ} kan hier niet worden nagekeken. Kort hem in.",
            en=f"The text counts {size} characters; more than {MAX_READ} cannot be checked here. Shorten it.",
        )
    elif allowed is not None and (counted := limit.count(context.text)) > allowed:
        yield context.whole(
            "R12",
            nl=f"De tekst telt {counted} tekens en {network} neemt er {allowed}. Kort hem {counted - allowed} tekens in.",
            en=f"The text counts {counted} characters and {network} takes {allowed}. Shorten it by {counted - allowed}.",
        )


_BLANK = re.compile(
    r"""(?:(?<![A-Za-z])|(?=[^A-Za-z])) # Within a word nothing begins, nor with most words: these places are passed over at once.
    (?=[^A-Za-z\s,;:'"!-]|[A-Z]|[xX]{2}|dd|lorem|nog|(?:op|om|voor|van|on|at|by|before|beste|dear|hi|hoi|hello)\s[.…]|null|undefined)(?:
    \[(?P<square>[^\[\]\n]{0,80})\](?!\() | \{\{?[^{}\n]{0,80}\}\}? | <(?P<angle>[^<>\n]{1,80})> | <<[^<>\n]{1,60}>> | _{2,} | \.{5,} |
        …{2,} | %[A-Z_]{2,30}%? | \$\{?[A-Z_]{3,30}\}? | @{2}\w+@{2} | \#\#+[\w ]{0,30}\#\#+ |
    \b(?:TODO|TBD|TBC|FIXME|XXX+|XX|NNB|N\.N\.B|N\.T\.B|PM:|LOREM|[Ll]orem\ ipsum|INSERT|INVULLEN|Invullen|VUL\ IN|[Nn]og\ invullen|
        PLACEHOLDER|YOUR\ NAME|FIRSTNAME|VOORNAAM|NAAM|DATUM|BEDRAG|DATE\ HERE|NAME\ HERE)\b(?!') | \b(?:xx+|dd|xx)[-/.](?:xx+|
        mm)(?:[-/.](?:xx+|jj+|yy+))?\b | \b[Xx]{2,}\b(?=\s*(?:uur|euro|dagen|days|hours|pounds|%)) | (?:€|\$|£)\s?(?:[.,_-]{2,}|
        [xX]{1,}\b|\?+|,-) |
    \b(?:op|om|voor|van|on|at|by|before|beste|dear|hi|hoi|hello)\s(?:\.{3}|…)(?=[\s,.!?]|$) | \?{3,} | \*{3,} | \(\s*(?:naam|datum|
        bedrag|name|date|amount|link|link\ here|hier\ link|tijd|time|invullen|insert[^)]{0,40}|vul[^)]{0,40}in|tbd|tbc|
        nader\ te\ bepalen|ntb|nnb|todo|\?+|\.{2,}|…)\s*\) | (?:Beste|Dear|Hi|Hoi|Hello|Geachte)\s*,\s*,|\bnull\b|\bundefined\b|\bNaN\b|
        \bNone\b(?=[,.!]\s))""",
    re.VERBOSE,
)


def blanks(context: Context) -> Iterator[Objection]:
    """N5: no blank is left unfilled."""
    cased = context.reply.cased
    for match in _BLANK.finditer(cased):
        inside = match.group("square")
        if inside is not None and _is_meant(inside, cased, match.end()):
            continue
        angle = match.group("angle")
        if angle is not None and (re.match(r"\s?(?:https?://|[\w.+-]+@)|3|\s|[\d=-]", angle) or not re.search(r"[^\W\d]", angle)):
            continue
        if match.group() == "None" and context.language == "en":
            continue
        yield context.objection(
            "N5",
            *match.span(),
            nl=f"Hier staat nog een open plek: {match.group().strip()[:40]}. Vul hem in of haal hem weg.",
            en=f"A blank is left open here: {match.group().strip()[:40]}. Fill it in or take it out.",
        )


def _is_meant(inside: str, cased: str, end: int) -> bool:
    """Say whether square brackets are meant so: initials at the end, a footnote, "[sic]"."""
    text = inside.strip()
    at_end = not re.search(r"[^\W_]", cased[end:])
    return bool(re.fullmatch(r"\d{1,2}|sic|nl|en|NL|EN|edit|update", text)) or (at_end and bool(re.fullmatch(r"\^?[A-Z]{1,3}", text)))
