"""Language and address (R11), length (R12), blanks (N5)."""

from __future__ import annotations

import pytest

from monitor.domain import Author, Brand, History, Mention, MentionStatus, StoredMention
from responders.policy import review
from tests.responders.policy.judging import both, objections, quoted, rules
from tests.responders.policy.test_claims import NOON


@pytest.mark.parametrize(
    ("lang", "post", "reply", "broken"),
    [
        ("nl", "Kunnen jullie mij vertellen waarom het slot niet opengaat?", "We zoeken uit waarom je slot niet opengaat.", False),
        ("nl", "Kunnen jullie mij vertellen waarom het slot niet opengaat?", "Wij zoeken uit waarom uw slot niet opengaat.", False),
        ("nl", "Jullie slot gaat niet open, kun je mij vertellen waarom?", "Wij zoeken uit waarom uw slot niet opengaat.", True),
        ("nl", "Op de Markt kun je ook al geen slot open krijgen.", "Wij zoeken uit waarom uw slot niet opengaat.", False),
        ("nl", "Intussen kun je mij vertellen waarom het slot niet opengaat.", "Wij zoeken uit waarom uw slot niet opengaat.", True),
        (
            "nl",
            "Boot was 11 meter, in brochure 13. Acht man in 11 meter is sardientjes.",
            "We hebben jullie niet verteld dat het zo was.",
            False,
        ),
        ("en", "Boat was 11 metres, in brochure 13. Eight men in that is sardines.", "We hebben jullie niet verteld dat het zo was.", True),
        ("nl", "Het slot gaat niet open.", "Lang, een uur wachten terwijl je anderen ziet rijden. Wij bellen u.", False),
        ("nl", "Het slot gaat niet open.", "Wat lang dat je een uur moest wachten. Wij bellen u.", True),
        ("nl", "Het slot gaat niet open.", "Wij lieten wachten terwijl je anderen zag rijden. Wij bellen u.", True),
        ("nl", "Het slot gaat niet open.", "Vervelend, een uur wachten terwijl je naar jouw werk moest. Wij bellen u.", True),
        ("nl", "Geachte heer, kunt u mij vertellen waarom het slot niet opengaat?", "Wij zoeken uit waarom uw slot niet opengaat.", False),
        ("nl", "Geachte heer, kunt u mij vertellen waarom het slot niet opengaat?", "We zoeken uit waarom je slot niet opengaat.", True),
        ("nl", "Het slot gaat niet open.", "Wij zoeken uit waarom uw slot niet opengaat; dat laten we je weten.", True),
        ("nl", "Het slot gaat niet open.", "Wij zoeken het voor u uit en laten het u weten.", False),
        (
            "nl",
            "Het slot gaat niet open en ik sta hier nu al een uur.",
            "We are finding out why the lock of your bike does not open.",
            True,
        ),
        (
            "en",
            "The lock does not open and I have been here for an hour.",
            "Wij zoeken uit waarom het slot van je fiets niet opengaat.",
            True,
        ),
        (
            "en",
            "The lock does not open and I have been here for an hour.",
            "We are finding out why the lock of your bike does not open.",
            False,
        ),
        (
            "de",
            "Das Schloss geht nicht auf. Können Sie mir sagen, warum?",
            "Wir prüfen, warum Ihr Schloss nicht aufgeht, und melden uns hier bei Ihnen.",
            False,
        ),
        (
            "de",
            "Das Schloss geht nicht auf. Können Sie mir sagen, warum?",
            "Wir prüfen, warum dein Schloss nicht aufgeht, und melden uns hier bei dir.",
            True,
        ),
        (
            "de",
            "Kannst du mir sagen, warum das Schloss nicht aufgeht?",
            "Wir prüfen, warum dein Schloss nicht aufgeht, und melden uns hier bei dir.",
            False,
        ),
        ("fr", "Pouvez-vous me dire pourquoi la serrure ne s'ouvre pas ?", "Nous cherchons pourquoi votre serrure ne s'ouvre pas.", False),
        ("fr", "Pouvez-vous me dire pourquoi la serrure ne s'ouvre pas ?", "Nous cherchons pourquoi ta serrure ne s'ouvre pas.", True),
        (
            "fr",
            "Tu peux me dire pourquoi la serrure ne s'ouvre pas ?",
            "Nous cherchons pourquoi votre serrure ne s'ouvre pas pour vous.",
            True,
        ),
        ("nl", "Dan sta je daar in de regen met een dicht slot.", "Wij zoeken uit waarom uw slot niet opengaat.", False),
        ("nl", "u/fietser hier: het slot gaat niet open bij jullie.", "We zoeken uit waarom je slot niet opengaat.", False),
    ],
)
def test_the_reply_takes_over_language_and_address(lang: str, post: str, reply: str, broken: bool) -> None:
    assert ("R11" in rules(reply, lang, post=post)) is broken


@pytest.mark.parametrize(("formality", "broken"), [({"nl": "u"}, True), ({"nl": "je"}, False), ({}, False)])
def test_where_the_post_addresses_nobody_the_brand_decides(formality: dict[str, str], broken: bool) -> None:
    brand = Brand(id="w", name="Waalfiets", terms=(), formality=formality)
    stored = StoredMention(
        1, Mention("reddit", "1", "w", Author("Noor"), "Het slot gaat niet open.", "", NOON), MentionStatus.DRAFTED, "nl", NOON
    )

    assert (
        "R11" in {one.rule for one in review("We zoeken uit waarom je slot niet opengaat.", stored, brand, (), History(), NOON)}
    ) is broken


def test_a_sentence_in_another_language_is_shown() -> None:
    reply = "Wij zoeken uit waarom je slot niet opengaat. We are finding out why the lock of your bike does not open."

    assert quoted("R11", reply) == ["We are finding out why the lock of your bike does not open."]


def test_a_form_of_address_in_quotation_marks_is_not_ours() -> None:
    assert "R11" not in rules('Wij zetten "uw fiets" voortaan anders op het bord voor je.', "nl")


@pytest.mark.parametrize(
    ("network", "size", "broken"),
    [
        ("x", 280, False),
        ("x", 281, True),
        ("bluesky", 301, True),
        ("mastodon", 500, False),
        ("mastodon", 501, True),
        ("reddit", 3000, False),
        ("prikbord", 9000, False),
    ],
)
def test_each_network_counts_its_own_length(network: str, size: int, broken: bool) -> None:
    assert ("R12" in rules("a b " * (size // 4) + "a" * (size % 4), network=network)) is broken


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_what_is_too_long_to_read_is_refused(lang: str) -> None:
    assert "R12" in rules("slot " * 4000, lang, network="prikbord")


BLANKS = {
    "nl": [
        "Beste {naam}, dank.",
        "Op [datum] komt het terug.",
        "Beste <voornaam>,",
        "TODO: bedrag",
        "Het komt op ____ terug.",
        "Je krijgt XX euro.",
        "Voor xx-xx-xxxx is het terug.",
        "Beste {{klant.naam}},",
        "We bellen je om … uur.",
        "Op (datum) is het klaar.",
        "Beste %NAAM%,",
        "Het is € ... waard.",
        "[…] komt terug.",
        "Hallo ###NAAM###,",
        "Het bedrag: nog invullen.",
        "Je wacht xX dagen.",
        "Op dd-mm-jjjj is het terug.",
        "We bellen om ... terug.",
        "Een lorem ipsum.",
    ],
    "en": [
        "Dear {name}, thanks.",
        "It is back on [date].",
        "Dear <first name>,",
        "TBD",
        "It is back on ____.",
        "You get XX pounds.",
        "By xx/xx/xxxx it is back.",
        "Dear {{customer.name}},",
        "We call you at … today.",
        "On (date) it is ready.",
        "Dear %NAME%,",
        "It is worth £___.",
        "Lorem ipsum",
        "Hi [INSERT NAME],",
        "Hello undefined,",
        "Hello null,",
        "Hello NaN, thanks.",
        "Dear ,, thanks.",
        "We call by …",
    ],
}
NO_BLANKS = {
    "nl": [
        "Zie [onze uitleg](https://waalfiets.example/uitleg).",
        "Ik <3 je fiets.",
        "Zie noot [1].",
        "Kijk op <https://waalfiets.example>.",
        "Tja... dat kan.",
        "We bellen (uiterlijk vrijdag) terug.",
        "Groet [EK]",
        "Maat XXL is er nog.",
        "5 > 3 en 2 < 4.",
    ],
    "en": [
        "See [our page](https://waalfiets.example/help).",
        "I <3 your bike.",
        "See note [1].",
        "Look at <https://waalfiets.example>.",
        "Well... it may be.",
        "We call (by Friday) back.",
        "Regards [EK]",
        "Size XXL is left.",
        "5 > 3 and 2 < 4.",
        "None of them opened.",
    ],
}


@pytest.mark.parametrize(("lang", "sentence"), both(BLANKS))
def test_an_unfilled_blank_is_refused(lang: str, sentence: str) -> None:
    assert "N5" in rules(sentence, lang)


@pytest.mark.parametrize(("lang", "sentence"), both(NO_BLANKS))
def test_brackets_that_are_meant_are_no_blanks(lang: str, sentence: str) -> None:
    assert "N5" not in rules(sentence, lang)


@pytest.mark.parametrize("lang", ["de", "fr"])
def test_other_languages_say_which_rules_nobody_checked(lang: str) -> None:
    reply = {
        "de": "Wir prüfen, warum das Schloss nicht aufgeht, und melden uns.",
        "fr": "Nous cherchons pourquoi la serrure ne s'ouvre pas et nous revenons.",
    }[lang]
    post = {"de": "Das Schloss ist nicht auf und ich bin zu spät.", "fr": "La serrure ne s'ouvre pas et je suis en retard."}[lang]
    found = objections(reply, lang, post=post)
    notice = next(one for one in found if one["rule"] == "unchecked")

    assert {one["rule"] for one in found} <= {"unchecked", "R11", "R12", "N5", "N6", "N10"}
    assert notice["severity"] == "amber"
    assert all(rule in notice["sentence"] for rule in ("R1", "N1", "N4", "N14"))
    assert not any(rule in notice["sentence"].replace(",", " ").replace(".", " ").split() for rule in ("R11", "R12", "N5", "N6", "N10"))


def test_a_sign_that_turns_or_hides_words_is_red_whatever_the_language() -> None:
    for lang, sign in (("nl", "\u202e"), ("en", "\x1b"), ("de", "\u2066"), ("fr", "\u2028")):
        found = [one for one in objections(f"Wir sind{sign} da.", lang) if one["rule"] == "R12"]

        assert ["red"] == [one["severity"] for one in found]
        assert f"U+{ord(sign):04X}" in found[0]["sentence"]
    assert "R12" not in rules("Wij kijken ernaar 👩‍👧.\r\n\tTot zo.", "nl")
