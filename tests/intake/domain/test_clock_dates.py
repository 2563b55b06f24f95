"""The two dates of each clock, a case in two lines: policy and clock, then events > target code."""

import pytest

from tests.intake.domain.reading import both, clocks

TABLE = """
acknowledge, received on Christmas Eve: ombudsman-code stage_1_acknowledgement
    received=2026-12-24 > 2027-01-05 2027-01-05
respond, acknowledged early: ombudsman-code stage_1_response
    received=2026-12-24 acknowledged=2026-12-29 > 2027-01-13 2027-01-13
respond, acknowledged on the last day: ombudsman-code stage_1_response
    received=2026-12-24 acknowledged=2027-01-05 > 2027-01-19 2027-01-19
respond, not acknowledged yet: ombudsman-code stage_1_response
    received=2026-12-24 > 2027-01-19 2027-01-19
respond, receipt not known: ombudsman-code stage_1_response
    acknowledged=2026-12-29 > 2027-01-13 2027-01-13
acknowledge stage 2 across Easter: ombudsman-code stage_2_acknowledgement
    stage2_requested=2027-03-22 > 2027-03-31 2027-03-31
respond at stage 2 across Easter: ombudsman-code stage_2_response
    stage2_requested=2027-03-22 stage2_acknowledged=2027-03-31 > 2027-04-28 2027-04-28
respond at stage 2, request not known: ombudsman-code stage_2_response
    stage2_acknowledged=2027-03-31 > 2027-04-28 2027-04-28
a promise shorter than the Code: housing-plus stage_1_acknowledgement
    received=2026-12-24 > 2026-12-30 2027-01-05
no start event, the target runs from receipt: housing-plus stage_1_response
    received=2026-12-24 acknowledged=2026-12-29 > 2027-01-12 2027-01-13
no start event and no receipt, the Code's date: housing-plus stage_1_response
    acknowledged=2026-12-29 > 2027-01-13 2027-01-13
no start event, the target runs from the stage 2 request: housing-plus stage_2_response
    stage2_requested=2027-03-22 stage2_acknowledged=2027-03-24 > 2027-04-21 2027-04-23
a contact that the Code lacks: housing-plus stage_2_contact
    stage2_requested=2027-03-22 > 2027-03-24 -
thanks for feedback: housing-plus feedback_acknowledgement
    feedback_received=2026-12-24 > 2026-12-30 -
no promise to acknowledge, the Code's: together stage_1_acknowledgement
    received=2026-12-24 > 2027-01-05 2027-01-05
getting it sorted: together getting_it_sorted
    received=2026-12-24 > 2027-01-05 -
fifteen days at stage 2: together stage_2_response
    stage2_requested=2027-03-22 stage2_acknowledged=2027-03-31 > 2027-04-14 2027-04-28
the leaflet's two days: progress-leaflet stage_2_acknowledgement
    stage2_requested=2027-03-22 > 2027-03-24 2027-03-31
day zero, from the acknowledgement: older-persons stage_1_response
    received=2026-12-24 acknowledged=2026-12-29 > 2027-01-13 2027-01-13
twenty days to ask for stage 2: older-persons stage_2_window
    responded=2027-01-13 > 2027-02-10 -
six months to ask for stage 2, ending on a Sunday: progress stage_2_window
    responded=2026-08-31 > 2027-02-28 -
six months are never shorter than the Code's twelve: progress complaint_window
    occurred=2026-06-24 > 2027-06-24 2027-06-24
twelve months from awareness where that is later: ombudsman-code complaint_window
    occurred=2025-10-01 aware=2026-11-01 > 2027-11-01 2027-11-01
twelve months from the event where that is later: ombudsman-code complaint_window
    occurred=2026-11-01 aware=2026-10-01 > 2027-11-01 2027-11-01
an MP on a complaint: progress mp_response
    mp_received=2026-12-24 > 2027-01-12 -
an MP who wants it sooner: progress mp_response
    mp_received=2026-12-24 mp_deadline=2027-01-04 > 2027-01-04 -
an MP who can wait: progress mp_response
    mp_received=2026-12-24 mp_deadline=2027-01-20 > 2027-01-12 -
an MP's date where nothing is promised: ombudsman-code mp_response
    mp_received=2026-12-24 mp_deadline=2027-01-20 > 2027-01-20 -
an enquiry is acknowledged: progress mp_acknowledgement
    enquiry_received=2026-12-24 > 2027-01-05 -
an enquiry is answered from its acknowledgement: progress mp_response
    enquiry_received=2026-12-24 mp_acknowledged=2026-12-29 > 2027-01-13 -
the Ombudsman asks: progress ombudsman_response
    ombudsman_asked=2026-12-24 > 2027-01-12 -
the Ombudsman sets a sooner date: progress ombudsman_response
    ombudsman_asked=2026-12-24 ombudsman_deadline=2027-01-04 > 2027-01-04 2027-01-04
the Ombudsman sets a later date: progress ombudsman_response
    ombudsman_asked=2026-12-24 ombudsman_deadline=2027-01-20 > 2027-01-12 2027-01-20
twenty-eight days to claim: progress compensation_window
    incident=2026-12-24 > 2027-01-21 -
twenty-eight days to accept: progress offer_acceptance
    offer_made=2026-12-24 > 2027-01-21 -
thirty days that end on a Saturday: ombudsman-code dp_complaint_acknowledgement
    dp_complaint_received=2026-12-24 > 2027-01-25 2027-01-25
a letter of claim: ombudsman-code letter_of_claim_response
    claim_letter_received=2026-12-24 > 2027-01-26 2027-01-26
twelve months to the Ombudsman: ombudsman-code ombudsman_referral
    final_response=2027-02-28 > 2028-02-28 2028-02-28
stage 2 is the final response: ombudsman-code ombudsman_referral
    stage2_responded=2027-02-28 > 2028-02-28 2028-02-28
Scotland answers in five days, receipt being day 1: scotland-spso stage_1_response
    received=2026-12-24 > 2027-01-05 2027-01-05
Scotland acknowledges stage 2 in three: scotland-spso stage_2_acknowledgement
    stage2_requested=2026-12-24 > 2026-12-30 2026-12-30
Scotland's stage 2 stays open with the complaint window: scotland-spso stage_2_window
    responded=2027-01-05 occurred=2026-11-30 > 2027-05-30 -
Scotland's stage 2 stays open for two months: scotland-spso stage_2_window
    responded=2027-01-05 occurred=2026-07-30 > 2027-03-05 -
Northern Ireland across the twelfth of July: ni-nipso stage_1_response
    received=2027-07-09 > 2027-07-19 2027-07-19
Northern Ireland's six months: ni-nipso ombudsman_referral
    final_response=2026-12-31 > 2027-06-30 2027-06-30
Wales acknowledges in five days: wales-psow stage_2_acknowledgement
    stage2_requested=2026-12-24 > 2027-01-05 2027-01-05
"""
ROWS = TABLE.strip().splitlines()


@pytest.mark.parametrize(
    ("case", "dates"),
    [
        pytest.param(case, dates, id=case.partition(":")[0])
        for case, dates in zip(ROWS[::2], ROWS[1::2], strict=True)
    ],
)
def test_the_two_dates_of_a_clock(case: str, dates: str):
    policy, name = case.partition(": ")[2].split()
    events, expected = dates.split(" > ")
    given = dict(event.split("=") for event in events.split())
    clock = clocks(policy, **given)[name]
    assert [day or "-" for day in both(clock)] == expected.split()
