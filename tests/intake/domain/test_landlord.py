from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from classifier.labels import Hazard
from intake.domain.case import Kind
from intake.domain.clocks import CaseClock, compute_clocks
from intake.domain.landlord import last_moment, moments_of, urgencies_of
from intake.domain.moments import ClockName, Moment, Urgency
from intake.domain.working_days import Nation
from tests.builders import landlord

RECEIVED = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ACKNOWLEDGED = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "moment"),
    [
        pytest.param(Kind.COMPLAINT, Moment.RECEIVED),
        pytest.param(Kind.COMPLIMENT, Moment.FEEDBACK_RECEIVED),
        pytest.param(Kind.COMMENT, Moment.FEEDBACK_RECEIVED),
        pytest.param(Kind.DP_COMPLAINT, Moment.DP_COMPLAINT_RECEIVED),
    ],
)
def test_each_kind_starts_its_own_clocks(kind: Kind, moment: Moment):
    assert moments_of(kind, RECEIVED, None) == {moment: RECEIVED}
    assert moments_of(kind, RECEIVED, ACKNOWLEDGED) == {
        moment: RECEIVED,
        Moment.ACKNOWLEDGED: ACKNOWLEDGED,
    }


@pytest.mark.parametrize("kind", [Kind.SERVICE_REQUEST, Kind.ENQUIRY])
def test_what_is_no_complaint_and_no_feedback_starts_no_clock(kind: Kind):
    assert moments_of(kind, RECEIVED, ACKNOWLEDGED) == {}


@pytest.mark.parametrize("kind", [kind for kind in Kind if moments_of(kind, RECEIVED, None)])
def test_the_clocks_of_each_kind_can_be_computed(kind: Kind):
    oak = landlord()
    moments = moments_of(kind, RECEIVED, None)
    assert compute_clocks(oak.policy, moments, nation=oak.nation) is not None


@pytest.mark.parametrize(
    ("category", "emergency", "aware", "urgencies"),
    [
        pytest.param(Hazard.DAMP_MOULD, False, date(2026, 3, 2), {Urgency.SIGNIFICANT}, id="damp"),
        pytest.param(
            Hazard.DAMP_MOULD,
            True,
            date(2026, 3, 2),
            {Urgency.EMERGENCY, Urgency.SIGNIFICANT},
            id="dangerous damp",
        ),
        pytest.param(Hazard.DAMP_MOULD, False, date(2025, 10, 26), set(), id="before the law"),
        pytest.param(None, True, date(2026, 3, 2), {Urgency.EMERGENCY}, id="no category"),
        pytest.param(None, False, date(2026, 3, 2), set(), id="nothing"),
    ],
)
def test_the_clocks_of_a_hazard_run_by_its_class_and_the_day(
    category: Hazard | None, aware: date, urgencies: set[Urgency], *, emergency: bool
):
    at = datetime(aware.year, aware.month, aware.day, 12, tzinfo=UTC)
    found = urgencies_of(category, landlord(), emergency=emergency, aware_at=at)
    assert set(found) == urgencies


def test_the_law_begins_at_midnight_in_london():
    before = datetime(2025, 10, 26, 23, 59, tzinfo=UTC)
    after = datetime(2025, 10, 27, 0, 0, tzinfo=UTC)
    found = [
        urgencies_of(Hazard.DAMP_MOULD, landlord(), emergency=False, aware_at=at)
        for at in (before, after)
    ]
    assert found == [(), (Urgency.SIGNIFICANT,)]


def test_a_nation_without_the_law_has_no_such_clocks():
    elsewhere = landlord(nation=Nation.WALES)
    found = urgencies_of(Hazard.DAMP_MOULD, elsewhere, emergency=True, aware_at=RECEIVED)
    assert found == ()


def clock(target: date | datetime | None, code: date | datetime | None) -> CaseClock:
    [first, *_] = compute_clocks(
        landlord().policy, {Moment.RECEIVED: RECEIVED}, nation=Nation.ENGLAND
    )
    assert first.clock is ClockName.STAGE_1_ACKNOWLEDGEMENT
    return replace(first, target=target, code=code)


@pytest.mark.parametrize(
    ("target", "code", "last"),
    [
        pytest.param(date(2026, 3, 9), None, "2026-03-09T23:59:59+00:00", id="a day in winter"),
        pytest.param(None, date(2026, 7, 1), "2026-07-01T22:59:59+00:00", id="a day in summer"),
        pytest.param(
            date(2026, 3, 29), None, "2026-03-29T22:59:59+00:00", id="the day the clocks go on"
        ),
        pytest.param(
            date(2026, 10, 25), None, "2026-10-25T23:59:59+00:00", id="the day they go back"
        ),
        pytest.param(
            date(2026, 3, 9), date(2026, 3, 6), "2026-03-06T23:59:59+00:00", id="the sooner"
        ),
        pytest.param(
            datetime(2026, 3, 3, 9, tzinfo=UTC), None, "2026-03-03T09:00:00+00:00", id="a moment"
        ),
        pytest.param(
            datetime(2026, 3, 9, 9, tzinfo=UTC),
            date(2026, 3, 9),
            "2026-03-09T09:00:00+00:00",
            id="a moment of that day",
        ),
    ],
)
def test_a_clock_ends_at_the_last_moment_of_its_sooner_date(
    target: date | datetime | None, code: date | datetime | None, last: str
):
    assert last_moment(clock(target, code)) == datetime.fromisoformat(last)


def test_a_clock_without_a_date_has_no_last_moment():
    assert last_moment(clock(None, None)) is None
