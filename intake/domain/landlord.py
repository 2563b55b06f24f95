"""A landlord as the steps know it, and how its rules are read for a case."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from classifier.labels import Hazard
from intake.domain.case import Kind
from intake.domain.clock import LONDON
from intake.domain.clocks import CaseClock
from intake.domain.moments import ClockName, Moment, Urgency
from intake.domain.policy import Policy
from intake.domain.working_days import Nation

#: What the receipt of each kind is called among the moments that start clocks.
RECEIPT = {
    Kind.COMPLAINT: Moment.RECEIVED,
    Kind.COMPLIMENT: Moment.FEEDBACK_RECEIVED,
    Kind.COMMENT: Moment.FEEDBACK_RECEIVED,
    Kind.DP_COMPLAINT: Moment.DP_COMPLAINT_RECEIVED,
}

#: Windows that the resident has: a landlord is never late for them.
RESIDENTS_TIME = frozenset(
    {
        ClockName.COMPLAINT_WINDOW,
        ClockName.STAGE_2_WINDOW,
        ClockName.COMPENSATION_WINDOW,
        ClockName.OFFER_ACCEPTANCE,
        ClockName.OMBUDSMAN_REFERRAL,
    }
)


@dataclass(frozen=True, kw_only=True)
class Landlord:
    """What a landlord has decided for itself, as far as the steps of a message need it."""

    key: str
    #: As residents know it.
    name: str
    policy: Policy
    nation: Nation
    #: The address that letters come from.
    sender: str
    #: How long a promised letter can be undone.
    undo: timedelta
    #: Whether residents get a bare receipt at once. It ends no clock.
    receipt: bool = False
    #: Where answers are to come to, and all addresses that mail comes to us at, in small letters.
    intake: str = ""
    addresses: frozenset[str] = frozenset()
    #: Whose mail is staff's, and the names under which our own mail edge vouches for senders.
    staff_domains: tuple[str, ...] = ()
    edges: frozenset[str] = frozenset()
    #: Who hears of what is overdue, and of what nobody owns, as the record names them.
    manager: str = ""
    #: When the day's digest comes, on working days in London.
    digest_at: time = time(8)
    #: For how long a case that has ended is kept whole.
    retention_years: int = 6
    #: Its own words for letters, by their kinds, instead of ours.
    wording: Mapping[str, str] = field(default_factory=dict, repr=False)


def moments_of(
    kind: Kind, received_at: datetime, acknowledged_at: datetime | None
) -> Mapping[Moment, date | datetime]:
    """Return the moments that start or end the clocks of a case of `kind`."""
    receipt = RECEIPT.get(kind)
    if receipt is None:
        return {}
    if acknowledged_at is None:
        return {receipt: received_at}
    return {receipt: received_at, Moment.ACKNOWLEDGED: acknowledged_at}


def urgencies_of(
    category: Hazard | None, landlord: Landlord, *, emergency: bool, aware_at: datetime
) -> tuple[Urgency, ...]:
    """Return the classes of hazard whose clocks run (Awaab's Law; the phase of the day decides).

    Any hazard can be an emergency; only those of the phases begun can be significant. Whether
    the agreement is one that the law covers is for staff to say: unknown, the clocks run.
    """
    law = landlord.policy.hazards.get(landlord.nation)
    if law is None:
        return ()
    urgencies = [Urgency.EMERGENCY] if emergency and law.emergency else []
    if category in law.significant(aware_at.astimezone(LONDON).date()):
        urgencies.append(Urgency.SIGNIFICANT)
    return tuple(urgencies)


def last_moment(clock: CaseClock) -> datetime | None:
    """Return the last moment of a clock's sooner date: the end of that day in London.

    None where the time is the resident's to use, and nothing is owed by then.
    """
    if clock.clock in RESIDENTS_TIME:
        return None
    ends = [end_of(day) for day in (clock.target, clock.code) if day is not None]
    return min(ends, default=None)


def end_of(day: date | datetime) -> datetime:
    """Return the last moment of a day in London; of an instant, the instant."""
    if isinstance(day, datetime):
        return day
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=LONDON) - timedelta(seconds=1)
