import numpy as np

from classifier.chances import CHANNELS, Calibration, Line, Mix, gather, name_set
from classifier.labels import Label

BOTH = name_set([Label.SERVICE_REQUEST, Label.COMPLAINT])


def line(count: int, slope: float, offset: float) -> Line:
    return Line(slopes=np.full(count, slope), offsets=np.full(count, offset))


def test_a_set_is_named_by_its_labels_in_one_order():
    assert BOTH == "set:complaint+service_request"


def test_a_probability_is_platts():
    chances = line(1, 2.0, -1.0).chances(np.array([[0.5], [1.0]]))
    np.testing.assert_allclose(chances[:, 0], [0.5, 1 / (1 + np.exp(-1.0))])


def test_labels_are_a_mix_of_all_scores_and_of_the_channel():
    weights = np.zeros((2 * 6 + len(CHANNELS), 5))
    weights[5, 1] = 3.0  # the flag's score speaks for complaint
    weights[12 + CHANNELS.index("survey"), 2] = 1.0
    calibration = Calibration(
        single=line(6, 1.0, 0.0), mixed=Mix(weights=weights, offsets=np.zeros(5))
    )
    scores = np.array([[0.0, 0.0, 0.0, 0.0, 0.0, 2.0]])
    expected = np.array([0.0, 6.0, 1.0, 0.0, 0.0, 2.0])
    found = calibration.chances(scores, ["survey"])[0]
    np.testing.assert_allclose(found, 1 / (1 + np.exp(-expected)))
    assert calibration.chances(scores, ["fax"])[0][2] == 0.5


def test_what_is_known_of_a_text_is_scores_bent_scores_and_its_channel():
    known = gather(np.array([[0.0, 1.0]]), ["chat"])[0]
    np.testing.assert_allclose(known[:4], [0.0, 1.0, 0.5, 1 / (1 + np.exp(-1.0))])
    assert known[4:].tolist() == [channel == "chat" for channel in CHANNELS]
