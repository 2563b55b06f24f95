import numpy as np
import pytest

from classifier.chances import Calibration, Line, join_sets, name_set
from classifier.labels import Label

BOTH = name_set([Label.SERVICE_REQUEST, Label.COMPLAINT])
OUTPUTS = (*map(str, Label), BOTH, name_set([Label.OTHER]))


def line(count: int, slope: float, offset: float) -> Line:
    return Line(slopes=np.full(count, slope), offsets=np.full(count, offset))


def test_a_set_is_named_by_its_labels_in_one_order():
    assert BOTH == "set:complaint+service_request"


def test_a_probability_is_platts():
    chances = line(1, 2.0, -1.0).chances(np.array([[0.5], [1.0]]))
    np.testing.assert_allclose(chances[:, 0], [0.5, 1 / (1 + np.exp(-1.0))])


def test_a_label_has_the_mean_of_its_own_probability_and_of_what_its_sets_give():
    odds = join_sets(OUTPUTS, np.full((1, 7), 0.5))[0]
    np.testing.assert_allclose(1 / (1 + np.exp(-odds)), [0.5, 0.5, 0.25, 0.25, 0.5])


def test_without_sets_a_label_has_its_own_probability():
    odds = join_sets((*Label,), np.array([[0.9, 0.5, 0.5, 0.5, 1.0]]))[0]
    assert odds[0] == pytest.approx(np.log(9))
    assert np.isfinite(odds).all()


def test_labels_are_calibrated_once_more_and_flags_are_not():
    calibration = Calibration(
        outputs=(*Label, "flag:asb"), single=line(6, 1.0, 0.0), labels=line(5, 0.0, 2.0)
    )
    chances = calibration.chances(np.zeros((1, 6)))[0]
    np.testing.assert_allclose(chances, [1 / (1 + np.exp(-2.0))] * 5 + [0.5])
