"""Reads the papers and finds where they and the code disagree; each finder takes texts and names, and returns sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parent.parent

CODE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^(#{1,6}) (.+)$", re.MULTILINE)
_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_PATH = re.compile(r"(?<![\w/.<-])(?:monitor|responders|tests|docs|config|tools|benchmarks)/[\w./*-]*")
_COMMAND = re.compile(r"(?<![\w/.-])(monitor|responders) ([a-z]+(?:-[a-z]+)*)\b([^`\n#|]*)")
_MAKE = re.compile(r"(?<![\w-])make ([a-z]+)\b")
_RULE = re.compile(r"(?<![\w-])[TRNKL][1-9]\d?\b")
_OPTION = re.compile(r"(?<![\w-])(-{1,2}[a-z][a-z-]*)")


def papers() -> Mapping[str, str]:
    """Return every paper's text by its path in the tree."""
    found = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in sorted(found)}


def difference(what: str, documented: Iterable[str], real: Iterable[str]) -> list[str]:
    """Say what is real and undocumented, and what is documented and not there."""
    documented, real = set(documented), set(real)
    missing = [f"{what} {name} is undocumented" for name in sorted(real - documented)]
    return missing + [f"{what} {name} is documented and does not exist" for name in sorted(documented - real)]


def sections(text: str, level: int) -> Mapping[str, str]:
    """Return what stands under each heading of a level, up to the next of that level or above; backticks are taken off the names."""
    marks = [(match.start(), match.end(), len(match[1]), match[2]) for match in _HEADING.finditer(_blank_fences(text))]
    found: dict[str, str] = {}
    for number, (_start, end, depth, title) in enumerate(marks):
        if depth == level:
            stop = next((start for start, _end, other, _title in marks[number + 1 :] if other <= level), len(text))
            found[title.replace("`", "")] = text[end:stop]
    return found


def first_cells(text: str) -> list[str]:
    """Return the first cell of each row of the tables in a text, without their headings and backticks."""
    rows = [line.split("|")[1].strip() for line in text.splitlines() if line.startswith("|")]
    ruled = [number for number, cell in enumerate(rows) if re.fullmatch(r"[ -]+", cell)]
    return [cell.replace("`", "") for number, cell in enumerate(rows) if number not in ruled and number + 1 not in ruled]


def rows(text: str) -> Mapping[str, list[str]]:
    """Return the cells of each table row by its first cell."""
    found = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in text.splitlines() if line.startswith("|")]
    return {cells[0].replace("`", ""): cells[1:] for cells in found}


def option_names(section: str) -> set[str]:
    """Return the options and arguments that a command's section lists."""
    listed = {name for line in section.splitlines() if line.startswith("- `") for name in CODE.findall(line)[0].split(":")[0].split(", ")}
    also = {name for line in section.splitlines() if re.match(r"(?:Also t|T)akes ", line) for name in CODE.findall(line)}
    return {name.split()[0].rstrip(",") for name in listed | also}


def dead_links(texts: Mapping[str, str], exists: Callable[[str], bool]) -> list[str]:
    """Return the relative links that lead nowhere: no such file, or no such heading in it."""
    found = []
    for name, text in texts.items():
        for target in _LINK.findall(_FENCE.sub("", text)):
            if "://" in target or target.startswith("mailto:"):
                continue
            path, _, anchor = target.partition("#")
            place = _resolve(name, path) if path else name
            if not exists(place):
                found.append(f"{name}: {target} leads nowhere")
            elif anchor and place in texts and anchor not in anchors(texts[place]):
                found.append(f"{name}: {target} names a heading that is not there")
    return found


def anchors(text: str) -> set[str]:
    """Return the anchors of a text's headings."""
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for _marks, title in _HEADING.findall(_blank_fences(text))}


def lost_paths(texts: Mapping[str, str], exists: Callable[[str], bool]) -> list[str]:
    """Return the paths that papers name and that are not in the tree; a path with * stands for any, one with <…> for none."""
    found = []
    for name, text in texts.items():
        for span in [*CODE.findall(text), *_code_lines(text)]:
            paths = [path.rstrip(".") for path in _PATH.findall(re.sub(r"\S*<\S*", "", span))]
            found += [f"{name}: {path} is not in the tree" for path in paths if not exists(path)]
    return found


def wrong_commands(texts: Mapping[str, str], commands: Mapping[str, Mapping[str, Collection[str]]]) -> list[str]:
    """Return the commands and options that papers use in code and that do not exist; `commands` has options by program and command."""
    found = []
    for name, text in texts.items():
        for span in [*CODE.findall(text), *_code_lines(text)]:
            for program, command, rest in _COMMAND.findall(span):
                if command not in commands[program]:
                    found.append(f"{name}: there is no command {program} {command}")
                    continue
                unquoted = re.sub(r"\"[^\"]*\"|'[^']*'", "", rest.split("&&")[0])
                known = {*commands[program][command], "--help", "-h"}
                found += [f"{name}: {program} {command} has no option {o}" for o in _OPTION.findall(unquoted) if o not in known]
    return found


def wrong_targets(texts: Mapping[str, str], makefile: str) -> list[str]:
    """Return what papers tell to make and the Makefile does not have."""
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    spans = [(name, span) for name, text in texts.items() for span in [*CODE.findall(text), *_code_lines(text)]]
    return [f"{name}: there is no target {target}" for name, span in spans for target in _MAKE.findall(span) if target not in targets]


def rule_ids(text: str) -> set[str]:
    """Return the ids of rules that a text names."""
    return set(_RULE.findall(text))


def wrong_keepers(conduct: str, severities: Mapping[str, str]) -> list[str]:
    """Return the rules of which conduct says something else than the code does on who keeps them; `severities` are red, amber or hint."""
    words = {"red": "software", "amber": "software warns", "hint": "software hints"}
    found = []
    for rule, severity in severities.items():
        said = rows(conduct).get(rule, [""])[-1]
        keeper = re.match(r"software(?: warns| hints| suggests)?|a person|", said)
        if keeper is None or keeper[0] != words[severity]:
            found.append(f"{rule} is {severity} in the code, and conduct says: {said or 'nothing'}")
    return found


def source_texts() -> Mapping[str, str]:
    """Return the text of every module of ours by its path in the tree."""
    modules = [path for package in ("monitor", "responders") for path in (ROOT / package).rglob("*.py")]
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in modules}


def environment_names(texts: Iterable[str]) -> set[str]:
    """Return the names of our own environment variables that the code reads, and of secrets."""
    shape = r"(?<![A-Z_])(GRAPEVINE_[A-Z_]+)|[\"']([A-Z][A-Z0-9]*_(?:[A-Z0-9]+_)*(?:TOKEN|SECRET|PASSWORD))[\"']"
    return {ours or secret for text in texts for ours, secret in re.findall(shape, text)}


def _code_lines(text: str) -> Iterator[str]:
    fenced = "\n".join(match[0] for match in _FENCE.finditer(text) if not match[0].startswith("```python"))
    yield from fenced.splitlines()
    yield from (line for line in text.splitlines() if line.startswith("    "))


def _blank_fences(text: str) -> str:
    return _FENCE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def _resolve(name: str, path: str) -> str:
    parts: list[str] = []
    for part in [*name.split("/")[:-1], *path.split("/")]:
        if part == "..":
            parts = parts[:-1]
        elif part not in {"", "."}:
            parts.append(part)
    return "/".join(parts)
