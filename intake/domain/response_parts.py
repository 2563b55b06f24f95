"""What a response contains by what was found: apology, action, regret, reasons. Pure.

Complaint Handling Code 6.7 (reasons), 7.1 (what puts things right); the landlords' documents say
the same by finding (Progress GRPOLHM28 4.4 when upheld, 4.5 when not).
"""

from collections.abc import Iterable
from enum import StrEnum

from intake.domain.life import Outcome, Response


class Part(StrEnum):
    """A part of a response, beside the reasons on each issue."""

    APOLOGY = "apology"
    ACTION = "practical_action"
    #: Whether money was considered, and what came of it.
    REDRESS = "redress_considered"
    IMPROVEMENT = "service_improvement"
    #: For inconvenience or distress, where nothing went wrong that is ours.
    REGRET = "regret"
    REASONS = "reasons"
    LESSONS = "lessons_reviewed"


_UPHELD = (Part.APOLOGY, Part.ACTION, Part.REDRESS, Part.IMPROVEMENT, Part.REASONS)
_NOT_UPHELD = (Part.REGRET, Part.REASONS, Part.LESSONS)
#: What is expected of a response, by what was found on an issue.
EXPECTED = {
    Outcome.UPHELD: _UPHELD,
    Outcome.PARTLY_UPHELD: _UPHELD,
    Outcome.NOT_UPHELD: _NOT_UPHELD,
}
#: Those with words of their own: the remedy is the action, and each issue has its reasons.
WRITTEN = tuple(part for part in Part if part not in {Part.ACTION, Part.REASONS})


def expected_parts(outcomes: Iterable[Outcome]) -> tuple[Part, ...]:
    """Return the parts expected of a response, in their order."""
    wanted = {part for outcome in outcomes for part in EXPECTED[outcome]}
    return tuple(part for part in Part if part in wanted)


def missing_parts(response: Response) -> tuple[Part, ...]:
    """Return the expected parts that a response lacks; the remedy stands for the action."""
    given = {Part(name) for name, words in response.parts.items() if words.strip()}
    if response.remedy.strip():
        given.add(Part.ACTION)
    if response.verdicts and all(verdict.reasons.strip() for verdict in response.verdicts):
        given.add(Part.REASONS)
    expected = expected_parts(verdict.outcome for verdict in response.verdicts)
    return tuple(part for part in expected if part not in given)
