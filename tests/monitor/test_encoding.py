from __future__ import annotations

from collections.abc import Sequence

import pytest

from monitor.encoding import meaning_of

VECTORS = {"one": (3.0, 4.0), "as one": (6.0, 8.0), "other": (-4.0, 3.0), "against": (-3.0, -4.0), "nothing": (0.0, 0.0)}


@pytest.mark.parametrize(("text", "alike"), [("one", 1.0), ("as one", 1.0), ("other", 0.0), ("against", -1.0), ("nothing", 0.0)])
def test_meaning_is_the_cosine_of_two_vectors_each_made_once(text: str, alike: float) -> None:
    asked: list[str] = []

    def encode(texts: Sequence[str]) -> Sequence[Sequence[float]]:
        asked.extend(texts)
        return [VECTORS[one] for one in texts]

    meaning = meaning_of(encode)

    assert alike == pytest.approx(meaning("one", text))
    assert alike == pytest.approx(meaning(text, "one"))
    assert sorted({"one", text}) == sorted(asked)
