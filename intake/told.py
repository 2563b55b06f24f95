"""What follows once a letter has reached the resident: the move, the moment, the clocks."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.cases import add_event
from intake.clocks import (
    end_clock,
    note_moment,
    set_case_clocks,
    set_letter_clocks,
    stop_clocks,
)
from intake.domain.case import ENDED, TRANSITIONS, Action, CaseEvent, Kind, move
from intake.domain.correspondence import Reaction
from intake.domain.landlord import Landlord
from intake.domain.lengths import london_day
from intake.domain.letter import MOVED_KINDS, MOVES, LetterKind
from intake.domain.life import STAGE_1
from intake.domain.moments import Moment
from intake.domain.reply import REACTIONS, Written
from intake.letters import load_letter_cases, promise_copy
from intake.store.case_tables import ExtensionRow
from intake.store.letter_facts import load_answered
from intake.store.letter_tables import LetterWordsRow
from intake.store.people import letter_clocks
from intake.store.people_tables import CorrespondenceRow
from intake.store.tables import CaseRow, LetterRow

#: Which moment it is, at stage 1 and at stage 2.
MOMENTS = {
    Action.ACKNOWLEDGE: (Moment.ACKNOWLEDGED, Moment.STAGE2_ACKNOWLEDGED),
    Action.RESPOND: (Moment.RESPONDED, Moment.STAGE2_RESPONDED),
}
#: Letters that tell of more time, agreed to or not.
EXTENSIONS = frozenset({LetterKind.EXTENSION, LetterKind.EXTENSION_NOT_AGREED})


@dataclass(frozen=True, kw_only=True)
class Telling:
    """Who told the resident, when, and what proves it; `press` where a press did."""

    by: str
    at: datetime
    proof: str
    press: str | None = None


def record_told(session: Session, letter: LetterRow, landlord: Landlord, telling: Telling) -> None:
    """Do what the letter's arrival does to the cases that it speaks for, and promise its copy."""
    if letter.kind is LetterKind.COPY:
        _record_copy(session, letter, telling)
        return
    if letter.kind in REACTIONS:
        _record_reply(session, letter, landlord, telling)
    _move(session, letter, landlord, telling)
    promise_copy(session, letter, at=telling.at)


def _move(session: Session, letter: LetterRow, landlord: Landlord, telling: Telling) -> None:
    action = MOVES.get(letter.kind)
    if action is None:
        return
    speaks_of = MOVED_KINDS.get(letter.kind, Kind.COMPLAINT)
    for case in load_letter_cases(session, letter):
        if case.kind is not speaks_of or (case.status, action) not in TRANSITIONS[case.kind]:
            continue  # spoken of beside the complaint, or gone on since
        by = letter.by if action is Action.REFUSE else telling.by
        event = move(case.kind, case.status, action, by=by, at=telling.at, note=telling.proof)
        if letter.kind in EXTENSIONS:
            _extend(session, letter, telling.at)
        apply(session, case, event, landlord, press=telling.press)


def apply(
    session: Session,
    case: CaseRow,
    event: CaseEvent,
    landlord: Landlord,
    *,
    press: str | None = None,
) -> None:
    """Write down an event, and the moment and the clocks that it makes."""
    if event.action in MOMENTS:
        name = MOMENTS[event.action][case.stage - STAGE_1]
        note_moment(session, case, name, event.at)
    if event.after in ENDED:
        case.stood = event.before if event.before not in ENDED else case.stood
    add_event(session, case, event, press=press)
    set_case_clocks(session, case, landlord, at=event.at)
    if event.after in ENDED:
        stop_clocks(session, case, at=event.at)


def react(
    session: Session,
    row: CorrespondenceRow,
    landlord: Landlord,
    reaction: Reaction,
    *,
    at: datetime,
) -> None:
    """Note that a letter from outside was acknowledged or answered: its clocks go on, or end."""
    if reaction is Reaction.ACKNOWLEDGED:
        row.acknowledged_on = row.acknowledged_on or london_day(at)
        set_letter_clocks(session, row, landlord, at=at)
        return
    row.answered_at = at
    for clock in letter_clocks(session, row):
        end_clock(clock, at=at)


def keep_words(
    session: Session,
    letter: LetterRow,
    case: CaseRow,
    written: Written,
    *,
    answers: int | None = None,
) -> None:
    """Keep what staff wrote in a letter; `answers` is the letter from outside that it answers."""
    row = LetterWordsRow(
        landlord=case.landlord,
        case_id=case.id,
        letter_id=letter.id,
        correspondence_id=answers,
        words=written.words,
        passed_to=written.passed_to,
        their_reference=written.their_reference,
        enclosed=list(written.enclosed),
        decider=written.decider,
    )
    session.add(row)
    session.flush()


def _record_copy(session: Session, letter: LetterRow, telling: Telling) -> None:
    for case in load_letter_cases(session, letter):
        done, by = Action.SEND_COPY, telling.by
        event = move(case.kind, case.status, done, by=by, at=telling.at, note=telling.proof)
        add_event(session, case, event, press=telling.press)


def _record_reply(
    session: Session, letter: LetterRow, landlord: Landlord, telling: Telling
) -> None:
    row, reaction = load_answered(session, letter), REACTIONS[letter.kind]
    if row.answered_at is None:
        react(session, row, landlord, reaction, at=telling.at)
    note = f"{row.sender}, received {row.received_on}: {reaction}. {telling.proof}"
    for case in load_letter_cases(session, letter):
        done = Action.ANSWER_LETTER
        event = move(case.kind, case.status, done, by=telling.by, at=telling.at, note=note)
        add_event(session, case, event)


def _extend(session: Session, letter: LetterRow, at: datetime) -> None:
    mine = (ExtensionRow.landlord == letter.landlord, ExtensionRow.letter_id == letter.id)
    session.scalars(select(ExtensionRow).where(*mine)).one().told_at = at
    session.flush()
