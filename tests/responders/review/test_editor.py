"""A person's own editor: what comes back from it, and what happens where there is none."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from monitor.text import MAX_TEXT
from responders.review import NotEdited, edit_text


@pytest.fixture
def editor(tmp_path: Path) -> Callable[[str], dict[str, str]]:
    def write(body: str, name: str = "editor") -> dict[str, str]:
        script = tmp_path / name
        script.write_text(f"#!{sys.executable}\nimport sys, pathlib\nfile = pathlib.Path(sys.argv[-1])\n{body}\n")
        script.chmod(0o755)
        return {"EDITOR": str(script), "PATH": "/nonexistent"}

    return write


def test_the_editors_text_comes_back_to_the_letter(editor: Callable[[str], dict[str, str]]) -> None:
    environment = editor("file.write_bytes(file.read_bytes().replace(b'Sorry', 'Excuses, écht 👩🏽‍🔧'.encode()) + b'\\n')")

    assert edit_text("Sorry.\n\n^EK", environment) == "Excuses, écht 👩🏽‍🔧.\n\n^EK"


def test_a_text_that_ended_its_last_line_still_does(editor: Callable[[str], dict[str, str]]) -> None:
    assert edit_text("a\n", editor("file.write_text('b\\n')")) == "b\n"


def test_windows_line_ends_and_control_characters_do_not_get_in(editor: Callable[[str], dict[str, str]]) -> None:
    assert edit_text("x", editor("file.write_bytes(b'a\\r\\nb\\x00\\x1b[31m')")) == "a\nb[31m"


def test_the_file_is_private_and_gone_afterwards(editor: Callable[[str], dict[str, str]], tmp_path: Path) -> None:
    note = tmp_path / "where"
    body = f"pathlib.Path({str(note)!r}).write_text(f'{{file}} {{file.parent.stat().st_mode}}'); file.write_text('anders')"

    edit_text("Sorry", editor(body))

    where, mode = note.read_text().split()
    assert not Path(where).parent.exists()
    assert stat.S_IMODE(int(mode)) == 0o700


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("pass", "the text is as it was"),
        ("file.write_text(' \\n\\n')", "the text is empty"),
        ("file.write_text('Sorry\\n')", "the text is as it was"),
        ("file.write_bytes(b'\\xff\\xfe')", "something else than UTF-8"),
        (f"file.write_text('a' * {MAX_TEXT + 1})", f"longer than {MAX_TEXT} characters"),
        (f"file.write_text('a' * {MAX_TEXT} * 5)", f"longer than {MAX_TEXT} characters"),
        ("file.unlink()", "left no text behind"),
        ("file.write_text('half'); sys.exit(3)", "ended with code 3"),
    ],
)
def test_no_new_text_is_said_in_a_sentence(editor: Callable[[str], dict[str, str]], body: str, sentence: str) -> None:
    with pytest.raises(NotEdited, match=sentence):
        edit_text("Sorry", editor(body))


def test_an_editor_may_have_arguments_and_visual_comes_first(editor: Callable[[str], dict[str, str]]) -> None:
    wish = editor("file.write_text(' '.join(sys.argv[1:-1]))")["EDITOR"]

    assert edit_text("x", {"VISUAL": f"'{wish}' --wait 'two words'", "EDITOR": "nothing", "PATH": ""}) == "--wait two words"


def test_without_a_wish_the_first_editor_that_is_installed_is_taken(editor: Callable[..., dict[str, str]], tmp_path: Path) -> None:
    editor("file.write_text('van nano')", name="nano")
    editor("file.write_text('van vi')", name="vi")

    assert edit_text("x", {"EDITOR": " ", "PATH": str(tmp_path)}) == "van nano"


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"PATH": "/nonexistent"}, "there is no editor here; set EDITOR, or install one of nano"),
        ({"EDITOR": "no-such-editor -w", "PATH": "/nonexistent"}, "EDITOR names no-such-editor, which is not installed"),
        ({"VISUAL": "vi 'half", "PATH": "/nonexistent"}, "VISUAL cannot be read as a command"),
    ],
)
def test_without_an_editor_the_person_is_told_what_to_do(environment: dict[str, str], sentence: str) -> None:
    with pytest.raises(NotEdited, match=sentence):
        edit_text("x", environment)


def test_an_editor_that_does_not_start_is_told(tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.write_bytes(b"\x7fELF nonsense")
    broken.chmod(0o755)

    with pytest.raises(NotEdited, match="did not start"):
        edit_text("x", {"EDITOR": str(broken)})


def test_no_shell_sees_the_editors_name(tmp_path: Path) -> None:
    victim = tmp_path / "victim"

    with pytest.raises(NotEdited):
        edit_text("x", {"EDITOR": f"{shutil.which('true')}; touch {victim}", "PATH": os.environ["PATH"]})
    assert not victim.exists()
