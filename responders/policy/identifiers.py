"""Finds what marks out one person in a reply (N6): accounts, addresses, numbers. Names stand in strangers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from itertools import islice

from responders.policy.context import Context, fact_texts
from responders.policy.grammar import has
from responders.policy.patterns import Pattern
from responders.policy.reading import read


@dataclass(frozen=True, slots=True)
class Found:
    """One piece of personal data in the reply; `kind` in both languages."""

    start: int
    end: int
    nl: str
    en: str


_MAX_FOUND = 60
"""So many of a kind are looked at; no honest reply comes near, and each costs time."""

_EMAIL = Pattern(r"[a-z0-9][a-z0-9._%+-]{0,63}\s?(?:@|\(at\)|\[at\]| at )\s?[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}\b")
_NO_MAILBOX = Pattern(
    r"(?:form|page|site|website|online|us|it|them|more|read|found|find|look|see|details|list|map|times?|link|this|that|here)\s"
)
"""What stands before "at" and a site, and names no mailbox: "the form at …"."""
_FREE_LINE = Pattern(r"\+?(?:31|32|44|353)?0?(?:800|808|900|906|909|1890|345|344)\d{3,7}|14\d{3,4}|1[18]00\d{6,7}|18(?:00|88|77|66)\d{7}")
"""Numbers that only an organisation has: freephone and service lines."""
_IBAN = Pattern(r"\b[a-z]{2}\d{2}(?:[ -]?[a-z0-9]{4}){2,7}(?:[ -]?[a-z0-9]{1,4})?\b")
_DIGITS = Pattern(r"(?<![\w.,€$£])\+?\(?\d(?:[ ./()-]{0,2}\d){6,18}(?![\w])")
_PLATES = Pattern(
    r"""\b(?=[a-z]{1,3}-|\d{1,3}-|[a-z]{2}\d)(?: # Most words are passed over at once.
        [a-z]{2}-\d{2}-\d{2} | \d{2}-\d{2}-[a-z]{2} | \d{2}-[a-z]{2}-\d{2} | [a-z]{2}-\d{2}-[a-z]{2} | [a-z]{2}-[a-z]{2}-\d{2} |
        \d{2}-[a-z]{2}-[a-z]{2} | \d{2}-[a-z]{3}-\d | \d-[a-z]{3}-\d{2} | [a-z]{2}-\d{3}-[a-z] | [a-z]-\d{3}-[a-z]{2} |
        [a-z]{3}-\d{2}-[a-z] | [a-z]-\d{2}-[a-z]{3} | \d-[a-z]{2}-\d{3} | \d{3}-[a-z]{2}-\d |
    [a-z]{1,3}-[a-z]{1,2}\ \d{1,4} | [a-z]{2}\d{2}\ ?[a-z]{3} | [a-z]{2}-\d{3}-[a-z]{2} | \d-[a-z]{3}-\d{3} )\b""",
    re.VERBOSE,
)
_PLATE_WORD = (
    r"\b(?:kenteken\w*|nummerplaat|number\ plate|licen[cs]e\ plate|registration|plate|reg|auto|car|bus|"
    r"busje|van|vehicle|voertuig|geparkeerd|parked)\b"
)
_POSTCODE_NL = Pattern(r"\b[1-9]\d{3} ?(?!sa|sd|ss)[a-z]{2}\b(?P<after>\W{1,4}(?:nr\.?|nummer|huisnummer|no\.?)?\s?\d{1,4}[a-z]?\b)?")
_POSTCODE_UK = Pattern(r"\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b")
_STREET = Pattern(
    r"\b(?:[a-z'-]{2,24}(?:straat|laan|weg|plein|gracht|kade|singel|dijk|hof|steeg|pad|plantsoen|park|"
    r"markt|dreef|burg|lei|baan)|(?:straat|laan|weg|plein|"
    r"steenweg)(?: [a-z'-]{2,20}){1,3})\s(?P<nr>\d{1,4}(?:[ -]?[a-z]{1,3}\b)?)(?!\s?(?:uur|euro|keer|"
    r"minuten|%|mei|maart|april|juni|juli|augustus|september|oktober|november|december|januari|februari|"
    r"[.:]\d))"
    r"|(?<!tram )(?<!bus )(?<!line )(?<!train )(?<!route )(?<!platform )(?<!gate )\b\d{1,4}[a-z]?,? "
    r"(?!(?:at|past|on|in|to|from|near|along|goes|go|stops|stop|and|of)\b)"
    r"(?:(?!(?:is|are|was|were|on|its|the|their|your|our|of|to|in|at|by|and|has|have|we|you|for|from|"
    r"any)\b)[a-z'-]{2,20} ){1,3}(?:street|st|road|rd|lane|ln|avenue|ave|drive|close|court|"
    r"way|terrace|crescent|place|gardens|square|hill|grove|mews|row|walk|rise|vale|view|yard|parade)\b"
)
_PERSONAL = (
    r"\b(?:je|jouw|jou|u|uw|jullie|your|you|home|thuis|address|adres|woon\w*|live|lives|voor\ de\ deur|"
    r"bij\ (?:je|u|jou)|house|huis|bij\ ons\ bekend|geregistreerd|registered|account|(?:goes|going|sent|shipped|delivered|posted|bezorgd|"
    r"gestuurd|verstuurd|geleverd)\ (?:out\ )?(?:to|at|op|naar|aan))\b"
)
_NUMBERED = r"""
    (?:(?:bestel|order|klant|klanten|ticket|boekings?|reserverings?|polis|lidmaatschaps?|abonnements?|dossier|zaak|meldings?|factuur|
        track(?:\ ?(?:&|and)\ ?trace)?|pakket|zendings?|account|contract|rit|subscription|prescription|agreement|file|incident|case|
        booking|customer|reference|member(?:ship)?|invoice|policy|tracking|reservation|claim|complaint|referentie|kenmerk|client|
        patient|bon|retour|cliënt|incasso|user|gebruikers|parcel|ref)(?:-|\ )?(?:nummer|nr|number|no|code|num|id|ref|reference|
        kenmerk)?s?|pnr|order|bestelling|boeking|booking|reservering|ticket|zaak|dossier|case|ref)
"""
"""What has a number by which it is known."""
_ORDER = re.compile(
    rf"""\b{_NUMBERED}\.?\s?(?::|=|is|was|\#|nr\.?|no\.?|nummer|number|met\ nummer|with\ number|van|for|under|onder|
        luidt)?\s?[:\#"']{{0,2}}\s?(?P<number>\#?(?=[a-z\d-]*\d)[a-z]{{0,4}}-?\d[a-z\d]*(?:[-/.]?[a-z\d]+)*|
        (?-i:[A-Z][A-Z0-9]{{5,7}})\b)""",
    re.VERBOSE | re.IGNORECASE,
)
_NUMBER = re.compile(r"\d|[A-Z][A-Z0-9]{5}")
_ENDING = Pattern(
    r"\b(?:account|card|rekening|(?:bank|pin)?pas|kaart|iban|number|nummer)\W+(?:number\W+|nummer\W+)?(?:that\W+ends|ending|ends|"
    r"eindigend|d(?:at|ie)\W+eindigt|"
    r"eindigt)\W+(?:in|with|op|met)?\W*[a-z0-9 ]{0,24}?\d{2,4}\b"
)
_BIRTH = Pattern(
    r"\b(?:geboren|geboortedatum|born|date of birth|birth ?date|d\.?o\.?b\.?|birthday|verjaardag|né|"
    r"geburtsdatum|geboren am|date de naissance)\b[^.!?\n]{0,25}?(?P<date>\d{1,2}[-/. ](?:\d{1,2}|"
    r"[a-z]{3,9})[-/. ](?:\d{4}|\d{2})\b|\d{4}-\d\d-\d\d|[a-z]{3,9} \d{1,2}(?:st|nd|rd|th)?,? \d{4}|"
    r"\d{1,2}(?:st|nd|rd|th)? (?:of )?[a-z]{3,9}(?:,? \d{4})?)"
)


def _iban_holds(text: str) -> bool:
    """Check an IBAN by ISO 7064 mod 97-10."""
    compact = re.sub(r"[ -]", "", text).upper()
    if not 15 <= len(compact) <= 34:
        return False
    digits = "".join(str(int(char, 36)) for char in compact[4:] + compact[:4])
    return int(digits) % 97 == 1


def _iban_in(text: str) -> int:
    """Return the length of the IBAN at the head of `text`, 0 where there is none; words after it are no part of it."""
    ends = [match.end() for match in re.finditer(r"[a-z0-9](?![a-z0-9])", text)]
    for end in reversed(ends):
        if _iban_holds(text[:end]):
            return end
    return 0


def _bsn_holds(digits: str) -> bool:
    """Check a Dutch citizen service number by its 11-proof (weights 9 … 2, -1)."""
    if len(digits) not in {8, 9} or not int(digits):
        return False
    digits = digits.zfill(9)
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11 == 0


def _luhn_holds(digits: str) -> bool:
    """Check a card number by Luhn's formula (ISO/IEC 7812-1)."""
    if not 13 <= len(digits) <= 19 or len(set(digits)) == 1:
        return False
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


_REGIONS = {"nl": ("NL", "BE"), "en": ("GB", "US", "IE"), "de": ("DE", "AT", "CH"), "fr": ("FR", "BE")}


@lru_cache(maxsize=512)
def _is_phone(text: str, language: str) -> bool:
    """Ask libphonenumber whether this is a valid number in a country of the language."""
    phonenumbers = import_module("phonenumbers")
    for region in (*_REGIONS.get(language, ("NL",)), "NL", "GB", "US", "DE"):
        try:
            number = phonenumbers.parse(text, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number) and (text.startswith(("+", "00", "0", "(0")) or region == "US"):
            return True
        if text.startswith("+"):
            break
    return False


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def ours_to_give(context: Context) -> str:
    """Return everything our own facts and settings say, folded: what stands there is ours to give."""
    texts = [text for fact in context.usable for text in (*fact_texts(fact), fact.source)]
    return "\n".join(read(text).plain for text in texts)


def find_accounts(plain: str) -> Iterator[Found]:
    """Yield bank account numbers whose check digits hold."""
    for match in _IBAN.finditer(plain):
        length = _iban_in(match.group())
        if length:
            yield Found(match.start(), match.start() + length, "een rekeningnummer (IBAN)", "a bank account number (IBAN)")


def _is_mailbox(before: str, text: str) -> bool:
    """Say whether a word, "at" and a site are meant as an address: a name with a sign in it, a mail company, or mail spoken of before."""
    name, _, domain = text.partition(" at ")
    mail = r"\b(?:e-?mail\w*|mail\w*|write|reach|contact|address|adres|bereik\w*|inbox)\b"
    return bool(
        re.search(r"[a-z]\w*[._+-]|[._+-]\w*[a-z]|[a-z]\d|\d[a-z]", name)
        or re.match(r"(?:gmail|hotmail|outlook|live|yahoo|icloud|proton|ziggo|kpn)", domain)
    ) or bool(re.search(mail, before))


def find_emails(context: Context, ours: str) -> Iterator[Found]:
    """Yield mail addresses, but for the author's handle and an office of ours."""
    plain = context.reply.plain
    brand = re.sub(r"\W", "", read(context.brand.name).plain)
    handle = read(context.stored.mention.author.handle).plain.lstrip("@")
    for match in _EMAIL.finditer(plain):
        text = match.group()
        if text == handle and plain[match.start() - 1 : match.start()] == "@":
            continue  # @name@server is how a reply on Mastodon calls its author, and no mail address.
        if " at " in text and not _is_mailbox(plain[max(0, match.start() - 40) : match.start()], text):
            continue  # "A ticket for you at waalfiets.example": a place to go.
        if " at " in text and (_NO_MAILBOX.match(text) or not re.search(r"\.(?:com|nl|org|net|be|de|fr|uk|eu|example)\b", text)):
            continue
        name, domain = re.split(r"\s?(?:@|\(at\)|\[at\]| at )\s?", text, maxsplit=1)
        office = re.fullmatch(
            (
                r"(?:info|contact|klantenservice|support|service|help|helpdesk|webcare|press|pers|privacy|"
                r"customer\W?(?:care|service)|klacht(?:en)?|complaints?|team|hello|hallo|mail|post|office|care|"
                r"meldingen|veiligheid|safety|hulp|vragen|reizigers|bezwaar|feedback|reserveringen|bookings?|social|communicatie|redactie|"
                r"balie|receptie|schade|claims?|refunds?|returns?|retour\w*|orders?|security|klant\w*|customer\w*|ask|media|incident\w*)"
            ),
            name.split()[-1],
        )
        if text in ours or (
            office and brand and (brand in re.sub(r"\W", "", domain) or brand.removeprefix("gemeente") in re.sub(r"\W", "", domain))
        ):
            continue
        yield Found(match.start(), match.end(), "een e-mailadres", "an e-mail address")


def find_numbers(context: Context, ours: str) -> Iterator[Found]:
    """Yield card, citizen service and phone numbers that are not ours to give."""
    plain = context.reply.plain
    our_digits = " ".join(_digits(match.group()) for match in _DIGITS.finditer(ours))
    for match in islice(_DIGITS.finditer(plain), _MAX_FOUND):
        text, digits = match.group(), _digits(match.group())
        before = plain[max(0, match.start() - 40) : match.start()]
        if _luhn_holds(digits) and len(digits) >= 13:
            yield Found(match.start(), match.end(), "een kaartnummer", "a card number")
        elif has(r"\b(?:bsn|burgerservicenummer|sofinummer|sofi)\b", before) or (
            len(digits) == 9 and re.fullmatch(r"\d{9}|\d{4}[. ]\d{2}[. ]\d{3}|\d{3}[. ]\d{3}[. ]\d{3}", text) and _bsn_holds(digits)
        ):
            if len(digits) in {8, 9}:
                yield Found(match.start(), match.end(), "een burgerservicenummer", "a citizen service number")
        elif (
            digits in our_digits
            or _FREE_LINE.fullmatch(digits)
            or has(
                (
                    r"\b(?:bel\ ons|call\ us|ons\ nummer|our\ (?:number|line|helpline|hotline)|onze\ (?:telefoon|lijn|"
                    r"hulplijn|klantenservice)\w*|ring\ us|phone\ us|klantenservice\ (?:op|via)|customer\ service\ (?:on|"
                    r"at)|helpline|meldpunt)\b[^.!?]*$"
                ),
                before,
            )
        ):
            continue
        elif _is_phone(text, context.language) and not re.fullmatch(r"\d{4}-\d\d-\d\d|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}", text):
            yield Found(match.start(), match.end(), "een telefoonnummer", "a phone number")


def find_addresses(context: Context, ours: str) -> Iterator[Found]:
    """Yield addresses and postcodes of people."""
    plain, post = context.reply.plain, context.post.plain
    for match in _POSTCODE_NL.finditer(plain):
        near = plain[max(0, match.start() - 40) : match.end() + 12]
        if (
            (match["after"] or _STREET.search(near) or re.search(r"\b\d{1,4}[a-z]?,? $", plain[max(0, match.start() - 7) : match.start()]))
            and match.group() not in ours
            and re.search(r"[A-Z]{2}", context.reply.cased[match.start() : match.end()])
        ):
            yield Found(match.start(), match.end(), "een postcode met huisnummer", "a postcode with a house number")
    streets = tuple(_STREET.finditer(plain))
    for match in streets:
        after = plain[match.end() : match.end() + 14].lstrip(" ,")
        if match.group() not in ours and (_POSTCODE_UK.match(after) or _POSTCODE_NL.match(after)):
            yield Found(match.start(), match.end(), "een adres", "an address")
    for match in _POSTCODE_UK.finditer(plain):
        cased = context.reply.cased[match.start() : match.end()]
        if cased == cased.upper() and " " in cased and match.group() not in ours and match.group() not in post:
            yield Found(match.start(), match.end(), "een postcode", "a postcode")
    for match in streets:
        near = plain[max(0, match.start() - 40) : match.end() + 20]
        if (
            match.group() not in ours
            and not has(r"\b(?:our|onze|we\ are|wij\ zitten|desk|office|branch|store|balie|kantoor|winkel)\b", near[:40])
            and has(_PERSONAL, near)
            and (match.group() not in post or has(r"\b(?:woon\w*|live|lives|home|thuis|address|adres|house|deur)\b", near))
        ):
            yield Found(match.start(), match.end(), "een adres", "an address")


def find_marks(context: Context) -> Iterator[Found]:
    """Yield dates of birth, number plates, and order, customer and ticket numbers."""
    plain, cased = context.reply.plain, context.reply.cased
    for match in _BIRTH.finditer(plain):
        yield Found(match.start(), match.end(), "een geboortedatum", "a date of birth")
    for match in _PLATES.finditer(plain):
        near = plain[max(0, match.start() - 40) : match.end() + 15]
        text = cased[match.start() : match.end()]
        if (
            text == text.upper()
            and (("-" in text and re.search(r"\d", text) and text.count("-") == 2) or has(_PLATE_WORD, near))
            and text.lower() not in ours_to_give(context)
        ):
            yield Found(match.start(), match.end(), "een kenteken", "a number plate")
    for match in _ENDING.finditer(plain):
        yield Found(match.start(), match.end(), "een stuk van een rekening- of pasnummer", "a part of an account or card number")
    if not (_NUMBER.search(cased) and has(rf"\b{_NUMBERED}", plain.replace("ı", "i"))):
        return  # To look for both at once, in capitals or not, takes long. Who minds no capitals takes "ı" for an i.
    for match in islice(_ORDER.finditer(cased), _MAX_FOUND):
        number = match["number"]
        digits = _digits(number)
        if (
            (len(digits) >= 4 or (len(digits) >= 3 and "-" in number) or (number.isupper() and len(number) >= 6))
            and not re.fullmatch(r"(?:19|20)\d\d|\d{1,2}[-/.]\d{1,2}(?:[-/.]\d{2,4})?|[A-Z]{6,8}", number)
        ) or (re.fullmatch(r"[A-Z]{6}", number) and has(r"boeking|booking|pnr|reserv", match.group().lower())):
            yield Found(match.start(), match.end(), "een bestel-, klant- of ticketnummer", "an order, customer or ticket number")
