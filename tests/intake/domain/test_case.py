from datetime import datetime

import pytest

from intake.domain.case import (
    FOR_STAFF,
    HEARD,
    TRANSITIONS,
    Action,
    CaseEvent,
    Definition,
    ForbiddenError,
    InvalidTransitionError,
    Kind,
    OvertakenError,
    Status,
    actions_from,
    move,
    reopen,
)

#: Written out anew, not taken from the module: what may follow from where a case stands.
OF_EVERY_KIND = """
awaiting_triage: confirm>logged record_in_error>recorded_in_error
logged: undo>awaiting_triage record_in_error>recorded_in_error
recorded_in_error: undo>awaiting_triage confirm>logged
"""
OFFER = """
logged: offer_to_complain>logged answer_the_offer>logged
closed: reopen>before
"""
FEEDBACK = """
logged: pass_on>passed_on acknowledge>acknowledged
acknowledged: pass_on>passed_on
passed_on: acknowledge>passed_on close>closed
"""
OF_KIND = {
    "complaint": """
logged: acknowledge>acknowledged refuse>refused withdraw>withdrawn
acknowledged: respond>responded extend>acknowledged refuse>refused withdraw>withdrawn
responded: escalate>stage_2_logged refer_to_the_ombudsman>with_ombudsman close>closed
stage_2_logged: acknowledge>stage_2_acknowledged refuse>refused withdraw>withdrawn
stage_2_acknowledged: respond>stage_2_responded extend>stage_2_acknowledged withdraw>withdrawn
stage_2_responded: refer_to_the_ombudsman>with_ombudsman close>closed
with_ombudsman: escalate>stage_2_logged close>closed
refused: refer_to_the_ombudsman>with_ombudsman reopen>before
withdrawn: reopen>before
closed: escalate>stage_2_logged refer_to_the_ombudsman>with_ombudsman reopen>before
""",
    "service_request": OFFER + "logged: close>closed",
    "compliment": OFFER + FEEDBACK,
    "comment": OFFER + FEEDBACK + "passed_on: tell_the_writer>passed_on",
    "enquiry": OFFER + "logged: respond>responded close>closed\nresponded: close>closed",
    "dp_complaint": """
logged: acknowledge>acknowledged
acknowledged: respond>responded
responded: close>closed
closed: reopen>before
""",
}
NOTES = {
    "define",
    "promise_letter",
    "take_the_letter_back",
    "give_the_letter",
    "letter_not_sent",
    "letter_unknown",
    "send_a_copy",
    "end_proceedings",
    "put_on_legal_hold",
    "check_who_writes",
    "end_legal_hold",
    "complete_an_action",
    "dismiss_hazard",
    "record_hazard_work",
    "remind",
    "recalculate",
    "override_the_letter_check",
    "purge",
    "follow_up",
    "letter_returned",
    "receive_earlier",
    "note_representative",
    "note_group",
    "note_member",
    "note_contact",
    "check_standing",
    "note_correspondence",
    "answer_correspondence",
    "note_proceedings",
    "refer_to_another_body",
    "agree_adjustment",
    "review_adjustment",
    "raise_data_protection",
    "see_to_breach",
    "hide_more",
    "reveal",
    "hide_again",
    "check_doubts",
    "raise_a_new_issue",
    "settle_at_first_contact",
    "propose_money",
    "approve_money",
    "answer_to_money",
    "pay_money",
    "consider_an_exclusion",
    "note_learning",
    "offer_support",
    "answer_to_support",
    "restrict_contact",
    "review_restriction",
}
PROVISIONS = {
    ("stage_2_logged", "escalate"): "5.3",
    ("stage_2_acknowledged", "escalate"): "5.3",
    ("stage_2_responded", "escalate"): "5.3",
    ("logged", "close"): "5.2",
    ("acknowledged", "close"): "5.2",
    ("stage_2_logged", "close"): "5.2",
    ("stage_2_acknowledged", "close"): "5.2",
    ("logged", "respond"): "5.6",
    ("stage_2_logged", "respond"): "5.6",
    ("logged", "extend"): "6.4",
    ("responded", "extend"): "6.4",
    ("stage_2_logged", "extend"): "6.4",
    ("stage_2_responded", "extend"): "6.4",
}


def table(kind: Kind) -> dict[tuple[str, str], str]:
    """Read the table of a kind as it is written out here."""
    moves = {}
    for line in filter(None, (OF_EVERY_KIND + OF_KIND[kind]).splitlines()):
        status, _, steps = line.partition(": ")
        for step in steps.split():
            action, _, after = step.partition(">")
            moves[status, action] = after
    return moves


def outcome(kind: Kind, status: Status, action: Action, now: datetime) -> str:
    """Say where an action leads: a status, `before`, the provision that forbids it, or nothing."""
    try:
        if action is Action.REOPEN:
            stood = Status.ACKNOWLEDGED
            event = reopen(kind, status, stood=stood, by="U1", at=now, note="why")
            assert event.after is stood
            return "before"
        event = move(kind, status, action, by="U1", at=now, note="why")
    except ForbiddenError as error:
        return error.provision
    except InvalidTransitionError:
        return ""
    assert event == CaseEvent(
        action=action, before=status, after=event.after, by="U1", at=now, note="why"
    )
    return event.after


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("kind", list(Kind))
def test_a_case_moves_as_the_table_says_and_no_other_way(kind: Kind, status: Status, now: datetime):
    forbidden = PROVISIONS if kind is Kind.COMPLAINT else {}
    moves = forbidden | table(kind)
    expected = {
        action: status if action in NOTES else moves.get((status, action), "") for action in Action
    }
    assert {action: outcome(kind, status, action, now) for action in Action} == expected


def test_every_kind_has_its_table():
    assert set(TRANSITIONS) == set(Kind) == set(OF_KIND)


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("kind", list(Kind))
def test_what_is_offered_can_be_done(kind: Kind, status: Status, now: datetime):
    for action in actions_from(kind, status):
        assert outcome(kind, status, action, now)


def test_a_case_is_not_reopened_without_knowing_where_it_stood(now: datetime):
    with pytest.raises(InvalidTransitionError, match="where it stood"):
        move(Kind.COMPLAINT, Status.CLOSED, Action.REOPEN, by="U1", at=now)


@pytest.mark.parametrize("action", sorted(FOR_STAFF - {Action.REOPEN, Action.DISMISS_HAZARD}))
def test_the_program_itself_never_decides(action: Action, now: datetime):
    for kind, moves in TRANSITIONS.items():
        for status in [status for status, can in moves if can is action]:
            with pytest.raises(ForbiddenError, match="only a person"):
                move(kind, status, action, by=HEARD, at=now)


def test_the_program_itself_reopens_nothing(now: datetime):
    with pytest.raises(ForbiddenError, match="only a person"):
        reopen(Kind.COMPLAINT, Status.CLOSED, stood=Status.LOGGED, by=HEARD, at=now)


def test_the_program_itself_dismisses_no_hazard(now: datetime):
    with pytest.raises(ForbiddenError, match="only a person can dismiss hazard"):
        move(Kind.COMPLAINT, Status.LOGGED, Action.DISMISS_HAZARD, by=HEARD, at=now)


def test_a_provision_is_named_where_the_code_forbids_it(now: datetime):
    with pytest.raises(ForbiddenError, match=r"third stage.*\(Complaint Handling Code 5\.3\)"):
        move(Kind.COMPLAINT, Status.STAGE_2_RESPONDED, Action.ESCALATE, by="U1", at=now)


def test_a_refused_move_says_why_in_plain_words(now: datetime):
    refusal = "^cannot record in error a service request that is recorded in error$"
    with pytest.raises(InvalidTransitionError, match=refusal):
        move(
            Kind.SERVICE_REQUEST,
            Status.RECORDED_IN_ERROR,
            Action.RECORD_IN_ERROR,
            by="U1",
            at=now,
        )


def test_whoever_comes_second_is_told_who_was_first(now: datetime):
    first = move(Kind.COMMENT, Status.AWAITING_TRIAGE, Action.CONFIRM, by="U1", at=now)
    error = OvertakenError("the record has changed since", first)
    assert (error.last.by, str(error)) == ("U1", "the record has changed since")


def test_the_words_of_an_event_stay_out_of_logs(now: datetime):
    event = move(
        Kind.COMPLAINT, Status.LOGGED, Action.DEFINE, by="U1", at=now, note="my son is ill"
    )
    assert "ill" not in repr(event)


@pytest.mark.parametrize(
    ("issues", "outcome"),
    [
        pytest.param((), "A new boiler", id="no issue"),
        pytest.param((" ", "\n"), "A new boiler", id="issues of blanks"),
        pytest.param(("No heating",), "", id="no outcome"),
        pytest.param(("No heating",), "\t ", id="an outcome of blanks"),
    ],
)
def test_a_definition_that_says_nothing_is_none(issues: tuple[str, ...], outcome: str):
    with pytest.raises(ValueError, match="needs its issues and the outcome sought"):
        Definition(issues=issues, outcome=outcome)


def test_the_words_of_a_definition_stay_out_of_logs():
    definition = Definition(
        issues=("Asthma since the damp",), outcome="Move us", not_responsible="The street"
    )
    assert not {"Asthma", "Move", "street"} & set(repr(definition).replace("'", " ").split())
