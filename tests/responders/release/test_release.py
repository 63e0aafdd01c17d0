"""A release is read with every mistake named, held against the rules, and turned into pages that stand by themselves."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.settings.shapes import ConfigError
from responders.limits import fits
from responders.release import (
    Contact,
    Picture,
    Quote,
    Release,
    Said,
    atom_feed,
    from_text,
    judge,
    page,
    plain_text,
    read_release,
    share_texts,
    to_facts,
    to_text,
)
from tests.builders import a_brand
from tests.responders.release.shared import DOT, write_release

BRANDS = ["waalfiets"]


@pytest.fixture
def sound(tmp_path: Path) -> Release:
    return read_release(write_release(tmp_path), BRANDS)


class Marks(HTMLParser):
    """What a page is made of."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data

    def loaded(self) -> list[str]:
        """Return every address that a browser fetches by itself."""
        fetched = [
            attrs.get(name) or "" for tag, attrs in self.tags for name in ("src", "srcset", "data", "background", "poster") if name in attrs
        ]
        return fetched + [
            attrs.get("href") or "" for tag, attrs in self.tags if tag == "link" and attrs.get("rel") in {"stylesheet", "icon", "preload"}
        ]


def mistakes(path: Path) -> list[str]:
    with pytest.raises(ConfigError) as refused:
        read_release(path, BRANDS)
    return [f"{mistake.line}:{mistake.key}: {mistake.problem}" for mistake in refused.value.mistakes]


# Reading


def test_a_release_is_read_whole_and_its_text_gives_it_back(sound: Release) -> None:
    assert (("nl", "en"), 2, 1, 1) == (sound.languages, len(sound.facts), len(sound.quotes), len(sound.pictures))
    assert sound == from_text(to_text(sound))
    assert to_text(sound) == to_text(from_text(to_text(sound)))


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (('brand = "waalfiets"', 'brand = "waalfeets"'), "2:brand: there is no brand"),
        (("day = 2026-03-02", 'day = "soon"'), "4:day: "),
        (('en = "https://waalfiets.example/en/news/locks"', 'en = "javascript:alert(1)"'), "10:url.en: is not an address"),
        (('\nen = "Locks did not', '\nfr = "Locks did not'), "12:headline.en: is missing"),
        (('text.en = "Who had', 'text.de = "Who had'), "39:fact[2].text.de: is not among the languages"),
        (('id = "terug"', 'id = "uitval"'), "37:fact[2].id: is the id of another fact here"),
        (('file = "fiets.png"', 'file = "weg.png"'), "50:picture[1].file: cannot be read"),
        (('alt.en = "A blue bicycle with a yellow lock."\n', ""), "51:picture[1].alt.en: is missing"),
        (('email = "pers@waalfiets.example"\nphone = "+31 24 123 45 67"\n', ""), "55:contact: is missing"),
        (("[contact]", "[kontact]"), "contact: is missing"),
        (("[[quote]]", "[[quotes]]"), "quotes: is not a key here"),
        (
            ('source = "Joris van Beek, hoofd techniek"', 'source = "xoxb-1234567890-abcdefghijkl"'),
            "40:fact[2].source: looks like a secret",
        ),
        (('"Locks did not open for an hour', f'"{"Locks did not open " * 9}for an hour'), "14:headline.en: runs over several lines or 160"),
    ],
)
def test_a_mistake_is_told_by_line_and_key(change: tuple[str, str], found: str, tmp_path: Path) -> None:
    told = mistakes(write_release(tmp_path, change))

    assert any(found in line for line in told), told


def test_what_is_no_toml_or_not_there_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text("id = [", encoding="utf-8")

    assert mistakes(tmp_path / "broken.toml")[0].startswith("1:")
    assert ["None:: there is no such file"] == mistakes(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("picture", "found"),
    [
        (b"<svg onload=alert(1)>", "is no PNG, JPEG or GIF"),
        (b"", "is no PNG, JPEG or GIF"),
        (DOT + b"x" * 600_000, "is larger than 600 kB"),
    ],
)
def test_a_picture_that_may_do_harm_or_is_too_large_is_refused(picture: bytes, found: str, tmp_path: Path) -> None:
    [told] = mistakes(write_release(tmp_path, picture=picture))

    assert found in told


def test_pictures_together_stay_small_and_few(tmp_path: Path) -> None:
    more = '[[picture]]\nfile = "fiets.png"\nalt.nl = "x"\nalt.en = "x"\n'

    large = mistakes(write_release(tmp_path, ("[contact]", more * 3 + "[contact]"), picture=DOT + b"x" * 599_000))
    many = mistakes(write_release(tmp_path, ("[contact]", more * 13 + "[contact]")))

    assert ["larger than 2 MB" in line for line in large] == [True]
    assert ["more than 12 pictures" in line for line in many] == [True]


# The rules


def test_a_sound_release_meets_no_red_objection(sound: Release) -> None:
    assert [] == [(language, one.rule) for language, one in judge(sound, a_brand())]


@pytest.mark.parametrize(
    ("change", "rule", "language"),
    [
        (("That was our mistake, and we are sorry.", "We are sorry if you felt inconvenienced."), "N1", "en"),
        (("Dat was onze fout, en het spijt ons.", "Onze excuses voor het eventuele ongemak."), "N1", "nl"),
        (('nl = "Iedereen die vanochtend een rit begon, krijgt', 'nl = "Iedereen krijgt ook 50 euro en'), "N4", "nl"),
        (('en = "Everybody who began', 'en = "We have replaced all 400 servers. Everybody who began'), "N4", "en"),
        (("The lock server failed after an update of ours.", "[explain here]"), "N5", "en"),
        (("De slotserver viel uit na een update van ons.", "Jan de Vries, 06-12345678, meldde het ons."), "N6", "nl"),
    ],
)
def test_what_no_reply_may_hold_no_release_may(change: tuple[str, str], rule: str, language: str, tmp_path: Path) -> None:
    found = {(language, one.rule) for language, one in judge(read_release(write_release(tmp_path, change), BRANDS), a_brand())}

    assert (language, rule) in found


# Pages


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_page_runs_nothing_loads_nothing_and_is_marked_for_machines(language: str, sound: Release) -> None:
    text = page(sound, a_brand(), language, approved=True)
    marks = Marks(text)
    properties = {attrs.get("property"): attrs.get("content") for tag, attrs in marks.tags if tag == "meta"}

    assert not {tag for tag, _ in marks.tags} & {"script", "iframe", "object", "embed", "form", "base"}
    assert [] == [name for _, attrs in marks.tags for name in attrs if name.startswith("on")]
    assert ["data:image/png;base64,"] == [address[:22] for address in marks.loaded()]
    assert "url(" not in text
    assert "@import" not in text
    assert "default-src 'none'" in text
    assert "https://schema.org/NewsArticle" in [attrs.get("itemtype") for _, attrs in marks.tags]
    assert {"headline", "datePublished", "articleBody", "image", "author publisher"} <= {attrs.get("itemprop") for _, attrs in marks.tags}
    assert (sound.headline[language], sound.url[language], "article") == (
        properties["og:title"],
        properties["og:url"],
        properties["og:type"],
    )
    assert [language] == [attrs["lang"] for tag, attrs in marks.tags if tag == "html"]
    assert all(attrs.get("alt") for tag, attrs in marks.tags if tag == "img")
    assert all(said.text[language] in marks.words for said in sound.facts)
    assert "@media print" in text


def test_what_is_not_approved_says_so_and_stays_out_of_search_engines(sound: Release) -> None:
    draft, approved = (page(sound, a_brand(), "nl", approved=approved) for approved in (False, True))

    assert ("Concept: nog niet" in draft, "noindex" in draft) == (True, True)
    assert ("Concept: nog niet" in approved, "noindex" in approved) == (False, False)


hostile = st.text(min_size=1, max_size=60) | st.sampled_from(
    ['"><script>alert(1)</script>', "' onload='x", "</style><script>", "&amp;<", "]]>", "<!--", "javascript:alert(1)", "\x00\x0b", "\n\n"]
)


@given(hostile, hostile, hostile)
def test_no_word_of_a_release_becomes_a_mark_of_the_page_or_the_feed(one: str, two: str, three: str) -> None:
    texts = {"en": one}
    release = Release(
        "x", "waalfiets", ("en",), date(2026, 3, 2), {"en": "https://waalfiets.example/x"}, texts, {"en": two or "x"},
        {"en": three}, (Said("f", {"en": two}, three),), Contact(one, two, three), (Quote(one, {"en": two}, {"en": three}),),
        (Picture("image/png", "AAAA", {"en": one}, two),),
    )  # fmt: skip
    brand = a_brand(name=one)

    plainly = page(replace(release, headline={"en": "x"}), a_brand(), "en", approved=True)
    marks = Marks(page(release, brand, "en", approved=True))

    assert "script" not in {tag for tag, _ in marks.tags}
    assert [] == [name for _, attrs in marks.tags for name in attrs if name.startswith("on")]
    assert {tag for tag, _ in marks.tags} <= {tag for tag, _ in Marks(plainly).tags} | {"br", "a", "p"}
    ET.fromstring(atom_feed([release], brand, "en"))
    assert from_text(to_text(release)) == release


# Feeds and texts


def test_the_feed_holds_each_release_once_the_newest_first(sound: Release) -> None:
    older = replace(
        sound, id="older", day=sound.day.replace(day=1), url={"nl": "https://waalfiets.example/nieuws/ouder"}, languages=("nl",)
    )

    feed = ET.fromstring(atom_feed([older, sound], a_brand(), "nl"))
    names = {"a": "http://www.w3.org/2005/Atom"}

    assert [sound.url["nl"], older.url["nl"]] == [entry.findtext("a:id", "", names) for entry in feed.findall("a:entry", names)]
    assert "2026-03-02T00:00:00Z" == feed.findtext("a:updated", "", names)
    assert feed.findtext("a:author/a:name", "", names)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_each_network_gets_a_text_at_its_length_that_says_who_speaks_and_where_to_read_on(language: str, sound: Release) -> None:
    longer: Any = replace(sound, happened={language: "Een zin. " + "Nog een wat langere zin die niet past. " * 40})

    for release in (sound, longer, replace(longer, headline={language: "Woord " * 26})):
        for network, text in share_texts(release, a_brand(), language).items():
            counted, most = fits(network, text)
            assert most is not None
            assert counted <= most
            assert text.startswith("Waalfiets: ")
            assert text.endswith(release.url[language])
    assert "bluesky mastodon reddit x" == " ".join(sorted(share_texts(sound, a_brand(), language)))


def test_plain_text_holds_everything_but_pictures(sound: Release) -> None:
    text = plain_text(sound, a_brand(), "nl")

    for words in ("dat was onze fout", "Bron: Joris van Beek", "Wat we nu doen", "Els Kamps, directeur", "+31 24", sound.url["nl"]):
        assert words in text
    assert not re.search(r"<\w", text)


def test_its_facts_have_the_page_of_their_language_as_source(sound: Release) -> None:
    facts = to_facts(sound, "Els, Jan")

    assert ["slotstoring-uitval-nl", "slotstoring-uitval-en", "slotstoring-terug-nl", "slotstoring-terug-en"] == [fact.id for fact in facts]
    assert [sound.url["nl"], sound.url["en"]] * 2 == [fact.source for fact in facts]
    assert {(True, "Els, Jan", sound.topics)} == {(fact.responsible, fact.approved_by, fact.topics) for fact in facts}
