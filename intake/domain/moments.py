"""The names of what happens to a case, and of the clocks that this starts and ends."""

from enum import StrEnum


class Moment(StrEnum):
    """Something that happened, on a day or at an instant, and moves a clock."""

    RECEIVED = "received"
    OCCURRED = "occurred"
    AWARE = "aware"
    ACKNOWLEDGED = "acknowledged"
    RESPONDED = "responded"
    EXTENDED_TO = "extended_to"
    STAGE2_REQUESTED = "stage2_requested"
    STAGE2_ACKNOWLEDGED = "stage2_acknowledged"
    STAGE2_RESPONDED = "stage2_responded"
    MP_RECEIVED = "mp_received"
    MP_ACKNOWLEDGED = "mp_acknowledged"
    MP_DEADLINE = "mp_deadline"
    ENQUIRY_RECEIVED = "enquiry_received"
    OMBUDSMAN_ASKED = "ombudsman_asked"
    OMBUDSMAN_DEADLINE = "ombudsman_deadline"
    INVESTIGATED = "investigated"
    OFFER_MADE = "offer_made"
    INCIDENT = "incident"
    FEEDBACK_RECEIVED = "feedback_received"
    DP_COMPLAINT_RECEIVED = "dp_complaint_received"
    CLAIM_LETTER_RECEIVED = "claim_letter_received"
    FINAL_RESPONSE = "final_response"


class ClockName(StrEnum):
    """A clock's public name; its order here is the order in which clocks are told."""

    STAGE_1_ACKNOWLEDGEMENT = "stage_1_acknowledgement"
    STAGE_1_RESPONSE = "stage_1_response"
    STAGE_2_CONTACT = "stage_2_contact"
    STAGE_2_ACKNOWLEDGEMENT = "stage_2_acknowledgement"
    STAGE_2_RESPONSE = "stage_2_response"
    GETTING_IT_SORTED = "getting_it_sorted"
    FEEDBACK_ACKNOWLEDGEMENT = "feedback_acknowledgement"
    MP_ACKNOWLEDGEMENT = "mp_acknowledgement"
    MP_RESPONSE = "mp_response"
    OMBUDSMAN_RESPONSE = "ombudsman_response"
    HAZARD_EMERGENCY = "hazard_emergency"
    HAZARD_INVESTIGATION = "hazard_investigation"
    HAZARD_SUMMARY = "hazard_summary"
    HAZARD_SAFETY_WORK = "hazard_safety_work"
    HAZARD_FURTHER_WORK_BEGIN = "hazard_further_work_begin"
    HAZARD_FURTHER_WORK_START = "hazard_further_work_start"
    HAZARD_ACCOMMODATION = "hazard_accommodation"
    COMPLAINT_WINDOW = "complaint_window"
    STAGE_2_WINDOW = "stage_2_window"
    COMPENSATION_WINDOW = "compensation_window"
    OFFER_ACCEPTANCE = "offer_acceptance"
    DP_COMPLAINT_ACKNOWLEDGEMENT = "dp_complaint_acknowledgement"
    LETTER_OF_CLAIM_RESPONSE = "letter_of_claim_response"
    OMBUDSMAN_REFERRAL = "ombudsman_referral"


class Urgency(StrEnum):
    """Awaab's Law's two classes of hazard."""

    EMERGENCY = "emergency"
    SIGNIFICANT = "significant"


class Warned(StrEnum):
    """What staff are reminded of: a date that is near, or has passed.

    Two working days before, on the working day before (hours before, of a clock that runs by
    the hour), on the day, and each day that it is overdue.
    """

    TWO_DAYS = "two_days"
    SOON = "soon"
    TODAY = "today"
    OVERDUE = "overdue"


class Work(StrEnum):
    """What was done about a hazard (Awaab's Law)."""

    MADE_SAFE = "made_safe"
    INVESTIGATED = "investigated"
    SUMMARY_SENT = "summary_sent"
    WORK_DONE = "work_done"
