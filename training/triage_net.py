"""Learns the net that triage hears beside likeness: one hidden layer over a text's place among posts and its form.

Likeness asks what a text lies next to, the net along which directions the kinds differ; they err on other texts. Nothing is left to
chance: the same data gives the same net.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Net = tuple[Floats, Floats, Floats, Floats]
"""Weights and bias of the hidden layer and of what comes out, as monitor/scorers/likeness.py takes them."""

HIDDEN = 128
ROUNDS = 20
AT_ONCE = 256
RATE = 2e-3
WARMING = 0.15
"""The share of the steps in which the rate rises; then it falls to nothing."""
DECAY = 0.05
DROPPED_IN, DROPPED = 0.1, 0.5
"""How much of what goes in, and of the hidden layer, is left out at random while it learns."""
UNSURE = 0.05
"""So much of a post's chance is given to all classes alike, for labels are not always right."""
FAVOUR = 0.5
"""A post of a rare class counts more, by this power of how rare it is."""
TALK = 0.5
"""What an everyday tweet counts, of which only that it is not grave is said; an eighth as many as posts are looked at."""
NETS = 3
"""So many are learned and their answers averaged."""


def learn_nets(seen: Floats, kind: NDArray[np.int64], tweets: Floats, grave: Sequence[int], *, axes: int, nets: int = NETS) -> Net:
    """Return the mean of several nets as one; `kind` is each post's class, `grave` are the classes of which a tweet is none.

    The first `axes` numbers of what is seen are a place, in which what posts differ in most shall count no more than the rest.
    """
    middle, spread = seen.mean(axis=0), seen.var(axis=0)
    scale = np.ones(seen.shape[1], np.float32)
    scale[:axes] = 1 / np.sqrt(spread[:axes] + spread[:axes].mean())
    learned = [_learn((seen - middle) * scale, kind, (tweets - middle) * scale, grave, seed) for seed in range(nets)]
    inner = np.concatenate([net[0] for net in learned], axis=1) * scale[:, None]
    inner_bias = np.concatenate([net[1] for net in learned]) - middle @ inner
    outer, outer_bias = np.concatenate([net[2] for net in learned]) / nets, np.stack([net[3] for net in learned]).mean(axis=0)
    first, second, third, last = (np.asarray(one, dtype=np.float32) for one in (inner, inner_bias, outer, outer_bias))
    return first, second, third, last


def _learn(seen: Floats, kind: NDArray[np.int64], tweets: Floats, grave: Sequence[int], seed: int) -> Net:
    rng = np.random.default_rng(seed)
    classes = max(int(np.max(kind)), *grave) + 1
    number = np.maximum(np.bincount(kind, minlength=classes), 1)
    counts = (number.max() / number)[kind] ** FAVOUR
    counts /= counts.mean()
    aim = np.full((len(seen), classes), UNSURE / classes, np.float32)
    aim[np.arange(len(seen)), kind] += 1 - UNSURE
    net = [
        _spread(rng, seen.shape[1], (seen.shape[1], HIDDEN)),
        np.zeros(HIDDEN, np.float32),
        _spread(rng, HIDDEN, (HIDDEN, classes)),
        np.zeros(classes, np.float32),
    ]
    means, squares = [np.zeros_like(one) for one in net], [np.zeros_like(one) for one in net]
    steps, step = ROUNDS * -(-len(seen) // AT_ONCE), 0
    for _round in range(ROUNDS):
        order = rng.permutation(len(seen))
        for begin in range(0, len(order), AT_ONCE):
            those, talk = order[begin : begin + AT_ONCE], rng.integers(len(tweets), size=AT_ONCE // 8)
            slopes = _slopes(net, seen[those], aim[those], counts[those], tweets[talk], grave, rng)
            step += 1
            rate = RATE * _warmth(step / steps)
            for part, slope in enumerate(slopes):
                means[part] += (slope - means[part]) * np.float32(0.1)
                squares[part] += (slope**2 - squares[part]) * np.float32(0.001)
                stride = (means[part] / (1 - 0.9**step)) / (np.sqrt(squares[part] / (1 - 0.999**step)) + np.float32(1e-8))
                net[part] -= np.float32(rate) * (np.float32(DECAY) * net[part] + stride.astype(np.float32))
    return net[0], net[1], net[2], net[3]


def _slopes(
    net: Sequence[Floats],
    seen: Floats,
    aim: Floats,
    counts: NDArray[np.float64],
    tweets: Floats,
    grave: Sequence[int],
    rng: np.random.Generator,
) -> list[Floats]:
    """Return in which direction each of the net's numbers makes it worse."""
    rows = np.concatenate([seen, tweets])
    rows = rows * _kept(rng, rows.shape, DROPPED_IN)
    before = rows @ net[0] + net[1]
    open_ = (before > 0) * _kept(rng, before.shape, DROPPED)
    hidden = before * open_
    values = hidden @ net[2] + net[3]
    powers = np.exp(values - values.max(axis=1, keepdims=True))
    found = powers / powers.sum(axis=1, keepdims=True)
    wrong = found.copy()
    wrong[: len(seen)] = (found[: len(seen)] - aim) * counts[:, None] / len(seen)
    harmless = found[len(seen) :].copy()
    harmless[:, list(grave)] = 0
    harmless /= np.maximum(harmless.sum(axis=1, keepdims=True), 1e-4)
    wrong[len(seen) :] = (found[len(seen) :] - harmless) * np.float32(TALK / len(tweets))
    back = (wrong @ net[2].T) * open_
    worse = (rows.T @ back, back.sum(axis=0), hidden.T @ wrong, wrong.sum(axis=0))
    return [one.astype(np.float32, copy=False) for one in worse]


def _kept(rng: np.random.Generator, shape: tuple[int, ...], dropped: float) -> Floats:
    kept = rng.random(shape, dtype=np.float32) >= dropped
    return np.asarray(kept / np.float32(1 - dropped), dtype=np.float32)


def _spread(rng: np.random.Generator, inside: int, shape: tuple[int, int]) -> Floats:
    return ((rng.random(shape, dtype=np.float32) * 2 - 1) / np.float32(np.sqrt(inside))).astype(np.float32)


def _warmth(share: float) -> float:
    """Return how much of the rate is used when so much of the learning is done."""
    if share < WARMING:
        return 0.04 + 0.96 * share / WARMING
    return float(0.5 * (1 + np.cos(np.pi * (share - WARMING) / (1 - WARMING))))
