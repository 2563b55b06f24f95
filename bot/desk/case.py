"""The desk's page of one case, whole, and the list of promises that were not kept."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from bot.commands import record_words
from bot.commands.record_lines import case_parts, clocks_of, heading
from bot.desk.desk import Desk
from bot.desk.session import Sitting
from bot.triage.words import day
from intake.domain.case import Status
from intake.domain.lengths import london_day
from intake.store.casefile import is_undecided_blind, load_casefile
from intake.store.outcomes import find_broken_promises

GONE = "There is no case by that reference. Please check how it is spelled."
#: Its kind is all over its record.
UNDECIDED = (
    "This message is one of the few that somebody decides without seeing what Heard proposes, so "
    "that Heard itself is checked. Please decide it on its card: then its record is here."
)


async def case(desk: Desk, request: Request, sitting: Sitting) -> Response:
    """Show all that the record says of one case, redacted."""
    reference = request.path_params["reference"]
    found = await desk.db.read(load_casefile, reference, original=False)
    if found is None or found["landlord"] not in desk.presses:
        return desk.page("told.html", sitting, status=404, told=GONE)
    if await desk.db.read(is_undecided_blind, reference):
        return desk.page("told.html", sitting, told=UNDECIDED)
    now = desk.clock()
    return desk.page(
        "case.html",
        sitting,
        case=found,
        title=heading(found),
        sections=[*case_parts(found)],
        clocks=clocks_of(found),
        words=record_words,
        overdue=lambda clock: _is_overdue(clock, now),
        waiting=found["status"] == Status.AWAITING_TRIAGE,
    )


async def promises(desk: Desk, _request: Request, sitting: Sitting) -> Response:
    """Show what was promised to residents and is overdue, of cases open and closed."""
    found = await desk.db.read(find_broken_promises, today=london_day(desk.clock()))
    return desk.page("promises.html", sitting, found=found, day=day)


def _is_overdue(clock: Mapping[str, Any], now: datetime) -> bool:
    """Whether a clock that still runs is past its end, a day's being its last hour."""
    due = clock["code"] or clock["target"]
    if clock["ended"] is not None or due is None:
        return False
    if "T" in due:
        return datetime.fromisoformat(due) < now
    return date.fromisoformat(due) < london_day(now)
