"""Finds what a clause plainly states (N4): of the world, of something of theirs, or of what we did; for anybody to check."""

from __future__ import annotations

from responders.policy.context import Context
from responders.policy.grammar import INVESTIGATION, NEGATION, has, pattern
from responders.policy.parts import Part
from responders.policy.stems import common
from responders.policy.wordings import REGRET

_LEAD = r"^\W*(?:(?:and|but|so|also|besides|what's more|and also|en|maar|dus|ook|daarnaast|bovendien|verder|overigens)\W+)*"
_OF_A_THING = (
    r"(?:the|an?|all|every|each|most|some|many|een|de|het|alle|elke|iedere|sommige|veel|our|onze)\W+"
    r"(?!(?:rest|fact|one|ene|other|andere|reason|reden|oorzaak|cause|apologies|excuses|way|answer|antwoord|question|vraag|kan|is|was|"
    r"gaat|komt|"
    r"ging|lijkt|spijt|klopt|kost)\b)\w+"
)
"""How a clause begins that tells of a thing."""
_OF_WHAT_IS = (
    r"(?:there(?:'s|\W+(?:is|are|was|were|has\W+been|have\W+been))|er\W+(?:is|zijn|was|waren|staat|staan|stond|stonden|ligt|liggen|kwam|"
    r"kwamen|rijdt|"
    r"reed|"
    r"reden|zat|zaten)|it\W+(?:was|is)\W+an?|het\W+(?:was|is|ging\W+om|betreft)\W+een)\b"
)
"""How a clause begins that says what there is."""
_NAMED = (
    r"[a-z][a-z'-]{2,}\W+(?:[a-z'-]+\W+){0,5}?(?:is|are|was|were|has|have|had|broke|caused|made|blocked|zijn|waren|heeft|hebben|brak|"
    r"blokkeerde|zorgde|works|covers|runs|[a-z]{3,}ed)\b"
)
"""How a clause begins that tells of a thing without an article: "traffic on the ring road was"."""
_NO_THING = (
    r"^\W*(?:i|we|you|they|he|she|it|this|that|these|those|there|what|who|how|why|when|where|which|if|nobody|noone|nothing|everyone|"
    r"everything|anyone|anything|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|guess|imagine|suppose|stel je|[a-z]+ty|"
    r"being|having|missing|waiting|paying|getting|"
    r"standing|"
    r"losing|hearing|reading|seeing|not|no|yes|please|thank|thanks|sorry|hi|hello|hey|dear|my|your|his|her|their|for|to|in|on|at|by|"
    r"with|from|"
    r"of|as|until|because|since|although|while|than|then|just|only|still|once|ik|wij|je|jij|u|hij|zij|ze|het|dit|dat|deze|die|er|wat|"
    r"wie|hoe|"
    r"waarom|wanneer|waar|als|niemand|niets|iedereen|alles|iemand|iets|wachten|betalen|missen|staan|niet|geen|ja|nee|graag|bedankt|dank|"
    r"hoi|"
    r"hallo|beste|dag|geachte|mijn|uw|jouw|zijn|haar|hun|voor|aan|op|bij|van|met|uit|om|tot|omdat|want|sinds|hoewel|terwijl|dan|nog|alleen|"
    r"zo|heb|hebt|kun|kunt|mag|was|is|vragen|stel|zeg|laat|mis|weet|dus|en|maar|ook|toch)\b"
)
_TELLS = (
    r"\b(?:is|are|was|were|has|have|had|does|did|will|zijn|waren|heeft|hebben|had|won't|klopt|kloppen|loopt|zit|valt|vervalt|behoudt|"
    r"stays?|remains?|wordt|worden|werd|werden|zal|zullen|gaat|gaan|komt|"
    r"komen|staat|staan|rijdt|rijden|vertrekt|begint|sluit|geldt|kost|krijgt|kreeg|vervalt|volgt|get|go|work|run|wear|carry|train|"
    r"follow|need|receive|undergo|blijft|"
    r"blijven|ligt|liggen|lag|lagen|zorgde|speelde|werkte|draaide|stopte|raakte|leidde|brak|viel|ging|kwam|stond|reed|bleef|veroorzaakte|"
    r"haperde|weigerde|crashte|verhuisden|[a-z]{3,}ed|[a-z]{4,}(?:es|s))\b"
)
_TO_PEOPLE = r"\b(?:i|we|you|us|me|my|your|ik|wij|je|jij|jou|jouw|u|uw|mij|mijn|jullie|i'm|we're|you're|i'll|we'll)\b"
_OURS_DONE = {
    "en": r"""^\W*(?:(?:and|but|so|also|then|now|meanwhile|since\ then)\W+)*(?:
        (?:i|we)(?:'ve|\W+have)\W+(?:(?:\w+ly|also|now|already|since|just|all|both|even|then)\W+)*(?:been\W+(?:to|round|in|at|down|
            through|over|out|up|past|along)\b|walked|stood|sat|\w+ed|sent|spoken|told|taken|given|
            got|put|cut|set|met|built|bought|brought|found|held|made|paid|sold|gone|begun|written|driven|chosen|rung|shut|done|run|had) |
        (?:i|we)\W+(?:(?:\w+ly|also|then|just|even|already|immediately)\W+)*(?:(?!need\b|indeed\b)\w{3,}ed|pulled|moved|called|rang|
            phoned|emailed|visited|
            hired|bought|
            installed|ordered|built|watched|listened|changed|replaced|added|spoke|contacted|tested|inspected|upgraded|introduced|
            doubled|trained|wrote\ to|went\ (?:through|over)|had\ an?) )\b""",
    "nl": r"""^\W*(?:(?:en|maar|dus|ook|toen|nu|inmiddels|ondertussen)\W+)*(?:
        (?:wij|we|ik|onze\W+\w+)\W+(?:hebben|heb|heeft)\W+(?:[\w'-]+\W+){0,10}?(?:ge|be|ver|her|ont|aan|af|op|in|uit|bij|door|mee|na|om|
            over|terug|toe|voor|weg|langs)\w{2,}(?:d|t|en)\W*$ |
        (?:wij|we|ik)\W+(?:belde|belden|sprak|spraken|bezocht|bezochten|plaatsten|installeerden|huurden|vervingen|bekeken|bekeek|testten|
            controleerden|controleerde|kochten|kocht|mailde|mailden|waarschuwden)\b )""",
}
"""How a clause begins that tells what we did."""
_NO_DEED = (
    r"\b(?:read|seen|saw|heard|received|got\ your|understood|learned|noted|noticed|been(?!\W+(?:to|round|in|at|down|through|over|out|up|"
    r"past|along)\b)|felt|meant|hoped|wanted|wished|promised|agreed|"
    r"owed|more\W+\w+\W+than|"
    r"apologi[sz]ed|regretted|failed|let|kept|left|missed|forgot\w*|ignored|thought|said|asked|needed|lost|had\ to|got\ it|had\ no|known|"
    r"told(?!\W+(?:the|our|all|every)\b)|gelezen|gezien|gehoord|ontvangen|begrepen|vernomen|bedoeld|gehoopt|gewild|beloofd|geschrokken|gefaald|gelaten|laten|vergeten|"
    r"gemist|"
    r"genegeerd|gedacht|gezegd|gevraagd|verloren|moeten|mogen|gemaakt|gekregen|gedaan|nodig|gehad|begonnen|verteld|teleurgesteld|"
    r"in\ de\ steek|tekort\w*|schuldig|verschuldigd|sent\ you|gave\ you|benieuwd|bereid|bezig|bezorgd|verbaasd|taken\ down|weggehaald)\b"
)
"""What is read, felt or owned rather than done."""
_THEIR_THING = (
    r"(?:your|uw|je|jouw)\W+(?:[\w-]+\W+){1,2}?(?:is|are|was|were|has|have|had|zijn|waren|hebben|werd|werden|will|won't|klopt|kloppen|"
    r"werkt|werken|loopt|lopen|zit|zitten|valt|vallen|behoudt|vervalt|stays?|remains?|wordt|worden|heeft|blijft|ligt|staat|kan|komt|gaat)\b"
    r"(?!\W+(?:our|onze|ons|important|belangrijk|something|iets))"
)
"""How a clause begins that says how things stand with something of theirs."""
_FELT_THING = (
    r"^\W*(?:your|uw|je|jouw)\W+(?:\w+\W+)?(?:posts?|tweets?|messages?|comments?|reviews?|questions?|anger|frustration|disappointment|"
    r"worry|"
    r"worries|concerns?|point|complaint|patience|bericht(?:en|je)?|post|vraag|vragen|reactie|boosheid|frustratie|teleurstelling|"
    r"zorg(?:en)?|punt|"
    r"klacht|geduld|verhaal|story|experience|ervaring|time|tijd|morning|ochtend|evening|avond|day|dag|name|naam)\b"
)
_STAFF = r"(?:he|she|hij|zij)\W+(?:was|had|has|heeft|thought|forgot|said|didn't|did|kreeg|dacht|zei|reed|kwam|ging|vergat|started|knew)\b"
_EXCUSED = (
    r"^\W*(?:he|she|hij|zij|ze)\W+(?:was|had)\W+(?:just\W+|only\W+|nog\W+|net\W+|die\W+dag\W+)?(?:new|ill|sick|alone|busy|tired|"
    r"in\ training|nieuw|ziek|"
    r"alleen|druk|moe)\b"
)
"""What is said of one of ours to explain, for nobody to check."""
_MEASURED = (
    r"\b(?:should|must|moet|moeten|mag|mogen|hoort|hoor|can|could|kunnen|would|zou|blijven\ liggen|misgegaan|gone\ wrong|too|te|worse|"
    r"better|"
    r"erger|beter|enough|genoeg|unacceptable|onacceptabel|rude|onbeleefd|horrible|awful|terrible|vreselijk|verschrikkelijk|fair|eerlijk|"
    r"right|"
    r"wrong|fout|terecht|(?:is|are)\ a\ lot|lot\ of|veel|clear|duidelijk|welcome|welkom|hard|annoying|vervelend|frustrating|important|"
    r"belangrijk|worth|waard|shame|pity|jammer|good\ question|goede\ vraag|mood|different|passion|passie|family|familie|proud|trots|"
    r"happy|blij|"
    r"consequences|gevolgen|strafbaar|mistakes?|errors?|fouten|misgelopen|nothing\ more|understandable|begrijpelijk|alarming|dreadful|"
    r"update|answer|reply|antwoord|bericht|reactie|priority|prioriteit|"
    r"real\ money|beantwoord|unanswered)\b"
)
"""Words that weigh instead of telling what is."""
_HOW_OFTEN = r"\w\W+(?:elke|iedere|every|each)\b"
_OPENING = r"\b(?:your\ (?:post|tweet|message|comment|review)|je\ (?:bericht|post|tweet|reactie)|uw\ (?:bericht|post|tweet|reactie))\b"


def stated(context: Context, part: Part) -> tuple[int, int] | None:
    """Find a plain statement that neither the post nor any fact tells: most of its words are in neither."""
    text = part.text
    whole = (0, len(text.rstrip()))
    if context.is_praise:
        return None
    if has(_EXCUSED, text):
        return whole
    if not part.keys:
        return None
    ours = _OURS_DONE.get(context.language)
    if ours and pattern(ours).match(text):
        if has(REGRET, text):
            return None
        # One fact must tell of it: a word from the post and another from a source make no deed.
        facts = max((common(part.keys, found) for found in context.fact_keys.values()), key=len, default=frozenset())
        new = part.keys - (facts | (common(part.keys, context.post_keys) if facts else frozenset()))
        return whole if new and not has(_NO_DEED, text) and not has(NEGATION, text) and not has(_OPENING, text) else None
    lead = pattern(_LEAD).match(text)
    rest = text[lead.end() if lead else 0 :]
    of_what_is = pattern(_OF_WHAT_IS).match(rest) is not None
    theirs = pattern(_THEIR_THING).match(rest) is not None and not has(_FELT_THING, rest)
    staff = pattern(_STAFF).match(rest) is not None
    thing = pattern(_OF_A_THING).match(rest) is not None
    named = part.clause.start == part.sentence.start and pattern(_NAMED).match(rest) is not None and not has(_NO_THING, rest)
    if not (of_what_is or theirs or staff or thing or named) or (has(_TO_PEOPLE, rest) and not theirs):
        return None
    if has(_MEASURED, text) or not has(_TELLS, text) or has(REGRET, text) or has(INVESTIGATION, text):
        return None
    if has(NEGATION, text[:36] if of_what_is else text) and not theirs and not has(r"\b(?:never|nooit)\b", text):
        return None
    told = common(part.keys, context.told_keys)
    new = part.keys - told
    least = 1 if (of_what_is or staff or (thing and has(_HOW_OFTEN, text))) and not told else 2
    return whole if len(new) >= least and len(new) > len(told) else None
