"""Makes the weights of monitor/causes.py from tests/monitor/story_bursts.jsonl, and says how often it is right about brands left out.

    python -m training.train_causes

Twelve small brands that we made up, each with an outage or the like told by many in their own words, among what else is
said of it. Nothing is random. The weights are printed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from monitor.causes import MOST, NEWEST, WEIGHTS, WITHIN, Post, Sheet, degrees, first_look, gather, look, sheet, weigh
from monitor.imprints import imprint, known_stems
from monitor.likening import find_places
from monitor.scorers.model import ModelScorer
from monitor.stories import BUSY_FROM, REMEMBERED, Locate, is_usually_busy

BURSTS = Path(__file__).parent.parent / "tests" / "monitor" / "story_bursts.jsonl"
UNSEEN = BURSTS.with_name("story_bursts_unseen.jsonl")
"""Three brands more, written when everything was chosen, and looked at once."""
FRESH = BURSTS.with_name("story_bursts_fresh.jsonl")
"""Sixty brands more, in five manners, made up with only a brief in view; nothing was learned from them or chosen on them."""
MANY = BURSTS.with_name("story_bursts_many.jsonl")
"""Seven small brands, each with more than a hundred posts within a day or two, two of them about all sorts of things; likewise."""
LOOKS = 4
SHRINK = 1.0

Floats = NDArray[np.floating[Any]]
Weights = tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class Burst:
    """A made-up brand's posts of a few days, the earliest first, and which of them tell of the one cause."""

    brand: dict[str, Any]
    posts: tuple[Post, ...]
    told: Floats


def read_bursts(path: Path = BURSTS) -> list[dict[str, Any]]:
    """Return the labelled bursts of a file, a brand each."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def measure(brands: Sequence[dict[str, Any]], locate: Locate, scorer: Any) -> list[Burst]:
    """Return what is looked at of each brand's posts."""
    texts = [(post["text"], post["lang"]) for brand in brands for post in brand["posts"]]
    found = zip(texts, locate([text for text, _lang in texts]), scorer.score(texts), strict=True)
    return [_burst(brand, [next(found) for _post in brand["posts"]]) for brand in brands]


def _burst(brand: dict[str, Any], seen: Sequence[Any]) -> Burst:
    known = known_stems([brand["name"], *brand["terms"], *brand["handles"]])
    posts = tuple(
        Post(datetime.fromisoformat(post["at"]), place, imprint(text, known).stems, felt.p_negative)
        for post, ((text, _lang), place, felt) in zip(brand["posts"], seen, strict=True)
    )
    return Burst(brand, posts, np.array([post["told"] for post in brand["posts"]], np.float64))


def learn(bursts: Sequence[Burst]) -> Weights:
    """Return the weights: at each look they are learned on what the looks before made of the posts."""
    sheets: list[tuple[Sheet, Floats]] = [(sheet(one.posts), one.told) for one in bursts]
    found: list[tuple[float, ...]] = []
    belong: list[Floats] = []
    for number in range(LOOKS):
        seen = (
            [look(on, mine) for (on, _told), mine in zip(sheets, belong, strict=True)] if number else [first_look(on) for on, _ in sheets]
        )
        beside = [one - one.mean(axis=0) for one in seen]
        found.append(regress(np.concatenate(beside), np.concatenate([told for _on, told in sheets])))
        belong = [degrees(weigh(one, found[-1])) for one in seen]
    return tuple(found)


def regress(seen: Floats, aim: Floats) -> tuple[float, ...]:
    """Return what each measure counts for, by logistic regression (Newton); what all posts have in common is left to the reader."""
    rows = np.c_[seen, np.ones(len(seen))]
    shrink = np.diag([SHRINK] * seen.shape[1] + [0.0])
    weights = np.zeros(rows.shape[1])
    for _step in range(30):
        chance = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (chance - aim) + shrink @ weights
        weights -= np.linalg.solve((rows * (chance * (1 - chance))[:, None]).T @ rows + shrink, slope)
    return tuple(round(float(weight), 2) for weight in weights[:-1])


def left_out(bursts: Sequence[Burst], *, as_they_come: bool) -> list[tuple[int, int, int]]:
    """Return for each brand, by what the others teach: how many pairs have one cause, are said to, and are rightly said to.

    `as_they_come`: looked at anew after each post, and who joined once stays.
    """
    found = []
    for place, one in enumerate(bursts):
        weights = learn([*bursts[:place], *bursts[place + 1 :]])
        found.append(tally(one, weights, as_they_come=as_they_come))
    return found


def tally(one: Burst, weights: Weights, *, as_they_come: bool) -> tuple[int, int, int]:
    """Return how many pairs of a brand's posts have one cause, are said to, and are rightly said to."""
    joined = gathered(one.posts, weights, range(0 if as_they_come else len(one.posts) - 1, len(one.posts)))
    return pairs(int(one.told.sum())), pairs(len(joined)), pairs(sum(bool(one.told[post]) for post in joined))


def alarms(bursts: Sequence[Burst]) -> int:
    """Return how many posts are said to have one cause where nothing happened, by what the other brands teach."""
    number = 0
    for place, one in enumerate(bursts):
        weights = learn([*bursts[:place], *bursts[place + 1 :]])
        quiet = [post for post, told in zip(one.posts, one.told, strict=True) if not told]
        number += len(gathered(quiet, weights, range(len(quiet))))
    return number


def without_cause(bursts: Sequence[Burst]) -> list[int]:
    """Return for each brand at which nothing happened how many posts are said to have one cause, by the weights that ship."""
    return [len(gathered(one.posts, WEIGHTS, range(len(one.posts)))) for one in bursts if not one.told.any()]


def gathered(posts: Sequence[Post], weights: Weights, looks: Sequence[int]) -> set[int]:
    """Return who was ever said to have the cause, looked at after each of these posts, each time at what was written WITHIN of it.

    Of too many the earliest and the latest, and where the brand is a busy one nothing, as the chain has it.
    """
    found: set[int] = set()
    for last in looks:
        until = posts[last].at
        week = [post.at for post in posts[: last + 1] if post.at > until - REMEMBERED]
        if len(week) > BUSY_FROM and is_usually_busy(week, until, begun=len(week) == last + 1):
            continue
        lately = [place for place in range(last + 1) if posts[place].at > until - WITHIN]
        if len(lately) > MOST:
            lately = [*lately[: MOST - NEWEST], *lately[-NEWEST:]]
        found.update(lately[place] for place in gather([posts[place] for place in lately], weights))
    return found


def pairs(number: int) -> int:
    """Return how many pairs so many make."""
    return number * (number - 1) // 2


def measured(path: Path = BURSTS) -> list[Burst]:
    """Return what is looked at of a file's bursts, by the encoders and the scorer that are installed."""
    locate = find_places()
    if locate is None:
        raise SystemExit("An encoder is not installed.")
    return measure(read_bursts(path), locate, ModelScorer.from_settings(None))


def main() -> int:
    """Learn, and print weights and figures."""
    bursts = measured()
    for kind, as_they_come in (("looked at once, at the end", False), ("as they come", True)):
        same, said, right = map(sum, zip(*left_out(bursts, as_they_come=as_they_come), strict=True))
        print(f"{kind}: precision {right / max(said, 1):.3f}, recall {right / same:.3f} of {same} pairs", file=sys.stderr)
    print(f"where nothing happened: {alarms(bursts)} posts", file=sys.stderr)
    print(json.dumps(learn(bursts)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
