"""Restricting how somebody contacts the landlord, as a last resort. Pure.

Complaint Handling Code 5.14 and 5.15: evidenced, proportionate, mindful of the Equality Act, and
reviewed. A restriction says how contact is made; it can mute nobody and it stops no clock.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from intake.domain.case import ForbiddenError


class Limit(StrEnum):
    """What may be restricted. Silence is not among them: whatever comes in is recorded."""

    ONE_PERSON = "one_named_contact"
    ONE_CHANNEL = "one_channel"
    SET_TIMES = "set_times"
    IN_COMPANY = "visits_by_two_staff"


#: The longest without a review; ours, as the Code says only that there is one.
LONGEST = timedelta(days=183)


@dataclass(frozen=True, kw_only=True)
class Restriction:
    """What is restricted, why, after what else was tried, until which review, by whom decided."""

    limit: Limit
    details: str = field(repr=False)
    reason: str = field(repr=False)
    #: What was tried before: a restriction is the last resort.
    tried: str = field(repr=False)
    #: Which needs and adjustments were considered (Equality Act 2010).
    adjustments: str = field(repr=False)
    review_on: date
    decider: str


def check_restriction(restriction: Restriction, *, today: date) -> None:
    """Refuse a restriction that is not evidenced, not the last resort, or never reviewed.

    Raises:
        ForbiddenError: something that the Code asks for is missing.
    """
    missing = (
        ("5.14", "details", restriction.details, "say what exactly the person is asked to do"),
        ("5.15", "reason", restriction.reason, "a restriction is evidenced: say what happened"),
        ("5.15", "tried", restriction.tried, "it is the last resort: say what was tried before"),
        (
            "5.15",
            "adjustments",
            restriction.adjustments,
            "say which needs and adjustments were considered (Equality Act 2010)",
        ),
        ("5.14", "decider", restriction.decider, "a restriction has a named decider"),
    )
    for provision, name, words, why in missing:
        if not words.strip():
            raise ForbiddenError(provision, why, field=name)
    check_review_day(restriction.review_on, today=today)


def check_review_day(review_on: date, *, today: date) -> None:
    """Refuse a day of review that has passed, or lies too far ahead.

    Raises:
        ForbiddenError: it does.
    """
    if not today < review_on <= today + LONGEST:
        why = f"it is reviewed after today and by {today + LONGEST}"
        raise ForbiddenError("5.15", why, field="review_on")


@dataclass(frozen=True, kw_only=True)
class Review:
    """What came of reviewing a restriction: kept until the next review, or ended."""

    why: str = field(repr=False)
    #: None where the restriction ends.
    next_on: date | None = None


def check_review(review: Review, *, today: date) -> None:
    """Refuse a review that gives no reasons, or keeps a restriction without another review.

    Raises:
        ForbiddenError: it does.
    """
    if not review.why.strip():
        raise ForbiddenError("5.15", "a review gives its reasons", field="reason")
    if review.next_on is not None:
        check_review_day(review.next_on, today=today)
