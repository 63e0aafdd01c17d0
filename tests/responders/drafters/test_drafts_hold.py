from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from monitor import triage
from monitor.domain import Action, Author, Brand, Draft, Fact, History, Mention, MentionStatus, Objection, Severity, StoredMention
from responders import consent, pipeline, policy
from responders.drafters.phrases import BLANK
from responders.limits import LIMITS, limit_for
from tests.builders import NOW, a_brand, a_fact, a_reply, an_approval
from tests.responders.drafters.shared import a_dutch_fact, a_dutch_mention, an_english_mention, packaged_drafter
from tests.responders.drafters.test_keyfacts import DUTCH, ENGLISH

SAMPLE = Path(__file__).parents[3] / "config" / "sample"
NETWORKS = sorted(LIMITS)


@cache
def sample_facts() -> tuple[Fact, ...]:
    """Return the sample's public facts that hold on the day of its posts."""
    read = tomllib.loads((SAMPLE / "facts" / "waalfiets.toml").read_text(encoding="utf-8"))["fact"]
    known = {field for field in Fact.__dataclass_fields__ if field != "brand"}
    facts = [Fact(brand="waalfiets", **{key: value for key, value in one.items() if key in known}) for one in read]
    today = date(2026, 3, 2)
    return tuple(
        replace(fact, topics=tuple(fact.topics))
        for fact in facts
        if not fact.confidential and (fact.valid_from or today) <= today <= (fact.valid_until or today)
    )


def sample_posts() -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SAMPLE / "posts.jsonl").read_text(encoding="utf-8").splitlines() if line.strip()]


def stored(post: dict[str, Any], brand: Brand) -> StoredMention:
    mention = Mention(
        network=post["network"],
        external_id=post["id"],
        brand=brand.id,
        author=Author(post["author"], post.get("author_name", "")),
        text=post["text"],
        url=post["url"],
        posted_at=datetime.fromisoformat(post["posted_at"]),
        mentions_us=post.get("mentions_us", False),
        own_channel=post.get("own_channel", False),
        community=post.get("community", ""),
    )
    decided = triage.decide(mention, post["lang"], None, brand, History())
    return StoredMention(1, mention, MentionStatus.QUEUED, post["lang"], NOW, None, decided)


def red(draft: Draft, mention: StoredMention, brand: Brand, *given_facts: Fact) -> list[Objection]:
    facts = [*draft.facts, *(fact for fact in given_facts if fact not in draft.facts)]
    return [one for one in policy.review(draft.text, mention, brand, facts, History(), NOW) if one.severity is Severity.RED]


@pytest.mark.parametrize("post", sample_posts(), ids=lambda post: post["id"])
def test_a_draft_for_the_sample_breaks_no_red_rule_unless_it_holds_a_visible_blank(post: dict[str, Any]) -> None:
    brand = a_brand(blocked_communities=("rouwenverlies", "chronischepijn"), blocked_authors=("@trolbakfiets",))
    mention = stored(post, brand)
    draft = packaged_drafter().draft(mention, brand, sample_facts())
    answered = mention.triage is not None and mention.triage.action in {Action.RESPOND, Action.ESCALATE}

    if draft is not None and answered and BLANK not in draft.text:
        assert [] == [f"{one.rule} {one.sentence}" for one in red(draft, mention, brand)], draft.text


@pytest.mark.parametrize("post", sample_posts(), ids=lambda post: post["id"])
def test_a_draft_for_the_sample_states_no_number_that_neither_post_nor_fact_has(post: dict[str, Any]) -> None:
    brand = a_brand()
    mention = stored(post, brand)
    draft = packaged_drafter().draft(mention, brand, sample_facts())
    if draft is None:
        return
    known = post["text"] + " ".join(" ".join([*fact.text.values(), *fact.repair.values(), fact.source]) for fact in draft.facts)

    assert [] == [number for number in re.findall(r"\d+", draft.text) if number not in known]


# Properties -----------------------------------------------------------------------------------------------------------------------

FACTS = {
    "nl": (
        None,
        a_dutch_fact("Vanochtend viel onze server uit.", topics=("app", "slot", "trein", "pakket", "bus", "koffer", "kliko")),
        a_dutch_fact("Je krijgt je geld vrijdag terug.", topics=("geld", "jas", "abonnement", "rit"), responsible=True),
        a_dutch_fact(
            "De weg is dicht tot 20 juni.", topics=("straat", "omleiding"), responsible=False, source="https://waalfiets.example/weg"
        ),
        a_dutch_fact("U kunt bellen met 14 024.", topics=("afspraak", "balie", "winkel"), responsible=None),
    ),
    "en": (
        None,
        a_fact("Our server was down this morning.", topics=("app", "lock", "flight", "parcel", "bag")),
        a_fact("You get your money back on Friday.", topics=("money", "refund", "booking"), responsible=True),
        a_fact(
            "The road is closed until 20 June.", topics=("road", "diversion"), responsible=False, source="https://waalfiets.example/road"
        ),
        a_fact("You can call 555 0100.", topics=("pool", "shop", "agent"), responsible=None),
    ),
}
POSTS = [("nl", text) for texts in DUTCH.values() for text in texts] + [("en", text) for texts in ENGLISH.values() for text in texts]
ADDRESS = st.sampled_from(
    ["", "Kunt u helpen?", "Kun je helpen?", "Wat is jouw plan", "Uw beurt.", "Geachte heer", "voor de derde keer gebeld"]
)


NEVER = frozenset({"N1", "N2", "N6", "N7", "N10", "R1", "R11", "R12"})


def quotes(objection: Objection, draft: Draft, mention: StoredMention) -> bool:
    """Say whether every telling word an objection points at is the author's own: what the author told us is no claim of ours."""
    pointed = set(re.findall(r"\w{5,}", draft.text[slice(*objection.span)].lower()))
    return bool(pointed) and pointed <= set(re.findall(r"\w{5,}", mention.mention.text.lower()))


@st.composite
def drafts(draw: st.DrawFn) -> tuple[StoredMention, Brand, Draft]:
    language, text = draw(st.sampled_from(POSTS))
    extra = draw(ADDRESS) if language == "nl" else draw(st.sampled_from(["", "in Houston", "since Monday", "called twice"]))
    brand = a_brand(
        formality={"nl": draw(st.sampled_from(["je", "u"]))},
        name=draw(st.sampled_from(["Waalfiets", "Gemeente Oosterdam aan de Rijn en Lek", "B"])),
        signature=draw(st.sampled_from(["^EK", ""])),
        speaks_as="",
    )
    make = a_dutch_mention if language == "nl" else an_english_mention
    rule = draw(st.sampled_from(["T5", "T7", "T12", "T4"]))
    mention = make(f"{text}. {extra}", rule, network=draw(st.sampled_from(NETWORKS)), external_id=str(draw(st.integers(0, 50))))
    fact = draw(st.sampled_from(FACTS[language]))
    fullness = draw(st.sampled_from(["", "shorter", "fuller"]))
    composed = packaged_drafter().compose(
        mention, brand, [fact] if fact else [], responsible=draw(st.sampled_from([True, False, None])), fullness=fullness
    )
    assume(isinstance(composed, Draft))
    assert isinstance(composed, Draft)
    return mention, brand, composed


@given(drafts())
def test_no_draft_is_longer_than_its_network_allows(made: tuple[StoredMention, Brand, Draft]) -> None:
    mention, _, draft = made
    limit = limit_for(mention.mention.network)

    assert limit.characters is None or limit.count(draft.text) <= limit.characters


@given(drafts())
def test_no_draft_mixes_je_and_u(made: tuple[StoredMention, Brand, Draft]) -> None:
    _, _, draft = made
    words = set(re.findall(r"\w+", draft.text.lower())) if draft.language == "nl" else set()

    assert not (words & {"je", "jij", "jou", "jouw"} and words & {"u", "uw"})


@given(drafts())
def test_no_draft_claims_what_has_no_source(made: tuple[StoredMention, Brand, Draft]) -> None:
    mention, brand, draft = made

    ours = [one for one in red(draft, mention, brand) if one.rule in {"N4", "N5"} and not quotes(one, draft, mention)]

    assert [] == [one.sentence for one in ours], draft.text
    assert all(fact.source for fact in draft.facts)


@pytest.mark.parametrize("number", range(6))
@pytest.mark.parametrize(
    ("make", "text"),
    [
        (a_dutch_mention, "Mijn pakket is bij de buren afgegeven terwijl ik thuis was"),
        (an_english_mention, "My parcel was left with a neighbour although I was home"),
        (a_dutch_mention, "Mijn energierekening is veel te hoog"),
        (an_english_mention, "My energy bill is way too high"),
    ],
)
def test_what_went_wrong_is_no_matter_of_what_somebody_expected(make: Callable[..., StoredMention], text: str, number: int) -> None:
    mention, brand = make(text, "T5", external_id=str(number)), a_brand()
    draft = packaged_drafter().compose(mention, brand, [], responsible=True)

    assert isinstance(draft, Draft)
    assert [] == [one.sentence for one in red(draft, mention, brand) if one.rule == "N1"], draft.text


@given(drafts())
def test_no_draft_deflects_blames_shares_or_threatens(made: tuple[StoredMention, Brand, Draft]) -> None:
    mention, brand, draft = made

    broken = [one for one in red(draft, mention, brand) if one.rule in NEVER and not quotes(one, draft, mention)]

    assert [] == [f"{one.rule} {one.sentence}" for one in broken], draft.text


@given(drafts(), st.sampled_from([BLANK, *pipeline.BLANK.values(), "[naam]", "[date]", "{product}", "<fill in>"]), st.floats(0, 1))
def test_no_text_with_a_blank_in_it_can_be_approved(made: tuple[StoredMention, Brand, Draft], blank: str, where: float) -> None:
    mention, brand, draft = made
    place = draft.text.find(" ", round(where * len(draft.text)))
    text = f"{draft.text[:place]} {blank}{draft.text[place:]}" if place >= 0 else f"{draft.text} {blank}"
    objections = policy.review(text, mention, brand, draft.facts, History(), NOW)
    reply = a_reply(text, mention=mention, objections=objections)

    assert "N5" in {one.rule for one in objections if one.severity is Severity.RED}, text
    assert "N5" in consent.refuse_approval(reply, an_approval(reply.version), ())
