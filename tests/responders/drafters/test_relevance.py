from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest

from monitor.domain import Fact
from responders.drafters import relevance
from responders.drafters.relevance import Chosen, stem
from responders.drafters.vocabulary import vocabulary
from tests.builders import a_fact
from tests.responders.drafters.shared import a_dutch_fact


def choose(facts: Sequence[Fact], post: str, language: str, form: str, names: Iterable[str]) -> tuple[Chosen, ...]:
    known = vocabulary(language)
    return relevance.choose(facts, known.read(post), known, form, names)


def chosen(post: str, *facts: Fact, language: str = "en", form: str = "") -> list[str]:
    return [one.fact.id for one in choose(facts, post, language, form, ("Waalfiets",))]


def test_a_fact_with_topics_bears_on_a_post_that_holds_one() -> None:
    locks, bikes = a_fact(id="locks", topics=("lock", "slot")), a_fact(id="bikes", topics=("cargo bike",))

    assert ["locks"] == chosen("The locks would not open", locks, bikes)
    assert ["bikes"] == chosen("Where is my cargo bike?", locks, bikes)


def test_a_topic_is_found_at_the_end_of_a_compound_if_it_is_long_enough() -> None:
    assert ["container"] == chosen(
        "Mijn restafvalcontainer is vol", a_dutch_fact("Vol.", id="container", topics=("container",)), language="nl"
    )
    assert [] == chosen("Mijn voorband is lek", a_dutch_fact("Lek.", id="band", topics=("band",)), language="nl")


def test_an_empty_topic_bears_on_nothing() -> None:
    assert [] == chosen("The locks would not open", a_fact(topics=("", " ")))


@pytest.mark.parametrize(
    ("post", "text", "bears"),
    [
        ("My bag never arrived", "All luggage of that flight is on its way.", True),
        ("My bag never arrived", "The bag belt broke down.", True),
        ("My bag never arrived", "The lounge opens at nine.", False),
        ("Your pool is dirty", "Waalfiets rents out bikes.", False),
        ("The Waalfiets app crashed", "Waalfiets is ten years old.", False),
        ("Flight 6212 was late", "Flight 6213 was late because of fog.", False),
        ("Flight 6212 was late", "Flight 6212 was late because of fog.", True),
        ("delays on 6212 again", "6212 waits for a part.", True),
        ("in 2025 it was fine", "Since 2025 we are open.", False),
    ],
)
def test_a_fact_without_topics_is_compared_by_its_words(post: str, text: str, bears: bool) -> None:
    assert bears is bool(chosen(post, a_fact(text, topics=(), responsible=None)))


def test_a_fact_about_another_street_does_not_bear_on_a_post() -> None:
    facts = (
        a_dutch_fact("De lantaarnpalen in de Kerkstraat zijn kapot.", id="kerk"),
        a_dutch_fact("De lantaarnpalen in de Molenweg zijn kapot.", id="molen"),
    )

    assert ["kerk"] == chosen("Lantaarnpalen in de Kerkstraat uit", *facts, language="nl")


def test_the_closest_fact_comes_first_and_order_never_depends_on_chance() -> None:
    far, near = (
        a_fact("The lock server was down.", id="b", topics=("lock",)),
        a_fact("The lock app failed.", id="a", topics=("lock", "app")),
    )
    twin = replace(far, id="0")

    assert ["a", "0", "b"] == chosen("lock app broken", far, twin, near) == chosen("lock app broken", near, far, twin)


def test_confidential_facts_are_guarded_once_more() -> None:
    assert [] == chosen("The lock is broken", a_fact(confidential=True))


def test_a_fact_in_another_language_only_is_left_out() -> None:
    assert [] == chosen("Het slot is stuk", a_fact(), language="nl")


@pytest.mark.parametrize(
    "text", ["The lock opens at […].", "The lock opens at {time}.", "The lock opens at [time].", "lock <name>", "lock " * 400, ""]
)
def test_a_fact_with_a_blank_in_it_or_without_an_end_is_left_out(text: str) -> None:
    assert [] == chosen("The lock is broken", a_fact(text))


def test_a_fact_is_made_a_sentence() -> None:
    said = [
        choose([a_fact(text)], "the lock", "en", "", ())[0].text
        for text in ("the lock\n  broke", "It broke!", "see https://waalfiets.example/lock")
    ]

    assert ["The lock broke.", "It broke!", "See https://waalfiets.example/lock"] == said


def test_a_fact_is_said_in_the_authors_form_of_address() -> None:
    fact = a_dutch_fact("U krijgt uw geld terug.", topics=("geld",), repair="Kunt u nog wachten?")

    one = choose([fact], "waar blijft mijn geld", "nl", "je", ())[0]

    assert ("Je krijgt je geld terug.", "Kun je nog wachten?") == (one.text, one.repair)


def test_a_fact_that_cannot_be_said_in_that_form_is_left_out() -> None:
    fact = a_dutch_fact("Je pakt je fiets, je zet je tas erop en gaat.", topics=("fiets",))

    assert [] == chosen("mijn fiets", fact, language="nl", form="u")


@pytest.mark.parametrize(
    ("text", "mends"),
    [
        ("You will get a refund by Friday.", True),
        ("The belt broke down.", False),
        ("The app is fixed.", True),
        ("We planned the repair for June.", True),
    ],
)
def test_a_fact_tells_what_is_done_or_what_went_wrong(text: str, mends: bool) -> None:
    assert mends is choose([a_fact(text, topics=("bag",))], "my bag", "en", "", ())[0].mends


@pytest.mark.parametrize(
    ("post", "text", "topic"),
    [
        ("Stop selling my location data", "We do not sell location data.", "location data"),
        ("Jullie kappen alle bomen", "Er worden twaalf bomen gekapt.", "bomen"),
        ("In het Vondelplantsoen gebeurt iets", "In het Vondelplantsoen wordt gewerkt.", ""),
    ],
)
def test_the_topic_is_what_post_and_fact_share_and_no_name(post: str, text: str, topic: str) -> None:
    language = "en" if "the" in text or "sell" in text else "nl"
    fact = replace(a_fact(topics=()), text={language: text})

    assert topic == choose([fact], post, language, "", ())[0].topic


@pytest.mark.parametrize(("one", "other"), [("locks", "lock"), ("fietsen", "fiets"), ("delayed", "delays"), ("kaartje", "kaartjes")])
def test_a_stem_knows_a_word_again(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("mending", "bears"),
    [
        ("De monteur komt op 14 juni tussen 8 en 10 uur.", True),
        ("De kantine krijgt op 14 juni nieuwe stoelen.", False),
        ("Er zijn twaalf monteurs in dienst.", False),
    ],
)
def test_a_fact_that_mends_bears_on_a_post_where_it_goes_on_from_a_fact_that_does(mending: str, bears: bool) -> None:
    cause = a_dutch_fact("De afspraak is verzet omdat er te weinig monteurs waren.", id="cause", topics=())
    mend = a_dutch_fact(mending, id="mend", topics=())

    assert (["cause", "mend"] if bears else ["cause"]) == chosen("U heeft mijn afspraak drie keer verzet!", cause, mend, language="nl")
