"""Judges whether the reply answers this complaint: names it in our own words (R2), and does not only send people elsewhere (N7)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.domain import Objection
from responders.policy.admissions import owns
from responders.policy.context import Context
from responders.policy.grammar import FIRST_PERSON, INVESTIGATION, comes_back, has, is_conditional, is_unknown
from responders.policy.quantities import values
from responders.policy.reading import Reading, Sentence
from responders.policy.stems import common, is_category, is_remedy, key, keys_of_text, stem
from responders.policy.wordings import REGRET

_PARROT_WORDS = 9
"""So many words in a row as the author wrote them are a quotation and not our own words."""


_NO_COMPOUNDS = frozenset({"onderzoek", "antwoord", "melding"})
"""What ends like the name of another thing and is none of its kind."""
_CURRENCIES = frozenset({"euro", "euro's", "pond", "pound", "pounds", "dollar", "dollars", "cent", "cents", "pence"})
"""Of every amount; which amount is what tells."""


def names_complaint(context: Context) -> Iterator[Objection]:
    """R2: the reply names what happened in our own words: the product, the place, the date, the amount as given."""
    post_keys = context.post_keys
    if not post_keys or not context.is_complaint or (context.post_language and context.language != context.post_language):
        return
    shared = set(common(context.reply_keys, post_keys)) - _CURRENCIES
    telling = {key for key in shared if not is_category(key)}
    if len(post_keys - {key for key in post_keys if is_remedy(key)}) >= 2:
        telling = {key for key in telling if not is_remedy(key)}
    if len({key for key in post_keys if not is_category(key)}) == 0:
        telling = shared
    corrected = context.responsibility is False and len(common(context.reply_keys, context.all_fact_keys)) >= 2
    # What costs most last: it seldom decides.
    if (
        not telling
        and len(shared) < 2
        and not corrected
        and not values(context.post.plain) & values(context.reply.plain)
        and not _named_in_compound(context)
        and not _tells_what_happened(context)
    ):
        yield context.whole(
            "R2",
            nl="Het antwoord noemt niet waar het bericht over gaat. Noem in eigen woorden wat er gebeurde: welk ding, welke plek, wanneer.",
            en="The reply does not name what the post is about. Say in our own words what happened: which thing, which place, when.",
        )
        return
    place = _parroted(context)
    if place:
        yield context.objection(
            "R2",
            *place,
            nl="Dit herhaalt het bericht woord voor woord. Noem de klacht in eigen woorden; dat laat zien dat het begrepen is.",
            en="This repeats the post word for word. Name the complaint in our own words; that shows it was understood.",
        )


def _named_in_compound(context: Context) -> bool:
    """Say whether reply and post share a Dutch word that is whole in the one and in a compound in the other: "kast", "schuifkast"."""
    if context.language != "nl":
        return False
    theirs, ours = _stems(context, context.post), _stems(context, context.reply)
    return any(
        len(long) >= len(short) + 3
        and ((long.endswith(short) and long not in _NO_COMPOUNDS) or (len(short) >= 4 and long.startswith(short)))
        for one in theirs
        for other in ours
        for short, long in (sorted((one, other), key=len),)
    )


def _stems(context: Context, reading: Reading) -> frozenset[str]:
    """Return the stems of the words that may name a complaint."""
    words = {word.text for word in reading.words if len(word.text) >= 4} - context.brand_words
    naming = [word for word in words if (meant := key(word)) and not is_category(meant) and not is_remedy(meant)]
    return frozenset(found for word in naming if len(found := stem(word)) >= 3)


_HAPPENED = r"""
    \b(?: \w{3,}ed | was | were | did | didn't | had | fell | went | took | ran | sent | got | left | lost | broke | came | made |
        forgot | gave | stood | sat | knew | thought | told | said | kept | held | found | began |
    (?:is|zijn|was|waren|werd|werden|heb|hebben|heeft|had|hadden)\b[^.,;:!?]{0,60}\b(?:(?:\w{2,5})?ge\w{2,}(?:d|t|en)|
        (?:ver|be|ont|her)\w{2,}(?:d|en|[kz]ocht)) |
    werd(?:en)? | waren | ging(?:en)? | kwam(?:en)? | stond(?:en)? | lag(?:en)? | zat(?:en)? | viel(?:en)? | vervie(?:l|len) | liep(?:en)? |
        bleef | bleven | bleek | bleken | kreeg | kregen | deed | deden | miste(?:n)? | vergat(?:en)? | stuurde(?:n)? | maakte(?:n)? |
        haalde(?:n)? | plaatste(?:n)? | brak(?:en)? | gaf | gaven | nam(?:en)? | reed | reden | sloot | sloten | was )\b
"""
"""That something happened or was done."""


def _tells_what_happened(context: Context) -> bool:
    """Say whether a sentence tells what happened as the facts do, by two things, or one and its figure: that names the matter."""
    told = values(context.told_plain)
    near = [keys for keys in context.fact_keys.values() if common(keys, context.post_keys)]
    matter = frozenset().union(*near) or context.all_fact_keys
    return any(
        has(_HAPPENED, sentence.text)
        and not sentence.asks
        and not is_conditional(sentence.text)
        and not has(INVESTIGATION, sentence.text)
        and (things := len(_of_matter(context.keys_in(sentence.start, sentence.end), matter)))
        and (things >= 2 or not told.isdisjoint(values(sentence.text)))
        for sentence in context.reply.sentences
    )


def _of_matter(said: frozenset[str], told: frozenset[str]) -> frozenset[str]:
    return frozenset(found for found in common(said, told) if not is_remedy(found) and not is_category(found))


def _parroted(context: Context) -> tuple[int, int] | None:
    """Find a long run of words that stands just so in the post."""
    post = [word.text for word in context.post.words]
    if len(post) < _PARROT_WORDS:
        return None
    runs = {tuple(post[place : place + _PARROT_WORDS]) for place in range(len(post) - _PARROT_WORDS + 1)}
    words = context.reply.words
    texts = [word.text for word in words]
    for place in range(len(texts) - _PARROT_WORDS + 1):
        if tuple(texts[place : place + _PARROT_WORDS]) in runs:
            return words[place].start, words[place + _PARROT_WORDS - 1].end
    return None


PRIVATE = r"""
    \b(?: dm | dms | dm'en | dm'tje | direct\ message | private\ message | private(?:ly)? | in\ private | inbox | message\ us |
        message\ me | (?:a|via|per|by|een|us\ a)\ pm | pm\ (?:us|me) | pb | pb'tje | prive | privebericht(?:je)? | prive-bericht |
        persoonlijk\ bericht | direct\ bericht | onder\ vier\ ogen | via\ (?:e-?mail|mail|whatsapp|chat|telefoon|phone|(?:het|ons|the|
        our)\ (?:\w+\ )?(?:form|contactformulier|formulier)) | by\ (?:e-?mail|phone) |
    (?:mail|email|e-mail|bel|call|app|whatsapp|ring|phone|chat)\ (?:ons|us|me|mij|je|u|naar|met|with|to) | contactformulier |
        contact\ form | in\ je\ account | secure\ (?:form|link) | beveiligde? | encrypted )\b
"""
_MOVE = (
    r"\b(?:dm|dms|dm'tje|direct message|private message|privately|in private|inbox|message us|pm|pb|"
    r"pb'tje|prive|privebericht(?:je)?|persoonlijk bericht|direct bericht|mail ons|e-mail ons|email us|"
    r"e-mail us|call us|bel ons|bel met|bel even|klantenservice|customer service|contact us|get in touch|"
    r"reach out|contact op|neem (?:even )?contact|contactformulier|contact form|send us|stuur ons|chat)\b"
)
_POLITE = (
    r"^\W*(?:hi|hello|hey|dear|beste|hoi|hallo|geachte|goede\w*|good|thanks|thank|dank|bedankt|fijn|"
    r"groet\w*|regards|cheers|met vriendelijke|alvast|many thanks)\b"
)
_VERB = (
    r"\b(?:is|are|was|were|has|have|had|will|can|did|gets?|zijn|waren|heeft|hebben|had|wordt|worden|werd|kan|krijgt|\w{3,}(?:ed|te|de))\b"
)
_EMPTY = r"""
    \b(?: help(?:en|t)?\ (?:je|u|you) | (?:je|u)\ (?:graag\ )?(?:verder\ )?helpen | assist | look\ into\ (?:this|it|that)\ for\ you |
        sort\ (?:this|it)\ out | more\ (?:details|information|info) | meer\ (?:informatie|details|info|gegevens) | kijken\ (?:we|wij|
        ik)\ (?:graag\ )?(?:het\ )?(?:met\ je\ |met\ u\ )?(?:mee|verder|ernaar|er\ naar) | verder\ (?:helpen|kijken) | helpen\ (?:we|
        wij)\ (?:je|u) | happy\ to | take\ a\ (?:closer\ )?look | investigate\ (?:this\ )?further |
    zoeken\ (?:we|wij)\ (?:het|dit)\ (?:voor\ (?:je|u)\ )?uit | pakken\ (?:we|wij)\ (?:het|dit)\ op | nemen\ (?:we|wij)\ contact |
        persoonlijk | discuss | (?:speak|talk)\ (?:to|with)\ you | hear\ from\ you | (?:je|u)\ (?:graag\ )?(?:even\ )?(?:spreken|
        bellen) | bespreken | in\ behandeling )
"""


def sent_elsewhere(context: Context) -> Iterator[Objection]:
    """N7: "please DM us" is not an answer: something of substance stands here, in public."""
    reply = context.reply
    moves = [
        sentence
        for sentence in reply.sentences
        if has(_MOVE, sentence.text) and not has(r"\b(?:no need|niet nodig|hoeft|don't need|geen)\b", sentence.text)
    ]
    if not moves or context.is_praise:
        return
    if any(_has_substance(context, sentence) for sentence in reply.sentences) or owns(reply):
        return
    yield context.objection(
        "N7",
        moves[0].start,
        moves[0].end,
        nl=(
            "Alleen doorverwijzen naar een privébericht is geen antwoord. Zeg hier wat we weten, doen of "
            "uitzoeken; vraag pas daarna om een bericht."
        ),
        en=(
            "Sending people to a private message is no answer by itself. Say here what we know, do or find out; "
            "ask for a message only after that."
        ),
    )


def _has_substance(context: Context, sentence: Sentence) -> bool:
    """Say whether a sentence tells, explains or promises something beside greeting, regret and the way to a private message."""
    text = sentence.text
    words = len(text.split())
    if has(_MOVE, text) or words < 5 or has(_POLITE, text):
        # A clause of its own may still say something: "we do not know yet why …; DM us".
        parts = [clause.text for clause in sentence.clauses if not has(_MOVE, clause.text)]
        return any(
            is_unknown(part)
            or (len(part.split()) >= 6 and bool(common(keys_of_text(part), context.all_fact_keys)) and not has(_EMPTY, part))
            for part in parts
        )
    if comes_back(sentence) or is_unknown(text):
        return True
    if has(_EMPTY, text) or is_conditional(text):
        return False
    if has(REGRET, text) or re.search(r"\b(?:hier|here|namens|on behalf)\b", text):
        return any(
            len(clause.text.split()) >= 4 and bool(common(keys_of_text(clause.text), context.all_fact_keys))
            for clause in sentence.clauses
            if not has(REGRET, clause.text)
        )
    own = context.keys_in(sentence.start, sentence.end)
    if sentence.asks:
        return False
    return (len(common(own, context.all_fact_keys)) >= 2 and has(_VERB, text)) or (
        has(FIRST_PERSON, text) and bool(common(own, context.post_keys | context.all_fact_keys))
    )
