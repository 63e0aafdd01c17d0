"""Finds the recorded answers that are kept beside the repository; tests that need them skip, saying so, where they are absent."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("GRAPEVINE_SHARED", Path(__file__).resolve().parents[4] / "shared"))


def recorded(place: str) -> Path:
    """Return the file or folder `place` below the data, or skip the test that asked."""
    path = SHARED / "data" / place
    if not path.exists():
        pytest.skip(f"recorded material is not here: {path} (set GRAPEVINE_SHARED)")
    return path
