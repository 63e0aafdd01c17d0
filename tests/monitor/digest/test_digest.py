"""What the people who run a brand's communication read each morning."""

from __future__ import annotations

import re
import string
import subprocess
import sys
import tomllib
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.digest import LANGUAGES, MOST, AnsweredReply, Digest, Figures, Mistakes, Quote, Speech, Unanswered, WaitingReply, write
from monitor.digest.counted import Learned
from monitor.digest.speech import MISTAKES
from monitor.domain import ReplyStatus, SourceHealth
from tests.builders import NOW

DAY = Figures("Waalfiets", datetime(2026, 2, 28, 23, tzinfo=UTC), datetime(2026, 3, 1, 23, tzinfo=UTC))
TEMPLATES = Path(__file__).parents[3] / "monitor" / "templates" / "digest"


def a_source(name: str = "blog", **changes: Any) -> SourceHealth:
    return replace(SourceHealth(name, "waalfiets", "", NOW - timedelta(minutes=4), None, 0, "", 3), **changes)


def waiting(number: int = 41, *, hours: int = 5, text: str = "Mijn slot gaat niet open", **changes: Any) -> WaitingReply:
    at = NOW - timedelta(hours=hours)
    return replace(WaitingReply(number, ReplyStatus.AWAITING, at, "mastodon", "Sanne", text, f"https://social.example/{number}"), **changes)


def answered(number: int = 12, *, minutes: int = 38, **changes: Any) -> AnsweredReply:
    asked = NOW - timedelta(days=1)
    reply = AnsweredReply(
        number, asked, asked + timedelta(minutes=minutes), "x", "Jo", "Dat is onze fout. ^EK", "https://x.example/1", ("Els",)
    )
    return replace(reply, **changes)


def digest(language: str = "nl", **changes: Any) -> Digest:
    return write([replace(DAY, **changes)], language, NOW)


def flat(text: str) -> str:
    return " ".join(text.split())


FULL: dict[str, Any] = {
    "received": 1_234,
    "negative": 12,
    "unjudged": 6,
    "by_network": {"x": 12, "mastodon": 1_222},
    "said": [Quote("reddit", "u/fietsert", "Derde keer deze maand", "https://reddit.example/1")],
    "escalated": [Quote("mastodon", "Karin", "De rem weigerde", "https://social.example/3", "Iemand is gewond.")],
    "answered": [answered()],
    "waiting": [waiting()],
    "unanswered": [Unanswered("T3", 4), Unanswered("T8", 14)],
    "sources": [a_source(), a_source("hn", failures=2, last_error="hn: 503")],
    "mistakes": Mistakes(1, 2, 3, 4, overflagged=5, missed=7, misplaced=8, unreadable=6, down=("hn", "reddit")),
}


# What it says


def test_the_subject_says_the_most_important_on_one_line() -> None:
    assert digest(**FULL).subject == "Waalfiets, zondag 1 maart 2026: 1.234 vermeldingen, 12 negatief, 1 antwoord wacht"
    assert digest("en", **FULL).subject == "Waalfiets, Sunday 1 March 2026: 1,234 mentions, 12 negative, 1 reply waits"


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


# Time


def test_a_day_is_a_day_also_when_the_clock_changes() -> None:
    spring = replace(DAY, since=datetime(2026, 3, 28, 23, tzinfo=UTC), until=datetime(2026, 3, 29, 22, tzinfo=UTC))
    autumn = replace(DAY, since=datetime(2026, 10, 24, 22, tzinfo=UTC), until=datetime(2026, 10, 25, 23, tzinfo=UTC))

    assert Speech("nl").period(spring) == "zondag 29 maart 2026"
    assert Speech("en").period(autumn) == "Sunday 25 October 2026"


def test_any_other_period_is_two_moments_in_the_brands_own_time() -> None:
    figures = replace(DAY, since=NOW - timedelta(days=1), until=NOW)

    assert Speech("nl").period(figures) == "zondag 1 maart 2026 om 10:00 uur tot maandag 2 maart 2026 om 10:00 uur"
    assert Speech("en").period(replace(figures, timezone="Europe/London")) == "Sunday 1 March 2026, 09:00 to Monday 2 March 2026, 09:00"


@pytest.mark.parametrize(
    ("passed", "dutch", "english"),
    [
        (timedelta(seconds=59), "minder dan een minuut", "less than a minute"),
        (timedelta(minutes=1), "1 minuut", "1 minute"),
        (timedelta(minutes=59), "59 minuten", "59 minutes"),
        (timedelta(hours=1), "1 uur", "1 hour"),
        (timedelta(hours=2, minutes=1), "2 uur en 1 minuut", "2 hours and 1 minute"),
        (timedelta(days=1), "1 dag", "1 day"),
        (timedelta(days=3, hours=4, minutes=5), "3 dagen en 4 uur", "3 days and 4 hours"),
        (timedelta(days=1_000), "1.000 dagen", "1,000 days"),
        (-timedelta(days=1), "minder dan een minuut", "less than a minute"),
    ],
)
def test_a_length_of_time_is_said_in_at_most_two_units(passed: timedelta, dutch: str, english: str) -> None:
    assert Speech("nl").length(NOW, NOW + passed) == dutch
    assert Speech("en").length(NOW, NOW + passed) == english


def test_what_a_reply_waits_for_has_words_for_every_status_it_can_wait_at() -> None:
    for language in LANGUAGES:
        for status in set(ReplyStatus) - {ReplyStatus.POSTED, ReplyStatus.REJECTED, ReplyStatus.EXPIRED}:
            assert " " in Speech(language).state(status)
    assert Speech("nl").state(ReplyStatus.POSTED) == "posted"


# Both languages


def phrase_book(language: str) -> dict[str, Any]:
    return tomllib.loads((TEMPLATES / f"{language}.toml").read_text("utf-8"))


def blanks(form: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(form) if name}


def test_both_languages_say_the_same_things_with_the_same_blanks() -> None:
    books = [phrase_book(language) for language in LANGUAGES]

    assert [sorted(book) for book in books] == [sorted(books[0])] * len(books)
    for part in ("states", "networks", "rules", "phrases"):
        assert [list(book[part]) for book in books] == [list(books[0][part])] * len(books), part
    for phrase, first in books[0]["phrases"].items():
        for book in books[1:]:
            other = book["phrases"][phrase]
            assert isinstance(other, dict) == isinstance(first, dict), phrase
            both = (first["many"], other["many"]) if isinstance(first, dict) else (first, other)
            assert blanks(both[0]) == blanks(both[1]), phrase


def test_every_counted_phrase_has_its_plural_and_its_count() -> None:
    for language in LANGUAGES:
        for phrase, form in phrase_book(language)["phrases"].items():
            if isinstance(form, dict):
                assert {"one", "many"} <= set(form) <= {"none", "one", "many"}, phrase
                assert "{n}" not in form["one"], phrase
                assert "{n}" in form["many"] or phrase.startswith("tile_") or phrase == "answer_time", phrase


def test_every_mistake_and_every_triage_rule_has_words() -> None:
    for language in LANGUAGES:
        book = phrase_book(language)
        assert {field.name for field in fields(Mistakes)} == {*MISTAKES, "down", "rejections", "overrides"}
        assert set(MISTAKES.values()) <= set(book["phrases"])
        assert {f"T{n}" for n in range(1, 17)} | {"N8", "K4"} <= set(book["rules"])


def test_no_english_is_left_in_the_dutch_digest() -> None:
    words = set(re.findall(r"[a-z]+", re.sub(r"https?://\S+", "", digest(**FULL).text.lower())))

    assert not {"the", "and", "reply", "mention", "mentions", "ago", "waits"} & words


# What a mail may hold


class Reader(HTMLParser):
    """Reads a page as a mail client does, and notes everything that could load, run or lead somewhere."""

    VOID = frozenset({"meta", "br", "hr"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.styles: list[str] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag not in self.VOID:
            self.open.append(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name == "href":
                self.links.append(value or "")
            if name == "style":
                self.styles.append(value or "")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


ALLOWED_TAGS = {"html", "head", "meta", "title", "body", "table", "tr", "td", "h1", "h2", "p", "div", "a", "strong", "style", "h3", "tbody"}
ALLOWED_ATTRIBUTES = {"align", "bgcolor", "border", "cellpadding", "cellspacing", "charset", "content", "dir", "href", "lang", "name"}
ALLOWED_ATTRIBUTES |= {"rel", "role", "style", "valign", "width", "class", "height", "aria-label"}


def check_page(html: str) -> Reader:
    page = Reader(html)

    assert page.open == []
    assert page.tags <= ALLOWED_TAGS
    assert page.attributes <= ALLOWED_ATTRIBUTES
    assert all(link.startswith(("https://", "http://")) for link in page.links)
    assert not any("url(" in style or "expression" in style for style in page.styles)
    return page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_loads_nothing_and_runs_nothing(language: str) -> None:
    page = check_page(digest(language, **FULL).html)

    assert "https://social.example/41" in page.links
    assert f'<html lang="{language}">' in digest(language, **FULL).html


def test_the_page_and_the_text_say_the_same() -> None:
    both = digest(**FULL)
    page = flat(" ".join(Reader(both.html).words))

    for sentence in re.findall(r"[A-Z][^.“”\n]{20,}\.", flat(both.text)):
        assert sentence.split("- ")[-1].split("! ")[-1] in page


HOSTILE = '</p><script>alert(1)</script><img src=x onerror=alert(1)>" onclick="x {{ 7*7 }} {n} {0.__class__} %s \x1b[31m \u202e\r\nBcc: x'


def hostile(words: str, url: str) -> dict[str, Any]:
    return {
        "brand": words,
        "received": 1,
        "by_network": {words: 1},
        "said": [Quote(words, words, words, url, words)],
        "escalated": [Quote(words, words, words, url, words)],
        "answered": [answered(network=words, author=words, text=words, url=url, approved_by=(words,))],
        "waiting": [waiting(network=words, author=words, text=words, url=url)],
        "unanswered": [Unanswered(words, 1, words)],
        "sources": [a_source(words, failures=1, last_error=words), a_source(words)],
    }


def test_nothing_that_a_stranger_wrote_becomes_markup_a_header_or_a_code() -> None:
    sent = digest(**hostile(HOSTILE, "javascript:alert(1)"))

    page = check_page(sent.html)
    assert page.links == []
    assert any("<script>alert(1)</script>" in words for words in page.words)
    assert "49" not in sent.text
    assert "\n" not in sent.subject
    assert not set("\x1b\r\u202e") & set(sent.text + sent.html + sent.subject)


@pytest.mark.parametrize(
    ("url", "followed"),
    [
        ("https://social.example/1", True),
        ("http://social.example/1", True),
        ("https://münchen.example/ü?a=1&b=2", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("data:text/html,x", False),
        ("//social.example/1", False),
        ("https:///nowhere", False),
        ("https://a b.example", False),
        ("https://a.example/\u202e", False),
        ("https://[half", False),
        ("", False),
    ],
)
def test_only_an_address_on_the_web_becomes_a_link(url: str, followed: bool) -> None:
    sent = digest(said=[Quote("x", "Jo", "tekst", url)])

    assert Reader(sent.html).links == ([url] if followed else [])
    assert (url in sent.text) is (followed or not url)


@given(words=st.text(max_size=60), url=st.text(max_size=30) | st.just("https://a.example/"), language=st.sampled_from(LANGUAGES))
def test_whatever_a_text_holds_the_digest_is_written_and_safe(words: str, url: str, language: str) -> None:
    sent = digest(language, **hostile(words, url))

    check_page(sent.html)
    assert len(sent.subject.splitlines()) == 1
    assert sent.text.encode("utf-8")
    assert sent.html.encode("utf-8")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", sent.text)


def test_an_author_without_a_name_is_somebody() -> None:
    assert "iemand op X" in digest(said=[Quote("x", "", "tekst")]).text
    assert "somebody on X" in digest("en", said=[Quote("x", " \n", "text")]).text


def test_no_line_of_the_text_is_wider_than_a_mail_unless_an_address_is() -> None:
    quotes = [Quote("x", "Jo", "een twee drie " * 40, "https://x.example/" + "a" * 200)]

    lines = digest(**{**FULL, "said": quotes}).text.splitlines()

    assert max(len(line) for line in lines if "://" not in line) <= 76
    assert any(line.endswith("a" * 200) for line in lines)


def test_the_same_figures_give_the_same_digest() -> None:
    assert digest(**FULL) == digest(**FULL)


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


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "en",
            [
                "Since your corrections we flag 12 % less.",
                "Of what we flag 80 % is right, as far as people looked (between 49 and 94 %).",
                "Of what is negative we flag 71 %, by the sample that people checked (between 60 and 82 %).",
                "1 mention that we did not flag is to be checked: monitor sample",
            ],
        ),
        (
            "nl",
            [
                "Sinds uw correcties merken we 12 % minder aan.",
                "Van wat we aanmerken klopt 80 %, voor zover er iemand keek (tussen 49 en 94 %).",
                "Van wat negatief is merken we 71 % aan, volgens de steekproef die is nagekeken (tussen 60 en 82 %).",
                "1 bericht dat we niet aanmerkten moet nog worden nagekeken: monitor sample",
            ],
        ),
    ],
)
def test_what_the_corrections_do_and_how_right_flags_are_is_said_in_a_sentence_each(language: str, sentences: list[str]) -> None:
    learned = Learned(0.12, (0.8, 0.49, 0.94), (0.71, 0.6, 0.82), 1)
    written = digest(language, learned=learned)

    assert sentences == Speech(language).learned(learned)
    assert all(sentence in flat(written.text) and sentence in flat(written.html) for sentence in sentences)


def test_corrections_that_flag_more_say_so_and_those_that_change_nothing_say_nothing() -> None:
    assert ["Since your corrections we flag 7 % more."] == Speech("en").learned(Learned(-0.07))
    assert [] == Speech("en").learned(Learned(0.001)) == Speech("en").learned(Learned())


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "By your “not about us” corrections 3 mentions were put aside; they are kept."),
        ("nl", "Door uw correcties “gaat niet over ons” zijn 3 berichten terzijde gelegd; ze blijven bewaard."),
    ],
)
def test_what_clicks_put_aside_is_told_as_a_count(language: str, sentence: str) -> None:
    assert [sentence] == Speech(language).learned(Learned(put_aside=3))
