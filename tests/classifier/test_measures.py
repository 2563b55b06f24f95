import numpy as np
import pytest

from classifier.measures import (
    Score,
    average_precision,
    calibration_error,
    find_bins,
    find_interval,
    macro_f1,
    recall_at,
    resample,
    score,
)


def true(*values: int) -> np.ndarray:
    return np.array(values, dtype=bool)


def test_right_wrong_and_missed_are_counted():
    counted = score(true(1, 1, 0), true(1, 0, 1))
    assert counted == Score(right=1, wrong=1, missed=1)
    assert (counted.precision, counted.recall, counted.f1) == (0.5, 0.5, 0.5)


def test_what_never_occurs_counts_as_right_but_not_in_the_mean():
    assert score(true(0), true(0)).precision == 1
    assert score(true(0), true(0)).recall == 1
    truth = np.array([[1, 0], [0, 0]], dtype=bool)
    assert macro_f1(truth, truth) == 1
    assert macro_f1(np.zeros((1, 2), dtype=bool), np.zeros((1, 2), dtype=bool)) == 1


def test_average_precision_is_that_of_the_ranks():
    truth = true(1, 0, 1)
    assert average_precision(np.array([0.9, 0.8, 0.7]), truth) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision(np.array([0.9]), true(0)) == 1


def test_calibration_error_is_the_distance_from_frequency():
    assert calibration_error(np.array([0.5, 0.5, 1.0, 1.0]), true(1, 0, 1, 1)) == 0
    assert calibration_error(np.array([0.8, 0.8]), true(1, 0)) == pytest.approx(0.3)


def test_bins_are_ten_and_say_how_many_lie_in_them():
    bins = find_bins(np.array([0.05, 0.07, 1.0]), true(0, 1, 1))
    assert [b.count for b in bins] == [2, 0, 0, 0, 0, 0, 0, 0, 0, 1]
    assert bins[0].said == pytest.approx(0.06)
    assert (bins[0].so, bins[9].so) == (0.5, 1)


@pytest.mark.parametrize(("share", "recall"), [(0.25, 0.5), (0.5, 0.5), (0.75, 1), (0, 0)])
def test_recall_is_told_at_a_share_of_all(share: float, recall: float):
    assert recall_at(np.array([0.9, 0.8, 0.7, 0.1]), true(1, 0, 1, 0), share) == recall


def test_recall_of_nothing_is_whole():
    assert recall_at(np.array([0.9]), true(0), 1) == 1


def test_groups_are_drawn_whole_and_always_alike():
    groups = ["b", "a", "b"]
    drawn = [rows.tolist() for rows in resample(groups, 20)]
    assert drawn == [rows.tolist() for rows in resample(groups, 20)]
    assert all(rows.count(0) == rows.count(2) for rows in drawn)
    assert {rows.count(1) for rows in drawn} == {0, 1, 2}


def test_an_interval_holds_what_varies_and_no_more():
    values = np.arange(100.0)
    low, high = find_interval(lambda rows: float(values[rows].mean()), [str(v) for v in values])
    assert 38 < low < values.mean() < high < 61
    assert find_interval(lambda _: 0.5, ["a", "b"]) == (0.5, 0.5)
