"""What `heard due` and `heard clocks` answer."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictStr

from bot.commands.lines import read_row, say_fault
from intake.domain.calendar import Calendar, load_calendar
from intake.domain.clocks import CaseClock, Moment, Urgency, compute_clocks
from intake.domain.lengths import find_due, london_day, parse_length, parse_moment
from intake.domain.policy import load_policy
from intake.domain.working_days import CountFrom, Nation

_Option = TypeVar("_Option", bound=StrEnum)
#: Told only where they say something.
_OCCASIONAL = ("extended", "projected", "backstop")


class UnusableError(ValueError):
    """The arguments of a command cannot be used; the message says which and what was expected."""


@dataclass(frozen=True, kw_only=True)
class Due:
    """When a length of time is over, as it is printed, and whether that is only projected."""

    text: str
    projected: bool


class _Question(BaseModel):
    model_config = ConfigDict(extra="ignore")

    start: Annotated[StrictStr, Field(alias="from")]
    length: StrictStr
    nation: Nation = Nation.ENGLAND
    count_from: CountFrom = CountFrom.DAY0
    roll: StrictBool = False


def tell_due(
    start: str,
    length: str,
    *,
    nation: str = Nation.ENGLAND,
    count_from: str = CountFrom.DAY0,
    roll: bool = False,
    calendar: Calendar | None = None,
) -> Due:
    """Return when a length such as `5wd` from an ISO day or instant is over.

    Raises:
        UnusableError: an argument is not one, or a year lies outside 2015 to 2035.
    """
    asked = {
        "from": start,
        "length": length,
        "nation": nation,
        "count_from": count_from,
        "roll": roll,
    }
    try:
        return _answer(asked, calendar or load_calendar())
    except ValueError as error:
        raise UnusableError(say_fault(error)) from error


def answer_lines(
    lines: Iterable[str | bytes], *, calendar: Calendar | None = None
) -> Iterator[str]:
    """Answer JSON Lines of questions, one line each, in order; a bad one says its error."""
    known = calendar or load_calendar()
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield json.dumps(_answer_line(line, number, known))


def tell_clocks(
    policy: str,
    events: Sequence[str],
    *,
    nation: str | None = None,
    hazard: str | None = None,
    calendar: Calendar | None = None,
) -> str:
    """Return as JSON every clock that events such as `received=2026-12-24` start or end.

    Raises:
        UnusableError: the policy, an event or an option cannot be used.
    """
    try:
        clocks = compute_clocks(
            load_policy(policy),
            _parse_events(events),
            nation=_choose(Nation, nation) if nation else None,
            hazard=_choose(Urgency, hazard) if hazard else None,
            calendar=calendar,
        )
    except ValueError as error:
        raise UnusableError(str(error)) from error
    return json.dumps([clock_json(clock) for clock in clocks], indent=2, ensure_ascii=False)


def clock_json(clock: CaseClock) -> dict[str, Any]:
    """Return a clock in the shape of the contract, with ISO dates."""
    shape = {
        key: value.isoformat() if isinstance(value, date) else value
        for key, value in asdict(clock).items()
    }
    return {key: value for key, value in shape.items() if value or key not in _OCCASIONAL}


def _answer_line(line: str | bytes, number: int, calendar: Calendar) -> dict[str, Any]:
    identity = None
    try:
        asked = read_row(line)
        identity = asked.get("id")
        due = _answer(asked, calendar)
    except (ValueError, RecursionError) as error:
        return {"id": identity, "error": f"line {number}: {say_fault(error)}"}
    return {"id": identity, "due": due.text} | ({"projected": True} if due.projected else {})


def _answer(asked: Mapping[str, object], calendar: Calendar) -> Due:
    given = {key: value for key, value in asked.items() if value is not None}
    question = _Question.model_validate(given)
    due = find_due(
        parse_moment(question.start),
        parse_length(question.length),
        calendar.nations[question.nation],
        count_from=question.count_from,
        roll=question.roll,
    )
    return Due(text=due.isoformat(), projected=calendar.projected(london_day(due)))


def _choose(options: type[_Option], text: str) -> _Option:
    try:
        return options(text)
    except ValueError as error:
        raise UnusableError(f"{text!r} is none of {', '.join(options)}") from error


def _parse_events(events: Sequence[str]) -> dict[Moment, date | datetime]:
    moments: dict[Moment, date | datetime] = {}
    for event in events:
        name, equals, when = event.partition("=")
        if not equals:
            raise UnusableError(f"{event!r} is not an event: expected such as received=2026-12-24")
        moment = _choose(Moment, name)
        if moment in moments:
            raise UnusableError(f"{name} is given twice")
        moments[moment] = parse_moment(when)
    return moments
