"""Any life leaves a record that an audit finds whole; whatever is done to it behind our back shows.

Nothing of a resident's is left after a purge, and the audit still holds.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.orm import Session

from classifier.labels import Label
from intake import advance
from intake.domain.case import Action, Kind
from intake.purge import purge
from intake.store.audit import Audit, Heads, load_extended, load_heads, load_landlords, verify
from intake.store.audit_tables import ChainHeadRow
from intake.store.base import Base
from intake.store.database import Database
from intake.store.files import Files
from intake.store.outlived import find_outlived
from intake.store.tables import (
    CaseRow,
    DeliveryRow,
    EventRow,
    JobRow,
    LetterRow,
    MessageRow,
    NoteRow,
    SlackPostRow,
)
from tests.builders import assessed, assessment, landlord, message
from tests.intake.living import Living, logged

OAK = landlord()
LATER = timedelta(days=366 * 6)


def audit(db: Database, folder: Path, checkpoint: Heads | None = None) -> list[str]:
    def look(session: Session) -> list[str]:
        return [*verify(session, "oak", Files(folder), checkpoint=checkpoint or {}, audit=Audit())]

    return db.call(look)


def ended(db: Database, now: datetime) -> Living:
    """A complaint that was answered and closed."""
    living = logged(db, now, found=assessment(Label.COMPLAINT))
    living.send_due()
    living.respond()
    living.send_due()
    close_promises(db, living)
    living.advance(Action.CLOSE)
    return living


def another(db: Database, now: datetime, number: int, kind: Kind) -> Living:
    """Take in and confirm one more message, whose presses are its own."""
    words = message(f"Nobody has come, for the time {number}.", own_id=f"<{number}@example.org>")
    message_id = assessed(db, now, assessment(Label.COMPLAINT), words)
    living = Living(db=db, now=now, landlord=OAK, message_id=message_id, presses=1_000 * number)
    living.confirm(kind)
    return living


def close_promises(db: Database, living: Living) -> None:
    for promise in living.case().promises:
        press = living.press()
        db.call(advance.complete, press, action_id=promise.id, evidence="seen", at=living.now)


def purge_all(db: Database, now: datetime) -> list[str]:
    gone: list[str] = []
    for matter in db.call(find_outlived, OAK, now=now):
        files = db.call(purge, OAK, matter, by="heard purge", now=now)
        gone += files or []
    return gone


def everything(db: Database) -> str:
    """Return all that lies in the database, as text."""

    def dump(session: Session) -> str:
        rows = [
            row for table in Base.metadata.sorted_tables for row in session.execute(select(table))
        ]
        return "\n".join(map(str, rows))

    return db.call(dump)


Tamper = Callable[[Session], object]


def change_event(session: Session) -> object:
    return session.execute(update(EventRow).where(EventRow.seq == 2).values(by="somebody"))


def change_words(session: Session) -> object:
    first = session.scalars(select(NoteRow).order_by(NoteRow.id)).first()
    assert first is not None
    first.words = "other words"
    return first


def remove_words(session: Session) -> object:
    return session.execute(update(NoteRow).values(words=None, salt=None))


def delete_event(session: Session) -> object:
    which = select(EventRow.id).where(EventRow.seq == 2)
    session.execute(delete(NoteRow).where(NoteRow.event_id.in_(which)))
    return session.execute(delete(EventRow).where(EventRow.seq == 2))


def cut_tail(session: Session) -> object:
    case = session.scalars(select(CaseRow)).one()
    which = select(EventRow.id).where(EventRow.seq == case.seq)
    session.execute(delete(NoteRow).where(NoteRow.event_id.in_(which)))
    return session.execute(delete(EventRow).where(EventRow.seq == case.seq))


def cut_tail_and_case(session: Session) -> object:
    """Cut the tail, and make the case say that it was never longer."""
    case = session.scalars(select(CaseRow)).one()
    cut_tail(session)
    last = session.scalars(select(EventRow).where(EventRow.seq == case.seq - 1)).one()
    case.seq, case.head, case.status = last.seq, last.hash, last.after
    return case


def cut_all_witnesses(session: Session) -> object:
    """As above, and the witness in the database too: only the signed checkpoint knows."""
    case = cut_tail_and_case(session)
    assert isinstance(case, CaseRow)
    witness = session.scalars(select(ChainHeadRow)).one()
    witness.seq, witness.head = case.seq, case.head
    return witness


def remove_case(session: Session) -> object:
    """Remove a case with all that hangs on it."""
    quick = "PRAGMA defer_foreign_keys=ON"
    if session.get_bind().dialect.name == "postgresql":
        quick = "SET LOCAL session_replication_role = replica"
    session.execute(text(quick))
    owned = [table for table in Base.metadata.sorted_tables if "case_id" in table.c]
    session.execute(delete(NoteRow))
    for table in owned:
        session.execute(delete(table))
    return session.execute(delete(CaseRow))


def remove_case_and_witness(session: Session) -> object:
    remove_case(session)
    return session.execute(delete(ChainHeadRow))


def change_raw(session: Session) -> object:
    return session.execute(update(DeliveryRow).values(raw=b"x", size=1))


def remove_raw(session: Session) -> object:
    return session.execute(update(DeliveryRow).values(raw=None))


def change_status(session: Session) -> object:
    return session.execute(update(CaseRow).values(status="logged"))


def forge_case(session: Session) -> object:
    return session.execute(delete(ChainHeadRow))


@pytest.mark.parametrize(
    ("tamper", "said"),
    [
        (change_event, "event 2 (confirm) was changed"),
        (change_words, "the words of event 1 were changed"),
        (remove_words, "were removed without a purge"),
        (delete_event, "event 2 is missing"),
        (cut_tail, "its history ends at event"),
        (cut_tail_and_case, "its history ends at event"),
        (cut_all_witnesses, "its history ends at event"),
        (remove_case, "it was removed from the record"),
        (remove_case_and_witness, "it was removed from the record"),
        (change_raw, "the bytes that arrived were changed"),
        (remove_raw, "the bytes that arrived are missing"),
        (change_status, "it stands at logged"),
        (forge_case, "put in behind the program's back"),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_what_is_done_behind_our_back_shows(
    db: Database, now: datetime, tmp_path: Path, tamper: Tamper, said: str
):
    living = ended(db, now)
    checkpoint = db.call(load_heads, "oak")
    assert audit(db, tmp_path, checkpoint) == []
    assert db.call(load_extended, "oak", checkpoint)
    reference = living.case().reference
    db.call(tamper)
    faults = audit(db, tmp_path, checkpoint)
    assert any(said in fault for fault in faults), faults
    if tamper is change_raw:
        assert any("what arrived is not what its history began with" in f for f in faults)
    assert any(reference in fault or "delivery" in fault for fault in faults)


def test_a_checkpoint_that_the_record_left_is_not_followed(db: Database, now: datetime):
    ended(db, now)
    checkpoint = db.call(load_heads, "oak")
    db.call(cut_all_witnesses)
    assert not db.call(load_extended, "oak", checkpoint)
    assert db.call(load_landlords) == ["oak"]


def test_a_purge_leaves_nothing_of_a_resident_and_a_history_that_holds(
    db: Database, now: datetime, tmp_path: Path
):
    words = message("Marlowe of 7 Gull Row is ill. Nobody has come.", sender="marlowe@example.org")
    living = logged(db, now, words=words)
    living.send_due()
    living.respond()
    living.send_due()
    close_promises(db, living)
    living.advance(Action.CLOSE, note="Rang Marlowe")
    for personal in ("arlowe", "Gull Row"):
        assert personal in everything(db)
    checkpoint = db.call(load_heads, "oak")
    living.now += LATER
    purge_all(db, living.now)
    left = everything(db)
    for personal in ("arlowe", "Gull Row", "jo@example.org", "Nobody came"):
        assert personal not in left
    assert audit(db, tmp_path, checkpoint) == []
    [*_, last] = living.file()["events"]
    assert (last["action"], last["by"]) == ("purge", "heard purge")
    assert "6 years" in last["note"]
    assert purge_all(db, living.now) == []
    assert len(living.file()["events"]) == last["event"]


def test_a_purge_hangs_up_no_card_but_redraws_one_that_hangs(db: Database, now: datetime):
    living = ended(db, now)

    cards = select(func.count(JobRow.id)).where(JobRow.kind == "card")

    def fresh_cards() -> int:
        before = db.call(lambda session: session.scalar(cards)) or 0
        purge_all(db, now + LATER)
        return (db.call(lambda session: session.scalar(cards)) or 0) - before

    assert living.summary().text
    assert fresh_cards() == 0
    second = another(db, now, 1, Kind.COMPLAINT)
    second.advance(Action.WITHDRAW)
    post = {"message_id": second.message_id, "channel": "C1", "asked_at": now, "version": 1}
    db.call(lambda session: session.add(SlackPostRow(landlord="oak", **post)))
    assert fresh_cards() == len(second.summary().cases)
    assert second.summary().text == ""


@pytest.mark.parametrize("why", ["young", "open", "owed"])
def test_what_is_kept_still_is_not_purged(db: Database, now: datetime, why: str):
    living = logged(db, now)
    living.send_due()
    if why != "open":
        living.respond()
        living.send_due()
        if why != "owed":
            close_promises(db, living)
        living.advance(Action.CLOSE)
    later = now + (timedelta(days=364 * 6) if why == "young" else LATER)
    assert db.call(find_outlived, OAK, now=later) == []


def test_a_matter_goes_together_or_not_at_all(db: Database, now: datetime):
    living = logged(db, now, Kind.COMPLAINT, Kind.SERVICE_REQUEST)
    living.advance(Action.WITHDRAW, Kind.COMPLAINT)
    assert db.call(find_outlived, OAK, now=now + LATER) == []


def test_a_case_that_was_opened_again_meanwhile_is_left_alone(db: Database, now: datetime):
    ended(db, now)
    [matter] = db.call(find_outlived, OAK, now=now + LATER)
    db.call(lambda session: session.execute(update(CaseRow).values(status="responded")))
    assert db.call(purge, OAK, matter, by="x", now=now + LATER) is None
    assert db.call(lambda session: session.scalars(select(MessageRow.text)).one())
    assert db.call(lambda session: session.scalars(select(LetterRow.raw)).first())


def test_the_files_of_what_was_purged_are_named_for_deletion(
    db: Database, now: datetime, tmp_path: Path
):
    ended(db, now)
    files = Files(tmp_path)

    def move_out(session: Session) -> str:
        row = session.scalars(select(DeliveryRow)).one()
        row.sha256, row.raw = files.keep(row.raw or b""), None
        return row.sha256

    digest = db.call(move_out)
    assert audit(db, tmp_path) == []
    assert purge_all(db, now + LATER) == [digest]
    files.remove(digest)
    assert audit(db, tmp_path) == []


def test_a_file_that_is_gone_or_changed_shows(db: Database, now: datetime, tmp_path: Path):
    ended(db, now)
    files = Files(tmp_path)

    def move_out(session: Session) -> str:
        row = session.scalars(select(DeliveryRow)).one()
        row.sha256, row.raw = files.keep(row.raw or b""), None
        return row.sha256

    digest = db.call(move_out)
    path = tmp_path / digest[:2] / digest
    path.write_bytes(b"x" * path.stat().st_size)
    assert any("were changed" in fault for fault in audit(db, tmp_path))
    path.unlink()
    assert any("are missing" in fault for fault in audit(db, tmp_path))
