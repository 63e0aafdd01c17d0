"""The papers say what the code does: every command, key, rule and status is written down, and nothing that is not there."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from monitor import command, tables
from monitor.domain import MentionStatus, ReplyStatus
from monitor.settings.keys import KEYS
from monitor.sources import SOURCES
from monitor.sources.web import Reader
from monitor.triage import RULES as TRIAGE_RULES
from responders.policy import RULES as POLICY_RULES
from tests import papers
from tests.builders import NOW, a_brand
from tests.contracts import verify_source
from tests.fakes import web
from tests.fakes.web import WebSite
from tests.papers import ROOT, difference, first_cells, sections
from tests.test_contracts import over_http
from tools import commands_page, pages, settings_page

PAPERS = papers.papers()
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
FOLDERS = {"Sources": "sources", "Scorers": "scorers", "Notifiers": "notifiers", "Drafters": "drafters", "Posters": "posters"}

COMMANDS: Mapping[str, Mapping[str, Collection[str]]] = {
    program: {
        name: {option for parameter in commands_page.shown(found) for option in parameter.opts}
        for name, found in commands_page.commands(app).items()
    }
    for program, app in commands_page.APPS.items()
}

KEPT_BY_PEOPLE = {"L7"}
"""Rules that conduct has and no line of the code names: other rules and the audit keep them, or people do."""


def in_tree(path: str) -> bool:
    """Say whether a path is in the tree; what people write for themselves in config/ is so in the sample."""
    places = [path, path.replace("config/", "config/sample/", 1)]
    return any(any(ROOT.glob(place.rstrip("/"))) if "*" in place else (ROOT / place).exists() for place in places)


def test_every_command_is_documented_and_no_other() -> None:
    for program, known in COMMANDS.items():
        documented = sections(sections(PAPERS["docs/commands.md"], 2)[program], 3)

        assert [] == difference("command", documented, [f"{program} {name}" for name in known])


def test_every_option_of_a_command_is_documented_and_no_other() -> None:
    for program, app in commands_page.APPS.items():
        documented = sections(PAPERS["docs/commands.md"], 3)
        for name, found in commands_page.commands(app).items():
            options = [parameter for parameter in commands_page.shown(found) if parameter.param_type_name == "option"]
            real = {word for option in options for word in option.opts}
            named = {option for option in papers.option_names(documented[f"{program} {name}"]) if option.startswith("-")}

            assert [] == difference(f"option of {program} {name}", named, real)


def test_a_command_that_nobody_wrote_down_and_one_that_is_gone_are_found() -> None:
    page = "### `monitor run`\n\n- `--fast`: Hurry.\n\nAlso takes `--config`.\n\n### `monitor sing`\n"
    documented = sections(page, 3)

    assert ["command monitor stop is undocumented", "command monitor sing is documented and does not exist"] == difference(
        "command", documented, ["monitor run", "monitor stop"]
    )
    assert {"--fast", "--config"} == papers.option_names(documented["monitor run"])


def test_every_key_of_every_file_is_documented_and_no_other() -> None:
    page = sections(PAPERS["docs/settings.md"], 2)
    for file, known in KEYS.items():
        documented = sections(page[file], 4)

        assert [] == difference(f"table of {file}", map(str.lower, documented), map(str.lower, known))
        for table, keys in known.items():
            shown = next(text for name, text in documented.items() if name.lower() == table.lower())

            assert [] == difference(f"key of {table}", first_cells(shown), keys)


def test_every_adapter_and_its_options_are_documented_and_no_other() -> None:
    page = sections(PAPERS["docs/settings.md"], 2)
    for heading, folder in FOLDERS.items():
        documented, known = sections(page[heading], 4), settings_page.ADAPTERS[folder]

        assert [] == difference(folder, documented, known)
        for kind, adapter in known.items():
            assert [] == difference(f"option of {kind}", first_cells(documented[kind]), adapter.options)


def test_every_source_says_in_its_paper_whether_what_it_found_is_looked_at_again() -> None:
    page = sections(PAPERS["docs/sources.md"], 2)
    told = {kind: again[1] for kind in SOURCES if (again := re.search(r"(?m)^\| looked at again \| (.+) \|$", page.get(kind, "")))}
    asked = {kind for kind, adapter in SOURCES.items() if hasattr(adapter.load(), "recheck")}

    assert set(SOURCES) == told.keys()
    assert asked == {kind for kind, words in told.items() if not words.startswith("never")}


def test_a_key_that_nobody_wrote_down_is_found() -> None:
    page = "#### `[digest]`\n\n| key | for |\n| --- | --- |\n| `at` | when |\n| `colour` | no |\n"

    assert ["key timezone is undocumented", "key colour is documented and does not exist"] == difference(
        "key", first_cells(sections(page, 4)["[digest]"]), ["at", "timezone"]
    )


def test_every_environment_variable_is_documented_and_no_other() -> None:
    documented = first_cells(sections(PAPERS["docs/settings.md"], 2)["Environment variables"])
    named = {name for cell in documented for name in cell.split(", ")}
    tests = [path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py") if path.name != "test_docs.py"]
    read = papers.environment_names([*papers.source_texts().values()])
    of_adapters = {name for kinds in settings_page.ADAPTERS.values() for adapter in kinds.values() for name in adapter.secrets}
    ours = {name for name in named if name.startswith("GRAPEVINE_")}

    told = set(papers.CODE.findall(PAPERS["docs/settings.md"]))
    assert [] == [f"{name} is read, and docs/settings.md does not tell of it" for name in sorted(read | of_adapters) if name not in told]
    assert [] == difference("variable", ours, {name for name in read | papers.environment_names(tests) if name.startswith("GRAPEVINE_")})
    assert {"GRAPEVINE_SPEED", "MASTODON_ACCESS_TOKEN"} == papers.environment_names(
        ['environ["GRAPEVINE_SPEED"]', 'secrets=("MASTODON_ACCESS_TOKEN",)']
    )


def test_every_rule_the_code_names_is_in_conduct_and_every_rule_of_conduct_is_in_the_code() -> None:
    documented = [cell for cell in first_cells(PAPERS["docs/conduct.md"]) if papers.rule_ids(cell)]
    named = {rule for text in papers.source_texts().values() for rule in papers.rule_ids(text)}

    assert len(set(documented)) == len(documented)
    assert set() == KEPT_BY_PEOPLE & named
    assert [] == difference("rule", documented, named | set(TRIAGE_RULES) | set(POLICY_RULES) | KEPT_BY_PEOPLE)
    assert {"T12", "N1"} == papers.rule_ids("never quickly (T12), and no N1; not T0, not X-T3")


def test_conduct_says_of_every_rule_of_policy_whether_it_blocks_warns_or_hints() -> None:
    severities = {rule.id: rule.severity.value for rule in POLICY_RULES.values()}
    broken = PAPERS["docs/conduct.md"].replace("in a complaint or crisis. | software warns |", "in a complaint or crisis. | a person |")

    assert [] == papers.wrong_keepers(PAPERS["docs/conduct.md"], severities)
    assert ["N9 is amber in the code, and conduct says: a person"] == papers.wrong_keepers(broken, severities)


def test_conduct_says_which_rules_are_checked_in_other_languages() -> None:
    [sentence] = re.findall(r"In other languages only (.*?) are", PAPERS["docs/conduct.md"])

    assert {rule.id for rule in POLICY_RULES.values() if rule.any_language} == papers.rule_ids(sentence)


def test_every_status_is_in_the_glossary_and_no_other() -> None:
    text = sections(PAPERS["docs/glossary.md"], 2)["Statuses"]
    _before, of_mentions, of_replies = re.split(r"\| a (?:mention|reply) is \|", text)
    rule = "| --- | --- |\n"

    for documented, known in ((of_mentions, MentionStatus), (of_replies, ReplyStatus)):
        shown = first_cells("| is | when |\n" + rule + documented.split(rule, 1)[1])

        assert [] == difference("status", shown, [status.value for status in known])
    assert ["status lost is documented and does not exist"] == difference("status", ["new", "lost"], ["new"])


def test_every_exit_code_is_documented_and_no_other() -> None:
    real = {str(value) for name, value in vars(command).items() if name.isupper() and isinstance(value, int) and value < 256}
    section = sections(PAPERS["docs/commands.md"], 2)["What all commands share"]

    assert [] == difference("exit code", first_cells(section), real)
    assert all(f"{code} " in command.EXIT_CODES for code in real - {str(command.INTERRUPTED)})
    assert ["exit code 5 is undocumented"] == difference("exit code", first_cells(section), real | {"5"})


def test_every_module_has_its_place_in_the_drawing_of_the_layers() -> None:
    table = papers.rows(sections(PAPERS["docs/architecture.md"], 2)["The layers"])
    for column, package in enumerate(("monitor", "responders")):
        drawn = [name.rstrip("/") for cells in table.values() for name in papers.CODE.findall(cells[column]) if name != f"{package}/"]
        real = [path.name for path in (ROOT / package).iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()]

        assert [] == difference(f"module of {package}", drawn, {*real} - {"__init__.py", "migrations"})


def test_every_column_that_is_kept_of_a_mention_is_told() -> None:
    """What is kept about people cannot grow without somebody saying so (N11, L6)."""
    section = sections(PAPERS["docs/operations.md"], 2)["What is kept about people"]
    told = papers.CODE.findall(section.split("no others:")[1].split("\n\n")[0])

    assert [] == difference("column", told, tables.mentions.c.keys())


def test_every_dependency_has_a_reason() -> None:
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras, groups = pyproject["project"]["optional-dependencies"], pyproject["dependency-groups"]
    asked = [line for lines in (pyproject["project"]["dependencies"], *extras.values(), *groups.values()) for line in lines]
    page = sections(PAPERS["docs/decisions/0002-dependencies.md"], 2)
    reasons = {name: cells[0] for text in page.values() for name, cells in papers.rows(text).items() if name not in {"package", "---"}}

    assert [] == difference("dependency", map(canonicalize_name, reasons), [canonicalize_name(Requirement(line).name) for line in asked])
    assert [] == [name for name, reason in reasons.items() if len(reason) < 15]
    assert ["dependency left-pad is undocumented"] == difference("dependency", [], [Requirement("left-pad>=1").name])


def test_every_link_leads_somewhere() -> None:
    broken = {"docs/a.md": "[x](b.md) [y](#here) [z](../README.md#gone)\n\n# There\n", "README.md": "# Grapevine\n"}

    assert [] == papers.dead_links(PAPERS, in_tree)
    assert [
        "docs/a.md: b.md leads nowhere",
        "docs/a.md: #here names a heading that is not there",
        "docs/a.md: ../README.md#gone names a heading that is not there",
    ] == papers.dead_links(broken, broken.__contains__)


def test_every_path_that_a_paper_names_is_in_the_tree() -> None:
    assert [] == papers.lost_paths(PAPERS, in_tree)
    assert ["a.md: monitor/singing.py is not in the tree"] == papers.lost_paths(
        {"a.md": "`monitor/singing.py`, `docs/*.md` and `monitor/sources/<kind>.py`"}, in_tree
    )


def test_every_command_that_a_paper_uses_is_one() -> None:
    broken = {"a.md": "`monitor sing`\n\n    responders approve 12 --version 0de1 --quickly\n    make haste\n"}

    assert [] == papers.wrong_commands(PAPERS, COMMANDS)
    assert [] == papers.wrong_targets(PAPERS, MAKEFILE)
    assert ["a.md: there is no command monitor sing", "a.md: responders approve has no option --quickly"] == papers.wrong_commands(
        broken, COMMANDS
    )
    assert ["a.md: there is no target haste"] == papers.wrong_targets(broken, MAKEFILE)


def test_the_first_two_commands_of_the_readme_can_be_made() -> None:
    told = re.findall(r"^ {4}make (\w+)", PAPERS["README.md"], re.MULTILINE)

    assert ["run", "test"] == told[:2]
    assert [] == papers.wrong_targets({"README.md": PAPERS["README.md"]}, MAKEFILE)


def test_the_readme_is_honest_about_what_can_be_plugged_in() -> None:
    limits = sections(PAPERS["README.md"], 2)["What it cannot do yet"].split("\n- ")
    networks, feeling = ({*papers.CODE.findall(next(one for one in limits if name in one))} for name in ("**Networks.**", "**Feeling.**"))
    adapters = settings_page.ADAPTERS

    assert [] == difference("source or poster", networks, [*adapters["sources"], *adapters["posters"]])
    assert [] == difference("scorer", feeling - {"monitor.toml"}, adapters["scorers"])


def test_the_tables_in_the_papers_are_what_the_code_says_today() -> None:
    assert [] == pages.stale(), "run: make docs"
    assert "<!-- from the code: a -->\n\nnew\n\n<!-- end -->" == pages.fill("<!-- from the code: a -->\nold\n<!-- end -->", {"a": "new"})
    with pytest.raises(ValueError, match="b"):
        pages.fill("<!-- from the code: a -->\n<!-- end -->", {"a": "", "b": ""})


def test_the_picture_of_the_desk_loads_nothing_from_elsewhere() -> None:
    picture = (ROOT / "docs" / "review.svg").read_text(encoding="utf-8")

    assert ["http://www.w3.org/2000/svg"] == re.findall(r'(?:xmlns|href|src)(?::\w+)?="([^"#]+)"', picture)
    assert "docs/review.svg" in PAPERS["README.md"]


def test_the_example_of_a_source_runs() -> None:
    [module, line] = re.findall(r"^```python\n(.*?)^```", PAPERS["docs/adding-a-source.md"], re.MULTILINE | re.DOTALL)
    example = ModuleType("praatplein")
    sys.modules["praatplein"] = example
    try:
        exec(compile(module, "docs/adding-a-source.md", "exec"), vars(example))
    finally:
        del sys.modules["praatplein"]
    good = {"id": 7, "by": "jo", "html": "<p>Mijn Waalfiets<br>doet het niet", "at": 1_772_445_600}
    with WebSite(everywhere=web.answer_json({"posts": [good, {"id": 8}, None]})) as site:
        reader = Reader("plein", now=lambda: NOW, allow_private=("127.0.0.1",))
        batch = example.PraatpleinSource("plein", reader, site.url("")).fetch(a_brand(), "")

    [mention] = batch.mentions
    assert ("7", "jo", "Mijn Waalfiets\ndoet het niet") == (mention.external_id, mention.author.handle, mention.text)
    assert datetime(2026, 3, 2, 10, tzinfo=UTC) == mention.posted_at
    assert ("7", True, 2) == (batch.cursor, batch.more, len(batch.rejected))
    assert "PraatpleinSource" in line

    with WebSite() as site:
        reader = Reader("plein", now=lambda: NOW, allow_private=("127.0.0.1",))
        calm = web.answer_json({"posts": [good]})
        verify_source(over_http(site, calm, lambda: example.PraatpleinSource("plein", reader, site.url(""))), a_brand())
