"""The rules of what is put on record around a case."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis.strategies import decimals

from intake.domain.calendar import load_calendar
from intake.domain.case import (
    NOTED,
    TRANSITIONS,
    Action,
    Definition,
    ForbiddenError,
    InvalidTransitionError,
    Kind,
    Status,
)
from intake.domain.compensation import (
    Proposal,
    Redress,
    Reply,
    authorisers,
    check_approval,
    check_proposal,
    check_reply,
    find_band,
    may_authorise,
    open_until,
    parse_pounds,
    pay_by,
    pounds,
    share,
)
from intake.domain.exclusion import Considered, Excluded, Weighed, check_considered, exclusions_of
from intake.domain.first_contact import Settlement, check_settlement
from intake.domain.learning import Lesson, Theme, check_lesson
from intake.domain.lengths import Length, Unit
from intake.domain.life import (
    Answer,
    Extension,
    Outcome,
    Owed,
    Response,
    Verdict,
    check_extension,
)
from intake.domain.new_issue import Joining, NewIssue, check_new_issue, joined
from intake.domain.outcome import (
    MoneyLine,
    OutcomeLines,
    RestrictionLine,
    SupportLine,
    check_can_note,
)
from intake.domain.policy import load_policy
from intake.domain.response_parts import Part, expected_parts, missing_parts
from intake.domain.restriction import (
    LONGEST,
    Limit,
    Restriction,
    Review,
    check_restriction,
    check_review,
)
from intake.domain.support import Help, Offered, check_offered
from intake.domain.triage import IncompleteError
from intake.domain.working_days import Nation

TODAY = date(2026, 3, 11)
RECEIVED = date(2026, 3, 2)
PROGRESS = load_policy("progress")
CODE = load_policy("ombudsman-code")
RULES = PROGRESS.compensation
DAYS = load_calendar().nations[Nation.ENGLAND]
ISSUE = NewIssue(words="The fitter was rude", raised_on=TODAY, ground=Joining.RELATED)
PROPOSAL = Proposal(
    redress=Redress.COMPENSATION, amount=Decimal(80), impact="Three cold nights", role="x"
)
RESTRICTION = Restriction(
    limit=Limit.ONE_PERSON,
    details="Writes to Asha",
    reason="Forty calls a day",
    tried="Two meetings",
    adjustments="None are known; asked on 2 March",
    review_on=TODAY + timedelta(days=30),
    decider="Bill Cole",
)


_Filled = TypeVar("_Filled", Considered, Restriction)


def emptied(filled: _Filled, name: str) -> _Filled:
    return replace(filled, **{name: " "})  # type: ignore[arg-type] # all of these are words


@pytest.mark.parametrize(
    ("ground", "status", "stage", "told"),
    [
        pytest.param(Joining.RELATED, Status.LOGGED, 1, "", id="related, before acknowledging"),
        pytest.param(Joining.RELATED, Status.ACKNOWLEDGED, 1, "", id="related, before the answer"),
        pytest.param(Joining.UNRELATED, Status.ACKNOWLEDGED, 1, "", id="unrelated"),
        pytest.param(Joining.WOULD_DELAY, Status.ACKNOWLEDGED, 1, "", id="would delay"),
        pytest.param(Joining.STAGE_1_OVER, Status.RESPONDED, 1, "", id="after the answer"),
        pytest.param(Joining.STAGE_1_OVER, Status.STAGE_2_ACKNOWLEDGED, 2, "", id="in stage 2"),
        pytest.param(Joining.UNRELATED, Status.CLOSED, 1, "", id="unrelated, after closing"),
        pytest.param(Joining.RELATED, Status.RESPONDED, 1, "is over", id="joins no answer"),
        pytest.param(Joining.RELATED, Status.STAGE_2_LOGGED, 2, "is over", id="joins no stage 2"),
        pytest.param(Joining.RELATED, Status.WITHDRAWN, 1, "is over", id="joins no end"),
        pytest.param(Joining.STAGE_1_OVER, Status.ACKNOWLEDGED, 1, "is open", id="not over"),
    ],
)
def test_a_new_issue_joins_while_stage_1_is_open(
    ground: Joining, status: Status, stage: int, told: str
):
    issue = replace(ISSUE, ground=ground)

    def check() -> None:
        check_new_issue(issue, status=status, stage=stage, received_on=RECEIVED, today=TODAY)

    if not told:
        check()
        return
    with pytest.raises(ForbiddenError, match=told) as refused:
        check()
    assert (refused.value.provision, refused.value.field) == ("6.8", "joining")


@pytest.mark.parametrize(
    ("changed", "missing"),
    [
        pytest.param({"words": " "}, "issue", id="nothing"),
        pytest.param({"raised_on": TODAY + timedelta(1)}, "raised_on", id="in the future"),
        pytest.param({"raised_on": RECEIVED - timedelta(1)}, "raised_on", id="before the case"),
    ],
)
def test_a_new_issue_says_what_and_when(changed: dict[str, object], missing: str):
    issue = replace(ISSUE, **changed)  # type: ignore[arg-type] # a table of changes
    with pytest.raises(IncompleteError) as asked:
        check_new_issue(issue, status=Status.LOGGED, stage=1, received_on=RECEIVED, today=TODAY)
    assert set(asked.value.fields) == {missing}


@pytest.mark.parametrize(
    ("wanted", "alone", "together"),
    [("An apology", "An apology", "A visit\nAn apology"), (" ", "Not stated yet", "A visit")],
)
def test_what_joins_is_defined_with_the_rest_and_what_is_new_alone(
    wanted: str, alone: str, together: str
):
    issue = replace(ISSUE, outcome=wanted)
    before = Definition(issues=("Nobody came",), outcome="A visit", not_responsible="the road")
    after = joined(before, issue)
    assert after.issues == ("Nobody came", "The fitter was rude")
    assert (after.outcome, after.not_responsible) == (together, "the road")
    assert issue.definition() == Definition(issues=("The fitter was rude",), outcome=alone)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("80", "80"), ("£1,250.50", "1250.5"), (" £ 0.01 ", "0.01"), ("100.", "100"), ("7.5", "7.5")],
)
def test_an_amount_is_read_as_people_write_it(typed: str, amount: str):
    assert parse_pounds(typed) == Decimal(amount)


@pytest.mark.parametrize(
    "typed", ["", "0", "0.00", "-5", "1e3", "80.505", "eighty", "8 0", "٣", "1.٣", "9999999", "."]
)
def test_what_is_no_amount_is_refused(typed: str):
    with pytest.raises(ValueError, match="no"):
        parse_pounds(typed)


@given(decimals(min_value="0.01", max_value=999_999, places=2))
def test_an_amount_that_is_said_is_read_again(amount: Decimal):
    assert parse_pounds(pounds(amount)) == amount
    band = find_band(amount, RULES.bands)
    assert band is not None
    assert set(band.authorisers) <= set(authorisers(amount, RULES.bands))


@pytest.mark.parametrize(
    ("amount", "level", "role", "alone"),
    [
        pytest.param("100", "low", "Service Manager", True, id="up to the band"),
        pytest.param("100.01", "medium", "Service Manager", False, id="a penny over"),
        pytest.param("500", "medium", "head of  department", True, id="however it is written"),
        pytest.param("500.01", "high", "Head of Department", False, id="over the second band"),
        pytest.param("5000", "high", "Chief Executive", True, id="no upper end"),
        pytest.param("20", "low", "Relevant Director", True, id="a higher role reaches lower"),
        pytest.param("20", "low", "", False, id="no role"),
    ],
)
def test_over_a_band_the_named_authoriser_approves(
    amount: str,
    level: str,
    role: str,
    alone: bool,  # noqa: FBT001 - a column of the table
):
    found = find_band(Decimal(amount), RULES.bands)
    assert found is not None
    assert found.level == level
    assert may_authorise(role, Redress.COMPENSATION, Decimal(amount), RULES.bands) is alone


def test_an_order_and_a_policy_without_bands_need_no_leave():
    assert may_authorise("", Redress.ORDERED, Decimal(900), RULES.bands)
    assert may_authorise("", Redress.COMPENSATION, Decimal(900), CODE.compensation.bands)
    assert find_band(Decimal(900), CODE.compensation.bands) is None


def test_an_approver_is_named_by_the_policy_and_is_not_the_proposer():
    def approve(role: str, by: str) -> None:
        check_approval(
            role=role,
            by=by,
            proposed_by="Asha",
            amount=Decimal(300),
            named=authorisers(Decimal(300), RULES.bands),
        )

    approve("Head of Department", "bill")
    for role, by in (("Service Manager", "bill"), ("Head of Department", " asha ")):
        with pytest.raises(IncompleteError) as asked:
            approve(role, by)
        assert set(asked.value.fields) == {"role"}


def test_money_reflects_its_impact():
    check_proposal(PROPOSAL, RULES)
    with pytest.raises(ForbiddenError, match=r"7\.2"):
        check_proposal(replace(PROPOSAL, impact=" "), RULES)


@pytest.mark.parametrize(
    ("redress", "rules", "told"),
    [
        pytest.param(Redress.REIMBURSEMENT, RULES, "acceptance form", id="receipts"),
        pytest.param(Redress.REIMBURSEMENT, CODE.compensation, "receipts or evidence", id="any"),
        pytest.param(Redress.ORDERED, RULES, "Ombudsman's order", id="an order"),
    ],
)
def test_a_reimbursement_has_receipts_and_an_order_its_reference(
    redress: Redress, rules: object, told: str
):
    with pytest.raises(IncompleteError, match=told):
        check_proposal(replace(PROPOSAL, redress=redress), rules)  # type: ignore[arg-type] # a table
    check_proposal(replace(PROPOSAL, redress=redress, proof="HO/7"), RULES)


def test_an_offer_is_open_as_the_policy_says_or_else_six_months():
    assert open_until(TODAY, PROGRESS, DAYS) == date(2026, 4, 8)
    assert open_until(TODAY, CODE, DAYS) == date(2026, 9, 11)
    assert pay_by(TODAY, DAYS) == date(2026, 4, 8)


@pytest.mark.parametrize(
    ("on", "decider", "missing"),
    [
        pytest.param(date(2026, 4, 8), "", "", id="on the last day"),
        pytest.param(date(2026, 4, 9), "", "decider", id="a day late"),
        pytest.param(date(2026, 4, 9), "The Manager", "", id="late, and decided"),
        pytest.param(date(2026, 3, 10), "", "replied_on", id="before the offer"),
        pytest.param(date(2026, 6, 2), "x", "replied_on", id="in the future"),
    ],
)
def test_a_late_acceptance_lapses_nothing_by_itself(on: date, decider: str, missing: str):
    def check(reply: Reply = Reply.ACCEPTED) -> None:
        until = date(2026, 4, 8)
        facts = {"on": on, "offered_on": TODAY, "until": until, "today": date(2026, 6, 1)}
        check_reply(reply, decider=decider, **facts)

    if not missing:
        check()
        return
    with pytest.raises(IncompleteError) as asked:
        check()
    assert set(asked.value.fields) == {missing}
    if missing == "decider":
        check(Reply.DECLINED)


@pytest.mark.parametrize(
    ("arrears", "credited", "paid"), [("0", "0", "80"), ("30", "30", "50"), ("200", "80", "0")]
)
def test_compensation_clears_arrears_where_the_policy_says_so(
    arrears: str, credited: str, paid: str
):
    shares = share(Redress.COMPENSATION, Decimal(80), Decimal(arrears), RULES)
    assert (shares.credited, shares.paid) == (Decimal(credited), Decimal(paid))


@pytest.mark.parametrize(
    ("redress", "rules", "told"),
    [
        pytest.param(Redress.ORDERED, RULES, "Ombudsman ordered", id="an order"),
        pytest.param(Redress.REIMBURSEMENT, RULES, "paid back", id="a reimbursement"),
        pytest.param(Redress.COMPENSATION, CODE.compensation, "this policy", id="by policy"),
    ],
)
def test_some_money_is_never_set_against_arrears(redress: Redress, rules: object, told: str):
    with pytest.raises(ForbiddenError, match=told):
        share(redress, Decimal(80), Decimal(30), rules)  # type: ignore[arg-type] # a table
    assert share(redress, Decimal(80), Decimal(0), RULES).paid == Decimal(80)


def test_the_ten_exclusions_from_compensation_and_those_from_complaints_are_the_packs():
    found = exclusions_of(PROGRESS)
    assert sum(one.excluded is Excluded.MONEY for one in found) == 10
    assert {one.key for one in exclusions_of(CODE)} == {
        "complaint:over_the_window",
        "complaint:legal_proceedings",
        "complaint:already_considered",
    }


def test_an_exclusion_is_weighed_with_reasons_by_somebody():
    considered = Considered(
        key="money:7", weighed=Weighed.DISCRETION_USED, reasons="She was in hospital", decider="B"
    )
    known = exclusions_of(PROGRESS)
    assert "own acts" in check_considered(considered, known).words
    for name, provision in (("reasons", "2.1, 2.3"), ("decider", "2.1")):
        with pytest.raises(ForbiddenError) as refused:
            check_considered(emptied(considered, name), known)
        assert (refused.value.provision, refused.value.field) == (provision, name)
    with pytest.raises(IncompleteError):
        check_considered(replace(considered, key="money:11"), known)


@pytest.mark.parametrize("name", ["details", "reason", "tried", "adjustments", "decider"])
def test_a_restriction_is_evidenced_and_the_last_resort(name: str):
    check_restriction(RESTRICTION, today=TODAY)
    with pytest.raises(ForbiddenError, match=r"5\.1[45]") as refused:
        check_restriction(emptied(RESTRICTION, name), today=TODAY)
    assert refused.value.field == name


@pytest.mark.parametrize("day", [TODAY, TODAY + LONGEST + timedelta(1)], ids=["past", "far"])
def test_a_restriction_is_reviewed(day: date):
    with pytest.raises(ForbiddenError, match="it is reviewed after today"):
        check_restriction(replace(RESTRICTION, review_on=day), today=TODAY)
    with pytest.raises(ForbiddenError, match="it is reviewed after today"):
        check_review(Review(why="It goes on", next_on=day), today=TODAY)


def test_a_review_gives_its_reasons():
    check_review(Review(why="It is calm again"), today=TODAY)
    check_review(Review(why="It goes on", next_on=TODAY + LONGEST), today=TODAY)
    with pytest.raises(ForbiddenError, match="gives its reasons"):
        check_review(Review(why=" "), today=TODAY)


def test_no_restriction_is_silence():
    assert {limit.value for limit in Limit} == {
        "one_named_contact",
        "one_channel",
        "set_times",
        "visits_by_two_staff",
    }


def test_a_lesson_changes_something_and_is_somebodys():
    lesson = Lesson(theme=Theme.DELAY, change="We ring before each visit", owner="Repairs")
    check_lesson(lesson)
    with pytest.raises(IncompleteError) as asked:
        check_lesson(replace(lesson, change=" ", owner=""))
    assert set(asked.value.fields) == {"change", "owner"}


def test_support_is_offered_in_some_way():
    check_offered(Offered(help=Help.MEDIATION, how="By telephone"))
    with pytest.raises(IncompleteError):
        check_offered(Offered(help=Help.MEDIATION, how=" "))


@pytest.mark.parametrize("status", [Status.LOGGED, Status.ACKNOWLEDGED])
def test_only_the_resident_settles_at_first_contact(status: Status):
    settled = Settlement(agreed="A visit today", consent="Said yes on the phone at ten")
    check_settlement(settled, status=status, stage=1)
    for name in ("agreed", "consent"):
        with pytest.raises(ForbiddenError, match=r"5\.2") as refused:
            check_settlement(replace(settled, **{name: " "}), status=status, stage=1)
        assert refused.value.field == name
    for where, stage in ((Status.RESPONDED, 1), (Status.STAGE_2_LOGGED, 2), (status, 2)):
        with pytest.raises(ForbiddenError, match="inside stage 1"):
            check_settlement(settled, status=where, stage=stage)


@pytest.mark.parametrize(
    ("outcomes", "parts"),
    [
        pytest.param([Outcome.UPHELD], "apology action redress improvement reasons", id="upheld"),
        pytest.param(
            [Outcome.PARTLY_UPHELD], "apology action redress improvement reasons", id="partly"
        ),
        pytest.param([Outcome.NOT_UPHELD], "regret reasons lessons", id="not upheld"),
        pytest.param(
            [Outcome.UPHELD, Outcome.NOT_UPHELD],
            "apology action redress improvement regret reasons lessons",
            id="some of each",
        ),
    ],
)
def test_a_response_contains_what_its_findings_ask_for(outcomes: list[Outcome], parts: str):
    assert [part.name.lower() for part in expected_parts(outcomes)] == parts.split()


def test_what_a_response_lacks_is_known():
    upheld = Verdict(number=1, outcome=Outcome.UPHELD, reasons="Our policy says three days")
    response = Response(
        verdicts=(upheld,), decider="Asha", parts={"apology": "Sorry", "regret": ""}
    )
    assert missing_parts(response) == (Part.ACTION, Part.REDRESS, Part.IMPROVEMENT)
    complete = {"apology": "Sorry", "redress_considered": "£80", "service_improvement": "We ring"}
    assert missing_parts(replace(response, remedy="A visit", parts=complete)) == ()
    silent = replace(response, verdicts=(replace(upheld, reasons=" "),), remedy="A visit")
    assert Part.REASONS in missing_parts(silent)
    assert missing_parts(replace(response, verdicts=())) == ()


MONEY = MoneyLine(id=1, redress=Redress.COMPENSATION, amount=Decimal(300))
ALWAYS = (Action.LEARN, Action.OFFER_SUPPORT, Action.RESTRICT)
OF_COMPLAINT = (Action.RAISE_ISSUE, Action.PROPOSE_MONEY, Action.CONSIDER, *ALWAYS)


@pytest.mark.parametrize("status", [Status.AWAITING_TRIAGE, Status.RECORDED_IN_ERROR])
@pytest.mark.parametrize("kind", list(Kind))
def test_nothing_is_put_on_record_around_what_is_no_case_yet(kind: Kind, status: Status):
    assert OutcomeLines().steps(kind, status, 1) == ()
    with pytest.raises(InvalidTransitionError, match="cannot note learning"):
        check_can_note(Action.LEARN, kind, status)


def test_a_complaint_can_be_settled_while_stage_1_is_open_and_once():
    for status in (Status.LOGGED, Status.ACKNOWLEDGED):
        assert Action.SETTLE in OutcomeLines().steps(Kind.COMPLAINT, status, 1)
        settled = OutcomeLines(settled=True).steps(Kind.COMPLAINT, status, 1)
        assert settled == OF_COMPLAINT
    for status in (Status.RESPONDED, Status.CLOSED, Status.REFUSED):
        assert OutcomeLines().steps(Kind.COMPLAINT, status, 1) == OF_COMPLAINT


def test_praise_is_learned_from_and_is_paid_nothing():
    assert OutcomeLines().steps(Kind.COMPLIMENT, Status.LOGGED, 1) == ALWAYS
    check_can_note(Action.ANSWER_SUPPORT, Kind.COMPLIMENT, Status.LOGGED)
    check_can_note(Action.PAY_MONEY, Kind.COMPLAINT, Status.CLOSED)
    with pytest.raises(InvalidTransitionError, match="cannot propose money: it is a compliment"):
        check_can_note(Action.PROPOSE_MONEY, Kind.COMPLIMENT, Status.LOGGED)


@pytest.mark.parametrize(
    ("changed", "step"),
    [
        pytest.param({}, Action.APPROVE_MONEY, id="proposed"),
        pytest.param({"approved": True}, Action.ANSWER_MONEY, id="approved"),
        pytest.param({"approved": True, "reply": Reply.ACCEPTED}, Action.PAY_MONEY, id="accepted"),
        pytest.param({"approved": True, "reply": Reply.DECLINED}, None, id="declined"),
        pytest.param({"approved": True, "redress": Redress.ORDERED}, Action.PAY_MONEY, id="order"),
        pytest.param(
            {"approved": True, "reply": Reply.ACCEPTED, "paid_on": TODAY}, None, id="paid"
        ),
    ],
)
def test_money_goes_one_way(changed: dict[str, object], step: Action | None):
    line = replace(MONEY, **changed)  # type: ignore[arg-type] # a table of changes
    steps = OutcomeLines(money=(line,)).steps(Kind.COMPLAINT, Status.CLOSED, 1)
    asked = [one for one in steps if one not in OF_COMPLAINT]
    assert asked == ([step] if step else [])


def test_what_waits_for_an_answer_or_a_review_is_offered():
    around = OutcomeLines(
        support=(SupportLine(id=1, help=Help.ADVOCATE, how="x"),),
        restrictions=(RestrictionLine(id=1, limit=Limit.SET_TIMES, review_on=TODAY),),
    )
    steps = around.steps(Kind.COMMENT, Status.LOGGED, 1)
    assert steps == (*ALWAYS, Action.ANSWER_SUPPORT, Action.REVIEW_RESTRICTION)


def test_nothing_around_a_case_moves_it():
    moving = {action for moves in TRANSITIONS.values() for _, action in moves}
    assert Action.RESTRICT in NOTED
    assert not moving & NOTED
    assert set(Action) == moving | NOTED | {Action.OPEN}


OWED = Owed(original=date(2026, 3, 17), due=date(2026, 3, 17), most=Length(10, Unit.WORKING_DAYS))


@pytest.mark.parametrize(
    ("good_reason", "agreed", "wrong"),
    [
        pytest.param("The surveyor's report is due then", Answer.YES, "", id="for good reason"),
        pytest.param("The surveyor's report is due then", Answer.NO, "", id="though not agreed"),
        pytest.param("", Answer.YES, "until", id="for none"),
        pytest.param("The surveyor's report is due then", None, "agreed", id="asking nobody"),
    ],
)
def test_more_than_the_limit_takes_a_good_reason_and_the_residents_answer(
    good_reason: str, agreed: Answer | None, wrong: str
):
    extension = Extension(
        until=date(2026, 4, 30), reason="Late report", agreed=agreed, good_reason=good_reason
    )

    def check() -> None:
        check_extension(extension, OWED, days=DAYS, told_on=TODAY)

    if not wrong:
        check()
        return
    with pytest.raises(ForbiddenError, match=r"6\.4, 6\.15") as refused:
        check()
    assert refused.value.field == wrong
