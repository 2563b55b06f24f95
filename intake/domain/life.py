"""What the Complaint Handling Code demands of each decision in the life of a case. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from intake.domain.case import ForbiddenError, InvalidTransitionError
from intake.domain.lengths import Length, Unit, find_due, london_day
from intake.domain.working_days import WorkingDays

STAGE_1, STAGE_2 = 1, 2
#: How long after the event, or the resident's learning of it, a complaint must be accepted (2.3).
WINDOW = Length(12, Unit.MONTHS)


class Outcome(StrEnum):
    """What was found on one issue."""

    UPHELD = "upheld"
    PARTLY_UPHELD = "partly_upheld"
    NOT_UPHELD = "not_upheld"


class Ground(StrEnum):
    """Why a complaint may be refused (Code 2.2). A solicitor's letter is not among them."""

    OVER_THE_WINDOW = "over_the_window"
    LEGAL_PROCEEDINGS = "legal_proceedings"
    ALREADY_CONSIDERED = "already_considered"
    #: Stage 2 was asked for after the landlord's own window.
    LATE_REQUEST = "late_request"


class Answer(StrEnum):
    """What a resident said to the offer to complain."""

    YES = "yes"
    NO = "no"
    SILENT = "no_answer"


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What was found on one issue, and why (Code 6.7)."""

    number: int
    outcome: Outcome
    reasons: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Promise:
    """Something promised in a response: what, by whom, by when (Code 7.3)."""

    what: str = field(repr=False)
    owner: str
    due: date


@dataclass(frozen=True, kw_only=True)
class Response:
    """The decision at one stage, with who took it and what puts things right (Code 6.9, 6.19)."""

    verdicts: tuple[Verdict, ...]
    decider: str
    remedy: str = field(default="", repr=False)
    promises: tuple[Promise, ...] = ()
    #: Apology, regret and the like, by the names of `response_parts.Part`.
    parts: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, kw_only=True)
class Extension:
    """More time for a response: until when, and why."""

    until: date
    reason: str = field(repr=False)
    #: What the resident said to the new day; none where nobody asked.
    agreed: Answer | None = None
    #: Why more than the Code's limit is needed (Code 6.4, 6.15: "without good reason").
    good_reason: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """A decision not to take a complaint, or an escalation, with all that Code 2.1 to 2.4 ask."""

    ground: Ground | None
    reasons: str = field(repr=False)
    #: The claim's number, the earlier reference, or why discretion was not used.
    evidence: str = field(repr=False)
    decider: str
    #: For a late complaint: when it happened, or the resident learned of it, whichever is later.
    aware_on: date | None = None


def check_escalation(stage: int) -> None:
    """Refuse a third stage. No reason is asked for (Code 6.12).

    Raises:
        ForbiddenError: stage 2 has been had.
    """
    if stage >= STAGE_2:
        raise ForbiddenError("5.3", "there is no third stage: stage 2 is the final word")


def check_request_day(asked_on: date, *, since: date, today: date) -> None:
    """Refuse a day on which something cannot have been asked for.

    Raises:
        InvalidTransitionError: it lies before what it follows, or in the future.
    """
    if not since <= asked_on <= today:
        raise InvalidTransitionError(
            f"{asked_on} is not between {since}, what it follows, and today, {today}"
        )


@dataclass(frozen=True, kw_only=True)
class Owed:
    """When a response is owed: the day by the rules, and that day as extended so far."""

    original: date
    due: date
    #: How far beyond the original the Code lets it be put off; none where it does not.
    most: Length | None

    def latest(self, days: WorkingDays) -> date:
        """Return the last day to which it can be put off."""
        if self.most is None:
            return self.original
        return london_day(find_due(self.original, self.most, days))


def check_extension(extension: Extension, owed: Owed, *, days: WorkingDays, told_on: date) -> None:
    """Refuse more time than the Code allows, or told too late.

    Raises:
        ForbiddenError: it lacks a reason, goes too far or backwards, or the day has passed.
    """
    if not extension.reason.strip():
        raise ForbiddenError("6.4", "an extension says why", field="reason")
    if told_on > owed.due:
        raise ForbiddenError("6.4", f"the resident is told before the day, {owed.due}, has passed")
    if extension.until <= owed.due:
        raise ForbiddenError("6.4", f"an extension ends after {owed.due}", field="until")
    latest = owed.latest(days)
    if extension.until > latest and not extension.good_reason.strip():
        why = f"the latest day allowed is {latest}, unless a good reason is on record"
        raise ForbiddenError("6.4, 6.15", why, field="until")
    if extension.until > latest and extension.agreed is None:
        why = f"ask the resident about a day after {latest}, and record the answer"
        raise ForbiddenError("6.4, 6.15", why, field="agreed")


def check_contact(known: object) -> None:
    """Refuse a letter that cannot say how to reach the Ombudsman.

    Raises:
        ForbiddenError: no contact is known.
    """
    if known is None:
        raise ForbiddenError("6.5, 3.7", "the letter must say how to reach the Ombudsman")


def check_response(
    response: Response, issues: Collection[int], *, barred: Mapping[str, tuple[str, str]]
) -> None:
    """Refuse a response that leaves a point open or that the wrong person decided.

    `barred` says who cannot decide it: the folded name, the provision, and why.

    Raises:
        ForbiddenError: a finding, a reason, a remedy or the decider is missing or barred.
    """
    found = {verdict.number: verdict for verdict in response.verdicts}
    for number in issues:
        if number not in found:
            raise ForbiddenError("6.7", f"issue {number} has no finding", field=f"outcome_{number}")
        if not found[number].reasons.strip():
            raise ForbiddenError("6.7", f"issue {number} has no reason", field=f"reasons_{number}")
    for number in found.keys() - set(issues):
        raise ForbiddenError("6.7", f"the complaint has no issue {number}")
    upheld = any(verdict.outcome is not Outcome.NOT_UPHELD for verdict in response.verdicts)
    if upheld and not response.remedy.strip():
        raise ForbiddenError("7.1", "what is upheld is put right: say how", field="remedy")
    if not response.decider.strip():
        raise ForbiddenError("5.8", "a response has a named decider", field="decider")
    bar = barred.get(folded(response.decider))
    if bar is not None:
        provision, why = bar
        raise ForbiddenError(provision, why, field="decider")


def find_barred(
    stage: int, *, decided: Sequence[str], complained_about: Sequence[str]
) -> dict[str, tuple[str, str]]:
    """Return who cannot decide a stage, and why: by their names, folded.

    Whoever is complained about decides neither stage (5.8); nobody decides both (6.13).
    """
    about = ("5.8", "nobody decides a complaint about themselves")
    barred = {folded(name): about for name in complained_about}
    if stage == STAGE_2:
        again = ("6.13", "stage 2 is decided by somebody who did not decide stage 1")
        barred |= {folded(name): again for name in decided}
    return barred


def check_refusal(refusal: Refusal, *, stage: int, received_on: date, days: WorkingDays) -> Ground:
    """Return the ground of a refusal that says why, on what evidence, and by whom it was decided.

    Raises:
        ForbiddenError: one of these is missing, or the ground does not hold.
    """
    if refusal.ground is None:
        raise ForbiddenError("2.1", "a refusal has one of the grounds listed", field="ground")
    if not refusal.reasons.strip():
        raise ForbiddenError("2.4", "a refusal is explained in words", field="reasons")
    if not refusal.decider.strip():
        raise ForbiddenError("2.1", "a refusal has a named decider", field="decider")
    if not refusal.evidence.strip():
        raise ForbiddenError("2.2", EVIDENCE[refusal.ground], field="evidence")
    if refusal.ground is Ground.LATE_REQUEST and stage != STAGE_2:
        raise ForbiddenError("2.2", "only a request for stage 2 can be late", field="ground")
    if refusal.ground is Ground.OVER_THE_WINDOW:
        _check_window(refusal.aware_on, received_on, days)
    return refusal.ground


#: What each ground must be shown by.
EVIDENCE = {
    Ground.OVER_THE_WINDOW: "say that discretion was considered, and why it was not used",
    Ground.LEGAL_PROCEEDINGS: "give the claim's number and the day it was filed at court",
    Ground.ALREADY_CONSIDERED: "give the reference of the case that considered it",
    Ground.LATE_REQUEST: "say that discretion was considered, and why it was not used",
}


def _check_window(aware_on: date | None, received_on: date, days: WorkingDays) -> None:
    if aware_on is None:
        why = "say when it happened or the resident learned of it, whichever is later"
        raise ForbiddenError("2.3", why, field="aware_on")
    last = london_day(find_due(aware_on, WINDOW, days))
    if received_on <= last:
        why = f"it came within 12 months, which ran until {last}, and must be accepted"
        raise ForbiddenError("2.3", why, field="aware_on")


def check_closing(*, dissatisfied: bool, complained: bool, answer: Answer | None) -> None:
    """Refuse to close dissatisfaction away: the resident is offered the choice, and answers.

    Raises:
        ForbiddenError: no complaint is on record, and no offer or no answer to it.
    """
    if not dissatisfied or complained:
        return
    if answer is None:
        why = "it shows dissatisfaction: offer the choice to complain and record the answer first"
        raise ForbiddenError("1.3", why)
    if answer is Answer.YES:
        raise ForbiddenError("1.3", "the resident chose to complain: confirm the complaint first")


def folded(name: str) -> str:
    """Return a name as it is compared: without case or spare spaces."""
    return " ".join(name.split()).casefold()
