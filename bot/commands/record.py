"""`heard case` and `heard cases`: what the record says."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

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
    return json.dumps(found, indent=2, ensure_ascii=False) if as_json else "\n".join(_case(found))


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


def _case(case: Mapping[str, Any]) -> Iterator[str]:
    kind, status = case["kind"].replace("_", " "), case["status"].replace("_", " ")
    yield f"{case['reference']}  {kind}, {status}"
    yield f"Received {case['received']} under {case['policy']}"
    for link in case["links"]:
        yield f"Linked to {link['reference']} ({link['kind']}): {link['reason']}"
    for issue in case["issues"]:
        yield f"Issue {issue['number']}: {issue['issue']}"
    if case["outcome_sought"]:
        yield f"Outcome sought: {case['outcome_sought']}"
    clocks = [*case["clocks"], *(c for h in case["hazards"] for c in h["clocks"])]
    for clock in clocks:
        yield f"Clock {clock['clock']}: {_dates(clock)}. {clock['why']}"
    for message in case["messages"]:
        yield f"Message {message['reference']} by {message['channel']}, {message['received']}:"
        yield from (f"  {line}" for line in (message["text"] or "").splitlines())
    for letter in case["letters"]:
        yield f"Letter {letter['letter']}: {letter['state']}. {letter['proof'] or ''}"
    for event in case["events"]:
        yield f"{event['at']}  {event['action']} by {event['by']}"


def _dates(clock: Mapping[str, Any]) -> str:
    ended = "" if clock["ended"] is None else f", ended {clock['ended']}"
    late = ", late" if clock["met"] is False else ""
    return f"{clock['target'] or clock['code']}{ended}{late}"
