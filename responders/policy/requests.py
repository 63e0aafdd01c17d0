"""Finds requests to post personal data in public (N6); a request to send them privately, or not at all, is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from responders.policy.complaint import PRIVATE
from responders.policy.context import Context
from responders.policy.grammar import NEGATION, has, pattern
from responders.policy.reading import Sentence

_DATA = r"""
    \b(?: (?:order|bestel|ordernummer|klant|ticket|boekings|reserverings|polis|paspoort|dossier|telefoon|mobiele|rekening|kaart|
        creditcard|paspoort|rijbewijs|kenteken|huis|lidmaatschaps|abonnements|account|factuur|track\ ?(?:&|en|and)\ ?trace|
        burgerservice|meter|contract|patient|leden|pas|zaak|debiteuren|relatie|ov-chipkaart|zendings|pakket|ritten|
        gebruikers)-?\ ?(?:nummer|nummers|nr|code|gegevens|naam) |
    (?:op\ )?welk\ (?:telefoon)?nummer\ (?:kan|kunnen|mag|mogen|bent|ben) | (?:what|which)\ number\ (?:can|could|may|should|is) |
        geboortedatum | geboortedata | geboortejaar | bsn | burgerservicenummer | adres(?:gegevens)? | huisadres | woonadres |
        postcode | e-?mail(?:adres|\ address|\ adres|adressen)? | mailadres | emailadres | iban | naw(?:-gegevens)? | persoonsgegevens |
        persoonlijke\ gegevens | (?:contact|klant|adres|bank|betaal|account|inlog|reserverings|boekings)gegevens | kenteken |
        wachtwoord | pincode | inloggegevens | (?:volledige|achter|voor|voor-\ en\ achter)-?\ ?naam | telefoonnummer | mobiel\ nummer |
        06-nummer | 06(?![.:]\d) | legitimatiebewijs | paspoortnummer | kopie\ (?:van\ )?(?:je|uw)\ (?:paspoort|legitimatie\w*|id\w*) |
    (?!(?:lot|partij|batch|trein|lijn|bus|fiets|scooter|zaal|stoel|tafel|deur|kluis|locker|automaat|machine|voertuig|wagen|halte|rit|tram|vlucht|spoor|
            perron|artikel|model|type|product|serie|volg|versie|dit\ |dat\ )nummer)\w{3,}nummers? |
        track\ ?(?:&|and|en|\+)\ ?trace(?!-?\ ?(?:nummer|code))|(?:track|tracking|booking|ride|trip|order|member|ticket|
            ref)[ -]?(?:code|ref|id|no)\b | huisnr | huisnummer |
        (?:het|de|the)\ (?:nummer|code|number)\ (?:van|op|of|on)\ (?:je|uw|jouw|your)\ \w+ | tel(?:efoon)?(?:nr|\.nr)? | klantnr |
            ordernr | last\ (?:four|4)(?:\ digits)? | laatste\ (?:vier|4)\ cijfers | card\ you\ paid |
            ur\ (?:number|email|name|address|phone) |
        full\ names? | your\ (?:(?!(?:display|screen|app|meter|show|shows|read|reads|say|says|have|has|see|give|
        gives)\b)\w+\ ){1,2}?(?:numbers?|no\.?|id|code) | imei | (?:bank|pin)pas | volledige\ namen |
        legitimatie | identiteitsbewijs | id-?(?:kaart|bewijs) | paspoort | rijbewijs | (?:op\ )?welke?\ (?:bank)?rekening |
        (?:which|what)\ (?:bank\ )?account | your\ (?:id|passport|driving\ licen[cs]e) | id\ card | (?:medical|doctor's|hospital)\ letter |
        (?:student|pupil|employee|staff|pass|badge|library|passenger|permit|licen[cs]e)\ (?:number|id|no\.?) |
    (?:your|the|uw|je|jouw)\ \w+'s?\ (?:full\ |first\ |last\ )?(?:names?|numbers?|address|phone|e-?mail|ages?|age) | (?:his|her|
        their)\ (?:full\ |first\ |last\ )?
        (?:names?|phone|number|address|age|e-?mail)\b | (?:telefoonnummer|nummer|adres|leeftijd)\ van\ (?:je|uw|jouw)\ \w+ |
    (?:je|uw|jouw)\ (?:naam|nummer|gegevens|mail|email|e-mail|telefoon|rekening|bestelling) | (?:order|booking|customer|account|ticket|
        candidate|seat|
        reservation|reference|member(?:ship)?|policy|invoice|tracking|phone|telephone|mobile|cell|pcn|card|credit\ card|passport|
        licen[cs]e|number|plate|registration|house|case|contract|confirmation|bank|sort|loyalty|frequent\ flyer|social\ security|
        national\ insurance|nhs|patient|meter|contact|personal|login|payment|user)[ -]?(?:and\ \w+\ )?(?:numbers?|no\.?|id|ids|code|
        codes|reference|ref|details?|plate|name|data|info(?:rmation)?) |
    date\ of\ birth | birth\ ?date | your\ birthday | birthday\ is | dob | d\.o\.b | (?:home\ |postal\ |full\ |email\ |e-mail\ |your\ |
            street\ )address |
        post\ ?code | zip\ ?code |
            (?<!\ba\ )zip(?!\W+(?:\w+\W+)?(?:broke\w*|jam\w*|tore|stuck|is|was|on|of)\b) | e-?mail\ address | password | pin |
            (?:full|last|first\ and\ last|real)\ name | surname |
        your\ (?:name|number|e-?mail|phone|mobile|card|details|cell|address|iban|plate|booking) | pnr | personal\ (?:data|details|
        information) | screenshot\ of\ your\ (?:account|invoice|booking|order|bill|bank\ \w+) |
    (?:geburtsdatum|telefonnummer|handynummer|kundennummer|bestellnummer|buchungsnummer|e-?mail-?adresse|adresse|anschrift|kontonummer|
        personalausweis|passwort|postleitzahl|kennzeichen|auftragsnummer|rechnungsnummer) | (?:date\ de\ naissance|
        numero\ de\ (?:telephone|commande|client|reservation|dossier|carte|compte|portable)|adresse(?:\ e-?mail|\ mail|\ postale)?|
        nom\ complet|code\ postal|mot\ de\ passe|coordonnees|rib|plaque\ d'immatriculation) )\b
"""
_GIVE = r"""
    \b(?: stuur(?:t)? | sturen | geef(?:t)? | geven | plaats(?:t|en)? | zet(?:ten|t)? | deel(?:t)? | delen | vermeld(?:t|en)? |
        noem(?:t|en)? | laat | laten | vul(?:t|len)? | doorgeven | door\ te\ geven | doorsturen | reageer | reageren | antwoord(?:en)? |
        (?<!de\ )post(?:en|t)? | typ(?:en)? | bevestig(?:t|en)? | upload(?:en|t)? |
        schrijf | schrijven | voeg | toevoegen | mag\ (?:ik|ik\ van) | mogen\ (?:we|wij) | heb\ (?:je|jij|
        ik) | hebt\ u | heeft\ u | wat\ (?:is|was|zijn) | welke?\ | nodig | achterlaten | opgeven | bekend\ maken | zou | graag |
        wil(?:t|len|\ je)? | kun(?:t|\ je|nen)? | kan | ontvangen | ontvang | verstrek\w* | onder |
    pop | stick | type | jot | bung | message | send | share | (?<!de\ )(?<!the\ )(?<!by\ )(?<!per\ )post | give | provide | reply |
    comment | drop | tell | put | add | type |
        write | leave | include | need |
        what(?:'s|\ is|\ was|\ are|\W+are) | which | let\ us\ (?:know|have) | may\ (?:i|we)\ have | can\ (?:i|we|you) | could | please |
        confirm | supply | submit | under | state | quote | mention | state | require | have | ask | like | love | want\ to |
    schicken | schreiben | senden | posten | teilen | nennen | geben | schreib | schick | nenn | teil | poste | gib | wie\ (?:lautet|
        ist) | brauchen | benotigen | mitteilen | envoyez | envoyer | indiquez | indiquer | donnez | donner | publiez | partagez |
        postez | communiquez | communiquer | ecrivez | envoie | donne | indique | quel(?:le)?\ est )\b
"""
_HERE = r"\b(?:hier(?:onder)?|below|underneath|just\ reply|here|in\ (?:de\ |the\ )?comments|in\ this\ thread|ci-dessous|hier\ unten)\b"
_WANTED = (
    r"\b(?:pls|plz|please|graag|svp|aub|help(?:s|t)?|even|ff|need(?:ed)?|nodig|text|app|typ|gooi|pop|stick|dm't|whatsapp|let's\ have)\b"
)
"""What makes the mere naming of a datum a request."""
_PUBLIC = (
    r"\b(?:hier(?:onder|in|bij)?|hieronder|in\ (?:een|je|uw|de)\ reactie|reacties|als\ reactie|"
    r"onder\ (?:dit|deze|het|de)\ (?:bericht|post|tweet|reactie)|openbaar|publiek|below|here|in\ (?:the|a|"
    r"this|your)\ (?:comments?|thread|reply)|publicly|in\ public|reply\ with|hier\ unten|underneath|(?:just|gewoon)\ reply|"
    r"in\ (?:de\ )?comments|"
    r"in\ den\ kommentaren|unten|ici|ci-dessous|en\ commentaire|in\ this\ thread|in\ dit\ draadje)\b"
)
_PRIVATE_MORE = (
    r"|\b(?:nachricht|privatnachricht|direktnachricht|pn|dn|privat|per\ mail|message\ prive|mp|en\ prive|per\ dm|aan\ de\ balie|"
    r"in\ de\ winkel|at\ the\ (?:desk|counter)|in\ (?:person|store)|at\ a\ branch|portal|portaal)\b"
)
_REFUSE = (
    rf"{NEGATION}|\b(?:kein|keine|keinen|nicht|niemals|pas\ (?:d[e']|l[ea']|les|vos|votre|ces|cette|cela|ici)|jamais|ne|aucun|"
    rf"avoid|refrain|"
    rf"keep(?:ing)?\b[^.!?]{{0,50}}\b(?:out|off|private|to\ yourself)|leav(?:e|ing)\b[^.!?]{{0,40}}\bout|omit\w*|"
    rf"houd?(?:t|en)?\b[^.!?]{{0,40}}\b(?:weg|eruit|uit|buiten|voor\ (?:je|u)(?:zelf)?|prive)|laat\b[^.!?]{{0,60}}\b(?:weg|eruit)|weglaten|"
    rf"liever\ niet|rather\ than|in\ plaats\ van|"
    rf"instead\ of|hoeft|hoef|vermijd|safe|veilig|remove|verwijder|haal|delete|take\ out)\b"
)
_OURS = r"\b(?:our|onze|my|mijn|unsere|notre)\W+(?:\w+\W+)?$|\bons\W+$"
_WE_ANSWER = (
    r"\b(?:(?:antwoord|reageer|schrijf|antwoorden|reageren|schrijven)\W+(?:ik|we|wij)|(?:i|we)\W+(?:answer|reply|respond|write))\b"
    r"[^.!?;]*\b(?:over|about|op|to)\W+$"
)
_INTO = r"\b(?:in|into|naar|to)\W+$"
_ARRIVES = r"\b(?:heb|hebt|heeft|have|krijg\w*|ontvang\w*|staat|kom\w*|get|receive|arriv\w+|lands?|comes?|look|kijk\w*|check)\b"
_GIVEN_OR_ASKED = r"\b(?:put|post|share|reply|zett?\w*|geeft?|stuurt?|here|hier|what|which|wat|welke?)\b"
_OF_ANOTHER = (
    r"^\W*(?:has|have|had|did|does|is|was|heeft|hebben|vroeg|vroegen)\W+"
    r"(?:he|she|they|anyone|anybody|someone|hij|zij|ze|iemand)\b"
)
"""A question after what somebody did."""
_WANTS_NEW = r"\b(?:wilt?\W+(?:u|je|jij)|want|would\W+like)\W+(?:\w+\W+)?(?:an?\W+|een\W+)?(?:andere?|nieuwe?|new|different|another)\W+$"
_HANGS_ON = r"\b(?:if|when|once|als|wanneer|zodra)\W+$"
_CHANGED = r"\b(?:change[ds]?|new|different|needed|wrong|gewijzigd|veranderd|nieuwe?|anders?|nodig|verkeerd)\b"
_PAPER = (
    r"^(?:(?:je|uw|jouw|your)\ )?(?:paspoort|rijbewijs|id-?(?:kaart|bewijs)|identiteitsbewijs|passport|driving\ licen[cs]e|id|id\ card)$"
)
"""What people hold, besides that it tells who they are."""
_FETCHED_AFTER = r"^\W+(?:\w+\W+){0,7}?(?:ophalen|afhalen|op\ te\ halen|aanvragen)\b"
_FETCHED = r"\b(?:collect|pick\ up|fetch|apply\ for|renew)\W+(?:\w+\W+){0,2}?$"
_OF_THEIRS = r"^\W+(?:(?:on|of|for|in|under|with|van|bij|voor|op)\W+(?:your|the|je|uw|jouw|het)|you|waarmee|that\W+you|die\W+(?:je|u))\b"
_A_MESSAGE = (
    r"\b(?:an?|the|that|this|one|by|per|each|every|een|de|die|deze|onze|our)\W+(?:(?:personal|separate|follow-?up|confirmation|second|"
    r"persoonlijke|aparte|tweede)\W+)?$"
)
_STATED = (
    r"\b(?:we|wij|ik|i)(?!'ll|'d|\W+(?:will|can|could|zal|zullen|kan|kunnen))\W+(?:\w+\W+){0,3}?(?:have|had|hadden|hebben|heb|changed|"
    r"wijzig\w*|updated|sent|stuurden|"
    r"stuur|sturen|will\ send|mailed|zien|see|used|gebruik\w*|betalen|storten|maken|bring|brengen|refund|"
    r"deliver|know|kennen|weten|delete\w*|don't|do\ not|called|belden|emailed|confirmed|corrected)\b"
)


_OF_ONE = (
    r"(?:your|uw|je|jouw|his|her|their|zijn|haar)\ (?:\w+\ ){0,2}?(?:son|daughter|child|boy|girl|baby|husband|wife|partner|mother|"
    r"father|mum|dad|"
    r"zoon(?:tje)?|dochter(?:tje)?|kind(?:je)?|man|vrouw|moeder|vader|jongen|meisje|kleinzoon|kleindochter|grandson|granddaughter|friend)"
)
_WHO = rf"""
    \b(?: hoe\ (?:heet|heette|heten|heetten)\ (?:(?:u|je|jij|hij|zij|ze|de\ kleine)\b|{_OF_ONE}) |
    what\ (?:is|was|'s)\ (?:he|she|{_OF_ONE})\ called |
    (?:onder|op)\ welke\ (?:achter)?naam | (?:what|which)\ (?:sur)?name\ (?:(?:is|was)\ (?:it|this|that|the)|did|do|have|should) |
    whose\ name |
    (?:sur|achter|voor)?naam\ (?:op|van|bij|in)\ (?:de|uw|je|het)\ (?:boeking|reservering|bestelling|order|kaart|ticket|account|pas|
    polis|contract) |
    (?:sur)?name\ (?:on|under|of)\ (?:the|your)\ (?:booking|order|reservation|card|ticket|account|policy|contract|membership) |
    initialen | voorletters | (?:your|the|and|his|her)\ initials | initials\ and |
    (?:in\ )?welke\ (?:klas|groep)\ (?:zit|zitten|zat) | (?:op|naar)\ welke\ school\ (?:zit|gaat|ga|zat) | zit\ (?:ze|hij|
    zij)\ in\ (?:groep|klas) |
    (?:which|what)\ (?:class|year|form|school|nursery|set)\ (?:is|was|does|do|are)\ (?:he|she|they|you|{_OF_ONE}) | in\ year\ \d+\ or |
    bij\ welke\ (?:huisarts|apotheek|tandarts|werkgever|bank|specialist|zorgverzekeraar)\ (?:staat|sta|zit|bent|ben|werkt|werk|loopt) |
    (?:which|what)\ (?:gp|doctor|surgery|consultant|pharmacy|bank|employer|insurer)\ (?:are|is|do|did|have)\ (?:you|your|he|she) |
    (?:wie\ is|who(?:'s|\ is))\ (?:uw|je|jouw|your|his|her)\ (?:werkgever|huisarts|baas|arts|behandelaar|verhuurder|employer|gp|doctor|boss|
    landlord|consultant|next\ of\ kin|social\ worker) | (?:waar|where)\ (?:werkt|werk|do)\ (?:u|je|you)\ (?:work)?(?=\W*$) |
    (?:welke|wat\ voor)\ (?:medicijnen|medicatie|aandoening|ziekte|beperking|allergie|uitkering|behandeling)\ (?:gebruikt?|heeft|
    hebt?|slikt?|krijgt?|is) |
    (?:what|which)\ (?:medications?|medicines?|tablets|condition|illness|disability|diagnosis|treatment|benefits?)\ (?:are|do|does|
    did|is|have|has)\ (?:you|he|
    she|{_OF_ONE}) |
    hoe\ oud\ (?:is|was|bent|ben)\ (?:u|je|hij|zij|ze|{_OF_ONE})\b | how\ old\ (?:is|was|are|were)\ (?:you|he|she|{_OF_ONE})\b |
    wanneer\ (?:bent|ben|is|werd)\ (?:u|je|hij|ze|zij|{_OF_ONE})\ (?:geboren|jarig) | when\ (?:were|was|is)\ (?:you|he|she|
    {_OF_ONE})\ born |
    (?:geboorte(?:dag|jaar|maand|plaats)|{_OF_ONE}'s\ birthday) |
    waar\ (?:woont|woon)\ (?:u|je) | where\ (?:exactly\ )?do\ you\ live | (?:in\ |op\ )?welke?\ (?:straat|huisnummer|adres|
    flat)\b[^.;!?]{{0,20}}\b(?:woont?|wonen) |
    (?:which|what)\ (?:road|street|house|flat|number\ house|address)\b[^.;!?]{{0,14}}\b(?:you\ (?:live|at|in)|yours|are\ you|is\ it\ you) |
    (?:laatste|eerste)\ (?:\w+\ )?cijfers\ van | cijfers\ van\ (?:uw|je|jouw) | (?:last|first)\ (?:\w+\ )?digits | digits\ (?:on|
    of)\ (?:your|the) |
    (?:best|good|right)\ number\ (?:to|for) | (?:what|which)\ number\b[^.;!?]{{0,30}}\b(?:reach|ring|call|phone)\ you |
    (?:foto|foto's|screenshot|schermafdruk|kopie|scan|plaatje|afbeelding)\ van\ (?:het|de|uw|je|jouw|haar|zijn)\ (?:\w+\ )?(?:kaartje|
    ticket|brief|pas|
    rijbewijs|paspoort|recept|app|factuur|rekening|id|polis|contract|verwijzing|uitslag|bankafschrift|kaart|boeking|etiket) |
    (?:photo|picture|screenshot|copy|scan|image|pic)\ of\ (?:the|your|his|her)\ (?:\w+\ )?(?:ticket|letter|card|licen[cs]e|passport|
    prescription|
    account|bill|invoice|statement|id|contract|referral|results?|badge|booking) )
"""
"""A question, or a wish, that only somebody's name, home, age, school, work, health or papers would answer."""


def asked_in_public(context: Context) -> Iterator[tuple[int, int]]:
    """Yield where the reply asks for personal data with no private way named for it."""
    sentences = context.reply.sentences
    for number, sentence in enumerate(sentences):
        for begin, end in _parts(sentence):
            text = sentence.text[begin:end]
            found = _asked(context, sentence, text)
            if found and not _has_private_way(sentences, number, text):
                yield sentence.start + begin + found.start(), sentence.start + begin + found.end()
                break


def _asked(context: Context, sentence: Sentence, text: str) -> re.Match[str] | None:
    """Return the datum that a part of a sentence asks for."""
    who = pattern(_WHO).search(text) if sentence.asks or has(_ORDERS, text) or has(_ASKING, text) else None
    if who and _is_wanted(context, sentence, who, text):
        return who
    return next((found for found in pattern(_DATA).finditer(text) if _is_request(context, sentence, text, found)), None)


def _is_wanted(context: Context, sentence: Sentence, found: re.Match[str], text: str) -> bool:
    """Say whether an answer is wanted to what only one person's papers tell; a warning not to give it wants none."""
    near = text[max(0, found.start() - 80) : found.end() + 45]
    return not (has(_REFUSE, near) or has(_OURS, text[: found.start()]) or context.reply.is_quoted(sentence.start, sentence.end))


_ASKING = (
    r"^\W*(?:what|which|who|whose|how|wat|welke?|hoe|wie|"
    r"(?:when|where|wanneer|waar)\W+(?:exactly\W+)?(?:is|was|are|were|do|did|bent|ben|werd|werk\w*|woont?)\b|"
    r"(?:op|onder|in|bij)\ welke?)\b"
)
_ORDERS = (
    r"(?:^|[,;:]|\b(?:and|en|please|just|gewoon|even|wilt\ u|wil\ je|kunt\ u|kun\ je|could\ you|can\ you)\W)\W*(?:zet|stuur|geef|"
    r"plaats|maak|laat|noem|deel|post|"
    r"vermeld|upload|meld|send|put|pop|drop|give|show|tell|share|add|take|upload|reply|leave|name|include|attach|snap)\b"
)


def _parts(sentence: Sentence) -> list[tuple[int, int]]:
    """Cut a sentence only where a contrast or a strong sign begins another statement."""
    cuts = [
        0,
        *(match.end() for match in pattern(r"[;:]\s|,?\s(?=(?:but|maar|want|because|dus|so)\s)").finditer(sentence.text)),
        len(sentence.text),
    ]
    return [(start, end) for start, end in pairwise(cuts) if end > start]


def _is_mail(datum: str, before: str, after: str, *, asks: bool) -> bool:
    """Say whether a mail is meant that is sent, or where it comes, and no address that is asked for."""
    if datum in {"email", "e-mail", "mail"} and (
        (has(_A_MESSAGE, before) and not has(_OF_THEIRS + r"|^\W+(?:here|hier)\b", after))
        or has(r"(?:'ll|\b(?:will|zal|zullen|gaat|gaan))\W+(?:\w+\W+)?$", before)  # "She'll email you": what we do.
        or has(r"^\W+[\w.+-]{1,40}@\w", after)  # Where to write to, and not what to tell here.
    ):
        return True
    if has(_INTO, before) and has(_ARRIVES, before):
        return True  # "Je krijgt het in je mail".
    return has(_WE_ANSWER, before) and not asks  # "Hier antwoord ik je over je mail": what we do.


def _is_request(context: Context, sentence: Sentence, text: str, found: re.Match[str]) -> bool:
    before, after = text[: found.start()], text[found.end() :]
    if before.endswith(("{", "[", "<", "_")):
        return False  # A blank, and N5 objects to it.
    if found.group().endswith("mail") and _is_mail(found.group(), before, after, asks=sentence.asks):
        return False
    if sentence.asks and has(_OF_ANOTHER, text) and not has(_GIVEN_OR_ASKED, text):
        return False  # "Has he seen your card?" asks what somebody did.
    theirs = found.group().startswith(("your", "je ", "uw ", "jouw "))
    if (has(_WANTS_NEW, before) and not has(r"\b(?:here|hier)\b", text)) or (
        theirs and has(_HANGS_ON, before) and not has(_CHANGED, after)
    ):
        return False  # "Wilt u een andere achternaam?"; "if your card is refused": of what becomes of it.
    if has(_PAPER, found.group()) and (has(_FETCHED_AFTER, after) or has(_FETCHED, before)):
        return False  # A document that lies ready for them.
    near = text[max(0, found.start() - 35) : found.end() + 35]
    here = has(_HERE, near) and not has(r"\b(?:stond|stood|removed|verwijderd|omdat|because)\b", near)
    if not has(_GIVE, text) and not (sentence.asks and len(text.split()) <= 6) and not here and not has(_WANTED, text):
        return False
    if has(_OURS, before) or has(_REFUSE, text[max(0, found.start() - 80) : found.end() + 45]):
        return False
    if (
        has(_STATED, text)
        and not sentence.asks
        and not has(r"\b(?:need|nodig|please|graag|could|kunt|kun|require|send|stuur\ ons|share|brauchen)\b", text)
    ):
        return False
    if has(
        (
            r"\b(?:on|to|naar|op|van|from|via|in|aan|at|with|bij|over|about|by|per|voor|for)\W+(?:het|the|je|your|uw|"
            r"de)?\W*$"
        ),
        before,
    ) and not has(
        (
            r"\b(?:what|wat|which|welk|send|stuur|geef|deel|share|post|zet|give|tell|reply|comment|respond|"
            r"reageer|antwoord|op\ welk\w*)\b"
        ),
        text,
    ):
        return False
    # A thing of theirs is meant, and not a datum: "your card was charged", "uw bestelling is onderweg".
    if (
        re.match(
            r"\W+(?:was|is|were|has|werd|wordt|zijn|waren|komt|didn't|wasn't|heeft|staat|turns?|appears?|"
            r"comes?|shows?|pops?|stays?|duikt|blijft|opduikt)\b",
            after,
        )
        and not sentence.asks
    ):
        return False
    return not context.reply.is_quoted(sentence.start + found.start(), sentence.start + found.end())


def _has_private_way(sentences: tuple[Sentence, ...], number: int, text: str) -> bool:
    """Say whether a private way is named for it: in the same part, or beside it where nothing points to this place."""
    sentence = sentences[number]
    public = has(_PUBLIC, text) and not has(rf"(?:{_REFUSE})\W+(?:\w+\W+){{0,4}}?(?:hier|here|public\w*|openbaar)", text)
    if public:
        return bool(
            re.search(
                (
                    r"\b(?:niet|not|rather than|in plaats van|instead of)\W+(?:\w+\W+){0,3}?(?:hier|here|publicly|"
                    r"in public|openbaar)"
                ),
                text,
            )
        )
    after = sentences[number + 1].text if number + 1 < len(sentences) else ""
    if has(_PUBLIC, after) and has(r"\b(?:it|them|het|die|deze|dat)\b", after) and has(_GIVE, after) and not has(_REFUSE, after):
        return False
    if has(PRIVATE + _PRIVATE_MORE, sentence.text):
        return True
    beside = [sentences[place].text for place in (number - 1, number + 1) if 0 <= place < len(sentences)]
    return any(
        has(PRIVATE + _PRIVATE_MORE, other)
        and has(r"\b(?:dm|bericht|message|prive|private\w*|mail|email|bel|call|form\w*|nachricht|inbox|pb|pm)\b", other)
        for other in beside
    )
