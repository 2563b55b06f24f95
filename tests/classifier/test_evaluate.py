from dataclasses import replace

import numpy as np
import pytest

from classifier.evaluate import (
    FEWEST_OF_REGISTER,
    OUTPUTS,
    Judged,
    count_praised,
    divide,
    draw_curve,
    list_figures,
    measure_output,
)
from classifier.labels import Flag, Label
from tests.classifier.keyword_judge import EXAMPLE, judged


def whole(result: Judged) -> dict[str, float]:
    rows = np.arange(len(result.examples))
    return {figure.name: figure.measure(rows) for figure in list_figures(result)}


def test_complaints_are_noticed_at_a_share_of_all():
    missed = replace(EXAMPLE, text="Five weeks")
    asked = replace(EXAMPLE, text="Nobody is like Jo", labels=(Label.OTHER,))
    figures = whole(judged(EXAMPLE, missed, asked))
    assert figures["complaints marked or possible"] == 0.5
    assert figures["messages marked or possible"] == pytest.approx(2 / 3)
    assert figures["macro-F1"] == pytest.approx((0 + 1 / 2) / 2)
    assert whole(judged(asked))["complaints marked or possible"] == 1


def test_precision_and_recall_of_a_flag_are_told():
    noisy = replace(EXAMPLE, text="noise", flags=(Flag.ASB,))
    result = judged(noisy, replace(noisy, flags=()), replace(noisy, text="din"))
    figures = measure_output(result, "flag:asb")
    assert [figure.measure(np.arange(3)) for figure in figures] == [0.5, 0.5]
    assert result.score("flag:asb").missed == 1
    assert len(result.situations) == 3
    assert len(OUTPUTS) == result.truth.shape[1]


def test_the_curve_climbs_to_all_complaints():
    curve = list(draw_curve(judged(*[EXAMPLE] * 5, *[replace(EXAMPLE, labels=(Label.OTHER,))] * 5)))
    assert [share for share, _ in curve] == sorted(share for share, _ in curve)
    assert curve[0][1] == pytest.approx(0.2)


def test_sarcasm_that_is_taken_for_praise_is_counted():
    sarcastic = replace(EXAMPLE, text="lovely, week nine", sarcastic=True)
    assert count_praised(judged(EXAMPLE, sarcastic)) == (1, 1, 1)


def test_messages_are_divided_by_kind():
    long = replace(EXAMPLE, channel="email", text="noise " * 70, hard=True, sarcastic=True)
    brisk = [replace(EXAMPLE, register="brisk")] * FEWEST_OF_REGISTER
    rare = replace(EXAMPLE, register="rare")
    parts = {name: len(part.examples) for name, part in divide(judged(long, rare, *brisk))}
    assert list(parts)[:2] == ["chat", "email"]
    assert parts == {
        "chat": FEWEST_OF_REGISTER + 1,
        "email": 1,
        "under 13 words": FEWEST_OF_REGISTER + 1,
        "61 words or more": 1,
        "easy": FEWEST_OF_REGISTER + 1,
        "hard": 1,
        "sarcastic": 1,
        "register: brisk": FEWEST_OF_REGISTER,
    }
