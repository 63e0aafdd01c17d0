"""Judges masks (N12): we never pose as a customer, an outsider or a second account."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.domain import Objection
from responders.policy.context import Context
from responders.policy.grammar import has, pattern
from responders.policy.identity import speaks_for_brand

_MASK = r"""
    \b(?: (?:buurman|buurvrouw|klant|reiziger|huurder|gebruiker|inwoner|bewoner|neighbour|neighbor|customer|resident|rider|passenger|
        tenant|member|fan)\W+(?:hier|here) | ook\ (?:een\ )?(?:klant|huurder|gebruiker|lid|abonnee|bewoner|inwoner) | as\ (?:someone|
        somebody|one)\ who | als\ iemand\ die | (?:i|ik)\W+(?:do\ not|don't|didn't|werk|work|am\ not|
        ben)\W+(?:\w+\W+){0,3}?(?:niet\ (?:bij|voor)|work\ (?:for|at|there)|working\ for|employed|connected|verbonden|in\ dienst|
        affiliated|niet\ in\ dienst|not\ (?:with|from|part)) | (?:i'm|i\ am)\ not\ (?:from|with|affiliated|employed|part\ of|connected|
        working) | (?:have|heb|has)\ (?:nothing|niets|niks)\ (?:[\w-]+\ ){0,5}?(?:to\ do\ with|te\ maken|van\ doen) |
        not\ (?:affiliated|connected|associated|employed) | no\ (?:connection|affiliation|ties)\ (?:to|with) |
    (?:als|as|being|ben|i'm|i\ am|i'm\ just|am)\W+(?:(?:gewoon|zelf|just|only|myself|ook|slechts|maar|also|already|al|jarenlange?|een|a|
        an|one|very|heel|zeer|long(?:time|-time)?|loyal|trouwe|tevreden|vaste|happy|satisfied|gewone|ordinary|regular|simple|fellow|
        mede-?|private|onafhankelijke?|independent|concerned|bezorgde|blije|enthousiaste|normale|normal|simpele|willekeurige|random|
        toevallige|years|jaren)\W+){0,5}(?:[\w-]+\W+){0,3}?
        (?:klant|gebruiker|consument|burger|voorbijganger|customer|user|consumer|citizen|passer-by|bystander|member|lid|abonnee|
            subscriber|fietser|rider|reiziger|passenger|bezoeker|visitor|inwoner|resident|buurtbewoner|neighbour|fan|medefietser|
            medereiziger|lezer|reader|particulier|individual|person|mom|moeder|parent|ouder|patient|patiënt|guest|gast|stamgast|huurder|
            tenant|shopper|buitenstaander|outsider|observer|traveller|commuter|forens|zwemmer|swimmer|sporter|borrower|
            lener)\b(?!\W+(?:mag|kunt|kun|mogen|heb|hebt|can|you|may|je|u|verdien|service|relations|support|care)) |
    (?<!our )(?<!onze )(?<!your )(?:just\ an?\ |gewoon\ een\ |een\ |an?\ )(?:happy|satisfied|loyal|tevreden|trouwe|regular|vaste|
        longtime|gewone|fellow|blije)\W+(?:\w+\W+){0,2}?(?:customer|klant|user|gebruiker|rider|member|lid|passenger|reiziger|subscriber|
        guest|bezoeker|visitor) | (?:i'm|i\ am|ben)\W+(?:een\ |an?\ )?(?:regular|stamgast|regelmatige\ \w+) | (?:ik|i)\W+(?:kom|fiets|
        reis|rijd|zwem|sport|koop|bestel|gebruik|shop|travel|ride|fly|vlieg|buy|order|use|train|swim|go|visit|bezoek|huur|rent|drink|
        eet|eat|lees|woon|live|heb|have|ben|wonen|bank)\W+(?:\w+\W+){0,6}?(?:zelf|al\ jaren|myself|for\ years|elke\ week|elke\ dag|
        iedere|every\ (?:day|week|month)|all\ the\ time|nooit\ (?:iets|een|problemen|last)|never\ had|and\ never|en\ nooit) | (?:zelf|
        myself)\W+(?:ook\W+)?(?:klant|gebruiker|lid|customer|user|member) |
    (?:mijn|my)\W+(?:eigen\ |own\ )?(?:ervaring(?:en)?|experience[s]?|buurman|neighbour|zus|sister|vriend|friend|man|vrouw|wife|husband|
        moeder|mother)\W+(?:\w+\W+){0,6}?(?:met|with|bij|at|uses|gebruikt|love|loves|had|has|heeft)\b | op\ persoonlijke\ titel |
        in\ (?:a\ )?(?:private|personal)\ capacity | as\ a\ private\ (?:person|individual|citizen) | (?:second|private|personal|tweede|
        prive|persoonlijke?|other|andere?)[-\W]?account |
        (?:my|mijn)\ (?:own|eigen)\ (?:account|profiel|profile)(?!\ manager) |
    (?:wij|we|ik|i)\W+(?:als|as)\W+(?:\w+\W+){0,2}?(?:klanten|customers|users|gebruikers|residents|bewoners|riders|consumers|
        reizigers) | never\ had\ (?:any\ |a\ )?(?:problem|trouble|issue)s?\W+(?:with|at) | (?:nog\ )?nooit\ (?:problemen|iets\ mis|
        gedoe|last)\W+(?:\w+\W+){0,3}?(?:mee|met|gehad|bij) )
"""


def mask(context: Context) -> Iterator[Objection]:
    """N12: we never pose as a private person, a customer or a second account."""
    reply = context.reply
    known = speaks_for_brand(context)
    for match in pattern(_MASK).finditer(reply.plain):
        if reply.is_quoted(*match.span()):
            continue
        denies_link = has(r"\b(?:not|niet|don't|nothing|niets|niks|no|didn't)\b", match.group()) or has(
            r"account|persoonlijke|personal|private", match.group()
        )
        if known and not denies_link:
            continue  # Who says for whom they speak may also cycle; it hides nothing.
        if not has(r"\b(?:own|eigen)\b", match.group()) and has(
            r"\b(?:we|wij)\W+(?:don't|never|niet|nooit)\b|\b(?:via|from|vanaf|dm|message)\W+(?:\w+\W+){0,2}$",
            reply.plain[max(0, match.start() - 25) : match.start()],
        ):
            continue
        if has(r"account", match.group()) and not has(
            r"\b(?:my|mijn|this|dit|our|ons|onze|a|een|from|vanaf)\b", reply.plain[max(0, match.start() - 12) : match.end()]
        ):
            continue
        yield context.objection(
            "N12",
            *match.span(),
            nl=(
                "Dit doet alsof het van een gewone klant of buitenstaander komt. Antwoord alleen onder onze eigen "
                "naam, en zeg voor wie je werkt."
            ),
            en="This poses as a customer or an outsider. Answer only under our own name, and say for whom you work.",
        )
        return
