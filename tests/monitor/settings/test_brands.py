from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from monitor.domain import Brand, Fact, Term
from monitor.settings.keys import BRAND
from monitor.settings.values import slug
from tests.monitor.settings.configurations import BRANDS, mistakes, read, write

ID = "may hold only a-z, 0-9, - and _, begins with a letter or digit, and has at most 40 signs"
APART = "give each its own; capitals make no difference"

FACT = """\
[[fact]]
id = "locks-down"
text.nl = "De sloten gingen niet open."
source = "https://waalfiets.example/status"
"""


def test_a_brand_is_read_with_everything_that_can_be_said_of_it(tmp_path: Path) -> None:
    text = """
[[brand]]
id = "waalfiets"
name = " Waalfiets "
terms = ["Waalfiets", { text = "fiets", near = ["Waal"], within = 3, case_sensitive = true }, "🚲"]
languages = ["nl", "fy"]
timezone = "Europe/Brussels"
exclude = ["Waalfietsroute"]
require = ["Nijmegen"]
handles = ["@waalfiets"]
hashtags = ["#waalfiets"]
own_communities = ["waalfiets"]
blocked_communities = ["rouw"]
blocked_authors = ["@trol"]
signature = "^EK"
speaks_as = "het webteam"
formality = { nl = "u", de = "Sie", fy = "jo" }
owner = ""
"""

    settings = read(write(tmp_path, brands=text))

    expected = Brand(
        id="waalfiets",
        name="Waalfiets",
        terms=(Term("Waalfiets"), Term("fiets", ("Waal",), 3, case_sensitive=True), Term("🚲")),
        languages=("nl", "fy"),
        timezone="Europe/Brussels",
        exclude=("Waalfietsroute",),
        require=("Nijmegen",),
        handles=("@waalfiets",),
        hashtags=("#waalfiets",),
        own_communities=("waalfiets",),
        blocked_communities=("rouw",),
        blocked_authors=("@trol",),
        signature="^EK",
        speaks_as="het webteam",
        formality={"nl": "u", "de": "Sie", "fy": "jo"},
    )
    assert (expected,) == settings.brands
    assert expected == settings.brand("waalfiets")


def test_what_is_left_out_of_a_brand_is_as_the_domain_has_it(tmp_path: Path) -> None:
    assert (Brand("waalfiets", "Waalfiets", (Term("Waalfiets"),)),) == read(write(tmp_path)).brands


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('naam = "x"', 'naam: is not a key here; did you mean "name"?'),
        (
            "qq = 1",
            "qq: is not a key here; a [[brand]] takes: " + ", ".join(BRAND),
        ),
        ("signature = 5", "signature: 5 is not a text: write it between quotes"),
        (f'signature = "{"x" * 201}"', "signature: is 201 characters long; 200 is the most"),
        ('signature = "a\\u202eb"', "signature: holds a control character, which cannot be seen: type the text again"),
        ('signature = "a\\nb"', "signature: runs over several lines: write it on one line"),
        ('handles = "@waalfiets"', 'handles: is one text and should be a list: ["@waalfiets"]'),
        ("handles = {}", 'handles: a table should be a list of texts, such as ["one", "two"]'),
        (
            'handles = ["@waal fiets"]',
            'handles[1]: "@waal fiets" is not one name: write it without spaces, such as "@waalfiets" or "#waalfiets"',
        ),
        ('handles = ["@"]', 'handles[1]: "@" is not one name: write it without spaces, such as "@waalfiets" or "#waalfiets"'),
        ('exclude = ["a", "", 3]', "exclude[2]: is empty; write a word or phrase, or take it out of the list"),
        ('exclude = ["*"]', "exclude[1]: has nothing in it to look for: write at least one letter, digit or sign besides *"),
        ("exclude = [" + '"x",' * 2_001 + "]", "exclude: holds 2,001 entries; 2,000 is the most"),
        ('timezone = "Amsterdam"', 'timezone: "Amsterdam" is not a time zone; did you mean "Europe/Amsterdam"?'),
        ('timezone = "New York"', 'timezone: "New York" is not a time zone; did you mean "America/New_York"?'),
        ('timezone = "Europe/Amstredam"', 'timezone: "Europe/Amstredam" is not a time zone; did you mean "Europe/Amsterdam"?'),
        ('timezone = "../../etc/passwd"', 'timezone: "../../etc/passwd" is not a time zone; write one such as "Europe/Amsterdam"'),
        ('timezone = "Mars/Base"', 'timezone: "Mars/Base" is not a time zone; write one such as "Europe/Amsterdam"'),
        ('timezone = ""', 'timezone: "" is not a time zone; write one such as "Europe/Amsterdam"'),
        ("languages = []", 'languages: is an empty list; name at least one language, such as ["nl", "en"]'),
        ('languages = ["nl", "nl"]', 'languages: "nl" stands 2 times in the list: once is enough'),
        ('languages = ["Dutch"]', 'languages[1]: "Dutch" is not a two-letter code of a language (ISO 639-1); did you mean "nl"?'),
        ('languages = ["en-GB"]', 'languages[1]: "en-GB" is not a two-letter code of a language (ISO 639-1); did you mean "en"?'),
        ('languages = ["xx"]', 'languages[1]: "xx" is not a two-letter code of a language (ISO 639-1), such as "nl" for Dutch'),
        ('formality = "je"', 'formality: "je" should be given for each language, as in formality.nl = "…" and formality.en = "…"'),
        ('formality.nl = "jij"', 'formality.nl: "jij" is not a form of address there: write "je" or "u"'),
        ('formality.NL = "je"', 'formality.NL: "NL" is not a two-letter code of a language (ISO 639-1); did you mean "nl"?'),
        ('formality.nl = ""', "formality.nl: is empty; write a text, or leave this language out"),
    ],
)
def test_a_wrong_line_of_a_brand_is_told_with_what_would_be_right(tmp_path: Path, line: str, expected: str) -> None:
    found = mistakes(write(tmp_path, brands=BRANDS + line))

    assert f"brands.toml:5: brand[1].{expected}" == found[0]


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ("[]", ["terms: is an empty list, so that nothing would ever be found: write at least the brand's name"]),
        ('"Waalfiets"', ['terms: is one text and should be a list: ["Waalfiets"]']),
        ('["a", " "]', ["terms[2]: is empty; write the word or phrase"]),
        ("[5]", ["terms[1]: 5 is not a text: write it between quotes"]),
        ('["\\u200b*"]', ["terms[1]: has nothing in it to look for: write at least one letter, digit or sign besides *"]),
        ("[{}]", ["terms[1].text: is missing: the word or phrase"]),
        (
            '[{ text = "a", near = "b", within = 0 }, { text = "", nearr = [] }]',
            [
                'terms[1].near: is one text and should be a list: ["b"]',
                "terms[1].within: 0 is out of bounds: write a number from 1 to 200",
                'terms[2].nearr: is not a key here; did you mean "near"?',
                "terms[2].text: is empty; write the word or phrase",
            ],
        ),
        ('[{ text = "a", within = true }]', ["terms[1].within: true is not a whole number: write one without quotes, such as 12"]),
        (
            '[{ text = "a", case_sensitive = "no" }]',
            ['terms[1].case_sensitive: "no" is neither true nor false: write one of these, without quotes'],
        ),
    ],
)
def test_every_wrong_term_is_told(tmp_path: Path, terms: str, expected: list[str]) -> None:
    found = mistakes(write(tmp_path, brands=BRANDS.replace('["Waalfiets"]', terms)))

    assert [f"brands.toml:4: brand[1].{problem}" for problem in expected] == found


def test_every_mistake_in_every_brand_is_told_at_once(tmp_path: Path) -> None:
    text = """\
[[brand]]
id = "Waal Fiets"
[[brand]]
id = "東京"
name = ""
terms = ["x"]
[[brand]]
id = "WAAL FIETS"
name = "X"
terms = ["x"]
[[brand]]
id = "b"
name = "x"
terms = ["x"]
[[brands]]
"""

    assert [
        "brands.toml:1: brand[1].name: is missing: the brand's name as people know it",
        "brands.toml:1: brand[1].terms: is missing: the words and phrases that make a post a mention of this brand",
        f'brands.toml:2: brand[1].id: "Waal Fiets" {ID}; "waal-fiets" would do',
        f'brands.toml:4: brand[2].id: "東京" {ID}',
        "brands.toml:5: brand[2].name: is empty; write the brand's name as people know it",
        f'brands.toml:8: brand[3].id: "WAAL FIETS" {ID}; "waal-fiets" would do',
        f'brands.toml:8: brand[3].id: "WAAL FIETS" is already the id of another brand, on line 2: {APART}',
        f'brands.toml:13: brand[4].name: "x" is already the name of another brand, on line 9: {APART}',
        'brands.toml:15: brands: does not belong in this file; did you mean "brand"?',
    ] == mistakes(write(tmp_path, brands=text))


@pytest.mark.parametrize("text", ['[brand]\nid = "a"', "brand = 1", "brand = [1]"])
def test_a_brand_that_is_no_list_of_tables_is_told(tmp_path: Path, text: str) -> None:
    problem = "brand: stands here once, and there may be several: write [[brand]] with double brackets above its keys"

    assert [f"brands.toml:1: {problem}"] == mistakes(write(tmp_path, brands=text))


def test_a_file_without_what_it_is_for_is_told(tmp_path: Path) -> None:
    assert [
        "brands.toml:1: qqq: does not belong in this file; it takes: [[brand]]",
        "brands.toml: brand: is missing: write [[brand]], a brand to listen for",
    ] == sorted(mistakes(write(tmp_path, brands="qqq = 1")), key=lambda told: "is missing" in told)


def test_a_fact_is_read_with_everything_that_can_be_said_of_it(tmp_path: Path) -> None:
    text = FACT + (
        'text.en = "The locks\\ndid not open."\ntopics = ["slot"]\nresponsible = false\nrepair = { nl = "Geld terug." }\n'
        'valid_from = 2026-03-01\nvalid_until = "2026-03-02"\nconfidential = true\napproved_by = "Els"\n'
    )

    settings = read(
        write(tmp_path, {"facts/waalfiets.toml": text, "facts/more.toml": '[[fact]]\nid="b"\nbrand="waalfiets"\ntext.nl="x"\nsource="Els"'})
    )

    whole = Fact(
        id="locks-down",
        brand="waalfiets",
        text={"nl": "De sloten gingen niet open.", "en": "The locks\ndid not open."},
        source="https://waalfiets.example/status",
        topics=("slot",),
        responsible=False,
        repair={"nl": "Geld terug."},
        valid_from=date(2026, 3, 1),
        valid_until=date(2026, 3, 2),
        confidential=True,
        approved_by="Els",
    )
    assert (Fact(id="b", brand="waalfiets", text={"nl": "x"}, source="Els"), whole) == settings.facts


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("responsible = 1", "responsible: 1 is neither true nor false: write one of these, without quotes"),
        (
            "valid_from = 2026-03-01T10:00:00",
            "valid_from: 2026-03-01 10:00:00 is not a date: write year, month and day without quotes, such as 2026-03-31",
        ),
        (
            'valid_from = "2026-02-31"',
            'valid_from: "2026-02-31" is not a date: write year, month and day without quotes, such as 2026-03-31',
        ),
        ("repair = {}", None),
        (f'repair.nl = "{"x" * 5_001}"', "repair.nl: is 5,001 characters long; 5,000 is the most"),
        ('brand = "waalfits"', 'brand: there is no brand with the id "waalfits"; did you mean "waalfiets"?'),
        ('brand = "qq"', 'brand: there is no brand with the id "qq"; there is "waalfiets"'),
    ],
)
def test_a_wrong_line_of_a_fact_is_told(tmp_path: Path, line: str, expected: str | None) -> None:
    found = mistakes(write(tmp_path, {"facts/waalfiets.toml": FACT + line}))

    assert ([] if expected is None else [f"facts/waalfiets.toml:5: fact[1].{expected}"]) == found


def test_every_mistake_in_the_facts_is_told_at_once(tmp_path: Path) -> None:
    files = {
        "facts/a.toml": FACT
        + 'brand = "waalfiets"\nvalid_from = 2026-03-02\nvalid_until = 2026-03-01\n[[fact]]\nid = "x"\ntext = {}\nsource = ""\n',
        "facts/b.toml": FACT + FACT.replace("locks-down", "LOCKS-down"),
        "facts/waalfitse.toml": '[fact]\nid = "x"',
    }

    before = "2026-03-01 is before valid_from, 2026-03-02, so that the fact would never hold: change one of them"
    brand = 'brand: is missing, and the file\'s own name, {}, is not the id of a brand; write "waalfiets"'
    quoted_a, quoted_b = '"a"', '"b"'
    already = f"is already the id of another fact, on line 2 of {tmp_path}/facts/a.toml: {APART}"
    assert [
        f"facts/a.toml:7: fact[1].valid_until: {before}",
        f"facts/a.toml:8: fact[2].{brand.format(quoted_a)}",
        'facts/a.toml:10: fact[2].text: is empty; give the fact in each language, as in text.en = "…"',
        "facts/a.toml:11: fact[2].source: is empty; write how we know: an address, or the name and role of a person",
        f"facts/b.toml:1: fact[1].{brand.format(quoted_b)}",
        f'facts/b.toml:2: fact[1].id: "locks-down" {already}',
        f"facts/b.toml:5: fact[2].{brand.format(quoted_b)}",
        f'facts/b.toml:6: fact[2].id: "LOCKS-down" {ID}; "locks-down" would do',
        f'facts/b.toml:6: fact[2].id: "LOCKS-down" {already}',
        "facts/waalfitse.toml:1: fact: stands here once, and there may be several: write [[fact]] with double brackets above its keys",
    ] == mistakes(write(tmp_path, files))


def test_an_id_is_made_from_a_name() -> None:
    assert ["cafe-zuid", "strasse-5", "", "a" * 40] == [slug(name) for name in (" Café  Zuid! ", "Straße 5", "東京", "a" * 50)]
