"""Which steps stand beside a case, by what is around it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from intake.domain.adjustments import Need
from intake.domain.around import (
    AROUND,
    BARE,
    AdjustmentLine,
    Around,
    BreachLine,
    LetterInLine,
    MemberLine,
)
from intake.domain.case import NOTED, Action, Kind, Status
from intake.domain.correspondence import BreachStep, Sender

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
LETTER = LetterInLine(
    id=1, sender=Sender.MP, received_on=NOW.date(), owed=(), due_at=NOW, answered=False
)
FULL = Around(
    members=(MemberLine(id=1, name="Bo", lead=True, copied=False, alone=False),),
    letters=(LETTER,),
    adjustments=(AdjustmentLine(id=1, need=Need.AUDIO, review_on=date(2026, 9, 1)),),
    breaches=(BreachLine(id=1, report_by=None, decided=None),),
    stopped=frozenset({"Damp"}),
)


def test_all_steps_are_offered_where_there_is_something_to_do():
    held = replace(FULL, held=True)
    offered = [set(each.steps(Kind.COMPLAINT, Status.LOGGED)) for each in (FULL, held)]
    assert offered == [AROUND - {Action.RELEASE}, AROUND - {Action.HOLD}]
    assert AROUND <= NOTED


@pytest.mark.parametrize("status", sorted(BARE))
def test_nothing_is_noted_beside_what_is_no_case_yet(status: Status):
    assert FULL.steps(Kind.COMPLAINT, status) == ()


def test_a_step_without_its_matter_is_not_offered():
    answered = replace(LETTER, answered=True)
    decided = BreachLine(id=1, report_by=None, decided=BreachStep.NONE)
    bare = Around(letters=(answered,), breaches=(decided,))
    left_out = AROUND - set(bare.steps(Kind.COMPLAINT, Status.CLOSED))
    assert left_out == {
        Action.NOTE_MEMBER,
        Action.ANSWER_LETTER,
        Action.REVIEW_ADJUSTMENT,
        Action.SEE_TO_BREACH,
        Action.END_PROCEEDINGS,
        Action.RELEASE,
    }
    of_dp = set(FULL.steps(Kind.DP_COMPLAINT, Status.LOGGED))
    assert of_dp.isdisjoint({Action.NOTE_GROUP, Action.RAISE_DATA_PROTECTION})


def test_a_letter_is_overdue_until_it_is_answered():
    after = NOW + timedelta(seconds=1)
    assert LETTER.overdue(after)
    assert not LETTER.overdue(NOW)
    assert not replace(LETTER, answered=True).overdue(after)
    assert not replace(LETTER, due_at=None).overdue(after)
