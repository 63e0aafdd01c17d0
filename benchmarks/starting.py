"""How long a person waits for `--help`."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from benchmarks.table import Figure, Result

RUNS = 15


def _wall(command: list[str]) -> float:
    times = []
    for _run in range(RUNS):
        start = time.perf_counter()
        subprocess.run(command, capture_output=True, check=True)
        times.append(time.perf_counter() - start)
    return median(times)


def main() -> Result:
    """Measure both commands against an empty Python."""
    bin_folder = Path(sys.executable).parent
    nothing = _wall([sys.executable, "-c", "pass"])
    figures = []
    for name in ("monitor", "responders"):
        seconds = _wall([str(bin_folder / name), "--help"])
        against = f"`python -c pass` {nothing:.3f} s (ratio {seconds / nothing:.1f})"
        figures.append(Figure(f"`{name} --help`, median of {RUNS}", f"{seconds:.3f} s", against, "≤ 0.35 s", seconds <= 0.35))
    return Result("Start", "Whole processes, wall time.", figures)
