"""Lets a person change a text in their own editor, by way of a private file that is gone afterwards."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from monitor.text import MAX_TEXT, clean

FALLBACKS = ("nano", "vim", "vi", "emacs")
"""Tried in this order where neither VISUAL nor EDITOR says anything; the first is the one a newcomer can leave again."""


class NotEdited(Exception):
    """There is no new text; the message says why, in a sentence for the person."""


class NoEditor(NotEdited):
    """Nothing could be edited, for there is no editor to do it in."""


def edit_text(text: str, environment: Mapping[str, str]) -> str:
    """Return the text as the person left it in their editor; raises NotEdited where it is unchanged, empty or could not be edited."""
    command = find_editor(environment)
    # The folder is private (0700): also the editor's own swap and backup files stay out of sight, and go with it.
    with TemporaryDirectory(prefix="grapevine-") as folder:
        file = Path(folder) / "reply.txt"
        file.write_bytes(text.encode("utf-8"))
        try:
            done = subprocess.run([*command, str(file)], check=False)  # noqa: S603 - the person's own editor, and never through a shell
        except OSError as error:
            raise NoEditor(f"the editor {command[0]} did not start: {error.strerror}; set EDITOR to another one") from error
        if done.returncode != 0:
            raise NotEdited(f"the editor {command[0]} ended with code {done.returncode}, so nothing was changed")
        edited = _read(file, command[0])
    if not text.endswith("\n"):
        edited = edited.removesuffix("\n")  # Most editors end the last line; the reply did not.
    if not edited.strip():
        raise NotEdited("the text is empty, so nothing was changed")
    if edited == text:
        raise NotEdited("the text is as it was, so there is no new version")
    return edited


def find_editor(environment: Mapping[str, str]) -> list[str]:
    """Return the command line of the person's editor: VISUAL, EDITOR, else the first fallback that is installed."""
    for name in ("VISUAL", "EDITOR"):
        wish = environment.get(name, "").strip()
        if not wish:
            continue
        try:
            command = shlex.split(wish)
        except ValueError as error:
            raise NotEdited(f"{name} cannot be read as a command ({error}): {wish}") from error
        if shutil.which(command[0], path=environment.get("PATH")) is None:
            raise NoEditor(f"{name} names {command[0]}, which is not installed; set it to an editor that is")
        return command
    for fallback in FALLBACKS:
        found = shutil.which(fallback, path=environment.get("PATH"))
        if found is not None:
            return [found]
    raise NoEditor(f"there is no editor here; set EDITOR, or install one of {', '.join(FALLBACKS)}")


def _read(file: Path, editor: str) -> str:
    try:
        with file.open("rb") as opened:
            content = opened.read(4 * MAX_TEXT + 1)  # At most four bytes are one character.
    except OSError as error:
        raise NotEdited(f"the editor {editor} left no text behind ({error.strerror}), so nothing was changed") from error
    try:
        text = content.decode("utf-8", "strict" if len(content) <= 4 * MAX_TEXT else "replace")
    except UnicodeDecodeError as error:
        raise NotEdited(f"the editor {editor} saved something else than UTF-8, so nothing was changed") from error
    if len(text) > MAX_TEXT:
        raise NotEdited(f"the text is longer than {MAX_TEXT} characters, so nothing was changed")
    return clean(text)
