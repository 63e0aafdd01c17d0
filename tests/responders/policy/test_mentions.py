"""What is said of the author's words that no honest answer says (N10), and what every honest answer may say of them."""

from __future__ import annotations

import pytest

from responders.policy.mentions import misspeaks
from responders.policy.reading import read
from tests.responders.policy.judging import rules


def misspeaking(text: str) -> bool:
    return any(misspeaks(sentence) for sentence in read(text).sentences)


@pytest.mark.parametrize(
    "text",
    [
        "Het zou fijn zijn als u geen mensen bang maakt met dit soort berichten.",
        "Noem ons nog één keer graaiers en we doen aangifte.",
        "Wel wijs ik u erop dat beschuldigingen in het openbaar gevolgen kunnen hebben.",
        "Zou uw bericht dan verdwenen kunnen zijn?",
        "Onze goede naam is ons veel waard.",
        "I must warn you that statements like this may be used in proceedings.",
        "We'd rather you told us directly than put it all over the internet.",
        "Fix your post and a ticket is coming your way.",
        "Your followers might like to hear that it's sorted.",
        "Would a kinder review be an idea?",
    ],
)
def test_a_word_about_their_words_that_is_no_thanks_and_no_leave_presses(text: str) -> None:
    assert misspeaking(text)


@pytest.mark.parametrize(
    "text",
    [
        "I understand that you are still waiting for your statement, and that this is frustrating.",
        "Dank voor je bericht.",
        "Je bericht mag gewoon blijven staan.",
        "Wij vragen u niet om dit bericht aan te passen.",
        "Zet je kaartnummer niet in je reactie.",
        "Je eerste bericht staat er niet meer op.",
        "We vonden dat onze toon beter kon.",
        "Ik deel je bericht met de collega's.",
        "I read your post twice.",
        "You don't have to take your post down.",
        "I'm not writing to get you to change your review.",
        "Your earlier comment no longer shows.",
        "If nobody turns up that day, message me at once.",
        "Keep your date of birth out of this message.",
    ],
)
def test_what_an_honest_answer_says_of_them_does_not(text: str) -> None:
    assert not misspeaking(text)


@pytest.mark.parametrize(
    ("lang", "reply"),
    [
        ("en", "We sold you a model that was withdrawn last year; that was our mistake."),
        ("nl", "De rectificatie staat vanaf 10.30 uur op onze site."),
        ("nl", "Iemand van onze redactie heeft jouw reactie gewist."),
        ("nl", "Wij schrokken van je bericht, en vooral van het slot."),
    ],
)
def test_what_we_withdrew_put_right_or_felt_presses_nobody(lang: str, reply: str) -> None:
    assert "N10" not in rules(reply, lang)


@pytest.mark.parametrize(
    ("lang", "reply"),
    [
        ("en", "If your post isn't there on Friday, please reply here and we'll send a voucher."),
        ("nl", "Wij verwachten een rectificatie van je bericht."),
        ("en", "Please withdraw your post; that was unfair."),
    ],
)
def test_the_same_words_still_press_where_they_ask_for_the_post_to_go(lang: str, reply: str) -> None:
    assert "N10" in rules(reply, lang)
