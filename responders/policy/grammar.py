"""Reads the grammar that many rules need: what is negated, asked, conditional, unknown, promised for when. No rule lives here."""

from __future__ import annotations

import re
from functools import lru_cache

from responders.policy.patterns import Pattern
from responders.policy.reading import Sentence


@lru_cache(maxsize=4096)
def pattern(text: str) -> Pattern:
    """Return a pattern by its text, verbose if it runs over lines; every pattern runs on folded, lowered text."""
    return Pattern(text, re.VERBOSE if "\n" in text else 0)


FIRST_PERSON = r"\b(?:we|wij|ik|ons|onze|mijn|me|mij|i|i'm|i'll|i've|i'd|we're|we've|we'll|we'd|us|our|ours|my|onszelf)\b"
SUBJECT_WE = r"\b(?:we|wij|ik|i|we're|we've|we'd|i'm|i've|i'd)\b"
SECOND_PERSON = r"\b(?:je|jij|jou|jouw|u|uw|jullie|you|your|yours|you're|you've|you'd|you'll)\b"
NEGATION = (
    r"\b(?:niet|geen|nooit|niets|niks|niemand|nergens|zonder|not|no|never|none|nobody|nothing|neither|without|cannot|can't|don't|doesn't|"
    r"didn't|won't|isn't|aren't|wasn't|weren't|haven't|hasn't|hadn't|couldn't|wouldn't|shouldn't|needn't|"
    r"mustn't|shan't|mightn't|ain't|dont|doesnt|didnt|isnt|wasnt)\b"
)
CONDITION = (
    r"\b(?:als\ (?:je|jij|u|jullie|we|wij|ik|dit|dat|het|er|iemand|iets|onze|ons|de|een|deze|die|uw|jouw|"
    r"mijn|hij|ze|zij|niemand|niets|blijkt|hier|daar|[a-z]+\ (?:niet|weer|nog|dan))\b|mocht|mochten|"
    r"indien|wanneer|tenzij|if|should\ (?:you|it|this|that|the|anything|we)|in\ case|unless)\b"
)
INVESTIGATION = r"""
    \b(?: look(?:ing|ed)?\ (?:at|into) | investigat\w+ | check(?:ing|s)? | find(?:ing)?\ out | found\ out | (?:ask|asking|asked)\b |
        examin\w+ | review(?:ing)? |
    (?:speak|speaking|talk|talking)\ (?:to|with) | (?<!gps\ )(?<!the\ )trac(?:e|ing)\b | get(?:ting)?\ to\ the\ bottom | going\ through |
        establish\w* |
        work(?:ing)?\ out | tracking\ down | hear\ from\ the |
    (?:is|are|was|were)\ (?:now\ )?being\ asked | put\ (?:the|this|that|my)\ question | krijgt\b[^.;:!?]{0,30}\bvraag\b | voorgelegd |
        uitzoek\w* | uitgezocht | onderzoe\w+ | onderzocht | nagaan | navraag | navragen | checken | uitvragen | nazoeken |
        na\ te\ gaan |
        nakijken |
    (?:zoek|zoeken|zoekt)\b[^.;:!?]{0,60}\buit | (?:ga|gaan|gaat)\b[^.;:!?]{0,50}\bna | (?:vraag|vragen|vraagt)\b[^.;:!?]{0,50}\b(?:na|
        aan|bij) | (?:kijk|kijken|kijkt)\b[^.;:!?]{0,40}\b(?:na|mee|waar|wat|hoe|of) |
    (?:praat|praten|spreek|spreken|spreekt)\b | controleren\ (?:nu|we|wij|of) | (?:zoek|zoeken)\ (?:dit|dat|het|we|wij|ik|nu|nog) |
        gaan?\ (?:we|wij)?\ ?na )
"""
COMEBACK = r"""
    \b(?: post(?:ing)? | reply | report | write | let\ you\ know | be\ back | (?:come|get|report)\ back | back\ (?:here|to\ you|with|
        in\ this) | update | answer(?:\ (?:here|you))? |
    hear\ (?:from|more|here) | (?:'ll|will)\ hear | (?:news|results?)\ (?:at|on|by|this|tomorrow|before) |
    in\ touch | expect | read\ (?:here|more|it|about|what|the) | know\ more | tell\ you | say | zeggen |
        share\ (?:what|our|the) | explain | follow\ up | publish | pass(?:ing)? |
    laat | laten | meld(?:en)? | melding | hoort?|horen|zet(?:ten)?\ (?:ik|we|wij) | leest? | lezen | schrijf | schrijven |
        vertel(?:len)? | terug(?:komen|
        koppel\w*)? |
        weten | update | antwoord(?:en)? | reageer | reageren | reactie | bericht(?:en)? |
    contact | volgt | delen | deel | doorgeven | geef\b[^.;:!?]{0,40}\bdoor | geven\b[^.;:!?]{0,40}\bdoor | (?:bel|bellen)\ (?:je|u|
        jou) | call\ you | phone\ you |
    (?:u|je|jij|you|your)\b[^.;:!?]{0,60}\b(?:uitleg|uitkomst|uitslag|bevindingen|explanation|outcome|findings|results?) |
    (?:uitleg|uitkomst|uitslag|bevindingen|explanation|outcome|findings|results?)\b[^.;:!?]{0,40}\b(?:u|je|jij|you) | uitleggen |
        plaatsen | plaats |
    (?:e-?mail|mail|message|text|ring|phone|call|write\ to|inform|update|notif(?:y|ies))s?\ (?:you|everyone|everybody|all\ of\ you) |
    (?:mail|app|sms|schrijf|informeer|bel)(?:t|en)?\ (?:je|u|jou|jullie|iedereen) |
    (?:you|everyone|everybody|customers|residents|parents)\b[^.;:!?]{0,30}\b(?:gets?|receives?)\b[^.;:!?]{0,24}\b(?:message|e-?mail|letter|call|
        news|decision|verdict|word) |
    (?:je|u|jij|jullie|iedereen|bewoners|klanten|ouders)\b[^.;:!?]{0,30}\b(?:krijgt?|krijgen|ontvang(?:t|en)?)\b[^.;:!?]{0,24}\b(?:mail|e-mail|
        brief|telefoontje|besluit|nieuws|uitsluitsel) |
    (?:krijgt?|krijgen|ontvang(?:t|en)?)\ (?:je|u|jij|jullie|iedereen)\b[^.;:!?]{0,24}\b(?:mail|e-mail|brief|telefoontje|besluit|nieuws|
        uitsluitsel) )\b
"""
UNKNOWN = r"""
    \b(?: (?:do\ not|don't|can't|cannot|can\ not|haven't|hasn't|couldn't|have\ not|not|isn't)\ (?:\w+\ ){0,3}?
        (?:know|known|clear|say|tell|sure|certain|established|confirmed|figured|found|explain(?:ed)?|the\ (?:full|whole)|a\ full|
            all\ the|an\ answer|the\ answer|answers?) |
    (?:honestly|really|simply)?\ ?don't\ know | unclear | unknown | too\ early\ to | still\ (?:finding|looking|checking|working|trying|
        investigating|waiting|unclear|unknown|don't|do\ not) | yet\ to\ (?:find|learn|establish) |
    (?:weten|weet|wisten)\ (?:[\w'-]+\ ){0,7}?(?:nog\ niet|niet|nog\ geen|geen|niets|niks)\b(?!\ nodig) | (?:niet|nog\ niet|
        geen)\ (?:[\w'-]+\ ){0,3}?(?:weten|wisten) |
    (?:kunnen|kan|is|zijn|hebben|heb|valt)\ (?:[\w'-]+\ ){0,8}?(?:nog\ niet|niet|nog\ geen|geen|niets|
        niks)\ (?:[\w'-]+\ ){0,4}?(?:zeggen|vertellen|uitleggen|verklaren|antwoord|bekend|duidelijk|zeker|helder|beeld|zicht|compleet|
        rond|vast|achterhaald) |
    nog\ (?:niet|onduidelijk|onbekend|geen)\b[^.;:!?]{0,40}(?:bekend|duidelijk|zeker|antwoord|weten|zeggen|helder|rond|beeld)? |
        niet\ (?:duidelijk|bekend|zeker|helder) | onduidelijk | onbekend | onzeker |
    (?:zoek|zoeken)\b[^.;:!?]{0,30}\bnog\ uit )
"""
TIME_WORDS = r"""
    today | tomorrow | tonight | this\ (?:morning|afternoon|evening|week|weekend|month|friday|monday|tuesday|wednesday|thursday|
        saturday|sunday) | next\ (?:week|month|year|monday|tuesday|wednesday|thursday|friday|saturday|sunday) |
    (?:mon|tues|wednes|thurs|fri|satur|sun)day | noon | midday | midnight | last\ (?:night|week|month|year) | yesterday |
        end\ of\ (?:the\ )?(?:day|week|month) |
    vandaag | morgen(?:ochtend|middag|avond|vroeg)? | vanochtend | vanmorgen | vanmiddag | vanavond | vannacht | overmorgen |
        deze\ (?:week|maand|middag|avond) | volgende\ (?:week|maand|dag) | komende\ (?:week|dagen) |
    (?:maan|dins|woens|donder|vrij|zater|zon)dag(?:ochtend|middag|avond|morgen)? | gisteren | gisteravond | vorig(?:e)?\ (?:week|maand|
        jaar) | eind(?:e)?\ van\ de\ (?:dag|week|middag) | binnenkort\ maandag
"""
MONTHS = (
    r"(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|january|"
    r"february|march|may|june|july|august|october|jan|feb|mar|mrt|apr|jun|jul|aug|sept|sep|okt|oct|nov|"
    r"dec)"
)
TIME = rf"""
    \b(?: {TIME_WORDS} | (?:\d{{1,2}}(?:st|nd|rd|th)?\ (?:of\ )?{MONTHS}\b) | {MONTHS}\ \d{{1,2}}(?:st|nd|rd|th)? |
        \d{{1,2}}[:.]\d\d(?:\ uur|\ ?[ap]\.?m\b)? | \d{{1,2}}\ (?:uur|o'clock|[ap]\.?m\b)(?!\ geleden) | \d{{1,2}}[ap]m\b |
    (?:within|in|binnen|over)\ (?:the\ (?:next|hour)|\d+|een|an?|two|three|four|five|twee|drie|vier|vijf|24|48|enkele|
        half)\ ?(?:(?:working|business)\ )?(?:uur|hours?|days?|dagen|werkdagen|minuten|minutes|weeks?|weken|week|kwartier)? |
    \d{{1,2}}-\d{{1,2}}(?:-\d{{2,4}})? | \d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})? )
"""


def has(regex: str, text: str) -> bool:
    """Say whether the pattern is found in the text."""
    return pattern(regex).search(text) is not None


@lru_cache(maxsize=4096)
def is_conditional(text: str) -> bool:
    """Say whether a text speaks of what might be: "if it does not arrive", "mocht u", and Dutch conditions with the verb first."""
    return has(CONDITION, text) or hangs_on_verb(text)


_VERB_FIRST = (
    r"^\W*(?:(?:en|maar|dus)\W+)?(?:(?:lukt|werkt|staat|ziet|zie|is|klopt|gaat|komt|hebt|heb|heeft|gebeurt|krijg|krijgt|ontvangt|"
    r"ontvang|hoort|hoor|mis|mist|wil|wilt|blijft|remt|ruikt|merkt|liever)\b|(?:[a-z]{2,14}t|kun|ga|ben|kom|zit|doe|zou|heb)\W+"
    r"(?:er|het|dat|dit|deze|die|de|een|je|u|jij|iemand|iets|alles|nog|toch|ons|onze|uw|hij|ze|zij|weer|mijn)\b)[^.?!]{0,80},|"
    r"^\W*(?!(?:hoe|als|of|dank|bedankt|zo|hier|daar|helaas|voor|over|bij|van|naar|op|in|aan|door|na|onder|tegen|tijdens|om|omdat|zodat|"
    r"wanneer|toen|nadat|terwijl|volgens|per|zonder|sinds|stuur|vraag|bel|check|controleer|bekijk|zet|neem|geef|laat|gebruik|hou|houd|hebben|zijn|vandaag|gisteren|inmiddels|net|al)\b)"
    r"[a-z]{2,12}\W+(?:je|jij|jullie)\b[^.?!,]{0,80},\W*(?:dan|laat|stuur|geef|meld|bel|reageer|schrijf|app|mail|zeg)\b"
)
_NO_CONDITION = r"^\W*(?:dat|dit|het|wat|met|niet|want|uit|tot|net|zat|goed|beste)\b"


def hangs_on_verb(text: str) -> bool:
    """Say whether a Dutch sentence begins with its verb and goes on behind a comma: "Rijdt er weer een voorbij, laat het me weten"."""
    return has(_VERB_FIRST, text) and not has(_NO_CONDITION, text)


@lru_cache(maxsize=4096)
def is_unknown(text: str) -> bool:
    """Say whether a clause says that we do not know (yet)."""
    return has(UNKNOWN, text)


_BY_THE_CLOCK = r"""
    \b(?: (?<!one\ )(?:by|before|around|at|from|until)\ (?:about\ )?(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|
        eleven|twelve)
        (?=\W*(?:$|[.,;!?]|and\b|this\b|today\b|tomorrow\b|on\b|here\b|in\ the\b)) |
    (?:om|voor|rond|tegen|na|vanaf)\ (?:half\ )?(?:een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf)(?:\ uur)?
        (?=\W*(?:$|[.,;!?]|en\b|vandaag\b|morgen\b|hier\b|lees|hoor|laat)) |
    (?:maan|dins|woens|donder|vrij|zater|zon)dag\ de\ \d{1,2}e )
"""
"""A moment without a unit: "by 3", "om vijf uur", "before four"."""


def names_moment(text: str) -> bool:
    """Say whether a text names a moment: a day, a date, an hour, a length from now."""
    return has(TIME, text) or has(_BY_THE_CLOCK, text)


def comes_back(sentence: Sentence) -> bool:
    """Say whether a sentence names when we come back with an answer; a day on which something happened is none."""
    if sentence.asks or not names_moment(sentence.text):
        return False
    told = " ".join(clause.text for clause in sentence.clauses if not is_unknown(clause.text))
    return names_moment(told) and has(COMEBACK, told)


def negated_before(text: str, place: int, reach: int = 40) -> bool:
    """Say whether a negation stands shortly before a place, in the same clause."""
    before = pattern(r"[.;:!?,]").split(text[max(0, place - reach) : place])[-1]
    return has(NEGATION, before)
