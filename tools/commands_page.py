"""Gives docs/commands.md its sections: every command with its arguments and options, as `--help` has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import typer

from monitor import __main__ as monitor_main
from monitor.command import EXIT_CODES
from responders import __main__ as responders_main

COMMON = ("--config", "--database", "--json")
"""Options that mean the same everywhere; the page explains them once."""

PLACEHOLDERS: Mapping[str, str] = {"--as": "NAME", "--jsonl": "FILE", "--html": "FILE", "--rejected": "FILE"}
"""What stands for the value where the option's own name would say too little."""

APPS: Mapping[str, typer.Typer] = {"monitor": monitor_main.app, "responders": responders_main.app}


def commands(app: typer.Typer) -> Mapping[str, Any]:
    """Return an app's commands by name, each with `help` and `params`."""
    group: Any = typer.main.get_command(app)
    found: Mapping[str, Any] = group.commands
    return found


def shown(command: Any) -> list[Any]:
    """Return a command's arguments and options without those that only still work because they were called so once."""
    return [parameter for parameter in command.params if not getattr(parameter, "hidden", False)]


def options(command: Any) -> Iterator[tuple[str, str]]:
    """Yield a command's arguments and options, each with what it is for."""
    for parameter in shown(command):
        if parameter.param_type_name == "argument":
            words = "" if parameter.required else "may be left out"
            yield parameter.metavar or parameter.name.upper(), _join(getattr(parameter, "help", "") or "", words)
            continue
        name = ", ".join(parameter.opts)
        if not parameter.is_flag:
            name += f" {(parameter.metavar or PLACEHOLDERS.get(parameter.opts[0]) or parameter.opts[0].lstrip('-').upper())}"
        notes = ["needed" if parameter.required else "", f"or set {parameter.envvar}" if parameter.envvar else "", _default(parameter)]
        yield name, _join(parameter.help or "", "; ".join(note for note in notes if note))


def parts() -> Mapping[str, str]:
    """Return the page's parts by name: one for each program."""
    return {
        program: "\n\n".join(_section(program, name, command) for name, command in commands(app).items()) for program, app in APPS.items()
    }


def _section(program: str, name: str, command: Any) -> str:
    paragraphs = [paragraph.replace("\n", " ") for paragraph in command.help.split("\n\n") if paragraph != EXIT_CODES]
    example = next(paragraph for paragraph in paragraphs if paragraph.startswith("Example: ")).removeprefix("Example: ")
    prose = [paragraph for paragraph in paragraphs if not paragraph.startswith("Example: ")]
    lines = [f"### `{program} {name}`", "", "\n\n".join(prose), "", f"    {example}", ""]
    told = [(option, words) for option, words in options(command) if option.split()[0] not in COMMON]
    lines += [f"- `{option}`: {words}" for option, words in told]
    common = [f"`{option.split()[0]}`" for option, _words in options(command) if option.split()[0] in COMMON]
    if common:
        lines += ["", f"Also takes {', '.join(common)}."] if told else [f"Takes {', '.join(common)}."]
    return "\n".join(lines)


def _default(parameter: Any) -> str:
    value = parameter.default
    if parameter.is_flag or value in (None, "", (), []) or callable(value) or parameter.required:
        return ""
    return f"{value} if left out"


def _join(words: str, note: str) -> str:
    return f"{words} ({note})" if note and words else words or note
