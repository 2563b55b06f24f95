"""The clocks of the reference's edge cases, read like its table."""

from datetime import date

from tests.intake.domain.reading import both, clocks


def test_1_a_tweet_on_christmas_eve_without_a_boiler():
    found = clocks(
        "ombudsman-code",
        hazard="emergency",
        received="2026-12-24T16:40:00+00:00",
        acknowledged="2026-12-29",
    )
    assert found["stage_1_acknowledgement"].code == date(2027, 1, 5)
    assert found["stage_1_response"].code == date(2027, 1, 13)
    assert both(found["hazard_emergency"])[1] == "2026-12-25T16:40:00+00:00"
    assert found["hazard_investigation"].code == date(2027, 1, 12)


def test_5_new_related_points_extend_stage_1_by_ten_days_and_no_more():
    found = clocks(
        "ombudsman-code", received="2027-02-01", acknowledged="2027-02-08", extended_to="2027-03-31"
    )
    assert found["stage_1_response"].code == date(2027, 3, 8)


def test_6_whatever_not_happy_begins_stage_2():
    found = clocks(
        "ombudsman-code",
        received="2027-02-01",
        acknowledged="2027-02-02",
        responded="2027-02-16",
        stage2_requested="2027-03-22",
    )
    assert found["stage_2_acknowledgement"].code == date(2027, 3, 31)
    assert found["stage_2_response"].code == date(2027, 4, 28)
    assert found["stage_2_response"].provisional


def test_7_a_letter_of_claim_has_its_own_clock_and_stops_none():
    before = clocks("ombudsman-code", received="2026-12-24", hazard="significant")
    after = clocks(
        "ombudsman-code",
        received="2026-12-24",
        hazard="significant",
        claim_letter_received="2026-12-29",
    )
    letter = after.pop("letter_of_claim_response")
    assert letter.code == date(2027, 1, 27)
    assert after == before


def test_8_a_leak_of_fourteen_months_ago_learned_of_last_month_is_in_time():
    found = clocks("progress", occurred="2025-10-22", aware="2026-11-24", received="2026-12-24")
    window = found["complaint_window"]
    assert (both(window), window.met) == (("2027-11-24", "2027-11-24"), True)


def test_9_a_survey_comment_starts_no_complaint_clock():
    assert set(clocks("housing-plus", feedback_received="2026-12-24")) == {
        "feedback_acknowledgement"
    }


def test_10_an_mps_letter_starts_the_complaint_and_the_mps_own_clock():
    found = clocks(
        "progress", hazard="significant", received="2026-12-24", mp_received="2026-12-24"
    )
    assert found["stage_1_acknowledgement"].code == date(2027, 1, 5)
    assert found["mp_response"].target == date(2027, 1, 12)
    assert found["hazard_investigation"].code == date(2027, 1, 12)


def test_10_a_pure_enquiry_starts_the_mps_clock_only():
    found = clocks("progress", enquiry_received="2026-12-24")
    assert {name: both(clock) for name, clock in found.items()} == {
        "mp_acknowledgement": ("2027-01-05", None),
        "mp_response": ("2027-01-19", None),
    }


def test_a_file_sent_to_the_wrong_person_starts_two_clocks():
    found = clocks("ombudsman-code", received="2026-12-24", dp_complaint_received="2026-12-24")
    assert found["dp_complaint_acknowledgement"].code == date(2027, 1, 25)
    assert found["stage_1_acknowledgement"].code == date(2027, 1, 5)
