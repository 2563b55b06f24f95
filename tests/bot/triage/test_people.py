"""The forms of what stands around a case, what is read of them, and what a card says."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.commands.record_people import people_lines
from bot.triage.deciding import confirm_form
from bot.triage.forms import step_form
from bot.triage.people_forms import PEOPLE_DRAWINGS, people_form
from bot.triage.people_lines import around_blocks, conflict_blocks
from bot.triage.people_steps import PEOPLE_READINGS, read_people
from bot.triage.people_words import PEOPLE_WORDS
from intake.domain.adjustments import Need
from intake.domain.around import (
    AROUND,
    AdjustmentLine,
    Around,
    BreachLine,
    LetterInLine,
    MemberLine,
    RepresentationLine,
)
from intake.domain.case import Action, Kind, Status
from intake.domain.correspondence import Body, BreachStep, Sender
from intake.domain.people import Authority, Capacity, Replies, Standing
from intake.domain.policy import PACKS, load_policy
from intake.domain.summary import CaseLine
from intake.domain.triage import IncompleteError
from tests.bot.triage.test_forms import CASE, MESSAGE

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TODAY = NOW.date()
LETTER = LetterInLine(
    id=4,
    sender=Sender.MP,
    received_on=TODAY,
    owed=(("mp_response", date(2026, 3, 16)),),
    due_at=NOW + timedelta(days=14),
    answered=False,
)
BREACH = BreachLine(id=1, report_by=NOW + timedelta(hours=72), decided=None)
ACTS = RepresentationLine(
    capacity=Capacity.RELATIVE,
    authority=Authority.ASKED,
    replies=Replies.RESIDENT,
    why="no authority has been shown",
)
AUDIO = AdjustmentLine(id=2, need=Need.AUDIO, review_on=date(2026, 9, 1))
FULL = Around(
    members=(MemberLine(id=3, name="Bo", lead=True, copied=True, alone=False),),
    letters=(LETTER, replace(LETTER, id=5, answered=True)),
    adjustments=(AUDIO,),
    breaches=(BREACH,),
)


def case_with(around: Around, **changed: object) -> CaseLine:
    return replace(CASE, around=around, **changed)  # type: ignore[arg-type] # a builder


def card(around: Around, now: datetime = NOW, **changed: object) -> str:
    return str(list(around_blocks(case_with(around, **changed), "step", "1:4:c7", now=now)))


def test_every_step_has_its_words_form_and_reading():
    assert set(PEOPLE_WORDS) == set(PEOPLE_DRAWINGS) == set(PEOPLE_READINGS) == AROUND
    assert all(len(words) <= 75 for words in PEOPLE_WORDS.values())


@pytest.mark.parametrize("name", PACKS)
@pytest.mark.parametrize("step", sorted(AROUND))
def test_every_form_can_be_drawn_under_every_policy(step: Action, name: str):
    policy = load_policy(name)
    form = people_form(MESSAGE, case_with(FULL), step, policy=policy, today=TODAY)
    assert form["private_metadata"] == f"1:4:c7:{step}"
    selects = [b["element"] for b in form["blocks"] if b["type"] == "input"]
    assert all(e["options"] for e in selects if e["type"] == "static_select")


@pytest.mark.parametrize(
    ("step", "missing"),
    [
        (Action.NOTE_REPRESENTATIVE, "capacity"),
        (Action.NOTE_GROUP, "members"),
        (Action.NOTE_MEMBER, "what"),
        (Action.CHECK_STANDING, "relation"),
        (Action.NOTE_LETTER, "sender"),
        (Action.ANSWER_LETTER, "what"),
        (Action.NOTE_PROCEEDINGS, "filed_on"),
        (Action.REFER_ELSEWHERE, "body"),
        (Action.AGREE_ADJUSTMENT, "need"),
        (Action.RAISE_DATA_PROTECTION, "breach"),
        (Action.SEE_TO_BREACH, "what"),
    ],
)
def test_what_is_missing_is_asked_for(step: Action, missing: str):
    with pytest.raises(IncompleteError) as asked:
        read_people(step, {})
    assert missing in asked.value.fields


@pytest.mark.parametrize("step", [Action.NOTE_CONTACT, Action.REVIEW_ADJUSTMENT])
def test_some_steps_leave_what_is_missing_to_the_rules(step: Action):
    assert callable(read_people(step, {}))


@pytest.mark.parametrize(
    ("around", "said"),
    [
        pytest.param(Around(representation=ACTS), "Authority: asked for", id="authority"),
        pytest.param(
            Around(standing_in=True), "Written for somebody else: ask for authority", id="unasked"
        ),
        pytest.param(Around(contact="a card"), "Letters: a card", id="contact"),
        pytest.param(Around(reachable=False), "No letter can go by itself", id="nobody"),
        pytest.param(FULL, "1 complain together: 1 had a copy, 0 alone", id="a group"),
        pytest.param(Around(standing=Standing.OUTSIDE), "outside the policy", id="standing"),
        pytest.param(Around(letters=(LETTER,)), "answer by *Mon 16 Mar 2026*", id="owed"),
        pytest.param(
            Around(letters=(replace(LETTER, owed=()),)), "no period in the policy", id="no period"
        ),
        pytest.param(
            Around(letters=(replace(LETTER, evidence="C"),)), "not certain: check it", id="unsure"
        ),
        pytest.param(Around(letters=(replace(LETTER, answered=True),)), "answered", id="answered"),
        pytest.param(Around(stopped=frozenset({"Damp"})), "1 issue(s) before a court", id="court"),
        pytest.param(Around(referred=(Body.CQC,)), "Parts referred to CQC", id="care"),
        pytest.param(Around(adjustments=(AUDIO,)), "*Audio* agreed", id="adjustment"),
        pytest.param(Around(breaches=(BREACH,)), "Thu 5 Mar 2026, 09:00", id="breach"),
        pytest.param(
            Around(breaches=(replace(BREACH, report_by=None),)), "to be decided", id="no hour"
        ),
        pytest.param(
            Around(breaches=(replace(BREACH, decided=BreachStep.NONE),)), "no breach", id="none"
        ),
    ],
)
def test_a_card_says_what_is_around_a_case(around: Around, said: str):
    assert said in card(around)


def test_a_card_says_nothing_of_a_representative_who_is_the_resident():
    own = replace(ACTS, authority=Authority.NOT_NEEDED)
    assert "Acted for" not in card(Around(representation=own))


def test_what_is_late_says_so():
    later = NOW + timedelta(days=400)
    said = card(FULL, later)
    assert said.count("OVERDUE") == 2
    assert "review due" in said


def test_a_name_shows_in_no_card():
    assert "Bo" not in card(replace(FULL, representation=ACTS))


def test_a_menu_holds_five_at_most_and_what_waits_for_triage_has_none():
    blocks = list(around_blocks(case_with(FULL), "step", "1:4:c7", now=NOW))
    assert [len(block["accessory"]["options"]) for block in blocks] == [5, 4, 5, 1]
    waiting = case_with(FULL, status=Status.AWAITING_TRIAGE)
    waits = list(around_blocks(waiting, "step", "1:4:c7", now=NOW))
    assert len(waits) == 3
    assert not any("accessory" in block for block in waits)
    bare = case_with(Around(), status=Status.AWAITING_TRIAGE)
    assert list(around_blocks(bare, "step", "1:4:c7", now=NOW)) == []


@pytest.mark.parametrize("step", [Action.ACKNOWLEDGE, Action.RESPOND, Action.EXTEND, Action.REFUSE])
def test_the_form_of_a_letter_warns_of_what_it_does_not_keep_to(step: Action):
    form = step_form(MESSAGE, case_with(FULL), step, today=TODAY)
    assert "audio was agreed" in str(form)
    by_hand = replace(FULL, reachable=False)
    assert "audio was agreed" not in str(step_form(MESSAGE, case_with(by_hand), step, today=TODAY))


def test_the_form_that_confirms_a_complaint_warns_too():
    message = replace(MESSAGE, cases=(case_with(FULL),))
    assert "audio was agreed" in str(confirm_form(message))
    assert conflict_blocks(case_with(FULL), Action.WITHDRAW) == []


def test_an_issue_before_a_court_is_not_asked_about():
    stopped = Around(stopped=frozenset({"Nobody came"}))
    asked = str(step_form(MESSAGE, case_with(stopped), Action.RESPOND, today=TODAY))
    assert "Issue 1 is before a court" in asked
    assert "outcome_1" not in asked
    assert "outcome_2" in asked


def test_a_data_protection_complaint_has_no_group():
    dp = card(FULL, kind=Kind.DP_COMPLAINT)
    assert "Group or petition" not in dp


def test_heard_case_says_all_of_it_in_words():
    clock = {"clock": "mp_response", "target": "2026-03-16", "code": None, "why": "10 working days"}
    facts = {
        "representation": {
            "capacity": "relative_or_friend",
            "authority": "asked",
            "replies": "resident",
            "why": "no authority has been shown",
        },
        "written_for_somebody_else": True,
        "contact": {"address": "", "why": "a card"},
        "group": [
            {"name": "Bo", "lead": True, "copied": "2026-03-02", "own_case": "7KM-3QX-P9T"},
            {"name": "Cy", "lead": False, "copied": None, "own_case": None},
        ],
        "standing": {"relation": "neighbour", "standing": "may_complain", "why": "the policy"},
        "correspondence": [
            {
                "from": "mp",
                "received": "2026-03-02",
                "answered": answered,
                "evidence": evidence,
                "clocks": [clock],
            }
            for answered, evidence in [(None, "C"), ("2026-03-03", "")]
        ],
        "proceedings": [
            {
                "claim": "K1",
                "filed": "2026-03-02",
                "stopped": ["Damp"],
                "decider": "Asha",
                "reasons": "It overlaps",
            }
        ],
        "referrals": [{"contact": "CQC: 03000", "matter": "Staff"}],
        "adjustments": [{"need": "large_print", "review": "2026-09-01", "purpose": "sight"}],
        "breaches": [
            {
                "rule": "Art. 33",
                "evidence": "K",
                "decided": decided,
                "report_by": "2026-03-05",
                "reasons": "",
            }
            for decided in (None, "no_breach")
        ],
    }
    said = "\n".join(people_lines(facts))
    for words in (
        "replies go to resident, no authority has been shown",
        "Letters go to nobody: a card",
        "Group: Bo, lead contact, had a copy 2026-03-02, alone in 7KM-3QX-P9T",
        "Group: Cy, member",
        "neighbour, may complain: the policy",
        "Answer the MP or councillor by 2026-03-16: 10 working days Its source is not certain.",
        "Claim K1, filed 2026-03-02: 1 issue(s) stop. Decided by Asha. It overlaps",
        "Referred to CQC: 03000. Staff",
        "Adjustment large print, review 2026-09-01: sight",
        "to be decided by 2026-03-05",
        "no breach",
    ):
        assert words in said
    bare = facts | {"representation": None, "standing": None, "contact": None}
    assert "Written for somebody else" in "\n".join(people_lines(bare))
    nobody = bare | {"written_for_somebody_else": False}
    assert "somebody else" not in "\n".join(people_lines(nobody))
