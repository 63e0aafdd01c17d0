"""Trains thin corrections to the second encoder's matrices, and heads on two of its layers, in numpy; reads no files and writes none.

Hu, E. et al. (2021). LoRA: Low-Rank Adaptation of Large Language Models. arXiv:2106.09685.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from monitor.scorers.e5 import E5, EARLY, LAYERS

RANK = 8
EPOCHS = 1
PLANNED = 2
"""Passes over the texts, and those over which the rate would fall to its end."""
RATE = 1e-3
DECAY = 0.01
PIECES = 1_000
"""Pieces of one step."""
DROPPED = 0.2
"""Numbers of a vector that a head does not see in training."""
PIECES_DROPPED = 0.05
UNKNOWN = 3
SMOOTHED = 0.02
SHARES = {EARLY: 0.5, LAYERS: 1.0}
"""The layers that have a head, and what each counts."""
PARTS = ("into", "out", "wide", "thin")
CURVE = (np.float32(0.7978845608), np.float32(0.044715 * 0.7978845608))
"""Of the Gaussian error unit's tanh form."""


@dataclass
class Net:
    """The encoder's layers with what is learned of them."""

    encoder: E5
    layers: list[dict[str, Any]]
    learned: dict[str, Any]

    @classmethod
    def of(cls, encoder: E5, seed: int) -> Net:
        """Return one whose corrections change nothing yet."""
        rng = np.random.default_rng(seed)
        learned: dict[str, Any] = {}
        layers = encoder.plain_layers()
        for number, layer in enumerate(layers):
            for part in PARTS:
                inside, outside = layer[part].shape
                learned[f"{number}.{part}.thin"] = rng.normal(0, 1 / np.sqrt(inside), (inside, RANK)).astype(np.float32)
                learned[f"{number}.{part}.wide"] = np.zeros((RANK, outside), np.float32)
        for at in SHARES:
            learned |= {f"head.{at}": np.zeros((2 * encoder.shape.width, 3), np.float32), f"bias.{at}": np.zeros(3, np.float32)}
        return cls(encoder, layers, learned)


def tune(encoder: E5, rows: Sequence[Sequence[int]], labels: Any, weights: Any, seed: int) -> dict[str, Any]:
    """Return what was learned by name; the same on the same machine for the same seed."""
    net, rng = Net.of(encoder, seed), np.random.default_rng(seed)
    steps = PLANNED * sum(1 for _ in _batches(rows, np.random.default_rng(0)))
    mean = {name: np.zeros_like(value) for name, value in net.learned.items()}
    square = {name: np.zeros_like(value) for name, value in net.learned.items()}
    done, told = 0, 0.0
    for _epoch in range(EPOCHS):
        for places, numbers, inside in _batches(rows, rng):
            done += 1
            loss, slopes = _slopes(net, numbers, inside, labels[places], weights[places], rng)
            rate, cut = _rate(done, steps), min(1.0, 1.0 / (math.sqrt(sum(float((one * one).sum()) for one in slopes.values())) + 1e-9))
            for name, slope in slopes.items():
                # Kingma & Ba 2015, with the decay apart (Loshchilov & Hutter 2019).
                slope = slope * np.float32(cut)  # noqa: PLW2901 the same slope, held within bounds
                mean[name] += np.float32(0.1) * (slope - mean[name])
                square[name] += np.float32(0.01) * (slope * slope - square[name])
                step = (mean[name] / (1 - 0.9**done)) / (np.sqrt(square[name] / (1 - 0.99**done)) + 1e-8)
                net.learned[name] -= np.float32(rate) * (step + DECAY * net.learned[name]).astype(np.float32)
            told = 0.98 * told + 0.02 * loss
            if done % 50 == 0:
                print(f"step {done} of {steps}: loss {told / (1 - 0.98**done):.3f}", flush=True)
    return net.learned


def in_bytes(name: str, value: Any) -> dict[str, Any]:
    """Return a thin or wide matrix of a correction in bytes, with a scale for each number of the narrow side."""
    scale = np.abs(value).max(axis=0 if name.endswith(".thin") else 1, keepdims=True) / 127 + 1e-12
    return {name: np.round(value / scale).astype(np.int8), f"{name}_scale": scale.astype(np.float32)}


def _rate(done: int, steps: int) -> float:
    warm = steps / 15
    return RATE * (done / warm if done < warm else 0.02 + 0.49 * (1 + math.cos(math.pi * min(1.0, (done - warm) / (steps - warm)))))


def _batches(rows: Sequence[Sequence[int]], rng: np.random.Generator) -> Iterator[tuple[Any, Any, Any]]:
    order = np.argsort(np.array([len(row) for row in rows]) + rng.uniform(-2, 2, len(rows)), kind="stable")
    planned, begin = [], 0
    while begin < len(order):
        end, longest = begin + 1, len(rows[order[begin]])
        while end < len(order) and max(longest, len(rows[order[end]])) * (end + 1 - begin) <= PIECES:
            longest = max(longest, len(rows[order[end]]))
            end += 1
        planned.append(order[begin:end])
        begin = end
    for turn in rng.permutation(len(planned)):
        places = planned[turn]
        longest = max(len(rows[place]) for place in places)
        numbers, inside = np.zeros((len(places), longest), np.int64), np.zeros((len(places), longest), np.float32)
        for line, place in enumerate(places):
            numbers[line, : len(rows[place])], inside[line, : len(rows[place])] = rows[place], 1
        hit = (rng.random(numbers.shape) < PIECES_DROPPED) & (inside > 0)
        hit[:, :4] = False
        numbers[hit] = UNKNOWN
        yield places, numbers, inside


def _slopes(net: Net, numbers: Any, inside: Any, wanted: Any, weights: Any, rng: np.random.Generator) -> tuple[float, dict[str, Any]]:
    """Return the loss and the slope of everything that is learned."""
    merged = _merged(net)
    pooled, tape = _forward(net, merged, numbers, inside)
    slopes: dict[str, Any] = {}
    back: dict[int, Any] = {}
    total = 0.0
    goal = np.eye(3, dtype=np.float32)[wanted] * (1 - 3 * SMOOTHED) + np.float32(SMOOTHED)
    share = (weights / weights.sum()).astype(np.float32)[:, None]
    for layer, counts in SHARES.items():
        vectors, strongest = pooled[layer]
        kept = (rng.random(vectors.shape) >= DROPPED).astype(np.float32) / np.float32(1 - DROPPED)
        seen = vectors * kept
        chances = _softmax(seen @ net.learned[f"head.{layer}"] + net.learned[f"bias.{layer}"])
        total += counts * float(-(share * goal * np.log(chances + 1e-9)).sum())
        off = np.float32(counts) * share * (chances - goal)
        slopes |= {f"head.{layer}": seen.T @ off, f"bias.{layer}": off.sum(0)}
        back[layer] = ((off @ net.learned[f"head.{layer}"].T) * kept, strongest)
    _backward(net, merged, inside, tape, back, slopes)
    return total, slopes


def _merged(net: Net) -> list[dict[str, Any]]:
    learned = net.learned
    return [
        layer | {part: layer[part] + learned[f"{number}.{part}.thin"] @ learned[f"{number}.{part}.wide"] for part in PARTS}
        for number, layer in enumerate(net.layers)
    ]


def _forward(net: Net, merged: list[dict[str, Any]], numbers: Any, inside: Any) -> tuple[dict[int, Any], list[Any]]:
    count, longest = numbers.shape
    width, heads, eps = net.encoder.shape.width, net.encoder.shape.heads, net.encoder.shape.epsilon
    state = net.encoder.enter(numbers.ravel(), np.tile(np.arange(longest), count))
    away = ((1 - inside) * np.float32(-1e9))[:, None, None, :]
    pooled, tape = {}, []
    for number, layer in enumerate(merged, 1):
        begin = state
        mixed = (state @ layer["into"] + layer["into_bias"]).reshape(count, longest, 3, heads, -1)
        query, key, value = mixed.transpose(2, 0, 3, 1, 4)
        shares = (query @ key.transpose(0, 1, 3, 2)) * np.float32((width // heads) ** -0.5) + away
        shares = np.exp(shares - shares.max(3, keepdims=True))
        shares /= shares.sum(3, keepdims=True)
        attended = (shares @ value).transpose(0, 2, 1, 3).reshape(-1, width)
        middle, first_norm = _norm(state + attended @ layer["out"] + layer["out_bias"], layer["norm"], eps)
        wide = middle @ layer["wide"] + layer["wide_bias"]
        bend = np.tanh(wide * (CURVE[0] + CURVE[1] * wide * wide))
        bent = np.float32(0.5) * wide * (1 + bend)
        state, last_norm = _norm(middle + bent @ layer["thin"] + layer["thin_bias"], layer["last_norm"], eps)
        tape.append((begin, query, key, value, shares, attended, first_norm, middle, wide, bend, bent, last_norm))
        if number in SHARES:
            pieces = state.reshape(count, longest, width)
            mean = (pieces * inside[..., None]).sum(1) / inside.sum(1)[:, None]
            within = np.where(inside[..., None] > 0, pieces, np.float32(-1e9))
            at = within.argmax(1)
            strongest = np.take_along_axis(within, at[:, None], 1)[:, 0]
            pooled[number] = (np.concatenate([mean, strongest], 1).astype(np.float32), at)
    return pooled, tape


def _backward(
    net: Net, merged: list[dict[str, Any]], inside: Any, tape: list[Any], back: Mapping[int, Any], slopes: dict[str, Any]
) -> None:
    count, longest = inside.shape
    width, heads = net.encoder.shape.width, net.encoder.shape.heads
    scale = np.float32((width // heads) ** -0.5)

    def through(number: int, part: str, came: Any, slope: Any) -> Any:
        thin, wide = net.learned[f"{number}.{part}.thin"], net.learned[f"{number}.{part}.wide"]
        slopes[f"{number}.{part}.wide"] = (came @ thin).T @ slope
        slopes[f"{number}.{part}.thin"] = came.T @ (slope @ wide.T)
        return slope @ merged[number][part].T

    slope = np.zeros((count * longest, width), np.float32)
    for number in reversed(range(len(merged))):
        begin, query, key, value, shares, attended, first_norm, middle, wide, bend, bent, last_norm = tape[number]
        if number + 1 in back:
            of_vector, at = back[number + 1]
            pieces = (of_vector[:, None, :width] / inside.sum(1)[:, None, None]) * inside[..., None]
            np.put_along_axis(pieces, at[:, None], np.take_along_axis(pieces, at[:, None], 1) + of_vector[:, None, width:], 1)
            slope = slope + pieces.reshape(-1, width)
        slope = _norm_back(slope, last_norm)
        curved = (1 + bend) + wide * (1 - bend * bend) * (CURVE[0] + 3 * CURVE[1] * wide * wide)
        slope = slope + through(number, "wide", middle, through(number, "thin", bent, slope) * np.float32(0.5) * curved)
        slope = _norm_back(slope, first_norm)
        out = through(number, "out", attended, slope).reshape(count, longest, heads, -1).transpose(0, 2, 1, 3)
        of_shares = out @ value.transpose(0, 1, 3, 2)
        of_shares = shares * (of_shares - (of_shares * shares).sum(3, keepdims=True)) * scale
        three = np.stack([of_shares @ key, of_shares.transpose(0, 1, 3, 2) @ query, shares.transpose(0, 1, 3, 2) @ out])
        slope = slope + through(number, "into", begin, three.transpose(1, 3, 0, 2, 4).reshape(-1, 3 * width))


def _norm(values: Any, scale: tuple[Any, Any], eps: float) -> tuple[Any, Any]:
    centred = values - values.mean(1, keepdims=True)
    back = (1 / np.sqrt((centred * centred).mean(1, keepdims=True) + np.float32(eps))).astype(np.float32)
    even = centred * back
    return even * scale[0] + scale[1], (even, back, scale[0])


def _norm_back(slope: Any, kept: tuple[Any, Any, Any]) -> Any:
    even, back, gain = kept
    slope = slope * gain
    return back * (slope - slope.mean(1, keepdims=True) - even * (slope * even).mean(1, keepdims=True))


def _softmax(values: Any) -> Any:
    raised = np.exp(values - values.max(1, keepdims=True))
    return raised / raised.sum(1, keepdims=True)
