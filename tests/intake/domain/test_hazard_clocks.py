"""Awaab's Law: SI 2025/1042 in England, SSI 2026/173 in Scotland."""

from datetime import date

import pytest

from classifier.labels import Hazard
from intake.domain.clocks import Nation
from intake.domain.policy import load_policy
from tests.intake.domain.reading import both, clocks

ALL_BUT_DAMP = set(Hazard) - {Hazard.DAMP_MOULD}


def test_an_emergency_has_twenty_four_hours_whatever_the_day():
    found = clocks("ombudsman-code", hazard="emergency", received="2026-12-24T16:40:00+00:00")
    emergency = found["hazard_emergency"]
    assert both(emergency) == ("2026-12-25T16:40:00+00:00", "2026-12-25T16:40:00+00:00")
    assert emergency.why == "24 hours after awareness on 24 December at 16:40"
    assert found["hazard_investigation"].code == date(2027, 1, 12)


def test_an_emergency_known_only_by_its_day_has_until_the_next_midnight():
    found = clocks("ombudsman-code", hazard="emergency", received="2026-12-24")
    assert both(found["hazard_emergency"])[1] == "2026-12-25T00:00:00+00:00"


def test_a_significant_hazard_has_working_days_and_no_emergency_clock():
    found = clocks("ombudsman-code", hazard="significant", received="2026-12-24")
    assert "hazard_emergency" not in found
    assert both(found["hazard_investigation"]) == ("2027-01-12", "2027-01-12")


def test_hazard_clocks_run_from_awareness_where_it_came_before_the_complaint():
    found = clocks(
        "ombudsman-code", hazard="significant", aware="2026-12-24", received="2027-01-12"
    )
    assert both(found["hazard_investigation"])[1] == "2027-01-12"


def test_the_end_of_the_investigation_starts_what_follows():
    found = clocks(
        "ombudsman-code", hazard="significant", received="2026-12-24", investigated="2027-01-12"
    )
    assert found["hazard_investigation"].met is True
    assert {
        name: both(clock)[1] for name, clock in found.items() if clock.starts == date(2027, 1, 12)
    } == {
        "hazard_summary": "2027-01-15",
        "hazard_safety_work": "2027-01-19",
        "hazard_further_work_begin": "2027-01-19",
        "hazard_further_work_start": "2027-04-06",
        "hazard_accommodation": "2027-01-19",
    }
    assert found["hazard_accommodation"].provisional
    assert found["hazard_accommodation"].why.endswith(
        "; only if the safety work cannot be done by then"
    )


def test_an_investigation_alone_starts_what_follows():
    found = clocks("ombudsman-code", hazard="significant", investigated="2027-01-12")
    assert "hazard_investigation" not in found
    assert both(found["hazard_summary"])[1] == "2027-01-15"


def test_scotland_has_its_own_law():
    found = clocks(
        "ombudsman-code",
        nation="scotland",
        hazard="emergency",
        received="2026-12-24",
        investigated="2027-01-05",
    )
    hazards = {name: both(clock)[1] for name, clock in found.items() if name.startswith("hazard")}
    assert hazards == {
        "hazard_investigation": "2027-01-13",
        "hazard_summary": "2027-01-08",
        "hazard_safety_work": "2027-01-12",
    }
    assert found["hazard_summary"].rule == "SSI 2026/173"


@pytest.mark.parametrize("nation", ["wales", "northern-ireland"])
def test_a_nation_without_a_law_has_no_hazard_clocks(nation: str):
    found = clocks("ombudsman-code", nation=nation, hazard="emergency", received="2026-12-24")
    assert not any(name.startswith("hazard") for name in found)


@pytest.mark.parametrize(
    ("nation", "before", "since"),
    [("england", "2025-10-26", "2025-10-27"), ("scotland", "2026-10-05", "2026-10-06")],
)
def test_a_law_runs_no_clock_before_its_first_day(nation: str, before: str, since: str):
    early = clocks("ombudsman-code", nation=nation, hazard="significant", received=before)
    later = clocks("ombudsman-code", nation=nation, hazard="significant", received=since)
    assert "hazard_investigation" not in early
    assert "hazard_investigation" in later


def test_without_a_hazard_or_a_day_no_hazard_clock_runs():
    assert "hazard_investigation" not in clocks("ombudsman-code", received="2026-12-24")
    assert not clocks("ombudsman-code", hazard="emergency", incident="2026-12-24")


@pytest.mark.parametrize(
    ("nation", "on", "significant"),
    [
        pytest.param("england", date(2025, 10, 26), set(), id="before phase 1"),
        pytest.param("england", date(2026, 11, 29), {Hazard.DAMP_MOULD}, id="phase 1"),
        pytest.param("england", date(2026, 11, 30), set(Hazard), id="phase 2"),
        pytest.param("scotland", date(2026, 11, 30), {Hazard.DAMP_MOULD}, id="Scotland"),
    ],
)
def test_the_hazards_that_count_grow_by_phase(nation: str, on: date, significant: set[Hazard]):
    law = load_policy("ombudsman-code").hazards[Nation(nation)]
    assert law.significant(on) == significant
