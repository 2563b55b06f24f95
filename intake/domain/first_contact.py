"""Dissatisfaction settled at first contact: an outcome inside stage 1, never a stage. Pure.

Complaint Handling Code 5.2: early resolution is welcome and has no stage of its own. The case is
acknowledged and answered in writing as every complaint is.
"""

from dataclasses import dataclass, field

from intake.domain.case import ForbiddenError, Status
from intake.domain.new_issue import OPEN


@dataclass(frozen=True, kw_only=True)
class Settlement:
    """What was agreed, and in which words the resident agreed to it."""

    agreed: str = field(repr=False)
    consent: str = field(repr=False)


def check_settlement(settlement: Settlement, *, status: Status, stage: int) -> None:
    """Refuse a settlement without the resident's recorded agreement, or outside stage 1.

    Raises:
        ForbiddenError: the agreement is missing, or stage 1 is over.
    """
    if stage != 1 or status not in OPEN:
        raise ForbiddenError("5.2", "settling at first contact is an outcome inside stage 1")
    if not settlement.agreed.strip():
        raise ForbiddenError("5.2", "say what was agreed", field="agreed")
    if not settlement.consent.strip():
        why = "only the resident can say that it is settled: record when and how they agreed"
        raise ForbiddenError("5.2", why, field="consent")
