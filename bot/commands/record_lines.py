"""What `heard case` and the desk say of one case: a line for each thing on record."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.commands.record_outcomes import outcome_lines
from bot.commands.record_people import people_lines


def case_lines(case: Mapping[str, Any]) -> Iterator[str]:
    """Return what is said of one case, as `load_casefile` found it."""
    kind, status = case["kind"].replace("_", " "), case["status"].replace("_", " ")
    yield f"{case['reference']}  {kind}, {status}"
    yield f"Received {case['received']} under {case['policy']}"
    for link in case["links"]:
        yield f"Linked to {link['reference']} ({link['kind']}): {link['reason']}"
    for issue in case["issues"]:
        yield f"Issue {issue['number']}: {issue['issue']}"
    if case["outcome_sought"]:
        yield f"Outcome sought: {case['outcome_sought']}"
    yield from people_lines(case)
    yield from outcome_lines(case)
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
