"""Brings words of one meaning together: stems, concepts shared by Dutch and English, numbers written as words. No rule lives here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from responders.policy.reading import listed, read

_STOP_WORDS = listed(
    """
    januari februari maart april mei juni juli augustus september oktober november december january february march may june july
    august october maandag dinsdag woensdag donderdag vrijdag zaterdag zondag monday tuesday wednesday thursday friday saturday
    sunday aan al alle alleen alles als altijd anders andere ben bent beide bij bijna binnen blijft boven buiten daar daarom
    daardoor daarna dan dat de deze die dit doe doen doet door dus echt een eens eerst eerste elk elke en enkele er erg ergens
    even ga gaan gaat gedaan geen geweest ging gingen goed graag had hadden heb hebben hebt heeft heel hem hen het hier hij hoe
    hun iemand iets ik in is ja jij jou jouw je jullie kan komen komt kon konden kunnen kunt laat laten later maar maken maakt
    man meer mee men met mij mijn minder moest moet moeten mogen na naar nee neem nemen net niet niets niks nog nogal nooit nu
    of ook om omdat onder ons onze ooit op opeens over pas per sinds sommige soms staan staat te tegen ten ter terwijl toch toe
    toen tot tussen u uit uw uur van vanaf vandaag veel verder vinden vindt vol volgens voor vooral waar waardoor waarom wanneer
    want was waren wat we weer weg weet weten wel welke werd werden wie wij wil willen wilt word worden wordt zag zal ze zeer
    zeg zeggen zegt zelf zelfs zich zie zien zij zijn zo zoals zodat zonder zou zouden zoveel hoor hoort morgen gisteren week
    weken dag dagen maand maanden jaar jaren keer keren uren minuut minuten a about after again all almost already also am an
    and another any anyone anything are as at be been before being both but by can cannot could couldn't did didn't do does
    doesn't doing done don't down each even ever every everyone everything few for from get gets getting go goes going gone got
    had has hasn't have haven't having he her here hers him his how i i'd i'll i'm i've if in into is isn't it its it's just
    keep know last least let like little look made make makes making many may me might mine more most much must my need never
    new next no nobody none nor not nothing now of off on once one only onto or other our out over own per please put quite
    rather really said same say says see seen shall she should since so some someone something still such take taken than thank
    thanks that that's the their them then there these they thing things think this those though through till to today tomorrow
    too under until up upon us use used very want wants was wasn't way we we'd we'll we're we've well went were what when where
    which while who why will wish with without won't would wouldn't yes yesterday yet you your you're yours week weeks day days
    month months year years time times hour hours minute minutes
    """
)

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
    lang long weken kort
    """
)
"""Words that name no complaint: they stand in every reply."""

CATEGORIES = listed(
    """
    site website bestelling order orders winkel shop store product products
    """
)
"""What a company is about at large: naming only that names no particular complaint."""

_CONCEPTS: dict[str, str] = {
    "MEDICINE": "medicine medicines medication meds pill pills tablets pillen pil medicijn medicijnen",
    "FOOD": "meal meals food lunch dinner maaltijd maaltijden eten diner",
    "ROOM": "room rooms kamer kamers hotelkamer",
    "FLIGHT": "flight flights plane vlucht vluchten vliegtuig",
    "POWER": "electricity power stroom elektriciteit",
    "DOG": "dog dogs pet pets hond honden huisdier huisdieren",
    "APPOINTMENT": "appointment appointments afspraak afspraken",
    "REFUND": "refund refunded refunds refunding reimburse reimbursed repay repaid repayment terugbetalen "
    "terugbetaald terugbetaling terugbetaalt terugbetalingen terugstorten teruggestort "
    "terugstorting terugboeken teruggeboekt vergoeden vergoed vergoeding vergoedt restitutie "
    "terugkrijgen teruggekregen geld-terug terug-geld teruggave crediteren gecrediteerd credited",
    "COMPENSATE": "compensate compensated compensation compensatie compenseren gecompenseerd schadevergoeding goodwill bonus",
    "FREE": "vrijkaart vrijkaarten freebie freebies free gratis kosteloos complimentary waived kwijtgescholden",
    "VOUCHER": "voucher vouchers coupon coupons discount korting kortingscode tegoedbon bon cadeaubon waardebon giftcard tegoed",
    "REPLACE": (
        "replace replaced replacement replacing vervangen vervanging vervangt omruilen omgeruild swap "
        "swapped exchange exchanged ruilen vervangend vervangende"
    ),
    "REPAIR": "repair repaired repairs repairing fix fixed fixing fixes mend mended resolved resolve solve solved "
    "restored restore teruggezet terugzetten teruggeplaatst repareren gerepareerd reparatie repareert "
    "verholpen verhelpen "
    "herstellen hersteld herstelt oplossen opgelost oplossing patched corrected rechtzetten rechtgezet",
    "SEND": (
        "send sent sending ship shipped ships shipping dispatch dispatched courier sturen gestuurd stuurt "
        "verstuurd versturen verzonden verzenden opsturen opgestuurd toesturen toegestuurd nasturen"
    ),
    "DELIVER": (
        "deliver delivered delivery delivers deliveries bezorgd bezorgen bezorging bezorgt leveren geleverd "
        "levering afgeleverd brengen bring brought brings bezorger courier koerier"
    ),
    "COLLECT": (
        "collect collected collection pick-up pickup ophalen opgehaald haalt leeghalen geleegd legen empty "
        "emptied emptying opruimen opgeruimd opgehaalde ophaling"
    ),
    "TRANSFER": "transfer transferred overmaken overgemaakt overgeboekt storten gestort",
    "CALL": (
        "call called calls phone phoned phoning ring rang ringing bellen gebeld belt belde telefoon "
        "telefoontjes telefoontje terugbellen teruggebeld telefonisch hotline"
    ),
    "MAIL": "mail mailen gemaild mails email emails e-mail e-mails emailed mailde",
    "CANCEL": "cancel cancelled canceled cancellation annuleren geannuleerd annulering geschrapt uitgevallen uitval",
    "LATE": (
        "late delay delayed delays laat vertraging vertraagd verlaat overdue vertragingen wachten wachtte "
        "gewacht wacht waited wait waiting wachttijd"
    ),
    "BROKEN": (
        "broken broke broken-down defect kapot stuk failed failing fail failure breakdown faulty weigerde "
        "weigert weigeren weigerden haperde storing storingen outage malfunction crash crashed crashes"
    ),
    "LOCK": "lock locks locked slot sloten unlock unlocked ontgrendelen vergrendeld",
    "OPEN": (
        "open opens opened opening opengaan openging opengingen opengaat dicht shut closed stays close "
        "gesloten sluit sluiten closes closing"
    ),
    "BIKE": "bike bikes bicycle bicycles fiets fietsen fietsje cycle ebike e-bike e-bikes e-fiets",
    "BRAKE": "brake brakes braking rem remmen voorrem achterrem remde remt geremd remblokken",
    "BATTERY": "battery batteries accu accu's batterij batterijen",
    "BURN": "burn burned burnt burns burning fire fires brand verbrand brandwond brandwonden flames vlammen",
    "FALL": "fall fell fallen viel vallen gevallen val valpartij crash",
    "HURT": "hurt injured injury injuries gewond verwonding pijn wond hospital ziekenhuis gebroken broken",
    "CHARGE": (
        "charge charged charges charging afgeschreven afschrijven afschrijving afschreven schreven incasso gerekend rekenen billed bill"
    ),
    "INVOICE": "invoice invoices bill bills factuur facturen rekening rekeningen nota",
    "TWICE": "twice double doubled dubbel dubbele twee second tweede tweemaal two 2",
    "RUDE": (
        "rude unfriendly impolite mocked insulted onbeleefd onbeschoft onvriendelijk bot grof snauwde "
        "snauwen schreeuwde schreeuwen geschreeuwd shouted shouting yelled yelling uitgescholden belachelijk"
    ),
    "STAFF": (
        "staff employee employees medewerker medewerkers medewerkster colleague collega driver drivers "
        "chauffeur chauffeurs conductor conducteur trainer instructor badmeester monteur mechanic crew "
        "baliemedewerker"
    ),
    "LUGGAGE": "luggage suitcase suitcases baggage bag bags koffer koffers bagage",
    "MISSING": "missing lost mislaid kwijt verdwenen verloren vermist zoek gone vanished",
    "PARCEL": "parcel parcels package packages pakket pakketje pakketten doos",
    "RUBBISH": (
        "rubbish trash garbage waste litter afval grofvuil vuilnis vuil huisvuil recycling bins bin "
        "container containers vuilniszakken kliko"
    ),
    "TRAIN": "train trains trein treinen",
    "ANSWER": (
        "answer answered answers antwoord antwoorden geantwoord beantwoord beantwoorden reply replied "
        "unanswered replies gereageerd ignored genegeerd silence"
    ),
    "DAMAGED": "damaged damage beschadigd schade damp wet nat natte gescheurd torn dented deuk deuken scratched",
    "DATA": "data gegevens locatiegegevens persoonsgegevens privacy datalek",
    "SELL": "sell sells sold selling verkoopt verkopen verkocht verkoop",
    "CLOSE": "scrap scrapped scrapping opheffen opgeheven verdwijnt stopt stoppen stopped schrappen afschaffen axed",
    "TREE": "tree trees boom bomen",
    "CUT": "cut cutting kappen gekapt kapt rooien gerooid felled felling",
    "ALLERGY": "allergy allergic allergies allergisch allergie allergenen noten nuts",
    "PRICE": "price prices prijs prijzen tarief tarieven fare fares kosten cost costs duur expensive duurder fee fees",
    "CHANGE": "change changed wijzigen gewijzigd wijziging aangepast aanpassing",
    "HEATING": "heating verwarming boiler ketel cv-ketel heater radiator",
    "INTERNET": "internet wifi broadband verbinding connection signaal",
    "PAIN": "ache sore sick ziek illness misselijk nauseous food-poisoning",
    "CHECK": "check checked checking tested test tests testing inspect inspected inspection log logs logbook "
    "logboek storingslogboek controle gecontroleerd controleren gecheckt onderzoek onderzocht "
    "onderzoeken investigation investigated examined examining examine nagekeken nagegaan keuring "
    "gekeurd records record administratie audit verified review reviewed "
    "checks kasboek report rapport looked found bekeken",
    "UPDATE": "update updates updated app-update",
    "WEEKEND": "weekend weekends",
    "CHILD": "kind kinderen child children kids zoontje zoon dochter dochtertje son daughter kindje",
    "PARKING": "parking park parkeren parkeerplek parkeerplaats geparkeerd parked",
    "NOISE": "noise noisy loud geluid geluidsoverlast lawaai herrie",
    "DIRTY": "dirty filthy vies vuile smerig schoonmaak schoongemaakt schoon cleaned unclean",
    "QUEUE": "queue queues rij wachtrij line lines",
    "LEAK": "leak leaks leaking lek lekt lekkage lekke lekken flat puncture",
    "TICKET": "ticket tickets kaartje kaartjes kaart toegangskaart toegangskaarten",
    "REACH": "reach reached bereiken bereikt bereikbaar onbereikbaar dm dms",
    "LOOK": "kleur kleuren colour color colours colors maat maten size sizes",
    "SUBSCRIPTION": "subscription abonnement abonnementen membership lidmaatschap opzegging opzeggen opgezegd unsubscribe",
}
"""Words of one meaning, in both languages, so that a reply in our own words still names what the post names."""

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
    "vijftien": 15,
    "fifteen": 15,
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
    for concept, members in _CONCEPTS.items():
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
    if word in _STOP_WORDS or len(word) < 2 or word[0].isdigit():
        return ""
    concepts, general, _ = _tables()
    found = key_of(word, concepts)
    if word in _GENERAL or (found in general and not found.isupper()):
        return ""
    return found


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


_BACK = re.compile(
    r"\b(?:gets?|getting|got|have|pays?|paid|gives?|given|receives?|money|sum|amount|put)\b(?! (?:back|"
    r"in touch))(?:[^.;:!?]|\.(?=\d)){1,60}?\bback\b(?! (?:to you|here|with))|\bmoney back\b|\bback (?:on|"
    r"in|into) your\b"
    r"|\b(?:krijg\w*|betaal\w*|betalen|stort\w*|gee?f\w*|geven|ontvang\w*|boek\w*|maken|hebt|heeft|"
    r"heb)\b(?:[^.;:!?]|\.(?=\d)){1,70}?\bterug\b(?! (?:op (?!(?:je|uw|de|hun|het|jouw)\b)|te|bij|naar|"
    r"van)\b)|\bgeld terug\b|\bterug\b[^.;:!?]{0,30}?\b(?:krijg\w*|betaald?|betalen|gestort|ontvang\w*)\b|"
    r"\bweer op (?:je|uw) rekening\b"
)


_TRANSFERS = re.compile(r"\b(?:maken|maak|maakt|boek\w*)\b[^.;:!?]{1,50}?\bover\b(?! (?:de|het|je|uw|dit|een)\b)")


def phrases(plain: str) -> frozenset[str]:
    """Return the concepts that stand in two words apart: "get it back", "krijg je terug"."""
    found = {"LATE"} if "te laat" in plain else set()
    if "over" in plain and _TRANSFERS.search(plain):
        found.add("TRANSFER")
    if ("back" in plain or "terug" in plain or "rekening" in plain) and _BACK.search(plain):
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
