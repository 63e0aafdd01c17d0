"""What the digest's mail may hold, and what nothing that a stranger wrote can make of it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.digest import LANGUAGES, Quote, Unanswered
from tests.monitor.digest.letters import FULL, a_source, answered, digest, flat, waiting


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
