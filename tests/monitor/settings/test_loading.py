from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain import Brand, Delivery, Fact, Term
from monitor.settings import Approver, ConfigError, Kinds, Mistake, NetworkSettings, ReplyTemplates, SourceSettings, load
from monitor.settings import keys as keys_of
from monitor.settings.sections import _COMPOUNDS
from monitor.settings.values import READERS, Wrong, read_duration, spell
from tests.monitor.settings.configurations import BRANDS, FILE_SOURCE, KINDS, MONITOR, RESPONDERS, SOURCE, mistakes, read, write

CLOCK = 'is not a time of the day: write hours and minutes between quotes, such as "08:00"'
DURATION = 'is not a duration: write a number and s, m, h, d or w between quotes, such as "90s", "10m" or "3d"'
FILE_KEYS = [*keys_of.SOURCE, *FILE_SOURCE.options]
TWO_BRANDS = BRANDS + '[[brand]]\nid = "b"\nname = "B"\nterms = ["b"]\n'


def test_what_is_left_out_has_its_default(tmp_path: Path) -> None:
    settings = read(write(tmp_path))

    assert (time(8, 0), "Europe/Amsterdam", timedelta(days=3), timedelta(days=365), "template", (), ("vader",)) == (
        settings.digest_at,
        settings.digest_timezone,
        settings.reply_expires_after,
        settings.retain_for,
        settings.drafter,
        settings.approvers,
        settings.scorers,
    )
    assert ("sqlite:///grapevine.db", tmp_path, (), {}) == (settings.database_url, settings.config_dir, settings.facts, settings.templates)


def test_the_environment_is_kept_and_never_shown(tmp_path: Path) -> None:
    settings = read(write(tmp_path), SLACK_BOT_TOKEN="hunter2", GRAPEVINE_DATABASE_URL="sqlite:///x.db")

    assert ("hunter2", "sqlite:///x.db") == (settings.environment["SLACK_BOT_TOKEN"], settings.database_url)
    assert "hunter2" not in repr(settings)


def test_sources_are_read_with_the_options_of_their_kind(tmp_path: Path) -> None:
    monitor = (
        MONITOR
        + "retain_days = 30\n"
        + SOURCE
        + 'every = "90s"\nbrands = ["b"]\nweight = 2\ndeep = true\npatience = "2h"\ncolumns = ["a=b"]\n'
        + '[[source]]\nname = "feeds"\nkind = "rss"\nurls = ["https://example.org/a", "http://example.com:8080/b"]\n'
        + '[digest]\nat = 07:30:00.5\ntimezone = "UTC"\n'
    )

    settings = read(write(tmp_path, brands=TWO_BRANDS, monitor=monitor))

    options = {"path": tmp_path / "posts.jsonl", "weight": 2, "deep": True, "patience": timedelta(hours=2), "columns": ("a=b",)}
    assert (
        SourceSettings("posts", "file", ("b",), timedelta(seconds=90), options),
        SourceSettings(
            "feeds", "rss", ("waalfiets", "b"), timedelta(minutes=10), {"urls": ("https://example.org/a", "http://example.com:8080/b")}
        ),
    ) == settings.sources
    assert (timedelta(days=30), time(7, 30), "UTC") == (settings.retain_for, settings.digest_at, settings.digest_timezone)


def test_an_option_that_is_left_out_has_the_default_of_the_adapter(tmp_path: Path) -> None:
    settings = read(write(tmp_path, monitor=MONITOR + SOURCE))

    assert {"path": tmp_path / "posts.jsonl", "weight": 1.5, "deep": False, "columns": ()} == settings.sources[0].options


def test_a_time_of_the_day_may_stand_between_quotes(tmp_path: Path) -> None:
    assert time(7, 45) == read(write(tmp_path, monitor=MONITOR + '[digest]\nat = "7:45"')).digest_at


def test_an_absolute_path_stays_what_it_is(tmp_path: Path) -> None:
    settings = read(write(tmp_path, monitor=MONITOR + SOURCE.replace("posts.jsonl", "/srv/posts")))

    assert Path("/srv/posts") == settings.sources[0].options["path"]


def test_networks_approvers_and_replies_are_read(tmp_path: Path) -> None:
    responders = """\
[replies]
expires_after = "2d"
drafter = "template"
[[approver]]
name = "Els"
[[approver]]
name = "Joris"
brands = ["waalfiets"]
[network.x]
delivery = "none"
x_ai_reply_approval = "mail of 2 March"
[network.reddit]
delivery = "api"
poster = "console"
account = "u/waalfiets"
path = "played.jsonl"
"""

    settings = read(write(tmp_path, responders=responders))

    assert {
        "x": NetworkSettings("x", Delivery.NONE, options={"x_ai_reply_approval": "mail of 2 March"}),
        "reddit": NetworkSettings("reddit", Delivery.API, "console", "u/waalfiets", {"path": tmp_path / "played.jsonl"}),
    } == settings.networks
    assert (Approver("Els"), Approver("Joris", ("waalfiets",))) == settings.approvers
    assert (timedelta(days=2), "template") == (settings.reply_expires_after, settings.drafter)


def test_kinds_that_this_process_does_not_know_are_not_checked(tmp_path: Path) -> None:
    monitor = '[monitor]\nscorers = ["model"]\n[[source]]\nname = "a"\nkind = "mail"\nbox = 5\n'
    responders = '[replies]\ndrafter = "llm"\n[network.x]\ndelivery = "api"\nposter = "x"\nanything = [1]\n'

    settings = read(write(tmp_path, monitor=monitor, responders=responders), Kinds())

    assert (("model",), "llm") == (settings.scorers, settings.drafter)
    assert ({"box": 5}, {"anything": [1]}) == (settings.sources[0].options, settings.networks["x"].options)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ('scorers = ["vadr"]', ['2: monitor.scorers[1]: there is no scorer "vadr"; did you mean "vader"?']),
        ("scorers = []", ["2: monitor.scorers: is an empty list; give which scorers say how a post feels, asked in this order"]),
        ('scorers = ["vader", "vader"]', ['2: monitor.scorers: "vader" stands 2 times in the list: once is enough']),
        ("retain_days = 1.5", [
            "1: monitor.scorers: is missing: which scorers say how a post feels, asked in this order",
            "2: monitor.retain_days: 1.5 is not a whole number: write one without quotes, such as 365",
        ]),
        ('scorers = ["vader"]\n[digest]\nat = "8"', [f'4: digest.at: "8" {CLOCK}']),
        ('scorers = ["vader"]\n[digest]\nat = "24:00"', [f'4: digest.at: "24:00" {CLOCK}']),
        ('scorers = ["vader"]\n[[digest]]', ["3: digest: must be one table between single brackets: write [digest] once, above its keys"]),
        ('scorers = ["vader"]\n[digest]\ntimezone = "UTF"', ['4: digest.timezone: "UTF" is not a time zone; did you mean "UTC"?']),
    ],
)  # fmt: skip
def test_a_wrong_line_about_the_monitor_is_told(tmp_path: Path, lines: str, expected: list[str]) -> None:
    assert [f"monitor.toml:{problem}" for problem in expected] == mistakes(write(tmp_path, monitor=f"[monitor]\n{lines}\n"))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('every = "5s"', '8: source[1].every: "5s" is too short: "10s" is the least'),
        ('every = "8d"', '8: source[1].every: "8d" is too long: "1w" is the most'),
        ("every = 600", f"8: source[1].every: 600 {DURATION}"),
        ('every = "10 minutes"', f'8: source[1].every: "10 minutes" {DURATION}'),
        ('brands = ["waalfits"]', '8: source[1].brands[1]: there is no brand with the id "waalfits"; did you mean "waalfiets"?'),
        ("weight = nan", "8: source[1].weight: nan is not a number: write one without quotes, such as 10"),
        ('deap = true', '8: source[1].deap: is not a key here; did you mean "deep"?'),
        ("zzz = 1", f'8: source[1].zzz: is not a key here; a [[source]] of kind "file" takes: {", ".join(FILE_KEYS)}'),
    ],
)  # fmt: skip
def test_a_wrong_line_of_a_source_is_told(tmp_path: Path, line: str, expected: str) -> None:
    assert [f"monitor.toml:{expected}"] == mistakes(write(tmp_path, monitor=MONITOR + SOURCE + line))


def test_every_mistake_in_the_sources_is_told_at_once(tmp_path: Path) -> None:
    monitor = MONITOR + SOURCE + SOURCE.replace('"posts"', '"POSTS"').replace("path", "paht") + SOURCE.replace("file", "fiel") + (
        '[[source]]\nkind = "rss"\nurls = ["ftp://x", "https://", "https://a b", "https://[", "https://example.org:x/", ""]\n'
        '[[source]]\nname = "r"\nkind = "reddit"\napi_url = ""\n[[source]]\nname = "n"\nkind = "rss"\nurls = []\n'
    )  # fmt: skip

    not_web = "is not a web address: it begins with https:// and names a place, such as https://example.org/feed.xml"
    already = "is already the name of another source, on line 5: give each its own; capitals make no difference"
    assert [
        "9: source[2].path: is missing: the file or folder with posts",
        f'10: source[2].name: "POSTS" {already}',
        '12: source[2].paht: is not a key here; did you mean "path"?',
        f'15: source[3].name: "posts" {already}',
        '16: source[3].kind: there is no kind of source "fiel"; did you mean "file"?',
        "18: source[4].name: is missing: your own name for this source; keep it, for we remember under it how far we have read",
        *[
            f'20: source[4].urls[{index}]: "{url}" {not_web}'
            for index, url in enumerate(["ftp://x", "https://", "https://a b", "https://[", "https://example.org:x/"], 1)
        ],
        "20: source[4].urls[6]: is empty; write a web address, or take it out of the list",
        "28: source[6].urls: is an empty list; give the addresses of the feeds",
    ] == [told.removeprefix("monitor.toml:") for told in mistakes(write(tmp_path, monitor=monitor))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '[network.x]\ndelivery = "API"',
            ['2: network.x.delivery: "API" is not possible here: write "api", "assisted" or "none"; did you mean "api"?'],
        ),
        ("[network.x]\ndelivery = true", ['2: network.x.delivery: true is not possible here: write "api", "assisted" or "none"']),
        ("[network.x]\n", ["1: network.x.delivery: is missing: how an approved reply gets there"]),
        (
            '[network.x]\ndelivery = "api"',
            ['1: network.x.poster: is missing: delivery "api" needs what publishes; write "console", or choose delivery "assisted"'],
        ),
        (
            '[network.X]\ndelivery = "api"\nposter = "consol"',
            [
                '1: network.X: "X" may hold only a-z, 0-9, - and _, begins with a letter or digit, and has at most 40 signs; "x" would do',
                '3: network.X.poster: there is no poster "consol"; did you mean "console"?',
            ],
        ),
        ('[network.x]\ndelivery = "none"\npath = "x"', [
            "3: network.x.path: is not a key here; [network.x] takes: delivery, poster, account, x_ai_reply_approval",
        ]),
        ('[network.x]\ndelivery = "none"\nx_ai_reply_approval = "yes"', [
            ('3: network.x.x_ai_reply_approval: "yes" is no reference: '
             'write where the document is found, such as "mail of 2026-03-02 from X, no. 12"'),
        ]),
        ('[network.x]\ndelivery = "none"\nx_ai_reply_approval = true', [
            "3: network.x.x_ai_reply_approval: true is not a text: write it between quotes",
        ]),
        ('[network.reddit]\ndelivery = "none"\nreddit_app_approval = "yes"', [
            '3: network.reddit.reddit_app_approval: "yes" is neither true nor false: write one of these, without quotes',
        ]),
        ('[network]\ndelivery = "none"', [
            "2: network.delivery: belongs under the name of a network: write a line such as [network.x] above it",
        ]),
        ('[[network]]\ndelivery = "none"', [
            "1: network: needs a name of its own: write [network.x] with single brackets, where x is the network",
        ]),
        ('replies = 1\n[network.x]\ndelivery = "none"', [
            "1: replies: must be one table between single brackets: write [replies] once, above its keys",
        ]),
        ('[replies]\nexpires_after = "30m"\ndrafter = "temlpate"', [
            '2: replies.expires_after: "30m" is too short: "1h" is the least',
            '3: replies.drafter: there is no drafter "temlpate"; did you mean "template"?',
        ]),
        ('[[approver]]\nname = "Els"\n[[approver]]\nname = "els"\nbrands = ["x"]\n[[approver]]\nbrand = "x"', [
            '4: approver[2].name: "els" is already the name of another approver, on line 2: give each its own; capitals make no difference',
            '5: approver[2].brands[1]: there is no brand with the id "x"; there is "waalfiets"',
            "6: approver[3].name: is missing: the name of a person who may approve replies",
            '7: approver[3].brand: is not a key here; did you mean "brands"?',
        ]),
    ],
)  # fmt: skip
def test_a_wrong_line_about_the_responders_is_told(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert [f"responders.toml:{problem}" for problem in expected] == mistakes(write(tmp_path, responders=text))


def test_without_known_posters_delivery_by_api_still_needs_one(tmp_path: Path) -> None:
    problem = 'is missing: delivery "api" needs what publishes; write one, such as "console", or choose delivery "assisted"'

    assert [f"responders.toml:1: network.x.poster: {problem}"] == mistakes(
        write(tmp_path, responders='[network.x]\ndelivery = "api"'), Kinds()
    )


def test_where_there_is_no_adapter_at_all_this_is_told(tmp_path: Path) -> None:
    assert ['monitor.toml:2: monitor.scorers[1]: there is no scorer "vader"; there is none yet'] == mistakes(
        write(tmp_path), Kinds(scorers={})
    )


def test_a_wrong_name_in_a_list_is_told_where_it_stands_also_after_another_mistake(tmp_path: Path) -> None:
    monitor = '[monitor]\nscorers = [\n"",\n"vader",\n"vadr",\n]\n' + SOURCE + 'brands = [\n5,\n"nobody",\n]\n'

    assert [
        "monitor.toml:3: monitor.scorers[1]: is empty; write a name, or take it out of the list",
        'monitor.toml:5: monitor.scorers[3]: there is no scorer "vadr"; did you mean "vader"?',
        "monitor.toml:13: source[1].brands[1]: 5 is not a text: write it between quotes",
        'monitor.toml:14: source[1].brands[2]: there is no brand with the id "nobody"; there is "waalfiets"',
    ] == mistakes(write(tmp_path, monitor=monitor))


def test_of_very_many_names_only_the_first_are_listed(tmp_path: Path) -> None:
    brands = "".join(f'[[brand]]\nid = "b{number}"\nname = "B{number}"\nterms = ["x"]\n' for number in range(30))

    found = mistakes(write(tmp_path, brands=brands, monitor=MONITOR + SOURCE + 'brands = ["zzz"]'))

    assert 1 == len(found)
    assert found[0].endswith(
        'there is no brand with the id "zzz"; there is ' + ", ".join(f'"b{number}"' for number in range(20)) + " and 10 more"
    )


def test_a_wrong_database_is_told_together_with_the_rest(tmp_path: Path) -> None:
    folder = write(tmp_path, brands=BRANDS + "x = 1")

    with pytest.raises(ConfigError) as raised:
        load(folder, database_url="oracle:", environment={}, kinds=KINDS)

    assert ("brands.toml", "--database") == (Path(raised.value.mistakes[0].file).name, raised.value.mistakes[1].file)
    assert "\n".join(map(str, raised.value.mistakes)) == str(raised.value)


def test_reply_templates_are_read_with_their_lines(tmp_path: Path) -> None:
    settings = read(write(tmp_path, {"replies/nl.toml": '[password-reset]\ntexts = [\n"a",\n"b"]\n', "replies/en.toml": "[a]\n"}))

    templates = settings.templates["nl"]
    assert ["en", "nl"] == list(settings.templates)
    assert ("nl", tmp_path / "replies/nl.toml", {"password-reset": {"texts": ["a", "b"]}}) == (
        templates.language,
        templates.path,
        templates.sections,
    )
    assert [1, 4, 2, None] == [
        templates.line("password-reset"),
        templates.line("password-reset", "texts", 1),
        templates.line("password-reset", "texts", 7),
        templates.line("nowhere"),
    ]


def test_mistakes_within_reply_templates_are_told_with_the_rest(tmp_path: Path) -> None:
    def check(templates: ReplyTemplates) -> Sequence[Mistake]:
        return [
            Mistake("?", None, "complaint.texts[2]", f"unknown blank in {templates.language}"),
            Mistake("?", 9, "x", "has a line of its own"),
            Mistake("?", None, "", "the file as a whole"),
        ]

    files = {"replies/nl.toml": '[complaint]\ntexts = [\n"a",\n"b"]\n', "replies/en.toml": "[", "replies/english.toml": "a = 1"}

    found = mistakes(write(tmp_path, files), Kinds(templates_check=check))

    wrong = '"english" is not a two-letter code of a language (ISO 639-1); did you mean "en"?'
    assert [
        "replies/en.toml:1: a key is missing or begins with a sign that is not allowed: use a-z, 0-9, _ and -",
        f"replies/english.toml: the file must be named after a language, as in nl.toml: {wrong}",
        "replies/english.toml: complaint.texts[2]: unknown blank in english",
        "replies/english.toml: the file as a whole",
        "replies/english.toml:9: x: has a line of its own",
        "replies/nl.toml: the file as a whole",
        "replies/nl.toml:4: complaint.texts[2]: unknown blank in nl",
        "replies/nl.toml:9: x: has a line of its own",
    ] == found


@given(st.integers(10, 500_000))
def test_a_duration_is_spelled_as_it_is_read(seconds: int) -> None:
    key = keys_of.Key("duration", "x")

    assert timedelta(seconds=seconds) == read_duration(spell(timedelta(seconds=seconds)), key)


@given(
    st.sampled_from(sorted(READERS)),
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=300) | st.lists(st.integers(), max_size=2),
)
def test_no_value_whatever_it_is_does_more_than_be_wrong(kind: str, value: object) -> None:
    key = keys_of.Key(kind, "x", choices=("a", "b"))
    try:
        found = READERS[kind](value, key)
    except Wrong as wrong:
        found = str(wrong)

    assert found is not None


def test_every_key_is_of_a_kind_that_can_be_read() -> None:
    kinds = {key.kind for tables in keys_of.KEYS.values() for table in tables.values() for key in table.values()}

    assert set() == kinds - READERS.keys() - _COMPOUNDS.keys()


@pytest.mark.parametrize(
    ("read_as", "table"), [(Brand, keys_of.BRAND), (Term, keys_of.TERM), (Fact, keys_of.FACT), (Approver, keys_of.APPROVER)]
)
def test_everything_that_the_domain_knows_can_be_configured(read_as: type, table: dict[str, keys_of.Key]) -> None:
    assert {field.name for field in fields(read_as)} == table.keys()


def test_all_files_together_tell_their_mistakes_in_order(tmp_path: Path) -> None:
    files = {"facts/waalfiets.toml": "x = 1", "replies/nl.toml": ""}
    found = mistakes(write(tmp_path, files, brands=BRANDS + "x = 1", monitor=MONITOR + "x = 1", responders="x = 1\n" + RESPONDERS))

    assert ["brands.toml:5", "monitor.toml:3", "responders.toml:1", "facts/waalfiets.toml:1", "replies/nl.toml"] == [
        told.partition(": ")[0] for told in found
    ]
