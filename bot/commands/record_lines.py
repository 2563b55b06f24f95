"""What `heard case` and the desk say of one case, part by part, in plain words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.commands.record_outcomes import outcome_lines
from bot.commands.record_people import people_lines
from bot.commands.record_words import (
    REMOVED,
    clock_due,
    clock_state,
    clock_title,
    clock_why,
    event_move,
    event_note,
    event_title,
    letter_state,
    letter_title,
    person,
    plain,
    policy_title,
    say_days,
    written,
)
from bot.triage.words import KIND_WORDS, hazard_words
from intake.domain.case import Kind

Facts = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of a record: what it is called, and its lines."""

    title: str
    lines: tuple[str, ...]


def case_lines(case: Facts) -> Iterator[str]:
    """Return what is said of one case, as `load_casefile` found it."""
    yield heading(case)
    yield f"Received {written(case['received'])}, under “{policy_title(case['policy'])}”"
    dates = Part(title="Dates", lines=tuple(_dates(case)))
    ends = (
        Part(title="Messages", lines=tuple(_messages(case))),
        Part(title="Letters", lines=tuple(_letters(case))),
        Part(title="What happened", lines=tuple(_events(case))),
    )
    for part in (*case_parts(case), dates, *ends):
        if part.lines:
            yield ""
            yield part.title
            yield from (f"  {line}".rstrip() for line in part.lines)


def heading(case: Facts) -> str:
    """Return which case it is, and where it stands."""
    stage = f", stage {case['stage']}" if case["kind"] == Kind.COMPLAINT else ""
    kind = KIND_WORDS[Kind(case["kind"])]
    return f"{case['reference']}: {kind}{stage}, {plain(case['status'])}"


def case_parts(case: Facts) -> Iterator[Part]:
    """Return what a case is about, who is around it and what was decided: parts with lines."""
    parts = (
        ("What it is about", _about(case)),
        ("Hazards", _hazards(case)),
        ("People and needs", map(say_days, people_lines(case))),
        ("Decisions and promises", [*_decisions(case), *map(say_days, outcome_lines(case))]),
    )
    for title, said in parts:
        lines = tuple(said)
        if lines:
            yield Part(title=title, lines=lines)


def clocks_of(case: Facts) -> list[Facts]:
    """Return the clocks of a case and of its hazards."""
    return [*case["clocks"], *(c for h in case["hazards"] for c in h["clocks"])]


def _about(case: Facts) -> Iterator[str]:
    for issue in case["issues"]:
        yield f"Issue {issue['number']}: {issue['issue']}"
    if case["outcome_sought"]:
        yield f"Outcome sought: {case['outcome_sought']}"
    if case["not_responsible"]:
        yield f"Not our responsibility: {case['not_responsible']}"
    for name in case["complained_about"]:
        yield f"Staff complained about: {name}"
    for link in case["links"]:
        kind = KIND_WORDS[Kind(link["kind"])]
        yield f"Linked to {link['reference']} ({kind}): {link['reason']}"


def _hazards(case: Facts) -> Iterator[str]:
    for hazard in case["hazards"]:
        name = hazard_words(hazard["category"])
        grade = "Emergency" if hazard["emergency"] else "Hazard"
        told = f"{grade}: {name}, known to us {written(hazard['aware'])}"
        if hazard["investigated"]:
            told += f", investigated {written(hazard['investigated'])}"
        gone = hazard["dismissed"]
        if gone:
            told += f", dismissed by {person(gone['by'])} {written(gone['at'])}: {gone['reason']}"
        yield told


def _decisions(case: Facts) -> Iterator[str]:
    for finding in case["findings"]:
        where = f"Stage {finding['stage']}, issue {finding['number']}"
        yield f"{where}, {finding['issue']}: {plain(finding['finding'])}. {finding['reasons']}"
    for decided in case["decisions"]:
        remedy = f" Put right by: {decided['remedy']}" if decided["remedy"] else ""
        when = written(decided["at"])
        yield f"Stage {decided['stage']} decided by {decided['decider']} {when}.{remedy}"
    for refusal in case["refusals"]:
        by = f"by {refusal['decider']} {written(refusal['at'])}"
        why = f"{refusal['reasons']} ({refusal['evidence']})"
        yield f"Refused at stage {refusal['stage']} {by}, {plain(refusal['ground'])}: {why}"
    for offer in case["offers"]:
        said = f"the resident said {plain(offer['answer'])}" if offer["answer"] else "no answer yet"
        by = f"by {person(offer['by'])} {written(offer['at'])}"
        yield f"Choice to complain offered {by}: {offer['how']} - {said}"


def _dates(case: Facts) -> Iterator[str]:
    for clock in clocks_of(case):
        yield f"{clock_title(clock['clock'])} by {clock_due(clock)} - {clock_state(clock)}"
        yield f"  Why: {clock_why(clock)}"


def _messages(case: Facts) -> Iterator[str]:
    for message in case["messages"]:
        came = f"by {plain(message['channel'])}, {written(message['received'])}"
        yield f"Message {message['reference']} {came}"
        yield from (f"  {line}" for line in (message["text"] or REMOVED).splitlines())


def _letters(case: Facts) -> Iterator[str]:
    for letter in case["letters"]:
        yield f"{letter_title(letter['letter'])}: {letter_state(letter)}. {letter['proof'] or ''}"


def _events(case: Facts) -> Iterator[str]:
    for event in case["events"]:
        move = event_move(event)
        moved = f" ({move})" if move else ""
        yield f"{written(event['at'])}  {event_title(event)} by {person(event['by'])}{moved}"
        yield from (f"  {line}" for line in event_note(event).splitlines())
