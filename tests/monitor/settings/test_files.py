from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from monitor.settings.files import MAX_BYTES, MAX_MISTAKES, FileProblem, explain, read_text
from tests.monitor.settings.configurations import BRANDS, MONITOR, RESPONDERS, mistakes, read, write


def test_a_missing_folder_is_told_with_what_to_do(tmp_path: Path) -> None:
    problem = 'there is no such folder: name the folder of the configuration with --config, or let "monitor init" make one'

    assert [f"{tmp_path}/nowhere: {problem}"] == mistakes(tmp_path / "nowhere")


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("")

    assert [f"{tmp_path}/config: is a file, and should be a folder"] == mistakes(tmp_path / "config")


def test_every_missing_file_is_told_with_what_it_says(tmp_path: Path) -> None:
    (tmp_path / "brand.toml").write_text("")

    assert [
        'brands.toml: is missing: it says for whom we listen, in at least one [[brand]]; is it what is now called "brand.toml"?',
        'monitor.toml: is missing: it says where and how we listen, in [monitor] and any number of [[source]]; "monitor init" writes one',
        'responders.toml: is missing: it says where and how we answer, in one [network.<name>] for each network; "monitor init" writes one',
    ] == mistakes(tmp_path)


@pytest.mark.parametrize("text", ["", "\n \n", "# Only a comment.\n", "\ufeff"])
def test_every_empty_file_is_told_with_what_it_should_say(tmp_path: Path, text: str) -> None:
    files = dict.fromkeys(("brands.toml", "monitor.toml", "responders.toml"), text)

    assert [
        "brands.toml: is empty: it should say for whom we listen, in at least one [[brand]]",
        "monitor.toml: is empty: it should say where and how we listen, in [monitor] and any number of [[source]]",
        "responders.toml: is empty: it should say where and how we answer, in one [network.<name>] for each network",
    ] == mistakes(write(tmp_path, files))


def test_a_byte_order_mark_and_windows_line_ends_are_taken(tmp_path: Path) -> None:
    text = BRANDS.replace('"Waalfiets"\n', '"""Waal\nfiets"""\n').replace("\n", "\r\n")

    found = mistakes(write(tmp_path, {"brands.toml": b"\xef\xbb\xbf" + text.encode()}))

    assert ["brands.toml:3: brand[1].name: runs over several lines: write it on one line"] == found


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b'[[brand]]\nid = "caf\xe9"\n', "brands.toml:2: holds a sign that is not UTF-8 on this line: choose UTF-8 when saving the file"),
        (BRANDS.encode("utf-16"), "brands.toml: is saved as UTF-16: choose UTF-8 when saving it"),
        (
            b"#" * (MAX_BYTES + 1),
            "brands.toml: is larger than 1,000,000 bytes: no file of settings needs that, so it is probably another file",
        ),
        (b"x = " + b"9" * 5_000, "brands.toml:1: this cannot be read as TOML"),
        (b"\nx = " + b"[" * 100, "brands.toml:2: tables or lists stand too deep within one another here: no setting needs that"),
        (b"a" + b".a" * 400_000 + b" = 1", "brands.toml:1: tables or lists stand too deep within one another here: no setting needs that"),
    ],
)
def test_a_file_that_is_no_text_of_ours_is_told(tmp_path: Path, raw: bytes, problem: str) -> None:
    assert [problem] == mistakes(write(tmp_path, {"brands.toml": raw}))


def test_a_folder_a_pipe_and_a_link_to_itself_are_told_and_never_waited_for(tmp_path: Path) -> None:
    write(tmp_path)
    for name in ("brands.toml", "monitor.toml", "responders.toml"):
        (tmp_path / name).unlink()
    (tmp_path / "brands.toml").mkdir()
    os.mkfifo(tmp_path / "monitor.toml")
    (tmp_path / "responders.toml").symlink_to("responders.toml")
    (tmp_path / "replies").symlink_to("replies")
    (tmp_path / "facts").write_text("")

    assert [
        "brands.toml: is a folder, and should be a file",
        "monitor.toml: is a device or a pipe, and should be a file",
        "responders.toml: is a link that leads back to itself: put the real file there",
        "facts: is a file, and should be a folder",
        "replies: is a link that leads back to itself: put the real file there",
    ] == mistakes(tmp_path)


def test_a_link_to_a_file_that_is_gone_and_an_empty_one_are_told(tmp_path: Path) -> None:
    write(tmp_path, {"facts/a.toml": "", "facts/b.toml": "# Nothing is known yet.", "facts/.c.toml": "x", "facts/d.txt": "x"})
    (tmp_path / "facts/e.toml").symlink_to("gone.toml")

    assert [
        "facts/a.toml: is empty: fill it or delete it",
        "facts/e.toml: is a link to a file that is not there: mend or delete the link",
    ] == mistakes(tmp_path)


def test_what_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    with monkeypatch.context() as patch:  # Rights hold nobody back who runs the tests as root, so the system is played.
        patch.setattr(Path, "open", refuse)
        found = mistakes(tmp_path)

    told = "may not be read: give the user who runs this the right to read it"
    assert [f"{name}: {told}" for name in ("brands.toml", "monitor.toml", "responders.toml")] == found
    assert ("cannot be read: input/output error", told) == (explain(OSError(errno.EIO, "")), explain(OSError(errno.EPERM, "")))


@pytest.mark.skipif(os.geteuid() == 0, reason="rights hold nobody back who runs the tests as root")
def test_a_file_without_rights_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.touch(mode=0)

    with pytest.raises(FileProblem, match="may not be read"):
        read_text(path)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('a = "b\nc = 1', "1: a text is not closed before its line ends: a quote is missing"),
        ('a = 1\nb = "c', "2: a text is not closed: a quote is missing"),
        ("a = 1\nb = 'c", "2: a text is not closed: a quote is missing"),
        ("a = 'b\nc = 1", "1: a text is not closed: a quote is missing"),
        ('a = 1\nb = """c\n\n', "2: a text is not closed: a quote is missing"),
        ("a = 1\nb = '''c\n\n", "2: a text that began with ''' is not closed: ''' is missing at its end"),
        ('a = "b\x01"', "1: there is a control character here, which a TOML file may not hold: delete it and type the line again"),
        ("# \x00", "1: there is a control character here, which a TOML file may not hold: delete it and type the line again"),
        (
            "\nname = Waalfiets",
            '2: the value cannot be read: write a text between straight quotes, as in name = "Waalfiets"; a list between [ and ]',
        ),
        ("name = “Waalfiets”", '1: this line holds curly quotes, which a word processor makes: write straight ones, " and "'),
        ("terms = [\n„Waalfiets”]", '2: this line holds curly quotes, which a word processor makes: write straight ones, " and "'),
        ("naam Waalfiets", '1: a = is missing: write key = value, as in name = "Waalfiets"; a line of explanation begins with #'),
        ("* x", "1: this line is neither a [table], nor key = value, nor a # comment"),
        ("a. = 1", "1: a key is missing or begins with a sign that is not allowed: use a-z, 0-9, _ and -"),
        ("a = 1 b = 2", "1: something is left over after the value: put it on a line of its own, or a # before it"),
        ("[[brand]\na = 1", "1: the table's name must be closed by ]]"),
        ("[brand\na = 1", "1: the table's name must be closed by ]"),
        ("[a]\n[a]", "2: this table was begun before: give it once, or write its name between [[ and ]] if there may be several"),
        ("a = 1\na = 2", "2: this key was given before: keep one of the two"),
        ("a = {b = 1, b = 2}", "1: this key was given before: keep one of the two"),
        ("a = {}\na.b = 1\n", "2: this table was closed before: what belongs to it must stand between its braces"),
        ("[a.b.c]\n[a]\nb.c.d = 1", "3: this table was begun before: put the keys together under one name"),
        ("a = 1\nb = [1, 2\nc = 3", "3: the list that begins on line 2 is not closed before this: a comma or a ] is missing"),
        (
            'a = 1\nb = [\n  "x",\n  "y"\n  "z",\n]',
            "5: the list that begins on line 2 is not closed before this: a comma or a ] is missing",
        ),
        ("a = 1\nb = [1\n", "2: the list that begins on line 2 is not closed before this: a comma or a ] is missing"),
        ("a = 1\nb = [1,\n", "2: the value of the last key is not finished"),
        ("b = {c = 1 d = 2}", "1: the table that begins on line 1 is not closed before this: a comma or a } is missing"),
        (r'a = "C:\path"', r"1: a backslash must be doubled: write \\ or put the text between single quotes"),
        (r'a = "\u12"', r"1: after \u must stand four, and after \U eight, hexadecimal digits"),
        (r'a = "\ud800"', r"1: the number after \u or \U is no character"),
        ("a = 2026-02-31", "1: there is no such date or time: write 2026-03-31 or 08:00:00"),
    ],
)
def test_what_is_no_toml_is_told_in_plain_words_and_hides_no_other_file(tmp_path: Path, text: str, problem: str) -> None:
    found = mistakes(
        write(tmp_path, {"brands.toml": text, "monitor.toml": MONITOR + "retain_days = 0", "responders.toml": RESPONDERS + "pooster = 1"})
    )

    assert [
        f"brands.toml:{problem}",
        "monitor.toml:3: monitor.retain_days: 0 is out of bounds: write a number from 1 to 3650",
        'responders.toml:3: network.x.pooster: is not a key here; did you mean "poster"?',
    ] == found


def test_a_broken_file_of_brands_leaves_no_brand_unknown(tmp_path: Path) -> None:
    source = '[[source]]\nname = "a"\nkind = "file"\npath = "x"\nbrands = ["nobody"]\n'

    assert 1 == len(mistakes(write(tmp_path, {"brands.toml": "[", "monitor.toml": MONITOR + source})))


@pytest.mark.parametrize(
    "text",
    [
        BRANDS + "".join(f"x{number} = 1\n" for number in range(60_000)),
        "".join(f"x{number} = 1\n" for number in range(60_000)) + BRANDS,
        "".join(f'[[brand]]\nid = "b{number}"\ntimezone = "Mars{number}"\n' for number in range(15_000)),
        BRANDS.replace('["Waalfiets"]', "[" + '"", ' * 1_900 + "]"),
        BRANDS + "formality = {" + ", ".join(f'x{number} = "je"' for number in range(40_000)) + "}",
    ],
    ids=["keys", "tables", "zones", "terms", "languages"],
)
def test_countless_mistakes_are_told_up_to_a_bound(tmp_path: Path, text: str) -> None:
    found = mistakes(write(tmp_path, {"brands.toml": text}))

    assert (MAX_MISTAKES + 1, "brands.toml: has more mistakes than these: mend these first") == (len(found), found[-1])


def test_the_folder_may_be_named_from_where_one_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write(tmp_path / "config").parent)

    assert tmp_path / "config" == read(Path("config")).config_dir
