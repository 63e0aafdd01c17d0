"""The command that looks after what we know to be true, `responders facts`: list, check, add. What is wrong is found in factcheck.py."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.command import (
    REFUSED,
    USAGE,
    CommandError,
    ConfigOption,
    JsonOption,
    count,
    help_text,
    print_json,
    print_table,
    say,
    write_whole,
)
from monitor.domain import Fact, Severity

if TYPE_CHECKING:
    from monitor.settings import Settings
    from responders.factcheck import Finding


class Act(StrEnum):
    """What to do with the facts."""

    LIST = "list"
    CHECK = "check"
    ADD = "add"


_ADDING = {
    "fact_id": "--id",
    "text": "--text",
    "source": "--source",
    "topic": "--topic",
    "ours": "--ours",
    "repair": "--repair",
    "valid_from": "--from",
    "valid_until": "--until",
    "confidential": "--confidential",
    "approved_by": "--approved-by",
}
"""The options of `add`, by the names of their values."""


def add_to(app: typer.Typer) -> None:
    """Add the command to those of `responders`."""
    app.command(
        short_help="List, check or add what we know to be true.",
        help=help_text(
            "List, check or add the facts that a reply may state.",
            'responders facts add --id helm --text "nl=Een helm is niet verplicht." --source "Joris van Beek, jurist" --topic helm',
            "list shows each with its days, source and topics. check finds dead dates, contradictions, missing languages and sources, and "
            "confidential words that stand in public facts, and exits 1 where it finds something red; before that it proves the whole "
            "configuration, phrases in replies/ included. add writes one at the end of "
            "facts/BRAND.toml, keeps every comment, and refuses what could not be loaded.",
        ),
    )(facts)


def facts(
    act: Annotated[Act, typer.Argument(metavar="list|check|add", help="What to do.")] = Act.LIST,
    brand: Annotated[str, typer.Option(help="The brand's id; may be left out where there is one.")] = "",
    fact_id: Annotated[str, typer.Option("--id", help="add: a short name for the fact.")] = "",
    text: Annotated[list[str] | None, typer.Option(metavar="LANG=TEXT", help="add: the fact in one language; for each anew.")] = None,
    source: Annotated[str, typer.Option(help="add: an address, or the name and role of a person.")] = "",
    topic: Annotated[list[str] | None, typer.Option(help="add: a word of posts that the fact is about; for each anew.")] = None,
    ours: Annotated[
        bool | None, typer.Option("--ours/--not-ours", help="add: it was our fault; --not-ours: it was not; neither while unknown.")
    ] = None,
    repair: Annotated[list[str] | None, typer.Option(metavar="LANG=TEXT", help="add: how we put it right; for each language anew.")] = None,
    valid_from: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], metavar="DAY", help="add: its first day.")] = None,
    valid_until: Annotated[datetime | None, typer.Option("--until", formats=["%Y-%m-%d"], metavar="DAY", help="add: its last day.")] = None,
    confidential: Annotated[bool, typer.Option("--confidential", help="add: for our own people; it never stands in a draft.")] = False,
    approved_by: Annotated[str, typer.Option(help="add: who checked it.")] = "",
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Look after the facts."""
    given = {
        "fact_id": fact_id,
        "text": _by_language(text, "--text"),
        "source": source,
        "topic": tuple(topic or ()),
        "ours": ours,
        "repair": _by_language(repair, "--repair"),
        "valid_from": valid_from.date() if valid_from else None,
        "valid_until": valid_until.date() if valid_until else None,
        "confidential": confidential,
        "approved_by": approved_by,
    }
    if act is not Act.ADD and (stray := [_ADDING[name] for name, value in given.items() if value not in ("", (), {}, None, False)]):
        raise CommandError(f"{', '.join(stray)}: only for responders facts add. Nothing was done.", USAGE)
    if act is Act.ADD:
        _add(config, brand, given, as_json=as_json)
        return
    from responders.wiring import read_responder_settings

    settings = read_responder_settings(config, None)
    known = [fact for fact in settings.facts if not brand or fact.brand == _brand(settings, brand)]
    if act is Act.CHECK:
        _check(settings, known, as_json=as_json)
    else:
        _list(known, as_json=as_json)


def _today() -> date:
    """Return the day by which drafts are made."""
    from monitor.wiring import now

    return now().date()


def _list(known: Sequence[Fact], *, as_json: bool) -> None:
    from responders.factcheck import standing

    today = _today()
    if as_json:
        print_json([asdict(fact) | {"standing": standing(fact, today)} for fact in known])
        return
    if not known:
        say("There is no fact yet, so that no reply can state one. Add one: responders facts add")
        return
    fault = {True: "ours", False: "not ours", None: "not known"}
    rows = [
        [
            fact.id,
            fact.brand,
            standing(fact, today),
            f"{fact.valid_from or '…'} to {fact.valid_until or '…'}",
            "confidential" if fact.confidential else "public",
            fault[fact.responsible],
            " ".join(sorted(fact.text)),
            fact.source,
            ", ".join(fact.topics),
        ]
        for fact in known
    ]
    print_table(["ID", "brand", "now", "days", "for", "fault", "in", "source", "topics"], rows)


def _check(settings: Settings, known: Sequence[Fact], *, as_json: bool) -> None:
    from responders.factcheck import check

    found = check(known, {brand.id: brand for brand in settings.brands}, _today())
    if as_json:
        print_json(found)
    else:
        for line in in_words(found):
            say(line)
        reds = sum(finding.severity is Severity.RED for finding in found)
        say(f"{count(len(known), 'fact')}: {count(len(found), 'finding')}, {reds} of them red.")
    if any(finding.severity is Severity.RED for finding in found):
        raise typer.Exit(REFUSED)


def in_words(found: Sequence[Finding]) -> Iterator[str]:
    """Yield findings in lines for a person; what stands in facts cannot steer the terminal."""
    from monitor.text import for_terminal

    for finding in found:
        yield for_terminal(f"{finding.severity.value:5} {finding.fact}: {finding.sentence}.")


def _add(config: Path | None, brand_id: str, given: Mapping[str, Any], *, as_json: bool) -> None:
    """Append one fact, after the whole configuration was loaded with it at another place."""
    import os

    from monitor.settings import find_config_dir, read_environment
    from monitor.starter import StarterError, add_table
    from responders.factcheck import check
    from responders.wiring import read_responder_settings

    folder = find_config_dir(config, read_environment(os.environ, Path(".env")))
    brand = _brand(read_responder_settings(folder, None), brand_id)
    name = Path("facts") / f"{brand}.toml"
    values = _table(given)
    with tempfile.TemporaryDirectory() as beside:
        trial = Path(beside) / "config"
        # Only what is read is copied: posts and databases may lie in that folder too.
        shutil.copytree(folder, trial, ignore=_all_but_toml)
        try:
            _append(trial / name, values, add_table)
            settings = _load(trial, folder)
        except StarterError as error:
            raise CommandError(f"{str(error).replace(str(trial), str(folder))}. Nothing was written.", USAGE) from error
    [added] = [fact for fact in settings.facts if fact.brand == brand and fact.id == values["id"]]
    try:
        _append(folder / name, values, add_table)
    except StarterError as error:
        raise CommandError(f"{error}. Nothing was written.", USAGE) from error
    brands = {one.id: one for one in settings.brands}
    # What this fact brings to light counts, also where it is another that must change.
    before = {(one.fact, one.sentence) for one in check([fact for fact in settings.facts if fact != added], brands, _today())}
    found = [one for one in check(settings.facts, brands, _today()) if (one.fact, one.sentence) not in before]
    if as_json:
        print_json({"file": folder / name, "fact": added, "findings": found})
        return
    say(f"Added {added.id} to {folder / name}.")
    for line in in_words(found):
        say(line)


def _load(trial: Path, folder: Path) -> Settings:
    """Load the copy; a mistake is told of the file that the user has. Raises ConfigError."""
    from monitor.settings import ConfigError
    from responders.wiring import read_responder_settings

    try:
        return read_responder_settings(trial, None)
    except ConfigError as error:
        raise ConfigError(tuple(replace(one, file=one.file.replace(str(trial), str(folder), 1)) for one in error.mistakes)) from None


def _append(path: Path, values: Mapping[str, Any], add_table: Any) -> None:
    path.parent.mkdir(exist_ok=True)
    if not path.exists():
        write_whole(path, "# What we know to be true: the only facts that a reply may state.\n")
    add_table(path, "fact", values)


def _all_but_toml(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if not (name.endswith(".toml") or (Path(folder) / name).is_dir())]


def _table(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the table as it will stand in the file; an option left out is not there. Raises CommandError for what must be given."""
    missing = [option for name, option in _ADDING.items() if name in {"fact_id", "text", "source"} and not given[name]]
    if missing:
        raise CommandError(f"A fact needs {', '.join(missing)}. Nothing was written.", USAGE)
    import tomlkit

    names = {"fact_id": "id", "topic": "topics", "ours": "responsible"}
    told = {}
    for name, value in given.items():
        # That it was not our fault is told; that a fact is not confidential goes without saying.
        if value in ("", (), {}, None) or (value is False and name != "ours"):
            continue
        told[names.get(name, name)] = value
        if isinstance(value, dict):
            # On one line, as people write it in these files.
            told[names.get(name, name)] = tomlkit.inline_table()
            told[names.get(name, name)].update(value)
    return told


def _by_language(given: Sequence[str] | None, option: str) -> dict[str, str]:
    """Read "nl=…" values; raises CommandError where one is not so, or a language comes twice."""
    found: dict[str, str] = {}
    for one in given or ():
        language, equals, said = one.partition("=")
        language = language.strip().lower()
        if not equals or not re.fullmatch("[a-z]{2}", language):
            raise CommandError(f'{option} {one[:40]!r}: begin with the language, as in {option} "nl=…". Nothing was written.', USAGE)
        if language in found:
            raise CommandError(f"{option} has {language} twice. Nothing was written.", USAGE)
        found[language] = said.strip()
    return found


def _brand(settings: Settings, brand_id: str) -> str:
    """Return the id of the brand that is meant; raises CommandError where that is not clear."""
    ids = [brand.id for brand in settings.brands]
    if brand_id in ids:
        return brand_id
    if not brand_id and len(ids) == 1:
        return ids[0]
    raise CommandError(f"{f'There is no brand {brand_id}' if brand_id else 'Which brand'}? --brand is one of: {', '.join(ids)}.", USAGE)
