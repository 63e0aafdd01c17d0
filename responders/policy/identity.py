"""Judges for whom a reply speaks (R1). Whether a person is heard in it stands in voice, masks in a file of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from monitor.domain import Objection
from responders.policy.context import Context
from responders.policy.grammar import has, negated_before
from responders.policy.introductions import OUTSIDE, introductions
from responders.policy.ournames import OUR_NAME
from responders.policy.reading import listed, read
from responders.policy.speakers import NO_OUTSIDER, introduces

_TEAM = (
    r"(?:customer\ services?|klantenservice|(?:web|social|klanten|customer|support|care|help|communicatie|"
    r"communications?|media|redactie|service|social-media|online|press|pers|data|web-)?[ -]?(?:teams?|"
    r"care|webcare|desk|support|redactie|crew|collega's|afdeling|relations|helpdesk|webcareteam|webteam|"
    r"klantcontact|voorlichting|communicatie|communications))"
)
_ARTICLE = r"(?:(?:the|de|het|'t|gemeente|stad|city\ of)\W+)?"


_OWNED = (
    r"(?:mistakes?|faults?|errors?|failures?|failings?|doing|responsibility|duty|job|task|oversight|slip|apolog\w+|"
    r"fout(?:en)?|vergissing|misser|schuld|verantwoordelijkheid|taak|plicht|tekortkoming|werk|excuses)"
)
_OUR_PEOPLE = (
    r"(?:teams?|crew|staff|colleagues?|drivers?|engineers?|mechanics?|managers?|planners?|desk|office|kitchen|warehouse|board|"
    r"ploeg|collega(?:'?s)?|monteurs?|medewerkers?|chauffeurs?|balie|kantoor|keuken|magazijn|planning|bestuur)"
)
"""What is ours and no customer's."""
_OUR_DEED = (
    r"(?:made|got|missed|failed|forgot|should|sent|lost|mixed|charged|overlooked|misread|misjudged|owe|find\ out|look\ into|"
    r"maakten?|deden|hebben|hadden|lieten|vergaten|stuurden|misten|zoeken|moeten|moesten|zaten|gingen|schoten)"
)
_OUR_NAME = f"@?{OUR_NAME.lower()}"


@lru_cache(maxsize=64)
def _speaking(name: str, speaks_as: str) -> tuple[re.Pattern[str], ...]:
    """Return the patterns of speaking for a brand whose name reads as `name`; each runs on folded text."""
    teams = r"(?:\w+[^\w.!?;]+){0,4}?"
    flags = re.VERBOSE
    sources = [
        (
            rf"\b(?:namens|on\ behalf\ of|speak(?:s|ing)?\ for|voor\ en\ namens|au\ nom\ d|im\ namen\ von|"
            rf"represent(?:ing)?|vertegenwoordig\w*)[^\w.!?;]+{teams}{_ARTICLE}(?<!\w){name}"
        ),
        rf"\b{_TEAM}[^\w.!?;]+(?:(?:van|of|from|at|bij|for|voor|de|du|von|der|des)[^\w.!?;]+)?(?:\w+[^\w.!?;]+)?{_ARTICLE}(?<!\w){name}",
        rf"(?<!\w){name}[\W_]{{1,3}}(?:\w+[\W_]{{1,3}}){{0,2}}?{_TEAM}\b",
        rf"\b(?:we|wij)\b[^.!?]{{0,30}}:\s+(?<!\w){name}|(?:^|[.!?]\s+)(?<!\w){name}[^.!?:]{{0,50}}:\s+(?:we|wij)\b",
        rf"(?<!\w){name}[^\w.!?;]+(?:here|hier|speaking|aan\ het\ woord|ici)\b",
        (
            rf"\b(?:here|hier|hi|hallo|hello|hoi)?\W*\b(?:this\ is|it's|dit\ is|u\ spreekt\ met|je\ spreekt\ met|"
            rf"jullie\ spreken\ met|you're\ (?:talking|speaking)\ (?:to|with)|you\ are\ speaking\ with|hier\ is|"
            rf"hier|c'est|ici|hier\ ist|hier\ schreibt)[^\w.!?;]+(?:(?:de|het|the|van|from|of|at|bij|voor|team|"
            rf"webteam|webcare|mensen|people)[^\w.!?;]+){{0,3}}(?<!\w){name}"
        ),
        (
            rf"\b(?:i|we|ik|wij|i'm|we're|i\ am|we\ are|ben|zijn)[^\w.!?;]+(?:\w+[^\w.!?;]+){{0,7}}?(?:work|works|"
            rf"working|werk|werken|werkzaam|run|head|manage|lead|leid|look\ after|beheer|am|'m|are|speak|ben|zijn|zit|"
            rf"answer|antwoord|spreek|schrijf|write)[^\w.!?;]+(?:\w+[^\w.!?;]+){{0,5}}?(?:voor|bij|for|at|with|"
            rf"from|van|of|namens|to|on|aan)[^\w.!?;]+(?:\w+[^\w.!?;]+){{0,2}}?(?<!\w){name}"
        ),
        (
            rf"\b(?:run|manage|lead|leid|beheer)[^\w.!?;]+(?<!\w){name}|\b(?:this\ is|dit\ is|i'm|i\ am|ik\ ben|"
            rf"met|hier\ is|my\ name\ is|mijn\ naam\ is|it's)\ (?!(?:sorry|glad|happy|afraid|not|just|a|an|the|"
            rf"your|so|very|really|een|niet|het|de|je|uw|blij|zelf|ook|nog|what|dat|that|"
            rf"why)\b)[\w'-]+(?:\ [\w'-]+)?(?:,\ [\w'\ -]{{2,40}}?)?(?:,(?:\ (?:van|from|of|at|for|voor|bij|namens|"
            rf"with))?|\ (?:van|from|of|at|for|voor|bij|namens|with))\ {_ARTICLE}(?<!\w){name}"
        ),
        (
            rf"\b(?:i'm|i\ am|we\ are|ik\ ben|wij\ zijn)[^\w.!?;]+(?:\w+[^\w.!?;]+){{0,7}}?(?:at|van|of|from|with|"
            rf"bij|for|voor|namens)[^\w.!?;]+(?:\w+[^\w.!?;]+)?(?<!\w){name}"
        ),
        (
            rf"\b(?:we|wij|us|ons|ik|i|our\ team|ons\ team)[^\w.!?;]+(?:(?:here|hier|all|allemaal|van|at|bij|of|"
            rf"from|with|in|samen|als|as)[^\w.!?;]+){{0,3}}{_ARTICLE}(?<!\w){name}"
        ),
        (
            rf"\b(?:(?:our|onze|ons|my|mijn)[^\w.!?;]+(?:\w+[^\w.!?;]+){{0,2}}?{_OWNED}|ours|van\ ons|"
            rf"(?:our|onze|ons)[^\w.!?;]+(?:\w+[^\w.!?;]+){{0,2}}?{_OUR_PEOPLE})[^\w.!?;]+"
            rf"(?:(?:here|hier|at|bij|as|als|in)[^\w.!?;]+){{1,2}}{_ARTICLE}(?<!\w){name}"
        ),
        rf"\b(?:we|wij)\b[^.!?;:,]{{1,60}}\b(?:als|as|here\ at|hier\ bij)[^\w.!?;]+{_ARTICLE}(?<!\w){name}",
        (
            rf"\b(?:(?:we|wij)\b[^.!?;:,]{{0,40}}\b{_OUR_DEED}|{_OUR_DEED}\W+(?:we|wij))\b[^.!?;:,]{{0,40}}"
            rf"\b(?:at|bij)[^\w.!?;]+{_ARTICLE}(?<!\w){name}"
        ),
        (
            rf"(?:^|[.!?,]\W*(?:(?:so|dus|and|en)\W+)?){_ARTICLE}(?<!\w){name}[^\w.!?;]+(?:\w+[^\w.!?;]+)?"
            rf"(?:made|got|has|had|heeft|maakte|zat|was|is)[^.!?;]{{0,40}}?"
            rf"\b(?:mistake|wrong|error|at\ fault|fout|vergissing|verkeerd|tekort\w*)\b"
        ),
        (
            rf"\b(?:bij|at|binnen|within|als|as|van|from)[^\w.!?;]+{_ARTICLE}(?<!\w){name}[\s,]{{1,2}}(?:(?:hebben|"
            rf"zijn|willen|kunnen|vinden|doen|nemen|weten|zien|have|are|had|moeten|will|do|can|betreuren|gaan|"
            rf"zoeken|werken|maakten|maken)[^\w.!?;]+)?(?:we|wij|ik|i)\b"
        ),
        rf"^\W*(?:@\w+[^\w.!?;]+)?(?<!\w){name}(?:\W*\(\w+\))?\s?:",
        (
            rf"(?<!\w){name}[^\w.!?;]+(?:(?:hereby|sincerely|hierbij|oprecht|wants?\ to|would\ like\ to|wil|"
            rf"would)[^\w.!?;]+){{0,2}}(?:apologi[sz]es?|regrets|is\ (?:deeply\ |very\ |truly\ )?sorry|excuses|"
            rf"betreurt|biedt|verontschuldigt|thanks|bedankt\ u|dankt)\b"
        ),
        (
            rf"(?:^|[.!?:]\s+)(?<!\w){name}[^\w.!?;]+(?:(?:is|has|have|heeft|hebben|are|also|ook|zelf|wil|"
            rf"currently|now|nu|inmiddels)[^\w.!?;]+)*(?:[\w]+[^\w.!?;]+){{0,6}}?(?:aware|received|learned|noted|"
            rf"confirms?|investigat\w+|examin\w+|looking\ into|kennisgenomen|ontvangen|vernomen|onderzoekt|"
            rf"zoekt\b[^.!?]{{0,30}}\buit|gaat\b[^.!?]{{0,30}}\bna|bevestigt)\b"
        ),
        (
            rf"\b(?:update|statement|message|answer|reply|bericht|reactie|antwoord|verklaring)[^\w.!?;]+(?:from|"
            rf"van|by|namens)[^\w.!?;]+(?:de[^\w.!?;]+|the[^\w.!?;]+)?(?<!\w){name}[^\w.!?;]+(?:follows|will|comes|"
            rf"volgt|komt)\b"
        ),
        (
            rf"\b(?:had|heeft|hadden)[^\w.!?;]+(?<!\w){name}[^\w.!?;]+(?:\w+[^\w.!?;]+){{0,4}}?(?:moeten|mogen|"
            rf"regelen)\b|(?<!\w){name}[^\w.!?;]+(?:should\ have|shouldn't\ have|had\ (?:dit|dat|je|u)\b)"
        ),
    ]
    spaced = len(sources)
    if speaks_as:
        sources.extend(
            r"(?<!\w)" + r"\W{1,3}".join(re.escape(word) for word in read(spoken).plain.split()) + r"(?!\w)"
            for spoken in re.split(r"\s*/\s*", speaks_as)
        )
    return tuple(re.compile(source, flags if number < spaced else 0) for number, source in enumerate(sources))


_OBJECT_BEFORE = (
    r"\b(?:fiets|fietsen|bike|bikes|klant|klanten|customer|customers|gebruiker|gebruikers|user|users|lid|"
    r"member|members|rider|riders|fan|abonnee|reiziger|passagier|passenger|buurman|neighbour|friend|"
    r"vriend|app|slot|bestelling|order|product|concurrent|competitor|inwoner|resident|rit|ride|passagiers|"
    r"patient|leerling|student|huurder|tenant|subscriber)\W+(?:\w+\W+){0,2}$"
)


@lru_cache(maxsize=4)
def speaks_for_brand(context: Context) -> bool:
    """Say whether the reply itself tells that it speaks for the brand; naming the brand as a thing is not enough."""
    if introductions(context):
        return True
    brand = context.brand
    plain = context.reply_marked.lower()
    for speaking in _speaking(_OUR_NAME, brand.speaks_as):
        for match in speaking.finditer(plain):
            before = plain[max(0, match.start() - 40) : match.start()]
            # "I don't work for X", "I am a customer of X": named, and not spoken for.
            inside = match.group()
            if (
                has(r"\b(?:not|don't|niet|nooit|never|geen|nothing|isn't|no)\b", inside)
                or negated_before(plain, match.start(), 12)
                or has(_OBJECT_BEFORE, before)
            ):
                continue
            if has(
                (
                    r"\b(?:klant|customer(?!\W+(?:services?|care|support|relations|team))|gebruiker|user|member|lid|fan|"
                    r"rider|passenger|reiziger|inwoner|resident|subscriber|abonnee|bezoeker|visitor|guest|gast|"
                    r"patient(?!\W+(?:services?|care|relations))|regular|regulars|live\ in|woon|kom|ga)\b"
                ),
                inside,
            ):
                continue
            return True
    here = rf"(?:^|[.!?]\s+)(?:here at|hier bij|bij|at|binnen)\s+(?:the |de |het |gemeente )?(?<!\w){_OUR_NAME}[^.!?]{{0,120}}"
    here += r"\b(?:we|wij|our|onze)\b"
    if re.search(here, plain):
        return True
    return named_speaker(context) or _signed(context) or opening(context) is not None or introduces(context)


_OPENING = re.compile(
    rf"^\W*(?P<name>[A-Z][\w'-]+(?: [A-Z][\w'-]+)?)(?:,|,? (?:of|at|for|from|with|van|bij|namens|"
    rf"voor))(?: (?:the|de|het))? @?{OUR_NAME}(?: (?:[a-z]+|[A-Z]{{2,3}}))?\W*$"
)
_OPENING_BY_US = re.compile(
    rf"^\W*(?:(?:[Hh]et|[Dd]e|[Tt]he) {NO_OUTSIDER}[\w'-]+ (?:van|of|at) (?:het |de |the )?)?@?{OUR_NAME}[,:] (?:met |with )?"
    rf"(?P<name>[A-Z][\w'-]+(?: [A-Z][\w'-]+)?)(?: (?:here|speaking|hier|aan het woord))?\W*$"
)
"""Our name first, as on the telephone: "Museum De Kaap, met Fenna"."""


def opening(context: Context) -> re.Match[str] | None:
    """Find "Karim, ParcelFox." or "ParcelFox, Karim." as one of the first sentences: a name and our name, nothing else."""
    for sentence in context.reply.sentences[:6]:
        cased = context.marked(sentence.cased)
        for text in (cased, cased.split(", ", 1)[-1]):
            match = _OPENING.search(text) or _OPENING_BY_US.search(text)
            if match and match["name"].split()[0].lower() not in _NO_NAMES | NOT_A_PERSON | _CLOSINGS:
                return match
    return None


def named_speaker(context: Context) -> bool:
    """Say whether a person of ours is named with the brand: "Eva van Waalfiets", "Sam here, at NorthJet"."""
    cased, name = context.reply_marked, _OUR_NAME
    plain = cased.lower()
    for match in re.finditer(
        (
            rf"\b(?P<first>[A-Z][\w'-]+)(?: (?:(?:van|de|der|den|el|"
            rf"di) )*[A-Z][\w'-]+)?(?:, (?:[a-z][\w'-]* ){{1,4}}|[\W]{{1,2}})(?i:(?:van|from|of|at|bij|namens|for|"
            rf"voor|with|here|hier|@)[\W]{{1,3}}){{1,3}}(?i:(?:de|het|the|here|hier|team|web|webteam|webcare|"
            rf"gemeente|our|ons)\W+){{0,3}}(?<!\w)(?i:{name})"
        ),
        cased,
    ):
        if match["first"].lower() in _NO_NAMES or has(OUTSIDE, match.group().lower()):
            continue
        lead = plain[: match.start()]
        at_start = not re.search(r"[^\W_]", lead) or re.search(r"[.!?,:]\W*$", lead)
        after = plain[match.end() : match.end() + 12]
        if not at_start or re.match(r"\W*(?:here|hier|[.,;:!)^–-]|$)", after):
            return True
    beside = (
        rf"\b(?:hier|here)[\s,–]+(?:[\w']+[\s,]+){{0,4}}?(?:bij|at|of|van|from|for|voor|namens)\W+"
        rf"(?:(?:de|het|the|gemeente)\W+)?(?<!\w){name}"
    )
    return any(not has(OUTSIDE, match.group()) for match in re.finditer(beside, plain)) or (
        re.search(rf"\b(?:hier|here)[\s,–]+(?:(?:de|het|the|gemeente)\s+)?(?<!\w){name}", plain) is not None
    )


_NO_NAMES = listed(
    """
    fietsen bikes bike fiets klanten customers de het een the a an our onze uw je jouw your deze die dit dat sloten locks app
    apps service medewerkers treinen trains bestellingen orders producten products berichten reviews dank thanks bedankt thank
    sorry excuses alle all veel many some reizigers riders gebruikers users leden members news nieuws tickets kaartjes updates
    iedereen everyone vrienden
    """
)


NOT_A_PERSON = listed(
    """
    de het een the team webteam webcare klantenservice customer support namens on groet groeten thanks dank bedankt sorry hi hoi
    hallo hello dear beste geachte we wij ik i u je you your our ons onze web social service dit this that dat morgen vandaag
    today tomorrow please gemeente vragen questions any anything als if en and reageer reply laat let monday tuesday wednesday
    thursday friday saturday sunday here hier what wat hoe how kunt kun can is staat zie see voor for to aan in op zwembad
    council cycles library
    """
)


_CLOSINGS = listed("groet groeten groetjes regards cheers best thanks liefs sincerely yours kind warm vriendelijke met mvg gr love")


def _signed(context: Context) -> bool:
    """Say whether the brand stands in the signature: a short last part without a verb or an address to the reader."""
    plain = context.reply_marked.lower().rstrip()
    name = re.compile(_OUR_NAME)
    tail = re.split(r"(?<=[.!?…])\s+|\n|\s–\s?|(?:^|\s)-\s?(?=\w)", plain)
    parts = [part for part in tail if re.search(r"\w", part)]
    closed = [part for part in parts if part.split()[0].strip(",").removesuffix(",") in _CLOSINGS]
    for part in (*parts[-2:], *closed):
        words = part.split()
        if (
            len(words) <= 7
            and name.search(part)
            and not has(
                (
                    r"\b(?:je|jij|u|uw|jouw|you|your|mijn|my|is|was|are|heeft|hebt|have|has|fiets\w*|bike\w*|app|gebruik\w*|use|"
                    r"using|by|love|kies\w*|choos\w*|klant\w*|customers?|users?|members?|leden|lid|riders?|fan|ik\ ben|"
                    r"i\ am|ken|know|love)\b"
                ),
                part,
            )
            and not has(OUTSIDE, part)
            and not part.endswith("?")
        ):
            return True
    return False


def identity(context: Context) -> Iterator[Objection]:
    """R1: the reply itself says who we are and for whom we speak."""
    if not speaks_for_brand(context):
        brand = context.brand.speaks_as.split("/")[0].strip() or context.brand.name
        yield context.whole(
            "R1",
            nl=(
                f"Het antwoord zegt niet namens wie het spreekt. Noem het in de tekst zelf, bijvoorbeeld ‘namens "
                f"{brand}’ of ‘{context.brand.name} hier’."
            ),
            en=(
                f"The reply does not say for whom it speaks. Say so in the text itself, such as 'on behalf of "
                f"{brand}' or '{context.brand.name} here'."
            ),
        )
