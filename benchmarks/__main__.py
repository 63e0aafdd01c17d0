"""Runs every benchmark, or those named, prints what they found and writes it into benchmarks/results.md."""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec

from benchmarks.table import ROOT, as_markdown

ALL = ("importing", "starting", "running", "spikes", "stories", "digesting", "world", "many", "publishing", "waiting")


def main() -> int:
    """Run them; exits 1 where a demand does not hold, and 2 before any is run where one is unknown."""
    names = sys.argv[1:] or list(ALL)
    if unknown := [name for name in names if not name.isidentifier() or find_spec(f"benchmarks.{name}") is None]:
        print(f"no such benchmark: {', '.join(unknown)}; there are {', '.join(ALL)}", file=sys.stderr)
        return 2
    results = []
    for name in names:
        print(f"{name} …", file=sys.stderr, flush=True)
        results.append(import_module(f"benchmarks.{name}").main())
    print(as_markdown(results))
    page = ROOT / "benchmarks" / "results.md"
    page.write_text(as_markdown(results, page.read_text("utf-8") if page.exists() else ""), encoding="utf-8")
    return int(any(figure.holds is False for result in results for figure in result.figures))


if __name__ == "__main__":
    sys.exit(main())
