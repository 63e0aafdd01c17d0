"""Judges pressure on the author (N10): threats, requests to delete, rewards for deleting."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from monitor.domain import Objection
from responders.policy.context import Context
from responders.policy.grammar import NEGATION, has, negated_before, pattern
from responders.policy.leverage import leans
from responders.policy.mentions import misspeaks
from responders.policy.reading import Sentence
from responders.policy.removals import asks_away, keeps_safe, says_what_can_go

_OUR_POST = (
    r"(?:posts?|tweets?|reviews?|comments?|messages?|videos?|thread|story|photos?|pictures?|blogs?|"
    r"article|it|this|that|them|bericht(?:en|je)?|berichtje|recensies?|beoordeling(?:en)?|reacties?|"
    r"filmpje|video's?|foto's?|draadje|verhaal|artikel|post|dit|dat|deze|hem|beitrag|kommentar|bewertung|"
    r"nachricht|publication|message|commentaire|avis)"
)
_DELETE = rf"""
    \b(?: (?:delete|remove|erase|retract|withdraw|unpublish|pull|edit|amend|reconsider|rescind|take\ back)\W+(?:\w+\W+){{0,3}}?(?:your|
        this|the|that|it|such|what's|what\ is)\W*(?:\w+\W+){{0,2}}?(?:{_OUR_POST}|public|rating|stars?|score)\b | (?:delete|remove|
            retract|withdraw)\W+(?:it|this|that|
        them)\b | (?:take|taking|took|bring|pull)\W+(?:\w+\W+){{0,4}}?(?:down|offline)\b | (?:deleting|removing|withdrawing|changing|
        editing|taking\ down|retracting|updating)\W+(?:your|this|the|it)\W*(?:\w+\W+)?(?:post|review|comment|tweet|rating|message|video|
        thread|down|it)? | (?:change|update|adjust|improve|raise|revise|reconsider)\W+(?:your|the)\W+(?:\w+\W+)?(?:review|rating|stars?|
        score|post|comment) |
    (?:verwijder|verwijdert|verwijderen|wis|wissen)\W+(?:\w+\W+){{0,4}}?{_OUR_POST}\b | {_OUR_POST}\W+(?:\w+\W+){{0,7}}?(?:verwijder\w*|
        te\ verwijderen|weg\ ?(?:te\ )?hal\w+|weghaal\w*|weghalen|offline\ (?:te\ )?hal\w+|offline\ haal\w*|wissen|te\ wissen|
        aan\ te\ passen|bijwerk\w*|bij\ te\ werken|herschrijv\w*|bewerk\w*|aanpas\w*|wijzig\w*|in\ te\ trekken|intrek\w*|ingetrokken|
            eraf\ hal\w*|van\ internet|rectific\w*|herzien) |
        (?:haal|haalt(?!\W+(?:de|het|onze|een|men|hij|zij)\b)|halen)\W+(?:\w+\W+){{0,6}}?
            (?:weg|offline|eraf|van\ (?:internet|twitter|x|facebook))\b | (?:pas|past)\W+(?:je|uw|
        deze)\W+(?:\w+\W+)?(?:review|recensie|beoordeling|bericht|reactie)\W+(?:\w+\W+){{0,2}}?aan | (?:trek|
        trekt)\W+(?:\w+\W+){{0,4}}?(?:in|terug)\b(?=\W|$) | rectificatie | rectificeer\w* |
    (?:losch|loesch|entfern)\w*\W+(?:\w+\W+){{0,4}}?(?:beitrag|kommentar|post|tweet|bewertung|nachricht|ihn|sie|es|das) | (?:beitrag|
        kommentar|post|tweet|bewertung|ihn|diesen|das)\W+(?:\w+\W+){{0,4}}?(?:(?:zu\ )?losch\w*|entfern\w*|zuruckzieh\w*|
        zuruckzunehmen) | nehmen\W+(?:\w+\W+){{0,4}}?(?:zuruck|offline|runter) | (?:supprim|retir|
        efface)\w*\W+(?:\w+\W+){{0,4}}?(?:publication|post|message|commentaire|avis|tweet|le|la|ce|cette|votre) )
"""
_LEGAL = r"""
    \b(?: (?:take|taking|pursue|consider\w*|start|initiate|face|begin|further|threaten\w*|
        explore)\W+(?:\w+\W+){0,3}?(?:legal\ (?:action|steps|measures|proceedings|options|remedies)|court) | legal\ (?:action|steps|
        measures|proceedings|consequences|department|recourse|team) | (?:our|the)\W+(?:\w+\W+){0,2}?(?:lawyers?|solicitors?|attorneys?|
        barristers?|counsel) | lawsuit | (?:we|i)\W+(?:\w+\W+){0,3}?sue\b | suing | sue\ you | (?:see|meet)\ you\ in\ court |
        reserve\W+(?:\w+\W+){0,4}?rights? | defam\w+ | libel\w* | slander\w* | cease\ and\ desist | press\ charges |
        hold\ you\ (?:legally\ )?(?:liable|responsible|accountable) | liable\ for\ (?:your|these|this) | (?:report|reported)\ (?:you|
        this|your\ \w+)\ to\ the\ police | consequences\ (?:for\ you|if\ you) | for\ damages |
    juridische\W+(?:\w+\W+)?(?:stappen|maatregelen|actie|procedure|gevolgen|afdeling|weg) | (?:onze|een|de)\W+(?:\w+\W+)?(?:advocaten|
        advocaat|juristen|jurist) | advocaat | (?:doen|deden|doe|gedaan|overwegen)\W+(?:\w+\W+){0,3}?aangifte |
        aangifte\W+(?:\w+\W+){0,4}?(?:doen|gedaan|tegen|van\ smaad|wegens) | smaad\w* | laster\w* | naar\ de\ rechter |
        voor\ de\ rechter | rechtszaak | dagvaard\w* | sommeren | sommatie | aansprakelijk\W+(?:te\ )?stel\w* | (?:stel|stellen|houden|
        houd)\W+(?:\w+\W+){0,4}?aansprakelijk | recht(?:en)?\W+(?:\w+\W+){0,2}?voor(?:behouden)?\b(?=[^.!?]{0,40}(?:stappen|juridisch|
        maatregel|actie|$|rechter|om)) | behouden\W+(?:\w+\W+){0,6}?recht(?:en)?\b | schadeclaim\ (?:indienen|tegen) | gerechtelijk\w* |
        strafbaar | onrechtmatig |
    anwalt\w* | anwalte | rechtliche\W+(?:\w+\W+)?(?:schritte|massnahmen|konsequenzen) | rechtsanwalt\w* | anzeige\ erstatten |
        strafanzeige | verleumdung | unterlassung\w* | klage\ (?:einreichen|erheben) | verklagen | avocats? |
        poursuites?\ (?:judiciaires?)? | action\ en\ justice | diffam\w* | porter\ plainte | en\ justice | tribunal |
        mise\ en\ demeure )\b
"""
_NOT_THREAT = (
    r"\b(?:you\W+(?:can|may|could|have|are|might|would)|je\W+(?:kunt|mag|kan|hebt|bent)|u\W+(?:kunt|mag|"
    r"kan|hebt|bent)|your\W+(?:own\W+)?(?:right|lawyer|solicitor|legal)|je\W+goed\W+recht|"
    r"uw\W+goed\W+recht|uw\W+recht|you're\W+free|staat\W+(?:het\W+)?(?:je|u)\W+vrij|if\W+you\W+(?:want|"
    r"wish|prefer)|als\W+(?:je|u)\W+(?:wilt|wil)|sie\W+konnen|vous\W+pouvez)\b"
)
_AWAY = r"""
    \b(?: (?:reconsider|rethink|think\ (?:again|twice)\ about)\W+(?:\w+\W+){0,2}?(?:leaving|keeping|having|whether|your|this)\b
        [^.!?]{0,50}?
        \b(?:online|up|public|posts?|tweets?|reviews?|comments?|words|wording) |
    (?:retract|withdraw|take\ back|delete|remove|unsay|tone\ down|soften|rephrase)\W+(?:what\W+you|your\W+(?:\w+\W+)?(?:words|
        statements?|claims?|accusations?|allegations?|posts?|tweets?|reviews?|comments?)) |
    (?:ask|asking|request|expect|insist|demand|prefer|appreciate|want|wish|hope|like|urge|require|grateful|rather|better|best|
        happier|please)\b[^.!?]{0,50}?\b(?:posts?|tweets?|reviews?|comments?|messages?|video|thread|it|this)\b[^.!?]{0,20}?
        \b(?:disappear\w*|vanish\w*|go\ away|goes\ away|gone|(?:(?:is|was|were|be)\ (?:no\ longer|not)|isn't|wasn't|weren't)\W+
            (?:there|up|online|public|visible)|withdrawn|removed|deleted|retracted|(?:taken|come|comes|came)\ (?:down|off|offline)) |
    stop\W+(?:spreading|posting|sharing|publishing|tweeting|writing|repeating|making|telling|circulating)\W+(?:\w+\W+){0,2}?(?:this|
        these|that|such|it|lies|things|stories|rumou?rs|untruths|nonsense|about\ us|posts?|messages?|everyone|people|others) |
    (?:make|turn|change|update|edit|rewrite)\W+(?:your|this|the|it)\W+(?:\w+\W+){0,3}?(?:more\ (?:positive|balanced|favou?rable|
        friendly)|kinder|nicer|milder|less\ (?:negative|harsh)|(?:in)?to\ (?:a\ |something\ )?(?:more\ )?positive) |
    (?:heroverweg\w*|nog\ eens\ nadenk\w*|bedenk\w*)\b[^.!?]{0,60}?\b(?:online|laat\ staan|staan\ laat|te\ laten\ staan|bericht|
        post|review|recensie|beoordeling|tweet|reactie|woorden) |
    (?:neem|neemt|nemen|trek|trekt|trekken)\W+(?:\w+\W+){0,3}?(?:terug|in)\W+(?:wat\W+(?:je|u)|die\W+woorden) |
    (?:je|uw|jouw|die|deze)\W+(?:woorden|uitspraken|uitlatingen|beschuldiging(?:en)?|bewering(?:en)?)\W+(?:\w+\W+){0,3}?(?:terug|in|
        intrek\w*|te\ nemen|terugne\w+)\b | wat\W+(?:je|u)\W+(?:hebt\W+|heeft\W+)?(?:schreef|schrijft|geschreven|zei|gezegd|
        plaatste|geplaatst)\W+(?:\w+\W+){0,3}?(?:terug|in\ te\ trekken|intrek\w*|weg\ ?hal\w*|verwijder\w*) |
    (?:verwacht\w*|verzoek\w*|vrag?en|vraag|eis\w*|hopen|hoop|willen|wil|zouden|zou|liever|beter|staan|graag|fijn|prettig|waarderen|
        prijs)\b[^.!?]{0,60}?\b(?:bericht(?:je)?|post|tweet|reviews?|recensies?|beoordeling|reactie|filmpje|draadje|het|dit|deze|hem)\b
        [^.!?]{0,24}?\b(?:verdwijn\w*|verdwenen|weg\ (?:is|was|gaat|kan|te\ halen)|er\ niet\ meer\ (?:staat|stond|is|was)|
            niet\ meer\ (?:online|zichtbaar|te\ zien)|intrekt|in\ te\ trekken|verwijdert|weghaalt|offline\ (?:gaat|haalt|is)) |
    stop(?:pen|t)?\W+met\W+(?:\w+\W+){0,3}?(?:te\W+)?(?:vertellen|verspreiden|rondvertellen|rondbazuinen|plaatsen|posten|delen|
        schrijven|roepen|beweren|herhalen)\b |
    (?:bericht(?:je)?|post|tweet|review|recensie|beoordeling|reactie)\W+(?:\w+\W+){0,3}?(?:positiever|vriendelijker|milder|aardiger|
        minder\ (?:negatief|scherp|hard))\b |
    (?:bericht|post|tweet|review|recensie|reactie|draadje)\W+wist\b )
"""
"""Asking for what the author wrote to be gone, taken back or prettier, however politely."""
_ELSE = r"""
    \b(?: (?:can|could|may|might|is|are|be)\W+(?:\w+\W+)?(?:actionable|a\ crime|a\ criminal\ offen[cs]e|punishable|unlawful|
        against\ the\ law|prosecut\w+) | (?:go|going|went|take\W+(?:you|this|it))\W+to\W+court | criminal\ offen[cs]e |
    (?:or|otherwise|else|forced|obliged|compelled|no\ choice\ but)\b[^.!?]{0,40}\b(?:further|additional|other|the\ necessary|
        appropriate)\W+(?:steps|action|measures) | misdrijf | strafbaar\ feit | (?:expose|open)\W+(?:you|
            yourself)\W+(?:\w+\W+)?to\W+(?:liability|action|claims|prosecution) |
        gets?\W+(?:people|you|someone|somebody|others)\W+sued | (?:get|gets|getting|turn|go)\W+legal |
        (?<!\bour\ )(?<!\bour\ own\ )liability\b | have\ to\ escalate |
        (?:could|may|might|can|will)\ be\ held\ (?:\w+\ )?(?:liable|responsible|accountable) | (?:would|might)\ be\ (?:unwise|a\ mistake) |
        kan\ (?:voor\ (?:je|u)\ )?gevolgen\ hebben | houden\ (?:je|u)\ (?:\w+\ )?(?:verantwoordelijk|aansprakelijk) |
            duur\W+(?:komen\W+)?te\W+staan | (?:vervelende|nare|ernstige|serious|unpleasant)\W+(?:gevolgen|consequences) | (?:anders|
            genoodzaakt|gedwongen|geen\ andere\ keus|
        zo\ nodig)\b[^.!?]{0,60}\b(?:stappen|maatregelen|rechter) )\b
"""
"""What would follow for the author: a court, a crime, "further steps"."""
_REWARD = r"""
    \b(?:if|when|once|as\ soon\ as|als|zodra|wanneer)\b[^.!?]{0,40}\b(?:post|review|tweet|comment|thread|bericht|recensie|reactie|
        toot)\b[^.!?]{0,20}\b(?:is|are|has|zijn)\W+(?:\w+\W+)?(?:gone|down|offline|deleted|removed|weg|verwijderd|aangepast)\b |
        \b(?:if|when|once|as\ soon\ as|als|zodra|wanneer)\b[^.!?]{0,40}\b(?:post|review|tweet|comment|thread|bericht|recensie|reactie|
        toot)\W+(?:\w+\W+){0,2}?(?:gone|down|weg|offline|verwijderd|wist|wegdoet)\b |
        \b(?:if|when|once|in\ (?:exchange|return)\ for|als|zodra|wanneer|in\ ruil\ voor|wenn|falls|sobald|si|mits|provided|
        as\ soon\ as)\b[^.!?]{0,70}\b(?:delet\w*|remov\w*|take\w*\W+(?:\w+\W+){0,3}?down|withdraw\w*|chang\w*\W+your|edit\w*|
        verwijder\w*|weghaal\w*|weghal\w*|weg\ ?haalt|offline\ haal\w*|aanpas\w*|aanpassing|intrek\w*|losch\w*|entfern\w*|supprim\w*|
        retir\w*|positive\ review|positieve\ (?:review|recensie))\b
"""


def pressure(context: Context) -> Iterator[Objection]:
    """N10: no legal threat, no request to delete a post, no reward for deleting."""
    for start, end, _ in _pressed(context):
        yield _objection(context, start, end)


def pressing(context: Context) -> tuple[tuple[int, int], ...]:
    """Return the sentences that put the author under pressure: what they claim besides needs no second objection."""
    return tuple((sentence.start, sentence.end) for _, _, sentence in _pressed(context))


@lru_cache(maxsize=4)
def _pressed(context: Context) -> tuple[tuple[int, int, Sentence], ...]:
    return tuple(_find_pressure(context))


def _find_pressure(context: Context) -> Iterator[tuple[int, int, Sentence]]:
    reply = context.reply
    for sentence in reply.sentences:
        text = sentence.text
        if (away := asks_away(sentence) or leans(sentence) or (None if context.is_praise else misspeaks(sentence))) and not reply.is_quoted(
            sentence.start + away[0], sentence.start + away[1]
        ):
            yield sentence.start + away[0], sentence.start + away[1], sentence
            continue
        for kind, regex in (("reward", _REWARD), ("delete", _DELETE), ("away", _AWAY), ("legal", _LEGAL), ("else", _ELSE)):
            match = next((m for m in pattern(regex).finditer(text) if not _is_harmless(context, kind, sentence.start, text, m)), None)
            if match:
                yield sentence.start + match.start(), sentence.start + match.end(), sentence
                break


def _objection(context: Context, start: int, end: int) -> Objection:
    return context.objection(
        "N10",
        start,
        end,
        nl=(
            "Dit zet de schrijver onder druk: dreigen met juridische stappen, vragen om te verwijderen of "
            "daarvoor belonen. Laat het weg; wat waar is, kan blijven staan."
        ),
        en=(
            "This puts pressure on the author: a legal threat, a request to delete, or a reward for it. Leave it "
            "out; what is true may stand."
        ),
    )


_THEIR_CHOICE = (
    r"^\W*(?:whether|of|wat|what|how)\b[^.!?]*\b(?:up\ to\ you|your\ (?:own\ )?(?:choice|call|decision)|you\ decide|(?:bepaal|beslis|"
    r"kies|weet)\W+(?:je|u)|(?:je|uw)\ (?:eigen\ )?(?:keus|keuze)|aan\ (?:jou|u|je)(?:zelf)?)\b|"
    r"\b(?:anyone|anybody|someone|somebody|iemand)\b[^.!?]{0,40}\b(?:asks?|asked|ask|tells?|told|vraagt|vroeg|gevraagd|zegt|gezegd)\b"
)
"""What leaves the decision to the author, or speaks of others who asked."""
_OUR_CORRECTION = (
    r"\b(?:de|onze|een|our|the|a)\ (?:rectificatie|correctie|correction)\W+(?:\w+\W+)?(?:staat|klinkt|volgt|komt|is|was|"
    r"stands|goes|follows|went)\b"
)
"""What we put right ourselves."""
_WE_OURSELVES = (
    r"\b(?:hadden|hebben|moeten|moesten|zullen|gaan|halen|passen|trekken|nemen|had|heb|moet|moest|zal|ga|haal|pas|trek|neem)\W+"
    r"(?:we|wij|ik)\b"
)
"""What we do or should have done: "dat hadden we moeten aanpassen"."""
_UNHESITATING = r"\b(?:not|never|niet|nooit)\W+(?:\w+\W+)?(?:hesitate|aarzelen|schromen)\b"
"""A negation that threatens."""


def _is_harmless(context: Context, kind: str, start: int, text: str, match: re.Match[str]) -> bool:
    """Say whether the words ask nothing of the author and threaten nobody."""
    if context.reply.is_quoted(start + match.start(), start + match.end()):
        return True
    before = re.split(r"[;:.!?]|,\s(?=(?:but|maar|and|en)\s)", text[: match.start()])[-1]
    if has(_THEIR_CHOICE, text) or (kind != "legal" and has(r"\b(?:feel\ free|welcome\ to|gerust)\b", text)):
        return True
    before = pattern(_UNHESITATING).sub("", before)
    around = before[-60:] + match.group() + text[match.end() : match.end() + 25]
    french = r"|\bpas\b" if context.language == "fr" else ""
    if has(rf"{NEGATION}|\bhoe(?:f|ft|ven)\b|\bkein\w*\b|\bnicht\b|\bwon't\b{french}", before[-45:]):
        return True
    if kind == "delete" and (has(_OUR_CORRECTION, text) or keeps_safe(text) or has(_WE_OURSELVES, match.group())):
        return True
    if kind in {"away", "else"}:
        return kind == "away" and keeps_safe(text)
    if kind == "delete" and says_what_can_go(text):
        return True
    if has(rf"\b(?:niet|geen|not|never|nicht)\b{french}", match.group()):
        return True
    if kind == "legal":
        if has(r"\b(?:aangifte|police|politie)\b", match.group()) and not has(
            r"\b(?:je|u|jou|you|your|uw|tegen|against|smaad|laster)\b", around
        ):
            return True
        return (
            has(_NOT_THREAT, around)
            or has(r"\b(?:niet|geen|not|no)\b[^.!?]{0,12}\b(?:nodig|need)", text[match.end() :])
            or (negated_before(text, match.start(), 25) and not has(_UNHESITATING, text[: match.start()]))
        )
    if has(
        (
            r"\b(?:phone|telefoon\w*|adres|address|order|number|nummer|gegevens|details|data|account|app|card|"
            r"e-?mail\w*|photo\ of|kenteken|bsn|geboortedatum|naam|name|cookies|bike|fiets|bestelling|lock|slot|"
            r"battery|accu|cache|saddle|wheel|box|cover|label|filter)\b"
        ),
        match.group() + text[match.end() : match.end() + 24],
    ) and not has(r"\b(?:post|tweet|review|comment|recensie|beoordeling|beitrag)\b", match.group()):
        return True
    # What we did, do or ask of our own people is no request to the author.
    ours = r"\b(?:we|wij|ik|i|they|ze|collega\w*|our|onze|moderator\w*|wir|nous)(?:'ve|'ll|'d|'re)?\W+(?:\w+\W+){0,4}?$"
    if has(ours, before) and not has(
        (
            r"\b(?:ask|request|urge|vragen|vraag|verzoeken|verzoek|like|willen|advise|adviseren|want\ (?:you|to)|expect|"
            r"demand|eis\w*|verwacht\w*|moeten|bitten|prions|appreciate|suggest|kindly|invite|must|insist|bid|offer|hope|hopen|"
            r"zien\ graag|zouden)\b"
        ),
        before,
    ):
        return True
    return has(
        (
            r"\b(?:removed|deleted|was|were|verwijderd|verwijderden|weggehaald|haalden|is\ verwijderd|hebben|heb|"
            r"took)\b"
        ),
        around,
    ) and not has(
        (
            r"\b(?:please|kindly|alstublieft|alsjeblieft|a\.u\.b|if|als|would|could|kunt|kun|wilt|wil|zou|want\ to|"
            r"demand)\b"
        ),
        text,
    )
