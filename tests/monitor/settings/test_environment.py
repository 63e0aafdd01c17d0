from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.settings import ConfigError, find_config_dir, read_environment
from monitor.settings.environment import DATABASE_URL, find_database_url


def _dotenv(folder: Path, text: str | bytes) -> Path:
    path = folder / ".env"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def _wrong(folder: Path, text: str | bytes) -> list[str]:
    with pytest.raises(ConfigError) as raised:
        read_environment({}, _dotenv(folder, text))
    return [str(mistake).removeprefix(f"{folder}/") for mistake in raised.value.mistakes]


def test_the_folder_is_the_option_then_the_environment_then_config() -> None:
    found = [
        find_config_dir("there", {"GRAPEVINE_CONFIG": "here"}),
        find_config_dir(None, {"GRAPEVINE_CONFIG": "here"}),
        find_config_dir(None, {"GRAPEVINE_CONFIG": ""}),
    ]

    assert [Path("there"), Path("here"), Path("config")] == found


def test_the_database_is_the_option_then_the_environment_then_a_file() -> None:
    environment = {"GRAPEVINE_DATABASE_URL": "postgresql+psycopg://host/name"}

    found = [find_database_url("sqlite:///x.db", environment), find_database_url(None, environment), find_database_url(None, {})]

    assert ["sqlite:///x.db", "postgresql+psycopg://host/name", DATABASE_URL] == found


@pytest.mark.parametrize(
    ("url", "right"),
    [("postgres://els:pw@h/n", "write postgresql:// instead of postgres://"), ("mysql://els:pw@h/n", f"write one such as {DATABASE_URL}")],
)
def test_a_database_we_do_not_know_is_refused_without_repeating_its_password(url: str, right: str) -> None:
    with pytest.raises(ConfigError) as raised:
        find_database_url(None, {"GRAPEVINE_DATABASE_URL": url})

    assert f"GRAPEVINE_DATABASE_URL: is not the address of an SQLite or PostgreSQL database: {right}" == str(raised.value)


def test_an_env_file_is_read_with_its_quotes_comments_and_exports(tmp_path: Path) -> None:
    text = """\ufeff# A comment.
PLAIN=value with spaces   # and a comment
export EXPORTED=1
  SPACED = x\t
EMPTY=
HASH=a#b
ONLY_COMMENT= # nothing
SINGLE='as $it \\n stands # here'  # comment
DOUBLE="a \\"quote\\", a \\\\, a \\$, a \\q, a\\ttab and a\\nline"
LONG="-----BEGIN
# no comment
END"
QUOTE_INSIDE=it's "so"
LAST=end"""

    expected = {
        "PLAIN": "value with spaces",
        "EXPORTED": "1",
        "SPACED": "x",
        "EMPTY": "",
        "HASH": "a#b",
        "ONLY_COMMENT": "",
        "SINGLE": "as $it \\n stands # here",
        "DOUBLE": 'a "quote", a \\, a $, a \\q, a\ttab and a\nline',
        "LONG": "-----BEGIN\n# no comment\nEND",
        "QUOTE_INSIDE": 'it\'s "so"',
        "LAST": "end",
    }
    assert expected == read_environment({}, _dotenv(tmp_path, text))
    assert expected == read_environment({}, _dotenv(tmp_path, text.replace("\n", "\r\n")))


def test_the_environment_of_the_process_wins(tmp_path: Path) -> None:
    path = _dotenv(tmp_path, "A=file\nB=file")

    assert {"A": "process", "B": "file"} == read_environment({"A": "process"}, path)


def test_without_an_env_file_the_environment_is_that_of_the_process(tmp_path: Path) -> None:
    assert {"A": "1"} == read_environment({"A": "1"}, tmp_path / ".env")


def test_every_wrong_line_is_told_and_never_what_stands_on_it(tmp_path: Path) -> None:
    text = """\
A=1
hunter2
B="hunter2
C='hunter2' hunter2
A=hunter2
=hunter2
D="hunter2
over lines"
D=hunter2
E="hunter\\0"
F='ok'
""".replace("\\0", "\0")

    found = _wrong(tmp_path, text)

    assert [
        ".env:2: this line is neither KEY=value nor a # comment",
        '.env:3: something is left over after the quoted value of B: a quote within it must be written as \\"',
        '.env:4: something is left over after the quoted value of C: a quote within it must be written as \\"',
        ".env:5: A was given before, on line 1: keep one of the two",
        ".env:6: this line is neither KEY=value nor a # comment",
        ".env:9: D was given before, on line 7: keep one of the two",
        ".env:10: the value of E holds a NUL sign, which no environment can",
    ] == found


def test_a_quote_that_nobody_closed_is_told_where_it_begins(tmp_path: Path) -> None:
    assert [".env:2: the value of B begins with a quote that is not closed"] == _wrong(tmp_path, "A=1\nB='hunter2\nC=2")


def test_a_key_that_looks_like_a_secret_is_not_repeated(tmp_path: Path) -> None:
    key = "c2VjcmV0" + "X1Rva2VuX1Rva2VuMQ"

    assert [".env:2: (hidden) was given before, on line 1: keep one of the two"] == _wrong(tmp_path, f"{key}==\n{key}==")


def test_an_env_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()

    with pytest.raises(ConfigError) as raised:
        read_environment({}, tmp_path / "folder")

    assert f"{tmp_path}/folder: is a folder, and should be a file" == str(raised.value)
    assert [".env:2: holds a sign that is not UTF-8 on this line: choose UTF-8 when saving the file"] == _wrong(tmp_path, b"A=1\nB=\xff\n")


@given(
    st.dictionaries(
        st.from_regex(r"[A-Z_][A-Z0-9_]{0,8}", fullmatch=True), st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"))
    )
)
def test_what_is_written_between_quotes_is_read_as_it_was(values: dict[str, str]) -> None:
    import tempfile

    def quoted(value: str) -> str:
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"' if "'" in value else f"'{value}'"

    with tempfile.TemporaryDirectory() as folder:
        path = _dotenv(Path(folder), "".join(f"{key}={quoted(value)}\n" for key, value in values.items()))

        assert values == read_environment({}, path)


@pytest.mark.parametrize("text", ["A='" + "x" * 900_000, 'A="' + '\\"' * 400_000, "A=" + " #" * 400_000, "\n" * 900_000, "A\n" * 1_000])
def test_a_hostile_env_file_is_walked_once(tmp_path: Path, text: str) -> None:
    path = _dotenv(tmp_path, text)
    try:
        values = read_environment({}, path)
    except ConfigError as error:
        values = {str(len(error.mistakes)): ""}

    assert len(values) <= 1


def test_the_real_environment_can_be_given(tmp_path: Path) -> None:
    assert dict(os.environ) == read_environment(os.environ, tmp_path / ".env")
