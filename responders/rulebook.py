"""The commands that hold a text against the rules and that explain a rule, `responders lint` and `responders rules`; no rules live here."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.command import (
    REFUSED,
    USAGE,
    CommandError,
    ConfigOption,
    JsonOption,
    help_text,
    print_json,
    print_table,
    say,
)
from monitor.domain import Severity

if TYPE_CHECKING:
    from monitor.settings import Settings

LANGUAGES: Mapping[str, str] = MappingProxyType({"nl": "Nederlands", "en": "English"})

SOURCES: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(("T1", "T2", "T3", "T4", "T5", "T6"), "US Air Force Web Posting Response Assessment v2")
    | {
        "T7": "van Noort & Willemsen 2012",
        "T8": "van Noort & Willemsen 2012",
        "T9": "Demmers et al.",
        "T10": "Grégoire, Salle & Tripp 2015",
        "T11": "Grégoire, Salle & Tripp 2015",
        "T12": "Coombs, Situational Crisis Communication Theory",
        "T16": "Golmohammadi et al. 2021",
        "K1": "Coombs, Situational Crisis Communication Theory",
        "K2": "Coombs, Situational Crisis Communication Theory",
        "K3": "Arpan & Roskos-Ewoldsen 2005",
    }
)
"""Where the rules of triage and crisis come from; of those that are not here, from ourselves."""
OUR_OWN = "our own"


class Format(StrEnum):
    """How `lint` says what it found."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"


class Language(StrEnum):
    """A language in which rules are explained."""

    NL = "nl"
    EN = "en"


def add_to(app: typer.Typer) -> None:
    """Add both commands to those of `responders`."""
    app.command(
        short_help="Hold a text against the rules of an honest answer.",
        help=help_text(
            "Hold a text against the rules of an honest answer.",
            "responders lint reply.txt --brand waalfiets --format sarif",
            "The facts of a brand in your configuration count; a name that is not in it is taken as it is, and has none. "
            "With --jsonl, read lines {id, lang, network, brand, post, author, facts, responsible, reply} and write {id, objections}; "
            "that needs no configuration. Exits 1 where a red objection stands.",
        ),
    )(lint)
    app.command(
        short_help="Explain a rule, with examples; or list them all.",
        help=help_text(
            "Explain a rule with a good and a bad example and its source, in Dutch and English; without an id, list all rules.",
            "responders rules N1",
        ),
    )(rules)


def lint(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE|-", help="A text file, - for standard input."),
    ] = None,
    jsonl: Annotated[Path | None, typer.Option(help="A file of JSON lines, - for standard input.")] = None,
    post: Annotated[str, typer.Option(help="The post that the text answers.")] = "",
    brand: Annotated[str, typer.Option(help="The brand's id or name.")] = "",
    network: Annotated[str, typer.Option(help="The network it is for.")] = "mastodon",
    language: Annotated[
        str,
        typer.Option("--lang", help="The post's language, such as nl; else it is detected."),
    ] = "",
    form: Annotated[
        Format | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="text for people; json; or sarif, which editors and CI show beside the text.",
        ),
    ] = None,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Lint a reply."""
    from responders.policy.lines import review_line
    from responders.preview import answer_lines, lint_in_words
    from responders.preview import lint as hold

    if as_json and form not in {None, Format.JSON}:
        raise CommandError(f"--json and --format {form} ask for two things; name one.", USAGE)
    if jsonl is not None:
        if form not in {None, Format.JSON}:
            raise CommandError(
                "--jsonl answers in lines of JSON only; for another --format give one text file.",
                USAGE,
            )
        if answer_lines(jsonl, review_line):
            raise typer.Exit(REFUSED)
        return
    if file is None:
        raise CommandError("Give a file, - for standard input, or --jsonl FILE.", USAGE)
    if not brand.strip():
        raise CommandError("Say for whom the text speaks: responders lint FILE --brand NAME", USAGE)
    raw = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    text = raw.decode("utf-8-sig", errors="replace")
    settings = _configured(config)
    answer = hold(str(file), text, post=post, brand=brand, network=network, language=language, settings=settings)
    if as_json or form is Format.JSON:
        print_json(answer)
    elif form is Format.SARIF:
        from responders.sarif import report

        print_json(report(str(file), text, answer["objections"]))
    else:
        for said in lint_in_words(str(file), text, answer["objections"]):
            say(said)
    if any(objection["severity"] == Severity.RED for objection in answer["objections"]):
        raise typer.Exit(REFUSED)


def _configured(config: Path | None) -> Settings | None:
    """Return the configuration that was named or stands here; None where there is none, for a text can be held without one."""
    from monitor.settings import find_config_dir, read_environment
    from responders.wiring import read_responder_settings

    environment = read_environment(os.environ, Path(".env"))
    asked_for = config is not None or environment.get("GRAPEVINE_CONFIG")
    # Many a project has a folder of this name that is no concern of ours.
    if not asked_for and not (find_config_dir(None, environment) / "brands.toml").exists():
        return None
    return read_responder_settings(config, None)


def rules(
    rule_id: Annotated[str, typer.Argument(metavar="ID", help="A rule's id, such as N1 or T12.")] = "",
    language: Annotated[Language | None, typer.Option("--lang", help="Explain in nl or en only.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Explain rules."""
    known = explanations()
    languages = [language.value] if language else list(LANGUAGES)
    if rule_id.strip():
        found = known.get(rule_id.strip().upper())
        if found is None:
            raise CommandError(
                f"There is no rule {rule_id.strip()[:20]!r}; there are: {', '.join(known)}.",
                USAGE,
            )
        if as_json:
            print_json(_in_languages(found, languages))
            return
        for line in in_words(found, languages):
            say(line)
        return
    if as_json:
        print_json([_in_languages(one, languages) for one in known.values()])
        return
    print_table(
        ["ID", "does", *languages],
        [[one["id"], one["does"], *(one["says"][name] for name in languages)] for one in known.values()],
    )


def explanations() -> dict[str, dict[str, Any]]:
    """Return what there is to say of each rule, by its id: what it `does`, what it `says`, `todo`, `good`, `bad`, and its `source`.

    A rule of triage or crisis has a `todo` and no examples; one that judges a reply has examples and no `todo`.
    """
    from monitor.triage import RULES as OF_TRIAGE
    from responders.policy import RULES as OF_REPLIES

    found: dict[str, dict[str, Any]] = {
        rule.id: {
            "id": rule.id,
            "does": "triage" if rule.id.startswith("T") else "crisis",
            "says": dict(rule.words),
            "todo": dict(rule.todo),
            "source": SOURCES.get(rule.id, OUR_OWN),
        }
        for rule in OF_TRIAGE.values()
    }
    for one in OF_REPLIES.values():
        found[one.id] = {
            "id": one.id,
            "does": one.severity.value,
            "says": dict(one.says),
            "good": dict(one.good),
            "bad": dict(one.bad),
            "source": one.source,
        }
    return found


DOES: Mapping[str, str] = MappingProxyType(
    {
        Severity.RED.value: "red: it blocks approval until a second person agrees to a written reason",
        Severity.AMBER.value: "amber: it warns, and a person decides",
        Severity.HINT.value: "hint: it only informs",
        "triage": "triage: whether a post is answered at all",
        "crisis": "crisis: how people act when much goes wrong at once",
    }
)
_LABELS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "nl": {"todo": "Wat te doen", "good": "Goed", "bad": "Fout"},
        "en": {"todo": "What to do", "good": "Good", "bad": "Bad"},
    }
)
_LONGEST = 100
"""Characters of an example that are shown to a person; one is as long as a network's limit."""


def in_words(explained: Mapping[str, Any], languages: list[str]) -> Iterator[str]:
    """Yield a rule's explanation in lines for a person."""
    yield f"{explained['id']}  {DOES[explained['does']]}"
    for language in languages:
        yield ""
        yield f"{LANGUAGES[language]}: {explained['says'][language]}."
        for key, label in _LABELS[language].items():
            if key in explained:
                said = explained[key][language]
                yield f"  {label}: {said if len(said) <= _LONGEST else said[:_LONGEST].rstrip() + f' … ({len(said)})'}"
    yield ""
    yield f"Source: {explained['source']}"


def _in_languages(explained: Mapping[str, Any], languages: list[str]) -> dict[str, Any]:
    return {key: {name: value[name] for name in languages} if isinstance(value, dict) else value for key, value in explained.items()}
