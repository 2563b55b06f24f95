"""A legal hold keeps a case from removal until a person ends it; a court case ends as well."""

from datetime import date, datetime
from functools import partial

import pytest

from bot.triage.views import triage_card
from intake import beside, correspond, outcome
from intake.domain.case import Action, Kind, OvertakenError
from intake.domain.correspondence import Proceedings
from intake.domain.new_issue import Joining, NewIssue
from intake.domain.triage import IncompleteError
from intake.store.database import Database
from intake.store.outlived import find_outlived
from tests.intake.living import Living, logged
from tests.intake.test_purge import LATER, OAK, ended, purge_all

HELD = "*Legal hold*: nothing of this case is removed"


def outlived(db: Database, at: datetime) -> list[tuple[int, ...]]:
    return [matter.cases for matter in db.call(find_outlived, OAK, now=at)]


def hold(living: Living, reason: str = "A claim may be made") -> None:
    living.db.call(beside.hold, living.press(), reason=reason, at=living.now)


def release(living: Living, reason: str = "The claim was dropped") -> None:
    living.db.call(beside.release, living.press(), reason=reason, at=living.now)


def test_nothing_of_a_held_case_is_removed_until_a_person_ends_the_hold(
    db: Database, now: datetime
):
    living = ended(db, now)
    hold(living)
    assert HELD in str(triage_card(living.summary(), now=now).blocks)
    living.now = now + LATER
    assert outlived(db, living.now) == []
    assert purge_all(db, living.now) == []
    assert living.file()["messages"][0]["text"]
    release(living)
    assert outlived(db, living.now) == []  # as long again as any other
    assert outlived(db, living.now + LATER) == [(living.case().id,)]
    assert HELD not in str(triage_card(living.summary(), now=now).blocks)


def test_it_can_be_held_again(db: Database, now: datetime):
    living = ended(db, now)
    for step in (hold, release, hold):
        step(living)
    assert living.case().around.held
    assert outlived(db, now + LATER) == []


def test_each_hold_and_its_end_are_events_with_the_reason(db: Database, now: datetime):
    living = ended(db, now)
    hold(living)
    release(living)
    events = [(e["action"], e["by"], e["note"]) for e in living.file()["events"][-2:]]
    assert events == [
        ("put_on_legal_hold", "asha", "A claim may be made"),
        ("end_legal_hold", "asha", "The claim was dropped"),
    ]


def test_what_cannot_be_is_refused_and_changes_nothing(db: Database, now: datetime):
    living = ended(db, now)
    with pytest.raises(IncompleteError):
        hold(living, " ")
    with pytest.raises(OvertakenError, match="no legal hold"):
        release(living)
    press = living.press()
    for _ in range(2):  # Slack may send it again
        db.call(beside.hold, press, reason="A claim", at=now)
    with pytest.raises(OvertakenError, match="it is on legal hold"):
        hold(living)
    actions = [event["action"] for event in living.file()["events"]]
    assert actions.count("put_on_legal_hold") == 1


def test_only_what_can_be_done_is_offered(db: Database, now: datetime):
    living = ended(db, now)
    can = partial(living.case().around.steps, Kind.COMPLAINT, living.case().status)
    assert Action.HOLD in can()
    assert not {Action.RELEASE, Action.END_PROCEEDINGS} & {*can()}


def test_a_court_case_that_there_is_not_cannot_end(db: Database, now: datetime):
    living = logged(db, now)
    with pytest.raises(OvertakenError, match="no court case goes on"):
        db.call(correspond.end_proceedings, living.press(), note="Settled", at=now)


def test_the_end_of_a_court_case_is_on_record(db: Database, now: datetime):
    living = two_issues(db, now)
    with pytest.raises(IncompleteError):
        db.call(correspond.end_proceedings, living.press(), note=" ", at=now)
    press = living.press()
    for _ in range(2):
        db.call(correspond.end_proceedings, press, note="Settled on 1 March", at=now)
    assert living.case().around.stopped == frozenset()
    last = living.file()["events"][-1]
    assert last["action"] == "end_proceedings"
    assert "K12YX345: Settled on 1 March" in last["note"]
    assert "Damp" in last["note"]


def two_issues(db: Database, now: datetime) -> Living:
    """A complaint of two issues, one of which is before a court."""
    living = logged(db, now)
    damp = NewIssue(words="Damp", raised_on=now.date(), ground=Joining.RELATED)
    db.call(outcome.raise_issue, living.press(), living.landlord, issue=damp, at=now)
    court = Proceedings(
        claim="K12YX345",
        filed_on=date(2026, 3, 1),
        overlapping=(2,),
        decider="Asha Bell",
        reasons="It is the same",
    )
    db.call(correspond.note_proceedings, living.press(), court, at=now)
    assert living.case().around.stopped == {"Damp"}
    assert Action.END_PROCEEDINGS in living.case().around.steps(
        Kind.COMPLAINT, living.case().status
    )
    return living
