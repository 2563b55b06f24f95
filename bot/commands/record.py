"""`heard case` and `heard cases`: what the record says."""

import json
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path

from bot.commands.record_lines import case_lines
from bot.open import opened
from bot.settings import load_settings
from intake.domain.case import Status
from intake.domain.clock import LONDON
from intake.domain.reference import MalformedReferenceError, parse_reference
from intake.store.casefile import find_cases, load_casefile


class NotFoundError(ValueError):
    """There is no such case, or what was given is no reference or date."""


def show_case(data: Path, typed: str, *, original: bool, as_json: bool) -> str:
    """Return one case with all that belongs to it.

    Raises:
        NotFoundError: there is none by this reference.
    """
    try:
        reference = parse_reference(typed)
    except MalformedReferenceError as error:
        raise NotFoundError(str(error)) from error
    with opened(load_settings(), data) as record:
        found = record.db.call(load_casefile, reference, original=original)
    if found is None:
        raise NotFoundError(f"there is no case {reference}")
    return (
        json.dumps(found, indent=2, ensure_ascii=False) if as_json else "\n".join(case_lines(found))
    )


def list_cases(
    data: Path, *, status: str | None, due_before: str | None, as_json: bool
) -> Iterator[str]:
    """Return a line for each case, the most pressing first.

    Raises:
        NotFoundError: there is no such status, or that is no date.
    """
    wanted, before = _status(status), _before(due_before)
    with opened(load_settings(), data) as record:
        found = record.db.call(find_cases, status=wanted, due_before=before)
    if as_json:
        yield from (json.dumps(case, ensure_ascii=False) for case in found)
        return
    for case in found:
        due = f"due {case['due'][:16]}" if case["due"] else ""
        kind, status = case["kind"].replace("_", " "), case["status"].replace("_", " ")
        received = f"received {case['received'][:10]}"
        yield f"{case['reference']}  {kind:<16} {status:<20} {received}  {due}"
    if not found:
        yield "No cases."


def _status(given: str | None) -> Status | None:
    if given is None:
        return None
    try:
        return Status(given)
    except ValueError:
        raise NotFoundError(f"--status: {given!r} is none of {', '.join(Status)}") from None


def _before(given: str | None) -> datetime | None:
    if given is None:
        return None
    try:
        return datetime.combine(date.fromisoformat(given), time(), tzinfo=LONDON)
    except ValueError:
        raise NotFoundError(f"--due-before: {given!r} is no date such as 2026-12-24") from None
