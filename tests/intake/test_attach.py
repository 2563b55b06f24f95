"""What staff attach counts from the earlier of the two receipts."""

from datetime import datetime, timedelta

from sqlalchemy import select

from classifier.labels import Label
from intake import attach
from intake.domain.case import Kind, Status
from intake.press import CasePress
from intake.store.database import Database
from intake.store.tables import CaseRow
from tests.builders import assessed, assessment, message
from tests.intake.living import Living, logged
from tests.intake.test_purge import OAK


def take_in(db: Database, at: datetime, text: str) -> Living:
    """Take in one more complaint of the same writer."""
    words = message(text, own_id=f"<{text.casefold()}@example.org>")
    message_id = assessed(db, at, assessment(Label.COMPLAINT), words)
    return Living(db=db, now=at, landlord=OAK, message_id=message_id)


def attached(living: Living, to: Living, now: datetime) -> CaseRow:
    press = CasePress(
        landlord="oak",
        message_id=living.message_id,
        version=living.summary().version,
        by="asha",
        key=f"attach:{living.message_id}",
        case_id=to.case().id,
    )
    living.db.call(attach.attach, press, OAK, at=now)
    assert [case.status for case in living.summary().cases] == [Status.RECORDED_IN_ERROR]
    mine = select(CaseRow).where(CaseRow.id == to.case().id)
    return living.db.call(lambda session: session.scalars(mine).one())


def test_a_complaint_counts_from_the_earliest_message_that_shows_it(db: Database, now: datetime):
    """Code 6.2: from its receipt, in whichever order the messages were looked at."""
    late = now + timedelta(days=2)
    seen = logged(db, late, Kind.COMPLAINT, found=assessment(Label.COMPLAINT))
    before = seen.clock("stage_1_acknowledgement").code
    first = take_in(db, now, "First")
    due = first.clock("stage_1_acknowledgement").code
    assert (due or before) != before
    case = attached(first, seen, late)
    assert case.received_at == now
    assert seen.clock("stage_1_acknowledgement").code == due
    [*_, last] = [e for e in seen.file()["events"] if e["action"] == "receive_earlier"]
    assert (last["by"], first.case().reference in last["note"]) == ("asha", True)


def test_a_later_message_moves_no_receipt(db: Database, now: datetime):
    seen = logged(db, now, Kind.COMPLAINT, found=assessment(Label.COMPLAINT))
    second = take_in(db, now + timedelta(days=1), "Second")
    assert attached(second, seen, now + timedelta(days=1)).received_at == now
