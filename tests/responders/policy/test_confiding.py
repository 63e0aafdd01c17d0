"""What is no news of one person, and no request for a datum, beside what is (N6): near-misses in both languages."""

from __future__ import annotations

import pytest

from tests.responders.policy.judging import rules

FILED = [
    ("nl", "wijzigen via thuisloket", "productblad BRP", "BRP", "U kunt het ook via ons thuisloket doen."),
    ("en", "plan B covers drift at sea", "customer profile policy", "customer profile", "Your plan covers drift."),
]
"""A fact, a source that all may read, one that only we may, and a reply."""
TOLD = [
    ("nl", "klant: bon bij loket, vergoeding kwasten, inpakservice", "CRM", "Kom met uw bon naar onze inpakservice.", False),
    ("nl", "klant: inpakservice sinds maart", "CRM", "Uw inpakservice loopt gewoon door.", True),
    ("nl", "klant moet toestel herstarten", "CRM", "Start daarna uw toestel opnieuw op.", False),
    ("nl", "klant heeft drie toestellen", "CRM", "Uw drie toestellen werken weer.", True),
    ("en", "customer must restart handset", "CRM", "Restart your handset after that.", False),
    ("en", "customer has three handsets", "CRM", "Your handset works again.", True),
    ("en", "passenger counts on 12 October", "planning", "We count your fellow travellers on the 12th.", False),
    ("en", "passenger ticket 4 of 12", "planning", "This was your ticket 4 of 12.", True),
    ("nl", "chauffeur nieuw, route krap gepland", "mail", "Hij reed te krap.", False),
    ("nl", "klant zit krap bij kas", "mail", "U zit krap, dat begrijpen we.", True),
    ("en", "loan chairs 6, six weeks", "workshop", "You get six loan chairs.", False),
    ("en", "loan 6, six weeks late", "workshop", "Your loan is late.", True),
    ("en", "field with shelter", "diary", "You saw her near the shelter.", False),
    ("en", "now living in a shelter", "diary", "You are in a shelter now.", True),
    ("en", "police ref given", "log", "You have the police reference.", False),
    ("en", "police involved twice", "log", "The police came to you twice.", True),
    ("nl", "lease stopt bij diefstal, aangifte", "mail", "De lease stopt bij uw aangifte.", False),
    ("nl", "aangifte tegen klant", "mail", "Er is aangifte tegen u gedaan.", True),
    ("nl", "60 procent aan voedselbank", "jaarverslag", "Daarvan ging 60 procent naar de voedselbank.", False),
    ("nl", "klant bij voedselbank", "CRM", "Dat u bij de voedselbank komt, weten we.", True),
    ("en", "rep on leave", "sales", "Your rep was on leave and we left it lying.", False),
    ("en", "teacher on leave pending inquiry", "governors", "Her teacher is on leave while we look into it.", True),
]
"""A fact, its source, a reply, and whether it tells what only our files tell."""
NAMED = [
    ("en", "I'm Mrs Pell, I run the kitchen at Waalfiets.", False),
    ("en", "Ms Danso here, from Waalfiets.", False),
    ("en", "Hello, Mr Fielding from Waalfiets.", False),
    ("en", "Omar, Kirsten Bale, I lead the workshop at Waalfiets.", False),
    ("en", "Mr Fielding from number 12 told us.", True),
    ("en", "We spoke to Mrs Pell.", True),
    ("en", "Kirsten Bale told us about it last week, and you were at home.", True),
    ("nl", "Ik ben mevrouw Pel, ik leid de werkplaats van Waalfiets.", False),
    ("nl", "Mevrouw Pel hier, van Waalfiets.", False),
    ("nl", "Hij is weer bij de familie. Voor u een goede nacht.", False),
    ("nl", "Wij spraken met mevrouw Pel.", True),
    ("nl", "Hij is weer bij familie Vermeer.", True),
]
ASKED = [
    ("nl", "Wilt u echt een andere achternaam?", False),
    ("nl", "Wilt u hier uw achternaam zetten?", True),
    ("en", "Do you want a new surname?", False),
    ("en", "Could you post your surname here?", True),
    ("en", "Has he seen your card? Tell me.", False),
    ("en", "What is the number on your card? Tell me.", True),
    ("nl", "Heeft hij uw rijbewijs gezien? Laat het weten.", False),
    ("nl", "Heeft u uw rijbewijs? Zet het hier.", True),
    ("en", "If your card's refused another time, tell me.", False),
    ("en", "Once your surname changes, post the new one here.", True),
    ("nl", "Als je telefoon stil blijft, laat het hier weten.", False),
    ("nl", "Laat hier je telefoonnummer weten.", True),
    ("en", "I shan't put their names up here.", False),
    ("en", "Put their names up here.", True),
    ("nl", "Stuur een foto van het lotnummer.", False),
    ("nl", "Stuur een foto van het klantnummer.", True),
    ("en", "Post here, leaving account numbers out.", False),
    ("en", "Post here, account numbers and all.", True),
    ("en", "You can pull it as a zip under Export.", False),
    ("en", "Reply with your street and zip.", True),
    ("nl", "Zet een foto op onze site en je hebt de bon in je mail.", False),
    ("nl", "Vul je mail in onder dit bericht.", True),
    ("en", "You'll have a personal email from me, put that in your diary.", False),
    ("en", "Please send in your email below.", True),
    ("en", "On the 06.40, and which train are you on?", False),
    ("nl", "Wat is je 06?", True),
    ("en", "When we set you up, two digits of your code got swapped.", False),
    ("en", "What are the last digits of your code?", True),
    ("nl", "Wanneer bent u geboren, dan zoek ik het op.", True),
]


@pytest.mark.parametrize(("lang", "fact", "open_to_all", "ours", "reply"), FILED)
def test_what_all_may_read_is_nobodys_secret(lang: str, fact: str, open_to_all: str, ours: str, reply: str) -> None:
    assert "N6" not in rules(reply, lang, facts=[(fact, open_to_all)])
    assert "N6" in rules(reply, lang, facts=[(fact, ours)])


def test_what_another_fact_tells_of_all_is_nobodys_secret() -> None:
    record, rule = ("klant verhuizing kamer 12", "zorgdossier"), ("alle bewoners verhuizen", "brief")

    assert "N6" in rules("Uw verhuizing komt eraan.", facts=[record])
    assert "N6" not in rules("Uw verhuizing komt eraan.", facts=[record, rule])


@pytest.mark.parametrize(("lang", "fact", "source", "reply", "is_told"), TOLD)
def test_a_word_tells_of_one_person_only_where_it_means_that(lang: str, fact: str, source: str, reply: str, is_told: bool) -> None:
    assert ("N6" in rules(reply, lang, facts=[(fact, source)])) is is_told


@pytest.mark.parametrize(("lang", "reply", "is_told"), NAMED)
def test_who_writes_may_use_a_title_and_nobody_else_is_named(lang: str, reply: str, is_told: bool) -> None:
    assert ("N6" in rules(reply, lang)) is is_told


@pytest.mark.parametrize(("lang", "reply", "is_asked"), ASKED)
def test_a_datum_that_is_only_spoken_of_is_not_asked_for(lang: str, reply: str, is_asked: bool) -> None:
    assert ("N6" in rules(reply, lang)) is is_asked
