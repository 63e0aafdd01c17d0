"""Says what a sentence of a reply does, in whatever words: invites an answer, admits a fault, puts right, names a source.

The rules' own lists of phrases find what they foresee; these weights are asked where a list found nothing. What is weighed are the runs of
tenor.py, by weights of their own. Made by training/train_acts.py. Knows Dutch and English.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from responders.policy.context import Context
from responders.policy.tenor import odds

Act = Literal["invite", "admission", "step", "source"]
ACTS: tuple[Act, ...] = ("invite", "admission", "step", "source")
SPOKEN = frozenset({"nl", "en"})
"""The languages of the sentences that were learned from."""


@dataclass(frozen=True, eq=False)
class Acts:
    """What was learned: the weights of runs by act, and from which odds on a sentence is taken to do it."""

    table: NDArray[np.float32]
    """Rows × acts; the last row is what is added to every sentence."""
    bounds: tuple[float, ...]
    """Of each act, the odds that few sentences reach which do not do it."""

    @classmethod
    def read(cls, path: Path) -> Acts:
        """Read a file as training/train_acts.py writes it."""
        with np.load(path, allow_pickle=False) as stored:
            return cls(stored["table"].astype(np.float32) * stored["scale"], tuple(stored["bounds"].tolist()))


@cache
def load_acts() -> Acts:
    """Return what tells acts, once for the whole process."""
    with as_file(files("responders.policy").joinpath("weights/acts.npz")) as own:
        return Acts.read(own)


@lru_cache(maxsize=4096)
def acts_of(text: str) -> frozenset[Act]:
    """Return what a sentence surely does."""
    learned = load_acts()
    found = zip(ACTS, odds(learned.table, text), learned.bounds, strict=True)
    return frozenset(act for act, chance, bound in found if chance >= bound)


def performs(context: Context, act: Act, where: Callable[[str], bool] = bool) -> bool:
    """Say whether any sentence of the reply does this, of those that are asked about; in a language that was not learned from none."""
    return context.language in SPOKEN and any(act in acts_of(one.cased) and where(one.text) for one in context.reply.sentences)
