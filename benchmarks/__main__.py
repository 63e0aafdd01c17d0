"""Runs every benchmark, or those named, prints the table and writes benchmarks/results.md."""

from __future__ import annotations

import sys
from importlib import import_module

from benchmarks.table import ROOT, as_markdown

ALL = ("importing", "starting", "running", "spikes")


def main() -> int:
    """Run them; exits 1 where a demand does not hold."""
    names = sys.argv[1:] or list(ALL)
    results = []
    for name in names:
        print(f"{name} …", file=sys.stderr, flush=True)
        results.append(import_module(f"benchmarks.{name}").main())
    page = as_markdown(results)
    print(page)
    if names == list(ALL):
        (ROOT / "benchmarks" / "results.md").write_text(page, encoding="utf-8")
    return int(any(figure.holds is False for result in results for figure in result.figures))


if __name__ == "__main__":
    sys.exit(main())
