"""Trains thin corrections to the encoder's matrices, and a head on its layers, with jax; reads no files and writes none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax

ORDERS = ((2, 0), (3, 1), (5, 2))
CHANNELS = 256
RANK = 16
HIDDEN = 128
EPOCHS = 2
RATE = 1.5e-3
DECAY = 0.01
BATCH = 64
DROPPED = 0.3
PIECES_DROPPED = 0.05
SMOOTHED = 0.02
LENGTHS = (20, 28, 36, 48, 128)
"""Rows are filled up to one of these, so that few shapes are compiled; a longer row is cut."""


@dataclass(frozen=True, slots=True)
class Encoder:
    """The encoder's matrices by name, its other parameters, and its table of word pieces."""

    matrices: dict[str, Any]
    fixed: dict[str, Any]
    table: Any
    scale: Any
    low: Any
    eps: float

    @classmethod
    def of(cls, model: Any) -> Encoder:
        """Take them from the package's own model."""
        matrices = {"proj": model.proj_W, "cnn_W": model.cnn_W}
        matrices |= {name: getattr(model, name) for name in ("d0", "d1", "d2", "d3", "p1", "p3")}
        fixed = {
            "proj_b": model.proj_b,
            "in_g": model.ln_g_all,
            "in_b": model.ln_b_all,
            "mid_g": model.ln_g,
            "mid_b": model.ln_b,
            "cnn_b": model.cnn_b,
        }
        for place, (width, _left) in enumerate(ORDERS):
            matrices |= {f"w1_{width}": model.w1[place], f"w2_{width}": model.w2[place]}
            fixed |= {f"b1_{width}": model.b1[place], f"b2_{width}": model.b2[place]}
        return cls(
            {k: jnp.asarray(v) for k, v in matrices.items()},
            {k: jnp.asarray(v) for k, v in fixed.items()},
            model.table,
            model.scale,
            model.lo,
            float(model.eps),
        )


def first_parameters(encoder: Encoder, rng: np.random.Generator) -> dict[str, Any]:
    """Return corrections that change nothing yet, and a head that says nothing yet."""
    found: dict[str, Any] = {}
    for name, matrix in encoder.matrices.items():
        rows, columns = matrix.shape
        found[f"{name}.thin"] = jnp.asarray(rng.normal(0, 1 / np.sqrt(rows), (rows, RANK)), jnp.float32)
        found[f"{name}.wide"] = jnp.zeros((RANK, columns))
    width = 1280 * 2 + 320 + 512
    found |= {"hidden": jnp.asarray(rng.normal(0, 1 / np.sqrt(width), (width, HIDDEN)), jnp.float32), "hidden_bias": jnp.zeros(HIDDEN)}
    return found | {"out": jnp.zeros((HIDDEN, 3)), "out_bias": jnp.zeros(3)}


def logits(encoder: Encoder, found: dict[str, Any], words: Any, inside: Any, key: Any = None) -> Any:
    """Return the three logits of each text; with a key, parts of the layers are dropped at random as in training."""

    def times(values: Any, name: str) -> Any:
        return values @ encoder.matrices[name] + (values @ found[f"{name}.thin"]) @ found[f"{name}.wide"]

    def normal(values: Any, gain: str, shift: str) -> Any:
        values = values - values.mean(-1, keepdims=True)
        return values * jax.lax.rsqrt((values * values).mean(-1, keepdims=True) + encoder.eps) * encoder.fixed[gain] + encoder.fixed[shift]

    def windows(values: Any, width: int, left: int) -> Any:
        padded = jnp.pad(values, ((0, 0), (left, width - 1 - left), (0, 0)))
        return jnp.concatenate([padded[:, place : place + values.shape[1]] for place in range(width)], -1)

    def drop(values: Any, number: int) -> Any:
        if key is None:
            return values
        return values * jax.random.bernoulli(jax.random.fold_in(key, number), 1 - DROPPED, values.shape) / (1 - DROPPED)

    mask = inside[..., None]
    entered = normal(times(words, "proj") + encoder.fixed["proj_b"], "in_g", "in_b") * mask
    layers = [words]
    for place, (width, left) in enumerate(ORDERS):
        own = entered[..., place * CHANNELS : (place + 1) * CHANNELS]
        hidden = (jax.nn.relu(times(windows(own, width, left), f"w1_{width}") + encoder.fixed[f"b1_{width}"]) + own) * mask
        layers.append(jax.nn.relu(times(windows(hidden, width, left), f"w2_{width}") + encoder.fixed[f"b2_{width}"]) + hidden)
    features = normal(jnp.concatenate(layers, -1), "mid_g", "mid_b")
    count = inside.sum(1, keepdims=True)
    total = (features * mask).sum(1)
    strongest = jnp.where(mask > 0, features, -1e9).max(1)
    mean = (times(total, "cnn_W") + count * encoder.fixed["cnn_b"]) * jax.lax.rsqrt(count)
    second = jax.nn.relu(times(mean, "p1") + times(jax.nn.relu(times(mean, "d0")), "d1"))
    last = jnp.tanh(times(second, "p3") + times(jax.nn.relu(times(second, "d2")), "d3"))
    vector = jnp.concatenate([total / count, strongest * 0.5, second, last], -1)
    return drop(jax.nn.relu(drop(vector, 1) @ found["hidden"] + found["hidden_bias"]), 2) @ found["out"] + found["out_bias"]


def adapt(encoder: Encoder, rows: Sequence[Sequence[int]], labels: Any, weights: Any, seed: int) -> dict[str, Any]:
    """Return the trained parameters; the same on the same machine for the same seed."""
    rng = np.random.default_rng(seed)
    found = first_parameters(encoder, rng)
    steps = EPOCHS * (len(rows) // BATCH + len(LENGTHS))
    schedule = optax.warmup_cosine_decay_schedule(0, RATE, max(steps // 20, 1), steps, RATE * 0.02)
    optimiser = optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(schedule, b2=0.99, weight_decay=DECAY))
    state = optimiser.init(found)

    def loss(parameters: Any, words: Any, inside: Any, wanted: Any, weight: Any, key: Any) -> Any:
        goal = jax.nn.one_hot(wanted, 3) * (1 - 3 * SMOOTHED) + SMOOTHED
        logs = jax.nn.log_softmax(logits(encoder, parameters, words, inside, key))
        return (weight * -(goal * logs).sum(-1)).sum() / weight.sum()

    @jax.jit
    def step(parameters: Any, state: Any, *batch: Any) -> Any:
        value, slope = jax.value_and_grad(loss)(parameters, *batch)
        updates, state = optimiser.update(slope, state, parameters)
        return optax.apply_updates(parameters, updates), state, value

    key = jax.random.PRNGKey(seed)
    done = 0
    for _epoch in range(EPOCHS):
        for places, words, inside in _batches(encoder, rows, rng):
            wanted, weight = np.zeros(BATCH, np.int32), np.zeros(BATCH, np.float32)
            wanted[: len(places)], weight[: len(places)] = labels[places], weights[places]
            found, state, value = step(found, state, words, inside, wanted, weight, jax.random.fold_in(key, done))
            done += 1
            if done % 100 == 0:
                print(f"step {done} of {steps}: loss {float(value):.3f}", flush=True)
    return {name: np.asarray(value) for name, value in found.items()}


def _batches(encoder: Encoder, rows: Sequence[Sequence[int]], rng: np.random.Generator) -> Iterator[tuple[Any, Any, Any]]:
    kinds = np.searchsorted(LENGTHS, [min(len(row), LENGTHS[-1]) for row in rows])
    planned = []
    for kind in np.unique(kinds):
        places = np.flatnonzero(kinds == kind)
        rng.shuffle(places)
        planned += [(LENGTHS[kind], places[begin : begin + BATCH]) for begin in range(0, len(places), BATCH)]
    for turn in rng.permutation(len(planned)):
        length, places = planned[turn]
        numbers, inside = np.zeros((BATCH, length), np.int64), np.zeros((BATCH, length), np.float32)
        for line, place in enumerate(places):
            row = rows[place][:length]
            numbers[line, : len(row)], inside[line, : len(row)] = row, 1
        inside[len(places) :, 0] = 1
        numbers[rng.random(numbers.shape) < PIECES_DROPPED] = 0
        chunk = numbers % len(encoder.scale)
        words = encoder.table[numbers] * encoder.scale[chunk][..., None] + encoder.low[chunk][..., None]
        yield places, words.astype(np.float32) * inside[..., None], inside
