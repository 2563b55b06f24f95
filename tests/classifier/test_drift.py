from dataclasses import replace
from datetime import date, timedelta

from classifier.drift import BLIND, MARKED, OVERRIDDEN, UNSEEN, find_drift
from classifier.labels import Label
from tests.classifier.test_learning import CORRECTION, NOON

MARK = frozenset({Label.COMPLAINT})


def test_a_week_out_of_its_band_is_told():
    usual = [
        replace(CORRECTION, at=NOON + timedelta(weeks=week), proposed=MARK if n < 4 + week % 2 else
                CORRECTION.proposed)
        for week in range(8)
        for n in range(10)
    ]  # fmt: skip
    odd = [replace(CORRECTION, at=NOON + timedelta(weeks=8)) for _ in range(10)]
    readings = list(find_drift([*odd, *usual], lambda _: 0.25))
    marked = [reading for reading in readings if reading.name == MARKED]
    assert [reading.figure for reading in marked] == [0.4, 0.5] * 4 + [0]
    assert [reading.band is None for reading in marked] == [True] * 4 + [False] * 5
    assert [reading.drifts for reading in marked] == [False] * 8 + [True]
    assert marked[0].monday == date(2026, 11, 23)
    assert marked[0].messages == 10
    assert not any(reading.drifts for reading in readings if reading.name == UNSEEN)


def test_only_the_eight_weeks_before_make_the_band():
    weeks = [replace(CORRECTION, at=NOON + timedelta(weeks=week)) for week in (0, 1, 2, 3, 20)]
    assert [r.band for r in find_drift(weeks, lambda _: 0.0)][-1] is None


def test_what_staff_changed_counts_as_overridden():
    agreed = replace(CORRECTION, proposed=MARK)
    readings = find_drift([agreed, CORRECTION], len)
    assert {r.name: r.figure for r in readings} == {
        MARKED: 0.5,
        OVERRIDDEN: 0.5,
        UNSEEN: len(CORRECTION.text),
    }


def test_what_was_decided_blind_is_told_apart():
    seen, unseen = replace(CORRECTION, proposed=MARK), replace(CORRECTION, blind=True)
    told = {r.name: (r.messages, r.figure) for r in find_drift([seen, seen, unseen], len)}
    agrees = float(unseen.proposed != unseen.confirmed)
    assert told[OVERRIDDEN] == (2, float(seen.proposed != seen.confirmed))
    assert told[BLIND] == (1, agrees)
