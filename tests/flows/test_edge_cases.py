"""The reference's edge cases, by the real doors, read like its table; `TABLE` below shows all.

A tweet comes by the webhook, a mail by SMTP, a survey by its own hook. The judge is the one that we
ship: what it proposes is what staff see, and they confirm or correct it by a press. More of them
is in `test_edge_cases_doors`, on PostgreSQL all in `test_edge_cases_walk`, the steps around each
case in `test_edge_cases_people` and `test_edge_cases_outcomes`.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from bot.child import BoundedChild
from bot.triage.presses import Pressed
from bot.triage.threads import TAKE_UP
from bot.triage.views import button_value
from classifier.labels import Band, Flag
from intake.domain.case import Action, Kind, Status
from intake.domain.public_reply import PUBLIC_REPLY
from intake.store.casefile import load_casefile
from tests.flows import (
    test_edge_cases_doors as doors,
    test_edge_cases_outcomes as outcomes,
    test_edge_cases_people as people,
)
from tests.flows.edge_desk import EVE, Opener, opener_of, tweet
from tests.flows.edge_rows import (
    CHASER,
    CLAIM,
    DAUGHTER,
    DIARY,
    EX,
    GUTTER,
    MIXED,
    MPS_LETTER,
    PARTY,
    SARCASM,
    THREAT,
    TWEET,
    UNHAPPY,
)
from tests.flows.test_stage_2_requests import ANSWER

REFERENCE = Path(__file__).parents[3] / "shared/reference/edge-cases.md"


@pytest.fixture
def opened(tmp_path: Path, child: BoundedChild) -> Opener:
    """One database here; all of it again on PostgreSQL in `test_edge_cases_walk`."""
    return opener_of(f"sqlite:///{tmp_path}/test.db", tmp_path, child)


async def test_1_a_tweet_on_christmas_eve_without_a_boiler(opened: Opener):
    async with opened(EVE) as desk:
        await tweet(desk, TWEET)
        # Staff are asked whether it is a complaint, received 24 December; its day is on the card.
        assert (await desk.see()).band is not Band.UNMARKED
        assert (await desk.see()).received_at == EVE
        assert "cknowledge by *Tue 5 Jan 2027*" in await desk.card()
        # The same message starts the landlord's awareness.
        hazards = await desk.hazards()
        assert hazards["hazard_emergency"] == "2026-12-25 16:40:00+00:00"
        assert hazards["hazard_investigation"] == "2027-01-12"
        # Acknowledged on 29 December: the response is due on 13 January.
        desk.house.now = datetime(2026, 12, 29, 10, tzinfo=UTC)
        await desk.confirm(Kind.COMPLAINT, Kind.SERVICE_REQUEST)
        assert (await desk.due())["stage_1_acknowledgement"] == "2027-01-05"
        card = await desk.card()
        assert PUBLIC_REPLY in card
        pressed = Pressed(value=button_value(await desk.see()), by="Asha", key="given")
        await desk.house.heard.presses("oak").mark_sent(pressed)
        assert (await desk.due())["stage_1_response"] == "2027-01-13"
        assert (await desk.case()).status is Status.ACKNOWLEDGED


async def test_1_the_reply_in_public_has_no_detail_and_the_address_is_hidden(opened: Opener):
    async with opened(EVE) as desk:
        await tweet(desk, TWEET)
        await desk.confirm(Kind.COMPLAINT)
        for detail in ("12", "Mill", "boiler", "cold_flat", "Nobody came", "tenan", "resident"):
            assert detail not in PUBLIC_REPLY
        assert "private" in PUBLIC_REPLY
        for shown in (await desk.card(), str(await desk.file())):
            assert "12 Mill Court" not in shown
            assert "boiler" in shown
        reference = (await desk.case()).reference
        kept = await desk.house.record.db.read(load_casefile, reference, original=True)
        assert kept is not None
        assert kept["messages"][0]["text"] == TWEET
        # Neither letter can go by itself, and none is to be given in public.
        assert desk.house.outbox() == []


async def test_2_a_chaser_by_mail_makes_a_complaint_and_the_job_stays_open(opened: Opener):
    request = Kind.SERVICE_REQUEST
    async with opened(EVE) as desk:
        await desk.house.send(GUTTER)
        await desk.confirm(request)
        desk.house.later(days=5)
        await desk.house.send(CHASER, own_id="2", **{"In-Reply-To": "<1@example.org>"})
        # Not a new request, but a complaint of its own day, linked; the job moves on.
        assert [case.kind for case in (await desk.see(2)).cases] == [Kind.COMPLAINT]
        assert (await desk.due(of=2))["stage_1_acknowledgement"] == "2027-01-06"
        [link] = (await desk.file(of=2))["links"]
        assert link["kind"] == "service_request"
        await desk.confirm(Kind.COMPLAINT, of=2)
        assert (await desk.case(request)).status is Status.LOGGED


async def test_3_praise_for_dave_and_a_complaint_about_the_visits_are_two_records(opened: Opener):
    async with opened(EVE, "progress") as desk:
        await desk.house.send(MIXED)
        # The tone of the whole never cancels the complaint.
        assert {Kind.COMPLAINT, Kind.COMPLIMENT} <= set((await desk.see()).kinds)
        await desk.confirm(Kind.COMPLAINT, Kind.COMPLIMENT)
        due = {"stage_1_acknowledgement", "stage_1_response"}
        assert due <= (await desk.due()).keys()
        # The praise reaches Dave through his line manager (001 4.11).
        told = "Told Dave, through his line manager"
        await desk.take(Action.FORWARD, {"note": told}, Kind.COMPLIMENT)
        assert (await desk.case(Kind.COMPLIMENT)).status is Status.PASSED_ON
        assert "line manager" in str(await desk.file(Kind.COMPLIMENT))
        assert (await desk.case()).status is not Status.PASSED_ON


async def test_4_a_daughter_fills_in_the_form_and_learns_nothing(opened: Opener):
    async with opened(EVE) as desk:
        async with httpx.AsyncClient(base_url=desk.house.web) as daughter:
            filled = {
                "what_happened": DAUGHTER,
                "for_whom": "My mother",
                "contact": "sally@example.org",
            }
            answer = await daughter.post("/contact/oak", data=filled)
        assert answer.status_code == 202
        # Logged now, from its receipt; no form is asked for first.
        assert (await desk.due())["stage_1_acknowledgement"] == "2027-01-05"
        assert "check authority, the clock runs meanwhile" in await desk.card()
        await desk.confirm(Kind.COMPLAINT)
        letters = "\n".join(desk.house.outbox()).replace("=\n", "")
        assert "You seem to write for somebody else" in letters
        assert "October" not in letters
        assert "Nobody came" not in letters


async def test_6_whatever_not_happy_by_mail_is_taken_to_stage_2_from_its_day(opened: Opener):
    async with opened(EVE) as desk:
        await desk.house.send(DIARY)
        await desk.confirm(Kind.COMPLAINT)
        await desk.take(Action.RESPOND, ANSWER)
        assert (await desk.case()).status is Status.RESPONDED
        desk.house.now = datetime(2027, 3, 22, 9, tzinfo=UTC)
        await desk.house.send(UNHAPPY, own_id="2", **{"In-Reply-To": "<1@example.org>"})
        # One card proposes stage 2 of that complaint, and one clock runs until a person decides.
        assert (await desk.see(2)).cases == ()
        assert "Proposed: take Complaint" in await desk.card(2)
        assert (await desk.see(2)).band is not Band.UNMARKED
        assert len(desk.house.cases()) == 1
        assert (await desk.due())["stage_2_acknowledgement"] == "2027-03-31"
        await desk.decide(TAKE_UP)
        assert (await desk.case()).status is Status.STAGE_2_LOGGED
        assert (await desk.due())["stage_2_acknowledgement"] == "2027-03-31"
        assert (await desk.due())["stage_2_response"] == "2027-04-28"


async def test_7_a_letter_of_claim_by_mail_leaves_the_complaint_and_its_hazard_going(
    opened: Opener,
):
    async with opened(EVE) as desk:
        await desk.house.send(SARCASM)
        await desk.confirm(Kind.COMPLAINT)
        before, hazards = await desk.due(), await desk.hazards()
        reference = (await desk.case()).reference
        await desk.house.send(CLAIM, own_id="2", From="Bell & Co <post@law.example>")
        assert "legal claim" in await desk.card(2)
        assert (await desk.see(2)).kinds == (Kind.ENQUIRY,)
        await desk.confirm(Kind.ENQUIRY, of=2)
        about = {"sender": "solicitor", "bearing": "complaint", "came": "this_message"}
        days = {"received_on": "2026-12-24", "concerns": reference}
        await desk.take(Action.NOTE_LETTER, about | days, Kind.ENQUIRY, 2)
        assert (await desk.due(), await desk.hazards()) == (before, hazards)
        [letter] = (await desk.file(Kind.ENQUIRY, 2))["correspondence"]
        assert [(c["clock"], c["code"]) for c in letter["clocks"]] == [
            ("letter_of_claim_response", "2027-01-26")
        ]
        assert (await desk.case()).status is Status.ACKNOWLEDGED


async def test_10_an_mps_mail_is_the_tenants_complaint_and_has_its_own_day(opened: Opener):
    async with opened(EVE, "progress") as desk:
        await desk.house.send(MPS_LETTER, From="Jane Roe MP <jane.roe@parliament.example>")
        assert Kind.COMPLAINT in (await desk.see()).kinds
        assert Flag.MP_COUNCILLOR in (await desk.see()).flags
        await desk.confirm(Kind.COMPLAINT)
        about = {"sender": "mp", "bearing": "complaint", "came": "this_message"}
        days = {"received_on": "2026-12-24", "asked_by": "2027-01-08"}
        await desk.take(Action.NOTE_LETTER, about | days)
        assert (await desk.due())["stage_1_acknowledgement"] == "2027-01-05"
        assert (await desk.hazards())["hazard_investigation"] == "2027-01-12"
        [letter] = (await desk.file())["correspondence"]
        # Ten working days end on 12 January; the day that the MP set is sooner.
        assert [(c["clock"], c["target"]) for c in letter["clocks"]] == [
            ("mp_response", "2027-01-08")
        ]


async def test_a_report_of_a_party_is_a_service_request_and_no_complaint(opened: Opener):
    async with opened(EVE) as desk:
        await desk.house.send(PARTY)
        assert (await desk.see()).kinds == (Kind.SERVICE_REQUEST,)
        assert (await desk.see()).band is Band.UNMARKED
        assert "anti-social behaviour" in await desk.card()


async def test_unanswered_diary_sheets_are_a_complaint(opened: Opener):
    async with opened(EVE) as desk:
        await desk.house.send(DIARY)
        assert [case.kind for case in (await desk.see()).cases] == [Kind.COMPLAINT]
        assert (await desk.due())["stage_1_acknowledgement"] == "2027-01-05"


async def test_a_file_sent_to_an_ex_by_mail_is_two_complaints_and_a_possible_breach(
    opened: Opener,
):
    async with opened(EVE) as desk:
        await desk.house.send(EX)
        assert (await desk.see()).kinds == (Kind.COMPLAINT,)
        assert "data request" in await desk.card()
        await desk.confirm(Kind.COMPLAINT)
        told = {"breach": "yes", "note": "The file went to a former partner"}
        await desk.take(Action.RAISE_DATA_PROTECTION, told)
        assert (await desk.due())["stage_1_acknowledgement"] == "2027-01-05"
        due = await desk.due(Kind.DP_COMPLAINT)
        assert due["dp_complaint_acknowledgement"] == "2027-01-25"
        [breach] = (await desk.file(Kind.DP_COMPLAINT))["breaches"]
        assert breach["report_by"].startswith("2026-12-27T16:40")


@pytest.mark.parametrize("text", [SARCASM, THREAT], ids=["sarcasm", "a threat"])
async def test_sarcasm_and_abuse_change_neither_class_nor_clock(opened: Opener, text: str):
    async with opened(EVE) as desk:
        await tweet(desk, text)
        assert Kind.COMPLAINT in (await desk.see()).kinds
        assert (await desk.due())["stage_1_acknowledgement"] == "2027-01-05"
        assert (await desk.hazards())["hazard_investigation"] == "2027-01-12"
        await desk.confirm(Kind.COMPLAINT)
        before, hazards = await desk.due(), await desk.hazards()
        # Abuse changes how it is handled (5.14), and nothing else.
        limits = {"limit": "visits_by_two_staff", "details": "Two come", "reason": "A threat"}
        weighed = {"tried": "A call", "adjustments": "None known", "decider": "Asha Bell"}
        await desk.take(Action.RESTRICT, limits | weighed | {"review_on": "2027-03-01"})
        assert (await desk.due(), await desk.hazards()) == (before, hazards)
        assert (await desk.case()).status is Status.LOGGED


#: Every row of the table, and the tests that tell it.
TABLE: Mapping[str, Sequence[Callable[..., object]]] = {
    "1": [
        test_1_a_tweet_on_christmas_eve_without_a_boiler,
        test_1_the_reply_in_public_has_no_detail_and_the_address_is_hidden,
    ],
    "2": [
        test_2_a_chaser_by_mail_makes_a_complaint_and_the_job_stays_open,
        outcomes.test_2_a_chaser_is_a_complaint_beside_the_job_which_moves_on,
        doors.test_2_a_neutral_chaser_stays_a_request_and_the_choice_is_offered,
        outcomes.test_2_a_neutral_chaser_stays_a_request_and_the_choice_is_offered,
    ],
    "3": [test_3_praise_for_dave_and_a_complaint_about_the_visits_are_two_records],
    "4": [
        test_4_a_daughter_fills_in_the_form_and_learns_nothing,
        people.test_4_a_daughter_writes_and_shows_no_authority,
    ],
    "5": [
        doors.test_5_a_rude_contractor_on_day_seven_joins_and_the_rent_is_a_new_complaint,
        doors.test_5_after_the_letter_staff_say_that_it_is_new,
        outcomes.test_5_a_rude_contractor_on_day_seven_joins_stage_1_and_a_rent_query_is_new,
        outcomes.test_5_after_the_letter_has_gone_it_is_always_new,
    ],
    "6": [
        doors.test_6_a_late_request_is_a_persons_to_decide,
        test_6_whatever_not_happy_by_mail_is_taken_to_stage_2_from_its_day,
        outcomes.test_6_whatever_not_happy_is_stage_2_without_a_reason_and_by_another,
        outcomes.test_6_a_late_request_is_a_persons_to_decide_and_never_closed_by_itself,
    ],
    "7": [
        test_7_a_letter_of_claim_by_mail_leaves_the_complaint_and_its_hazard_going,
        people.test_7_a_solicitors_letter_of_claim_comes_while_a_complaint_is_open,
    ],
    "8": [
        doors.test_8_a_leak_learned_of_last_month_is_in_time,
        outcomes.test_8_a_leak_learned_of_last_month_is_in_time_whatever_the_policy_says,
        outcomes.test_8_even_late_discretion_is_considered_and_on_record,
    ],
    "9": [
        doors.test_9_a_survey_comment_is_told_how_to_complain_and_a_yes_counts_that_day,
        doors.test_9_mould_in_a_survey_starts_its_clock,
        outcomes.test_9_a_survey_comment_is_told_how_to_complain_and_a_yes_is_received_that_day,
        outcomes.test_9_a_hazard_in_a_survey_still_counts,
    ],
    "10": [
        doors.test_10_a_pure_enquiry_of_an_mp_has_the_enquirys_clock_only,
        test_10_an_mps_mail_is_the_tenants_complaint_and_has_its_own_day,
        people.test_10_an_mps_letter_forwards_a_tenants_mail,
        people.test_10_a_pure_enquiry_of_an_mp_has_the_enquirys_clock_only,
    ],
    "ASB report": [test_a_report_of_a_party_is_a_service_request_and_no_complaint],
    "ASB handling": [test_unanswered_diary_sheets_are_a_complaint],
    "Petition of 22 residents": [
        doors.test_a_petition_by_mail_is_one_complaint_and_each_may_complain_alone,
        people.test_a_petition_of_22_residents_is_one_complaint,
    ],
    "“You sent my file to my ex”": [
        test_a_file_sent_to_an_ex_by_mail_is_two_complaints_and_a_possible_breach,
        people.test_you_sent_my_file_to_my_ex_is_two_complaints_and_a_possible_breach,
    ],
    "Care-home fees plus lift repair": [
        doors.test_care_home_fees_and_a_lift_repair_by_mail_take_two_routes,
        people.test_care_home_fees_and_a_lift_repair_take_two_routes,
    ],
    "Sarcasm/profanity/threat": [test_sarcasm_and_abuse_change_neither_class_nor_clock],
}


@pytest.mark.parametrize("row", [*map(str, range(1, 11)), *list(TABLE)[10:]])
def test_each_row_of_the_table_has_its_tests(row: str):
    assert TABLE[row]
    for test in TABLE[row]:
        assert test.__name__.startswith("test_")
        assert not row.isdecimal() or test.__name__.startswith(f"test_{row}_")


def test_the_table_is_that_of_the_reference():
    if not REFERENCE.exists():
        pytest.skip("the reference lies outside the checkout")
    table, _, more = REFERENCE.read_text().partition("Five more worth a test each:")
    rows = re.findall(r"^\| (\d+) \|", table, re.MULTILINE)
    five = re.findall(r"\*\*([^*]+)\*\*", more.partition("\n")[0])
    bold = [name.replace('"', "").strip("“”") for name in five if "data-protection" not in name]
    wanted = {row.strip("“”") for row in TABLE}
    assert {*rows, *bold} - {"and"} == wanted
