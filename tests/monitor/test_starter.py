from __future__ import annotations

import json
import os
import re
import stat
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from monitor.settings import ConfigError, Kinds, Settings, load
from monitor.settings.leaks import value_looks_secret
from monitor.settings.values import UNPRINTABLE
from monitor.sources import SOURCES
from monitor.starter import FRESH, Answers, StarterError, add_table, copy_sample, write_starter
from tests.monitor.settings.configurations import BRANDS, KINDS, MONITOR, RESPONDERS, SOURCE, write
from tests.monitor.settings.documents import documents

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def _read(folder: Path) -> Settings:
    return load(folder, database_url=None, environment={}, kinds=Kinds(sources=SOURCES))


def _sample(folder: Path, posts: str = "") -> Path:
    files = {"posts.jsonl": posts, "facts/waalfiets.toml": "# Feiten.", "replies/nl.toml": "[a]", "notes.txt": "x"}
    return write(folder / "sample", files, monitor=MONITOR + SOURCE)


def _names(folder: Path, paths: list[Path]) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in paths)


def test_the_sample_is_copied_where_there_is_nothing_yet(tmp_path: Path) -> None:
    sample = _sample(tmp_path)

    made = copy_sample(sample, tmp_path / "config", NOW)

    names = ["brands.toml", "facts/waalfiets.toml", "monitor.toml", "posts.jsonl", "replies/nl.toml", "responders.toml"]
    assert names == _names(tmp_path / "config", made)
    assert names == _names(tmp_path / "config", [path for path in (tmp_path / "config").rglob("*") if path.is_file()])
    assert (sample / "brands.toml").read_bytes() == (tmp_path / "config/brands.toml").read_bytes()
    assert ("waalfiets",) == tuple(brand.id for brand in load(tmp_path / "config", database_url=None, environment={}, kinds=KINDS).brands)


def test_what_the_user_wrote_is_never_overwritten_by_the_sample(tmp_path: Path) -> None:
    sample, config = _sample(tmp_path), tmp_path / "config"
    config.mkdir()
    (config / "monitor.toml").write_text("mine")
    (config / "responders.toml").symlink_to("gone")

    made = copy_sample(sample, config, NOW)

    assert ["brands.toml", "facts/waalfiets.toml", "posts.jsonl", "replies/nl.toml"] == _names(config, made)
    assert ("mine", "gone") == ((config / "monitor.toml").read_text(), str((config / "responders.toml").readlink()))


@pytest.mark.parametrize("link", [False, True])
def test_the_sample_and_a_brand_of_ones_own_never_mix(tmp_path: Path, link: bool) -> None:
    sample, config = _sample(tmp_path), tmp_path / "config"
    config.mkdir()
    if link:
        (config / "brands.toml").symlink_to("/elsewhere/brands.toml")
    else:
        (config / "brands.toml").write_text("mine")

    assert [] == copy_sample(sample, config, NOW)
    assert ["brands.toml"] == [entry.name for entry in config.iterdir()]


def test_a_copy_that_was_cut_short_is_finished_by_the_next_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sample, config = _sample(tmp_path), tmp_path / "config"
    real_fsync, written = os.fsync, []

    def fsync_until_the_disk_is_full(descriptor: int) -> None:
        written.append(descriptor)
        if len(written) == 4:
            raise OSError(28, "No space left on device")
        real_fsync(descriptor)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fsync_until_the_disk_is_full)
        with pytest.raises(StarterError, match="No space left on device"):
            copy_sample(sample, config, NOW)
    left = _names(config, [path for path in config.rglob("*") if path.is_file()])
    made = copy_sample(sample, config, NOW)

    assert 3 == len(left)
    assert 6 == len({*left, *_names(config, made)})
    assert "brands.toml" in _names(config, made)


def test_all_posts_of_the_sample_move_by_one_span_so_that_the_newest_is_fresh(tmp_path: Path) -> None:
    posts = [
        {"id": "1", "posted_at": "2025-01-01T08:00:00+01:00", "text": "Één\u2028fiets"},
        {"id": "2", "posted_at": "2025-01-03T07:00:00Z", "text": "twee \ud83d"},
        {"id": "3", "created_at": "2025-01-02T07:00:00", "text": "drie"},
        {"id": "4"},
    ]
    sample = _sample(tmp_path, "\n".join(json.dumps(post) for post in posts) + "\n\n")

    copy_sample(sample, tmp_path / "config", NOW)

    moved = [json.loads(line) for line in (tmp_path / "config/posts.jsonl").read_text("utf-8").split("\n") if line]
    newest = NOW - FRESH
    assert [
        posts[0]
        | {"posted_at": (newest - timedelta(days=2)).astimezone(datetime.fromisoformat("2025-01-01T08:00:00+01:00").tzinfo).isoformat()},
        posts[1] | {"posted_at": newest.isoformat()},
        posts[2] | {"created_at": (newest - timedelta(days=1)).isoformat()},
        posts[3],
    ] == moved


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[1]",
        '{"posted_at": "yesterday"}',
        '{"posted_at": 5}',
        '{"posted_at": "9999-12-31T00:00:00+00:00"}\n{"posted_at": "0001-01-01T00:00:00+00:00"}',
    ],
)
def test_a_sample_whose_posts_have_no_sound_time_is_told(tmp_path: Path, line: str) -> None:
    with pytest.raises(StarterError, match=r"sample/posts.jsonl"):
        copy_sample(_sample(tmp_path, line), tmp_path / "config", NOW)


def test_a_folder_without_a_sample_is_told(tmp_path: Path) -> None:
    with pytest.raises(StarterError) as raised:
        copy_sample(tmp_path, tmp_path / "config", NOW)

    assert f"{tmp_path}: there is no sample here, for it has no brands.toml" == str(raised.value)


def test_a_sample_that_is_no_text_is_told(tmp_path: Path) -> None:
    sample = _sample(tmp_path)
    (sample / "brands.toml").write_bytes(b"\xff")

    with pytest.raises(StarterError, match=r"brands\.toml: is not UTF-8; save it as UTF-8 first"):
        copy_sample(sample, tmp_path / "config", NOW)


def test_a_configuration_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file")

    with pytest.raises(StarterError, match="cannot be written"):
        copy_sample(_sample(tmp_path), tmp_path / "config", NOW)


def test_without_hard_links_nothing_is_overwritten_either(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sample, config = _sample(tmp_path), tmp_path / "config"
    config.mkdir()
    (config / "monitor.toml").write_text("mine")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    with monkeypatch.context() as patch:
        patch.setattr(os, "link", refuse)
        made = copy_sample(sample, config, NOW)

    assert 5 == len(made)
    assert "mine" == (config / "monitor.toml").read_text()
    assert [] == list(config.rglob(".*"))


def test_a_start_for_ones_own_brand_is_commented_and_sound(tmp_path: Path) -> None:
    answers = Answers(
        name="Café Zuid",
        terms=("Café Zuid", "Cafe Zuid"),
        handles=("@cafezuid",),
        hashtags=("#cafezuid",),
        languages=("nl",),
        timezone="Europe/Brussels",
        speaks_as="het team van Café Zuid",
        signature="^AB",
        formality={"nl": "u"},
        owner="An",
        approvers=("An", 'Bo "B" \\ Z.'),
        feeds=("https://example.org/feed.xml",),
    )

    made = write_starter(tmp_path, answers, Kinds(sources=SOURCES))

    assert {"brands.toml", "facts/cafe-zuid.toml", "monitor.toml", "responders.toml"} <= set(_names(tmp_path, made))
    read = _read(tmp_path)
    brand = read.brand("cafe-zuid")
    assert ("Café Zuid", ["Café Zuid", "Cafe Zuid"], ("nl",), {"nl": "u"}, "^AB", "An") == (
        brand.name,
        [term.text for term in brand.terms],
        brand.languages,
        brand.formality,
        brand.signature,
        brand.owner,
    )
    assert ("An", 'Bo "B" \\ Z.') == tuple(approver.name for approver in read.approvers)
    assert ("https://example.org/feed.xml",) == read.sources[0].options["urls"]
    assert "Europe/Brussels" == read.digest_timezone
    assert all((tmp_path / name).read_text("utf-8").count("# ") > 5 for name in ("brands.toml", "monitor.toml", "responders.toml"))


def test_the_example_in_the_facts_is_sound_once_it_is_switched_on(tmp_path: Path) -> None:
    write_starter(tmp_path, Answers(name="A"))
    path = tmp_path / "facts/a.toml"

    rows = path.read_text("utf-8").split("# [[fact]]")[1].splitlines()
    path.write_text("[[fact]]\n" + "\n".join(row.removeprefix("# ") for row in rows), "utf-8")

    assert ["outage-2026-03-02"] == [fact.id for fact in _read(tmp_path).facts]


def test_the_examples_are_sound_once_they_are_switched_on(tmp_path: Path) -> None:
    write_starter(tmp_path, Answers(name="A"))
    path = tmp_path / "monitor.toml"

    path.write_text(re.sub(r"(?m)^# (?=\[|[a-z_]+ = )", "", path.read_text("utf-8")), "utf-8")
    found = _read(tmp_path)

    assert ["rss", "hackernews", "file"] == [source.kind for source in found.sources]
    assert ["email", "pagerduty", "apprise", "slack"] == [notifier.kind for notifier in found.notifiers]
    assert ["Els Kamps"] == [shift.person for shift in found.oncall.shifts]


def _seen(text: str) -> str:
    return " ".join(UNPRINTABLE.sub(" ", text).split())


HOSTILE = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60) | st.text(
    alphabet="\"'\\\n\r\t#[]{}=$ab.,\u202e\x00\x7f\u2028", min_size=1, max_size=30
)


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=60)
@given(HOSTILE, st.lists(HOSTILE, max_size=2), HOSTILE)
@example('x"\nid = "y', ["]", '"""'], "$name ${id}")
@example("[[brand]]", ["\\"], "'''")
@example("東京 🚲", [], "\ud800"[:0] + "x")
def test_whatever_people_call_their_brand_the_start_is_sound(name: str, others: list[str], owner: str) -> None:
    import tempfile

    texts = [name, owner, *others]
    assume(any(sign.isalnum() for sign in name) and all(any(sign.isalnum() for sign in other) for other in others))
    assume(not any(value_looks_secret(_seen(text)) for text in texts))
    assume(len({_seen(other).casefold() for other in others}) == len(others))
    with tempfile.TemporaryDirectory() as folder:
        write_starter(Path(folder), Answers(name=name, terms=(name, *others), owner=owner, signature=owner, approvers=tuple(others)))
        read = _read(Path(folder))

    assert (_seen(name), [_seen(text) for text in (name, *others)], _seen(owner)) == (
        read.brands[0].name,
        [term.text for term in read.brands[0].terms],
        read.brands[0].owner,
    )
    assert [_seen(other) for other in others] == [approver.name for approver in read.approvers]


def test_half_a_surrogate_in_an_answer_is_left_out(tmp_path: Path) -> None:
    write_starter(tmp_path, Answers(name="A\ud83d B"))

    assert "A B" == _read(tmp_path).brands[0].name


def test_nothing_is_overwritten_and_nothing_is_written_beside_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "monitor.toml").write_text("mine")
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts/a.toml").write_text("mine")

    with pytest.raises(StarterError) as raised:
        write_starter(tmp_path, Answers(name="A"))

    there = f"{tmp_path}/facts/a.toml, {tmp_path}/monitor.toml"
    assert f"{there}: already there, and nothing is overwritten; move it away, or edit it instead" == str(raised.value)
    assert ["facts", "monitor.toml"] == sorted(entry.name for entry in tmp_path.iterdir())


def test_an_answer_that_cannot_be_right_is_told_before_anything_is_written(tmp_path: Path) -> None:
    config = tmp_path / "config"

    with pytest.raises(ConfigError) as raised:
        write_starter(config, Answers(name="A", timezone="Mars", languages=("Dutch",), feeds=("ftp://x",)), Kinds(sources=SOURCES))

    told = [str(mistake) for mistake in raised.value.mistakes]
    assert [f"{config}/brands.toml", f"{config}/brands.toml", f"{config}/monitor.toml", f"{config}/monitor.toml"] == [
        line.partition(":")[0] for line in told
    ]
    assert 'did you mean "nl"?' in told[0] + told[1]
    assert not config.exists()


def test_reply_templates_come_along_in_the_languages_asked_for_and_stay_where_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = tmp_path / "shelf"
    (shelf / "replies").mkdir(parents=True)
    (shelf / "replies/nl.toml").write_text("[a]\n")
    (shelf / "replies/fr.toml").write_text("[b]\n")
    (tmp_path / "config/replies").mkdir(parents=True)
    (tmp_path / "config/replies/fr.toml").write_text("[mine]\n")
    monkeypatch.setattr("monitor.starter.REPLIES", (shelf / "nowhere", shelf / "replies"))

    made = write_starter(tmp_path / "config", Answers(name="A", languages=("nl", "fr", "de")))

    assert "replies/nl.toml" in _names(tmp_path / "config", made)
    assert {"nl": {"a": {}}, "fr": {"mine": {}}} == {
        language: dict(read.sections) for language, read in _read(tmp_path / "config").templates.items()
    }


def test_a_table_is_added_and_every_comment_stays(tmp_path: Path) -> None:
    path = write(tmp_path, monitor="# Mine.\n" + MONITOR + SOURCE + "# The end.\n\n\n") / "monitor.toml"
    path.chmod(0o640)

    add_table(
        path, "source", {"name": 'A "feed"', "kind": "rss", "urls": ("https://example.org/a",), "every": "10m", "deep": True, "weight": 5}
    )

    assert (
        "# Mine.\n" + MONITOR + SOURCE + '# The end.\n\n[[source]]\nname = "A \\"feed\\""\nkind = "rss"\nurls = ["https://example.org/a"]\n'
        'every = "10m"\ndeep = true\nweight = 5\n'
    ) == path.read_text("utf-8")
    assert 0o640 == stat.S_IMODE(path.stat().st_mode)
    assert ["monitor.toml"] == [entry.name for entry in tmp_path.iterdir() if "monitor" in entry.name]


@given(
    documents(),
    st.dictionaries(
        st.from_regex(r"[a-z_]{1,8}", fullmatch=True), st.text() | st.integers(-9, 9) | st.booleans() | st.lists(st.text(), max_size=2)
    ),
)
def test_adding_a_table_changes_nothing_else(text: str, values: dict[str, Any]) -> None:
    import tempfile

    assume(not any("\ud800" <= sign <= "\udfff" for sign in repr(values)))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "monitor.toml"
        path.write_bytes(text.encode())
        add_table(path, "source", values)
        after = path.read_bytes().decode()

    assert after.startswith(text.rstrip())
    assert tomllib.loads(text) | {"source": [values]} == tomllib.loads(after)


def test_a_byte_order_mark_line_ends_and_links_stay(tmp_path: Path) -> None:
    real, path = tmp_path / "real.toml", tmp_path / "monitor.toml"
    real.write_bytes(b"\xef\xbb\xbf[monitor]\r\n")
    path.symlink_to("real.toml")

    add_table(path, "source", {"name": "a"})

    assert path.is_symlink()
    assert b'\xef\xbb\xbf[monitor]\r\n\r\n[[source]]\r\nname = "a"\r\n' == real.read_bytes()


def test_a_first_table_is_added_to_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "monitor.toml"
    path.write_text("\n")

    add_table(path, "source", {"name": "a"})

    assert '[[source]]\nname = "a"\n' == path.read_text()


@pytest.mark.parametrize("text", ["[monitor", "[source]", "source = 5", "source = []", "[[source]]\n[source.x", 'a = "b'])
def test_a_file_that_cannot_take_the_table_stays_as_it_is(tmp_path: Path, text: str) -> None:
    path = tmp_path / "monitor.toml"
    path.write_text(text)

    with pytest.raises(StarterError) as raised:
        add_table(path, "source", {"name": "a"})

    assert f'{path}: cannot take another [[source]]: mend first what "monitor check" tells' == str(raised.value)
    assert text == path.read_text()


def test_a_value_that_toml_does_not_know_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "monitor.toml"
    path.write_text(BRANDS + RESPONDERS)

    with pytest.raises(StarterError):
        add_table(path, "source", {"name": object()})


def test_a_file_that_is_not_there_cannot_be_edited(tmp_path: Path) -> None:
    with pytest.raises(StarterError) as raised:
        add_table(tmp_path / "monitor.toml", "source", {"name": "a"})

    assert f"{tmp_path}/monitor.toml: cannot be read: No such file or directory" == str(raised.value)
