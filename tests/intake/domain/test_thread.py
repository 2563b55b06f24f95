"""Which case a message belongs to, and what it opens beside that."""

import pytest

from classifier.labels import Assessment, Band, Flag, Hazard, Label
from intake.domain.case import Kind, Status
from intake.domain.message import Automatic
from intake.domain.reference import make_reference
from intake.domain.thread import (
    Matter,
    Standing,
    Way,
    asks_for_stage_2,
    find_references,
    fresh_hazards,
    fresh_kinds,
    looks_sealed,
    opens,
    standing_of,
)
from tests.builders import assessment

ONE, TWO = make_reference(lambda _: "2"), make_reference(lambda _: "K")


def test_references_are_found_however_they_are_written():
    assert find_references(f"Re: [{ONE.lower()}] and {TWO}, again {ONE}") == (ONE, TWO)


@pytest.mark.parametrize("subject", ["", "999-999-999", f"x{ONE}", f"{ONE}-2", "My home"])
def test_what_only_looks_like_a_reference_is_none(subject: str):
    assert find_references(subject) == ()


def test_an_address_that_is_sealed_in_shape_is_seen():
    assert looks_sealed(["help@oak.example", "help+2.aaaaaaaaaaaaaaaa@oak.example"])
    assert not looks_sealed(["help@oak.example", "help+tag@oak.example"])


@pytest.mark.parametrize(
    ("way", "automatic", "participant", "standing"),
    [
        (None, None, False, Standing.NEW),
        (None, Automatic.LIST, False, Standing.NEW),
        (None, Automatic.BOUNCE, False, Standing.MACHINE),
        (Way.REFERENCE, None, False, Standing.NEW),
        (Way.REFERENCE, None, True, Standing.JOINED),
        (Way.REFERENCE, Automatic.AUTO_REPLY, False, Standing.MACHINE),
        (Way.REPLY_ADDRESS, None, True, Standing.JOINED),
        (Way.REPLY_ADDRESS, None, False, Standing.STRANGER),
        (Way.REPLY_ADDRESS, Automatic.LIST, False, Standing.STRANGER),
        (Way.LETTER, Automatic.AUTO_REPLY, False, Standing.JOINED),
        (Way.RETURNED, Automatic.BOUNCE, False, Standing.JOINED),
    ],
)
def test_a_message_stands_to_its_case_by_its_sign_and_its_writer(
    way: Way | None, automatic: Automatic | None, standing: Standing, *, participant: bool
):
    assert standing_of(way, automatic, participant=participant) is standing


@pytest.mark.parametrize("status", list(Status))
def test_dissatisfaction_joins_a_complaint_only_while_it_can_take_it_up(status: Status):
    takes = status in {
        Status.AWAITING_TRIAGE,
        Status.LOGGED,
        Status.ACKNOWLEDGED,
        Status.STAGE_2_LOGGED,
        Status.STAGE_2_ACKNOWLEDGED,
    }
    matters = [Matter(kind=Kind.COMPLAINT, status=status)]
    assert fresh_kinds([Kind.COMPLAINT], matters) == (() if takes else (Kind.COMPLAINT,))


@pytest.mark.parametrize(
    ("proposed", "fresh"),
    [
        ((Kind.SERVICE_REQUEST,), ()),
        ((Kind.ENQUIRY,), ()),
        ((Kind.COMPLAINT, Kind.SERVICE_REQUEST), (Kind.COMPLAINT,)),
        ((Kind.COMPLIMENT,), (Kind.COMPLIMENT,)),
    ],
)
def test_an_answer_opens_only_what_no_case_has_yet(
    proposed: tuple[Kind, ...], fresh: tuple[Kind, ...]
):
    matters = [Matter(kind=Kind.SERVICE_REQUEST, status=Status.LOGGED)]
    assert fresh_kinds(proposed, matters) == fresh


@pytest.mark.parametrize(
    ("found", "status", "asks"),
    [
        (assessment(Label.COMPLAINT), Status.RESPONDED, True),
        (assessment(Label.OTHER, band=Band.POSSIBLE), Status.CLOSED, True),
        (assessment(Label.OTHER, flags={Flag.STAGE_2: 0.9}), Status.RESPONDED, True),
        (assessment(Label.COMPLIMENT), Status.RESPONDED, False),
        (assessment(Label.COMPLAINT), Status.ACKNOWLEDGED, False),
    ],
    ids=["dissatisfied", "perhaps", "asks for it", "pleased", "still open"],
)
def test_an_unhappy_answer_to_an_answered_complaint_asks_for_stage_2(
    found: Assessment, status: Status, *, asks: bool
):
    matters = [Matter(kind=Kind.COMPLAINT, status=status)]
    assert asks_for_stage_2(found.band, found.flags, matters) is asks


def test_a_request_that_is_closed_takes_no_more():
    closed = [Matter(kind=Kind.SERVICE_REQUEST, status=Status.CLOSED)]
    assert fresh_kinds([Kind.SERVICE_REQUEST], closed) == (Kind.SERVICE_REQUEST,)


def test_a_hazard_whose_clocks_run_is_not_new_and_an_emergency_always_is():
    said, running = [Hazard.FIRE, Hazard.FALLS], {Hazard.FIRE}
    assert fresh_hazards(said, running, emergency=False) == (Hazard.FALLS,)
    assert fresh_hazards(said, running, emergency=True) == (Hazard.FIRE, Hazard.FALLS)


@pytest.mark.parametrize(
    ("automatic", "opened"),
    [
        (None, (Kind.COMPLAINT,)),
        (Automatic.LIST, (Kind.COMPLAINT,)),
        (Automatic.AUTO_REPLY, (Kind.ENQUIRY,)),
        (Automatic.BOUNCE, ()),
        (Automatic.REPORT, ()),
        (Automatic.OURS, ()),
    ],
)
def test_no_machine_starts_a_clock(automatic: Automatic | None, opened: tuple[Kind, ...]):
    assert opens(automatic, (Kind.COMPLAINT,)) == opened
