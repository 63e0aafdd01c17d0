"""Turns the second encoder's upper layers to the kinds of triage: thin corrections and a head, with torch; reads no files and writes none.

The layers up to EARLY stay as the sentiment has them, so that a text goes through them once for both.

Hu, E. et al. (2021). LoRA: Low-Rank Adaptation of Large Language Models. arXiv:2106.09685.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from monitor.scorers.e5 import E5, EARLY

RANK = 16
EPOCHS = 3
RATE = 1e-3
WARMING = 0.07
"""The share of the steps in which the rate rises; then it falls to nearly nothing."""
DECAY, HEAD_DECAY = 0.01, 0.05
PIECES = 1_500
"""Pieces of one step; an eighth as many of tweets."""
DROPPED = 0.2
UNSURE = 0.05
"""So much of a post's chance is given to all classes alike, for labels are not always right."""
FAVOUR = 0.5
"""A post of a rare class counts more, by this power of how rare it is."""
TALK = 0.25
"""What an everyday tweet counts, of which only that it is not grave is said."""
GRAVE, HARMLESS, QUIET = 0.97, 0.03, 0.02
"""How sure one can be of a danger, of a post that is none, and of a tweet."""
PARTS = ("into", "out", "wide", "thin")


@dataclass
class Turn:
    """What is learned: corrections by layer and part, and a head on mean and strongest of the pieces."""

    corrections: dict[str, Any]
    head: Any
    bias: Any
    middle: Any
    spread: Any

    @property
    def parts(self) -> list[Any]:
        """Return everything that is learned."""
        return [*self.corrections.values(), self.head, self.bias]

    def arrays(self) -> dict[str, Any]:
        """Return corrections as they are, and the head for vectors as they come."""
        head = self.head.detach() / self.spread[:, None]
        found = {name: one.detach().numpy() for name, one in self.corrections.items()}
        return found | {"head": head.numpy(), "bias": (self.bias.detach() - self.middle @ head).numpy()}


class Upper:
    """The encoder's layers as torch has them; the lower ones are gone through once for each text."""

    def __init__(self, encoder: E5, layers: Sequence[Mapping[str, Any]]) -> None:
        """Take the encoder for its entry and its measures, and its layers with the sentiment's corrections put in."""
        self._encoder = encoder
        self.layers = [{name: _tensor(one) for name, one in layer.items()} for layer in layers]

    def lower(self, rows: Sequence[Sequence[int]]) -> list[Any]:
        """Return what the pieces of each row are after layer EARLY."""
        found: list[Any] = [None] * len(rows)
        with torch.no_grad():
            for places in planned([len(row) for row in rows], None, 4 * PIECES):
                longest = max(len(rows[place]) for place in places)
                numbers, inside = np.full((len(places), longest), 1), torch.zeros(len(places), longest, dtype=torch.bool)
                for line, place in enumerate(places):
                    numbers[line, : len(rows[place])], inside[line, : len(rows[place])] = rows[place], True
                entered = self._encoder.enter(numbers.ravel(), np.tile(np.arange(longest), len(places)))
                state = torch.tensor(entered).view(len(places), longest, -1)
                for number in range(EARLY):
                    state = self._pass(number, state, inside, None)
                for line, place in enumerate(places):
                    found[place] = state[line, : len(rows[place])].half()
        return found

    def pooled(self, states: Sequence[Any], corrections: Mapping[str, Any] | None) -> Any:
        """Return mean and strongest of the pieces of each text after the last layer."""
        longest = max(len(state) for state in states)
        state, inside = torch.zeros(len(states), longest, self._encoder.shape.width), torch.zeros(len(states), longest, dtype=torch.bool)
        for line, one in enumerate(states):
            state[line, : len(one)], inside[line, : len(one)] = one.float(), True
        for number in range(EARLY, len(self.layers)):
            state = self._pass(number, state, inside, corrections)
        within = inside[..., None]
        return torch.cat([(state * within).sum(1) / within.sum(1), state.masked_fill(~within, -1e9).amax(1)], 1)

    def all_pooled(self, states: Sequence[Any], corrections: Mapping[str, Any] | None) -> Any:
        """Return the same for many texts, with nothing learned."""
        found = torch.empty(len(states), 2 * self._encoder.shape.width)
        with torch.no_grad():
            for places in planned([len(state) for state in states], None, 4 * PIECES):
                found[places] = self.pooled([states[place] for place in places], corrections)
        return found

    def _pass(self, number: int, state: Any, inside: Any, corrections: Mapping[str, Any] | None) -> Any:
        layer, shape = self.layers[number], self._encoder.shape

        def times(values: Any, part: str) -> Any:
            found = values @ layer[part]
            if corrections is None:
                return found
            return found + (values @ corrections[f"{number}.{part}.thin"]) @ corrections[f"{number}.{part}.wide"]

        count, longest, width = state.shape
        mixed = (times(state, "into") + layer["into_bias"]).view(count, longest, 3, shape.heads, -1).permute(2, 0, 3, 1, 4)
        taken = functional.scaled_dot_product_attention(*mixed, attn_mask=inside[:, None, None, :]).permute(0, 2, 1, 3)
        taken = times(taken.reshape(count, longest, width), "out") + layer["out_bias"]
        state = functional.layer_norm(state + taken, (width,), *layer["norm"], shape.epsilon)
        wide = functional.gelu(times(state, "wide") + layer["wide_bias"], approximate="tanh")
        return functional.layer_norm(state + times(wide, "thin") + layer["thin_bias"], (width,), *layer["last_norm"], shape.epsilon)


def turn(upper: Upper, posts: Sequence[Any], kind: Any, talk: Sequence[Any], grave: Sequence[bool], seed: int) -> Turn:
    """Return what was learned of posts and of everyday talk, both as `Upper.lower` has them; `grave` says it of each class."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    turned = _first(upper, posts, len(grave), rng)
    for part in turned.parts:
        part.requires_grad_(True)
    groups = [{"params": list(turned.corrections.values()), "weight_decay": DECAY}]
    groups += [{"params": [turned.head, turned.bias], "weight_decay": HEAD_DECAY}]
    optimiser = torch.optim.AdamW(groups, lr=RATE, betas=(0.9, 0.98))
    wanted, dangers = torch.tensor(kind), torch.tensor(grave)
    number = torch.bincount(wanted, minlength=len(grave)).clamp(min=1).float()
    counts = ((number.max() / number) ** FAVOUR)[wanted]
    counts /= counts.mean()
    lengths, tweets = [len(post) for post in posts], planned([len(one) for one in talk], None, PIECES // 8)
    steps, told = EPOCHS * len(planned(lengths, np.random.default_rng(0), PIECES)), 0.0
    for done, places in enumerate(_rounds(lengths, rng), 1):
        for group in optimiser.param_groups:
            group["lr"] = RATE * _warmth(min(1.0, done / steps))
        logits = _logits(turned, upper.pooled([posts[place] for place in places], turned.corrections), drop=True)
        among = functional.cross_entropy(logits, wanted[places], label_smoothing=UNSURE, reduction="none") * counts[places]
        aim = torch.where(dangers[wanted[places]], GRAVE, HARMLESS)
        loss = among.mean() + functional.binary_cross_entropy_with_logits(_odds(logits, dangers), aim)
        said = tweets[rng.integers(len(tweets))]
        odds = _odds(_logits(turned, upper.pooled([talk[place] for place in said], turned.corrections), drop=True), dangers)
        loss = loss + TALK * functional.binary_cross_entropy_with_logits(odds, torch.full_like(odds, QUIET))
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(turned.parts, 1.0)
        optimiser.step()
        told = 0.97 * told + 0.03 * float(loss)
        if done % 100 == 0:
            print(f"step {done} of {steps}: loss {told / (1 - 0.97**done):.3f}", flush=True)
    return turned


def planned(lengths: Sequence[int], rng: np.random.Generator | None, size: int) -> list[Any]:
    """Return batches of so many pieces, filled up, of texts of nearly the same length."""
    order = np.argsort(np.array(lengths) + (rng.uniform(-3, 3, len(lengths)) if rng is not None else 0), kind="stable")
    found, begin = [], 0
    while begin < len(order):
        end, longest = begin + 1, lengths[order[begin]]
        while end < len(order) and max(longest, lengths[order[end]]) * (end + 1 - begin) <= size:
            longest = max(longest, lengths[order[end]])
            end += 1
        found.append(order[begin:end])
        begin = end
    return found


def _first(upper: Upper, posts: Sequence[Any], classes: int, rng: np.random.Generator) -> Turn:
    """Return corrections that change nothing yet, and a head that says nothing yet, on numbers brought to one measure."""
    corrections: dict[str, Any] = {}
    for number in range(EARLY, len(upper.layers)):
        for part in PARTS:
            inside, outside = upper.layers[number][part].shape
            corrections[f"{number}.{part}.thin"] = torch.randn(inside, RANK) / math.sqrt(inside)
            corrections[f"{number}.{part}.wide"] = torch.zeros(RANK, outside)
    seen = upper.all_pooled([posts[place] for place in rng.permutation(len(posts))[:1000]], None)
    spread = (seen.var(0) + seen.var(0).mean()).sqrt()
    return Turn(corrections, torch.zeros(seen.shape[1], classes), torch.zeros(classes), seen.mean(0), spread)


def _rounds(lengths: Sequence[int], rng: np.random.Generator) -> Iterator[Any]:
    for _epoch in range(EPOCHS):
        batches = planned(lengths, rng, PIECES)
        for place in rng.permutation(len(batches)):
            yield batches[place]


def _logits(turned: Turn, pooled: Any, *, drop: bool) -> Any:
    seen = functional.dropout((pooled - turned.middle) / turned.spread, DROPPED if drop else 0.0)
    return seen @ turned.head + turned.bias


def _odds(logits: Any, grave: Any) -> Any:
    """Return the log-odds of a danger of any family."""
    return torch.logsumexp(logits[:, grave], 1) - torch.logsumexp(logits[:, ~grave], 1)


def _warmth(share: float) -> float:
    if share < WARMING:
        return share / WARMING
    return 0.02 + 0.49 * (1 + math.cos(math.pi * (share - WARMING) / (1 - WARMING)))


def _tensor(value: Any) -> Any:
    return tuple(map(_tensor, value)) if isinstance(value, tuple) else torch.tensor(np.asarray(value), dtype=torch.float32)
