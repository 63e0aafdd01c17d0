"""What presses nobody (N10) and denies nothing (N3), beside what does: near-misses in both languages."""

from __future__ import annotations

import pytest

from tests.responders.policy.judging import rules

PRESSED = [
    ("en", "Forward it to 7726 and delete it.", False),
    ("en", "Please delete it.", True),
    ("en", "Please take them off and don't drive with them.", False),
    ("en", "Please take it off your page.", True),
    ("en", "Please delete what you received.", False),
    ("en", "Please delete what you wrote.", True),
    ("nl", "Stuur het door naar de bank en verwijder het.", False),
    ("nl", "Wilt u het verwijderen?", True),
    ("nl", "Klik er niet op en verwijder het.", False),
    ("nl", "Dat hadden we moeten aanpassen.", False),
    ("nl", "Dat bericht moet u aanpassen.", True),
    ("nl", "Daarna halen wij de oude fietsen zelf weg.", False),
    ("nl", "Wij vragen u het bericht weg te halen.", True),
    ("nl", "Met die code haalt dat er iets van af.", False),
    ("nl", "Haal het er even af.", True),
    ("en", "It came down on 11 May.", False),
    ("en", "It may come down now.", True),
    ("en", "I hope your son is feeling calmer.", False),
    ("en", "We hope for calmer words of yours.", True),
    ("nl", "Ik hoop dat u zich al rustiger voelt.", False),
    ("nl", "Fijn als uw toon wat rustiger wordt.", True),
    ("en", "For anything you'd rather not put here, write to us.", False),
    ("en", "We'd rather you had not put this here.", True),
    ("en", "Drop me a message.", False),
    ("en", "Drop the message, please.", True),
    ("nl", "Zeg dan via een berichtje wat beter past.", False),
    ("nl", "Wilt u uw bericht aanpassen?", True),
    ("nl", "U kunt kiezen tot 20 procent onder ons advies.", False),
    ("nl", "Kan dit onder ons blijven?", True),
    ("nl", "Wil je liever het zware werk, dan is er vanaf 4 december een ander.", False),
    ("nl", "Liever is het er vanaf.", True),
    ("nl", "In het boekje bij 'De Zilveren Vos' kunt u lezen waarom.", False),
    ("nl", "Wilt u 'De Zilveren Vos' schrappen?", True),
    ("en", "We've put the labels right.", False),
    ("en", "Could you put the record straight?", True),
    ("en", "Your two messages ran into a full mailbox.", False),
    ("en", "Your two messages do our team no good.", True),
    ("en", "The insurer reviews our liability by Friday.", False),
    ("en", "Words carry liability.", True),
]
"""A reply, and whether it puts pressure on the author."""
OWNED = "Onze fout, sorry."
DENIED = [
    ("nl", "Fietsen op zaterdag, kan dat?", None, [], "Op zaterdag kun je niet fietsen.", False),
    ("nl", "Fietsen op zaterdag, kan dat?", None, [], "Op zaterdag fietst er nooit iemand.", False),
    ("en", "Is the blue bike certified for rain?", None, [], "The blue bike isn't certified for rain.", False),
    ("en", "The blue bike is not locked, you told us.", False, [], "The blue bike is locked, that's not true.", True),
    ("nl", "Ik betaalde Flex en nu kost het 75 euro.", None, [], "Heb je Flex? Dan klopt er iets niet.", False),
    ("nl", "Ik betaalde Flex en nu kost het 75 euro.", None, [], "Dat klopt echt niet.", True),
    ("nl", "De bon zegt iets anders.", None, [], "Neem je bon mee; klopt hij niet, dan krijg je het verschil.", False),
    ("nl", "De bon zegt iets anders.", None, [], "Uw verhaal klopt niet.", True),
    ("en", "Six weeks for a claim on a window.", True, [], "Our fault: your claim sat in the wrong queue.", False),
    ("en", "Six weeks for a claim on a window.", None, [], "Your claim is wrong.", True),
    ("en", "Your page said step free.", True, [], "Sorry, we told you something that wasn't so.", False),
    ("en", "Your page said step free.", None, [], "That wasn't so.", True),
    ("nl", "Kloppen die 900 plekken?", False, [("Getal 900: onjuist. Nog geen besluit", "raadsbrief")], "Het getal 900 klopt niet.", False),
    ("nl", "Kloppen die 900 plekken?", False, [("Over 900 is nog geen besluit", "raadsbrief")], "Het getal 900 klopt niet.", True),
    (
        "en",
        "Is your list a lottery?",
        False,
        [("Places go by band and date", "policy")],
        "It isn't a lottery. I'm Eva from Waalfiets. Places go by band and date.",
        False,
    ),
    (
        "en",
        "Is your list a lottery?",
        False,
        [("Places go by band and date", "policy")],
        "It isn't a lottery. I'm Eva from Waalfiets. Have a nice day.",
        True,
    ),
]
"""A post, whose doing it was, facts, a reply, and whether it denies what nobody found untrue."""


@pytest.mark.parametrize(("lang", "reply", "presses"), PRESSED)
def test_only_what_is_asked_of_their_words_presses(lang: str, reply: str, presses: bool) -> None:
    assert ("N10" in rules(reply, lang)) is presses


@pytest.mark.parametrize(("lang", "post", "responsible", "facts", "reply", "denies"), DENIED)
def test_only_what_contradicts_them_denies(
    lang: str, post: str, responsible: bool | None, facts: list[tuple[str, str]], reply: str, denies: bool
) -> None:
    assert ("N3" in rules(reply, lang, post=post, responsible=responsible, facts=facts)) is denies
