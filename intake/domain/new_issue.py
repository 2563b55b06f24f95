"""A new issue raised half-way: joined to the open stage 1, or a new complaint. Pure.

Complaint Handling Code 6.8: what is related joins stage 1 while its response has not been issued;
what is unrelated, would unreasonably delay the response, or comes later is a new complaint.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from intake.domain.case import Definition, ForbiddenError, Status
from intake.domain.triage import IncompleteError


class Joining(StrEnum):
    """On which ground a new issue joins a complaint or does not."""

    RELATED = "related"
    UNRELATED = "unrelated"
    WOULD_DELAY = "would_unreasonably_delay"
    #: The response has gone, or the complaint has ended without one.
    STAGE_1_OVER = "stage_1_is_over"


#: Where a complaint stands while a new issue can still join it.
OPEN = frozenset({Status.LOGGED, Status.ACKNOWLEDGED})
NOT_STATED = "Not stated yet"


@dataclass(frozen=True, kw_only=True)
class NewIssue:
    """What the resident raised, on which day, and on which ground it joins or does not."""

    words: str = field(repr=False)
    raised_on: date
    ground: Joining
    #: What the resident wants done about it.
    outcome: str = field(default="", repr=False)

    @property
    def joins(self) -> bool:
        """Whether it becomes a part of the complaint that is open."""
        return self.ground is Joining.RELATED

    def definition(self) -> Definition:
        """Return what a new complaint about it is understood to be (Code 5.6)."""
        return Definition(issues=(self.words,), outcome=self.outcome.strip() or NOT_STATED)


def check_new_issue(
    issue: NewIssue, *, status: Status, stage: int, received_on: date, today: date
) -> None:
    """Refuse a ground that does not hold where the complaint stands (Code 6.8).

    Raises:
        IncompleteError: nothing was raised, or on no possible day.
        ForbiddenError: stage 1 is over and it cannot join, or is open and not over.
    """
    if not issue.words.strip():
        raise IncompleteError({"issue": "Say what was raised"})
    if not received_on <= issue.raised_on <= today:
        told = f"Give a day from {received_on}, the complaint's receipt, to today, {today}"
        raise IncompleteError({"raised_on": told})
    is_open = stage == 1 and status in OPEN
    if issue.joins and not is_open:
        why = "stage 1 is over: what is raised after it is a new complaint"
        raise ForbiddenError("6.8", why, field="joining")
    if issue.ground is Joining.STAGE_1_OVER and is_open:
        why = "stage 1 is open and its response has not gone"
        raise ForbiddenError("6.8", why, field="joining")


def joined(definition: Definition, issue: NewIssue) -> Definition:
    """Return the definition of a complaint that has the new issue too."""
    wanted = issue.outcome.strip()
    return Definition(
        issues=(*definition.issues, issue.words),
        outcome=f"{definition.outcome}\n{wanted}" if wanted else definition.outcome,
        not_responsible=definition.not_responsible,
    )
