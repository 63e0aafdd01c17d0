"""Finds where a reply owns a mistake in the first person. What follows from that is judged elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from responders.policy.grammar import NEGATION, has, is_conditional, pattern
from responders.policy.reading import Reading

_OURS = r"""
    \b(?:our|my|onze|mijn)\W+(?:(?:own|eigen|domme|very|stupid|silly|big|grote|fault|and|en|of|complete|administratieve|
        administrative)\W+){0,2}(?:mistakes?|faults?|errors?|failures?|failing|responsibility|oversight|slip|doing|bug|glitch|blunder|blame|
        carelessness|negligence|\w*fout(?:en|je)?|schuld|vergissing|nalatigheid|verantwoordelijkheid|misser|tekortkoming|slordigheid|
        verantwoording|onzorgvuldigheid)\b |
    \b(?:mistakes?|errors?|fault|failure|oversight|blame|responsibility|fout|vergissing|schuld|slip)\W+(?:\w+\W+){0,3}?(?:of\ ours|
        on\ our|by\ us|at\ our\ end|is\ ours|was\ ours|lies\ with\ us|lay\ with\ us|rests\ with\ us|van\ ons|van\ onze\ kant|
        aan\ onze\ kant|bij\ ons|ligt\ bij\ ons|lag\ bij\ ons|door\ ons|is\ door\ ons|die\ (?:we|wij))\b |
    \b(?:ligt|lag|kwam|komt|is|was)\W+(?:\w+\W+){0,3}?(?:aan|door|bij)\W+ons\b(?!\W+(?:te|bekend|binnen|gemeld|in)) | \b(?:is|'s|was|
        lies|all|down|entirely|wholly|fully)\W+(?:on|down\ to|with)\W+us\b | \b(?:door|because\ of|through|via)\W+(?:een\W+|
        an?\W+)?(?:onze|our)\W+(?:eigen\W+|own\W+)?(?:fout|schuld|toedoen|mistake|error|fault)\b |
    \b(?:door|because\ of|due\ to|(?:down|came\ down)\ to)\W+(?:een|an?)\W+(?:\w+\W+)?(?:\w*fout|vergissing|storing|blunder|mistake|error|
        fault|slip|mix-up)\W+(?:in|van|bij|of|by|on|at|with)\W+(?:our|onze|ons)\b
        (?!\W+(?:\w+\W+)?(?:vervoerder|leverancier|suppliers?|couriers?|carriers?|contractors?|aannemer|\w*partners?|bezorger|koerier|
            onderaannemer|
            provider|bank|verhuurder|landlord|vendors?)\b) |
    \b(?:onze|our)\W+(?:\w+\W+){1,5}?(?:was|were|is|had|hadden|waren|zat|zaten)\W+(?:het\W+|de\W+|the\W+|helemaal\W+|gewoon\W+|
        simply\W+|plainly\W+)?(?:fout|verkeerde?|
        niet\ goed|wrong|at\ fault|faulty|not\ good)\b |
    \b(?:ging|gaat|liep|loopt|is|was|zat)\W+(?:(?:het|dit|dat|er|iets|daar|hier|helemaal)\W+){0,2}?(?:bij|door)\W+ons\W+(?:\w+\W+){0,2}?
        (?:mis|fout|verkeerd|niet\ goed)\b |
    \b(?:door|because\ of|due\ to|thanks\ to)\W+(?:ons|us)\b(?=\W+(?:you|je|u|was|were|ben|bent|heb|hebt|kon|kwam|miste|moest|stond|had|
            ging)\b) |
    \b(?:fout|vergissing|mistake|error|fault)\W+(?:\w+\W+)?(?:zit|zat|lies|lay|sits|sat|was|is)\W+(?:in|bij|aan|with)\W+(?:ons|onze|our|
        us)\b |
    \bniet\W+(?:goed|netjes|best|fraai|handig)\W+van\W+ons\b | \bnot\W+(?:good|right|fair|kind)\W+of\W+us\b |
    \b(?:onze|our)\W+(?:\w+\W+){1,4}?(?:went\ wrong|failed|broke\ down|ging\ mis|ging\ fout|mislukte|faalde|liet\ het\ afweten)\b |
    \b(?:horen|hoort|behoren)\W+(?:wij|we|ik)\W+(?:\w+\W+){0,3}?niet\W+(?:te\W+)?\w+ |
    \b(?:shouldn't|should\ not|should\ never)\W+have\W+(?:left|come\W+from)\W+(?:us|our)\b |
    \b(?:we|i)\W+did\W+(?:this|that|it)\W+to\W+you\b |
    \b(?:we|i)\W+\w{3,}\W+(?:it|this|that|them|you|(?:your|the)\W+\w+)\W+(?:so\W+)?(?:badly|poorly|wrongly|carelessly)\b |
    \b(?:stom|slordig|fout|dom|slecht|sloppy|careless|silly|onzorgvuldig)\W+van\W+ons\b | \b(?:sloppy|careless|wrong|bad|
        poor)\W+of\W+us\b | \bdoor\ ons\W+(?:\w+\W+){0,2}?(?:dubbel|verkeerd|te\ |niet|gemaakt|veroorzaakt|vergeten) |
    \b(?:komt|kwam|ligt|lag)\W+(?:\w+\W+){0,2}?(?:door|aan|bij)\W+(?:onze|our)\W+\w+ | \b(?:reken|rekenen|trekken|trek|nemen|
        neem)\W+(?:we|wij|ik|dat|dit|het)?\W*(?:\w+\W+){0,2}?(?:onszelf|mezelf|mijzelf|ons)\W+(?:zwaar\W+)?aan\b |
        \bop\ ons\ geweten\b | \b(?:we|i)\W+(?:\w+\W+)?(?:take|accept|bear|own|carry|shoulder)\W+(?:\w+\W+){0,3}?(?:responsibility|
            blame)\b | \b(?:we|i)\W+own\W+(?:this|it|that|up)\b |
        \bcaused\ by\ us\b | \bwe\ own\b |
    \b(?:neem|nemen)\W+(?:we|wij|ik)\W+(?:\w+\W+)?op\W+(?:ons|me|mij)\b | \bdat\W+hebben\W+wij\W+gedaan\b |
    \b(?:we|i)\W+did\W+this\b | \bdat\W+(?:deden|waren)\W+(?:wij|we)\b | \bthat\W+was\W+us\b | \bwe\W+were\W+(?:down|wrong|late|closed)\b |
    \b(?:our|onze)\W+(?:\w+\W+){0,2}?\w+'s\W+(?:own\W+)?(?:fault|mistake|error|doing|failure|fout|schuld)\b | \bdit\W+(?:deden|
            hebben)\W+(?:wij|we)\b | \bthis\W+was\W+us\b |
    \b(?:nemen|neem|dragen|draag)\W+(?:\w+\W+){0,5}?verantwoordelijkheid\b | \b(?:that|this|it)(?:\ one)?(?:'s|\ is|
        \ was)\W+(?:\w+\W+)?ours\b
"""
_MARKER_EN = r"""
    (?: wrong(?:ly)? | mistakes? | errors? | forgot(?:ten)? | missed | failed | failing | fail | should(?:n't)? | ought | let\W+(?:you|
        \w+)\W+(?:\w+\W+)?down | let\W+\w+\W+down | disappointed\ you | twice | late | too\ late | overlooked | neglected | ignored |
        misplaced | mishandled | overcharged | lost | messed | screwed | slipped | botched | bungled | dropped\ the\ ball |
        fell\ short | fallen\ short |
    at\ fault | to\ blame | responsible | unanswered | careless | too\ slow | kept\ you\ waiting | left\ (?:you|your|it|him|her|
        behind) | broke | damaged | (?:didn't|did\ not|hadn't|had\ not|haven't|have\ not|never|weren't|were\ not)\ (?:even\ |
        properly\ )?(?!know|see|think|believe|mean|intend|want|yet|find|sure|able|sell)\w+ | not\ (?:\w+\W+)?(?:answer|reply|respond|
        tell|deliver|call|warn|check|listen|keep|do|get|handle|send|refund|act|pick|inform|clean|fix|meet|live|give|explain|ring|return|
        help|let|come|show|collect|good|well) | caused | oversold | overbooked | double-booked | (?:made|making)\W+(?:\w+\W+)?mess |
        sold\W+(?:\w+\W+)?(?:too\ many|more) | mixed\ up | muddled | double(?:-|\ )?(?:charged|booked|billed) | blew )
"""
_SUBJECT_EN = (
    r"\b(?:we|i|(?:our|the)\W+(?:crew|team|people|staff|colleagues?))(?:'ve|'d)?\b(?!'re\ sorry|'m\ sorry|"
    r"\ are\ sorry|\ am\ sorry|\W+(?:\w+\W+)?apologi|\W+(?:\w+\W+)?regret|\W+(?:completely\ |fully\ |"
    r"can\ |do\ )?(?:understand|see|know|hear|think|believe|realise|realize|hope|wish|will|can|'ll|want|"
    r"see\ why|feel|mean)|'re\W+(?:\w+\W+){0,2}?(?:look|check|find|ask|investigat|examin|try|work|talk|"
    r"speak)|'ll|'m\W+(?:\w+\W+){0,2}?(?:look|check|find|ask|talk|speak)|\W+(?:are|"
    r"am)\W+(?:\w+\W+){0,2}?(?:look|check|find|ask|investigat|examin|try|work|talk|speak)|\W+(?:don't|"
    r"do\ not|didn't|did\ not|haven't)\W+(?:yet\W+)?(?:know|think|see|believe))"
)
_MARKER_NL = r"""
    (?: fout(?:en)? | foutje | verkeerde? | vergat(?:en)? | vergeten | mis | miste(?:n)? | gemist | vergist(?:en)? | vergissing |
        dubbel | te\ laat | te\ veel | te\ weinig | te\ lang | te\ traag | twee\ keer\W+(?:[\d\w]+\W+){0,3}?(?:af|afgeschreven) |
        niet\ (?:\w+\W+)?(?:goed|netjes|correct|op\ tijd|opgelet|tijdig|geantwoord|gereageerd|gedaan|nagekomen|geleverd|gebeld|verteld|
        geregeld|gewaarschuwd|gezegd|beantwoord|opgehaald|mogen) | nooit\ (?:\w+\W+)?(?:zo\W+)?mogen |
    niet\ (?:\w+\W+)?(?:hadden\W+|hebben\W+|zijn\W+)?(?:ge|ver|be|her|ont|op|aan|na|uit|voor|af|terug|door|mee|in|weg|over|bij)\w+(?:d|
        t|en) | (?:(?!worden|antwoorden|verantwoorden|kosten|testen|posten)\w+(?:kten|pten|sten|ften|chten|rden|lden|gden|mden|wden|
        vden|bden)|hadden|gaven|reden|kwamen|lazen)\W+(?:\w+\W+){0,4}?(?:geen|niet|niemand|niets)\b | (?:geen|
        niemand)\W+(?:\w+\W+){0,4}?(?:hadden|hebben)?\W*(?:ingeroosterd|ingepland|geregeld|gestuurd|gegeven|gehad) | nagelaten |
        laten\W+(?:\w+\W+)?(?:liggen|wachten|zitten|staan|lopen|versloffen) | liggen\ laten | lieten\W+(?:\w+\W+){0,5}?(?:wachten|
        zitten|liggen|staan|komen) | liet\W+(?:\w+\W+){0,4}?wachten | tekort(?:geschoten|\ geschoten)? | schoten\b | onzorgvuldig |
        slordig | moeten | mogen | verprutst | verknald | veroorzaakt | kwijt(?:geraakt)? | verloren | over\ het\ hoofd |
        in\ de\ steek | teleurgesteld | beloofd\W+en\W+niet | verantwoordelijk | schuldig | nalatig | genegeerd | beschadigd | gefaald |
        faalden | gebeld\ en\ niet | schromelijk | potje | rommeltje | zooitje | puinhoop )
"""
_SUBJECT_NL = r"\b(?:we|wij|ik|(?:onze|het)\W+(?:mensen|team|collega's|ploeg))\b"
_OWNING_EN = rf"{_SUBJECT_EN}(?:[^,;:.!?]|\.(?=\d)){{0,60}}?\b{_MARKER_EN}\b"
_OWNING_NL = (
    rf"{_SUBJECT_NL}(?:[^,;:.!?]|\.(?=\d)){{0,80}}?\b{_MARKER_NL}\b|\b{_MARKER_NL}\b(?:[^,;:.!?]|"
    rf"\.(?=\d)){{0,40}}?{_SUBJECT_NL}"
)
_NOT_OWN = (
    r"\b(?:weten|weet|zoek|zoeken|onderzoek\w*|nagaan|gaan|ga|kijken|kijk|vragen|vraag|begrijp\w*|snap\w*|"
    r"zien|zie|horen|hoor|lezen|lees|hopen|hoop|zullen|zal|willen|wil|controleren|spreek|spreken|praat|"
    r"praten|vinden|vind|denk|denken)\b"
)


def _owning_spans(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield the places where the reply says in the first person that we did it wrong."""
    for sentence in reading.sentences:
        if is_conditional(sentence.text) and re.match(r"^\W*(?:if|als|mocht|indien|should|in case)\b", sentence.text):
            continue
        for match in pattern(_OURS).finditer(sentence.text):
            before = re.split(r"[,;:.]|\b(?:en|and)\b", sentence.text[max(0, match.start() - 34) : match.start()])[-1]
            if (
                not has(rf"{NEGATION}\W*(?:\w+\W+){{0,3}}$", before)
                and not has(r"\b(?:see|saw|seen|view|regard|consider|beschouw\w*|ziet|zag|if|als|whether|of)\b[^,;:.]*$", before)
                and (not has(NEGATION, match.group()) or match.group().startswith(("niet", "not", "ho", "beho", "should")))
            ):
                yield sentence.start + match.start(), sentence.start + match.end()
        for clause in sentence.clauses:
            found = pattern(_OWNING_EN).search(clause.text)
            if found and not _disowned(found.group()) and not has(r"^\W*(?:if|whether|what|where|why|how)\b", clause.text):
                yield clause.start + found.start(), clause.start + found.end()
                continue
            found = pattern(_OWNING_NL).search(clause.text)
            if (
                found
                and not has(_NOT_OWN, found.group())
                and not _disowned(found.group())
                and not has(r"^\W*(?:als|of|wat|waar|waarom|hoe|mocht)\b", clause.text)
            ):
                yield clause.start + found.start(), clause.start + found.end()


@lru_cache(maxsize=64)
def owning_places(reading: Reading) -> tuple[tuple[int, int], ...]:
    """Return where the reply says in the first person that we did it wrong."""
    return tuple(_owning_spans(reading))


def _disowned(text: str) -> bool:
    """Say whether the words deny the very mistake they name ("we made no mistake", "wij hebben niets fout gedaan")."""
    return has(
        (
            r"\b(?:(?:no|any|geen|niets|nothing|niks)\W+(?:\w+\W+){0,2}?(?:fout\w*|mistakes?|errors?|schuld|fault|"
            r"wrong|blame|verkeerd)|nooit\ een|never\ made|not\ made|not\ responsible|not\ to\ blame|"
            r"not\ at\ fault|niet\ (?:verantwoordelijk|schuldig|fout)|aren't|isn't)\b"
        ),
        text,
    )


def owns(reading: Reading) -> bool:
    """Say whether the reply owns a mistake in the first person."""
    return bool(owning_places(reading))


def may_own(text: str) -> bool:
    """Say whether a sentence that sounds like an admission may be one: it is of us, under no condition, and denies nothing."""
    return has(_OF_US, text) and not is_conditional(text) and not _disowned(text) and not has(_NOT_OURS, text)


_OF_US = r"\b(?:we|we're|we've|we'd|us|our|ours|ourselves|wij|ons|onze)\b"
_NOT_OURS = (
    r"^\W*(?:we|wij)\W+(?:\w+\W+)?(?:understand|begrijpen|snappen|hope|hopen)\b|"
    r"^\W*(?:u|je|jij|you|dat\ had)\W+(?:had|vindt|says?|said|\w+\ bij\ ons)\b|"
    r"^\W*(?:our|onze)\W+(?:supplier|leverancier|courier|koerier|vervoerder|carrier)\b|"
    r"\b(?:not|never|niet|nooit)\W+(?:\w+\W+)?(?:our|ours|us|onze|ons|aan\ ons|bij\ ons)\b"
)
