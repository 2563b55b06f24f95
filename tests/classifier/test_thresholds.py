import numpy as np
import pytest

from classifier.labels import Label
from classifier.thresholds import choose_possible, choose_thresholds

COMPLAINT = ("complaint",)


def column(*values: float) -> np.ndarray:
    return np.array(values)[:, np.newaxis]


def test_a_cut_asks_about_as_few_as_it_can_when_half_is_not_enough():
    chances = column(0.9, 0.8, 0.7, 0.1)
    truth = column(1, 1, 1, 0).astype(bool)
    assert choose_possible(COMPLAINT, chances, truth) == 0.7


def test_a_cut_is_the_cheapest_of_those_that_miss_few_and_ask_about_few():
    chances = column(0.9, 0.5, 0.4, 0.3, 0.2, 0.1)
    truth = column(1, 0, 0, 0, 0, 0).astype(bool)
    assert choose_possible(COMPLAINT, chances, truth) == 0.9


@pytest.mark.parametrize(
    ("truth", "cut"),
    [
        pytest.param((1, 0, 1, 0, 0), 0.7, id="all found at two of three"),
        pytest.param((1, 0, 0, 0, 1), 0.9, id="not all can be found"),
        pytest.param((0, 0, 0, 0, 1), 0.5, id="never right often enough"),
    ],
)
def test_a_flag_that_must_not_be_missed_is_raised_early(truth: tuple[int, ...], cut: float):
    chances = np.zeros((5, 6))
    chances[:, 5] = (0.9, 0.8, 0.7, 0.6, 0.5)
    true = np.zeros((5, 6), dtype=bool)
    true[:, 4] = True
    true[:, 5] = truth
    chosen = choose_thresholds((*Label, "flag:legal_claim"), chances, true)
    assert chosen["flag:legal_claim"] == cut


def test_an_emergency_is_raised_though_every_other_is_false():
    chances = np.zeros((4, 6))
    chances[:, 5] = (0.9, 0.8, 0.7, 0.6)
    true = np.zeros((4, 6), dtype=bool)
    true[:, 4] = True
    true[[0, 3], 5] = True
    for flag, cut in (("emergency", 0.6), ("legal_claim", 0.9)):
        output = f"flag:{flag}"
        assert choose_thresholds((*Label, output), chances, true)[output] == cut


def test_another_flag_is_raised_where_it_is_best_balanced():
    chances = np.zeros((4, 6))
    chances[:, 5] = (0.9, 0.8, 0.7, 0.6)
    true = np.zeros((4, 6), dtype=bool)
    true[:, 4] = True
    true[:2, 5] = True
    assert choose_thresholds((*Label, "flag:asb"), chances, true)["flag:asb"] == 0.8


def test_a_label_is_proposed_when_it_is_more_likely_than_not():
    chosen = choose_thresholds(tuple(Label), np.full((2, 5), 0.2), np.eye(2, 5, dtype=bool))
    assert set(chosen.values()) == {0.5}


def test_irony_that_would_pass_for_praise_is_recognised():
    outputs = (*Label, "irony")
    chances = np.zeros((6, 6))
    chances[:, outputs.index(Label.COMPLIMENT)] = (0.9, 0.9, 0.9, 0.9, 0.9, 0.1)
    chances[:, 5] = (0.9, 0.7, 0.5, 0.3, 0.2, 0.1)
    truth = np.zeros((6, 6), dtype=bool)
    truth[:, 4] = True
    assert choose_thresholds(outputs, chances, truth)["irony"] == 1
    truth[:, 5] = (1, 1, 0, 1, 0, 1)
    assert choose_thresholds(outputs, chances, truth)["irony"] == 0.7
