"""Chooses the facts a reply may use: those about this post, valid and public, each made into plain sentences; it states nothing itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from monitor.domain import Fact
from responders.drafters.address import in_form
from responders.drafters.keyfacts import KIN
from responders.drafters.phrases import BLANK
from responders.drafters.subjects import main_subject
from responders.drafters.vocabulary import Reading, Vocabulary

FACTS_KEPT = 500
"""Facts as they were read last: a brand's are held against every post."""

MAX_FACT = 1_200
"""Characters of a fact that a reply quotes at most; a longer one is a document, and its source can be named instead."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A fact that bears on a post, with its sentences in the reply's language and form of address."""

    fact: Fact
    text: str
    repair: str
    score: int
    topic: str
    """What post and fact share, in the post's own words; empty where that is no plain word."""
    mends: bool
    """The fact itself says what is done about it."""
    explains: bool = False
    """The fact says how something came about; one that does neither is a plain statement of how things are."""
    depends: bool = False
    """What it says is done holds only for those whom it names: "whoever missed a connection …"."""
    situations: frozenset[str] = frozenset()
    """Complaints that post and fact both speak of."""
    speaks_of: tuple[str, ...] = ()
    """Complaints that the fact speaks of, the weightiest first."""


def choose(facts: Sequence[Fact], reading: Reading, known: Vocabulary, form: str, names: Iterable[str]) -> tuple[Chosen, ...]:
    """Return the facts that bear on a post, as `known` reads it, the closest first; those that cannot be said in `form` are left out.

    A fact with topics bears on a post that holds one of them. A fact without is compared by its words, what they stand for and
    the situation; a fact about another line, flight, street or cause than the post names does not bear on it.
    """
    if not facts:
        return ()
    language = known.language
    ours = {word for name in names for word in Reading(name).words}
    meant = _meanings(reading, known, ours)
    situations = frozenset(_situations(reading, known))
    about = main_subject(known, reading, ours)
    subject = about.words if about else ""
    chosen: list[Chosen] = []
    left: list[tuple[Fact, str, str, Reading, tuple[str, ...]]] = []
    for fact in facts:
        text, repair = _said(fact.text.get(language, ""), language, form), _said(fact.repair.get(language, ""), language, form)
        other = _read_fact(f"{text} {repair}", language)
        if fact.confidential or not text or _contradicts(reading, other, known):
            continue
        speaks_of = _situations(other, known)
        same = situations & frozenset(speaks_of)
        enough = 2 if fact.responsible is None else 1
        related = any(frozenset((one, other)) in KIN for one in situations for other in speaks_of)
        other_trouble = bool(speaks_of) and not same and not related
        score, topic = (
            _by_topics(fact, reading, subject if other_trouble else None)
            if fact.topics
            else _by_words(other, reading, meant, known, ours, enough)
        )
        if other_trouble and situations & _OF_SERVICE and not fact.topics and _is_one_word(other, reading, meant, known, ours):
            continue
        if score and not fact.topics and not same and _is_aside(other, reading, meant, known, ours):
            score = 0
        if score or (same and not fact.topics):
            chosen.append(Chosen(fact, text, repair, score + 2 * bool(same), topic, *_kind(text, language), same, speaks_of))
        elif not fact.topics and not other_trouble:
            left.append((fact, text, repair, other, speaks_of))
    if not any(one.mends for one in chosen):
        told = frozenset().union(*(_meanings(Reading(one.text), known, ours) for one in chosen if one.explains or one.fact.responsible))
        for fact, text, repair, other, speaks_of in left:
            # What mends says little of the trouble itself: it bears on the post where it goes on from a fact that does.
            kind = _kind(text, language)
            shared = {meaning[1:] for meaning in told & _meanings(other, known, ours) if meaning[0] == "="} - _MONTH_STEMS
            if kind[0] and shared:
                chosen.append(Chosen(fact, text, repair, max(one.score for one in chosen) // 3 + 1, "", *kind, frozenset(), speaks_of))
    return tuple(sorted(chosen, key=lambda one: (-one.score, one.fact.id)))


@lru_cache(FACTS_KEPT)
def _read_fact(text: str, _language: str) -> Reading:
    # By language too: a reading remembers what one language's cues found in it.
    return Reading(text)


def _situations(reading: Reading, known: Vocabulary) -> tuple[str, ...]:
    return tuple(name for name, _weight, _place in known.complaints(reading))


def _said(text: str, language: str, form: str) -> str:
    """Return a fact's text as it can stand in a reply: one line, a sentence's sign at its end, in the right form; else ""."""
    line = " ".join(text.split())
    if not line or len(line) > MAX_FACT or BLANK in line or re.search(r"\{\w*\}|\[[^\]]{0,40}\]|<[a-z ]{2,20}>", line):
        return ""
    line = in_form(line, language, form)
    if not line:
        return ""
    line = line[0].upper() + line[1:]
    return line if line[-1] in ".!?…" or re.search(r"https?://\S+$", line) else f"{line}."


def _by_topics(fact: Fact, reading: Reading, subject: str | None) -> tuple[int, str]:
    """Weigh the topics that the post holds; where a `subject` is given, one topic alone counts only if it is that."""
    score, topic = 0, ""
    for name in fact.topics:
        phrase = " ".join(Reading(name).words)
        if not phrase:
            continue
        place = reading.line.find(f" {phrase}")
        if place < 0 and len(phrase) >= 5:  # A Dutch compound ends on the topic: "voorband", topic "band" is too short to be sure.
            place = reading.line.find(f"{phrase} ")
        if place >= 0:
            score += 3
            topic = topic or phrase
    return (
        (0, "") if subject is not None and score == 3 and topic not in subject and (not subject or subject not in topic) else (score, topic)
    )


def _by_words(other: Reading, reading: Reading, meant: frozenset[str], known: Vocabulary, ours: set[str], enough: int) -> tuple[int, str]:
    """Compare a fact by its words; where no word is the same, groups of like words must weigh `enough`."""
    shared = meant & _meanings(other, known, ours)
    if not any(meaning[0] == "=" for meaning in shared) and sum(1 if meaning in known.wide_groups else 2 for meaning in shared) < enough:
        return 0, ""
    stems = {meaning[1:] for meaning in shared if meaning[0] == "="}
    names = {word for word in reading.words if word not in reading.raw and word.capitalize() in reading.raw}
    return sum(3 if meaning[0] == "=" else 2 for meaning in shared), _topic([word for word in reading.words if word not in names], stems)


_OF_SERVICE = frozenset({"phone", "no_answer", "unreachable", "staff", "price", "wrong_info", "billing", "refund", "queue", "return_costs"})
"""Complaints about us and not about the thing: what happened to the thing explains none of them."""


def _is_one_word(other: Reading, reading: Reading, meant: frozenset[str], known: Vocabulary, ours: set[str]) -> bool:
    """Say whether post and fact have no more in common than one thing that both name: too little where their troubles differ."""
    shared = meant & _meanings(other, known, ours)
    stems = {meaning for meaning in shared if meaning[0] == "="}
    named = {group for word in reading.words if f"={stem(word)}" in stems for group in known.groups.get(word, ())}
    return len(stems) + len({meaning for meaning in shared if meaning[0] == "~"} - named) <= 1


def _is_aside(other: Reading, reading: Reading, meant: frozenset[str], known: Vocabulary, ours: set[str]) -> bool:
    """Say whether the one thing that both name is not what the fact is about: bags that missed a flight explain no late one."""
    shared = meant & _meanings(other, known, ours)
    if not any(meaning[0] == "=" for meaning in shared) or not _is_one_word(other, reading, meant, known, ours):
        return False
    if _figures(reading) & _figures(other):
        return False
    subject = main_subject(known, other, ours)
    told = _meanings(Reading(subject.words), known, ours) if subject else frozenset()
    return bool(told) and not told & meant


def _figures(reading: Reading) -> set[str]:
    """Return the numbers of a text, each with what it counts: "4 procent"."""
    return {f"{one} {other}" for one, other in pairwise(reading.words) if one.isdigit() and not other.isdigit()}


def _topic(tokens: Sequence[str], stems: set[str]) -> str:
    """Return the longest run of words of the post that the fact has too: what both are about."""
    best: list[str] = []
    run: list[str] = []
    for word in (*tokens, ""):
        if word.isalpha() and len(word) > 3 and stem(word) in stems and not word.endswith("ing"):
            run.append(word)
            continue
        if (len(run), len("".join(run))) > (len(best), len("".join(best))):
            best = run
        run = []
    return " ".join(best[-2:])


def _meanings(reading: Reading, known: Vocabulary, ours: set[str]) -> frozenset[str]:
    """Return what a text is about: stems of its telling words (=), how longer ones begin (<), and groups of like words (~)."""
    found: set[str] = set()
    for word in reading.words:
        if word.isdigit():
            if 3 <= len(word) <= 5 and not ("1900" <= word <= "2099"):  # A flight or line number; no year.
                found.add(f"={word}")
            continue
        if word in ours or len(word) < 3 or word in known.empty:
            continue
        found |= known.groups.get(word, frozenset())
        head = known.head(word)
        if head:
            found.add(f"={stem(head)}")
            found |= known.groups.get(head, frozenset())
        if len(word) > 3 or word in known.nouns:
            found.add(f"={stem(word)}")
        if len(word) > _BEGIN:
            found.add(f"<{word[:_BEGIN]}")
    return frozenset(found)


_MONTH_STEMS = frozenset({
    "januari", "februa", "februar", "maart", "april", "mei", "juni", "juli", "august", "septemb", "oktober", "novembe", "decembe",
    "january", "march", "may", "june", "july", "octobe", "october",
})  # fmt: skip
"""Two things of one month have no more in common than that."""
_BEGIN = 6
"""Letters in which two longer words must begin alike to be kin, as "strooiwagen" and "strooiplan"."""
_ENDINGS = ("ing", "tjes", "tje", "jes", "en", "es", "ed", "er", "e", "s")


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Return a word without its commonest endings, Dutch or English, cut to seven letters: enough to know it again."""
    for _ in range(2):  # "Fietsen" loses two endings, "fiets" one.
        ending = next((ending for ending in _ENDINGS if word.endswith(ending) and len(word) - len(ending) >= 4), "")
        word = word.removesuffix(ending)
    if len(word) > 3 and word[-1] == word[-2]:
        word = word[:-1]
    return word[:7]


_CODE = re.compile(r"\b(lijn|bus|tram|trein|vlucht|flight|line|route|gate|terminal|week) ([a-z]{0,3} ?\d{1,4})\b")
_STREET = re.compile(r"\b([a-z'-]{3,30}(?:straat|laan|plein|kade|gracht|singel|dijk|steeg|weg|street|avenue|road))\b")


def _contradicts(post: Reading, fact: Reading, known: Vocabulary) -> bool:
    """Say whether the fact names another line, flight, street or cause than the post does."""
    causes = [{known.causes[word] for word in reading.words if word in known.causes} for reading in (post, fact)]
    if causes[0] and causes[1] and not causes[0] & causes[1]:
        return True
    for pattern in (_CODE, _STREET):
        in_post, in_fact = ({_identity(match) for match in pattern.finditer(reading.line)} for reading in (post, fact))
        if pattern is _STREET:
            in_post, in_fact = ({name for name in names if name not in known.nouns and name not in _COMMON} for names in (in_post, in_fact))
        else:
            kinds = {name.split()[0] for name in in_post}
            in_fact = {name for name in in_fact if name.split()[0] in kinds}
        if in_post and in_fact and not in_post & in_fact:
            return True
    return False


def _identity(match: re.Match[str]) -> str:
    return f"{match[1]} {match[2].replace(' ', '')}" if match.re is _CODE else match[1]


_COMMON = frozenset((
    "onderweg", "terugweg", "aanweg", "snelweg", "weg", "straat", "milieustraat", "wasstraat", "fietsstraat", "hoofdstraat", "winkelstraat",
    "zijstraat", "railroad", "road", "street",
))  # fmt: skip
"""Words that end like the name of a street and are none."""

_MENDS = {
    "nl": re.compile(
        r"""\b(?:krijg(?:t|en)?|vergoed(?:en|t)?|terugbetaald|terugbetalen
        |betalen[ ]\w{1,20}[ ]terug|teruggestort|bezorgen[ ]we|omgeboekt|hersteld|gerepareerd|vervangen|opgelost|verholpen|verhelpen
        |nabezorgd|gecorrigeerd|aangepast|geplaatst|(?:stort|betaalt|geeft|boekt|stuurt)\b[^.]{1,60}\bterug|vervangt|repareert|brengt
        |(?:wordt|worden)[ ](?:[\w€.,-]+[ ]){0,5}(?:bezorgd|geleverd|gebracht|opgehaald|overgemaakt|betaald)
        |alsnog|sturen|stuurt|herstellen|herstelt|kunnen|kan|kunt|kun|rijdt[ ]weer|werkt[ ]weer|werken[ ]weer|zullen
        |zal|komt(?![ ]door)|komen(?![ ]door)|(?<!stond[ ])(?<!lag[ ])(?<!was[ ])(?<!reed[ ])(?<!waren[ ])(?<!stonden[ ])(?<!reden[ ])vanaf
        |sta(?:at|an)[ ](?:\w{1,20}[ ]){0,5}(?:weer[ ])?op[ ](?:de|uw|je)[ ]rekening
        |aanvragen|omruilen|gepland|ingepland|hoef\w*|vervalt[ ]vanzelf
        |staat[ ](?:nu[ ])?(?:voor|op)[ ](?:maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag))\b""",
        re.IGNORECASE | re.VERBOSE,
    ),
    "en": re.compile(
        r"""\b(?:will|can|planned|scheduled[ ]for|refunded|refunding|we[ ]refund|reimburs\w*|compensat(?:e|es|ed|ing)
        |fixed|fixes|repaired|replaced|restored|resolved
        |corrected|sending|we[ ]send
        |works[ ]again|working[ ]again|(?:is|are)[ ](?:re)?booked|(?:is|are)[ ]delivered|exchanged
        |gets?\b[^.]{1,60}\bback|gets|receives?|replaces|refunds|repays|reverses|delivers|reversed|withdrawn|credited
        |rebook\w*|returned|paid[ ]back|waived|starting|voucher
        |from[ ](?:monday|tuesday|wednesday|thursday|friday|saturday|sunday))\b""",
        re.IGNORECASE | re.VERBOSE,
    ),
}
"""Words by which a fact says what is done about it, or what the reader can do; the others say what happened."""


_EXPLAINS = {
    "nl": re.compile(
        r"""\b(?:door(?![ ](?:ons|ons[ ]gegeven))|doordat|omdat|wegens|vanwege|daardoor|waardoor|als[ ]gevolg[ ]van|vergeten|vergat
        |defect\w*|kapot\w*|\w*storing\w*|\w*fout(?:en)?|mankement\w*|uitgevallen|viel(?:en)?[ ](?:\w{1,20}[ ]){0,4}uit|tekort\w*
        |blijven[ ]liggen|bleef[ ]liggen|bleven[ ]liggen|misging|mislukt\w*|verkeerd\w*|te[ ]veel[ ]afgeschreven)\b""",
        re.IGNORECASE | re.VERBOSE,
    ),
    "en": re.compile(
        r"""\b(?:because|due[ ]to|owing[ ]to|so[ ]that|as[ ]a[ ]result|after[ ](?:a|an|our)|caused|by[ ]mistake|error|errors|fault\w*
        |fail(?:ed|ure|ures)|broke|broken|went[ ]down|was[ ]down|were[ ]down|outage|crashed|forgot|forgotten|short[ ]of|shortage|closed
        |wrong|wrongly|twice)\b""",
        re.IGNORECASE | re.VERBOSE,
    ),
}
"""Words by which a fact says how something came about; only such a fact is told as what went wrong."""

_DEPENDS = {
    "nl": re.compile(r"^(?:wie|iedereen die|klanten die|reizigers die|bewoners die|als je|als u|heb je|heeft u|kun je)\b", re.IGNORECASE),
    "en": re.compile(r"^(?:whoever|anyone who|everyone who|those who|customers who|passengers who|people who|if you)\b", re.IGNORECASE),
}
"""How a sentence begins that holds only for some."""


def _kind(text: str, language: str) -> tuple[bool, bool, bool]:
    """Return whether a fact says what is done, whether it says how something came about, and whether it holds only for some.

    A fact that looks back and says how it came about says what is done only if it does so in a clause of its own.
    """
    mends, explains = _MENDS[language].search(text) is not None, _EXPLAINS[language].search(text) is not None
    depends = _DEPENDS[language].search(text) is not None
    if explains and mends and not depends:
        clauses = re.split(r"[.;:!?,]\s|\s(?:maar|and we|but|en we)\s", text)
        mends = any(_MENDS[language].search(clause) and not _EXPLAINS[language].search(clause) for clause in clauses)
    return mends, explains and not depends, depends
