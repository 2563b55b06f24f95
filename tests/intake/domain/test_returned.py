"""What a letter that comes back takes back."""

from datetime import datetime

import pytest

from intake.domain.case import HEARD, Action, Status
from intake.domain.returned import letter_returned


@pytest.mark.parametrize(
    ("status", "did", "after"),
    [
        (Status.ACKNOWLEDGED, Action.ACKNOWLEDGE, Status.LOGGED),
        (Status.RESPONDED, Action.RESPOND, Status.ACKNOWLEDGED),
        (Status.STAGE_2_ACKNOWLEDGED, Action.ACKNOWLEDGE, Status.STAGE_2_LOGGED),
        (Status.STAGE_2_RESPONDED, Action.RESPOND, Status.STAGE_2_ACKNOWLEDGED),
        (Status.REFUSED, Action.REFUSE, Status.STAGE_2_LOGGED),
        (Status.RESPONDED, Action.ACKNOWLEDGE, Status.RESPONDED),
        (Status.CLOSED, Action.RESPOND, Status.CLOSED),
        (Status.ACKNOWLEDGED, Action.EXTEND, Status.ACKNOWLEDGED),
        (Status.ACKNOWLEDGED, None, Status.ACKNOWLEDGED),
    ],
)
def test_a_case_stands_again_where_it_stood_unless_it_went_on(
    status: Status, did: Action | None, after: Status, now: datetime
):
    stood = Status.STAGE_2_LOGGED
    event = letter_returned(status, did, stood=stood, at=now, note="550")
    assert (event.before, event.after, event.by) == (status, after, HEARD)


def test_a_refusal_that_came_back_leaves_the_complaint_logged(now: datetime):
    event = letter_returned(Status.REFUSED, Action.REFUSE, stood=None, at=now, note="")
    assert event.after is Status.LOGGED
