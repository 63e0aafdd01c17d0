"""Silence about what we took away (N14): a fact or the post tells of it, and the reply says that we did it and why, or hides it."""

from __future__ import annotations

import pytest

from tests.responders.policy.judging import quoted, rules

PAGE = {
    "nl": {
        "post": "Waar is de pagina over de nachtfietsen gebleven, @waalfiets? Ik krijg een 404.",
        "facts": [("Waalfiets verwijderde de pagina over de nachtfietsen op 4 mei omdat de tarieven niet klopten", "webredactie")],
    },
    "en": {
        "post": "Your page about night bikes isn't there any more, @waalfiets. I need those prices.",
        "facts": [("Waalfiets took the page about night bikes off its site on 4 May because two prices were wrong", "web team")],
    },
}
HIDES = [
    ("nl", "Eva van Waalfiets. Een oude link kan soms lastig te vinden zijn. Wat zoek je? Vraag het hier."),
    ("nl", "Eva van Waalfiets. Onze site is vernieuwd en staat weer op dezelfde plek. Wat zoek je? Vraag het hier."),
    ("nl", "Eva van Waalfiets. De informatie over nachtfietsen is inmiddels aangepast. Wat zoek je? Vraag het hier."),
    ("en", "Eva from Waalfiets. We've given the site a fresh layout and things have moved. What do you need? Ask here."),
    ("en", "Eva from Waalfiets. The prices of night bikes were corrected as part of an update. What do you need? Ask here."),
]
TELLS = [
    ("nl", "Eva van Waalfiets. De pagina over de nachtfietsen haalden wij op 4 mei van de site: de tarieven klopten niet. Vraag het hier."),
    ("nl", "Eva van Waalfiets. Die pagina ging er op 4 mei af, door ons, vanwege foute tarieven. Vraag het hier."),
    ("nl", "Eva van Waalfiets. Die pagina is weg en dat was ons werk: de tarieven klopten niet. Vraag het hier."),
    ("en", "Eva from Waalfiets. We took that page down on 4 May, as two prices were wrong. Ask here."),
    ("en", "Eva from Waalfiets. An editor of ours removed that page on 4 May: two prices were wrong. Ask here."),
    ("en", "Eva from Waalfiets. That page went offline, and we did it: two prices were wrong. Ask here."),
]


@pytest.mark.parametrize(("language", "reply"), HIDES)
def test_a_removal_that_a_fact_tells_and_the_reply_does_not_is_hidden(language: str, reply: str) -> None:
    assert "N14" in rules(reply, language, **PAGE[language])


@pytest.mark.parametrize(("language", "reply"), TELLS)
def test_a_removal_told_with_who_did_it_is_open(language: str, reply: str) -> None:
    assert "N14" not in rules(reply, language, **PAGE[language])


@pytest.mark.parametrize(
    ("language", "post", "fact", "hides", "tells"),
    [
        (
            "nl",
            "Er stond dat een rit twee uur duurde. Nu staat er één uur?",
            "Waalfiets heeft de tekst over ritten op 3 mei gewijzigd zonder dat te melden",
            "Eva van Waalfiets. Op onze pagina staat nu één uur en zo was het bedoeld. Vragen? Stel ze hier.",
            "Eva van Waalfiets. Die tekst hebben wij op 3 mei veranderd en dat er niet bij gezegd. Vragen? Stel ze hier.",
        ),
        (
            "en",
            "It said a ride lasts two hours. Now it says one?",
            "Waalfiets edited the text about rides on 3 May without saying so",
            "Eva from Waalfiets. Our page says one hour, and that's how it was meant. Questions? Ask here.",
            "Eva from Waalfiets. We changed that text on 3 May and didn't say so. Questions? Ask here.",
        ),
    ],
)
def test_what_we_changed_and_said_nothing_of_is_told(language: str, post: str, fact: str, hides: str, tells: str) -> None:
    facts = [(fact, "web log")]

    assert "N14" in rules(hides, language, post=post, facts=facts)
    assert "N14" not in rules(tells, language, post=post, facts=facts)


@pytest.mark.parametrize(
    ("language", "post", "fact", "reply"),
    [
        (
            "nl",
            "Mijn zadel zat los, @waalfiets",
            "Waalfiets haalde de fiets uit de stalling",
            "Eva van Waalfiets. Het zadel zat los. Zeg het hier.",
        ),
        ("en", "Where did my comment go?", "The author deleted the comment", "Eva from Waalfiets. I looked for it. Tell me here."),
        ("en", "Where did my comment go?", "We did not remove the comment", "Eva from Waalfiets. I looked for it. Tell me here."),
        ("en", "You billed me twice.", "Waalfiets billed twice", "Eva from Waalfiets. The second bill no longer shows in the app."),
    ],
)
def test_what_was_no_word_of_theirs_or_taken_by_others_is_no_removal_of_ours(language: str, post: str, fact: str, reply: str) -> None:
    assert "N14" not in rules(reply, language, post=post, facts=[(fact, "log")])


def test_that_nobody_knows_yet_where_it_went_is_said_openly() -> None:
    reply = "Eva from Waalfiets. Why your comment is gone we don't know yet; I'm finding out and write here tomorrow."

    assert [] == quoted("N14", reply, "en", post="My comment under your post about locks. Odd.")


def test_asking_for_their_post_to_go_offline_hides_nothing_of_ours() -> None:
    assert "N14" not in rules("Eva van Waalfiets. Wilt u dit bericht tot die tijd offline halen?")
