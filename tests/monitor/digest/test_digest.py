"""What the people who run a brand's communication read each morning."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest

from monitor.digest import MOST, Mistakes, Quote, Unanswered, write
from monitor.domain import ReplyStatus
from monitor.triage import RULES
from tests.builders import NOW
from tests.monitor.digest.letters import DAY, FULL, TEMPLATES, a_source, answered, digest, flat, waiting


def test_the_subject_says_the_most_important_on_one_line() -> None:
    assert digest(**FULL).subject == "Waalfiets, zondag 1 maart 2026: 1.234 vermeldingen, 12 negatief, 1 ernstig, 1 antwoord wacht"
    assert digest("en", **FULL).subject == "Waalfiets, Sunday 1 March 2026: 1,234 mentions, 12 negative, 1 serious, 1 reply waits"


def test_several_brands_stand_in_one_digest_and_their_figures_are_added() -> None:
    both = write([replace(DAY, received=1), replace(DAY, brand="Veerpont", received=2, negative=1, waiting=[waiting()])], "nl", NOW)

    assert both.subject == "Waalfiets en Veerpont, zondag 1 maart 2026: 3 vermeldingen, 1 negatief, 1 antwoord wacht"
    assert both.text.index("WAALFIETS\n") < both.text.index("VEERPONT\n")


@pytest.mark.parametrize(
    ("language", "count", "words"),
    [
        ("nl", 0, "geen vermeldingen, 0 negatief, er wacht niets"),
        ("nl", 1, "1 vermelding, 1 negatief, er wacht niets"),
        ("nl", 12, "12 vermeldingen, 12 negatief, er wacht niets"),
        ("nl", 1_234_567, "1.234.567 vermeldingen, 1.234.567 negatief, er wacht niets"),
        ("en", 0, "no mentions, 0 negative, nothing waits"),
        ("en", 1, "1 mention, 1 negative, nothing waits"),
        ("en", 1_234_567, "1,234,567 mentions, 1,234,567 negative, nothing waits"),
    ],
)
def test_plurals_and_numbers_are_those_of_the_language(language: str, count: int, words: str) -> None:
    assert digest(language, received=count, negative=count).subject.endswith(f": {words}")


@pytest.mark.parametrize(("language", "words"), [("nl", "2 ernstig"), ("en", "2 serious")])
def test_nobody_is_told_that_nothing_waits_while_something_is_serious(language: str, words: str) -> None:
    quotes = [Quote("x", "jo", text, mention_id=number) for number, text in enumerate(("De rem weigerde", "Er is iemand gewond"), 1)]

    told = digest(language, received=3, negative=2, escalated=quotes)

    assert words == told.subject.rpartition(", ")[2]
    assert "Nothing waits" not in flat(told.text)
    assert "Er wacht niets" not in flat(told.text)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("rule", RULES)
def test_what_a_rule_asks_of_us_is_never_cut_off(rule: str, language: str) -> None:
    asked = f"{rule}: {RULES[rule].words[language]}; {RULES[rule].todo[language]}."
    quotes = [Quote("x", "jo", "De rem weigerde", why=asked)]

    assert asked in flat(digest(language, received=1, escalated=quotes).text)


def test_the_summary_says_what_was_heard_done_and_left_and_what_it_cannot_know() -> None:
    text = flat(digest(**FULL).text)

    assert "We lazen 1.234 vermeldingen van Waalfiets. 12 waren negatief. Van 6 vermeldingen weten we niet hoe ze bedoeld zijn" in text
    assert "1 is ernstig en vraagt iemands aandacht. 1 antwoord wacht op een besluit; de schrijver van het bericht wacht al 5 uur." in text
    assert "We hebben één keer geantwoord. 18 berichten lieten we onbeantwoord; de redenen staan hieronder." in text
    assert "1 bron gaf geen antwoord; deze cijfers zijn dus niet volledig." in text


def test_an_empty_day_is_said_plainly_and_promises_no_more_than_was_heard() -> None:
    text = flat(digest("en").text)

    assert "Where we listened, nothing was said about Waalfiets. Nothing waits for a person. What went wrong" in text
    assert "No source is set up for Waalfiets, so nothing can be heard." in text
    assert "We answered" not in text


def test_nothing_negative_is_said_only_of_what_could_be_judged() -> None:
    assert "Van wat we konden beoordelen, was niets negatief. Van 1 vermelding weten we niet" in flat(digest(received=2, unjudged=1).text)


def test_whoever_waits_longest_comes_first_with_how_long() -> None:
    replies = [waiting(1, hours=1), waiting(2, hours=30), waiting(3, hours=2, status=ReplyStatus.HANDED_OVER)]

    text = flat(digest(waiting=replies).text)

    assert "3 antwoorden wachten op een besluit; wie het langst wacht, wacht al 1 dag en 6 uur." in text
    assert "Sanne op Mastodon, 1 dag en 6 uur geleden “Mijn slot gaat niet open” Antwoord 2: wacht op een besluit." in text
    assert (
        text.index("Antwoord 2:")
        < text.index("Antwoord 3: is goedgekeurd; iemand moet het met de hand plaatsen")
        < text.index("Antwoord 1:")
    )
    assert "responders review" in text


def test_what_is_serious_stands_first_with_the_reason() -> None:
    text = flat(digest(**FULL).text)

    assert "Karin op Mastodon “De rem weigerde” Iemand is gewond. https://social.example/3" in text
    assert text.index("Ernstig:") < text.index("Wat wacht") < text.index("Wat er is gezegd") < text.index("Wat we deden")


def test_the_networks_stand_in_order_of_how_much_was_said_there() -> None:
    text = digest(by_network={"hackernews": 2, "x": 1_200, "dorpsplein": 2}).text

    assert "    1.200  X\n        2  dorpsplein\n        2  Hacker News\n" in text


def test_what_we_did_shows_the_words_who_approved_them_and_how_long_it_took() -> None:
    replies = [answered(1, minutes=5), answered(2, minutes=40, approved_by=("Els", "Bo", "Anne")), answered(3, minutes=300, approved_by=())]

    text = flat(digest(answered=replies).text)

    assert "De helft van de antwoorden kwam binnen 40 minuten, het traagste na 5 uur." in text
    assert "Jo op X, beantwoord na 40 minuten “Dat is onze fout. ^EK” Goedgekeurd door Els, Bo en Anne. https://x.example/1" in text
    assert "We hebben 3 keer geantwoord." in text


def test_half_of_two_answers_is_the_quicker_one() -> None:
    replies = [answered(1, minutes=300), answered(2, minutes=5)]

    assert "Half of the answers came within 5 minutes, the slowest after 5 hours." in flat(digest("en", answered=replies).text)
    assert "Dat antwoord kwam na 5 minuten." in flat(digest(answered=replies[1:]).text)


def test_an_answer_older_than_its_question_took_no_time() -> None:
    assert "na minder dan een minuut" in flat(digest(answered=[answered(minutes=-5)]).text)


def test_every_reason_for_no_answer_stands_in_plain_words_with_its_rule() -> None:
    left = [Unanswered("T3", 1), Unanswered("T8", 1_400), Unanswered("", 2), Unanswered("L9", 1, "een eigen regel"), Unanswered("L8", 1)]

    text = digest(unanswered=left).text

    assert text.index("    1.400  mensen die met elkaar praten, niet met ons (T8)") < text.index(
        "        1  een tirade, grap of satire (T3)"
    )
    assert "        2  er is geen regel genoteerd\n" in text
    assert "        1  een eigen regel (L9)\n" in text
    assert "        1  L8\n" in text


def test_our_own_mistakes_are_told_one_by_one_and_only_those_that_happened() -> None:
    text = flat(digest(**FULL).text)

    assert "Van 1 goedgekeurd antwoord weten we niet of het er staat." in text
    assert "2 antwoorden zijn verlopen doordat niemand op tijd besliste." in text
    assert "De netwerken weigerden 3 goedgekeurde antwoorden" in text
    assert "4 antwoorden zijn geplaatst tegen het bezwaar van een regel in" in text
    assert "5 berichten die wij negatief noemden, zijn dat niet, zei iemand." in text
    assert "7 berichten die wij niet negatief noemden, zijn dat wel, zei iemand." in text
    assert "8 berichten gaan helemaal niet over ons, zei iemand." in text
    assert "2 bronnen waren een tijd niet in orde of vielen stil" in text
    assert "6 teksten die onze bronnen ons gaven, waren niet te lezen" in text
    assert "Wat er bij ons misging ---------------------- Voor zover we weten niets." in flat(digest().text)
    assert "verlopen" not in digest(mistakes=Mistakes(refused=1)).text


def test_every_source_says_how_it_fares() -> None:
    sources = [
        a_source("blog"),
        a_source("nieuw", last_success_at=None),
        a_source("hn", failures=1, last_error="hn: 503\nService Unavailable"),
        a_source("x", failures=3, last_success_at=None),
    ]

    text = flat(digest(sources=sources).text)

    assert "- blog: 4 minuten geleden gelezen. - nieuw: nog niet gelezen." in text
    assert (
        "! hn: de laatste poging mislukte; voor het laatst gelezen op maandag 2 maart 2026 om 09:56 uur. hn: 503 Service Unavailable"
        in text
    )
    assert "! x: nog nooit gelezen; de laatste 3 pogingen mislukten." in text
    assert "2 bronnen gaven geen antwoord" in text


@pytest.mark.parametrize("part", ["escalated", "answered", "waiting"])
def test_a_long_list_is_cut_and_says_how_many_more_there_are(part: str) -> None:
    makers: dict[str, Any] = {"answered": answered, "waiting": waiting}
    many = [makers[part](n) if part in makers else Quote("x", f"a{n}", "tekst") for n in range(MOST + 3)]

    changes: dict[str, Any] = {part: many}
    cut = digest(**changes)

    assert "    en nog 3\n" in cut.text
    assert "en nog 3<" in cut.html
    changes[part] = many[:MOST]
    assert "en nog" not in digest(**changes).text


def test_a_few_quotes_stand_for_all_that_was_said_and_none_says_what_another_said() -> None:
    said = [Quote("x", f"a{n}", f"tekst {n // 2}") for n in range(20)]
    html = digest(received=20, said=said, praise=said[::-1]).html

    assert [1, 1, 1, 1, 1] == [html.count(f"“tekst {n}”") for n in (0, 1, 2, 3, 4)]
    assert (5, 5) == (html.count("edge bad-edge"), html.count("edge good-edge"))


def test_a_long_text_is_quoted_short() -> None:
    text = flat(digest(said=[Quote("x", "Jo", "woord " * 200)]).text)

    assert "woord…”" in text
    assert len(text) < 800


# What it refuses


def test_a_language_without_a_phrase_book_is_refused() -> None:
    with pytest.raises(ValueError, match="knows no language 'fr'; choose one of en, nl"):
        digest("fr")


def test_a_digest_about_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one brand"):
        write([], "nl", NOW)


def test_the_template_library_is_imported_only_when_a_digest_is_written() -> None:
    program = "import sys, monitor.digest; print('jinja2' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=TEMPLATES.parents[3])

    assert done.stdout == "False\n"
