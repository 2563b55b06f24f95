"""The fields of forms, and how what was filled in is read. Pure."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from intake.domain.case import Definition, Kind
from intake.domain.clean import clean
from intake.domain.life import (
    Answer,
    Extension,
    Ground,
    Outcome,
    Promise,
    Refusal,
    Response,
    Verdict,
)
from intake.domain.response_parts import WRITTEN
from intake.domain.triage import IncompleteError, decision

Values = Mapping[str, object]
_Choice = TypeVar("_Choice", bound=StrEnum)

KINDS, ISSUES, OUTCOME, NOT_OURS = "kinds", "issues", "outcome", "not_ours"
NOTE, REASON, REASONS, EVIDENCE, DECIDER = "note", "reason", "reasons", "evidence", "decider"
REMEDY, PROMISES, PROMISE, ANSWER, GROUND = "remedy", "promises", "promise", "answer", "ground"
UNTIL, ASKED_ON, AWARE_ON = "until", "asked_on", "aware_on"
AGREED, GOOD_REASON = "agreed", "good_reason"
OVERRIDE, SEE = "override", "see"
#: Whether a step writes a letter, or its reader is told another way.
WAY = "way"
COMPLAINED_ABOUT, WORK, DISMISS = "complained_about", "work", "dismiss"
PASSED_TO = "passed_to"
PARTS_OF_A_PROMISE = 3


class Way(StrEnum):
    """How somebody is told."""

    LETTER = "letter"
    OTHER = "other"


def outcome(number: int) -> str:
    """Return the name of the field for what was found on an issue."""
    return f"outcome_{number}"


def reasons(number: int) -> str:
    """Return the name of the field for why."""
    return f"reasons_{number}"


def words(values: Values, name: str) -> str:
    """Return what a field of words says."""
    return clean(str(values.get(name) or "")).strip()


def lines(values: Values, name: str) -> tuple[str, ...]:
    """Return what a field of words says, line by line."""
    return tuple(line.strip() for line in words(values, name).splitlines() if line.strip())


def choice(values: Values, name: str, options: type[_Choice]) -> _Choice:
    """Return what was chosen.

    Raises:
        IncompleteError: nothing was.
    """
    found = find_choice(values, name, options)
    if found is None:
        raise IncompleteError({name: "Choose one"})
    return found


def find_choice(values: Values, name: str, options: type[_Choice]) -> _Choice | None:
    """Return what was chosen, or none."""
    given = str(values.get(name) or "")
    return options(given) if given in set(options) else None


def day(values: Values, name: str) -> date:
    """Return the day that was given.

    Raises:
        IncompleteError: none was.
    """
    found = find_day(values, name)
    if found is None:
        raise IncompleteError({name: "Give a day"})
    return found


def find_day(values: Values, name: str) -> date | None:
    """Return the day that was given, or none.

    Raises:
        IncompleteError: what was given is no day.
    """
    given = str(values.get(name) or "").strip()
    if not given:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise IncompleteError({name: "Give a day such as 2026-04-01"}) from None


def read_definition(values: Values) -> Definition:
    """Return the definition of a complaint.

    Raises:
        IncompleteError: its issues or outcome sought are missing (Code 5.6).
    """
    parts = {"issues": words(values, ISSUES), "outcome": words(values, OUTCOME)}
    decided = decision([Kind.COMPLAINT], **parts, not_responsible=words(values, NOT_OURS))
    if decided.definition is None:
        raise IncompleteError({ISSUES: "Say what the complaint is about"})
    return decided.definition


def read_extension(values: Values) -> Extension:
    """Return an extension."""
    return Extension(
        until=day(values, UNTIL),
        reason=words(values, REASON),
        agreed=find_choice(values, AGREED, Answer),
        good_reason=words(values, GOOD_REASON),
    )


def read_refusal(values: Values) -> Refusal:
    """Return a refusal; what it lacks is for the rules to say."""
    return Refusal(
        ground=find_choice(values, GROUND, Ground),
        reasons=words(values, REASONS),
        evidence=words(values, EVIDENCE),
        decider=words(values, DECIDER),
        aware_on=find_day(values, AWARE_ON),
    )


def read_response(values: Values) -> Response:
    """Return a response; what it lacks is for the rules to say."""
    numbers = [int(n.removeprefix("outcome_")) for n in values if n.startswith("outcome_")]
    found = {n: find_choice(values, outcome(n), Outcome) for n in sorted(numbers)}
    return Response(
        verdicts=tuple(
            Verdict(number=n, outcome=what, reasons=words(values, reasons(n)))
            for n, what in found.items()
            if what is not None
        ),
        decider=words(values, DECIDER),
        remedy=words(values, REMEDY),
        promises=tuple(_promise(line) for line in lines(values, PROMISES)),
        parts={part: words(values, part) for part in WRITTEN if words(values, part)},
    )


def _promise(line: str) -> Promise:
    parts = [part.strip() for part in line.rsplit(";", PARTS_OF_A_PROMISE - 1)]
    try:
        what, owner, due = parts
        promise = Promise(what=what, owner=owner, due=date.fromisoformat(due))
    except ValueError:
        raise IncompleteError(
            {PROMISES: "Each line: what; who; a day such as 2026-04-01"}
        ) from None
    if not (promise.what and promise.owner):
        raise IncompleteError({PROMISES: "Each line says what, and who does it (Code 7.3)"})
    return promise
