"""Dense and lexical scores made one."""

import numpy as np
import pytest

from assistant.fusion import Weights, fuse

HALF = Weights(dense=0.5, exact=0.5)


def bm25(*scores: float) -> np.ndarray:
    return np.asarray(scores, np.float32)


def test_the_row_that_both_searches_prefer_comes_first() -> None:
    scores = fuse({0: 0.9, 1: 0.8}, bm25(5, 1, 2), {}, HALF)
    assert max(scores, key=lambda row: scores[row]) == 0


def test_a_row_only_one_search_found_is_kept() -> None:
    assert fuse({0: 0.9, 1: 0.8}, bm25(0, 0, 3), {}, HALF).keys() == {0, 1, 2}


def test_an_excluded_row_never_comes_back() -> None:
    assert 0 not in fuse({0: 0.99, 1: 0.8}, bm25(-1, 1), {0: 1.0}, HALF)


def test_without_vectors_the_words_decide_alone() -> None:
    half = Weights(dense=0.5, saturation=4.0)
    assert fuse({}, bm25(4, 1, 0), {}, half) == pytest.approx({0: 0.5, 1: 0.2})


def test_an_exact_reference_outweighs_the_rest() -> None:
    scores = fuse({0: 0.9, 1: 0.8}, bm25(2, 1), {1: 1.0}, Weights(dense=0.5, exact=1.0))
    assert scores[1] > scores[0]


def test_nothing_found_gives_nothing() -> None:
    assert fuse({}, bm25(0, 0), {}, HALF) == {}


def test_scores_do_not_depend_on_the_order_of_the_nearest() -> None:
    first = fuse({0: 0.9, 1: 0.8, 2: 0.7}, bm25(1, 2, 3), {}, HALF)
    assert first == fuse({2: 0.7, 1: 0.8, 0: 0.9}, bm25(1, 2, 3), {}, HALF)


def test_equal_similarities_do_not_divide_by_zero() -> None:
    scores = fuse({0: 0.8, 1: 0.8}, bm25(0, 0), {}, HALF)
    assert all(np.isfinite(score) for score in scores.values())


def test_the_nearest_statement_counts_for_its_share_of_the_dense_score() -> None:
    weights = Weights(dense=1.0, statement=0.5)
    scores = fuse({0: 0.9, 1: 0.8}, bm25(0, 0), {}, weights, {0: 0.7, 1: 0.9})
    assert scores == pytest.approx({0: 0.5, 1: 0.5})


def test_a_passage_without_near_statement_keeps_its_own_nearness() -> None:
    weights = Weights(dense=1.0, statement=0.5)
    scores = fuse({0: 0.9, 1: 0.8}, bm25(0, 0), {}, weights, {1: 0.9})
    assert scores[0] == pytest.approx(1.0)


def test_a_passage_of_ignorance_keeps_only_a_share_of_its_score() -> None:
    weights = Weights(dense=0.0, ignorance=0.5)
    plain = fuse({}, bm25(4, 4), {}, weights)
    scores = fuse({}, bm25(4, 4), {}, weights, ignorance={1})
    assert scores == pytest.approx({0: plain[0], 1: plain[1] / 2})
