"""`heard audit verify` and `heard purge` as an operator runs them."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.commands.audit import Verdict, verify_audit
from bot.commands.purge import purge_outlived
from bot.open import opened
from bot.settings import load_settings
from classifier.labels import Label
from intake.domain.case import Action
from intake.store.audit import load_heads
from intake.store.tables import EventRow
from tests.builders import assessed, assessment, landlord
from tests.intake.living import Living


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
