"""Staff decide, change their mind, and are refused what cannot be."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from classifier.labels import Label
from intake.cases import CaseNotFoundError
from intake.decide import confirm, mark_sent, undo
from intake.domain.case import Kind, OvertakenError, Status
from intake.domain.chain import hash_event
from intake.domain.letter import LetterState
from intake.domain.triage import Decision, decision
from intake.press import Press
from intake.send import start_sending
from intake.store.audit import facts_of
from intake.store.corrections import CorrectionRow
from intake.store.database import Database
from intake.store.summaries import load_message_summary
from intake.store.tables import (
    CaseLinkRow,
    CaseRow,
    ClockRow,
    EventRow,
    IssueRow,
    JobRow,
    LetterRow,
    NoteRow,
)
from tests.builders import SENDING, assessed, assessment, landlord, message, take

COMPLAINT = decision([Kind.COMPLAINT], issues="Nobody came", outcome="Send somebody")
BOTH = decision(
    [Kind.COMPLAINT, Kind.SERVICE_REQUEST], issues="Nobody came", outcome="Send somebody"
)
REPAIR = Decision(kinds=(Kind.SERVICE_REQUEST,))


def press(db: Database, message_id: int, key: str = "1", **changed: object) -> Press:
    """Press a button as it is drawn now."""
    version = db.call(load_message_summary, "oak", message_id).version
    facts = {"landlord": "oak", "message_id": message_id, "version": version}
    return Press(**(facts | {"by": "asha", "key": key} | changed))  # type: ignore[arg-type] # a builder


def statuses(db: Database) -> dict[Kind, Status]:
    def load(session: Session) -> dict[Kind, Status]:
        return {case.kind: case.status for case in session.scalars(select(CaseRow))}

    return db.call(load)


def letters(db: Database) -> list[LetterState]:
    return db.call(lambda session: list(session.scalars(select(LetterRow.state))))


def test_confirming_both_matters_logs_both_and_promises_one_letter(db: Database, now: datetime):
    message_id = assessed(db, now)
    db.call(confirm, press(db, message_id), BOTH, landlord(), at=now)
    assert statuses(db) == {Kind.COMPLAINT: Status.LOGGED, Kind.SERVICE_REQUEST: Status.LOGGED}
    assert letters(db) == [LetterState.WAITING]


def test_a_repair_and_a_grievance_are_linked(db: Database, now: datetime):
    assessed(db, now)
    [reason] = db.call(lambda session: list(session.scalars(select(CaseLinkRow.reason))))
    assert "1.5" in reason


def test_the_definition_of_a_complaint_is_kept(db: Database, now: datetime):
    message_id = assessed(db, now)
    decided = decision([Kind.COMPLAINT], issues="- one\n\n* two", outcome=" done ")
    db.call(confirm, press(db, message_id), decided, landlord(), at=now)
    issues = db.call(lambda session: list(session.scalars(select(IssueRow.words))))
    assert issues == ["one", "two"]
    [sought] = db.call(
        lambda session: list(
            session.scalars(select(CaseRow.outcome_sought).where(CaseRow.kind == Kind.COMPLAINT))
        )
    )
    assert sought == "done"


def test_a_press_made_twice_counts_once(db: Database, now: datetime):
    message_id = assessed(db, now)
    pressed = press(db, message_id)
    for _ in range(3):
        db.call(confirm, pressed, BOTH, landlord(), at=now)
    events = db.call(lambda session: list(session.scalars(select(EventRow.press))))
    assert events.count("1") == 2  # one for each case


def test_the_second_of_two_people_is_refused_and_told_who_was_first(db: Database, now: datetime):
    message_id = assessed(db, now)
    hers, his = press(db, message_id, "1"), press(db, message_id, "2", by="bill")
    db.call(confirm, hers, BOTH, landlord(), at=now)
    with pytest.raises(OvertakenError) as refused:
        db.call(confirm, his, REPAIR, landlord(), at=now)
    assert refused.value.last.by == "asha"
    assert letters(db) == [LetterState.WAITING]


def test_another_landlords_message_is_not_found(db: Database, now: datetime):
    pressed = press(db, assessed(db, now), landlord="elm", version=1)
    with pytest.raises(CaseNotFoundError):
        db.call(confirm, pressed, BOTH, landlord(key="elm"), at=now)


def test_what_was_not_proposed_is_opened_with_the_same_receipt(db: Database, now: datetime):
    message_id = assessed(db, now, assessment(Label.SERVICE_REQUEST))
    later = now + timedelta(days=3)
    db.call(confirm, press(db, message_id), COMPLAINT, landlord(), at=later)
    assert statuses(db) == {
        Kind.SERVICE_REQUEST: Status.RECORDED_IN_ERROR,
        Kind.COMPLAINT: Status.LOGGED,
    }

    def load(session: Session) -> list[tuple[datetime, str]]:
        found = session.execute(
            select(CaseRow.received_at, ClockRow.target)
            .join(ClockRow, ClockRow.case_id == CaseRow.id)
            .where(ClockRow.name == "stage_1_acknowledgement")
        )
        return [(received, str(target)) for received, target in found]

    assert db.call(load) == [(now, "2026-03-09")]


def test_a_case_recorded_in_error_stops_its_clocks_and_undo_lets_them_run(
    db: Database, now: datetime
):
    message_id = assessed(db, now)

    def running() -> int:
        live = select(ClockRow).where(ClockRow.ended_at.is_(None))
        return len(db.call(lambda session: session.scalars(live).all()))

    before = running()
    db.call(confirm, press(db, message_id, "1"), REPAIR, landlord(), at=now)
    assert running() == 0
    db.call(undo, press(db, message_id, "2"), landlord(), at=now)
    assert running() == before
    assert set(statuses(db).values()) == {Status.AWAITING_TRIAGE}


def test_undo_takes_the_letter_back_and_it_can_be_promised_again(db: Database, now: datetime):
    message_id = assessed(db, now)
    db.call(confirm, press(db, message_id, "1"), BOTH, landlord(), at=now)
    db.call(undo, press(db, message_id, "2"), landlord(), at=now)
    assert letters(db) == [LetterState.WITHDRAWN]
    first = take(db, "letter", now)
    assert db.call(start_sending, first, landlord(), SENDING, now=now) is None
    db.call(confirm, press(db, message_id, "3"), BOTH, landlord(), at=now)
    again = take(db, "letter", now)
    assert db.call(start_sending, again, landlord(), SENDING, now=now) is not None


def test_undo_comes_too_late_once_the_letter_is_on_its_way(db: Database, now: datetime):
    message_id = assessed(db, now)
    db.call(confirm, press(db, message_id, "1"), BOTH, landlord(), at=now)
    db.call(start_sending, take(db, "letter", now), landlord(), SENDING, now=now)
    with pytest.raises(OvertakenError, match="on its way"):
        db.call(undo, press(db, message_id, "2"), landlord(), at=now)
    assert statuses(db)[Kind.COMPLAINT] is Status.LOGGED


def test_undo_made_twice_counts_once(db: Database, now: datetime):
    message_id = assessed(db, now)
    db.call(confirm, press(db, message_id, "1"), REPAIR, landlord(), at=now)
    pressed = press(db, message_id, "2")
    for _ in range(2):
        db.call(undo, pressed, landlord(), at=now)
    assert set(statuses(db).values()) == {Status.AWAITING_TRIAGE}


def test_another_definition_of_a_logged_complaint_is_an_event(db: Database, now: datetime):
    message_id = assessed(db, now, words=message(reply_to=""))
    db.call(confirm, press(db, message_id, "1"), BOTH, landlord(), at=now)
    better = decision(BOTH.kinds, issues="Nobody came twice", outcome="Send somebody")
    db.call(confirm, press(db, message_id, "2"), better, landlord(), at=now)
    notes = db.call(lambda session: list(session.scalars(select(NoteRow.words))))
    assert any("Nobody came twice" in (note or "") for note in notes)
    issues = db.call(lambda session: list(session.scalars(select(IssueRow.words))))
    assert issues == ["Nobody came twice"]


def test_a_resident_out_of_reach_by_mail_is_told_by_a_person(db: Database, now: datetime):
    message_id = assessed(db, now, words=message(reply_to=""))
    db.call(confirm, press(db, message_id, "1"), BOTH, landlord(), at=now)
    assert letters(db) == [LetterState.BY_HAND]
    told_at = now + timedelta(days=1)
    db.call(mark_sent, press(db, message_id, "2"), landlord(), at=told_at)
    assert statuses(db)[Kind.COMPLAINT] is Status.ACKNOWLEDGED
    clocks = db.call(load_message_summary, "oak", message_id).cases[0].clocks
    ended = {clock.name: clock.ended_at for clock in clocks if clock.ended_at}
    assert ended == {"stage_1_acknowledgement": told_at}


def test_marking_as_sent_what_waits_for_nobody_is_refused(db: Database, now: datetime):
    message_id = assessed(db, now)
    with pytest.raises(OvertakenError, match="no letter waits"):
        db.call(mark_sent, press(db, message_id), landlord(), at=now)


def test_marking_as_sent_twice_counts_once(db: Database, now: datetime):
    message_id = assessed(db, now, words=message(reply_to=""))
    db.call(confirm, press(db, message_id, "1"), BOTH, landlord(), at=now)
    pressed = press(db, message_id, "2")
    for _ in range(2):
        db.call(mark_sent, pressed, landlord(), at=now)
    assert letters(db) == [LetterState.SENT]


def test_an_acknowledged_complaint_can_no_longer_be_something_else(db: Database, now: datetime):
    message_id = assessed(db, now, words=message(reply_to=""))
    db.call(confirm, press(db, message_id, "1"), BOTH, landlord(), at=now)
    db.call(mark_sent, press(db, message_id, "2"), landlord(), at=now)
    with pytest.raises(OvertakenError, match="cannot record in error"):
        db.call(confirm, press(db, message_id, "3"), REPAIR, landlord(), at=now)


def test_what_staff_decide_is_kept_to_learn_from(db: Database, now: datetime):
    message_id = assessed(db, now, words=message("Ring 07700 900123. Nobody came."))
    db.call(confirm, press(db, message_id), REPAIR, landlord(), at=now)
    [row] = db.call(lambda session: list(session.scalars(select(CorrectionRow))))
    assert row.proposed == ["service_request", "complaint"]
    assert row.confirmed == ["service_request"]
    assert row.text == "Ring [PHONE 1]. Nobody came."
    assert not row.blind


def test_events_are_chained(db: Database, now: datetime):
    message_id = assessed(db, now)
    db.call(confirm, press(db, message_id), BOTH, landlord(), at=now)

    def walk(session: Session) -> None:
        for case in session.scalars(select(CaseRow)):
            head = b""
            found = select(EventRow, NoteRow).join(NoteRow, NoteRow.event_id == EventRow.id)
            its = found.where(EventRow.case_id == case.id).order_by(EventRow.seq)
            for event, note in session.execute(its):
                head = hash_event(head, facts_of(event), note.digest)
                assert event.hash == head
            assert case.head == head

    db.call(walk)


def test_each_change_of_a_case_promises_a_fresh_card(db: Database, now: datetime):
    message_id = assessed(db, now)
    db.call(confirm, press(db, message_id), BOTH, landlord(), at=now)
    cards = select(JobRow.id).where(JobRow.kind == "card")
    assert len(db.call(lambda session: session.scalars(cards).all())) == 4
