"""Gathers what every rule may look at: the reply and the post as read, language, facts, history. Decides nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from monitor.domain import Brand, Fact, History, Label, Objection, Severity, StoredMention
from responders.policy import tongues
from responders.policy.grammar import has, pattern
from responders.policy.jottings import written_out
from responders.policy.kept import kept
from responders.policy.ournames import marked
from responders.policy.reading import Reading, Sentence, read
from responders.policy.stems import common, key, keys, keys_of_text, meanings_of_text, phrases, stem

MAX_POST = 8000
"""Characters of a post that are read; what it complains of stands in its first pages."""

AMBER = frozenset({"R9", "N2", "N9", "N14"})
HINTS = frozenset({"N13"})

HARM = r"""
    \b(?: hurt | injur\w+ | wound\w* | (?<!appointment\ at\ the\ )(?<!appointment\ in\ the\ )(?<!visit\ to\ the\ )(?<!way\ to\ the\ )
        hospital(?!\W+(?:appointment|visit|appt|app|car\ park|parking|bill|bed|wifi|website|canteen|entrance|reception|letter)) |
            ambulance | bleeding | blood | burn(?:s|ed|t)?\ (?:on|my|his|her|their|hands?|
        fingers?|skin|badly) | (?:was|were|got|been|has|have)\ (?:badly\ )?burn(?:s|ed|t) | scald\w* | fractur\w+ | concuss\w+ |
        unconscious | (?:fell|fallen)\ (?:off|down|over|from|hard|on|and) | (?:was|were|got|been)\ (?:sick|hit|poisoned) |
    (?:broke|broken|sprained|twisted)\ (?:my|her|his|their|an?|the)?\ ?(?:wrist|arm|leg|ankle|collarbone|nose|tooth|teeth|rib|hip|
        finger|hand|pols|elbow|shoulder|foot|neck|back) | food\ poisoning | allergic\ (?:reaction|shock) | a&e | emergency\ room |
        stitches |
    electrocuted | (?:in|into|went\ into)\ shock | anaphyla\w+ | collapsed | passed\ out | (?:he|she|man|woman|people|somebody|someone|
        mother|father|mum|dad|son|daughter|wife|husband|child|baby)\W+(?:has\W+|have\W+)?died | choked | threw\ up |
        vomit\w* |
    gewond\w* | verwond\w* | (?<!afspraak\ in\ het\ )(?<!afspraak\ bij\ het\ )(?<!onderweg\ naar\ het\ )(?<!op\ weg\ naar\ het\ )
        (?<!bezoek\ aan\ het\ )ziekenhuis(?!\W+(?:afspraak|app|parkeer\w*|website)) | bloed\w* | gebroken\ (?:pols|arm|been|enkel|
            sleutelbeen|neus|tand|rib|heup|vinger|hand|
        elleboog|schouder|voet) | brandwond\w* | gevallen | viel\ (?:van|met|om|hard|op|ik|ze|hij) | ten\ val | hersenschudding |
        bewusteloos |
    (?:dagen|week|goed|zo)\ ziek | ziek\ geweest | misselijk\w* | spoed(?:eisende|post)? | huisartsenpost | hechtingen | gekneusd\w* |
        verbrand\w*(?!\ (?:plastic|rubber|hout|papier|eten)) | voedselvergiftiging | ziek\ geworden | (?:werd|werden|was|waren|ben|
        zijn)\ (?:\w+\ ){0,3}ziek | overgegeven |
        allergische | overleden | gestikt |
    intensive\ care | (?:aan|op)\ (?:het\ infuus|de\ beademing|de\ ic) | on\ a\ (?:drip|ventilator) | chest\ pain | pijn\ op\ (?:de|zijn|
        haar)\ borst |
    (?:couldn't|can't|could\ not|cannot|unable\ to)\ breathe | (?:geen|niet)\ (?:lucht|adem\w*)\b | benauwd\w* | bruis(?:e[ds]|ing)\w* |
        blauwe\ plek\w* |
    split\ lip | (?:my|his|her|their)\ (?:face|head)\ (?:hit|struck) | (?:cut|gash)\ (?:on|over|above|in)\ (?:my|his|her|their) |
        hoofdwond\w* | krammen |
    (?:cracked|chipped|lost)\ an?\ (?:molar|tooth) | tanden\ door | ging\ onderuit | gleed\ uit | uitgegleden | slipped\ (?:on|and) |
        threw\ (?:me|him|her|my\ \w+)\ off |
    flauwgevallen | fainted | \w*rode\ ogen | hoestte\w* | red\ eyes | blister\w* | blaren | seizure |
        op\ de\ grond\ (?:gelegen|lag) | (?:hele\ gezin|
        allemaal)\ ziek )\b
"""
PRAISE = r"""
    \b(?: thank(?:s|\ you) | love(?:ly|d)? | great | awesome | fantastic | brilliant | excellent | perfect | amazing | happy | best |
        bless\ (?:you|them|her|him|you\ all)(?=\W*$|[.!]) |
        kudos | compliment\w* | well\ done | chapeau | hulde | beautiful | wonderful | gorgeous | enjoyed | impressive | superb | stunning |
    topservice | top | geweldig | super | fijn | fantastisch | blij | dank\w* | bedankt | tevreden | lekker | prima | allermooiste? |
        mooi(?:e|st|ste)? | prachtige? | genoten | heerlijke? | indrukwekkende? | held(?:en)? | petje )\b
"""
COMPLAINT = r"""
    \b(?: not | no | never | nobody | nothing | can't | won't | doesn't | didn't | isn't | wasn't | hasn't | haven't | don't | without |
        again | still | wait(?:ed|ing)? | worst | bad | terrible | awful | angry | ridiculous | broken? | broke | fail\w* | late |
        delay\w* | wrong | missing | lost | refund |
    rude | disgrac\w* | shame | unaccept\w* | scam | charged | dirty | stuck | cancel\w* | sell(?:s|ing)? | lie[sd]? | lying |
        stole\w* | hurt | fire | dangerous | useless | joke | damp | twice | scrapp\w+ | hid(?:es|den)? | error |
    niet | geen | nooit | niets | niks | weer | nog\ steeds | wacht\w* | slecht\w* | kapot | stuk | te\ laat | fout\w* | kwijt |
        schandalig | belachelijk | vertraging | storing | vies | boos | onbeschoft | gevaarlijk | levensgevaarlijk | oplichters? |
        duur | dubbel | weigert | weigerde | geweigerd |
    verkoopt | verkopen | schande | waardeloos | klacht | gevallen | schreeuw\w* | liegt | liegen | sinds |
        (?:het|spuug|er)\ ?zat | zat\ van | stank | stinkt | nat |
        lek | walgelijk | uitgevallen | afgeschreven )\b
"""


_AGAIN = frozenset({"weer", "again", "still", "sinds"})
"""Words of complaints that praise uses as well."""

_ASKED = (
    r"^\W*(?:what\ (?:if|time|do|does|are|is)|how\ (?:do|can|much|many|long\ (?:is|does|will))|when\ (?:is|does|do|will|can)|"
    r"where\ (?:can|do|is)|can|could|do|does|is|are|will|hoe\ (?:kan|laat|werkt|moet)|wat\ (?:als|moet|is|zijn|kost)|"
    r"wanneer|waar\ (?:kan|moet|is)|kan|kun|kunt|kunnen|mag|is|zijn|zou|gaat|weet|weten)\b"
)
"""How a sentence begins that only wants to know."""
_WHO_TO_ASK = r"^\W*(?:who\ (?:do|can|should)\ i|where\ (?:do|can|should)\ i|bij\ wie\ (?:kan|moet)\ ik|waar\ (?:kan|moet)\ ik)\b"


@dataclass(frozen=True, eq=False)
class Context:
    """One reply under review, and everything it is held against; equal only to itself, so that findings can be kept for it."""

    text: str
    stored: StoredMention
    brand: Brand
    facts: tuple[Fact, ...]
    history: History
    now: datetime | None
    earlier: Sequence[str] = ()
    responsibility: bool | None = None
    """Whether we were wrong, as the facts (or the line) say; None where nobody knows."""
    longest: int | None = None
    """How long a reply may be where our account is, as its server told; None: as on the network."""

    @kept
    def reply(self) -> Reading:
        """The reply as read."""
        return Reading(self.text)

    @kept
    def post(self) -> Reading:
        """The post as read; its first part where it is very long."""
        return read(self.stored.mention.text[:MAX_POST])

    @kept
    def reply_marked(self) -> str:
        """The reply with our name, however written, as one word; capitals are kept."""
        return self.marked(self.reply.cased)

    def marked(self, text: str) -> str:
        """Return a text with our name, however written, as one word."""
        return marked(text, self.brand, self.stored.mention.text[:MAX_POST])

    @kept
    def language(self) -> str:
        """The language of the reply, or the post's where the reply does not tell."""
        return self.spoken or self.post_language

    @kept
    def spoken(self) -> str:
        """The language of the reply by its own words, or "" where too little tells."""
        return tongues.detect(self.reply)

    @kept
    def post_language(self) -> str:
        """The language of the post: as stored, unless its own words plainly say otherwise."""
        seen = tongues.detect(self.post)
        return seen or (self.stored.language or self.stored.mention.language_hint)[:2].lower()

    @kept
    def today(self) -> date | None:
        """The day on the brand's own calendar, where the time is known."""
        return self.now.astimezone(ZoneInfo(self.brand.timezone)).date() if self.now else None

    @kept
    def usable(self) -> tuple[Fact, ...]:
        """The facts that may be used: public, and valid on the day of `now`."""
        today: date | None = self.now.date() if self.now else None
        return tuple(
            fact
            for fact in self.facts
            if not fact.confidential
            and not (today and fact.valid_from and fact.valid_from > today)
            and not (today and fact.valid_until and fact.valid_until < today)
        )

    @kept
    def brand_stems(self) -> frozenset[str]:
        """Stems of our own name, which name no complaint."""
        return frozenset(stem(word) for word in self.brand_words) | self.brand_words

    @kept
    def brand_words(self) -> frozenset[str]:
        """The words of our own name and handles."""
        names = (self.brand.name, *self.brand.handles, self.brand.id)
        words = frozenset(word.text for name in names for word in read(name).words)
        return words | {re.sub(r"\W", "", read(name).plain) for name in names}  # "@meubelhuisborn" is our name in one word.

    @kept
    def post_keys(self) -> frozenset[str]:
        """What the post is about, as keys, without our name."""
        return (
            keys(word.text for word in self.post.words if word.text not in self.brand_words) | phrases(self.post.plain)
        ) - self.brand_stems

    @kept
    def reply_keys(self) -> frozenset[str]:
        """What the reply is about, as keys, without our name."""
        return self.keys_in(0, len(self.reply.plain))

    @kept
    def fact_keys(self) -> dict[str, frozenset[str]]:
        """By fact id, the keys of its statement and repair in every language."""
        return {fact.id: frozenset().union(*(keys_of_text(text) for text in fact_texts(fact))) - self.brand_stems for fact in self.usable}

    @kept
    def speaks_facts_language(self) -> bool:
        """Whether any usable fact is written in the reply's language."""
        return any(self.language in (*fact.text, *fact.repair) for fact in self.usable)

    @kept
    def all_fact_keys(self) -> frozenset[str]:
        """The keys of all usable facts together."""
        return frozenset().union(*self.fact_keys.values())

    @kept
    def told_keys(self) -> frozenset[str]:
        """What the post, the facts, their sources and our name tell, as keys: to say it again states nothing new."""
        sources = frozenset().union(*(keys_of_text(fact.source) for fact in self.usable))
        ours = keys_of_text(self.brand.name) | keys_of_text(read(self.brand.speaks_as).plain)
        return self.post_keys | self.all_fact_keys | sources | ours

    @kept
    def told_plain(self) -> str:
        """All that the facts say, in a line."""
        return " ".join(read(text).plain for fact in self.usable for text in fact_texts(fact))

    @kept
    def told_meanings(self) -> frozenset[str]:
        """Every word of the post, the facts, their sources and our name that says something, as keys."""
        texts = (self.post.plain, self.brand.name, *(text for fact in self.usable for text in (*fact_texts(fact), fact.source)))
        return frozenset().union(*(meanings_of_text(text, self.language) for text in texts))

    @kept
    def is_harm(self) -> bool:
        """Whether the post tells of somebody who was hurt."""
        name = read(self.brand.name).plain
        return has(HARM, self.post.plain.replace(name, " ") if name else self.post.plain)  # A hospital may be who we are.

    @kept
    def is_praise(self) -> bool:
        """Whether the post praises and complains of nothing."""
        if self.responsibility is not None:
            # "Lekker klantvriendelijk", says somebody whom we let down, or who is mistaken; plain thanks stay thanks, whatever facts admit.
            return self._is_thanks or (self.responsibility is False and not self.is_harm and self._praises_more_than_once)
        sentiment = self.stored.sentiment
        if sentiment and sentiment.label is Label.POSITIVE and sentiment.confidence >= 0.5 and not self.is_harm:
            return True
        if self.is_harm or not has(PRAISE, self.post.plain):
            return False
        if not has(COMPLAINT, self.post.plain):
            return True
        if set(pattern(COMPLAINT).findall(self.post.plain)) <= _AGAIN:
            return True  # "Lovely that the stop is open again" complains of nothing.
        # "Also without a subscription they helped me, great": one little negation, and praise at the end.
        last = self.post.sentences[-1].text
        return len(pattern(COMPLAINT).findall(self.post.plain)) == 1 and has(PRAISE, last) and not has(COMPLAINT, last)

    @property
    def _praises_more_than_once(self) -> bool:
        post = self.post.plain
        return len(set(pattern(PRAISE).findall(post))) > 1 and not has(COMPLAINT, post)

    @property
    def _is_thanks(self) -> bool:
        triage, post = self.stored.triage, self.post.plain
        return triage is not None and triage.rules[:1] == ("T1",) and has(PRAISE, post) and set(pattern(COMPLAINT).findall(post)) <= _AGAIN

    @kept
    def is_question(self) -> bool:
        """Whether the post only asks something."""
        sentences = [sentence for sentence in self.post.sentences if sentence.text.strip(" @#.")]
        if len(sentences) == 1 and sentences[0].asks and not self.is_harm:
            last = re.split(r"[,;:]\ ", sentences[0].text)[-1]
            if has(_ASKED, self._asked_plainly(sentences[0].text)) or has(_WHO_TO_ASK, last):
                return True
        asked = sum(sentence.asks for sentence in sentences)
        return asked > 0 and len(sentences) <= 2 * asked and not self.is_harm and not has(COMPLAINT, self.post.plain)

    def _asked_plainly(self, text: str) -> str:
        """Return a sentence without the handles before it."""
        return re.sub(r"^(?:\W*@\w+)+\W*", "", text) if text.lstrip().startswith("@") else text

    @kept
    def is_holding(self) -> bool:
        """Whether the post gets a holding text only (T12), which names no cause, no blame and no repair."""
        triage = self.stored.triage
        return triage is not None and "T12" in triage.rules

    @kept
    def is_complaint(self) -> bool:
        """Whether the post is to be answered as a complaint: neither praise nor a plain question."""
        return not self.is_praise and not self.is_question

    def keys_in(self, start: int, end: int) -> frozenset[str]:
        """Return the keys of a part of the folded reply, without our name."""
        found = self._keys_in.get((start, end))
        if found is None:
            words = frozenset(self._keys_of_words[self.reply.places_in(start, end)]) - {""}
            found = self._keys_in[start, end] = (words | phrases(self.reply.plain[start:end])) - self.brand_stems
        return found

    @kept
    def _keys_in(self) -> dict[tuple[int, int], frozenset[str]]:
        """The keys of the parts of the reply that were asked about: many rules ask for the same."""
        return {}

    @kept
    def _keys_of_words(self) -> tuple[str, ...]:
        """The key of each word of the reply, empty for one that names nothing and for those of our name."""
        ours = self.brand_words
        return tuple(["" if word.text in ours else key(word.text) for word in self.reply.words])

    def overlap(self, sentence: Sentence) -> frozenset[str]:
        """Return the keys that a sentence of the reply shares with the post."""
        return common(self.keys_in(sentence.start, sentence.end), self.post_keys)

    def objection(self, rule: str, start: int, end: int, *, nl: str, en: str) -> Objection:
        """Make an objection to `plain[start:end]` of the reply, said in both languages."""
        severity = Severity.AMBER if rule in AMBER else Severity.HINT if rule in HINTS else Severity.RED
        return Objection(rule, severity, self.reply.span(start, end), nl if self.language == "nl" else en, nl, en)

    def whole(self, rule: str, *, nl: str, en: str) -> Objection:
        """Make an objection to the reply as a whole."""
        return self.objection(rule, 0, len(self.reply.plain), nl=nl, en=en)


def fact_texts(fact: Fact) -> tuple[str, ...]:
    """Return every text of a fact: statement and repair, in every language, with what is jotted down in short written out."""
    return tuple(written_out(text) for text in (*fact.text.values(), *fact.repair.values()))
