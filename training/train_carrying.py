"""Makes the weights that say whether facts carry a sentence in other words, from carried.jsonl here, and says how often they are right.

    python -m training.train_carrying [--write] [--folds 5]

Each case is a post, facts, and sentences of a reply: some that the facts carry in other words, some that look at home there and are
carried by nothing, some that state nothing. All were made up for this, in several manners; what is printed
is of cases left out. Needs PyTorch. The same data gives the same weights on the same machine.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional

from responders.policy.aligning import OF_SENTENCE, PAIRED, TOGETHER, Pieces, shelve
from responders.policy.carrying import Reading, measured, readings, told
from responders.policy.claims import by_rules
from responders.policy.lines import context_of_line

Floats = NDArray[np.float32]

HERE = Path(__file__).parent
WEIGHTS = HERE.parent / "responders" / "policy" / "weights" / "carrying.npz"
KINDS = ("supported", "unsupported", "plain")
LINE, COMPARED, HIDDEN = 64, 48, 48
"""Numbers of a piece, of what a comparison says, and of the layer before the last."""
STATES, BESIDE = 160, 64
"""Axes to which the encoder's reading of a piece is reduced before anything is learned, and its vectors of the whole."""
DROPPED, ROUNDS, RATE, DECAY, BATCH = 0.3, 8, 2e-3, 1e-3, 64
SAMPLE = 3000
"""Texts from whose pieces the axes are taken."""


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One sentence of a case."""

    case: int
    kind: str
    bound: bool
    """Whether the rules bind all of it."""
    text: str
    facts: tuple[str, ...]
    post: str
    measured: list[float]
    beside: Floats


def rows_of(path: Path, seen: dict[str, Reading]) -> list[Row]:
    """Return each sentence; `seen` says what the encoder makes of every text."""
    found = []
    for number, line in enumerate(path.read_text("utf-8").splitlines()):
        case = json.loads(line)
        facts = [{"id": str(place), "text": text, "source": ""} for place, text in enumerate(case["facts"])]
        for kind in KINDS:
            for text in case[kind]:
                context = context_of_line({"lang": case["lang"], "brand": "Zzyx", "post": case["post"], "facts": facts, "reply": text})
                if not context.reply.sentences:
                    continue
                known = told(context)
                # A sentence of two is read as one here: what is carried is the whole of it.
                first, last = context.reply.sentences[0], context.reply.sentences[-1]
                whole = type(first)(context.reply.plain, context.reply.cased, first.start, last.end, 0)
                fresh = [one for one in dict.fromkeys((whole.cased, known.post, *known.texts)) if one not in seen]
                seen.update(zip(fresh, map(slim, readings(fresh)), strict=True))
                claims = [(claim.kind, claim.fact_id is not None) for claim in by_rules(context)]
                own = seen[whole.cased].vector
                near = np.stack([seen[fact].vector for fact in known.texts]) @ own
                fact = seen[known.texts[int(np.argmax(near))]].vector
                beside = np.concatenate([np.abs(own - fact), own * fact, own])
                measures = measured(context.language, whole, known, near, claims)
                bound = all(one for _kind, one in claims)
                found.append(Row(number, kind, bound, whole.cased, known.texts, known.post, measures, beside))
        if not number % 100:
            print(f"case {number}", file=sys.stderr)
    return found


def slim(reading: Reading) -> Reading:
    """Return a reading whose states take half the room."""
    return Reading(reading.vector, reading.numbers, reading.states.astype(np.float16))


def axes_of(rows: NDArray[np.float64], count: int) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return the middle of these rows, the axes along which they vary most, and how much along each."""
    middle = rows.mean(axis=0)
    sizes, axes = np.linalg.eigh(np.cov((rows - middle).T))
    return middle, axes[:, ::-1][:, :count], sizes[::-1][:count]


class Net(nn.Module):
    """What aligning.py goes through, as it learns."""

    def __init__(self, measures: int) -> None:
        super().__init__()
        self.inward = nn.Linear(STATES, LINE)
        self.sharpness = nn.Parameter(torch.tensor(8.0))
        self.same = nn.Parameter(torch.tensor(2.0))
        self.post = nn.Parameter(torch.tensor(-0.5))
        self.compare = nn.Linear(4 * LINE + PAIRED, COMPARED)
        self.hidden = nn.Linear(2 * COMPARED + measures, HIDDEN)
        self.last = nn.Linear(HIDDEN, 1)
        self.dropped = nn.Dropout(DROPPED)

    def forward(self, own: torch.Tensor, there: torch.Tensor, same: torch.Tensor, marks: torch.Tensor, whole: torch.Tensor) -> torch.Tensor:
        """Return how likely each sentence is carried, as a logit.

        `own` and `there` are sentences × pieces × STATES, `same` tells which pieces are one, `marks` which places of both are filled and
        which of the second are the post's, `whole` what is measured.
        """
        inside, filled, of_post = (
            marks[:, : own.shape[1]],
            marks[:, own.shape[1] : own.shape[1] + there.shape[1]],
            marks[:, -there.shape[1] :],
        )
        left = functional.normalize(self.inward(self.dropped(own)), dim=-1)
        right = functional.normalize(self.inward(self.dropped(there)), dim=-1)
        near = left @ right.transpose(1, 2)
        empty = (filled < 0.5)[:, None]
        drawn = self.sharpness * near + self.same * same + self.post * of_post[:, None]
        drawn = torch.softmax(drawn.masked_fill(empty, -1e4), -1)
        met = drawn @ right
        nearest = near.masked_fill(empty, -1.0).amax(-1)
        lies = torch.stack([nearest, same.amax(-1), (drawn * of_post[:, None]).sum(-1), drawn.amax(-1)], -1)
        compared = torch.cat([left, met, left * met * TOGETHER, (left - met).abs(), lies], -1)
        found = functional.relu(self.compare(self.dropped(compared))) * inside[..., None]
        summed = found.sum(1) / inside.sum(1, keepdim=True).clamp(min=1).sqrt() / 2
        hidden = functional.relu(self.hidden(torch.cat([summed, found.amax(1), whole], -1)))
        logits: torch.Tensor = self.last(self.dropped(hidden))[:, 0]
        return logits


@dataclass(frozen=True, slots=True, eq=False)
class Learned:
    """Everything that is written."""

    arrays: dict[str, NDArray[np.float64]]
    net: Net
    states: dict[str, Pieces]


def batch(rows: Sequence[Row], states: dict[str, Pieces], whole: Floats, those: NDArray[np.int64]) -> tuple[torch.Tensor, ...]:
    """Return what the net is shown of some sentences."""
    own = [states[rows[row].text] for row in those]
    shelves = [shelve([states[fact] for fact in rows[row].facts], states[rows[row].post]) for row in those]
    long, wide = max(1, *(min(OF_SENTENCE, len(one.numbers)) for one in own)), max(len(one.numbers) for one in shelves)
    lines, there = np.zeros((len(those), long, STATES), np.float32), np.zeros((len(those), wide, STATES), np.float32)
    same, marks = np.zeros((len(those), long, wide), np.float32), np.zeros((len(those), long + 2 * wide), np.float32)
    for place, (one, shelf) in enumerate(zip(own, shelves, strict=True)):
        size, full = min(long, len(one.numbers)), len(shelf.numbers)
        lines[place, :size], there[place, :full] = one.lines[:size], shelf.lines
        same[place, :size, :full] = one.numbers[:size, None] == shelf.numbers[None]
        marks[place, :size], marks[place, long : long + full], marks[place, long + wide : long + wide + full] = 1, 1, shelf.of_post
    return tuple(torch.from_numpy(one) for one in (lines, there, same, marks, whole[those]))


def reduced(seen: dict[str, Reading]) -> tuple[dict[str, NDArray[np.float64]], dict[str, Pieces]]:
    """Return the axes of what the encoder says of pieces, and every text's pieces along them."""
    texts = [text for text, reading in seen.items() if len(reading.numbers)]
    sample = np.random.default_rng(0).permutation(len(texts))[:SAMPLE]
    middle, axes, sizes = axes_of(np.concatenate([seen[texts[place]].states for place in sample]).astype(np.float64), STATES)
    axes = axes / sizes**0.25
    thin = {
        text: Pieces(one.numbers, (one.states.astype(np.float32) - middle.astype(np.float32)) @ axes.astype(np.float32))
        for text, one in seen.items()
    }
    return {"middle": middle, "axes": axes}, thin


def learn(rows: Sequence[Row], states: dict[str, Pieces], those: NDArray[np.int64]) -> Learned:
    """Return what these sentences teach."""
    torch.manual_seed(0)
    rng = np.random.default_rng(0)
    beside = np.array([row.beside for row in rows], dtype=np.float64)
    middle, axes, _sizes = axes_of(beside[those], BESIDE)
    axes = axes / ((beside[those] - middle) @ axes).std(axis=0) * 0.5
    measures = np.array([row.measured for row in rows], dtype=np.float64)
    mean, scale = measures[those].mean(axis=0), np.maximum(measures[those].std(axis=0), 1e-6)
    whole = np.concatenate([(measures - mean) / scale, (beside - middle) @ axes], axis=1).astype(np.float32)
    carried = torch.tensor([float(row.kind != "unsupported") for row in rows])
    size = np.array([len(states[row.post].numbers) + sum(len(states[fact].numbers) for fact in row.facts) for row in rows])
    net = Net(whole.shape[1])
    steps = ROUNDS * -(-len(those) // BATCH)
    optimiser = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    pace = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps)
    net.train()
    for turn in range(ROUNDS):
        order = those[np.argsort(size[those] + rng.normal(0, 20, len(those)))]
        begins = rng.permutation(np.arange(0, len(order), BATCH))
        for begin in begins:
            some = order[begin : begin + BATCH]
            loss = functional.binary_cross_entropy_with_logits(net(*batch(rows, states, whole, some)), carried[some])
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 2.0)
            optimiser.step()
            pace.step()
        print(f"round {turn + 1} of {ROUNDS}", file=sys.stderr)
    arrays = {"middle": middle, "axes": axes, "measured_middle": mean, "measured_scale": scale, "whole": whole}
    return Learned(arrays, net, states)


def chances(rows: Sequence[Row], learned: Learned, those: NDArray[np.int64]) -> Floats:
    """Return how likely each sentence is carried."""
    learned.net.eval()
    whole = learned.arrays["whole"].astype(np.float32)
    with torch.no_grad():
        parts = [those[begin : begin + BATCH] for begin in range(0, len(those), BATCH)]
        found = [torch.sigmoid(learned.net(*batch(rows, learned.states, whole, part))).numpy() for part in parts]
    return np.concatenate(found)


def written(learned: Learned, inward: dict[str, NDArray[np.float64]]) -> dict[str, NDArray[np.float16]]:
    """Return the arrays of the file: the axes of pieces and the first layer are one."""
    named = {name: rows.detach().double().numpy() for name, rows in learned.net.named_parameters()}
    found = {name: learned.arrays[name] for name in ("middle", "axes", "measured_middle", "measured_scale")}
    found["inward"] = inward["axes"] @ named["inward.weight"].T
    found["inward_bias"] = named["inward.bias"] - inward["middle"] @ found["inward"]
    for layer in ("compare", "hidden"):
        found[layer], found[f"{layer}_bias"] = named[f"{layer}.weight"].T, named[f"{layer}.bias"]
    found["last"], found["last_bias"] = named["last.weight"][0], named["last.bias"][0]
    found |= {name: named[name] for name in ("sharpness", "same", "post")}
    return {name: rows.astype(np.float16) for name, rows in found.items()}


def main() -> int:
    """Train, say how good it is, and write the weights where asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--write", action="store_true", help="write the weights")
    parser.add_argument("--folds", type=int, default=5, help="0: only write")
    options = parser.parse_args()
    torch.set_num_threads(1)
    seen: dict[str, Reading] = {}
    rows = rows_of(HERE / "carried.jsonl", seen)
    inward, states = reduced(seen)
    case, kind, bound = np.array([row.case for row in rows]), np.array([row.kind for row in rows]), np.array([row.bound for row in rows])
    chance = np.zeros(len(rows))
    fold = np.random.default_rng(1).permutation(case.max() + 1)[case] % max(1, options.folds)
    for turn in range(options.folds):
        held = np.flatnonzero(fold == turn)
        chance[held] = chances(rows, learn(rows, states, np.flatnonzero(fold != turn)), held)
    for name in KINDS if options.folds else ():
        of_it = kind == name
        by_both = " ".join(f"{limit}: {(~bound & (chance < limit))[of_it].mean():.3f}" for limit in (0.2, 0.35, 0.5, 0.65, 0.8))
        print(f"{name}, {of_it.sum()}: objected by the rules alone {(~bound)[of_it].mean():.3f}; where the chance is below {by_both}")
    if options.write:
        np.savez_compressed(WEIGHTS, allow_pickle=False, **written(learn(rows, states, np.arange(len(rows))), inward))
    return 0


if __name__ == "__main__":
    sys.exit(main())
