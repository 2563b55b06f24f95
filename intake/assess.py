"""Step three: put the classifier's view on record and open the cases it proposes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from classifier.labels import (
    Assessment,
    Flag,
    Hazard,
    History,
    Text,
)
from intake.beside import find_answered, note_request
from intake.bounce import record_bounce
from intake.cases import FOLLOWS, SAME_MESSAGE, Opening, link_cases, open_case
from intake.clocks import set_hazard_clocks
from intake.domain.case import HEARD, Kind
from intake.domain.landlord import Landlord
from intake.domain.letter import LetterKind
from intake.domain.message import Automatic, Channel
from intake.domain.shown import Shown, Unassessed
from intake.domain.thread import (
    MACHINES,
    NOBODYS,
    Way,
    asks_for_stage_2,
    fresh_hazards,
    kinds_beside,
    opens,
)
from intake.domain.triage import is_hazard, kinds_of
from intake.follow import Placed, find_match, group, history_of, join, place, promise_card
from intake.letters import promise_letter
from intake.mail.seal import Seal
from intake.redate import last_day_to_acknowledge
from intake.store.hiding import load_kept, load_names, note_redactions
from intake.store.jobs import Job, NewJob, Priority, enqueue, finish
from intake.store.rows import find_one, get_one, put
from intake.store.tables import AssessmentRow, CaseRow, HazardRow, MessageRow
from intake.store.threads import load_thread, running_hazards

#: Where none are given: answers are then found by what is on record alone.
NO_SEALS: Mapping[str, Seal] = {}
#: Whoever answers us has heard from us: a receipt for it, and a machine's answer to that, would
#: go on for ever.
ANSWERS_US = frozenset(Way) - {Way.MESSAGE, Way.REFERENCE}

#: What the classifier says of a message, and what may be shown of it.
View = tuple[Assessment, Shown]


def load_texts(
    session: Session, jobs: Sequence[Job], seals: Mapping[str, Seal] = NO_SEALS
) -> list[Unassessed]:
    """Return what is to be judged, in the order of the jobs, each with the history of its case."""
    messages = [_message(session, job) for job in jobs]
    kept = {of: tuple(load_kept(session, of)) for of in {job.landlord for job in jobs}}
    return [
        _unassessed(session, message, seals.get(message.landlord), kept[message.landlord])
        for message in messages
    ]


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What is proposed of one message, for whose landlord, and how answers to that are known."""

    job: Job
    view: View
    landlord: Landlord
    seal: Seal | None = None


def propose_all(session: Session, proposals: Sequence[Proposal], *, now: datetime) -> None:
    """Do as `propose` does of each; where one cannot be, of none."""
    for one in proposals:
        propose(session, one.job, one.view, one.landlord, now=now, seal=one.seal)


def propose(
    session: Session,
    job: Job,
    view: View,
    landlord: Landlord,
    *,
    now: datetime,
    seal: Seal | None = None,
) -> None:
    """Keep the view as proposed; open one case for each kind of matter that no case has yet.

    A message that answers one of ours becomes part of its case; a stranger's does not. A letter
    of ours that it brings back was not sent.
    """
    assessment, shown = view
    message = _message(session, job)
    mine = {"landlord": message.landlord, "message_id": message.id}
    if find_one(session, AssessmentRow, **mine) is None:
        _show(message, shown)
        note_redactions(session, message, shown.spans)
        by = last_day_to_acknowledge(session, message, landlord)
        put(session, AssessmentRow, **mine, **_proposed(view), acknowledge_by=by, at=now)
        placed = place(session, message, landlord, seal)
        hazards = _hazards(session, message, assessment, placed)
        _raise_hazards(session, message, hazards, landlord, now=now)
        answered = _find_answered(session, message, assessment, placed)
        kinds = _kinds(message, assessment, placed, hazards=bool(hazards))
        openings = [
            Opening(message=message, kind=kind, landlord=landlord)
            for kind in kinds
            if kind is not Kind.COMPLAINT or answered is None
        ]
        cases = [open_case(session, opening, by="heard", at=now) for opening in openings]
        link_cases(session, cases, reason=SAME_MESSAGE)
        _go_on(session, message, placed, cases, landlord=landlord, now=now)
        if answered is not None:
            note_request(session, answered, message, landlord, at=now)
        if landlord.receipt and _gets_receipt(message, placed):
            promise_letter(session, message, LetterKind.RECEIPT, by="heard", send_at=now)
    finish(session, job)


def _kinds(
    message: MessageRow, assessment: Assessment, placed: Placed, *, hazards: bool
) -> tuple[Kind, ...]:
    """The kinds of which a message opens a case, itself or beside those that it is part of."""
    proposed = kinds_of(assessment, survey=message.channel is Channel.SURVEY)
    if not placed.joined:
        return opens(message.automatic, proposed)
    if placed.by_staff or message.automatic in MACHINES:
        return ()
    return kinds_beside(proposed, placed.matters, hazards=hazards)


def _find_answered(
    session: Session, message: MessageRow, assessment: Assessment, placed: Placed
) -> CaseRow | None:
    """The answered complaint that a message asks to take further (Code 6.10); none if it does not.

    It is proposed there, with one clock, and opens no second complaint; staff may say that it is.
    """
    machine = message.automatic in MACHINES
    if not placed.joined or placed.by_staff or machine:
        return None
    if not asks_for_stage_2(assessment.band, assessment.flags, placed.matters):
        return None
    return find_answered(session, [*placed.joined, *placed.conversation], by=message.received_at)


def _hazards(
    session: Session, message: MessageRow, assessment: Assessment, placed: Placed
) -> tuple[tuple[Hazard | None, bool], ...]:
    """The hazards that a message makes us aware of, and whether each is an emergency."""
    machine = message.automatic in (MACHINES if placed.joined else NOBODYS)
    if not is_hazard(assessment) or machine or placed.by_staff:
        return ()
    emergency = Flag.EMERGENCY in assessment.flags
    said: list[Hazard | None] = [*assessment.hazards] or [None]
    running = running_hazards(session, placed.conversation)
    return tuple((h, emergency) for h in fresh_hazards(said, running, emergency=emergency))


def _go_on(
    session: Session,
    message: MessageRow,
    placed: Placed,
    opened: Sequence[CaseRow],
    *,
    landlord: Landlord,
    now: datetime,
) -> None:
    """Make an answer part of its cases, take back a letter that it brings, show its card."""
    if placed.joined:
        join(session, message, placed.joined, by=HEARD, at=now)
        for case in opened:
            link_cases(session, [placed.joined[0], case], reason=FOLLOWS)
    group(session, message, landlord, opened, at=now)
    letter = placed.match.letter if placed.match else None
    if letter is not None and message.automatic is Automatic.BOUNCE:
        why = placed.thread.returned_why
        record_bounce(session, letter, landlord, why=why, now=now)
    if not opened and not message.imported:
        placed.thread.seq = 1
        promise_card(session, placed.thread, at=now)


def _gets_receipt(message: MessageRow, placed: Placed) -> bool:
    """Whether a bare receipt goes by itself: to a person who may want one, at the first message."""
    quiet = placed.thread.quiet or message.imported
    person = message.automatic is None and not quiet
    answers = placed.match is not None and placed.match.way in ANSWERS_US
    return person and not placed.joined and not answers and bool(message.reply_to)


def _show(message: MessageRow, shown: Shown) -> None:
    message.shown_author = shown.author
    message.shown_subject = shown.subject
    message.shown_text = shown.text
    message.shown_issues = shown.issues
    message.shown_outcome = shown.outcome
    message.hidden = dict(shown.hidden)


def _proposed(view: View) -> dict[str, object]:
    assessment, shown = view
    return {
        "labels": list(assessment.labels),
        "probabilities": dict(assessment.probabilities),
        "band": assessment.band,
        "flags": dict(assessment.flags),
        "hazards": list(assessment.hazards),
        "evidence": [
            {"label": e.label, "start": e.start, "end": e.end, "cues": list(e.cues)}
            for e in assessment.evidence
        ],
        "reasons": list(shown.reasons),
        "model": assessment.model,
    }


def _raise_hazards(
    session: Session,
    message: MessageRow,
    hazards: Sequence[tuple[Hazard | None, bool]],
    landlord: Landlord,
    *,
    now: datetime,
) -> None:
    if not hazards:
        return
    for category, emergency in hazards:
        row = HazardRow(
            landlord=message.landlord,
            message_id=message.id,
            category=category,
            emergency=emergency,
            aware_at=message.received_at,
        )
        session.add(row)
        session.flush()
        set_hazard_clocks(session, row, landlord, at=now)
    if message.imported:
        return
    urgent = NewJob(
        landlord=message.landlord,
        kind="card",
        key=f"hazard:{message.id}",
        run_at=now,
        payload={"message_id": message.id},
        priority=Priority.HAZARD,
    )
    enqueue(session, urgent)


def _unassessed(
    session: Session, message: MessageRow, seal: Seal | None, kept: tuple[str, ...]
) -> Unassessed:
    history = history_of(session, message, seal)
    text = Text(
        words=message.visible or message.text,
        subject=message.subject,
        landlord=message.landlord,
        channel=message.channel,
        history=history,
    )
    return Unassessed(
        text=text,
        author=message.sender_name,
        outcome_sought=message.outcome_sought,
        public=message.public,
        names=_names(session, message, history, seal),
        kept=kept,
    )


def _names(
    session: Session, message: MessageRow, history: History, seal: Seal | None
) -> tuple[str, ...]:
    """The names that are hidden in the case that a message goes on with."""
    if not history.contacts:
        return ()
    thread = load_thread(session, message.landlord, message.id)
    match = find_match(session, message, thread, seal)
    return tuple(load_names(session, match.cases)) if match else ()


def _message(session: Session, job: Job) -> MessageRow:
    return get_one(session, MessageRow, landlord=job.landlord, id=job.payload["message_id"])
