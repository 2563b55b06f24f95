"""Adjustments: agreed for a purpose, reviewed, and used."""

from datetime import date

import pytest

from intake.domain.adjustments import Adjustment, Carrier, Need, check_adjustment, find_conflicts
from intake.domain.triage import IncompleteError

MONDAY, LATER = date(2026, 3, 2), date(2026, 9, 1)


@pytest.mark.parametrize(
    ("need", "words", "purpose", "review_on", "missing"),
    [
        pytest.param(Need.LARGE_PRINT, "", "sight", LATER, set(), id="whole"),
        pytest.param(Need.LARGE_PRINT, "", " ", LATER, {"purpose"}, id="for nothing"),
        pytest.param(Need.OTHER, "", "sight", LATER, {"words"}, id="another, unsaid"),
        pytest.param(Need.OTHER, "Ring twice", "sight", LATER, set(), id="another, said"),
        pytest.param(Need.AUDIO, "", "sight", MONDAY, {"review_on"}, id="reviewed today"),
    ],
)
def test_an_adjustment_has_a_purpose_and_a_review(
    need: Need, words: str, purpose: str, review_on: date, missing: set[str]
):
    adjustment = Adjustment(need=need, words=words, purpose=purpose, review_on=review_on)
    if not missing:
        check_adjustment(adjustment, today=MONDAY)
        return
    with pytest.raises(IncompleteError) as asked:
        check_adjustment(adjustment, today=MONDAY)
    assert set(asked.value.fields) == missing


def test_what_an_email_does_not_keep_to_is_warned_of_once():
    needs = [Need.PHONE_ONLY, Need.MORE_TIME, Need.IN_WRITING_ONLY, Need.PHONE_ONLY]
    [warning] = find_conflicts(needs, Carrier.EMAIL)
    assert warning.startswith("phone only was agreed")
    assert "ring the resident" in warning


def test_what_a_person_carries_can_take_any_form():
    assert find_conflicts(list(Need), Carrier.BY_HAND) == ()
