"""Decides which parts a reply has, by what the post says and what the facts say; words nothing itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from monitor.domain import Brand, Fact, StoredMention
from responders.drafters.address import form_for
from responders.drafters.fitting import FULL, RANKS, Step, Wording
from responders.drafters.keyfacts import KIN, KeyFacts, read_keyfacts
from responders.drafters.naming import brand_values, first_name, names_thing, post_values, subject_words
from responders.drafters.phrases import ABOUT, BRIEF, COMPLAINTS, Phrases
from responders.drafters.relevance import Chosen, choose
from responders.drafters.vocabulary import vocabulary
from responders.policy.context import HARM, MAX_POST
from responders.policy.grammar import has
from responders.policy.reading import read


@dataclass(frozen=True, slots=True)
class Nothing:
    """Why there is no draft, in one sentence for a person."""

    why: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The parts of one reply in order."""

    steps: tuple[Step, ...]
    situation: str


class Composer:
    """Plans the replies to one mention."""

    def __init__(self, phrases: Phrases, stored: StoredMention, brand: Brand, facts: Sequence[Fact], *, responsible: bool | None) -> None:
        mention = stored.mention
        names = (brand.name, brand.id, *brand.handles, *brand.hashtags)
        language = phrases.language
        form = form_for(mention.text, language, brand.formality)
        self.text = mention.text
        self.rules = stored.triage.rules if stored.triage else ()
        self.responsible = responsible
        self.brand = brand
        known = vocabulary(language)
        reading = known.read(mention.text)
        self.chosen = choose(facts, reading, known, form, names)
        prefer = self.chosen[0].situations if self.chosen else frozenset()
        self.key: KeyFacts = read_keyfacts(reading, known, names, stored.sentiment, prefer)
        plural = bool(self.key.subject and self.key.subject.plural)
        seed = f"{mention.network}:{mention.external_id}:{stored.id}"
        base = brand_values(phrases, brand)
        if name := first_name(mention.author, language):
            base["name"] = name
        self.wording = Wording(phrases, base, seed, formal=form == "u", plural=plural)

    def plans(self, fullness: str) -> Iterator[Plan] | Nothing:
        """Return plans for a reply, the one that says most first, or why there is nothing to say."""
        if "T12" in self.rules or self._looks_serious():
            return iter([self._holding()])
        balanced = "T1" in self.rules and not {"T4", "T5", "T6"} & set(self.rules)
        if self.key.situation == "praise" or (balanced and self.key.praises):
            if "T9" in self.rules:
                return Nothing("Praise among peers needs no answer of ours (T9).")
            return iter([self._thanks()])
        situation = self._situation()
        if situation == "question":
            return self._answers("question", fullness)
        if balanced and situation == "general":
            return Nothing(
                "It looks like praise, and a template did not understand it: nobody apologises for that; a person may thank (T1)."
            )
        if not situation:
            return Nothing(
                "The post names no complaint, question or praise that a template could answer honestly; a person may still write."
            )
        fault = self._fault()
        if fault is True:
            return self._ours(situation, fullness)
        if fault is False or situation == "wrong_fact":
            return self._not_ours(situation, fullness)
        if self.key.asks and self.chosen:
            return self._answers(situation, fullness)
        return self._not_known(situation, fullness)

    def _situation(self) -> str:
        """Return the complaint, or "general" or "wrong_fact" where a fact or triage says that there is one to answer."""
        found, subject = self.key.situation, self.key.subject
        if found == "question" and self.chosen and self._fault() is True:  # Who asks when it works again must hear that it is our fault.
            spoken = self.chosen[0].speaks_of
            found = spoken[0] if spoken else "general" if subject and not subject.dull else found
        denied = found in {"", "general"} and self.chosen and self._fault() is False
        misguided = "T4" in self.rules and self.chosen and self._fault() is not True
        if (denied or misguided) and self.wording.can(Step("noted", "wrong_fact", self._values("wrong_fact"))):
            return "wrong_fact"
        if found:
            return found
        complains = {"T5", "T6", "T7"} & set(self.rules) or self.responsible is not None or self.chosen
        if complains and subject and subject.dull and "T5" in self.rules:  # A pale word names the matter better than none.
            self.key = replace(self.key, subject=replace(subject, dull=False))
            return "general"
        return "general" if complains and subject and not subject.dull else ""

    def _looks_serious(self) -> bool:
        """Say whether the post tells of harm, despair or a leak so plainly that it gets a holding text although triage let it pass."""
        return self.key.serious == "self_harm" or (self.key.serious == "safety" and bool(self.key.harm)) or self.key.serious == "privacy"

    def _fault(self) -> bool | None:
        """Return whose fault it is by the closest fact that says so: ours, not ours, or not known."""
        for one in self.chosen:
            if one.fact.responsible is not None:
                return one.fact.responsible
        if self.responsible is False:  # Nothing is denied without a fact and its source (N3, R7).
            return False if self.chosen else None
        return self.responsible

    # The plans ------------------------------------------------------------------------------------------------------------------

    def _ours(self, situation: str, fullness: str) -> Iterator[Plan]:
        values = self._values(situation)
        begin = [
            self._opening(situation, values),
            *self._concern(),
            Step("regret", situation, values),
            Step("ownership", situation, values),
            *self._repeat(values),
        ]
        close = [one for one in self.chosen if 3 * one.score > self.chosen[0].score or (one.mends and _akin(one, situation))]
        usable = [one for one in close if one.fact.responsible is not False]
        usable = [one for one in usable if one.repair or self._caused(one, situation)]  # What mends another trouble mends nothing here.
        cause = next((one for one in usable if one.explains and not one.mends), next((one for one in usable if not one.mends), None))
        mend = next((one for one in usable if one.mends or one.repair), None)
        told: list[list[Chosen]] = []
        if cause and mend and cause is not mend:
            told.append([cause, mend])
        told += [[one] for one in ([cause, mend] if fullness == "shorter" else [mend, cause]) if one and usable]
        if usable and [usable[0]] not in told:
            told.append([usable[0]])
        for facts in [*told, []]:
            steps = [step for one in facts for step in self._owned(one, situation)]
            if not any((one.mends and not one.depends) or one.repair for one in facts):
                steps.append(Step("next_step", situation, values, (self._promise("come_back_within"),)))
            if fullness == "fuller" and facts:
                extra = next((one for one in usable if one not in facts), None)
                steps += [Step("known", BRIEF, {"fact": extra.text}, (extra.fact,), RANKS["more"])] if extra else []
            yield Plan((*begin, *steps, *self._ends(situation, values, facts, fullness)), situation)

    def _owned(self, one: Chosen, situation: str) -> Iterator[Step]:
        if not one.mends:  # Only a cause is told as what went wrong.
            part, key = ("cause", situation) if one.explains and self._caused(one, situation) else ("known", BRIEF)
            yield Step(part, key, {"fact": one.text}, (one.fact,), RANKS["cause"] if one.repair else 0)
        if one.repair or one.mends:
            yield Step("repair", situation if one.repair else BRIEF, {"repair": one.repair or one.text}, (one.fact,))

    def _caused(self, one: Chosen, situation: str) -> bool:
        """Say whether what a fact explains can be what went wrong here, and is not only another trouble of ours."""
        return not one.speaks_of or _akin(one, situation) or bool(one.situations) or bool(one.fact.topics)

    def _not_ours(self, situation: str, fullness: str) -> Iterator[Plan]:
        values = self._values(situation)
        usable = [one for one in self.chosen if one.fact.responsible is not True]
        begin = [self._opening(situation, values), *self._concern(), Step("noted", situation, values)]
        for one in usable:
            steps = [Step("inform", situation, {"fact": one.text}, (one.fact,))]
            if one.repair:
                steps.append(Step("repair", situation, {"repair": one.repair}, (one.fact,), RANKS["known"]))
            steps += self._more("inform", usable, one, fullness)
            if self._fault() is None:  # The fact tells how it is, and nobody has said yet whose doing it was.
                steps.append(Step("unknown", BRIEF, values, (self._promise("come_back_within"),)))
            yield Plan((*begin, *steps, *self._ends(situation, values, [one], fullness, corrects=True)), situation)

    def _not_known(self, situation: str, fullness: str) -> Iterator[Plan]:
        values = self._values(situation)
        usable = [one for one in self.chosen if one.fact.responsible is None]
        promise = (self._promise("come_back_within"),)
        begin = [self._opening(situation, values), *self._concern(), Step("sympathy", situation, values), *self._repeat(values)]
        for one in usable:
            steps = [Step("known", situation, {"fact": one.text}, (one.fact,)), *self._more("known", usable, one, fullness)]
            steps.append(Step("unknown", BRIEF, values, promise))
            yield Plan((*begin, *steps, *self._ends(situation, values, [one], fullness)), situation)
        yield Plan(
            (*begin, Step("unknown", situation, values, promise), *self._ends(situation, values, [], fullness, asks=True)), situation
        )

    def _answers(self, situation: str, fullness: str) -> Iterator[Plan]:
        values = self._values(situation)
        noted = Step("noted", situation, values)
        begin = [Step("opening"), *([noted] if self.wording.can(noted) else [])]
        for one in self.chosen:
            steps = [
                Step("answer", situation, {"fact": one.text}, (one.fact,)),
                *self._more("answer", self.chosen, one, fullness),
            ]
            yield Plan((*begin, *steps, *self._ends("question", values, [one], fullness)), "question")
        promised = Step("no_answer_yet", situation, values, (self._promise("come_back_within"),))
        yield Plan((*begin, promised, *self._ends("general", values, [], fullness)), "question")

    def _thanks(self) -> Plan:
        steps = (
            Step("opening"),
            Step("thanks", "praise", self._values("praise")),
            Step("invitation", "praise", rank=RANKS["ask"]),
            Step("closing"),
        )
        return Plan(steps, "praise")

    def _holding(self) -> Plan:
        kind = self.key.serious or ("safety" if self.key.harm else "")
        values = self._values(kind)
        steps = [Step("opening")]
        if kind == "safety" or (not kind and has(HARM, read(self.text[:MAX_POST]).plain)):
            steps.append(Step("concern", "any" if self.key.harm else kind))
        noted = Step("noted", kind, values)
        if kind and self.wording.can(noted):
            steps.append(noted)
        elif not kind and self.key.situation in COMPLAINTS:
            named = {name: value for name, value in self._values(self.key.situation).items() if name != "subject"}
            steps.append(Step("noted", "safety", named))
        elif not kind and self.wording.can(about := Step("noted", "wrong_fact", self._values("general"))):
            steps.append(about)
        for one in self.chosen:
            if one.fact.responsible is None and _EMERGENCY.search(one.text):
                steps.append(Step("known", kind, {"fact": one.text}, (one.fact,), RANKS["known"]))
                break
        promise = (self._promise("come_back_within_serious"),)
        steps.append(Step("holding", kind, values, promise))
        if kind not in {"safety", "self_harm", "privacy"}:
            steps.append(Step("invitation", rank=RANKS["ask"]))
        return Plan((*steps, Step("closing")), kind or "serious")

    # Their parts ----------------------------------------------------------------------------------------------------------------

    def _opening(self, situation: str, values: Mapping[str, str]) -> Step:
        """Give the first sentence; it says what the reply is about where the next one does not begin with just that."""
        subject = values.get("subject", "")
        around, dull = self.key.circumstances, self.key.matter is None or self.key.matter.dull
        if values.get(FULL) and not names_thing(values) and self.key.matter and not ((dull or around.duration) and situation in _ON_HOLD):
            return Step("opening", ABOUT, {"subject": subject_words(self.key.matter, self.key.language, formal=self.wording.formal)})
        named = {"subject": subject} if subject and situation not in {"general", "wrong_fact", "question", "billing"} else {}
        return Step("opening", values=named)

    def _concern(self) -> list[Step]:
        return [Step("concern", rank=RANKS["concern"])] if self.key.harm else []

    def _repeat(self, values: Mapping[str, str]) -> list[Step]:
        step = Step("repeat", values=values, rank=RANKS["repeat"])
        return [step] if self.key.situation != "no_answer" and self.wording.can(step) else []

    def _more(self, part: str, usable: Sequence[Chosen], told: Chosen, fullness: str) -> list[Step]:
        other = next((one for one in usable if one is not told), None)
        if other is None or (fullness != "fuller" and other.score * 2 < told.score):
            return []
        return [Step(part, BRIEF, {"fact": other.text}, (other.fact,), RANKS["more"])]

    def _ends(
        self,
        situation: str,
        values: Mapping[str, str],
        told: Sequence[Chosen],
        fullness: str,
        *,
        asks: bool = False,
        corrects: bool = False,
    ) -> Iterator[Step]:
        """Give the invitation, the channel, the source and the signature."""
        around = self.key.circumstances
        missing = "" if around.duration or around.since else "where" if around.when else "when"
        if situation == "general":
            missing = "what"
        placed = around.where or situation not in _PLACED
        if asks and (situation in _TRACEABLE or missing == "what") and missing and not (missing == "where" and placed):
            yield Step("ask", missing, values)
            if fullness == "fuller":
                yield Step("invitation", situation, values, rank=RANKS["ask"])
        else:
            yield Step("invitation", situation, values)
        private = Step("private", situation, values, rank=RANKS["private"])
        if self.wording.can(private) and (fullness == "fuller" or not told):
            yield private
        for one in told:
            source = public_source(one.fact.source)
            if source and (corrects or source.startswith("http")):
                rank = 0 if corrects else RANKS["extra source"]
                key = situation if source.startswith("http") else BRIEF
                yield Step("source", key, {"source": source}, rank=rank, only_with=one.fact.id)
                break
        yield Step("closing")

    def _values(self, situation: str) -> dict[str, str]:
        return post_values(self.key, situation, self.chosen[0].topic if self.chosen else "", self.wording)

    def _promise(self, key: str) -> Fact:
        return promise_of(self.wording.phrases, self.brand.id, key)


def _akin(one: Chosen, situation: str) -> bool:
    """Say whether a fact speaks of this complaint, or of one that is told as it."""
    return situation in one.speaks_of or any(frozenset((situation, other)) in KIN for other in one.speaks_of)


_ON_HOLD = frozenset({"queue", "late", "phone"})
"""Complaints that name themselves where all that the post names is as pale as "line" or "delay"."""

_TRACEABLE = frozenset({"late", "staff", "crowded", "closed", "unavailable", "wrong_info", "quality"})
"""Complaints that can be looked into better once time and place are known."""

_PLACED = _TRACEABLE - {"outage", "quality", "wrong_info"}
"""Those of them that happen at a place."""

_EMERGENCY = re.compile(
    r"\b(?:112|911|999|113|988|emergency|nood\w*|evacu\w*|stop using|do not use|gebruik \w+ niet|verlaat)\b", re.IGNORECASE
)


def public_source(source: str) -> str:
    """Return a source as it can be named in public: a web address, or a name; no path of ours, no address of a person; else ""."""
    source = " ".join(source.split())
    if re.fullmatch(r"https?://[^\s<>\"@]+", source):
        return source
    return "" if any(sign in source for sign in "@/\\[]{}<>") or len(source) > 80 else source


PROMISES = ("come_back_within", "come_back_within_serious")
"""The keys of a phrase file that promise something of themselves."""


def promise_of(phrases: Phrases, brand_id: str, key: str) -> Fact:
    """Return the promise that a phrase file makes, as a fact with that file as its source (N4)."""
    text = {phrases.language: phrases.scalars.get("promise", "").replace("{come_back}", phrases.scalars.get(key, ""))}
    return Fact(id=f"replies-{phrases.language}-{key}", brand=brand_id, text=text, source=phrases.source)
