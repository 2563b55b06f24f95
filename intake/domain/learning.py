"""What is learned from a case, and what changes because of it. Pure.

Complaint Handling Code 9.1 to 9.3: look beyond the one case, and report what was learned.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from intake.domain.triage import IncompleteError


class Theme(StrEnum):
    """What it is about, so that lessons can be counted."""

    DELAY = "delay"
    QUALITY_OF_WORK = "quality_of_work"
    COMMUNICATION = "communication"
    CONDUCT = "staff_conduct"
    CONTRACTOR = "contractor"
    POLICY = "policy_or_practice"
    RECORDS = "records_and_information"
    ACCESS = "access_and_adjustments"
    COMPLAINT_HANDLING = "complaint_handling"
    PRAISE = "what_went_well"


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """What is learned: the theme, what changes, and who sees to it."""

    theme: Theme
    change: str = field(repr=False)
    owner: str
    due: date | None = None


def check_lesson(lesson: Lesson) -> None:
    """Refuse a lesson that changes nothing or is nobody's.

    Raises:
        IncompleteError: it does not say what changes, or who sees to it.
    """
    missing = {}
    if not lesson.change.strip():
        missing["change"] = "Say what changes (Code 9.1)"
    if not lesson.owner.strip():
        missing["owner"] = "Say who sees to it"
    if missing:
        raise IncompleteError(missing)
