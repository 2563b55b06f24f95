"""Letters from those who are not the resident, and what goes to other bodies. Pure.

MPs and councillors (the policy), the Ombudsman (the Scheme), solicitors (Pre-Action Protocol for
Housing Conditions Claims, a secondary source), courts (Code 2.2), LGSCO and CQC (SI 2009/309),
breaches of personal data (UK GDPR Art. 33, unverified and therefore data of the pack).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from intake.domain.case import ForbiddenError
from intake.domain.clock_words import explain_asked
from intake.domain.clocks import CaseClock
from intake.domain.lengths import find_due, london_day
from intake.domain.moments import ClockName, Moment
from intake.domain.policy import Policy
from intake.domain.policy_facts import Contact
from intake.domain.triage import IncompleteError
from intake.domain.working_days import Nation, WorkingDays


class Sender(StrEnum):
    """Who wrote about a case without being its resident."""

    MP = "mp"
    COUNCILLOR = "councillor"
    OMBUDSMAN = "ombudsman"
    #: A letter of claim is not legal proceedings: the complaint goes on (Code 2.2).
    SOLICITOR = "solicitor"


class Bearing(StrEnum):
    """What a letter shows."""

    #: It is about a complaint, or makes one: the constituent's, from the day it arrived.
    COMPLAINT = "complaint"
    ENQUIRY = "enquiry"


class Reaction(StrEnum):
    """What was done about a letter."""

    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "answered"


MEMBERS = frozenset({Sender.MP, Sender.COUNCILLOR})
#: Which clock shows how sure the rule is that a sender's letter is answered by.
ANSWERED_BY = {
    Sender.MP: ClockName.MP_RESPONSE,
    Sender.COUNCILLOR: ClockName.MP_RESPONSE,
    Sender.OMBUDSMAN: ClockName.OMBUDSMAN_RESPONSE,
    Sender.SOLICITOR: ClockName.LETTER_OF_CLAIM_RESPONSE,
}


#: The clocks that a letter has beside those of its case.
LETTER_CLOCKS = frozenset({ClockName.MP_ACKNOWLEDGEMENT, *ANSWERED_BY.values()})


@dataclass(frozen=True, kw_only=True)
class Correspondence:
    """One letter from somebody who is not the resident."""

    sender: Sender
    bearing: Bearing
    received_on: date
    #: The day they named; it wins when it is sooner.
    asked_by: date | None = None
    acknowledged_on: date | None = None
    name: str = field(default="", repr=False)


def check_correspondence(letter: Correspondence, *, today: date) -> None:
    """Refuse days that cannot be.

    Raises:
        IncompleteError: it came tomorrow, or asks for an answer before it came.
    """
    if letter.received_on > today:
        raise IncompleteError({"received_on": "That day has not come yet"})
    if letter.asked_by is not None and letter.asked_by < letter.received_on:
        raise IncompleteError({"asked_by": "That is before it came"})


def moments_of_letter(letter: Correspondence) -> Mapping[Moment, date | datetime]:
    """Return the moments that start and end the letter's own clocks, beside those of its case."""
    came, by = letter.received_on, letter.asked_by
    if letter.sender is Sender.SOLICITOR:
        return {Moment.CLAIM_LETTER_RECEIVED: came}
    if letter.sender is Sender.OMBUDSMAN:
        asked = {Moment.OMBUDSMAN_ASKED: came}
        return asked if by is None else asked | {Moment.OMBUDSMAN_DEADLINE: by}
    if letter.bearing is Bearing.COMPLAINT:
        received = {Moment.MP_RECEIVED: came}
        return received if by is None else received | {Moment.MP_DEADLINE: by}
    enquiry: dict[Moment, date | datetime] = {Moment.ENQUIRY_RECEIVED: came}
    if letter.acknowledged_on is not None:
        enquiry[Moment.MP_ACKNOWLEDGED] = letter.acknowledged_on
    return enquiry


def own_clocks(letter: Correspondence, clocks: Sequence[CaseClock]) -> list[CaseClock]:
    """Return the letter's own clocks; the day that an enquiry names wins when it is sooner."""
    own = [clock for clock in clocks if clock.clock in LETTER_CLOCKS]
    enquiry = letter.sender in MEMBERS and letter.bearing is Bearing.ENQUIRY
    if not enquiry or letter.asked_by is None:
        return own
    day, others = letter.asked_by, [c for c in own if c.clock is not ClockName.MP_RESPONSE]
    [answer, *_] = [c for c in own if c.clock is ClockName.MP_RESPONSE] or [
        CaseClock(
            clock=ClockName.MP_RESPONSE,
            starts=letter.received_on,
            rule="the date asked for",
            why="",
        )
    ]
    sooner = answer.target is None or day < london_day(answer.target)
    target = day if sooner else answer.target
    why = explain_asked(day, answer.why, sooner=sooner)
    return [*others, replace(answer, target=target, why=why)]


def find_evidence(letter: Correspondence, policy: Policy) -> str:
    """Return how sure the rule of its answer is; nothing where the landlord promised it."""
    period = policy.code.get(ANSWERED_BY[letter.sender])
    return period.evidence if period is not None else ""


@dataclass(frozen=True, kw_only=True)
class Proceedings:
    """A claim filed at court, and which issues of the complaint it overlaps (Code 2.2)."""

    claim: str
    filed_on: date
    #: The numbers of the issues that are before the court.
    overlapping: tuple[int, ...]
    decider: str
    reasons: str = field(repr=False)


def check_proceedings(found: Proceedings, issues: Mapping[int, str], *, today: date) -> None:
    """Let only the issues stop that are before the court; the rest goes on.

    Raises:
        IncompleteError: something is missing.
        ForbiddenError: nothing is left that goes on, or what would stop is no issue.
    """
    missing = {
        name: told
        for name, given, told in (
            ("claim", found.claim, "Give the claim's number: a letter of claim is not enough"),
            ("decider", found.decider, "Say who decided, by name"),
            ("reasons", found.reasons, "Say why these overlap, and the others do not"),
        )
        if not given.strip()
    }
    if found.filed_on > today:
        missing["filed_on"] = "That day has not come yet"
    if missing:
        raise IncompleteError(missing)
    if not found.overlapping or not set(found.overlapping) <= set(issues):
        raise ForbiddenError("2.2", "only issues of the complaint can stop", field="overlapping")
    if set(found.overlapping) == set(issues):
        why = "if every issue is before the court, a person refuses it on that ground"
        raise ForbiddenError("2.2", why, field="overlapping")


def read_numbers(words: Sequence[str]) -> tuple[int, ...]:
    """Return the numbers of issues that were given.

    Raises:
        IncompleteError: one is no number.
    """
    if not all(word.isdecimal() for word in words):
        raise IncompleteError({"overlapping": "Give the numbers of the issues, such as 1, 3"})
    return tuple(dict.fromkeys(int(word) for word in words))


class Body(StrEnum):
    """Who hears what a housing complaint is not about."""

    LGSCO = "lgsco"
    CQC = "cqc"


#: What each hears (SI 2009/309 and the policies).
HEARS = {
    Body.LGSCO: "the care itself and its fees",
    Body.CQC: "whether a care service keeps to its regulations",
}


def find_route(policy: Policy, body: Body, nation: Nation, on: date) -> Contact:
    """Return how to reach a body, by the dated contacts of the pack.

    Raises:
        IncompleteError: it has no part in that nation, or no contact is known.
    """
    contact = policy.find_contact(body, on)
    if contact is None or nation not in contact.nations:
        raise IncompleteError({"body": f"No contact of {body.upper()} is known for {nation}"})
    return contact


def spell_contact(contact: Contact) -> str:
    """Return a contact in one line, as it is kept with the referral."""
    ways = (contact.phone, contact.web, contact.email, contact.post)
    return f"{contact.name}: {'; '.join(way for way in ways if way)}"


class BreachStep(StrEnum):
    """What was decided about a possible breach of personal data."""

    REPORTED = "reported_to_the_ico"
    NOT_REPORTABLE = "a_breach_not_to_be_reported"
    NONE = "no_breach"


def find_report_by(policy: Policy, aware_at: datetime, days: WorkingDays) -> date | datetime | None:
    """Return when a possible breach has to be reported, by the pack; none where it is silent."""
    period = policy.breach_report
    return None if period is None else find_due(aware_at, period.length, days)
