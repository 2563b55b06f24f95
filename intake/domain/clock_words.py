"""Why a clock ends on its day, in one plain sentence."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from intake.domain.clock_runs import Instant, Run
from intake.domain.lengths import LONDON, Length, Unit, london_day
from intake.domain.moments import Moment
from intake.domain.working_days import CountFrom, WorkingDays

STARTED_BY = {
    Moment.RECEIVED: "receipt on",
    Moment.OCCURRED: "the event, or the resident's learning of it, on",
    Moment.AWARE: "awareness on",
    Moment.ACKNOWLEDGED: "the acknowledgement of",
    Moment.RESPONDED: "the stage 1 response of",
    Moment.STAGE2_REQUESTED: "the stage 2 request of",
    Moment.STAGE2_ACKNOWLEDGED: "the stage 2 acknowledgement of",
    Moment.STAGE2_RESPONDED: "the stage 2 response of",
    Moment.MP_RECEIVED: "receipt of the MP's or councillor's letter on",
    Moment.MP_ACKNOWLEDGED: "the acknowledgement to the MP or councillor of",
    Moment.ENQUIRY_RECEIVED: "receipt of the enquiry on",
    Moment.OMBUDSMAN_ASKED: "the Ombudsman's request of",
    Moment.INVESTIGATED: "the end of the investigation on",
    Moment.OFFER_MADE: "the offer of",
    Moment.INCIDENT: "the incident of",
    Moment.FEEDBACK_RECEIVED: "receipt of the feedback on",
    Moment.DP_COMPLAINT_RECEIVED: "receipt of the data protection complaint on",
    Moment.CLAIM_LETTER_RECEIVED: "receipt of the letter of claim on",
    Moment.FINAL_RESPONSE: "the final response of",
}


def explain(run: Run, own: Run | None, days: WorkingDays) -> str:
    """Say why `run` ends when it does, and why the landlord's `own` date differs if it does."""
    parts = [_counted(run), *_days_off(run, days)]
    if run.held_open:
        parts.append(f"held open until the {run.held_open.replace('_', ' ')} ends")
    if run.period.outer:
        parts.append(f"normally never later than {run.period.outer.words}")
    if own:
        parts.append(f"the landlord's own date is {say(own.due)}, {_counted(own)}")
    return "; ".join(parts)


def explain_asked(asked: date, why: str, *, sooner: bool) -> str:
    """Say that the date an MP or the Ombudsman asked for wins, where it is sooner."""
    told = f"{say(asked)} was asked for"
    if not why:
        return told
    return f"{told}, which is sooner; else {why}" if sooner else f"{why}; {told}"


def explain_extension(until: date, code: date, original: date, most: Length | None) -> str:
    """Say how far an extension moves the date, and how far it may."""
    told = f"extended to {say(until)}"
    if most is None:
        return f"{told}; no rule allows for more time, so {say(original)} stands"
    if code < until:
        return f"{told}; the most allowed is {most.words} after {say(original)}, {say(code)}"
    return f"{told}, which is within {most.words} of {say(original)}"


def explain_backstop(backstop: date | None) -> str:
    """Say where the response would be due had a late acknowledgement been in time."""
    return f"; the acknowledgement was late: {say(backstop)} is the backstop" if backstop else ""


def say(moment: Instant, *, year: bool = False) -> str:
    """Write a day, or an instant in London, as a letter would: `29 December`."""
    day = london_day(moment)
    return f"{day.day} {day:%B}" + (f" {day.year}" if year else "")


def _counted(run: Run) -> str:
    when = say(run.start, year=run.length.unit is Unit.MONTHS)
    if run.length.unit is Unit.HOURS and isinstance(run.start, datetime):
        when += f" at {run.start.astimezone(LONDON):%H:%M}"
    if run.provisional:
        return f"{run.length.words} after {when}, the last day for acknowledging"
    told = f"{STARTED_BY[run.moment]} {when}"
    if run.count_from is CountFrom.DAY1 and run.length.unit is Unit.WORKING_DAYS:
        return f"{run.length.words} from {told}, the first working day being day 1"
    return f"{run.length.words} after {told}"


def _days_off(run: Run, days: WorkingDays) -> list[str]:
    if run.length.unit is Unit.WORKING_DAYS:
        inclusive = run.count_from is CountFrom.DAY1
        after = london_day(run.start) - timedelta(days=inclusive)
        crossed = days.crossed(after, london_day(run.due))
        return [_bank_holidays(crossed)] if crossed else []
    if run.rolled_from:
        return [
            f"{run.rolled_from:%A} {say(run.rolled_from)} is a day off, so the next working day"
        ]
    return []


def _bank_holidays(days: Sequence[date]) -> str:
    said = [say(day) for day in days]
    if len(said) == 1:
        return f"{said[0]} is a bank holiday"
    return f"{', '.join(said[:-1])} and {said[-1]} are bank holidays"
