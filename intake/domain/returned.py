"""What a letter that comes back takes back. Pure."""

from datetime import datetime

from intake.domain.case import HEARD, Action, CaseEvent, Status

#: Where a complaint stands again when what was sent has not arrived.
UNSENT = {
    (Status.ACKNOWLEDGED, Action.ACKNOWLEDGE): Status.LOGGED,
    (Status.RESPONDED, Action.RESPOND): Status.ACKNOWLEDGED,
    (Status.STAGE_2_ACKNOWLEDGED, Action.ACKNOWLEDGE): Status.STAGE_2_LOGGED,
    (Status.STAGE_2_RESPONDED, Action.RESPOND): Status.STAGE_2_ACKNOWLEDGED,
}


def letter_returned(
    status: Status, did: Action | None, *, stood: Status | None, at: datetime, note: str
) -> CaseEvent:
    """Return the event of a letter's coming back; `did` is what its sending did to the case.

    A case that has gone on since stays where it is, and a person sees to the letter.
    """
    after = UNSENT.get((status, did), status) if did is not None else status
    if status is Status.REFUSED and did is Action.REFUSE:
        after = stood or Status.LOGGED
    returned = Action.LETTER_RETURNED
    return CaseEvent(action=returned, before=status, after=after, by=HEARD, at=at, note=note)
