"""A letter of ours came back: it was not sent after all, and what its sending ended runs again."""

from datetime import datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.cases import add_event
from intake.clocks import (
    compute,
    load_clocks,
    load_moments,
    resume_clocks,
    set_case_clocks,
    set_letter_clocks,
)
from intake.domain.case import Action, Kind
from intake.domain.clock import LONDON
from intake.domain.correspondence import Reaction
from intake.domain.landlord import Landlord
from intake.domain.lengths import london_day
from intake.domain.letter import GIVEN, MOVES, LetterState
from intake.domain.life import STAGE_1
from intake.domain.reply import REACTIONS
from intake.domain.returned import letter_returned
from intake.letters import load_letter_cases
from intake.store.case_tables import ExtensionRow, MomentRow
from intake.store.jobs import NewJob, Priority, enqueue
from intake.store.letter_facts import load_answered
from intake.store.tables import CaseRow, LetterCaseRow, LetterRow
from intake.told import MOMENTS

#: Of what a letter is that can still come back: some do before their sending is on record.
GONE = frozenset({LetterState.SENDING, LetterState.SENT, LetterState.UNKNOWN})


def record_bounce(
    session: Session, letter: LetterRow, landlord: Landlord, *, why: str, now: datetime
) -> None:
    """Take back the sending of a letter that came back, once, and alert staff.

    A case that has gone on since stays where it is; the letter waits for a person all the same.
    """
    cases = load_letter_cases(session, letter)
    session.refresh(letter, with_for_update=True)
    if letter.state not in GONE or (letter.proof or "").startswith(GIVEN):
        return  # what a person gave another way has reached the resident, whatever the mail did
    told = f"It came back undelivered{f' ({why})' if why else ''}."
    sent_at, letter.state, letter.proof = letter.sent_at, LetterState.FAILED, told
    if letter.kind in REACTIONS and sent_at is not None:
        _take_back_reply(session, letter, landlord, sent_at=sent_at, at=now)
    for case in cases:
        _take_back(session, case, letter, landlord, sent_at=sent_at, at=now)
    about = ", ".join(case.reference for case in cases)
    alert = NewJob(
        landlord=letter.landlord,
        kind="alert",
        key=f"returned:{letter.id}:{letter.promise}",
        run_at=now,
        payload={"of": "returned", "what": about},
        priority=Priority.HAZARD,
    )
    enqueue(session, alert)


def _take_back_reply(
    session: Session, letter: LetterRow, landlord: Landlord, *, sent_at: datetime, at: datetime
) -> None:
    """Whoever wrote from outside has no answer after all: the clocks of their letter run again."""
    asked = load_answered(session, letter)
    if REACTIONS[letter.kind] is Reaction.ACKNOWLEDGED:
        if asked.acknowledged_on == london_day(sent_at):
            asked.acknowledged_on = None
    elif asked.answered_at == sent_at:
        asked.answered_at = None
    day = datetime.combine(london_day(sent_at), time(), LONDON)  # where a clock ended with the day
    ends = {sent_at, day}
    for row in load_clocks(session, asked):
        if row.ended_at in ends:
            row.ended_at = row.met = row.met_target = None
    session.flush()
    set_letter_clocks(session, asked, landlord, at=at)


def _take_back(
    session: Session,
    case: CaseRow,
    letter: LetterRow,
    landlord: Landlord,
    *,
    sent_at: datetime | None,
    at: datetime,
) -> None:
    did = _did(session, case, letter) if sent_at is not None else None
    stood, note = case.stood, letter.proof or ""
    event = letter_returned(case.status, did, stood=stood, at=at, note=note)
    add_event(session, case, event)
    if sent_at is None or did is None:
        return
    if did is Action.EXTEND:
        extended = (ExtensionRow.landlord == case.landlord, ExtensionRow.letter_id == letter.id)
        session.scalars(select(ExtensionRow).where(*extended)).one().told_at = None
    elif event.after is event.before:
        return
    if did is Action.REFUSE:
        case.stood = None
        resume_clocks(session, case, landlord, at=at)
    _forget(session, case, did, sent_at)
    _run_again(session, case, sent_at, landlord, at=at)


def _did(session: Session, case: CaseRow, letter: LetterRow) -> Action | None:
    """What the letter did to a case that is still at the stage it spoke of."""
    spoke = (LetterCaseRow.letter_id == letter.id, LetterCaseRow.case_id == case.id)
    stage = session.scalars(select(LetterCaseRow.stage).where(*spoke)).one()
    return MOVES.get(letter.kind) if (case.kind, case.stage) == (Kind.COMPLAINT, stage) else None


def _forget(session: Session, case: CaseRow, did: Action, sent_at: datetime) -> None:
    """What has not happened is no moment of the case."""
    if did in MOMENTS:
        name = MOMENTS[did][case.stage - STAGE_1]
        mine = (MomentRow.landlord == case.landlord, MomentRow.case_id == case.id)
        for row in session.scalars(select(MomentRow).where(*mine, MomentRow.name == name)).all():
            if row.at == sent_at:
                session.delete(row)
        session.flush()


def _run_again(
    session: Session, case: CaseRow, sent_at: datetime, landlord: Landlord, *, at: datetime
) -> None:
    """Let the clocks run that the sending ended; those that only it began are no more."""
    for row in load_clocks(session, case):
        if row.ended_at == sent_at:
            row.ended_at = row.met = row.met_target = None
    session.flush()
    set_case_clocks(session, case, landlord, at=at)
    begun = {clock.clock for clock in compute(session, landlord, load_moments(session, case))}
    for row in load_clocks(session, case):
        if row.ended_at is None and row.name not in begun:
            session.delete(row)
    session.flush()
