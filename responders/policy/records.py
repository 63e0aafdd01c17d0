"""Tells which facts are records of one person (N6): what a customer's, patient's or employee's file holds, and is no matter of ours.

Facts often are notes: "klant M. de Jong: achterstand krediet", "result type: gynaecology | patient file". What went wrong at our end, what
was sent, booked, refunded and when, is the matter itself and may be told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from responders.policy.context import Context, fact_texts
from responders.policy.grammar import has
from responders.policy.reading import read
from responders.policy.subjects import CARE, SUBJECTS

PERSON = (
    r"(?:customer|client|patient|member|tenant|resident|applicant|claimant|pupil|student|candidate|passenger|guest|subscriber|household|"
    r"parent|child|neighbour|complainant|account\ holder|buyer|donor|visitor|klant|patient|lid|huurder|bewoner|"
    r"aanvrager|leerling|student|kandidaat|reiziger|gast|abonnee|gezin|ouders?|kind|buurman|buurvrouw|melder|klager|"
    r"rekeninghouder|koper|donateur|bezoeker|partner|moeder|vader|mother|father)"
)
_OF_ALL = r"(?:counts?|numbers?|services?|desk|lounge|area|portal|app|wifi|information|entrance|announcements?|safety|assistance)"
"""What is named after people, and is none of them: "passenger counts"."""
_ABOUT_ONE = rf"^\W*(?:(?:the|de|het|an?|een|vaste?|existing)\ )?{PERSON}\b(?!'s|\ {_OF_ALL}\b(?!:))"
_CLINICAL = (
    r"^\W*(?:\w+\ )?(?:diagnosis|prescription|scan|diagnose|recept|(?:soort|type)\ (?:onderzoek|afspraak)|(?:result|test|"
    r"appointment)\ type|"
    r"re(?:den|ason)\ (?:for\ |voor\ )?(?:afspraak|bezoek|opname|verwijzing|visit|call|admission|referral))\b[\w /-]{0,24}:"
)
"""What heads a line in a patient's file, whatever source is named."""
_LABEL = (
    r"^\W*(?:\w+\ )?(?:type|kind|reason|purchase|test|appointment|department|meal|nationality|note|remark|status|emergency\ contact|"
    r"dieet|soort|"
    r"reden|aankoop|onderzoek|afdeling|nationaliteit|notitie|opmerking|bijzonderheden|geboren|born|age|leeftijd)\b[\w /-]{0,24}:"
)
_RECORD = (
    r"\b(?:crm|ehr|kyc|magister|student\ system|school\ system|"
    r"klant(?:kaart|beeld|historie|profiel|dossier|gegevens)|\w+dossier|order\ ?histor\w+|(?:access|account|login|"
    r"behaviou?r|"
    r"attendance)\W?log|accountlog|inloglog|meterdata|usage|\w+\ (?:file|record|register|profile|card)|"
    r"account(?:\ (?:notes|view))?|(?:ward|nurse|gp|probation|booking)\ notes?|(?:call|phone|patient|bel|"
    r"klant)\W?(?:notes?|notities|log)|clinic\ list|(?:care|zorg)\W?plan|intake|booking\ system|afsprakensysteem|"
    r"(?:bestel|leen|order|loan|purchase|search|viewing|travel|payment)\W?(?:historie|geschiedenis|history)|(?:security|lesson|"
    r"behaviou?r|study)\W?log|"
    r"polisadministratie|huisartsbrief|patient\w*|epd|hr|personnel|personeels\w*|p&o|verzuim\w*|"
    r"brp(?:/hr)?|bevolkingsregister|electoral\ roll|leerling\w*|cijferlijst|schooldossier|ledenlijst|verwijsbrief|jeugdzorg|"
    r"(?:rent|tenancy)\ ledger)\b"
)
_OPEN = (
    r"\b(?:(?:web)?site|website|help\W?(?:page|centre|center)|faq|polic(?:y|ies)|terms|conditions|guidance|price\ list|brochure|prospectus|"
    r"annual\ report|press\ release|newsletter|productblad|beleid\w*|voorwaarden|prijslijst|tarieven\w*|folder|jaarverslag|persbericht|"
    r"nieuwsbrief|schoolgids|handleiding|\w*instructie|manual|guidelines?|richtlijn\w*|protocol|handbook|procedures?|\w*reglement|huisregels)\b"
)
_NOT_OPEN = r"\b(?:\w*dossier|file|log|logboek|notes?|notities|crm|record)\b"
"""A source that all may read holds nothing of one person, whatever its name begins with."""
_PERSONNEL = r"\b(?:hr|personnel|personeels\w*|p&o|verzuim\w*)\b"
_STAFF = (
    r"^\W*(?:our\ |own\ |onze\ )?(?:courier|driver|engineer|staff|desk|office|crew|nurse|technician|teacher|bezorger|chauffeur|"
    r"monteur|koerier|"
    r"\w*medewerk\w+|balie|personeel|docent|planner|instruct(?:or|eur))\b"
)
"""What one of ours did is the matter, unless it stands in his own file."""
_NOT_ABOUT_ONE = r"\b(?:incident|case|job|fault|safety|service|price|risk|complaints?|dpo|loan)\ (?:file|record|register|log|card)\b"
_MATTER = r"""
    \b(?: refund\w* | credit(?:ed|s|\ note) | creditnota | voucher | sent | shipped | deliver\w* | book(?:ed|ing) | cancel\w* |
    charg(?:e|ed|es) |
    moved\ to\ (?:room\ )?\d+ | upgraded | (?:phoned|rung|told|informed)\ by\ (?:us|desk|staff|crew|driver|our) |
    phones?\ (?:the|them|family|patient|customer|mother|parents?) |
    called | calls?\ (?:the|them|family|patient|customer) | rings? | confirm\w* | offer\w* | replac\w+ | repair\w* | fixed |
    restor\w+ | correct\w* | emailed | mis-?\w*addressed | lost |
    delay\w* | error | fault | mistake |
    by\ accident | bug | ours? | own | by\ us | wrong(?:ly)? | late\ by | answer | decision | decided | waived |
    remov\w+ |
    apolog\w+ | eigen | onze | ons | fout(?:en)? | verkeerd\w* | terug | vergoed\w* | verzonden | verstuurd | gestuurd | bezorgd | geboekt |
    geannuleerd |
    vergissing | per\ ongeluk | gecrediteerd | belt | gebeld | bevestigd | hersteld | gecorrigeerd | aangepast | antwoord |
    uiterlijk | besluit |
    beslissing | vervalt | kwijtgescholden | excuses | onterecht | ten\ onrechte | storing | vertrag\w+ | verlengd | renewed | informed |
    geinformeerd | toegezegd | promised | missing | ontbreekt | kwijt | niet\ (?:verwerkt|doorgegeven|gebeld) |
    not\ (?:passed|processed|logged|applied) )\b"""
"""What went wrong with us, or what was done about it."""
_SEVERAL = (
    r"\b(?:\d[\d.,]*\ )(?:klanten|customers|huurders|tenants|leden|members|patienten|patients|leerlingen|pupils|bewoners|residents|meters|"
    r"passengers|reizigers|students|studenten|candidates|kandidaten|pupils|gezinnen|families|people|mensen|huishoudens|households|deelnemers|"
    r"participants|bezoekers|visitors|gasten|guests|kinderen|children|ouders|parents)\b|"
    r"\b(?:all|alle|those|iedereen|everyone|mogelijk|possible|kan|kunnen|moet|moeten|can|may|must|"
    r"needs?\ (?:to\b|\w+\ (?:in|via|at)\b)|gratis|free\ of\ charge|per)\b"
)

_WHEN = (
    r"\b(?:\d{1,2}\W?(?:u|uur|am|pm)|\d{1,2}[/-]\d{1,2}|(?:ma|di|wo|do|vr|za|zo|mon|tue|wed|thu|fri|sat|sun)\W\d{1,2}|"
    r"\d{1,2}\ (?:jan|feb|mar|mrt|apr|ma[iy]|mei|jun|jul|aug|sep|o[ck]t|nov|dec)\w*)\b"
)
"""A day or an hour."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One statement of a fact, as written and folded."""

    text: str
    plain: str
    is_record: bool
    """Whether it tells of one person what is not the matter itself."""
    is_filed: bool
    """Whether it stands in a file, or under a head, that is kept of one person: every word of it is his then."""
    names_one: bool
    """Whether it begins with the one of whom it tells, or with a head of his file."""
    subjects: frozenset[str]
    """The private subjects of which it tells, by name; none where it tells what we did, or what holds for many."""
    cares: bool
    """Whether it is a record that names a kind of care, an illness or a remedy."""


def pieces_of(context: Context) -> tuple[Piece, ...]:
    """Return every statement of the usable facts."""
    return tuple(piece for fact in context.usable for text in fact_texts(fact) for piece in _pieces(text, fact.source))


@lru_cache(maxsize=512)
def _pieces(text: str, source: str) -> tuple[Piece, ...]:
    folded = read(source).plain
    return tuple(_piece(part, whole, folded) for whole in statements(text) for part in whole.split(", "))


def _piece(text: str, whole: str, source: str) -> Piece:
    plain, head = read(text).plain, read(whole).plain
    before = read(whole[: whole.find(text)]).plain
    is_open = has(_OPEN, source) and not has(_NOT_OPEN, source)
    from_file = has(_RECORD, source) and not has(_NOT_ABOUT_ONE, source) and not is_open
    personnel = has(_PERSONNEL, source)
    labelled = has(_CLINICAL, head) or (from_file and has(_LABEL, head))
    ours, all_ours = (not personnel and ((has(_MATTER, part) and not labelled) or has(_SEVERAL, plain)) for part in (plain, before))
    # What an offer or a mistake of ours goes on with is no news of anybody; what is private is, beside whatever it stands.
    told_of_one = not ours and (personnel or not has(_STAFF, head)) and (from_file or labelled or has(_ABOUT_ONE, head))
    names_one = labelled or has(rf"^\W*{PERSON}\b(?!'s)", head)
    is_record = told_of_one and not all_ours
    # A file may also hold what all may know: when something is done or open.
    is_filed = is_record and (names_one or (from_file and not has(_WHEN, plain)))
    kept = not is_open and (not ours or has(r"\b(?:moet|moeten|must|needs?)\b", plain))
    subjects = frozenset(name for name, subject in SUBJECTS.items() if kept and has(subject.told, plain))
    return Piece(text, plain, is_record, is_filed, names_one, subjects, told_of_one and has(CARE, plain))


_CUT = re.compile(r";\s|(?<![A-Z])(?<!\b[Mm]w)(?<!\b[Mm]r)(?<!\b[Mm]rs)(?<!\b[Dd]hr)(?<!\b[Mm]evr)(?<!\b[Ff]am)\.\s")


def statements(text: str) -> list[str]:
    """Cut a fact into its statements; initials and titles end none."""
    return _CUT.split(text)
