"""Compiles pyproject's dependencies into hashed locks for Python 3.11-3.13, and checks without a network that they still agree."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
LOCKS = {"requirements.txt": ["--group", "build"], "requirements-dev.txt": ["--group", "build", "--group", "dev", "--all-extras"]}
PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)


def wanted(lock: str) -> list[Requirement]:
    """Return what pyproject asks of a lock."""
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = pyproject["dependency-groups"]
    lines = [*pyproject["project"]["dependencies"], *groups["build"]]
    if lock == "requirements-dev.txt":
        lines += groups["dev"]
        lines += [line for extra in pyproject["project"].get("optional-dependencies", {}).values() for line in extra]
    return [Requirement(line) for line in lines]


def disagreements(lock: str) -> list[str]:
    """Return in sentences where a lock and pyproject disagree."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    pins = {canonicalize_name(name): version for name, version in PINNED.findall(text)}
    found = []
    for requirement in wanted(lock):
        version = pins.get(canonicalize_name(requirement.name))
        if version is None:
            found.append(f"{lock} lacks {requirement.name}")
        elif not requirement.specifier.contains(version, prereleases=True):
            found.append(f"{lock} pins {requirement.name} {version}, pyproject wants {requirement.specifier}")
    blocks = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)
    found += [f"{lock}: {block.split()[0]} has no hash" for block in blocks if PINNED.match(block) and "--hash=sha256:" not in block]
    if "://" in text:
        found.append(f"{lock} names a host; locks must not")
    return found


def compile_locks() -> None:
    """Write every lock anew; needs the package index."""
    for lock, groups in LOCKS.items():
        command = [
            str(Path(sys.executable).with_name("uv")),
            "pip",
            "compile",
            "--universal",
            "--python-version",
            "3.11",
            "--generate-hashes",
            "--no-annotate",
            "--quiet",
        ]
        command += ["--no-emit-index-url", "--no-emit-find-links", "--custom-compile-command", "make lock", "-o", lock]
        subprocess.run([*command, *groups, "pyproject.toml"], check=True, cwd=ROOT)


def main() -> int:
    """Compile, or with --check only compare; returns the exit code."""
    if sys.argv[1:] != ["--check"]:
        compile_locks()
    found = [sentence for lock in LOCKS for sentence in disagreements(lock)]
    for sentence in found:
        print(f"{sentence}. Run: make lock", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
