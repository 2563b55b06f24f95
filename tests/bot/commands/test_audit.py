"""`heard audit verify` and `heard purge` as an operator runs them."""

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.commands.audit import Verdict, verify_audit
from bot.commands.purge import purge_outlived
from bot.open import opened
from bot.record import Record
from bot.settings import load_settings
from classifier.labels import Label
from intake.delivery import outbox
from intake.domain.case import Action
from intake.domain.letter import LetterKind, LetterState
from intake.domain.message import Automatic
from intake.read import set_aside
from intake.receive import Arrival, receive
from intake.send import Outgoing
from intake.store.audit import load_heads
from intake.store.lists import load_pen
from intake.store.tables import DeliveryRow, EventRow, LetterRow
from tests.builders import assessed, assessment, delivery, landlord, message, take
from tests.intake.living import Living
from tests.intake.test_purge import everything


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with one complaint that ended seven years ago, and a checkpoint."""
    with opened(load_settings(), tmp_path) as record:
        then = record.clock() - timedelta(days=7 * 366)
        message_id = assessed(record.db, then, assessment(Label.COMPLAINT))
        living = Living(db=record.db, now=then, landlord=landlord(), message_id=message_id)
        living.confirm(living.case().kind)
        living.advance(Action.WITHDRAW)
        record.checkpoints.keep("oak", record.db.call(load_heads, "oak"), at=then)
    return tmp_path


def verified(data: Path) -> tuple[int, list[str]]:
    verdict = Verdict()
    lines = list(verify_audit(data, verdict))
    return verdict.status, lines


def test_a_whole_record_is_green_before_and_after_a_purge(data: Path):
    assert verified(data) == (0, ["oak: the record holds (1 cases, 3 events, 1 deliveries)."])
    would = list(purge_outlived(data, dry_run=True))
    assert would[-1] == "oak: 1 cases would lose their personal data."
    assert list(purge_outlived(data, dry_run=True)) == would
    lost = list(purge_outlived(data, dry_run=False))
    assert lost == [line.replace("would lose", "lost") for line in would]
    assert list(purge_outlived(data, dry_run=False)) == ["oak: 0 cases lost their personal data."]
    assert verified(data) == (0, ["oak: the record holds (1 cases, 4 events, 1 deliveries)."])


def test_a_changed_event_is_red_and_named(data: Path):
    with opened(load_settings(), data) as record:
        changed = update(EventRow).where(EventRow.seq == 2).values(by="somebody")
        record.db.call(lambda session: session.execute(changed))
    status, lines = verified(data)
    assert status == 1
    assert "event 2 (confirm) was changed" in lines[0]
    assert lines[-1].startswith("oak: the record does not hold (")


def test_a_forged_checkpoint_is_red_and_a_missing_one_is_said(data: Path):
    path = data / "audit" / "oak.heads"
    path.write_text("forged")
    status, lines = verified(data)
    assert status == 1
    assert "it was changed, or signed with another key" in lines[0]
    path.unlink()
    status, lines = verified(data)
    assert status == 0
    assert "no checkpoint has been signed here yet" in lines[0]


def test_what_opened_no_case_is_purged_too_and_the_audit_holds(data: Path):
    with opened(load_settings(), data) as record:
        then = record.clock() - timedelta(days=7 * 366)
        report = message("It failed for marlowe@example.org.", automatic=Automatic.REPORT)
        assessed(record.db, then, assessment(Label.OTHER), report)
        receive_unread(record, then)
        assert "marlowe" in everything(record.db)
    assert "oak: 2 deliveries of no case would lose theirs." in [
        *purge_outlived(data, dry_run=True)
    ]
    assert "oak: 2 deliveries of no case lost theirs." in [*purge_outlived(data, dry_run=False)]
    with opened(load_settings(), data) as record:
        left = everything(record.db)
        assert record.db.call(load_pen, most=9) == []
    assert "marlowe" not in left
    assert "Gull Row" not in left
    assert "jo@example.org" not in left
    assert verified(data)[0] == 0
    assert len(list(purge_outlived(data, dry_run=False))) == 1


def test_bytes_of_no_case_that_are_gone_without_a_purge_show(data: Path):
    with opened(load_settings(), data) as record:
        receive_unread(record, record.clock())
        gone = update(DeliveryRow).where(DeliveryRow.id == 2).values(raw=None)
        record.db.call(lambda session: session.execute(gone))
    assert verified(data)[0] == 1


def test_a_purge_takes_copies_in_the_outbox_and_files_that_were_left_behind(data: Path):
    with opened(load_settings(), data) as record:
        left, fresh = (record.files.keep(words * 9) for words in (b"Marlowe", b"Last year"))
        folder = data / "files"
        old = (record.clock() - timedelta(days=7 * 366)).timestamp()
        young = (record.clock() - timedelta(days=366)).timestamp()
        os.utime(folder / fresh[:2] / fresh, (young, young))
        part = folder / left[:2] / f"{left}.0a.part"
        part.write_bytes(b"Marlowe")
        for path in (folder / left[:2] / left, part):
            os.utime(path, (old, old))
        own_id = "<heard.abc@oak.example>"
        letter = Outgoing(own_id=own_id, to="", sender="", raw=b"Dear Marlowe")
        outbox.put(letter, data / "outbox")
        facts = {"kind": LetterKind.RECEIPT, "state": LetterState.SENT, "to": "", "by": "heard"}
        row = LetterRow(
            landlord="oak", key="k", message_id=1, promise=1, own_id=own_id,
            send_at=record.clock(), **facts,
        )  # fmt: skip
        record.db.call(lambda session: session.add(row))
    list(purge_outlived(data, dry_run=True))
    assert len([*folder.glob("??/*")]) == 3
    list(purge_outlived(data, dry_run=False))
    assert [path.name for path in folder.glob("??/*")] == [fresh]
    assert [*(data / "outbox").iterdir()] == []


def test_files_of_another_database_are_nobodys_to_remove(
    data: Path, monkeypatch: pytest.MonkeyPatch
):
    with opened(load_settings(), data) as record:
        digest = record.files.keep(b"Marlowe")
        path = data / "files" / digest[:2] / digest
        os.utime(path, (0, 0))
    monkeypatch.setenv("HEARD_DATABASE_URL", f"sqlite:///{data}/other.db")
    list(purge_outlived(data, dry_run=False))
    assert path.exists()
    monkeypatch.delenv("HEARD_DATABASE_URL")
    list(purge_outlived(data, dry_run=False))
    assert not path.exists()


def receive_unread(record: Record, at: datetime) -> None:
    """Keep something that nobody can read, as it lies in the holding pen."""
    raw = b"From: marlowe@example.org\r\n\r\n7 Gull Row"
    record.db.call(receive, [Arrival(delivery=delivery(raw, at))])
    job = take(record.db, "read", at)
    record.db.call(set_aside, job, "it has no mail header", now=at)
