"""Fills the parts of the papers that the code itself can tell: tables of keys and commands, what the sample shows."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from tools import commands_page, sample, settings_page

ROOT = Path(__file__).parent.parent
PAGES: Mapping[str, Callable[[], Mapping[str, str]]] = {
    "README.md": sample.parts,
    "docs/settings.md": settings_page.parts,
    "docs/commands.md": commands_page.parts,
}
"""Each page with what gives its parts by name."""

_PART = re.compile(r"(<!-- from the code: (?P<name>[^\n]+?) -->\n).*?(<!-- end -->)", re.DOTALL)


def fill(text: str, parts: Mapping[str, str]) -> str:
    """Return a page with every marked part written anew; raises ValueError where page and code have different parts."""
    named = [match["name"] for match in _PART.finditer(text)]
    if sorted(named) != sorted(parts):
        wrong = ", ".join(sorted(set(named) ^ set(parts))) or "one part twice"
        raise ValueError(f"the page's parts and the code's differ: {wrong}")
    return _PART.sub(lambda match: f"{match[1]}\n{parts[match['name']]}\n\n{match[3]}", text)


def stale(root: Path = ROOT) -> list[str]:
    """Return the pages whose parts are no longer what the code says, and the picture of the desk where it has changed."""
    found = [name for name, parts in PAGES.items() if fill(read := (root / name).read_text(encoding="utf-8"), parts()) != read]
    drawn = root / sample.PICTURE
    return found if drawn.exists() and drawn.read_text(encoding="utf-8") == sample.picture() else [*found, sample.PICTURE]


def main() -> int:
    """Write the parts, or with --check only compare; returns the exit code."""
    if sys.argv[1:] == ["--check"]:
        found = stale()
        for name in found:
            print(f"{name} is not what the code says. Run: make docs", file=sys.stderr)
        return 1 if found else 0
    for name, parts in PAGES.items():
        path = ROOT / name
        path.write_text(fill(path.read_text(encoding="utf-8"), parts()), encoding="utf-8")
    (ROOT / sample.PICTURE).write_text(sample.picture(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
