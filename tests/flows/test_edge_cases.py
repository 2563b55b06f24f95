"""The reference's edge cases, by the real doors, read like its table; `TABLE` below shows all.

The rows about people and letters, and those about outcomes, are told in full by the real steps in
`test_edge_cases_people` and `test_edge_cases_outcomes`; their dates alone in
`tests.intake.domain.test_edge_cases`. Here a tweet comes by the webhook and a mail by SMTP.
"""

import re
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.child import BoundedChild
from bot.triage.presses import Pressed
from bot.triage.views import button_value
from classifier.labels import Assessment, Band, Flag, Hazard, Label, Text
from intake.channels.source import Source
from intake.domain.case import Action, Kind, Status
from intake.domain.policy import load_policy
from intake.domain.public_reply import PUBLIC_REPLY
from intake.store.casefile import load_casefile
from tests.builders import assessment, landlord
from tests.flows import test_edge_cases_outcomes as outcomes, test_edge_cases_people as people
from tests.flows.edge_desk import Desk, tweet
from tests.flows.test_doors import SECRET
from tests.house import configured, open_house

EVE = datetime(2026, 12, 24, 16, 40, tzinfo=UTC)
REFERENCE = Path(__file__).parents[3] / "shared/reference/edge-cases.md"
TWEET = "Third week no boiler @landlord, pathetic, flat 12 Mill Court"
GUTTER = "The gutter over my door leaks. Please mend it."
CHASER = "Any news on my gutter? Reported in March, twice told Friday"
MIXED = "Dave was brilliant, but it took four visits and nobody rang"
DAUGHTER = "My mother has waited since October for her heating."
UNHAPPY = "Whatever. Not happy."
CLAIM = "Letter of claim. Our client's home is damp. We act for her."
MP = "My constituent is at the end of her tether over damp. Her e-mail is below."
PARTY = "The neighbour's party went on until four."
DIARY = "You never answered my diary sheets."
EX = "You sent my file to my ex."
SARCASM = "lovely, another week of mould, cheers"
PROFANITY = "Fix the bloody mould or I will come and break your windows."

REPAIR, GRIEVANCE, PRAISE = Label.SERVICE_REQUEST, Label.COMPLAINT, Label.COMPLIMENT
MOULD: dict[str, Any] = {"hazards": (Hazard.DAMP_MOULD,), "flags": {Flag.DAMP_MOULD: 0.99}}
COLD: dict[str, Any] = {"hazards": (Hazard.EXCESS_COLD,), "flags": {Flag.EMERGENCY: 0.9}}
#: How each text reads, as the table has it. How well the classifier reads is measured elsewhere.
READS: Mapping[str, Assessment] = {
    TWEET: assessment(REPAIR, GRIEVANCE, evidence=(), **COLD),
    GUTTER: assessment(REPAIR),
    CHASER: assessment(REPAIR, GRIEVANCE, evidence=()),
    MIXED: assessment(PRAISE, GRIEVANCE, evidence=()),
    DAUGHTER: assessment(REPAIR, GRIEVANCE, evidence=(), flags={Flag.REPRESENTATIVE: 0.9}),
    UNHAPPY: assessment(GRIEVANCE, evidence=()),
    CLAIM: assessment(Label.OTHER, band=Band.POSSIBLE, flags={Flag.LEGAL_CLAIM: 0.9}),
    MP: assessment(GRIEVANCE, evidence=(), **MOULD),
    PARTY: assessment(REPAIR, flags={Flag.ASB: 0.9}),
    DIARY: assessment(GRIEVANCE, evidence=(), flags={Flag.ASB: 0.9}),
    EX: assessment(GRIEVANCE, evidence=()),
    SARCASM: assessment(GRIEVANCE, evidence=(), **MOULD),
    PROFANITY: assessment(GRIEVANCE, evidence=(), **MOULD),
}


def reads(texts: Sequence[Text]) -> list[Assessment]:
    """Read each text as the table says that it reads."""
    return [READS[text.words.strip()] for text in texts]


Opener = Callable[..., AbstractAsyncContextManager[Desk]]


@pytest.fixture
def db_url(tmp_path: Path) -> str:
    """One database: the doors and the steps have tests of their own on both."""
    return f"sqlite:///{tmp_path}/test.db"


@pytest.fixture
def opened(db_url: str, tmp_path: Path, child: BoundedChild) -> Opener:
    """Opens the house at a moment, under a policy."""

    @asynccontextmanager
    async def opener(at: datetime = EVE, policy: str = "ombudsman-code") -> AsyncIterator[Desk]:
        source = Source(landlord="oak", secret=SECRET)
        known = configured(source=source, oak=landlord(policy=load_policy(policy)))
        async with open_house(db_url, tmp_path, child, at, known, reads=reads) as house:
            yield Desk(house)

    return opener


async def test_1_a_tweet_on_christmas_eve_without_a_boiler(opened: Opener):
    async with opened(EVE) as desk:
        await tweet(desk, TWEET)
        # Complaint, received 24 December; the same message starts the landlord's awareness.
        assert {case.kind for case in (await desk.see()).cases} == {
            Kind.COMPLAINT,
            Kind.SERVICE_REQUEST,
        }
        assert (await desk.see()).received_at == EVE
        assert (await desk.due())["stage_1_acknowledgement"] == "2027-01-05"
        hazards = await desk.hazards()
        assert hazards["hazard_emergency"] == "2026-12-25 16:40:00+00:00"
        assert hazards["hazard_investigation"] == "2027-01-12"
        # Acknowledged on 29 December: the response is due on 13 January.
        desk.house.now = datetime(2026, 12, 29, 10, tzinfo=UTC)
        await desk.confirm(Kind.COMPLAINT, Kind.SERVICE_REQUEST)
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
        assert {case.kind for case in (await desk.see()).cases} == {
            Kind.COMPLAINT,
            Kind.COMPLIMENT,
        }
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


ANSWER = {
    "outcome_1": "not_upheld",
    "reasons_1": "Our policy says three days, and it was two.",
    "remedy": "We are sorry that you had to wait.",
    "decider": "Asha Bell",
    "override": "So that the resident hears today",
}


async def test_6_whatever_not_happy_by_mail_is_taken_to_stage_2_from_its_day(opened: Opener):
    async with opened(EVE) as desk:
        await desk.house.send(DIARY)
        await desk.confirm(Kind.COMPLAINT)
        await desk.take(Action.RESPOND, ANSWER)
        assert (await desk.case()).status is Status.RESPONDED
        desk.house.now = datetime(2027, 3, 22, 9, tzinfo=UTC)
        await desk.house.send(UNHAPPY, own_id="2", **{"In-Reply-To": "<1@example.org>"})
        # It joins the case, whatever its words, and its clock runs until a person decides.
        assert "Part of Complaint" in await desk.card(2)
        assert (await desk.due(of=2))["stage_1_acknowledgement"] == "2027-03-31"
        await desk.take(Action.ESCALATE, {"asked_on": "2027-03-22"})
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
        await desk.house.send(MP, From="Jane Roe MP <jane.roe@parliament.example>")
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
        assert [case.kind for case in (await desk.see()).cases] == [Kind.SERVICE_REQUEST]
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
        await desk.confirm(Kind.COMPLAINT)
        told = {"breach": "yes", "note": "The file went to a former partner"}
        await desk.take(Action.RAISE_DATA_PROTECTION, told)
        assert (await desk.due())["stage_1_acknowledgement"] == "2027-01-05"
        due = await desk.due(Kind.DP_COMPLAINT)
        assert due["dp_complaint_acknowledgement"] == "2027-01-25"
        [breach] = (await desk.file(Kind.DP_COMPLAINT))["breaches"]
        assert breach["report_by"].startswith("2026-12-27T16:40")


@pytest.mark.parametrize("text", [SARCASM, PROFANITY], ids=["sarcasm", "a threat"])
async def test_sarcasm_and_abuse_change_neither_class_nor_clock(opened: Opener, text: str):
    async with opened(EVE) as desk:
        await tweet(desk, text)
        assert [case.kind for case in (await desk.see()).cases] == [Kind.COMPLAINT]
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
        outcomes.test_2_a_neutral_chaser_stays_a_request_and_the_choice_is_offered,
    ],
    "3": [test_3_praise_for_dave_and_a_complaint_about_the_visits_are_two_records],
    "4": [
        test_4_a_daughter_fills_in_the_form_and_learns_nothing,
        people.test_4_a_daughter_writes_and_shows_no_authority,
    ],
    "5": [
        outcomes.test_5_a_rude_contractor_on_day_seven_joins_stage_1_and_a_rent_query_is_new,
        outcomes.test_5_after_the_letter_has_gone_it_is_always_new,
    ],
    "6": [
        test_6_whatever_not_happy_by_mail_is_taken_to_stage_2_from_its_day,
        outcomes.test_6_whatever_not_happy_is_stage_2_without_a_reason_and_by_another,
        outcomes.test_6_a_late_request_is_a_persons_to_decide_and_never_closed_by_itself,
    ],
    "7": [
        test_7_a_letter_of_claim_by_mail_leaves_the_complaint_and_its_hazard_going,
        people.test_7_a_solicitors_letter_of_claim_comes_while_a_complaint_is_open,
    ],
    "8": [
        outcomes.test_8_a_leak_learned_of_last_month_is_in_time_whatever_the_policy_says,
        outcomes.test_8_even_late_discretion_is_considered_and_on_record,
    ],
    "9": [
        outcomes.test_9_a_survey_comment_is_told_how_to_complain_and_a_yes_is_received_that_day,
        outcomes.test_9_a_hazard_in_a_survey_still_counts,
    ],
    "10": [
        test_10_an_mps_mail_is_the_tenants_complaint_and_has_its_own_day,
        people.test_10_an_mps_letter_forwards_a_tenants_mail,
        people.test_10_a_pure_enquiry_of_an_mp_has_the_enquirys_clock_only,
    ],
    "ASB report": [test_a_report_of_a_party_is_a_service_request_and_no_complaint],
    "ASB handling": [test_unanswered_diary_sheets_are_a_complaint],
    "Petition of 22 residents": [people.test_a_petition_of_22_residents_is_one_complaint],
    "“You sent my file to my ex”": [
        test_a_file_sent_to_an_ex_by_mail_is_two_complaints_and_a_possible_breach,
        people.test_you_sent_my_file_to_my_ex_is_two_complaints_and_a_possible_breach,
    ],
    "Care-home fees plus lift repair": [
        people.test_care_home_fees_and_a_lift_repair_take_two_routes
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
