"""A message is judged and redacted, and opens the cases that its labels call for."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from classifier.labels import (
    Evidence,
    Flag,
    Hazard,
    Label,
    Redaction,
    Text,
    WithheldError,
)
from classifier.personal.redact import redact
from intake.assess import load_texts, propose
from intake.domain.case import Kind, Status
from intake.domain.letter import LetterKind, LetterState
from intake.domain.message import Automatic
from intake.domain.shown import Unassessed, hide
from intake.domain.triage import NOT_STATED
from intake.store.case_tables import CasePartyRow, Role
from intake.store.database import Database
from intake.store.jobs import LEASE, LeaseLostError, Priority
from intake.store.summaries import load_message_summary
from intake.store.tables import CaseRow, HazardRow, JobRow, LetterRow
from tests.builders import (
    WORDS,
    assessed,
    assessment,
    landlord,
    message,
    take,
    take_in,
)

CHRISTMAS_EVE = datetime(2026, 12, 24, 16, 40, tzinfo=UTC)


def unassessed(words: str = WORDS, **changed: object) -> Unassessed:
    facts = {"text": Text(words=words), "author": "Jo", "outcome_sought": "", "public": False}
    return Unassessed(**(facts | changed))  # type: ignore[arg-type] # a builder


@pytest.mark.parametrize(
    ("labels", "kinds"),
    [
        ([Label.SERVICE_REQUEST], [Kind.SERVICE_REQUEST]),
        ([Label.COMPLAINT, Label.COMPLIMENT], [Kind.COMPLAINT, Kind.COMPLIMENT]),
        ([Label.COMMENT], [Kind.COMMENT]),
        ([Label.OTHER], [Kind.ENQUIRY]),
    ],
    ids="+".join,
)
def test_each_label_opens_its_case_and_nothing_is_dropped(
    db: Database, now: datetime, labels: list[Label], kinds: list[Kind]
):
    assessed(db, now, assessment(*labels))
    opened = db.call(lambda session: list(session.scalars(select(CaseRow.kind))))
    assert sorted(opened) == sorted(kinds)


def test_a_complaint_over_christmas_is_dated_by_working_days(db: Database):
    message_id = assessed(db, CHRISTMAS_EVE)
    cases = db.call(load_message_summary, "oak", message_id).cases
    [complaint] = [case for case in cases if case.kind is Kind.COMPLAINT]
    dates = {clock.name: str(clock.code) for clock in complaint.clocks}
    assert dates["stage_1_acknowledgement"] == "2027-01-05"
    assert dates["stage_1_response"] == "2027-01-19"
    assert complaint.status is Status.AWAITING_TRIAGE


def test_what_a_worker_that_lost_its_lease_assessed_does_not_stand(db: Database, now: datetime):
    take_in(db, now)
    slow = take(db, "assess", now)
    quick = take(db, "assess", now + LEASE)
    [words] = db.call(load_texts, [slow])
    view = (assessment(), hide(words, assessment(), redact))
    db.call(propose, quick, view, landlord(), now=now)
    with pytest.raises(LeaseLostError):
        db.call(propose, slow, view, landlord(), now=now)
    assert len(db.call(lambda session: session.scalars(select(CaseRow.id)).all())) == 2


@pytest.mark.parametrize(
    ("day", "emergency", "category", "clocks"),
    [
        pytest.param(2, True, Hazard.EXPLOSIONS, {"hazard_emergency"}, id="gas, before phase 2"),
        pytest.param(2, False, Hazard.DAMP_MOULD, {"hazard_investigation"}, id="mould"),
        pytest.param(2, False, Hazard.FALLS, set(), id="falls, before phase 2"),
    ],
)
def test_a_hazard_starts_its_own_clocks(
    db: Database, day: int, *, emergency: bool, category: Hazard, clocks: set[str]
):
    flags = {Flag.EMERGENCY: 0.9} if emergency else {}
    found = assessment(Label.COMMENT, flags=flags, hazards=(category,))
    message_id = assessed(db, datetime(2026, 3, day, 9, tzinfo=UTC), found)
    [hazard] = db.call(load_message_summary, "oak", message_id).hazards
    assert clocks <= {clock.name for clock in hazard.clocks}
    assert bool(clocks) == bool(hazard.clocks)


def test_an_emergency_of_no_category_is_a_hazard_too(db: Database, now: datetime):
    assessed(db, now, assessment(Label.SERVICE_REQUEST, flags={Flag.EMERGENCY: 0.9}))
    [row] = db.call(lambda session: list(session.scalars(select(HazardRow))))
    assert row.category is None
    assert row.emergency


def test_a_hazard_goes_before_everything_else(db: Database, now: datetime):
    assessed(db, now, assessment(Label.COMMENT, hazards=(Hazard.FIRE,)))
    cards = select(JobRow.priority).where(JobRow.kind == "card")
    assert Priority.HAZARD in db.call(lambda session: list(session.scalars(cards)))


def test_who_writes_for_somebody_else_is_a_representative(db: Database, now: datetime):
    assessed(db, now, words=message(on_behalf_of="my mother"))
    roles = db.call(lambda session: set(session.scalars(select(CasePartyRow.role))))
    assert roles == {Role.REPRESENTATIVE}


@pytest.mark.parametrize(
    ("wanted", "words", "states"),
    [
        pytest.param(False, message(), [], id="not wanted"),
        pytest.param(True, message(), [LetterState.WAITING], id="wanted"),
        pytest.param(True, message(automatic=Automatic.AUTO_REPLY), [], id="to a machine"),
        pytest.param(True, message(reply_to=""), [], id="to nobody's address"),
    ],
)
def test_a_bare_receipt_goes_only_where_the_landlord_wants_one(
    db: Database, now: datetime, *, wanted: bool, words: object, states: list[LetterState]
):
    assessed(db, now, words=words, receipt=wanted)  # type: ignore[arg-type] # a Message
    found = select(LetterRow.state).where(LetterRow.kind == LetterKind.RECEIPT)
    assert db.call(lambda session: list(session.scalars(found))) == states


def test_what_is_shown_is_redacted_everywhere():
    public = unassessed(
        "Ring 07700 900123.",
        text=Text(words="Ring 07700 900123.", subject="I am jo@example.org"),
        author="jo@example.org",
        outcome_sought="Write to jo@example.org",
        public=True,
    )
    shown = hide(public, assessment(evidence=()), redact)
    everything = str(shown)
    assert "900123" not in everything
    assert "example.org" not in everything


def test_the_issues_filled_in_are_the_sentences_that_show_dissatisfaction():
    shown = hide(unassessed(), assessment(), redact)
    assert shown.issues == "Nobody has come."
    assert shown.outcome == "Please send somebody."
    assert shown.reasons == ("nobody came",)


def test_an_outcome_that_nobody_stated_says_so():
    assert hide(unassessed("No heating."), assessment(evidence=()), redact).outcome == NOT_STATED


def test_a_reason_never_shows_what_redaction_hid():
    words = "Ring me on 07700 900123."
    evidence = Evidence(
        label=Label.COMPLAINT, sentence=words, start=0, end=len(words), cues=("07700 900123",)
    )
    shown = hide(unassessed(words), assessment(evidence=(evidence,)), redact)
    assert shown.reasons == ("“Ring me on [PHONE 1].”",)


def test_a_text_that_cannot_be_redacted_is_withheld():
    def fail(text: str, **_how: object) -> Redaction:  # noqa: ARG001 - the protocol has it
        raise WithheldError("too slow")

    shown = hide(unassessed("Ring 07700 900123."), assessment(evidence=()), fail)
    assert "withheld" in shown.text
    assert not shown.issues
